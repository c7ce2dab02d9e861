# SPDX-License-Identifier: Apache-2.0
"""Capability against published figures and by simulation; what is no study is refused."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qcdesk.statistics.capability import Limits, capability, non_normal
from qcdesk.statistics.readings import BadReadings
from qcdesk.statistics.subgroups import even_subgroups


def with_moments(n: int, mean: float, sd: float) -> list[float]:
    """Return n readings of exactly this mean and standard deviation (n - 1)."""
    raw = np.sin(np.arange(n) * 1.7) + 0.1 * np.arange(n) / n
    z = (raw - raw.mean()) / raw.std(ddof=1)
    return [float(v) for v in mean + sd * z]


def test_indices_of_the_handbook() -> None:
    """NIST/SEMATECH e-Handbook, section 6.1.6: limits 8 and 20, mean 16, s 2: Cp 1.0, Cpk 0.6667, Cpl 1.3333.

    Open at: itl.nist.gov/div898/handbook/pmc/section1/pmc16.htm.
    """
    found = capability(with_moments(50, 16, 2), Limits(8, 20))
    assert (
        found.overall.both is not None and found.overall.lower is not None and found.overall.upper is not None
    )
    assert found.overall.both.value == pytest.approx(1.0)
    assert found.overall.worse.value == found.overall.upper.value == pytest.approx(0.6667, abs=5e-5)
    assert found.overall.lower.value == pytest.approx(1.3333, abs=5e-5)


def test_interval_of_the_width_by_chi_square() -> None:
    """Montgomery (2013), example 8.4: limits 38 and 62, n 20, s 1.75: 2.29, interval 1.57 to 3.01.

    Open at: wizedu.com/questions/1595352 (its lower end is 1.67: there the 5 % quantile of chi-square was taken, 10.12,
    for the 2.5 % one, 8.91).
    """
    index = capability(with_moments(20, 50, 1.75), Limits(38, 62)).overall.both
    assert index is not None
    assert [index.value, index.low, index.high] == pytest.approx([2.29, 1.57, 3.01], abs=6e-3)


def test_interval_of_the_worse_side() -> None:
    """Montgomery (2013), example 8.5: n 20 and Cpk 1.33: interval 0.88 to 1.78, by his equation 8.21.

    Open at: github.com/cjbrant/mfgQC, tests/test_capability_ci.py.
    """
    index = capability(with_moments(20, 10, 1), Limits(upper=10 + 3 * 1.33)).overall.worse
    reach = 1.959964 * math.sqrt(1 / (9 * 20 * 1.33**2) + 1 / 38)
    assert [index.value, index.low, index.high] == pytest.approx(
        [1.33, 1.33 * (1 - reach), 1.33 * (1 + reach)]
    )
    assert [index.low, index.high] == pytest.approx([0.88, 1.78], abs=0.01)


def test_one_limit_has_no_width() -> None:
    found = capability(with_moments(30, 10, 1), Limits(lower=7))
    assert found.overall.both is None and found.within.both is None and found.cpm is None
    assert found.overall.worse == found.overall.lower and found.overall.upper is None


def test_off_target_lowers_cpm_only() -> None:
    readings = with_moments(40, 10, 1)
    centred, off = capability(readings, Limits(4, 16)), capability(readings, Limits(4, 16, target=12))
    assert centred.cpm is not None and off.cpm is not None
    assert centred.cpm.value == pytest.approx(2) and off.cpm.value == pytest.approx(2 / math.sqrt(5))
    assert centred.overall == off.overall


def test_what_falls_outside_is_counted_and_expected() -> None:
    found = capability([*with_moments(99, 10, 1), 20.0], Limits(5, 15))
    assert found.ppm_observed == pytest.approx(10_000)
    assert found.overall.ppm == pytest.approx(found.overall.ppm_lower + found.overall.ppm_upper)
    three = capability(with_moments(60, 0, 1), Limits(-3, 3)).overall
    assert three.ppm == pytest.approx(2699.8, abs=0.1)


def test_within_subgroups_knows_less_than_all_readings() -> None:
    found = capability(even_subgroups(with_moments(100, 10, 1), 5), Limits(4, 16))
    assert found.estimator == "mean_range" and found.within.df < found.overall.df == 99
    assert (
        capability(
            even_subgroups(with_moments(100, 10, 1), 5), Limits(4, 16), estimator="pooled_sd"
        ).within.df
        == 80
    )


def test_intervals_hold_the_truth_as_often_as_they_say() -> None:
    """400 simulated processes with true Cp 1.5, Cpk 1.2: 95 % intervals cover in at least 91 %."""
    rng = np.random.default_rng(23)
    held = {"cp": 0, "cpk": 0, "pp": 0}
    for _ in range(400):
        found = capability(even_subgroups(rng.normal(0.9, 1, 100), 5), Limits(-4.5, 4.5))
        assert found.within.both is not None and found.overall.both is not None
        held["cp"] += found.within.both.low <= 1.5 <= found.within.both.high
        held["pp"] += found.overall.both.low <= 1.5 <= found.overall.both.high
        held["cpk"] += found.within.worse.low <= 1.2 <= found.within.worse.high
    assert min(held.values()) >= 364


@settings(max_examples=30)
@given(st.floats(0.01, 100), st.floats(-100, 100))
def test_another_unit_gives_the_same_indices(scale: float, shift: float) -> None:
    readings = with_moments(30, 10, 1)
    plain = capability(readings, Limits(6, 15))
    other = capability([shift + scale * x for x in readings], Limits(shift + scale * 6, shift + scale * 15))
    assert other.within.worse.value == pytest.approx(plain.within.worse.value, rel=1e-6)
    assert other.overall.worse.low == pytest.approx(plain.overall.worse.low, rel=1e-6)


@pytest.mark.parametrize("method", ["johnson", "percentile"])
def test_percentiles_of_skewed_readings_agree_with_the_truth(method: str) -> None:
    """Lognormal readings, whose 0.135, 50 and 99.865 % points are known: exp(-1.5), 1, exp(1.5)."""
    readings = np.exp(0.5 * np.random.default_rng(31).standard_normal(20_000))
    found = non_normal(readings, Limits(0.0, 8.0), method)  # type: ignore[arg-type]
    assert found.median == pytest.approx(1, rel=0.02) and found.low == pytest.approx(math.exp(-1.5), rel=0.1)
    assert found.high == pytest.approx(math.exp(1.5), rel=0.1)
    assert found.ppk == min(found.ppl or 9, found.ppu or 9)


def test_on_normal_readings_percentiles_say_what_deviations_say() -> None:
    readings = np.random.default_rng(37).normal(10, 1, 50_000)
    found, plain = non_normal(readings, Limits(6, 14)), capability(readings, Limits(6, 14))
    assert found.ppk == pytest.approx(plain.overall.worse.value, rel=0.05)


@pytest.mark.parametrize(
    ("limits", "code"),
    [(Limits(), "no_limit"), (Limits(5, 5), "limits_crossed"), (Limits(6, 5), "limits_crossed"),
     (Limits(math.nan, 5), "not_finite"), (Limits(1, math.inf), "not_finite"), (Limits(1, 5, 9), "outside")],
)  # fmt: skip
def test_limits_that_cannot_be_are_refused(limits: Limits, code: str) -> None:
    for ask in (capability, non_normal):
        with pytest.raises(BadReadings) as bad:
            ask(with_moments(50, 3, 1), limits)
        assert bad.value.code == code


@pytest.mark.parametrize(
    ("readings", "code"),
    [([1.0, 2.0] * 7, "too_few"), ([4.0] * 30, "constant"), ([1.0, math.inf] * 15, "not_finite")],
)
def test_readings_that_are_no_study_are_refused(readings: list[float], code: str) -> None:
    with pytest.raises(BadReadings) as bad:
        capability(readings, Limits(0, 9))
    assert bad.value.code == code


def test_percentiles_need_the_readings_they_are_taken_from() -> None:
    for method, few in (("percentile", 999), ("johnson", 29)):
        with pytest.raises(BadReadings, match="too_few"):
            non_normal(with_moments(few, 0, 1), Limits(-9, 9), method)  # type: ignore[arg-type]
