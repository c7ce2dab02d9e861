# SPDX-License-Identifier: Apache-2.0
"""The command that writes the stand-alone checker; it needs no workspace."""

from __future__ import annotations

from pathlib import Path

from qcdesk.checker import packing
from tests.cli.shops import Shop


def test_the_checker_is_written_where_it_is_wanted(tmp_path: Path) -> None:
    ran = Shop(tmp_path)("checker", "--to", str(tmp_path / "check.pyz"))
    assert ran.status == 0
    assert (tmp_path / "check.pyz").read_bytes() == packing.packed()


def test_a_folder_that_is_not_there_is_trouble_in_one_sentence(tmp_path: Path) -> None:
    ran = Shop(tmp_path)("checker", "--to", str(tmp_path / "none" / "check.pyz"))
    assert ran.status == 4
    assert ran.err.strip()
