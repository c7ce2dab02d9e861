# SPDX-License-Identifier: Apache-2.0
"""Attribute agreement studies: people against themselves, each other and the standard, with kappa and intervals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from qcdesk.statistics.agreement import WEIGHTS, Agreement, Weights, agreement, crossed
from qcdesk.statistics.fleiss import SeveralAgreement, counted, several_agreement
from qcdesk.statistics.misses import Share
from qcdesk.statistics.readings import BadReadings

LEAST_UNITS = 2


@dataclass(frozen=True)
class Within:
    """One appraiser against himself or herself: units judged alike in every trial, and kappa between the trials."""

    appraiser: str
    alike: Share
    kappa: SeveralAgreement


@dataclass(frozen=True)
class Pair:
    """Two appraisers, trial by trial: Cohen's kappa, unweighted and, for ordered categories, weighted."""

    first: str
    second: str
    by_weight: Mapping[Weights, Agreement]

    @property
    def plain(self) -> Agreement:
        """Without weights."""
        return self.by_weight["unweighted"]


@dataclass(frozen=True)
class Effectiveness:
    """One appraiser against the standard.

    ``right``: units judged right in every trial. ``kappa``: of all judgements with the standard. ``missed``: of the
    judgements of bad units, those that called them good; ``alarms`` the other way round; None unless it was said which
    category is good.
    """

    appraiser: str
    right: Share
    kappa: Agreement
    missed: Share | None
    alarms: Share | None


@dataclass(frozen=True)
class AttributeStudy:
    """The study: ``categories`` in order; ``within`` is empty with one trial, ``effectiveness`` without a standard.

    ``all_alike``: units that everybody judged alike in every trial; ``all_right``: and as the standard has it.
    ``several`` is Fleiss' kappa of all judgements of a unit; ``conger`` Conger's, which counts chance by what each
    person uses, None where chance alone explains all.
    """

    categories: tuple[str, ...]
    units: int
    appraisers: tuple[str, ...]
    trials: int
    within: tuple[Within, ...]
    pairs: tuple[Pair, ...]
    several: SeveralAgreement
    all_alike: Share
    effectiveness: tuple[Effectiveness, ...]
    all_right: Share | None
    conger: float | None


def attribute_study(
    units: Sequence[str],
    appraisers: Sequence[str],
    ratings: Sequence[str],
    *,
    standard: Mapping[str, str] | None = None,
    categories: Sequence[str] = (),
    good: str | None = None,
    confidence: float = 0.95,
) -> AttributeStudy:
    """Analyse who judged which unit how.

    Args: units, appraisers, ratings: one judgement each, in the order of the trials; everybody judged every unit
        equally often. standard: what each unit is. categories: all that could have been used, in order; those seen
        otherwise, figures by size. good: the category of good units, for misses and false alarms. confidence: of
        intervals.
    Raises: BadReadings: ``same_length``, ``outside``, ``too_few`` appraisers (2) or units, ``unbalanced`` (``cell``),
        ``no_standard`` (``unit``), ``unknown`` (a category). BadRatings: as ``several_agreement``.
    Source: AIAG, Measurement Systems Analysis (2010), chapter III, section C; kappa: see ``agreement``, ``fleiss``.
    """
    if not 0.5 <= confidence < 1:
        raise BadReadings("outside", what="confidence", value=confidence, low=0.5, high=1)
    if not len(units) == len(appraisers) == len(ratings):
        raise BadReadings("same_length", one=len(units), other=min(len(appraisers), len(ratings)))
    said: dict[tuple[str, str], list[str]] = {}
    for unit, person, rating in zip(units, appraisers, ratings, strict=True):
        said.setdefault((unit, person), []).append(rating)
    names, people = list(dict.fromkeys(units)), list(dict.fromkeys(appraisers))
    if len(people) < 2:
        raise BadReadings("too_few", n=len(people), least=2, of="appraisers")
    if len(names) < LEAST_UNITS:
        raise BadReadings("too_few", n=len(names), least=LEAST_UNITS, of="units")
    trials = len(said.get((names[0], people[0]), ()))
    for unit in names:
        for person in people:
            if len(said.get((unit, person), ())) != trials:
                raise BadReadings("unbalanced", cell=(unit, person), n=len(said.get((unit, person), ())))
    known = _categories(ratings, standard, categories)
    if good is not None and good not in known:
        raise BadReadings("unknown", what="category", value=good, known=known)
    if standard is not None and (missing := [unit for unit in names if unit not in standard]):
        raise BadReadings("no_standard", unit=missing[0])

    def judged(person: str) -> list[str]:
        return [said[unit, person][trial] for trial in range(trials) for unit in names]

    def alike(people_of: Sequence[str], right: bool = False) -> Share:
        hits = 0
        for unit in names:
            seen = {one for person in people_of for one in said[unit, person]}
            hits += seen == {standard[unit]} if right and standard is not None else len(seen) == 1
        return Share.of(hits, len(names), confidence)

    within: tuple[Within, ...] = ()
    if trials > 1:
        within = tuple(
            Within(
                person,
                alike([person]),
                several_agreement(counted([said[unit, person] for unit in names], known), confidence),
            )
            for person in people
        )
    pairs = tuple(
        Pair(one, other, _kappas(judged(one), judged(other), known, confidence))
        for one, other in combinations(people, 2)
    )
    together = [[one for person in people for one in said[unit, person]] for unit in names]
    effectiveness: tuple[Effectiveness, ...] = ()
    all_right = None
    if standard is not None:
        truth = [standard[unit] for _ in range(trials) for unit in names]
        all_right = alike(people, right=True)
        effectiveness = tuple(
            _effectiveness(
                person, alike([person], right=True), truth, judged(person), known, good, confidence
            )
            for person in people
        )
    return AttributeStudy(
        categories=known,
        units=len(names),
        appraisers=tuple(people),
        trials=trials,
        within=within,
        pairs=pairs,
        several=several_agreement(counted(together, known), confidence),
        all_alike=alike(people),
        effectiveness=effectiveness,
        all_right=all_right,
        conger=_conger(together, known),
    )


def _effectiveness(
    person: str,
    right: Share,
    truth: Sequence[str],
    judged: Sequence[str],
    known: tuple[str, ...],
    good: str | None,
    confidence: float,
) -> Effectiveness:
    missed = alarms = None
    if good is not None:
        of_bad = [one for one, true in zip(judged, truth, strict=True) if true != good]
        of_good = [one for one, true in zip(judged, truth, strict=True) if true == good]
        missed = Share.of(of_bad.count(good), len(of_bad), confidence)
        alarms = Share.of(len(of_good) - of_good.count(good), len(of_good), confidence)
    kappa = agreement(crossed(truth, judged, known), confidence)
    return Effectiveness(person, right, kappa, missed, alarms)


def _conger(together: Sequence[Sequence[str]], known: tuple[str, ...]) -> float | None:
    """Return Conger's exact kappa (Psychological Bulletin 88 (1980) 322-328) of everybody's judgements per unit."""
    n, raters = len(together), len(together[0])
    pairs = n * raters * (raters - 1)
    near = sum(said.count(one) * (said.count(one) - 1) for said in together for one in known) / pairs
    chance = 0.0
    for one in known:
        used = [sum(said[rater] == one for said in together) / n for rater in range(raters)]
        chance += (sum(used) ** 2 - sum(u * u for u in used)) / (raters * (raters - 1))
    return None if chance >= 1 else (near - chance) / (1 - chance)


def _kappas(
    one: Sequence[str], other: Sequence[str], known: tuple[str, ...], confidence: float
) -> dict[Weights, Agreement]:
    table = crossed(one, other, known)
    return {weights: agreement(table, confidence, weights) for weights in WEIGHTS}


def _categories(
    ratings: Sequence[str], standard: Mapping[str, str] | None, given: Sequence[str]
) -> tuple[str, ...]:
    seen = {*ratings, *(standard.values() if standard else ())}
    if given:
        if odd := sorted(seen - set(given)):
            raise BadReadings("unknown", what="category", value=odd[0], known=tuple(given))
        return tuple(given)
    if len(seen) < 2:
        raise BadReadings("too_few", n=len(seen), least=2, of="categories")
    try:
        return tuple(sorted(seen, key=float))
    except ValueError:
        return tuple(sorted(seen))
