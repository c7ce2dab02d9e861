# SPDX-License-Identifier: Apache-2.0
"""Shows a code once: the card is drawn for the screen and for paper, and nothing of it is kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from qcdesk.gui.asking import Once
from qcdesk.gui.tasks import Tasks
from qcdesk.services.inspection_report import Paper
from qcdesk.services.ports import CodeCard
from qcdesk.services.use_cases import UseCases

SHOWN_DPI = 160


class CodeView(Protocol):
    """The sheet."""

    def show_code(self, title: str, says: str, done: str, name: str) -> None: ...
    def show_card(self, card: tuple[int, int, bytes]) -> None: ...
    def print_page(self, page: tuple[int, int, bytes]) -> None: ...
    def open(self) -> None: ...


class CodePresenter:
    """Holds the code from when it is made until it was put away, and no longer."""

    def __init__(
        self,
        view: CodeView,
        use: UseCases,
        tasks: Tasks,
        failed: Callable[[Exception], None],
        language: str = "en",
    ) -> None:
        self._view = view
        self._use = use
        self._tasks = tasks
        self._failed = failed
        self._language = language
        self._card: CodeCard | None = None
        self._go_on: Callable[[], None] = lambda: None

    def show(self, once: Once, go_on: Callable[[], None] = lambda: None) -> None:
        """Show the card; ``go_on`` when it was put away."""
        card = self._card = once.card
        self._go_on = go_on
        self._view.show_code(once.title, once.says, once.done, card.code)
        self._view.open()

        def drawn() -> tuple[int, int, bytes]:
            return self._use.printing.page(self._card_of(card, None), 0, SHOWN_DPI)

        self._tasks.render(drawn, self._view.show_card, self._failed, latest="card")

    def print_card(self, dpi: int) -> None:
        """Draw the sheet for the printer that was chosen."""
        card = self._card
        if card is None:
            return

        def drawn() -> tuple[int, int, bytes]:
            return self._use.printing.page(self._card_of(card, "A4"), 0, dpi)

        self._tasks.render(drawn, self._view.print_page, self._failed)

    def _card_of(self, card: CodeCard, paper: Paper | None) -> bytes:
        return self._use.printing.in_language(self._language).card(card, paper)

    def put_away(self) -> None:
        """Forget the code and go on."""
        self._card = None
        go_on, self._go_on = self._go_on, lambda: None
        go_on()
