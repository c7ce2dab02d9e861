# SPDX-License-Identifier: Apache-2.0
"""Complaints in a log written past the program: what is called an escape, and who goes on with one."""

from __future__ import annotations

from typing import Any

import pytest

from tests.checker.book import Book, person

NUMBER = {"complaint": 1}


@pytest.fixture
def book() -> Book:
    """Return a log with a complaint, one batch that is accepted, and people who may release it."""
    book = Book().opened()
    book.enrol("chi", ["inspector", "arbiter", "releaser"])
    said = {"customer": "Kho", "contact": "", "language": "", "said_as": "spoken", "words": "It rattles"}
    book.entry("an", "complaint.taken", {**NUMBER, **said, "received": "2026-03-02", "owner": person("an")})
    return book


def binding(book: Book) -> Book:
    """Take another complaint, which is Dora's, by a program under which owners bind; Emil only inspects, too."""
    for who in ("dora", "emil"):
        book.enrol(who, ["inspector"])
    said = {
        "customer": "Kho",
        "contact": "",
        "language": "",
        "said_as": "spoken",
        "words": "It leaks",
        "bound": True,
    }
    book.entry(
        "an", "complaint.taken", {"complaint": 2, **said, "received": "2026-03-02", "owner": person("dora")}
    )
    return book


STEPS: dict[str, dict[str, Any]] = {
    "complaint.acknowledged": {"by_whom": "Ms Kho", "how": "by phone", "on": "2026-03-02"},
    "complaint.handed_over": {"owner": person("chi"), "reason": "knows it"},
    "complaint.called_back": {"called": True, "note": "soon"},
    "complaint.answered": {"to": "a@b.example", "subject": "x", "text": "y"},
    "complaint.closed": {"outcome": "explained"},
}


@pytest.mark.parametrize("kind", STEPS)
@pytest.mark.parametrize(
    ("who", "found"), [("dora", set()), ("an", set()), ("emil", {"rule_complaint_not_theirs"})]
)
def test_only_the_owner_and_who_manages_complaints_go_on(
    book: Book, kind: str, who: str, found: set[str]
) -> None:
    binding(book).entry(who, kind, {"complaint": 2, **STEPS[kind]})
    assert book.codes() == found


@pytest.mark.parametrize(
    ("calls", "found"),
    [
        (({"reached": True},), set()),
        (({},), set()),  # as earlier programs said it
        ((), {"rule_call_back_open"}),
        (({"reached": False},), {"rule_call_back_open"}),
        (({"reached": False}, {"reached": True}), set()),
        (({"reached": True}, {}), {"rule_mark_missing"}),
    ],
)
def test_a_complaint_ends_when_a_promised_call_reached_somebody(
    book: Book, calls: tuple[dict[str, bool], ...], found: set[str]
) -> None:
    later = {**STEPS["complaint.called_back"], "called": False, "call_back": 4_000_000_000_000_000}
    binding(book).entry("dora", "complaint.called_back", {"complaint": 2, **later})
    for said in calls:
        book.entry(
            "dora", "complaint.called_back", {"complaint": 2, **STEPS["complaint.called_back"], **said}
        )
    book.entry("dora", "complaint.closed", {"complaint": 2, "outcome": "explained"})
    assert book.codes() == found


def test_older_logs_let_anybody_go_on(book: Book) -> None:
    book.enrol("emil", ["inspector"])
    for _ in range(2):
        book.entry("emil", "complaint.acknowledged", {**NUMBER, **STEPS["complaint.acknowledged"]})
    assert book.codes() == set()


def test_nothing_is_acknowledged_twice(book: Book) -> None:
    binding(book)
    for _ in range(2):
        book.entry("dora", "complaint.acknowledged", {"complaint": 2, **STEPS["complaint.acknowledged"]})
    assert book.codes() == {"rule_complaint_again"}


@pytest.mark.parametrize(
    ("who", "about", "reason", "found"),
    [
        ("chi", "leaks", "worn out", set()),
        ("chi", "rattles", "worn out", {"rule_complaint_again"}),
        ("chi", "leaks", "loose", {"rule_complaint_again"}),
        ("emil", "leaks", "worn out", {"rule_role"}),
    ],
)
def test_who_settles_disagreements_judges_and_otherwise_only_for_another_reason(
    book: Book, who: str, about: str, reason: str, found: set[str]
) -> None:
    said = {"complaint": 2, "escape": False, "about": "rattles", "reason": "loose", "proposed": []}
    binding(book).entry("chi", "complaint.judged", said)
    book.entry(who, "complaint.judged", {**said, "about": about, "reason": reason})
    assert book.codes() == found


def test_nothing_is_said_of_a_batch_that_is_being_checked(book: Book) -> None:
    binding(book)
    batch = book.batch()
    book.entry("chi", "complaint.linked", {"complaint": 2, "batch": batch, "undone": False})
    book.start("an", batch, book.round(batch), "first")
    assert book.codes() == set()
    said = {"complaint": 2, "escape": False, "about": "rattles", "reason": "loose", "proposed": []}
    book.entry("chi", "complaint.judged", said)
    assert book.codes() == {"rule_complaint_blind"}


def judged(book: Book, *, escape: bool = True) -> set[str]:
    """Judge the complaint; what does not hold."""
    said = {"escape": escape, "about": "rattles", "reason": "loose", "proposed": []}
    book.entry("an", "complaint.judged", {**NUMBER, **said})
    return book.codes()


def link(book: Book, batch: str, *, undone: bool = False) -> None:
    book.entry("an", "complaint.linked", {**NUMBER, "batch": batch, "undone": undone})


def test_what_was_never_released_cannot_have_escaped(book: Book) -> None:
    batch, _, _ = book.accepted()
    link(book, batch)
    assert judged(book, escape=False) == set()
    assert judged(book) == {"rule_escape"}


def test_what_was_released_may_have_escaped(book: Book) -> None:
    batch, round_, checks = book.accepted()
    book.release("chi", batch, round_, checks)
    link(book, batch)
    assert judged(book) == set()


def test_what_left_without_a_release_may_have_escaped(book: Book) -> None:
    batch = book.batch()
    said = {"shipment": "e" * 32, "quantity": 5, "to": "Kho", "on": "2026-03-02", "reason": "by mistake"}
    book.entry("an", "batch.shipped_unreleased", {"batch": batch, **said})
    link(book, batch)
    assert judged(book) == set()


def test_an_escape_is_of_a_batch_that_the_complaint_is_about(book: Book) -> None:
    batch, round_, checks = book.accepted()
    book.release("chi", batch, round_, checks)
    link(book, batch)
    link(book, batch, undone=True)
    assert judged(book) == {"rule_escape"}
