# SPDX-License-Identifier: Apache-2.0
"""Checking a whole log: lines, signatures, rules, schema, records, files and anchors, into one report."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from qcdesk.checker import schema
from qcdesk.checker.anchors import Anchor, against, read_text
from qcdesk.checker.findings import Explained, Finding, explained, explained_loss, not_voided, remarks
from qcdesk.checker.lines import GENESIS, fingerprint, hash_of, link
from qcdesk.checker.rules.desk import Desk
from qcdesk.checker.rules.replay import Replay
from qcdesk.checker.signatures import MakeVerifier, verifier_for
from qcdesk.checker.sources import Damaged, Dump, Source
from qcdesk.checker.tables import differing
from qcdesk.checker.walk import Standing, Tell, Walk, Wanted


@dataclass(frozen=True)
class Report:
    """What a check found. ``head``: number and hash of the last line. ``anchors``: how many were held against it.

    ``unsigned``: how many of them nobody signed; that they fit is worth what the place is worth where they were kept.
    """

    checked: int
    head: tuple[int, str]
    vault: str | None
    fingerprint: str
    findings: tuple[Finding, ...]
    anchors: int
    unsigned: int = 0
    explained: tuple[Explained, ...] = ()
    """What was found and two people have explained: it stays listed, and stops nothing."""
    remarks: tuple[Finding, ...] = ()
    """What is worth telling and is no fault."""

    @property
    def holds(self) -> bool:
        """Whether everything does."""
        return not self.findings


def check(
    source: Source,
    anchors: Sequence[Anchor | Finding] = (),
    tell: Tell | None = None,
    make_verifier: MakeVerifier = verifier_for,
) -> Report:
    """Check everything that a source holds. Raises: NoLog: a file of it cannot be read."""
    good = [a for a in anchors if isinstance(a, Anchor)]
    own = source.anchor()
    brought = [] if own is None else [read_text(*own)]
    mine = [a for a in brought if isinstance(a, Anchor)]
    keep = frozenset((1, *(a.seq for a in (*good, *mine))))
    walk, kept, found = _walked(source, keep, tell, make_verifier)
    of_rules = [*walk.rules.findings, *walk.rules.owing()]
    findings = [*not_voided(of_rules, walk.rules.voided), *found]
    standing = walk.standing
    if walk.done == 0 and not findings:
        findings.append(Finding.of(None, "chain_empty"))
    if not findings:  # else the tables rightly differ from what is left of the log
        findings += _tables(source, walk.rules)
    rules = _schema(source)
    findings += not_voided(rules, {})
    around = _around(source, walk.wanted, standing, walk.rules.number)
    lost = [(f, explained_loss(f.code, f.facts, walk.rules.lost)) for f in around]
    findings += not_voided((f for f, said in lost if said is None), {})
    findings += [a for a in (*anchors, *brought) if isinstance(a, Finding)]
    findings += against([*good, *mine], standing.vault, kept, walk.rules.keys.ever)
    return Report(
        walk.done,
        (standing.seq, standing.hash),
        standing.vault,
        fingerprint(kept.get(1, "")),
        tuple(sorted(findings, key=lambda f: (f.event is None, f.event or 0))),
        len(good),
        sum(not a.key for a in good),
        (
            *explained(of_rules, walk.rules.voided),
            *(Explained(f, *said) for f, said in lost if said is not None),
        ),
        tuple(remarks([*of_rules, *rules, *around])),
    )


def check_chain(source: Source, tell: Tell | None = None) -> Report:
    """Check only that each line fits its hash and follows the one before it: no signatures, no rules, no records."""
    findings: list[Finding] = []
    seq, prev, vault, done, first = 0, GENESIS.hex(), None, 0, ""
    try:
        total = source.count()
        for page in source.pages(0):
            for row in page:
                said = link(row)
                if hash_of(row.body, row.sig) != row.hash:
                    findings.append(Finding.of(row.seq, "event_hash"))
                elif said is None:
                    findings.append(
                        Finding.of(row.seq, "event_form", reason="it does not end as a line does")
                    )
                elif said[:2] != (prev, seq + 1) or row.seq != seq + 1:
                    findings.append(Finding.of(row.seq, "chain_broken", after=seq))
                elif said[2] != (vault or said[2]):
                    findings.append(Finding.of(row.seq, "other_vault"))
                seq, prev, vault = row.seq, row.hash.hex(), vault or (said[2] if said else None)
                first = first or prev
            done += len(page)
            if tell is not None and not tell(done, max(total, done)):
                findings.append(Finding.of(seq, "cancelled"))
                break
    except Damaged as problem:
        findings.append(Finding.of(None, "database_damaged", reason=problem))
    if not done and not findings:
        findings.append(Finding.of(None, "chain_empty"))
    return Report(done, (seq, prev), vault, fingerprint(first), tuple(findings), 0)


def _walked(
    source: Source, keep: frozenset[int], tell: Tell | None, make_verifier: MakeVerifier
) -> tuple[Walk[Replay], dict[int, str], list[Finding]]:
    """Go through the log; once more without the lines whose signature is not good, should there be any."""
    total, bad = 0, frozenset[int]()
    try:
        total = source.count()
    except Damaged as problem:
        return Walk(Replay(), Standing()), {}, [Finding.of(None, "database_damaged", reason=problem)]
    verifier = make_verifier(total)
    try:
        while True:
            walk = Walk(Replay(), Standing(), bad)
            kept: dict[int, str] = {}
            found: list[Finding] = []
            try:
                for page in source.pages(0):
                    jobs, hashes = walk.take(page, keep)
                    kept |= hashes
                    if not bad:
                        verifier.take(jobs)
                    if tell is not None and not tell(walk.done, max(total, walk.done)):
                        return walk, kept, [Finding.of(walk.standing.seq, "cancelled")]
            except Damaged as problem:
                found.append(Finding.of(None, "database_damaged", reason=problem))
            now = frozenset(verifier.finish())
            if now == bad:
                return walk, kept, found
            bad = now
    finally:
        verifier.close()


def _around(
    source: Source, wanted: Wanted, standing: Standing, number: Callable[[str], str]
) -> list[Finding]:
    """Check what the log names by hash, and what the source says of itself."""
    found = source.around()
    claimed = source.head()
    if claimed is not None and claimed != (standing.seq, standing.hash):
        code = "dump_head" if isinstance(source, Dump) else "backup_head"
        found.append(Finding.of(None, code, seq=claimed[0]))
    missing = dict(wanted.records)
    try:
        for name, document in source.records():
            if sha256(document).hexdigest() == name:
                missing.pop(name, None)
            elif name in wanted.records:
                seq, batch = missing.pop(name)
                found.append(Finding.of(seq, "record_damaged", number(batch), record=name))
    except Damaged as problem:
        found.append(Finding.of(None, "database_damaged", reason=problem))
    for name, (seq, batch) in missing.items():
        found.append(Finding.of(seq, "record_missing", number(batch), record=name))
    try:
        found += _files(source, wanted, number)
    except Damaged as problem:
        found.append(Finding.of(None, "database_damaged", reason=problem))
    return found


def _tables(source: Source, desk: Desk) -> list[Finding]:
    try:
        return list(differing(source, desk))
    except Damaged as problem:
        return [Finding.of(None, "database_damaged", reason=problem)]


def _schema(source: Source) -> list[Finding]:
    try:
        return list(schema.differing(source))
    except Damaged as problem:
        return [Finding.of(None, "database_damaged", reason=problem)]


def _files(source: Source, wanted: Wanted, number: Callable[[str], str]) -> Iterator[Finding]:
    of_files, of_pictures = ("file_missing", "file_damaged"), ("picture_missing", "picture_damaged")
    for (missing, damaged), named in ((of_files, wanted.files), (of_pictures, wanted.only_pictures())):
        for name, (seq, batch) in named.items():
            digest = source.digest(name)
            if digest is None:
                return
            if digest != name:
                code = damaged if digest else missing
                yield Finding.of(seq, code, number(batch) if batch else None, file=name)
