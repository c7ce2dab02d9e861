# SPDX-License-Identifier: Apache-2.0
"""Which papers of a thing left the house, as lines of a list: the newest first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Final, Protocol

from qcdesk.gui.asking import Ask
from qcdesk.gui.company_passwords import with_certificate
from qcdesk.gui.problems import Problems
from qcdesk.gui.tasks import Tasks
from qcdesk.gui.widgets.timeline import Happening
from qcdesk.i18n import Catalogue
from qcdesk.services.ports import Printed, Printing
from qcdesk.services.prints import Print, PrintRow, PrintsOf
from qcdesk.services.sittings import Sitting
from qcdesk.services.use_cases import UseCases
from qcdesk.wording import ages, prints

_ICONS: Final = {"printed": "printer", "saved": "download", "mailed": "send", "label_printer": "tag"}


def save_paper(
    use: UseCases,
    tasks: Tasks,
    words: Catalogue,
    problems: Problems,
    ask: Ask,
    sitting: Sitting,
    make: Callable[[Printing], Print],
    file: str,
    done: Callable[[str], None],
) -> None:
    """Make a paper in the language of the window, put on record that it leaves, and write it; ``done`` is told a line."""
    printing = use.printing.in_language(words.language)
    said = words.say("{file} is written.", file=Path(file).name)

    def write(password: str | None) -> None:
        def leaves() -> Printed:
            paper = use.prints.make_and_tell(sitting, lambda: make(printing), "saved", password)
            return printing.save(paper, file)

        tasks.run(leaves, lambda _: done(said), problems.show)

    with_certificate(use, tasks, words, ask, write, problems.show)


class ShowsPrinted(Protocol):
    """A page on which the papers of its thing are listed."""

    def show_printed(self, papers: Sequence[Happening]) -> None: ...


def show_printed(
    view: ShowsPrinted, use: UseCases, tasks: Tasks, words: Catalogue, problems: Problems, of: PrintsOf
) -> None:
    """Show on a page what left of its thing, as it stands now."""
    tasks.run(
        lambda: printed(use, of, words),
        view.show_printed,
        problems.show,
        latest=f"printed {of.document or 'supplier'}",
    )


def printed(use: UseCases, of: PrintsOf, words: Catalogue) -> tuple[Happening, ...]:
    """Return what left of it; not on the thread of the window."""
    with use.look() as uow:
        found = uow.prints(of)
    today = use.clock.today()
    return tuple(_line(row, today, words) for row in found)


def _line(row: PrintRow, today: date, words: Catalogue) -> Happening:
    on = ages.near_day(ages.local(row.at).date(), today, words)
    return Happening(on, ages.clock(row.at), prints.paper(row, words), prints.how(row, words), _ICONS[row.way],
                     act=False)  # fmt: skip
