# SPDX-License-Identifier: Apache-2.0
"""Who may sign beside: whoever is active and has a key, whom the act itself gives one, and the recovery sheet.

The sheet stands in for one missing signature on enrolling, revoking, unlocking and lifting a suspension, only while
fewer than two others can sign, or while nobody else could be the administrator that enrolling and lifting take. Where
it is not sure whether somebody's role still lasts, because workstations stand in different time zones, it may.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tests.store.scenes import World
from tests.trust.rule_cases import RECOVERY, Case, day, event, now, quoted

STANDS_IN = ("person.enrolled", "person.lifted", "key.enrolled", "key.revoked", "person.unlocked")
TAKES_ADMINISTRATOR = ("person.enrolled", "person.lifted")
KINDS = (
    *STANDS_IN,
    "recovery.used",
    "key.changed",
    "role.granted",
    "person.suspended",
    "check.signed",
    "batch.released",
    "workspace.opened",
)


@dataclass(frozen=True)
class Around:
    """Who can surely sign, who of them administers, and what brings that about."""

    able: frozenset[str]
    administrators: frozenset[str]
    ready: tuple[str, ...]


def cases(world: World) -> Iterator[Case]:
    """Yield everybody beside every act, and the sheet while these and those can sign."""
    yield from _people(world)
    at, seq, quy = now(world), world.head + 1, world.quy
    signed = f"INSERT INTO line_signer (seq, person, key) VALUES ({seq}, '{RECOVERY}', 'sheet')"
    for around in abilities(world):
        for kind in KINDS:
            for by in (world.linh, world.lan, quy):
                act = event(seq, kind, by, at, person=quy)
                what = f"the sheet beside {kind} of {by} while {len(around.able)} can sign"
                refused = not stands_in(kind, by, quy, around)
                yield Case("line_signer_recovery", what, refused, (*around.ready, *act), signed)
    yield from _used(world)
    yield from _waits(world)


def stands_in(kind: str, by: str, concerned: str, around: Around) -> bool:
    """Tell whether the sheet may stand beside an act, by what is promised."""
    if kind == "recovery.used":
        return by != concerned
    if kind not in STANDS_IN or (by == concerned and kind != "person.unlocked"):
        return False
    administrator_missing = kind in TAKES_ADMINISTRATOR and not around.administrators - {concerned}
    return len(around.able - {concerned}) < 2 or administrator_missing


def abilities(world: World) -> Iterator[Around]:
    """Yield who can sign: everybody, or few; administrators or not; some whose roles end today."""
    linh, som, minh, lan, quy = world.linh, world.som, world.minh, world.lan, world.quy
    both = frozenset({linh, som})
    today = day(now(world), 0)

    def only(*people: str) -> str:
        names = ", ".join(f"'{p}'" for p in people)
        return f"UPDATE person SET status = 'suspended' WHERE id NOT IN ({names})"

    def ending(person: str, role: str = "%") -> str:
        return f"UPDATE role_grant SET until = '{today}' WHERE person = '{person}' AND role LIKE '{role}'"

    administers = (
        "INSERT INTO role_grant (person, role, families, until, seq)"
        f" VALUES ('{quy}', 'administrator', '[]', NULL, 1)"
    )
    everybody = frozenset({linh, som, minh, lan, world.mai, world.nga, quy})
    yield Around(everybody, both, ())
    yield Around(frozenset({linh, quy}), frozenset({linh}), (only(linh, quy),))
    yield Around(both, both, (only(linh, som),))
    yield Around(both | {quy}, both, (only(linh, som, quy),))
    yield Around(frozenset({linh, quy}), frozenset({linh}), (only(linh, som, quy), ending(som)))
    yield Around(frozenset({linh, lan, quy}), frozenset({linh}), (only(linh, lan, quy),))
    yield Around(
        frozenset({linh, lan, quy}), frozenset(), (only(linh, lan, quy), ending(linh, "administrator"))
    )
    yield Around(frozenset({lan, minh, quy}), frozenset(), (only(lan, minh, quy),))
    later = f"UPDATE role_grant SET until = '{day(now(world), 400)}' WHERE person = '{som}'"
    yield Around(both | {quy}, both, (only(linh, som, quy), later))
    yield Around(both | {quy}, both, (only(linh, som, quy), later, later.replace(som, linh)))
    reads = f"UPDATE role_grant SET role = 'auditor' WHERE person = '{lan}'"
    yield Around(frozenset({linh, quy}), frozenset({linh}), (only(linh, lan, quy), reads))
    yield Around(frozenset({lan, minh, quy}), frozenset({quy}), (only(lan, minh, quy), administers))


def _used(world: World) -> Iterator[Case]:
    """Yield that the sheet was used, after each kind of act: one's own lock it ends with nobody else there."""
    at, seq, quy = now(world), world.head + 1, world.quy
    alone = f"UPDATE person SET status = 'suspended' WHERE id NOT IN ('{world.linh}', '{quy}')"
    for before in ("person.unlocked", "person.lifted", "key.enrolled"):
        for by in (world.linh, quy):
            for kind in ("recovery.used", "key.revoked"):
                for few in ((), (alone,)):
                    act = event(seq, before, by, at, beside=(RECOVERY,), person=quy)
                    use = event(seq + 1, kind, by, at, person=quy)
                    used = kind == "recovery.used" and (by != quy or before == "person.unlocked")
                    revoked = kind == "key.revoked" and by != quy and bool(few)
                    yield Case(
                        "line_signer_recovery",
                        f"the sheet beside {kind} of {by} after {before}",
                        not (used or revoked),
                        (*few, *act, *use),
                        "INSERT INTO line_signer (seq, person, key)"
                        f" VALUES ({seq + 1}, '{RECOVERY}', 'sheet')",
                    )


def _waits(world: World) -> Iterator[Case]:
    """Yield for which line's sheet an act waits: the sheet's own for the next, its use and people for none."""
    at, seq = now(world), world.head + 1
    for kind in ("person.lifted", "person.enrolled", "recovery.used"):
        for person in (RECOVERY, world.som):
            wanted = seq + 1 if person == RECOVERY and kind != "recovery.used" else None
            for waits in (None, 1, seq, seq + 1):
                yield Case(
                    "line_signer_next_sheet",
                    f"{person} beside {kind} waits for {waits}",
                    waits != wanted,
                    event(seq, kind, world.linh, at, person=world.quy),
                    "INSERT INTO line_signer (seq, person, key, next_sheet)"
                    f" VALUES ({seq}, '{person}', 'k', {quoted(waits)})",
                )


def _people(world: World) -> Iterator[Case]:
    """Yield everybody beside every act about this one and that one."""
    at, seq = now(world), world.head + 1
    active = {world.som, world.lan}
    own = ("person.enrolled", "key.enrolled")
    for person in (world.som, world.lan, world.hoa, world.van, world.anh, RECOVERY):
        for kind in KINDS:
            for concerned in (person, world.minh):
                right = (
                    person in (*active, RECOVERY)
                    or kind == "workspace.opened"
                    or (kind in own and concerned == person)
                )
                yield Case(
                    "line_signer_by_active",
                    f"{person} beside {kind} about {concerned}",
                    not right,
                    event(seq, kind, world.linh, at, person=concerned),
                    f"INSERT INTO line_signer (seq, person, key) VALUES ({seq}, '{person}', 'k')",
                )
