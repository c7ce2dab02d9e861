# SPDX-License-Identifier: Apache-2.0
"""The one set-up file: what it promises to a newcomer, without installing anything here."""

from __future__ import annotations

import ast
import importlib.util
import json
import os
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.architecture.sources import ROOT, tree

DEV = ROOT / "packaging" / "dev.py"


@pytest.fixture
def dev(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Return the file as a module whose environment lies in a folder of the test."""
    spec = importlib.util.spec_from_file_location("dev_under_test", DEV)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(module, "system_libraries", lambda: None)
    return module


@pytest.fixture
def installed(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Replace the slow parts by a record of what was asked of them."""
    asked: list[str] = []

    def make_venv(venv: Path) -> None:
        asked.append("venv")
        dev.python_in(venv).parent.mkdir(parents=True)
        os.symlink(sys.executable, dev.python_in(venv))

    monkeypatch.setattr(dev, "make_venv", make_venv)
    monkeypatch.setattr(dev, "install", lambda venv, *what: asked.append(Path(what[-1]).name))
    monkeypatch.setattr(dev, "point_to_checkout", lambda: None)
    return asked


def test_it_needs_nothing_but_the_standard_library() -> None:
    names = set()
    for node in ast.walk(tree(DEV)):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add((node.module or "").split(".")[0])
    assert names <= sys.stdlib_module_names


def test_old_python_can_read_it_up_to_its_refusal() -> None:
    ast.parse(DEV.read_text(encoding="utf-8"), feature_version=(3, 8))


def test_old_python_is_told_what_it_needs(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev.sys, "version_info", (3, 10, 1))
    assert dev.main(["demo"]) == 2
    assert "needs Python 3.11 or newer" in capsys.readouterr().out


def test_unknown_command_shows_the_commands(dev: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main(["fly"]) == 2
    shown = capsys.readouterr().out
    assert all(f"dev.py {command}" in shown for command in dev.COMMANDS)
    assert dev.main(["--help"]) == 0


def test_second_start_installs_nothing(dev: ModuleType, installed: list[str]) -> None:
    dev.ready(dev.RUNTIME_LOCK)
    dev.ready(dev.RUNTIME_LOCK)
    assert installed == ["venv", "requirements.lock"]


def test_tools_come_only_when_they_are_needed(dev: ModuleType, installed: list[str]) -> None:
    dev.ready(dev.RUNTIME_LOCK)
    dev.ready(dev.DEV_LOCK)
    dev.ready(dev.RUNTIME_LOCK)
    assert installed == ["venv", "requirements.lock", "requirements-dev.lock"]


def test_changed_lock_is_installed_again(
    dev: ModuleType, installed: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = tmp_path / "requirements.lock"
    lock.write_text("a==1", encoding="utf-8")
    monkeypatch.setattr(dev, "RUNTIME_LOCK", lock)
    dev.ready(lock)
    lock.write_text("a==2", encoding="utf-8")
    dev.ready(lock)
    assert installed == ["venv", "requirements.lock", "requirements.lock"]


def test_set_up_that_was_cut_short_is_made_anew(dev: ModuleType, installed: list[str]) -> None:
    dev.ready(dev.RUNTIME_LOCK)
    (dev.VENV / dev.UNFINISHED).touch()
    (dev.VENV / dev.STAMP).unlink()
    (dev.VENV / "rest").touch()
    dev.ready(dev.RUNTIME_LOCK)
    assert installed == ["venv", "requirements.lock"] * 2
    assert not (dev.VENV / "rest").exists()
    assert not (dev.VENV / dev.UNFINISHED).exists()


@pytest.mark.parametrize("stamp", ["", "{", '{"requirements.lock": "other"}', "[]"])
def test_damaged_stamp_vouches_for_nothing(dev: ModuleType, installed: list[str], stamp: str) -> None:
    dev.ready(dev.RUNTIME_LOCK)
    (dev.VENV / dev.STAMP).write_text(stamp, encoding="utf-8")
    dev.ready(dev.RUNTIME_LOCK)
    assert installed == ["venv", "requirements.lock", "requirements.lock"]
    assert json.loads((dev.VENV / dev.STAMP).read_text(encoding="utf-8"))


def test_environment_without_its_python_is_made_anew(dev: ModuleType, installed: list[str]) -> None:
    dev.ready(dev.RUNTIME_LOCK)
    dev.python_in(dev.VENV).unlink()
    dev.ready(dev.RUNTIME_LOCK)
    assert installed == ["venv", "requirements.lock"] * 2


def test_missing_system_library_is_named_with_its_command(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev, "is_root", lambda: False)
    monkeypatch.setattr(dev.shutil, "which", lambda name: "/usr/bin/" + name)
    with pytest.raises(dev.Stop, match="sudo apt-get install --no-install-recommends libegl1 libgl1"):
        dev.apt(["libegl1", "libgl1"], "Qt needs system libraries that are not here.")


def test_library_that_is_not_there_is_noticed(dev: ModuleType) -> None:
    assert not dev.loadable("libqcdesk-none.so.1")


def test_program_compiles_its_modules_and_needs_no_screen(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setenv("DISPLAY", "")
    monkeypatch.setenv("WAYLAND_DISPLAY", "")
    monkeypatch.delenv("QT_QPA_PLATFORM")
    monkeypatch.setattr(dev.sys, "platform", "linux")
    env = dev.environment()
    assert "PYTHONDONTWRITEBYTECODE" not in env
    assert env["QT_QPA_PLATFORM"] == "offscreen"


def test_failed_check_stops_with_its_name(dev: ModuleType) -> None:
    with pytest.raises(dev.Stop, match="mypy --strict failed"):
        dev.step("mypy --strict", sys.executable, "-c", "raise SystemExit(1)")


def test_continuous_check_runs_the_readme_command() -> None:
    command = "python3 packaging/dev.py test"
    assert command in (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"exec {command}\n" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_every_proof_by_attack_is_listed_with_what_it_shows(
    dev: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    assert dev.main(["trust"]) == 0
    listed = capsys.readouterr().out.splitlines()
    there = sorted(p.stem.removeprefix("test_") for p in (ROOT / "tests" / "trust").glob("test_*.py"))
    assert [line.split()[0] for line in listed] == there
    assert all(len(line.split()) > 3 for line in listed)


def test_unknown_proof_runs_nothing(dev: ModuleType, installed: list[str]) -> None:
    assert dev.main(["trust", "wishes"]) == 2
    assert installed == []


def test_every_proof_has_a_long_size() -> None:
    files = sorted((ROOT / "tests" / "trust").glob("test_*.py"))
    assert not [p.name for p in files if "@pytest.mark.long" not in p.read_text(encoding="utf-8")]
