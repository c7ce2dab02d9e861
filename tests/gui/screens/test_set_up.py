# SPDX-License-Identifier: Apache-2.0
"""The first start: two different people, each with a password of their own, and a code that is shown once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from qcdesk.bootstrap import Workspace
from qcdesk.gui.asking import Once
from qcdesk.gui.printers import PrintJob, new_printer
from qcdesk.gui.problems import Problems
from qcdesk.gui.screens.set_up.presenter import SetUpPresenter
from qcdesk.gui.screens.set_up.view import SetUpView
from qcdesk.gui.tasks import ImmediateTasks
from tests.gui.screens.conftest import EN, Remembers, tell

FIRST, SECOND = "seven green bottles stand", "four blue kettles whistle"
VALUES = {
    "shop": "Cơ khí Sông Hồng",
    "first_name": "Nguyễn Thị Linh",
    "first_login": "linh",
    "second_name": "สมชาย ศรีสุข",
    "second_login": "som",
}
SECRETS = {
    "first_secret": FIRST,
    "first_again": FIRST,
    "second_secret": SECOND,
    "second_again": SECOND,
    **dict.fromkeys(("first_pin", "first_pin_again", "second_pin", "second_pin_again"), ""),
}
PINS = {
    "first_pin": "306291",
    "first_pin_again": "306291",
    "second_pin": "741058",
    "second_pin_again": "741058",
}


def presenter(
    workspace: Workspace, view: Remembers, opened: list[bool], shown: list[Once] | None = None
) -> SetUpPresenter:
    def show_once(once: Once, go_on: Callable[[], None] = lambda: None) -> None:
        assert shown is not None
        shown.append(once)
        go_on()

    return SetUpPresenter(
        view,
        workspace.use,
        ImmediateTasks(),
        Problems(tell, EN, view),
        EN,
        show_once,
        lambda: opened.append(True),
    )


def test_two_open_the_shop_and_get_the_code_once(workspace: Workspace) -> None:
    view, opened = Remembers(), list[bool]()
    page = presenter(workspace, view, opened)
    page.begin(VALUES, SECRETS)
    assert len(view.told["show_code"]) == 1
    ((code, site, _),) = view.told["show_code"]
    assert not any(str(code) in repr(value) for value in vars(page).values())
    assert site == workspace.use.keeping.fingerprint()
    assert workspace.use.open_hand("linh", FIRST).person != workspace.use.open_hand("som", SECOND).person
    page.put_away()
    assert opened == [True]


def test_both_get_their_badges_after_the_code_one_after_the_other(workspace: Workspace) -> None:
    view, opened, shown = Remembers(), list[bool](), list[Once]()
    page = presenter(workspace, view, opened, shown)
    page.begin(VALUES, SECRETS | PINS)
    assert view.last("show_code") and not shown and not opened
    page.put_away()
    assert [once.card.name for once in shown] == [VALUES["first_name"], VALUES["second_name"]]
    assert opened == [True]
    opens = [workspace.use.open_badge(once.card.code, pin).person
             for once, pin in zip(shown, ("306291", "741058"), strict=True)]  # fmt: skip
    people = {row.person.name: row.person.id for row in workspace.use.read.people()}
    assert opens == [people[once.card.name] for once in shown]
    assert not any(once.card.code in repr(value) for value in vars(page).values() for once in shown)


def test_one_may_take_a_badge_and_the_other_not(workspace: Workspace) -> None:
    view, opened, shown = Remembers(), list[bool](), list[Once]()
    page = presenter(workspace, view, opened, shown)
    page.begin(VALUES, SECRETS | {"second_pin": "741058", "second_pin_again": "741058"})
    page.put_away()
    assert [once.card.name for once in shown] == [VALUES["second_name"]] and opened == [True]


@pytest.mark.parametrize(
    ("values", "secrets", "field"),
    [
        ({"shop": ""}, {}, "shop"),
        ({"first_name": ""}, {}, "first_name"),
        ({"second_login": "Som!"}, {}, "second_login"),
        ({"second_login": "linh"}, {}, "second"),
        ({"second_name": "Nguyễn Thị Linh"}, {}, "second_name"),
        ({}, {"first_secret": "short", "first_again": "short"}, "first_secret"),
        ({}, {"second_secret": "short", "second_again": "short"}, "second_secret"),
        ({}, {"second_again": "something else typed"}, "second_again"),
        ({}, {"second_secret": FIRST, "second_again": FIRST}, "second_secret"),
        ({}, {"first_pin": "306291"}, "first_pin_again"),
        ({}, PINS | {"second_pin": "111111", "second_pin_again": "111111"}, "second_pin"),
        ({}, PINS | {"first_pin": "12345", "first_pin_again": "12345"}, "first_pin"),
        ({}, PINS | {"first_secret": "short", "first_again": "short"}, "first_secret"),
    ],
)
def test_what_is_wrong_is_said_beside_whose_it_is(
    workspace: Workspace, values: dict[str, str], secrets: dict[str, str], field: str
) -> None:
    view = Remembers()
    presenter(workspace, view, []).begin({**VALUES, **values}, {**SECRETS, **secrets})
    assert [problem.field for problem in view.problems] == [field]
    assert "show_code" not in view.told


class Paper(PrintJob):
    """Keeps the page instead of printing it."""

    def __init__(self) -> None:
        super().__init__(QPrinter())
        self.painted: list[QImage] = []

    def paint(self, image: QImage) -> bool:
        self.painted.append(image)
        return True

    def end(self) -> bool:
        return True


def test_code_and_passwords_are_forgotten_by_the_page(qtbot: QtBot) -> None:
    paper = Paper()
    view = SetUpView(EN, lambda _parent, _title: paper)
    qtbot.addWidget(view)
    view.secrets["first_secret"].edit.setText(FIRST)
    view.show_code("7KQ4-M2XR", "ABCD-EFGH-JKLM-NPQR")
    assert not any(line.secret() for line in view.secrets.values())
    view.print_button.click()
    assert len(paper.painted) == 1
    with qtbot.waitSignal(view.put_away):
        view.away.click()
    assert not view.code.text()


def test_whole_pages_are_printed(qapp: object) -> None:
    assert new_printer("Recovery code").fullPage()
