# SPDX-License-Identifier: Apache-2.0
"""Each guard of the rules and the use cases is taken out in turn, and the tests notice (trust.md §8.9)."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable

import pytest

from tests.trust.mutating import ROOT, Guard, guards

STORIES = (
    "tests/services/test_look_alikes.py",
    "tests/journeys/test_rounds.py",
    "tests/journeys/test_sign_off_table.py",
)
SUBJECT: dict[str, tuple[str, ...]] = {
    "qcdesk.domain.batches": STORIES,
    "qcdesk.domain.clocks": STORIES,
    "qcdesk.domain.dispositions": STORIES,
    "qcdesk.domain.independence": STORIES,
    "qcdesk.domain.judging": STORIES,
    "qcdesk.domain.people": STORIES,
    "qcdesk.domain.procedures": STORIES,
    "qcdesk.domain.reviewing": STORIES,
    "qcdesk.domain.rounds": STORIES,
    "qcdesk.domain.sampling": STORIES,
    "qcdesk.services.approve_procedure": STORIES,
    "qcdesk.services.certify_batch": (),
    "qcdesk.services.change_secrets": (),
    "qcdesk.services.enrol_people": (),
    "qcdesk.services.explain_concern": (),
    "qcdesk.services.fill_certificate": (),
    "qcdesk.services.fill_report": (),
    "qcdesk.services.foresight": ("tests/journeys/test_sign_off_table.py",),
    "qcdesk.services.import_rows": (),
    "qcdesk.services.issue_badges": (),
    "qcdesk.services.keep_master_data": ("tests/services/test_look_alikes.py",),
    "qcdesk.services.look_alikes": (),
    "qcdesk.services.mend_log": ("tests/journeys/test_void_broken_rule.py", *STORIES),
    "qcdesk.services.pin_sittings": (),
    "qcdesk.services.record_entries": STORIES,
    "qcdesk.services.recover": ("tests/services/test_signing_in.py",),
    "qcdesk.services.register_batch": STORIES,
    "qcdesk.services.revoke_keys": (),
    "qcdesk.services.settle_round": STORIES,
    "qcdesk.services.sign_check": ("tests/journeys/test_honest_acts.py", *STORIES),
    "qcdesk.services.signing_in": ("tests/services/test_issue_badges.py",),
    "qcdesk.services.sittings": (),
    "qcdesk.services.start_check": STORIES,
}
"""Where guards stand, and which tests judge a module's beside its own."""
SMALL = 3
"""Guards that the everyday run takes out."""
SURVIVORS: dict[str, str] = {
    "require_no_seeded(batch.number, ())": "no unit can be seeded before that part comes; the rule has its own test",
    "version.require_approved()": "for a product only its approved version is looked up; the rule has its own test",
}
"""Guards whose removal changes nothing that could happen, each with its reason; five at most."""


def subject() -> list[Guard]:
    """Return the guards of the sign-off machine."""
    return [g for g in guards("qcdesk/domain", "qcdesk/services") if g.module in SUBJECT]


def noticed(guard: Guard) -> bool:
    """Take a guard out; tell whether a test fails: the module's own ones are asked first, as they are quick."""
    name = guard.module.rsplit(".", 1)[1]
    own = (f"tests/domain/test_{name}.py", f"tests/services/test_{name}.py")
    return any(fails_without(guard, tests) for tests in (own, SUBJECT[guard.module]))


def fails_without(guard: Guard, tests: tuple[str, ...]) -> bool:
    """Run those of the tests that there are in a process of its own, without the guard; tell whether one fails."""
    there = [t for t in tests if (ROOT / t).is_file()]
    if not there:
        return False
    ran = subprocess.run(
        [sys.executable, "-m", "tests.trust.mutating", guard.module, str(guard.line), *there,
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
