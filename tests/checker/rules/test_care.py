# SPDX-License-Identifier: Apache-2.0
"""Complaints in a log written past the program: what is called an escape."""

from __future__ import annotations

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
