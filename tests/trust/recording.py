# SPDX-License-Identifier: Apache-2.0
"""Writes down what the program asks of the disk: each write, sync, truncation, rename and deletion, in order.

SQLite's part is heard inside the program's own driver: the library that the driver carries is asked, through its C
interface, to use a file layer that is its own one with four functions wrapped (open, write, truncate, sync), and to
say when it syncs a folder. Nothing of SQLite is imitated, so journal mode, sync order and the moments at which a
folder is synced are those of the real thing. Python's part is heard by the system's audit events (files that are
created) and by wrapping the calls that rename, delete, make folders and sync; what a file holds is read when one of
these comes by.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pysqlite3.dbapi2 as driver

_CREATE = 0x4  # SQLITE_OPEN_CREATE
_OK = 0

_Open = ctypes.CFUNCTYPE(
    ctypes.c_int,
    ctypes.c_void_p,
    ctypes.c_void_p,  # the very address of the name, which the open file keeps
    ctypes.c_void_p,
    ctypes.c_int,
    ctypes.POINTER(ctypes.c_int),
)
_Delete = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int)
_Write = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int, ctypes.c_longlong)
_Truncate = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_longlong)
_Sync = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int)
_OpenFolder = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_char_p, ctypes.POINTER(ctypes.c_int))
_SetCall = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p)
_GetCall = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_char_p)


class _Vfs(ctypes.Structure):
    """``struct sqlite3_vfs``, version 3."""

    _fields_ = (
        ("version", ctypes.c_int),
        ("file_size", ctypes.c_int),
        ("longest_path", ctypes.c_int),
        ("next", ctypes.c_void_p),
        ("name", ctypes.c_char_p),
        ("data", ctypes.c_void_p),
        ("open", _Open),
        ("delete", _Delete),
        ("unchanged", ctypes.c_void_p * 11),
        ("set_call", _SetCall),
        ("get_call", _GetCall),
        ("next_call", ctypes.c_void_p),
    )


class _Methods(ctypes.Structure):
    """``struct sqlite3_io_methods``, version 3."""

    _fields_ = (
        ("version", ctypes.c_int),
        ("close", ctypes.c_void_p),
        ("read", ctypes.c_void_p),
        ("write", _Write),
        ("truncate", _Truncate),
        ("sync", _Sync),
        ("unchanged", ctypes.c_void_p * 13),
    )


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
        self._files: dict[int, int] = {}  # SQLite's open files by address: our number
        self._numbers: dict[str, int] = {}  # files by path
        self._known: dict[str, tuple[int, int]] = {}  # Python's files: length and time of what was put down
        self._keep: list[object] = []  # what C code points to
        self._listen_to_sqlite()
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

    def _listen_to_sqlite(self) -> None:
        inner = sys.modules[f"{driver.__name__.partition('.')[0]}._sqlite3"]
        sqlite = ctypes.CDLL(inner.__file__)
        sqlite.sqlite3_vfs_find.restype = ctypes.c_void_p
        own = _Vfs.from_address(sqlite.sqlite3_vfs_find(None))
        ours = _Vfs.from_buffer_copy(own)
        ours.name = b"recording"

        def opened(vfs: int, name: int | None, file: int, flags: int, out: Any) -> int:  # noqa: ANN401 - C's own
            path = os.fsdecode(ctypes.string_at(name)) if name else ""
            new = self._mine(path) and not os.path.exists(path)
            code = int(own.open(vfs, name, file, flags, out))
            if code == _OK and self._mine(path):
                if new:
                    self._created(path)
                self._files[file] = self._numbers[path]
                methods = ctypes.c_void_p.from_address(file)
                methods.value = ctypes.addressof(self._wrapped(methods.value or 0))
            return code

        def deleted(vfs: int, name: bytes, sync: int) -> int:
            path = os.fsdecode(name)
            there = os.path.exists(path)
            if there and self._mine(path):
                self.ops.append(Op("unlink", path))
            return int(own.delete(vfs, name, sync))

        get, set_ = own.get_call, own.set_call
        plain = _OpenFolder(get(ctypes.addressof(own), b"openDirectory"))

        def folder_opened(path: bytes, descriptor: Any) -> int:  # noqa: ANN401 - C's own
            code = int(plain(path, descriptor))
            folder = os.path.dirname(os.fsdecode(path))
            if code == _OK and (self._mine(folder) or folder == self._root):
                self.ops.append(Op("sync_folder", folder))  # it is opened for nothing else
            return code

        ours.open, ours.delete = _Open(opened), _Delete(deleted)
        listening = _OpenFolder(folder_opened)
        self._keep += [ours, ours.open, ours.delete, listening, plain]
        set_(ctypes.addressof(own), b"openDirectory", ctypes.cast(listening, ctypes.c_void_p))
        assert sqlite.sqlite3_vfs_register(ctypes.byref(ours), 1) == _OK

    def _wrapped(self, address: int) -> _Methods:
        """Return the methods of an open file with three of them wrapped; one copy for each set there is."""
        for kept in self._keep:
            if isinstance(kept, tuple) and kept[0] == address:
                methods: _Methods = kept[1]
                return methods
        own = _Methods.from_address(address)
        ours = _Methods.from_buffer_copy(own)

        def written(file: int, data: int, length: int, at: int) -> int:
            self.ops.append(Op("write", file=self._files[file], at=at, data=ctypes.string_at(data, length)))
            return int(own.write(file, data, length, at))

        def truncated(file: int, length: int) -> int:
            self.ops.append(Op("cut", file=self._files[file], at=length))
            return int(own.truncate(file, length))

        def synced(file: int, flags: int) -> int:
            self.ops.append(Op("sync", file=self._files[file]))
            return int(own.sync(file, flags))

        ours.write, ours.truncate, ours.sync = _Write(written), _Truncate(truncated), _Sync(synced)
        self._keep.append((address, ours, ours.write, ours.truncate, ours.sync))
        return ours

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
