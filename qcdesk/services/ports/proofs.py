# SPDX-License-Identifier: Apache-2.0
"""The log itself and whether it holds, as a unit of work tells it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from qcdesk.domain.anchors import Lost
from qcdesk.domain.explaining import Doubtful


@dataclass(frozen=True)
class OthersEvent:
    """An event that somebody else signed: number and hash (0 and zeros: there is none), and the rounds opened since."""

    seq: int
    hash: bytes
    rounds_since: int


class ProofQuestions(Protocol):
    """The questions of a unit of work that look at the log itself, whatever the tables say."""

    def head_seq(self) -> int:
        """Return the number of the last event."""

    def last_of_others(self, person: str) -> OthersEvent:
        """Return the last event that a person other than this one signed first; what workstations note is nobody's."""

    def event_hash(self, seq: int) -> str:
        """Return the hash of an event, as hex."""

    def record(self, sha256: str) -> bytes:
        """Return a kept document; Trouble ``record_damaged`` when it no longer fits its hash."""

    @property
    def verification_failed(self) -> bool:
        """Whether the last verification at this station found what concerns every batch, and none has held since."""

    def batch_verifies(self, batch: str, *, rules: bool = True) -> bool:
        """Tell whether every event of a batch still fits its hash and signature, and its records their hashes.

        And, with ``rules``, whether the events brought the batch by the rules to where it stands: the checker's replay.
        No, too, where the last verification at this station found what concerns every batch, or this one.
        """

    def breaks_rule(self, number: int) -> bool:
        """Tell whether an event breaks a rule, whoever signed it. Slow, so asked outside a transaction."""

    def failed_event(self, number: int, *, breaks_rule: bool = False) -> Doubtful:
        """Return an event that fails verification.

        Args: breaks_rule: it was found to break one, so that its signature need not fail.
        Raises: BadInput ``unknown_event``; EventHolds: it verifies; AlreadyThere ``void``: it is void already.
        """

    def lost(self) -> Lost | None:
        """Return the last event that this station saw and the log no longer holds; None: everything seen is there."""

    def lost_by_event(self, number: int) -> tuple[str, ...]:
        """Return what an event names by hash for a round to rest on, files and records, and is gone or damaged."""
