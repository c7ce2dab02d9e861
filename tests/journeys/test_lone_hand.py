# SPDX-License-Identifier: Apache-2.0
"""What one person alone might try with the program as it is: each is refused, or stays where it is seen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from qcdesk.domain.events import BatchSaved, InstrumentSaved, ProductSaved, SupplierSaved
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import (
    ChangedMeanwhile,
    CodeStays,
    FamilyStays,
    Held,
    LookAlike,
    MakerStays,
    ReworkersMissing,
    TwoNeeded,
)
from qcdesk.services.record_entries import Entries, NewFinding
from qcdesk.store.verification import verify
from tests.journeys.test_people_two import sheet_of, used
from tests.store.conftest import (
    clock,
    database,
    house,
    location,
    made_house,
    postgresql_house,
    postgresql_server,
    sqlite_house,
    sqlite_template,
)
from tests.workspace import PROCEDURE, House, content, secret

__all__ = [
    "clock",
    "database",
    "house",
    "location",
    "made_house",
    "postgresql_house",
    "postgresql_server",
    "sqlite_house",
    "sqlite_template",
]


def verifies(house: House) -> None:
    found = verify(house.database)
    assert found.ok, found.problems


def test_a_maker_does_not_take_the_own_name_off_and_another_may(house: House) -> None:
    batch = house.batch(makers=("som",))
    with house.use.look() as uow:
        saved = uow.batch(batch).saved
    saved = house.use.register_batch(house.sittings["som"], replace(saved, order="PO-7"))
    with pytest.raises(MakerStays):
        house.use.register_batch(house.sittings["som"], replace(saved, makers=()))
    house.use.register_batch(
        house.sittings["linh"], replace(saved, makers=(), line="", supplier=house.supplier.supplier)
    )
    with house.use.look() as uow:
        assert uow.batch(batch).saved.makers == ()
    verifies(house)


def test_the_family_of_goods_stays_once_a_batch_is_registered(house: House) -> None:
    fresh = house.use.save_product(
        house.sittings["linh"], ProductSaved("", "LID-2", "Lid", "A", family="lids"), another=True
    )
    house.use.save_product(house.sittings["som"], replace(fresh, family="caps"))  # nothing hangs on it yet
    house.batch()
    with pytest.raises(FamilyStays):
        house.use.save_product(house.sittings["som"], replace(house.product, family="mine"))
    with pytest.raises(FamilyStays):
        house.use.save_product(
            house.sittings["som"], replace(house.product, product="", revision="Z", family="mine")
        )
    house.use.save_product(house.sittings["som"], replace(house.product, product="", revision="Z"))
    verifies(house)


def test_no_product_takes_anothers_code_or_revision_once_a_batch_of_it_is_registered(house: House) -> None:
    """Else a batch would be inspected under the other one's procedure, and the code given back."""
    sitting = house.sittings["som"]
    fresh = house.use.save_product(sitting, ProductSaved("", "LID-2", "Lid", "A"), another=True)
    fresh = house.use.save_product(sitting, replace(fresh, code="LID-3", revision="B"), another=True)
    house.batch()
    for other in (replace(house.product, code="LID-9"), replace(house.product, revision="9")):
        with pytest.raises(CodeStays):
            house.use.save_product(sitting, other, another=True)
        with pytest.raises(CodeStays), house.begin() as uow:  # past the use case, the database says the same
            uow.append(other, sitting.hand)
    house.use.save_product(sitting, replace(house.product, note="in boxes of ten"), another=True)
    verifies(house)


def test_what_had_a_batch_for_a_moment_is_used_for_good(house: House) -> None:
    sitting, linh = house.sittings["som"], house.hands["linh"]
    supplier = house.use.save_supplier(sitting, SupplierSaved("", "S2", "Beta Works"))
    product = house.use.save_product(sitting, ProductSaved("", "PX-1", "Lid", "A"))
    slip = house.use.register_batch(
        sitting, BatchSaved("", "X-1", product.product, 20, supplier=supplier.supplier)
    )
    house.use.register_batch(
        sitting, replace(slip, product=house.product.product, supplier=house.supplier.supplier)
    )
    for fact in (replace(supplier, name="Betta Works"), replace(product, name="Large lid")):
        with pytest.raises(TwoNeeded), house.begin() as uow:  # past the use case, the database says the same
            uow.append(fact, sitting.hand)
    with pytest.raises(TwoNeeded):
        house.use.save_supplier(sitting, replace(supplier, name="Betta Works"))
    with pytest.raises(CodeStays):
        house.use.save_product(sitting, replace(product, code="PX-2"), another=True)
    with pytest.raises(FamilyStays):
        house.use.save_product(sitting, replace(product, family="lids"))
    house.use.save_supplier(sitting, replace(supplier, name="Betta Works"), other=linh)
    verifies(house)


def test_papers_name_the_country_that_the_round_pinned_and_another_takes_two(house: House) -> None:
    sitting, linh = house.sittings["som"], house.hands["linh"]
    started = house.start("linh", house.batch())
    assert started.opened.header.supplier_country == "VN"
    said = "Germany – every unit tested at 200 bar, EN 10204 3.2"
    with pytest.raises(BadInput):
        house.use.save_supplier(sitting, replace(house.supplier, country=said), other=linh)
    elsewhere = replace(house.supplier, country="germany")
    with pytest.raises(TwoNeeded):
        house.use.save_supplier(sitting, elsewhere)
    with pytest.raises(TwoNeeded), house.begin() as uow:  # past the use case, the database says the same
        uow.append(replace(elsewhere, country="DE"), sitting.hand)
    assert house.use.save_supplier(sitting, elsewhere, other=linh).country == "DE"
    assert house.start("linh", house.batch()).opened.header.supplier_country == "DE"
    verifies(house)


def test_nobody_lets_a_gauge_measure_longer_again_or_as_another_alone(house: House) -> None:
    """Whoever measures would put a later day in, take the reading, and put the day back."""
    sitting, linh = house.sittings["som"], house.hands["linh"]
    save = house.use.save_instrument
    gauge = save(sitting, InstrumentSaved("", "CAL-1", "caliper", None))
    gauge = save(sitting, replace(gauge, kind="micrometer"))  # nothing rests on it yet
    gauge = save(sitting, replace(gauge, kind="caliper", calibrated_until=date(2026, 2, 1)))
    for change in ({"calibrated_until": date(2027, 1, 1)}, {"kind": "tape"}, {"number": "CAL-2"}):
        loosened = replace(gauge, **change)
        for second in (None, house.hands["som"]):
            with pytest.raises(TwoNeeded):
                save(sitting, loosened, other=second)
        with pytest.raises(TwoNeeded), house.begin() as uow:  # past the use case, the database says the same
            uow.append(loosened, sitting.hand)
    gauge = save(sitting, replace(gauge, calibrated_until=None))
    with pytest.raises(TwoNeeded):
        save(sitting, replace(gauge, calibrated_until=date(2026, 2, 1)))
    gauge = save(sitting, replace(gauge, calibrated_until=date(2027, 1, 1)), other=linh)
    gauge = save(sitting, replace(gauge, blocked=True, calibrated_until=date(2026, 2, 1)))
    with pytest.raises(TwoNeeded):
        save(sitting, replace(gauge, blocked=False))
    save(sitting, replace(gauge, blocked=False, note="looked at"), other=linh)
    verifies(house)


def test_what_changed_since_the_form_was_opened_is_not_written_over(house: House) -> None:
    sitting, som = house.sittings["linh"], house.sittings["som"]
    with house.use.look() as uow:
        shop, supplier, product = uow.shop(), house.supplier, house.product
    gauge = house.use.save_instrument(sitting, InstrumentSaved("", "CAL-1", "caliper", date(2027, 1, 1)))
    house.use.save_instrument(som, replace(gauge, blocked=True, note="dropped on the floor"))
    house.use.save_supplier(som, replace(supplier, note="call first"))
    house.use.save_product(som, replace(product, note="in boxes"))
    house.use.change_shop(house.hands["som"], replace(shop, third_person_releases=True))
    for stale in (
        lambda: house.use.save_instrument(sitting, replace(gauge, note="drawer 3")),
        lambda: house.use.save_supplier(sitting, replace(supplier, contact="Lan")),
        lambda: house.use.save_product(sitting, replace(product, picture=None)),
        lambda: house.use.change_shop(house.hands["linh"], replace(shop, address="12 Trần Phú")),
    ):
        with pytest.raises(ChangedMeanwhile):
            stale()
    with house.use.look() as uow:
        again = uow.instrument("CAL-1")
    assert house.use.save_instrument(sitting, replace(again, note="drawer 3")).blocked
    verifies(house)


def test_nobody_signs_beside_where_one_is_enough(house: House) -> None:
    house.enrol("audi", "Au Ditor", "auditor")
    house.batch()
    sitting, reader = house.sittings["linh"], house.hands["audi"]
    house.use.save_supplier(sitting, replace(house.supplier, note="call first"), other=reader)
    house.use.save_product(sitting, replace(house.product, note="in boxes"), other=reader)
    with house.database.reading() as connection:
        beside = "SELECT count(*) FROM line_signer s JOIN line l ON l.seq = s.seq WHERE l.type IN ({})"
        query = beside.format("'supplier.saved', 'product.saved'")
        assert connection.exec_driver_sql(query).scalar_one() == 0
    verifies(house)


def test_no_product_or_supplier_is_called_otherwise_for_the_moment_of_opening_a_round(house: House) -> None:
    sitting, som, linh = house.sittings["som"], house.hands["som"], house.hands["linh"]
    house.batch()
    boxes, other = replace(house.product, unit="boxes"), replace(house.supplier, name="Thép Miền Nam")
    for second in (None, som):
        with pytest.raises(TwoNeeded):
            house.use.save_product(sitting, boxes, another=True, other=second)
        with pytest.raises(TwoNeeded):
            house.use.save_supplier(sitting, other, another=True, other=second)
    for fact in (replace(house.product, name="Housing"), boxes, other):
        with pytest.raises(TwoNeeded), house.begin() as uow:  # past the use case, the database says the same
            uow.append(fact, sitting.hand)
    boxes = house.use.save_product(sitting, boxes, another=True, other=linh)
    house.use.save_supplier(sitting, other, another=True, other=linh)
    house.use.save_product(sitting, replace(boxes, note="by two"))
    assert house.start("linh", house.batch()).opened.header.unit == "boxes"
    verifies(house)


def test_nobody_lists_a_second_self_to_be_the_maker(house: House) -> None:
    with pytest.raises(LookAlike):
        house.use.list_person(house.sittings["linh"], "Nguyễn Thị  Linh")
    listed = house.use.list_person(house.sittings["linh"], "Nguyễn Thị Linh", another_person=True)
    assert listed.name == "Nguyễn Thị Linh"
    verifies(house)


def test_what_is_sent_to_rework_opens_no_round_before_somebody_is_named_who_did_it(house: House) -> None:
    batch = house.batch()
    first = house.check("linh", batch)
    house.use.stop_batch(house.sittings["som"], batch, "safety", "sharp edge")
    house.use.dispose_batch(house.hands["linh"], house.hands["som"], batch, "rework", "deburr")
    house.use.retract_check(house.hands["linh"], first.fact.check, "wrong gauge")
    with pytest.raises(ReworkersMissing):
        house.start("linh", batch)
    house.use.record_rework(house.sittings["linh"], batch, (house.maker("Lê Tám"),))
    house.check("linh", batch)
    with house.use.look() as uow:
        assert uow.batch(batch).next_severity == "tightened"
    verifies(house)


def test_nothing_is_released_while_an_ordered_rework_is_not_recorded(house: House) -> None:
    batch = house.accepted()
    house.use.stop_batch(house.sittings["som"], batch, "safety", "sharp edge")
    house.use.dispose_batch(house.hands["linh"], house.hands["som"], batch, "rework", "deburr")
    house.use.lift_hold(house.hands["linh"], house.hands["som"], batch, "it is fine")
    with pytest.raises(ReworkersMissing):
        house.use.release_batch(house.hands["som"], batch)
    house.use.record_rework(house.sittings["linh"], batch, (house.maker("Lê Tám"),))
    assert house.state(batch) == "registered"
    verifies(house)


def test_a_stop_outlives_the_hold_of_a_retraction_and_takes_two(house: House) -> None:
    house.enrol("huy", "Trần Văn Huy", "inspector", "arbiter")
    batch = house.accepted()
    with house.use.look() as uow:
        check = uow.round(uow.batch(batch).round or "").signed("second")
    assert check is not None
    house.use.retract_check(house.hands["som"], check.id, "wrong gauge")
    house.check("linh", batch)
    house.check("som", batch)
    house.use.stop_batch(house.sittings["linh"], batch, "safety", "sharp edge")
    with house.use.look() as uow:
        check = uow.round(uow.batch(batch).round or "").signed("second")
    assert check is not None
    house.use.retract_check(house.hands["som"], check.id, "wrong gauge")
    house.use.order_round(house.hands["huy"], batch, "the gauge is calibrated now")
    with house.use.look() as uow:
        assert uow.batch(batch).held, "the stop of the one is no business of the other"
    house.check("linh", batch)
    house.check("som", batch)
    with pytest.raises(Held):
        house.use.release_batch(house.hands["som"], batch)
    verifies(house)
    house.use.lift_hold(house.hands["linh"], house.hands["som"], batch, "edge is broken now")
    house.use.release_batch(house.hands["som"], batch)
    verifies(house)


def test_a_key_that_follows_the_sheets_key_is_marked_too(house: House) -> None:
    linh = house.hands["linh"]
    house.use.suspend(linh, "som", "gone")
    sheet = sheet_of(house)
    house.use.enrol_new_key(linh, sheet, "som", secret("som"))
    used(house, sheet)
    sheet = sheet_of(house)
    house.use.lift_suspension(linh, sheet, "som")
    used(house, sheet)
    house.use.change_key("som", secret("som"))
    house.sit("som")
    batch = house.accepted()
    house.use.release_batch(house.hands["som"], batch)
    with house.use.look() as uow:
        marks = {s.place: s.by_sheet is not None for s in uow.sign_offs(uow.batch(batch).round or "")}
    assert marks == {"first": False, "second": True, "release": True}
    verifies(house)


@pytest.mark.parametrize("typed", ["Vie\u0302\u0323t", "one\r\ntwo\tthree"])
def test_text_typed_apart_is_put_together_wherever_it_is_typed(house: House, typed: str) -> None:
    batch = house.batch()
    started = house.start("linh", batch)
    house.use.record(
        house.sittings["linh"], Entries(started.check, findings=(NewFinding(1, "SCR", note=typed),))
    )
    house.use.stop_batch(house.sittings["som"], batch, "safety", typed)
    verifies(house)


@pytest.mark.parametrize("typed", ["a\x00b", "a\ud800b", "a\ufffeb", "a\x85b"])
def test_text_that_nobody_can_sign_is_refused_by_name(house: House, typed: str) -> None:
    batch = house.batch()
    started = house.start("linh", batch)
    for act in (
        lambda: house.use.record(
            house.sittings["linh"], Entries(started.check, findings=(NewFinding(1, "SCR", note=typed),))
        ),
        lambda: house.use.stop_batch(house.sittings["som"], batch, "safety", typed),
        lambda: house.use.draft_procedure(
            house.sittings["linh"], PROCEDURE, replace(content(house.id("linh")), title=typed)
        ),
    ):
        with pytest.raises(BadInput) as refused:
            act()
        assert refused.value.code == "character"
    verifies(house)
