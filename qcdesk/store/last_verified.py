# SPDX-License-Identifier: Apache-2.0
"""How the last whole verification on this station ended, kept outside the database so that nobody forgets a bad one."""

from __future__ import annotations

from pathlib import Path

from qcdesk.services.ports import LastVerified, Problem, Verified
from qcdesk.store.station_files import StationFiles

FOLDER = "verified"
NEVER_KEPT = frozenset(("record_missing", "file_missing"))
MOST_LINES = 1_000
"""With more findings than that, it is no longer about some batches."""
ROWS = ("row_differs", "row_missing", "row_extra")
OF_A_BATCH = frozenset(
    (
        "batch", "batch_maker", "batch_reworker", "hold", "round", "checking", "unit_result", "finding", "reading",
        "reviewed", "sign_off", "comparison", "decision", "place_given_up", "first_seen", "disposition", "shipment",
        "shipped_unreleased", "reinspection", "reported_defect",
    )
)  # fmt: skip
"""Tables whose rows nothing but their own batch is read from."""


def of_one_batch(problem: Problem) -> bool:
    """Tell whether a finding is of this batch alone.

    A signer broke a rule, or named what was never kept; or a row that only this batch reads is not what the log says,
    which any account can bring about with a changed program, and which each release looks at once more for its batch.
    Lines that nobody signed, records and pictures that were changed, and rows that all batches read are more than that.
    """
    if problem.batch is None or problem.event is None:
        return False
    if problem.code in ROWS:
        return problem.facts.get("table") in OF_A_BATCH
    return problem.code.startswith("rule_") or problem.code in NEVER_KEPT


class StationVerifications:
    """A file for each workspace in the station's folder. Neither reading nor writing one raises."""

    def __init__(self, folder: Path) -> None:
        """Take the station's folder."""
        self._files = StationFiles(folder / FOLDER, "a verification")

    def keep(self, vault: str, found: Verified, at: int) -> None:
        """Keep how a verification ended. One that was stopped without a finding says nothing, and changes nothing."""
        findings = [p for p in found.problems if p.code != "cancelled"]
        if len(findings) < len(found.problems) and not findings:
            return
        first = findings[0] if findings else None
        lines = None  # something that is of no batch alone
        own = [p for p in findings if not p.code.startswith("seen_")]
        if all(of_one_batch(p) for p in own) and len(own) <= MOST_LINES:
            lines = sorted({p.event for p in own if p.event is not None})
        said = {
            "at": at,
            "checked": found.checked,
            "problems": len(findings),
            "lines": lines,
            "first": first
            and {"event": first.event, "batch": first.batch, "code": first.code, "facts": first.facts},
        }
        self._files.keep(vault, said)

    def stops(self, vault: str) -> frozenset[int] | None:
        """Return the numbers of the lines whose batches stop: nothing of them is released or printed; None: all do.

        What a signer did against a rule in one batch stops that batch; whatever else is found stops them all.
        """
        if not self.failed(vault):
            return frozenset()
        try:
            return frozenset(map(int, self._files.read(vault)["lines"]))
        except (ValueError, KeyError, TypeError):
            return None

    def failed(self, vault: str) -> bool:
        """Whether something did not hold at the last one.

        What this station saw and the log no longer holds is refused by itself, until two people sign for it.
        """
        last = self.last(vault)
        if last is None or last.first is None:
            return False
        return last.problems > (1 if last.first.code.startswith("seen_") else 0)

    def last(self, vault: str) -> LastVerified | None:
        """Return how the last one ended; None: there was none here, or what was kept cannot be read."""
        try:
            said = self._files.read(vault)
            first = said["first"]
            problem = first and Problem(
                None if first["event"] is None else int(first["event"]),
                None if first["batch"] is None else str(first["batch"]),
                str(first["code"]),
                {str(name): str(value) for name, value in first["facts"].items()},
            )
            return LastVerified(int(said["at"]), int(said["checked"]), int(said["problems"]), problem or None)
        except (ValueError, KeyError, TypeError, AttributeError):
            return None
