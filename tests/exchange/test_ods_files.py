# SPDX-License-Identifier: Apache-2.0
"""ODS: stored text is taken as it stands, repeated cells are counted out, and what hides or reckons is told."""

from __future__ import annotations

import pytest

from qcdesk.domain.inputs import BadInput
from qcdesk.exchange.ods_files import read_ods
from qcdesk.exchange.sheets import Mark, Sheet, sheet_of
from qcdesk.exchange.zip_files import Archive
from tests.exchange.spreadsheets import ods, ods_cell, ods_parts, ods_row, zipped


def read(payload: bytes, sheet: str | None = None) -> Sheet:
    return sheet_of(*read_ods(Archive(payload), sheet), "0" * 64)


def refusal(payload: bytes, sheet: str | None = None) -> BadInput:
    with pytest.raises(BadInput) as refused:
        read(payload, sheet)
    return refused.value


def only(cell: str, **more: str) -> tuple[str, Mark | None]:
    sheet = read(ods(ods_row("a", "b") + ods_row(cell, "x"), **more))
    return sheet.rows[0].cells[0], sheet.rows[0].marks.get(0)


def figure(value: str, more: str = "") -> str:
    return ods_cell("shown", f'office:value-type="float" office:value="{value}" {more}')


def test_stored_values_are_taken_not_what_is_shown() -> None:
    assert only(figure("12.5")) == ("12.5", None)
    assert only(figure("0.30000000000000004")) == ("0.3", None)
    assert only(ods_cell("1 Mar", 'office:value-type="date" office:date-value="2026-03-01"')) == (
        "2026-03-01",
        Mark("date"),
    )
    assert only(ods_cell("WAHR", 'office:value-type="boolean" office:boolean-value="true"')) == ("TRUE", None)
    paragraphs = "<table:table-cell><text:p>a<text:s text:c='2'/>b</text:p><text:p>c<text:tab/></text:p>"
    assert only(paragraphs + "</table:table-cell>") == ("a  b\nc\t", None)


def test_remarks_beside_a_cell_are_no_part_of_it() -> None:
    cell = "<table:table-cell><office:annotation><text:p>no</text:p></office:annotation><text:p>yes</text:p>"
    assert only(cell + "</table:table-cell>") == ("yes", None)


def test_formulas_errors_and_what_is_shown_otherwise_are_marked() -> None:
    assert only(figure("4", 'table:formula="of:=[.A1]"'))[1] == Mark("formula", "of:=[.A1]")
    extension = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
    error = f'calcext:value-type="error" xmlns:calcext="{extension}"'
    assert only(ods_cell("#REF!", error)) == ("#REF!", Mark("error_cell", "#REF!"))
    percent = only(ods_cell("5%", 'office:value-type="percentage" office:value="0.05"'))
    assert percent == ("0.05", Mark("shown_otherwise", "0%"))
    styles = (
        '<number:number-style style:name="N1"><number:number number:min-integer-digits="4"/></number:number-style>'
        '<style:style style:name="ce1" style:family="table-cell" style:data-style-name="N1"/>'
    )
    dressed = only(figure("12", 'table:style-name="ce1"'), styles=styles)
    assert dressed == ("12", Mark("shown_otherwise", "0000"))


def test_an_array_formula_marks_every_cell_it_fills() -> None:
    head = figure(
        "1",
        'table:formula="of:={X}" table:number-matrix-rows-spanned="2" table:number-matrix-columns-spanned="1"',
    )
    sheet = read(
        ods(ods_row("a", "b") + ods_row(head, "x") + ods_row(figure("2"), "x") + ods_row(figure("3"), "x"))
    )
    assert [r.marks[0].kind if r.marks else "" for r in sheet.rows] == ["formula", "formula", ""]


def test_joined_cells_are_marked_in_every_row() -> None:
    joined = ods_cell("x", 'table:number-rows-spanned="2" table:number-columns-spanned="1"')
    sheet = read(ods(ods_row("a", "b") + ods_row(joined, "1") + ods_row("", "2") + ods_row("y", "3")))
    assert [r.marks[0].kind if r.marks else "" for r in sheet.rows] == ["merged", "merged", ""]


def test_repeated_rows_and_cells_are_counted_out() -> None:
    rows = (
        ods_row("a", "b", "c")
        + ods_row(said='table:number-rows-repeated="3"')
        + ods_row(
            figure("7", 'table:number-columns-repeated="2"'), "z", said='table:number-rows-repeated="2"'
        )
        + ods_row(
            '<table:table-cell table:number-columns-repeated="16384"/>',
            said='table:number-rows-repeated="1048000"',
        )
    )
    sheet = read(ods(rows))
    assert [(r.line, r.cells) for r in sheet.rows] == [(5, ("7", "7", "z")), (6, ("7", "7", "z"))]


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        (ods_row("a") + ods_row("x", said='table:number-rows-repeated="1000000"'), "too_many_rows"),
        (ods_row("a") + ods_row(said='table:number-rows-repeated="1048577"'), "cell_damaged"),
        (ods_row("a") + ods_row(figure("1", 'table:number-columns-repeated="300"')), "too_many_columns"),
        (ods_row("a") + ods_row(figure("1", 'table:number-columns-repeated="0"')), "cell_damaged"),
        (ods_row("a") + ods_row(figure("inf")), "cell_damaged"),
        (ods_row("a") + ods_row("1", "2"), "row_width"),
        (ods_row("a", "a") + ods_row("1", "2"), "header_twice"),
        (ods_row("a") + ods_row("<table:table-cell><text:p><text:s text:c='999999999'/>x</text:p></table:table-cell>"),
         "field_too_long"),
        ("<table:table-source/>" + ods_row("a"), "sheet_linked"),
        ("", "header_missing"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_refused_with_its_sheet(rows: str, code: str) -> None:
    refused = refusal(ods(rows))
    assert (refused.code, refused.where["sheet"]) == (code, "Lots")


def test_what_is_hidden_is_named_and_the_only_visible_sheet_is_taken() -> None:
    styles = (
        '<style:style style:name="ta2" style:family="table">'
        '<style:table-properties table:display="false"/></style:style>'
    )
    rows = (
        '<table:table-column/><table:table-column table:visibility="collapse"/>'
        + ods_row("a", "b")
        + ods_row("x", "1", said='table:visibility="filter"')
        + ods_row("y", "2")
    )
    tables = (
        f'<table:table table:name="Lots">{rows}</table:table>'
        f'<table:table table:name="Old" table:style-name="ta2">{ods_row("c")}{ods_row("9")}</table:table>'
    )
    sheet = read(ods("", styles=styles, tables=tables))
    assert (sheet.name, sheet.hidden.sheets, sheet.hidden.rows, sheet.hidden.columns) == (
        "Lots",
        ("Old",),
        (2,),
        ("b",),
    )
    assert read(ods("", styles=styles, tables=tables), "Old").headers == ("c",)
    assert refusal(ods("", tables=tables)).code == "sheet_unclear"


def test_a_protected_file_is_refused() -> None:
    parts = ods_parts(ods_row("a"))
    parts["META-INF/manifest.xml"] = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>"
    )
    assert refusal(zipped(parts)).code == "zip_encrypted"
