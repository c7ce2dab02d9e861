# SPDX-License-Identifier: Apache-2.0
"""Rows that one event each brings or changes: recovery sheet, seals, workstations, goods, procedures, readings."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from tests.store.scenes import Scene, World
from tests.trust.rule_cases import OTHER, RECOVERY, Case, event, now, quoted

PUBLIC, PUBLIC_OTHER = "22" * 32, "33" * 32
BOOLS = (True, False)


def cases(world: World) -> Iterator[Case]:
    """Yield them all."""
    at = now(world)
    yield from _sheets_begin(world, at)
    yield from _sheets_end(world, at)
    yield from _seals_of_keys(world, at)
    yield from _seals_of_badges(world, at)
    yield from _seals_change(world, at)
    yield from _workstations(world, at)
    yield from _shipments(world)
    yield from _shipped_states(world)
    yield from _shipped_unreleased(world)
    yield from _products_of_procedures(world)
    yield from _readings(world)


def _used(
    world: World, at: int, kind: str, *, sheet: bool, last: bool, public: str = PUBLIC
) -> tuple[str, ...]:
    """Return an act that names a public key, signed with the recovery sheet or without, and perhaps an event after it."""
    seq, beside = world.head + 1, (RECOVERY,) if sheet else ()
    made = event(seq, kind, world.linh, at, beside=beside, person=world.lan, public_key=public)
    return made if last else (*made, *event(seq + 1, "supplier.saved", world.linh, at))


SHEET_KINDS = ("recovery.used", "key.enrolled", "supplier.saved")


def _sheets_begin(world: World, at: int) -> Iterator[Case]:
    """A recovery sheet begins with the use of the one before, which names it; no other key becomes one."""
    seq = world.head + 1
    for kind, sheet, last, public, begins, ends in product(
        SHEET_KINDS, BOOLS, BOOLS, (PUBLIC, PUBLIC_OTHER), (seq, seq + 1), (None, seq)
    ):
        right = (
            kind == "recovery.used" and sheet and last and public == PUBLIC and begins == seq and ends is None
        )
        yield Case(
            "recovery_sheet_by_its_event",
            f"{kind}, sheet {sheet}, last {last}, same key {public == PUBLIC}, from {begins}, until {ends}",
            not right,
            _used(world, at, kind, sheet=sheet, last=last, public=public),
            "INSERT INTO recovery_sheet (public_key, from_seq, until_seq)"
            f" VALUES ('{PUBLIC}', {begins}, {quoted(ends)})",
        )


def _sheets_end(world: World, at: int) -> Iterator[Case]:
    """The recovery sheet that stands ends by its use; nothing else of it changes, and none ends again."""
    seq = world.head + 1
    for kind, sheet, last, stands, moved, ends in product(
        SHEET_KINDS, BOOLS, BOOLS, BOOLS, BOOLS, (seq, seq + 1, None)
    ):
        right = kind == "recovery.used" and sheet and last and stands and not moved and ends == seq
        which = f"(SELECT {'max' if stands else 'min'}(from_seq) FROM recovery_sheet)"
        yield Case(
            "recovery_sheet_ends_once",
            f"{kind}, sheet {sheet}, last {last}, stands {stands}, moved {moved}, until {ends}",
            not right,
            _used(world, at, kind, sheet=sheet, last=last),
            f"UPDATE recovery_sheet SET until_seq = {quoted(ends)}{', from_seq = from_seq + 1' if moved else ''}"
            f" WHERE from_seq = {which}",
        )


def _seals_of_keys(world: World, at: int) -> Iterator[Case]:
    """A seal comes with its key: by the same event, for a key that stands, of its person."""
    seq = world.head + 1
    made = event(seq, "key.enrolled", world.linh, at, person=world.som)
    for key, person, public, begins, ends in product(
        (OTHER, "e" * 32), (world.som, world.lan), (PUBLIC, PUBLIC_OTHER), (seq, world.head), (None, seq)
    ):
        right = (key, person, public, begins, ends) == (OTHER, world.som, PUBLIC, seq, None)
        yield Case(
            "sealed_key_of_key",
            f"key {key}, of {person}, public {public}, from {begins} until {ends}",
            not right,
            (
                *made,
                "INSERT INTO person_key (key, person, public_key, from_seq, until_seq)"
                f" VALUES ('{key}', '{person}', '{public}', {begins}, {quoted(ends)})",
            ),
            "INSERT INTO sealed_key (key, person, public_key, sealed)"
            f" VALUES ('{OTHER}', '{world.som}', '{PUBLIC}', '{{}}')",
        )


def _seals_of_badges(world: World, at: int) -> Iterator[Case]:
    """A badge's seal comes with the badge: by the same event, for one that stands, of its person and key."""
    seq = world.head + 1
    made = event(seq, "badge.issued", world.som, at)
    for badge, person, key, issued, stopped in product(
        (OTHER, "e" * 32), (world.som, world.lan), ("key", "another"), (seq, world.head), (None, seq)
    ):
        right = (badge, person, key, issued, stopped) == (OTHER, world.som, "key", seq, None)
        yield Case(
            "sealed_badge_of_badge",
            f"badge {badge}, of {person}, key {key}, issued {issued}, stopped {stopped}",
            not right,
            (
                *made,
                "INSERT INTO badge (id, person, key, seal, issued, stopped)"
                f" VALUES ('{badge}', '{person}', '{key}', '{PUBLIC}', {issued}, {quoted(stopped)})",
            ),
            "INSERT INTO sealed_badge (id, person, key, public_key, sealed)"
            f" VALUES ('{OTHER}', '{world.som}', 'key', '{PUBLIC}', '{{}}')",
        )


def _seals_change(world: World, at: int) -> Iterator[Case]:
    """A seal is replaced by its person's own change of the secret, the last event; whose it is never changes."""
    seq = world.head + 1
    after = event(seq + 1, "supplier.saved", world.linh, at)
    for kind, by, last, values in product(
        ("secret.changed", "badge.issued"),
        (world.linh, world.som),
        BOOLS,
        (
            "sealed = '{}'",
            f"sealed = '{{}}', person = '{world.som}'",
            f"sealed = '{{}}', public_key = '{PUBLIC}'",
        ),
    ):
        right = kind == "secret.changed" and by == world.linh and last and values == "sealed = '{}'"
        yield Case(
            "sealed_key_changed_by_event",
            f"{kind} by {by}, last {last}: {values}",
            not right,
            (*event(seq, kind, by, at), *(() if last else after)),
            f"UPDATE sealed_key SET {values} WHERE person = '{world.linh}'",
        )


def _workstations(world: World, at: int) -> Iterator[Case]:
    """A workstation's key ends, once, when the same workstation is introduced anew; one stands at a time."""
    seq = world.head + 1
    after = event(seq + 1, "supplier.saved", world.linh, at)
    station = quoted(world.station)
    for kind, where, last, ended, ends, active in product(
        ("station.introduced", "supplier.saved"),
        (world.station, "elsewhere"),
        BOOLS,
        BOOLS,
        (seq, seq + 1, None),
        (0, 1),
    ):
        right = kind == "station.introduced" and where == world.station and last and not ended
        right = right and ends == seq and active == 0
        past = (f"UPDATE station_key SET until_seq = {world.head}, active = 0 WHERE station = {station}",)
        yield Case(
            "station_key_ends_once",
            f"{kind} of {where}, last {last}, ended before {ended}, until {ends}, active {active}",
            not right,
            (
                *event(seq, kind, world.linh, at, station=where),
                *(() if last else after),
                *(past if ended else ()),
            ),
            f"UPDATE station_key SET until_seq = {quoted(ends)}, active = {active} WHERE station = {station}",
        )
    for where, stands in ((world.station, True), (world.station, False), ("elsewhere", True)):
        gone = f"UPDATE station_key SET until_seq = {seq}, active = 0 WHERE station = {station}"
        yield Case(
            "station_key_one_stands",
            f"a key of {where}, where one stands: {stands}",
            where == world.station,  # also where the key that it had ended: an id has one key and keeps it
            () if stands else (gone,),
            "INSERT INTO station_key (key, station, name, public_key, from_seq, until_seq, active)"
            f" VALUES ('{OTHER}', {quoted(where)}, '', '{PUBLIC}', {seq}, NULL, 1)",
        )


def _leaves(table: str, scene: Scene, quantity: int, number: str = "f") -> str:
    """Return goods that leave, by release or without."""
    reason = ("reason, ", "'', ") if table == "shipped_unreleased" else ("", "")
    return (
        f"INSERT INTO {table} (id, batch, quantity, to_whom, on_day, document, {reason[0]}person, seq) VALUES"
        f" ('{number * 32}', '{scene.batch}', {quantity}, '', '', '', {reason[1]}'p', 1)"
    )


def _shipments(world: World) -> Iterator[Case]:
    """At least one leaves, and never more than was released, nor than is left; what left of other batches counts not."""
    scene, other = world.released, world.released_held  # 20 of 20 are released, 5 have left
    others = (_leaves("shipment", other, 6, "d"), _leaves("shipped_unreleased", other, 6, "d"))
    for released, unreleased, elsewhere in product((20, 10), (0, 3, 12), BOOLS):
        ready = (
            f"UPDATE batch SET released = {released} WHERE id = '{scene.batch}'",
            *((_leaves("shipped_unreleased", scene, unreleased),) if unreleased else ()),
            *(others if elsewhere else ()),
        )
        left = min(released, 20 - unreleased) - 5
        for quantity in (-1, 0, 1, left, left + 1):
            yield Case(
                "shipment_not_more",
                f"{quantity} leave of {released} released, {unreleased} left before, others {elsewhere}",
                not 1 <= quantity <= left,
                ready,
                _leaves("shipment", scene, quantity),
            )


def _shipped_states(world: World) -> Iterator[Case]:
    """Only what was released leaves, under concession or without."""
    for state in ("accepted", "released", "released_under_concession", "rejected", "withdrawn"):
        yield Case(
            "shipment_of_released",
            state,
            state not in ("released", "released_under_concession"),
            (f"UPDATE batch SET state = '{state}' WHERE id = '{world.released.batch}'",),
            _leaves("shipment", world.released, 1),
        )


def _shipped_unreleased(world: World) -> Iterator[Case]:
    """Never more leaves without a release than is left of this batch."""
    scene = world.left  # 5 of 20 have left so
    mine = f"WHERE id = '{scene.batch}'"
    for quantity, shipped, others in product((20, 900), (0, 3), (20, 1000)):
        ready = (
            f"UPDATE batch SET quantity = {others}, shipped = 0 WHERE id <> '{scene.batch}'",
            f"UPDATE batch SET quantity = {quantity}, released = 3, shipped = {shipped} {mine}",
            _leaves("shipped_unreleased", world.accepted, 6, "d"),
        )
        left = quantity - shipped - 5
        for more in (1, left, left + 1):
            yield Case(
                "shipped_unreleased_not_more",
                f"{more} of {quantity}, {shipped} shipped",
                more > left,
                ready,
                _leaves("shipped_unreleased", scene, more),
            )


def _products_of_procedures(world: World) -> Iterator[Case]:
    """What a version covers may change while it is a draft, whatever its other versions are."""
    code, version = quoted(world.code), world.version
    drafted = (
        "INSERT INTO procedure_version (code, version, state, author, content, hash, seq)"
        f" SELECT code, version + 1, 'draft', author, content, hash, seq FROM procedure_version"
        f" WHERE code = {code} AND version = {version}",
        "INSERT INTO procedure_product (code, version, product, seq) SELECT code, version + 1, product, seq"
        f" FROM procedure_product WHERE code = {code} AND version = {version}",
    )
    turned = f"UPDATE procedure_version SET state = 'draft' WHERE code = {code} AND version = {version}"
    back = f"UPDATE procedure_version SET state = 'retired' WHERE code = {code} AND version = {version + 1}"
    for what, ready, draft in (
        ("the later is the draft", drafted, version + 1),
        ("the earlier is the draft", (*drafted, turned, back), version),
    ):
        for gone in (version, version + 1):
            yield Case(
                "procedure_product_of_draft_gone",
                f"version {gone}, {what}",
                gone != draft,
                ready,
                f"DELETE FROM procedure_product WHERE code = {code} AND version = {gone}",
            )


def _readings(world: World) -> Iterator[Case]:
    """Of a reading nothing changes but that another one replaces it."""
    one = f"WHERE checking = '{world.second_check.second}'"
    for values in (
        "replaced = 1",
        "instrument = 'CAL-9'",
        "calibrated_until = '2099-01-01'",
        "instrument = 'CAL-9', calibrated_until = '2099-01-01'",
    ):
        yield Case(
            "reading_signed_stays", values, values != "replaced = 1", (), f"UPDATE reading SET {values} {one}"
        )
