# SPDX-License-Identifier: Apache-2.0
"""Map files: which column of somebody's file feeds which field of ours, and how its words are translated.

A map is a JSON object::

    {"format": "qcdesk-map-1", "kind": "defects", "about": "what it is for, whose file",
     "encoding": "gb18030", "separator": ";", "decimal_sign": ",", "date_format": "DD/MM/YYYY",
     "repeats": "refuse", "quote_prefix": true, "sheet": "Lots", "array": "results", "another": ["LOT-1O"],
     "blank": ["N/A"],
     "fields": {
        "batch":  "Lot no.",
        "source": {"constant": "Customer"},
        "class":  {"column": "Risk", "values": {"serious": "critical"}, "other_values": "refuse"},
        "code":   {"column": "Hazards", "split": ",", "form": "code", "if_empty": "NOT-STATED"},
        "lots":   {"column": "Affected goods", "form": "lots"},
        "note":   {"columns": ["Subject", "Remark"], "join": " · ", "drop": "invisible", "cut": 500}}}

Only ``format``, ``kind`` and ``fields`` must be there; a name alone is a column. ``values`` compares without
regard to case and spaces around; a word that is not among them is a problem, or kept with ``"other_values":
"keep"``. ``split`` makes a row of each piece; two fields may share the pieces of the same columns. ``form``
``code`` makes a code of a text; ``lots`` takes the lot numbers out of free text ("Lots: A1001 Exp. 04/19; A1002"),
with a comma between them, and tells the rows in which none or not all could be read; with ``"split": ","`` each makes
a row. The field ``lots`` of a defect begins its note; ``supplier_address`` tells suppliers of the same name apart, as
``values`` of the field ``supplier`` does that give the code of one. ``cut`` keeps so many characters of a longer text,
at a word, and ends it with "…". ``drop`` ``invisible`` takes away what nobody sees. ``blank`` lists words that stand for
an empty cell.
``repeats`` says what happens when a row comes twice: ``refuse``; ``equal`` takes rows once that say the same; ``first``
takes the first and counts the others; ``keep`` (defects only) takes all. ``quote_prefix`` takes away the quote that a
table program or our own export puts before what would look like a formula (of itself in CSV only). ``sheet`` names the
sheet of a spreadsheet, ``array`` the keys that lead to the rows of a JSON document, with dots between them. ``another``
lists numbers, codes and names that read like one that is there, or like one of another row, and are something else all
the same.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from qcdesk.domain.imports import IMPORT_KINDS, ImportKind
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.names import TEXT_LENGTH
from qcdesk.exchange.dates import ISO, DateFormat
from qcdesk.exchange.sheets import read_file

FORMAT = "qcdesk-map-1"
MAP_BYTES = 1_000_000

Repeats = Literal["refuse", "equal", "first", "keep"]

# The fields of each kind of file; those with a star must be fed.
FIELDS: dict[ImportKind, tuple[str, ...]] = {
    "suppliers": ("code", "name*", "name_latin", "country", "address", "contact", "note"),
    "products": ("code*", "name*", "revision", "unit"),
    "people": ("login", "name*", "staff"),
    "batches": ("number*", "product*", "supplier", "quantity*", "order", "made_on", "ship_by", "line"),
    "defects": (
        *("batch", "supplier", "product", "code*", "class", "count", "found_on", "note", "source*"),
        *("reference", "lots", "supplier_address"),
    ),
    "catalogue": ("code*", "name*", "class*", "name_vi", "name_zh_CN", "name_th", "note"),
    "figures": ("month*", "repeat_orders*", "referrals*"),
}
_TOP = ("format", "kind", "about", "encoding", "separator", "decimal_sign", "date_format", "repeats",
        "quote_prefix", "sheet", "array", "another", "blank", "fields")  # fmt: skip
_FIELD = (
    "column",
    "columns",
    "join",
    "constant",
    "values",
    "other_values",
    "split",
    "form",
    "if_empty",
    "drop",
    "cut",
)


_ISO_DATE = DateFormat.of(ISO)


@dataclass(frozen=True)
class FieldMap:
    """Where one field comes from: columns or a constant, and what is done to the text on the way."""

    columns: tuple[str, ...] = ()
    constant: str | None = None
    join: str = " "
    values: tuple[tuple[str, str], ...] | None = None
    keep_other_values: bool = False
    split: str | None = None
    make_code: bool = False
    take_lots: bool = False
    if_empty: str | None = None
    drop_invisible: bool = False
    cut: int | None = None


@dataclass(frozen=True)
class Mapping:
    """A whole map, checked; ``encoding``, ``separator`` and ``sheet`` are None where the file's own are found.

    ``quote_prefix`` None: taken away in CSV, which has no other way to say that a text is one.
    """

    kind: ImportKind
    fields: dict[str, FieldMap]
    encoding: str | None = None
    separator: str | None = None
    decimal_sign: str = "."
    date_format: DateFormat = _ISO_DATE
    repeats: Repeats = "refuse"
    quote_prefix: bool | None = None
    sheet: str | None = None
    array: str | None = None
    another: frozenset[str] = frozenset()
    blank: frozenset[str] = frozenset()


def field_names(kind: ImportKind) -> tuple[str, ...]:
    """Return the fields of a kind of file."""
    return tuple(name.removesuffix("*") for name in FIELDS[kind])


def required_fields(kind: ImportKind) -> tuple[str, ...]:
    """Return the fields that must be fed."""
    return tuple(name.removesuffix("*") for name in FIELDS[kind] if name.endswith("*"))


def folded_header(header: str) -> str:
    """Return a header as it is compared: case and the kind of gap do not count."""
    return "_".join(header.casefold().replace("-", " ").replace("_", " ").split())


def mapping_from_headers(kind: ImportKind, headers: Iterable[str]) -> Mapping:
    """Return the map of a file whose headers are the names of our fields."""
    ours = {folded_header(name): name for name in field_names(kind)}
    fields: dict[str, FieldMap] = {}
    for header in headers:
        name = ours.get(folded_header(header))
        if name is None:
            continue
        if name in fields:
            facts: dict[str, object] = {"field": name, "first": fields[name].columns[0], "second": header}
            raise BadInput("field_twice", facts=facts, where={"column": header})
        fields[name] = FieldMap(columns=(header,))
    return Mapping(kind, fields)


def read_mapping(path: Path, kind: ImportKind) -> Mapping:
    """Read a map file.

    Args: kind: what is to be imported; the map must say the same.
    Raises: BadInput: with ``where`` = file and field, codes ``map_not_json`` (facts ``line``, ``column``),
        ``map_key_twice``, ``map_key_unknown`` (``key``, ``meant``, ``known``), ``map_key_missing`` (``key``),
        ``map_value`` (``key``, ``value``, ``wants``), ``map_kind`` (``has``, ``wants``), and those of
        ``read_file``. Trouble: ``file_unreadable``.
    """
    try:
        return parse_mapping(read_file(path, longest=MAP_BYTES), kind)
    except BadInput as bad:
        raise BadInput(bad.code, facts=bad.facts, where={"file": path.name, **bad.where}) from bad


def parse_mapping(payload: bytes, kind: ImportKind) -> Mapping:
    """Return the map that some JSON says; refusals as in ``read_mapping``."""
    top = _json(payload)
    _known(top, _TOP, None)
    for key in ("format", "kind", "fields"):
        if key not in top:
            raise BadInput("map_key_missing", facts={"key": key})
    _one_of(top, "format", (FORMAT,))
    if _one_of(top, "kind", IMPORT_KINDS) != kind:
        raise BadInput("map_kind", facts={"has": top["kind"], "wants": kind})
    named = top["fields"]
    if not isinstance(named, dict) or not named:
        raise BadInput("map_value", facts={"key": "fields", "value": "", "wants": "object"})
    _known(named, field_names(kind), None)
    fields = {name: _field(name, said) for name, said in named.items()}
    for name in required_fields(kind):
        if name not in fields:
            raise BadInput("map_key_missing", facts={"key": name}, where={"field": name})
    splitting = [(of.columns, of.join, of.split) for of in fields.values() if of.split is not None]
    if len(set(splitting)) > 1:
        wants = "the same columns and signs in all fields"
        raise BadInput("map_value", facts={"key": "split", "value": splitting[1][2], "wants": wants})
    allowed: tuple[str, ...] = ("refuse", "equal", "first", *(("keep",) if kind == "defects" else ()))
    repeats: Any = _one_of(top, "repeats", allowed, "refuse")
    return Mapping(
        kind,
        fields,
        encoding=_text(top, "encoding"),
        separator=_text(top, "separator"),
        decimal_sign=_one_of(top, "decimal_sign", (".", ","), "."),
        date_format=DateFormat.of(_text(top, "date_format") or ISO),
        repeats=repeats,
        quote_prefix=_truth(top, "quote_prefix") if "quote_prefix" in top else None,
        sheet=_text(top, "sheet"),
        array=_text(top, "array"),
        another=frozenset(_texts(top, "another")),
        blank=frozenset(map(word_key, _texts(top, "blank"))),
    )


def _field(name: str, said: object) -> FieldMap:
    if isinstance(said, str):
        said = {"column": said}
    if not isinstance(said, dict):
        raise BadInput(
            "map_value", facts={"key": name, "value": "", "wants": "column"}, where={"field": name}
        )
    try:
        _known(said, _FIELD, name)
        if len(said.keys() & {"column", "columns", "constant"}) != 1:
            raise BadInput("map_key_missing", facts={"key": "column"})
        values = said.get("values")
        if values is not None and not (
            isinstance(values, dict) and all(isinstance(word, str) for word in values.values())
        ):
            raise BadInput("map_value", facts={"key": "values", "value": "", "wants": "object"})
        columns = said.get("columns", [said["column"]] if "column" in said else [])
        if not isinstance(columns, list) or not all(isinstance(c, str) and c.strip() for c in columns):
            raise BadInput("map_value", facts={"key": "columns", "value": "", "wants": "list"})
        form = _one_of(said, "form", ("plain", "code", "lots"), "plain")
        return FieldMap(
            columns=tuple(columns),
            constant=_text(said, "constant"),
            join=_text(said, "join") or " ",
            values=None if values is None else tuple((word_key(k), v) for k, v in values.items()),
            keep_other_values=_one_of(said, "other_values", ("keep", "refuse"), "refuse") == "keep",
            split=_text(said, "split"),
            make_code=form == "code",
            take_lots=form == "lots",
            if_empty=_text(said, "if_empty"),
            drop_invisible=_one_of(said, "drop", ("nothing", "invisible"), "nothing") == "invisible",
            cut=_length(said, "cut"),
        )
    except BadInput as bad:
        raise BadInput(bad.code, facts=bad.facts, where={"field": name}) from bad


def word_key(word: str) -> str:
    """Return a word as ``values`` compares it."""
    return " ".join(word.casefold().split())


def _json(payload: bytes) -> dict[str, Any]:
    try:
        top = json.loads(payload.decode("utf-8-sig"), object_pairs_hook=_once, parse_constant=_no_number)
    except UnicodeDecodeError as wrong:
        raise BadInput("map_not_json", facts={"line": 1, "column": wrong.start}) from wrong
    except json.JSONDecodeError as wrong:
        raise BadInput("map_not_json", facts={"line": wrong.lineno, "column": wrong.colno}) from wrong
    except (RecursionError, ValueError) as wrong:  # endless nesting, endless figures
        raise BadInput("map_not_json", facts={"line": 1, "column": 1}) from wrong
    if not isinstance(top, dict):
        raise BadInput("map_not_json", facts={"line": 1, "column": 1})
    return top


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise BadInput("map_key_twice", facts={"key": key})
        found[key] = value
    return found


def _no_number(name: str) -> object:
    raise BadInput("map_value", facts={"key": "", "value": name, "wants": "number"})


def _known(said: dict[str, Any], known: tuple[str, ...], field: str | None) -> None:
    for key in said:
        if key not in known:
            meant = difflib.get_close_matches(key, known, 1)
            facts: dict[str, object] = {
                "key": key,
                "meant": meant[0] if meant else None,
                "known": list(known),
            }
            raise BadInput("map_key_unknown", facts=facts, where={"field": field or key})


def _text(said: dict[str, Any], key: str) -> str | None:
    value = said.get(key)
    if value is not None and (not isinstance(value, str) or not value):
        raise BadInput("map_value", facts={"key": key, "value": str(value)[:40], "wants": "text"})
    return value


def _texts(said: dict[str, Any], key: str) -> list[str]:
    value = said.get(key, [])
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise BadInput("map_value", facts={"key": key, "value": str(value)[:40], "wants": "list"})
    return value


def _length(said: dict[str, Any], key: str) -> int | None:
    value = said.get(key)
    if value is not None and (type(value) is not int or not 2 <= value <= TEXT_LENGTH):
        wants = f"2 … {TEXT_LENGTH}"
        raise BadInput("map_value", facts={"key": key, "value": str(value)[:40], "wants": wants})
    return value


def _truth(said: dict[str, Any], key: str) -> bool:
    value = said.get(key)
    if not isinstance(value, bool):
        raise BadInput("map_value", facts={"key": key, "value": str(value)[:40], "wants": "true, false"})
    return value


def _one_of(said: dict[str, Any], key: str, allowed: tuple[str, ...], otherwise: str | None = None) -> str:
    value = said.get(key, otherwise)
    if not isinstance(value, str) or value not in allowed:
        facts: dict[str, object] = {"key": key, "value": str(value)[:40], "wants": ", ".join(allowed)}
        raise BadInput("map_value", facts=facts)
    return value
