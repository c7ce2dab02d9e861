# SPDX-License-Identifier: Apache-2.0
"""Every sheet that the program asks something on, as its source writes it: the words translated, the facts filled in.

What a sheet is made of is read where ``Asking`` is called, and followed through names, parameters and what makes its
questions; so a new asking is opened in every language without anybody naming it in a test.
"""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from string import Formatter
from types import ModuleType

import qcdesk.gui
from qcdesk.gui.asking import Asking, Question, QuestionKind
from qcdesk.gui.screens.batch.parts import Goods, parts_asked
from qcdesk.i18n import Catalogue

GUI = Path(qcdesk.gui.__file__).parent
DEEPEST = 5
"""How many names and makers are followed one after the other."""
FACT = "DA-2611-0418"
FACTS = {
    "name": "Nguyễn Thị Linh",
    "person": "Nguyễn Thị Linh",
    "supplier": "Công ty TNHH Cơ khí Đông Á",
    "unit": "pcs",
    "n": "1,800",
    "version": "7",
}
KINDS: tuple[QuestionKind, ...] = ("line", "text", "choice", "day", "people", "secret", "file", "rows")
FunctionNode = ast.FunctionDef


@dataclass
class Source:
    """A module of the windows: its tree, who stands in what, and what its functions are called."""

    path: Path
    words: Catalogue
    tree: ast.Module = field(init=False)
    parents: dict[ast.AST, ast.AST] = field(init=False)
    _bound: dict[ast.Name, list[ast.expr]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.tree = ast.parse(self.path.read_text(encoding="utf-8"))
        self.parents = {low: high for high in ast.walk(self.tree) for low in ast.iter_child_nodes(high)}

    @cached_property
    def module(self) -> ModuleType:
        """The module itself, for the tables of words that it names."""
        return importlib.import_module(".".join(self.path.relative_to(GUI.parents[1]).with_suffix("").parts))

    @cached_property
    def _nodes(self) -> tuple[list[ast.Call], list[FunctionNode]]:
        nodes = list(ast.walk(self.tree))
        made = sorted((n for n in nodes if isinstance(n, ast.Call)), key=lambda n: (n.lineno, n.col_offset))
        return made, [n for n in nodes if isinstance(n, FunctionNode)]

    def calls(self, name: str) -> list[ast.Call]:
        """Return the calls of a function, in the order they are written."""
        return [one for one in self._nodes[0] if called(one) == name]

    def functions(self, name: str) -> list[FunctionNode]:
        """Return what is defined by a name."""
        return [one for one in self._nodes[1] if one.name == name]

    def around(self, node: ast.AST) -> Iterator[FunctionNode]:
        """Yield the functions that something stands in, the nearest first."""
        at: ast.AST | None = node
        while (at := self.parents.get(at)) if at else None:
            if isinstance(at, FunctionNode):
                yield at

    def bound(self, name: ast.Name) -> list[ast.expr]:
        """Return what a name can stand for: what was assigned to it, else what is given for the parameter."""
        if name not in self._bound:
            self._bound[name] = self._find(name)
        return self._bound[name]

    def _find(self, name: ast.Name) -> list[ast.expr]:
        for function in self.around(name):
            if found := [one for n in ast.walk(function) for one in self._assigned(n, name.id)]:
                return found
            parameters = [one.arg for one in function.args.args if one.arg != "self"]
            named = [one.arg for one in function.args.kwonlyargs]
            if name.id in parameters + named:
                place = parameters.index(name.id) if name.id in parameters else None
                return [one for call in self.calls(function.name) if (one := argument(call, place, name.id))]
        return []

    def _assigned(self, node: ast.AST, name: str) -> Iterator[ast.expr]:
        if (
            isinstance(node, ast.Call)
            and called(node) == "append"
            and ast.unparse(node.func) == f"{name}.append"
        ):
            yield from node.args
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
            yield from [node.value] if node.target.id == name else []
        if not isinstance(node, ast.Assign):
            return
        value = node.value
        for target in node.targets:
            if isinstance(target, ast.Name) and target.id == name:
                yield value
            elif isinstance(target, ast.Tuple):
                names = [one.id if isinstance(one, ast.Name) else "" for one in target.elts]
                if name in names:
                    for parts in self._unpacked(value):
                        if len(parts.elts) == len(names):
                            yield parts.elts[names.index(name)]

    def _unpacked(self, value: ast.expr) -> Iterator[ast.Tuple]:
        """Yield the tuples that are taken apart: written there, or out of a table of them."""
        if isinstance(value, ast.Tuple):
            yield value
        elif isinstance(value, ast.IfExp):
            yield from self._unpacked(value.body)
            yield from self._unpacked(value.orelse)
        elif isinstance(value, ast.Subscript) and isinstance(value.value, ast.Name):
            for table in self.bound(value.value):
                yield from (v for v in getattr(table, "values", ()) if isinstance(v, ast.Tuple))

    # what is read -----------------------------------------------------------------------------------------------

    def told(self, node: ast.expr | None, depth: int = 0) -> list[str]:
        """Return the words that an expression can come to, in the language; a fact stands for what is only known live."""
        if node is None or depth > DEEPEST:
            return []
        if isinstance(node, ast.Constant):
            return [str(node.value)] if node.value else []
        if isinstance(node, ast.IfExp):
            return [*self.told(node.body, depth + 1), *self.told(node.orelse, depth + 1)]
        if isinstance(node, ast.BoolOp):
            return [one for value in node.values for one in self.told(value, depth + 1)]
        if isinstance(node, ast.JoinedStr):
            parts = [v.value if isinstance(v, ast.FormattedValue) else v for v in node.values]
            return ["".join((self.told(part, depth + 1) or [FACT])[0] for part in parts)]
        if isinstance(node, ast.Name):
            return [one for value in self.bound(node) for one in self.told(value, depth + 1)] or [FACT]
        if isinstance(node, ast.Call) and called(node) in ("say", "count"):
            return self._said(node)
        if isinstance(node, ast.Call):
            made = [n.value for f in self.functions(called(node)) for n in ast.walk(f)
                    if isinstance(n, ast.Return)]  # fmt: skip
            return [one for value in made for one in self.told(value, depth + 1)] or [FACT]
        return [FACT]

    def _said(self, node: ast.Call) -> list[str]:
        context = next(
            (
                k.value.value
                for k in node.keywords
                if k.arg == "context" and isinstance(k.value, ast.Constant)
            ),
            "",
        )
        first, *rest = node.args
        if isinstance(first, ast.Constant):
            if called(node) == "count":
                assert isinstance(rest[0], ast.Constant)
                one, many = str(first.value), str(rest[0].value)
                return [self.words.count(one, many, 2, **filled(many))]
            return [self.words.say(str(first.value), context=context, **filled(str(first.value)))]
        return [self.words.say(one, **filled(one)) for one in self._table(first)] or [FACT]

    def _table(self, node: ast.expr) -> list[str]:
        """Return the messages of a table of words that is looked up."""
        if not isinstance(node, ast.Subscript):
            return []
        known: object = vars(self.module)
        for part in ast.unparse(node.value).split("."):
            known = known.get(part) if isinstance(known, dict) else getattr(known, part, None)
        return [one for one in known.values() if isinstance(one, str)] if isinstance(known, dict) else []

    def questions(self, node: ast.AST | None, depth: int = 0) -> Iterator[Question]:
        """Yield the questions that an expression writes, names, or has made."""
        if node is None or depth > DEEPEST:
            return
        if isinstance(node, ast.Call) and called(node) == "Question":
            yield self._question(node)
        elif isinstance(node, ast.Name):
            for value in self.bound(node):
                yield from self.questions(value, depth + 1)
        elif isinstance(node, ast.Call) and self.functions(called(node)):
            for function in self.functions(called(node)):
                yield from self.questions(ast.Module(function.body, []), depth + 1)
        else:
            for low in ast.iter_child_nodes(node):
                yield from self.questions(low, depth)

    def _question(self, node: ast.Call) -> Question:
        kind = argument(node, 2, "kind")
        code = argument(node, 0, "code")
        kinds = [one for one in KINDS if isinstance(kind, ast.Constant) and kind.value == one]
        chosen = tuple(dict.fromkeys(self._choices(argument(node, 3, "choices")))) if kinds else ()
        words = longest(self.told(argument(node, 1, "words")))
        hint = longest(self.told(argument(node, None, "hint")))
        if kinds == ["rows"]:
            asked = parts_asked(
                ("rework", "return", "scrap"), Goods(1800, "pcs", (7, 64), 0, 0), self.words, keeps=False
            )
            return Question("rows", words, "rows", rows=asked, hint=hint)
        choices = tuple((str(at), one) for at, one in enumerate(chosen or (FACTS["name"],)))
        name = str(code.value) if isinstance(code, ast.Constant) else words
        first = choices[0][0] if kinds == ["choice"] else ""
        return Question(name, words, kinds[0] if kinds else "line", choices, first, hint=hint)

    def _choices(self, node: ast.expr | None) -> Iterator[str]:
        if isinstance(node, ast.Name):
            for value in self.bound(node):
                yield from self._choices(value)
        elif node is not None:
            for n in ast.walk(node):
                if isinstance(n, ast.Call) and called(n) == "say":
                    yield from self._said(n)

    def askings(self) -> Iterator[tuple[str, Asking]]:
        """Yield every sheet that the module can ask, once for each that is told apart by its words."""
        for call in self.calls("Asking"):
            flags = {key: self._flag(call, key) for key in ("other", "stops", "recorded")}
            secret = self._flag(call, "secret", otherwise=True)
            parts = [self.told(argument(call, at, n)) for at, n in enumerate(("title", "says", "button"))]
            note = longest(self.told(argument(call, 4, "note")))
            asked = {one.code: one for one in self.questions(argument(call, 3, "questions"))}
            high = self.parents[call]
            if isinstance(high, ast.Call) and self.functions(
                called(high)
            ):  # what adds a question to all it is given
                asked |= {one.code: one for one in self.questions(ast.Call(high.func, [], []))}
            for at in range(max(len(part) for part in parts)):
                title, says, button = (part[at % len(part)] for part in parts)
                where = f"{self.path.relative_to(GUI)}:{call.lineno} {at}"
                yield (
                    where,
                    Asking(
                        title,
                        says,
                        button,
                        tuple(asked.values()),
                        note,
                        secret,
                        flags["other"],
                        flags["stops"],
                    ),
                )

    def cards(self) -> Iterator[tuple[str, tuple[str, str, str]]]:
        """Yield every card with a code that the module shows once: its title, what to do with it, its button."""
        for call in self.calls("Once"):
            parts = [
                longest(self.told(argument(call, at, n))) for at, n in enumerate(("title", "says", "done"))
            ]
            yield f"{self.path.relative_to(GUI)}:{call.lineno}", (parts[0], parts[1], parts[2])

    @staticmethod
    def _flag(call: ast.Call, key: str, *, otherwise: bool = False) -> bool:
        value = argument(call, None, key)
        return otherwise if value is None else not isinstance(value, ast.Constant) or bool(value.value)


def called(node: ast.Call) -> str:
    """Return the last name of what is called."""
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


def argument(call: ast.Call, place: int | None, name: str) -> ast.expr | None:
    """Return what a call gives, by place or by name."""
    if place is not None and place < len(call.args):
        return call.args[place]
    return next((one.value for one in call.keywords if one.arg == name), None)


def filled(message: str) -> dict[str, str]:
    """Return a fact for every place of a message."""
    names = (name for _, name, _, _ in Formatter().parse(message) if name)
    return {name: FACTS.get(name, FACT) for name in names}


def longest(words: list[str]) -> str:
    """Return the longest of what can be said."""
    return max(words, key=len, default="")


@cache
def _sources() -> tuple[Source, ...]:
    written = sorted(GUI.rglob("*.py"))
    asks = re.compile(r"\b(Asking|Once)\(")
    return tuple(
        Source(path, Catalogue()) for path in written if asks.search(path.read_text(encoding="utf-8"))
    )


def sources(words: Catalogue) -> tuple[Source, ...]:
    """Return every module of the windows that asks something on a sheet, or shows a code on one."""
    for source in _sources():
        source.words = words
    return _sources()
