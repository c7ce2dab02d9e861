# SPDX-License-Identifier: Apache-2.0
"""People at work in a process of their own, who say outside what they are about to commit and what was committed."""

from __future__ import annotations

import hashlib
import random
import secrets
import shutil
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from qcdesk.bootstrap import RandomIds, SystemClock
from qcdesk.domain.events import BatchSaved
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import Refusal
from qcdesk.exchange.photos import Picture, store_picture
from qcdesk.services.ports import Clock
from qcdesk.services.record_entries import Entries, NewFinding, NewReading, NewResult
from qcdesk.services.trouble import Trouble
from qcdesk.services.use_cases import UseCases
from qcdesk.store.database import FILE_NAME, Database
from qcdesk.store.statements import asked_of
from qcdesk.store.unit_of_work import SqlUnitOfWork
from qcdesk.store.upgrading import upgrade
from qcdesk.store.verification import verify
from tests.workspace import PRODUCT, Bench, HandClock, House, cheap_keys, connect, secret

LOGINS = ("linh", "som", "minh", "lan")
"""Everybody here inspects; Linh and Som hold every role, Minh releases."""

Tell = Callable[[str], None]


class TellingUnitOfWork(SqlUnitOfWork):
    """Says ``will`` and the hashes of a transaction's events before its commit, ``did`` when the commit returned.

    ``not``: the commit raised trouble that says that nothing was saved.
    """

    tell: Tell

    def commit(self) -> None:
        """Commit, and say so."""
        hashes = " ".join(h.hex() for h in self._appended)
        self.tell(f"will {hashes}")
        try:
            super().commit()
        except Trouble as trouble:
            if trouble.code != "outcome_unknown":
                self.tell(f"not {hashes}")
            raise
        self.tell(f"did {hashes}")


class Worker:
    """A person who takes whatever work there is: registers, records with photos, signs, releases."""

    def __init__(
        self,
        database: Database,
        login: str,
        tell: Tell,
        chance: random.Random,
        *,
        clock: Clock | None = None,
        station: str = "",
    ) -> None:
        """Open the person's key; nothing is written yet."""
        self._database, self._chance = database, chance
        clock, ids = clock or SystemClock(), RandomIds()

        def begin(*, write: bool) -> TellingUnitOfWork:
            uow = TellingUnitOfWork(database, clock, ids, station or f"bench of {login}", write=write)
            uow.tell = tell
            return uow

        none: dict[str, Any] = dict.fromkeys(
            (
                "read",
                "own",
                "review",
                "files",
                "keeping",
                "printing",
                "importing",
                "company",
                "post",
                "letters",
            )
        )
        self.use = UseCases(
            begin=lambda: begin(write=True),
            look=lambda: begin(write=False),
            clock=clock,
            ids=ids,
            keys=cheap_keys(),
            workstation=Bench(clock, station or f"bench of {login}"),
            **none,
        )
        self.refused: Counter[str] = Counter()
        self.hand = self.use.open_hand(login, secret(login))
        self.sitting = self.use.open_sitting(self.hand)

    def turn(self) -> None:
        """Do one thing; a rule that says no is part of the day."""
        try:
            self._turn()
        except Refusal as refusal:
            self.refused[type(refusal).__name__] += 1
        except BadInput as said:
            if said.code != "correction_reason":  # the same person measured that unit at another bench
                raise
            self.refused[said.code] += 1

    def _turn(self) -> None:
        with self._database.reading() as connection:
            mine = asked_of(connection, _MINE, {"p": self.hand.person})
            waiting = connection.exec_driver_sql(_WAITING).all()
        if mine:
            self._go_on(mine[0]["id"], mine[0]["round"])
            return
        if len(waiting) < 4:
            self._register()
            return
        number, state = self._chance.choice(waiting)
        if state == "accepted":
            self.use.release_batch(self.hand, number)
        else:
            self.use.start_check(self.sitting, number, knowing=True)

    def _register(self) -> None:
        with self.use.look() as uow:
            product, supplier = uow.product(PRODUCT).product, uow.supplier("S1").supplier
        saved = BatchSaved("", f"W-{secrets.token_hex(6)}", product, 8, supplier=supplier)
        self.use.register_batch(self.sitting, saved)

    def _go_on(self, check: str, round_id: str) -> None:
        with self.use.look() as uow:
            units, done = len(uow.round(round_id).opened.sample), uow.work(check).done_units()
        left = [u for u in range(1, units + 1) if u not in done]
        if not left:
            self.use.sign_check(self.hand, self.sitting, check)
            return
        now = left[: self._chance.randint(1, 6)]
        pictured = [u for u in now if u == 1]  # one minor defect is allowed, so that batches get to release
        self.use.record(
            self.sitting,
            Entries(
                check,
                results=tuple(NewResult(u) for u in now),
                readings=tuple(NewReading(u, "DIA", "12.03") for u in now),
                findings=tuple(NewFinding(u, "SCR", photo=self._photo()) for u in pictured),
            ),
        )

    def _photo(self) -> str:
        """Keep a picture beside the database as the program does after decoding it; the copy's hash."""
        original, copy = (self._chance.randbytes(self._chance.randint(2_000, 60_000)) for _ in range(2))
        return store_picture(self._database.folder / "files", Picture("jpeg", 640, 480, original, copy)).copy


_MINE = "SELECT id, round FROM checking WHERE person = :p AND state = 'open' LIMIT 1"
_WAITING = (
    "SELECT number, state FROM batch WHERE state IN ('registered', 'awaiting_second', 'accepted')"
    " AND released = 0"
)


def lay_house(location: str, clock: HandClock | None = None) -> None:
    """Lay a workspace in which the four can work; ``location`` is a folder, or the address of an empty database."""
    database = connect(location)
    upgrade(database)
    house = House.ready(database, clock or HandClock())
    house.enrol("minh", "Trần Văn Minh", "inspector", "releaser")
    house.enrol("lan", "王兰", "inspector")
    database.dispose()


def copy_house(template: Path, folder: Path) -> Path:
    """Copy the file of a workspace that nobody has open into a new folder."""
    folder.mkdir(parents=True)
    shutil.copyfile(template / FILE_NAME, folder / FILE_NAME)
    return folder


class Ledger:
    """What processes said outside: transactions about to be committed, acknowledged, and told as not saved."""

    def __init__(self) -> None:
        """Begin with nothing said."""
        self.will: set[tuple[str, ...]] = set()
        self.did: set[tuple[str, ...]] = set()
        self.refused: set[tuple[str, ...]] = set()

    def hear(self, line: str) -> None:
        """Take one line."""
        word, *hashes = line.split()
        if word == "will":
            self.will.add(tuple(hashes))
        elif word == "did":
            self.did.add(tuple(hashes))
        elif word == "not":
            self.refused.add(tuple(hashes))
        else:
            raise AssertionError(f"a process ended by itself: {line}")

    @property
    def unknown(self) -> set[tuple[str, ...]]:
        """Transactions that were about to be committed, and of which nobody heard again."""
        return self.will - self.did - self.refused

    def compare(self, database: Database) -> None:
        """Hold what was said against what is there: nothing lost, nothing half, and the whole verifies."""
        with database.reading() as connection:
            if database.dialect == "sqlite":
                assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
            hashes = [bytes(h).hex() for (h,) in connection.exec_driver_sql("SELECT hash FROM event")]
        there = set(hashes)
        assert len(there) == len(hashes)
        assert not [act for act in self.did if not there.issuperset(act)], "acknowledged, and gone"
        assert not [act for act in self.refused if there.intersection(act)], "told as not saved, and there"
        assert not [act for act in self.will if 0 < len(there.intersection(act)) < len(act)], "half an act"
        assert verify(database).problems == ()


def stray_files(files: Path) -> list[str]:
    """Return files beside a database that the program could take for content and that are none."""
    names: Iterable[Path] = files.iterdir() if files.is_dir() else ()
    rest = [p for p in names if not (p.name.startswith(".") and p.name.endswith(".part"))]
    return [p.name for p in rest if hashlib.sha256(p.read_bytes()).hexdigest() != p.name]
