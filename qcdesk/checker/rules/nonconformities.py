# SPDX-License-Identifier: Apache-2.0
"""Rules of nonconformities: numbers without gaps, of goods that are amiss, never while checked, closed by another."""

from __future__ import annotations

from typing import Any

from qcdesk.checker.lines import Line
from qcdesk.checker.rules.desk import Desk, Rule
from qcdesk.checker.rules.state import Batch

_BEING_CHECKED = ("first_check", "awaiting_second", "second_check")
_HELD = ("rejected", "disagreed", "withdrawn")


def nonconformity_opened(desk: Desk, line: Line) -> None:
    """Counted without gaps; of a batch that is stopped or rejected, or of what a compared round of it found."""
    body, number = line.body, line.body["nonconformity"]
    batch = _batch(desk, line)
    last = max(desk.nonconformities, default=0)
    desk.require(number == last + 1, line, "rule_nonconformity_number", number=number)
    _owned(desk, line)
    _ahead(desk, line)
    if batch is not None:
        desk.require(0 < body["quantity"] <= batch.quantity, line, "rule_quantity", quantity=body["quantity"])
        codes = set(body["codes"])
        held = bool(batch.holds) or batch.state in _HELD
        amiss = codes <= set(batch.found) and (bool(codes) or (held and bool(body["what"].strip())))
        desk.require(amiss, line, "rule_nonconformity_of_nothing")
    desk.nonconformities[number] = {
        "batch": body["batch"], "owner": body["owner"], "opener": line.by, "closed": False, "actions": [],
        "quantity": body["quantity"], "codes": list(body["codes"]),
    }  # fmt: skip
    _together(desk, line, desk.nonconformities[number], batch)


def nonconformity_goes_on(desk: Desk, line: Line) -> None:
    """Nothing comes after the end, nor while its batch is being checked."""
    _open(desk, line)


def nonconformity_handed_over(desk: Desk, line: Line) -> None:
    """It goes to somebody else, who works here."""
    found = _open(desk, line)
    _owned(desk, line)
    if found is not None:
        owner = line.body["owner"]
        desk.require(found["owner"] != owner, line, "rule_nonconformity_owner", person=desk.name(owner))
        found["owner"] = owner


def nonconformity_due(desk: Desk, line: Line) -> None:
    """Its day lies ahead."""
    _open(desk, line)
    _ahead(desk, line)


def nonconformity_linked(desk: Desk, line: Line) -> None:
    """A corrective action that is there puts it right, or one that was linked does not."""
    found, action = _open(desk, line), line.body["action"]
    desk.require(action in desk.actions, line, "rule_unknown", what="action", id=action)
    if found is not None:
        undone = line.body.get("undone", False)
        there = action in found["actions"]
        desk.require(there == undone, line, "rule_unknown", what="action", id=action)
        found["actions"] = [*(a for a in found["actions"] if a != action), *([] if undone else [action])]


def nonconformity_closed(desk: Desk, line: Line) -> None:
    """Closed by one who did not open it last: over what was decided of the goods, or with a reason."""
    desk.require_signers(line, 1)
    found, over = _open(desk, line), line.body["over"]
    batch = desk.batches.get(line.body["batch"])
    decided = batch is not None and over in batch.decided
    good = decided if over is not None else bool(line.body["reason"].strip())
    desk.require(good, line, "rule_nonconformity_decided")
    if found is not None:
        own = found["opener"] == line.by
        desk.require(not own, line, "rule_nonconformity_own", person=desk.name(line.by or ""))
        found["closed"] = True


def nonconformity_reopened(desk: Desk, line: Line) -> None:
    """What was closed is opened again by somebody, who does not close it then."""
    batch = _batch(desk, line)
    _ahead(desk, line)
    number = line.body["nonconformity"]
    found = desk.nonconformities.get(number)
    closed = found is not None and found["closed"] and found["batch"] == line.body["batch"]
    desk.require(closed, line, "rule_nonconformity_open", number=number)
    if found is not None:
        found["closed"], found["opener"] = False, line.by
        _together(desk, line, found, batch)


def _together(desk: Desk, line: Line, one: dict[str, Any], batch: Batch | None) -> None:
    """Hold that the open ones of a batch name together no more units for a code than there are; older logs may."""
    if not desk.marked(line, "together") or batch is None:
        return
    open_ = [n for n in desk.nonconformities.values() if n["batch"] == one["batch"] and not n["closed"]]
    for code in one["codes"]:
        units = sum(n["quantity"] for n in open_ if code in n["codes"])
        desk.require(units <= batch.quantity, line, "rule_quantity", quantity=units)


def _batch(desk: Desk, line: Line) -> Batch | None:
    """Return its batch, of which nobody makes a check just now."""
    desk.require_worker(line)
    batch = desk.batch(line)
    if batch is not None:
        desk.require(batch.state not in _BEING_CHECKED, line, "rule_state", state=batch.state)
    return batch


def _open(desk: Desk, line: Line) -> dict[str, Any] | None:
    _batch(desk, line)
    number = line.body["nonconformity"]
    found = desk.nonconformities.get(number)
    good = found is not None and not found["closed"] and found["batch"] == line.body["batch"]
    desk.require(good, line, "rule_nonconformity_over", number=number)
    return found


def _owned(desk: Desk, line: Line) -> None:
    owner = line.body["owner"]
    good = desk.active(owner) and desk.may_act(line, owner)
    desk.require(good, line, "rule_nonconformity_owner", person=desk.name(owner))


def _ahead(desk: Desk, line: Line) -> None:
    day = line.body["due"]
    desk.require(day >= desk.day(line), line, "rule_due_past", day=day)


RULES: dict[str, Rule] = {
    "nonconformity.opened": nonconformity_opened,
    "nonconformity.contained": nonconformity_goes_on,
    "nonconformity.noted": nonconformity_goes_on,
    "nonconformity.handed_over": nonconformity_handed_over,
    "nonconformity.due": nonconformity_due,
    "nonconformity.linked": nonconformity_linked,
    "nonconformity.closed": nonconformity_closed,
    "nonconformity.reopened": nonconformity_reopened,
}
