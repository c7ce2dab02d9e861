# SPDX-License-Identifier: Apache-2.0
"""Where batches wait, for how long and for whom. Nothing here looks at what a check found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final

import sqlalchemy as sa

from qcdesk.domain.independence import could
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import Refusal, ReleaseStopped, SupplierBlocked
from qcdesk.services.care_rows import HouseKind, HouseRow, QueueRow, StayRow
from qcdesk.services.foresight import case_of
from qcdesk.services.ports import UnitOfWork
from qcdesk.services.repeated_defects import require_not_stopped
from qcdesk.services.supplier_status import require_supplier_free
from qcdesk.store import mapping
from qcdesk.store.mapping import Row
from qcdesk.store.readers.asking import Connect, Look, asked, names_of
from qcdesk.store.readers.lanes import FROM_RESTS, OF_REST, SINCE
from qcdesk.store.readers.trying import may_act, trying

MOST_SIGNED: Final = 2_000
WANTS: Final[Mapping[str, str]] = {
    "registered": "first", "first_check": "first", "awaiting_second": "second", "second_check": "second",
    "disagreed": "third", "accepted": "release", "rejected": "dispose", "withdrawn": "dispose",
    "released": "ship", "released_under_concession": "ship",
}  # fmt: skip
_TO: Final[Mapping[str, str]] = {
    "batch.cancelled": "cancelled", "batch.reworked": "registered", "batch.released": "released",
    "batch.withdrawn": "withdrawn", "concession.approved": "released_under_concession",
    "log.voided": "registered", "procedure.approved": "registered", "round.again": "registered",
    "round.opened": "first_check", "round.ordered": "registered", "round.rejected_after_all": "rejected",
    "round.reopened": "registered",
}  # fmt: skip
"""Events that bring a batch to a state, whatever they say."""
_ENDS: Final[Mapping[str, str]] = {"return": "returned", "scrap": "scrapped"}
_LINES = sa.text(
    "SELECT l.seq, l.type, l.person, l.at, c.place, d.kind AS disposed, COALESCE(k.outcome, e.outcome) AS outcome,"
    " (SELECT way FROM batch_part WHERE batch = :batch AND seq = l.seq) AS way,"
    " (SELECT b.state FROM batch b WHERE b.id = l.batch AND NOT EXISTS (SELECT 1 FROM line m WHERE m.batch = l.batch"
    " AND m.type = 'batch.split' AND m.seq > l.seq)) AS came_to"
    " FROM line l LEFT JOIN checking c ON c.id = l.checking LEFT JOIN disposition d ON d.seq = l.seq"
    " LEFT JOIN comparison k ON k.seq = l.seq LEFT JOIN decision e ON e.seq = l.seq"
    " WHERE l.batch = :batch AND l.type <> 'check.recorded'"
    " OR l.seq IN (SELECT seq FROM reinspection WHERE batch = :batch UNION SELECT seq FROM voided WHERE batch = :batch"
    " UNION SELECT seq FROM batch_part WHERE batch = :batch)"
    " ORDER BY l.seq"
)
_HOLDS = sa.text("SELECT id, seq, lifted FROM hold WHERE batch = :batch")
_QUEUE = (
    "SELECT b.id, b.number, b.state, b.held, {since} AS lane_since, b.ship_by, b.rework_ordered, p.name AS product,"
    " b.product AS made, b.supplier AS sent_by,"
    " COALESCE(s.name, b.line) AS supplier, COALESCE((SELECT l.person FROM line l WHERE l.batch = b.id"
    " AND l.at = {since} AND l.type <> 'check.recorded' ORDER BY l.seq DESC LIMIT 1),"
    " (SELECT o.person FROM batch_part o WHERE o.batch = b.id)) AS person,"
    " (SELECT c.person FROM checking c WHERE c.round = b.round AND c.state = 'open' AND c.place ="
    " CASE b.state WHEN 'first_check' THEN 'first' WHEN 'second_check' THEN 'second' WHEN 'disagreed' THEN 'third' END"
    " LIMIT 1) AS busy,"
    " (SELECT c.started_at FROM checking c WHERE c.round = b.round AND c.state = 'open' AND c.place ="
    " CASE b.state WHEN 'first_check' THEN 'first' WHEN 'second_check' THEN 'second' WHEN 'disagreed' THEN 'third' END"
    " LIMIT 1) AS open_since,"
    " {rest} AS rest FROM {source} JOIN product p ON p.id = b.product LEFT JOIN supplier s ON s.id = b.supplier"
    " WHERE {which} AND b.ship_by IS {undated} NULL ORDER BY {by} {since}, b.id LIMIT :most"
)
_HERE: Final = {"since": "b.lane_since", "rest": "0", "source": "batch b", "which": "b.lane <> 'done'"}
_RESTS: Final = {"since": SINCE, "rest": "1", "source": FROM_RESTS, "which": OF_REST}
_DATED, _UNDATED = (
    tuple(sa.text(_QUEUE.format(undated=undated, by=by, **which)) for which in (_HERE, _RESTS))
    for undated, by in (("NOT", "b.ship_by,"), ("", ""))
)
_LENGTH = sa.text(
    "SELECT (SELECT count(*) FROM batch WHERE lane <> 'done')"  # noqa: S608 - fixed text
    f" + (SELECT count(*) FROM {FROM_RESTS} WHERE {OF_REST}) AS n"
)
_SIGNED = sa.text("SELECT at FROM sign_off WHERE standing = 1 ORDER BY seq DESC LIMIT :most")
_HOUSE = sa.text(
    "SELECT month, name, sum(amount) AS amount FROM figure WHERE supplier = '*' AND product = '*' AND code = ''"
    " AND month >= :since AND name IN ('lots', 'house.settled', 'house.rework', 'house.released', 'house.turnaround',"
    " 'house.waiting', 'house.units', 'house.minutes') GROUP BY month, name ORDER BY month"
)
_KINDS: Final[tuple[tuple[HouseKind, str, str], ...]] = (
    ("registered", "lots", "lots"),
    ("settled", "house.settled", "house.settled"),
    ("rework", "house.rework", "house.rework"),
    ("turnaround", "house.turnaround", "house.released"),
    ("waiting", "house.waiting", "house.released"),
    ("work", "house.units", "house.minutes"),
)
"""What a row counts, and of how much, by the names of the kept figures."""


def stays(connect: Connect, batch: str) -> tuple[StayRow, ...]:
    """Return how long a batch was in each of its states; see the port."""
    with connect() as connection:
        lines = asked(connection, _LINES, batch=batch)
        put = {row["seq"]: row["id"] for row in asked(connection, _HOLDS, batch=batch)}
        lifted = {row["lifted"]: row["id"] for row in asked(connection, _HOLDS, batch=batch)}
        names = names_of(connection)
    return tuple(_stays(lines, put, lifted, names))


def _stays(
    lines: Iterable[Row], put: Mapping[int, str], lifted: Mapping[int, str], names: Mapping[str, str]
) -> Iterator[StayRow]:
    state, now, person, since = "", "", "", 0
    hold: str | None = None
    for line in lines:
        state = _after(line, state, stopped=line["seq"] in put)
        if hold is None:
            hold = put.get(line["seq"])
        elif lifted.get(line["seq"]) == hold:
            hold = None
        then = "held" if hold is not None and state not in (*_ENDS.values(), "split") else state
        if then == now:
            continue
        if now:
            yield StayRow(now, since, line["at"], person)
        now, since, person = then, line["at"], names.get(line["person"] or "", "")
    if now:
        yield StayRow(now, since, None, person)


def _after(line: Row, state: str, *, stopped: bool) -> str:
    """Return the state of a batch after an event."""
    match line["type"], line["place"]:
        case "batch.saved", _:
            return state or "registered"
        case "check.started", "second":
            return "second_check"
        case ("check.set_aside", "second") | ("check.signed", "first"):
            return "awaiting_second"
        case "check.retracted", _:
            return state if stopped else "registered"
        case "batch.split", _:
            if line["way"] is not None:  # the batch is one of the parts
                return _ENDS.get(line["way"], "registered")
            return "split" if line["came_to"] == "split" else state
        case (("round.compared" | "round.decided"), _):
            return str(line["outcome"])
        case "batch.disposed", _:
            return _ENDS.get(line["disposed"], state)
    return _TO.get(line["type"], state)


def queue(connect: Connect, look: Look, today: date, most: int, *, named: bool) -> tuple[QueueRow, ...]:
    """Return what has not left yet; see the port."""
    with look() as uow, connect() as connection:
        rows = _first(connection, _DATED, most)
        if len(rows) < most:
            rows += _first(connection, _UNDATED, most - len(rows))
        names = names_of(connection)
        tried = trying(uow)
        stops = _Stops(tried, today)
        return tuple(_queued(row, names, stops, tried if named else None, today) for row in rows)


def _first(connection: sa.Connection, ways: Iterable[sa.TextClause], most: int) -> list[Row]:
    """Return the first batches that wait, with those that their column calls done; each way comes in this order."""
    rows: list[Row] = [row for way in ways for row in asked(connection, way, most=most)]
    return sorted(rows, key=lambda row: (row["ship_by"] or "", row["lane_since"], row["id"]))[:most]


def queue_length(connect: Connect) -> int:
    """Return how many have not left yet; see the port."""
    with connect() as connection:
        return int(next(iter(asked(connection, _LENGTH)))["n"])


class _Stops:
    """What two releasers must decide before goods of a supplier may be released, and who can; asked once of each."""

    def __init__(self, uow: UnitOfWork, today: date) -> None:
        self._uow, self._today = uow, today
        self._known: dict[tuple[str | None, str], tuple[str, tuple[str, ...]]] = {}

    def before(self, row: Row) -> tuple[str, tuple[str, ...]]:
        """Return what a batch waits for that was accepted by both, and who may decide where it is a stop."""
        key = row["sent_by"], row["made"]
        if key not in self._known:
            self._known[key] = self._asked(row["id"])
        return self._known[key]

    def _asked(self, batch: str) -> tuple[str, tuple[str, ...]]:
        found = self._uow.batch(batch)
        try:
            require_supplier_free(self._uow, found, self._today)
            require_not_stopped(self._uow, found, self._today)
        except SupplierBlocked as refused:
            return "supplier", refused.who_can
        except ReleaseStopped as refused:
            return "decide_stop", refused.who_can
        return "release", ()


def _queued(
    row: Row, names: Mapping[str, str], stops: _Stops, uow: UnitOfWork | None, today: date
) -> QueueRow:
    wants = "lift" if row["held"] else "dispose" if row["rest"] else WANTS.get(row["state"], "")
    deciders: tuple[str, ...] = ()
    if wants == "release":
        wants, deciders = stops.before(row)
    if wants == "dispose" and row["rework_ordered"]:
        wants = "rework"
    people: tuple[str, ...] = ()
    if row["busy"] is not None and not row["held"]:
        people = (names.get(row["busy"], ""),)
    elif uow is not None and wants in ("first", "second", "third", "release"):
        try:
            case = case_of(uow, uow.batch(row["id"]), today)
            people = tuple(person.name for person in could(case, wants))
        except (Refusal, BadInput):
            wants = "procedure"
    elif uow is not None and wants == "lift":
        people = tuple(p.name for p in uow.people() if p.status == "active" and p.has_role("releaser", today))
    elif uow is not None and wants == "dispose":
        people = tuple(p.name for p in uow.people() if may_act(p, today))
    elif uow is not None:
        people = deciders
    return QueueRow(
        batch=row["id"],
        number=row["number"],
        product=row["product"],
        supplier=row["supplier"],
        state=row["state"],
        held=bool(row["held"]),
        since=row["lane_since"],
        person=names.get(row["person"] or "", ""),
        ship_by=mapping.day(row["ship_by"]),
        wants=wants,
        people=people,
        open_since=row["open_since"] if row["busy"] is not None else None,
    )


def signed_at(connect: Connect, since: int) -> tuple[int, ...]:
    """Return when people signed; see the port."""
    with connect() as connection:
        times = connection.execute(_SIGNED, {"most": MOST_SIGNED}).scalars().all()
    return tuple(at for at in reversed(times) if at >= since)


def house(connect: Connect, since: str) -> tuple[HouseRow, ...]:
    """Return what the scoreboard counts, from its kept sums; see the port."""
    months: dict[str, dict[str, int]] = {}
    with connect() as connection:
        for row in asked(connection, _HOUSE, since=since):
            months.setdefault(row["month"], {})[row["name"]] = int(row["amount"])
    return tuple(
        HouseRow(kind, month, sums.get(count, 0), sums[of])
        for month, sums in months.items()
        for kind, count, of in _KINDS
        if of in sums
    )
