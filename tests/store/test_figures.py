# SPDX-License-Identifier: Apache-2.0
"""Figures are what a full recount of all lots makes them, whatever was done, and nothing unsettled is in them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any, Final, Literal, TypeVar

import pytest
import sqlalchemy as sa

from qcdesk.domain.audit_templates import AuditTemplate, LocalText, Question, Section
from qcdesk.domain.audits import Answer
from qcdesk.domain.events import (
    BatchSaved,
    ComplaintTaken,
    DefectReported,
    EventVoided,
    Resolution,
    SupplierSaved,
)
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.promises import PromiseTest
from qcdesk.domain.refusals import Refusal
from qcdesk.domain.sampling import Claimed
from qcdesk.domain.splitting import WAYS, Piece
from qcdesk.i18n import Catalogue
from qcdesk.services.analysis_rows import AnalysisWish
from qcdesk.services.concessions import Wish
from qcdesk.services.corrective_actions import NewAction
from qcdesk.services.settle_round import round_sides
from qcdesk.store import figures
from qcdesk.store.database import FILE_NAME
from qcdesk.store.inspections import _HAD_VERDICT
from qcdesk.store.readers import SqlReaders
from qcdesk.store.statements import asked_of
from qcdesk.store.unit_of_work import SqlUnitOfWork
from qcdesk.store.verification import verify
from qcdesk.wording.audits import action_about
from tests.bench import figures as bulk
from tests.overhearing import overheard
from tests.workspace import PROCEDURE, STATION, CountedIds, House, content

T = TypeVar("T")


def amounts(house: House, supplier: str = "*", product: str = "*") -> dict[str, int]:
    """Return every figure by name (and code), of all months together; without those of the scoreboard and of lists."""
    with house.database.reading() as connection:
        found = connection.execute(
            sa.text(
                "SELECT name, code, amount FROM figure WHERE supplier = :s AND product = :p"
                " AND name NOT LIKE 'house.%' AND name <> 'batches'"
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
    assert amounts(house) == {"lots": 1}, "received once two came to a verdict, as for budgets"
    house.sign("som", started)
    after = amounts(house, house.supplier.supplier)
    assert (
        after["received"] == 80
        and after["decided"] == 1
        and after["nonconforming"] == after["nonconforming.minor"] == 2
    )
    assert after["found.minor SCR"] == 2 and after["inspected"] >= 2
    assert after["shown SCR"] == 1, "a lot shows a code once"
    assert amounts(house) == after and differing(house) == 0


def test_a_disagreement_counts_when_it_is_settled_and_what_is_void_is_taken_out(house: House) -> None:
    batch = house.disagreed()
    undecided = amounts(house)
    assert set(undecided) == {"lots"}
    house.use.reject_after_all(house.hands["linh"], batch, "a crack is a crack")
    settled = amounts(house)
    assert (
        settled["decided"] == 1
        and settled["received"] == 20
        and "accepted" not in settled
        and settled["found.critical CRK"] == 1
    )
    with house.use.begin() as uow:
        standing = uow.batch(batch)
        signed = uow.sign_offs(standing.round or "")[0].event
        void = EventVoided(signed, uow.event_hash(signed), "forged", batch=standing.id)
        uow.append(void, house.hands["linh"], co=(house.hands["som"],))
        uow.commit()
    assert amounts(house) == undecided and differing(house) == 0


def test_a_lot_past_its_day_that_nobody_released_is_late_at_once_and_once(house: House) -> None:
    today, readers = house.clock.today(), SqlReaders(house.database.reading, house.use.look)
    waits = house.batch(ship_by=today + timedelta(days=1))
    house.batch(ship_by=today + timedelta(days=9))
    house.use.cancel_batch(house.sittings["linh"], house.batch(ship_by=today), "twice")

    def counted(on: date | None) -> list[int]:
        rows = readers.figures(house.supplier.supplier, today=on).rows
        each = readers.figures_of_each(today=on).get(house.supplier.supplier, ())
        assert sorted(rows) == sorted(each)
        return [sum(row.amount for row in rows if row.name == name) for name in ("due", "late")]

    past = today + timedelta(days=2)
    assert (counted(today + timedelta(days=1)), counted(past), counted(None)) == ([0, 0], [1, 1], [0, 0])
    house.clock.forward(days=2)
    for login in ("linh", "som"):
        house.sit(login)
        house.check(login, waits)
    assert counted(past) == [1, 1]
    house.use.release_batch(house.hands["som"], waits)
    assert counted(past) == [1, 1]


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
    assert amounts(house, other.supplier) == {"lots": 1, "reported.minor SCR": 3}
    assert differing(house) == 0


def test_what_nobody_inspected_was_not_received_and_its_return_is_no_share_of_it(house: House) -> None:
    house.rejected()
    batch = house.batch(quantity=10_000)
    house.use.stop_batch(house.sittings["linh"], batch, "other", "what is this?")
    before = amounts(house)
    house.use.dispose_batch(house.hands["linh"], house.hands["som"], batch, "return", "it never came")
    after = amounts(house)
    assert after == before and (after["received"], after["lots"]) == (20, 2)
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
    with database.take() as connection:
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


@pytest.mark.parametrize("location", ["sqlite"], indirect=True)
def test_counting_a_lot_anew_costs_the_same_however_many_lots_there_are(house: House) -> None:
    _, touched = house.use.care.touch(house.sittings["linh"], "call", house.released())
    assert touched.batch is not None
    few = steps_of_asking(house, touched.batch)
    bulk.fill(house.database.folder / FILE_NAME, 400 * bulk.IN_A_LOT)
    many = steps_of_asking(house, touched.batch)
    assert all(steps < 1.2 * few[asked] for asked, steps in many.items()), (few, many)


def steps_of_asking(house: House, batch: str) -> dict[str, int]:
    """Return how many steps SQLite's machine takes to count a lot, and for what rules and the program ask of it."""
    steps: Counter[str] = Counter()
    released = "SELECT at FROM sign_off WHERE batch IS :b AND place IS 'release' ORDER BY seq DESC LIMIT 1"
    with house.database.reading() as connection:
        asking: dict[str, Callable[[], object]] = {
            "what it counts": lambda: figures.of_lots(connection, [batch]),
            "its release, as the rule of a shipment": lambda: asked_of(connection, released, {"b": batch}),
            "its verdicts": lambda: asked_of(connection, _HAD_VERDICT, {"b": batch}),
        }
        driver: Any = connection.connection.driver_connection
        for asked, ask in asking.items():
            ask()  # a changed schema is read first
            driver.set_progress_handler(lambda asked=asked: steps.update([asked]), 1)
            ask()
            driver.set_progress_handler(None, 0)
    return steps


NEW: Final = (
    "batches", "house.settled", "house.rework", "house.released", "house.turnaround", "house.waiting", "house.units",
    "house.minutes", "received", "conceded", "touches", "disposed.return", "disposed.rework",
)  # fmt: skip
EVERY: Final = (
    "register", "check", "set aside", "third", "release", "reject after all", "do again", "cancel",
    "withdraw", "retract", "new procedure", "ship", "rework", "confirm rework", "return", "stop", "lift", "split",
    "ask for a concession", "approve a concession", "refuse a concession", "merge suppliers", "take suppliers apart",
    "take a complaint", "judge an escape", "judge no escape", "link a complaint", "unlink a complaint",
    "open an action", "promise", "write to the supplier", "note a reply", "close an action", "decide a stop",
    "open an audit", "answer an audit", "sign an audit", "review an audit", "act on an audit's findings",
    "report from outside", "touch", "take a touch back",
)  # fmt: skip
"""All that must have been done in many random days; a round is ordered only rarely."""
OPEN: Final = (
    "state IN ('registered', 'first_check', 'awaiting_second', 'second_check', 'disagreed') AND held = 0"
)
SETTLED: Final = "state IN ('accepted', 'rejected', 'withdrawn') AND held = 0"
OUT: Final = "state IN ('released', 'released_under_concession')"
ASKED: Final = (
    "EXISTS (SELECT 1 FROM concession c WHERE c.batch = batch.id"
    " AND NOT EXISTS (SELECT 1 FROM concession_answer a WHERE a.concession = c.id))"
)


def test_figures_of_an_earlier_program_are_completed_without_reading_its_defects(
    house: House,
) -> None:
    house.rejected()
    house.released()
    house.batch()
    database, names = house.database, (*NEW, "shown")
    with database.reading() as connection:
        kept = connection.execute(sa.text("SELECT * FROM figure ORDER BY 1, 2, 3, 4, 5")).all()
    with database.take() as connection:
        database.writing.on = True
        for table in ("figure", "figure_part"):
            for name in names:
                if database.dialect == "sqlite":
                    connection.execute(sa.text(f"DELETE FROM {table} WHERE name = :name"), {"name": name})
                else:
                    drop = json.dumps([["drop", table, {"name": name}, {}]])
                    connection.execute(sa.text("SELECT qc_keep(CAST(:drop AS jsonb))"), {"drop": drop})
        connection.commit()
        database.writing.on = False
    assert differing(house) > 0
    asked: list[str] = []
    with overheard(lambda _cursor, statement, _values: asked.append(statement), database):
        figures.fill(database)
    assert asked and not [statement for statement in asked if "finding" in statement]
    with database.reading() as connection:
        assert connection.execute(sa.text("SELECT * FROM figure ORDER BY 1, 2, 3, 4, 5")).all() == kept
    assert differing(house) == 0


class Days:
    """Random days: whatever is refused is left, whatever is not changes figures."""

    def __init__(self, house: House, seed: int) -> None:
        self.house, self.chance = house, Random(seed)
        house.enrol("huy", "Huy", "inspector", "arbiter", "releaser", "concession")
        for login, name in (("minh", "Trần Minh"), ("nga", "Phạm Nga")):
            house.enrol(login, name, "concession", "releaser")
        linh = house.sittings["linh"]
        others = (SupplierSaved("", "S2", "Nhà máy B"), SupplierSaved("", "S3", "Nhà máy C"))
        self.suppliers = [
            house.supplier.supplier,
            *(house.use.save_supplier(linh, s).supplier for s in others),
        ]
        questions = tuple(
            Question(f"A{n}", (LocalText("en", f"{n}?"),), critical=n == 1) for n in range(1, 5)
        )
        small = AuditTemplate(
            (LocalText("en", "Small"),), (Section("A", (LocalText("en", "A"),), questions),)
        )
        house.use.audits.save_template(linh, "GEN", small)
        house.use.audits.approve_template(house.hands["som"], "GEN")
        self.batches: list[str] = []
        self.actions: list[str] = []
        self.audits: list[str] = []
        self.touches: list[tuple[str, int]] = []
        self.linked: list[tuple[int, str]] = []
        self.tam = house.maker("Lê Văn Tám")
        self.done: Counter[str] = Counter()

    def step(self) -> None:
        acts = (
            *[self.register] * 3,
            *[self.inspect] * 10,
            *[self.settle] * 4,
            *[self.undo] * 2,
            *[self.leave] * 3,
            *[self.part] * 2,
            *[self.concede] * 3,
            *[self.correct] * 3,
            *[self.audit] * 2,
            self.merge,
            *[self.report] * 2,
            *[self.complain] * 2,
            self.touch,
        )
        rare = self.change_plan if self.chance.random() < 0.01 else None
        try:
            did = (rare or self.chance.choice(acts))()
        except (Refusal, BadInput):
            return
        self.done[did] += 1

    def did(self, **acts: Callable[[], object]) -> str:
        """Do one of several things, and return what it was."""
        name = self.one(sorted(acts))
        acts[name]()
        return name.replace("_s_", "'s ").replace("_", " ")

    def one(self, several: list[T]) -> T:
        return self.chance.choice(several)

    def who(self) -> str:
        return self.one(["linh", "som", "huy"])

    def two(self) -> tuple[str, str]:
        first, second = self.chance.sample(["linh", "som", "huy"], 2)
        return first, second

    def recent(self, which: str = "") -> str:
        """Return one of the newest batches, of those that are so, if any is."""
        found: list[str] = []
        if which and self.chance.random() < 0.8:  # now and then it is tried with any other
            ask = f"SELECT number FROM batch WHERE {which} ORDER BY registered_at DESC, id LIMIT 3"
            with self.house.database.reading() as connection:
                found = list(connection.execute(sa.text(ask)).scalars())
        found = found or self.batches[-4:]
        return self.one(found) if found else self.house.batch()

    def register(self) -> str:
        house, ship_by = self.house, self.house.clock.today() + timedelta(days=self.chance.randrange(3))
        if self.chance.random() < 0.3:
            house.clock.forward(seconds=self.chance.randrange(3_600))
        makers = ["huy"] if self.chance.random() < 0.1 else []
        fields = {} if makers else {"supplier": self.one(self.suppliers)}
        quantity = 2 + self.chance.randrange(3)
        self.batches.append(house.batch(quantity=quantity, makers=makers, ship_by=ship_by, **fields))
        return "register"

    def inspect(self) -> str:
        batch, login = self.recent(OPEN), self.who()
        started = self.house.start(login, batch)
        if started.place == "third":
            self.third(login, started.check)
            return "third"
        codes = ["SCR", "DEN", "DEN", "DEN", "CRK"]
        defects = {unit: self.one(codes) for unit in (1, 2) if self.chance.random() < 0.15}
        self.house.record(login, started, defects)
        if self.chance.random() < 0.1:
            self.house.use.set_aside(self.house.sittings[login], started.check, "called away")
            return "set aside"
        self.house.sign(login, started)
        return "check"

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

    def settle(self) -> str:
        use, hands, batch, (one, other) = self.house.use, self.house.hands, self.recent(SETTLED), self.two()
        held, disputed = self.recent("held = 1"), self.recent("state = 'disagreed'")
        if self.chance.random() < 0.5:
            return self.did(release=lambda: use.release_batch(hands[one], batch))
        return self.did(
            reject_after_all=lambda: use.reject_after_all(hands[one], disputed, "seen again"),
            do_again=lambda: use.do_again(hands[one], hands[other], disputed, "a fresh look"),
            order_a_round=lambda: use.order_round(hands[one], held, "a fresh look"),
            lift=lambda: use.lift_hold(hands[one], hands[other], held, "nothing was there"),
        )

    def undo(self) -> str:
        batch, one = self.recent(), self.who()
        use, hands, sittings = self.house.use, self.house.hands, self.house.sittings
        with use.look() as uow:
            standing = uow.batch(batch)
            signed = [s for s in uow.sign_offs(standing.round or "") if s.check]
        acts: dict[str, Callable[[], object]] = {
            "cancel": lambda: use.cancel_batch(sittings[one], batch, "typed twice"),
            "withdraw": lambda: use.withdraw_batch(hands[one], self.recent(OUT), "seen late"),
        }
        if signed and self.chance.random() < 0.5:
            last = signed[-1]
            login = next(k for k, hand in hands.items() if hand.person == last.person)
            acts = {"retract": lambda: use.retract_check(hands[login], last.check or "", "wrong lot")}
        return self.did(**acts)

    def change_plan(self) -> str:
        self.house.use.draft_procedure(
            self.house.sittings["linh"],
            PROCEDURE,
            content(self.house.id("linh"), title=f"Title {self.done.total()}"),
        )
        ways: tuple[Literal["continue", "re_inspect"], ...] = ("continue", "re_inspect")
        how = self.chance.choice(ways)
        self.house.use.approve_procedure(self.house.hands["som"], PROCEDURE, open_batches=how)
        return "new procedure"

    def leave(self) -> str:
        batch, (one, other) = self.recent("state = 'rejected'"), self.two()
        use, hands, sittings = self.house.use, self.house.hands, self.house.sittings
        out, ordered = self.recent(OUT), self.recent("rework_ordered = 1")
        rework = lambda: use.dispose_batch(hands[one], hands[other], batch, "rework", "polish")  # noqa: E731
        back = lambda: use.dispose_batch(hands[one], hands[other], batch, "return", "sent back")  # noqa: E731
        return self.did(
            **{
                "ship": lambda: use.ship_batch(sittings[one], out, 1, "Buyer"),
                "rework": rework,
                "return": back,
            },
            confirm_rework=lambda: use.record_rework(sittings[one], ordered, (self.tam,)),
            stop=lambda: use.stop_batch(sittings[one], self.recent(), "other", "wait"),
        )

    def part(self) -> str:
        batch, (one, other) = self.recent("state = 'rejected' OR held = 1"), self.two()
        with self.house.use.look() as uow:
            here = uow.batch(batch).here
        first = self.chance.randrange(here + 1)
        amounts = [n for n in (first, here - first) if n]
        kept = amounts.pop() if len(amounts) > 1 and self.chance.random() < 0.2 else 0
        pieces = [Piece("", n, self.chance.choice(WAYS)) for n in amounts]
        hands = self.house.hands
        fact = self.house.use.split_batch(hands[one], hands[other], batch, pieces, kept, "two ways")
        self.batches += [part.number for part in fact.parts]
        return "split"

    def concede(self) -> str:
        use, hands = self.house.use, self.house.hands
        batch, asked = self.recent("state = 'rejected'"), self.recent(ASKED)
        until = self.house.clock.today() + timedelta(days=30)
        with use.look() as uow:
            wish = Wish(uow.batch(batch).here, until, "hidden once mounted", "mail of 3 November")
        return self.did(
            ask_for_a_concession=lambda: use.request_concession(hands[self.who()], batch, wish),
            approve_a_concession=lambda: use.approve_concession(hands["minh"], hands["nga"], asked),
            refuse_a_concession=lambda: use.refuse_concession(hands["minh"], asked, "seen from outside"),
        )

    def merge(self) -> str:
        use, hands, (one, other) = self.house.use, self.house.hands, self.chance.sample(self.suppliers, 2)
        return self.did(
            merge_suppliers=lambda: use.merge_suppliers(hands["linh"], hands["som"], one, other, "one firm"),
            take_suppliers_apart=lambda: use.unmerge_suppliers(hands["linh"], hands["som"], one, "two firms"),
        )

    def correct(self) -> str:
        use, sitting, hands = self.house.use, self.house.sittings[self.who()], self.house.hands
        if not self.actions or self.chance.random() < 0.1:
            codes = (self.one(["SCR", "DEN"]),)
            opened = use.open_action(sitting, NewAction(self.one(self.suppliers), "Not again", codes))
            self.actions.append(f"CA-{opened.number}")
            return "open an action"
        action, (one, other) = self.one(self.actions[-4:]), self.two()
        stopped = next((stop.action for stop in use.stops_standing()), action)
        test = self.chance.choice(
            (PromiseTest("accepted"), PromiseTest("rate", "DEN", percent=Decimal(1), lots=2))
        )
        due = self.house.clock.today() + timedelta(days=self.chance.randrange(1, 9))
        return self.did(
            promise=lambda: use.make_promise(sitting, action, "Never again", due, test),
            write_to_the_supplier=lambda: use.record_sent(
                sitting, action, to="a@b.example", language="en", subject="Dents", text="Why?", attachments=()
            ),
            note_a_reply=lambda: use.record_reply(
                sitting, action, sender="a@b.example", text="We are sorry."
            ),
            close_an_action=lambda: use.close_action(hands[one], action, "it held"),
            decide_a_stop=lambda: use.decide_stop(hands[one], hands[other], stopped, "looked at"),
        )

    def audit(self) -> str:
        audits, hands, sittings = self.house.use.audits, self.house.hands, self.house.sittings
        if not self.audits or self.chance.random() < 0.1:
            self.audits.append(audits.open(sittings["linh"], self.one(self.suppliers), "GEN").audit)
            return "open an audit"
        audit = self.one(self.audits[-2:])
        page = audits.page(audit, self.house.id("linh"))
        answers = [Answer(q.code, "yes") for q in page.content.questions]
        answers[-1] = Answer(answers[-1].question, "no", note="there is none")

        def review() -> None:
            seen = audits.page(audit, self.house.id("som"))
            audits.answer(sittings["som"], audit, [a for a in answers if a.question in seen.sample])
            audits.review(hands["som"], audit)

        def act() -> None:
            new = action_about(page, Catalogue())
            self.actions.append(f"CA-{self.house.use.open_action(sittings['linh'], new).number}")

        return self.did(
            answer_an_audit=lambda: audits.answer(sittings["linh"], audit, answers),
            sign_an_audit=lambda: audits.sign(hands["linh"], audit),
            review_an_audit=review,
            act_on_an_audit_s_findings=act,
        )

    def complain(self) -> str:
        care, sitting, batch = self.house.use.care, self.house.sittings[self.who()], self.recent(OUT)
        with self.house.use.look() as uow:
            taken = uow.last_complaint()
        if not taken or self.chance.random() < 0.3:
            words = ComplaintTaken(0, "Nova", "", "en", "spoken", "It rattles.", self.house.clock.today(), "")
            care.take_complaint(sitting, words, (batch,))
            self.linked.append((taken + 1, batch))
            return "take a complaint"
        number, arbiter = max(1, taken - self.chance.randrange(4)), self.house.sittings["linh"]
        why = f"so it is {self.chance.random()}"  # another reason each time
        return self.did(
            judge_an_escape=lambda: care.judge(arbiter, number, escape=True, about="SCR", reason=why),
            judge_no_escape=lambda: care.judge(arbiter, number, escape=False, about="SCR", reason=why),
            link_a_complaint=lambda: care.link(sitting, number, batch),
            unlink_a_complaint=lambda: care.link(sitting, *self.one(self.linked[-4:]), undone=True),
        )

    def touch(self) -> str:
        care, login = self.house.use.care, self.who()
        if self.touches and self.chance.random() < 0.3:
            made_by, seq = self.one(self.touches)
            care.undo_touch(self.house.sittings[made_by], seq)
            return "take a touch back"
        self.touches.append((login, care.touch(self.house.sittings[login], "chase", self.recent())[0]))
        return "touch"

    def report(self) -> str:
        batch = None
        if self.chance.random() < 0.5:
            with self.house.use.look() as uow:
                batch = uow.batch(self.recent()).id
        report = DefectReported(
            "", "customer", self.one(["SCR", "XX"]), "", "major", 1 + self.chance.randrange(3),
            batch=batch, supplier=None if batch else self.one(self.suppliers),
        )  # fmt: skip
        self.house.use.report_defect(self.house.sittings["linh"], report)
        return "report from outside"


def play(house: House, seed: int, operations: int, every: int) -> Counter[str]:
    """Live through random days; what was done, each kind as often as it was not refused."""
    days = Days(house, seed)
    tried = 0
    while days.done.total() < operations:
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
    return days.done


def test_figures_are_a_full_recount_after_random_days(house: House) -> None:
    play(house, seed=5, operations=80, every=10)


@pytest.mark.long
def test_figures_are_a_full_recount_after_ten_thousand_operations(house: House) -> None:
    done = play(house, seed=11, operations=10_000, every=2_000)
    assert not set(EVERY) - set(done), "each kind was done"
    print(*(f"{n:6,} {name}" for name, n in done.most_common()), sep="\n")
