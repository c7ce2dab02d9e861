# SPDX-License-Identifier: Apache-2.0
"""The last page of one's own check: what to do with the goods before one signs, or which units are asked for next."""

from __future__ import annotations

from typing import Final

from qcdesk.gui.screens.runner.own_check import Here, done_units
from qcdesk.gui.screens.runner.rows import LastRow
from qcdesk.i18n import Catalogue
from qcdesk.services.rows import OwnCheckPage
from qcdesk.wording import modes, samples
from qcdesk.wording.spelling import in_a_row, numbers

LISTED: Final = 50
"""Units of a further sample that are named one by one."""


def last_row(here: Here, opened: int, words: Catalogue) -> LastRow:
    """Return the last page. ``opened``: how many claims there were to open."""
    page, say = here.page, words.say
    if page.further:
        return _further_row(page, words)
    open_units = [u.unit for u in page.units if not u.done and u.unit not in here.waiting]
    alone = page.procedure.content.modes() == {"review"}  # nothing is hidden from the second person then
    steps = [say("Put every unit back as you found it.")]
    if not alone:
        steps.insert(
            0, say("Take stickers, marks and tags off: nothing on the goods may tell what you found.")
        )
    note = say("Then read what you are about to sign.")
    if page.place == "first" and alone:
        steps = [say("Leave the numbers on what is left: the second person may measure it again.")]
        note = _what_second_sees(page, words)
    elif page.place == "first":
        steps.append(say("Tell nobody what you found until the second person has signed."))
        note = _what_second_sees(page, words)
    if page.may_end and open_units and page.begun <= done_units(page):
        return LastRow(
            say("This check can end here"),
            (say("It rejects for certain, whatever the rest is like."), *steps),
            note,
            back=say("Go on looking"),
        )
    if not open_units:
        n = len(page.units)
        title = words.count("{n} unit is done.", "All {n} units are done.", n)
        if not n:
            title = (
                words.count("What was found is opened.", "All {n} finds are opened.", opened)
                if opened
                else say("There was nothing to open.")
            )
        back = say("Back to the review") if here.review is not None else ""
        return LastRow(title, tuple(steps), note, back=back)
    missing = words.count(
        "{n} unit has no result: {units}.",
        "{n} units have no result: {units}.",
        len(open_units),
        units=numbers(open_units, words),
    )
    title = say("Not everything is done yet")
    return LastRow(title, tuple(steps), note, missing, say("Go to {unit}", unit=open_units[0]), open_units[0])


def _further_row(page: OwnCheckPage, words: Catalogue) -> LastRow:
    """What was found decides nothing yet: say why more is asked for, and which units these are."""
    assert page.plan is not None
    say, rest = words.say, [unit for unit in page.units if not unit.done]
    where = say("Each unit says its number in the batch.")
    if len(rest) <= LISTED:
        where = say("Their numbers in the batch: {units}.", units=numbers([u.number for u in rest], words))
    return LastRow(
        words.count("One more sample is needed: {n} unit", "One more sample is needed: {n} units", len(rest)),
        samples.needed(page.verdicts, page.plan, page.further, words),
        where,
    )


def _what_second_sees(page: OwnCheckPage, words: Catalogue) -> str:
    content, say = page.procedure.content, words.say
    reviewed = modes.looked_at_by(content, "review", words)
    if content.modes() == {"review"}:
        return say("The second person opens what you found: keep what is left of each unit.")
    if reviewed:
        return say(
            "The second person opens what you found of {what}, and sees nothing else of your work.",
            what=in_a_row(reviewed, words),
        )
    return say("The second person sees the goods and nothing of your work.")
