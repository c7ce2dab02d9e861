# SPDX-License-Identifier: Apache-2.0
"""Severities that people set: what switching leaves to two who sign, with a reason."""

from __future__ import annotations

from dataclasses import dataclass

from qcdesk.domain.events.fact import Fact
from qcdesk.domain.sampling import DefectClass
from qcdesk.domain.switching import SetBecause, SetTo


@dataclass(frozen=True)
class SeveritySet(Fact):
    """Two planners set the severity of a class; back to normal from reduced inspection takes one.

    ``supplier`` None: own goods; ``product`` and ``procedure`` are codes. ``over``: the event that said last where the
    class stood, which they read (0: none).
    """

    TYPE = "severity.set"
    STRENGTH = "act"
    supplier: str | None
    product: str
    procedure: str
    defect_class: DefectClass
    severity: SetTo
    because: SetBecause
    reason: str
    over: int
