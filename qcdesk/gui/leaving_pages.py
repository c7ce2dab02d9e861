# SPDX-License-Identifier: Apache-2.0
"""Adds the page of what signs and sends at this station, and what sends the mails of every page."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFileDialog

from qcdesk.gui.asking import Ask, Who
from qcdesk.gui.main_window import MainWindow
from qcdesk.gui.problems import Problems, Teller
from qcdesk.gui.screens.leaving.presenter import CertificatePresenter, MailPresenter
from qcdesk.gui.screens.leaving.view import LeavingView
from qcdesk.gui.screens.unsent.presenter import UnsentPresenter
from qcdesk.gui.screens.unsent.view import UnsentSheet
from qcdesk.gui.sending import Around, Sending
from qcdesk.gui.shell import Shell
from qcdesk.i18n import Catalogue


class _Both:
    """The page of two cards, filled by a presenter each."""

    def __init__(self, certificate: CertificatePresenter, mail: MailPresenter) -> None:
        self.certificate, self.mail = certificate, mail

    def open(self) -> None:
        """Show what is kept."""
        self.certificate.open()
        self.mail.open()


def add_leaving_page(shell: Shell) -> None:
    """Add the page; its way back leads to the settings."""
    view = LeavingView(shell.words)

    def told(line: str) -> None:
        shell.window.notice.tell(line)

    certificate = CertificatePresenter(
        view.certificate,
        shell.use,
        shell.tasks,
        shell.words,
        shell.problems(view.certificate),
        told,
        shell.settings,
        shell.change_settings,
    )
    view.certificate.wanted.connect(
        lambda file, password, always: certificate.use(file, password, always=always)
    )
    view.certificate.always_wanted.connect(lambda wanted: certificate.always(wanted=wanted))
    view.certificate.removed.connect(certificate.remove)
    mail = MailPresenter(
        view.mail,
        shell.use,
        shell.tasks,
        shell.words,
        shell.problems(view.mail),
        told,
        shell.settings,
        shell.change_settings,
    )
    view.mail.wanted.connect(mail.use)
    view.mail.trial_wanted.connect(mail.attempt)
    view.mail.cancelled.connect(mail.cancel)
    view.mail.removed.connect(mail.remove)
    view.back_wanted.connect(lambda: shell.open("settings"))
    shell.add("leaving", view, _Both(certificate, mail), place="settings")


def send_in(
    window: MainWindow,
    sending: Sending,
    words: Catalogue,
    ask: Ask,
    tell: Teller,
    who: Callable[[], Who | None],
) -> UnsentPresenter:
    """Show in a window, above every page, how far a mail is and what did not go; return what asks before it closes."""

    def save_as(name: str) -> str:
        path, _ = QFileDialog.getSaveFileName(window, words.say("Save the mail"), name, "Mail (*.eml)")
        return path

    def told(line: str) -> None:
        window.notice.tell(line)

    def folder() -> str:
        return QFileDialog.getExistingDirectory(window, words.say("Folder for the mails"))

    sending.move(Around(window.on_its_way, window.standing, words, ask, tell, told, save_as, who))
    window.on_its_way.cancelled.connect(sending.cancel)
    window.keep(sending)
    sheet = UnsentSheet(window, words)
    unsent = UnsentPresenter(sheet, sending, words, Problems(tell, words, sheet), folder)
    sheet.stayed.connect(unsent.stay)
    sheet.save_wanted.connect(unsent.save)
    sheet.given_up.connect(unsent.give_up)
    window.keep(unsent)
    return unsent
