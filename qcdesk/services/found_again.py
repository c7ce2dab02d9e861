# SPDX-License-Identifier: Apache-2.0
"""What an audit finds again that a corrective action was about: it was not fixed, whatever a paper says."""

from __future__ import annotations

from collections.abc import Iterable

from qcdesk.domain.audits import Audit
from qcdesk.domain.corrective import code_of_finding
from qcdesk.domain.events import ActionUnproved
from qcdesk.domain.promises import of_finding
from qcdesk.services.ports import Hand, UnitOfWork


def note_found_again(uow: UnitOfWork, act: Hand, audit: Audit, findings: Iterable[str]) -> None:
    """Append, right after an audit is closed, what it found again that a corrective action was about.

    A closed action is open again; and of any, the papers that came before the auditor signed were untrue.
    """
    found = set(findings)
    assert audit.signed is not None, "what is closed was signed"
    for action in uow.actions(audit.supplier):
        again = [q for q in (_asked_again(uow, code, audit) for code in action.codes) if q in found]
        papers = tuple(p.id for p in action.papers_before(audit.signed))
        if again and action.seq < audit.signed and (action.state == "closed" or papers):
            code = code_of_finding(audit.name, again[0])
            uow.append(ActionUnproved(action.id, papers, finding=code), act)


def _asked_again(uow: UnitOfWork, code: str, audit: Audit) -> str:
    """Return the question that a code of an action names, where an audit asked it again by the same template."""
    name, _, question = code.partition("/")
    if not of_finding(code) or name == audit.name:
        return ""
    return question if uow.audit(name).template == audit.template else ""
