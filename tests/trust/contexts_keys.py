# SPDX-License-Identifier: Apache-2.0
"""Keys, locks and badges: which acts begin and end them, and who has to have signed.

A key begins with its person, or its person's old key signs it in; a lost one is followed by a new one that two others
sign for, or one other with the recovery sheet. A key ends by its person or by two others. A lock ends by another person,
or with the recovery sheet. Whoever acts is active and has a key; only the end of a sitting needs neither.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.store.scenes import World
from tests.trust.contexts_people import Signed, by_two_others, few_signers, signers
from tests.trust.rule_cases import OTHER, RECOVERY, Case, event, now, quoted

KINDS = (
    "person.enrolled",
    "person.renamed",
    "person.lifted",
    "person.unlocked",
    "key.enrolled",
    "key.changed",
    "key.revoked",
    "role.granted",
    "secret.changed",
)
Enough = Callable[[Signed, str], bool]
"""Whether these signers are enough for an act about this person."""


def any_two_others(signed: Signed, concerned: str) -> bool:
    """Two others, or one other and the recovery sheet."""
    others = signed.people - {concerned}
    return len(others) >= 2 or (signed.sheet and len(others) >= 1)


def own(signed: Signed, concerned: str) -> bool:
    """The person, whoever signs beside."""
    return signed.by == concerned


def another_or_sheet(signed: Signed, concerned: str) -> bool:
    """Somebody else, or the recovery sheet beside the person."""
    return signed.sheet or bool(signed.people - {concerned})


def anybody(_signed: Signed, _concerned: str) -> bool:
    """Whoever signs: another rule asks that."""
    return True


def cases(world: World) -> Iterator[Case]:
    """Yield every case of keys, locks, badges, and of lines written by people who may not act."""
    administrators = {world.linh, world.som}

    def enrols(signed: Signed, concerned: str) -> bool:
        return by_two_others(signed, concerned, administrators)

    seq = world.head + 1
    for until in ("NULL", str(seq)):
        yield from _acts(
            world,
            "person_key_by_enrolment",
            f"a key until {until}",
            world.van,
            "INSERT INTO person_key (key, person, public_key, from_seq, until_seq)"
            f" VALUES ('{OTHER}', '{world.van}', '00', {{seq}}, {until})",
            {"person.enrolled": enrols, "key.enrolled": any_two_others, "key.changed": own}
            if until == "NULL"
            else {},
        )
    for column, value in (("until_seq", "{seq}"), ("ended", "'lost'"), ("suspect_from", "5")):
        yield from _acts(
            world,
            "person_key_ends_by_two",
            f"a key's {column}",
            world.lan,
            f"UPDATE person_key SET {column} = {value} WHERE person = '{world.lan}'",
            {
                "key.enrolled": any_two_others,
                "key.changed": own,
                "key.revoked": lambda signed, concerned: (
                    own(signed, concerned) or any_two_others(signed, concerned)
                ),
            },
        )
    yield from _set_up(world)
    yield from _marks(world)
    yield from _acts(
        world,
        "namesake_by_its_event",
        "another one than",
        world.lan,
        f"INSERT INTO namesake (person, other, seq) VALUES ('{world.lan}', '{world.hoa}', {{seq}})",
        {"person.enrolled": anybody, "person.renamed": anybody},
    )
    yield from _acts(
        world,
        "namesake_by_its_event_again",
        "another one than, stated again",
        world.mai,
        f"UPDATE namesake SET seq = {{seq}} WHERE person = '{world.mai}' AND other = '{world.lan}'",
        {"person.enrolled": anybody, "person.renamed": anybody},
    )
    yield from _unlockings(world)
    yield from _badges(world)
    yield from _lines(world)
    yield from _of_what_is_there(world)


def _acts(
    world: World, trigger: str, what: str, person: str, statement: str, by: dict[str, Enough]
) -> Iterator[Case]:
    """Yield a statement about a person after every act, by all signers; after one about another; after a later event."""
    at, seq = now(world), world.head + 1
    statement = statement.replace("{seq}", str(seq))
    after = event(seq + 1, "supplier.saved", world.linh, at)
    two = (world.som, world.minh)
    for kind in KINDS:
        enough = by.get(kind)
        for signed in signers(world, person) if enough else few_signers(world):
            right = enough is not None and enough(signed, person)
            ready = event(seq, kind, signed.by, at, beside=signed.all_beside, person=person)
            yield Case(trigger, f"{what} by {kind} of {signed}", not right, ready, statement)
        if enough is None:
            continue
        for by_whom in (world.linh, person):
            about = event(seq, kind, by_whom, at, beside=two, person=world.nga)
            yield Case(trigger, f"{what}: {kind} about another", True, about, statement)
            late = (*event(seq, kind, by_whom, at, beside=two, person=person), *after)
            yield Case(trigger, f"{what}: {kind} is not the last", True, late, statement)


def _set_up(world: World) -> Iterator[Case]:
    """Yield the keys of the first two people: the act that opens a workspace names them all."""
    seq = world.head + 1
    opened = event(seq, "workspace.opened", world.linh, now(world), beside=(world.som,))
    for person in (world.linh, world.som):
        yield Case(
            "person_key_by_enrolment",
            "a first person's key",
            False,
            opened,
            "INSERT INTO person_key (key, person, public_key, from_seq, until_seq)"
            f" VALUES ('{OTHER}', '{person}', '00', {seq}, NULL)",
        )


def _marks(world: World) -> Iterator[Case]:
    """Yield the mark of the recovery sheet on a new key: whoever vouches hands on the own one, the latest counts."""
    at, seq, van = now(world), world.head + 1, world.van
    for marked in ({}, {world.lan: 5}, {world.lan: 5, world.minh: 7}, {van: 9}, {world.nga: 9}):
        ready = [
            f"UPDATE person_key SET by_sheet = {on} WHERE person = '{who}'" for who, on in marked.items()
        ]
        for by, *beside in (
            (world.linh, world.som, van),
            (world.linh, world.lan, van),
            (world.lan, world.linh),
            (world.lan, world.minh, van),
            (world.minh, world.lan, van),
            (van,),
            (world.linh, RECOVERY, van),
            (world.lan, RECOVERY, van),
        ):
            signed = event(seq, "key.enrolled", by, at, beside=tuple(beside), person=van)
            vouched = {by, *beside} - {van}
            right = at if RECOVERY in vouched else max((marked.get(p, 0) for p in vouched), default=0)
            for mark in (0, 5, 7, 9, at):
                yield Case(
                    "person_key_marked",
                    f"mark {mark} of a key that {', '.join(vouched)} vouched for",
                    mark != right,
                    (*ready, *signed),
                    "INSERT INTO person_key (key, person, public_key, from_seq, by_sheet)"
                    f" VALUES ('{OTHER}', '{van}', '00', {seq}, {mark or 'NULL'})",
                )


def _unlockings(world: World) -> Iterator[Case]:
    """Yield the end of Quý's lock by every act."""
    at, seq, quy = now(world), world.head + 1, world.quy
    trigger = "person_lock_unlocked_by_another"
    two = event(seq, "person.unlocked", world.linh, at, beside=(world.som,), person=quy)
    unlock = f"UPDATE person_lock SET unlocked = {seq}, unlocked_by = '{{by}}' WHERE person = '{quy}'"
    for kind in KINDS:
        unlocks = kind == "person.unlocked"
        for signed in signers(world, quy) if unlocks else few_signers(world):
            ready = event(seq, kind, signed.by, at, beside=signed.all_beside, person=quy)
            right = unlocks and another_or_sheet(signed, quy)
            yield Case(
                trigger, f"unlocked by {kind} of {signed}", not right, ready, unlock.format(by=signed.by)
            )
    by_linh = unlock.format(by=world.linh)
    yield Case(trigger, "unlocked by who signed beside", True, two, unlock.format(by=world.som))
    about = event(seq, "person.unlocked", world.linh, at, beside=(world.som,), person=world.lan)
    yield Case(trigger, "unlocked by the unlocking of another", True, about, by_linh)
    before = f"UPDATE person_lock SET unlocked = 3, unlocked_by = '{world.som}' WHERE person = '{quy}'"
    yield Case(trigger, "unlocked again", True, (*two, before), by_linh)
    late = (*two, *event(seq + 1, "person.unlocked", world.linh, at, person=world.lan))
    yield Case(trigger, "unlocked by an older event", True, late, by_linh)
    late = (*two, *event(seq + 1, "supplier.saved", world.linh, at))
    yield Case(trigger, "unlocked by a later event", True, late, by_linh.replace(str(seq), str(seq + 1), 1))


def _badges(world: World) -> Iterator[Case]:
    """Yield badges issued and stopped by every act, for every key."""
    at, seq, linh = now(world), world.head + 1, world.linh
    after = event(seq + 1, "supplier.saved", linh, at)
    for person in (linh, world.som, world.van):
        for kind in ("badge.issued", "badge.stopped", "key.changed"):
            for by in (person, world.lan):
                ready = event(seq, kind, by, at, beside=(world.minh,), person=person)
                for of in (person, world.minh):
                    for stopped in ("NULL", str(seq)):
                        right = kind == "badge.issued" and by == person == of and stopped == "NULL"
                        made = (
                            "INSERT INTO badge (id, person, key, seal, issued, stopped)"
                            f" SELECT '{OTHER}', '{person}', key, '{OTHER * 2}', {seq}, {stopped} FROM person_key"
                            f" WHERE person = '{of}' ORDER BY from_seq LIMIT 1"
                        )
                        refused = not right or person == world.van
                        yield Case("badge_issued_by_event", f"by {kind}", refused, ready, made)
                        late = (*ready, *after)
                        yield Case("badge_issued_by_event", f"by {kind}, late", True, late, made)
                        alone = event(seq, kind, by, at, person=person)
                        yield Case("badge_issued_by_event", f"by {kind}, alone", True, alone, made)
    stop = f"UPDATE badge SET stopped = {seq} WHERE person = '{linh}' AND stopped IS NULL"
    again = f"UPDATE badge SET stopped = {seq} WHERE person = '{linh}' AND stopped IS NOT NULL"
    for kind in ("badge.issued", "badge.stopped", "key.changed", "key.revoked", "person.unlocked"):
        for by in (linh, world.lan):
            ready = event(seq, kind, by, at, person=by)
            right = kind == "badge.stopped" or (by == linh and kind in ("badge.issued", "key.changed"))
            yield Case("badge_stops_once", f"stopped by {kind}", not right, ready, stop)
            yield Case("badge_stops_once", f"stopped again by {kind}", True, ready, again)
            yield Case("badge_stops_once", f"stopped by {kind}, late", True, (*ready, *after), stop)


def _lines(world: World) -> Iterator[Case]:
    """Yield lines written by those who may act and by those who may not; and lines back in time."""
    at, seq = now(world), world.head + 1
    active = {world.linh, world.lan}
    for person in (world.linh, world.lan, world.hoa, world.van, world.anh, None):
        for kind in ("session.closed", "session.opened", "workspace.opened", "batch.held", "auth.failed"):
            right = (
                person is None or person in active or kind in ("session.closed", "workspace.opened")
            )  # a workstation's own line has no person
            line = event(seq, kind, person, at)[-1]
            yield Case("line_by_active", f"{kind} by {quoted(person)}", not right, (), line)
    for kind in ("clock.corrected", "clock.jumped", "batch.held"):
        for later in (-1, 0, 1):
            line = event(seq, kind, world.linh, at + later)[-1]
            refused = later < 0 and kind != "clock.corrected"
            yield Case("line_time_forward", f"{kind} {later} later", refused, (), line)


def _of_what_is_there(world: World) -> Iterator[Case]:
    """Yield lines that speak of a badge, a lock, a secret, a sitting or a concern: the signer's, another's, or none."""
    linh, som, lan, quy = world.linh, world.som, world.lan, world.quy
    badge, gone, whose = (
        _text(world, f"SELECT {column} FROM badge WHERE stopped IS {state} ORDER BY issued LIMIT 1")
        for column, state in (("id", "NULL"), ("id", "NOT NULL"), ("person", "NOT NULL"))
    )
    owner = _text(world, f"SELECT person FROM badge WHERE id = '{badge}'")
    lock, over = (
        world.scalar(f"SELECT seq FROM person_lock WHERE person = '{person}' ORDER BY seq DESC LIMIT 1")
        for person in (quy, lan)
    )
    key, others = (
        _text(world, f"SELECT key FROM person_key WHERE person = '{person}' AND until_seq IS NULL")
        for person in (linh, som)
    )
    ended, once = (
        _text(world, f"SELECT {column} FROM person_key WHERE until_seq IS NOT NULL ORDER BY key LIMIT 1")
        for column in ("key", "person")
    )
    said: list[tuple[str, str, str, list[tuple[str, dict[str, object], bool]]]] = [
        ("line_of_a_badge_that_stands", "badge.stopped", "badge.issued", [
            (lan, {"badge": badge, "person": owner}, True),
            (lan, {"badge": OTHER, "person": owner}, False),
            (lan, {"badge": badge, "person": lan}, False),
            (lan, {"badge": gone, "person": whose}, False),
        ]),
        ("line_of_a_lock_that_stands", "person.unlocked", "person.lifted", [
            (linh, {"lock": lock, "person": quy}, True),
            (linh, {"lock": 1, "person": quy}, False),
            (linh, {"lock": lock, "person": som}, False),
            (linh, {"lock": over, "person": lan}, False),
        ]),
        ("line_of_the_own_secret", "secret.changed", "key.changed", [
            (linh, {"key": key, "person": linh}, True),
            (linh, {"key": others, "person": som}, False),
            (linh, {"key": key, "person": som}, False),
            (linh, {"key": others, "person": linh}, False),
            (som, {"key": key, "person": linh}, False),
            (once, {"key": ended, "person": once}, False),
        ]),
        ("line_of_the_own_session", "session.closed", "session.opened", [
            (linh, {"session": "sitting"}, True),
            (linh, {"session": OTHER}, False),
            (linh, {}, False),
        ]),
        ("line_of_anothers_concern", "concern.explained", "defect.reported", [
            (linh, {"person": som}, True),
            (linh, {"person": linh}, False),
            (lan, {"person": som}, False),
            (OTHER, {"person": som}, False),
        ]),
    ]  # fmt: skip
    seq = world.head + 1
    for trigger, kind, another, tried in said:
        for by, body, right in tried:
            ready = _body(world, seq, kind, by, body)
            yield Case(trigger, f"{body} by {by}", not right, ready, _line(world, seq, kind, by))
            yield Case(trigger, f"another kind with {body}", False, ready, _line(world, seq, another, by))
            before = (*_body(world, seq, kind, *tried[0][:2]), *_body(world, seq + 1, kind, by, body))
            late = _line(world, seq + 1, kind, by)
            yield Case(trigger, f"{body} by {by} after the right one", not right, before, late)


def _text(world: World, query: str) -> str:
    with world.house.database.reading() as connection:
        return str(connection.exec_driver_sql(query).scalar_one())


def _body(world: World, seq: int, kind: str, by: str, said: dict[str, object]) -> tuple[str, ...]:
    return event(seq, kind, by, now(world), **said)[:1]  # type: ignore[arg-type]


def _line(world: World, seq: int, kind: str, by: str) -> str:
    return event(seq, kind, by, now(world))[1].replace(f"{quoted(by)}, NULL,", f"{quoted(by)}, 'sitting',")
