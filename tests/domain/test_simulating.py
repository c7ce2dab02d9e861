# SPDX-License-Identifier: Apache-2.0
"""Imagined batches come out as bare formulas say, where there is one; the rules that play them are the program's own."""

from __future__ import annotations

import math
from dataclasses import replace
from decimal import Decimal

import pytest

from qcdesk.domain.inputs import BadInput
from qcdesk.domain.sampling import ClassRule
from qcdesk.domain.simulating import Imagined, SecondCheck, simulate
from qcdesk.statistics.proportions import exact_interval

AQL = ClassRule("major", "aql", Decimal("1.0"))
ZERO = ClassRule("major", "zero", n=20)
BASE = Imagined(
    lots=400, bad_rate=0.05, detect_first=0.8, detect_second=0.7, mode="single", rule=AQL, lot_size=300
)


def accepts(lot: int, n: int, ac: int, bad: int, detect: float) -> float:
    """Hypergeometric number of bad units in the sample, binomial number found of them: at most ``ac`` found."""
    total = 0.0
    for k in range(min(bad, n) + 1):
        drawn = math.comb(bad, k) * math.comb(lot - bad, n - k) / math.comb(lot, n)
        few = sum(math.comb(k, j) * detect**j * (1 - detect) ** (k - j) for j in range(min(ac, k) + 1))
        total += drawn * few
    return total


def fits(imagined: Imagined, expected: float) -> bool:
    """Whether the share lies where only one simulation in ten thousand would lie outside; the seed is fixed."""
    found = simulate(imagined).shipped
    low, high = exact_interval(found.hits, found.n, 0.9999)
    return low <= expected <= high


@pytest.mark.parametrize(("bad_rate", "detect"), [(0.02, 1.0), (0.05, 0.8), (0.1, 0.5)])
def test_one_check_ships_as_the_curve_of_its_plan_says(bad_rate: float, detect: float) -> None:
    """ISO 2859-1:1999, tables 1 and 2-A: lot 300, AQL 1.0 is H, n 50, Ac 1."""
    bad = round(300 * bad_rate)
    assert fits(replace(BASE, bad_rate=bad_rate, detect_first=detect), accepts(300, 50, 1, bad, detect))


def test_two_blind_checks_that_accept_none_ship_what_neither_finds() -> None:
    one = replace(BASE, mode="blind", rule=ZERO, bad_rate=0.04)
    assert fits(one, accepts(300, 20, 0, 12, 1 - 0.2 * 0.3))


def test_two_samples_that_accept_none_ship_what_neither_finds_in_its_own() -> None:
    """7 of the 20 are common to both, 13 are the first's alone and 13 the second's."""
    expected = 0.0
    lot, bad = 300, 12
    for k in range(bad + 1):
        drawn = math.comb(33, k) * math.comb(lot - 33, bad - k) / math.comb(lot, bad)
        unseen = (7 * 0.2 * 0.3 + 13 * 0.2 + 13 * 0.3) / 33
        # Each of k bad units lies anywhere among the 33, no two in one place: close to independent, and k is small.
        expected += drawn * unseen**k
    assert fits(replace(BASE, mode="split", rule=ZERO, bad_rate=0.04), expected)


def test_a_second_who_saw_the_result_and_finds_nothing_more_changes_nothing_but_the_cost() -> None:
    alone, primed = simulate(BASE), simulate(replace(BASE, mode="primed"))
    assert primed.shipped == alone.shipped
    assert primed.units == 2 * alone.units
    assert primed.settled == 0


def test_a_second_who_saw_the_result_buys_what_that_person_finds_of_the_rest() -> None:
    none, some = (simulate(replace(BASE, mode="primed", primed_detect=share)) for share in (0.0, 0.9))
    assert some.shipped.hits < none.shipped.hits


def test_without_a_check_every_batch_ships_and_costs_nothing() -> None:
    found = simulate(replace(BASE, mode="none"))
    assert (found.shipped.value, found.units, found.bad_shipped) == (1.0, 0, 400 * 15)


def test_each_way_of_checking_stops_more_than_the_one_before() -> None:
    modes: tuple[SecondCheck, ...] = ("none", "single", "blind", "split")
    shipped = [simulate(replace(BASE, mode=mode)).shipped.hits for mode in modes]
    assert shipped == sorted(shipped, reverse=True)
    assert len(set(shipped)) == len(shipped)


def test_people_who_disagree_are_settled_by_a_third_at_the_cost_of_the_disputed_units() -> None:
    found = simulate(replace(BASE, mode="blind"))
    assert found.settled > 0
    assert 2 * 50 * 400 < found.units < 2 * 51 * 400


def test_good_batches_ship_whoever_looks_and_false_alarms_are_settled_away() -> None:
    good = replace(BASE, lots=60, bad_rate=0.0, mode="blind")
    assert simulate(good).shipped.hits == 60
    alarmed = simulate(replace(good, false_alarm=0.05))
    alone = simulate(replace(good, false_alarm=0.05, mode="single"))
    assert alarmed.settled > 0
    assert alone.shipped.hits < alarmed.shipped.hits


def test_a_double_plan_takes_its_second_sample_only_where_it_needs_one() -> None:
    rule = ClassRule("major", "aql", Decimal("1.0"), plan_type="double")
    bad, good = (simulate(replace(BASE, lots=100, rule=rule, bad_rate=rate)) for rate in (0.03, 0.0))
    assert good.units_per_lot == 32
    assert good.units_per_lot < bad.units_per_lot < 64


def test_the_same_seed_gives_the_same_batches_and_another_gives_others() -> None:
    assert simulate(BASE) == simulate(BASE)
    assert simulate(BASE).shipped.hits != simulate(replace(BASE, seed=2)).shipped.hits


def test_progress_is_told_and_ends_at_the_last_batch() -> None:
    told: list[int] = []
    simulate(replace(BASE, lots=200), told.append)
    assert told == [100, 200]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"bad_rate": 1.1}, "share"),
        ({"detect_first": -0.1}, "share"),
        ({"detect_second": float("nan")}, "share"),
        ({"lots": 0}, "too_small"),
        ({"lots": 2_000_000}, "too_large"),
        ({"mode": "twice"}, "unknown_mode"),
        ({"seconds_per_unit": -1.0}, "too_small"),
        ({"lot_size": 1}, "lot_too_small"),
    ],
)
def test_what_cannot_be_imagined_is_refused(changes: dict[str, object], code: str) -> None:
    with pytest.raises(BadInput) as refused:
        simulate(replace(BASE, **changes))  # type: ignore[arg-type]
    assert refused.value.code == code
