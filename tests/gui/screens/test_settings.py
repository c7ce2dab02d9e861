# SPDX-License-Identifier: Apache-2.0
"""Settings of the station are kept at once; what the shop prints is signed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from qcdesk.config import Settings
from qcdesk.gui.screens.settings.presenter import SettingsPresenter
from tests.gui.screens.conftest import EN, Desk, Remembers

SHOP = {
    "name": "Đông Á",
    "address": "1 Lê Lợi",
    "logo": "",
    "paper": "Letter",
    "third": "yes",
    "footer": "MST 0301",
    "accent": "#7A1F5C",
}


def test_wish_is_kept_at_once_and_an_unchanged_one_is_not(desk: Desk) -> None:
    view, kept = Remembers(), list[Settings]()
    now = Settings("s")
    page = SettingsPresenter(
        view,
        desk.house.use,
        desk.tasks,
        EN,
        desk.problems(view),
        desk.notices.append,
        desk.ask_secret,
        lambda: now,
        kept.append,
    )
    page.open()
    page.wish("theme", "dark")
    page.wish("text_percent", "100")
    page.wish("idle_minutes", "5")
    assert kept == [replace(now, theme="dark"), replace(now, idle_minutes=5)]


def test_schedule_of_the_backup_is_kept_with_a_whole_path(desk: Desk, tmp_path: Path) -> None:
    view, kept = Remembers(), list[Settings]()
    now = Settings("s")
    page = SettingsPresenter(
        view,
        desk.house.use,
        desk.tasks,
        EN,
        desk.problems(view),
        desk.notices.append,
        desk.ask_secret,
        lambda: now,
        kept.append,
    )
    page.open()
    assert view.last("show_station")["backup_folder"] == ""
    page.wish("backup_folder", str(tmp_path))
    page.wish("backup_folder", "~/copies")
    page.wish("backup_hour", "6")
    page.wish("backup_keep", "30")
    page.wish("backup_folder", "")
    assert kept == [
        replace(now, backup_folder=str(tmp_path)),
        replace(now, backup_folder=str(Path.home() / "copies")),
        replace(now, backup_hour=6),
        replace(now, backup_keep=30),
    ]


def test_shop_is_changed_under_a_signature(desk: Desk) -> None:
    view = Remembers()
    page = SettingsPresenter(
        view,
        desk.house.use,
        desk.tasks,
        EN,
        desk.problems(view),
        desk.notices.append,
        desk.ask_secret,
        lambda: Settings("s"),
        lambda _: None,
    )
    page.save({**SHOP, "name": ""})
    assert [problem.field for problem in view.problems] == ["name"]
    assert not desk.asked
    page.save(SHOP)
    assert len(desk.asked) == 1
    shop = desk.house.use.read.shop()
    assert (shop.name, shop.paper, shop.third_person_releases) == ("Đông Á", "Letter", True)
    page.save({**SHOP, "third": ""})  # that nobody else need release any more takes two
    assert len(desk.asked) == 2
    assert not desk.house.use.read.shop().third_person_releases
