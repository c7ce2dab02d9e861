# SPDX-License-Identifier: Apache-2.0
"""Rules of complaints and touches: numbers without gaps, one owner who works here, nothing after the end."""

from __future__ import annotations

from qcdesk.checker.lines import Line
from qcdesk.checker.rules.desk import Desk, Rule

_CLOSED = ""
"""In place of an owner: the complaint is closed."""


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


def complaint_goes_on(desk: Desk, line: Line) -> None:
    """Nothing comes after the end."""
    desk.require_worker(line)
    owner = desk.complaints.get(line.body["complaint"], _CLOSED)
    desk.require(owner != _CLOSED, line, "rule_complaint_over", number=line.body["complaint"])


def complaint_handed_over(desk: Desk, line: Line) -> None:
    """It goes to somebody else, who works here."""
    complaint_goes_on(desk, line)
    number, owner = line.body["complaint"], line.body["owner"]
    _owned(desk, line)
    desk.require(desk.complaints.get(number) != owner, line, "rule_complaint_owner", person=desk.name(owner))
    desk.complaints[number] = owner


def complaint_called_back(desk: Desk, line: Line) -> None:
    """A call that is promised lies ahead."""
    complaint_goes_on(desk, line)
    _ahead(desk, line)


def complaint_linked(desk: Desk, line: Line) -> None:
    """It is about a batch that is there, or not about it after all."""
    complaint_goes_on(desk, line)
    desk.batch(line)
    batches = desk.complained.setdefault(line.body["complaint"], set())
    if line.body.get("undone", False):
        batches.discard(line.body["batch"])
    else:
        batches.add(line.body["batch"])


def complaint_judged(desk: Desk, line: Line) -> None:
    """Only what was released, or left without that, can have escaped."""
    complaint_goes_on(desk, line)
    if not line.body["escape"] or desk.believes:
        return
    about = (desk.batches.get(id_) for id_ in desk.complained.get(line.body["complaint"], ()))
    out = any(batch is not None and (batch.released_at or batch.unreleased) for batch in about)
    desk.require(out, line, "rule_escape", number=line.body["complaint"])


def complaint_closed(desk: Desk, line: Line) -> None:
    """The end of it."""
    complaint_goes_on(desk, line)
    desk.complaints[line.body["complaint"]] = _CLOSED


def owner_figures(desk: Desk, line: Line) -> None:
    """Whoever works here may count."""
    desk.require_worker(line)


def _owned(desk: Desk, line: Line) -> None:
    owner = line.body["owner"]
    good = desk.active(owner) and desk.may_act(line, owner)
    desk.require(good, line, "rule_complaint_owner", person=desk.name(owner))


def _ahead(desk: Desk, line: Line) -> None:
    promised = line.body.get("call_back")
    desk.require(promised is None or promised > line.clock, line, "rule_call_back")


RULES: dict[str, Rule] = {
    "touch.logged": touch_logged,
    "complaint.taken": complaint_taken,
    "complaint.acknowledged": complaint_goes_on,
    "complaint.handed_over": complaint_handed_over,
    "complaint.called_back": complaint_called_back,
    "complaint.linked": complaint_linked,
    "complaint.judged": complaint_judged,
    "complaint.answered": complaint_goes_on,
    "complaint.closed": complaint_closed,
    "owner.figures": owner_figures,
}
