# SPDX-License-Identifier: Apache-2.0
"""Saying that two suppliers are one, and taking them apart again; nothing of either is written anew.

A batch, a defect, an audit or an action keeps the supplier that it names. What is asked of a supplier is asked of all
that are the same: a block or a stop of one keeps the goods of each, the budgets of all are kept, and lots are inspected
as strictly as the strictest of them is. Who reads a page or a figure reads all of them together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from qcdesk.domain.batches import require_reason
from qcdesk.domain.events import SupplierMerged, SupplierSaved, SupplierUnmerged
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.names import skeleton
from qcdesk.domain.refusals import ChangedMeanwhile, SupplierIsAnother
from qcdesk.domain.suppliers import kin, require_planners, require_separate
from qcdesk.services.ports import Hand, UnitOfWork
from qcdesk.services.proofs import proving
from qcdesk.services.searching import latin

_FORMS = (
    "ab ag bhd bv co company corp corporation cong cty gmbh inc incorporated jsc kg limited llc llp ltd ltda nv oy plc"
    " private pte pty pvt sa sarl sas sdn spa srl tnhh ty"
)
"""Words that say what kind of company one is; the same company is written with and without them."""
_WORDS = re.compile(r"[^\W_]+")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")


def merge_suppliers(
    uow: UnitOfWork, by: Hand, other: Hand, supplier: str, same_as: str, reason: str, on: date
) -> SupplierMerged:
    """Say that a supplier is the same as another one (ids or codes), with a reason: two planners.

    Raises: MissingRole, TwoNeeded; BadInput; SupplierIsAnother: either is the same as another one already.
    """
    with uow:
        one, root = uow.supplier(supplier).supplier, uow.supplier(same_as).supplier
        require_planners((uow.person(by.person), uow.person(other.person)), on)
        try:
            require_separate(one, root, uow.supplier_merges())
        except SupplierIsAnother as said:
            raise _named(uow, said) from None
        fact = SupplierMerged(one, root, require_reason(reason), uow.first_merged(one, root))
        with proving(uow, by, on, suppliers=(one, root)):
            uow.append(fact, by, co=(other,))
        uow.commit()
    return fact


def unmerge_suppliers(
    uow: UnitOfWork, by: Hand, other: Hand, supplier: str, reason: str, on: date, *, seen: int | None = None
) -> SupplierUnmerged:
    """Take a supplier apart again from the one that it is the same as: two planners, with a reason.

    Args: seen: the event that said that they are one, as people were shown it; where another one does now, nothing is
        signed.
    Raises: MissingRole, TwoNeeded, ChangedMeanwhile; BadInput ``not_merged``.
    """
    with uow:
        known = uow.supplier(supplier)
        require_planners((uow.person(by.person), uow.person(other.person)), on)
        found = next((m for m in uow.supplier_merges() if m.supplier == known.supplier), None)
        if found is None:
            raise BadInput("not_merged", facts={"value": known.code}, where={"field": "supplier"})
        if seen is not None and seen != found.seq:
            raise ChangedMeanwhile()
        fact = SupplierUnmerged(known.supplier, found.seq, require_reason(reason))
        with proving(uow, by, on, suppliers=(known.supplier,)):
            uow.append(fact, by, co=(other,))
        uow.commit()
    return fact


def require_own(uow: UnitOfWork, supplier: str) -> None:
    """Refuse a new batch of a supplier that is the same as another one. Raises: SupplierIsAnother."""
    for one in uow.supplier_merges():
        if one.supplier == supplier:
            raise _named(uow, SupplierIsAnother(supplier, one.root, "batch"))


def kin_of(uow: UnitOfWork, supplier: str) -> tuple[str, ...]:
    """Return a supplier (its id) and whoever it is the same as, itself first."""
    return kin(supplier, uow.supplier_merges())


def _named(uow: UnitOfWork, said: SupplierIsAnother) -> SupplierIsAnother:
    one, other = uow.supplier(said.supplier), uow.supplier(said.other)
    return SupplierIsAnother(f"{one.code} {one.name}", f"{other.code} {other.name}", said.act)


def alikes_of(one: SupplierSaved, others: Iterable[SupplierSaved]) -> tuple[SupplierSaved, ...]:
    """Return those of other suppliers that could be this one, the likeliest first."""
    how = {other: likeness(one, other) for other in others}
    alike = (other for other, likely in how.items() if likely)
    return tuple(sorted(alike, key=lambda other: (-how[other], other.name, other.code)))


def alike_while_typed(uow: UnitOfWork, typed: SupplierSaved) -> tuple[SupplierSaved, ...]:
    """Return the suppliers that one being typed could be, the likeliest first; none that is itself, or is another one."""
    gone = {one.supplier for one in uow.supplier_merges()}
    others = (one for one in uow.suppliers() if one.supplier != typed.supplier and one.supplier not in gone)
    return alikes_of(typed, others)


def likeness(one: SupplierSaved, other: SupplierSaved) -> int:
    """Return how surely two records could be of one supplier: 0 nothing says so, 3 a number that only one has."""
    for mine, theirs in ((one.gln, other.gln), (one.tax_number, other.tax_number)):
        if mine and mine == theirs:
            return 3
    names, theirs_too = _spellings(one), _spellings(other)
    if {skeleton(n) for n in names} & {skeleton(n) for n in theirs_too}:
        return 2
    if {_plain(n) for n in names} & {_plain(n) for n in theirs_too} - {""}:
        return 1
    return int(bool({_sounds(n) for n in names} & {_sounds(n) for n in theirs_too} - {""}))


def _spellings(one: SupplierSaved) -> tuple[str, ...]:
    return tuple(name for name in (one.name, one.name_latin) if name)


def _sounds(name: str) -> str:
    """Return how a name with Chinese characters is read: it is one, written in traditional or in simplified ones.

    Of other names nothing: their letters say it already.
    """
    return latin(_plain(name)) if _HAN.search(name) else ""


def _plain(name: str) -> str:
    """Return the words of a name that tell one company from another."""
    forms = {skeleton(form) for form in _FORMS.split()}
    return " ".join(word for word in _WORDS.findall(skeleton(name)) if word not in forms)
