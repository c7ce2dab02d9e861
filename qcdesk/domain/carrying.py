# SPDX-License-Identifier: Apache-2.0
"""Carrying a person's own values into the next round, where a new version of the procedure judges them anew."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal

from qcdesk.domain.events import Finding, Measured, Recorded, RoundOpened, UnitResult
from qcdesk.domain.modes import codes_in_review, may_hold, measures_on
from qcdesk.domain.rounds import Check, Round, Work


def carry(
    new_id: Callable[[], str],
    before: Round,
    opened: RoundOpened,
    check: Check,
    work: Work,
    kinds: Mapping[str, str],
) -> Recorded | None:
    """Return one save that holds what still fits: same unit, a code that the new version knows, judged by its limits.

    A unit counts as done only when everything that the new version asks of it came along; what was left out or
    withdrawn is not carried. None when nothing fits, or where goods are tallied: those are counted anew.

    Args: before: the round the values come from; opened, check: the new round and the check in it; kinds: of the
        instruments, by number.
    """
    content = opened.procedure.content
    if content.tally or before.opened.procedure.content.tally:
        return None
    position = {number: i for i, number in enumerate(opened.units, start=1)}
    moved = {
        i: position[n]
        for i, n in enumerate(before.opened.units, start=1)
        if n in position and may_hold(opened, check.place, position[n])
    }
    # What the second person found knowing the first's findings is nothing to carry where that is looked at blindly now.
    knowing = (
        codes_in_review(before.opened.procedure.content) - codes_in_review(content)
        if check.place == "second"
        else frozenset[str]()
    )
    classes = {code: c for code, c in content.classes_by_code().items() if code not in knowing}
    measures = {c.code: c for c in content.variables() if c.code not in knowing}
    findings: list[Finding] = []
    measured: list[Measured] = []
    lost: set[int] = set()
    for found in work.standing_findings():
        unit = moved.get(found.unit) if found.unit is not None else None
        if unit is not None and found.code in classes:
            findings.append(replace(found, id=new_id(), unit=unit, defect_class=classes[found.code]))
        elif unit is not None:
            lost.add(unit)
    for reading in work.standing_readings():
        unit, characteristic = moved.get(reading.unit), measures.get(reading.characteristic)
        if unit is None or characteristic is None or characteristic.unit != reading.measure:
            continue
        if not characteristic.measured_with(kinds.get(reading.instrument or "", "")):
            continue  # the new version asks for another kind of instrument: measured again
        measured.append(
            replace(
                reading,
                id=new_id(),
                unit=unit,
                inside=characteristic.inside(Decimal(reading.value)),
                defect_class=characteristic.defect_class,
                replaces=None,
                reason="",
            )
        )
    taken = {(m.unit, m.characteristic) for m in measured}
    done = tuple(
        UnitResult(moved[r.unit])
        for r in work.results
        if r.unit in moved
        and r.not_done is None
        and moved[r.unit] not in lost
        and all((moved[r.unit], code) in taken for code in measures_on(opened, check.place, moved[r.unit]))
        and not (content.keypad_codes() - before.opened.procedure.content.keypad_codes())
    )
    if not (done or findings or measured):
        return None
    return Recorded(
        check.id,
        check.batch,
        check.round,
        results=done,
        findings=tuple(findings),
        measured=tuple(measured),
        carried_from=before.id,
    )
