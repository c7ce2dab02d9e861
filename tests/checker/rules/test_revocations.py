# SPDX-License-Identifier: Apache-2.0
"""A key in doubt in the replay: nothing is released over what it signed, from the named event on (trust.md §5.5)."""

from __future__ import annotations

import json

import pytest

from tests.checker.book import Book, name_of, person


def ready() -> Book:
    """Return a workspace of An, Bo, Chi and Dan, who hold every role."""
    book = Book().opened()
    for who in ("chi", "dan"):
        book.enrol(who)
    return book


def doubted(book: Book, who: str, since: int, *held: str, by: tuple[str, str] = ("chi", "dan")) -> None:
    """Put a person's key in doubt, by two others, who hold batches for it and let them go again."""
    one, two = by
    for batch in held:
        quarantine = {"batch": batch, "hold": hold_of(who, batch), "person": person(who)}
        book.act(one, "batch.quarantined", {**quarantine, "suspect_from": since})
    body = {"person": person(who), "key": book.pens[who].id, "why": "suspect", "suspect_from": since}
    book.act(one, "key.revoked", {**body, "sessions": []}, [two])
    for batch in held:
        lifted = {"batch": batch, "hold": hold_of(who, batch), "reason": "looked at"}
        book.act(one, "batch.lifted", lifted, [two])


def hold_of(who: str, batch: str) -> str:
    """Return the hold of a batch for a person's key."""
    return name_of("doubt", who, batch)


def reopen(book: Book, batch: str, round_: str, *checks: str) -> None:
    """Send a batch to a new round for signatures in doubt; two people sign."""
    body = {"batch": batch, "round": round_, "checks": list(checks), "reason": "a key in doubt"}
    book.act("chi", "round.reopened", body, ["dan"])


@pytest.mark.parametrize("who", ["an", "bo"])
def test_a_release_over_a_check_of_a_key_in_doubt_is_found(who: str) -> None:
    book = ready()
    batch, round_, checks = book.accepted()
    doubted(book, who, 1, batch)
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
    doubted(book, "dan", decided.seq, batch, by=("an", "bo"))
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
    doubted(book, "an", 1, batch)
    reopen(book, batch, round_, checks[0])
    fresh = book.round(batch, 2, by="bo", must_include=[])
    one = book.check("bo", batch, fresh, "first")
    two = book.check("dan", batch, fresh, "second")
    book.compare(one, two)
    book.release("chi", batch, fresh, [one, two])
    assert book.codes() == set()


def test_a_key_put_in_doubt_without_holding_what_rests_on_it_is_found() -> None:
    book = ready()
    book.accepted()
    doubted(book, "an", 1)
    assert book.codes() == {"rule_not_held"}


def test_a_key_in_doubt_is_not_answered_for_by_what_another_has_signed() -> None:
    book = ready()
    batch, _, _ = book.accepted()
    doubted(book, "an", 1, batch)
    assert not book.codes()
    doubted(book, "dan", 1, by=("bo", "chi"))
    assert book.codes() == set()


def test_what_is_not_held_for_a_key_in_doubt_is_found_of_its_own_batch() -> None:
    book = ready()
    book.accepted()
    doubted(book, "an", 1)
    assert [f.batch for f in book.findings()] == ["B-1"]


def test_what_is_released_already_is_not_held_for_a_key_in_doubt() -> None:
    book = ready()
    batch, round_, checks = book.accepted()
    book.release("chi", batch, round_, checks)
    doubted(book, "an", 1)
    assert book.codes() == set()


@pytest.mark.parametrize("which", [[], [0], [1], [0, 1]])
def test_a_round_in_which_no_signature_is_in_doubt_is_not_reopened(which: list[int]) -> None:
    book = ready()
    batch, round_, checks = book.accepted()
    reopen(book, batch, round_, *(checks[n] for n in which))
    assert book.codes() == {"rule_no_doubt"}


@pytest.mark.parametrize("which", [[], [1], [0, 1]])
def test_a_round_is_reopened_for_the_signatures_in_doubt_and_no_others(which: list[int]) -> None:
    book = ready()
    batch, round_, checks = book.accepted()
    doubted(book, "an", 1, batch)
    reopen(book, batch, round_, *(checks[n] for n in which))
    assert book.codes() == {"rule_no_doubt"}


def test_two_who_only_read_do_not_end_a_persons_key() -> None:
    book = ready()
    for who in ("aud", "eva"):
        book.enrol(who, ["auditor"])
    body = {"person": person("bo"), "key": book.pens["bo"].id, "why": "lost", "sessions": []}
    book.act("aud", "key.revoked", body, ["eva"])
    assert book.codes() == {"rule_no_role"}


def test_who_only_reads_ends_the_own_key() -> None:
    book = ready()
    book.enrol("aud", ["auditor"])
    body = {"person": person("aud"), "key": book.pens["aud"].id, "why": "lost", "sessions": []}
    book.act("aud", "key.revoked", body)
    assert book.codes() == set()


# Whose key, and whose sittings ---------------------------------------------------------------------------------------


def test_a_colleagues_key_named_as_ones_own_is_found_and_puts_nothing_in_doubt() -> None:
    book = ready()
    batch, round_, checks = book.accepted()
    body = {"person": person("dan"), "key": book.pens["bo"].id, "why": "suspect", "suspect_from": 1}
    book.act("dan", "key.revoked", {**body, "sessions": []})
    book.release("chi", batch, round_, checks)
    assert book.codes() == {"rule_own_key"}


def test_a_colleagues_sitting_that_ends_with_ones_own_key_is_found() -> None:
    book = ready()
    body = {"person": person("dan"), "key": book.pens["dan"].id, "why": "lost"}
    book.act("dan", "key.revoked", {**body, "sessions": [name_of("no such sitting")]})
    assert book.codes() == {"rule_session_other"}


def test_ones_own_key_and_sittings_end_as_they_may() -> None:
    book = ready()
    own = json.loads(book.sit("dan").body)["body"]["session"]
    body = {"person": person("dan"), "key": book.pens["dan"].id, "why": "lost", "sessions": [own]}
    book.act("dan", "key.revoked", body)
    assert book.codes() == set()
