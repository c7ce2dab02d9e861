# SPDX-License-Identifier: Apache-2.0
"""Columns of the list of people."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from qcdesk.domain.people import Person
from qcdesk.gui import persons
from qcdesk.gui.widgets.lists import Cell, Column, RowsModel
from qcdesk.i18n import Catalogue
from qcdesk.services.rows import PersonRow
from qcdesk.wording import states

STATUS_LOOK: dict[str, Cell] = {
    "active": Cell("tick", "text2"),
    "suspended": Cell("square", "hold", 600),
    "revoked": Cell("square", "hold", 600),
    "listed": Cell("dashed", "text2"),
}


def qualified(person: Person, today: date, words: Catalogue) -> tuple[str, bool]:
    """Return for how many procedures a person is qualified now, and whether one has run out."""
    good = [q for q in person.qualifications if q.until is None or q.until >= today]
    over = len(good) < len(person.qualifications)
    if not person.qualifications:
        return "", False
    if over:
        return words.count(
            "{n} has run out", "{n} have run out", len(person.qualifications) - len(good)
        ), True
    return words.count("{n} procedure", "{n} procedures", len(good)), False


def _may(person: Person, words: Catalogue) -> str:
    return persons.role_of(person, words) if person.roles else words.say("Maker")


def people_model(words: Catalogue, today: Callable[[], date]) -> RowsModel[PersonRow]:
    """Return the model: name, role, number, standing, qualifications."""
    say = words.say

    def run_out(row: PersonRow) -> Cell:
        over = qualified(row.person, today(), words)[1]
        return Cell("triangle", "attention", 600) if over else Cell(role="text2")

    return RowsModel(
        (
            Column(
                say("Name"),
                lambda r: r.person.name,
                look=lambda r: Cell(weight=600, note=r.person.login or say("signs nothing")),
                wide=0,
            ),
            Column(
                say("May"),
                lambda r: _may(r.person, words),
                look=lambda _: Cell(role="text2"),
                wide=150,
                lines=2,
            ),
            Column(say("Number"), lambda r: r.person.staff or "", look=lambda _: Cell(role="text2"), wide=76),
            Column(
                say("State"),
                lambda r: say(states.PERSON_STATES[r.person.status]),
                look=lambda r: STATUS_LOOK[r.person.status],
                wide=122,
                lines=2,
            ),
            Column(
                say("Qualified for"),
                lambda r: qualified(r.person, today(), words)[0],
                look=run_out,
                wide=150,
                lines=2,
            ),
        )
    )
