# SPDX-License-Identifier: Apache-2.0
"""The last signatures that keys of this library made in this thread, so that they need not be verified once more.

A signature that anything else hands in is verified like one read from a file. Whoever runs code inside of this process
can write here, as anywhere in it: that is not what this is against.
"""

from __future__ import annotations

from collections import deque
from threading import local

MOST = 8  # of one event: its signer's, and those beside it
_thread = local()


def note(public_key: bytes, sig: bytes) -> None:
    """Keep that a key of this library has just made a signature."""
    lately: deque[tuple[bytes, bytes]] | None = getattr(_thread, "lately", None)
    if lately is None:
        lately = _thread.lately = deque(maxlen=MOST)
    lately.append((public_key, sig))


def made(public_key: bytes, sig: bytes) -> bool:
    """Tell whether a key of this library with this public half has made this signature here, a moment ago."""
    return (public_key, sig) in getattr(_thread, "lately", ())
