# SPDX-License-Identifier: Apache-2.0
"""Audits at work: templates by two, answers, the auditor's signature, an independent review, and what it comes to."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from qcdesk.domain import canonical
from qcdesk.domain.audit_templates import AuditTemplate, TemplateVersion, cleaned_template
from qcdesk.domain.audits import Answer, Audit, in_order, record_of
from qcdesk.domain.codec import to_data
from qcdesk.domain.events import (
    AuditAnswered,
    AuditClosed,
    AuditOpened,
    AuditReviewed,
    AuditSigned,
    AuditTemplateApproved,
    AuditTemplateSaved,
)
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.names import clean_code
from qcdesk.domain.refusals import AuditBlind, AuditMovedOn, ChangedMeanwhile, TwoNeeded
from qcdesk.services.audit_rows import AuditPage, Coming, TakenAudit
from qcdesk.services.found_again import note_found_again
from qcdesk.services.kept_pictures import require_kept
from qcdesk.services.ports import Hand, Ids, TakenAlong, UnitOfWork
from qcdesk.services.sittings import Sitting
from qcdesk.services.taken_audits import coming

AUDITED = "I audited"
REVIEWED = "I reviewed the evidence"


@dataclass(frozen=True)
class Reviewed:
    """What a review brought: the signature, and the end of the audit where both say the same."""

    reviewed: AuditReviewed
    closed: AuditClosed | None


def template_hash(content: AuditTemplate) -> str:
    """Return the SHA-256 of a template in canonical form."""
    return hashlib.sha256(canonical.encode(to_data(content))).hexdigest()


@dataclass(frozen=True)
class Audits:
    """What can be done about audits; each method is one transaction. Made by ``UseCases.audits``."""

    begin: Callable[[], UnitOfWork]
    look: Callable[[], UnitOfWork]
    ids: Ids
    day: Callable[[], date]
    entering: Callable[[Sitting], Hand]
    taken: TakenAlong

    # Templates ----------------------------------------------------------------------------------------------

    def save_template(self, sitting: Sitting, code: str, content: AuditTemplate) -> AuditTemplateSaved:
        """Write a new version of a template, or rewrite the draft there is; a planner."""
        hand, on = self.entering(sitting), self.day()
        code, content = clean_code(code, "reference"), cleaned_template(content)
        content.require_complete()
        with self.begin() as uow:
            uow.person(hand.person).require_role("planner", on)
            version = 1
            if uow.knows_template(code):
                newest = uow.audit_template(code)
                version = newest.version if newest.state == "draft" else newest.version + 1
            fact = AuditTemplateSaved(code, version, content, template_hash(content))
            uow.append(fact, hand)
            uow.commit()
        return fact

    def approve_template(
        self, act: Hand, code: str, version: int | None = None, seen_hash: str | None = None
    ) -> AuditTemplateApproved:
        """Approve the text that was read; a planner who did not write it."""
        with self.begin() as uow:
            draft = uow.audit_template(code, version)
            by = uow.person(act.person)
            by.require_role("planner", self.day())
            draft.require_approvable(by, seen_hash or draft.hash)
            fact = AuditTemplateApproved(draft.code, draft.version, draft.hash)
            uow.append(fact, act)
            uow.commit()
        return fact

    def template(self, code: str, version: int | None = None) -> TemplateVersion:
        """Return a version of a template."""
        with self.look() as uow:
            return uow.audit_template(code, version)

    # The audit ----------------------------------------------------------------------------------------------

    def open(self, sitting: Sitting, supplier: str, template: str) -> AuditOpened:
        """Begin an audit of a supplier by the approved version of a template; who begins it is its auditor."""
        hand = self.entering(sitting)
        with self.begin() as uow:
            uow.person(hand.person).require_any_role(self.day())
            held = uow.approved_template(template)
            held.require_in_use()
            one = uow.supplier(supplier).supplier
            fact = AuditOpened(
                self.ids.new(), uow.last_audit_no() + 1, one, held.code, held.version, held.hash
            )
            uow.append(fact, hand)
            uow.commit()
        return fact

    def answer(self, sitting: Sitting, audit: str, answers: Sequence[Answer]) -> AuditAnswered:
        """Save answers: the auditor's until the first signature, a reviewer's own until the second."""
        hand = self.entering(sitting)
        if not answers:
            raise BadInput("missing", where={"field": "answer"})
        with self.begin() as uow:
            by = uow.person(hand.person)
            by.require_any_role(self.day())
            one = uow.audit(audit)
            place = one.place_of(by)
            known = one.first if place == "first" else one.second_of(by.id)
            for answer in answers:
                one.require_answer(place, answer)
                _require_photos(uow, answer, known)
            fact = AuditAnswered(one.id, place, tuple(answers))
            uow.append(fact, hand)
            uow.commit()
        return fact

    def sign(self, act: Hand, audit: str, *, seen_record: str | None = None) -> AuditSigned:
        """Sign "I audited": every question has an answer, and nothing is answered afterwards."""
        with self.begin() as uow:
            by = uow.person(act.person)
            by.require_any_role(self.day())
            one = uow.audit(audit)
            one.require_signable(by)
            record = record_of(one.id, one.hash, in_order(one.content, one.first))
            if seen_record is not None and seen_record != record:
                raise ChangedMeanwhile()
            fact = AuditSigned(one.id, AUDITED, record)
            uow.append(fact, act)
            uow.commit()
        return fact

    def review(self, act: Hand, audit: str) -> Reviewed:
        """Sign "I reviewed the evidence" over the own answers to the sample; where both say the same, it is closed."""
        with self.begin() as uow:
            by = uow.person(act.person)
            by.require_any_role(self.day())
            one = uow.audit(audit)
            one.require_reviewable(by)
            assert one.signed is not None, "what is reviewed was signed"
            differences = one.compared(by.id)
            own = in_order(one.content, one.second_of(by.id))
            fact = AuditReviewed(
                one.id,
                REVIEWED,
                one.signed,
                one.sample,
                record_of(one.id, one.hash, own),
                differences,
            )
            uow.append(fact, act)
            closed = None
            if not differences:
                closed = _closed(one, ())
                uow.append(closed, act)
                note_found_again(uow, act, one, one.outcome().findings)
            uow.commit()
        return Reviewed(fact, closed)

    def settle(self, by: Hand, other: Hand, audit: str, settled: Sequence[Answer]) -> AuditClosed:
        """Close an audit whose two people answered something otherwise: both sign what is true of it."""
        with self.begin() as uow:
            one = uow.audit(audit)
            wanted = one.require_closable(settled)
            hands = {hand.person: hand for hand in (by, other)}
            if hands.keys() != {one.auditor, one.reviewer}:
                names = tuple(uow.person(p).name for p in (one.auditor, one.reviewer or ""))
                raise TwoNeeded("audit", names)
            for person in hands:
                uow.person(person).require_any_role(self.day())
            for answer in wanted:
                for file in answer.files:
                    require_kept(uow, file, "photo")
            fact = _closed(one, wanted)
            uow.append(fact, hands[one.reviewer or ""], co=(hands[one.auditor],))
            note_found_again(uow, hands[one.reviewer or ""], one, one.outcome(wanted).findings)
            uow.commit()
        return fact

    def page(self, audit: str, person: str | None = None) -> AuditPage:
        """Return an audit as somebody may see it: until both have signed only the auditor sees the own answers.

        Args: person: who asks; None: nobody who could be named.
        """
        with self.look() as uow:
            return page_of(uow, uow.audit(audit), person)

    # Without a network --------------------------------------------------------------------------------------

    def take(self, sitting: Sitting, audit: str) -> TakenAudit:
        """Return an open audit to take along; its auditor."""
        hand = self.entering(sitting)
        with self.look() as uow:
            one = uow.audit(audit)
            one.place_of(uow.person(hand.person))
            if one.state != "open":
                raise AuditBlind(one.name)
            supplier = uow.supplier(one.supplier)
            self.taken.note(uow.vault, one.id, self.day())
            return TakenAudit(
                vault=uow.vault,
                audit=one.id,
                no=one.no,
                supplier=supplier.name,
                template=one.template,
                version=one.version,
                content=one.content,
                seq=one.seq,
                answers=in_order(one.content, one.first),
                earlier=tuple(a for a in in_order(one.content, one.first) if a.at is not None),
            )

    def away_since(self, audit: str) -> date | None:
        """Return since when an open audit is away, taken along from this station and not brought back yet."""
        with self.look() as uow:
            one = uow.audit(audit)
            return self.taken.since(uow.vault, one.id) if one.state == "open" else None

    def changes(self, sitting: Sitting, taken: TakenAudit) -> Coming:
        """Return what would be brought in, and what was answered here otherwise since.

        Raises: AuditMovedOn: it was signed here meanwhile; BadInput: nothing was answered; as ``answer``.
        """
        with self.look() as uow:
            return _coming(uow, taken, sitting.person)

    def bring(self, sitting: Sitting, taken: TakenAudit) -> Coming:
        """Bring in what was answered elsewhere and collides with nothing; what does stays as it is here."""
        hand = self.entering(sitting)
        with self.begin() as uow:
            uow.person(hand.person).require_any_role(self.day())
            found = _coming(uow, taken, hand.person)
            if found.new:
                known = {one.there.question: one.here for one in found.new if one.here is not None}
                answers = tuple(one.there for one in found.new)
                for answer in answers:
                    _require_photos(uow, answer, known)
                uow.append(AuditAnswered(taken.audit, "first", answers, taken.sha256), hand)
                uow.commit()
        self.taken.over(taken.vault, taken.audit)
        return found


def _coming(uow: UnitOfWork, taken: TakenAudit, person: str) -> Coming:
    """Return what a file brings; only the auditor's, and only until the own signature."""
    if uow.vault != taken.vault:
        raise BadInput("audit_elsewhere", facts={"audit": taken.name}, where={"field": "file"})
    one = uow.audit(taken.audit)
    if one.state != "open":
        raise AuditMovedOn(one.name)
    one.place_of(uow.person(person))
    return coming(taken, one)


def _require_photos(uow: UnitOfWork, answer: Answer, known: Mapping[str, Answer]) -> None:
    before = known.get(answer.question)
    for file in answer.files:
        if before is None or file not in before.files:
            require_kept(uow, file, "photo")


def page_of(uow: UnitOfWork, one: Audit, person: str | None) -> AuditPage:
    """Return an audit as a person may see it."""
    names = {p.id: p.name for p in uow.people()}
    over = one.state in ("reviewed", "closed")
    auditor = person == one.auditor
    mine = one.first if over or auditor else {}
    # Whoever answers from the evidence sees the evidence, and no more.
    sample = one.sample if one.state != "open" else ()
    reviews = person is not None and not auditor and one.state == "signed"
    evidence = {code: one.first[code] for code in sample} if reviews else {}
    second = one.second_of(one.reviewer or "") if over else one.second_of(person or "") if reviews else {}
    return AuditPage(
        id=one.id,
        no=one.no,
        state=one.state,
        supplier=uow.supplier(one.supplier),
        template=one.template,
        version=one.version,
        hash=one.hash,
        content=one.content,
        auditor=one.auditor,
        auditor_name=names.get(one.auditor, ""),
        reviewer=one.reviewer,
        reviewer_name=names.get(one.reviewer or "", ""),
        opened_at=one.opened_at,
        signed_at=one.signed_at,
        reviewed_at=one.reviewed_at,
        closed_at=one.closed_at,
        seq=one.seq,
        answered=len(one.first),
        first=dict(mine),
        second=dict(second),
        evidence={code: (a.note, a.files) for code, a in evidence.items()},
        names={
            file: name
            for shown in (mine, second, evidence)
            for a in shown.values()
            for file, name in a.called()
            if name
        },
        sample=sample if over or reviews else (),
        differences=one.differences,
        settled={a.question: a for a in one.settled},
        outcome=one.outcome(one.settled) if one.state == "closed" else None,
        record=record_of(one.id, one.hash, in_order(one.content, one.first)) if auditor else "",
        signed_by_log=(one.signed, one.reviewed, one.closed),
    )


def _closed(one: Audit, settled: tuple[Answer, ...]) -> AuditClosed:
    outcome = one.outcome(settled)
    counting = in_order(one.content, {**one.first, **{a.question: a for a in settled}})
    record = record_of(one.id, one.hash, counting)
    return AuditClosed(one.id, settled, outcome.result, outcome.per_mille, record, reopens=True)
