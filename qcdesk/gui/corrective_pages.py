# SPDX-License-Identifier: Apache-2.0
"""Adds the pages of corrective actions and promises to the window."""

from __future__ import annotations

from qcdesk.gui.screens.corrective.presenter import ActionPresenter, ActionsPresenter, LedgerPresenter
from qcdesk.gui.screens.corrective.view import ActionsView, ActionView, LedgerView
from qcdesk.gui.shell import Shell


def add_corrective_pages(shell: Shell) -> None:
    """Add the lists, and the page of one action."""
    today = shell.use.clock.today
    lists, one = ActionsView(shell.words, today), ActionView(shell.words, today)

    def told(line: str) -> None:
        shell.window.notice.tell(line)

    def show(action: str) -> None:
        shell.open("corrective_action", action)

    actions = ActionsPresenter(
        lists, shell.use, shell.tasks, shell.words, shell.problems(lists), shell.who, shell.ask, told, show
    )
    shell.add_list("corrective_actions", lists, actions, place="suppliers")
    lists.add_wanted.connect(actions.add)
    lists.opened.connect(actions.choose)
    lists.promise_pressed.connect(actions.choose)
    lists.calendar_wanted.connect(actions.save_calendar)
    action = ActionPresenter(
        one,
        shell.use,
        shell.tasks,
        shell.words,
        shell.problems(one),
        shell.who,
        shell.ask,
        told,
        shell.mailing,
    )
    one.back_wanted.connect(lambda: shell.open("corrective_actions"))
    one.step_wanted.connect(action.step)
    one.mail_wanted.connect(action.mails.write)
    one.send_wanted.connect(action.mails.send)
    one.answer_wanted.connect(action.answer)
    one.file_wanted.connect(action.answer_file)
    one.promise_wanted.connect(action.promise)
    one.close_wanted.connect(action.close)
    one.stop_wanted.connect(action.decide_stop)
    one.kept_wanted.connect(action.save_file)
    one.print_wanted.connect(action.print_to)
    one.retry_wanted.connect(action.reload)
    shell.add("corrective_action", one, action, place="suppliers")
    ledger = LedgerView(shell.words, today)
    held = LedgerPresenter(ledger, shell.use, shell.tasks, shell.words, shell.problems(ledger))
    ledger.back_wanted.connect(lambda: shell.open("supplier", held.supplier))
    ledger.opened.connect(show)
    ledger.audit_wanted.connect(lambda audit: shell.open("audit", audit))
    ledger.retry_wanted.connect(held.reload)
    shell.add("supplier_ledger", ledger, held, place="suppliers")
