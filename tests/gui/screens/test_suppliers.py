# SPDX-License-Identifier: Apache-2.0
"""Suppliers: found in any script, their defects lead to the batch, a code is theirs alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest

from qcdesk.domain.events import SupplierPaper
from qcdesk.domain.promises import PromiseTest
from qcdesk.gui.screens.suppliers.presenter import SupplierPresenter, SuppliersPresenter, SupplierWays
from qcdesk.services.corrective_actions import NewAction
from qcdesk.services.nonconformities import NewNonconformity
from qcdesk.services.trouble import Trouble
from tests.gui.screens.conftest import EN, Desk, Remembers

NEW = {
    "code": "S2",
    "name": "东莞市精密塑胶",
    "name_latin": "",
    "country": "CN",
    "address": "",
    "contact": "",
    "note": "",
    "tax_number": "",
    "gln": "",
    "products": "",
}


def one(
    desk: Desk,
    view: Remembers,
    left: list[bool] | None = None,
    opened: list[tuple[str, ...]] | None = None,
) -> SupplierPresenter:
    back = left if left is not None else []
    to = partial(_noted, opened if opened is not None else [])
    return SupplierPresenter(
        view,
        desk.house.use,
        desk.tasks,
        EN,
        desk.problems(view),
        desk.who,
        desk.notices.append,
        desk.ask,
        SupplierWays(
            back=lambda: back.append(True),
            batch=to("batch"),
            action=to("action"),
            defects=to("defects"),
            figure=to("figure"),
            severities=to("severities"),
        ),
    )


def _noted(into: list[tuple[str, ...]], where: str) -> Callable[..., None]:
    return lambda *keys: into.append((where, *keys))


def test_supplier_is_found_by_its_pinyin(desk: Desk) -> None:
    view, opened = Remembers(), list[str]()
    page = one(desk, Remembers())
    page.open()
    page.save(NEW)
    listed = SuppliersPresenter(view, desk.house.use, desk.tasks, desk.problems(view), opened.append)
    listed.open()
    listed.search("dongguan")
    rows, _ = view.last("show_rows")
    assert [row.supplier.code for row in rows] == ["S2"]
    listed.choose(rows[0])
    assert opened == [rows[0].supplier.supplier]


def test_a_supplier_says_how_many_nonconformities_of_its_batches_are_open(desk: Desk) -> None:
    house, use = desk.house, desk.house.use.nonconformities
    view = Remembers()
    page = one(desk, view)
    page.open(house.supplier.supplier)
    assert view.last("show_amiss")[0] == "No nonconformity yet."
    due = house.clock.today() + timedelta(days=9)
    number = house.rejected()
    for _ in range(2):
        use.open(house.sittings["linh"], NewNonconformity(number, 5, "apart", due, what="scratched"))
    use.close(house.hands["som"], 1, "sorted")
    page.reload()
    assert view.last("show_amiss") == ("1 nonconformity of 2 is open.", {"late": False})
    house.clock.forward(days=20)
    page.reload()
    assert view.last("show_amiss") == ("1 nonconformity of 2 is open, 1 overdue.", {"late": True})


def test_defects_lead_to_their_batch_and_are_added_up(desk: Desk) -> None:
    number = desk.house.rejected()
    view = Remembers()
    one(desk, view).open(desk.house.supplier.supplier)
    defects, _, _ = view.last("show_defects")
    assert {row.number for row in defects} == {number}
    assert all(row.batch for row in defects)
    assert [bar.words for bar in view.last("show_totals")] == ["Crack"]


def test_first_check_alone_shows_no_defect(desk: Desk) -> None:
    desk.house.check("linh", desk.house.batch(), {1: "CRK"})
    view = Remembers()
    one(desk, view).open(desk.house.supplier.supplier)
    assert view.last("show_defects")[0] == ()


def test_code_of_another_supplier_is_refused(desk: Desk) -> None:
    view = Remembers()
    page = one(desk, view)
    page.open()
    page.save({**NEW, "code": "S1"})
    assert [problem.kind for problem in view.problems] == ["refusal"]


def test_who_reads_alike_stands_beside_the_name_while_it_is_typed(desk: Desk) -> None:
    view = Remembers()
    page = one(desk, view)
    page.open()
    for typed, offered in (
        ("CƠ KHÍ ĐÔNG Á", True),
        ("Cơ khí Đông Á Co., Ltd", True),
        ("Blue Sky", False),
        ("", False),
    ):
        page.name_typed(typed, "")
        line = view.last("show_alike")
        assert line == ("Reads like S1 Cơ khí Đông Á: is it the same?" if offered else "")
    page.name_typed("Blue Sky", "Cơ khí Đông Á")
    assert view.last("show_alike") != ""
    page.open(desk.house.supplier.supplier)
    page.edit()
    page.name_typed("Cơ khí Đông Á", "")  # itself
    assert view.last("show_alike") == ""


def test_new_supplier_that_is_given_up_leads_back(desk: Desk) -> None:
    left: list[bool] = []
    page = one(desk, Remembers(), left)
    page.open()
    page.leave()
    assert left == [True]
    page.open(desk.house.supplier.supplier)
    page.leave()
    assert left == [True]


def test_another_supplier_that_does_not_read_alike_is_named_by_its_number(desk: Desk) -> None:
    page = one(desk, Remembers())
    page.open()
    page.save(NEW)
    view = Remembers()
    page = one(desk, view)
    page.open(desk.house.supplier.supplier)
    desk.answers = {"number": "S2", "reason": "one firm"}
    page.merge()
    line, held, _ = view.last("show_same")
    assert line.startswith("Cơ khí Đông Á is the same as 东莞市精密塑胶, since") and held == ""
    desk.answers = {"reason": "two firms"}
    page.take_apart()
    assert view.last("show_same")[:2] == ("", "")


@pytest.mark.logs
def test_the_copy_of_a_certificate_is_kept_and_given_out_only_as_it_was_kept(
    desk: Desk, tmp_path: Path
) -> None:
    scan, out = tmp_path / "scan.pdf", tmp_path / "out.pdf"
    scan.write_bytes(b"%PDF-1.7 certificate")
    view = Remembers()
    page = one(desk, view)
    page.open(desk.house.supplier.supplier)
    desk.answers = {"kind": "ISO 9001", "number": "7", "until": "2027-01-01", "file": str(scan)}
    page.add_paper()
    (paper,) = read_papers(desk)
    assert desk.house.use.files.read(paper.sha256 or "") == scan.read_bytes()
    page.copy_paper()
    assert view.last("name_copy") == "ISO 9001-7.pdf"
    page.save_copy(str(out))
    assert out.read_bytes() == scan.read_bytes()
    desk.answers = {"kind": "RoHS", "file": str(tmp_path / "none.pdf")}
    with pytest.raises(Trouble, match="file_unreadable"):
        page.add_paper()
    desk.answers = {"kind": "RoHS", "file": str(scan)}
    page.add_paper()
    desk.answers = {"which": "1"}
    page.copy_paper()
    assert view.last("name_copy") == "RoHS.pdf"
    (kept,) = tmp_path.rglob(paper.sha256 or "")
    kept.write_bytes(b"%PDF-1.7 another one")
    named = len(view.told["name_copy"])
    page.copy_paper()
    assert len(view.told["name_copy"]) == named and len(view.problems) == 1


def read_papers(desk: Desk) -> tuple[SupplierPaper, ...]:
    with desk.house.use.look() as uow:
        return uow.supplier("S1").papers


def test_the_page_says_first_what_needs_somebody_and_leads_behind_each_figure(desk: Desk) -> None:
    house, opened = desk.house, list[tuple[str, ...]]()
    view, linh = Remembers(), house.sittings["linh"]
    page = one(desk, view, opened=opened)
    page.open(house.supplier.supplier)
    assert view.last("show_headline")[:3] == ("Nothing was recorded yet.", "", "")
    assert view.last("show_cards") == [] and view.last("show_lots") is None
    house.use.open_action(linh, NewAction(house.supplier.supplier, "Cracks", ("CRK",)))
    due = house.clock.today() + timedelta(days=9)
    test = PromiseTest("rate", "CRK", percent=Decimal(1), lots=1)
    house.use.make_promise(linh, "CA-1", "No more cracks", due, test)
    number = house.rejected()
    page.reload()
    fact, _, act, how = view.last("show_headline")
    assert fact.startswith(f"Crack came again with {number}: no Housing cover of Cơ khí Đông Á is released")
    assert (act, how) == ("Open CA-1", {"urgent": True, "loud": True, "judged": False})
    _, tight = view.last("show_stops")
    assert (
        tight
        == f"Crack came again with {number}: each new round of Housing cover is tightened until CA-1 is closed."
    )
    rows, ledger, audited, _ = view.last("show_promises")
    assert [row.promise.decision.state for row in rows] == ["broken"]
    assert (ledger, audited) == ("1 promise: 1 broken.", "Never audited.")
    assert "acceptance" in [card.code for card in view.last("show_cards")]
    points = view.last("show_lots").panels[0].points
    assert [flag.words for flag in points.flags] == [("Rejected",)]
    said = [line.what for line in view.last("show_history")]
    assert "CA-1: Broken" in said and f"{number}: 20 pcs came in" in said
    for act_on in (page.open_urgent, lambda: page.open_bar(0), lambda: page.open_lot(0)):
        act_on()
    page.open_figure("promises")
    key = house.supplier.supplier
    with house.use.look() as uow:
        action, batch = uow.action("CA-1").id, uow.batch(number).id
    assert opened == [
        ("action", action),
        ("defects", key, "CRK"),
        ("batch", batch),
        ("figure", key, "promises"),
    ]


def test_a_blocked_supplier_says_so_first(desk: Desk) -> None:
    house, view = desk.house, Remembers()
    house.use.set_supplier_status(house.hands["linh"], None, "S1", "blocked", "the same defect again")
    one(desk, view).open(house.supplier.supplier)
    fact, _, _, how = view.last("show_headline")
    assert fact.startswith("Blocked since") and how == {"urgent": True, "loud": True, "judged": False}
    listed = Remembers()
    SuppliersPresenter(listed, house.use, desk.tasks, desk.problems(listed), lambda _: None).open()
    rows, _ = listed.last("show_rows")
    assert [row.status for row in rows] == ["blocked"]
