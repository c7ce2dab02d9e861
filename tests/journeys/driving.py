# SPDX-License-Identifier: Apache-2.0
"""Drives the real window over a real workspace, as hands do: with clicks and keys, waiting for what is on screen."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget

from qcdesk import config
from qcdesk.gui import theme
from qcdesk.gui.app import Program
from qcdesk.gui.master_pages import add_master_pages
from qcdesk.gui.widgets.acted import StepsCard
from qcdesk.gui.widgets.buttons import ActionRow
from qcdesk.gui.widgets.chips import IconLine, StatusChip
from qcdesk.gui.widgets.keys import FloorKey
from qcdesk.gui.widgets.people import PersonTile
from qcdesk.gui.widgets.reading import ReadingField
from qcdesk.gui.widgets.search import SearchField
from qcdesk.gui.wiring import AddPages
from qcdesk.i18n import Catalogue
from tests.workspace import House, secret

WidgetT = TypeVar("WidgetT", bound=QWidget)
PATIENCE_S = 12.0
"""How long a step may take before the test says that it never came."""


@dataclass
class Hands:
    """A person's hands on the window."""

    program: Program
    house: House

    @staticmethod
    def on(
        house: House,
        *,
        mode: config.Mode = "floor",
        add_pages: AddPages = add_master_pages,
        keep_settings: Callable[[config.Settings], None] = lambda _: None,
    ) -> Hands:
        """Open the window over a workspace."""
        settings = config.Settings("station", station_name="Station 3", theme="light", mode=mode)
        program = Program(house.use, settings, Catalogue(), add_pages=add_pages, keep_settings=keep_settings)
        program.running.window.resize(1280, 800)
        program.begin()
        return Hands(program, house)

    def close(self) -> None:
        """Close the window and wait for the last write; mails that have not gone are not asked about."""
        window = self.program.running.window
        window.may_close = lambda: True
        window.close()
        self.program.end()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    @property
    def window(self) -> QWidget:
        """The window."""
        return self.program.running.window

    @property
    def here(self) -> str:
        """The page in view."""
        return self.program.running.window.here

    def until(self, true: Callable[[], object], what: str) -> None:
        """Let the window live until something holds."""
        end = time.monotonic() + PATIENCE_S
        while not true():
            if time.monotonic() > end:
                raise AssertionError(f"never came: {what}; on {self.here}: {self.said()}")
            QApplication.processEvents()
            time.sleep(0.0005)
        QApplication.processEvents()

    def settle(self) -> None:
        """Let everything that was asked of the database come back."""
        done: list[bool] = []
        self.program.tasks.run(lambda: True, done.append, lambda _: None)
        self.until(lambda: done, "the answer of the database")

    def all(self, kind: type[WidgetT], within: QWidget | None = None) -> list[WidgetT]:
        """Return every visible widget of a kind, in the sheet that is open, else on the page."""
        return [w for w in (within or self.window).findChildren(kind) if w.isVisible()]

    def said(self) -> str:
        """Return what can be read now."""
        texts = [w.text() for w in self.all(QLabel)] + [w.text() for w in self.all(QAbstractButton)]
        texts += [w.text() for w in self.all(QLineEdit) if w.echoMode() == QLineEdit.EchoMode.Normal]
        texts += [w.words for w in self.all(IconLine)] + [w.word for w in self.all(StatusChip)]
        for card in self.all(StepsCard):
            rows = card.steps.model()
            texts += [
                str(rows.index(row, side).data())
                for row in range(rows.rowCount())
                for side in range(rows.columnCount())
            ]
        return " | ".join(text for text in texts if text)

    def reads(self, words: str) -> bool:
        """Tell whether words can be read now."""
        return words in self.said()

    def see(self, words: str) -> None:
        """Wait until words can be read."""
        self.until(lambda: self.reads(words), f"the words {words!r}")

    def button(self, words: str) -> QAbstractButton:
        """Return the visible button that bears these words."""
        found = [b for b in self.all(QAbstractButton) if b.text() == words and b.isEnabled()]
        if not found:
            raise LookupError(words)
        return found[-1]

    def press(self, words: str) -> None:
        """Wait for a button with these words, and click it."""

        def there() -> bool:
            return any(b.text() == words and b.isEnabled() for b in self.all(QAbstractButton))

        self.until(there, f"the button {words!r}")
        self.click(self.button(words))

    def click(self, widget: QWidget, place: QPoint | None = None) -> None:
        """Click a widget in its middle, or at a place."""
        QTest.mouseClick(
            widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place or widget.rect().center()
        )
        QApplication.processEvents()

    def type(self, text: str, *, enter: bool = True) -> None:
        """Type into whatever has the focus."""
        inside: QWidget | None = (
            self.window.focusWidget()
        )  # without a screen the window may not be the active one
        target = QApplication.focusWidget() or inside or self.window
        QTest.keyClicks(target, text)
        if enter:
            QTest.keyClick(target, Qt.Key.Key_Return)
        QApplication.processEvents()

    # what people do ---------------------------------------------------------------------------------------------

    def sign_in(self, login: str) -> None:
        """Tap one's name, type the password, land on the board."""
        self.program.running.open("sign_in")  # whoever was enrolled since is on the wall
        self.settle()
        name = next(row.name for row in self.house.use.read.wall() if row.login == login)
        self.until(lambda: any(t.text() == name for t in self.all(PersonTile)), f"the tile of {name}")
        self.click(next(t for t in self.all(PersonTile) if t.text() == name))
        self.type(secret(login))
        self.until(lambda: self.here == "board", "the board")
        self.settle()

    def switch(self, login: str) -> None:
        """Somebody else comes to the same window."""
        self.program.running.lock()
        self.until(lambda: self.here == "sign_in", "the wall")
        self.sign_in(login)

    def act(self, words: str) -> None:
        """Choose an act on the batch page."""
        self.until(lambda: any(a.text() == words for a in self.all(ActionRow)), f"the act {words!r}")
        self.click(next(a for a in self.all(ActionRow) if a.text() == words))

    def key(self, words: str) -> FloorKey:
        """Return the floor key with these words."""
        self.until(lambda: any(k.text() == words for k in self.all(FloorKey)), f"the key {words!r}")
        return next(k for k in self.all(FloorKey) if k.text() == words)

    def search_for(self, typed: str) -> None:
        """Reach the search by its keys and type or scan into it."""
        QTest.keyClick(self.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
        field = next(f for f in self.all(SearchField))
        field.setFocus()
        field.selectAll()
        self.type(typed)
        self.until(lambda: self.here == "batch", f"the page of {typed}")
        self.settle()

    def open_batch(self, number: str) -> None:
        """Find a batch by its number, as a scanner would, and open it."""
        self.program.running.open("board")
        self.settle()
        self.search_for(number)
        self.see(number)

    def measure(self, typed: str) -> None:
        """Type a reading, as a caliper that acts as a keyboard does."""
        field = self.all(ReadingField)[0]
        field.setFocus()
        QTest.keyClicks(field, typed)
        QTest.keyClick(field, Qt.Key.Key_Return)
        self.settle()

    def inspect(self, defects: dict[int, str], readings: dict[int, str] | None = None) -> None:
        """Go through the whole sample, unit by unit, and stop on the last page."""
        self.until(lambda: self.here == "runner", "the runner")
        self.settle()
        page = self.program.running.runner
        while True:
            unit = page.unit_in_hand
            if unit is None:
                break
            if unit in defects:
                self.click(self.key(defects[unit]))
                self.settle()
            if page.measuring is not None:
                self.measure((readings or {}).get(unit, "12.03"))
                if self._visible_key("Keep it"):
                    self.click(self.key("Keep it"))
            main = self.program.running.runner_view.main
            self.click(main)
            self.settle()

    def _visible_key(self, words: str) -> bool:
        return any(k.text() == words for k in self.all(FloorKey))

    def sign(self, login: str) -> None:
        """Read the sheet and sign."""
        self.click(self.program.running.runner_view.main)
        self.see("Signing as")
        self.settle()
        self.type(secret(login))

    def picture(self, path: Path) -> None:
        """Save what the window shows."""
        self.settle()
        self.window.grab().save(str(path))


def look(scheme: theme.Scheme) -> None:
    """Show the light or the dark look."""
    theme.current().set_scheme(scheme)
