# SPDX-License-Identifier: Apache-2.0
"""The list of corrective actions: open ones first, closed ones when asked, promises of all of them beside it."""

from __future__ import annotations

from datetime import timedelta

from qcdesk.domain.promises import PromiseTest
from qcdesk.gui.screens.corrective.presenter import ActionsPresenter
from qcdesk.services.corrective_actions import NewAction
from tests.gui.screens.conftest import EN, Desk, Remembers


def test_closed_actions_are_shown_when_asked_and_found_by_their_code(desk: Desk) -> None:
    house, view, opened = desk.house, Remembers(), list[str]()
    use, linh = house.use, house.sittings["linh"]
    for title, code in (("Cracks", "CRK"), ("Dents", "DEN")):
        use.open_action(linh, NewAction(house.supplier.supplier, title, (code,)))
    due = use.clock.today() + timedelta(days=3)
    use.make_promise(linh, "CA-1", "The next one is good", due, PromiseTest("accepted"))
    house.batch("LOT-1")
    for who in ("linh", "som"):
        house.check(who, "LOT-1")
    use.close_action(house.hands["linh"], "CA-1", "it was")
    page = ActionsPresenter(
        view, use, desk.tasks, EN, desk.problems(view), desk.who, desk.ask, desk.notices.append, opened.append
    )
    page.open()
    rows, how = view.last("show_rows")
    assert ([row.action.name for row in rows], how) == (["CA-2"], {"searching": False, "closed": False})
    assert [row.promise.words for row in view.last("show_promises")] == ["The next one is good"]
    page.other_ones()
    page.search("crk")
    rows, how = view.last("show_rows")
    assert ([row.action.name for row in rows], how) == (["CA-1"], {"searching": True, "closed": True})
    page.choose(rows[0])
    assert opened == [rows[0].action.id]
