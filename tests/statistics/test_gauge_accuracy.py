# SPDX-License-Identifier: Apache-2.0
"""Bias and linearity against the manual's examples; stability is a chart."""

from __future__ import annotations

import pytest

from qcdesk.statistics.gauge_accuracy import bias_study, linearity_study, stability_study
from qcdesk.statistics.readings import BadReadings
from qcdesk.statistics.subgroups import even_subgroups

# AIAG, Measurement Systems Analysis, chapter III, section B.
ONE_MASTER = [5.8, 5.7, 5.9, 5.9, 6.0, 6.1, 6.0, 6.1, 6.4, 6.3, 6.0, 6.1, 6.2, 5.6, 6.0]
FIVE_PARTS = {
    2.0: [2.7, 2.5, 2.4, 2.5, 2.7, 2.3, 2.5, 2.5, 2.4, 2.4, 2.6, 2.4],
    4.0: [5.1, 3.9, 4.2, 5.0, 3.8, 3.9, 3.9, 3.9, 3.9, 4.0, 4.1, 3.8],
    6.0: [5.8, 5.7, 5.9, 5.9, 6.0, 6.1, 6.0, 6.1, 6.4, 6.3, 6.0, 6.1],
    8.0: [7.6, 7.7, 7.8, 7.7, 7.8, 7.8, 7.8, 7.7, 7.8, 7.5, 7.6, 7.7],
    10.0: [9.1, 9.3, 9.5, 9.3, 9.4, 9.5, 9.5, 9.5, 9.6, 9.2, 9.3, 9.4],
}


def test_bias_of_the_manual() -> None:
    """AIAG (2010), table III-B 2, bias: mean 6.0067, s 0.2120, t 0.12 on 14, interval -0.1107 to 0.1241.

    Open at: spcforexcel.com, variable-measurement-systems-part-2-bias.
    """
    found = bias_study(ONE_MASTER, 6.0)
    assert found.mean == pytest.approx(6.0067, abs=5e-5) and found.sd == pytest.approx(0.21202, abs=5e-6)
    assert found.t == pytest.approx(0.1218, abs=5e-5)
    assert [found.low, found.high] == pytest.approx([-0.1107, 0.1241], abs=6e-5)
    assert not found.shown and found.p > 0.9


def test_linearity_of_the_manual() -> None:
    """AIAG (2010), table III-B 4, linearity: biases 0.4917 to -0.6167, slope -0.1317, intercept 0.7367, s 0.2395,
    R² 71.4 %, t of the slope -12.043 and of the intercept 10.158.

    Open at: github.com/cjbrant/mfgQC, tests/test_published_oracles_six.py (readings, slope, intercept, R²).
    """
    readings = [x for values in FIVE_PARTS.values() for x in values]
    references = [r for r, values in FIVE_PARTS.items() for _ in values]
    found = linearity_study(readings, references)
    assert [one.bias for one in found.biases] == pytest.approx(
        [0.491667, 0.125, 0.025, -0.291667, -0.616667], abs=1e-6
    )
    assert found.slope.value == pytest.approx(-0.131667, abs=1e-6)
    assert found.intercept.value == pytest.approx(0.736667, abs=1e-6)
    assert found.sd == pytest.approx(0.2395, abs=1e-4) and found.r_squared == pytest.approx(0.714, abs=6e-4)
    assert found.slope.t == pytest.approx(-12.043, abs=2e-3)
    assert found.intercept.t == pytest.approx(10.158, abs=2e-3)
    assert not found.zero_inside


def test_a_gauge_that_reads_the_same_and_wrong_is_biased_for_certain() -> None:
    found = bias_study([6.1] * 10, 6.0)
    assert found.shown and found.p == 0


def test_stability_is_seen_on_a_chart() -> None:
    steady = [6.0, 6.1, 5.9, 6.0, 6.1, 6.0, 5.9, 6.1, 6.0, 6.1]
    assert stability_study(steady).in_control
    assert not stability_study([*steady, 7.5]).in_control
    assert stability_study(even_subgroups(steady * 3, 3)).kind == "xbar-r"


def test_too_little_is_refused() -> None:
    with pytest.raises(BadReadings, match="too_few"):
        bias_study([1.0] * 9, 1.0)
    with pytest.raises(BadReadings, match="too_few"):
        linearity_study([1.0, 1.1, 2.0, 2.1], [1.0, 1.0, 2.0, 2.0])
    with pytest.raises(BadReadings, match="too_few"):
        linearity_study([1.0, 2.0, 3.0], [1.0, 2.0, 3.0])
    with pytest.raises(BadReadings, match="constant"):
        linearity_study([1.5, 1.5, 2.5, 2.5, 3.5, 3.5], [1.0, 1.0, 2.0, 2.0, 3.0, 3.0])
    with pytest.raises(BadReadings, match="too_few"):
        stability_study([1.0, 2.0])
    with pytest.raises(BadReadings, match="same_length"):
        linearity_study([1.0], [1.0, 2.0])
    with pytest.raises(BadReadings, match="outside"):
        bias_study(ONE_MASTER, 6.0, confidence=2)
