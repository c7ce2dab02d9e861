# SPDX-License-Identifier: Apache-2.0
"""Cases of the rules about complaints: counted, gone on with by their owners, judged once and never blind."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import product

from qcdesk.domain.batches import STATES
from tests.store.scenes import World
from tests.trust.rule_cases import Case, event, now, quoted

_BLIND = ("first_check", "awaiting_second", "second_check")
_KINDS = ("acknowledged", "handed_over", "called_back", "answered", "closed", "linked", "judged")


def cases(world: World) -> Iterator[Case]:
    """Yield every case. The world has two complaints; the first is closed."""
    for number in (3, 4, 9):
        yield Case(
            "complaint_in_a_row",
            f"complaint {number} after two",
            number != 3,
            (),
            "INSERT INTO complaint (number, seq, said_as, received, person, at, body)"
            f" VALUES ({number}, {world.head}, 'spoken', '2026-03-01', '{world.linh}', 1, '{{}}')",
        )
    yield Case(
        "complaint_in_a_row",
        "the first of all",
        False,
        ("DELETE FROM complaint_step", "DELETE FROM complaint"),
        "INSERT INTO complaint (number, seq, said_as, received, person, at, body)"
        f" VALUES (1, {world.head}, 'spoken', '2026-03-01', '{world.linh}', 1, '{{}}')",
    )
    for number in (1, 2):
        for kind in ("complaint.closed", "complaint.linked"):
            yield Case(
                "complaint_step_before_the_end",
                f"{kind} of complaint {number}",
                number == 1,
                (),
                "INSERT INTO complaint_step (seq, complaint, type, batch, person, at, body)"
                f" VALUES ({world.head}, {number}, '{kind}', NULL, '{world.linh}', 1, '{{}}')",
            )
    yield from _by_event(world)
    yield from _by_owner(world)
    yield from _by_judge(world)
    yield from _once(world)
    yield from _not_blind(world)
    yield from _ends_called(world)


def _step(world: World, kind: str, body: dict[str, object] | None = None, **changed: object) -> str:
    values = {"seq": world.head, "complaint": 2, "type": f"complaint.{kind}", "batch": None, "person": world.linh,
              "at": 1, "body": json.dumps(body or {}), **changed}  # fmt: skip
    return (
        f"INSERT INTO complaint_step ({', '.join(values)}) VALUES ({', '.join(map(quoted, values.values()))})"
    )


def _ends_called(world: World) -> Iterator[Case]:
    """While a call is promised nothing ends: it was promised when the complaint was taken, or later."""
    taken = "UPDATE complaint SET body = '{}' WHERE number = {}"
    times, outcomes = (None, 7), (None, False, True)
    for first, other, second, reached, third, kind in product(
        times, (1, 2), times, outcomes, times, ("closed", "noted")
    ):
        ready = (
            "DELETE FROM complaint_step",
            taken.format(json.dumps({"call_back": first}), 2),
            taken.format(json.dumps({"call_back": third}), 1),
            _step(world, "called_back", {"called": True, "reached": reached, "call_back": second}, seq=world.head + 5,
                  complaint=other),
            _step(world, "answered", {"call_back": 7}, seq=world.head + 6),
        )  # fmt: skip
        unsettled = first if other == 1 or (reached is False and second is None) else second
        yield Case(
            "complaint_step_ends_called",
            f"{kind}: {first}, then {second} of {other}, reached {reached}; of the other {third}",
            kind == "closed" and unsettled is not None,
            ready,
            _step(world, kind),
        )


def _by_event(world: World) -> Iterator[Case]:
    at, seq = now(world), world.head + 1
    for kind, by, late in product(("answered", "closed"), (world.linh, world.som), (False, True)):
        ready = (
            *event(seq, f"complaint.{kind}", by, at),
            *event(seq + 1, "supplier.saved", world.linh, at),
        )
        right = kind == "answered" and by == world.linh and not late
        row = _step(world, "answered", seq=seq + late)
        yield Case("complaint_step_by_its_event", f"{kind} by {by}, {late}", not right, ready, row)


def _by_owner(world: World) -> Iterator[Case]:
    """Linh has the first one. Minh takes the second one, and may give it to Lan; neither manages complaints, Som does."""
    mine = (f"UPDATE complaint SET body = '{json.dumps({'owner': world.minh})}' WHERE number = 2",)
    handed = (
        _step(world, "handed_over", {"owner": world.minh}, seq=3),
        _step(world, "handed_over", {"owner": world.lan}, seq=4),
        _step(world, "handed_over", {"owner": world.minh}, seq=5, complaint=1),
        _step(world, "answered", {"owner": world.minh}, seq=6),
    )
    for kind, person, given in product(_KINDS, (world.minh, world.lan, world.som), (False, True)):
        owner = world.lan if given else world.minh
        refused = kind not in ("linked", "judged") and person not in (owner, world.som)
        yield Case(
            "complaint_step_by_owner", f"{kind} by {person}, {given}", refused,
            (*mine, *(handed if given else ())), _step(world, kind, person=person),
        )  # fmt: skip
    for role, held in (("planner", True), ("administrator", True), ("inspector", False), ("arbiter", False)):
        ready = (*mine, *_only(world, role))
        yield Case(
            "complaint_step_by_owner",
            f"who is {role}",
            not held,
            ready,
            _step(world, "closed", person=world.som),
        )


def _only(world: World, role: str) -> tuple[str, ...]:
    """Leave Som a single role."""
    return (f"DELETE FROM role_grant WHERE person = '{world.som}' AND role <> '{role}'",)


def _by_judge(world: World) -> Iterator[Case]:
    for kind, person in product(_KINDS, (world.minh, world.lan, world.linh)):
        refused = kind == "judged" and person == world.lan
        yield Case(
            "complaint_step_by_judge", f"{kind} by {person}", refused, (), _step(world, kind, person=person)
        )


def _once(world: World) -> Iterator[Case]:
    for kind, number in product(_KINDS, (1, 2)):
        ready = (_step(world, "answered", seq=3), _step(world, "called_back", seq=4))
        refused = kind == "acknowledged" and number == 1
        row = _step(world, kind, {"escape": True, "about": "x", "reason": "y"}, complaint=number)
        yield Case("complaint_step_once", f"{kind} of {number}", refused, ready, row)
    earlier: dict[str, object]
    before: dict[str, object]
    earlier, before = ({"escape": True, "about": "dents", "reason": "loose"},
                       {"escape": False, "about": "leak", "reason": "dropped"})  # fmt: skip
    two = (
        _step(world, "judged", earlier, seq=3),
        _step(world, "judged", before, seq=4),
        _step(world, "answered", earlier, seq=5),
    )
    for escape, about, reason in product((True, False), ("dents", "leak ", "x"), ("loose", " dropped", "y")):
        body: dict[str, object] = {"escape": escape, "about": about, "reason": reason}
        refused = reason.strip() == "dropped" or (not escape and about.strip() == "leak")
        yield Case("complaint_step_once", f"{body}", refused, two, _step(world, "judged", body))
        yield Case("complaint_step_once", f"answered {body}", False, two, _step(world, "answered", body))


def _not_blind(world: World) -> Iterator[Case]:
    batch, other = world.accepted.batch, world.released.batch
    for state, kind, undone in product(STATES, ("linked", "judged", "answered"), (False, True)):
        ready = (
            "UPDATE batch SET state = 'accepted'",
            f"UPDATE batch SET state = '{state}' WHERE id = '{batch}'",
        )
        blind = state in _BLIND and (kind == "judged" or (kind == "linked" and not undone))
        row = _step(world, kind, {"undone": undone}, batch=batch if kind == "linked" else None)
        yield Case("complaint_step_not_blind", f"{kind} {state} {undone}", blind, ready, row)
    checked = f"UPDATE batch SET state = 'second_check' WHERE id = '{batch}'"
    quiet = "UPDATE batch SET state = 'accepted'"
    yield Case("complaint_step_not_blind", "another batch", False, (quiet, checked),
               _step(world, "linked", {"undone": False}, batch=other))  # fmt: skip
    taken_off: tuple[tuple[str, int, str, int, bool, bool], ...] = (
        ("not about it after all", 2, batch, world.head, True, False),
        ("about it once more", 2, batch, world.head, False, True),
        ("another complaint", 1, batch, world.head, True, True),
        ("another batch", 2, other, world.head, True, True),
        ("before it was linked", 2, batch, 3, True, True),
    )
    for what, number, which, seq, undone, refused in taken_off:
        step = _step(world, "linked", {"undone": undone}, complaint=number, batch=which, seq=seq)
        row = _step(world, "judged", seq=4)
        yield Case("complaint_step_not_blind", what, refused, (quiet, checked, step), row)
    gone = "DELETE FROM complaint_step WHERE complaint = 2"
    yield Case("complaint_step_not_blind", "only the other is about it", False, (quiet, checked, gone),
               _step(world, "judged"))  # fmt: skip
