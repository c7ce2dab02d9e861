# SPDX-License-Identifier: Apache-2.0
"""What a presenter needs to know who is at work, and to have something asked and signed, without the sheet itself."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol, TypeVar

from qcdesk.domain.events import Way
from qcdesk.services.pin_sittings import PinSitting
from qcdesk.services.ports import CodeCard, Hand
from qcdesk.services.sittings import Sitting

T = TypeVar("T")
Answers = Mapping[str, str]
QuestionKind = Literal["line", "text", "choice", "day", "people", "secret", "file", "rows"]


@dataclass(frozen=True, slots=True)
class Who:
    """The person signed in: the sitting, how the person is shown, and the PIN of the sitting where one was set."""

    sitting: Sitting
    login: str
    name: str
    role: str
    staff: str = ""
    pin: PinSitting | None = None

    @property
    def person(self) -> str:
        return self.sitting.person

    @property
    def has_pin(self) -> bool:
        """Whether a PIN opens this person's key now."""
        return self.pin is not None and self.pin.standing


@dataclass(frozen=True, slots=True)
class Secret:
    """What somebody gave to sign with: a password, the PIN of the sitting, or a badge (``code``) with its PIN."""

    way: Way
    text: str = field(repr=False)
    code: str = field(default="", repr=False)


SittingNow = Callable[[], Sitting | None]
"""Whose sitting is open, or None."""
WhoNow = Callable[[], Who]
"""Who is signed in. Asked for only by pages that are open while somebody is."""


Row = Mapping[str, str]
"""What stands in one line of several, by question."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What is said under several lines as they stand now, and whether the sheet can be given so."""

    words: str
    ready: bool


@dataclass(frozen=True)
class RowsAsked:
    """Several lines of the same questions, which can be added and taken out; ``judge`` follows every touch."""

    questions: tuple[Question, ...]
    adding: str
    judge: Callable[[Sequence[Row]], Judged]
    shares: tuple[int, ...] = ()
    start: tuple[Row, ...] = ({}, {})


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to fill in. ``choices`` are (code, words); ``people`` are codes joined by a comma; days are ISO.
    A ``file`` is chosen, or its path typed; ``value`` names what is offered, as in ``PDF (*.pdf)``.

    A ``secret`` is hidden while it is typed and forgotten when the sheet is left or answered. ``only``: it is asked only
    while another question, a choice, has one of these answers; else it counts as empty. ``rows``: its answer is what
    ``rows_of`` reads.
    """

    code: str
    words: str
    kind: QuestionKind = "line"
    choices: tuple[tuple[str, str], ...] = ()
    value: str = ""
    optional: bool = False
    hint: str = ""
    only: tuple[str, ...] = ()
    rows: RowsAsked | None = None


def rows_of(answer: str) -> list[dict[str, str]]:
    """Return the lines that an answer holds."""
    found: list[dict[str, str]] = json.loads(answer) if answer else []
    return found


@dataclass(frozen=True, slots=True)
class Asking:
    """A sheet: what will be done, what is to be filled in, and who signs it (``other``: two different people).

    ``but``: people who cannot be the second; ``sheet``: the recovery sheet may be it; ``password``: badge and PIN are not
    enough for the first. ``by_log``: whatever the tables say of these two, which the log is asked of in the act.
    ``recorded``: the log keeps what comes of it; else it is only done.
    """

    title: str
    says: str
    button: str
    questions: tuple[Question, ...] = ()
    note: str = ""
    secret: bool = True
    other: bool = False
    stops: bool = False
    but: tuple[str, ...] = ()
    sheet: bool = False
    password: bool = False
    by_log: bool = False
    recorded: bool = True


@dataclass(frozen=True, slots=True)
class Once:
    """A card that is shown once: what it is, what to do with it, and the words of the button that puts it away."""

    title: str
    says: str
    done: str
    card: CodeCard


class ShowOnce(Protocol):
    """Shows a card with a code, and goes on when it was put away."""

    def __call__(self, once: Once, go_on: Callable[[], None] = ...) -> None:
        """Show it."""


class Ask(Protocol):
    """Opens the sheet; ``work`` runs on the thread of the database with the answers and the opened hands."""

    def __call__(
        self, asking: Asking, work: Callable[[Answers, tuple[Hand, ...]], T], done: Callable[[T], None]
    ) -> None:
        """Ask; a refusal is shown in the sheet, which stays open with what was filled in."""


class AskSecret(Protocol):
    """Opens the sheet that asks for the secret of the person signed in, and of a second person where two sign."""

    def __call__(
        self,
        meaning: str,
        work: Callable[[tuple[Hand, ...]], T],
        done: Callable[[T], None],
        *,
        other: bool = False,
        button: str = "",
    ) -> None:
        """Ask, open the keys, do ``work`` with the hands on the thread of the database, then call ``done``.

        Args: meaning: one or two sentences: what the signature says, ready to show. work: the use case; gets
            (own hand,) or (own hand, the other's). A refusal is shown in the sheet, which stays open.
            other: two different people sign. button: the act's words ("Approve IP-204 v8").
        """
