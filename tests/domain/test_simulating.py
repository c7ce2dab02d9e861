# SPDX-License-Identifier: Apache-2.0
"""Imagined batches come out as bare formulas say, where there is one; the rules that play them are the program's own."""

from __future__ import annotations

import math
from dataclasses import replace
from decimal import Decimal

import pytest

from qcdesk.domain import simulating
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import Incomplete
from qcdesk.domain.sampling import ClassRule
from qcdesk.domain.simulating import SECOND_CHECKS, Imagined, SecondCheck, simulate, ways_of
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
        total += drawn * found_at_most(k, ac, detect)
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


def found_at_most(k: int, ac: int, detect: float) -> float:
    """Binomial: of k bad units at most ``ac`` found."""
    return sum(math.comb(k, j) * detect**j * (1 - detect) ** (k - j) for j in range(min(ac, k) + 1))


@pytest.mark.parametrize(("rule", "n", "ac"), [(ZERO, 20, 0), (AQL, 50, 1)])
def test_two_blind_checks_ship_a_batch_when_not_too_much_is_found_by_either(
    rule: ClassRule, n: int, ac: int
) -> None:
    """A third settles rightly, so that what either found counts: one of the two finds 1 - 0.2 x 0.3 of it."""
    one = replace(BASE, lots=2_000, mode="blind", rule=rule, bad_rate=0.04)
    assert fits(one, accepts(300, n, ac, 12, 1 - 0.2 * 0.3))


@pytest.mark.parametrize(("rule", "n", "common", "ac"), [(ZERO, 20, 7, 0), (AQL, 50, 17, 1)])
def test_two_samples_ship_a_batch_when_not_too_much_is_found_in_either(
    rule: ClassRule, n: int, common: int, ac: int
) -> None:
    """Multivariate hypergeometric: a third of the sample, rounded up, is common; the rest of each is its person's own."""
    lot, bad, own = 300, 12, n - common
    expected = 0.0
    for both in range(bad + 1):
        for first in range(bad - both + 1):
            for second in range(bad - both - first + 1):
                left = bad - both - first - second
                ways = math.comb(common, both) * math.comb(own, first) * math.comb(own, second)
                chance = ways * math.comb(lot - common - 2 * own, left) / math.comb(lot, bad)
                for found in range(min(ac, both) + 1):
                    common_found = math.comb(both, found) * 0.94**found * 0.06 ** (both - found)
                    rest = found_at_most(first, ac - found, 0.8) * found_at_most(second, ac - found, 0.7)
                    expected += chance * common_found * rest
    assert fits(replace(BASE, lots=2_000, mode="split", rule=rule, bad_rate=0.04), expected)


@pytest.mark.parametrize("mode", ["blind", "split", "double"])
def test_a_batch_comes_out_as_one_before_with_as_many_units_of_each_kind(mode: str) -> None:
    """Whatever the numbers of the units are: each batch is played as it is, and as the example of its pattern."""
    rule = replace(AQL, plan_type="double") if mode == "double" else AQL
    way: SecondCheck = "split" if mode == "split" else "blind"
    one = replace(BASE, mode=way, rule=rule, false_alarm=0.02, bad_rate=0.03)
    opened, seen = simulating._opened(one)
    chance, kinds = simulating._Chance(one, seen), simulating._Kinds(opened)
    outcomes = set()
    for _ in range(150):
        called = chance.next_batch(9)
        alike = kinds.example(kinds.pattern(called))
        as_it_is = simulating.play(way, opened, called)
        assert simulating.play(way, opened, alike) == as_it_is
        outcomes.add((as_it_is.ships, as_it_is.settled))
    assert len(outcomes) == 4


@pytest.mark.parametrize(
    ("lot", "bad", "seen"), [(300, 12, 83), (10, 8, 6), (50, 50, 20), (40, 0, 20), (5, 2, 5)]
)
def test_bad_units_among_those_seen_are_hypergeometric(lot: int, bad: int, seen: int) -> None:
    least, sums = simulating._counts(lot, bad, seen)
    for k in range(bad + 1):
        exact = sum(
            math.comb(bad, j) * math.comb(lot - bad, seen - j) for j in range(min(k, seen) + 1)
        ) / math.comb(lot, seen)
        at = k - least
        assert (sums[min(at, len(sums) - 1)] / sums[-1] if at >= 0 else 0.0) == pytest.approx(exact)


def test_every_way_of_checking_is_given_the_same_batches_and_the_same_first_person() -> None:
    called = [
        simulating._Chance(one, simulating._opened(one)[1])
        for one in (replace(BASE, mode=mode) for mode in ("blind", "split", "primed"))
    ]
    for _ in range(20):
        firsts = [one.next_batch(15).first for one in called]
        assert firsts[0] == firsts[1] == firsts[2]


def test_one_sample_after_another_is_shared_whole() -> None:
    assert ways_of(AQL) == SECOND_CHECKS
    assert "split" not in ways_of(replace(AQL, plan_type="double"))


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


@pytest.mark.parametrize(
    ("size", "rate", "lots"), [(5, 0.04, 500), (20, 0.04, 50), (40, 0.04, 25), (1_000, 0.0001, 500)]
)
def test_batches_hold_the_share_that_is_asked_where_it_is_no_whole_number(
    size: int, rate: float, lots: int
) -> None:
    one = replace(BASE, lot_size=size, bad_rate=rate, lots=lots, mode="none")
    assert simulate(one).bad_shipped == round(size * rate * lots)
    assert one.bad_share == pytest.approx(rate)
    each = [one.bad_before(lot + 1) - one.bad_before(lot) for lot in range(lots)]
    assert set(each) == {math.floor(size * rate), math.ceil(size * rate)}


def test_one_check_of_every_unit_ships_the_batches_without_a_bad_one_and_those_it_misses() -> None:
    """A fifth of the batches of 5 has one bad unit at 4 %; whoever finds 4 of 5 ships a fifth of that fifth."""
    one = replace(BASE, lot_size=5, bad_rate=0.04, lots=2_000, rule=ClassRule("major", "all"))
    assert fits(one, 0.8 + 0.2 * 0.2)


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
        ({"mode": "split", "rule": replace(AQL, plan_type="double")}, "samples_are_blind"),
    ],
)
def test_what_cannot_be_imagined_is_refused(changes: dict[str, object], code: str) -> None:
    with pytest.raises(BadInput) as refused:
        simulate(replace(BASE, **changes))  # type: ignore[arg-type]
    assert refused.value.code == code


def test_no_check_is_played_that_could_not_be_signed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(simulating, "asked_of", lambda *_: tuple(range(1, 31)))
    with pytest.raises(Incomplete):
        simulate(BASE)
