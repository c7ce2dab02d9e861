# SPDX-License-Identifier: Apache-2.0
"""What wants explaining is explained by an administrator whom it is not about."""

from __future__ import annotations

import pytest

from qcdesk.domain.concerns import Concern
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import MissingRole, OwnConcern
from qcdesk.services.explain_concern import explain_concern
from qcdesk.services.rows import ConcernRow
from tests.workspace import House, refused


def test_only_an_administrator_whom_it_is_not_about_explains(house: House) -> None:
    for login, name, role in (("minh", "Trần Minh", "inspector"), ("ai", "李娜", "auditor")):
        house.enrol(login, name, role)  # type: ignore[arg-type]
    concern = Concern("quick_change:9", "quick_change", 9, 1, house.id("linh"), house.id("minh"))
    rows = (ConcernRow(concern, "Linh", "Minh", "", None),)

    def explain(login: str, key: str = concern.key) -> object:
        hand = house.sittings[login].hand
        return explain_concern(house.use.begin(), hand, rows, key, "a shift ended", house.clock.today())

    for login, name in (("minh", "Trần Minh"), ("ai", "李娜")):
        said = refused(MissingRole, lambda login=login: explain(login))  # type: ignore[misc]
        assert (said.person, said.role) == (name, "administrator")
    assert refused(OwnConcern, lambda: explain("linh")).person == "Nguyễn Thị Linh"
    with pytest.raises(BadInput) as unknown:
        explain("som", "quick_change:10")
    assert unknown.value.code == "unknown_concern"
    explain("som")
