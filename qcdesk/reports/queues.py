# SPDX-License-Identifier: Apache-2.0
"""Print queues that take bytes as they are: for label printers, which read ZPL and no pages."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
import sys

from qcdesk.services.trouble import Trouble

PATIENCE_S = 30
LONGEST_TITLE = 80


def send(content: bytes, printer: str, title: str) -> None:
    """Send bytes to a queue of the system, whole or not at all, past every driver.

    Raises: Trouble: ``printer``, it takes nothing; ``no_queues``, the system has none for this.
    """
    plain = plain_title(title)
    if sys.platform == "win32":
        _to_spooler(content, printer, plain)
    else:
        _to_cups(content, printer, plain)


def plain_title(title: str) -> str:
    """Return the name of a document as any system takes it."""
    return "".join(sign if sign.isprintable() else " " for sign in title)[:LONGEST_TITLE]


def _to_cups(content: bytes, printer: str, title: str) -> None:
    program = shutil.which("lp")
    if program is None:
        raise Trouble("no_queues")
    try:
        subprocess.run(
            [program, "-d", printer, "-t", title, "-o", "raw", "-"],
            input=content,
            capture_output=True,
            timeout=PATIENCE_S,
            check=True,
        )
    except (OSError, subprocess.SubprocessError) as failed:
        raise Trouble("printer") from failed


if sys.platform == "win32":

    def _to_spooler(content: bytes, printer: str, title: str) -> None:
        class DocInfo(ctypes.Structure):
            """What the spooler is told of a document: its name, no file, and that it is sent as it is."""

            _fields_ = (
                ("pDocName", ctypes.c_wchar_p),
                ("pOutputFile", ctypes.c_wchar_p),
                ("pDatatype", ctypes.c_wchar_p),
            )

        spooler = ctypes.WinDLL("winspool.drv", use_last_error=True)
        handle, written = ctypes.c_void_p(), ctypes.c_ulong()
        if not spooler.OpenPrinterW(ctypes.c_wchar_p(printer), ctypes.byref(handle), None):
            raise Trouble("printer")
        try:
            about = DocInfo(title, None, "RAW")
            if not spooler.StartDocPrinterW(handle, 1, ctypes.byref(about)):
                raise Trouble("printer")
            sent = (
                spooler.StartPagePrinter(handle)
                and spooler.WritePrinter(handle, content, len(content), ctypes.byref(written))
                and written.value == len(content)
                and spooler.EndPagePrinter(handle)
            )
            if not sent:
                spooler.AbortPrinter(handle)
                raise Trouble("printer")
            if not spooler.EndDocPrinter(handle):
                raise Trouble("printer")
        finally:
            spooler.ClosePrinter(handle)
