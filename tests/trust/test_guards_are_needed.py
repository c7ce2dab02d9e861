# SPDX-License-Identifier: Apache-2.0
"""Each guard of rules, use cases, log, keys, files and names is taken out in turn, and the tests notice (trust.md §8.9).

Of the window, the printer and the commands those guards are taken that are asked there and nowhere else: whose badge was
scanned, whether a PIN stands, what a sticker is printed for. What else they refuse is asked again behind them, by a use
case whose guard is taken out; it stands there so that it is said beside its field. Commands refuse only how they are
called, and what the building does not hold.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from math import gcd

import pytest

from tests.trust.mutating import ROOT, Guard, guards

STORIES = (
    "tests/services/test_look_alikes.py",
    "tests/journeys/test_rounds.py",
    "tests/journeys/test_sign_off_table.py",
)
SETTLING = (
    "tests/services/test_settle_round.py",
    "tests/services/test_register_batch.py",
    "tests/services/test_concessions.py",
    "tests/services/test_split_batch.py",
    "tests/services/test_supplier_status.py",
    "tests/services/test_choose_language.py",
    "tests/services/test_corrective_actions.py",
)
SUBJECT: dict[str, tuple[str, ...]] = {
    "qcdesk.domain.audit_templates": ("tests/services/test_audit_suppliers.py",),
    "qcdesk.domain.audits": ("tests/services/test_audit_suppliers.py",),
    "qcdesk.domain.batches": (*SETTLING, *STORIES),
    "qcdesk.domain.clocks": STORIES,
    "qcdesk.domain.complaints": ("tests/services/test_care.py",),
    "qcdesk.domain.concessions": (),
    "qcdesk.domain.corrective": ("tests/services/test_corrective_actions.py",),
    "qcdesk.domain.dispositions": STORIES,
    "qcdesk.domain.independence": STORIES,
    "qcdesk.domain.judging": STORIES,
    "qcdesk.domain.names": (),
    "qcdesk.domain.nonconformities": ("tests/services/test_nonconformities.py",),
    "qcdesk.domain.people": STORIES,
    "qcdesk.domain.procedures": STORIES,
    "qcdesk.domain.reviewing": STORIES,
    "qcdesk.domain.rounds": STORIES,
    "qcdesk.domain.sampling": STORIES,
    "qcdesk.domain.simulating": (),
    "qcdesk.domain.splitting": ("tests/services/test_split_batch.py",),
    "qcdesk.domain.suppliers": ("tests/services/test_merge_suppliers.py",),
    "qcdesk.domain.switching": ("tests/services/test_switch_severity.py",),
    "qcdesk.services.approve_procedure": STORIES,
    "qcdesk.services.audit_suppliers": (),
    "qcdesk.services.care": (),
    "qcdesk.services.certify_batch": (),
    "qcdesk.services.change_secrets": (),
    "qcdesk.services.concessions": ("tests/cli/test_concessions.py",),
    "qcdesk.services.corrective_actions": (),
    "qcdesk.services.choose_language": (),
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
    "qcdesk.services.merge_suppliers": (),
    "qcdesk.services.nonconformities": (),
    "qcdesk.services.pin_sittings": (),
    "qcdesk.services.record_entries": STORIES,
    "qcdesk.services.recover": ("tests/services/test_signing_in.py",),
    "qcdesk.services.register_batch": ("tests/services/test_merge_suppliers.py", *STORIES),
    "qcdesk.services.repeated_defects": ("tests/services/test_corrective_actions.py",),
    "qcdesk.services.revoke_keys": (),
    "qcdesk.services.settle_round": (*SETTLING, *STORIES),
    "qcdesk.services.sign_check": ("tests/journeys/test_honest_acts.py", *STORIES),
    "qcdesk.services.signing_in": ("tests/services/test_issue_badges.py",),
    "qcdesk.services.sittings": (),
    "qcdesk.services.split_batch": (),
    "qcdesk.services.start_check": ("tests/services/test_switch_severity.py", *STORIES),
    "qcdesk.services.supplier_status": (),
    "qcdesk.services.switch_severity": (),
    "qcdesk.services.tell_prints": (),
    "qcdesk.services.taken_audits": (
        "tests/services/test_audit_suppliers.py",
        "tests/cli/test_supplier_audits.py",
    ),
    "qcdesk.signing.keyring": (),
    "qcdesk.signing.seals": (),
    "qcdesk.exchange.audit_files": (),
    "qcdesk.exchange.importing": (),
    "qcdesk.exchange.ods_files": (),
    "qcdesk.exchange.reading": (),
    "qcdesk.exchange.rows": (),
    "qcdesk.exchange.sheets": (),
    "qcdesk.exchange.zip_files": (),
    "qcdesk.store.backups": (),
    "qcdesk.store.database": (),
    "qcdesk.store.people_known": (
        "tests/services/test_keep_master_data.py",
        "tests/services/test_revoke_keys.py",
    ),
    "qcdesk.store.proofs": ("tests/services/test_mend_log.py", "tests/journeys/test_void_broken_rule.py"),
    "qcdesk.store.readers.board": (),
    "qcdesk.store.readers.comparisons": (),
    "qcdesk.store.readers.concerns": (),
    "qcdesk.store.readers.own_checks": (),
    "qcdesk.store.readers.reviews": (),
    "qcdesk.store.restoring": ("tests/store/test_backups.py",),
    "qcdesk.store.rewriting": ("tests/journeys/test_rebuild.py",),
    "qcdesk.store.sheets": ("tests/cli/test_certificates.py",),
    "qcdesk.store.unit_of_work": (
        "tests/trust/test_clock.py",
        "tests/services/test_recover.py",
        "tests/services/test_sittings.py",
    ),
    "qcdesk.gui.hands": ("tests/gui/screens/test_sign.py",),
    "qcdesk.reports.printing": ("tests/reports/test_stickers.py", "tests/gui/screens/test_report.py"),
}
"""Where guards stand, and which tests judge a module's beside its own."""
SMALL = 2
"""Guards that the everyday run takes out."""
SURVIVORS: dict[str, str] = {
    "require_no_seeded(batch.number, ())": "no unit can be seeded before that part comes; the rule has its own test",
    "_require_head(restored, manifest)": "on a server, once more; the copy that filled it was asked the same before",
    "self._require_writing()": "three in a row: whichever is taken out, the next refuses before anything is written",
    "version.require_approved()": "for a product only its approved version is looked up; the rule has its own test",
}
"""Guards whose removal changes nothing that could happen, each with its reason; five at most."""


def subject() -> list[Guard]:
    """Return the guards of the sign-off machine."""
    packages = ("domain", "services", "signing", "exchange", "store", "gui", "reports")
    return [g for g in guards(*(f"qcdesk/{each}" for each in packages)) if g.module in SUBJECT]


def of_today(every: list[Guard]) -> list[Guard]:
    """Return the guards that the everyday run takes out: others whenever a source has changed."""
    sources = hashlib.sha256()
    for path in sorted((ROOT / "qcdesk").rglob("*.py")):
        sources.update(path.read_bytes())
    start, step = (int.from_bytes(part) for part in (sources.digest()[:8], sources.digest()[8:16]))
    stride = next(n for n in range(1 + step % len(every), 2 * len(every) + 2) if gcd(n, len(every)) == 1)
    return [every[(start + n * stride) % len(every)] for n in range(SMALL)]


def noticed(guard: Guard) -> bool:
    """Take a guard out; tell whether a test fails: the module's own ones are asked first, as they are quick."""
    *folders, name = guard.module.split(".")[1:]
    own = (f"tests/{'/'.join(folders)}/test_{name}.py", f"tests/services/test_{name}.py")
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
    some = of_today(every)
    assert unnoticed(some) == []
    figures(f"guards: {len(some)} of {len(every)} taken out in turn, each noticed")


def test_every_guard_has_its_turn_and_none_twice() -> None:
    every = subject()
    some = of_today(every)
    assert len({(g.module, g.line, g.text) for g in some}) == SMALL
    assert {g.module for g in every} == set(SUBJECT), "a module without a guard is none of the subject"


def test_few_guards_survive_and_each_with_a_reason() -> None:
    texts = {g.text for g in subject()}
    assert len(SURVIVORS) <= 5
    assert set(SURVIVORS) <= texts


@pytest.mark.long
def test_every_guard_is_needed(figures: Callable[[str], None], only: tuple[str, ...]) -> None:
    every = [guard for guard in subject() if guard.module.removeprefix("qcdesk.").startswith(only or "")]
    lost = unnoticed(every)
    figures(f"guards: {len(every)} taken out in turn, {len(SURVIVORS)} excused, {len(lost)} unnoticed")
    for one in lost:
        figures(one)
    assert lost == []
