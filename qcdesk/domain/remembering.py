# SPDX-License-Identifier: Apache-2.0
"""What was once worked out from something that never changes, kept for as long as there is room."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K", bytes, str)
V = TypeVar("V")


class Remembered(Generic[K, V]):
    """Works a thing out from its key once; whoever has just made both may put it there, so that nobody has to.

    Every thread may use it. The oldest go when the keys together are longer than ``most``.
    """

    def __init__(self, most: int, work_out: Callable[[K], V]) -> None:
        """Remember nothing yet."""
        self._most = most
        self._work_out: Callable[[K], V] = work_out
        self._known: dict[K, V] = {}
        self._long = 0
        self._lock = Lock()

    def __call__(self, key: K) -> V:
        """Return what follows from the key. Raises: what working it out raises; that is not kept."""
        found = self._known.get(key)
        if found is None:
            found = self._work_out(key)
            self.put(key, found)
        return found

    def put(self, key: K, value: V) -> None:
        """Keep what follows from the key."""
        with self._lock:
            if self._known.pop(key, None) is None:  # else it is the youngest again
                self._long += len(key)
            self._known[key] = value
            while self._long > self._most:
                oldest = next(iter(self._known))
                del self._known[oldest]
                self._long -= len(oldest)
