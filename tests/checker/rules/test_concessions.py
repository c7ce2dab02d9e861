# SPDX-License-Identifier: Apache-2.0
"""Concessions written past the program: what was registered and never came lifts no supplier's budget."""

from __future__ import annotations

import pytest

from tests.checker.book import Book, name_of
from tests.checker.test_rules import ready


def conceding(*, arrived: bool, begun: bool = False, cancelled: bool = False) -> Book:
    """Return a log where half of 20 units is conceded, of which 10 % may be, after 1,000 more were registered."""
    book = ready()
    for who in ("dora", "emil"):
        book.enrol(who, ["concession"])
    said = {"supplier": name_of("supplier"), "percent": "10", "months": 6, "reason": "agreed"}
    book.act("an", "concession.budget", said, ["bo"])
    batch = book.batch()
    round_ = book.round(batch)
    bad = [(1, "DEN"), (2, "DEN"), (3, "DEN")]
    book.both(batch, round_, bad, bad)
    large = book.batch("B-2", 1_000)
    if begun:
        opened = book.round(large, number="B-2", quantity=1_000)
        book.start("an", large, opened, "first")
    if cancelled:
        book.entry("an", "batch.cancelled", {"batch": large, "reason": "typed twice"})
    wish = {"concession": name_of("wish"), "batch": batch, "round": round_, "quantity": 10, "until": "2030-01-01",
            "codes": ["DEN"], "deviation": "hidden", "reference": "mail"}  # fmt: skip
    book.act("chi", "concession.requested", wish)
    yes = {"concession": name_of("wish"), "batch": batch, "round": round_, "quantity": 10, "record": "0" * 64,
           "over": [], **({"arrived": True} if arrived else {})}  # fmt: skip
    book.act("dora", "concession.approved", yes, ["emil"])
    return book


@pytest.mark.parametrize(
    ("arrived", "begun", "cancelled", "found"),
    [
        (True, False, False, True),  # which may yet be called off
        (True, True, False, False),
        (True, False, True, True),
        (False, False, False, False),  # as it was counted before
    ],
)
def test_only_what_has_arrived_lifts_a_budget(
    arrived: bool, begun: bool, cancelled: bool, found: bool
) -> None:
    codes = conceding(arrived=arrived, begun=begun, cancelled=cancelled).codes()
    assert ("rule_concession_budget" in codes) is found
