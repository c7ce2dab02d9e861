# SPDX-License-Identifier: Apache-2.0
"""The readings of two checks stand side by side: out of limits first, and nothing made up."""

from __future__ import annotations

from collections.abc import Mapping

from qcdesk.gui.measured_pairs import MeasuredPair, measured_pairs
from qcdesk.gui.widgets.measured import MeasuredCard
from qcdesk.services.record_entries import Entries, NewReading
from tests.gui.screens.conftest import EN, Desk, desk, workspace

__all__ = ["desk", "workspace"]


def pairs(desk: Desk, first: Mapping[int, str], second: Mapping[int, str]) -> tuple[MeasuredPair, ...]:
    house = desk.house
    batch = house.batch()
    house.check("linh", batch, readings=first)
    house.check("som", batch, readings=second)
    page = house.use.read.comparison(batch, house.id("som"), house.clock.now())
    return measured_pairs(page, EN)


def test_reading_out_of_limits_stands_first_beside_the_other_one_with_the_limits(desk: Desk) -> None:
    found = pairs(desk, {3: "12.07"}, {3: "12,04"})
    one = found[0]
    assert (one.unit, one.name, one.limits_words, one.apart) == (
        "Unit 3",
        "Bore",
        "11.98 to 12.05 mm",
        "0.03 mm",
    )
    assert one.first is not None and one.second is not None
    assert (one.first.value, one.first.note, one.first.outside) == (
        "12.07 mm",
        "0.02 above the upper limit",
        True,
    )
    assert (one.second.value, one.second.note, one.second.outside) == ("12,04 mm", "inside the limits", False)
    rest = [pair.number for pair in found[1:]]
    assert rest == sorted(rest) and 3 not in rest and not any(pair.outside for pair in found[1:])
    assert found[1].apart == "none"


def test_corrected_reading_stands_as_it_was_corrected(desk: Desk) -> None:
    house = desk.house
    batch = house.batch()
    started = house.start("linh", batch)
    house.record("linh", started, readings={1: "12.5"})
    entries = Entries(started.check, readings=(NewReading(1, "DIA", "12.01", reason="slip"),))
    house.use.record(house.sittings["linh"], entries)
    house.sign("linh", started)
    house.check("som", batch)
    page = house.use.read.comparison(batch, house.id("som"), house.clock.now())
    one = next(pair for pair in measured_pairs(page, EN) if pair.number == 1)
    assert one.first is not None and one.first.value == "12.01 mm" and not one.outside


def test_card_is_not_there_where_nothing_is_measured(qapp: object) -> None:
    card = MeasuredCard(EN)
    card.show_pairs((), ("Linh", "Som"))
    assert card.isHidden()
