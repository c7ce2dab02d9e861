# SPDX-License-Identifier: Apache-2.0
"""The rules of a procedure in words: what one asks for, and what it becomes for a lot."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from qcdesk.domain.inputs import BadInput
from qcdesk.domain.procedures import ProcedureContent
from qcdesk.domain.sampling import ClassPlan, ClassRule, plans_for
from qcdesk.i18n import Catalogue
from qcdesk.statistics.sampling_tables import LOT_BAND_ENDS
from qcdesk.wording import samples

LARGEST_SHOWN: Final = 35_000
"""Larger lots are rare enough to be looked up in the program."""


def rule_words(rule: ClassRule, words: Catalogue) -> str:
    """Return what a rule asks for, short."""
    say = words.say
    if rule.kind == "all":
        return say("100 %, none accepted")
    if rule.kind == "zero" and rule.n is not None:
        return words.count("c = 0 in {n} unit", "c = 0 in {n} units", rule.n)
    if rule.kind == "zero" and rule.aql is None:
        return say("c = 0 in all units")
    if rule.kind == "zero":
        return say("c = 0, sample of AQL {aql}, level {level}", aql=rule.aql, level=rule.level)
    asked = say("AQL {aql}, level {level}", aql=rule.aql, level=rule.level)
    if rule.plan_type == "single":
        return asked
    return say("{rule}, {type}", rule=asked, type=say(samples.PLAN_TYPES[rule.plan_type]))


def plan_words(plan: ClassPlan, words: Catalogue) -> str:
    """Return what a rule becomes for a lot."""
    if plan.stages:
        return samples.stages(plan, words)
    if plan.inspect_all:
        return words.say("all {n} units, accepts {ac}, rejects {re}", n=plan.n, ac=plan.ac, re=plan.re)
    return words.count(
        "{n} unit, accepts {ac}, rejects {re}",
        "{n} units, accepts {ac}, rejects {re}",
        plan.n,
        ac=plan.ac,
        re=plan.re,
    )


def lot_rows(
    content: ProcedureContent, number: Callable[[int], str], words: Catalogue
) -> Iterator[tuple[str, ...]]:
    """Yield what the plan asks of the sizes of batches; neighbours that ask the same stand in one row.

    Nothing where no class goes by an AQL. Args: number: how whole numbers are written.
    """
    if not any(one.kind == "aql" or one.aql is not None for one in content.rules):
        return
    first, last = 2, 2
    before: tuple[str, ...] = ()
    for end in (one for one in LOT_BAND_ENDS if one <= LARGEST_SHOWN):
        asked = _asked(content, end, number, words)
        if before and asked != before:
            yield f"{number(first)} – {number(last)}", *before
            first = last + 1
        before, last = asked, end
    yield f"{number(first)} – {number(last)}", *before


def _asked(
    content: ProcedureContent, lot: int, number: Callable[[int], str], words: Catalogue
) -> tuple[str, ...]:
    try:
        plan = plans_for(content.rules, lot, "normal")
    except BadInput:
        return tuple("–" for _ in content.rules)
    return tuple(_short(one, number, words) for one in plan.classes)


def _short(plan: ClassPlan, number: Callable[[int], str], words: Catalogue) -> str:
    if plan.stages:
        return samples.stages(plan, words)
    if plan.inspect_all:
        return words.say("all, Ac {ac}, Re {re}", ac=plan.ac, re=plan.re)
    return words.say("{n}, Ac {ac}, Re {re}", n=number(plan.n), ac=plan.ac, re=plan.re)
