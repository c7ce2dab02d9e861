# SPDX-License-Identifier: Apache-2.0
"""Recalls come in by the maps for them, and what is said of the worst firms is what a count of the file alone says."""

from __future__ import annotations

import json
import random
from collections import Counter
from pathlib import Path

from qcdesk.exchange.importing import TableImport
from qcdesk.services.scorecards import scorecard
from qcdesk.store.readers import SqlReaders
from qcdesk.store.readers.masters import supplier
from qcdesk.store.verification import verify
from tests.workspace import standing

FIRMS = tuple(
    f"{name} Foods {form}" for name in ("Aster", "Briar", "Cedar", "Dune") for form in ("Inc", "LLC", "Co")
)
REASONS = ("Undeclared milk", "Lack of sterility", "Glass may be in it. " + "It was told late. " * 20)
CLASSES = {"Class I": "critical", "Class II": "major", "Class III": "minor"}
LOTS = ("Lots: 0418A Exp. 04/19; 0708C", "All lots", "Lot # B1001")


def invented(folder: Path, records: int = 60) -> Path:
    """Write records shaped like openFDA's answers; the firms differ in how many they have."""
    dice = random.Random(5)
    rows: list[dict[str, object]] = [
        {
            "status": "Ongoing", "openfda": {}, "recall_number": f"F-{number:04}-2022",
            "recalling_firm": FIRMS[min(dice.randrange(len(FIRMS)), dice.randrange(len(FIRMS)))],
            "address_1": "1 Mill Rd", "address_2": "N/A", "city": "Salem", "state": "OR", "postal_code": "97301",
            "country": "United States", "product_type": dice.choice(("Food", "Drugs")),
            "classification": dice.choice(tuple(CLASSES)), "reason_for_recall": dice.choice(REASONS),
            "report_date": f"2022{dice.randrange(1, 13):02}15", "code_info": LOTS[number % 3],
            "product_quantity": "38 bottles", "product_description": "Invented drink, 2 fl. oz.",
        }
        for number in range(records)
    ]  # fmt: skip
    file = folder / "recalls.json"
    file.write_text(json.dumps(rows), "utf-8")
    return file


def test_the_worst_firms_have_what_the_file_alone_says_of_them(tmp_path: Path) -> None:
    file = invented(tmp_path)
    house = standing(tmp_path / "workspace")
    bring = TableImport(house.use.begin, house.use.ids, house.use.clock)
    hand = house.sittings["linh"].hand
    for kind in ("suppliers", "products", "catalogue"):
        assert bring(hand, kind, str(file), mapping=f"fda-recalls-{kind}").errors == ()
    came = bring(hand, "defects", str(file), mapping="fda-recalls-defects")
    assert (came.created, came.unchanged) == (60, 0)
    assert [(n.problem, n.column, n.facts["n"]) for n in came.notes[:-1]] == [("no_lots", "code_info", 20)]
    again = bring(hand, "defects", str(file), mapping="fda-recalls-defects")
    assert (again.created, again.unchanged, again.errors) == (0, 60, ())

    alone: dict[str, Counter[tuple[str, str]]] = {}
    for row in json.loads(file.read_text("utf-8")):
        said = CLASSES[row["classification"]], row["report_date"][4:6]
        alone.setdefault(row["recalling_firm"], Counter())[said] += 1
    worst = sorted(alone, key=lambda firm: (-alone[firm].total(), firm))[:10]
    assert len(worst) == 10

    with house.use.look() as uow:
        ids = {row.name: row.supplier for row in uow.suppliers()}
    readers = SqlReaders(house.database.reading, house.use.look)
    with house.database.reading() as connection:
        for firm in worst:
            rows = connection.exec_driver_sql(
                "SELECT name, month, sum(amount) FROM figure WHERE supplier = ? AND product = '*'"
                " AND name LIKE 'reported.%' GROUP BY name, month",
                (ids[firm],),
            ).all()
            kept = Counter({(name.removeprefix("reported."), month[5:]): n for name, month, n in rows})
            assert kept == alone[firm]
            assert supplier(house.database.reading, ids[firm]).defect_total == alone[firm].total()
            card = scorecard(readers.figures(ids[firm]).rows).of("reported")
            of_all = {month for _, month in alone[firm]}
            assert (card.count, card.of) == (alone[firm].total(), len(of_all))
            bars = {row.name: 0 for row in readers.defect_figures(ids[firm]).rows}
            for row in readers.defect_figures(ids[firm]).rows:
                bars[row.name] += row.amount
            assert sum(bars.values()) == alone[firm].total()
            pairs = {(row.name, row.code) for row in readers.defect_figures(ids[firm]).rows}
            assert sum(one.amount for one in readers.behind(ids[firm], pairs)) == alone[firm].total()
    assert verify(house.database).ok
    house.database.dispose()
