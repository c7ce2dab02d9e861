# SPDX-License-Identifier: Apache-2.0
"""A paper's evidence holds for a batch in whatever state, on both engines, and brings nothing of another party."""

from __future__ import annotations

import io
import json

import sqlalchemy as sa
from reportlab.pdfgen.canvas import Canvas

from qcdesk.checker import papers, sealing
from qcdesk.services.ports import PaperFacts
from qcdesk.store.evidence import sealed_paper
from tests.store.scenes import World
from tests.workspace import Bench

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


def test_a_batch_whose_check_runs_is_not_sealed(world: World) -> None:
    station = Bench(world.house.clock)
    with world.house.database.reading() as connection:
        rows = connection.exec_driver_sql(BATCHES).mappings().all()
        running = [row for row in rows if row["state"] in ("first_check", "awaiting_second", "second_check")]
        assert running and all(sealed(connection, row, station) is None for row in running)
