# SPDX-License-Identifier: Apache-2.0
"""From what was read to what is shown: the sentence, the chart, its rows, and the sheet that is printed of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from qcdesk.gui.screens.analysis import texts
from qcdesk.gui.screens.analysis.figures import Drawn, bent_of, broken_points, outside, source_of
from qcdesk.gui.screens.analysis.listing import (
    broken_list,
    causes_list,
    figures_list,
    lots_list,
    points_list,
)
from qcdesk.gui.screens.analysis.rows import Analysed, Chosen, Fields, Listed, Nothing, Spot
from qcdesk.i18n import Catalogue
from qcdesk.services.analysis_charts import (
    COUNT_KINDS,
    READING_KINDS,
    Cause,
    CountChart,
    capability_of,
    causes_of,
    chart_lots,
    chart_readings,
    frozen_by,
    limits_changed,
)
from qcdesk.services.analysis_rows import CharacteristicChoice, LotCounts, ReadingColumns
from qcdesk.services.chart_pictures import ChartPicture
from qcdesk.statistics.control_charts import Frozen
from qcdesk.statistics.histograms import ParetoBar
from qcdesk.statistics.readings import BadReadings
from qcdesk.wording import inputs
from qcdesk.wording.chart_pictures import capability_picture, control_picture, pareto_picture
from qcdesk.wording.processes import as_input
from qcdesk.wording.spelling import whole

MOST_BARS: Final = 12
_MOST_NAMES: Final = 20_000
"""Points that bear the number of their batch; of more nobody reads one on the axis."""
Data = ReadingColumns | LotCounts


@dataclass(frozen=True, slots=True)
class Asked:
    """All that an answer is computed from.

    ``base``: what the limits come from, and its period in words; None: from the points that are shown. ``of``: the
    characteristic; None for what was found. ``suppliers``: their names by id.
    """

    fields: Fields
    data: Data
    base: tuple[Data, str] | None
    of: CharacteristicChoice | None
    suppliers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """What is shown, and what stands behind it: the chart, or the causes."""

    asked: Asked
    shown: Analysed | Nothing
    drawn: Drawn | None = None
    broken: Mapping[Spot, tuple[str, ...]] | None = None
    causes: tuple[Cause, ...] = ()


def answer_of(asked: Asked, words: Catalogue) -> Answer:
    """Return the answer; what cannot be drawn says why."""
    if not _count(asked.data):
        return Answer(asked, Nothing("", ""))
    try:
        if asked.fields.get("look") == "limits" and isinstance(asked.data, ReadingColumns):
            return Answer(asked, _against_limits(asked.data, asked, words))
        if asked.fields.get("look") == "causes" and isinstance(asked.data, LotCounts):
            return _by_cause(asked.data, asked, words)
        return _over_time(asked, words)
    except BadReadings as bad:
        return Answer(asked, _refused(bad, asked, words))


def chosen_of(answer: Answer, spot: Spot, words: Catalogue) -> tuple[Chosen, Listed | None] | None:
    """Return what is said of a point or a bar, and the table of what stands behind it; None: nothing does."""
    if answer.drawn is not None:
        codes = (answer.broken or {}).get(spot, ())
        source = source_of(answer.drawn, spot)
        said = texts.point(answer.drawn, spot, codes, words)
        return Chosen(spot, said, bool(codes), source.batch, source.number), None
    if spot[1] >= len(answer.causes) or not isinstance(answer.asked.data, LotCounts):
        return None
    cause = answer.causes[spot[1]]
    lots = lots_list(cause.code, cause.bar.name, answer.asked.data.lots, answer.asked.suppliers, words)
    said = words.count(
        "{cause}: {found} in {n} batch.", "{cause}: {found} in {n} batches.", len(lots.rows),
        cause=cause.bar.name, found=whole(cause.bar.count, words),
    )  # fmt: skip
    return Chosen(spot, said, False), lots


# over time ------------------------------------------------------------------------------------------------------------


def _over_time(asked: Asked, words: Catalogue) -> Answer:
    data, kind = asked.data, asked.fields.get("kind", "")
    rules = asked.fields.get("rules") or "nelson"
    frozen, base = None, None
    if asked.base is not None:
        if not _count(asked.base[0]):
            raise BadReadings("too_few", n=0, least=2, of="points")
        earlier = _drawn(asked.base[0], kind, rules).chart
        kind, frozen, base = earlier.kind, frozen_by(earlier), (len(earlier.main.points), asked.base[1])
    drawn = _drawn(data, kind, rules, frozen)
    chart, broken = drawn.chart, broken_points(drawn.chart)
    if isinstance(drawn, CountChart):
        sentence = texts.sentence_of_lots(len(broken), drawn, words)
    else:
        assert isinstance(data, ReadingColumns)
        sentence = texts.sentence_of_readings(len(broken), outside(data), drawn, len(data.values), words)
    about = texts.about_chart(chart, base, words)
    if drawn.left_out:
        about = words.say("{about} {more}", about=about, more=texts.left_out(drawn, words))
    columns = data if isinstance(data, ReadingColumns) else None
    title = texts.chart_name(chart.kind, words)
    picture = _picture(drawn, title, words)
    if picture.note and base is None:
        about = words.say("{about} {more}", about=about, more=picture.note)
    lines = [line for line in (texts.newest_broken(drawn, broken, words), about) if line]
    shown = Analysed(
        sentence=sentence,
        more=tuple(lines),
        warning="",
        title=title,
        picture=replace(picture, note=""),
        note=texts.why_kind(drawn, words),
        lists=(
            broken_list(drawn, broken, words),
            points_list(drawn, broken, columns, asked.suppliers, words),
        ),
        freezing=asked.base is None and len(chart.main.points) > 1,
        forgetting=asked.fields.get("limits") == "kept",
    )
    return Answer(asked, shown, drawn, broken)


def _picture(drawn: Drawn, title: str, words: Catalogue) -> ChartPicture:
    """Return the picture, whose points bear the numbers of their batches."""
    count = len(drawn.chart.main.points)
    names: Sequence[str] = drawn.names
    if not names and count <= _MOST_NAMES:
        names = [drawn.behind(at + 1).number for at in range(count)]
    picture = control_picture(drawn.chart, words, names=names if count <= _MOST_NAMES else (), title=title)
    if count > _MOST_NAMES:
        return picture
    batch = words.say("Batch")
    panels = [replace(panel, x=replace(panel.x, title=batch)) for panel in picture.panels]
    if drawn.chart.kind == "g":
        name = texts.row_name("between", words)
        panels = [replace(panel, title=name, y=replace(panel.y, title=name)) for panel in panels]
    return replace(picture, panels=tuple(panels))


def _drawn(data: Data, kind: str, rules: str, frozen: Frozen | None = None) -> Drawn:
    """Return the chart of the kind that is asked for; an unknown one, such as one of the other data, is chosen."""
    if isinstance(data, ReadingColumns):
        of_readings = next((one for one in READING_KINDS if one == kind), None)
        return chart_readings(data, of_readings, frozen=frozen, rules=rules)
    of_counts = next((one for one in COUNT_KINDS if one == kind), None)
    return chart_lots(data.lots, of_counts, frozen=frozen, rules=rules)


# against the limits ---------------------------------------------------------------------------------------------------


def _against_limits(columns: ReadingColumns, asked: Asked, words: Catalogue) -> Analysed:
    found = capability_of(columns)
    bent = bent_of(columns, found)
    title = words.say("Readings between their limits")
    warning = ""
    if limits_changed(columns):
        warning = words.say(
            "The limits changed in this period; all readings are compared with the newest ones."
        )
    picture = capability_picture(
        found, words, title=title, quantity=quantity(asked.of, words), normal=not texts.not_normal(found)
    )
    return Analysed(
        sentence=texts.sentence_of_capability(found, bent, words),
        more=texts.about_capability(found, bent, words),
        warning=warning,
        title=title,
        picture=replace(picture, note=""),
        lists=(figures_list(found, bent, words),),
    )


def quantity(of: CharacteristicChoice | None, words: Catalogue) -> str:
    """Return what was measured with its unit."""
    if of is None:
        return ""
    return words.say("{name}, {unit}", name=of.name, unit=of.unit) if of.unit else of.name


# what was found -------------------------------------------------------------------------------------------------------


def _by_cause(counts: LotCounts, asked: Asked, words: Catalogue) -> Answer:
    causes = causes_of(counts)
    bars = [cause.bar for cause in causes]
    shown = bars
    if len(bars) > MOST_BARS:
        rest = bars[MOST_BARS - 1 :]
        name = words.count("{n} other", "{n} others", len(rest))
        total = ParetoBar(name, sum(bar.count for bar in rest), sum(bar.share for bar in rest), 1.0)
        shown = [*bars[: MOST_BARS - 1], total]
    title = words.say("Defects, most first")
    units = sum(lot.units for lot in counts.lots)
    about = words.count(
        "In {lots} batches {n} unit was looked at.", "In {lots} batches {n} units were looked at.", units,
        n=whole(units, words), lots=whole(len(counts.lots), words),
    )  # fmt: skip
    analysed = Analysed(
        sentence=texts.sentence_of_causes(bars, words),
        more=(about, words.say("A unit with several defects counts under each of them.")),
        note=words.say("press a bar for the batches behind it"),
        warning="",
        title=title,
        picture=replace(pareto_picture(shown, words, title=title), note=""),
        lists=(causes_list(causes, counts.lots, words),),
    )
    return Answer(asked, analysed, causes=causes[: len(shown) if shown is bars else MOST_BARS - 1])


# what cannot be drawn -------------------------------------------------------------------------------------------------


def _count(data: Data) -> int:
    return len(data.values) if isinstance(data, ReadingColumns) else len(data.lots)


def _refused(bad: BadReadings, asked: Asked, words: Catalogue) -> Nothing:
    say = words.say
    if bad.code == "constant" and isinstance(asked.data, LotCounts):
        if any(lot.nonconformities for lot in asked.data.lots):
            fact = say("All batches are alike in this")
            return Nothing(fact, say("Nothing can be told from how they vary. Choose another chart."))
        units = sum(lot.units for lot in asked.data.lots)
        return Nothing(
            say("Nothing was found"),
            words.count(
                "In {lots} batches {n} unit was looked at, and there is nothing to draw.",
                "In {lots} batches {n} units were looked at, and there is nothing to draw.",
                units,
                n=whole(units, words),
                lots=whole(len(asked.data.lots), words),
            ),
        )
    if bad.code == "no_limit":
        return Nothing(
            say("There are no limits to compare with"),
            say("The procedure states none for this characteristic. The chart over time needs none."),
        )
    told = inputs.tell(as_input(bad, words), words)
    if bad.code == "too_few":
        if asked.base is not None and not _enough(asked.base[0]):
            return Nothing(
                say("The earlier period has too few points"), say("Choose a longer one for the limits.")
            )
        return Nothing(told.fact, say("Choose a longer period, or wait for the next batches."))
    return Nothing(told.fact, told.way)


def _enough(data: Data) -> bool:
    return len(data.subgroups if isinstance(data, ReadingColumns) else data.lots) > 1
