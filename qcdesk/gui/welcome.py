# SPDX-License-Identifier: Apache-2.0
"""Failed tries and the last signature at the sign-in, uses of the recovery sheet, and to administrators who is locked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from qcdesk.gui.asking import SittingNow, Who
from qcdesk.gui.problems import Told
from qcdesk.gui.records import Notice
from qcdesk.gui.tasks import Tasks
from qcdesk.gui.watching import Standing
from qcdesk.i18n import Catalogue
from qcdesk.services.rows import LockRow, RecoveryUseRow, SignInNotice
from qcdesk.services.use_cases import UseCases
from qcdesk.wording import ages, health, sign_ins

FAILED, SHEET, LOCKED, MOVED = "failed", "sheet", "locked", "moved"


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

        def load() -> tuple[SignInNotice, tuple[RecoveryUseRow, ...], bool, tuple[LockRow, ...]]:
            today = use.clock.today()
            rows = (row.person for row in use.read.people() if row.person.id == person)
            looks_after = any(one.has_role("administrator", today) for one in rows)
            locks = use.read.locks(moment) if looks_after else ()
            return use.sign_in_notice(person), use.read.recovery_uses(moment.at), looks_after, locks

        def loaded(
            told: tuple[SignInNotice, tuple[RecoveryUseRow, ...], bool, tuple[LockRow, ...]],
        ) -> None:
            if not self._still(person):
                return
            notice, uses, self._looks_after, locks = told
            if notice.failed:
                tried = sign_ins.tries(notice, self._words, use.clock.today())
                self._tell_seen(
                    FAILED, Told(tried.fact, tried.way), lambda: use.saw_tries(person, notice.failed_to)
                )
            for row in uses:
                self._tell_seen(f"{SHEET} {row.seq}", self._recovery(row))
            self._show_locks(locks)
            if not notice.failed and notice.signed is not None:
                self._notice(sign_ins.signed(notice.signed, self._words, use.clock.today()))

        self._tasks.run(load, loaded, self._failed, latest="welcome")

    def tick(self) -> None:
        """Look who is locked now."""
        sitting = self._sitting()
        if sitting is None or not self._looks_after:
            return
        moment, person = self._use.moment(), sitting.person

        def loaded(locks: tuple[LockRow, ...]) -> None:
            if self._still(person):
                self._show_locks(locks)

        self._tasks.run(lambda: self._use.read.locks(moment), loaded, self._failed, latest="locks")

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
