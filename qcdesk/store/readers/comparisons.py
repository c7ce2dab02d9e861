# SPDX-License-Identifier: Apache-2.0
"""The two checks of a round side by side, for after the second signature; refused before."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa

from qcdesk.domain.events import Place, RoundCompared
from qcdesk.domain.independence import require_sight_of_first
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.modes import both_saw, units_for
from qcdesk.domain.refusals import WrongState
from qcdesk.domain.rounds import Round
from qcdesk.domain.sampling import BY_SERIOUSNESS
from qcdesk.domain.staging import claims_of, goes_by_findings, looked_at
from qcdesk.services.both_sides import sides_of
from qcdesk.services.foresight import case_of
from qcdesk.services.ports import UnitOfWork
from qcdesk.services.rows import ComparisonPage, DisputeRow, FindingRow, MeasuredRow, UnsharedRow
from qcdesk.store.mapping import Row
from qcdesk.store.readers.asking import Connect, Look, asked, day_of, names_of
from qcdesk.store.readers.batch_pages import check_heads, sight_of, signatures
from qcdesk.store.readers.numbers import closed_from
from qcdesk.store.readers.trying import Trial, trying

_FINDINGS = sa.text(
    "SELECT id, unit, code, defect_class, count, place, note, photo, at, withdrawn"
    " FROM finding WHERE checking = :check ORDER BY unit, seq, id"
)
_READINGS = sa.text(
    "SELECT id, unit, characteristic, typed, value, measure, inside, instrument, at, replaced"
    " FROM reading WHERE checking = :check ORDER BY unit, seq, id"
)


def comparison_page(
    connect: Connect, look: Look, batch_id: str, person: str, now: int, round_no: int | None
) -> ComparisonPage:
    """Return both checks of a round (None: the last one) side by side.

    Raises: Blind: not compared, and this person might still be the second; WrongState: not compared; BadInput
    ``unknown_batch``, ``unknown_round``.
    """
    on = day_of(now)
    with look() as uow, connect() as connection:
        tried = trying(uow)
        batch = tried.batch(batch_id)
        who = tried.person(person)
        found = _round(tried, batch.id, round_no, batch.number, batch.state)
        compared = found.compared
        if compared is None:
            if found.id == batch.round:
                require_sight_of_first(case_of(tried, batch, on), who)
            raise WrongState(batch.number, batch.state, "compare")
        names = names_of(connection)
        sight = sight_of(connection, tried, batch, who.id, on)
        heads = {head.check: head for head in check_heads(connection, found.id, names, sight)}
        kinds = found.opened.procedure.content.names_by_code()
        aside = [c.id for c in found.checks if c.state == "set_aside"]
        first, second = (_findings(connection, c, kinds) for c in (compared.first, compared.second))
        had, own_way = _gone_through(tried, found, compared), goes_by_findings(found.opened)
        earlier = tuple(f for c in aside for f in _findings(connection, c, kinds))
        return ComparisonPage(
            batch=batch.id,
            round=found.id,
            round_no=found.no,
            header=found.opened.header,
            state=batch.state,
            held=batch.held,
            n=len(had[0] | had[1]) if own_way else len(found.opened.units),
            tally=found.opened.procedure.content.tally,
            comparison=compared.comparison,
            classes=found.decided.classes if found.decided else compared.classes,
            outcome=compared.outcome,
            reasons=compared.reasons,
            first=heads[compared.first],
            second=heads[compared.second],
            first_findings=first,
            second_findings=second,
            first_measured=_measured(connection, compared.first),
            second_measured=_measured(connection, compared.second),
            set_aside_findings=earlier,
            first_seconds=tried.signed(compared.first).seen.seconds,
            second_seconds=tried.signed(compared.second).seen.seconds,
            disputes=_disputes(tried, found, compared, kinds, (*first, *second, *earlier)),
            decided_by=names.get(found.decided_by, found.decided_by) if found.decided_by else None,
            signatures=signatures(connection, found.id, closed_from(connection, tried, who.id, on)),
            may=Trial(tried, batch, who, on).rows(),
            note=batch.saved.note,
            content=found.opened.procedure.content,
            first_alone=tuple(sorted(had[0] - had[1])),
            second_alone=tuple(sorted(had[1] - had[0])),
            unshared=_unshared(tried, found, compared, kinds, (*first, *second)),
            samples=compared.samples,
            gone_through=tuple(sorted(had[0] | had[1])) if own_way else (),
            severities=found.opened.severities,
        )


def _round(uow: UnitOfWork, batch: str, round_no: int | None, number: str, state: str) -> Round:
    rounds = uow.rounds(batch)
    if not rounds:
        raise WrongState(number, state, "compare")
    if round_no is None:
        return rounds[-1]
    for one in rounds:
        if one.no == round_no:
            return one
    raise BadInput("unknown_round", facts={"value": round_no, "round": round_no}, where={"field": "round"})


def _findings(connection: sa.Connection, check: str, kinds: Mapping[str, str]) -> tuple[FindingRow, ...]:
    return tuple(
        FindingRow(
            id=row["id"],
            unit=row["unit"],
            code=row["code"],
            name=kinds.get(row["code"], row["code"]),
            defect_class=row["defect_class"],
            count=row["count"],
            place=row["place"],
            note=row["note"],
            photo=row["photo"],
            at=row["at"],
            withdrawn=row["withdrawn"],
        )
        for row in asked(connection, _FINDINGS, check=check)
    )


def _measured(connection: sa.Connection, check: str) -> tuple[MeasuredRow, ...]:
    return tuple(_reading(row) for row in asked(connection, _READINGS, check=check))


def _reading(row: Row) -> MeasuredRow:
    return MeasuredRow(
        id=row["id"],
        unit=row["unit"],
        characteristic=row["characteristic"],
        typed=row["typed"],
        value=row["value"],
        measure=row["measure"],
        inside=bool(row["inside"]),
        instrument=row["instrument"],
        at=row["at"],
        replaced=bool(row["replaced"]),
    )


def _gone_through(
    uow: UnitOfWork, found: Round, compared: RoundCompared
) -> tuple[frozenset[int], frozenset[int]]:
    """Return the units that the first looked at, and the second: where a check goes by its findings, not all it might."""
    checks: tuple[tuple[Place, str], ...] = (("first", compared.first), ("second", compared.second))
    first, second = (
        frozenset(units_for(found.opened, place)) if looked is None else looked
        for place, looked in ((place, looked_at(found.opened, uow.work(check))) for place, check in checks)
    )
    return first, second


def _unshared(
    uow: UnitOfWork,
    found: Round,
    compared: RoundCompared,
    kinds: Mapping[str, str],
    findings: tuple[FindingRow, ...],
) -> tuple[UnsharedRow, ...]:
    """Return what the checks claim where only one of the two looked, the gravest first."""
    opened = found.opened
    shown = {(f.unit, f.code): f for f in findings if f.withdrawn is None}
    places: tuple[tuple[Place, str], ...] = (("first", compared.first), ("second", compared.second))
    said = {(r.unit, r.code): r.agrees for r in uow.work(compared.second).reviewed}
    rows: dict[tuple[int | None, str], UnsharedRow] = {}
    first, second = _gone_through(uow, found, compared)
    both = first & second
    for place, check in places:
        for claim in claims_of(opened, uow.work(check)):
            mark = claim.unit, claim.code
            shared = both_saw(opened, claim.unit, claim.code) and (
                not goes_by_findings(opened) or claim.unit in both
            )
            if claim.unit is None or mark in rows or shared:
                continue
            finding = shown.get(mark)
            rows[mark] = UnsharedRow(
                unit=claim.unit,
                code=claim.code,
                name=kinds.get(claim.code, claim.code),
                defect_class=claim.defect_class,
                by=place,
                count=claim.count,
                mode=opened.procedure.content.mode_of(claim.code),
                note=finding.place if finding else "",
                photo=finding.photo if finding else None,
                agrees=said.get((claim.unit, claim.code)),
            )
    return tuple(sorted(rows.values(), key=lambda r: (BY_SERIOUSNESS.index(r.defect_class), r.unit, r.code)))


def _disputes(
    uow: UnitOfWork,
    found: Round,
    compared: RoundCompared,
    kinds: Mapping[str, str],
    findings: tuple[FindingRow, ...],
) -> tuple[DisputeRow, ...]:
    """Return what a third person has to settle: claims of one side that the other did not make."""
    if compared.outcome != "disagreed":
        return ()
    second = uow.work(compared.second)
    sides = sides_of(uow, found, uow.work(compared.first), second)
    against = {(r.unit, r.code): r.note for r in second.reviewed if not r.agrees}
    of_first, of_second = sides.counts("first"), sides.counts("second")
    shown: dict[tuple[int | None, str], FindingRow] = {}
    for finding in findings:
        if finding.withdrawn is None:
            known = shown.setdefault((finding.unit, finding.code), finding)
            if known.photo is None and finding.photo is not None:
                shown[finding.unit, finding.code] = finding
    rows = []
    for claim in sides.disputed():
        mark = claim.unit, claim.code
        by: Place = "first" if of_first.get(mark, 0) > of_second.get(mark, 0) else "second"
        finding_ = shown.get(mark)
        rows.append(
            DisputeRow(
                unit=claim.unit,
                code=claim.code,
                name=kinds.get(claim.code, claim.code),
                defect_class=claim.defect_class,
                by=by,
                count=claim.count,
                note=finding_.note if finding_ else "",
                photo=finding_.photo if finding_ else None,
                said="" if claim.unit is None else against.get((claim.unit, claim.code), ""),
            )
        )
    return tuple(rows)
