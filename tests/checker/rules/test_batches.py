# SPDX-License-Identifier: Apache-2.0
"""Splits written past the program, well signed and chained: what does not add up, or leaves history behind, is found."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.checker.book import PRODUCT, Book, name_of, person
from tests.checker.test_rules import ready

Change = Callable[[dict[str, Any]], object]


def rejected(book: Book) -> tuple[str, dict[str, Any]]:
    """Return a batch of 20 that An and Bo rejected for a crack, and what a sound split of it says."""
    batch = book.batch()
    round_ = book.round(batch)
    book.both(batch, round_, [(1, "CRK")], [(1, "CRK")])
    critical = book.rounds[round_].opened["sample"][0]
    parts = [part("B-1/1", 10, "sort", [critical]), part("B-1/2", 10, "scrap")]
    goods: dict[str, Any] = {
        "product": name_of(PRODUCT),
        "supplier": name_of("supplier"),
        "line": "",
        "order": "",
        "makers": [],
        "reworkers": [],
        "made_on": None,
        "ship_by": None,
        "round_no": 1,
        "again_used": False,
        "origins": [],
        "hold_kind": "",
        "hold_reason": "",
    }
    return batch, {"batch": batch, "parts": parts, "kept": 0, "goods": goods, "reason": "two ways"}


def part(number: str, quantity: int, way: str, units: list[int] | None = None) -> dict[str, Any]:
    """Return a part as a split says it."""
    return {"batch": name_of("part", number), "number": number, "quantity": quantity, "way": way,
            "units": units or [], "hold": None}  # fmt: skip


def test_a_sound_split_is_found_sound_and_its_parts_go_on() -> None:
    book = ready()
    _, said = rejected(book)
    book.act("an", "batch.split", said, ["bo"])
    sorted_out = said["parts"][0]["batch"]
    book.entry("an", "batch.reworked", {"batch": sorted_out, "by": [person("chi")], "note": ""})
    assert book.codes() == set()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda s: s["parts"][0].update(quantity=11), "rule_quantity"),
        (lambda s: s["parts"].pop(), "rule_quantity"),
        (lambda s: s.update(kept=1), "rule_quantity"),
        (lambda s: (s["parts"][0].update(quantity=20), s["parts"][1].update(quantity=0)), "event_shape"),
        (lambda s: s["parts"][0].update(units=[]), "rule_critical_nowhere"),
        (lambda s: s["parts"][1].update(units=list(s["parts"][0]["units"])), "rule_critical_nowhere"),
        (lambda s: s["parts"][0].update(number="B-1"), "rule_name_again"),
        (lambda s: s["parts"][1].update(batch=s["parts"][0]["batch"]), "rule_id_again"),
        (lambda s: s["parts"][0].update(way="inspect"), "rule_state"),
        (lambda s: s["goods"].update(round_no=0), "rule_part"),
        (lambda s: s["goods"].update(reworkers=[person("chi")]), "rule_part"),
        (lambda s: s["goods"].update(supplier=None, line="Line 2"), "rule_part"),
        (lambda s: s["goods"].update(origins=[name_of("batch", "B-9")]), "rule_part"),
        (lambda s: s["goods"].update(hold_kind="other"), "rule_hold"),
        (lambda s: s["parts"][0].update(hold=name_of("hold", 9)), "rule_hold"),
    ],
)
def test_a_split_that_says_otherwise_than_what_is_there_is_found(change: Change, code: str) -> None:
    book = ready()
    _, said = rejected(book)
    change(said)
    book.act("an", "batch.split", said, ["bo"])
    assert code in book.codes()


def test_one_alone_splits_nothing_and_what_is_accepted_is_not_split() -> None:
    book = ready()
    _, said = rejected(book)
    book.act("an", "batch.split", said)
    assert "rule_signers" in book.codes()
    book = ready()
    batch = book.batch()
    _, said = rejected_like(book, batch)
    book.both(batch, book.round(batch))
    book.act("an", "batch.split", said, ["bo"])
    assert "rule_state" in book.codes()


def rejected_like(book: Book, batch: str) -> tuple[str, dict[str, Any]]:
    """Return a split of a batch that nobody rejected."""
    other = ready()
    _, said = rejected(other)
    return batch, {**said, "batch": batch, "parts": [part("B-1/1", 20, "scrap")]}


@pytest.mark.parametrize("what", ["sort", "concede", "part", "again"])
def test_what_was_split_off_is_neither_there_any_more_nor_another_batch(what: str) -> None:
    book = ready()
    batch, said = rejected(book)
    said["parts"].pop()
    said["kept"] = 10
    book.act("an", "batch.split", said, ["bo"])
    round_ = next(iter(book.rounds))
    disposed = {"batch": batch, "round": round_, "reason": "x"}
    if what == "sort":
        book.act("an", "batch.disposed", {**disposed, "disposition": "sort", "quantity": 10}, ["bo"])
        assert "rule_split" in book.codes()
    elif what == "again":
        book.act("an", "batch.disposed", {**disposed, "disposition": "scrap", "quantity": 20}, ["bo"])
        assert "rule_quantity" in book.codes()
    elif what == "concede":
        wish = {"concession": name_of("c"), "quantity": 11, "until": "2030-01-01", "codes": ["CRK"]}
        words = {"deviation": "x", "reference": "x"}
        book.act("an", "concession.requested", {"batch": batch, "round": round_, **wish, **words})
        assert {"rule_quantity", "rule_critical"} <= book.codes()
    else:
        sorted_out = said["parts"][0]["batch"]
        book.entry("an", "batch.cancelled", {"batch": sorted_out, "reason": "x"})
        assert "rule_begun" in book.codes()
