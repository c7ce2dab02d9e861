# SPDX-License-Identifier: Apache-2.0
"""The risk of plans by variables with one limit: their operating characteristic, and plans from two risk points."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from qcdesk.statistics.distributions import noncentral_t_below, normal_below, normal_quantile
from qcdesk.statistics.risk_models import BadPlan
from qcdesk.statistics.variables_tables import Method

LARGEST_N = 100_000
_HALVINGS = 80


@dataclass(frozen=True)
class VariablesDesign:
    """A plan by variables for two risk points: ``n`` units and ``k``, with the risks that it comes to."""

    method: Method
    n: int
    k: float
    producer_risk: float
    consumer_risk: float


def acceptance_by_k(n: int, k: float, p: float, method: Method = "s") -> float:
    """Return how often a plan with one limit passes a normal characteristic of which a share p is beyond it.

    Args: n: units, 2 or more. k: acceptability constant. p: share, 0 … 1. method: s or sigma.
    Raises: BadPlan: ``share_outside``, ``sample_too_small``, ``sample_too_large``, ``k_outside``.
    Source: s: noncentral t with n - 1 degrees of freedom and z sqrt(n) (Lieberman and Resnikoff, Journal of the American
        Statistical Association 50 (1955) 457-516); sigma: the normal distribution of the mean.
    """
    if not 0 <= p <= 1:
        raise BadPlan("share_outside", value=p)
    if n < 2:
        raise BadPlan("sample_too_small", value=n)
    if n > LARGEST_N:
        raise BadPlan("sample_too_large", value=n, most=LARGEST_N)
    if not -100 < k < 100:
        raise BadPlan("k_outside", value=k)
    if p in (0, 1):
        return 1.0 - p
    z = -normal_quantile(p)
    if method == "sigma":
        return normal_below((z - k) * math.sqrt(n))
    return 1 - noncentral_t_below(k * math.sqrt(n), n - 1, z * math.sqrt(n))


def design_by_variables(
    p1: float, alpha: float, p2: float, beta: float, method: Method = "s"
) -> VariablesDesign:
    """Return the plan with the fewest units that rejects p1 at most alpha and passes p2 at most beta of the time.

    Of the k that keep both risks it takes the largest, which is the strictest: it uses alpha up.

    Raises: BadPlan: ``share_outside``, ``risk_outside``, ``risks_crossed``, ``points_crossed``, ``no_plan``.
    Source: computed from its definition.
    """
    for risk in (alpha, beta):
        if not 0 < risk < 1:
            raise BadPlan("risk_outside", value=risk)
    for p in (p1, p2):
        if not 0 < p < 1:
            raise BadPlan("share_outside", value=p)
    if 1 - alpha <= beta:
        raise BadPlan("risks_crossed", alpha=alpha, beta=beta)
    if not p1 < p2:
        raise BadPlan("points_crossed", p1=p1, p2=p2)

    def k_of(n: int) -> float:
        if method == "sigma":
            return -normal_quantile(p1) + normal_quantile(alpha) / math.sqrt(n)
        return _where(lambda k: acceptance_by_k(n, k, p1) - (1 - alpha), -20.0, 20.0)

    def fits(n: int) -> bool:
        return acceptance_by_k(n, k_of(n), p2, method) <= beta

    low, high = 2, 2
    while not fits(high):
        low, high = high + 1, high * 2
        if high > LARGEST_N:
            raise BadPlan("no_plan")
    while low < high:
        middle = (low + high) // 2
        if fits(middle):
            high = middle
        else:
            low = middle + 1
    k = k_of(high)
    return VariablesDesign(
        method, high, k, 1 - acceptance_by_k(high, k, p1, method), acceptance_by_k(high, k, p2, method)
    )


def _where(falls: Callable[[float], float], low: float, high: float) -> float:
    """Return where a falling function crosses zero."""
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if falls(middle) >= 0:
            low = middle
        else:
            high = middle
    return low
