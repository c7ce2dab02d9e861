# SPDX-License-Identifier: Apache-2.0
"""Columns of the list of products."""

from __future__ import annotations

from qcdesk.domain.events import ProductSaved
from qcdesk.gui.widgets.lists import Cell, Column, RowsModel
from qcdesk.i18n import Catalogue


def products_model(words: Catalogue) -> RowsModel[ProductSaved]:
    """Return the model: number, revision, name, family, unit."""
    say = words.say
    return RowsModel(
        (
            Column(say("Product"), lambda r: r.code, look=lambda _: Cell(weight=600), wide=160),
            Column(say("Revision"), lambda r: r.revision, wide=90),
            Column(say("Name"), lambda r: r.name, wide=0),
            Column(say("Family"), lambda r: r.family, look=lambda _: Cell(role="text2"), wide=140),
            Column(
                say("Unit", context="of measure"),
                lambda r: r.unit,
                look=lambda _: Cell(role="text2"),
                wide=70,
            ),
        )
    )
