# SPDX-License-Identifier: Apache-2.0
"""Corrective actions, and the deliveries by which they are judged, as a unit of work tells them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from qcdesk.domain.corrective import CorrectiveAction, Stop
from qcdesk.domain.promises import Happened


@dataclass(frozen=True)
class Delivery:
    """A lot as it came: a batch that is no part of another. ``product`` is a code; ``seq``, ``at``: it was registered.

    ``merged``: the event by which its supplier is the same as the one that was asked for; 0: it is that one.
    """

    batch: str
    number: str
    supplier: str | None
    product: str
    state: str
    seq: int
    at: int
    merged: int = 0


class CorrectiveQuestions(Protocol):
    """The questions of a unit of work about corrective actions, and what happens to goods meanwhile."""

    def actions(
        self, supplier: str | None = None, number: int | None = None, *, unclosed: bool = False
    ) -> tuple[CorrectiveAction, ...]:
        """Return corrective actions (of a supplier, or by number; or all that are not closed), the oldest first.

        Where their promises stand is not asked: each is open here, see ``services.corrective_actions``.
        """

    def action(self, action: str) -> CorrectiveAction:
        """Return one by its id or its number (``CA-7``); BadInput ``unknown_action``."""

    def last_action(self) -> int:
        """Return the highest number that a corrective action has; 0: there is none."""

    def deliveries(self, supplier: str, since: int, product: str) -> Iterator[Delivery]:
        """Yield the lots of a supplier that were registered after an event, in the order in which they were.

        Those of whoever is the same as it are among them. Args: product: a code; empty: any.
        """

    def delivery_of(self, batch: str) -> Delivery:
        """Return the lot that a batch is, or is a part of."""

    def judged_since(self, supplier: str, since: int) -> tuple[str, ...]:
        """Return the batches of a supplier, and of who is the same, that were there before an event and judged after."""

    def happened(self, batch: str) -> tuple[Happened, ...]:
        """Return what the standing verdict on a batch follows from, the first first."""

    def standing_stops(self, supplier: str | None = None, product: str | None = None) -> tuple[Stop, ...]:
        """Return the stops that stand (for a supplier, and a product's code), the oldest first."""

    def repeats_open(self, supplier: str, product: str) -> tuple[Stop, ...]:
        """Return what came again of a supplier (and who is the same) and a product, while its action is not closed.

        Also where two have let the goods be released again; the oldest first.
        """
