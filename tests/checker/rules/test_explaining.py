# SPDX-License-Identifier: Apache-2.0
"""A line that breaks a rule and is no round's: two whom it is not about explain it, and it has given nobody anything."""

from __future__ import annotations

import pytest

from qcdesk.checker.findings import Finding, explained, not_voided
from qcdesk.checker.lines import Row
from qcdesk.checker.rules import explaining as replayed
from qcdesk.checker.rules.replay import Replay
from qcdesk.checker.walk import Standing, Walk
from qcdesk.domain import explaining as program
from tests.checker.book import Book, name_of, person


def shop() -> Book:
    """Return a workspace of An and Bo, who hold every role, and of Chi and Dan, who inspect."""
    book = Book().opened()
    for who in ("chi", "dan"):
        book.enrol(who, ["inspector"])
    return book


def walked(book: Book) -> Walk[Replay]:
    walk = Walk(Replay(), Standing())
    walk.take(book.rows)
    return walk


def left(book: Book) -> list[tuple[int | None, str]]:
    """Return what nobody has explained, by event."""
    rules = walked(book).rules
    return [(f.event, f.code) for f in not_voided([*rules.findings, *rules.owing()], rules.voided)]


def explain(book: Book, row: Row, by: str = "an", other: str = "bo", batch: str | None = None) -> None:
    said = {"number": row.seq, "hash": row.hash.hex(), "reason": "made up", "batch": batch}
    book.act(by, "log.voided", said, [other])


def wrong_concern(book: Book) -> Row:
    return book.entry("chi", "concern.explained", {"concern": "x", "person": person("chi"), "note": "ok"})


def test_what_belongs_to_no_batch_is_explained_by_two_and_stays_listed() -> None:
    book = shop()
    row = wrong_concern(book)
    assert {code for _, code in left(book)} == {"rule_role", "rule_own_concern"}
    explain(book, row)
    assert left(book) == []
    rules = walked(book).rules
    said = explained(rules.findings, rules.voided)
    assert {(e.finding.event, e.people, e.reason, e.seq) for e in said} == {
        (row.seq, "An and Bo", "made up", row.seq + 1)
    }


@pytest.mark.parametrize(
    ("by", "other", "changes", "codes"),
    [
        ("an", "chi", {}, set()),
        ("an", None, {}, {"rule_signers"}),
        ("an", "bo", {"until": 2}, {"rule_rebuilt"}),
        ("an", "bo", {"head": "0" * 64}, {"rule_rebuilt"}),
        ("an", "bo", {"reason": " "}, {"rule_no_reason"}),
    ],
)
def test_tables_are_written_anew_by_two_up_to_the_line_before(
    by: str, other: str | None, changes: dict[str, object], codes: set[str]
) -> None:
    book = shop()
    last = book.rows[-1]
    said = {"until": last.seq, "head": last.hash.hex(), "reason": "a forged line", **changes}
    book.act(by, "tables.rebuilt", said, [other] if other else [])
    assert {code for _, code in left(book)} == codes


@pytest.mark.parametrize(("by", "other"), [("chi", "an"), ("an", "chi")])
def test_who_wrote_it_is_none_of_the_two(by: str, other: str) -> None:
    book = shop()
    explain(book, wrong_concern(book), by, other)
    assert "rule_void" in {code for _, code in left(book)}


def test_whoever_it_is_of_use_to_is_none_of_the_two_and_whom_it_harms_may_be() -> None:
    book = shop()
    granted = {"person": person("dan"), "grant": {"role": "releaser"}}
    row = book.act("an", "role.granted", granted)
    explain(book, row, "dan", "bo")
    assert "rule_void" in {code for _, code in left(book)}
    book = shop()
    row = book.act(
        "an", "badge.stopped", {"person": person("dan"), "badge": name_of("none"), "reason": "lost"}
    )
    explain(book, row, "dan", "bo")
    assert left(book) == []


def test_one_alone_explains_nothing() -> None:
    book = shop()
    row = wrong_concern(book)
    said = {"number": row.seq, "hash": row.hash.hex(), "reason": "made up", "batch": None}
    book.act("an", "log.voided", said)
    assert {code for _, code in left(book)} == {"rule_role", "rule_own_concern", "rule_signers"}


def test_what_breaks_no_rule_is_not_explained() -> None:
    book = shop()
    row = book.act("an", "person.suspended", {"person": person("dan"), "reason": "gone"})
    explain(book, row)
    assert left(book) == [(row.seq + 1, "rule_void")]


def test_line_that_says_nothing_of_its_kind_is_explained() -> None:
    book = shop()
    rows = [
        book.entry("chi", "concern.explained", {"concern": 7}),
        book.entry("chi", "concern.made_up", {}),
    ]
    assert [code for _, code in left(book)] == ["event_shape", "event_unknown"]
    for row in rows:
        explain(book, row)
    assert left(book) == []


# It gives nobody anything, also once it is explained -----------------------------------------------------------------


def test_role_that_was_granted_against_the_rules_is_not_held() -> None:
    book = shop()
    row = book.act(
        "chi", "role.granted", {"person": person("chi"), "grant": {"role": "administrator"}}, ["dan"]
    )
    explain(book, row)
    row = book.act("chi", "person.suspended", {"person": person("bo"), "reason": "x"})
    assert (row.seq, "rule_role") in left(book)


def test_role_given_by_the_rules_afterwards_is_held() -> None:
    book = shop()
    said = {"person": person("chi"), "grant": {"role": "administrator"}}
    explain(book, book.act("chi", "role.granted", said, ["dan"]))
    book.act("an", "role.granted", said, ["bo"])
    book.act("chi", "person.suspended", {"person": person("dan"), "reason": "x"})
    assert left(book) == []


def test_invented_person_signs_nothing_and_lets_nobody_in() -> None:
    book = shop()
    explain(book, book.enrol("eve", by=("an",)), "bo", "chi")
    seqs = {
        book.sit("eve").seq,
        book.enrol("fay", by=("an", "eve")).seq,
        book.sit("fay").seq,
        book.entry("fay", "person.listed", {"person": name_of("x"), "name": "X"}).seq,
    }
    assert {seq for seq, _ in left(book)} >= seqs


def test_person_let_in_against_the_rules_signs_after_two_others_have_given_a_key() -> None:
    book = shop()
    book.act("an", "person.suspended", {"person": person("dan"), "reason": "gone"})
    explain(book, book.act("an", "person.lifted", {"person": person("dan")}), "bo", "chi")
    seq = book.sit("dan").seq
    assert (seq, "rule_not_active") in left(book)
    book.act("an", "person.suspended", {"person": person("dan"), "reason": "again"})
    book.act("an", "person.lifted", {"person": person("dan")}, ["bo"])
    book.sit("dan")
    assert {event for event, _ in left(book)} == {seq}


def test_version_that_was_approved_against_the_rules_opens_no_round() -> None:
    book = shop()
    batch = book.batch()
    book.procedure(2, approver="an")
    explain(book, book.rows[-1], "bo", "chi")
    book.round(batch)
    assert [code for _, code in left(book)] == ["rule_not_approved"]


# Batches ---------------------------------------------------------------------------------------------------------------


def test_what_a_release_could_rest_on_is_explained_with_a_new_round_alone() -> None:
    book = shop()
    batch = book.batch()
    hold = name_of(batch, "hold")
    book.entry("an", "batch.held", {"batch": batch, "hold": hold, "kind": "other", "reason": "call"})
    row = book.act("an", "batch.lifted", {"batch": batch, "hold": hold, "reason": "done"})
    explain(book, row, "bo", "chi")
    assert [code for _, code in left(book)] == ["rule_signers", "rule_void"]
    explain(book, row, "bo", "chi", batch=batch)
    assert {code for _, code in left(book)} == {"rule_void"}


def test_what_a_release_does_not_rest_on_is_explained_and_the_batch_stays_where_it_is() -> None:
    book = shop()
    book.enrol("aud", ["auditor"])
    batch, round_, checks = book.accepted()
    book.release("bo", batch, round_, checks)
    shipped = {"batch": batch, "shipment": name_of("s"), "quantity": 5, "to": "X", "on": "2026-03-02"}
    row = book.entry("aud", "batch.shipped", shipped)
    assert left(book) == [(row.seq, "rule_no_role")]
    explain(book, row)
    book.entry("an", "batch.shipped", {**shipped, "shipment": name_of("t")})
    assert left(book) == []


# The program ----------------------------------------------------------------------------------------------------------


def test_program_and_replay_agree_on_who_explains_what() -> None:
    """Written apart, and the same."""
    assert replayed.OF_A_ROUND == program.OF_A_ROUND
    assert replayed.BEGINS_ANEW == program.OF_A_ROUND | program.UNDER_A_RELEASE
    assert replayed.GIVES == program.FOR_WHOM_IT_NAMES


def test_findings_of_nobodys_line_stay() -> None:
    assert not_voided([Finding.of(None, "rule_role")], {}) == [Finding.of(None, "rule_role")]
