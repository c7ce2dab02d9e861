# SPDX-License-Identifier: Apache-2.0
"""Logs of double plans and of checks that end early: one within the rules, and others written past the program."""

# ruff: noqa: ANN401 - bodies of events

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qcdesk.domain.codec import from_data, to_data
from qcdesk.domain.comparison import compare
from qcdesk.domain.events import Finding, RoundOpened, UnitResult
from qcdesk.domain.judging import compare_sides, outcome_of, seen_of, sides_of
from qcdesk.domain.rounds import Work
from qcdesk.domain.sampling import Claimed, DefectClass, judge, overall
from qcdesk.domain.staging import asked_of, judge_check, may_end
from tests.checker.book import Book, name_of

QUANTITY = 60
RULES: list[dict[str, Any]] = [
    {"defect_class": "critical", "kind": "zero", "aql": None, "level": "II", "n": 5, "standard": "iso2859-1:1999"},
    # 8 and 8 units; accepts 0 and 3, rejects 3 and 4
    {"defect_class": "major", "kind": "aql", "aql": "6.5", "level": "II", "n": None, "standard": "iso2859-1:1999",
     "plan_type": "double"},
]  # fmt: skip
CLASSES: dict[str, DefectClass] = {"CRK": "critical", "DEN": "major"}
ONE = {3: "DEN"}


@dataclass
class Staged:
    """A round of a double plan, told sample by sample."""

    book: Book
    batch: str = ""
    round: str = ""
    found: dict[str, tuple[int, Mapping[int, str]]] = field(default_factory=dict)

    @staticmethod
    def of(plan: Callable[[dict[str, Any]], Any] | None = None, **content: Any) -> Staged:
        """Open a round by that procedure; ``plan`` changes what is pinned."""
        book = Book().opened()
        book.procedure(2, **{"rules": RULES, "characteristics": [], **content})
        batch = book.batch(quantity=QUANTITY)
        pinned = book.plan(QUANTITY)
        if plan is not None:
            plan(pinned)
        return Staged(book, batch, book.round(batch, quantity=QUANTITY, plan=pinned))

    def check(self, who: str, place: str, upto: int, found: Mapping[int, str], **changes: Any) -> str:
        """Take a place, go through the first units, and sign."""
        id_ = self.book.start(who, self.batch, self.round, place)
        body = {
            "check": id_, "batch": self.batch, "round": self.round,
            "results": [{"unit": u, "not_done": None} for u in range(1, upto + 1)],
            "findings": [{"id": name_of(id_, u), "unit": u, "code": c, "defect_class": CLASSES[c], "count": 1,
                          "place": "", "note": "", "photo": None} for u, c in found.items()],
            "measured": [], "withdrawn": [], "tallied": None,
        }  # fmt: skip
        self.book.entry(who, "check.recorded", body)
        self.book.entries[id_]["last"] = self.book.at
        self.found[id_] = upto, found
        asked = 8 if upto <= 8 else 16
        classes = self.judged(found, upto)
        own = [c["verdict"] for c in classes]
        verdict = next(v for v in ("rejected", "undecided", "accepted") if v in own)
        seconds = (self.book.at - self.book.entries[id_]["begun"]) // 1_000_000
        seen = {"units": upto, "of": asked, "not_done": 0, "readings": 0, "seconds": seconds}
        self.book.sign(id_, **{"classes": classes, "verdict": verdict, "seen": seen, **changes})
        return id_

    def judged(self, found: Mapping[int, str], upto: int) -> list[dict[str, Any]]:
        """Judge what was found in the first units."""
        claims = [Claimed(u, c, CLASSES[c]) for u, c in found.items()]
        return [to_data(one) for one in judge(self.book._plan(QUANTITY), claims, looked=range(1, upto + 1))]

    def compare(self, first: str, second: str, **changes: Any) -> None:
        """Write the comparison of both."""
        (a, mine), (b, others) = self.found[first], self.found[second]
        reached = min(a, b)
        claims = [
            [Claimed(u, c, CLASSES[c]) for u, c in found.items() if u <= reached] for found in (mine, others)
        ]
        plan = self.book._plan(QUANTITY)
        said = compare(claims[0], claims[1], plan, 16, not_compared=range(reached + 1, 17))
        classes = self.judged({**mine, **others}, reached)
        whole = judge(
            plan,
            [Claimed(u, c, CLASSES[c]) for u, c in {**mine, **others}.items()],
            looked=range(1, reached + 1),
        )
        outcome = overall(whole)
        told: dict[str, Any] = {"outcome": outcome, "reasons": ["union"]}
        if outcome == "undecided":
            told = {"outcome": "disagreed", "reasons": ["sample_missing"]}
        self.book.compare(
            first, second, **{"comparison": to_data(said), "classes": classes, **told, **changes}
        )


def test_a_double_plan_within_the_rules_holds() -> None:
    log = Staged.of()
    log.compare(log.check("an", "first", 16, ONE), log.check("bo", "second", 16, ONE))
    assert log.book.codes() == set()


def test_two_checks_that_went_differently_far_hold_as_a_disagreement() -> None:
    log = Staged.of()
    log.compare(log.check("an", "first", 16, ONE), log.check("bo", "second", 8, {}))
    assert log.book.codes() == set()


def test_a_check_that_ends_early_holds_where_the_procedure_lets_it() -> None:
    log = Staged.of(curtail=True)
    found = {1: "DEN", 2: "DEN", 4: "DEN"}
    log.compare(log.check("an", "first", 5, found), log.check("bo", "second", 6, found))
    assert log.book.codes() == set()


def sign_before_the_second_sample(log: Staged) -> None:
    classes = log.judged(ONE, 8)
    log.check("an", "first", 8, ONE, classes=classes, verdict="accepted")


def call_an_undecided_class_accepted(log: Staged) -> None:
    undecided, _ = log.judged(ONE, 8)[1], None
    classes = [log.judged(ONE, 8)[0], {**undecided, "verdict": "accepted", "stage": 1, "found": [1]}]
    log.check("an", "first", 16, ONE, classes=classes)


def count_past_the_deciding_sample(log: Staged) -> None:
    late = {9: "DEN"}
    counted = {**log.judged(late, 16)[1], "n": 16, "ac": 3, "re": 4, "counted": 1, "beyond": 0, "stage": 2,
               "found": [0, 1]}  # fmt: skip
    seen = {"units": 16, "of": 8, "not_done": 0, "readings": 0, "seconds": 1}
    log.check("an", "first", 16, late, classes=[log.judged(late, 16)[0], counted], seen=seen)


def end_early_unallowed(log: Staged) -> None:
    log.check("an", "first", 5, {1: "DEN", 2: "DEN", 4: "DEN"})


def say_another_number_of_units(log: Staged) -> None:
    seen = {"units": 16, "of": 8, "not_done": 0, "readings": 0, "seconds": 1}
    log.check("an", "first", 16, ONE, seen=seen)


def accept_what_not_both_looked_at(log: Staged) -> None:
    pair = log.check("an", "first", 16, ONE), log.check("bo", "second", 8, {})
    log.compare(*pair, outcome="accepted", reasons=["union"], classes=log.judged(ONE, 16))


def reject_what_is_only_undecided(log: Staged) -> None:
    pair = log.check("an", "first", 16, ONE), log.check("bo", "second", 8, {})
    log.compare(*pair, outcome="rejected", reasons=["union"])


def compare_units_that_one_never_saw(log: Staged) -> None:
    pair = log.check("an", "first", 16, ONE), log.check("bo", "second", 8, {})
    claims = [Claimed(3, "DEN", "major")]
    said = to_data(compare(claims, [], log.book._plan(QUANTITY), 16))
    log.compare(*pair, comparison=said)


@pytest.mark.parametrize(
    ("deed", "codes"),
    [
        (sign_before_the_second_sample, {"rule_incomplete", "rule_seen", "rule_verdict"}),
        (call_an_undecided_class_accepted, {"rule_classes"}),
        (count_past_the_deciding_sample, {"rule_classes"}),
        (end_early_unallowed, {"rule_incomplete"}),
        (say_another_number_of_units, {"rule_seen"}),
        (accept_what_not_both_looked_at, {"rule_outcome", "rule_classes"}),
        (reject_what_is_only_undecided, {"rule_outcome"}),
        (compare_units_that_one_never_saw, {"rule_comparison"}),
    ],
)
def test_what_breaks_the_order_of_the_samples_is_found(
    deed: Callable[[Staged], None], codes: set[str]
) -> None:
    log = Staged.of()
    deed(log)
    assert log.book.codes() == codes


def only_one_sample(plan: dict[str, Any]) -> None:
    plan["classes"][1].pop("stages")


def a_looser_first_sample(plan: dict[str, Any]) -> None:
    plan["classes"][1]["stages"][0]["ac"] = 1


@pytest.mark.parametrize("change", [only_one_sample, a_looser_first_sample])
def test_samples_that_the_tables_do_not_have_are_found(change: Callable[[dict[str, Any]], Any]) -> None:
    assert "rule_plan" in Staged.of(change).book.codes()


@pytest.mark.parametrize("content", [{"tally": True}, {"tally": True, "curtail": True}])
def test_checks_that_go_their_own_way_where_they_may_not_are_found(content: dict[str, Any]) -> None:
    assert "rule_own_way" in Staged.of(**content).book.codes()


def test_an_early_end_of_goods_that_are_only_counted_is_found() -> None:
    rules = [RULES[0], {name: said for name, said in RULES[1].items() if name != "plan_type"}]
    assert Staged.of(rules=rules, tally=True, curtail=True).book.codes() == {"rule_own_way"}


FOUND = st.dictionaries(st.integers(1, 16), st.sampled_from(["DEN", "DEN", "DEN", "CRK"]), max_size=6)


def _gone(opened: RoundOpened, found: Mapping[int, str], *, early: bool) -> Work:
    """Go on as the program asks; stop as soon as it lets one, where ``early``."""
    work = Work()
    while units := [u for u in asked_of(opened, work) if u not in work.done_units()]:
        if early and may_end(opened, work):
            break
        unit = units[0]
        new = (Finding(f"{unit}", unit, found[unit], CLASSES[found[unit]]),) if unit in found else ()
        work = Work((*work.results, UnitResult(unit)), (*work.findings, *new))
    return work


@given(first=FOUND, second=FOUND, early=st.tuples(st.booleans(), st.booleans()), curtail=st.booleans())
@settings(max_examples=40)
def test_whatever_two_people_find_the_replay_comes_to_what_the_program_does(
    first: dict[int, str], second: dict[int, str], early: tuple[bool, bool], curtail: bool
) -> None:
    log = Staged.of(curtail=curtail)
    opened = from_data(RoundOpened, log.book.rounds[log.round].opened)
    works = [_gone(opened, found, early=stop) for found, stop in zip((first, second), early, strict=True)]
    checks = []
    for who, place, work in zip(("an", "bo"), ("first", "second"), works, strict=True):
        classes, verdict = judge_check(opened, work)
        seen = to_data(seen_of(opened, work, 0, 1_000_000))
        found = {f.unit: f.code for f in work.findings if f.unit is not None}
        said = {"classes": [to_data(one) for one in classes], "verdict": verdict, "seen": seen}
        checks.append(log.check(who, place, len(work.results), found, **said))
    sides = sides_of(opened, works[0], works[1])
    comparison = compare_sides(opened, works[0], works[1])
    outcome, reasons, union = outcome_of(opened, sides, sides, comparison)
    log.book.compare(
        checks[0],
        checks[1],
        comparison=to_data(comparison),
        outcome=outcome,
        reasons=list(reasons),
        classes=[to_data(one) for one in union],
    )
    assert log.book.codes() == set()
