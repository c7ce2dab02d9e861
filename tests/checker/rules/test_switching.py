# SPDX-License-Identifier: Apache-2.0
"""The replay folds the severities lot by lot as the program's own machine does, of any history."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from qcdesk.checker.rules import switching as folded
from qcdesk.checker.rules.state import Batch
from qcdesk.domain.codec import to_data
from qcdesk.domain.sampling import ClassRule, ClassState, ClassVerdict, SamplingPlan, plans_for
from qcdesk.domain.switching import (
    EDITIONS,
    REDUCED,
    Edition,
    Reduced,
    SeverityState,
    Switching,
    after_lot,
    as_set,
    because_of,
    result_of,
)
from qcdesk.statistics.sampling_stages import PlanType
from qcdesk.statistics.sampling_tables import Severity

PLAN_TYPES: tuple[PlanType, ...] = get_args(PlanType)
VERDICTS: tuple[ClassState, ...] = get_args(ClassState)
SEVERITIES: tuple[Severity, ...] = get_args(Severity)


def plan_of(severity: Severity, size: int, aql: str, plan_type: PlanType, standard: str) -> SamplingPlan:
    rule = ClassRule("major", "aql", Decimal(aql), standard=standard, plan_type=plan_type)  # type: ignore[arg-type]
    return plans_for((rule,), size, severity)


LOTS = st.tuples(
    st.sampled_from(("", "", "", *SEVERITIES)),
    st.sampled_from(("accepted", "accepted", "accepted", "accepted", *VERDICTS)),
    st.integers(0, 4),
    st.integers(0, 2),
    st.integers(1, 3),
)


@settings(max_examples=150)
@given(
    st.lists(LOTS, min_size=1, max_size=45),
    st.sampled_from(EDITIONS),
    st.sampled_from(REDUCED),
    st.sampled_from(PLAN_TYPES),
    st.sampled_from(("iso2859-1:1999", "z1.4")),
    st.sampled_from((("500", "1.0"), ("1200", "2.5"), ("20", "4.0"))),
)
def test_the_replay_and_the_program_agree_on_every_history(
    lots: list[Any],
    edition: Edition,
    reduced: Reduced,
    plan_type: PlanType,
    standard: str,
    goods: tuple[str, str],
) -> None:
    rules = Switching(edition, reduced)
    state, own = SeverityState("major"), to_data(SeverityState("major"))
    said = to_data(rules)
    for number, (pinned, verdict, found, unknown, stage) in enumerate(lots):
        now = state.severity
        if now == "discontinued":
            state = as_set("major", "tightened", because_of(now, "tightened"), "mended")
            own = to_data(state)
        if state.due and number % 2:
            state = as_set("major", "reduced", "approved", "steady")
            own = to_data(state)
        severity = pinned or (state.severity if state.severity != "discontinued" else "tightened")
        plan = plan_of(severity, int(goods[0]), goods[1], plan_type, standard)
        [one] = plan.classes
        decided = min(stage, len(one.stages)) if one.stages else 0
        judged = ClassVerdict("major", one.n, one.ac, one.re, one.basis, found, 0, verdict, decided)
        lot = result_of(plan, one, judged, f"LOT-{number}", verdict, unknown)
        state = after_lot(state, rules, lot)
        batch = Batch("b", f"LOT-{number}", "p", int(goods[0]))
        own = folded._after(own, said, to_data(one), batch, verdict, found + unknown, decided)
        assert to_data(state) == own
