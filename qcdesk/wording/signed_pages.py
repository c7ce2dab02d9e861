# SPDX-License-Identifier: Apache-2.0
"""What the pages of a paper must show of what people signed, in the paper's own words.

The lines that a paper carries are put into the sentences and rows that its pages have, by the functions that wrote these,
in every language that the program has, and looked for in the text of the pages. What the lines do not tell (the names of
other parties, what was counted over other lots, pictures, the layout) is the workstation's word alone.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from itertools import permutations
from typing import Any, Final, cast

from qcdesk import config
from qcdesk.checker.lines import Line
from qcdesk.checker.papers import CERTIFICATES, Answer, version_of
from qcdesk.domain import audits as audit_rules
from qcdesk.domain.audit_templates import AuditTemplate, said
from qcdesk.domain.codec import from_data
from qcdesk.domain.corrective import STEPS
from qcdesk.domain.corrective import name_of as action_name
from qcdesk.domain.events import (
    ActionStep,
    AuditAnswered,
    NonconformityClosed,
    NonconformityHandedOver,
    NonconformityLinked,
    NonconformityOpened,
    ProcedureDrafted,
    PromiseMade,
    RoundOpened,
    all_facts,
)
from qcdesk.domain.nonconformities import Step, begun
from qcdesk.domain.nonconformities import name_of as nonconformity_name
from qcdesk.domain.procedures import Characteristic
from qcdesk.domain.sampling import BY_SERIOUSNESS, DefectClass
from qcdesk.domain.times import log_day, to_datetime, to_rfc3339
from qcdesk.i18n import Catalogue, available, half, load, mark, side_by_side
from qcdesk.services.fill_analysis import looked_for, measured_in
from qcdesk.services.fill_first_article import account
from qcdesk.services.inspection_report import Signature
from qcdesk.services.nonconformity_rows import (
    GoodsDecidedRow,
    NonconformingRow,
    NonconformityPage,
    NonconformityRow,
    NonconformityStepRow,
)
from qcdesk.services.signed_lines import report_of
from qcdesk.wording import audits, corrective, modes, nonconformities, report_runs, states
from qcdesk.wording.ages import local
from qcdesk.wording.inspection_reports import moment
from qcdesk.wording.limits import decimal, limits, number
from qcdesk.wording.page_texts import CUT, OPEN, Pages, Run
from qcdesk.wording.sampling_rules import lot_rows, rule_words
from qcdesk.wording.spelling import day, in_a_row, to_the_second

_OFFSETS: Final = re.compile(r"\d\d:\d\d(?::\d\d)? ?([+-])(\d\d):?(\d\d)")
_LONGEST: Final = 120


class OutOfForm(ValueError):
    """The lines of a paper hold, and are not all that this program would have written of what it is about."""


def differing(answer: Answer, text: str) -> list[str]:
    """Return what was signed and the pages do not show, each as they would say it. Raises: OutOfForm."""
    told = _TOLD.get(answer.said.get("document", ""))
    if told is None or not answer.lines:
        return []
    zones, folder, page = _zones(text, answer.said["at"]), config.resource("translations"), Pages(text)
    known = [load(language, folder) for language in available(folder)]
    heading = _HEADINGS[answer.said["document"]]
    single = [words for words in known if page.show((words.say(heading),))] or known
    both = (side_by_side(first, second) for first, second in permutations(single, 2))
    fewest: list[str] | None = None
    for words in (*single, *both):
        missing = _missing(answer, text, words, zones, told)
        if not missing:
            return []
        fewest = missing if fewest is None or len(missing) < len(fewest) else fewest
    return fewest or []


def _missing(
    answer: Answer,
    text: str,
    words: Catalogue,
    zones: Sequence[tzinfo],
    told: Callable[[_Signed], Iterator[Run]],
) -> list[str]:
    """Return the runs that stand on no page, whichever of the zones a time is told in."""
    page = Pages(text)
    missing: list[str] | None = None
    for zone in zones:
        try:
            runs = Counter(told(_Signed(answer, words, zone, page)))
        except (LookupError, ValueError) as wrong:  # lines of another maker, signed with other keys
            raise OutOfForm(answer.said["number"]) from wrong
        lost = [
            " ".join(half(part, 0) for part in run if part)
            for run, times in runs.items()
            if not page.show(run, times)
        ]
        missing = lost if missing is None else [one for one in missing if one in lost]
    shown = [" ".join(one.split()) for one in missing or []]
    return [one if len(one) <= _LONGEST else one[: _LONGEST - 1] + CUT for one in dict.fromkeys(shown)]


def _zones(text: str, at: int) -> list[tzinfo]:
    """Return the offsets in which times stand on the pages; where there are none, this machine's at a time."""
    found = dict.fromkeys(_OFFSETS.findall(text))
    zones: list[tzinfo] = [
        timezone((1 if sign == "+" else -1) * timedelta(hours=int(hours) % 24, minutes=int(minutes) % 60))
        for sign, hours, minutes in list(found)[:4]
    ]
    return zones or [local(at).tzinfo or UTC]


class _Signed:
    """What the lines of a paper tell, in a language and a zone."""

    def __init__(self, answer: Answer, words: Catalogue, zone: tzinfo, page: Pages) -> None:
        self.answer, self.words, self.zone, self.page = answer, words, zone, page
        self.say = words.say
        self.subject = str(answer.said.get("subject", ""))

    def of(self, *kinds: str, **fields: object) -> list[Line]:
        """Return the lines of these kinds that have these fields."""
        return [
            line
            for line in self.answer.lines
            if line.type in kinds and all(line.body.get(name) == value for name, value in fields.items())
        ]

    def name(self, person: str | None) -> str:
        return self.answer.names.get(person or "", "")

    def when(self, us: int) -> datetime:
        return to_datetime(us, UTC).astimezone(self.zone)

    def moment(self, us: int) -> str:
        return to_the_second(self.when(us))

    def at_minute(self, us: int) -> str:
        """Return a time as papers that are read across a desk have it: to the minute, with its offset."""
        at = self.when(us)
        offset = at.strftime("%z")
        return f"{at.strftime('%Y-%m-%d %H:%M')} {offset[:3]}:{offset[3:]}"

    def on_day(self, us: int) -> str:
        return day(self.when(us).date(), self.words)

    def minute(self, us: int) -> str:
        return self.say("{day} {time}", day=self.on_day(us), time=self.when(us).strftime("%H:%M"))

    def around(self, message: str, **values: object) -> Run:
        """Return what a sentence says before and behind the place that is left open with ``OPEN``."""
        return tuple(half(self.say(message, **values), 0).split(OPEN))


def _fact(line: Line) -> Any:  # noqa: ANN401 - of the class that its type names
    return from_data(all_facts()[line.type], dict(line.body))


# A nonconformity ----------------------------------------------------------------------------------------------------


def _nonconformity(signed: _Signed) -> Iterator[Run]:
    say, words = signed.say, signed.words
    number = int(signed.subject)
    begin, *later = (
        line for line in signed.answer.lines
        if line.type.startswith("nonconformity.") and line.body.get("nonconformity") == number
    )  # fmt: skip
    opened: NonconformityOpened = _fact(begin)
    one = begun(opened, begin.by or "")
    steps = []
    ended: Line | None = None
    for line in later:
        step: Step = _fact(line)
        one = one.after(step, line.by or "")
        ended = line if isinstance(step, NonconformityClosed) else ended
        to = signed.name(step.owner) if isinstance(step, NonconformityHandedOver) else ""
        steps.append(NonconformityStepRow(None, line.at, signed.name(line.by), step, to))
    closed = ended if one.closed is not None else None
    rounds: list[RoundOpened] = [_fact(line) for line in signed.of("round.opened", batch=opened.batch)]
    goods = signed.answer.goods
    row = NonconformityRow(
        one, opened.batch, signed.answer.said["number"], "", "", "", signed.name(one.owner), begin.at,
        signed.name(begin.by), signed.name(one.opener), None if closed is None else closed.at,
        "" if closed is None else signed.name(closed.by), (),
    )  # fmt: skip
    found = _found(signed, opened, begin.seq, rounds)
    placed = signed.of("batch.placed", batch=opened.batch)
    page = NonconformityPage(
        row, None, goods.state, goods.held, goods.quantity,
        str(placed[-1].body["stands"]) if placed else "", found, tuple(steps), _decided(signed, opened.batch), (),
    )  # fmt: skip
    yield (say("Nonconformity {number}", number=nonconformity_name(number)),)
    yield (nonconformities.title(page, words),)
    for saved in signed.of("batch.saved", batch=opened.batch)[-1:]:
        product = signed.of("product.saved", product=saved.body["product"])[-1].body["name"]
        batch = {"batch": saved.body["number"], "product": product}
        told = signed.around("Batch {batch}, {product}, from {supplier}", **batch, supplier=OPEN)
        if not saved.body.get("supplier"):
            told = (say("Batch {batch}, {product}", **batch),)
        yield from ((part,) for part in told)
    if one.closed is None or row.closed_at is None:
        yield (nonconformities.stands(row, log_day(signed.answer.said["at"]), words),)
    else:
        yield (nonconformities.closed_by(one.closed, row.closed_by, signed.minute(row.closed_at), words),)
    yield say("Affected"), nonconformities.affected(row, words, goods.quantity)
    yield say("The goods"), nonconformities.where(page, words)
    yield say("Containment"), one.containment
    yield say("Owner"), say("{name}, due {day}", name=row.owner_name, day=day(one.due, words))
    when = signed.on_day(begin.at)
    yield say("Opened"), say("{when} by {name}", when=when, name=row.opened_by)
    for decided in page.decided:
        yield nonconformities.decided(decided, words), signed.moment(decided.at)
    for defect in page.defects:
        yield (nonconformities.defect(defect, words),)
    yield row.opened_by, say("Opened, contained at once: {text}", text=opened.containment)
    yield (signed.moment(begin.at),)
    for each in steps:
        if isinstance(
            each.step, NonconformityLinked
        ):  # to an action whose lines are not a paper's of this one
            yield (signed.moment(each.at),)
            continue
        what = nonconformities.step(each, words)
        if isinstance(each.step, NonconformityClosed):
            what = say("Signed: {what}", what=what)
        yield each.person, what
        yield (signed.moment(each.at),)


def _found(
    signed: _Signed, opened: NonconformityOpened, seq: int, rounds: Sequence[RoundOpened]
) -> tuple[NonconformingRow, ...]:
    """Return what the compared rounds before it was opened found of its codes."""
    names: dict[str, str] = {}
    for one in rounds:
        names |= one.procedure.content.names_by_code()
    compared = {line.body["round"] for line in signed.of("round.compared") if line.seq < seq}
    checks = {
        line.body["check"]
        for line in signed.of("check.started", batch=opened.batch)
        if line.body["round"] in compared and line.body["place"] in ("first", "second")
    }
    saved = [line for line in signed.of("check.recorded") if line.body["check"] in checks]
    gone = {one["finding"] for line in saved for one in line.body.get("withdrawn", [])}
    gone |= {
        one["replaces"] for line in saved for one in line.body.get("measured", []) if one.get("replaces")
    }
    units: dict[str, set[int]] = defaultdict(set)
    tallied: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    classes: dict[str, set[str]] = defaultdict(set)
    for line in saved:
        bad = [
            one | {"code": one["characteristic"]}
            for one in line.body.get("measured", [])
            if not one["inside"]
        ]
        for one in (*line.body.get("findings", []), *bad):
            if one["id"] in gone:
                continue
            classes[one["code"]].add(one["defect_class"])
            if one["unit"] is None:
                tallied[one["code"]][line.body["check"]] += one["count"]
            else:
                units[one["code"]].add(one["unit"])
    return tuple(
        NonconformingRow(
            code,
            names.get(code, code),
            cast("DefectClass", min(classes[code])),
            len(units[code]) + max(tallied[code].values(), default=0),
            (),
        )
        for code in opened.codes
        if code in classes
    )


def _decided(signed: _Signed, batch: str) -> tuple[GoodsDecidedRow, ...]:
    """Return what was decided of the goods of a batch, as a whole."""
    asked = {line.body["concession"]: line.body["deviation"] for line in signed.of("concession.requested")}
    compared = {line.body["round"]: line.seq for line in reversed(signed.of("round.compared"))}
    rows = []
    for line in signed.of("batch.disposed", "concession.approved", batch=batch):
        body, people = line.body, tuple(map(signed.name, line.signers))
        kind, reason = "concession", asked.get(body.get("concession"), "")
        if line.type == "batch.disposed":
            kind = body["disposition"]
            reason = body["reason"] if compared.get(body["round"], line.seq) < line.seq else ""
        rows.append(
            GoodsDecidedRow(None, line.at, cast("Any", kind), body["quantity"], people, reason, False)
        )
    return tuple(rows)


# A corrective action ------------------------------------------------------------------------------------------------


def _corrective(signed: _Signed) -> Iterator[Run]:
    say, words = signed.say, signed.words
    lines = [line for line in signed.answer.lines if line.body.get("action") == signed.subject]
    [begin] = (line for line in lines if line.type == "action.opened")
    names = {str(line.body["code"]): str(line.body["name"]) for line in signed.of("defect_code.saved")}
    codes = tuple(names.get(code) or code for code in begin.body["codes"])
    yield (say("Corrective action {name}", name=action_name(begin.body["number"])),)
    yield (begin.body["title"],)
    yield (say("Opened {at} by {name}", at=signed.on_day(begin.at), name=signed.name(begin.by)),)
    if not begin.body["product"]:
        yield (say("{codes} on everything", codes=in_a_row(codes, words)),)
    if signed.answer.said["state"] == "closed":
        closed = max(line.at for line in lines if line.type == "action.closed")
        yield (say("Fixed and closed {at}: every promise had passed its test.", at=signed.on_day(closed)),)
    else:
        stands = (say("Not fixed yet."), say("Fixed: every promise has passed its test."))
        yield (next((one for one in stands if signed.page.show((one,))), stands[0]),)
    if begin.body.get("finding"):
        yield (say("What was found: {finding}", finding=begin.body["finding"]),)
    steps: dict[str, ActionStep] = {
        line.body["step"]: _fact(line) for line in lines if line.type == "action.step"
    }
    for step in STEPS:
        yield (say("{step} {title}", step=step, title=say(corrective.STEPS[step])),)
        if step in steps:
            one = steps[step]
            facts = [signed.name(one.person)]
            facts.append(say("due {day}", day=day(one.due, words)) if one.due else "")
            facts.append(say("done") if one.done else say("not done yet"))
            facts += [attached.name for attached in one.attachments]
            yield (one.text,)
            yield (", ".join(fact for fact in facts if fact),)
    for line in lines:
        if line.type == "promise.made":
            promise: PromiseMade = _fact(line)
            test = () if promise.test.product else (_test(promise, codes, names, words),)
            yield str(promise.no), promise.words, day(promise.due, words), *test


def _test(promise: PromiseMade, codes: tuple[str, ...], names: dict[str, str], words: Catalogue) -> str:
    test = replace(promise.test, code=names.get(promise.test.code) or promise.test.code)
    return corrective.test_words(test, words, codes)


# An audit -----------------------------------------------------------------------------------------------------------


def _audit(signed: _Signed) -> Iterator[Run]:
    say, words = signed.say, signed.words
    by = {line.type: line for line in signed.answer.lines if line.body.get("audit") == signed.subject}
    begin, done, seen, end = (by[f"audit.{kind}"] for kind in ("opened", "signed", "reviewed", "closed"))
    asked = signed.of(
        "audit_template.saved",
        code=begin.body["template"],
        version=begin.body["version"],
        hash=begin.body["hash"],
    )
    content: AuditTemplate = _fact(asked[-1]).content
    auditor, reviewer = signed.name(begin.by), signed.name(seen.by)
    first: dict[str, audit_rules.Answer] = {}
    second: dict[str, audit_rules.Answer] = {}
    for line in signed.of("audit.answered", audit=signed.subject):
        saved: AuditAnswered = _fact(line)
        kept = first if saved.place == "first" else second if line.by == seen.by else {}
        kept |= {one.question: one for one in saved.answers}
    closed, reviewed = _fact(end), _fact(seen)
    counting = {**first, **{one.question: one for one in closed.settled}}
    outcome = audit_rules.outcome_of(content, counting)
    yield (say("Supplier audit {audit}", audit=audit_rules.number_of(begin.body["no"])),)
    yield (
        say(
            "{title} ({template} v{version}), begun {at}",
            title=said(content.title, "en"),
            template=begin.body["template"],
            version=begin.body["version"],
            at=signed.moment(begin.at),
        ),
    )
    yield (audits.sentence(outcome, content.pass_percent, content.conditional_percent, words),)
    titles = {section.code: said(section.title, "en") for section in content.sections}
    for part in outcome.sections:
        yield (
            say("{code} {title}", code=part.code, title=titles[part.code]),
            say("{n} of {all}", n=part.applies, all=part.of),
            str(part.weight),
            audits.percent(part.part, words),
        )
    yield say("Score"), audits.percent(outcome.score, words)
    yield (
        say(
            "“I audited”: {name}, {at} (event {event}).",
            name=auditor,
            at=signed.moment(done.at),
            event=done.seq,
        ),
    )
    yield (
        say("“I reviewed the evidence”: {name}, {at} (event {event}).", name=reviewer, at=signed.moment(seen.at),
            event=seen.seq),
    )  # fmt: skip
    yield (say("Closed {at} (event {event}).", at=signed.moment(end.at), event=end.seq),)
    yield (
        words.count(
            "{n} of {all} questions was drawn or critical and answered by the second person too, from the evidence and "
            "without the auditor's answer.",
            "{n} of {all} questions were drawn or critical and answered by the second person too, from the evidence and "
            "without the auditor's answers.",
            len(reviewed.sample),
            all=len(content.questions),
        ),
    )
    yield (
        words.count(
            "{n} was answered otherwise and settled by both.",
            "{n} were answered otherwise and settled by both.",
            len(reviewed.differences),
        ),
    )
    for section in content.sections:
        for question in section.questions:
            named = say("{code} {text}", code=question.code, text=said(question.text, "en"))
            if question.critical:
                named = say("{code} (critical) {text}", code=question.code, text=said(question.text, "en"))
            answered = counting[question.code]
            yield named, audits.answer(answered, question, words)
            if question.code in reviewed.differences:
                yield (
                    say(
                        "{auditor}: {first}; {reviewer}: {second}; settled by both.",
                        auditor=auditor,
                        first=audits.answer(first[question.code], question, words),
                        reviewer=reviewer,
                        second=audits.answer(second[question.code], question, words),
                    ),
                )
            for note in dict.fromkeys((first[question.code].note, answered.note)):
                yield (note,)


# A procedure --------------------------------------------------------------------------------------------------------


def _instruction(signed: _Signed) -> Iterator[Run]:
    say, words = signed.say, signed.words
    code, version = version_of(signed.subject)
    written = signed.of("procedure.drafted", code=code, version=version)[-1]
    approved = signed.of("procedure.approved", code=code, version=version)
    drafted: ProcedureDrafted = _fact(written)
    content = drafted.content
    yield (content.title,)
    state = signed.answer.said["state"]
    if state == "draft":
        yield (say("Draft: nobody inspects by it before a second person has approved it."),)
    elif state == "retired":
        yield (say("Retired: nobody inspects by it any more."),)
    elif approved:
        name, at = _line(signed.name(approved[-1].by)), signed.at_minute(approved[-1].at)
        yield (say("Approved by {name}, {time}", name=name, time=at),)
    yield say("Procedure"), say("{code} version {version}", code=code, version=version)
    yield say("Products"), ", ".join(map(_line, content.products))
    yield say("Written by"), signed.name(written.by)
    yield say("Owner"), content.owner
    yield say("Review by"), content.review_by.isoformat()
    yield say("Second check"), modes.second_check(content, words)
    if content.qualification_required:
        yield (say("Whoever inspects by it has to be qualified for it."),)
    if content.not_done_allowed:
        yield (say("Units may be left out for a reason."),)
    if content.curtail:
        yield (say("A check may end as soon as it must reject."),)
    yield (content.note,)
    for place, step in enumerate(content.steps, 1):
        yield str(place), step.title, step.text
    for one in content.variables():
        yield (
            one.name,
            one.code,
            _class(one.defect_class, words),
            *_limits(one, words),
            one.instrument_type or "–",
        )
    for key in content.keypad():
        yield key.code, key.name, _class(key.defect_class, words)
    for rule in sorted(content.rules, key=lambda rule: BY_SERIOUSNESS.index(rule.defect_class)):
        yield _class(rule.defect_class, words), rule_words(rule, words)
    yield from lot_rows(content, str, words)


# One unit -----------------------------------------------------------------------------------------------------------


def _first_article(signed: _Signed) -> Iterator[Run]:
    say, words, about = signed.say, signed.words, signed.answer.said
    opened: RoundOpened = _fact(signed.of("round.opened", batch=about["batch"], no=about["round"])[-1])
    units = list(enumerate(opened.units, 1))
    told = [
        say(
            "Unit {unit} of batch {batch}, {sample} in the sample of round {round}. Lines are to be filled in by hand.",
            unit=unit,
            batch=_line(opened.header.number),
            sample=sample,
            round=opened.no,
        )
        for sample, unit in units
    ]
    sample = next((place for place, one in enumerate(told, 1) if signed.page.show((one,))), 0)
    yield (told[max(0, sample - 1)],)
    header, pinned = opened.header, opened.procedure
    yield say("Part number"), header.product_code
    yield say("Part name"), header.product_name
    yield say("Part revision"), header.revision
    yield say("Order"), header.order
    procedure = say("{code} version {version}", code=_line(pinned.code), version=pinned.version)
    yield say("Inspected by procedure"), procedure
    withdrawn = {line.body["certificate"] for line in signed.of("certificate.withdrawn")}
    for line in signed.of("certificate.issued", batch=about["batch"])[-1:]:
        if line.body["certificate"] not in withdrawn:
            yield say("Certificate of the batch"), str(line.body["certificate"]).zfill(6)
    report = report_of(signed.answer, signed.zone)
    yield say("Maker"), report.batch.supplier
    for who in report.signatures:
        time = say("{time} · event {event}", time=moment(who.at), event=number(who.event))
        yield say(states.MEANINGS[who.meaning]), _line(who.name), time
    accounted = account(report, pinned.content, max(1, sample))
    for defect in accounted.defects:
        yield (
            say(
                "Found on it: {name} ({code}), {class_}.",
                name=_line(defect.name),
                code=_line(defect.code),
                class_=_class(defect.defect_class, words),
            ),
        )
    if accounted.looked and not accounted.defects:
        yield (say("No defect of the list was found on it."),)
    verdicts = {True: say("Conforms"), False: say("Does not conform"), None: ""}
    for no, one in enumerate(accounted.characteristics, 1):
        asked = limits(one.lower, one.upper, one.nominal, one.unit, words)
        yield (
            str(no),
            _line(one.name),
            "" if asked == "–" else asked,
            _class(one.defect_class, words),
            " · ".join(map(decimal, one.results)),
            verdicts[one.conforms],
            ", ".join(map(_line, one.tools)),
        )


# An inspection, and what certifies it --------------------------------------------------------------------------------


def _inspection(signed: _Signed) -> Iterator[Run]:
    about = signed.answer.said
    report = replace(report_of(signed.answer, signed.zone), state=about["state"], copy=about["copy"])
    yield from report_runs.inspection(report, signed.words, signed.page)


def _certificate(signed: _Signed) -> Iterator[Run]:
    about, words = signed.answer.said, signed.words
    report = replace(report_of(signed.answer, signed.zone), state=about["state"], copy=about["copy"])
    report = replace(report, batch=replace(report.batch, quantity=about["quantity"]))
    line = signed.of("certificate.issued", certificate=about["certificate"])[-1]
    issued = Signature(
        meaning="released_by",
        name=signed.name(line.by),
        staff=signed.answer.staff.get(line.by or "", ""),
        role="releaser",
        at=to_rfc3339(line.at, signed.zone),
        event=line.seq,
    )
    yield from report_runs.certificate(report, about["certificate"], line.body["on"], issued, words)
    parts = ("Certificate of analysis", "What was measured", "What was looked for")
    if any(signed.page.show((signed.say(part),)) for part in parts):
        opened: RoundOpened = _fact(signed.of("round.opened", batch=about["batch"], no=about["round"])[-1])
        content = opened.procedure.content
        yield from report_runs.results(measured_in(report, content), looked_for(report, content), words)


def _limits(one: Characteristic, words: Catalogue) -> Run:
    return limits(one.lower, one.upper, None, one.unit, words), decimal(one.nominal)


def _class(code: str, words: Catalogue) -> str:
    return states.defect_class(code, words)


def _line(text: str) -> str:
    return " ".join(text.split())


_TOLD: Final[dict[str, Callable[[_Signed], Iterator[Run]]]] = {
    "inspection": _inspection,
    **dict.fromkeys(CERTIFICATES, _certificate),
    "nonconformity": _nonconformity,
    "corrective": _corrective,
    "audit": _audit,
    "instruction": _instruction,
    "first_article": _first_article,
}
"""Document -> what its pages show of what was signed."""
_HEADINGS: Final = {
    "inspection": mark("Result by class"),
    **dict.fromkeys(CERTIFICATES, mark("What was found")),
    "nonconformity": mark("Containment"),
    "corrective": corrective.STEPS["D1"],
    "audit": mark("Section"),
    "instruction": mark("How many to look at"),
    "first_article": mark("3. Characteristic accountability"),
}
"""Document -> words on each of them that tell in which language it is, or in which two: whole, so without a comma."""
