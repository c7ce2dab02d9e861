# SPDX-License-Identifier: Apache-2.0
"""Figures of a comparison as sentences: an estimate, then an interval, then what it means for the batch."""

from __future__ import annotations

from decimal import Decimal
from typing import get_args

import pytest

from qcdesk.domain.comparison import compare
from qcdesk.domain.sampling import Claimed, ClassRule, ClassVerdict, plans_for
from qcdesk.i18n import Catalogue
from qcdesk.statistics.capture import CaptureReason, MissedEstimate, estimate_missed
from qcdesk.wording import estimates

EN = Catalogue()


def test_a_class_says_number_limit_and_what_follows() -> None:
    one = ClassVerdict("major", 125, 5, 6, "percent", 4, 0, "accepted")
    assert estimates.verdict(one, EN) == "Major: 4 found, 5 allowed, 6 reject."


def missed(first: int, second: int, both: int, sample: int | None) -> str:
    estimate: MissedEstimate = estimate_missed(first, second, both, sample)
    return estimates.missed(estimate, Decimal(str(float(estimate.missed))), EN)


def test_what_both_missed_is_a_sentence_with_its_interval() -> None:
    estimate = estimate_missed(9, 10, 7, 125)
    assert missed(9, 10, 7, 125) == f"Both probably missed about 1 unit; 0 to {estimate.missed_high}."


def test_without_a_bound_none_is_claimed() -> None:
    assert (
        missed(3, 4, 0, None)
        == "Both probably missed about 12 units; 1 or more, and how many at most cannot be said."
    )


def test_nothing_missed_keeps_its_upper_end() -> None:
    assert missed(5, 6, 5, 80).startswith("Both probably missed nothing; 0 to ")
    assert missed(5, 5, 5, 80) == "Both probably missed nothing."


def test_a_lower_bound_says_at_least_and_none_says_nothing() -> None:
    found = estimate_missed(30, 30, 10, 500)
    assert f"at least {found.at_least} units" in estimates.at_least(found.at_least, EN)
    assert estimates.at_least(0, EN) == estimates.at_least(None, EN) == ""


@pytest.mark.parametrize("reason", get_args(CaptureReason))
def test_every_doubt_has_its_sentence(reason: str) -> None:
    assert estimates.NOT_RELIABLE[reason]


def test_a_comparison_is_told_from_counts_to_the_whole_batch() -> None:
    plan = plans_for((ClassRule("major", "aql", Decimal("1.0")),), 1000, "normal")
    first = [Claimed(u, "SCR", "major") for u in (1, 2, 3)]
    second = [Claimed(u, "SCR", "major") for u in (2, 3, 4)]
    compared = compare(first, second, plan)
    lines = estimates.compared(compared.total, 1000, EN)
    assert lines[0] == "Found by both: 2. Only in the first check: 1. Only in the second: 1."
    assert any(line.startswith("In the whole batch of 1,000 ") for line in lines)
    assert lines[-1] == estimates.NOT_RELIABLE["too_few"]


def test_kappa_has_its_interval_and_none_where_one_calls_everything_alike() -> None:
    plan = plans_for([ClassRule("major", "all")], 80, "normal")
    first = [Claimed(unit, "DEN", "major") for unit in (1, 2, 3, 4)]
    alike = estimates.compared(compare(first, first[1:], plan).total, 80, EN)
    assert any(
        line.startswith("Agreement beyond chance (kappa): 0.8") and " to 1.00)." in line for line in alike
    )
    constant = estimates.compared(compare(first, [], plan).total, 80, EN)
    assert "One of the two put every unit into the same class, so kappa cannot be told." in constant
