# SPDX-License-Identifier: Apache-2.0
"""The sentences of an inspection report and of certificates: whoever draws the page says these, and whoever checks it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from qcdesk.domain.procedures import DefectClass
from qcdesk.i18n import Catalogue, mark
from qcdesk.services.inspection_report import (
    ClassLine,
    ComparisonFacts,
    Decision,
    EarlierRound,
    Gauge,
    InspectionReport,
    MeasuredLine,
    PartLine,
    PlanFacts,
    SetAsideCheck,
    Signature,
    TakenBack,
    VerdictState,
)
from qcdesk.wording import estimates, samples, states
from qcdesk.wording.limits import decimal, number
from qcdesk.wording.spelling import in_a_row, listed

ROLES: Final = {**states.ROLE_SET_WORDS, **states.ROLE_TITLES}
CLASS_RESULTS: Final = {
    "acceptable": mark("acceptable"),
    "not_acceptable": mark("not acceptable"),
    "disputed": mark("disputed"),
    "open": mark("not decided"),
    "undecided": mark("undecided"),
}
CHECKS: Final = {"first": mark("first"), "second": mark("second")}
HELD: Final = {True: mark("it holds"), False: mark("it does not hold")}
OPENED: Final = {True: mark("it is so"), False: mark("it is not so")}
SETTLED: Final = {
    "holds": mark("third person: it holds"),
    "does_not_hold": mark("third person: it does not hold"),
}
FOUND_AS: Final = {
    "both": mark("both found"),
    "first": mark("only first"),
    "second": mark("only second"),
    "neither": mark("neither"),
}


# Figures ------------------------------------------------------------------------------------------------------------


def moment(at: str) -> str:
    """Return an RFC 3339 time as ``2026-11-18 12:58 +07:00``; what is no such time is returned as it is."""
    on, between, rest = at.partition("T")
    offset = next((i for i, c in enumerate(rest) if c in "+-Z"), len(rest))
    return f"{on} {rest[:5]} {rest[offset:].replace('Z', '+00:00')}".strip() if between else at


def grouped(code: str, length: int = 16) -> str:
    """Return the beginning of a digest in groups of four capitals, to be read aloud and compared."""
    code = code[:length].upper()
    return " ".join(code[i : i + 4] for i in range(0, len(code), 4))


def day(value: date | None) -> str:
    """Return a date in ISO 8601, or nothing."""
    return value.isoformat() if value else ""


def flat(text: str) -> str:
    """Return a text of one paragraph, for places that hold a line or two."""
    return " ".join(text.split())


def said(code: str, sentences: Mapping[str, str], words: Catalogue) -> str:
    """Return the sentence for a code; a text that is no code is said as it is."""
    return words.say(sentences[code]) if code in sentences else flat(code)


# What stands large --------------------------------------------------------------------------------------------------


def verdict(state: VerdictState, words: Catalogue) -> str:
    """Return the word for a state, the same as everywhere (screens.md §1)."""
    if state == "released":
        return words.say("Accepted and released")  # on paper the way to it is said as well
    if state == "quarantined":
        return words.say(states.OTHER_WORDS["quarantined"])
    if state == "released_under_concession":
        return words.say("RELEASED UNDER CONCESSION")  # never to be taken for an ordinary release
    return words.say(states.BATCH_STATES[state])


def next_step(r: InspectionReport, words: Catalogue) -> str:
    """Return what the verdict means for the goods, in one sentence."""
    say = words.say
    if r.state != "quarantined" and r.batch.held:
        return say("Stopped: nothing may be released or shipped until two people lift the stop.")
    if r.decision is not None and r.state in ("accepted", "released"):
        if r.state == "released":
            return say("The two checks disagreed. A third person settled it, and the batch is released.")
        return say("The two checks disagreed, and a third person settled it. Not released yet.")
    reviewed = r.procedure.mode == "review"
    return {
        "accepted": say("The check and its review accept. Not released yet.")
        if reviewed
        else say("Both checks accept. Not released yet."),
        "released": say("The check and its review accept, and the batch is released.")
        if reviewed
        else say("Two independent checks accept, and the batch is released."),
        "rejected": say("Nothing of this batch may be shipped as it is."),
        "disagreed": say("The two checks disagree. A third person decides, or either of the two rejects."),
        "quarantined": say("Nothing may be released or shipped until two people lift the stop."),
        "released_under_concession": say("It did not meet the plan and was released under a concession.")
        if r.concession is None
        else say(
            "It did not meet the plan. {n} of {all} {unit} may leave as they are until {day}.",
            n=number(r.concession.quantity),
            all=number(r.batch.quantity),
            unit=flat(r.batch.unit_word),
            day=day(r.concession.until),
        ),
        "registered": say("No check has been signed."),
        "first_check": say("No check has been signed."),
        "awaiting_second": say("One check is signed. It needs a second, independent one."),
        "second_check": say("One check is signed. It needs a second, independent one."),
        "returned": say("The batch goes back to its supplier."),
        "scrapped": say("The batch is scrapped."),
        "split": say("Its goods went different ways: each part is a batch of its own."),
        "withdrawn": say("The release was taken back. Nothing may be shipped."),
        "cancelled": say("This inspection does not count."),
    }[r.state]


def signed_as(s: Signature, words: Catalogue) -> tuple[str, str]:
    """Return in which role somebody signed, and when."""
    role = words.say("staff no. {staff}", staff=flat(s.staff))
    if s.role:
        role = words.say("{role} · staff no. {staff}", role=said(s.role, ROLES, words), staff=flat(s.staff))
    return role, words.say("{time} · event {event}", time=moment(s.at), event=number(s.event))


# Classes ------------------------------------------------------------------------------------------------------------


def class_name(name: DefectClass, words: Catalogue) -> str:
    """Return a class, as a row begins with it."""
    return words.say(states.CLASS_WORDS[name])


def class_limit(item: ClassLine, words: Catalogue) -> str:
    """Return by which limit a class is judged."""
    if item.basis == "aql":
        return words.say("AQL {aql}", aql=decimal(item.aql))
    if item.basis == "c0":
        return words.say("none allowed (c = 0)")
    return words.say("every unit (100 %)") if item.basis == "all" else words.say("fixed sample")


def class_figures(item: ClassLine) -> tuple[str, str, str]:
    """Return the sample, what was found in it, and how much is allowed."""
    return number(item.n), number(item.found), "–" if item.ac is None else number(item.ac)


def plan_line(plan: PlanFacts, words: Catalogue) -> str:
    """Return how the sample was planned, in one line."""
    say = words.say
    letter = plan.letter
    if plan.plan_letter and plan.plan_letter != plan.letter:
        letter = f"{plan.letter} → {plan.plan_letter}"
    parts = [say("{n} of {lot} units", n=number(plan.n), lot=number(plan.lot))]
    if plan.standard:
        parts.append(flat(plan.standard))
    if plan.level:
        parts.append(say("level {level}", level=flat(plan.level)))
    if letter:
        parts.append(say("code {letter}", letter=letter))
    if plan.standard:
        parts.append(say(samples.PLAN_TYPES[plan.plan_type]))
    return " · ".join((*parts, said(plan.severity, states.SEVERITY_WORDS, words)))


def two_samples(r: InspectionReport, words: Catalogue) -> list[str]:
    """Return both samples of a split batch side by side, and which units only the second person had."""
    say, told = words.say, []
    both = [item for item in r.classes if len(item.samples) == 2]
    if both:
        first, second = (
            in_a_row(
                [
                    say("{class_word} {found}", class_word=class_name(item.defect_class, words),
                        found=number(item.samples[i]))
                    for item in both
                ],
                words,
            )
            for i in (0, 1)
        )  # fmt: skip
        told.append(
            say(
                "Each sample is judged by itself. First person's sample: {first}. Second person's sample: {second}.",
                first=first,
                second=second,
            )
        )
    if r.plan.fresh:
        told.append(
            say(
                "Both looked at {overlap} units; units {from_unit} to {to_unit} are fresh, the second person's only.",
                overlap=number(r.plan.overlap),
                from_unit=number(r.plan.n + 1),
                to_unit=number(r.plan.n + r.plan.fresh),
            )
        )
    return [*told, *stage_lines(r, words)]


def stage_lines(report: InspectionReport, words: Catalogue) -> list[str]:
    """Return how each sample of a double or multiple plan ended, and how far each check went, where that differs."""
    told = [
        samples.ended(
            words.say(states.CLASS_WORDS[item.defect_class]),
            i,
            one.n,
            one.found,
            one.ac,
            one.re,
            one.state,
            words,
            whole=one.whole,
        )
        for item in report.classes
        for i, one in enumerate(item.stages, 1)
        if item.result != "open"
    ]
    plan = report.plan
    if len(plan.looked) == 2:
        first, second = map(number, plan.looked)
        told.append(
            words.say(
                "The first person looked at {first} units, the second at {second}.",
                first=first,
                second=second,
            )
        )
    early = {
        "first": words.say("The first check ended early, as the procedure allows: it rejected for certain."),
        "second": words.say(
            "The second check ended early, as the procedure allows: it rejected for certain."
        ),
    }
    told += [early[place] for place in plan.early]
    return [*told, words.say(samples.NO_AVERAGE)] if plan.early else told


# What was measured and found ----------------------------------------------------------------------------------------


def measured_limits(item: MeasuredLine, words: Catalogue) -> str:
    """Return what each reading has to be."""
    say = words.say
    if item.lower is not None and item.upper is not None:
        return say(
            "{lower} – {upper} {unit}",
            lower=decimal(item.lower),
            upper=decimal(item.upper),
            unit=item.unit,
        )
    if item.upper is not None:
        return say("≤ {upper} {unit}", upper=decimal(item.upper), unit=item.unit)
    return say("≥ {lower} {unit}", lower=decimal(item.lower), unit=item.unit)


def readings_inside(lines: Sequence[MeasuredLine], words: Catalogue) -> str:
    """Return how many of all readings are outside their limits."""
    outside, readings = sum(item.outside for item in lines), sum(item.count for item in lines)
    if not outside:
        return words.say("All {all} readings are inside the limits.", all=number(readings))
    return words.count(
        "{n} reading of {all} is outside the limits (×).",
        "{n} readings of {all} are outside the limits (×).",
        outside,
        all=number(readings),
    )


def gauge(used: Gauge, words: Catalogue) -> str:
    """Return an instrument with its date, and whose check it was used in where not in both alike."""
    say, told = words.say, flat(used.number)
    if used.calibrated_until:
        told = say("{gauge}, calibrated until {date}", gauge=told, date=day(used.calibrated_until))
    if used.check == "first":
        return say("first check: {gauge}", gauge=told)
    return told if used.check is None else say("second check: {gauge}", gauge=told)


def found_by(who: str, words: Catalogue) -> str:
    """Return in whose check something was found."""
    if who == "third":
        return words.say("Only in the third person's check")
    return words.say(states.FOUND_BY[who])


# The two checks ------------------------------------------------------------------------------------------------------


def tallies_compared(c: ComparisonFacts, words: Catalogue) -> tuple[str, str]:
    """Return what two counts of goods that cannot be told apart say, and what they cannot."""
    return (
        words.say(
            "First check: {first} found. Second check: {second} found.",
            first=number(c.first_total or 0),
            second=number(c.second_total or 0),
        ),
        words.say(
            "The goods cannot be told apart, so units were tallied: the two counts are compared, "
            "without agreement by unit and without an estimate of what both missed."
        ),
    )


def missed_by_both(c: ComparisonFacts, quantity: int, words: Catalogue) -> Iterator[str]:
    """Yield what both missed and what that means for the batch; a figure that cannot be leaned on is not told."""
    if c.missed is not None and c.reliable:
        yield estimates.missed(c, Decimal(c.missed), words)
        low, high = c.batch_low, c.batch_high
        if c.batch_estimate is not None and low is not None and high is not None:
            yield estimates.escapes(Decimal(c.batch_estimate), low, high, number(quantity), words)
        return
    why = said(c.unreliable_why, {**estimates.NO_ESTIMATE, **estimates.NOT_RELIABLE}, words)
    no = words.say("No estimate of what both missed.")
    yield words.run_on((no, why))


def agreement(c: ComparisonFacts, words: Catalogue) -> str:
    """Return how far the two agree, in one line."""
    say, alike = words.say, c.both + c.neither
    facts = [say("{alike} of {n} judged alike", alike=number(alike), n=number(alike + c.first + c.second))]
    if c.percent is not None:
        facts.append(say("{percent} %", percent=decimal(c.percent)))
    if c.kappa is not None:
        kappa = decimal(c.kappa)
        if c.kappa_low is not None and c.kappa_high is not None:
            ends = {"low": decimal(c.kappa_low), "high": decimal(c.kappa_high)}
            kappa = say("{kappa} ({low} to {high})", kappa=kappa, **ends)
        facts.append(say("kappa {kappa}", kappa=kappa))
    elif c.kappa_why:
        facts.append(said(c.kappa_why, estimates.NO_KAPPA, words).rstrip("."))
    if c.missed is not None and c.reliable:
        facts.append(say("Chapman estimate, 95 % interval, if all bad units are as easy to see"))
        if c.missed_at_least:
            facts.append(say("if not, at least {n} missed", n=number(c.missed_at_least)))
    return " · ".join(facts)


def decided(d: Decision, words: Catalogue) -> str:
    """Return to what the third person came."""
    outcome = words.say("Accepted") if d.outcome == "accepted" else words.say("Rejected")
    return words.say(
        "{name} looked at every disputed unit. Outcome: {outcome}.", name=flat(d.by), outcome=outcome
    )


# What was before ----------------------------------------------------------------------------------------------------


def part_lines(r: InspectionReport, words: Catalogue) -> Iterator[str]:
    """Yield what the batch was split from, into which parts it was split, and how many units stayed."""
    say, unit = words.say, flat(r.batch.unit_word)
    for one in r.part_of:
        yield say("Part of batch {number}: {n} of its {all} {unit}. {way}.", number=flat(one.number),
                  n=number(one.quantity), all=number(one.of), unit=unit, way=_way(one, words))  # fmt: skip
    for one in r.parts:
        yield say("Split into batch {number}: {n} {unit}. {way}.", number=flat(one.number),
                  n=number(one.quantity), unit=unit, way=_way(one, words))  # fmt: skip
    if r.stays:
        yield say("{n} {unit} stayed.", n=number(r.stays), unit=unit)


def _way(part: PartLine, words: Catalogue) -> str:
    way = words.say(states.PART_WAYS[part.way])
    return words.say("{way}: {terms}", way=way, terms=flat(part.terms)) if part.terms else way


def earlier(e: EarlierRound, words: Catalogue) -> str:
    """Return how an earlier round ended."""
    text = words.say(
        "Round {no}, {date}: {outcome}. Signed by {names}.",
        no=e.no,
        date=day(e.on),
        outcome=verdict(e.outcome, words),
        names=listed(list(map(flat, e.by)), words) or "–",
    )
    if e.rejected_by:
        name, why = flat(e.rejected_by), flat(e.reason)
        return text + " " + words.say("Rejected after all by {name}: {reason}", name=name, reason=why)
    return f"{text} {e.reason}" if e.reason else text


def taken_back(taken: TakenBack, words: Catalogue) -> str:
    """Return what a check had come to that its signer took back."""
    say, name = words.say, flat(taken.person)
    counted = [
        say("{n} {class_word}", n=n, class_word=class_name(defect_class, words))
        for defect_class, n in taken.counted
    ]
    found = listed(counted, words) or say("nothing found")
    if taken.place == "first" and taken.verdict == "rejected":
        return say("First check taken back by {name}; it had rejected: {found}.", name=name, found=found)
    if taken.place == "first":
        return say("First check taken back by {name}; it had accepted: {found}.", name=name, found=found)
    if taken.verdict == "rejected":
        return say("Second check taken back by {name}; it had rejected: {found}.", name=name, found=found)
    return say("Second check taken back by {name}; it had accepted: {found}.", name=name, found=found)


def set_aside(s: SetAsideCheck, words: Catalogue) -> str:
    """Return a check that was begun and does not count."""
    say = words.say
    place = {"first": say("first check"), "second": say("second check"), "third": say("third check")}
    return say(
        "{name}, {place}, {kind} {time}, {done} units done, {found} findings: {reason}",
        name=flat(s.person),
        place=place[s.place],
        kind=say("set aside") if s.kind == "set_aside" else say("retracted"),
        time=moment(s.at),
        done=s.units_done,
        found=s.findings,
        reason=s.reason,
    )
