# SPDX-License-Identifier: Apache-2.0
"""Every finding that the checker can make has a sentence, and every sentence a finding."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from qcdesk import checker
from qcdesk.checker.findings import SENTENCES, Finding, sentence


def literals() -> set[str]:
    """Return every word of the checker's sources that could be a code."""
    folder = Path(checker.__file__).parent
    found = set()
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add((path.name, node.value))
    return {value for name, value in found if name != "findings.py" and re.fullmatch("[a-z_]+", value)}


def test_every_sentence_belongs_to_a_finding() -> None:
    assert set(SENTENCES) <= literals()


def test_facts_are_one_line_of_text_and_a_missing_one_is_no_bug() -> None:
    assert sentence(Finding.of(1, "event_unknown", type="a\nb")).endswith("(a b).")
    assert "…" in sentence(Finding.of(1, "event_unknown"))
