# SPDX-License-Identifier: Apache-2.0
"""Attribute studies: the published tables of AIAG's example, and judgements that do not make a study."""

from __future__ import annotations

import pytest

from qcdesk.statistics.attribute_studies import attribute_study
from qcdesk.statistics.readings import BadReadings

# AIAG, Measurement Systems Analysis (4th edition, 2010), table III-C 1: of each of 50 parts the three judgements of A, of
# B and of C (1 accepts), then the reference.
FIFTY = """
    1111111111 1111111111 0000000000 0000000000 0000000000 1101101001 1111111011 1111111111 0000000000
    1111111111 1111111111 0000000100 1111111111 1101111001 1111111111 1111111111 1111111111 1111111111
    1111111111 1111111111 1101010101 0010101100 1111111111 1111111111 0000000000 0100000010 1111111111
    1111111111 1111111111 0000010000 1111111111 1111111111 1111111111 0010010110 1111111111 1101111011
    0000000000 1111111111 0000000000 1111111111 1111111111 0000000000 1011111101 1111111111 0000000000
    1111111111 1111111111 0000000000 1111111111 0000000000
""".split()  # noqa: SIM905 - a table is read in rows
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


def test_the_manuals_example() -> None:
    """AIAG (2010), chapter III, section C, tables III-C 1 to 7: kappas of the pairs and against the reference, scores
    with their exact intervals (of the whole system it prints 64 to 89, where the interval is 64 to 88.5), misses, alarms.

    Open at: aiag.org, the manual itself; the checks of a public program against it carry the same table and figures.
    """
    trials = [
        (who, [row[3 * i + trial] for row in FIFTY]) for i, who in enumerate("ABC") for trial in range(3)
    ]
    truth = {str(number): row[9] for number, row in enumerate(FIFTY, 1)}
    study = attribute_study(*rows(*trials), standard=truth, good="1")
    pairs = {(pair.first, pair.second): pair.plain.kappa for pair in study.pairs}
    assert pairs == pytest.approx({("A", "B"): 0.86, ("A", "C"): 0.78, ("B", "C"): 0.79}, abs=5e-3)
    printed = {
        "A": (0.88, 84, 71, 93, 6.3, 4.9),
        "B": (0.92, 90, 78, 97, 6.3, 2.0),
        "C": (0.77, 80, 66, 90, 12.5, 8.8),
    }
    for one in study.effectiveness:
        kappa, score, low, high, missed, alarms = printed[one.appraiser]
        assert one.kappa.kappa == pytest.approx(kappa, abs=5e-3)
        assert one.right.value is not None
        found = [100 * x for x in (one.right.value, one.right.low, one.right.high)]
        assert found == pytest.approx([score, low, high], abs=0.5)
        assert one.missed is not None and one.alarms is not None
        assert one.missed.value is not None and one.alarms.value is not None
        assert [100 * one.missed.value, 100 * one.alarms.value] == pytest.approx([missed, alarms], abs=0.06)
    assert study.all_right is not None and study.all_right.value is not None
    assert [100 * study.all_right.value, 100 * study.all_right.low] == pytest.approx([78, 64], abs=0.5)


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


@pytest.mark.parametrize("confidence", [0.0, 0.49, 1.0, -1.0, float("nan")])
def test_intervals_that_say_nothing_are_refused(confidence: float) -> None:
    with pytest.raises(BadReadings, match="outside"):
        attribute_study(*rows(("Ann", ANN), ("Bob", BOB)), confidence=confidence)


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
