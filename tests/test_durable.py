# SPDX-License-Identifier: Apache-2.0
"""What is written whole is whole, and on the disk with every folder above it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from qcdesk.durable import make_folder, sync_folder, written_whole


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the folders that were synced, in order."""
    names: list[str] = []
    monkeypatch.setattr("qcdesk.durable.sync_folder", lambda folder: names.append(folder.name))
    return names


def test_every_new_folder_is_named_on_the_disk(tmp_path: Path, synced: list[str]) -> None:
    make_folder(tmp_path / "a" / "b" / "c")
    assert sorted(synced) == sorted([tmp_path.name, "a", "b"])
    make_folder(tmp_path / "a" / "b" / "c")
    assert len(synced) == 3


def test_file_takes_its_place_only_when_all_went_well(tmp_path: Path, synced: list[str]) -> None:
    path = tmp_path / "paper.pdf"
    with written_whole(path) as file:
        file.write(b"first")

    def cut_short() -> None:
        with written_whole(path) as file:
            file.write(b"second")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        cut_short()
    assert path.read_bytes() == b"first"
    assert [p.name for p in tmp_path.iterdir()] == ["paper.pdf"]
    assert synced == [tmp_path.name]


def test_file_that_others_may_read_stays_so(tmp_path: Path) -> None:
    usual = tmp_path / "usual"
    usual.touch()
    with written_whole(tmp_path / "paper.pdf") as file:
        file.write(b"%PDF")
    assert (tmp_path / "paper.pdf").stat().st_mode == usual.stat().st_mode


@pytest.mark.skipif(os.name == "nt", reason="Windows cannot open a folder")
def test_folder_that_is_gone_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        sync_folder(tmp_path / "none")
