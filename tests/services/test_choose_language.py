# SPDX-License-Identifier: Apache-2.0
"""Everybody chooses for themselves in which language they read, and it goes with them."""

from __future__ import annotations

import pytest

from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import NotActive
from qcdesk.store.readers import SqlReaders
from qcdesk.store.verification import verify
from tests.workspace import House


def test_last_language_chosen_counts_and_is_nobody_elses(house: House) -> None:
    read = SqlReaders(house.database.reading, house.use.look).reading_language
    sitting = house.use.open_sitting(house.hands["linh"])
    assert read(house.id("linh")) == ""
    house.use.choose_language(sitting, "vi")
    house.use.choose_language(sitting, "th")
    assert (read(house.id("linh")), read(house.id("som"))) == ("th", "")
    house.use.choose_language(sitting, "")
    assert read(house.id("linh")) == ""
    assert verify(house.database).problems == ()


def test_language_that_there_is_not_cannot_be_chosen(house: House) -> None:
    sitting = house.use.open_sitting(house.hands["linh"])
    with pytest.raises(BadInput) as refused:
        house.use.choose_language(sitting, "fr")
    assert refused.value.code == "unknown_kind"


def test_who_is_suspended_chooses_nothing_any_more(house: House) -> None:
    sitting = house.use.open_sitting(house.hands["som"])
    house.use.suspend(house.hands["linh"], house.id("som"), "left")
    with pytest.raises(NotActive):
        house.use.choose_language(sitting, "vi")
