# SPDX-License-Identifier: Apache-2.0
"""Settings and paths: which place wins, and that a station keeps its id whatever happens to the file."""

from __future__ import annotations

import json
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcdesk import config
from qcdesk.config import Settings


def test_resource_is_found_in_the_checkout() -> None:
    assert config.resource("fonts").is_dir()


def test_missing_resource_is_named() -> None:
    with pytest.raises(FileNotFoundError, match=r"icons/none\.svg"):
        config.resource("icons/none.svg")


def test_option_wins_over_variable_for_the_workspace(tmp_path: Path) -> None:
    environ = {"QCDESK_WORKSPACE": str(tmp_path / "b")}
    assert config.workspace_location(str(tmp_path / "a"), environ=environ) == str(tmp_path / "a")
    assert config.workspace_location(None, environ=environ) == str(tmp_path / "b")


def test_variable_wins_over_portable_file(tmp_path: Path) -> None:
    (tmp_path / "portable.ini").touch()
    environ = {"QCDESK_WORKSPACE": "/srv/qc"}
    assert config.workspace_location(environ=environ, program=tmp_path) == str(Path("/srv/qc").absolute())


def test_database_address_is_left_as_it_is() -> None:
    address = "postgresql+psycopg://qc@server/qc"
    assert config.workspace_location(address, environ={}) == address


def test_relative_workspace_becomes_absolute() -> None:
    assert Path(config.workspace_location("here", environ={})).is_absolute()


@pytest.mark.parametrize(
    ("ini", "folder"),
    [
        ("", "qcdesk-data"),
        ("[qcdesk]\nfolder = daten/50%\n", "daten/50%"),
        ("\ufeff[qcdesk]\nfolder=x\n", "x"),
    ],
)
def test_portable_file_keeps_everything_beside_the_program(tmp_path: Path, ini: str, folder: str) -> None:
    (tmp_path / "portable.ini").write_text(ini, encoding="utf-8")
    home = tmp_path.resolve() / folder
    assert config.workspace_location(environ={}, program=tmp_path) == str(home / "workspace")
    assert config.station_folder(environ={}, program=tmp_path) == home / "station"
    assert config.log_folder(environ={}, program=tmp_path) == home / "station" / "logs"


def test_without_anything_the_platform_says_where(tmp_path: Path) -> None:
    assert "qcdesk" in config.workspace_location(environ={}, program=tmp_path)
    assert "qcdesk" in str(config.station_folder(environ={}, program=tmp_path))
    assert "qcdesk" in str(config.log_folder(environ={}, program=tmp_path))


def test_frozen_program_lies_beside_its_executable(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("sys.frozen", True, raising=False)
    monkeypatch.setattr("sys.executable", str(tmp_path / "qcdesk"))
    assert config.program_folder() == tmp_path.resolve()


@pytest.mark.parametrize(
    ("environ", "shown"), [({}, False), ({"DISPLAY": ":0"}, True), ({"DISPLAY": ""}, False)]
)
def test_no_display_is_noticed_before_qt_is(
    monkeypatch: pytest.MonkeyPatch, environ: dict[str, str], shown: bool
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    assert config.has_display(environ=environ) is shown
    monkeypatch.setattr("sys.platform", "win32")
    assert config.has_display(environ=environ)


@pytest.mark.parametrize(("display", "platform"), [("", "offscreen"), (":0", None)])
def test_qt_draws_into_memory_without_a_display(
    monkeypatch: pytest.MonkeyPatch, display: str, platform: str | None
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("DISPLAY", display)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    config.show_offscreen_without_display()
    assert os.environ.get("QT_QPA_PLATFORM") == platform


def test_station_id_is_drawn_once_and_kept(tmp_path: Path) -> None:
    first = config.load_settings(tmp_path)
    assert config.load_settings(tmp_path) == first
    assert config.load_settings(tmp_path / "other").station != first.station


def test_two_first_starts_at_once_agree_on_the_station_id(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: config.load_settings(tmp_path).station, range(16)))
    assert len(set(found)) == 1
    assert [p.name for p in tmp_path.iterdir()] == ["station.json"]


@given(
    theme=st.sampled_from(["system", "light", "dark"]),
    mode=st.sampled_from(["desk", "floor"]),
    text=st.integers(80, 200),
    idle=st.integers(2, 30),
    name=st.text(),
)
def test_what_is_saved_is_loaded(
    tmp_path_factory: pytest.TempPathFactory,
    theme: config.Theme,
    mode: config.Mode,
    text: int,
    idle: int,
    name: str,
) -> None:
    folder = tmp_path_factory.mktemp("settings")
    told = Settings("id", name, "vi", theme, mode, text, idle, "/srv/qc")
    config.save_settings(told, folder)
    assert config.load_settings(folder) == told


@pytest.mark.parametrize(
    "change",
    [{"theme": "pink"}, {"mode": "roof"}, {"text_percent": 79}, {"idle_minutes": 1}, {"idle_minutes": 31}],
)
def test_setting_outside_its_range_is_refused(change: dict[str, Any]) -> None:
    settings = Settings("id")
    with pytest.raises(ValueError, match=next(iter(change))):
        replace(settings, **change)


def test_unknown_or_unfit_values_in_the_file_become_defaults(tmp_path: Path) -> None:
    stored = {
        "station": "id",
        "theme": "pink",
        "idle_minutes": 99,
        "text_percent": True,
        "mode": "floor",
        "new": 1,
    }
    (tmp_path / "station.json").write_text(json.dumps(stored), encoding="utf-8")
    assert config.load_settings(tmp_path) == Settings("id", mode="floor")


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[]", b'{"station": 1}'])
def test_damaged_file_is_put_aside_not_lost(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "station.json").write_bytes(content)
    settings = config.load_settings(tmp_path)
    assert settings.station
    assert (tmp_path / "station.json.damaged").read_bytes() == content
    assert config.load_settings(tmp_path) == settings


def test_kept_chart_limits_are_loaded_again_and_damaged_ones_are_not(tmp_path: Path) -> None:
    told = Settings("id", chart_limits={"w|CP|found||first": [1, 2]})
    config.save_settings(told, tmp_path)
    assert config.load_settings(tmp_path) == told
    for damaged in ({"a": [1]}, {"a": [1, "2"]}, {"a": 3}):
        (tmp_path / "station.json").write_text(json.dumps({"station": "id", "chart_limits": damaged}))
        assert config.load_settings(tmp_path) == Settings("id")


def test_kept_weights_are_loaded_again_and_damaged_ones_are_not(tmp_path: Path) -> None:
    told = Settings("id", score_weights={"major": 100, "minor": 0})
    config.save_settings(told, tmp_path)
    assert config.load_settings(tmp_path) == told
    for damaged in ({"major": 101}, {"major": -1}, {"major": "2"}, {"major": True}):
        (tmp_path / "station.json").write_text(json.dumps({"station": "id", "score_weights": damaged}))
        assert config.load_settings(tmp_path) == Settings("id")


def test_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = config.load_settings(tmp_path)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        config.save_settings(replace(settings, mode="floor"), tmp_path)
    assert config.load_settings(tmp_path) == settings
    assert [p.name for p in tmp_path.iterdir()] == ["station.json"]
