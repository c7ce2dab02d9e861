# SPDX-License-Identifier: Apache-2.0
"""A table as it comes out of a file: plain text cells under headers, and the limits that every form keeps."""

from __future__ import annotations

import json
import stat
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from qcdesk.domain.inputs import BadInput
from qcdesk.services.trouble import Trouble

FILE_BYTES = 50_000_000
ROWS = 250_000
COLUMNS = 256
FIELD_CHARACTERS = 10_000
ALL_CHARACTERS = 200_000_000  # of all cells together: one long text may be named by a million cells

Form = Literal["csv", "json", "xlsx", "ods"]
MarkKind = Literal["date", "formula", "error_cell", "merged", "shown_otherwise", "nested"]


@dataclass(frozen=True)
class Mark:
    """What a cell is beyond its text.

    ``date``: a day, with the text in ISO 8601. The others are refused where the column is taken: ``formula`` and
    ``error_cell`` (``detail`` says which), ``merged`` (the range), ``shown_otherwise`` (the format by which the program
    that made the file shows something else than it keeps), ``nested`` (a list or an object of JSON).
    """

    kind: MarkKind
    detail: str = ""


NO_MARKS: Mapping[int, Mark] = MappingProxyType({})


@dataclass(frozen=True)
class SheetRow:
    """One record: the line of the file on which it begins, counted from 1, and a cell for every header.

    ``marks`` are by the index of the column.
    """

    line: int
    cells: tuple[str, ...]
    marks: Mapping[int, Mark] = field(default_factory=lambda: NO_MARKS)


@dataclass(frozen=True)
class Hidden:
    """What whoever made the file does not see when it is opened: names of sheets, numbers of rows, headers."""

    sheets: tuple[str, ...] = ()
    rows: tuple[int, ...] = ()
    columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """What a file says, as plain text, and how it was read; ``blank`` counts the empty rows left out.

    ``name`` is that of the sheet in a spreadsheet; ``header_line`` the line of the headers; ``header_marks`` by index.
    """

    headers: tuple[str, ...]
    rows: tuple[SheetRow, ...]
    encoding: str
    separator: str
    sha256: str
    blank: int = 0
    form: Form = "csv"
    name: str | None = None
    header_line: int = 1
    header_marks: Mapping[int, Mark] = field(default_factory=lambda: NO_MARKS)
    hidden: Hidden = field(default_factory=Hidden)


class Records:
    """Takes the records of a file one by one, the header first, and refuses what is over a limit.

    Shared by every form, so that one limit is one line of code. Lines are counted from 1.
    """

    def __init__(self, *, strict_width: bool) -> None:
        """Begin; with ``strict_width`` a row must be as wide as the header, else what is missing is empty."""
        self.headers: list[str] = []
        self.header_line = 0
        self.header_marks: dict[int, Mark] = {}
        self.blank = 0
        self.rows: list[tuple[Any, ...]] = []
        self._strict = strict_width
        self._characters = 0

    def header(self, line: int, cells: list[str], marks: Mapping[int, Mark] = NO_MARKS) -> None:
        """Take the headers. Raises: BadInput: ``header_missing``, ``too_many_columns``, ``header_twice``."""
        self.headers = _headers(line, cells)
        self.header_line = line
        self.header_marks = dict(marks)

    def add(self, line: int, cells: list[str], marks: Mapping[int, Mark] = NO_MARKS) -> None:
        """Take a record. Raises: BadInput: ``row_width``, ``too_many_rows``, ``field_too_long``, ``nul`` …"""
        joined = "".join(cells)
        if not joined.strip() and not marks:
            self.blank += 1
            return
        wants = len(self.headers)
        if len(cells) != wants:
            while len(cells) > wants and not cells[-1].strip() and not self._strict:
                cells.pop()
            if len(cells) > wants or self._strict:
                facts: dict[str, object] = {"has": len(cells), "wants": wants}
                raise BadInput("row_width", facts=facts, where={"row": line})
            cells.extend([""] * (wants - len(cells)))
        if marks and max(marks) >= wants:  # an empty formula beyond the last header
            raise BadInput("row_width", facts={"has": max(marks) + 1, "wants": wants}, where={"row": line})
        if len(self.rows) == ROWS:
            raise BadInput("too_many_rows", facts={"longest": ROWS}, where={"row": line})
        self._characters += len(joined)
        if self._characters > ALL_CHARACTERS:
            raise BadInput("too_much_text", facts={"longest": ALL_CHARACTERS}, where={"row": line})
        if len(joined) > FIELD_CHARACTERS:
            self._require_short(line, cells)
        if not joined.isascii():
            cells = [_plain(cell, line) for cell in cells]
        if "\0" in joined:
            raise BadInput("nul", where={"row": line})
        if marks:
            told = {str(i): [mark.kind, mark.detail] for i, mark in marks.items()}
            self.rows.append((line, cells, told))
        else:
            self.rows.append((line, cells))

    def _require_short(self, line: int, cells: list[str]) -> None:
        for index, cell in enumerate(cells):
            if len(cell) > FIELD_CHARACTERS:
                where = {"row": line, "column": self.headers[index] or str(index + 1)}
                raise BadInput("field_too_long", facts={"longest": FIELD_CHARACTERS}, where=where)

    def handed_back(self, **how: object) -> tuple[dict[str, Any], bytes]:
        """Return what the child process hands back: how the file was read, and the rows as JSON."""
        told = {str(i): [mark.kind, mark.detail] for i, mark in self.header_marks.items()}
        facts = {"headers": self.headers, "blank": self.blank, "header_line": self.header_line}
        return {**facts, "header_marks": told, **how}, json.dumps(self.rows).encode()


def sheet_of(how: Mapping[str, Any], rows: bytes, sha256: str) -> Sheet:
    """Return the sheet that the child process handed back."""
    return Sheet(
        headers=tuple(how["headers"]),
        rows=tuple(
            SheetRow(row[0], tuple(row[1]), _marks(row[2]) if len(row) > 2 else NO_MARKS)
            for row in json.loads(rows)
        ),
        encoding=how.get("encoding", ""),
        separator=how.get("separator", ""),
        sha256=sha256,
        blank=how["blank"],
        form=how["form"],
        name=how.get("name"),
        header_line=how["header_line"],
        header_marks=_marks(how["header_marks"]),
        hidden=Hidden(*(tuple(how.get("hidden", {}).get(k, ())) for k in ("sheets", "rows", "columns"))),
    )


def read_file(path: Path, *, longest: int = FILE_BYTES) -> bytes:
    """Return the bytes of a plain file, no device and no pipe.

    Args: longest: in bytes.
    Raises: BadInput: ``no_file``, ``not_a_file``, ``file_empty``, ``file_too_big`` (``bytes``, ``longest``).
        Trouble: ``file_unreadable``.
    """
    try:
        kind = path.stat()
        if not stat.S_ISREG(kind.st_mode):
            raise BadInput("not_a_file", facts={"file": path.name})
        if kind.st_size > longest:
            raise BadInput("file_too_big", facts={"bytes": kind.st_size, "longest": longest})
        with path.open("rb") as file:
            payload = file.read(longest + 1)  # the file may have grown since
    except FileNotFoundError as missing:
        raise BadInput("no_file", facts={"file": str(path)}) from missing
    except OSError as failed:
        raise Trouble("file_unreadable", file=str(path), reason=failed.strerror) from failed
    except ValueError as odd:  # a NUL in the path
        raise BadInput("no_file", facts={"file": path.name}) from odd
    if len(payload) > longest:
        raise BadInput("file_too_big", facts={"bytes": len(payload), "longest": longest})
    if not payload:
        raise BadInput("file_empty")
    return payload


def column_letters(index: int) -> str:
    """Return what spreadsheets call a column: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def header_name(headers: list[str], index: int) -> str:
    """Return how a column is named to people: by its header, else by its letters."""
    return headers[index] if index < len(headers) and headers[index] else column_letters(index)


def ranges(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Return runs of numbers in order, each as its first and last."""
    runs: list[tuple[int, int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


def _marks(told: Mapping[str, list[Any]]) -> Mapping[int, Mark]:
    return {int(index): Mark(kind, detail) for index, (kind, detail) in told.items()} if told else NO_MARKS


def _plain(text: str, line: int) -> str:
    if text.isascii():
        return text
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise BadInput("surrogate", where={"row": line})
    return unicodedata.normalize("NFC", text)


def _headers(line: int, cells: list[str]) -> list[str]:
    if any("\0" in cell for cell in cells):
        raise BadInput("nul", where={"row": line})
    headers = [" ".join(_plain(cell, line).split()) for cell in cells]
    if not any(headers):
        raise BadInput("header_missing", where={"row": line})
    if len(headers) > COLUMNS:
        facts: dict[str, object] = {"has": len(headers), "longest": COLUMNS}
        raise BadInput("too_many_columns", facts=facts, where={"row": line})
    seen: dict[str, int] = {}
    for number, header in enumerate(headers, 1):
        if len(header) > FIELD_CHARACTERS:
            raise BadInput("field_too_long", facts={"longest": FIELD_CHARACTERS}, where={"row": line})
        if header and header.casefold() in seen:
            facts = {"header": header, "first": seen[header.casefold()], "second": number}
            raise BadInput("header_twice", facts=facts, where={"row": line, "column": header})
        seen[header.casefold()] = number
    return headers
