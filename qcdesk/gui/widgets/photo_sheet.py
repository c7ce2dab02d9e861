# SPDX-License-Identifier: Apache-2.0
"""A picture as large as the window allows, over the page, with one way back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from qcdesk.gui.widgets.buttons import Button
from qcdesk.gui.widgets.cards import column
from qcdesk.gui.widgets.product import ProductPicture
from qcdesk.gui.widgets.sheets import Sheet


def show_large(
    over: QWidget,
    picture: str | bytes,
    words: str,
    *,
    none: str,
    back: str,
    marks: tuple[tuple[float, float], ...] = (),
    height: int = 44,
) -> Sheet:
    """Show a picture over a window until one goes back; ``words`` are read aloud, ``height`` is the button's."""
    sheet = Sheet(over, width=1180, height=720)
    large = ProductPicture(none)
    large.show_picture(picture, marks, words)
    close = Button(back, height=height)
    close.clicked.connect(sheet.close_sheet)
    sheet.closed.connect(sheet.deleteLater)
    holder = column(12, (20, 20, 20, 20))
    sheet.body.addLayout(holder)
    holder.addWidget(large, 1)
    holder.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
    sheet.open()
    close.setFocus(Qt.FocusReason.PopupFocusReason)
    return sheet
