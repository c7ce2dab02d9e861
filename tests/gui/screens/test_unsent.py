# SPDX-License-Identifier: Apache-2.0
"""Who leaves while mails have not gone is asked once; staying is what nothing else was chosen for."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from qcdesk.gui.problems import Problems
from qcdesk.gui.screens.unsent.presenter import UnsentPresenter
from qcdesk.gui.screens.unsent.view import UnsentSheet
from qcdesk.services.trouble import Trouble
from tests.gui.screens.conftest import EN, Remembers, tell


class Mails:
    """``names``: the own ones; ``others``: how many more there are."""

    def __init__(self, *names: str, others: int = 0, fails: Exception | None = None) -> None:
        self.own = {name: name for name in names}
        self.others, self.fails = others, fails
        self.folders: list[str] = []

    @property
    def unsent(self) -> tuple[str, ...]:
        return (*self.own, *map(str, range(self.others)))

    @property
    def savable(self) -> bool:
        return bool(self.own)

    def save_all(self, folder: str, saved: Callable[[], None], failed: Callable[[Exception], None]) -> None:
        self.folders.append(folder)
        if self.fails is not None:
            failed(self.fails)
        else:
            self.own = {}
            saved()

    def give_up(self) -> None:
        self.own, self.others = {}, 0


class Page:
    def __init__(self, mails: Mails, folder: str = "/papers") -> None:
        self.view, self.mails = Remembers(), mails
        self.gone: list[str] = []
        self.presenter = UnsentPresenter(self.view, mails, EN, Problems(tell, EN, self.view), lambda: folder)

    def leave(self) -> bool:
        return self.presenter.may_go(lambda: self.gone.append("on"), lambda: self.gone.append("stay"))


def test_nobody_is_asked_where_nothing_waits() -> None:
    page = Page(Mails())
    assert page.leave() and not page.view.told


def test_who_stays_or_chooses_no_folder_leaves_all_as_it_was() -> None:
    page = Page(Mails("a", "b"), folder="")
    assert not page.leave()
    page.presenter.save()
    assert not page.mails.folders and not page.gone
    page.presenter.stay()
    page.presenter.stay()
    assert page.gone == ["stay"] and len(page.mails.own) == 2


def test_what_was_saved_or_given_up_holds_nobody_any_more() -> None:
    for page in (Page(Mails("a")), Page(Mails("a", others=1))):
        page.leave()
        page.presenter.save()
        assert page.mails.folders == ["/papers"]
        if page.mails.unsent:  # those of others are asked about once more, and can only be given up
            assert not page.gone and page.view.last("show_unsent")[3] == {"savable": False}
            page.presenter.give_up()
        assert page.gone == ["on"]


@pytest.mark.logs
def test_what_could_not_be_saved_is_told_and_holds_the_window() -> None:
    page = Page(Mails("a", fails=Trouble("disk_full")))
    page.leave()
    page.presenter.save()
    assert not page.gone and [one.kind for one in page.view.problems] == ["trouble"]
    assert page.view.last("show_working") is False


def test_many_are_named_as_far_as_there_is_room_and_those_of_others_only_counted() -> None:
    page = Page(Mails(*"abcdefgh", others=2))
    page.leave()
    title, _says, lines, _ = page.view.last("show_unsent")
    assert title == "10 mails have not gone yet"
    assert lines == (*"abcdef", "2 more", "2 of people who are not signed in")


def test_escape_and_the_first_key_stay(qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(1280, 720)
    host.show()
    sheet = UnsentSheet(host, EN)
    stayed: list[bool] = []
    sheet.stayed.connect(lambda: stayed.append(True))
    sheet.show_unsent("2 mails have not gone yet", "", ("a", "b"), savable=True)
    sheet.open()
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    QTest.keyClick(host.focusWidget(), Qt.Key.Key_Return)
    assert stayed == [True, True] and sheet.isVisible()
    sheet.show_working(True)
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert len(stayed) == 2
