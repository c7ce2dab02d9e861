# SPDX-License-Identifier: Apache-2.0
"""Rows of an import: typed, or refused all together with every row and column named."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from qcdesk.domain.imports import (
    BatchRow,
    CatalogueRow,
    DefectRow,
    ImportKind,
    ImportPlan,
    PersonRow,
    SupplierRow,
)
from qcdesk.domain.inputs import BadInput
from qcdesk.exchange.maps import parse_mapping, read_mapping
from qcdesk.exchange.reading import read_table
from qcdesk.exchange.rows import PROBLEMS_LISTED, code_of, read_rows
from qcdesk.exchange.sheets import Form, Hidden, Mark, Sheet, SheetRow

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data"
FORMS: tuple[Form, ...] = ("csv", "json", "xlsx", "ods")


def sheet(*lines: str) -> Sheet:
    rows = tuple(SheetRow(number, tuple(line.split("|"))) for number, line in enumerate(lines, 1))
    return Sheet(rows[0].cells, rows[1:], "utf-8", "|", "0" * 64)


def mapped(kind: ImportKind, fields: dict[str, object], *lines: str, **more: object) -> ImportPlan:
    said = {"format": "qcdesk-map-1", "kind": kind, "fields": fields, **more}
    return read_rows(kind, sheet(*lines), parse_mapping(json.dumps(said).encode(), kind))


def test_rows_are_typed() -> None:
    plan = read_rows(
        "batches",
        sheet(
            "Number|product|quantity|Made on|ship_by|supplier|colour",
            "LOT-1|A1|400|2026-11-01||Đặng & Co|red",
            "LOT-2|A1|20|||重庆长安|blue",
        ),
    )
    assert plan.rows == (
        BatchRow(2, "LOT-1", "A1", 400, "Đặng & Co", made_on=date(2026, 11, 1)),
        BatchRow(3, "LOT-2", "A1", 20, "重庆长安"),
    )
    assert (plan.read, plan.unused, plan.problems) == (2, ("colour",), ())
    plan.require_clean()


def test_everything_wrong_is_named_by_row_and_column_and_nothing_is_taken() -> None:
    plan = read_rows(
        "batches",
        sheet(
            "number|product|quantity|made_on",
            "LOT-1|A1|1,000|2026-11-01",
            "||0|1.11.2026",
            "LOT-3|A=1|5|2026-11-01",
        ),
    )
    assert plan.rows == ()
    assert [(r.row, r.name, r.value) for r in plan.references] == [(2, "product", "A1")]
    assert [(p.row, p.column, p.code) for p in plan.problems] == [
        (2, "quantity", "quantity"),
        (3, "number", "missing"),
        (3, "product", "missing"),
        (3, "quantity", "quantity_too_small"),
        (3, "made_on", "date"),
        (4, "product", "character"),
    ]
    assert plan.problems[0].facts["right"] == "1000"
    with pytest.raises(BadInput) as refused:
        plan.require_clean()
    assert refused.value.where == {"row": 2, "column": "quantity"}
    assert refused.value.facts["problems"] == 6


def test_endless_problems_are_counted_not_listed() -> None:
    plan = read_rows("batches", sheet("number|product|quantity", *["||"] * 1_000))
    assert len(plan.problems) == PROBLEMS_LISTED
    assert plan.more == 2_000


def test_missing_column_is_named_with_those_that_are_there() -> None:
    plan = read_rows("batches", sheet("number|goods|quantity", "LOT-1|A1|4"))
    assert [(p.row, p.code, p.facts["field"]) for p in plan.problems] == [(1, "field_missing", "product")]
    assert plan.problems[0].facts["known"] == ["number", "goods", "quantity"]
    plan = mapped("suppliers", {"name": "Firm"}, "firm", "An")
    assert [(p.column, p.code) for p in plan.problems] == [("Firm", "no_column")]


def test_same_number_twice_is_refused_unless_the_map_says_otherwise() -> None:
    lines = ("number|product|quantity", "LOT-1|A1|4", "LOT-1|A1|5", "LOT-1|A1|4")
    fields: dict[str, object] = {"number": "number", "product": "product", "quantity": "quantity"}
    plan = mapped("batches", fields, *lines)
    assert [(p.row, p.code, p.facts["first"]) for p in plan.problems] == [(3, "twice", 2), (4, "twice", 2)]
    plan = mapped("batches", fields, *lines, repeats="equal")
    assert [p.row for p in plan.problems] == [3]
    plan = mapped("batches", fields, *lines, repeats="first")
    assert ([row.row for row in plan.rows], plan.repeated) == ([2], 2)


def test_look_alike_is_asked_about_and_not_refused() -> None:
    plan = read_rows("batches", sheet("number|product|quantity", "LOT-10|A1|4", "LOT-1O|A1|4"))
    assert len(plan.rows) == 2
    assert [(q.row, q.code, q.facts) for q in plan.questions] == [
        (3, "look_alike", {"other": "LOT-10", "first": 2})
    ]
    codes = read_rows("suppliers", sheet("name|code", "An|S-10", "Bo|S-1O"))
    assert [(q.row, q.column, q.code) for q in codes.questions] == [(3, "code", "look_alike")]
    plan = read_rows("suppliers", sheet("name|address", "An Co|Hanoi", "An Co|Hue"))
    assert [q.code for q in plan.questions] == ["same_name"]


def marked(
    form: Form, *lines: str, marks: dict[int, dict[int, Mark]] | None = None, hidden: Hidden | None = None
) -> Sheet:
    """Return a sheet of a form; marks by line and column."""
    plain = sheet(*lines)
    rows = tuple(replace(r, marks=(marks or {}).get(r.line, {})) for r in plain.rows)
    return replace(plain, rows=rows, form=form, hidden=hidden or Hidden())


@pytest.mark.parametrize(
    "mark",
    [
        Mark("formula", "=A1"),
        Mark("error_cell", "#REF!"),
        Mark("merged", "A2:A3"),
        Mark("shown_otherwise", "0000"),
    ],
)
def test_what_is_no_plain_value_is_refused_where_the_column_is_taken_and_named_elsewhere(mark: Mark) -> None:
    lines = ("number|product|quantity|remark", "LOT-1|A1|4|x")
    taken = read_rows("batches", marked("xlsx", *lines, marks={2: {2: mark}}))
    assert [(p.row, p.column, p.value, p.code) for p in taken.problems] == [(2, "quantity", "4", mark.kind)]
    assert taken.problems[0].facts["detail"] == mark.detail
    elsewhere = read_rows("batches", marked("xlsx", *lines, marks={2: {3: mark}}))
    assert (elsewhere.problems, len(elsewhere.rows)) == ((), 1)
    named = {"formula": ["formulas_elsewhere"], "error_cell": ["errors_elsewhere"]}.get(mark.kind, [])
    assert [n.code for n in elsewhere.notes] == ["unused_columns", *named]


def test_a_header_that_is_reckoned_is_refused() -> None:
    lines = marked("xlsx", "number|product|quantity", "LOT-1|A1|4")
    plan = read_rows("batches", replace(lines, header_marks={0: Mark("formula", "=B1")}, header_line=3))
    assert [(p.row, p.column, p.code) for p in plan.problems] == [(3, "number", "formula")]


def test_a_day_of_a_spreadsheet_is_a_day_and_no_number() -> None:
    lines = (
        "number|product|quantity|made_on",
        "LOT-1|A1|4|2026-11-01",
        "2026-03-01|A1|4|2026-11-01T08:30:00",
    )
    fields: dict[str, object] = {name: name for name in lines[0].split("|")}
    said = {"format": "qcdesk-map-1", "kind": "batches", "fields": fields, "date_format": "DD/MM/YYYY"}
    mapping = parse_mapping(json.dumps(said).encode(), "batches")
    day = Mark("date")
    plan = read_rows("batches", marked("xlsx", *lines, marks={2: {3: day}, 3: {0: day, 3: day}}), mapping)
    assert [(p.row, p.column, p.code) for p in plan.problems] == [(3, "number", "day_cell")]
    assert [r.made_on for r in plan.rows if isinstance(r, BatchRow)] == [date(2026, 11, 1)]


@pytest.mark.parametrize(
    ("text", "code"),
    [("=1+1", "formula"), (" =A1", "formula"), ("＝1", "formula"), ("@SUM(A1)", "formula"),
     ("+cmd!A0", "formula"), ("-HYPERLINK(1)", "formula"), ("#REF!", "error_cell"), ("#N/A", "error_cell"),
     ("#DIV/0!", "error_cell"), ("Err:502", "error_cell")],
)  # fmt: skip
def test_a_formula_or_an_error_in_a_text_file_is_refused(text: str, code: str) -> None:
    lines = ("code|name|class|note", f"A|Burr|minor|{text}")
    plan = read_rows("catalogue", marked("csv", *lines))
    assert [(p.row, p.column, p.code) for p in plan.problems] == [(2, "note", code)]
    assert (
        read_rows("catalogue", marked("json", *lines)).problems == ()
    )  # where every text says that it is one
    assert (
        read_rows("catalogue", marked("csv", lines[0], f"A|Burr|minor|'{text}")).problems == ()
        or code != "formula"
    )


@pytest.mark.parametrize(
    "text", ["+84 24 3825", "-", "- see drawing", "@home", "# 4", "#4", "1=2", "'tis", "Error"]
)
def test_a_sign_alone_makes_no_formula(text: str) -> None:
    plan = read_rows("catalogue", marked("csv", "code|name|class|note", f"A|Burr|minor|{text}"))
    assert plan.problems == ()


def test_a_quote_before_a_formula_is_taken_away_in_csv_only() -> None:
    lines = ("code|name|class|note", "A|Burr|minor|'=1")
    notes = [
        read_rows("catalogue", marked(form, *lines)).rows[0].note  # type: ignore[union-attr]
        for form in FORMS
    ]
    assert notes == ["=1", "'=1", "'=1", "'=1"]


def test_what_is_hidden_is_named() -> None:
    hidden = Hidden(("Old",), (2, 3, 5), ("note",))
    plan = read_rows("catalogue", marked("xlsx", "code|name|class", "A|Burr|minor", hidden=hidden))
    assert [(n.code, n.facts.get("names") or n.facts.get("rows")) for n in plan.notes] == [
        ("hidden_sheets", ["Old"]),
        ("hidden_columns", ["note"]),
        ("hidden_rows", ["2-3", "5"]),
    ]


def test_a_repeated_code_is_named_by_the_column_of_the_code() -> None:
    suppliers = read_rows("suppliers", sheet("name|code", "An|S1", "Bo|S1"))
    assert [(p.row, p.column, p.code) for p in suppliers.problems] == [(3, "code", "twice")]
    mapped_catalogue = mapped(
        "catalogue", {"code": "Ref", "name": "Text", "class": "C"}, "Text|Ref|C", "x|A|minor", "y|A|minor"
    )
    assert [(p.row, p.column) for p in mapped_catalogue.problems] == [(3, "Ref")]
    people = read_rows("people", sheet("name|staff|login", "An|1|an", "Bo|2|an"))
    assert [(p.row, p.column) for p in people.problems] == [(3, "login")]


def test_list_in_a_cell_becomes_rows() -> None:
    plan = mapped(
        "defects",
        {
            "batch": "ref",
            "code": {"column": "hazards", "split": ",", "form": "code", "if_empty": "NOT-STATED"},
            "class": {"column": "risk", "values": {"serious": "critical", "no risk": "minor"}},
            "source": {"constant": "Customer"},
            "note": {"columns": ["a", "b"], "join": ": ", "drop": "invisible"},
        },
        "ref|hazards|risk|a|b",
        "R-1|Aflatoxin B1  , ochratoxin A,|Serious|x|y\u200bz",
        "R-2| |no  risk||y",
    )
    assert plan.rows == (
        DefectRow(2, "AFLATOXIN-B1", "Customer", batch="R-1", defect_class="critical", note="x: yz"),
        DefectRow(2, "OCHRATOXIN-A", "Customer", batch="R-1", defect_class="critical", note="x: yz"),
        DefectRow(3, "NOT-STATED", "Customer", batch="R-2", defect_class="minor", note="y"),
    )


def test_word_without_a_translation_is_refused_or_kept() -> None:
    country: dict[str, object] = {"column": "c", "values": {"viet nam": "VN"}}
    plan = mapped("suppliers", {"name": "n", "country": country}, "n|c", "An|VIET NAM", "Bo|Atlantis")
    assert [(p.row, p.column, p.value, p.code) for p in plan.problems] == [
        (3, "c", "Atlantis", "not_translated")
    ]
    kept = {**country, "other_values": "keep"}
    plan = mapped("suppliers", {"name": "n", "country": kept}, "n|c", "An|VIET NAM", "Bo|thailand", "Cu|cn")
    assert [row.country for row in plan.rows if isinstance(row, SupplierRow)] == ["VN", "TH", "CN"]


def test_class_is_one_of_three() -> None:
    plan = read_rows("catalogue", sheet("code|name|class", "SCR|Scratch|Major", "DEN|Dent|fatal"))
    assert [(p.row, p.code) for p in plan.problems] == [(3, "class")]


def test_names_by_language_are_kept_with_their_tag() -> None:
    plan = read_rows(
        "catalogue", sheet("code|name|class|name_vi|name_zh_CN|name_th", "SCR|Scratch|major|Trầy|划痕|")
    )
    assert plan.rows == (CatalogueRow(2, "SCR", "Scratch", "major", (("vi", "Trầy"), ("zh_CN", "划痕"))),)


def test_people_are_only_listed() -> None:
    plan = read_rows("people", sheet("Name|Staff|Login", "An Li|007|", "Bo Xu||BO"))
    assert plan.rows == (PersonRow(2, "An Li", staff="007"), PersonRow(3, "Bo Xu", login="bo"))


@pytest.mark.parametrize("name", ["An\u202eil", "An\u200bli", "A\x07", "\ufffd", "a" * 201])
def test_name_with_hidden_or_endless_characters_is_refused(name: str) -> None:
    assert read_rows("suppliers", sheet("name", name)).problems


def test_our_own_quote_prefix_is_taken_away() -> None:
    plan = read_rows("catalogue", sheet("code|name|class", "'-2660|'=1+1|minor"))
    assert plan.rows == (CatalogueRow(2, "-2660", "=1+1", "minor"),)


def test_code_of_a_text_is_plain_and_told_apart_when_cut() -> None:
    assert code_of(" chì (Đặng) ") == "CHI-DANG"
    assert code_of("x" * 80 + "a") != code_of("x" * 80 + "b")
    assert len(code_of("x" * 80)) <= 64
    assert code_of("???") == ""


@pytest.mark.skipif(not DATA.is_dir(), reason="the real files are not here")
@pytest.mark.parametrize(
    ("kind", "file", "bundled", "rows"),
    [
        ("suppliers", "supplier-lists/facility_list_02.csv", "supplier-list", 80),
        ("suppliers", "supplier-lists/facility_list_04.csv", "supplier-list", 81),
        ("suppliers", "supplier-lists/facility_list_06.csv", "supplier-list", 44),
        ("suppliers", "supplier-lists/facility_list_09.csv", "supplier-list", 34),
        ("suppliers", "eu-rasff/rasff_2024_five_origins.csv", "eu-rejections-suppliers", 5),
        ("products", "eu-rasff/rasff_2024_five_origins.csv", "eu-rejections-products", 29),
        ("catalogue", "eu-rasff/rasff_2024_five_origins.csv", "eu-rejections-catalogue", 324),
        ("batches", "eu-rasff/rasff_2024_five_origins.csv", "eu-rejections-batches", 1333),
        ("defects", "eu-rasff/rasff_2024_five_origins.csv", "eu-rejections-defects", 2278),
        ("catalogue", "fda-defect-codes/act_section_charges_2019.csv", "fda-charges-catalogue", 288),
    ],
)
def test_real_list_is_taken_by_its_map(kind: ImportKind, file: str, bundled: str, rows: int) -> None:
    plan = read_rows(
        kind, read_table(DATA / file), read_mapping(ROOT / f"resources/maps/{bundled}.json", kind)
    )
    assert plan.problems == ()
    assert len(plan.rows) == rows


@pytest.mark.skipif(not DATA.is_dir(), reason="the real files are not here")
def test_every_real_batch_finds_its_product_supplier_and_codes() -> None:
    source = read_table(DATA / "eu-rasff/rasff_2024_five_origins.csv")

    def told(kind: ImportKind, field: str) -> set[object]:
        plan = read_rows(kind, source, read_mapping(ROOT / f"resources/maps/eu-rejections-{kind}.json", kind))
        return {getattr(row, field) for row in plan.rows}

    assert told("batches", "product") <= told("products", "code")
    assert told("batches", "supplier") <= told("suppliers", "name")
    assert told("defects", "batch") == told("batches", "number")
    assert told("defects", "code") == told("catalogue", "code")


def test_what_no_font_can_print_is_named_by_row_and_column() -> None:
    def refuses(_text: str, field: str) -> None:
        raise BadInput("glyph", where={"field": field})

    plan = read_rows("products", sheet("code|name", "A1|Lid", "A2|Lid \U0001f600"), None, refuses)
    assert [(p.row, p.column, p.code) for p in plan.problems] == [(3, "name", "glyph")]


def test_lots_out_of_free_text_begin_the_note_and_the_rest_is_told() -> None:
    fields: dict[str, object] = {
        "code": "why",
        "source": {"constant": "Authority"},
        "lots": {"column": "goods", "form": "lots"},
        "note": {"columns": ["what", "more"], "cut": 20, "drop": "invisible"},
    }
    plan = mapped(
        "defects",
        fields,
        "why|goods|what|more",
        "C1|Lots: A1001 Exp. 04/19; A1002|Two jars of\x13 red pepper|N/A",
        "C1|Z324-Z350|n/a|",
        "C1|Lot A1003; lot 1 and 2|Jar|",
        blank=["N/A"],
    )
    assert plan.problems == ()
    assert [row.note for row in plan.rows if isinstance(row, DefectRow)] == [
        "Lots: A1001, A1002\nTwo jars of red…",
        "",
        "Lots: A1003\nJar",
    ]
    assert [(n.code, n.column, n.value, n.facts) for n in plan.notes[:2]] == [
        ("no_lots", "goods", "Z324-Z350", {"rows": ["3"], "n": 1}),
        ("not_all_lots", "goods", "1", {"rows": ["4"], "n": 1}),
    ]
    long = mapped("defects", {**fields, "note": "what"}, "why|goods|what", "C1|Lot A1001|" + "x" * 9_990)
    assert [(p.row, p.column, p.code) for p in long.problems] == [(2, "what", "too_long")]


def test_each_lot_makes_a_row_where_the_map_says_so() -> None:
    lots = {"column": "goods", "form": "lots", "split": ","}
    plan = mapped(
        "defects", {"code": {"constant": "C1"}, "source": {"constant": "A"}, "batch": lots},
        "goods", "Lots: A1001 Exp. 04/19; A1002", "none",
    )  # fmt: skip
    assert [row.batch for row in plan.rows if isinstance(row, DefectRow)] == ["A1001", "A1002", None]
