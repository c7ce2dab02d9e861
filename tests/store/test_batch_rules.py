# SPDX-License-Identifier: Apache-2.0
"""A batch that was brought against the rules to where it stands is neither released nor certified nor printed.

A changed program of one of the two writes what the honest one refuses; every rule of the database is in its place.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC

import pytest

from qcdesk.domain.refusals import Unverified
from qcdesk.services import sign_check, start_check
from qcdesk.services.fill_report import fill_inspection_report
from qcdesk.store.proofs import Proofs
from tests.workspace import House


def comparison_of_own(house: House, monkeypatch: pytest.MonkeyPatch) -> str:
    """Linh finds something critical; Som's program says that both accept."""
    number = house.batch()
    house.check("linh", number, {1: "CRK"})
    honest = sign_check._compare
    with monkeypatch.context() as changed:
        changed.setattr(
            sign_check,
            "_compare",
            lambda *asked: replace(honest(*asked), outcome="accepted", reasons=("union",)),
        )
        house.check("som", number)
    return number


def sample_of_own(house: House, monkeypatch: pytest.MonkeyPatch) -> str:
    """Linh's program draws the one unit that she likes."""
    number = house.batch(quantity=500)
    honest = start_check._open_round
    with monkeypatch.context() as changed:
        changed.setattr(start_check, "_open_round", lambda *asked: replace(honest(*asked), sample=(7,)))
        house.check("linh", number)
    house.check("som", number)
    return number


def printed(house: House, number: str) -> None:
    uow = house.use.look()
    with uow:
        fill_inspection_report(
            uow,
            uow.batch(number).id,
            house.id("som"),
            on=house.clock.today(),
            now=house.clock.now(),
            zone=UTC,
            picture=lambda _: None,
            head=(1, "0" * 64),
            site="ABCD",
        )


@pytest.mark.parametrize("made", [comparison_of_own, sample_of_own])
def test_a_batch_accepted_against_the_rules_is_not_released_or_printed(
    house: House, monkeypatch: pytest.MonkeyPatch, made: Callable[[House, pytest.MonkeyPatch], str]
) -> None:
    number = made(house, monkeypatch)
    assert house.state(number) == "accepted"
    for asked in (
        lambda: house.use.release_batch(house.hands["som"], number),
        lambda: printed(house, number),
    ):
        with pytest.raises(Unverified) as refused:
            asked()
        assert not refused.value.whole
    honest = house.accepted()
    house.use.release_batch(house.hands["som"], honest)
    assert house.state(honest) == "released"


def test_a_batch_released_against_the_rules_is_not_certified(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = comparison_of_own(house, monkeypatch)
    with monkeypatch.context() as changed:
        changed.setattr(Proofs, "batch_verifies", lambda *_: True)  # what a changed program does not ask
        house.use.release_batch(house.hands["som"], number)
    assert house.state(number) == "released"
    with pytest.raises(Unverified):
        house.use.issue_certificate(house.hands["som"], number)
