# SPDX-License-Identifier: Apache-2.0
"""The sentences of certificates of conformity and of analysis: whoever draws them says these, and whoever checks them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from qcdesk.i18n import Catalogue
from qcdesk.services.fill_analysis import MeasuredResult
from qcdesk.services.inspection_report import BatchFacts, Gauge, InspectionReport, PlanFacts, Signature
from qcdesk.wording import modes, samples, states
from qcdesk.wording.inspection_reports import day, flat, moment
from qcdesk.wording.limits import decimal, limits, number
from qcdesk.wording.spelling import listed


def released(r: InspectionReport, words: Catalogue) -> tuple[str, str]:
    """Return what stands large, and what it means."""
    if r.state == "released_under_concession":
        return (
            words.say("RELEASED UNDER CONCESSION"),
            words.say("It did not meet the plan in every point and was released under a concession."),
        )
    return words.say("Accepted and released"), words.say("It conforms to the procedure named below.")


def other_than_asked_for(r: InspectionReport, words: Catalogue) -> Iterator[str]:
    """Yield what whoever reads only the verdict has to know: that goods were repaired, or are of another grade."""
    if r.repaired:
        yield words.say(states.REPAIRED)
    if r.regraded:
        yield words.say(states.REGRADED, terms=flat(r.regraded).rstrip(" ."))


def product(batch: BatchFacts, words: Catalogue) -> str:
    """Return a product's code, with its revision where it has one."""
    revision = (
        words.say("revision {revision}", revision=flat(batch.product_revision))
        if batch.product_revision
        else ""
    )
    return " · ".join(filter(None, (flat(batch.product_code), revision)))


def statement(r: InspectionReport, words: Catalogue) -> str:
    """Return who looked at the goods and how, in a few sentences."""
    say, p = words.say, r.procedure
    texts = [
        say(
            "One person inspected these goods and another reviewed what the first had found, independently of the "
            "making. Each signed with a secret of their own."
        )
        if p.mode == "review"
        else say(
            "Two people inspected these goods, the second independently of the first and without seeing what "
            "the first had found. Each signed with a secret of their own."
        )
    ]
    if p.mode == "review":
        texts.append(say(modes.NOT_TWICE))
    elif p.reviewed:
        names = listed(list(map(flat, p.reviewed)), words)
        texts.append(say("Not inspected twice, but reviewed by the second person: {names}.", names=names))
    if r.decision is not None:
        texts.append(say("The two checks disagreed. A third person looked again and settled it."))
    return words.run_on(texts)


def plan_line(plan: PlanFacts, words: Catalogue) -> str:
    """Return how the sample was planned, in one line."""
    say = words.say
    parts = [say("{n} of {lot} units", n=number(plan.n), lot=number(plan.lot))]
    if plan.standard:
        parts.append(flat(plan.standard))
        parts.append(say(samples.PLAN_TYPES[plan.plan_type]))
    if plan.level:
        parts.append(say("level {level}", level=flat(plan.level)))
    parts.append(say(states.SEVERITY_WORDS[plan.severity]) if plan.severity in states.SEVERITY_WORDS else "")
    return " · ".join(filter(None, parts))


def signed_as(s: Signature, words: Catalogue) -> tuple[str, str]:
    """Return in which role somebody signed, and when."""
    say = words.say
    role = say(states.ROLE_TITLES[s.role]) if s.role in states.ROLE_TITLES else flat(s.role)
    staff = say("{role} · staff no. {staff}", role=role, staff=flat(s.staff)) if s.staff else role
    if s.staff and not role:
        staff = say("staff no. {staff}", staff=flat(s.staff))
    return staff, say("{time} · event {event}", time=moment(s.at), event=number(s.event))


def figures(one: MeasuredResult, words: Catalogue) -> tuple[str, ...]:
    """Return what was asked, how many readings there are, the smallest, mean and largest of them, and the result."""
    found, result = one.summary, words.say("Conforms")
    if found is None:
        result = words.say("Not measured")
    elif one.outside:
        result = words.say("{n} outside", n=number(one.outside))
    spread = ("–",) * 3 if found is None else tuple(map(decimal, (found.minimum, found.mean, found.maximum)))
    asked = limits(one.lower, one.upper, one.nominal, one.unit, words)
    return asked, number(found.n) if found else "0", *spread, result


def few_values(one: MeasuredResult, words: Catalogue) -> str:
    """Return the code, and each value where these are few."""
    if not one.values:
        return flat(one.code)
    return words.say("{code}: {values}", code=flat(one.code), values=", ".join(map(decimal, one.values)))


def gauges(used: Iterable[Gauge], words: Catalogue) -> str:
    """Return the instruments, each until when it was calibrated."""
    told = [
        words.say(
            "{number}, calibrated until {day}", number=flat(gauge.number), day=day(gauge.calibrated_until)
        )
        if gauge.calibrated_until
        else flat(gauge.number)
        for gauge in used
    ]
    return " · ".join(dict.fromkeys(told))
