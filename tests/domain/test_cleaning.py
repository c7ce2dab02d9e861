# SPDX-License-Identifier: Apache-2.0
"""Every text of a record is cleaned or refused: no field is forgotten."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest

from qcdesk.domain.cleaning import (
    cleaned_batch,
    cleaned_defect_code,
    cleaned_instrument,
    cleaned_product,
    cleaned_report,
    cleaned_supplier,
)
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

RECORDS: list[tuple[Any, Any, set[str]]] = [
    (cleaned_supplier, SupplierSaved("", "S", "Name"), {"supplier", "source"}),
    (cleaned_product, ProductSaved("", "P", "Name"), {"product", "picture", "source"}),
    (cleaned_defect_code, DefectCodeSaved("D", "Name", "minor"), {"defect_class", "source"}),
    (cleaned_instrument, InstrumentSaved("", "C", "caliper", None), {"instrument"}),
    (cleaned_batch, BatchSaved("", "B", "product", 20), {"batch", "product", "supplier", "source"}),
    (cleaned_report, DefectReported("", "Customer", "D", "", "minor"),
     {"report", "defect_class", "batch", "supplier", "product"}),
]  # fmt: skip
"""With the fields that hold ids or words of the program."""


@pytest.mark.parametrize(("clean", "record", "ids"), RECORDS, ids=[r[0].__name__ for r in RECORDS])
def test_every_text_that_people_type_is_looked_at(clean: Any, record: Any, ids: set[str]) -> None:  # noqa: ANN401
    texts = [f.name for f in fields(record) if "str" in str(f.type) and f.name not in ids]
    for name in texts:
        if name == "names":
            turned: object = (LocalName("vi", "a\u202eb"),)
        else:
            turned = "a\u202eb"
        with pytest.raises(BadInput, match="character"):
            clean(replace(record, **{name: turned}))
    assert clean(record) == record


def test_spaces_around_are_taken_away_and_letters_composed() -> None:
    kept = cleaned_supplier(SupplierSaved("", " S-1 ", "Da\u0323\u0306ng  Co", address=" a \r\n b "))
    assert (kept.code, kept.name, kept.address) == (
        "S-1",
        "D\u1eb7ng Co",
        "a\n b",
    )
