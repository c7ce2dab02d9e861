# SPDX-License-Identifier: Apache-2.0
"""What the runner may load: one's own check and what its round pinned; no statement here reaches another check.

Every statement on findings, readings, results, lines or events is bound by the id of the own check. This module
shares no statement with the comparison on purpose: what is not asked for cannot be shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from qcdesk.domain.events import Finding, Measured, Place, Reviewed, RoundOpened, UnitResult
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.log import Event
from qcdesk.domain.modes import codes_in_review, looked_for_on, may_hold, measures_on, units_for
from qcdesk.domain.procedures import ProcedureVersion
from qcdesk.domain.refusals import NotYourCheck
from qcdesk.domain.rounds import Work
from qcdesk.domain.staging import asked_of, judge_check, may_end
from qcdesk.services.rows import FindingRow, MeasuredRow, OwnCheckPage, UnitRow
from qcdesk.store import mapping
from qcdesk.store.mapping import Row
from qcdesk.store.readers.asking import Connect, asked, first

_CHECK = sa.text("SELECT id, round, batch, place, person, state, started_at FROM checking WHERE id = :check")
_NAME = sa.text("SELECT name FROM person WHERE id = :person")
_PINNED = sa.text("SELECT id, opened FROM round WHERE id = :round")
_HELD = sa.text("SELECT held FROM batch WHERE id = :batch")
_RESULTS = sa.text("SELECT unit, not_done FROM unit_result WHERE checking = :check ORDER BY unit")
_FINDINGS = sa.text(
    "SELECT id, unit, code, defect_class, count, place, note, photo, at, withdrawn FROM finding"
    " WHERE checking = :check ORDER BY seq, unit, code, id"
)
_READINGS = sa.text(
    "SELECT id, unit, characteristic, typed, value, measure, inside, defect_class, instrument, at, replaced"
    " FROM reading WHERE checking = :check ORDER BY seq, unit, characteristic, id"
)
_REVIEWED = sa.text(
    "SELECT claim, unit, code, defect_class, count, agrees, note FROM reviewed WHERE checking = :check ORDER BY seq"
)
_SAVED = sa.text(
    "SELECT max(l.at) AS at FROM checking c JOIN line l ON l.batch = c.batch AND l.checking = c.id"
    " WHERE c.id = :check AND l.type IN ('check.recorded', 'check.resolved')"
)
_ENTRIES = sa.text(
    "SELECT e.body FROM checking c JOIN line l ON l.batch = c.batch AND l.checking = c.id"
    " JOIN event e ON e.seq = l.seq WHERE c.id = :check AND l.type = 'check.recorded' ORDER BY l.seq DESC"
)
_APPROVAL = sa.text(
    "SELECT state, author, approved_by, approved_at FROM procedure_version"
    " WHERE code = :code AND version = :version"
)
_INSTRUMENTS = sa.text(
    "SELECT id, number, kind, calibrated_until, blocked, note, seq FROM instrument ORDER BY number"
)


class SqlBlindReader:
    """See the port ``BlindReader``."""

    def __init__(self, connect: Connect) -> None:
        """Remember how to connect; nothing else is given to this reader, so nothing else can be asked."""
        self._connect = connect

    def own_check(self, check: str, person: str) -> OwnCheckPage:
        """Return one's own check.

        Raises: BadInput ``unknown_check``; NotYourCheck: it is somebody else's.
        """
        with self._connect() as connection:
            return _page(connection, check, person)


def _page(connection: sa.Connection, check: str, person: str) -> OwnCheckPage:
    head = first(connection, _CHECK, check=check)
    if head is None:
        raise BadInput("unknown_check", facts={"value": check, "check": check}, where={"field": "check"})
    if head["person"] != person:
        raise NotYourCheck(_name(connection, person), _name(connection, head["person"]))
    pinned = first(connection, _PINNED, round=head["round"])
    batch = first(connection, _HELD, batch=head["batch"])
    assert pinned is not None and batch is not None  # a check has both, by foreign key
    opened = mapping.opened(pinned)
    content = opened.procedure.content
    findings = asked(connection, _FINDINGS, check=check)
    readings = asked(connection, _READINGS, check=check)
    results = {row["unit"]: row["not_done"] for row in asked(connection, _RESULTS, check=check)}
    tallied = _tallied(connection, check) if content.tally else 0
    saved = first(connection, _SAVED, check=check)
    reviewed = asked(connection, _REVIEWED, check=check) if codes_in_review(content) else ()
    work = _work(results, findings, readings, tallied, reviewed)
    names = {key.code: key.name for key in content.keypad()}
    return OwnCheckPage(
        check=head["id"],
        batch=head["batch"],
        round=head["round"],
        place=head["place"],
        person=head["person"],
        person_name=_name(connection, person),
        header=opened.header,
        procedure=_procedure(connection, opened),
        severity=opened.plan.severity,
        severity_reason=opened.severity_reason,
        severities=opened.severities,
        tally=content.tally,
        state=head["state"],
        held=bool(batch["held"]),
        units=_units(opened, head["place"], results, work, tallied),
        findings=tuple(_finding(row, names) for row in findings),
        measured=tuple(_measured(row) for row in readings),
        verdicts=judge_check(opened, work, head["place"])[0],
        started_at=head["started_at"],
        saved_at=saved["at"] if saved else None,
        instruments=tuple(mapping.instrument(row) for row in asked(connection, _INSTRUMENTS)),
        again=_again(opened, head["place"]) if codes_in_review(content) else (),
        plan=opened.plan,
        asked=len(asked_of(opened, work, head["place"])),
        may_end=may_end(opened, work, head["place"]),
    )


def _name(connection: sa.Connection, person: str) -> str:
    row = first(connection, _NAME, person=person)
    return str(row["name"]) if row else person


def _tallied(connection: sa.Connection, check: str) -> int:
    """Return how many units were looked at: the last count that this check put on record."""
    for row in asked(connection, _ENTRIES, check=check):
        counted = Event.from_bytes(bytes(row["body"])).body.get("tallied")
        if isinstance(counted, int):
            return counted
    return 0


def _procedure(connection: sa.Connection, opened: RoundOpened) -> ProcedureVersion:
    """Return the version as the round pinned it; where it stands today is beside the point."""
    pinned = opened.procedure
    row = first(connection, _APPROVAL, code=pinned.code, version=pinned.version)
    assert row is not None  # versions are never removed
    return ProcedureVersion(
        code=pinned.code,
        version=pinned.version,
        state=row["state"],
        author=row["author"],
        content=pinned.content,
        hash=pinned.hash,
        approved_by=row["approved_by"],
        approved_at=row["approved_at"],
    )


def _units(
    opened: RoundOpened, place: Place, results: Mapping[int, str | None], work: Work, tallied: int
) -> tuple[UnitRow, ...]:
    begun = {*results, *(f.unit for f in work.findings), *(m.unit for m in work.measured)}
    asked_now = {
        *asked_of(opened, work, place),
        *begun,
    }  # what was begun stays in view, asked for or no longer
    return tuple(
        UnitRow(
            unit=position,
            number=opened.units[position - 1],
            done=position in results or position <= tallied,
            not_done=results.get(position),
            measures=measures_on(opened, place, position),
            looks=looked_for_on(opened, place, position),
        )
        for position in units_for(opened, place)
        if position in asked_now
    )


def _again(opened: RoundOpened, place: Place) -> tuple[UnitRow, ...]:
    asked_of = frozenset(units_for(opened, place))
    return tuple(
        UnitRow(position, number, done=False, not_done=None, measures=())
        for position, number in enumerate(opened.units, start=1)
        if position not in asked_of and may_hold(opened, place, position)
    )


def _finding(row: Row, names: Mapping[str, str]) -> FindingRow:
    return FindingRow(
        id=row["id"],
        unit=row["unit"],
        code=row["code"],
        name=names.get(row["code"], row["code"]),
        defect_class=row["defect_class"],
        count=row["count"],
        place=row["place"],
        note=row["note"],
        photo=row["photo"],
        at=row["at"],
        withdrawn=row["withdrawn"],
    )


def _measured(row: Row) -> MeasuredRow:
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


def _work(
    results: Mapping[int, str | None],
    findings: Sequence[Row],
    readings: Sequence[Row],
    tallied: int,
    reviewed: Sequence[Row],
) -> Work:
    """Return what stands of a check, for the verdict while it runs."""
    return Work(
        results=tuple(UnitResult(unit, not_done) for unit, not_done in results.items()),
        findings=tuple(
            Finding(row["id"], row["unit"], row["code"], row["defect_class"], row["count"])
            for row in findings
            if row["withdrawn"] is None
        ),
        measured=tuple(
            Measured(
                id=row["id"],
                unit=row["unit"],
                characteristic=row["characteristic"],
                typed=row["typed"],
                value=row["value"],
                measure=row["measure"],
                inside=bool(row["inside"]),
                defect_class=row["defect_class"],
            )
            for row in readings
            if not row["replaced"]
        ),
        tallied=tallied,
        reviewed=tuple(
            {
                row["claim"]: Reviewed(
                    row["claim"],
                    row["unit"],
                    row["code"],
                    row["defect_class"],
                    row["count"],
                    bool(row["agrees"]),
                    row["note"],
                )
                for row in reviewed
            }.values()
        ),
    )
