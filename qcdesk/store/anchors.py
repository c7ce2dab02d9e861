# SPDX-License-Identifier: Apache-2.0
"""Anchors held against the log, and those that this station keeps of its own: the last heads that it saw.

A station keeps the heads after its acts in a file of its own, by workspace and by user of the operating system, and
which workspace it saw at which place. What it saw and the log no longer holds is the loudest finding there is.
"""

from __future__ import annotations

import getpass
import hashlib
import json
import logging
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path

import sqlalchemy as sa

from qcdesk import durable
from qcdesk.domain.anchors import LONGEST_FILE, Anchor, Head, Lost, NotAnAnchor, PrintedHead, read_printed
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.log import event_hash, fingerprint
from qcdesk.domain.times import to_datetime
from qcdesk.services.ports import Hand, Problem
from qcdesk.services.trouble import Trouble, unwritten
from qcdesk.store.guarding import Verify

KEPT = 300
"""Heads that a station keeps of a workspace: some weeks of work."""
RESTORED = "workspace.restored"
MANIFEST = "manifest.json"
ANCHOR_FILE = re.compile(r"qcdesk-anchor-.*\.json")
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Given:
    """An anchor that somebody brought: its file's name, or the code as typed; a bare head where nobody signed."""

    name: str
    said: Anchor | PrintedHead | Head


class StationAnchors:
    """The heads that this station saw. Reading and writing never raise: who signs must not wait for a preference."""

    def __init__(self, folder: Path, location: str, user: str | None = None) -> None:
        """Take the station's folder and where the workspace lies (a server's address without its password)."""
        self._folder = folder / "anchors"
        self._location = location
        self._user = re.sub("[^A-Za-z0-9_-]", "_", user or _user())
        self._place = self._folder / (hashlib.sha256(location.encode()).hexdigest()[:24] + ".place")
        self._noted = ""
        self._trusted: str | None = None  # the workspace whose log was found to hold what was seen

    def of(self, vault: str) -> tuple[Anchor, ...]:
        """Return what users of this station saw of a workspace, in no order."""
        return tuple(a for file in self._files(vault) for a in _lines(file))

    def newest(self, vault: str) -> Anchor | None:
        """Return the newest head that was seen, with the signature of whoever acted then."""
        return max(self.of(vault), key=lambda a: (a.head.at, a.head.seq), default=None)

    def at_place(self) -> Anchor | None:
        """Return a head of the workspace that was seen at this place."""
        return next(_lines(self._place), None)

    def begin(self) -> None:
        """Forget what was at this place: a new workspace begins there, with two people of its own."""
        with suppress(OSError):
            self._place.unlink(missing_ok=True)
        self._noted = ""

    def trust(self, vault: str | None) -> None:
        """Say whose log holds what was seen (empty: nothing is there yet); heads of any other are not kept.

        So a copy that lacks what was seen cannot become the truth by being worked in.
        """
        self._trusted = vault

    def saw(self, head: Head, hand: Hand) -> None:
        """Keep a head, signed by who has just acted."""
        if self._trusted == "":  # an empty place: whatever is opened there first
            self._trusted = head.vault
        if self._trusted != head.vault:
            return
        text = Anchor(head, hand.key, hand.sign("head", head.body())).text()
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            file = self._folder / f"{head.vault}.{self._user}.jsonl"
            with file.open("a", encoding="ascii") as out:
                out.write(text + "\n")
            if self._noted != head.vault:
                _replace(self._place, text + "\n")
                self._noted = head.vault
            if file.stat().st_size > 2 * KEPT * len(text):
                lines = file.read_text("ascii").splitlines(keepends=True)
                _replace(file, "".join(lines[-KEPT:]))
        except OSError as failed:
            _log.warning("a head could not be kept", extra={"facts": {"reason": failed.strerror or ""}})

    def _files(self, vault: str) -> list[Path]:
        with suppress(OSError):
            return sorted(self._folder.glob(f"{vault}.*.jsonl"))
        return []


def _lines(file: Path) -> Iterator[Anchor]:
    """Yield the anchors of a file; a line that a power cut tore is passed over."""
    text = ""
    with suppress(OSError, UnicodeDecodeError):
        text = file.read_text("ascii")
    for line in text.splitlines():
        with suppress(NotAnAnchor):
            yield Anchor.read(line)


def _replace(file: Path, text: str) -> None:
    aside = file.with_name(f"{file.name}.{os.getpid()}.part")
    aside.write_text(text, "ascii")
    aside.replace(file)


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a system without names
        return "user"


# Files of anchors ---------------------------------------------------------------------------------------------------


def read_given(given: Iterable[str]) -> list[Given]:
    """Return the anchors of files, folders of files, backups, and codes typed off paper.

    Raises: BadInput ``not_an_anchor``, facts ``file``. Trouble ``file_unreadable``.
    """
    found: list[Given] = []
    for one in given:
        path = Path(one)
        try:
            if path.is_dir():
                inside = [_read_file(p) for p in _anchor_files(path)]
                if not inside:
                    raise NotAnAnchor("nothing in it")
                found += inside
            elif path.is_file():
                found.append(_read_file(path))
            else:
                found.append(Given(one, read_printed(one)))
        except NotAnAnchor as problem:
            raise BadInput("not_an_anchor", facts={"file": one}, where={"file": one}) from problem
        except OSError as failed:
            raise Trouble("file_unreadable", file=str(path), reason=failed.strerror or "") from failed
    return found


def _anchor_files(folder: Path) -> list[Path]:
    if (folder / MANIFEST).is_file():
        return [folder / MANIFEST]
    return sorted(p for p in folder.iterdir() if ANCHOR_FILE.fullmatch(p.name))


def _read_file(path: Path) -> Given:
    if path.name == MANIFEST:
        try:
            said = json.loads(path.read_text("utf-8"))
            if "anchor" in said:
                return Given(path.parent.name, Anchor.read(json.dumps(said["anchor"])))
            head = Head(
                str(said["vault"]), int(said["head"]["seq"]), str(said["head"]["hash"]), int(said["at"])
            )
            return Given(path.parent.name, head)
        except (ValueError, KeyError, TypeError) as problem:
            raise NotAnAnchor("not a backup's manifest") from problem
    if path.stat().st_size > LONGEST_FILE:
        raise NotAnAnchor("too long")
    return Given(path.name, Anchor.read(path.read_bytes()))


def keep_file(anchor: Anchor, folder: Path) -> Path:
    """Write an anchor's file into a folder; its path. Raises: Trouble ``file_unwritable``, ``disk_full``."""
    stamp = to_datetime(anchor.head.at, UTC).strftime("%Y%m%dT%H%M%SZ")
    path = folder / f"qcdesk-anchor-{stamp}-{anchor.head.seq}.json"
    try:
        durable.make_folder(folder)
        with durable.written_whole(path) as file:
            file.write((anchor.text() + "\n").encode("ascii"))
    except OSError as failed:
        raise unwritten(failed, folder) from failed
    return path


# Held against the log -----------------------------------------------------------------------------------------------


def lost_by(connection: sa.Connection, kept: StationAnchors) -> Lost | None:
    """Return the last event that this station saw and the log no longer holds, unless two people have signed for it."""
    vault = connection.exec_driver_sql("SELECT vault FROM workspace").scalar()
    if vault is None:
        kept.begin()
        kept.trust("")
        return None
    there = kept.at_place()
    anchors = kept.of(str(vault))
    last = int(connection.exec_driver_sql("SELECT max(seq) FROM event").scalar() or 0)
    settled = _settled(connection)
    if there is not None and there.head.vault != vault and not _is_settled(there.head, settled):
        newest = kept.newest(there.head.vault) or there
        return Lost("vault", newest.head.seq, newest.head.at, last, 0)
    held = _hashes(connection, {a.head.seq for a in anchors})
    gone = [
        a.head for a in anchors if held.get(a.head.seq) != a.head.hash and not _is_settled(a.head, settled)
    ]
    if not gone:
        kept.trust(str(vault))
        return None
    kept.trust(None)
    worst = max(gone, key=lambda h: (h.seq, h.at))
    since = max((a.head.seq for a in anchors if held.get(a.head.seq) == a.head.hash), default=0)
    return Lost("missing" if worst.seq > last else "differs", worst.seq, worst.at, last, since)


def against(connection: sa.Connection, given: Iterable[Given], verify: Verify) -> list[Problem]:
    """Hold anchors that were brought against the log; what two people have signed for is still said."""
    given = list(given)
    vault = connection.exec_driver_sql("SELECT vault FROM workspace").scalar()
    held = _hashes(connection, {_seq(one.said) for one in given})
    keys = {
        str(key): bytes.fromhex(public)
        for key, public in connection.exec_driver_sql(
            "SELECT key, public_key FROM person_key UNION ALL SELECT key, public_key FROM station_key"
        )
    }
    root = connection.exec_driver_sql("SELECT body, sig FROM event WHERE seq = 1").first()
    letters = fingerprint(event_hash(bytes(root[0]), bytes(root[1]))) if root else ""
    found = []
    for one in given:
        code = _problem(one.said, vault, letters, held, keys, verify)
        if code is not None:
            seq = _seq(one.said)
            event = seq if code == "anchor_differs" else None
            at = one.said.head.at if isinstance(one.said, Anchor) else ""
            found.append(Problem(event, None, code, {"file": one.name, "seq": str(seq), "at": str(at)}))
    return found


def _problem(
    said: Anchor | PrintedHead | Head,
    vault: object,
    letters: str,
    held: dict[int, str],
    keys: dict[str, bytes],
    verify: Verify,
) -> str | None:
    seq = _seq(said)
    if isinstance(said, PrintedHead):
        if said.fingerprint != letters:
            return "anchor_vault"
        if seq not in held:
            return "anchor_missing"
        return None if held[seq].startswith(said.digits) else "anchor_differs"
    head = said.head if isinstance(said, Anchor) else said
    lost = None if held.get(seq) == head.hash else "anchor_differs" if seq in held else "anchor_missing"
    if head.vault != vault:
        return "anchor_vault"
    if isinstance(said, Head):
        return lost
    if said.key not in keys:
        return lost or "anchor_key"  # cut off or made anew, the log may have lost the key as well
    if not verify(keys[said.key], "head", said.head.body(), said.sig):
        return "anchor_signature"
    return lost


def _seq(said: Anchor | PrintedHead | Head) -> int:
    return said.head.seq if isinstance(said, Anchor) else said.seq


def _hashes(connection: sa.Connection, numbers: set[int]) -> dict[int, str]:
    """Return the hash of each of these events that the log has, as hex."""
    found: dict[int, str] = {}
    wanted = sorted(numbers)
    for first in range(0, len(wanted), 200):
        part = ", ".join(str(int(n)) for n in wanted[first : first + 200])
        rows = connection.exec_driver_sql(f"SELECT seq, hash FROM event WHERE seq IN ({part})")  # noqa: S608 - whole numbers
        found |= {int(seq): bytes(digest).hex() for seq, digest in rows}
    return found


def _settled(connection: sa.Connection) -> list[tuple[int, int, int]]:
    """Return what two people have each time signed as lost: until when, from which event, up to which."""
    query = "SELECT l.at, e.body FROM line l JOIN event e ON e.seq = l.seq WHERE l.type = :t"
    found = []
    for at, body in connection.execute(sa.text(query), {"t": RESTORED}):
        said = json.loads(bytes(body))["body"]
        last = said.get("lost_to")
        found.append((int(at), int(said["lost_from"]), 2**53 if last is None else int(last)))
    return found


def _is_settled(head: Head, settled: Iterable[tuple[int, int, int]]) -> bool:
    return any(head.at <= at and first <= head.seq <= last for at, first, last in settled)
