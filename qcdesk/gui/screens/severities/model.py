# SPDX-License-Identifier: Apache-2.0
"""Columns of where the classes stand, and of the changes that brought them there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from qcdesk.domain.sampling import BY_SERIOUSNESS
from qcdesk.domain.switching import SwitchState
from qcdesk.gui.theme import Role
from qcdesk.gui.widgets.lists import Cell, Column, RowsModel
from qcdesk.i18n import Catalogue
from qcdesk.services.severity_rows import SeverityChangeRow, SeverityRow
from qcdesk.wording import ages, severities, states
from qcdesk.wording.spelling import day

Today = Callable[[], date]
_ROLES: Mapping[SwitchState, Role] = {
    "normal": "text",
    "tightened": "hold",
    "reduced": "text2",
    "discontinued": "reject",
}


def standing_model(words: Catalogue) -> RowsModel[SeverityRow]:
    """Return the model of where each class stands."""
    say = words.say
    return RowsModel(
        (
            Column(say("Supplier"), lambda r: r.supplier_name or say("own goods"), wide=210),
            Column(say("Product"), lambda r: r.product, look=lambda _: Cell(weight=600), wide=130),
            Column(
                say("Class"),
                lambda r: states.defect_class(r.stands.defect_class, words),
                sort=lambda r: BY_SERIOUSNESS.index(r.stands.defect_class),
                wide=90,
            ),
            Column(
                say("Next lot"),
                lambda r: severities.state(r.stands.severity, words),
                look=lambda r: Cell(role=_ROLES[r.stands.severity], weight=600),
                wide=120,
            ),
            Column(say("Why"), lambda r: severities.row_why(r, words), wide=0),
        )
    )


def changes_model(words: Catalogue, today: Today) -> RowsModel[SeverityChangeRow]:
    """Return the model of the changes, newest first."""
    say = words.say
    return RowsModel(
        (
            Column(
                say("When"),
                lambda r: day(ages.local(r.at).date(), words, today()),
                sort=lambda r: r.seq,
                look=lambda _: Cell(role="text2"),
                wide=100,
            ),
            Column(say("Supplier"), lambda r: r.supplier_name or say("own goods"), wide=180),
            Column(say("Product"), lambda r: r.product, wide=110),
            Column(say("Class"), lambda r: states.defect_class(r.change.defect_class, words), wide=80),
            Column(
                say("To"),
                lambda r: severities.state(r.change.severity, words),
                look=lambda r: Cell(role=_ROLES[r.change.severity], weight=600),
                wide=132,
            ),
            Column(
                say("Batch"),
                lambda r: r.number,
                look=lambda r: Cell(role="action" if r.batch else "text3", weight=600),
                wide=120,
            ),
            Column(say("Why"), lambda r: severities.why(r.change.reason, r.change.by, words), wide=0),
        )
    )
