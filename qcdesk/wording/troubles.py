# SPDX-License-Identifier: Apache-2.0
"""Trouble with disk, lock, server or device in words; whether the work is safe is said first."""

from __future__ import annotations

from typing import Final

from qcdesk.i18n import Catalogue, mark, placeholders
from qcdesk.services.trouble import Trouble
from qcdesk.wording.spelling import Told, quoted

_TROUBLES: Final[dict[str, tuple[str, str]]] = {
    "disk_full": (mark("The disk is full."), mark("Free some space, then try again.")),
    "disk_error": (
        mark("The disk does not answer as it should."),
        mark("Check it, make a backup, then try again."),
    ),
    "locked": (mark("Somebody else is writing right now."), mark("Try again in a moment.")),
    "busy": (mark("Somebody else is writing right now."), mark("Try again in a moment.")),
    "read_only": (
        mark("The workspace cannot be written."),
        mark("Check the rights on its folder, then try again."),
    ),
    "server_gone": (mark("The database server does not answer."), mark("Check the network, then try again.")),
    "server_refused": (
        mark("The database server does not let us in."),
        mark("Check its address and the account."),
    ),
    "server_settings": (
        mark("The database server is not set up to keep what it acknowledges."),
        mark("Turn fsync on at the server; until then nothing is written."),
    ),
    "outcome_unknown": (
        mark("The connection broke while the work was being saved, so whether it was saved is not known."),
        mark("Look at the batch before doing it again."),
    ),
    "server_unsafe": (
        mark("The database server is set to forget what it acknowledged ({setting} is {value})."),
        mark("Turn that setting on at the server; until then nothing is written."),
    ),
    "server_owner": (
        mark("On a server only who owns the tables may write them anew."),
        mark(
            "Run qcdesk db rebuild with a login of the server that is a member of qcdesk_owner and qcdesk_program;"
            " both people still sign."
        ),
    ),
    "server_rights": (
        mark("The login of the database server may not do this."),
        mark(
            "Let the administrator of the server make the login a member of qcdesk_program; for laying or upgrading"
            " a workspace it must own the database and may create roles."
        ),
    ),
    "network_drive": (
        mark("The workspace lies on a network drive, where it is not safe."),
        mark("Use a PostgreSQL server for several workstations, or a folder on this computer."),
    ),
    "sqlite_too_old": (
        mark("The database library is too old: {found}, and {needed} is needed."),
        mark("Install qcdesk again with its own libraries."),
    ),
    "folder": (
        mark("The folder {path} cannot be used: {reason}."),
        mark("Name another one, or mend its rights."),
    ),
    "schema_newer": (
        mark("This workspace was made by a newer qcdesk."),
        mark("Install that version or a later one; nothing was changed."),
    ),
    "backup_newer": (
        mark("This backup was made by a newer qcdesk."),
        mark("Install that version or a later one; nothing was changed."),
    ),
    "schema_older": (
        mark("This workspace is of an earlier version of qcdesk."),
        mark("Bring it up to date with qcdesk db upgrade; a backup is made first."),
    ),
    "clock_behind": (
        mark("The clock of this computer is {seconds} seconds behind the last entry."),
        mark("Set the clock right; until then nothing is written."),
    ),
    "clock_far": (
        mark("The clock of this computer names a year that is far off."),
        mark("Set the clock right; until then nothing is written."),
    ),
    "database": (mark("The database could not do this: {reason}"), mark("Try again; the log says more.")),
    "damaged": (
        mark("The database file is damaged."),
        mark("Copy the folder away as it is, then restore a backup."),
    ),
    "database_damaged": (
        mark("The database file is damaged."),
        mark("Copy the folder away as it is, then restore a backup."),
    ),
    "database_error": (mark("The database could not do this."), mark("Try again; the log says more.")),
    "no_events": (mark("The workspace holds no event at all."), mark("Restore a backup, or make a new one.")),
    "record_damaged": (
        mark("A signed record no longer fits its signature."),
        mark("Nothing is printed from it. Run the verification; it says what was touched."),
    ),
    "stored_file_missing": (mark("A stored picture or file is missing."), mark("Restore it from a backup.")),
    "stored_file_changed": (
        mark("A stored picture or file is not what was kept."),
        mark("It is not shown. Restore it from a backup and run the verification."),
    ),
    "file_unreadable": (
        mark("{file} cannot be read: {reason}."),
        mark("Check the rights on it, then try again."),
    ),
    "file_unwritable": (
        mark("{file} cannot be written: {reason}."),
        mark("Check the folder and its rights, then try again."),
    ),
    "memory": (
        mark("There is not enough memory: {needed_mib} MiB are needed."),
        mark("Close something, try again."),
    ),
    "out_of_memory": (
        mark("There is not enough memory."),
        mark("Close something, then try again."),
    ),
    "no_queues": (
        mark("This computer has no print queue that a label printer could be reached by."),
        mark("Save the labels as a file, and send that to the printer."),
    ),
    "keyring": (
        mark("This computer keeps no secrets for programs, so the password was not kept."),
        mark("Set up the keyring of the system, or type the password each time."),
    ),
    "mail_unknown_host": (
        mark("There is no mail server {server}, or the network is down; nothing was sent."),
        mark("Look at its name and at the network, then try again."),
    ),
    "mail_unreachable": (
        mark("The mail server {server} does not answer; nothing was sent."),
        mark("Look at its name, its port and the network, then try again."),
    ),
    "mail_certificate": (
        mark("The mail server {server} does not prove that it is the one ({reason}); nothing was sent."),
        mark("Look at its name; if its certificate comes from your own house, let this computer trust that."),
    ),
    "mail_no_tls": (
        mark("The mail server {server} offers no encryption here; nothing was sent."),
        mark("Use its other port, or the other kind of encryption."),
    ),
    "mail_refused": (
        mark("The mail server {server} refused the mail ({reason}); nothing was sent."),
        mark("Try again later, or ask who looks after the server."),
    ),
    "mail_unsure": (
        mark(
            "The mail server {server} went silent after the mail was handed over: whether it went is not known."
        ),
        mark("Ask the recipient before you send it again."),
    ),
    "mail_stopped": (
        mark("Sending was stopped; nothing was sent."),
        mark("Send it again, or save it as a file."),
    ),
    "company_library": (
        mark("This installation of qcdesk cannot sign PDFs for a company."),
        mark("Install it with its extra part “sign”."),
    ),
    "no_printing": (
        mark("This computer has no printing system that a command could reach."),
        mark("Save the paper as a file with qcdesk report, and print that where there is one."),
    ),
    "no_printers": (
        mark("No printer is set up on this computer, or its printing system does not answer."),
        mark("Set one up, or save the paper as a file with qcdesk report."),
    ),
    "printer": (mark("The printer does not answer."), mark("Check it, then print again.")),
    "printed_untold": (
        mark("The printer took the paper, and it could not be put into the print log."),
        mark("Destroy what comes out of the printer, then print it again."),
    ),
    "backup_failed": (mark("The backup did not verify, so it was not kept."), mark("Try another disk.")),
    "rehearsal_failed": (
        mark("The backup in {folder} is there, and could not be restored for trial ({first})."),
        mark("Make another one in another place, and keep the older ones."),
    ),
    "restore_failed": (
        mark("What was restored does not verify ({problems} problems), so it was not put in place."),
        mark("Take another backup."),
    ),
    "migration_failed": (
        mark("The workspace could not be brought up to date; it is as it was."),
        mark("The backup made before and the log say more."),
    ),
    "no_display": (
        mark("There is no display to open a window on."),
        mark("Use a command, or demo --headless DIR."),
    ),
    "bug": (
        mark("qcdesk made a mistake. What was saved before is safe."),
        mark("The log at {log} says more; show it to whoever looks after qcdesk."),
    ),
    "bug_unlogged": (mark("qcdesk made a mistake. What was saved before is safe."), mark("Start it again.")),
    "input_output": (
        mark("Reading or writing failed: {reason}."),
        mark("Check the disk or the pipe, then try again."),
    ),
    "cancelled": (mark("Stopped by you; nothing was changed."), ""),
}
_OTHER: Final = (mark("Something outside qcdesk failed."), mark("Try again; the log says more."))


def tell(trouble: Trouble, words: Catalogue) -> Told:
    """Return trouble in words.

    With the facts ``saved`` and ``unit`` it says first which units are safe; with ``free_mb`` how much room is asked.
    """
    fact, way = _TROUBLES.get(trouble.code, _OTHER)
    facts = {
        name: quoted(value) if isinstance(value, str) else value for name, value in trouble.facts.items()
    }
    line = _filled(fact, facts, words)
    if "saved" in facts and "unit" in facts:
        safe = words.say(
            "Your {saved} units are saved; unit {unit} is not.", saved=facts["saved"], unit=facts["unit"]
        )
        line = words.say("{fact} {safe}", fact=line, safe=safe)
    if "free_mb" in facts:
        return Told(line, words.say("Free {free_mb} MB, then try again.", free_mb=facts["free_mb"]))
    return Told(line, _filled(way, facts, words))


def known_codes() -> frozenset[str]:
    """Return every code that has words of its own."""
    return frozenset(_TROUBLES)


def _filled(message: str, values: dict[str, object], words: Catalogue) -> str:
    if not message:
        return ""
    return words.say(message, **{name: values.get(name, "…") for name in placeholders(message)})
