# SPDX-License-Identifier: Apache-2.0
"""Only who would be believed signs the sheet of people and the list of certificates."""

from __future__ import annotations

import pytest

from qcdesk.domain.refusals import MissingRole
from qcdesk.store.sheets import people_sheet, withdrawn_list
from tests.workspace import House

pytestmark = pytest.mark.parametrize("location", ["sqlite"], indirect=True)


@pytest.mark.parametrize("made", [people_sheet, withdrawn_list])
def test_an_inspector_signs_no_sheet_of_people_and_no_list_of_certificates(
    house: House, made: object
) -> None:
    house.enrol("minh", "Trần Văn Minh")
    with house.database.reading() as connection, pytest.raises(MissingRole):
        made(connection, house.hands["minh"], house.clock.now())  # type: ignore[operator]
