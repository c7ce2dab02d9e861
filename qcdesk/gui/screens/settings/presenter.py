# SPDX-License-Identifier: Apache-2.0
"""What this station prefers is kept at once; how the shop calls itself is signed by an administrator."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

from qcdesk.config import Settings
from qcdesk.domain.events import ShopChanged
from qcdesk.domain.names import clean_name
from qcdesk.gui.asking import AskSecret
from qcdesk.gui.picked_files import kept_picture
from qcdesk.gui.problems import Problem, Problems
from qcdesk.gui.records import Notice, Values
from qcdesk.gui.tasks import Tasks
from qcdesk.i18n import Catalogue
from qcdesk.services.ports import Hand
from qcdesk.services.use_cases import UseCases

NUMBERS = ("text_percent", "idle_minutes", "backup_hour", "backup_keep")


class SettingsView(Protocol):
    """The page."""

    def show_station(self, values: Mapping[str, str]) -> None: ...
    def show_shop(self, values: Mapping[str, str]) -> None: ...
    def show_logo(self, content: bytes) -> None: ...
    def show_working(self, working: bool) -> None: ...
    def show_problem(self, problem: Problem) -> None: ...


class SettingsPresenter:
    """See the module."""

    def __init__(
        self,
        view: SettingsView,
        use: UseCases,
        tasks: Tasks,
        words: Catalogue,
        problems: Problems,
        notice: Notice,
        ask_secret: AskSecret,
        settings: Callable[[], Settings],
        change_settings: Callable[[Settings], None],
        own_language: Callable[[], str] = lambda: "",
    ) -> None:
        self._view = view
        self._use = use
        self._over: int | None = None
        self._tasks = tasks
        self._words = words
        self._problems = problems
        self._notice = notice
        self._ask_secret = ask_secret
        self._settings = settings
        self._change = change_settings
        self._own_language = own_language

    def open(self) -> None:
        """Show both."""
        self._show_station()
        self.reload_shop()

    def _show_station(self) -> None:
        now = self._settings()
        self._view.show_station(
            {
                "language": now.language,
                "own_language": self._own_language(),
                "theme": now.theme,
                "mode": now.mode,
                "text_percent": str(now.text_percent),
                "idle_minutes": str(now.idle_minutes),
                "station_name": now.station_name,
                "backup_folder": now.backup_folder,
                "backup_hour": str(now.backup_hour),
                "backup_keep": str(now.backup_keep),
            }
        )

    def wish(self, field: str, value: str) -> None:
        """Keep one wish of this station and show it at once."""
        now = self._settings()
        if field == "backup_folder" and value:
            value = str(Path(value).expanduser().absolute())
        wanted: dict[str, Any] = {field: int(value) if field in NUMBERS else value}
        if getattr(now, field) != wanted[field]:
            self._change(replace(now, **wanted))

    def reload_shop(self) -> None:
        """Show the shop as it is kept."""
        self._tasks.run(self._use.read.shop, self._show_shop, self._problems.show, latest="shop")

    def _show_shop(self, shop: ShopChanged) -> None:
        self._over = shop.over
        self._view.show_shop(
            {
                "name": shop.name,
                "address": shop.address,
                "logo": shop.logo or "",
                "paper": shop.paper,
                "footer": shop.footer,
                "accent": shop.accent,
                "third": "yes" if shop.third_person_releases else "",
            }
        )
        logo = shop.logo
        if logo:
            self._tasks.run(
                lambda: self._use.files.read(logo), self._view.show_logo, self._problems.show, latest="logo"
            )

    def save(self, values: Values) -> None:
        """Check and keep the picture, then have it signed."""

        def prepare() -> tuple[ShopChanged, bool]:
            shop = ShopChanged(
                name=clean_name(values["name"], field="name"),
                address=values["address"],
                logo=kept_picture(self._use.files, values["logo"], logo=True),
                paper="Letter" if values["paper"] == "Letter" else "A4",
                third_person_releases=bool(values["third"]),
                over=self._over,
                footer=values["footer"],
                accent=values["accent"],
            )
            return shop, self._use.read.shop().third_person_releases and not shop.third_person_releases

        self._view.show_working(True)
        self._tasks.run(prepare, lambda found: self._sign(*found), self._problems.show)

    def _sign(self, shop: ShopChanged, two: bool) -> None:
        say = self._words.say
        self._view.show_working(False)

        def act(hands: tuple[Hand, ...]) -> ShopChanged:
            return self._use.change_shop(hands[0], shop, hands[1] if two else None)

        said = say("I change how {shop} calls itself on its reports, and who may release.", shop=shop.name)
        if two:
            said = say(
                "We change how {shop} calls itself; no third person need release any more.", shop=shop.name
            )
        self._ask_secret(said, act, self._saved, other=two, button=say("Sign and save"))

    def _saved(self, shop: ShopChanged) -> None:
        self._notice(self._words.say("{name} is saved.", name=shop.name))
        self._show_shop(shop)
