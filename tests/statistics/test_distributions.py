# SPDX-License-Identifier: Apache-2.0
"""Quantiles and shares that printed tables give: NIST/SEMATECH e-Handbook, section 1.3.6.7 (itl.nist.gov/div898)."""

from __future__ import annotations

import math

import pytest

from qcdesk.statistics import distributions as of

CLOSE = 5e-4  # the tables have three decimals


def test_quantiles_are_those_of_the_handbooks_tables() -> None:
    assert of.normal_quantile(0.975) == pytest.approx(1.960, abs=CLOSE)
    assert of.t_quantile(0.975, 10) == pytest.approx(2.228, abs=CLOSE)
    assert of.f_quantile(0.95, 3, 12) == pytest.approx(3.490, abs=CLOSE)
    assert of.chi_square_quantile(0.95, 10) == pytest.approx(18.307, abs=CLOSE)


def test_shares_are_the_quantiles_turned_round() -> None:
    assert of.normal_below(of.normal_quantile(0.2)) == pytest.approx(0.2)
    assert of.t_below(of.t_quantile(0.2, 4), 4) == pytest.approx(0.2)
    assert of.f_above(of.f_quantile(0.2, 3, 9), 3, 9) == pytest.approx(0.8)
    assert of.chi_square_above(of.chi_square_quantile(0.2, 3), 3) == pytest.approx(0.8)
    assert of.beta_below(of.beta_quantile(0.2, 2, 5), 2, 5) == pytest.approx(0.2)


def test_beta_of_one_is_a_power() -> None:
    assert of.beta_below(0.3, 4, 1) == pytest.approx(0.3**4)


def test_noncentral_t_is_students_without_shift_and_below_zero_the_normal_of_the_shift() -> None:
    """T < 0 exactly when Z + shift < 0, whatever the degrees of freedom."""
    assert of.noncentral_t_below(1.3, 7, 0) == pytest.approx(of.t_below(1.3, 7))
    assert of.noncentral_t_below(0, 9, 1.5) == pytest.approx(0.5 * math.erfc(1.5 / math.sqrt(2)))


def test_noncentral_t_is_a_share_that_grows_where_others_give_no_number() -> None:
    """Lieberman and Resnikoff's own way round: turned about zero, shift and value change their signs together."""
    for df, value, shift in ((69, -8.37, 5.64), (1, 8.0, -8.0), (30, -5.0, 6.0), (999, 3.0, 2.0)):
        share = of.noncentral_t_below(value, df, shift)
        assert 0 <= share <= of.noncentral_t_below(value + 0.1, df, shift) <= 1
        assert of.noncentral_t_below(-value, df, -shift) == pytest.approx(1 - share, abs=1e-12)
