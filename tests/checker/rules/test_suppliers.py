# SPDX-License-Identifier: Apache-2.0
"""Suppliers that are one, in a log written past the program: who said it, of whom, and what was let go meanwhile."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.checker.book import Book, name_of

FIRST, SECOND, THIRD = name_of("supplier"), name_of("second"), name_of("third")


WAYS = ("blocked as the root", "blocked as the other", "both the same as a third", "apart again")


def ready() -> Book:
    """Return a log with three suppliers, and somebody who plans nothing."""
    book = Book().opened()
    for id_, code in ((SECOND, "S-2"), (THIRD, "S-3")):
        book.entry("an", "supplier.saved", {"supplier": id_, "code": code, "name": code})
    book.enrol("rel", ["releaser", "inspector"])
    return book


def merge(
    book: Book,
    one: str = SECOND,
    same_as: str = FIRST,
    by: tuple[str, ...] = ("an", "bo"),
    reason: str = "one firm",
    since: int = 0,
) -> int:
    """Say that a supplier is the same as another one."""
    body = {"supplier": one, "same_as": same_as, "reason": reason} | ({"since": since} if since else {})
    return book.act(by[0], "supplier.merged", body, by[1:]).seq


def unmerge(book: Book, over: int, one: str = SECOND, by: tuple[str, ...] = ("an", "bo")) -> None:
    """Take a supplier apart again."""
    book.act(by[0], "supplier.unmerged", {"supplier": one, "over": over, "reason": "two firms"}, by[1:])


def status(book: Book, supplier: str, to: str = "blocked") -> None:
    """Say how a supplier stands."""
    book.act("an", "supplier.status", {"supplier": supplier, "status": to, "reason": "cracks", "over": 0})


def batch_of(book: Book, supplier: str) -> None:
    """Register a batch of a supplier."""
    said = {"batch": name_of("batch", "X-1"), "number": "X-1", "product": name_of("P-1"), "quantity": 20,
            "supplier": supplier, "makers": [], "seen": 0}  # fmt: skip
    book.entry("an", "batch.saved", said)


def test_suppliers_are_merged_and_taken_apart_by_two_planners() -> None:
    book = ready()
    unmerge(book, merge(book))
    merge(book, FIRST, SECOND)
    merge(book, THIRD, SECOND)
    assert book.codes() == set()


@pytest.mark.parametrize(
    ("one", "same_as", "later", "found"),
    [
        (SECOND, FIRST, 0, set()),
        (FIRST, SECOND, 0, set()),
        (SECOND, FIRST, 1, {"rule_supplier_merge"}),
        (THIRD, FIRST, 0, {"rule_supplier_merge"}),
    ],
)
def test_suppliers_that_are_merged_again_are_one_since_they_first_were(
    one: str, same_as: str, later: int, found: set[str]
) -> None:
    book = ready()
    first = merge(book)
    unmerge(book, first)
    merge(book, one, same_as, since=first + later)
    assert book.codes() == found


def by_one(book: Book) -> None:
    merge(book, by=("an",))


def by_one_who_plans_nothing(book: Book) -> None:
    merge(book, by=("an", "rel"))


def of_nobody(book: Book) -> None:
    merge(book, name_of("nobody"))


def into_nobody(book: Book) -> None:
    merge(book, same_as=name_of("nobody"))


def itself(book: Book) -> None:
    merge(book, FIRST, FIRST)


def twice(book: Book) -> None:
    merge(book)
    merge(book, SECOND, THIRD)


def chain(book: Book) -> None:
    merge(book)
    merge(book, THIRD, SECOND)


def circle(book: Book) -> None:
    merge(book)
    merge(book, FIRST, SECOND)


def root_of_others(book: Book) -> None:
    merge(book)
    merge(book, FIRST, THIRD)


def without_reason(book: Book) -> None:
    merge(book, reason=" ")


def apart_by_one(book: Book) -> None:
    unmerge(book, merge(book), by=("bo",))


def apart_by_one_who_plans_nothing(book: Book) -> None:
    unmerge(book, merge(book), by=("an", "rel"))


def apart_that_never_were_one(book: Book) -> None:
    unmerge(book, 3)


def apart_twice(book: Book) -> None:
    said = merge(book)
    unmerge(book, said)
    unmerge(book, said)


def apart_over_another_line(book: Book) -> None:
    unmerge(book, merge(book) - 1)


def apart_of_the_root(book: Book) -> None:
    unmerge(book, merge(book), FIRST)


def batch_of_another(book: Book) -> None:
    merge(book)
    batch_of(book, SECOND)


@pytest.mark.parametrize(
    ("forge", "code"),
    [
        (by_one, "rule_signers"),
        (by_one_who_plans_nothing, "rule_role"),
        (of_nobody, "rule_unknown"),
        (into_nobody, "rule_unknown"),
        (itself, "rule_supplier_merge"),
        (twice, "rule_supplier_merge"),
        (chain, "rule_supplier_merge"),
        (circle, "rule_supplier_merge"),
        (root_of_others, "rule_supplier_merge"),
        (without_reason, "rule_no_reason"),
        (apart_by_one, "rule_signers"),
        (apart_by_one_who_plans_nothing, "rule_role"),
        (apart_that_never_were_one, "rule_supplier_merge"),
        (apart_twice, "rule_supplier_merge"),
        (apart_over_another_line, "rule_supplier_merge"),
        (apart_of_the_root, "rule_supplier_merge"),
        (batch_of_another, "rule_merged_supplier"),
    ],
)
def test_what_was_forged_of_suppliers_that_are_one_is_found(forge: Callable[[Book], None], code: str) -> None:
    book = ready()
    forge(book)
    assert book.codes() == {code}


def test_a_batch_of_the_root_and_one_that_was_there_before_hold() -> None:
    book = ready()
    batch_of(book, SECOND)
    merge(book)
    batch = book.batch()
    book.read[batch] = book.rows[-1].seq
    book.batch(quantity=40)
    assert book.codes() == set()


@pytest.mark.parametrize(
    "way", ["blocked as the root", "blocked as the other", "both the same as a third", "apart again"]
)
def test_goods_let_go_while_whoever_is_the_same_is_blocked_are_found(way: str) -> None:
    book = ready()
    batch, round_, checks = book.accepted()
    if way == "blocked as the root":
        status(book, SECOND)
        merge(book, FIRST, SECOND)
    elif way == "both the same as a third":
        merge(book, FIRST, THIRD)
        merge(book, SECOND, THIRD)
        status(book, SECOND)
    else:
        said = merge(book)
        status(book, SECOND)
        if way == "apart again":
            unmerge(book, said)
    book.release("bo", batch, round_, checks)
    assert book.codes() == (set() if way == "apart again" else {"rule_supplier_blocked"})


def test_what_one_alone_said_makes_no_suppliers_one() -> None:
    book = ready()
    by_one(book)
    batch_of(book, SECOND)
    assert book.codes() == {"rule_signers"}
