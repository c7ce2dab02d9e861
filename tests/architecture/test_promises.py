# SPDX-License-Identifier: Apache-2.0
"""The list of promises: each has its letters, each S and E a test of that name, each L and N a sentence in the manual."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path

from tests.architecture.sources import ROOT, python_files

DOCUMENT = ROOT / "resources" / "help" / "what_we_promise.md"
PROMISED = {
    "another-ones-signature": "S",
    "known-secret": "LN",
    "unlocked-screen": "S",
    "two-accounts": "SLN",
    "own-work": "S",
    "rubber-stamp": "L",
    "told-beforehand": "SLN",
    "clock": "SE",
    "changed-after-signing": "SE",
    "deleted-before-signing": "E",
    "changed-limits": "SE",
    "replayed": "S",
    "invented-person": "E",
    "reset-secret": "S",
    "swapped-tables": "E",
    "owner-of-the-file": "E",
    "cut-tail": "EN",
    "forged-certificate": "E",
    "other-goods": "N",
    "guesses-at-the-screen": "S",
    "guesses-from-the-file": "L",
    "lying-import": "S",
    "attacking-import": "S",
    "changed-program": "N",
}
"""The threats of the design, each with its letters; a row that is softened in the document fails here."""


def rows() -> dict[str, tuple[str, str]]:
    """Return the document's table: id -> letters and what proves them."""
    found = re.findall(r"^\| ([a-z-]+) \|[^|]+\| ([SELN ]+) \|([^|]*)\|$", DOCUMENT.read_text("utf-8"), re.M)
    return {name: (letters.replace(" ", ""), proof) for name, letters, proof in found}


def known_tests() -> Counter[str]:
    """Return the names of all tests, and how many bear each."""
    return Counter(
        node.name
        for path in python_files(ROOT / "tests")
        for node in ast.walk(ast.parse(Path(path).read_text("utf-8")))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    )


def test_the_document_promises_what_the_design_does_and_nothing_less() -> None:
    assert {name: letters for name, (letters, _) in rows().items()} == PROMISED


def test_each_letter_of_a_promise_has_its_test_or_its_sentence() -> None:
    there, text = known_tests(), DOCUMENT.read_text("utf-8")
    for name, (letters, proof) in rows().items():
        tests = re.findall(r"`(test_\w+)`", proof)
        assert {test: there[test] for test in tests} == dict.fromkeys(tests, 1), name
        assert len(tests) >= len(set(letters) & set("SE")), name
        for letter in set(letters) & set("LN"):
            said = re.findall(rf"\[({letter}\d)\]\(#{letter.lower()}\d\)", proof)
            assert said, (name, letter)
            for sentence in said:
                assert re.search(rf'<a id="{sentence.lower()}"></a>\*\*{sentence}\*\* \w', text), sentence


def test_every_proof_stands_in_the_document_with_its_sizes_its_command_and_its_figures() -> None:
    text = DOCUMENT.read_text("utf-8").partition("## How we test it")[2]
    table = [
        [cell.strip() for cell in line.strip("| ").split("|")]
        for line in text.splitlines()
        if line.startswith("|")
    ]
    proofs = {row[0]: row[1:] for row in table[2:]}
    assert list(proofs) == sorted(
        p.stem[len("test_") :] for p in (ROOT / "tests" / "trust").glob("test_*.py")
    )
    for name, cells in proofs.items():
        what, everyday, long, command, figures = cells
        assert what.endswith(".") and everyday and long and figures, name
        assert command == f"`python3 packaging/dev.py trust {name}`"


def test_nothing_is_called_impossible() -> None:
    """The words stand nowhere: not in the program, not on a report, not in the manual."""
    never = re.compile(r"\bimpossible\b|tamper[- ]?proof|unforgeable|unbreakable", re.I)
    shown = [
        *(ROOT / "qcdesk").rglob("*.py"),
        *(ROOT / "resources" / "help").rglob("*.md"),
        ROOT / "README.md",
    ]
    assert not [p.name for p in shown if never.search(p.read_text("utf-8"))]
