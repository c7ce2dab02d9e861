# SPDX-License-Identifier: Apache-2.0
"""Corrective actions in a log written past the program: about which codes, and on which a rate is promised."""

from __future__ import annotations

import pytest

from qcdesk.statistics.sampling_tables import Severity
from tests.checker.book import Book, name_of

ACTION = name_of("action")


def action(*codes: str) -> Book:
    """Return a log with a corrective action about these codes."""
    book = Book().opened()
    book.entry(
        "an",
        "action.opened",
        {"action": ACTION, "number": 1, "supplier": name_of("supplier"), "product": "", "codes": list(codes),
         "title": "Cracks"},
    )  # fmt: skip
    return book


def promised(book: Book, due: str = "2099-01-01", **on: str) -> Book:
    """Promise that a code, or a class, stands on hardly any unit of the next lot."""
    test = {"kind": "rate", **on, "percent": "0.5", "lots": 1}
    book.entry(
        "an",
        "promise.made",
        {"promise": name_of("promise"), "action": ACTION, "no": 1, "words": "No more", "due": due, "test": test},
    )  # fmt: skip
    return book


@pytest.mark.parametrize(
    ("code", "found"), [("CRK", set()), ("SCR", {"rule_promise"}), ("KRC", {"rule_promise"})]
)
def test_a_rate_is_promised_on_a_code_of_its_action(code: str, found: set[str]) -> None:
    assert promised(action("CRK"), code=code).codes() == found


@pytest.mark.parametrize(("name", "found"), [("critical", set()), ("major", {"rule_promise"})])
def test_a_rate_is_promised_on_a_class_of_the_codes_of_its_action(name: str, found: set[str]) -> None:
    assert promised(action("CRK"), defect_class=name).codes() == found


def test_nothing_is_promised_for_a_day_before_the_action() -> None:
    assert promised(action("CRK"), due="2001-01-01", code="CRK").codes() == {"rule_promise"}


@pytest.mark.parametrize("code", ["KRC", "A-1/Q1"])
def test_an_action_is_about_codes_that_are_listed(code: str) -> None:
    assert action(code).codes() == {"rule_unknown"}
    assert action("CRK").codes() == set()


@pytest.mark.parametrize(
    ("closer", "found"), [("an", {"rule_not_fixed", "rule_own_paper"}), ("bo", {"rule_not_fixed"})]
)
def test_a_paper_alone_fixes_no_goods_and_who_brought_it_does_not_close_on_it(
    closer: str, found: set[str]
) -> None:
    book, promise = action("CRK"), name_of("promise")
    test = {"kind": "certificate", "document": "Tool report"}
    book.entry(
        "an",
        "promise.made",
        {"promise": promise, "action": ACTION, "no": 1, "words": "A report", "due": "2099-01-01", "test": test},
    )  # fmt: skip
    file = {"name": "tool.pdf", "sha256": "0" * 64, "bytes": 9}
    book.entry(
        "an",
        "action.replied",
        {"action": ACTION, "sender": "", "text": "Here", "on": "2030-01-01", "promise": promise, "attachments": [file]},
    )  # fmt: skip
    said = {"promise": promise, "state": "kept", "lots": []}
    book.act(closer, "action.closed", {"action": ACTION, "reason": "it came", "promises": [said]})
    assert book.codes() == found


def awaited(code: str = "CRK") -> Book:
    """Return a log with an action about cracks, of which the next lot is to show none."""
    book = action(code)
    said = {"promise": name_of("promise"), "action": ACTION, "no": 1, "words": "None", "due": "2099-01-01"}
    book.entry("an", "promise.made", {**said, "test": {"kind": "accepted"}})
    return book


def closed(book: Book, *lots: str) -> Book:
    """Close the action, as if these lots had kept the promise."""
    said = {"promise": name_of("promise"), "state": "kept", "lots": list(lots)}
    book.act("bo", "action.closed", {"action": ACTION, "reason": "it holds", "promises": [said]})
    return book


def test_the_lot_that_came_first_proves_an_action_and_not_the_one_that_was_inspected_first() -> None:
    book = awaited()
    book.batch("B-1")
    book.accepted("B-2")
    assert closed(book, "B-2").codes() == {"rule_not_fixed"}
    one = awaited()
    one.accepted("B-1")
    one.accepted("B-2")
    assert closed(one, "B-1").codes() == set()


def test_a_lot_of_before_the_promise_proves_nothing() -> None:
    book = action("CRK")
    book.accepted("B-1")
    said = {"promise": name_of("promise"), "action": ACTION, "no": 1, "words": "None", "due": "2099-01-01"}
    book.entry("an", "promise.made", {**said, "test": {"kind": "accepted"}})
    assert closed(book, "B-1").codes() == {"rule_not_fixed"}


@pytest.mark.parametrize(
    ("says", "found"),
    [((name_of("promise"),), set()), (None, {"rule_unproved_missing"}), ((), {"rule_unproved", "rule_unproved_missing"})],
)  # fmt: skip
def test_what_proved_an_action_and_was_taken_back_opens_it_again_at_once(
    says: tuple[str, ...] | None, found: set[str]
) -> None:
    book = awaited()
    batch, round_, (first, _) = book.accepted("B-1")
    closed(book, "B-1")
    taken = {"check": first, "batch": batch, "round": round_, "reason": "wrong lid", "then": "new_round"}
    book.act("an", "check.retracted", {**taken, "used_again": True})
    if says is not None:
        book.act("an", "action.unproved", {"action": ACTION, "promises": list(says)})
    book.batch("B-2")
    assert book.codes() == found


def test_an_action_is_not_opened_again_by_nothing() -> None:
    book = awaited()
    book.accepted("B-1")
    closed(book, "B-1")
    book.act("an", "action.unproved", {"action": ACTION, "promises": [name_of("promise")]})
    assert book.codes() == {"rule_unproved"}


def rejected(book: Book, number: str) -> str:
    """Have a lot rejected for a crack by both; returns its id."""
    batch = book.batch(number)
    book.both(batch, book.round(batch, number=number), [(1, "CRK")], [(1, "CRK")])
    return batch


def repeated(book: Book, batch: str) -> int:
    """Say that the crack came again with a lot; returns the event of the stop."""
    said = {"action": ACTION, "lot": batch, "supplier": name_of("supplier"), "product": "P-1", "code": "CRK"}
    return int(book.act("bo", "defect.repeated", {**said, "defect_class": "critical"}).seq)


@pytest.mark.parametrize(("stops", "found"), [(True, set()), (False, {"rule_repeat_missing"})])
def test_a_lot_rejected_for_it_after_two_let_the_goods_go_stops_them_again(
    stops: bool, found: set[str]
) -> None:
    book = awaited()
    book.accepted("B-1")
    closed(book, "B-1")
    stop = repeated(book, rejected(book, "B-2"))
    book.act("an", "stop.decided", {"stop": stop, "reason": "sorted"}, co=["bo"])
    batch = rejected(book, "B-3")
    if stops:
        repeated(book, batch)
    book.batch("B-4")
    assert book.codes() == found


MISSING = {"rule_repeat_missing"}


@pytest.mark.parametrize(
    ("mark", "product", "says", "found"),
    [
        (True, True, "defect.repeated", set()),
        (True, True, "", MISSING),
        (True, True, "action.unproved", {"rule_unproved", *MISSING}),
        (True, False, "action.unproved", set()),
        (True, False, "defect.repeated", {"rule_repeated", "rule_unproved_missing"}),
        (False, True, "action.unproved", set()),  # as earlier programs said it
        (False, True, "defect.repeated", {"rule_repeated", "rule_unproved_missing"}),
    ],
)
def test_a_report_that_names_no_batch_stops_the_goods_of_the_product_that_it_names(
    mark: bool, product: bool, says: str, found: set[str]
) -> None:
    book, one = awaited(), name_of("report")
    book.accepted("B-1")
    closed(book, "B-1")
    row = {"report": one, "source": "market", "code": "CRK", "name": "Crack", "defect_class": "critical"}
    row |= {"supplier": name_of("supplier"), "found_on": "2090-01-01"}
    more = {"product": name_of("P-1")} if product else {}
    book.entry("bo", "defect.reported", row | more | ({"stops": True} if mark else {}))
    said = {"action": ACTION, "lot": None, "supplier": name_of("supplier"), "product": "P-1", "code": "CRK"}
    if says == "defect.repeated":
        book.act("bo", says, {**said, "defect_class": "critical", "tightens": "rounds", "report": one})
    elif says:
        book.act("bo", says, {"action": ACTION, "promises": [], "report": one})
    book.batch("B-2")
    assert book.codes() == found


@pytest.mark.parametrize(
    ("tightens", "severity", "reason", "found"),
    [
        ("rounds", "tightened", "repeated", set()),
        ("rounds", "tightened", "start", {"rule_repeat_tightens"}),
        ("rounds", "normal", "start", {"rule_repeat_tightens", "rule_plan"}),
        ("", "normal", "start", set()),  # as earlier programs said it
        ("", "tightened", "repeated", {"rule_repeat_tightens"}),
        ("class", "normal", "start", {"rule_switching", "rule_repeat_tightens", "rule_plan"}),
    ],
)
def test_a_round_is_tightened_while_the_action_of_what_came_again_is_open(
    tightens: str, severity: Severity, reason: str, found: set[str]
) -> None:
    book = awaited()
    book.accepted("B-1")
    closed(book, "B-1")
    said = {"action": ACTION, "lot": rejected(book, "B-2"), "supplier": name_of("supplier"), "product": "P-1"}
    more = {"tightens": tightens} if tightens else {}
    book.act("bo", "defect.repeated", {**said, "code": "CRK", "defect_class": "critical", **more})
    plan = book.plan(20, severity)
    book.round(book.batch("B-3"), number="B-3", plan=plan, severity_reason=reason)
    assert book.codes() == found


@pytest.mark.parametrize(
    ("stands", "found"), [(False, set()), (True, {"rule_not_fixed", "rule_repeat_missing"})]
)
def test_what_was_found_before_both_did_it_again_counts_since_that_is_said(
    stands: bool, found: set[str]
) -> None:
    book = awaited("DEN")
    batch = book.batch("B-1")
    book.both(batch, round_ := book.round(batch, number="B-1"), [(1, "DEN"), (2, "DEN")], [])
    more = {"stands": True} if stands else {}
    book.act(
        "an", "round.again", {"batch": batch, "round": round_, "reason": "marks of the light", **more}, ["bo"]
    )
    book.both(batch, book.round(batch, 2, number="B-1"), [], [])
    assert closed(book, "B-1").codes() == found
