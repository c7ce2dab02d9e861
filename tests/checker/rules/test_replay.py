# SPDX-License-Identifier: Apache-2.0
"""The replay takes every log that the program writes: the demonstration's months, and a house where all has happened."""

from __future__ import annotations

from pathlib import Path

from tests.checker.logs import checked


def test_whatever_the_program_allowed_the_rules_allow(played: Path) -> None:
    assert checked(played).findings == ()
