# SPDX-License-Identifier: Apache-2.0
"""Who ends a key, who gives a new one, and what a signature in doubt sends to a new round (trust.md §5.4, §5.5)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qcdesk.domain.batches import Shown
from qcdesk.domain.refusals import (
    CannotGrantAlone,
    ChangedMeanwhile,
    KeyEnded,
    LastAdministrator,
    NotActive,
    NothingSuspect,
    ReadsOnly,
    TwoNeeded,
    WrongState,
)
from tests.workspace import House, refused, secret, standing

LINH, SOM, MINH, HUY = "Nguyễn Thị Linh", "สมชาย ศรีสุข", "Trần Minh", "Phạm Huy"


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Linh and Som, Minh and Eva who inspect, Huy, who is suspended, and Ada, who left; nothing here changes it."""
    made = standing(Path(tmp_path_factory.mktemp("shop")), procedure=False)
    for login, name in (("minh", MINH), ("eva", "Eva Ek"), ("huy", HUY), ("ada", "Ada Ask")):
        made.enrol(login, name)
    made.use.suspend(made.hands["linh"], "huy", "on leave")
    made.use.revoke_key(made.hands["ada"], None, "ada", "left")
    yield made
    made.database.dispose()


def test_a_key_is_ended_by_its_person_or_by_two_others(shop: House) -> None:
    linh, minh = shop.hands["linh"], shop.hands["minh"]
    alone = refused(TwoNeeded, lambda: shop.use.revoke_key(linh, None, "minh", "lost"))
    assert (alone.act, alone.who_can) == ("revoke", (SOM, "Eva Ek"))
    for one, two in ((linh, linh), (linh, minh), (minh, linh)):
        said = refused(TwoNeeded, lambda one=one, two=two: shop.use.revoke_key(one, two, "minh", "lost"))  # type: ignore[misc]
        assert said.act == "revoke"
    assert (
        refused(NotActive, lambda: shop.use.revoke_key(linh, shop.hands["huy"], "eva", "lost")).person == HUY
    )


def test_somebody_suspended_does_not_end_even_the_own_key(shop: House) -> None:
    assert (
        refused(NotActive, lambda: shop.use.revoke_key(shop.hands["huy"], None, "huy", "lost")).person == HUY
    )


def test_the_last_administrator_does_not_leave_alone(house: House) -> None:
    linh = house.hands["linh"]
    house.use.take_role(linh, "som", "administrator")
    assert refused(LastAdministrator, lambda: house.use.revoke_key(linh, None, "linh", "left")).person == LINH


def test_whoever_is_only_listed_has_no_key_to_end_or_to_follow(house: House) -> None:
    linh, som, maker = house.hands["linh"], house.hands["som"], house.maker("Lê Tám")
    for act in (
        lambda: house.use.revoke_key(linh, som, maker, "lost"),
        lambda: house.use.enrol_new_key(linh, som, maker, secret("maker")),
    ):
        said = refused(NotActive, act)
        assert (said.person, said.status) == ("Lê Tám", "listed")


def test_an_ended_key_ends_no_second_time_and_doubt_does_not_grow_smaller(house: House) -> None:
    linh, som, minh = house.hands["linh"], house.hands["som"], house.enrol("minh", MINH)
    with house.use.look() as uow:
        since = uow.head_seq()
    assert house.use.revoke_key(minh, None, "minh", "lost").fact.person == minh.person
    said = refused(KeyEnded, lambda: house.use.revoke_key(linh, som, "minh", "lost"))
    assert (said.person, said.why) == (MINH, "lost")
    house.use.revoke_key(linh, som, "minh", "suspect", since)
    said = refused(KeyEnded, lambda: house.use.revoke_key(linh, som, "minh", "suspect", since))
    assert (said.person, said.why) == (MINH, "suspect")


def test_a_new_key_takes_two_others_and_after_leaving_an_administrator(shop: House) -> None:
    linh, minh, eva = shop.hands["linh"], shop.hands["minh"], shop.hands["eva"]
    for one, two in ((linh, linh), (linh, minh)):
        said = refused(
            TwoNeeded,
            lambda one=one, two=two: shop.use.enrol_new_key(one, two, "minh", secret("new")),  # type: ignore[misc]
        )
        assert said.act == "new_key"
    back = refused(CannotGrantAlone, lambda: shop.use.enrol_new_key(minh, eva, "ada", secret("ada")))
    assert (back.person, back.who_can) == (MINH, (LINH, SOM))


def test_two_send_only_an_unreleased_batch_in_doubt_to_a_new_round(house: House) -> None:
    house.approve()
    house.enrol("minh", MINH)
    linh, som, ai = house.hands["linh"], house.hands["som"], house.enrol("ai", "李娜", "auditor")
    plain, released, doubted = house.accepted(), house.batch(), house.batch()
    with house.use.look() as uow:
        since = uow.head_seq() + 1
    for batch in (released, doubted):
        house.check("minh", batch)
        house.check("som", batch)
    house.use.release_batch(som, released)
    house.use.revoke_key(linh, som, "minh", "suspect", since)

    def reopen(batch: str, by: str = "linh", other: str = "som") -> object:
        return house.use.reopen_round(house.hands[by], house.hands[other], batch, "the key was copied")

    late = refused(WrongState, lambda: reopen(released))
    assert (late.batch, late.state, late.act) == (released, "released", "reopen")
    assert refused(NothingSuspect, lambda: reopen(plain)).batch == plain
    assert refused(TwoNeeded, lambda: reopen(doubted, "linh", "linh")).act == "reopen"
    for one, two in (("ai", "linh"), ("linh", "ai")):
        assert refused(ReadsOnly, lambda one=one, two=two: reopen(doubted, one, two)).person == "李娜"  # type: ignore[misc]
    assert ai.person == house.id("ai")
    other = Shown("accepted", "f" * 32, None)
    refused(ChangedMeanwhile, lambda: house.use.reopen_round(linh, som, doubted, "why", seen=other))
    reopen(doubted)
    assert house.state(doubted) == "registered"


def test_whoever_gave_up_the_own_key_is_told_so_at_the_sign_in(house: House) -> None:
    house.enrol("minh", MINH)
    house.use.revoke_key(house.hands["minh"], None, "minh", "left")
    assert refused(NotActive, lambda: house.use.open_hand("minh", secret("minh"))).person == MINH
