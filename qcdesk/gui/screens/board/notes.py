# SPDX-License-Identifier: Apache-2.0
"""What else wants looking at, above the board: stops, what is overdue, batches in danger, what takes too much."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from qcdesk.domain.times import log_day
from qcdesk.gui.screens.board.rows import WaitCard
from qcdesk.i18n import Catalogue, mark
from qcdesk.services.corrective_actions import stops_by_name
from qcdesk.services.repeated_defects import inspection_of
from qcdesk.services.rows import BoardCardRow
from qcdesk.services.touch_charts import touch_chart
from qcdesk.services.use_cases import UseCases
from qcdesk.services.waiting_times import Waiting, since_when, waiting
from qcdesk.wording import complaints as wording
from qcdesk.wording import corrective, nonconformities, waits
from qcdesk.wording import suppliers as told

MOST = 3
"""The board has room for a few; the rest stands behind them."""


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence, and the page it leads to (``of``: of which thing). ``own``: overdue of the reader's own."""

    words: str
    page: str
    red: bool = False
    of: str = ""
    own: bool = field(default=False, compare=False)


def board_notes(use: UseCases, person: str, words: Catalogue) -> list[Note]:
    """Return what a person has to know: the owner of what is overdue, a quality manager (who plans), everybody."""
    notes = [
        *_stops(use, words),
        *_overdue(use, person, words),
        *_amiss(use, person, words),
        *_care(use, person, words),
        *_papers(use, person, words),
    ]
    notes.sort(key=lambda note: not note.red)
    if len(notes) > MOST:
        left = notes[MOST - 1 :]
        more = words.count("{n} more thing like these.", "{n} more things like these.", len(left))
        own = any(note.own for note in left)
        return [*notes[: MOST - 1], Note(more, left[0].page, left[0].red, left[0].of, own)]
    return notes


def _stops(use: UseCases, words: Catalogue) -> Iterator[Note]:
    """Tell everybody what is not released before two have decided."""
    stops = use.stops_standing()
    if not stops:
        return
    with use.look() as uow:
        told = [
            (called, inspection_of(uow, stop), uow.supplier(stop.supplier).name, uow.action(stop.action).name)
            for stop, called in zip(stops, stops_by_name(uow, stops), strict=True)
        ]
    for stop, inspected, supplier, action in told:
        line = corrective.stopped(stop, supplier, action, words)
        if inspected.strict:
            line = words.run_on((line, words.say("Inspection of it is tightened.")))
        yield Note(line, "corrective_action", red=True, of=action)


def stops_to_decide(use: UseCases, person: str, words: Catalogue) -> list[WaitCard]:
    """Return the release stops that wait for a person: a releaser, with another one."""
    stops, today = use.stops_standing(), use.clock.today()
    if not stops:
        return []
    with use.look() as uow:
        who = uow.person(person)
        mine = [one for one in stops if who.has_role("releaser", today, uow.product(one.product).family)]
        told = [
            (stop, uow.supplier(stop.supplier).name, uow.action(stop.action).name)
            for stop in stops_by_name(uow, mine)
        ]
    shown, reported = mark("came again with {batch}"), mark("was reported again")
    return [
        WaitCard(
            "decide_stop", action, "decide_stop", action, stop.product, supplier,
            words.say(shown if stop.number else reported, batch=stop.number), "", late=False,
            button=words.say("Look and decide"),
        )
        for stop, supplier, action in told
    ]  # fmt: skip


def held_back(use: UseCases, rows: Iterable[BoardCardRow]) -> dict[str, str]:
    """Return by batch the corrective action whose stop holds back what waits to be released."""
    waiting = [row for row in rows if row.lane == "to_release" and row.supplier_id]
    if not waiting or not use.stops_standing():
        return {}
    by = dict[tuple[str, str], str]()
    with use.look() as uow:
        for key in {(row.supplier_id, row.product_code) for row in waiting}:
            for stop in uow.standing_stops(*key):
                by.setdefault(key, uow.action(stop.action).name)
    found = ((row.batch, by.get((row.supplier_id, row.product_code))) for row in waiting)
    return {batch: action for batch, action in found if action}


def _overdue(use: UseCases, person: str, words: Catalogue) -> Iterator[Note]:
    """Tell whoever leads a corrective action what is overdue in it, and who sees to a step that this is."""
    today = use.clock.today()
    late = use.overdue_actions()
    if not late:
        return
    with use.look() as uow:
        names = {one.supplier: uow.supplier(one.supplier).name for one in late}
    for action in late:
        if action.owner == person:
            for promise in action.overdue_promises(today):
                line = corrective.promise_overdue(action, promise, names[action.supplier], today, words)
                yield Note(line, "corrective_action", of=action.name, own=True)
        for step in action.overdue_steps(today):
            if person == (step.person or action.owner):
                line = corrective.step_overdue(action, step, today, words)
                yield Note(line, "corrective_action", of=action.name, own=True)


def _amiss(use: UseCases, person: str, words: Catalogue) -> Iterator[Note]:
    """Tell whoever sees to a nonconformity that it is overdue."""
    today = use.clock.today()
    for row in use.read.nonconformities.listed(owner=person):
        if row.nonconformity.overdue(today):
            yield Note(nonconformities.overdue(row, words), "nonconformities", own=True)


def _care(use: UseCases, person: str, words: Catalogue) -> Iterator[Note]:
    now, care = use.clock.now(), use.read.care
    rows = care.complaints()
    for row in rows:
        if row.complaint.owner == person and row.complaint.overdue(now):
            yield Note(wording.overdue(row, now, words), "complaints", own=True)
    with use.look() as uow:
        who = uow.person(person)
    for proposed in care.proposals(who.name):
        yield Note(wording.proposal(proposed, words), "complaints")
    if who.has_role("planner", log_day(now)):
        for row in rows:
            if row.complaint.too_often:
                yield Note(wording.too_many(row, words), "complaints", red=True)
    if danger := waits.in_danger(foreseen(use).in_danger, words):
        yield Note(danger, "waiting")
    if wrong := wording.too_often(touch_chart(care.touched()).over, words):
        yield Note(wrong, "touches")


def _papers(use: UseCases, person: str, words: Catalogue) -> Iterator[Note]:
    """Tell whoever plans which certificates of suppliers lapse soon, or have lapsed."""
    today = use.clock.today()
    with use.look() as uow:
        plans = uow.person(person).has_role("planner", today)
    for one in use.read.lapsing_papers(today) if plans else ():
        yield Note(told.lapse(one, today, words), "supplier", red=one.until < today, of=one.supplier.supplier)


def foreseen(use: UseCases) -> Waiting:
    """Return what waits, with what is foreseen of it."""
    now, care = use.clock.now(), use.read.care
    return waiting(care.queue(use.clock.today(), named=False), care.signed_at(since_when(now)), now)
