# SPDX-License-Identifier: Apache-2.0
"""The printers of the system, as a command uses them; the window has the system's own dialog."""

from __future__ import annotations

from typing import Protocol

from qcdesk.domain.inputs import BadInput
from qcdesk.services.trouble import Trouble

Sheet = tuple[float, float]
"""Width and height of a page in mm."""


class Printers(Protocol):
    """What the system prints by."""

    def names(self) -> tuple[str, ...]:
        """Return what the system calls its printers. Raises: Trouble ``no_printing``: it has nothing to print by."""

    def usual(self) -> str:
        """Return the printer that the system takes where none is named; empty: there is none."""

    def takes(self, printer: str) -> bool:
        """Tell whether a printer takes what it is sent: the window's toolkit says that it was sent, and not to whom.

        True where the system does not say.
        """

    def print(self, pdf: bytes, printer: str, title: str, sheet: Sheet) -> str:
        """Hand a PDF to a printer, whole or not at all; return what the system calls the job, empty: it does not say.

        It has taken the paper then; whether the paper comes out of it nobody knows here.
        Raises: Trouble ``printer``: it takes nothing; ``no_printing``.
        """


class NoPrinters:
    """A system without any."""

    def names(self) -> tuple[str, ...]:
        """See the port."""
        raise Trouble("no_printing")

    def usual(self) -> str:
        """See the port."""
        return ""

    def takes(self, printer: str) -> bool:
        """See the port."""
        return True

    def print(self, pdf: bytes, printer: str, title: str, sheet: Sheet) -> str:
        """See the port."""
        raise Trouble("no_printing")


def chosen_printer(printers: Printers, named: str | None, last: str) -> str:
    """Return the printer that was named, or the last one of such papers where it is still there, or the usual one.

    Raises: BadInput ``unknown_printer``, ``printer_needed``; Trouble ``no_printing``, ``no_printers``.
    """
    there = printers.names()
    if not there:
        raise Trouble("no_printers")
    if named is not None and named not in there:
        raise BadInput("unknown_printer", facts={"value": named, "known": there}, where={"field": "printer"})
    found = next((one for one in (named, last, printers.usual()) if one in there), None)
    if found is None:
        raise BadInput("printer_needed", facts={"known": there}, where={"field": "printer"})
    return found
