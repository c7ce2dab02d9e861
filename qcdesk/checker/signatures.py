# SPDX-License-Identifier: Apache-2.0
"""Are these signatures good? One by one, or page after page on the other cores.

Which keys are taken is decided here, in plain Python, for both ways of verifying; so they agree on every input.
"""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple

from qcdesk.checker import ed25519
from qcdesk.checker.lines import framed

try:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
except ImportError:  # a machine with Python alone: the same answers, some ten times slower
    FAST = False
else:
    FAST = True

WORTH_A_PROCESS = 20_000
"""Below this many signatures, starting another process costs more than it saves."""
KEPT = WORTH_A_PROCESS
"""So many good signatures are remembered by their hash, so that a log is verified again more quickly."""
AHEAD = 8
"""Pages under way at once: enough that nobody waits, few enough that memory stays small."""


class Job(NamedTuple):
    """A signature to verify: the line it belongs to, the public key (32 bytes), kind, body and signature."""

    seq: int
    public_key: bytes
    kind: str
    body: bytes
    sig: bytes


def verify(public_key: bytes, kind: str, body: bytes, sig: bytes) -> bool:
    """Tell whether ``sig`` is this key's on a body of this kind. Never raises for what a forged row can hold."""
    if len(sig) != ed25519.SIGNATURE_BYTES or not _taken(public_key):
        return False
    message = framed(kind, body)
    if not FAST:
        return ed25519.verify(public_key, message, sig)
    name = sha256(public_key + sig + message).digest()  # two of fixed lengths first: no other three make it
    if name in _GOOD:
        return True
    try:
        _opened(public_key).verify(sig, message)
    except InvalidSignature:
        return False
    if len(_GOOD) >= KEPT:
        forget()
    _GOOD.add(name)
    return True


def forget() -> None:
    """Remember no signature: the next verification works each of them out, as the first one of a process does."""
    _GOOD.clear()


def bad_ones(jobs: Sequence[Job]) -> list[int]:
    """Return the numbers of the lines with a signature that is not good."""
    return [job.seq for job in jobs if not verify(job.public_key, job.kind, job.body, job.sig)]


@lru_cache(maxsize=4_096)
def _taken(public_key: bytes) -> bool:
    return ed25519.decode_key(public_key) is not None


_GOOD: set[bytes] = set()
"""What this process found good with `cryptography`: the very key, bytes and signature, and nothing that was not good."""


if FAST:

    @lru_cache(maxsize=4_096)
    def _opened(public_key: bytes) -> Ed25519PublicKey:
        return Ed25519PublicKey.from_public_bytes(public_key)


class Here:
    """Verifies at once, in this process."""

    def __init__(self) -> None:
        """Begin with nothing found."""
        self.bad: set[int] = set()

    def take(self, jobs: list[Job]) -> None:
        """Verify a page."""
        self.bad.update(bad_ones(jobs))

    def finish(self) -> set[int]:
        """Return the numbers of all lines with a bad signature."""
        return self.bad

    def close(self) -> None:
        """Nothing is held."""


class OtherCores:
    """Verifies in other processes, each page as plain bytes; the caller goes on reading meanwhile.

    Where such a process cannot live (a program that cannot be started twice, memory that ran out), this one does it.
    """

    def __init__(self, processes: int) -> None:
        """Start the processes anew (spawned, not forked: a window and its threads are not copied)."""
        context = multiprocessing.get_context("spawn")
        self._pool = ProcessPoolExecutor(processes, mp_context=context)
        self._ahead = AHEAD * processes
        self._under_way: deque[tuple[Future[list[int]], list[Job]]] = deque()
        self._alone = False
        self.bad: set[int] = set()

    def take(self, jobs: list[Job]) -> None:
        """Hand a page over; waits only when too many are under way."""
        if not self._alone:
            try:
                self._under_way.append((self._pool.submit(bad_ones, jobs), jobs))
            except BrokenProcessPool:
                self._alone = True
        if self._alone:
            self.bad.update(bad_ones(jobs))
        while len(self._under_way) > self._ahead:
            self._next()

    def _next(self) -> None:
        found, jobs = self._under_way.popleft()
        try:
            self.bad.update(found.result())
        except BrokenProcessPool:
            self._alone = True
            self.bad.update(bad_ones(jobs))

    def finish(self) -> set[int]:
        """Wait for every page; return the numbers of all lines with a bad signature."""
        while self._under_way:
            self._next()
        return self.bad

    def close(self) -> None:
        """End the processes; what was not begun is dropped."""
        self._pool.shutdown(wait=True, cancel_futures=True)


Verifier = Here | OtherCores
MakeVerifier = Callable[[int], Verifier]


def verifier_for(signatures: int) -> Verifier:
    """Return what is quickest for about so many signatures on this machine."""
    cores = os.cpu_count() or 1
    if cores < 2 or signatures < WORTH_A_PROCESS:
        return Here()
    return OtherCores(min(cores - 1, 4))
