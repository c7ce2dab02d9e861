# SPDX-License-Identifier: Apache-2.0
"""Concessions as they stand: asked for, approved or refused, how long they hold, and what a supplier's budget allows."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from qcdesk.domain.dispositions import Concession
from qcdesk.domain.events import ConcessionRequested
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import BudgetSpent, ConcessionExpired

Answer = Literal["asked", "approved", "refused"]
MOST_MONTHS = 120


@dataclass(frozen=True)
class AskedConcession:
    """A concession of a batch: what was asked for, by whom, and what became of it."""

    asked: ConcessionRequested
    person: str
    answer: Answer = "asked"

    def terms(self, number: str) -> Concession:
        """Return it as the rules of approval take it."""
        asked = self.asked
        return Concession(
            number, asked.deviation, asked.quantity, asked.until, asked.reference, asked.consent
        )


@dataclass(frozen=True)
class Budget:
    """How much of a supplier's goods may be conceded: percent of the units received in the last months."""

    supplier: str
    percent: Decimal
    months: int


def budget_begins(on: date, months: int) -> date:
    """Return the day on which the last ``months`` months begin: the same day of the month, or that month's last."""
    year, month = divmod(on.year * 12 + on.month - 1 - months, 12)
    return date(year, month + 1, min(on.day, monthrange(year, month + 1)[1]))


def require_budget(percent: Decimal, months: int) -> None:
    """Refuse a budget that is no share: 0 to 100 percent, at most two decimals, of 1 to 120 months."""
    digits = percent.as_tuple().exponent
    if not (percent.is_finite() and 0 <= percent <= 100) or (isinstance(digits, int) and digits < -2):
        raise BadInput("budget_percent", facts={"value": str(percent)}, where={"field": "percent"})
    if not 1 <= months <= MOST_MONTHS:
        raise BadInput(
            "budget_months", facts={"value": months, "most": MOST_MONTHS}, where={"field": "months"}
        )


def require_within(budget: Budget | None, name: str, received: int, conceded: int, asked: int) -> None:
    """Refuse what goes beyond a supplier's budget: conceded and asked together at most its share of what was received.

    Args: name: of the supplier. received, conceded: units within the budget's months.
    """
    if budget is None:
        return
    if (conceded + asked) * 100 > budget.percent * received:
        raise BudgetSpent(name, budget.percent, budget.months, received, conceded, asked)


def require_in_time(number: str, until: date, on: date) -> None:
    """Refuse what comes after a concession's last day."""
    if on > until:
        raise ConcessionExpired(number, until)
