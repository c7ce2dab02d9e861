# SPDX-License-Identifier: Apache-2.0
"""Going through a log from its first line to its last: each line by itself, its place in the chain, what it may say.

Signatures are verified apart (other cores) while the lines are read. A line whose signature turns out not to be good
counts as nothing, so the whole is then gone through once more without it; nothing is verified twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar

from qcdesk.checker import lines
from qcdesk.checker.findings import Finding
from qcdesk.checker.keys import SESSION, STATION, Keys
from qcdesk.checker.lines import GENESIS, BadLine, Line, Row
from qcdesk.checker.signatures import Job

Tell = Callable[[int, int], bool]
"""tell(done, total): say how far it is; False stops it."""


class Rules(Protocol):
    """What goes through the good lines beside the walk; see ``rules.Replay``."""

    @property
    def keys(self) -> Keys:
        """Which keys are active."""

    @property
    def findings(self) -> list[Finding]:
        """What was found so far."""

    @property
    def failed(self) -> dict[int, str]:
        """Lines that nobody signed: number to hash."""

    @property
    def meant(self) -> dict[int, str]:
        """Of these, which batch they speak of, where they do."""

    def come_by(self, line: Line) -> None:
        """Take notice of a line, good or not, before it is taken."""

    def apply(self, line: Line) -> bool:
        """Take a line whose form, place and keys are good; tell whether it counts."""

    def number(self, batch: str) -> str:
        """Return a batch's number as people know it."""


Replayed = TypeVar("Replayed", bound=Rules)


@dataclass
class Standing:
    """Where a walk stands: number and hash of the last line taken, the vault, the time."""

    seq: int = 0
    hash: str = GENESIS.hex()
    vault: str | None = None
    at: int = 0


@dataclass
class Wanted:
    """What signed lines name by hash: records, and files; each with the first line that does, and its batch."""

    records: dict[str, tuple[int, str]] = field(default_factory=dict)
    files: dict[str, tuple[int, str]] = field(default_factory=dict)
    pictures: dict[str, tuple[int, str]] = field(default_factory=dict)
    """Of goods, of procedures that no round was opened by, of the shop: nothing signed rests on them."""

    def only_pictures(self) -> dict[str, tuple[int, str]]:
        """Return the pictures that no round names as well."""
        return {name: where for name, where in self.pictures.items() if name not in self.files}


class Walk(Generic[Replayed]):
    """One way through the log. ``bad``: numbers of lines whose signature is known not to be good."""

    def __init__(self, rules: Replayed, standing: Standing, bad: frozenset[int] = frozenset()) -> None:
        """Begin after the line where it stands."""
        self.rules, self.standing, self.bad = rules, standing, bad
        self.wanted = Wanted()
        self.done = 0

    def take(
        self, rows: Iterable[Row], keep: frozenset[int] = frozenset()
    ) -> tuple[list[Job], dict[int, str]]:
        """Take a page; return the signatures that must verify, and the hashes of the lines to ``keep``."""
        jobs: list[Job] = []
        kept: dict[int, str] = {}
        for row in rows:
            if row.seq in keep:
                kept[row.seq] = row.hash.hex()
            jobs += self._take(row)
            self.done += 1
        return jobs, kept

    def _take(self, row: Row) -> list[Job]:
        standing = self.standing
        after, standing.seq = standing.seq, row.seq
        before, standing.hash = standing.hash, row.hash.hex()
        if lines.hash_of(row.body, row.sig) != row.hash:
            return self._bad_line(row, "event_hash")
        try:
            line = lines.read(row)
        except BadLine as problem:
            return self._bad_line(row, "event_form", reason=str(problem))
        self.rules.come_by(line)
        if standing.vault is None:
            standing.vault = line.vault
        batch = self._batch(line)
        if line.seq != after + 1 or line.prev != before:
            self._find(line, "chain_broken", batch, after=after)
        if line.vault != standing.vault:
            return self._bad_line(row, "other_vault")
        keys = self.rules.keys
        signed = keys.of(line)
        if signed is None or line.seq in self.bad:
            self._find(line, "event_key" if signed is None else "event_signature", batch)
            self._failed(row, line.body)
            return []
        kind = keys.kind(line)
        if (line.session is not None) != (kind == SESSION) or (line.by is None) != (kind == STATION):
            self._find(line, "event_strength", batch)
            self._failed(row, line.body)
            return []
        if line.type == "clock.corrected":  # two people named the true time: from there it goes on
            standing.at = line.at
        elif line.at < standing.at:
            self._find(line, "time_back", batch)
        standing.at = max(standing.at, line.at)
        jobs = [Job(line.seq, signed[0][1], "event", row.body, row.sig)]
        jobs += [Job(line.seq, public, "cosign", line.bare, sig) for _, public, sig in signed[1:]]
        if self.rules.apply(line):
            self._want(line)
        return jobs

    def _bad_line(self, row: Row, code: str, **facts: object) -> list[Job]:
        self.rules.findings.append(Finding.of(row.seq, code, None, **facts))
        self._failed(row, lines.said_by(row))
        return []

    def _failed(self, row: Row, body: dict[str, Any]) -> None:
        """Put down a line that nobody signed, so that two may declare it void, and its batch begins anew."""
        self.rules.failed[row.seq] = row.hash.hex()
        batch = body.get("batch")
        if type(batch) is str:
            self.rules.meant[row.seq] = batch

    def _find(self, line: Line, code: str, batch: str | None, **facts: object) -> None:
        self.rules.findings.append(Finding.of(line.seq, code, batch, **facts))

    def _batch(self, line: Line) -> str | None:
        batch = line.body.get("batch")
        return self.rules.number(batch) if type(batch) is str else None

    def _want(self, line: Line) -> None:
        """Note what the line names by hash."""
        where = (line.seq, str(line.body.get("batch") or ""))
        for record in records_of(line.type, line.body):
            self.wanted.records.setdefault(record, where)
        for name in files_of(line.type, line.body):
            self.wanted.files.setdefault(name, where)
        for picture in _pictures(line.type, line.body):
            self.wanted.pictures.setdefault(picture, where)


def records_of(kind: str, body: Mapping[str, Any]) -> list[str]:
    """Return the records that a line signs."""
    record = body.get("record")
    return [record] if type(record) is str and kind in SIGNED_RECORDS else []


def files_of(kind: str, body: Mapping[str, Any]) -> list[str]:
    """Return the files that a line rests on: photos, the pictures of the procedure a round pins, attachments."""
    named: list[Any] = []
    if kind == "check.recorded":
        found = body.get("findings", ())
        named = [finding.get(name) for finding in found for name in ("photo", "photo_original")]
    elif kind == "round.opened":
        named = [step.get("picture") for step in body["procedure"]["content"].get("steps", [])]
    elif kind in ("audit.answered", "audit.closed"):
        said = body.get("answers", body.get("settled", ()))
        named = [name for answer in said for name in answer.get("files", ())]
    named += [attached.get("sha256") for attached in body.get("attachments", ())]
    if kind == "concession.requested":
        named.append(body.get("consent"))
    return [name for name in named if name]


def _pictures(kind: str, body: Mapping[str, Any]) -> list[str]:
    """Return the pictures of a product, of a procedure's steps, and of the shop, that a line names by hash."""
    name = {"product.saved": "picture", "shop.changed": "logo"}.get(kind)
    named = [body.get(name)] if name else []
    if kind == "procedure.drafted":
        named = [step.get("picture") for step in body["content"].get("steps", [])]
    return [picture for picture in named if picture]


SIGNED_RECORDS = frozenset(("check.signed", "round.decided", "batch.released", "concession.approved"))
