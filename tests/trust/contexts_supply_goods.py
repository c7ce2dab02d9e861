# SPDX-License-Identifier: Apache-2.0
"""Goods that were not accepted: sorted, returned or scrapped as a whole, by where they stand and what is done to them."""

from __future__ import annotations

from collections.abc import Iterator

from tests.store.scenes import World
from tests.trust.rule_cases import OTHER, Case, event, now

OF_THEMSELVES = ("rejected", "disagreed", "withdrawn")
BEGUN = ("first_check", "awaiting_second", "second_check", "accepted")
CONCEDED = "released_under_concession"
KINDS = ("rework", "repair", "sort", "regrade", "return", "scrap")
ENDS = ("return", "scrap")
OTHERS = ("registered", "released", CONCEDED, "returned", "scrapped", "cancelled")


def cases(world: World) -> Iterator[Case]:
    """Yield every case."""
    yield from _fit(world)
    yield from _round(world)
    yield from _for_what(world)
    yield from _unchecked(world)
    yield from _whole(world)
    yield from _ended(world)


def _row(
    world: World, kind: str, quantity: int = 20, round_: str | None = "", batch: str = "", terms: str = ""
) -> str:
    within = "NULL" if round_ is None else f"'{round_ or world.rejected.round}'"
    return (
        "INSERT INTO disposition (seq, batch, round, kind, quantity, person, confirmed_by, reason, terms) VALUES"
        f" ({world.head + 1}, '{batch or world.rejected.batch}', {within}, '{kind}', {quantity}, 'p', 'q', '',"
        f" '{terms}')"
    )


def _fit(world: World) -> Iterator[Case]:
    batch = world.rejected.batch
    for kind in KINDS:
        for state in (*OF_THEMSELVES, *BEGUN, *OTHERS):
            for held in (0, 1):
                for shipped, released, ordered in ((0, 0, 0), (1, 1, 0), (1, 2, 0), (0, 0, 1)):
                    fit = state in OF_THEMSELVES or (held == 1 and state in BEGUN)
                    fit = fit or (state == CONCEDED and shipped == released)
                    fit = fit or (state == "registered" and (held == 1 or ordered == 1) and kind in ENDS)
                    fit = fit and (not shipped or kind in ENDS)
                    right = kind in ("rework", "repair") or (fit and (not ordered or kind in ENDS))
                    ready = (
                        f"UPDATE batch SET state = '{state}', held = {held}, shipped = {shipped},"
                        f" released = {released}, rework_ordered = {ordered} WHERE id = '{batch}'"
                    )
                    what = f"{kind} of a batch that is {state}, {held}, {shipped} of {released}, {ordered}"
                    within = None if state == "registered" else ""
                    row = _row(world, kind, round_=within)
                    yield Case("disposition_fit", what, not right, (ready,), row)
    ready = f"UPDATE batch SET rework_ordered = 0 WHERE id = '{batch}'"
    for about, round_ in (
        (batch, OTHER),
        (world.reworked.batch, world.rejected.round),
        (OTHER, world.rejected.round),
    ):
        yield Case(
            "disposition_fit",
            f"{about} in {round_}",
            True,
            (ready,),
            _row(world, "scrap", round_=round_, batch=about),
        )


def _round(world: World) -> Iterator[Case]:
    """What is held before a round goes back or to scrap without one; everything else is of the round that stands."""
    batch, none = world.rejected.batch, world.registered.batch
    for state, kind, held in (("rejected", "scrap", 0), ("rejected", "sort", 0), ("registered", "scrap", 1)):
        ready = f"UPDATE batch SET state = '{state}', held = {held}, rework_ordered = 0 WHERE id = '{batch}'"
        for round_ in (None, ""):
            wrong = (round_ is None) != (state == "registered")
            what = f"{kind} of what is {state} in {round_!r}"
            yield Case("disposition_fit", what, wrong, (ready,), _row(world, kind, round_=round_))
    for kind in KINDS:
        for of in (batch, none):
            for round_ in (None, "", world.second_check.round):
                wrong = kind not in ENDS if round_ is None else (of, round_) != (batch, "")
                what = f"{kind} of {of} in {round_!r}"
                yield Case("disposition_round_of_batch", what, wrong, (), _row(world, kind, 20, round_, of))


def _for_what(world: World) -> Iterator[Case]:
    for kind in KINDS:
        for terms in ("", " ", "B, inner parts"):
            wrong = (kind == "regrade") != (terms == "B, inner parts")
            what = f"{kind} for {terms!r}"
            yield Case("disposition_for_what", what, wrong, (), _row(world, kind, terms=terms))


def _unchecked(world: World) -> Iterator[Case]:
    check, mine, other = world.second_check.second, world.rejected.round, world.second_check.round
    for state in ("open", "signed", "retracted", "set_aside"):
        ready = f"UPDATE checking SET state = '{state}' WHERE id = '{check}'"
        for kind in ("rework", "repair", "scrap"):
            for round_ in (mine, other):
                for of in ("disagreed", "rejected"):
                    runs = state == "open" and round_ == other and kind == "scrap" and of != "rejected"
                    stands = f"UPDATE batch SET state = '{of}' WHERE id = '{world.rejected.batch}'"
                    what = f"{kind} in {round_} of a batch that is {of} while a check is {state}"
                    yield Case(
                        "disposition_unchecked", what, runs, (ready, stands), _row(world, kind, round_=round_)
                    )


def _whole(world: World) -> Iterator[Case]:
    batch, other = world.rejected.batch, world.accepted.batch
    for shipped, quantity in ((4, 16), (4, 20), (0, 20), (20, 0)):
        ready = (
            f"UPDATE batch SET quantity = 20, released = 20, shipped = {shipped} WHERE id = '{batch}'",
            f"UPDATE batch SET quantity = 20, released = 20, shipped = 2 WHERE id = '{other}'",
        )
        for kind in ("rework", "repair", "scrap"):
            wrong = kind == "scrap" and (quantity != 20 - shipped or not quantity)
            what = f"{kind} of {quantity} while {shipped} of 20 were shipped"
            yield Case("disposition_of_all", what, wrong, ready, _row(world, kind, quantity))
    for left_of in (None, batch, other):
        left = () if left_of is None else (
            "INSERT INTO shipped_unreleased (id, batch, quantity, to_whom, on_day, document, reason, person, seq)"
            f" VALUES ('{OTHER}', '{left_of}', 3, 'x', '2026-03-01', '', 'x', 'p', 3)",
        )  # fmt: skip
        here = 17 if left_of == batch else 20
        for kind in ("rework", "sort"):
            for quantity in (3, 17, 20, 23):
                yield Case(
                    "disposition_of_all",
                    f"{kind} of {quantity} while some of {left_of} left",
                    kind != "rework" and quantity != here,
                    (f"UPDATE batch SET quantity = 20 WHERE id = '{batch}'", *left),
                    _row(world, kind, quantity),
                )


def _ended(world: World) -> Iterator[Case]:
    """Yield goods that come to their end from every state there is, by the disposition of that kind."""
    batch, seq = world.rejected.batch, world.head + 1
    for old in (*OF_THEMSELVES, *BEGUN, *OTHERS):
        for new, kind in (("returned", "return"), ("scrapped", "scrap")):
            if old == new:
                continue
            yield Case(
                "batch_moves",
                f"from {old} to {new}",
                old not in (*OF_THEMSELVES, *BEGUN, CONCEDED, "registered"),
                (
                    f"UPDATE batch SET state = '{old}' WHERE id = '{batch}'",
                    *event(seq, "batch.disposed", world.linh, now(world), batch=batch),
                    _row(world, kind),
                ),
                f"UPDATE batch SET state = '{new}' WHERE id = '{batch}'",
            )
