# SPDX-License-Identifier: Apache-2.0
"""A key in doubt in the replay: nothing is released over what it signed, from the named event on (trust.md §5.5)."""

from __future__ import annotations

import pytest

from tests.checker.book import Book, name_of, person


def ready() -> Book:
    """Return a workspace of An, Bo, Chi and Dan, who hold every role."""
    book = Book().opened()
    for who in ("chi", "dan"):
        book.enrol(who)
    return book


def doubted(book: Book, who: str, since: int) -> None:
    """Put a person's key in doubt, by two others."""
    body = {"person": person(who), "key": book.pens[who].id, "why": "suspect", "suspect_from": since}
    book.act("chi", "key.revoked", {**body, "sessions": []}, ["dan"])


@pytest.mark.parametrize("who", ["an", "bo"])
def test_a_release_over_a_check_of_a_key_in_doubt_is_found(who: str) -> None:
    book = ready()
    batch, round_, checks = book.accepted()
    doubted(book, who, 1)
    book.release("chi", batch, round_, checks)
    assert book.codes() == {"rule_in_doubt"}


def test_a_release_over_a_decision_of_a_key_in_doubt_is_found() -> None:
    book = ready()
    batch = book.batch()
    round_ = book.round(batch)
    one, two = book.both(batch, round_, (), [(1, "CRK")])
    check = book.start("dan", batch, round_, "third")
    claim = {"unit": 1, "code": "CRK", "defect_class": "critical", "count": 1, "holds": False, "note": ""}
    said = {"check": check, "batch": batch, "round": round_, "resolutions": [claim]}
    book.entry("dan", "check.resolved", said)
    classes, _ = book.judged({})
    over = [book.hashes[one], book.hashes[two], book.hashes[round_]]
    body = {**said, "record": book.record_of(check), "over": over, "classes": classes, "outcome": "accepted"}
    decided = book.act("dan", "round.decided", {**body, "meaning": "I decide"})
    key = {"person": person("dan"), "key": book.pens["dan"].id, "why": "suspect", "sessions": []}
    book.act("an", "key.revoked", {**key, "suspect_from": decided.seq}, ["bo"])
    over = [book.hashes[one], book.hashes[two], book.hashes[round_], decided.hash.hex()]
    book.release("chi", batch, round_, [], over=over)
    assert book.codes() == {"rule_in_doubt"}


def test_what_was_signed_before_the_key_came_in_doubt_is_released() -> None:
    book = ready()
    batch, round_, checks = book.accepted()
    doubted(book, "an", book.seq)
    book.release("chi", batch, round_, checks)
    assert book.codes() == set()


def test_an_earlier_doubt_is_not_lifted_by_a_later_one() -> None:
    book = ready()
    batch, round_, checks = book.accepted()
    doubted(book, "an", 1)
    doubted(book, "an", book.seq)
    book.release("chi", batch, round_, checks)
    assert "rule_in_doubt" in book.codes()


def test_a_fresh_round_after_the_doubt_is_released() -> None:
    book = ready()
    batch, round_, checks = book.accepted()
    doubted(book, "an", 1)
    hold = name_of("hold")
    quarantine = {"batch": batch, "hold": hold, "person": person("an"), "suspect_from": 1}
    book.act("chi", "batch.quarantined", quarantine)
    book.act("chi", "batch.lifted", {"batch": batch, "hold": hold, "reason": "x"}, ["dan"])
    body = {"batch": batch, "round": round_, "checks": [checks[0]], "reason": "a key in doubt"}
    book.act("chi", "round.reopened", body, ["dan"])
    fresh = book.round(batch, 2, by="bo", must_include=[])
    one = book.check("bo", batch, fresh, "first")
    two = book.check("dan", batch, fresh, "second")
    book.compare(one, two)
    book.release("chi", batch, fresh, [one, two])
    assert book.codes() == set()
