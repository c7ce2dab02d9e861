# SPDX-License-Identifier: Apache-2.0
"""Adds the pages of audits beside the list of suppliers to the window."""

from __future__ import annotations

from qcdesk.gui.screens.audits.bringing import Bringing
from qcdesk.gui.screens.audits.presenter import AuditPresenter, AuditsPresenter
from qcdesk.gui.screens.audits.templates import WRITTEN_IN, TemplatesPresenter
from qcdesk.gui.screens.audits.view import AuditsView, AuditView, TemplatesView
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
    listed.opened.connect(audits.choose)
    listed.add_wanted.connect(audits.begin)
    listed.template_wanted.connect(lambda: shell.open("audit_templates"))
    shell.add_list("audits", listed, audits, place="suppliers")
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
    for view in (listed, one):
        bringing = Bringing(
            shell.use,
            shell.tasks,
            shell.words,
            shell.problems(view),
            shell.who,
            shell.ask,
            lambda line: shell.window.notice.tell(line),
            lambda audit: shell.open("audit", audit),
        )
        view.bring_wanted.connect(bringing.bring)
        shell.window.keep((bringing,))
    one.finding_wanted.connect(audit.ask_for_action)
    one.print_wanted.connect(audit.print_to)
    one.retry_wanted.connect(audit.reload)
    shell.add("audit", one, audit, place="suppliers")
    written = TemplatesView(shell.words, WRITTEN_IN)
    templates = TemplatesPresenter(
        written,
        shell.use,
        shell.tasks,
        shell.words,
        shell.problems(written),
        shell.who,
        shell.ask,
        lambda line: shell.window.notice.tell(line),
    )
    written.back_wanted.connect(lambda: shell.open("audits"))
    written.chosen.connect(templates.choose)
    written.part_wanted.connect(templates.change)
    written.import_wanted.connect(templates.read_from)
    written.export_wanted.connect(templates.write_to)
    written.language_wanted.connect(templates.speak)
    written.general_wanted.connect(templates.write_general)
    written.new_wanted.connect(templates.begin)
    written.approve_wanted.connect(templates.approve)
    written.limits_wanted.connect(templates.change_limits)
    written.question_wanted.connect(templates.add_question)
    written.section_wanted.connect(templates.add_section)
    written.retry_wanted.connect(templates.open)
    shell.add("audit_templates", written, templates, place="suppliers")
