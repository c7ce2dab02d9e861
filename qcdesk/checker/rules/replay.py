# SPDX-License-Identifier: Apache-2.0
"""Replays the log line by line and finds what its rules did not allow."""

from __future__ import annotations

from qcdesk.checker.findings import Finding
from qcdesk.checker.keys import SHEET
from qcdesk.checker.lines import Line
from qcdesk.checker.rules import (
    audits,
    batches,
    care,
    certificates,
    concessions,
    corrective,
    keys,
    logbook,
    masters,
    nonconformities,
    people,
    prints,
    revocations,
    rounds,
    suppliers,
    switching,
)
from qcdesk.checker.rules.desk import Desk, Rule
from qcdesk.checker.rules.explaining import wrong_in
from qcdesk.checker.rules.shapes import ASKED, SHAPES

RULES: dict[str, Rule] = {
    **people.RULES,
    **keys.RULES,
    **revocations.RULES,
    **masters.RULES,
    **batches.RULES,
    **concessions.RULES,
    **rounds.RULES,
    **switching.RULES,
    **suppliers.RULES,
    **corrective.RULES,
    **logbook.RULES,
    **certificates.RULES,
    **audits.RULES,
    **care.RULES,
    **nonconformities.RULES,
    **prints.RULES,
}
_WHILE_BLOCKED = ("clock.corrected", "session.opened", "station.introduced")
"""The acts that a blocked clock leaves: two people correct it, and they sign in to do so."""
_ENDS = ("session.closed",)  # also of somebody who was suspended meanwhile


class Replay(Desk):
    """Where everything stands, as the log alone says, and what was not allowed."""

    def apply(self, line: Line) -> bool:
        """Take a line whose form, place and keys are good; tell whether it counts (a line out of shape does not)."""
        self.found_before = len(self.findings)
        counts = self._take(line)
        if not self.sound(line):
            self.take_down(line.seq, wrong_in(line))
        elif counts:
            self.let_in(line)
        return counts

    def _take(self, line: Line) -> bool:
        shape = SHAPES.get(line.type)
        if shape is None:
            self.find(line, "event_unknown", type=line.type)
            return False
        strength, out_of_form = shape
        wrong = out_of_form(line.body)
        if wrong is not None:
            self.find(line, "event_shape", where=wrong or "body")
            return False
        kind = "station" if line.by is None else "act" if line.session is None else "entry"
        if strength not in (kind, "either") or (strength == "either" and kind == "station"):
            self.find(line, "event_strength")
            return False
        for key in self.keys.learn(line):
            self.find(line, "key_again", key=key)
        self._require_clock(line)
        self._require_reasons(line)
        self.require(self.opened or line.type == "workspace.opened", line, "rule_not_opened")
        if line.type not in _ENDS:
            self._require_active(line)
        if kind != "station":  # a clock that jumped may be noted in between
            self._settle_owed(line)
            corrective.require_none_due(self, line)
        if SHEET in line.signers and line.type != "recovery.used":
            self.owe(line, "recovery.used")
        try:
            RULES[line.type](self, line)
            corrective.follow(self, line)
        except (ArithmeticError, LookupError, ValueError):  # figures that no rule lets anybody write
            self.find(line, "rule_figures")
        if kind == "act" and line.by is not None and self.tries.get(line.by, 0) < keys.LOCKS_AT:
            self.tries.pop(
                line.by, None
            )  # only the secret opens the key: an act ends a row of failures, not a lock
        self.last = (line.seq, line.type, line.body.get("round") or "")
        return True

    def _require_clock(self, line: Line) -> None:
        """Note an act that was signed while the clock was blocked: its time is then another's (trust.md §8.7)."""
        behind = line.at - line.clock
        act = line.by is not None and line.session is None and line.type not in _WHILE_BLOCKED
        self.require(not act or not line.behind, line, "rule_clock", seconds=behind // 1_000_000)

    def _require_reasons(self, line: Line) -> None:
        """Note words that are asked for and say nothing."""
        for name in ASKED[line.type]:
            self.require(bool(line.body[name].strip()), line, "rule_no_reason")

    def owing(self) -> list[Finding]:
        """Return what a line asks for that does not follow, where the log ends here: it stands on that very line."""
        owed = self.owed
        return [] if owed is None else [Finding.of(owed.seq, "rule_owed", owed.number, what=owed.kind)]

    def _settle_owed(self, line: Line) -> None:
        """Note that a line did not get what it asks for at once, where this is not it: the line that owes is at fault."""
        owed = self.owed
        if owed is not None and (line.type, line.body.get("certificate", 0)) != (owed.kind, owed.certificate):
            self.findings += self.owing()
            self.take_down(owed.seq, owed.wrong)
        self.owed = None

    def _require_active(self, line: Line) -> None:
        """Note signers who were not active then."""
        born = set()
        if line.type == "workspace.opened":
            born = {p["person"] for p in line.body["people"]}
        elif line.type in ("person.enrolled", "key.enrolled"):
            born = {line.body["person"]}
        for signer in line.signers:
            if signer not in born and signer != SHEET:
                self.require(self.active(signer), line, "rule_not_active", person=self.name(signer))
