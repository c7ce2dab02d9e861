# SPDX-License-Identifier: Apache-2.0
"""Every question says its numbers and the names in it, and charges nobody."""

from __future__ import annotations

from typing import get_args

import pytest

from qcdesk.domain.concerns import Concern, Kind
from qcdesk.i18n import Catalogue
from qcdesk.services.rows import ConcernRow
from qcdesk.wording.concerns import question

FACTS: dict[Kind, dict[str, str]] = {
    "hurried": {"own": "4.0", "usual": "31.0", "units": "80"},
    "hastened": {"own": "4.0", "usual": "31.0", "units": "80"},
    "never_differ": {"units": "200", "batches": "31"},
    "echoes": {"units": "82", "batches": "31"},
    "misses_all": {"checks": "5", "units": "31"},
    "all_pass": {"checks": "44", "usual": "31"},
    "signed_together": {"seconds": "31", "station": "Bench 1"},
    "repeated": {"readings": "31", "of": "40", "other": "5", "other_of": "42", "before": "", "characteristic": "DIA"},
    "rounded": {"readings": "31", "of": "40", "other": "5", "other_of": "42", "characteristic": "DIA"},
    "bunched": {"readings": "31", "of": "40", "other": "5", "other_of": "42", "characteristic": "DIA"},
    "bent": {"readings": "31", "other": "2", "characteristic": "DIA"},
    "tired": {"hours": "2", "checks": "5", "late": "31", "late_of": "62", "late_pace": "20.1", "fresh": "90",
              "fresh_of": "100", "fresh_pace": "31.0"},
    "quick_change": {"seconds": "31", "station": "Bench 1"},
    "tried": {"tries": "31", "station": "Bench 1"},
    "taken_back": {"checks": "31"},
    "in_doubt": {"since": "31"},
    "event": {"type": "person.suspended", "person": "Linh", "name": "Linh"},
}  # fmt: skip


def row(kind: Kind, facts: dict[str, str]) -> ConcernRow:
    return ConcernRow(Concern(f"{kind}:1", kind, 1, 1, "a", "b", "c", facts), "Linh", "Som", "B-31", None)


@pytest.mark.parametrize("kind", get_args(Kind))
def test_every_question_is_a_sentence_with_its_numbers(kind: Kind) -> None:
    said = question(row(kind, FACTS[kind]), Catalogue())
    assert "{" not in said
    assert said.endswith(".")
    if kind != "event":
        assert "31" in said
        assert "Linh" in said


def test_a_list_that_came_before_is_told_as_such() -> None:
    said = question(row("repeated", {**FACTS["repeated"], "before": "x"}), Catalogue())
    assert said == "Linh read the same 31 values of DIA in the same order as in an earlier check."


def test_tiredness_proposes_a_pause() -> None:
    assert "A pause or another pair may help." in question(row("tired", FACTS["tired"]), Catalogue())
