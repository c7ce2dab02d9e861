# SPDX-License-Identifier: Apache-2.0
"""A batch whose second check is split, from the drawn units to the release, replayed from its log at the end."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qcdesk.domain.events import Resolution
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.modes import units_for
from qcdesk.services.record_entries import Entries, NewResult
from qcdesk.store.verification import verify
from tests.workspace import House, content

QUANTITY = 200


@pytest.fixture
def split(house: House) -> House:
    """A procedure in which everything is split."""
    bore = replace(content("x").characteristics[0], mode="split")
    house.approve(defects_mode="split", characteristics=(bore,))
    return house


def verifies(house: House) -> None:
    found = verify(house.database)
    assert found.ok, found.problems


def test_a_split_batch_is_released_after_two_full_samples(split: House) -> None:
    number = split.batch(quantity=QUANTITY)
    first = split.start("linh", number)
    split.record("linh", first)
    assert split.sign("linh", first).fact.mode == "split"
    second = split.start("som", number)
    units = units_for(second.opened, "second")
    assert len(units) == len(second.opened.sample)
    page = split.use.own.own_check(second.check, split.id("som"))
    assert tuple(u.unit for u in page.units) == units
    assert {u.number for u in page.units} > set(second.opened.fresh)
    split.record("som", second)
    signed = split.sign("som", second)
    assert signed.compared is not None
    assert signed.compared.outcome == "accepted"
    assert len(signed.compared.samples) == 2
    assert split.state(number) == "accepted"
    verifies(split)


def test_a_defect_on_a_fresh_unit_rejects_without_a_disagreement(split: House) -> None:
    number = split.batch(quantity=QUANTITY)
    first = split.start("linh", number)
    split.record("linh", first)
    split.sign("linh", first)
    second = split.start("som", number)
    split.record("som", second, {len(second.opened.sample) + 1: "CRK"})
    signed = split.sign("som", second)
    assert signed.compared is not None
    assert (signed.compared.outcome, signed.compared.reasons) == ("rejected", ("union",))
    verifies(split)


def test_a_critical_of_one_on_the_overlap_goes_to_a_third(split: House) -> None:
    split.enrol("huy", "Trần Huy", "arbiter", "inspector")
    number = split.batch(quantity=QUANTITY)
    first = split.start("linh", number)
    common = first.opened.overlap[0]
    split.record("linh", first, {common: "CRK"})
    split.sign("linh", first)
    second = split.start("som", number)
    split.record("som", second)
    signed = split.sign("som", second)
    assert signed.compared is not None and signed.compared.outcome == "disagreed"
    third = split.start("huy", number)
    split.use.resolve(
        split.sittings["huy"], third.check, (Resolution(common, "CRK", "critical", 1, holds=False),)
    )
    assert split.use.decide(split.hands["huy"], third.check).fact.outcome == "accepted"
    verifies(split)


def test_the_second_person_has_no_result_for_units_of_the_first_alone(split: House) -> None:
    number = split.batch(quantity=QUANTITY)
    first = split.start("linh", number)
    with pytest.raises(BadInput) as refused:
        split.use.record(
            split.sittings["linh"], Entries(first.check, (NewResult(len(first.opened.sample) + 1),))
        )
    assert refused.value.code == "unit_of_other"
    split.record("linh", first)
    split.sign("linh", first)
    second = split.start("som", number)
    alone = next(u for u in range(1, len(first.opened.sample) + 1) if u not in first.opened.overlap)
    with pytest.raises(BadInput) as refused:
        split.use.record(split.sittings["som"], Entries(second.check, (NewResult(alone),)))
    assert refused.value.code == "unit_of_other"


def test_a_critical_on_a_fresh_unit_joins_the_next_sample(split: House) -> None:
    number = split.batch(quantity=QUANTITY)
    first = split.start("linh", number)
    split.record("linh", first)
    split.sign("linh", first)
    second = split.start("som", number)
    split.record("som", second, {len(second.opened.sample) + 1: "CRK"})
    split.use.retract_check(split.hands["linh"], first.check, "the light was off")
    again = split.start("linh", number)
    assert second.opened.fresh[0] in again.opened.sample
    verifies(split)
