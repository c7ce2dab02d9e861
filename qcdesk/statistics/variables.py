# SPDX-License-Identifier: Apache-2.0
"""Acceptance sampling by variables: the plan of the tables, its k and M, and what the readings of a lot come to."""

from __future__ import annotations

import math
from bisect import bisect_left
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from qcdesk.statistics.distributions import beta_below, beta_quantile, normal_below, normal_quantile
from qcdesk.statistics.normality import LEAST, Normality, anderson_darling
from qcdesk.statistics.readings import BadReadings, Readings, numbers
from qcdesk.statistics.sampling import NoPlan
from qcdesk.statistics.variables_tables import (
    AQLS,
    CODE_LETTERS,
    DOUBTFUL,
    LETTERS,
    LOT_BAND_ENDS,
    METHODS,
    S_NORMAL,
    S_REDUCED,
    SIGMA_NORMAL,
    SIGMA_REDUCED,
    VARIABLES_LEVELS,
    Method,
)

VariablesSeverity = Literal["normal", "tightened", "reduced"]
Form = Literal["k", "M"]
Confidence = Literal["several", "one_transcription", "doubtful"]
SEVERITIES: Final[tuple[VariablesSeverity, ...]] = ("normal", "tightened", "reduced")
FORMS: Final[tuple[Form, ...]] = ("k", "M")
EDITION = "ANSI/ASQ Z1.9 (MIL-STD-414)"
CLOSE = 0.02
"""Printed k have three figures: a quality index so near decides differently by another print of the table."""

_TABLES = {
    ("s", "normal"): (S_NORMAL, "B-3"),
    ("s", "tightened"): (S_NORMAL, "B-3"),
    ("s", "reduced"): (S_REDUCED, "B-4"),
    ("sigma", "normal"): (SIGMA_NORMAL, "D-3"),
    ("sigma", "tightened"): (SIGMA_NORMAL, "D-3"),
    ("sigma", "reduced"): (SIGMA_REDUCED, "D-4"),
}


@dataclass(frozen=True)
class VariablesPlan:
    """A plan by variables: measure ``n`` units; accept by ``k`` or, with two limits together, by ``m_percent``.

    ``plan_letter`` is where the arrow of the table leads from ``code_letter``. ``m_percent`` is the table's, ``k`` is
    computed from it, as its definition has it. ``rests_on`` says how sure the cell is (``variables_tables``).
    """

    code_letter: str
    plan_letter: str
    aql: Decimal
    severity: VariablesSeverity
    method: Method
    table: str
    n: int
    k: float
    m_percent: float
    rests_on: Confidence

    @property
    def edition(self) -> str:
        """The standard, as plans and reports name it."""
        return EDITION


@dataclass(frozen=True)
class Judged:
    """What the readings of a lot come to.

    ``spread`` is the standard deviation that was used: that of the readings (n - 1), or the known one. ``lower`` and
    ``upper`` are the quality indices (mean to limit, in ``spread``), ``lower_percent`` and ``upper_percent`` the
    estimated percent beyond each limit, None where there is no such limit; ``percent`` is both together. ``margin``
    is how far above what is needed: the smallest index less k, or M less the percent. ``close``: by less than what
    printed tables round away. ``normality`` is None below 8 readings, too few to tell.
    """

    mean: float
    sd: float
    spread: float
    lower: float | None
    upper: float | None
    lower_percent: float | None
    upper_percent: float | None
    percent: float
    form: Form
    accept: bool
    margin: float
    close: bool
    normality: Normality | None


def variables_letter(lot_size: int, level: str = "II") -> str:
    """Return the sample size code letter for sampling by variables.

    Args: lot_size: units, 2 or more. level: S-3, S-4, I, II or III.
    Raises: NoPlan: ``lot_too_small``, ``unknown_level``.
    Source: ANSI/ASQ Z1.9 table A-2; lot 40, level II gives D.
    """
    if lot_size < 2:
        raise NoPlan("lot_too_small", value=lot_size, smallest=2)
    for known in VARIABLES_LEVELS:
        if known == level:
            return CODE_LETTERS[known][bisect_left(LOT_BAND_ENDS, lot_size)]
    raise NoPlan("unknown_level", value=level, known=VARIABLES_LEVELS)


def variables_plan(letter: str, aql: Decimal, severity: str = "normal", method: str = "s") -> VariablesPlan:
    """Return the plan by variables, arrows followed.

    Args: letter: B … P without O. aql: percent nonconforming, one of ``AQLS``. severity: normal, tightened or reduced.
        method: s (standard deviation of the sample) or sigma (a known one).
    Raises: NoPlan: ``unknown_letter``, ``unknown_aql``, ``unknown_severity``, ``unknown_method``, ``range_left_out``.
    Source: ``variables_tables``; letter D, AQL 1.0, s, normal: n = 5, k = 1.53, M = 3.33 %.
    """
    if method == "R":
        raise NoPlan("range_left_out", value=method, known=METHODS)
    known_method = next((one for one in METHODS if one == method), None)
    known_severity = next((one for one in SEVERITIES if one == severity), None)
    if known_method is None:
        raise NoPlan("unknown_method", value=method, known=METHODS)
    if known_severity is None:
        raise NoPlan("unknown_severity", value=severity, known=SEVERITIES)
    if len(letter) != 1 or letter not in LETTERS:
        raise NoPlan("unknown_letter", value=letter, known=tuple(LETTERS))
    at = _aql_index(aql)
    rows, table = _TABLES[known_method, known_severity]
    # The first cell of a row of normal inspection is tightened inspection at the smallest AQL.
    cells = {one: rows[one].split()[at + (known_severity == "normal")] for one in LETTERS}
    plan_letter = letter
    for one in LETTERS[LETTERS.index(letter) :]:
        if cells[one] != cells[letter]:
            break
        plan_letter = one
    size, _, percent = cells[letter].partition(":")
    n, m = int(size), float(percent)
    return VariablesPlan(
        letter,
        plan_letter,
        AQLS[at],
        known_severity,
        known_method,
        table,
        n,
        k_from_m(m / 100, n, known_method),
        m,
        _rests_on(letter, at, known_severity, known_method),
    )


def k_from_m(m: float, n: int, method: Method) -> float:
    """Return the quality index at which the estimated share nonconforming is M.

    Args: m: a share, above 0 and below 1. n: units, 3 or more by the s method, 2 or more with a known sigma.
    Source: computed from the definition of M; see ``share_beyond``.
    """
    if method == "sigma":
        return -normal_quantile(m) * math.sqrt((n - 1) / n)
    half = n / 2 - 1
    return (1 - 2 * beta_quantile(m, half, half)) * (n - 1) / math.sqrt(n)


def share_beyond(index: float, n: int, method: Method) -> float:
    """Return the estimated share of the lot beyond a limit, from the quality index of n units.

    Args: index: mean to limit in standard deviations; below 0 where the mean is beyond the limit already.
    Source: the minimum variance unbiased estimate: with s, the symmetric beta distribution with n/2 - 1 at
        1/2 - index sqrt(n) / (2 (n - 1)); with sigma, the normal one at index sqrt(n / (n - 1)). MIL-STD-414
        tables B-5 and D-5 print it.
    """
    if method == "sigma":
        return normal_below(-index * math.sqrt(n / (n - 1)))
    x = 0.5 - 0.5 * index * math.sqrt(n) / (n - 1)
    return beta_below(min(1.0, max(0.0, x)), n / 2 - 1, n / 2 - 1)


def judge(
    plan: VariablesPlan,
    readings: Readings,
    lower: float | None = None,
    upper: float | None = None,
    *,
    sigma: float | None = None,
    form: Form | None = None,
) -> Judged:
    """Judge a lot by its readings.

    With one limit, k and M decide alike. With two, M takes both together; k judges each limit by itself.

    Args: readings: as many as the plan's n. lower, upper: specification limits, one or both. sigma: the known standard
        deviation, for the sigma method. form: k or M; without it k for one limit, M for two.
    Raises: BadReadings: ``no_limit``, ``limits_crossed``, ``wrong_count`` (``n``, ``wants``), ``sigma_missing``,
        ``sigma_not_used``, ``outside`` (a sigma that is no positive number), ``constant`` (the s method without any
        spread), ``not_finite``, ``too_large``.
    Source: MIL-STD-414 sections B and D, examples B-1 to B-4.
    """
    if lower is None and upper is None:
        raise BadReadings("no_limit")
    for limit in (lower, upper):
        if limit is not None and not math.isfinite(limit):
            raise BadReadings("not_finite", what="limit", value=limit)
    if lower is not None and upper is not None and not lower < upper:
        raise BadReadings("limits_crossed", lower=lower, upper=upper)
    values = [float(value) for value in numbers(readings)]
    n = len(values)
    if n != plan.n:
        raise BadReadings("wrong_count", n=n, wants=plan.n)
    mean = math.fsum(values) / n
    sd = math.sqrt(math.fsum((value - mean) ** 2 for value in values) / (n - 1))
    constant = min(values) == max(values)
    spread = _spread(plan.method, sd, constant, sigma)
    low = None if lower is None else (mean - lower) / spread
    high = None if upper is None else (upper - mean) / spread
    shares = [None if index is None else share_beyond(index, n, plan.method) * 100 for index in (low, high)]
    percent = math.fsum(share for share in shares if share is not None)
    used: Form = form or ("M" if low is not None and high is not None else "k")
    smallest = min(index for index in (low, high) if index is not None)
    margin = smallest - plan.k if used == "k" else plan.m_percent - percent
    return Judged(
        mean=mean,
        sd=sd,
        spread=spread,
        lower=low,
        upper=high,
        lower_percent=shares[0],
        upper_percent=shares[1],
        percent=percent,
        form=used,
        accept=margin >= 0,
        margin=margin,
        close=abs(smallest - plan.k) < CLOSE,
        normality=anderson_darling(values) if n >= LEAST and not constant else None,
    )


def _spread(method: Method, sd: float, constant: bool, sigma: float | None) -> float:
    if method == "sigma":
        if sigma is None:
            raise BadReadings("sigma_missing")
        if not 0 < sigma < math.inf:
            raise BadReadings("outside", what="sigma", value=sigma, low=0, high=math.inf)
        return sigma
    if sigma is not None:
        raise BadReadings("sigma_not_used")
    if constant or sd == 0:
        raise BadReadings("constant")
    return sd


def _aql_index(aql: Decimal) -> int:
    if aql.is_finite() and aql in AQLS:
        return AQLS.index(aql)
    below = [one for one in AQLS if aql.is_finite() and one < aql]
    above = [one for one in AQLS if aql.is_finite() and one > aql]
    raise NoPlan("unknown_aql", value=aql, known=AQLS, below=below[-1] if below else None,
                 above=above[0] if above else None)  # fmt: skip


def _rests_on(letter: str, at: int, severity: VariablesSeverity, method: Method) -> Confidence:
    column = at - (severity == "tightened")  # of normal inspection; -1 is the cell that only tightened has
    if method == "sigma" or severity == "reduced" or column < 0:
        return "one_transcription"
    return "doubtful" if letter in DOUBTFUL.get(str(AQLS[column]), "") else "several"
