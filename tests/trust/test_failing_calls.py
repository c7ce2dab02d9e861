# SPDX-License-Identifier: Apache-2.0
"""Each act with its 1st, 2nd … last call of database or disk failing: nothing half done, and the next try works.

Every act that a person can do is tried in a workspace prepared for it. Its calls are counted; then, from the same
starting point, the first of them fails, then the second, and so on to the last. Whatever fails (disk full, somebody
else writing, input or output error, no memory), the person is told in words or the act was done after all; nothing
else may have happened, and the same act by the same people at the same open window then goes through.

Calls are made to fail in three places: each statement and each commit as SQLAlchemy hands them to the driver, on both
engines; each write, truncation, sync, deletion and opening that SQLite itself makes below the driver, so that its own
recovery is put to work; and each call by which Python writes, syncs and renames photos, backups and papers. In the
everyday run each act fails at some of its calls, at all of them in the long one.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
import pysqlite3.dbapi2 as sqlite
import pytest

from qcdesk.domain.audit_templates import AuditTemplate, LocalText, Question, Section
from qcdesk.domain.audits import Answer
from qcdesk.domain.events import (
    ComplaintTaken,
    DefectCodeSaved,
    DefectReported,
    InstrumentSaved,
    OwnerFigures,
    ProductSaved,
    Resolution,
    SupplierSaved,
)
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.people import RoleGrant
from qcdesk.domain.promises import PromiseTest
from qcdesk.domain.refusals import Refusal, WrongSecret
from qcdesk.domain.splitting import Piece
from qcdesk.domain.switching import Switching
from qcdesk.exchange import importing
from qcdesk.exchange.photos import Picture, store_picture
from qcdesk.exchange.reading import read_table
from qcdesk.i18n import Catalogue
from qcdesk.reports.inspection import write
from qcdesk.services.audit_rows import TakenAudit
from qcdesk.services.concessions import Wish
from qcdesk.services.corrective_actions import NewAction
from qcdesk.services.enrol_people import Founder
from qcdesk.services.nonconformities import NewNonconformity
from qcdesk.services.prints import Print, ToTell
from qcdesk.services.record_entries import Entries, NewFinding, NewReading, NewResult
from qcdesk.services.settle_round import round_sides
from qcdesk.services.sittings import Sitting
from qcdesk.services.trouble import Trouble
from qcdesk.services.use_cases import UseCases
from qcdesk.store.backups import back_up
from qcdesk.store.database import FILE_NAME
from qcdesk.store.manifests import read_manifest
from qcdesk.store.readers import SqlReaders
from qcdesk.store.tables import ON_SERVER
from qcdesk.store.unit_of_work import SqlUnitOfWork
from qcdesk.store.upgrading import upgrade
from qcdesk.store.verification import verify
from qcdesk.wording.troubles import known_codes, tell
from tests.forging import write_past_every_rule
from tests.journeys.test_sign_off_table import forge
from tests.store.conftest import Server, in_memory
from tests.trust.sqlite_calls import Call, SqliteCalls
from tests.workspace import PROCEDURE, HandClock, House, connect, content, secret, use_of

Act = Callable[[House], object]
PIN = "582931"
PAPER = Print(b"%PDF", ToTell("label", "SHIP", "SHIP"))

# Workspaces and acts ----------------------------------------------------------------------------------------------


def prepare(house: House) -> None:
    """Bring batches to where each act begins; their numbers say what they wait for."""
    use, linh, som = house.use, house.hands["linh"], house.hands["som"]
    house.enrol("minh", "Trần Văn Minh", "inspector", "releaser", "arbiter")
    prepare_keys(house)
    house.enrol("lan", "王兰", "inspector")
    house.enrol("hoa", "Lê Thị Hoa", "inspector")
    house.enrol("nga", "Đỗ Nga", "auditor")
    use.suspend(linh, house.id("hoa"), "left")
    house.batch("START-1")
    house.batch("CANCEL")
    house.start("linh", house.batch("RECORD"))
    house.record("linh", house.start("linh", house.batch("SIGN-1")))
    house.start("linh", house.batch("ASIDE"))
    for number in ("START-2", "GIVE-UP", "RETRACT", "LOOK"):
        house.check("linh", house.batch(number))
    use.give_up_place(house.sittings["minh"], "LOOK", "must know")
    house.check("linh", house.batch("SIGN-2"))
    house.record("som", house.start("som", "SIGN-2"))
    for number in ("RELEASE", "STOP"):
        house.accepted(number=number)
    for number in ("SHIP", "WITHDRAW"):
        house.released(number=number)
    house.accepted(number="LIFT")
    use.stop_batch(house.sittings["som"], "LIFT", "other", "label")
    for number in ("RESOLVE", "DECIDE", "REJECT"):
        house.disagreed(number=number)
    house.check("linh", house.batch("AGAIN"))
    house.check("som", "AGAIN", dict.fromkeys((1, 2, 3), "DEN"))
    for number in ("RESOLVE", "DECIDE"):
        house.start("minh", number)
    resolve(house, "DECIDE")
    for login, name in (("bao", "Phan Bảo"), ("tho", "Mai Thọ")):
        house.enrol(login, name, "concession")
    for number in ("ASK", "APPROVE", "REFUSE"):
        house.check("linh", house.batch(number), dict.fromkeys(range(1, 9), "SCR"))
        house.check("som", number, dict.fromkeys(range(1, 9), "SCR"))
        if number != "ASK":
            use.request_concession(linh, number, wish(house))
    house.rejected(number="DISPOSE")
    house.rejected(number="REWORK")
    use.dispose_batch(linh, som, "REWORK", "rework", "polish")
    use.save_product(house.sittings["linh"], ProductSaved("", "OTHER", "Lid"))
    use.draft_procedure(house.sittings["linh"], "IP-900", content(house.id("linh"), products=("OTHER",)))
    use.save_product(house.sittings["linh"], ProductSaved("", "STEEL", "Steel"))
    switched = content(house.id("linh"), products=("STEEL",), switching=Switching())
    use.draft_procedure(house.sittings["linh"], "IP-902", switched)
    use.approve_procedure(som, "IP-902")
    prepare_suppliers(house)
    prepare_audits(house)
    prepare_care(house)
    prepare_actions(house)
    prepare_nonconformities(house)


def asked() -> AuditTemplate:
    """Return an audit template of one question."""
    text = (LocalText("en", "Safe?"),)
    return AuditTemplate(text, (Section("A", text, (Question("A1", text, critical=True),)),))


def prepare_suppliers(house: House) -> None:
    """Add a supplier that is the same as another one, and two that are not yet."""
    for code in ("S8", "S9"):
        house.use.save_supplier(house.sittings["linh"], SupplierSaved("", code, f"Works of {code}"))
    house.use.merge_suppliers(house.hands["linh"], house.hands["som"], "S9", "S1", "one firm")


def prepare_audits(house: House) -> None:
    """Bring four audits to where the acts on them begin, and a template that waits for its approval."""
    audits, linh, som = house.use.audits, house.sittings["linh"], house.sittings["som"]
    for code in ("GEN", "APPROVE"):
        audits.save_template(linh, code, asked())
    audits.approve_template(house.hands["som"], "GEN")
    for number in range(1, 5):
        audit = audits.open(linh, "S1", "GEN").audit
        audits.answer(linh, audit, [Answer("A1", "yes")])
        if number in (2, 3):
            audits.sign(house.hands["linh"], audit)
            audits.answer(som, audit, [Answer("A1", "no")])
    audits.review(house.hands["som"], "A-3")


def brought(house: House) -> TakenAudit:
    """Return the last audit with an answer that was given elsewhere."""
    taken = house.use.audits.take(house.sittings["linh"], "A-4")
    return replace(taken, answers=(Answer("A1", "partly", at=1),))


def prepare_care(house: House) -> None:
    """A complaint that is open, one that only has to be closed, and a touch."""
    care, linh = house.use.care, house.sittings["linh"]
    for _ in range(2):
        care.take_complaint(linh, complaint(house), ("SHIP",))
    care.acknowledge(linh, 2, "Ms Nova", "by phone")
    care.judge(linh, 2, escape=False, about="DEN", reason="as agreed")
    care.touch(linh, "call", "SHIP")


def complaint(house: House) -> ComplaintTaken:
    return ComplaintTaken(0, "Nova", "a@b.example", "en", "spoken", "It rattles.", house.clock.today(), "")


def last_touch(house: House) -> int:
    with house.begin() as uow:
        return int(uow._scalar("SELECT max(seq) FROM touch"))


def prepare_actions(house: House) -> None:
    """Open corrective actions: one that waits, one whose promise was kept, and one about what a lot showed again."""
    use, linh = house.use, house.sittings["linh"]
    with use.look() as look:
        steel = look.product("STEEL").product
    for code in ("DEN", "DEN", "SCR"):
        use.open_action(linh, NewAction("S1", "Marks on steel", (code,), "STEEL"))
    for name, number, found in (("CA-2", "STEEL-1", 0), ("CA-3", "STEEL-2", 8)):
        use.make_promise(linh, name, "A good lot", date(2099, 1, 1), PromiseTest("accepted"))
        house.batch(number, product=steel)
        for login in ("linh", "som"):
            house.check(login, number, dict.fromkeys(range(1, found + 1), "SCR"))


def prepare_nonconformities(house: House) -> None:
    """Two nonconformities of a rejected batch: one is open, one is closed."""
    use = house.use.nonconformities
    for _ in range(2):
        use.open(house.sittings["linh"], amiss(house))
    use.close(house.hands["som"], 2, "sorted")


def amiss(house: House) -> NewNonconformity:
    due = house.clock.today() + timedelta(days=9)
    return NewNonconformity("REWORK", 5, "set apart", due, what="scratched")


def prepare_keys(house: House) -> None:
    """Bring people to where the acts on keys begin: locked, without a key, with a key in doubt, with a badge."""
    use, linh, som = house.use, house.hands["linh"], house.hands["som"]
    house.enrol("locked", "Đỗ Văn Long", "inspector")
    for _ in range(10):
        house.clock.forward(seconds=300)
        with pytest.raises(WrongSecret):
            use.open_hand("locked", "not the right one")
    house.enrol("keyless", "Bùi Thị Kim", "inspector")
    use.revoke_key(linh, som, house.id("keyless"), "lost")
    house.enrol("doubt", "Ngô Văn Dũng", "inspector")
    with use.look() as look:
        since = look.head_seq() + 1
    house.check("doubt", house.batch("REOPEN"))
    use.revoke_key(linh, som, house.id("doubt"), "suspect", since)
    use.issue_badge(house.hands["minh"], linh, PIN)
    use.grant_qualification(linh, som, house.id("minh"), PROCEDURE, None)
    house.batch("LEFT")
    house.released(number="CERTIFY")
    house.released(number="PRINT")
    use.issue_certificate(som, "PRINT")
    house.batch("ORDER")
    for _ in range(2):  # the first is done again, the second is held for an arbiter
        house.check("linh", "ORDER")
        house.check("som", "ORDER")
        use.retract_check(som, open_check(house, "ORDER", "second"), "wrong gauge")


def resolve(house: House, number: str) -> None:
    """Put down what is true of the disputed claims."""
    with house.use.look() as look:
        standing = look.round(look.batch(number).round or "")
        disputed = round_sides(look, standing).disputed()
    house.use.resolve(
        house.sittings["minh"],
        open_check(house, number),
        tuple(Resolution(c.unit, c.code, c.defect_class, c.count, False) for c in disputed),
    )


def wish(house: House) -> Wish:
    """Return what a concession is asked for."""
    return Wish(20, house.clock.today() + timedelta(days=30), "hidden once mounted", "mail of 3 May")


def open_check(house: House, number: str, place: str | None = None) -> str:
    """Return the check of a batch that is open (or stands in a place)."""
    with house.use.look() as look:
        checks = look.round(look.batch(number).round or "").checks
    return next(c.id for c in checks if (c.place == place if place else c.state == "open"))


def critical_of(house: House, number: str) -> tuple[int, ...]:
    """Return the units of a batch on which a critical was claimed."""
    with house.use.look() as look:
        return look.critical_units(look.batch(number).id)


def record(house: House) -> None:
    """One save of one unit with a photo."""
    photo = store_picture(house.database.folder / "files", Picture("png", 2, 2, b"as it came", b"copy")).copy
    check = open_check(house, "RECORD")
    house.use.record(
        house.sittings["linh"],
        Entries(
            check, (NewResult(1),), (NewFinding(1, "SCR", photo=photo),), (NewReading(1, "DIA", "12,03"),)
        ),
    )


def enrol(house: House) -> None:
    """A new person, whom two people let in."""
    house.use.enrol(
        house.hands["linh"],
        house.hands["som"],
        login="binh",
        name="Hoàng Bình",
        roles=("inspector",),
        secret=secret("binh"),
    )


def bring_in(house: House) -> None:
    """Import suppliers."""
    file = house.database.folder / "suppliers.csv"
    if not file.exists():
        file.write_text("code,name\nB1,Alpha\nB2,Beta\nB3,Gamma\n", "utf-8")
    bring = importing.TableImport(house.use.begin, house.use.ids, house.clock)
    assert bring(house.sittings["linh"].hand, "suppliers", str(file)).created == 3


def back_up_all(house: House) -> None:
    """A backup into a folder beside the workspace."""
    back_up(house.database, house.database.folder.parent / "backups", house.clock.now())


def guess(house: House) -> None:
    """A wrong password, which is put on record."""
    with pytest.raises(WrongSecret):
        house.use.open_hand("lan", "not the right one")


def another_ones(house: House) -> str:
    """Return the key of a question that is about somebody else than who explains it."""
    linh = house.id("linh")
    rows = house.use.read.concerns(linh, 0)
    return next(row.concern.key for row in rows if linh not in (row.concern.person, row.concern.other))


def apart(house: House, login: str) -> Sitting:
    """Return somebody's sitting as it was prepared, whatever was done to it in a workspace that was set back."""
    kept = dict(house.sittings)[login]
    return Sitting(login, kept._hand, house.use.workstation.steady)


ACTS: dict[str, Act] = {
    "start first": lambda h: h.start("linh", "START-1"),
    "record": record,
    "sign first": lambda h: h.use.sign_check(h.hands["linh"], h.sittings["linh"], open_check(h, "SIGN-1")),
    "start second": lambda h: h.start("som", "START-2"),
    "sign second and compare": lambda h: h.use.sign_check(
        h.hands["som"], h.sittings["som"], open_check(h, "SIGN-2")
    ),
    "resolve": lambda h: resolve(h, "RESOLVE"),
    "decide": lambda h: h.use.decide(h.hands["minh"], open_check(h, "DECIDE")),
    "reject after all": lambda h: h.use.reject_after_all(h.hands["linh"], "REJECT", "it is cracked"),
    "do again": lambda h: h.use.do_again(h.hands["linh"], h.hands["som"], "AGAIN", "light was bad"),
    "set aside": lambda h: h.use.set_aside(h.sittings["linh"], open_check(h, "ASIDE"), "ill"),
    "retract": lambda h: h.use.retract_check(h.hands["linh"], open_check(h, "RETRACT", "first"), "wrong lot"),
    "give up place": lambda h: h.use.give_up_place(h.sittings["minh"], "GIVE-UP", "must know"),
    "look at first": lambda h: h.use.look_at_first(h.sittings["minh"], "LOOK", "batch page"),
    "look at every first": lambda h: h.use.look_at_every_first(h.sittings["nga"], "dump"),
    "release": lambda h: h.use.release_batch(h.hands["som"], "RELEASE"),
    "ship": lambda h: h.use.ship_batch(h.sittings["linh"], "SHIP", 5, "ACME"),
    "withdraw": lambda h: h.use.withdraw_batch(h.hands["linh"], "WITHDRAW", "complaint"),
    "hold": lambda h: h.use.stop_batch(h.sittings["som"], "STOP", "other", "label"),
    "lift hold": lambda h: h.use.lift_hold(h.hands["linh"], h.hands["som"], "LIFT", "label is right"),
    "dispose": lambda h: h.use.dispose_batch(h.hands["linh"], h.hands["som"], "DISPOSE", "rework", "polish"),
    "scrap": lambda h: h.use.dispose_batch(h.hands["linh"], h.hands["som"], "DISPOSE", "scrap", "cracked"),
    "split": lambda h: h.use.split_batch(
        h.hands["linh"],
        h.hands["som"],
        "DISPOSE",
        (
            Piece("", 8, "sort", units=critical_of(h, "DISPOSE")),
            Piece("", 4, "scrap"),
            Piece("", 8, "return"),
        ),
        0,
        "three ways",
    ),
    "place": lambda h: h.use.place_batch(h.sittings["linh"], "DISPOSE", "Cage 2"),
    "choose a language": lambda h: h.use.choose_language(h.sittings["linh"], "vi"),
    "rework": lambda h: h.use.record_rework(h.sittings["linh"], "REWORK", (h.id("minh"),)),
    "ask for concession": lambda h: h.use.request_concession(h.hands["linh"], "ASK", wish(h)),
    "approve concession": lambda h: h.use.approve_concession(h.hands["bao"], h.hands["tho"], "APPROVE"),
    "refuse concession": lambda h: h.use.refuse_concession(h.hands["bao"], "REFUSE", "it shows"),
    "budget for concessions": lambda h: h.use.set_concession_budget(
        h.hands["linh"], h.hands["som"], "S1", Decimal(5), 12, "agreed"
    ),
    "register": lambda h: h.batch("NEW"),
    "cancel": lambda h: h.use.cancel_batch(h.sittings["linh"], "CANCEL", "sent twice"),
    "report defect": lambda h: h.use.report_defect(
        h.sittings["linh"], DefectReported("", "customer", "SCR", "Scratch", "minor")
    ),
    "enrol": enrol,
    "list person": lambda h: h.maker("Phạm Văn Anh"),
    "change languages": lambda h: h.use.change_languages(h.hands["linh"], h.id("lan"), ("zh",)),
    "rename person": lambda h: h.use.rename_person(h.hands["linh"], h.hands["som"], h.id("lan"), "王 兰"),
    "grant role": lambda h: h.use.grant_role(
        h.hands["linh"], h.hands["som"], h.id("lan"), RoleGrant("releaser")
    ),
    "take role": lambda h: h.use.take_role(h.hands["linh"], h.id("minh"), "releaser"),
    "qualify": lambda h: h.use.grant_qualification(
        h.hands["linh"], h.hands["som"], h.id("lan"), PROCEDURE, None
    ),
    "suspend": lambda h: h.use.suspend(h.hands["linh"], h.id("lan"), "left"),
    "lift suspension": lambda h: h.use.lift_suspension(h.hands["linh"], h.hands["som"], h.id("hoa")),
    "open sitting": lambda h: h.use.open_sitting(h.hands["lan"]),
    "close sitting": lambda h: h.use.close_sitting(apart(h, "lan")),
    "sit down again": lambda h: h.use.sit_down_again(h.hands["lan"], apart(h, "lan")),
    "wrong secret": guess,
    "unlock": lambda h: h.use.unlock(h.hands["som"], h.id("locked")),
    "change password": lambda h: h.use.change_password("lan", secret("lan"), "another one, and longer"),
    "change key": lambda h: h.use.change_key("lan", secret("lan")),
    "issue badge": lambda h: h.use.issue_badge(h.hands["lan"], h.hands["linh"], PIN),
    "stop badge": lambda h: h.use.stop_badge(h.hands["linh"], h.id("minh"), "lost"),
    "revoke key": lambda h: h.use.revoke_key(h.hands["linh"], h.hands["som"], h.id("lan"), "left"),
    "enrol new key": lambda h: h.use.enrol_new_key(
        h.hands["linh"], h.hands["som"], h.id("keyless"), secret("keyless")
    ),
    "reopen round": lambda h: h.use.reopen_round(h.hands["linh"], h.hands["som"], "REOPEN", "badge copied"),
    "order round": lambda h: h.use.order_round(h.hands["minh"], "ORDER", "the gauge is right now"),
    "take qualification": lambda h: h.use.take_qualification(h.hands["linh"], h.id("minh"), PROCEDURE),
    "grant grace": lambda h: h.use.grant_grace(
        h.hands["linh"], h.hands["som"], PROCEDURE, h.clock.today() + timedelta(days=9), "being rewritten"
    ),
    "set severity": lambda h: h.use.set_severity(
        h.hands["linh"], h.hands["som"], "S1", "STEEL", "major", "tightened", "a complaint"
    ),
    "block supplier": lambda h: h.use.set_supplier_status(h.hands["linh"], None, "S1", "blocked", "again"),
    "merge suppliers": lambda h: h.use.merge_suppliers(
        h.hands["linh"], h.hands["som"], "S8", "S1", "one firm"
    ),
    "take suppliers apart": lambda h: h.use.unmerge_suppliers(
        h.hands["linh"], h.hands["som"], "S9", "two firms"
    ),
    "save audit template": lambda h: h.use.audits.save_template(h.sittings["linh"], "NEW", asked()),
    "approve audit template": lambda h: h.use.audits.approve_template(h.hands["som"], "APPROVE"),
    "open audit": lambda h: h.use.audits.open(h.sittings["linh"], "S1", "GEN"),
    "answer audit": lambda h: h.use.audits.answer(h.sittings["linh"], "A-1", [Answer("A1", "no")]),
    "sign audit": lambda h: h.use.audits.sign(h.hands["linh"], "A-1"),
    "review audit": lambda h: h.use.audits.review(h.hands["som"], "A-2"),
    "settle audit": lambda h: h.use.audits.settle(
        h.hands["linh"], h.hands["som"], "A-3", [Answer("A1", "partly")]
    ),
    "bring audit": lambda h: h.use.audits.bring(h.sittings["linh"], brought(h)),
    "take complaint": lambda h: h.use.care.take_complaint(h.sittings["linh"], complaint(h), ("SHIP",)),
    "acknowledge": lambda h: h.use.care.acknowledge(h.sittings["linh"], 1, "Ms Nova", "by phone"),
    "hand over": lambda h: h.use.care.hand_over(h.sittings["linh"], 1, h.id("som"), "knows the goods"),
    "call back": lambda h: h.use.care.call_back(h.sittings["linh"], 1, called=True, note="explained"),
    "link": lambda h: h.use.care.link(h.sittings["linh"], 1, "RELEASE"),
    "judge": lambda h: h.use.care.judge(
        h.sittings["linh"], 1, escape=True, about="rattles", reason="a loose part"
    ),
    "answer": lambda h: h.use.care.answer(h.sittings["linh"], 1, to="a@b.example", subject="Re", text="Yes"),
    "close complaint": lambda h: h.use.care.close(h.sittings["linh"], 2, "a new part was sent"),
    "open nonconformity": lambda h: h.use.nonconformities.open(h.sittings["linh"], amiss(h)),
    "contain": lambda h: h.use.nonconformities.contain(h.sittings["linh"], 1, "set apart"),
    "note nonconformity": lambda h: h.use.nonconformities.note(h.sittings["linh"], 1, "a new mould"),
    "hand nonconformity over": lambda h: h.use.nonconformities.hand_over(
        h.sittings["linh"], 1, h.id("som"), "knows the goods"
    ),
    "put nonconformity off": lambda h: h.use.nonconformities.put_off(
        h.sittings["linh"], 1, date(2099, 1, 1), "later"
    ),
    "link nonconformity": lambda h: h.use.nonconformities.link(h.sittings["linh"], 1, "CA-1"),
    "close nonconformity": lambda h: h.use.nonconformities.close(h.hands["som"], 1, "sorted"),
    "reopen nonconformity": lambda h: h.use.nonconformities.reopen(
        h.sittings["linh"], 2, date(2099, 1, 1), "more came"
    ),
    "touch": lambda h: h.use.care.touch(h.sittings["linh"], "chase", "SHIP"),
    "undo touch": lambda h: h.use.care.undo_touch(h.sittings["linh"], last_touch(h)),
    "say figures": lambda h: h.use.care.say_figures(
        h.sittings["linh"], (OwnerFigures("2026-01", 3, 1), OwnerFigures("2026-02", 4, 0))
    ),
    "open action": lambda h: h.use.open_action(
        h.sittings["linh"], NewAction("S1", "Dents", ("DEN",), "STEEL")
    ),
    "say step": lambda h: h.use.say_step(h.sittings["linh"], "CA-1", "D3", text="All is sorted"),
    "record sent": lambda h: h.use.record_sent(
        h.sittings["linh"], "CA-1", to="Delta", language="en", subject="CA-1", text="Please", attachments=()
    ),
    "record reply": lambda h: h.use.record_reply(h.sittings["linh"], "CA-1", sender="Delta", text="Yes"),
    "make promise": lambda h: h.use.make_promise(
        h.sittings["linh"], "CA-1", "No dents", date(2099, 1, 1), PromiseTest("accepted")
    ),
    "close action": lambda h: h.use.close_action(h.hands["linh"], "CA-2", "the lot was good"),
    "decide stop": lambda h: h.use.decide_stop(h.hands["linh"], h.hands["som"], "CA-3", "sorted"),
    "explain concern": lambda h: h.use.explain_concern(
        h.sittings["linh"], another_ones(h), "change of shift"
    ),
    "ship unreleased": lambda h: h.use.ship_unreleased(h.sittings["linh"], "LEFT", 3, "ACME", "wrong pallet"),
    "issue certificate": lambda h: h.use.issue_certificate(h.hands["som"], "CERTIFY"),
    "print certificate": lambda h: h.use.print_certificate(h.sittings["linh"], 1),
    "tell of a paper": lambda h: h.use.prints.tell(h.sittings["linh"], PAPER, "printed"),
    "tell of a paper that is made": lambda h: h.use.prints.make_and_tell(
        h.sittings["linh"], lambda: PAPER, "saved"
    ),
    "note a paper": lambda h: h.use.prints.note(PAPER, "mailed"),
    "sign restore": lambda h: h.use.sign_restore(h.hands["linh"], h.hands["som"], 90_000, None, "a disk"),
    "correct clock": lambda h: h.use.correct_clock(
        h.hands["linh"], h.hands["som"], h.clock.at + 1_000_000, "the battery was empty"
    ),
    "save supplier": lambda h: h.use.save_supplier(h.sittings["linh"], SupplierSaved("", "S2", "Delta")),
    "save product": lambda h: h.use.save_product(h.sittings["linh"], ProductSaved("", "LID", "Lid")),
    "save defect code": lambda h: h.use.save_defect_code(
        h.sittings["linh"], DefectCodeSaved("BUR", "Burr", "minor")
    ),
    "save instrument": lambda h: h.use.save_instrument(
        h.sittings["linh"], InstrumentSaved("", "CAL-9", "caliper", None)
    ),
    "change shop": lambda h: h.use.change_shop(h.hands["linh"], shop_of(h)),
    "draft procedure": lambda h: h.use.draft_procedure(
        h.sittings["linh"], "IP-901", content(h.id("linh"), products=("OTHER",))
    ),
    "approve procedure": lambda h: h.use.approve_procedure(h.hands["som"], "IP-900"),
    "retire procedure": lambda h: h.use.retire_procedure(h.hands["som"], PROCEDURE, "replaced"),
    "import": bring_in,
    "backup": back_up_all,
}


ELSEWHERE = {
    "open_workspace": "in a workspace of its own",
    "void_event": "in a workspace of its own",
    "rebuild_tables": "in a workspace of its own",
    "open_reviewed": "is record",
}
"""Acts that no prepared workspace can stand before together with the others."""
READS = {
    "gate", "open_badge", "open_hand_by_log", "open_sheet", "person_of_badge", "begin_pin_sitting", "labels_of", "moment",
    "certificate_of", "plan_batch", "signing_page", "preview_decision", "sign_in_notice", "saw_tries", "others_tried",
    "saw_others_tried", "corrective_action", "corrective_actions", "stops_standing",
    "overdue_actions",
}  # fmt: skip
"""What writes nothing in the workspace, or (opening a key) only what ``open_hand`` writes."""


def shop_of(house: House) -> Any:  # noqa: ANN401 - whatever the shop says of itself
    """Return the shop under another name."""
    with house.use.look() as look:
        return replace(look.shop(), name="Cơ khí Sông Hồng 2")


FILE_ACTS = ("record", "backup")
"""Acts during which Python itself writes files."""
SERVER_ACTS = ("record", "sign first", "sign second and compare", "decide", "release", "ship", "enrol")
"""Acts that are tried on PostgreSQL, too: one of each shape."""


# Calls that fail --------------------------------------------------------------------------------------------------


@dataclass
class Calls:
    """Counts calls; from the ``fails``-th on (0: never), ``times`` of them fail."""

    fails: int = 0
    times: int = 1
    count: int = 0

    def now(self) -> bool:
        """Count a call, and tell whether it is to fail."""
        self.count += 1
        return 0 < self.fails <= self.count < self.fails + self.times

    @property
    def hit(self) -> bool:
        """Whether a call has failed."""
        return 0 < self.fails <= self.count


Broken = Callable[[House, Calls, int], Any]
"""A context in which calls are counted and fail; the number chooses the error."""


def sqlite_error(number: int) -> BaseException:
    """Return what the driver says when the world fails."""
    texts = ("database or disk is full", "database is locked", "disk I/O error")
    return sqlite.OperationalError(texts[number % 4]) if number % 4 < 3 else MemoryError()


def server_error(number: int) -> BaseException:
    """Return what psycopg says when the world fails and the connection holds."""
    return (
        psycopg.errors.DiskFull('could not extend file "base/1": No space left on device'),
        psycopg.errors.LockNotAvailable("canceling statement due to lock timeout"),
        psycopg.errors.IoError('could not read block 7 in file "base/1"'),
        MemoryError(),
    )[number % 4]


@contextmanager
def broken_statements(house: House, calls: Calls, number: int) -> Iterator[None]:
    """Let statements and commits fail before the driver does them."""
    dialect = house.database.engine.dialect
    names = ("connect", "do_execute", "do_execute_no_params", "do_executemany", "do_commit")
    error = sqlite_error if house.database.dialect == "sqlite" else server_error

    def counted(call: Callable[..., Any]) -> Callable[..., Any]:
        def called(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - whatever the wrapped one takes
            if calls.now():
                raise error(number)
            return call(*arguments, **named)

        return called

    for name in names:
        setattr(dialect, name, counted(getattr(dialect, name)))
    try:
        yield
    finally:
        for name in names:
            delattr(dialect, name)


FULL, NO_MEMORY, CANNOT_OPEN, IO_ERROR = 13, 7, 14, 10
_IO_ERRORS = {"write": 778, "sync": 1034, "sync_folder": 1290, "cut": 1546, "delete": 2570}


@contextmanager
def broken_disk(house: House, calls: Calls, number: int) -> Iterator[None]:
    """Let the calls fail that SQLite makes to its files."""

    def hear(call: Call) -> int:
        if call.kind == "sync_folder" or not calls.now():  # SQLite goes on without a folder it cannot open
            return 0
        if call.kind == "open":
            return CANNOT_OPEN
        if number % 3 == 0 and call.kind in ("write", "cut"):
            return FULL
        return NO_MEMORY if number % 3 == 1 else _IO_ERRORS[call.kind]

    house.database.dispose()
    listening = SqliteCalls(str(house.database.folder.parent), hear)
    try:
        yield
    finally:
        house.database.dispose()
        listening.close()


@contextmanager
def broken_files(house: House, calls: Calls, number: int) -> Iterator[None]:
    """Let Python's calls of the disk fail."""
    code = (errno.ENOSPC, errno.EIO, errno.EDQUOT, errno.EROFS)[number % 4]
    root = str(house.database.folder.parent)

    def counted(call: Callable[..., Any], *, path: bool) -> Callable[..., Any]:
        def called(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - whatever the wrapped one takes
            mine = not path or str(arguments[0]).startswith(root)
            if mine and calls.now():
                raise OSError(code, os.strerror(code))
            return call(*arguments, **named)

        return called

    with pytest.MonkeyPatch.context() as patch:
        for place, name in ((os, "fsync"), (shutil, "copyfileobj")):
            patch.setattr(place, name, counted(getattr(place, name), path=False))
        for name in ("mkdir", "replace", "rename", "open"):
            patch.setattr(Path, name, counted(getattr(Path, name), path=True))
        yield


# The proof --------------------------------------------------------------------------------------------------------


@dataclass
class Proof:
    """A prepared workspace that can be set back, and what happened in it."""

    house: House
    set_back: Callable[[], None]
    state: Callable[[], object]
    tries: int = 0
    told: int = 0
    went_through: int = 0
    codes: set[str] = field(default_factory=set)
    _start: object = None

    def start(self) -> object:
        """Return the state to which every ``set_back`` leads, looked at once."""
        if self._start is None:
            self._start = self.state()
        return self._start

    def calls_of(self, act: Act, broken: Broken) -> int:
        """Return how many calls an act makes when none fails."""
        self.set_back()
        calls = Calls()
        with broken(self.house, calls, 0):
            act(self.house)
        return calls.count

    def fail(self, act: Act, broken: Broken, nth: int, number: int) -> None:
        """Try an act of which one call fails, then again."""
        self.set_back()
        before, calls, trouble = self.start(), Calls(nth), None
        with broken(self.house, calls, number):
            try:
                act(self.house)
            except Trouble as told:
                trouble = told
        self.tries += 1
        assert calls.hit or calls.count < nth
        if trouble is None:
            assert self.state() != before, "neither done nor told"
            self.went_through += 1
            return
        self.told += 1
        self.codes.add(trouble.code)
        words = tell(trouble, Catalogue())
        assert trouble.code in known_codes() and words.fact and words.way
        assert self.state() == before, f"half done after {trouble}"
        act(self.house)
        assert self.state() != before

    def verify(self) -> None:
        """Hold the whole workspace as the last try left it."""
        assert verify(self.house.database).problems == ()

    def fail_all(self, acts: dict[str, Act], broken: Broken, *, every: int) -> None:
        """Let acts fail at every so many of their calls, each beginning elsewhere, and at one of the last two."""
        middle: list[tuple[Act, int]] = []
        for offset, act in enumerate(acts.values()):
            count = self.calls_of(act, broken)
            middle.append((act, (count + 1) // 2))
            chosen = {*range(1 + offset % every, count + 1, every), max(1, count - offset % 2)}
            for nth in sorted(chosen):
                self.fail(act, broken, nth, nth + offset)
        self.hold(middle, broken)

    def hold(self, acts: Iterable[tuple[Act, int]], broken: Broken) -> None:
        """Do one act after another, each failing in its midst and done at the next try, and hold the workspace whole.

        All that go one after the other are held at once; where an earlier one is in the way (a person has left, a
        batch is gone), what came so far is held and the act begins a workspace anew.
        """
        self.set_back()
        for act, nth in acts:
            try:
                self._at_last(act, broken, nth)
            except (Refusal, BadInput):
                self.verify()
                self.set_back()
                self._at_last(act, broken, nth)
        self.verify()

    def _at_last(self, act: Act, broken: Broken, nth: int) -> None:
        with broken(self.house, Calls(nth), nth):
            try:
                act(self.house)
            except Trouble:
                pass
            else:
                return
        act(self.house)

    def line(self, where: str) -> str:
        """Return a line of figures."""
        return (
            f"failing calls, {where}: {self.tries} tries, {self.told} told in words and done at the next try,"
            f" {self.went_through} done all the same: 0 half acts; {', '.join(sorted(self.codes))}"
        )


def once_more(house: House, location: str, salt: str) -> House:
    """Return the same people at the same sittings, over the workspace as it lies at a location."""
    database = connect(location, durable=True)
    use = use_of(database, house.clock, salt=salt)
    use = replace(use, read=SqlReaders(database.reading, use.look))

    def begin() -> SqlUnitOfWork:
        uow = use.begin()
        assert isinstance(uow, SqlUnitOfWork)
        return uow

    return replace(house, use=use, database=database, begin=begin)


def prepared(location: str) -> House:
    """Prepare the empty workspace at a location, and close it."""
    database = connect(location)
    upgrade(database)
    house = House.ready(database, HandClock())
    prepare(house)
    database.dispose()
    return house


@pytest.fixture
def proof(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Proof]:
    """A prepared SQLite workspace, as the program opens it."""
    with proof_of(prepared, tmp_path, monkeypatch) as made:
        yield made


def forged(location: str) -> House:
    """Prepare a workspace into which the owner of its file has put a release that nobody signed."""
    database = connect(location)
    upgrade(database)
    house = House.ready(database, HandClock())
    number = house.accepted(number="FORGED")
    with house.use.look() as look:
        batch = look.batch(number).id
    forge(house, batch)
    database.dispose()
    return house


def empty(location: str) -> House:
    """Lay the tables of a workspace that nobody has opened."""
    database, clock = connect(location), HandClock()
    upgrade(database)
    use = use_of(database, clock)
    database.dispose()
    return House(use, clock, database, lambda: SqlUnitOfWork(database, clock, use.ids, "x", write=True))


def open_workspace(house: House) -> None:
    """The first two people open the shop."""
    house.use.open_workspace(
        shop="Xưởng Một",
        owner=Founder("an", "An Nguyễn", secret("an")),
        second=Founder("binh", "Trần Bình", secret("binh")),
    )


def void(house: House) -> None:
    """Two people declare the last event void."""
    with house.use.look() as look:
        last = look.head_seq()
    house.use.void_event(house.hands["linh"], house.hands["som"], last, "nobody signed it")


def left_wrong(location: str) -> House:
    """Prepare a workspace of whose tables a changed program has written some rows."""
    database = connect(location)
    upgrade(database)
    house = House.ready(database, HandClock())
    house.accepted()
    with database.engine.connect() as connection:
        write_past_every_rule(connection, "UPDATE batch SET rework_ordered = 1")
    database.dispose()
    return house


def write_anew(house: House) -> None:
    """Two people have the tables written anew from the log."""
    assert house.use.rebuild_tables(house.hands["linh"], house.hands["som"], "a changed program").rows


ALONE: dict[str, tuple[Callable[[str], House], Act, int]] = {
    "open workspace": (empty, open_workspace, 7),
    "void": (forged, void, 7),
    "rebuild": (
        left_wrong,
        write_anew,
        107,
    ),  # over a thousand calls, most of them a trigger down or up again
}
"""Acts in a workspace of their own, and at every how many of their calls they fail in the everyday run."""


@contextmanager
def proof_of(
    prepare_at: Callable[[str], House], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Proof]:
    """Prepare a SQLite workspace that can be set back."""
    monkeypatch.setattr(
        importing, "read_table", cache(read_table)
    )  # read in a process of its own, which is slow
    with tempfile.TemporaryDirectory(prefix="qcdesk-calls-", dir=in_memory() or tmp_path) as place:
        folder, backups = Path(place) / "workspace", Path(place) / "backups"
        folder.mkdir()
        first = prepare_at(str(folder))
        kept = (folder / FILE_NAME).read_bytes()
        house = once_more(first, str(folder), "again")

        def set_back() -> None:
            house.database.dispose()
            for made in (backups, folder / "files"):
                shutil.rmtree(made, ignore_errors=True)
            (folder / f"{FILE_NAME}-journal").unlink(missing_ok=True)
            (folder / FILE_NAME).write_bytes(kept)

        def state() -> object:
            with house.database.reading() as connection:  # rolls back what a failed try has left
                connection.exec_driver_sql("SELECT count(*) FROM event").scalar_one()
            content = hashlib.sha256(without_free_pages((folder / FILE_NAME).read_bytes())).digest()
            whole = [p for p in backups.iterdir() if whole_backup(p)] if backups.exists() else []
            return content, len(whole)

        yield Proof(house, set_back, state)
        house.database.dispose()


def without_free_pages(file: bytes) -> bytes:
    """Return a SQLite file with its free leaf pages blank: they hold nothing, and a rollback leaves them as they are.

    Source: the file format's description, section 1.5 (the freelist), and that the journal leaves such pages out.
    """
    size = int.from_bytes(file[16:18]) if file[16:18] != b"\0\1" else 65_536
    trunk = int.from_bytes(file[32:36])
    if not trunk:
        return file
    content = bytearray(file)
    while trunk:
        at = (trunk - 1) * size
        leaves = int.from_bytes(file[at + 4 : at + 8])
        for place in range(at + 8, at + 8 + 4 * leaves, 4):
            leaf = (int.from_bytes(file[place : place + 4]) - 1) * size
            content[leaf : leaf + size] = bytes(size)
        trunk = int.from_bytes(file[at : at + 4])
    return bytes(content)


def whole_backup(folder: Path) -> bool:
    """Tell whether a folder is a backup; one that has the name and is not whole fails the test."""
    if folder.name.startswith("."):
        return False
    for file in read_manifest(folder).files:
        assert hashlib.sha256((folder / file.name).read_bytes()).hexdigest() == file.sha256
    return True


@pytest.fixture
def server_proof(postgresql_server: Server) -> Iterator[Proof]:
    """A prepared workspace on PostgreSQL; each start is a fresh copy of it."""
    template, address = postgresql_server.fresh()
    first = prepared(address)
    made: list[str] = []

    def set_back() -> None:
        if made:
            done.house.database.dispose()
            postgresql_server.run(f"DROP DATABASE {made.pop()} WITH (FORCE)")
        name, address = postgresql_server.fresh(template)
        made.append(name)
        done.house = once_more(first, address, name)

    def state() -> object:
        with done.house.database.reading() as connection:
            tables = connection.exec_driver_sql(
                "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
            ).scalars()
            # A picture is kept before its line comes, as a file is: by itself it is nothing.
            counted = [t for t in tables.all() if t not in ON_SERVER]
            found = [connection.exec_driver_sql(f"SELECT * FROM {t}").all() for t in counted]
        return [sorted(map(repr, rows)) for rows in found]

    done = Proof(first, set_back, state)
    yield done
    done.house.database.dispose()
    for name in (*made, template):
        postgresql_server.run(f"DROP DATABASE {name} WITH (FORCE)")


pytestmark = pytest.mark.logs  # a connection that cannot even be closed is put down in the log


def test_no_failing_statement_leaves_half_an_act(proof: Proof) -> None:
    proof.fail_all(ACTS, broken_statements, every=61)
    assert proof.told > len(ACTS)
    assert {"disk_full", "locked", "disk_error", "out_of_memory"} <= proof.codes


@pytest.mark.parametrize("name", ALONE)
@pytest.mark.parametrize("broken", [broken_statements, broken_disk])
def test_no_failing_call_leaves_half_an_act_that_stands_alone(
    name: str, broken: Broken, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare_at, act, every = ALONE[name]
    with proof_of(prepare_at, tmp_path, monkeypatch) as made:
        made.fail_all({name: act}, broken, every=every)
        assert made.told


def test_every_use_case_that_writes_is_among_the_acts(proof: Proof) -> None:
    house, called = proof.house, set[str]()
    use = house.use

    class Heard:
        def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the use cases have
            if name in vars(UseCases) and not name.startswith("_"):
                called.add(name)
            return getattr(use, name)

    heard = replace(house, use=Heard())  # type: ignore[arg-type]
    for act in ACTS.values():
        proof.set_back()
        act(heard)
    public = {name for name, made in vars(UseCases).items() if callable(made) and not name.startswith("_")}
    assert public - called == set(ELSEWHERE) | READS - called
    assert len(ALONE) == sum(why == "in a workspace of its own" for why in ELSEWHERE.values())


def test_no_failing_call_of_sqlite_leaves_half_an_act(proof: Proof) -> None:
    proof.fail_all(ACTS, broken_disk, every=127)
    assert proof.told > len(ACTS)
    assert proof.went_through


def test_no_failing_file_leaves_half_an_act(proof: Proof) -> None:
    proof.fail_all({name: ACTS[name] for name in FILE_ACTS}, broken_files, every=3)
    assert {"disk_full", "file_unwritable"} <= proof.codes


def test_no_failing_statement_on_a_server_leaves_half_an_act(server_proof: Proof) -> None:
    server_proof.fail_all({name: ACTS[name] for name in SERVER_ACTS}, broken_statements, every=79)
    assert server_proof.told > len(SERVER_ACTS)


def test_paper_that_cannot_be_saved_leaves_the_old_one_or_the_new_one(proof: Proof) -> None:
    path = proof.house.database.folder.parent / "paper.pdf"
    counted = Calls()
    with broken_files(proof.house, counted, 0):
        write(b"%PDF old", path)
    assert counted.count >= 4
    there = [p.name for p in path.parent.iterdir()]
    for nth in range(1, counted.count + 1):
        with broken_files(proof.house, Calls(nth), nth), pytest.raises(Trouble):
            write(b"%PDF new", path)
        assert path.read_bytes() in (b"%PDF old", b"%PDF new")
        assert [p.name for p in path.parent.iterdir()] == there
        write(b"%PDF old", path)


@pytest.mark.long
@pytest.mark.parametrize("broken", [broken_statements, broken_disk])
def test_every_call_of_every_act(proof: Proof, broken: Broken, figures: Callable[[str], None]) -> None:
    proof.fail_all(ACTS, broken, every=1)
    figures(proof.line(broken.__name__.replace("_", " ") + " on SQLite"))


@pytest.mark.long
@pytest.mark.parametrize("name", ALONE)
@pytest.mark.parametrize("broken", [broken_statements, broken_disk])
def test_every_call_of_every_act_that_stands_alone(
    name: str,
    broken: Broken,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    figures: Callable[[str], None],
) -> None:
    prepare_at, act, _ = ALONE[name]
    with proof_of(prepare_at, tmp_path, monkeypatch) as made:
        made.fail_all({name: act}, broken, every=1)
        figures(made.line(f"{broken.__name__.replace('_', ' ')} on SQLite, {name}"))


@pytest.mark.long
def test_every_file_of_every_act(proof: Proof, figures: Callable[[str], None]) -> None:
    proof.fail_all({name: ACTS[name] for name in FILE_ACTS}, broken_files, every=1)
    figures(proof.line("broken files"))


@pytest.mark.long
def test_every_statement_on_a_server(server_proof: Proof, figures: Callable[[str], None]) -> None:
    server_proof.fail_all({name: ACTS[name] for name in SERVER_ACTS}, broken_statements, every=1)
    figures(server_proof.line("broken statements on PostgreSQL"))
