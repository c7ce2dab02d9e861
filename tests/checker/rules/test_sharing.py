# SPDX-License-Identifier: Apache-2.0
"""Each rule of a split second check with a log that breaks it (trust.md §8.3)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.checker.book import Book

OWN = [1, 2, 3, 4, 5]
"""Of five units all are in the overlap: no sample is too small to be compared."""


def split(**changes: Any) -> tuple[Book, str]:  # noqa: ANN401 - any field of the procedure
    """Return a workspace with a procedure in which all is split, and a batch."""
    book = Book().opened()
    bore = dict(book.content["characteristics"][0], mode="split")
    book.procedure(2, **{"defects_mode": "split", "characteristics": [bore], **changes})
    return book, book.batch()


def test_a_split_round_within_the_rules_holds() -> None:
    book, batch = split()
    round_ = book.round(batch, overlap=OWN, fresh=[])
    first = book.start("an", batch, round_, "first")
    book.record(first)
    book.sign(first, mode="split")
    second = book.start("bo", batch, round_, "second")
    book.record(second)
    book.sign(second, mode="split")
    classes, _ = book.judged({})
    book.compare(first, second, samples=[classes, classes])
    assert book.codes() == set()


def opening(**changes: Any) -> Callable[[], Book]:  # noqa: ANN401
    def deed() -> Book:
        book, batch = split()
        book.round(batch, **{"overlap": OWN, "fresh": [], **changes})
        return book

    return deed


def fresh_units_where_all_is_blind() -> Book:
    book = Book().opened()
    book.round(book.batch(), overlap=[1, 2], fresh=[2, 4, 5])
    return book


def signed_as(mode: str, book: Book, batch: str, **changes: Any) -> Book:  # noqa: ANN401
    round_ = book.round(batch, **changes)
    first = book.start("an", batch, round_, "first")
    book.record(first)
    book.sign(first, mode=mode)
    return book


def split_signed_as_blind() -> Book:
    book, batch = split()
    return signed_as("blind", book, batch, overlap=OWN, fresh=[])


def blind_signed_as_split() -> Book:
    book = Book().opened()
    return signed_as("split", book, book.batch())


def blind_is_the_strictest() -> Book:
    book, batch = split(defects_mode="blind")
    return signed_as("split", book, batch, overlap=OWN, fresh=[])


def compared_with(samples: list[Any]) -> Callable[[], Book]:
    def deed() -> Book:
        book, batch = split()
        round_ = book.round(batch, overlap=OWN, fresh=[])
        checks = []
        for who, place in (("an", "first"), ("bo", "second")):
            check = book.start(who, batch, round_, place)
            book.record(check, [(1, "DEN")])
            book.sign(check, mode="split")
            checks.append(check)
        book.compare(checks[0], checks[1], samples=samples)
        return book

    return deed


def samples_where_all_is_blind() -> Book:
    book = Book().opened()
    batch = book.batch()
    round_ = book.round(batch)
    one, two = (book.check(who, batch, round_, place) for who, place in (("an", "first"), ("bo", "second")))
    classes, _ = book.judged({})
    book.compare(one, two, samples=[classes, classes])
    return book


CLEAN, _ = Book().judged({})
BROKEN: tuple[tuple[Callable[[], Book], str], ...] = (
    (opening(overlap=[1, 2, 3, 4], fresh=[2]), "rule_second_sample"),
    (opening(overlap=[1, 2, 3, 4, 4]), "rule_second_sample"),
    (opening(overlap=[1, 2, 3, 4, 6]), "rule_second_sample"),
    (opening(overlap=[], fresh=[]), "rule_second_sample"),
    (opening(fresh=[2]), "rule_second_sample"),
    (opening(overlap=OWN[:4], fresh=[3]), "rule_second_sample"),
    (opening(overlap=OWN[:4], fresh=[21]), "rule_second_sample"),
    (fresh_units_where_all_is_blind, "rule_second_sample"),
    (split_signed_as_blind, "rule_mode"),
    (blind_signed_as_split, "rule_mode"),
    (blind_is_the_strictest, "rule_mode"),
    (compared_with([]), "rule_classes"),
    (compared_with([CLEAN, CLEAN]), "rule_classes"),
    (samples_where_all_is_blind, "rule_classes"),
)


@pytest.mark.parametrize(("deed", "code"), BROKEN)
def test_a_split_round_that_breaks_a_rule_is_found(deed: Callable[[], Book], code: str) -> None:
    assert code in deed().codes()
