# SPDX-License-Identifier: Apache-2.0
"""The system's printers, where no window is: CUPS takes the very bytes of a PDF, Windows gets its pages painted."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from qcdesk.config import environment_of_programs
from qcdesk.reports import windows_printers
from qcdesk.reports.queues import PATIENCE_S, plain_title
from qcdesk.services.ports import Printing
from qcdesk.services.printers import Sheet
from qcdesk.services.trouble import Trouble

_JOB: Final = re.compile(rb"(\S+-[0-9]+)(?=\s|$)")
_USUAL: Final = re.compile(r":\s*(\S+)\s*$")
_MEDIA: Final = {(210.0, 297.0): "A4", (215.9, 279.4): "Letter"}


@dataclass(frozen=True)
class SystemPrinters:
    """See the port ``Printers``. ``printing``: draws pages for Windows, which takes no PDF."""

    printing: Printing

    def names(self) -> tuple[str, ...]:
        """See the port."""
        if sys.platform == "win32":
            return windows_printers.names()
        if shutil.which("lp") is None:
            raise Trouble("no_printing")
        listed = (one.strip() for one in _told("lpstat", "-e").splitlines())
        return tuple(dict.fromkeys(one for one in listed if one))

    def usual(self) -> str:
        """See the port."""
        if sys.platform == "win32":
            return windows_printers.usual()
        found = _USUAL.search(_told("lpstat", "-d").strip())
        return found[1] if found is not None else ""

    def takes(self, printer: str) -> bool:
        """See the port."""
        program = shutil.which("lpstat")
        if not printer or program is None or sys.platform == "win32":
            return True
        queue, _, _ = printer.partition("/")  # what follows is a set of its options
        try:
            told = _run([program, "-a", queue], b"")
        except subprocess.TimeoutExpired:
            return True
        except (OSError, subprocess.SubprocessError):
            return queue in self.names()  # one that was found in the network has no queue of its own
        return b" not accepting " not in told

    def print(self, pdf: bytes, printer: str, title: str, sheet: Sheet) -> str:
        """See the port."""
        name = plain_title(title)
        if sys.platform == "win32":
            return windows_printers.paint(self.printing, pdf, printer, name)
        program = shutil.which("lp")
        if program is None:
            raise Trouble("no_printing")
        media = _MEDIA.get(sheet) or "Custom.{:g}x{:g}mm".format(*sheet)
        options = ("-o", f"media={media}", "-o", "print-scaling=none")
        try:
            told = _run([program, "-d", printer, "-t", name, *options, "-"], pdf)
        except (OSError, subprocess.SubprocessError) as failed:
            raise Trouble("printer") from failed
        job = _JOB.search(told)
        return job[1].decode("utf-8", "replace") if job is not None else ""


def _told(program: str, *arguments: str) -> str:
    """Return what a program of CUPS says; nothing where it says no."""
    found = shutil.which(program)
    if found is None:
        return ""
    try:
        return _run([found, *arguments], b"").decode("utf-8", "replace")
    except (OSError, subprocess.SubprocessError):
        return ""


def _run(command: Sequence[str], given: bytes) -> bytes:
    ran = subprocess.run(
        command,
        input=given,
        capture_output=True,
        timeout=PATIENCE_S,
        check=True,
        env=environment_of_programs(),
    )
    return ran.stdout
