# SPDX-License-Identifier: Apache-2.0
"""Each guard of the rules and the use cases is taken out in turn, and the tests notice (trust.md §8.9)."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable

import pytest

from tests.trust.mutating import ROOT, Guard, guards

SUBJECT = (
    "qcdesk.domain.batches",
    "qcdesk.domain.clocks",
    "qcdesk.domain.dispositions",
    "qcdesk.domain.independence",
    "qcdesk.domain.judging",
    "qcdesk.domain.people",
    "qcdesk.domain.procedures",
    "qcdesk.domain.reviewing",
    "qcdesk.domain.rounds",
    "qcdesk.services.approve_procedure",
    "qcdesk.services.mend_log",
    "qcdesk.services.record_entries",
    "qcdesk.services.register_batch",
    "qcdesk.services.settle_round",
    "qcdesk.services.sign_check",
    "qcdesk.services.start_check",
)
"""Where the sign-off machine's guards stand."""
STORIES = (
    "tests/services/test_look_alikes.py",
    "tests/journeys/test_rounds.py",
    "tests/journeys/test_sign_off_table.py",
)
SMALL = 3
"""Guards that the everyday run takes out."""
SURVIVORS: dict[str, str] = {
    "require_no_seeded(batch.number, ())": "no unit can be seeded before that part comes; the rule has its own test",
}
"""Guards whose removal changes nothing that could happen, each with its reason; five at most."""


def subject() -> list[Guard]:
    """Return the guards of the sign-off machine."""
    return [g for g in guards("qcdesk/domain", "qcdesk/services") if g.module in SUBJECT]


def noticed(guard: Guard) -> bool:
    """Take a guard out in a process of its own; tell whether a test fails."""
    name = guard.module.rsplit(".", 1)[1]
    mirrors = (f"tests/domain/test_{name}.py", f"tests/services/test_{name}.py")
    tests = [t for t in (*mirrors, *STORIES) if (ROOT / t).is_file()]
    ran = subprocess.run(
        [sys.executable, "-m", "tests.trust.mutating", guard.module, str(guard.line), *tests,
         "-k", "not postgresql"],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode in (0, 1, 2), ran.stdout + ran.stderr  # 2: the tests could not even be collected
    return ran.returncode != 0


def unnoticed(some: list[Guard]) -> list[str]:
    """Return the guards whose absence nobody notices."""
    return [f"{g.module}:{g.line} {g.text}" for g in some if g.text not in SURVIVORS and not noticed(g)]


def test_a_share_of_the_guards_is_needed(figures: Callable[[str], None]) -> None:
    every = subject()
    some = every[:: max(1, len(every) // SMALL)][:SMALL]
    assert unnoticed(some) == []
    figures(f"guards: {len(some)} of {len(every)} taken out in turn, each noticed")


def test_few_guards_survive_and_each_with_a_reason() -> None:
    texts = {g.text for g in subject()}
    assert len(SURVIVORS) <= 5
    assert set(SURVIVORS) <= texts


@pytest.mark.long
def test_every_guard_is_needed(figures: Callable[[str], None]) -> None:
    every = subject()
    lost = unnoticed(every)
    figures(f"guards: {len(every)} taken out in turn, {len(SURVIVORS)} excused, {len(lost)} unnoticed")
    assert lost == []
