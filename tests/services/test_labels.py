# SPDX-License-Identifier: Apache-2.0
"""A label says only what is true of its batch now: who has none any more, and what each state has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC

import pytest

from qcdesk.domain.certificates import printed_code
from qcdesk.domain.refusals import Refusal
from qcdesk.services.fill_label import _certificate, fill_label
from qcdesk.services.labels import Label, LabelKind
from tests.workspace import House


def cancelled(house: House) -> str:
    batch = house.batch()
    house.use.cancel_batch(house.sittings["linh"], batch, "twice")
    return batch


def withdrawn(house: House) -> str:
    batch = house.released()
    house.use.withdraw_batch(house.hands["som"], batch, "recall")
    return batch


STATES: tuple[tuple[Callable[[House], str], tuple[LabelKind, ...]], ...] = (
    (lambda house: house.batch(), ("quarantine",)),
    (lambda house: house.accepted(), ("quarantine", "sample")),
    (lambda house: house.released(), ("release", "sample")),
    (withdrawn, ("hold", "sample")),
)


def label(house: House, batch: str, kind: LabelKind) -> Label:
    with house.use.look() as uow:
        return fill_label(uow, batch, kind, on=house.clock.today(), now=house.clock.now(), zone=UTC)


@pytest.fixture
def ruled(house: House) -> House:
    house.approve()
    return house


def test_each_state_has_its_labels_and_every_other_is_refused(ruled: House) -> None:
    for make, possible in STATES:
        batch = make(ruled)
        assert ruled.use.labels_of(batch) == possible
        for kind in ("hold", "release", "quarantine", "sample"):
            if kind in possible:
                assert label(ruled, batch, kind).kind == kind
            else:
                with pytest.raises(Refusal):
                    label(ruled, batch, kind)


def test_what_was_cancelled_has_no_label_any_more(ruled: House) -> None:
    batch = cancelled(ruled)
    for ask in (
        lambda: ruled.use.labels_of(batch),
        lambda: label(ruled, batch, "quarantine"),
    ):
        with pytest.raises(Refusal) as refused:
            ask()
        assert refused.value.code == "state"


def test_only_the_release_of_what_is_certified_bears_the_certificate(ruled: House) -> None:
    batch = ruled.released()
    assert (label(ruled, batch, "release").certificate, label(ruled, batch, "release").proof) == (0, "")
    made = ruled.use.issue_certificate(ruled.hands["som"], batch)
    filled = label(ruled, batch, "release")
    assert (filled.certificate, filled.proof) == (made.certificate, printed_code(made.code, made.sig))
    assert label(ruled, batch, "sample").proof == ""
    with ruled.use.look() as uow:
        fewer = replace(uow.batch(batch), released=made.quantity - 1)
        assert _certificate(uow, fewer) is None
    ruled.use.withdraw_batch(ruled.hands["som"], batch, "recall")
    assert label(ruled, batch, "hold").proof == ""
