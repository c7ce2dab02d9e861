# SPDX-License-Identifier: Apache-2.0
"""What the page of charts shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from qcdesk.services.chart_pictures import ChartPicture

Choice = tuple[str, str]
Fields = Mapping[str, str]
Spot = tuple[int, int]
"""A panel of the chart and a point or bar in it, both counted from 0."""
Listing = Literal["broken", "points", "figures", "causes", "lots"]
"""What a table lists: points that broke a rule, all points, figures with intervals, causes, batches of a cause."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the fields offer, (code, words) each; ``kept``: the limits that are kept, in words, empty for none."""

    products: tuple[Choice, ...]
    whats: tuple[Choice, ...]
    suppliers: tuple[Choice, ...]
    kept: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where one came from: what is to be shown, by its key and name, and the page that the way back leads to."""

    product: str = ""
    supplier: str = ""
    name: str = ""
    back: tuple[str, ...] = ()
    back_words: str = ""


@dataclass(frozen=True, slots=True)
class LineRow:
    """A row of any of the tables: its cells in words, what they sort by, the point that it is, and where it leads.

    ``batch``: id; empty where it leads to none. ``broken``: it broke a rule, or lies outside limits.
    """

    cells: tuple[str, ...]
    sorts: tuple[float | str, ...]
    spot: Spot | None = None
    batch: str = ""
    number: str = ""
    broken: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """One table: which it is, its word with the count, its rows, and a note such as how many more there are."""

    listing: Listing
    word: str
    rows: tuple[LineRow, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The point that is chosen: what is said of it, and the batch behind it (id, number).

    ``marked``: it is a point of the chart, not of a table alone.
    """

    spot: Spot
    words: str
    broken: bool
    batch: str = ""
    number: str = ""
    marked: bool = True


@dataclass(frozen=True, slots=True)
class Analysed:
    """The whole answer.

    ``sentence`` in large letters, ``more`` under it a sentence each, ``warning`` where figures mislead. ``picture`` with
    its ``title`` and a ``note`` on it; ``freezing``: the limits of this chart can be used from here on;
    ``forgetting``: it stands against such limits, which can be forgotten.
    """

    sentence: str
    more: tuple[str, ...]
    warning: str
    title: str
    picture: ChartPicture
    lists: tuple[Listed, ...]
    note: str = ""
    freezing: bool = False
    forgetting: bool = False


@dataclass(frozen=True, slots=True)
class Nothing:
    """There is nothing to draw: what that means, and what comes next; ``act`` is the words of a button, if one helps.

    ``forgetting``: it is asked for against kept limits, which can be forgotten.
    """

    fact: str
    way: str
    act: str = ""
    forgetting: bool = False
