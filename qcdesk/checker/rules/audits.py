# SPDX-License-Identifier: Apache-2.0
"""Audits of suppliers: templates by two, answers before the signature, the sample of the review, and the result."""

from __future__ import annotations

from fractions import Fraction
from hashlib import sha256
from typing import Any

from qcdesk.checker import canonical
from qcdesk.checker.lines import Line
from qcdesk.checker.rules import drawn
from qcdesk.checker.rules.corrective import found_again
from qcdesk.checker.rules.desk import Desk, Rule
from qcdesk.checker.rules.state import Answers, Audit, AuditTemplate

_WORTH = {"yes": Fraction(1), "partly": Fraction(1, 2), "no": Fraction(0)}


def template_saved(desk: Desk, line: Line) -> None:
    """A planner writes a version, or rewrites the one that nobody approved yet."""
    desk.require_role(line, "planner")
    body = line.body
    digest = sha256(canonical.write(body["content"])).hexdigest()
    desk.require(digest == body["hash"], line, "rule_audit_template", template=body["code"])
    versions = desk.audit_templates.setdefault(body["code"], {})
    there = versions.get(body["version"])
    last = max(versions, default=0)
    if there is None:
        good = body["version"] == last + 1 and (last == 0 or versions[last].approved)
    else:
        good = body["version"] == last and not there.approved
    if desk.require(good, line, "rule_audit_template", template=body["code"]) and desk.sound(line):
        versions[body["version"]] = AuditTemplate(line.by or "", body["hash"], body["content"])


def template_approved(desk: Desk, line: Line) -> None:
    """A planner who did not write it approves exactly what was written."""
    desk.require_role(line, "planner")
    body = line.body
    held = desk.audit_templates.get(body["code"], {}).get(body["version"])
    good = held is not None and not held.approved and held.hash == body["hash"]
    desk.require(good, line, "rule_audit_template", template=body["code"])
    if held is None:
        return
    desk.require(held.author != line.by, line, "rule_author_approves", person=desk.name(line.by or ""))
    if desk.sound(line):
        held.approved = True


def opened(desk: Desk, line: Line) -> None:
    """Somebody begins an audit by the newest approved version; numbers have no gaps."""
    desk.require_worker(line)
    body = line.body
    versions = desk.audit_templates.get(body["template"], {})
    newest = max((no for no, one in versions.items() if one.approved), default=0)
    held = versions.get(body["version"])
    good = held is not None and body["version"] == newest and held.hash == body["hash"]
    desk.require(good, line, "rule_audit_template", template=body["template"])
    desk.require(
        body["supplier"] in desk.suppliers, line, "rule_unknown", what="supplier", id=body["supplier"]
    )
    last = max((one.no for one in desk.audits.values()), default=0)
    desk.require(body["no"] == last + 1, line, "rule_audit_number", number=body["no"])
    if desk.fresh(line, body["audit"]) and held is not None:
        one = Audit(body["no"], line.by or "", held, body["hash"])
        one.supplier, one.asks = body["supplier"], body["template"]
        desk.audits[body["audit"]] = one


def _audit(desk: Desk, line: Line) -> Audit | None:
    found: Audit | None = desk.audits.get(line.body["audit"])
    if found is None:
        desk.find(line, "rule_unknown", what="audit", id=line.body["audit"])
    return found


def _fits(question: dict[str, Any] | None, answer: dict[str, Any]) -> bool:
    """Tell whether a question can be answered so."""
    if question is None:
        return False
    points = answer.get("points")
    if answer["value"] == "not_applicable":
        return points is None and not (question.get("critical", False) and not answer.get("note", "").strip())
    if question.get("kind", "yes_no") == "points":
        return answer["value"] == "points" and points is not None and points <= question["points"]
    return answer["value"] in _WORTH and points is None


def answered(desk: Desk, line: Line) -> None:
    """The auditor answers until the own signature; then others, for themselves, what is in the sample."""
    desk.require_worker(line)
    audit = _audit(desk, line)
    if audit is None:
        return
    body, by = line.body, line.by or ""
    first = body["place"] == "first"
    in_time = not audit.signed if first else bool(audit.signed) and not audit.reviewer
    desk.require(in_time, line, "rule_audit_time", audit=audit.no)
    desk.require((by == audit.auditor) == first, line, "rule_audit_person", person=desk.name(by))
    asked = {q["code"]: q for q in audit.questions if first or q["code"] in audit.sample}
    good = all(_fits(asked.get(answer["question"]), answer) for answer in body["answers"])
    desk.require(good, line, "rule_audit_answer", audit=audit.no)
    if desk.sound(line):
        own = audit.first if first else audit.others.setdefault(by, {})
        own.update({answer["question"]: answer for answer in body["answers"]})


def _record(line: Line, audit: Audit, answers: Answers) -> str:
    said_of = (answers[q["code"]] for q in audit.questions if q["code"] in answers)
    ordered = [
        {k: v for k, v in one.items() if k != "names" or v} for one in said_of
    ]  # older answers name no files
    said = {"audit": line.body["audit"], "template": audit.hash, "answers": ordered}
    return sha256(canonical.write(said)).hexdigest()


def signed(desk: Desk, line: Line) -> None:
    """The auditor signs all answers; what is reviewed follows from this line."""
    desk.require_worker(line)
    audit = _audit(desk, line)
    if audit is None:
        return
    desk.require(not audit.signed, line, "rule_audit_time", audit=audit.no)
    desk.require(line.by == audit.auditor, line, "rule_audit_person", person=desk.name(line.by or ""))
    codes = [q["code"] for q in audit.questions]
    whole = all(code in audit.first for code in codes)
    whole = whole and any(a["value"] != "not_applicable" for a in audit.first.values())
    desk.require(whole, line, "rule_audit_incomplete", audit=audit.no)
    desk.require(
        line.body["record"] == _record(line, audit, audit.first), line, "rule_audit_record", audit=audit.no
    )
    if not desk.sound(line):
        return
    audit.signed = line.seq
    plain = [q["code"] for q in audit.questions if not q.get("critical", False)]
    wanted = min(len(plain), max(5, -(-len(codes) // 5)))
    units = drawn.sample_of(bytes.fromhex(line.hash)[:16], len(plain), wanted, (), hidden=False)
    chosen = {plain[unit - 1] for unit in units}
    audit.sample = [q["code"] for q in audit.questions if q.get("critical", False) or q["code"] in chosen]


def reviewed(desk: Desk, line: Line) -> None:
    """Somebody else signs the own answers to the whole sample; what differs is said."""
    desk.require_worker(line)
    audit = _audit(desk, line)
    if audit is None:
        return
    body, by = line.body, line.by or ""
    desk.require(bool(audit.signed) and not audit.reviewer, line, "rule_audit_time", audit=audit.no)
    desk.require(by != audit.auditor, line, "rule_audit_person", person=desk.name(by))
    own = audit.others.get(by, {})
    same_part = body["over"] == audit.signed and body["sample"] == audit.sample
    desk.require(same_part, line, "rule_audit_sample", audit=audit.no)
    whole = all(code in own and code in audit.first for code in audit.sample)
    if not desk.require(whole, line, "rule_audit_incomplete", audit=audit.no):
        return
    differing = [code for code in audit.sample if _said(own[code]) != _said(audit.first[code])]
    good = body["differences"] == differing and body["record"] == _record(line, audit, own)
    desk.require(good, line, "rule_audit_record", audit=audit.no)
    if desk.sound(line):
        audit.reviewer, audit.differences = by, differing


def _said(answer: dict[str, Any]) -> tuple[str, Any]:
    return answer["value"], answer.get("points")


def closed(desk: Desk, line: Line) -> None:
    """Both sign what they settled, the reviewer alone where nothing differs; the result is worked out again."""
    audit = _audit(desk, line)
    if audit is None:
        return
    for signer in line.signers:
        desk.require(desk.may_act(line, signer), line, "rule_no_role", person=desk.name(signer))
    body = line.body
    if not desk.require(bool(audit.reviewer) and not audit.closed, line, "rule_audit_time", audit=audit.no):
        return
    wanted = {audit.reviewer, audit.auditor} if audit.differences else {audit.reviewer}
    both = set(line.signers) == wanted and len(line.signers) == len(wanted)
    desk.require(both, line, "rule_audit_person", person=desk.name(line.by or ""))
    questions = {q["code"]: q for q in audit.questions}
    settled = {answer["question"]: answer for answer in body["settled"]}
    good = [answer["question"] for answer in body["settled"]] == audit.differences
    good = good and all(_fits(questions.get(code), answer) for code, answer in settled.items())
    if not desk.require(good, line, "rule_audit_answer", audit=audit.no):
        return
    counting = {**audit.first, **settled}
    result, score = _outcome(audit.template.content, counting)
    good = (body["result"], body["score"]) == (result, score)
    desk.require(good, line, "rule_audit_outcome", audit=audit.no)
    desk.require(body["record"] == _record(line, audit, counting), line, "rule_audit_record", audit=audit.no)
    reopens = desk.marked(line, "reopens")
    if desk.sound(line):
        audit.closed = True
        if reopens:
            found_again(desk, audit, [code for code, q in questions.items() if _short(q, counting[code])])


def _short(question: dict[str, Any], answer: dict[str, Any]) -> bool:
    """Tell whether what is asked applies, and is not met in full."""
    if answer["value"] == "points":
        return bool(answer["points"] < question["points"])
    return answer["value"] in ("partly", "no")


def _outcome(content: dict[str, Any], answers: Answers) -> tuple[str, int]:
    """Return result and score in tenths of a percent."""
    top, bottom = Fraction(0), 0
    failed = partly = False
    for section in content["sections"]:
        got, of = Fraction(0), 0
        for question in section["questions"]:
            answer = answers[question["code"]]
            if answer["value"] == "not_applicable":
                continue
            worth = (
                Fraction(answer["points"], question["points"])
                if answer["value"] == "points"
                else _WORTH[answer["value"]]
            )
            got += worth * question.get("weight", 1)
            of += question.get("weight", 1)
            if question.get("critical", False):
                failed, partly = failed or worth * 2 < 1, partly or worth != 1
        if of:
            top += got / of * section.get("weight", 1)
            bottom += section.get("weight", 1)
    score = top / bottom if bottom else Fraction(0)
    if failed or score * 100 < content.get("conditional_percent", 60):
        return "failed", int(score * 1000)
    enough = score * 100 >= content.get("pass_percent", 80) and not partly
    return "passed" if enough else "conditional", int(score * 1000)


RULES: dict[str, Rule] = {
    "audit_template.saved": template_saved,
    "audit_template.approved": template_approved,
    "audit.opened": opened,
    "audit.answered": answered,
    "audit.signed": signed,
    "audit.reviewed": reviewed,
    "audit.closed": closed,
}
