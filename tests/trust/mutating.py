# SPDX-License-Identifier: Apache-2.0
"""Runs tests with one guard of the program taken out: ``python -m tests.trust.mutating MODULE LINE TESTS…``."""

from __future__ import annotations

import ast
import importlib.util
import sys
from dataclasses import dataclass
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, order=True)
class Guard:
    """A statement that refuses: a ``raise`` of a refusal, or a call whose name says that it requires something."""

    module: str
    line: int
    text: str


def refusals() -> set[str]:
    """Return the names of all refusals."""
    tree = ast.parse((ROOT / "qcdesk/domain/refusals.py").read_text("utf-8"))
    return {n.name for n in tree.body if isinstance(n, ast.ClassDef)} - {"Refusal"}


def refuses(node: ast.stmt, known: set[str]) -> bool:
    """Tell whether a statement is a guard."""
    if isinstance(node, ast.Raise):
        raised = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
        return isinstance(raised, ast.Name) and raised.id in known
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        called = node.value.func
        name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
        return name.lstrip("_").startswith(("require_", "foresee"))
    return False


def guards(*packages: str) -> list[Guard]:
    """Return every guard of these packages, in order."""
    known, found = refusals(), []
    for package in packages:
        for path in sorted((ROOT / package).rglob("*.py")):
            module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.stmt) and refuses(node, known):
                    found.append(Guard(module, node.lineno, ast.unparse(node)))
    return sorted(found)


class _Remover(ast.NodeTransformer):
    def __init__(self, line: int) -> None:
        self._line, self._known = line, refusals()

    def visit(self, node: ast.AST) -> ast.AST:
        if isinstance(node, ast.stmt) and node.lineno == self._line and refuses(node, self._known):
            return ast.copy_location(ast.Pass(), node)
        return self.generic_visit(node)


class _Loader(SourceFileLoader):
    line = 0

    def get_code(self, fullname: str) -> CodeType:
        source = Path(self.path).read_text("utf-8")
        tree = _Remover(self.line).visit(ast.parse(source))
        assert isinstance(tree, ast.Module)
        return compile(ast.fix_missing_locations(tree), self.path, "exec")


class _Finder(PathFinder):
    module = ""

    @classmethod
    def find_spec(cls, fullname: str, path: object = None, target: object = None) -> ModuleSpec | None:
        if fullname != cls.module:
            return None
        spec = PathFinder.find_spec(fullname, path)  # type: ignore[arg-type]
        assert spec is not None and spec.origin is not None
        return importlib.util.spec_from_file_location(fullname, loader=_Loader(fullname, spec.origin))


def main(module: str, line: str, *tests: str) -> int:
    """Take the guard out and run the tests; pytest's exit status."""
    _Finder.module, _Loader.line = module, int(line)
    sys.meta_path.insert(0, _Finder)
    return int(pytest.main(["-q", "-x", "-p", "no:cacheprovider", "--no-header", *tests]))


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
