# SPDX-License-Identifier: Apache-2.0
"""What a label printer reads reaches its queue byte for byte; a system without one says so."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from qcdesk.reports import queues
from qcdesk.services.trouble import Trouble
from tests.reports.queue import fake_queue

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has a spooler instead of lp")


def test_bytes_reach_the_queue_as_they_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sent = fake_queue(tmp_path, monkeypatch)
    content = bytes(range(256)) * 300
    queues.send(content, "-o evil; rm", "Labels\nfor \x1b DA-1" + "x" * 200)
    assert sent.read_bytes() == content
    told = (sent.parent / "said").read_text().splitlines()
    assert told[:3] == ["-d", "-o evil; rm", "-t"]
    assert told[3] == ("Labels for   DA-1" + "x" * 200)[:80]
    assert told[4:] == ["-o", "raw", "-"]


def test_a_queue_that_takes_nothing_is_trouble(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_queue(tmp_path, monkeypatch)
    with pytest.raises(Trouble, match="printer"):
        queues.send(b"^XA^XZ", "nobody", "Labels")


def test_a_system_without_queues_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Trouble, match="no_queues"):
        queues.send(b"^XA^XZ", "Zebra", "Labels")
