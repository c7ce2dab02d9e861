# SPDX-License-Identifier: Apache-2.0
"""How suppliers stand, told anew from the log: one may stop a supplier, two let it deliver again."""

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
    status, _ = desk.supplier_statuses.get(supplier or "", ("approved", 0))
    desk.require(status != "blocked", line, "rule_supplier_blocked")


RULES: dict[str, Rule] = {"supplier.status": supplier_status}
