# SPDX-License-Identifier: Apache-2.0
"""What of a batch's history a person may see while a round is not compared (trust.md §8.2).

Drawn from the index of the log alone: which events there are, whose, and in which round; never from what they say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from qcdesk.store.mapping import Row

ENTRIES = frozenset(("check.recorded", "check.resolved"))
WORDS = frozenset(("batch.held", "batch.lifted", "check.set_aside", "check.retracted"))
"""Events whose reason is read like the first check: words about goods that somebody is looking at."""
WALKED = (
    "round.opened",
    "check.started",
    "check.signed",
    "check.retracted",
    "round.compared",
    "round.decided",
    "round.rejected_after_all",
    "round.again",
    "batch.reworked",
    "first.seen",
    "place.given_up",
)
"""What ``Sight`` has to know of a batch; any other event may be left out."""


class Sight:
    """One person's sight of one batch.

    Entries of a check belong to its person until a comparison comes after them. Words belong to who wrote them, to
    the round's first checker, and to whoever gave up the second place or was put down as having seen the first
    check; between rounds to whoever could not be the second person anyway.
    """

    def __init__(self, lines: Iterable[Row], person: str, might_be_second: Callable[[], bool]) -> None:
        """Walk the lines of the batch (``seq``, ``type``, ``person``, ``round``, ``checking``) in order."""
        self._person, self._might_be_second = person, might_be_second
        self._turns: list[tuple[int, bool, str | None]] = [
            (0, False, None)
        ]  # from this seq on: settled, round
        self._owners: dict[str, str] = {}
        self._firsts: dict[str, str] = {}
        self._seen: set[str] = set()
        self._ruled: set[str] = set()
        self._last_compared = 0
        signed = False
        for line in lines:
            kind, round_id = line["type"], line["round"]
            if kind == "round.opened":
                signed = False
                self._turn(line, settled=False, round_id=round_id)
            elif kind == "check.started":
                self._owners[line["checking"]] = line["person"]
                if not signed:
                    self._firsts[round_id] = line["person"]
            elif kind == "check.signed":
                signed = True
            elif kind == "round.compared":
                self._last_compared = line["seq"]
                self._turn(line, settled=True, round_id=round_id)
            elif kind in ("check.retracted", "batch.reworked", "round.again"):
                self._turn(line, settled=False, round_id=None)
            elif kind in ("round.decided", "round.rejected_after_all"):
                self._ruled.add(round_id)
            elif kind in ("first.seen", "place.given_up") and line["person"] == person:
                self._seen.add(round_id)

    def _turn(self, line: Row, *, settled: bool, round_id: str | None) -> None:
        self._turns.append((line["seq"], settled, round_id))

    def _before(self, seq: int) -> tuple[bool, str | None]:
        """Return how the batch stood when an event came: whether settled, and in which round."""
        settled, round_id = False, None
        for since, then, which in self._turns:
            if since >= seq:
                break
            settled, round_id = then, which
        return settled, round_id

    def open(self, seq: int) -> bool:
        """Tell whether an event is open to everybody: after the comparison, or one came after it."""
        return self._last_compared > seq or self._before(seq)[0]

    def entry(self, line: Row) -> bool:
        """Tell whether an entry of a check may show at all."""
        if self._owners.get(line["checking"]) == self._person:
            return True
        if line["type"] == "check.resolved":
            return line["round"] in self._ruled
        return self.open(line["seq"])

    def own(self, check: str) -> bool:
        """Tell whether a check is this person's."""
        return self._owners.get(check) == self._person

    def words(self, seq: int, author: str | None) -> bool:
        """Tell whether the words of an event may be read."""
        if author == self._person or self.open(seq):
            return True
        round_id = self._before(seq)[1]
        if round_id is None:
            return not self._might_be_second()
        return round_id in self._seen or self._firsts.get(round_id) == self._person
