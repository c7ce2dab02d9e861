# SPDX-License-Identifier: Apache-2.0
"""The cheapest double plan is that of a search of every plan there is, written apart, and keeps both risks."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qcdesk.statistics.risk import Stages, acceptance
from qcdesk.statistics.risk_averages import average_sample
from qcdesk.statistics.risk_designs import design
from qcdesk.statistics.risk_doubles import Points, cheapest_double
from qcdesk.statistics.risk_models import Stream, model_for

Both = Callable[[int, int, int, int], float]
"""The chance of x bad ones among n1 units and y among the n2 after them."""


def test_one_and_five_percent_take_60_and_82_units() -> None:
    double = design(0.01, 0.05, 0.05, 0.1).double
    assert double is not None and double.plan == Stages((60, 82), (0, 3), (4, 4))
    assert double.average == pytest.approx(96.877, abs=5e-4)


@pytest.mark.parametrize(
    ("p1", "p2", "alpha", "lot", "per_item", "most"),
    [(0.05, 0.4, 0.1, None, False, 16), (0.02, 0.3, 0.05, None, False, 20), (0.1, 0.5, 0.1, 30, False, 16),
     (0.1, 0.6, 0.1, None, True, 16), (0.0, 0.3, 0.1, 20, False, 12)],
)  # fmt: skip
def test_a_search_of_every_plan_finds_none_cheaper(
    p1: float, p2: float, alpha: float, lot: int | None, per_item: bool, most: int
) -> None:
    found = design(p1, alpha, p2, 0.1, lot, per_item=per_item)
    assert found.double is not None and found.double_of_all and found.double.average < most
    cheapest = _of_every_plan(_both(p1, lot, per_item), _both(p2, lot, per_item), alpha, 0.1, lot, most)
    assert found.double.average == pytest.approx(cheapest, abs=1e-9)


@given(
    st.floats(0.004, 0.1), st.floats(3, 9), st.floats(0.01, 0.2), st.floats(0.01, 0.2), st.sampled_from("slp")
)
@settings(max_examples=15, deadline=None)
def test_both_risks_are_kept_and_a_unit_less_keeps_them_not(
    p1: float, times: float, alpha: float, beta: float, kind: str
) -> None:
    found = design(p1, alpha, p1 * times, beta, 400 if kind == "l" else None, per_item=kind == "p")
    model = model_for(400 if kind == "l" else None, per_item=kind == "p")
    if found.double is None:
        assert kind == "l" and not found.double_of_all
        return
    assert found.double_of_all and found.double.meets
    plan = found.double.plan
    assert plan.ac[0] is not None and plan.ac[0] + 2 <= plan.re[0] <= plan.re[1]
    for n1, n2 in ((plan.n[0] - 1, plan.n[1]), (plan.n[0], plan.n[1] - 1)):
        if n1 and n2:
            smaller = Stages((n1, n2), plan.ac, plan.re)
            keeps = (
                acceptance(smaller, model, found.p2) <= beta
                and 1 - acceptance(smaller, model, found.p1) <= alpha
            )
            assert not keeps or average_sample(smaller, model, found.p1) >= found.double.average - 1e-9


def test_a_search_that_takes_too_long_says_nothing_of_all() -> None:
    start = Stages((69, 69), (0, 3), (4, 4))
    assert cheapest_double(Points(Stream(), 0.01, 0.05, 0.05, 0.1), start, most_work=500) is None


def _both(p: float, lot: int | None, per_item: bool) -> Both:
    def one(n: int, x: int) -> float:
        if per_item:
            return math.exp(-n * p) * (n * p) ** x / math.factorial(x)
        return math.comb(n, x) * p**x * (1 - p) ** (n - x)

    def drawn(n1: int, x: int, n2: int, y: int) -> float:
        assert lot is not None
        bad = round(p * lot)
        if x + y > bad:
            return 0.0
        ways = math.comb(n1, x) * math.comb(n2, y) * math.comb(lot - n1 - n2, bad - x - y)
        return ways / math.comb(lot, bad)

    return drawn if lot is not None else lambda n1, x, n2, y: one(n1, x) * one(n2, y)


def _of_every_plan(good: Both, bad: Both, alpha: float, beta: float, lot: int | None, most: int) -> float:
    """Return the smallest average of all plans with n1 below ``most``, n2 up to twice that and numbers up to 5."""
    best = math.inf
    for n1, n2 in product(range(1, most), range(1, 2 * most)):
        if lot is not None and n1 + n2 > lot:
            continue
        cells = [(x, y) for x in range(min(n1, 6) + 1) for y in range(min(n2, 6) + 1)]
        here = {cell: (good(n1, cell[0], n2, cell[1]), bad(n1, cell[0], n2, cell[1])) for cell in cells}
        firsts = [
            tuple(
                math.fsum(w(n1, x, n2, y) for y in range(40 if lot is None else n2 + 1)) for w in (good, bad)
            )
            for x in range(7)
        ]
        for ac1 in range(4):
            for re1, ac2 in ((r, a) for a in range(ac1 + 1, 6) for r in range(ac1 + 2, a + 2)):
                pa = [
                    sum(firsts[x][i] for x in range(ac1 + 1))
                    + sum(v[i] for (x, y), v in here.items() if ac1 < x < re1 and x + y <= ac2)
                    for i in (0, 1)
                ]
                if 1 - pa[0] <= alpha and pa[1] <= beta:
                    best = min(best, n1 + n2 * sum(firsts[x][0] for x in range(ac1 + 1, re1)))
    return best
