# SPDX-License-Identifier: Apache-2.0
"""Promises: a test that lots or a document decide, and nothing else; what is overdue, and who leads what was promised."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from qcdesk.domain.corrective import CorrectiveAction, Promise, StepSaid, about_audit, code_of_finding
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.promises import Decision, LotFound, PromiseTest, decide, require_decidable
from qcdesk.domain.sampling import Verdict

DUE = date(2026, 5, 10)
RATE = PromiseTest("rate", "SCR", percent=Decimal("0.5"), lots=3)


def lot(
    number: int, bad: int = 0, units: int = 200, verdict: Verdict = "accepted", product: str = "P"
) -> LotFound:
    return LotFound(
        f"b{number}", f"LOT-{number}", product, date(2026, 5, number), verdict, units, {"SCR": bad},
        sought=frozenset({"SCR"}), classes_sought=frozenset({"major"}),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("test", "what"),
    [
        (replace(RATE, code=""), "code_or_class"),
        (replace(RATE, defect_class="major"), "code_or_class"),
        (replace(RATE, percent=None), "percent"),
        (replace(RATE, percent=Decimal(100)), "percent"),
        (replace(RATE, percent=Decimal(-1)), "percent"),
        (replace(RATE, lots=0), "lots"),
        (replace(RATE, lots=101), "lots"),
        (replace(RATE, document="certificate"), "too_much"),
        (PromiseTest("certificate"), "document"),
        (PromiseTest("certificate", document=" "), "document"),
        (PromiseTest("certificate", document="certificate", lots=1), "too_much"),
        (PromiseTest("accepted", code="SCR"), "too_much"),
        (PromiseTest("accepted", document="certificate"), "too_much"),
    ],
)
def test_a_promise_that_nothing_could_decide_is_refused(test: PromiseTest, what: str) -> None:
    with pytest.raises(BadInput, match="promise_test") as refused:
        require_decidable(test)
    assert refused.value.facts["what"] == what


def test_exactly_the_limit_is_kept_and_one_unit_more_is_broken() -> None:
    kept = decide(RATE, DUE, (lot(1, 1), lot(2, 1), lot(3, 1)), None, DUE)  # 3 of 600 are 0.5 %
    assert kept == Decision("kept", date(2026, 5, 3), ("LOT-1", "LOT-2", "LOT-3"), 3, 600)
    assert decide(RATE, DUE, (lot(1, 1), lot(2, 1), lot(3, 2)), None, DUE).state == "broken"


def test_a_promise_waits_for_its_lots_and_counts_no_more_of_them() -> None:
    assert decide(RATE, DUE, (lot(1), lot(2, 9)), None, DUE) == Decision(
        "open", None, ("LOT-1", "LOT-2"), 9, 400
    )
    assert decide(RATE, DUE, (lot(1), lot(2), lot(3), lot(4, 99)), None, DUE).state == "kept"
    assert decide(RATE, date(2026, 5, 2), (lot(1), lot(2), lot(3)), None, DUE).state == "late"


def test_the_next_lot_of_the_product_decides_and_no_other() -> None:
    test = PromiseTest("accepted", product="P")
    lots = (lot(1, verdict="rejected", product="Q"), lot(2))
    assert decide(test, DUE, lots, None, DUE) == Decision("kept", date(2026, 5, 2), ("LOT-2",), 0, 200)
    assert decide(test, DUE, lots[:1], None, DUE).state == "open"
    assert decide(PromiseTest("accepted"), DUE, lots, None, DUE).state == "broken"


def blind(one: LotFound) -> LotFound:
    """Return a lot that was inspected by a procedure without any of the codes."""
    return replace(one, sought=frozenset(), classes_sought=frozenset())


def test_a_lot_in_which_nobody_looked_for_it_decides_nothing_unless_it_shows_it_or_is_rejected() -> None:
    first = PromiseTest("accepted")
    passed = decide(first, DUE, (blind(lot(1)), lot(2)), None, DUE, ("SCR", "A-7/Q1"))
    assert (passed.state, passed.lots, [(o.number, o.over) for o in passed.passed_over]) == (
        "kept",
        ("LOT-2",),
        [("LOT-1", "unsought")],
    )
    told = replace(blind(lot(1)), told={"SCR": "major"})
    for shows in (told, blind(lot(1, verdict="rejected"))):
        assert decide(first, DUE, (shows, lot(2)), None, DUE, ("SCR",)).lots == ("LOT-1",)
    one = replace(RATE, lots=1, percent=Decimal(50))
    assert decide(one, DUE, (blind(lot(1, verdict="rejected")), lot(2)), None, DUE).lots == ("LOT-2",)
    seen = decide(one, DUE, (told,), None, DUE)
    assert (seen.state, seen.bad, seen.units) == ("broken", 1, 0), "what nobody looked at is no good unit"
    by_class = replace(one, code="", defect_class="major")
    assert decide(by_class, DUE, (blind(lot(1)), lot(2)), None, DUE).lots == ("LOT-2",)


def test_goods_that_went_away_unjudged_count_as_rejected_once_they_show_it() -> None:
    gone = replace(lot(1), verdict=None, over="returned")
    assert decide(PromiseTest("accepted"), DUE, (gone, lot(2)), None, DUE, ("SCR",)).lots == ("LOT-2",)
    shows = replace(lot(1, 9), verdict=None, over="returned")
    found = decide(PromiseTest("accepted"), DUE, (shows, lot(2)), None, DUE, ("SCR",))
    assert (found.state, found.lots, found.passed_over) == ("broken", ("LOT-1",), ())
    found = decide(RATE, DUE, (shows, lot(2), lot(3)), None, DUE)
    assert (found.state, found.bad, found.units) == ("broken", 9, 600)
    assert (
        decide(PromiseTest("accepted"), DUE, (shows, lot(2)), None, DUE, ("CRK",)).passed_over[0].number
        == "LOT-1"
    )


def test_a_document_is_broken_the_day_after_and_late_when_it_comes_then() -> None:
    test = PromiseTest("certificate", document="certificate")
    after = date(2026, 5, 11)
    assert decide(test, DUE, (), None, DUE).state == "open"
    assert decide(test, DUE, (), None, after) == Decision("broken", DUE)
    assert decide(test, DUE, (), DUE, after) == Decision("kept", DUE)
    assert decide(test, DUE, (), after, after) == Decision("late", after)


def made(**changed: Any) -> CorrectiveAction:  # noqa: ANN401 - any field of an action
    waits = Promise("p", 1, "no dents", DUE, RATE, 7, 0, Decision("open"))
    steps = (StepSaid("D3", "sort", DUE), StepSaid("D4", "why", DUE, done=True), StepSaid("D5", "press"))
    plain = CorrectiveAction("a", 1, "s", "", ("DEN",), "Dents", "an", 0, 5, promises=(waits,), steps=steps)
    return replace(plain, **changed)


def test_what_is_overdue_is_neither_done_nor_passed_nor_replaced_nor_closed() -> None:
    after = date(2026, 5, 11)
    one = made()
    assert ([p.no for p in one.overdue_promises(after)], [s.step for s in one.overdue_steps(after)]) == (
        [1],
        ["D3"],
    )
    assert (one.overdue_promises(DUE), one.overdue_steps(DUE)) == ((), ())
    passed = tuple(replace(p, decision=Decision("late")) for p in one.promises)
    replaced = tuple(replace(p, replaced=True) for p in one.promises)
    assert (
        made(promises=passed).overdue_promises(after) == made(promises=replaced).overdue_promises(after) == ()
    )
    closed = made(state="closed")
    assert (closed.overdue_promises(after), closed.overdue_steps(after)) == ((), ())


def test_whoever_is_named_at_d1_leads_else_whoever_opened_it() -> None:
    assert made().owner == "an"
    assert made(steps=(StepSaid("D1", "the press shop"),)).owner == "an"
    assert (
        made(steps=(StepSaid("D1", "the press shop", person="binh"), StepSaid("D3", person="chi"))).owner
        == "binh"
    )


def test_an_action_about_another_audit_with_the_same_digits_is_not_taken_for_it() -> None:
    seven = made(codes=(code_of_finding("A-7", "LEG-3"),))
    seventy = made(codes=(code_of_finding("A-70", "LEG-3"),))
    assert about_audit((made(), seventy, seven), "A-7") == (seven,)
