# SPDX-License-Identifier: Apache-2.0
"""Columns of corrective actions, of audits, and of the steps of one action."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from qcdesk.domain.audits import Result
from qcdesk.domain.corrective import ActionState, CorrectiveAction, Promise, Step, StepSaid
from qcdesk.domain.promises import LotFound
from qcdesk.gui.promises import ActionRow
from qcdesk.gui.shapes import Shape
from qcdesk.gui.theme import Role
from qcdesk.gui.widgets.lists import Cell, Column, RowsModel
from qcdesk.i18n import Catalogue
from qcdesk.services.audit_rows import AuditListRow
from qcdesk.wording import ages, audits
from qcdesk.wording import corrective as wording
from qcdesk.wording.spelling import day

Today = Callable[[], date]
_STATES: dict[ActionState, tuple[Shape, Role]] = {
    "open": ("flag", "attention"),
    "reopened": ("octagon", "reject"),
    "closed": ("tick", "text2"),
}
_VERDICTS: dict[str | None, tuple[Shape, Role]] = {
    "accepted": ("tick", "accept"),
    "rejected": ("octagon", "reject"),
    None: ("empty", "text2"),
    "": ("barred", "text2"),
}
_RESULTS: dict[Result, Role] = {"passed": "accept", "conditional": "hold", "failed": "reject"}


@dataclass(frozen=True, slots=True)
class StepRow:
    """A discipline with what is said there, if anything."""

    step: Step
    said: StepSaid | None
    person: str


def actions_model(words: Catalogue) -> RowsModel[ActionRow]:
    """Return the model of the list of actions, the newest first."""
    say = words.say

    def state(row: ActionRow) -> Cell:
        shape, role = _STATES[row.action.state]
        return Cell(shape, role, 600)

    bold = Cell(weight=600)

    def promised(row: ActionRow) -> str:
        broken = sum(p.decision.state == "broken" and not p.replaced for p in row.action.promises)
        if broken:
            return words.count("{n} broken", "{n} broken", broken)
        return (
            words.count("{n} promise", "{n} promises", len(row.action.promises))
            if row.action.promises
            else say("none")
        )

    return RowsModel(
        (
            Column(
                say("Action"), lambda r: r.action.name, sort=lambda r: r.action.number, look=lambda _: bold, wide=90
            ),
            Column(say("Title"), lambda r: r.action.title, wide=0, lines=2),
            Column(say("Supplier"), lambda r: r.supplier, look=lambda _: Cell(role="text2"), wide=200, lines=2),
            Column(say("About"), lambda r: wording.about(r.action, words), wide=220, lines=2),
            Column(say("Promises"), promised, wide=110),
            Column(say("State"), lambda r: say(wording.STATES[r.action.state]), look=state, wide=130),
        )
    )  # fmt: skip


def audits_model(words: Catalogue) -> RowsModel[AuditListRow]:
    """Return the model of a supplier's audits, the newest first."""
    say = words.say
    quiet = Cell(role="text2")

    return RowsModel(
        (
            Column(say("Audit"), lambda r: r.name, sort=lambda r: r.no, look=lambda _: Cell(weight=600), wide=84),
            Column(say("Template"), lambda r: r.title, look=lambda _: quiet, wide=0),
            Column(say("Begun"), lambda r: ages.on_day(r.opened_at, words), look=lambda _: quiet, wide=110),
            Column(say("Auditor"), lambda r: r.auditor_name, look=lambda _: quiet, wide=160),
            Column(say("Reviewed by"), lambda r: r.reviewer_name, look=lambda _: quiet, wide=160),
            Column(
                say("Score"), lambda r: audits.score(r.score, words),
                sort=lambda r: -1 if r.score is None else r.score, number=True, wide=90,
            ),
            Column(
                say("Result"),
                lambda r: audits.result(r.result, words) if r.result else audits.state(r.state, words),
                look=lambda r: Cell(role=_RESULTS[r.result] if r.result else "text2", weight=600),
                wide=210,
            ),
        )
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class LotRow:
    """A lot that a promise of an action is held against; ``called``: the action's codes as people call them."""

    action: CorrectiveAction
    called: tuple[str, ...]
    promise: Promise
    lot: LotFound


def lots_model(words: Catalogue, today: Today) -> RowsModel[LotRow]:
    """Return the model of the lots of an action, in the order in which they count."""
    say = words.say

    def stands(row: LotRow) -> Cell:
        lot = row.lot
        shape, role = _VERDICTS["" if lot.over else lot.verdict]
        return Cell(shape, role, 600, note=wording.lot_why(lot, today(), words))

    def shows(row: LotRow) -> Cell:
        return Cell(role="reject" if row.lot.shows(row.action.codes) else "text2")

    return RowsModel(
        (
            Column(say("Lot"), lambda r: r.lot.number, look=lambda _: Cell(weight=600), wide=130, lines=2),
            Column(
                say("Registered"), lambda r: day(r.lot.came, words, today()) if r.lot.came else "",
                sort=lambda r: r.lot.seq, look=lambda _: Cell(role="text2"), wide=110,
            ),
            Column(say("Verdict"), lambda r: wording.lot_stands(r.lot, words), look=stands, wide=0, notes=2),
            Column(say("What it showed"), lambda r: wording.lot_shows(r.lot, r.action.codes, words, r.called), look=shows,
                   wide=150, lines=2),
            Column(say("Promise"), lambda r: str(r.promise.no), number=True, wide=96),
        )
    )  # fmt: skip


def steps_model(words: Catalogue, today: Today) -> RowsModel[StepRow]:
    """Return the model of the disciplines of an action."""
    say = words.say

    def when(row: StepRow) -> str:
        if row.said is None:
            return ""
        if row.said.done:
            return say("done")
        return day(row.said.due, words, today()) if row.said.due else ""

    def look(row: StepRow) -> Cell:
        if row.said is None or (not row.said.done and row.said.due is None):
            return Cell()
        if row.said.done:
            return Cell("tick", "accept", 600)
        late = row.said.due is not None and row.said.due < today()
        return Cell(role="reject" if late else "text")

    return RowsModel(
        (
            Column(say("Step"), lambda r: r.step, look=lambda _: Cell(weight=600), wide=60),
            Column(
                say("What is asked"),
                lambda r: say(wording.STEPS[r.step]),
                look=lambda r: Cell(note=r.said.text.split("\n")[0] if r.said else say("nothing yet")),
                wide=0,
                lines=2,
            ),
            Column(say("Who"), lambda r: r.person, look=lambda _: Cell(role="text2"), wide=140),
            Column(say("Due"), when, look=look, wide=110),
        )
    )
