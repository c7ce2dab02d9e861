# SPDX-License-Identifier: Apache-2.0
"""Audit templates as files: one row for the template, each section and each question, the same as XLSX and as JSON.

Columns: ``row`` (template, section, question), ``code``, ``weight``, ``critical``, ``answer`` (yes_no, points),
``points``, ``pass_percent``, ``conditional_percent``, ``note``, and of each language ``text_en`` and ``guidance_en``.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import NoReturn

from qcdesk.domain.audit_templates import (
    ANSWER_KINDS,
    AuditTemplate,
    LocalText,
    Question,
    Section,
    Texts,
    cleaned_template,
)
from qcdesk.domain.inputs import BadInput
from qcdesk.exchange.reading import read_table
from qcdesk.exchange.sheets import Sheet, SheetRow
from qcdesk.exchange.stored_files import written_whole
from qcdesk.exchange.xlsx_out import write_xlsx

_PLAIN = (
    "row", "code", "weight", "critical", "answer", "points", "pass_percent", "conditional_percent", "note",
)  # fmt: skip
_OF_LANGUAGE = re.compile("(text|guidance)_([A-Za-z0-9_-]{2,12})")
LANGUAGES = ("en", "vi", "zh", "zh-Hans", "th")
_WHOLE = re.compile("[0-9]{1,6}")
_YES, _NO = ("yes", "true", "1", "x"), ("", "no", "false", "0")


def write_template(file: str, content: AuditTemplate) -> None:
    """Write a template; JSON where the name ends so, else XLSX. Raises: Trouble."""
    path = Path(file)
    headers = [*_PLAIN, *(f"{what}_{one}" for one in content.languages() for what in ("text", "guidance"))]
    rows = [[row.get(name, "") for name in headers] for row in _rows(content)]
    if path.suffix.lower() != ".json":
        write_xlsx(path, "audit template", headers, rows)
        return
    said = [{n: cell for n, cell in zip(headers, row, strict=True) if cell != ""} for row in rows]
    with written_whole(path) as out:
        out.write((json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode())


def read_template(file: str) -> AuditTemplate:
    """Read a template from XLSX, ODS, CSV or JSON, apart from the program.

    Raises: BadInput: ``not_a_template`` (facts ``what``, ``value``), with row and column; those of ``read_table``.
    """
    return _Reading(read_table(Path(file)), Path(file).name).template()


def _rows(content: AuditTemplate) -> list[dict[str, str | int]]:
    found: list[dict[str, str | int]] = [
        {
            "row": "template",
            "pass_percent": content.pass_percent,
            "conditional_percent": content.conditional_percent,
            "note": content.note,
            **_texts("text", content.title),
        }
    ]
    for section in content.sections:
        found.append(
            {
                "row": "section",
                "code": section.code,
                "weight": section.weight,
                **_texts("text", section.title),
            }
        )
        for one in section.questions:
            found.append(
                {
                    "row": "question",
                    "code": one.code,
                    "weight": one.weight,
                    "critical": "yes" if one.critical else "no",
                    "answer": one.kind,
                    "points": one.points if one.kind == "points" else "",
                    **_texts("text", one.text),
                    **_texts("guidance", one.guidance),
                }
            )
    return found


def _texts(what: str, texts: Texts) -> dict[str, str | int]:
    return {f"{what}_{one.language}": one.text for one in texts}


class _Reading:
    """Takes the rows of a sheet, each by its headings."""

    def __init__(self, sheet: Sheet, file: str) -> None:
        self.sheet, self.file = sheet, file
        self.line = sheet.header_line
        self.row: dict[str, str] = {}
        self.lines: dict[str, int] = {}
        for name in sheet.headers:
            local = _OF_LANGUAGE.fullmatch(name)
            if name not in _PLAIN and not local:
                self.refuse(name, name)
            if local and local[2] not in LANGUAGES:
                where = {"file": file, "row": self.line, "column": name}
                raise BadInput("unknown_language", facts={"value": local[2]}, where=where)
        if "row" not in sheet.headers:
            self.refuse("row", "")

    def refuse(self, column: str, value: str) -> NoReturn:
        raise BadInput(
            "not_a_template",
            facts={"what": column, "value": value[:60], "row": self.line},
            where={"file": self.file, "row": self.line, "column": column},
        )

    def template(self) -> AuditTemplate:
        title: Texts = ()
        passes, conditions, note = 80, 60, ""
        sections: list[Section] = []
        seen = False
        for record in self.sheet.rows:
            self.line = record.line
            self.row = dict(zip(self.sheet.headers, record.cells, strict=False))
            self.require_values(record)
            kind = self.text("row")
            self.lines.setdefault(self.text("code") if kind != "template" else "", record.line)
            if kind == "template" and not seen and not sections:
                seen, title, note = True, self.texts("text"), self.row.get("note", "")
                passes = self.whole("pass_percent", 80)
                conditions = self.whole("conditional_percent", 60)
            elif kind == "section":
                sections.append(Section(self.text("code"), self.texts("text"), (), self.whole("weight", 1)))
            elif kind == "question" and sections:
                last = sections[-1]
                sections[-1] = Section(last.code, last.title, (*last.questions, self.question()), last.weight)
            else:
                self.refuse("row", kind)
        try:
            content = cleaned_template(AuditTemplate(title, tuple(sections), passes, conditions, note))
            content.require_complete()
        except BadInput as odd:
            line = self.lines.get(str(odd.facts.get("code", "")))
            at = {} if line is None else {"row": line}
            raise BadInput(odd.code, facts=odd.facts, where={**odd.where, "file": self.file, **at}) from odd
        return content

    def require_values(self, record: SheetRow) -> None:
        """Refuse a cell that holds no value of its own: a formula, an error, one that is joined with others."""
        for index, mark in record.marks.items():
            code = "day_cell" if mark.kind == "date" else mark.kind
            raise BadInput(
                code,
                facts={"detail": mark.detail, "value": record.cells[index][:60]},
                where={"file": self.file, "row": record.line, "column": self.sheet.headers[index]},
            )

    def question(self) -> Question:
        asked = self.text("answer") or "yes_no"
        kind = next((one for one in ANSWER_KINDS if one == asked), None)
        if kind is None:
            self.refuse("answer", asked)
        critical = self.text("critical").casefold()
        if critical not in (*_YES, *_NO):
            self.refuse("critical", critical)
        return Question(
            self.text("code"),
            self.texts("text"),
            self.texts("guidance"),
            kind,
            self.whole("points", 0),
            self.whole("weight", 1),
            critical in _YES,
        )

    def text(self, column: str) -> str:
        return self.row.get(column, "").strip()

    def whole(self, column: str, without: int) -> int:
        said = self.text(column)
        if said and not _WHOLE.fullmatch(said):
            self.refuse(column, said)
        return int(said) if said else without

    def texts(self, what: str) -> Texts:
        found = ((_OF_LANGUAGE.fullmatch(name), cell) for name, cell in self.row.items())
        return tuple(LocalText(m[2], cell) for m, cell in found if m and m[1] == what and cell.strip())
