# SPDX-License-Identifier: Apache-2.0
"""Papers of many batches in one go: chosen, made one after the other, and told of each that failed, and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final, Protocol

from qcdesk.domain.inputs import BadInput
from qcdesk.gui.asking import Answers, Ask, Asking, Question, WhoNow
from qcdesk.gui.changes import Changes
from qcdesk.gui.company_passwords import certificate_answered, certificate_asked
from qcdesk.gui.problems import Problem, Problems
from qcdesk.gui.screens.print_many.rows import (
    CERTIFIED,
    KINDS,
    PRINTER,
    Kind,
    Line,
    Outcome,
    Pair,
    Wish,
    Wrong,
)
from qcdesk.gui.screens.print_many.running import Run
from qcdesk.gui.sending import GIVEN, Mailing, password_asked
from qcdesk.gui.tasks import Tasks
from qcdesk.i18n import LANGUAGE_NAMES, Catalogue
from qcdesk.services.certify_batch import RELEASED
from qcdesk.services.letters import Mail
from qcdesk.services.ports import Hand
from qcdesk.services.posts import Handing, MailServer
from qcdesk.services.rows import BatchListRow
from qcdesk.services.trouble import Trouble
from qcdesk.services.use_cases import UseCases
from qcdesk.wording import problems as wording
from qcdesk.wording.ages import begins
from qcdesk.wording.spelling import in_a_row

MOST: Final = 500  # batches in one list
_OF_ONE_MAIL: Final = ("mail_too_big", "mail_refused", "mail_unsure")
"""Problems that the next mail need not have."""
Page = tuple[int, int, bytes]


class PrintManyView(Protocol):
    """The list, and what is to be printed of it."""

    def show_habit(self, habit: Mapping[str, str]) -> None: ...
    def show_lines(self, lines: Sequence[Line], found_by: str) -> None: ...
    def show_line(self, index: int, line: Line) -> None: ...
    def show_taken(self, taken: int) -> None: ...
    def show_running(self, running: bool) -> None: ...
    def show_progress(self, words: str, share: float | None) -> None: ...
    def end_progress(self) -> None: ...
    def show_outcome(self, words: str, failed: int) -> None: ...
    def begin_paper(self, kind: Kind, title: str, sheet: tuple[float, float]) -> int: ...
    def paint_on_paper(self, width: int, height: int, pixels: bytes) -> bool: ...
    def end_paper(self, *, send: bool) -> bool: ...
    def show_problem(self, problem: Problem) -> None: ...


@dataclass(frozen=True)
class Kept:
    """What was chosen last at this workstation, read and kept."""

    read: Callable[[], Mapping[str, str]]
    keep: Callable[[dict[str, str]], None]


class PrintManyPresenter:
    """One run at a time; whatever is not made can be tried again."""

    def __init__(
        self,
        view: PrintManyView,
        use: UseCases,
        tasks: Tasks,
        words: Catalogue,
        problems: Problems,
        who: WhoNow,
        ask: Ask,
        changes: Changes,
        mailing: Mailing,
        habit: Kept,
        back: Callable[[], None],
    ) -> None:
        self._view, self._use, self._tasks, self._words = view, use, tasks, words
        self._problems, self._who, self._ask, self._changes = problems, who, ask, changes
        self._mailing, self._habit, self._back = mailing, habit, back
        self._lines: list[Line] = []
        self._look = self.released_today
        self._run: Run | None = None
        self._mailed: Callable[[], None] = lambda: None
        self._pairs: tuple[Pair, ...] = ()
        self._outcomes: dict[Pair, Wrong | None] = {}
        self._wish: Wish | None = None

    # Which batches ----------------------------------------------------------------------------------------------

    def open(self, text: str = "") -> None:
        """Show what was released today, or what answers a search."""
        self._view.show_habit(self._habit.read())
        self._view.show_outcome("", 0)
        if text:
            self.search(text)
        else:
            self.released_today()

    def released_today(self) -> None:
        """List the batches that were released today."""
        today = self._use.clock.today()
        since, until = begins(today), begins(today + timedelta(days=1))
        self._list(lambda: self._use.read.released(since, until, MOST), "", self.released_today)

    def search(self, text: str) -> None:
        """List the batches of a supplier, a delivery or a product, as words say; of none, those released today."""
        asked = text.strip()
        if not asked:
            self.released_today()
        else:
            self._list(lambda: self._use.read.search(asked, MOST), asked, lambda: self.search(asked))

    def _list(
        self, read: Callable[[], Sequence[BatchListRow]], found_by: str, look: Callable[[], None]
    ) -> None:
        if self._run is not None:
            return
        self._look = look

        def show(rows: Sequence[BatchListRow]) -> None:
            if self._run is None:
                self._outcomes, self._pairs = {}, ()
                self._lines = [Line(row) for row in rows]
                self._view.show_lines(self._lines, found_by)
                self._view.show_taken(len(self._lines))

        self._tasks.run(read, show, self._problems.show, latest="print_many")

    def reload(self) -> None:
        """List them anew after trouble."""
        self._look()

    def take(self, batch: str) -> None:
        """Take a batch in, or leave it out."""
        for index, line in enumerate(self._lines):
            if line.row.batch == batch and self._run is None:
                self._show_line(index, replace(line, taken=not line.taken))
        self._view.show_taken(sum(line.taken for line in self._lines))

    def take_all(self, *, taken: bool) -> None:
        """Take all of them, or none."""
        if self._run is None:
            for index, line in enumerate(self._lines):
                self._show_line(index, replace(line, taken=taken))
            self._view.show_taken(sum(line.taken for line in self._lines))

    def _show_line(self, index: int, line: Line) -> None:
        self._lines[index] = line
        self._view.show_line(index, line)

    # The run ----------------------------------------------------------------------------------------------------

    def print(self, wish: Wish) -> None:
        """Make the papers that were asked for of the batches that are taken."""
        taken = [line.row for line in self._lines if line.taken]
        self._begin(wish, [Pair(row, kind) for row in taken for kind in wish.kinds])

    def again(self) -> None:
        """Try once more what was not made."""
        if self._wish is not None:
            self._begin(self._wish, [pair for pair in self._pairs if not self._made(pair)])

    def _begin(self, wish: Wish, pairs: Sequence[Pair]) -> None:
        if self._run is not None or not pairs:
            return
        self._wish = wish
        kept = {"kinds": ",".join(wish.kinds), "where": wish.where, "stock": wish.stock, "copies": str(wish.copies),
                "language": wish.language, "second": wish.second, "folder": wish.folder}  # fmt: skip
        before = {name: value for name, value in self._habit.read().items() if name.startswith(PRINTER)}
        now = {f"{PRINTER}{kind}": printer for kind, printer in wish.printers}
        self._habit.keep({name: value for name, value in {**before, **kept, **now}.items() if value})
        certified = {pair.row.batch: pair.row for pair in pairs if pair.kind in CERTIFIED}
        if not certified and wish.where == "printer":
            self._start(wish, pairs)
            return

        def lacking() -> tuple[list[BatchListRow], MailServer | None, list[Question]]:
            post, secrets = self._use.post, list[Question]()
            server = post.server() if wish.where == "send" else None
            if wish.where == "send" and server is None:
                raise BadInput("mail_none")
            rows = [
                row
                for row in certified.values()
                if row.state in RELEASED and self._use.certificate_of(row.batch) is None
            ]
            if server is not None and post.asks():
                secrets.append(password_asked(self._words))
            if wish.where != "printer" and self._use.company.asks():
                secrets.append(certificate_asked(self._words))
            return rows, server, secrets

        def known(found: tuple[list[BatchListRow], MailServer | None, list[Question]]) -> None:
            _, server, secrets = found
            if certified or server is not None or secrets:
                self._certify(wish, pairs, *found, counted=bool(certified))
            else:
                self._start(wish, pairs)

        self._tasks.run(lacking, known, self._problems.show)

    def _certify(
        self,
        wish: Wish,
        pairs: Sequence[Pair],
        lacking: Sequence[BatchListRow],
        server: MailServer | None,
        secrets: Sequence[Question],
        *,
        counted: bool,
    ) -> None:
        """Have the certificates issued that are still to be issued, all with one secret; then begin.

        Args: server: by which the papers are sent; None: they are not. secrets: passwords that no keyring has.
            counted: there are certificates among the papers.
        """
        say, count = self._words.say, len(lacking)
        record = say("Each print is put on record under your name, and says which copy it is.")
        signs = say("Every PDF that leaves is signed with the company's certificate.")
        if count:
            batches = in_a_row([row.number for row in lacking], self._words)
            asking = Asking(
                self._words.count("Certificate of {n} batch", "Certificates of {n} batches", count),
                say(
                    "I certify each of these batches as it was released, under a concession where it was. The code on "
                    "each certificate is signed with my key."
                ),
                say("Issue and print"),
                note=say("Without a certificate so far: {batches}.", batches=batches),
            )
        elif counted or server is not None:
            asking = Asking(say("Print certificates"), record, say("Print them"), secret=False)
        else:
            made = self._words.count("Make {n} paper", "Make {n} papers", len(pairs))
            asking = Asking(made, signs, made, secret=False)
        if server is not None:
            asking = self._sending(asking, wish, len(pairs), server)
        asking = replace(asking, questions=(*asking.questions, *secrets))

        def work(
            answers: Answers, hands: tuple[Hand, ...]
        ) -> tuple[Hand | None, Wish, str | None, str | None]:
            wanted = wish
            if server is not None:
                wanted = replace(wish, to=answers["to"], mail_language=answers["language"])
                self._use.letters.mail(Mail("", wanted.to, "", "", "", "", 0, "address"))
            opens = certificate_answered(self._use, answers)
            return hands[0] if hands else None, wanted, answers.get(GIVEN) or None, opens

        def start(found: tuple[Hand | None, Wish, str | None, str | None]) -> None:
            releaser, wanted, password, opens = found
            self._start(wanted, pairs, releaser, [row.batch for row in lacking], password, opens)

        self._ask(asking, work, start)

    def _sending(self, asking: Asking, wish: Wish, papers: int, server: MailServer) -> Asking:
        """Return a sheet that also asks to whom the papers go."""
        say = self._words.say
        own = self._words.run_on(
            (
                say("Each paper goes in a mail of its own, which bears its name."),
                say(
                    "This station sends mail from {sender} by {server}, port {port}.",
                    sender=server.sender,
                    server=server.host,
                    port=server.port,
                ),
            )
        )
        language = wish.mail_language or self._words.language
        questions = (
            Question("to", say("Recipient"), value=wish.to, hint=say("Mail address")),
            Question(
                "language",
                say("Language of the mail"),
                "choice",
                tuple(LANGUAGE_NAMES.items()),
                value=language,
            ),
        )
        if asking.secret:
            note = self._words.run_on((asking.note, own))
            return replace(asking, button=say("Issue and send"), questions=questions, note=note)
        sent = self._words.count("Send {n} mail", "Send {n} mails", papers)
        return replace(asking, title=sent, button=sent, questions=questions, note=own)

    def _start(
        self,
        wish: Wish,
        pairs: Sequence[Pair],
        releaser: Hand | None = None,
        certified: Sequence[str] = (),
        password: str | None = None,
        opens: str | None = None,
    ) -> None:
        self._wish = wish
        self._pairs = tuple(dict.fromkeys((*self._pairs, *pairs)))
        for pair in pairs:
            self._outcomes.pop(pair, None)
        sitting = self._who().sitting
        self._run = run = Run(
            self._use, sitting, wish, pairs, self._words, releaser, certified, password, opens
        )
        if wish.where == "send":
            self._mailed = self._mailing.many(self._unsent, run.stop)
        self._view.show_outcome("", 0)
        self._view.show_running(True)
        self._view.show_progress(self._words.say("Making the papers …"), None)
        self._next(run, len(pairs))

    def _unsent(self) -> tuple[str, ...]:
        """Return the mails of a run that have not gone so far, in words."""
        say, wish = self._words.say, self._wish
        assert wish is not None
        return tuple(
            say(
                "{file} for {to}",
                file=say("{paper} {name}", paper=say(KINDS[pair.kind]), name=pair.row.number),
                to=wish.to,
            )
            for pair in self._pairs
            if pair not in self._outcomes
        )

    def cancel(self) -> None:
        """Begin nothing more; what is on record as printed is still finished, and nothing is left half made."""
        if self._run is not None:
            self._run.stop()
            self._view.show_progress(self._words.say("Stopping …"), None)

    def leave(self) -> None:
        """Go back; a run is stopped."""
        self.cancel()
        self._back()

    def _next(self, run: Run, total: int) -> None:
        def stepped(step: tuple[tuple[Outcome, ...], bool]) -> None:
            outcomes, all_done = step
            for fact in run.issued():
                self._changes.tell(fact)
            for outcome in outcomes:
                if not outcome.pdf:
                    self._outcomes[outcome.pair] = outcome.wrong
            self._tell([outcome.pair for outcome in outcomes])
            if not run.stopped:
                done = sum(pair in self._outcomes for pair in self._pairs)
                done -= len(self._pairs) - total
                self._view.show_progress(
                    self._words.say("Paper {n} of {total}", n=min(done + 1, total), total=total), done / total
                )
            if all_done:
                self._end(run)
            elif outcomes[-1].pdf:
                sends = self._wish is not None and self._wish.where == "send"
                (self._post if sends else self._paint)(run, outcomes[-1], total)
            else:
                self._next(run, total)

        self._tasks.run(run.step, stepped, self._failed)

    def _post(self, run: Run, outcome: Outcome, total: int) -> None:
        """Hand a paper over but for the end of its mail, tell that it is sent, then tell the server the end.

        What no other mail would fare better with stops them all.
        """

        def finished(wrong: Wrong | None) -> None:
            self._outcomes[outcome.pair] = wrong
            self._tell([outcome.pair])
            self._next(run, total)

        def failed(cause: Exception) -> None:
            if not isinstance(cause, BadInput | Trouble):
                self._failed(cause)
                return
            if cause.code not in _OF_ONE_MAIL:
                run.stop()
            finished(cause)

        def begun(handing: Handing) -> None:
            def told(wrong: Wrong | None) -> None:
                if wrong is not None:
                    handing.drop()
                    finished(wrong)
                else:
                    self._tasks.render(handing.end, lambda _: finished(None), failed)

            def lost(cause: Exception) -> None:
                handing.drop()
                self._failed(cause)

            self._tasks.run(lambda: run.told(outcome), told, lost)

        if run.stopped:
            self._next(run, total)
        else:
            self._tasks.render(lambda: run.post(outcome), begun, failed)

    def _paint(self, run: Run, outcome: Outcome, total: int) -> None:
        """Paint a paper page by page and send it; it goes to the printer whole or not at all."""
        printing, pdf = self._use.printing, outcome.pdf
        dpi = 0

        def finished(wrong: Wrong | None) -> None:
            self._outcomes[outcome.pair] = wrong
            self._tell([outcome.pair])
            self._next(run, total)

        def page(index: int, pages: int) -> None:
            if run.stopped and not outcome.kept:
                self._view.end_paper(send=False)
                self._next(run, total)
            elif index == pages:
                self._tasks.run(lambda: run.can_be_told(outcome), send, lost)
            else:
                self._tasks.render(
                    lambda: printing.page(pdf, index, dpi), lambda drawn: painted(drawn, index, pages), lost
                )

        def send(wrong: Wrong | None) -> None:
            taken = self._view.end_paper(send=wrong is None)
            if wrong is not None or not taken:
                finished(wrong or Trouble("printer"))
            else:
                self._tasks.run(lambda: run.printed(outcome), finished, self._failed)

        def painted(drawn: Page, index: int, pages: int) -> None:
            if self._view.paint_on_paper(*drawn):
                page(index + 1, pages)
            else:
                self._view.end_paper(send=False)
                finished(Trouble("printer"))

        def lost(cause: Exception) -> None:
            self._view.end_paper(send=False)
            self._failed(cause)

        def begin(about: tuple[int, tuple[float, float]]) -> None:
            nonlocal dpi
            dpi = self._view.begin_paper(outcome.pair.kind, outcome.title, about[1])
            page(0, about[0])

        self._tasks.render(lambda: (printing.page_count(pdf), printing.sheet(pdf)), begin, self._failed)

    def _failed(self, cause: Exception) -> None:
        run, self._run = self._run, None
        self._mailed()
        if run is not None:
            run.stop()
        self._view.end_progress()
        self._view.show_running(False)
        self._problems.show(cause)

    def _end(self, run: Run) -> None:
        self._run = None
        self._mailed()
        self._view.end_progress()
        self._view.show_running(False)
        count, wish = self._words.count, self._wish
        assert wish is not None
        self._tell([pair for pair in self._pairs if pair not in self._outcomes])
        made = sum(map(self._made, self._pairs))
        failed = len(self._pairs) - made
        if wish.where == "printer":
            told = count("{n} paper is sent to the printer.", "{n} papers are sent to the printer.", made)
        elif wish.where == "send":
            told = count(
                "The mail server took {n} mail for {to}.",
                "The mail server took {n} mails for {to}.",
                made,
                to=wish.to,
            )
        else:
            told = count("{n} paper is in {folder}.", "{n} papers are in {folder}.", made, folder=wish.folder)
        lost = count("{n} paper was not made.", "{n} papers were not made.", failed) if failed else ""
        if failed and wish.where == "send":
            lost = count("{n} paper was not sent.", "{n} papers were not sent.", failed)
            told = told if made else ""
        self._view.show_outcome(self._words.run_on((told, lost)), failed)

    def _made(self, pair: Pair) -> bool:
        return pair in self._outcomes and self._outcomes[pair] is None

    # Words ------------------------------------------------------------------------------------------------------

    def _tell(self, pairs: Sequence[Pair]) -> None:
        """Show what came of the batches of these papers."""
        touched = {pair.row.batch for pair in pairs}
        for index, line in enumerate(self._lines):
            if line.row.batch in touched:
                told, fine, why = self._told(line.row.batch)
                self._show_line(index, replace(line, told=told, fine=fine, why=why))

    def _told(self, batch: str) -> tuple[str, bool | None, str]:
        say = self._words.say
        own = [pair for pair in self._pairs if pair.row.batch == batch]
        wrong = list(
            dict.fromkeys(
                str(wording.tell(cause, self._words))
                for pair in own
                if (cause := self._outcomes.get(pair)) is not None
            )
        )
        made = sum(map(self._made, own))
        if self._run is None and any(pair not in self._outcomes for pair in own):
            wrong.append(say("It was stopped before."))
        told = self._words.count("{n} paper", "{n} papers", made) if made else ""
        if wrong:
            sends = self._wish is not None and self._wish.where == "send"
            return told or (say("Not sent") if sends else say("Not made")), False, self._words.run_on(wrong)
        return told, True if made == len(own) else None, ""
