# SPDX-License-Identifier: Apache-2.0
"""Sampling by variables in words."""

from __future__ import annotations

from decimal import Decimal

from qcdesk.i18n import Catalogue
from qcdesk.statistics.variables import judge, variables_plan
from qcdesk.wording.plans_by_variables import asks, source, verdict, warnings

EN = Catalogue()
PLAN = variables_plan("D", Decimal("1.0"))
VALUES = [197.0, 188.0, 184.0, 205.0, 201.0]


def test_a_plan_says_what_to_measure_and_where_it_stands() -> None:
    assert asks(PLAN, EN) == "Measure 5 units; k = 1.525, M = 3.33 %."
    assert source(PLAN, EN) == "Code letter D. Source: ANSI/ASQ Z1.9 (MIL-STD-414), table B-3."
    assert "leads to plan E." in source(variables_plan("B", Decimal("0.25")), EN)


def test_a_verdict_says_how_far_the_mean_lies_and_what_was_needed() -> None:
    one, needed, decided = verdict(PLAN, judge(PLAN, VALUES, upper=209), EN)
    assert one == "The mean lies 1.590 standard deviations below the upper limit."
    assert (needed, decided) == ("1.525 or more inside is needed.", "The batch is acceptable.")
    both = verdict(PLAN, judge(PLAN, VALUES, 180, 209), EN)
    assert both[2] == "An estimated 2.8 % lies beyond the limits; 3.33 % is allowed."


def test_what_to_beware_of_is_said() -> None:
    assert warnings(PLAN, None, EN) == ()
    assert "too few values" in warnings(PLAN, judge(PLAN, VALUES, upper=209), EN)[0]
    assert "one public transcription" in warnings(variables_plan("D", Decimal("1.0"), "reduced"), None, EN)[0]
