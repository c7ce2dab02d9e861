# SPDX-License-Identifier: Apache-2.0
"""How far a concession reaches: a share of what was received in some months, until a day; each edge by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from qcdesk.domain.concessions import (
    Budget,
    budget_begins,
    require_budget,
    require_in_time,
    require_within,
)
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import BudgetSpent, ConcessionExpired


@pytest.mark.parametrize(
    ("on", "months", "begins"),
    [
        (date(2026, 11, 23), 12, date(2025, 11, 23)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),  # the shorter month's last day
        (date(2024, 3, 31), 1, date(2024, 2, 29)),
        (date(2026, 12, 1), 120, date(2016, 12, 1)),
    ],
)
def test_a_budget_counts_from_the_same_day_so_many_months_before(on: date, months: int, begins: date) -> None:
    assert budget_begins(on, months) == begins


@pytest.mark.parametrize(
    ("percent", "months", "code"),
    [
        ("-0.01", 12, "budget_percent"),
        ("100.01", 12, "budget_percent"),
        ("5.005", 12, "budget_percent"),
        ("NaN", 12, "budget_percent"),
        ("5", 0, "budget_months"),
        ("5", 121, "budget_months"),
    ],
)
def test_a_budget_is_a_share_with_two_decimals_of_one_to_120_months(
    percent: str, months: int, code: str
) -> None:
    with pytest.raises(BadInput) as caught:
        require_budget(Decimal(percent), months)
    assert caught.value.code == code


@pytest.mark.parametrize(("percent", "months"), [("0", 1), ("100", 120), ("12.25", 6)])
def test_every_such_share_is_a_budget(percent: str, months: int) -> None:
    require_budget(Decimal(percent), months)


def test_conceded_and_asked_together_are_at_most_the_share_of_what_was_received() -> None:
    budget = Budget("s", Decimal("12.5"), 6)
    require_within(budget, "ACME", received=200, conceded=20, asked=5)  # 25 of 200 are 12.5 %
    with pytest.raises(BudgetSpent) as caught:
        require_within(budget, "ACME", received=200, conceded=20, asked=6)
    spent = caught.value
    assert (spent.supplier, spent.percent, spent.months) == ("ACME", Decimal("12.5"), 6)
    assert (spent.received, spent.conceded, spent.asked) == (200, 20, 6)
    with pytest.raises(BudgetSpent):
        require_within(Budget("s", Decimal(0), 6), "ACME", received=200, conceded=0, asked=1)
    require_within(None, "ACME", received=0, conceded=0, asked=9)  # nobody has set one


def test_a_concession_holds_on_its_last_day_and_not_on_the_next() -> None:
    require_in_time("B-1", date(2026, 5, 3), date(2026, 5, 3))
    with pytest.raises(ConcessionExpired) as caught:
        require_in_time("B-1", date(2026, 5, 3), date(2026, 5, 4))
    assert (caught.value.batch, caught.value.until) == ("B-1", date(2026, 5, 3))
