# SPDX-License-Identifier: Apache-2.0
"""The plans of the tables as the risk is computed for them."""

from __future__ import annotations

from qcdesk.statistics.risk import Stages
from qcdesk.statistics.sampling import Plan


def stages_of(plan: Plan) -> Stages:
    """Return the samples of a plan of the tables, never more than its lot has.

    What is counted follows from its ``basis``: ``per_100`` goes with the model of nonconformities per item.
    """
    return Stages(
        tuple(one.n for one in plan.stages),
        tuple(one.ac for one in plan.stages),
        tuple(one.re for one in plan.stages),
    )
