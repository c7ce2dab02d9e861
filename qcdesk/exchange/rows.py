# SPDX-License-Identifier: Apache-2.0
"""From a sheet's plain text to typed rows: everything wrong is collected by row and column before any import."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from qcdesk.domain.imports import (
    BatchRow,
    CatalogueRow,
    DefectRow,
    ImportKind,
    ImportPlan,
    ImportRow,
    PersonRow,
    ProductRow,
    RowProblem,
    SupplierRow,
)
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.names import (
    CODE_LENGTH,
    clean_code,
    clean_login,
    clean_name,
    clean_text,
    skeleton,
    without_invisible,
)
from qcdesk.domain.numbers import parse_quantity
from qcdesk.domain.sampling import BY_SERIOUSNESS
from qcdesk.exchange.csv_files import Sheet, SheetRow
from qcdesk.exchange.csv_out import unguarded
from qcdesk.exchange.maps import (
    FieldMap,
    Mapping,
    field_names,
    mapping_from_headers,
    required_fields,
    word_key,
)
from qcdesk.services.searching import latin

PROBLEMS_LISTED = 1_000
_SHOWN = 80  # characters of a cell that are quoted back
_LANGUAGES = ("vi", "zh_CN", "th")


def read_rows(kind: ImportKind, sheet: Sheet, mapping: Mapping | None = None) -> ImportPlan:
    """Turn a sheet into the rows of an import, or into the list of all that is wrong with it.

    Args: mapping: for this kind; None takes headers that are named like our fields.
    Returns: the plan; with any problem it has no rows. Problems carry the codes of ``clean_name``,
        ``clean_code``, ``parse_quantity`` and so on, and ``no_column`` (facts ``known``), ``field_missing``
        (``field``, ``known``), ``missing``, ``not_translated`` (``known``), ``class`` (``known``), ``date``,
        ``twice`` (``first``, the row). Questions: ``look_alike`` or ``same_name`` (``other``, ``first``).
    """
    try:
        mapping = mapping or mapping_from_headers(kind, sheet.headers)
    except BadInput as bad:
        return ImportPlan(
            kind, (), (_problem(bad, 1, str(bad.where.get("column", "")), ""),), read=len(sheet.rows)
        )
    reading = _Reading(kind, sheet, mapping)
    reading.check_columns()
    if not reading.problems:
        reading.read_all()
    used = {column for of in mapping.fields.values() for column in of.columns}
    return ImportPlan(
        kind,
        rows=() if reading.problems else tuple(reading.rows),
        problems=tuple(reading.problems[:PROBLEMS_LISTED]),
        questions=tuple(reading.questions),
        read=len(sheet.rows),
        repeated=reading.repeated,
        unused=tuple(h for h in sheet.headers if h and h not in used),
        more=max(0, len(reading.problems) - PROBLEMS_LISTED),
    )


def code_of(text: str) -> str:
    """Return a code made of a text: plain capital letters, digits and dashes; told apart by a hash when cut."""
    code = re.sub("[^A-Z0-9]+", "-", latin(text.casefold()).upper()).strip("-")
    if len(code) <= CODE_LENGTH:
        return code
    return code[: CODE_LENGTH - 7] + "-" + hashlib.sha256(text.encode()).hexdigest()[:6].upper()


@dataclass
class _Reading:
    kind: ImportKind
    sheet: Sheet
    mapping: Mapping
    rows: list[ImportRow] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
    questions: list[RowProblem] = field(default_factory=list)
    repeated: int = 0
    _taken: dict[tuple[str, str], Any] = field(default_factory=dict)
    _by_key: dict[object, ImportRow] = field(default_factory=dict)
    _by_look: dict[str, ImportRow] = field(default_factory=dict)

    def check_columns(self) -> None:
        """Look for every mapped column once, before the rows."""
        known = [header for header in self.sheet.headers if header]
        for name in required_fields(self.kind):
            if name not in self.mapping.fields:
                self.problems.append(
                    RowProblem(1, name, "", "field_missing", {"field": name, "known": known})
                )
        for of in self.mapping.fields.values():
            for column in of.columns:
                if column not in known:
                    self.problems.append(RowProblem(1, column, "", "no_column", {"known": known}))

    def read_all(self) -> None:
        places = {header: number for number, header in enumerate(self.sheet.headers)}
        for row in self.sheet.rows:
            for texts in self._texts(row, places):
                values = self._values(row.line, texts)
                if values is not None:
                    self._add(_MAKE[self.kind](row.line, values))

    def _texts(self, row: SheetRow, places: dict[str, int]) -> Iterator[dict[str, str]]:
        """Yield the text of every field, once for each piece of the field that is split."""
        texts = {name: self._text(of, row, places) for name, of in self.mapping.fields.items()}
        split = {name: of.split for name, of in self.mapping.fields.items() if of.split is not None}
        if not split:
            yield texts
            return
        name, sign = next(iter(split.items()))
        pieces = [piece for piece in texts[name].split(sign) if piece.strip()]
        for piece in pieces or [""]:
            yield {**texts, **dict.fromkeys(split, piece)}

    def _text(self, of: FieldMap, row: SheetRow, places: dict[str, int]) -> str:
        if of.constant is not None:
            return of.constant
        cells = [row.cells[places[column]] for column in of.columns]
        if self.mapping.quote_prefix:
            cells = [unguarded(cell) for cell in cells]
        return of.join.join(cell for cell in cells if cell.strip())

    def _values(self, line: int, texts: dict[str, str]) -> dict[str, Any] | None:
        values: dict[str, Any] = {}
        bad = False
        for name, text in texts.items():
            taken = self._take(name, text)
            if isinstance(taken, BadInput):
                column = " + ".join(self.mapping.fields[name].columns) or name
                self.problems.append(_problem(taken, line, column, text))
                bad = True
            elif taken is not None:
                values[name] = taken
        return None if bad else values

    def _take(self, name: str, text: str) -> Any:  # noqa: ANN401 - what a field holds
        """Return a field's value, None when it is empty, or what is wrong with it; each text is read once."""
        key = (name, text)
        if key not in self._taken:
            try:
                self._taken[key] = self._read(name, text)
            except BadInput as bad:
                self._taken[key] = bad
        return self._taken[key]

    def _read(self, name: str, text: str) -> Any:  # noqa: ANN401 - what a field holds
        of = self.mapping.fields[name]
        if of.drop_invisible:
            text = without_invisible(text)
        if not text.strip() and of.if_empty is not None:
            text = of.if_empty
        elif of.values is not None and text.strip():
            known = dict(of.values)
            if word_key(text) not in known and not of.keep_other_values:
                raise BadInput("not_translated", facts={"known": list(known)})
            text = known.get(word_key(text), text)
        if of.make_code:
            text = code_of(text)
        if not text.strip():
            if name in required_fields(self.kind):
                raise BadInput("missing", where={"field": name})
            return None
        if name in ("made_on", "ship_by", "found_on"):
            return self.mapping.date_format.read(text)
        return _READERS[self.kind, name](text)

    def _add(self, row: ImportRow) -> None:
        key, look = _identity(row)
        first = self._by_key.get(key)
        if first is not None and self.mapping.repeats != "keep":
            same = replace(row, row=first.row) == first
            if self.mapping.repeats == "first" or (self.mapping.repeats == "equal" and same):
                self.repeated += 1
                return
            column = required_fields(self.kind)[0]
            self.problems.append(RowProblem(row.row, column, look[:_SHOWN], "twice", {"first": first.row}))
            return
        self._by_key[key] = row
        self.rows.append(row)
        if isinstance(row, DefectRow):
            return
        alike = self._by_look.setdefault(skeleton(look), row)
        if alike is not row:
            other = _identity(alike)[1]
            code = "same_name" if other == look else "look_alike"
            column = required_fields(self.kind)[0]
            facts: dict[str, object] = {"other": other, "first": alike.row}
            self.questions.append(RowProblem(row.row, column, look, code, facts))


def _problem(bad: BadInput, row: int, column: str, value: str) -> RowProblem:
    return RowProblem(row, column, value[:_SHOWN], bad.code, bad.facts)


def _identity(row: ImportRow) -> tuple[object, str]:
    """Return what may come only once, and the text that a reader could take for another row's."""
    if isinstance(row, SupplierRow):
        return row.code or (row.name, row.country, row.address), row.name
    if isinstance(row, ProductRow):
        return (row.code, row.revision), f"{row.code} {row.revision or ''}".strip()
    if isinstance(row, PersonRow):
        return row.login or (row.name, row.staff), row.name
    if isinstance(row, BatchRow):
        return row.number, row.number
    if isinstance(row, CatalogueRow):
        return row.code, row.code
    return replace(row, row=0), row.code


def _class(text: str) -> str:
    found = text.strip().casefold()
    if found not in BY_SERIOUSNESS:
        raise BadInput("class", facts={"known": list(BY_SERIOUSNESS)})
    return found


def _country(text: str) -> str:
    name = clean_name(text, field="country", longest=80)
    return name.upper() if re.fullmatch("[A-Za-z]{2}", name) else name


def _address(text: str) -> str:
    lines = clean_text(text, field="address", longest=1_000).split("\n")
    return "\n".join(" ".join(line.split()) for line in lines)


def _note(text: str) -> str:
    return clean_text(text)


_READERS: dict[tuple[str, str], Callable[[str], object]] = {
    **{
        (kind, name): clean_name for kind in ("suppliers", "products", "people") for name in field_names(kind)
    },
    ("suppliers", "code"): lambda text: clean_code(text, "supplier"),
    ("suppliers", "country"): _country,
    ("suppliers", "address"): _address,
    ("suppliers", "contact"): _address,
    ("suppliers", "note"): _note,
    ("products", "code"): lambda text: clean_code(text, "product"),
    ("people", "login"): clean_login,
    ("people", "staff"): lambda text: clean_code(text, "staff"),
    ("batches", "number"): lambda text: clean_code(text, "batch"),
    ("batches", "product"): lambda text: clean_code(text, "product"),
    ("batches", "supplier"): clean_name,
    ("batches", "quantity"): parse_quantity,
    ("batches", "order"): lambda text: clean_code(text, "order"),
    ("batches", "line"): clean_name,
    ("defects", "batch"): lambda text: clean_code(text, "batch"),
    ("defects", "supplier"): clean_name,
    ("defects", "product"): lambda text: clean_code(text, "product"),
    ("defects", "code"): lambda text: clean_code(text, "defect"),
    ("defects", "class"): _class,
    ("defects", "count"): parse_quantity,
    ("defects", "note"): _note,
    ("defects", "source"): clean_name,
    ("defects", "reference"): clean_name,
    ("catalogue", "code"): lambda text: clean_code(text, "defect"),
    ("catalogue", "class"): _class,
    ("catalogue", "note"): _note,
    **{("catalogue", name): clean_name for name in ("name", *(f"name_{tag}" for tag in _LANGUAGES))},
}


def _defect(row: int, values: dict[str, Any]) -> DefectRow:
    return DefectRow(row, defect_class=values.pop("class", None), **values)


def _catalogue(row: int, values: dict[str, Any]) -> CatalogueRow:
    names = tuple((tag, values.pop(f"name_{tag}")) for tag in _LANGUAGES if f"name_{tag}" in values)
    return CatalogueRow(row, defect_class=values.pop("class"), names=names, **values)


_MAKE: dict[ImportKind, Callable[[int, dict[str, Any]], ImportRow]] = {
    "suppliers": lambda row, values: SupplierRow(row, **values),
    "products": lambda row, values: ProductRow(row, **values),
    "people": lambda row, values: PersonRow(row, **values),
    "batches": lambda row, values: BatchRow(row, **values),
    "defects": _defect,
    "catalogue": _catalogue,
}
