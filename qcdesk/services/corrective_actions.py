# SPDX-License-Identifier: Apache-2.0
"""Corrective actions at work: opened, answered, promised, decided by the lots that come, and closed once that holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from qcdesk.domain.attachments import Attachment
from qcdesk.domain.batches import require_reason
from qcdesk.domain.corrective import CorrectiveAction, Step, Stop, require_not_asked
from qcdesk.domain.events import (
    ActionClosed,
    ActionOpened,
    ActionReplied,
    ActionSent,
    ActionStep,
    PromiseMade,
    PromisePassed,
)
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.names import clean_code
from qcdesk.domain.promises import PromiseTest, require_decidable
from qcdesk.domain.sampling import BY_SERIOUSNESS, DefectClass
from qcdesk.domain.times import log_day
from qcdesk.services.kept_pictures import require_kept_files
from qcdesk.services.ports import Hand, Ids, UnitOfWork
from qcdesk.services.promise_decisions import with_decision, with_decisions


@dataclass(frozen=True)
class NewAction:
    """What somebody types to open an action; supplier and product by id or code, product empty: all of it."""

    supplier: str
    title: str
    codes: tuple[str, ...]
    product: str = ""
    finding: str = ""
    attachments: tuple[Attachment, ...] = ()


def open_action(uow: UnitOfWork, ids: Ids, hand: Hand, new: NewAction, on: date) -> ActionOpened:
    """Open a corrective action with the next number.

    Raises: BadInput: ``missing`` (title, codes), ``unknown_supplier``, ``unknown_product``, ``unknown_file``,
        ``code_not_listed`` (by no catalogue, procedure or closed audit), ``finding_asked``; as ``clean_code``.
    """
    with uow:
        uow.person(hand.person).require_any_role(on)
        supplier = uow.supplier(new.supplier)
        product = uow.product(new.product).code if new.product.strip() else ""
        if not new.title.strip():
            raise BadInput("missing", where={"field": "title"})
        codes = tuple(dict.fromkeys(clean_code(code, "defect") for code in new.codes if code.strip()))
        if not codes:
            raise BadInput("missing", where={"field": "codes"})
        listed = uow.listed_codes()
        for code in codes:
            if code not in listed and not _found_in_audit(uow, code):
                raise _not_listed(code, "codes")
        require_not_asked(uow.actions(unclosed=True), codes)
        require_kept_files(uow, (a.sha256 for a in new.attachments))
        fact = ActionOpened(
            ids.new(),
            uow.last_action() + 1,
            supplier.supplier,
            product,
            codes,
            new.title,
            new.finding,
            new.attachments,
        )
        uow.append(fact, hand)
        uow.commit()
    return fact


def say_step(
    uow: UnitOfWork,
    hand: Hand,
    action: str,
    step: Step,
    on: date,
    *,
    text: str | None = None,
    due: date | None = None,
    person: str | None = None,
    done: bool | None = None,
    attachments: tuple[Attachment, ...] = (),
) -> ActionStep:
    """Say what stands in a discipline; what is not given stays as it was, and files are added.

    Raises: ActionIsClosed; BadInput: ``missing``, ``step_day``: due before the action was there.
    """
    with uow:
        uow.person(hand.person).require_any_role(on)
        found = uow.action(action)
        found.require_open()
        before = next((s for s in found.steps if s.step == step), None)
        whole = text if text is not None else before.text if before else ""
        finished = done if done is not None else before.done if before else False
        if due is not None and due < log_day(found.at):
            raise BadInput(
                "step_day", facts={"value": due, "from": log_day(found.at)}, where={"field": "due"}
            )
        if finished and not whole.strip():
            raise BadInput("missing", where={"field": "text"})
        require_kept_files(uow, (a.sha256 for a in attachments))
        fact = ActionStep(
            found.id,
            step,
            whole,
            due if due is not None else before.due if before else None,
            uow.person(person).id if person else before.person if before else None,
            finished,
            (*(before.attachments if before else ()), *attachments),
        )
        uow.append(fact, hand)
        uow.commit()
    return fact


def record_sent(
    uow: UnitOfWork,
    hand: Hand,
    action: str,
    on: date,
    *,
    to: str,
    language: str,
    subject: str,
    text: str,
    attachments: tuple[Attachment, ...],
) -> ActionSent:
    """Put down that a mail was written for the supplier, with the file as it went out."""
    with uow:
        uow.person(hand.person).require_any_role(on)
        found = uow.action(action)
        require_kept_files(uow, (a.sha256 for a in attachments))
        fact = ActionSent(found.id, to, language, subject, text, attachments)
        uow.append(fact, hand)
        uow.commit()
    return fact


def record_reply(
    uow: UnitOfWork,
    hand: Hand,
    action: str,
    on: date,
    *,
    sender: str,
    text: str,
    received: date | None = None,
    promise: int | None = None,
    attachments: tuple[Attachment, ...] = (),
) -> ActionReplied:
    """Put down what the supplier answered, or that a promised document came (``promise``: its number in the action).

    Raises: BadInput: ``missing`` (text; the file of a document), ``unknown_promise``, ``no_document``, ``date_after``,
        ``date_before``; ActionIsClosed: of a document.
    """
    with uow:
        uow.person(hand.person).require_any_role(on)
        found, day = uow.action(action), received or on
        if not text.strip():
            raise BadInput("missing", where={"field": "text"})
        if day > on or day < log_day(found.at):
            raise BadInput(
                "reply_day",
                facts={"value": day, "from": log_day(found.at), "to": on},
                where={"field": "received"},
            )
        require_kept_files(uow, (a.sha256 for a in attachments))
        named = None
        if promise is not None:
            found.require_open()
            one = found.promise(promise)
            if one.test.kind != "certificate":
                raise BadInput("no_document", facts={"no": promise}, where={"field": "promise"})
            if not attachments:
                raise BadInput("document_not_there", facts={"no": promise}, where={"field": "attachments"})
            named = one.id
        fact = ActionReplied(found.id, sender, text, day, named, attachments)
        uow.append(fact, hand)
        uow.commit()
    return fact


def make_promise(
    uow: UnitOfWork,
    ids: Ids,
    hand: Hand,
    action: str,
    words: str,
    due: date,
    test: PromiseTest,
    on: date,
    *,
    replaces: int | None = None,
) -> PromiseMade:
    """Put down a promise with the test that decides it.

    Args: replaces: number of a broken promise that this one stands for from now on; that one stays in the ledger.
    Raises: BadInput: ``promise_test``, ``missing``, ``promise_day``, ``not_broken``, ``code_not_listed``,
        ``code_of_another``, ``class_of_another``, ``promise_of_audit``; ActionIsClosed.
    """
    with uow:
        uow.person(hand.person).require_any_role(on)
        found = uow.action(action)
        found.require_open()
        if not words.strip():
            raise BadInput("missing", where={"field": "promise"})
        if due < on:
            raise BadInput("promise_day", facts={"value": due}, where={"field": "due"})
        require_decidable(test)
        found.require_test(test)
        if test.code:
            test = replace(test, code=_rate_code(uow, found, clean_code(test.code, "defect")))
        if test.defect_class is not None and test.defect_class not in (able := rate_classes(uow, found)):
            raise BadInput(
                "class_of_another",
                facts={"defect_class": test.defect_class, "action": found.name, "classes": able},
                where={"field": "class"},
            )
        if test.product:
            test = replace(test, product=uow.product(test.product).code)
            if found.product not in ("", test.product):
                raise BadInput("promise_test", facts={"what": "product"}, where={"field": "product"})
        old = None
        if replaces is not None:
            old = with_decision(uow, found, on).promise(replaces)
            if old.decision.state != "broken" or old.replaced:
                raise BadInput("not_broken", facts={"no": replaces}, where={"field": "promise"})
        no = max((p.no for p in found.promises), default=0) + 1
        fact = PromiseMade(ids.new(), found.id, no, words, due, test, old.id if old else None)
        uow.append(fact, hand)
        uow.commit()
    return fact


def rate_codes(uow: UnitOfWork, action: CorrectiveAction) -> tuple[str, ...]:
    """Return the codes on which a rate may be promised: the action's own that lots can have.

    Of an action that is only about what an audit found, those are all that lots can have.
    """
    listed = uow.listed_codes()
    return tuple(code for code in action.codes if code in listed) or tuple(sorted(listed))


def rate_classes(uow: UnitOfWork, action: CorrectiveAction) -> tuple[DefectClass, ...]:
    """Return the classes on which a rate may be promised: those that its codes are listed under."""
    listed = uow.listed_codes()
    had = {name for code in rate_codes(uow, action) for name in listed[code]}
    return tuple(one for one in BY_SERIOUSNESS if one in had)


def _rate_code(uow: UnitOfWork, action: CorrectiveAction, code: str) -> str:
    """Return a code on which a rate of this action may be promised: on another one it would say nothing of it."""
    able = rate_codes(uow, action)
    if code in able:
        return code
    if code not in uow.listed_codes():
        raise _not_listed(code, "code")
    raise BadInput(
        "code_of_another",
        facts={"value": code, "action": action.name, "known": able},
        where={"field": "code"},
    )


def _found_in_audit(uow: UnitOfWork, code: str) -> bool:
    """Tell whether a code names a question of a closed audit."""
    audit, _, question = code.partition("/")
    if not question:
        return False
    try:
        found = uow.audit(audit)
    except BadInput:
        return False
    return (
        found.name == audit
        and found.state == "closed"
        and question in {one.code for one in found.content.questions}
    )


def _not_listed(code: str, field: str) -> BadInput:
    return BadInput("code_not_listed", facts={"value": code}, where={"field": field})


def close_action(uow: UnitOfWork, act: Hand, action: str, reason: str, on: date) -> ActionClosed:
    """Close an action: every promise that counts has passed its test, as the lots say now.

    Raises: NotFixed; OwnPaper: whoever put down a promised document does not close on it.
    """
    with uow:
        uow.person(act.person).require_any_role(on)
        found = with_decision(uow, uow.action(action), on)
        found.require_open()
        found.require_fixed()
        found.require_closer(act.person)
        passed = tuple(
            PromisePassed(p.id, p.decision.state, p.decision.lots) for p in found.promises if not p.replaced
        )
        fact = ActionClosed(found.id, require_reason(reason), passed)
        uow.append(fact, act)
        uow.commit()
    return fact


def all_actions(uow: UnitOfWork, today: date, supplier: str | None = None) -> tuple[CorrectiveAction, ...]:
    """Return corrective actions with where their promises stand, the newest first."""
    with uow:
        found = uow.actions(uow.supplier(supplier).supplier if supplier else None)
        return tuple(with_decisions(uow, reversed(found), today))


def overdue_actions(uow: UnitOfWork, today: date) -> tuple[CorrectiveAction, ...]:
    """Return corrective actions of which a step or a promise is overdue, the oldest first.

    Only what may be overdue by its day is held against the lots, so that this stays cheap however many there are.
    """
    with uow:
        there = uow.actions(unclosed=True)
        late = (one for one in there if any(p.due < today and not p.replaced for p in one.promises))
        decided = {one.id: one for one in with_decisions(uow, late, today)}
        there = tuple(decided.get(one.id, one) for one in there)
        return tuple(one for one in there if one.overdue_steps(today) or one.overdue_promises(today))


def one_action(uow: UnitOfWork, action: str, today: date) -> CorrectiveAction:
    """Return a corrective action with where its promises stand."""
    with uow:
        return with_decision(uow, uow.action(action), today)


def stops_by_name(uow: UnitOfWork, stops: Sequence[Stop]) -> tuple[Stop, ...]:
    """Return stops for people: what came again and the goods that are held back by their names, not by their codes."""
    if not stops:
        return ()
    codes = {one.code: one.name for one in uow.defect_codes()}
    goods = {one.code: one.name for one in uow.products()}
    return tuple(
        replace(one, code=codes.get(one.code) or one.code, product=goods.get(one.product) or one.product)
        for one in stops
    )


def by_names(uow: UnitOfWork, actions: Sequence[CorrectiveAction]) -> tuple[CorrectiveAction, ...]:
    """Return actions for people to read: defects and goods by their names, not by their codes; nothing decides by them.

    What an audit found has no name, and stays.
    """
    if not actions:
        return ()
    codes = {one.code: one.name for one in uow.defect_codes()}
    goods = {one.code: one.name for one in uow.products()}

    def test(of: PromiseTest) -> PromiseTest:
        return replace(of, code=codes.get(of.code) or of.code, product=goods.get(of.product) or of.product)

    return tuple(
        replace(
            one,
            codes=tuple(codes.get(code) or code for code in one.codes),
            product=goods.get(one.product) or one.product,
            promises=tuple(replace(promise, test=test(promise.test)) for promise in one.promises),
            stops=stops_by_name(uow, one.stops),
        )
        for one in actions
    )


def stops_standing(uow: UnitOfWork) -> tuple[Stop, ...]:
    """Return the stops that nobody has decided about."""
    with uow:
        return uow.standing_stops()
