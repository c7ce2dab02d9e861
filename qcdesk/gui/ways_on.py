# SPDX-License-Identifier: Apache-2.0
"""The way on that a refusal can offer where it is shown: two people correct the clock, or one signs in again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time

from qcdesk.domain.events import ClockCorrected
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import ClockBlocked, SittingOver, TimeFar
from qcdesk.domain.times import from_datetime
from qcdesk.gui.asking import Answers, Ask, Asking, Question, Who
from qcdesk.gui.changes import Changes
from qcdesk.gui.problems import Offer
from qcdesk.i18n import Catalogue
from qcdesk.services.ports import Hand
from qcdesk.services.use_cases import UseCases
from qcdesk.wording import ages
from qcdesk.wording.refusals import tell

Settled = Callable[[], None]


@dataclass(frozen=True, slots=True)
class _Far:
    """A true time that was named and is far from what the clock reads; ``moment`` in microseconds UTC."""

    cause: TimeFar
    moment: int
    said: str


class WaysOn:
    """Opens a sheet over whatever was refused; that stays as it was filled in, and is done again when it is settled.

    ``ask`` opens a sheet that may lie over another one; ``who`` is None while nobody is signed in.
    """

    def __init__(
        self,
        use: UseCases,
        words: Catalogue,
        ask: Ask,
        who: Callable[[], Who | None],
        changes: Changes,
        told: Callable[[str], None],
    ) -> None:
        self._use = use
        self._words = words
        self._ask = ask
        self._who = who
        self._changes = changes
        self._told = told

    def of(self, cause: Exception) -> Offer | None:
        """Return what can be done about it here and now; None: nothing in one sheet."""
        who = self._who()
        if isinstance(cause, ClockBlocked) and who is not None:
            return Offer(self._words.say("Correct the clock with two people"), self._correct)
        if isinstance(cause, SittingOver) and who is not None and who.name == cause.person:
            return Offer(self._words.say("Sign in again"), lambda settled: self.sit_down_again(who, settled))
        return None

    def _correct(self, settled: Settled) -> None:
        say = self._words.say
        now = ages.local(self._use.clock.now())
        asking = Asking(
            say("Correct the clock"),
            say(
                "We name the true time. The log goes on from it; the order of its events stays by their number."
            ),
            say("Sign the true time"),
            (
                Question("day", say("True day"), "day", value=now.date().isoformat()),
                Question("time", say("True time of day"), value=now.strftime("%H:%M")),
                Question("said", say("What was wrong with the clock"), "text"),
            ),
            note=say("Set the clock of this computer right first. What it shows now is filled in."),
            other=True,
        )

        def work(answers: Answers, hands: tuple[Hand, ...]) -> ClockCorrected | _Far:
            moment = _moment(answers["day"], answers["time"])
            try:
                return self._use.correct_clock(hands[0], hands[1], moment, answers["said"])
            except TimeFar as far:
                return _Far(far, moment, answers["said"])

        def done(fact: ClockCorrected | _Far) -> None:
            if isinstance(fact, _Far):
                self._ask(self._meant(fact), lambda _, hands: self._knowing(fact, hands), done)
                return
            settled()
            self._changes.tell(fact)
            self._told(say("The clock is corrected. Go on where you were."))

        self._ask(asking, work, done)

    def _meant(self, far: _Far) -> Asking:
        """Ask whether a time is meant that is far from what the clock reads: it may be a slip in the year."""
        told = tell(far.cause, self._words)
        say = self._words.say
        return Asking(
            say("Is that the true time?"),
            told.fact,
            say("Sign it as the true time"),
            note=told.way,
            other=True,
        )

    def _knowing(self, far: _Far, hands: tuple[Hand, ...]) -> ClockCorrected:
        return self._use.correct_clock(hands[0], hands[1], far.moment, far.said, knowing=True)

    def sit_down_again(self, who: Who, settled: Settled = lambda: None) -> None:
        """Ask the person whose sitting is over to sign in again, and go on."""
        say = self._words.say
        asking = Asking(
            say("Sign in again"),
            say("I am still here, and go on with what I was doing."),
            say("Go on"),
            note=say("What was filled in is still there; it was not saved yet."),
        )

        def done(_nothing: None) -> None:
            settled()
            self._told(say("You are signed in again. Go on where you were."))

        self._ask(asking, lambda _answers, hands: self._use.sit_down_again(hands[0], who.sitting), done)


def _moment(day: str, of_day: str) -> int:
    """Return a day and a time here as microseconds UTC. Raises: BadInput ``time_of_day``."""
    try:
        at = time.fromisoformat(of_day.strip())
        if at.tzinfo is not None:
            raise ValueError("the time here is meant")
        return from_datetime(datetime.combine(date.fromisoformat(day), at).astimezone())
    except (ValueError, OverflowError, OSError):
        raise BadInput("time_of_day", facts={"value": of_day}, where={"field": "time"}) from None
