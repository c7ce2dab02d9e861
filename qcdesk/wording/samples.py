# SPDX-License-Identifier: Apache-2.0
"""Double and multiple plans in sentences: how each sample ended, and which one is needed next."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from qcdesk.domain.sampling import ClassPlan, ClassState, ClassVerdict, SamplingPlan
from qcdesk.i18n import Catalogue, mark
from qcdesk.statistics.sampling_stages import PlanType
from qcdesk.wording.states import defect_class

PLAN_TYPES: Final[dict[PlanType, str]] = {
    "single": mark("single sampling"),
    "double": mark("double sampling"),
    "multiple": mark("multiple sampling"),
}
PLAN_TYPE_CHOICES: Final[dict[PlanType, str]] = {
    "single": mark("Single: one decides"),
    "double": mark("Double: a second if undecided"),
    "multiple": mark("Multiple: small ones in turn"),
}
ORDINALS: Final = (
    mark("first"),
    mark("second"),
    mark("third"),
    mark("fourth"),
    mark("fifth"),
    mark("sixth"),
    mark("seventh"),
)
NO_AVERAGE: Final = mark(
    "A check that ends early says nothing about the average quality of the process: its figures are not for that."
)


def type_of(plan: SamplingPlan) -> PlanType:
    """Return how many samples the classes of a plan may take: of those that differ, the most."""
    most = max(len(one.samples()) for one in plan.classes)
    return "single" if most == 1 else "double" if most == 2 else "multiple"


def ordinal(number: int, words: Catalogue) -> str:
    """Return the place of a sample, 1 for the first."""
    return words.say(ORDINALS[number - 1])


def stages(plan: ClassPlan, words: Catalogue) -> str:
    """Return the samples of a class: ``32 units, accepts 1, rejects 4; then 32 more, accepts 4, rejects 5``."""
    parts = []
    for number, one in enumerate(plan.samples()):
        if number and not one.n:
            parts.append(_limits(one.ac, one.re, words))
        elif number:
            parts.append(
                words.count(
                    "then {n} more unit, {limits}",
                    "then {n} more units, {limits}",
                    one.n,
                    limits=_limits(one.ac, one.re, words),
                )
            )
        else:
            parts.append(
                words.count(
                    "{n} unit, {limits}",
                    "{n} units, {limits}",
                    one.n,
                    limits=_limits(one.ac, one.re, words),
                )
            )
    return "; ".join(parts)


def _limits(ac: int | None, re: int, words: Catalogue) -> str:
    if ac is None:
        return words.say("not accepted yet, rejects {re}", re=re)
    return words.say("accepts {ac}, rejects {re}", ac=ac, re=re)


STATES: Final[dict[ClassState, str]] = {
    "accepted": mark("accepted"),
    "rejected": mark("rejected"),
    "undecided": mark("undecided"),
}


def ended(
    class_word: str,
    sample: int,
    n: int,
    found: int,
    ac: int | None,
    re: int,
    state: ClassState,
    words: Catalogue,
    *,
    whole: bool = True,
) -> str:
    """Return how one sample of a class stands: what was found in all units up to it, and what that comes to.

    Args: sample: 1 is the first. n: units in it and before it. whole: all these units were looked at.
    """
    came_to = words.say(STATES[state])
    if not whole:
        return words.say(
            "{class_word}, {ordinal} sample: {found} found so far, {limits} in {n} units in all: {came_to}.",
            class_word=class_word,
            ordinal=ordinal(sample, words),
            found=found,
            limits=_limits(ac, re, words),
            n=n,
            came_to=came_to,
        )
    told = {"class_word": class_word, "ordinal": ordinal(sample, words), "found": found, "re": re}
    if ac is None:
        return words.count(
            "{class_word}, {ordinal} sample: {found} found in {n} unit (not accepted yet, rejected at {re}): {came_to}.",
            "{class_word}, {ordinal} sample: {found} found in {n} units (not accepted yet, rejected at {re}): {came_to}.",
            n,
            **told,
            came_to=came_to,
        )
    return words.count(
        "{class_word}, {ordinal} sample: {found} found in {n} unit (accepted at {ac}, rejected at {re}): {came_to}.",
        "{class_word}, {ordinal} sample: {found} found in {n} units (accepted at {ac}, rejected at {re}): {came_to}.",
        n,
        **told,
        ac=ac,
        came_to=came_to,
    )


def live(one: ClassVerdict, farthest: int, words: Catalogue) -> str:
    """Return where a class stands while a check runs: how far it counts, what it allows, and what rejects.

    Args: farthest: units up to which the class that needs most counts.
    """
    if one.stage and one.verdict == "accepted":
        return words.say("accepted at sample {stage}", stage=one.stage)
    if one.stage and one.verdict == "rejected":
        return words.say("rejected at sample {stage}", stage=one.stage)
    if one.stage and one.ac is None:
        return words.say("sample {stage}: not accepted yet · {re} reject", stage=one.stage, re=one.re)
    if one.stage:
        return words.say("sample {stage}: {ac} allowed · {re} reject", stage=one.stage, ac=one.ac, re=one.re)
    if one.n < farthest and one.defect_class != "critical":  # a critical counts wherever it is found
        return words.say("first {n}: {ac} allowed · {re} reject", n=one.n, ac=one.ac, re=one.re)
    return words.say("{ac} allowed · {re} reject", ac=one.ac, re=one.re)


def asking(classes: Iterable[ClassVerdict], plan: SamplingPlan) -> tuple[ClassVerdict, ...]:
    """Return the classes that the sample before left undecided, so that they take one more."""
    return tuple(
        one
        for one in classes
        if one.verdict == "undecided" and one.stage > 1 and plan.of(one.defect_class) is not None
    )


def needed(
    classes: Iterable[ClassVerdict], plan: SamplingPlan, more: int, words: Catalogue
) -> tuple[str, ...]:
    """Return why the next sample is taken, a sentence for each class that asks for it.

    Args: more: units that this comes to beyond those asked for before.
    """
    told = []
    for one in asking(classes, plan):
        of = plan.of(one.defect_class)
        assert of is not None
        before = of.samples()[one.stage - 2]
        said = {
            "class_word": defect_class(one.defect_class, words),
            "found": one.found[one.stage - 2],
            "re": before.re,
            "ordinal": ordinal(one.stage, words),
        }
        if before.ac is None:
            told.append(
                words.count(
                    "{class_word}: {found} found, not accepted yet, reject at {re}: take the {ordinal} sample, {n} more "
                    "unit.",
                    "{class_word}: {found} found, not accepted yet, reject at {re}: take the {ordinal} sample, {n} more "
                    "units.",
                    more,
                    **said,
                )
            )
        else:
            told.append(
                words.count(
                    "{class_word}: {found} found, accept at {ac}, reject at {re}: take the {ordinal} sample, {n} more "
                    "unit.",
                    "{class_word}: {found} found, accept at {ac}, reject at {re}: take the {ordinal} sample, {n} more "
                    "units.",
                    more,
                    **said,
                    ac=before.ac,
                )
            )
    return tuple(told)
