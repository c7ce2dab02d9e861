# SPDX-License-Identifier: Apache-2.0
"""The password of the company's certificate, asked for where this station signs whatever leaves and no keyring has it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from qcdesk.gui.asking import Answers, Ask, Asking, Question
from qcdesk.gui.tasks import Failed, Tasks
from qcdesk.i18n import Catalogue
from qcdesk.services.ports import Hand
from qcdesk.services.use_cases import UseCases

CERTIFICATE: Final = "company_password"
"""What the question for the password is called."""


def certificate_asked(words: Catalogue) -> Question:
    """Return the question for a password that no keyring keeps."""
    hint = words.say("For this time only; it is not kept")
    return Question(CERTIFICATE, words.say("Password of the certificate"), "secret", hint=hint)


def certificate_answered(use: UseCases, answers: Answers) -> str | None:
    """Return the password that was given, once it opened the certificate; None: it was not asked for.

    Raises: as ``CompanySigner.look``.
    """
    if CERTIFICATE not in answers:
        return None
    use.company.look(password=answers[CERTIFICATE])
    return answers[CERTIFICATE]


def with_certificate(
    use: UseCases, tasks: Tasks, words: Catalogue, ask: Ask, go: Callable[[str | None], None], failed: Failed
) -> None:
    """Go on with the password; with None where the keyring has it, or nothing is signed."""

    def known(asks: bool) -> None:
        if not asks:
            go(None)
            return
        asking = Asking(
            words.say("Company's signature"),
            words.say("Every PDF that leaves is signed with the company's certificate."),
            words.say("Go on"),
            (certificate_asked(words),),
            secret=False,
        )

        def work(answers: Answers, _hands: tuple[Hand, ...]) -> str | None:
            return certificate_answered(use, answers)

        ask(asking, work, go)

    tasks.run(use.company.asks, known, failed)
