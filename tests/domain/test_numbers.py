# SPDX-License-Identifier: Apache-2.0
"""The grammar of numbers: one decimal sign, digits kept, everything else refused."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcdesk.domain.inputs import BadInput
from qcdesk.domain.numbers import (
    may_be_thousands,
    parse_amount,
    parse_number,
    parse_quantity,
    parse_reading,
    within,
)

digits = st.text("0123456789", min_size=1, max_size=12)
places = st.text("0123456789", min_size=1, max_size=9)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("12.03", "12.03"),
        ("12,03", "12.03"),
        ("12,030", "12.03"),
        ("-0,50", "-0.5"),
        ("1,234", "1.234"),
        ("007", "7"),
        ("0", "0"),
        ("-0.000", "0"),
        (" 5 ", "5"),
        ("999999999999.999999999", "999999999999.999999999"),
    ],
)
def test_point_and_comma_are_both_a_decimal_sign(typed: str, value: str) -> None:
    reading = parse_reading(typed)
    assert reading.value == value
    assert reading.typed == typed.strip()
    assert reading.decimal == Decimal(value)


def test_digits_stay_as_typed() -> None:
    assert parse_reading("12,030").typed == "12,030"
    assert parse_reading("12,030").places == 3
    assert parse_reading("12").places == 0


@pytest.mark.parametrize(
    ("typed", "point", "comma"),
    [
        ("1,234.5", "1234.5", "1234,5"),
        ("1.234,5", "1234.5", "1234,5"),
        ("1 234", "1234", "1234"),
        ("1\u00a0234,5", "1234.5", "1234,5"),
        ("1'234.5", "1234.5", "1234,5"),
        ("1,234,567", "1234567", "1234567"),
        ("-1.234.567,25", "-1234567.25", "-1234567,25"),
        (".5", "0.5", "0,5"),
        ("5.", "5", "5"),
        ("+5", "5", "5"),
        ("−5,1", "-5.1", "-5,1"),
        ("１２．３", "12.3", "12,3"),
    ],
)
def test_dressed_up_number_is_refused_with_both_right_spellings(typed: str, point: str, comma: str) -> None:
    with pytest.raises(BadInput) as refused:
        parse_reading(typed, where={"field": "value"})
    assert refused.value.code == "number"
    assert (refused.value.facts["point"], refused.value.facts["comma"]) == (point, comma)
    assert refused.value.where == {"field": "value"}


@pytest.mark.parametrize(
    "typed",
    ["nan", "NaN", "inf", "-Infinity", "1e3", "1E3", "0x10", "1_0", "12 mm", "--1", "1-", "¹²", "١٢", "๑๒",
     "½", "12.03.2024", "-", ",", "=1+1", "1\n2", "1\x002", "Ⅻ", "十"],
)  # fmt: skip
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(BadInput, match="number"):
        parse_reading(typed)


def test_nothing_is_not_zero() -> None:
    with pytest.raises(BadInput, match="number_missing"):
        parse_reading("  ")


@pytest.mark.parametrize("typed", ["1234567890123", "0.1234567890", "0000000000001"])
def test_too_many_digits_are_refused(typed: str) -> None:
    with pytest.raises(BadInput, match="number_too_long"):
        parse_reading(typed)


def test_long_rubbish_is_refused_and_not_quoted_whole() -> None:
    with pytest.raises(BadInput) as refused:
        parse_reading("1 " * 5_000)
    assert len(str(refused.value.facts["typed"])) <= 40


def test_declared_decimal_sign_refuses_the_other() -> None:
    assert parse_number("12,03", ",").value == "12.03"
    with pytest.raises(BadInput) as refused:
        parse_number("12.05", ",")
    assert refused.value.facts["comma"] == "12,05"
    assert refused.value.facts["point"] is None
    with pytest.raises(BadInput) as doubtful:
        parse_number("1.234", ",")
    assert doubtful.value.facts["comma"] is None
    with pytest.raises(BadInput, match="decimal_sign"):
        parse_number("1", ";")


def test_quantity_is_a_plain_count() -> None:
    assert parse_quantity("0020") == 20
    assert parse_quantity("0", least=0) == 0
    for typed in ("1.5", "1,000", "-1", "1e3", "１０", "12 pcs", "٣"):
        with pytest.raises(BadInput, match="quantity"):
            parse_quantity(typed)
    with pytest.raises(BadInput) as refused:
        parse_quantity("1,000")
    assert refused.value.facts["right"] == "1000"
    with pytest.raises(BadInput, match="quantity_too_small"):
        parse_quantity("0")
    with pytest.raises(BadInput, match="quantity_too_large") as refused:
        parse_quantity("1234567890")
    assert refused.value.facts == {"typed": "1234567890", "most": 999_999_999}
    with pytest.raises(BadInput, match="number_missing"):
        parse_quantity("")


def test_value_passes_only_inside_its_limits() -> None:
    low, high = Decimal("4.45"), Decimal("4.55")
    assert within(Decimal("4.450"), low, high)
    assert within(Decimal("4.55"), low, high)
    assert not within(Decimal("4.5500001"), low, high)
    assert not within(Decimal("4.4"), low, high)
    assert within(Decimal("9"), low, None)
    assert within(Decimal("-9"), None, high)


@pytest.mark.parametrize("strange", ["NaN", "sNaN", "Infinity"])
def test_what_cannot_be_compared_fails(strange: str) -> None:
    assert not within(Decimal(strange), None, None)
    assert not within(Decimal(1), Decimal(strange), None)
    assert not within(Decimal(1), None, Decimal(strange))


@given(st.sampled_from(["", "-"]), digits, st.sampled_from([".", ","]), places)
def test_every_figure_of_the_grammar_is_worth_what_it_says(
    minus: str, before: str, sign: str, after: str
) -> None:
    reading = parse_reading(minus + before + sign + after)
    assert reading.decimal == Decimal(f"{minus}{before}.{after}")
    assert parse_reading(reading.value).value == reading.value


@given(st.text(max_size=30))
def test_any_text_is_a_plain_number_or_refused(text: str) -> None:
    try:
        reading = parse_reading(text)
    except BadInput:
        return
    assert reading.decimal.is_finite()
    assert set(reading.typed) <= set("-0123456789.,")


@given(st.text("0123456789.,' -+", max_size=20))
def test_spellings_offered_are_right(text: str) -> None:
    try:
        parse_reading(text)
    except BadInput as refused:
        for offered in (refused.facts.get("point"), refused.facts.get("comma")):
            if isinstance(offered, str) and len(offered) < 10:
                parse_reading(offered)


@pytest.mark.parametrize("typed", ["1.234", "50,000", "-12.500", " 999.999 "])
def test_amount_that_can_be_read_a_thousandfold_is_not_taken(typed: str) -> None:
    with pytest.raises(BadInput) as refused:
        parse_amount(typed)
    large = "".join(c for c in typed if c in "-0123456789")
    assert refused.value.code == "number_in_doubt"
    assert refused.value.facts == {"typed": typed.strip(), "small": f"{typed.strip()}0", "large": large}
    assert parse_amount(str(refused.value.facts["large"])).value == large
    assert parse_amount(str(refused.value.facts["small"])).decimal * 1000 == Decimal(large)


@pytest.mark.parametrize("typed", ["1.23", "1.2340", "0.250", "1234", "1234.567", "1,5"])
def test_amount_that_can_be_read_in_one_way_only_is_taken(typed: str) -> None:
    assert parse_amount(typed) == parse_reading(typed)


def test_only_the_sign_that_sets_thousands_apart_is_in_doubt() -> None:
    assert parse_amount("1,234", ".").value == "1.234"
    assert may_be_thousands("1.234", ".") and not may_be_thousands("1,234", ".")
