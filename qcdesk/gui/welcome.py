# SPDX-License-Identifier: Apache-2.0
"""Failed tries, the last signature, uses of the recovery sheet; to administrators others' tries and who is locked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeAlias

from qcdesk.domain.guessing import Moment
from qcdesk.gui.asking import SittingNow, Who
from qcdesk.gui.problems import Told
from qcdesk.gui.records import Notice
from qcdesk.gui.tasks import Tasks
from qcdesk.gui.watching import Standing
from qcdesk.i18n import Catalogue
from qcdesk.services.rows import LockRow, RecoveryUseRow, SignInNotice, TriedRow
from qcdesk.services.use_cases import UseCases
from qcdesk.wording import ages, concerns, health, sign_ins

FAILED, SHEET, LOCKED, MOVED, OTHERS = "failed", "sheet", "locked", "moved", "others"
MOST_RUNS = 5
"""Of more runs of tries of others only the newest are told one by one."""

Watched: TypeAlias = tuple[tuple[LockRow, ...], tuple[TriedRow, ...]]


class Welcome:
    """What must be seen stays until it was; a lock stands there until it is over."""

    def __init__(
        self,
        standing: Standing,
        use: UseCases,
        tasks: Tasks,
        words: Catalogue,
        failed: Callable[[Exception], None],
        sitting: SittingNow,
        notice: Notice,
        look_at: Callable[[str], None],
    ) -> None:
        self._standing = standing
        self._use = use
        self._tasks = tasks
        self._words = words
        self._failed = failed
        self._sitting = sitting
        self._notice = notice
        self._look_at = look_at
        self._looks_after = False
        self._said: set[str] = set()
        self._told_moved = False

    def begin(self, who: Who) -> None:
        """Somebody signed in."""
        self.end()
        self._moved()
        use, person, moment = self._use, who.person, self._use.moment()

        def load() -> tuple[SignInNotice, tuple[RecoveryUseRow, ...], bool, Watched]:
            today = use.clock.today()
            rows = (row.person for row in use.read.people() if row.person.id == person)
            looks_after = any(one.has_role("administrator", today) for one in rows)
            watched = self._watched(person, moment) if looks_after else ((), ())
            return use.sign_in_notice(person), use.read.recovery_uses(moment.at), looks_after, watched

        def loaded(told: tuple[SignInNotice, tuple[RecoveryUseRow, ...], bool, Watched]) -> None:
            if not self._still(person):
                return
            notice, uses, self._looks_after, watched = told
            if notice.failed:
                tried = sign_ins.tries(notice, self._words, use.clock.today())
                self._tell_seen(
                    FAILED, Told(tried.fact, tried.way), lambda: use.saw_tries(person, notice.failed_to)
                )
            for row in uses:
                self._tell_seen(f"{SHEET} {row.seq}", self._recovery(row))
            self._show_watched(person, watched)
            if not notice.failed and notice.signed is not None:
                self._notice(sign_ins.signed(notice.signed, self._words, use.clock.today()))

        self._tasks.run(load, loaded, self._failed, latest="welcome")

    def tick(self) -> None:
        """Look who is locked now, and for whom a try failed."""
        sitting = self._sitting()
        if sitting is None or not self._looks_after:
            return
        moment, person = self._use.moment(), sitting.person

        def loaded(watched: Watched) -> None:
            if self._still(person):
                self._show_watched(person, watched)

        self._tasks.run(lambda: self._watched(person, moment), loaded, self._failed, latest="locks")

    def _watched(self, person: str, moment: Moment) -> Watched:
        return self._use.read.locks(moment), self._use.others_tried(person)

    def _show_watched(self, person: str, watched: Watched) -> None:
        locks, runs = watched
        self._show_locks(locks)
        if runs:
            newest, use = max(run.seq for run in runs), self._use
            self._tell_seen(OTHERS, self._others(runs), lambda: use.saw_others_tried(person, newest))
        elif OTHERS in self._said:
            self._take_back(OTHERS)

    def _moved(self) -> None:
        """Say once, until it was seen, that this workstation works under another id."""
        if self._use.workstation.gave_up and not self._told_moved:
            seen = self._words.say("I have seen it")
            self._said.add(MOVED)
            self._standing.tell(MOVED, Told(*health.moved(self._words)), seen, self._seen_moved)

    def _seen_moved(self) -> None:
        self._told_moved = True
        self._take_back(MOVED)

    def end(self) -> None:
        """Nobody is signed in any more."""
        self._looks_after = False
        for name in tuple(self._said):
            self._take_back(name)

    def _tell_seen(self, name: str, told: Told, keep: Callable[[], None] | None = None) -> None:
        """Say what stays until somebody says that it was seen; ``keep`` puts down that it was."""

        def seen() -> None:
            self._take_back(name)
            if keep is not None:
                self._tasks.run(keep, lambda _: None, self._failed)

        self._said.add(name)
        self._standing.tell(name, told, self._words.say("I have seen it"), seen)

    def _take_back(self, name: str) -> None:
        self._said.discard(name)
        self._standing.take_back(name)

    def _still(self, person: str) -> bool:
        sitting = self._sitting()
        return sitting is not None and sitting.person == person

    def _show_locks(self, locks: Sequence[LockRow]) -> None:
        standing = {f"{LOCKED} {row.person}": row for row in locks if row.stands}
        for name in tuple(self._said):
            if name.startswith(LOCKED) and name not in standing:
                self._take_back(name)
        for name, row in standing.items():
            self._said.add(name)
            word = self._words.say("Look at {name}", name=row.name)
            self._standing.tell(name, self._lock(row), word, partial(self._look_at, row.person))

    # words ----------------------------------------------------------------------------------------------------------

    def _near(self, at: int) -> str:
        return ages.near(at, self._use.clock.today(), self._words)

    def _others(self, runs: Sequence[TriedRow]) -> Told:
        """Tell of others' failed tries: one piece for each person and run, newest first."""
        words = self._words
        told = [
            words.say("{when}: {tried}", when=self._near(run.at),
                      tried=concerns.tried(run.name, run.tries, run.station, words))
            for run in runs[:MOST_RUNS]
        ]  # fmt: skip
        if len(runs) > MOST_RUNS:
            left = len(runs) - MOST_RUNS
            told.append(words.count("And {n} earlier time.", "And {n} earlier times.", left))
        return Told(
            words.run_on(told),
            words.say("Ask whether the tries were theirs. All of them are in what wants explaining."),
        )

    def _recovery(self, row: RecoveryUseRow) -> Told:
        say = self._words.say
        when = self._near(row.at)
        fact = say("The recovery sheet was used, {when}, by {by}.", when=when, by=row.by)
        if row.person:
            fact = say(
                "The recovery sheet was used, {when}, by {by}, about {person}.",
                when=when,
                by=row.by,
                person=row.person,
            )
        return Told(fact, say("Everybody is told for 90 days. Ask, if you know nothing of it."))

    def _lock(self, row: LockRow) -> Told:
        say = self._words.say
        when = self._near(row.at)
        if row.station:
            when = say("{times} at {station}", times=when, station=row.station)
        fact = say("{name} is locked after 10 wrong tries, {when}.", name=row.name, when=when)
        own = self._still(row.person)
        way = (
            say("Somebody else unlocks you.")
            if own
            else say("Ask first whether the tries were theirs; then unlock.")
        )
        return Told(fact, way)
