# SPDX-License-Identifier: Apache-2.0
"""XLSX: the stored text of one sheet, and what hides in it; formulas are told, never taken for values."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field

from qcdesk.domain.inputs import BadInput
from qcdesk.exchange.apart import Facts
from qcdesk.exchange.sheet_choice import chosen_sheet
from qcdesk.exchange.sheets import COLUMNS, Mark, Records, header_name
from qcdesk.exchange.stored_numbers import format_kind, plain_day, plain_number
from qcdesk.exchange.xml_parts import Attributes, walk_xml
from qcdesk.exchange.zip_files import Archive

LINES = 1_048_576
_MAIN = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main ",
    "http://purl.oclc.org/ooxml/spreadsheetml/main ",
)
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships Relationship"
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def read_xlsx(archive: Archive, sheet: str | None) -> tuple[Facts, bytes]:
    """Read one sheet; runs in the child process.

    Args: sheet: its name; without it there must be one visible sheet only.
    Returns: as ``Records.handed_back``; the first row that is not empty is the header.
    Raises: BadInput: ``sheet_unclear``, ``sheet_unknown`` (facts ``sheets``), ``sheet_order`` (``cell``),
        ``cell_damaged`` (``cell``), and those of ``Archive``, ``walk_xml`` and ``Records``.
    """
    book = _Book(archive)
    names = [name for name, _, _ in book.sheets]
    hidden = [name for name, _, hides in book.sheets if hides]
    taken = chosen_sheet(names, hidden, sheet)
    part = {name: part for name, part, _ in book.sheets}[taken]
    try:
        reading = _Reading(book)
        walk_xml(archive.read(part), part, reading.start, reading.end, reading.text)
        return reading.handed_back(taken, [name for name in hidden if name != taken])
    except BadInput as bad:
        raise BadInput(bad.code, facts=bad.facts, where={"sheet": taken, **bad.where}) from bad


class _Book:
    """What all sheets share: their names and parts, the common texts, which formats show a day."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self.since_1904 = False
        self.sheets: list[tuple[str, str, bool]] = []
        self.texts: list[str] = []
        self.formats: list[tuple[str, str]] = []
        top = self._related("", "/officeDocument")
        if not top:
            raise BadInput("zip_part", facts={"name": "officeDocument"})
        book = next(iter(top.values()))
        parts = self._related(book, "/worksheet")
        self._read_book(book, parts)
        if not self.sheets:
            raise BadInput("sheet_unknown", facts={"value": "", "sheets": []})
        for part in self._related(book, "/styles").values():
            self._read_formats(part)
        for part in self._related(book, "/sharedStrings").values():
            self._read_texts(part)

    def _related(self, part: str, kind: str) -> dict[str, str]:
        """Return the parts that a part names, by relation id; only those inside the archive."""
        folder, name = posixpath.split(part)
        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        found: dict[str, str] = {}
        if relations not in self._archive:
            return found

        def start(element: str, said: Attributes) -> None:
            if element != _RELATIONS or said.get("TargetMode") == "External":
                return
            if said.get("Type", "").endswith(kind):
                target = posixpath.normpath(posixpath.join("/", folder, said.get("Target", "")))
                found[said.get("Id", "")] = target.lstrip("/")

        walk_xml(self._archive.read(relations), relations, start, _nothing)
        return found

    def _read_book(self, part: str, parts: dict[str, str]) -> None:
        def start(element: str, said: Attributes) -> None:
            local = _local(element)
            if local == "workbookPr":
                self.since_1904 = said.get("date1904", "0") in ("1", "true", "on")
            elif local == "sheet":
                relation = next((v for k, v in said.items() if k.endswith("relationships id")), "")
                if relation in parts:  # what is no worksheet (a chart) holds no rows
                    hides = said.get("state", "visible") != "visible"
                    self.sheets.append((said.get("name", ""), parts[relation], hides))

        walk_xml(self._archive.read(part), part, start, _nothing)

    def _read_formats(self, part: str) -> None:
        codes: dict[int, str] = {}
        numbers: list[int] = []
        inside = False

        def start(element: str, said: Attributes) -> None:
            nonlocal inside
            local = _local(element)
            if local == "numFmt":
                codes[_whole(said.get("numFmtId"))] = said.get("formatCode", "")
            elif local == "cellXfs":
                inside = True
            elif local == "xf" and inside:
                numbers.append(_whole(said.get("numFmtId", "0")))

        def end(element: str) -> None:
            nonlocal inside
            inside = inside and _local(element) != "cellXfs"

        walk_xml(self._archive.read(part), part, start, end)
        self.formats = [format_kind(number, codes.get(number)) for number in numbers]

    def _read_texts(self, part: str) -> None:
        pieces: list[str] = []
        taking = phonetic = False

        def start(element: str, _: Attributes) -> None:
            nonlocal taking, phonetic
            local = _local(element)
            if local == "si":
                pieces.clear()
            elif local == "rPh":
                phonetic = True
            elif local == "t":
                taking = not phonetic

        def end(element: str) -> None:
            nonlocal taking, phonetic
            local = _local(element)
            if local == "t":
                taking = False
            elif local == "rPh":
                phonetic = False
            elif local == "si":
                self.texts.append(_unescaped("".join(pieces)))

        def text(piece: str) -> None:
            if taking:
                pieces.append(piece)

        walk_xml(self._archive.read(part), part, start, end, text)


@dataclass
class _Reading:
    """The state while one sheet is gone through."""

    book: _Book
    records: Records = field(default_factory=lambda: Records(strict_width=False))
    line: int = 0
    cells: list[str] = field(default_factory=list)
    marks: dict[int, Mark] = field(default_factory=dict)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)
    spans: list[tuple[str, Mark]] = field(default_factory=list)
    column: int = -1
    kind: str = ""
    style: int = 0
    formula: bool = False
    phonetic: bool = False
    in_data: bool = False
    row_hidden: bool = False
    pieces: list[str] | None = None
    value: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def start(self, element: str, said: Attributes) -> None:
        """Begin an element."""
        local = _local(element)
        if local == "c":
            if self.in_data and self.line:
                self._start_cell(said)
        elif local == "v" or local == "t":
            self.pieces = None if self.phonetic else self.value
        elif local == "f":
            self.formula = True
            self.pieces = self.said
            if said.get("t") in ("array", "dataTable") and "ref" in said:
                self.spans.append((said["ref"], Mark("formula", "{=…}")))
        elif local == "row":
            if self.in_data:
                self._start_row(said)
        elif local == "rPh":
            self.phonetic = True
        elif local == "sheetData":
            self.in_data = True
        elif local == "col":
            if _true(said.get("hidden")) or said.get("width") == "0":
                last = min(_whole(said.get("max")), COLUMNS)
                self.hidden_columns.update(range(_whole(said.get("min")) - 1, last))
        elif local == "mergeCell":
            self.spans.append((said.get("ref", ""), Mark("merged", said.get("ref", ""))))

    def end(self, element: str) -> None:
        """End an element."""
        local = _local(element)
        if local in ("v", "t", "f"):
            self.pieces = None
        elif local == "c" and self.in_data and self.column >= 0:
            self._end_cell()
        elif local == "row" and self.in_data:
            self._end_row()
        elif local == "rPh":
            self.phonetic = False
        elif local == "sheetData":
            self.in_data = False

    def text(self, piece: str) -> None:
        """Take character data."""
        if self.pieces is not None:
            self.pieces.append(piece)

    def _start_row(self, said: Attributes) -> None:
        line = _whole(said["r"]) if "r" in said else self.line + 1
        if not self.line < line <= LINES:
            raise BadInput("sheet_order", facts={"cell": str(line)}, where={"row": self.line})
        self.line, self.column = line, -1
        self.cells, self.marks = [], {}
        self.row_hidden = _true(said.get("hidden")) or said.get("ht") == "0"

    def _start_cell(self, said: Attributes) -> None:
        column = self.column + 1 if self.column >= 0 else len(self.cells)
        if "r" in said:
            at = _REFERENCE.fullmatch(said["r"])
            if at is None or int(at[2]) != self.line:
                raise BadInput("cell_damaged", facts={"cell": said["r"][:20]}, where={"row": self.line})
            column = _index(at[1])
        if column < len(self.cells) or column <= self.column:
            raise BadInput("sheet_order", facts={"cell": said.get("r", "")}, where={"row": self.line})
        self.column = column
        self.kind = said.get("t", "n")
        self.style = _whole(said.get("s", "0"))
        self.formula = False
        self.value, self.said, self.pieces = [], [], None

    def _end_cell(self) -> None:
        text, mark = self._cell("".join(self.value))
        column = self.column
        if self.formula:
            mark = Mark("formula", "=" + "".join(self.said)[:80])
        if not text and mark is None:
            return
        if column >= COLUMNS:
            facts: dict[str, object] = {"has": column + 1, "longest": COLUMNS}
            raise BadInput("too_many_columns", facts=facts, where={"row": self.line})
        if column > len(self.cells):
            self.cells.extend([""] * (column - len(self.cells)))
        self.cells.append(text)
        if mark is not None:
            self.marks[column] = mark

    def _cell(self, value: str) -> tuple[str, Mark | None]:
        """Return a cell's text and what else it is."""
        kind = self.kind
        if kind == "s":
            number = _whole(value) if value else -1
            if not 0 <= number < len(self.book.texts):
                raise self._damaged()
            return self.book.texts[number], None
        if kind in ("inlineStr", "str"):
            return _unescaped(value), None
        if not value:
            return "", None
        if kind == "e":
            return value, Mark("error_cell", value[:80])
        if kind == "b":
            return ("TRUE" if value == "1" else "FALSE"), None
        if kind == "d":
            return value.removesuffix("T00:00:00"), Mark("date")
        if kind != "n":
            raise self._damaged()
        shows, code = self.book.formats[self.style] if self.style < len(self.book.formats) else ("number", "")
        if shows == "date":
            day = plain_day(value, since_1904=self.book.since_1904)
            if day is not None:
                return day, Mark("date")
        number_text = plain_number(value)
        if number_text is None:
            raise self._damaged()
        if shows in ("number", "date"):
            return number_text, None if shows == "number" else Mark("shown_otherwise", "########")
        return number_text, Mark("shown_otherwise", code or shows)

    def _damaged(self) -> BadInput:
        from_here = {"row": self.line, "column": header_name(self.records.headers, self.column)}
        return BadInput("cell_damaged", facts={"cell": "".join(self.value)[:40]}, where=from_here)

    def _end_row(self) -> None:
        if not any(cell.strip() for cell in self.cells) and not self.marks:
            if self.records.header_line:
                self.records.blank += 1
        elif not self.records.header_line:
            while self.cells and not self.cells[-1].strip():
                self.cells.pop()
            self.records.header(self.line, self.cells, self.marks)
        else:
            if self.row_hidden:
                self.hidden_rows.append(self.line)
            self.records.add(self.line, self.cells, self.marks)
        self.column = -1

    def handed_back(self, name: str, hidden_sheets: list[str]) -> tuple[Facts, bytes]:
        """Return what the child hands back; formulas and merged cells that span several are put down now."""
        if not self.records.header_line:
            raise BadInput("header_missing", where={"row": 1})
        _span(self.records, self.spans)
        headers = self.records.headers
        columns = [header_name(headers, c) for c in sorted(self.hidden_columns) if c < len(headers)]
        hidden = {"sheets": hidden_sheets, "rows": self.hidden_rows, "columns": columns}
        return self.records.handed_back(form="xlsx", name=name, hidden=hidden)


def _span(records: Records, spans: list[tuple[str, Mark]]) -> None:
    """Mark what lies in the range of a formula or of merged cells."""
    wide = len(records.headers)
    of_line = {row[0]: number for number, row in enumerate(records.rows)} if spans else {}
    for ref, mark in spans[:LINES]:
        corners = [_REFERENCE.fullmatch(corner) for corner in ref.split(":")]
        if not corners or any(corner is None for corner in corners):
            raise BadInput("cell_damaged", facts={"cell": ref[:20]})
        found = [(_index(corner[1]), int(corner[2])) for corner in corners if corner is not None]
        columns = range(min(c for c, _ in found), min(max(c for c, _ in found) + 1, wide))
        first, last = min(line for _, line in found), max(line for _, line in found)
        if last - first < len(of_line):
            lines = [of_line[line] for line in range(first, last + 1) if line in of_line]
        else:
            lines = [number for line, number in of_line.items() if first <= line <= last]
        if mark.kind == "merged" and len(lines) == 1 and len(columns) < 2:
            continue
        for number in lines:
            row = records.rows[number]
            marks = dict(row[2]) if len(row) > 2 else {}
            marks.update({str(c): [mark.kind, mark.detail] for c in columns})
            records.rows[number] = (row[0], row[1], marks)


def _local(element: str) -> str:
    """Return the local name of an element of a spreadsheet, and nothing for any other."""
    for prefix in _MAIN:
        if element.startswith(prefix):
            return element[len(prefix) :]
    return ""


def _index(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _whole(text: str | None) -> int:
    if text is None or not re.fullmatch("[0-9]{1,9}", text):
        raise BadInput("cell_damaged", facts={"cell": (text or "")[:20]})
    return int(text)


def _true(text: str | None) -> bool:
    return text in ("1", "true", "on")


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda m: chr(int(m[1], 16)), text) if "_x" in text else text


def _nothing(_: str) -> None:
    pass
