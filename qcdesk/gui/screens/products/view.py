# SPDX-License-Identifier: Apache-2.0
"""The products at the left, the one that is changed at the right."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal

from qcdesk.gui.screens.products.model import products_model
from qcdesk.gui.widgets.buttons import Button
from qcdesk.gui.widgets.forms import LineField, TextField
from qcdesk.gui.widgets.pages import Editor, Form, RecordsPage, SearchedList
from qcdesk.gui.widgets.picture_field import PictureField
from qcdesk.i18n import Catalogue


class ProductsView(RecordsPage):
    """Number, revision, name, family, unit, picture, note; ``severity_wanted`` leads to how its lots are inspected.

    ``analysis_wanted`` leads to its charts.
    """

    severity_wanted = Signal()
    analysis_wanted = Signal()

    def __init__(self, words: Catalogue) -> None:
        say = words.say
        form = Form({"product": "code"})
        form.put(
            ("code", LineField(say("Number"), say("As on drawing and label"))),
            ("revision", LineField(say("Revision"))),
            shares=(2, 1),
        )
        form.put(("name", LineField(say("Name"))))
        form.put(
            ("family", LineField(say("Family"), say("Roles may be limited to families"))),
            ("unit", LineField(say("One piece is called"), say("pcs, kg, m …"))),
            shares=(2, 1),
        )
        self.picture = PictureField(
            say("Picture"),
            say("Choose a picture"),
            say("Leave it out"),
            say("PNG or JPEG; inspectors tap places on it"),
        )
        form.put(("picture", self.picture))
        form.put(("note", TextField(say("Note"))))
        form.lines.addStretch(1)
        model = products_model(words)
        listed = SearchedList(
            model,
            say("Products"),
            words,
            hint=say("Search number, name or family"),
            meaning=say("No product yet"),
            next_words=say("A batch is a batch of something: add the first product."),
            act=say("Add product"),
            icon="shapes",
        )
        editor = Editor(
            form,
            words,
            save=say("Save product"),
            choose=say("Choose a product"),
            way=say("Its record is shown and changed here."),
            icon="shapes",
        )
        super().__init__(
            words,
            say("Products"),
            say("What is made or bought, one line for each revision."),
            listed,
            editor,
            say("Add product"),
            lambda record: record.product,
        )
        self.severity = Button(say("Severity of inspection"), icon="gauge")
        self.severity.clicked.connect(self.severity_wanted)
        self.severity.setEnabled(False)
        self.acts.insertWidget(0, self.severity)
        self.analysis = Button(say("Analysis"), icon="chart-column")
        self.analysis.clicked.connect(self.analysis_wanted)
        self.analysis.setEnabled(False)
        self.acts.insertWidget(0, self.analysis)

    def edit(self, heading: str, values: Mapping[str, str]) -> None:
        """Show a product's fields; only one that is kept has lots."""
        super().edit(heading, values)
        self.severity.setEnabled(bool(values.get("id")))
        self.analysis.setEnabled(bool(values.get("id")))

    def show_nothing(self) -> None:
        """Show that no product is chosen."""
        super().show_nothing()
        self.severity.setEnabled(False)
        self.analysis.setEnabled(False)

    def show_picture(self, content: bytes) -> None:
        """Show the kept picture of the product."""
        self.picture.show_bytes(content)
