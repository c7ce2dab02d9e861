# SPDX-License-Identifier: Apache-2.0
"""The list of corrective actions: open ones first, closed ones when asked, promises of all of them beside it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from qcdesk.domain.inputs import BadInput
from qcdesk.domain.promises import PromiseTest
from qcdesk.gui.company_passwords import CERTIFICATE
from qcdesk.gui.screens.corrective.presenter import ActionPresenter, ActionsPresenter
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


def test_a_paper_is_signed_with_the_password_that_was_asked_for_and_not_written_with_a_wrong_one(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house, view, paper = desk.house, Remembers(), tmp_path / "CA-1.pdf"
    company, given = type(house.use.company), list[str | None]()

    def look(_self: object, password: str | None = None) -> None:
        if password != "right":
            raise BadInput("company_password", facts={"file": "company.p12"})

    def leaving(_self: object, pdf: bytes, password: str | None = None) -> bytes:
        given.append(password)
        return pdf

    monkeypatch.setattr(company, "asks", lambda _: True)
    monkeypatch.setattr(company, "look", look)
    monkeypatch.setattr(company, "leaving", leaving)
    action = house.use.open_action(
        house.sittings["linh"], NewAction(house.supplier.supplier, "Dents", ("DEN",))
    ).action
    page = ActionPresenter(
        view,
        house.use,
        desk.tasks,
        EN,
        desk.problems(view),
        desk.who,
        desk.ask,
        desk.notices.append,
        Remembers(),
    )
    page.open(action)
    desk.answers = {CERTIFICATE: "wrong"}
    with pytest.raises(BadInput, match="company_password"):  # the sheet shows it
        page.print_to(str(paper))
    assert not paper.exists() and not given
    desk.answers = {CERTIFICATE: "right"}
    page.print_to(str(paper))
    assert paper.exists() and given == ["right"]
    assert [one.code for one in desk.asked[-1].questions] == [CERTIFICATE] and not desk.asked[-1].secret
