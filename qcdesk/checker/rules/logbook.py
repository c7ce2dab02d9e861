# SPDX-License-Identifier: Apache-2.0
"""Rules of what is said about the log itself: void lines, what was lost, how the clock went (trust.md §8.3, §8.7)."""

from __future__ import annotations

from qcdesk.checker.lines import Line
from qcdesk.checker.rules.batches import back_to_start
from qcdesk.checker.rules.desk import Desk, Rule


def _two_who_act(desk: Desk, line: Line) -> None:
    desk.require_signers(line, 2)
    for signer in line.signers:
        desk.require(desk.may_act(line, signer), line, "rule_no_role", person=desk.name(signer))


def log_voided(desk: Desk, line: Line) -> None:
    """Two people declare a line void that fails; its batch goes to a new round."""
    _two_who_act(desk, line)
    if desk.require(desk.failed.get(line.body["number"]) == line.body["hash"], line, "rule_void"):
        desk.voided.add(line.body["number"])
    batch = desk.batches.get(line.body.get("batch") or "")
    if batch is not None:
        back_to_start(batch)


def workspace_restored(desk: Desk, line: Line) -> None:
    """Two people sign what was lost; one of them administrates."""
    _two_who_act(desk, line)
    good = any(desk.holds_role(line, signer, "administrator") for signer in line.signers)
    desk.require(good, line, "rule_role", person=desk.name(line.by or ""), role="administrator")


def clock_corrected(desk: Desk, line: Line) -> None:
    """Two people name the true time."""
    _two_who_act(desk, line)
    desk.require(line.at == line.body["true_time"], line, "rule_true_time")


RULES: dict[str, Rule] = {
    "log.voided": log_voided,
    "workspace.restored": workspace_restored,
    "clock.corrected": clock_corrected,
}
