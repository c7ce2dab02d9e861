# SPDX-License-Identifier: Apache-2.0
"""The entry of the command line: options, commands, and every failure as one plain sentence and an exit status."""

from __future__ import annotations

import getpass
import json
import logging
import os
import sys
from collections.abc import Callable, Sequence
from functools import cache
from typing import Annotated, Any, BinaryIO, Final, TextIO

import typer

from qcdesk import __version__, config, logs
from qcdesk.cli import (
    anchors,
    batches,
    certificates,
    checker,
    checks,
    comparisons,
    complaints,
    concerns,
    concessions,
    defects,
    designs,
    detection,
    exchanges,
    gauges,
    house,
    leaving,
    logbooks,
    master_data,
    nonconformities,
    papers,
    people,
    plans,
    printing,
    procedures,
    processes,
    risks,
    sending,
    severities,
    simulating,
    suppliers,
    switching,
    variables,
    workspaces,
)
from qcdesk.cli.call import Call, call_of
from qcdesk.cli.doors import Doors
from qcdesk.cli.terminal import (
    BAD_INPUT,
    DONE,
    REFUSED,
    TROUBLE,
    Terminal,
    as_utf8,
    known_language,
    standard_input,
    without_json,
    words_of,
)
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import Refusal
from qcdesk.i18n import LANGUAGES, STRETCHED, Catalogue, mark
from qcdesk.services.trouble import Trouble
from qcdesk.wording.problems import tell

BEFORE_THE_COMMAND = ("--workspace", "--lang", "--as", "--with", "--secret-stdin")
TAKES_A_VALUE = ("--workspace", "--lang", "--as", "--with")
STOPPED = 130  # the shell's own number for "stopped with Ctrl C"


def run(
    arguments: Sequence[str],
    doors: Doors,
    *,
    stdin: BinaryIO | None = None,
    out: TextIO | None = None,
    err: TextIO | None = None,
) -> int:
    """Run one command and return its exit status: 0 done or holds, 1 does not hold, 2 input, 3 refused, 4 trouble.

    Args: arguments: without the program's name. doors: what lies above the command line. stdin, out, err: the
        process's own unless given.
    """
    ask = getpass.getpass if stdin is None and sys.stdin is not None and sys.stdin.isatty() else None
    given, json = without_json(list(arguments))
    call = Call(
        doors=doors,
        words=words_of(_asked_language(given)),
        stdin=stdin or standard_input(),
        out=out or as_utf8(sys.stdout),
        err=err or as_utf8(sys.stderr),
        json=json,
        ask=ask,
    )
    try:
        answer = _command(given, call.words).main(
            args=given, prog_name="qcdesk", standalone_mode=False, obj=call
        )
        return answer if isinstance(answer, int) else DONE
    except KeyboardInterrupt:
        return STOPPED
    except Exception as problem:
        return failed(call, problem)
    finally:
        call.close()


def failed(call: Terminal, problem: Exception) -> int:
    """Say what ended a command, and return its exit status; a mistake of ours is logged."""
    match problem:
        case typer.TyperException():
            return _problem(call, _usage(problem))
        case Refusal() | BadInput() | Trouble():
            return _problem(call, problem)
        case typer.Abort():
            return STOPPED
        case BrokenPipeError():  # whoever read has gone, as in: qcdesk batch list | head
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            return TROUBLE
        case OSError():
            return _problem(call, Trouble("input_output", reason=problem.strerror or str(problem)))
    return _problem(call, _kept(problem))


SINGLE: Final[dict[str, tuple[str, Callable[..., int]]]] = {
    "demo": (mark("Open a demonstration, or play it without a display."), workspaces.demo),
    "init": (mark("Make a new workspace with its first two people."), workspaces.init),
    "doctor": (mark("Check the installation and the workspace."), workspaces.doctor),
    "compare": (mark("Show the two checks side by side. Takes --as."), comparisons.compare),
    "estimate": (mark("Estimate what two checks both missed, from numbers."), plans.estimate),
    "detection": (mark("Say how often checks miss what is there. Takes --as."), detection.detect),
    "sample": (mark("Give the sampling plan for a lot."), plans.sample),
    "spc": (mark("Draw a control chart of a table."), processes.spc),
    "capability": (mark("Compare a column of values with its limits."), processes.capability_command),
    "oc": (mark("Say how often goods of a quality pass a sampling plan."), risks.oc),
    "variables": (mark("Judge a lot by measured values."), variables.variables),
    "design": (mark("Find the cheapest plans for a good and a bad quality."), designs.design),
    "simulate": (mark("Play imagined batches: what a second check buys."), simulating.simulate_lots),
    "switching": (mark("Say what the switching rules make of a history."), switching.switching),
    "import": (mark("Import a file, all rows or none. Takes --as."), exchanges.import_file),
    "export": (mark("Write everything out again."), exchanges.export),
    "verify": (mark("Verify every signature, link and record."), workspaces.verify),
    "checker": (mark("Write the stand-alone checker, one file."), checker.checker),
    "audit-trail": (mark("Say who did what. Takes --as."), workspaces.audit_trail),
    "people-sheet": (
        mark("Write who signs here, for checking certificates elsewhere. Takes --as."),
        certificates.people_sheet,
    ),
    "print": (mark("Print a report at a printer of this computer. Takes --as."), printing.print_paper),
    "send": (
        mark(
            "Send a paper or a mail by the mail server of this station. The print log has that copy since it was "
            "written, so nothing is added to it."
        ),
        sending.send,
    ),
    "backup": (mark("Back up the whole workspace."), workspaces.backup),
    "scoreboard": (mark("Show how the house does, each figure against its own past."), house.scoreboard),
    "restore": (mark("Restore a backup to an empty place."), workspaces.restore),
}
AFTERWORDS: Final = {
    "import": mark(
        "A map is a JSON file, or the name of one that comes with the program. For each field it names the column or the"
        " columns, or a constant; values translates words (“Class I” to “critical”), blank names words that mean nothing,"
        " split makes a row of each piece, form: code makes a code of a text, form: lots takes the lot numbers out of"
        " free text and tells where it could not, cut shortens, if_empty fills."
    )
}
GROUPS: Final[dict[str, Callable[[], typer.Typer]]] = {
    "person": people.commands,
    "procedure": procedures.commands,
    "batch": batches.commands,
    "concession": concessions.commands,
    "check": checks.commands,
    "report": papers.commands,
    "anchor": anchors.commands,
    "certificate": certificates.commands,
    "supplier": suppliers.commands,
    "concern": concerns.commands,
    "defect": defects.commands,
    "nonconformity": nonconformities.commands,
    "complaint": complaints.complaints,
    "touch": complaints.touches,
    "product": master_data.products,
    "catalogue": master_data.catalogue,
    "instrument": master_data.instruments,
    "shop": master_data.shop,
    "severity": severities.commands,
    "msa": gauges.commands,
    "log": logbooks.commands,
    "signature": leaving.signatures,
    "mail": sending.commands,
    "db": workspaces.database,
}


def application(names: frozenset[str] = frozenset()) -> typer.Typer:
    """Return the commands of these names; of none: all commands."""
    app = typer.Typer(
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        help=mark("A batch is good only when two independent people have checked it and signed."),
        epilog=mark(
            "Exit status: 0 done or holds, 1 does not hold, 2 bad input, 3 refused by a rule, 4 trouble."
        ),
    )
    app.callback(invoke_without_command=True)(options)
    for name, (told, function) in SINGLE.items():
        if not names or name in names:
            app.command(name, help=told, epilog=AFTERWORDS.get(name))(function)
    for name, commands in GROUPS.items():
        if not names or name in names:
            app.add_typer(commands(), name=name)
    return app


def options(
    ctx: typer.Context,
    workspace: Annotated[
        str | None, typer.Option(help=mark("A folder, or postgresql+psycopg://…; else $QCDESK_WORKSPACE."))
    ] = None,
    lang: Annotated[str | None, typer.Option(help=mark("Language: en, vi, zh_CN or th."))] = None,
    login: Annotated[str | None, typer.Option("--as", help=mark("Login of who acts."))] = None,
    beside: Annotated[
        list[str] | None, typer.Option("--with", help=mark("Login of who signs beside; once for each."))
    ] = None,
    secret_stdin: Annotated[
        bool, typer.Option("--secret-stdin", help=mark("Read the passwords from standard input, one a line."))
    ] = False,
    json_only: Annotated[
        bool, typer.Option("--json", help=mark("Answer with one JSON document; also after the command."))
    ] = False,
    version: Annotated[bool, typer.Option("--version", help=mark("Say which version this is."))] = False,
) -> int | None:
    """Take the options that stand before the command; without a command, open the window."""
    call = call_of(ctx)
    call.workspace, call.login, call.secret_stdin = workspace, login, secret_stdin
    call.beside = tuple(beside or ())
    call.json = call.json or json_only
    if lang is not None:
        call.words = words_of(known_language(lang))
    if version:
        call.answer({"version": __version__}, [f"qcdesk {__version__}"])
        raise typer.Exit(DONE)
    if ctx.invoked_subcommand is None:
        if call.doors.window is None:
            raise Trouble("no_display")
        raise typer.Exit(call.doors.window(call.workspace, lang))
    return None


def _asked_language(arguments: Sequence[str]) -> str | None:
    """Return the language that stands before the command, where it is a known one: the help is built in it."""
    left = iter(arguments)
    for one in left:
        name, _, joined = one.partition("=")
        if name in TAKES_A_VALUE:
            value = joined or next(left, "")
            if name == "--lang":
                return value if value in (*LANGUAGES, STRETCHED) else None
        elif not one.startswith("-"):
            break
    return None


def _command(arguments: Sequence[str], words: Catalogue) -> Any:  # noqa: ANN401 - typer keeps its classes to itself
    """Return the commands that the arguments name: the whole tree takes longer to build than most commands to run."""
    named = frozenset(arguments) & (SINGLE.keys() | GROUPS.keys())
    return _tree(frozenset() if arguments[:1] == ["--help"] else named, words.language)


@cache
def _tree(names: frozenset[str], language: str) -> Any:  # noqa: ANN401 - as above
    """Return a command tree with its help in the reader's language."""
    tree = typer.main.get_command(application(names))
    _translate(tree, words_of(language))
    return tree


def _translate(command: Any, words: Catalogue) -> None:  # noqa: ANN401 - as above
    for thing in (command, *command.params):
        for name in ("help", "epilog", "short_help"):
            text = getattr(thing, name, None)
            if text and text in words.messages:
                setattr(thing, name, words.say(text))
    for below in getattr(command, "commands", {}).values():
        _translate(below, words)


def _usage(bad: typer.TyperException) -> BadInput:
    """Return what was wrong with the command itself, as bad input."""
    option = getattr(bad, "option_name", None)
    if option in BEFORE_THE_COMMAND and "No such option" in bad.format_message():
        return BadInput("option_place", facts={"option": option})
    ctx = getattr(bad, "ctx", None)
    path = str(getattr(ctx, "command_path", "qcdesk")).removeprefix("qcdesk").strip()
    message = bad.format_message().strip()
    message = message if message.endswith((".", "?", ")")) else message + "."
    return BadInput("usage" if path else "usage_top", facts={"message": message, "command": path})


def _problem(call: Terminal, problem: Refusal | BadInput | Trouble) -> int:
    """Say what went wrong, once on standard error and with ``--json`` as a document too; the exit status."""
    you, today = call.reader() if isinstance(call, Call) and isinstance(problem, Refusal) else (None, None)
    told = logs.masked(
        str(tell(problem, call.words, you=you, today=today))
    )  # a server's address has a password
    where: dict[str, object] = {}
    if isinstance(problem, Refusal):
        kind, code, status = "refusal", problem.code, REFUSED
        for note in getattr(problem, "__notes__", ()):
            file, _, row = note.rpartition(":")
            where = {"file": file, "row": int(row)}
    elif isinstance(problem, BadInput):
        kind, code, status, where = "input", problem.code, BAD_INPUT, problem.where
    else:
        kind, code, status = "trouble", problem.code, TROUBLE
        logging.getLogger(__name__).info("trouble: %s", problem.code)
    call.complain(told)
    if call.json:
        error = {
            "kind": kind,
            "code": code,
            "message": told,
            "where": {k: _simple(v) for k, v in where.items()},
        }
        call.out.write(json.dumps({"error": error}, ensure_ascii=False, indent=1) + "\n")
        call.out.flush()
    return status


def _simple(value: object) -> object:
    return value if isinstance(value, int) else logs.masked(str(value))


def _kept(bug: Exception) -> Trouble:
    """Log a mistake of ours with its traceback, which nobody at the terminal has to see."""
    try:
        file = logs.start(config.log_folder(), "cli")
    except OSError:
        return Trouble("bug_unlogged")
    logging.getLogger(__name__).error("a command broke", exc_info=bug)
    logs.stop()
    return Trouble("bug", log=str(file))
