# SPDX-License-Identifier: Apache-2.0
"""One transaction: what is asked in it, and what it writes."""

from __future__ import annotations

from collections.abc import Sequence
from types import TracebackType
from typing import Protocol, Self

from qcdesk.domain.events import Fact
from qcdesk.domain.log import Event
from qcdesk.services.ports.audits import AuditQuestions
from qcdesk.services.ports.batches import BatchQuestions
from qcdesk.services.ports.care import CareQuestions
from qcdesk.services.ports.concessions import ConcessionQuestions
from qcdesk.services.ports.corrective import CorrectiveQuestions
from qcdesk.services.ports.inspections import InspectionQuestions
from qcdesk.services.ports.keeping import Progress
from qcdesk.services.ports.keys import Hand, SealedBadge, SealedKey
from qcdesk.services.ports.master_data import MasterDataQuestions
from qcdesk.services.ports.nonconformities import NonconformityQuestions
from qcdesk.services.ports.papers import PaperQuestions
from qcdesk.services.ports.people import PeopleQuestions
from qcdesk.services.ports.proofs import ProofQuestions
from qcdesk.services.ports.workstations import StationHand


class UnitOfWork(
    PeopleQuestions,
    MasterDataQuestions,
    BatchQuestions,
    InspectionQuestions,
    ConcessionQuestions,
    NonconformityQuestions,
    CorrectiveQuestions,
    AuditQuestions,
    CareQuestions,
    PaperQuestions,
    ProofQuestions,
    Protocol,
):
    """One transaction: read, append events (which write their projections), commit; left without commit, nothing."""

    def __enter__(self) -> Self:
        """Begin."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Roll back what was not committed."""

    @property
    def vault(self) -> str:
        """The 128-bit id of this database; BadInput ``no_workspace`` when it was never opened."""

    def append(self, fact: Fact, hand: Hand, co: Sequence[Hand] = ()) -> Event:
        """Chain, sign and write an event and its projections; ``co`` sign beside the first."""

    def note(self, fact: Fact, station: StationHand) -> Event:
        """Append a station event: no person, signed by the workstation's own key, whatever its clock reads."""

    def commit(self) -> None:
        """Make it durable; returns only then."""

    def keep_record(self, sha256: str, document: bytes) -> None:
        """Keep a signed document whole, under its hash."""

    def seal(self, sealed: SealedKey) -> None:
        """Keep a sealed key (not part of the log)."""

    def replace_seal(self, sealed: SealedKey) -> None:
        """Keep another seal of a key in place of the one there is; after ``secret.changed``."""

    def drop_seal(self, key: str) -> None:
        """Delete the seal of a key that has ended."""

    def seal_badge(self, sealed: SealedBadge) -> None:
        """Keep the seal of a badge; after ``badge.issued``."""

    def drop_badges(self, badges: Sequence[str]) -> None:
        """Delete the seals of stopped badges."""

    def remember(self) -> None:
        """Take up what this thread's last act has read, and leave what is read here for its next.

        Asked first in a look that an act usually follows. It all holds for as long as nobody has written meanwhile; what
        people entered is read anew all the same.
        """

    def reckon_tables(self, progress: Progress | None = None) -> None:
        """Reckon what the tables should hold, as the log alone says. Slow, so asked outside a transaction.

        Raises: Trouble ``cancelled``.
        """

    def rewrite_tables(self) -> int | None:
        """Write anew, within this transaction, what differs from what was reckoned; how many rows it was.

        None: the log has gone on in a way that asks for reckoning anew.
        Raises: LogNotWhole: the log itself lacks something. Trouble ``server_owner``: only the owner of a server's
            tables may.
        """
