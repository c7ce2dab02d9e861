# SPDX-License-Identifier: Apache-2.0
"""Complaints in words: where one stands, what was done, what the inspectors saw, and the mail that answers it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from qcdesk.domain.events import (
    ComplaintAcknowledged,
    ComplaintAnswered,
    ComplaintCalledBack,
    ComplaintClosed,
    ComplaintHandedOver,
    ComplaintJudged,
    ComplaintLinked,
)
from qcdesk.i18n import Catalogue
from qcdesk.services.care_rows import ComplaintRow, LinkedRow, ProposalRow, SawRow, StepRow, TouchedRow
from qcdesk.services.chart_pictures import ChartPicture
from qcdesk.services.touch_charts import TouchChart
from qcdesk.wording.ages import begins, clock, local, minute, span
from qcdesk.wording.chart_pictures import control_picture
from qcdesk.wording.spelling import day, fixed, in_a_row

_DAY_US = 86_400_000_000


def number(complaint: int) -> str:
    """Return a complaint's number as people say it."""
    return f"C-{complaint}"


def stands(row: ComplaintRow, now: int, words: Catalogue) -> str:
    """Return where a complaint stands, on one line."""
    first, *more = standing(row, now, words)
    return words.say("{stands}. {promised}", stands=first, promised=more[0]) if more else first


def standing(row: ComplaintRow, now: int, words: Catalogue) -> tuple[str, ...]:
    """Return where a complaint stands, in a few words: the most pressing thing, then a call that is promised."""
    promised = calls_back(row, now, words)
    first = _first(row, now, words)
    return (first, promised) if promised and row.complaint.acknowledged is None else (promised or first,)


def calls_back(row: ComplaintRow, now: int, words: Catalogue) -> str:
    """Return when the customer is called back; nothing where no call is promised, or it is overdue."""
    promised = row.complaint.call_back
    if promised is None or row.complaint.overdue(now):
        return ""
    on = day(local(promised).date(), words, local(now).date())
    return words.say("Calls back {day} {time}", day=on, time=clock(promised))


def _first(row: ComplaintRow, now: int, words: Catalogue) -> str:
    complaint = row.complaint
    if complaint.closed is not None:
        return words.say("Closed")
    if complaint.overdue(now) and complaint.call_back is not None:
        late = span((now - complaint.call_back) // 1_000_000, words)
        return words.say("Call back overdue for {span}", span=late)
    if complaint.acknowledged is None:
        return words.say("Not acknowledged yet")
    if complaint.judged is None:
        return words.say("Escape or not: nobody has said yet")
    return words.say("Can be answered and closed")


def overdue(row: ComplaintRow, now: int, words: Catalogue) -> str:
    """Return that a promised call back of one's own is overdue."""
    late = span((now - (row.complaint.call_back or now)) // 1_000_000, words)
    return words.say(
        "{number}: you promised {customer} a call back {span} ago.",
        number=number(row.number),
        customer=row.complaint.taken.customer,
        span=late,
    )


def too_many(row: ComplaintRow, words: Catalogue) -> str:
    """Return that a complaint changed hands too often."""
    return words.say(
        "{number} of {customer} was handed over {n} times; {name} has it now.",
        number=number(row.number),
        customer=row.complaint.taken.customer,
        n=row.complaint.hand_overs,
        name=row.owner_name,
    )


def age_days(row: ComplaintRow, now: int) -> int:
    """Return how many days old it is, or was when it was closed: nobody knows at what time it came in."""
    return max(0, (local(row.closed_at or now).date() - row.complaint.taken.received).days)


def waiting_us(row: ComplaintRow, now: int) -> int:
    """Return for how long nothing was done for the customer; none once it is closed.

    Since a time that was put down; in whole days since a day of which no more is known.
    """
    if row.closed_at is not None:
        return 0
    since, exact = _last_served(row)
    return max(0, now - since) if exact else (local(now).date() - local(since).date()).days * _DAY_US


def _last_served(row: ComplaintRow) -> tuple[int, bool]:
    """Return since when nothing was done, and whether that is a time and not the beginning of a day."""
    done = (
        (at, True)
        if on is None or on >= local(at).date()
        else (begins(on), False)  # put down days afterwards
        for at, on in row.served
    )
    return max(done, default=(begins(row.complaint.taken.received), False))


def ages(row: ComplaintRow, now: int, words: Catalogue) -> str:
    """Return how old a complaint is, and for how long nothing was done for the customer."""
    age = _days(age_days(row, now), words)
    if row.closed_at is not None:
        return words.say("Took {span}", span=age)
    waiting = waiting_us(row, now)
    waits = span(waiting // 1_000_000, words) if _last_served(row)[1] else _days(waiting // _DAY_US, words)
    if not age_days(row, now):
        return words.say("Less than a day old, waits {waits}", waits=waits)
    return words.say("{age} old, waits {waits}", age=age, waits=waits)


def _days(n: int, words: Catalogue) -> str:
    return words.count("{n} day", "{n} days", n) if n else words.say("less than a day")


def hand_overs(row: ComplaintRow, words: Catalogue) -> str:
    """Return how often it changed hands; nothing where it never did."""
    n = row.complaint.hand_overs
    if not n:
        return ""
    if row.complaint.too_often:
        return words.count("Handed over {n} time: too often", "Handed over {n} times: too often", n)
    return words.count("Handed over {n} time", "Handed over {n} times", n)


def missed(row: ComplaintRow, words: Catalogue) -> str:
    """Return how many promised call-backs were missed; nothing where none was."""
    n = row.complaint.missed
    return words.count("{n} missed call back", "{n} missed call backs", n) if n else ""


def said(row: ComplaintRow, words: Catalogue) -> str:
    """Return from whom it came, and how."""
    taken = row.complaint.taken
    if taken.said_as == "spoken":
        return words.say("{customer}, spoken", customer=taken.customer)
    return words.say("{customer}, written", customer=taken.customer)


def done_by_others(
    row: ComplaintRow, has_it: bool, judges: bool, words: Catalogue, checked: tuple[str, ...] = ()
) -> str:
    """Return who does what the reader cannot do about a complaint; nothing where nothing is left to others.

    Args: checked: numbers of its batches of which a check may wait for its second.
    """
    lines = []
    if not has_it:
        lines.append(
            words.say(
                "{name} has it, and goes on with it; a planner or an administrator can hand it over.",
                name=row.owner_name,
            )
        )
    if not judges:
        lines.append(words.say("Whether it is an escape is said by an arbiter."))
    elif checked:
        lines.append(
            words.count(
                "Whether it is an escape is said once {batches} is checked.",
                "Whether it is an escape is said once {batches} are checked.",
                len(checked),
                batches=in_a_row(checked, words),
            )
        )
    return "\n".join(lines)


def step(row: StepRow, words: Catalogue) -> str:
    """Return what was done, without who and when."""
    match row.step:
        case ComplaintAcknowledged() as done:
            return words.say(
                "Read back; {by_whom} acknowledged it: {how}", by_whom=done.by_whom, how=done.how
            )
        case ComplaintHandedOver() as done:
            return words.say("Handed over to {name}: {reason}", name=row.to_name, reason=done.reason)
        case ComplaintCalledBack() as done:
            return _called(done, words)
        case ComplaintLinked() as done:
            if done.undone:
                return words.say("Not about batch {batch}, after all", batch=row.to_name)
            return words.say("About batch {batch}", batch=row.to_name)
        case ComplaintJudged() as done:
            return judged(done, words)
        case ComplaintAnswered() as done:
            return words.say("Answered by mail to {to}: {subject}", to=done.to, subject=done.subject)
        case ComplaintClosed() as done:
            return words.say("Closed: {outcome}", outcome=done.outcome)


_ENDS: Final = (".", "!", "?", "…", "。", "！", "？")


def _called(done: ComplaintCalledBack, words: Catalogue) -> str:
    if done.called and done.reached is False:
        tried = (
            words.say("Called, and reached nobody: {note}", note=done.note)
            if done.note.strip()
            else words.say("Called, and reached nobody.")
        )
        if done.call_back is None:
            return tried
        time = minute(done.call_back, words)
        return words.say("{tried} Next call promised for {time}", tried=_ended(tried), time=time)
    if done.called and done.call_back is not None:
        return words.say(
            "Called back: {note} Next call promised for {time}",
            note=_ended(done.note),
            time=minute(done.call_back, words),
        )
    if done.called:
        return words.say("Called back: {note}", note=done.note)
    time = minute(done.call_back or 0, words)
    if done.note:
        return words.say("Call back promised for {time}: {note}", time=time, note=done.note)
    return words.say("Call back promised for {time}", time=time)


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith(_ENDS) else f"{sentence}."


def judged(done: ComplaintJudged, words: Catalogue) -> str:
    """Return what was said of it, and what it proposes."""
    what = (
        words.say("An escape ({about}): {reason}", about=done.about, reason=done.reason)
        if done.escape
        else words.say("No escape ({about}): {reason}", about=done.about, reason=done.reason)
    )
    if not done.proposed:
        return what
    return words.say(
        "{what} Nothing in {procedures} looks for it; a step is proposed.",
        what=_ended(what),
        procedures=in_a_row(done.proposed, words),
    )


def linked(row: LinkedRow, words: Catalogue) -> str:
    """Return what a complaint's batch was, and under which procedure it was inspected."""
    if not row.procedure:
        return words.say("{number}, {product}: never inspected", number=row.number, product=row.product)
    return words.say(
        "{number}, {product}: inspected under {procedure} v{version}",
        number=row.number,
        product=row.product,
        procedure=row.procedure,
        version=row.version,
    )


def closed_checks(words: Catalogue) -> str:
    """Say why it is not shown what the inspectors saw."""
    return words.say("What the two inspectors saw is not open to you.")


def saw(row: SawRow, words: Catalogue) -> str:
    """Return what one inspector saw then."""
    if not row.found:
        return words.say("{name} found nothing", name=row.person)
    found = in_a_row(
        [words.say("{n} × {name}", n=n, name=name or code) for code, name, n in row.found], words
    )
    return words.say("{name} found {found}", name=row.person, found=found)


def proposal(row: ProposalRow, words: Catalogue) -> str:
    """Return what is proposed to the owner of a procedure."""
    return words.say(
        "{procedure}: customers complain of “{about}” (C-{number}), and nothing in it looks for that.",
        procedure=row.procedure,
        about=row.about,
        number=row.complaint,
    )


def touched(average: float, n: int, limit: float | None, words: Catalogue) -> str:
    """Return how often batches are touched, and above what something is wrong."""
    if not n:
        return words.say("No batch was worked on yet: no check was begun and no touch logged.")
    mean = fixed(average, 1, words)
    if limit is None:
        return words.say(
            "A batch that was worked on is touched {mean} times on average; what is too often can be told from 8"
            " such batches on that differ.",
            mean=mean,
        )
    return words.say(
        "A batch that was worked on is touched {mean} times on average; more than {limit} times is out of the usual.",
        mean=mean,
        limit=fixed(limit, 1, words),
    )


def too_often(rows: tuple[TouchedRow, ...], words: Catalogue) -> str:
    """Return which batches were touched more often than the others let expect; nothing where none was."""
    if not rows:
        return ""
    return words.say(
        "Something is wrong with {batches}: touched too often.",
        batches=in_a_row(
            [words.say("{number} ({n} times)", number=r.number, n=r.touches) for r in rows], words
        ),
    )


def touch_picture(found: TouchChart, words: Catalogue) -> ChartPicture | None:
    """Return the touches of batches as a chart; None: there are too few, or they do not differ."""
    if found.chart is None:
        return None
    numbers = [row.number for row in found.rows]
    drawn = control_picture(found.chart, words, names=numbers, title=words.say("Touches of each batch"))
    panel = drawn.panels[0]
    x, y = replace(panel.x, title=words.say("Batch")), replace(panel.y, title=words.say("Touches"))
    return replace(drawn, title="", panels=(replace(panel, x=x, y=y, title=""),), note="")


def letter(row: ComplaintRow, words: Catalogue) -> tuple[str, str]:
    """Return subject and text of the answer to a customer, to be completed by whoever writes it."""
    taken = row.complaint.taken
    lines = [
        words.say("Dear {customer},", customer=taken.customer),
        "",
        words.say("On {day} you told us:", day=taken.received.isoformat()),
        "",
        *("> " + line for line in taken.words.split("\n")),
        "",
    ]
    if row.numbers:
        lines += [
            words.say(
                "We have looked into it; it is about batch {batches}.", batches=in_a_row(row.numbers, words)
            ),
            "",
        ]
    lines += [words.say("With kind regards"), row.owner_name, ""]
    return words.say("Your complaint {number}", number=number(row.number)), "\n".join(lines)
