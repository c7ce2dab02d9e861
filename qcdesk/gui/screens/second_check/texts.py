# SPDX-License-Identifier: Apache-2.0
"""What the page about the second check says: the sentence, the ways beside it, what it rests on, and its paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from qcdesk.domain.sampling import SamplingPlan
from qcdesk.domain.simulating import SecondCheck, Simulated, ways_of
from qcdesk.gui.screens.second_check.rows import Shown, WayRow
from qcdesk.gui.screens.second_check.wishes import START, Fields, Wish
from qcdesk.i18n import Catalogue
from qcdesk.services.chart_sheets import ChartSheet
from qcdesk.wording import second_checks
from qcdesk.wording.second_check_pictures import SHORT, percent, shares_picture, ways_picture
from qcdesk.wording.spelling import figure, fixed, whole

_UNIT = "\u00a0%"
_LED: tuple[SecondCheck, ...] = ("single", "blind")


def shown(
    wish: Wish,
    played: Mapping[SecondCheck, Simulated],
    points: Mapping[SecondCheck, Sequence[Simulated]],
    words: Catalogue,
) -> Shown:
    """Return what came of it so far."""
    ways = ways_of(wish.imagined.rule)
    single, blind = played.get("single"), played.get("blind")
    sentence, lines = "", []
    if single is not None and blind is not None:
        sentence = second_checks.bought(single, blind, words)
        others: tuple[SecondCheck, ...] = ("split", "primed")
        lines = [second_checks.compared(single, played[way], words) for way in others if way in played]
        if wish.imagined.false_alarm and _surely_fewer(single, blind) is False:
            lines.insert(
                0,
                words.say(
                    "One check also stops batches by false alarms; after two, a third person clears those."
                ),
            )
        if wish.wage is not None:
            lines.append(paid(single, blind, wish.wage, words))
    return Shown(
        sentence,
        tuple(lines),
        ways_picture(ways, played, words),
        shares_picture(tuple(way for way in ways if way != "none"), points, words),
        tuple(_row(way, played.get(way), wish.wage, words) for way in ways),
        assumed(wish, words),
        wish.wage is not None,
    )


def _surely_fewer(single: Simulated, second: Simulated) -> bool:
    """Tell whether fewer ship after the second check beyond what chance alone makes of so many batches."""
    return second.shipped.high < single.shipped.low


def paid(single: Simulated, blind: Simulated, wage: Decimal, words: Catalogue) -> str:
    """Return what the blind second check costs, and what each batch that it stops costs."""
    more = float(wage) * (blind.seconds_per_lot - single.seconds_per_lot) / 3600
    stopped = (single.shipped.value or 0.0) - (blind.shipped.value or 0.0)
    if not _surely_fewer(single, blind):
        return words.say(
            "The blind second check costs {cost} a batch; that it stops any does not show in {lots} batches.",
            cost=money(more, words),
            lots=whole(single.of.lots, words),
        )
    return words.say(
        "The blind second check costs {cost} a batch: {each} for each such batch that it stops.",
        cost=money(more, words),
        each=money(more / stopped, words),
    )


def money(amount: float, words: Catalogue) -> str:
    """Return an amount in the unit of the wage."""
    return fixed(amount, 0, words) if amount >= 99.5 else fixed(amount, 2, words)


def minutes(seconds: float, words: Catalogue) -> str:
    """Return how many minutes that is, short ones with the digits that count."""
    value = seconds / 60
    return (
        fixed(value, 0, words)
        if value >= 9.95 or not value
        else fixed(value, 1, words)
        if value >= 0.095
        else figure(f"{value:.2g}", words)
    )


def _row(way: SecondCheck, one: Simulated | None, wage: Decimal | None, words: Catalogue) -> WayRow:
    name = words.say(SHORT[way])
    if one is None:
        return WayRow(way, name, led=way in _LED)
    low, high = one.shipped.low, one.shipped.high
    certain = way == "none"  # nobody looks: no chance is in it
    return WayRow(
        way,
        name,
        percent(one.shipped.value or 0.0, words),
        ""
        if certain
        else words.say(
            "{low} to {high}", low=percent(low, words).removesuffix(_UNIT), high=percent(high, words)
        ),
        fixed(one.units_per_lot, 0, words),
        minutes(one.seconds_per_lot, words),
        fixed(one.bad_shipped / one.of.lots, 1, words),
        money(float(wage) * one.seconds_per_lot / 3600, words) if wage is not None else "",
        way in _LED,
    )


def assumed(wish: Wish, words: Catalogue) -> str:
    """Return what all of it rests on."""
    one = wish.imagined
    return words.say(
        "Played with {lots} batches by the program's own rules. In them {quality}; each bad unit is as "
        "easy to see as the next; what the two disagree on, a third person settles rightly.",
        lots=whole(one.lots, words),
        quality=second_checks.quality(one, words),
    )


def _played(wish: Wish, words: Catalogue) -> str:
    """Return what paper says above its assumptions, which name the batches and the people themselves."""
    return words.say(
        "Played with {lots} batches by the program's own rules; each bad unit is as easy to see as the next.",
        lots=whole(wish.imagined.lots, words),
    )


def plan_line(plan: SamplingPlan, words: Catalogue) -> str:
    """Return the plan in a line: ``80 units of 1000; accept with 2 or fewer``."""
    (one,) = plan.classes
    if one.stages:
        units = " + ".join(str(stage.n) for stage in one.samples())
        return words.say("{units} units of {lot}, one sample after the other", units=units, lot=plan.lot_size)
    if not one.ac:
        return words.count(
            "{n} unit of {lot}; accept only when none is bad",
            "{n} units of {lot}; accept only when none is bad",
            one.n,
            lot=plan.lot_size,
        )
    return words.count(
        "{n} unit of {lot}; accept with {ac} bad or fewer",
        "{n} units of {lot}; accept with {ac} bad or fewer",
        one.n,
        lot=plan.lot_size,
        ac=one.ac,
    )


def sources(fields: Fields, own: Fields, lots: int, rounds: int, words: Catalogue) -> str:
    """Return where the figures in the fields come from: own ones, or assumed ones.

    Args: own: what the workspace says, from so many lots and so many settled rounds.
    """
    say = words.say
    names = {
        "bad": say("bad units"),
        "lot_size": say("batch size"),
        "seconds": say("seconds a unit"),
        "first": say("what the first finds of what the other found"),
        "second": say("what the second finds of what the other found"),
        "alarm": say("false alarms"),
    }
    of_lots = [names[code] for code in ("bad", "lot_size", "seconds") if _is(code, fields, own)]
    if _is("first", fields, own) and _is("second", fields, own):
        names["first"] = say("what each finds of what the other found")
    of_people = [names[code] for code in ("first", "second", "alarm") if _is(code, fields, own)]
    if len(of_people) > 1 and _is("first", fields, own) and _is("second", fields, own):
        of_people.remove(names["second"])
    names |= {"first": say("what the first finds"), "second": say("what the second finds")}
    free = [
        names[code]
        for code in ("bad", "seconds", "first", "second")
        if code not in own and fields.get(code) == START[code]
    ]
    lines = []
    if of_lots:
        lines.append(
            words.count(
                "From your last {n} lot: {what}.",
                "From your last {n} lots: {what}.",
                lots,
                what=listed(of_lots, words),
            )
        )
    if _is("bad", fields, own):
        lines.append(say("What both people missed is not in it."))
    if of_people:
        lines.append(
            words.count(
                "From your last {n} settled batch: {what}.",
                "From your last {n} settled batches: {what}.",
                rounds,
                what=listed(of_people, words),
            )
        )
    if free:
        lines.append(say("Assumed, for want of own figures: {what}.", what=listed(free, words)))
    return "\n".join(lines)


def _is(code: str, fields: Fields, own: Fields) -> bool:
    return code in own and fields.get(code) == own[code]


def listed(parts: Sequence[str], words: Catalogue) -> str:
    """Return things one after the other."""
    line = parts[0]
    for part in parts[1:]:
        line = words.say("{before}, {part}", before=line, part=part)
    return line


def sheet_of(
    wish: Wish, answer: Shown, played: Mapping[SecondCheck, Simulated], words: Catalogue
) -> ChartSheet:
    """Return what paper shows of it."""
    say = words.say
    told = second_checks.told([played[way] for way in ways_of(wish.imagined.rule) if way in played], words)
    headings = [
        say("Check", context="one inspection"),
        say("Batches that ship"),
        say("95 % interval"),
        say("Units a batch"),
        say("Minutes a batch"),
        say("Bad units shipped"),
    ]
    if answer.paid:
        headings.append(say("Cost a batch"))
    rows = [
        (
            row.name,
            row.ships,
            row.between or "–",
            row.units,
            row.minutes,
            row.left,
        )
        + ((row.cost,) if answer.paid else ())
        for row in answer.rows
        if row.ships
    ]
    return ChartSheet(
        title=say("What does the second check buy?"),
        about=say(
            "{plan} · {bad} % bad units in the batches",
            plan=plan_line(wish.plan, words),
            bad=second_checks.bad_percent(wish.imagined, words),
        ),
        lines=(answer.sentence, *answer.lines),
        picture=answer.ways,
        headings=tuple(headings),
        rows=tuple(rows),
        foot=(_played(wish, words), *told[len(played) :]),
        file=say("Second check"),
        strong=tuple(place for place, row in enumerate(answer.rows) if row.led),
        more=(answer.shares,) if answer.shares.panels[0].curves else (),
    )
