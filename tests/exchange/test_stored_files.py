# SPDX-License-Identifier: Apache-2.0
"""Files under their hash: on the disk before they are named, compared before they are shown."""

from __future__ import annotations

import errno
import hashlib
import os
from pathlib import Path

import pytest

from qcdesk.exchange.stored_files import store_file, stored_file, written_whole
from qcdesk.services.trouble import Trouble


def test_bytes_come_back_under_their_hash(tmp_path: Path) -> None:
    folder = tmp_path / "files" / "photos"
    sha256 = store_file(folder, b"picture")
    assert sha256 == hashlib.sha256(b"picture").hexdigest()
    assert store_file(folder, b"picture") == sha256
    assert stored_file(folder, sha256) == b"picture"
    assert [path.name for path in folder.iterdir()] == [sha256]


def test_changed_file_is_never_shown_and_storing_mends_it(tmp_path: Path) -> None:
    sha256 = store_file(tmp_path, b"picture")
    (tmp_path / sha256).write_bytes(b"Picture")
    with pytest.raises(Trouble, match="stored_file_changed"):
        stored_file(tmp_path, sha256)
    store_file(tmp_path, b"picture")
    assert stored_file(tmp_path, sha256) == b"picture"


def test_missing_file_is_trouble(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="stored_file_missing"):
        stored_file(tmp_path, "0" * 64)


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "A" * 64, "0" * 63 + "\n", "0" * 64 + "/x"])
def test_what_is_no_hash_opens_nothing(name: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no SHA-256"):
        stored_file(tmp_path, name)


def test_file_and_folder_are_synced_before_the_hash_is_handed_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    sync, rename = os.fsync, Path.replace

    def spy_sync(descriptor: int) -> None:
        steps.append("folder" if os.path.isdir(f"/proc/self/fd/{descriptor}") else "file")
        sync(descriptor)

    def spy_rename(path: Path, target: Path) -> Path:
        steps.append("rename")
        return rename(path, target)

    monkeypatch.setattr(os, "fsync", spy_sync)
    monkeypatch.setattr(Path, "replace", spy_rename)
    store_file(tmp_path, b"picture")
    assert steps in (["file", "rename", "folder"], ["file", "rename"])


def test_full_disk_is_trouble_and_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "out"
    path.write_bytes(b"old")

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Trouble, match="disk_full"), written_whole(path) as file:
        file.write(b"new")
    assert path.read_bytes() == b"old"
    assert len(list(tmp_path.iterdir())) == 1
    with pytest.raises(Trouble, match="file_unwritable"), written_whole(tmp_path / "none" / "out"):
        pass
