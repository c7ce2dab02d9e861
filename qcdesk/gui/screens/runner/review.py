# SPDX-License-Identifier: Apache-2.0
"""What the second person opens of the first check, in words: where a unit cannot be inspected twice, and only there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from qcdesk.gui.screens.runner.rows import ActsRow, ClaimLine, ClaimRow, ReviewRow
from qcdesk.gui.widgets.charts import Limits
from qcdesk.i18n import Catalogue
from qcdesk.services.rows import ReviewClaimRow
from qcdesk.wording import ages, modes, states
from qcdesk.wording.readings import outside_by


@dataclass(frozen=True, slots=True)
class Review:
    """The claims of a review and which of them is in view; ``here`` is an index into ``claims``."""

    claims: tuple[ReviewClaimRow, ...] = ()
    here: int = 0

    @property
    def claim(self) -> ReviewClaimRow | None:
        """The claim in view; None where the first person found nothing of what is reviewed."""
        return self.claims[self.here] if self.claims else None

    @property
    def left(self) -> tuple[ReviewClaimRow, ...]:
        """What is not opened yet."""
        return tuple(one for one in self.claims if one.agrees is None)

    def again(self, claims: tuple[ReviewClaimRow, ...]) -> Review:
        """Return the same review as it was read again; the claim in view stays in view."""
        now = self.claim
        here = next((i for i, one in enumerate(claims) if now is not None and one.claim == now.claim), 0)
        return Review(claims, here)

    def at(self, index: int) -> Review:
        """Return it with another claim in view."""
        return replace(self, here=max(0, min(index, len(self.claims) - 1)))

    def at_unit(self, unit: int) -> Review | None:
        """Return it with a claim on a unit in view, one that is not opened where there is one; None: there is none."""
        places = [i for i, one in enumerate(self.claims) if one.unit == unit]
        return self.at(min(places, key=lambda i: self.claims[i].agrees is not None)) if places else None

    def next_left(self) -> Review | None:
        """Return it with the next claim in view that is not opened; None: all are."""
        order = [*range(self.here + 1, len(self.claims)), *range(self.here + 1)]
        place = next((i for i in order if self.claims[i].agrees is None), None)
        return None if place is None else self.at(place)


def review_row(review: Review, words: Catalogue, photo: bytes = b"") -> ReviewRow:
    """Return the page of a review."""
    say, total, left = words.say, len(review.claims), len(review.left)
    if left:
        progress = say("{n} of {total} left", n=left, total=total)
    else:
        progress = words.count("The one is opened", "All {n} are opened", total) if total else ""
    return ReviewRow(
        say("Open each"),
        progress,
        tuple(_line(one, words) for one in review.claims),
        review.here,
        None if review.claim is None else claim_row(review.claim, words, photo),
        say("The first person found nothing to open."),
        say("You may still measure or find again, on any unit of which something is left."),
    )


def _line(one: ReviewClaimRow, words: Catalogue) -> ClaimLine:
    state: Literal["open", "so", "not_so"] = (
        "open" if one.agrees is None else "so" if one.agrees else "not_so"
    )
    return ClaimLine(
        words.say("Unit {unit}", unit=one.unit),
        _short(one, words)
        if one.agrees is None
        else words.say("{what} · {state}", what=_short(one, words), state=modes.opened(one.agrees, words)),
        state,
    )


def _short(one: ReviewClaimRow, words: Catalogue) -> str:
    if one.kind == "reading":
        return words.say("{value} {unit}", value=one.typed, unit=one.measure)
    return one.name


def claim_row(one: ReviewClaimRow, words: Catalogue, photo: bytes = b"") -> ClaimRow:
    """Return one claim of the first person, as it is opened."""
    say = words.say
    facts = []
    if one.count > 1:
        facts.append((say("How many"), str(one.count)))
    if one.place:
        facts.append((say("Place", context="on a unit"), one.place))
    if one.note:
        facts.append((say("Note"), one.note))
    if one.instrument:
        facts.append((say("Measured with"), one.instrument))
    facts.append((say("Put on record"), ages.clock(one.at)))
    reading = one.kind == "reading"
    return ClaimRow(
        claim=one.claim,
        title=say("Unit {unit}", unit=one.unit),
        of=say("no. {number} of the batch", number=one.number) if one.number != one.unit else "",
        name=one.name,
        defect_class=states.defect_class(one.defect_class, words),
        value=say("{value} {unit}", value=one.typed, unit=one.measure) if reading else "",
        verdict=outside_by(Decimal(one.value), one.lower, one.upper, words) if reading else "",
        limits=_limits(one) if reading else None,
        reading=float(one.value) if reading else None,
        facts=tuple(facts),
        photo=photo,
        has_photo=one.photo is not None,
        said=_said(one, words),
    )


def _limits(one: ReviewClaimRow) -> Limits:
    def number(value: Decimal | None) -> float | None:
        return None if value is None else float(value)

    def text(value: Decimal | None) -> str:
        return "" if value is None else str(value)

    return Limits(number(one.lower), number(one.upper), None, text(one.lower), text(one.upper), "")


def _said(one: ReviewClaimRow, words: Catalogue) -> str:
    say = words.say
    if one.agrees is None:
        if one.own is None:
            return ""
        return say("You measured {value} {unit}.", value=one.own.typed, unit=one.own.measure)
    if one.agrees:
        return say("You said: it is so.")
    return say("You said: it is not so. {why}", why=one.said)


def review_acts(review: Review, words: Catalogue, *, units: bool) -> ActsRow:
    """Return what the bottom keys do during a review. ``units``: there are units to go back to."""
    say, claim = words.say, review.claim
    if review.here > 0:
        undo = say("Back to unit {unit}", unit=review.claims[review.here - 1].unit)
    else:
        undo = say("Back to the units") if units else ""
    if claim is None:
        main, icon = say("Nothing to open, go on"), "check"
        return ActsRow(undo, main, icon, skip_words=say("It is not so"), can_undo=bool(undo), can_skip=False)
    others = [one for one in review.left if one.claim != claim.claim]
    icon = "check"
    if claim.agrees is None and claim.own is not None:
        main = say("Measured again, next") if others else say("Measured again, that was the last")
    elif claim.agrees is None:
        main = say("It is so, next") if others else say("It is so, that was the last")
    elif others:
        main, icon = say("Next"), "arrow-right"
    else:
        main, icon = say("All are opened, go on"), "arrow-right"
    after_all = claim.agrees is False
    return ActsRow(
        undo,
        main,
        icon,
        skip=say("as you measured") if claim.own else "" if after_all else say("give a reason"),
        skip_words=say("It is so after all") if after_all else say("It is not so"),
        can_undo=bool(undo),
        can_skip=claim.own is None,
    )
