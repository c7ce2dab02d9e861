# SPDX-License-Identifier: Apache-2.0
"""The batch screen and its history, for one person; nothing on it comes from what an uncompared check found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import groupby
from typing import Literal

import sqlalchemy as sa

from qcdesk.domain.batches import Batch
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import NoProcedure
from qcdesk.domain.switching import Pinned
from qcdesk.services.foresight import current_round, next_procedure
from qcdesk.services.part_rows import PartRow
from qcdesk.services.ports import UnitOfWork
from qcdesk.services.register_batch import goes_first
from qcdesk.services.rows import (
    BatchPage,
    CheckHeadRow,
    RoundHeadRow,
    ShipmentRow,
    SignatureRow,
    TimelineRow,
)
from qcdesk.services.start_check import header_of
from qcdesk.services.switch_severity import next_plan
from qcdesk.store import mapping
from qcdesk.store.inspections import BEHIND, BY_SHEET, JUMP_BEFORE, PART_OF, PARTS_OF
from qcdesk.store.inspections import part_row as _part
from qcdesk.store.mapping import Row
from qcdesk.store.readers import concessions
from qcdesk.store.readers.asking import Connect, Look, asked, day_of, first, last_day, names_of
from qcdesk.store.readers.doubts import Doubts, doubts
from qcdesk.store.readers.happenings import told
from qcdesk.store.readers.named_lots import named_lots
from qcdesk.store.readers.numbers import closed_from
from qcdesk.store.readers.sight import ENTRIES, Sight
from qcdesk.store.readers.trying import Trial, might_be_second, trying

_GONE = ("returned", "scrapped", "cancelled")
_LINES = sa.text(
    "SELECT seq, type, person, session, at, act, station, batch, round, checking"
    " FROM line WHERE batch = :batch OR seq IN (SELECT seq FROM reported_defect WHERE batch = :batch)"
    " OR seq IN (SELECT seq FROM paper_print WHERE batch = :batch) ORDER BY seq"
)
_REGISTERED = sa.text("SELECT registered_at, registered_by FROM batch WHERE id = :batch")
_ORDERED = sa.text(
    "SELECT kind FROM (SELECT seq, kind FROM disposition WHERE batch = :batch"
    " UNION ALL SELECT seq, way AS kind FROM batch_part WHERE batch = :batch) w ORDER BY seq DESC LIMIT 1"
)
_HOLD = sa.text("SELECT kind, reason, person, at, seq FROM hold WHERE id = :hold")
_ROUNDS = sa.text(
    "SELECT r.id, r.no, r.opened, l.at, k.outcome AS compared, d.outcome AS decided, x.seq AS rejected"
    " FROM round r JOIN line l ON l.seq = r.seq"
    " LEFT JOIN comparison k ON k.round = r.id"
    " LEFT JOIN decision d ON d.round = r.id"
    " LEFT JOIN line x ON x.batch = r.batch AND x.round = r.id AND x.type = 'round.rejected_after_all'"
    " WHERE r.batch = :batch ORDER BY r.no"
)
_CHECKS = sa.text(
    "SELECT c.id, c.round, c.place, c.person, c.state, c.started_at, c.reason, c.seq, l.at AS signed_at"
    " FROM checking c LEFT JOIN line l ON l.seq = c.signed WHERE c.round = :round ORDER BY c.seq"
)
_TAKEN_BACK = (
    sa.text(  # asked only of a check that was taken back: a second person's page asks for no verdict
        "SELECT s.verdict FROM checking c JOIN sign_off s ON s.seq = c.signed WHERE c.id = :check AND EXISTS"
        " (SELECT 1 FROM round r JOIN round later ON later.batch = r.batch AND later.no >= r.no"
        " JOIN comparison k ON k.round = later.id WHERE r.id = c.round)"
    )
)
_SIGNATURES = sa.text(
    f"SELECT g.seq, g.place, g.person, g.meaning, g.at, g.maker, p.name, p.staff, ({JUMP_BEFORE}) AS ahead,"  # noqa: S608 - our own text
    f" ({BEHIND}) AS behind, ({BY_SHEET.format(person='g.person', seq='g.seq')}) AS by_sheet,"
    " CASE WHEN k.suspect_from <= g.seq THEN k.suspect_from END AS suspect_from"
    " FROM sign_off g JOIN person p ON p.id = g.person JOIN line l ON l.seq = g.seq JOIN person_key k ON k.key = g.key"
    " WHERE g.round = :round AND g.standing = 1 ORDER BY g.seq"
)
_SHIPMENTS = sa.text(
    "SELECT id, quantity, to_whom, on_day, document, person FROM shipment WHERE batch = :batch ORDER BY seq"
)
_STANDS = sa.text("SELECT stands FROM batch_place WHERE batch = :batch ORDER BY seq DESC LIMIT 1")
_PART_OF, _PARTS = sa.text(PART_OF), sa.text(PARTS_OF)
_SPLIT_OFF = sa.text("SELECT parent, seq FROM batch_part WHERE batch = :batch")
_ROLES = {"first": "inspector", "second": "inspector", "third": "arbiter", "release": "releaser"}


def batch_page(connect: Connect, look: Look, batch_id: str, person: str, now: int) -> BatchPage:
    """Return the batch screen for one person.

    Raises: BadInput ``unknown_batch``, ``unknown_person``.
    """
    on = day_of(now)
    with look() as uow, connect() as connection:
        tried = trying(uow)
        batch = tried.batch(batch_id)
        who = tried.person(person)
        names = names_of(connection)
        sight = sight_of(connection, tried, batch, who.id, on)
        standing = current_round(tried, batch)
        trial = Trial(tried, batch, who, on)
        rounds = tuple(_round(connection, row, names, sight) for row in _rounds(connection, batch))
        hold = first(connection, _HOLD, hold=batch.hold) if batch.hold else None
        stands = first(connection, _STANDS, batch=batch.id)
        closed = closed_from(connection, tried, who.id, on) if standing else 0
        conceded = concessions.of_round(connection, standing.id, on, closed) if standing else None
        born = first(connection, _REGISTERED, batch=batch.id)
        assert born is not None  # it was found a moment ago, and nothing is removed
        saved, may = batch.saved, trial.rows()
        return BatchPage(
            batch=batch.id,
            header=standing.opened.header if standing else header_of(tried, batch),
            supplier=saved.supplier,
            product=saved.product,
            note=saved.note,
            state=batch.state,
            held=batch.held,
            hold_kind=hold["kind"] if hold else "",
            hold_reason=hold["reason"] if hold and sight.words(hold["seq"], hold["person"]) else None,
            hold_by=names.get(hold["person"], "") if hold else "",
            hold_at=hold["at"] if hold else None,
            shown=batch.shown,
            lifts=goes_first(tried, batch),
            registered_at=born["registered_at"],
            registered_by=names.get(born["registered_by"], born["registered_by"]),
            makers=saved.makers,
            maker_names=tuple(names.get(m.person, m.person) for m in saved.makers),
            reworkers=tuple(names.get(p, p) for p in batch.reworkers),
            rounds=rounds,
            signatures=signatures(connection, standing.id, closed) if standing else (),
            shipments=_shipments(connection, batch.id, names),
            released=batch.released,
            shipped=batch.shipped,
            next_severity=batch.next_severity,
            may=may,
            blind=trial.blind(),
            verdict=rounds[-1].outcome if standing and rounds else None,
            next_severities=_next_severities(tried, batch),
            stands=stands["stands"] if stands else "",
            concession=conceded,
            here=0 if batch.state in _GONE else batch.still_here,
            repaired=batch.repaired,
            ordered=_ordered(connection, batch.id),
            waits_for_rework=batch.rework_ordered,
            regraded=batch.regraded,
            part_of=part_of(connection, batch.id),
            named=named_lots(connection, saved.supplier, batch.number) if saved.supplier else (),
            parts=tuple(_part(row) for row in asked(connection, _PARTS, batch=batch.id)),
            critical=tried.critical_units(batch.id)
            if any(m.act == "split" and m.allowed for m in may)
            else (),
        )


def _ordered(connection: sa.Connection, batch: str) -> str:
    row = first(connection, _ORDERED, batch=batch)
    return "" if row is None else str(row["kind"])


def part_of(connection: sa.Connection, batch: str) -> PartRow | None:
    """Return what a part was split from; None: it is none."""
    row = first(connection, _PART_OF, batch=batch)
    return None if row is None else _part(row)


def timeline(connect: Connect, look: Look, batch_id: str, person: str) -> tuple[TimelineRow, ...]:
    """Return the history, oldest first, within this person's sight; runs of entries are one line with a count."""
    with look() as uow, connect() as connection:
        tried = trying(uow)
        batch = tried.batch(batch_id)
        who = tried.person(person)
        on = last_day(connection)
        sights: dict[str | None, Sight] = {batch.id: sight_of(connection, tried, batch, who.id, on)}
        lines = list(asked(connection, _LINES, batch=batch.id))
        part = first(connection, _SPLIT_OFF, batch=batch.id)
        while part is not None:  # what its goods went through before they were a batch of their own
            parent, until = tried.batch(part["parent"]), part["seq"]
            sights[parent.id] = sight_of(connection, tried, parent, who.id, on)
            before = (line for line in asked(connection, _LINES, batch=parent.id) if line["seq"] <= until)
            lines = [*before, *lines]
            part = first(connection, _SPLIT_OFF, batch=parent.id)
        seen = told(connection, lines, sights, names_of(connection))
        closed = closed_from(connection, tried, who.id, on)
        return folded(seen, doubts(connection), closed)


def sight_of(connection: sa.Connection, uow: UnitOfWork, batch: Batch, person: str, on: date) -> Sight:
    """Return what this person may see of the batch's history."""
    lines = asked(connection, _LINES, batch=batch.id)
    return Sight(lines, person, lambda: might_be_second(uow, batch.id, person, on))


def folded(
    seen: Iterable[tuple[Row, dict[str, str]]],
    doubtful: Doubts,
    closed: int,
) -> tuple[TimelineRow, ...]:
    """Return timeline rows; a run of entries in one check is one row, at its last entry.

    Args: closed: the first event whose number is not told.
    """
    found: list[TimelineRow] = []
    for (entry, kind, _person, _check), run in groupby(seen, key=lambda pair: _run_of(pair[0])):
        rows = list(run)
        for line, facts in rows[-1:] if entry else rows:
            told_of = [each for each, _ in rows] if entry else [line]
            found.append(
                TimelineRow(
                    seq=line["seq"] if line["seq"] < closed else None,
                    at=line["at"],
                    kind=kind,
                    act=bool(line["act"]),
                    person=line["person"] or "",
                    facts=facts,
                    count=len(rows) if entry else 1,
                    suspect=any(doubtful.suspect(each) for each in told_of),
                    clock_suspect=any(doubtful.clock_suspect(each) for each in told_of),
                    clock_behind=any(doubtful.clock_behind(each) for each in told_of),
                    by_sheet=doubtful.by_sheet(line),
                )
            )
    return tuple(found)


def _run_of(line: Row) -> tuple[bool, str, str | None, str | None]:
    return line["type"] in ENTRIES, line["type"], line["person"], line["checking"]


def signatures(connection: sa.Connection, round_id: str, closed: int) -> tuple[SignatureRow, ...]:
    """Return the standing signatures of a round: who, when and what for; never what was found.

    Args: closed: the first event whose number is not told.
    """
    return tuple(
        SignatureRow(
            meaning=row["meaning"],
            person=row["person"],
            name=row["name"],
            staff=row["staff"] or "",
            role=_ROLES[row["place"]],
            at=row["at"],
            event=row["seq"] if row["seq"] < closed else None,
            maker=bool(row["maker"]),
            clock_suspect=(row["ahead"] or 0) > 0,
            clock_behind=bool(row["behind"]),
            by_sheet=row["by_sheet"],
            suspect_from=row["suspect_from"],  # not after the signature; its number may be told
        )
        for row in asked(connection, _SIGNATURES, round=round_id)
    )


def check_heads(
    connection: sa.Connection, round_id: str, names: Mapping[str, str], sight: Sight
) -> tuple[CheckHeadRow, ...]:
    """Return who makes or made which check of a round; reasons are words, and shown only within sight."""
    return tuple(
        CheckHeadRow(
            check=row["id"],
            place=row["place"],
            person=row["person"],
            person_name=names.get(row["person"], row["person"]),
            state=row["state"],
            started_at=row["started_at"],
            signed_at=row["signed_at"],
            reason=row["reason"] if sight.words(row["seq"], row["person"]) else "",
            had=_had(connection, row["id"]) if row["state"] == "retracted" else None,
        )
        for row in asked(connection, _CHECKS, round=round_id)
    )


def _had(connection: sa.Connection, check: str) -> Literal["accepted", "rejected"] | None:
    """Return the verdict of a check that was taken back, once a comparison has shown what was found."""
    for row in asked(connection, _TAKEN_BACK, check=check):
        return "accepted" if row["verdict"] == "accepted" else "rejected"
    return None


def _rounds(connection: sa.Connection, batch: Batch) -> Iterable[Row]:
    return asked(connection, _ROUNDS, batch=batch.id)


def _round(connection: sa.Connection, row: Row, names: Mapping[str, str], sight: Sight) -> RoundHeadRow:
    opened = mapping.opened(row)
    return RoundHeadRow(
        round=row["id"],
        no=row["no"],
        opened_at=row["at"],
        procedure=opened.procedure.code,
        version=opened.procedure.version,
        severity=opened.plan.severity,
        n=len(opened.sample),
        outcome=row["decided"] or ("rejected" if row["rejected"] else row["compared"]),
        checks=check_heads(connection, row["id"], names, sight),
        severity_reason=opened.severity_reason,
        severities=opened.severities,
    )


def _next_severities(uow: UnitOfWork, batch: Batch) -> tuple[Pinned, ...]:
    """Return what a round that opens now would pin of each class that is switched; nothing where none can open."""
    if batch.state != "registered":
        return ()
    try:
        return next_plan(uow, batch, next_procedure(uow, batch))[1]
    except (NoProcedure, BadInput):
        return ()


def _shipments(connection: sa.Connection, batch: str, names: Mapping[str, str]) -> tuple[ShipmentRow, ...]:
    return tuple(
        ShipmentRow(
            shipment=row["id"],
            quantity=row["quantity"],
            to=row["to_whom"],
            on=date.fromisoformat(row["on_day"]),
            document=row["document"],
            by=names.get(row["person"], row["person"]),
        )
        for row in asked(connection, _SHIPMENTS, batch=batch)
    )
