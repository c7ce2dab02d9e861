# SPDX-License-Identifier: Apache-2.0
"""What papers are called, and how they left."""

from __future__ import annotations

from typing import Final

from qcdesk.i18n import LANGUAGE_NAMES, Catalogue, mark
from qcdesk.services.prints import PrintRow

DOCUMENTS: Final = {
    "inspection": mark("Inspection report"),
    "certificate": mark("Certificate of conformity"),
    "analysis": mark("Certificate of analysis"),
    "first_article": mark("First-article report"),
    "nonconformity": mark("Nonconformity"),
    "corrective": mark("8D report"),
    "audit": mark("Supplier audit"),
    "instruction": mark("Work instruction"),
    "label": mark("Labels"),
    "stickers": mark("Stickers"),
    "figures": mark("Sheet of figures"),
}
WAYS: Final = {
    "printed": mark("Printed"),
    "saved": mark("Saved as a file"),
    "mailed": mark("Enclosed in a mail"),
    "label_printer": mark("For a label printer"),
}
LEFT: Final = {
    "printed": mark("{paper} was printed."),
    "saved": mark("{paper} was saved as a file."),
    "mailed": mark("{paper} was enclosed in a mail."),
    "label_printer": mark("{paper} was written for a label printer."),
}


def paper(row: PrintRow, words: Catalogue) -> str:
    """Return which paper it is, and which copy: ``Inspection report DA-7, copy 1``."""
    called = words.say(DOCUMENTS[row.document])
    if row.name and row.document != "figures":
        called = words.say("{paper} {name}", paper=called, name=row.name)
    elif row.name:
        called = row.name
    return words.say("{paper}, copy {n}", paper=called, n=row.copy) if row.copy else called


def how(row: PrintRow, words: Catalogue) -> str:
    """Return who had it, which way, and in which languages, in one line."""
    languages = [LANGUAGE_NAMES.get(one, one) for one in row.languages]
    return " · ".join((row.person or words.say("nobody signed in"), words.say(WAYS[row.way]), *languages))
