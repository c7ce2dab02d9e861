# SPDX-License-Identifier: Apache-2.0
"""What happened, one line for each type of event, for timelines and the audit trail."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from qcdesk.i18n import LANGUAGE_NAMES, Catalogue, mark
from qcdesk.wording.ages import span
from qcdesk.wording.prints import DOCUMENTS, LEFT
from qcdesk.wording.severities import INSPECTIONS
from qcdesk.wording.spelling import day, in_a_row, is_name, moment, quoted
from qcdesk.wording.states import CLASS_WORDS, HOLD_KIND_WORDS, ROLE_WORDS, TOUCH_WORDS
from qcdesk.wording.suppliers import SUPPLIER_STATUSES

Facts = Mapping[str, str]


def line(kind: str, facts: Facts, words: Catalogue, *, count: int = 1, today: date | None = None) -> str:
    """Return what happened, without who and when, which stand beside it.

    Args: kind: the event's type in the log. facts: the scalar fields of its body by their own names, with
        ``person_name`` where the event is about a person; a missing fact shortens the line. count: entries folded
        into one line.
    """
    if count > 1 and kind in _FOLDED:
        return _FOLDED[kind](words, count)
    told = _LINES.get(kind)
    return told(_Teller(facts, words, today)) if told else words.say("Something was put on record.")


def beside(facts: Facts) -> tuple[str, ...]:
    """Return the names of who else signed."""
    return tuple(facts.get("beside", "").split("\n")) if facts.get("beside") else ()


def hands(name: str, facts: Facts, words: Catalogue) -> str:
    """Return who did it: the person and whoever signed beside."""
    return in_a_row((name, *beside(facts)), words)


def numbers_later(words: Catalogue) -> str:
    """Say why lines have no number: somebody could count by it what must stay closed."""
    return words.say("Numbers that would count another person's entries are told after the comparison.")


def known_kinds() -> frozenset[str]:
    """Return every type of event that has a line."""
    return frozenset(_LINES)


class _Teller:
    """The facts of one event, ready for sentences."""

    def __init__(self, facts: Facts, words: Catalogue, today: date | None) -> None:
        self._facts = facts
        self._today = today
        self.words = words

    def has(self, *names: str) -> bool:
        return all(self._facts.get(name) not in (None, "") for name in names)

    def get(self, name: str) -> str:
        return quoted(self._facts.get(name, "") or "")

    def whole(self, name: str) -> int:
        found = self._facts.get(name, "")
        return int(found) if found.isascii() and found.isdigit() else 0

    def who(self) -> str:
        for name in ("person_name", "name", "login", "person"):
            found = self._facts.get(name, "")
            if found and is_name(found):
                return quoted(found)
        return self.words.say("somebody")

    def day(self, name: str) -> str:
        try:
            return day(date.fromisoformat(self._facts[name]), self.words, self._today)
        except (KeyError, ValueError):
            return self.get(name)

    def coded(self, table: Mapping[str, str], name: str) -> str:
        code = self._facts.get(name, "")
        return self.words.say(table[code]) if code in table else quoted(code)

    def say(self, message: str, **values: object) -> str:
        return self.words.say(message, **values)

    def with_reason(self, message: str, **values: object) -> str:
        told = self.words.say(message, **values)
        if not self.has("reason"):
            return self.words.say("{told}.", told=told)
        return self.words.say("{told}: {reason}", told=told, reason=self.get("reason"))


def _first_of(*choices: tuple[tuple[str, ...], str]) -> Callable[[_Teller], str]:
    """Say the first sentence whose facts are all there."""

    def told(t: _Teller) -> str:
        for names, message in choices:
            if t.has(*names):
                return t.say(message, **{name: t.get(name) for name in names})
        return t.say(choices[-1][1])

    return told


def _about(message: str) -> Callable[[_Teller], str]:
    return lambda t: t.say(message, name=t.who())


def _because(message: str, *names: str) -> Callable[[_Teller], str]:
    return lambda t: t.with_reason(message, **{name: t.get(name) for name in names})


def _person_because(message: str) -> Callable[[_Teller], str]:
    return lambda t: t.with_reason(message, name=t.who())


def _role(message: str) -> Callable[[_Teller], str]:
    return lambda t: t.say(message, name=t.who(), role=t.coded(ROLE_WORDS, "role"))


def _qualified(t: _Teller) -> str:
    if t.has("until"):
        return t.say("{name} is qualified for {procedure} until {day}.",
                     name=t.who(), procedure=t.get("procedure"), day=t.day("until"))  # fmt: skip
    return t.say("{name} is qualified for {procedure}.", name=t.who(), procedure=t.get("procedure"))


_FAILED: Final = {
    "password": mark("A wrong password was tried for {name}."),
    "badge": mark("A wrong PIN was tried with the badge of {name}."),
    "pin": mark("A wrong PIN was tried for {name}."),
}


def _failed(t: _Teller) -> str:
    return t.say(_FAILED.get(t.get("way"), mark("A wrong secret was tried for {name}.")), name=t.who())


_REVOKED: Final = {
    "left": mark("{name} has left; the key is revoked."),
    "lost": mark("The key of {name} is lost and revoked."),
    "suspect": mark("The key of {name} is revoked as suspect."),
}


def _revoked(t: _Teller) -> str:
    if t.get("why") == "suspect" and t.has("suspect_from"):
        return t.say(
            "The key of {name} is in doubt from event {event} on.", name=t.who(), event=t.get("suspect_from")
        )
    return t.say(_REVOKED.get(t.get("why"), mark("The key of {name} is revoked.")), name=t.who())


def _instrument(t: _Teller) -> str:
    if t.get("blocked").lower() in ("true", "1"):
        return t.say("Instrument {number} is blocked.", number=t.get("number"))
    if t.has("calibrated_until"):
        return t.say(
            "Instrument {number} is good until {day}.", number=t.get("number"), day=t.day("calibrated_until")
        )
    return t.say("Instrument {number} was put on record.", number=t.get("number"))


def _imported(t: _Teller) -> str:
    if t.has("file", "rows"):
        return t.say("{rows} rows were imported from {file}.", rows=t.get("rows"), file=t.get("file"))
    return t.say("A file was imported.")


def _defect(t: _Teller) -> str:
    if t.has("code", "source"):
        return t.say("{source} reported the defect {code}.", source=t.get("source"), code=t.get("code"))
    return t.say("A defect was reported from outside.")


def _defects(t: _Teller) -> str:
    if t.has("n"):
        n = t.whole("n")
        return t.words.count("{n} defect reported from outside came in with a file.",
                             "{n} defects reported from outside came in with a file.", n)  # fmt: skip
    return t.say("Defects reported from outside came in with a file.")


def _language(t: _Teller) -> str:
    if t.has("language"):
        name = LANGUAGE_NAMES.get(t.get("language"), t.get("language"))
        return t.say("Chose to read in {language} at every workstation.", language=name)
    return t.say("Chose to read in the language of each workstation.")


def _batch(t: _Teller) -> str:
    if t.has("quantity"):
        return t.words.count("Registered or changed: {n} unit.", "Registered or changed: {n} units.",
                             t.whole("quantity"))  # fmt: skip
    return t.say("Registered or changed.")


def _held(t: _Teller) -> str:
    kind = t.coded(HOLD_KIND_WORDS, "kind") if t.has("kind") else ""
    if kind and t.has("reason"):
        return t.say("Stopped ({kind}): {reason}", kind=kind, reason=t.get("reason"))
    return t.say("Stopped ({kind}).", kind=kind) if kind else t.with_reason(mark("Stopped"))


_DISPOSITIONS: Final = {
    "rework": mark("Sent to rework"),
    "repair": mark("Sent to repair"),
    "sort": mark("Sent to be sorted"),
    "return": mark("Returned to the supplier"),
    "scrap": mark("Scrapped"),
}


def _disposed(t: _Teller) -> str:
    if t.get("disposition") == "regrade" and t.has("terms"):
        return t.with_reason(mark("Regraded for {terms}"), terms=t.get("terms"))
    return t.with_reason(_DISPOSITIONS.get(t.get("disposition"), mark("Disposed of")))


def _split(t: _Teller) -> str:
    if t.has("parts", "kept") and t.get("kept") != "0":
        return t.with_reason(
            mark("Split into {parts}; {kept} stay"), parts=t.get("parts"), kept=t.get("kept")
        )
    if t.has("parts"):
        return t.with_reason(mark("Split into {parts}"), parts=t.get("parts"))
    return t.with_reason(mark("Split into parts"))


def _shipped(t: _Teller) -> str:
    if t.has("quantity", "to", "on"):
        return t.say("{quantity} shipped to {to} on {day}.",
                     quantity=t.get("quantity"), to=t.get("to"), day=t.day("on"))  # fmt: skip
    if t.has("quantity", "to"):
        return t.say("{quantity} shipped to {to}.", quantity=t.get("quantity"), to=t.get("to"))
    return t.say("Goods were shipped.")


def _round(t: _Teller) -> str:
    if t.has("no", "procedure", "version"):
        return t.say("Round {no} opened under {procedure} v{version}; the sample is drawn.",
                     no=t.get("no"), procedure=t.get("procedure"), version=t.get("version"))  # fmt: skip
    if t.has("no"):
        return t.say("Round {no} opened; the sample is drawn.", no=t.get("no"))
    return t.say("A round opened; the sample is drawn.")


_STARTED: Final = {
    "first": mark("First check started."),
    "second": mark("Second check started."),
    "third": mark("A third person looks at what is disputed."),
}
_ASIDE: Final = {
    "first": mark("First check set aside"),
    "second": mark("Second check set aside"),
    "third": mark("Decision set aside"),
}
_SIGNED: Final = {
    ("first", ""): mark("First check signed."),
    ("second", ""): mark("Second check signed."),
    ("first", "accepted"): mark("First check signed: it accepts."),
    ("first", "rejected"): mark("First check signed: it rejects."),
    ("second", "accepted"): mark("Second check signed: it accepts."),
    ("second", "rejected"): mark("Second check signed: it rejects."),
}
_COMPARED: Final = {
    "accepted": mark("The two checks were compared: accepted."),
    "rejected": mark("The two checks were compared: rejected."),
    "disagreed": mark("The two checks were compared: they disagree."),
}
_DECIDED: Final = {
    "accepted": mark("Decided by a third person: accepted."),
    "rejected": mark("Decided by a third person: rejected."),
}


def _started(t: _Teller) -> str:
    return t.say(_STARTED.get(t.get("place"), mark("A check started.")))


def _aside(t: _Teller) -> str:
    return t.with_reason(_ASIDE.get(t.get("place"), mark("A check was set aside")))


def _signed(t: _Teller) -> str:
    place, verdict = t.get("place"), t.get("verdict")
    fallback = _SIGNED.get((place, ""), mark("A check was signed."))
    return t.say(_SIGNED.get((place, verdict), fallback))


def _compared(t: _Teller) -> str:
    return t.say(_COMPARED.get(t.get("outcome"), mark("The two checks were compared.")))


def _decided(t: _Teller) -> str:
    return t.say(_DECIDED.get(t.get("outcome"), mark("A third person decided.")))


def _released(t: _Teller) -> str:
    if t.has("quantity"):
        return t.words.count("Released: {n} unit.", "Released: {n} units.", t.whole("quantity"))
    return t.say("Released.")


def _unreleased(t: _Teller) -> str:
    if t.has("quantity", "to"):
        return t.with_reason(mark("{quantity} left to {to} without a release"),
                             quantity=t.get("quantity"), to=t.get("to"))  # fmt: skip
    return t.with_reason(mark("Goods left without a release"))


def _asked_concession(t: _Teller) -> str:
    if t.has("quantity", "until"):
        return t.words.count(
            "A concession was asked for: {n} unit until {until}.",
            "A concession was asked for: {n} units until {until}.",
            t.whole("quantity"),
            until=t.get("until"),
        )
    return t.say("A concession was asked for.")


def _conceded(t: _Teller) -> str:
    if t.has("quantity"):
        return t.words.count("Released under concession by two people: {n} unit.",
                             "Released under concession by two people: {n} units.",
                             t.whole("quantity"))  # fmt: skip
    return t.say("Released under concession by two people.")


def _budget(t: _Teller) -> str:
    if t.has("percent", "months"):
        return t.with_reason(
            mark("Budget for concessions: {percent} % of what was received in {months} months"),
            percent=t.get("percent"),
            months=t.get("months"),
        )
    return t.say("A budget for concessions was set.")


def _voided(t: _Teller) -> str:
    if t.has("number", "lost"):
        gone = mark("Two people explained that what event {number} names is gone or damaged")
        return t.with_reason(gone, number=t.get("number"))
    if t.has("number"):
        return t.with_reason(mark("Event {number} was declared void by two people"), number=t.get("number"))
    return t.with_reason(mark("An event was declared void by two people"))


def _restored(t: _Teller) -> str:
    if t.has("lost_from", "lost_to"):
        return t.say("Two people signed that events {first} to {last} were lost: {said}",
                     first=t.get("lost_from"), last=t.get("lost_to"), said=t.get("said"))  # fmt: skip
    if t.has("lost_from"):
        return t.say("Two people signed that events from {first} on were lost: {said}",
                     first=t.get("lost_from"), said=t.get("said"))  # fmt: skip
    return t.say("Two people signed what was lost.")


def _rebuilt(t: _Teller) -> str:
    if t.has("until"):
        return t.with_reason(mark("Two people had the tables written anew from the log, up to event {until}"),
                             until=t.get("until"))  # fmt: skip
    return t.with_reason(mark("Two people had the tables written anew from the log"))


def _jumped(t: _Teller) -> str:
    ahead = t.get("ahead")
    if ahead == "0":
        return t.say("The clock of this workstation is right again.")
    if ahead.isdecimal():
        return t.say("The clock of this workstation jumped ahead by {span}; what follows is clock suspect.",
                     span=span(int(ahead) // 1_000_000, t.words))  # fmt: skip
    return t.say("The clock of this workstation jumped.")


def _corrected(t: _Teller) -> str:
    if t.get("true_time").isdecimal():
        return t.say("Two people corrected the clock; the true time is {moment}.",
                     moment=moment(int(t.get("true_time"))))  # fmt: skip
    return t.say("Two people corrected the clock.")


def _grace(t: _Teller) -> str:
    if t.has("code", "version", "until"):
        return t.with_reason(mark("{code} v{version} may be used until {day} though its review is overdue"),
                             code=t.get("code"), version=t.get("version"), day=t.day("until"))  # fmt: skip
    return t.with_reason(mark("A procedure may be used though its review is overdue"))


def _severity(t: _Teller) -> str:
    if t.has("defect_class", "product", "severity"):
        named = {
            "class_word": t.coded(CLASS_WORDS, "defect_class"),
            "state": t.coded(INSPECTIONS, "severity"),
        }
        return t.with_reason(
            mark("{class_word} of {product} is set to {state}"), product=t.get("product"), **named
        )
    return t.with_reason(mark("A severity was set"))


def _supplier_status(t: _Teller) -> str:
    if t.has("status"):
        return t.with_reason(
            mark("The supplier is {status} from now on"), status=t.coded(SUPPLIER_STATUSES, "status")
        )
    return t.with_reason(mark("A supplier's status was set"))


def _supplier_merged(t: _Teller) -> str:
    return t.with_reason(mark("A supplier was found to be the same as another one"))


def _supplier_unmerged(t: _Teller) -> str:
    return t.with_reason(mark("A supplier was taken apart again from the one that it was the same as"))


def _audit_closed(t: _Teller) -> str:
    ended = {
        "passed": mark("An audit was closed: passed."),
        "conditional": mark("An audit was closed: passed under conditions."),
        "failed": mark("An audit was closed: failed."),
    }
    return t.say(ended.get(t.get("result"), mark("An audit was closed.")))


def _code(t: _Teller) -> str:
    if t.has("code", "defect_class"):
        return t.say("Defect code {code} was saved ({class_word}).",
                     code=t.get("code"), class_word=t.coded(CLASS_WORDS, "defect_class"))  # fmt: skip
    return t.say("A defect code was saved.")


def _printed(t: _Teller) -> str:
    results = t.get("results") == "true"
    if results and t.has("certificate", "copy") and t.get("copy") not in ("0", ""):
        return t.say(
            "Copy {copy} of certificate {certificate} was printed, with each result.",
            copy=t.get("copy"),
            certificate=t.get("certificate"),
        )
    if results:
        return t.say("The certificate was printed with each result.")
    if t.has("certificate", "copy") and t.get("copy") not in ("0", ""):
        return t.say(
            "Copy {copy} of certificate {certificate} was printed.",
            copy=t.get("copy"),
            certificate=t.get("certificate"),
        )
    return t.say("The certificate was printed.")


def _left(t: _Teller) -> str:
    if not t.has("document", "way"):
        return t.say("A paper was printed.")
    paper = t.coded(DOCUMENTS, "document")
    if t.has("name"):
        paper = t.say("{paper} {name}", paper=paper, name=t.get("name"))
    if t.whole("copy"):
        paper = t.say("{paper}, copy {n},", paper=paper, n=t.whole("copy"))
    return t.say(LEFT.get(t.get("way"), LEFT["printed"]), paper=paper)


def _touch(t: _Teller) -> str:
    said = t.coded(TOUCH_WORDS, "kind")
    if t.whole("undoes"):
        return t.say("A touch was taken back: {kind}.", kind=said)
    return t.say("A touch: {kind}.", kind=said)


_FOLDED: Final[dict[str, Callable[[Catalogue, int], str]]] = {
    "check.recorded": lambda w, n: w.count("{n} entry in the check.", "{n} entries in the check.", n),
    "check.resolved": lambda w, n: w.count(
        "{n} disputed finding settled.", "{n} disputed findings settled.", n
    ),
    "person.listed": lambda w, n: w.count("{n} person listed.", "{n} people listed.", n),
    "supplier.saved": lambda w, n: w.count("{n} supplier saved.", "{n} suppliers saved.", n),
    "product.saved": lambda w, n: w.count("{n} product saved.", "{n} products saved.", n),
    "defect_code.saved": lambda w, n: w.count("{n} defect code saved.", "{n} defect codes saved.", n),
    "defect.reported": lambda w, n: w.count(
        "{n} defect reported from outside.", "{n} defects reported from outside.", n
    ),
    "batch.saved": lambda w, n: w.count(
        "{n} batch registered or changed.", "{n} batches registered or changed.", n
    ),
}

_LINES: Final[dict[str, Callable[[_Teller], str]]] = {
    "workspace.opened": _first_of(
        (("shop",), mark("The workspace of {shop} was opened by its first two people.")),
        ((), mark("The workspace was opened by its first two people.")),
    ),
    "shop.changed": _first_of(
        (("name",), mark("The shop is called {name} from now on.")),
        ((), mark("The shop's details were changed.")),
    ),
    "session.opened": _first_of(((), mark("Signed in."))),
    "session.closed": _first_of(((), mark("Signed out."))),
    "concern.explained": _first_of(
        (("person_name", "note"), mark("What was asked about {person_name} was explained: {note}")),
        (("note",), mark("Something that was asked about was explained: {note}")),
        ((), mark("Something that was asked about was explained.")),
    ),
    "person.enrolled": _about(mark("{name} was enrolled by two people.")),
    "person.listed": _about(mark("{name} was listed, without a key.")),
    "station.introduced": _first_of(
        (
            ("name", "instead"),
            mark(
                "The workstation {name} works under an id of its own from now on, as its old one is another's."
            ),
        ),
        (("name",), mark("The workstation {name} signs failed tries from now on.")),
        ((), mark("A workstation was introduced; it signs failed tries from now on.")),
    ),
    "auth.failed": _failed,
    "auth.locked": _about(mark("{name} was locked after too many wrong tries.")),
    "person.unlocked": _about(mark("{name} was unlocked by another person.")),
    "secret.changed": _about(mark("{name} chose another password.")),
    "key.changed": _about(mark("{name} got a new key, signed in by the old one.")),
    "badge.issued": _about(mark("{name} got a new badge, signed by two people.")),
    "badge.stopped": _person_because(mark("The badge of {name} was stopped")),
    "language.chosen": _language,
    "person.changed": _about(mark("The name or languages of {name} were changed.")),
    "person.suspended": _person_because(mark("{name} was suspended")),
    "person.lifted": _about(mark("The suspension of {name} was lifted by two people.")),
    "person.renamed": _about(mark("{name} has another spelling of the name, signed by two people.")),
    "key.revoked": _revoked,
    "key.enrolled": _about(mark("{name} has a new key; earlier signatures stay good.")),
    "recovery.used": _about(mark("The recovery sheet was used, about {name}. There is a new sheet.")),
    "role.granted": _role(mark("{name} was granted the role of {role} by two people.")),
    "role.taken": _role(mark("The role of {role} was taken from {name}.")),
    "qualification.granted": _qualified,
    "qualification.taken": lambda t: t.say(
        "The qualification of {name} for {procedure} was taken back.",
        name=t.who(),
        procedure=t.get("procedure"),
    ),
    "supplier.saved": _first_of(
        (("code", "name"), mark("Supplier {code} {name} was saved.")), ((), mark("A supplier was saved."))
    ),
    "product.saved": _first_of(
        (("code", "name"), mark("Product {code} {name} was saved.")), ((), mark("A product was saved."))
    ),
    "defect_code.saved": _code,
    "instrument.saved": _instrument,
    "procedure.drafted": _first_of(
        (("code", "version"), mark("{code} v{version} was written as a draft.")),
        ((), mark("A procedure was written as a draft.")),
    ),
    "procedure.approved": _first_of(
        (("code", "version"), mark("{code} v{version} was approved.")),
        ((), mark("A procedure was approved.")),
    ),
    "procedure.grace": _grace,
    "procedure.retired": lambda t: (
        t.with_reason(mark("{code} v{version} was retired"), code=t.get("code"), version=t.get("version"))
        if t.has("code", "version")
        else t.with_reason(mark("A procedure was retired"))
    ),
    "audit_template.saved": _first_of(
        (("code", "version"), mark("Audit template {code} v{version} was written as a draft.")),
        ((), mark("An audit template was written as a draft.")),
    ),
    "audit_template.approved": _first_of(
        (("code", "version"), mark("Audit template {code} v{version} was approved.")),
        ((), mark("An audit template was approved.")),
    ),
    "audit.opened": _first_of(
        (("no", "template", "version"), mark("Audit A-{no} was begun by {template} v{version}.")),
        ((), mark("An audit was begun.")),
    ),
    "audit.answered": _first_of(((), mark("An entry in an audit."))),
    "audit.signed": _first_of(
        ((), mark("An audit was signed by its auditor; its evidence waits for review."))
    ),
    "audit.reviewed": _first_of(((), mark("The evidence of an audit was reviewed."))),
    "audit.closed": _audit_closed,
    "severity.set": _severity,
    "supplier.merged": _supplier_merged,
    "supplier.status": _supplier_status,
    "supplier.unmerged": _supplier_unmerged,
    "touch.logged": _touch,
    "nonconformity.opened": _first_of(
        (
            ("nonconformity", "quantity"),
            mark("Nonconformity NC-{nonconformity} was opened; {quantity} are affected."),
        ),
        ((), mark("A nonconformity was opened.")),
    ),
    "nonconformity.contained": _first_of(
        (
            ("nonconformity", "containment"),
            mark("Nonconformity NC-{nonconformity} is contained: {containment}"),
        ),
        ((), mark("It was said how a nonconformity is contained.")),
    ),
    "nonconformity.noted": _first_of(
        (("nonconformity", "note"), mark("Nonconformity NC-{nonconformity}: {note}")),
        ((), mark("Something was put down in a nonconformity.")),
    ),
    "nonconformity.handed_over": _because(
        mark("Nonconformity NC-{nonconformity} was handed over"), "nonconformity"
    ),
    "nonconformity.due": _because(
        mark("Nonconformity NC-{nonconformity} is due on another day"), "nonconformity"
    ),
    "nonconformity.linked": lambda t: t.say(
        mark("A corrective action does not put nonconformity NC-{nonconformity} right, after all.")
        if t.get("undone") == "true"
        else mark("Nonconformity NC-{nonconformity} is put right by a corrective action."),
        nonconformity=t.get("nonconformity"),
    ),
    "nonconformity.closed": _because(mark("Nonconformity NC-{nonconformity} was closed"), "nonconformity"),
    "nonconformity.reopened": _because(
        mark("Nonconformity NC-{nonconformity} was opened again"), "nonconformity"
    ),
    "complaint.taken": _first_of(
        (("complaint", "customer"), mark("Complaint C-{complaint} of {customer} was taken.")),
        ((), mark("A complaint was taken.")),
    ),
    "complaint.acknowledged": _first_of(
        (
            ("complaint", "by_whom", "how"),
            mark("Complaint C-{complaint} was read back; {by_whom} acknowledged it: {how}"),
        ),
        ((), mark("A complaint was read back and acknowledged.")),
    ),
    "complaint.handed_over": _because(mark("Complaint C-{complaint} was handed over"), "complaint"),
    "complaint.called_back": lambda t: t.say(
        mark("The customer of complaint C-{complaint} was called, and nobody was reached.")
        if t.get("reached") == "false"
        else mark("The customer of complaint C-{complaint} was called back.")
        if t.get("called") == "true"
        else mark("Another time was promised to call back about complaint C-{complaint}."),
        complaint=t.get("complaint"),
    ),
    "complaint.linked": lambda t: t.say(
        mark("Complaint C-{complaint} is not about this batch, after all.")
        if t.get("undone") == "true"
        else mark("Complaint C-{complaint} is about this batch."),
        complaint=t.get("complaint"),
    ),
    "complaint.judged": _because(
        mark("It was said of complaint C-{complaint} whether it is an escape"), "complaint"
    ),
    "complaint.answered": _first_of(
        (("complaint", "to"), mark("Complaint C-{complaint} was answered by mail to {to}.")),
        ((), mark("A complaint was answered by mail.")),
    ),
    "complaint.closed": _first_of(
        (("complaint", "outcome"), mark("Complaint C-{complaint} was closed: {outcome}")),
        ((), mark("A complaint was closed.")),
    ),
    "owner.figures": _first_of(
        (("month",), mark("Repeat orders and referrals of {month} were put down.")),
        ((), mark("Repeat orders and referrals of a month were put down.")),
    ),
    "import.done": _imported,
    "defect.reported": _defect,
    "defects.reported": _defects,
    "batch.saved": _batch,
    "batch.cancelled": _because(mark("Cancelled")),
    "batch.held": _held,
    "batch.quarantined": _first_of(
        (
            ("person_name", "suspect_from"),
            mark("Held: the key of {person_name} is in doubt from event {suspect_from} on."),
        ),
        ((), mark("Held: a key that signed here is in doubt.")),
    ),
    "round.reopened": _because(
        mark("Two people sent it to a new round: a signature in doubt no longer counts")
    ),
    "batch.lifted": _because(mark("The hold was lifted by two people")),
    "batch.disposed": _disposed,
    "batch.split": _split,
    "batch.placed": _first_of(
        (("stands",), mark("The goods stand here: {stands}")),
        ((), mark("It was put down where the goods stand.")),
    ),
    "batch.reworked": _first_of(
        (("by", "repaired"), mark("Repaired by {by}; the next round is tightened.")),
        (("by",), mark("Reworked by {by}; the next round is tightened.")),
        ((), mark("Rework was recorded; the next round is tightened.")),
    ),
    "batch.shipped": _shipped,
    "batch.shipped_unreleased": _unreleased,
    "batch.released": _released,
    "batch.withdrawn": _because(mark("The release was withdrawn")),
    "concession.requested": _asked_concession,
    "concession.approved": _conceded,
    "concession.refused": _because(mark("The concession was refused")),
    "concession.budget": _budget,
    "certificate.issued": _first_of(
        (("certificate",), mark("Certificate {certificate} was issued.")),
        ((), mark("A certificate was issued.")),
    ),
    "certificate.printed": _printed,
    "paper.printed": _left,
    "paper.noted": _left,
    "certificate.withdrawn": _because(mark("The certificate is void")),
    "round.opened": _round,
    "check.started": _started,
    "check.recorded": _first_of(((), mark("An entry in the check."))),
    "check.resolved": _first_of(((), mark("Disputed findings were settled."))),
    "check.set_aside": _aside,
    "check.signed": _signed,
    "round.compared": _compared,
    "round.decided": _decided,
    "round.rejected_after_all": _because(mark("Rejected after all by one of the two")),
    "action.opened": _first_of(
        (("number", "title"), mark("Corrective action CA-{number} was opened: {title}")),
        ((), mark("A corrective action was opened.")),
    ),
    "action.step": _first_of(
        (("step",), mark("{step} of a corrective action was written.")),
        ((), mark("A step of a corrective action was written.")),
    ),
    "action.sent": _first_of(
        (("to",), mark("A mail about a corrective action was written to {to}.")),
        ((), mark("A mail about a corrective action was written.")),
    ),
    "action.replied": _first_of(((), mark("A supplier's answer to a corrective action was put down."))),
    "promise.made": _first_of(
        (("words",), mark("The supplier promised: {words}")), ((), mark("The supplier promised something."))
    ),
    "action.closed": _because(mark("A corrective action was closed: its promises passed their tests")),
    "defect.repeated": _first_of(
        (
            ("code", "product"),
            mark(
                "{code} on {product} came again: its corrective action is open again, and releases are stopped."
            ),
        ),
        ((), mark("A defect came again: its corrective action is open again, and releases are stopped.")),
    ),
    "action.unproved": _first_of(
        (("finding",), mark("An audit found it again as {finding}: the corrective action is open again.")),
        ((), mark("What had proved a closed corrective action does so no more: it is open again.")),
    ),
    "stop.decided": _because(mark("Two people let goods be released again after a defect came again")),
    "round.again": _because(mark("Both do it again on a fresh sample")),
    "check.retracted": _because(mark("A signed check was taken back")),
    "round.ordered": _because(mark("A third person ordered a new round")),
    "log.voided": _voided,
    "workspace.restored": _restored,
    "tables.rebuilt": _rebuilt,
    "clock.jumped": _jumped,
    "clock.corrected": _corrected,
    "place.given_up": _because(mark("The second place was given up")),
    "first.seen": _first_of(((), mark("The first check was seen before the second was signed."))),
}
