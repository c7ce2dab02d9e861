# SPDX-License-Identifier: Apache-2.0
"""Who may put which signature on a round: by role, by what the procedure allows, by what stands and what is in doubt."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from tests.store.scenes import Scene, World
from tests.trust.rule_cases import OTHER, Case, day, event, now, quoted

BOOLS = (True, False)
ROLES = {"first": "inspector", "second": "inspector", "third": "arbiter", "release": "releaser"}


def cases(world: World) -> Iterator[Case]:
    """Yield them all."""
    yield from _makers(world)
    yield from _stopped(world)
    yield from _in_doubt(world)
    yield from _accepted(world)
    yield from _roles(world)
    yield from _asides(world)
    yield from _other_person(world)


def _other_person(world: World) -> Iterator[Case]:
    """Nobody has two places of a round; and whoever decides never had a check of it, whatever became of that."""
    scene, elsewhere, lan = world.disagreed, world.accepted, world.lan
    for had, state, wants, where, who in product(
        ("first", "second", "third"),
        ("open", "signed", "set_aside", "retracted"),
        ("first", "second", "third"),
        (scene, elsewhere),
        (lan, world.minh),
    ):
        if where is scene and had == wants and state in ("open", "signed"):
            continue  # the place itself is taken
        before = (
            "INSERT INTO checking (id, round, batch, place, person, state, started_at, seq, reason, signed)"
            f" VALUES ('{OTHER}', '{where.round}', '{where.batch}', '{had}', '{who}', '{state}', 1, 1, '', NULL)"
        )
        start = (
            "INSERT INTO checking (id, round, batch, place, person, state, started_at, seq, reason, signed)"
            f" VALUES ('{'e' * 32}', '{scene.round}', '{scene.batch}', '{wants}', '{lan}', 'open', 1,"
            f" {world.head}, '', NULL)"
        )
        wrong = (
            where is scene
            and who == lan
            and had != wants
            and (state in ("open", "signed") or wants == "third")
        )
        what = f"{had} {state} of {who}, round {where.round}, then {wants}"
        gone = (f"DELETE FROM checking WHERE round IN ('{scene.round}', '{elsewhere.round}')",)
        yield Case("checking_other_person", what, wrong, (*gone, before), start)


def _asides(world: World) -> Iterator[Case]:
    """A check is set aside while its round goes on; what else is written of it is not this rule's business."""
    scene, other = world.first_check, world.second_check
    for state, round_, new in product(
        ("registered", "first_check", "second_check", "disagreed"),
        (scene.round, other.round, None),
        ("state = 'set_aside'", "state = 'signed'", "reason = 'as it was'"),
    ):
        ready = f"UPDATE batch SET state = '{state}', round = {quoted(round_)} WHERE id = '{scene.batch}'"
        stands = state != "registered" and round_ == scene.round
        yield Case(
            "checking_aside_in_its_round",
            f"{new} in {state}",
            new == "state = 'set_aside'" and not stands,
            (ready,),
            f"UPDATE checking SET {new} WHERE id = '{scene.first}'",
        )
    was = f"UPDATE checking SET state = 'set_aside' WHERE id = '{scene.first}'"
    gone = f"UPDATE batch SET state = 'registered' WHERE id = '{scene.batch}'"
    again = f"UPDATE checking SET reason = 'ill' WHERE id = '{scene.first}'"
    yield Case("checking_aside_in_its_round", "set aside before", False, (was, gone), again)
    another = f"UPDATE batch SET state = 'first_check', round = '{scene.round}' WHERE id = '{other.batch}'"
    aside = f"UPDATE checking SET state = 'set_aside' WHERE id = '{scene.first}'"
    yield Case("checking_aside_in_its_round", "another batch is in its round", True, (gone, another), aside)


def _signature(scene: Scene, place: str, person: str, seq: int) -> str:
    """Return a signature written by hand, in a place that was made free (``_free``)."""
    return (
        "INSERT INTO sign_off (seq, batch, round, place, person, key, checking, meaning, verdict, record, at, maker,"
        f" standing) VALUES ({seq}, '{scene.batch}', '{scene.round}', '{place}', '{person}', 'k', NULL, '', 'accepted',"
        " 'r', 1, 0, 1)"
    )


def _free(scene: Scene, place: str) -> str:
    return f"DELETE FROM sign_off WHERE round = '{scene.round}' AND place = '{place}'"


_OFF, _ON = '"maker_may_check_first":false', '"maker_may_check_first":true'


def _makers(world: World) -> Iterator[Case]:
    """Who made or reworked units makes the first check only where this round's procedure allows it."""
    scene, seq = world.made_first, world.head + 1
    for made, reworked, elsewhere, here, others, place in product(
        BOOLS, BOOLS, BOOLS, BOOLS, BOOLS, ("first", "second")
    ):
        if elsewhere and (made or reworked):
            continue
        batch = world.accepted.batch if elsewhere else scene.batch
        ready = []
        if made or elsewhere:
            ready.append(
                f"INSERT INTO batch_maker (batch, person, units, seq) VALUES ('{batch}', '{world.lan}', '', 1)"
            )
        if reworked or elsewhere:
            ready.append(
                f"INSERT INTO batch_reworker (batch, person, seq) VALUES ('{batch}', '{world.lan}', 1)"
            )
        for which, may in (("=", here), ("<>", others)):
            if may:
                ready.append(
                    f"UPDATE round SET opened = replace(opened, '{_OFF}', '{_ON}') WHERE id {which} '{scene.round}'"
                )
        yield Case(
            "sign_off_maker_first",
            f"made {made}, reworked {reworked}, elsewhere {elsewhere}, allowed {here}, allowed in others {others},"
            f" {place}",
            place == "first" and (made or reworked) and not here,
            tuple(ready),
            _signature(scene, place, world.lan, seq),
        )


def _stopped(world: World) -> Iterator[Case]:
    """Nothing is released by a version taken out of use; neither other versions nor other places matter."""
    scene, code, version = world.accepted, world.code, world.version
    for place, stopped in product(
        ("release", "third"), (None, (code, version), (code, version + 7), ("IP-77", version))
    ):
        ready = [_free(scene, place)]
        if stopped:
            ready.append(
                "INSERT INTO procedure_stopped (code, version, reason, person, seq)"
                f" VALUES ('{stopped[0]}', {stopped[1]}, '', 'p', 1)"
            )
        yield Case(
            "sign_off_procedure_allowed",
            f"{place}, stopped: {stopped}",
            place == "release" and stopped == (code, version),
            tuple(ready),
            _signature(scene, place, world.van, world.head + 1),
        )


def _in_doubt(world: World) -> Iterator[Case]:
    """Nothing is released over a signature of its round whose key was in doubt then."""
    scene = world.accepted
    for place, doubted, of, later in product(
        ("release", "third"), ("first", "second"), (scene, world.decided), (-1, 0, 1)
    ):
        its = f"sign_off WHERE round = '{of.round}' AND place = '{doubted}'"
        yield Case(
            "sign_off_release_suspect",
            f"{place}, the {doubted} check's key in doubt from {later} after it, this round {of == scene}",
            place == "release" and of == scene and later <= 0,
            (
                _free(scene, place),
                f"UPDATE sign_off SET key = 'doubted' WHERE round = '{of.round}' AND place = '{doubted}'",
                "INSERT INTO person_key (key, person, public_key, from_seq, until_seq, suspect_from)"
                f" SELECT 'doubted', person, '00', 1, NULL, seq + {later} FROM {its}",
            ),
            _signature(scene, place, world.van, world.head + 1),
        )


def _accepted(world: World) -> Iterator[Case]:
    """Released is what two checks and, where a third decided, that decision accept; as long as each of them stands."""
    fallen = {
        "all stand": (),
        "one has fallen": ("first",),
        "the other has fallen": ("second",),
        "the decision has fallen": ("third",),
    }
    for scene, other in ((world.accepted, world.decided), (world.decided, world.accepted)):
        decided = scene == world.decided
        its = f"WHERE round = '{scene.round}'"
        for (what, gone), way, outcome, settled, state, current in product(
            fallen.items(),
            ("UPDATE sign_off SET standing = 0", "DELETE FROM sign_off"),
            ("accepted", "rejected", "disagreed"),
            ("accepted", "rejected"),
            ("accepted", "rejected"),
            BOOLS,
        ):
            changed = [
                outcome != "accepted",
                settled != "accepted",
                state != "accepted",
                not current,
                bool(gone),
            ]
            if sum(changed) > (2 if decided else 1) or (way.startswith("DELETE") and gone == ("third",)):
                continue  # a decision comes with its signature
            stand = not gone or (gone == ("third",) and not decided)
            right = (
                stand and (settled if decided else outcome) == "accepted" and state == "accepted" and current
            )
            moved = other.round if not current else scene.round
            yield Case(
                "sign_off_release_accepted",
                f"decided {decided}, {what} ({way}), {outcome}, {settled}, batch {state}, its round {current}",
                not right,
                (
                    *(f"{way} {its} AND place = '{place}'" for place in gone),
                    f"UPDATE comparison SET outcome = '{outcome}' {its}",
                    f"UPDATE decision SET outcome = '{settled}' {its}",
                    f"UPDATE batch SET state = '{state}', round = '{moved}' WHERE id = '{scene.batch}'",
                ),
                _signature(scene, "release", world.van, world.head + 1),
            )
    yield Case(
        "sign_off_release_accepted",
        "a signature of another round has fallen",
        False,
        (f"UPDATE sign_off SET standing = 0 WHERE round = '{world.decided.round}'",),
        _signature(world.accepted, "release", world.van, world.head + 1),
    )


def _roles(world: World) -> Iterator[Case]:
    """Each place asks for its role, in force that day (a day more everywhere), for this product's family."""
    at, seq, scene = now(world), world.head + 1, world.stopped
    far = at + 100 * 86_400 * 1_000_000
    family = f"UPDATE product SET family = 'Lids' WHERE id = (SELECT product FROM batch WHERE id = '{scene.batch}')"
    for place, role in ROLES.items():
        lasting = (None, day(far, 1), day(far, 0), day(far, -1), day(far, -2), day(at, 1))
        of_families = ("[]", '["Lids"]', '["Cables"]', '["Cables","Lids"]')
        for held, status, until, families in (
            *product((role,), ("active",), lasting, of_families),
            *product((role, "planner"), ("suspended", "listed"), (None,), of_families[:2]),
            *product(("planner",), ("active",), lasting[:2], of_families[:2]),
        ):
            lasts = until is None or until >= day(far, -1)
            right = held == role and status == "active" and lasts and families != '["Cables"]'
            yield Case(
                "sign_off_role",
                f"{place} by {held}, {status}, until {until}, for {families}",
                not right,
                (
                    *event(seq, "check.signed", world.lan, far),
                    family,
                    _free(scene, place),
                    f"DELETE FROM role_grant WHERE person = '{world.lan}'",
                    "INSERT INTO role_grant (person, role, families, until, seq)"
                    f" VALUES ('{world.lan}', '{held}', '{families}', {quoted(until)}, 1)",
                    f"UPDATE person SET status = '{status}' WHERE id = '{world.lan}'",
                ),
                _signature(scene, place, world.lan, seq),
            )
