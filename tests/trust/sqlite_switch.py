# SPDX-License-Identifier: Apache-2.0
"""Switches the triggers of a SQLite connection off and on, which no statement can: the driver's C interface is asked.

To put a trigger in after what it must not see, and to take all back, costs more than all else: SQLite then reads the
whole schema anew. So it stands there from the start and sleeps.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pysqlite3.dbapi2 as driver

_ENABLE_TRIGGER = 1003  # SQLITE_DBCONFIG_ENABLE_TRIGGER
_OK = 0


def _switch(connection: driver.Connection, on: bool) -> None:
    inner = sys.modules[f"{driver.__name__.partition('.')[0]}._sqlite3"]
    config = ctypes.CDLL(inner.__file__).sqlite3_db_config
    config.argtypes = [
        ctypes.c_void_p,
        ctypes.c_int,
    ]  # what follows is handed on as a C function of any length takes it
    handle = ctypes.c_void_p.from_address(id(connection) + object.__basicsize__)  # the first field of its own
    now = ctypes.c_int(-1)
    assert config(handle, _ENABLE_TRIGGER, ctypes.c_int(on), ctypes.byref(now)) == _OK
    assert now.value == on


@contextmanager
def no_triggers(connection: driver.Connection) -> Iterator[None]:
    """Let no trigger fire meanwhile."""
    _switch(connection, False)
    try:
        yield
    finally:
        _switch(connection, True)
