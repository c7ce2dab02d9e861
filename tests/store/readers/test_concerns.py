# SPDX-License-Identifier: Apache-2.0
"""What wants explaining is drawn from compared rounds only, is shown to the owner's kind, and keeps its explanation."""

from __future__ import annotations

import pytest

from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import MissingRole, OwnConcern
from qcdesk.services.rows import ConcernRow
from tests.workspace import House


def asked(house: House, login: str = "linh") -> tuple[ConcernRow, ...]:
    return house.use.read.concerns(house.id(login), 0)


def kinds(house: House) -> list[str]:
    return [row.concern.kind for row in asked(house)]


def test_change_of_person_within_a_minute_is_asked_about(house: House) -> None:
    house.clock.forward(seconds=3600)
    before = kinds(house).count("quick_change")
    house.batch()
    house.sit("som")
    assert kinds(house).count("quick_change") == before + 1
    house.clock.forward(seconds=61)
    house.sit("linh")
    assert kinds(house).count("quick_change") == before + 1


def test_five_checks_that_miss_what_the_other_finds_are_asked_about_after_the_comparison(
    house: House,
) -> None:
    batches = [house.batch() for _ in range(5)]
    for batch in batches:
        house.check("linh", batch)
        assert "misses_all" not in kinds(house)
        house.check("som", batch, {1: "DEN"})
    (row,) = [row for row in asked(house) if row.concern.kind == "misses_all"]
    assert row.name == "Nguyễn Thị Linh"
    assert row.number == batches[-1]


def test_open_first_check_shows_in_nothing(house: House) -> None:
    before = asked(house)
    house.check("linh", house.batch(), {1: "CRK"})
    after = asked(house)
    assert [row for row in after if row.concern.kind not in ("quick_change",)] == [
        row for row in before if row.concern.kind not in ("quick_change",)
    ]


def test_only_the_owners_kind_looks(house: House) -> None:
    house.enrol("tu", "Trần Tú", "inspector")
    house.enrol("ada", "Ada Auditor", "auditor")
    with pytest.raises(MissingRole):
        asked(house, "tu")
    asked(house, "ada")


def test_explanation_is_kept_and_given_by_somebody_whom_it_is_not_about(house: House) -> None:
    house.enrol("tu", "Trần Tú", "administrator")
    house.clock.forward(seconds=3600)
    house.batch()
    house.sit("som")
    row = next(row for row in asked(house) if row.concern.kind == "quick_change")
    about = (row.concern.person, row.concern.other)
    assert set(about) == {house.id("linh"), house.id("som")}
    for login in ("linh", "som"):
        with pytest.raises(OwnConcern):
            house.use.explain_concern(house.sittings[login], row.concern.key, about, "we were in a hurry")
    with pytest.raises(BadInput):
        house.use.explain_concern(house.sittings["tu"], row.concern.key, about, " ")
    house.use.explain_concern(house.sittings["tu"], row.concern.key, about, "shift change")
    again = next(each for each in asked(house) if each.concern.key == row.concern.key)
    assert again.explained is not None
    assert (again.explained.by, again.explained.note) == ("Trần Tú", "shift change")
    assert asked(house)[-1].explained is not None
