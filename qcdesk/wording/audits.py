# SPDX-License-Identifier: Apache-2.0
"""Audits in words: where one stands, answers, what one came to and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Final

from qcdesk.domain.audit_templates import Question, said
from qcdesk.domain.audits import Answer, Outcome, Result, State
from qcdesk.domain.corrective import code_of_finding
from qcdesk.domain.inputs import BadInput
from qcdesk.i18n import Catalogue, mark
from qcdesk.services.audit_rows import AuditListRow, AuditPage, Coming
from qcdesk.services.corrective_actions import NewAction
from qcdesk.wording.spelling import day, figure

STATES: Final[dict[State, str]] = {
    "open": mark("Being answered"),
    "signed": mark("Waits for review"),
    "reviewed": mark("To be settled"),
    "closed": mark("Closed"),
}
TEMPLATE_STATES: Final = {
    "draft": mark("Draft"),
    "approved": mark("Approved"),
    "retired": mark("Followed by a later one"),
}
RESULTS: Final[dict[Result, str]] = {
    "passed": mark("Passed"),
    "conditional": mark("Passed under conditions"),
    "failed": mark("Failed"),
}
ANSWERS: Final = {
    "yes": mark("Yes"),
    "partly": mark("Partly"),
    "no": mark("No"),
    "not_applicable": mark("Not applicable"),
}


def state(code: State, words: Catalogue) -> str:
    """Return where an audit stands."""
    return words.say(STATES[code])


def result(code: Result, words: Catalogue) -> str:
    """Return what it came to, in a word or three."""
    return words.say(RESULTS[code])


def answer(one: Answer, question: Question, words: Catalogue) -> str:
    """Return an answer: "Partly", "7 of 10"."""
    if one.value == "points":
        return words.say("{points} of {most}", points=one.points or 0, most=question.points)
    return words.say(ANSWERS[one.value])


def brought(question: Question, before: Answer | None, now: Answer, words: Catalogue, *, named: str) -> str:
    """Return what an answer given elsewhere changes, in a line. ``named``: the question in the reader's language."""
    told = _with_note(now, question, words)
    if before is None:
        return words.say("{code} {question} Now: {answer}", code=question.code, question=named, answer=told)
    return words.say(
        "{code} {question} Before: {before}. Now: {answer}",
        code=question.code,
        question=named,
        before=answer(before, question, words),
        answer=told,
    )


def collision(question: Question, here: Answer, there: Answer, words: Catalogue, *, named: str) -> str:
    """Return what of a question is said here and otherwise in a file, in a line. ``named``: as in ``brought``."""
    return words.say(
        "{code} {question} Here: {here}. In the file: {there}",
        code=question.code,
        question=named,
        here=_with_note(here, question, words),
        there=_with_note(there, question, words),
    )


def came_in(came: Coming, words: Catalogue) -> str:
    """Return how many answers of a file came in."""
    if not came.new and not came.collisions:
        return words.say("Everything that was answered in the file is here already.")
    return words.count("{n} answer came in.", "{n} answers came in.", len(came.new))


def collisions(came: Coming, words: Catalogue) -> list[str]:
    """Return what was answered otherwise here and in a file, under the sentence that says what to do about it."""
    if not came.collisions:
        return []
    told = words.count(
        "{n} question was answered otherwise here since: decide what is true, and answer it here.",
        "{n} questions were answered otherwise here since: decide what is true, and answer them here.",
        len(came.collisions),
    )
    return [told] + [
        collision(one.question, one.here or one.there, one.there, words,
                  named=said(one.question.text, words.language))
        for one in came.collisions
    ]  # fmt: skip


def _with_note(one: Answer, question: Question, words: Catalogue) -> str:
    told = answer(one, question, words)
    return words.say("{answer} ({note})", answer=told, note=one.note) if one.note else told


def percent(part: Fraction | None, words: Catalogue) -> str:
    """Return a share in percent with one decimal, what is left over cut off; a dash where nothing applies."""
    return score(None if part is None else int(part * 1000), words) or "–"


def score(tenths: int | None, words: Catalogue) -> str:
    """Return tenths of a percent as ``87.5 %``, in Vietnamese ``87,5 %``; nothing for none."""
    return "" if tenths is None else words.say("{percent} %", percent=_tenths(tenths, words))


def _tenths(tenths: int, words: Catalogue) -> str:
    return figure(f"{tenths // 10}.{tenths % 10}", words)


def sentence(outcome: Outcome, passes: int, conditions: int, words: Catalogue) -> str:
    """Return the result with its reason, as a sentence."""
    reached = percent(outcome.score, words)
    if outcome.critical:
        return words.count(
            "Failed: the critical question {codes} is not met, whatever the score ({score}).",
            "Failed: the critical questions {codes} are not met, whatever the score ({score}).",
            len(outcome.critical), codes=", ".join(outcome.critical), score=reached,
        )  # fmt: skip
    if outcome.result == "failed":
        return words.say("Failed: the score of {score} is below {least} %.", score=reached, least=conditions)
    if outcome.result == "passed":
        return words.say("Passed: the score of {score} is at least {least} %.", score=reached, least=passes)
    if outcome.score * 100 >= passes:
        return words.say(
            "Passed under conditions: the score is {score}, and a critical question is met only in part.",
            score=reached,
        )
    return words.say(
        "Passed under conditions: the score of {score} lies between {low} % and {high} %.",
        score=reached, low=conditions, high=passes,
    )  # fmt: skip


def last_audit(rows: Sequence[AuditListRow], words: Catalogue) -> str:
    """Return what the newest closed audit came to; else that one is under way, or that there was none."""
    closed = next((row for row in rows if row.result is not None and row.score is not None), None)
    if closed is not None and closed.result is not None and closed.score is not None:
        return words.say(
            "Last audit {audit}: {result}, {percent} %.",
            audit=closed.name,
            result=result(closed.result, words),
            percent=_tenths(closed.score, words),
        )
    if rows:
        return words.say("Audit {audit}: {state}.", audit=rows[0].name, state=state(rows[0].state, words))
    return words.say("Never audited.")


def action_about(page: AuditPage, words: Catalogue) -> NewAction:
    """Return the corrective action that asks for everything an audit found: each finding with what was seen.

    Raises: BadInput ``no_findings``: it is not closed yet, or everything was met.
    """
    found = page.outcome.findings if page.outcome is not None else ()
    if not found:
        raise BadInput("no_findings", facts={"audit": page.name}, where={"field": "audit"})
    questions = {one.code: one for one in page.content.questions}
    counting, lines = page.counting, []
    for code in found:
        one = words.say(
            "{code} {text} {answer}.",
            code=code,
            text=said(questions[code].text, words.language),
            answer=answer(counting[code], questions[code], words),
        )
        notes = dict.fromkeys(note for note in (counting[code].note, page.first[code].note) if note.strip())
        lines.append(" ".join((one, *notes)))
    return NewAction(
        page.supplier.supplier,
        words.say("Findings of audit {audit}", audit=page.name),
        tuple(code_of_finding(page.name, code) for code in found),
        finding="\n".join(lines),
    )


def away(audit: str, since: date, words: Catalogue) -> str:
    """Return what whoever answers here is to know of an audit that was taken along and is not back."""
    return words.say(
        "{audit} was taken along on {day} and is not back yet: where its file answers a question otherwise, you decide.",
        audit=audit,
        day=day(since, words),
    )


def asked(question: Question, language: str) -> str:
    """Return the text of a question in a language, or in one that it has."""
    return said(question.text, language)
