# SPDX-License-Identifier: Apache-2.0
"""Gauge studies against the manual's figures, and studies that are none."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcdesk.statistics.gauge_studies import GaugeStudy, crossed_study, nested_study
from qcdesk.statistics.readings import BadReadings

# AIAG, Measurement Systems Analysis (4th edition, 2010), figure III-B 15: ten parts, three appraisers, three trials.
MANUAL = {
    "A": [[0.29, -0.56, 1.34, 0.47, -0.80, 0.02, 0.59, -0.31, 2.26, -1.36],
          [0.41, -0.68, 1.17, 0.50, -0.92, -0.11, 0.75, -0.20, 1.99, -1.25],
          [0.64, -0.58, 1.27, 0.64, -0.84, -0.21, 0.66, -0.17, 2.01, -1.31]],
    "B": [[0.08, -0.47, 1.19, 0.01, -0.56, -0.20, 0.47, -0.63, 1.80, -1.68],
          [0.25, -1.22, 0.94, 1.03, -1.20, 0.22, 0.55, 0.08, 2.12, -1.62],
          [0.07, -0.68, 1.34, 0.20, -1.28, 0.06, 0.83, -0.34, 2.19, -1.50]],
    "C": [[0.04, -1.38, 0.88, 0.14, -1.46, -0.29, 0.02, -0.46, 1.77, -1.49],
          [-0.11, -1.13, 1.09, 0.20, -1.07, -0.67, 0.01, -0.56, 1.45, -1.77],
          [-0.15, -0.96, 0.67, 0.11, -1.45, -0.49, 0.21, -0.49, 1.87, -2.16]],
}  # fmt: skip
# SPC for Excel, ANOVA gage R&R: readings by part and operator.
FIVE_PARTS = [
    [[3.29, 3.41, 3.64], [3.08, 3.25, 3.07], [3.04, 2.89, 2.85]],
    [[2.44, 2.32, 2.42], [2.53, 1.78, 2.32], [1.62, 1.87, 2.04]],
    [[4.34, 4.17, 4.27], [4.19, 3.94, 4.34], [3.88, 4.09, 3.67]],
    [[3.47, 3.50, 3.64], [3.01, 4.03, 3.20], [3.14, 3.20, 3.11]],
    [[2.20, 2.08, 2.16], [2.44, 1.80, 1.72], [1.54, 1.93, 1.55]],
]
ROWS = [(str(p), o, x) for o, trials in MANUAL.items() for trial in trials for p, x in enumerate(trial, 1)]


def of_manual(**more: float) -> GaugeStudy:
    parts, operators, readings = zip(*ROWS, strict=True)
    return crossed_study(parts, operators, readings, **more)


def test_analysis_of_variance_of_the_manual() -> None:
    """AIAG (2010), table III-B 7, analysis of variance: sums of squares and F of the interaction.

    Open at: github.com/cjbrant/mfgQC, tests/conftest.py (data); support.minitab.com, example of a crossed gage R&R study.
    """
    study = of_manual()
    assert study.other is not None
    sums = {row.source: (row.df, row.ss) for row in study.other.anova}
    for source, df, ss in (("part", 9, 88.3619), ("operator", 2, 3.1673), ("interaction", 18, 0.3590),
                           ("repeatability", 60, 2.7589)):  # fmt: skip
        found = sums[source]  # type: ignore[index]
        assert found[0] == df and found[1] == pytest.approx(ss, abs=6e-5)
    assert study.other.anova[2].f == pytest.approx(0.434, abs=6e-4)


def test_components_of_the_manual() -> None:
    """AIAG (2010), table III-B 8: interaction pooled; EV 0.199933, AV 0.226838, GRR 0.302373, PV 1.042327, ndc 4.

    Open at: support.minitab.com, example of a crossed gage R&R study, where the same readings with a tolerance of 8 have
    the components 0.09143, 0.03997, 0.05146, 1.08645 and 22.68 and 78.17 percent of the tolerance.
    """
    study = of_manual(tolerance=8.0)
    for source, variance in (
        ("gage_rr", 0.09143),
        ("repeatability", 0.03997),
        ("operator", 0.05146),
        ("part", 1.08645),
    ):
        assert study.component(source).variance == pytest.approx(variance, abs=6e-6)  # type: ignore[arg-type]
    assert study.component("gage_rr").percent_tolerance == pytest.approx(22.68, abs=6e-3)
    assert study.component("part").percent_tolerance == pytest.approx(78.17, abs=6e-3)
    assert (study.model, study.ndc) == ("reduced", 4)
    for source, sd in (
        ("repeatability", 0.199933),
        ("operator", 0.226838),
        ("gage_rr", 0.302373),
        ("part", 1.042327),
    ):
        assert study.component(source).sd == pytest.approx(sd, abs=2e-6)  # type: ignore[arg-type]
    assert study.component("gage_rr").percent_study == pytest.approx(27.9, abs=0.06)
    assert study.component("gage_rr").percent_contribution == pytest.approx(7.8, abs=0.06)


def test_pooling_is_a_setting() -> None:
    assert of_manual(alpha=1.0).model == "full"
    full = of_manual(alpha=1.0)
    assert full.component("interaction").clamped and full.clamped == ("interaction",)
    assert full.component("interaction").variance == 0 > full.component("interaction").raw


def test_tolerance_sets_the_study_width_against_it() -> None:
    study = of_manual(tolerance=8.0, study_width=5.15)
    gauge = study.component("gage_rr")
    assert gauge.percent_tolerance == pytest.approx(100 * 5.15 * gauge.sd / 8)


def test_intervals_hold_the_truth_as_often_as_they_say() -> None:
    """300 simulated studies: 95 % intervals of repeatability and gauge R&R cover in at least 91 %."""
    rng = np.random.default_rng(17)
    parts = [p for p in range(8) for _ in range(12)]
    operators = [o for _ in range(8) for o in range(4) for _ in range(3)]
    held = {"repeatability": 0, "gage_rr": 0}
    truth = {"repeatability": 0.04, "gage_rr": 0.04 + 0.02 + 0.03}
    for _ in range(300):
        of_part, of_operator = rng.normal(0, 1, 8), rng.normal(0, 0.03**0.5, 4)
        of_both = rng.normal(0, 0.02**0.5, (8, 4))
        values = [of_part[p] + of_operator[o] + of_both[p, o] for p, o in zip(parts, operators, strict=True)]
        study = crossed_study(parts, operators, np.array(values) + rng.normal(0, 0.2, 96), alpha=1.0)
        for source in held:
            one = study.component(source)  # type: ignore[arg-type]
            assert one.low is not None and one.high is not None
            held[source] += one.low <= truth[source] <= one.high
    assert min(held.values()) >= 273


def test_nested_parts_belong_to_their_operator() -> None:
    """Means of squares by hand: two operators, two parts each, two readings."""
    parts = ["1", "1", "2", "2", "1", "1", "2", "2"]
    operators = ["A", "A", "A", "A", "B", "B", "B", "B"]
    study = nested_study(parts, operators, [1.0, 3.0, 5.0, 7.0, 2.0, 4.0, 10.0, 12.0])
    means = {row.source: (row.df, row.ms) for row in study.anova}
    assert means == {"operator": (1, 18.0), "part": (2, 40.0), "repeatability": (4, 2.0)}
    assert study.component("part").variance == pytest.approx(19)
    assert study.component("operator").clamped and study.component("gage_rr").variance == 2
    assert study.model == "nested" and study.ndc == 4


def test_a_study_whose_interaction_is_below_nothing() -> None:
    """SPC for Excel, ANOVA gage R&R, parts 1 to 3: five parts, three operators, three trials, interaction pooled.

    Open at: spcforexcel.com, anova-gage-rr-part-3.
    """
    rows = [(p, o, x) for p, cells in enumerate(FIVE_PARTS) for o, cell in enumerate(cells) for x in cell]
    parts, operators, readings = zip(*rows, strict=True)
    study = crossed_study(parts, operators, readings)
    assert study.other is not None and study.other.anova[2].p == pytest.approx(0.9964, abs=5e-5)
    assert (study.model, study.ndc) == ("reduced", 4)
    expected = {"repeatability": (0.0468, 5.22, 22.85), "operator": (0.0512, 5.72, 23.91),
                "gage_rr": (0.0980, 10.94, 33.07), "part": (0.7978, 89.06, 94.37)}  # fmt: skip
    for source, (variance, contribution, width) in expected.items():
        one = study.component(source)  # type: ignore[arg-type]
        assert one.variance == pytest.approx(variance, abs=6e-5)
        assert [one.percent_contribution, one.percent_study] == pytest.approx([contribution, width], abs=6e-3)


def test_a_nested_study_of_another_program() -> None:
    """Minitab, example of a nested gage R&R study: three operators, five parts of each, two readings; its mean squares.

    The readings are made here to have just those (0.00708, 1.83794, 1.28933); the components, percentages and the one
    distinct category are what it prints. Open at: pinzhi.org/Minitab, example_gage_R_R_study_nested.htm.
    """
    parts, operators, readings = [], [], []
    across, within, again = (0.00708 / 10) ** 0.5, (1.83794 / 2 * 4 / 10) ** 0.5, (1.28933 / 2) ** 0.5
    for o in range(3):
        for p in range(5):
            for sign in (-1, 1):
                parts.append(str(p))
                operators.append(str(o))
                readings.append((o - 1) * across + (p - 2) * within + sign * again)
    study = nested_study(parts, operators, readings, tolerance=10.0)
    means = {row.source: row.ms for row in study.anova}
    assert means == pytest.approx({"operator": 0.00708, "part": 1.83794, "repeatability": 1.28933})
    expected = {"gage_rr": (1.28933, 82.46, 90.81, 68.13), "part": (0.27430, 17.54, 41.88, 31.42)}
    for source, (variance, *percent) in expected.items():
        one = study.component(source)  # type: ignore[arg-type]
        assert one.variance == pytest.approx(variance, abs=6e-6)
        assert [one.percent_contribution, one.percent_study, one.percent_tolerance] == pytest.approx(
            percent, abs=6e-3
        )
    assert study.ndc == 1 and study.component("operator").clamped


@given(st.floats(0.01, 100), st.floats(-100, 100))
def test_another_unit_leaves_every_percentage(scale: float, shift: float) -> None:
    parts, operators, readings = zip(*ROWS, strict=True)
    plain, other = of_manual(), crossed_study(parts, operators, [shift + scale * x for x in readings])
    for one, two in zip(plain.components, other.components, strict=True):
        assert two.percent_study == pytest.approx(one.percent_study, rel=1e-5, abs=1e-6)
    assert plain.ndc == other.ndc


@given(st.permutations(range(len(ROWS))))
def test_the_order_of_the_rows_does_not_count(order: list[int]) -> None:
    parts, operators, readings = zip(*(ROWS[i] for i in order), strict=True)
    study = crossed_study(parts, operators, readings)
    assert study.component("part").variance == pytest.approx(of_manual().component("part").variance)


@pytest.mark.parametrize(
    ("rows", "code"),
    [([("1", "A", 1.0), ("1", "B", 2.0)], "too_few"), ([("1", "A", 1.0), ("2", "A", 2.0)], "too_few"),
     ([(p, o, 1.0) for p in "12" for o in "AB"], "too_few"),
     ([(p, o, 1.0) for p in "12" for o in "AB"] * 2, "constant"),
     ([(p, o, 1.0) for p in "12" for o in "AB"] * 2 + [("1", "A", 1.0)], "unbalanced")],
)  # fmt: skip
def test_what_is_no_crossed_study_is_refused(rows: list[tuple[str, str, float]], code: str) -> None:
    parts, operators, readings = zip(*rows, strict=True)
    with pytest.raises(BadReadings) as bad:
        crossed_study(parts, operators, readings)
    assert bad.value.code == code


def test_nested_studies_are_balanced_too() -> None:
    rows = [(p, o, float(i)) for i, (p, o) in enumerate([(p, o) for p in "12" for o in "AB"] * 2)]
    for drop in (rows[1:], [r for r in rows if r[:2] != ("1", "A")]):
        parts, operators, readings = zip(*drop, strict=True)
        with pytest.raises(BadReadings):
            nested_study(parts, operators, readings)


@pytest.mark.parametrize(
    "more", [{"alpha": 2.0}, {"tolerance": 0.0}, {"study_width": -1.0}, {"confidence": 1.0}]
)
def test_settings_that_cannot_be_are_refused(more: dict[str, float]) -> None:
    with pytest.raises(BadReadings, match="outside"):
        of_manual(**more)


def test_a_gauge_that_repeats_exactly_still_has_a_study() -> None:
    study = crossed_study(["1", "2"] * 4, ["A", "A", "B", "B"] * 2, [1.0, 2.0] * 4)
    assert study.ndc is None and study.component("part").percent_contribution == 100


def test_rounding_is_no_variation() -> None:
    rows = [(p, o, 0.1 * int(p) + 0.7 * (o == "B")) for p in "123" for o in "AB"] * 3
    parts, operators, readings = zip(*rows, strict=True)
    study = crossed_study(parts, operators, readings)
    assert study.component("repeatability").variance == 0
    assert study.component("interaction").variance == 0
    with pytest.raises(BadReadings, match="constant"):
        nested_study(parts, operators, [0.1] * 18)
