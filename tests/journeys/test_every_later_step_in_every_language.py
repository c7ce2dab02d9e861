# SPDX-License-Identifier: Apache-2.0
"""Later steps of pages stand in every language: first start, sign-in, a paper's answers, a backup, papers that fail."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from qcdesk import bootstrap, config
from qcdesk.checker import sealing
from qcdesk.domain.inputs import BadInput
from qcdesk.gui.density import FLOOR
from qcdesk.gui.problems import Problems, Told
from qcdesk.gui.screens.papers.view import PapersView
from qcdesk.gui.screens.print_many.view import PrintManyView
from qcdesk.gui.screens.restore.presenter import RestorePresenter, RestoreWays
from qcdesk.gui.screens.restore.view import RestoreView
from qcdesk.gui.screens.set_up.view import SetUpView
from qcdesk.gui.screens.sign_in.rows import TileRow
from qcdesk.gui.screens.sign_in.view import SignInView
from qcdesk.gui.tasks import ImmediateTasks
from qcdesk.i18n import LANGUAGES, STRETCHED, Catalogue, load
from qcdesk.services.ports import PaperFacts
from qcdesk.services.trouble import Trouble
from qcdesk.store.evidence import sealed_paper
from tests.journeys import told_problems
from tests.journeys.conftest import standing_house
from tests.journeys.driving import Hands
from tests.journeys.test_every_page_in_every_language import Listening, faults_of, lasting_faults, window
from tests.journeys.test_every_sheet_in_every_language import LEAST
from tests.workspace import STATION, Bench, HandClock, House, cheap_keys, laid, secret

EVERY = pytest.mark.parametrize("language", [STRETCHED, *LANGUAGES[1:]])
Found = dict[str, set[str]]


@dataclass(frozen=True)
class Shop:
    """A house with papers of every fate, and a backup of it."""

    house: House
    papers: dict[str, Path]
    code: str
    backup: Path
    location: str
    folder: Path


def certificate(house: House, batch: str) -> bytes:
    """Return a certificate as it is printed where the workstation is known."""
    issued = house.use.issue_certificate(house.hands["som"], batch).certificate
    printed = house.use.print_certificate(house.sittings["som"], issued)
    drawn = house.use.printing.certificate(printed.number, printed.copy)
    with house.use.look() as uow:
        vault, quantity = uow.vault, uow.certificate(issued).fact.quantity
    facts = PaperFacts("conformity", batch, "R-1", 1, "released", quantity, house.clock.now(), printed.number,
                       printed.copy)  # fmt: skip
    with house.database.reading() as connection:
        sealed = sealed_paper(connection, drawn, facts, Bench(house.clock).hand(vault))
    assert sealed is not None
    return sealed


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    """Give a shop that is made once for all languages."""
    folder = tmp_path_factory.mktemp("shop")
    with pytest.MonkeyPatch.context() as station:
        station.setenv("QCDESK_STATION_FOLDER", str(folder / "station"))
        yield from made(folder)


def made(folder: Path) -> Iterator[Shop]:
    """Make the shop in a folder."""
    with standing_house(folder) as house:
        content = certificate(house, house.use.read.batch_by_number(house.released(number="R-1")))
        backup = Path(house.use.keeping.backup(str(folder / "stick")).folder)
        held = house.use.read.batch_by_number(house.released(number="R-2"))
        house.use.stop_batch(house.sittings["som"], held, "safety", "sharp edge")
        found = sealing.unsealed(content)
        assert found is not None
        papers = {name: folder / f"{name}.pdf" for name in ("holds", "changed", "bare", "scan", "nothing")}
        papers["holds"].write_bytes(content)
        papers["changed"].write_bytes(content[:900] + bytes([content[900] ^ 1]) + content[901:])
        papers["bare"].write_bytes(found.pdf)
        with pypdfium2.PdfDocument(content) as opened:
            opened[0].render(scale=150 / 72).to_pil().convert("RGB").save(
                papers["scan"], "PDF", resolution=150
            )
        papers["nothing"].write_text("no paper at all", "utf-8")
        (code,) = house.use.files.on_paper(content)[0]
        yield Shop(house, papers, code, backup, str(folder / "workspace"), folder)


def look_at(hands: Hands, found: Found, name: str) -> None:
    """Keep what cannot be read whole in the window as it is."""
    running = hands.program.running
    left = told_problems.english_left(hands.window, running.words.language, Listening.lacking)
    found[name] = lasting_faults(hands) | left


@EVERY
def test_what_a_paper_proves_stands_in_every_language(shop: Shop, look: None, language: str) -> None:
    found: Found = {}
    with window(shop.house, language) as hands:
        hands.window.resize(*LEAST)
        hands.until(lambda: hands.here == "sign_in", "the wall")
        hands.program.running.open("check_paper")
        view = hands.window.findChild(PapersView)
        assert view is not None
        given: dict[str, Callable[[], object]] = {
            **{name: partial(view.file_given.emit, str(path)) for name, path in shop.papers.items()},
            "code": partial(view.code_given.emit, shop.code),
            "no code": partial(view.code_given.emit, shop.code[:-6] + "000000"),
        }
        for name, give in given.items():
            give()
            hands.settle()
            hands.until(view.choosing.isEnabled, "the answer")
            look_at(hands, found, name)
    assert not {name: told for name, told in found.items() if told}


class Stage:
    """A page alone in a window of the smallest size, in a language."""

    def __init__(self, page: QWidget, words: Catalogue) -> None:
        self.page, self.words = page, words
        self.found: Found = {}
        page.resize(*LEAST)
        page.show()

    def look(self, name: str) -> None:
        """Keep what cannot be read whole as it is now."""
        for _ in range(3):
            QApplication.processEvents()
        left = told_problems.english_left(self.page, self.words.language, Listening.lacking)
        grown = {f"grown: {self.page.height()}"} if self.page.size().toTuple() != LEAST else set()
        self.found[name] = faults_of(self.page, self.words.language) | left | grown

    @property
    def faults(self) -> Found:
        """What was found in all states."""
        return {name: told for name, told in self.found.items() if told}


def signing_in(words: Catalogue) -> Stage:
    """Bring the wall through everything that can come of a name, a badge and a PIN."""
    view, problems = SignInView(words, FLOOR, LANGUAGES), told_problems.every_problem(words)
    stage = Stage(view, words)
    inspector = words.say("Inspector")
    people = tuple(
        TileRow(str(n), name, inspector, "1042")
        for n, name in enumerate(("Nguyễn Thị Linh", "สมชาย", "王敏"))
    )
    view.show_station("Station 3", "10:24")
    view.show_people(())
    stage.look("nobody")
    view.show_people(people)
    for kind in ("waits", "refusal", "bug"):
        view.show_chosen(people[0])
        view.show_problem(problems[kind])
        stage.look(f"password {kind}")
        view.show_badge(people[0])
        view.show_problem(problems[kind])
        stage.look(f"badge {kind}")
    view.show_choosing_pin(words.say("Choose 6 digits for this sitting"))
    stage.look("choosing")
    view.show_choosing_pin(words.say("The same 6 digits once more"))
    view.show_working(True)
    stage.look("choosing again")
    view.show_chosen(people[0])
    view.show_working(True)
    stage.look("working")
    return stage


def first_start(words: Catalogue) -> Stage:
    """Bring the first start through wrong fields to the code that is put away."""
    view = SetUpView(words, lambda _parent, _title: None, restores=True, languages=LANGUAGES)
    stage = Stage(view, words)
    view.open_form()
    stage.look("empty")
    for code in ("shop", "first_name", "first_login", "second_name", "second_login", *view.secrets):
        view.show_problem(told_problems.wrong_at(code, words))
    stage.look("wrong")
    view.show_problem(told_problems.longest_refusal(words))
    stage.look("refusal")
    view.problems.clear()
    view.show_working(True)
    stage.look("working")
    view.show_code("7KQ4-9XMD-22PT-HW8C-6RVN", "3f9a 71c2 08bd 44e1 9c27 55d0")
    stage.look("code")
    view.printed.setText(words.say("The printer does not answer. Write the code down by hand."))
    stage.look("not printed")
    return stage


def restoring(shop: Shop, places: bootstrap.OpenWorkspaces, words: Catalogue) -> Stage:
    """Bring the page of a backup through what one holds and lacks to what was restored."""
    view = RestoreView(words)
    stage = Stage(view, words)

    def tell(cause: Exception) -> Told:
        return told_problems.told(cause, words).told

    presenter = RestorePresenter(
        view, places, ImmediateTasks(), words, Problems(tell, words, view),
        RestoreWays(lambda: None, lambda _location, _failed: None),
    )  # fmt: skip
    presenter.open()
    stage.look("empty")
    target = shop.folder / f"restored-{words.language}"
    plain = {"backup": str(shop.backup), "target": str(target), "anchors": "", "replaces": ""}
    for name, more in (
        ("unknown", {}),
        ("whole", {"anchors": str(shop.backup)}),
        ("lacks", {"replaces": shop.location}),
        ("no backup", {"backup": str(shop.folder)}),
        ("no anchor", {"anchors": str(shop.papers["nothing"])}),
        ("no old one", {"replaces": str(shop.folder / "gone")}),
    ):
        view.show_form({**plain, **more})
        presenter.look({**plain, **more})
        stage.look(name)
    view.show_problem(told_problems.longest_trouble(words))
    stage.look("trouble")
    view.problems.clear()
    view.show_running(presenter._how_far)
    view.progress.show()
    stage.look("running")
    presenter.restore(plain)
    stage.look("done")
    return stage


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[bootstrap.OpenWorkspaces]:
    """Another machine, on which nothing was done yet."""
    folder = tmp_path_factory.mktemp("machine") / "workspace"

    def opens(place: str, progress: object = None) -> bootstrap.Workspace:
        return bootstrap.open_workspace(
            place, create=True, keys=cheap_keys(), clock=HandClock(), station=STATION
        )

    laid(folder).dispose()
    made = bootstrap.OpenWorkspaces(opens(str(folder)), str(folder), opens)
    yield made
    made.close()


@EVERY
def test_sign_in_first_start_and_backup_stand_in_every_language(
    qtbot: QtBot, shop: Shop, places: bootstrap.OpenWorkspaces, look: None, language: str
) -> None:
    known = load(language, config.resource("translations"))
    words = Listening(known.language, known.messages, known.plural)
    for stage in (signing_in(words), first_start(words), restoring(shop, places, words)):
        qtbot.addWidget(stage.page)
        assert not stage.faults


@EVERY
def test_papers_that_fail_are_told_in_every_language(
    shop: Shop, look: None, language: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    found: Found = {}
    with window(shop.house, language) as hands:
        hands.window.resize(*LEAST)
        hands.until(lambda: hands.here == "sign_in", "the wall")
        hands.sign_in("som")
        running = hands.program.running
        running.open("print_many", "R-")
        hands.settle()
        view = hands.window.findChild(PrintManyView)
        assert view is not None
        view.kinds["labels"].setChecked(True)
        view.copies.set_value("0")
        view._show_ready()
        look_at(hands, found, "wrong number")
        view.kinds["labels"].setChecked(False)
        view.printing.click()
        hands.until(running.ask_sheet.isVisible, "the sheet")
        running.ask_sheet.secret.password.setText(secret("som"))
        running.ask_sheet.give()
        hands.until(lambda: view.again.isVisible(), "what failed")
        hands.settle()
        look_at(hands, found, "failed")
        view.show_running(True)
        view.show_progress(running.words.say("Making the papers …"), 0.4)
        view.progress.show()
        look_at(hands, found, "running")
        view.end_progress()
        view.show_running(False)
        running.open("print_many", "nothing is called so")
        hands.settle()
        look_at(hands, found, "nothing")
        for n, cause in enumerate(
            (Trouble("mail_unreachable", server="mail.example.com"), BadInput("mail_none"))
        ):
            told = told_problems.told(cause, running.words).told
            running.window.standing.tell(f"mail {n}", told, running.words.say("What now …"), lambda: None)
        running.window.notice.tell(
            running.words.say("The mail to {to} was given up.", to="quality@example.com")
        )
        look_at(hands, found, "left")
    assert not {name: told for name, told in found.items() if told}
