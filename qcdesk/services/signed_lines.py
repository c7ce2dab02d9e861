# SPDX-License-Identifier: Apache-2.0
"""The lines that a paper carries, as what a report is filled in from: the same report, without any workspace.

What lies in no line of a paper stays out: pictures, other lots, and what is in doubt of a key or a clock.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import tzinfo
from functools import cached_property
from typing import Any, Final, cast

from qcdesk.checker.lines import Line
from qcdesk.checker.papers import Answer
from qcdesk.domain.batches import Batch
from qcdesk.domain.codec import from_data
from qcdesk.domain.events import (
    BatchDisposed,
    BatchPart,
    BatchSaved,
    BatchSplit,
    CheckRetracted,
    CheckSetAside,
    CheckSigned,
    CheckStarted,
    ConcessionRequested,
    ProcedureDrafted,
    Recorded,
    Resolved,
    RoundCompared,
    RoundDecided,
    RoundOpened,
    RoundReopened,
    ShopChanged,
    all_facts,
)
from qcdesk.domain.people import Person
from qcdesk.domain.procedures import ProcedureVersion
from qcdesk.domain.rounds import Check, CheckState, Round, Work
from qcdesk.domain.severity_runs import SeverityStep
from qcdesk.services import inspection_report as paper
from qcdesk.services.fill_report import Filling
from qcdesk.services.part_rows import PartRow
from qcdesk.services.ports import ActSigned, GivenConcession, RejectedByOne, SignedOff


def report_of(answer: Answer, zone: tzinfo) -> paper.InspectionReport:
    """Return the report of the round that a paper is about, filled in from the lines that it carries.

    Raises: LookupError, ValueError: they are not all that this program would have written of it.
    """
    said, source = answer.said, SignedLines(answer)
    batch = source.batch(said["batch"])
    [standing] = (one for one in source.rounds(batch.id) if one.no == said["round"])
    head = (said["seq"], said["hash"])
    filling = Filling(source, batch, standing, zone, lambda _: _THERE, lambda check: source.work(check.id))
    return filling.report(now=said["at"], head=head, site=answer.site, page="A4", anchor=None)


_THERE: Final = paper.Picture(b"", "image/png")
"""A picture that a line names, and no paper brings along: that it was there decides which words stand beside it."""


class SignedLines:
    """What a report is filled in from, read out of lines that hold; each method as the unit of work has it."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        self._of: dict[str, list[tuple[Line, Any]]] = defaultdict(list)
        facts = all_facts()
        for line in answer.lines:
            if line.type in _READ:
                self._of[line.type].append((line, from_data(facts[line.type], dict(line.body))))

    @property
    def vault(self) -> str:
        """See the port."""
        return str(self._answer.said["vault"])

    def shop(self) -> ShopChanged:
        """See the port."""
        [(_, opened)] = self._of["workspace.opened"]
        said = [fact for _, fact in self._of["shop.changed"]]
        return cast("ShopChanged", said[-1]) if said else ShopChanged(opened.shop, "", None, "A4")

    def people(self) -> tuple[Person, ...]:
        """See the port; of each the name and the staff number alone."""
        staff = self._answer.staff
        return tuple(Person(id_, name, staff=staff.get(id_)) for id_, name in self._answer.names.items())

    def batch(self, batch: str) -> Batch:
        """See the port; what the goods are called is said by the round that was opened last."""
        opened: RoundOpened = self._opened(batch)[-1][1]
        header, lots = opened.header, (*self._origins(batch), batch)
        ways = [(line.seq, one.way, one.terms) for line, one in self._parts if one.batch in lots]
        ways += [
            (line.seq, cast("BatchDisposed", fact).disposition, fact.terms)
            for line, fact in self._of["batch.disposed"]
            if fact.batch in lots
        ]
        regraded = [terms for _, way, terms in sorted(ways) if way == "regrade"]
        goods = self._answer.goods
        return Batch(
            batch,
            BatchSaved(batch, header.number, "", header.quantity),
            state=cast("Any", goods.state),
            held=goods.held,
            round_no=opened.no,
            round=opened.round,
            origins=self._origins(batch),
            repaired=any(way == "repair" for _, way, _ in ways),
            regraded=regraded[-1] if regraded else "",
        )

    def procedure(self, code: str, version: int | None = None) -> ProcedureVersion:
        """See the port."""
        written = [
            one for one in self._of["procedure.drafted"] if (one[1].code, one[1].version) == (code, version)
        ]
        line, drafted = written[-1]
        fact: ProcedureDrafted = drafted
        known = ProcedureVersion(code, fact.version, "draft", line.by or "", fact.content, "")
        for line, fact in self._of["procedure.approved"]:
            if (fact.code, fact.version) == (code, version):
                known = ProcedureVersion(
                    code, fact.version, "approved", known.author, known.content, fact.hash, line.by, line.at
                )
        return known

    def rounds(self, batch: str) -> tuple[Round, ...]:
        """See the port."""
        return tuple(self._round(line, fact) for line, fact in self._opened(batch))

    def work(self, check: str) -> Work:
        """See the port."""
        work = Work()
        for _, fact in sorted(
            (*self._of["check.recorded"], *self._of["check.resolved"]), key=lambda one: one[0].seq
        ):
            saved: Recorded | Resolved = fact
            if saved.check == check:
                work = work.with_(saved)
        return work

    def sign_offs(self, round_id: str) -> tuple[SignedOff, ...]:
        """See the port."""
        found = []
        for line, fact in self._of["check.signed"]:
            one: CheckSigned = fact
            found.append(
                (one.round, _signed_off(line, one.place, one.check, one.meaning, one.record, one.maker))
            )
        for line, fact in self._of["round.decided"]:
            found.append((fact.round, _signed_off(line, "third", fact.check, fact.meaning, fact.record)))
        for line, fact in self._of["batch.released"]:
            found.append((fact.round, _signed_off(line, "release", None, "I release", fact.record)))
        return tuple(one for round_, one in sorted(found, key=lambda f: f[1].event) if round_ == round_id)

    def rejected_by_one(self, round_id: str) -> RejectedByOne | None:
        """See the port."""
        found = [
            RejectedByOne(line.seq, line.by or "", line.at, fact.reason)
            for line, fact in self._of["round.rejected_after_all"]
            if fact.round == round_id
        ]
        return found[-1] if found else None

    def given_concession(self, round_id: str) -> GivenConcession | None:
        """See the port."""
        asked = {fact.concession: (line, fact) for line, fact in self._of["concession.requested"]}
        for line, fact in self._of["concession.approved"]:
            if fact.round == round_id:
                wished, request = asked[fact.concession]
                requested: ConcessionRequested = request
                return GivenConcession(requested, _acts(wished)[0], _acts(line), fact.record)
        return None

    def part_of(self, batch: str) -> PartRow | None:
        """See the port."""
        for line, one in self._parts:
            if one.batch == batch:
                parent = str(line.body["batch"])
                opened = self._opened(parent)[-1][1].header
                return _part(opened.number, parent, one, opened.quantity)
        return None

    def parts_of(self, batch: str) -> tuple[PartRow, ...]:
        """See the port."""
        parts = ((line.seq, one) for line, one in self._parts if line.body["batch"] == batch)
        return tuple(
            _part(one.number, one.batch, one, 0)
            for _, one in sorted(parts, key=lambda part: (part[0], part[1].number))
        )

    def severity_steps(
        self, _round_id: str, _supplier: str | None, _product: str, _procedure: str
    ) -> tuple[SeverityStep, ...]:
        """See the port; the lots before this one are in no paper."""
        return ()

    # What this is made of ----------------------------------------------------------------------------------------

    @cached_property
    def _parts(self) -> Sequence[tuple[Line, BatchPart]]:
        return [
            (line, one) for line, fact in self._of["batch.split"] for one in cast("BatchSplit", fact).parts
        ]

    def _origins(self, batch: str) -> tuple[str, ...]:
        for line, one in self._parts:
            if one.batch == batch:
                parent = str(line.body["batch"])
                return (*self._origins(parent), parent)
        return ()

    def _opened(self, batch: str) -> list[tuple[Line, RoundOpened]]:
        return [one for one in self._of["round.opened"] if one[1].batch == batch]

    def _round(self, line: Line, opened: RoundOpened) -> Round:
        compared = [(at, cast("RoundCompared", fact)) for at, fact in self._in(opened, "round.compared")]
        decided = [(at, cast("RoundDecided", fact)) for at, fact in self._in(opened, "round.decided")]
        return Round(
            opened.round,
            opened.batch,
            opened.no,
            opened,
            line.hash,
            tuple(self._check(at, fact) for at, fact in self._in(opened, "check.started")),
            compared=compared[-1][1] if compared else None,
            decided=decided[-1][1] if decided else None,
            decided_by=decided[-1][0].by if decided else None,
        )

    def _in(self, opened: RoundOpened, kind: str) -> list[tuple[Line, Any]]:
        return [one for one in self._of[kind] if one[1].round == opened.round]

    def _check(self, line: Line, started: CheckStarted) -> Check:
        state: CheckState = "open"
        reason, signed = "", None
        for end in self._ends:
            fact = end[1]
            checks = fact.checks if isinstance(fact, RoundReopened) else (fact.check,)
            if started.check not in checks:
                continue
            if isinstance(fact, CheckSigned | RoundDecided):
                state, signed = "signed", end[0]
            else:
                state, reason = "set_aside" if isinstance(fact, CheckSetAside) else "retracted", fact.reason
        return Check(
            started.check,
            started.round,
            started.batch,
            started.place,
            line.by or "",
            state,
            line.at,
            reason,
            signed.hash if signed else None,
            signed.at if signed else None,
        )

    @cached_property
    def _ends(
        self,
    ) -> list[tuple[Line, CheckSigned | RoundDecided | CheckSetAside | CheckRetracted | RoundReopened]]:
        return sorted((one for kind in _ENDS for one in self._of[kind]), key=lambda one: one[0].seq)


def _signed_off(
    line: Line, place: str, check: str | None, meaning: str, record: str, maker: bool = False
) -> SignedOff:
    return SignedOff(line.seq, place, line.by or "", check, meaning, record, line.at, maker, standing=True)


def _acts(line: Line) -> tuple[ActSigned, ...]:
    return tuple(ActSigned(line.seq, person, line.at) for person in line.signers)


def _part(number: str, batch: str, one: BatchPart, of: int) -> PartRow:
    return PartRow(batch, number, one.quantity, of, one.way, one.terms, "registered", one.units)


_ENDS: Final = ("check.signed", "round.decided", "check.set_aside", "check.retracted", RoundReopened.TYPE)
_READ: Final = frozenset(
    (
        *_ENDS,
        "workspace.opened",
        "shop.changed",
        "procedure.drafted",
        "procedure.approved",
        "round.opened",
        "round.compared",
        "round.rejected_after_all",
        "check.started",
        "check.recorded",
        "check.resolved",
        "batch.released",
        "batch.disposed",
        "batch.split",
        "concession.requested",
        "concession.approved",
    )
)
"""Kinds of lines that a report tells something of."""
