# SPDX-License-Identifier: Apache-2.0
"""Sampling by variables in sentences: the plan, the verdict on the readings, and what to beware of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from qcdesk.i18n import Catalogue, mark
from qcdesk.statistics.variables import Confidence, Judged, VariablesPlan
from qcdesk.statistics.variables_risk import VariablesDesign
from qcdesk.wording.plans import figures
from qcdesk.wording.spelling import fixed

RESTS_ON: Final[dict[Confidence, str]] = {
    "one_transcription": mark("This table comes from one public transcription of the standard."),
    "doubtful": mark("Transcriptions of the standard differ on this plan: compare it with your own copy."),
}
DOUBTFUL_NORMALITY: Final = 0.05
PROBLEMS: Final[dict[str, tuple[str, str]]] = {
    "unknown_letter": (mark("“{value}” is no code letter of sampling by variables."), mark("Use {known}.")),
    "unknown_method": (mark("“{value}” is no method here."), mark("There is {known}.")),
    "range_left_out": (
        mark("The range method is not here: no public table of it could be opened."),
        mark("Use the method s, which takes the standard deviation of the sample."),
    ),
    "readings_wrong_count": (
        mark("The plan takes {wants} values, and there are {n}."),
        mark("Give exactly those of the sample."),
    ),
    "readings_sigma_missing": (
        mark("The method sigma needs the known standard deviation."),
        mark("Give --sigma."),
    ),
    "readings_sigma_not_used": (
        mark("The method s takes the standard deviation of the sample."),
        mark("Leave --sigma out, or say --method sigma."),
    ),
    "k_outside": (mark("{value} is no acceptability constant."), mark("It lies between -100 and 100.")),
    "letter_unclear": (
        mark("It is not clear which plan is meant."),
        mark("Give --code-letter or --lot-size, with --aql; or --n with --k."),
    ),
    "one_file": (mark("“{value}” is one file too many."), mark("Give the values in one file.")),
    "file_or_at": (
        mark("There is nothing to judge."),
        mark("Give a file of values, or qualities with --at."),
    ),
}


def asks(plan: VariablesPlan, words: Catalogue) -> str:
    """Return what a plan asks for: ``Measure 5 units; k = 1.525, M = 3.33 %.``"""
    return words.count(
        "Measure {n} unit; k = {k}, M = {m} %.",
        "Measure {n} units; k = {k}, M = {m} %.",
        plan.n,
        k=fixed(plan.k, 3, words),
        m=figures(plan.m_percent, words),
    )


def source(plan: VariablesPlan, words: Catalogue) -> str:
    """Return where a plan stands, and which letter its arrow leads to."""
    if plan.plan_letter != plan.code_letter:
        return words.say(
            "Code letter {letter}; the arrow of the table leads to plan {plan}. Source: {standard}, table {table}.",
            letter=plan.code_letter,
            plan=plan.plan_letter,
            standard=plan.edition,
            table=plan.table,
        )
    return words.say(
        "Code letter {letter}. Source: {standard}, table {table}.",
        letter=plan.code_letter,
        standard=plan.edition,
        table=plan.table,
    )


def verdict(plan: VariablesPlan, judged: Judged, words: Catalogue) -> tuple[str, ...]:
    """Return what the readings come to, limit by limit, and the decision."""
    lines = []
    for index, below, above in (
        (judged.lower, mark("The mean lies {index} standard deviations above the lower limit."),
         mark("The mean lies {index} standard deviations below the lower limit.")),
        (judged.upper, mark("The mean lies {index} standard deviations below the upper limit."),
         mark("The mean lies {index} standard deviations above the upper limit.")),
    ):  # fmt: skip
        if index is not None:
            lines.append(words.say(below if index >= 0 else above, index=fixed(abs(index), 3, words)))
    if judged.form == "k":
        lines.append(words.say("{k} or more inside is needed.", k=fixed(plan.k, 3, words)))
    else:
        lines.append(
            words.say(
                "An estimated {percent} % lies beyond the limits; {m} % is allowed.",
                percent=figures(judged.percent, words),
                m=figures(plan.m_percent, words),
            )
        )
    accepted, rejected = words.say("The batch is acceptable."), words.say("The batch is not acceptable.")
    lines.append(accepted if judged.accept else rejected)
    return tuple(lines)


def warnings(plan: VariablesPlan, judged: Judged | None, words: Catalogue) -> tuple[str, ...]:
    """Return what to beware of: readings that are not normal, a close call, a doubtful table."""
    found = []
    if judged is not None:
        normal = judged.normality
        if normal is None:
            found.append(
                words.say("These are too few values to tell whether they are normal, which the method needs.")
            )
        elif normal.doubtful(DOUBTFUL_NORMALITY):
            found.append(
                words.say(
                    "The values do not look normal (Anderson and Darling, p = {p}), so the method may mislead: inspect "
                    "by attributes instead.",
                    p=figures(normal.p, words),
                )
            )
        if judged.close:
            found.append(
                words.say("This is a close call: tables with rounded k could decide it the other way.")
            )
    if plan.rests_on in RESTS_ON:
        found.append(words.say(RESTS_ON[plan.rests_on]))
    return tuple(found)


def designed(found: Iterable[VariablesDesign], words: Catalogue) -> tuple[str, ...]:
    """Return plans by variables that were found for two risks, a line each."""
    told = {
        "s": mark("By variables, standard deviation of the sample: {n} units, k = {k}."),
        "sigma": mark("By variables, known standard deviation: {n} units, k = {k}."),
    }
    return tuple(words.say(told[one.method], n=one.n, k=fixed(one.k, 3, words)) for one in found)
