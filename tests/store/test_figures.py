# SPDX-License-Identifier: Apache-2.0
"""Figures are what a full recount of all lots makes them, whatever was done, and nothing unsettled is in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Literal, TypeVar

import pytest
import sqlalchemy as sa

from qcdesk.domain.events import (
    BatchSaved,
    ComplaintTaken,
    DefectReported,
    EventVoided,
    Resolution,
    SupplierSaved,
)
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import Refusal
from qcdesk.domain.sampling import Claimed
from qcdesk.services.analysis_rows import AnalysisWish
from qcdesk.services.concessions import Wish
from qcdesk.services.settle_round import round_sides
from qcdesk.store import figures
from qcdesk.store.readers import SqlReaders
from qcdesk.store.unit_of_work import SqlUnitOfWork
from qcdesk.store.verification import verify
from tests.workspace import PROCEDURE, STATION, CountedIds, House, content

T = TypeVar("T")


def amounts(house: House, supplier: str = "*", product: str = "*") -> dict[str, int]:
    """Return every figure by name (and code), of all months together; without those of the owner's scoreboard."""
    with house.database.reading() as connection:
        found = connection.execute(
            sa.text(
                "SELECT name, code, amount FROM figure WHERE supplier = :s AND product = :p"
                " AND name NOT LIKE 'house.%'"
            ),
            {"s": supplier, "p": product},
        )
        counted: dict[str, int] = {}
        for name, code, amount in found:
            key = f"{name} {code}".strip()
            counted[key] = counted.get(key, 0) + amount
    return counted


def differing(house: House) -> int:
    with house.database.reading() as connection:
        return figures.differing(connection)


def test_a_lot_counts_once_both_have_signed(house: House) -> None:
    batch = house.batch(quantity=80)
    house.check("linh", batch, {2: "SCR"})
    started = house.start("som", batch)
    house.record("som", started, {2: "SCR", 3: "SCR"})
    assert amounts(house) == {"lots": 1, "received": 80}
    house.sign("som", started)
    after = amounts(house, house.supplier.supplier)
    assert after["decided"] == 1 and after["nonconforming"] == after["nonconforming.minor"] == 2
    assert after["found.minor SCR"] == 2 and after["inspected"] >= 2
    assert after["shown SCR"] == 1, "a lot shows a code once"
    assert amounts(house) == after and differing(house) == 0


def test_a_disagreement_counts_when_it_is_settled_and_what_is_void_is_taken_out(house: House) -> None:
    batch = house.disagreed()
    undecided = amounts(house)
    assert set(undecided) == {"lots", "received"}
    house.use.reject_after_all(house.hands["linh"], batch, "a crack is a crack")
    settled = amounts(house)
    assert settled["decided"] == 1 and "accepted" not in settled and settled["found.critical CRK"] == 1
    with house.use.begin() as uow:
        standing = uow.batch(batch)
        signed = uow.sign_offs(standing.round or "")[0].event
        void = EventVoided(signed, uow.event_hash(signed), "forged", batch=standing.id)
        uow.append(void, house.hands["linh"], co=(house.hands["som"],))
        uow.commit()
    assert amounts(house) == undecided and differing(house) == 0


def test_on_time_is_a_release_by_the_day_it_was_to_ship(house: House) -> None:
    today = house.clock.today()
    house.released(ship_by=today + timedelta(days=2))
    late = house.accepted(ship_by=today + timedelta(days=2))
    house.clock.forward(days=4)
    house.sit("linh")
    house.sit("som")
    house.use.release_batch(house.hands["som"], late)
    found = amounts(house)
    assert (found["due"], found["late"], found["released"]) == (2, 1, 40)
    assert differing(house) == 0


def test_a_lot_escaped_while_a_complaint_that_is_linked_with_it_is_judged_so(house: House) -> None:
    batch = house.released()
    care, linh = house.use.care, house.sittings["linh"]
    today = house.clock.today()
    for words in ("It rattles.", "Late again."):
        care.take_complaint(linh, ComplaintTaken(0, "Nova", "", "en", "spoken", words, today, ""), (batch,))
    found = amounts(house, house.supplier.supplier)
    assert found["out"] == 1 and "escaped" not in found
    care.judge(linh, 1, escape=True, about="SCR", reason="it was there")
    care.judge(linh, 2, escape=False, about="late", reason="not the goods")
    assert amounts(house, house.supplier.supplier)["escaped"] == 1 and differing(house) == 0
    care.judge(linh, 2, escape=True, about="SCR", reason="the goods after all")
    care.judge(linh, 1, escape=False, about="SCR", reason="scratched at the buyer's")
    assert amounts(house)["escaped"] == 1 and differing(house) == 0, "a lot escapes once"
    care.link(linh, 2, batch, undone=True)
    assert "escaped" not in amounts(house) and differing(house) == 0


def test_another_supplier_of_a_lot_takes_what_was_reported_of_it_along(house: House) -> None:
    number = house.batch()
    with house.use.look() as uow:
        saved = uow.batch(number)
    report = DefectReported("", "customer", "SCR", "", "minor", 3, batch=saved.id)
    house.use.report_defect(house.sittings["linh"], report)
    other = house.use.save_supplier(house.sittings["linh"], SupplierSaved("", "S2", "Nhà máy B"))
    assert amounts(house, house.supplier.supplier)["reported.minor SCR"] == 3
    changed = BatchSaved(
        saved.id, number, house.product.product, 20, supplier=other.supplier, seen=saved.saved.seen
    )
    house.use.register_batch(house.sittings["linh"], changed)
    assert amounts(house, house.supplier.supplier) == {}
    assert amounts(house, other.supplier) == {"lots": 1, "received": 20, "reported.minor SCR": 3}
    assert differing(house) == 0


def test_goods_under_a_concession_count_as_a_share_of_what_was_received(house: House) -> None:
    for login, name in (("minh", "Trần Minh"), ("nga", "Phạm Nga"), ("lan", "Lê Lan")):
        house.enrol(login, name, "concession", "inspector", "releaser")
    batch = house.batch(ship_by=house.clock.today())
    for login in ("linh", "som"):
        house.check(login, batch, dict.fromkeys(range(1, 9), "SCR"))
    wish = Wish(
        20, house.clock.today() + timedelta(days=9), "scratches, hidden once mounted", "mail of 3 November"
    )
    house.use.request_concession(house.hands["lan"], batch, wish)
    assert "conceded" not in amounts(house)
    house.use.approve_concession(house.hands["minh"], house.hands["nga"], batch)
    found = amounts(house)
    assert (found["conceded"], found["received"], found["due"], found.get("late")) == (20, 20, 1, None)
    assert differing(house) == 0


def test_verifying_says_that_figures_were_changed_and_counting_anew_mends_them(house: House) -> None:
    house.rejected()
    database = house.database
    true = amounts(house)
    with database.to_write() as connection:
        database.writing.on = True
        try:
            if database.dialect == "sqlite":
                connection.exec_driver_sql("UPDATE figure SET amount = amount + 1 WHERE name = 'decided'")
            else:
                connection.exec_driver_sql(
                    """SELECT qc_keep('[["drop", "figure", {"name": "decided"}, {}]]')"""
                )
            connection.commit()
        finally:
            database.writing.on = False
    assert amounts(house) != true
    found = verify(database)
    assert found.ok and [(one.code, str(one.facts["n"])) for one in found.remarks] == [
        ("figures_differ", "3")
    ]
    figures.fill(database, anew=True)
    assert amounts(house) == true and not verify(database).remarks


class Days:
    """Random days: whatever is refused is left, whatever is not changes figures."""

    def __init__(self, house: House, seed: int) -> None:
        self.house, self.chance = house, Random(seed)
        house.enrol("huy", "Huy", "inspector", "arbiter", "releaser")
        another = SupplierSaved("", "S2", "Nhà máy B")
        self.suppliers = [
            house.supplier.supplier,
            house.use.save_supplier(house.sittings["linh"], another).supplier,
        ]
        self.batches: list[str] = []
        self.done = 0

    def step(self) -> None:
        acts = (
            self.register,
            self.inspect,
            self.inspect,
            self.inspect,
            self.settle,
            self.undo,
            self.leave,
            self.report,
            self.complain,
        )
        rare = self.change_plan if self.chance.random() < 0.01 else None
        try:
            (rare or self.chance.choice(acts))()
        except (Refusal, BadInput):
            return
        self.done += 1

    def one(self, several: list[T]) -> T:
        return self.chance.choice(several)

    def who(self) -> str:
        return self.one(["linh", "som", "huy"])

    def two(self) -> tuple[str, str]:
        first, second = self.chance.sample(["linh", "som", "huy"], 2)
        return first, second

    def recent(self) -> str:
        return self.one(self.batches[-4:]) if self.batches else self.house.batch()

    def register(self) -> None:
        house, ship_by = self.house, self.house.clock.today() + timedelta(days=self.chance.randrange(3))
        if self.chance.random() < 0.3:
            house.clock.forward(seconds=self.chance.randrange(3_600))
        makers = ["huy"] if self.chance.random() < 0.1 else []
        fields = {} if makers else {"supplier": self.one(self.suppliers)}
        self.batches.append(house.batch(quantity=2, makers=makers, ship_by=ship_by, **fields))

    def inspect(self) -> None:
        batch, login = self.recent(), self.who()
        started = self.house.start(login, batch)
        if started.place == "third":
            self.third(login, started.check)
            return
        defects = {unit: self.one(["SCR", "DEN", "CRK"]) for unit in (1, 2) if self.chance.random() < 0.2}
        self.house.record(login, started, defects)
        if self.chance.random() < 0.1:
            self.house.use.set_aside(self.house.sittings[login], started.check, "called away")
        else:
            self.house.sign(login, started)

    def third(self, login: str, check: str) -> None:
        settled = tuple(
            Resolution(one.unit, one.code, one.defect_class, one.count, holds=self.chance.random() < 0.5)
            for one in self.disputed(check)
        )
        self.house.use.resolve(self.house.sittings[login], check, settled)
        self.house.use.decide(self.house.hands[login], check)

    def disputed(self, check: str) -> list[Claimed]:
        with self.house.use.look() as uow:
            return list(round_sides(uow, uow.round(uow.check(check).round)).disputed())

    def settle(self) -> None:
        hands, batch, (one, other) = self.house.hands, self.recent(), self.two()
        acts: list[Callable[[], object]] = [
            lambda: self.house.use.release_batch(hands[one], batch),
            lambda: self.house.use.reject_after_all(hands[one], batch, "seen again"),
            lambda: self.house.use.do_again(hands[one], hands[other], batch, "a fresh look"),
            lambda: self.house.use.order_round(hands[one], batch, "a fresh look"),
        ]
        self.one(acts)()

    def undo(self) -> None:
        batch, one = self.recent(), self.who()
        hands, sittings = self.house.hands, self.house.sittings
        with self.house.use.look() as uow:
            standing = uow.batch(batch)
            signed = [s for s in uow.sign_offs(standing.round or "") if s.check]
        acts: list[Callable[[], object]] = [
            lambda: self.house.use.cancel_batch(sittings[one], batch, "typed twice"),
            lambda: self.house.use.withdraw_batch(hands[one], batch, "seen late"),
        ]
        if signed:
            last = signed[-1]
            login = next(k for k, hand in hands.items() if hand.person == last.person)
            acts += [lambda: self.house.use.retract_check(hands[login], last.check or "", "wrong lot")] * 2
        self.one(acts)()

    def change_plan(self) -> None:
        self.house.use.draft_procedure(
            self.house.sittings["linh"], PROCEDURE, content(self.house.id("linh"), title=f"Title {self.done}")
        )
        ways: tuple[Literal["continue", "re_inspect"], ...] = ("continue", "re_inspect")
        how = self.chance.choice(ways)
        self.house.use.approve_procedure(self.house.hands["som"], PROCEDURE, open_batches=how)

    def leave(self) -> None:
        batch, (one, other) = self.recent(), self.two()
        hands, sittings = self.house.hands, self.house.sittings
        acts: list[Callable[[], object]] = [
            lambda: self.house.use.ship_batch(sittings[one], batch, 1, "Buyer"),
            lambda: self.house.use.dispose_batch(hands[one], hands[other], batch, "rework", "polish"),
            lambda: self.house.use.stop_batch(sittings[one], batch, "other", "wait"),
        ]
        self.one(acts)()

    def complain(self) -> None:
        care, sitting, batch = self.house.use.care, self.house.sittings[self.who()], self.recent()
        with self.house.use.look() as uow:
            taken = uow.last_complaint()
        if not taken or self.chance.random() < 0.3:
            words = ComplaintTaken(0, "Nova", "", "en", "spoken", "It rattles.", self.house.clock.today(), "")
            care.take_complaint(sitting, words, (batch,))
            return
        number = max(1, taken - self.chance.randrange(4))
        acts: list[Callable[[], object]] = [
            lambda: care.judge(sitting, number, escape=True, about="SCR", reason="it was there"),
            lambda: care.judge(sitting, number, escape=True, about="SCR", reason="it was there"),
            lambda: care.judge(sitting, number, escape=False, about="SCR", reason="it was not there"),
            lambda: care.link(sitting, number, batch),
            lambda: care.link(sitting, number, batch, undone=True),
        ]
        self.one(acts)()

    def report(self) -> None:
        batch = None
        if self.chance.random() < 0.5:
            with self.house.use.look() as uow:
                batch = uow.batch(self.recent()).id
        report = DefectReported(
            "", "customer", self.one(["SCR", "XX"]), "", "major", 1 + self.chance.randrange(3),
            batch=batch, supplier=None if batch else self.one(self.suppliers),
        )  # fmt: skip
        self.house.use.report_defect(self.house.sittings["linh"], report)


def play(house: House, seed: int, operations: int, every: int) -> None:
    days = Days(house, seed)
    tried = 0
    while days.done < operations:
        days.step()
        tried += 1
        assert tried < 50 * operations, "most of what is tried is refused"
        if tried % every == 0:
            assert differing(house) == 0
    assert differing(house) == 0

    def look() -> SqlUnitOfWork:
        return SqlUnitOfWork(house.database, house.clock, CountedIds("look"), STATION, write=False)

    lots = SqlReaders(house.database.reading, look).lot_counts(AnalysisWish()).lots
    found = amounts(house)
    assert found["decided"] == len(lots)
    shown = Counter(code for lot in lots for code, _ in lot.by_code)
    assert {name: n for name, n in found.items() if name.startswith("shown ")} == {
        f"shown {code}": n for code, n in shown.items()
    }
    assert sum(n for name, n in found.items() if name.startswith("found.")) == sum(
        lot.nonconformities for lot in lots
    )


def test_figures_are_a_full_recount_after_random_days(house: House) -> None:
    play(house, seed=5, operations=80, every=10)


@pytest.mark.long
def test_figures_are_a_full_recount_after_ten_thousand_operations(house: House) -> None:
    play(house, seed=11, operations=10_000, every=2_000)
