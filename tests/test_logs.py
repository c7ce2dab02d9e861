# SPDX-License-Identifier: Apache-2.0
"""The log: lines that a program can read, and no secret in any of them."""

from __future__ import annotations

import faulthandler
import json
import logging
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from qcdesk import logs

pytestmark = pytest.mark.logs


@pytest.fixture
def log_file(tmp_path: Path) -> Iterator[Path]:
    was_on = faulthandler.is_enabled()
    yield logs.start(tmp_path / "logs", "command")
    logs.stop()
    if was_on:
        faulthandler.enable()


def lines(file: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def test_record_is_one_json_line_with_its_facts(log_file: Path) -> None:
    facts = {"batch": "LOT-9", "tries": 3, "known": None}
    logging.getLogger("qcdesk.store.files").warning("Đĩa đầy\nsecond line", extra={"facts": facts})
    (line,) = lines(log_file)
    assert line["facts"] == facts
    assert (line["level"], line["logger"]) == ("warning", "qcdesk.store.files")
    assert line["message"] == "Đĩa đầy\nsecond line"
    assert datetime.fromisoformat(str(line["at"])).tzinfo is not None


def test_error_carries_its_traceback(log_file: Path) -> None:
    try:
        raise RuntimeError("connection to postgresql+psycopg://qc:hunter2@server/qc lost")
    except RuntimeError:
        logging.getLogger("qcdesk").exception("bug")
    assert "RuntimeError" in str(lines(log_file)[0]["error"])
    assert "hunter2" not in log_file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "text",
    [
        "postgresql+psycopg://qc:hunter2@server/qc",
        "postgresql://:hunter2@server",
        "postgresql://qc:a@hunter2@server/qc",
        "password=hunter2",
        'PIN: "hunter2 and more"',
        "{'secret': 'hunter2', 'name': 'Lan'}",
        "recovery = hunter2;",
    ],
)
def test_secret_in_a_text_is_masked(text: str) -> None:
    assert "hunter2" not in logs.masked(text)
    assert logs.MASK in logs.masked(text)


@pytest.mark.parametrize(
    "text", ["https://server:8080/qc", "spinning = 3", "two secrets were given", "lot 9: good"]
)
def test_harmless_text_stays(text: str) -> None:
    assert logs.masked(text) == text


@pytest.mark.parametrize("name", ["secret", "new_password", "pin", "badge_code", "SEED", "secrets"])
def test_fact_with_the_name_of_a_secret_is_masked(log_file: Path, name: str) -> None:
    logging.getLogger("qcdesk").info("tried", extra={"facts": {name: "hunter2"}})
    assert lines(log_file)[0]["facts"] == {name: logs.MASK}


def test_file_rotates_and_old_ones_end(log_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "FILE_BYTES", 2_000)
    file = logs.start(log_file.parent, "command")
    for number in range(200):
        logging.getLogger("qcdesk").info("line %d %s", number, "x" * 100)
    kept = sorted(p.name for p in file.parent.glob("command.log*"))
    assert kept == ["command.log", *(f"command.log.{n}" for n in range(1, logs.FILES_KEPT + 1))]
    assert all(p.stat().st_size <= 2_000 for p in file.parent.glob("command.log*"))


def test_file_held_by_another_program_is_written_on(log_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def held(*_: object) -> None:
        raise PermissionError(13, "in use")

    monkeypatch.setattr(logs, "FILE_BYTES", 300)
    monkeypatch.setattr("os.rename", held)
    file = logs.start(log_file.parent, "command")
    for _ in range(10):
        logging.getLogger("qcdesk").info("x" * 100)
    assert len(lines(file)) == 10


def test_second_start_does_not_write_twice(log_file: Path) -> None:
    again = logs.start(log_file.parent, "command")
    logging.getLogger("qcdesk").info("once")
    assert len(lines(again)) == 1


def test_nothing_is_written_after_stop(log_file: Path) -> None:
    logs.stop()
    logging.getLogger("qcdesk").info("unheard")
    assert not log_file.exists()
