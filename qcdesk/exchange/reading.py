# SPDX-License-Identifier: Apache-2.0
"""A table file of any form: what it is is told by its content, and it is read apart from the program."""

from __future__ import annotations

import hashlib
from pathlib import Path

from qcdesk.domain.inputs import BadInput
from qcdesk.exchange.apart import Facts, work_apart
from qcdesk.exchange.csv_files import decoded, read_csv
from qcdesk.exchange.json_files import LOOKS_LIKE_JSON, read_json
from qcdesk.exchange.ods_files import CONTENT, read_ods
from qcdesk.exchange.sheets import Sheet, read_file, sheet_of
from qcdesk.exchange.xlsx_files import read_xlsx
from qcdesk.exchange.zip_files import Archive

_OTHER_KINDS = (
    (b"%PDF", "PDF"), (b"\x1f\x8b", "gz"), (b"Rar!", "RAR"), (b"7z\xbc\xaf", "7z"), (b"PK\x05\x06", "ZIP"),
    (b"PK\x07\x08", "ZIP"), (b"\x89PNG", "PNG"), (b"\xff\xd8\xff", "JPEG"), (b"SQLite format 3\0", "SQLite"),
    (b"{\\rtf", "RTF"),
)  # fmt: skip
_WEB = (b"<!doctype", b"<html", b"<?xml", b"<table")
_SPREADSHEETS = {".xlsx", ".xlsm", ".ods", ".xls", ".xlsb", ".ots", ".xltx"}
_TEXTS = {".csv", ".tsv", ".txt", ".tab", ".json", ".jsonl", ".ndjson"}
_JSON = {".json", ".jsonl", ".ndjson"}


def read_table(
    path: Path,
    *,
    encoding: str | None = None,
    separator: str | None = None,
    sheet: str | None = None,
    array: str | None = None,
) -> Sheet:
    """Read CSV, XLSX, ODS or JSON (Lines, or an array), whichever the content is.

    Args: path: a plain file of at most 50 MB. encoding: by name; without it only UTF-8, or UTF-16 with its mark.
        separator: of CSV; without it, it is found. sheet: of a spreadsheet; without it the only visible one. array: of
        JSON, the keys that lead to it.
    Returns: the sheet; cells are in NFC and otherwise as they stand.
    Raises: BadInput: with ``where`` = file and, as far as known, sheet, row and column. Codes: ``not_csv`` (facts
        ``likely``), ``named_otherwise`` (``likely``, ``suffix``), ``old_spreadsheet``, ``other_archive``, those of
        ``read_file``, ``read_csv``, ``read_json``, ``read_xlsx``, ``read_ods`` and ``work_apart``.
        Trouble: ``file_unreadable``.
    """
    request: Facts = {
        "suffix": path.suffix.lower()[:10],
        "encoding": encoding,
        "separator": separator,
        "sheet": sheet,
        "array": array,
    }
    try:
        payload = read_file(path)
        how, rows = work_apart(read_in_child, request, payload)
    except BadInput as bad:
        raise BadInput(bad.code, facts=bad.facts, where={"file": path.name, **bad.where}) from bad
    return sheet_of(how, rows, hashlib.sha256(payload).hexdigest())


def read_in_child(request: Facts, payload: bytes) -> tuple[Facts, bytes]:
    """Do the reading of ``read_table``; runs in the child process and hands back the rows as JSON."""
    suffix = request.get("suffix", "")
    if payload.startswith(b"PK\x03\x04"):
        if suffix in _TEXTS:
            raise BadInput("named_otherwise", facts={"likely": "XLSX", "suffix": suffix})
        return _spreadsheet(Archive(payload), request.get("sheet"))
    _require_text(payload, suffix)
    text, encoding = decoded(payload, request.get("encoding"))
    looks_json = LOOKS_LIKE_JSON.match(text.removeprefix("\ufeff")[:4_096]) is not None
    if looks_json or suffix in _JSON:
        if "\0" in text:
            raise BadInput("nul", where={"row": text.count("\n", 0, text.index("\0")) + 1})
        return read_json(text.removeprefix("\ufeff"), encoding=encoding, array=request.get("array"))
    return read_csv(text, encoding=encoding, separator=request.get("separator"))


def _spreadsheet(archive: Archive, sheet: str | None) -> tuple[Facts, bytes]:
    if "[Content_Types].xml" in archive:
        return read_xlsx(archive, sheet)
    if "mimetype" in archive and CONTENT in archive:
        if not archive.read("mimetype").startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
            raise BadInput("other_archive")
        return read_ods(archive, sheet)
    raise BadInput("other_archive")


def _require_text(payload: bytes, suffix: str) -> None:
    """Refuse what is no table of text, by what it begins with."""
    if payload.startswith(b"\xd0\xcf\x11\xe0"):
        raise BadInput("old_spreadsheet")
    likely = next((name for start, name in _OTHER_KINDS if payload.startswith(start)), None)
    if likely is None and payload[:64].removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(_WEB):
        likely = "HTML" if b"<html" in payload[:4_096].lower() else "XML"
    if likely is not None:
        raise BadInput("not_csv", facts={"likely": likely})
    if suffix in _SPREADSHEETS:
        raise BadInput("named_otherwise", facts={"likely": "CSV", "suffix": suffix})
