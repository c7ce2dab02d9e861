# SPDX-License-Identifier: Apache-2.0
"""Printing labels for a batch: which, on what, how many; then their very pages are shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from qcdesk.domain.numbers import parse_quantity
from qcdesk.gui.asking import Answers, Ask, Asking, Question
from qcdesk.gui.problems import Problems
from qcdesk.gui.tasks import Tasks
from qcdesk.i18n import Catalogue
from qcdesk.services.labels import DENSITIES, STOCKS, LabelKind, LabelWish
from qcdesk.services.ports import Hand
from qcdesk.services.use_cases import UseCases
from qcdesk.wording import labels as wording

Show = Callable[[str, LabelWish], None]
"""Shows the labels of a batch: batch, which."""


class Labelling:
    """Offers only the labels that are true of the batch now; what was chosen last comes first the next time."""

    def __init__(self, use: UseCases, tasks: Tasks, words: Catalogue, ask: Ask, show: Show) -> None:
        self._use = use
        self._tasks = tasks
        self._words = words
        self._ask = ask
        self._show = show
        self._last = LabelWish()

    def print_labels(self, batch: str, problems: Problems) -> None:
        """Ask which labels, and show them."""

        def asked(possible: Sequence[LabelKind]) -> None:
            self._ask(self._asking(possible), self._wish, show)

        def show(wish: LabelWish) -> None:
            self._last = wish
            self._show(batch, wish)

        self._tasks.run(lambda: self._use.labels_of(batch), asked, problems.show)

    def _asking(self, possible: Sequence[LabelKind]) -> Asking:
        say, last = self._words.say, self._last
        return Asking(
            say("Labels"),
            say("They say the state of the batch as it is now. Take old labels off when it changes."),
            say("Show the labels"),
            (
                Question(
                    "kind",
                    say("Which label"),
                    "choice",
                    choices=tuple((kind, say(wording.KINDS[kind])) for kind in possible),
                    value=possible[0],
                ),
                Question(
                    "stock",
                    say("Label stock"),
                    "choice",
                    choices=tuple((code, say(name)) for code, name in wording.STOCKS.items()),
                    value=last.stock,
                    hint=say(
                        "On labels 99 mm wide and wider a release bears the code of its certificate, which proves it."
                    )
                    if "release" in possible
                    else "",
                ),
                Question("copies", say("How many labels"), value=str(last.copies)),
                Question(
                    "start",
                    say("First free place of the sheet"),
                    value="1",
                    hint=say("1 is the place at the top left; on a roll it is always 1."),
                    only=("stock", *(stock.code for stock in STOCKS.values() if stock.paper)),
                ),
                Question(
                    "density",
                    say("Dots an inch of the label printer"),
                    "choice",
                    choices=tuple((str(density), str(density)) for density in DENSITIES),
                    value=str(last.density),
                    hint=say("It counts only where the printer draws the label by itself (ZPL)."),
                    only=("stock", *(stock.code for stock in STOCKS.values() if not stock.paper)),
                ),
            ),
            secret=False,
            recorded=False,
        )

    @staticmethod
    def _wish(answers: Answers, _hands: tuple[Hand, ...]) -> LabelWish:
        kinds: dict[str, LabelKind] = {
            "hold": "hold",
            "release": "release",
            "quarantine": "quarantine",
            "sample": "sample",
        }
        wish = LabelWish(
            kinds[answers["kind"]],
            answers["stock"],
            parse_quantity(answers["copies"], least=1, where={"field": "copies"}),
            parse_quantity(answers["start"] or "1", least=1, where={"field": "start"}),
            int(answers["density"] or DENSITIES[0]),
        )
        wish.require_possible()
        return wish
