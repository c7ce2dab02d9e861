# SPDX-License-Identifier: Apache-2.0
"""Audit templates in files: what is read is whole, or it is said what is missing of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from qcdesk.domain.inputs import BadInput
from qcdesk.exchange.audit_files import read_template
from qcdesk.i18n import Catalogue
from qcdesk.wording import inputs
from tests.exchange.spreadsheets import row, xlsx

HEAD = "row,code,weight,text_en\n"


def test_a_template_by_which_nobody_could_audit_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "template.csv"
    for rows, code in (
        ("section,A,1,Goods\nquestion,A-1,1,Is it clean?\n", "missing"),
        ("template,,,Visit\n", "no_questions"),
        ("template,,,Visit\nsection,A,1,Goods\n", "no_questions"),
        ("template,,,Visit\nsection,A,1,Goods\nsection,B,1,Papers\nquestion,B-1,1,Kept?\n", "section_empty"),
    ):
        file.write_text(HEAD + rows, "utf-8")
        with pytest.raises(BadInput) as refused:
            read_template(str(file))
        assert refused.value.code == code
    file.write_text(HEAD + "template,,,Visit\nsection,A,1,Goods\nquestion,A-1,1,Is it clean?\n", "utf-8")
    assert [one.code for one in read_template(str(file)).questions] == ["A-1"]


def refused(file: Path, rows: str, head: str = HEAD) -> tuple[str, object, object]:
    file.write_text(head + rows, "utf-8")
    with pytest.raises(BadInput) as found:
        read_template(str(file))
    return found.value.code, found.value.where.get("row"), told(found.value)


def told(odd: BadInput) -> str:
    return inputs.problem(odd.code, odd.facts, Catalogue(), where=odd.where).fact


def test_what_a_template_says_wrong_is_told_with_its_row(tmp_path: Path) -> None:
    file, rest = tmp_path / "template.csv", "section,A,1,Goods\nquestion,A-1,{weight},Is it clean?\n"
    head = "row,code,weight,text_en,pass_percent\n"
    whole = rest.format(weight=1)
    passes = refused(file, "template,,,Visit,200\n" + whole.replace("\n", ",\n"), head)
    assert passes == ("percent_range", 2, "Passed from is 200; it is a whole number from 1 to 100.")
    weight = refused(file, "template,,,Visit\n" + rest.format(weight=0))
    assert weight == ("weight_range", 4, "Weight of A-1 is 0; it is a whole number from 1 to 100.")
    odd = refused(file, "template,,,Visit\n" + rest.format(weight="much"))
    assert odd == ("not_a_template", 4, "Row 4 of the template cannot be read: weight.")
    tongue = refused(file, "template,,,Visit\n" + whole, HEAD.replace("text_en", "text_xx"))
    assert tongue[:2] == ("unknown_language", 1)


def test_a_formula_is_no_value_of_a_template(tmp_path: Path) -> None:
    file = tmp_path / "template.xlsx"
    head = row("row", "code", "weight", "text_en", "pass_percent")
    file.write_bytes(xlsx(head + row("template", "", "", "Visit", "<c><f>70+10</f><v>80</v></c>")))
    with pytest.raises(BadInput, match="formula") as found:
        read_template(str(file))
    assert (found.value.where["row"], found.value.where["column"]) == (2, "pass_percent")
