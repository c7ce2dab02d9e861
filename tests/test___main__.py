# SPDX-License-Identifier: Apache-2.0
"""The entry: the command line must not pay for the window, nor for the database it does not open."""

from __future__ import annotations

import subprocess
import sys

import pytest

from qcdesk import __version__
from qcdesk.__main__ import main


def test_version_is_that_of_the_package(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["qcdesk", "--version"])
    assert main() == 0
    assert __version__ in capsys.readouterr().out


def test_command_line_loads_neither_window_nor_database_nor_paper_and_a_curve_no_array() -> None:
    code = (
        "import sys; from qcdesk.__main__ import main; sys.argv = ['qcdesk', 'oc', '--n', '80', '--ac', '2']; main();"
        "print({'PySide6', 'sqlalchemy', 'sqlite3', 'reportlab', 'numpy', 'scipy'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "set()"


def test_a_plan_loads_nothing_that_it_does_not_need() -> None:
    code = (
        "import sys; from qcdesk.__main__ import main; sys.argv = "
        "['qcdesk', 'sample', '--lot-size', '1000', '--aql', '1.0']; main();"
        "print({'PySide6', 'sqlalchemy', 'sqlite3', 'reportlab', 'numpy', 'scipy', 'typer', 'pydantic'}"
        " & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[0].startswith("Take 80 units")
    assert done.stdout.splitlines()[-1] == "set()"


def test_package_can_be_run() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "qcdesk", "--version"], capture_output=True, text=True, check=True
    )
    assert __version__ in done.stdout


def test_unknown_command_is_bad_input() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "qcdesk", "no-such-command"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
