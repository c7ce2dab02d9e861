# SPDX-License-Identifier: Apache-2.0
"""Where things lie, what they are called, and what every file begins with."""

from __future__ import annotations

import ast
import re

import pytest

from tests.architecture.sources import PACKAGE, ROOT, files, python_files, short, tree

ROOT_NAMES = {
    *("qcdesk", "resources", "tests", "packaging", "pyproject.toml", "README.md"),
    *("LICENSE", "CHANGELOG.md", "CONTRIBUTING.md"),
}
FREE_TEST_FOLDERS = {"architecture", "journeys", "bench", "trust"}  # about the whole, not about one module
SPDX = "# SPDX-License-Identifier: Apache-2.0"
TEXT_SUFFIXES = {
    ".py",
    ".pyi",
    ".md",
    ".toml",
    ".lock",
    ".json",
    ".csv",
    ".txt",
    ".po",
    ".svg",
    ".sql",
    ".ini",
}
# Paths of one machine, package indexes, files fetched past the lock, and keys.
FORBIDDEN = re.compile(
    r"/(?:work|root)/|/home/\w|py"
    r"pi\.org|python"
    r"hosted|npm"
    r"js\.|https?://\S+\.whl|BEGIN [A-Z ]*PRIVATE KEY"
)


def test_root_holds_only_what_the_house_allows() -> None:
    found = {p.name for p in ROOT.iterdir() if not p.name.startswith(".")} - {"build", "dist", "__pycache__"}
    assert found <= ROOT_NAMES


def test_every_source_begins_with_its_licence_and_purpose() -> None:
    bad = []
    for path in python_files():
        text = path.read_text(encoding="utf-8").removeprefix("#!/usr/bin/env python3\n")
        if not text.startswith(SPDX + '\n"""'):
            bad.append(short(path))
    assert not bad


def test_no_module_is_named_after_nothing() -> None:
    vague = {"utils", "util", "common", "manager", "helpers", "misc", "tools", "base"}
    assert not [short(p) for p in python_files(PACKAGE) if p.stem in vague or p.parent.name in vague]


def test_every_package_folder_says_what_it_is() -> None:
    folders = {p.parent for p in python_files(PACKAGE)}
    assert not [short(f) for f in folders if not (f / "__init__.py").is_file()]


def test_tests_mirror_the_package() -> None:
    """`tests/domain/test_rounds.py` is about `qcdesk/domain/rounds.py`, or the folder of that name."""
    stray = []
    for path in python_files(ROOT / "tests"):
        inside = path.relative_to(ROOT / "tests")
        if inside.parts[0] in FREE_TEST_FOLDERS or not path.name.startswith("test_"):
            continue
        subject = PACKAGE / inside.parent / path.stem.removeprefix("test_")
        if not (subject.with_suffix(".py").is_file() or subject.is_dir()):
            stray.append(short(path))
    assert not stray


def test_no_file_knows_a_machine_or_holds_a_key() -> None:
    me = "tests/architecture/test_layout.py"
    bad = [
        f"{short(path)}: {found[0]}"
        for path in files()
        if (path.suffix in TEXT_SUFFIXES or not path.suffix) and short(path) != me
        for found in [FORBIDDEN.search(path.read_text(encoding="utf-8"))]
        if found
    ]
    assert not bad


@pytest.mark.parametrize("text", ["/" + "work/x", "/home/lan/x", "https" + "://files.example/a-1.whl"])
def test_machine_paths_and_fetched_wheels_are_recognised(text: str) -> None:
    assert FORBIDDEN.search(text)


def test_first_line_of_a_module_is_a_whole_sentence() -> None:
    first = {short(p): (ast.get_docstring(tree(p)) or "").partition("\n")[0] for p in python_files(PACKAGE)}
    assert not [path for path, line in first.items() if not line.endswith((".", "!", "?"))]
