# SPDX-License-Identifier: Apache-2.0
"""What the replay looks up anew is what the program plans, for every lot band, level, AQL, severity and standard."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

import pytest

from qcdesk.checker.rules import plans
from qcdesk.domain.codec import to_data
from qcdesk.domain.sampling import ClassRule, plans_for
from qcdesk.statistics.sampling_tables import AQLS, LEVELS, LOT_BAND_ENDS, SEVERITIES, STANDARDS, Standard


@pytest.mark.parametrize("standard", STANDARDS)
def test_every_cell_of_the_tables_is_looked_up_alike(standard: Standard) -> None:
    for quantity, level, aql, severity in product((2, *LOT_BAND_ENDS, 600_000), LEVELS, AQLS, SEVERITIES):
        rule = ClassRule("major", "aql", aql, level, None, standard)
        planned = to_data(plans_for([rule], quantity, severity).classes[0])
        assert plans.of_class(to_data(rule), quantity, severity) == planned


@pytest.mark.parametrize(
    "rule",
    [
        ClassRule("critical", "zero", Decimal("0.65")),
        ClassRule("critical", "aql", Decimal("0.65")),
        ClassRule("critical", "zero"),
        ClassRule("major", "zero", n=13),
        ClassRule("major", "zero", n=5_000),
        ClassRule("minor", "all"),
    ],
)
def test_rules_without_the_tables_own_numbers_come_to_the_same(rule: ClassRule) -> None:
    for quantity, severity in product((2, 20, 1_000, 40_000), SEVERITIES):
        planned = to_data(plans_for([rule], quantity, severity).classes[0])
        assert plans.of_class(to_data(rule), quantity, severity) == planned


@pytest.mark.parametrize(
    "changes", [{"aql": "1.2"}, {"level": "IV"}, {"standard": "z1.9"}, {"aql": None, "kind": "aql"}]
)
def test_what_no_table_has_is_no_plan(changes: dict[str, object]) -> None:
    rule = to_data(ClassRule("major", "aql", Decimal("1.0")))
    assert plans.of_class({**rule, **changes}, 500, "normal") is None
