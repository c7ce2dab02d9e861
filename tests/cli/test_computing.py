# SPDX-License-Identifier: Apache-2.0
"""The short way to a plan answers as the long one does, and leaves to it whatever is not plain."""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence

import pytest

from qcdesk.cli import computing
from qcdesk.cli.main import failed
from tests.cli.console import Console

PLAIN: tuple[tuple[str, ...], ...] = (
    ("--lot-size", "1000", "--aql", "1.0"),
    ("--lot-size=1000", "--aql=0.40", "--type=double", "--json"),
    ("--lot-size", "9", "--aql", "1.0", "--severity", "reduced", "--standard", "z1.4", "--level", "S-3"),
    ("--lot-size", "1", "--aql", "1.0", "--json"),
    ("--lot-size", "100", "--aql", "-1"),
    ("--aql", "1.0"),
    ("--from", "there is no such file.csv", "--json"),
)
NOT_PLAIN: tuple[tuple[str, ...], ...] = (
    ("--help",),
    ("--lot", "1000"),
    ("--lot-size", "1000", "--lot-size", "900", "--aql", "1.0"),
    ("--lot-size",),
    ("1000",),
    ("--workspace", "here", "--lot-size", "1000"),
    ("--", "--lot-size", "1000"),
)


@pytest.mark.parametrize("options", PLAIN)
def test_both_ways_answer_alike(options: Sequence[str], monkeypatch: pytest.MonkeyPatch) -> None:
    out, err = io.StringIO(), io.StringIO()
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(sys, "stderr", err)
    status = computing.sample(options, failed)
    long_way = Console()("sample", *options)
    assert (status, out.getvalue(), err.getvalue()) == (long_way.status, long_way.out, long_way.err)


@pytest.mark.parametrize("options", NOT_PLAIN)
def test_what_is_not_plain_is_left_to_the_long_way(
    options: Sequence[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert computing.sample(options, failed) is None
    assert capsys.readouterr() == ("", "")
