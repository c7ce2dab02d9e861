# SPDX-License-Identifier: Apache-2.0
"""A log of audits that was written past the program: whatever was forged in it is found, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import Any

import pytest

from qcdesk.checker import canonical
from qcdesk.checker.rules import drawn
from tests.checker.book import Book, name_of

AUDIT = name_of("audit")
QUESTIONS = [f"Q{n}" for n in range(1, 9)]
Answers = dict[str, dict[str, Any]]


class Audited(Book):
    """An audit of the supplier by An, reviewed by Bo; each step may be written otherwise than it was."""

    audit = AUDIT

    def template(self, author: str = "an", approver: str = "bo", **changes: Any) -> Audited:  # noqa: ANN401
        """Write a template of eight questions, the first one critical, and approve it."""
        asked = [
            {"code": code, "text": [{"language": "en", "text": f"Is {code} so?"}], "critical": code == "Q1"}
            for code in QUESTIONS
        ]
        self.asked = {
            "title": [{"language": "en", "text": "Works"}],
            "sections": [{"code": "A", "title": [{"language": "en", "text": "All"}], "questions": asked}],
        }
        self.template_hash = sha256(canonical.write(self.asked)).hexdigest()
        said = {"code": "GEN", "version": 1, "hash": self.template_hash}
        self.entry(author, "audit_template.saved", {**said, "content": self.asked, **changes})
        self.act(approver, "audit_template.approved", said)
        return self

    def begin(self, by: str = "an", **changes: Any) -> None:  # noqa: ANN401
        """Begin the audit."""
        self.entry(by, "audit.opened", {"audit": self.audit, "no": 1, "supplier": name_of("supplier"), "template": "GEN",
                                        "version": 1, "hash": self.template_hash, **changes})  # fmt: skip

    def answers(self, no: Iterable[str] = (), of: Iterable[str] = QUESTIONS) -> Answers:
        """Return answers: all yes, but these."""
        return {code: {"question": code, "value": "no" if code in set(no) else "yes"} for code in of}

    def answer(self, by: str, place: str, answers: Answers) -> None:
        """Save answers."""
        self.entry(
            by, "audit.answered", {"audit": self.audit, "place": place, "answers": list(answers.values())}
        )

    def digest_of(self, answers: Answers) -> str:
        """Return what a signature over answers stands on."""
        ordered = [answers[code] for code in QUESTIONS if code in answers]
        said = {"audit": self.audit, "template": self.template_hash, "answers": ordered}
        return sha256(canonical.write(said)).hexdigest()

    def signed(self, answers: Answers, by: str = "an") -> None:
        """Sign all answers, and draw what is reviewed."""
        row = self.act(
            by,
            "audit.signed",
            {"audit": self.audit, "meaning": "I audited", "record": self.digest_of(answers)},
        )
        self.over, plain = row.seq, QUESTIONS[1:]
        units = drawn.sample_of(row.hash[:16], len(plain), 5, (), hidden=False)
        chosen = {plain[unit - 1] for unit in units}
        self.sample = [code for code in QUESTIONS if code == "Q1" or code in chosen]

    def reviewed(self, own: Answers, differences: list[str], by: str = "bo", **changes: Any) -> None:  # noqa: ANN401
        """Answer the sample for oneself, and sign."""
        self.answer(by, "second", {code: own[code] for code in self.sample})
        record = self.digest_of({code: own[code] for code in self.sample})
        said = {"audit": self.audit, "meaning": "I reviewed", "over": self.over, "sample": self.sample}
        self.act(by, "audit.reviewed", {**said, "record": record, "differences": differences, **changes})

    def closed(
        self,
        answers: Answers,
        settled: Answers,
        score: int,
        result: str,
        by: tuple[str, ...],
        **changes: Any,  # noqa: ANN401
    ) -> None:
        """Settle what differs, and close."""
        said = {"audit": self.audit, "settled": list(settled.values()), "result": result, "score": score,
                "record": self.digest_of({**answers, **settled}), **changes}  # fmt: skip
        self.act(by[0], "audit.closed", said, by[1:])


def ready() -> Audited:
    """Return a log with a template in use; a third person could take part."""
    book = Audited()
    book.opened()
    book.enrol("chi")
    return book.template()


def whole(book: Audited, no: tuple[str, ...] = ("Q3",), others: tuple[str, ...] = ("Q3",)) -> Answers:
    """Begin, answer, sign and review; return the auditor's answers."""
    mine = book.answers(no)
    book.begin()
    book.answer("an", "first", mine)
    book.signed(mine)
    own = book.answers(others)
    book.reviewed(own, [code for code in book.sample if own[code] != mine[code]])
    return mine


def test_an_audit_by_the_rules_holds() -> None:
    book = ready()
    mine = whole(book)
    book.closed(mine, {}, 875, "passed", ("bo",))
    assert book.codes() == set()


def test_an_audit_that_both_settled_holds() -> None:
    book = ready()
    mine = whole(book, no=("Q1",), others=())
    book.closed(mine, book.answers((), ["Q1"]), 1000, "passed", ("bo", "an"))
    assert book.codes() == set()


ACTION, PAPER = name_of("action"), name_of("promise")


def audited_again(no: tuple[str, ...], marked: tuple[bool, bool] = (True, True)) -> Audited:
    """Close an action about what an audit found, on a paper; then audit anew, and find this.

    Args: marked: whether each of the two audits says what it opens again.
    """
    book = ready()
    before, now = ({"reopens": True} if one else {} for one in marked)
    book.closed(whole(book), {}, 875, "passed", ("bo",), **before)
    about = {
        "action": ACTION,
        "number": 1,
        "supplier": name_of("supplier"),
        "product": "",
        "codes": ["A-1/Q3"],
    }
    book.entry("an", "action.opened", {**about, "title": "Doors"})
    said = {"promise": PAPER, "action": ACTION, "no": 1, "words": "Open", "due": "2099-01-01"}
    book.entry("an", "promise.made", {**said, "test": {"kind": "certificate", "document": "Photos"}})
    file = {"name": "door.jpg", "sha256": "0" * 64, "bytes": 9}
    came = {"action": ACTION, "sender": "", "text": "Here", "on": "2030-01-01", "promise": PAPER}
    book.entry("an", "action.replied", {**came, "attachments": [file]})
    kept = {"promise": PAPER, "state": "kept", "lots": []}
    book.act("bo", "action.closed", {"action": ACTION, "reason": "it came", "promises": [kept]})
    book.audit = name_of("audit", 2)
    mine = book.answers(no)
    book.begin(no=2)
    book.answer("an", "first", mine)
    book.signed(mine)
    book.reviewed(mine, [])
    book.closed(mine, {}, 1000 - 125 * len(no), "passed", ("bo",), **now)
    return book


@pytest.mark.parametrize(
    ("no", "reopens", "says", "found"),
    [
        (("Q3",), True, {"promises": [PAPER], "finding": "A-2/Q3"}, set()),
        (("Q3",), True, None, {"rule_unproved_missing"}),
        (("Q3",), True, {"promises": [], "finding": "A-2/Q3"}, {"rule_unproved", "rule_unproved_missing"}),
        (("Q3",), True, {"promises": [PAPER]}, {"rule_unproved", "rule_unproved_missing"}),
        (("Q3",), False, None, set()),  # as earlier programs closed it
        (("Q4",), True, None, set()),
        (("Q4",), True, {"promises": [PAPER], "finding": "A-2/Q4"}, {"rule_unproved"}),
    ],
)
def test_what_an_audit_finds_again_opens_its_action_at_once(
    no: tuple[str, ...], reopens: bool, says: dict[str, Any] | None, found: set[str]
) -> None:
    book = audited_again(no, (reopens, reopens))
    if says is not None:
        book.act("bo", "action.unproved", {"action": ACTION, **says})
    book.batch("B-1")
    assert book.codes() == found


def test_an_audit_that_leaves_out_what_those_before_said_is_found() -> None:
    assert audited_again(("Q3",), (True, False)).codes() == {"rule_mark_missing"}


def reviewed_by_the_auditor(book: Audited) -> None:
    mine = book.answers()
    book.begin()
    book.answer("an", "first", mine)
    book.signed(mine)
    book.reviewed(mine, [], by="an")


def answered_for_the_auditor(book: Audited) -> None:
    book.begin()
    book.answer("chi", "first", book.answers())


def answered_after_the_signature(book: Audited) -> None:
    mine = whole(book)
    book.answer("an", "first", book.answers((), ["Q3"]))
    book.closed(mine, {}, 875, "passed", ("bo",))


def answered_otherwise_than_signed(book: Audited) -> None:
    book.begin()
    book.answer("an", "first", book.answers(["Q2"]))
    book.signed(book.answers())


def signed_by_another(book: Audited) -> None:
    mine = book.answers()
    book.begin()
    book.answer("an", "first", mine)
    book.signed(mine, by="chi")


def signed_with_a_question_open(book: Audited) -> None:
    mine = book.answers(of=QUESTIONS[:-1])
    book.begin()
    book.answer("an", "first", mine)
    book.signed(mine)


def reviewed_of_a_chosen_part(book: Audited) -> None:
    mine = book.answers()
    book.begin()
    book.answer("an", "first", mine)
    book.signed(mine)
    book.sample = ["Q1", *[code for code in QUESTIONS[1:] if code not in book.sample], *book.sample[1:]][:6]
    book.sample.sort()
    book.reviewed(mine, [])


def difference_kept_back(book: Audited) -> None:
    mine = book.answers(["Q1"])
    book.begin()
    book.answer("an", "first", mine)
    book.signed(mine)
    book.reviewed(book.answers(), [])


def settled_by_one_alone(book: Audited) -> None:
    mine = whole(book, no=("Q1",), others=())
    book.closed(mine, book.answers((), ["Q1"]), 1000, "passed", ("bo",))


def settled_beside_a_third(book: Audited) -> None:
    mine = whole(book, no=("Q1",), others=())
    book.closed(mine, book.answers((), ["Q1"]), 1000, "passed", ("bo", "chi"))


def settled_what_both_said(book: Audited) -> None:
    mine = whole(book)
    book.closed(mine, book.answers((), ["Q3"]), 1000, "passed", ("bo",))


def score_altered(book: Audited) -> None:
    book.closed(whole(book), {}, 990, "passed", ("bo",))


def passed_with_a_critical_no(book: Audited) -> None:
    book.closed(whole(book, no=("Q1",), others=("Q1",)), {}, 875, "passed", ("bo",))


def closed_over_other_answers(book: Audited) -> None:
    mine = whole(book)
    book.closed(mine, {}, 875, "passed", ("bo",), record=book.digest_of(book.answers()))


def closed_before_the_review(book: Audited) -> None:
    mine = book.answers()
    book.begin()
    book.answer("an", "first", mine)
    book.signed(mine)
    book.closed(mine, {}, 1000, "passed", ("bo",))


def number_left_out(book: Audited) -> None:
    book.begin(no=2)


def another_template_than_approved(book: Audited) -> None:
    book.begin(hash="00" * 32)


def written_again_once_approved(book: Audited) -> None:
    book.entry("an", "audit_template.saved", {"code": "GEN", "version": 1, "content": book.asked,
                                              "hash": book.template_hash})  # fmt: skip


@pytest.mark.parametrize(
    ("forge", "code"),
    [
        (reviewed_by_the_auditor, "rule_audit_person"),
        (answered_for_the_auditor, "rule_audit_person"),
        (answered_after_the_signature, "rule_audit_time"),
        (answered_otherwise_than_signed, "rule_audit_record"),
        (signed_by_another, "rule_audit_person"),
        (signed_with_a_question_open, "rule_audit_incomplete"),
        (reviewed_of_a_chosen_part, "rule_audit_sample"),
        (difference_kept_back, "rule_audit_record"),
        (settled_by_one_alone, "rule_audit_person"),
        (settled_beside_a_third, "rule_audit_person"),
        (settled_what_both_said, "rule_audit_answer"),
        (score_altered, "rule_audit_outcome"),
        (passed_with_a_critical_no, "rule_audit_outcome"),
        (closed_over_other_answers, "rule_audit_record"),
        (closed_before_the_review, "rule_audit_time"),
        (number_left_out, "rule_audit_number"),
        (another_template_than_approved, "rule_audit_template"),
        (written_again_once_approved, "rule_audit_template"),
    ],
)
def test_what_was_forged_in_an_audit_is_found(forge: Callable[[Audited], None], code: str) -> None:
    book = ready()
    forge(book)
    assert code in book.codes()


def test_a_template_that_its_author_approved_is_found_and_no_audit_rests_on_it() -> None:
    book = Audited()
    book.opened()
    book.template(approver="an")
    assert book.codes() == {"rule_author_approves"}
    book.begin()
    assert "rule_audit_template" in book.codes()


def test_a_template_by_somebody_who_plans_nothing_is_found() -> None:
    book = Audited()
    book.opened()
    book.enrol("ina", ["inspector"])
    book.template(author="ina")
    assert "rule_role" in book.codes()
    other = Audited()
    other.opened()
    other.enrol("ina", ["inspector"])
    other.template(approver="ina")
    assert other.codes() == {"rule_role"}


def test_a_template_that_is_not_what_its_hash_says_is_found() -> None:
    book = Audited()
    book.opened()
    book.template(hash="00" * 32)
    assert "rule_audit_template" in book.codes()
