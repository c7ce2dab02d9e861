# SPDX-License-Identifier: Apache-2.0
"""What goes out again: everything, but nothing that would break a blind check."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from qcdesk.domain.audit_templates import AuditTemplate, LocalText, Question, Section
from qcdesk.domain.audits import Answer
from qcdesk.domain.codec import from_data
from qcdesk.domain.events import SupplierSaved
from qcdesk.domain.procedures import ProcedureContent
from qcdesk.services.export_rows import EXPORT_KINDS, Cell, ExportKind
from qcdesk.services.nonconformities import NewNonconformity
from qcdesk.store.export_reader import SqlExportReader
from qcdesk.store.tables import COLUMNS
from tests.store.scenes import World
from tests.workspace import PROCEDURE, HandClock, House, laid

OF_PLANS = ("procedure.drafted", "round.opened", "defect_code.saved")
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
    return all("CRK" not in str(e["body"]) for e in rows(house, "events", who) if e["type"] not in OF_PLANS)


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


KEPT_IN: dict[ExportKind, str] = {
    "supplier_statuses": "supplier_status",
    "supplier_merges": "supplier_merge",
    "severities": "severity",
    "dispositions": "disposition",
    "concessions": "concession",
    "concession_budgets": "concession_budget",
    "corrective_actions": "corrective_action",
    "corrective_action_steps": "action_said",
    "promises": "promise",
    "release_stops": "release_stop",
    "audit_templates": "audit_template",
    "audits": "audit",
    "audit_answers": "audit_answer",
    "audit_steps": "audit_step",
    "complaints": "complaint",
    "complaint_steps": "complaint_step",
    "touches": "touch",
    "owner_figures": "owner_figure",
    "nonconformities": "nonconformity",
}
"""A list -> the table whose rows it gives."""
TAKEN_BACK = ("touch", "undoes")
SPELLED = {
    "supplier": ("supplier", "id", "code"), "root": ("supplier", "id", "code"), "batch": ("batch", "id", "number"),
    "lot": ("batch", "id", "number"), "person": ("person", "id", "name"), "other": ("person", "id", "name"),
    "confirmed_by": ("person", "id", "name"), "auditor": ("person", "id", "name"),
    "author": ("person", "id", "name"), "round": ("round", "id", "no"), "audit": ("audit", "id", "no"),
    "action": ("corrective_action", "id", "number"), "replaces": ("promise", "id", "no"),
    "undone": ("line", "seq", "at"), "decided": ("line", "seq", "at"),
}  # fmt: skip
"""Column -> where what it names is called otherwise: table, key, and how it is called."""


@pytest.mark.parametrize("kind", KEPT_IN)
def test_what_suppliers_and_customers_are_told_goes_out_without_loss(played: World, kind: ExportKind) -> None:
    """Each value of each row of the table stands in the row that goes out, spelled as people know it."""
    house, table = played.house, KEPT_IN[kind]
    with house.database.reading() as connection:
        called = {
            (of, key): {
                row[0]: row[1] for row in connection.exec_driver_sql(f"SELECT {key}, {name} FROM {of}")
            }
            for of, key, name in SPELLED.values()
        }
        columns = COLUMNS[table][1]
        kept = connection.exec_driver_sql(f"SELECT {', '.join(columns)} FROM {table} ORDER BY seq").all()
    listed = [[_plain(cell) for cell in row.values()] for row in rows(house, kind, "linh")]
    if kind != "audit_answers":  # those of an audit that is not reviewed yet are each person's own
        assert len(listed) == len(kept) - (1 if kind == "touches" else 0)
    assert listed
    for row in kept:
        said = dict(zip(columns, row, strict=True))
        if said.get("undoes") is not None:
            continue  # it is told of the one that it takes back
        wanted = set()
        for name, value in said.items():
            if value is None or value == "" or (table, name) in ((table, "seq"), TAKEN_BACK):
                continue
            of, key, _ = SPELLED.get(name, ("", "", ""))
            wanted.add(_plain(called[of, key].get(value, value) if of else value))
        if kind == "audit_answers" and not any(wanted <= set(cells) for cells in listed):
            assert said["person"] != house.id("linh")
            continue
        assert any(wanted <= set(cells) for cells in listed), (said, wanted)


def _plain(value: object) -> str:
    """Spell a value as both sides have it; over which event something was signed is told to some only."""
    if isinstance(value, datetime):
        return str(int((value - datetime(1970, 1, 1, tzinfo=UTC)) / timedelta(microseconds=1)))
    text = str(value)
    if text[:1] != "{":
        return text
    said = {name: part for name, part in json.loads(text).items() if name != "over"}
    return json.dumps(said, sort_keys=True)


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Give a workspace in which everything has happened; nobody changes it."""
    database = laid(tmp_path_factory.mktemp("played"))
    world = World(House.ready(database, HandClock()))
    yield world
    database.dispose()


def test_no_list_tells_what_a_first_check_found_that_waits_for_its_second(house: House) -> None:
    batch = house.batch()
    house.check("linh", batch, {3: "CRK"})
    plain = ("catalogue", "procedures", "rounds")
    for who in ("som", None):
        for kind in EXPORT_KINDS:
            told = [row for row in rows(house, kind, who) if row.get("type") not in OF_PLANS]
            assert kind in plain or "CRK" not in str(told), kind


def test_answers_of_an_audit_go_out_once_it_is_reviewed_and_before_to_oneself_alone(house: House) -> None:
    audits, linh, som = house.use.audits, house.sittings["linh"], house.sittings["som"]
    safe = Question("A1", (LocalText("en", "Safe?"),), critical=True)
    audits.save_template(linh, "GEN", AuditTemplate(safe.text, (Section("A", safe.text, (safe,)),)))
    audits.approve_template(house.hands["som"], "GEN")
    audit = audits.open(linh, "S1", "GEN").audit
    audits.answer(linh, audit, [Answer("A1", "no", note="no guard")])
    audits.sign(house.hands["linh"], audit)
    assert [r["value"] for r in rows(house, "audit_answers", "linh")] == ["no"]
    assert rows(house, "audit_answers", "som") == rows(house, "audit_answers") == []
    audits.answer(som, audit, [Answer("A1", "yes")])
    assert [r["value"] for r in rows(house, "audit_answers", "som")] == ["yes"]
    audits.review(house.hands["som"], audit)
    assert [(r["place"], r["value"]) for r in rows(house, "audit_answers")] == [
        ("first", "no"),
        ("second", "yes"),
    ]
    _, reviewed = rows(house, "audit_steps")
    assert json.loads(str(reviewed["said"]))["over"] and reviewed["event"]


def test_no_number_of_an_event_counts_what_a_first_check_saved(house: House) -> None:
    house.record("linh", house.start("linh", house.batch()))
    later = house.use.save_supplier(house.sittings["som"], SupplierSaved("", "S2", "Works"))
    house.use.merge_suppliers(house.hands["linh"], house.hands["som"], "S2", "S1", "one firm")
    house.use.set_supplier_status(house.hands["linh"], None, later.supplier, "blocked", "cracks")
    for kind in ("supplier_merges", "supplier_statuses"):
        (own,), (hidden,) = (rows(house, kind, who) for who in ("linh", "som"))
        assert own["event"] and hidden == {**own, "event": None}
