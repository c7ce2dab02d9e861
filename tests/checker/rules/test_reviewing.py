# SPDX-License-Identifier: Apache-2.0
"""Each rule of a review with a log that breaks it (trust.md §8.3): written past the program, and found all the same."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from qcdesk.checker.rules.state import Marks
from tests.checker.book import SIZE, Book, name_of

BORE: dict[str, Any] = {
    "code": "DIA", "name": "Bore", "kind": "variable", "defect_class": "major", "unit": "mm", "nominal": None,
    "lower": "11.98", "upper": "12.05", "mode": "review", "destructive": True,
}  # fmt: skip
PORE = {"code": "POR", "name": "Pore", "kind": "attribute", "defect_class": "critical", "mode": "review",
        "destructive": True}  # fmt: skip


class Reviewed(Book):
    """A batch of which the bore is destroyed by measuring it; cracks and dents are looked at again."""

    batch_id: str
    round_id: str

    def begun(self, **changes: Any) -> Reviewed:  # noqa: ANN401 - any field of the procedure
        self.opened()
        self.enrol("chi", ["inspector", "arbiter", "releaser"])
        self.procedure(2, **{"characteristics": [BORE], **changes})
        self.batch_id = self.batch()
        self.round_id = self.round(self.batch_id)
        return self

    def reading(self, check: str, unit: int, value: str = "12.00") -> dict[str, Any]:
        inside = "11.98" <= value <= "12.05"
        if not inside:
            self.entries[check]["marks"][(unit, "DIA")] = ("major", 1)
        return {"id": name_of(check, unit, value), "unit": unit, "characteristic": "DIA", "typed": value, "value": value,
                "measure": "mm", "inside": inside, "defect_class": "major"}  # fmt: skip

    def first(self, outside: tuple[int, ...] = (2,), defects: tuple[tuple[int, str], ...] = ()) -> str:
        """Sign a first check with these bores out of limits."""
        check = self.start("an", self.batch_id, self.round_id, "first")
        self.record(
            check,
            defects,
            measured=[
                self.reading(check, u, "12.50" if u in outside else "12.00") for u in range(1, SIZE + 1)
            ],
        )
        self.sign(check)
        return check

    def claim(self, first: str, unit: int = 2, **changes: Any) -> dict[str, Any]:  # noqa: ANN401
        """Return how the second opens a bore out of limits."""
        return {"claim": name_of(first, unit, "12.50"), "unit": unit, "code": "DIA", "defect_class": "major", "count": 1,
                "agrees": True, "note": "", **changes}  # fmt: skip

    def second(
        self,
        *opened: dict[str, Any],
        own: tuple[tuple[int, str], ...] = (),
        who: str = "bo",
        sign: bool = True,
        marks: bool = True,
    ) -> str:
        """Make a second check that opens these claims and measures some bores again."""
        check = self.start(who, self.batch_id, self.round_id, "second")
        measured = [self.reading(check, *one) for one in own]
        self.record(check, measured=measured, reviewed=list(opened))
        for one in opened:
            mark = one["unit"], one["code"]
            if marks and one.get("agrees", True) and one["unit"] not in {u for u, _ in own}:
                self.entries[check]["marks"][mark] = (one["defect_class"], one.get("count", 1))
        if sign:
            seen = {"units": SIZE, "of": SIZE, "not_done": 0, "readings": len(measured), "seconds": 1}
            self.sign(check, seen=seen)
        return check

    def compared(self, first: str, second: str, **changes: Any) -> None:  # noqa: ANN401
        """Compare; nothing in review is looked at twice."""
        self.compare(first, second, comparison=self.comparison({}, {}), **changes)


def test_a_review_within_the_rules_holds() -> None:
    book = Reviewed().begun()
    first = book.first()
    second = book.second(book.claim(first))
    book.compared(first, second)
    book.release("chi", book.batch_id, book.round_id, (first, second))
    assert book.codes() == set()


def test_a_claim_that_the_second_contests_may_end_in_a_disagreement() -> None:
    book = Reviewed().begun()
    first = book.first((2, 3))
    second = book.second(book.claim(first), book.claim(first, 3, agrees=False, note="the gauge was loose"))
    book.compared(first, second)
    third = book.start("chi", book.batch_id, book.round_id, "third")
    resolution = {"unit": 3, "code": "DIA", "defect_class": "major", "count": 1, "holds": False, "note": ""}
    shared = {"check": third, "batch": book.batch_id, "round": book.round_id, "resolutions": [resolution]}
    book.entry("chi", "check.resolved", shared)
    classes, _ = book.judged({(2, "DIA"): ("major", 1)})
    over = [book.hashes[first], book.hashes[second], book.hashes[book.round_id]]
    book.act("chi", "round.decided", {**shared, "meaning": "I decide", "classes": classes, "outcome": "accepted",
             "record": book.record_of(third), "over": over})  # fmt: skip
    assert book.codes() == set()


def test_what_is_measured_again_speaks_before_what_was_said() -> None:
    book = Reviewed().begun()
    first = book.first((2, 3))
    second = book.second(book.claim(first), book.claim(first, 3), own=((3, "12.00"), (4, "12.01")))
    book.compared(first, second)  # the first rejects two, the second claims one: disagreed
    assert book.codes() == set()


def test_findings_of_attributes_of_the_procedure_are_known() -> None:
    book = Reviewed().begun(characteristics=[BORE, PORE])
    check = book.start("an", book.batch_id, book.round_id, "first")
    pore = {"id": name_of("pore"), "unit": 1, "code": "POR", "defect_class": "critical", "count": 1}
    book.record(check, findings=[pore], measured=[book.reading(check, u) for u in range(1, SIZE + 1)])
    assert book.codes() == set()


def unopened(book: Reviewed) -> None:
    book.first()
    book.second()


def one_of_two_opened(book: Reviewed) -> None:
    first = book.first((2, 3))
    book.second(book.claim(first))


def opened_in_a_check_set_aside(book: Reviewed) -> None:
    first = book.first()
    aside = book.second(book.claim(first), sign=False)
    book.entry("bo", "check.set_aside", {"check": aside, "round": book.round_id, "batch": book.batch_id,
               "place": "second", "reason": "ill"})  # fmt: skip
    book.second(who="chi")


def claim_that_nobody_made(book: Reviewed) -> None:
    first = book.first()
    book.second(book.claim(first), book.claim(first, 4), marks=False)


def claim_with(**changes: Any) -> Callable[[Reviewed], None]:  # noqa: ANN401
    def deed(book: Reviewed) -> None:
        first = book.first()
        book.second(book.claim(first, **changes), marks=False)

    return deed


def claim_of_what_is_looked_at_again(book: Reviewed) -> None:
    first = book.first(defects=((4, "DEN"),))
    dent = book.claim(first)
    findings = [f for row in book.rows for f in _findings(row.body)]
    book.second(dent, {**dent, "claim": findings[0]["id"], "unit": 4, "code": "DEN"}, marks=False)


def _findings(body: bytes) -> list[dict[str, Any]]:
    return list(json.loads(body)["body"].get("findings", ()))


def opened_by_the_first(book: Reviewed) -> None:
    check = book.start("an", book.batch_id, book.round_id, "first")
    book.record(check, measured=[book.reading(check, 2, "12.50")])
    book.record(check, measured=[], findings=[], results=[], reviewed=[book.claim(check)])


def contested_without_a_reason(book: Reviewed) -> None:
    first = book.first()
    book.second(book.claim(first, agrees=False))


def outcome_past_a_contested_claim(book: Reviewed) -> None:
    first = book.first((2, 3))
    second = book.second(book.claim(first), book.claim(first, 3, agrees=False, note="loose"))
    book.compared(first, second, outcome="rejected")


def verdict_of_what_was_not_agreed_with(book: Reviewed) -> None:
    first = book.first((2, 3))
    second = book.second(book.claim(first), book.claim(first, 3, agrees=False, note="loose"), sign=False)
    classes, verdict = book.judged({(2, "DIA"): ("major", 1), (3, "DIA"): ("major", 1)})
    book.sign(second, classes=classes, verdict=verdict)


def agreement_counted_from_a_review(book: Reviewed) -> None:
    first = book.first()
    second = book.second(book.claim(first))
    mark: Marks = {(2, "DIA"): ("major", 1)}
    book.compare(first, second, comparison=book.comparison(mark, mark))


def signed_as_blind_though_all_is_reviewed(book: Reviewed) -> None:
    again = Reviewed().begun(defects=[])
    first = again.first()
    again.second(again.claim(first))
    book.rows[:] = again.rows


BROKEN: tuple[tuple[Callable[[Reviewed], None], str], ...] = (
    (unopened, "rule_not_reviewed"),
    (one_of_two_opened, "rule_not_reviewed"),
    (opened_in_a_check_set_aside, "rule_not_reviewed"),
    (claim_that_nobody_made, "rule_review"),
    (claim_with(claim="0" * 32), "rule_review"),
    (claim_with(unit=3), "rule_review"),
    (claim_with(count=2), "rule_review"),
    (claim_with(defect_class="critical"), "rule_review"),
    (claim_with(code="DEN"), "rule_review"),
    (claim_of_what_is_looked_at_again, "rule_review"),
    (opened_by_the_first, "rule_review"),
    (contested_without_a_reason, "rule_no_reason"),
    (outcome_past_a_contested_claim, "rule_outcome"),
    (verdict_of_what_was_not_agreed_with, "rule_classes"),
    (agreement_counted_from_a_review, "rule_comparison"),
    (signed_as_blind_though_all_is_reviewed, "rule_mode"),
)


@pytest.mark.parametrize(("deed", "code"), BROKEN)
def test_a_review_that_breaks_a_rule_is_found(deed: Callable[[Reviewed], None], code: str) -> None:
    book = Reviewed().begun()
    deed(book)
    assert code in book.codes()
