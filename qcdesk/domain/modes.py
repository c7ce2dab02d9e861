# SPDX-License-Identifier: Apache-2.0
"""Who looks at which unit for what: blind (the same units again), split (an overlap and fresh ones), review.

Units are named by sample number throughout: 1 … m is the drawn sample with what joined it, m + 1 … are the fresh units
of a round in which something is split (``RoundOpened.units``). The first person looks at 1 … m for everything. The
second looks

- for a *blind* code at 1 … m, the same units;
- for a *split* code at the overlap, at what joined the sample, and at the fresh units, which together make a full
  sample of the same size: each fresh unit takes the rank of a unit of the first person's that is not in the overlap;
- for a code in *review* at what the first person claimed of it; and measures again wherever anything is left.
"""

from __future__ import annotations

from qcdesk.domain.events import Place, RoundOpened
from qcdesk.domain.procedures import Mode, ProcedureContent


def is_split(content: ProcedureContent) -> bool:
    """Tell whether anything of a procedure is split, so that a round needs fresh units."""
    return "split" in content.modes()


def mode_of_whole(content: ProcedureContent) -> Mode:
    """Return the strictest mode of a procedure: what the heading of a batch and a signed act say of all of it."""
    modes = content.modes()
    return "blind" if "blind" in modes else "split" if "split" in modes else "review"


def codes_in_review(content: ProcedureContent) -> frozenset[str]:
    """Return what the second person reviews instead of inspecting it again."""
    return frozenset(c.code for c in content.characteristics if c.mode == "review")


def looked_for_alone(content: ProcedureContent) -> frozenset[str]:
    """Return what the second person looks for without the first's findings: every code but those in review."""
    return frozenset(content.classes_by_code()) - codes_in_review(content)


def reviewed_alone(content: ProcedureContent) -> bool:
    """Tell whether nothing is blind or split, which the heading of a batch must say (trust.md §8.3)."""
    return mode_of_whole(content) == "review"


def units_for(opened: RoundOpened, place: Place) -> tuple[int, ...]:
    """Return the units that the person of a place is asked to look at, each of which needs a result."""
    m = len(opened.sample)
    modes = opened.procedure.content.modes()
    if place != "second" or modes == {"blind"}:
        return tuple(range(1, m + 1))
    asked = set(range(1, m + 1)) if "blind" in modes else set[int]()
    if "split" in modes:
        asked |= opened.second_of_split
    return tuple(sorted(asked))


def measures_on(opened: RoundOpened, place: Place, unit: int) -> tuple[str, ...]:
    """Return the characteristics whose reading a unit must have before the person of a place signs."""
    content = opened.procedure.content
    return tuple(
        c.code
        for c in content.variables()
        if not (place == "second" and c.mode == "review") and looks_for(opened, place, unit, c.code)
    )


def looked_for_on(opened: RoundOpened, place: Place, unit: int) -> tuple[str, ...]:
    """Return the codes of the keypad that the person of a place is to look for on a unit."""
    content = opened.procedure.content
    return tuple(
        key.code
        for key in content.keypad()
        if not (place == "second" and content.mode_of(key.code) == "review")
        and looks_for(opened, place, unit, key.code)
    )


def looks_for(opened: RoundOpened, place: Place, unit: int | None, code: str) -> bool:
    """Tell whether the person of a place is to look at a unit for a code; a tally (None) is one heap for both."""
    if unit is None:
        return True
    m = len(opened.sample)
    if place != "second":
        return 1 <= unit <= m
    if opened.procedure.content.mode_of(code) == "split":
        return unit in opened.second_of_split
    return 1 <= unit <= m


def may_hold(opened: RoundOpened, place: Place, unit: int) -> bool:
    """Tell whether a unit may stand in a check at all: asked for, or one that a review may measure again."""
    if place == "second":
        return unit in units_for(opened, place) or (
            "review" in opened.procedure.content.modes() and 1 <= unit <= len(opened.sample)
        )
    return 1 <= unit <= len(opened.sample)


def both_saw(opened: RoundOpened, unit: int | None, code: str) -> bool:
    """Tell whether both looked at a unit for a code by themselves: only there can they disagree."""
    mode = opened.procedure.content.mode_of(code)
    if mode == "review":
        return False
    if unit is None:
        return True
    return 1 <= unit <= len(opened.sample) and (mode != "split" or unit in opened.second_of_split)


def rank(opened: RoundOpened, unit: int) -> int:
    """Return where a unit stands in the second person's sample: a fresh one where the unit stood that it replaces."""
    m = len(opened.sample)
    return unit if unit <= m else opened.replaced[unit - m - 1]


def not_seen_by_both(opened: RoundOpened, codes: frozenset[str]) -> frozenset[int]:
    """Return the units that the two did not both look at for any of these codes."""
    sample = frozenset(range(1, len(opened.sample) + 1))
    modes = {opened.procedure.content.mode_of(code) for code in codes}
    seen = sample if "blind" in modes else frozenset[int]()
    if "split" in modes:
        seen |= sample & opened.second_of_split
    return frozenset(range(1, len(opened.units) + 1)) - seen
