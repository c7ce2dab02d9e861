# SPDX-License-Identifier: Apache-2.0
"""The tables are whole: a cell for every letter and AQL, a size for every letter they name."""

from __future__ import annotations

from qcdesk.statistics.sampling_tables import (
    AQLS,
    CODE_LETTERS,
    DISPUTED,
    EDITIONS,
    LETTERS,
    LEVELS,
    LOT_BAND_ENDS,
    SAMPLE_SIZES,
    SEVERITIES,
    SINGLE_PLANS,
    STANDARDS,
    TABLE_NAMES,
)


def test_every_table_has_a_cell_for_every_letter_and_aql() -> None:
    assert set(SINGLE_PLANS) == {(standard, severity) for standard in STANDARDS for severity in SEVERITIES}
    assert set(TABLE_NAMES) == set(SINGLE_PLANS)
    for rows in SINGLE_PLANS.values():
        assert tuple(rows) == tuple(LETTERS)
        assert all(len(row.split()) == len(AQLS) for row in rows.values())


def test_every_letter_in_a_cell_has_a_sample_size() -> None:
    for (_, severity), rows in SINGLE_PLANS.items():
        named = {cell[0] for row in rows.values() for cell in row.split()}
        assert named == set(SAMPLE_SIZES[severity]) - ({"S"} if severity == "normal" else set())


def test_disputed_cells_are_cells() -> None:
    for which, cells in DISPUTED.items():
        assert which in SINGLE_PLANS
        assert all(letter in LETTERS and aql in AQLS for letter, aql in cells)


def test_every_standard_names_its_edition() -> None:
    assert set(EDITIONS) == set(STANDARDS)


def test_every_level_has_a_letter_for_every_lot_band() -> None:
    assert tuple(CODE_LETTERS) == LEVELS
    assert all(len(letters) == len(LOT_BAND_ENDS) + 1 for letters in CODE_LETTERS.values())


def test_sizes_and_bands_rise() -> None:
    for severity, sizes in SAMPLE_SIZES.items():
        assert list(sizes.values()) == sorted(sizes.values())
        assert len(set(sizes.values())) == len(sizes) - (
            2 if severity == "reduced" else 0
        )  # A, B, C: 2 units
    assert list(LOT_BAND_ENDS) == sorted(set(LOT_BAND_ENDS))
    assert list(AQLS) == sorted(set(AQLS))
