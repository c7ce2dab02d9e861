# SPDX-License-Identifier: Apache-2.0
"""The rows below the chart: what broke a rule, all points, figures with their intervals, causes, batches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Final

from qcdesk.gui.screens.analysis import texts
from qcdesk.gui.screens.analysis.figures import Drawn, number_of, source_of
from qcdesk.gui.screens.analysis.rows import LineRow, Listed, Spot
from qcdesk.i18n import Catalogue
from qcdesk.services.analysis_charts import Cause, ReadingChart
from qcdesk.services.analysis_rows import LotCountRow, ReadingColumns
from qcdesk.statistics.capability import Capability, IndexValue, NonNormal
from qcdesk.wording.spelling import figure, fixed, whole

MOST: Final = 300
"""Rows in a table: nobody reads more, and the chart has them all."""

_SHORT: Final = 28


def broken_list(drawn: Drawn, broken: Mapping[Spot, Sequence[str]], words: Catalogue) -> Listed:
    """Return the points that broke a rule, newest first."""
    newest = sorted(broken, key=lambda spot: (-number_of(drawn.chart, spot), spot[0]))
    rows = []
    for spot in newest[:MOST]:
        track, source = drawn.chart.tracks[spot[0]], source_of(drawn, spot)
        value, row = track.points[spot[1]], texts.row_name(track.name, words)
        said = texts.rules_in_words(broken[spot], words)
        shown = texts.value(track, spot[1], words)
        rows.append(
            LineRow(
                (source.number, texts.day_of(source.at), row, shown, said),
                (number_of(drawn.chart, spot), source.at, row, value, said),
                spot,
                source.batch,
                source.number,
                broken=True,
            )
        )
    note = _more(len(broken), words) if rows else words.say("No point broke a rule.")
    return Listed("broken", words.say("Broke a rule: {n}", n=whole(len(broken), words)), tuple(rows), note)


def points_list(
    drawn: Drawn,
    broken: Mapping[Spot, Sequence[str]],
    columns: ReadingColumns | None,
    suppliers: Mapping[str, str],
    words: Catalogue,
) -> Listed:
    """Return all points, newest first."""
    chart = drawn.chart
    beside = chart.beside
    sizes: dict[tuple[str, str], int] = {}
    if columns is not None and not (isinstance(drawn, ReadingChart) and drawn.single):
        newest = zip(reversed(columns.subgroups), reversed(columns.sizes), strict=True)
        sizes = {(row.batch, row.place): size for row, size in islice(newest, MOST + drawn.left_out)}
    count = len(chart.main.points)
    rows = []
    for at in range(count - 1, max(-1, count - 1 - MOST), -1):
        spot = (0, at)
        source, value = source_of(drawn, spot), chart.main.points[at]
        n = 1
        if isinstance(drawn, ReadingChart):
            n = 1 if drawn.single else sizes.get((source.batch, source.place), 1)
        else:
            n = drawn.behind(at + 1).units
        place = -1 if beside is None else at + 1 - beside.first
        spread = None if beside is None or place < 0 else beside.points[place]
        supplier = suppliers.get(source.supplier, "")
        whose = texts.place(source.place, words)
        rows.append(
            LineRow(
                (
                    source.number,
                    texts.day_of(source.at),
                    f"{n}",
                    texts.value(chart.main, at, words),
                    "" if spread is None else texts.number(spread, words),
                    whose,
                    supplier,
                ),
                (at, source.at, n, value, -1.0 if spread is None else spread, whose, supplier),
                spot,
                source.batch,
                source.number,
                broken=spot in broken,
            )
        )
    return Listed(
        "points", words.say("All points: {n}", n=whole(count, words)), tuple(rows), _more(count, words)
    )


def figures_list(found: Capability, bent: NonNormal | None, words: Catalogue) -> Listed:
    """Return the indices with their intervals, what is expected and seen outside, and what they rest on."""
    say = words.say
    rows: list[LineRow] = []

    def put(name: str, value: str, between: str, says: str) -> None:
        rows.append(LineRow((name, value, between, says), (len(rows),) * 4))

    def index(name: str, one: IndexValue | None, says: str) -> None:
        if one is not None:
            put(
                name,
                fixed(one.value, 2, words),
                say("{low} to {high}", low=fixed(one.low, 2, words), high=fixed(one.high, 2, words)),
                says,
            )

    if bent is None:
        index("Ppk", found.overall.worse, texts.grade_of(found.overall.worse.value, words))
    else:  # the grade stands beside the figure that is true
        put("Ppk", fixed(bent.ppk, 2, words), "", texts.grade_of(bent.ppk, words))
        index("Ppk", found.overall.worse, say("if the readings were normally distributed"))
    index("Pp", found.overall.both, say("if it ran in the middle of its limits"))
    index("Cpk", found.within.worse, say("if nothing changed from sample to sample"))
    index("Cp", found.within.both, say("both: in the middle, and nothing changed"))
    index(
        "Cpm", found.cpm, say("how near it runs to {target}", target=texts.number(found.target or 0.0, words))
    )
    expected = bent.ppm if bent is not None else found.overall.ppm
    put(say("Expected"), _of_a_million(expected, words), "", say("outside the limits, of a million"))
    put(say("Seen"), _of_a_million(found.ppm_observed, words), "", say("outside the limits, of a million"))
    put(
        say("Mean"),
        texts.number(found.mean, words),
        "",
        words.count("of {n} reading", "of {n} readings", found.n),
    )
    put(say("Standard deviation"), texts.number(found.overall.sigma, words), "", say("of all readings"))
    put(say("Within"), texts.number(found.within.sigma, words), "", say("standard deviation within samples"))
    p = found.normality.p
    put(
        say("Normally distributed"),
        say("below 0.001") if p < 0.001 else fixed(p, 3, words),
        "",
        say("chance of readings as far from normal where they are normal (Anderson–Darling)"),
    )
    return Listed("figures", say("Figures"), tuple(rows))


def causes_list(causes: Sequence[Cause], lots: Sequence[LotCountRow], words: Catalogue) -> Listed:
    """Return every cause with its share, from the most to the least."""
    behind: dict[str, int] = {}
    for lot in lots:
        for code, _ in lot.by_code:
            behind[code] = behind.get(code, 0) + 1
    rows = tuple(
        LineRow(
            (
                cause.bar.name,
                whole(cause.bar.count, words),
                words.say("{percent} %", percent=texts.percent(cause.bar.share, words)),
                words.say("{percent} %", percent=texts.percent(cause.bar.cumulative, words)),
                whole(behind.get(cause.code, 0), words),
            ),
            (at, cause.bar.count, cause.bar.share, cause.bar.cumulative, behind.get(cause.code, 0)),
            (0, at),
        )
        for at, cause in enumerate(causes)
    )
    return Listed("causes", words.say("Causes: {n}", n=len(causes)), rows)


def lots_list(
    code: str, name: str, lots: Sequence[LotCountRow], suppliers: Mapping[str, str], words: Catalogue
) -> Listed:
    """Return the batches behind a cause, newest first."""
    found = [(lot, count) for lot in reversed(lots) for its, count in lot.by_code if its == code]
    rows = tuple(
        LineRow(
            (
                lot.number,
                texts.day_of(lot.at),
                whole(count, words),
                whole(lot.units, words),
                suppliers.get(lot.supplier, ""),
            ),
            (lot.number, lot.at, count, lot.units, suppliers.get(lot.supplier, "")),
            None,
            lot.batch,
            lot.number,
        )
        for lot, count in found[:MOST]
    )
    short = name if len(name) <= _SHORT else f"{name[: _SHORT - 1]}…"
    word = words.say("Batches with {cause}: {n}", cause=short, n=whole(len(found), words))
    return Listed("lots", word, rows, _more(len(found), words))


def _of_a_million(ppm: float, words: Catalogue) -> str:
    return fixed(ppm, 0, words) if ppm >= 10 else figure(f"{ppm:.2g}", words)


def _more(count: int, words: Catalogue) -> str:
    if count <= MOST:
        return words.say("Newest first. Press a point of the chart for what is behind it.")
    return words.say(
        "The newest {shown} of {n}; the chart has them all.", shown=whole(MOST, words), n=whole(count, words)
    )
