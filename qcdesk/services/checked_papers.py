# SPDX-License-Identifier: Apache-2.0
"""What a workspace says today of a paper that proved itself: taken back since, of an older state, or the same."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal

from qcdesk.checker.certificates import Certificate, read_bytes
from qcdesk.checker.findings import Finding
from qcdesk.checker.papers import FIGURES, Answer, version_of
from qcdesk.domain.inputs import BadInput
from qcdesk.services.ports import UnitOfWork
from qcdesk.services.prints import PrintRow, PrintsOf


@dataclass(frozen=True)
class Since:
    """``found``: what speaks against the paper now. ``then``, ``now``: states of what it is about; None: not compared.

    ``looked``: the print log was asked for the very file; ``left``: as what it left, None: the log has no such bytes.
    """

    found: tuple[Finding, ...]
    then: str | None = None
    now: str | None = None
    same: bool = False
    looked: bool = False
    left: PrintRow | None = None


def since(uow: UnitOfWork, answer: Answer, digest: str) -> Since:
    """Hold a paper whose evidence holds against a workspace. ``digest``: SHA-256 of its file, as it came."""
    came = _since(uow, answer)
    if any(one.code in _OF_ANOTHER for one in came.found):
        return came
    rows = uow.prints(PrintsOf(digest=digest))
    return replace(came, looked=True, left=rows[0] if rows else None)


_OF_ANOTHER: Final = ("paper_workspace", "paper_not_of_log")


def _since(uow: UnitOfWork, answer: Answer) -> Since:
    said = answer.said
    if uow.vault != said["vault"]:
        return Since((Finding.of(None, "paper_workspace"),))
    if uow.head_seq() < said["seq"] or uow.event_hash(said["seq"]) != said["hash"]:
        return Since((Finding.of(said["seq"], "paper_not_of_log"),))
    if said["document"] == FIGURES:
        return Since(())
    if "batch" not in said:
        now = _state_now(uow, said["document"], said["subject"], said["state"])
        return Since((), said["state"], now, now == said["state"])
    batch = uow.batch(said["batch"])
    found = []
    checks = {c.id: c for one in uow.rounds(batch.id) for c in one.checks}
    for one in answer.signed:
        check = checks.get(one.check)
        if check is not None and check.state != "signed":
            found.append(Finding.of(one.event, "paper_retracted", name=one.name))
    if said["state"] in ("released", "released_under_concession") and batch.state == "withdrawn":
        found.append(Finding.of(None, "paper_withdrawn"))
    if said["certificate"] and uow.certificate(said["certificate"]).withdrawn is not None:
        found.append(Finding.of(None, "certificate_void", number=f"{said['certificate']:06d}"))
    if found:
        return Since(tuple(found))
    now = "quarantined" if batch.held else batch.state
    return Since((), said["state"], now, (now, batch.round_no) == (said["state"], said["round"]))


Issued = Literal["elsewhere", "never", "void", "stands"]
"""Of the code of a certificate: another site's; not in the log of the site that it names; taken back; or it stands."""


def issued(uow: UnitOfWork, said: Certificate) -> Issued:
    """Hold what the code of a certificate says against the log of the workspace."""
    if said.vault != uow.vault:
        return "elsewhere"
    found = next((one for one in uow.certificates() if one.number == said.number), None)
    if found is None or read_bytes(found.fact.code + found.fact.sig) != said:
        return "never"
    return "stands" if found.withdrawn is None else "void"


def _state_now(uow: UnitOfWork, document: str, subject: str, said: str) -> str:
    """Return how what a paper is about stands, if not as it says; empty: it is not there."""
    try:
        if document == "instruction":
            code, version = version_of(subject)
            return uow.procedure(code, version).state
        if document == "audit":
            return said if uow.audit(subject).state == "closed" else ""  # it never changes then
        if document == "corrective":
            return "closed" if uow.action(subject).state == "closed" else "open"
        return "open" if uow.nonconformity(int(subject)).closed is None else "closed"
    except BadInput:
        return ""
