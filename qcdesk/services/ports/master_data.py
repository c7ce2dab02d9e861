# SPDX-License-Identifier: Apache-2.0
"""What is kept once for all batches, as a unit of work tells it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from qcdesk.domain.events import (
    DefectCodeSaved,
    DefectReported,
    InstrumentSaved,
    ProductSaved,
    ShopChanged,
    SupplierSaved,
)
from qcdesk.domain.procedures import ProcedureVersion
from qcdesk.domain.suppliers import Merge, SupplierStanding


class MasterDataQuestions(Protocol):
    """The questions of a unit of work about what is kept once for all batches."""

    def shop(self) -> ShopChanged:
        """Return how the shop calls itself."""

    def supplier(self, supplier: str) -> SupplierSaved:
        """Return a supplier by id or code; BadInput ``unknown_supplier``."""

    def suppliers(self) -> tuple[SupplierSaved, ...]:
        """Return all suppliers, in the order in which they were saved."""

    def supplier_standing(self, supplier: str) -> SupplierStanding:
        """Return how a supplier (its id) stands; approved where nobody has said anything."""

    def supplier_merges(self) -> tuple[Merge, ...]:
        """Return which suppliers are the same as another one, in the order in which it was said."""

    def first_merged(self, one: str, other: str) -> int:
        """Return the event that first said of two suppliers (ids) that they are the same; 0: none ever did."""

    def product(self, product: str) -> ProductSaved:
        """Return a product by id or code (its newest revision); BadInput ``unknown_product``."""

    def products(self) -> tuple[ProductSaved, ...]:
        """Return all products, in the order in which they were saved."""

    def had_batches(self, product: str) -> bool:
        """Tell whether any batch of a product was ever registered."""

    def had_batches_from(self, supplier: str) -> bool:
        """Tell whether any batch from a supplier was ever registered."""

    def defect_code(self, code: str) -> DefectCodeSaved:
        """Return a code of the catalogue; BadInput ``unknown_defect``."""

    def defect_codes(self) -> tuple[DefectCodeSaved, ...]:
        """Return the whole catalogue."""

    def listed_codes(self) -> Mapping[str, frozenset[str]]:
        """Return every code that the catalogue or a version of a procedure lists, each with its classes there.

        No lot has another one.
        """

    def code_names(self) -> Mapping[str, frozenset[str]]:
        """Return every such code with what it is called there, in any language."""

    def reported(self, sources: Sequence[str]) -> tuple[DefectReported, ...]:
        """Return all defects that these sources have reported."""

    def instrument(self, instrument: str) -> InstrumentSaved:
        """Return an instrument by id or number; BadInput ``unknown_instrument``."""

    def instruments(self) -> tuple[InstrumentSaved, ...]:
        """Return all instruments."""

    def is_relied_on(self, instrument: str) -> bool:
        """Tell whether an instrument ever had a calibration, which readings may rest on, or was ever blocked."""

    def procedure(self, code: str, version: int | None = None) -> ProcedureVersion:
        """Return a version (None: the newest); BadInput ``unknown_procedure``."""

    def approved_for(self, product: str) -> ProcedureVersion | None:
        """Return the approved version that covers a product code, or None."""

    def taken(self, kind: str, value: str) -> bool:
        """Tell whether a code or number of a kind (``batch``, ``supplier``, ``product``) is there already."""
