# SPDX-License-Identifier: Apache-2.0
"""What a log lacks, in sentences: which batches, and what was done to them by whom."""

from __future__ import annotations

from collections.abc import Sequence

from qcdesk.domain.anchors import Lacking, Lost, SeenAct
from qcdesk.i18n import Catalogue
from qcdesk.wording import events
from qcdesk.wording.spelling import in_a_row, moment, quoted

SHOWN = 30


def batches(acts: Sequence[SeenAct]) -> tuple[str, ...]:
    """Return the numbers of the batches that acts were about, in the order in which they come."""
    return tuple(dict.fromkeys(act.batch for act in acts if act.batch))


def told(acts: Sequence[SeenAct], words: Catalogue, most: int = SHOWN) -> tuple[str, ...]:
    """Return sentences about what is lost: the batches, then act by act, the newest of them where there are many."""
    found = batches(acts)
    lines = []
    if found:
        names = in_a_row([quoted(number) for number in found[:most]], words)
        lines.append(
            words.count(
                "Something of {n} batch is lost: {names}.",
                "Something of {n} batches is lost: {names}.",
                len(found),
                names=names,
            )
        )
    lines += [one(act, words) for act in acts[-most:]]
    if len(acts) > most:
        lines.append(words.count("And {n} earlier event.", "And {n} earlier events.", len(acts) - most))
    return tuple(lines)


def one(act: SeenAct, words: Catalogue) -> str:
    """Return what one lost event did, as far as was noted."""
    what = events.line(act.kind, {}, words)
    if act.batch and act.person:
        return words.say(
            "Event {event}, batch {batch}, {person}: {what}",
            event=act.seq,
            batch=quoted(act.batch),
            person=quoted(act.person),
            what=what,
        )
    if act.batch:
        return words.say(
            "Event {event}, batch {batch}: {what}", event=act.seq, batch=quoted(act.batch), what=what
        )
    if act.person:
        return words.say(
            "Event {event}, {person}: {what}", event=act.seq, person=quoted(act.person), what=what
        )
    return words.say("Event {event}: {what}", event=act.seq, what=what)


def missing(lost: Lost, words: Catalogue) -> str:
    """Return what a restored copy lacks of what this station saw: from which event to which, and what follows."""
    if lost.kind == "vault":
        return words.say(
            "Another workspace was in this place when this station last saw it, on {day}.",
            day=moment(lost.at),
        )
    return words.say(
        "Missing: events {first} to {last}, the last of them seen on {day}. What was done after event {kept} "
        "is not in this copy; two people sign what was lost before anything is released.",
        first=lost.since + 1,
        last=lost.seq,
        day=moment(lost.at),
        kept=lost.last,
    )


def beyond(lacking: Lacking, words: Catalogue) -> str:
    """Return how much the workspace that is replaced holds beyond the copy."""
    told = words.count(
        "The workspace that was replaced holds {n} event that this one lacks.",
        "The workspace that was replaced holds {n} events that this one lacks.",
        len(lacking.acts),
    )
    if not lacking.unread:
        return told
    unread = words.count(
        "{n} of its lines could not be read.", "{n} of its lines could not be read.", lacking.unread
    )
    return words.say("{told} {unread}", told=told, unread=unread)
