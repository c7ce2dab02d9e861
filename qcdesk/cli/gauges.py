# SPDX-License-Identifier: Apache-2.0
"""``msa``: what a gauge and the people who use it are worth, from a table. No workspace is opened."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Annotated, Any

import typer

from qcdesk.cli.call import call_of
from qcdesk.cli.columns import Header, Separator, Table, open_table
from qcdesk.cli.given import decimal
from qcdesk.cli.output import Data, table
from qcdesk.domain.inputs import BadInput
from qcdesk.i18n import Catalogue, mark
from qcdesk.statistics.agreement import Agreement, BadRatings
from qcdesk.statistics.attribute_studies import AttributeStudy, attribute_study
from qcdesk.statistics.fleiss import SeveralAgreement
from qcdesk.statistics.gauge_accuracy import Bias, Coefficient, bias_study, linearity_study
from qcdesk.statistics.gauge_studies import GaugeStudy, crossed_study, nested_study
from qcdesk.statistics.misses import Share
from qcdesk.statistics.readings import BadReadings
from qcdesk.wording.processes import COMPONENT_WORDS
from qcdesk.wording.spelling import figure, fixed

PART_HEADINGS = ("part", "parts", "piece", "sample", "prototype", "item", "unit")
OPERATOR_HEADINGS = ("operator", "operators", "appraiser", "inspector", "person", "rater", "technician")
VALUE_HEADINGS = ("value", "reading", "measurement", "result", "y")
RATING_HEADINGS = ("rating", "result", "judgement", "judgment", "verdict", "value", "category")
NO_WIDTH = 1e-9  # of an interval, that rounding alone may leave
STANDARD_HEADINGS = ("standard", "reference", "truth", "true")

File = Annotated[str, typer.Argument(help=mark("A CSV table; - for standard input."))]
PartColumn = Annotated[str | None, typer.Option("--part", help=mark("Column of the parts."))]
OperatorColumn = Annotated[str | None, typer.Option("--operator", help=mark("Column of the people."))]
ValueColumn = Annotated[str | None, typer.Option("--value", help=mark("Column of the values."))]
Confidence = Annotated[str, typer.Option(help=mark("Of the intervals."))]


def commands() -> typer.Typer:
    """Return the commands that judge gauges and people."""
    app = typer.Typer(help=mark("What gauges and people who judge are worth."))
    app.command("gauge-rr", help=mark("Split variation into gauge, people and parts."))(gauge_rr)
    app.command("agreement", help=mark("Compare people who judge with each other and the standard."))(agree)
    app.command("bias", help=mark("Compare readings of a master with its reference."))(bias)
    app.command("linearity", help=mark("Compare readings with their references over a range."))(linearity)
    return app


def gauge_rr(
    ctx: typer.Context,
    file: File,
    part: PartColumn = None,
    operator: OperatorColumn = None,
    value: ValueColumn = None,
    tolerance: Annotated[str | None, typer.Option(help=mark("Upper less lower limit."))] = None,
    alpha: Annotated[
        str, typer.Option(help=mark("The interaction is pooled where its p is above this; 0.25 as AIAG."))
    ] = "0.25",
    nested: Annotated[
        bool, typer.Option("--nested", help=mark("Everybody measured parts of their own."))
    ] = False,
    study_width: Annotated[str, typer.Option(help=mark("Standard deviations that a study counts; 6."))] = "6",
    confidence: Confidence = "0.95",
    separator: Separator = None,
    header: Header = None,
) -> int:
    """Split the variation of readings into gauge, people and parts."""
    call = call_of(ctx)
    limit = None if tolerance is None else float(decimal(tolerance, "tolerance"))
    pool, width, sure = (
        float(decimal(text, field))
        for text, field in ((alpha, "alpha"), (study_width, "study_width"), (confidence, "confidence"))
    )
    with open_table(call, file, separator=separator, header=header) as rows:
        at_operator = _headed(rows, operator, "operator", OPERATOR_HEADINGS)
        at_part = _headed(rows, part, "part", PART_HEADINGS)
        at_value = _headed(rows, value, "value", VALUE_HEADINGS)
        if at_value is None and rows.width == 3 and None not in (at_operator, at_part):
            at_value = ({0, 1, 2} - {at_operator, at_part}).pop()
        if at_operator is None or at_part is None or at_value is None:
            raise _unclear(rows, "--part, --operator, --value")
        read = rows.read([at_value], [at_part, at_operator])
        parts, people = read.texts
        sizes: dict[str, Any] = {"tolerance": limit, "study_width": width, "confidence": sure}
        if nested:
            study = nested_study(parts, people, read.numbers[0], **sizes)
        else:
            study = crossed_study(parts, people, read.numbers[0], alpha=pool, **sizes)
    return call.answer(_study_data(study), _study_lines(study, call.words))


def agree(
    ctx: typer.Context,
    file: File,
    part: PartColumn = None,
    operator: OperatorColumn = None,
    value: ValueColumn = None,
    standard: Annotated[str | None, typer.Option(help=mark("Column that says what each part is."))] = None,
    categories: Annotated[
        str | None, typer.Option(help=mark("All categories in order, separated by commas."))
    ] = None,
    good: Annotated[str | None, typer.Option(help=mark("The category of good parts."))] = None,
    confidence: Confidence = "0.95",
    separator: Separator = None,
    header: Header = None,
) -> int:
    """Compare people who judged the same parts: one row a judgement, or one row a part and one column a person."""
    call = call_of(ctx)
    sure = float(decimal(confidence, "confidence"))
    known = [one.strip() for one in categories.split(",")] if categories else []
    with open_table(call, file, separator=separator, header=header) as rows:
        judged, truth = _judgements(rows, part, operator, value, standard)
        try:
            study = attribute_study(*judged, standard=truth, categories=known, good=good, confidence=sure)
        except BadRatings as bad:
            raise BadReadings("too_few", n=0, least=2, of="categories") from bad
    return call.answer(_agreement_data(study), _agreement_lines(study, call.words))


def bias(
    ctx: typer.Context,
    file: File,
    reference: Annotated[str, typer.Option(help=mark("What the master is."))],
    value: ValueColumn = None,
    confidence: Confidence = "0.95",
    separator: Separator = None,
    header: Header = None,
) -> int:
    """Compare readings of one master with its reference value."""
    call = call_of(ctx)
    known, sure = float(decimal(reference, "master")), float(decimal(confidence, "confidence"))
    with open_table(call, file, separator=separator, header=header) as rows:
        read = rows.read([rows.only(value, "value")])
        found = bias_study(read.numbers[0], known, confidence=sure)
    words = call.words
    lines = [words.say("Bias {bias}, between {low} and {high}.", bias=_figure(found.bias, words),
                       low=_figure(found.low, words), high=_figure(found.high, words))]  # fmt: skip
    lines.append(words.say("The gauge reads off.") if found.shown else words.say("No bias is to be seen."))
    return call.answer(_bias_data(found), lines)


def linearity(
    ctx: typer.Context,
    file: File,
    value: ValueColumn = None,
    reference: Annotated[str | None, typer.Option(help=mark("Column of the references."))] = None,
    confidence: Confidence = "0.95",
    separator: Separator = None,
    header: Header = None,
) -> int:
    """Compare readings with the references of several masters over the range of the gauge."""
    call = call_of(ctx)
    sure = float(decimal(confidence, "confidence"))
    with open_table(call, file, separator=separator, header=header) as rows:
        at_reference = _headed(rows, reference, "reference", STANDARD_HEADINGS)
        at_value = _headed(rows, value, "value", VALUE_HEADINGS)
        if at_reference is None or at_value is None:
            raise _unclear(rows, "--reference, --value")
        read = rows.read([at_value, at_reference])
        found = linearity_study(*read.numbers, confidence=sure)
    words = call.words
    data: Data = {
        "n": found.n,
        "slope": _coefficient_data(found.slope),
        "intercept": _coefficient_data(found.intercept),
        "sd": found.sd,
        "r_squared": found.r_squared,
        "zero_inside": found.zero_inside,
        "biases": [_bias_data(one) for one in found.biases],
    }
    lines = [words.say("Bias = {intercept} + {slope} × reference.", intercept=_figure(found.intercept.value, words),
                       slope=_figure(found.slope.value, words))]  # fmt: skip
    lines.append(
        words.say("No bias is to be seen over the range.")
        if found.zero_inside
        else words.say("The bias is not zero over the whole range.")
    )
    return call.answer(data, lines)


def _judgements(
    rows: Table, part: str | None, operator: str | None, value: str | None, standard: str | None
) -> tuple[tuple[Sequence[str], Sequence[str], Sequence[str]], dict[str, str] | None]:
    """Return units, people and ratings, and the standard of each unit where the table has one."""
    at_operator = _headed(rows, operator, "operator", OPERATOR_HEADINGS)
    at_part = _headed(rows, part, "part", PART_HEADINGS)
    at_standard = _headed(rows, standard, "standard", STANDARD_HEADINGS)
    if at_operator is None:
        people = [i for i in range(rows.width) if i not in (at_part, at_standard)]
        extra = [i for i in (at_part, at_standard) if i is not None]
        read = rows.read([], [*people, *extra])
        units = [str(i + 1) for i in range(read.rows)]
        if at_part is not None and len(set(read.texts[len(people)])) == read.rows:
            units = list(read.texts[len(people)])
        said = list(read.texts[: len(people)])
        names = [name for i in people for name in [rows.known[i]] * read.rows]
        truth = None if at_standard is None else dict(zip(units, read.texts[-1], strict=True))
        return (units * len(people), names, [one for column in said for one in column]), truth
    at_value = _headed(rows, value, "value", RATING_HEADINGS)
    if at_part is None or at_value is None:
        raise _unclear(rows, "--part, --operator, --value")
    wanted = [at_part, at_operator, at_value] + ([] if at_standard is None else [at_standard])
    read = rows.read([], wanted)
    parts, names_read, ratings = read.texts[:3]
    if at_standard is None:
        return (parts, names_read, ratings), None
    standards: dict[str, str] = {}
    for unit, one in zip(parts, read.texts[3], strict=True):
        if standards.setdefault(unit, one) != one:
            raise BadInput("readings_standard_twice", facts={"unit": unit}, where={"file": rows.name})
    return (parts, names_read, ratings), standards


def _headed(rows: Table, said: str | None, field: str, headings: Iterable[str]) -> int | None:
    if said is not None:
        return rows.place(said, field)
    folded = [heading.casefold() for heading in rows.headings]
    return next((folded.index(one) for one in headings if one in folded), None)


def _unclear(rows: Table, options: str) -> BadInput:
    facts: dict[str, object] = {"known": rows.known, "options": options}
    return BadInput("columns_unclear", facts=facts, where={"file": rows.name})


def _study_data(study: GaugeStudy, *, alone: bool = False) -> Data:
    data: Data = {
        "model": study.model,
        "parts": study.parts,
        "operators": study.operators,
        "trials": study.trials,
        "alpha": study.alpha,
        "anova": [
            {"source": row.source, "df": row.df, "ss": row.ss, "ms": row.ms, "f": row.f, "p": row.p,
             "against": row.against}
            for row in study.anova
        ],
        "components": {
            one.source: {
                "variance": one.variance, "sd": one.sd, "percent_contribution": one.percent_contribution,
                "percent_study": one.percent_study, "percent_tolerance": one.percent_tolerance,
                "clamped": one.clamped, "low": one.low, "high": one.high,
            }
            for one in study.components
        },
        "percent_study": study.component("gage_rr").percent_study,
        "percent_contribution": study.component("gage_rr").percent_contribution,
        "percent_tolerance": study.component("gage_rr").percent_tolerance,
        "ndc": study.ndc,
        "ndc_raw": study.ndc_raw,
        "warnings": [f"{source}_below_zero" for source in study.clamped],
    }  # fmt: skip
    if study.other is not None and not alone:
        data["other_model"] = _study_data(study.other, alone=True)
    return data


def _study_lines(study: GaugeStudy, words: Catalogue) -> list[str]:
    headings = [
        words.say("Source"),
        words.say("Standard deviation"),
        words.say("% contribution"),
        words.say("% study"),
    ]
    tolerated = any(one.percent_tolerance is not None for one in study.components)
    if tolerated:
        headings.append(words.say("% tolerance"))
    shown = [
        (words.say(COMPONENT_WORDS[one.source]), _figure(one.sd, words), fixed(one.percent_contribution, 1, words),
         fixed(one.percent_study, 1, words),
         *(["" if one.percent_tolerance is None else fixed(one.percent_tolerance, 1, words)] if tolerated else []))
        for one in study.components
    ]  # fmt: skip
    lines = table(headings, shown)
    if study.ndc is None:
        lines.append(words.say("The gauge always reads the same, so it tells all these parts apart."))
    else:
        lines.append(words.count("The gauge tells {n} category of parts apart.",
                                 "The gauge tells {n} categories of parts apart.", study.ndc))  # fmt: skip
    if study.model == "reduced":
        lines.append(words.say("People and parts do not act on each other (p above {alpha}), so that is counted as "
                               "repeats.", alpha=f"{study.alpha:g}"))  # fmt: skip
    for source in study.clamped:
        lines.append(words.say("{source}: the estimate was below zero and stands as zero.",
                               source=words.say(COMPONENT_WORDS[source])))  # fmt: skip
    return lines


def _fraction(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def _kappa_data(one: Agreement) -> Data:
    if one.constant:  # chance cannot be told from agreement where somebody said the same of every part
        return {"kappa": None, "se": None, "low": None, "high": None, "z": None, "reason": "constant"}
    low, high = _ends(one)
    return {"kappa": _fraction(one.kappa), "se": one.se, "low": low, "high": high, "reason": one.reason,
            "z": None if not one.se_chance or one.kappa is None else float(one.kappa) / one.se_chance}  # fmt: skip


def _ends(one: Agreement | SeveralAgreement) -> tuple[float | None, float | None]:
    """Return the interval of kappa; none where its spread is 0, as no number of parts tells a kappa exactly."""
    if one.low is None or one.high is None or one.high - one.low < NO_WIDTH:
        return None, None
    return one.low, one.high


def _several_data(one: SeveralAgreement, categories: Sequence[str]) -> Data:
    low, high = _ends(one)
    return {
        "kappa": _fraction(one.kappa), "se": one.se, "low": low, "high": high,
        "se_chance": one.se_chance, "z": one.z, "chance_low": one.chance_low, "chance_high": one.chance_high,
        "n": one.n, "raters": one.raters,
        "all_agree_percent": None if one.share is None else float(100 * one.share),
        "per_category": {name: _fraction(of.kappa) for name, of in zip(categories, one.categories, strict=True)},
        "reason": one.reason,
    }  # fmt: skip


def _share_data(one: Share | None) -> Data | None:
    if one is None:
        return None
    value = None if one.value is None else 100 * one.value
    return {"percent": value, "low": 100 * one.low, "high": 100 * one.high, "of": one.n, "hits": one.hits}


def _agreement_data(study: AttributeStudy) -> Data:
    return {
        "categories": list(study.categories),
        "units": study.units,
        "appraisers": list(study.appraisers),
        "trials": study.trials,
        "cohen": [
            {
                "first": pair.first,
                "second": pair.second,
                "n": pair.plain.n,
                "agreement_percent": float(100 * (pair.plain.share or 0)),
                **_kappa_data(pair.plain),
                "linear": _kappa_data(pair.by_weight["linear"]),
                "quadratic": _kappa_data(pair.by_weight["quadratic"]),
            }
            for pair in study.pairs
        ],
        "fleiss": {**_several_data(study.several, study.categories), "kappa_conger": study.conger},
        "within": [
            {"appraiser": one.appraiser, "alike": _share_data(one.alike),
             "fleiss": _several_data(one.kappa, study.categories)}
            for one in study.within
        ],
        "effectiveness": [
            {"appraiser": one.appraiser, "right": _share_data(one.right), **_kappa_data(one.kappa),
             "missed": _share_data(one.missed), "false_alarms": _share_data(one.alarms)}
            for one in study.effectiveness
        ],
        "all_alike": _share_data(study.all_alike),
        "all_right": _share_data(study.all_right),
    }  # fmt: skip


def _agreement_lines(study: AttributeStudy, words: Catalogue) -> list[str]:
    alike = study.all_alike
    lines = [words.say("Everybody judged {hits} of {n} parts alike, between {low} and {high} %.", hits=alike.hits,
                       n=study.units, low=fixed(100 * alike.low, 0, words),
                       high=fixed(100 * alike.high, 0, words))]  # fmt: skip
    if study.several.kappa is not None:
        kappa, (low, high) = fixed(float(study.several.kappa), 2, words), _ends(study.several)
        lines.append(
            words.say("All together: kappa {kappa}; these parts give no interval for it.", kappa=kappa)
            if low is None or high is None
            else words.say("All together: kappa {kappa}, between {low} and {high}.", kappa=kappa,
                           low=fixed(low, 2, words), high=fixed(high, 2, words))
        )  # fmt: skip
    for pair in study.pairs:
        plain = pair.plain
        low, high = _ends(plain)
        names = {"first": pair.first, "second": pair.second}
        percent = fixed(float(100 * (plain.share or 0)), 1, words)
        if plain.kappa is None:
            lines.append(words.say("{first} and {second} put every part into the same category.", **names))
        elif plain.constant and plain.share_low is not None and plain.share_high is not None:
            lines.append(words.say("{first} and {second}: {percent} % alike, between {low} and {high} %; there is no "
                                   "kappa where one of them put every part into the same category.", **names,
                                   percent=percent, low=fixed(100 * plain.share_low, 1, words),
                                   high=fixed(100 * plain.share_high, 1, words)))  # fmt: skip
        elif low is None or high is None:
            lines.append(words.say("{first} and {second}: {percent} % alike, kappa {kappa}; these parts give no "
                                   "interval for it.", **names, percent=percent,
                                   kappa=fixed(float(plain.kappa), 2, words)))  # fmt: skip
        else:
            lines.append(words.say("{first} and {second}: {percent} % alike, kappa {kappa}, between {low} and {high}.",
                                   **names, percent=percent, kappa=fixed(float(plain.kappa), 2, words),
                                   low=fixed(low, 2, words), high=fixed(high, 2, words)))  # fmt: skip
    for one in study.effectiveness:
        lines.append(words.say("{name}: {hits} of {n} parts right, between {low} and {high} %.", name=one.appraiser,
                               hits=one.right.hits, n=one.right.n, low=fixed(100 * one.right.low, 0, words),
                               high=fixed(100 * one.right.high, 0, words)))  # fmt: skip
    return lines


def _bias_data(one: Bias) -> Data:
    return {"n": one.n, "reference": one.reference, "mean": one.mean, "bias": one.bias, "sd": one.sd, "se": one.se,
            "t": one.t if abs(one.t) < 1e300 else None, "p": one.p, "low": one.low, "high": one.high,
            "shown": one.shown}  # fmt: skip


def _coefficient_data(one: Coefficient) -> Data:
    return {"value": one.value, "se": one.se, "t": one.t, "p": one.p, "low": one.low, "high": one.high}


def _figure(value: float, words: Catalogue) -> str:
    return figure(f"{value:.6g}", words)
