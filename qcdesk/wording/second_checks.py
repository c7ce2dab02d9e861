# SPDX-License-Identifier: Apache-2.0
"""What a second check buys, in words: the ways of checking, and what came of imagined batches."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from qcdesk.domain.simulating import Imagined, SecondCheck, Simulated
from qcdesk.i18n import Catalogue, mark
from qcdesk.wording.spelling import figure, fixed, whole

NAMES: Final[dict[SecondCheck, str]] = {
    "none": mark("no check"),
    "single": mark("one check"),
    "primed": mark("a second who saw the first result"),
    "blind": mark("a second blind check, same units"),
    "split": mark("a second blind check, other units"),
}


_AFTER: Final[dict[SecondCheck, str]] = {
    "primed": mark("after a second who saw the result"),
    "blind": mark("after a second, blind one"),
    "split": mark("after a second, blind one on other units"),
}
_INSTEAD: Final[dict[SecondCheck, str]] = {
    "none": mark("Without any check"),
    "single": mark("One check"),
    "primed": mark("A second person who saw the result instead"),
    "blind": mark("A blind second person on the same units"),
    "split": mark("A blind second person on other units"),
}
_HARDLY_ANY: Final = 0.005
"""Where at most so large a share ships after one check, there is next to nothing left to stop."""


def told(played: Sequence[Simulated], words: Catalogue) -> tuple[str, ...]:
    """Return one sentence for each way of checking, and what all of it assumes."""
    if not played:
        return ()
    one = played[0].of
    lines = [shipped(each, words) for each in played]
    lines.append(
        words.say(
            "Assumed: {quality}; the first finds {first} % of those looked at, the "
            "second {second} %, each by chance alone; a third person settles rightly what they disagree on.",
            quality=quality(one, words),
            first=_percent(one.detect_first, words),
            second=_percent(one.detect_second, words),
        )
    )
    if any(each.of.mode == "primed" for each in played):
        lines.append(
            words.say(
                "A second person who saw the first result finds {share} % of what the first missed.",
                share=_percent(one.primed_detect, words),
            )
        )
    return tuple(lines)


def quality(one: Imagined, words: Catalogue) -> str:
    """Return what the batches hold, as it is played: ``each batch of 5 has 0 or 1 bad units, 4 % on average``."""
    low, more = divmod(one.bad_units, one.lots)
    rate = bad_percent(one, words)
    if not more:
        return words.say("each batch of {size} has {rate} % bad units", size=one.lot_size, rate=rate)
    return words.say(
        "each batch of {size} has {low} or {high} bad units, {rate} % on average",
        size=one.lot_size,
        low=low,
        high=low + 1,
        rate=rate,
    )


def bad_percent(one: Imagined, words: Catalogue) -> str:
    """Return the percentage of bad units that is played."""
    return figure(f"{100 * one.bad_share:.6g}", words)


def shipped(one: Simulated, words: Catalogue) -> str:
    """Return how often such a batch ships: ``With one check, such a batch ships 37 times in 100 (35 to 39).``"""
    return words.say(
        "With {way}, such a batch ships {times} times in 100 ({low} to {high}).",
        way=words.say(NAMES[one.of.mode]),
        times=fixed(100 * (one.shipped.value or 0), 0, words),
        low=fixed(100 * one.shipped.low, 0, words),
        high=fixed(100 * one.shipped.high, 0, words),
    )


def bought(single: Simulated, second: Simulated, words: Catalogue) -> str:
    """Return what a second check buys against one check, the two having played the same batches.

    ``Of 100 such batches, 37 ship after one check and 12 after a second, blind one: 25 fewer, for 67 hours more
    over 100 batches.``
    """
    say = words.say
    of = _of(min(single.shipped.value or 0.0, second.shipped.value or 0.0))
    one, two = (round(of * (each.shipped.value or 0.0)) for each in (single, second))
    hours = hours_more(single, second, of, words)
    if single.shipped.high < _HARDLY_ANY:
        return say(
            "None of {lots} such batches ships after one check; a second one buys next to nothing here, for {hours}.",
            lots=whole(single.of.lots, words),
            hours=hours,
        )
    after = say(_AFTER[second.of.mode])
    if not told_apart(single, second):
        return words.count(
            "Of {of} such batches, {one} ship after one check and {two} {after}: {n} played batch does not "
            "tell them apart; {hours}.",
            "Of {of} such batches, {one} ship after one check and {two} {after}: {n} played batches do not "
            "tell them apart; {hours}.",
            single.of.lots,
            of=of,
            one=between(single, of, words),
            two=between(second, of, words),
            after=after,
            hours=hours,
        )
    first = words.count(
        "Of {of} such batches, {n} ships after one check",
        "Of {of} such batches, {n} ship after one check",
        one,
        of=of,
    )
    if two > one:
        more = words.say("{n} more", context="batches", n=two - one)
        return say(
            "{first} and {two} {after}: {change}, for {hours}.",
            first=first,
            two=two,
            after=after,
            change=more,
            hours=hours,
        )
    fewer = words.count("{n} fewer", "{n} fewer", one - two)
    return say(
        "{first} and {two} {after}: {change}, for {hours}.",
        first=first,
        two=two,
        after=after,
        change=fewer,
        hours=hours,
    )


def told_apart(single: Simulated, second: Simulated) -> bool:
    """Tell whether one of the two ships more beyond what chance alone makes of so many batches."""
    return second.shipped.high < single.shipped.low or single.shipped.high < second.shipped.low


def between(one: Simulated, of: int, words: Catalogue) -> str:
    """Return how many of so many batches ship, and between which figures that lies: ``52 (38 to 66)``."""
    return words.say(
        "{n} ({low} to {high})",
        n=round(of * (one.shipped.value or 0.0)),
        low=round(of * one.shipped.low),
        high=round(of * one.shipped.high),
    )


def compared(single: Simulated, second: Simulated, words: Catalogue) -> str:
    """Return the same of another way of checking, short: ``With other units instead, 8 ship, for 67 hours more …``"""
    of = _of(min(single.shipped.value or 0.0, second.shipped.value or 0.0))
    two = round(of * (second.shipped.value or 0.0))
    if not told_apart(single, second):
        return words.say(
            "{way}: {n} of {of} ship, for {hours}.",
            way=words.say(_INSTEAD[second.of.mode]),
            n=between(second, of, words),
            of=of,
            hours=hours_more(single, second, of, words),
        )
    return words.count(
        "{way}: {n} of {of} ships, for {hours}.",
        "{way}: {n} of {of} ship, for {hours}.",
        two,
        way=words.say(_INSTEAD[second.of.mode]),
        of=of,
        hours=hours_more(single, second, of, words),
    )


def hours_more(single: Simulated, second: Simulated, lots: int, words: Catalogue) -> str:
    """Return how much longer than one check it takes for so many batches: ``4.2 hours more over 100 batches``."""
    seconds = (second.seconds_per_lot - single.seconds_per_lot) * lots
    return words.say("{time} more over {of} batches", time=lasting(seconds, words), of=lots)


def lasting(seconds: float, words: Catalogue) -> str:
    """Return how long something takes: ``25 minutes``, ``4.2 hours``, ``67 hours``."""
    minutes = round(seconds / 60)
    if minutes < 90:
        return words.count("{n} minute", "{n} minutes", minutes)
    hours = seconds / 3600
    return words.say("{n} hours", n=fixed(hours, 1, words) if hours < 9.95 else fixed(hours, 0, words))


def _of(least: float) -> int:
    """Return of how many batches to speak, so that the smallest number is a whole one."""
    return next((of for of in (100, 1_000) if least * of >= 0.95 or not least), 10_000)


def _percent(share: float, words: Catalogue) -> str:
    return figure(f"{100 * share:.10g}", words)
