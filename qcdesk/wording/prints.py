# SPDX-License-Identifier: Apache-2.0
"""What papers are called, and how they left."""

from __future__ import annotations

from typing import Final

from qcdesk.i18n import mark

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
