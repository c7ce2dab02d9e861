# SPDX-License-Identifier: Apache-2.0
"""The curve read the other way round leads back to itself."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcdesk.statistics.risk import Stages, acceptance
from qcdesk.statistics.risk_models import BadPlan, Lot, PerItem, Stream
from qcdesk.statistics.risk_points import consumers_point, curve, producers_point, quality_at
from tests.statistics.test_risk import PLANS, plans


@pytest.mark.parametrize("name", PLANS)
def test_qualities_at_a_chance_equal_those_of_other_programs(name: str) -> None:
    plan, figures = PLANS[name]
    for pa, p in figures["p_at_Pa"].items():
        assert quality_at(plan, Stream(), float(pa)) == pytest.approx(p, abs=1e-7)


@given(plans(), st.floats(0.01, 0.99))
def test_the_quality_at_a_chance_passes_with_that_chance(plan: Stages, pa: float) -> None:
    for model in (Stream(), PerItem()):
        p = quality_at(plan, model, pa)
        found = acceptance(plan, model, p)
        assert found == pytest.approx(pa, abs=1e-9) or (p == 1 and found > pa)


@given(plans(), st.integers(1, 60))
def test_the_risk_points_of_a_lot_are_whole_units_at_the_edge(plan: Stages, more: int) -> None:
    lot = Lot(plan.total + more)
    good, bad = producers_point(plan, lot), consumers_point(plan, lot)
    assert good.bad is not None and bad.bad is not None
    assert good.pa >= 0.95 and (
        good.bad == lot.size or acceptance(plan, lot, (good.bad + 1) / lot.size) < 0.95
    )
    if bad.pa <= 0.1:
        assert acceptance(plan, lot, (bad.bad - 1) / lot.size) > 0.1
    else:
        assert bad.bad == lot.size


@given(plans(), st.integers(2, 60))
def test_a_curve_falls_from_one(plan: Stages, points: int) -> None:
    for model in (Stream(), PerItem(), Lot(plan.total + 30)):
        drawn = curve(plan, model, points)
        assert drawn[0].p == 0 and drawn[0].pa == 1 and len(drawn) <= points
        assert all(a.p < b.p and a.pa >= b.pa - 1e-12 for a, b in itertools.pairwise(drawn))


def test_a_curve_ends_where_it_is_told() -> None:
    assert curve(Stages.single(80, 2), Stream(), 3, most=0.1)[-1].p == 0.1


@pytest.mark.parametrize("pa", [0.0, 1.0, -1.0, float("nan")])
def test_certainty_has_no_quality(pa: float) -> None:
    with pytest.raises(BadPlan, match="chance_outside"):
        quality_at(Stages.single(5, 0), Stream(), pa)


def test_a_curve_of_one_point_is_none() -> None:
    with pytest.raises(BadPlan, match="too_few_points"):
        curve(Stages.single(5, 0), Stream(), 1)
