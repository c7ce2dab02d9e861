# SPDX-License-Identifier: Apache-2.0
"""Products: read, found, changed and saved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from qcdesk.domain.events import ProductSaved
from qcdesk.gui.asking import Ask, WhoNow
from qcdesk.gui.collation import in_order
from qcdesk.gui.picked_files import kept_picture
from qcdesk.gui.problems import Problems
from qcdesk.gui.records import Notice, RecordsPresenter, RecordsView, Values
from qcdesk.gui.tasks import Tasks
from qcdesk.i18n import Catalogue
from qcdesk.services.ports import Hand
from qcdesk.services.use_cases import UseCases


class ProductsView(RecordsView, Protocol):
    """The list of products and the one that is changed."""

    def show_picture(self, content: bytes) -> None:
        """Show the kept picture."""


class ProductsPresenter(RecordsPresenter[ProductSaved]):
    """See ``RecordsPresenter``."""

    def __init__(
        self,
        view: ProductsView,
        use: UseCases,
        tasks: Tasks,
        words: Catalogue,
        problems: Problems,
        who: WhoNow,
        notice: Notice,
        ask: Ask,
    ) -> None:
        super().__init__(view, tasks, words, problems, notice, ask)
        self._page = view
        self._use = use
        self._who = who

    def read(self) -> Sequence[ProductSaved]:
        """Return all products, by their codes."""
        return in_order(self._use.read.products(), lambda row: row.code)

    def texts(self, row: ProductSaved) -> Iterable[str]:
        """Return what a product is found by."""
        return row.code, row.name, row.revision, row.family

    def heading(self, row: ProductSaved | None) -> str:
        """Return the title over the fields."""
        return self._words.say("New product") if row is None else row.name

    def values(self, row: ProductSaved | None) -> Values:
        """Return what stands in the fields."""
        if row is None:
            return {"unit": "pcs"}
        return {
            "id": row.product,
            "code": row.code,
            "revision": row.revision,
            "name": row.name,
            "family": row.family,
            "unit": row.unit,
            "picture": row.picture or "",
            "note": row.note,
        }

    def choose(self, row: ProductSaved) -> None:
        """Show a product's fields, then its picture."""
        super().choose(row)
        picture = row.picture
        if picture is not None:
            self._tasks.run(
                lambda: self._use.files.read(picture),
                self._page.show_picture,
                self._problems.show,
                latest="product picture",
            )

    def record(self, values: Values, before: ProductSaved | None) -> ProductSaved:
        """Return the product that the fields say."""
        return ProductSaved(
            product=before.product if before else "",
            code=values["code"],
            name=values["name"],
            revision=values["revision"],
            family=values["family"],
            unit=values["unit"] or "pcs",
            picture=kept_picture(self._use.files, values["picture"]),
            note=values["note"],
            source=before.source if before else None,
            over=before.over if before else None,
        )

    def keep(self, record: ProductSaved, another: bool, other: Hand | None) -> ProductSaved:
        """Save it."""
        return self._use.save_product(self._who().sitting, record, another=another, other=other)

    def said(self, record: ProductSaved) -> str:
        """Return the line that says it is saved."""
        return self._words.say("{name} is saved.", name=record.name)
