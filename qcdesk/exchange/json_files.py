# SPDX-License-Identifier: Apache-2.0
"""JSON that comes in as rows: one object a line, or an array of objects; digits stay as they were written."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from qcdesk.domain.inputs import BadInput
from qcdesk.exchange.apart import Facts
from qcdesk.exchange.sheets import COLUMNS, Mark, Records
from qcdesk.exchange.stored_numbers import plain_number

LOOKS_LIKE_JSON = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*(?:[\[{\]]|$))")

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_LONGEST_FIGURE = 400  # digits


def read_json(text: str, *, encoding: str, array: str | None = None) -> tuple[Facts, bytes]:
    """Read JSON Lines or an array of objects; runs in the child process.

    Args: array: the keys that lead to the array in a single document, with dots between them.
    Returns: as ``Records.handed_back``; the keys of all objects are the headers, in order of their first place. The line
        of a row is its line in JSON Lines, and in an array its place, from 1.
    Raises: BadInput: ``not_json`` (facts ``line``, ``column``), ``json_key_twice`` (``key``), ``json_number``
        (``value``), ``json_row`` (a row is no object), ``json_array`` (``arrays``: those there are),
        ``json_none``, ``json_array_unknown`` (``value``, ``arrays``), ``json_no_arrays`` (``value``),
        ``json_no_rows``, and those of ``Records``.
    """
    lines = None if array else _lines(text)
    rows = lines if lines is not None else enumerate(_array(_parsed(text, 1), array), 1)
    found: list[tuple[int, dict[str, Any]]] = []
    headers: dict[str, int] = {}
    for line, row in rows:
        if not isinstance(row, dict):
            raise BadInput("json_row", where={"row": line})
        for key in row:
            if key not in headers:
                headers[key] = len(headers)
                if len(headers) > COLUMNS:
                    facts: dict[str, object] = {"has": len(headers), "longest": COLUMNS}
                    raise BadInput("too_many_columns", facts=facts, where={"row": line})
        found.append((line, row))
    if not found:
        raise BadInput("json_no_rows", where={"row": 1})
    records = Records(strict_width=False)
    records.header(1, list(headers) or [""])
    for line, row in found:
        cells, marks = [""] * len(headers), {}
        for key, value in row.items():
            cells[headers[key]], nested = _cell(value)
            if nested:
                marks[headers[key]] = Mark("nested")
        records.add(line, cells, marks)
    return records.handed_back(form="json", encoding=encoding)


def _lines(text: str) -> Iterator[tuple[int, Any]] | None:
    """Return the objects of JSON Lines with their lines; None where the text is one document."""
    if text.lstrip("\ufeff \t\r\n")[:1] != "{":
        return None
    every = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    if len(every) == 1:
        only = _parsed(every[0][1], every[0][0])
        return None if isinstance(only, dict) and _arrays(only) else iter([(every[0][0], only)])
    try:
        _parsed(every[0][1], every[0][0])
    except BadInput as bad:
        if bad.code == "not_json":
            return None
        raise
    return ((number, _parsed(line, number)) for number, line in every)


def _parsed(text: str, line: int) -> Any:  # noqa: ANN401 - what a document holds
    try:
        return _DECODER.decode(text)
    except json.JSONDecodeError as wrong:
        facts: dict[str, object] = {"line": line + wrong.lineno - 1, "column": wrong.colno}
        raise BadInput("not_json", facts=facts, where={"row": line + wrong.lineno - 1}) from wrong
    except RecursionError as deep:
        raise BadInput("not_json", facts={"line": line, "column": 1}, where={"row": line}) from deep
    except BadInput as bad:
        raise BadInput(bad.code, facts=bad.facts, where={"row": line, **bad.where}) from bad


def _array(document: Any, path: str | None) -> list[Any]:  # noqa: ANN401 - what a document holds
    """Return the array of rows: the document itself, or the one that the map names."""
    if path is None:
        if isinstance(document, list):
            return document
        arrays = _arrays(document) if isinstance(document, dict) else []
        raise BadInput("json_array", facts={"arrays": arrays}) if arrays else BadInput("json_none")
    found = document
    for key in path.split("."):
        found = found.get(key) if isinstance(found, dict) else None
    if not isinstance(found, list):
        arrays = _arrays(document) if isinstance(document, dict) else []
        if not arrays:
            raise BadInput("json_no_arrays", facts={"value": path[:80]})
        raise BadInput("json_array_unknown", facts={"value": path[:80], "arrays": arrays})
    return found


def _arrays(document: dict[str, Any]) -> list[str]:
    """Return the ways to the lists of objects in a document, two keys deep at most."""
    found = []
    for key, value in document.items():
        if isinstance(value, list) and value and all(isinstance(each, dict) for each in value):
            found.append(key)
        elif isinstance(value, dict):
            found += [
                f"{key}.{inner}"
                for inner, each in value.items()
                if isinstance(each, list) and each and all(isinstance(one, dict) for one in each)
            ]
    return found


def _cell(value: Any) -> tuple[str, bool]:  # noqa: ANN401 - what a document holds
    if isinstance(value, str):
        return value, False
    if value is None:
        return "", False
    if isinstance(value, bool):
        return ("true" if value else "false"), False
    return "…", True


def _figure(text: str) -> str:
    if len(text) > _LONGEST_FIGURE:
        raise BadInput("json_number", facts={"value": text[:40]})
    if _NUMBER.fullmatch(text):
        return text
    plain = plain_number(text)
    if plain is None:
        raise BadInput("json_number", facts={"value": text[:40]})
    return plain


def _no_figure(name: str) -> str:
    raise BadInput("json_number", facts={"value": name})


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise BadInput("json_key_twice", facts={"key": key[:80]})
            seen.add(key)
    return found


_DECODER = json.JSONDecoder(
    object_pairs_hook=_once, parse_float=_figure, parse_int=_figure, parse_constant=_no_figure
)
