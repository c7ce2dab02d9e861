# SPDX-License-Identifier: Apache-2.0
"""Adding and changing suppliers, products, defect codes, instruments, and how the shop calls itself."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TypeVar

from qcdesk.domain.cleaning import (
    cleaned_defect_code,
    cleaned_instrument,
    cleaned_product,
    cleaned_shop,
    cleaned_supplier,
)
from qcdesk.domain.events import (
    DefectCodeSaved,
    InstrumentSaved,
    ProductSaved,
    ShopChanged,
    SupplierSaved,
)
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.people import Person
from qcdesk.domain.procedures import DEFECT_CLASSES
from qcdesk.domain.promises import require_no_finding
from qcdesk.domain.refusals import AlreadyThere, ChangedMeanwhile, CodeStays, FamilyStays, TwoNeeded
from qcdesk.services.kept_pictures import require_kept, require_kept_files
from qcdesk.services.look_alikes import require_unlike
from qcdesk.services.ports import Hand, Ids, UnitOfWork

_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
"""What could be an address for mail; whether somebody reads it no pattern tells."""
Kept = TypeVar("Kept", SupplierSaved, ProductSaved, InstrumentSaved, ShopChanged)
"""What is written over what a person saw of it."""


def save_supplier(
    uow: UnitOfWork,
    ids: Ids,
    hand: Hand,
    supplier: SupplierSaved,
    on: date,
    *,
    another: bool = False,
    other: Hand | None = None,
) -> SupplierSaved:
    """Add (empty id) or change a supplier; its code is unique.

    Args: other: whoever signs with it that name or country of one who ever had a batch are others; else not asked for.
    Raises: ReadsLike: code or name read like another supplier's (unless ``another``); AlreadyThere; TwoNeeded;
        ChangedMeanwhile.
    """
    supplier = cleaned_supplier(supplier)
    with uow:
        others = [] if another else [s for s in uow.suppliers() if s.supplier != supplier.supplier]
        before = uow.supplier(supplier.supplier) if supplier.supplier else None
        supplier = _written_over(before, supplier)
        if before is None or before.code != supplier.code:
            require_unlike("supplier", supplier.code, (s.code for s in others), another=another)
        if before is None or before.name != supplier.name:
            require_unlike("supplier_name", supplier.name, (s.name for s in others), another=another)
        if not supplier.supplier:
            _free(uow, "supplier", supplier.code)
            supplier = replace(supplier, supplier=ids.new())
        elif before is not None and before.code != supplier.code:
            _free(uow, "supplier", supplier.code)
        for email in (one.email for one in supplier.contacts if one.email):
            if _MAIL.fullmatch(email) is None:
                raise BadInput("no_mail_address", facts={"value": email}, where={"field": "email"})
        known = {p.code for p in uow.products()} if supplier.products else set()
        for code in supplier.products:
            if code not in known:
                raise BadInput("unknown_product", facts={"product": code}, where={"field": "products"})
        require_kept_files(uow, (one.sha256 for one in supplier.papers if one.sha256), "paper")
        renamed = before is not None and (before.name, before.country) != (supplier.name, supplier.country)
        two = renamed and uow.had_batches_from(supplier.supplier)
        return _save(uow, hand, supplier, on, _two("renamed", uow, hand, other, on) if two else ())


def save_product(
    uow: UnitOfWork,
    ids: Ids,
    hand: Hand,
    product: ProductSaved,
    on: date,
    *,
    another: bool = False,
    other: Hand | None = None,
) -> ProductSaved:
    """Add (empty id) or change a product; code and revision together are unique.

    Args: other: whoever signs with it that name or unit are others, once it ever had a batch; else not asked for.
    Raises: ReadsLike: its code reads like another product's (unless ``another``); AlreadyThere; CodeStays, FamilyStays,
        TwoNeeded: a batch of it was registered; ChangedMeanwhile.
    """
    product = cleaned_product(product)
    with uow:
        two = False
        before = uow.product(product.product) if product.product else None
        product = _written_over(before, product)
        name = f"{product.code} {product.revision}".strip()
        codes = {p.code for p in uow.products()}
        if product.code not in codes:  # another revision of what is there is no question
            require_unlike("product", product.code, codes, another=another)
        if before is None:
            _free(uow, "product", name)
            require_kept(uow, product.picture, "picture")
            product = replace(product, product=ids.new())
        else:
            require_kept(uow, product.picture, "picture", before.picture)
            if (before.code, before.revision) != (product.code, product.revision):
                require_code(uow, before)
            if f"{before.code} {before.revision}".strip() != name:
                _free(uow, "product", name)
            renamed = (before.name, before.unit) != (product.name, product.unit)
            two = renamed and uow.had_batches(product.product)
        require_family(uow, product)
        return _save(uow, hand, product, on, _two("renamed", uow, hand, other, on) if two else ())


def _written_over(before: Kept | None, saved: Kept) -> Kept:
    """Return what is saved, over what stands there; what is new, also as a copy, stands over nothing.

    Raises: ChangedMeanwhile: the person saw it as it was before somebody else's change.
    """
    if before is None:
        return replace(saved, over=None)
    if saved.over not in (None, before.over):
        raise ChangedMeanwhile(saving=True)
    return replace(saved, over=before.over)


def _two(act: str, uow: UnitOfWork, hand: Hand, other: Hand | None, on: date) -> tuple[Hand, ...]:
    """Return who signs beside; refuse it to one person alone.

    A name would be another for just as long as a round is opened under it, and a gauge in calibration for as long as it
    measures. Where it takes one, nobody signs beside: a signature that no rule asks for would be one that no rule was
    asked of.
    """
    able = tuple(p.name for p in uow.people() if p.id != hand.person and p.can_sign(on))
    if other is None or other.person == hand.person:
        raise TwoNeeded(act, able)
    uow.person(other.person).require_any_role(on)
    return (other,)


def require_code(uow: UnitOfWork, product: ProductSaved) -> None:
    """Refuse another code or revision once a batch of the product was ever registered.

    By which procedure a batch is inspected follows from its product's code, so nobody lends it another one's.
    """
    if uow.had_batches(product.product):
        raise CodeStays(f"{product.code} {product.revision}".strip())


def require_family(uow: UnitOfWork, product: ProductSaved) -> None:
    """Refuse another family once a batch of the product, or of another revision of its code, was ever registered.

    Who may check and release a batch follows from the family, so nobody moves goods into one of their own.
    """
    others = (p for p in uow.products() if p.code == product.code or p.product == product.product)
    for other in others:
        if other.family != product.family and uow.had_batches(other.product):
            raise FamilyStays(product.code, other.family)


def save_defect_code(
    uow: UnitOfWork, hand: Hand, code: DefectCodeSaved, on: date, *, another: bool = False
) -> DefectCodeSaved:
    """Add or change a code of the defect catalogue.

    Raises: ReadsLike: the code is new and reads like another one (unless ``another``).
    """
    if code.defect_class not in DEFECT_CLASSES:
        raise BadInput("defect_class", facts={"value": code.defect_class}, where={"field": "class"})
    code = cleaned_defect_code(code)
    require_no_finding(code.code, "code")
    with uow:
        codes = {c.code for c in uow.defect_codes()}
        if code.code not in codes:
            require_unlike("defect", code.code, codes, another=another)
        uow.person(hand.person).require_any_role(on)
        uow.append(code, hand)
        uow.commit()
    return code


def save_instrument(
    uow: UnitOfWork,
    ids: Ids,
    hand: Hand,
    instrument: InstrumentSaved,
    on: date,
    *,
    another: bool = False,
    other: Hand | None = None,
) -> InstrumentSaved:
    """Add (empty id) or change an instrument: calibration, block.

    Args: other: whoever signs with it that one which ever was calibrated or blocked may measure longer, again, or as
        another; else not asked for.
    Raises: ReadsLike: its number is new and reads like another one's (unless ``another``); AlreadyThere; TwoNeeded;
        ChangedMeanwhile.
    """
    instrument = cleaned_instrument(instrument)
    with uow:
        before = uow.instrument(instrument.instrument) if instrument.instrument else None
        instrument = _written_over(before, instrument)
        two = before is not None and uow.is_relied_on(before.instrument) and _loosened(before, instrument)
        if before is None:
            _free(uow, "instrument", instrument.number)
            there = (i.number for i in uow.instruments())
            require_unlike("instrument", instrument.number, there, another=another)
            instrument = replace(instrument, instrument=ids.new())
        elif before.number != instrument.number:
            _free(uow, "instrument", instrument.number)
        return _save(uow, hand, instrument, on, _two("calibrated", uow, hand, other, on) if two else ())


def _loosened(before: InstrumentSaved, after: InstrumentSaved) -> bool:
    """Tell whether an instrument may measure longer than before, again, or as another one.

    Whoever measures would else put a later day in for as long as a reading takes. Blocking it takes one, and so does an
    earlier day.
    """
    until, to = before.calibrated_until, after.calibrated_until
    later = to is not None and (until is None or to > until)
    as_another = (before.number, before.kind) != (after.number, after.kind)
    return later or as_another or (before.blocked and not after.blocked)


def change_shop(
    uow: UnitOfWork, hand: Hand, shop: ShopChanged, on: date, other: Hand | None = None
) -> ShopChanged:
    """Change name, address, logo, footer, accent, paper, and whether a third person releases: one administrator.

    That a third person need not release any more takes two, one of them an administrator: else whoever administers could
    let it be for one own release.
    Raises: MissingRole; TwoNeeded; ReadsOnly, NotActive: of the second person; SheetNotHere; ChangedMeanwhile.
    """
    with uow:
        by = uow.person(hand.person)
        shop = _written_over(uow.shop(), shop)
        if other is None:
            by.require_role("administrator", on)
            if uow.shop().third_person_releases and not shop.third_person_releases:
                able = (p.name for p in uow.people() if p.id != hand.person and p.can_sign(on))
                raise TwoNeeded("third_releases", tuple(able))
        else:
            _require_two(by, uow.person(other.person), on)
        require_kept(uow, shop.logo, "logo", uow.shop().logo)
        said = cleaned_shop(shop)
        event = uow.append(said, hand, co=() if other is None else (other,))
        uow.commit()
    return replace(said, over=event.seq)


def _require_two(one: Person, two: Person, on: date) -> None:
    for each in (one, two):
        each.require_any_role(on)
    if one.id == two.id:
        raise TwoNeeded("third_releases")
    if not two.has_role("administrator", on):
        one.require_role("administrator", on)


def _save(uow: UnitOfWork, hand: Hand, fact: Kept, on: date, co: tuple[Hand, ...] = ()) -> Kept:
    """Write it; return it as it stands now, to be written over in turn."""
    uow.person(hand.person).require_any_role(on)
    event = uow.append(fact, hand, co=co)
    uow.commit()
    return replace(fact, over=event.seq)


def _free(uow: UnitOfWork, kind: str, value: str) -> None:
    if uow.taken(kind, value):
        raise AlreadyThere(kind, value)
