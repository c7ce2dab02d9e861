# SPDX-License-Identifier: Apache-2.0
"""Sheets of figures with all that they may have: a scorecard, suppliers side by side, the scoreboard, a period."""

from __future__ import annotations

from datetime import date
from functools import cache

from qcdesk.domain.events import SupplierSaved
from qcdesk.i18n import Catalogue
from qcdesk.services.chart_sheets import ChartSheet
from qcdesk.services.figure_rows import FigureRow
from qcdesk.services.scoreboards import Scoreboard
from qcdesk.services.scorecards import causes, scorecard
from qcdesk.services.supplier_comparisons import Compared, Comparison
from qcdesk.wording import scoreboards, scorecards, supplier_comparisons
from tests.services.test_scoreboards import MONTHS, board, busy, complaint, rows

RECORDED = {
    "decided": 6, "accepted": 4, "inspected": 300, "nonconforming": 5, "nonconforming.critical": 1,
    "nonconforming.major": 3, "nonconforming.minor": 2, "due": 6, "late": 2, "received": 3000, "conceded": 30,
    "disposed.return": 100, "lots": 6, "touches": 3, "out": 5, "escaped": 1, "reported.major": 2,
}  # fmt: skip
PERIOD = date(2026, 11, 1), date(2026, 11, 30)


@cache
def recorded(months: int = 12, times: int = 1) -> tuple[FigureRow, ...]:
    """Return months in each of which everything happened, and fourteen defects were found."""
    found = [
        FigureRow(f"2025-{month:02}", name, "", times * amount + month % 2)
        for month in range(1, months + 1)
        for name, amount in RECORDED.items()
    ]
    shown = [
        FigureRow(row.month, "found.major", f"C{no}", 1 + no % 4) for row in found[::17] for no in range(14)
    ]
    return (*found, *shown)


@cache
def compared() -> Comparison:
    """Return four suppliers of whom everything was recorded, and two more that stand elsewhere."""
    called = ("Đông Á", "广东压铸有限公司", "โรงงานชลบุรี", "Aegean Bolts")
    saved = (SupplierSaved(f"{n}" * 32, f"S{n}", name) for n, name in enumerate(called, 1))
    return Comparison(tuple(Compared(one, scorecard(recorded(12, n + 1))) for n, one in enumerate(saved)), 2)


@cache
def busy_board() -> Scoreboard:
    """Return eleven months of work with a wave of complaints in the last."""
    days = [2_880, 3_100, 2_700, 2_900, 3_000, 2_800, 2_950, 2_850, 3_050, 2_750, 14_400]
    happened = [
        *busy(),
        *rows("turnaround", [(minutes, 1) for minutes in days]),
        *rows("work", [(60, 30)] * 11),
    ]
    usual = [complaint(month, written=written) for month in MONTHS for written in (True, False)]
    return board(happened, [*usual, *(complaint("2026-11", escape=True) for _ in range(12))])


def sheets(words: Catalogue) -> dict[str, ChartSheet]:
    """Return each sheet in the reader's words."""
    card, defects = scorecard(recorded()), causes(recorded(), scorecard(recorded()).months)
    made = {
        "scorecard": scorecards.sheet_of(card, defects, {"C1": "Scratch"}, "ACME", "Đông Á", words),
        "comparison": supplier_comparisons.sheet_of(compared(), words),
        "scoreboard": scoreboards.sheet_of(busy_board(), words),
        "period": scoreboards.sheet_of(busy_board(), words, PERIOD),
        "first period": scoreboards.sheet_of(board(()), words, PERIOD),
    }
    return {name: sheet for name, sheet in made.items() if sheet is not None}
