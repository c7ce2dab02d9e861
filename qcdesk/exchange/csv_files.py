# SPDX-License-Identifier: Apache-2.0
"""CSV files: any usual separator, one encoding that is sure or said, refused on doubt with row and column."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator

from qcdesk.domain.inputs import BadInput
from qcdesk.exchange.apart import Facts
from qcdesk.exchange.sheets import FIELD_CHARACTERS, Records

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


def read_csv(text: str, *, encoding: str, separator: str | None = None) -> tuple[Facts, bytes]:
    """Read a CSV text of any usual separator; runs in the child process.

    Args: encoding: from which the text was decoded, only to be told. separator: one of ``,`` ``;`` tab ``|``; without
        it, it is found.
    Returns: how it was read, and the rows as JSON; cells are in NFC and otherwise as they stand.
    Raises: BadInput: with ``where`` = row and, as far as known, column. Codes: ``nul``, ``open_quote``, ``quote``,
        ``separator_unclear`` (``candidates``, ``likely``), ``separator_unknown``, and those of ``Records``.
    """
    if "\0" in text:
        raise BadInput("nul", where={"row": text.count("\n", 0, text.index("\0")) + 1})
    said = separator
    skipped = 0
    if text[:4].lower() == "sep=" and text[4:5] in SEPARATORS and text[5:6] in ("\r", "\n"):
        said = said or text[4]  # a first line that Excel writes and reads
        line_end = 7 if text[5:7] == "\r\n" else 6
        text, skipped = text[line_end:], 1
    if said is not None and (len(said) != 1 or said not in SEPARATORS):
        raise BadInput("separator_unknown", facts={"value": said, "candidates": list(SEPARATORS)})
    found = said or _found_separator(text)
    records = Records(strict_width=True)
    every = _records(text, found, skipped)
    records.header(*next(every, (1, [])))
    for line, cells in every:
        records.add(line, cells)
    return records.handed_back(form="csv", encoding=encoding, separator=found)


def decoded(payload: bytes, said: str | None = None) -> tuple[str, str]:
    """Return the text of a file and the name of its encoding: UTF-8, UTF-16 with its mark, or the one said.

    Raises: BadInput: ``encoding`` (facts ``likely``, ``byte``, ``tried``; the way on is to say it),
        ``encoding_unknown``, ``encoding_contradicts``.
    """
    marked = next((name for mark, name in _MARKS if payload.startswith(mark)), None)
    if payload.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise BadInput("encoding", facts={"likely": "utf-32", "byte": 0}, where={"row": 1})
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
