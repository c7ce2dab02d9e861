# SPDX-License-Identifier: Apache-2.0
"""The mail that asks a supplier for corrective action, put together from the record."""

from __future__ import annotations

from datetime import date

from qcdesk.domain.nonconformities import require_day
from qcdesk.domain.suppliers import addressee
from qcdesk.services.corrective_actions import by_names
from qcdesk.services.letters import Enclosure, Mail
from qcdesk.services.use_cases import UseCases
from qcdesk.wording.corrective import mail_subject, mail_text
from qcdesk.wording.readers import words_for


def mail_about(
    use: UseCases,
    person: str,
    action: str,
    *,
    to: str = "",
    language: str | None = None,
    sender: str = "",
    text: str | None = None,
    reply_by: date | None = None,
    enclosures: tuple[Enclosure, ...] = (),
) -> Mail:
    """Return the request for an action as a mail, in the language that its reader reads.

    Args: person: who writes. to, sender: addresses; to the supplier's contact where none is given, and empty where the
        mail program asks. language: another one than the contact's. text: instead of the usual one.
        reply_by: the day by which an answer is asked for.
    Raises: BadInput ``day_past``: nobody can answer by a day that is past.
    """
    if reply_by is not None:
        require_day(reply_by, use.clock.today())
    found = use.corrective_action(action)
    with use.look() as uow:
        [named] = by_names(uow, [found])
        supplier, shop, by = uow.supplier(found.supplier), uow.shop(), uow.person(person)
    reader = addressee(supplier, to)
    words = words_for(language or reader.language)
    body = text or mail_text(named, supplier.name, reader.name, shop.name, by.name, reply_by, words)
    now = use.clock.now()
    subject = mail_subject(found, words)
    key = f"{found.name}-{now}"
    return Mail(
        supplier.name,
        to or reader.email,
        by.name,
        sender,
        subject,
        body,
        now,
        key,
        words.language,
        enclosures,
    )
