# SPDX-License-Identifier: Apache-2.0
"""Exit statuses, errors and the global options, as the contract has them."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest
import typer

from qcdesk import __version__
from qcdesk.cli.doors import Doors, Workspace
from qcdesk.cli.main import BEFORE_THE_COMMAND, application
from qcdesk.domain.refusals import SamePerson
from qcdesk.services.ports import Progress
from qcdesk.services.trouble import Trouble
from qcdesk.services.use_cases import UseCases
from tests.architecture.sources import PACKAGE, python_files, tree
from tests.cli.console import Console, nowhere

PLAN = ("sample", "--lot-size", "1000", "--aql", "1.0")


def raising(problem: Exception) -> Console:
    """Return a command line whose workspace fails to open that way."""

    def open_workspace(location: str, *, create: bool = False, progress: Progress | None = None) -> Workspace:
        raise problem

    return Console(Doors(open_workspace=open_workspace))


def test_version_is_said() -> None:
    ran = Console()("--version")
    assert (ran.status, ran.out) == (0, f"qcdesk {__version__}\n")


def test_json_may_stand_before_and_after_the_command() -> None:
    console = Console()
    assert console("--json", *PLAN).data == console(*PLAN, "--json").data


def test_with_json_there_is_one_document_and_nothing_else() -> None:
    ran = Console()(*PLAN, "--json")
    assert json.loads(ran.out) and not ran.err


def test_the_language_changes_the_words_and_not_the_document() -> None:
    assert "~" in Console()("--lang", "x-long", *PLAN).out
    assert Console()("--lang", "x-long", *PLAN, "--json").data == Console()(*PLAN, "--json").data


def test_bad_input_is_2_with_one_sentence_and_the_place() -> None:
    ran = Console()("sample", "--lot-size", "1,000", "--aql", "1.0", "--json")
    assert ran.status == 2
    assert ran.err == "“1,000” is no whole number. Type 1000.\n"
    assert ran.error == {
        "kind": "input",
        "code": "quantity",
        "message": ran.err.strip(),
        "where": {"field": "lot_size"},
    }


def test_a_refusal_is_3_with_its_rule() -> None:
    ran = raising(SamePerson("Linh", "second", "first", ("王敏",)))("supplier", "list", "--json")
    assert ran.status == 3
    assert ran.error["kind"] == "refusal" and ran.error["code"] == "same-person"
    assert ran.err.strip() == ran.error["message"] and ran.err.strip().endswith("王敏 can.")


def test_trouble_is_4_with_the_way_on() -> None:
    ran = raising(Trouble("disk_full"))("supplier", "list", "--json")
    assert ran.status == 4
    assert ran.error["kind"] == "trouble" and ran.error["code"] == "disk_full"
    assert ran.err == "The disk is full. Free some space, then try again.\n"


@pytest.mark.logs
def test_a_mistake_of_ours_is_logged_and_shown_without_a_traceback(own_station: Path) -> None:
    ran = raising(ZeroDivisionError("secret 0815"))("supplier", "list", "--json")
    assert ran.status == 4
    assert ran.error["kind"] == "trouble" and ran.error["code"] == "bug"
    assert "Traceback" not in ran.out + ran.err and "0815" not in ran.out + ran.err
    logged = (own_station / "logs" / "cli.log").read_text(encoding="utf-8")
    assert "ZeroDivisionError" in logged


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("nosuch",),
        ("batch",),
        ("batch", "nosuch"),
        ("batch", "show"),
        ("sample", "--nosuch"),
        ("sample", "--aql"),
        ("--lang", "xx", "sample"),
        ("--workspace",),
    ],
)
def test_usage_that_is_not_understood_is_one_sentence(arguments: tuple[str, ...]) -> None:
    ran = Console()(*arguments)
    assert ran.status == (4 if not arguments else 2)
    assert len(ran.err.splitlines()) == 1 and not ran.out


@pytest.mark.parametrize("option", BEFORE_THE_COMMAND)
def test_an_option_at_the_wrong_place_is_told_its_right_one(option: str) -> None:
    ran = Console()("batch", "show", "B-1", option, "x", "--json")
    assert ran.status == 2 and ran.error["code"] == "option_place"
    assert ran.err.startswith(option)


def test_without_a_command_the_window_opens() -> None:
    opened: list[tuple[str | None, str | None]] = []

    def window(workspace: str | None, language: str | None) -> int:
        opened.append((workspace, language))
        return 0

    console = Console(Doors(open_workspace=nowhere, window=window))
    assert console("--workspace", "here", "--lang", "th").status == 0
    assert opened == [("here", "th")]


def test_commands_that_only_compute_open_no_workspace() -> None:
    console = raising(AssertionError("opened"))
    assert console(*PLAN).status == 0
    assert console("estimate", "--first", "9", "--second", "10", "--both", "7").status == 0


def test_acting_needs_a_name_and_two_where_two_sign() -> None:
    """Asked before any workspace is opened."""
    console = Console()
    assert console("batch", "hold", "B-1", "--why", "x", "--json").error["code"] == "as_needed"


def test_no_workspace_says_how_to_make_one() -> None:
    ran = Console()("--workspace", "somewhere", "supplier", "list", "--json")
    assert ran.status == 2 and ran.error["code"] == "no_workspace"
    assert "qcdesk init" in ran.err


def test_every_use_case_has_a_command() -> None:
    asked = {
        node.attr
        for path in python_files(PACKAGE / "cli")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute)
    }
    acts = {name for name, what in vars(UseCases).items() if callable(what) and not name.startswith("_")}
    assert acts and acts - FOR_THE_WINDOW <= asked


FOR_THE_WINDOW = {
    *("gate", "open_badge", "person_of_badge", "begin_pin_sitting", "sit_down_again"),
    *("others_tried", "saw_others_tried"),
}
"""A badge and the PIN of a sitting belong to a screen; commands take passwords. A command's sitting lasts as long as
the command, so nobody comes back to it. What others tried is a question of ``concern list`` there."""


def test_every_command_and_option_has_help() -> None:
    def check(command: object, path: str) -> None:
        below = getattr(command, "commands", {})
        assert getattr(command, "help", ""), path
        for param in getattr(command, "params", []):
            assert param.name == "help" or getattr(param, "help", ""), (path, param.name)
        for name, one in below.items():
            check(one, f"{path} {name}")

    check(typer.main.get_command(application()), "qcdesk")


def test_the_help_is_in_the_language_that_is_asked_for_before_it(capsys: pytest.CaptureFixture[str]) -> None:
    for given in (("--lang", "th"), ("--lang=th",), ("--as", "linh", "--lang", "th")):
        assert Console()(*given, "--help").status == 0
        assert "สถานะเมื่อจบ" in capsys.readouterr().out, given
    Console()("--lang", "en", "--help")
    assert "Exit status: 0" in capsys.readouterr().out
