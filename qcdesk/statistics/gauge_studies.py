# SPDX-License-Identifier: Apache-2.0
"""Gauge studies by analysis of variance: crossed, with the interaction's rule stated, and nested."""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from qcdesk.statistics.distributions import chi_square_quantile, f_above
from qcdesk.statistics.readings import BadReadings, Readings, numbers

Source = Literal["part", "operator", "interaction", "repeatability", "reproducibility", "gage_rr", "total"]
Model = Literal["full", "reduced", "nested"]
POOLING_ALPHA = 0.25  # AIAG; others take 0.05
STUDY_WIDTH = 6.0  # standard deviations that a study's variation counts; AIAG's earlier editions took 5.15
_ROUNDING: Final = 1e-13
_NDC_FACTOR: Final = 1.41  # as AIAG rounds the root of 2


@dataclass(frozen=True)
class AnovaRow:
    """One line of the analysis: degrees of freedom, sum and mean of squares, F against ``against``, p."""

    source: Source
    df: int
    ss: float
    ms: float
    f: float | None = None
    p: float | None = None
    against: Source | None = None


@dataclass(frozen=True)
class Component:
    """One source of variation.

    ``variance`` is 0 where the estimate ``raw`` fell below it (``clamped``). ``percent_contribution`` is of the
    variance, ``percent_study`` of the standard deviation (these do not add up), ``percent_tolerance`` the study width
    over the tolerance, None without one. ``low`` … ``high``: interval of the variance, None where none is given.
    """

    source: Source
    variance: float
    raw: float
    percent_contribution: float
    percent_study: float
    percent_tolerance: float | None
    low: float | None = None
    high: float | None = None

    @property
    def sd(self) -> float:
        """Standard deviation, in the unit of the readings."""
        return math.sqrt(self.variance)

    @property
    def clamped(self) -> bool:
        """Whether the estimate was below 0."""
        return self.raw < 0


@dataclass(frozen=True)
class GaugeStudy:
    """A gauge study.

    ``model``: full (with interaction), reduced (interaction pooled into repeatability, since its p was above
    ``alpha``) or nested. ``ndc``: categories that the gauge tells apart, 1 or more; None where gauge R&R is 0.
    ``ndc_raw``: √2 part / gauge before it is cut. Both models of a crossed study stand side by side in ``other``.
    """

    model: Model
    parts: int
    operators: int
    trials: int
    alpha: float
    anova: tuple[AnovaRow, ...]
    components: tuple[Component, ...]
    ndc: int | None
    ndc_raw: float | None
    confidence: float
    study_width: float
    other: GaugeStudy | None = None

    def component(self, source: Source) -> Component:
        """Return one source's component.

        Raises: KeyError: the model has none.
        """
        for one in self.components:
            if one.source == source:
                return one
        raise KeyError(source)

    @property
    def clamped(self) -> tuple[Source, ...]:
        """The sources whose estimate was below 0 and stands as 0."""
        return tuple(one.source for one in self.components if one.clamped)


@dataclass(frozen=True)
class _Asked:
    alpha: float
    tolerance: float | None
    width: float
    confidence: float


def crossed_study(
    parts: Sequence[Hashable],
    operators: Sequence[Hashable],
    readings: Readings,
    *,
    tolerance: float | None = None,
    alpha: float = POOLING_ALPHA,
    study_width: float = STUDY_WIDTH,
    confidence: float = 0.95,
) -> GaugeStudy:
    """Analyse a study in which every operator measured every part equally often.

    Args: parts, operators: names, one per reading. readings: in one unit. tolerance: upper less lower limit, in it.
        alpha: the interaction is pooled into repeatability where its p is above this. study_width: standard
        deviations. confidence: of intervals.
    Returns: the model that the rule chose, the other one beside it. Operator and part are tested against the
        interaction, or against the pooled error. Reproducibility holds the interaction. Intervals: repeatability by
        chi-square, gauge R&R by modified large samples.
    Raises: BadReadings: ``too_few`` parts, operators or trials (2 each), ``unbalanced``, ``constant``,
        ``same_length``, ``not_finite``, ``outside``.
    Source: AIAG, Measurement Systems Analysis (2010), chapter III, section B, appendix A; Burdick, Borror and
        Montgomery, Journal of Quality Technology 35 (2003) 342-354.
    """
    asked = _checked(alpha, tolerance, study_width, confidence)
    cells = _cells(parts, operators, readings)
    names_p, names_o = list(dict.fromkeys(parts)), list(dict.fromkeys(operators))
    _enough(len(names_p), "parts")
    _enough(len(names_o), "operators")
    full = [(p, o) for p in names_p for o in names_o]
    trials = len(cells.get(full[0], ()))
    for cell in full:
        if len(cells.get(cell, ())) != trials:
            raise BadReadings("unbalanced", cell=tuple(map(str, cell)), n=len(cells.get(cell, ())))
    _enough(trials, "trials")
    if len({x for one in cells.values() for x in one}) == 1:
        raise BadReadings("constant")
    values = [cells[cell] for cell in full]
    grand = math.fsum(map(math.fsum, values)) / (len(full) * trials)
    p, o, r = len(names_p), len(names_o), trials
    totals = {cell: math.fsum(x - grand for x in one) for cell, one in zip(full, values, strict=True)}
    ss_part = math.fsum(math.fsum(totals[a, b] for b in names_o) ** 2 for a in names_p) / (o * r)
    ss_operator = math.fsum(math.fsum(totals[a, b] for a in names_p) ** 2 for b in names_o) / (p * r)
    ss_cells = math.fsum(t * t for t in totals.values()) / r
    ss_error = math.fsum((x - math.fsum(one) / r) ** 2 for one in values for x in one)
    ss_both = ss_cells - ss_part - ss_operator
    # What is left of rounding is no variation: an F of noise over noise would mean nothing.
    ss_both = ss_both if ss_both > _ROUNDING * ss_cells else 0.0
    ss_error = ss_error if ss_error > _ROUNDING * _ROUNDING * _square(cells) else 0.0
    df = {"part": p - 1, "operator": o - 1, "interaction": (p - 1) * (o - 1), "error": p * o * (r - 1)}
    ms_part, ms_operator = ss_part / df["part"], ss_operator / df["operator"]
    ms_both, ms_error = ss_both / df["interaction"], ss_error / df["error"]
    f_both, p_both = _test(ms_both, df["interaction"], ms_error, df["error"])
    anova = (
        AnovaRow("part", df["part"], ss_part, ms_part,
                 *_test(ms_part, df["part"], ms_both, df["interaction"]), "interaction"),
        AnovaRow("operator", df["operator"], ss_operator, ms_operator,
                 *_test(ms_operator, df["operator"], ms_both, df["interaction"]), "interaction"),
        AnovaRow("interaction", df["interaction"], ss_both, ms_both, f_both, p_both, "repeatability"),
        AnovaRow("repeatability", df["error"], ss_error, ms_error),
    )  # fmt: skip
    terms = ((1 - 1 / r, ms_error, df["error"]), ((1 - 1 / p) / r, ms_both, df["interaction"]),
             (1 / (p * r), ms_operator, df["operator"]))  # fmt: skip
    whole = _study("full", (p, o, r), anova, asked, _Variances(
        ms_error, df["error"], (ms_operator - ms_both) / (p * r), (ms_both - ms_error) / r,
        (ms_part - ms_both) / (o * r), terms,
    ))  # fmt: skip
    df_pooled = df["interaction"] + df["error"]
    ms_pooled = (ss_both + ss_error) / df_pooled
    pooled = (
        AnovaRow("part", df["part"], ss_part, ms_part,
                 *_test(ms_part, df["part"], ms_pooled, df_pooled), "repeatability"),
        AnovaRow("operator", df["operator"], ss_operator, ms_operator,
                 *_test(ms_operator, df["operator"], ms_pooled, df_pooled), "repeatability"),
        AnovaRow("repeatability", df_pooled, ss_both + ss_error, ms_pooled),
    )  # fmt: skip
    terms_pooled = (
        (1 - 1 / (p * r), ms_pooled, df_pooled),
        (1 / (p * r), ms_operator, df["operator"]),
    )
    reduced = _study("reduced", (p, o, r), pooled, asked, _Variances(
        ms_pooled, df_pooled, (ms_operator - ms_pooled) / (p * r), None,
        (ms_part - ms_pooled) / (o * r), terms_pooled,
    ))  # fmt: skip
    pool = p_both is not None and p_both > alpha
    return _beside(reduced, whole) if pool else _beside(whole, reduced)


def nested_study(
    parts: Sequence[Hashable],
    operators: Sequence[Hashable],
    readings: Readings,
    *,
    tolerance: float | None = None,
    study_width: float = STUDY_WIDTH,
    confidence: float = 0.95,
) -> GaugeStudy:
    """Analyse a study in which every operator measured parts of their own, as where measuring destroys them.

    Args, Raises: as ``crossed_study``; every operator has as many parts, each measured as often. A part's name counts
        within its operator only.
    Returns: repeatability, reproducibility (operators) and part within operator; there can be no interaction.
    Source: Montgomery and Runger, Quality Engineering 6 (1993) 289-305; AIAG (2010), chapter III, nested studies.
    """
    asked = _checked(POOLING_ALPHA, tolerance, study_width, confidence)
    cells = _cells(parts, operators, readings)
    names_o = list(dict.fromkeys(operators))
    _enough(len(names_o), "operators")
    owned = {b: [cell for cell in cells if cell[1] == b] for b in names_o}
    p = len(owned[names_o[0]])
    _enough(p, "parts")
    trials = len(next(iter(cells.values())))
    for b in names_o:
        if len(owned[b]) != p:
            raise BadReadings("unbalanced", cell=(str(b),), n=len(owned[b]))
    for cell, one in cells.items():
        if len(one) != trials:
            raise BadReadings("unbalanced", cell=tuple(map(str, cell)), n=len(one))
    _enough(trials, "trials")
    if len({x for one in cells.values() for x in one}) == 1:
        raise BadReadings("constant")
    o, r = len(names_o), trials
    means = {cell: math.fsum(one) / r for cell, one in cells.items()}
    of_operator = {b: math.fsum(means[cell] for cell in owned[b]) / p for b in names_o}
    grand = math.fsum(of_operator.values()) / o
    ss_operator = p * r * math.fsum((m - grand) ** 2 for m in of_operator.values())
    ss_part = r * math.fsum((means[cell] - of_operator[cell[1]]) ** 2 for cell in cells)
    ss_error = math.fsum((x - means[cell]) ** 2 for cell, one in cells.items() for x in one)
    least = _ROUNDING * _ROUNDING * _square(cells)
    ss_operator, ss_part, ss_error = (ss if ss > least else 0.0 for ss in (ss_operator, ss_part, ss_error))
    df_o, df_p, df_e = o - 1, o * (p - 1), o * p * (r - 1)
    ms_o, ms_p, ms_e = ss_operator / df_o, ss_part / df_p, ss_error / df_e
    anova = (
        AnovaRow("operator", df_o, ss_operator, ms_o, *_test(ms_o, df_o, ms_p, df_p), "part"),
        AnovaRow("part", df_p, ss_part, ms_p, *_test(ms_p, df_p, ms_e, df_e), "repeatability"),
        AnovaRow("repeatability", df_e, ss_error, ms_e),
    )
    found = _Variances(ms_e, df_e, (ms_o - ms_p) / (p * r), None, (ms_p - ms_e) / r, ())
    return _study("nested", (p, o, r), anova, asked, found)


@dataclass(frozen=True)
class _Variances:
    """Estimates before cutting at 0; ``terms``: factor, mean square and degrees of freedom that add up to gauge R&R."""

    repeatability: float
    df: int
    operator: float
    interaction: float | None
    part: float
    terms: tuple[tuple[float, float, int], ...]


def _study(
    model: Model,
    counts: tuple[int, int, int],
    anova: tuple[AnovaRow, ...],
    asked: _Asked,
    found: _Variances,
) -> GaugeStudy:
    operator, part = max(0.0, found.operator), max(0.0, found.part)
    interaction = max(0.0, found.interaction or 0.0)
    reproducibility = operator + interaction
    gauge = found.repeatability + reproducibility
    total = gauge + part
    tail = (1 - asked.confidence) / 2
    repeat = found.repeatability
    repeat_low = repeat * found.df / chi_square_quantile(1 - tail, found.df)
    repeat_high = repeat * found.df / chi_square_quantile(tail, found.df)
    gauge_low, gauge_high = _modified_large_sample(found.terms, tail)

    def one(
        source: Source, variance: float, raw: float, low: float | None = None, high: float | None = None
    ) -> Component:
        within = None
        if asked.tolerance is not None:
            within = 100 * asked.width * math.sqrt(variance) / asked.tolerance
        share = variance / total
        return Component(source, variance, raw, 100 * share, 100 * math.sqrt(share), within, low, high)

    components = [
        one("gage_rr", gauge, gauge, gauge_low, gauge_high),
        one("repeatability", repeat, repeat, repeat_low, repeat_high),
        one("reproducibility", reproducibility, reproducibility),
        one("operator", operator, found.operator),
    ]
    if found.interaction is not None:
        components.append(one("interaction", interaction, found.interaction))
    components += [one("part", part, found.part), one("total", total, total)]
    ndc_raw = math.sqrt(2 * part / gauge) if gauge > 0 else None
    ndc = max(1, int(_NDC_FACTOR * math.sqrt(part / gauge))) if gauge > 0 else None
    return GaugeStudy(
        model, *counts, asked.alpha, anova, tuple(components), ndc, ndc_raw, asked.confidence, asked.width
    )


def _beside(chosen: GaugeStudy, other: GaugeStudy) -> GaugeStudy:
    from_chosen = {name: getattr(chosen, name) for name in GaugeStudy.__dataclass_fields__ if name != "other"}
    return GaugeStudy(**from_chosen, other=other)


def _modified_large_sample(
    terms: tuple[tuple[float, float, int], ...], tail: float
) -> tuple[float | None, float | None]:
    """Return the interval of a sum of mean squares with positive factors (Graybill and Wang, JASA 75 (1980) 869)."""
    if not terms:
        return None, None
    value = sum(factor * ms for factor, ms, _ in terms)
    down = sum(((1 - df / chi_square_quantile(1 - tail, df)) * factor * ms) ** 2 for factor, ms, df in terms)
    up = sum(((df / chi_square_quantile(tail, df) - 1) * factor * ms) ** 2 for factor, ms, df in terms)
    return max(0.0, value - math.sqrt(down)), value + math.sqrt(up)


def _test(ms: float, df: int, against: float, df_against: int) -> tuple[float | None, float | None]:
    """Return F and p; F is None where nothing at all varies to test against."""
    if against <= 0:
        return (None, 0.0) if ms > 0 else (None, None)
    ratio = ms / against
    return ratio, f_above(ratio, df, df_against)


def _cells(
    parts: Sequence[Hashable], operators: Sequence[Hashable], readings: Readings
) -> dict[tuple[Hashable, Hashable], list[float]]:
    column = numbers(readings)
    for names in (parts, operators):
        if len(names) != column.size:
            raise BadReadings("same_length", one=int(column.size), other=len(names))
    cells: dict[tuple[Hashable, Hashable], list[float]] = {}
    for part, operator, value in zip(parts, operators, column.tolist(), strict=True):
        cells.setdefault((part, operator), []).append(value)
    return cells


def _square(cells: dict[tuple[Hashable, Hashable], list[float]]) -> float:
    return math.fsum(x * x for one in cells.values() for x in one)


def _enough(count: int, of: str) -> None:
    if count < 2:
        raise BadReadings("too_few", n=count, least=2, of=of)


def _checked(alpha: float, tolerance: float | None, width: float, confidence: float) -> _Asked:
    if not 0 <= alpha <= 1:
        raise BadReadings("outside", what="alpha", value=alpha, low=0, high=1)
    if tolerance is not None and not 0 < tolerance < math.inf:
        raise BadReadings("outside", what="tolerance", value=tolerance, low=0, high=math.inf)
    if not 0 < width < math.inf:
        raise BadReadings("outside", what="study_width", value=width, low=0, high=math.inf)
    if not 0.5 <= confidence < 1:
        raise BadReadings("outside", what="confidence", value=confidence, low=0.5, high=1)
    return _Asked(alpha, tolerance, width, confidence)
