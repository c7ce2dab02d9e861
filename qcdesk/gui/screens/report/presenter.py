# SPDX-License-Identifier: Apache-2.0
"""Has a paper made once (report, stickers, certificate, slip), then draws its pages beside the database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePath
from typing import Final, Protocol

from qcdesk.checker.sealing import has_seal
from qcdesk.domain.anchors import Anchor
from qcdesk.domain.events import Leaving
from qcdesk.gui.asking import Answers, Ask, WhoNow
from qcdesk.gui.company_passwords import certificate_answered, with_certificate
from qcdesk.gui.problems import Problem, Problems
from qcdesk.gui.records import Notice
from qcdesk.gui.screens.report.habits import Habit, Habits
from qcdesk.gui.screens.report.papers import Drawn, Made, Paper, ReportWays, for_file
from qcdesk.gui.sending import Draft, Mailing, Send
from qcdesk.gui.tasks import Tasks
from qcdesk.i18n import Catalogue
from qcdesk.services.certify_batch import ToPrint
from qcdesk.services.chart_sheets import ChartSheet
from qcdesk.services.inspection_report import Paper as Size
from qcdesk.services.labels import STOCKS, LabelWish
from qcdesk.services.ports import Printed, Printing
from qcdesk.services.prints import Print
from qcdesk.services.sittings import Sitting
from qcdesk.services.tell_prints import InMail
from qcdesk.services.trouble import Trouble
from qcdesk.services.use_cases import UseCases
from qcdesk.wording import ages
from qcdesk.wording.paper_mail import MAIL, mail_with, paper_subject
from qcdesk.wording.readers import words_for
from qcdesk.wording.spelling import day, whole

ZOOMS: Final = (50, 75, 100, 125, 150, 200, 300)  # percent of the paper's own size
USUAL_ZOOM: Final = ZOOMS.index(125)
SCREEN_DPI: Final = 96
_PROVE: Final = ("inspection", "certificate", "chart", "first_article", "instruction")
"""Kinds of papers that carry evidence."""
Page = tuple[int, int, bytes]


class ReportView(Protocol):
    """The pages."""

    def pixel_ratio(self) -> float: ...
    def show_paper(self, title: str, note: str, file_name: str, back: str) -> None: ...
    def show_ready(self, pages: int, *, letter: bool, sheet: tuple[float, float] = ...) -> None: ...
    def show_page(
        self, width: int, height: int, pixels: bytes, place: str, zoom: str, ends: tuple[bool, bool]
    ) -> None: ...
    def show_progress(self, words: str, share: float | None) -> None: ...
    def end_progress(self) -> None: ...
    def show_unsealed(self, words: str) -> None: ...
    def show_language(self, language: str, second: str) -> None: ...
    def show_printer(self, name: str) -> None: ...
    def show_sizes(self, *, offered: bool) -> None: ...
    def printer_name(self) -> str: ...
    def show_label_printer(self, offered: bool, name: str) -> None: ...
    def print_range(self) -> tuple[tuple[int, ...], int]: ...
    def paint_on_paper(self, width: int, height: int, pixels: bytes) -> bool: ...
    def end_printing(self, *, send: bool) -> bool: ...
    def show_problem(self, problem: Problem) -> None: ...


class ReportPresenter:
    """What is shown, printed and saved is one PDF, made when the page opens."""

    def __init__(
        self,
        view: ReportView,
        use: UseCases,
        tasks: Tasks,
        words: Catalogue,
        problems: Problems,
        who: WhoNow,
        notice: Notice,
        ways: ReportWays,
        habits: Habits,
        mailing: Mailing,
        ask: Ask,
    ) -> None:
        self._view = view
        self._use = use
        self._tasks = tasks
        self._words = words
        self._problems = problems
        self._who = who
        self._notice = notice
        self._ways = ways
        self._habits = habits
        self._mailing = mailing
        self._ask = ask
        self._paper: Paper | None = None
        self._pdf = b""
        self._pages = 0
        self._at = 0
        self._zoom = USUAL_ZOOM
        self._cancelled = False
        self._habit = Habit()

    def open(self, batch: str, round_no: int | None = None) -> None:
        """Make the report of a batch (of its last round unless named) and show its first page."""
        say, use, person = self._words.say, self._use, self._who().person
        now = use.clock.now()

        def make(printing: Printing, size: Size | None) -> Made:
            header = use.read.batch(batch, person, now).header
            return Made(
                say("Inspection report {number}", number=header.number),
                header.product_name,
                say("Inspection report {name}.pdf", name=for_file(header.number)),
                printing.inspection(batch, person, size, round_no),
            )

        self._show(
            Paper(
                say("Inspection report"),
                say("Making the report …"),
                make,
                say("Back to the batch"),
                lambda: self._ways.batch(batch),
                "inspection",
            )
        )

    def open_stickers(self, batch: str, check: str = "") -> None:
        """Make the stickers for the drawn sample; ``check`` is one's own check to go back to, where there is one."""
        say, use, person = self._words.say, self._use, self._who().person
        now = use.clock.now()

        def make(printing: Printing, size: Size | None) -> Made:
            header = use.read.batch(batch, person, now).header
            return Made(
                say("Stickers for {number}", number=header.number),
                say("The sample numbers, one sticker for each unit that is asked for"),
                say("Stickers for {name}.pdf", name=for_file(header.number)),
                printing.stickers(batch, person, size),
            )

        self._show(
            Paper(
                say("Stickers"),
                say("Making the stickers …"),
                make,
                say("Back to the check") if check else say("Back to the batch"),
                (lambda: self._ways.check(check)) if check else (lambda: self._ways.batch(batch)),
                "stickers",
            )
        )

    def open_certificate(self, batch: str, printed: ToPrint) -> None:
        """Make a certificate, as the print that was put on record; a print after the first says which copy it is."""
        say, use = self._words.say, self._use
        number, now = f"{printed.number:06d}", printed

        def count(sitting: Sitting) -> None:
            nonlocal now
            now = use.print_certificate(sitting, printed.number, results=printed.results)

        def make(printing: Printing, size: Size | None) -> Made:
            copy = now.copy
            return Made(
                say("Certificate {number}", number=number),
                say("Copy {n}", n=copy) if copy else say("The first print"),
                say("Certificate {number} copy {n}.pdf", number=number, n=copy)
                if copy
                else say("Certificate {number}.pdf", number=number),
                printing.certificate(now.number, copy, size, results=now.results),
            )

        self._show(
            Paper(
                say("Certificate {number}", number=number),
                say("Making the certificate …"),
                make,
                say("Back to the batch"),
                lambda: self._ways.batch(batch),
                "certificate",
                count=count,
            )
        )

    def open_labels(self, batch: str, wish: LabelWish) -> None:
        """Make labels for the goods; those of a roll can be had for a label printer too."""
        say, use, person = self._words.say, self._use, self._who().person
        now = use.clock.now()

        def make(printing: Printing, _size: Size | None) -> Made:
            header = use.read.batch(batch, person, now).header
            return Made(
                say("Labels for {number}", number=header.number),
                self._words.count("{n} label", "{n} labels", wish.copies),
                say("Labels for {name}.pdf", name=for_file(header.number)),
                printing.label(batch, wish),
            )

        def zpl(printing: Printing) -> Print:
            return printing.label_zpl(batch, wish, wish.density)

        self._show(
            Paper(
                say("Labels"),
                say("Making the labels …"),
                make,
                say("Back to the batch"),
                lambda: self._ways.batch(batch),
                "labels",
                sized=False,
                zpl=None if STOCKS[wish.stock].paper else zpl,
            )
        )

    def open_first_article(self, batch: str, unit: int | None = None) -> None:
        """Make the first-article report of a unit by its sample number; without one, of the first that was measured."""
        say, use, person = self._words.say, self._use, self._who().person
        now = use.clock.now()

        def make(printing: Printing, size: Size | None) -> Made:
            header = use.read.batch(batch, person, now).header
            known = use.read.nonconformities.listed(closed=True, batch=batch)
            return Made(
                say("First-article report {number}", number=header.number),
                say("Lines are to be filled in by hand"),
                say("First-article report {name}.pdf", name=for_file(header.number)),
                printing.first_article(batch, person, unit, known, size),
            )

        self._show(
            Paper(
                say("First-article report"),
                say("Making the report …"),
                make,
                say("Back to the batch"),
                lambda: self._ways.batch(batch),
                "first_article",
            )
        )

    def open_instruction(self, code: str, version: int) -> None:
        """Make the work instruction of a version of a procedure."""
        say = self._words.say
        name = say("{code} version {version}", code=code, version=version)

        def make(printing: Printing, size: Size | None) -> Made:
            return Made(
                say("Work instruction {procedure}", procedure=name),
                say("With pictures, limits, codes and how many units to look at"),
                say("Work instruction {name}.pdf", name=for_file(name)),
                printing.instruction(code, version, size),
            )

        self._show(
            Paper(
                say("Work instruction"),
                say("Making the work instruction …"),
                make,
                say("Back to the procedure"),
                lambda: self._ways.procedure(code),
                "instruction",
            )
        )

    def open_slip(self, anchor: Anchor) -> None:
        """Make the closing slip of an anchor that the person at work has just signed."""
        say, person = self._words.say, self._who().person

        def make(printing: Printing, size: Size | None) -> Made:
            on = ages.local(anchor.head.at).date().isoformat()
            return Made(
                say("Closing slip"),
                say("Event {n} is the last one", n=whole(anchor.head.seq, self._words)),
                say("Closing slip {day} event {n}.pdf", day=on, n=anchor.head.seq),
                printing.slip(anchor, person, size),
            )

        self._show(
            Paper(
                say("Closing slip"),
                say("Making the slip …"),
                make,
                say("Back to the log"),
                self._ways.log,
                "slip",
            )
        )

    def open_chart(self, sheet: ChartSheet, back_words: str, back: Callable[[], None]) -> None:
        """Make a sheet with a chart; ``back`` leads to the page that it came from."""
        today = day(self._use.clock.today(), self._words)

        def make(printing: Printing, size: Size | None) -> Made:
            return Made(
                sheet.title, sheet.about, f"{for_file(sheet.file)}.pdf", printing.chart(sheet, today, size)
            )

        self._show(
            Paper(sheet.title, self._words.say("Making the sheet …"), make, back_words, back, "chart", False)
        )

    def _show(self, paper: Paper) -> None:
        self._habit = self._habits.of(paper.kind)
        self._make(paper)

    def _make(self, paper: Paper) -> None:
        self._paper, self._pdf, self._pages, self._at = paper, b"", 0, 0
        habit = self._habit
        language = habit.language or self._words.language
        second = habit.second if paper.translated else ""
        self._cancelled = False
        self._view.show_ready(0, letter=False)
        self._view.show_paper(paper.title, "", "", paper.back_words)
        self._view.show_language(language if paper.translated else "", second)
        self._view.show_printer(habit.printer)
        self._view.show_sizes(offered=paper.sized)
        self._view.show_label_printer(paper.zpl is not None, habit.label_printer)
        self._view.show_progress(paper.making, None)

        self._tasks.run(
            lambda: self._drawn(paper, habit),
            lambda made: self._made(paper, *made),
            self._failed,
            latest="report",
        )

    def _drawn(self, paper: Paper, habit: Habit) -> Drawn:
        """Have a paper made as it is printed here; with its pages, whether these are Letter, and how large they are."""
        second = habit.second if paper.translated else ""
        printing = self._use.printing.in_language(habit.language or self._words.language, second)
        size = habit.size or self._use.read.shop().paper
        made = paper.make(printing, size)
        return made, printing.page_count(made.pdf), size == "Letter", printing.sheet(made.pdf)

    def _failed(self, cause: Exception) -> None:
        self._view.end_progress()
        self._problems.show(cause)

    def _made(self, paper: Paper, made: Made, pages: int, letter: bool, sheet: tuple[float, float]) -> None:
        self._pdf, self._pages = made.pdf, pages
        self._view.end_progress()
        self._view.show_paper(made.title, made.note, made.file_name, paper.back_words)
        bare = paper.kind in _PROVE and not has_seal(made.pdf)
        self._view.show_unsealed(
            self._words.say("This print carries no evidence, and says why.") if bare else ""
        )
        self._view.show_ready(pages, letter=letter, sheet=sheet)
        self._draw()

    def speak(self, language: str) -> None:
        """Make the paper anew in a language; the window keeps its own."""
        second = "" if language == self._habit.second else self._habit.second
        if language != (self._habit.language or self._words.language):
            self._changed(replace(self._habit, language=language, second=second))

    def speak_beside(self, second: str) -> None:
        """Make the paper anew with a second language beside the first; empty: with none."""
        if second != self._habit.second:
            self._changed(replace(self._habit, second=second))

    def cut(self, paper: str) -> None:
        """Make the paper anew in another size."""
        self._changed(replace(self._habit, paper=paper))

    def _changed(self, habit: Habit) -> None:
        if self._paper is not None:
            self._habit = habit
            self._habits.learn(self._paper.kind, habit)
            self._make(self._paper)

    def turn(self, by: int) -> None:
        """Show another page."""
        at = min(max(0, self._at + by), self._pages - 1)
        if self._pages and at != self._at:
            self._at = at
            self._draw()

    def zoom(self, by: int) -> None:
        """Show it larger or smaller."""
        zoom = min(max(0, self._zoom + by), len(ZOOMS) - 1)
        if self._pages and zoom != self._zoom:
            self._zoom = zoom
            self._draw()

    def _draw(self) -> None:
        pdf, at, percent = self._pdf, self._at, ZOOMS[self._zoom]
        dpi = round(SCREEN_DPI * percent / 100 * self._view.pixel_ratio())

        def show(page: Page) -> None:
            say = self._words.say
            place = say("Page {page} of {pages}", page=at + 1, pages=self._pages)
            self._view.show_page(*page, place, say("{n} %", n=percent), (at == 0, at == self._pages - 1))

        self._tasks.render(
            lambda: self._use.printing.page(pdf, at, dpi), show, self._failed, latest="report page"
        )

    def _hand_over(
        self,
        way: Leaving,
        then: Callable[[bytes], None],
        failed: Callable[[Exception], None],
        password: str | None = None,
    ) -> None:
        """Put on record that the paper leaves, then let it: what is handed over was told, whatever fails in between.

        What has left already, or was printed by somebody else since it was made, is made anew and shown as it leaves.
        ``password``: of the company's certificate, where no keyring has it.
        """
        use, pdf = self._use, self._pdf
        sitting = self._who().sitting if isinstance(pdf, Print) else None

        def tell() -> tuple[Drawn | None, bytes]:
            anew = self._anew()
            leaves = pdf if anew is None else anew[0].pdf
            if sitting is not None and isinstance(leaves, Print):
                leaves = use.prints.leaving(leaves, way, password)
                use.prints.tell(sitting, leaves, way)
            else:
                leaves = use.company.leaving(leaves, password)
            return anew, leaves

        def go_on(told: tuple[Drawn | None, bytes]) -> None:
            self._show_anew(told[0])
            then(told[1])

        self._tasks.run(tell, go_on, failed)

    def _anew(self) -> Drawn | None:
        """Have the paper made anew where this very print has left already; None: it has not."""
        paper, pdf = self._paper, self._pdf
        if paper is None or not isinstance(pdf, Print) or not self._use.prints.has_left(pdf):
            return None
        return self._counted(paper, self._habit, self._who().sitting)

    def _counted(self, paper: Paper, habit: Habit, sitting: Sitting) -> Drawn:
        """Have a paper made with the number of its next copy."""
        if paper.count is not None:
            paper.count(sitting)
        return self._drawn(paper, habit)

    def _show_anew(self, anew: Drawn | None) -> None:
        if anew is not None and self._paper is not None:
            self._made(self._paper, *anew)

    def save(self, path: str) -> None:
        """Write the PDF, or a mail that encloses it; the mail is in the language of the window."""

        def go(password: str | None) -> None:
            self._save(path, password)

        with_certificate(self._use, self._tasks, self._words, self._ask, go, self._failed)

    def _save(self, path: str, password: str | None) -> None:
        use, words, mails = self._use, self._words, path.lower().endswith(MAIL)

        def mailed(pdf: bytes) -> Printed:
            mail = mail_with(pdf, PurePath(path).stem, use.read.shop().name, use.clock.now(), words)
            use.letters.save(use.letters.mail(mail), path)
            return Printed(path, use.printing.page_count(pdf), "")

        def saved(printed: Printed) -> None:
            self._notice(words.say("Saved as {file}.", file=printed.file))

        def write(pdf: bytes) -> None:
            if mails:
                self._tasks.run(lambda: mailed(pdf), saved, self._failed)
            else:
                self._tasks.render(lambda: use.printing.save(pdf, path), saved, self._failed)

        self._hand_over("mailed" if mails else "saved", write, self._failed, password)

    def send(self, file_name: str) -> None:
        """Ask to whom it goes, and hand it to the mail server; it is told once the server has all of it but its end."""
        use, say, stem = self._use, self._words.say, PurePath(file_name).stem

        def draft() -> Draft:
            subject = paper_subject(stem, use.read.shop().name)
            return Draft(
                say("Send {name}", name=stem), "", subject, self._words.language, files=file_name, signs=True
            )

        def take(answers: Answers) -> tuple[Answers, str, str | None]:
            shop = use.read.shop().name
            use.letters.mail(replace(mail_with(b"", stem, shop, 0, self._words), to=answers["to"]))
            return answers, shop, certificate_answered(use, answers)

        def go(taken: tuple[Answers, str, str | None], send: Send) -> None:
            answers, shop, password = taken
            words, now = words_for(answers["language"]), use.clock.now()

            def leaves(anew: Drawn | None) -> None:
                self._show_anew(anew)
                paper = self._in_mail(password)

                def make(to: str) -> bytes:
                    mail = mail_with(paper.leaves, stem, shop, now, words)
                    return use.letters.mail(replace(mail, to=to, subject=answers["subject"]))

                send(make, answers["to"], f"{stem}{MAIL}", paper=paper)

            self._tasks.run(self._anew, leaves, self._failed)

        self._mailing.ask(draft, take, go, self._failed)

    def _in_mail(self, password: str | None) -> InMail:
        """Return the paper in view as a mail takes it along, which may go when another one is in view."""
        paper, habit, pdf = self._paper, self._habit, self._pdf
        assert paper is not None

        def anew(sitting: Sitting) -> Print:
            made = self._counted(paper, habit, sitting)[0].pdf
            assert isinstance(made, Print)
            return made

        return InMail(self._use.prints, pdf, anew, password)

    def save_zpl(self, path: str) -> None:
        """Write what a label printer reads."""
        use, sitting = self._use, self._who().sitting

        def save(make: Callable[[], Print]) -> None:
            use.printing.save_plain(use.prints.make_and_tell(sitting, make, "label_printer"), path)

        self._for_label_printer(save, self._words.say("Saved as {file}.", file=path))

    def send_zpl(self, printer: str) -> None:
        """Send what a label printer reads to its queue; told once that took it."""
        if self._paper is None:
            return
        title = self._paper.title
        habit = replace(self._habit, label_printer=printer)
        if habit != self._habit:
            self._habit = habit
            self._habits.learn(self._paper.kind, habit)
        use, sitting = self._use, self._who().sitting

        def send(make: Callable[[], Print]) -> None:
            labels = make()
            use.prints.send(
                sitting, [labels], "label_printer", lambda: use.printing.send(labels, printer, title)
            )

        self._for_label_printer(send, self._words.say("Sent to {printer}.", printer=printer))

    def _for_label_printer(self, give: Callable[[Callable[[], Print]], None], told: str) -> None:
        zpl = self._paper.zpl if self._paper is not None else None
        languages = self._habit.language or self._words.language, self._habit.second
        if zpl is None:
            return
        use, make = self._use, zpl

        def leave() -> None:
            printing = use.printing.in_language(*languages)
            give(lambda: make(printing))

        self._tasks.run(leave, lambda _: self._notice(told), self._failed)

    def print_pages(self) -> None:
        """Draw page after page at the printer's density and hand each over."""
        self._cancelled = False
        printer = self._view.printer_name()
        if self._paper is not None and printer and printer != self._habit.printer:
            self._habit = replace(self._habit, printer=printer)
            self._habits.learn(self._paper.kind, self._habit)
        pages, dpi = self._view.print_range()

        def go_on(anew: Drawn | None) -> None:
            self._show_anew(anew)
            self._print_next(pages, 0, dpi)

        self._tasks.run(self._anew, go_on, self._not_printed)

    def _not_printed(self, cause: Exception) -> None:
        self._view.end_printing(send=False)
        self._failed(cause)

    def cancel(self) -> None:
        """Stop what is being done: the print is dropped before it is sent; what is being made is left."""
        self._cancelled = True
        if not self._pages:
            self._back()

    def leave(self) -> None:
        """Go back; a print that runs is dropped."""
        self._cancelled = True
        self._back()

    def again(self) -> None:
        """Try again after trouble: what was made stays, what was not is made."""
        if self._pages:
            self._draw()
        elif self._paper is not None:
            self._make(self._paper)

    def _back(self) -> None:
        if self._paper is not None:
            self._paper.back()

    def _print_next(self, pages: tuple[int, ...], done: int, dpi: int) -> None:
        say = self._words.say
        if self._cancelled:
            self._view.end_printing(send=False)
            self._view.end_progress()
            self._notice(say("Nothing was printed."))
            return
        if done == len(pages):
            self._view.end_progress()
            if not pages:
                self._not_printed(Trouble("printer"))
                return
            self._send_pages(done)
            return
        self._view.show_progress(
            say("Drawing page {page} of {pages}", page=done + 1, pages=len(pages)), done / len(pages)
        )
        pdf, index = self._pdf, pages[done]

        def drawn(page: Page) -> None:
            if not self._cancelled and not self._view.paint_on_paper(*page):
                self._view.end_printing(send=False)
                self._failed(Trouble("printer"))
                return
            self._print_next(pages, done + 1, dpi)

        self._tasks.render(lambda: self._use.printing.page(pdf, index, dpi), drawn, self._not_printed)

    def _send_pages(self, pages: int) -> None:
        """Every page is drawn: send the paper where it can be told, and put it on record once the printer took it."""
        use, pdf = self._use, self._pdf
        sitting, paper = self._who().sitting, pdf if isinstance(pdf, Print) else None
        printer = self._view.printer_name()

        def look() -> None:
            if paper is not None:
                use.prints.require_tellable(sitting, paper)

        def tell() -> None:
            if not use.printers.takes(printer):
                raise Trouble("printer")
            if paper is not None:
                use.prints.tell_sent(sitting, paper, "printed")

        def send(_: None) -> None:
            if not self._view.end_printing(send=True):
                self._failed(Trouble("printer"))
                return
            self._tasks.run(tell, told, self._failed)

        def told(_: None) -> None:
            self._notice(
                self._words.count(
                    "{n} page is sent to the printer.", "{n} pages are sent to the printer.", pages
                )
            )

        self._tasks.run(look, send, self._not_printed)
