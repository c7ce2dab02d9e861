# SPDX-License-Identifier: Apache-2.0
"""The recovery sheet opens by its code while it is the one that is good (trust.md §5.1)."""

from __future__ import annotations

import pytest

from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import WrongSheet
from tests.workspace import House, refused


def test_only_the_sheet_that_is_good_now_opens(house: House) -> None:
    sheet = house.use.open_sheet(house.recovery_code)
    refused(WrongSheet, lambda: house.use.open_sheet(sheet.next_code))  # good once this one has been used
    with pytest.raises(BadInput) as other:
        house.use.open_sheet("not a code")
    assert other.value.code == "recovery_code"
