# SPDX-License-Identifier: Apache-2.0
"""Who signs a check and takes it back, and what is not signed (trust.md §8); refused acts change nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qcdesk.domain.events import Resolution
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import (
    ChangedMeanwhile,
    CheckClosed,
    Incomplete,
    MissingRole,
    NotActive,
    NotYourCheck,
    NotYourSession,
    Unverified,
    WrongState,
)
from qcdesk.services.record_entries import Entries, NewResult
from qcdesk.store.verification import verify
from tests.workspace import House, refused, standing

LINH, SOM, HUY = "Nguyễn Thị Linh", "สมชาย ศรีสุข", "Trần Văn Huy"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """Linh and Som, who may do all."""
    made = standing(tmp_path)
    yield made
    made.database.dispose()


def test_a_check_is_signed_and_shown_for_signing_by_its_person_alone(house: House) -> None:
    started = house.start("linh", house.batch())
    house.record("linh", started)
    use, linh, som = house.use, house.hands["linh"], house.hands["som"]
    for act in (
        lambda: use.sign_check(som, house.sittings["som"], started.check),
        lambda: use.signing_page(house.sittings["som"], started.check),
    ):
        said = refused(NotYourCheck, act)
        assert (said.person, said.owner) == (SOM, LINH)
    refused(NotYourSession, lambda: use.sign_check(linh, house.sittings["som"], started.check))


def test_a_check_is_signed_whole_as_it_was_shown_and_under_its_own_meaning(house: House) -> None:
    started = house.start("linh", house.batch())
    use, linh, sitting = house.use, house.hands["linh"], house.sittings["linh"]
    use.record(sitting, Entries(started.check, results=(NewResult(1),)))
    assert isinstance(use.signing_page(sitting, started.check).missing, Incomplete)
    assert 2 in refused(Incomplete, lambda: use.sign_check(linh, sitting, started.check)).units
    house.record("linh", started)
    assert use.signing_page(sitting, started.check).missing is None
    refused(ChangedMeanwhile, lambda: use.sign_check(linh, sitting, started.check, seen_record="0" * 64))
    with pytest.raises(BadInput) as other:
        use.sign_check(linh, sitting, started.check, meaning="I inspected independently")
    assert other.value.code == "meaning"


def test_who_may_not_inspect_any_more_signs_no_check(house: House) -> None:
    minh = house.enrol("minh", "Trần Minh")
    started = house.start("minh", house.batch())
    house.record("minh", started)
    house.use.take_role(house.hands["linh"], "minh", "inspector")
    said = refused(MissingRole, lambda: house.sign("minh", started))
    assert (said.person, said.role, minh.person) == ("Trần Minh", "inspector", house.id("minh"))


def test_a_check_that_is_closed_or_overtaken_is_not_signed(house: House) -> None:
    batch = house.batch()
    first = house.check("linh", batch)
    second = house.start("som", batch)
    house.record("som", second)
    house.use.retract_check(house.hands["linh"], first.fact.check, "wrong gauge")
    assert refused(CheckClosed, lambda: house.sign("som", second)).state == "overtaken"
    other = house.start("som", house.batch())
    house.record("som", other)
    house.use.set_aside(house.sittings["som"], other.check, "called away")
    assert refused(CheckClosed, lambda: house.sign("som", other)).state == "set_aside"


def test_a_decision_is_no_check_that_is_signed(house: House) -> None:
    house.enrol("huy", HUY, "inspector", "arbiter")
    batch = house.disagreed()
    started = house.start("huy", batch)
    said = refused(WrongState, lambda: house.sign("huy", started))
    assert (said.batch, said.state, said.act) == (batch, "disagreed", "sign")


def test_nothing_is_compared_with_a_first_check_that_does_not_verify(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = house.batch()
    house.check("linh", batch)
    second = house.start("som", batch)
    house.record("som", second)
    monkeypatch.setattr(type(house.begin()), "batch_verifies", lambda *_, **__: False)
    assert refused(Unverified, lambda: house.sign("som", second)).batch == batch


def test_only_its_signer_takes_a_check_back_and_before_the_release(house: House) -> None:
    house.enrol("minh", "Trần Minh")
    retract, hands = house.use.retract_check, house.hands
    opened = house.start("linh", house.batch()).check
    assert refused(CheckClosed, lambda: retract(hands["linh"], opened, "why")).state == "open"
    batch = house.batch()
    check = house.check("minh", batch).fact.check
    said = refused(NotYourCheck, lambda: retract(hands["linh"], check, "why"))
    assert (said.person, said.owner) == (LINH, "Trần Minh")
    house.check("som", batch)
    house.use.release_batch(hands["som"], batch)
    late = refused(WrongState, lambda: retract(hands["minh"], check, "why"))
    assert (late.batch, late.state, late.act) == (batch, "released", "retract")
    house.use.suspend(hands["linh"], "minh", "on leave")
    assert refused(NotActive, lambda: retract(hands["minh"], check, "why")).person == "Trần Minh"


CRITICAL = {1: "CRK"}


def aside(house: House, login: str, batch: str) -> None:
    """Start the check that is due, claim a crack in it, and set it aside."""
    started = house.start(login, batch)
    house.record(login, started, CRITICAL)
    house.use.set_aside(house.sittings[login], started.check, "called away")


def test_nobody_is_both_of_two_who_claim_the_same(house: House) -> None:
    """What the second had set aside as the first is one person's claim: the other's clean check is not overruled."""
    house.enrol("huy", HUY, "inspector")
    batch = house.batch()
    aside(house, "huy", batch)
    house.check("linh", batch)
    said = house.check("huy", batch, CRITICAL).compared
    assert said is not None
    assert (said.outcome, said.reasons) == ("disagreed", ("verdicts_differ", "critical_by_one"))
    assert verify(house.database).problems == ()
    house.enrol("eva", "Eva", "arbiter")
    third = house.start("eva", batch)
    settled = Resolution(1, "CRK", "critical", 1, holds=False, note="a hair")
    house.use.resolve(house.sittings["eva"], third.check, (settled,))
    assert house.use.decide(house.hands["eva"], third.check).fact.outcome == "accepted"
    assert verify(house.database).problems == ()


def test_who_set_a_check_aside_in_both_places_is_one(house: House) -> None:
    house.enrol("huy", HUY, "inspector")
    batch = house.batch()
    aside(house, "huy", batch)
    house.check("linh", batch)
    aside(house, "huy", batch)
    said = house.check("som", batch).compared
    assert said is not None and (said.outcome, said.reasons) == ("disagreed", ("critical_by_one",))
    assert verify(house.database).problems == ()


def test_two_people_who_claim_the_same_reject_also_where_one_was_set_aside(house: House) -> None:
    house.enrol("huy", HUY, "inspector")
    batch = house.batch()
    aside(house, "huy", batch)
    house.check("linh", batch)
    said = house.check("som", batch, CRITICAL).compared
    assert said is not None and (said.outcome, said.reasons) == ("rejected", ("critical_both",))
    assert verify(house.database).problems == ()
