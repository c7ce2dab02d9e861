# SPDX-License-Identifier: Apache-2.0
"""The run of a class tells the severity that stood for each lot, as a report of the round does, and the next lot's."""

from __future__ import annotations

from tests.services.test_switch_severity import lots, switch
from tests.workspace import PROCEDURE, PRODUCT, House


def test_the_run_names_each_lot_with_what_stood_and_ends_with_the_next_one(house: House) -> None:
    switch(house)
    supplier = house.supplier.supplier
    assert house.use.read.severity_run(supplier, PRODUCT, PROCEDURE, "major").lots == ("",)
    lots(house, ("LOT-1", "LOT-2", "LOT-3"), bad=True)
    run = house.use.read.severity_run(supplier, PRODUCT, PROCEDURE, "major")
    assert run.lots == ("LOT-1", "LOT-2", "LOT-3", "")
    assert run.severities == ("normal", "normal", "tightened", "tightened")
    assert not house.use.read.severity_run(supplier, PRODUCT, PROCEDURE, "minor").switched
    with house.use.look() as uow:
        third = uow.rounds(uow.batch("LOT-3").id)[-1]
        steps = uow.severity_steps(third.id, supplier, PRODUCT, PROCEDURE)
    assert [(one.lot, one.severity) for one in steps if one.defect_class == "major"] == [
        ("LOT-1", "normal"),
        ("LOT-2", "tightened"),
    ]
