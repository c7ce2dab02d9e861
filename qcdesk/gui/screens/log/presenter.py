# SPDX-License-Identifier: Apache-2.0
"""The log, page by page, within what the reader may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol

from qcdesk.gui.asking import WhoNow
from qcdesk.gui.collation import by_words
from qcdesk.gui.problems import Problem, Problems
from qcdesk.gui.screens.log.model import LogRow
from qcdesk.gui.tasks import Tasks
from qcdesk.i18n import Catalogue
from qcdesk.services.rows import AuditPage, AuditRow, PersonRow
from qcdesk.services.use_cases import UseCases
from qcdesk.wording import ages, events, marks

PAGE = 200


class LogView(Protocol):
    """The table and its filters."""

    def show_people(self, people: Sequence[tuple[str, str]]) -> None: ...
    def show_filters(self, batch: str, person: str) -> None: ...
    def show_rows(self, rows: Sequence[LogRow], *, more: bool) -> None: ...
    def add_rows(self, rows: Sequence[LogRow], *, more: bool) -> None: ...
    def show_problem(self, problem: Problem) -> None: ...


@dataclass(frozen=True)
class Narrowing:
    """What the log is narrowed by; days are local, both inclusive."""

    batch: str = ""
    person: str = ""
    since: date | None = None
    until: date | None = None


class LogPresenter:
    """Loads the newest lines, then older ones as one scrolls."""

    def __init__(
        self,
        view: LogView,
        use: UseCases,
        tasks: Tasks,
        words: Catalogue,
        problems: Problems,
        who: WhoNow,
    ) -> None:
        self._view, self._use, self._tasks = view, use, tasks
        self._words, self._problems, self._who = words, problems, who
        self._by = Narrowing()
        self._before: int | None = None

    def open(self, batch: str = "", person: str = "") -> None:
        """Show the log, narrowed to a batch (by number) or a person where one is named."""
        self._by = Narrowing(batch, person)
        self._view.show_filters(batch, person)
        self.reload()

    def narrow(self, batch: str, person: str, since: date | None, until: date | None) -> None:
        """Show what the filters leave."""
        self._by = Narrowing(batch, person, since, until)
        self.reload()

    def reload(self) -> None:
        """Load the newest lines."""
        self._tasks.run(
            lambda: (self._read(None), self._use.read.people()),
            self._first,
            self._problems.show,
            latest="log",
        )

    def more(self) -> None:
        """Load older lines."""
        before = self._before
        if before is not None:
            self._tasks.run(lambda: self._read(before), self._older, self._problems.show, latest="log")

    def _read(self, before: int | None) -> AuditPage:
        by = self._by
        return self._use.read.audit_page(
            self._who().sitting.person,
            batch=by.batch or None,
            of=by.person or None,
            since=_midnight(by.since) if by.since else None,
            until=_midnight(by.until + timedelta(days=1)) if by.until else None,
            before=before,
            limit=PAGE,
        )

    def _first(self, found: tuple[AuditPage, tuple[PersonRow, ...]]) -> None:
        page, people = found
        self._before = page.before
        names = [(row.person.id, row.person.name) for row in people if row.person.login]
        self._view.show_people(by_words(names))
        self._view.show_rows(self._told(page), more=page.before is not None)

    def _older(self, page: AuditPage) -> None:
        self._before = page.before
        self._view.add_rows(self._told(page), more=page.before is not None)

    def _told(self, page: AuditPage) -> list[LogRow]:
        today = self._use.clock.today()

        def told(row: AuditRow) -> LogRow:
            return LogRow(
                no="" if row.seq is None else str(row.seq),
                when=f"{ages.local(row.at).date().isoformat()} {ages.clock(row.at, seconds=True)}",
                at=row.at,
                who=events.hands(row.name or self._words.say("the workstation"), row.facts, self._words),
                what=events.line(row.kind, row.facts, self._words, today=today),
                marks=" · ".join(marks.of_line(row, self._words)),
                signed=row.act,
                batch=row.batch or "",
                number=row.number,
                station=self._station(row),
            )

        return [told(row) for row in page.rows]

    def _station(self, row: AuditRow) -> str:
        """Return what a workstation is called: never by its long id."""
        here = self._use.workstation
        if row.station_name:
            return row.station_name
        if row.station == here.station:
            return here.name or self._words.say("this workstation")
        return self._words.say("another workstation")


def _midnight(day: date) -> int:
    """Return when a local day begins, in microseconds UTC."""
    return int(datetime.combine(day, time()).astimezone().timestamp()) * 1_000_000
