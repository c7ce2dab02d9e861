# SPDX-License-Identifier: Apache-2.0
"""What a verification found and what the doctor saw, in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from qcdesk.checker.findings import SENTENCES
from qcdesk.i18n import Catalogue, mark, placeholders
from qcdesk.services.ports import Explained, Problem
from qcdesk.wording.spelling import quoted

_PROBLEMS: Final[dict[str, str]] = {
    **SENTENCES,
    "file_inconsistent": mark("The database file does not fit itself ({reason})."),
    "row_extra": mark("The table {table} holds a row that the log never made ({key})."),
    "row_missing": mark("The table {table} lacks a row that the log made ({key})."),
    "row_differs": mark("A row of the table {table} was changed ({key}): {columns}."),
    "figures_differ": mark(
        "Figures of suppliers are not what a recount of all lots makes them ({n}). They are sums only: "
        "qcdesk db rebuild counts them anew."
    ),
    "seal_differs": mark(
        "The sealed key {key} is not the newest that the log names: an earlier one may have been put back. "
        "Whoever it belongs to should change the password."
    ),
    "seal_extra": mark("A sealed key is kept that the log does not know ({key})."),
    "seal_left": mark("The sealed key {key} is still kept, though it has ended. The next sign-in drops it."),
    "badge_missing": mark("The badge {key} has lost its sealed key: it opens nothing. Issue a new one."),
    "seal_missing": mark("The sealed key {key} is missing, so its owner cannot sign."),
    "seen_missing": mark(
        "This station saw event {seq} on {seen}, and the log ends at {last}: its end was cut off, "
        "or an older copy was put in its place."
    ),
    "seen_differs": mark(
        "This station saw another event {seq} on {seen} than the log holds: an older copy was put in its place and work "
        "went on, or the log was made anew. Where a backup of your own was put back, two people sign what was lost, from "
        "event {first} on."
    ),
    "anchor_ahead": mark(
        "The anchor {file} bears a time that the clock here has not reached, so it blocks nothing by itself: "
        "find out who made it, and when."
    ),
    "paper_text": mark("The pages do not show {value}, which is what was signed."),
    "paper_code": mark("The square code on the pages is not that of the certificate in the evidence."),
    "paper_workspace": mark("This paper is of another workspace."),
    "paper_not_of_log": mark("The workspace does not hold the event at which this paper was printed."),
    "paper_retracted": mark("{name} has retracted this check since the paper was printed."),
    "paper_withdrawn": mark("The release was withdrawn since the paper was printed."),
    "seen_vault": mark("Another workspace was in this place when this station last saw it, on {seen}."),
}
IN_TABLES: Final = frozenset(("row_differs", "row_missing", "row_extra"))
_GOOD: Final[dict[str, str]] = {
    "version": mark("qcdesk {version}."),
    "workspace": mark("No workspace at {location} yet; qcdesk init makes one."),
    "python": mark("Python {version}."),
    "libraries": mark("{there}."),
    "fonts": mark("{there} fonts for four scripts."),
    "sqlite": mark("SQLite {version}."),
    "server": mark("PostgreSQL {version}, and it keeps what it acknowledges."),
    "place": mark("{location} is on a local disk."),
    "database": mark("{events} events, every page in order."),
    "schema": mark("Schema {found}, as this version brings it."),
    "disk": mark("{free_mb} MB free at {folder}."),
    "workspace_folder": mark("{folder} can be written."),
    "log_folder": mark("{folder} can be written."),
    "clock": mark("Not behind the last entry; time zone {zone}."),
    "backup": mark("The last one is {days} days old, in {folder}."),
    "no_backup": mark("None yet; the workspace is {days} days old."),
}
_BAD: Final[dict[str, str]] = {
    "python": mark("Python {version} is too old; {needed} or newer is needed."),
    "libraries": mark("Missing: {missing}. Install qcdesk again."),
    "fonts": mark("Missing: {missing}. Reports would lack letters; install qcdesk again."),
    "sqlite": mark("SQLite {version} is too old; {needed} or newer is needed."),
    "server": mark("PostgreSQL may forget what it acknowledged: {off} is off. Turn it on."),
    "place": mark("{location} lies on a network drive ({kind}), where it is not safe."),
    "database": mark("The database is damaged: {reason}. Copy the folder away, then restore a backup."),
    "schema": mark("Schema {found}, but this version brings {known}. Run qcdesk db upgrade."),
    "disk": mark("Only {free_mb} MB free at {folder}; {needed_mb} MB are wanted."),
    "workspace_folder": mark("{folder} cannot be written. Mend its rights."),
    "log_folder": mark("{folder} cannot be written. Mend its rights."),
    "clock": mark("{behind_seconds} seconds behind the last entry. Set the clock right."),
    "backup": mark("The last one is {days} days old, in {folder}. Run qcdesk backup."),
    "backup_ahead": mark("The last one is dated ahead of the clock, in {folder}. Run qcdesk backup."),
    "no_backup": mark("No backup was ever made. Run qcdesk backup."),
    "folders": mark("A folder cannot be written: {reason}."),
}
# What a line of the doctor is called.
_NAMES: Final[dict[str, str]] = {
    "version": mark("Program"),
    "workspace": mark("Workspace"),
    "python": mark("Python"),
    "libraries": mark("Libraries"),
    "fonts": mark("Fonts"),
    "sqlite": mark("Database library"),
    "server": mark("Server"),
    "place": mark("Folder"),
    "database": mark("Database"),
    "schema": mark("Schema"),
    "disk": mark("Disk"),
    "workspace_folder": mark("Workspace folder"),
    "log_folder": mark("Log folder"),
    "folders": mark("Folders"),
    "clock": mark("Clock"),
    "backup": mark("Backup"),
    "backup_ahead": mark("Backup"),
    "no_backup": mark("Backup"),
}


def problem(code: str, facts: Mapping[str, str], words: Catalogue) -> str:
    """Return one thing that does not hold, as a sentence."""
    return _filled(_PROBLEMS.get(code, mark("Something here is not as it was written.")), facts, words)


def in_tables(problems: Iterable[Problem]) -> bool:
    """Tell whether rows of tables are among what was found, which two people can have written anew from the log."""
    return any(problem.code in IN_TABLES for problem in problems)


def explained(said: Explained, words: Catalogue) -> str:
    """Return a thing that did not hold and that two people have explained."""
    return words.say("Explained by {people} in event {event}: {reason} — {problem}", people=said.people,
                     event=said.event, reason=" ".join(said.reason.split()),
                     problem=problem(said.problem.code, said.problem.facts, words))  # fmt: skip


def remark(said: Problem, words: Catalogue) -> str:
    """Return what is worth knowing and stops nothing."""
    return words.say(
        "Worth knowing, and stops nothing: {remark}", remark=problem(said.code, said.facts, words)
    )


def moved(words: Catalogue) -> tuple[str, str]:
    """Say that a workstation gave up its id: what happened, and what to do."""
    return (
        words.say("The log knows this workstation's id, or its key, as another's: it works under an id of its own now."),
        words.say("Settings or keys were copied from another computer, or put back from an older copy. Nothing else "
                  "has to be done."),
    )  # fmt: skip


def line(name: str, ok: bool, facts: Mapping[str, str], words: Catalogue) -> str:
    """Return one line of the doctor: what it saw, and what to do when it is not well."""
    table = _GOOD if ok else _BAD
    if not ok and "reason" in facts and len(facts) == 1:  # it could not even look
        return words.say("This could not be looked at: {reason}.", reason=facts["reason"])
    return _filled(table.get(name, mark("In order.") if ok else mark("Not in order.")), facts, words)


def name(code: str, words: Catalogue) -> str:
    """Return what a line of the doctor is called."""
    return words.say(_NAMES[code]) if code in _NAMES else quoted(code)


def _filled(message: str, facts: Mapping[str, str], words: Catalogue) -> str:
    values = {name: " ".join(value.split()) for name, value in facts.items()}
    return words.say(message, **{name: values.get(name, "…") for name in placeholders(message)})


def unsigned(count: int, words: Catalogue) -> str:
    """Return what anchors are worth that nobody signed: a code typed off paper, an older backup's manifest."""
    return words.count(
        "{n} anchor bears no signature: that it fits is worth what the place is worth where it was kept.",
        "{n} anchors bear no signature: that they fit is worth what the place is worth where they were kept.",
        count,
    )
