# SPDX-License-Identifier: Apache-2.0
"""The checker at the prompt: sentences, exit status, one JSON document."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qcdesk.checker.command import main
from tests.checker.logs import opened


def test_a_log_that_holds_ends_with_0_and_the_anchor_is_asked_for(
    played: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(played)]) == 0
    said = capsys.readouterr().out
    assert "No anchor was given" in said
    assert "Fingerprint" in said


def test_what_does_not_hold_ends_with_1_and_names_event_and_batch(
    damaged: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with opened(damaged) as db:
        db.execute("DELETE FROM record")
    assert main([str(damaged)]) == 1
    said = capsys.readouterr().out
    assert "Event 25, batch DA-1" in said or ", batch DA-" in said or ", batch LID-" in said
    assert "The signed record" in said


def test_json_is_one_document(damaged: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with opened(damaged) as db:
        db.execute("DELETE FROM event WHERE seq = 30")
    assert main([str(damaged), "--json"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert said["ok"] is False
    assert {p["code"] for p in said["problems"]} >= {"chain_broken"}
    assert all(p["problem"] for p in said["problems"])


def test_wrong_use_ends_with_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert main([str(tmp_path / "none")]) == 2
    assert main([str(tmp_path), "--json"]) == 2
    assert "error" in capsys.readouterr().out


def test_an_anchor_that_is_none_is_a_finding(
    played: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "slip.json").write_text("{}", "utf-8")
    assert main([str(played), "--anchor", str(tmp_path / "slip.json")]) == 1
    assert "slip.json is not an anchor" in capsys.readouterr().out


def test_chain_alone_is_checked_and_says_how_little_that_is(
    damaged: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(damaged), "--chain"]) == 0
    assert "The chain holds. No signature and no rule was checked." in capsys.readouterr().out
    assert main([str(damaged), "--chain", "--anchor", "x"]) == 2
    with opened(damaged) as db:
        db.execute("DELETE FROM event WHERE seq = 5")
        db.execute("UPDATE event SET sig = zeroblob(64) WHERE seq = 9")
    capsys.readouterr()
    assert main([str(damaged), "--chain"]) == 1
    said = capsys.readouterr().out
    assert "does not follow event 4" in said
    assert "Event 9" in said
