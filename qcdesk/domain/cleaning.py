# SPDX-License-Identifier: Apache-2.0
"""What is typed into a record, as it is kept: every name, code and note of it, wherever it comes from."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import TypeVar

from qcdesk.domain.codec import from_data, to_data
from qcdesk.domain.events import (
    BatchSaved,
    DefectCodeSaved,
    DefectReported,
    InstrumentSaved,
    LocalName,
    ProductSaved,
    SupplierSaved,
)
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.names import clean_code, clean_name, clean_text

Whole = TypeVar("Whole")
_UNSIGNED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""What no signed text holds (trust.md §4); a line may end."""


def composed(said: Whole) -> Whole:
    """Return facts (a frozen dataclass) with every text as it can be signed: letters and their marks put together.

    Raises: BadInput: ``character``, at the field that holds one no signed text has.
    """
    data = to_data(said)
    whole = _composed(data, "")
    return said if whole == data else from_data(type(said), whole)


def _composed(value: object, field: str) -> object:
    if isinstance(value, dict):
        return {name: _composed(item, str(name)) for name, item in value.items()}
    if isinstance(value, list):
        return [_composed(item, field) for item in value]
    if not isinstance(value, str):
        return value
    text = unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    found = _UNSIGNED.search(text)
    if found is not None:
        character = found[0]
        raise BadInput(
            "character",
            facts={"character": f"U+{ord(character):04X}", "name": "", "position": found.start() + 1},
            where={"field": field},
        )
    return text


def cleaned_supplier(saved: SupplierSaved) -> SupplierSaved:
    """Return a supplier as it is kept. Raises: BadInput: as ``clean_code``, ``clean_name``, ``clean_text``."""
    return replace(
        saved,
        code=clean_code(saved.code, "supplier"),
        name=clean_name(saved.name),
        name_latin=_name(saved.name_latin, "name_latin"),
        country=_name(saved.country, "country"),
        address=clean_text(saved.address, field="address"),
        contact=clean_text(saved.contact, field="contact"),
        note=clean_text(saved.note),
    )


def cleaned_product(saved: ProductSaved) -> ProductSaved:
    """Return a product as it is kept. Raises: BadInput, as for a supplier."""
    return replace(
        saved,
        code=clean_code(saved.code, "product"),
        name=clean_name(saved.name),
        revision=_name(saved.revision, "revision"),
        family=_name(saved.family, "family"),
        unit=_name(saved.unit, "unit"),
        note=clean_text(saved.note),
    )


def cleaned_defect_code(saved: DefectCodeSaved) -> DefectCodeSaved:
    """Return a code of the catalogue as it is kept. Raises: BadInput, as for a supplier."""
    return replace(
        saved,
        code=clean_code(saved.code, "defect"),
        name=clean_name(saved.name),
        names=tuple(
            LocalName(clean_name(each.language, field="language", longest=35), clean_name(each.name))
            for each in saved.names
        ),
        note=clean_text(saved.note),
    )


def cleaned_instrument(saved: InstrumentSaved) -> InstrumentSaved:
    """Return an instrument as it is kept. Raises: BadInput, as for a supplier."""
    return replace(
        saved,
        number=clean_code(saved.number, "reference"),
        kind=clean_name(saved.kind, field="kind"),
        note=clean_text(saved.note),
    )


def cleaned_batch(saved: BatchSaved) -> BatchSaved:
    """Return a batch as it is kept. Raises: BadInput, as for a supplier."""
    return replace(
        saved,
        number=clean_code(saved.number, "batch"),
        line=_name(saved.line, "line"),
        order=clean_code(saved.order, "order") if saved.order.strip() else "",
        note=clean_text(saved.note),
    )


def cleaned_report(report: DefectReported) -> DefectReported:
    """Return a defect reported from outside as it is kept. Raises: BadInput, as for a supplier."""
    return replace(
        report,
        source=clean_name(report.source, field="source"),
        code=clean_code(report.code, "defect"),
        name=_name(report.name, "name"),
        reference=_name(report.reference, "reference"),
        note=clean_text(report.note),
    )


def _name(typed: str, field: str) -> str:
    return clean_name(typed, field=field) if typed.strip() else ""
