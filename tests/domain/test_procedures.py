# SPDX-License-Identifier: Apache-2.0
"""Procedures: complete before they are approved, by another than the author, and not used when overdue."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcdesk.domain.inputs import BadInput
from qcdesk.domain.procedures import (
    LONGEST_GRACE,
    Characteristic,
    ProcedureDefect,
    ProcedureVersion,
    require_grace,
)
from qcdesk.domain.refusals import (
    AuthorCannotApprove,
    MissingRole,
    ProcedureChanged,
    ProcedureNotApproved,
    ProcedureOverdue,
    ProcedureState,
    TwoNeeded,
)
from qcdesk.domain.sampling import ClassRule
from qcdesk.domain.switching import Switching
from tests.domain.cases import LINH, SOM, TODAY, content, person

DRAFT = ProcedureVersion("IP-204", 7, "draft", "linh", content(), "h" * 64)
APPROVED = replace(DRAFT, state="approved")


@pytest.mark.parametrize(
    ("asked", "kind", "good"),
    [
        ("", "", True),
        ("", "tape", True),
        ("Caliper", "caliper", True),
        ("dial  indicator ", "Dial indicator", True),
        ("Caliper", "tape", False),
        ("Caliper", "", False),
    ],
)
def test_an_instrument_measures_where_its_kind_or_none_is_named(asked: str, kind: str, good: bool) -> None:
    bore = replace(content().characteristics[0], instrument_type=asked)
    assert bore.measured_with(kind) is good


def test_the_author_does_not_approve() -> None:
    with pytest.raises(AuthorCannotApprove):
        DRAFT.require_approvable(LINH, DRAFT.hash, TODAY)
    DRAFT.require_approvable(SOM, DRAFT.hash, TODAY)


def test_approval_takes_a_planner() -> None:
    with pytest.raises(MissingRole):
        DRAFT.require_approvable(person("minh", "inspector"), DRAFT.hash, TODAY)


def test_only_the_text_that_was_read_is_approved() -> None:
    with pytest.raises(ProcedureChanged):
        DRAFT.require_approvable(SOM, "0" * 64, TODAY)


@pytest.mark.parametrize("state", ["approved", "retired"])
def test_only_a_draft_is_approved(state: str) -> None:
    with pytest.raises(ProcedureState):
        replace(DRAFT, state=state).require_approvable(SOM, DRAFT.hash, TODAY)  # type: ignore[arg-type]


@pytest.mark.parametrize("state", ["draft", "retired"])
def test_nobody_inspects_under_a_version_that_is_not_approved(state: str) -> None:
    with pytest.raises(ProcedureNotApproved):
        replace(DRAFT, state=state).require_usable(TODAY)  # type: ignore[arg-type]


def test_an_overdue_version_is_refused_and_one_due_today_is_not() -> None:
    due = replace(APPROVED, content=content(review_by=TODAY))
    due.require_usable(TODAY)
    with pytest.raises(ProcedureOverdue) as refused:
        due.require_usable(date(2026, 11, 19))
    assert refused.value.owner == "anong"


def test_a_grace_is_granted_by_two_for_an_approved_version_and_some_days() -> None:
    until = TODAY + LONGEST_GRACE
    require_grace(APPROVED, LINH, SOM, until, "the review is under way", TODAY)
    with pytest.raises(TwoNeeded) as alone:
        require_grace(APPROVED, LINH, LINH, until, "why", TODAY)
    assert alone.value.act == "grace"
    for version in (DRAFT, replace(DRAFT, state="retired")):
        with pytest.raises(ProcedureState):
            require_grace(version, LINH, SOM, until, "why", TODAY)
    for day, why in ((until, " "), (until + timedelta(days=1), "why"), (TODAY - timedelta(days=1), "why")):
        with pytest.raises(BadInput):
            require_grace(APPROVED, LINH, SOM, day, why, TODAY)


BORE = content().characteristics[0]
DOUBLE = ClassRule("major", "aql", Decimal("1.0"), plan_type="double")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"title": " "}, "missing"),
        ({"products": ()}, "missing"),
        ({"rules": ()}, "missing"),
        ({"defects": (), "characteristics": ()}, "nothing_to_inspect"),
        ({"defects": (ProcedureDefect("A-1/LEG", "Leg", "major"),), "characteristics": ()}, "code_of_audit"),
        ({"defects": (), "characteristics": (Characteristic("a-12/X", "X", "attribute"),)}, "code_of_audit"),
        ({"defects": (*content().defects, ProcedureDefect("DEN", "Again", "major"))}, "twice"),
        ({"defects": (ProcedureDefect("DIA", "Bore", "major"),)}, "twice"),
        ({"rules": (ClassRule("major", "aql", Decimal(1)),)}, "class_without_rule"),
        ({"rules": (*content().rules[:2], ClassRule("minor", "all", n=9))}, "n_needs_zero_rule"),
        ({"characteristics": (replace(BORE, lower=None, upper=None),)}, "no_limit"),
        ({"characteristics": (replace(BORE, lower=Decimal(13)),)}, "limits_crossed"),
        ({"characteristics": (replace(BORE, unit=""),)}, "no_unit"),
        ({"switching": Switching(edition="iso2859-1:2026")}, "unknown_edition"),  # type: ignore[arg-type]
        ({"switching": Switching(reduced="at once")}, "unknown_reduced"),  # type: ignore[arg-type]
        ({"tally": True}, "tally_cannot_measure"),
        ({"tally": True, "characteristics": (), "curtail": True}, "samples_are_blind"),
        ({"defects_mode": "split", "curtail": True}, "samples_are_blind"),
        (
            {"defects_mode": "split", "rules": (content().rules[0], DOUBLE, content().rules[2])},
            "samples_are_blind",
        ),
    ],
)
def test_content_that_could_not_be_inspected_by_is_refused(changes: dict[str, object], code: str) -> None:
    content().require_complete()
    with pytest.raises(BadInput) as refused:
        content(**changes).require_complete()
    assert refused.value.code == code


def test_the_limits_themselves_are_inside() -> None:
    assert BORE.inside(Decimal("11.98"))
    assert BORE.inside(Decimal("12.05"))
    assert not BORE.inside(Decimal("12.0500001"))


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-1000, max_value=1000))
def test_one_sided_limits_bound_one_side(value: Decimal) -> None:
    only_upper = Characteristic("F", "Flatness", "variable", "major", "mm", upper=Decimal("0.1"))
    assert only_upper.inside(value) == (value <= Decimal("0.1"))


def test_an_unknown_code_is_bad_input() -> None:
    with pytest.raises(BadInput):
        content().class_of("XXX")
    with pytest.raises(BadInput):
        content().characteristic("DEN")


def test_an_attribute_characteristic_is_a_key_of_its_own() -> None:
    with_label = content(characteristics=(Characteristic("LBL", "Label present", "attribute", "minor"),))
    assert "LBL" in {k.code for k in with_label.keypad()}


def test_what_could_not_be_inspected_by_is_not_approved() -> None:
    with pytest.raises(BadInput):
        replace(DRAFT, content=content(rules=())).require_approvable(SOM, DRAFT.hash, TODAY)
