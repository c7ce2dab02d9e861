# SPDX-License-Identifier: Apache-2.0
"""What one person alone might write: the own name off a batch, another family, the shop's rules, around a rework.

The shop's rules are an administrator's. Who made units does not take that back. Code and revision of a product, and the
family of all revisions of its code, stay once a batch is registered. What was sent to rework waits until somebody is
named who did it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from tests.store.attacks import filled, sign
from tests.store.scenes import World
from tests.trust.rule_cases import OTHER, Case, event, now

_UNUSED = {
    "product": "INSERT INTO product (id, code, revision, name, family, unit, picture, note, source, seq)"
    f" VALUES ('{OTHER}', 'FRESH', '', 'Fresh', 'a', 'pcs', NULL, '', NULL, {{head}})",
    "supplier": "INSERT INTO supplier (id, code, name, name_latin, country, address, contact, note, source, seq)"
    f" VALUES ('{OTHER}', 'FRESH', 'Fresh', '', 'VN', '', '', '', NULL, {{head}})",
}
"""What was never used, of each kind."""
_GAUGE = (
    "INSERT INTO instrument (id, number, kind, calibrated_until, blocked, note, used, seq)"
    " VALUES ('{id}', '{id}', 'caliper', {until}, {blocked}, '', {used}, {head})"
)


def cases(world: World) -> Iterator[Case]:
    """Yield every case."""
    yield from _shop(world)
    yield from _makers(world)
    yield from _families(world)
    yield from _reworks(world)
    yield from _rejected(world)
    yield from _names(world)
    yield from _instruments(world)


def _shop(world: World) -> Iterator[Case]:
    at, seq = now(world), world.head + 1
    change = f"UPDATE shop SET third_releases = 1, seq = {seq}"
    for who, right in ((world.linh, True), (world.minh, False), (world.som, True)):
        act = event(seq, "shop.changed", who, at)
        yield Case("shop_by_administrator", f"by {who}", not right, act, change)
    yield Case("shop_by_administrator", "by no event", True, (), change)
    asked = "UPDATE shop SET third_releases = 1"
    for who, beside in ((world.linh, ()), (world.minh, (world.som,)), (world.minh, (world.lan,))):
        act = event(seq, "shop.changed", who, at, beside=beside)
        for third in (0, 1):
            administers = world.linh == who or world.som in beside
            right = administers and (bool(third) or bool(beside))
            what = f"by {who} and {len(beside)} others from a third releaser to {third}"
            letting = f"UPDATE shop SET third_releases = {third}, seq = {seq}"
            yield Case("shop_by_administrator", what, not right, (asked, *act), letting)


def _makers(world: World) -> Iterator[Case]:
    at, seq, batch = now(world), world.head + 1, world.made_begun.batch
    gone = f"DELETE FROM batch_maker WHERE batch = '{batch}' AND person = '{world.som}'"
    for who in (world.som, world.linh):
        for makers in ([], [world.som], [world.anh], [world.anh, world.som]):
            said = [{"person": maker, "units": []} for maker in makers]
            saved = event(seq, "batch.saved", who, at, batch=batch, makers=said)
            wrong = who == world.som and world.som not in makers
            yield Case("batch_maker_not_by_self", f"{len(makers)} named by {who}", wrong, saved, gone)


def _families(world: World) -> Iterator[Case]:
    code = "(SELECT p.code FROM product p JOIN batch b ON b.product = p.id LIMIT 1)"
    used = "(SELECT product FROM batch LIMIT 1)"
    fresh = _UNUSED["product"].format(head=world.head)
    stays = "product_code_stays"
    for change in ("code = 'b'", "revision = 'b'"):
        yield Case(
            stays, f"{change} with batches", True, (), f"UPDATE product SET {change} WHERE id = {used}"
        )
        yield Case(
            stays, f"{change} without", False, (fresh,), f"UPDATE product SET {change} WHERE id = '{OTHER}'"
        )
    yield Case(stays, "its name", False, (), f"UPDATE product SET name = 'b' WHERE id = {used}")
    for what, ready in (("product", fresh), ("supplier", _UNUSED["supplier"].format(head=world.head))):
        there = f"(SELECT {what} FROM batch WHERE {what} IS NOT NULL LIMIT 1)"
        still = f"{what}_used_stays"
        for value in ("NULL", "1"):
            change = f"UPDATE {what} SET used = {value} WHERE id = "
            yield Case(still, f"{value} for what was used", True, (), change + there)
            yield Case(still, f"{value} for what was not", False, (ready,), f"{change}'{OTHER}'")
        yield Case(still, "a note", False, (), f"UPDATE {what} SET note = 'b' WHERE id = {there}")
    of_code = "product_family_of_code"
    yield Case(of_code, "one with batches", True, (), f"UPDATE product SET family = 'b' WHERE id = {used}")
    yield Case(of_code, "without", False, (fresh,), f"UPDATE product SET family = 'b' WHERE id = '{OTHER}'")
    into = f"UPDATE product SET code = {code}, revision = 'Z' WHERE id = '{OTHER}'"
    yield Case(of_code, "into a used code", True, (fresh,), into)
    same = f"UPDATE product SET family = (SELECT family FROM product WHERE id = {used}) WHERE id = '{OTHER}'"
    yield Case(of_code, "into a used code with its family", False, (fresh, same), into)
    sister = (
        fresh.replace(OTHER, f"{OTHER[:-1]}0")
        .replace("'FRESH', ''", "'FRESH', 'Z'")
        .replace("'a', 'pcs'", "'b', 'pcs'")
    )
    both = (fresh, sister, f"UPDATE product SET used = {world.head} WHERE id = '{OTHER}'")
    apart = (
        f"UPDATE product SET used = {world.head} WHERE id = '{OTHER[:-1]}0'"  # of before families were one
    )
    yield Case(of_code, "a revision of another family is used", False, both, apart)
    yield Case(of_code, "its name", False, (fresh,), f"UPDATE product SET name = 'b' WHERE id = '{OTHER}'")
    new = "product_family_of_new_revision"
    yield Case(new, "a fresh code", False, (), fresh)
    yield Case(new, "a code never used, another family", False, (fresh,), sister)
    revision = fresh.replace("'FRESH', ''", f"{code}, 'Z'")
    yield Case(new, "a used code, another family", True, (), revision)
    alike = revision.replace("'a', 'pcs'", f"(SELECT family FROM product WHERE id = {used}), 'pcs'")
    yield Case(new, "a used code, its family", False, (), alike)


def _reworks(world: World) -> Iterator[Case]:
    batch = world.accepted.batch
    opened = (
        f"INSERT INTO round (id, batch, no, opened, seq) SELECT '{OTHER}', batch, 99, opened, {world.head}"
        f" FROM round WHERE batch = '{batch}'"
    )
    for ordered in (0, 1):
        ready = f"UPDATE batch SET rework_ordered = {ordered} WHERE id = '{batch}'"
        yield Case("round_after_rework", f"ordered {ordered}", bool(ordered), (ready,), opened)
        for place, scene in (("release", "accepted"), ("second", "awaiting_second")):
            one = getattr(world, scene).batch
            wrong = bool(ordered) and place == "release"
            ready = f"UPDATE batch SET rework_ordered = {ordered} WHERE id = '{one}'"
            signed = filled(sign(place, "som", scene), world)
            yield Case(
                "sign_off_release_after_rework", f"{place}, ordered {ordered}", wrong, (ready,), signed
            )


def _rejected(world: World) -> Iterator[Case]:
    """What was rejected, and then declared void or taken back, is inspected more tightly; what is tightened stays so."""
    at, seq, batch = now(world), world.head + 1, world.accepted.batch
    for kind, state, to, before, after in product(
        ("log.voided", "check.retracted", "round.ordered", "batch.reworked"),
        ("rejected", "disagreed"),
        ("registered", "returned"),
        ("normal", "tightened"),
        ("normal", "tightened"),
    ):
        ready = f"UPDATE batch SET state = '{state}', next_severity = '{before}' WHERE id = '{batch}'"
        evades = kind != "batch.reworked" and state == "rejected" and to == "registered"
        yield Case(
            "batch_stays_tightened",
            f"{state} to {to} by {kind}, {before} to {after}",
            after == "normal" and (before == "tightened" or evades),
            (ready, *event(seq, kind, world.linh, at, beside=(world.som,), batch=batch)),
            f"UPDATE batch SET state = '{to}', next_severity = '{after}' WHERE id = '{batch}'",
        )


def _names(world: World) -> Iterator[Case]:
    """What a product of which a batch was registered is called, its unit, and its supplier's name take two."""
    at, seq = now(world), world.head + 1
    unused = {what: row.format(head=world.head) for what, row in _UNUSED.items()}
    for what, columns in (("product", ("name", "unit", "note")), ("supplier", ("name", "country", "note"))):
        used = f"(SELECT {what} FROM batch WHERE {what} IS NOT NULL LIMIT 1)"
        for column in columns:
            for beside in ((), (world.som,), (world.linh,)):
                act = event(seq, f"{what}.saved", world.linh, at, beside=beside)
                wrong = column != "note" and world.som not in beside
                change = f"UPDATE {what} SET {column} = 'b', seq = {seq} WHERE id = "
                said = f"{what} {column}, {len(beside)} beside"
                yield Case(f"{what}_name_by_two", f"{said}, with batches", wrong, act, change + used)
                ready = (unused[what], *act)
                yield Case(f"{what}_name_by_two", f"{said}, without", False, ready, f"{change}'{OTHER}'")
                later = (*act, *event(seq + 1, "batch.saved", world.linh, at))
                old = column != "note"
                yield Case(
                    f"{what}_name_by_two", f"{said}, another event after it", old, later, change + used
                )
                unnamed = f"UPDATE {what} SET {column} = 'b' WHERE id = {used}"
                yield Case(f"{what}_name_by_two", f"{said}, of an event before it", old, act, unnamed)


def _instruments(world: World) -> Iterator[Case]:
    """An instrument that is relied on measures longer, again or as another by two; shorter, or not at all, by one."""
    at, seq = now(world), world.head + 1
    rule, stays = "instrument_loosened_by_two", "instrument_used_stays"

    def gauge(used: str, until: str = "'2026-06-01'", blocked: int = 0) -> str:
        return _GAUGE.format(id=OTHER, until=until, blocked=blocked, used=used, head=world.head)

    for used in ("NULL", str(world.head)):
        for value in ("NULL", "1"):
            change = f"UPDATE instrument SET used = {value} WHERE id = '{OTHER}'"
            yield Case(stays, f"{used} to {value}", used != "NULL", (gauge(used),), change)
        yield Case(
            stays,
            f"{used}, a note",
            False,
            (gauge(used),),
            f"UPDATE instrument SET note = 'b' WHERE id = '{OTHER}'",
        )
        for there, changed, loosens in (
            (gauge(used), "number = 'b'", True),
            (gauge(used), "kind = 'b'", True),
            (gauge(used), "calibrated_until = '2026-06-02'", True),
            (gauge(used), "calibrated_until = '2026-05-31'", False),
            (gauge(used), "calibrated_until = NULL", False),
            (gauge(used), "blocked = 1", False),
            (gauge(used), "note = 'b'", False),
            (gauge(used, "NULL"), "calibrated_until = '2026-06-02'", True),
            (gauge(used, "NULL", 1), "blocked = 0", True),
            (gauge(used, "NULL", 1), "note = 'b'", False),
        ):
            for beside in ((), (world.som,), (world.linh,)):
                act = event(seq, "instrument.saved", world.linh, at, beside=beside)
                change = f"UPDATE instrument SET {changed}, seq = {seq} WHERE id = '{OTHER}'"
                wrong = loosens and used != "NULL" and world.som not in beside
                said = f"{there[-60:]} {changed}, {len(beside)} beside"
                yield Case(rule, said, wrong, (there, *act), change)
        later = (*event(seq, "instrument.saved", world.linh, at, beside=(world.som,)),
                 *event(seq + 1, "batch.saved", world.linh, at))  # fmt: skip
        change = f"UPDATE instrument SET kind = 'b', seq = {seq} WHERE id = '{OTHER}'"
        yield Case(rule, f"{used}, another event after it", used != "NULL", (gauge(used), *later), change)
        by_two = event(seq, "instrument.saved", world.linh, at, beside=(world.som,))
        unnamed = f"UPDATE instrument SET kind = 'b' WHERE id = '{OTHER}'"
        yield Case(rule, f"{used}, of an event before it", used != "NULL", (gauge(used), *by_two), unnamed)
