# SPDX-License-Identifier: Apache-2.0
"""What every kind of event says: its fields with their types, and which kind of key signs it.

``name=type`` is a field, ``name?=type`` one that older events lack, ``type/`` may be null, ``[type]`` is a list; a type
in capitals is an object described by its own line. ``words`` is text that is asked for: blank, it breaks a rule, and
the line is read and counts all the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

Check = Callable[[Any], str | None]
"""Returns where a value is out of form ('' is the value itself); None: it is well."""

_TEXT = r"""
Grant: role=role families?=[text] until?=day/
First: person=id login=text name=text staff=text key=id public_key=public
Name: language=text name=text
Contact: name=text role?=text language?=text email?=text phone?=text
Paper: kind=text number?=text issuer?=text until?=day/ sha256?=hash/
Goods: product=id supplier=id/ line=text order=text makers=[id] reworkers=[id] made_on=day/ ship_by=day/ \
round_no=whole again_used=bool origins=[id] hold_kind=text hold_reason=text
Part: batch=id number=text quantity=count way=part_way terms?=text units?=[count] hold?=id/
Maker: person=id units?=[count]
Attached: name=text sha256=hash bytes=count
Rule: defect_class=class kind=rule aql?=decimal/ level?=text n?=count/ standard?=text plan_type?=plan_type
Step: title=text text?=text picture?=hash/ language?=text
Characteristic: code=text name=text kind=measured defect_class?=class unit?=text nominal?=decimal/ lower?=decimal/ \
upper?=decimal/ instrument_type?=text mode?=mode destructive?=bool
Keypad: code=text name=text defect_class=class
Switching: edition?=edition reduced?=reduced
Content: title=text products=[text] owner=text review_by=day rules=[Rule] steps?=[Step] \
characteristics?=[Characteristic] defects?=[Keypad] qualification_required?=bool tally?=bool \
maker_may_check_first?=bool not_done_allowed?=bool agreement_floor_percent?=whole/ note?=text \
defects_mode?=apart photo_classes?=[class] curtail?=bool switching?=Switching/
Pinned: code=text version=count hash=hash content=Content
Header: number=text product_code=text product_name=text revision=text unit=text quantity=count supplier_code=text \
supplier_name=text line=text order=text makers=[text] made_on=day/ ship_by=day/ supplier_country?=text
Why: because=because lots?=[text] of?=whole said?=text
Lot: number=text accepted=bool
Standing: defect_class=class severity?=standing reason?=Why changed?=bool recent?=[Lot] in_a_row?=whole failed?=[text] \
lots?=whole score?=whole due?=bool
Severity: defect_class=class severity=standing reason=Why since=whole by?=[text]
Switched: supplier=id/ product=text procedure=text classes=[Standing]
Test: kind=test code?=text defect_class?=class/ percent?=decimal/ lots?=whole product?=text document?=text
Passed: promise=id state=passed lots?=[text]
Stage: n=whole cumulative_n=count ac=whole/ re=count table_n=count
Class: defect_class=class n=whole ac=whole re=whole inspect_all=bool basis=basis rule=Rule table?=any stages?=[Stage]
Plan: lot_size=count severity=severity classes=[Class] n=count
Result: unit=count not_done?=text/
Found: id=id unit=count/ code=text defect_class=class count?=count place?=text note?=text photo?=hash/ \
photo_original?=hash/
Measured: id=id unit=count characteristic=text typed=text value=decimal measure=text inside=bool defect_class=class \
instrument?=text/ calibrated_until?=day/ replaces?=id/ reason?=text
Reviewed: claim=id unit=count code=text defect_class=class count?=count agrees?=bool note?=text
Undone: finding=id reason=text
Resolution: unit=count/ code=text defect_class=class count=count holds=bool note?=text
Seen: units=whole of=whole not_done=whole readings=whole seconds=whole
Reported: report=id source=text code=text name=text defect_class=class count?=count batch?=id/ supplier?=id/ \
product?=id/ found_on?=day/ reference?=text note?=text
Reinspected: batch=id round=id
Verdict: defect_class=class n=whole ac=whole/ re=whole basis=basis counted=whole beyond=whole verdict=judged \
stage?=count found?=[whole]

act workspace.opened: vault=id shop=text people=[First] recovery_public_key=public
act shop.changed: name=text address=text logo=hash/ paper=text third_person_releases?=bool over?=count \
footer?=text accent?=text
act session.opened: session=id key=id public_key=public
entry session.closed: session=id
act station.introduced: station=text key=id public_key=public name?=text instead?=text
station auth.failed: person=id way=way in_a_row=count wait=whole start=text steady=whole tried?=whole/
station auth.locked: person=id in_a_row=count seconds=count
station clock.jumped: ahead=number
act person.unlocked: person=id lock=count
act secret.changed: person=id key=id seal=hash
act key.changed: person=id old_key=id key=id public_key=public seal=hash stops?=[id]
act badge.issued: person=id badge=id key=id seal=hash stops?=[id]
act badge.stopped: person=id badge=id reason=words
act person.enrolled: person=id login=text name=text staff=text key=id public_key=public roles=[Grant] \
languages?=[text] another_than?=[id]
entry person.listed: person=id name=text staff?=text/ source?=text/
act person.changed: person=id name=text languages=[text]
entry language.chosen: language=reading/
act person.suspended: person=id reason=words
act person.lifted: person=id
act person.renamed: person=id name=text another_than?=[id]
act key.revoked: person=id key=id why=why suspect_from?=count/ sessions?=[id]
act key.enrolled: person=id key=id public_key=public lost?=id/ sessions?=[id]
act recovery.used: act=text person=id public_key=public
act batch.quarantined: batch=id hold=id person=id suspect_from=count
act round.reopened: batch=id round=id checks=[id] reason=words
act role.granted: person=id grant=Grant
act role.taken: person=id role=role
act qualification.granted: person=id procedure=text until=day/
act qualification.taken: person=id procedure=text

entry supplier.saved: supplier=id code=text name=text name_latin?=text country?=text address?=text contact?=text \
note?=text source?=text/ over?=count contacts?=[Contact] tax_number?=text gln?=text products?=[text] papers?=[Paper]
act supplier.status: supplier=id status=supplier_status reason=words over=whole
act supplier.merged: supplier=id same_as=id reason=words since?=whole
act supplier.unmerged: supplier=id over=count reason=words
entry product.saved: product=id code=text name=text revision?=text family?=text unit?=text picture?=hash/ note?=text \
source?=text/ over?=count
entry defect_code.saved: code=text name=text defect_class=class names?=[Name] note?=text retired?=bool source?=text/
entry instrument.saved: instrument=id number=text kind=text calibrated_until=day/ blocked?=bool note?=text over?=count
entry procedure.drafted: code=text version=count content=Content hash=hash
act procedure.approved: code=text version=count hash=hash open_batches?=open reinspected?=[Reinspected]
act procedure.grace: code=text version=count until=day reason=words
act procedure.retired: code=text version=count reason=words
entry import.done: kind=text file=text sha256=hash rows=whole mapping_sha256?=hash/ another?=[text]
entry defect.reported: report=id source=text code=text name=text defect_class=class count?=count batch?=id/ \
supplier?=id/ product?=id/ found_on?=day/ reference?=text note?=text stops?=bool
entry defects.reported: rows=[Reported] stops?=bool

entry batch.saved: batch=id number=text product=id quantity=count supplier?=id/ line?=text order?=text \
makers?=[Maker] made_on?=day/ ship_by?=day/ note?=text source?=text/ seen?=whole
entry batch.cancelled: batch=id reason=words
entry batch.held: batch=id hold=id kind=text reason=words
act batch.lifted: batch=id hold=id reason=words
act batch.disposed: batch=id round=id/ disposition=disposition quantity=count reason=words terms?=text
act batch.split: batch=id parts=[Part] kept=whole goods=Goods reason=words
entry batch.placed: batch=id stands=words
entry batch.reworked: batch=id by=[id] note?=text ends_hold?=id/
entry batch.shipped: batch=id shipment=id quantity=count to=words on=day document?=text
entry batch.shipped_unreleased: batch=id shipment=id quantity=count to=words on=day reason=words document?=text
act batch.released: batch=id round=id quantity=count record=hash over=[hash]
act batch.withdrawn: batch=id reason=words

act concession.requested: concession=id batch=id round=id quantity=count until=day codes=[text] deviation=words \
reference=words use?=text consent?=hash/ consent_name?=text
act concession.approved: concession=id batch=id round=id quantity=count record=hash over=[hash] arrived?=bool judged?=bool
act concession.refused: concession=id batch=id round=id reason=words
act concession.budget: supplier=id percent=decimal months=count reason=words

act certificate.issued: certificate=count batch=id round=id release=count verdict=certified quantity=count on=day \
record=hash code=hex sig=signature
entry certificate.printed: certificate=count batch=id copy=whole results?=bool
act certificate.withdrawn: certificate=count batch=id reason=words

entry paper.printed: document=document subject_id=text name=text of_batch=id/ state=text copy=whole way=leaving \
languages=[text] digest=digest
station paper.noted: document=document subject_id=text name=text of_batch=id/ state=text copy=whole way=leaving \
languages=[text] digest=digest

entry touch.logged: batch=id/ order=text kind=touched undoes?=whole
entry nonconformity.opened: nonconformity=count batch=id quantity=count codes=[text] what=text containment=words \
owner=id due=day attachments?=[Attached] together?=bool
entry nonconformity.contained: nonconformity=count batch=id containment=words attachments?=[Attached]
entry nonconformity.noted: nonconformity=count batch=id note=words attachments?=[Attached]
entry nonconformity.handed_over: nonconformity=count batch=id owner=id reason=words
entry nonconformity.due: nonconformity=count batch=id due=day reason=words
entry nonconformity.linked: nonconformity=count batch=id action=id undone?=bool
act nonconformity.closed: nonconformity=count batch=id over=count/ reason=text
entry nonconformity.reopened: nonconformity=count batch=id due=day reason=words together?=bool
entry complaint.taken: complaint=count customer=words contact=text language=text said_as=said_as words=words \
received=day owner=id call_back?=count/ bound?=bool
entry complaint.acknowledged: complaint=count by_whom=words how=words on=day
entry complaint.handed_over: complaint=count owner=id reason=words
entry complaint.called_back: complaint=count called=bool note=text call_back?=count/ reached?=bool/
entry complaint.linked: complaint=count batch=id undone?=bool
entry complaint.judged: complaint=count escape=bool about=words reason=words proposed?=[text]
entry complaint.answered: complaint=count to=words subject=words text=words
entry complaint.closed: complaint=count outcome=words
entry owner.figures: month=text repeat_orders=whole referrals=whole

entry round.opened: round=id batch=id no=count header=Header procedure=Pinned plan=Plan severity_reason=text seed=text \
sample=[count] must_include?=[count] carries?=id/ fresh?=[count] overlap?=[count] after?=whole/ \
severities?=[Severity]
entry check.started: check=id round=id batch=id place=place
entry check.recorded: check=id batch=id round=id results?=[Result] findings?=[Found] measured?=[Measured] \
withdrawn?=[Undone] tallied?=whole/ carried_from?=id/ reviewed?=[Reviewed]
entry check.resolved: check=id batch=id round=id resolutions=[Resolution]
entry check.set_aside: check=id round=id batch=id place=place reason=words
act check.signed: check=id batch=id round=id place=pair meaning=text verdict=verdict classes=[Verdict] record=hash \
procedure=text version=count procedure_hash=hash over=[hash] mode=mode seen=Seen maker?=bool
entry round.compared: batch=id round=id first=id second=id comparison=any classes=[Verdict] outcome=outcome \
reasons=[text] samples?=[[Verdict]] switched?=Switched/
act round.decided: check=id batch=id round=id meaning=text resolutions=[Resolution] classes=[Verdict] outcome=verdict \
record=hash over=[hash] switched?=Switched/
act round.rejected_after_all: batch=id round=id reason=words switched?=Switched/
act severity.set: supplier=id/ product=text procedure=text defect_class=class severity=severity because=because \
reason=words over=whole
entry action.opened: action=id number=count supplier=id product=text codes=[text] title=words finding?=text \
attachments?=[Attached]
entry action.step: action=id step=step text=text due?=day/ person?=id/ done?=bool attachments?=[Attached]
entry action.sent: action=id to=text language=text subject=text text=words attachments?=[Attached]
entry action.replied: action=id sender=text text=words on=day promise?=id/ attachments?=[Attached]
entry promise.made: promise=id action=id no=count words=words due=day test=Test replaces?=id/
act action.closed: action=id reason=words promises=[Passed]
either defect.repeated: action=id lot=id/ supplier=id product=text code=text defect_class=class switched?=Switched/ \
tightens?=tightens report?=id
either action.unproved: action=id promises=[id] report?=id/ finding?=text
act stop.decided: stop=count reason=words
act round.again: batch=id round=id reason=words stands?=bool
act check.retracted: check=id batch=id round=id reason=words then=then used_again=bool hold?=id/ tightened?=bool
act round.ordered: batch=id round=id hold=id reason=words tightened?=bool
act log.voided: number=count hash=hash reason=words batch?=id/ lost?=[hash]
act workspace.restored: lost_from=count lost_to=count/ said=words
act tables.rebuilt: until=count head=hash reason=words
act clock.corrected: true_time=count said=words
entry place.given_up: round=id batch=id reason=words
entry first.seen: round=id batch=id what=text
entry concern.explained: concern=text person=text note=words

LocalText: language=text text=text
Question: code=text text=[LocalText] guidance?=[LocalText] kind?=answer_kind points?=whole weight?=count critical?=bool
Section: code=text title=[LocalText] questions=[Question] weight?=count
AuditTemplate: title=[LocalText] sections=[Section] pass_percent?=count conditional_percent?=whole note?=text
Answer: question=text value=answer points?=whole/ note?=text files?=[hash] at?=whole/ names?=[text]
entry audit_template.saved: code=text version=count content=AuditTemplate hash=hash
act audit_template.approved: code=text version=count hash=hash
entry audit.opened: audit=id no=count supplier=id template=text version=count hash=hash
entry audit.answered: audit=id place=pair answers=[Answer] brought?=hash/
act audit.signed: audit=id meaning=text record=hash
act audit.reviewed: audit=id meaning=text over=count sample=[text] record=hash differences=[text]
act audit.closed: audit=id settled=[Answer] result=audit_result score=whole record=hash reopens?=bool
"""

_WORDS = {
    "role": "inspector arbiter releaser concession planner administrator auditor",
    "class": "critical major minor",
    "rule": "aql zero all",
    "measured": "attribute variable",
    "basis": "percent per_100",
    "severity": "normal tightened reduced",
    "standing": "normal tightened reduced discontinued",
    "edition": "iso2859-1:1999 z1.4 mil-std-105e",
    "reduced": "never by_two beforehand",
    "because": "start two_of_five five_accepted five_not_accepted ten_on_tightened score ten_accepted not_accepted "
    "between not_allowed corrective_action approved irregular decided repeated",
    "tightens": "class rounds",
    "step": "D0 D1 D2 D3 D4 D5 D6 D7 D8",
    "test": "rate certificate accepted",
    "passed": "kept late",
    "place": "first second third",
    "pair": "first second",
    "mode": "blind split review",
    "apart": "blind split",
    "verdict": "accepted rejected",
    "judged": "accepted rejected undecided",
    "plan_type": "single double multiple",
    "outcome": "accepted rejected disagreed",
    "disposition": "rework repair sort regrade return scrap",
    "part_way": "inspect rework repair sort regrade return scrap",
    "supplier_status": "approved conditional blocked",
    "then": "new_round held",
    "open": "continue re_inspect",
    "certified": "released released_under_concession",
    "answer_kind": "yes_no points",
    "answer": "yes partly no not_applicable points",
    "audit_result": "passed conditional failed",
    "way": "password badge pin",
    "why": "left lost suspect",
    "touched": "call message chase hand_off rework",
    "said_as": "spoken written",
    "reading": "en vi zh_CN th",
    "document": "inspection certificate analysis first_article nonconformity corrective audit instruction label "
    "stickers figures",
    "leaving": "printed saved mailed label_printer",
}
_PATTERNS = {
    "id": "[0-9a-f]{32}",
    "hash": "[0-9a-f]{64}",
    "digest": "([0-9a-f]{64})?",
    "public": "[0-9a-f]{64}",
    "hex": "([0-9a-f]{2})+",
    "signature": "[0-9a-f]{128}",
    "decimal": r"-?(0|[1-9][0-9]*)(\.[0-9]+)?",
}


def _of_pattern(pattern: str) -> Check:
    shape = re.compile(pattern)
    return lambda value: None if type(value) is str and shape.fullmatch(value) else ""


def _of_type(kind: type) -> Check:
    return lambda value: None if type(value) is kind else ""


def _from(least: int) -> Check:
    return lambda value: None if type(value) is int and value >= least else ""


def _of_words(words: str) -> Check:
    allowed = frozenset(words.split())
    return lambda value: None if type(value) is str and value in allowed else ""


def _day(value: Any) -> str | None:  # noqa: ANN401 - whatever stands there
    try:
        return None if type(value) is str and date.fromisoformat(value).isoformat() == value else ""
    except ValueError:
        return ""


_CHECKS: dict[str, Check] = {
    "text": _of_type(str),
    "words": _of_type(str),
    "bool": _of_type(bool),
    "whole": _from(0),
    "count": _from(1),
    "number": _of_type(int),
    "any": lambda _value: None,
    "day": _day,
    **{name: _of_words(words) for name, words in _WORDS.items()},
    **{name: _of_pattern(pattern) for name, pattern in _PATTERNS.items()},
}


def _optional(inner: Check) -> Check:
    return lambda value: None if value is None else inner(value)


def _list(inner: Check) -> Check:
    def check(value: Any) -> str | None:  # noqa: ANN401
        if type(value) is not list:
            return ""
        for number, item in enumerate(value):
            wrong = inner(item)
            if wrong is not None:
                return f"[{number}]{'.' if wrong and wrong[0] != '[' else ''}{wrong}"
        return None

    return check


def _object(fields: dict[str, Check], required: frozenset[str]) -> Check:
    allowed = frozenset(fields)

    def check(value: Any) -> str | None:  # noqa: ANN401
        if type(value) is not dict:
            return ""
        names = value.keys()
        if not required <= names:
            return str(min(required - names))
        if not names <= allowed:
            return str(min(names - allowed))
        for name, item in value.items():
            wrong = fields[name](item)
            if wrong is not None:
                return f"{name}{'.' if wrong and wrong[0] != '[' else ''}{wrong}"
        return None

    return check


def _check_of(kind: str) -> Check:
    if kind.endswith("/"):
        return _optional(_check_of(kind[:-1]))
    if kind.startswith("["):
        return _list(_check_of(kind[1:-1]))
    return _CHECKS[kind]


def _fields_of(text: str) -> Check:
    pairs = [word.split("=") for word in text.split()]
    required = frozenset(name for name, _ in pairs if not name.endswith("?"))
    return _object({name.rstrip("?"): _check_of(kind) for name, kind in pairs}, required)


def _described() -> dict[str, tuple[str, Check]]:
    found: dict[str, tuple[str, Check]] = {}
    for line in _TEXT.replace("\\\n", "").strip().splitlines():
        if not line:
            continue
        heading, fields = line.split(":", 1)
        if heading[0].isupper():
            _CHECKS[heading] = _fields_of(fields)
        else:
            strength, name = heading.split(" ")
            found[name] = (strength, _fields_of(fields))
    return found


SHAPES: dict[str, tuple[str, Check]] = _described()
"""Kind of event -> which key signs it (``act``, ``entry``, ``station``; ``either``: one of the first two), and what
tells whether its body is in form."""

ASKED: dict[str, tuple[str, ...]] = {
    name: tuple(word.removesuffix("=words") for word in fields.split() if word.endswith("=words"))
    for name, fields in re.findall(r"^[a-z]+ ([a-z_.]+):(.*)$", _TEXT.replace("\\\n", ""), re.M)
}
"""Kind of event -> the fields that are never blank: a reason, an explanation, to whom goods went."""
