# SPDX-License-Identifier: Apache-2.0
"""Beside a record: what can be done about it now, and what was done about it, oldest first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, Protocol, TypeVar, cast

from PySide6.QtCore import Signal

from qcdesk.gui import theme
from qcdesk.gui.widgets.buttons import Button
from qcdesk.gui.widgets.cards import Card, add
from qcdesk.gui.widgets.lists import Cell, Column, RowsModel, Table
from qcdesk.gui.widgets.text import Text
from qcdesk.i18n import Catalogue
from qcdesk.wording.ages import minute

MOST_STEPS = 12  # what is longer scrolls
LONG_STEP = 120  # characters that three lines take in the narrowest window


class Done(Protocol):
    """Something that was done about a record."""

    @property
    def at(self) -> int:
        """When, in microseconds UTC."""

    @property
    def person(self) -> str:
        """The name of who did it."""


StepT = TypeVar("StepT", bound=Done)


def steps_model(words: Catalogue, what: Callable[[StepT], str]) -> RowsModel[StepT]:
    """Return the model of what was done, oldest first; ``what`` says it."""
    say = words.say
    return RowsModel(
        (
            Column(
                say("When"),
                lambda r: minute(r.at, words),
                sort=lambda r: r.at,
                look=lambda _: Cell(role="text2"),
                wide=160,
            ),
            Column(say("Who"), lambda r: r.person, wide=130, lines=2),
            Column(say("What"), what, wide=0, lines=3),
        )
    )


class ActsCard(Card):
    """Keys for what can be done; ``acted`` carries the code of an act."""

    acted = Signal(str)

    def __init__(self, words: Catalogue, acts: Sequence[tuple[str, str, str]], ended: str) -> None:
        """Make a key for each act (its code, words and icon); ``ended`` is said where none is left."""
        super().__init__(words.say("What you can do"))
        self.body.setSpacing(7)
        self.buttons: dict[str, Button] = {}
        for code, word, icon in acts:
            button = Button(words.say(word), icon=icon, height=36, size=14)
            button.clicked.connect(lambda _=False, c=code: self.acted.emit(c))
            self.buttons[code] = button
            self.body.addWidget(button)
        self.ended = Text(ended, theme.BODY, 400, "text2", wrap=True)
        self.body.addWidget(self.ended)
        self.why_not = Text("", theme.BODY, 400, "text2", wrap=True)
        self.why_not.hide()
        self.body.addWidget(self.why_not)

    def show_acts(self, codes: Sequence[str], first: str, why_not: str = "") -> None:
        """Show what can be done now; ``first`` is the next step, ``why_not`` says why the rest is left to others."""
        for code, button in self.buttons.items():
            button.setVisible(code in codes)
            button.set_kind("filled" if code == first else "framed")
        self.ended.setVisible(not codes and not why_not)
        self.why_not.setText(why_not)
        self.why_not.setVisible(bool(why_not))


class StepsCard(Card, Generic[StepT]):
    """What was done, a line each; the chosen one is written out below."""

    def __init__(self, words: Catalogue, told: Callable[[StepT], str], first: str) -> None:
        """``told`` writes a step out; ``first`` says what comes first while nothing was done."""
        say = words.say
        super().__init__(say("What was done"))
        self._told = told
        self.steps = Table(steps_model(words, told), say("What was done"))
        self.steps.fit_rows(MOST_STEPS)
        self.told = Text("", theme.BODY, 400, "text2", wrap=True)
        self.nothing = Text(
            say("Nothing was done yet. {first}", first=first), theme.BODY, 400, "text2", wrap=True
        )
        add(self.body, self.steps, self.told, self.nothing, None)
        self.steps.clicked.connect(lambda _: self._tell())

    def _tell(self) -> None:
        """Write the whole step below its table where that has no room for it."""
        picked = self.steps.current_row()
        text = "" if picked is None else self._told(cast("StepT", picked))
        if len(text) <= LONG_STEP and "\n" not in text:
            text = ""
        self.told.setText(text)
        self.told.setVisible(bool(text))

    def show_steps(self, rows: Sequence[StepT]) -> None:
        """Show what was done, oldest first."""
        self.steps.rows.show_rows(rows)
        self.steps.setVisible(bool(rows))
        self.nothing.setVisible(not rows)
        if rows:
            self.steps.selectRow(len(rows) - 1)
        self._tell()
