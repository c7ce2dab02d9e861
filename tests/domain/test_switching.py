# SPDX-License-Identifier: Apache-2.0
"""Each rule of switching with its lots: what tightens, discontinues, brings back and reduces, and what does not count."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import SeverityNotSet, TwoNeeded
from qcdesk.domain.sampling import ClassVerdict
from qcdesk.domain.switching import (
    LotResult,
    Reason,
    SetTo,
    SeverityState,
    Standing,
    Switching,
    SwitchState,
    after_lot,
    require_set,
    standing_of,
    verdicts_of,
)
from qcdesk.statistics.sampling_tables import Severity

ISO, Z14 = Switching(), Switching("z1.4")


def after(
    outcomes: Iterable[str],
    rules: Switching = ISO,
    start: SwitchState = "normal",
    *,
    ac: int = 1,
    pinned: Severity | None = None,
    **more: object,
) -> SeverityState:
    """Return where lots (A accepted, R not, ? undecided) lead, each inspected as it stood unless ``pinned``."""
    state = SeverityState("major", start)
    words = {"A": "accepted", "R": "rejected", "?": "undecided"}
    for number, outcome in enumerate(outcomes, 1):
        severity = pinned or (state.severity if state.severity != "discontinued" else "tightened")
        lot = LotResult(f"L{number}", words[outcome], severity, ac, **more)  # type: ignore[arg-type]
        state = after_lot(state, rules, lot)
    return state


@pytest.mark.parametrize(
    ("outcomes", "severity", "reason"),
    [
        ("RAAAR", "tightened", Reason("two_of_five", ("L1", "L5"), 5)),
        ("RAAAAR", "normal", Reason()),
        ("RR", "tightened", Reason("two_of_five", ("L1", "L2"), 2)),
        ("R?R", "tightened", Reason("two_of_five", ("L1", "L3"), 2)),
    ],
)
def test_two_not_accepted_of_five_in_a_row_tighten(outcomes: str, severity: str, reason: Reason) -> None:
    state = after(outcomes)
    assert (state.severity, state.reason) == (severity, reason)


def test_five_accepted_in_a_row_end_tightened_and_five_not_accepted_in_all_discontinue() -> None:
    assert after("ARAAAA", start="tightened").severity == "tightened"
    assert after("ARAAAAA", start="tightened").reason == Reason(
        "five_accepted", ("L3", "L4", "L5", "L6", "L7"), 5
    )
    stopped = after("RAAAARARRAR", start="tightened")
    assert stopped.reason == Reason("five_not_accepted", ("L1", "L6", "L8", "L9", "L11"), 5)
    assert after("AAAAAA", start="discontinued").severity == "discontinued"
    ten = after("AAAARAAAAR", Switching("mil-std-105e"), start="tightened")
    assert (ten.severity, ten.reason.because, ten.reason.of) == ("discontinued", "ten_on_tightened", 10)


def test_the_score_of_iso_2859_1_earns_reduced_inspection_which_two_approve() -> None:
    assert after("A" * 14).score == 28 and not after("A" * 14).due
    assert after("A" * 15).due and after("A" * 15).severity == "normal"
    assert after("A" * 9, ac=2, tighter=True).score == 27
    assert after("A" * 9, ac=2).score == 0
    assert after("A" * 14 + "R").score == 0
    beforehand = after("A" * 15, Switching(reduced="beforehand"))
    assert (beforehand.severity, beforehand.reason) == ("reduced", Reason("score", ("L15",), 30))
    assert not after("A" * 30, Switching(reduced="never")).due
    assert after("AA", stages=2, stage=1).score == 6 and after("AA", stages=2, stage=2).score == 0
    assert after("AA", stages=5, stage=3).score == 6 and after("AA", stages=5, stage=4).score == 0


def test_ten_accepted_in_a_row_earn_it_by_z14_and_reduced_ends_with_a_lot_in_between() -> None:
    assert not after("A" * 9, Z14).due and after("A" * 10, Z14).due
    assert after("A", Z14, "reduced", between=True).reason == Reason("between", ("L1",))
    assert after("R", Z14, "reduced").reason == Reason("not_accepted", ("L1",))
    assert after("AAAA", Z14, "reduced").severity == "reduced"


def test_what_was_accepted_at_another_severity_counts_for_nothing_and_what_was_not_always() -> None:
    assert after("AAAAA", start="tightened", pinned="normal") == SeverityState("major", "tightened")
    assert after("RR", pinned="tightened").severity == "tightened"
    assert after("R", start="reduced", pinned="normal").severity == "normal"


def test_where_no_class_rejects_what_is_rejected_none_was_accepted() -> None:
    good = ClassVerdict("major", 5, 0, 1, "percent", 0, 0, "accepted")
    bad = ClassVerdict("minor", 5, 0, 1, "percent", 2, 0, "rejected")
    assert verdicts_of((good,), "rejected") == {"major": "rejected"}
    assert verdicts_of((good, bad), "rejected") == {"major": "accepted", "minor": "rejected"}


@pytest.mark.parametrize(
    ("state", "to", "hands", "problem"),
    [
        (SeverityState("major"), "normal", 2, "same"),
        (SeverityState("major", "discontinued"), "normal", 2, "discontinued"),
        (SeverityState("major"), "reduced", 2, "not_due"),
        (SeverityState("major", "tightened"), "reduced", 2, "not_due"),
        (SeverityState("major", due=True), "reduced", 2, ""),
        (SeverityState("major", "discontinued"), "tightened", 2, ""),
        (SeverityState("major", "reduced"), "normal", 1, ""),
    ],
)
def test_people_set_what_the_rules_leave_to_them(
    state: SeverityState, to: SetTo, hands: int, problem: str
) -> None:
    if not problem:
        require_set(state, ISO, to, "IP-1", hands)
        return
    with pytest.raises(SeverityNotSet) as refused:
        require_set(state, ISO, to, "IP-1", hands)
    assert refused.value.problem == problem


def test_one_alone_sets_nothing_stricter_or_looser_and_no_word_that_is_none() -> None:
    with pytest.raises(TwoNeeded):
        require_set(SeverityState("major"), ISO, "tightened", "IP-1", 1)
    with pytest.raises(TwoNeeded):
        require_set(SeverityState("major", "discontinued"), ISO, "tightened", "IP-1", 1)
    with pytest.raises(BadInput):
        require_set(SeverityState("major"), ISO, "discontinued", "IP-1", 2)  # type: ignore[arg-type]
    for wrong in (Switching("iso"), Switching(reduced="always")):  # type: ignore[arg-type]
        with pytest.raises(BadInput):
            wrong.require_complete()


def test_a_procedure_that_allows_no_reduced_inspection_ends_it() -> None:
    known = {"major": Standing(SeverityState("major", "reduced"), since=7, seq=9)}
    assert standing_of(known, "major", ISO).state.severity == "reduced"  # type: ignore[arg-type]
    ended = standing_of(known, "major", Switching(reduced="never"))  # type: ignore[arg-type]
    assert (ended.state.severity, ended.state.reason.because) == ("normal", "not_allowed")
