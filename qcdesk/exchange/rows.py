# SPDX-License-Identifier: Apache-2.0
"""From a sheet's plain text to typed rows: everything wrong is collected by row and column before any import."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field, fields, replace
from operator import attrgetter
from typing import Any

from qcdesk.domain.cleaning import RequirePrintable
from qcdesk.domain.countries import country_code
from qcdesk.domain.imports import (
    BatchRow,
    CatalogueRow,
    DefectRow,
    ImportKind,
    ImportPlan,
    ImportRow,
    MonthRow,
    PersonRow,
    ProductRow,
    Reference,
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
from qcdesk.exchange.csv_out import unguarded
from qcdesk.exchange.dates import DateFormat
from qcdesk.exchange.lots import read_lots
from qcdesk.exchange.maps import (
    FieldMap,
    Mapping,
    field_names,
    mapping_from_headers,
    required_fields,
    word_key,
)
from qcdesk.exchange.sheets import Mark, Sheet, SheetRow, ranges
from qcdesk.services.named_lots import LOTS
from qcdesk.services.searching import latin

PROBLEMS_LISTED = 1_000
_SHOWN = 80  # characters of a cell that are quoted back
_LANGUAGES = ("vi", "zh_CN", "th")
_DAYS = ("made_on", "ship_by", "found_on")
_REFERENCES = {"batches": ("product", "supplier"), "defects": ("product", "supplier", "batch", "code")}
_SHEET_DAY = DateFormat.of("YYYY-MM-DD[Thh:mm:ss]")

# What a table program would reckon with, and what it shows when it could not. A sign alone makes no formula: telephone
# numbers begin with plus, remarks with a dash.
_FORMULA = re.compile(r"\s*(?:[=＝]|[+\-@＋－＠][A-Za-z][A-Za-z0-9_.]*[(|!])")
_ERROR = re.compile(
    r"\s*(?:#(?:REF!|VALUE!|NAME\?|DIV/0!|N/A|NULL!|NUM!|SPILL!|CALC!|GETTING_DATA)|Err:[0-9]{3})\s*"
)


class _Day(str):
    """The text of a cell that its spreadsheet keeps as a day."""


def read_rows(
    kind: ImportKind,
    sheet: Sheet,
    mapping: Mapping | None = None,
    require_printable: RequirePrintable | None = None,
) -> ImportPlan:
    """Turn a sheet into the rows of an import, or into the list of all that is wrong with it.

    Args: mapping: for this kind; None takes headers that are named like our fields. require_printable: what refuses
        (``glyph``) text that paper cannot show.
    Returns: the plan. Problems carry the codes of ``clean_name``, ``clean_code``, ``parse_quantity`` and so on, and
        ``no_column`` (facts ``known``), ``field_missing`` (``field``, ``known``), ``missing``, ``not_translated``
        (``known``), ``class`` (``known``), ``date``, ``twice`` (``first``, the row), ``formula``, ``error_cell``,
        ``merged``, ``shown_otherwise`` (``detail``), ``nested``, ``day_cell``. Questions: ``look_alike`` or
        ``same_name`` (``other``, ``first``). Notes: ``unused_columns``, ``hidden_sheets``, ``hidden_columns``
        (``names``), ``hidden_rows`` (``rows``), ``formulas_elsewhere``, ``errors_elsewhere`` (``n``), ``no_lots`` and
        ``not_all_lots`` (``rows``, ``n``; the value is what stands in the first).
    """
    try:
        mapping = mapping or mapping_from_headers(kind, sheet.headers)
    except BadInput as bad:
        place = str(bad.where.get("column", ""))
        return ImportPlan(kind, (), (_problem(bad, sheet.header_line, place, ""),), read=len(sheet.rows))
    reading = _Reading(kind, sheet, mapping, require_printable)
    reading.check_columns()
    if not reading.problems:
        reading.read_all()
    return ImportPlan(
        kind,
        rows=tuple(reading.rows),
        problems=tuple(reading.problems[:PROBLEMS_LISTED]),
        questions=tuple(reading.questions),
        read=len(sheet.rows),
        repeated=reading.repeated,
        unused=tuple(h for h in sheet.headers if h and h not in reading.used),
        more=max(0, len(reading.problems) - PROBLEMS_LISTED),
        references=tuple(reading.references),
        notes=(*reading.lots_left(), *_notes(sheet, reading.used)),
        another=mapping.another,
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
    require_printable: RequirePrintable | None = None
    rows: list[ImportRow] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
    questions: list[RowProblem] = field(default_factory=list)
    repeated: int = 0
    references: list[Reference] = field(default_factory=list)
    _taken: defaultdict[str, dict[str, Any]] = field(default_factory=lambda: defaultdict(dict))
    _taken_days: defaultdict[str, dict[str, Any]] = field(default_factory=lambda: defaultdict(dict))
    _lots_left: dict[str, dict[str, dict[int, str]]] = field(default_factory=dict)
    _by_key: dict[object, ImportRow] = field(default_factory=dict)
    _by_look: dict[tuple[str, str], tuple[str, int]] = field(default_factory=dict)

    @property
    def used(self) -> set[str]:
        """Return the columns that feed a field."""
        return {column for of in self.mapping.fields.values() for column in of.columns}

    def check_columns(self) -> None:
        """Look for every mapped column once, before the rows."""
        known = [header for header in self.sheet.headers if header]
        line = self.sheet.header_line
        for name in required_fields(self.kind):
            if name not in self.mapping.fields:
                facts: dict[str, object] = {"field": name, "known": known}
                self.problems.append(RowProblem(line, name, "", "field_missing", facts))
        for of in self.mapping.fields.values():
            for column in of.columns:
                if column not in known:
                    self.problems.append(RowProblem(line, column, "", "no_column", {"known": known}))
                    continue
                mark = self.sheet.header_marks.get(self.sheet.headers.index(column))
                if mark is not None and mark.kind not in ("date", "shown_otherwise"):
                    facts = {"detail": mark.detail}
                    self.problems.append(RowProblem(line, column, column[:_SHOWN], mark.kind, facts))

    def read_all(self) -> None:
        """Read every row."""
        places = {header: number for number, header in enumerate(self.sheet.headers)}
        fed = [
            (name, of, tuple(places[column] for column in of.columns))
            for name, of in self.mapping.fields.items()
        ]
        split = {name: of.split for name, of in self.mapping.fields.items() if of.split is not None}
        make = _MAKE[self.kind]
        single = [(name, at[0]) for name, _, at in fed if len(at) == 1]
        simple = len(single) == len(fed) and not self.mapping.blank
        with_lots = [name for name, of in self.mapping.fields.items() if of.take_lots]
        texts: dict[str, str | BadInput]
        for row in self.sheet.rows:
            if simple and not row.marks:
                cells = row.cells
                texts = {
                    name: cells[at] if cells[at][:1] not in _BEFORE_DOUBT else self._unquoted(cells[at])
                    for name, at in single
                }
            else:
                texts = {name: self._text(name, of, row, at) for name, of, at in fed}
            for name in with_lots:
                texts[name] = self._lots(row.line, name, texts[name])
            for each in self._pieces(texts, split) if split else (texts,):
                values = self._values(row.line, each)
                if values is not None:
                    self._add(make(row.line, values))

    def _lots(self, line: int, name: str, text: str | BadInput) -> str | BadInput:
        """Return the lot numbers of a free text, and keep what could not be read."""
        if isinstance(text, BadInput):
            return text
        read = read_lots(text)
        if not read.lots:
            self._left("no_lots", self._column(name), line, text)
        elif read.rest:
            self._left("not_all_lots", self._column(name), line, read.rest[0])
        return ", ".join(read.lots)

    def _left(self, code: str, column: str, line: int, text: str) -> None:
        self._lots_left.setdefault(code, {}).setdefault(column, {})[line] = text

    def lots_left(self) -> Iterator[RowProblem]:
        """Yield the rows of which lot numbers could not be read, or not all."""
        for code, by_column in self._lots_left.items():
            for column, found in by_column.items():
                line, text = next(iter(found.items()))
                facts: dict[str, object] = {"rows": _runs(found), "n": len(found)}
                yield RowProblem(line, column, text.strip()[:_SHOWN], code, facts)

    @staticmethod
    def _pieces(
        texts: dict[str, str | BadInput], split: dict[str, str]
    ) -> Iterator[dict[str, str | BadInput]]:
        """Yield the text of every field, once for each piece of the field that is split."""
        name, sign = next(iter(split.items()))
        whole = texts[name]
        if isinstance(whole, BadInput):
            yield texts
            return
        pieces = [piece for piece in whole.split(sign) if piece.strip()]
        for piece in pieces or [""]:
            yield {**texts, **dict.fromkeys(split, piece)}

    def _text(self, name: str, of: FieldMap, row: SheetRow, at: tuple[int, ...]) -> str | BadInput:
        if of.constant is not None:
            return of.constant
        if len(at) == 1 and not row.marks:
            return self._filled(self._unquoted(row.cells[at[0]]))
        pieces = []
        for column in at:
            mark = row.marks.get(column)
            if mark is not None:
                if mark.kind == "date" and name in _DAYS and len(at) == 1:
                    return _Day(row.cells[column])
                code = "day_cell" if mark.kind == "date" else mark.kind
                return BadInput(code, facts={"detail": mark.detail, "value": row.cells[column][:_SHOWN]})
            text = self._filled(self._unquoted(row.cells[column]))
            if isinstance(text, BadInput):
                return text
            pieces.append(text)
        return of.join.join(piece for piece in pieces if piece.strip())

    def _filled(self, text: str | BadInput) -> str | BadInput:
        """Return no text for one that the map calls empty."""
        if self.mapping.blank and isinstance(text, str) and word_key(text) in self.mapping.blank:
            return ""
        return text

    def _unquoted(self, cell: str) -> str | BadInput:
        """Return a cell's text without the quote before what looks like a formula; refuse the formula itself."""
        form = self.sheet.form
        first = cell.lstrip()[:1]
        if first not in _SUSPECT or not first:
            return cell
        if self.mapping.quote_prefix or (self.mapping.quote_prefix is None and form == "csv"):
            plain = unguarded(cell)
            if plain != cell:
                return plain
        if form == "csv" and _FORMULA.match(cell):
            return BadInput("formula", facts={"detail": cell.strip()[:_SHOWN]})
        if form != "json" and _ERROR.fullmatch(cell):
            return BadInput("error_cell", facts={"detail": cell.strip()[:_SHOWN]})
        return cell

    def _values(self, line: int, texts: dict[str, str | BadInput]) -> dict[str, Any] | None:
        values: dict[str, Any] = {}
        bad = False
        for name, text in texts.items():
            taken = text if isinstance(text, BadInput) else self._take(name, text)
            if isinstance(taken, BadInput):
                column = " + ".join(self.mapping.fields[name].columns) or name
                shown = (
                    str(taken.facts.get("value", taken.facts.get("detail", "")))
                    if taken is text
                    else str(text)
                )
                self.problems.append(_problem(taken, line, column, shown))
                bad = True
            elif taken is not None:
                values[name] = taken
        if not bad and "lots" in values:
            bad = self._begin_note(line, values)
        if not bad:
            return values
        for name in _REFERENCES.get(self.kind, ()):
            if isinstance(values.get(name), str):
                self.references.append(Reference(line, name, values[name]))
        return None

    def _begin_note(self, line: int, values: dict[str, Any]) -> bool:
        """Put the lots of a defect before its note; return whether that is too long."""
        lots = f"{LOTS}{values.pop('lots')}"
        try:
            values["note"] = clean_text("\n".join(text for text in (lots, values.get("note")) if text))
        except BadInput as bad:
            self.problems.append(_problem(bad, line, self._column("note"), lots))
            return True
        return False

    def _take(self, name: str, text: str) -> Any:  # noqa: ANN401 - what a field holds
        """Return a field's value, None when it is empty, or what is wrong with it; each text is read once."""
        known = (self._taken_days if type(text) is _Day else self._taken)[name]
        if text not in known:
            try:
                known[text] = self._read(name, text)
            except BadInput as bad:
                known[text] = bad
        return known[text]

    def _read(self, name: str, text: str) -> Any:  # noqa: ANN401 - what a field holds
        of = self.mapping.fields[name]
        if of.drop_invisible:
            text = _CONTROLS.sub("", without_invisible(text))
        if not text.strip() and of.if_empty is not None:
            text = of.if_empty
        elif of.values is not None and text.strip():
            known = dict(of.values)
            if word_key(text) not in known and not of.keep_other_values:
                raise BadInput("not_translated", facts={"known": list(known)})
            text = known.get(word_key(text), text)
        if of.cut is not None:
            text = _cut(text, of.cut)
        if of.make_code:
            text = code_of(text)
        if not text.strip():
            if name in required_fields(self.kind):
                raise BadInput("missing", where={"field": name})
            return None
        if name in _DAYS:
            return (_SHEET_DAY if isinstance(text, _Day) else self.mapping.date_format).read(text)
        taken = _READERS[self.kind, name](text)
        if self.require_printable is not None and isinstance(taken, str) and not taken.isascii():
            self.require_printable(taken, name)
        return taken

    def _add(self, row: ImportRow) -> None:
        key, look = _identity(row)
        first = self._by_key.get(key)
        if first is not None and self.mapping.repeats != "keep":
            same = replace(row, row=first.row) == first
            if self.mapping.repeats == "first" or (self.mapping.repeats == "equal" and same):
                self.repeated += 1
                return
            name = _identified_by(row)
            column = self._column(name)
            self.problems.append(RowProblem(row.row, column, look[:_SHOWN], "twice", {"first": first.row}))
            return
        self._by_key[key] = row
        self.rows.append(row)
        if isinstance(row, DefectRow):
            return
        self._ask_if_alike(row, _read_as(row), look)
        if isinstance(row, SupplierRow) and row.code:
            self._ask_if_alike(row, "code", row.code)

    def _ask_if_alike(self, row: ImportRow, name: str, look: str) -> None:
        other, line = self._by_look.setdefault((name, skeleton(look)), (look, row.row))
        if line == row.row:
            return
        code = "same_name" if other == look else "look_alike"
        facts: dict[str, object] = {"other": other, "first": line}
        self.questions.append(RowProblem(row.row, self._column(name), look, code, facts))

    def _column(self, name: str) -> str:
        """Return the columns of the file that feed a field, as problems name them."""
        of = self.mapping.fields.get(name)
        return (" + ".join(of.columns) if of is not None else "") or name


def _problem(bad: BadInput, row: int, column: str, value: str) -> RowProblem:
    return RowProblem(row, column, value[:_SHOWN], bad.code, bad.facts)


def _notes(sheet: Sheet, used: set[str]) -> Iterator[RowProblem]:
    """Yield what the file holds beside what is taken, and what is not seen by whoever opens it."""
    unused = [header for header in sheet.headers if header and header not in used]
    if unused:
        yield RowProblem(sheet.header_line, "", "", "unused_columns", {"names": unused})
    if sheet.hidden.sheets:
        yield RowProblem(0, "", "", "hidden_sheets", {"names": list(sheet.hidden.sheets)})
    if sheet.hidden.columns:
        yield RowProblem(0, "", "", "hidden_columns", {"names": list(sheet.hidden.columns)})
    if sheet.hidden.rows:
        runs = _runs(sheet.hidden.rows)
        yield RowProblem(
            sheet.hidden.rows[0], "", "", "hidden_rows", {"rows": runs, "n": len(sheet.hidden.rows)}
        )
    elsewhere: dict[tuple[str, str], list[tuple[int, Mark]]] = {}
    for row in sheet.rows:
        for index, mark in row.marks.items():
            header = sheet.headers[index]
            if mark.kind in _ELSEWHERE and header not in used:
                elsewhere.setdefault((_ELSEWHERE[mark.kind], header), []).append((row.line, mark))
    for (code, header), found in elsewhere.items():
        line, mark = found[0]
        yield RowProblem(
            line, header, mark.detail[:_SHOWN], code, {"n": len(found), "detail": mark.detail[:_SHOWN]}
        )


def _runs(rows: Collection[int]) -> list[str]:
    return [str(a) if a == b else f"{a}-{b}" for a, b in ranges(rows)]


_ELSEWHERE = {"formula": "formulas_elsewhere", "error_cell": "errors_elsewhere"}
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_SUSPECT = frozenset("=＝+-@＋－＠#E'")
_BEFORE_DOUBT = _SUSPECT | {" ", "\t", "\r", "\n", "\v", "\f", "\xa0", "\u3000"}
_REPORT = attrgetter(*(f.name for f in fields(DefectRow) if f.name != "row"))


def _identified_by(row: ImportRow) -> str:
    """Return the field by which a row may come only once."""
    if isinstance(row, SupplierRow):
        return "code" if row.code else "name"
    if isinstance(row, PersonRow):
        return "login" if row.login else "staff" if row.staff else "name"
    if isinstance(row, MonthRow):
        return "month"
    return "number" if isinstance(row, BatchRow) else "code"


def _read_as(row: ImportRow) -> str:
    """Return the field that a reader could take for another row's."""
    if isinstance(row, SupplierRow | PersonRow):
        return "name"
    if isinstance(row, MonthRow):
        return "month"
    return "number" if isinstance(row, BatchRow) else "code"


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
    if isinstance(row, MonthRow):
        return row.month, row.month
    return _REPORT(row), row.code


def _class(text: str) -> str:
    found = text.strip().casefold()
    if found not in BY_SERIOUSNESS:
        raise BadInput("class", facts={"known": list(BY_SERIOUSNESS)})
    return found


def _address(text: str) -> str:
    lines = clean_text(text, field="address", longest=1_000).split("\n")
    return "\n".join(" ".join(line.split()) for line in lines)


def _cut(text: str, longest: int) -> str:
    """Return a text that is no longer than that: cut at a word, with three points at its end."""
    text = text.strip()
    if len(text) <= longest:
        return text
    kept = text[: longest - 1]
    words, gap, _ = kept.rpartition(" ")
    return (words.rstrip() if gap and len(words) > longest // 2 else kept) + "…"


def _count(text: str) -> int:
    return parse_quantity(text, least=0)


def _note(text: str) -> str:
    return clean_text(text)


_READERS: dict[tuple[str, str], Callable[[str], object]] = {
    **{
        (kind, name): clean_name for kind in ("suppliers", "products", "people") for name in field_names(kind)
    },
    ("suppliers", "code"): lambda text: clean_code(text, "supplier"),
    ("suppliers", "country"): lambda text: country_code(clean_name(text, field="country", longest=80)),
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
    ("defects", "supplier_address"): _address,
    ("defects", "product"): lambda text: clean_code(text, "product"),
    ("defects", "code"): lambda text: clean_code(text, "defect"),
    ("defects", "class"): _class,
    ("defects", "count"): parse_quantity,
    ("defects", "note"): _note,
    ("defects", "lots"): _note,
    ("defects", "source"): clean_name,
    ("defects", "reference"): clean_name,
    ("catalogue", "code"): lambda text: clean_code(text, "defect"),
    ("catalogue", "class"): _class,
    ("catalogue", "note"): _note,
    ("figures", "month"): clean_name,
    ("figures", "repeat_orders"): _count,
    ("figures", "referrals"): _count,
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
    "figures": lambda row, values: MonthRow(row, **values),
}
