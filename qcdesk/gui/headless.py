# SPDX-License-Identifier: Apache-2.0
"""Walks the real window through its pages where nobody watches, and leaves a picture of each: light, dark, desk, floor.

The checks that it starts and fills in are real entries of the workspace; it signs nothing.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop
from PySide6.QtWidgets import QApplication

from qcdesk import config
from qcdesk.domain.refusals import Refusal
from qcdesk.gui import theme
from qcdesk.gui.app import Program, create
from qcdesk.gui.asking import Who
from qcdesk.gui.master_pages import add_master_pages
from qcdesk.gui.persons import role_of
from qcdesk.gui.shell import Shell
from qcdesk.gui.theme import Scheme
from qcdesk.i18n import Catalogue
from qcdesk.services.record_entries import Entries, NewFinding, NewReading, NewResult
from qcdesk.services.rows import Lane, OwnCheckPage
from qcdesk.services.trouble import Trouble
from qcdesk.services.use_cases import UseCases

DESK_SIZE = (1440, 900)
FLOOR_SIZE = (1280, 800)
PATIENCE_S = 15.0
BREATH_S = 0.002
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
COMPARED_LANES: tuple[Lane, ...] = ("ready_to_ship", "to_release", "disagreement")
SHOWN_DONE = 11
"""Units that are done where the runner is pictured at work."""


@dataclass
class Walk:
    """One window in one look, walked through. A window is built for each look: changing a living one takes longer."""

    use: UseCases
    folder: Path
    words: Catalogue
    mode: config.Mode
    scheme: Scheme
    made: list[Path] = field(default_factory=list)

    def __post_init__(self) -> None:
        theme.current().set_scheme(self.scheme)
        settings = config.Settings("pictures", station_name="Station 3", theme=self.scheme, mode=self.mode)
        self.program = Program(
            self.use,
            settings,
            self.words,
            add_pages=add_master_pages if self.mode == "desk" else _no_pages,
            keep_settings=lambda _: None,
        )
        self.running = self.program.running
        self.running.window.resize(*(DESK_SIZE if self.mode == "desk" else FLOOR_SIZE))
        self.program.begin()
        self.settle()

    def settle(self) -> None:
        """Let everything that was asked for come back and be drawn."""
        end = time.monotonic() + PATIENCE_S
        quiet = 0
        while quiet < 3 and time.monotonic() < end:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
            quiet = 0 if self.program.tasks.busy else quiet + 1
            time.sleep(BREATH_S)  # the work runs in this process, too, and stands still while we ask

    def open(self, name: str, *args: object) -> None:
        """Open a page and wait for it."""
        self.running.open(name, *args)
        self.settle()

    def picture(self, name: str) -> None:
        """Leave the page in view as a picture."""
        path = self.folder / f"{name}-{self.mode}-{self.scheme}.png"
        if not self.running.window.grab().save(str(path)):
            raise Trouble("file_unwritable", file=str(path), reason="")
        self.made.append(path)

    def sit_down(self, who: Who) -> None:
        """Sit down, with a key that was opened before."""
        self.running.signed_in(who)
        self.settle()

    def close(self) -> list[Path]:
        """Close the window; the sittings stay open for the next one. Return the pictures."""
        self.running.who = None
        self.running.window.close()
        self.program.end()
        self.running.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        return self.made


def _no_pages(_shell: Shell) -> None:
    """Add nothing: the floor needs no master data."""


def screenshots(
    use: UseCases, folder: Path, secrets: Sequence[tuple[str, str]], words: Catalogue
) -> list[Path]:
    """Picture every page of the way of a batch, and the pages beside it; return the files.

    Args: folder: made where it is missing. secrets: (login, password) of the people who sit down, the first two of
        whom can inspect.
    Raises: WrongSecret; Trouble ``file_unwritable``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if QApplication.instance() is None:
        create(["qcdesk"], config.Settings("pictures", theme="light"))
    people = [_sat_down(use, words, login, secret) for login, secret in secrets[:2]]
    first = _started(use, people[0], "start_first", "continue_check")
    second = next(
        ((who, check) for who in people if (check := _started(use, who, "start_second")) is not None), None
    )
    if first is not None:
        _fill(use, people[0], first, SHOWN_DONE)
    if second is not None:
        _fill(use, *second, SHOWN_DONE)
    made: list[Path] = []
    for scheme in SCHEMES:
        walk = Walk(use, folder, words, "floor", scheme)
        walk.picture("01-sign-in")
        walk.sit_down(people[0])
        if first is not None:
            walk.open("runner", first)
            walk.picture("04-runner")
        if second is not None:
            walk.sit_down(second[0])
            walk.open("runner", second[1])
            walk.picture("05-blind-second-check")
        made += walk.close()
    if second is not None:
        _fill(use, *second, None)
        for scheme in SCHEMES:
            made += _signing(Walk(use, folder, words, "floor", scheme), *second)
    for scheme in SCHEMES:
        made += _desk(Walk(use, folder, words, "desk", scheme), people[0])
    theme.current().set_scheme("light")
    return sorted(made)


def _signing(walk: Walk, who: Who, check: str) -> list[Path]:
    walk.sit_down(who)
    walk.open("runner", check)
    walk.running.signing.open(check, walk.running.runner.go_to)
    walk.settle()
    walk.picture("06-sign")
    walk.running.sign_sheet.close_sheet()
    return walk.close()


def _desk(walk: Walk, who: Who) -> list[Path]:
    read, person = walk.use.read, who.person
    walk.sit_down(who)
    walk.picture("02-board")
    rows = [row for lane in COMPARED_LANES for row in read.lane(lane, person, None, 20).rows]
    done = [row.batch for row in sorted(rows, key=lambda row: -row.quantity)]
    waiting = [row.batch for row in read.lane("waiting_second", person, None, 1).rows]
    for batch in (waiting or done)[:1]:
        walk.open("batch", batch)
        walk.picture("03-batch")
    for batch in done[:1]:
        walk.open("comparison", batch)
        walk.picture("07-comparison")
        walk.open("report", batch)
        walk.picture("11-report")
    for row in sorted(read.suppliers(), key=lambda row: -row.defects)[:1]:
        walk.open("supplier", row.supplier.supplier)
        walk.picture("08-supplier")
    for name in ("register", "products", "procedures", "people", "settings", "analysis"):
        walk.open(name)
        walk.picture(f"12-{name}")
    return walk.close()


def _sat_down(use: UseCases, words: Catalogue, login: str, secret: str) -> Who:
    sitting = use.open_sitting(use.open_hand(login, secret))
    person = next(row.person for row in use.read.people() if row.person.id == sitting.person)
    return Who(sitting, login, person.name, role_of(person, words), person.staff or "")


def _started(use: UseCases, who: Who, *acts: str) -> str | None:
    """Start, or go on with, the first check of these kinds that waits for somebody."""
    for row in use.read.waiting(who.person, use.clock.today()):
        if row.act in acts:
            try:
                return use.start_check(who.sitting, row.subject, knowing=True).check
            except Refusal:
                continue
    return None


def _fill(use: UseCases, who: Who, check: str, units: int | None) -> None:
    """Inspect so many units more (None: all that are left), with a defect here and there; measured at nominal."""
    page = use.own.own_check(check, who.person)
    if page.tally:
        total = len(page.units) if units is None else min(len(page.units), units)
        if total > sum(1 for unit in page.units if unit.done):
            use.record(who.sitting, Entries(check, tallied=total))
        return
    left = [unit.unit for unit in page.units if not unit.done][:units]
    if not left:
        return
    keys = page.procedure.content.keypad()
    code = next((key.code for key in keys if key.defect_class == "minor"), None)
    found = (NewFinding(left[len(left) // 2], code),) if code and units else ()
    readings = [
        NewReading(unit, c.code, value, _instrument(page, c.code, use.clock.today()))
        for unit in left
        for c in page.procedure.content.variables()
        if (value := _good(page, c.code))
    ]
    results = tuple(NewResult(unit) for unit in left)
    use.record(who.sitting, Entries(check, results=results, findings=found, readings=tuple(readings)))


def _instrument(page: OwnCheckPage, code: str, today: date) -> str | None:
    """Return an instrument that a characteristic may be measured with; None where its procedure names no kind."""
    c = page.procedure.content.characteristic(code)
    if not c.instrument_type:
        return None
    return next(
        (
            i.number
            for i in page.instruments
            if c.measured_with(i.kind)
            and not i.blocked
            and i.calibrated_until is not None
            and i.calibrated_until >= today
        ),
        None,
    )


def _good(page: OwnCheckPage, code: str) -> str:
    c = page.procedure.content.characteristic(code)
    value = c.nominal if c.nominal is not None and c.inside(c.nominal) else c.lower or c.upper
    return "" if value is None else str(value)
