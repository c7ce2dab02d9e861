# SPDX-License-Identifier: Apache-2.0
"""Outgoing quality and units inspected: published figures, the formulas of the books, and a unit-by-unit count."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qcdesk.statistics.risk import Stages, acceptance
from qcdesk.statistics.risk_averages import (
    CURTAILMENTS,
    average_sample,
    outgoing_limit,
    outgoing_quality,
    total_inspected,
)
from qcdesk.statistics.risk_models import BadPlan, Lot, PerItem, Stream
from tests.statistics.test_risk import FIGURES, PLANS, plans


@pytest.mark.parametrize("name", PLANS)
def test_averages_equal_those_of_other_programs(name: str) -> None:
    plan, figures = PLANS[name]
    large = outgoing_limit(plan)
    assert large.aoql == pytest.approx(figures["AOQL_large_lot"], abs=1e-8)
    assert large.p == pytest.approx(figures["p_at_AOQL"], abs=1e-6)
    for i, p in enumerate(FIGURES["p"]):
        if "ATI" in figures:
            assert outgoing_quality(plan, p, figures["N"]) == pytest.approx(
                figures["AOQ_finite"][i], abs=1e-9
            )
            assert total_inspected(plan, p, figures["N"]) == pytest.approx(figures["ATI"][i], abs=1e-6)
        else:
            asn = figures["ASN_uncurtailed"][i]
            assert average_sample(plan, Stream(), p) == pytest.approx(asn, abs=1e-6)
    if "ATI" in figures:
        assert outgoing_limit(plan, figures["N"]).aoql == pytest.approx(figures["AOQL_finite_lot"], abs=1e-8)


def test_the_handbooks_outgoing_quality_and_inspection() -> None:
    """NIST/SEMATECH e-Handbook, section 6.2.3.2: N = 10,000, n = 52, c = 3: ATI 70, 253, 753 … at 1, 2, 3 … percent,
    AOQL 0.0372 near 6 percent; its column of AOQ leaves out (N - n) / N and prints 0.0010 for 0.0100 in the first row.

    Open at: itl.nist.gov/div898/handbook/pmc/section2/pmc232.htm.
    """
    plan = Stages.single(52, 3)
    printed = (70, 253, 753, 1584, 2655, 3836, 5007, 6083, 7012, 7779, 8388, 8854, 9201, 9453)
    for percent, ati in enumerate(printed, 1):
        found = total_inspected(plan, percent / 100, 10_000)
        assert ati in (int(found), round(found))
    for percent, aoq in ((2, 0.0196), (5, 0.0369), (6, 0.0372), (9, 0.0270), (12, 0.0138)):
        assert outgoing_quality(plan, percent / 100) == pytest.approx(aoq, abs=6e-5)
    assert outgoing_limit(plan, 10_000).aoql == pytest.approx(0.0372, abs=5e-5)


def test_double_plan_of_the_users_guide_of_sas() -> None:
    """SAS/QC User's Guide, functions ASN2, AOQ2 and ATI2: 13 and 13 units, (0, 2) and (1, 2), N = 120, 18 percent.

    Semicurtailed means: the second sample stops once it is rejected. Open at:
    support.sas.com/documentation/cdl/en/qcug/63964, qcug_functions_sect003.htm to sect005.htm.
    """
    plan = Stages((13, 13), (0, 1), (2, 2))
    assert average_sample(plan, Stream(), 0.18) == pytest.approx(15.811418112, abs=1e-9)
    assert average_sample(plan, Stream(), 0.18, "later") == pytest.approx(14.110408695, abs=1e-9)
    assert outgoing_quality(plan, 0.18, 120) == pytest.approx(0.0144743043, abs=1e-10)
    assert total_inspected(plan, 0.18, 120) == pytest.approx(110.35046381, abs=1e-8)


def test_a_program_that_prints_where_the_limit_lies() -> None:
    """Minitab, attributes acceptance sampling: N = 5000, n = 52, c = 2: AOQ 1.420 % at 1.5 %, AOQL 2.603 % at 4.3 %.

    Open at: support.minitab.com, attributes acceptance sampling, all statistics and graphs.
    """
    plan = Stages.single(52, 2)
    assert outgoing_quality(plan, 0.015, 5000) == pytest.approx(0.01420, abs=5e-6)
    limit = outgoing_limit(plan, 5000)
    assert limit.aoql == pytest.approx(0.02603, abs=5e-6) and limit.p == pytest.approx(0.043, abs=5e-4)


def test_curtailed_double_plan_by_its_formula() -> None:
    """n1 = 60, c1 = 2, n2 = 120, c2 = 3, curtailed in the second sample: the formula of the guide above, term by term."""
    n1, n2, c1, c2, p = 60, 120, 2, 3, 0.03

    def exactly(n: int, x: int) -> float:
        return math.comb(n, x) * p**x * (1 - p) ** (n - x)

    asn = float(n1)
    for j in range(c1 + 1, c2 + 1):
        at_most = math.fsum(exactly(n2, x) for x in range(c2 - j + 1))
        above = 1 - math.fsum(exactly(n2 + 1, x) for x in range(c2 - j + 2))
        asn += exactly(n1, j) * (n2 * at_most + (c2 - j + 1) / p * above)
    plan = Stages((n1, n2), (c1, c2), (c2 + 1, c2 + 1))
    assert average_sample(plan, Stream(), p, "later") == pytest.approx(asn, abs=1e-9)


@given(plans(), st.floats(0, 1), st.integers(0, 500))
def test_outgoing_quality_is_what_passes_of_what_was_not_inspected(plan: Stages, p: float, more: int) -> None:
    single = Stages.single(plan.total, plan.re[-1] - 1)
    lot = plan.total + more + 2
    pa = acceptance(single, Stream(), p)
    assert outgoing_quality(single, p, lot) == pytest.approx(pa * p * (lot - single.total) / lot, abs=1e-12)
    assert total_inspected(single, p, lot) == pytest.approx(
        single.total + (1 - pa) * (lot - single.total), abs=1e-9
    )
    assert outgoing_quality(plan, p) == pytest.approx(acceptance(plan, Stream(), p) * p)
    assert plan.n[0] - 1e-9 <= total_inspected(plan, p, lot) <= lot + 1e-9


@given(plans(), st.floats(0, 1))
@settings(max_examples=15, deadline=None)
def test_no_quality_comes_out_worse_than_the_limit(plan: Stages, p: float) -> None:
    assert outgoing_quality(plan, p) <= outgoing_limit(plan).aoql + 1e-9
    assert outgoing_quality(plan, p, 500) <= outgoing_limit(plan, 500).aoql + 1e-9


@given(plans(), st.floats(0, 1), st.integers(2, 40))
@settings(deadline=None)
def test_curtailing_more_inspects_less_and_never_more_than_all(plan: Stages, p: float, more: int) -> None:
    for model in (Stream(), PerItem(), Lot(plan.total + more)):
        none, later, rejection, both = (average_sample(plan, model, p, how) for how in CURTAILMENTS)
        assert both <= rejection + 1e-9 <= later + 2e-9 <= none + 3e-9
        assert plan.n[0] - 1e-9 <= none <= plan.total + 1e-9 and both >= -1e-9


def unit_by_unit(plan: Stages, p: float, lot: int | None, how: str) -> tuple[float, float]:
    """Inspect one unit after the other in all ways there are; return the mean number inspected and Pa."""
    states = {(0, 0): 1.0}  # stage, count
    inspected = passed = 0.0
    bad_in_lot = None if lot is None else round(p * lot)
    drawn = 0
    for stage, n in enumerate(plan.n):
        top, limit = plan.accepts_to(stage), plan.re[stage]
        for left in range(n, 0, -1):
            after: dict[tuple[int, int], float] = {}
            for (at, count), share in states.items():
                whole = how == "none" or (how == "later" and stage == 0)
                if at == stage:
                    if not whole and count >= limit:
                        after[-1, count] = after.get((-1, count), 0.0) + share
                        continue
                    if how == "both" and count + left <= top:
                        after[-2, count] = after.get((-2, count), 0.0) + share
                        continue
                    inspected += share
                    bad = p if bad_in_lot is None or lot is None else (bad_in_lot - count) / (lot - drawn)
                    for one, chance in ((1, bad), (0, 1 - bad)):
                        if chance > 0:
                            after[stage, count + one] = after.get((stage, count + one), 0.0) + share * chance
                else:
                    after[at, count] = after.get((at, count), 0.0) + share
            states, drawn = after, drawn + 1
        after = {}
        for (at, count), share in states.items():
            if at == -2 or (at == stage and count <= top):
                passed += share
            elif at == stage and count < limit:
                after[stage + 1, count] = after.get((stage + 1, count), 0.0) + share
        states = after
    return inspected, passed


@given(plans(6), st.floats(0.02, 0.98), st.integers(2, 9), st.sampled_from(CURTAILMENTS))
@settings(max_examples=60, deadline=None)
def test_curtailment_never_changes_the_decision_and_its_average_is_the_unit_by_unit_one(
    plan: Stages, p: float, more: int, how: str
) -> None:
    lot = plan.total + more
    in_lot = round(p * lot) / lot
    for model, quality, size in ((Stream(), p, None), (Lot(lot), in_lot, lot)):
        inspected, passed = unit_by_unit(plan, quality, size, how)
        assert passed == pytest.approx(acceptance(plan, model, quality), abs=1e-9)
        assert average_sample(plan, model, quality, how) == pytest.approx(inspected, abs=1e-9)  # type: ignore[arg-type]


def test_nonconformities_are_counted_as_poisson_says() -> None:
    """One unit after the other until the third nonconformity: the mean of min(T, 4) summed by hand."""
    rate = 0.8
    below = [
        math.fsum(math.exp(-rate * t) * (rate * t) ** x / math.factorial(x) for x in range(3))
        for t in range(4)
    ]
    asn = average_sample(Stages.single(4, 2), PerItem(), rate, "both")
    assert asn == pytest.approx(math.fsum(below), abs=1e-12)
    assert average_sample(Stages.single(4, 2), PerItem(), 1000.0, "rejection") == pytest.approx(1.0)


def test_a_share_between_two_lots_costs_between_them() -> None:
    plan, lot = Stages((5, 5), (0, 1), (2, 2)), Lot(50)
    ends = [average_sample(plan, lot, p) for p in (0.02, 0.04)]
    assert average_sample(plan, lot, 0.03) == pytest.approx(sum(ends) / 2)


def test_a_lot_below_its_sample_is_refused() -> None:
    for ask in (outgoing_quality, total_inspected):
        with pytest.raises(BadPlan, match="sample_above_lot"):
            ask(Stages.single(20, 0), 0.1, 10)
