# SPDX-License-Identifier: Apache-2.0
"""What a second check buys is told with its interval and with what it assumes."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from qcdesk.domain.sampling import ClassRule
from qcdesk.domain.simulating import SECOND_CHECKS, Imagined, Simulated
from qcdesk.i18n import Catalogue
from qcdesk.statistics.misses import Share
from qcdesk.wording import second_checks

EN = Catalogue()
RULE = ClassRule("major", "aql", Decimal("1.0"))
ONE = Simulated(Imagined(100, 0.04, 0.8, 0.75, "blind", RULE), Share.of(25, 100), 3, 16_000, 5)


def test_how_often_a_batch_ships_is_told_with_its_interval() -> None:
    said = second_checks.shipped(ONE, EN)
    assert said == "With a second blind check, same units, such a batch ships 25 times in 100 (17 to 35)."


def test_every_way_of_checking_has_its_name_and_primed_its_assumption() -> None:
    assert set(second_checks.NAMES) == set(SECOND_CHECKS)
    primed = replace(ONE, of=replace(ONE.of, mode="primed"))
    lines = second_checks.told([ONE, primed], EN)
    assert len(lines) == 4
    assert "the second 75 %" in lines[2]
    assert "finds 0 % of what the first missed" in lines[3]
    assert second_checks.told([], EN) == ()
