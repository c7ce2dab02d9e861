# SPDX-License-Identifier: Apache-2.0
"""Drawing the sample: random units of a batch, repeatable by anyone from the stored seed.

The method, so that another program can repeat it (all numbers are unsigned, most significant byte first):

1. ``seed`` is 16 bytes, stored as 32 hexadecimal digits. Whoever opens the round does not choose it: it is the first
   16 bytes of SHA-256 of the 13 ASCII bytes ``qcdesk seed 1``, the 16 bytes of the workspace's id, the 32 bytes of the
   hash of the last event before the opening that somebody else signed (workstations sign for nobody; zeros where
   there is none), and as 8 bytes how many rounds were opened since that event. Own events before it, and own ids,
   change nothing. Where a round carries on the values of one before, it keeps that one's seed. Rounds that do not
   name such an event were opened by earlier programs, which took the operating system's random source.
2. Words: for k = 0, 1, 2 … take SHA-256 of the 13 ASCII bytes ``qcdesk draw 1``, the 16 bytes of the seed
   and k as 8 bytes. Each digest is cut into four words of 8 bytes. The words of all digests in turn are the
   stream.
3. A number below b: take the next word w. If w >= 2^64 - (2^64 mod b), drop it and take the next; else it
   is w mod b.
4. Units lie in a row as 1 … N. For i = 0 … n-1: take a number r below N - i, and swap the places i and i + r
   (0-based). The unit that is then at place i is the one drawn as sample number i + 1.
5. Units that must be included and were not drawn follow in ascending order.
6. Where the sample must not tell whether there are any (every round after the first), others join them, at least one,
   until ``JOINED`` units or a multiple of it have joined: units of the batch's earlier samples that neither were drawn
   nor must be included, in ascending order in a row, drawn as in 4 from the words of ``qcdesk decoy 1``; and where
   these come to an end, further units as in 4. All that joined stand in ascending order. (Earlier programs took only
   further units, and none where the number was full without.)
7. Where the second person looks at fresh units, o of the n stay common to both: a third of n (rounded up), at least
   ``LEAST_COMMON``, and more where the batch has too few units besides. Which ones: the sample numbers 1 … n lie in a
   row, and o of them are drawn as in 4 from the words of ``qcdesk overlap 1`` (in place of ``qcdesk draw 1``); they
   stand in ascending order. The units of the batch that are not in the sample, in ascending order, lie in another row,
   and n - o of them are drawn as in 4 from the words of ``qcdesk fresh 1``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

SEED_BYTES = 16
JOINED = 3
"""Units that join the sample of every later round: enough to hide the few on which a critical was ever claimed."""
LEAST_COMMON = 5
"""Units that both look at where each has a sample of the own: fewer would compare nothing."""
_DOMAIN = b"qcdesk draw 1"
_SEED, _DECOY = b"qcdesk seed 1", b"qcdesk decoy 1"
_OVERLAP, _FRESH = b"qcdesk overlap 1", b"qcdesk fresh 1"
_WORD_VALUES = 2**64


def seed_after(vault: str, event: bytes, rounds: int) -> str:
    """Return the seed of a round, 32 hexadecimal digits.

    Args: vault: 32 hexadecimal digits. event: hash of the last event before it that somebody else signed. rounds: how
        many were opened since.
    """
    said = _SEED + bytes.fromhex(vault) + event + rounds.to_bytes(8, "big")
    return hashlib.sha256(said).digest()[:SEED_BYTES].hex()


def draw(
    seed: bytes,
    lot_size: int,
    n: int,
    must_include: Iterable[int] = (),
    *,
    hide: bool = False,
    earlier: Iterable[int] | None = None,
) -> tuple[int, ...]:
    """Return unit numbers of the batch in drawn order; position 1 is sample number 1.

    Args: seed: 16 bytes. lot_size: units of the batch, 1 or more, numbered from 1. n: units to
        draw at random, 1 … lot_size. must_include: units that join the sample in any case; not drawn, they
        follow after the n, so that the first n stay a random sample. hide: let others join them, so that nobody
        can read from the sample whether there are any. earlier: units of the batch's earlier samples, from which
        these others come first; None: as the first programs did it.
    Returns: n distinct units, then the joined ones. A smaller n of the same seed is the beginning of a
        larger one.
    Raises: ValueError: a seed of another length, n or a unit out of range.
    Source: partial Fisher–Yates shuffle over SHA-256 in counter mode, as the module's text says step by step.
    """
    if len(seed) != SEED_BYTES:
        raise ValueError(f"a seed has {SEED_BYTES} bytes, not {len(seed)}")
    if not 1 <= n <= lot_size:
        raise ValueError(f"cannot draw {n} of {lot_size}")
    joined = sorted(set(must_include))
    if joined and not 1 <= joined[0] <= joined[-1] <= lot_size:
        raise ValueError(f"units {joined} are not all in 1 … {lot_size}")
    words = _words(seed)
    moved: dict[int, int] = {}  # only the places that no longer hold their own unit, so that N costs nothing
    drawn: list[int] = []
    for i in range(n):
        j = i + _below(lot_size - i, words)
        drawn.append(moved.get(j, j) + 1)
        moved[j] = moved.pop(i, i)
    already = set(drawn)
    joining = [unit for unit in joined if unit not in already]
    if hide:
        if earlier is None:
            wanted = min(JOINED * max(1, -(-len(joining) // JOINED)), lot_size - n)
        else:
            wanted = min(JOINED * (len(joining) // JOINED + 1), lot_size - n)
            row = sorted({unit for unit in earlier if unit <= lot_size} - already - set(joining))
            decoys = min(wanted - len(joining), len(row))
            joining += [row[place] for place in _places(len(row), decoys, _words(seed, _DECOY))]
        taken = {*already, *joining}
        for i in range(n, lot_size):
            if len(joining) >= wanted:
                break
            j = i + _below(lot_size - i, words)
            unit = moved.get(j, j) + 1
            moved[j] = moved.pop(i, i)
            if unit not in taken:
                joining.append(unit)
                taken.add(unit)
    return (*drawn, *sorted(joining))


def draw_fresh(
    seed: bytes, lot_size: int, n: int, sample: Iterable[int]
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return what makes the second person's sample: fresh units of the batch, and the sample numbers common to both.

    Args: seed, lot_size, n: as ``draw`` took them. sample: what it returned.
    Returns: n - o unit numbers in drawn order, and o sample numbers ascending; o is n where nothing else is left.
    """
    taken = frozenset(sample)
    left = lot_size - len(taken)
    fresh = min(n - min(n, max(LEAST_COMMON, -(-n // 3))), left)
    if fresh == 0:
        return (), tuple(range(1, n + 1))
    common = sorted(place + 1 for place in _places(n, n - fresh, _words(seed, _OVERLAP)))
    others = [unit for unit in range(1, lot_size + 1) if unit not in taken]
    return tuple(others[place] for place in _places(left, fresh, _words(seed, _FRESH))), tuple(common)


def _places(size: int, n: int, words: Iterator[int]) -> list[int]:
    """Draw n places out of a row, 0-based."""
    moved: dict[int, int] = {}  # only the places that no longer hold their own unit, so that N costs nothing
    drawn = []
    for i in range(n):
        j = i + _below(size - i, words)
        drawn.append(moved.get(j, j))
        moved[j] = moved.pop(i, i)
    return drawn


def _words(seed: bytes, domain: bytes = _DOMAIN) -> Iterator[int]:
    counter = 0
    while True:
        digest = hashlib.sha256(domain + seed + counter.to_bytes(8, "big")).digest()
        for start in range(0, 32, 8):
            yield int.from_bytes(digest[start : start + 8], "big")
        counter += 1


def _below(bound: int, words: Iterator[int]) -> int:
    # Dropping the words past the last whole multiple keeps every value equally likely.
    limit = _WORD_VALUES - _WORD_VALUES % bound
    while (word := next(words)) >= limit:
        pass
    return word % bound
