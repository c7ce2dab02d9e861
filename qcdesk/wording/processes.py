# SPDX-License-Identifier: Apache-2.0
"""Charts, capability and gauge studies in words: what each is called, which rule a point breaks, what cannot be."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Final

from qcdesk.domain.inputs import BadInput
from qcdesk.i18n import Catalogue, mark
from qcdesk.statistics.readings import BadReadings

CHART_WORDS: Final = {
    "xbar-r": mark("Means and ranges"),
    "xbar-s": mark("Means and standard deviations"),
    "i-mr": mark("Single values and moving ranges"),
    "p": mark("Share of bad units"),
    "np": mark("Number of bad units"),
    "c": mark("Defects"),
    "u": mark("Defects per unit"),
    "laney-p": mark("Share of bad units, with a level that wanders"),
    "laney-u": mark("Defects per unit, with a level that wanders"),
    "g": mark("Units between two events"),
    "ewma": mark("Weighted moving average"),
    "cusum": mark("Cumulative sums"),
}
TRACK_WORDS: Final = {
    "mean": mark("Mean"),
    "range": mark("Range"),
    "sd": mark("Standard deviation"),
    "value": mark("Value"),
    "moving_range": mark("Moving range"),
    "proportion": mark("Share of bad units"),
    "count": mark("Count"),
    "rate": mark("Defects per unit"),
    "between": mark("Units between"),
    "ewma": mark("Weighted average"),
    "upper": mark("Upper sum"),
    "lower": mark("Lower sum"),
}
RULE_WORDS: Final = {
    "S1": mark("beyond a limit"),
    "WE1": mark("beyond a limit"),
    "WE2": mark("two of three beyond two standard deviations, on one side"),
    "WE3": mark("four of five beyond one standard deviation, on one side"),
    "WE4": mark("eight in a row on one side of the centre line"),
    "N1": mark("beyond a limit"),
    "N2": mark("nine in a row on one side of the centre line"),
    "N3": mark("six in a row rising or falling"),
    "N4": mark("fourteen in a row up and down in turn"),
    "N5": mark("two of three beyond two standard deviations, on one side"),
    "N6": mark("four of five beyond one standard deviation, on one side"),
    "N7": mark("fifteen in a row within one standard deviation"),
    "N8": mark("eight in a row beyond one standard deviation, on both sides"),
}
ESTIMATOR_WORDS: Final = {
    "mean_range": mark("mean range"),
    "weighted_range": mark("weighted ranges"),
    "mean_sd": mark("mean standard deviation"),
    "weighted_sd": mark("weighted standard deviations"),
    "pooled_sd": mark("pooled standard deviation"),
    "moving_range": mark("mean moving range"),
    "median_moving_range": mark("median moving range"),
    "overall_sd": mark("standard deviation of all values"),
    "given": mark("given"),
    "binomial": mark("share of bad units"),
    "poisson": mark("number of defects"),
    "geometric": mark("units between events"),
}
WHY_WORDS: Final = {
    "small": mark("Chosen because each check has the same few values."),
    "large": mark("Chosen because each check has many values."),
    "uneven": mark("Chosen because the checks do not all have the same number of values."),
    "single": mark("Chosen because most checks have a single value."),
    "share": mark("Chosen because each unit is good or bad."),
    "rate": mark("Chosen because the goods are counted, so that nobody knows which units were bad."),
    "wandering_share": mark("Chosen because the share of bad units varies more than chance would have it."),
    "wandering_rate": mark("Chosen because the defects per unit vary more than chance would have it."),
}
COMPONENT_WORDS: Final = {
    "gage_rr": mark("Gauge in all"),
    "repeatability": mark("Same person again"),
    "reproducibility": mark("Different people"),
    "operator": mark("Person"),
    "interaction": mark("Person and part"),
    "part": mark("Parts measured"),
    "total": mark("Total"),
}

# What cannot be computed: code of BadReadings, then line 1 the fact, line 2 the way on.
PROCESS_PROBLEMS: Final[dict[str, tuple[str, str]]] = {
    "readings_not_finite": (mark("Value {row} is no finite number."), mark("Correct the value.")),
    "readings_limit_not_finite": (mark("{value} is no finite number."), mark("Give a limit as a number.")),
    "readings_too_large": (mark("Value {row} is larger than anything measured."), mark("Correct the value.")),
    "readings_too_few": (
        mark("There are too few {things}: {n}. It takes {least} or more."),
        mark("Take more, then ask again."),
    ),
    "readings_constant": (
        mark("All values are the same, so nothing can be told from how they vary."),
        mark("Check the column, or measure finer."),
    ),
    "readings_same_length": (
        mark("Two columns that belong together have {one} and {other} values."),
        mark("Fill in what is missing."),
    ),
    "readings_negative": (mark("Value {row} is below zero."), mark("Counts are 0 or more.")),
    "readings_not_whole": (mark("Value {row} is no whole number."), mark("Counts are whole numbers.")),
    "readings_above_size": (
        mark("Sample {row} has more bad units than units."),
        mark("Correct the count or the size."),
    ),
    "readings_size_zero": (mark("Sample {row} has a size of zero."), mark("Sizes are above 0.")),
    "readings_limits_crossed": (
        mark("The lower limit {lower} is not below the upper limit {upper}."),
        mark("Swap them, or correct one."),
    ),
    "readings_no_limit": (
        mark("There is no limit to compare with."),
        mark("Give a lower limit, an upper limit or both."),
    ),
    "readings_outside": (
        mark("{what}: {value} is not possible here."),
        mark("It lies between {low} and {high}."),
    ),
    "readings_not_above": (mark("{what}: {value} is not possible here."), mark("It lies above {low}.")),
    "readings_unbalanced": (
        mark("Not everybody measured every part equally often: {cell}."),
        mark("Measure what is missing, or leave the part out."),
    ),
    "readings_unknown": (mark("There is no {value} here."), mark("Use {known}.")),
    "readings_uneven": (
        mark("{n} values do not make whole subgroups of {size}."),
        mark("Leave out those of the last one, or give another size."),
    ),
    "readings_sizes_differ": (
        mark("The samples have {low} to {high} units, so their counts do not compare."),
        mark("Choose defects per unit."),
    ),
    "readings_no_curve": (
        mark("No curve fits these values: too many of them are the same."),
        mark("Measure finer, or leave the method out."),
    ),
    "readings_no_standard": (mark("The standard says nothing of {unit}."), mark("Fill it in.")),
    "readings_standard_twice": (
        mark("The standard says two things of {unit}."),
        mark("Correct one of the rows."),
    ),
    "subgroup_needed": (
        mark("How do the values make subgroups?"),
        mark("Give --subgroup with their size, or --group with the column that names them."),
    ),
    "option_not_here": (
        mark("{option} changes nothing on the chart {chart}."),
        mark("Leave it out, or choose another chart."),
    ),
    "size_needed": (
        mark("How many units were in each sample?"),
        mark("Give --size with a number, or with the column that holds it."),
    ),
    "columns_unclear": (
        mark("Which column is which cannot be told: there is {known}."),
        mark("Name them with {options}."),
    ),
}
_THINGS: Final = {
    "readings": mark("values"),
    "points": mark("points"),
    "subgroups": mark("subgroups"),
    "subgroup": mark("values in a subgroup"),
    "parts": mark("parts"),
    "operators": mark("people"),
    "trials": mark("repeats"),
    "units": mark("units"),
    "appraisers": mark("people"),
    "references": mark("references"),
    "categories": mark("categories"),
}
_SETTINGS: Final = {
    "subgroup_size": mark("Size of a subgroup"),
    "sigma": mark("Standard deviation"),
    "center": mark("Centre line"),
    "width": mark("Width of the limits"),
    "base": mark("Number of first points"),
    "leave_out": mark("Point to leave out"),
    "weight": mark("Weight of the newest value"),
    "shift": mark("Shift"),
    "interval": mark("Decision interval"),
    "start": mark("Head start"),
    "target": mark("Target"),
    "confidence": mark("Confidence"),
    "alpha": mark("Alpha"),
    "tolerance": mark("Tolerance"),
    "study_width": mark("Study width"),
}


def as_input(bad: BadReadings, words: Catalogue, file: str | None = None) -> BadInput:
    """Return what cannot be computed as bad input, with its facts in words."""
    facts = {name: _said(fact) for name, fact in bad.facts.items()}
    code = bad.code
    if code == "outside" and bad.facts.get("high") == math.inf:
        code = "not_above"
    if code == "not_finite" and "what" in facts:
        code = "limit_not_finite"
    if facts.get("what") == "estimator" and isinstance(known := bad.facts["known"], tuple):
        facts["known"] = tuple(str(one).replace("_", "-") for one in known)
    if "of" in facts:
        facts["things"] = words.say(_THINGS[str(facts["of"])])
    cell = bad.facts.get("cell")
    if isinstance(cell, tuple) and len(cell) == 2:
        facts["cell"] = words.say(
            "look at part {part}, measured by {operator}", part=cell[0], operator=cell[1]
        )
    elif isinstance(cell, tuple):
        facts["cell"] = words.say("look at {one}", one=" ".join(map(str, cell)))
    if facts.get("what") in _SETTINGS:
        facts["what"] = words.say(_SETTINGS[str(facts["what"])])
    return BadInput(f"readings_{code}", facts=facts, where={} if file is None else {"file": file})


def rule_broken(index: int, rule: str, words: Catalogue) -> str:
    """Return a broken rule in words: ``Point 15: beyond a limit.``"""
    return words.say("Point {index}: {rule}.", index=index, rule=words.say(RULE_WORDS[rule]))


def _said(fact: object) -> object:
    if isinstance(fact, float):
        return Decimal(f"{fact:.10g}") if math.isfinite(fact) else str(fact)
    return fact
