# SPDX-License-Identifier: Apache-2.0
"""Unit numbers are taken as typed and written back the same."""

from __future__ import annotations

import pytest

from qcdesk.domain.inputs import BadInput
from qcdesk.gui.unit_lists import parse_units, written_units


@pytest.mark.parametrize(
    ("typed", "units"), [("", ()), ("7", (7,)), ("7, 9, 12-14", (7, 9, 12, 13, 14)), ("3–5, 4", (3, 4, 5))]
)
def test_lists_and_ranges_are_taken(typed: str, units: tuple[int, ...]) -> None:
    assert parse_units(typed, "makers") == units
    assert parse_units(written_units(units), "makers") == units


@pytest.mark.parametrize("typed", ["0", "5-3", "1-", "x", "1;2", "1-9999999", "١"])
def test_what_names_no_units_is_refused(typed: str) -> None:
    with pytest.raises(BadInput) as refused:
        parse_units(typed, "makers")
    assert refused.value.where == {"field": "makers"}
