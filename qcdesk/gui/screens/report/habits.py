# SPDX-License-Identifier: Apache-2.0
"""How papers were printed last at this workstation: by their kind, so that the next one is printed so, too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from qcdesk.i18n import LANGUAGES
from qcdesk.services.inspection_report import Paper as Size


@dataclass(frozen=True)
class Habit:
    """In which languages, on which paper and by which printer (of labels two: one that gets pages, one that draws)."""

    language: str = ""
    second: str = ""
    paper: str = ""
    printer: str = ""
    label_printer: str = ""

    @property
    def size(self) -> Size | None:
        """The paper's size; None: the shop's own."""
        return "A4" if self.paper == "A4" else "Letter" if self.paper == "Letter" else None


@dataclass(frozen=True)
class Habits:
    """How each kind of paper was printed last at this workstation."""

    kept: Callable[[str], dict[str, str]]
    keep: Callable[[str, dict[str, str]], None]

    def of(self, kind: str) -> Habit:
        """Return the habit of a kind of paper."""
        found = self.kept(kind)
        language, second = (
            code if code in LANGUAGES else "" for code in map(found.get, ("language", "second"))
        )
        return Habit(
            language, second, found.get("paper", ""), found.get("printer", ""), found.get("label_printer", "")
        )

    def learn(self, kind: str, habit: Habit) -> None:
        """Remember a habit; what is as usual needs no place."""
        given = {
            "language": habit.language,
            "second": habit.second,
            "paper": habit.paper,
            "printer": habit.printer,
            "label_printer": habit.label_printer,
        }
        self.keep(kind, {name: value for name, value in given.items() if value})
