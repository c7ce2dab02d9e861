# SPDX-License-Identifier: Apache-2.0
"""A file that somebody chose is read as far as it may be kept, and what cannot be read is told by its name."""

from __future__ import annotations

from pathlib import Path

import pytest

from qcdesk.gui.given_files import read_given
from qcdesk.services.trouble import Trouble


def test_one_byte_beyond_the_longest_is_read_so_that_it_can_be_refused(tmp_path: Path) -> None:
    (tmp_path / "consent.pdf").write_bytes(b"abcdef")
    assert read_given(str(tmp_path / "consent.pdf"), 10) == b"abcdef"
    assert read_given(str(tmp_path / "consent.pdf"), 3) == b"abcd"


@pytest.mark.parametrize("name", ["gone.pdf", ".", "a\0b"])
def test_what_cannot_be_read_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(Trouble) as caught:
        read_given(str(tmp_path / name), 10)
    assert caught.value.code == "file_unreadable"
