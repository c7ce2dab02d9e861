# SPDX-License-Identifier: Apache-2.0
"""What wants explaining is drawn from compared rounds only, is shown to the owner's kind, and keeps its explanation."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qcdesk.domain.events import Finding, Recorded, all_facts
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import MissingRole, OwnConcern, WrongSecret
from qcdesk.i18n import Catalogue
from qcdesk.services import start_check
from qcdesk.services.rows import ConcernRow
from qcdesk.store.readers.concerns import TOLD
from qcdesk.store.verification import verify
from qcdesk.wording.concerns import question
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


def test_checks_that_miss_what_the_other_finds_are_asked_about_after_the_comparison(house: House) -> None:
    batches = [house.batch() for _ in range(3)]
    for batch in batches:
        house.check("linh", batch)
        assert "misses_all" not in kinds(house)
        house.check("som", batch, dict.fromkeys(range(1, 7), "DEN"))
    (row,) = [row for row in asked(house) if row.concern.kind == "misses_all"]
    assert row.name == "Nguyễn Thị Linh"
    assert row.number == batches[-1]
    assert "the other person found 18 bad units" in question(row, Catalogue())


def test_rounded_readings_are_asked_about_by_the_limits_and_digits_of_the_log(house: House) -> None:
    round_, fine = (
        {u: values[u % 2] for u in range(1, 9)} for values in (("12.00", "12.05"), ("12.01", "12,04"))
    )
    for _ in range(4):
        assert "rounded" not in kinds(house)
        batch = house.batch()
        house.check("linh", batch, readings=round_)
        house.check("som", batch, readings=fine)
    (row,) = [row for row in asked(house) if row.concern.kind == "rounded"]
    assert question(row, Catalogue()) == (
        "32 of 32 readings by Nguyễn Thị Linh end in 0 or 5; on the same units 0 of 32 by the other person."
    )


def failed(house: House, login: str, times: int) -> None:
    for _ in range(times):
        house.clock.forward(seconds=301)
        with pytest.raises(WrongSecret):
            house.use.open_hand(login, "not this one at all")


def tried(house: House) -> list[str]:
    return [question(row, Catalogue()) for row in asked(house) if row.concern.kind == "tried"]


def test_failed_tries_are_asked_about_at_once_once_for_each_person_and_run(house: House) -> None:
    failed(house, "som", 1)
    assert tried(house) == ["1 try failed for สมชาย ศรีสุข at bench 1 by the window."]
    failed(house, "som", 4)
    assert tried(house) == ["5 tries in a row failed for สมชาย ศรีสุข at bench 1 by the window."]
    house.clock.forward(seconds=301)
    house.sit("som")
    failed(house, "som", 1)
    failed(house, "linh", 1)
    assert len(tried(house)) == 3
    failed(house, "linh", 9)  # which locks: that is the question now
    assert len(tried(house)) == 2
    assert any(row.concern.facts.get("type") == "auth.locked" for row in asked(house))


def test_an_explanation_of_tries_says_nothing_of_those_that_follow(house: House) -> None:
    failed(house, "som", 2)
    (row,) = [row for row in asked(house) if row.concern.kind == "tried"]
    linh = house.sittings["linh"]
    house.use.explain_concern(linh, row.concern.key, "a new keyboard")
    assert [r.explained is not None for r in asked(house) if r.concern.kind == "tried"] == [True]
    failed(house, "som", 1)
    assert [r.explained is not None for r in asked(house) if r.concern.kind == "tried"] == [False]


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
    with pytest.raises(BadInput):
        house.use.explain_concern(house.sittings["tu"], "quick_change:0", "nobody asked")
    for login in ("linh", "som"):
        with pytest.raises(OwnConcern):
            house.use.explain_concern(house.sittings[login], row.concern.key, "we were in a hurry")
    with pytest.raises(BadInput):
        house.use.explain_concern(house.sittings["tu"], row.concern.key, " ")
    house.use.explain_concern(house.sittings["tu"], row.concern.key, "shift change")
    again = next(each for each in asked(house) if each.concern.key == row.concern.key)
    assert again.explained is not None
    assert (again.explained.by, again.explained.note) == ("Trần Tú", "shift change")
    assert asked(house)[-1].explained is not None


def test_event_that_two_have_explained_is_on_the_list(house: House) -> None:
    batch = house.batch()
    check = house.start("linh", batch).check
    with house.begin() as uow:
        found, unknown = uow.batch(batch), Finding("a" * 32, 1, "ZZZ", "minor")
        fact = Recorded(check, found.id, found.round or "", findings=(unknown,))
        uow.append(fact, house.sittings["linh"].hand)
        uow.commit()
        broken = uow.head_seq()
    house.use.void_event(house.hands["linh"], house.hands["som"], broken, "the procedure knows no ZZZ")
    told = [question(row, Catalogue()) for row in asked(house)]
    assert any(f"Event {broken} was declared void by two people" in line for line in told)


def test_a_release_after_rejecting_checks_were_taken_back_is_asked_about(house: House) -> None:
    """Sampling until it passes: nothing refuses it, and it does not pass unseen."""
    batch = house.batch()
    for _ in range(2):
        first = house.check("linh", batch, dict.fromkeys(range(1, 6), "DEN"))
        assert first.fact.verdict == "rejected"
        house.use.retract_check(house.hands["linh"], first.fact.check, "typing mistake")
    house.check("linh", batch)
    house.check("som", batch)
    assert "taken_back" not in kinds(house)
    house.use.release_batch(house.hands["som"], batch)
    (row,) = [row for row in asked(house) if row.concern.kind == "taken_back"]
    assert (row.name, row.number, row.concern.facts) == ("Nguyễn Thị Linh", batch, {"checks": "2"})
    assert question(row, Catalogue()) == (
        f"Batch {batch} is released; Nguyễn Thị Linh had taken back 2 checks of it that rejected."
    )


def test_the_batch_page_says_what_a_check_had_come_to_only_after_the_comparison(house: House) -> None:
    batch = house.batch()
    with house.use.look() as uow:
        known = uow.batch(batch).id

    def had() -> list[str | None]:
        page = house.use.read.batch(known, house.id("som"), house.clock.now())
        return [check.had for one in page.rounds for check in one.checks]

    first = house.check("linh", batch, dict.fromkeys(range(1, 6), "DEN"))
    house.use.retract_check(house.hands["linh"], first.fact.check, "typing mistake")
    house.check("linh", batch)
    assert had() == [None, None], "whoever may be the second learns nothing of it"
    house.check("som", batch)
    assert had() == ["rejected", None, None]


def test_every_event_that_is_a_question_is_one_that_the_log_knows() -> None:
    assert set(TOLD) <= set(all_facts())


def test_a_void_event_is_a_question_until_somebody_explains_it(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = house.batch()
    honest = start_check.header_of
    with monkeypatch.context() as changed:  # the program of one of the two says another quantity
        changed.setattr(start_check, "header_of", lambda u, b: replace(honest(u, b), quantity=9))
        house.record("linh", house.start("linh", number))
    (wrong,) = verify(house.database).problems
    assert wrong.event is not None
    house.use.void_event(house.hands["linh"], house.hands["som"], wrong.event, "made up")
    house.clock.forward(seconds=200 * 86_400)
    late = house.clock.now()
    (row,) = [
        row
        for row in house.use.read.concerns(house.id("linh"), late)
        if row.concern.facts.get("type") == "log.voided"
    ]
    house.enrol("tu", "Trần Tú", "administrator")
    house.sit("tu")
    house.use.explain_concern(house.sittings["tu"], row.concern.key, "their program was old")
    assert "log.voided" not in {
        row.concern.facts.get("type") for row in house.use.read.concerns(house.id("linh"), late)
    }


def test_a_release_that_a_key_in_doubt_touched_is_a_question_until_it_is_taken_back(house: House) -> None:
    house.enrol("huy", "Trần Văn Huy", "inspector", "releaser")
    with house.use.look() as uow:
        since = uow.head_seq() + 1
    number = house.released()
    house.use.revoke_key(house.hands["linh"], house.hands["huy"], house.id("som"), "suspect", since)
    (row,) = [row for row in asked(house) if row.concern.kind == "in_doubt"]
    assert row.number == number
    assert question(row, Catalogue()) == (
        f"Batch {number} is released, and the key of สมชาย ศรีสุข, in doubt from event {since} on, touched it."
    )
    house.use.withdraw_batch(house.hands["linh"], number, "the key was in doubt")
    assert "in_doubt" not in kinds(house)
