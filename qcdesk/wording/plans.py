# SPDX-License-Identifier: Apache-2.0
"""The risk of a plan in sentences: how often goods of a quality pass, and what was computed how."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from qcdesk.i18n import Catalogue, mark
from qcdesk.statistics.risk import Stages
from qcdesk.statistics.risk_designs import ShareOfLot
from qcdesk.statistics.risk_models import Distribution
from qcdesk.wording.spelling import figure

COMPUTED_BY: Final[dict[Distribution, str]] = {
    "hypergeometric": mark(
        "Computed for this one batch, units drawn without putting any back (hypergeometric)."
    ),
    "binomial": mark("Computed for a long series of batches of one process (binomial)."),
    "poisson": mark("Computed for defects, of which a unit can have several (Poisson)."),
}
AVERAGES: Final = mark(
    "Outgoing quality and units inspected are averages over many batches of that quality, rejected ones being sorted."
)
AVERAGES_OF_BATCH: Final = mark(
    "The average sample is for this one batch. Outgoing quality and units inspected are averages over many batches of "
    "that quality (binomial), rejected ones being sorted."
)
# By whether all double plans were searched.
CHEAPEST_DOUBLE: Final[dict[bool, str]] = {
    True: mark("Cheapest double plan:"),
    False: mark("Cheapest double plan of the kind searched:"),
}
DOUBLE_SEARCHED: Final[dict[bool, str]] = {
    True: mark(
        "Searched: all double plans that can accept and reject after the first sample, whatever their sizes and numbers. "
        "Cheapest means the smallest average sample at the good quality."
    ),
    False: mark(
        "Searched: a second sample as large as the first or twice that, the same rejection number after both, the last "
        "acceptance number at most 4 from the single plan's. Cheapest means the smallest average sample at the good "
        "quality. All double plans are too many to search here; others can be somewhat cheaper."
    ),
}
LIMITING_QUALITY: Final = mark(
    "Computed from the definition of limiting quality; no table of a standard is claimed."
)
PROBLEMS: Final[dict[str, tuple[str, str]]] = {
    "no_stages": (mark("A plan needs at least one sample."), mark("Give its n, Ac and Re.")),
    "stages_differ": (
        mark("The plan has {n} sample sizes, {ac} acceptance numbers and {re} rejection numbers."),
        mark("Give as many of each as there are samples."),
    ),
    "too_many_stages": (mark("The plan has too many samples."), mark("Up to {most} fit.")),
    "sample_too_small": (mark("A sample of {value} is none."), mark("It has 1 unit or more.")),
    "sample_too_large": (mark("A sample of {value} units is too large."), mark("Up to {most} fit.")),
    "ac_below_zero": (mark("An acceptance number cannot be below zero."), mark("It is 0 or more.")),
    "ac_not_below_re": (
        mark("The rejection number {re} is not above the acceptance number {ac}."),
        mark("Reject at one more than what is accepted, or later."),
    ),
    "ac_above_sample": (
        mark("Acceptance with {ac} or fewer bad units cannot fail in a sample of {n}."),
        mark("Accept fewer, or count defects with --basis per-100."),
    ),
    "ac_falls": (
        mark("The acceptance number falls to {ac} in sample {stage}."),
        mark("Numbers count what is found in all samples so far; they never fall."),
    ),
    "re_falls": (
        mark("The rejection number falls to {re} in sample {stage}."),
        mark("Numbers count what is found in all samples so far; they never fall."),
    ),
    "ac_missing": (mark("The last sample has no acceptance number."), mark("It must decide.")),
    "count_too_large": (
        mark("A plan of several samples that rejects at {value} is too large."),
        mark("Up to {most} fit."),
    ),
    "lot_too_large": (mark("A batch of {value} units is too large."), mark("Up to {most} fit.")),
    "share_outside": (
        mark("{value} is no share of bad units."),
        mark("Write it as a fraction, such as 0.08."),
    ),
    "rate_outside": (
        mark("{value} is no number of defects per unit."),
        mark("Write 8 defects per 100 units as 0.08."),
    ),
    "chance_outside": (mark("{value} is no chance."), mark("It lies between 0 and 1.")),
    "too_few_points": (mark("{value} points make no curve."), mark("Ask for {least} or more.")),
    "too_many_points": (mark("{value} points are too many."), mark("Up to {most} fit.")),
    "risk_outside": (mark("{value} is no risk."), mark("It lies between 0 and 1, such as 0.05.")),
    "risks_crossed": (
        mark("With risks of {alpha} and {beta} good and bad goods may pass equally often."),
        mark("Make them smaller."),
    ),
    "points_crossed": (
        mark("The good quality {p1} is not better than the bad one {p2}, in whole units of the batch."),
        mark("Give two that lie apart, the good one first."),
    ),
    "no_plan": (
        mark("No plan keeps both risks."),
        mark("Let them lie further apart, or allow larger risks."),
    ),
    "ac_reaches_limit": (
        mark("A batch at its limiting quality holds {bad} bad units, and the plan accepts {ac}."),
        mark("Accept fewer."),
    ),
    "percent_outside": (
        mark("{value} is no share of a batch."),
        mark("Give more than 0 and up to 100 percent."),
    ),
    "plan_unclear": (
        mark("It is not clear which plan is meant."),
        mark("Give one of --n with --ac, --aql, --lq or --share."),
    ),
    "lot_size_needed": (mark("This needs the size of the batch."), mark("Give --lot-size.")),
    "option_without": (mark("{option} does not go with {other}."), mark("Leave one of the two out.")),
}


def percent(p: float, words: Catalogue) -> str:
    """Return a share in percent with up to three figures: ``8 %``, ``0.65 %``."""
    return words.say("{figure} %", figure=figures(p * 100, words))


def figures(value: float, words: Catalogue) -> str:
    """Return a number with up to three significant figures, never as a power of ten."""
    if value == 0:
        return "0"
    places = max(0, 2 - math.floor(math.log10(abs(value))))
    text = f"{value:.{places}f}"
    return figure(text.rstrip("0").rstrip(".") if "." in text else text, words)


def passes(p: float, pa: float, words: Catalogue, *, per_item: bool = False) -> str:
    """Return how often goods pass: ``A batch with 8 % bad units passes this plan 21 times in 100.``

    Rounding never says "never" or "always" of what is not certain: a ``pa`` of exactly 0 or 1 is.

    Args: p: share of bad units, or defects per unit. pa: as ``acceptance`` gives it.
    """
    if per_item:
        rate = figures(p * 100, words)
        if rate == "1":
            goods = words.say("A batch with 1 defect per 100 units")
        else:
            goods = words.say("A batch with {rate} defects per 100 units", rate=rate)
    elif p == 0:
        goods = words.say("A batch without bad units")
    else:
        goods = words.say("A batch with {share} bad units", share=percent(p, words))
    if pa == 0:
        return words.say("{goods} never passes this plan.", goods=goods)
    if pa == 1:
        return words.say("{goods} always passes this plan.", goods=goods)
    return words.say("{goods} passes this plan {times}.", goods=goods, times=times(pa, words))


def times(pa: float, words: Catalogue) -> str:
    """Return how often in 100, or where that would say none or all, in 1,000.

    Args: pa: above 0 and below 1.
    """
    hundred = round(pa * 100)
    if 0 < hundred < 100:
        return words.count("once in 100", "{n} times in 100", hundred)
    thousand = round(pa * 1000)
    if thousand == 0:
        return words.say("less than once in 1,000 times")
    if thousand == 1000:
        return words.say("more than 999 times in 1,000")
    return words.count("once in 1,000", "{n} times in 1,000", thousand)


def described(plan: Stages, words: Catalogue) -> tuple[str, ...]:
    """Return what a plan asks for, a line for each of its samples."""
    if len(plan.n) == 1:
        return (
            words.count("{n} unit: accept with {ac} or fewer, reject with {re} or more.",
                        "{n} units: accept with {ac} or fewer, reject with {re} or more.", plan.n[0],
                        ac=plan.ac[0], re=plan.re[0]),
        )  # fmt: skip
    lines = []
    for number, (n, ac, re) in enumerate(zip(plan.n, plan.ac, plan.re, strict=True), 1):
        if ac is None:
            lines.append(
                words.count("Sample {number}, {n} unit: reject with {re} or more so far; too early to accept.",
                            "Sample {number}, {n} units: reject with {re} or more so far; too early to accept.", n,
                            number=number, re=re)
            )  # fmt: skip
        else:
            lines.append(
                words.count("Sample {number}, {n} unit: accept with {ac} or fewer so far, reject with {re} or more.",
                            "Sample {number}, {n} units: accept with {ac} or fewer so far, reject with {re} or more.", n,
                            number=number, ac=ac, re=re)
            )  # fmt: skip
    return tuple(lines)


def outgoing(aoql: float, p: float, words: Catalogue, *, per_item: bool = False) -> str:
    """Return the worst average quality that leaves the inspection, and when it comes."""
    if aoql == 0:
        return words.say("Every unit is inspected, so that nothing bad leaves the inspection.")
    if per_item:
        return words.say(
            "On average at most {aoql} defects per 100 units leave the inspection, which comes at {p} coming in.",
            aoql=figures(aoql * 100, words),
            p=figures(p * 100, words),
        )
    return words.say(
        "On average at most {aoql} bad units leave the inspection, which comes at {p} coming in.",
        aoql=percent(aoql, words),
        p=percent(p, words),
    )


def share_warning(share: float, p: float, rows: Sequence[ShareOfLot], words: Catalogue) -> tuple[str, ...]:
    """Return why a fixed share of the batch is a bad plan, with the numbers.

    Args: share: percent of the batch. p: share of bad units of the goods that are compared.
    """
    lines = [
        words.say(
            "A fixed share of the batch is a bad plan: small batches are hardly inspected, large ones more than needed."
        )
    ]
    for row in rows:
        lines.append(
            words.count(
                "{share} of {lot} is {n} unit: {passes}",
                "{share} of {lot} are {n} units: {passes}",
                row.n,
                share=percent(share / 100, words),
                lot=row.lot_size,
                passes=passes(p, row.pa, words),
            )
        )
    return tuple(lines)
