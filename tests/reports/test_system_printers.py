# SPDX-License-Identifier: Apache-2.0
"""What the system says of its printers, read off the programs of CUPS."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import cast

import pytest

from qcdesk.reports.system_printers import SystemPrinters
from qcdesk.services.ports import Printing
from qcdesk.services.trouble import Trouble
from tests.reports.queue import fake_queue

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has a spooler instead of lp")

PRINTERS = SystemPrinters(cast("Printing", None))


def test_printers_are_those_that_the_system_lists_and_the_usual_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_queue(tmp_path, monkeypatch, "Office Zebra Office ''")
    assert PRINTERS.names() == ("Office", "Zebra") and PRINTERS.usual() == "Office"


def test_a_printer_that_accepts_nothing_or_is_gone_takes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_queue(tmp_path, monkeypatch, "Office Zebra late")
    taking = {
        name: PRINTERS.takes(name) for name in ("", "Office", "Office/draft", "late", "Zebra", "nobody")
    }
    assert taking == {
        "": True,
        "Office": True,
        "Office/draft": True,
        "late": False,
        "Zebra": True,
        "nobody": False,
    }


def test_a_paper_is_handed_over_as_it_is_with_its_size_and_the_job_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = fake_queue(tmp_path, monkeypatch)
    assert PRINTERS.print(b"%PDF bytes", "Office", "Report\n1", (210.0, 297.0)) == "Office-7"
    assert sent.read_bytes() == b"%PDF bytes"
    said = (sent.parent / "said").read_text().splitlines()
    assert said == ["-d", "Office", "-t", "Report 1", "-o", "media=A4", "-o", "print-scaling=none", "-"]
    for printer in ("nobody", "late"):
        with pytest.raises(Trouble, match="printer"):
            PRINTERS.print(b"%PDF bytes", printer, "Report", (100.0, 50.0))


def test_a_system_without_printing_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    for ask in (PRINTERS.names, lambda: PRINTERS.print(b"", "Office", "Report", (210.0, 297.0))):
        with pytest.raises(Trouble, match="no_printing"):
            ask()
    assert PRINTERS.usual() == "" and PRINTERS.takes("Office")
