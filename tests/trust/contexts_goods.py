# SPDX-License-Identifier: Apache-2.0
"""Batches that are let go, disposed of, inspected anew and certified: by which acts, signed by whom.

Stopping takes one person, letting go two releasers; what a retracted check has stopped goes to rework, or somebody
orders a new round. One disposes, another confirms. A certificate is a standing release's, by an active releaser; it is
printed while it stands and the batch is what it says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.store.attacks import analysis_copy, certificate, conceded_certificate, copy, filled
from tests.store.scenes import World
from tests.trust.rule_cases import OTHER, Case, event, now


def cases(world: World) -> Iterator[Case]:
    """Yield every case."""
    yield from _holds(world)
    yield from _held(world)
    yield from _dispositions(world)
    yield from _reinspections(world)
    yield from _disposed(world)
    yield from _certificates(world)
    yield from _certified_stay(world)
    yield from _copies(world, copy, "certificate_copy_stands")
    yield from _copies(world, analysis_copy, "analysis_copy_stands")
    yield from _withdrawn(world)


def _holds(world: World) -> Iterator[Case]:
    at, seq, batch = now(world), world.head + 1, world.held.batch
    trigger, releasers = "hold_lifted_by_two", {world.linh, world.som}
    lift = f"UPDATE hold SET lifted = {seq} WHERE id = '{world.hold_standing}'"
    retracted, elsewhere = (
        f"UPDATE line SET type = 'check.retracted' WHERE seq = (SELECT seq FROM hold WHERE id = '{hold}')"
        for hold in (world.hold_standing, world.hold_lifted)
    )
    lifted = f"UPDATE hold SET lifted = 3 WHERE id = '{world.hold_standing}'"
    after = event(seq + 1, "supplier.saved", world.linh, at)
    for kind in ("batch.lifted", "batch.reworked", "round.ordered", "batch.disposed", "batch.held"):
        for by, *beside in (
            (world.linh,),
            (world.linh, world.som),
            (world.linh, world.linh),
            (world.linh, world.minh),
            (world.minh, world.som),
            (world.minh, world.lan),
            (world.minh, world.linh, world.som),
        ):
            for how in ((), (retracted,), (elsewhere,)):
                two = len({by, *beside} & releasers) >= 2
                right = (kind == "batch.lifted" and two) or (
                    kind in ("batch.reworked", "round.ordered") and retracted in how
                )
                what = f"{kind} by {by} and {beside}"
                act = event(seq, kind, by, at, beside=tuple(beside), batch=batch)
                yield Case(trigger, what, not right, (*how, *act), lift)
                yield Case(trigger, f"{what}, already lifted", True, (*how, *act, lifted), lift)
                yield Case(trigger, f"{what}, late", True, (*how, *act, *after), lift)
                about = event(seq, kind, by, at, beside=tuple(beside), batch=world.accepted.batch)
                yield Case(trigger, f"{what}, of another batch", True, (*how, *about), lift)


def _held(world: World) -> Iterator[Case]:
    """Yield a batch let go, and one that only moves, while one, two or none of its holds are lifted."""
    batch, both = world.held.batch, (world.hold_standing, world.hold_lifted)
    for lifted in ((), both[:1], both[1:], both):
        ready = ", ".join(f"'{hold}'" for hold in lifted) or "''"
        holds = (f"UPDATE hold SET lifted = CASE WHEN id IN ({ready}) THEN 3 END WHERE batch = '{batch}'",)
        for of in (batch, world.accepted.batch):
            for what, free in (("held = 0, hold = NULL", True), ("note = 'x'", False)):
                yield Case(
                    "batch_hold_lifts",
                    f"{what} of {of} when {len(lifted)} of two holds are lifted",
                    of == batch and free and len(lifted) < 2,
                    holds,
                    f"UPDATE batch SET {what} WHERE id = '{of}'",
                )


def _dispositions(world: World) -> Iterator[Case]:
    at, seq, linh, som = now(world), world.head + 1, world.linh, world.som
    for beside in ((), (som,), (linh,), (linh, som)):
        for person, confirmed in ((linh, som), (linh, linh), (linh, ""), (linh, world.minh), (som, linh)):
            act = event(seq, "batch.disposed", linh, at, beside=beside, batch=world.rejected.batch)
            another = event(seq + 1, "batch.disposed", linh, at, beside=(world.minh,))
            yield Case(
                "disposition_by_two",
                f"{confirmed} confirms what {person} disposed, {beside} beside",
                confirmed not in beside or confirmed == person,
                (*act, *another),
                "INSERT INTO disposition (seq, batch, round, kind, quantity, person, confirmed_by, reason) VALUES"
                f" ({seq}, '{world.rejected.batch}', '{world.rejected.round}', 'rework', 20, '{person}',"
                f" '{confirmed}', '')",
            )


def _reinspections(world: World) -> Iterator[Case]:
    at, seq = now(world), world.head + 1
    first, other = world.first_check, world.accepted
    approved = event(seq, "procedure.approved", world.som, at)
    for begun in (first, world.withdrawn, world.released):
        states = ("registered", "accepted") if begun is first else ("registered",)
        for about in (begun, other):
            anew = (
                "INSERT INTO reinspection (round, batch, code, version, seq)"
                f" VALUES ('{OTHER}', '{about.batch}', 'IP-204', 1, {seq})"
            )
            for after in ((), event(seq + 1, "supplier.saved", world.linh, at)):
                for state in states:
                    right = begun is about is first and state == "registered" and not after
                    yield Case(
                        "batch_moves",
                        f"from {begun.batch} to {state} by a new version about {about.batch}",
                        not right,
                        (*approved, anew, *after),
                        f"UPDATE batch SET state = '{state}' WHERE id = '{begun.batch}'",
                    )


def _disposed(world: World) -> Iterator[Case]:
    """Yield rejected goods that went back, or to scrap, by a disposition of that kind that is being written."""
    at, seq, rejected, other = now(world), world.head + 1, world.rejected, world.accepted
    for kind in ("return", "scrap", "rework"):
        for about in (rejected, other):
            for after in ((), event(seq + 1, "supplier.saved", world.linh, at)):
                for old in ("rejected", "released"):
                    for new, by in (("returned", "return"), ("scrapped", "scrap")):
                        right = about is rejected and not after and old == "rejected" and by == kind
                        yield Case(
                            "batch_moves",
                            f"from {old} to {new} by {kind} of {about.batch}",
                            not right,
                            (
                                f"UPDATE batch SET state = '{old}' WHERE id = '{rejected.batch}'",
                                *event(seq, "batch.disposed", world.linh, at, batch=about.batch),
                                "INSERT INTO disposition"
                                " (seq, batch, round, kind, quantity, person, confirmed_by, reason) VALUES"
                                f" ({seq}, '{about.batch}', '{about.round}', '{kind}', 1, 'p', 'q', '')",
                                *after,
                            ),
                            f"UPDATE batch SET state = '{new}' WHERE id = '{rejected.batch}'",
                        )


def _certified_stay(world: World) -> Iterator[Case]:
    """Yield a batch back at its start: with a certificate that stands, void, of another, or in a void event's place."""
    at, seq = now(world), world.head + 1
    standing, void, none = world.standing, world.withdrawn, world.accepted
    mine = f"UPDATE certificate SET batch = '{none.batch}' WHERE batch = '{standing.batch}'"
    for kind in ("batch.reworked", "log.voided"):
        for scene, ready in ((standing, ()), (void, ()), (none, ()), (none, (mine,)), (standing, (mine,))):
            certified = (scene is standing and not ready) or (scene is none and bool(ready))
            for old, new in (
                ("released", "registered"),
                ("registered", "registered"),
                ("released", "withdrawn"),
            ):
                yield Case(
                    "batch_certified_stays",
                    f"{kind} of {scene.batch}, {old} to {new}",
                    certified and kind != "log.voided" and (old, new) == ("released", "registered"),
                    (
                        *ready,
                        f"UPDATE batch SET state = '{old}' WHERE id = '{scene.batch}'",
                        *event(seq, kind, world.linh, at, batch=scene.batch),
                    ),
                    f"UPDATE batch SET state = '{new}' WHERE id = '{scene.batch}'",
                )


def _certificates(world: World) -> Iterator[Case]:
    released, trigger = world.released, "certificate_of_released"

    def of(round_id: str, place: str) -> dict[str, str]:
        which = f"FROM sign_off WHERE round = '{round_id}' AND place = '{place}')"
        return {"release": f"(SELECT seq {which}", "record": f"(SELECT record {which}"}

    def made(**changed: str) -> str:
        return filled(certificate("released", seq=f"{world.head}", **changed), world)

    yield Case(trigger, "the release", False, (), made(**of(released.round, "release")))
    for place in ("first", "second"):
        yield Case(trigger, f"the {place} check", True, (), made(**of(released.round, place)))
    for another in (world.released_held, world.standing):
        yield Case(trigger, "another batch's release", True, (), made(**of(another.round, "release")))
    yield from _conceded(world)
    for person, grants in ((world.som, True), (world.linh, True), (world.minh, False), (world.hoa, False)):
        right = made(person="som").replace(world.som, person)
        yield Case("certificate_role", f"by {person}", not grants, (), right)
        suspended = (f"UPDATE person SET status = 'suspended' WHERE id = '{person}'",)
        yield Case("certificate_role", f"by {person}, suspended", True, suspended, right)
    lent = (
        "INSERT INTO role_grant (person, role, families, until, seq)"
        f" VALUES ('{world.hoa}', 'releaser', '[]', NULL, 1)",
    )
    right = made(person="som").replace(world.som, world.hoa)
    yield Case("certificate_role", "by a suspended releaser", True, lent, right)


def _conceded(world: World) -> Iterator[Case]:
    """Yield certificates of what was released under a concession: of as much, by its approval, on its record."""
    trigger, given, denied = "certificate_of_released", world.conceded, world.denied
    made = filled(conceded_certificate(seq=f"{world.head}"), world)
    yield Case(trigger, "the concession", False, (), made)
    for about, changed in (
        ("more than it covers", {"quantity": "16"}),
        ("less than it covers", {"quantity": "14"}),
        ("another record", {"record": "'another'"}),
        ("another event", {"release": "1"}),
        ("as an ordinary release", {"verdict": "'released'"}),
    ):
        wrong = filled(conceded_certificate(seq=f"{world.head}", **changed), world)
        yield Case(trigger, f"the concession, {about}", True, (), wrong)
    said = f"UPDATE batch SET state = 'released_under_concession', released = 15 WHERE id = '{denied.batch}'"
    refused = filled(conceded_certificate("denied", seq=f"{world.head}"), world)
    yield Case(trigger, "a concession that was refused", True, (said,), refused)
    back = f"UPDATE batch SET state = 'withdrawn' WHERE id = '{given.batch}'"
    yield Case(trigger, "a concession that was taken back", True, (back,), made)
    later = f"UPDATE batch SET round = '{denied.round}' WHERE id = '{given.batch}'"
    yield Case(trigger, "a concession of an earlier round", True, (later,), made)


def _copies(world: World, copied: Callable[[str, str, str], str], trigger: str) -> Iterator[Case]:
    seq = str(world.head)
    batch, other = world.standing, world.released
    again = filled(copied("1", "7", seq), world)
    void = filled(copied(str(world.void), "7", seq), world)
    unlisted = "DELETE FROM certificate_withdrawn"
    gone = f"UPDATE batch SET state = 'withdrawn' WHERE id = '{batch.batch}'"
    listed = (
        "INSERT INTO certificate_withdrawn (number, batch, person, reason, at, seq)"
        f" VALUES (1, '{batch.batch}', '{world.som}', '', 1, {seq})"
    )
    next_round = f"UPDATE batch SET round = '{OTHER}' WHERE id = '{batch.batch}'"
    taken = f"UPDATE batch SET round = '{batch.round}' WHERE id = '{other.batch}'"
    yield Case(trigger, "a standing one", False, (), again)
    yield Case(trigger, "one withdrawn", True, (), void)
    yield Case(trigger, "one whose batch is withdrawn, on no list", True, (unlisted,), void)
    yield Case(trigger, "one on the list of those withdrawn", True, (listed,), again)
    yield Case(trigger, "one whose batch was withdrawn since", True, (gone,), again)
    yield Case(trigger, "one of an earlier round", True, (next_round,), again)
    yield Case(trigger, "one whose round is another batch's", True, (gone, taken), again)


def _withdrawn(world: World) -> Iterator[Case]:
    at, seq = now(world), world.head + 1
    for about, scene in (("its", world.withdrawn), ("another", world.released)):
        for state in ("withdrawn", "released"):
            for person in (world.som, world.linh):
                right = about == "its" and state == "withdrawn" and person == world.som
                yield Case(
                    "certificate_withdrawn_with_batch",
                    f"{state}, by an event about {about} batch, said to be of {person}",
                    not right,
                    (
                        "DELETE FROM certificate_withdrawn",
                        f"UPDATE batch SET state = '{state}' WHERE id = '{world.withdrawn.batch}'",
                        *event(seq, "certificate.withdrawn", world.som, at, batch=scene.batch),
                    ),
                    "INSERT INTO certificate_withdrawn (number, batch, person, reason, at, seq)"
                    f" VALUES ({world.void}, '{world.withdrawn.batch}', '{person}', '', 1, {seq})",
                )
