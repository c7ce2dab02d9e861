# SPDX-License-Identifier: Apache-2.0
"""One call of the command line: its options, who acts, where it reads and writes, what it answers."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

import typer

from qcdesk import config, logs
from qcdesk.cli.doors import Doors, Workspace
from qcdesk.cli.output import Data
from qcdesk.cli.terminal import Terminal
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import SeenEventLost
from qcdesk.services.ports import Hand, Sheet
from qcdesk.services.sittings import Sitting
from qcdesk.services.use_cases import UseCases
from qcdesk.wording import health, problems, sign_ins

LONGEST_SECRET_LINE = 8_192  # bytes


@dataclass
class ToPrinter:
    """The printer that takes what a command would write, and what it took so far."""

    name: str
    jobs: list[Data] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)


@dataclass(kw_only=True)
class Call(Terminal):
    """The options before the command, and everything that a command on a workspace needs.

    ``ask`` reads a secret at a terminal; None where there is none.
    """

    doors: Doors
    ask: Callable[[str], str] | None = None
    workspace: str | None = None
    login: str | None = None
    beside: tuple[str, ...] = ()
    secret_stdin: bool = False
    pades: bool = False
    """Whether what is written is to carry the company's signature."""
    printer: ToPrinter | None = None
    """Where papers go instead of into files; whoever acts then signs each copy with the secret that was given once."""
    company_password: str | None = field(default=None, repr=False)
    _opened: Workspace | None = field(default=None, repr=False)
    _here: dict[str, str] = field(default_factory=dict, repr=False)
    """Whose secrets opened a key: their ids by login."""
    _again: tuple[Hand, ...] = field(default=(), repr=False)

    @property
    def location(self) -> str:
        """Where the workspace is: the option, the environment, or the platform's folder."""
        return config.workspace_location(self.workspace)

    @property
    def shown_location(self) -> str:
        """Where the workspace is, without the password of a server's address."""
        return logs.masked(self.location)

    @property
    def use(self) -> UseCases:
        """The use cases of the workspace, opened at the first need."""
        if self._opened is None:
            self._opened = self.doors.open_workspace(self.location, progress=self.telling(self._upgraded))
        return self._opened.use

    def _upgraded(self, percent: int) -> str:
        """Say how far a workspace of an earlier version is brought."""
        return self.words.say("Bringing the workspace up to this version: {percent} %", percent=percent)

    def _say_what_is_lost(self) -> None:
        """Say on standard error that this workspace is older than what was seen here, whatever was asked of it."""
        lost = self._opened.use.keeping.lost() if self._opened is not None else None
        if lost is not None:
            told = problems.tell(
                SeenEventLost(lost.kind, lost.seq, lost.at, lost.last, lost.since), self.words
            )
            self.complain(self.words.say("{fact} {way}", fact=told.fact, way=told.way))

    def _say_what_moved(self) -> None:
        """Say on standard error that this workstation works under another id than it did."""
        if self._opened is not None and self._opened.use.workstation.gave_up:
            fact, way = health.moved(self.words)
            self.complain(self.words.say("{fact} {way}", fact=fact, way=way))

    def _say_what_was_tried(self) -> None:
        """Say on standard error which tries failed in the names of those who act.

        A terminal is read by whoever typed the secret; what a script writes may be read by nobody, so it stays unseen.
        """
        for login, person in self._here.items():
            notice = self.use.sign_in_notice(person)
            if not notice.failed:
                continue
            told = sign_ins.tries(notice, self.words, self.use.clock.today())
            self.complain(self.words.say("{login}: {fact} {way}", login=login, fact=told.fact, way=told.way))
            if self.at_terminal:
                self.use.saw_tries(person, notice.failed_to)

    def check_tail(self) -> None:
        """Check what was written since the last verified head, before something is released, shipped, or printed.

        What is found is kept at this station, as when the window opens: the use cases refuse by it. Where a whole
        verification has failed already they do so at once, until one holds.
        """
        with self.use.look() as uow:
            if uow.verification_failed:
                return
        self.use.keeping.verify_tail()

    def create(self) -> UseCases:
        """Open a new, empty workspace at the location."""
        self.close()  # whoever looked whether one is there has the place open
        self._opened = self.doors.open_workspace(self.location, create=True)
        return self._opened.use

    def close(self) -> None:
        """Let go of the workspace."""
        if self._opened is not None:
            self._opened.close()
        self._opened = None

    def reader(self) -> tuple[str | None, date | None]:
        """Return the name of who acts and the day, for sentences; None where no workspace was opened for it."""
        if self._opened is None:
            return None, None
        use = self._opened.use
        names = [
            row.person.name for row in use.read.people() if row.person.login == self.login and self.login
        ]
        return (names[0] if names else None), use.clock.today()

    # Who acts -----------------------------------------------------------------------------------------------------

    @property
    def at_terminal(self) -> bool:
        """Whether somebody sits there, who reads what is shown before typing the secret that signs it."""
        return self.ask is not None and not self.secret_stdin

    def show_before_signing(self, lines: Iterable[str]) -> None:
        """Show at the terminal what is going to be signed; it goes beside the answer, which programs read."""
        for line in lines:
            self.err.write(line + "\n")
        self.err.flush()

    def hands(self, wanted: int = 1, *, prompt: str = "", by_log: bool = False) -> tuple[Hand, ...]:
        """Open the keys of those who act: ``--as`` first, then each ``--with``; their secrets in that order.

        Args: prompt: for the secret of the first, where it signs what was just shown. by_log: whatever the tables say of
            these people, which the log is asked of later.
        Raises: BadInput: ``as_needed``, ``with_needed``, ``with_too_many``, ``secret_needed``; WrongSecret.
        """
        if self._again:
            return self._again
        if self.login is None:
            raise BadInput("as_needed")
        if len(self.beside) + 1 < wanted:
            raise BadInput("with_needed")
        if len(self.beside) + 1 > wanted:
            raise BadInput("with_too_many")
        use = self.use
        opened = use.open_hand_by_log if by_log else use.open_hand
        first = opened(self.login, self.secret_of(self.login, prompt=prompt))
        hands = (first, *(opened(login, self.secret_of(login)) for login in self.beside))
        self._here.update(zip((self.login, *self.beside), (hand.person for hand in hands), strict=True))
        if self.printer is not None:
            self._again = hands
        return hands

    def pair(self, *, recovery: bool = False) -> tuple[Hand, Hand]:
        """Open the keys of two who act; with ``recovery`` the sheet's code, as the next line, stands for the second."""
        if not recovery:
            by, other = self.hands(2)
            return by, other
        return self.hand(), self.use.open_sheet(self.recovery_code())

    def hand_with_sheet(self) -> tuple[Hand, Sheet]:
        """Open the recovery sheet and, past a lock that the sheet is to end, the key of the one who acts."""
        if self.login is None:
            raise BadInput("as_needed")
        if self.beside:
            raise BadInput("with_too_many")
        secret = self.secret_of(self.login)
        sheet = self.use.open_sheet(self.recovery_code())
        return self.use.open_hand(self.login, secret, sheet), sheet

    def recovery_code(self) -> str:
        """Return the recovery sheet's code: the next line of standard input, or typed at the terminal."""
        if self.secret_stdin:
            return self._line()
        if self.ask is None:
            raise BadInput("secret_needed", where={"field": "recovery"})
        return self.ask(self.words.say("Code of the recovery sheet: "))

    def anybody(self) -> str:
        """Return a person for what everybody may read; whoever is named by ``--as``, without a secret."""
        wall = self.use.read.wall()
        return next((row.person for row in wall if row.login == self.login), wall[0].person)

    def hand(self, *, prompt: str = "") -> Hand:
        """Open the key of the one person who acts."""
        return self.hands(1, prompt=prompt)[0]

    @contextmanager
    def sitting(self, hand: Hand | None = None) -> Iterator[Sitting]:
        """Open a sitting of the person who acts, and close it whatever happens."""
        hand = hand or self.hand()
        sitting = self.use.open_sitting(hand)
        try:
            yield sitting
        finally:
            self.use.close_sitting(sitting)

    def secret_of(self, login: str, *, prompt: str = "") -> str:
        """Return a person's secret: the next line of standard input, or typed at the terminal."""
        if self.secret_stdin:
            return self._line()
        if self.ask is None:
            raise BadInput("secret_needed", where={"field": "secret"})
        return self.ask(prompt or self.words.say("Password of {login}: ", login=login))

    def new_secret_of(self, login: str, *, prompt: str = "") -> str:
        """Return a secret that is chosen now; at a terminal it is typed twice."""
        secret = self.secret_of(login, prompt=prompt)
        if not self.secret_stdin and self.ask is not None:
            again = self.ask(
                self.words.say("Once more: ")
                if prompt
                else self.words.say("Once more, the password of {login}: ", login=login)
            )
            if unicodedata.normalize("NFC", again) != unicodedata.normalize("NFC", secret):
                raise BadInput("secret_differs", where={"field": "secret"})
        return secret

    def _line(self) -> str:
        line = self.stdin.readline(LONGEST_SECRET_LINE)
        if not line:
            raise BadInput("secret_needed", where={"field": "secret"})
        try:
            return line.decode("utf-8").rstrip("\r\n")
        except UnicodeDecodeError as odd:
            raise BadInput("secret_characters", where={"field": "secret"}) from odd

    # Answers ------------------------------------------------------------------------------------------------------

    def answer(self, data: Data, lines: Iterable[str], *, holds: bool = True) -> int:
        """Write what the command found or did, once: the document for programs, or the lines for people."""
        status = super().answer(data, lines, holds=holds)
        self._say_what_is_lost()
        self._say_what_moved()
        self._say_what_was_tried()
        return status


def call_of(ctx: typer.Context) -> Call:
    """Return the call that a command belongs to."""
    found = ctx.find_object(Call)
    assert found is not None
    return found
