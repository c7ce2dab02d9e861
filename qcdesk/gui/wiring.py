# SPDX-License-Identifier: Apache-2.0
"""Puts the window together: views, presenters, sheets, and the ways from one page to the next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from qcdesk import config
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import Refusal
from qcdesk.gui import theme
from qcdesk.gui.asking import Who
from qcdesk.gui.batch_pages import BatchPages
from qcdesk.gui.care_pages import log_touches
from qcdesk.gui.changes import Changes
from qcdesk.gui.checking_alone import CheckingAlone
from qcdesk.gui.daily_backup import DailyBackup
from qcdesk.gui.leaving_pages import send_in
from qcdesk.gui.main_window import MainWindow
from qcdesk.gui.problems import Offer, Problem, Problems, Told
from qcdesk.gui.problems import Place as Corner
from qcdesk.gui.rail import places, searched_pages
from qcdesk.gui.screens.ask.presenter import AskPresenter
from qcdesk.gui.screens.ask.view import AskSheet
from qcdesk.gui.screens.board.presenter import BoardPresenter, BoardWays
from qcdesk.gui.screens.board.view import BoardView
from qcdesk.gui.screens.code.presenter import CodePresenter
from qcdesk.gui.screens.code.view import CodeSheet
from qcdesk.gui.screens.sign.presenter import SignPresenter, SignWays
from qcdesk.gui.screens.sign.view import SignSheet
from qcdesk.gui.screens.sign_in.presenter import SignInPresenter
from qcdesk.gui.screens.sign_in.view import SignInView
from qcdesk.gui.sending import Sending
from qcdesk.gui.shell import Enter, Shell
from qcdesk.gui.starting import Starting
from qcdesk.gui.tasks import Tasks, WhileOpen
from qcdesk.gui.watching import Watching
from qcdesk.gui.ways_on import WaysOn
from qcdesk.gui.welcome import Welcome
from qcdesk.i18n import Catalogue, available
from qcdesk.services.ports import Workspaces
from qcdesk.services.sign_check import Signed
from qcdesk.services.sittings import Sitting
from qcdesk.services.start_check import Started
from qcdesk.services.trouble import Trouble
from qcdesk.services.use_cases import UseCases
from qcdesk.wording import problems as told_problems

MINUTE_MS = 60_000
AFTER_OPENING_MS = 1_000
"""The first page stands before the log is read in the background."""
OPEN_TO_ALL = ("sign_in", "set_up", "restore", "check_paper")
AddPages = Callable[[Shell], None]


@dataclass(frozen=True)
class Speaks:
    """In which language the window is shown (empty: the system's), and whether who signs in next has chosen it."""

    language: str = ""
    chosen: bool = False


class Running:
    """One running window over one workspace. ``restart`` is called when a setting asks for a new window."""

    def __init__(
        self,
        use: UseCases,
        settings: config.Settings,
        words: Catalogue,
        tasks: Tasks,
        *,
        add_pages: AddPages,
        sending: Sending,
        keep_settings: Callable[[config.Settings], None],
        restart: Callable[[], None] = lambda: None,
        who: Who | None = None,
        speaks: Speaks | None = None,
        own_language: str = "",
        workspaces: Workspaces | None = None,
        enter: Enter = lambda _location, _failed: None,
    ) -> None:
        self.use = use
        self.settings = settings
        self.words = words
        self.tasks = tasks = WhileOpen(tasks)
        self.who = who
        self.speaks = speaks or Speaks(settings.language)
        self._own = own_language
        self._keep_settings = keep_settings
        self._restart = restart
        self.changes = Changes()
        self._languages = available(config.resource("translations"))
        self.window = MainWindow(places(words), words, mode=settings.mode, idle_minutes=settings.idle_minutes)
        self._metrics = self.window.metrics()
        if who is not None:
            who.sitting.keep_for(settings.idle_minutes)
        self._sheets()
        self._sending = sending
        self.unsent = send_in(self.window, sending, words, self._asking.ask, self.tell, lambda: self.who)
        self.window.may_close = lambda: self.unsent.may_go(self.window.close)
        self.shell = Shell(
            window=self.window,
            use=use,
            tasks=tasks,
            words=words,
            problems=self.problems,
            changes=self.changes,
            settings=lambda: self.settings,
            languages=self._languages,
            own_language=lambda: self.own_language,
            speak=self.speak,
            change_settings=self.change_settings,
            sitting=self._sitting,
            who=self._who,
            ask_secret=self._asking.ask_secret,
            ask=self._asking.ask,
            show_once=self.once.show,
            mailing=sending,
            open=self.open,
            look_again=lambda: self.watching.look(),
            look_at_locks=lambda: self.welcome.tick(),
            workspaces=workspaces,
            enter=enter,
        )
        self._starting = Starting(
            use, tasks, words, self._asking.ask, self.tell, self._who, self.changes, self._started
        )
        self.watching = Watching(
            self.window.standing,
            use,
            tasks,
            words,
            self.tell,
            lambda: self.open("verification"),
            lambda cause: self.problems(self._sign_in_view if self.who is None else self._board_view).show(
                cause
            ),
        )
        self.daily_backup = DailyBackup(
            self.window.standing, use, tasks, words, self.tell, self._told, lambda: self.settings
        )
        self.checking = CheckingAlone(
            self.window.standing,
            use,
            tasks,
            words,
            self.tell,
            lambda: self.watching.look(),
            lambda: self.settings,
        )
        self.welcome = Welcome(
            self.window.standing,
            use,
            tasks,
            words,
            self._shown_here,
            self._sitting,
            self._told,
            lambda person: self.open("people", person),
        )
        self._sign_in()
        self._board()
        pages = BatchPages(
            self.shell, self._starting, self.tell, sign=self.signing.open, lock=self.lock, copy=self._copy
        )
        self.runner, self.runner_view = pages.runner, pages.runner_view
        add_pages(self.shell)
        log_touches(self.shell, pages.view, lambda: pages.presenter.in_view)
        log_touches(self.shell, self._board_view, lambda: self._board_view.in_view)
        self.changes.listen(object, self._changed)
        self.window.locked.connect(self._lock_when_idle)
        self.window.idle.at_work.connect(self._touch)
        self._ticking = QTimer(self.window, interval=MINUTE_MS)
        self._ticking.timeout.connect(self.sign_in.tick)
        self._ticking.timeout.connect(self.daily_backup.tick)
        self._ticking.timeout.connect(self.welcome.tick)
        self._ticking.timeout.connect(self.checking.tick)
        self._ticking.start()
        self._opening = QTimer(self.window, singleShot=True, interval=AFTER_OPENING_MS)
        self._opening.timeout.connect(self.checking.begin)

    # who ------------------------------------------------------------------------------------------------------------

    def _sitting(self) -> Sitting | None:
        return self.who.sitting if self.who else None

    def _who(self) -> Who:
        if self.who is None:
            raise LookupError("nobody is signed in")
        return self.who

    def tell(self, cause: Exception) -> Told:
        """Return a problem in words, to whoever is signed in."""
        assert isinstance(cause, Refusal | BadInput | Trouble)
        said = told_problems.tell(
            cause, self.words, you=self.who.name if self.who else None, today=self.use.clock.today()
        )
        return Told(said.fact, said.way)

    def problems(self, corner: Corner) -> Problems:
        """Return what shows problems in a corner of a page."""
        return Problems(self.tell, self.words, corner, self._offers)

    def _offers(self, cause: Exception) -> Offer | None:
        return self._ways_on.of(cause)

    def begin(self, page: str = "board") -> None:
        """Show the first page: set-up in an empty workspace, else sign-in, or this page to who is signed in."""
        self._opening.start()
        if self.who is not None:
            self.window.idle.begin()
            self.watching.look()
            self.open(page)
            self.welcome.begin(self.who)
            return

        self.tasks.run(
            lambda: self.use.is_opened,
            lambda there: self.open("sign_in") if there else self.window.open("set_up"),
            self.problems(self._sign_in_view).show,
        )
        self.watching.look()
        self.daily_backup.tick()
        self.window.show_page("sign_in")

    def signed_in(self, who: Who) -> None:
        """Somebody signed in: always on the neutral page, in the language that this person chose, here or elsewhere."""
        self.who, self._own = who, ""
        who.sitting.keep_for(self.settings.idle_minutes)
        chosen, use = self.speaks.language if self.speaks.chosen else None, self.use

        def language() -> str:
            kept = use.read.reading_language(who.person)
            if chosen and chosen != kept:
                use.choose_language(who.sitting, chosen)
            return chosen or kept

        def unknown(cause: Exception) -> None:
            self._reads(who, chosen or "")
            self.problems(self._board_view).show(cause)

        self.tasks.run(language, lambda found: self._reads(who, found), unknown)

    def _reads(self, who: Who, language: str) -> None:
        """It is known in which language somebody reads; begin in it, unless they left meanwhile."""
        if self.who is not who:
            return
        self._own = language
        if self._in_other_language(self.own_language or self.settings.language):
            self._restart()
            return
        self._sending.look()
        self.window.idle.begin()
        self.watching.look()
        self.open("board")
        self.welcome.begin(who)

    def _lock_when_idle(self) -> None:
        """Nobody has touched the window; only a code that is shown once is left standing until it was put away."""
        if self.code_sheet.isVisible():
            self.window.idle.begin()
        else:
            self.lock()

    def lock(self) -> None:
        """Close the sitting and show the wall; what was entered is saved, what was typed of a secret is gone."""
        self.window.idle.end()
        self.welcome.end()
        self.unsent.stay()
        for sheet in (self.over_sheet, self.ask_sheet, self.sign_sheet):
            sheet.close_sheet()
        who, self.who = self.who, None
        self._own = ""
        self._sending.look()
        if who is not None:
            if who.pin is not None:
                who.pin.end()
            sitting = who.sitting
            quiet = self.problems(self._sign_in_view).show
            self._sending.when_gone(
                sitting,
                lambda: self.tasks.run(lambda: self.use.close_sitting(sitting), lambda _: None, quiet),
            )
        self.window.open("sign_in")
        if who is not None and self._in_other_language(self.settings.language):
            self._restart()

    def _touch(self) -> None:
        """Whoever is at work keeps the sitting and its PIN; who comes back too late signs in again, or it is the wall.

        The sheet that asks for it lets nothing of the page behind be read.
        """
        if self.who is None:
            return
        self.who.sitting.touch()
        if self.who.pin is not None:
            self.who.pin.touch()
        if self.who.sitting.over and not (self.code_sheet.isVisible() or self.over_sheet.isVisible()):
            self._ways_on.sit_down_again(self.who)

    def _lock_unless_back(self) -> None:
        """The sheet on top was left: without having signed in again there is nothing to go on with."""
        if self.who is not None and self.who.sitting.over:
            self.lock()

    def end_sitting(self) -> None:
        """Nobody is signed in any more."""
        who, self.who = self.who, None
        if who is not None:
            if who.pin is not None:
                who.pin.end()
            self.tasks.run(lambda: self.use.close_sitting(who.sitting), lambda _: None, lambda _: None)

    def close(self) -> None:
        """The window closes."""
        self.daily_backup.stop()
        self.checking.stop()
        self.end_sitting()
        self.tasks.end()

    def change_settings(self, settings: config.Settings) -> None:
        """Keep new settings; what the look alone can follow, it follows at once, the rest takes a new window."""
        before, self.settings = self.settings, settings
        self._keep_settings(settings)
        if settings.backup_folder != before.backup_folder:
            self.daily_backup.again()
        look = theme.current()
        if settings.theme != before.theme:
            look.set_scheme(settings.theme)
        if settings.text_percent != before.text_percent:
            look.set_scale(min(2.0, max(0.8, theme.system_text_scale() * settings.text_percent / 100)))
        new_window = ("mode", "language", "idle_minutes", "text_percent")
        if any(getattr(settings, name) != getattr(before, name) for name in new_window):
            if self.who is None or not self.own_language:
                self.speaks = Speaks(settings.language)
            self._restart()

    # language -------------------------------------------------------------------------------------------------------

    def speak(self, language: str) -> None:
        """Show the window in another language at once: that of who is signed in, else of who signs in next."""
        if self.who is None:
            self.speaks = Speaks(language, chosen=True)
            self._restart()
        elif language != self.own_language:
            who, use = self.who, self.use

            def chosen(_fact: object) -> None:
                if self.who is who:
                    self._own = language
                    self.speaks = Speaks(language or self.settings.language)
                    self._restart()

            self.tasks.run(
                lambda: use.choose_language(who.sitting, language),
                chosen,
                self.problems(self._board_view).show,
            )

    @property
    def own_language(self) -> str:
        """What whoever is signed in chose, as long as it is offered here; empty: the workstation's own."""
        return self._own if self._own in self._languages else ""

    def _in_other_language(self, language: str) -> bool:
        """Go over to a language; tell whether the window has to be made anew for it."""
        before, self.speaks = self.speaks, Speaks(language)
        return language not in (before.language, self.words.language)

    # ways -----------------------------------------------------------------------------------------------------------

    def open(self, name: str, *args: object) -> None:
        """Open a page. Without being signed in, nobody gets but to the wall, the set-up, a backup and a paper."""
        if self.who is None and name not in OPEN_TO_ALL:
            name, args = "sign_in", ()
        self.window.open(name, *args)

    def _told(self, line: str) -> None:
        self.window.notice.tell(line)

    def _changed(self, _fact: object) -> None:
        if self.window.here in ("board", "search") and self.who is not None:
            self.board.reload()
            self.welcome.tick()

    def _started(self, started: Started) -> None:
        if started.place == "third":
            self.open("decision", started.opened.batch, started.check)
        else:
            self.open("runner", started.check)

    def _signed(self, signed: Signed) -> None:
        if signed.compared is not None:
            self.open("comparison", signed.fact.batch)
            return
        self.open("board")
        self._told(self.words.say("Signed: {meaning}.", meaning=self.words.say(signed.fact.meaning)))

    def show_bug(self, report: str) -> None:
        """Offer the report of a mistake of ours where one is working."""
        problem = Problem(
            "bug",
            Told(
                self.words.say("qcdesk made a mistake. What was saved before is safe."),
                self.words.say(
                    "Copy the report for whoever looks after qcdesk, then go on or start it again."
                ),
            ),
            RuntimeError(),
            report=report,
        )
        show = getattr(self.window.page, "show_problem", None)
        if show is not None:
            show(problem)

    def _copy(self, report: str) -> None:
        QGuiApplication.clipboard().setText(report)
        self._told(self.words.say("The report is on the clipboard."))

    # pieces ---------------------------------------------------------------------------------------------------------

    def _sheets(self) -> None:
        self.ask_sheet = AskSheet(self.window, self.words, self._metrics)
        self.code_sheet = CodeSheet(self.window, self.words)
        self.once = CodePresenter(
            self.code_sheet, self.use, self.tasks, self._shown_here, self.words.language
        )
        self.code_sheet.print_wanted.connect(self.once.print_card)
        self.code_sheet.put_away.connect(self.once.put_away)
        self._asking = self._asker(self.ask_sheet)
        self.sign_sheet = SignSheet(self.window, self.words, self._metrics)
        self.signing = SignPresenter(
            self.sign_sheet,
            self.use,
            self.tasks,
            self.words,
            self.problems(self.sign_sheet),
            lambda: self.problems(self.runner_view),
            self.tell,
            self.changes,
            self._who,
            SignWays(self._signed),
        )
        self.sign_sheet.signed.connect(self.signing.sign)
        self.sign_sheet.badge_scanned.connect(self.signing.badge)
        self.sign_sheet.second_passed.connect(self.signing.second)
        self.sign_sheet.go_wanted.connect(self.signing.go_to_missing)
        self.over_sheet = AskSheet(self.window, self.words, self._metrics)
        over = self._asker(self.over_sheet)
        self.over_sheet.closed.connect(self._lock_unless_back)
        self._ways_on = WaysOn(self.use, self.words, over.ask, lambda: self.who, self.changes, self._told)
        for kept in (self._asking, over, self.signing, self.once):
            self.window.keep(kept)

    def _asker(self, sheet: AskSheet) -> AskPresenter:
        asking = AskPresenter(
            sheet,
            self.use,
            self.tasks,
            self.words,
            self.problems(sheet),
            self._who,
            self._shown_here,
            self.once.show,
        )
        sheet.given.connect(asking.give)
        sheet.badge_scanned.connect(asking.badge)
        sheet.second_passed.connect(asking.second)
        sheet.problem.report_wanted.connect(self._copy)
        return asking

    def _shown_here(self, cause: Exception) -> None:
        here = self.window.page
        show = getattr(here, "show_problem", None)
        if show is not None:
            self.problems(_Corner(show)).show(cause)

    def _sign_in(self) -> None:
        view = self._sign_in_view = SignInView(self.words, self._metrics, self._languages)
        self.sign_in = SignInPresenter(
            view,
            self.use,
            self.tasks,
            self.words,
            self.problems(view),
            self.settings.station_name,
            self.signed_in,
            self.window.idle.begin,
        )
        view.person_chosen.connect(self.sign_in.chosen)
        view.secret_given.connect(self.sign_in.give)
        view.pin_given.connect(self.sign_in.give_pin)
        view.pin_wished.connect(self.sign_in.wish_pin)
        view.without_pin.connect(self.sign_in.without_pin)
        view.badge_scanned.connect(self.sign_in.scan)
        view.second_passed.connect(self.sign_in.second)
        view.searched.connect(self.sign_in.search)
        view.scanned.connect(self.sign_in.enter)
        view.language_chosen.connect(self.speak)
        view.paper_wanted.connect(lambda: self.open("check_paper"))
        self.window.add_page("sign_in", view, alone=True)
        self.window.on_open("sign_in", self.sign_in.open)
        self.window.keep(self.sign_in)

    def _board(self) -> None:
        view = self._board_view = BoardView(self.words)
        ways = BoardWays(
            start=lambda batch: self._starting.start(batch, self.problems(view)),
            batch=lambda batch: self.open("batch", batch),
            comparison=lambda batch: self.open("comparison", batch),
            procedures=lambda: self.open("procedures"),
            page=lambda name: self.open(name),
            action=lambda action: self.open("corrective_action", action),
            pages=searched_pages(self.words),
        )
        self.board = BoardPresenter(
            view, self.use, self.tasks, self.words, self.problems(view), self._who, ways
        )
        view.act_wanted.connect(self.board.act)
        view.batch_wanted.connect(lambda batch: self.open("batch", batch))
        view.register_wanted.connect(lambda: self.open("register"))
        view.papers_wanted.connect(lambda text: self.open("print_many", text))
        view.person_menu_wanted.connect(self.lock)
        view.searched.connect(self.board.search)
        view.entered.connect(self.board.enter)
        view.more_wanted.connect(self.board.more)
        view.problems.try_again.connect(self.board.reload)
        view.problems.report_wanted.connect(self._copy)
        view.page_wanted.connect(lambda name: self.open(name))
        view.noted.connect(lambda page, of: self.open(page, of) if of else self.open(page))
        self.window.add_page("board", view)
        self.window.on_open("board", self.board.open)
        self.window.add_page("search", view, place="board")
        self.window.on_open("search", self._search)
        self.window.keep(self.board)

    def _search(self) -> None:
        """Go to the search from a page that has none of its own."""
        self.board.open()
        QTimer.singleShot(0, self._board_view.begin_search)  # the page takes the focus as it is shown


class _Corner:
    """A place to show problems, made of the method of whatever page is in view."""

    def __init__(self, show: Callable[[Problem], None]) -> None:
        self._show = show

    def show_problem(self, problem: Problem) -> None:
        """Show it there."""
        self._show(problem)


def application() -> QApplication:
    """Return the one application of this process."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app
