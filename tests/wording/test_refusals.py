# SPDX-License-Identifier: Apache-2.0
"""Every refusal has words: a fact, and who can or what to do."""

from __future__ import annotations

import re
from dataclasses import fields
from datetime import date
from typing import Any, cast

import pytest

from qcdesk.domain import refusals as rules
from qcdesk.domain.refusals import Refusal
from qcdesk.i18n import STRETCHED, Catalogue
from qcdesk.wording.refusals import tell, told_rules
from tests.wording.examples import every_refusal, example

EN = Catalogue()
TODAY = date(2026, 11, 22)


def test_every_refusal_has_words_of_its_own() -> None:
    assert set(every_refusal()) == told_rules()


@pytest.mark.parametrize("cls", every_refusal(), ids=lambda c: c.__name__)
def test_a_refusal_is_two_whole_sentences_without_codes(cls: type[Refusal]) -> None:
    told = tell(example(cls), EN, today=TODAY)
    for text in (told.fact, told.way):
        assert re.fullmatch(r"[“\"A-Z0-9s].*[.…]", text), text
        assert "{" not in text and "_" not in text
        assert "-" not in cls.code or cls.code not in text.split()
        assert cls.__name__ not in text


@pytest.mark.parametrize("cls", every_refusal(), ids=lambda c: c.__name__)
def test_nobody_who_can_is_no_error(cls: type[Refusal]) -> None:
    lists = {f.name: () for f in fields(cast("Any", cls)) if str(f.type).startswith("tuple")}
    for language in (EN, Catalogue(STRETCHED)):
        for you in (None, "Linh"):
            told = tell(example(cls, **lists), language, you=you)
            assert told.fact and told.way


ACTOR_ONLY = {
    *(rules.MakerFirstNotAllowed, rules.HasSeenFirst, rules.GaveUpPlace, rules.Blind, rules.LastSecond),
    *(rules.AuthorCannotApprove, rules.ThirdNeeded, rules.NotYourSession, rules.SelfConfirm),
    rules.CannotGrantAlone,
}
ABOUT_SOMEBODY = [
    cls
    for cls in every_refusal()
    if "person" in {f.name for f in fields(cast("Any", cls))} and cls not in ACTOR_ONLY
]


@pytest.mark.parametrize("cls", ABOUT_SOMEBODY, ids=lambda c: c.__name__)
def test_a_refusal_about_the_other_person_names_them(cls: type[Refusal]) -> None:
    told = tell(example(cls, person="王敏"), EN, you="Linh")
    assert "王敏" in str(told) and "You " not in told.fact


EXAMPLES: list[tuple[Refusal, str]] = [
    (
        rules.SamePerson("Linh", "second", "first", ("สมชาย", "王敏")),
        "You made the first check. The second person must be someone else. สมชาย and 王敏 can.",
    ),
    (
        rules.MadeUnits("An", (7,), "second", ("Linh", "Som")),
        "You made unit 7, so you cannot check this batch. Linh and Som can.",
    ),
    (
        rules.NotQualified("An", "IP-204", date(2026, 11, 1), ("Huy",), ("Anong",)),
        "Your qualification for IP-204 ended on 1 Nov. Huy can start now; Anong can renew yours.",
    ),
    (
        rules.Blind("An"),
        "You may still be its second person, so the first check stays closed to you. It opens when the second is signed.",
    ),
    (
        rules.Blind("An", ("DA-1", "DA-2")),
        "You may still be the second person of DA-1 and DA-2: the first check there stays closed to you. "
        "Somebody who cannot be second there, such as an auditor, can write the log out.",
    ),
    (
        rules.ProcedureOverdue("IP-204", 7, date(2026, 11, 10), "李娜"),
        "IP-204 v7 was due for review on 10 Nov. Nobody can start under it. Its owner is 李娜. It takes a new version, "
        "or a grace from two planners.",
    ),
    (
        rules.InstrumentOverdue("Caliper C-03", date(2026, 11, 4), (("C-07", date(2027, 2, 2)),)),
        "Caliper C-03 was due for calibration on 4 Nov. Use C-07, good until 2 Feb 2027.",
    ),
    (
        rules.InstrumentOfOtherKind(
            7, "DIA", "Bore", "Caliper", "T-1", "tape", (("C-07", date(2027, 2, 2)),)
        ),
        "Bore is measured with: Caliper. T-1 is another kind: tape. Use C-07, good until 2 Feb 2027.",
    ),
    (
        rules.InstrumentOfOtherKind(7, "DIA", "Bore", "Caliper"),
        "Bore is measured with: Caliper. This reading names no instrument. "
        "Put an instrument of that kind and its calibration on record.",
    ),
    (
        rules.InstrumentOfOtherKind(7, "DIA", "Bore", "Caliper", "X-1"),
        "Bore is measured with: Caliper. X-1 has no kind on record. "
        "Put an instrument of that kind and its calibration on record.",
    ),
    (rules.Incomplete((17, 88, 90)), "3 units have no result: 17, 88, 90. Go to 17."),
    (
        rules.PlaceTaken("second", "王敏", signed=True),
        "Signed by 王敏 a moment ago. Nothing of yours was lost.",
    ),
]


@pytest.mark.parametrize(("refusal", "text"), EXAMPLES, ids=lambda v: type(v).__name__)
def test_refusals_read_as_designed(refusal: Refusal, text: str) -> None:
    assert str(tell(refusal, EN, today=TODAY)) == text


def test_release_before_the_second_check_says_what_is_missing() -> None:
    told = tell(rules.NotAccepted("B-1", "awaiting_second"), EN)
    assert told.fact == "Release needs a second, independent check first."


def test_missing_readings_name_unit_and_characteristic() -> None:
    told = tell(rules.Incomplete((), ((7, "DIA"), (9, "DIA"))), EN)
    assert str(told) == "2 readings are missing: 7 DIA and 9 DIA. Go to 7."


def test_ids_of_the_log_are_never_shown_as_names() -> None:
    told = tell(rules.Held("B-1", "0123456789abcdef0123456789abcdef"), EN)
    assert "0123456789abcdef" not in str(told)


@pytest.mark.parametrize(
    "state", ["registered", "begun_before", "part", "accepted", "shipped", "rework", "anything"]
)
@pytest.mark.parametrize("act", ["start", "ship", "anything"])
def test_wrong_state_says_where_it_stands_and_when_it_can(state: str, act: str) -> None:
    told = tell(rules.WrongState("B-1", state, act), EN)
    assert "B-1" in told.fact and told.way
