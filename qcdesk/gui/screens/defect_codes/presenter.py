# SPDX-License-Identifier: Apache-2.0
"""Defect codes: read, found in every language, changed and saved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from qcdesk.domain.events import DefectCodeSaved, LocalName
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import AlreadyThere
from qcdesk.domain.sampling import BY_SERIOUSNESS
from qcdesk.gui.asking import Ask, WhoNow
from qcdesk.gui.collation import in_order
from qcdesk.gui.problems import Problems
from qcdesk.gui.records import Notice, RecordsPresenter, RecordsView, Values
from qcdesk.gui.tasks import Tasks
from qcdesk.i18n import Catalogue
from qcdesk.services.ports import Hand
from qcdesk.services.use_cases import UseCases

NAMED_IN: Final = ("vi", "zh_CN", "th")


class DefectCodesPresenter(RecordsPresenter[DefectCodeSaved]):
    """See ``RecordsPresenter``. A code is its own key, so a new one must not be there yet."""

    def __init__(
        self,
        view: RecordsView,
        use: UseCases,
        tasks: Tasks,
        words: Catalogue,
        problems: Problems,
        who: WhoNow,
        notice: Notice,
        ask: Ask,
    ) -> None:
        super().__init__(view, tasks, words, problems, notice, ask)
        self._use = use
        self._who = who

    def read(self) -> Sequence[DefectCodeSaved]:
        """Return the catalogue, by its codes."""
        return in_order(self._use.read.defect_codes(), lambda row: row.code)

    def texts(self, row: DefectCodeSaved) -> Iterable[str]:
        """Return what a code is found by."""
        return row.code, row.name, *(each.name for each in row.names)

    def heading(self, row: DefectCodeSaved | None) -> str:
        """Return the title over the fields."""
        return self._words.say("New defect code") if row is None else row.name

    def values(self, row: DefectCodeSaved | None) -> Values:
        """Return what stands in the fields."""
        if row is None:
            return {"class": "major"}
        return {
            "id": row.code,
            "code": row.code,
            "class": row.defect_class,
            "name": row.name,
            "note": row.note,
            "retired": "yes" if row.retired else "",
            **{each.language: each.name for each in row.names},
        }

    def record(self, values: Values, before: DefectCodeSaved | None) -> DefectCodeSaved:
        """Return the code that the fields say."""
        chosen = next((c for c in BY_SERIOUSNESS if c == values["class"]), None)
        if chosen is None:
            raise BadInput("missing", where={"field": "class"})
        code = before.code if before else values["code"]
        if before is None and any(row.code.casefold() == code.casefold() for row in self.read()):
            raise AlreadyThere("defect", code)
        others = before.names if before else ()
        kept = tuple(each for each in others if each.language not in NAMED_IN)
        named = tuple(LocalName(each, values[each]) for each in NAMED_IN if values[each])
        return DefectCodeSaved(
            code=code,
            name=values["name"],
            defect_class=chosen,
            names=(*kept, *named),
            note=values["note"],
            retired=bool(values["retired"]),
            source=before.source if before else None,
        )

    def keep(self, record: DefectCodeSaved, another: bool, other: Hand | None) -> DefectCodeSaved:
        """Save it."""
        return self._use.save_defect_code(self._who().sitting, record, another=another)

    def said(self, record: DefectCodeSaved) -> str:
        """Return the line that says it is saved."""
        return self._words.say("{name} is saved.", name=record.name)
