# SPDX-License-Identifier: Apache-2.0
"""XLSX: stored text is taken as it stands, days are days, and what hides or reckons is told."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from qcdesk.domain.inputs import BadInput
from qcdesk.exchange.sheets import Mark, Sheet, sheet_of
from qcdesk.exchange.xlsx_files import read_xlsx
from qcdesk.exchange.zip_files import Archive
from tests.exchange.spreadsheets import number, row, xlsx, xlsx_parts, zipped

HEAD = row("number", "product", "quantity")


def read(payload: bytes, sheet: str | None = None) -> Sheet:
    return sheet_of(*read_xlsx(Archive(payload), sheet), "0" * 64)


def refusal(payload: bytes, sheet: str | None = None) -> BadInput:
    with pytest.raises(BadInput) as refused:
        read(payload, sheet)
    return refused.value


def only(cell: str, **more: object) -> tuple[str, Mark | None]:
    """Return the one cell below a header, and its mark."""
    sheet = read(xlsx(row("a", "b") + row(cell, "x"), **more))
    return sheet.rows[0].cells[0], sheet.rows[0].marks.get(0)


def test_rows_come_with_their_numbers_and_empty_ones_are_counted() -> None:
    sheet = read(xlsx(f'<row r="2"/>{HEAD}{row("L-1", "P", "4")}<row/>{row("L-2", "", "5")}'))
    assert (sheet.headers, sheet.header_line, sheet.name) == (("number", "product", "quantity"), 3, "Lots")
    assert [(r.line, r.cells) for r in sheet.rows] == [(4, ("L-1", "P", "4")), (6, ("L-2", "", "5"))]
    assert sheet.blank == 1


@pytest.mark.parametrize(
    ("stored", "text"),
    [
        ("12", "12"),
        ("1.1000000000000001", "1.1"),
        ("0.30000000000000004", "0.3"),
        ("1E3", "1000"),
        ("-2.5E-3", "-0.0025"),
        ("123456789012345", "123456789012345"),
        ("0", "0"),
    ],
)
def test_figures_are_taken_by_their_stored_text_as_their_program_shows_them(stored: str, text: str) -> None:
    assert only(number(stored)) == (text, None)


def test_texts_are_taken_whole_without_reading_aids() -> None:
    texts = ("<t>Đặng</t>", "<r><t>two </t></r><r><t>parts</t></r><rPh><t>aid</t></rPh>", "<t>a_x000A_b</t>")
    cells = [f'<c t="s"><v>{n}</v></c>' for n in range(3)]
    sheet = read(xlsx(row("a", "b", "c") + row(*cells), texts=texts))
    assert sheet.rows[0].cells == ("Đặng", "two parts", "a\nb")
    assert refusal(xlsx(row("a") + row('<c t="s"><v>1</v></c>'), texts=("<t>x</t>",))).code == "cell_damaged"


def test_a_day_is_a_day_by_its_format_in_either_calendar() -> None:
    formats = ("yyyy\\-mm\\-dd", 'dd" of "mmmm', "[$-409]d/m/yy h:mm", "0.00", "General")
    assert only(number("46082", 1), formats=formats) == ("2026-03-01", Mark("date"))
    assert only(number("46082", 2), formats=formats) == ("2026-03-01", Mark("date"))
    assert only(number("46082.75", 3), formats=formats) == ("2026-03-01T18:00:00", Mark("date"))
    assert only(number("46082", 4), formats=formats) == ("46082", None)
    assert only(number("46082", 5), formats=formats) == ("46082", None)
    assert only(number("44620", 1), formats=formats, since_1904=True) == ("2026-03-01", Mark("date"))


@pytest.mark.parametrize("code", ["0000", '"LOT-"0', "0%", "#,##0,", ";;;", "hh:mm", '0" kg"'])
def test_a_figure_shown_otherwise_than_it_is_kept_is_marked(code: str) -> None:
    text, mark = only(number("12", 1), formats=(code,))
    assert text == "12" and mark is not None and mark.kind == "shown_otherwise"


@pytest.mark.parametrize(
    "code", ["0", "0.00", "#,##0", "#,##0.00", "General", "@", "0.00E+00", "[Red]0", "_-* #,##0"]
)
def test_a_plain_format_marks_nothing(code: str) -> None:
    assert only(number("12", 1), formats=(code,)) == ("12", None)


def test_formulas_and_errors_are_marked_and_their_kept_values_too() -> None:
    assert only("<c><f>A1+B1</f><v>4</v></c>") == ("4", Mark("formula", "=A1+B1"))
    assert only('<c t="str"><f>"x"</f><v>x</v></c>')[1] == Mark("formula", '="x"')
    assert only('<c><f t="shared" si="0"/><v>4</v></c>')[1] == Mark("formula", "=")
    assert only('<c t="e"><v>#REF!</v></c>') == ("#REF!", Mark("error_cell", "#REF!"))


def test_every_cell_of_a_formula_that_spills_is_marked() -> None:
    spilling = '<c r="A2"><f t="array" ref="A2:A4">X</f><v>1</v></c>'
    rows = (
        row("a", "b")
        + row(spilling, "x")
        + row(number("2"), "x")
        + row(number("3"), "x")
        + row(number("4"), "x")
    )
    sheet = read(xlsx(rows))
    assert [r.marks[0].kind if r.marks else "" for r in sheet.rows] == ["formula", "formula", "formula", ""]


def test_joined_cells_are_marked_in_every_row() -> None:
    rows = row("a", "b") + row("x", "1") + row("<c/>", "2") + row("y", "3")
    sheet = read(xlsx(rows, after='<mergeCells><mergeCell ref="A2:A3"/></mergeCells>'))
    assert [r.marks.get(0) for r in sheet.rows] == [Mark("merged", "A2:A3")] * 2 + [None]


def test_what_is_hidden_is_named() -> None:
    rows = row("a", "b") + row("x", "1") + row("y", "2", hidden=True) + '<row ht="0">' + row("z", "3")[5:]
    sheets = (("Lots", "visible"), ("Notes", "hidden"), ("Deep", "veryHidden"))
    found = read(xlsx(rows, before='<cols><col min="2" max="2" hidden="1"/></cols>', sheets=sheets))
    assert found.hidden.sheets == ("Notes", "Deep")
    assert found.hidden.rows == (3, 4)
    assert found.hidden.columns == ("b",)
    assert len(found.rows) == 3


def test_the_sheet_is_the_only_visible_one_or_the_one_named() -> None:
    rows = row("a") + row("x")
    several = xlsx(rows, sheets=(("One", "visible"), ("Two", "visible"), ("Three", "hidden")))
    refused = refusal(several)
    assert (refused.code, refused.facts["sheets"]) == ("sheet_unclear", ["One", "Two"])
    assert read(several, "Three").name == "Three"
    assert refusal(several, "Four").code == "sheet_unknown"
    assert refusal(xlsx(rows, sheets=(("One", "hidden"),))).code == "sheet_unclear"


@pytest.mark.parametrize(
    ("rows", "code", "line"),
    [
        (row("a", "b") + row("1", "2", "3"), "row_width", 2),
        (row("a", "A") + row("1", "2"), "header_twice", 1),
        (row("a") + row("1", "<c><f>B9</f></c>"), "row_width", 2),
        (row("a") + row("x" * 10_001), "field_too_long", 2),
        (row("a") + row("_x0000_"), "nul", 2),
        (row("a") + row("_xD800_"), "surrogate", 2),
        (row("a") + row('<c r="IW2"><v>1</v></c>'), "too_many_columns", 2),
        (row("a") + row('<c r="B9"><v>1</v></c>'), "cell_damaged", 2),
        (row("a") + row('<c r="B2"><v>1</v></c>', '<c r="A2"><v>1</v></c>'), "sheet_order", 2),
        (row("a") + '<row r="1"/>', "sheet_order", 1),
        (row("a") + '<row r="2000000"/>', "sheet_order", 1),
        (row("a") + row(number("1_0")), "cell_damaged", 2),
        (row("a") + row(number("nan")), "cell_damaged", 2),
        (row("a") + row('<c t="x"><v>1</v></c>'), "cell_damaged", 2),
        ("", "header_missing", 1),
    ],
)
def test_what_is_wrong_is_refused_with_sheet_and_row(rows: str, code: str, line: int) -> None:
    refused = refusal(xlsx(rows))
    assert (refused.code, refused.where["sheet"], refused.where["row"]) == (code, "Lots", line)


def test_one_text_named_by_a_million_cells_does_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qcdesk.exchange.sheets.ALL_CHARACTERS", 50_000)
    cell = '<c t="s"><v>0</v></c>'
    payload = xlsx(row("a", "b") + row(cell, cell) * 10, texts=(f"<t>{'x' * 5_000}</t>",))
    assert refusal(payload).code == "too_much_text"


def test_elements_of_other_namespaces_are_no_cells() -> None:
    rows = row("a") + '<row><x:c xmlns:x="urn:other"><x:v>9</x:v></x:c></row>' + row("1")
    assert [r.cells for r in read(xlsx(rows)).rows] == [("1",)]


def test_parts_outside_the_archive_are_not_followed() -> None:
    parts = xlsx_parts(row("a") + row("1"))
    parts["xl/_rels/workbook.xml.rels"] = str(parts["xl/_rels/workbook.xml.rels"]).replace(
        'Target="worksheets/sheet1.xml"', 'Target="../../../etc/passwd"'
    )
    assert refusal(zipped(parts)).code == "zip_part"
    parts["xl/_rels/workbook.xml.rels"] = str(parts["xl/_rels/workbook.xml.rels"]).replace(
        'Target="../../../etc/passwd"', 'Target="http://example.org/s.xml" TargetMode="External"'
    )
    assert refusal(zipped(parts)).code == "sheet_unknown"


def test_a_file_of_another_program_reads_as_that_of_an_independent_reader() -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet("Lots")
        sheet.write_row(0, 0, ["name", "figure", "empty", "truth"])
        written = [("Đặng", 12.03, None, True), (" 重庆 ", -0.1, None, False), ("ไทย", 1e6, None, True)]
        for line, cells in enumerate(written, 1):
            sheet.write_row(line, 0, cells)
    ours = read(buffer.getvalue())
    theirs = (
        CalamineWorkbook.from_filelike(io.BytesIO(buffer.getvalue())).get_sheet_by_name("Lots").to_python()
    )
    assert list(ours.headers) == theirs[0]
    for mine, other in zip(ours.rows, theirs[1:], strict=True):
        assert mine.cells[0] == other[0] and mine.cells[2] == other[2] == ""
        assert Decimal(mine.cells[1]) == Decimal(str(other[1]))
        assert mine.cells[3] == str(other[3]).upper()
