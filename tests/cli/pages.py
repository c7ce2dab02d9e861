# SPDX-License-Identifier: Apache-2.0
"""A person's own check as the reader would return it, for tests of the lines that go into one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from qcdesk.domain.events import BatchHeader, InstrumentSaved
from qcdesk.domain.procedures import Characteristic, ProcedureContent, ProcedureDefect, ProcedureVersion
from qcdesk.domain.sampling import ClassRule
from qcdesk.services.rows import FindingRow, OwnCheckPage, UnitRow

CONTENT = ProcedureContent(
    title="Cover",
    products=("P-1",),
    owner="李娜",
    review_by=date(2030, 1, 1),
    rules=(ClassRule("critical", "all"), ClassRule("major", "aql", Decimal("1.0"))),
    characteristics=(
        Characteristic(
            "DIA", "Diameter", "variable", "major", "mm", Decimal(12), Decimal("11.9"), Decimal("12.1")
        ),
    ),
    defects=(ProcedureDefect("SCR", "Scratch", "major"), ProcedureDefect("CRK", "Crack", "critical")),
)


def own_check(n: int = 80, *, tally: bool = False, place: str = "first") -> OwnCheckPage:
    """Return an open check with nothing on record but one finding, ``f`` * 32."""
    header = BatchHeader("B-1", "P-1", "Cover", "A", "pcs", 1000, "S-1", "ACME", "", "", (), None, None)
    finding = FindingRow("f" * 32, 3, "SCR", "Scratch", "major", 1, "", "", None, 0)
    page = OwnCheckPage(
        check="c" * 32,
        batch="b" * 32,
        round="r" * 32,
        place="first",
        person="p" * 32,
        person_name="An",
        header=header,
        procedure=ProcedureVersion("IP-1", 1, "approved", "李娜", replace(CONTENT, tally=tally), "0" * 64),
        severity="normal",
        severity_reason="start",
        tally=tally,
        state="open",
        held=False,
        units=tuple(UnitRow(u, u * 7, False, None) for u in range(1, n + 1)),
        findings=(finding,),
        measured=(),
        verdicts=(),
        started_at=0,
        saved_at=None,
        instruments=(InstrumentSaved("i" * 32, "C-07", "caliper", date(2030, 1, 1)),),
    )
    return replace(page, place=place)  # type: ignore[arg-type]
