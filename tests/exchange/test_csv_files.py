# SPDX-License-Identifier: Apache-2.0
"""CSV files: every separator and encoding that is told, and every refusal with its place."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from qcdesk.domain.inputs import BadInput
from qcdesk.exchange import sheets
from qcdesk.exchange.reading import read_in_child, read_table
from qcdesk.exchange.sheets import Sheet

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"


def parsed(
    payload: bytes, encoding: str | None = None, separator: str | None = None
) -> tuple[list[str], str]:
    """Read without the child process, which has its own tests."""
    how, rows = read_in_child({"encoding": encoding, "separator": separator}, payload)
    return how["headers"], rows.decode()


def refusal(payload: bytes, encoding: str | None = None, separator: str | None = None) -> BadInput:
    with pytest.raises(BadInput) as refused:
        parsed(payload, encoding, separator)
    return refused.value


def read(tmp_path: Path, payload: bytes, encoding: str | None = None) -> Sheet:
    path = tmp_path / "list.csv"
    path.write_bytes(payload)
    return read_table(path, encoding=encoding)


def test_file_is_read_with_its_lines_and_its_hash(tmp_path: Path) -> None:
    payload = 'name,note\r\nĐặng,"two\r\nlines"\r\n\r\n重庆,"a, ""b"""\r\n,\r\n'.encode()
    sheet = read(tmp_path, payload)
    assert sheet.headers == ("name", "note")
    assert [(row.line, row.cells) for row in sheet.rows] == [
        (2, ("Đặng", "two\r\nlines")),
        (5, ("重庆", 'a, "b"')),
    ]
    assert (sheet.encoding, sheet.separator, sheet.blank) == ("utf-8", ",", 2)
    assert sheet.sha256 == hashlib.sha256(payload).hexdigest()


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separator_is_found(separator: str) -> None:
    lines = ["code;name;size", "A1;An, Li;1,5", "B2;Bo, Xu;2,5"]
    text = "\n".join(line.replace(",", " ").replace(";", separator) for line in lines)
    how, _ = read_in_child({"encoding": None, "separator": None}, text.encode())
    assert how["separator"] == separator


def test_comma_inside_cells_does_not_hide_the_semicolon() -> None:
    headers, rows = parsed(b"name;size\nAn, Li;1,5\nBo Xu;2\n")
    assert headers == ["name", "size"]
    assert '"An, Li", "1,5"' in rows


def test_one_column_needs_no_separator() -> None:
    assert parsed(b"name\nAn Li\nBo Xu\n")[0] == ["name"]


def test_separator_that_could_be_two_is_asked_for() -> None:
    payload = b"a,b;c\n1,5;2\n2,5;3\n"
    refused = refusal(payload)
    assert refused.code == "separator_unclear"
    assert refused.facts["candidates"] == [",", ";"]
    assert parsed(payload, separator=";")[0] == ["a,b", "c"]
    assert refusal(payload, separator="x").code == "separator_unknown"


def test_first_line_that_names_the_separator_is_obeyed() -> None:
    headers, rows = parsed(b"sep=;\r\na,x;b\r\n1,5;2\r\n")
    assert headers == ["a,x", "b"]
    assert rows == '[[3, ["1,5", "2"]]]'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_is_read_unasked(encoding: str) -> None:
    assert parsed("tên,城市\nĐặng,重庆\n".encode(encoding))[0] == ["tên", "城市"]


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        (
            "gb18030",
            "供应商名称,城市,地址\n重庆长安有限公司,重庆,江北区建新东路二百六十号\n广州宝洁有限公司,广州,天河区\n",
        ),
        (
            "big5",
            "供應商名稱,城市,地址\n臺灣積體電路製造公司,新竹,科學園區力行六路八號\n鴻海精密工業股份有限公司,土城,自由街\n",
        ),
        ("cp874", "ชื่อบริษัท,เมือง\nบริษัทไทยเจริญการทอจำกัด,กรุงเทพมหานคร\nบริษัทสยามอุตสาหกรรม,เชียงใหม่\n"),
    ],
)
def test_other_encoding_is_refused_with_the_likely_one_and_read_when_said(encoding: str, text: str) -> None:
    payload = text.encode(encoding)
    refused = refusal(payload)
    assert refused.code == "encoding"
    assert refused.where == {"row": 1}
    offered = refused.facts["likely"]
    assert isinstance(offered, str)
    assert payload.decode(offered) == text
    assert parsed(payload, encoding)[0] == text.split("\n")[0].split(",")


def test_vietnamese_code_page_is_composed_when_read() -> None:
    headers, _ = parsed("Vi\u00ea\u0323t,a\nb,c\n".encode("cp1258"), "windows-1258")
    assert headers == ["Việt", "a"]


@pytest.mark.parametrize(
    "name", ["utf-7", "rot13", "zip", "unicode_escape", "punycode", "nonsense", "idna", "a\0b", ""]
)
def test_what_is_no_encoding_of_text_is_refused(name: str) -> None:
    assert refusal(b"a,b\n1,2\n", name).code == "encoding_unknown"


def test_said_encoding_that_the_mark_contradicts_is_refused() -> None:
    assert refusal("a,b\n1,2\n".encode("utf-16"), "utf-8").code == "encoding_contradicts"
    assert refusal("a,b\n1,2\n".encode("utf-8-sig"), "gbk").code == "encoding_contradicts"
    assert refusal("a,b\n1,2\n".encode("utf-32")).code == "encoding"


@pytest.mark.parametrize(
    ("payload", "code", "row"),
    [
        (b"a,b\n1,2\n1,\x00\n", "nul", 3),
        (b'a,b\n1,2\n"open,3\n4,5\n', "open_quote", 3),
        (b'a,b\n1,"x"y\n', "quote", 2),
        (b"a,b\n1,2\n1,2,3\n4,5\n", "row_width", 3),
        (b"a,b\n1,2\n1\n", "row_width", 3),
        (b'a,b\n"1\n1",2\n1\n', "row_width", 4),
        (b"a,A \n1,2\n", "header_twice", 1),
        (b"a,b,a\n1,2,3\n", "header_twice", 1),
        (b"\n1,2\n", "header_missing", 1),
        (b"\xef\xbb\xbf", "header_missing", 1),
        (b"a,b\n1," + b"x" * 10_001 + b"\n", "field_too_long", 2),
        (b"a,b\n1,2\n3,\"" + b"x\n" * 6_000, "open_quote", 3),
        (b",".join(b"c%d" % n for n in range(257)) + b"\n", "too_many_columns", 1),
        (b"a,b\n1,2\n\xff,3\n", "encoding", 3),
    ],
)  # fmt: skip
def test_broken_file_is_refused_with_its_row(payload: bytes, code: str, row: int) -> None:
    refused = refusal(payload)
    assert refused.code == code
    assert refused.where["row"] == row


def test_header_twice_names_the_column() -> None:
    assert refusal(b"a,b,A\n1,2,3\n").where["column"] == "A"


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "ROWS", 3)
    assert parsed(b"a,b\n1,2\n1,2\n1,2\n")
    assert refusal(b"a,b\n1,2\n1,2\n1,2\n1,2\n").code == "too_many_rows"


@pytest.mark.parametrize(
    ("start", "likely"),
    [
        (b"\x1f\x8b", "gz"),
        (b"<!DOCTYPE html><html>", "HTML"),
        (b"<?xml version='1.0'?><a/>", "XML"),
        (b"%PDF", "PDF"),
    ],
)
def test_file_of_another_kind_is_named(start: bytes, likely: str) -> None:
    refused = refusal(start + b"\x00\x01")
    assert (refused.code, refused.facts["likely"]) == ("not_csv", likely)


def test_missing_empty_and_huge_files_are_refused(tmp_path: Path) -> None:
    for name, code in (("none.csv", "no_file"), (".", "not_a_file"), ("a\0b", "no_file")):
        with pytest.raises(BadInput, match=code):
            read_table(tmp_path / name)
    (tmp_path / "empty.csv").touch()
    with pytest.raises(BadInput, match="file_empty") as refused:
        read_table(tmp_path / "empty.csv")
    assert refused.value.where == {"file": "empty.csv"}
    with (tmp_path / "huge.csv").open("wb") as file:
        file.truncate(sheets.FILE_BYTES + 1)
    with pytest.raises(BadInput, match="file_too_big"):
        read_table(tmp_path / "huge.csv")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_pipe_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    with pytest.raises(BadInput, match="not_a_file"):
        read_table(tmp_path / "pipe.csv")


def test_many_columns_of_nothing_do_not_stall(tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        read(tmp_path, b'"' * 1_000_000)
    with pytest.raises(BadInput):
        read(tmp_path, b"," * 5_000_000)


@pytest.mark.skipif(not DATA.is_dir(), reason="the real files are not here")
@pytest.mark.parametrize(
    ("name", "rows", "columns"),
    [
        ("supplier-lists/facility_list_02.csv", 83, 3),
        ("supplier-lists/facility_list_04.csv", 81, 3),
        ("supplier-lists/facility_list_06.csv", 44, 3),
        ("supplier-lists/facility_list_09.csv", 34, 3),
        ("eu-rasff/rasff_2024_five_origins.csv", 1339, 16),
        ("fda-defect-codes/act_section_charges_2019.csv", 288, 4),
        ("company-names/company_names_vn_th_cn_tw.csv", 666, 8),
    ],
)
def test_real_file_is_read_whole(name: str, rows: int, columns: int) -> None:
    sheet = read_table(DATA / name)
    assert (len(sheet.rows), len(sheet.headers)) == (rows, columns)
