# SPDX-License-Identifier: Apache-2.0
"""A paper that the page shows: what makes it, what came of that, and where the pages lead back to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from qcdesk.services.inspection_report import Paper as Size
from qcdesk.services.ports import Printing
from qcdesk.services.prints import Print
from qcdesk.services.sittings import Sitting


@dataclass(frozen=True)
class ReportWays:
    """Where the pages lead back to: the batch, the check that one left for them, or the log."""

    batch: Callable[[str], None]
    check: Callable[[str], None]
    log: Callable[[], None]
    procedure: Callable[[str], None] = lambda _: None


@dataclass(frozen=True)
class Made:
    """A PDF with what it is called on screen and as a file."""

    title: str
    note: str
    file_name: str
    pdf: bytes
    """A ``Print`` is put on record when it leaves."""


Drawn: TypeAlias = tuple[Made, int, bool, tuple[float, float]]
"""A paper that was made: how many pages, whether these are Letter, how large they are."""


@dataclass(frozen=True)
class Paper:
    """Something to print: its words while it is made, what makes it, and the way back."""

    title: str
    making: str
    make: Callable[[Printing, Size | None], Made]
    back_words: str
    back: Callable[[], None]
    kind: str
    """What is remembered together: how the last paper of this kind was printed here."""
    translated: bool = True
    """Whether it can be made in any language; a chart has the words of the page it came from."""
    sized: bool = True
    """Whether it can be A4 or Letter; labels are as large as their stock."""
    zpl: Callable[[Printing], Print] | None = None
    """What makes it for a label printer, where that is possible."""
    count: Callable[[Sitting], None] | None = None
    """What has the next print counted before it is made anew; without it the paper counts by itself."""


def for_file(number: str) -> str:
    """Return a number as it may stand in the name of a file."""
    return "".join(sign if sign.isalnum() or sign in "-_." else "-" for sign in number)
