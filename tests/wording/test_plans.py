# SPDX-License-Identifier: Apache-2.0
"""The risk in words says what the numbers say, and never more."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcdesk.i18n import Catalogue
from qcdesk.statistics.risk import Stages
from qcdesk.statistics.risk_designs import share_compared
from qcdesk.wording.plans import described, figures, outgoing, passes, percent, share_warning

EN = Catalogue()


@pytest.mark.parametrize(
    ("pa", "told"),
    [(0.2104, "21 times in 100"), (0.0104, "once in 100"), (0.994, "99 times in 100"), (0.998, "998 times in 1,000"),
     (0.0031, "3 times in 1,000"), (0.001, "once in 1,000"), (0.0004, "less than once in 1,000 times"),
     (0.9996, "more than 999 times in 1,000"), (math.nextafter(1, 0), "more than 999 times in 1,000"),
     (5e-324, "less than once in 1,000 times")],
)  # fmt: skip
def test_how_often_goods_pass_is_said_in_whole_times(pa: float, told: str) -> None:
    assert passes(0.08, pa, EN) == f"A batch with 8 % bad units passes this plan {told}."


def test_never_and_always_are_said_of_certainties_alone() -> None:
    assert passes(1.0, 0.0, EN) == "A batch with 100 % bad units never passes this plan."
    assert passes(0.0, 1.0, EN) == "A batch without bad units always passes this plan."


@given(st.floats(0, 1, exclude_min=True, exclude_max=True))
def test_no_chance_is_rounded_to_none_or_all(pa: float) -> None:
    told = passes(0.08, pa, EN)
    assert " 0 times" not in told and "100 times in 100" not in told and "1000 times" not in told
    assert "never" not in told and "always" not in told


def test_defects_are_said_per_hundred_units() -> None:
    assert (
        passes(0.15, 0.5, EN, per_item=True)
        == "A batch with 15 defects per 100 units passes this plan 50 times in 100."
    )
    assert "1.2 defects per 100" in outgoing(0.012, 0.02, EN, per_item=True)


@pytest.mark.parametrize(
    ("share", "told"),
    [(0.08, "8 %"), (0.0065, "0.65 %"), (0.5, "50 %"), (1.0, "100 %"), (1e-6, "0.0001 %"),
     (0.12345, "12.3 %"), (0.0, "0 %")],
)  # fmt: skip
def test_shares_are_said_in_percent(share: float, told: str) -> None:
    assert percent(share, EN) == told


def test_figures_are_never_powers_of_ten() -> None:
    assert [figures(v, Catalogue()) for v in (1234567.0, 0.1, 2e-9)] == ["1234567", "0.1", "0.000000002"]


def test_a_plan_is_told_sample_by_sample() -> None:
    assert described(Stages.single(80, 2), EN) == (
        "80 units: accept with 2 or fewer, reject with 3 or more.",
    )
    lines = described(Stages((32, 32), (None, 1), (2, 3)), EN)
    assert lines[0] == "Sample 1, 32 units: reject with 2 or more so far; too early to accept."
    assert lines[1] == "Sample 2, 32 units: accept with 1 or fewer so far, reject with 3 or more."


def test_the_warning_about_a_share_of_the_batch_gives_the_numbers() -> None:
    lines = share_warning(10, 0.04, share_compared(10, 0.04), EN)
    assert "bad plan" in lines[0]
    assert lines[1] == "10 % of 50 are 5 units: A batch with 4 % bad units passes this plan 81 times in 100."
    assert lines[4].endswith("less than once in 1,000 times.")


def test_the_limit_of_outgoing_quality_is_told() -> None:
    assert outgoing(0.0152, 0.0253, EN).startswith("On average at most 1.52 % bad units leave the inspection")
