# SPDX-License-Identifier: Apache-2.0
"""How the second person looks, in words: the rule first, a review only where it may be, no promise that is not kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from qcdesk.domain.procedures import Characteristic, Mode, ProcedureContent, ProcedureDefect
from qcdesk.domain.sampling import ClassRule
from qcdesk.i18n import Catalogue
from qcdesk.wording import modes

EN = Catalogue()
DENT = ProcedureDefect("DEN", "Dent", "major")


def procedure(defects: Mode | None, *characteristics: Mode) -> ProcedureContent:
    return ProcedureContent(
        "Cover",
        ("PH-204",),
        "Linh",
        date(2027, 1, 1),
        (ClassRule("major", "all"),),
        characteristics=tuple(
            Characteristic(f"C{no}", f"Part {no}", "attribute", mode=mode, destructive=mode == "review")
            for no, mode in enumerate(characteristics, 1)
        ),
        defects=(DENT,) if defects else (),
        defects_mode="split" if defects == "split" else "blind",
    )


def test_the_rule_is_offered_first_and_a_review_only_where_the_unit_is_destroyed() -> None:
    assert [mode for mode, _ in modes.choices(EN, destructive=False)] == ["blind", "split"]
    assert [mode for mode, _ in modes.choices(EN, destructive=True)] == ["blind", "split", "review"]


def test_one_way_for_all_is_said_in_one_line() -> None:
    assert modes.second_check(procedure("blind", "blind"), EN).startswith("Blind: ")
    assert modes.second_check(procedure("split", "split"), EN).startswith("Split: ")
    assert modes.second_check(procedure(None, "review"), EN).startswith("Review: ")


def test_mixed_ways_name_what_is_looked_at_in_which() -> None:
    said = modes.second_check(procedure("blind", "split", "review", "split"), EN)
    assert said == "Blind: the defects · Split: Part 1 and Part 3 · Review: Part 2"


def test_defects_that_a_procedure_does_not_have_have_no_way() -> None:
    assert modes.looked_at_by(procedure(None, "split"), "blind", EN) == ()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (procedure(None, "review"), True),
        (procedure(None, "review", "split"), False),
        (procedure("blind", "review"), False),
        (procedure("split"), False),
    ],
)
def test_heading_is_there_only_where_nothing_is_blind_or_split(content: ProcedureContent, said: bool) -> None:
    assert bool(modes.not_twice(content, EN)) == said


def test_blind_is_never_said_of_a_check_that_only_reviews() -> None:
    title, note = modes.kind_of_second(procedure(None, "review"), EN)
    assert "lind" not in title + note + modes.before_second(procedure(None, "review"), EN)


@pytest.mark.parametrize(
    "content",
    [
        procedure("blind"),
        procedure("split"),
        procedure("split", "blind"),
        procedure("blind", "review"),
        procedure("split", "review"),
        procedure(None, "review"),
    ],
)
def test_who_works_so_is_told_what_kind_of_check_it_is(content: ProcedureContent) -> None:
    kind = modes.kind_of_second(content, EN)
    assert kind.title
    assert kind.note
    assert modes.before_second(content, EN)


def test_fresh_units_are_announced_where_anything_is_split() -> None:
    for content in (procedure("split"), procedure("blind", "split")):
        assert "fresh" in modes.kind_of_second(content, EN).note


def test_a_destroyed_unit_fits_no_second_inspection() -> None:
    one = replace(procedure("blind", "blind").characteristics[0], destructive=True)
    assert modes.meaning(one.mode, EN, destructive=True) == modes.DESTROYED_MEANING
    assert modes.meaning("review", EN, destructive=True) == modes.MEANINGS["review"]
