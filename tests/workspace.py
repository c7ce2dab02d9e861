# SPDX-License-Identifier: Apache-2.0
"""A small workspace for tests: two people, a product, an approved procedure, and short words for what people do."""

from __future__ import annotations

import hashlib
import itertools
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa

from qcdesk import config
from qcdesk.bootstrap import LetterFiles
from qcdesk.domain.events import (
    BatchSaved,
    DefectCodeSaved,
    Maker,
    ProductSaved,
    SupplierSaved,
)
from qcdesk.domain.guessing import Moment
from qcdesk.domain.modes import codes_in_review, measures_on, units_for
from qcdesk.domain.people import Role
from qcdesk.domain.procedures import Characteristic, ProcedureContent, ProcedureDefect
from qcdesk.domain.refusals import Refusal
from qcdesk.domain.reviewing import Opened
from qcdesk.domain.sampling import ClassRule
from qcdesk.exchange.mail_sending import SmtpPost
from qcdesk.services.enrol_people import Founder
from qcdesk.services.ports import Clock, Hand, KeptTry
from qcdesk.services.record_entries import Entries, NewFinding, NewReading, NewResult
from qcdesk.services.sign_check import Signed
from qcdesk.services.sittings import Sitting
from qcdesk.services.start_check import Started
from qcdesk.services.use_cases import UseCases
from qcdesk.signing.companies import StationCompany
from qcdesk.signing.keyring import Ed25519Keys, KeyHand
from qcdesk.signing.keys import KeyPair
from qcdesk.signing.seals import Cost
from qcdesk.signing.stations import StationKey
from qcdesk.signing.verifying import verify
from qcdesk.store.database import FILE_NAME, Database, open_database
from qcdesk.store.refused import UNKNOWN
from qcdesk.store.unit_of_work import SqlUnitOfWork
from qcdesk.store.upgrading import upgrade
from tests.company_files import MemoryKeyring

CHEAP = Cost(64, 1, 1)
STATION = "bench 1"
PRODUCT = "PH-204"
PROCEDURE = "IP-204"


def cheap_keys() -> Ed25519Keys:
    """Return keys that open at once; nothing of worth is sealed in a test."""
    return Ed25519Keys(CHEAP, floor=CHEAP)


@dataclass
class HandClock:
    """A clock set by hand: microseconds since 1970 UTC, one second further at each look."""

    at: int = int(datetime(2026, 3, 2, 8, tzinfo=UTC).timestamp()) * 1_000_000
    tick: int = 1_000_000
    steady: int = field(init=False)
    """Where it would stand if nobody had looked at it: by that people grow idle, not by a look at the clock."""

    def __post_init__(self) -> None:
        """Begin both at the same time."""
        self.steady = self.at

    def now(self) -> int:
        """Return the time, and move on by the tick."""
        self.at += self.tick
        return self.at

    def today(self) -> date:
        """Return the day, in UTC: the same everywhere."""
        return datetime.fromtimestamp(self.at / 1_000_000, UTC).date()

    def forward(self, *, days: int = 0, seconds: int = 0) -> None:
        """Move on (or back)."""
        self.at += (days * 86_400 + seconds) * 1_000_000
        self.steady += (days * 86_400 + seconds) * 1_000_000


class Bench:
    """A workstation in memory: the same key for the same name, and a steady clock that follows the hand-set one.

    ``steady_us`` set: the steady clock stands there, whatever the other does. ``start``: change it, and the machine was
    started anew.
    """

    def __init__(self, clock: Clock, station: str = STATION) -> None:
        """Remember the clock."""
        self._clock, self.station, self.name = clock, station, f"{station} by the window"
        self.start = "start 1"
        self.steady_us: int | None = None
        self._kept: list[KeptTry] = []
        self._seen: dict[str, int] = {}
        self._hands: dict[str, StationKey] = {}
        self.gave_up = ""

    def renew(self, vault: str, _spent: str) -> StationKey:
        """Return another id and key."""
        self.gave_up = self.gave_up or self.station
        del self._hands[vault]
        self.station += " anew"
        return self.hand(vault)

    def hand(self, vault: str) -> StationKey:
        """Return the key, made once for each workspace, as the program's own is read once."""
        if vault not in self._hands:
            seed = hashlib.sha256(f"{vault} {self.station}".encode()).digest()
            self._hands[vault] = StationKey(KeyPair(seed), self.station)
        return self._hands[vault]

    def moment(self, at: int) -> Moment:
        """Return the moment."""
        return Moment(at, self.station, self.start, at if self.steady_us is None else self.steady_us)

    def steady(self) -> tuple[str, int]:
        """Return the steady clock, without moving the other one on."""
        steady = self._clock.steady if isinstance(self._clock, HandClock) else 0
        return self.start, steady if self.steady_us is None else self.steady_us

    def kept_tries(self, _vault: str) -> tuple[KeptTry, ...]:
        """Return what is kept."""
        return tuple(self._kept)

    def keep_try(self, _vault: str, failed: KeptTry) -> None:
        """Keep it."""
        self._kept.append(failed)

    def drop_tries(self, _vault: str) -> None:
        """Forget it."""
        self._kept.clear()

    def seen_up_to(self, _vault: str, what: str) -> int:
        """Return what was seen."""
        return self._seen.get(what, 0)

    def saw_up_to(self, _vault: str, what: str, seq: int) -> None:
        """Remember it."""
        self._seen[what] = seq


@dataclass
class CountedIds:
    """Ids that are the same in every run; ``salt`` keeps two programs on one database apart."""

    salt: str = ""
    _count: Iterable[int] = field(default_factory=lambda: itertools.count(1))

    def new(self) -> str:
        """Return 32 hexadecimal digits."""
        number = next(iter(self._count))
        return hashlib.sha256(f"{self.salt}/{number}".encode()).hexdigest()[:32]

    def go_on_after(self, other: CountedIds) -> None:
        """Give the ids that the other one would give from now on; both go on."""
        following = next(iter(other._count))
        self._count, other._count = itertools.count(following), itertools.count(following)


def use_of(
    database: Database,
    clock: HandClock,
    *,
    salt: str = "",
    **adapters: Any,  # noqa: ANN401 - whichever of the other ports a test brings
) -> UseCases:
    """Return the use cases on a migrated database; ports that a test does not bring are missing (None)."""
    ids = CountedIds(salt)
    usual: dict[str, Any] = dict.fromkeys(
        ("read", "own", "review", "files", "keeping", "printing", "importing")
    )
    usual["letters"] = LetterFiles()
    usual["company"] = StationCompany(clock, MemoryKeyring(), config.load_settings)
    usual["post"] = SmtpPost(clock, MemoryKeyring(), lambda: None)
    usual["keys"] = cheap_keys()
    workstation = adapters.pop("workstation", None) or Bench(clock)
    require_printable = adapters.pop("require_printable", None)
    return UseCases(
        begin=lambda: SqlUnitOfWork(
            database,
            clock,
            ids,
            lambda: workstation.station,
            write=True,
            workstation=workstation,
            require_printable=require_printable,
        ),
        look=lambda: SqlUnitOfWork(database, clock, ids, workstation.station, write=False),
        clock=clock,
        ids=ids,
        workstation=workstation,
        **{**usual, **adapters},
    )


def connect(location: str, *, durable: bool = False) -> Database:
    """Open a migrated database as the program does; unless ``durable``, SQLite does not wait for the disk."""
    database = open_database(location, verify)
    if database.dialect == "sqlite" and not durable:

        @sa.event.listens_for(database.engine, "connect")
        def _hurry(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own connection
            connection.execute("PRAGMA synchronous=OFF")

    return database


def laid(folder: Path) -> Database:
    """Return a fresh, migrated database in a folder; the tables are laid once for all tests of this process."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / FILE_NAME).write_bytes(_migrated())
    return connect(str(folder))


@cache
def _migrated() -> bytes:
    with tempfile.TemporaryDirectory(prefix="qcdesk-laid-", ignore_cleanup_errors=True) as folder:
        database = connect(folder)
        upgrade(database)
        database.dispose()
        return (Path(folder) / FILE_NAME).read_bytes()


@cache
def _furnished(procedure: bool) -> tuple[bytes, House]:
    with tempfile.TemporaryDirectory(prefix="qcdesk-furnished-", ignore_cleanup_errors=True) as folder:
        database = laid(Path(folder))
        made = (House.ready if procedure else House.open)(database, HandClock())
        database.dispose()
        return (Path(folder) / FILE_NAME).read_bytes(), made


def move_in(database: Database, clock: HandClock, *, procedure: bool = True, **adapters: Any) -> House:  # noqa: ANN401
    """Return a house as ``House.ready`` (without a ``procedure`` ``House.open``) makes it in an empty SQLite database.

    It is a copy of one that is made once for all tests of this process: 13 acts, each with its signatures, take longer
    than most tests that begin there. To the program all copies are one workspace.
    """
    content, made = _furnished(procedure)
    with (
        closing(sqlite3.connect(":memory:")) as copy,
        closing(sqlite3.connect(database.folder / FILE_NAME)) as file,
    ):
        copy.deserialize(content)
        copy.backup(file)  # whoever has the file open goes on with what is there now
    return House.like(made, database, clock, **adapters)


def standing(folder: Path, *, procedure: bool = True) -> House:
    """Return a house of its own in a folder; who asks for it closes its database."""
    return move_in(laid(folder), HandClock(), procedure=procedure)


def take_all_rights(connection: sa.Connection) -> None:
    """Let a connection do on a server what its login may, until its transaction ends: the program itself may little."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL ROLE NONE")


Refused = TypeVar("Refused", bound=Refusal)


def refused(kind: type[Refused], act: Callable[[], object]) -> Refused:
    """Return the refusal of an act: of just this kind, and the use case's own, which names the case.

    Behind it the database refuses much of the same, knowing no names: that would be a guard that let it through.
    """
    found: Refused | None = None
    try:
        act()
    except kind as refusal:
        found = refusal
    assert found is not None, f"nothing refused it as {kind.__name__}"
    assert type(found) is kind
    assert UNKNOWN not in found.facts().values(), f"only the database refused it: {found.facts()}"
    return found


def secret(login: str) -> str:
    """Return the secret of a person of these tests."""
    return f"correct horse {login} battery"


def content(owner: str, **changes: Any) -> ProcedureContent:  # noqa: ANN401 - any field of the procedure
    """Return a procedure with three classes, three codes and one measured characteristic."""
    return ProcedureContent(
        **{
            "title": "Housing cover, incoming",
            "products": (PRODUCT,),
            "owner": owner,
            "review_by": date(2027, 1, 1),
            "rules": (
                ClassRule("critical", "zero", Decimal("4.0")),
                ClassRule("major", "aql", Decimal("4.0")),
                ClassRule("minor", "aql", Decimal("6.5")),
            ),
            "defects": (
                ProcedureDefect("SCR", "Scratch", "minor"),
                ProcedureDefect("DEN", "Dent", "major"),
                ProcedureDefect("CRK", "Crack", "critical"),
            ),
            "characteristics": (
                Characteristic(
                    "DIA",
                    "Bore",
                    "variable",
                    "major",
                    "mm",
                    Decimal("12"),
                    Decimal("11.98"),
                    Decimal("12.05"),
                ),
            ),
            **changes,
        }
    )


def _hand_like(hand: Hand) -> Hand:
    assert isinstance(hand, KeyHand)
    return KeyHand(KeyPair(hand.pair.seed()), hand.person, hand.session, hand.strength, hand.way)


class _Sittings(dict[str, Sitting]):
    """The sittings of a house: whoever was away for long signs in again before going on, as people do."""

    def __init__(self, house: House) -> None:
        super().__init__(house.sittings)
        self._house = house

    def __getitem__(self, login: str) -> Sitting:
        found = super().__getitem__(login)
        if found.over == "idle":
            self._house.use.sit_down_again(self._house.hands[login], found)
        return found


@dataclass
class House:
    """A workspace at work. People are named by login; ``hands`` sign acts, ``sittings`` sign entries."""

    use: UseCases
    clock: HandClock
    database: Database
    begin: Callable[[], SqlUnitOfWork]
    hands: dict[str, Hand] = field(default_factory=dict)
    sittings: dict[str, Sitting] = field(default_factory=dict)
    recovery_code: str = ""
    supplier: SupplierSaved = field(default_factory=lambda: SupplierSaved("", "", ""))
    product: ProductSaved = field(default_factory=lambda: ProductSaved("", "", ""))
    _numbers: int = 0

    def __post_init__(self) -> None:
        before, self.sittings = self.sittings, _Sittings(self)
        self.sittings.update(before)

    @staticmethod
    def on(database: Database, clock: HandClock, *, salt: str = "", **adapters: Any) -> House:  # noqa: ANN401
        """Return a house in which nothing happened yet."""
        use = use_of(database, clock, salt=salt, **adapters)

        def begin() -> SqlUnitOfWork:
            uow = use.begin()
            assert isinstance(uow, SqlUnitOfWork)
            return uow

        return House(use, clock, database, begin)

    @staticmethod
    def like(made: House, database: Database, clock: HandClock, **adapters: Any) -> House:  # noqa: ANN401
        """Return a house over a copy of another's database, at the moment at which that one stands.

        The same people sit there with the same keys, in hands of their own: what one house closes stays open in the
        other. Making a house costs 13 transactions with their signatures; this costs none.
        """
        house = House.on(database, clock, **adapters)
        clock.at, clock.steady = made.clock.at, made.clock.steady
        database.clock_start, database.clock_jumped = made.database.clock_start, made.database.clock_jumped
        theirs, ours = made.use.ids, house.use.ids
        assert isinstance(theirs, CountedIds) and isinstance(ours, CountedIds)
        ours.go_on_after(theirs)
        house.hands = {login: _hand_like(hand) for login, hand in made.hands.items()}
        house.sittings.update(
            {
                login: Sitting(sitting._name, _hand_like(sitting.hand), house.use.workstation.steady)
                for login, sitting in made.sittings.items()
                if not sitting.over
            }
        )
        house.recovery_code, house.supplier, house.product = made.recovery_code, made.supplier, made.product
        house._numbers = made._numbers
        return house

    @staticmethod
    def open(database: Database, clock: HandClock, *, salt: str = "", **adapters: Any) -> House:  # noqa: ANN401
        """Open a workspace with Linh and Som, who hold every role, a supplier, a product, and no procedure yet."""
        house = House.on(database, clock, salt=salt, **adapters)
        use = house.use
        house.recovery_code, (linh, som) = use.open_workspace(
            shop="Cơ khí Sông Hồng",
            owner=Founder("linh", "Nguyễn Thị Linh", secret("linh")),
            second=Founder("som", "สมชาย ศรีสุข", secret("som")),
        )
        for login, hand in (("linh", linh), ("som", som)):
            house.hands[login], house.sittings[login] = hand, use.open_sitting(hand)
        house.supplier = use.save_supplier(
            house.sittings["linh"], SupplierSaved("", "S1", "Cơ khí Đông Á", country="VN")
        )
        house.product = use.save_product(
            house.sittings["linh"], ProductSaved("", PRODUCT, "Housing cover", "C")
        )
        return house

    @staticmethod
    def ready(database: Database, clock: HandClock, *, salt: str = "", **adapters: Any) -> House:  # noqa: ANN401
        """Open a workspace in which a batch can be registered and checked at once."""
        house = House.open(database, clock, salt=salt, **adapters)
        for code, name, defect_class in (
            ("SCR", "Scratch", "minor"),
            ("DEN", "Dent", "major"),
            ("CRK", "Crack", "critical"),
        ):
            house.use.save_defect_code(
                house.sittings["linh"],
                DefectCodeSaved(code, name, defect_class),  # type: ignore[arg-type]
            )
        house.approve()
        return house

    # People -----------------------------------------------------------------------------------------------

    def id(self, login: str) -> str:
        """Return a person's id."""
        return self.hands[login].person

    def enrol(self, login: str, name: str, *roles: Role) -> Hand:
        """Enrol a person (an inspector unless roles are given) by Linh and Som, and let them sit down."""
        self.use.enrol(
            self.hands["linh"],
            self.hands["som"],
            login=login,
            name=name,
            roles=roles or ("inspector",),
            secret=secret(login),
        )
        return self.sit(login)

    def sit(self, login: str) -> Hand:
        """Open a person's hand and a new sitting."""
        self.hands[login] = self.use.open_hand(login, secret(login))
        self.sittings[login] = self.use.open_sitting(self.hands[login])
        return self.hands[login]

    def maker(self, name: str) -> str:
        """List a maker, who has no key; the person's id."""
        return self.use.list_person(self.sittings["linh"], name).person

    # Work -------------------------------------------------------------------------------------------------

    def approve(self, **changes: Any) -> None:  # noqa: ANN401 - any field of the procedure
        """Bring a new version of the procedure: Linh writes, Som approves."""
        self.use.draft_procedure(self.sittings["linh"], PROCEDURE, content(self.id("linh"), **changes))
        self.use.approve_procedure(self.hands["som"], PROCEDURE)

    def batch(
        self,
        number: str | None = None,
        quantity: int = 20,
        *,
        by: str = "linh",
        makers: Iterable[str] = (),
        **fields: Any,  # noqa: ANN401 - any other field of a batch
    ) -> str:
        """Register a batch of the product from the supplier (with makers: of the own line); its number."""
        self._numbers += 1
        number = number or f"DA-{self._numbers}"
        made_by = tuple(Maker(self.hands[m].person if m in self.hands else m) for m in makers)
        origin: dict[str, Any] = {"line": "Line 2"} if made_by else {"supplier": self.supplier.supplier}
        self.use.register_batch(
            self.sittings[by],
            BatchSaved(
                "",
                number,
                **{
                    "product": self.product.product,
                    "quantity": quantity,
                    "makers": made_by,
                    **origin,
                    **fields,
                },
            ),
        )
        return number

    def start(self, login: str, batch: str) -> Started:
        """Take the place that is free now."""
        return self.use.start_check(self.sittings[login], batch, knowing=True)

    def record(
        self,
        login: str,
        started: Started,
        defects: Mapping[int, str] | None = None,
        readings: Mapping[int, str] | None = None,
    ) -> None:
        """Put a result and a reading of every unit on record, with defects by unit; readings default to 12.03."""
        units = units_for(started.opened, started.place)
        entries = Entries(
            started.check,
            results=tuple(NewResult(u) for u in units),
            readings=tuple(
                NewReading(u, code, (readings or {}).get(u, "12.03"))
                for u in units
                for code in measures_on(started.opened, started.place, u)
            ),
            findings=tuple(NewFinding(u, code) for u, code in (defects or {}).items()),
        )
        if entries != Entries(
            started.check
        ):  # where all is in review the second has nothing of the own to record
            self.use.record(self.sittings[login], entries)

    def review(self, login: str, started: Started, contested: Mapping[int, str] | None = None) -> None:
        """Open all claims to review in the second check; those on some units are not so, for the reason given."""
        with self.use.look() as uow:
            claims = uow.to_review(started.check, codes_in_review(started.opened.procedure.content))
        why = contested or {}
        opened = tuple(Opened(c.claim, c.unit not in why, why.get(c.unit, "")) for c in claims)
        self.use.open_reviewed(self.sittings[login], started.check, opened)

    def sign(self, login: str, started: Started) -> Signed:
        """Sign one's own check."""
        return self.use.sign_check(self.hands[login], self.sittings[login], started.check)

    def check(
        self,
        login: str,
        batch: str,
        defects: Mapping[int, str] | None = None,
        readings: Mapping[int, str] | None = None,
    ) -> Signed:
        """Start, record and sign the check that is due."""
        started = self.start(login, batch)
        self.record(login, started, defects, readings)
        return self.sign(login, started)

    def accepted(self, **fields: Any) -> str:  # noqa: ANN401 - any field of a batch
        """Return a new batch that Linh and Som have both accepted."""
        batch = self.batch(**fields)
        self.check("linh", batch)
        self.check("som", batch)
        return batch

    def released(self, **fields: Any) -> str:  # noqa: ANN401 - any field of a batch
        """Return a new batch that Linh checked, and Som checked and released."""
        batch = self.accepted(**fields)
        self.use.release_batch(self.hands["som"], batch)
        return batch

    def disagreed(self, **fields: Any) -> str:  # noqa: ANN401 - any field of a batch
        """Return a new batch on which Som claims a critical that Linh did not see."""
        batch = self.batch(**fields)
        self.check("linh", batch)
        self.check("som", batch, {1: "CRK"})
        return batch

    def rejected(self, **fields: Any) -> str:  # noqa: ANN401 - any field of a batch
        """Return a new batch that both rejected for the same crack."""
        batch = self.batch(**fields)
        self.check("linh", batch, {1: "CRK"})
        self.check("som", batch, {1: "CRK"})
        return batch

    def state(self, batch: str) -> str:
        """Return where a batch stands."""
        with self.use.look() as uow:
            return uow.batch(batch).state
