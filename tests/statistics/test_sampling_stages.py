# SPDX-License-Identifier: Apache-2.0
"""The stages are whole: numbers beside every single plan that has a double or multiple one, a size for every letter."""

from __future__ import annotations

from itertools import product

from qcdesk.statistics.sampling_stages import (
    DISPUTED_CELLS,
    PLAN_TYPES,
    RESTS_ON,
    STAGE_SIZES,
    STAGE_TABLE_NAMES,
    STAGES,
)
from qcdesk.statistics.sampling_tables import AQLS, LETTERS, SAMPLE_SIZES, SEVERITIES, SINGLE_PLANS, STANDARDS

WITH_STAGES = ("double", "multiple")


def test_every_table_is_there() -> None:
    assert set(STAGES) == set(STAGE_TABLE_NAMES) == set(product(STANDARDS, WITH_STAGES, SEVERITIES))
    assert set(STAGE_SIZES) == set(product(WITH_STAGES, SEVERITIES))
    assert set(RESTS_ON) == set(product(STANDARDS, PLAN_TYPES))
    assert len(set(STAGE_TABLE_NAMES.values())) == len(STAGE_TABLE_NAMES)


def test_every_single_plan_of_a_letter_with_stages_has_its_numbers_and_no_other_has() -> None:
    for (standard, plan_type, severity), numbers in STAGES.items():
        cells = {c for row in SINGLE_PLANS[standard, severity].values() for c in row.split()}
        sizes = STAGE_SIZES[plan_type, severity]
        assert set(numbers) == {cell[1:] for cell in cells if cell[0] in sizes and cell[1:] != "0"}


def test_every_sample_is_smaller_than_the_single_one_of_its_letter() -> None:
    for (_, severity), sizes in STAGE_SIZES.items():
        assert all(n < SAMPLE_SIZES[severity][letter] for letter, n in sizes.items())


def test_double_has_two_samples_and_multiple_seven_or_in_the_newer_standard_five() -> None:
    for (standard, plan_type, _), numbers in STAGES.items():
        stages = 2 if plan_type == "double" else 7 if standard == "z1.4" else 5
        assert {len(text.split()) for text in numbers.values()} == {stages}


def test_disputed_cells_are_cells() -> None:
    for which, cells in DISPUTED_CELLS.items():
        assert which in STAGES
        assert all(letter in LETTERS and aql in AQLS for letter, aql in cells)
