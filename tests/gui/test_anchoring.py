# SPDX-License-Identifier: Apache-2.0
"""The log's head leaves this computer signed: shown as a slip, or written into a folder whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from qcdesk.domain.anchors import Anchor
from qcdesk.gui.anchoring import Anchoring
from tests.gui.screens.conftest import EN, Desk, Remembers, desk, workspace

__all__ = ["desk", "workspace"]


def anchoring(desk: Desk, slips: list[Anchor]) -> Anchoring:
    return Anchoring(desk.house.use, desk.tasks, EN, desk.ask_secret, desk.notices.append, slips.append)


def test_slip_is_signed_by_who_is_at_work_and_names_the_last_event(desk: Desk) -> None:
    slips: list[Anchor] = []
    anchoring(desk, slips).slip()
    assert desk.asked[-1].button == "Make the slip"
    assert (slips[0].head.seq, slips[0].head.hash) == desk.house.use.keeping.head()
    assert slips[0].key == desk.house.hands["linh"].key


def test_saved_anchor_is_held_against_the_log_later(desk: Desk, tmp_path: Path) -> None:
    anchoring(desk, []).keep(str(tmp_path), desk.problems(Remembers()))
    (file,) = tmp_path.glob("qcdesk-anchor-*.json")
    assert str(file) in desk.notices[-1]
    assert desk.house.use.keeping.against((str(file),)).problems == ()


@pytest.mark.logs
def test_folder_that_cannot_be_written_is_trouble_and_nothing_lies_there(desk: Desk, tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("a file")
    view = Remembers()
    anchoring(desk, []).keep(str(taken), desk.problems(view))
    assert view.problems[-1].kind == "trouble"
    assert desk.notices == []
    assert [path.name for path in tmp_path.glob("*.json")] == []
