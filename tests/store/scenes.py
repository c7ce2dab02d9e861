# SPDX-License-Identifier: Apache-2.0
"""One workspace in which every table has rows and batches stand in every state, for attacks that are rolled back."""

from __future__ import annotations

import copy
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from qcdesk.domain.audit_templates import AuditTemplate, LocalText, Question, Section
from qcdesk.domain.audits import Answer
from qcdesk.domain.events import (
    BatchSaved,
    ClockJumped,
    ComplaintTaken,
    DefectReported,
    DefectsReported,
    EventVoided,
    Imported,
    InstrumentSaved,
    OwnerFigures,
    PlaceGivenUp,
    ProductSaved,
    Resolution,
    Reviewed,
    SupplierSaved,
)
from qcdesk.domain.guessing import LONGEST_WAIT_SECONDS, TRIES_TO_LOCK
from qcdesk.domain.modes import codes_in_review
from qcdesk.domain.people import RoleGrant
from qcdesk.domain.procedures import Characteristic
from qcdesk.domain.promises import PromiseTest
from qcdesk.domain.refusals import WrongSecret
from qcdesk.domain.reviewing import Opened
from qcdesk.domain.sampling import ClassRule, DefectClass
from qcdesk.domain.splitting import Piece
from qcdesk.domain.switching import Switching
from qcdesk.services.concessions import Wish
from qcdesk.services.corrective_actions import NewAction
from qcdesk.services.nonconformities import NewNonconformity
from qcdesk.services.prints import Print, ToTell
from qcdesk.services.record_entries import Entries, NewFinding, NewReading, NewResult
from qcdesk.services.settle_round import round_sides
from qcdesk.services.start_check import Started
from qcdesk.store.database import Database
from tests.workspace import PROCEDURE, Bench, HandClock, House, connect, content, secret, use_of

OTHERS: tuple[DefectClass, ...] = ("minor", "critical")


@dataclass(frozen=True)
class Scene:
    """A batch with its round and checks; ``seq`` is the number of the last event about it."""

    batch: str = ""
    round: str = ""
    first: str = ""
    second: str = ""
    third: str = ""
    seq: int = 0


class World:
    """Ids to write into statements: people by login, batches by where they stand (``{accepted.round}``)."""

    @staticmethod
    def like(made: World, database: Database) -> World:
        """Return the same scenes over a copy of their database; playing them costs seconds, this costs nothing."""
        world = copy.copy(made)
        world.house = House.like(made.house, database, HandClock())
        return world

    def __init__(self, house: House) -> None:
        """Play it all."""
        self.house = house
        self._people()
        self._batches()
        self._rest()
        with house.use.look() as uow:
            self.code, self.version = PROCEDURE, uow.procedure(PROCEDURE).version
        self.head = self.scalar("SELECT max(seq) FROM event")

    def scalar(self, query: str) -> int:
        """Return a number that the database holds."""
        with self.house.database.reading() as connection:
            return int(connection.exec_driver_sql(query).scalar_one())

    def scene(self, number: str) -> Scene:
        """Return a batch as it stands now."""
        with self.house.use.look() as uow:
            batch = uow.batch(number)
            standing = uow.round(batch.round) if batch.round else None
            checks = {c.place: c.id for c in standing.checks} if standing else {}
        seq = self.scalar(f"SELECT max(seq) FROM line WHERE batch = '{batch.id}'")
        return Scene(batch.id, batch.round or "", seq=seq, **checks)

    def _people(self) -> None:
        house = self.house
        house.enrol("minh", "Trần Văn Minh", "inspector", "arbiter")
        house.enrol("lan", "王兰", "inspector")
        house.enrol("hoa", "Lê Thị Hoa", "inspector")
        house.use.suspend(house.hands["linh"], house.id("hoa"), "left")
        self.linh, self.som, self.minh, self.lan, self.hoa = (
            house.id(login) for login in ("linh", "som", "minh", "lan", "hoa")
        )
        self.anh = house.maker("Phạm Văn Anh")
        for login in ("minh", "lan"):
            house.use.grant_qualification(house.hands["linh"], house.hands["som"], login, PROCEDURE, None)
        self.role_granted = self.scalar("SELECT max(seq) FROM line WHERE type = 'person.enrolled'")

    def _people_of_keys(self) -> None:
        """Two whose roles are not enough, who have other people's names, and one whose key will be in doubt."""
        house, use = self.house, self.house.use
        hands = house.hands["linh"], house.hands["som"]
        house.enrol("mai", "Vũ Thị Mai", "planner")
        house.enrol("nga", "Đỗ Nga", "planner")
        house.enrol("van", "Hồ Vân", "inspector", "releaser")
        self.mai, self.nga, self.van = (house.id(login) for login in ("mai", "nga", "van"))
        use.grant_role(*hands, "mai", RoleGrant("inspector", until=date(2026, 1, 31)))
        use.grant_role(*hands, "nga", RoleGrant("inspector", families=("Cables",)))
        for login in ("mai", "nga"):
            use.rename_person(*hands, login, "王兰", another_person=True)

    def _batches(self) -> None:
        house, use = self.house, self.house.use
        linh, som, minh = (house.sittings[login] for login in ("linh", "som", "minh"))
        self.registered = self.scene(house.batch())
        self.first_check = self._begun("linh", house.batch())
        number = house.batch()
        house.check("linh", number)
        self.second_check = self._begun("som", number)
        self.awaiting = house.batch()
        house.check("linh", self.awaiting)
        with (
            house.begin() as uow
        ):  # the one who could be second and looked: only a faulty program lets it happen
            batch = uow.batch(self.awaiting)
            uow.append(PlaceGivenUp(batch.round or "", batch.id, "must know"), house.sittings["minh"].hand)
            uow.commit()
        use.look_at_first(minh, self.awaiting, "batch page")
        self.awaiting_second = self.scene(self.awaiting)
        made = house.batch(makers=("som", self.anh))
        house.check("linh", made)
        self.made = self.scene(made)
        self.made_begun = self.scene(house.batch(makers=("som", self.anh)))
        made_first = house.batch(makers=("som",))
        house.start("linh", made_first)
        self.made_first = self.scene(made_first)
        self.accepted = self.scene(house.accepted())
        number = house.accepted()
        use.stop_batch(som, number, "other", "label")
        use.lift_hold(house.hands["linh"], house.hands["som"], number, "label is right")
        use.stop_batch(som, number, "paperwork", "certificate missing")
        self.held = self.scene(number)
        self.hold_lifted = self._hold(self.held.batch, "IS NOT NULL")
        self.hold_standing = self._hold(self.held.batch, "IS NULL")
        number = house.disagreed()
        started = house.start("minh", number)
        self.disagreed = self.scene(number)
        decided = house.disagreed()
        third = house.start("minh", decided)
        with use.look() as look:
            disputed = round_sides(look, look.round(look.batch(decided).round or "")).disputed()
        use.resolve(
            house.sittings["minh"],
            third.check,
            tuple(Resolution(c.unit, c.code, c.defect_class, c.count, False) for c in disputed),
        )
        use.decide(house.hands["minh"], third.check)
        self.decided = self.scene(decided)
        assert started.place == "third"
        number = house.rejected()
        use.dispose_batch(house.hands["linh"], house.hands["som"], number, "rework", "polish")
        self.rejected = self.scene(number)
        number = house.rejected()
        use.dispose_batch(house.hands["linh"], house.hands["som"], number, "rework", "polish")
        use.record_rework(linh, number, (self.minh, self.anh))
        house.check("linh", number)
        self.reworked = self.scene(number)
        number = house.released()
        use.ship_batch(linh, number, 5, "ACME")
        self.released = self.scene(number)
        number = house.released()
        use.stop_batch(som, number, "other", "call from the customer")
        self.released_held = self.scene(number)
        self._certificates()

    def _certificates(self) -> None:
        """Certify three: one is printed, one is stopped, of one the release is taken back."""
        house, use, som = self.house, self.house.use, self.house.hands["som"]
        printed, held, void = (house.released() for _ in range(3))
        for number in (printed, held, void):
            issued = use.issue_certificate(som, number)
            use.print_certificate(house.sittings["linh"], issued.certificate)
        use.print_certificate(house.sittings["linh"], 1)
        use.print_certificate(house.sittings["linh"], 1, results=True)
        use.stop_batch(house.sittings["som"], held, "other", "call from the customer")
        use.withdraw_batch(som, void, "recall")
        self.certified, self.certified_held, self.void = 3, 2, 3
        self.standing = self.scene(printed)
        paper = Print(b"%PDF", ToTell("certificate", "1", "000001", self.standing.batch, marked=True))
        use.prints.tell(house.sittings["som"], paper, "printed")
        self.printed_paper = f"{self.accepted.batch}:1"
        report = ToTell("inspection", self.printed_paper, "A-1", self.accepted.batch, "accepted")
        use.prints.tell(house.sittings["linh"], Print(b"%PDF", report), "saved")
        use.prints.note(Print(b"%PDF", report), "mailed")
        self.withdrawn = self.scene(void)

    def today(self) -> date:
        """Return the day of the scenes."""
        return self.house.clock.today()

    def _doubt(self) -> None:
        """A key is in doubt, on a batch that is accepted all the same."""
        house, use = self.house, self.house.use
        number = house.batch()
        since = self.scalar("SELECT max(seq) FROM event")
        house.check("linh", number)
        house.check("van", number)
        use.revoke_key(house.hands["linh"], house.hands["som"], "van", "suspect", since)
        use.lift_hold(house.hands["linh"], house.hands["som"], number, "looked at")
        self.suspect = self.scene(number)

    def _families(self) -> None:
        """One plans and releases cables only, and does so: a procedure that once was for plugs, too, and a hold."""
        house, use = self.house, self.house.use
        both, linh = (house.hands["linh"], house.hands["som"]), house.sittings["linh"]
        house.enrol("tam", "Lý Tâm", "inspector")
        tam, self.tam = house.hands["tam"], house.id("tam")
        for role in ("planner", "releaser"):
            use.grant_role(*both, "tam", RoleGrant(role, families=("Cables",)))
        cable = use.save_product(linh, ProductSaved("", "CABLE", "Cable", family="Cables")).product
        use.save_product(linh, ProductSaved("", "PLUG", "Plug"))
        use.draft_procedure(linh, "IP-904", content(self.linh, products=("CABLE", "PLUG")))
        use.approve_procedure(house.hands["som"], "IP-904")
        use.draft_procedure(house.sittings["tam"], "IP-904", content(self.tam, products=("CABLE",)))
        use.draft_procedure(linh, "IP-904", content(self.linh, products=("CABLE",), title="Cable"))
        use.approve_procedure(tam, "IP-904")
        use.grant_grace(tam, house.hands["linh"], "IP-904", self.today(), "being rewritten")
        use.grant_grace(house.hands["linh"], tam, "IP-904", self.today(), "being rewritten")
        use.retire_procedure(tam, "IP-904", "no cables any more")
        saved = BatchSaved("", "CABLE-1", cable, 20, supplier=house.supplier.supplier)
        use.register_batch(linh, saved)
        use.stop_batch(linh, "CABLE-1", "other", "label")
        use.lift_hold(house.hands["linh"], tam, "CABLE-1", "label is right")
        self.cable_lift = self.scalar("SELECT max(seq) FROM line WHERE type = 'batch.lifted'")

    def _switching(self) -> None:
        """Seven lots of one product were not accepted: its inspection is discontinued, and another lot waits."""
        house, use = self.house, self.house.use
        linh, both = house.sittings["linh"], (house.hands["linh"], house.hands["som"])
        bolt = use.save_product(linh, ProductSaved("", "BOLT", "Bolt", family="Cables")).product
        rules = (ClassRule("major", "aql", Decimal("4.0")), *(ClassRule(name, "all") for name in OTHERS))
        draft = content(self.linh, products=("BOLT",), characteristics=(), rules=rules, switching=Switching())
        use.draft_procedure(linh, "IP-905", draft)
        use.approve_procedure(house.hands["som"], "IP-905")
        use.set_severity(*both, "S1", "BOLT", "major", "tightened", "a complaint")
        self.closed_action = use.open_action(linh, NewAction("S1", "Scratches", ("SCR",), "BOLT")).action
        use.make_promise(linh, "CA-1", "No scratches", date(2099, 1, 1), PromiseTest("accepted"))
        use.register_batch(linh, BatchSaved("", "BOLT-0", bolt, 20, supplier=house.supplier.supplier))
        house.check("linh", "BOLT-0")
        house.check("som", "BOLT-0")
        use.close_action(house.hands["linh"], "CA-1", "a good lot came")
        dents = NewAction("S1", "Dents on bolts", ("DEN",), "BOLT")
        self.action = use.open_action(linh, dents).action
        use.make_promise(linh, "CA-2", "No dents", date(2099, 1, 1), PromiseTest("accepted"))
        use.say_step(linh, "CA-2", "D3", text="All stock is sorted")
        for number in (f"BOLT-{n}" for n in range(1, 7)):
            saved = BatchSaved("", number, bolt, 20, supplier=house.supplier.supplier)
            use.register_batch(linh, saved)
            if number != "BOLT-6":
                house.check("linh", number, dict.fromkeys(range(1, 21), "DEN"))
                house.check("som", number, dict.fromkeys(range(1, 21), "DEN"))
        self.stop = self.scalar("SELECT max(seq) FROM release_stop")
        self.bolt, self.waiting = self.scene("BOLT-5"), self.scene("BOLT-6")

    def _suppliers(self) -> None:
        """One supplier is blocked, and one is the same as another one."""
        house, use = self.house, self.house.use
        saved = SupplierSaved("", "S9", "Nine Springs", country="TH")
        self.blocked = use.save_supplier(house.sittings["linh"], saved).supplier
        use.set_supplier_status(house.hands["linh"], None, "S9", "blocked", "the same defect again")
        self.root, self.merged = (
            use.save_supplier(house.sittings["linh"], SupplierSaved("", code, name)).supplier
            for code, name in (("S7", "Tin Hill"), ("S8", "Tin Hill Works"))
        )
        use.merge_suppliers(house.hands["linh"], house.hands["som"], "S8", "S7", "the same firm")
        self.merge = self.scalar("SELECT max(seq) FROM supplier_merge")

    def _audits(self) -> None:
        """Audits by a template in its second version: begun, signed and half reviewed, reviewed, closed."""
        house, audits = self.house, self.house.use.audits
        linh, som = house.sittings["linh"], house.sittings["som"]
        safe = Question("A1", (LocalText("en", "Safe?"),), critical=True)
        asked = AuditTemplate((LocalText("en", "All"),), (Section("A", safe.text, (safe,)),))
        audits.save_template(linh, "GEN", asked)
        audits.approve_template(house.hands["som"], "GEN")
        audits.save_template(linh, "GEN", asked)
        made = []
        for place in range(4):
            audit = audits.open(linh, "S1", "GEN").audit
            made.append(audit)
            audits.answer(linh, audit, [Answer("A1", "yes")])
            if place > 0:
                audits.sign(house.hands["linh"], audit)
                audits.answer(som, audit, [Answer("A1", "no")])
            if place > 1:
                audits.review(house.hands["som"], audit)
            if place > 2:
                audits.settle(house.hands["linh"], house.hands["som"], audit, [Answer("A1", "yes")])
        self.audit_open, self.audit_signed, self.audit_reviewed, self.audit_closed = made
        found = NewAction("S1", "Doors", ("A-4/A1",))
        self.audit_action = house.use.open_action(linh, found).action
        self.audit_begun = audits.open(linh, "S1", "GEN").audit

    def _care(self) -> None:
        """A complaint that was closed and one that is open, a touch taken back, and figures of a month."""
        care, linh = self.house.use.care, self.house.sittings["linh"]
        said = ComplaintTaken(0, "Nova", "", "en", "spoken", "It leaks.", self.house.clock.today(), "")
        for _ in range(2):
            care.take_complaint(linh, said, (self.accepted.batch,))
        care.acknowledge(linh, 1, "Ms Nova", "by phone")
        care.judge(linh, 1, escape=False, about="leak", reason="another maker's")
        care.close(linh, 1, "explained")
        touch, _ = care.touch(linh, "call", self.accepted.batch)
        care.undo_touch(linh, touch)
        care.say_figures(linh, (OwnerFigures("2026-01", 3, 1),))

    def _sheet(self) -> None:
        """The recovery sheet lifts a suspension while nobody else is there to sign."""
        house, use = self.house, self.house.use
        linh, away = house.hands["linh"], ("minh", "lan", "mai", "nga", "quy", "tam", "som")
        for login in away:
            use.suspend(linh, login, "on holiday")
        use.lift_suspension(linh, use.open_sheet(house.recovery_code), "som")
        for login in away[:-1]:
            use.lift_suspension(linh, house.hands["som"], login)

    def _concessions(self) -> None:
        """One concession is asked for, one stands with units shipped, one was refused; a supplier has a budget."""
        house, use = self.house, self.house.use
        for login, name in (("bao", "Phan Bảo"), ("tho", "Mai Thọ"), ("yen", "Cao Yến")):
            house.enrol(login, name, "concession")
        self.bao, self.tho, self.yen = (house.id(login) for login in ("bao", "tho", "yen"))
        hands, bad = house.hands, dict.fromkeys(range(1, 9), "SCR")
        for percent in ("80", "50"):
            use.set_concession_budget(
                hands["linh"], hands["som"], house.supplier.supplier, Decimal(percent), 12, "as agreed"
            )
        until = self.today() + timedelta(days=30)
        numbers = []
        for _ in range(3):
            number = house.batch()
            house.check("linh", number, bad)
            house.check("som", number, bad)
            use.request_concession(
                hands["yen"], number, Wish(15, until, "hidden once mounted", "mail of 3 May")
            )
            numbers.append(number)
        use.approve_concession(hands["bao"], hands["tho"], numbers[1])
        use.ship_batch(house.sittings["linh"], numbers[1], 5, "ACME")
        use.refuse_concession(hands["bao"], numbers[2], "it shows")
        self.asked, self.conceded, self.denied = (self.scene(number) for number in numbers)
        self.wish, self.granted, self.declined = (
            self._concession(scene.batch) for scene in (self.asked, self.conceded, self.denied)
        )

    def _parts(self) -> None:
        """One batch is split and some of it stays; one that was stopped is split before its first round."""
        house, use = self.house, self.house.use
        two, bad = (house.hands["linh"], house.hands["som"]), dict.fromkeys(range(1, 9), "SCR")
        number = house.batch(makers=("som",))
        house.check("linh", number, bad)
        house.check("minh", number, bad)
        parts = use.split_batch(
            *two, number, (Piece("", 10, "sort"), Piece("", 4, "scrap")), 6, "bent ones apart"
        )
        self.parted = self.scene(number)
        self.part, self.dropped = (part.batch for part in parts.parts)
        number = house.batch(makers=("som",))
        use.stop_batch(house.sittings["som"], number, "wrong_goods", "two kinds in a crate")
        split = use.split_batch(
            *two, number, (Piece("", 10, "inspect"), Piece("", 10, "scrap")), 0, "by kind"
        )
        self.crate, self.crate_part = self.scene(number), split.parts[0].batch

    def _nonconformities(self) -> None:
        """One was closed, one is open, one was closed and is open again, all of a batch that goes to rework."""
        house, due = self.house, self.today() + timedelta(days=30)
        use, linh, som = house.use.nonconformities, house.sittings["linh"], house.sittings["som"]
        for _ in range(3):
            use.open(linh, NewNonconformity(self.rejected.batch, 5, "set apart", due, what="scratched"))
        use.contain(som, 1, "set apart in cage 2")
        use.note(som, 1, "a new mould is tried")
        use.hand_over(linh, 1, self.som, "knows the goods")
        use.put_off(linh, 1, due, "the supplier answers later")
        use.link(linh, 1, "CA-1")
        for number in (1, 3):
            use.close(house.hands["som"], number)
        use.reopen(som, 3, due, "more was found")

    def _concession(self, batch: str) -> str:
        with self.house.database.reading() as connection:
            found = connection.exec_driver_sql(f"SELECT id FROM concession WHERE batch = '{batch}'")
            return str(found.scalar_one())

    def _begun(self, login: str, number: str) -> Scene:
        started = self.house.start(login, number)
        self.house.use.record(
            self.house.sittings[login],
            Entries(
                started.check,
                results=(NewResult(1),),
                findings=(NewFinding(1, "SCR"),),
                readings=(NewReading(1, "DIA", "12,03"),),
            ),
        )
        return self.scene(number)

    def _hold(self, batch: str, lifted: str) -> str:
        with self.house.database.reading() as connection:
            return str(
                connection.exec_driver_sql(
                    f"SELECT id FROM hold WHERE batch = '{batch}' AND lifted {lifted}"
                ).scalar_one()
            )

    def _rest(self) -> None:
        house = self.house
        linh = house.sittings["linh"]
        house.use.save_instrument(linh, InstrumentSaved("", "CAL-1", "caliper", date(2027, 1, 1)))
        house.use.save_instrument(linh, InstrumentSaved("", "CAL-2", "caliper", date(2027, 1, 1)))
        for code in ("X8", "Y9"):
            house.use.save_supplier(linh, SupplierSaved("", code, code))
        house.use.report_defect(linh, DefectReported("", "customer", "SCR", "Scratch", "minor"))
        house.use.save_product(linh, ProductSaved("", "OTHER", "Lid"))
        house.use.draft_procedure(linh, "IP-900", content(self.linh, products=("OTHER",)))
        with house.begin() as uow:
            uow.append(Imported("suppliers", "list.csv", "0" * 64, 1), linh.hand)
            reports = (DefectReported(f"{n}" * 32, "customer", "SCR", "Scratch", "minor") for n in (1, 2))
            uow.append(DefectsReported(tuple(reports), stops=True), linh.hand)
            uow.commit()
        self._secrets()
        number = house.batch()
        house.use.ship_unreleased(linh, number, 5, "ACME", "the lorry left by mistake")
        self.left = self.scene(number)
        house.use.place_batch(linh, number, "Cage 2")
        house.use.choose_language(linh, "en")
        both = house.hands["linh"], house.hands["som"]
        house.use.grant_grace(*both, PROCEDURE, self.today(), "the review is under way")
        self._reviews()
        self._splits()
        lid = house.use.save_product(linh, ProductSaved("", "LID", "Lid of another kind")).product
        house.use.draft_procedure(linh, "IP-901", content(self.linh, products=("LID",)))
        house.use.approve_procedure(house.hands["som"], "IP-901")
        for number in ("LID-1", "LID-2"):
            house.use.register_batch(linh, BatchSaved("", number, lid, 20, supplier=house.supplier.supplier))
        house.check("linh", "LID-1")
        house.use.draft_procedure(linh, "IP-901", content(self.linh, products=("LID",), title="Lid"))
        house.use.approve_procedure(house.hands["som"], "IP-901", open_batches="re_inspect")
        house.check("linh", "LID-2")
        house.check("som", "LID-2")
        house.use.retire_procedure(house.hands["som"], "IP-901", "wrong limits")
        self.stopped = self.scene("LID-2")
        house.use.sign_restore(*both, 900, None, "the disk of last week")
        house.clock.forward(seconds=-600)
        house.use.save_product(linh, ProductSaved("", "LATE", "Ring"))  # marked: the clock is behind
        house.clock.forward(seconds=600)
        house.use.correct_clock(*both, house.clock.now(), "by the radio clock")
        self.clock_corrected = self.scalar("SELECT max(seq) FROM line WHERE type = 'clock.corrected'")
        self._void()
        house.sit("lan")
        house.use.close_sitting(house.sittings["lan"])
        self._families()
        self._switching()
        self._suppliers()
        self._audits()
        self._care()
        self._people_of_keys()
        self._doubt()
        self._sheet()
        self._concessions()
        self._nonconformities()
        self._parts()
        # Attacks write rows of an open second check by the last line, which is of whoever makes that check.
        self.house.use.list_person(self.house.sittings["linh"], "Ông Cuối")

    def _reviews(self) -> None:
        """Claims in review: opened in a check set aside, half opened in the next, and all opened in a signed one."""
        house, linh = self.house, self.house.sittings["linh"]
        strap = house.use.save_product(linh, ProductSaved("", "STRAP", "Strap")).product
        torn = Characteristic(
            "PUL", "Pull", "variable", "major", "N", lower=Decimal("11.98"), mode="review", destructive=True
        )
        weld = Characteristic("WLD", "Weld", "attribute", "minor", mode="review", destructive=True)
        changed = content(self.linh, products=("STRAP",), characteristics=(torn, weld))
        house.use.draft_procedure(linh, "IP-902", changed)
        house.use.approve_procedure(house.hands["som"], "IP-902")
        for number in ("STRAP-1", "STRAP-2"):
            saved = BatchSaved("", number, strap, 20, supplier=house.supplier.supplier)
            house.use.register_batch(linh, saved)
            house.check("linh", number, {1: "WLD", 3: "SCR"}, {2: "11.5"})
        aside = house.start("som", "STRAP-1")
        house.review("som", aside)
        house.use.set_aside(house.sittings["som"], aside.check, "called away")
        half = house.start("minh", "STRAP-1")
        house.record("minh", half)
        claims = self._claims(half)
        house.use.open_reviewed(house.sittings["minh"], half.check, (Opened(claims[0].claim),))
        self.review, self.unopened = self.scene("STRAP-1"), claims[1].claim
        with house.use.look() as uow:
            first = uow.work(self.review.first)
        self.scratch = next(f.id for f in first.findings if f.code == "SCR")
        done = house.start("som", "STRAP-2")
        house.record("som", done)
        house.review("som", done, {2: "the clamp slipped"})
        house.sign("som", done)
        self.review_done = self.scene("STRAP-2")

    def _splits(self) -> None:
        """Two batches are split: the second check of one is open, of the other signed."""
        house, linh = self.house, self.house.sittings["linh"]
        clip = house.use.save_product(linh, ProductSaved("", "CLIP", "Clip")).product
        bore = replace(content("x").characteristics[0], mode="split")
        changed = content(self.linh, products=("CLIP",), defects_mode="split", characteristics=(bore,))
        house.use.draft_procedure(linh, "IP-903", changed)
        house.use.approve_procedure(house.hands["som"], "IP-903")
        for number in ("CLIP-1", "CLIP-2"):
            saved = BatchSaved("", number, clip, 200, supplier=house.supplier.supplier)
            house.use.register_batch(linh, saved)
            house.check("som", number)
        started = house.start("linh", "CLIP-1")
        house.record("linh", started, {len(started.opened.sample) + 1: "SCR"})
        self.split = self.scene("CLIP-1")
        self.not_shared = next(u for u in range(1, 99) if u not in started.opened.overlap)
        done = house.start("linh", "CLIP-2")
        house.record("linh", done, {len(done.opened.sample) + 1: "SCR"})
        house.sign("linh", done)

    def _claims(self, started: Started) -> tuple[Reviewed, ...]:
        with self.house.use.look() as uow:
            return uow.to_review(started.check, codes_in_review(started.opened.procedure.content))

    def _void(self) -> None:
        """Only a line that fails verification is declared void; here, by a faulty program, one that does not."""
        hands = self.house.hands
        with self.house.begin() as uow:
            uow.append(EventVoided(1, "0" * 64, "forged"), hands["linh"], co=(hands["som"],))
            uow.commit()

    def _secrets(self) -> None:
        """Lock Lan, who is unlocked again, and Quý, who is not; a badge stopped by the next; a clock that jumped."""
        house, use = self.house, self.house.use
        house.enrol("quy", "Đỗ Thị Quý")
        for login in ("lan", "quy"):
            for _ in range(TRIES_TO_LOCK):
                house.clock.forward(seconds=LONGEST_WAIT_SECONDS)
                with suppress(WrongSecret):
                    use.open_hand(login, "not this one")
        use.unlock(house.hands["linh"], "lan")
        for _ in range(2):
            use.issue_badge(house.hands["linh"], house.hands["som"], "583920")
        with house.begin() as uow:
            uow.note(ClockJumped(-5), use.workstation.hand(uow.vault))
            uow.commit()
        there = use_of(house.database, house.clock, salt="2", workstation=Bench(house.clock, "bench 2"))
        there.close_sitting(there.open_sitting(there.open_hand("som", secret("som"))))
        self.station = use.workstation.station
        self.quy = house.id("quy")


def play(location: str) -> World:
    """Open the migrated database there and play the scenes."""
    return World(House.ready(connect(location), HandClock()))
