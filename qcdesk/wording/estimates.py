# SPDX-License-Identifier: Apache-2.0
"""What the comparison says in figures, said in sentences: verdicts, agreement, and what both probably missed."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Final, Protocol

from qcdesk.domain.comparison import Compared
from qcdesk.domain.sampling import ClassVerdict
from qcdesk.i18n import Catalogue, mark
from qcdesk.wording.samples import ended
from qcdesk.wording.spelling import fixed, rounded, whole
from qcdesk.wording.states import defect_class

# Why an estimate is not to be leaned on.
NOT_RELIABLE: Final = {
    "nothing_found": mark("Neither found anything, so how well they look cannot be told."),
    "one_found_nothing": mark("One of the two found nothing, so how well they look cannot be told."),
    "no_overlap": mark("The two found nothing in common, so many more may have been missed."),
    "too_few": mark("Too few units were found bad to say it with confidence."),
    "overlap_below_chance": mark(
        "The two found less in common than independent people would; look at how they work."
    ),
}
NO_ESTIMATE: Final = {
    "tally": mark("These goods were counted, not told apart, so what both missed cannot be estimated."),
    "no_units": mark("No unit was looked at by both, so nothing can be estimated."),
}
NO_KAPPA: Final = {
    "tally": mark("Only the counts are compared: the goods cannot be told apart."),
    "no_units": mark("No unit was looked at by both."),
    "no_variation": mark(
        "Both put every unit into the same class, so agreement beyond chance has no meaning."
    ),
}


ASSUMES: Final = mark(
    "It assumes that both looked on their own, and that every bad unit is as easy to see as any other."
)


class Missed(Protocol):
    """The figures of an estimate of what both missed, whoever made it."""

    @property
    def missed_low(self) -> int:
        """Fewest."""

    @property
    def missed_high(self) -> int | None:
        """Most; None where nothing bounds it."""

    @property
    def reliable(self) -> bool:
        """Whether to lean on it."""

    @property
    def reason(self) -> str | None:
        """Why not."""


def verdict(one: ClassVerdict, words: Catalogue) -> str:
    """Return the result of one class: ``Major: 4 found, 5 allowed, 6 reject.`` Of several samples, at which it stands."""
    if one.stage:
        name = defect_class(one.defect_class, words)
        whole = one.verdict != "undecided"
        return ended(name, one.stage, one.n, one.counted, one.ac, one.re, one.verdict, words, whole=whole)
    return words.say(
        "{class_word}: {found} found, {ac} allowed, {re} reject.",
        class_word=defect_class(one.defect_class, words),
        found=one.counted,
        ac=one.ac,
        re=one.re,
    )


def verdicts(classes: Iterable[ClassVerdict], words: Catalogue) -> tuple[str, ...]:
    """Return the result of every class."""
    return tuple(verdict(one, words) for one in classes)


def missed(estimate: Missed, value: str | Decimal, words: Catalogue) -> str:
    """Return what both probably missed: ``Both probably missed about 1 unit; 0 to 4.``

    Args: estimate: the interval. value: the estimate itself, in units.
    """
    about, high = rounded(value), estimate.missed_high
    if about == 0:
        if high is None:
            return words.say("Both probably missed nothing, but how much it could be cannot be bounded.")
        if high == 0:
            return words.say("Both probably missed nothing.")
        return words.say("Both probably missed nothing; 0 to {high}.", high=high)
    if high is None:
        return words.count(
            "Both probably missed about {n} unit; {low} or more, and how many at most cannot be said.",
            "Both probably missed about {n} units; {low} or more, and how many at most cannot be said.",
            about,
            low=estimate.missed_low,
        )
    return words.count(
        "Both probably missed about {n} unit; {low} to {high}.",
        "Both probably missed about {n} units; {low} to {high}.",
        about,
        low=estimate.missed_low,
        high=high,
    )


def escapes(value: str | Decimal, low: int, high: int, total: str, words: Catalogue) -> str:
    """Return what that means for the whole batch, in units that nobody found; ``total``: how many it has, spelled."""
    about = rounded(value)
    if about == 0 and high == 0:
        return words.say("In the whole batch of {total} nothing bad is probably left.", total=total)
    if about == 0:
        return words.say(
            "In the whole batch of {total} probably none is left bad and unfound; 0 to {high}.",
            total=total,
            high=high,
        )
    return words.count(
        "In the whole batch of {total} about {n} bad unit is probably left unfound; {low} to {high}.",
        "In the whole batch of {total} about {n} bad units are probably left unfound; {low} to {high}.",
        about,
        total=total,
        low=low,
        high=high,
    )


def reliance(estimate: Missed, words: Catalogue) -> str:
    """Return why the estimate is not to be leaned on or to be read with care, or nothing."""
    return "" if estimate.reason is None else words.say(NOT_RELIABLE[estimate.reason])


def at_least(units: int | None, words: Catalogue) -> str:
    """Return what was missed also where some units are harder to see than others; nothing without a bound."""
    if not units:
        return ""
    return words.count(
        "Where some are harder to see than others, at least {n} unit was missed by both.",
        "Where some are harder to see than others, at least {n} units were missed by both.",
        units,
    )


def with_rates(middle: int, low: int, high: int, words: Catalogue) -> str:
    """Return what both missed, as far as units with known defects have told how well they find."""
    return words.count(
        "From how well they find known defects: about {n} unit missed by both, {low} to {high}.",
        "From how well they find known defects: about {n} units missed by both, {low} to {high}.",
        middle,
        low=low,
        high=high,
    )


def compared(one: Compared, lot_size: int, words: Catalogue) -> tuple[str, ...]:
    """Return what two checks say against each other: who found how much, agreement, what both missed."""
    lines: list[str] = []
    if one.both is None or one.first_only is None or one.second_only is None:
        lines.append(
            words.say(
                "First check {first}, second check {second} counted.",
                first=one.first_count,
                second=one.second_count,
            )
        )
    else:
        lines.append(
            words.say(
                "Found by both: {both}. Only in the first check: {first}. Only in the second: {second}.",
                both=one.both,
                first=one.first_only,
                second=one.second_only,
            )
        )
    if one.agreement_percent is not None and one.agreement_low is not None and one.agreement_high is not None:
        lines.append(
            words.say(
                "They agree on {share} % of the units (95 % interval: {low} to {high} %).",
                share=one_place(one.agreement_percent, words),
                low=one_place(one.agreement_low, words),
                high=one_place(one.agreement_high, words),
            )
        )
    if one.kappa is not None:
        lines.append(_kappa(one.kappa, one.kappa_low, one.kappa_high, words))
    elif one.kappa_reason is not None:
        lines.append(words.say(NO_KAPPA[one.kappa_reason]))
    if one.estimate is None:
        if one.estimate_reason is not None and one.estimate_reason != one.kappa_reason:
            lines.append(words.say(NO_ESTIMATE[one.estimate_reason]))
        return tuple(lines)
    lines.append(missed(one.estimate, one.estimate.missed, words))
    total = whole(lot_size, words)
    lines.append(escapes(one.estimate.batch, one.estimate.batch_low, one.estimate.batch_high, total, words))
    said = (
        at_least(one.estimate.at_least, words),
        words.say(ASSUMES) if one.estimate.reliable else "",
        reliance(one.estimate, words),
    )
    return (*lines, *(line for line in said if line))


def _kappa(kappa: str, low: str | None, high: str | None, words: Catalogue) -> str:
    if low is not None and high is not None and Decimal(low) == Decimal(high) == 0:
        return words.say("One of the two put every unit into the same class, so kappa cannot be told.")
    if low is None or high is None or Decimal(low) == Decimal(high):  # an interval of no width is none
        return words.say("Agreement beyond chance (kappa): {kappa}.", kappa=two_places(kappa, words))
    return words.say(
        "Agreement beyond chance (kappa): {kappa} (95 % interval: {low} to {high}).",
        kappa=two_places(kappa, words),
        low=two_places(low, words),
        high=two_places(high, words),
    )


def one_place(value: str, words: Catalogue) -> str:
    """Return a decimal with one place, for percentages."""
    return fixed(Decimal(value), 1, words)


def two_places(value: str, words: Catalogue) -> str:
    """Return a decimal with two places, for kappa."""
    return fixed(Decimal(value), 2, words)
