# SPDX-License-Identifier: Apache-2.0
"""Taking SQLite's triggers, and the views they ask, apart: each with one term of its conditions less, in turn.

A term is one operand of AND or OR, at any depth and inside subqueries, one member of a list after IN, or one branch of
a CASE. A mutant that lost its only term, or a trigger without a condition, is the trigger gone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

_TOKEN = re.compile(r"'(?:[^']|'')*'|\w+(?:\.\w+)*|<>|<=|>=|\|\||[^\s\w]")
_HEADER = re.compile(
    r"CREATE TRIGGER (\w+) BEFORE (INSERT|UPDATE|DELETE) ON (\w+)\s+(?:WHEN (.*)\s)?BEGIN\s", re.S
)


@dataclass(frozen=True)
class Rule:
    """A trigger: where it stands, when it fires."""

    name: str
    act: str
    table: str
    when: str

    def observer(self, name: str, number: int, when: str) -> str:
        """Return a trigger that only tells when it would have refused."""
        return f"CREATE TRIGGER {name} BEFORE {self.act} ON {self.table} WHEN {when}\nBEGIN SELECT qc_seen({number}); END"


def rule(statement: str) -> Rule:
    """Return what a trigger's statement says."""
    found = _HEADER.match(statement)
    assert found is not None, statement
    return Rule(found[1], found[2], found[3], (found[4] or "1").strip())


@dataclass(frozen=True)
class _Token:
    text: str
    start: int
    end: int

    @property
    def word(self) -> str:
        return self.text.upper()


def without_one(when: str) -> Iterator[tuple[str, str]]:
    """Yield each condition that lacks one term, with that term."""
    yield from _group(when, _tokens(when), whole=True)


def view_without_one(query: str) -> Iterator[tuple[str, str]]:
    """Yield a view's query with one term less, in turn, with that term."""
    yield from _group(query, _tokens(query), whole=False)


def _tokens(text: str) -> list[_Token]:
    return [_Token(m[0], m.start(), m.end()) for m in _TOKEN.finditer(text)]


def _group(when: str, tokens: list[_Token], *, whole: bool) -> Iterator[tuple[str, str]]:
    """Take apart what stands between two parentheses, or the whole."""
    for part in _clauses(tokens):
        operands = _operands(part, "OR")
        if len(operands) > 1:
            yield from _each_gone(when, operands)
        for operand in operands:
            factors = _operands(operand, "AND")
            if len(factors) > 1:
                yield from _each_gone(when, factors)
            elif part is not tokens and len(operands) == 1 and not whole and part:
                yield _replaced(when, part, "1"), _text(when, part)
    yield from _lists(when, tokens)
    yield from _choices(when, tokens)
    for inner in _inner(tokens):
        yield from _group(when, inner, whole=False)


def _clauses(tokens: list[_Token]) -> list[list[_Token]]:
    """Return the conditions of a group: what follows WHERE or ON in a query, else all of it."""
    if not tokens or tokens[0].word != "SELECT":
        return [tokens]
    found: list[list[_Token]] = []
    current: list[_Token] | None = None
    for token, depth in _with_depth(tokens):
        if depth == 0 and token.word in ("WHERE", "ON"):
            current = []
            found.append(current)
        elif depth == 0 and token.word in ("ORDER", "LIMIT", "JOIN", "LEFT", "GROUP", "UNION"):
            current = None
        elif current is not None:
            current.append(token)
    return found


def _with_depth(tokens: list[_Token]) -> Iterator[tuple[_Token, int]]:
    depth = 0
    for token in tokens:
        if token.text == ")" or token.word == "END":
            depth -= 1
        yield token, depth
        if token.text == "(" or token.word == "CASE":
            depth += 1


def _operands(tokens: list[_Token], operator: str) -> list[list[_Token]]:
    found: list[list[_Token]] = [[]]
    for token, depth in _with_depth(tokens):
        if depth == 0 and token.word == operator:
            found.append([])
        else:
            found[-1].append(token)
    return [f for f in found if f]


def _each_gone(when: str, operands: list[list[_Token]]) -> Iterator[tuple[str, str]]:
    for number, gone in enumerate(operands):
        if number == 0:
            start, end = gone[0].start, operands[1][0].start
        else:
            start, end = operands[number - 1][-1].end, gone[-1].end
        yield when[:start] + when[end:], _text(when, gone)


def _lists(when: str, tokens: list[_Token]) -> Iterator[tuple[str, str]]:
    for place, (token, depth) in enumerate(_with_depth(tokens)):
        if depth or token.word != "IN" or place + 1 >= len(tokens) or tokens[place + 1].text != "(":
            continue
        members = []
        for member in tokens[place + 2 :]:
            if member.text == ")":
                break
            members.append(member)
        if not members or not all(m.text == "," or m.text.startswith("'") for m in members):
            continue
        literals = [m for m in members if m.text != ","]
        for gone in literals:
            rest = ", ".join(m.text for m in literals if m is not gone) or "NULL"
            yield when[: members[0].start] + rest + when[members[-1].end :], f"member {gone.text}"


def _choices(when: str, tokens: list[_Token]) -> Iterator[tuple[str, str]]:
    """Take each CASE apart: one branch less where it asks for a value, else one term of a branch's condition less."""
    starts = [
        place
        for place, (token, depth) in enumerate(_with_depth(tokens))
        if not depth and token.word == "CASE"
    ]
    for start in starts:
        within = []
        for token, depth in _with_depth(tokens[start:]):
            if depth == 0 and token.word == "END":
                break
            if depth:
                within.append((token, depth))
        marks = [n for n, (t, d) in enumerate(within) if d == 1 and t.word in ("WHEN", "THEN", "ELSE")] + [
            len(within)
        ]
        for at, until in pairwise(marks):
            asked = [t for t, _ in within[at + 1 : until]]
            if within[at][0].word != "WHEN":
                continue
            if marks[0] == 0:  # it asks for conditions
                yield _replaced(when, asked, "1"), _text(when, asked)
                yield from _terms(when, asked)
            else:  # a value is never NULL by comparison: this branch is gone
                branch = [t for t, _ in within[at : marks[marks.index(until) + 1]]]
                yield _replaced(when, asked, "NULL"), _text(when, branch)


def _terms(when: str, tokens: list[_Token]) -> Iterator[tuple[str, str]]:
    """Yield a condition with one operand of its ORs and ANDs less."""
    operands = _operands(tokens, "OR")
    for some in (operands, *(_operands(operand, "AND") for operand in operands)):
        if len(some) > 1:
            yield from _each_gone(when, some)


def _inner(tokens: list[_Token]) -> Iterator[list[_Token]]:
    """Yield what stands between each pair of outermost parentheses."""
    start: int | None = None
    depth = 0
    for place, token in enumerate(tokens):
        if token.text == "(":
            if depth == 0:
                start = place + 1
            depth += 1
        elif token.text == ")":
            depth -= 1
            if depth == 0 and start is not None:
                yield tokens[start:place]


def _replaced(when: str, tokens: list[_Token], text: str) -> str:
    return when[: tokens[0].start] + text + when[tokens[-1].end :]


def _text(when: str, tokens: list[_Token]) -> str:
    return " ".join(when[tokens[0].start : tokens[-1].end].split())
