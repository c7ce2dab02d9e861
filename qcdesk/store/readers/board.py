# SPDX-License-Identifier: Apache-2.0
"""The board, lists and search: batches by what they wait for. Nothing here looks at what a check found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import sqlalchemy as sa

from qcdesk.checker import certificates
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.people import Person
from qcdesk.domain.refusals import Refusal
from qcdesk.domain.staging import asked_of
from qcdesk.services.ports import UnitOfWork
from qcdesk.services.rows import MOST_COUNTED, BatchListRow, BoardCardRow, Lane, LanePage, WaitingRow
from qcdesk.services.searching import wanted
from qcdesk.services.sign_check import STATE_OF
from qcdesk.store import mapping
from qcdesk.store.mapping import Row
from qcdesk.store.readers.asking import Connect, Look, asked, first, in_lots, number
from qcdesk.store.readers.lanes import FROM_RESTS, LANE, OF_REST, REST, RESTS_IN, SINCE
from qcdesk.store.readers.trying import may_record_rework, may_release, may_start, trying

TESTED = 50  # batches put to the rules per act; further down the list nobody looks
SHOWN = 12  # rows per act on the waiting list
WORDS = 8  # words of a search that count
SORTED = 1_000  # so many matches are sorted; of more, the newest batches are walked until enough are found

# "lane <> 'done'" stands beside every lane: it is what lets the partial index serve.
_DATED = "b.ship_by IS NOT NULL AND (b.ship_by, b.lane_since, b.id) > (:ship_by, :since, :id)"
_UNDATED = "b.ship_by IS NULL AND (b.lane_since, b.id) > (:since, :id)"
_CARDS = """
SELECT b.id, b.number, p.name AS product, COALESCE(s.name, b.line) AS supplier, b.state, b.held, {lane} AS lane,
    {since} AS lane_since,
    b.ship_by, b.quantity, p.unit, b.rework_ordered, b.registered_at,
    (SELECT w.stands FROM batch_place w WHERE w.batch = b.id ORDER BY w.seq DESC LIMIT 1) AS stands,
    m.person AS maker, c.person AS first_checker, hp.name AS stopped_by, b.supplier AS supplier_id,
    p.code AS product_code
FROM {source}
LEFT JOIN product p ON p.id = b.product
LEFT JOIN supplier s ON s.id = b.supplier
LEFT JOIN batch_maker m ON m.batch = b.id AND m.person = :person
LEFT JOIN checking c ON c.round = b.round AND c.place = 'first' AND c.state IN ('open', 'signed')
    AND c.person = :person AND b.state IN ('first_check', 'awaiting_second', 'second_check')
LEFT JOIN hold h ON h.id = b.hold
LEFT JOIN person hp ON hp.id = h.person
"""
_CARD = _CARDS.format(lane="b.lane", since="b.lane_since", source="batch b")
_LANE_DATED = sa.text(
    f"{_CARD} WHERE b.lane = :lane AND b.lane <> 'done' AND {_DATED}"
    " ORDER BY b.ship_by, b.lane_since, b.id LIMIT :most"
)
_LANE_UNDATED = sa.text(
    f"{_CARD} WHERE b.lane = :lane AND b.lane <> 'done' AND {_UNDATED}"
    " ORDER BY b.lane_since, b.id LIMIT :most"
)
_REST = _CARDS.format(lane=f"'{RESTS_IN}'", since=SINCE, source=FROM_RESTS)
_RESTS_DATED = sa.text(
    f"{_REST} WHERE {OF_REST} AND b.ship_by IS NOT NULL AND (b.ship_by, {SINCE}, b.id) > (:ship_by, :since, :id)"
    f" ORDER BY b.ship_by, {SINCE}, b.id LIMIT :most"
)
_RESTS_UNDATED = sa.text(
    f"{_REST} WHERE {OF_REST} AND b.ship_by IS NULL AND ({SINCE}, b.id) > (:since, :id)"
    f" ORDER BY {SINCE}, b.id LIMIT :most"
)
_DONE = sa.text(
    f"{_CARD} WHERE b.lane = 'done' AND NOT {REST} AND b.registered_at <= :since"
    " AND (b.registered_at < :since OR b.id > :id) ORDER BY b.registered_at DESC, b.id LIMIT :most"
)
_COUNTED = "SELECT count(*) FROM (SELECT 1 FROM {which} LIMIT :most) counted"
_TOTAL = sa.text(_COUNTED.format(which="batch WHERE lane = :lane AND lane <> 'done'"))
_TOTAL_DONE = sa.text(_COUNTED.format(which="batch WHERE lane = 'done'"))  # an index alone answers it
_TOTAL_RESTS = sa.text(_COUNTED.format(which=f"{FROM_RESTS} WHERE {OF_REST}"))
_END = 2**62  # later than any time

_LIST = """
SELECT b.id, b.number, p.name AS product, COALESCE(s.name, b.line) AS supplier, b.quantity, b.state, b.held,
    {lane} AS lane, b.ship_by, b.registered_at, b.round_no
FROM {source}
LEFT JOIN product p ON p.id = b.product
LEFT JOIN supplier s ON s.id = b.supplier
"""
_BATCHES = _LIST.format(lane=LANE, source="batch b")
_NEWEST = sa.text(
    f"{_BATCHES} WHERE b.registered_at <= :at AND (b.registered_at < :at OR b.id > :id)"
    " ORDER BY b.registered_at DESC, b.id LIMIT :most"
)
_NEWEST_IN_STATE = sa.text(
    f"{_BATCHES} WHERE b.registered_at <= :at AND (b.registered_at < :at OR b.id > :id) AND b.state = :state"
    " ORDER BY b.registered_at DESC, b.id LIMIT :most"
)
_OF_SUPPLIER = sa.text(
    f"{_BATCHES} WHERE b.supplier IN :suppliers ORDER BY b.registered_at DESC, b.id LIMIT :most"
).bindparams(sa.bindparam("suppliers", expanding=True))
_RELEASED = sa.text(
    f"{_BATCHES} WHERE b.state IN ('released', 'released_under_concession') AND b.id IN ("  # noqa: S608
    "SELECT s.batch FROM sign_off s JOIN batch o ON o.id = s.batch AND o.round = s.round"
    " WHERE s.place = 'release' AND s.at >= :since AND s.at < :until"
    " UNION ALL SELECT a.batch FROM concession_answer a JOIN batch o ON o.id = a.batch AND o.round = a.round"
    " WHERE a.answer = 'approved' AND a.at >= :since AND a.at < :until)"
    " ORDER BY b.registered_at DESC, b.id LIMIT :most"
)
_AT = sa.text("SELECT registered_at FROM batch WHERE id = :id")
_BY_NUMBER = sa.text("SELECT id FROM batch WHERE number = :number OR id = :number")
_ALL_WORDS = " AND ".join(f"t.folded LIKE :word{n} ESCAPE '!'" for n in range(WORDS))
_MATCHES = sa.text(
    f"SELECT t.id FROM search_text t WHERE t.kind = 'batch' AND {_ALL_WORDS} LIMIT {SORTED + 1}"  # noqa: S608
)
_THESE = sa.text(f"{_BATCHES} WHERE b.id IN :ids").bindparams(sa.bindparam("ids", expanding=True))
_NEWEST_FOUND = sa.text(  # CROSS: SQLite then walks the batches first
    _LIST.format(lane=LANE, source="batch b CROSS JOIN search_text t")
    + f" WHERE t.kind = 'batch' AND t.id = b.id AND {_ALL_WORDS} ORDER BY b.registered_at DESC, b.id LIMIT :most"
)
_BY_CODE = sa.text(
    "SELECT b.number FROM certificate c JOIN batch b ON b.id = c.batch"
    " WHERE c.number = :number AND c.code = :code AND c.sig = :sig"
)
_NUMBERED = sa.text(f"{_BATCHES} WHERE b.number = :number")

_MADE = (
    "NOT EXISTS (SELECT 1 FROM batch_maker m WHERE m.batch = b.id AND m.person = :person)"
    " AND NOT EXISTS (SELECT 1 FROM batch_reworker w WHERE w.batch = b.id AND w.person = :person)"
)
_FREE = (
    "NOT EXISTS (SELECT 1 FROM checking c WHERE c.round = b.round AND c.place = '{place}'"
    " AND c.state IN ('open', 'signed'))"
)
_NOT_AS = (
    "NOT EXISTS (SELECT 1 FROM checking c WHERE c.round = b.round AND c.place IN ({places})"
    " AND c.state IN ('open', 'signed') AND c.person = :person)"
)
_NEITHER = "NOT EXISTS (SELECT 1 FROM checking c WHERE c.round = b.round AND c.place <> 'third' AND c.person = :person)"
_FIRST = "'first'"
_EARLY = (
    "NOT EXISTS (SELECT 1 FROM place_given_up g WHERE g.round = b.round AND g.person = :person)"
    " AND NOT EXISTS (SELECT 1 FROM first_seen f WHERE f.round = b.round AND f.person = :person)"
)
_OPEN_TO = {
    "start_first": ("b.lane = 'to_inspect'", f"(b.state = 'registered' OR {_FREE.format(place='first')})"),
    "start_second": (
        "b.lane = 'waiting_second'",
        _FREE.format(place="second"),
        _NOT_AS.format(places=_FIRST),
        _MADE,
        _EARLY,
    ),
    "decide": ("b.lane = 'disagreement'", _FREE.format(place="third"), _NEITHER, _MADE),
    "release": ("b.lane = 'to_release'", _NOT_AS.format(places=_FIRST), _MADE),
    "confirm_rework": ("b.lane = 'quarantined'", "b.state = 'rejected'", "b.rework_ordered = 1"),
}
_CANDIDATE = """
SELECT b.id, b.number, p.name AS product, COALESCE(s.name, b.line) AS supplier, b.lane_since, b.ship_by
FROM batch b LEFT JOIN product p ON p.id = b.product LEFT JOIN supplier s ON s.id = b.supplier
WHERE b.lane <> 'done' AND
"""
_CANDIDATES = {
    act: (
        sa.text(
            f"{_CANDIDATE} {rule} AND b.ship_by IS NOT NULL ORDER BY b.ship_by, b.lane_since, b.id LIMIT :most"
        ),
        sa.text(f"{_CANDIDATE} {rule} AND b.ship_by IS NULL ORDER BY b.lane_since, b.id LIMIT :most"),
    )
    for act, rule in ((act, " AND ".join(rules)) for act, rules in _OPEN_TO.items())
}
_TRIED = {
    "start_first": may_start,
    "start_second": may_start,
    "decide": may_start,
    "release": may_release,
    "confirm_rework": may_record_rework,
}
_OWN_OPEN = sa.text(
    """
SELECT c.id AS checking, c.place, c.started_at, b.id, b.number, p.name AS product, b.ship_by, b.state,
    COALESCE(s.name, b.line) AS supplier, r.opened, r.id AS round,
    (SELECT count(*) FROM unit_result u WHERE u.checking = c.id) AS done
FROM checking c
JOIN batch b ON b.id = c.batch AND b.round = c.round
JOIN round r ON r.id = c.round
LEFT JOIN product p ON p.id = b.product
LEFT JOIN supplier s ON s.id = b.supplier
WHERE c.person = :person AND c.state = 'open' ORDER BY c.started_at, c.id
"""
)
_DRAFTS = sa.text(
    "SELECT v.code, v.version, v.state, v.author, v.content, v.hash, v.approved_by, v.approved_at, l.at"
    " FROM procedure_version v JOIN line l ON l.seq = v.seq"
    " WHERE v.state = 'draft' AND v.author <> :person ORDER BY l.at, v.code"
)


# Lanes ----------------------------------------------------------------------------------------------------------


def lane(connect: Connect, which: Lane, person: str, after: str | None, limit: int) -> LanePage:
    """Return one page of a lane: with a ship-by date first, the earliest of them first; then by age."""
    with connect() as connection:
        rows = list(_page(connection, which, person, after, limit + 1))
        total = _total(connection, which)
    shown = rows[:limit]
    more = _key(shown[-1], which) if len(rows) > limit and shown else None
    return LanePage(tuple(_card(row, person) for row in shown), total, more)


def _total(connection: sa.Connection, which: Lane) -> int:
    """Return how many stand in a lane, counted a little beyond ``MOST_COUNTED`` at most."""
    most = MOST_COUNTED + 1
    if which not in ("done", RESTS_IN):
        return number(connection, _TOTAL, lane=which, most=most)
    rests = number(connection, _TOTAL_RESTS, most=most)
    if which == "done":
        return number(connection, _TOTAL_DONE, most=most + rests) - rests
    return number(connection, _TOTAL, lane=which, most=most) + rests


def _page(connection: sa.Connection, which: Lane, person: str, after: str | None, most: int) -> Iterator[Row]:
    ship_by, since, batch = _from_key(after, _END if which == "done" else -1)
    if which == "done":
        yield from asked(connection, _DONE, person=person, since=since, id=batch, most=most)
        return
    given = {"person": person, "id": batch, "since": since}
    dated: list[Row] = []
    if after is None or ship_by:
        dated = _of_lane(connection, which, (_LANE_DATED, _RESTS_DATED), most, ship_by=ship_by, **given)
        yield from dated
        given |= {"id": "", "since": -1}
    if len(dated) < most:
        yield from _of_lane(connection, which, (_LANE_UNDATED, _RESTS_UNDATED), most - len(dated), **given)


def _of_lane(
    connection: sa.Connection,
    which: Lane,
    ways: tuple[sa.TextClause, sa.TextClause],
    most: int,
    **given: object,
) -> list[Row]:
    """Return the first batches of a lane, with those that its column does not tell; both come in the same order."""
    rows: list[Row] = [*asked(connection, ways[0], lane=which, most=most, **given)]
    if which == RESTS_IN and (rests := asked(connection, ways[1], most=most, **given)):
        rows = sorted((*rows, *rests), key=lambda row: (row["ship_by"] or "", row["lane_since"], row["id"]))
    return rows[:most]


def _key(row: Row, which: Lane) -> str:
    """Return where the next page goes on."""
    if which == "done":
        return f"|{row['registered_at']}|{row['id']}"
    return f"{row['ship_by'] or ''}|{row['lane_since']}|{row['id']}"


def _from_key(after: str | None, start: int) -> tuple[str, int, str]:
    if after is None:
        return "", start, ""
    ship_by, since, batch = after.split("|")
    return ship_by, int(since), batch


def _card(row: Row, person: str) -> BoardCardRow:
    note = _note(row)
    return BoardCardRow(
        batch=row["id"],
        number=row["number"],
        product=row["product"],
        supplier=row["supplier"],
        state=row["state"],
        held=bool(row["held"]),
        lane=row["lane"],
        since=row["lane_since"],
        ship_by=mapping.day(row["ship_by"]),
        quantity=row["quantity"],
        unit=row["unit"],
        note=note,
        note_person=row["stopped_by"] or "" if note == "stopped" else "",
        stands=row["stands"] or "" if row["lane"] == "quarantined" else "",
        supplier_id=row["supplier_id"] or "",
        product_code=row["product_code"] or "",
    )


def _note(row: Row) -> str:
    """Return why a batch waits, from its state and the person's own part in it."""
    at = row["lane"]
    if at == "quarantined":
        if row["held"]:
            return "stopped"
        if row["state"] == "rejected":
            return "rework" if row["rework_ordered"] else "rejected"
        return "rest" if row["state"] == "released_under_concession" else ""
    if at == "ready_to_ship":
        return "released"
    if row["maker"] is not None and at != "done":
        return "maker"
    if row["first_checker"] is not None:
        return "yours"
    return "needs_third" if at == "disagreement" else ""


# Lists ----------------------------------------------------------------------------------------------------------


def batches(connect: Connect, state: str | None, after: str | None, limit: int) -> tuple[BatchListRow, ...]:
    """Return batches, newest first; ``after`` is the id of the last one that was shown."""
    with connect() as connection:
        at = _END
        if after is not None:
            found = first(connection, _AT, id=after)
            if found is None:
                raise _unknown(after)
            at = found["registered_at"]
        given = {"at": at, "id": after or "", "most": limit}
        if state is None:
            return listed(asked(connection, _NEWEST, **given))
        return listed(asked(connection, _NEWEST_IN_STATE, state=state, **given))


def released(connect: Connect, since: int, until: int, limit: int) -> tuple[BatchListRow, ...]:
    """Return the batches whose release stands and was signed in a time, newest first."""
    with connect() as connection:
        return listed(asked(connection, _RELEASED, since=since, until=until, most=limit))


def search(connect: Connect, text: str, limit: int) -> tuple[BatchListRow, ...]:
    """Return batches that contain every word looked for, the very number first, then the newest."""
    words = wanted(text)[:WORDS]
    if not words:
        return ()
    with connect() as connection:
        scanned = meant(connection, text)
        if scanned != text:
            return listed(asked(connection, _NUMBERED, number=scanned))
        patterns = {f"word{n}": _contains(words[n]) if n < len(words) else "%" for n in range(WORDS)}
        named = asked(connection, _NUMBERED, number=text.strip())
        ids = [row["id"] for row in asked(connection, _MATCHES, **patterns)]
        if len(ids) > SORTED:
            rows = list(asked(connection, _NEWEST_FOUND, most=limit, **patterns))
        else:
            rows = [row for lot in in_lots(ids) for row in asked(connection, _THESE, ids=lot)]
            rows.sort(key=lambda row: (-row["registered_at"], row["id"]))
        others = [row for row in rows if row["number"] != text.strip()]
        return listed((*named, *others)[:limit])


def meant(connection: sa.Connection, text: str) -> str:
    """Return the number of the batch whose certificate's code was scanned off its label, else the text as it is.

    Only a code of this log means a batch of it: another site may number its batches alike.
    """
    if not text.lstrip().startswith(certificates.PREFIX):
        return text
    try:
        said = certificates.read(text)
    except certificates.Unreadable:
        return text
    found = first(connection, _BY_CODE, number=said.number, code=said.signed.hex(), sig=said.sig.hex())
    return text if found is None else str(found["number"])


def _contains(word: str) -> str:
    escaped = word.replace("!", "!!").replace("%", "!%").replace("_", "!_")
    return f"%{escaped}%"


def by_number(connect: Connect, given: str) -> str:
    """Return the id of a batch by number or id, or by the code of its certificate."""
    with connect() as connection:
        found = first(connection, _BY_NUMBER, number=meant(connection, given))
    if found is None:
        raise _unknown(given)
    return str(found["id"])


def _unknown(batch: str) -> BadInput:
    return BadInput("unknown_batch", facts={"value": batch, "batch": batch}, where={"field": "batch"})


def of_suppliers(connection: sa.Connection, suppliers: Sequence[str], most: int) -> tuple[BatchListRow, ...]:
    """Return the newest batches of suppliers that are the same."""
    return listed(asked(connection, _OF_SUPPLIER, suppliers=suppliers, most=most))


def listed(rows: Iterable[Row]) -> tuple[BatchListRow, ...]:
    """Return rows of a list of batches."""
    return tuple(
        BatchListRow(
            batch=row["id"],
            number=row["number"],
            product=row["product"],
            supplier=row["supplier"],
            quantity=row["quantity"],
            state=row["state"],
            held=bool(row["held"]),
            lane=row["lane"],
            ship_by=mapping.day(row["ship_by"]),
            registered_at=row["registered_at"],
            round_no=row["round_no"],
        )
        for row in rows
    )


# What waits for one person ----------------------------------------------------------------------------------------


def waiting(connect: Connect, look: Look, person: str, today: date) -> tuple[WaitingRow, ...]:
    """Return what waits for a person: own unfinished checks first, then by ship-by and age."""
    with look() as uow, connect() as connection:
        tried = trying(uow)
        who = tried.person(person)
        own = list(_own_open(connection, tried, person))
        rest: list[WaitingRow] = list(_drafts(connection, who, today))
        for act in _acts_of(who, today):
            rest += _candidates(connection, tried, act, person, today)
    rest.sort(key=lambda row: (row.ship_by is None, row.ship_by or date.max, row.since))
    return (*own, *rest)


def _acts_of(who: Person, today: date) -> Iterator[str]:
    """Leave out at once what the person holds no role for."""
    if who.has_role("inspector", today):
        yield from ("start_first", "start_second")
    if who.has_role("arbiter", today):
        yield "decide"
    if who.has_role("releaser", today):
        yield "release"
    yield "confirm_rework"


def _own_open(connection: sa.Connection, uow: UnitOfWork, person: str) -> Iterator[WaitingRow]:
    for row in asked(connection, _OWN_OPEN, person=person):
        if row["state"] != STATE_OF[row["place"]]:
            continue  # overtaken: nothing can go into it any more
        opened = mapping.opened(row)
        third = row["place"] == "third"
        done = uow.work(row["checking"]).tallied if opened.procedure.content.tally else row["done"]
        yield WaitingRow(
            act="decide" if third else "continue_check",
            subject=row["id"],
            title=row["number"],
            product=row["product"],
            supplier=row["supplier"],
            since=row["started_at"],
            ship_by=mapping.day(row["ship_by"]),
            done=None if third else done,
            of=None if third else len(asked_of(opened, uow.work(row["checking"]), row["place"])),
            check=row["checking"],
        )


def _candidates(
    connection: sa.Connection, uow: UnitOfWork, act: str, person: str, today: date
) -> Iterator[WaitingRow]:
    shown = 0
    rows: list[Row] = []
    for statement in _CANDIDATES[act]:
        if len(rows) < TESTED:
            rows += asked(connection, statement, **_given(act, person), most=TESTED - len(rows))
    for row in rows:
        if _TRIED[act](uow, person, row["id"], today) is not None:
            continue
        shown += 1
        yield WaitingRow(
            act=act,
            subject=row["id"],
            title=row["number"],
            product=row["product"],
            supplier=row["supplier"],
            since=row["lane_since"],
            ship_by=mapping.day(row["ship_by"]),
        )
        if shown == SHOWN:
            return


def _given(act: str, person: str) -> dict[str, str]:
    return {"person": person} if any(":person" in rule for rule in _OPEN_TO[act]) else {}


def _drafts(connection: sa.Connection, who: Person, today: date) -> Iterator[WaitingRow]:
    for row in asked(connection, _DRAFTS, person=who.id):
        version = mapping.procedure_version(row)
        try:
            version.require_approvable(who, version.hash, today)
        except (Refusal, BadInput):
            continue
        yield WaitingRow(
            act="approve_procedure",
            subject=version.code,
            title=version.content.title,
            product="",
            supplier="",
            since=row["at"],
            ship_by=None,
        )
