# SPDX-License-Identifier: Apache-2.0
"""What the page of charts says: in or out of control, what lies outside the limits, what each point broke."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from qcdesk.gui.screens.analysis.figures import MANY, NOT_NORMAL, Drawn, number_of, source_of
from qcdesk.gui.screens.analysis.rows import Spot
from qcdesk.i18n import Catalogue
from qcdesk.services.analysis_charts import CountChart, ReadingChart
from qcdesk.statistics.capability import Capability, NonNormal
from qcdesk.statistics.control_charts import Chart, Track, TrackName
from qcdesk.statistics.histograms import ParetoBar
from qcdesk.wording import ages
from qcdesk.wording.processes import CHART_WORDS, RULE_WORDS, TRACK_WORDS
from qcdesk.wording.spelling import figure, fixed, in_a_row, whole

_GRADES = (1.0, 1.33)


def chart_name(kind: str, words: Catalogue) -> str:
    """Return what a chart is called here, where the units between two events are whole batches."""
    return (
        words.say("Good batches between two with a defect") if kind == "g" else words.say(CHART_WORDS[kind])
    )


def row_name(track: TrackName, words: Catalogue) -> str:
    """Return what a row of points is of."""
    return words.say("Good batches between") if track == "between" else words.say(TRACK_WORDS[track])


def percent(share: float, words: Catalogue) -> str:
    """Return a share in percent with two digits that count: ``2.1``, ``0.34``, ``12``."""
    value = 100 * share
    if value >= 9.95:
        return fixed(value, 0, words)
    return figure(f"{value:.2g}", words) if value >= 0.0001 else "0"


def number(value: float, words: Catalogue, digits: int = 5) -> str:
    """Return a figure with so many digits that count."""
    text = f"{value:.{digits}g}"
    text = f"{value:.0f}" if "e" in text and abs(value) >= 1 else text
    return figure(text.replace("-", "\u2212"), words)


def rules_in_words(codes: Sequence[str], words: Catalogue) -> str:
    """Return the rules that a point broke, as a sentence has them."""
    return in_a_row([words.say(RULE_WORDS[code]) for code in codes], words)


def sentence_of_readings(
    broken: int, outside: int | None, drawn: ReadingChart, n: int, words: Catalogue
) -> str:
    """Return whether the process is in control, and what lies outside the limits; of few points only what they show.

    Args: broken: points that broke a rule. outside: readings outside the limits they were judged by, of ``n``; None:
        there are no limits.
    """
    say = words.say
    if broken:
        said = words.count(
            "{n} point broke a rule", "{n} points broke a rule", broken, n=whole(broken, words)
        )
        if outside:
            return say(
                "{points}, and {share} % of the readings lie outside the procedure's limits.",
                points=said,
                share=percent(outside / n, words),
            )
        if outside is None:
            return say("{points}.", points=said)
        return say("{points}; every reading lies inside the procedure's limits.", points=said)
    count = len(drawn.chart.main.points)
    said = say("The process is in control") if count >= MANY else _none_broke(count, words)
    if outside:
        return say(
            "{control}, but {share} % of the readings lie outside the procedure's limits.",
            control=said,
            share=percent(outside / n, words),
        )
    if outside is None:
        return say("{control}.", control=said)
    return say("{control}, and every reading lies inside the procedure's limits.", control=said)


def _none_broke(count: int, words: Catalogue) -> str:
    return words.count("The one point broke no rule", "None of {n} points broke a rule", count)


def sentence_of_lots(broken: int, drawn: CountChart, words: Catalogue) -> str:
    """Return whether the lots are of one level, and what was found in them; of few lots only what they show."""
    say, ran = words.say, _found(drawn, words)
    count = len(drawn.chart.main.points)
    if broken:
        said = words.count(
            "{n} point broke a rule", "{n} points broke a rule", broken, n=whole(broken, words)
        )
        return say("{points}; over all {ran}.", points=said, ran=ran)
    if count < MANY:
        return say("{points}; over all {ran}.", points=_none_broke(count, words), ran=ran)
    return say("The batches are of one level: {ran}.", ran=ran)


def _found(drawn: CountChart, words: Catalogue) -> str:
    """Return what was found in the lots that are drawn; also where their limits come from earlier ones."""
    say, kind, lots = words.say, drawn.chart.kind, drawn.lots
    units, defects = sum(lot.units for lot in lots), sum(lot.nonconformities for lot in lots)
    points = drawn.chart.main.points
    if kind == "g":
        return say(
            "{n} good batches lay between two with a defect on average",
            n=number(sum(points) / len(points), words, 3),
        )
    if kind == "c":
        return say("a batch had {n} defects on average", n=number(defects / len(lots), words, 3))
    if kind in ("u", "laney-u"):
        per = number(100 * defects / units, words, 3)
        return say("there were {n} defects per 100 of {units} units", n=per, units=whole(units, words))
    bad = sum(lot.nonconforming or 0 for lot in lots)
    return say(
        "{share} % of {units} units were bad", share=percent(bad / units, words), units=whole(units, words)
    )


def newest_broken(drawn: Drawn, broken: Mapping[Spot, Sequence[str]], words: Catalogue, most: int = 2) -> str:
    """Return what the newest points broke first; empty where nothing was broken. The rows have all that they broke."""
    said = ""
    for spot in sorted(broken, key=lambda spot: (-number_of(drawn.chart, spot), spot[0]))[:most]:
        one = words.say(
            "{batch}, {row}: {rules}.",
            batch=source_of(drawn, spot).number,
            row=row_name(drawn.chart.tracks[spot[0]].name, words),
            rules=words.say(RULE_WORDS[broken[spot][0]]),
        )
        said = words.say("{before} {next}", before=said, next=one) if said else one
    return said


def about_chart(chart: Chart, base: tuple[int, str] | None, words: Catalogue) -> str:
    """Return what the limits rest on.

    Args: base: points of the earlier period that limits come from and the period in words; None: from these points.
    """
    say, n = words.say, len(chart.main.points)
    points = words.count("{n} point", "{n} points", n, n=whole(n, words))
    if base is not None:
        return words.count(
            "{points}, held against the limits of {period}, which rest on {n} point.",
            "{points}, held against the limits of {period}, which rest on {n} points.",
            base[0],
            points=points,
            period=base[1],
        )
    if n < MANY:
        return say(
            "The limits rest on {points} only; from {many} on they can be relied on.",
            points=points,
            many=MANY,
        )
    return say("The limits rest on these {points}.", points=points)


def left_out(drawn: Drawn, words: Catalogue) -> str:
    """Return what the chart could not take."""
    if isinstance(drawn, CountChart):
        return words.count(
            "{n} batch was counted without units and is left out.",
            "{n} batches were counted without units and are left out.",
            drawn.left_out,
        )
    return words.count(
        "{n} sample of a single reading is left out.",
        "{n} samples of a single reading are left out.",
        drawn.left_out,
    )


def why_kind(drawn: Drawn, words: Catalogue) -> str:
    """Return why this chart was chosen; empty where the reader chose it."""
    say = words.say
    return {
        "asked": "",
        "small": say("chosen for small samples of one size"),
        "large": say("chosen for large samples"),
        "uneven": say("chosen for uneven samples"),
        "single": say("chosen for single readings"),
        "share": say("chosen where bad units are known"),
        "rate": say("chosen where only defects are counted"),
        "wandering_share": say("chosen for batches that vary more than by chance"),
        "wandering_rate": say("chosen for batches that vary more than by chance"),
    }[drawn.why]


def place(whose: str, words: Catalogue) -> str:
    """Return whose check a sample is of; empty: both together."""
    return {"first": words.say("First check"), "second": words.say("Second check")}.get(whose, "")


def day_of(us: int) -> str:
    """Return the day of a time, for tables."""
    return ages.local(us).strftime("%Y-%m-%d")


def value(track: Track, index: int, words: Catalogue) -> str:
    """Return a point's value as its axis writes it."""
    one = track.points[index]
    return f"{percent(one, words)}\u00a0%" if track.name == "proportion" else number(one, words)


def point(drawn: Drawn, spot: Spot, codes: Sequence[str], words: Catalogue) -> str:
    """Return a point as one says it: its batch, its value, and what it broke."""
    source, track = source_of(drawn, spot), drawn.chart.tracks[spot[0]]
    row = row_name(track.name, words)
    said = words.say(
        "{batch}: {row} {value}", batch=source.number, row=row, value=value(track, spot[1], words)
    )
    if not codes:
        return words.say("{point}. It broke no rule.", point=said)
    return words.say("{point}. {rules}.", point=said, rules=_begun(rules_in_words(codes, words)))


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]


def sentence_of_capability(found: Capability, bent: NonNormal | None, words: Catalogue) -> str:
    """Return what the process can do against its limits, and what is expected outside."""
    say = words.say
    index = found.overall.worse
    value = bent.ppk if bent is not None else index.value
    ppm = bent.ppm if bent is not None else found.overall.ppm
    grade = (
        say("The process does not keep its limits")
        if value < _GRADES[0]
        else say("The process keeps its limits narrowly")
        if value < _GRADES[1]
        else say("The process keeps its limits")
    )
    if ppm < 1:
        return say("{grade}: of a million less than one is expected outside.", grade=grade)
    return say("{grade}: of a million about {n} are expected outside.", grade=grade, n=_about(ppm, words))


def about_capability(found: Capability, bent: NonNormal | None, words: Catalogue) -> tuple[str, ...]:
    """Return the index with its interval, what was observed, and how sure that is."""
    say, index = words.say, found.overall.worse
    lines = [
        say(
            "Ppk {value}, between {low} and {high}; {seen} of {n} readings lie outside the limits.",
            value=fixed(index.value, 2, words),
            low=fixed(index.low, 2, words),
            high=fixed(index.high, 2, words),
            seen=round(found.ppm_observed * found.n / 1e6),
            n=found.n,
        )
    ]
    if found.few:
        lines.append(
            words.count(
                "Only {n} reading: the interval is wide.", "Only {n} readings: the interval is wide.", found.n
            )
        )
    if not_normal(found):
        if bent is None:
            lines.append(
                say("The readings are not normally distributed; what is expected outside may be far off.")
            )
        elif bent.method == "johnson":
            lines.append(
                say(
                    "The readings are not normally distributed; a curve fitted to them says what is expected outside. "
                    "By it Ppk is {value}.",
                    value=fixed(bent.ppk, 2, words),
                )
            )
        else:
            lines.append(
                say(
                    "The readings are not normally distributed; their own percentiles say what is expected outside. "
                    "By them Ppk is {value}.",
                    value=fixed(bent.ppk, 2, words),
                )
            )
    return tuple(lines)


def not_normal(found: Capability) -> bool:
    """Tell whether the readings are so far from normal that indices by their deviation mislead."""
    return found.normality.p < NOT_NORMAL


def sentence_of_causes(bars: Sequence[ParetoBar], words: Catalogue) -> str:
    """Return the few that make most of it."""
    total = sum(bar.count for bar in bars)
    few = [bar for bar in bars if bar.cumulative - bar.share < 0.8]
    if len(bars) == 1:
        return words.count(
            "{name} is all that was found: {n} defect.",
            "{name} is all that was found: {n} defects.",
            total,
            n=whole(total, words),
            name=bars[0].name,
        )
    if len(bars) > 1 and len(few) > 1 and bars[0].count == bars[len(few) - 1].count:
        return words.count(
            "No cause stands out: {kinds} kinds among {n} defect.",
            "No cause stands out: {kinds} kinds among {n} defects.",
            total,
            n=whole(total, words),
            kinds=len(bars),
        )
    if len(few) > 3:
        return words.count(
            "{name} leads with {share} % of {n} defect.",
            "{name} leads with {share} % of {n} defects.",
            total,
            n=whole(total, words),
            name=bars[0].name,
            share=percent(bars[0].share, words),
        )
    names = in_a_row([bar.name for bar in few], words)
    together = percent(few[-1].cumulative, words)
    if len(few) == 1:
        return words.count(
            "{name} makes {share} % of {n} defect.",
            "{name} makes {share} % of {n} defects.",
            total,
            n=whole(total, words),
            name=names,
            share=together,
        )
    return words.count(
        "{name} make {share} % of {n} defect.",
        "{name} make {share} % of {n} defects.",
        total,
        n=whole(total, words),
        name=names,
        share=together,
    )


def _about(count: float, words: Catalogue) -> str:
    """Return a number with the two digits that an estimate has."""
    return fixed(float(f"{count:.2g}"), 0, words)


def grade_of(value: float, words: Catalogue) -> str:
    """Return what an index says."""
    if not math.isfinite(value):
        return ""
    if value < _GRADES[0]:
        return words.say("below 1: some of it lies outside even when nothing changes")
    if value < _GRADES[1]:
        return words.say("below 1.33: little room for the process to wander")
    return words.say("1.33 or more: room for the process to wander")
