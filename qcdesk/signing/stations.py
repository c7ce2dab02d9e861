# SPDX-License-Identifier: Apache-2.0
"""The port ``Workstation``: the machine's own key for each workspace, kept in the station's folder, and its steady clock.

The key is worth little by design: it signs failed tries, locks, clock jumps, anchors and prints, and whoever may read the
station's folder may sign those as this workstation.
"""

from __future__ import annotations

import json
import os
import tempfile
import uuid
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import cast

from qcdesk.domain.canonical import NotCanonical, decode_object
from qcdesk.domain.codec import BadData, from_data, to_data
from qcdesk.domain.events import STATION_TYPES
from qcdesk.domain.guessing import Moment
from qcdesk.domain.log import BadEvent, Event, Kind
from qcdesk.durable import make_folder, sync_folder, written_whole
from qcdesk.services.ports import KeptTry
from qcdesk.services.trouble import Trouble
from qcdesk.signing.keys import SEED_BYTES, KeyPair

FOLDER = "workspaces"
MOST_KEPT_TRIES = 1_000  # a row is 10; more of them say nothing new
Steady = Callable[[], tuple[str, int]]
"""Which start of the machine, and microseconds since that nobody can set."""


class StationKey:
    """A workstation's key. See the port ``StationHand``."""

    __slots__ = ("_pair", "_station")

    def __init__(self, pair: KeyPair, station: str) -> None:
        """Take over the key."""
        self._pair, self._station = pair, station

    @property
    def station(self) -> str:
        """The workstation."""
        return self._station

    @property
    def key(self) -> str:
        """The key's id."""
        return self._pair.key

    @property
    def public_key(self) -> bytes:
        """The key's public half."""
        return self._pair.public_key

    def sign(self, kind: str, body: bytes) -> bytes:
        """Return 64 bytes of signature. Raises: ValueError: no head, no paper, no station event of this workstation."""
        signs = {"head": _is_head, "paper": _is_paper, "event": self._is_own}.get(kind)
        if signs is None or not signs(body):
            raise ValueError("a workstation signs station events, heads and papers only")
        return self._pair.sign(cast("Kind", kind), body)

    def _is_own(self, body: bytes) -> bool:
        try:
            event = Event.from_bytes(body)
        except (NotCanonical, BadEvent):
            return False
        return event.type in STATION_TYPES and event.by is None and event.station == self._station

    def __repr__(self) -> str:
        """Show which workstation's it is and nothing else."""
        return f"StationKey({self._station}, {self._pair!r})"


def _is_head(body: bytes) -> bool:
    """Tell whether it is a head and nothing more: lists and sheets that people sign are of the same kind."""
    try:
        said = decode_object(body)
    except NotCanonical:
        return False
    texts, numbers = (said.get("vault"), said.get("hash")), (said.get("seq"), said.get("at"))
    return (
        said.keys() == {"vault", "seq", "hash", "at"}
        and all(type(text) is str for text in texts)
        and all(type(number) is int for number in numbers)
    )


def _is_paper(body: bytes) -> bool:
    """Tell whether it says what a print is, and of which batch or other record."""
    try:
        said = decode_object(body)
    except NotCanonical:
        return False
    of = said.keys() & {"batch", "subject"}
    return {"vault", "document", "sha256", "lines"} <= said.keys() and len(of) == 1


class KeptWorkstation:
    """This machine, with its keys in a folder. See the port ``Workstation``.

    Tries that are not on record yet lie beside the workspace, where one of its own folder has any: they count for
    whoever tries there next, from whatever station's folder.

    Args: folder: the station's folder. station, name: id, and what people call it. steady: the clock nobody sets.
        beside: the workspace's folder.
    """

    def __init__(
        self, folder: Path, station: str, name: str, steady: Steady, beside: Path | None = None
    ) -> None:
        """Remember where; nothing is read or written yet."""
        self._beside = beside
        self._folder, self._name, self._steady = folder / FOLDER, name, steady
        self._told = self._station = station
        self._gave_up = ""
        self._hands: dict[str, StationKey] = {}
        self._unwritten: dict[str, list[KeptTry]] = {}
        self._seen: dict[tuple[str, str], int] = {}

    @property
    def station(self) -> str:
        """Its id, in the workspace whose key was asked for last."""
        return self._station

    @property
    def gave_up(self) -> str:
        """See the port."""
        return self._gave_up

    @property
    def name(self) -> str:
        """What people call it."""
        return self._name

    def enter(self, vault: str) -> None:
        """Go by the id that this machine has in a workspace from now on; nothing is written."""
        with suppress(OSError):
            renewed = self._renewed(vault)
            self._station = self._told if renewed is None else renewed.station

    def moment(self, at: int) -> Moment:
        """See the port."""
        start, steady = self._steady()
        return Moment(at, self._station, start, steady)

    def steady(self) -> tuple[str, int]:
        """See the port."""
        return self._steady()

    def hand(self, vault: str) -> StationKey:
        """Return the key for a workspace. A file that holds none is put aside and the key made anew.

        Raises: Trouble ``folder``: the station's folder cannot be read or written.
        """
        if vault not in self._hands:
            try:
                renewed = self._renewed(vault)
                seed = self._seed(self._folder / f"{vault}.key") if renewed is None else b""
            except OSError as problem:
                raise Trouble("folder", path=str(self._folder), reason=problem.strerror or "") from problem
            self._hands[vault] = renewed or StationKey(KeyPair(seed), self._told)
        self._station = self._hands[vault].station
        return self._hands[vault]

    def renew(self, vault: str, spent: str) -> StationKey:
        """See the port. Id and key lie in one file, which goes before whatever else lies in the folder."""
        self._gave_up = self._gave_up or self._station
        seed, station = os.urandom(SEED_BYTES), str(uuid.uuid4())
        made = StationKey(KeyPair(seed), station)
        with suppress(OSError):
            kept = self._renewed(vault)
            if kept is not None and kept.key not in (spent, self._hands[vault].key):
                made = kept
            else:
                text = json.dumps({"station": station, "seed": seed.hex()})
                self._put(self._folder / f"{vault}.station", text.encode())
        self._hands[vault], self._station = made, made.station
        return made

    def _renewed(self, vault: str) -> StationKey | None:
        """Return the id and key that this machine made for itself in a workspace; None: it goes by its first ones."""
        try:
            said = json.loads((self._folder / f"{vault}.station").read_text("utf-8"))
            station, seed = said["station"], bytes.fromhex(said["seed"])
        except (FileNotFoundError, ValueError, KeyError, TypeError):
            return None  # what says nothing is no worse than none: then another id and key are made
        return (
            StationKey(KeyPair(seed), station) if len(seed) == SEED_BYTES and type(station) is str else None
        )

    def _put(self, file: Path, content: bytes) -> None:
        self._make_folder()
        handle, name = tempfile.mkstemp(prefix=file.stem, suffix=".new", dir=file.parent)  # mode 0600
        try:
            _write(handle, content)
            os.replace(name, file)
        finally:
            Path(name).unlink(missing_ok=True)
        sync_folder(file.parent)

    def _seed(self, file: Path) -> bytes:
        with suppress(FileNotFoundError):
            kept = file.read_bytes()
            if len(kept) == SEED_BYTES:
                return kept
            os.replace(file, file.with_suffix(".key.damaged"))
        self._make_folder()
        handle, name = tempfile.mkstemp(prefix=file.stem, suffix=".new", dir=file.parent)  # mode 0600
        try:
            _write(handle, os.urandom(SEED_BYTES))
            try:
                os.link(name, file)  # unlike a rename, this fails when another process was first
            except FileExistsError:
                return file.read_bytes()
            except OSError:  # a file system without hard links
                os.replace(name, file)
        finally:
            Path(name).unlink(missing_ok=True)
        sync_folder(file.parent)
        return file.read_bytes()

    def _make_folder(self) -> None:
        make_folder(self._folder)
        self._folder.chmod(0o700)

    # Tries that are not on record yet ----------------------------------------------------------------------

    def kept_tries(self, vault: str) -> tuple[KeptTry, ...]:
        """See the port. A line that cannot be read is left out: nobody is locked by a damaged file."""
        found = []
        for file in self._tries(vault):
            with suppress(OSError):
                for line in file.read_text("utf-8", "replace").splitlines():
                    with suppress(ValueError, BadData):
                        found.append(from_data(KeptTry, json.loads(line)))
        return (*found, *self._unwritten.get(vault, ()))

    def _tries(self, vault: str) -> tuple[Path, ...]:
        """Return where tries may lie, the place first that is tried first."""
        own = self._folder / f"{vault}.tries"
        return (own,) if self._beside is None else (self._beside / f"{vault}.tries", own)

    def keep_try(self, vault: str, failed: KeptTry) -> None:
        """See the port."""
        if len(self.kept_tries(vault)) >= MOST_KEPT_TRIES:
            return
        for file in self._tries(vault):
            with suppress(OSError):
                if file.parent == self._folder:
                    self._make_folder()
                handle = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, mode=0o600)
                _write(handle, (json.dumps(to_data(failed)) + "\n").encode())
                return
        self._unwritten.setdefault(vault, []).append(failed)

    def drop_tries(self, vault: str) -> None:
        """See the port."""
        self._unwritten.pop(vault, None)
        for file in self._tries(vault):
            with suppress(OSError):
                file.unlink(missing_ok=True)

    # What was seen here ------------------------------------------------------------------------------------

    def seen_up_to(self, vault: str, what: str) -> int:
        """See the port. What cannot be read was not seen: it is shown again."""
        return max(self._seen_in_file(vault).get(what, 0), self._seen.get((vault, what), 0))

    def saw_up_to(self, vault: str, what: str, seq: int) -> None:
        """See the port."""
        self._seen[vault, what] = max(seq, self.seen_up_to(vault, what))
        kept = {**self._seen_in_file(vault), what: self._seen[vault, what]}
        file = self._folder / f"{vault}.seen"
        with suppress(OSError):
            self._make_folder()
            with written_whole(file) as out:
                out.write(json.dumps(kept).encode())

    def _seen_in_file(self, vault: str) -> dict[str, int]:
        with suppress(OSError, ValueError):
            kept = json.loads((self._folder / f"{vault}.seen").read_text("utf-8"))
            if isinstance(kept, dict):
                return {what: seq for what, seq in kept.items() if type(seq) is int}
        return {}


def _write(handle: int, content: bytes) -> None:
    with open(handle, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
