# SPDX-License-Identifier: Apache-2.0
"""What a shop works with: suppliers, products, defect codes, instruments, procedures."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from qcdesk.domain.events import (
    DefectCodeSaved,
    DefectReported,
    InstrumentSaved,
    ProductSaved,
    ShopChanged,
    SupplierSaved,
)
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.procedures import ProcedureVersion
from qcdesk.domain.suppliers import Merge, SupplierStanding
from qcdesk.store import mapping
from qcdesk.store.answers import Answers, parts


class MasterData(Answers):
    """The questions of the port ``UnitOfWork`` about what is kept once for all batches."""

    def shop(self) -> ShopChanged:
        """See the port."""
        row = self._row("SELECT name, address, logo, paper, third_releases, footer, accent, seq FROM shop")
        if row is None:
            raise BadInput("no_workspace")
        return mapping.shop(row)

    def supplier(self, supplier: str) -> SupplierSaved:
        """See the port."""
        row = self._row(f"{_SUPPLIER} WHERE id = :s OR code = :s", s=supplier)
        if row is None:
            raise BadInput("unknown_supplier", facts={"supplier": supplier}, where={"field": "supplier"})
        return mapping.supplier(row)

    def suppliers(self) -> tuple[SupplierSaved, ...]:
        """See the port."""
        return tuple(mapping.supplier(r) for r in self._rows(f"{_SUPPLIER} ORDER BY seq, id"))

    def supplier_standing(self, supplier: str) -> SupplierStanding:
        """See the port."""
        return mapping.supplier_standing(self._row(STANDING, s=supplier))

    def supplier_merges(self) -> tuple[Merge, ...]:
        """See the port."""
        return tuple(mapping.supplier_merge(row) for row in self._rows(MERGES))

    def product(self, product: str) -> ProductSaved:
        """See the port."""
        row = self._row(f"{_PRODUCT} WHERE id = :p OR code = :p ORDER BY seq DESC LIMIT 1", p=product)
        if row is None:
            raise BadInput("unknown_product", facts={"product": product}, where={"field": "product"})
        return mapping.product(row)

    def products(self) -> tuple[ProductSaved, ...]:
        """See the port."""
        return tuple(mapping.product(r) for r in self._rows(f"{_PRODUCT} ORDER BY seq, id"))

    def defect_code(self, code: str) -> DefectCodeSaved:
        """See the port."""
        row = self._row(
            f"{_DEFECT_CODE} WHERE code = :c",
            c=code,
        )
        if row is None:
            raise BadInput("unknown_defect", facts={"code": code}, where={"field": "defect"})
        return mapping.defect_code(row)

    def had_batches(self, product: str) -> bool:
        """See the port."""
        return self._scalar("SELECT used FROM product WHERE id = :p", p=product) is not None

    def had_batches_from(self, supplier: str) -> bool:
        """See the port."""
        return self._scalar("SELECT used FROM supplier WHERE id = :s", s=supplier) is not None

    def defect_codes(self) -> tuple[DefectCodeSaved, ...]:
        """See the port."""
        return tuple(mapping.defect_code(r) for r in self._rows(f"{_DEFECT_CODE} ORDER BY code"))

    def listed_codes(self) -> Mapping[str, frozenset[str]]:
        """See the port."""
        listed = {row["code"]: {row["defect_class"]} for row in self._rows(_CODES)}
        for row in self._rows("SELECT content FROM procedure_version"):
            content = json.loads(row["content"])
            for one in (one for name in _LISTS for one in content.get(name, ())):
                listed.setdefault(one["code"], set()).add(one.get("defect_class", "major"))
        return {code: frozenset(classes) for code, classes in listed.items()}

    def code_names(self) -> Mapping[str, frozenset[str]]:
        """See the port."""
        called = {one.code: {one.name, *(n.name for n in one.names)} for one in self.defect_codes()}
        for row in self._rows("SELECT content FROM procedure_version"):
            content = json.loads(row["content"])
            for one in (one for name in _LISTS for one in content.get(name, ())):
                called.setdefault(one["code"], set()).add(one["name"])
        return {code: frozenset(names) for code, names in called.items()}

    def instrument(self, instrument: str) -> InstrumentSaved:
        """See the port."""
        row = self._row(f"{_INSTRUMENT} WHERE id = :i OR number = :i", i=instrument)
        if row is None:
            raise BadInput(
                "unknown_instrument", facts={"instrument": instrument}, where={"field": "instrument"}
            )
        return mapping.instrument(row)

    def is_relied_on(self, instrument: str) -> bool:
        """See the port."""
        return self._scalar("SELECT used FROM instrument WHERE id = :i", i=instrument) is not None

    def instruments(self) -> tuple[InstrumentSaved, ...]:
        """See the port."""
        return tuple(mapping.instrument(r) for r in self._rows(f"{_INSTRUMENT} ORDER BY number"))

    def procedure(self, code: str, version: int | None = None) -> ProcedureVersion:
        """See the port."""
        row = self._row(
            f"{_PROCEDURE} WHERE v.code = :c AND (CAST(:v AS BIGINT) IS NULL OR v.version = CAST(:v AS BIGINT))"
            " ORDER BY v.version DESC LIMIT 1",
            c=code,
            v=version,
        )
        if row is None:
            raise BadInput("unknown_procedure", facts={"procedure": code}, where={"field": "procedure"})
        return mapping.procedure_version(row)

    def approved_for(self, product: str) -> ProcedureVersion | None:
        """See the port."""
        row = self._row(
            f"{_VERSION} FROM procedure_product p JOIN procedure_version v ON v.code = p.code AND v.version = p.version"
            " WHERE p.product = :p AND v.state = 'approved' ORDER BY v.approved_at DESC LIMIT 1",
            p=product,
        )
        return mapping.procedure_version(row) if row else None

    def taken(self, kind: str, value: str) -> bool:
        """See the port."""
        return self._scalar(_TAKEN[kind], v=value) is not None

    def reported(self, sources: Sequence[str]) -> tuple[DefectReported, ...]:
        """See the port."""
        return tuple(
            mapping.reported(row)
            for part in parts(sources)
            for row in self._rows(f"{_REPORTED} WHERE source IN ({part.names}) ORDER BY seq", **part.values)
        )


STANDING = (
    "SELECT s.status, s.reason, s.seq, s.at, p.name AS person, o.name AS other FROM supplier_status s"
    " JOIN person p ON p.id = s.person LEFT JOIN person o ON o.id = s.other"
    " WHERE s.supplier = :s ORDER BY s.seq DESC LIMIT 1"
)
"""How a supplier stands: the last that was said of it, if anything."""
MERGES = (
    "SELECT m.seq, m.supplier, m.root, m.reason, m.at, p.name AS person, o.name AS other FROM supplier_merge m"
    " JOIN person p ON p.id = m.person JOIN person o ON o.id = m.other WHERE m.undone IS NULL ORDER BY m.seq"
)
"""Who is the same as whom, in the order in which it was said."""
_SUPPLIER = (
    "SELECT id, code, name, name_latin, country, address, contact, note, source, seq, more FROM supplier"
)
_PRODUCT = "SELECT id, code, revision, name, family, unit, picture, note, source, seq FROM product"
_CODES = "SELECT code, defect_class FROM defect_code"
_LISTS = ("defects", "characteristics")
_DEFECT_CODE = "SELECT code, name, defect_class, names, note, retired, source FROM defect_code"
_INSTRUMENT = "SELECT id, number, kind, calibrated_until, blocked, note, seq FROM instrument"
APPROVER_BY_SHEET = (
    "SELECT max(k.by_sheet) FROM person_key k JOIN line born ON born.seq = k.from_seq"
    " WHERE k.person = v.approved_by AND born.at <= v.approved_at"
)
"""When the sheet was last used by which the approver of a version came; keys that began later say nothing."""
_VERSION = (
    "SELECT v.code, v.version, v.state, v.author, v.content, v.hash, v.approved_by, v.approved_at,"  # noqa: S608 - our own text
    " (SELECT max(g.until) FROM procedure_grace g WHERE g.code = v.code AND g.version = v.version) AS grace_until,"
    " (SELECT count(*) FROM procedure_stopped s WHERE s.code = v.code AND s.version = v.version) AS stopped,"
    f" ({APPROVER_BY_SHEET}) AS by_sheet"
)
_PROCEDURE = f"{_VERSION} FROM procedure_version v"
_REPORTED = (
    "SELECT id, source, code, name, defect_class, count, batch, supplier, product, found_on, reference, note"
    " FROM reported_defect"
)
_TAKEN = {
    "batch": "SELECT 1 FROM batch WHERE number = :v",
    "supplier": "SELECT 1 FROM supplier WHERE code = :v",
    "product": "SELECT 1 FROM product WHERE trim(code || ' ' || revision) = :v",
    "instrument": "SELECT 1 FROM instrument WHERE number = :v",
    "procedure": "SELECT 1 FROM procedure_version WHERE code = :v",
}
