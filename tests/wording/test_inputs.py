# SPDX-License-Identifier: Apache-2.0
"""Every code of bad input has words, found in the sources themselves."""

from __future__ import annotations

import ast
from datetime import date
from decimal import Decimal

import pytest
from messages import nodes

from qcdesk.domain.inputs import BadInput
from qcdesk.domain.numbers import parse_reading
from qcdesk.i18n import STRETCHED, Catalogue
from qcdesk.statistics.sampling import NoPlan
from qcdesk.statistics.single_plans import single_plan
from qcdesk.wording.inputs import FIELD_WORDS, known_codes, place, problem, tell
from tests.architecture.sources import files_with, tree

EN = Catalogue()
# Raised with a code that is worked out: from the sampling tables and from figures of an estimate.
COMPUTED = {"lot_too_small", "unknown_level", "unknown_aql", "unknown_severity", "unknown_standard",
            "negative", "both_above_one", "found_above_sample", "sample_above_lot", "sample_needed"}  # fmt: skip


def codes_in_sources() -> set[str]:
    """Return every literal code given to BadInput, RowProblem, NoPlan or BadCounts."""
    found: set[str] = set()
    for path in files_with("BadInput", "NoPlan", "BadCounts", "BadPlan", "RowProblem"):
        for node in nodes(tree(path)):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            at = {"BadInput": 0, "NoPlan": 0, "BadCounts": 0, "BadPlan": 0, "RowProblem": 3}.get(name)
            if at is not None and len(node.args) > at and isinstance(node.args[at], ast.Constant):
                found.add(str(node.args[at].value))  # type: ignore[attr-defined]
    return found


def test_every_code_of_the_sources_has_words() -> None:
    assert codes_in_sources() | COMPUTED <= known_codes()


@pytest.mark.parametrize("code", sorted(known_codes()))
def test_words_need_no_fact(code: str) -> None:
    for words in (EN, Catalogue(STRETCHED)):
        told = tell(BadInput(code), words)
        assert told.fact and "{" not in str(told)


@pytest.mark.parametrize("code", sorted(known_codes() - {"usage", "usage_top"}))
def test_words_show_no_code(code: str) -> None:
    told = problem(code, {"value": "x", "n": 3, "known": ("a", "b")}, EN)
    if "_" in code:
        assert code not in str(told)
    assert told.fact.endswith((".", "?"))


def test_a_figure_with_a_separator_is_given_back_in_both_spellings() -> None:
    bad = BadInput("number", facts={"typed": "1,234.5", "point": "1234.5", "comma": "1234,5"})
    assert str(tell(bad, EN)) == '"1,234.5" has a separator for thousands. Type 1234.5 or 1234,5.'


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (".5", "“.5” has no digit on one side of its decimal sign. Type 0.5 or 0,5."),
        ("12.", "“12.” has no digit on one side of its decimal sign. Type 12."),
        ("-,5", "“-,5” has no digit on one side of its decimal sign. Type -0.5 or -0,5."),
    ],
)
def test_a_naked_decimal_sign_is_no_separator_for_thousands(typed: str, told: str) -> None:
    with pytest.raises(BadInput) as refused:
        parse_reading(typed)
    assert str(tell(refused.value, EN)) == told


def test_a_sheet_stands_between_file_and_row() -> None:
    assert place({"file": "a.xlsx", "sheet": "Lots", "row": 2}, EN) == "a.xlsx, sheet Lots, row 2"


def test_the_place_in_the_file_comes_first() -> None:
    bad = BadInput("missing", where={"file": "s.csv", "row": 12, "column": "Country", "field": "country"})
    assert str(tell(bad, EN)) == "s.csv, row 12, column Country: Country is missing. Fill it in."


def test_a_form_on_screen_needs_no_place() -> None:
    assert place({"field": "country"}, EN) == ""


def test_days_and_lists_stand_as_words() -> None:
    facts: dict[str, object] = {"made_on": date(2026, 3, 2), "ship_by": date(2026, 3, 1)}
    told = tell(BadInput("ship_before_made", facts=facts), EN, today=date(2026, 5, 1))
    assert told.fact == "It would be shipped by 1 Mar, before it was made on 2 Mar."


def test_an_aql_between_the_tabled_ones_names_its_neighbours() -> None:
    with pytest.raises(NoPlan) as none:
        single_plan(1000, "II", Decimal("1.1"))
    told = problem(none.value.code, none.value.facts, EN)
    assert str(told) == "The tables have no AQL 1.1. Its neighbours are 1.0 or 1.5."


def test_every_field_named_in_the_sources_has_a_word() -> None:
    named: set[str] = set()
    for path in files_with("where="):
        for node in nodes(tree(path)):
            if isinstance(node, ast.keyword) and node.arg == "where" and isinstance(node.value, ast.Dict):
                for key, value in zip(node.value.keys, node.value.values, strict=True):
                    if ast.unparse(key or node) == "'field'" and isinstance(value, ast.Constant):
                        named.add(str(value.value))
    assert named <= set(FIELD_WORDS)
