# SPDX-License-Identifier: Apache-2.0
"""Columns of a CSV table, from a file or standard input: figures by the one grammar, refused by row and column.

A table of readings can be long, so it is read piece by piece and only the columns that are asked for are kept.
"""

from __future__ import annotations

import csv
import io
import os
import re
import unicodedata
from array import array
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Annotated, BinaryIO, TypeAlias

import typer

from qcdesk.cli.call import Call
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.numbers import DIGITS_BEFORE, parse_number
from qcdesk.i18n import mark
from qcdesk.services.trouble import Trouble
from qcdesk.statistics.readings import BadReadings
from qcdesk.wording.processes import as_input

MOST_ROWS = 5_000_000
SEPARATORS = "\t;|,"  # the comma last: beside another one it is a decimal sign or stands in a text
_LONGEST_LINE = 1_000_000  # characters
_BLOCK = 262_144
_PEEKED = 50  # lines from which separator and heading are told
_PIECE = 20_000  # rows read at a time
_DIGITS_AFTER = 20  # programs write a float with up to 17 of them, people never
_FIGURE = {
    sign: rf"[ \t]*+-?[0-9]{{1,{DIGITS_BEFORE}}}+(?:{re.escape(sign)}[0-9]{{1,{_DIGITS_AFTER}}}+)?[ \t]*+"
    for sign in ".,"
}
_FIGURES = {sign: re.compile(rf"(?:{figure}\n)*+") for sign, figure in _FIGURE.items()}
_LIKE_A_FIGURE = re.compile(r"[+-]?\s*(?:[.,]?[0-9].*|nan|inf(?:inity)?)", re.IGNORECASE | re.DOTALL)
_TAB = {"tab": "\t", "\\t": "\t"}
_SIGN = re.compile(r"[.,]")

# For the commands that read a table, spelled alike.
Separator = Annotated[str | None, typer.Option("--separator", help=mark("Comma, semicolon, bar or tab."))]
Header = Annotated[
    bool | None, typer.Option("--header/--no-header", help=mark("Whether the first row names the columns."))
]


@dataclass(frozen=True)
class Columns:
    """What was read: ``numbers`` and ``texts`` in the order asked for, each ``rows`` long.

    A figure that is missing is NaN, which happens only where gaps were allowed.
    """

    numbers: tuple[array[float], ...]
    texts: tuple[tuple[str, ...], ...]
    rows: int


_Piece: TypeAlias = "tuple[Sequence[int], Sequence[Sequence[str]]]"  # lines, columns


class Table:
    """A table whose headings are known and whose rows can be read once.

    ``headings`` are those of the first row, or none where it holds figures already. ``width`` is the number of columns.
    """

    def __init__(self, blocks: Iterator[str], name: str, separator: str | None, header: bool | None) -> None:
        """Tell separator and headings from the first lines.

        Args: blocks: its text in pieces of whole lines, each ended by a line feed. name: for the place of what is wrong.
            separator: one of ``SEPARATORS``; without it, it is found. header: whether the first row names the columns;
            without it, that is told by its cells.
        Raises: BadInput: ``file_empty``, ``separator_unknown``, ``header_twice``, and those of ``read``.
        """
        if separator is not None and (len(separator) != 1 or separator not in SEPARATORS):
            raise BadInput("separator_unknown", facts={"value": separator}, where={"field": "separator"})
        self.name = name
        self._decimal_sign: str | None = None
        self._blocks = blocks
        self._lines_before = 0
        begin = io.StringIO(next(blocks, ""))
        self.separator = separator or _separator(list(islice(begin, _PEEKED)))
        begin.seek(0)
        cells = self._first_row(begin)
        self.width = len(cells)
        figures = any(_LIKE_A_FIGURE.fullmatch(cell.strip()) for cell in cells)
        named = not figures if header is None else header
        self.headings = tuple(unicodedata.normalize("NFC", cell.strip()) for cell in cells) if named else ()
        if not named:
            begin.seek(self._begun_at)
            self._lines_before = self._begun_line
        self._rest = begin.read()
        for number, heading in enumerate(self.headings):
            if heading and heading in self.headings[:number]:
                raise BadInput("header_twice", where={**self._where(self._lines_before), "column": heading})

    def place(self, wanted: str, field: str = "column") -> int:
        """Return which column is meant by a heading, or by a number that counts from 1.

        Raises: BadInput: ``no_such_column`` (facts ``value``, ``known``).
        """
        bare = unicodedata.normalize("NFC", wanted.strip())
        if bare in self.headings:
            return self.headings.index(bare)
        folded = [heading.casefold() for heading in self.headings]
        if folded.count(bare.casefold()) == 1:
            return folded.index(bare.casefold())
        if bare.isascii() and bare.isdigit() and len(bare) < 5 and 1 <= int(bare) <= self.width:
            return int(bare) - 1
        facts: dict[str, object] = {"value": wanted, "known": self.known}
        raise BadInput("no_such_column", facts=facts, where={"file": self.name, "field": field})

    @property
    def known(self) -> tuple[str, ...]:
        """How each column is called: its heading, else its number."""
        if not self.headings:
            return tuple(str(number + 1) for number in range(self.width))
        return tuple(heading or str(number + 1) for number, heading in enumerate(self.headings))

    def only(self, wanted: str | None, field: str = "value") -> int:
        """Return the column that is named by an option; without a name, the only one there is.

        Args: field: the option's name.
        Raises: BadInput: ``columns_unclear`` (facts ``known``, ``options``), ``no_such_column``.
        """
        if wanted is not None:
            return self.place(wanted, field)
        if self.width != 1:
            facts: dict[str, object] = {"known": self.known, "options": f"--{field}"}
            raise BadInput("columns_unclear", facts=facts, where={"file": self.name})
        return 0

    def read(
        self, numbers: Sequence[int], texts: Sequence[int] = (), *, gaps: bool = False, most: int = MOST_ROWS
    ) -> Columns:
        """Read the rows, of these columns only (counted from 0); empty lines do not count.

        Args: gaps: whether a figure may be missing. most: rows that are taken.
        Returns: figures as floats; point or comma as decimal sign, the same one in the whole table.
        Raises: BadInput: ``number``, ``number_missing``, ``number_too_long``, ``text_missing``, ``row_width``,
            ``too_many_rows``, ``quote``, ``table_not_utf8``, ``field_too_long``, with file, row and column.
        """
        kept = [array("d") for _ in numbers]
        said: list[list[str]] = [[] for _ in texts]
        known_texts: dict[str, str] = {}
        rows = 0
        for lines, columns in self._pieces():
            rows += len(lines)
            if rows > most:
                raise BadInput("too_many_rows", facts={"longest": most}, where={"file": self.name})
            for one, at in zip(kept, numbers, strict=True):
                one.extend(self._figures(columns[at], lines, at, gaps=gaps))
            for many, at in zip(said, texts, strict=True):
                for row, cell in zip(lines, columns[at], strict=True):
                    text = cell.strip()
                    if not text:
                        raise BadInput("text_missing", where=self._where(row, at))
                    many.append(known_texts.setdefault(text, text))
        return Columns(tuple(kept), tuple(map(tuple, said)), rows)

    def _first_row(self, begin: io.StringIO) -> list[str]:
        """Return the cells of the first row that holds something, and remember where it begins."""
        while True:
            self._begun_at, self._begun_line = begin.tell(), self._lines_before
            reader = csv.reader(begin, delimiter=self.separator, strict=True)
            try:
                cells = next(reader, None)
            except csv.Error as odd:
                raise self._broken(str(odd), self._lines_before + reader.line_num) from odd
            if cells is None:
                raise BadInput("file_empty", where={"file": self.name})
            self._lines_before += reader.line_num
            if any(cell.strip() for cell in cells):
                return cells

    def _pieces(self) -> Iterator[_Piece]:
        """Yield the rows in pieces; a text without quotation marks is cut at its signs, all at once."""
        separator = re.escape(self.separator)
        cell = rf"[^{separator}\n]*+"
        even = re.compile(f"(?:(?:{cell}{separator}){{{self.width - 1}}}{cell}\n)*+")
        blank = re.compile(rf"^[{separator} \t]*\n", re.MULTILINE)
        for block in chain([self._rest], self._blocks):
            if '"' in block:  # what is quoted may go on in the next block
                yield from self._read_rows(
                    chain(io.StringIO(block), chain.from_iterable(map(io.StringIO, self._blocks)))
                )
                return
            if even.fullmatch(block) and not blank.search(block):
                cells = block.replace("\n", self.separator).split(self.separator)
                ends = len(cells) - 1
                columns: list[Sequence[str]] = [cells[at : ends : self.width] for at in range(self.width)]
                begin, self._lines_before = self._lines_before + 1, self._lines_before + len(columns[0])
                yield range(begin, self._lines_before + 1), columns
            else:
                yield from self._read_rows(io.StringIO(block))

    def _read_rows(self, lines: Iterator[str]) -> Iterator[_Piece]:
        """Yield the rows that hold something, each with the line on which it ends."""
        reader = csv.reader(lines, delimiter=self.separator, strict=True)
        before = self._lines_before
        while True:
            full: list[tuple[int, list[str]]] = []
            try:
                for cells in islice(reader, _PIECE):
                    if any(cell.strip() for cell in cells):
                        self._require_width(cells, before + reader.line_num)
                        full.append((before + reader.line_num, cells))
            except csv.Error as odd:
                raise self._broken(str(odd), before + reader.line_num) from odd
            if full:
                yield [row for row, _ in full], list(zip(*(cells for _, cells in full), strict=True))
            if before + reader.line_num == self._lines_before:
                return
            self._lines_before = before + reader.line_num

    def _require_width(self, cells: Sequence[str], row: int) -> None:
        if len(cells) != self.width:
            facts: dict[str, object] = {"has": len(cells), "wants": self.width}
            raise BadInput("row_width", facts=facts, where=self._where(row))

    def _broken(self, said: str, row: int) -> BadInput:
        if "limit" in said:
            longest = csv.field_size_limit()
            return BadInput("field_too_long", facts={"longest": longest}, where=self._where(row))
        return BadInput("open_quote" if "unexpected end" in said else "quote", where=self._where(row))

    def _figures(self, cells: Sequence[str], lines: Sequence[int], at: int, *, gaps: bool) -> Iterator[float]:
        """Yield the figures of a piece of a column; all at once where all are plain, else one by one."""
        joined = "\n".join(cells) + "\n"
        if self._decimal_sign is None and (found := _SIGN.search(joined)):
            self._decimal_sign = found[0]
        sign = self._decimal_sign or "."
        if _FIGURES[sign].fullmatch(joined) and joined.count("\n") == len(cells):
            return map(float, cells if sign == "." else [cell.replace(",", ".") for cell in cells])
        return self._one_by_one(cells, lines, at, sign, gaps=gaps)

    def _one_by_one(
        self, cells: Sequence[str], lines: Sequence[int], at: int, sign: str, *, gaps: bool
    ) -> Iterator[float]:
        for row, cell in zip(lines, cells, strict=True):
            if gaps and not cell.strip():
                yield float("nan")
            elif re.fullmatch(_FIGURE[sign], cell):
                yield float(cell.replace(",", "."))
            else:
                yield float(parse_number(cell, sign, where=self._where(row, at)).value)

    def _where(self, row: int, column: int | None = None) -> dict[str, object]:
        where: dict[str, object] = {"file": self.name, "row": row}
        return where if column is None else {**where, "column": self.known[column]}


@contextmanager
def open_table(
    call: Call, file: str, *, separator: str | None = None, header: bool | None = None
) -> Iterator[Table]:
    """Open a table: a file in UTF-8, or standard input (``-``).

    Args: separator, header: as ``Table`` takes them; a tab may be spelled ``tab``.
    Raises: BadInput: ``no_file``, ``not_a_file``, those of ``Table``, and what ``as_input`` says of readings that nothing
        can be computed with, where it is found while the table is open. Trouble: ``file_unreadable``.
    """
    name = "-" if file == "-" else Path(file).name
    stream = call.stdin if file == "-" else _opened(file, name)
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline=None)
    try:
        yield Table(_blocks(text, file, name), name, _TAB.get(separator or "", separator), header)
    except BadReadings as bad:
        raise as_input(bad, call.words, name) from bad
    finally:
        text.detach()
        if stream is not call.stdin:
            stream.close()


def _opened(file: str, name: str) -> BinaryIO:
    path = Path(file)
    try:
        if path.exists() and not path.is_file():
            raise BadInput("not_a_file", facts={"file": file}, where={"file": name})
        return path.open("rb")
    except (FileNotFoundError, NotADirectoryError, ValueError) as missing:  # ValueError: a NUL in the name
        raise BadInput("no_file", facts={"file": file}) from missing
    except OSError as failed:
        raise _unreadable(file, failed) from failed


def _blocks(text: io.TextIOWrapper, file: str, name: str) -> Iterator[str]:
    """Yield the text in pieces of whole lines: line by line would take longer than all the rest."""
    number, begun = 1, ""
    try:
        while block := text.read(_BLOCK):
            whole, end, rest = block.rpartition("\n")
            if end:
                yield begun + whole + end
                number += whole.count("\n") + 1
                begun = ""
            begun += rest
            if len(begun) > _LONGEST_LINE:
                facts: dict[str, object] = {"longest": _LONGEST_LINE}
                raise BadInput("field_too_long", facts=facts, where={"file": name, "row": number})
    except UnicodeDecodeError as odd:
        raise BadInput("table_not_utf8", where={"file": name}) from odd
    except OSError as failed:
        raise _unreadable(file, failed) from failed
    if begun:
        yield begun + "\n"


def _unreadable(file: str, failed: OSError) -> Trouble:
    return Trouble("file_unreadable", file=file, reason=failed.strerror or os.strerror(failed.errno or 0))


def _separator(lines: Sequence[str]) -> str:
    """Return the separator that stands equally often in all these lines; where none does, in the first."""
    full = [line for line in lines if line.strip()]
    for separator in SEPARATORS:
        try:
            widths = {len(cells) for cells in csv.reader(full, delimiter=separator) if cells}
        except csv.Error:
            continue
        if len(widths) == 1 and widths != {1}:
            return separator
    first = full[0] if full else ""
    return next((separator for separator in SEPARATORS if separator in first), ",")
