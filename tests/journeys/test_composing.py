# SPDX-License-Identifier: Apache-2.0
"""Every field takes what is composed on the way, by Telex, Pinyin or a Thai keyboard, and nothing before it is chosen.

Fields for secrets are left out: there no system composes anything, so that nothing of it is shown.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from qcdesk.gui.widgets.forms import LineField, TextField
from qcdesk.gui.widgets.reading import ReadingField
from qcdesk.gui.widgets.search import SearchField

WORDS = (("tieesng", "tiếng"), ("biao qian", "标签"), ("ปล", "ปล่อย"))


def choose(field: QWidget, chosen: str) -> None:
    """Let an input method hand over what was chosen."""
    done = QInputMethodEvent("", [])
    done.setCommitString(chosen)
    QApplication.sendEvent(field, done)


def text_of(field: QWidget) -> str:
    if isinstance(field, QLineEdit):
        return field.text()
    assert isinstance(field, QPlainTextEdit)
    return field.toPlainText()


@pytest.mark.parametrize("made", [LineField, TextField, SearchField])
def test_composed_words_come_in_once_they_are_chosen(
    qtbot: QtBot, look: None, made: Callable[[str], QWidget]
) -> None:
    whole = made("Name")
    qtbot.addWidget(whole)
    field = whole.edit if isinstance(whole, LineField | TextField) else whole
    assert field.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    so_far = ""
    for steps, chosen in WORDS:
        for end in range(1, len(steps) + 1):
            QApplication.sendEvent(field, QInputMethodEvent(steps[:end], []))
            assert text_of(field) == so_far
        choose(field, chosen)
        so_far += chosen
        assert text_of(field) == so_far


def test_reading_takes_figures_of_an_input_method_and_nothing_that_is_being_composed(
    qtbot: QtBot, look: None
) -> None:
    field = ReadingField("Bore")
    qtbot.addWidget(field)
    assert field.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    QApplication.sendEvent(field, QInputMethodEvent("12", []))
    assert field.typed == ""
    choose(field, "１２。０３")
    assert field.typed == "12.03"
