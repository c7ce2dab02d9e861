# SPDX-License-Identifier: Apache-2.0
"""Writes down what the program asks of the disk: each write, sync, truncation, rename and deletion, in order.

SQLite's part is heard inside the program's own driver (``sqlite_calls``). Python's part is heard by audit events
(files that are created) and by wrapping the calls that rename, delete, make folders and sync; what a file holds is
read when one of these comes by.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.trust.sqlite_calls import Call, SqliteCalls


@dataclass(frozen=True)
class Op:
    """One thing that the disk was asked, or a mark of what had been acknowledged by then.

    ``kind`` and what it uses: ``folder`` path · ``create`` path, file · ``write`` file, at, data · ``cut`` file, at
    (the new length) · ``sync`` file · ``rename`` path, to · ``unlink`` path · ``sync_folder`` path · ``mark`` path
    (what), data.
    """

    kind: str
    path: str = ""
    file: int = 0
    at: int = 0
    data: bytes = b""
    to: str = ""


class Recorder:
    """Records everything below one folder. Only in a process of its own: nothing that it wraps is put back."""

    def __init__(self, root: Path) -> None:
        """Begin at once."""
        self.ops: list[Op] = []
        self._root = str(root)
        self._numbers: dict[str, int] = {}  # files by path
        self._known: dict[str, tuple[int, int]] = {}  # Python's files: length and time of what was put down
        self._sqlite = SqliteCalls(self._root, self._hear)
        self._listen_to_python()

    def mark(self, what: str, state: bytes) -> None:
        """Put down that something was acknowledged now, and what must be there from now on."""
        self._put_down_contents()
        self.ops.append(Op("mark", what, data=state))

    def _mine(self, path: str) -> bool:
        return path.startswith(self._root + "/")

    def _created(self, path: str) -> int:
        number = self._numbers[path] = len(self.ops) + 1
        self.ops.append(Op("create", path, number))
        return number

    # SQLite ---------------------------------------------------------------------------------------------------

    def _hear(self, call: Call) -> int:
        match call.kind:
            case "open":
                if call.new:
                    self._created(call.path)
            case "delete":
                self.ops.append(Op("unlink", call.path))
            case "sync_folder":
                self.ops.append(Op("sync_folder", call.path))
            case kind:
                self.ops.append(Op(kind, file=self._numbers[call.path], at=call.at, data=call.data))
        return 0

    # Python ---------------------------------------------------------------------------------------------------

    def _listen_to_python(self) -> None:
        def heard(event: str, arguments: tuple[Any, ...]) -> None:
            if event != "open" or not isinstance(arguments[0], str):
                return
            path, flags = arguments[0], int(arguments[2] or 0)
            if self._mine(path) and flags & os.O_CREAT:
                if not os.path.exists(path):
                    self._created(path)
                self._known.setdefault(path, (0, 0))

        sys.addaudithook(heard)
        wrap: dict[str, Callable[..., None]] = {
            "mkdir": lambda path, *_: self._path("folder", path),
            "rename": self._renamed,
            "replace": self._renamed,
            "unlink": self._unlinked,
            "remove": self._unlinked,
            "rmdir": self._unlinked,
            "fsync": self._synced,
        }
        for name, note in wrap.items():
            setattr(os, name, _after(getattr(os, name), note))

    def _path(self, kind: str, path: object) -> None:
        name = os.path.abspath(os.fsdecode(path))  # type: ignore[arg-type]
        if self._mine(name):
            self._put_down_contents()
            self.ops.append(Op(kind, name))

    def _unlinked(self, path: object, *, dir_fd: int | None = None) -> None:
        name = os.fsdecode(path)  # type: ignore[arg-type]
        if dir_fd is not None:  # a folder that is deleted with everything in it
            name = os.path.join(os.readlink(f"/proc/self/fd/{dir_fd}"), name)
        self._known.pop(name, None)
        self._path("unlink", name)

    def _renamed(self, source: object, target: object) -> None:
        old, new = (os.path.abspath(os.fsdecode(p)) for p in (source, target))  # type: ignore[arg-type]
        if not self._mine(new):
            return
        self._put_down_contents({old: new})
        for path in [p for p in self._numbers if p == old or p.startswith(old + "/")]:
            self._numbers[new + path[len(old) :]] = self._numbers.pop(path)
            if path in self._known:
                self._known[new + path[len(old) :]] = self._known.pop(path)
        self.ops.append(Op("rename", old, to=new))

    def _synced(self, descriptor: int) -> None:
        path = os.readlink(f"/proc/self/fd/{descriptor}")
        if not (self._mine(path) or path == self._root):
            return
        self._put_down_contents()
        if os.path.isdir(path):
            self.ops.append(Op("sync_folder", path))
        else:
            self.ops.append(Op("sync", file=self._numbers[path]))

    def _put_down_contents(self, moved: dict[str, str] | None = None) -> None:
        """Put down what Python's files hold now, where it is not what was put down before."""
        for path, before in list(self._known.items()):
            place = next(
                (new + path[len(old) :] for old, new in (moved or {}).items() if path.startswith(old)), path
            )
            try:
                now = os.stat(place)
            except FileNotFoundError:
                continue
            if (now.st_size, now.st_mtime_ns) != before and now.st_size:
                content = Path(place).read_bytes()
                self.ops.append(Op("write", file=self._numbers[path], data=content))
                self._known[path] = (now.st_size, now.st_mtime_ns)


def _after(call: Callable[..., Any], note: Callable[..., None]) -> Callable[..., Any]:
    def called(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - whatever the wrapped one takes
        answer = call(*arguments, **named)
        named.pop("mode", None)
        named.pop("src_dir_fd", None)
        named.pop("dst_dir_fd", None)
        note(*arguments, **named)
        return answer

    return called
