# SPDX-License-Identifier: Apache-2.0
"""The files of the checkout, for the tests of how the house is built."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "qcdesk"
NOT_OURS = {"__pycache__", "build", "dist"}


def files(folder: Path = ROOT) -> Iterator[Path]:
    """Yield every file of the project; what tools leave behind (.venv, caches) is not part of it."""
    for path in sorted(folder.iterdir()):
        if path.name in NOT_OURS or (path.name.startswith(".") and path.name not in (".ci", ".gitignore")):
            continue
        if path.is_dir():
            yield from files(path)
        else:
            yield path


def python_files(folder: Path = ROOT) -> list[Path]:
    """Return every Python source and stub below a folder."""
    return [p for p in files(folder) if p.suffix in (".py", ".pyi")]


def files_with(*words: str, folder: Path = PACKAGE) -> list[Path]:
    """Return the sources in which one of these words stands: the others need not be parsed for it."""
    found = ((path, path.read_text(encoding="utf-8")) for path in python_files(folder))
    return [path for path, text in found if any(word in text for word in words)]


def short(path: Path) -> str:
    """Return a path as it is written in messages and allow-lists."""
    return path.relative_to(ROOT).as_posix()


def tree(path: Path) -> ast.Module:
    """Return the syntax tree of a source."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
