# SPDX-License-Identifier: Apache-2.0
"""The rules of a procedure in words: what one asks for, and what it becomes for a lot."""

from __future__ import annotations

from qcdesk.domain.sampling import ClassPlan, ClassRule
from qcdesk.i18n import Catalogue
from qcdesk.wording import samples


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
