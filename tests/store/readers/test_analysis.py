# SPDX-License-Identifier: Apache-2.0
"""Charts are drawn from what is settled alone: readings in the order of time, counts as both checks found them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from qcdesk.domain.events import EventVoided, Resolution, SupplierSaved
from qcdesk.domain.procedures import Characteristic
from qcdesk.services.analysis_rows import OWN_GOODS, AnalysisWish, LotCountRow, ReadingColumns
from qcdesk.services.record_entries import Entries, NewFinding, NewReading
from qcdesk.services.trouble import Trouble
from qcdesk.statistics.readings import spelled_numbers
from qcdesk.store.readers import analysis
from tests.store.readers.conftest import Collected
from tests.workspace import PRODUCT, House, content

WISH = AnalysisWish(product=PRODUCT, characteristic="DIA", place="both")


def charted(house: House, wish: AnalysisWish = WISH) -> ReadingColumns:
    return house.use.read.readings(wish)


def counted(house: House) -> tuple[LotCountRow, ...]:
    return house.use.read.lot_counts(AnalysisWish(product=PRODUCT)).lots


def shows_nothing(house: House) -> bool:
    choices = house.use.read.analysis_choices()
    return not charted(house).values and not counted(house) and not choices.products and not choices.suppliers


def test_readings_stand_by_check_and_unit_in_the_order_of_time(house: House) -> None:
    first, second = house.batch(), house.batch()
    for batch, value in ((second, "12.01"), (first, "12.02")):
        house.check("linh", batch, readings={1: value, 2: "11.99"})
        house.check("som", batch)
    found = charted(house, replace(WISH, place="first"))
    assert [one.number for one in found.subgroups] == [second, first]
    assert found.values[:2].tolist() == [12.01, 11.99]
    assert found.values[found.sizes[0]] == 12.02
    assert sum(found.sizes) == len(found.values)
    assert {(one.lower, one.upper, one.place) for one in found.subgroups} == {(11.98, 12.05, "first")}
    with house.use.look() as uow:
        assert [one.batch for one in found.subgroups] == [uow.batch(second).id, uow.batch(first).id]
    assert [one.place for one in charted(house).subgroups] == ["first", "second"] * 2
    assert set(charted(house, replace(WISH, place="second")).values) == {12.03}


def test_a_corrected_reading_shows_as_corrected_and_in_its_place(house: House) -> None:
    batch = house.batch()
    started = house.start("linh", batch)
    house.record("linh", started, readings={1: "12.04"})
    corrected = Entries(started.check, readings=(NewReading(1, "DIA", "12.00", reason="typing"),))
    house.use.record(house.sittings["linh"], corrected)
    house.sign("linh", started)
    house.check("som", batch)
    found = charted(house, replace(WISH, place="first"))
    assert found.values[0] == 12.0 and 12.04 not in found.values
    assert set(found.values[1:]) == {12.03}


def test_nothing_shows_before_the_second_signature(house: House) -> None:
    batch = house.batch()
    house.check("linh", batch, {2: "SCR"}, {1: "12.04"})
    assert shows_nothing(house)
    started = house.start("som", batch)
    house.record("som", started)
    assert shows_nothing(house)
    house.sign("som", started)
    assert not shows_nothing(house)


def test_nothing_shows_before_a_disagreement_is_settled(house: House) -> None:
    batch = house.disagreed()
    assert shows_nothing(house)
    house.use.reject_after_all(house.hands["linh"], batch, "a crack is a crack")
    assert [lot.by_class for lot in counted(house)] == [(("critical", 1),)]
    assert charted(house).sizes


def test_what_a_third_found_untrue_does_not_count(house: House) -> None:
    batch = house.disagreed()
    house.enrol("tu", "Trần Tú", "inspector", "arbiter")
    started = house.start("tu", batch)
    settled = (Resolution(1, "CRK", "critical", 1, holds=False),)
    house.use.resolve(house.sittings["tu"], started.check, settled)
    assert shows_nothing(house)
    house.use.decide(house.hands["tu"], started.check)
    (lot,) = counted(house)
    assert (lot.nonconforming, lot.nonconformities, lot.by_code) == (0, 0, ())


def test_nothing_of_a_check_taken_back_shows(house: House) -> None:
    batch = house.batch()
    house.check("linh", batch)
    second = house.check("som", batch)
    assert not shows_nothing(house)
    house.use.retract_check(house.hands["som"], second.fact.check, "looked at the wrong pallet")
    assert shows_nothing(house)


def test_nothing_shows_of_signatures_that_a_new_version_takes_away(house: House) -> None:
    house.accepted()
    house.use.draft_procedure(
        house.sittings["linh"], "IP-204", content(house.id("linh"), title="Housing cover, again")
    )
    house.use.approve_procedure(house.hands["som"], "IP-204", open_batches="re_inspect")
    assert shows_nothing(house)


def test_nothing_of_a_batch_shows_once_an_event_of_it_is_void(house: House) -> None:
    batch = house.accepted()
    with house.begin() as uow:
        standing = uow.batch(batch)
        signed = uow.sign_offs(standing.round or "")[0].event
        hands = house.hands
        void = EventVoided(signed, uow.event_hash(signed), "forged", batch=standing.id)
        uow.append(void, hands["linh"], co=(hands["som"],))
        uow.commit()
    assert shows_nothing(house)


def test_lot_counts_are_what_both_found_together(house: House) -> None:
    batch = house.batch()
    house.check("linh", batch, {1: "DEN", 2: "SCR"}, {3: "12.5"})
    house.check("som", batch, {1: "DEN", 4: "SCR"})
    (lot,) = counted(house)
    assert (lot.number, lot.units, lot.nonconforming, lot.nonconformities) == (batch, 8, 4, 4)
    assert lot.by_class == (("major", 2), ("minor", 2))
    assert lot.by_code == (("DEN", 1), ("DIA", 1), ("SCR", 2))
    assert house.use.read.lot_counts(AnalysisWish()).names["DIA"] == "Bore"


def test_of_tallied_goods_nobody_says_on_how_many_units_it_was(house: House) -> None:
    house.approve(tally=True, characteristics=())
    batch = house.batch()
    for login, count in (("linh", 2), ("som", 3)):
        started = house.start(login, batch)
        found = tuple(NewFinding(None, "SCR") for _ in range(count))
        house.use.record(house.sittings[login], Entries(started.check, findings=found, tallied=8))
        house.sign(login, started)
    if house.state(batch) == "disagreed":
        house.use.reject_after_all(house.hands["linh"], batch, "too many")
    (lot,) = counted(house)
    assert (lot.units, lot.nonconforming, lot.by_code) == (8, None, (("SCR", 3),))


def test_what_a_check_set_aside_had_found_counts(house: House) -> None:
    batch = house.batch()
    started = house.start("linh", batch)
    house.record("linh", started, {2: "SCR"}, {3: "12.00"})
    house.use.set_aside(house.sittings["linh"], started.check, "ill")
    house.check("linh", batch)
    house.check("som", batch)
    (lot,) = counted(house)
    assert lot.by_code == (("SCR", 1),)
    assert set(charted(house).values) == {12.03}


def test_lot_counts_once_with_its_original_inspection(house: House) -> None:
    batch = house.rejected()
    house.use.dispose_batch(house.hands["linh"], house.hands["som"], batch, "rework", "weld it")
    house.use.record_rework(house.sittings["linh"], batch, (house.maker("Tư"),))
    house.check("linh", batch)
    house.check("som", batch)
    assert [lot.by_code for lot in counted(house)] == [(("CRK", 1),)]
    assert len(charted(house).subgroups) == 2


def test_supplier_product_characteristic_and_period_choose(house: House) -> None:
    other = house.use.save_supplier(house.sittings["linh"], SupplierSaved("", "S2", "重庆精密"))
    house.accepted()
    house.clock.forward(days=40)
    since = house.clock.at
    later = house.accepted(supplier=other.supplier)
    read = house.use.read
    for wish, numbers in (
        (replace(WISH, supplier=other.supplier), {later}),
        (replace(WISH, since=since), {later}),
        (replace(WISH, until=since, supplier=other.supplier), set()),
        (replace(WISH, characteristic="LEN"), set()),
        (replace(WISH, characteristic=""), set()),
        (replace(WISH, product=""), set()),
        (replace(WISH, product="OTHER"), set()),
    ):
        assert {one.number for one in charted(house, wish).subgroups} == numbers
    assert [lot.number for lot in read.lot_counts(AnalysisWish(since=since)).lots] == [later]
    assert len(read.lot_counts(AnalysisWish()).lots) == 2
    assert read.lot_counts(AnalysisWish(product="OTHER")).lots == ()


def test_own_goods_are_chosen_by_themselves(house: House) -> None:
    bought = house.accepted()
    assert not house.use.read.analysis_choices().own
    house.enrol("huy", "Huy")
    made = house.accepted(makers=("huy",))
    found = house.use.read.analysis_choices()
    assert found.own and len(found.suppliers) == 1 and found.workspace
    assert {row.number for row in charted(house, replace(WISH, supplier=OWN_GOODS)).subgroups} == {made}
    assert [lot.number for lot in house.use.read.lot_counts(AnalysisWish(supplier=OWN_GOODS)).lots] == [made]
    assert {row.number for row in charted(house).subgroups} == {bought, made}


def test_choices_are_what_there_is_with_the_limits_last_used(house: House) -> None:
    house.accepted()
    bore = Characteristic("DIA", "Bore, wide", "variable", "major", "mm", upper=Decimal("12.5"))
    house.approve(
        characteristics=(bore, Characteristic("LEN", "Length", "variable", "major", "mm", lower=Decimal(3)))
    )
    last = house.batch()
    found = house.use.read.analysis_choices()
    (product,) = found.products
    (old,) = product.characteristics
    assert (old.name, old.upper, old.readings) == ("Bore", Decimal("12.05"), sum(charted(house).sizes))
    house.check("linh", last)
    house.check("som", last)
    found = house.use.read.analysis_choices()
    (product,) = found.products
    assert (product.code, product.lots) == (PRODUCT, 2)
    assert [(one.code, one.name, one.lower, one.upper) for one in product.characteristics] == [
        ("DIA", "Bore, wide", None, Decimal("12.5")),
        ("LEN", "Length", Decimal(3), None),
    ]
    assert [one.supplier for one in found.suppliers] == [house.supplier.supplier]
    assert found.first_at is not None and found.last_at is not None and found.first_at < found.last_at
    assert {one.upper for one in charted(house).subgroups} == {12.05, 12.5}


def test_readings_in_another_unit_are_not_mixed_in(house: House) -> None:
    house.accepted()
    before = sum(charted(house).sizes)
    micro = Characteristic("DIA", "Bore", "variable", "major", "µm", upper=Decimal(12_100))
    house.approve(characteristics=(micro,))
    batch = house.batch()
    for login in ("linh", "som"):
        started = house.start(login, batch)
        units = range(1, len(started.opened.sample) + 1)
        house.record(login, started, readings=dict.fromkeys(units, "12050"))
        house.sign(login, started)
    (product,) = house.use.read.analysis_choices().products
    (one,) = product.characteristics
    now = charted(house, replace(WISH, unit=one.unit))
    assert (one.unit, one.readings) == ("µm", sum(now.sizes))
    assert set(now.values) == {12050.0}
    assert {row.upper for row in now.subgroups} == {12100.0}
    assert sum(charted(house, replace(WISH, unit="mm")).sizes) == before


def test_no_name_and_no_note_of_anybody_is_asked_for(house: House, statements: Collected) -> None:
    house.accepted()
    with statements() as heard:
        charted(house)
        counted(house)
        house.use.read.analysis_choices()
    said = " ".join(statement for statement, _ in heard)
    assert said
    assert all(word not in said for word in ("person", ".note", "photo"))


def test_a_reading_that_is_no_number_is_damage(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house.accepted()
    monkeypatch.setattr(
        analysis, "spelled_numbers", lambda text: spelled_numbers(text.replace("12.03", "?", 1))
    )
    with pytest.raises(Trouble) as trouble:
        charted(house)
    assert trouble.value.code == "damaged"
