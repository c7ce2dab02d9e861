# SPDX-License-Identifier: Apache-2.0
"""The gate before every secret: waits and locks counted in the log, and what a workstation puts on record by itself.

Each way to open a key goes through ``Gate``: first whether a try may be made at all, then the slow work outside of any
transaction, then the failure on record, or once more whether others have failed meanwhile. Trying at many places at
once therefore gains nothing that counts.

A workstation whose key is not introduced yet signs nothing that the log would take. Its failed tries are kept beside the
workspace, where they count for whoever tries next from whatever station's folder, and the next sign-in anywhere puts
them on record. Beside a server there is no such place: they are kept in the station's own folder.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from qcdesk.domain.events import AuthFailed, AuthLocked, PersonUnlocked, StationIntroduced, Way
from qcdesk.domain.guessing import LOCK_SECONDS, STRANGE_TRIES, TRIES_TO_LOCK, Moment, Tries, strange_wait
from qcdesk.domain.people import Person
from qcdesk.domain.refusals import (
    BadgeUnknown,
    Locked,
    NotLocked,
    SheetNotNeeded,
    TryLater,
    UnlockedByAnother,
    WrongSecret,
    WrongSheet,
)
from qcdesk.domain.times import log_day
from qcdesk.services.ports import (
    Clock,
    Hand,
    KeptTry,
    Keys,
    SealedBadge,
    Sheet,
    StationHand,
    UnitOfWork,
    Workstation,
)
from qcdesk.services.recover import replace_sheet
from qcdesk.services.trouble import Trouble, require_believable


@dataclass(frozen=True)
class Gate:
    """What trying a secret takes. ``begin`` opens a unit of work that may write, ``look`` one that only reads."""

    begin: Callable[[], UnitOfWork]
    look: Callable[[], UnitOfWork]
    clock: Clock
    keys: Keys
    workstation: Workstation

    def open(self, login: str, secret: str, sheet: Sheet | None = None, *, by_log: bool = False) -> Hand:
        """Open a person's own key by password. Slow on purpose; no transaction is open meanwhile.

        Args: sheet: the opened recovery sheet; whoever holds it may try while locked, but not sooner than after the
            longest wait. by_log: what the tables say of the person is not asked, for they may be what is wrong.
        Raises: BadInput ``unknown_login``; NotActive; TryLater, Locked: the secret was not looked at; WrongSecret.
        """
        uow = self.look()
        with uow:
            vault, sealed = uow.vault, uow.sealed(login)
            person = uow.person(sealed.person)
        return self.attempt(
            vault,
            person,
            "password",
            lambda: self.keys.open(vault, login, sealed, secret),
            sheet,
            by_log=by_log,
        )

    def open_badge(self, code: str, pin: str) -> Hand:
        """Open the key of whose badge it is. The code finds its person; no login is asked.

        Raises: BadInput ``badge_code``; BadgeUnknown; else as ``open``.
        """
        vault, person, sealed = self._badge(code)
        login = person.login or ""
        return self.attempt(
            vault, person, "badge", lambda: self.keys.open_badge(vault, login, sealed, code, pin)
        )

    def person_of_badge(self, code: str) -> Person:
        """Return whose badge it is, so that the PIN can be asked by name. Raises: as ``open_badge``."""
        return self._badge(code)[1]

    def _badge(self, code: str) -> tuple[str, Person, SealedBadge]:
        badge = self.keys.find_badge(code)
        uow = self.look()
        with uow:
            sealed = uow.sealed_badge(badge)
            if sealed is None:
                raise BadgeUnknown
            return uow.vault, uow.person(sealed.person), sealed

    def attempt(
        self,
        vault: str,
        person: Person,
        way: Way,
        opening: Callable[[], Hand],
        sheet: Sheet | None = None,
        *,
        by_log: bool = False,
    ) -> Hand:
        """Make one try, and put a failed one on record.

        Raises: NotActive; TryLater, Locked: nothing was tried; WrongSecret with the wait and the tries that are left.
        """
        if not by_log:
            person.require_active()
        self.require_may_try(vault, person, sheet)
        try:
            hand = opening()
        except WrongSecret:
            hand = None
        if hand is None:  # outside of the handler: what is raised carries nothing of how it was opened
            row = self._failed(vault, person, way)
            raise WrongSecret(person.login or "", way, row.wait, row.left)
        self.require_may_try(vault, person, sheet)
        if not by_log:
            self._introduce(vault, hand)
        return hand

    def _introduce(self, vault: str, hand: Hand) -> None:
        """Introduce this workstation with the first key that is opened here, and put on record what waited for it.

        Where nothing can be written now, it stays for the next time: reading goes on.
        """
        uow = self.look()
        with suppress(Trouble):
            with uow:
                station = self.workstation.hand(vault)
                known = uow.station_key(station.station) == station.key
                if known and not self.workstation.kept_tries(vault):
                    return
            uow = self.begin()
            with uow:
                introduce(uow, self.workstation, hand)
                uow.commit()
            self.workstation.drop_tries(vault)

    def require_may_try(self, vault: str, person: Person, sheet: Sheet | None = None) -> None:
        """Refuse while a wait or a lock stands; with the sheet, a wait. Raises: TryLater, Locked, WrongSheet."""
        uow = self.look()
        with uow:
            row = self._row(uow, vault, person.id)
            now = self.workstation.moment(require_believable(self.clock.now()))
            if sheet is not None and uow.recovery_key() != sheet.key:
                raise WrongSheet()
            remaining = row.remaining(now) if sheet is None else row.remaining_unlocking(now)
            if sheet is None and row.locked(now):
                able = (p for p in uow.people() if p.status == "active" and p.id != person.id)
                who = tuple(p.name for p in able if not self._row(uow, vault, p.id).locked(now))
                raise Locked(person.name, remaining, who)
            if sheet is None:
                remaining = max(remaining, self._strange_wait(uow, vault, person.id, now))
        if remaining:
            raise TryLater(person.name, remaining)

    def _strange_wait(self, uow: UnitOfWork, vault: str, person: str, now: Moment) -> int:
        """Return the seconds that failures at workstations where the person does not work ask for here."""
        kept = [one.moment for one in self.workstation.kept_tries(vault) if one.person == person]
        failures = (*uow.strange_tries(person), *kept)
        if len(failures) < STRANGE_TRIES:
            return 0
        return strange_wait(failures, now, known=uow.acted_at(person, now.station))

    def _row(self, uow: UnitOfWork, vault: str, person: str) -> Tries:
        """Return the row as the log says, and the tries that wait to be put there."""
        row = uow.tries(person)
        for kept in self.workstation.kept_tries(vault):
            if kept.person == person:
                row = row.failed(kept.moment)
        return row

    def _failed(self, vault: str, person: Person, way: Way) -> Tries:
        """Put a failed try on record, or keep it until that can be done; the row it makes."""
        now = self.workstation.moment(require_believable(self.clock.now()))
        failed = KeptTry(person.id, way, now)
        uow = self.begin()
        try:
            with uow:
                station = self.workstation.hand(vault)
                if uow.station_key(station.station) == station.key:
                    flush(uow, self.workstation, vault, station)
                    row = _note(uow, failed, station, late=False)
                    uow.commit()
                    self.workstation.drop_tries(vault)
                    return row
        except Trouble:
            self.workstation.keep_try(vault, failed)
            raise
        self.workstation.keep_try(vault, failed)  # nobody has signed in here yet
        uow = self.look()
        with uow:
            return self._row(uow, vault, person.id)


def introduce(uow: UnitOfWork, workstation: Workstation, hand: Hand) -> bool:
    """Introduce the workstation's key where it is not known yet, and put on record what waited for that.

    An id has one key and keeps it. Where the log knows this id by another key, or this key by another id (settings that
    were copied from another machine, a folder that was put back from a copy), the workstation gives both up and is
    introduced under an id and a key of its own: nothing of that keeps anybody from signing in, or takes over another's.

    Belongs into the transaction of an act; tell the workstation to drop its kept tries after the commit.

    Returns: whether anything waited.
    """
    vault = uow.vault
    station, instead = workstation.hand(vault), ""
    known = uow.station_key(station.station)
    while known != station.key and (known is not None or uow.knows_station_key(station.key)):
        instead = instead or station.station
        station = workstation.renew(vault, station.key)
        known = uow.station_key(station.station)
    if known is None:
        uow.append(
            StationIntroduced(station.station, station.key, station.public_key, workstation.name, instead),
            hand,
        )
    return flush(uow, workstation, vault, station)


def flush(uow: UnitOfWork, workstation: Workstation, vault: str, station: StationHand) -> bool:
    """Put the kept tries on record, oldest first; whether there were any."""
    kept = workstation.kept_tries(vault)
    known = {person.id for person in uow.people()} if kept else set()
    for failed in kept:
        if failed.person in known:
            _note(uow, failed, station, late=True)
    return bool(kept)


def unlock(gate: Gate, act: Hand, person: str, sheet: Sheet | None = None) -> PersonUnlocked:
    """End a person's lock: any other enrolled person; or the person, with the recovery sheet for the other one.

    Args: sheet: opened; it stands in while fewer than two others can sign, and a new one follows it. Without it, and
        where nobody else can, the lock ends by time alone.
    Raises: UnlockedByAnother; SheetNotNeeded; NotLocked; NotActive.
    """
    uow = gate.begin()
    with uow:
        concerned = uow.person(person)
        uow.person(act.person).require_active()
        if sheet is not None:
            _require_sheet_needed(uow, concerned, act, log_day(gate.clock.now()))
        elif concerned.id == act.person:
            raise UnlockedByAnother(concerned.name, _others(uow, concerned))
        waited = introduce(uow, gate.workstation, act)
        row, lock = uow.tries(concerned.id), uow.standing_lock(concerned.id)
        if lock is None or not row.locked(gate.workstation.moment(gate.clock.now())):
            raise NotLocked(concerned.name)
        fact = PersonUnlocked(concerned.id, lock)
        uow.append(fact, act, co=() if sheet is None else (sheet,))
        if sheet is not None:
            replace_sheet(uow, fact.TYPE, concerned.id, act, sheet)
        uow.commit()
    if waited:
        gate.workstation.drop_tries(vault_of(gate))
    return fact


def _require_sheet_needed(uow: UnitOfWork, concerned: Person, act: Hand, on: date) -> None:
    """Refuse the recovery sheet where a person can do it: somebody else who signs, or two who could."""
    if act.person != concerned.id:
        raise SheetNotNeeded((uow.person(act.person).name,))
    others = tuple(p.name for p in uow.people() if p.id != concerned.id and p.can_sign(on))
    if len(others) >= 2:
        raise SheetNotNeeded(others)


def vault_of(gate: Gate) -> str:
    """Return the id of the workspace."""
    uow = gate.look()
    with uow:
        return uow.vault


def _note(uow: UnitOfWork, failed: KeptTry, station: StationHand, *, late: bool) -> Tries:
    """Put one failed try on record (``late``: it had to wait for that), and the lock that it brings."""
    row = uow.tries(failed.person).failed(failed.moment)
    moment = failed.moment
    tried = moment.at if late else None
    uow.note(
        AuthFailed(failed.person, failed.way, row.in_a_row, row.wait, moment.start, moment.steady, tried),
        station,
    )
    if row.in_a_row == TRIES_TO_LOCK:
        uow.note(AuthLocked(failed.person, row.in_a_row, LOCK_SECONDS), station)
    return row


def _others(uow: UnitOfWork, person: Person) -> tuple[str, ...]:
    """Return the names of who can unlock."""
    return tuple(p.name for p in uow.people() if p.status == "active" and p.id != person.id)
