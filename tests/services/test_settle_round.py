# SPDX-License-Identifier: Apache-2.0
"""Who decides, rejects, does it again and releases, and who may not (trust.md §8); refused acts change nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qcdesk.domain.anchors import Lost
from qcdesk.domain.batches import Shown
from qcdesk.domain.events import Resolution
from qcdesk.domain.people import RoleGrant
from qcdesk.domain.refusals import (
    AgainUsedUp,
    ChangedMeanwhile,
    CheckClosed,
    CriticalOpen,
    Held,
    MissingRole,
    NotAccepted,
    NotActive,
    NotYourCheck,
    ProcedureStopped,
    ReworkersMissing,
    SamePerson,
    SeenEventLost,
    SuspectCheck,
    TwoNeeded,
    Unverified,
    WrongState,
)
from tests.workspace import PROCEDURE, HandClock, House, laid, refused, standing

LINH, SOM, MINH, HUY = "Nguyễn Thị Linh", "สมชาย ศรีสุข", "Trần Minh", "Trần Văn Huy"
DENTS = dict.fromkeys(range(1, 8), "DEN")
SETTLED = (Resolution(1, "CRK", "critical", 1, holds=False),)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Linh and Som, Huy, who arbitrates, and Minh, who inspects."""
    made = standing(Path(tmp_path_factory.mktemp("shop")))
    made.enrol("huy", HUY, "inspector", "arbiter")
    made.enrol("minh", MINH)
    yield made
    made.database.dispose()


@pytest.fixture
def house(template: House, tmp_path: Path) -> Iterator[House]:
    """The same, in a copy of its own."""
    database = laid(tmp_path)
    for path in template.database.folder.iterdir():
        if path.is_file():
            (database.folder / path.name).write_bytes(path.read_bytes())
    yield House.like(template, database, HandClock())
    database.dispose()


def third(house: House) -> tuple[str, str]:
    """Return a batch on which Som alone claims a critical, and Huy's check, in which that is settled."""
    batch = house.disagreed()
    check = house.start("huy", batch).check
    house.use.resolve(house.sittings["huy"], check, SETTLED)
    return batch, check


def again(house: House, batch: str, one: str = "linh", two: str = "som") -> object:
    return house.use.do_again(house.hands[one], house.hands[two], batch, "the light was off")


def test_a_decision_is_the_arbiters_own(house: House) -> None:
    batch, check = third(house)
    for act in (
        lambda: house.use.resolve(house.sittings["som"], check, SETTLED),
        lambda: house.use.decide(house.hands["som"], check),
    ):
        said = refused(NotYourCheck, act)
        assert (said.person, said.owner) == (SOM, HUY)
    house.use.set_aside(house.sittings["huy"], check, "called away")
    for act in (
        lambda: house.use.resolve(house.sittings["huy"], check, SETTLED),
        lambda: house.use.decide(house.hands["huy"], check),
    ):
        assert refused(CheckClosed, act).state == "set_aside"
    assert house.state(batch) == "disagreed"


def test_a_decision_is_taken_in_a_disagreement_by_whoever_may_and_over_what_was_seen(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch, check = third(house)
    huy, decide = house.hands["huy"], house.use.decide
    refused(ChangedMeanwhile, lambda: decide(huy, check, seen_outcome="rejected"))
    refused(ChangedMeanwhile, lambda: decide(huy, check, seen_settled={(1, "CRK"): True}))
    with monkeypatch.context() as patch:
        patch.setattr(type(house.begin()), "batch_verifies", lambda *_, **__: False)
        assert refused(Unverified, lambda: decide(huy, check)).batch == batch
    house.use.take_role(house.hands["linh"], "huy", "arbiter")
    said = refused(MissingRole, lambda: decide(huy, check))
    assert (said.person, said.role) == (HUY, "arbiter")
    house.use.grant_role(house.hands["linh"], huy, "huy", RoleGrant("arbiter"))
    house.use.reject_after_all(house.hands["som"], batch, "we saw it")
    late = refused(WrongState, lambda: decide(huy, check))
    assert (late.batch, late.state, late.act) == (batch, "rejected", "decide")


def test_nothing_is_decided_over_a_check_that_was_taken_back(house: House) -> None:
    _batch, check = third(house)
    with house.use.look() as uow:
        first = uow.round(uow.check(check).round).signed("first")
    assert first is not None
    house.use.retract_check(house.hands["linh"], first.id, "wrong gauge")
    assert refused(WrongState, lambda: house.use.preview_decision(check)).act == "compare"


def test_one_of_the_two_rejects_a_disagreed_batch_and_both_do_it_again(house: House) -> None:
    batch, agreed = house.batch(), house.accepted()
    house.check("linh", batch)
    house.check("som", batch, DENTS)
    reject = house.use.reject_after_all
    for state in (
        refused(WrongState, lambda: reject(house.hands["som"], agreed, "why")),
        refused(WrongState, lambda: again(house, agreed)),
    ):
        assert (state.batch, state.state) == (agreed, "accepted")
    for act in (
        lambda: reject(house.hands["minh"], batch, "why"),
        lambda: again(house, batch, "linh", "minh"),
        lambda: again(house, batch, "minh", "linh"),
    ):
        said = refused(NotYourCheck, act)
        assert (said.person, said.owner) == (MINH, LINH)
    assert refused(TwoNeeded, lambda: again(house, batch, "linh", "linh")).act == "again"
    linh, som, other = house.hands["linh"], house.hands["som"], Shown("disagreed", "f" * 32, None)
    refused(ChangedMeanwhile, lambda: house.use.do_again(linh, som, batch, "why", seen=other))
    house.use.suspend(house.hands["linh"], "som", "on leave")
    for gone in (lambda: reject(house.hands["som"], batch, "why"), lambda: again(house, batch)):
        assert refused(NotActive, gone).person == SOM


def test_it_is_done_again_once_and_not_while_a_critical_is_claimed(house: House) -> None:
    assert refused(CriticalOpen, lambda: again(house, house.disagreed())).units == (1,)
    batch = house.batch()
    for time in range(2):
        house.check("linh", batch)
        house.check("som", batch, DENTS)
        if not time:
            again(house, batch)
    assert refused(AgainUsedUp, lambda: again(house, batch)).batch == batch


def test_an_arbiter_orders_a_round_only_where_a_retraction_holds(house: House) -> None:
    batch = house.accepted()
    said = refused(WrongState, lambda: house.use.order_round(house.hands["huy"], batch, "why"))
    assert (said.batch, said.act) == (batch, "order_round")
    for time in range(2):
        with house.use.look() as uow:
            check = uow.round(uow.batch(batch).round or "").signed("second")
        assert check is not None
        house.use.retract_check(house.hands["som"], check.id, "wrong gauge")
        if not time:
            house.check("linh", batch)
            house.check("som", batch)
    alone = refused(MissingRole, lambda: house.use.order_round(house.hands["minh"], batch, "why"))
    assert (alone.person, alone.role) == (MINH, "arbiter")


def test_what_is_not_accepted_held_or_being_reworked_is_not_released(house: House) -> None:
    som = house.hands["som"]
    for batch in (house.batch(), house.rejected(), house.disagreed()):
        said = refused(NotAccepted, lambda batch=batch: house.use.release_batch(som, batch))  # type: ignore[misc]
        assert (said.batch, said.state) == (batch, house.state(batch))
    batch = house.accepted()
    house.use.stop_batch(house.sittings["linh"], batch, "safety", "sharp edge")
    held = refused(Held, lambda: house.use.release_batch(som, batch))
    assert (held.batch, held.by) == (batch, LINH)
    house.use.dispose_batch(house.hands["linh"], som, batch, "rework", "deburr")
    house.use.lift_hold(house.hands["linh"], som, batch, "it was no edge")
    assert refused(ReworkersMissing, lambda: house.use.release_batch(som, batch)).batch == batch


def test_the_first_signer_does_not_release_and_is_told_who_could(house: House) -> None:
    batch = house.accepted()
    said = refused(SamePerson, lambda: house.use.release_batch(house.hands["linh"], batch))
    assert (said.person, said.earlier_place, said.who_can) == (LINH, "first", (SOM,))


def test_a_release_rests_on_what_was_seen_and_on_a_log_that_is_whole(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch, som = house.accepted(), house.hands["som"]
    refused(ChangedMeanwhile, lambda: house.use.release_batch(som, batch, seen=("f" * 32, 20)))
    with monkeypatch.context() as patch:
        patch.setattr(type(house.begin()), "lost", lambda _: Lost("missing", 900, 1, last=80, since=80))
        assert refused(SeenEventLost, lambda: house.use.release_batch(som, batch)).event == 900
    with monkeypatch.context() as patch:
        patch.setattr(type(house.begin()), "batch_verifies", lambda *_, **__: False)
        assert refused(Unverified, lambda: house.use.release_batch(som, batch)).batch == batch


def test_nothing_is_released_under_a_version_out_of_use_or_over_a_check_in_doubt(house: House) -> None:
    linh, som = house.hands["linh"], house.hands["som"]
    with house.use.look() as uow:
        since = uow.head_seq() + 1
    batch = house.batch()
    house.check("minh", batch)
    house.check("linh", batch)
    house.use.revoke_key(linh, som, "minh", "suspect", since)
    house.use.lift_hold(linh, som, batch, "looked at")
    said = refused(SuspectCheck, lambda: house.use.release_batch(som, batch))
    assert (said.batch, said.person) == (batch, MINH)
    house.use.retire_procedure(linh, PROCEDURE, "replaced")
    stopped = refused(ProcedureStopped, lambda: house.use.release_batch(som, batch))
    assert stopped.procedure == PROCEDURE
