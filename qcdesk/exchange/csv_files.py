# SPDX-License-Identifier: Apache-2.0
"""CSV files: read apart from the program, within limits, refused on doubt with file, row and column."""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
import json
import stat
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from qcdesk.domain.inputs import BadInput
from qcdesk.exchange.apart import Facts, work_apart
from qcdesk.services.trouble import Trouble

FILE_BYTES = 50_000_000
ROWS = 250_000
COLUMNS = 256
FIELD_CHARACTERS = 10_000
SEPARATORS = ",;\t|"
LOOKED_AT = 65_536  # characters from which separator and encoding are guessed

# Codecs that spell text, by Python's own names. Not among them: utf-7 and the like, which hide signs from
# whoever reads the bytes, and Python's codecs that are no encodings of text (zip, rot13, unicode_escape).
ENCODINGS = frozenset(
    {"ascii", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"}
    | {f"cp{number}" for number in (437, 850, 852, 866, 874, 932, 949, 950, *range(1250, 1259))}
    | {f"iso8859-{number}" for number in (1, 2, 5, 7, 9, 11, 15)}
    | {"gb2312", "gbk", "gb18030", "big5", "big5hkscs", "tis-620", "shift_jis", "euc_jp", "euc_kr"}
    | {"koi8-r", "koi8-u", "mac-roman"}
)
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


@dataclass(frozen=True)
class SheetRow:
    """One record: the line of the file on which it begins, counted from 1, and a cell for every header."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """What a file says, as plain text, and how it was read; ``blank`` counts the empty rows left out."""

    headers: tuple[str, ...]
    rows: tuple[SheetRow, ...]
    encoding: str
    separator: str
    sha256: str
    blank: int = 0


def read_csv(path: Path, *, encoding: str | None = None, separator: str | None = None) -> Sheet:
    """Read a CSV file of any usual separator.

    Args: path: a plain file of at most 50 MB. encoding: by name; without it only UTF-8, or UTF-16 with its
        mark. separator: one of ``,`` ``;`` tab ``|``; without it, it is found.
    Returns: the sheet; cells are in NFC and otherwise as they stand.
    Raises: BadInput: with ``where`` = file and, as far as known, row and column. Codes: ``no_file``,
        ``not_a_file``, ``file_empty``, ``file_too_big``, ``encoding`` (facts ``likely``, ``byte``,
        ``tried``; the way on is ``--encoding``), ``encoding_unknown``, ``encoding_contradicts``, ``nul``,
        ``open_quote``, ``quote``, ``row_width`` (``has``, ``wants``), ``header_twice``, ``header_missing``,
        ``too_many_rows``, ``too_many_columns``, ``field_too_long``, ``separator_unclear`` (``candidates``,
        ``likely``), ``separator_unknown``, ``not_csv`` (``likely``), and those of ``work_apart``.
        Trouble: ``file_unreadable``.
    """
    where: dict[str, object] = {"file": path.name}
    try:
        payload = read_file(path)
        request = {"encoding": encoding, "separator": separator}
        how, answer = work_apart(read_in_child, request, payload)
    except BadInput as bad:
        raise BadInput(bad.code, facts=bad.facts, where={**where, **bad.where}) from bad
    rows = tuple(SheetRow(line, tuple(cells)) for line, cells in json.loads(answer))
    return Sheet(
        headers=tuple(how["headers"]),
        rows=rows,
        encoding=how["encoding"],
        separator=how["separator"],
        sha256=hashlib.sha256(payload).hexdigest(),
        blank=how["blank"],
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


def read_in_child(request: Facts, payload: bytes) -> tuple[Facts, bytes]:
    """Do the reading of ``read_csv``; runs in the child process and hands back the rows as JSON."""
    text, encoding = _decoded(payload, request["encoding"])
    if "\0" in text:
        raise BadInput("nul", where={"row": text.count("\n", 0, text.index("\0")) + 1})
    said: str | None = request["separator"]
    skipped = 0
    if text[:4].lower() == "sep=" and text[4:5] in SEPARATORS and text[5:6] in ("\r", "\n"):
        said = said or text[4]  # a first line that Excel writes and reads
        line_end = 7 if text[5:7] == "\r\n" else 6
        text, skipped = text[line_end:], 1
    if said is not None and (len(said) != 1 or said not in SEPARATORS):
        raise BadInput("separator_unknown", facts={"value": said, "candidates": list(SEPARATORS)})
    separator = said or _found_separator(text)
    records = _records(text, separator, skipped)
    headers = _headers(*next(records, (1, [])))
    rows: list[tuple[int, list[str]]] = []
    blank = 0
    for line, cells in records:
        if not any(cell.strip() for cell in cells):
            blank += 1
            continue
        if len(cells) != len(headers):
            raise BadInput("row_width", facts={"has": len(cells), "wants": len(headers)}, where={"row": line})
        if len(rows) == ROWS:
            raise BadInput("too_many_rows", facts={"longest": ROWS}, where={"row": line})
        rows.append((line, [unicodedata.normalize("NFC", cell) for cell in cells]))
    how = {"headers": headers, "encoding": encoding, "separator": separator, "blank": blank}
    return how, json.dumps(rows).encode()


def _decoded(payload: bytes, said: str | None) -> tuple[str, str]:
    marked = next((name for mark, name in _MARKS if payload.startswith(mark)), None)
    if payload.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise BadInput("encoding", facts={"likely": "utf-32", "byte": 0}, where={"row": 1})
    if payload.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"\x1f\x8b")):
        likely = {b"P": "xlsx", b"\xd0": "xls", b"%": "pdf", b"\x1f": "gz"}[payload[:1]]
        raise BadInput("not_csv", facts={"likely": likely})
    name = marked or "utf-8"
    if said is not None:
        try:
            name = codecs.lookup(said).name
        except (LookupError, ValueError) as unknown:
            raise BadInput("encoding_unknown", facts={"value": said[:40]}) from unknown
        if name not in ENCODINGS:
            raise BadInput("encoding_unknown", facts={"value": said[:40]})
        if marked and not name.startswith(marked[:6].rstrip("-")):
            raise BadInput("encoding_contradicts", facts={"value": said, "mark": marked})
        name = marked or name
    try:
        return payload.decode(name), name
    except UnicodeDecodeError as wrong:
        line = payload.count(b"\n", 0, wrong.start) + 1
        facts: Facts = {"likely": _likely_encoding(payload), "byte": wrong.start, "tried": name}
        raise BadInput("encoding", facts=facts, where={"row": line}) from wrong


def _likely_encoding(payload: bytes) -> str | None:
    """Name the encoding that a file seems to have; offered to a person, never applied."""
    from charset_normalizer import from_bytes  # lazy: only when a file is not UTF-8

    best = from_bytes(payload[:LOOKED_AT]).best()
    return None if best is None else codecs.lookup(best.encoding).name


def _found_separator(text: str) -> str:
    """Find the separator whose use is the same in every row looked at; refuse when two would do."""
    sample = text[:LOOKED_AT]
    if len(text) > LOOKED_AT:
        sample = sample[: sample.rfind("\n") + 1] or sample
    widths = {separator: _widths(sample, separator, len(text) > LOOKED_AT) for separator in SEPARATORS}
    even = [s for s in SEPARATORS if len(set(widths[s])) == 1 and widths[s][0] > 1]
    if len(even) == 1:
        return even[0]
    try:
        sniffed: str | None = csv.Sniffer().sniff(sample, SEPARATORS).delimiter
    except csv.Error:
        sniffed = None
    if len(even) > 1:
        raise BadInput("separator_unclear", facts={"candidates": even, "likely": sniffed})
    # No separator is used evenly: take the one that the header has, so that the odd row is named.
    header = max(SEPARATORS, key=lambda s: (widths[s][0] if widths[s] else 0, s == sniffed))
    return header if widths[header] and widths[header][0] > 1 else ","


def _widths(sample: str, separator: str, cut: bool) -> list[int]:
    found: list[int] = []
    try:
        for cells in csv.reader(io.StringIO(sample, newline=""), delimiter=separator):
            if any(cell.strip() for cell in cells):
                found.append(len(cells))
    except csv.Error:
        pass  # what is wrong is said, with its row, when the whole file is read
    return found[:-1] if cut and len(found) > 1 else found


def _records(text: str, separator: str, skipped: int) -> Iterator[tuple[int, list[str]]]:
    """Yield each record with the line on which it begins."""
    csv.field_size_limit(FIELD_CHARACTERS)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    while True:
        line = reader.line_num + 1 + skipped
        try:
            cells = next(reader, None)
        except csv.Error as wrong:
            raise _named(wrong, line, reader.line_num + skipped) from wrong
        if cells is None:
            return
        yield line, cells


def _named(wrong: csv.Error, line: int, end: int) -> BadInput:
    said = str(wrong)
    if "unexpected end" in said or ("field limit" in said and end > line):
        return BadInput("open_quote", where={"row": line})
    if "field limit" in said:
        return BadInput("field_too_long", facts={"longest": FIELD_CHARACTERS}, where={"row": line})
    return BadInput("quote", where={"row": end})


def _headers(line: int, cells: list[str]) -> list[str]:
    headers = [" ".join(unicodedata.normalize("NFC", cell).split()) for cell in cells]
    if not any(headers):
        raise BadInput("header_missing", where={"row": line})
    if len(headers) > COLUMNS:
        facts: dict[str, object] = {"has": len(headers), "longest": COLUMNS}
        raise BadInput("too_many_columns", facts=facts, where={"row": line})
    seen: dict[str, int] = {}
    for number, header in enumerate(headers, 1):
        if header and header.casefold() in seen:
            facts = {"header": header, "first": seen[header.casefold()], "second": number}
            raise BadInput("header_twice", facts=facts, where={"row": line, "column": header})
        seen[header.casefold()] = number
    return headers
