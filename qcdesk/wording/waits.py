# SPDX-License-Identifier: Apache-2.0
"""Waiting in words: what a batch waits for and whom, by when it may leave, and how long it was in each state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from qcdesk.i18n import Catalogue, mark
from qcdesk.services.care_rows import QueueRow, StayRow
from qcdesk.services.waiting_times import CONFIDENCE, Forecast, Outlook, WaitedFor, Waiting
from qcdesk.wording import ages, states
from qcdesk.wording.spelling import alternatives, day, fixed, in_a_row, whole

WANTS: Final[Mapping[str, str]] = {
    "first": mark("the first check"),
    "second": mark("the second check"),
    "third": mark("a third person's decision"),
    "release": mark("the release"),
    "lift": mark("two releasers who lift the stop"),
    "decide_stop": mark("two releasers who decide about the stop after a corrective action"),
    "supplier": mark("two releasers who let its supplier deliver again"),
    "dispose": mark("somebody who says what becomes of it"),
    "rework": mark("the rework"),
    "ship": mark("shipping"),
    "procedure": mark("an approved procedure"),
    "": mark("nothing"),
}
OUTLOOKS: Final[Mapping[Outlook, str]] = {
    "late": mark("late"),
    "likely_late": mark("will probably miss its day"),
    "tight": mark("may miss its day"),
    "in_time": mark("in time"),
    "no_day": mark("has no ship-by day"),
    "stopped": mark("stopped; nothing is foreseen"),
    "unknown": mark("too little was signed to foresee it"),
}


def state(row: StayRow, words: Catalogue) -> str:
    """Return a state of a batch, as in the timeline."""
    return words.say("Stopped") if row.state == "held" else states.state(row.state, words, held=False)


def lasted(row: StayRow, now: int, words: Catalogue) -> str:
    """Return how long a batch is, or was, in a state."""
    return ages.span(row.lasts_us(now) // 1_000_000, words)


def wants(row: QueueRow, words: Catalogue) -> str:
    """Return what a batch waits for."""
    return words.say(WANTS[row.wants])


def people(row: QueueRow, words: Catalogue) -> str:
    """Return who could do it; of many, the first few and how many more."""
    names = row.people
    if not names:
        could = row.takes_two or row.wants in ("first", "second", "third", "release")
        return words.say("nobody could now") if could else ""
    if row.takes_two:
        if len(names) == 1 and row.wants == "dispose":
            return words.say("{name}, and a second person, who is missing", name=names[0])
        if len(names) == 1:
            return words.say("{name}, and a second releaser, who is missing", name=names[0])
        return (
            in_a_row(names, words)
            if len(names) == 2
            else words.say("two of {names}", names=in_a_row(names, words))
        )
    if row.open_since is not None:
        return words.say("{name}, who is at it", name=names[0])
    return alternatives(names, words)


def outlook(one: Forecast, words: Catalogue) -> str:
    """Return in a few words whether a batch will leave in time."""
    said = words.say(OUTLOOKS[one.outlook])
    if one.outlook in ("likely_late", "tight") and one.chance_late is not None:
        return words.say("{outlook} ({n} %)", outlook=said, n=round(100 * one.chance_late))
    return said


def leaves(one: Forecast, words: Catalogue, today: date) -> str:
    """Return between which days a batch may leave; nothing where nothing is foreseen."""
    if one.low is None or one.high is None:
        return words.say("now") if one.row.wants == "ship" else ""
    low, high = day(one.low, words, today), day(one.high, words, today)
    return low if low == high else words.say("{low} to {high}", low=low, high=high)


def in_states(rows: Sequence[StayRow], now: int, words: Catalogue) -> str:
    """Return for how long a batch was in each state, all its stays there together."""
    spent: dict[str, int] = {}
    for row in rows:
        spent[state(row, words)] = spent.get(state(row, words), 0) + row.lasts_us(now)
    return " · ".join(
        [
            words.say("{state} {span}", state=name, span=ages.span(us // 1_000_000, words))
            for name, us in spent.items()
        ]
    )


def headline(found: Waiting, words: Catalogue) -> str:
    """Return the one sentence that needs someone, or that nothing does."""
    if not found.total:
        return words.say("No batch waits.")
    said = words.count("{n} batch waits.", "{n} batches wait.", found.total, n=whole(found.total, words))
    if found.total > len(found.forecasts):
        shown = words.say("Here are the first {n}, the earliest ship-by first.", n=len(found.forecasts))
        said = words.say("{waits} {shown}", waits=said, shown=shown)
    if danger := in_danger(found.in_danger, words):
        return words.say("{waits} {danger}", waits=said, danger=danger)
    if not any(one.outlook in ("tight", "in_time") for one in found.forecasts):
        return said  # nothing has a day, or nothing could be foreseen
    if found.total > len(found.forecasts):
        return words.say("{waits} None of these is foreseen to miss its ship-by day.", waits=said)
    return words.say("{waits} None is foreseen to miss its ship-by day.", waits=said)


def in_danger(rows: Sequence[Forecast], words: Catalogue) -> str:
    """Return which batches have missed their day or probably will; nothing where none does."""
    late = [one.row.number for one in rows if one.outlook == "late"]
    likely = [one.row.number for one in rows if one.outlook == "likely_late"]
    said = []
    if late:
        said.append(
            words.count("{batches} is late.", "{batches} are late.", len(late), batches=in_a_row(late, words))
        )
    if likely:
        said.append(
            words.count(
                "{batches} will probably miss its ship-by day.",
                "{batches} will probably miss their ship-by days.",
                len(likely),
                batches=in_a_row(likely, words),
            )
        )
    return words.run_on(said)


def pace(found: Waiting, words: Catalogue) -> str:
    """Return what the forecast rests on."""
    if found.pace is None:
        return words.say("Too little was signed in the last eight weeks to say when batches will leave.")
    return words.say(
        "Foreseen from {n} signatures on {days} days of work ({rate} a day), the earliest ship-by first, if nothing is "
        "rejected; {confidence} % interval.",
        n=found.pace.count,
        days=found.pace.days,
        rate=fixed(found.pace.by_day, 1, words),
        confidence=round(100 * CONFIDENCE),
    )


def waited_for(one: WaitedFor, words: Catalogue) -> str:
    """Return how many batches wait for somebody."""
    if not one.alone:
        return words.count("{n} batch", "{n} batches", one.batches)
    return words.count("{n} batch, {alone} alone", "{n} batches, {alone} alone", one.batches, alone=one.alone)
