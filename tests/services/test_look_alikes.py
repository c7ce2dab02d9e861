# SPDX-License-Identifier: Apache-2.0
"""What reads like something that is there is refused by hand too, until a person says that it is another one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from qcdesk.domain.events import BatchSaved, DefectCodeSaved, InstrumentSaved, ProductSaved, SupplierSaved
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import ReadsLike
from qcdesk.services.look_alikes import require_unlike
from tests.workspace import House, standing


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = standing(tmp_path)
    yield made
    made.database.dispose()


@pytest.mark.parametrize(
    ("value", "other"),
    [
        ("LOT-1O", "LOT-10"),
        ("lot-7", "LOT-7"),
        ("ОРЕС", "OPEC"),
        ("ABI", "AB1"),
        ("rnill", "mill"),
        ("A–1", "A-1"),
    ],
)
def test_what_reads_alike_is_refused_and_named(value: str, other: str) -> None:
    with pytest.raises(ReadsLike) as refused:
        require_unlike("batch", value, ["B", other], another=False)
    assert (refused.value.kind, refused.value.value, refused.value.other) == ("batch", value, other)
    require_unlike("batch", value, ["B", other], another=True)


@pytest.mark.parametrize(("value", "other"), [("Dung", "Dũng"), ("LOT-12", "LOT-13"), ("A1", "A1")])
def test_what_reads_otherwise_or_is_the_same_is_no_question(value: str, other: str) -> None:
    require_unlike("batch", value, [other], another=False)


def test_a_batch_of_a_number_that_reads_alike_is_registered_only_as_another_one(house: House) -> None:
    house.batch("LOT-10")
    sitting = house.sittings["linh"]
    new = BatchSaved("", "LOT-1O", house.product.product, 20, supplier=house.supplier.supplier)
    with pytest.raises(ReadsLike):
        house.use.register_batch(sitting, new)
    saved = house.use.register_batch(sitting, new, another=True)
    assert saved.number == "LOT-1O"
    house.use.register_batch(sitting, replace(saved, quantity=30))  # its own number is no question
    plain = house.use.register_batch(sitting, replace(new, number="LOT-22"))
    with pytest.raises(ReadsLike):
        house.use.register_batch(sitting, replace(plain, number="LOT-lO"))


def test_master_data_that_reads_alike_is_saved_only_as_another_one(house: House) -> None:
    use, sitting = house.use, house.sittings["linh"]
    supplier = use.save_supplier(sitting, SupplierSaved("", "S-OPEC", "OPEC Tools"))
    product = use.save_product(sitting, ProductSaved("", "COVER-1", "Cover"))
    use.save_defect_code(sitting, DefectCodeSaved("BUR-1", "Burr", "minor"))
    use.save_instrument(sitting, InstrumentSaved("", "C-07", "caliper", None))
    for again in (
        lambda another: use.save_supplier(sitting, SupplierSaved("", "S-0PEC", "Other"), another=another),
        lambda another: use.save_supplier(sitting, SupplierSaved("", "S-9", "ОРЕС Tools"), another=another),
        lambda another: use.save_product(sitting, ProductSaved("", "COVER-I", "Cover"), another=another),
        lambda another: use.save_defect_code(
            sitting, DefectCodeSaved("BUR-l", "x", "minor"), another=another
        ),
        lambda another: use.save_instrument(
            sitting, InstrumentSaved("", "C-O7", "caliper", None), another=another
        ),
    ):
        with pytest.raises(ReadsLike):
            again(False)
        again(True)
    use.save_supplier(sitting, replace(supplier, note="called"))  # a change that leaves code and name
    use.save_product(sitting, replace(product, product="", revision="B"))  # another revision of the same


@pytest.mark.parametrize(
    "text", ["A\u200bB", "A\u202eB", "A\x07B", "A\ud800", "A\ufeffB", "A\u2028B", "A\ue000B"]
)
def test_hidden_and_turning_characters_are_refused_wherever_a_name_comes_in(house: House, text: str) -> None:
    use, sitting = house.use, house.sittings["linh"]
    product, supplier = house.product.product, house.supplier.supplier
    for enter in (
        lambda: use.register_batch(sitting, BatchSaved("", text, product, 20, supplier=supplier)),
        lambda: use.register_batch(
            sitting, BatchSaved("", "B-1", product, 20, supplier=supplier, order=text)
        ),
        lambda: use.register_batch(sitting, BatchSaved("", "B-1", product, 20, line=text)),
        lambda: use.save_supplier(sitting, SupplierSaved("", text, "Name")),
        lambda: use.save_supplier(sitting, SupplierSaved("", "S-9", text)),
        lambda: use.save_supplier(sitting, SupplierSaved("", "S-9", "Name", name_latin=text)),
        lambda: use.save_product(sitting, ProductSaved("", text, "Name")),
        lambda: use.save_product(sitting, ProductSaved("", "P-9", text)),
        lambda: use.save_product(sitting, ProductSaved("", "P-9", "Name", revision=text)),
        lambda: use.save_product(sitting, ProductSaved("", "P-9", "Name", family=text)),
        lambda: use.save_defect_code(sitting, DefectCodeSaved(text, "Name", "minor")),
        lambda: use.save_defect_code(sitting, DefectCodeSaved("D-9", text, "minor")),
        lambda: use.save_instrument(sitting, InstrumentSaved("", text, "caliper", None)),
        lambda: use.save_instrument(sitting, InstrumentSaved("", "C-9", text, None)),
        lambda: house.enrol("kim", text, "inspector"),
    ):
        with pytest.raises(BadInput) as refused:
            enter()
        assert refused.value.code == "character"


def test_names_are_kept_composed_and_trimmed(house: House) -> None:
    saved = house.use.save_supplier(
        house.sittings["linh"], SupplierSaved("", " S-9 ", "  Da\u0323\u0306ng   Co ", name_latin=" Dang  Co")
    )
    assert (saved.code, saved.name, saved.name_latin) == ("S-9", "D\u1eb7ng Co", "Dang Co")
