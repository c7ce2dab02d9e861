# SPDX-License-Identifier: Apache-2.0
"""Cases of the rules about concessions: what is asked for, who answers, how long and how far one reaches."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from tests.store.scenes import Scene, World
from tests.trust.rule_cases import OTHER, Case, day, event, now, quoted

BOOLS = (True, False)


def cases(world: World) -> Iterator[Case]:
    """Yield every case."""
    yield from _asked(world)
    yield from _rejected(world)
    yield from _one(world)
    yield from _critical(world)
    yield from _answered(world)
    yield from _standing(world)
    yield from _by_two(world)
    yield from _by_others(world)
    yield from _by_role(world)
    yield from _from_outside(world)
    yield from _free(world)
    yield from _in_doubt(world)
    yield from _in_time(world)
    yield from _within_budget(world)
    yield from _budgets(world)
    yield from _released(world)
    yield from _shipped(world)
    yield from _certified(world)
    yield from _on_day(world)
    yield from _conceders(world)
    yield from _last_second(world)


def _of_round(seq: int, scene: Scene) -> str:
    return f"UPDATE line SET round = '{scene.round}' WHERE seq = {seq}"


def _concession(world: World, seq: int, **changed: object) -> str:
    values = {
        "id": OTHER, "batch": world.asked.batch, "round": world.asked.round, "quantity": 15, "until_day": "2099-01-01",
        "consent": None, "person": world.yen, "body": "x", "at": 1, "seq": seq, **changed,
    }  # fmt: skip
    return f"INSERT INTO concession ({', '.join(values)}) VALUES ({', '.join(map(quoted, values.values()))})"


def _answer(world: World, seq: int, **changed: object) -> str:
    values = {
        "concession": world.wish, "answer": "approved", "batch": world.asked.batch, "round": world.asked.round,
        "quantity": 15, "record": "r", "reason": "", "person": world.bao, "other": world.tho, "at": 1, "seq": seq,
        **changed,
    }  # fmt: skip
    return f"INSERT INTO concession_answer ({', '.join(values)}) VALUES ({', '.join(map(quoted, values.values()))})"


def _asked(world: World) -> Iterator[Case]:
    at, seq, asked, other = now(world), world.head + 1, world.asked, world.accepted
    for kind, by, batch, round_, late in product(
        ("concession.requested", "concession.approved"),
        (world.yen, world.som),
        (asked, other),
        (asked, other),
        BOOLS,
    ):
        made = (*event(seq, kind, by, at, batch=batch.batch), _of_round(seq, round_))
        made += event(seq + 1, "supplier.saved", world.linh, at) if late else ()
        right = (
            kind == "concession.requested"
            and by == world.yen
            and batch is asked
            and round_ is asked
            and not late
        )
        what = f"{kind} by {by} of {batch.batch}, {round_.round}, {'late' if late else 'at once'}"
        yield Case("concession_by_its_event", what, not right, made, _concession(world, seq))


def _rejected(world: World) -> Iterator[Case]:
    asked, other = world.asked, world.accepted
    for state, ordered, there, batch, round_ in product(
        ("rejected", "accepted"), (0, 1), (14, 15), (asked, other), (asked, other)
    ):
        stands = f"state = '{state}', rework_ordered = {ordered}, quantity = {there}"
        ready = f"UPDATE batch SET {stands} WHERE id = '{asked.batch}'"
        right = state == "rejected" and not ordered and there == 15 and batch is asked and round_ is asked
        what = f"{state}, rework {ordered}, {there} there, of {batch.batch} in {round_.round}"
        row = _concession(world, world.head, batch=batch.batch, round=round_.round)
        yield Case("concession_of_rejected", what, not right, (ready,), row)


def _one(world: World) -> Iterator[Case]:
    asked, other = world.asked, world.accepted
    for answered, batch, round_ in product(BOOLS, (asked, other), (asked, other)):
        ready = (_answer(world, 3),) if answered else ()
        refused = not answered and batch is asked and round_ is asked
        row = _concession(world, world.head, batch=batch.batch, round=round_.round)
        yield Case("concession_one_open", f"{answered}, {batch.batch}, {round_.round}", refused, ready, row)


def _critical(world: World) -> Iterator[Case]:
    asked, other = world.asked, world.rejected
    for of, name, inside, found in product((asked, other), ("critical", "minor"), (0, 1), BOOLS):
        ready = (
            f"DELETE FROM finding WHERE batch = '{asked.batch}'",
            "INSERT INTO finding (id, checking, round, batch, unit, code, defect_class, count, place, note, photo,"
            f" at, seq, withdrawn) VALUES ('{OTHER}', 'c', 'r', '{of.batch}', NULL, 'X', '{name}', 1, '',"
            " '', NULL, 1, 3, NULL)"
            if found
            else "INSERT INTO reading (id, checking, round, batch, unit, characteristic, typed, value, measure, inside,"
            " defect_class, instrument, calibrated_until, at, reason, replaced, seq) VALUES"
            f" ('{OTHER}', 'c', 'r', '{of.batch}', 1, 'X', '1', '1', 'mm', {inside}, '{name}', NULL, NULL, 1, '', 0, 3)",
        )
        refused = of is asked and name == "critical" and (found or not inside)
        what = f"{'found' if found else 'read'} {name}, inside {inside}, of {of.batch}"
        yield Case("concession_not_critical", what, refused, ready, _concession(world, world.head))


def _answered(world: World) -> Iterator[Case]:
    at, seq, asked, other = now(world), world.head + 1, world.asked, world.accepted
    right: dict[str, object] = {
        "kind": "concession.approved", "by": world.bao, "batch": asked, "round": asked, "of": asked, "quantity": 15,
        "answer": "approved", "late": False,  "which": world.wish, "in": asked,
    }  # fmt: skip
    wrong = {
        "kind": "concession.refused", "by": world.som, "batch": other, "round": other, "of": other, "quantity": 14,
        "answer": "refused", "late": True,  "which": world.granted, "in": other,
    }  # fmt: skip
    tried = [right, *({**right, name: value} for name, value in wrong.items())]
    tried += [
        {**right, "kind": "concession.refused", "answer": "refused", "quantity": 0},
        {**right, "batch": other, "of": other},
        {**right, "round": other, "in": other},
    ]
    for one in tried:
        batch, round_, of, place = one["batch"], one["round"], one["of"], one["in"]
        assert isinstance(batch, Scene) and isinstance(round_, Scene)
        assert isinstance(of, Scene) and isinstance(place, Scene)
        made = (*event(seq, str(one["kind"]), str(one["by"]), at, batch=batch.batch), _of_round(seq, round_))
        made += event(seq + 1, "concession.approved", world.bao, at, batch=asked.batch) if one["late"] else ()
        row = _answer(
            world, seq, answer=one["answer"], quantity=one["quantity"], concession=one["which"], batch=of.batch,
            round=place.round,
        )  # fmt: skip
        good = one == right or (one["kind"] == "concession.refused" and one["answer"] == "refused")
        yield Case("concession_answer_by_its_event", str(one), not good, made, row)


def _standing(world: World) -> Iterator[Case]:
    asked, other = world.asked, world.accepted
    for state, batch, round_ in product(("rejected", "registered"), (asked, other), (asked, other)):
        ready = (f"UPDATE batch SET state = '{state}' WHERE id = '{asked.batch}'",)
        right = state == "rejected" and batch is asked and round_ is asked
        row = _answer(world, world.head, batch=batch.batch, round=round_.round)
        yield Case("concession_answer_once", f"{state} {batch.batch} {round_.round}", not right, ready, row)


def _by_two(world: World) -> Iterator[Case]:
    at, seq = now(world), world.head + 1
    for answer, beside, other in product(
        ("approved", "refused"), ((), (world.tho,), (world.bao,)), (world.tho, world.bao, "")
    ):
        made = event(seq, "concession.approved", world.bao, at, beside=beside)
        made += event(seq + 1, "batch.lifted", world.bao, at, beside=(world.yen,))
        two = other == world.tho and world.tho in beside
        if other == world.bao and (answer == "refused" or world.bao in beside):
            continue  # nobody is named twice, whatever rules there are
        row = _answer(world, seq, answer=answer, other=other)
        yield Case(
            "concession_approved_by_two",
            f"{answer} {beside} {other}",
            answer == "approved" and not two,
            made,
            row,
        )


def _by_others(world: World) -> Iterator[Case]:
    for answer, person, other, which in product(
        ("approved", "refused"), (world.bao, world.yen), (world.tho, world.yen), (world.wish, world.granted)
    ):
        if person == other:
            continue
        ready = (
            "DELETE FROM concession_answer",
            f"UPDATE concession SET person = '{world.linh}' WHERE id = '{world.granted}'",
        )
        refused = answer == "approved" and which == world.wish and world.yen in (person, other)
        row = _answer(world, world.head, answer=answer, person=person, other=other, concession=which)
        yield Case("concession_approved_by_others", f"{answer} {person} {other} {which}", refused, ready, row)


def _by_role(world: World) -> Iterator[Case]:
    approving = {world.bao, world.tho, world.yen, world.linh, world.som}
    people = (world.bao, world.minh, world.tam, world.yen)
    for answer, person, other, limited, which in product(
        ("approved", "refused"),
        people,
        (world.tho, world.minh, world.lan, ""),
        ("", world.bao, world.tho),
        (world.wish, world.granted),
    ):
        if person == other:
            continue
        may = approving - {limited}
        if answer == "approved":
            refused = person not in may or other not in may
        else:
            refused = person not in may and (person != world.minh or which != world.wish)
        ready = (
            f"UPDATE concession SET person = '{world.minh}' WHERE id = '{which}'",
            f"UPDATE role_grant SET families = '[\"Cables\"]' WHERE role = 'concession' AND person = '{limited}'",
        )
        row = _answer(world, world.head, answer=answer, person=person, other=other)
        what = f"{answer} {person} {other} {limited} {which}"
        yield Case("concession_answer_by_role", what, refused, ready, row)


def _from_outside(world: World) -> Iterator[Case]:
    asked = world.asked
    made = f"INSERT INTO batch_maker (batch, person, units, seq) VALUES ('{asked.batch}', '{world.bao}', '[]', 1)"
    worked = f"INSERT INTO batch_reworker (batch, person, seq) VALUES ('{asked.batch}', '{world.tho}', 1)"
    elsewhere = made.replace(asked.batch, world.accepted.batch)
    worked_elsewhere = worked.replace(asked.batch, world.accepted.batch)
    third = f"UPDATE sign_off SET place = 'third' WHERE round = '{asked.round}' AND place = 'second'"
    gone = f"UPDATE sign_off SET standing = 0 WHERE round = '{asked.round}' AND place = 'second'"
    consents = f"UPDATE concession SET consent = 'c' WHERE id = '{world.wish}'"
    others = f"UPDATE concession SET consent = 'c' WHERE id <> '{world.wish}'"
    pairs = ((world.linh, world.som), (world.bao, world.tho), (world.linh, world.tho), (world.bao, world.som))
    for answer, (person, other), ready in product(
        ("approved", "refused"),
        pairs,
        (
            (),
            (made,),
            (made, worked),
            (worked,),
            (elsewhere,),
            (worked_elsewhere,),
            (third,),
            (gone,),
            (consents,),
            (others,),
        ),
    ):
        inside = {world.linh, world.som}
        inside |= {world.bao} if made in ready else set()
        inside |= {world.tho} if worked in ready else set()
        inside -= {world.som} if third in ready or gone in ready else set()
        refused = answer == "approved" and {person, other} <= inside and consents not in ready
        row = _answer(world, world.head, answer=answer, person=person, other=other)
        yield Case(
            "concession_approved_by_outsider", f"{answer} {person} {other} {ready}", refused, ready, row
        )


def _free(world: World) -> Iterator[Case]:
    for answer, held, ordered, which in product(
        ("approved", "refused"), (0, 1), (0, 1), (world.asked, world.accepted)
    ):
        ready = (f"UPDATE batch SET held = {held}, rework_ordered = {ordered} WHERE id = '{which.batch}'",)
        refused = answer == "approved" and which is world.asked and bool(held or ordered)
        row = _answer(world, world.head, answer=answer)
        yield Case(
            "concession_approved_unheld", f"{answer} {held} {ordered} {which.batch}", refused, ready, row
        )


def _in_doubt(world: World) -> Iterator[Case]:
    asked = world.asked
    of = f"SELECT key FROM sign_off WHERE round = '{asked.round}' AND place = 'first'"
    for answer, standing, when, round_ in product(
        ("approved", "refused"), (0, 1), ("= 1", "= 99999999"), BOOLS
    ):
        ready = [f"UPDATE person_key SET suspect_from {when} WHERE key IN ({of})"]
        ready.append(f"UPDATE sign_off SET standing = {standing} WHERE round = '{asked.round}'")
        if not round_:
            ready.append(f"UPDATE sign_off SET key = 'another' WHERE round = '{asked.round}'")
        refused = answer == "approved" and bool(standing) and when == "= 1" and round_
        row = _answer(world, world.head, answer=answer)
        yield Case(
            "concession_approved_suspect", f"{answer} {standing} {when} {round_}", refused, tuple(ready), row
        )


def _in_time(world: World) -> Iterator[Case]:
    at, seq = now(world), world.head + 1
    for answer, days, which in product(("approved", "refused"), (-2, -1, 0, 1), (world.wish, world.granted)):
        until = day(at, days).isoformat()
        made = event(seq, "concession.approved", world.bao, at) + event(
            seq + 1, "supplier.saved", world.linh, 1
        )
        ready = (
            f"UPDATE line SET at = {at + 900 * 86_400_000_000} WHERE seq = 1",
            *made,
            "UPDATE concession SET until_day = '2099-01-01'",
            f"UPDATE concession SET until_day = '{until}' WHERE id = '{which}'",
        )
        refused = answer == "approved" and days < -1 and which == world.wish
        row = _answer(world, seq, answer=answer)
        yield Case("concession_approved_in_time", f"{answer} {days} {which}", refused, ready, row)


def _within_budget(world: World) -> Iterator[Case]:
    at, seq, asked = now(world), world.head + 1, world.asked
    year, long_ago = 31_536_000_000_000, at - 400 * 86_400_000_000
    supplier = f"(SELECT supplier FROM batch WHERE id = '{asked.batch}')"
    ready = (
        f"UPDATE line SET at = {at + 900 * 86_400_000_000} WHERE seq = 1",
        *event(seq, "concession.approved", world.bao, at),
        *event(seq + 1, "supplier.saved", world.linh, at + 3 * year),
        f"UPDATE batch SET quantity = 2, released = 0, shipped = 0, registered_at = {long_ago}, state = 'accepted'",
        f"UPDATE batch SET quantity = 60, registered_at = {at} WHERE id = '{asked.batch}'",
        f"UPDATE batch SET quantity = 40, registered_at = {at} WHERE id = '{world.conceded.batch}'",
        f"UPDATE concession_answer SET at = {at}, quantity = 15",
        "UPDATE concession_budget SET per_10000 = 5000, months = 12",
        "UPDATE concession_budget SET per_10000 = 1 WHERE seq < (SELECT max(seq) FROM concession_budget)",
    )
    other = world.conceded
    untold = f"DELETE FROM comparison WHERE round = '{other.round}'"
    unsettled = f"UPDATE comparison SET outcome = 'disagreed' WHERE round = '{other.round}'"
    decided = (
        "INSERT INTO decision (round, batch, seq, person, outcome, body)"
        f" VALUES ('{other.round}', '{other.batch}', {world.head}, '{world.linh}', 'rejected', '{{}}')"
    )

    def after_all(batch: str, scene: Scene, kind: str = "round.rejected_after_all") -> tuple[str, ...]:
        return *event(seq + 2, kind, world.linh, at, batch=batch), _of_round(seq + 2, scene)

    def part_of(origin: str) -> str:
        return f"INSERT INTO batch_origin (batch, origin, seq) VALUES ('{asked.batch}', '{origin}', {world.head})"

    def void(on: int, batch: str = other.batch) -> str:
        return (
            "INSERT INTO voided (event_no, hash, reason, batch, person, other, seq) VALUES"
            f" (900001, 'x', '', '{batch}', '{world.linh}', '{world.som}', {on})"
        )

    def unsigned(place: str) -> str:
        return f"UPDATE sign_off SET standing = 0 WHERE round = '{other.round}' AND place = '{place}'"

    changed: tuple[tuple[str, str | tuple[str, ...], int], ...] = (
        ("as it is", "", 35),
        ("no verdict", untold, 15),
        ("a verdict on a part", (untold, part_of(other.batch)), 35),
        ("a verdict on a part of another", (untold, part_of(world.waiting.batch)), 15),
        ("nobody settled it", unsettled, 15),
        ("a third settled it", (unsettled, decided), 35),
        ("rejected after all", (unsettled, *after_all(other.batch, other)), 35),
        ("another one after all", (unsettled, *after_all(asked.batch, other)), 15),
        ("another round after all", (unsettled, *after_all(other.batch, asked)), 15),
        ("again", (unsettled, *after_all(other.batch, other, "round.again")), 15),
        ("the first check taken back", unsigned("first"), 15),
        ("the second check taken back", unsigned("second"), 15),
        ("declared void since", void(world.head), 15),
        ("declared void before", void(1), 35),
        ("another declared void", void(world.head, world.waiting.batch), 35),
        (
            "the third taken back",
            (unsigned("second"), "UPDATE sign_off SET place = 'third' WHERE standing = 0"),
            35,
        ),
        ("another year", f"UPDATE concession_answer SET at = {long_ago}", 50),
        ("a refusal counts for nothing", "UPDATE concession_answer SET answer = 'refused', quantity = 9", 50),
        (
            "inspected anew",
            f"UPDATE batch SET state = 'registered', round_no = 1 WHERE id = '{world.conceded.batch}'",
            35,
        ),
        (
            "received long ago",
            f"UPDATE batch SET registered_at = {long_ago} WHERE id = '{world.conceded.batch}'",
            15,
        ),
        ("of another supplier", f"UPDATE batch SET supplier = 'x' WHERE id <> '{asked.batch}'", 30),
        ("another budget", "UPDATE concession_budget SET supplier = 'x'", 1_000_000),
        ("a later one of another", "UPDATE concession_budget SET supplier = 'x' WHERE per_10000 = 5000", -15),
        ("two years", "UPDATE concession_budget SET months = 24", 0),
        ("own goods", f"UPDATE batch SET supplier = NULL WHERE id = '{asked.batch}'", 1_000_000),
    )
    for what, change, most in changed:
        if what == "two years":
            most = 35 + world.scalar(
                f"SELECT count(*) FROM received_lot WHERE supplier = {supplier} AND id NOT IN"
                f" ('{asked.batch}', '{world.conceded.batch}')"
            )
        for answer, more in product(("approved", "refused"), (0, 1)):
            row = _answer(world, seq, answer=answer, quantity=max(most, -1) + more)
            refused = answer == "approved" and most < 1_000_000 and (more == 1 or most < 0)
            before = (*ready, *((change,) if isinstance(change, str) else change)) if change else ready
            yield Case(
                "concession_approved_within_budget",
                f"{what}, {most} + {more}, {answer}",
                refused,
                before,
                row,
            )


def _budgets(world: World) -> Iterator[Case]:
    at, seq = now(world), world.head + 1

    def row(person: str, other: str) -> str:
        return (
            "INSERT INTO concession_budget (seq, supplier, per_10000, months, reason, person, other) VALUES"
            f" ({seq}, 's', 1, 1, '', '{person}', '{other}')"
        )

    for kind, by, beside, other, late in product(
        ("concession.budget", "severity.set"),
        (world.linh, world.tam),
        ((), (world.som,)),
        (world.som, world.lan),
        BOOLS,
    ):
        made = event(seq, kind, by, at, beside=beside)
        made += event(seq + 1, "concession.budget", world.linh, at, beside=(world.lan,)) if late else ()
        right = (
            kind == "concession.budget"
            and by == world.linh
            and bool(beside)
            and other == world.som
            and not late
        )
        what = f"{kind} {by} {beside} {other} {late}"
        yield Case("concession_budget_by_two", what, not right, made, row(world.linh, other))
    twice = event(seq, "concession.budget", world.linh, at, beside=(world.linh,))
    yield Case("concession_budget_by_two", "one twice", True, twice, row(world.linh, world.linh))
    for person, other in product((world.linh, world.lan), (world.som, world.minh)):
        refused = person == world.lan or other == world.minh
        yield Case("concession_budget_by_planners", f"{person} {other}", refused, (), row(person, other))


def _released(world: World) -> Iterator[Case]:
    """A batch is released under a concession by its approval, and of just so many units."""
    asked, other = world.asked, world.accepted
    base: dict[str, object] = {
        "answer": "approved",
        "batch": asked.batch,
        "round": asked.round,
        "quantity": 15,
    }
    changes: tuple[dict[str, object], ...] = (
        {}, {"answer": "refused"}, {"batch": other.batch}, {"round": other.round}, {"quantity": 14},
    )  # fmt: skip
    for change, late in product(changes, BOOLS):
        seq = world.head + 1
        made = event(seq, "concession.approved", world.bao, now(world), batch=asked.batch)
        made += event(seq + 1, "batch.released", world.linh, now(world)) if late else ()
        ready = (*made, _answer(world, seq, **{**base, **change}))
        refused = bool(change) or late
        counted = f"UPDATE batch SET released = 15 WHERE id = '{asked.batch}'"
        yield Case(
            "batch_conceded", f"{change} {late}", refused, (*ready, counted),
            f"UPDATE batch SET state = 'released_under_concession' WHERE id = '{asked.batch}'",
        )  # fmt: skip
        yield Case("batch_released_quantity", f"{change} {late}", refused, ready, counted)
    again = f"UPDATE batch SET state = 'released_under_concession' WHERE id = '{world.conceded.batch}'"
    yield Case("batch_conceded", "it was already", False, (), again)
    yield Case(
        "batch_conceded",
        "another step",
        False,
        (),
        f"UPDATE batch SET state = 'registered' WHERE id = '{asked.batch}'",
    )
    for released, last, most in product((0, 5), ("batch.released", "batch.held"), (20, 21)):
        scene = world.released
        ready = (
            f"UPDATE batch SET released = {released}, shipped = 0 WHERE id = '{scene.batch}'",
            *event(world.head + 1, last, world.linh, now(world)),
        )
        refused = most > 20 or (released != 0 and last != "batch.released")
        yield Case(
            "batch_released_quantity", f"{released} {last} {most}", refused, ready,
            f"UPDATE batch SET released = {most} WHERE id = '{scene.batch}'",
        )  # fmt: skip


def _shipped(world: World) -> Iterator[Case]:
    at, seq, scene = now(world), world.head + 1, world.conceded
    for until, on, clock, state, answer, elsewhere in product(
        (-2, -1, 0, 1), (-3, 0), (None, at - 5 * 86_400_000_000), ("released_under_concession", "released"),
        ("approved", "refused"), BOOLS,
    ):  # fmt: skip
        last, left = day(at, until).isoformat(), day(at, on).isoformat()
        ready = (
            "UPDATE concession SET until_day = '2020-01-01'",
            *event(seq, "batch.shipped", world.linh, at, batch=scene.batch, clock=clock),
            *event(seq + 1, "supplier.saved", world.linh, at + 86_400_000_000 * 900),
            f"UPDATE concession SET until_day = '{last}' WHERE id = '{world.granted}'",
            f"UPDATE concession_answer SET answer = '{answer}' WHERE concession = '{world.granted}'",
            f"UPDATE batch SET state = '{state}' WHERE id = '{scene.batch}'",
            *((f"UPDATE batch SET round = 'x' WHERE id = '{scene.batch}'",) if elsewhere else ()),
        )
        over = last < left or (until < -1 and clock is None)
        refused = over and state == "released_under_concession" and answer == "approved" and not elsewhere
        yield Case(
            "shipment_under_concession", f"until {until} on {on} clock {clock} {state} {answer} {elsewhere}", refused,
            ready,
            "INSERT INTO shipment (id, batch, quantity, to_whom, on_day, document, person, seq) VALUES"
            f" ('{OTHER}', '{scene.batch}', 1, 'A', '{left}', '', '{world.linh}', {seq})",
        )  # fmt: skip


def _certified(world: World) -> Iterator[Case]:
    """Under a concession until its last day, by the day on the certificate and by that of the log."""
    at, seq, scene = now(world), world.head + 1, world.conceded
    for until, on, clock, other in product((-2, -1, 0, 1), (-3, 0), (None, at - 5 * 86_400_000_000), BOOLS):
        last, said = day(at, until).isoformat(), day(at, on).isoformat()
        ready = (
            "UPDATE concession SET until_day = '2020-01-01'",
            *event(seq, "certificate.issued", world.som, at, batch=scene.batch, clock=clock),
            *event(seq + 1, "supplier.saved", world.linh, at + 86_400_000_000 * 900),
            f"UPDATE concession SET until_day = '{last}' WHERE id = '{world.granted}'",
        )
        release = f"(SELECT seq FROM concession_answer WHERE concession = '{world.granted}')"
        over = last < said or (until < -1 and clock is None)
        yield Case(
            "certificate_in_time", f"until {until} on {on} clock {clock} {'another' if other else 'its'} release",
            over and not other, ready,
            "INSERT INTO certificate (number, batch, round, release, person, key, verdict, quantity, on_day, record,"
            f" code, sig, at, seq) VALUES (99, '{scene.batch}', '{scene.round}', {'1' if other else release},"
            f" '{world.som}', 'k', 'released_under_concession', 1, '{said}', 'r', '00', '{'0' * 128}', 1, {seq})",
        )  # fmt: skip


def _on_day(world: World) -> Iterator[Case]:
    """Goods leave from their own release on, whenever others were conceded; and of a concession from its approval on."""
    at, seq, later = now(world), world.head + 1, 86_400_000_000 * 9
    shipped = event(seq, "batch.shipped", world.linh, at + 2 * later)
    conceded = f"UPDATE concession_answer SET at = {at + later}"
    for scene, days in product((world.released, world.conceded), (0, 9)):
        yield Case(
            "shipment_on_day", f"{scene.batch} after {days} days", scene is world.conceded and days == 0,
            (*shipped, conceded),
            "INSERT INTO shipment (id, batch, quantity, to_whom, on_day, document, person, seq) VALUES"
            f" ('{OTHER}', '{scene.batch}', 1, 'A', '{day(at, days).isoformat()}', '', '{world.linh}', {seq})",
        )  # fmt: skip
    last = day(at, -9).isoformat()
    for of in (world.conceded, world.accepted):
        ready = (
            *event(seq, "batch.shipped", world.linh, at),
            f"UPDATE concession SET until_day = '{last}'",
            f"UPDATE concession_answer SET batch = '{of.batch}' WHERE concession = '{world.granted}'",
        )
        yield Case(
            "shipment_under_concession", f"an answer for {of.batch}", of is world.conceded, ready,
            "INSERT INTO shipment (id, batch, quantity, to_whom, on_day, document, person, seq) VALUES"
            f" ('{OTHER}', '{world.conceded.batch}', 1, 'A', '{day(at, 0).isoformat()}', '', '{world.linh}', {seq})",
        )  # fmt: skip


def _conceders(world: World) -> Iterator[Case]:
    scenes = (world.conceded, world.denied, world.accepted)
    people = (world.yen, world.bao, world.tho, world.minh)
    for scene, person, place in product(scenes, people, ("first", "second", "third", "release")):
        part = {
            world.conceded: {world.yen, world.bao, world.tho},
            world.denied: {world.yen},
            world.accepted: set(),
        }
        refused = place != "first" and person in part[scene]
        if place != "release":
            yield Case(
                "checking_not_conceder", f"{scene.batch} {person} {place}", refused, (),
                "INSERT INTO checking (id, round, batch, place, person, state, started_at, seq, reason, signed) VALUES"
                f" ('{OTHER}', 'r', '{scene.batch}', '{place}', '{person}', 'set_aside', 1, {world.head}, '', NULL)",
            )  # fmt: skip
        yield Case(
            "sign_off_not_conceder", f"{scene.batch} {person} {place}", refused, (),
            "INSERT INTO sign_off (seq, batch, round, place, person, key, checking, meaning, verdict, record, at,"
            f" maker, standing) VALUES ({world.head}, '{scene.batch}', 'r', '{place}', '{person}',"
            f" 'k', NULL, '', '', '', 1, 0, 1)",
        )  # fmt: skip
    for origin, person in product(scenes, people):
        had = {world.conceded: {world.yen, world.bao, world.tho}, world.denied: {world.yen}}.get(
            origin, set()
        )
        ready = (
            f"INSERT INTO batch_origin (batch, origin, seq) VALUES ('{OTHER}', '{origin.batch}', {world.head})",
            f"UPDATE concession_answer SET person = '{world.minh}', other = '{world.bao}' WHERE answer = 'refused'",
        )
        yield Case(
            "sign_off_not_conceder", f"a part of {origin.batch} {person}", person in had, ready,
            "INSERT INTO sign_off (seq, batch, round, place, person, key, checking, meaning, verdict, record, at,"
            f" maker, standing) VALUES ({world.head}, '{OTHER}', 'r', 'second', '{person}',"
            f" 'k', NULL, '', '', '', 1, 0, 1)",
        )  # fmt: skip
    yield Case(
        "checking_not_conceder", "beside a refusal", False,
        (f"UPDATE concession_answer SET other = '{world.minh}' WHERE answer = 'refused'",),
        "INSERT INTO checking (id, round, batch, place, person, state, started_at, seq, reason, signed) VALUES"
        f" ('{OTHER}', 'r', '{world.denied.batch}', 'second', '{world.minh}', 'set_aside', 1, {world.head}, '', NULL)",
    )  # fmt: skip


def _last_second(world: World) -> Iterator[Case]:
    """Whoever had a part in a concession of the goods is none of those who could still be second."""
    scene = world.made_first
    for batch, who in product((scene.batch, world.accepted.batch), ("", f" WHERE id = '{world.linh}'")):
        ready = (
            "INSERT INTO concession (id, batch, round, quantity, until_day, consent, person, body, at, seq)"
            f" SELECT id, '{batch}', 'r', 1, 'x', NULL, id, 'x', 1, 3 FROM person{who}",
        )
        yield Case(
            "place_given_up_last", f"conceders of {batch}{who}", batch == scene.batch and not who, ready,
            f"INSERT INTO place_given_up (round, person, seq) VALUES ('{scene.round}', '{world.anh}', {world.head})",
        )  # fmt: skip
