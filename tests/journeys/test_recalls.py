# SPDX-License-Identifier: Apache-2.0
"""Recalls come in by the maps for them, and what is said of the worst firms is what a count of the file alone says."""

from __future__ import annotations

import json
import os
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from qcdesk.exchange.importing import TableImport
from qcdesk.services.scorecards import scorecard
from qcdesk.store.readers import SqlReaders
from qcdesk.store.readers.figures import MOST_BEHIND
from qcdesk.store.readers.masters import supplier
from qcdesk.store.verification import verify
from tests.workspace import House, standing

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
    worst_ten_are_true(house, json.loads(file.read_text("utf-8")))
    assert verify(house.database).ok
    house.database.dispose()


@pytest.mark.long
def test_the_worst_firms_of_the_published_files_have_what_the_files_alone_say_of_them(tmp_path: Path) -> None:
    """QCDESK_RECALLS names the folder with openFDA's own answers, drugs and food, each an array in a ``*.json``."""
    records: list[dict[str, str]] = []
    for answer in sorted(Path(os.environ["QCDESK_RECALLS"]).glob("*.json")):
        records += json.loads(answer.read_text("utf-8"))
    file = tmp_path / "recalls.json"
    file.write_text(json.dumps(records), "utf-8")
    house = standing(tmp_path / "workspace")
    bring = TableImport(house.use.begin, house.use.ids, house.use.clock)
    hand = house.sittings["linh"].hand
    kinds = ("suppliers", "products", "catalogue", "defects")
    came = [bring(hand, kind, str(file), mapping=f"fda-recalls-{kind}") for kind in kinds]
    for one in came:
        print(one.read, one.created, one.unchanged, [(n.problem, n.facts.get("n")) for n in one.notes])
        assert one.errors == ()
    assert came[-1].created == len(records)
    worst_ten_are_true(house, records)
    assert verify(house.database).ok
    house.database.dispose()


def worst_ten_are_true(house: House, records: Sequence[Mapping[str, str]]) -> None:
    """Hold what is kept and said of the ten firms with most recalls against a count of the records alone."""
    alone: dict[str, Counter[tuple[str, str]]] = {}
    for row in records:
        month = f"{row['report_date'][:4]}-{row['report_date'][4:6]}"
        alone.setdefault(row["recalling_firm"], Counter())[CLASSES[row["classification"]], month] += 1
    worst = sorted(alone, key=lambda firm: (-alone[firm].total(), firm))[:10]
    assert len(worst) == 10

    sites: dict[str, list[str]] = {}
    with house.use.look() as uow:
        for site in uow.suppliers():
            sites.setdefault(site.name, []).append(site.supplier)
    readers = SqlReaders(house.database.reading, house.use.look)
    with house.database.reading() as connection:
        for firm in worst:
            kept, found, scored, bars = Counter[tuple[str, str]](), 0, 0, 0
            for one in sites[firm]:
                rows = connection.exec_driver_sql(
                    "SELECT name, month, sum(amount) FROM figure WHERE supplier = ? AND product = '*'"
                    " AND name LIKE 'reported.%' GROUP BY name, month",
                    (one,),
                ).all()
                months = {month for _, month, _ in rows}
                kept += Counter({(name.removeprefix("reported."), month): n for name, month, n in rows})
                found += supplier(house.database.reading, one).defect_total
                card = scorecard(readers.figures(one).rows).of("reported")
                scored += card.count
                assert card.of == len(months)
                of_it = readers.defect_figures(one).rows
                bars += sum(row.amount for row in of_it)
                pairs = {(row.name, row.code) for row in of_it}
                listed = sum(each.amount for each in readers.behind(one, pairs))
                assert listed == min(MOST_BEHIND, sum(row.amount for row in of_it)), "the newest of them"
            assert kept == alone[firm]
            assert (found, scored, bars) == (alone[firm].total(),) * 3
