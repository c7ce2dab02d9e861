# SPDX-License-Identifier: Apache-2.0
"""Instruments: read with what is due first, found, changed and saved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from qcdesk.domain.events import InstrumentSaved
from qcdesk.domain.names import clean_name
from qcdesk.gui.asking import Ask, WhoNow
from qcdesk.gui.collation import in_order
from qcdesk.gui.problems import Problems
from qcdesk.gui.records import Notice, RecordsPresenter, RecordsView, Values
from qcdesk.gui.tasks import Tasks
from qcdesk.i18n import Catalogue
from qcdesk.services.ports import Hand
from qcdesk.services.use_cases import UseCases


class InstrumentsPresenter(RecordsPresenter[InstrumentSaved]):
    """See ``RecordsPresenter``."""

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

    def read(self) -> Sequence[InstrumentSaved]:
        """Return all instruments, what is due first."""
        by_number = in_order(self._use.read.instruments(), lambda row: row.number)
        return sorted(by_number, key=lambda row: row.calibrated_until or date.min)

    def texts(self, row: InstrumentSaved) -> Iterable[str]:
        """Return what an instrument is found by."""
        return row.number, row.kind

    def heading(self, row: InstrumentSaved | None) -> str:
        """Return the title over the fields."""
        if row is None:
            return self._words.say("New instrument")
        return self._words.say("{kind} {number}", kind=row.kind, number=row.number)

    def values(self, row: InstrumentSaved | None) -> Values:
        """Return what stands in the fields."""
        if row is None:
            return {}
        return {
            "id": row.instrument,
            "number": row.number,
            "kind": row.kind,
            "until": row.calibrated_until.isoformat() if row.calibrated_until else "",
            "blocked": "yes" if row.blocked else "",
            "note": row.note,
        }

    def record(self, values: Values, before: InstrumentSaved | None) -> InstrumentSaved:
        """Return the instrument that the fields say."""
        return InstrumentSaved(
            instrument=before.instrument if before else "",
            number=values["number"],
            kind=clean_name(values["kind"], field="kind"),
            calibrated_until=date.fromisoformat(values["until"]) if values["until"] else None,
            blocked=bool(values["blocked"]),
            note=values["note"],
            over=before.over if before else None,
        )

    def keep(self, record: InstrumentSaved, another: bool, other: Hand | None) -> InstrumentSaved:
        """Save it."""
        return self._use.save_instrument(self._who().sitting, record, another=another, other=other)

    def said(self, record: InstrumentSaved) -> str:
        """Return the line that says it is saved."""
        return self._words.say("{name} is saved.", name=record.number)
