# SPDX-License-Identifier: Apache-2.0
"""Which units each of the two looks at for what, and what of their claims counts in whose sample (trust.md §8.3).

Units are named by sample number. The first has the sample. What is *split* the second looks for on the overlap, on
what joined the sample, and on the fresh units, which are numbered on after the sample. Everything else the second
looks for on the sample again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from qcdesk.checker.rules.state import Mark, Marks, Round


def mode_of(round_: Round, code: str) -> str:
    """Return how the second person looks for a code: whatever is no characteristic stands in the list of defects."""
    return round_.modes.get(code, round_.defects_mode)


def modes(round_: Round) -> set[str]:
    """Return all modes that occur."""
    return {*round_.modes.values(), *([round_.defects_mode] if round_.defects else [])}


def mode_of_whole(round_: Round) -> str:
    """Return what a signature says of the whole: blind where anything is, else split where anything is."""
    found = modes(round_)
    return next(mode for mode in ("blind", "split", "review") if mode in found)


def sample_of(round_: Round) -> set[int]:
    """Return what the first has."""
    return set(range(1, len(round_.sample) + 1))


def other_sample_of(round_: Round) -> set[int]:
    """Return what the second has for whatever is split."""
    last = len(round_.sample) + len(round_.fresh)
    return set(round_.overlap) | set(range(round_.drawn + 1, last + 1))


def asked_of(round_: Round, place: str) -> set[int]:
    """Return the units of which a check must say something before it is signed."""
    if place != "second":
        return sample_of(round_)
    found = modes(round_)
    wanted = sample_of(round_) if "blind" in found else set[int]()
    return wanted | other_sample_of(round_) if "split" in found else wanted


def may_have(round_: Round, place: str) -> set[int]:
    """Return the units of which a check may say something; what is reviewed may be measured again on any."""
    more = sample_of(round_) if place == "second" and "review" in modes(round_) else set[int]()
    return asked_of(round_, place) | more


def has_for(round_: Round, place: str, unit: int | None, code: str) -> bool:
    """Tell whether a check looks at a unit for a code."""
    if unit is None:
        return True
    split = place == "second" and mode_of(round_, code) == "split"
    return unit in (other_sample_of(round_) if split else sample_of(round_))


def measured_on(round_: Round, place: str, unit: int) -> list[str]:
    """Return the characteristics of which a check needs a reading on a unit."""
    return [
        code
        for code in round_.limits
        if has_for(round_, place, unit, code)
        and not (place == "second" and mode_of(round_, code) == "review")
    ]


def both_look(round_: Round, mark: Mark) -> bool:
    """Tell whether both look there by themselves, so that they can disagree."""
    unit, code = mark
    reviewed = mode_of(round_, code) == "review"
    return not reviewed and all(has_for(round_, place, unit, code) for place in ("first", "second"))


def common(
    round_: Round, marks: Marks, spoken: Collection[Mark] = (), through: Collection[int] | None = None
) -> Marks:
    """Return what is claimed where both look, or where the second spoke of what is in review.

    ``through``: what both went through, where a check may end before the other; None: all of it.
    """
    return {
        mark: said
        for mark, said in marks.items()
        if _both_say(round_, mark, spoken) and (through is None or mark[0] in through)
    }


def alone(round_: Round, marks: Marks, spoken: Collection[Mark] = ()) -> Marks:
    """Return what is claimed where only one of them says anything."""
    return {mark: said for mark, said in marks.items() if not _both_say(round_, mark, spoken)}


def _both_say(round_: Round, mark: Mark, spoken: Collection[Mark]) -> bool:
    return both_look(round_, mark) or (mark in spoken and has_for(round_, "first", *mark))


def into_first(round_: Round, second: Marks) -> Marks:
    """Return what the second claims on units of the first's sample."""
    return {m: said for m, said in second.items() if m[0] is None or m[0] <= len(round_.sample)}


def into_second(round_: Round, first: Marks) -> Marks:
    """Return what the first claims that counts for the second too: where both look, and what is reviewed."""
    return {m: said for m, said in first.items() if both_look(round_, m) or mode_of(round_, m[1]) == "review"}


def place_in(round_: Round, place: str) -> Callable[[int], int]:
    """Return how a check's units stand in its sample: a fresh one where that unit stood which it replaces."""
    if place != "second" or not round_.fresh:
        return lambda unit: unit
    free = [unit for unit in range(1, round_.drawn + 1) if unit not in round_.overlap]
    fresh = dict(enumerate(free, len(round_.sample) + 1))
    return lambda unit: fresh.get(unit, unit)
