# SPDX-License-Identifier: Apache-2.0
"""What is called how: codes are there once, and what a registered batch rests on is changed by two or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from qcdesk.domain.events import DefectCodeSaved, InstrumentSaved, ProductSaved, SupplierPaper, SupplierSaved
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import (
    AlreadyThere,
    ChangedMeanwhile,
    CodeStays,
    FamilyStays,
    MissingRole,
    NotActive,
    ReadsOnly,
    SheetNotHere,
    TwoNeeded,
)
from tests.workspace import PRODUCT, House, refused, standing

GONE = "ab" * 32
"""The hash of a picture that nobody has."""
LINH, SOM = "Nguyễn Thị Linh", "สมชาย ศรีสุข"


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A batch of the supplier's product is registered; Minh and Eva inspect, Ai reads. Nothing here changes it."""
    made = standing(Path(tmp_path_factory.mktemp("shop")), procedure=False)
    for login, name in (("minh", "Trần Minh"), ("eva", "Eva Ek")):
        made.enrol(login, name)
    made.enrol("ai", "李娜", "auditor")
    made.batch()
    yield made
    made.database.dispose()


def renamings(house: House) -> tuple[ProductSaved, SupplierSaved]:
    return replace(house.product, name="Lid"), replace(house.supplier, name="Cơ khí Tây Á")


def test_what_a_registered_batch_rests_on_is_renamed_by_two(shop: House) -> None:
    use, sitting, linh = shop.use, shop.sittings["linh"], shop.hands["linh"]
    product, supplier = renamings(shop)
    for act in (
        lambda other: use.save_product(sitting, product, other=other),
        lambda other: use.save_product(sitting, replace(shop.product, unit="kg"), other=other),
        lambda other: use.save_supplier(sitting, supplier, other=other),
    ):
        for nobody in (None, linh):
            said = refused(TwoNeeded, lambda act=act, nobody=nobody: act(nobody))  # type: ignore[misc]
            assert (said.act, said.who_can) == ("renamed", (SOM, "Trần Minh", "Eva Ek"))
        assert refused(ReadsOnly, lambda act=act: act(shop.hands["ai"])).person == "李娜"  # type: ignore[misc]


def test_nothing_is_saved_over_what_changed_meanwhile(shop: House) -> None:
    read_before = replace(shop.supplier, note="call first", over=1)
    assert refused(
        ChangedMeanwhile, lambda: shop.use.save_supplier(shop.sittings["linh"], read_before)
    ).saving


def test_a_picture_that_was_never_kept_is_named_by_nobody(shop: House) -> None:
    use, linh = shop.use, shop.sittings["linh"]
    with use.look() as uow:
        said = uow.shop()
    for field, act in (
        ("picture", lambda: use.save_product(linh, ProductSaved("", "PH-9", "Lid", picture=GONE))),
        ("picture", lambda: use.save_product(linh, replace(shop.product, picture=GONE))),
        ("logo", lambda: use.change_shop(shop.hands["linh"], replace(said, logo=GONE))),
    ):
        with pytest.raises(BadInput) as told:
            act()
        assert (told.value.code, told.value.where["field"]) == ("unknown_picture", field)


def test_a_certificate_whose_copy_was_never_kept_is_put_in_no_record(shop: House) -> None:
    paper = SupplierPaper("ISO 9001", "1", "TÜV", None, GONE)
    changed = replace(shop.supplier, papers=(paper,))
    with pytest.raises(BadInput) as told:
        shop.use.save_supplier(shop.sittings["linh"], changed)
    assert (told.value.code, told.value.where["field"]) == ("unknown_file", "paper")


def test_the_sheet_renames_nothing_and_changes_no_shop(shop: House) -> None:
    sheet = shop.use.open_sheet(shop.recovery_code)
    product, supplier = renamings(shop)
    with shop.use.look() as uow:
        said = uow.shop()
    for act in (
        lambda: shop.use.save_product(shop.sittings["linh"], product, other=sheet),
        lambda: shop.use.save_supplier(shop.sittings["linh"], supplier, other=sheet),
        lambda: shop.use.change_shop(shop.hands["linh"], said, sheet),
        lambda: shop.use.change_shop(sheet, said),
    ):
        refused(SheetNotHere, act)


def test_code_and_revision_stay_once_a_batch_is_registered(shop: House) -> None:
    for other in (replace(shop.product, code="PH-205"), replace(shop.product, revision="D")):
        said = refused(CodeStays, lambda other=other: shop.use.save_product(shop.sittings["linh"], other))  # type: ignore[misc]
        assert said.product == f"{PRODUCT} C"


def test_the_family_of_a_code_stays_once_a_batch_is_registered(shop: House) -> None:
    for other in (replace(shop.product, family="Toys"), ProductSaved("", PRODUCT, "Cover", "D", "Toys")):
        said = refused(
            FamilyStays,
            lambda other=other: shop.use.save_product(shop.sittings["linh"], other),  # type: ignore[misc]
        )
        assert (said.product, said.family) == (PRODUCT, "")


def test_a_code_is_there_once(house: House) -> None:
    use, sitting = house.use, house.sittings["linh"]
    second = use.save_supplier(sitting, SupplierSaved("", "S2", "Tây Á"))
    cover = use.save_product(sitting, ProductSaved("", PRODUCT, "Cover", "D"))
    use.save_instrument(sitting, InstrumentSaved("", "C-1", "caliper", None))
    tape = use.save_instrument(sitting, InstrumentSaved("", "T-2", "tape", None))
    for kind, value, act in (
        ("supplier", "S1", lambda: use.save_supplier(sitting, SupplierSaved("", "S1", "Bắc Á"))),
        ("supplier", "S1", lambda: use.save_supplier(sitting, replace(second, code="S1"))),
        ("product", f"{PRODUCT} C", lambda: use.save_product(sitting, replace(house.product, product=""))),
        ("product", f"{PRODUCT} C", lambda: use.save_product(sitting, replace(cover, revision="C"))),
        ("instrument", "C-1", lambda: use.save_instrument(sitting, InstrumentSaved("", "C-1", "tape", None))),
        ("instrument", "C-1", lambda: use.save_instrument(sitting, replace(tape, number="C-1"))),
    ):
        said = refused(AlreadyThere, act)
        assert (said.kind, said.value) == (kind, value)


def test_who_only_reads_keeps_no_master_data(shop: House) -> None:
    ai = shop.sittings["ai"]
    for act in (
        lambda: shop.use.save_supplier(ai, SupplierSaved("", "S2", "Tây Á")),
        lambda: shop.use.save_product(ai, ProductSaved("", "PH-9", "Lid")),
        lambda: shop.use.save_defect_code(ai, DefectCodeSaved("BUR", "Burr", "minor")),
        lambda: shop.use.save_instrument(ai, InstrumentSaved("", "C-1", "caliper", None)),
    ):
        assert refused(ReadsOnly, act).person == "李娜"


def test_an_administrator_changes_the_shop(shop: House) -> None:
    with shop.use.look() as uow:
        said = replace(uow.shop(), name="Other")
    alone = refused(MissingRole, lambda: shop.use.change_shop(shop.hands["minh"], said))
    assert (alone.person, alone.role) == ("Trần Minh", "administrator")


def test_that_no_third_person_need_release_takes_two_and_an_administrator(house: House) -> None:
    linh = house.hands["linh"]
    for login, name in (("minh", "Trần Minh"), ("eva", "Eva Ek")):
        house.enrol(login, name)
    ai = house.enrol("ai", "李娜", "auditor")
    with house.use.look() as uow:
        fewer = uow.shop()
    three = house.use.change_shop(linh, replace(fewer, third_person_releases=True))
    fewer = replace(three, third_person_releases=False)
    change = house.use.change_shop
    alone = refused(TwoNeeded, lambda: change(linh, fewer))
    assert (alone.act, alone.who_can) == ("third_releases", (SOM, "Trần Minh", "Eva Ek"))
    assert refused(TwoNeeded, lambda: change(linh, fewer, linh)).act == "third_releases"
    assert refused(ReadsOnly, lambda: change(linh, fewer, ai)).person == "李娜"
    neither = refused(MissingRole, lambda: change(house.hands["minh"], fewer, house.hands["eva"]))
    assert (neither.person, neither.role) == ("Trần Minh", "administrator")
    house.use.suspend(linh, "som", "on leave")
    assert refused(NotActive, lambda: change(linh, fewer, house.hands["som"])).person == SOM
    change(house.hands["minh"], fewer, linh)
