# SPDX-License-Identifier: Apache-2.0
"""Sample data and windows of the master data screens in the gallery. Names and figures are invented and agree."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QWidget

from qcdesk.domain.events import DefectCodeSaved, InstrumentSaved, LocalName, ProductSaved
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.people import Person, Qualification, RoleGrant
from qcdesk.gui.main_window import MainWindow
from qcdesk.gui.problems import Problem, Told
from qcdesk.gui.screens.defect_codes.view import DefectCodesView
from qcdesk.gui.screens.explaining.view import ExplainingView, QuestionRow
from qcdesk.gui.screens.instruments.view import InstrumentsView
from qcdesk.gui.screens.log.model import LogRow
from qcdesk.gui.screens.log.view import LogView
from qcdesk.gui.screens.people.rows import HeldRow, KeyLine, OfferedAct, PersonCard
from qcdesk.gui.screens.people.view import PeopleView
from qcdesk.gui.screens.products.view import ProductsView
from qcdesk.gui.screens.restore.rows import DoneRow, SeenRow
from qcdesk.gui.screens.restore.view import RestoreView
from qcdesk.gui.screens.set_up.view import SetUpView
from qcdesk.gui.screens.settings.view import SettingsView
from qcdesk.gui.screens.verification.rows import Answer, FindingRow
from qcdesk.gui.screens.verification.view import VerificationView
from qcdesk.i18n import Catalogue
from qcdesk.services.rows import PersonRow
from qcdesk.services.trouble import Trouble
from tests.gui.gallery_screens import PLACES

EN = Catalogue()
TODAY = date(2026, 11, 18)
DESK = (1440, 900)


def window(name: str, view: QWidget, place: str = "") -> MainWindow:
    """Return the window with one page."""
    held = MainWindow(PLACES, EN)
    held.add_page(name, view, place=place or name)
    held.show_page(name)
    return held


PRODUCTS = (
    ProductSaved("p1", "PH-204", "Housing cover", "C", "Housings"),
    ProductSaved("p2", "PH-204", "Housing cover", "B", "Housings"),
    ProductSaved("p3", "LT-11", "Khóa chốt nhựa", "A", "Latches"),
    ProductSaved("p4", "SL-40", "密封圈 40 mm", "", "Seals"),
    ProductSaved("p5", "BR-7", "แผ่นยึดเหล็ก", "D", "Brackets"),
    ProductSaved("p6", "CB-2", "Cable, 2 m, black", "", "Cables", "m"),
)


def products() -> QWidget:
    view = ProductsView(EN)
    held = window("products", view)
    view.edit(
        "Housing cover",
        {
            "id": "p1",
            "code": "PH-204",
            "revision": "C",
            "name": "Housing cover",
            "family": "Housings",
            "unit": "pcs",
        },
    )
    view.show_rows(PRODUCTS, searching=False)
    return held


def products_empty() -> QWidget:
    view = ProductsView(EN)
    held = window("products", view)
    view.show_nothing()
    view.show_rows((), searching=False)
    return held


CODES = (
    DefectCodeSaved(
        "BURR",
        "Burr on latch",
        "major",
        (LocalName("vi", "Bavia ở chốt"), LocalName("zh_CN", "卡扣毛刺"), LocalName("th", "ครีบที่สลัก")),
    ),
    DefectCodeSaved(
        "CRACK",
        "Crack",
        "critical",
        (LocalName("vi", "Nứt"), LocalName("zh_CN", "裂纹"), LocalName("th", "รอยแตก")),
    ),
    DefectCodeSaved("SCR", "Scratch", "minor", (LocalName("vi", "Trầy xước"), LocalName("zh_CN", "划伤"))),
    DefectCodeSaved("SHORT", "Short shot", "major", (LocalName("zh_CN", "缺料"),)),
    DefectCodeSaved("LBL", "Wrong label", "minor", (), "", True),
)


def defect_codes() -> QWidget:
    view = DefectCodesView(EN)
    held = window("defect_codes", view, "procedures")
    view.edit(
        "Burr on latch",
        {
            "id": "BURR",
            "code": "BURR",
            "class": "major",
            "name": "Burr on latch",
            "vi": "Bavia ở chốt",
            "zh_CN": "卡扣毛刺",
            "th": "ครีบที่สลัก",
        },
    )
    view.show_rows(CODES, searching=False)
    return held


INSTRUMENTS = (
    InstrumentSaved("i1", "C-03", "Caliper", date(2026, 11, 4)),
    InstrumentSaved("i2", "C-09", "Caliper", date(2026, 11, 25)),
    InstrumentSaved("i3", "C-07", "Caliper", date(2027, 2, 2)),
    InstrumentSaved("i4", "M-2", "Micrometer", date(2027, 6, 30), True),
    InstrumentSaved("i5", "G-1", "Thread gauge", None),
)


def instruments() -> QWidget:
    view = InstrumentsView(EN, lambda: TODAY)
    held = window("instruments", view)
    view.show_nothing()
    view.show_rows(INSTRUMENTS, searching=False)
    return held


def set_up() -> QWidget:
    view = SetUpView(EN)
    held = MainWindow(PLACES, EN)
    held.add_page("set_up", view, alone=True)
    held.show_page("set_up")
    view.open_form()
    view.form.fill(
        {
            "shop": "Lighthouse Components",
            "first_name": "Nguyễn Thị Linh",
            "first_login": "linh",
            "second_name": "สมชาย ศรีสุข",
            "second_login": "",
        }
    )
    view.form.show_wrong("second_login", "Login is missing. Fill it in.")
    return held


def set_up_code() -> QWidget:
    held = set_up()
    view = held.findChild(SetUpView)
    assert view is not None
    view.show_code("7KQ4-M2XR-9DTA-03HF-WCNE-5B8P-Z1S", "ABCD-EFGH-JKLM-NPQR")
    return held


LINH = Person(
    "1",
    "Nguyễn Thị Linh",
    "linh",
    "1002",
    roles=(RoleGrant("inspector"), RoleGrant("releaser")),
    qualifications=(Qualification("IP-204", date(2026, 11, 1)), Qualification("IP-CAP")),
)
PEOPLE = (
    PersonRow(LINH, ("2",), 0),
    PersonRow(Person("2", "สมชาย ศรีสุข", "somchai", "1003", roles=(RoleGrant("inspector"),)), ("1",), 0),
    PersonRow(Person("3", "王敏", "wangmin", "1004", "suspended", (RoleGrant("planner"),)), ("1",), 0),
    PersonRow(Person("4", "Đặng Quốc Bảo", None, "2001", "listed"), ("1",), 0),
)


def _people() -> tuple[MainWindow, PeopleView]:
    view = PeopleView(EN, lambda: TODAY)
    held = window("people", view)
    view.show_rows(PEOPLE, searching=False)
    return held, view


def people() -> QWidget:
    held, view = _people()
    view.show_person(
        PersonCard(
            person="1",
            name="Nguyễn Thị Linh",
            about="linh · number 1002",
            status="Active",
            shape="tick",
            status_role="text2",
            enrolled="Maria Keller and 李娜",
            languages="Tiếng Việt and English",
            roles=(
                HeldRow("inspector", "Inspector", ""),
                HeldRow("releaser", "Releaser", "Housings, until 1 Mar 2027"),
            ),
            qualifications=(
                HeldRow("IP-204", "IP-204", "ended on 1 Nov", True),
                HeldRow("IP-CAP", "IP-CAP", ""),
            ),
            can_sign=True,
            suspended=False,
            keys=(
                KeyLine("Key since 3 Mar"),
                KeyLine("No badge", "dashed"),
                KeyLine("Locked for another 11 h 52 min", "square", "hold"),
                KeyLine("Enrolled by way of the recovery sheet of 3 Mar", "triangle", "attention"),
            ),
            acts=(
                OfferedAct("unlock", "Unlock", "You alone are enough.", "key-round"),
                OfferedAct("new_key", "New key: secret forgotten", "Two others sign.", "key-round"),
                OfferedAct("revoke", "End the key", "Two others sign. Left, lost, or in doubt.", "ban", True),
            ),
        )
    )
    return held


def people_enrol() -> QWidget:
    held, view = _people()
    view.show_enrolling()
    return held


LOG = tuple(
    LogRow(
        str(9_412 - n),
        f"2026-11-18 1{8 - n}:04:2{n}",
        -n,
        who,
        what,
        signed,
        "b" if number else "",
        number,
        "Bench 2",
    )
    for n, (who, what, signed, number) in enumerate(
        (
            ("สมชาย ใจดี", "Released, 1,800 pcs", True, "LT-2026-0412"),
            ("王敏", "Second check signed", True, "LT-2026-0412"),
            ("王敏", "12 entries", False, "LT-2026-0412"),
            ("Nguyễn Thị Linh", "Stopped: something is wrong with the goods", False, "PH-0917"),
            ("the workstation", "A wrong password for 王敏", False, ""),
            ("Nguyễn Thị Linh", "Signed in", True, ""),
        )
    )
)


def log() -> QWidget:
    view = LogView(EN)
    held = window("log", view)
    view.show_people([("1", "Nguyễn Thị Linh"), ("2", "王敏")])
    view.show_rows(LOG, more=False)
    return held


def log_empty() -> QWidget:
    view = LogView(EN)
    held = window("log", view)
    view.show_rows((), more=False)
    return held


FACTS = (
    ("Events checked", "9,412"),
    ("Last event", "9412 · 5be0a1c2d3e4"),
    ("Fingerprint of the site", "KTQB-MWZE-HNRA-CSVD"),
)


def verification() -> QWidget:
    view = VerificationView(EN)
    held = window("verification", view, "log")
    line = "No anchor was given: an end that was cut off, or an older copy put in its place, would not show."
    view.show_answer(Answer("holds", "Everything holds", line, FACTS))
    return held


def verification_broken() -> QWidget:
    view = VerificationView(EN)
    held = window("verification", view, "log")
    line = "Release and print nothing. Copy the workspace's folder away before anything else."
    found = (
        FindingRow("8411", "b", "LT-2026-0412", "This event was changed: it no longer fits its own hash."),
        FindingRow("", "b", "LT-2026-0412", "A row of the table sign_off was changed (8411): verdict."),
        FindingRow("", "", "", "The rule sign_off_once is missing from the database."),
    )
    view.show_answer(Answer("broken", "3 things do not hold", line, FACTS, found))
    return held


def standing() -> QWidget:
    view = VerificationView(EN)
    held = window("verification", view, "log")
    view.show_answer(Answer("unknown", "Not checked yet", "A check reads everything and changes nothing."))
    lost = Told(
        "This station saw event 9412 on 2026-11-17, and the log ends at 9380.",
        "Look for the newer copy or a backup. Where there is none, two people sign what was lost; until then nothing "
        "is released.",
    )
    failed = Told("The backup of 18:00 was not made: the disk is full.", "Free 240 MB, then try again.")
    held.standing.tell("backup", failed, "Try again", lambda: None)
    held.standing.tell("lost", lost, "Look at the log", lambda: None, loud=True)
    return held


def settings() -> QWidget:
    view = SettingsView(EN)
    held = window("settings", view)
    view.show_station(
        {
            "language": "",
            "own_language": "",
            "theme": "light",
            "mode": "desk",
            "text_percent": "100",
            "idle_minutes": "10",
            "station_name": "Bench 2",
            "backup_folder": "/media/stick/qcdesk",
            "backup_hour": "18",
            "backup_keep": "14",
        }
    )
    view.show_shop(
        {"name": "Lighthouse Components", "address": "1 Pier Road", "logo": "", "paper": "A4", "third": ""}
    )
    return held


SEEN = SeenRow(
    "Lighthouse Components",
    (
        ("Made", "2026-11-20 18:00:04 +0700"),
        ("Last entry in it", "2026-11-20 17:41:12 +0700"),
        ("Batches", "1,204"),
        ("People", "9"),
        ("Photos and files", "812"),
        ("Size", "418.2 MB"),
        ("Folder", "qcdesk-20261120T110004Z"),
    ),
    "unknown",
    "What it may lack cannot be told here",
    (
        "This station never saw this workspace. What was done after the last entry is not in the copy.",
        "A closing slip, a report or an anchor's file tells: name it on the left.",
    ),
)
LOST = replace(
    SEEN,
    how="lacks",
    lacks="This copy lacks something",
    lines=(
        "Missing: events 9381 to 9412, the last of them seen on 2026-11-21 16:40:00 +0700. What was done after event "
        "9380 is not in this copy; two people sign what was lost before anything is released.",
        "Something of 2 batches is lost: DA-2611-0418 and LT-2026-0412.",
        "Event 9388, batch DA-2611-0418, Nguyễn Thị Linh: “I inspected” was signed.",
        "Event 9412, batch LT-2026-0412, สมชาย ศรีสุข: Released.",
    ),
)
RESTORED = {"backup": "/media/stick/qcdesk", "target": "D:\\qcdesk\\workspace"}


def _restoring(seen: SeenRow) -> tuple[MainWindow, RestoreView]:
    view = RestoreView(EN)
    held = MainWindow(PLACES, EN)
    held.add_page("restore", view, alone=True)
    held.show_page("restore")
    view.show_form(RESTORED)
    view.show_seen(seen)
    return held, view


def restore() -> QWidget:
    return _restoring(SEEN)[0]


def restore_lacks() -> QWidget:
    held, view = _restoring(LOST)
    told = Told("D:\\qcdesk\\workspace is not empty.", "Name an empty or new folder.")
    view.show_problem(Problem("input", told, BadInput("workspace_not_empty"), field="workspace"))
    return held


def restore_runs() -> QWidget:
    held, view = _restoring(SEEN)
    view.show_running(lambda: ("Copying …", 0.42))
    view.progress.show()
    return held


def restore_done() -> QWidget:
    held, view = _restoring(SEEN)
    view.show_done(
        DoneRow(True, "The backup is restored", "It is at D:\\qcdesk\\workspace. Everything in it holds.")
    )
    return held


def restore_door() -> QWidget:
    held, view = _restoring(SEEN)
    view.back.hide()
    view.show_seen(None)
    told = Told("The database file is damaged.", "Copy the folder away as it is, then restore a backup.")
    view.show_problem(Problem("trouble", told, Trouble("database_damaged")))
    return held


def set_up_wrong() -> QWidget:
    held = set_up_first()
    view = held.findChildren(SetUpView)[0]
    for field, fact, way in (
        ("first_again", "The two passwords are not the same.", "Type the new password twice alike."),
        ("second_pin", "This PIN is among the first that anybody would try.", "Choose another one."),
    ):
        view.show_problem(Problem("input", Told(fact, way), BadInput("secret"), field=field))
    return held


def set_up_first() -> QWidget:
    view = SetUpView(EN, restores=True)
    held = MainWindow(PLACES, EN)
    held.add_page("set_up", view, alone=True)
    held.show_page("set_up")
    view.open_form()
    return held


QUESTIONS = (
    QuestionRow("a", "2026-11-18 09:12", "Linh took 4.1 s for each of 80 units; others take 31.0 s under this procedure.",
                "b", "LT-2026-0412", "", ""),
    QuestionRow("d", "2026-11-17 18:02",
                "Nguyễn Thị Linh and สมชาย ศรีสุข found the same 46 units in 12 batches, and never one alone.",
                "b", "LT-2026-0398-REWORK", "", ""),
    QuestionRow("c", "2026-11-17 16:40", "王敏 signed in at Bench 2, 12 s after Nguyễn Thị Linh worked there.", "", "",
                "สมชาย ใจดี", "They share the bench at the change of shift; both were there."),
)  # fmt: skip


def explaining() -> QWidget:
    view = ExplainingView(EN)
    held = window("explaining", view, "log")
    view.show_rows(QUESTIONS)
    view.show_question(QUESTIONS[0])
    return held


PICTURES: dict[str, tuple[Callable[[], QWidget], tuple[int, int]]] = {
    "products": (products, DESK),
    "products-empty": (products_empty, DESK),
    "defect-codes": (defect_codes, DESK),
    "instruments": (instruments, DESK),
    "set-up": (set_up, DESK),
    "set-up-first": (set_up_first, DESK),
    "set-up-wrong": (set_up_wrong, (1280, 800)),
    "set-up-narrow": (set_up_first, (1280, 720)),
    "restore": (restore, DESK),
    "restore-lacks": (restore_lacks, (1280, 720)),
    "restore-runs": (restore_runs, DESK),
    "restore-done": (restore_done, DESK),
    "restore-door": (restore_door, DESK),
    "set-up-code": (set_up_code, DESK),
    "verification": (verification, DESK),
    "verification-broken": (verification_broken, DESK),
    "standing": (standing, DESK),
    "settings": (settings, DESK),
    "explaining": (explaining, DESK),
    "explaining-narrow": (explaining, (1280, 720)),
    "log": (log, DESK),
    "log-empty": (log_empty, DESK),
    "people": (people, DESK),
    "people-enrol": (people_enrol, DESK),
}
