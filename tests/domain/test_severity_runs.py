# SPDX-License-Identifier: Apache-2.0
"""A run says for each lot the severity that stood when its verdict came, and a stop between lots."""

from __future__ import annotations

from qcdesk.domain.severity_runs import LONGEST, SeverityStep, run_of
from qcdesk.domain.switching import SwitchState


def step(severity: SwitchState, lot: str = "") -> SeverityStep:
    return SeverityStep("major", severity, lot)


def test_each_lot_has_what_stood_before_its_verdict_and_the_last_its_own() -> None:
    steps = (step("normal", "L-1"), step("tightened", "L-2"), SeverityStep("minor", "reduced", "L-2"))
    run = run_of(steps, "major", "tightened", "L-3")
    assert run.severities == ("normal", "normal", "tightened") and run.lots == ("L-1", "L-2", "L-3")
    assert run.switched


def test_a_stop_that_no_lot_ran_into_has_a_place_of_its_own_before_two_lift_it() -> None:
    steps = (
        step("tightened", "L-1"),
        step("discontinued", "L-2"),
        step("tightened"),
        step("tightened", "L-3"),
    )
    run = run_of(steps, "major", "tightened", "L-4")
    assert run.severities == ("normal", "tightened", "discontinued", "tightened", "tightened")
    assert run.lots == ("L-1", "L-2", "", "L-3", "L-4")


def test_a_long_run_keeps_the_newest_and_takes_nothing_for_what_stood_before_it() -> None:
    steps = [step("tightened", f"L-{n}") for n in range(LONGEST + 1)]
    run = run_of(steps, "major", "tightened", "L-now")
    assert len(run.lots) == LONGEST and run.lots[-1] == "L-now"
    assert set(run.severities) == {"tightened"} and not run.switched
