# SPDX-License-Identifier: Apache-2.0
"""Parts of a batch: they are all of it, each goes a way that its batch may go, and none loses what is known of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcdesk.domain.batches import Batch
from qcdesk.domain.events import BatchSaved, BatchSplit, Maker
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.people import Person, RoleGrant
from qcdesk.domain.refusals import (
    CriticalNowhere,
    PartTooSmall,
    QuantitiesDiffer,
    ReadsOnly,
    SelfConfirm,
    WrongState,
)
from qcdesk.domain.splitting import Held, Piece, split, suggest

LINH, SOM = (Person(one, one.capitalize(), roles=(RoleGrant("inspector"),)) for one in ("linh", "som"))
ANNA = Person("anna", "Anna", roles=(RoleGrant("auditor"),))
TODAY = date(2026, 3, 1)
LOT = Batch(
    "b",
    BatchSaved("b", "L-100", "p", 100, supplier="s"),
    state="rejected",
    round_no=1,
    round="r",
    reworkers=("tam",),
)
MADE = replace(LOT, saved=BatchSaved("b", "L-100", "p", 100, line="Line 2", makers=(Maker("som"),)))


def cut(
    batch: Batch, *pieces: Piece, kept: int = 0, critical: tuple[int, ...] = (), other: Person = SOM
) -> BatchSplit:
    hold = Held("other", "label") if batch.held else Held()
    ids = [f"id{n}" for n in range(2 * len(pieces))]
    return split(
        batch, pieces, kept, "three ways", (LINH, other), TODAY, critical=critical, hold=hold, ids=ids
    )


@given(st.lists(st.integers(0, 60), min_size=1, max_size=5), st.integers(0, 100))
def test_parts_and_what_stays_are_always_all_there_is(many: list[int], kept: int) -> None:
    pieces = tuple(Piece(f"L-{n}", quantity, "sort") for n, quantity in enumerate(many))
    if any(quantity < 1 for quantity in many):
        with pytest.raises(PartTooSmall):
            cut(LOT, *pieces, kept=kept)
    elif sum(many) + kept != 100:
        with pytest.raises(QuantitiesDiffer):
            cut(LOT, *pieces, kept=kept)
    else:
        fact = cut(LOT, *pieces, kept=kept)
        assert sum(part.quantity for part in fact.parts) + fact.kept == 100


def test_what_left_or_was_split_off_is_not_split_again() -> None:
    less = replace(LOT, left_unreleased=10, split_off=30)
    with pytest.raises(QuantitiesDiffer):
        cut(less, Piece("L-1", 100, "sort"))
    assert cut(less, Piece("L-1", 60, "sort")).parts[0].quantity == 60
    with pytest.raises(WrongState):
        cut(replace(LOT, split_off=100), Piece("L-1", 2, "sort"))


def test_two_people_with_a_role_split() -> None:
    for other, refusal in ((LINH, SelfConfirm), (ANNA, ReadsOnly)):
        with pytest.raises(refusal):
            cut(LOT, Piece("L-1", 100, "sort"), other=other)


@pytest.mark.parametrize(
    ("state", "held", "round_no", "fits"),
    [
        ("rejected", False, 1, True),
        ("disagreed", False, 1, True),
        ("withdrawn", False, 1, True),
        ("accepted", False, 1, False),
        ("accepted", True, 1, True),
        ("registered", False, 0, False),
        ("registered", True, 0, True),
        ("registered", True, 1, False),
        ("first_check", True, 1, False),
        ("awaiting_second", True, 1, False),
        ("second_check", True, 1, False),
        ("released", True, 1, False),
        ("released_under_concession", False, 1, True),
        ("returned", False, 1, False),
        ("split", False, 1, False),
    ],
)
def test_where_a_batch_is_split(state: str, held: bool, round_no: int, fits: bool) -> None:
    batch = replace(LOT, state=state, held=held, round_no=round_no)  # type: ignore[arg-type]
    if not fits:
        with pytest.raises(WrongState):
            cut(batch, Piece("L-1", 100, "scrap"))
        return
    fact = cut(batch, Piece("L-1", 60, "rework"), Piece("L-2", 40, "scrap"))
    assert [part.hold is not None for part in fact.parts] == [held, False]


def test_no_part_is_taken_of_what_waits_for_its_rework() -> None:
    with pytest.raises(WrongState):
        cut(replace(LOT, rework_ordered=True), Piece("L-1", 100, "scrap"))


def test_what_was_shipped_is_in_no_part() -> None:
    back = replace(LOT, state="withdrawn", released=100, shipped=30)
    with pytest.raises(QuantitiesDiffer):
        cut(back, Piece("L-1", 100, "scrap"))
    with pytest.raises(WrongState):
        cut(replace(back, shipped=100), Piece("L-1", 2, "scrap"))
    assert cut(back, Piece("L-1", 70, "scrap")).parts[0].quantity == 70


def test_what_is_conceded_and_here_stays() -> None:
    some = replace(LOT, state="released_under_concession", released=40, shipped=10)
    for pieces, kept in (((Piece("L-1", 61, "sort"),), 29), ((Piece("L-1", 90, "sort"),), 0)):
        with pytest.raises(WrongState):
            cut(some, *pieces, kept=kept)
    with pytest.raises(WrongState):
        cut(replace(some, released=100), Piece("L-1", 2, "sort"), kept=88)
    assert cut(some, Piece("L-1", 60, "sort"), kept=30).kept == 30
    assert cut(some, Piece("L-1", 50, "sort"), kept=40).kept == 40
    assert cut(replace(some, shipped=40), Piece("L-1", 60, "sort")).kept == 0


def test_each_way_has_its_own_condition() -> None:
    for batch, piece, kept in (
        (LOT, Piece("L-1", 100, "inspect"), 0),
        (LOT, Piece("L-1", 100, "regrade"), 0),
        (LOT, Piece(" ", 100, "sort"), 0),
        (LOT, Piece("L-1", 100, "sell"), 0),  # type: ignore[arg-type]
        (LOT, Piece("L-1", 101, "sort"), -1),
        (MADE, Piece("L-1", 100, "return"), 0),
        (replace(LOT, state="withdrawn"), Piece("L-1", 60, "sort"), 40),
    ):
        with pytest.raises(BadInput):
            cut(batch, piece, kept=kept)
    fact = cut(LOT, Piece("L-1", 60, "regrade", " B, inner parts "), kept=40)
    assert fact.parts[0].terms == "B, inner parts"


def test_the_parts_take_over_who_made_and_reworked_the_batch_and_what_it_came_from() -> None:
    goods = cut(replace(MADE, origins=("a",), again_used=True), Piece("L-1", 100, "sort")).goods
    assert (goods.makers, goods.reworkers, goods.origins) == (("som",), ("tam",), ("a",))
    assert (goods.round_no, goods.again_used) == (1, True)


def test_every_unit_with_a_claimed_critical_is_somewhere_once() -> None:
    with pytest.raises(CriticalNowhere):
        cut(LOT, Piece("L-1", 100, "sort"), critical=(7,))
    with pytest.raises(CriticalNowhere):
        cut(LOT, Piece("L-1", 2, "sort", units=(1, 2, 3)), kept=98, critical=(1, 2, 3))
    for units in ((8,), (7, 7)):
        with pytest.raises(BadInput):
            cut(LOT, Piece("L-1", 100, "sort", units=units), critical=(7,))
    assert cut(LOT, Piece("L-1", 60, "sort"), kept=40, critical=(7,)).parts[0].units == ()
    back = replace(LOT, state="withdrawn", released=100, shipped=1)
    assert cut(back, Piece("L-1", 99, "sort"), critical=(7,)).parts[0].units == ()
    with pytest.raises(CriticalNowhere):  # one alone can have been shipped
        cut(back, Piece("L-1", 99, "sort"), critical=(7, 8))
    assert cut(LOT, Piece("L-1", 100, "sort", units=(9, 7)), critical=(7, 9)).parts[0].units == (7, 9)


def test_suggested_numbers_are_free() -> None:
    assert suggest("L-100", ("L-100/1", "L-100/3"), 3) == ("L-100/2", "L-100/4", "L-100/5")
