# SPDX-License-Identifier: Apache-2.0
"""What may become of goods that were not accepted: the rules that stand before their pages do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from qcdesk.domain.dispositions import (
    BECOMES,
    DISPOSITIONS,
    Concession,
    Part,
    require_approval,
    require_dispositions,
    require_no_seeded,
    require_request,
    require_terms,
)
from qcdesk.domain.independence import require_release, require_second, require_third
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import (
    AskedForConcession,
    CriticalConceded,
    MissingRole,
    OutsiderNeeded,
    QuantitiesDiffer,
    ReadsOnly,
    SeededUnits,
    SelfConfirm,
    TwoNeeded,
)
from tests.domain.cases import ANONG, HUY, LINH, SOM, TODAY, case, check, person, round_

AUDITOR = person("audit", "auditor")
INSPECTOR = person("minh", "inspector")
ASKED = Concession("DA-1", "burr on the edge", 500, date(2026, 12, 1), "mail of 3 Nov")


def test_what_becomes_of_the_goods_adds_up_to_the_goods_there_are() -> None:
    parts = (Part("sort", 300, ("huy",)), Part("scrap", 200))
    require_dispositions("DA-1", 500, parts, LINH, SOM, TODAY)
    for wrong in (parts[:1], (*parts, Part("return", 1))):
        with pytest.raises(QuantitiesDiffer):
            require_dispositions("DA-1", 500, wrong, LINH, SOM, TODAY)


def test_one_asks_and_another_confirms() -> None:
    parts = (Part("scrap", 500),)
    with pytest.raises(SelfConfirm):
        require_dispositions("DA-1", 500, parts, LINH, LINH, TODAY)
    for asks, confirms in ((AUDITOR, SOM), (LINH, AUDITOR)):
        with pytest.raises(ReadsOnly):
            require_dispositions("DA-1", 500, parts, asks, confirms, TODAY)


@pytest.mark.parametrize(
    "part",
    [Part("sort", 500), Part("rework", 500), Part("repair", 500), Part("scrap", 0), Part("sell", 500)],  # type: ignore[arg-type]
)
def test_who_sorted_how_many_and_what_are_said(part: Part) -> None:
    with pytest.raises(BadInput):
        require_dispositions("DA-1", part.quantity, (part,), LINH, SOM, TODAY)


def test_a_grade_is_said_of_what_is_regraded_and_of_nothing_else() -> None:
    require_terms("regrade", "B, inner parts")
    require_terms("scrap", " ")
    for disposition, terms in (("regrade", " "), ("repair", "B"), ("return", "B")):
        with pytest.raises(BadInput):
            require_terms(disposition, terms)  # type: ignore[arg-type]


def test_every_disposition_has_a_state_and_what_was_touched_is_inspected_anew() -> None:
    assert set(BECOMES) == set(DISPOSITIONS)
    assert {d for d, state in BECOMES.items() if state == "registered"} == {
        "rework",
        "repair",
        "sort",
        "regrade",
    }


def test_a_critical_is_never_conceded() -> None:
    require_request(ASKED, (), 500, TODAY)
    with pytest.raises(CriticalConceded):
        require_request(ASKED, (7,), 500, TODAY)


def test_a_concession_names_what_how_many_until_when_and_whose_reference() -> None:
    for wrong in (
        replace(ASKED, deviation=" "),
        replace(ASKED, reference=""),
        replace(ASKED, until=date(2026, 1, 1)),
    ):
        with pytest.raises(BadInput):
            require_request(wrong, (), 500, TODAY)
    for quantity in (0, 501):
        with pytest.raises(QuantitiesDiffer):
            require_request(replace(ASKED, quantity=quantity), (), 500, TODAY)


def test_nobody_approves_what_that_person_asked_for_and_one_person_is_not_two() -> None:
    everybody = (LINH, SOM, HUY, ANONG)
    require_approval(ASKED, LINH, (HUY, ANONG), ("som",), everybody, TODAY)
    with pytest.raises(AskedForConcession):
        require_approval(ASKED, LINH, (HUY, LINH), ("som",), everybody, TODAY)
    with pytest.raises(TwoNeeded):
        require_approval(ASKED, LINH, (HUY, HUY), ("som",), everybody, TODAY)
    with pytest.raises(MissingRole):
        require_approval(ASKED, LINH, (HUY, INSPECTOR), ("som",), everybody, TODAY)


def test_one_of_the_two_is_an_outsider_or_the_customer_consents_where_there_is_none() -> None:
    both = (SOM, HUY)
    with pytest.raises(OutsiderNeeded) as refused:
        require_approval(ASKED, LINH, both, ("som", "huy"), (LINH, SOM, HUY, ANONG), TODAY)
    assert refused.value.who_can == ("Anong",)
    consented = replace(ASKED, consent="c" * 64)
    with pytest.raises(OutsiderNeeded):  # there is somebody, so the customer does not stand in
        require_approval(consented, LINH, both, ("som", "huy"), (LINH, SOM, HUY, ANONG), TODAY)
    require_approval(consented, LINH, both, ("som", "huy"), (LINH, SOM, HUY), TODAY)
    with pytest.raises(OutsiderNeeded):
        require_approval(ASKED, LINH, both, ("som", "huy"), (LINH, SOM, HUY), TODAY)


def test_whoever_asked_for_a_concession_takes_no_independent_place() -> None:
    signed = round_(check("first", LINH), check("second", SOM))
    of = replace(case(LINH, SOM, HUY, standing=signed), conceders=("huy",))
    for rule in (require_third, require_release):
        with pytest.raises(AskedForConcession):
            rule(of, HUY)
    with pytest.raises(AskedForConcession):
        require_second(replace(of, round=round_(check("first", LINH))), HUY)


def test_nothing_is_released_while_a_seeded_unit_is_there() -> None:
    require_no_seeded("DA-1", ())
    with pytest.raises(SeededUnits):
        require_no_seeded("DA-1", (7,))
