# SPDX-License-Identifier: Apache-2.0
"""What the replay makes of claims, sample by sample, is what the program makes of them."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from qcdesk.checker.rules import judging
from qcdesk.checker.rules.state import Marks, Plan
from qcdesk.domain.sampling import Claimed, ClassRule, DefectClass, SamplingPlan, judge, overall, plans_for
from qcdesk.statistics.sampling_stages import PLAN_TYPES, PlanType
from qcdesk.statistics.sampling_tables import SEVERITIES, Severity

CODES: dict[str, DefectClass] = {"CRK": "critical", "DEN": "major", "BUR": "major", "SCR": "minor"}
CLAIMS = st.dictionaries(
    st.tuples(st.integers(1, 90), st.sampled_from(sorted(CODES))), st.integers(1, 3), max_size=24
)


def _plan(kind: PlanType, minor: str, severity: Severity) -> SamplingPlan:
    return plans_for(
        (
            ClassRule("critical", "zero", n=13),
            ClassRule("major", "aql", Decimal("2.5"), "II", None, "z1.4", kind),
            ClassRule("minor", "aql", Decimal(minor), "II", None, "z1.4", kind),
        ),
        500,
        severity,
    )


PLANS = [
    _plan(kind, minor, severity)
    for kind in PLAN_TYPES
    for minor in ("6.5", "15")  # the second counts nonconformities
    for severity in SEVERITIES  # reduced has a gap between Ac and Re
]


@given(
    plan=st.sampled_from(PLANS),
    claims=CLAIMS,
    unknown=st.sets(st.integers(1, 90), max_size=3),
    done=st.none() | st.integers(0, 90),
)
def test_each_sample_is_judged_alike(
    plan: SamplingPlan, claims: dict[tuple[int, str], int], unknown: set[int], done: int | None
) -> None:
    looked = None if done is None else range(1, done + 1)
    program = judge(
        plan, [Claimed(u, c, CODES[c], n) for (u, c), n in claims.items()], left_out=unknown, looked=looked
    )
    plans = [
        Plan(p.defect_class, p.n, p.ac, p.re, p.basis, [(s.cumulative_n, s.ac, s.re) for s in p.stages])
        for p in plan.classes
    ]
    marks: Marks = {(u, c): (CODES[c], n) for (u, c), n in claims.items()}
    own = judging.judge(plans, marks, unknown=unknown, done=looked)
    assert [
        (v.defect_class, v.counted, v.beyond, v.verdict, v.n, v.ac, v.re, v.stage, v.found) for v in program
    ] == [tuple(one) for one in own]
    assert judging.verdict(own) == overall(program)
