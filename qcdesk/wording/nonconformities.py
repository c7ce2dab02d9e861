# SPDX-License-Identifier: Apache-2.0
"""Nonconformities in words: where one stands, what it is about, what was done, and what was decided of the goods."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from qcdesk.domain.attachments import Attachment
from qcdesk.domain.batches import ENDED
from qcdesk.domain.events import (
    NonconformityClosed,
    NonconformityContained,
    NonconformityDue,
    NonconformityHandedOver,
    NonconformityLinked,
    NonconformityNoted,
    NonconformityReopened,
)
from qcdesk.domain.nonconformities import name_of
from qcdesk.i18n import Catalogue, mark
from qcdesk.services.nonconformity_rows import (
    GoodsDecidedRow,
    NonconformingRow,
    NonconformityPage,
    NonconformityRow,
    NonconformityStepRow,
)
from qcdesk.wording import states
from qcdesk.wording.spelling import day, in_a_row, moment

DECIDED: Final = {
    "rework": mark("Rework of {n} was decided by {people}"),
    "repair": mark("Repair of {n} was decided by {people}"),
    "sort": mark("Sorting of {n} was decided by {people}"),
    "regrade": mark("Another grade or use of {n} was decided by {people}"),
    "inspect": mark("Inspection of {n}, apart from the others, was decided by {people}"),
    "split": mark("Different ways of {n}, as parts, were decided by {people}"),
    "return": mark("Return of {n} to the supplier was decided by {people}"),
    "scrap": mark("Scrapping of {n} was decided by {people}"),
    "concession": mark("Use of {n} as they are, under a concession, was approved by {people}"),
}


def number(row: NonconformityRow) -> str:
    """Return its number as people say it."""
    return name_of(row.number)


def stands(row: NonconformityRow, today: date, words: Catalogue) -> str:
    """Return where it stands, in a few words."""
    if row.closed_at is not None:
        return words.say("Closed")
    due = row.nonconformity.due
    if row.nonconformity.overdue(today):
        return words.say("Overdue since {day}", day=day(due, words))
    return words.say("Open, due {day}", day=day(due, words))


def about(row: NonconformityRow, words: Catalogue) -> str:
    """Return what it is about: the names of what was found, and what is wrong in words."""
    what = row.nonconformity.opened.what
    if row.called and what:
        return words.say("{codes}: {what}", codes=in_a_row(row.called, words), what=what)
    return in_a_row(row.called, words) if row.called else what


def headed(page: NonconformityPage, words: Catalogue) -> str:
    """Return what it is about for the heading of its page, which says below what is wrong: names of what was found."""
    return in_a_row([d.name or d.code for d in page.defects], words) or page.row.nonconformity.opened.what


def title(page: NonconformityPage, words: Catalogue) -> str:
    """Return what it is about, with the names of what was found."""
    named = [d.name or d.code for d in page.defects]
    what = page.row.nonconformity.opened.what
    if named and what:
        return words.say("{codes}: {what}", codes=in_a_row(named, words), what=what)
    return in_a_row(named, words) if named else what


def affected(row: NonconformityRow, words: Catalogue, there: int) -> str:
    """Return how many units it affects, of how many."""
    return words.count(
        "{n} unit of {there} affected",
        "{n} units of {there} affected",
        row.nonconformity.opened.quantity,
        there=there,
    )


def of_batch(row: NonconformityRow, words: Catalogue) -> str:
    """Return of which batch, product and supplier it is."""
    if row.supplier_name:
        return words.say(
            "Batch {batch}, {product}, from {supplier}",
            batch=row.batch_number,
            product=row.product,
            supplier=row.supplier_name,
        )
    return words.say("Batch {batch}, {product}", batch=row.batch_number, product=row.product)


def where(page: NonconformityPage, words: Catalogue) -> str:
    """Return how the batch stands and where the goods are."""
    state = words.say(states.BATCH_STATES[page.batch_state])
    if page.batch_state in ENDED:
        return state
    if page.held and page.stands:
        return words.say("{state}, stopped; the goods stand here: {place}", state=state, place=page.stands)
    if page.held:
        return words.say("{state}, stopped; nobody has said where the goods stand", state=state)
    if page.stands:
        return words.say("{state}; the goods stand here: {place}", state=state, place=page.stands)
    return words.say("{state}; nobody has said where the goods stand", state=state)


def defect(row: NonconformingRow, words: Catalogue) -> str:
    """Return what was found of a code."""
    return words.count(
        "{code} {name}, {defect_class}: {n} unit",
        "{code} {name}, {defect_class}: {n} units",
        row.units,
        code=row.code,
        name=row.name,
        defect_class=words.say(states.CLASS_WORDS[row.defect_class]).lower(),
    )


def counted(page: NonconformityPage, words: Catalogue) -> str:
    """Return how its numbers go together where it names several codes; empty where it names one, or none."""
    if len(page.defects) < 2:
        return ""
    return words.count(
        "A unit with several of these defects counts under each; the nonconformity is about {n} unit in all.",
        "A unit with several of these defects counts under each; the nonconformity is about {n} units in all.",
        page.row.nonconformity.opened.quantity,
    )


def opened(row: NonconformityRow, words: Catalogue, event: int | None = None) -> str:
    """Return who opened it and when."""
    if event is None:
        return words.say("Opened {at} by {name}", at=moment(row.opened_at), name=row.opened_by)
    return words.say(
        "Opened {at} by {name} (event {event})", at=moment(row.opened_at), name=row.opened_by, event=event
    )


def step(row: NonconformityStepRow, words: Catalogue) -> str:
    """Return what was done, without who and when."""
    match row.step:
        case NonconformityContained() as done:
            told = words.say("Containment: {text}", text=done.containment)
            return _with(told, done.attachments, words)
        case NonconformityNoted() as done:
            return _with(done.note, done.attachments, words)
        case NonconformityHandedOver() as done:
            return words.say("Handed over to {name}: {reason}", name=row.to_name, reason=done.reason)
        case NonconformityDue() as done:
            return words.say("Due {day} from now on: {reason}", day=day(done.due, words), reason=done.reason)
        case NonconformityLinked() as done:
            if done.undone:
                return words.say("Not put right by {action}, after all", action=row.to_name)
            return words.say("Put right by {action}", action=row.to_name)
        case NonconformityClosed() as done:
            return closed(done, words)
        case NonconformityReopened() as done:
            return words.say(
                "Opened again, due {day}: {reason}", day=day(done.due, words), reason=done.reason
            )


def _with(text: str, files: tuple[Attachment, ...], words: Catalogue) -> str:
    if not files:
        return text
    return words.say("{text} ({files})", text=text, files=in_a_row([file.name for file in files], words))


def closed(done: NonconformityClosed, words: Catalogue) -> str:
    """Return over what it was closed, and why."""
    if done.over is None:
        return words.say("Closed without a decision about the goods: {reason}", reason=done.reason)
    if done.reason:
        return words.say("Closed over what was decided of the goods: {reason}", reason=done.reason)
    return words.say("Closed over what was decided of the goods")


def closed_by(done: NonconformityClosed, name: str, at: str, words: Catalogue) -> str:
    """Return who closed it, when, and why."""
    if done.over is None:
        return words.say(
            "Closed by {name}, {at}, without a decision about the goods: {reason}",
            name=name,
            at=at,
            reason=done.reason,
        )
    if done.reason:
        return words.say("Closed by {name}, {at}: {reason}", name=name, at=at, reason=done.reason)
    return words.say("Closed by {name}, {at}", name=name, at=at)


def decided(row: GoodsDecidedRow, words: Catalogue) -> str:
    """Return what was decided of the goods, and by whom."""
    units = words.count("{n} unit", "{n} units", row.quantity)
    told = words.say(DECIDED[row.kind], n=units, people=in_a_row(row.people, words))
    return words.say("{told}: {reason}", told=told, reason=row.reason) if row.reason else told


def of_supplier(rows: Sequence[NonconformityRow], today: date, words: Catalogue) -> str:
    """Return how many nonconformities a supplier's batches had, and how many are open."""
    if not rows:
        return words.say("No nonconformity yet.")
    n = sum(row.closed_at is None for row in rows)
    late = sum(row.nonconformity.overdue(today) for row in rows)
    if late:
        return words.count(
            "{n} nonconformity of {all} is open, {late} overdue.",
            "{n} nonconformities of {all} are open, {late} overdue.",
            n,
            all=len(rows),
            late=late,
        )
    return words.count(
        "{n} nonconformity of {all} is open.", "{n} nonconformities of {all} are open.", n, all=len(rows)
    )


def overdue(row: NonconformityRow, words: Catalogue) -> str:
    """Return that one of one's own is overdue, for the board."""
    return words.say(
        "{number} of batch {batch} was due {day}, and you see to it.",
        number=number(row),
        batch=row.batch_number,
        day=day(row.nonconformity.due, words),
    )
