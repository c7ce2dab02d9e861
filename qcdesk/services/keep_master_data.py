# SPDX-License-Identifier: Apache-2.0
"""Adding and changing suppliers, products, defect codes, instruments, and how the shop calls itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from qcdesk.domain.events import (
    DefectCodeSaved,
    Fact,
    InstrumentSaved,
    ProductSaved,
    ShopChanged,
    SupplierSaved,
)
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.names import clean_code, clean_name
from qcdesk.domain.procedures import DEFECT_CLASSES
from qcdesk.domain.refusals import AlreadyThere
from qcdesk.services.ports import Hand, Ids, UnitOfWork


def save_supplier(uow: UnitOfWork, ids: Ids, hand: Hand, supplier: SupplierSaved, on: date) -> SupplierSaved:
    """Add (empty id) or change a supplier; its code is unique."""
    supplier = replace(supplier, code=clean_code(supplier.code, "supplier"), name=clean_name(supplier.name))
    with uow:
        if not supplier.supplier:
            _free(uow, "supplier", supplier.code)
            supplier = replace(supplier, supplier=ids.new())
        elif uow.supplier(supplier.supplier).code != supplier.code:
            _free(uow, "supplier", supplier.code)
        _save(uow, hand, supplier, on)
    return supplier


def save_product(uow: UnitOfWork, ids: Ids, hand: Hand, product: ProductSaved, on: date) -> ProductSaved:
    """Add (empty id) or change a product; code and revision together are unique."""
    product = replace(product, code=clean_code(product.code, "product"), name=clean_name(product.name))
    with uow:
        name = f"{product.code} {product.revision}".strip()
        if not product.product:
            _free(uow, "product", name)
            product = replace(product, product=ids.new())
        else:
            before = uow.product(product.product)
            if f"{before.code} {before.revision}".strip() != name:
                _free(uow, "product", name)
        _save(uow, hand, product, on)
    return product


def save_defect_code(uow: UnitOfWork, hand: Hand, code: DefectCodeSaved, on: date) -> DefectCodeSaved:
    """Add or change a code of the defect catalogue."""
    if code.defect_class not in DEFECT_CLASSES:
        raise BadInput("defect_class", facts={"value": code.defect_class}, where={"field": "class"})
    code = replace(code, code=clean_code(code.code, "defect"), name=clean_name(code.name))
    with uow:
        _save(uow, hand, code, on)
    return code


def save_instrument(
    uow: UnitOfWork, ids: Ids, hand: Hand, instrument: InstrumentSaved, on: date
) -> InstrumentSaved:
    """Add (empty id) or change an instrument: calibration, block."""
    instrument = replace(instrument, number=clean_code(instrument.number, "reference"))
    with uow:
        if not instrument.instrument:
            _free(uow, "instrument", instrument.number)
            instrument = replace(instrument, instrument=ids.new())
        _save(uow, hand, instrument, on)
    return instrument


def change_shop(uow: UnitOfWork, hand: Hand, shop: ShopChanged, on: date) -> None:
    """Change name, address, logo, paper, and whether a third person releases."""
    with uow:
        uow.person(hand.person).require_role("administrator", on)
        uow.append(replace(shop, name=clean_name(shop.name)), hand)
        uow.commit()


def _save(uow: UnitOfWork, hand: Hand, fact: Fact, on: date) -> None:
    uow.person(hand.person).require_any_role(on)
    uow.append(fact, hand)
    uow.commit()


def _free(uow: UnitOfWork, kind: str, value: str) -> None:
    if uow.taken(kind, value):
        raise AlreadyThere(kind, value)
