# SPDX-License-Identifier: Apache-2.0
"""``spc`` and ``capability``: columns of a table as a control chart, or against their limits. No workspace is opened."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from typing import Annotated, Any

import typer

from qcdesk.cli.call import call_of
from qcdesk.cli.columns import Header, Separator, Table, open_table
from qcdesk.cli.given import decimal, units, whole
from qcdesk.cli.output import Data
from qcdesk.domain.inputs import BadInput
from qcdesk.i18n import Catalogue, mark
from qcdesk.statistics import attributes_charts as attributes
from qcdesk.statistics import variables_charts as variables
from qcdesk.statistics import weighted_charts as weighted
from qcdesk.statistics.capability import (
    Capability,
    IndexValue,
    Limits,
    NonNormal,
    Spread,
    capability,
    non_normal,
)
from qcdesk.statistics.control_charts import CHARTS, Base, Chart, Frozen, Track
from qcdesk.statistics.readings import BadReadings, Column
from qcdesk.statistics.run_rules import Violation
from qcdesk.statistics.subgroups import Subgroups, even_subgroups, listed_subgroups, named_subgroups
from qcdesk.wording.processes import CHART_WORDS, ESTIMATOR_WORDS, TRACK_WORDS, as_input, rule_broken
from qcdesk.wording.spelling import figure, fixed

GROUP_HEADINGS = ("subgroup", "group", "sample")
SIZE_HEADINGS = ("size", "n", "sample_size", "sample size", "units")
VALUE_HEADINGS = ("value", "reading", "measurement", "count", "d", "x")
WITH_SIZE = ("p", "np", "u", "laney-p", "laney-u")
COUNTED = ("p", "np", "c", "u", "laney-p", "laney-u", "g")
MOST_SHOWN = 40  # violations that people are shown; programs get them all

File = Annotated[str, typer.Argument(help=mark("A CSV table; - for standard input."))]
Value = Annotated[str | None, typer.Option(help=mark("Column of the values, by heading or number."))]
Group = Annotated[str | None, typer.Option(help=mark("Column that names the subgroups."))]
Subgroup = Annotated[
    str | None, typer.Option(help=mark("Size of the subgroups, cut in the order of the values."))
]
Estimator = Annotated[
    str | None, typer.Option(help=mark("How the standard deviation within is estimated, such as mean-range."))
]


def spc(
    ctx: typer.Context,
    file: File,
    chart: Annotated[
        str, typer.Option(help=mark("xbar-r, xbar-s, i-mr, p, np, c, u, laney-p, laney-u, g, ewma or cusum."))
    ],
    rules: Annotated[
        str, typer.Option(help=mark("nelson, we or shewhart; on ewma and cusum only limits count."))
    ] = "nelson",
    value: Value = None,
    group: Group = None,
    subgroup: Subgroup = None,
    size: Annotated[
        str | None, typer.Option(help=mark("Units in each sample: a number, or their column."))
    ] = None,
    estimator: Estimator = None,
    center: Annotated[str | None, typer.Option(help=mark("Frozen centre line, for phase II."))] = None,
    sigma: Annotated[str | None, typer.Option(help=mark("Frozen standard deviation, for phase II."))] = None,
    first: Annotated[str | None, typer.Option(help=mark("How many first points the limits rest on."))] = None,
    leave_out: Annotated[
        str | None, typer.Option(help=mark("Points that the limits do not rest on, as 3,7-9."))
    ] = None,
    width: Annotated[
        str | None, typer.Option(help=mark("Width of the limits in standard deviations, 3."))
    ] = None,
    weight: Annotated[
        str | None, typer.Option("--lambda", help=mark("EWMA: weight of the newest value, 0.2."))
    ] = None,
    shift: Annotated[
        str | None, typer.Option(help=mark("CUSUM: shift to catch, in standard errors, 1."))
    ] = None,
    interval: Annotated[
        str | None, typer.Option(help=mark("CUSUM: decision interval, in standard errors, 5."))
    ] = None,
    head_start: Annotated[str | None, typer.Option(help=mark("CUSUM: where both sums begin, 0."))] = None,
    event_counted: Annotated[
        bool, typer.Option("--event-counted", help=mark("g: the event's own unit is counted."))
    ] = False,
    separator: Separator = None,
    header: Header = None,
) -> int:
    """Draw a control chart and say which points break a rule."""
    call = call_of(ctx)
    if chart not in CHARTS:
        facts: dict[str, object] = {"value": chart, "known": CHARTS}
        raise BadInput("unknown_kind", facts=facts, where={"field": "chart"})
    _refuse_strange(ctx, chart)
    frozen = Frozen(_number(center, "center"), _number(sigma, "sigma"))
    left = frozenset(units(leave_out, {"field": "leave_out"})) if leave_out else frozenset()
    base = Base(None if first is None else whole(first, "base", least=1), left)
    same: dict[str, Any] = {"frozen": frozen, "base": base}
    if estimator is not None:
        same["estimator"] = estimator.replace("-", "_")
    if width is not None:
        same["width"] = float(decimal(width, "width"))
    with open_table(call, file, separator=separator, header=header) as table:
        asked = _Asked(
            table, value, group, None if subgroup is None else whole(subgroup, "subgroup", least=1)
        )
        if chart in ("ewma", "cusum"):
            values = asked.groups(needed=False)
            if chart == "ewma":
                drawn = weighted.ewma(values, weight=float(decimal(weight or "0.2", "lambda")), **same)
            else:
                setting = weighted.Cusum(
                    float(decimal(shift or "1", "shift")),
                    float(decimal(interval or "5", "interval")),
                    float(decimal(head_start or "0", "head_start")),
                )
                drawn = weighted.cusum(values, setting=setting, **same)
        elif chart in ("xbar-r", "xbar-s"):
            groups = asked.groups(needed=True)
            assert isinstance(groups, Subgroups)
            draw = variables.xbar_r if chart == "xbar-r" else variables.xbar_s
            drawn = draw(groups, rules=rules, **same)
        elif chart in WITH_SIZE:
            counts, sizes = asked.with_sizes(size)
            drawn = _SIZED[chart](counts, sizes, rules=rules, **same)
        elif chart == "g":
            drawn = attributes.g_chart(asked.column(), event_counted=event_counted, rules=rules, **same)
        elif chart == "c":
            drawn = attributes.c_chart(asked.column(), rules=rules, **same)
        else:
            drawn = variables.i_mr(asked.column(), rules=rules, **same)
    if chart in ("ewma", "cusum"):  # neighbours share readings: only limits count
        rules = "shewhart"
    # Of millions of points one form only: the other would take as much room again.
    data = _chart_data(drawn, rules, asked.names) if call.json else {}
    return call.answer(data, _chart_lines(drawn, call.words))


_MEASURED = ("xbar-r", "xbar-s", "i-mr", "ewma", "cusum")
_ONLY_FOR = {
    "size": WITH_SIZE,
    "group": ("xbar-r", "xbar-s", "ewma", "cusum"),
    "subgroup": ("xbar-r", "xbar-s", "ewma", "cusum"),
    "estimator": _MEASURED,
    "sigma": (*_MEASURED, "laney-p", "laney-u"),
    "width": tuple(one for one in CHARTS if one != "cusum"),
    "weight": ("ewma",),
    "shift": ("cusum",),
    "interval": ("cusum",),
    "head_start": ("cusum",),
    "event_counted": ("g",),
}


def _refuse_strange(ctx: typer.Context, chart: str) -> None:
    """Refuse an option that would change nothing on this chart.

    Raises: BadInput: ``option_not_here``.
    """
    for name, charts in _ONLY_FOR.items():
        source = ctx.get_parameter_source(name)
        if chart not in charts and source is not None and source.name == "COMMANDLINE":
            option = "--lambda" if name == "weight" else "--" + name.replace("_", "-")
            raise BadInput("option_not_here", facts={"chart": chart, "option": option})


_SIZED = {
    "p": attributes.p_chart,
    "np": attributes.np_chart,
    "u": attributes.u_chart,
    "laney-p": attributes.laney_p,
    "laney-u": attributes.laney_u,
}


def capability_command(
    ctx: typer.Context,
    file: File,
    lsl: Annotated[str | None, typer.Option(help=mark("Lower specification limit."))] = None,
    usl: Annotated[str | None, typer.Option(help=mark("Upper specification limit."))] = None,
    target: Annotated[
        str | None, typer.Option(help=mark("Target; the middle of the limits unless given."))
    ] = None,
    subgroup: Subgroup = None,
    value: Value = None,
    group: Group = None,
    estimator: Estimator = None,
    method: Annotated[
        str | None, typer.Option(help=mark("For values that are not normal: johnson or percentile."))
    ] = None,
    confidence: Annotated[str, typer.Option(help=mark("Of the intervals."))] = "0.95",
    separator: Separator = None,
    header: Header = None,
) -> int:
    """Compare a column of values with its limits."""
    call = call_of(ctx)
    limits = Limits(_number(lsl, "lsl"), _number(usl, "usl"), _number(target, "aim"))
    if method not in (None, "johnson", "percentile"):
        facts: dict[str, object] = {"value": method, "known": ("johnson", "percentile")}
        raise BadInput("unknown_kind", facts=facts, where={"field": "method"})
    sure = float(decimal(confidence, "confidence"))
    named = None if estimator is None else estimator.replace("-", "_")
    try:
        limits = limits.checked()
    except BadReadings as bad:
        raise as_input(bad, call.words) from bad
    with open_table(call, file, separator=separator, header=header) as table:
        asked = _Asked(
            table, value, group, None if subgroup is None else whole(subgroup, "subgroup", least=1)
        )
        values = asked.groups(needed=False)
        found = capability(values, limits, estimator=named, confidence=sure)
        bent = None
        if method is not None:
            column = values.readings if isinstance(values, Subgroups) else values
            bent = non_normal(column, limits, "johnson" if method == "johnson" else "percentile")
    return call.answer(_capability_data(found, bent), _capability_lines(found, bent, call.words))


@dataclass
class _Asked:
    """The columns of a table that a command wants, found by what was said or by their headings."""

    table: Table
    value: str | None
    group: str | None
    subgroup: int | None
    names: tuple[str, ...] = ()

    def column(self) -> Column:
        """Return the values."""
        return self.table.read([self._value(set())]).numbers[0]

    def groups(self, *, needed: bool) -> Subgroups | Column:
        """Return the values in subgroups; where they need not be in any, perhaps single ones."""
        group = self._headed(self.group, "group", GROUP_HEADINGS)
        if self.subgroup is not None:
            column = self.table.read([self._value({group})]).numbers[0]
            return column if self.subgroup == 1 and not needed else even_subgroups(column, self.subgroup)
        left = [i for i in range(self.table.width) if i != group]
        if group is not None and (
            self.value is not None or len(left) == 1 or self._value_headed(left) is not None
        ):
            read = self.table.read([self._value({group})], [group])
            made = named_subgroups(read.numbers[0], read.texts[0])
            self.names = made.names
            if self.group is None and not needed and made.even == 1:
                return read.numbers[0]
            return made
        if needed and self.value is None and len(left) > 1:
            return self._rows(left, group)
        if needed:
            raise BadInput("subgroup_needed", where={"file": self.table.name, "field": "subgroup"})
        return self.table.read([self._value({group})]).numbers[0]

    def with_sizes(self, size: str | None) -> tuple[Column, Column | float]:
        """Return counts, and the sizes of their samples."""
        if size is not None and size not in self.table.headings and size.replace(".", "", 1).isdigit():
            return self.column(), float(decimal(size, "size"))
        at = self._headed(size, "size", SIZE_HEADINGS)
        if at is None and self.value is None and self.table.width == 2:
            at = 1
        if at is None:
            raise BadInput("size_needed", where={"file": self.table.name, "field": "size"})
        read = self.table.read([self._value({at}), at])
        return read.numbers[0], read.numbers[1]

    def _rows(self, places: Sequence[int], group: int | None) -> Subgroups:
        """Take each row as a subgroup; cells may be empty."""
        read = self.table.read(places, [] if group is None else [group], gaps=True)
        self.names = read.texts[0] if read.texts else ()
        rows = [[x for x in row if x == x] for row in zip(*read.numbers, strict=True)]
        return listed_subgroups(rows)

    def _headed(self, said: str | None, field: str, headings: Sequence[str]) -> int | None:
        if said is not None:
            return self.table.place(said, field)
        if self.table.width == 1:
            return None
        folded = [heading.casefold() for heading in self.table.headings]
        return next((folded.index(one) for one in headings if one in folded), None)

    def _value_headed(self, left: Sequence[int]) -> int | None:
        folded = {self.table.headings[i].casefold(): i for i in left if self.table.headings}
        return next((folded[one] for one in VALUE_HEADINGS if one in folded), None)

    def _value(self, taken: set[int | None]) -> int:
        if self.value is not None:
            return self.table.place(self.value, "value")
        left = [i for i in range(self.table.width) if i not in taken]
        if len(left) == 1:
            return left[0]
        if (at := self._value_headed(left)) is not None:
            return at
        facts: dict[str, object] = {"known": self.table.known, "options": "--value"}
        raise BadInput("columns_unclear", facts=facts, where={"file": self.table.name})


def _number(text: str | None, field: str) -> float | None:
    return None if text is None else float(decimal(text, field))


def _violations_data(*tracks: Track) -> list[Data]:
    """Return what breaks a rule in any of these panels, point after point, each with the panel it stands in."""
    found: list[tuple[str, Violation]] = [(one.name, v) for one in tracks for v in one.violations()]
    found.sort(key=lambda each: each[1].index)
    return [
        {"index": v.index, "rule": v.rule, "members": list(v.members), "panel": name} for name, v in found
    ]


def _track_data(one: Track) -> Data:
    return {
        "ucl": one.ucl,
        "lcl": one.lcl,
        "centers": one.center,
        "points": one.points,
        "violations": _violations_data(one),
    }


def _chart_data(chart: Chart, rules: str, names: tuple[str, ...]) -> Data:
    flat = chart.kind != "cusum" and min(chart.main.center) == max(chart.main.center)
    data: Data = {
        "chart": chart.kind,
        "center": chart.main.center[0] if flat else chart.center,
        "sigma": chart.sigma,
        "estimator": chart.estimator,
        "phase": chart.phase,
        "estimated_from": chart.estimated_from,
        "rules": rules,
        "in_control": chart.in_control,
        **_track_data(chart.main),
        "panel": chart.main.name,
        "violations": _violations_data(*chart.tracks),
    }
    if chart.kind in COUNTED:
        data["all_alike"] = _all_alike(chart)
    if chart.ratio is not None:
        data["sigma_z"] = chart.ratio
    if names:
        data["names"] = list(names)
    if chart.beside is not None:
        data["beside"] = {"name": chart.beside.name, "first": chart.beside.first,
                          "center": chart.beside.center[0], **_track_data(chart.beside)}  # fmt: skip
    return data


def _all_alike(chart: Chart) -> bool:
    """Whether every point of a chart of counts is the same: honest perhaps, but not what chance does."""
    points = chart.main.points
    return chart.kind in COUNTED and len(points) > 1 and min(points) == max(points)


def _chart_lines(chart: Chart, words: Catalogue) -> Iterator[str]:
    lines = [words.say(CHART_WORDS[chart.kind])]
    if chart.estimator not in ("binomial", "poisson", "geometric"):  # there it follows from the centre line
        lines.append(words.say("Standard deviation {sigma}, from: {estimator}.", sigma=_figure(chart.sigma, words),
                               estimator=words.say(ESTIMATOR_WORDS[chart.estimator])))  # fmt: skip
    if chart.ratio is not None:
        lines.append(
            words.say(
                "The level wanders: limits are {ratio} times as wide.", ratio=_figure(chart.ratio, words)
            )
        )
    if _all_alike(chart):
        lines.append(words.say("All points are equal: counts may be so for honest reasons, but chance makes them vary, "
                               "so look whether each was counted."))  # fmt: skip
    for one in chart.tracks:
        name = words.say(TRACK_WORDS[one.name])
        low, high, center = one.lcl, one.ucl, one.center
        if one.name in ("upper", "lower"):  # a sum of one side: it has no other limit
            limit = high[0] if one.name == "upper" else low[0]
            lines.append(words.say("{name}: limit {limit}.", name=name, limit=_figure(limit, words)))
        elif min(low) == max(low) and min(high) == max(high):
            lines.append(words.say("{name}: centre line {center}, limits {low} and {high}.", name=name,
                                   center=_figure(center[0], words), low=_figure(low[0], words),
                                   high=_figure(high[0], words)))  # fmt: skip
        else:
            lines.append(words.say("{name}: centre line {center}, limits of the last point {low} and {high}.",
                                   name=name, center=_figure(center[-1], words), low=_figure(low[-1], words),
                                   high=_figure(high[-1], words)))  # fmt: skip
        broken = sum(len(signals.points) for signals in one.signals)
        if not broken:
            lines.append(
                words.count("{n} point, no rule broken.", "{n} points, no rule broken.", len(one.points))
            )
        shown = nsmallest(MOST_SHOWN, one.violations(), key=lambda violation: violation.index)
        lines += [rule_broken(v.index, v.rule, words) for v in shown]
        if broken > MOST_SHOWN:
            lines.append(words.count("And {n} more.", "And {n} more.", broken - MOST_SHOWN))
    yield from lines


def _index_data(index: IndexValue | None) -> Data | None:
    return None if index is None else {"value": index.value, "low": index.low, "high": index.high}


def _capability_data(found: Capability, bent: NonNormal | None) -> Data:
    inside, overall = found.within, found.overall
    data: Data = {
        "n": found.n,
        "mean": found.mean,
        "lsl": found.limits.lower,
        "usl": found.limits.upper,
        "target": found.target,
        "sigma_within": inside.sigma,
        "df_within": inside.df,
        "estimator": found.estimator,
        "sigma_overall": overall.sigma,
        "cp": _index_data(inside.both),
        "cpl": _index_data(inside.lower),
        "cpu": _index_data(inside.upper),
        "cpk": _index_data(inside.worse),
        "pp": _index_data(overall.both),
        "ppl": _index_data(overall.lower),
        "ppu": _index_data(overall.upper),
        "ppk": _index_data(overall.worse),
        "cpm": _index_data(found.cpm),
        "ppm_expected": overall.ppm,
        "ppm_expected_within": inside.ppm,
        "ppm_observed": found.ppm_observed,
        "normality": {"statistic": found.normality.statistic, "p": found.normality.p,
                      "doubtful": found.normality.doubtful()},
        "histogram": {"edges": list(found.bins.edges), "counts": list(found.bins.counts)},
        "confidence": found.confidence,
    }  # fmt: skip
    if bent is not None:
        data["non_normal"] = {
            "method": bent.method, "family": None if bent.curve is None else bent.curve.family, "p": bent.p,
            "pp": bent.pp, "ppl": bent.ppl, "ppu": bent.ppu, "ppk": bent.ppk, "ppm_expected": bent.ppm,
            "percentiles": [bent.low, bent.median, bent.high],
            "low": None, "high": None, "reason": "no_interval",
        }  # fmt: skip
    return data


def _capability_lines(found: Capability, bent: NonNormal | None, words: Catalogue) -> list[str]:
    lines = [
        words.count(
            "{n} value, mean {mean}.", "{n} values, mean {mean}.", found.n, mean=_figure(found.mean, words)
        )
    ]
    if bent is not None:  # what was asked for comes first
        lines.append(words.say("By percentiles: Ppk {ppk}, expected outside in a million: {expected}.",
                               ppk=fixed(bent.ppk, 2, words), expected=_figure(bent.ppm, words)))  # fmt: skip
        lines.append(words.say("These two have no interval: they rest on the far ends of the distribution, where few "
                               "values lie, and as many new values may give many times as much or as little; do not "
                               "judge a process by them alone."))  # fmt: skip
        lines.append(words.say("As if the values were normal:"))
    rows: tuple[tuple[str, str, Spread], ...] = (("Cp", "Cpk", found.within), ("Pp", "Ppk", found.overall))
    for both, worse, spread in rows:
        for name, index in ((both, spread.both), (worse, spread.worse)):
            if index is not None:
                lines.append(words.say("{name} {value}, between {low} and {high}.", name=name,
                                       value=fixed(index.value, 2, words), low=fixed(index.low, 2, words),
                                       high=fixed(index.high, 2, words)))  # fmt: skip
    if found.cpm is not None:
        lines.append(words.say("{name} {value}, between {low} and {high}.", name="Cpm",
                               value=fixed(found.cpm.value, 2, words), low=fixed(found.cpm.low, 2, words),
                               high=fixed(found.cpm.high, 2, words)))  # fmt: skip
    lines.append(words.say("Expected outside in a million: {expected}; found so: {observed}.",
                           expected=_figure(found.overall.ppm, words),
                           observed=_figure(found.ppm_observed, words)))  # fmt: skip
    if found.normality.doubtful():
        p = _figure(found.normality.p, words)
        lines.append(
            words.say("The values do not look normal (p {p}), so the figures for normal values may mislead.", p=p)
            if bent is not None
            else words.say("The values do not look normal (p {p}), so these figures may mislead; --method johnson goes "
                           "by percentiles.", p=p)
        )  # fmt: skip
    if found.few:
        lines.append(words.say("There are fewer than 50 values, so the intervals are wide."))
    return lines


def _figure(value: float, words: Catalogue) -> str:
    """Return a figure for people: six digits that count, never an exponent."""
    text = f"{value:.6g}"
    return figure(text if "e" not in text else f"{value:.12f}".rstrip("0").rstrip("."), words)
