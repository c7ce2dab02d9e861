# SPDX-License-Identifier: Apache-2.0
"""Anchors held against the log, and those that this station keeps of its own: the last heads that it saw.

A station keeps the heads after its own events in a file, by workspace and by user of the operating system, signed by
the workstation's key, and which workspace it saw at which place. What it saw and the log no longer holds is the loudest
finding there is.

What a signature on an anchor is worth. That the log lacks a head, or holds another event in its place, is said whoever
signed it, and where nobody did: a log that was cut off or made anew has often lost the key as well, and a signature that
somebody spoilt must not silence what it is on. That a head fits is another matter. Without a good signature anybody may
have written it after the end was cut off, so it is said that it bears none: as a finding where one is there and is not
good or nobody's whom the log knows, as a remark where there was none to begin with, as on a code typed off paper.

When two people have settled a loss goes by order, not by what a clock said. A line in which they signed it settles no
head after which the log came to that line: beside each head it is kept which such lines its log held. And once a station
has complained of a head, any such line settles it that was not there then, whatever time either bears: a clock that stood
ten years ahead, or a head that somebody made up, stops nobody for longer than until two have signed.
"""

from __future__ import annotations

import getpass
import hashlib
import json
import logging
import os
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC
from pathlib import Path
from typing import NamedTuple

import sqlalchemy as sa

from qcdesk import durable
from qcdesk.domain.anchors import (
    CODES,
    LONGEST_FILE,
    Anchor,
    Head,
    Lost,
    NotAnAnchor,
    PrintedHead,
    SeenAct,
    read_bare,
    read_printed,
)
from qcdesk.domain.clocks import TOLERANCE_US
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.log import StoredEvent, event_hash, fingerprint
from qcdesk.domain.times import to_datetime
from qcdesk.services.ports import Hand, HeldAgainst, Problem, StationHand
from qcdesk.services.trouble import Trouble, unwritten
from qcdesk.store.chain import EventProblem, check_event
from qcdesk.store.guarding import Verify
from qcdesk.store.keys_of import Known, Signer
from qcdesk.store.manifests import MANIFEST, MANIFEST_BYTES

KEPT = 300
"""The newest heads of a workspace that a station keeps; of older ones the last of each hour, as many again."""
HOUR_US = 3_600_000_000
MOST_NOTED = 50
"""Events of one transaction that are noted with its head; an import has thousands, all of one kind."""
BROUGHT = "brought.here"
"""Stands where the name of a user stands, and holds a full stop, which no such name does."""
RESTORED = "workspace.restored"
MARK = 16
"""So many digits of a line's hash tell it from others of its kind."""
Marks = frozenset[str]
"""Lines in which two people signed what was lost."""
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
        self._complained: dict[str, dict[str, Marks]] = {}
        self._count: dict[Path, int] = {}  # lines of a file, as far as this program knows
        self._trusted: str | None = None  # the workspace whose log was found to hold what was seen

    def of(self, vault: str) -> tuple[Anchor, ...]:
        """Return what users of this station saw of a workspace, in no order."""
        return tuple(a for file in self._files(vault) for a in _lines(file))

    def restored_before(self, vault: str, heads: Collection[Head]) -> dict[Head, Marks]:
        """Return for heads which lines that settle a loss their log held; heads of older programs are not among them."""
        found = {}
        for file in self._files(vault):
            for line in _texts(file):
                with suppress(NotAnAnchor):
                    head, marks = Anchor.read(line).head, _marks(line)
                    if head in heads and marks is not None:
                        found[head] = marks
        return found

    def complained(self, vault: str) -> dict[str, Marks]:
        """Return the hashes of heads that were found gone, with the lines that settle a loss which were there then."""
        said = dict(self._complained.get(vault, {}))
        with suppress(OSError, ValueError, TypeError, AttributeError):
            for head, marks in json.loads(self._complaints(vault).read_text("ascii")).items():
                said[str(head)] = frozenset(map(str, marks))
        return said

    def complain(self, vault: str, heads: Iterable[Head], there: Marks) -> None:
        """Keep that these heads were found gone: what settles a loss from now on settles theirs."""
        before = self.complained(vault)
        fresh = {head.hash: there for head in heads if head.hash not in before}
        if not fresh:
            return
        self._complained[vault] = {**before, **fresh}
        text = json.dumps({name: sorted(marks) for name, marks in self._complained[vault].items()})
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            _replace(self._complaints(vault), text + "\n")
        except OSError as failed:
            _log.warning("a complaint could not be kept", extra={"facts": {"reason": failed.strerror or ""}})

    def _complaints(self, vault: str) -> Path:
        return self._folder / f"{vault}.complaints.json"

    def acts(self, vault: str, heads: Collection[Head]) -> tuple[SeenAct, ...]:
        """Return what users of this station noted beside these heads, by number of the event."""
        found: dict[int, SeenAct] = {}
        for file in self._files(vault):
            for line in _texts(file):
                with suppress(NotAnAnchor):
                    if Anchor.read(line).head in heads:
                        found |= {act.seq: act for act in _acts(line)}
        return tuple(found[seq] for seq in sorted(found))

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

    def saw(
        self,
        head: Head,
        signer: Hand | StationHand,
        acts: Sequence[SeenAct] = (),
        restored: Marks | None = None,
    ) -> None:
        """Keep a head, signed by the workstation, or by who has just acted where it was not introduced yet.

        Args: acts: what the events up to it did since the head before. restored: the lines of its log that settle a
            loss; None: nobody has looked. Both are kept beside it, and not signed.
        """
        if self._trusted == "":  # an empty place: whatever is opened there first
            self._trusted = head.vault
        if self._trusted != head.vault:
            return
        anchor = Anchor(head, signer.key, signer.sign("head", head.body()))
        text = anchor.text()
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            file = self._folder / f"{head.vault}.{self._user}.jsonl"
            with file.open("a", encoding="ascii") as out:
                out.write(_with_notes(text, acts, restored) + "\n")
            if self._noted != head.vault:
                _replace(self._place, text + "\n")
                self._noted = head.vault
            self._count[file] = self._count.get(file, len(_texts(file)) - 1) + 1
            if self._count[file] > MOST_LINES:
                lines = _thinned(file.read_text("ascii").splitlines(keepends=True))
                _replace(file, "".join(lines))
                self._count[file] = len(lines)
        except OSError as failed:
            _log.warning("a head could not be kept", extra={"facts": {"reason": failed.strerror or ""}})

    def keep_brought(self, anchors: Iterable[Anchor]) -> None:
        """Keep anchors that were brought here and do not fit the log, as if this station had seen their heads itself.

        So they block until two people have signed what was lost (trust.md §6), also where only this station was asked.
        """
        for anchor in anchors:
            text = anchor.text()
            file = self._folder / f"{anchor.head.vault}.{BROUGHT}.jsonl"
            try:
                if text not in _texts(file):
                    self._folder.mkdir(parents=True, exist_ok=True)
                    with file.open("a", encoding="ascii") as out:
                        out.write(text + "\n")
            except OSError as failed:
                _log.warning(
                    "an anchor could not be kept", extra={"facts": {"reason": failed.strerror or ""}}
                )

    def _files(self, vault: str) -> list[Path]:
        with suppress(OSError):
            return sorted(self._folder.glob(f"{vault}.*.jsonl"))
        return []


MOST_LINES = 3 * KEPT
"""More, and the file is thinned."""


def _with_notes(text: str, acts: Sequence[SeenAct], restored: Marks | None) -> str:
    """Return an anchor's line with what is noted; reading an anchor passes over members that are none of its own."""
    if acts:
        said = [[act.seq, act.kind, act.batch, act.person] for act in acts[-MOST_NOTED:]]
        text = f'{text[:-1]},"acts":{json.dumps(said, separators=(",", ":"))}}}'
    if restored is not None:
        text = f'{text[:-1]},"restored":{json.dumps(sorted(restored), separators=(",", ":"))}}}'
    return text


def _marks(line: str) -> Marks | None:
    """Return the lines that settle a loss, as noted on a line; None: nothing is."""
    with suppress(ValueError, TypeError, AttributeError, RecursionError):
        said = json.loads(line).get("restored")
        if isinstance(said, list) and all(type(mark) is str for mark in said):
            return frozenset(said)
    return None


def _acts(line: str) -> Iterator[SeenAct]:
    """Yield what was noted on a line; what is not of its form is passed over."""
    with suppress(ValueError, TypeError, AttributeError, RecursionError):
        for seq, kind, batch, person in json.loads(line).get("acts", ()):
            if type(seq) is int and all(type(text) is str for text in (kind, batch, person)):
                yield SeenAct(seq, kind, batch, person)


def _thinned(lines: Sequence[str]) -> list[str]:
    """Return the newest lines, and of the older ones the last of each hour: a backup may be weeks old."""
    hours: dict[int, str] = {}
    for line in lines[:-KEPT]:
        with suppress(NotAnAnchor):
            hours[Anchor.read(line).head.at // HOUR_US] = line
    return [*list(hours.values())[-KEPT:], *lines[-KEPT:]]


def _lines(file: Path) -> Iterator[Anchor]:
    """Yield the anchors of a file; a line that a power cut tore is passed over."""
    for line in _texts(file):
        with suppress(NotAnAnchor):
            yield Anchor.read(line)


def _texts(file: Path) -> list[str]:
    with suppress(OSError, UnicodeDecodeError):
        return file.read_text("ascii").splitlines()
    return []


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
            if one.lstrip().startswith(CODES):  # no file's name: longer than any may be
                found.append(_read_typed(one))
            elif path.is_dir():
                inside = [_read_file(p) for p in _anchor_files(path)]
                if not inside:
                    raise NotAnAnchor("nothing in it")
                found += inside
            elif path.is_file():
                found.append(_read_file(path))
            else:
                found.append(_read_typed(one))
        except NotAnAnchor as problem:
            raise BadInput("not_an_anchor", facts={"file": one}, where={"file": one}) from problem
        except OSError as failed:
            raise Trouble("file_unreadable", file=str(path), reason=failed.strerror or "") from failed
    return found


def _read_typed(text: str) -> Given:
    """Return what stands on paper: the text of a square code, or the code that is typed."""
    bare = text.strip()
    if bare.startswith("QCDESK:1:"):
        return Given(bare[:20], read_bare(bare))
    if bare.startswith(CODES):
        return Given(bare[:20], Anchor.read(bare))
    return Given(text, read_printed(text))


def _anchor_files(folder: Path) -> list[Path]:
    if (folder / MANIFEST).is_file():
        return [folder / MANIFEST]
    return sorted(p for p in folder.iterdir() if ANCHOR_FILE.fullmatch(p.name))


def _read_file(path: Path) -> Given:
    if path.name == MANIFEST:
        if path.stat().st_size > MANIFEST_BYTES:
            raise NotAnAnchor("too long")
        try:
            said = json.loads(path.read_text("utf-8"))
            if said.get("anchor") is not None:
                return Given(path.parent.name, Anchor.read(json.dumps(said["anchor"])))
            head = Head(
                str(said["vault"]), int(said["head"]["seq"]), str(said["head"]["hash"]), int(said["at"])
            )
            return Given(path.parent.name, head)
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as problem:
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


def lost_by(
    connection: sa.Connection, kept: StationAnchors, verify: Verify, *, at_work: bool = True
) -> Lost | None:
    """Return the last event that this station saw and the log no longer holds, unless two people have signed for it.

    Args: at_work: it is the workspace that is worked in, so the station keeps that it complained.

    A line whose signature is not good, by a key that the log knows, is passed over: a worn disk, or somebody who would
    stop the shop. Whoever would rather hide a head than make one up could as well throw the file away.
    """
    vault = connection.exec_driver_sql("SELECT vault FROM workspace").scalar()
    if vault is None:
        kept.begin()
        kept.trust("")
        return None
    there = kept.at_place()
    anchors = kept.of(str(vault))
    last = int(connection.exec_driver_sql("SELECT max(seq) FROM event").scalar() or 0)
    settled = _settled(connection, verify)
    if there is not None and there.head.vault != vault:
        complaint = kept.complained(there.head.vault).get(there.head.hash)
        if _is_settled(there.head, settled, None, complaint):
            there = None
    if there is not None and there.head.vault != vault:
        if at_work:
            kept.complain(there.head.vault, (there.head,), _all_marks(settled))
        newest = kept.newest(there.head.vault) or there
        return Lost("vault", newest.head.seq, newest.head.at, last, 0)
    held = _hashes(connection, {a.head.seq for a in anchors})
    gone = _unsettled([a for a in anchors if held.get(a.head.seq) != a.head.hash], str(vault), settled, kept)
    keys = _keys(connection) if gone else {}
    lacking = [a.head for a in gone if _worth(a, keys, verify) != "anchor_signature"]
    if len(lacking) < len(gone):
        _log.info("kept heads with a bad signature", extra={"facts": {"lines": len(gone) - len(lacking)}})
    if not lacking:
        kept.trust(str(vault))
        return None
    kept.trust(None)
    if at_work:
        kept.complain(str(vault), lacking, _all_marks(settled))
    worst = max(lacking, key=lambda h: (h.seq, h.at))
    since = max((a.head.seq for a in anchors if held.get(a.head.seq) == a.head.hash), default=0)
    acts = named(connection, kept.acts(str(vault), frozenset(lacking)))
    return Lost("missing" if worst.seq > last else "differs", worst.seq, worst.at, last, since, acts)


def named(connection: sa.Connection, acts: Sequence[SeenAct]) -> tuple[SeenAct, ...]:
    """Return acts with the names of the people whom this log knows; of others nothing is said."""
    wanted = sorted({act.person for act in acts if act.person})
    rows = connection.execute(_NAMES, {"ids": wanted}) if wanted else ()
    names = {str(id_): str(name) for id_, name in rows}
    return tuple(replace(act, person=names.get(act.person, "")) for act in acts)


_NAMES = sa.text("SELECT id, name FROM person WHERE id IN :ids").bindparams(
    sa.bindparam("ids", expanding=True)
)


def against(
    connection: sa.Connection, given: Iterable[Given], verify: Verify, now: int | None = None
) -> HeldAgainst:
    """Hold anchors that were brought against the log; what two people have signed for is still said.

    Args: now: what this station's clock reads, microseconds UTC: a head of later than that blocks nothing.
    ``HeldAgainst.proven``: what does not fit though somebody whom the log knows has signed it.
    """
    given = list(given)
    vault = connection.exec_driver_sql("SELECT vault FROM workspace").scalar()
    held = _hashes(connection, {_seq(one.said) for one in given})
    keys = _keys(connection)
    root = connection.exec_driver_sql("SELECT body, sig FROM event WHERE seq = 1").first()
    letters = fingerprint(event_hash(bytes(root[0]), bytes(root[1]))) if root else ""
    found, bare, proven = [], [], []
    for one in given:
        seq = _seq(one.said)
        at = one.said.head.at if isinstance(one.said, Anchor) else ""
        wrong = _differs(one.said, vault, letters, held)
        worth = _worth(one.said, keys, verify) if isinstance(one.said, Anchor) else None
        for code in (wrong, worth if wrong != "anchor_vault" else None):
            if code is not None:
                event = seq if code == "anchor_differs" else None
                found.append(Problem(event, None, code, {"file": one.name, "seq": str(seq), "at": str(at)}))
        if not isinstance(one.said, Anchor):
            bare.append(one.name)
        elif wrong in ("anchor_missing", "anchor_differs") and worth is None:
            if now is not None and one.said.head.at > now + TOLERANCE_US:
                found.append(Problem(None, None, "anchor_ahead", {"file": one.name, "at": str(at)}))
            else:
                proven.append(one.said)
    return HeldAgainst(len(given), tuple(found), tuple(bare), tuple(proven))


def _keys(connection: sa.Connection) -> dict[str, bytes]:
    """Return the public half of every key of a person or a workstation that the log ever knew."""
    found = connection.exec_driver_sql(
        "SELECT key, public_key FROM person_key UNION ALL SELECT key, public_key FROM station_key"
    )
    return {str(key): bytes.fromhex(public) for key, public in found}


def _differs(
    said: Anchor | PrintedHead | Head, vault: object, letters: str, held: dict[int, str]
) -> str | None:
    """Return what of a head does not fit the log, whoever signed it."""
    seq = _seq(said)
    if isinstance(said, PrintedHead):
        if said.fingerprint != letters:
            return "anchor_vault"
        fits = held.get(seq, "").startswith(said.digits)
    else:
        head = said.head if isinstance(said, Anchor) else said
        if head.vault != vault:
            return "anchor_vault"
        fits = held.get(seq) == head.hash
    if seq not in held:
        return "anchor_missing"
    return None if fits else "anchor_differs"


def _worth(said: Anchor, keys: dict[str, bytes], verify: Verify) -> str | None:
    """Return what is wrong with an anchor's signature: by nobody whom the log knows, or not good."""
    if said.key not in keys:
        return "anchor_key"
    good = verify(keys[said.key], "head", said.head.body(), said.sig)
    return None if good else "anchor_signature"


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


class Settled(NamedTuple):
    """What two people have signed as lost, in which line and when: from which event, up to which."""

    mark: str
    at: int
    first: int
    last: int


def _settled(connection: sa.Connection, verify: Verify) -> list[Settled]:
    """Return what two people have each time signed as lost.

    Each of these lines is held against its signatures here: it alone lets go of what this station saw.
    """

    def known(key: str, seq: int) -> Known | None:
        row = connection.execute(_ACTIVE_THEN, {"k": key, "s": seq}).first()
        return None if row is None else (Signer(row.person), bytes.fromhex(row.public_key))

    query = (
        "SELECT e.seq, e.body, e.sig, e.hash FROM line l JOIN event e ON e.seq = l.seq"
        " WHERE l.type = :t AND l.batch IS NULL"
    )
    found = []
    for seq, body, sig, digest in connection.execute(sa.text(query), {"t": RESTORED}):
        if any(not isinstance(part, (bytes, memoryview)) for part in (body, sig, digest)):
            continue
        stored = StoredEvent(seq, bytes(body), bytes(sig), bytes(digest))
        if check_event(stored, known, verify) is not EventProblem.NONE:
            continue
        event = stored.event()
        said, last = event.body, event.body.get("lost_to")
        if event.type == RESTORED and len(event.co) == 1:
            until = 2**53 if last is None else int(str(last))
            found.append(Settled(mark_of(stored.hash), event.at, int(str(said["lost_from"])), until))
    return found


def mark_of(digest: bytes) -> str:
    """Return what tells a line that settles a loss from others."""
    return digest.hex()[:MARK]


def _all_marks(settled: Iterable[Settled]) -> Marks:
    return frozenset(one.mark for one in settled)


_ACTIVE_THEN = sa.text(
    "SELECT person, public_key FROM person_key WHERE key = :k AND from_seq <= :s"
    " AND (until_seq IS NULL OR until_seq >= :s)"
)


def _unsettled(
    gone: Sequence[Anchor], vault: str, settled: Sequence[Settled], kept: StationAnchors
) -> list[Anchor]:
    """Return the heads for which no two have signed since they were seen, or complained of."""
    if not gone or not settled:
        return list(gone)
    before = kept.restored_before(vault, {a.head for a in gone})
    complaints = kept.complained(vault)
    return [
        a for a in gone if not _is_settled(a.head, settled, before.get(a.head), complaints.get(a.head.hash))
    ]


def _is_settled(
    head: Head, settled: Iterable[Settled], before: Marks | None, complaint: Marks | None
) -> bool:
    """Tell whether two have signed for a head that is gone.

    Args: before: such lines that its own log held. complaint: those that were there when it was first found gone; before
        that happened, nothing tells the order of what another station saw but the time of the log.
    """
    for one in settled:
        covers = one.first <= head.seq <= one.last and one.mark not in (before or ())
        if covers and (head.at <= one.at if complaint is None else one.mark not in complaint):
            return True
    return False
