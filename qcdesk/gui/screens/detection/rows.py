# SPDX-License-Identifier: Apache-2.0
"""What the page "What each check finds" shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from qcdesk.services.chart_pictures import ChartPicture

Choice = tuple[str, str]
Fields = Mapping[str, str]
Listing = Literal["people", "classes", "codes", "pairs", "escapes", "batches"]
LISTINGS: Final[tuple[Listing, ...]] = ("people", "classes", "codes", "pairs", "escapes", "batches")


@dataclass(frozen=True, slots=True)
class LineRow:
    """A row of any of the tables: its cells in words, what they sort by, and the sentence that it comes to.

    ``key``: the person, class or code; the two people of a pair. ``batch`` and ``round_no``: where a batch leads.
    ``vague``: too little is known to tell.
    """

    cells: tuple[str, ...]
    sorts: tuple[float | str, ...]
    told: str
    key: tuple[str, ...] = ()
    batch: str = ""
    round_no: int = 0
    number: str = ""
    vague: bool = False


@dataclass(frozen=True, slots=True)
class Choices:
    """What the fields offer, (code, words) each; no ``people``: only the reader's own checks are shown."""

    products: tuple[Choice, ...]
    procedures: tuple[Choice, ...]
    codes: tuple[Choice, ...]
    people: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Detected:
    """The whole answer: the sentence, what goes with it, the picture with its title, and the tables.

    ``months``: of the points of the picture. ``own``: only the reader's own checks.
    """

    sentence: str
    more: tuple[str, ...]
    title: str
    picture: ChartPicture | None
    months: tuple[str, ...]
    lists: Mapping[Listing, tuple[LineRow, ...]]
    own: bool


@dataclass(frozen=True, slots=True)
class Batches:
    """The batches behind a figure: what they are behind, and a row each."""

    heading: str
    rows: tuple[LineRow, ...]
