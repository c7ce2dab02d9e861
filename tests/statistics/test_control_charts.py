# SPDX-License-Identifier: Apache-2.0
"""What all charts share: which points the limits rest on, and how points and violations are counted."""

from __future__ import annotations

import numpy as np
import pytest

from qcdesk.statistics.control_charts import ALL, Base, track
from qcdesk.statistics.readings import BadReadings
from qcdesk.statistics.run_rules import SHEWHART


def test_all_points_count_unless_said() -> None:
    assert ALL.mask(5, least=2) is None
    assert list(Base(first=3, leave_out={2}).mask(5, least=2)) == [True, False, True, False, False]


@pytest.mark.parametrize("base", [Base(first=1), Base(first=3, leave_out={1, 2})])
def test_too_few_points_carry_no_limits(base: Base) -> None:
    with pytest.raises(BadReadings, match="too_few"):
        base.mask(5, least=2)


@pytest.mark.parametrize("base", [Base(first=0), Base(first=6), Base(leave_out={6}), Base(leave_out={0})])
def test_a_base_lies_within_the_points(base: Base) -> None:
    with pytest.raises(BadReadings, match="outside"):
        base.mask(5, least=2)


def test_every_line_is_as_long_as_the_points_and_limits_stay_possible() -> None:
    one = track("proportion", np.array([0.1, 0.9]), 0.5, np.array([0.1, 0.3]), SHEWHART, low=0.0, high=1.0)
    assert list(one.center) == [0.5, 0.5]
    assert list(one.ucl) == pytest.approx([0.8, 1.0]) and list(one.lcl) == pytest.approx([0.2, 0.0])
    assert [v.index for v in one.violations()] == [1] and not one.in_control
