# SPDX-License-Identifier: Apache-2.0
"""Johnson's curves come back from their own quantiles, and hold the readings they are fitted to."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from qcdesk.statistics.distributions import normal_below
from qcdesk.statistics.johnson import Johnson, fit_johnson, through
from qcdesk.statistics.readings import BadReadings

CURVES = st.builds(
    Johnson,
    st.sampled_from(["bounded", "unbounded"]),
    st.floats(-2, 2),
    st.floats(0.6, 3),
    st.floats(-10, 10),
    st.floats(0.5, 20),
)


@given(CURVES, st.sampled_from([0.3, 0.524, 0.9]))
def test_a_curve_comes_back_from_four_of_its_quantiles(curve: Johnson, z: float) -> None:
    """Slifker and Shapiro's equations turned round."""
    found = through([curve.quantile(normal_below(k * z)) for k in (-3, -1, 1, 3)], z)
    assert found is not None and found.family == curve.family
    for share in (0.00135, 0.1, 0.5, 0.9, 0.99865):
        assert found.quantile(share) == pytest.approx(curve.quantile(share), rel=1e-4, abs=1e-4)


@pytest.mark.parametrize("scale", [1.0, -1.0])
def test_a_lognormal_curve_comes_back_on_either_side(scale: float) -> None:
    curve = Johnson("lognormal", 0.7, 1.9, 3.0, scale)
    found = through([curve.quantile(normal_below(k * 0.5)) for k in (-3, -1, 1, 3)], 0.5)
    assert found is not None and found.family == "lognormal"
    assert [found.gamma, found.eta, found.epsilon, found.scale] == pytest.approx(
        [0.7, 1.9, 3.0, scale], rel=1e-6
    )


@given(CURVES, st.floats(0.001, 0.999))
def test_quantile_and_share_are_each_others_inverse(curve: Johnson, share: float) -> None:
    value = curve.quantile(share)
    assume(math.isfinite(value))
    assert curve.below(value) == pytest.approx(share, abs=1e-7)


def test_beyond_the_ends_lies_nothing() -> None:
    curve = Johnson("bounded", 0.0, 1.0, 2.0, 3.0)
    assert (curve.below(1.9), curve.below(5.1)) == (0, 1)
    assert Johnson("lognormal", 0.0, 1.0, 2.0, 1.0).below(2.0) == 0
    assert Johnson("lognormal", 0.0, 1.0, 2.0, -1.0).below(2.5) == 1


def test_a_curve_holds_every_reading() -> None:
    readings = np.random.default_rng(3).beta(2, 5, 300)
    fit = fit_johnson(readings)
    assert (
        fit.p > 0.05
        and 0 < fit.curve.below(float(readings.min())) < fit.curve.below(float(readings.max())) < 1
    )


@pytest.mark.parametrize(("readings", "code"), [([1.0] * 29, "too_few"), ([1.0] * 40, "constant"),
                                                ([0.0] * 20 + [1.0] * 20, "no_curve")])  # fmt: skip
def test_what_has_no_curve_is_refused(readings: list[float], code: str) -> None:
    with pytest.raises(BadReadings) as bad:
        fit_johnson(readings)
    assert bad.value.code == code


@settings(max_examples=30, deadline=None)
@given(st.lists(st.floats(-1e3, 1e3), min_size=30, max_size=35), st.integers(1, 9))
def test_whatever_is_fitted_has_finite_ends(readings: list[float], power: int) -> None:
    try:
        curve = fit_johnson([x**power for x in readings]).curve
    except BadReadings:
        return
    assert math.isfinite(curve.quantile(0.00135)) and math.isfinite(curve.quantile(0.99865))
