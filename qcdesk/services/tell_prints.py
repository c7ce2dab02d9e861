# SPDX-License-Identifier: Apache-2.0
"""Telling that a paper leaves.

The paper is made first, then it is told, then it is handed over. A failure before the telling leaves a paper that
nobody has; one after it, a copy on record that nobody has, which is harmless: what is handed over was told, always. The
bytes say which copy they are, so what somebody else printed meanwhile has them made anew, with the next number.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from qcdesk.domain.events import Leaving, PaperNoted, PaperPrinted
from qcdesk.domain.refusals import CopyTaken
from qcdesk.services.ports import Hand, UnitOfWork, Workstation
from qcdesk.services.prints import CERTIFICATES, Print
from qcdesk.services.sittings import Sitting
from qcdesk.services.trouble import Trouble


@dataclass(frozen=True)
class Prints:
    """The use cases of papers that leave."""

    begin: Callable[[], UnitOfWork]
    look: Callable[[], UnitOfWork]
    entering: Callable[[Sitting], Hand]
    workstation: Workstation

    def tell(self, sitting: Sitting, paper: Print, way: Leaving) -> PaperPrinted:
        """Put on record that a paper leaves now, by whoever sits there; whoever reads only may take one, too.

        Raises: CopyTaken: it says that it is a copy which has left; it is to be made anew. NotActive, SittingOver.
        """
        hand, told = self.entering(sitting), paper.told
        with self.begin() as uow:
            uow.person(hand.person).require_active()
            fact = PaperPrinted(
                told.document,
                told.subject,
                told.name,
                told.batch,
                told.state,
                _copy(uow, paper),
                way,
                told.languages,
                _digest(paper),
            )
            uow.append(fact, hand)
            uow.commit()
        return fact

    def note(self, paper: Print, way: Leaving) -> PaperNoted | None:
        """The same where nobody has signed in: the workstation notes it; None: nobody ever signed in there.

        Raises: CopyTaken.
        """
        told = paper.told
        with self.look() as uow:
            station = self.workstation.hand(uow.vault)
            if uow.station_key(station.station) != station.key:
                return None
        with self.begin() as uow:
            fact = PaperNoted(
                told.document,
                told.subject,
                told.name,
                told.batch,
                told.state,
                _copy(uow, paper),
                way,
                told.languages,
                _digest(paper),
            )
            uow.note(fact, station)
            uow.commit()
        return fact

    def make_and_tell(self, sitting: Sitting, make: Callable[[], Print], way: Leaving) -> Print:
        """Make a paper and tell it; made anew where somebody else printed the same one meanwhile.

        Raises: Trouble ``locked``: others print it all the time.
        """
        for _ in range(_TRIES):
            paper = make()
            try:
                self.tell(sitting, paper, way)
            except CopyTaken:
                continue
            return paper
        raise Trouble("locked")

    def has_left(self, paper: Print) -> bool:
        """Tell whether this very print has left: it says which copy it is, so that the next one is made anew."""
        with self.look() as uow:
            try:
                _copy(uow, paper)
            except CopyTaken:
                return True
        return False


_TRIES: Final = 5


def _copy(uow: UnitOfWork, paper: Print) -> int:
    """Return which copy this is. Raises: CopyTaken."""
    told = paper.told
    if told.document in CERTIFICATES:
        if uow.certificate_left(int(told.subject), told.copy):
            raise CopyTaken(told.name, told.copy)
        return told.copy
    copy = uow.next_print(told.document, told.subject, told.state)
    if told.marked and copy != told.copy:
        raise CopyTaken(told.name, told.copy)
    return copy


def _digest(paper: Print) -> str:
    return "" if paper.told.secret else sha256(paper).hexdigest()
