# SPDX-License-Identifier: Apache-2.0
"""Hears, and may refuse, what SQLite asks of its files, inside the very driver that the program uses.

The library that the driver carries is asked, through its C interface, to use a file layer that is its own one with
some functions wrapped: open, delete, write, truncate, sync, and the opening of a folder, which SQLite does for nothing
but to sync it. Nothing of SQLite is imitated, so its journal, its order of syncs and its errors are the real ones.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pysqlite3.dbapi2 as driver

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
class Call:
    """What SQLite asks: ``open``, ``delete`` (of a file that is there), ``write``, ``cut``, ``sync``, ``sync_folder``.

    ``path`` is the file, or the folder that is synced. ``at`` is where a write begins, or the length to cut to;
    ``new``: the file that is opened was not there.
    """

    kind: str
    path: str
    at: int = 0
    data: bytes = b""
    new: bool = False


Listener = Callable[[Call], int]
"""Told of each call before it is done; any code but 0 (``SQLITE_OK``) is what SQLite gets to hear instead."""


class SqliteCalls:
    """Listens from now on to files that are opened below a folder, until ``close``."""

    def __init__(self, root: str, listener: Listener) -> None:
        """Begin at once; only files that are opened from now on are heard."""
        self._root, self._listener = root, listener
        self._paths: dict[int, str] = {}  # open files by address
        self._methods: dict[int, _Methods] = {}  # our copy of each set of methods
        inner = sys.modules[f"{driver.__name__.partition('.')[0]}._sqlite3"]
        self._sqlite = ctypes.CDLL(inner.__file__)
        self._sqlite.sqlite3_vfs_find.restype = ctypes.c_void_p
        self._own = _Vfs.from_address(self._sqlite.sqlite3_vfs_find(None))
        self._ours = _Vfs.from_buffer_copy(self._own)
        self._ours.name = b"listening"
        self._listen()
        assert self._sqlite.sqlite3_vfs_register(ctypes.byref(self._ours), 1) == _OK

    def close(self) -> None:
        """Hear no more. Connections that were opened meanwhile must be closed before."""
        own = ctypes.addressof(self._own)
        assert self._sqlite.sqlite3_vfs_unregister(ctypes.byref(self._ours)) == _OK
        assert self._sqlite.sqlite3_vfs_register(ctypes.c_void_p(own), 1) == _OK
        self._own.set_call(own, b"openDirectory", None)

    def _mine(self, path: str) -> bool:
        return path.startswith(self._root + "/")

    def _listen(self) -> None:
        own, hear = self._own, self._listener

        def opened(vfs: int, name: int | None, file: int, flags: int, out: Any) -> int:  # noqa: ANN401 - C's own
            path = os.fsdecode(ctypes.string_at(name)) if name else ""
            if not self._mine(path):
                return int(own.open(vfs, name, file, flags, out))
            code = hear(Call("open", path, new=not os.path.exists(path)))
            if code != _OK:
                ctypes.c_void_p.from_address(file).value = None  # nothing to close
                return code
            code = int(own.open(vfs, name, file, flags, out))
            if code == _OK:
                self._paths[file] = path
                methods = ctypes.c_void_p.from_address(file)
                methods.value = ctypes.addressof(self._wrapped(methods.value or 0))
            return code

        def deleted(vfs: int, name: bytes, sync: int) -> int:
            path = os.fsdecode(name)
            code = hear(Call("delete", path)) if self._mine(path) and os.path.exists(path) else _OK
            return code if code != _OK else int(own.delete(vfs, name, sync))

        plain = _OpenFolder(own.get_call(ctypes.addressof(own), b"openDirectory"))

        def folder_opened(path: bytes, descriptor: Any) -> int:  # noqa: ANN401 - C's own
            folder = os.path.dirname(os.fsdecode(path))
            code = hear(Call("sync_folder", folder)) if self._mine(folder + "/") else _OK
            return code if code != _OK else int(plain(path, descriptor))

        self._ours.open, self._ours.delete = _Open(opened), _Delete(deleted)
        self._kept = (plain, _OpenFolder(folder_opened))
        address = ctypes.cast(self._kept[1], ctypes.c_void_p)
        own.set_call(ctypes.addressof(own), b"openDirectory", address)

    def _wrapped(self, address: int) -> _Methods:
        """Return the methods of an open file with three of them wrapped."""
        if address in self._methods:
            return self._methods[address]
        own = _Methods.from_address(address)
        ours = self._methods[address] = _Methods.from_buffer_copy(own)

        def written(file: int, data: int, length: int, at: int) -> int:
            call = Call("write", self._paths[file], at, ctypes.string_at(data, length))
            return self._listener(call) or int(own.write(file, data, length, at))

        def truncated(file: int, length: int) -> int:
            return self._listener(Call("cut", self._paths[file], length)) or int(own.truncate(file, length))

        def synced(file: int, flags: int) -> int:
            return self._listener(Call("sync", self._paths[file])) or int(own.sync(file, flags))

        ours.write, ours.truncate, ours.sync = _Write(written), _Truncate(truncated), _Sync(synced)
        return ours
