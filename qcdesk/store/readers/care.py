# SPDX-License-Identifier: Apache-2.0
"""Complaints, what the inspectors saw in their batches then, and touches; within the blind rule."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date

import sqlalchemy as sa

from qcdesk.domain.complaints import Complaint
from qcdesk.domain.events import (
    ComplaintAcknowledged,
    ComplaintAnswered,
    ComplaintCalledBack,
    ComplaintHandedOver,
    ComplaintLinked,
)
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.nonconformities import BEING_CHECKED
from qcdesk.domain.refusals import Refusal
from qcdesk.services.care import looks_for
from qcdesk.services.care_rows import (
    ComplaintPage,
    ComplaintRow,
    EscapeRow,
    FiguresRow,
    HouseRow,
    LinkedRow,
    ProposalRow,
    QueueRow,
    SawRow,
    StayRow,
    StepRow,
    TouchedRow,
    TouchRow,
    WentOutRow,
)
from qcdesk.services.rows import FindingRow
from qcdesk.store.care import folded, step_of
from qcdesk.store.readers import waits
from qcdesk.store.readers.asking import Connect, Look, asked, in_lots, names_of
from qcdesk.store.readers.comparisons import comparison_page


class SqlCareReader:
    """See the port ``CareReader``."""

    def __init__(self, connect: Connect, look: Look) -> None:
        """Remember how to look."""
        self._connect, self._look = connect, look

    def complaints(self, *, closed: bool = False, owner: str | None = None) -> tuple[ComplaintRow, ...]:
        """See the port."""
        with self._connect() as connection:
            rows = _rows(connection, asked(connection, _ALL if closed else _OPEN))
        mine = [row for row in rows if owner in (None, row.complaint.owner)]
        return tuple(sorted(mine, key=_by_promise))

    def complaint(self, number: int, person: str | None, now: int) -> ComplaintPage:
        """See the port."""
        with self._connect() as connection:
            found = asked(connection, _ONE, n=number)
            if not found:
                raise BadInput("unknown_complaint", facts={"value": number}, where={"field": "complaint"})
            [row] = _rows(connection, found)
            names = names_of(connection)
            steps = asked(connection, _STEPS_OF, n=number)
            linked = asked(connection, _BATCHES, n=number)
            numbers = {one["batch"]: one["number"] for one in linked}
            told = tuple(_step(one, names, numbers) for one in steps)
        batches = tuple(
            self._linked(one, person, now) for one in linked if one["batch"] in row.complaint.batches
        )
        return ComplaintPage(row, told, batches)

    def _linked(self, row: sa.RowMapping, person: str | None, now: int) -> LinkedRow:
        saw: tuple[SawRow, ...] = ()
        closed = person is None
        if person is not None and row["opened"]:
            try:
                page = comparison_page(self._connect, self._look, row["batch"], person, now, None)
            except Refusal:
                closed = True
            else:
                saw = tuple(
                    SawRow(head.place, head.person_name, _counted(found))
                    for head, found in (
                        (page.first, page.first_findings),
                        (page.second, page.second_findings),
                    )
                )
        return LinkedRow(
            row["batch"],
            row["number"],
            row["product"],
            *_procedure(row["opened"]),
            closed,
            saw,
            row["state"] in BEING_CHECKED,
        )

    def proposals(self, owner: str | None = None) -> tuple[ProposalRow, ...]:
        """See the port."""
        with self._connect() as connection:
            judged = asked(connection, _JUDGED)
        found: dict[tuple[str, str], ProposalRow] = {}
        with self._look() as uow:
            for row in judged:
                fact = step_of(row)
                for code in fact.proposed:  # type: ignore[union-attr]  # only what was judged is asked for
                    about = fact.about  # type: ignore[union-attr]
                    version = uow.procedure(code)
                    if looks_for(version.content, about) or owner not in (None, version.content.owner):
                        continue
                    found.setdefault(
                        (code, about.casefold()),
                        ProposalRow(code, version.content.owner, about, row["complaint"], row["at"]),
                    )
        return tuple(found.values())

    def escapes(self) -> tuple[EscapeRow, ...]:
        """See the port."""
        with self._connect() as connection:
            judged = asked(connection, _JUDGED)
            names = names_of(connection)
            batches: dict[int, list[sa.RowMapping]] = defaultdict(list)
            for row in asked(connection, _JUDGED_BATCHES):
                batches[row["complaint"]].append(row)
        return tuple(
            EscapeRow(
                row["complaint"],
                step_of(row).escape,  # type: ignore[union-attr]  # only what was judged is asked for
                one["batch"],
                one["number"],
                *_procedure(one["opened"]),
                names.get(one["first"] or "", ""),
                names.get(one["second"] or "", ""),
                row["at"],
            )
            for row in judged
            for one in batches[row["complaint"]]
        )

    def went_out(self, since: int = 0, most: int = 5_000) -> tuple[WentOutRow, ...]:
        """See the port."""
        escaped = {row.batch for row in self.escapes() if row.escape}
        with self._connect() as connection:
            names = names_of(connection)
            rows = asked(connection, _WENT_OUT, since=since, most=most)
        return tuple(_went_out(row, names, escaped) for row in rows)

    def touches(self, batch: str | None = None, limit: int = 200) -> tuple[TouchRow, ...]:
        """See the port."""
        statement = _TOUCHES if batch is None else _TOUCHES_OF
        most = limit
        with self._connect() as connection:
            while True:
                given = {"most": most} if batch is None else {"most": most, "b": batch}
                rows = list(asked(connection, statement, **given))
                twice = _typed_as_well(connection, rows)
                once = [r for r in rows if r["seq"] not in twice]
                if len(once) >= limit or len(rows) < most:
                    break
                most += limit
        return tuple(
            TouchRow(r["seq"], r["at"], r["name"], r["kind"], r["batch"], r["number"] or "", r["order_no"])
            for r in once[:limit]
        )

    def touched(self, last: int = 50) -> tuple[TouchedRow, ...]:
        """See the port."""
        with self._connect() as connection:
            rows = asked(connection, _TOUCHED, most=last)
        return tuple(
            TouchedRow(r["id"], r["number"], r["registered_at"], int(r["touches"])) for r in reversed(rows)
        )

    def figures(self) -> tuple[FiguresRow, ...]:
        """See the port."""
        with self._connect() as connection:
            rows = asked(connection, _FIGURES)
        return tuple(FiguresRow(r["month"], r["repeat_orders"], r["referrals"]) for r in rows)

    def stays(self, batch: str) -> tuple[StayRow, ...]:
        """See the port."""
        return waits.stays(self._connect, batch)

    def queue(self, today: date, *, named: bool = True, most: int = 500) -> tuple[QueueRow, ...]:
        """See the port."""
        return waits.queue(self._connect, self._look, today, most, named=named)

    def queue_length(self) -> int:
        """See the port."""
        return waits.queue_length(self._connect)

    def signed_at(self, since: int) -> tuple[int, ...]:
        """See the port."""
        return waits.signed_at(self._connect, since)

    def house(self, since: str) -> tuple[HouseRow, ...]:
        """See the port."""
        return waits.house(self._connect, since)


def _by_promise(row: ComplaintRow) -> tuple[bool, bool, int, date, int]:
    promised, taken = row.complaint.call_back, row.complaint.taken
    return (row.closed_at is not None, promised is None, promised or 0, taken.received, row.taken_at)


def _rows(connection: sa.Connection, found: Sequence[sa.RowMapping]) -> list[ComplaintRow]:
    names = names_of(connection)
    steps: dict[int, list[sa.RowMapping]] = defaultdict(list)
    for lot in in_lots([row["number"] for row in found]):
        for step in asked(connection, _STEPS, numbers=lot):
            steps[step["complaint"]].append(step)
    complaints = {row["number"]: folded(row, steps[row["number"]]) for row in found}
    numbers = _numbers(connection, complaints.values())
    return [_row(row, complaints[row["number"]], steps[row["number"]], names, numbers) for row in found]


def _row(
    row: sa.RowMapping,
    complaint: Complaint,
    steps: Sequence[sa.RowMapping],
    names: Mapping[str, str],
    numbers: Mapping[str, str],
) -> ComplaintRow:
    last = steps[-1]["at"] if steps else row["at"]
    return ComplaintRow(
        complaint=complaint,
        owner_name=names.get(complaint.owner, complaint.owner),
        numbers=tuple(numbers[batch] for batch in complaint.batches),
        taken_at=row["at"],
        taken_by=names.get(row["person"], row["person"]),
        served=tuple(_served(steps)),
        closed_at=last if complaint.closed else None,
    )


def _served(steps: Iterable[sa.RowMapping]) -> Iterator[tuple[int, date | None]]:
    for row in steps:
        match step_of(row):
            case ComplaintAcknowledged(on=day):
                yield row["at"], day
            case ComplaintCalledBack(called=True, reached=False):
                continue
            case ComplaintCalledBack(called=True) | ComplaintAnswered():
                yield row["at"], None


def _numbers(connection: sa.Connection, complaints: Iterable[Complaint]) -> dict[str, str]:
    batches = list(dict.fromkeys(batch for one in complaints for batch in one.batches))
    return {
        row["id"]: row["number"]
        for lot in in_lots(batches)
        for row in asked(connection, _NUMBERS, batches=lot)
    }


def _step(row: sa.RowMapping, names: Mapping[str, str], numbers: Mapping[str, str]) -> StepRow:
    fact = step_of(row)
    to = ""
    if isinstance(fact, ComplaintHandedOver):
        to = names.get(fact.owner, fact.owner)
    elif isinstance(fact, ComplaintLinked):
        to = numbers.get(fact.batch, "")
    return StepRow(row["seq"], row["at"], names.get(row["person"], row["person"]), fact, to)


def _procedure(opened: str | None) -> tuple[str, int]:
    """Return code and version of what a round pinned; nothing where none was opened."""
    if not opened:
        return "", 0
    pinned = json.loads(opened)["procedure"]
    return pinned["code"], pinned["version"]


def _went_out(row: sa.RowMapping, names: Mapping[str, str], escaped: Collection[str]) -> WentOutRow:
    plan = json.loads(row["opened"])["plan"]
    return WentOutRow(
        row["batch"],
        row["at"],
        *_procedure(row["opened"]),
        names.get(row["first"] or "", ""),
        names.get(row["second"] or "", ""),
        plan["n"],
        plan["severity"],
        tuple((one["defect_class"], one["ac"]) for one in plan["classes"]),
        row["batch"] in escaped,
    )


def _counted(findings: Sequence[FindingRow]) -> tuple[tuple[str, str, int], ...]:
    counts: Counter[tuple[str, str]] = Counter()
    for one in findings:
        if one.withdrawn is None:
            counts[one.code, one.name] += one.count
    return tuple((code, name, count) for (code, name), count in counts.most_common())


def _typed_as_well(connection: sa.Connection, rows: Iterable[sa.RowMapping]) -> set[int]:
    """Return the lines of reworks on record that somebody typed as well: each typed one is the nearest of its batch."""
    batches = sorted({row["batch"] for row in rows if row["kind"] == "rework" and row["batch"]})
    of_batch: dict[str, tuple[list[sa.RowMapping], list[sa.RowMapping]]] = defaultdict(lambda: ([], []))
    for lot in in_lots(batches):
        for one in asked(connection, _REWORKS_OF, those=lot):
            of_batch[one["batch"]][one["typed"]].append(one)
    found: set[int] = set()
    for on_record, typed in of_batch.values():
        apart = sorted((abs(t["at"] - r["at"]), t["seq"], r["seq"]) for t in typed for r in on_record)
        had: set[int] = set()
        for _, logged, put_down in apart:
            if logged not in had and put_down not in found:
                had.add(logged)
                found.add(put_down)
    return found


_COMPLAINT = "SELECT c.number, c.seq, c.person, c.at, c.body FROM complaint c"
_ENDED = (
    "EXISTS (SELECT 1 FROM complaint_step s WHERE s.complaint = c.number AND s.type = 'complaint.closed')"
)
_ALL = sa.text(f"{_COMPLAINT} ORDER BY c.number")
_OPEN = sa.text(f"{_COMPLAINT} WHERE NOT {_ENDED} ORDER BY c.number")
_ONE = sa.text(f"{_COMPLAINT} WHERE c.number = :n")
_STEP = "SELECT seq, complaint, type, person, at, body FROM complaint_step"
_STEPS = sa.text(f"{_STEP} WHERE complaint IN :numbers ORDER BY seq").bindparams(
    sa.bindparam("numbers", expanding=True)
)
_STEPS_OF = sa.text(f"{_STEP} WHERE complaint = :n ORDER BY seq")
_LAST_JUDGED = (
    "WHERE type = 'complaint.judged' AND NOT EXISTS (SELECT 1 FROM complaint_step k"
    " WHERE k.complaint = j.complaint AND k.type = 'complaint.judged' AND k.seq > j.seq) ORDER BY seq DESC"
)
_JUDGED = sa.text(f"{_STEP} j {_LAST_JUDGED}")
_NUMBERS = sa.text("SELECT id, number FROM batch WHERE id IN :batches").bindparams(
    sa.bindparam("batches", expanding=True)
)
_LINKED_WITH = (
    "SELECT DISTINCT s.complaint, s.batch, b.number, b.state, p.name AS product, r.opened,"
    " (SELECT g.person FROM sign_off g WHERE g.round = b.round AND g.place = 'first' AND g.standing = 1) AS first,"
    " (SELECT g.person FROM sign_off g WHERE g.round = b.round AND g.place = 'second' AND g.standing = 1) AS second"
    " FROM complaint_step s JOIN batch b ON b.id = s.batch JOIN product p ON p.id = b.product"
    " LEFT JOIN round r ON r.id = b.round WHERE s.type = 'complaint.linked'"
)
_BATCHES = sa.text(f"{_LINKED_WITH} AND s.complaint = :n ORDER BY b.number")
_STILL = (
    "AND NOT EXISTS (SELECT 1 FROM complaint_step u WHERE u.complaint = s.complaint"
    " AND u.batch = s.batch AND u.seq > s.seq) AND (SELECT count(*) FROM complaint_step v"
    " WHERE v.complaint = s.complaint AND v.batch = s.batch) % 2 = 1 ORDER BY b.number"
)
"""What it is still about: links and what takes them back come in turns."""
_JUDGED_BATCHES = sa.text(f"{_LINKED_WITH} {_STILL}")
_WENT_OUT = sa.text(
    "SELECT g.batch, g.at, r.opened,"
    " (SELECT f.person FROM sign_off f WHERE f.round = g.round AND f.place = 'first' AND f.standing = 1) AS first,"
    " (SELECT f.person FROM sign_off f WHERE f.round = g.round AND f.place = 'second' AND f.standing = 1) AS second"
    " FROM sign_off g JOIN round r ON r.id = g.round WHERE g.place = 'release' AND g.at >= :since"
    " AND NOT EXISTS (SELECT 1 FROM sign_off l WHERE l.batch = g.batch AND l.place = 'release' AND l.seq > g.seq)"
    " ORDER BY g.seq DESC LIMIT :most"
)
_TOUCH = (
    "SELECT t.seq AS seq, t.at AS at, p.name AS name, t.kind AS kind, t.batch AS batch, b.number AS number,"
    " t.order_no AS order_no FROM touch t JOIN person p ON p.id = t.person"
    " LEFT JOIN batch b ON b.id = t.batch WHERE t.undoes IS NULL"
    " AND NOT EXISTS (SELECT 1 FROM touch u WHERE u.undoes = t.seq){of}"
    " UNION SELECT l.seq, l.at, p.name, 'rework', t.batch, b.number, '' FROM batch_reworker t"
    " JOIN line l ON l.seq = t.seq JOIN person p ON p.id = l.person JOIN batch b ON b.id = t.batch"
    " WHERE l.type = 'batch.reworked'{of} ORDER BY seq DESC LIMIT :most"
)
_TOUCHES = sa.text(_TOUCH.format(of=""))
_TOUCHES_OF = sa.text(_TOUCH.format(of=" AND t.batch = :b"))
_REWORKS_OF = sa.text(
    "SELECT t.batch, t.seq, t.at, 1 AS typed FROM touch t WHERE t.batch IN :those AND t.kind = 'rework'"
    " AND t.undoes IS NULL AND NOT EXISTS (SELECT 1 FROM touch u WHERE u.undoes = t.seq)"
    " UNION SELECT k.batch, l.seq, l.at, 0 FROM batch_reworker k JOIN line l ON l.seq = k.seq"
    " WHERE k.batch IN :those AND l.type = 'batch.reworked' ORDER BY 2"
).bindparams(sa.bindparam("those", expanding=True))
_REWORKS = (
    "(SELECT count(DISTINCT k.seq) FROM batch_reworker k JOIN line l ON l.seq = k.seq"
    " WHERE k.batch = b.id AND l.type = 'batch.reworked')"
)
_TYPED_REWORKS = (
    "(SELECT count(*) FROM touch t WHERE t.batch = b.id AND t.kind = 'rework' AND +t.undoes IS NULL"
    " AND NOT EXISTS (SELECT 1 FROM touch u WHERE u.undoes = t.seq))"
)
"""A rework that is on record is a touch once, whether somebody logged it as one or not."""
_TOUCHED = sa.text(
    "SELECT b.id, b.number, b.registered_at, (SELECT count(*) FROM touch t WHERE t.batch = b.id AND +t.undoes IS NULL"  # noqa: S608 - fixed text
    f" AND NOT EXISTS (SELECT 1 FROM touch u WHERE u.undoes = t.seq)) + CASE WHEN {_REWORKS} > {_TYPED_REWORKS}"
    f" THEN {_REWORKS} - {_TYPED_REWORKS} ELSE 0 END AS touches FROM batch b"
    " WHERE b.state <> 'cancelled' AND (EXISTS (SELECT 1 FROM touch w WHERE w.batch = b.id) OR EXISTS"
    " (SELECT 1 FROM round r JOIN checking c ON c.round = r.id WHERE r.batch = b.id))"
    " ORDER BY b.registered_at DESC, b.id DESC LIMIT :most"
)
_FIGURES = sa.text(
    "SELECT month, repeat_orders, referrals FROM owner_figure f WHERE NOT EXISTS"
    " (SELECT 1 FROM owner_figure g WHERE g.month = f.month AND g.seq > f.seq) ORDER BY month"
)
