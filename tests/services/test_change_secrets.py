# SPDX-License-Identifier: Apache-2.0
"""Another password opens the same key, another key is signed in by the old one, and both are on record."""

from __future__ import annotations

import pytest

from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import ChangedMeanwhile, NotActive, SittingOver, TryLater, WrongSecret
from qcdesk.services.change_secrets import mark_of
from qcdesk.store.verification import verify
from tests.workspace import House, refused, secret

NEW = "another sentence of four"


def test_changed_password_opens_the_same_key_and_the_old_one_does_not(house: House) -> None:
    fact = house.use.change_password("linh", secret("linh"), NEW)
    assert house.use.open_hand("linh", NEW).key == house.hands["linh"].key == fact.key
    with pytest.raises(WrongSecret):
        house.use.open_hand("linh", secret("linh"))
    with house.use.look() as uow:
        assert mark_of(uow.sealed("linh").sealed) == fact.seal
    assert verify(house.database).ok


def test_changing_the_password_takes_the_old_one_and_a_wrong_one_counts(house: House) -> None:
    for wait in (0, 1, 2):
        house.clock.forward(seconds=300)
        with pytest.raises(WrongSecret) as caught:
            house.use.change_password("linh", "not the old one", NEW)
        assert caught.value.wait == wait
    house.clock.at -= 2_500_000
    with pytest.raises(TryLater):
        house.use.change_password("linh", secret("linh"), NEW)


def test_a_new_password_too_easy_to_guess_is_refused_and_is_no_failure(house: House) -> None:
    with pytest.raises(BadInput):
        house.use.change_password("linh", secret("linh"), "password12")
    with house.use.look() as uow:
        assert uow.tries(house.id("linh")).in_a_row == 0
    house.use.open_hand("linh", secret("linh"))


def test_changed_key_is_signed_in_by_the_old_one_which_signs_no_more(house: House) -> None:
    old = house.hands["linh"]
    fact = house.use.change_key("linh", secret("linh"))
    assert (fact.old_key, fact.person) == (old.key, old.person)
    new = house.use.open_hand("linh", secret("linh"))
    assert new.key == fact.key != old.key
    with pytest.raises(SittingOver):
        house.use.take_role(old, "som", "planner")
    house.use.take_role(new, "som", "planner")
    assert verify(house.database).ok


def test_password_changed_elsewhere_meanwhile_is_not_changed_back(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys, reseal = type(house.use.keys), house.use.keys.reseal

    def slowly(_: object, *args: object) -> object:
        monkeypatch.undo()
        house.use.change_password("linh", secret("linh"), NEW)
        return reseal(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(keys, "reseal", slowly)
    refused(
        ChangedMeanwhile, lambda: house.use.change_password("linh", secret("linh"), "a third one of mine")
    )
    house.use.open_hand("linh", NEW)


def test_whoever_was_suspended_meanwhile_gets_no_other_key(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    make = house.use.keys.make

    def slowly(_: object, *args: str) -> object:
        monkeypatch.undo()
        house.use.suspend(house.hands["som"], "linh", "looks wrong")
        return make(*args)

    monkeypatch.setattr(type(house.use.keys), "make", slowly)
    said = refused(NotActive, lambda: house.use.change_key("linh", secret("linh")))
    assert (said.person, said.status) == ("Nguyễn Thị Linh", "suspended")


def test_what_the_old_key_signed_stays_good(house: House) -> None:
    before = verify(house.database)
    house.use.change_key("linh", secret("linh"))
    after = verify(house.database)
    assert before.ok and after.ok and after.checked == before.checked + 1


def test_changed_key_leaves_no_seal_of_the_old_one(house: House) -> None:
    old = house.hands["linh"].key
    house.use.change_key("linh", secret("linh"))
    with house.database.reading() as connection:
        kept = [row[0] for row in connection.exec_driver_sql("SELECT key FROM sealed_key")]
    assert old not in kept and len(kept) == 2


def test_badges_of_the_old_key_end_with_it(house: House) -> None:
    house.use.issue_badge(house.hands["linh"], house.hands["som"], "583920")
    fact = house.use.change_key("linh", secret("linh"))
    assert len(fact.stops) == 1
    with house.database.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM sealed_badge").scalar_one() == 0
        assert (
            connection.exec_driver_sql("SELECT count(*) FROM badge WHERE stopped IS NULL").scalar_one() == 0
        )
