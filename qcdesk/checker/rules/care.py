# SPDX-License-Identifier: Apache-2.0
"""Rules of complaints and touches: numbers without gaps, one owner who works here, nothing after the end."""

from __future__ import annotations

from qcdesk.checker.lines import Line
from qcdesk.checker.rules.desk import Desk, Rule

_CLOSED = ""
"""In place of an owner: the complaint is closed."""
_MANAGING = ("planner", "administrator")
_JUDGING = "arbiter"
_BEING_CHECKED = ("first_check", "awaiting_second", "second_check")


def touch_logged(desk: Desk, line: Line) -> None:
    """A touch is one on a batch or an order; taking one back speaks of an earlier line."""
    body = line.body
    desk.require_worker(line)
    if body["batch"] is not None:
        desk.batch(line)
    named = body["batch"] is not None or bool(body["order"].strip())
    desk.require(named and body.get("undoes", 0) < line.seq, line, "rule_touch")


def complaint_taken(desk: Desk, line: Line) -> None:
    """Complaints are counted without gaps, and each has an owner from the first."""
    number = line.body["complaint"]
    desk.require_worker(line)
    desk.require(number == len(desk.complaints) + 1, line, "rule_complaint_number", number=number)
    _owned(desk, line)
    _ahead(desk, line)
    desk.complaints[number] = line.body["owner"]
    desk.call_backs[number] = line.body.get("call_back")
    desk.says_bound = desk.says_bound or line.body.get("bound", False)


def complaint_goes_on(desk: Desk, line: Line) -> None:
    """Nothing comes after the end."""
    desk.require_worker(line)
    owner = desk.complaints.get(line.body["complaint"], _CLOSED)
    desk.require(owner != _CLOSED, line, "rule_complaint_over", number=line.body["complaint"])


def complaint_by_owner(desk: Desk, line: Line) -> None:
    """Whoever has it goes on with it, or somebody who manages complaints; in older logs anybody did."""
    complaint_goes_on(desk, line)
    by, number = line.by or "", line.body["complaint"]
    owner = desk.complaints.get(number, _CLOSED)
    if owner == _CLOSED or not desk.says_bound:
        return
    manages = any(desk.holds_role(line, by, role) for role in _MANAGING)
    desk.require(by == owner or manages, line, "rule_complaint_not_theirs", person=desk.name(by))


def complaint_acknowledged(desk: Desk, line: Line) -> None:
    """The customer confirms it once."""
    complaint_by_owner(desk, line)
    number = line.body["complaint"]
    desk.require(
        number not in desk.confirmed or not desk.says_bound, line, "rule_complaint_again", number=number
    )
    desk.confirmed.add(number)


def complaint_handed_over(desk: Desk, line: Line) -> None:
    """It goes to somebody else, who works here."""
    complaint_by_owner(desk, line)
    number, owner = line.body["complaint"], line.body["owner"]
    _owned(desk, line)
    desk.require(desk.complaints.get(number) != owner, line, "rule_complaint_owner", person=desk.name(owner))
    desk.complaints[number] = owner


def complaint_called_back(desk: Desk, line: Line) -> None:
    """A call that is promised lies ahead; one that reached nobody leaves open what was promised."""
    complaint_by_owner(desk, line)
    _ahead(desk, line)
    body = line.body
    if body["called"]:
        desk.marked(line, "reached", said=body.get("reached") is not None)
    if body.get("call_back") is not None or not body["called"] or body.get("reached") is not False:
        desk.call_backs[body["complaint"]] = body.get("call_back")


def complaint_linked(desk: Desk, line: Line) -> None:
    """It is about a batch that is there, or not about it after all."""
    complaint_goes_on(desk, line)
    desk.batch(line)
    batches = desk.complained.setdefault(line.body["complaint"], set())
    if line.body.get("undone", False):
        batches.discard(line.body["batch"])
    else:
        batches.add(line.body["batch"])
        _not_blind(desk, line, line.body["batch"])


def complaint_judged(desk: Desk, line: Line) -> None:
    """Only what was released, or left without that, can have escaped; said by who settles what others disagree about.

    Nothing is said of a batch that is being checked, nor the same again, nor otherwise for the same reason.
    """
    complaint_goes_on(desk, line)
    number, body = line.body["complaint"], line.body
    if desk.says_bound:
        desk.require_role(line, _JUDGING)
        for id_ in sorted(desk.complained.get(number, ())):
            _not_blind(desk, line, id_)
        before = desk.judged.get(number)
        if before is not None:
            escape, about, reason = before
            same = (escape, about) == (body["escape"], body["about"].strip()) or reason == body[
                "reason"
            ].strip()
            desk.require(not same, line, "rule_complaint_again", number=number)
    desk.judged[number] = [body["escape"], body["about"].strip(), body["reason"].strip()]
    if not line.body["escape"] or desk.believes:
        return
    about = (desk.batches.get(id_) for id_ in desk.complained.get(line.body["complaint"], ()))
    out = any(batch is not None and (batch.released_at or batch.unreleased) for batch in about)
    desk.require(out, line, "rule_escape", number=line.body["complaint"])


def complaint_closed(desk: Desk, line: Line) -> None:
    """The end of it: no call is promised any more."""
    complaint_by_owner(desk, line)
    open_ = desk.call_backs.get(line.body["complaint"]) is not None
    desk.require(not open_, line, "rule_call_back_open")
    desk.complaints[line.body["complaint"]] = _CLOSED


def owner_figures(desk: Desk, line: Line) -> None:
    """Whoever works here may count."""
    desk.require_worker(line)


def _owned(desk: Desk, line: Line) -> None:
    owner = line.body["owner"]
    good = desk.active(owner) and desk.may_act(line, owner)
    desk.require(good, line, "rule_complaint_owner", person=desk.name(owner))


def _not_blind(desk: Desk, line: Line, id_: str) -> None:
    """Note what could tell a second person what the first one found; in older logs only the program refused it."""
    batch = None if desk.believes or not desk.says_bound else desk.batches.get(id_)
    if batch is not None:
        desk.require(batch.state not in _BEING_CHECKED, line, "rule_complaint_blind")


def _ahead(desk: Desk, line: Line) -> None:
    promised = line.body.get("call_back")
    desk.require(promised is None or promised > line.clock, line, "rule_call_back")


RULES: dict[str, Rule] = {
    "touch.logged": touch_logged,
    "complaint.taken": complaint_taken,
    "complaint.acknowledged": complaint_acknowledged,
    "complaint.handed_over": complaint_handed_over,
    "complaint.called_back": complaint_called_back,
    "complaint.linked": complaint_linked,
    "complaint.judged": complaint_judged,
    "complaint.answered": complaint_by_owner,
    "complaint.closed": complaint_closed,
    "owner.figures": owner_figures,
}
