# SPDX-License-Identifier: Apache-2.0
"""Adds the pages of audits beside the list of suppliers to the window."""

from __future__ import annotations

from qcdesk.gui.screens.audits.presenter import AuditPresenter, AuditsPresenter
from qcdesk.gui.screens.audits.view import AuditsView, AuditView
from qcdesk.gui.shell import Shell


def add_audit_pages(shell: Shell) -> None:
    """Add the list of audits, and the page of one."""
    listed, one = AuditsView(shell.words), AuditView(shell.words)
    audits = AuditsPresenter(
        listed,
        shell.use,
        shell.tasks,
        shell.words,
        shell.problems(listed),
        shell.who,
        shell.ask,
        lambda line: shell.window.notice.tell(line),
        lambda audit: shell.open("audit", audit),
    )
    listed.places.wanted.connect(lambda page: shell.open(page))
    listed.opened.connect(audits.choose)
    listed.begin_wanted.connect(audits.begin)
    listed.template_wanted.connect(audits.templates)
    listed.bring_wanted.connect(audits.bring)
    listed.retry_wanted.connect(audits.open)
    shell.add("audits", listed, audits, place="suppliers")
    audit = AuditPresenter(
        one,
        shell.use,
        shell.tasks,
        shell.words,
        shell.problems(one),
        shell.who,
        shell.ask,
        lambda line: shell.window.notice.tell(line),
        lambda action: shell.open("corrective_action", action),
    )
    one.back_wanted.connect(lambda: shell.open("audits"))
    one.answered.connect(audit.answer)
    one.photo_wanted.connect(audit.photo)
    one.photos_wanted.connect(audit.photos)
    one.act_wanted.connect(audit.act)
    one.file_wanted.connect(audit.file)
    one.evidence_wanted.connect(audit.save_evidence)
    one.take_wanted.connect(audit.take)
    one.finding_wanted.connect(audit.ask_for_action)
    one.print_wanted.connect(audit.print_to)
    one.retry_wanted.connect(audit.reload)
    shell.add("audit", one, audit, place="suppliers")
