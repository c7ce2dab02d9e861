# SPDX-License-Identifier: Apache-2.0
"""What the third person's screen shows, in words that are ready to show."""

from __future__ import annotations

from dataclasses import dataclass

from qcdesk.gui.measured_pairs import MeasuredPair


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim of one that the other did not make. ``settled``: ``there``, ``not_there`` or empty.

    ``measured``: what both read, where it is about a reading out of limits; there is no picture of it then.
    """

    key: str
    unit: str
    defect: str
    defect_class: str
    critical: bool
    claimed: str
    note: str
    settled: str
    photo: bytes = b""
    measured: MeasuredPair | None = None


@dataclass(frozen=True, slots=True)
class PageRow:
    """The whole page. ``outcome``: ``accepted``, ``rejected``, or empty while something is not settled.

    ``measured``: every reading of the two whose ``names`` stand over them.
    """

    back: str
    title: str
    subject: str
    progress: str
    claims: tuple[ClaimRow, ...]
    outcome: str
    outcome_title: str
    outcome_note: str
    sign: str
    names: tuple[str, str] = ("", "")
    measured: tuple[MeasuredPair, ...] = ()
