# SPDX-License-Identifier: Apache-2.0
"""Replays the log line by line and finds what its rules did not allow."""

from __future__ import annotations

from qcdesk.checker.findings import Finding
from qcdesk.checker.keys import Keys
from qcdesk.checker.lines import Line


class Replay:
    """Where everything stands, as the log alone says."""

    def __init__(self) -> None:
        """Begin before the first line."""
        self.keys = Keys()
        self.findings: list[Finding] = []
        self._numbers: dict[str, str] = {}

    def apply(self, line: Line) -> None:
        """Take a line whose form, place and keys are good."""
        for key in self.keys.learn(line):
            self.findings.append(Finding.of(line.seq, "key_again", key=key))
        if line.type == "batch.saved":
            self._numbers[line.body["batch"]] = line.body["number"]

    def number(self, batch: str) -> str:
        """Return a batch's number as people know it."""
        return self._numbers.get(batch, batch)
