# SPDX-License-Identifier: Apache-2.0
"""Attribute studies: the published tables of AIAG's example, and judgements that do not make a study."""

from __future__ import annotations

import pytest

from qcdesk.statistics.agreement import agreement
from qcdesk.statistics.attribute_studies import attribute_study
from qcdesk.statistics.readings import BadReadings

ANN = ["ok", "ok", "bad", "bad", "ok", "ok"]
BOB = ["ok", "ok", "bad", "ok", "ok", "bad"]


def rows(*trials: tuple[str, list[str]]) -> tuple[list[str], list[str], list[str]]:
    units, people, said = [], [], []
    for person, ratings in trials:
        for number, rating in enumerate(ratings, 1):
            units.append(str(number))
            people.append(person)
            said.append(rating)
    return units, people, said


@pytest.mark.parametrize(
    ("table", "kappa"),
    [(((44, 6), (3, 97)), 0.86), (((43, 7), (8, 92)), 0.78), (((42, 5), (9, 94)), 0.79),
     (((45, 5), (3, 97)), 0.88), (((45, 2), (3, 100)), 0.92), (((42, 9), (6, 93)), 0.77)],
)  # fmt: skip
def test_kappas_of_the_manuals_example(table: tuple[tuple[int, ...], ...], kappa: float) -> None:
    """AIAG, Measurement Systems Analysis (3rd edition), chapter III, section C: A×B, A×C, B×C, and each × reference."""
    assert agreement(table).kappa == pytest.approx(kappa, abs=0.006)


def test_people_are_set_against_themselves_each_other_and_the_standard() -> None:
    truth = dict(zip("123456", ["ok", "ok", "bad", "bad", "ok", "ok"], strict=True))
    study = attribute_study(
        *rows(("Ann", ANN), ("Bob", BOB), ("Ann", ANN), ("Bob", ANN)), standard=truth, good="ok"
    )
    assert (study.units, study.trials, study.categories) == (6, 2, ("bad", "ok"))
    ann, bob = study.within
    assert (ann.alike.hits, bob.alike.hits) == (6, 4) and ann.kappa.kappa == 1
    ann_right, bob_right = study.effectiveness
    assert (ann_right.right.hits, bob_right.right.hits) == (6, 4)
    assert bob_right.missed is not None and (bob_right.missed.hits, bob_right.missed.n) == (1, 4)
    assert bob_right.alarms is not None and (bob_right.alarms.hits, bob_right.alarms.n) == (1, 8)
    assert study.all_right is not None and study.all_right.hits == study.all_alike.hits == 4
    assert study.pairs[0].plain.n == 12 and study.several.raters == 4


def test_one_trial_without_a_standard_leaves_only_agreement() -> None:
    study = attribute_study(*rows(("Ann", ANN), ("Bob", BOB)))
    assert study.within == () and study.effectiveness == () and study.all_right is None


def test_figures_are_categories_by_size_and_all_of_them_may_be_given() -> None:
    data = rows(("A", ["1", "2", "10", "2"]), ("B", ["2", "2", "10", "1"]))
    assert attribute_study(*data).categories == ("1", "2", "10")
    assert attribute_study(*data, categories=["1", "2", "5", "10"]).categories == ("1", "2", "5", "10")
    with pytest.raises(BadReadings, match="unknown"):
        attribute_study(*data, categories=["1", "2"])


@pytest.mark.parametrize(
    ("data", "code"),
    [(rows(("A", ANN)), "too_few"), (rows(("A", ANN), ("B", BOB[:5])), "unbalanced"),
     (rows(("A", ["ok"]), ("B", ["ok"])), "too_few"), (rows(("A", ["ok"] * 3), ("B", ["ok"] * 3)), "too_few"),
     ((["1"], ["A"], []), "same_length")],
)  # fmt: skip
def test_what_makes_no_study_is_refused(data: tuple[list[str], list[str], list[str]], code: str) -> None:
    with pytest.raises(BadReadings) as bad:
        attribute_study(*data)
    assert bad.value.code == code


def test_a_standard_names_every_unit_and_good_is_a_category() -> None:
    with pytest.raises(BadReadings, match="no_standard"):
        attribute_study(*rows(("A", ANN), ("B", BOB)), standard={"1": "ok"})
    with pytest.raises(BadReadings, match="unknown"):
        attribute_study(*rows(("A", ANN), ("B", BOB)), good="fine")
