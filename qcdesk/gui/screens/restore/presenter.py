# SPDX-License-Identifier: Apache-2.0
"""Looks at a backup as soon as one is named, restores it when asked, and goes on to sign in there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from qcdesk.config import Settings
from qcdesk.domain.inputs import BadInput
from qcdesk.gui.problems import Problem, Problems
from qcdesk.gui.screens.restore.rows import DoneRow, SeenRow
from qcdesk.gui.tasks import Tasks
from qcdesk.i18n import Catalogue
from qcdesk.services.ports import BackupSeen, Verified, Workspaces
from qcdesk.services.trouble import Trouble
from qcdesk.wording import health, losses
from qcdesk.wording.spelling import fixed, moment, whole

Values = Mapping[str, str]
READ, COPIED = 0.3, 0.6
"""Shares of the whole: every file read, every file copied; then the copy is verified."""
MOST = 12
"""Lines about what is lost; of more the newest."""
FIELDS = ("backup", "target", "anchors", "replaces")
OF_BACKUP = ("not_a_backup", "backup_incomplete")
OF_ANCHOR = ("not_an_anchor", "file_too_big")
OF_OLD = ("other_workspace", "no_workspace")


class RestoreView(Protocol):
    """The page."""

    def show_form(self, values: Values) -> None: ...
    def show_seen(self, seen: SeenRow | None) -> None: ...
    def show_running(self, how_far: Callable[[], tuple[str, float | None]]) -> None: ...
    def show_done(self, done: DoneRow) -> None: ...
    def show_entering(self, entering: bool) -> None: ...
    def show_problem(self, problem: Problem) -> None: ...


@dataclass(frozen=True)
class RestoreWays:
    """Where the page leads: back, and to the sign-in of another workspace, telling what fails on the way there."""

    back: Callable[[], None]
    enter: Callable[[str, Callable[[Exception], None]], None]
    shown: Callable[[], None] = lambda: None
    """Brings the page to the front again: whoever asked may have been locked out while it ran."""


class RestorePresenter:
    """One restore at a time; leaving the page lets it go on."""

    def __init__(
        self,
        view: RestoreView,
        workspaces: Workspaces,
        tasks: Tasks,
        words: Catalogue,
        problems: Problems,
        ways: RestoreWays,
        known: Callable[[], Values] = dict,
    ) -> None:
        """``known``: the fields that can be filled in beforehand, such as the folder of the day's backup."""
        self._view, self._workspaces, self._tasks, self._words = view, workspaces, tasks, words
        self._problems, self._ways, self._known = problems, ways, known
        self._running = self._stop = False
        self._far = 0.0
        self._restored = ""

    def open(self) -> None:
        """Begin with empty fields, or go on with what runs or is done."""
        if not self._running and not self._restored:
            values = dict.fromkeys(FIELDS, "") | {"target": self._workspaces.free_place()}
            values |= self._known()
            self._view.show_form(values)
            self.look(values)

    def look(self, values: Values) -> None:
        """Look at the backup that is named now; nothing is written."""
        if not values["backup"]:
            self._view.show_seen(None)
            return
        wanted = dict(values)

        def seen(found: tuple[BackupSeen, str, bool]) -> None:
            self._view.show_seen(self._seen(*found, bool(wanted["anchors"])))

        def failed(cause: Exception) -> None:
            self._view.show_seen(None)
            self._failed(cause)

        self._tasks.render(lambda: self._look_at(wanted), seen, failed, latest="backup")

    def _look_at(self, values: Values) -> tuple[BackupSeen, str, bool]:
        """Return what was seen, which workspace is open, and whether nothing of the old one can be read."""
        replaces = values["replaces"]
        if replaces and "://" not in replaces and not Path(replaces).exists():
            raise BadInput("no_folder", facts={"file": replaces}, where={"field": "replaces"})
        given = tuple(line.strip() for line in values["anchors"].splitlines() if line.strip())
        folder, place = values["backup"], _place(values["target"])
        unread = False
        try:
            found = self._workspaces.look_at(folder, place, given, replaces)
        except Trouble as trouble:
            if not replaces or trouble.code != "database_damaged":
                raise
            found, unread = self._workspaces.look_at(folder, place, given), True
        return found, self._workspaces.vault, unread

    def restore(self, values: Values) -> None:
        """Restore it; whatever is wrong is said beside its field, and nothing is left behind."""
        if self._running:
            return
        for code in ("backup", "target"):
            if not values[code]:
                self._problems.show(BadInput("missing", where={"field": code}))
                return
        folder, target = values["backup"], _place(values["target"])
        self._running, self._stop, self._far = True, False, 0.0
        self._view.show_running(self._how_far)

        def done(found: Verified) -> None:
            self._running, self._restored = False, target
            self._view.show_done(self._done(found, target))
            self._ways.shown()

        def failed(cause: Exception) -> None:
            self._running = False
            self._failed(cause)

        self._tasks.render(lambda: self._workspaces.restore(folder, target, self._step), done, failed)

    def cancel(self) -> None:
        """Stop; nothing of what was copied stays."""
        self._stop = True

    def enter(self) -> None:
        """Open the restored workspace, at its sign-in."""
        if self._restored:
            self._view.show_entering(True)
            self._ways.enter(self._restored, self._not_entered)

    def _not_entered(self, cause: Exception) -> None:
        self._view.show_entering(False)
        if not (isinstance(cause, Trouble) and cause.code == "cancelled"):
            self._problems.show(cause)

    def back(self) -> None:
        """Leave the page; what was restored to where the program is at work is the only workspace there now."""
        if self._restored and self._restored == self._workspaces.location:
            self.enter()
            return
        if not self._running:
            self._restored = ""
        self._ways.back()

    def _step(self, done: int, total: int) -> bool:
        self._far = done / total if total else 0.0  # one assignment: read whole from the other thread
        return not self._stop

    def _how_far(self) -> tuple[str, float | None]:
        say, far = self._words.say, self._far
        if self._stop:
            return say("Stopping …"), far
        if far < READ:
            return say("Reading the backup …"), far
        return (say("Copying …") if far < COPIED else say("Checking the copy, line by line …")), far

    def _failed(self, cause: Exception) -> None:
        """Say it beside the field that it is about."""
        if isinstance(cause, BadInput):
            own = str(cause.where.get("field", ""))
            field = (
                "backup" if cause.code in OF_BACKUP
                else "anchors" if cause.code in OF_ANCHOR
                else "replaces" if cause.code in OF_OLD
                else "target" if own == "workspace"
                else own
            )  # fmt: skip
            where = (
                cause.where if field == "anchors" else {}
            )  # elsewhere the place is what stands in the field
            cause = BadInput(cause.code, facts=cause.facts, where={**where, "field": field})
        elif isinstance(cause, Trouble) and cause.code == "cancelled":
            self._view.show_problem(Problem("refusal", self._problems.told(cause), cause))
            return
        elif isinstance(cause, Trouble) and cause.code == "schema_newer":
            cause = Trouble("backup_newer", **cause.facts)
        self._problems.show(cause)

    # words ------------------------------------------------------------------------------------------------------

    def _seen(self, seen: BackupSeen, open_now: str, unread: bool, anchored: bool) -> SeenRow:
        say, count = self._words.say, self._words.count
        facts = (
            (say("Made"), moment(seen.made)),
            (say("Last entry in it"), moment(seen.last_at)),
            (say("Batches"), whole(seen.batches, self._words)),
            (say("People"), whole(seen.people, self._words)),
            (say("Photos and files"), whole(seen.files, self._words)),
            (say("Size"), say("{mb} MB", mb=fixed(max(seen.bytes / 1e6, 0.1), 1, self._words))),
            (say("Folder"), Path(seen.folder).name),
        )
        lines: list[str] = []
        if open_now and open_now != seen.vault:
            lines.append(say("It is of another workspace than the one that is open here."))
        if unread:
            lines.append(say("Nothing of the old workspace can be read any more."))
        lines += [health.problem(p.code, p.facts, self._words) for p in seen.held.problems]
        if seen.lost is not None:
            lines.append(losses.missing(seen.lost, self._words))
        if seen.lacking is not None:
            lines.append(losses.beyond(seen.lacking, self._words))
        acts = (
            seen.lacking.acts if seen.lacking is not None else seen.lost.acts if seen.lost is not None else ()
        )
        lines += losses.told(acts, self._words, most=MOST)
        lacking = bool(acts or seen.lost or seen.held.problems or (seen.lacking and seen.lacking.unread))
        if lacking or (open_now and open_now != seen.vault):
            return SeenRow(seen.shop, facts, "lacks", say("This copy lacks something"), tuple(lines))
        if anchored:
            lines.insert(
                0,
                count(
                    "The anchor given fits: up to its event nothing was cut off or put in another's place.",
                    "All {n} anchors given fit: up to the last of their events nothing was cut off or put in "
                    "another's place.",
                    seen.held.anchors,
                ),
            )
            if seen.held.unsigned:
                lines.append(health.unsigned(len(seen.held.unsigned), self._words))
        if seen.known:
            lines.append(say("Everything that this station saw of it is there."))
        if anchored or seen.known or seen.lacking is not None:
            return SeenRow(seen.shop, facts, "whole", say("Nothing is known to be missing"), tuple(lines))
        return SeenRow(
            seen.shop,
            facts,
            "unknown",
            say("What it may lack cannot be told here"),
            (
                *lines,
                say("This station never saw this workspace. What was done after the last entry is not in the copy."),
                say("A closing slip, a report or an anchor's file tells: name it on the left."),
            ),
        )  # fmt: skip

    def _done(self, found: Verified, target: str) -> DoneRow:
        say = self._words.say
        lines = tuple(health.problem(p.code, p.facts, self._words) for p in found.problems[:MOST])
        if len(found.problems) > MOST:
            lines += (self._words.count("And {n} further.", "And {n} further.", len(found.problems) - MOST),)
        return DoneRow(
            found.ok,
            say("The backup is restored"),
            say("It is at {location}. Everything in it holds.", location=target)
            if found.ok
            else say(
                "It is at {location}. It was damaged before the backup was made; this does not hold:",
                location=target,
            ),
            lines,
        )


def _place(typed: str) -> str:
    """Return a place as the program names it: a folder with its whole path, or a server's address."""
    return typed if not typed or "://" in typed else str(Path(typed).expanduser().absolute())


def backups_of(settings: Settings) -> dict[str, str]:
    """Return the field of the backup, filled with the folder of the day's backup where there is one."""
    folder = settings.backup_folder
    return {"backup": folder} if folder and Path(folder).is_dir() else {}
