# SPDX-License-Identifier: Apache-2.0
"""What goes out again: everything, but nothing that would break a blind check."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from qcdesk.domain.codec import from_data
from qcdesk.domain.procedures import ProcedureContent
from qcdesk.services.export_rows import EXPORT_KINDS, Cell, ExportKind
from qcdesk.services.nonconformities import NewNonconformity
from qcdesk.store.export_reader import SqlExportReader
from tests.workspace import PROCEDURE, House

FOUND: tuple[ExportKind, ...] = ("units", "findings", "measurements", "sign_offs")


def rows(house: House, kind: ExportKind, who: str | None = None) -> list[dict[str, Cell]]:
    table = SqlExportReader(house.database).table(kind, house.id(who) if who else None)
    return [dict(zip(table.headers, row, strict=True)) for row in table.rows]


def test_every_list_can_be_read_with_nothing_in_it(house: House) -> None:
    for kind in (*EXPORT_KINDS, "left_out"):
        table = SqlExportReader(house.database).table(kind, None)
        assert len(set(table.headers)) == len(table.headers), kind
        assert all(len(row) == len(table.headers) for row in table.rows), kind


def test_a_released_batch_goes_out_whole(house: House) -> None:
    batch = house.batch()
    house.check("linh", batch, {1: "SCR"}, {2: "12,01"})
    house.check("som", batch, {1: "SCR"})
    house.use.release_batch(house.hands["som"], batch)
    house.use.ship_batch(house.sittings["linh"], batch, 5, "Toko")
    assert [(r["place"], r["code"], r["class"]) for r in rows(house, "findings")] == [
        ("first", "SCR", "minor"),
        ("second", "SCR", "minor"),
    ]
    assert "12,01" in [r["typed"] for r in rows(house, "measurements")]
    assert [r["place"] for r in rows(house, "sign_offs")] == ["first", "second", "release"]
    assert [(r["quantity"], r["to"]) for r in rows(house, "shipments")] == [(5, "Toko")]
    (listed,) = rows(house, "batches")
    assert (listed["number"], listed["product"], listed["supplier"], listed["state"]) == (
        batch, "PH-204", "S1", "released",
    )  # fmt: skip
    assert isinstance(listed["registered_at"], datetime)
    (opened,) = rows(house, "rounds")
    assert opened["outcome"] == "accepted" and json.loads(str(opened["opened"]))["no"] == 1
    with house.database.reading() as connection:
        count = connection.exec_driver_sql("SELECT count(*) FROM event").scalar()
    events = rows(house, "events")
    assert len(events) == count and all(e["body"] and e["sig"] and e["hash"] for e in events)
    assert rows(house, "left_out") == []


def test_nonconformities_go_out_whole_and_nothing_in_them_counts_what_a_first_check_saved(
    house: House,
) -> None:
    use, linh, som = house.use.nonconformities, house.sittings["linh"], house.sittings["som"]
    due = house.clock.today() + timedelta(days=9)
    house.rejected(number="LOT-1")
    use.open(linh, NewNonconformity("LOT-1", 5, "set apart", due, what="scratched"))
    house.record("linh", house.start("linh", house.batch("LOT-2")))
    house.use.dispose_batch(house.hands["linh"], house.hands["som"], "LOT-1", "return", "worn mould")
    use.close(house.hands["som"], 1, "sent back")
    use.reopen(som, 1, due, "more came")
    (opened,) = rows(house, "nonconformities")
    assert (opened["nonconformity"], opened["batch"], opened["quantity"]) == (1, "LOT-1", 5)
    assert json.loads(str(opened["opened"]))["containment"] == "set apart" and opened["event"]
    told, hidden = rows(house, "nonconformity_steps", "linh"), rows(house, "nonconformity_steps", "som")
    assert [r["type"] for r in told] == ["nonconformity.closed", "nonconformity.reopened"]
    assert told[0]["event"] and json.loads(str(told[0]["said"]))["over"]
    assert hidden[0]["event"] is None and "over" not in json.loads(str(hidden[0]["said"]))


def test_a_procedure_goes_out_with_all_that_it_says(house: House) -> None:
    (version,) = rows(house, "procedures")
    content = from_data(ProcedureContent, json.loads(str(version["content"])))
    with house.use.look() as uow:
        assert content == uow.procedure(PROCEDURE).content


def test_a_first_check_that_waits_for_its_second_is_left_out_and_said_so(house: House) -> None:
    batch = house.batch()
    house.check("linh", batch, {1: "CRK"})
    for who in ("som", None):
        assert all(rows(house, kind, who) == [] for kind in FOUND)
        assert [(r["batch"], r["place"]) for r in rows(house, "left_out", who)] == [(batch, "first")]
        assert _told_by_plans_alone(house, who)
        signed = [e for e in rows(house, "events", who) if e["type"] == "check.signed"]
        assert [(e["body"], e["sig"]) for e in signed] == [(None, None)]
        assert not [e for e in rows(house, "events", who) if e["type"] == "check.recorded"]


def _told_by_plans_alone(house: House, who: str | None) -> bool:
    """Tell whether the code stands only where the plan or the catalogue lists it."""
    plain = ("procedure.drafted", "round.opened", "defect_code.saved")
    return all("CRK" not in str(e["body"]) for e in rows(house, "events", who) if e["type"] not in plain)


def test_ones_own_check_goes_out_to_oneself(house: House) -> None:
    batch = house.batch()
    house.check("linh", batch, {1: "CRK"})
    assert [r["code"] for r in rows(house, "findings", "linh")] == ["CRK"]
    assert [r["verdict"] for r in rows(house, "sign_offs", "linh")] == ["rejected"]
    assert rows(house, "left_out", "linh") == []


def test_the_second_check_at_work_sees_its_own_and_not_the_first(house: House) -> None:
    batch = house.batch()
    house.check("linh", batch, {1: "CRK"})
    house.record("som", house.start("som", batch), {2: "SCR"})
    assert [r["code"] for r in rows(house, "findings", "som")] == ["SCR"]
    assert [r["code"] for r in rows(house, "findings", "linh")] == ["CRK"]
    assert [r["code"] for r in rows(house, "findings")] == []


def test_whoever_gave_up_the_second_place_gets_the_first_check(house: House) -> None:
    house.enrol("kim", "Kim", "inspector")
    batch = house.batch()
    house.check("linh", batch, {1: "CRK"})
    house.use.give_up_place(house.sittings["som"], batch, "must plan")
    assert [r["code"] for r in rows(house, "findings", "som")] == ["CRK"]
    assert rows(house, "findings", "kim") == []


def test_the_words_of_a_stop_are_left_out_like_the_first_check(house: House) -> None:
    batch = house.batch()
    house.check("linh", batch)
    house.use.stop_batch(house.sittings["linh"], batch, "safety", "cracks at the rim")
    assert [(r["kind"], r["reason"]) for r in rows(house, "holds", "som")] == [("safety", None)]
    assert [r["reason"] for r in rows(house, "holds", "linh")] == ["cracks at the rim"]
    held = [e for e in rows(house, "events", "som") if e["type"] == "batch.held"]
    assert [e["body"] for e in held] == [None]


def test_the_reason_of_a_check_set_aside_is_left_out_until_the_comparison(house: House) -> None:
    batch = house.batch()
    started = house.start("linh", batch)
    house.record("linh", started, {1: "CRK"})
    house.use.set_aside(house.sittings["linh"], started.check, "cracked everywhere")
    assert [r["reason"] for r in rows(house, "checks", "som")] == [None]
    house.check("linh", batch)
    house.check("som", batch)
    assert rows(house, "checks")[0]["reason"] == "cracked everywhere"


def test_a_later_round_is_as_blind_as_the_first(house: House) -> None:
    batch = house.rejected()
    before = len(rows(house, "findings", "som"))
    house.use.dispose_batch(house.hands["linh"], house.hands["som"], batch, "rework", "polish")
    house.use.record_rework(house.sittings["linh"], batch, (house.maker("Anh"),))
    house.check("linh", batch, {1: "SCR"})
    assert len(rows(house, "findings", "som")) == before == 2
    assert [(r["round"], r["place"]) for r in rows(house, "left_out", "som")] == [(2, "first")]
