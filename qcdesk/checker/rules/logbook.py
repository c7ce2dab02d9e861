# SPDX-License-Identifier: Apache-2.0
"""Rules of what is said about the log itself: void lines, what was lost, how the clock went (trust.md §8.3, §8.7)."""

from __future__ import annotations

from qcdesk.checker.lines import Line
from qcdesk.checker.rules.batches import back_to_start, require_no_certificate, require_whole, verdict_gone
from qcdesk.checker.rules.desk import Desk, Rule


def _two_who_act(desk: Desk, line: Line) -> None:
    desk.require_signers(line, 2)
    for signer in line.signers:
        desk.require(desk.may_act(line, signer), line, "rule_no_role", person=desk.name(signer))


def log_voided(desk: Desk, line: Line) -> None:
    """Two people explain a line that fails: nobody signed it, or it breaks a rule; its batch may go to a new round.

    Where a rule fails and not the signature, neither is who it is about, but for a line that a new round undoes; and no
    release stands on what such a round, or another release, would have to rest on.
    """
    _two_who_act(desk, line)
    if line.body.get("lost"):
        _explain_lost(desk, line)
        return
    number, digest = line.body["number"], line.body["hash"]
    batch = desk.batches.get(line.body.get("batch") or "")
    good = desk.failed.get(number) == digest and (batch is None or desk.meant.get(number) == batch.id)
    broken = desk.broken.get(number)
    if not good and broken is not None:
        good = (broken.hash, broken.batch) == (digest, line.body.get("batch") or "")
        good = good and not set(broken.concerned) & set(line.signers)
        good = good and (not broken.batch or (batch is not None and batch.state != "released"))
    if desk.require(good, line, "rule_void") and desk.sound(line):
        who = " and ".join(desk.name(signer) for signer in line.signers)
        desk.voided[number] = (line.seq, line.at, who, line.body["reason"])
    if batch is not None:
        require_no_certificate(desk, line, batch)
        require_whole(desk, line, batch)
        batch.tightened = batch.tightened or batch.state == "rejected"
        verdict_gone(desk, batch)
        back_to_start(batch)


def _explain_lost(desk: Desk, line: Line) -> None:
    """Two people explain that what an earlier line names is gone or damaged; the line itself stands, with its batch."""
    fits = line.body["number"] < line.seq and not line.body.get("batch")
    if desk.require(fits, line, "rule_void") and desk.sound(line):
        who = " and ".join(desk.name(signer) for signer in line.signers)
        for name in line.body["lost"]:
            desk.lost.setdefault(name, (line.seq, line.at, who, line.body["reason"]))


def workspace_restored(desk: Desk, line: Line) -> None:
    """Two people sign what was lost; one of them administrates."""
    _two_who_act(desk, line)
    good = any(desk.holds_role(line, signer, "administrator") for signer in line.signers)
    desk.require(good, line, "rule_role", person=desk.name(line.by or ""), role="administrator")


def tables_rebuilt(desk: Desk, line: Line) -> None:
    """Two people have the tables written anew from the log, up to the line before; a clock's jump may come between."""
    _two_who_act(desk, line)
    said = line.body["until"], line.body["head"]
    jumped = desk.last[:2] == (line.seq - 1, "clock.jumped") and said[0] == line.seq - 2
    desk.require(jumped or said == (line.seq - 1, line.prev), line, "rule_rebuilt", until=said[0])


def clock_corrected(desk: Desk, line: Line) -> None:
    """Two people name the true time."""
    _two_who_act(desk, line)
    desk.require(line.at == line.body["true_time"], line, "rule_true_time")


RULES: dict[str, Rule] = {
    "log.voided": log_voided,
    "workspace.restored": workspace_restored,
    "tables.rebuilt": tables_rebuilt,
    "clock.corrected": clock_corrected,
}
