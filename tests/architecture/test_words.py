# SPDX-License-Identifier: Apache-2.0
"""What is said to people can be translated: whole literal sentences, each with exactly its values."""

from __future__ import annotations

import ast
import csv
import unicodedata
from pathlib import Path

import pytest
from messages import ROOT, Spoken, brought_up, collected, nodes, spoken, template

from qcdesk.i18n import mark as said_of
from qcdesk.i18n import placeholders, read_po
from tests.architecture.sources import PACKAGE, python_files, short, tree
from tests.sentences import said_in_package, sentences

CATALOGUES = sorted((ROOT / "resources" / "translations").glob("*.po"))
GLOSSARIES = sorted((ROOT / "resources" / "translations" / "glossary").glob("*.csv"))
SOURCE = """
words.say("Unit {unit}", unit=7)
words.count("{n} unit", "{n} units", 2)
words.say("Unit {unit}", unit=8)
words.say("Open", context="button")
mark("He said \\"no\\"\\n")
say(computed)
"a".count("b"); "a".count("b", 0, 9); b"a".count(b"\\n")
"""


def place(said: Spoken) -> str:
    return f"{said.path}:{said.line}"


def test_no_sentence_is_glued_together() -> None:
    glued = (ast.JoinedStr, ast.BinOp)
    assert not [place(s) for s in said_in_package() if any(isinstance(m, glued) for m in s.messages)]


def test_every_placeholder_has_its_value_and_every_value_its_placeholder() -> None:
    wrong = []
    for said in said_in_package():
        one, many = said.texts[0], said.texts[-1]
        named = [k.arg for k in said.call.keywords if k.arg != "context"]
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


NOT_READ = {
    "qcdesk/wording/spelling.py": "says figures in each language",
    "qcdesk/cli/concessions.py": "hands a program its digits",
    "qcdesk/wording/corrective.py": "has the plain digits that fields take too",
    "qcdesk/wording/limits.py": "sets figures alike in all languages, since a paper may be in two",
    "qcdesk/reports/paper.py": "writes the language of PDF",
    "qcdesk/gui/screens/second_check/wishes.py": "fills fields, which take a point in every language",
    "qcdesk/gui/screens/analysis/texts.py": "hands what it rounds to spelling.figure",
    "qcdesk/wording/plans.py": "hands what it rounds to spelling.figure",
    "qcdesk/cli/processes.py": "hands what it rounds to spelling.figure",
}


def test_figures_that_people_read_have_the_signs_of_their_language() -> None:
    """A format of Python knows English alone: ``spelling.whole``, ``fixed`` and ``figure`` know the reader's."""
    wrong: list[str] = []
    exempt: list[str] = []
    for layer in ("wording", "gui", "cli", "reports"):
        for path in python_files(PACKAGE / layer):
            for node in nodes(tree(path)):
                if isinstance(node, ast.FormattedValue) and node.format_spec is not None:
                    asked = ast.unparse(node.format_spec)[2:-1]
                    if "," in asked or asked.endswith(("f", "%", "n")):
                        (exempt if short(path) in NOT_READ else wrong).append(f"{short(path)}:{node.lineno}")
    assert not wrong
    assert {where.rpartition(":")[0] for where in exempt} == set(NOT_READ)


def test_template_holds_each_literal_message_once(tmp_path: Path) -> None:
    (tmp_path / "qcdesk").mkdir()
    (tmp_path / "qcdesk" / "screen.py").write_text(SOURCE, encoding="utf-8")
    text = template(collected(spoken(tmp_path)))
    assert read_po(text) == {
        "Unit {unit}": ("",),
        "{n} unit": ("", ""),
        said_of("Open", context="button"): ("",),
        'He said "no"\n': ("",),
    }
    assert 'msgctxt "button"\nmsgid "Open"' in text
    assert "#: qcdesk/screen.py:2\n#: qcdesk/screen.py:4\nmsgid" in text


def test_singular_with_two_plurals_is_refused(tmp_path: Path) -> None:
    (tmp_path / "qcdesk").mkdir()
    source = 'w.count("{n} box", "{n} boxes", 1)\nw.count("{n} box", "{n} boxen", 1)\n'
    (tmp_path / "qcdesk" / "screen.py").write_text(source, encoding="utf-8")
    with pytest.raises(ValueError, match=r"screen\.py:2: .* two plurals"):
        collected(spoken(tmp_path))


def test_whole_template_can_be_read_back() -> None:
    text = template(sentences())
    assert len(read_po(text)) == text.count("msgid ")


CATALOGUE = r"""
# Vietnamese words
#, fuzzy
msgid ""
msgstr ""
"Plural-Forms: nplurals=1; plural=0;\n"

#: qcdesk/gone.py
msgid "Gone"
msgstr "Mất"

msgid "Unit {unit}"
msgstr "Chiếc {unit}"

msgid "{n} unit"
msgid_plural "{n} units"
msgstr[0] "{n} chiếc"
""".lstrip()


def test_a_catalogue_follows_the_sources_and_keeps_what_was_translated(tmp_path: Path) -> None:
    (tmp_path / "qcdesk").mkdir()
    (tmp_path / "qcdesk" / "screen.py").write_text(SOURCE, encoding="utf-8")
    said = collected(spoken(tmp_path))
    text = brought_up(CATALOGUE, said)
    head, first, *_ = text.split("\n\n")
    assert head == CATALOGUE.split("\n\n", maxsplit=1)[0]
    assert first == '#: qcdesk/screen.py\nmsgid "Unit {unit}"\nmsgstr "Chiếc {unit}"'
    found = read_po(text)
    assert found.pop("") == ("Plural-Forms: nplurals=1; plural=0;\n",)
    assert found == {
        "Unit {unit}": ("Chiếc {unit}",),
        "{n} unit": ("{n} chiếc",),
        said_of("Open", context="button"): ("",),
        'He said "no"\n': ("",),
    }
    assert brought_up(text, said) == text


def test_a_message_that_gains_a_plural_is_translated_anew(tmp_path: Path) -> None:
    (tmp_path / "qcdesk").mkdir()
    (tmp_path / "qcdesk" / "screen.py").write_text(
        'w.count("Unit {unit}", "Units {unit}", 2)\n', encoding="utf-8"
    )
    two = CATALOGUE.replace("nplurals=1", "nplurals=2")
    assert read_po(brought_up(two, collected(spoken(tmp_path))))["Unit {unit}"] == ("", "")


@pytest.mark.parametrize("file", CATALOGUES, ids=lambda file: file.stem)
def test_every_translation_says_its_values(file: Path) -> None:
    """One that does not would be passed over for the English, and nobody would see why."""
    said, found = sentences(), read_po(file.read_text(encoding="utf-8"))
    wrong = []
    for message, (plural, _) in said.items():
        wanted = placeholders(plural or message)
        for text in filter(None, found.get(message, ())):
            if placeholders(text) != wanted or unicodedata.normalize("NFC", text) != text:
                wrong.append((message, text))
    assert not wrong


@pytest.mark.parametrize(
    "file",
    sorted((ROOT / "resources" / "translations" / "glossary").glob("*.csv")),
    ids=lambda file: file.stem,
)
def test_a_glossary_gives_one_translation_for_each_term(file: Path) -> None:
    rows = list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))
    terms = [row["english"] for row in rows]
    assert len(terms) == len(set(terms)) >= 120
    assert all(row["english"].strip() and row["translation"].strip() for row in rows)
