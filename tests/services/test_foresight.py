# SPDX-License-Identifier: Apache-2.0
"""The case of a batch: without an approved procedure there is none."""

from __future__ import annotations

from qcdesk.domain.refusals import NoProcedure
from tests.workspace import PRODUCT, House, refused


def test_no_round_opens_without_an_approved_procedure(house: House) -> None:
    batch = house.batch()
    said = refused(NoProcedure, lambda: house.start("linh", batch))
    assert said.product == f"{PRODUCT} C"
    house.approve()
    house.start("linh", batch)
