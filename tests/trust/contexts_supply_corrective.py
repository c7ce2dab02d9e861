# SPDX-License-Identifier: Apache-2.0
"""Cases of the rules about promises and what came again: what can be promised, and what lays, holds and ends a stop."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import product

from tests.store.scenes import World
from tests.trust.rule_cases import OTHER, Case, day, event, now, quoted

ACCEPTED: Mapping[str, object] = {"kind": "accepted"}
DAY = 86_400_000_000
OTHERS = {"supplier": "t", "product": "NUT", "code": "SCR", "action": "a", "lot": "b"}


def cases(world: World) -> Iterator[Case]:
    """Yield every case."""
    yield from _promised(world)
    yield from _about_its_action(world)
    yield from _of_finding(world)
    yield from _of_its_class(world)
    yield from _said(world)
    yield from _unproved(world)
    yield from _laid(world)
    yield from _stays(world)
    yield from _decided(world)
    yield from _holds_back(world)
    yield from _tightens(world)
    yield from _tightens_rounds(world)


def _promise(
    world: World, seq: int, test: Mapping[str, object] = ACCEPTED, due: date | str = "2099-01-01"
) -> str:
    said = json.dumps(test)
    return (
        "INSERT INTO promise (id, action, no, due, test, words, replaces, at, seq)"
        f" VALUES ('{OTHER}', '{world.action}', 9, '{due}', '{said}', 'x', NULL, 1, {seq})"
    )


def _promised(world: World) -> Iterator[Case]:
    """By its own event, in an action that is not over, for a day that is not before it, so that it can be decided."""
    at, seq = now(world) + 40 * DAY, world.head + 1
    made = event(seq, "promise.made", world.linh, at)
    good = _promise(world, seq)
    yield Case("promise_by_its_event", "by its event", False, made, good)
    for kind in ("action.step", "action.closed"):
        other = event(seq, kind, world.linh, at)
        yield Case("promise_by_its_event", f"by {kind}", True, other, good)
        both = (*made, *event(seq + 1, kind, world.linh, at))
        yield Case("promise_by_its_event", f"by {kind} after it", True, both, _promise(world, seq + 1))
    for action, kinds in product((world.action, world.closed_action), _LASTLY):
        said = tuple(
            "INSERT INTO action_said (seq, action, kind, about, person, at, body) VALUES"
            f" ({100_000 + n}, '{action}', '{kind}', '', '{world.linh}', 1, '{{}}')"
            for n, kind in enumerate(kinds)
        )
        over = action == world.action and [k for k in kinds if k != "step"][-1:] == ["closed"]
        yield Case("promise_in_open_action", f"{kinds} of {action}", over, (*said, *made), good)
    begun = at - 30 * DAY
    ready = (
        f"UPDATE corrective_action SET at = {begun} WHERE id = '{world.action}'",
        f"UPDATE corrective_action SET at = 0 WHERE id <> '{world.action}'",
    )
    later = event(seq + 1, "supplier.saved", world.linh, at, clock=0)
    for (kind, clock), days in product(
        (("as it is", None), ("behind", begun - 9 * DAY)), (-42, -39, -31, -28, 0)
    ):
        act = event(seq, "promise.made", world.linh, at, clock=clock)
        first = -40 if kind == "behind" else -31
        what = f"{days} days from now, the clock {kind}"
        due = _promise(world, seq, due=day(at, days))
        yield Case("promise_not_before_action", what, days < first, (*ready, *act, *later), due)
    for trigger, refused, test in _TESTS:
        yield Case(trigger, str(test), refused, made, _promise(world, seq, test))


_LASTLY = ((), ("closed",), ("closed", "reopened"), ("closed", "step"), ("reopened", "closed"), ("step",))
_RATE: Mapping[str, object] = {"kind": "rate", "code": "DEN", "percent": "0.5", "lots": 3}
_TESTS: tuple[tuple[str, bool, Mapping[str, object]], ...] = (
    ("promise_of_a_kind", False, {"kind": "rate"}),
    ("promise_of_a_kind", False, {"kind": "certificate"}),
    ("promise_of_a_kind", False, ACCEPTED),
    ("promise_of_a_kind", True, {"kind": "hope"}),
    ("promise_of_a_kind", True, {"kind": None}),
    ("promise_rate_decidable", False, _RATE),
    ("promise_rate_decidable", False, {**_RATE, "code": "", "defect_class": "major"}),
    ("promise_rate_decidable", False, ACCEPTED),
    *(
        ("promise_rate_decidable", wrong, {**_RATE, **said})
        for wrong, said in (
            (True, {"code": ""}),
            (True, {"code": None}),
            (True, {"defect_class": "major"}),
            (True, {"percent": None}),
            (True, {"percent": "-1"}),
            (False, {"percent": "0"}),
            (False, {"percent": "99.9"}),
            (True, {"percent": "100"}),
            (True, {"lots": 0}),
            (True, {"lots": None}),
            (False, {"lots": 1}),
            (False, {"lots": 100}),
            (True, {"lots": 101}),
        )
    ),
    ("promise_document_named", False, {"kind": "certificate", "document": "Drawing"}),
    ("promise_document_named", True, {"kind": "certificate", "document": " "}),
    ("promise_document_named", True, {"kind": "certificate"}),
    ("promise_document_named", False, {"kind": "accepted", "document": ""}),
)


def _about_its_action(world: World) -> Iterator[Case]:
    """On a code that the action is about; where lots can have none of those, on any."""
    made = event(world.head + 1, "promise.made", world.linh, now(world))
    for codes, code in product((["DEN"], ["CRK", "DEN"], ["A-1/Q1"]), ("DEN", "SCR", "A-1/Q1", "")):
        about = json.dumps({"codes": codes})
        ready = f"UPDATE corrective_action SET body = '{about}' WHERE id = '{world.action}'"
        for others in (["SCR"], ["A-1/Q1"]):
            beside = json.dumps({"codes": others})
            other = f"UPDATE corrective_action SET body = '{beside}' WHERE id <> '{world.action}'"
            yield Case(
                "promise_about_its_action",
                f"{code} in {codes}, beside {others}",
                code not in ("", *codes) and "DEN" in codes,
                (ready, other, *made),
                _promise(world, world.head + 1, {**_RATE, "code": code}),
            )


def _of_finding(world: World) -> Iterator[Case]:
    """By a document, where audits alone found it: no lot shows anything of it."""
    made = event(world.head + 1, "promise.made", world.linh, now(world))
    paper: Mapping[str, object] = {"kind": "certificate", "document": "Photos"}
    tests: tuple[Mapping[str, object], ...] = (ACCEPTED, {**_RATE, "code": "DEN"}, paper)
    lists: tuple[list[str], ...] = (
        ["DEN"],
        ["DEN", "A-1/Q1"],
        ["A-1/Q1"],
        ["A-1/Q1", "A-12/Q2"],
        ["A-1X/Q1"],
        ["A-/Q1"],
        [],
    )
    for codes, test in product(lists, tests):
        ready = f"UPDATE corrective_action SET body = '{json.dumps({'codes': codes})}' WHERE id = '{world.action}'"
        beside = (
            f"UPDATE corrective_action SET body = '{{\"codes\": [\"DEN\"]}}' WHERE id <> '{world.action}'"
        )
        yield Case(
            "promise_of_finding_by_document",
            f"{test['kind']} about {codes}",
            test is not paper
            and bool(codes)
            and all(code[2:3].isdigit() and code[3] != "X" for code in codes),
            (ready, beside, *made),
            _promise(world, world.head + 1, test),
        )


def _of_its_class(world: World) -> Iterator[Case]:
    """On a class that a code of the action is listed under; where none of them is listed, on any."""
    made = event(world.head + 1, "promise.made", world.linh, now(world))
    lists: tuple[tuple[str, str | None], ...] = (
        ("{}", None),
        ('{"defects": [{"code": "DEN", "defect_class": "critical"}]}', "critical"),
        ('{"characteristics": [{"code": "DEN"}]}', "major"),
        ('{"characteristics": [{"code": "DEN", "defect_class": "minor"}]}', "minor"),
        ('{"defects": [{"code": "SCR", "defect_class": "critical"}]}', None),
    )
    for codes, own, (content, there) in product((["DEN"], ["A-1/Q1"]), ("major", "minor"), lists):
        ready = (
            f"UPDATE corrective_action SET body = '{json.dumps({'codes': codes})}' WHERE id = '{world.action}'",
            f"UPDATE defect_code SET defect_class = '{own}' WHERE code = 'DEN'",
            f"UPDATE procedure_version SET content = '{content}'",
            *made,
        )
        for name in ("critical", "major", "minor", None):
            said = {**_RATE, "code": "" if name else "DEN", "defect_class": name}
            yield Case(
                "promise_class_of_its_action",
                f"{name} in {codes}, listed {own} and {content}",
                name is not None and codes == ["DEN"] and name not in (own, there),
                ready,
                _promise(world, world.head + 1, said),
            )


_SAYING = {
    "step": ("action.step",),
    "sent": ("action.sent",),
    "replied": ("action.replied",),
    "closed": ("action.closed",),
    "reopened": ("defect.repeated", "action.unproved"),
}


def _put(world: World, seq: int, kind: str, person: str, action: str) -> str:
    return (
        "INSERT INTO action_said (seq, action, kind, about, person, at, body) VALUES"
        f" ({seq}, '{action}', '{kind}', '', '{person}', 1, '{{}}')"
    )


def _said(world: World) -> Iterator[Case]:
    """By an event of its kind, and by whom that is."""
    at, seq = now(world), world.head + 1
    types = [type_ for each in _SAYING.values() for type_ in each]
    for (kind, own), type_ in product(_SAYING.items(), (*types, "promise.made")):
        act = event(seq, type_, world.linh, at)
        statement = _put(world, seq, kind, world.linh, world.action)
        yield Case("action_said_by_its_event", f"{kind} by {type_}", type_ not in own, act, statement)
    other = _put(world, seq, "step", world.som, world.action)
    act = event(seq, "action.step", world.linh, at)
    yield Case("action_said_by_its_event", "in another's name", True, act, other)
    both = (*act, *event(seq + 1, "promise.made", world.linh, at))
    late = _put(world, seq + 1, "step", world.linh, world.action)
    yield Case("action_said_by_its_event", "of the event before", True, both, late)


def _unproved(world: World) -> Iterator[Case]:
    """Only what is closed was proved, and can be so no more."""
    at, seq = now(world), world.head + 1
    for kinds, type_ in product(_LASTLY, ("action.unproved", "defect.repeated")):
        before = tuple(
            _put(world, seq + 9 + n, kind, world.linh, world.action) for n, kind in enumerate(kinds)
        )
        closed = [k for k in kinds if k != "step"][-1:] == ["closed"]
        yield Case(
            "action_said_unproves_what_is_closed",
            f"{type_} after {kinds}",
            type_ == "action.unproved" and not closed,
            (*before, *event(seq, type_, world.linh, at)),
            _put(world, seq, "reopened", world.linh, world.action),
        )
        for finding, kind, about in product((None, "", "A-2/Q1"), ("replied", "sent"), ("", "p")):
            told = (
                "INSERT INTO action_said (seq, action, kind, about, person, at, body) VALUES"
                f" ({seq + 20}, '{{}}', '{kind}', '{about}', '{world.linh}', 1, '{{{{}}}}')"
            )
            body = json.dumps({} if finding is None else {"finding": finding})
            for whose in (world.action, world.closed_action):
                untrue = bool(finding) and (kind, about, whose) == ("replied", "p", world.action)
                yield Case(
                    "action_said_unproves_what_is_closed",
                    f"{type_} after {kinds}, found again {finding}, {kind} {about} in {whose}",
                    type_ == "action.unproved" and not closed and not untrue,
                    (*before, told.format(whose), *event(seq, type_, world.linh, at)),
                    _put(world, seq, "reopened", world.linh, world.action).replace("'{}')", f"'{body}')"),
                )
        said = event(seq, "action.step", world.linh, at)
        step = _put(world, seq, "step", world.linh, world.action)
        yield Case(
            "action_said_unproves_what_is_closed", f"a step after {kinds}", False, (*before, *said), step
        )


def _stop(world: World, seq: int, **changed: object) -> str:
    values = {
        "seq": seq,
        "supplier": world.house.supplier.supplier,
        "product": "BOLT",
        "code": "DEN",
        "action": world.action,
        "lot": world.bolt.batch,
        "decided": None,
        **changed,
    }
    return (
        f"INSERT INTO release_stop ({', '.join(values)}) VALUES ({', '.join(map(quoted, values.values()))})"
    )


def _laid(world: World) -> Iterator[Case]:
    at, seq = now(world), world.head + 1
    for kind, decided in product(("defect.repeated", "action.closed"), (None, seq)):
        yield Case(
            "release_stop_by_its_event",
            f"{kind}, decided in {decided}",
            kind != "defect.repeated" or decided is not None,
            event(seq, kind, world.linh, at),
            _stop(world, seq, decided=decided),
        )
    both = event(seq, "defect.repeated", world.linh, at) + event(seq + 1, "action.closed", world.linh, at)
    yield Case("release_stop_by_its_event", "of another event", True, both, _stop(world, seq + 1))
    for lot, body in product((world.bolt.batch, None), ("{}", '{"report": null}', '{"report": "r"}')):
        said = _put(world, seq, "reopened", world.linh, world.action).replace("'{}'", f"'{body}'")
        named = '"r"' in body
        yield Case(
            "release_stop_names_lot_or_report",
            f"lot {lot}, {body}",
            named == (lot is not None),
            (*event(seq, "defect.repeated", world.linh, at), said),
            _stop(world, seq, lot=lot),
        )
        elsewhere = _put(world, seq + 9, "step", world.linh, world.action).replace("'{}'", f"'{body}'")
        yield Case(
            "release_stop_names_lot_or_report",
            f"lot {lot}, {body} said elsewhere",
            lot is None,
            (*event(seq, "defect.repeated", world.linh, at), elsewhere),
            _stop(world, seq, lot=lot),
        )


def _stays(world: World) -> Iterator[Case]:
    for name, other in OTHERS.items():
        yield Case(
            "release_stop_stays",
            f"another {name}",
            True,
            (),
            f"UPDATE release_stop SET {name} = {quoted(other)} WHERE seq = {world.stop}",
        )
    for before in (None, 3):
        ready = (
            ()
            if before is None
            else (f"UPDATE release_stop SET decided = {before} WHERE seq = {world.stop}",)
        )
        yield Case(
            "release_stop_stays",
            f"decided, before in {before}",
            before is not None,
            ready,
            f"UPDATE release_stop SET decided = 4 WHERE seq = {world.stop}",
        )


def _decided(world: World) -> Iterator[Case]:
    at, seq = now(world), world.head + 1
    pairs: tuple[tuple[str, tuple[str, ...]], ...] = (
        (world.linh, (world.som,)),
        (world.linh, ()),
        (world.linh, (world.lan,)),
        (world.linh, (world.linh,)),
    )
    for kind, (by, beside), late in product(("stop.decided", "batch.lifted"), pairs, (False, True)):
        act = event(seq, kind, by, at, beside=beside)
        after = event(seq + 1, "supplier.saved", world.linh, at) if late else ()
        yield Case(
            "release_stop_by_two",
            f"{kind} by {by} with {beside}, {'late' if late else 'at once'}",
            kind != "stop.decided" or beside != (world.som,) or late,
            (*act, *after),
            f"UPDATE release_stop SET decided = {seq} WHERE seq = {world.stop}",
        )
    decide = f"UPDATE release_stop SET decided = {seq} WHERE seq = {world.stop}"
    by_two = event(seq, "stop.decided", world.linh, at, beside=(world.som,))
    plug = "UPDATE product SET family = 'Plugs' WHERE code = 'PLUG'"
    for family in ("Cables", "Plugs", "Nothing"):
        grant = (
            f"UPDATE role_grant SET families = '[\"{family}\"]'"
            f" WHERE person = '{world.som}' AND role = 'releaser'"
        )
        yield Case(
            "release_stop_by_two",
            f"one releases {family}",
            family != "Cables",  # which bolts are of
            (plug, grant, *by_two),
            decide,
        )
    yield Case(
        "release_stop_by_two",
        "two lift a hold, and another event decides",
        True,
        (
            *event(seq, "batch.lifted", world.linh, at, beside=(world.som,)),
            *event(seq + 1, "stop.decided", world.linh, at, beside=(world.som,)),
        ),
        decide,
    )
    yield Case(
        "release_stop_by_two",
        "nothing of a decision changes",
        False,
        (),
        f"UPDATE release_stop SET code = 'SCR' WHERE seq = {world.stop}",
    )


def _holds_back(world: World) -> Iterator[Case]:
    of = world.bolt.batch
    for state, decided, other in product(
        ("released", "released_under_concession", "rejected"),
        (False, True),
        ({}, {"supplier": "t"}, {"product": "NUT"}),
    ):
        ready: tuple[str, ...] = ("UPDATE release_stop SET decided = 3",) if decided else ()
        ready += tuple(f"UPDATE release_stop SET {name} = {quoted(value)}" for name, value in other.items())
        yield Case(
            "batch_release_stopped",
            f"{state}, {'decided' if decided else 'standing'}, {other}",
            state != "rejected" and not decided and not other,
            ready,
            f"UPDATE batch SET state = '{state}' WHERE id = '{of}'",
        )
    yield Case(
        "batch_release_stopped",
        "what was released stays so",
        False,
        (f"UPDATE batch SET state = 'released' WHERE id = '{of}'",),
        f"UPDATE batch SET state = 'released', note = 'x' WHERE id = '{of}'",
    )


def _tightens(world: World) -> Iterator[Case]:
    at, seq = now(world), world.head + 1
    names = "seq, defect_class, supplier, product, procedure, severity, changed, state, batch, person, other"
    for kind, to in product(("defect.repeated", "action.closed"), ("tightened", "normal")):
        row = f"{seq}, 'major', 's', 'BOLT', 'IP-9', '{to}', 1, 'x', NULL, '{world.linh}', ''"
        act = event(seq, kind, world.linh, at)
        statement = f"INSERT INTO severity ({names}) VALUES ({row})"
        said = f"{to} by {kind}"
        yield Case(
            "severity_by_its_event", said, (kind, to) != ("defect.repeated", "tightened"), act, statement
        )
        yield Case("severity_by_two", said, kind != "defect.repeated", act, statement)
        lans = statement.replace(world.linh, world.lan)
        by_lan = event(seq, kind, world.lan, at)
        yield Case("severity_by_planners", said, kind != "defect.repeated", by_lan, lans)


def _tightens_rounds(world: World) -> Iterator[Case]:
    """What came again tightens rounds of its supply that switching does not, while its action is not closed."""
    said = f"UPDATE action_said SET body = '%s' WHERE seq = {world.stop}"
    mine = f"supplier = '{world.house.supplier.supplier}', line = ''"
    batch = f"UPDATE batch SET %s WHERE id = '{world.waiting.batch}'"
    stop = f"UPDATE release_stop SET %s WHERE seq = {world.stop}"
    ways: tuple[tuple[str, str, bool, str, tuple[str, ...], bool], ...] = (
        ("rounds", "normal", False, "reopened", (), True),
        ("rounds", "reduced", True, "reopened", (), True),
        ("rounds", "", False, "reopened", (), True),
        ("rounds", "tightened", False, "reopened", (), False),
        ("class", "normal", False, "reopened", (), True),
        ("class", "normal", True, "reopened", (), False),
        ("", "normal", False, "reopened", (), False),
        ("rounds", "normal", False, "closed", (), False),
        ("rounds", "normal", False, "step", (), True),
        ("rounds", "normal", False, "reopened", (stop % "product = 'NUT'",), False),
        ("rounds", "normal", False, "reopened", (stop % "supplier = 't'",), False),
        ("rounds", "normal", False, "reopened", (stop % f"decided = {world.stop}",), True),
        ("rounds", "normal", False, "reopened", (batch % "supplier = NULL, line = 'x'",), False),
    )
    for tightens, severity, switches, last, others, refused in ways:
        body = json.dumps({"tightens": tightens} if tightens else {})
        opened = {
            "plan": {"severity": severity} if severity else {},
            "procedure": {"content": {"rules": [], **({"switching": {"edition": "x"}} if switches else {})}},
        }
        yield Case(
            "round_tightened_by_repeat",
            f"{tightens or 'nothing'} of a {severity or 'nameless'} plan, switching {switches}, {last}, {others}",
            refused,
            (
                f"DELETE FROM action_said WHERE action = '{world.action}' AND seq > {world.stop}",
                said % body,
                _put(world, world.head + 9, last, world.linh, world.action),
                "UPDATE release_stop SET supplier = 't' WHERE seq <> " + str(world.stop),
                batch % mine,
                *others,
            ),
            "INSERT INTO round (id, batch, no, opened, seq)"
            f" VALUES ('{OTHER}', '{world.waiting.batch}', 9, '{json.dumps(opened)}', {world.head})",
        )
