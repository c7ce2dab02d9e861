# SPDX-License-Identifier: Apache-2.0
"""The log on screen: told in words, narrowed by batch, person and day, and within what the reader may see."""

from __future__ import annotations

from datetime import timedelta

from qcdesk.gui.screens.log import presenter as module
from qcdesk.gui.screens.log.model import LogRow
from qcdesk.gui.screens.log.presenter import LogPresenter
from tests.gui.screens.conftest import EN, Desk, Remembers
from tests.workspace import Bench, secret, use_of


def shown(desk: Desk, view: Remembers) -> LogPresenter:
    return LogPresenter(view, desk.house.use, desk.tasks, EN, desk.problems(view), desk.who)


def rows_of(view: Remembers) -> list[LogRow]:
    rows, _ = view.last("show_rows")
    return list(rows)


def test_log_is_told_newest_first_with_names_and_numbers(desk: Desk) -> None:
    number = desk.house.released()
    view = Remembers()
    shown(desk, view).open()
    rows = rows_of(view)
    assert [row.at for row in rows] == sorted((row.at for row in rows), reverse=True)
    assert {row.number for row in rows if row.batch} == {number}
    both = "Nguyễn Thị Linh and สมชาย ศรีสุข"  # who signed as two, such as the opening of the workspace
    assert {row.who for row in rows} == {"Nguyễn Thị Linh", "สมชาย ศรีสุข", both}
    assert not [row.what for row in rows if "." in row.what and " " not in row.what]  # no code of an event


def test_log_is_narrowed_by_batch_person_and_day(desk: Desk) -> None:
    desk.house.batch("A-1")
    desk.house.batch("A-2", by="som")
    view = Remembers()
    page = shown(desk, view)
    page.open("A-1")
    assert {row.number for row in rows_of(view)} == {"A-1"}
    today = desk.house.use.clock.today()
    page.narrow("", desk.house.id("som"), today, today)
    assert {row.who for row in rows_of(view)} == {"สมชาย ศรีสุข"}
    page.narrow("", "", today + timedelta(days=1), None)
    assert rows_of(view) == []


def test_unknown_batch_is_told_and_nothing_is_shown(desk: Desk) -> None:
    view = Remembers()
    shown(desk, view).open("no such batch")
    assert view.problems[-1].kind == "input"
    assert "show_rows" not in view.told


def test_older_lines_come_as_one_scrolls(desk: Desk) -> None:
    desk.house.released()
    view = Remembers()
    page = shown(desk, view)
    whole = desk.house.use.read.audit(desk.house.id("linh"))
    before, module.PAGE = module.PAGE, 10
    try:
        page.open()
        while view.told.get("add_rows", [None])[-1] is None or view.last("add_rows")[1]["more"]:
            page.more()
    finally:
        module.PAGE = before
    told = [row.no for row in rows_of(view)] + [row.no for rows, _ in view.told["add_rows"] for row in rows]
    assert told == [str(row.seq) for row in whole[::-1]]


def test_first_entries_are_not_shown_to_whoever_may_be_second(desk: Desk) -> None:
    batch = desk.house.batch()
    desk.house.check("som", batch, {1: "CRK"})
    view = Remembers()
    shown(desk, view).open()
    assert not [row for row in rows_of(view) if "entr" in row.what or "Crack" in row.what]


def test_workstation_is_called_by_its_name_or_by_words_never_by_its_id(desk: Desk) -> None:
    house, view = desk.house, Remembers()
    nameless = Bench(house.clock, "7f3c9d02a4b841e6")
    nameless.name = ""
    there = use_of(house.database, house.clock, salt="there", workstation=nameless, read=house.use.read)
    there.close_sitting(there.open_sitting(there.open_hand("som", secret("som"))))
    shown(desk, view).open()
    assert {row.station for row in rows_of(view)} == {"bench 1 by the window", "another workstation"}

    def stations() -> set[str]:
        page = LogPresenter(view, there, desk.tasks, EN, desk.problems(view), desk.who)
        page.open()
        return {row.station for row in rows_of(view)}

    assert stations() == {"bench 1 by the window", "this workstation"}
    nameless.name = "Packing"  # given in the settings since
    assert stations() == {"bench 1 by the window", "Packing"}
