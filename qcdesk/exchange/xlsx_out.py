# SPDX-License-Identifier: Apache-2.0
"""Tables that go out as XLSX: texts are texts whatever they begin with, numbers stay numbers, days are days."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from qcdesk.domain.inputs import BadInput
from qcdesk.exchange.csv_out import Cell, Written, looks_like_formula
from qcdesk.exchange.stored_files import written_whole
from qcdesk.exchange.stored_numbers import DIGITS

SHEET_ROWS = 1_048_576
CELL_CHARACTERS = 32_767
_EPOCH = date(1900, 3, 1)  # before it, spreadsheets do not agree what day a number is
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write_xlsx(path: Path, name: str, headers: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Written:
    """Write a workbook of one sheet, row by row.

    Texts that look like formulas carry the mark by which spreadsheets keep them texts, also when they are edited. A
    figure of more digits than spreadsheets keep goes out as text, and so does a time, so that nothing is lost.
    Raises: BadInput: ``too_many_rows``, ``field_too_long`` (facts ``longest``); Trouble: ``disk_full``,
        ``file_unwritable``; the file that stood there stays as it was.
    """
    import xlsxwriter  # lazy: only when a workbook goes out

    buffer = io.BytesIO()
    count = 0
    with xlsxwriter.Workbook(buffer, _OPTIONS) as book:
        sheet = book.add_worksheet(name[:31])
        quoted = book.add_format({"quote_prefix": True})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.freeze_panes(1, 0)
        for line, cells in enumerate(_with_header(headers, rows)):
            if len(cells) != len(headers):
                raise ValueError(f"row {line} has {len(cells)} cells, not {len(headers)}")
            if line == SHEET_ROWS:
                raise BadInput("too_many_rows", facts={"longest": SHEET_ROWS - 1}, where={"file": path.name})
            count = line
            for column, cell in enumerate(cells):
                plain = _plain(cell)
                if plain is None or plain == "":
                    continue
                if isinstance(plain, str):
                    if len(plain) > CELL_CHARACTERS:
                        where: dict[str, object] = {
                            "file": path.name,
                            "row": line + 1,
                            "column": headers[column],
                        }
                        raise BadInput("field_too_long", facts={"longest": CELL_CHARACTERS}, where=where)
                    sheet.write_string(line, column, plain, quoted if looks_like_formula(plain) else None)
                elif isinstance(plain, date):
                    sheet.write_number(line, column, (plain - date(1899, 12, 30)).days, day)
                else:
                    sheet.write_number(line, column, float(plain))
    payload = buffer.getvalue()
    with written_whole(path) as file:
        file.write(payload)
    return Written(path, count, hashlib.sha256(payload).hexdigest())


def _with_header(headers: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterable[Sequence[Cell]]:
    yield tuple(headers)
    yield from rows


def _plain(cell: Cell) -> str | int | Decimal | date | None:
    """Return what the sheet keeps of a cell without loss."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, datetime):
        return cell.isoformat()
    if isinstance(cell, date):
        return cell if cell >= _EPOCH else cell.isoformat()
    if isinstance(cell, Decimal):
        if not cell.is_finite():
            raise ValueError(f"no number: {cell}")
        text = f"{cell:f}"
        # A spreadsheet drops needless zeros, which tell how finely was read.
        needless = "." in text and text.endswith("0")
        return text if needless or len(cell.normalize().as_tuple().digits) > DIGITS else cell
    if isinstance(cell, int):
        return cell if abs(cell) < 10**DIGITS else str(cell)
    return cell
