# SPDX-License-Identifier: Apache-2.0
"""Suppliers side by side: a card of each, with the same weights, and no rank where intervals overlap."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from qcdesk.domain.corrective import CorrectiveAction
from qcdesk.domain.events import SupplierSaved
from qcdesk.domain.inputs import BadInput
from qcdesk.services.figure_rows import FigureRow
from qcdesk.services.scorecards import MONTHS, Code, Measure, Scorecard, alike, scorecard
from qcdesk.services.use_cases import UseCases

MOST: Final = 12
"""So many stand side by side on one page."""


@dataclass(frozen=True)
class Compared:
    """A supplier with its card."""

    supplier: SupplierSaved
    card: Scorecard


@dataclass(frozen=True)
class Comparison:
    """Suppliers in the order of their codes; ``left_out``: how many others there are of which something was recorded."""

    suppliers: tuple[Compared, ...]
    left_out: int

    def recorded(self, code: Code) -> dict[str, Measure]:
        """Return a figure of all of whom it was recorded, by code."""
        found = {one.supplier.code: one.card.of(code) for one in self.suppliers}
        return {supplier: measure for supplier, measure in found.items() if measure.of}


@dataclass(frozen=True)
class Apart:
    """Pairs whose intervals do not overlap, and groups of those whose do."""

    pairs: tuple[tuple[str, str], ...]
    groups: tuple[tuple[str, ...], ...]


def compared(
    use: UseCases,
    asked: Collection[str] = (),
    weights: Mapping[Code, int] | None = None,
    months: int = MONTHS,
) -> Comparison:
    """Return suppliers by their codes; none: those of whom most was recorded in the months, up to ``MOST``.

    Those that are the same stand there once, under the one that new batches come from.

    Raises: BadInput: ``unknown_supplier``, ``too_many_suppliers``; as ``scorecard``.
    """
    known = {row.supplier.supplier: row.supplier for row in use.read.suppliers()}
    each = use.read.figures_of_each(today=use.clock.today())
    figures = {one: rows for one, rows in each.items() if one in known}
    by_code = {known[one].code: one for one in known}
    for code in asked:
        if code not in by_code:
            raise BadInput("unknown_supplier", facts={"value": code}, where={"field": "supplier"})
    if len(set(asked)) > MOST:
        raise BadInput(
            "too_many_suppliers", facts={"n": len(set(asked)), "most": MOST}, where={"field": "supplier"}
        )
    with use.look() as uow:
        roots = {one.supplier: one.root for one in uow.supplier_merges()}
    named = (roots.get(by_code[code], by_code[code]) for code in asked)
    chosen = list(dict.fromkeys(named)) or _most(figures)
    acted = bool(use.corrective_actions())

    def actions(supplier: str) -> Sequence[CorrectiveAction]:
        return use.corrective_actions(supplier) if acted else ()

    cards = [_of(known[one], figures.get(one, ()), actions, weights, months) for one in chosen]
    cards.sort(key=lambda one: one.supplier.code)
    return Comparison(tuple(cards), len(set(figures) - set(chosen)))


def _of(
    supplier: SupplierSaved,
    rows: Sequence[FigureRow],
    actions: Callable[[str], Sequence[CorrectiveAction]],
    weights: Mapping[Code, int] | None,
    months: int,
) -> Compared:
    return Compared(supplier, scorecard(rows, weights, months, actions(supplier.supplier)))


def _most(figures: Mapping[str, Sequence[FigureRow]]) -> list[str]:
    """Return those with most lots, then with most reported from outside."""

    def much(supplier: str) -> tuple[int, int, str]:
        rows = figures[supplier]
        lots = sum(row.amount for row in rows if row.name == "decided")
        return -lots, -sum(row.amount for row in rows if row.name.startswith("reported.")), supplier

    return sorted(figures, key=much)[:MOST]


def told_apart(measures: Mapping[str, tuple[float, float]]) -> Apart:
    """Return whose intervals do not overlap."""
    pairs = tuple(
        (one, other)
        for one, other in combinations(sorted(measures), 2)
        if measures[one][0] > measures[other][1] or measures[other][0] > measures[one][1]
    )
    return Apart(pairs, tuple(group for group in alike(measures) if len(group) > 1))
