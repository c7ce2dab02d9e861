# SPDX-License-Identifier: Apache-2.0
"""What the page of an audit shows, told, and its columns."""

from __future__ import annotations

from dataclasses import dataclass

from qcdesk.gui.screens.audits.writing import PartRow
from qcdesk.gui.theme import Role
from qcdesk.gui.widgets.lists import Cell, Column, RowsModel
from qcdesk.i18n import Catalogue
from qcdesk.services.audit_rows import AuditListRow, TemplateRow
from qcdesk.wording import ages
from qcdesk.wording import audits as wording

_RESULTS: dict[str, Role] = {"passed": "accept", "conditional": "hold", "failed": "reject"}


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A question. ``answer``: the own one, or the one that counts, in words; ``points``: of how many, 0: by a word."""

    code: str
    section: str
    text: str
    guidance: str
    critical: bool
    points: int
    answer: str
    note: str
    evidence: str
    photos: tuple[str, ...]
    differs: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """An audit, told. ``act``: what can be signed now, in words; "" where nothing can. ``asks``: whether answers are."""

    title: str
    note: str
    state: str
    result: str
    role: Role
    make_up: tuple[str, ...]
    questions: tuple[QuestionRow, ...]
    asks: bool
    act: str
    printable: bool
    progress: str
    takeable: bool = False
    """Whether it can be taken along to where the supplier works."""
    finding: str = ""
    """What can be done about its findings, in words; "" where there is nothing."""


def audits_model(words: Catalogue) -> RowsModel[AuditListRow]:
    """Return the model of the list."""
    say = words.say
    return RowsModel(
        (
            Column(
                say("Audit"), lambda r: r.name, sort=lambda r: r.no, look=lambda _: Cell(weight=600), wide=70
            ),
            Column(say("Supplier"), lambda r: r.supplier_name, wide=0, lines=2),
            Column(
                say("Template"),
                lambda r: r.title or r.template,
                look=lambda r: Cell(
                    role="text2", note=say("{code} v{version}", code=r.template, version=r.version)
                ),
                wide=170,
                lines=2,
            ),
            Column(say("State"), lambda r: wording.state(r.state, words), wide=140),
            Column(
                say("Result"),
                lambda r: wording.result(r.result, words) if r.result else "",
                look=lambda r: Cell(role=_RESULTS[r.result] if r.result else "text", weight=600),
                wide=150,
                lines=2,
            ),
            Column(
                say("Score"),
                lambda r: wording.score(r.score, words),
                sort=lambda r: -1 if r.score is None else r.score,
                number=True,
                wide=74,
            ),
            Column(say("Auditor"), lambda r: r.auditor_name, wide=140),
            Column(
                say("Begun"),
                lambda r: ages.on_day(r.opened_at, words),
                sort=lambda r: r.opened_at,
                look=lambda _: Cell(role="text2"),
                wide=110,
            ),
        )
    )


def questions_model(words: Catalogue) -> RowsModel[QuestionRow]:
    """Return the model of the questions of one audit."""
    say = words.say

    def marked(row: QuestionRow) -> Cell:
        if row.differs:
            return Cell("triangle", "attention", 600)
        return Cell(weight=600 if row.critical else 400)

    return RowsModel(
        (
            Column(say("Question"), lambda r: r.code, look=marked, wide=110),
            Column(
                say("Text"),
                lambda r: r.text,
                look=lambda r: Cell(note=say("critical") if r.critical else ""),
                wide=0,
                lines=3,
            ),
            Column(say("Answer"), lambda r: r.answer, look=lambda _: Cell(weight=600), wide=150, lines=2),
        )
    )


def templates_model(words: Catalogue) -> RowsModel[TemplateRow]:
    """Return the model of the list of templates."""
    say = words.say

    def state(row: TemplateRow) -> str:
        told = say(wording.TEMPLATE_STATES[row.state])
        if row.in_use is not None and row.in_use != row.version:
            return say("{state}; v{version} is in use", state=told, version=row.in_use)
        return told

    return RowsModel(
        (
            Column(
                say("Template"),
                lambda r: say("{code} v{version}", code=r.code, version=r.version),
                look=lambda r: Cell(weight=600, note=state(r)),
                wide=0,
                notes=2,
            ),
            Column(
                say("Questions"), lambda r: str(r.questions), sort=lambda r: r.questions, number=True, wide=90
            ),
        )
    )


def parts_model(words: Catalogue) -> RowsModel[PartRow]:
    """Return the model of the sections and questions of a template."""
    say = words.say

    def text(row: PartRow) -> Cell:
        note = say("not in this language yet") if row.untold else row.guidance
        return Cell(role="attention" if row.untold else "text", weight=600 if row.section else 400, note=note)

    return RowsModel(
        (
            Column(say("Code"), lambda r: r.code, look=lambda r: Cell(weight=700 if r.section else 500), wide=100),
            Column(say("Text"), lambda r: r.text, look=text, wide=0, lines=3, notes=3),
            Column(say("Answered by"), lambda r: r.answered, look=lambda _: Cell(role="text2"), wide=120),
            Column(
                say("Weight"),
                lambda r: str(r.weight),
                look=lambda r: Cell(note=say("critical") if r.critical else ""),
                number=True,
                wide=80,
            ),
        )
    )  # fmt: skip


def role_of(result: str) -> Role:
    """Return the colour of a result."""
    return _RESULTS[result]
