# SPDX-License-Identifier: Apache-2.0
"""The lines of a check: what each kind means, and what is refused with its line."""

from __future__ import annotations

import json

import pytest

from qcdesk.cli.check_lines import Lines, read_lines
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import InstrumentOfOtherKind, InstrumentOverdue, NotDoneNotAllowed
from tests.cli.pages import own_check


def read(*lines: object, tally: bool = False, place: str = "first") -> Lines:
    text = "\n".join(one if isinstance(one, str) else json.dumps(one) for one in lines)
    return read_lines(text.encode(), "f.jsonl", own_check(tally=tally, place=place))


def refused(*lines: object, tally: bool = False, place: str = "first") -> BadInput:
    with pytest.raises(BadInput) as bad:
        read(*lines, tally=tally, place=place)
    return bad.value


def test_a_finding_counts_its_unit_as_inspected() -> None:
    lines = read({"unit": 7, "defect": "SCR", "class": "major", "count": 2, "note": "edge"})
    assert (lines.findings[0].code, lines.findings[0].count, lines.findings[0].note) == ("SCR", 2, "edge")
    assert set(lines.results) == {7} and lines.results[7].not_done is None


def test_a_reading_keeps_the_digits_that_were_typed() -> None:
    lines = read('{"unit":7,"characteristic":"DIA","value":12.030,"instrument":"C-07"}',
                 {"unit": 8, "characteristic": "DIA", "value": "12,03"},
                 {"unit": 9, "characteristic": "DIA", "value": 12})  # fmt: skip
    assert [r.typed for r in lines.readings] == ["12.030", "12,03", "12"]
    assert set(lines.results) == {7, 8, 9}


def test_a_unit_alone_is_inspected_without_a_finding() -> None:
    assert set(read({"unit": 7}).results) == {7}


def test_units_may_be_a_list_or_ranges() -> None:
    assert set(read({"units": [1, 2, 3]}).results) == {1, 2, 3}
    assert set(read({"units": "1-78, 80"}).results) == {*range(1, 79), 80}


def test_a_unit_left_out_gives_its_reason_even_beside_a_range() -> None:
    for lines in (
        read({"units": "1-80"}, {"unit": 9, "not_done": "broken packing"}),
        read({"unit": 9, "not_done": "broken packing"}, {"units": "1-80"}),
    ):
        assert lines.results[9].not_done == "broken packing" and len(lines.results) == 80


def test_tallied_goods_have_counts_and_no_units() -> None:
    lines = read({"tallied": 80}, {"defect": "SCR", "count": 3}, tally=True)
    assert lines.tallied == 80 and lines.findings[0].unit is None and lines.findings[0].count == 3
    assert not lines.results


def test_a_finding_is_withdrawn_with_a_reason() -> None:
    lines = read({"withdraw": "f" * 32, "reason": "slip"})
    assert lines.withdraw[0].reason == "slip"


def test_a_decision_says_what_is_true_of_each_claim() -> None:
    lines = read(
        {"unit": 7, "defect": "SCR", "holds": True},
        {"unit": 9, "defect": "CRK", "holds": False, "note": "dust"},
        place="third",
    )
    assert [(r.unit, r.code, r.holds) for r in lines.resolutions] == [(7, "SCR", True), (9, "CRK", False)]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("{", "not_json"),
        ("[1]", "not_json"),
        ('{"unit":7,"unit":8}', "json_key_twice"),
        ({"unit": 81}, "unit_not_drawn"),
        ({"unit": 0}, "unit_not_drawn"),
        ({"unit": "7"}, "whole_number"),
        ({"unit": 7.5}, "whole_number"),
        ({"unit": True}, "whole_number"),
        ({"unit": 7, "colour": "red"}, "json_key_unknown"),
        ({"unit": 7, "defect": "XXX"}, "unknown_defect"),
        ({"unit": 7, "defect": "SCR", "class": "minor"}, "class_differs"),
        ({"defect": "SCR"}, "missing"),
        ({"unit": 7, "defect": "SCR", "count": 0}, "count"),
        ({"unit": 7, "defect": 5}, "text_wanted"),
        ({"unit": 7, "characteristic": "LEN", "value": "1"}, "unknown_characteristic"),
        ({"unit": 7, "characteristic": "DIA", "value": "1,234.5"}, "number"),
        ({"unit": 7, "characteristic": "DIA", "value": True}, "number"),
        ('{"unit":7,"characteristic":"DIA","value":NaN}', "not_json"),
        ({"unit": 7, "characteristic": "DIA", "value": "12", "instrument": "C-99"}, "unknown_instrument"),
        ({"unit": 7, "characteristic": "DIA"}, "line_kind"),
        ({"unit": 7, "defect": "SCR", "value": "12"}, "line_kind"),
        ({}, "line_kind"),
        ({"note": "x"}, "line_kind"),
        ({"units": "9-1"}, "units"),
        ({"units": "1-999999999"}, "units"),
        ({"units": ["a"]}, "units"),
        ({"tallied": 5}, "not_tallied"),
        ({"withdraw": "e" * 32, "reason": "x"}, "unknown_finding"),
        ({"withdraw": "f" * 32}, "missing"),
        ({"unit": 7, "defect": "SCR", "holds": "yes"}, "truth_wanted"),
    ],
)
def test_a_line_that_cannot_be_taken_is_named(line: object, code: str) -> None:
    bad = refused({"unit": 1}, "", line)
    assert (bad.code, bad.where["file"], bad.where["row"]) == (code, "f.jsonl", 3)


def test_tallied_goods_have_no_numbers() -> None:
    assert refused({"unit": 7}, tally=True).code == "tallied_goods"
    assert refused({"tallied": 81}, tally=True).code == "tally_outside"


def test_the_third_person_gives_decisions_only() -> None:
    assert refused({"unit": 7, "defect": "SCR"}, place="third").code == "is_third"


def test_findings_and_decisions_do_not_mix() -> None:
    assert refused({"unit": 7}, {"unit": 7, "defect": "SCR", "holds": True}).code == "lines_mixed"


def test_an_empty_file_records_nothing() -> None:
    assert refused("").code == "no_lines"


def test_a_file_in_another_encoding_is_refused_with_its_line() -> None:
    with pytest.raises(BadInput) as bad:
        read_lines(b'{"unit":1}\n{"unit":2,"defect":"SCR","note":"\xe9"}\n', "f.jsonl", own_check())
    assert bad.value.code == "encoding" and bad.value.where["row"] == 2


def test_a_refusal_about_an_instrument_or_unit_finds_its_line() -> None:
    lines = read({"unit": 1}, {"unit": 7, "characteristic": "DIA", "value": "12", "instrument": "C-07"})
    assert lines.row_of(InstrumentOverdue("C-07", None)) == 2
    assert lines.row_of(InstrumentOfOtherKind(7, "DIA", "Bore", "tape", "C-07", "caliper")) == 2
    assert lines.row_of(NotDoneNotAllowed((1,))) == 1
