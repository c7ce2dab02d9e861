# SPDX-License-Identifier: Apache-2.0
"""ODS: the stored text of one sheet, and what hides in it; formulas are told, never taken for values."""

from __future__ import annotations

from dataclasses import dataclass, field

from qcdesk.domain.inputs import BadInput
from qcdesk.exchange.apart import Facts
from qcdesk.exchange.sheet_choice import chosen_sheet
from qcdesk.exchange.sheets import COLUMNS, FIELD_CHARACTERS, ROWS, Mark, Records, header_name
from qcdesk.exchange.stored_numbers import plain_number
from qcdesk.exchange.xml_parts import Attributes, walk_xml
from qcdesk.exchange.zip_files import Archive

CONTENT = "content.xml"
LINES = 1_048_576
_BASE = "urn:oasis:names:tc:opendocument:xmlns:"
_SHORT = {
    f"{_BASE}table:1.0": "table",
    f"{_BASE}text:1.0": "text",
    f"{_BASE}office:1.0": "office",
    f"{_BASE}style:1.0": "style",
    f"{_BASE}datastyle:1.0": "number",
    f"{_BASE}drawing:1.0": "draw",
    f"{_BASE}manifest:1.0": "manifest",
    "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0": "calcext",
}
_CELLS = ("table:table-cell", "table:covered-table-cell")
_UNSEEN = ("collapse", "filter")
_ASIDE = ("office:annotation", "draw:frame", "draw:custom-shape", "table:shapes", "draw:g", "text:ruby-text",
          "text:note", "text:tracked-changes")  # fmt: skip


def read_ods(archive: Archive, sheet: str | None) -> tuple[Facts, bytes]:
    """Read one sheet; runs in the child process.

    Args: sheet: its name; without it there must be one visible sheet only.
    Returns: as ``Records.handed_back``; the first row that is not empty is the header.
    Raises: BadInput: ``zip_encrypted``, ``sheet_unclear``, ``sheet_unknown`` (facts ``sheets``), ``sheet_linked``,
        ``cell_damaged`` (``cell``), and those of ``Archive``, ``walk_xml`` and ``Records``.
    """
    _require_open(archive)
    content = archive.read(CONTENT)
    book = _Book()
    walk_xml(content, CONTENT, book.start, book.end)
    hidden = [name for name, style in book.sheets if style in book.hiding]
    taken = chosen_sheet([name for name, _ in book.sheets], hidden, sheet)
    reading = _Reading(taken, book)
    try:
        walk_xml(content, CONTENT, reading.start, reading.end, reading.text)
        return reading.handed_back([name for name in hidden if name != taken])
    except BadInput as bad:
        raise BadInput(bad.code, facts=bad.facts, where={"sheet": taken, **bad.where}) from bad


def _require_open(archive: Archive) -> None:
    manifest = "META-INF/manifest.xml"

    def start(element: str, _: Attributes) -> None:
        if _short(element) == "manifest:encryption-data":
            raise BadInput("zip_encrypted")

    if manifest in archive:
        walk_xml(archive.read(manifest), manifest, start, lambda _: None)


@dataclass
class _Book:
    """Names and styles of all sheets; which styles hide a sheet, which show a figure otherwise than it is kept."""

    sheets: list[tuple[str, str]] = field(default_factory=list)
    hiding: set[str] = field(default_factory=set)
    dressed: dict[str, str] = field(default_factory=dict)
    shapes: dict[str, str] = field(default_factory=dict)
    _style: str = ""
    _shape: str = ""
    _depth: int = 0

    def start(self, element: str, said: Attributes) -> None:
        """Begin an element."""
        name = _short(element)
        if name == "table:table":
            self._depth += 1
            if self._depth == 1:
                self.sheets.append((_get(said, "table", "name"), _get(said, "table", "style-name")))
        elif name == "style:style":
            self._style = _get(said, "style", "name")
            shape = _get(said, "style", "data-style-name")
            if shape in self.shapes:
                self.dressed[self._style] = self.shapes[shape]
        elif name == "style:table-properties" and _get(said, "table", "display") == "false":
            self.hiding.add(self._style)
        elif name in ("number:number-style", "number:percentage-style", "number:currency-style"):
            self._shape = _get(said, "style", "name")
            if name == "number:percentage-style":
                self.shapes[self._shape] = "0%"
        elif name == "number:number" and self._shape:
            least = _get(said, "number", "min-integer-digits")
            if least.isascii() and least.isdigit() and 1 < int(least[:3]) < 100:
                self.shapes[self._shape] = "0" * int(least[:3])

    def end(self, element: str) -> None:
        """End an element."""
        name = _short(element)
        if name == "table:table":
            self._depth -= 1
        elif name in ("number:number-style", "number:percentage-style", "number:currency-style"):
            self._shape = ""


@dataclass
class _Reading:
    """The state while the chosen sheet is gone through."""

    name: str
    book: _Book
    records: Records = field(default_factory=lambda: Records(strict_width=False))
    line: int = 0
    cells: list[str] = field(default_factory=list)
    marks: dict[int, Mark] = field(default_factory=dict)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)
    usual: dict[int, str] = field(default_factory=dict)
    column: int = 0
    columns: int = 0
    times: int = 1
    row_hidden: bool = False
    inside: int = 0
    aside: int = 0
    said: Attributes = field(default_factory=dict)
    covered: bool = False
    paragraphs: list[list[str]] = field(default_factory=list)
    in_cell: bool = False
    in_text: int = 0
    merged: dict[int, tuple[int, Mark]] = field(default_factory=dict)
    matrix: dict[int, int] = field(default_factory=dict)

    def start(self, element: str, said: Attributes) -> None:
        """Begin an element."""
        name = _short(element)
        if name == "table:table":
            self.inside += bool(self.inside) or _get(said, "table", "name") == self.name
            return
        if self.inside != 1:
            return
        if self.aside or name in _ASIDE:
            self.aside += 1
        elif name in _CELLS:
            self.said, self.covered, self.in_cell = said, name == "table:covered-table-cell", True
            self.paragraphs = []
        elif self.in_cell:
            self._start_text(name, said)
        elif name == "table:table-row":
            self.times = _times(said, "number-rows-repeated", LINES)
            self.line += 1
            self.row_hidden = _get(said, "table", "visibility") in _UNSEEN
            self.cells, self.marks, self.column = [], {}, 0
        elif name == "table:table-column":
            self._column(said)
        elif name == "table:table-source":
            raise BadInput("sheet_linked")

    def _start_text(self, name: str, said: Attributes) -> None:
        if name == "text:p" or name == "text:h":
            self.in_text += 1
            self.paragraphs.append([])
        elif self.in_text:
            if name == "text:s":
                self.paragraphs[-1].append(
                    " " * min(_whole(_get(said, "text", "c") or "1"), FIELD_CHARACTERS + 1)
                )
            elif name == "text:tab":
                self.paragraphs[-1].append("\t")
            elif name == "text:line-break":
                self.paragraphs[-1].append("\n")

    def end(self, element: str) -> None:
        """End an element."""
        name = _short(element)
        if name == "table:table" and self.inside:
            self.inside -= 1
        if self.inside != 1:
            return
        if self.aside:
            self.aside -= 1
        elif name in _CELLS:
            self.in_cell = False
            self._end_cell()
        elif name in ("text:p", "text:h") and self.in_text:
            self.in_text -= 1
        elif name == "table:table-row":
            self._end_row()

    def text(self, piece: str) -> None:
        """Take character data."""
        if self.in_text and not self.aside and self.inside == 1:
            self.paragraphs[-1].append(piece)

    def _column(self, said: Attributes) -> None:
        times = _times(said, "number-columns-repeated", 16_384)
        style = _get(said, "table", "default-cell-style-name")
        for index in range(self.columns, min(self.columns + times, COLUMNS)):
            if _get(said, "table", "visibility") in _UNSEEN:
                self.hidden_columns.add(index)
            self.usual[index] = style
        self.columns += times

    def _end_cell(self) -> None:
        said, at = self.said, self.column
        times = _times(said, "number-columns-repeated", 16_384)
        text, mark = self._cell()
        self.column += times
        wide = _whole(_get(said, "table", "number-columns-spanned") or "1")
        high = _whole(_get(said, "table", "number-rows-spanned") or "1")
        for column in range(at, min(at + wide, COLUMNS)) if wide > 1 or high > 1 else ():
            self.merged[column] = (self.line + high - 1, Mark("merged", f"{wide} × {high}"))
        deep = _whole(_get(said, "table", "number-matrix-rows-spanned") or "0")
        for column in range(
            at, min(at + _whole(_get(said, "table", "number-matrix-columns-spanned") or "0"), COLUMNS)
        ):
            self.matrix[column] = self.line + deep - 1
        if not text and mark is None:
            return
        if at + times > COLUMNS:
            facts: dict[str, object] = {"has": at + times, "longest": COLUMNS}
            raise BadInput("too_many_columns", facts=facts, where={"row": self.line})
        self.cells.extend([""] * (at - len(self.cells)))
        self.cells.extend([text] * times)
        if mark is not None:
            self.marks.update(dict.fromkeys(range(at, at + times), mark))

    def _cell(self) -> tuple[str, Mark | None]:
        """Return a cell's text and what else it is."""
        said = self.said
        formula = _get(said, "table", "formula")
        shown = "\n".join("".join(paragraph) for paragraph in self.paragraphs)
        if _get(said, "calcext", "value-type") == "error":
            return shown, Mark("error_cell", shown[:80])
        if formula:
            return shown, Mark("formula", formula[:80])
        if self.covered and shown:
            return shown, Mark("merged", "")
        kind = _get(said, "office", "value-type")
        if kind in ("", "string"):
            stored = _get(said, "office", "string-value")
            return (stored or shown), None
        if kind == "boolean":
            return ("TRUE" if _get(said, "office", "boolean-value") == "true" else "FALSE"), None
        if kind == "date":
            return _get(said, "office", "date-value").removesuffix("T00:00:00"), Mark("date")
        if kind == "time":
            return shown, Mark("shown_otherwise", "time")
        number = plain_number(_get(said, "office", "value"))
        if kind not in ("float", "percentage", "currency") or number is None:
            where = {"row": self.line, "column": header_name(self.records.headers, self.column)}
            raise BadInput("cell_damaged", facts={"cell": _get(said, "office", "value")[:40]}, where=where)
        if kind == "percentage":
            return number, Mark("shown_otherwise", "0%")
        style = _get(said, "table", "style-name") or self.usual.get(self.column, "")
        dressed = self.book.dressed.get(style)
        return number, Mark("shown_otherwise", dressed) if dressed else None

    def _end_row(self) -> None:
        line, times = self.line, self.times
        if line + times - 1 > LINES:
            raise BadInput("too_many_rows", facts={"longest": ROWS}, where={"row": line})
        blank = not any(cell.strip() for cell in self.cells) and not self.marks
        if not blank and not self.records.header_line:
            if times > 1:
                raise BadInput(
                    "header_twice", facts={"header": "", "first": 1, "second": 2}, where={"row": line}
                )
            while self.cells and not self.cells[-1].strip():
                self.cells.pop()
            self.records.header(line, self.cells, self.marks)
        elif not blank:
            if times > ROWS:
                raise BadInput("too_many_rows", facts={"longest": ROWS}, where={"row": line})
            for each in range(line, line + times):
                if self.row_hidden:
                    self.hidden_rows.append(each)
                self.records.add(each, list(self.cells), self._spanning(each))
        elif self.records.header_line:
            self.records.blank += times
        self.line += times - 1

    def _spanning(self, line: int) -> dict[int, Mark]:
        """Return the marks of a row with what reaches into it from cells above."""
        marks = dict(self.marks)
        for column in range(len(self.records.headers)) if self.merged or self.matrix else ():
            if column in self.merged and line <= self.merged[column][0]:
                marks.setdefault(column, self.merged[column][1])
            if column in self.matrix and line <= self.matrix[column]:
                marks[column] = Mark("formula", "{=…}")
        return marks

    def handed_back(self, hidden_sheets: list[str]) -> tuple[Facts, bytes]:
        """Return what the child hands back."""
        if not self.records.header_line:
            raise BadInput("header_missing", where={"row": 1})
        headers = self.records.headers
        columns = [header_name(headers, c) for c in sorted(self.hidden_columns) if c < len(headers)]
        hidden = {"sheets": hidden_sheets, "rows": self.hidden_rows, "columns": columns}
        return self.records.handed_back(form="ods", name=self.name, hidden=hidden)


def _short(element: str) -> str:
    namespace, _, local = element.rpartition(" ")
    prefix = _SHORT.get(namespace)
    return f"{prefix}:{local}" if prefix else ""


def _get(said: Attributes, prefix: str, local: str) -> str:
    return said.get(_FULL[prefix] + local, "")


def _times(said: Attributes, local: str, most: int) -> int:
    times = _whole(_get(said, "table", local) or "1")
    if not 1 <= times <= most:
        raise BadInput("cell_damaged", facts={"cell": str(times)})
    return times


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise BadInput("cell_damaged", facts={"cell": text[:20]})
    return int(text)


_FULL = {short: f"{namespace} " for namespace, short in _SHORT.items()}
