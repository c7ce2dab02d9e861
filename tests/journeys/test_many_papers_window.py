# SPDX-License-Identifier: Apache-2.0
"""Papers of many batches are printed in the window: chosen, certified with one secret, written while it stays usable."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from qcdesk.gui.screens.print_many.view import PrintManyView
from tests.journeys.driving import Hands
from tests.workspace import House, secret


def test_what_was_released_today_is_certified_and_written_into_a_folder(
    hands: Hands, house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    for n in range(6):
        house.released(number=f"LOT-{n}")
    hands.sign_in("som")
    hands.press("Print many papers")
    assert hands.here == "print_many"
    hands.see("6 of 6 batches are taken")
    view = hands.window.findChild(PrintManyView)
    assert view is not None
    view.kinds["inspection"].click()
    hands.press("Make 12 papers")
    hands.see("Certificates of 6 batches")
    sheet = hands.program.running.ask_sheet
    sheet.secret.password.setText(secret("som"))
    hands.press("Issue and print")
    hands.until(lambda: "12 papers are in" in view.outcome.words, "the papers")
    assert len(list(folder.glob("certificate-*.pdf"))) == len(list(folder.glob("inspection-*.pdf"))) == 6
    assert view.again.isHidden()
