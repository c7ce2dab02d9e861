# SPDX-License-Identifier: Apache-2.0
"""What is said to people can be translated: whole literal sentences, each with exactly its values."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from qcdesk.i18n import placeholders
from tests.architecture.sources import PACKAGE, python_files, short, tree


def spoken() -> Iterator[tuple[str, ast.Call, list[ast.expr]]]:
    """Yield the place, the call and the messages of every `say`, `count` of a catalogue, and `mark`."""
    for path in python_files(PACKAGE):
        if path.name == "i18n.py":
            continue
        for node in ast.walk(tree(path)):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            place = f"{short(path)}:{node.lineno}"
            if name in ("say", "mark") and len(node.args) == 1:
                yield place, node, node.args
            elif name == "count" and len(node.args) == 3:
                yield place, node, node.args[:2]


def literal(message: ast.expr) -> str | None:
    return message.value if isinstance(message, ast.Constant) and isinstance(message.value, str) else None


def test_no_sentence_is_glued_together() -> None:
    glued = (ast.JoinedStr, ast.BinOp)
    assert not [place for place, _, messages in spoken() if any(isinstance(m, glued) for m in messages)]


def test_every_placeholder_has_its_value_and_every_value_its_placeholder() -> None:
    wrong = []
    for place, call, messages in spoken():
        texts = [t for m in messages if (t := literal(m)) is not None]
        if len(texts) != len(messages) or any(k.arg is None for k in call.keywords):
            continue
        if isinstance(call.func, ast.Name | ast.Attribute) and ast.unparse(call.func).endswith("mark"):
            continue
        given = {k.arg for k in call.keywords if k.arg} | ({"n"} if len(messages) == 2 else set())
        if placeholders(texts[-1]) - {"n"} != given - {"n"} or not placeholders(texts[0]) <= given:
            wrong.append(place)
    assert not wrong


def test_placeholders_are_plain_names() -> None:
    """Formats and attributes in a sentence would leave numbers and dates to the wrong language."""
    texts = [(place, t) for place, _, messages in spoken() for m in messages if (t := literal(m)) is not None]
    assert not [place for place, text in texts if not all(name.isidentifier() for name in placeholders(text))]
