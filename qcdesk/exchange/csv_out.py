# SPDX-License-Identifier: Apache-2.0
"""Tables that go out: CSV that no table program takes for formulas, and JSON Lines, row by row."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from qcdesk.exchange.stored_files import written_whole

Cell = str | int | Decimal | date | datetime | None

# What a table program takes for the beginning of a formula, in its full-width forms too. Quotes before it count,
# else a text that had a quote could not be told from one that was given it.
_RISKY = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
_CHUNK = 65_536  # characters
_Add = Callable[[Sequence["Cell"]], None]


@dataclass(frozen=True)
class Written:
    """A file that stands complete on the disk: its rows without the header, and its hash."""

    path: Path
    rows: int
    sha256: str


def looks_like_formula(text: str) -> bool:
    """Tell whether a table program would take a text for a formula."""
    return _RISKY.match(text) is not None


def guarded(text: str) -> str:
    """Return a text with a quote before it where a table program would see a formula."""
    return "'" + text if _RISKY.match(text) else text


def unguarded(text: str) -> str:
    """Return what ``guarded`` was given."""
    return text[1:] if text.startswith("'") and _RISKY.match(text) else text


def write_csv(path: Path, headers: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Written:
    """Write a CSV file: UTF-8 with its mark (table programs ask for it), comma, CRLF.

    Texts that look like formulas are quote-prefixed; numbers stay numbers, days and times are ISO 8601.
    Raises: Trouble: ``disk_full``, ``file_unwritable``; the file that stood there stays as it was.
    """
    buffer = io.StringIO()
    buffer.write("\ufeff")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([guarded(header) for header in headers])

    def add(cells: Sequence[Cell]) -> None:
        writer.writerow([_plain(cell) for cell in cells])

    return _write(path, buffer, len(headers), rows, add)


def write_json_lines(path: Path, headers: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Written:
    """Write one JSON object a line, with the headers as its keys; decimals are strings and keep their digits.

    Raises: as ``write_csv``.
    """
    buffer = io.StringIO()

    def add(cells: Sequence[Cell]) -> None:
        said = {h: _json_cell(cell) for h, cell in zip(headers, cells, strict=True)}
        buffer.write(json.dumps(said, ensure_ascii=False, allow_nan=False) + "\n")

    return _write(path, buffer, len(headers), rows, add)


def _write(path: Path, buffer: io.StringIO, width: int, rows: Iterable[Sequence[Cell]], add: _Add) -> Written:
    count = 0
    digest = hashlib.sha256()

    def chunks() -> Iterator[bytes]:
        nonlocal count
        for cells in rows:
            if len(cells) != width:
                raise ValueError(f"row {count + 1} has {len(cells)} cells, not {width}")
            add(cells)
            count += 1
            if buffer.tell() > _CHUNK:
                yield _drained(buffer)
        yield _drained(buffer)

    with written_whole(path) as file:
        for chunk in chunks():
            digest.update(chunk)
            file.write(chunk)
    return Written(path, count, digest.hexdigest())


def _plain(cell: Cell) -> str | int:
    if isinstance(cell, str):
        return guarded(cell)
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, Decimal):
        return _digits(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if cell is None else cell


def _json_cell(cell: Cell) -> str | int | None:
    if isinstance(cell, Decimal):
        return _digits(cell)
    return cell.isoformat() if isinstance(cell, date) else cell


def _digits(value: Decimal) -> str:
    if not value.is_finite():
        raise ValueError(f"no number: {value}")
    return f"{value:f}"


def _drained(buffer: io.StringIO) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode()
