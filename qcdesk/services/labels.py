# SPDX-License-Identifier: Apache-2.0
"""Labels for the goods: what a batch's label says now, and the stock that it is printed on.

A label says the state in which its batch is when it is printed, and never what anybody found: it hangs on goods that the
second person will look at.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, get_args

from qcdesk.domain.batches import State
from qcdesk.domain.inputs import BadInput

LabelKind = Literal["hold", "release", "quarantine", "sample"]
LABEL_KINDS: Final[tuple[LabelKind, ...]] = get_args(LabelKind)
MOST_COPIES: Final = 1000
DENSITIES: Final = (203, 300, 600)
"""Dots an inch of the printers that read ZPL."""


@dataclass(frozen=True)
class Stock:
    """Labels as they are bought, in mm: so many across and down a sheet, or one after the other on a roll (no paper).

    ``left`` and ``top`` are the edges before the first, ``across`` and ``down`` the steps from one to the next.
    """

    code: str
    width: float
    height: float
    paper: Literal["", "A4", "Letter"] = ""
    columns: int = 1
    rows: int = 1
    left: float = 0.0
    top: float = 0.0
    across: float = 0.0
    down: float = 0.0

    @property
    def each(self) -> int:
        """How many labels a sheet has."""
        return self.columns * self.rows


STOCKS: Final = {
    stock.code: stock
    for stock in (
        Stock("roll-100x50", 100, 50),
        Stock("roll-60x40", 60, 40),
        Stock("a4-8", 99.1, 67.7, "A4", 2, 4, 4.65, 13.1, 101.6, 67.7),
        Stock("a4-14", 99.1, 38.1, "A4", 2, 7, 4.65, 15.15, 101.6, 38.1),
        Stock("a4-24", 70, 37, "A4", 3, 8, 0, 0.5, 70, 37),
        Stock("letter-10", 101.6, 50.8, "Letter", 2, 5, 3.97, 12.7, 106.4, 50.8),
    )
}


@dataclass(frozen=True)
class LabelWish:
    """Which label, on what, how many, and on which place of the first sheet they begin (1 is the first).

    ``density``: dots an inch of the label printer, where it is to be printed by one.
    """

    kind: LabelKind | None = None
    stock: str = "roll-100x50"
    copies: int = 1
    start: int = 1
    density: int = DENSITIES[0]

    def require_possible(self) -> Stock:
        """Return the stock. Raises: BadInput ``unknown_kind``, ``too_small``, ``too_large``."""
        stock = STOCKS.get(self.stock)
        if stock is None:
            facts: dict[str, object] = {"value": self.stock, "known": tuple(STOCKS)}
            raise BadInput("unknown_kind", facts=facts, where={"field": "stock"})
        for field, value, most in (("copies", self.copies, MOST_COPIES), ("start", self.start, stock.each)):
            if value < 1:
                raise BadInput("too_small", facts={"value": value, "smallest": 1}, where={"field": field})
            if value > most:
                raise BadInput("too_large", facts={"value": value, "largest": most}, where={"field": field})
        return stock


@dataclass(frozen=True)
class Label:
    """What one label says. ``stopped``: somebody stopped the batch. ``until``: the last day of its concession.

    ``quantity``: units it stands for. ``at``: when it was read, RFC 3339; ``event``: the log's last event then.
    """

    kind: LabelKind
    state: State
    stopped: bool
    shop: str
    number: str
    product_code: str
    product_name: str
    revision: str
    quantity: int
    unit: str
    supplier: str
    order: str
    round_no: int
    at: str
    event: int
    made_on: date | None = None
    until: date | None = None
    repaired: bool = False
    regraded: str = ""
    certificate: int = 0
    proof: str = ""
    """The certificate that stands for these units, and the characters of its code; 0 and empty: none does."""
