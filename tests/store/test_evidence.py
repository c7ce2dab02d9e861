# SPDX-License-Identifier: Apache-2.0
"""A paper's evidence holds for a batch in whatever state, on both engines, and brings nothing of another party."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa
from reportlab.pdfgen.canvas import Canvas

from qcdesk.checker import papers, sealing
from qcdesk.domain.events import InstrumentSaved
from qcdesk.services.ports import PaperFacts, PaperKind
from qcdesk.services.record_entries import Entries, NewReading
from qcdesk.store.evidence import sealed_paper
from qcdesk.store.unit_of_work import SqlUnitOfWork
from tests.store.scenes import World
from tests.workspace import STATION, Bench, CountedIds

BATCHES = (
    "SELECT b.id, b.number, b.state, b.held, b.quantity, r.no FROM batch b JOIN round r ON r.id = b.round"
    " ORDER BY b.number"
)


def a_print() -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    canvas.drawString(72, 700, "goods")
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def sealed(connection: sa.Connection, row: sa.RowMapping, station: Bench) -> bytes | None:
    vault = str(connection.exec_driver_sql("SELECT vault FROM workspace").scalar_one())
    state = "quarantined" if row["held"] else str(row["state"])
    facts = PaperFacts("inspection", row["id"], row["number"], row["no"], state, row["quantity"], 1)
    return sealed_paper(connection, a_print(), facts, station.hand(vault))


def test_the_evidence_of_every_batch_that_everybody_may_see_holds(world: World) -> None:
    station = Bench(world.house.clock)
    states, others = set[str](), 0
    with world.house.database.reading() as connection:
        rows = connection.exec_driver_sql(BATCHES).mappings().all()
        for row in rows:
            content = sealed(connection, row, station)
            if content is None:
                assert row["state"] not in papers.SEEN_BY_ALL
                continue
            if row["state"] == "registered":  # its round was undone, and no report of it is printed
                continue
            assert papers.check(content).findings == (), row["number"]
            states.add(row["state"])
            found = sealing.unsealed(content)
            assert found is not None
            for one in json.loads(found.evidence)["lines"]:
                said = json.loads(one["body"])
                kind, batch = said["type"], said["body"].get("batch")
                assert not kind.startswith(("supplier.", "complaint.", "touch.", "action.", "promise.")), kind
                others += batch not in (None, row["id"])
    assert states >= {
        "accepted",
        "rejected",
        "disagreed",
        "released",
        "released_under_concession",
        "withdrawn",
    }
    assert others < len(rows)  # of the few that were split from another, what both went through


def test_a_gauge_that_had_another_number_before_and_is_good_for_longer_now_holds_on_paper(
    world: World,
) -> None:
    house = world.house
    linh, som, save = house.sittings["linh"], house.hands["som"], house.use.save_instrument
    gauge = save(linh, InstrumentSaved("", "C-88", "caliper", date(2027, 1, 1)))
    number = house.batch()
    for login, change in (
        ("linh", {"number": "C-89"}),
        ("som", {"calibrated_until": date(2027, 6, 1)}),
        ("", {"blocked": True}),
    ):
        gauge = save(linh, replace(gauge, **change), other=None if "blocked" in change else som)
        if not login:
            continue
        started = house.start(login, number)
        house.record(login, started)
        units = range(1, len(started.opened.sample) + 1)
        readings = tuple(NewReading(unit, "DIA", "12.04", "C-89", reason="by gauge") for unit in units)
        house.use.record(house.sittings[login], Entries(started.check, readings=readings))
        house.sign(login, started)
    station = Bench(house.clock)
    with house.database.reading() as connection:
        [row] = (one for one in connection.exec_driver_sql(BATCHES).mappings() if one["number"] == number)
        content = sealed(connection, row, station)
    assert content is not None and row["state"] == "accepted"
    assert papers.check(content).findings == ()


def test_a_batch_whose_check_runs_is_not_sealed(world: World) -> None:
    station = Bench(world.house.clock)
    with world.house.database.reading() as connection:
        rows = connection.exec_driver_sql(BATCHES).mappings().all()
        running = [row for row in rows if row["state"] in ("first_check", "awaiting_second", "second_check")]
        assert running and all(sealed(connection, row, station) is None for row in running)


@pytest.mark.parametrize("document", ["nonconformity", "corrective", "audit"])
def test_the_evidence_of_every_other_record_holds(world: World, document: PaperKind) -> None:
    station, held = Bench(world.house.clock), 0
    found = others(world, document)
    with world.house.database.reading() as connection:
        vault = str(connection.exec_driver_sql("SELECT vault FROM workspace").scalar_one())
        for subject, number, state in found:
            facts = PaperFacts(document, subject, number, 0, state, 0, 1)
            content = sealed_paper(connection, a_print(), facts, station.hand(vault))
            if content is not None:
                assert papers.check(content).findings == (), number
                held += 1
    assert held >= (len(found) if document != "nonconformity" else 1)


def others(world: World, document: PaperKind) -> list[tuple[str, str, str]]:
    """Return id, number and state of every record of a kind that a paper can be of."""
    house = world.house
    with SqlUnitOfWork(house.database, house.clock, CountedIds("look"), STATION, write=False) as uow:
        if document == "corrective":
            return [
                (one.id, one.name, "closed" if one.state == "closed" else "open") for one in uow.actions()
            ]
        if document == "nonconformity":
            ones = [uow.nonconformity(number) for number in range(1, uow.last_nonconformity() + 1)]
            return [(str(n.number), f"NC-{n.number}", "open" if n.closed is None else "closed") for n in ones]
        audits = [uow.audit(f"A-{no}") for no in range(1, world.scalar("SELECT count(*) FROM audit") + 1)]
        closed = [audit for audit in audits if audit.state == "closed"]
        with house.database.reading() as connection:
            said = connection.exec_driver_sql("SELECT body FROM event").scalars().all()
        bodies = [json.loads(bytes(one))["body"] for one in said if b'"type":"audit.closed"' in bytes(one)]
        results = {body["audit"]: body["result"] for body in bodies}
        return [(audit.id, audit.name, results[audit.id]) for audit in closed]


def test_lines_that_came_after_a_paper_was_filled_in_are_not_sealed(world: World) -> None:
    station = Bench(world.house.clock)
    with world.house.database.reading() as connection:
        vault = str(connection.exec_driver_sql("SELECT vault FROM workspace").scalar_one())
        opened = connection.exec_driver_sql("SELECT id, number FROM corrective_action WHERE number = 1").one()
        seq = connection.exec_driver_sql(
            "SELECT min(seq) FROM line WHERE type = 'action.opened'"
        ).scalar_one()
        facts = PaperFacts("corrective", opened[0], "CA-1", 0, "open", 0, 1, seq=seq)
        content = sealed_paper(connection, a_print(), facts, station.hand(vault))
    assert content is not None
    answer = papers.check(content)
    assert answer.findings == () and answer.said["seq"] == seq
