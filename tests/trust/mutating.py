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
    """A statement that refuses: a ``raise`` of a refusal, or a call of what does nothing else.

    That is a call whose name says that it requires something, or of a function of the same module that only refuses.
    """

    module: str
    line: int
    text: str


def refusals() -> set[str]:
    """Return the names of all refusals."""
    tree = ast.parse((ROOT / "qcdesk/domain/refusals.py").read_text("utf-8"))
    return {n.name for n in tree.body if isinstance(n, ast.ClassDef)} - {"Refusal"}


def refusing(tree: ast.AST, known: set[str]) -> set[str]:
    """Return the names of a module's functions that do nothing but refuse: they return nothing and write nothing."""
    silent = {
        each.name: each
        for each in ast.walk(tree)
        if isinstance(each, ast.FunctionDef) and each.returns is not None
        if ast.unparse(each.returns) == "None" and not _writes(each)
    }
    found: set[str] = set()
    while True:
        more = {n for n, body in silent.items() if any(refuses(s, known, found) for s in _within(body))}
        if more == found:
            return found
        found = more


def _within(function: ast.FunctionDef) -> list[ast.stmt]:
    return [each for each in ast.walk(function) if isinstance(each, ast.stmt) and each is not function]


def _writes(function: ast.FunctionDef) -> bool:
    calls = (each.func for each in ast.walk(function) if isinstance(each, ast.Call))
    return any(isinstance(f, ast.Attribute) and f.attr in ("append", "note", "commit") for f in calls)


def refuses(node: ast.stmt, known: set[str], local: set[str]) -> bool:
    """Tell whether a statement is a guard; ``local``: functions of its module that only refuse."""
    if isinstance(node, ast.Raise):
        raised = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
        return isinstance(raised, ast.Name) and raised.id in known
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        called = node.value.func
        if isinstance(called, ast.Subscript):  # one of a table of rules
            return isinstance(called.value, ast.Name) and called.value.id == "RULES"
        name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
        own = isinstance(called, ast.Name) and name in local
        return own or name.lstrip("_").startswith(("require_", "foresee"))
    return False


def guards(*packages: str) -> list[Guard]:
    """Return every guard of these packages, in order."""
    known, found = refusals(), []
    for package in packages:
        for path in sorted((ROOT / package).rglob("*.py")):
            module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            tree = ast.parse(path.read_text("utf-8"))
            local = refusing(tree, known)
            for node in ast.walk(tree):
                if isinstance(node, ast.stmt) and refuses(node, known, local):
                    found.append(Guard(module, node.lineno, ast.unparse(node)))
    return sorted(found)


class _Remover(ast.NodeTransformer):
    def __init__(self, line: int, tree: ast.AST) -> None:
        self._line, self._known = line, refusals()
        self._local = refusing(tree, self._known)

    def visit(self, node: ast.AST) -> ast.AST:
        if (
            isinstance(node, ast.stmt)
            and node.lineno == self._line
            and refuses(node, self._known, self._local)
        ):
            return ast.copy_location(ast.Pass(), node)
        return self.generic_visit(node)


class _Loader(SourceFileLoader):
    line = 0

    def get_code(self, fullname: str) -> CodeType:
        source = Path(self.path).read_text("utf-8")
        whole = ast.parse(source)
        tree = _Remover(self.line, whole).visit(whole)
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
