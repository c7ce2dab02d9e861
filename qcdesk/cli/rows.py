# SPDX-License-Identifier: Apache-2.0
"""Rows of a CSV table whose columns have names that a command knows."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from qcdesk.domain.inputs import BadInput

LONGEST_TABLE = 10_000_000  # bytes
MOST_ROWS = 100_000  # each is answered with some twenty fields


def rows_of(content: bytes, name: str, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield line and filled fields of a CSV table; the separator is the one its heading uses.

    Args: name: of the file, for the place of what is wrong. columns: those that it may have, in any order.
    Raises: BadInput: ``table_not_utf8``, ``file_empty``, ``unknown_kind``, ``header_twice``, ``too_many_rows``,
        ``row_width``, ``quote``, ``no_rows``.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as odd:
        raise BadInput("table_not_utf8", where={"file": name}) from odd
    heading = text.partition("\n")[0]
    separator = max(",;\t|", key=heading.count)
    reader = csv.reader(io.StringIO(text), delimiter=separator, strict=True)
    try:
        headings = [cell.strip().lower().replace("-", "_").replace(" ", "_") for cell in next(reader, [])]
        if not any(headings):
            raise BadInput("file_empty", where={"file": name})
        for column in headings:
            if column not in columns or headings.count(column) > 1:
                code = "header_twice" if headings.count(column) > 1 else "unknown_kind"
                facts: dict[str, object] = {"value": column, "known": tuple(columns)}
                raise BadInput(code, facts=facts, where={"file": name, "row": 1, "column": column})
        rows = 0
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            rows += 1
            if rows > MOST_ROWS:
                raise BadInput("too_many_rows", facts={"longest": MOST_ROWS}, where={"file": name})
            where: dict[str, object] = {"file": name, "row": reader.line_num}
            if len(cells) != len(headings):
                raise BadInput("row_width", facts={"has": len(cells), "wants": len(headings)}, where=where)
            filled = zip(headings, (cell.strip() for cell in cells), strict=True)
            yield reader.line_num, {key: cell for key, cell in filled if cell}
        if not rows:
            raise BadInput("no_rows", where={"file": name})
    except csv.Error as odd:
        raise BadInput("quote", where={"file": name, "row": reader.line_num}) from odd
