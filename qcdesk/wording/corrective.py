# SPDX-License-Identifier: Apache-2.0
"""Corrective actions and promises in words: the disciplines, where a promise stands and why, and the mail."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from qcdesk.domain.corrective import ActionState, CorrectiveAction, Promise, Step, StepSaid, Stop
from qcdesk.domain.promises import LotFound, PromiseState, PromiseTest, of_finding
from qcdesk.i18n import Catalogue, mark
from qcdesk.services.repeated_defects import StopInspection, Tightened
from qcdesk.wording.spelling import day, in_a_row
from qcdesk.wording.states import BATCH_STATES, CLASS_WORDS

STATES: Final[dict[ActionState, str]] = {
    "open": mark("Open"),
    "reopened": mark("Open again"),
    "closed": mark("Closed"),
}
PROMISE_STATES: Final[dict[PromiseState, str]] = {
    "kept": mark("Kept"),
    "late": mark("Late"),
    "broken": mark("Broken"),
    "open": mark("Not yet testable"),
}
STEPS: Final[dict[Step, str]] = {
    "D0": mark("First response, and what is at stake"),
    "D1": mark("Who works on it"),
    "D2": mark("What the problem is"),
    "D3": mark("Containment until it is solved"),
    "D4": mark("Root causes, and why it was not noticed"),
    "D5": mark("Corrective actions chosen, and why they will work"),
    "D6": mark("Corrective actions in place, and what shows it"),
    "D7": mark("What keeps it from coming back, here and elsewhere"),
    "D8": mark("What was learned, and thanks"),
}


def test_words(test: PromiseTest, words: Catalogue, codes: tuple[str, ...]) -> str:
    """Return how a promise is decided: "SCR on at most 0.5 % of units over the next 3 lots".

    Args: codes: what its action is about: a lot that shows one of them is not accepted as promised.
    """
    if test.kind == "certificate":
        return words.say("{document} is received", document=test.document)
    if test.kind == "accepted":
        named = ", ".join(code for code in codes if not of_finding(code))
        if test.product:
            if named:
                return words.say("the next lot of {product} is accepted and shows none of: {codes}",
                                 product=test.product, codes=named)  # fmt: skip
            return words.say("the next lot of {product} is accepted", product=test.product)
        if named:
            return words.say("the next lot is accepted and shows none of: {codes}", codes=named)
        return words.say("the next lot is accepted")
    percent = plain_percent(test.percent or Decimal(0))
    named = words.say(CLASS_WORDS[test.defect_class]) if test.defect_class else test.code
    if test.lots == 1:
        return words.say(
            "{named} on at most {percent} % of units in the next lot", named=named, percent=percent
        )
    return words.say(
        "{named} on at most {percent} % of units over the next {lots} lots",
        named=named,
        percent=percent,
        lots=test.lots,
    )


def plain_percent(percent: Decimal) -> str:
    """Return a percentage in plain digits, without zeros that say nothing."""
    text = f"{percent:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def promise_state(promise: Promise, words: Catalogue) -> str:
    """Return where a promise stands, in a word or two."""
    state = words.say(PROMISE_STATES[promise.decision.state])
    return words.say("{state}, replaced", state=state) if promise.replaced else state


def why(promise: Promise, words: Catalogue) -> str:
    """Return what decided a promise, or what it waits for, and which lots decide nothing."""
    said = [_decided(promise, words)]
    over = promise.decision.passed_over
    gone = tuple(one.number for one in over if one.over != "unsought")
    unsought = tuple(one.number for one in over if one.over == "unsought")
    if gone:
        said.append(words.count("{lots} was passed over: nothing of it was ever judged.",
                                "{lots} were passed over: nothing of them was ever judged.", len(gone),
                                lots=in_a_row(gone, words)))  # fmt: skip
    if unsought:
        said.append(words.count("{lots} was passed over: nobody looked in it for what was promised.",
                                "{lots} were passed over: nobody looked in them for what was promised.", len(unsought),
                                lots=in_a_row(unsought, words)))  # fmt: skip
    return words.run_on(said)


def _decided(promise: Promise, words: Catalogue) -> str:
    found, test = promise.decision, promise.test
    lots = in_a_row(found.lots, words)
    if test.kind == "certificate":
        if promise.received is not None and promise.again:
            return words.say(
                "Received on {day}, but an audit found the same again: {finding}.",
                day=day(promise.received, words),
                finding=promise.again,
            )
        if promise.received is not None:
            return words.say("Received on {day}.", day=day(promise.received, words))
        if found.state == "broken":
            return words.say("Not received by {day}.", day=day(promise.due, words))
        return words.say("Waits for the document.")
    if found.state == "open":
        waiting = tuple(one.number for one in found.counted if one.verdict is None)
        missing = test.needs - max(len(found.counted), len(found.lots))
        if waiting:
            return words.count("{lots}, registered after the promise, is not decided yet.",
                               "{lots}, registered after the promise, are not decided yet.", len(waiting),
                               lots=in_a_row(waiting, words))  # fmt: skip
        if found.lots:
            return words.count("Waits for {n} more lot, after {lots}.", "Waits for {n} more lots, after {lots}.", missing,
                               lots=lots)  # fmt: skip
        return words.count("Waits for the next lot.", "Waits for the next {n} lots.", missing)
    if test.kind == "accepted":
        if found.state == "broken":
            if found.counted and found.counted[-1].verdict == "accepted":
                return words.say("{lots} was accepted, and shows again what the action is about.", lots=lots)
            if found.counted and not found.counted[-1].rounds:
                return words.say("{lots} went away before two had judged it, and shows again what the action is about.",
                                 lots=lots)  # fmt: skip
            return words.say("{lots} was rejected.", lots=lots)
        return words.say("{lots} was accepted.", lots=lots)
    if not found.units:
        return words.count("{lots} shows it, and two never judged what it was one of.",
                           "{lots} show it, and two never judged what they were one of.", len(found.lots),
                           lots=lots)  # fmt: skip
    return words.say("{bad} of {units} units in {lots}.", bad=found.bad, units=found.units, lots=lots)


def overdue(promise: Promise, today: date, words: Catalogue) -> str:
    """Return by how much a promise is overdue; empty: it is not."""
    if not promise.overdue(today):
        return ""
    return words.count("{n} day overdue", "{n} days overdue", (today - promise.due).days)


def ledger(actions: Iterable[CorrectiveAction], today: date, words: Catalogue) -> str:
    """Return in a sentence what became of promises: "4 promises: 1 broken, 1 overdue, 2 kept."."""
    made = [p for action in actions for p in action.promises]
    if not made:
        return words.say("Nothing was promised yet.")
    states = [p.decision.state for p in made]
    overdue = sum(p.decision.state == "open" and p.overdue(today) for p in made)
    counts = (
        (mark("{n} broken"), states.count("broken")),
        (mark("{n} overdue"), overdue),
        (mark("{n} not yet testable"), states.count("open") - overdue),
        (mark("{n} late"), states.count("late")),
        (mark("{n} kept"), states.count("kept")),
    )
    said = in_a_row(tuple(words.say(text, n=n) for text, n in counts if n), words)
    return words.count("{n} promise: {said}.", "{n} promises: {said}.", len(made), said=said)


def promise_overdue(
    action: CorrectiveAction, promise: Promise, supplier: str, today: date, words: Catalogue
) -> str:
    """Return that a promise of a supplier is overdue, for whoever it was made to."""
    return words.count(
        "{action}: {supplier} promised “{promise}”, {n} day overdue.",
        "{action}: {supplier} promised “{promise}”, {n} days overdue.",
        (today - promise.due).days,
        action=action.name,
        supplier=supplier,
        promise=promise.words.split("\n")[0],
    )


def step_overdue(action: CorrectiveAction, step: StepSaid, today: date, words: Catalogue) -> str:
    """Return that a step is overdue, for whoever sees to it."""
    return words.count(
        "{action}: {step} “{title}” is {n} day overdue.",
        "{action}: {step} “{title}” is {n} days overdue.",
        (today - (step.due or today)).days,
        action=action.name,
        step=step.step,
        title=words.say(STEPS[step.step]),
    )


def stopped(stop: Stop, supplier: str, action: str, words: Catalogue) -> str:
    """Return what a standing stop holds back."""
    shown = mark(
        "{code} came again with {batch}: no {product} of {supplier} is released until two decide ({action})."
    )
    told = mark(
        "{code} was reported again: no {product} of {supplier} is released until two decide ({action})."
    )
    return words.say(
        shown if stop.number else told,
        code=stop.code,
        batch=stop.number,
        product=stop.product,
        supplier=supplier,
        action=action,
    )


_INSPECTED: Final[dict[Tightened, str]] = {
    "tightened": mark("Inspection of {product} from this supplier is tightened by {procedure}."),
    "rounds": mark(
        "Each new round of {product} from this supplier is tightened until this corrective action is closed."
    ),
    "nothing": mark("{procedure} accepts no such unit at all, so there is nothing to tighten."),
    "first_round": mark(
        "No procedure is in use for {product}; each round by the next one is tightened until this action is closed."
    ),
    "normal": mark(
        "Inspection of {product} from this supplier is not tightened now; a planner can tighten it."
    ),
    "unswitched": mark(
        "{procedure} does not switch its inspection, so nothing is tightened; a new version of it can switch."
    ),
    "no_procedure": mark(
        "No procedure is in use for {product}, so nothing is tightened; a planner can write one."
    ),
}


def inspected(stop: Stop, now: StopInspection, words: Catalogue) -> str:
    """Return whether the goods that a stop holds back are inspected more tightly, and else what can be done."""
    return words.say(_INSPECTED[now.state], product=stop.product, procedure=now.procedure)


def rounds_tightened(stops: Iterable[tuple[Stop, str]], words: Catalogue) -> Iterator[str]:
    """Yield of which goods whole rounds are tightened as a defect came again, and until which action is closed."""
    shown = mark(
        "{code} came again with {batch}: each new round of {product} is tightened until {action} is closed."
    )
    told = mark(
        "{code} was reported again: each new round of {product} is tightened until {action} is closed."
    )
    for stop, action in stops:
        yield words.say(
            shown if stop.number else told,
            code=stop.code, batch=stop.number, product=stop.product, action=action,
        )  # fmt: skip


def also_shown(lots: tuple[str, ...], words: Catalogue) -> str:
    """Return which older lots show since the promise what an action is about; empty: none does."""
    if not lots:
        return ""
    return words.count("{lots}, registered before the promise", "{lots}, registered before the promise", len(lots),
                       lots=in_a_row(lots, words))  # fmt: skip


def lots_needed(action: CorrectiveAction, words: Catalogue) -> str:
    """Return how many lots decided each promise of those that it needs: "2 of 3 lots"; empty: none needs any."""
    made = [p for p in action.promises if p.test.needs and not p.replaced]
    said = [
        words.count("{there} of {n} lot", "{there} of {n} lots", p.test.needs, there=len(p.decision.lots))
        for p in made
    ]
    if len(made) < 2:
        return "".join(said)
    each = (words.say("promise {no}: {said}", no=p.no, said=one) for p, one in zip(made, said, strict=True))
    return in_a_row(tuple(each), words)


def lot_stands(lot: LotFound, words: Catalogue) -> str:
    """Return the verdict on a lot that a promise is held against, in a word or two."""
    if lot.over:
        return words.say("Passed over")
    if lot.verdict is None:
        return words.say("Not decided yet")
    if not lot.rounds:
        return words.say("Went away unjudged")
    return words.say("Accepted") if lot.verdict == "accepted" else words.say("Rejected")


def lot_why(lot: LotFound, today: date, words: Catalogue) -> str:
    """Return why a lot is passed over, what one that is not decided waits for, or the day of its verdict."""
    if lot.over == "unsought":
        return words.say("Nobody looked in it for what was promised.")
    if lot.over:
        return words.say("Nothing of it was ever judged.")
    if lot.verdict is None or not lot.rounds:
        return words.say(BATCH_STATES[lot.state]) if lot.state in BATCH_STATES else ""
    return day(lot.on, words, today)


def lot_shows(
    lot: LotFound, codes: tuple[str, ...], words: Catalogue, called: tuple[str, ...] | None = None
) -> str:
    """Return which codes of an action a lot shows, and on how many units; ``called``: as people call them."""
    shown, name = lot.shows(codes), dict(zip(codes, called or codes, strict=True))
    if not shown:
        return words.say("none of its codes") if lot.verdict is not None and not lot.over else ""
    said = (
        words.count("{code} on {n} unit", "{code} on {n} units", lot.codes[code], code=name[code])
        if lot.codes.get(code)
        else words.say("{code}, found otherwise", code=name[code])
        for code in shown
    )
    return in_a_row(tuple(said), words)


@dataclass(frozen=True, slots=True)
class Urgent:
    """What needs somebody most: in a sentence, of which action, and whether goods are held back or a word is broken."""

    text: str
    action: CorrectiveAction
    loud: bool


def most_urgent(
    actions: Iterable[CorrectiveAction], supplier: str, today: date, words: Catalogue
) -> Urgent | None:
    """Return what of a supplier's actions needs somebody most; None: nothing does.

    A stop comes first, then a promise that is broken, one that is overdue, and an action that is open again.
    """
    found = sorted(actions, key=lambda one: -one.number)
    for action in found:
        for stop in action.stops:
            if stop.decided is None:
                return Urgent(stopped(stop, supplier, action.name, words), action, loud=True)
    going = [one for one in found if one.state != "closed"]
    for action in going:
        for promise in action.open_promises():
            if promise.decision.state == "broken":
                said = words.say("{action}: the promise “{promise}” is broken. {why}", action=action.name,
                                 promise=promise.words.split("\n")[0], why=why(promise, words))  # fmt: skip
                return Urgent(said, action, loud=True)
    for action in going:
        for promise in action.overdue_promises(today):
            return Urgent(promise_overdue(action, promise, supplier, today, words), action, loud=False)
    for action in going:
        if action.state == "reopened":
            said = words.say("{action} is open again: {title}.", action=action.name, title=action.title)
            return Urgent(said, action, loud=False)
    return None


def needs_someone(actions: Iterable[CorrectiveAction], supplier: str, today: date, words: Catalogue) -> str:
    """Return in a sentence what of a supplier's actions needs somebody most; empty: nothing does."""
    found = most_urgent(actions, supplier, today, words)
    return found.text if found is not None else ""


def about(action: CorrectiveAction, words: Catalogue) -> str:
    """Return what an action is about: its codes, and of which product."""
    codes = in_a_row(action.codes, words)
    if action.product:
        return words.say("{codes} on {product}", codes=codes, product=action.product)
    return words.say("{codes} on everything", codes=codes)


def mail_subject(action: CorrectiveAction, words: Catalogue) -> str:
    """Return the subject of a mail about an action."""
    return words.say("Corrective action request {name}: {title}", name=action.name, title=action.title)


def mail_text(
    action: CorrectiveAction,
    supplier: str,
    contact: str,
    shop: str,
    sender: str,
    reply_by: date | None,
    words: Catalogue,
) -> str:
    """Return the text of the request, in the supplier's language as far as it is there."""
    say = words.say
    lines = [say("Dear {name},", name=contact or supplier), ""]
    lines += [
        say(
            "we found a defect in goods from {supplier} and ask you for corrective action.", supplier=supplier
        ),
        "",
    ]
    lines += [say("Number: {name}", name=action.name), say("Subject: {title}", title=action.title),
              say("Concerns: {about}", about=about(action, words))]  # fmt: skip
    if action.finding:
        lines += [say("What we found: {finding}", finding=action.finding)]
    lines += ["", say("Please answer each of these:"), ""]
    lines += [say("{step} {title}", step=step, title=say(title)) for step, title in STEPS.items()]
    steps = {one.step: one for one in action.steps}
    dues = [
        say("{step} by {day}", step=s, day=day(one.due, words))
        for s, one in steps.items()
        if one.due is not None
    ]
    if dues:
        lines += ["", say("Due: {dues}", dues=in_a_row(tuple(dues), words))]
    if reply_by is not None:
        lines += ["", say("We wait for your answer by {day}.", day=day(reply_by, words))]
    lines += ["", say("Tell us with each promise by when, and how it can be seen that it was kept. We will hold it"
                      " against the goods that come."), "", say("With kind regards"), sender, shop]  # fmt: skip
    return "\n".join(lines)
