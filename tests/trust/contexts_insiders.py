# SPDX-License-Identifier: Apache-2.0
"""What an insider who has no say in a batch might put down about it: who only reads, whose roles are over, or too late.

Whoever puts down something about a batch holds a role other than auditor, at the day of the workstation for an entry and
of the log for an act. One's own part may be gone on with and taken back without one. Reading the first check early is put
down of anybody; so is a hold that comes with giving up one's own key. Once a round is compared there is no place to give
up, and nothing to read early; a batch that was released is not held for a key in doubt.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import product

from tests.store.scenes import World
from tests.trust.rule_cases import Case, day, now, quoted

OWN_PART = (
    "check.recorded",
    "check.resolved",
    "check.set_aside",
    "check.retracted",
    "round.compared",
    "round.rejected_after_all",
    "batch.withdrawn",
    "certificate.withdrawn",
)
ALWAYS = ("first.seen", "batch.quarantined")
OTHERS = ("batch.held", "batch.shipped", "defect.reported", "check.signed")
DAY_US = 86_400_000_000


def cases(world: World) -> Iterator[Case]:
    """Yield every case."""
    yield from _roles(world)
    yield from _days(world)
    yield from _quarantines(world)
    yield from _compared(world)


def _written(
    seq: int, kind: str, by: str | None, at: int, clock: int, session: str | None, batch: str | None
) -> Case:
    """Return a line of an event that is in the log; the case still lacks what stands around."""
    body = json.dumps({"clock": clock}).encode().hex()
    return Case(
        "line_about_batch_by_role",
        "",
        False,
        (
            f"INSERT INTO event (seq, body, sig, hash) VALUES ({seq}, X'{body}', X'{'00' * 64}', X'{seq:064x}')",
        ),
        "INSERT INTO line (seq, type, person, session, at, act, station, batch, round, checking) VALUES"
        f" ({seq}, '{kind}', {quoted(by)}, {quoted(session)}, {at}, 0, 'bench 1', {quoted(batch)}, NULL, NULL)",
    )


def _roles(world: World) -> Iterator[Case]:
    at, seq = now(world), world.head + 1
    who = world.lan
    signed, checks, signed_others, checks_others = (
        f"UPDATE {what} SET person = '{who}' WHERE batch = '{batch}' AND place = 'first'"
        for batch in (world.accepted.batch, world.released.batch)
        for what in ("sign_off", "checking")
    )
    apart = f"DELETE FROM sign_off WHERE person = '{who}'", f"DELETE FROM checking WHERE person = '{who}'"
    roles = {
        "none": f"DELETE FROM role_grant WHERE person = '{who}'",
        "auditor": f"UPDATE role_grant SET role = 'auditor' WHERE person = '{who}'",
        "inspector": f"UPDATE role_grant SET until = NULL WHERE person = '{who}'",
    }
    for kind, role, part, batch, by in product(
        (*OWN_PART, *ALWAYS, *OTHERS),
        roles,
        ((), (signed,), (checks,), (*apart, signed_others), (*apart, checks_others)),
        (world.accepted.batch, None),
        (who, None),
    ):
        refused = (
            by is not None
            and batch is not None
            and role != "inspector"
            and kind not in ALWAYS
            and not (kind in OWN_PART and part in ((signed,), (checks,)))
        )
        one = _written(seq, kind, by, at, at, "s", batch)
        what = f"{kind} by {role if by else 'a station'}, part {part}, batch {batch is not None}"
        yield Case(one.trigger, what, refused, (roles[role], *part, *one.ready), one.statement)


def _days(world: World) -> Iterator[Case]:
    """Yield how long a role lasts: an act goes by the log, an entry by its workstation's clock where that is behind."""
    at, seq, who = now(world), world.head + 1, world.lan
    for ended, behind, session in product((0, 1, 2, 5), (0, 3, -3), (None, "s")):
        until = f"UPDATE role_grant SET until = '{day(at, -ended)}' WHERE person = '{who}'"
        late = ended - (behind if session and behind > 0 else 0)
        one = _written(seq, "batch.held", who, at, at - behind * DAY_US, session, world.accepted.batch)
        what = f"a role that ended {ended} days ago, clock {behind} days behind, sitting {session}"
        yield Case(one.trigger, what, late > 1, (until, *one.ready), one.statement)


def _quarantines(world: World) -> Iterator[Case]:
    at, seq, batch = now(world), world.head + 1, world.accepted.batch
    states = {
        **dict.fromkeys(
            (
                "registered",
                "first_check",
                "awaiting_second",
                "second_check",
                "accepted",
                "rejected",
                "disagreed",
            ),
            True,
        ),
        **dict.fromkeys(("released", "withdrawn", "cancelled", "returned"), False),
    }
    for state, kind, about in product(states, ("batch.quarantined", "batch.held"), (batch, None)):
        right = kind == "batch.held" or (states[state] and about is not None)
        one = _written(seq, kind, world.linh, at, at, "s", about)
        ready = f"UPDATE batch SET state = '{state}' WHERE id = '{batch}'"
        yield Case("line_quarantine_unreleased", f"{kind} of {state}", not right, (ready,), one.statement)


def _compared(world: World) -> Iterator[Case]:
    seq = world.head
    for scene in ("accepted", "awaiting_second", "released"):
        round_ = getattr(world, scene).round
        compared = scene != "awaiting_second"
        yield Case(
            "first_seen_before_compared",
            scene,
            compared,
            (f"DELETE FROM first_seen WHERE round = '{round_}' AND person = '{world.lan}'",),
            f"INSERT INTO first_seen (round, person, what, seq) VALUES ('{round_}', '{world.lan}', 'x', {seq})",
        )
        yield Case(
            "place_given_up_before_compared",
            scene,
            compared,
            (f"DELETE FROM place_given_up WHERE round = '{round_}' AND person = '{world.lan}'",),
            f"INSERT INTO place_given_up (round, person, seq) VALUES ('{round_}', '{world.lan}', {seq})",
        )
