# SPDX-License-Identifier: Apache-2.0
"""Every rule signals where its words say, against a slow reading of the same words; members are the whole pattern."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcdesk.statistics.readings import BadReadings
from qcdesk.statistics.run_rules import NELSON, RULE_SETS, WESTERN_ELECTRIC, rule_set, signals, violations

Z = list[float]


def found(z: Z, rules: str = "nelson") -> dict[str, list[int]]:
    """Return the completing points of each rule that is broken, for standardised points."""
    points, zero, one = np.array(z), np.zeros(len(z)), np.ones(len(z))
    of = signals(RULE_SETS[rules], points, zero, zero + 3, zero - 3, one)
    return {s.rule.code: list(s.points) for s in of if s.points}


def slowly(z: Z) -> dict[str, list[int]]:
    """Read the rules word by word at each point."""
    out: dict[str, list[int]] = {}

    def at(code: str, i: int, broken: bool) -> None:
        if broken:
            out.setdefault(code, []).append(i)

    for i in range(1, len(z) + 1):
        now = z[i - 1]

        def last(k: int, i: int = i) -> Z:
            return z[max(0, i - k) : i]

        def steps(k: int, i: int = i) -> list[int]:
            part = z[max(0, i - k) : i]
            return [(b > a) - (b < a) for a, b in pairwise(part)]

        at("N1", i, abs(now) > 3)
        for code, run in (("N2", 9), ("WE4", 8)):
            at(code, i, i >= run and (all(v > 0 for v in last(run)) or all(v < 0 for v in last(run))))
        at("N3", i, i >= 6 and (set(steps(6)) in ({1}, {-1})))
        turning = steps(14)
        at("N4", i, i >= 14 and all(a * b == -1 for a, b in pairwise(turning)))
        for side in (1, -1):
            at("N5", i, side * now > 2 and sum(side * v > 2 for v in last(3)) >= 2)
            at("N6", i, side * now > 1 and sum(side * v > 1 for v in last(5)) >= 4)
        at("N7", i, i >= 15 and all(abs(v) <= 1 for v in last(15)))
        eight = last(8)
        both = any(v > 0 for v in eight) and any(v < 0 for v in eight)
        at("N8", i, i >= 8 and all(abs(v) > 1 for v in eight) and both)
    return out


LEVELS = st.sampled_from(
    [-3.5, -3.0, -2.4, -2.0, -1.5, -1.0, -0.4, 0.0, 0.3, 0.6, 1.0, 1.2, 1.9, 2.0, 2.6, 3.0, 3.2]
)
NARROW = st.sampled_from([-1.0, -0.5, 0.0, 0.5, 1.0])
FAR = st.sampled_from([-2.5, -1.5, 1.5, 2.5])


@given(st.one_of(st.lists(LEVELS, max_size=60), st.lists(NARROW, max_size=60), st.lists(FAR, max_size=40)))
def test_signals_are_those_of_the_words(z: Z) -> None:
    if not z:
        return
    words = slowly(z)
    assert found(z) == {code: at for code, at in words.items() if code.startswith("N")}
    renamed = {"WE1": "N1", "WE2": "N5", "WE3": "N6", "WE4": "WE4"}
    assert found(z, "we") == {code: words[of] for code, of in renamed.items() if of in words}


@given(st.lists(LEVELS, min_size=1, max_size=40), st.lists(LEVELS, max_size=10))
def test_what_comes_later_changes_no_signal(z: Z, more: Z) -> None:
    before, after = found(z), found(z + more)
    assert before == {code: kept for code, at in after.items() if (kept := [i for i in at if i <= len(z)])}


@given(st.lists(LEVELS, min_size=1, max_size=40))
def test_a_chart_upside_down_has_the_same_signals(z: Z) -> None:
    assert found(z) == found([-v for v in z])


def test_a_point_on_the_centre_line_breaks_a_run() -> None:
    assert "N2" in found([0.5] * 9)
    assert "N2" not in found([0.5] * 8 + [0.0] + [0.5] * 8)


def test_the_same_value_twice_is_no_trend_and_no_turn() -> None:
    assert "N3" in found([0.0, 0.1, 0.2, 0.3, 0.4, 0.5])
    assert "N3" not in found([0.0, 0.1, 0.2, 0.2, 0.3, 0.4])
    zigzag = [0.1 * (-1) ** i for i in range(14)]
    assert found(zigzag)["N4"] == [14]
    assert "N4" not in found([*zigzag[:7], zigzag[6], *zigzag[8:]])


def test_eight_far_out_on_one_side_are_a_run_not_a_mixture() -> None:
    assert "N8" not in found([1.5] * 8)
    assert found([1.5, -1.5] * 4)["N8"] == [8]


def test_members_are_the_points_of_the_pattern() -> None:
    z = np.array([0.1, 2.5, 0.2, 2.6, -0.3, 1.1, 1.2, 0.5, 1.3, 1.4])
    zero, one = np.zeros(10), np.ones(10)
    of = signals(NELSON, z, zero, zero + 3, zero - 3, one)
    told = {(v.rule, v.index): v.members for v in violations(of, z, zero, one)}
    assert told == {("N5", 4): (2, 4), ("N6", 10): (6, 7, 9, 10)}


def test_limits_of_each_point_count() -> None:
    """The same reading is beyond the limit of a large sample, and not of a small one."""
    points = np.array([0.3, 0.3])
    of = signals(
        WESTERN_ELECTRIC[:1], points, np.array([0.2, 0.2]), np.array([0.25, 0.4]), np.zeros(2), np.ones(2)
    )
    assert list(of[0].points) == [1]


def test_ranges_take_no_zones_and_moving_ranges_no_runs() -> None:
    assert [r.code for r in rule_set("nelson", zones=False)] == ["N1", "N2", "N3", "N4"]
    assert [r.code for r in rule_set("we", zones=False, runs=False)] == ["WE1"]
    with pytest.raises(BadReadings, match="unknown"):
        rule_set("nelsen")
