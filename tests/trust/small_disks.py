# SPDX-License-Identifier: Apache-2.0
"""A small disk that can be filled to the last byte and given room again: a real one where the system lets us mount."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import subprocess
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.trust.sqlite_calls import Call, SqliteCalls

SIZE_MB = 48


class SmallDisk(ABC):
    """A folder on a disk of its own. ``kind`` is ``ext4``, ``tmpfs`` or ``stand-in``."""

    kind: str

    def __init__(self, folder: Path) -> None:
        """Take the folder."""
        self.folder = folder

    @abstractmethod
    def fill(self, left: int) -> None:
        """Fill it but for so many bytes."""

    @abstractmethod
    def make_room(self) -> None:
        """Give the room back."""


class Mounted(SmallDisk):
    """A file system of its own."""

    def __init__(self, folder: Path, kind: str) -> None:
        """Take the folder where it is mounted."""
        super().__init__(folder)
        self.kind = kind
        self._ballast = folder / "ballast"

    def fill(self, left: int) -> None:
        """Write until the system says that the disk is full; then give back what is to be left."""
        with self._ballast.open("wb", buffering=0) as file:
            for block in (1 << 20, 1 << 16, 1 << 12, 1 << 9):
                with contextlib.suppress(OSError):
                    while True:
                        file.write(bytes(block))
                        if block == 1 << 20:
                            os.fsync(file.fileno())
            os.truncate(self._ballast, max(0, file.tell() - left))
            os.fsync(file.fileno())

    def make_room(self) -> None:
        """Delete what fills it."""
        self._ballast.unlink()


class StandIn(SmallDisk):
    """No file system, but every call that would take room refused once the bytes that are left are used up."""

    kind = "stand-in"

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        """Listen to SQLite and to Python's files below the folder."""
        super().__init__(folder)
        self._left: int | None = None
        self._calls = SqliteCalls(str(folder), self._hear)
        for name in ("mkdir", "open"):
            patch.setattr(Path, name, self._refusing(getattr(Path, name)))
        for place, name in ((os, "fsync"), (shutil, "copyfileobj")):
            patch.setattr(place, name, self._refusing(getattr(place, name)))

    def fill(self, left: int) -> None:
        """Refuse from so many bytes on."""
        self._left = left

    def make_room(self) -> None:
        """Refuse no more."""
        self._left = None

    def close(self) -> None:
        """Let SQLite go."""
        self._calls.close()

    def _takes(self, size: int) -> bool:
        if self._left is None:
            return True
        self._left -= size
        return self._left >= 0

    def _hear(self, call: Call) -> int:
        return 0 if call.kind != "write" or self._takes(len(call.data)) else 13  # SQLITE_FULL

    def _refusing(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def called(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - whatever the wrapped one takes
            reads = call.__name__ == "open" and "r" in (*arguments[1:2], named.get("mode", "r"))[0]
            if not reads and not self._takes(4_096):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return call(*arguments, **named)

        return called


def _run(*command: str | Path) -> bool:
    try:
        return subprocess.run([str(c) for c in command], capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


@contextmanager
def small_disk(place: Path) -> Iterator[SmallDisk]:
    """Give a small disk: ext4 in a file, else a tmpfs of that size, else the stand-in; said by its ``kind``."""
    image, folder = place / "image", place / "disk"
    folder.mkdir()
    with image.open("wb") as file:
        file.truncate(SIZE_MB << 20)
    kind = ""
    if _run("mkfs.ext4", "-q", "-m", "0", image) and _run("mount", "-o", "loop", image, folder):
        kind = "ext4"
    elif _run("mount", "-t", "tmpfs", "-o", f"size={SIZE_MB}m", "tmpfs", folder):
        kind = "tmpfs"
    if kind:
        try:
            yield Mounted(folder, kind)
        finally:
            assert _run("umount", folder) or _run("umount", "-l", folder)
        return
    with pytest.MonkeyPatch.context() as patch:
        stand_in = StandIn(folder, patch)
        yield stand_in
        stand_in.close()
