# SPDX-License-Identifier: Apache-2.0
"""Who may import what, and which few things each have one place."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from messages import nodes

from tests.architecture.sources import PACKAGE, ROOT, python_files, short, tree

# Slow to load and seldom needed; and what only one kind of system has.
LAZY_LIBRARIES = {
    *(
        "reportlab",
        "uharfbuzz",
        "icu4py",
        "pypinyin",
        "anyascii",
        "charset_normalizer",
        "pyhanko",
        "pyhanko_certvalidator",
        "asn1crypto",
        "keyring",
        "pint",
        "alembic",
        "xlsxwriter",
        "numpy",
        "scipy",
        "stdnum",
        "psycopg",
    ),
}
SYSTEM_MODULES = {"resource", "fcntl", "msvcrt", "winreg"}
CHOOSERS = {
    "qcdesk/__main__.py",
    "qcdesk/entry.py",
    "qcdesk/bootstrap.py",
}  # choose the front end and the adapters
CATCH_ALL = {
    "qcdesk/cli/main.py",
    "qcdesk/cli/computing.py",
    "qcdesk/gui/app.py",
    "qcdesk/gui/tasks.py",
    "qcdesk/exchange/apart.py",
}  # hooks that report a bug
CLOCK_CALLS = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.time_ns"}


kept_tree = cache(tree)


@pytest.fixture(autouse=True, scope="module")
def forgotten_trees() -> Iterator[None]:
    """Read each source once for all tests here, and forget the trees: later tests would drag them along."""
    yield
    kept_tree.cache_clear()


def test_import_contracts_hold() -> None:
    """In a process of its own: the linter sets up logging, and every logger of this one would fall silent."""
    ask = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    asked = [sys.executable, "-c", ask]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def functions(path: Path) -> Iterator[ast.AST]:
    for node in nodes(kept_tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield node


def test_imports_inside_functions_are_only_the_lazy_ones() -> None:
    hidden = []
    for path in python_files(PACKAGE):
        for function in functions(path):
            for node in nodes(function):
                if isinstance(node, ast.Import):
                    names = [alias.name for alias in node.names]
                elif isinstance(node, ast.ImportFrom):
                    names = [node.module or ""]
                else:
                    continue
                if (
                    short(path) not in CHOOSERS
                    and not {n.split(".")[0] for n in names} <= LAZY_LIBRARIES | SYSTEM_MODULES
                ):
                    hidden.append(f"{short(path)}:{node.lineno}")
    assert not hidden


def test_nothing_is_imported_for_type_checking_only() -> None:
    """A name under TYPE_CHECKING is still knowledge of the other layer."""
    assert not [
        short(path)
        for path in python_files(PACKAGE)
        if any(isinstance(n, ast.Name) and n.id == "TYPE_CHECKING" for n in nodes(kept_tree(path)))
    ]


def test_bugs_are_caught_only_by_the_hooks_that_report_them() -> None:
    caught = []
    for path in python_files(PACKAGE):
        for node in nodes(kept_tree(path)):
            if isinstance(node, ast.ExceptHandler):
                types = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
                names = {t.id if isinstance(t, ast.Name) else "" for t in types if t is not None}
                if node.type is None or names & {"Exception", "BaseException"}:
                    caught.append(short(path))
    assert set(caught) <= CATCH_ALL


def attributes(path: Path, names: set[str]) -> Iterator[str]:
    """Yield what ends in a dot and one of these names, spelled out."""
    for node in nodes(kept_tree(path)):
        if isinstance(node, ast.Attribute) and node.attr in names:
            yield ast.unparse(node)


def test_time_comes_from_one_place() -> None:
    asked = {call.rpartition(".")[2] for call in CLOCK_CALLS}
    places = {short(p) for p in python_files(PACKAGE) if CLOCK_CALLS & set(attributes(p, asked))}
    assert len(places) <= 1, f"one clock, not {sorted(places)}"


def test_environment_is_read_in_one_place() -> None:
    readers = {
        short(p)
        for p in python_files(PACKAGE)
        if {"os.environ", "os.getenv"} & set(attributes(p, {"environ", "getenv"}))
    }
    assert readers <= {"qcdesk/config.py"}
