# SPDX-License-Identifier: Apache-2.0
"""Columns of the defect catalogue."""

from __future__ import annotations

from qcdesk.domain.events import DefectCodeSaved
from qcdesk.domain.sampling import BY_SERIOUSNESS
from qcdesk.gui.widgets.lists import Cell, Column, RowsModel
from qcdesk.i18n import Catalogue
from qcdesk.wording import states


def local_name(row: DefectCodeSaved, language: str) -> str:
    """Return the name in a language, or an empty text."""
    return next((each.name for each in row.names if each.language == language), "")


def codes_model(words: Catalogue) -> RowsModel[DefectCodeSaved]:
    """Return the model: code, name, class, names in the other languages."""
    say = words.say

    def quiet(row: DefectCodeSaved) -> Cell:
        return Cell(role="text3" if row.retired else "text2")

    return RowsModel(
        (
            Column(
                say("Code"),
                lambda r: r.code,
                look=lambda r: Cell("barred" if r.retired else None, "text3" if r.retired else "text", 600),
                wide=124,
                lines=2,
            ),
            Column(say("Name"), lambda r: r.name, wide=0, lines=3),
            Column(
                say("Class"),
                lambda r: say("Retired") if r.retired else states.defect_class(r.defect_class, words),
                sort=lambda r: BY_SERIOUSNESS.index(r.defect_class),
                look=quiet,
                wide=88,
                lines=2,
            ),
            Column(say("Vietnamese"), lambda r: local_name(r, "vi"), look=quiet, wide=108),
            Column(say("Chinese"), lambda r: local_name(r, "zh_CN"), look=quiet, wide=100),
            Column(say("Thai"), lambda r: local_name(r, "th"), look=quiet, wide=108),
        )
    )
