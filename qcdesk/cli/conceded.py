# SPDX-License-Identifier: Apache-2.0
"""A concession on the command line, wherever one is told of: in lines for people, and for programs."""

from __future__ import annotations

from qcdesk.cli.output import Data, plain
from qcdesk.i18n import Catalogue
from qcdesk.services.concession_rows import ConcessionRow
from qcdesk.wording import spelling
from qcdesk.wording.spelling import rfc3339


def lines(row: ConcessionRow, words: Catalogue) -> list[str]:
    """Return what was asked for, for people."""
    told = [
        words.say("Concession for batch {number}: {quantity} units, until {day}.", number=row.number,
                  quantity=row.quantity, day=spelling.day(row.until, words)),
        words.say("Deviation: {text}", text=row.deviation),
        words.say("Defects: {codes}", codes=", ".join(row.codes)),
        words.say("Reference: {text}", text=row.reference),
    ]  # fmt: skip
    if row.use:
        told.append(words.say("Use: {text}", text=row.use))
    if row.consent is not None:
        told.append(words.say("The customer's signed consent is kept as {digest}.", digest=row.consent[:16]))
        if row.consent_name:
            told.append(words.say("Name of its file: {name}", name=row.consent_name))
    return told


def data(row: ConcessionRow) -> Data:
    """Return a concession for programs."""
    return {
        "concession": row.concession,
        "batch": row.number,
        "id": row.batch,
        "product": row.product,
        "supplier": row.supplier or None,
        "quantity": row.quantity,
        "until": plain(row.until),
        "codes": list(row.codes),
        "deviation": row.deviation,
        "reference": row.reference,
        "use": row.use or None,
        "consent": row.consent,
        "consent_name": row.consent_name or None,
        "state": row.standing,
        "asked_by": row.asked_by,
        "asked_at": rfc3339(row.asked_at),
        "answered_by": list(row.answered_by),
        "answered_at": None if row.answered_at is None else rfc3339(row.answered_at),
        "reason": row.reason or None,
        "shipped": row.shipped,
    }
