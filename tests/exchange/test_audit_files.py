# SPDX-License-Identifier: Apache-2.0
"""Audit templates in files: what is read is whole, or it is said what is missing of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from qcdesk.domain.inputs import BadInput
from qcdesk.exchange.audit_files import read_template

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
