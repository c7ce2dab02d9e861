# SPDX-License-Identifier: Apache-2.0
"""Checks everything beside the work of others, says how far it is, and tells what it found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol

from qcdesk.domain.anchors import Lost
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.numbers import parse_quantity
from qcdesk.gui.asking import Answers, Ask, Asking, Question, WhoNow
from qcdesk.gui.problems import Problem, Problems
from qcdesk.gui.screens.verification.rows import Answer, FindingRow
from qcdesk.gui.tasks import Tasks
from qcdesk.i18n import Catalogue
from qcdesk.services.ports import Hand, HeldAgainst, Verified
from qcdesk.services.use_cases import UseCases
from qcdesk.wording import health, losses
from qcdesk.wording.spelling import whole

Found = tuple[Verified, str, dict[str, str], HeldAgainst]
"""What was found, the site's fingerprint, what people call the batches, and the anchors that were held against it."""


class VerificationView(Protocol):
    """The page."""

    def show_running(self, how_far: Callable[[], tuple[str, float | None]]) -> None: ...
    def show_answer(self, answer: Answer) -> None: ...
    def show_problem(self, problem: Problem) -> None: ...


class VerificationPresenter:
    """One run at a time; leaving the page lets it go on."""

    def __init__(
        self,
        view: VerificationView,
        use: UseCases,
        tasks: Tasks,
        words: Catalogue,
        problems: Problems,
        ask: Ask,
        who: WhoNow,
        checked: Callable[[], None],
    ) -> None:
        self._view, self._use, self._tasks, self._ask = view, use, tasks, ask
        self._words, self._problems, self._who, self._checked = words, problems, who, checked
        self._by = ""
        self._counts = False
        self._running = self._stop = False
        self._far = (0, 0)
        self._asked: tuple[str, ...] = ()
        self._answer: Answer | None = None

    def open(self) -> None:
        """Show the last answer, or that nothing was checked yet."""
        say = self._words.say
        if self._by != self._who().person:  # what one may count, the next one may not
            self._answer, self._counts = None, False
        if not self._running:
            self._view.show_answer(
                self._answer
                or Answer(
                    "unknown", say("Not checked yet"), say("A check reads everything and changes nothing.")
                )
            )

    def check(self) -> None:
        """Read everything again."""
        self._begin(())

    def check_against(self, files: Sequence[str]) -> None:
        """Hold anchors against the log (files, or codes typed off paper), and read everything again."""
        self._begin(tuple(files))

    def ask_for_code(self) -> None:
        """Ask for the code that a report or a closing slip has in its foot, then check against it."""
        say = self._words.say
        asking = Asking(
            say("Check against paper"),
            say("Every report and every closing slip says which event was the last one when it was made."),
            say("Compare with the paper"),
            (
                Question(
                    "code", say("Code off the paper"), hint="1204 · 9F3A 2C7B 1D04 E6AA · ABCD-EFGH-JKLM-NPQR"
                ),
            ),
            secret=False,
        )

        def work(answers: Answers, _hands: tuple[Hand, ...]) -> str:
            typed = answers["code"].strip()
            if "/" in typed or "\\" in typed:  # a path is chosen, not typed
                raise BadInput("not_an_anchor", facts={"file": typed}, where={"field": "code"})
            self._use.keeping.against((typed,))
            return typed

        self._ask(asking, work, lambda typed: self._begin((typed,)))

    def void(self, event: str) -> None:
        """Declare an event void that does not hold: two people; its batch goes to a new round."""
        say = self._words.say
        asking = Asking(
            say("Declare an event void"),
            say(
                "It stays in the log and in this list, and stops nothing any more. Where a release could rest on it, "
                "its batch goes to a new round."
            ),
            say("Declare it void"),
            (Question("event", say("Event"), value=event), Question("reason", say("Reason"), "text")),
            other=True,
            stops=True,
        )

        def work(answers: Answers, hands: tuple[Hand, ...]) -> object:
            number = parse_quantity(answers["event"], where={"field": "event"})
            return self._use.void_event(hands[0], hands[1], number, answers["reason"])

        self._ask(asking, work, lambda _: self.again())

    def rebuild(self) -> None:
        """Have the tables written anew from the log: two people; then everything is checked once more."""
        say = self._words.say
        asking = Asking(
            say("Write the tables anew"),
            say(
                "Every row that is not what the log says is written anew from it. The log stays as it is, and so do "
                "keys, records and pictures."
            ),
            say("Write them anew"),
            (Question("reason", say("Reason"), "text"),),
            note=say("It takes as long as a check of everything. All of it is written, or nothing."),
            other=True,
            password=True,
            by_log=True,
        )
        self._ask(
            asking, lambda answers, hands: (hands, answers["reason"]), lambda both: self._rebuild(*both)
        )

    def _rebuild(self, hands: tuple[Hand, ...], reason: str) -> None:
        if self._running:
            return
        self._asked, self._by = (), self._who().person
        self._running, self._stop, self._far, self._counts = True, False, (0, 0), False
        self._view.show_running(self._how_far)

        def work() -> Found:
            self._use.rebuild_tables(hands[0], hands[1], reason, self._step)
            return self._verify(())

        self._tasks.run(work, self._done, self._failed)

    def sign_restore(self) -> None:
        """Sign what was lost, so that releases go on: two people, one of them an administrator."""
        self._tasks.run(self._use.keeping.lost, self._sign_lost, self._problems.show)

    def _sign_lost(self, lost: Lost | None) -> None:
        say = self._words.say
        if lost is None:
            return
        asking = Asking(
            say("Sign what was lost"),
            "\n".join((say("Events {first} to {last} were seen here and are not in this log.",
                           first=lost.since + 1, last=lost.seq), *losses.told(lost.acts, self._words, most=8))),
            say("Sign what was lost"),
            (Question("said", say("What was lost, and how"), "text"),),
            note=say("Releases and certificates then go on. The loss stays in the log for ever."),
            other=True,
            stops=True,
        )  # fmt: skip
        self._ask(
            asking,
            lambda a, h: self._use.sign_restore(h[0], h[1], lost.since + 1, lost.seq, a["said"]),
            lambda _: self.again(),
        )

    def again(self) -> None:
        """Try what was asked for last once more."""
        self._begin(self._asked)

    def _begin(self, files: tuple[str, ...]) -> None:
        if self._running:
            return
        self._asked, self._by = files, self._who().person
        self._running, self._stop, self._far, self._counts = True, False, (0, 0), False
        self._view.show_running(self._how_far)
        self._tasks.render(lambda: self._verify(files), self._done, self._failed)

    def cancel(self) -> None:
        """Stop at the next page of the log."""
        self._stop = True

    def _verify(self, files: tuple[str, ...]) -> Found:
        keeping = self._use.keeping
        self._counts = self._use.read.closed_from(self._by) is None
        held = keeping.against(files) if files else HeldAgainst(0, ())
        verified = keeping.verify(self._step)
        verified = replace(verified, problems=(*held.problems, *verified.problems))  # the loudest first
        return verified, keeping.fingerprint(), self._numbers(verified), held

    def _numbers(self, verified: Verified) -> dict[str, str]:
        """Return what people call the batches that a finding is about; a forged one may have no number."""
        found = {}
        for batch in {
            problem.batch
            for problem in (*verified.problems, *(e.problem for e in verified.explained))
            if problem.batch
        }:
            try:
                with self._use.look() as uow:
                    found[batch] = uow.batch(batch).number
            except BadInput:
                found[batch] = ""
        return found

    def _step(self, done: int, total: int) -> bool:
        self._far = (done, total)  # one assignment: read whole from the other thread
        return not self._stop

    def _how_far(self) -> tuple[str, float | None]:
        done, total = self._far
        if not total:
            return self._words.say("Reading the log …"), None
        if not self._counts:
            return self._words.say("Reading the log …"), min(1.0, done / total)
        told = self._words.say(
            "{done} of {total} events checked", done=whole(done, self._words), total=whole(total, self._words)
        )
        return told, min(1.0, done / total)

    def _failed(self, cause: Exception) -> None:
        self._running = False
        self.open()
        self._problems.show(cause)

    def _done(self, found: Found) -> None:
        self._running = False
        self._answer = self._told(*found)
        self._view.show_answer(self._answer)
        self._checked()

    def _counted(self, verified: Verified) -> tuple[tuple[str, str], ...]:
        """Say how much was read, but to whom it would count how often a first check was saved."""
        say = self._words.say
        if not self._counts:
            return ((say("Events checked"), say("all; how many is told after the comparison")),)
        return (
            (say("Events checked"), whole(verified.checked, self._words)),
            (say("Last event"), say("{n} · {hash}", n=verified.head[0], hash=verified.head[1][:12])),
        )

    def _told(
        self, verified: Verified, fingerprint: str, numbers: dict[str, str], held: HeldAgainst
    ) -> Answer:
        say = self._words.say
        anchors = held.anchors
        findings = tuple(
            FindingRow(
                str(problem.event or ""),
                problem.batch or "",
                numbers.get(problem.batch or "", ""),
                health.problem(problem.code, problem.facts, self._words),
            )
            for problem in verified.problems
            if problem.code != "cancelled"
        )
        said = (
            *(
                FindingRow(
                    str(each.problem.event or ""),
                    each.problem.batch or "",
                    numbers.get(each.problem.batch or "", ""),
                    health.explained(each, self._words),
                )
                for each in verified.explained
            ),
            *(
                FindingRow(str(remark.event or ""), "", "", health.remark(remark, self._words))
                for remark in verified.remarks
            ),
        )
        stopped = any(problem.code == "cancelled" for problem in verified.problems)
        facts = (
            *self._counted(verified),
            (say("Fingerprint of the site"), fingerprint),
            *(((say("Anchors held against it"), str(anchors)),) if anchors else ()),
            *(
                ((say("Not signed"), health.unsigned(len(held.unsigned), self._words)),)
                if held.unsigned
                else ()
            ),
        )
        tables = health.in_tables(verified.problems)
        if findings:
            return Answer(
                "broken",
                self._words.count("{n} thing does not hold", "{n} things do not hold", len(findings)),
                say(
                    "Release and print nothing. Copy the workspace's folder away before anything else, "
                    "then compare it with the last backup. Two people can have the tables written anew from the log."
                )
                if tables
                else say(
                    "Release and print nothing. Copy the workspace's folder away before anything else, "
                    "then compare it with the last backup."
                ),
                facts,
                (*findings, *said),
                lost=any(problem.code.startswith("seen_") for problem in verified.problems),
                tables=tables,
            )
        if stopped:
            return Answer(
                "stopped",
                say("Stopped before the end"),
                say("What was read so far holds. Nothing was changed."),
                facts,
                said,
            )
        return Answer(
            "holds",
            say("Everything holds"),
            self._words.count(
                "The anchor given fits: up to its event nothing was cut off or put in another's place.",
                "All {n} anchors given fit: up to the last of their events nothing was cut off or put in "
                "another's place.",
                anchors,
            )
            if anchors
            else say(
                "No anchor was given: an end that was cut off, or an older copy put in its place, would not show."
            ),
            facts,
            said,
        )
