# SPDX-License-Identifier: Apache-2.0
"""Telling that a paper leaves.

The paper is made first, then it is told, then it is handed over. A failure before the telling leaves a paper that
nobody has; one after it, a copy on record that nobody has, which is harmless: what is handed over was told, always. The
bytes say which copy they are, so what somebody else printed meanwhile has them made anew, with the next number. A mail
is told when the server has all of it but its end: what it refuses before, or cannot be reached for, left nothing.

A printer may refuse a paper to the very end. So what goes to one is told once it took it, and looked at before: whatever
could not be told is not sent. What fails in between is said, for the paper is out then.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, TypeVar

from qcdesk.domain.events import Leaving, PaperNoted, PaperPrinted
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import CopyTaken, Refusal
from qcdesk.services.company_signatures import CompanySigner
from qcdesk.services.ports import Hand, UnitOfWork, Workstation
from qcdesk.services.prints import CERTIFICATES, Print
from qcdesk.services.sittings import Sitting
from qcdesk.services.trouble import Trouble

Sent = TypeVar("Sent")


@dataclass(frozen=True)
class Prints:
    """The use cases of papers that leave."""

    begin: Callable[[], UnitOfWork]
    look: Callable[[], UnitOfWork]
    entering: Callable[[Sitting], Hand]
    workstation: Workstation
    company: CompanySigner

    def leaving(self, paper: Print, way: Leaving, password: str | None = None) -> Print:
        """Return a paper as it leaves this way: a file is signed where this station signs whatever leaves.

        To be asked before it is told: what is told is the digest of what leaves. Raises: as ``CompanySigner.look``.
        ``password``: of the company's certificate, where no keyring has it.
        """
        return paper.signed(self.company.leaving(paper, password)) if way in _AS_FILE else paper

    def tell(self, sitting: Sitting, paper: Print, way: Leaving) -> PaperPrinted:
        """Put on record that a paper leaves now, by whoever sits there; whoever reads only may take one, too.

        Raises: CopyTaken: it says that it is a copy which has left; it is to be made anew. NotActive, SittingOver.
        """
        hand = self.entering(sitting)
        with self.begin() as uow:
            uow.person(hand.person).require_active()
            fact = _left(PaperPrinted, uow, paper, way)
            uow.append(fact, hand)
            uow.commit()
        return fact

    def note(self, paper: Print, way: Leaving) -> PaperNoted | None:
        """The same where nobody has signed in: the workstation notes it; None: nobody ever signed in there.

        Raises: CopyTaken.
        """
        with self.look() as uow:
            station = self.workstation.hand(uow.vault)
            if uow.station_key(station.station) != station.key:
                return None
        with self.begin() as uow:
            fact = _left(PaperNoted, uow, paper, way)
            uow.note(fact, station)
            uow.commit()
        return fact

    def make_and_tell(
        self, sitting: Sitting, make: Callable[[], Print], way: Leaving, password: str | None = None
    ) -> Print:
        """Make a paper, tell it and return it as it leaves; made anew where somebody else printed it meanwhile.

        Raises: Trouble ``locked``: others print it all the time.
        """
        for _ in range(TRIES):
            paper = self.leaving(make(), way, password)
            try:
                self.tell(sitting, paper, way)
            except CopyTaken:
                continue
            return paper
        raise Trouble("locked")

    def require_tellable(self, sitting: Sitting | None, paper: Print) -> None:
        """Refuse what could not be told, before it is sent to a printer. Raises: as ``tell``, and ``note`` (None)."""
        hand = None if sitting is None else self.entering(sitting)
        with self.look() as uow:
            if hand is not None:
                uow.person(hand.person).require_active()
            _copy(uow, paper)

    def tell_sent(self, sitting: Sitting | None, paper: Print, way: Leaving) -> None:
        """Put on record that a printer took a paper; None: the workstation notes it.

        Raises: Trouble ``printed_untold``: it could not be told, and the paper is out.
        """
        try:
            if sitting is None:
                self.note(paper, way)
            else:
                self.tell(sitting, paper, way)
        except (Refusal, BadInput, Trouble) as why:
            raise Trouble("printed_untold") from why

    def send(
        self, sitting: Sitting | None, papers: Sequence[Print], way: Leaving, give: Callable[[], Sent]
    ) -> Sent:
        """Send papers to a printer and, once it took them, put each on record. Raises: as ``give``, and as above."""
        for paper in papers:
            self.require_tellable(sitting, paper)
        sent = give()
        for paper in papers:
            self.tell_sent(sitting, paper, way)
        return sent

    def has_left(self, paper: Print) -> bool:
        """Tell whether this very print has left: it says which copy it is, so that the next one is made anew."""
        with self.look() as uow:
            try:
                _copy(uow, paper)
            except CopyTaken:
                return True
        return False


class InMail:
    """A paper in a mail that goes later, or never: told just before it goes, and once.

    A server may refuse the mail, and who wrote it may give it up: so long nothing of it left, and nothing is told.
    Meanwhile another print may have left as this copy; then it is made anew. ``password``: of the company's
    certificate, where no keyring has it.
    """

    def __init__(
        self, prints: Prints, made: bytes, anew: Callable[[Sitting], Print], password: str | None = None
    ) -> None:
        """Take a paper as it is shown, and what makes it with the next copy's number."""
        self._prints, self._made, self._anew = prints, made, anew
        self.password = password
        self.leaves: bytes = made
        """As it leaves; of something that is no paper of the log nothing is told."""
        self.told = False

    def ready(self, sitting: Sitting) -> None:
        """Have it as it leaves. Raises: as ``Prints.leaving``, and as what makes it anew."""
        if self.told:
            return
        if isinstance(self._made, Print):
            if self._prints.has_left(self._made):
                self._made = self._anew(sitting)
            self.leaves = self._prints.leaving(self._made, "mailed", self.password)
        else:
            self.leaves = self._prints.company.leaving(self._made, self.password)

    def tell(self, sitting: Sitting) -> None:
        """Put on record that it leaves now. Raises: as ``Prints.tell``; CopyTaken: it is to be had ready once more."""
        if not self.told and isinstance(self.leaves, Print):
            self._prints.tell(sitting, self.leaves, "mailed")
            self.told = True


TRIES: Final = 5
"""How often a paper is made anew because others print it, too."""
_AS_FILE: Final = ("saved", "mailed")
"""Ways on which the bytes themselves leave, and not a picture of their pages."""
_Left = TypeVar("_Left", PaperPrinted, PaperNoted)


def _left(kind: type[_Left], uow: UnitOfWork, paper: Print, way: Leaving) -> _Left:
    """Return what is told of a paper. Raises: CopyTaken."""
    told = paper.told
    return kind(
        told.document,
        told.subject,
        told.name,
        told.batch,
        told.state,
        _copy(uow, paper),
        way,
        told.languages,
        "" if told.secret else sha256(paper).hexdigest(),
    )


def _copy(uow: UnitOfWork, paper: Print) -> int:
    """Return which copy this is. Raises: CopyTaken."""
    told = paper.told
    if told.document in CERTIFICATES:
        number = int(told.subject)
        certificate = uow.certificate(number)
        counted = certificate.analyses if told.document == "analysis" else certificate.printed
        if told.copy >= counted or uow.certificate_left(told.document, number, told.copy):
            raise CopyTaken(told.name, told.copy)
        return told.copy
    copy = uow.next_print(told.document, told.subject, told.state)
    if told.marked and copy != told.copy:
        raise CopyTaken(told.name, told.copy)
    return copy
