# SPDX-License-Identifier: Apache-2.0
"""Audits of suppliers, as a unit of work tells them."""

from __future__ import annotations

from typing import Protocol

from qcdesk.domain.audit_templates import TemplateVersion
from qcdesk.domain.audits import Audit


class AuditQuestions(Protocol):
    """The questions of a unit of work about audits and their templates."""

    def audit_template(self, code: str, version: int | None = None) -> TemplateVersion:
        """Return a version of an audit template, the newest without a number; BadInput ``unknown_template``."""

    def approved_template(self, code: str) -> TemplateVersion:
        """Return the newest approved version of an audit template; where none is, the draft."""

    def knows_template(self, code: str) -> bool:
        """Tell whether there is an audit template of this code."""

    def last_audit_no(self) -> int:
        """Return the number of the newest audit; 0: there is none."""

    def audit(self, audit: str) -> Audit:
        """Return an audit by its id or number (``A-7``) with all answers; BadInput ``unknown_audit``."""
