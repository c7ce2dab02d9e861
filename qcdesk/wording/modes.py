# SPDX-License-Identifier: Apache-2.0
"""How the second person looks, in words: blind, split or review, chosen, named on a page, and said to who works so."""

from __future__ import annotations

from typing import Final, NamedTuple

from qcdesk.domain.modes import mode_of_whole
from qcdesk.domain.procedures import Mode, ProcedureContent
from qcdesk.i18n import Catalogue, mark
from qcdesk.wording.spelling import in_a_row

MODES: Final[tuple[Mode, ...]] = ("blind", "split", "review")
"""The rule first."""

NAMES: Final = {"blind": mark("Blind"), "split": mark("Split"), "review": mark("Review")}
# As one chooses it.
CHOICES: Final = {
    "blind": mark("The same units again, blind"),
    "split": mark("A sample of their own, split"),
    "review": mark("Review, nothing inspected again"),
}
# What a choice means and costs.
MEANINGS: Final = {
    "blind": mark(
        "The rule: both inspect the same units, and what either misses shows. Each is inspected twice."
    ),
    "split": mark(
        "A third of the units (at least 5) both inspect, the rest are fresh: more of the lot is seen, misses show less."
    ),
    "review": mark(
        "The second person only opens what the first found. What was missed stays missed; the report says so."
    ),
}
DESTROYED_MEANING: Final = mark(
    "The second person cannot inspect a unit that the first one destroyed: only a review fits."
)
TALLY_MEANING: Final = mark(
    "Goods that are only counted: the second person counts the same ones again, blind."
)
# On a page, in one line.
SHORT: Final = {
    "blind": mark("Blind: the same units, the first result hidden"),
    "split": mark("Split: an own sample, some units in common"),
    "review": mark("Review: the second person opens what the first found"),
}
# Beside the name of whoever made the second check.
SECOND_WAS: Final = {
    "blind": mark("second, blind"),
    "split": mark("second, own sample"),
    "review": mark("second, by review"),
}
# Beside the procedure, on paper.
SECOND_LOOKED: Final = {
    "blind": mark("second check made blind"),
    "split": mark("sample split between the two"),
    "review": mark("second person reviewed the first check"),
}
# What the second person says of a claim in review.
OPENED: Final = {"unopened": mark("not opened yet"), "so": mark("so"), "not_so": mark("not so")}
REVIEWED: Final = mark("reviewed, not re-inspected")
NOT_TWICE: Final = mark("Nothing here is inspected twice: the second person reviews what the first found.")


class Kind(NamedTuple):
    """What kind of check somebody makes: the heading, and what it means for who makes it."""

    title: str
    note: str


def name(mode: Mode, words: Catalogue) -> str:
    """Return the word for a mode, as a heading."""
    return words.say(NAMES[mode])


def choices(words: Catalogue, *, destructive: bool) -> list[tuple[Mode, str]]:
    """Return the modes with their words as one chooses them; a review only where inspecting destroys the unit."""
    return [(mode, words.say(CHOICES[mode])) for mode in MODES if mode != "review" or destructive]


def meaning(mode: str, words: Catalogue, *, destructive: bool = False) -> str:
    """Return what a choice means and costs, one sentence; that it cannot be done, where the unit is gone by then."""
    if destructive and mode != "review":
        return words.say(DESTROYED_MEANING)
    return words.say(MEANINGS[mode]) if mode in MEANINGS else ""


def looked_at_by(content: ProcedureContent, mode: Mode, words: Catalogue) -> tuple[str, ...]:
    """Return what the second person looks at in one way: the defects as one, then characteristics by name."""
    named = tuple(c.name for c in content.characteristics if c.mode == mode)
    if content.defects and content.defects_mode == mode:
        return words.say("the defects"), *named
    return named


def second_check(content: ProcedureContent, words: Catalogue) -> str:
    """Return how the second person looks: one line where all is alike, else what is looked at in which way."""
    modes = content.modes()
    if len(modes) == 1:
        return words.say(SHORT[mode_of_whole(content)])
    said = [
        words.say(
            "{mode}: {what}",
            mode=name(mode, words),
            what=in_a_row(looked_at_by(content, mode, words), words),
        )
        for mode in MODES
        if mode in modes
    ]
    return " · ".join(said)


def second_was(content: ProcedureContent, words: Catalogue) -> str:
    """Return how the second check was made, as a remark beside a name."""
    return words.say(SECOND_WAS[mode_of_whole(content)])


def second_looked(mode: str, words: Catalogue) -> str:
    """Return how the second check was made, as part of a line."""
    return words.say(SECOND_LOOKED[mode])


def opened(agrees: bool | None, words: Catalogue) -> str:
    """Return what the second person said of a claim in review; None: it is not opened yet."""
    return words.say(OPENED["unopened" if agrees is None else "so" if agrees else "not_so"])


def reviewed(words: Catalogue) -> str:
    """Return what stands beside a characteristic that was reviewed only."""
    return words.say(REVIEWED)


def not_twice(content: ProcedureContent, words: Catalogue) -> str:
    """Return the heading where nothing is blind or split; else nothing."""
    return words.say(NOT_TWICE) if mode_of_whole(content) == "review" else ""


def kind_of_second(content: ProcedureContent, words: Catalogue) -> Kind:
    """Return what stands above the second person's work."""
    say, modes = words.say, content.modes()
    if modes == {"review"}:
        return Kind(say("Review of the first check"), say("Nothing is inspected twice: open what was found."))
    if modes == {"split"}:
        return Kind(
            say("Second check, own sample"),
            say("Some units are fresh. You cannot see what the first person found."),
        )
    title = say("Blind second check") if "blind" in modes else say("Second check, own sample")
    if "review" in modes:
        return Kind(title, say("You see nothing of the first check but what you review last."))
    if "split" in modes:
        return Kind(title, say("Partly on fresh units. You cannot see what the first person found."))
    return Kind(title, say("You cannot see what the first person found."))


def kind_of_review(content: ProcedureContent, words: Catalogue) -> Kind:
    """Return what stands above the second person's work while the first's is opened."""
    if content.modes() == {"review"}:
        return kind_of_second(content, words)
    what = in_a_row(looked_at_by(content, "review", words), words)
    return Kind(words.say("Review of the first check"), words.say("Of {what} only.", what=what))


def before_second(content: ProcedureContent, words: Catalogue) -> str:
    """Return what awaits the second person, beside the button that starts it."""
    modes = content.modes()
    if modes == {"review"}:
        return words.say("You open what the first person found.")
    if "review" in modes:
        return words.say("Blind, but for what is reviewed at its end.")
    if modes == {"split"}:
        return words.say("Your own sample: you see nothing of the first check.")
    return words.say("Blind: you see nothing of the first check.")
