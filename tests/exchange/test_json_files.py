# SPDX-License-Identifier: Apache-2.0
"""JSON: lines or a named array; digits stay, doubles and nonsense are refused with their row."""

from __future__ import annotations

import pytest

from qcdesk.domain.inputs import BadInput
from qcdesk.exchange.json_files import LOOKS_LIKE_JSON, read_json
from qcdesk.exchange.sheets import Mark, Sheet, sheet_of


def read(text: str, array: str | None = None) -> Sheet:
    return sheet_of(*read_json(text, encoding="utf-8", array=array), "0" * 64)


def refusal(text: str, array: str | None = None) -> BadInput:
    with pytest.raises(BadInput) as refused:
        read(text, array)
    return refused.value


def test_lines_are_rows_and_all_their_keys_are_headers() -> None:
    sheet = read('{"a": "x", "b": 1}\r\n\n{"b": 2.50, "c": true}\n{"a": null}\n')
    assert sheet.headers == ("a", "b", "c")
    assert [(r.line, r.cells) for r in sheet.rows] == [(1, ("x", "1", "")), (3, ("", "2.50", "true"))]
    assert sheet.blank == 1


def test_an_array_is_rows_by_their_place() -> None:
    sheet = read('[\n{"a": "x"},\n{"a": "y"}]')
    assert [(r.line, r.cells) for r in sheet.rows] == [(1, ("x",)), (2, ("y",))]


def test_an_array_inside_a_document_is_named_by_the_map() -> None:
    document = '{"meta": {"rows": [{"a": "no"}]},\n "results": [{"a": "yes"}]}'
    assert read(document, "results").rows[0].cells == ("yes",)
    assert read(document, "meta.rows").rows[0].cells == ("no",)
    assert read(document.replace("\n", ""), "results").rows[0].cells == ("yes",)
    for text in (document, document.replace("\n", "")):
        refused = refusal(text)
        assert (refused.code, refused.facts["arrays"]) == ("json_array", ["meta.rows", "results"])
    assert refusal(document, "meta").code == "json_array_unknown"
    assert refusal("[]", "meta.x").code == "json_no_arrays"
    assert refusal('{\n"one":\n1}').code == "json_none"


def test_digits_stay_as_they_are_written() -> None:
    sheet = read('{"a": 0.10, "b": 12345678901234567890, "c": 1e3}')
    assert sheet.rows[0].cells == ("0.10", "12345678901234567890", "1000")


def test_a_list_in_a_field_is_marked() -> None:
    sheet = read('{"a": [1], "b": {"c": 2}, "d": "x"}')
    assert (sheet.rows[0].marks[0], sheet.rows[0].marks[1]) == (Mark("nested"), Mark("nested"))


@pytest.mark.parametrize(
    ("text", "code", "row"),
    [
        ('{"a": 1, "a": 2}', "json_key_twice", 1),
        ('{"a": 1}\n{"b": {"c": 1, "c": 2}}', "json_key_twice", 2),
        ('{"a": NaN}', "json_number", 1),
        ('{"a": 1}\n{"a": -Infinity}', "json_number", 2),
        ('{"a": ' + "9" * 401 + "}", "json_number", 1),
        ('{"a": 1}\n[1]', "json_row", 2),
        ('[1, {"a": 2}]', "json_row", 1),
        ('{"a": 1}\n{"a": ', "not_json", 2),
        ('[{"a": 1}', "not_json", 1),
        ('{"a": "\\ud800"}', "surrogate", 1),
        ('{"\\ud800": "a"}', "surrogate", 1),
        ('{"a": "\\u0000"}', "nul", 1),
        ("[" * 100_000, "not_json", 1),
        ('{"a": ' * 100_000, "not_json", 1),
        ("[]", "json_no_rows", 1),
        ('{"a": "' + "x" * 10_001 + '"}', "field_too_long", 1),
        ('{"a": 1, "A ": 2}', "header_twice", 1),
        ("{" + ", ".join(f'"c{n}": 1' for n in range(257)) + "}", "too_many_columns", 1),
    ],
)
def test_what_is_wrong_is_refused_with_its_row(text: str, code: str, row: int) -> None:
    refused = refusal(text)
    assert (refused.code, refused.where["row"]) == (code, row)


@pytest.mark.parametrize("text", ['{"a"', " \n[ {", "[]", "{}", '[["a"'])
def test_json_is_told_by_its_beginning(text: str) -> None:
    assert LOOKS_LIKE_JSON.match(text)


@pytest.mark.parametrize("text", ["[id],name", "{id},name", "name,code", "", '"a","b"'])
def test_csv_is_not_taken_for_json(text: str) -> None:
    assert not LOOKS_LIKE_JSON.match(text)
