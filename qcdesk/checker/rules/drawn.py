# SPDX-License-Identifier: Apache-2.0
"""The sample drawn again from its seed, as the method in ``qcdesk.domain.drawing`` says step by step.

The seed follows from the last event of somebody else; that of a round by an earlier program may have been chosen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from itertools import count, islice

JOINED = 3
LEAST_COMMON = 5
_WORDS = 2**64


def seed_after(vault: str, event: str, rounds: int) -> str:
    """Return the seed that follows from an event's hash, by how many rounds were opened since."""
    return sha256(b"qcdesk seed 1" + bytes.fromhex(vault + event) + rounds.to_bytes(8, "big")).hexdigest()[
        :32
    ]


def sample_of(
    seed: bytes,
    quantity: int,
    n: int,
    must_include: Iterable[int],
    *,
    hidden: bool,
    earlier: Iterable[int] | None = None,
) -> list[int]:
    """Return the units that a seed draws, and those that join them.

    Args: hidden: so many join that none stands out. earlier: units of earlier samples, from which these come first;
        None: as the first programs did it.
    """
    row = _swapped(quantity, _stream(b"qcdesk draw 1", seed))
    drawn = [next(row) + 1 for _ in range(n)]
    joined = {unit for unit in must_include if unit not in drawn}
    wanted = 0
    if hidden and earlier is not None:
        wanted = min(JOINED * (len(joined) // JOINED + 1), quantity - n)
        seen = sorted(u for u in set(earlier) if u <= quantity and u not in drawn and u not in joined)
        lots = _swapped(len(seen), _stream(b"qcdesk decoy 1", seed))
        joined.update([seen[place] for place in islice(lots, max(0, wanted - len(joined)))])
    elif hidden:
        wanted = min(JOINED * max(1, -(-len(joined) // JOINED)), quantity - n)
    while len(joined) < wanted:
        joined.add(next(row) + 1)
    return [*drawn, *sorted(joined)]


def second_of(seed: bytes, quantity: int, n: int, sample: list[int]) -> tuple[list[int], list[int]]:
    """Return the fresh units and the sample numbers that both look at, where something is split."""
    others = sorted(set(range(1, quantity + 1)) - set(sample))
    common = max(min(n, LEAST_COMMON), -(-n // 3), n - len(others))
    if common >= n:
        return [], list(range(1, n + 1))
    overlap = _swapped(n, _stream(b"qcdesk overlap 1", seed))
    fresh = _swapped(len(others), _stream(b"qcdesk fresh 1", seed))
    both = sorted(next(overlap) + 1 for _ in range(common))
    return [others[next(fresh)] for _ in range(n - common)], both


def _swapped(size: int, words: Iterator[int]) -> Iterator[int]:
    """Yield the places of a row in drawn order, 0-based: each is swapped with one that is not drawn yet."""
    row = dict[int, int]()
    for i in range(size):
        j = i + _below(size - i, words)
        row[i], row[j] = row.get(j, j), row.get(i, i)
        yield row.pop(i)


def _stream(name: bytes, seed: bytes) -> Iterator[int]:
    for k in count():
        digest = sha256(name + seed + k.to_bytes(8, "big")).digest()
        yield from (int.from_bytes(digest[at : at + 8], "big") for at in (0, 8, 16, 24))


def _below(bound: int, words: Iterator[int]) -> int:
    while True:
        word = next(words)
        if word < _WORDS - _WORDS % bound:
            return word % bound
