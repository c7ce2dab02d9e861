# SPDX-License-Identifier: Apache-2.0
"""What is said to people can be translated: whole literal sentences, each with exactly its values."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest
from messages import Spoken, spoken, template

from qcdesk.i18n import placeholders, read_po

SOURCE = """
words.say("Unit {unit}", unit=7)
words.count("{n} unit", "{n} units", 2)
words.say("Unit {unit}", unit=8)
mark("He said \\"no\\"\\n")
say(computed)
"a".count("b"); "a".count("b", 0, 9); b"a".count(b"\\n")
"""


@cache
def said_in_package() -> tuple[Spoken, ...]:
    """Return every place where the program says something; the sources are read once."""
    return tuple(spoken())


def place(said: Spoken) -> str:
    return f"{said.path}:{said.line}"


def test_no_sentence_is_glued_together() -> None:
    glued = (ast.JoinedStr, ast.BinOp)
    assert not [place(s) for s in said_in_package() if any(isinstance(m, glued) for m in s.messages)]


def test_every_placeholder_has_its_value_and_every_value_its_placeholder() -> None:
    wrong = []
    for said in said_in_package():
        one, many = said.texts[0], said.texts[-1]
        named = [k.arg for k in said.call.keywords]
        if one is None or many is None or None in named or ast.unparse(said.call.func).endswith("mark"):
            continue
        given = {str(name) for name in named} | ({"n"} if len(said.texts) == 2 else set())
        if placeholders(many) - {"n"} != given - {"n"} or not placeholders(one) <= given:
            wrong.append(place(said))
    assert not wrong


def test_placeholders_are_plain_names() -> None:
    """Formats and attributes in a sentence would leave numbers and dates to the wrong language."""
    texts = [(place(s), text) for s in said_in_package() for text in s.texts if text is not None]
    assert not [where for where, text in texts if not all(name.isidentifier() for name in placeholders(text))]


def test_template_holds_each_literal_message_once(tmp_path: Path) -> None:
    (tmp_path / "qcdesk").mkdir()
    (tmp_path / "qcdesk" / "screen.py").write_text(SOURCE, encoding="utf-8")
    text = template(spoken(tmp_path))
    assert read_po(text) == {"Unit {unit}": ("",), "{n} unit": ("", ""), 'He said "no"\n': ("",)}
    assert "#: qcdesk/screen.py:2\n#: qcdesk/screen.py:4\nmsgid" in text


def test_singular_with_two_plurals_is_refused(tmp_path: Path) -> None:
    (tmp_path / "qcdesk").mkdir()
    source = 'w.count("{n} box", "{n} boxes", 1)\nw.count("{n} box", "{n} boxen", 1)\n'
    (tmp_path / "qcdesk" / "screen.py").write_text(source, encoding="utf-8")
    with pytest.raises(ValueError, match=r"screen\.py:2: .* two plurals"):
        template(spoken(tmp_path))


def test_whole_template_can_be_read_back() -> None:
    text = template(iter(said_in_package()))
    assert len(read_po(text)) == text.count("msgid ")
