# SPDX-License-Identifier: Apache-2.0
"""Rules of what is said about the log itself: void lines, what was lost, how the clock went (trust.md §8.3, §8.7)."""

from __future__ import annotations

from qcdesk.checker.lines import Line
from qcdesk.checker.rules.batches import back_to_start, require_no_certificate
from qcdesk.checker.rules.desk import Desk, Rule

OF_A_ROUND = frozenset(
    (
        "round.opened",
        "check.started",
        "check.recorded",
        "check.resolved",
        "check.set_aside",
        "check.signed",
        "check.retracted",
        "round.compared",
        "round.decided",
        "round.rejected_after_all",
        "round.again",
        "round.ordered",
        "place.given_up",
        "first.seen",
        "batch.released",
    )
)
"""What a new round undoes: where one of these breaks a rule, void is the way out. What holds were lifted, who was granted
a role or which goods left stays as it is, and so does what was found about it."""


def _two_who_act(desk: Desk, line: Line) -> None:
    desk.require_signers(line, 2)
    for signer in line.signers:
        desk.require(desk.may_act(line, signer), line, "rule_no_role", person=desk.name(signer))


def log_voided(desk: Desk, line: Line) -> None:
    """Two people declare a line void that fails; its batch goes to a new round.

    Where a rule fails and not the signature, there is such a round, and no release of it stands.
    """
    _two_who_act(desk, line)
    number, digest = line.body["number"], line.body["hash"]
    batch = desk.batches.get(line.body.get("batch") or "")
    good = desk.failed.get(number) == digest and (batch is None or desk.meant.get(number) == batch.id)
    if not good and batch is not None:
        good = desk.broken.get(number) == (digest, batch.id) and batch.state != "released"
    if desk.require(good, line, "rule_void"):
        desk.voided.add(number)
    if batch is not None:
        require_no_certificate(desk, line, batch)
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
