# SPDX-License-Identifier: Apache-2.0
"""What papers are called, and how they left."""

from __future__ import annotations

from typing import Final

from qcdesk.domain.events import Document
from qcdesk.i18n import LANGUAGE_NAMES, Catalogue, mark
from qcdesk.services.prints import PrintRow, ToTell

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


def called(told: ToTell, words: Catalogue) -> str:
    """Return what a paper that is handed over is called: ``Inspection report DA-7, copy 1``, where it says so itself."""
    name = _named(told.document, told.name, words)
    return words.say("{paper}, copy {n}", paper=name, n=told.copy) if told.copy else name


def paper(row: PrintRow, words: Catalogue) -> str:
    """Return which paper it is, and which copy: ``Inspection report DA-7, copy 1``."""
    name = _named(row.document, row.name, words)
    return words.say("{paper}, copy {n}", paper=name, n=row.copy) if row.copy else name


def _named(document: Document, name: str, words: Catalogue) -> str:
    kind = words.say(DOCUMENTS[document])
    if document == "figures":
        return name or kind
    return words.say("{paper} {name}", paper=kind, name=name) if name else kind


def how(row: PrintRow, words: Catalogue) -> str:
    """Return who had it, which way, and in which languages, in one line."""
    languages = [LANGUAGE_NAMES.get(one, one) for one in row.languages]
    return " · ".join((row.person or words.say("nobody signed in"), words.say(WAYS[row.way]), *languages))
