# SPDX-License-Identifier: Apache-2.0
"""The run of severities of one class, lot by lot: from what the log said before a round opened."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from qcdesk.domain.sampling import DefectClass
from qcdesk.domain.switching import SwitchState

LONGEST = 40
"""Lots that a run shows at most; older ones are left out."""


@dataclass(frozen=True)
class SeverityStep:
    """What one event made of a class: the severity after it, and the lot that brought it; empty where people set it."""

    defect_class: DefectClass
    severity: SwitchState
    lot: str


@dataclass(frozen=True)
class SeverityRun:
    """Severities in order with the lot that each stood for; a stop between two lots has no lot."""

    defect_class: DefectClass
    severities: tuple[SwitchState, ...]
    lots: tuple[str, ...]

    @property
    def switched(self) -> bool:
        """Whether it ever changed."""
        return len(set(self.severities)) > 1


def run_of(
    steps: Iterable[SeverityStep], defect_class: DefectClass, now: SwitchState, lot: str
) -> SeverityRun:
    """Return the run of a class up to a lot.

    Args: steps: of the class, oldest first, from the first one on or the last ``LONGEST`` + 1 of them. now: the severity
        that ``lot`` itself is inspected at.
    Returns: for each lot the severity that stood when its verdict came.
    """
    stood: SwitchState | None = "normal"
    known = [one for one in steps if one.defect_class == defect_class]
    if len(known) > LONGEST:  # what stood before the first of these is not told
        stood = None
    run: list[tuple[SwitchState, str]] = []
    for one in known:
        if one.lot and stood is not None:
            run.append((stood, one.lot))
        elif stood == "discontinued" and (not run or run[-1][0] != "discontinued"):
            run.append((stood, ""))
        stood = one.severity
    run.append((now, lot))
    run = run[-LONGEST:]
    return SeverityRun(defect_class, tuple(state for state, _ in run), tuple(name for _, name in run))
