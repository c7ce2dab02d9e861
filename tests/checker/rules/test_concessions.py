# SPDX-License-Identifier: Apache-2.0
"""Concessions written past the program: what was registered and never came lifts no supplier's budget."""

from __future__ import annotations

from typing import Any

import pytest

from tests.checker.book import Book, name_of
from tests.checker.test_rules import ready


def conceding(
    said: tuple[str, ...],
    *,
    begun: bool = False,
    signed: int = 0,
    void: bool = False,
    cancelled: bool = False,
) -> Book:
    """Return a log where half of 20 units is conceded, of which 10 % may be, after 1,000 more were registered."""
    book = ready()
    for who in ("dora", "emil"):
        book.enrol(who, ["concession"])
    limit = {"supplier": name_of("supplier"), "percent": "10", "months": 6, "reason": "agreed"}
    book.act("an", "concession.budget", limit, ["bo"])
    batch = book.batch()
    round_ = book.round(batch)
    bad = [(1, "DEN"), (2, "DEN"), (3, "DEN")]
    book.both(batch, round_, bad, bad)
    large = book.batch("B-2", 1_000)
    if begun:
        opened = book.round(large, number="B-2", quantity=1_000)
        if not signed:
            book.start("an", large, opened, "first")
        one = book.check("an", large, opened, "first") if signed else ""
        if signed == 2:
            two = book.check("bo", large, opened, "second")
            book.compare(one, two)
        if void:
            told = {"check": one, "batch": large, "round": opened, "reason": "the wrong lot", "then": "new_round",
                    "used_again": True, "hold": None}  # fmt: skip
            book.act("an", "check.retracted", told)
    if cancelled:
        book.entry("an", "batch.cancelled", {"batch": large, "reason": "typed twice"})
    wish = {"concession": name_of("wish"), "batch": batch, "round": round_, "quantity": 10, "until": "2030-01-01",
            "codes": ["DEN"], "deviation": "hidden", "reference": "mail"}  # fmt: skip
    book.act("chi", "concession.requested", wish)
    yes = {"concession": name_of("wish"), "batch": batch, "round": round_, "quantity": 10, "record": "0" * 64,
           "over": [], **dict.fromkeys(said, True)}  # fmt: skip
    book.act("dora", "concession.approved", yes, ["emil"])
    return book


@pytest.mark.parametrize(
    ("said", "large", "found"),
    [
        (("arrived", "judged"), {"begun": True, "signed": 2}, False),
        (("arrived", "judged"), {"begun": True, "signed": 2, "void": True}, True),
        (("arrived", "judged"), {"begun": True, "signed": 1}, True),
        (("arrived", "judged"), {"begun": True}, True),
        (("arrived",), {}, True),  # as it was counted before: only what may yet be called off did not count
        (("arrived",), {"begun": True}, False),
        (("arrived",), {"cancelled": True}, True),
        ((), {}, False),  # and before that, all that was registered did
    ],
)
def test_only_a_verdict_of_two_lifts_a_budget(
    said: tuple[str, ...], large: dict[str, Any], found: bool
) -> None:
    codes = conceding(said, **large).codes()
    assert ("rule_concession_budget" in codes) is found
