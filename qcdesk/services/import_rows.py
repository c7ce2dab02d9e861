# SPDX-License-Identifier: Apache-2.0
"""Bringing an import's rows in: all of them or none, in one transaction, and only what is new or different.

An empty cell keeps what is there. Whoever comes in again unchanged writes nothing, so that the same file may be
imported twice. A row that reads like something that is there already is never merged with it, and never taken before
a person has said that it is another one.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from functools import partial
from itertools import groupby
from operator import attrgetter
from typing import Protocol, TypeVar
from unicodedata import normalize

from qcdesk.domain.batches import require_sound
from qcdesk.domain.complaints import require_figures
from qcdesk.domain.countries import country_code
from qcdesk.domain.events import (
    BatchSaved,
    DefectCodeSaved,
    DefectReported,
    DefectsReported,
    Fact,
    Imported,
    LocalName,
    OwnerFigures,
    PersonListed,
    ProductSaved,
    SupplierSaved,
)
from qcdesk.domain.imports import (
    BatchRow,
    CatalogueRow,
    DefectRow,
    ImportPlan,
    ImportRow,
    MonthRow,
    PersonRow,
    ProductRow,
    Reference,
    SupplierRow,
)
from qcdesk.domain.imports import RowProblem as Wrong
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.names import CodeNames, skeleton
from qcdesk.domain.people import Person
from qcdesk.services.ports import Hand, Ids, ImportResult, Progress, RowProblem, UnitOfWork
from qcdesk.services.proofs import note_reported, proving
from qcdesk.services.trouble import Trouble

PROBLEMS_LISTED = 1_000
SIGNED_TOGETHER = 1_000  # reported defects in one event, which is read and checked whole
LOOK_ALIKES = ("look_alike", "like_existing")
_SHOWN = 80  # characters of a value that are quoted back
_NUMBERED = re.compile(r"S-([0-9]{1,9})")
_T = TypeVar("_T")


def import_rows(
    uow: UnitOfWork,
    ids: Ids,
    hand: Hand,
    plan: ImportPlan,
    *,
    kind: str,
    file_name: str,
    sha256: str,
    mapping_sha256: str | None,
    on: date,
    dry_run: bool = False,
    columns: Mapping[str, str] | None = None,
    another: Collection[str] = (),
    progress: Progress | None = None,
) -> ImportResult:
    """Import the rows of a plan.

    Args: hand: signs entries; a person with any role but auditor. sha256: of the file's bytes.
        columns: which column of the file feeds a field, for the problems; a field's own name without it.
        another: numbers, codes and names that read like something else and are another one all the same.
    Returns: what was (or with ``dry_run`` would be) done. With any error nothing was changed. Codes of errors:
        those of ``plan`` and of ``require_sound``, ``unknown_supplier``, ``unknown_product``, ``unknown_batch``,
        ``unknown_defect``, ``supplier_unclear`` (facts ``codes``, ``sites``), ``supplier_merged`` (``other``),
        ``batch_begun`` (``state``), ``name_stays``, ``number_had``, ``staff_differs`` and ``login_differs`` (``other``),
        ``reported_otherwise`` (``reference``),
        and the look-alikes that nobody has said to be another one: ``look_alike`` (``other``, ``first``),
        ``like_existing`` (``other``). Questions: ``same_name`` (``other``, ``first``), ``name_exists``
        (``other``, its code or number), ``login_not_kept``. Notes: those of the plan.
    Raises: MissingRole and its kind: this person may not import. Trouble: ``cancelled``.
    """

    def say(done: int, total: int) -> None:
        if progress is not None and not progress(done, total):
            raise Trouble("cancelled")

    with uow:
        by = uow.person(hand.person)
        by.require_any_role(on)
        answers = frozenset(_said(value) for value in (*another, *plan.another))
        import_ = _Import(uow, ids, columns or {}, file_name, on, answers)
        import_.errors.extend(map(_told, plan.problems))
        for question in plan.questions:
            import_.ask(_told(question))
        if plan.rows:
            import_.take(plan.rows)
        import_.look_for(plan.references)
        import_.errors.sort(key=lambda error: error.row)
        result = ImportResult(
            read=plan.read,
            created=0 if import_.errors else import_.created,
            updated=0 if import_.errors else import_.updated,
            unchanged=0 if import_.errors else import_.unchanged + plan.repeated,
            errors=tuple(import_.errors[:PROBLEMS_LISTED]),
            questions=tuple(import_.questions[:PROBLEMS_LISTED]),
            notes=(*map(_told, plan.notes), *import_.notes[:PROBLEMS_LISTED]),
            more=plan.more + max(0, len(import_.errors) - PROBLEMS_LISTED),
            repeated=0 if import_.errors else plan.repeated,
        )
        if import_.facts and not import_.errors and not dry_run:
            answered = tuple(sorted(import_.another))
            uow.append(Imported(kind, file_name, sha256, len(import_.facts), mapping_sha256, answered), hand)
            facts = list(_together(import_.facts))
            for number, fact in enumerate(facts):
                say(number, len(facts))
                _append(uow, hand, fact, on)
            say(len(facts), len(facts))
            uow.commit()
    return result


def _together(facts: Iterable[Fact]) -> Iterator[Fact]:
    """Yield what is to be signed: reported defects many at once, everything else by itself."""
    for several, run_of in groupby(facts, lambda fact: isinstance(fact, DefectReported)):
        if not several:
            yield from run_of
            continue
        reports = tuple(fact for fact in run_of if isinstance(fact, DefectReported))
        for start in range(0, len(reports), SIGNED_TOGETHER):
            yield DefectsReported(reports[start : start + SIGNED_TOGETHER])


def _append(uow: UnitOfWork, hand: Hand, fact: Fact, on: date) -> None:
    """Append what a row says, and what it makes of corrective actions."""
    if isinstance(fact, DefectReported | DefectsReported):
        note_reported(uow, hand, on, fact)
    elif isinstance(fact, BatchSaved) and fact.seen:
        with proving(uow, hand, on, fact.batch, suppliers=(fact.supplier,)):
            uow.append(fact, hand)
    else:
        uow.append(fact, hand)


def _told(problem: Wrong) -> RowProblem:
    return RowProblem(problem.row, problem.column, problem.value[:_SHOWN], problem.code, problem.facts)


def _said(value: str) -> str:
    return " ".join(normalize("NFC", value).split())


class _Saved(Protocol):
    """Anything with a source."""

    @property
    def source(self) -> str | None: ...


@dataclass
class _Import:
    """One import under way: what it found, and what it would write. Look-ups are made once for all rows."""

    uow: UnitOfWork
    ids: Ids
    columns: Mapping[str, str]
    file_name: str
    on: date
    answers: frozenset[str] = frozenset()
    facts: list[Fact] = field(default_factory=list)
    errors: list[RowProblem] = field(default_factory=list)
    questions: list[RowProblem] = field(default_factory=list)
    notes: list[RowProblem] = field(default_factory=list)
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    another: set[str] = field(default_factory=set)

    def take(self, rows: tuple[ImportRow, ...]) -> None:
        """Go through all rows, which are of one kind."""
        if all(isinstance(r, SupplierRow) for r in rows):
            self._suppliers([r for r in rows if isinstance(r, SupplierRow)])
        elif all(isinstance(r, ProductRow) for r in rows):
            self._products([r for r in rows if isinstance(r, ProductRow)])
        elif all(isinstance(r, PersonRow) for r in rows):
            self._people([r for r in rows if isinstance(r, PersonRow)])
        elif all(isinstance(r, BatchRow) for r in rows):
            self._batches([r for r in rows if isinstance(r, BatchRow)])
        elif all(isinstance(r, DefectRow) for r in rows):
            self._defects([r for r in rows if isinstance(r, DefectRow)])
        elif all(isinstance(r, CatalogueRow) for r in rows):
            self._catalogue([r for r in rows if isinstance(r, CatalogueRow)])
        elif all(isinstance(r, MonthRow) for r in rows):
            self._months([r for r in rows if isinstance(r, MonthRow)])
        else:
            raise TypeError("an import has rows of one kind")

    def look_for(self, references: Iterable[Reference]) -> None:
        """Look for what rows refer to that are not good themselves, so that all problems are told at once."""
        references = tuple(references)
        if not references:
            return
        products, suppliers = _Products(self.uow), _Suppliers(self.uow)
        catalogue = _called(self.uow.defect_codes())
        batches = self.uow.batches_by_number(sorted({r.value for r in references if r.name == "batch"}))
        for reference in references:
            value = reference.value
            if reference.name in ("product", "supplier"):
                find = products.find if reference.name == "product" else suppliers.find
                self._reference(reference, reference.name, value, find)
            elif reference.name == "batch" and value not in batches:
                self._refuse(reference, "batch", value, BadInput("unknown_batch", facts={"value": value}))
            elif reference.name == "code" and catalogue.find(value) is None:
                self._refuse(reference, "code", value, BadInput("unknown_defect", facts={"value": value}))

    # Kinds ------------------------------------------------------------------------------------------------------

    def _suppliers(self, rows: list[SupplierRow]) -> None:
        there = self.uow.suppliers()
        by_code = {s.code: s for s in there}
        by_name: dict[str, list[SupplierSaved]] = defaultdict(list)
        for known in there:
            by_name[known.name].append(known)
        alike = _looks((s.name, s.name) for s in there)
        alike_codes = _looks((s.code, s.code) for s in there)
        in_file = Counter((r.name, r.country) for r in rows if r.code is None)
        claimed = {r.code for r in rows if r.code is not None}
        numbers = [int(m[1]) for m in map(_NUMBERED.fullmatch, {*by_code, *filter(None, claimed)}) if m]
        number = max(numbers, default=0)
        for row in rows:
            alone = in_file[row.name, row.country] == 1
            try:
                before = (
                    by_code.get(row.code) if row.code else self._same_supplier(row, by_name, claimed, alone)
                )
            except BadInput as bad:
                self._refuse(row, "name", row.name, bad)
                continue
            code = row.code or (before.code if before else None)
            if code is None:
                number += 1
                code = f"S-{number:04}"
            if before is None:
                self._ask_if_alike(row, "name", row.name, alike, [s.code for s in by_name[row.name]])
                if row.code:
                    self._ask_if_alike(row, "code", row.code, alike_codes, [])
            claimed.add(code)
            if before and before.name != row.name and self.uow.had_batches_from(before.supplier):
                self._refuse(row, "name", row.name, BadInput("name_stays", facts={"other": before.name}))
                continue
            country = _kept(row.country, before, lambda s: s.country)
            if before and before.country != country and self.uow.had_batches_from(before.supplier):
                self._refuse(row, "country", country, BadInput("country_stays"))
                continue
            try:
                country_code(country)
            except BadInput as bad:
                self._refuse(row, "country", country, bad)
                continue
            self._save(
                before,
                replace(
                    before or SupplierSaved(self.ids.new(), code, row.name),
                    code=code,
                    name=row.name,
                    name_latin=_kept(row.name_latin, before, lambda s: s.name_latin),
                    country=country,
                    address=_kept(row.address, before, lambda s: s.address),
                    contact=_kept(row.contact, before, lambda s: s.contact),
                    note=_kept(row.note, before, lambda s: s.note),
                    source=self._source(before),
                    over=before.over if before else None,
                ),
            )

    def _same_supplier(
        self, row: SupplierRow, by_name: dict[str, list[SupplierSaved]], claimed: set[str], alone: bool
    ) -> SupplierSaved | None:
        """Find the supplier that a row without a code means: the same name and country, then the same address."""
        found = [s for s in by_name[row.name] if row.country in (None, s.country) and s.code not in claimed]
        same = [s for s in found if s.address == row.address]
        if same:
            return same[0]
        if not row.address:
            if len(found) > 1:
                raise _unclear(found)
            return found[0] if found else None
        without = [s for s in found if not s.address]
        if len(without) == 1:
            return without[0]
        # Another address: a company that moved, where there is one on either side; else another site of it.
        return found[0] if len(found) == 1 and alone else None

    def _products(self, rows: list[ProductRow]) -> None:
        there = {(p.code, p.revision): p for p in self.uow.products()}
        families = {p.code: p.family for p in there.values()}
        alike = _looks((p.code, p.code) for p in there.values())
        for row in rows:
            revision = row.revision or ""
            before = there.get((row.code, revision))
            if before is None:
                self._ask_if_alike(row, "code", row.code, alike, [])
            unit = _kept(row.unit, before, lambda p: p.unit) or "pcs"
            other = before is not None and (before.name, before.unit) != (row.name, unit)
            if before is not None and other and self.uow.had_batches(before.product):
                said = f"{before.name}, {before.unit}"
                self._refuse(row, "name", row.name, BadInput("name_stays", facts={"other": said}))
                continue
            self._save(
                before,
                ProductSaved(
                    product=before.product if before else self.ids.new(),
                    code=row.code,
                    name=row.name,
                    revision=revision,
                    family=before.family if before else families.get(row.code, ""),
                    unit=unit,
                    picture=before.picture if before else None,
                    note=before.note if before else "",
                    source=self._source(before),
                    over=before.over if before else None,
                ),
            )

    def _people(self, rows: list[PersonRow]) -> None:
        everyone = self.uow.people()
        by_staff = {p.staff: p for p in everyone if p.staff}
        by_login = {p.login: p for p in everyone if p.login}
        by_name: dict[str, list[Person]] = defaultdict(list)
        for person in everyone:
            by_name[person.name].append(person)
        alike = _looks((p.name, p.name) for p in everyone)
        for row in rows:
            found = by_login.get(row.login or "") or by_staff.get(row.staff or "")
            if found is not None:
                self._same_person(row, found)
                continue
            named = by_name[row.name]
            if named and row.staff is None:
                self.unchanged += 1
                continue
            self._ask_if_alike(row, "name", row.name, alike, [p.staff or p.login or "" for p in named])
            if row.login is not None:
                self._ask(row, "login", row.login, "login_not_kept", {})
            self.facts.append(PersonListed(self.ids.new(), row.name, row.staff, self.file_name))
            self.created += 1

    def _same_person(self, row: PersonRow, found: Person) -> None:
        """Names and numbers of people are changed by people, signed; an import only compares."""
        if row.login and row.login == found.login and row.staff and found.staff not in (None, row.staff):
            self._refuse(
                row,
                "login",
                row.login,
                BadInput("login_differs", facts={"other": found.staff, "name": found.name}),
            )
        elif row.name != found.name:
            self._refuse(row, "name", row.name, BadInput("staff_differs", facts={"other": found.name}))
        else:
            self.unchanged += 1

    def _batches(self, rows: list[BatchRow]) -> None:
        there = self.uow.batches_by_number([r.number for r in rows])
        alike = _looks((number, number) for number in self.uow.batch_numbers())
        had = self.uow.numbers_had([r.number for r in rows if r.number not in there])
        products, suppliers = _Products(self.uow), _Suppliers(self.uow)
        for row in rows:
            held = there.get(row.number)
            before = held.saved if held else None
            product = self._reference(row, "product", row.product, products.find)
            supplier = self._reference(row, "supplier", row.supplier, suppliers.find)
            if product is None or (row.supplier is not None and supplier is None):
                continue
            if before is not None and products.code_of(before.product) == row.product:
                product = before.product  # the revision it was registered with
            saved = BatchSaved(
                batch=before.batch if before else "",
                number=row.number,
                product=product,
                quantity=row.quantity,
                supplier=supplier or (before.supplier if before and row.line is None else None),
                line=row.line or (before.line if before and supplier is None else ""),
                order=_kept(row.order, before, lambda b: b.order),
                makers=before.makers if before else (),
                made_on=row.made_on or (before.made_on if before else None),
                ship_by=row.ship_by or (before.ship_by if before else None),
                note=before.note if before else "",
                source=self._source(before),
                seen=before.seen if before else 0,
            )
            other = suppliers.same_as(saved.supplier) if supplier is not None else None
            if other is not None and (before is None or before.supplier != saved.supplier):
                bad = BadInput("supplier_merged", facts={"other": other})
                self._refuse(row, "supplier", row.supplier or "", bad)
                continue
            if held is not None and saved != before and not held.changeable:
                self._refuse(row, "number", row.number, BadInput("batch_begun", facts={"state": held.state}))
                continue
            try:
                require_sound(saved, self.on)
            except BadInput as bad:
                self._refuse(row, str(bad.where.get("field", "number")), str(bad.facts.get("value", "")), bad)
                continue
            if before is None and row.number in had:
                self._refuse(
                    row, "number", row.number, BadInput("number_had", facts={"other": had[row.number]})
                )
                continue
            if before is None:
                self._ask_if_alike(row, "number", row.number, alike, [])
                saved = replace(saved, batch=self.ids.new())
            self._save(before, saved)

    def _defects(self, rows: list[DefectRow]) -> None:
        products, suppliers = _Products(self.uow), _Suppliers(self.uow)
        catalogue = {c.code: c for c in self.uow.defect_codes()}
        called = _called(catalogue.values())
        batches = self.uow.batches_by_number(sorted({r.batch for r in rows if r.batch}))
        there = self.uow.reported(sorted({r.source for r in rows}))
        same = Counter(map(_SAYS, there))
        keys = {_key(r) for r in there}
        for row in rows:
            batch = batches.get(row.batch) if row.batch else None
            code = catalogue.get(called.find(row.code) or "")
            product = self._reference(row, "product", row.product, products.find)
            at = partial(suppliers.find, address=row.supplier_address)
            supplier = self._reference(row, "supplier", row.supplier, at)
            if row.batch and batch is None:
                self._refuse(row, "batch", row.batch, BadInput("unknown_batch", facts={"value": row.batch}))
            if code is None:
                self._refuse(row, "code", row.code, BadInput("unknown_defect", facts={"value": row.code}))
            if (
                code is None
                or (row.batch and batch is None)
                or (row.product and product is None)
                or (row.supplier and supplier is None)
            ):
                continue
            if batch is not None:
                if product is None or products.code_of(batch.saved.product) == row.product:
                    product = batch.saved.product
                supplier = supplier or batch.saved.supplier
            report = DefectReported(
                report=self.ids.new(),
                source=row.source,
                code=code.code,
                name=code.name,
                defect_class=row.defect_class or code.defect_class,
                count=row.count,
                batch=batch.saved.batch if batch else None,
                supplier=supplier,
                product=product,
                found_on=row.found_on,
                reference=row.reference or "",
                note=row.note,
            )
            if code.code != row.code and all(note.value != row.code for note in self.notes):
                facts: dict[str, object] = {"other": code.code}
                self.notes.append(
                    RowProblem(row.row, self.columns.get("code", "code"), row.code, "code_taken", facts)
                )
            if same and same[_SAYS(report)]:
                same[_SAYS(report)] -= 1
                self.unchanged += 1
            elif report.reference and _key(report) in keys:
                bad = BadInput("reported_otherwise", facts={"reference": report.reference})
                self._refuse(row, "reference", report.reference, bad)
            else:
                self.facts.append(report)
                self.created += 1

    def _catalogue(self, rows: list[CatalogueRow]) -> None:
        there = {c.code: c for c in self.uow.defect_codes()}
        alike = _looks((code, code) for code in there)
        for row in rows:
            before = there.get(row.code)
            names = {n.language: n for n in (before.names if before else ())}
            names.update({tag: LocalName(tag, name) for tag, name in row.names})
            if before is None:
                self._ask_if_alike(row, "code", row.code, alike, [])
            self._save(
                before,
                DefectCodeSaved(
                    code=row.code,
                    name=row.name,
                    defect_class=row.defect_class,
                    names=tuple(names.values()),
                    note=_kept(row.note, before, lambda c: c.note),
                    retired=before.retired if before else False,
                    source=self._source(before),
                ),
            )

    def _months(self, rows: list[MonthRow]) -> None:
        there = {one.month: one for one in self.uow.owner_figures()}
        for row in rows:
            said = OwnerFigures(row.month, row.repeat_orders, row.referrals)
            try:
                require_figures(said, self.on)
            except BadInput as bad:
                self._refuse(row, str(bad.where.get("field", "month")), row.month, bad)
                continue
            self._save(there.get(row.month), said)

    # What all of them do ----------------------------------------------------------------------------------------

    def _save(self, before: Fact | None, saved: Fact) -> None:
        if saved == before:
            self.unchanged += 1
            return
        self.facts.append(saved)
        if before is None:
            self.created += 1
        else:
            self.updated += 1

    def _source(self, before: _Saved | None) -> str | None:
        return before.source if before else self.file_name

    def _reference(
        self, row: ImportRow | Reference, name: str, value: str | None, find: Callable[[str], str]
    ) -> str | None:
        """Return the id of what a row refers to; None without one, or when it is a problem now."""
        if not value:
            return None
        try:
            return find(value)
        except BadInput as bad:
            self._refuse(row, name, value, bad)
            return None

    def _refuse(self, row: ImportRow | Reference, name: str, value: str, bad: BadInput) -> None:
        self.errors.append(
            RowProblem(row.row, self.columns.get(name, name), value[:_SHOWN], bad.code, bad.facts)
        )

    def _ask(self, row: ImportRow, name: str, value: str, code: str, facts: dict[str, object]) -> None:
        self.ask(RowProblem(row.row, self.columns.get(name, name), value, code, facts))

    def ask(self, question: RowProblem) -> None:
        """Put a question to a person: a look-alike is refused until somebody has said that it is another one."""
        if question.problem not in LOOK_ALIKES:
            self.questions.append(replace(question, value=question.value[:_SHOWN]))
        elif _said(question.value) in self.answers:
            self.another.add(_said(question.value))
        else:
            self.errors.append(replace(question, value=question.value[:_SHOWN]))

    def _ask_if_alike(
        self, row: ImportRow, name: str, value: str, alike: Mapping[str, str], same: list[str]
    ) -> None:
        """Put to a person what is new and reads like something that is there."""
        if same:
            self._ask(row, name, value, "name_exists", {"other": same[0] or value})
            return
        other = alike.get(skeleton(value))
        if other is not None and other != value:
            self._ask(row, name, value, "like_existing", {"other": other})


def _called(codes: Iterable[DefectCodeSaved]) -> CodeNames:
    return CodeNames({one.code: (one.name, *(n.name for n in one.names)) for one in codes})


class _Products:
    """Products by code (the newest revision), by code and revision, and the code of each."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._ids: dict[str, str] = {}
        self._codes: dict[str, str] = {}
        products = uow.products()
        for product in products:
            self._ids[f"{product.code} {product.revision}".strip()] = product.product
            self._codes[product.product] = product.code
        for product in products:
            self._ids[product.code] = product.product

    def find(self, code: str) -> str:
        """Return the id of a product. Raises: BadInput ``unknown_product``."""
        if code not in self._ids:
            raise BadInput("unknown_product", facts={"value": code})
        return self._ids[code]

    def code_of(self, product: str) -> str | None:
        """Return the code of a product by id."""
        return self._codes.get(product)


class _Suppliers:
    """Suppliers by code, then by exact name."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._by_code: dict[str, str] = {}
        self._by_name: dict[str, list[SupplierSaved]] = defaultdict(list)
        self._merged = {one.supplier: one.root for one in uow.supplier_merges()}
        self._codes = {one.supplier: one.code for one in uow.suppliers()}
        for supplier in uow.suppliers():
            self._by_code[supplier.code] = supplier.supplier
            self._by_name[supplier.name].append(supplier)

    def find(self, text: str, address: str | None = None) -> str:
        """Return the id of a supplier; of several with its name the one at an address.

        Raises: BadInput ``unknown_supplier``, ``supplier_unclear`` (``codes``, ``sites``).
        """
        if text in self._by_code:
            return self._by_code[text]
        named = self._by_name.get(text, [])
        if len(named) > 1:
            named = [s for s in named if address and s.address == address] or named
        if len(named) > 1:
            raise _unclear(named)
        if not named:
            raise BadInput("unknown_supplier", facts={"value": text})
        return named[0].supplier

    def same_as(self, supplier: str | None) -> str | None:
        """Return the code of the one that a supplier (its id) is the same as, if any."""
        root = self._merged.get(supplier or "")
        return None if root is None else self._codes[root]


def _unclear(found: Iterable[SupplierSaved]) -> BadInput:
    """Return the refusal that several suppliers have a name: which, and where each is."""
    there = tuple(found)
    sites = [f"{s.code} ({' '.join(s.address.split())})" if s.address else s.code for s in there]
    facts: dict[str, object] = {"codes": [s.code for s in there], "sites": sites}
    return BadInput("supplier_unclear", facts=facts, where={"field": "name"})


_SAYS = attrgetter(*(f.name for f in fields(DefectReported) if f.name not in ("report", "name")))


def _key(report: DefectReported) -> tuple[str, str, str, str | None]:
    return report.source, report.reference, report.code, report.batch


def _looks(named: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return what is there by what a hurried reader sees of it."""
    found: dict[str, str] = {}
    for text, shown in named:
        found.setdefault(skeleton(text), shown)
    return found


def _kept(given: str | None, before: _T | None, of: Callable[[_T], str]) -> str:
    """Return what a cell says, or for an empty one what is there."""
    return given or (of(before) if before is not None else "")
