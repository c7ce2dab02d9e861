# SPDX-License-Identifier: Apache-2.0
"""Nonconformities in a log written past the program: of what, when, by whom, and over what one was closed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.checker.book import Book, name_of, person

BATCH = name_of("batch", "B-1")
OTHER = name_of("batch", "B-2")
ACTION = name_of("action")


def ready() -> Book:
    """Return a log with a batch that both rejected for a crack, and another one that waits."""
    book = Book().opened()
    batch = book.batch()
    book.both(batch, book.round(batch), [(1, "CRK")], [(1, "CRK")])
    book.batch("B-2")
    book.enrol("dan", ["auditor"])
    book.entry(
        "an",
        "action.opened",
        {"action": ACTION, "number": 1, "supplier": name_of("supplier"), "product": "", "codes": ["CRK"],
         "title": "Cracks"},
    )  # fmt: skip
    return book


def opened(book: Book, by: str = "an", **changes: Any) -> None:  # noqa: ANN401 - any field
    """Open a nonconformity."""
    said = {"nonconformity": 1, "batch": BATCH, "quantity": 5, "codes": ["CRK"], "what": "",
            "containment": "set apart", "owner": person("an"), "due": "2099-01-01", **changes}  # fmt: skip
    book.entry(by, "nonconformity.opened", said)


def step(book: Book, kind: str, by: str = "an", **said: Any) -> None:  # noqa: ANN401
    """Take a step in it."""
    book.entry(by, f"nonconformity.{kind}", {"nonconformity": 1, "batch": BATCH, **said})


def close(book: Book, by: str = "bo", over: int | None = None, reason: str = "sorted") -> None:
    """Close it."""
    said = {"nonconformity": 1, "batch": BATCH, "over": over, "reason": reason}
    book.act(by, "nonconformity.closed", said)


def reopen(book: Book, by: str = "an", **more: Any) -> None:  # noqa: ANN401
    """Open it again."""
    step(book, "reopened", by, due="2099-01-01", reason="more came", **more)


def disposed(book: Book) -> int:
    """Let two return the batch; the number of the line."""
    round_ = next(iter(book.rounds))
    said = {"batch": BATCH, "round": round_, "disposition": "return", "quantity": 20, "reason": "cracks"}
    return book.act("an", "batch.disposed", said, ["bo"]).seq


def test_one_goes_its_way_by_the_rules() -> None:
    book = ready()
    opened(book)
    step(book, "contained", containment="looked through", by="bo")
    step(book, "noted", note="worn mould")
    step(book, "handed_over", owner=person("bo"), reason="knows it")
    step(book, "due", due="2099-02-01", reason="later")
    step(book, "linked", action=ACTION)
    step(book, "linked", action=ACTION, undone=True)
    close(book)
    reopen(book, "bo")
    close(book, "an", disposed(book), "")
    held = {"batch": OTHER, "hold": name_of("hold"), "kind": "other", "reason": "wet"}
    book.entry("an", "batch.held", held)
    opened(book, nonconformity=2, batch=OTHER, codes=[], what="wet")
    assert book.codes() == set()


def leaves_one_out(book: Book) -> None:
    opened(book, nonconformity=2)


def of_more_than_there_is(book: Book) -> None:
    opened(book, quantity=21)


def of_what_nobody_found(book: Book) -> None:
    opened(book, codes=["SCR"])


def of_goods_that_nothing_is_wrong_with(book: Book) -> None:
    opened(book, batch=OTHER, codes=[], what="wet")


def of_nothing(book: Book) -> None:
    opened(book, codes=[])


def while_it_is_checked(book: Book) -> None:
    hold = {"batch": OTHER, "hold": name_of("hold"), "kind": "other", "reason": "wet"}
    book.entry("an", "batch.held", hold)
    book.round(OTHER, number="B-2")
    opened(book, batch=OTHER, codes=[], what="wet")


def a_note_while_it_is_checked(book: Book) -> None:
    hold = {"batch": OTHER, "hold": name_of("hold"), "kind": "other", "reason": "wet"}
    book.entry("an", "batch.held", hold)
    opened(book, batch=OTHER, codes=[], what="wet")
    book.round(OTHER, number="B-2")
    step(book, "noted", batch=OTHER, note="scratched")


def due_when_it_is_past(book: Book) -> None:
    opened(book, due="2020-01-01")


def owned_by_who_only_reads(book: Book) -> None:
    opened(book, owner=person("dan"))


def opened_by_who_only_reads(book: Book) -> None:
    opened(book, "dan")


def handed_to_its_owner(book: Book) -> None:
    opened(book)
    step(book, "handed_over", owner=person("an"), reason="x")


def of_another_batch(book: Book) -> None:
    opened(book)
    step(book, "noted", batch=OTHER, note="x")


def linked_with_nothing(book: Book) -> None:
    opened(book)
    step(book, "linked", action=name_of("nothing"))


def unlinked_what_was_not(book: Book) -> None:
    opened(book)
    step(book, "linked", action=ACTION, undone=True)


def closed_by_who_opened_it(book: Book) -> None:
    opened(book)
    close(book, "an")


def closed_by_who_opened_it_again(book: Book) -> None:
    opened(book)
    close(book)
    reopen(book, "bo")
    close(book, "bo")


def closed_without_a_word(book: Book) -> None:
    opened(book)
    close(book, reason=" ")


def closed_over_another_line(book: Book) -> None:
    opened(book)
    close(book, over=disposed(book) - 1)


def goes_on_after_its_end(book: Book) -> None:
    opened(book)
    close(book)
    step(book, "noted", note="x")


def opened_again_while_it_is_open(book: Book) -> None:
    opened(book)
    reopen(book)


def of_more_together_than_there_is(book: Book) -> None:
    opened(book, quantity=15, together=True)
    opened(book, nonconformity=2, quantity=6, together=True)


def of_more_together_once_it_is_open_again(book: Book) -> None:
    opened(book, quantity=15)
    close(book)
    opened(book, nonconformity=2, quantity=6, together=True)
    reopen(book, together=True)


def without_the_mark_of_those_before(book: Book) -> None:
    opened(book, together=True)
    opened(book, nonconformity=2)


def test_older_logs_and_what_is_closed_are_not_added_up() -> None:
    book = ready()
    opened(book, quantity=15)
    opened(book, nonconformity=2, quantity=6)
    close(book)
    opened(book, nonconformity=3, quantity=14, together=True)
    assert book.codes() == set()


@pytest.mark.parametrize(
    ("forge", "code"),
    [
        (of_more_together_than_there_is, "rule_quantity"),
        (of_more_together_once_it_is_open_again, "rule_quantity"),
        (without_the_mark_of_those_before, "rule_mark_missing"),
        (leaves_one_out, "rule_nonconformity_number"),
        (of_more_than_there_is, "rule_quantity"),
        (of_what_nobody_found, "rule_nonconformity_of_nothing"),
        (of_goods_that_nothing_is_wrong_with, "rule_nonconformity_of_nothing"),
        (of_nothing, "rule_nonconformity_of_nothing"),
        (while_it_is_checked, "rule_state"),
        (a_note_while_it_is_checked, "rule_state"),
        (due_when_it_is_past, "rule_due_past"),
        (owned_by_who_only_reads, "rule_nonconformity_owner"),
        (opened_by_who_only_reads, "rule_no_role"),
        (handed_to_its_owner, "rule_nonconformity_owner"),
        (of_another_batch, "rule_nonconformity_over"),
        (linked_with_nothing, "rule_unknown"),
        (unlinked_what_was_not, "rule_unknown"),
        (closed_by_who_opened_it, "rule_nonconformity_own"),
        (closed_by_who_opened_it_again, "rule_nonconformity_own"),
        (closed_without_a_word, "rule_nonconformity_decided"),
        (closed_over_another_line, "rule_nonconformity_decided"),
        (goes_on_after_its_end, "rule_nonconformity_over"),
        (opened_again_while_it_is_open, "rule_nonconformity_open"),
    ],
)
def test_what_was_forged_of_nonconformities_is_found(forge: Callable[[Book], None], code: str) -> None:
    book = ready()
    forge(book)
    assert book.codes() == {code}
