# SPDX-License-Identifier: Apache-2.0
"""Everybody reads in the language that they chose, at every window, and the wall is in that of the station."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qcdesk import config
from qcdesk.gui.app import Program
from qcdesk.gui.screens.settings.view import SettingsView
from qcdesk.i18n import LANGUAGES, Catalogue, load
from tests.journeys.conftest import opened
from tests.journeys.driving import Hands
from tests.workspace import HandClock, House

WORDS = {code: load(code, config.resource("translations")) for code in LANGUAGES}


@pytest.fixture
def kept() -> list[config.Settings]:
    return []


@pytest.fixture
def hands(
    house: House, look: None, kept: list[config.Settings], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Hands]:
    """The window of a station that offers every language; two people, of whom nobody has chosen."""
    monkeypatch.setattr("qcdesk.gui.wiring.available", lambda _folder: LANGUAGES)
    program = Program(
        house.use,
        config.Settings("station", language="en", theme="light"),
        Catalogue(),
        keep_settings=kept.append,
        load_words=lambda code: WORDS[code or "en"],
    )
    program.running.window.resize(1280, 800)
    program.begin()
    hands = Hands(program, house)
    yield hands
    hands.close()


def language(hands: Hands) -> str:
    return hands.program.running.words.language


def test_language_chosen_on_the_wall_is_that_of_who_signs_in_and_of_nobody_else(
    hands: Hands, house: House, kept: list[config.Settings]
) -> None:
    hands.until(lambda: hands.here == "sign_in", "the wall")
    hands.press("Tiếng Việt")
    hands.until(lambda: language(hands) == "vi", "the wall in Vietnamese")
    hands.see(WORDS["vi"].say("Who is working here?"))
    assert not kept
    hands.sign_in("linh")
    hands.until(lambda: hands.here == "board", "the board")
    assert house.use.read.reading_language(house.id("linh")) == "vi" and not kept
    hands.switch("som")
    assert language(hands) == "en"
    hands.switch("linh")
    hands.until(lambda: language(hands) == "vi", "her own language")
    hands.until(lambda: hands.here == "board", "the board")
    hands.program.running.lock()
    hands.until(lambda: language(hands) == "en", "the language of the station")
    hands.see("Who is working here?")


def test_language_chosen_at_one_workstation_is_spoken_at_every_other(hands: Hands, house: House) -> None:
    hands.sign_in("linh")
    hands.program.running.speak("th")
    hands.until(lambda: language(hands) == "th", "Thai")
    hands.program.running.lock()
    hands.until(lambda: hands.here == "sign_in", "the wall")
    other = Program(
        house.use,
        config.Settings("another", language="en", theme="light"),
        Catalogue(),
        keep_settings=lambda _: None,
        load_words=lambda code: WORDS[code or "en"],
    )
    other.begin()
    there = Hands(other, house)
    there.sign_in("linh")
    there.until(lambda: language(there) == "th" and there.here == "board", "the board in Thai")
    there.close()


def test_own_language_is_changed_in_the_settings_at_once_and_one_stays_there(
    hands: Hands, house: House, kept: list[config.Settings]
) -> None:
    hands.sign_in("som")
    hands.program.running.open("settings")
    hands.settle()
    view = hands.all(SettingsView)[0]
    view.own_language.set_value("th")
    view.own_language.changed.emit()
    hands.until(lambda: language(hands) == "th" and hands.here == "settings", "the settings in Thai")
    hands.settle()
    shown = hands.all(SettingsView)[0]
    assert (shown.own_language.value(), shown.language.value()) == ("th", "en")
    assert house.use.read.reading_language(house.id("som")) == "th" and not kept
    shown.language.set_value("vi")  # the station's own changes nothing for who chose another one
    shown.language.changed.emit()
    hands.until(lambda: hands.program.running.settings.language == "vi", "the station in Vietnamese")
    hands.settle()
    assert language(hands) == "th"
    hands.program.running.lock()
    hands.until(lambda: language(hands) == "vi", "the wall in Vietnamese")


def test_language_that_is_offered_no_more_gives_way_to_the_stations(
    hands: Hands, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    hands.sign_in("linh")
    hands.program.running.speak("vi")
    hands.until(lambda: language(hands) == "vi", "Vietnamese")
    monkeypatch.setattr("qcdesk.gui.wiring.available", lambda _folder: ("en",))
    hands.program.running.lock()
    hands.until(lambda: language(hands) == "en", "the wall")
    hands.sign_in("linh")
    assert language(hands) == "en"


def test_language_chosen_at_the_first_start_is_that_of_the_station(
    tmp_path: Path, look: None, kept: list[config.Settings]
) -> None:
    with opened(tmp_path / "empty", HandClock()) as (database, use):
        program = Program(
            use,
            config.Settings("station", language="en", theme="light"),
            Catalogue(),
            keep_settings=kept.append,
            load_words=lambda code: WORDS[code or "en"],
        )
        program.begin()
        hands = Hands(program, House.on(database, HandClock()))
        hands.until(lambda: hands.here == "set_up", "the first start")
        hands.press("ไทย")
        hands.until(lambda: language(hands) == "th" and hands.here == "set_up", "the first start in Thai")
        hands.see(WORDS["th"].say("Begin, two together"))
        assert kept[-1].language == "th"
        hands.close()
