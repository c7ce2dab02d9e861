# SPDX-License-Identifier: Apache-2.0
"""How suppliers stand, told anew from the log: one may stop a supplier, two let it deliver again.

Two planners may say that a supplier is the same as another one, and undo it: what stands of one stands of each then.
"""

from __future__ import annotations

from qcdesk.checker.lines import Line
from qcdesk.checker.rules.desk import Desk, Rule

_LEAST_FIRST = {"approved": 0, "conditional": 1, "blocked": 2}


def supplier_status(desk: Desk, line: Line) -> None:
    """Set how a supplier stands."""
    supplier, to = line.body["supplier"], line.body["status"]
    desk.require(supplier in desk.suppliers, line, "rule_unknown", what="supplier", id=supplier)
    was, said = desk.supplier_statuses.get(supplier, ("approved", 0))
    loosened = _LEAST_FIRST[to] < _LEAST_FIRST[was]
    if loosened:
        desk.require_signers(line, 2)
    for signer in line.signers:
        if loosened:
            holds = desk.holds_role(line, signer, "releaser")
            desk.require(holds, line, "rule_role", person=desk.name(signer), role="releaser")
        else:
            desk.require(desk.may_act(line, signer), line, "rule_no_role", person=desk.name(signer))
    desk.require(to != was and line.body["over"] == said, line, "rule_supplier_status")
    if desk.sound(line):
        desk.supplier_statuses[supplier] = (to, line.seq)


def require_free(desk: Desk, line: Line, supplier: str | None) -> None:
    """Note goods that go though their supplier is blocked."""
    statuses = {desk.supplier_statuses.get(one, ("approved", 0))[0] for one in same(desk, supplier)}
    desk.require("blocked" not in statuses, line, "rule_supplier_blocked")


def same(desk: Desk, supplier: str | None) -> tuple[str, ...]:
    """Return a supplier and all that are the same as it, itself first."""
    if supplier is None:
        return ()
    root = desk.same_as.get(supplier, supplier)
    others = [one for one, of in desk.same_as.items() if of == root]
    return tuple(dict.fromkeys((supplier, root, *others)))


def same_since(desk: Desk, supplier: str) -> dict[str, int]:
    """Return a supplier and all that are the same as it, each with the line from which on it is."""
    merged = desk.merged_since
    return {
        one: 0 if one == supplier else max(merged.get(one, 0), merged.get(supplier, 0))
        for one in same(desk, supplier)
    }


def supplier_merged(desk: Desk, line: Line) -> None:
    """Say that a supplier is the same as another one: no chains, no circles."""
    one, root = line.body["supplier"], line.body["same_as"]
    for supplier in (one, root):
        desk.require(supplier in desk.suppliers, line, "rule_unknown", what="supplier", id=supplier)
    _require_planners(desk, line)
    chained = one in desk.same_as or root in desk.same_as or one in desk.same_as.values()
    both = " ".join(sorted((one, root)))
    since, first = line.body.get("since", 0), desk.first_merged.get(both, 0)
    if first:
        desk.marked(line, "since", said=bool(since))
    right = one != root and not chained and since in (0, first)
    desk.require(right, line, "rule_supplier_merge")
    if desk.sound(line):
        desk.same_as[one] = root
        desk.merged_by[one], desk.merged_since[one] = line.seq, since or line.seq
        desk.first_merged.setdefault(both, line.seq)


def supplier_unmerged(desk: Desk, line: Line) -> None:
    """Take a supplier apart again: lots of the others decide its promises no more, nor its lots theirs."""
    one = line.body["supplier"]
    _require_planners(desk, line)
    said = desk.merged_by.get(one) == line.body["over"]
    desk.require(said, line, "rule_supplier_merge")
    if desk.sound(line):
        del desk.same_as[one], desk.merged_by[one], desk.merged_since[one]


def _require_planners(desk: Desk, line: Line) -> None:
    desk.require_signers(line, 2)
    for signer in line.signers:
        plans = desk.holds_role(line, signer, "planner")
        desk.require(plans, line, "rule_role", person=desk.name(signer), role="planner")


RULES: dict[str, Rule] = {
    "supplier.status": supplier_status,
    "supplier.merged": supplier_merged,
    "supplier.unmerged": supplier_unmerged,
}
