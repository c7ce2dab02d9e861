# SPDX-License-Identifier: Apache-2.0
"""People: who may do what, and the acts that change it; most of them take two."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol

from qcdesk.domain.inputs import BadInput
from qcdesk.domain.names import clean_login, clean_name
from qcdesk.domain.people import ROLES, Person, Role, namesakes, require_enrollable
from qcdesk.domain.refusals import LookAlike
from qcdesk.gui.asking import Answers, Ask, Asking, Question, ShowOnce, WhoNow
from qcdesk.gui.finding import Finding
from qcdesk.gui.problems import Problem, Problems
from qcdesk.gui.records import Notice, Values
from qcdesk.gui.screens.people.granting import LANGUAGES, Granting
from qcdesk.gui.screens.people.key_acts import KEY_ACTS, KeyActs, key_lines
from qcdesk.gui.screens.people.model import STATUS_LOOK
from qcdesk.gui.screens.people.rows import HeldRow, PersonCard
from qcdesk.gui.tasks import Tasks
from qcdesk.i18n import Catalogue
from qcdesk.services.ports import Hand
from qcdesk.services.rows import PersonKeysRow, PersonRow
from qcdesk.services.use_cases import UseCases
from qcdesk.wording import states
from qcdesk.wording.spelling import day, in_a_row


class PeopleView(Protocol):
    """The page."""

    def show_rows(self, rows: Sequence[PersonRow], *, searching: bool) -> None: ...
    def show_nothing(self) -> None: ...
    def show_person(self, card: PersonCard) -> None: ...
    def show_enrolling(self) -> None: ...
    def show_like_name(self, words: str) -> None: ...
    def show_working(self, working: bool) -> None: ...
    def show_problem(self, problem: Problem) -> None: ...


class PeoplePresenter:
    """A new person's password passes through here to the key that it seals, and is kept nowhere."""

    def __init__(
        self,
        view: PeopleView,
        use: UseCases,
        tasks: Tasks,
        words: Catalogue,
        problems: Problems,
        who: WhoNow,
        ask: Ask,
        notice: Notice,
        show_once: ShowOnce,
    ) -> None:
        self._view = view
        self._use = use
        self._tasks = tasks
        self._words = words
        self._problems = problems
        self._who = who
        self._ask = ask
        self._notice = notice
        self._all: Finding[PersonRow] = Finding()
        self._asked = ""
        self._chosen = ""
        self._keys: dict[str, PersonKeysRow] = {}
        self._granting = Granting(use, tasks, words, problems, ask, notice, self.reload)
        self._key_acts = KeyActs(use, words, ask, who, show_once, notice, self.reload)

    # the list -------------------------------------------------------------------------------------------------------

    def open(self, person: str = "") -> None:
        """Show the list; nobody chosen, or one who is asked for."""
        self._chosen = person
        self._view.show_nothing()
        self.reload()

    def reload(self) -> None:
        """Load everybody anew."""

        def texts(row: PersonRow) -> Iterable[str]:
            return row.person.name, row.person.login or "", row.person.staff or ""

        moment = self._use.moment()
        self._tasks.run(
            lambda: (Finding(self._use.read.people(), texts), self._use.read.person_keys(moment)),
            lambda both: self._loaded(*both),
            self._problems.show,
            latest="people",
        )

    def _loaded(self, people: Finding[PersonRow], keys: tuple[PersonKeysRow, ...]) -> None:
        self._all = people
        self._keys = {row.person: row for row in keys}
        self.search(self._asked)
        row = self._row(self._chosen)
        if row is not None:
            self._view.show_person(self._card(row))

    def search(self, text: str) -> None:
        """Narrow the list."""
        self._asked = text
        self._view.show_rows(self._all.matching(text), searching=bool(text.strip()))

    def choose(self, row: PersonRow) -> None:
        """Show one person."""
        self._chosen = row.person.id
        self._view.show_person(self._card(row))

    def leave(self) -> None:
        """Enrol nobody."""
        row = self._row(self._chosen)
        if row is None:
            self._view.show_nothing()
        else:
            self._view.show_person(self._card(row))

    def _row(self, person: str) -> PersonRow | None:
        return next((row for row in self._all.rows if row.person.id == person), None)

    def _name(self, person: str) -> str:
        row = self._row(person)
        return row.person.name if row else ""

    def _card(self, row: PersonRow) -> PersonCard:
        say, one, today = self._words.say, row.person, self._use.clock.today()
        look = STATUS_LOOK[one.status]
        names = [self._name(person) or person for person in row.enrolled_by]
        about = one.login or say("signs nothing")
        if one.staff:
            about = say("{login} · number {staff}", login=about, staff=one.staff)
        return PersonCard(
            person=one.id,
            name=one.name,
            about=about,
            status=say(states.PERSON_STATES[one.status]),
            shape=look.shape or "tick",
            status_role=look.role,
            enrolled=in_a_row(names, self._words) or say("nobody"),
            languages=in_a_row((LANGUAGES.get(code, code) for code in one.languages), self._words),
            roles=tuple(
                self._held(g.role, states.role(g.role, self._words), g.until, g.families, today)
                for g in one.roles
            ),
            qualifications=tuple(
                self._held(q.procedure, q.procedure, q.until, (), today) for q in one.qualifications
            ),
            can_sign=one.status == "active",
            suspended=one.status == "suspended",
            keys=key_lines(row, self._keys.get(one.id), today, self._words),
            acts=self._key_acts.offered(row, self._keys.get(one.id)),
        )

    def _held(
        self, code: str, words: str, until: date | None, families: Sequence[str], today: date
    ) -> HeldRow:
        say = self._words.say
        over = until is not None and until < today
        note = in_a_row(families, self._words)
        if until is not None:
            when = day(until, self._words, today)
            last = say("ended on {day}", day=when) if over else say("until {day}", day=when)
            note = say("{families}, {until}", families=note, until=last) if note else last
        return HeldRow(code, words[:1].upper() + words[1:], note, over)

    # enrolling ------------------------------------------------------------------------------------------------------

    def add(self) -> None:
        """Show the form for another person."""
        self._view.show_enrolling()

    def enrol(self, values: Values, secret: str, again: str) -> None:
        """Look at what was typed, then have two people sign."""
        everyone = tuple(row.person for row in self._all.rows)

        def look() -> tuple[str, str, tuple[Role, ...]]:
            name, login = clean_name(values["name"]), clean_login(values["login"])
            roles = tuple(role for role in ROLES if values.get(f"role_{role}"))
            if not roles:
                raise BadInput("missing", where={"field": "set"})
            require_enrollable(login, values["staff"] or "\0", everyone)
            if not secret:
                raise BadInput("missing", where={"field": "secret"})
            if secret != again:
                raise BadInput("secret_differs", where={"field": "again"})
            twin = _twin(name, everyone)
            if twin is not None and not values.get("another"):
                raise LookAlike(name, twin.name, twin.status == "listed")
            # Made and thrown away: a weak password is refused here, beside its field, before anybody signs.
            self._use.keys.make(self._use.ids.new(), self._use.ids.new(), login, secret)
            return name, login, roles

        def failed(cause: Exception) -> None:
            if isinstance(cause, LookAlike):
                say = self._words.say
                self._view.show_like_name(
                    say("Another person than {name}; we both know that", name=cause.other)
                )
            self._problems.show(cause)

        self._view.show_working(True)
        self._tasks.run(look, lambda taken: self._have_signed(*taken, values, secret), failed)

    def _have_signed(
        self, name: str, login: str, roles: tuple[Role, ...], values: Values, secret: str
    ) -> None:
        say = self._words.say
        self._view.show_working(False)
        languages = tuple(code for code in LANGUAGES if values.get(f"language_{code}"))

        def act(_answers: Answers, hands: tuple[Hand, ...]) -> str:
            fact = self._use.enrol(
                hands[0],
                hands[1],
                login=login,
                name=name,
                roles=roles,
                secret=secret,
                staff=values["staff"],
                languages=languages,
                another_person=bool(values.get("another")),
            )
            return fact.person

        held = in_a_row((states.role(role, self._words) for role in roles), self._words)
        asking = Asking(
            say("Enrol {name}", name=name),
            say("We know {name}, who works here as {roles}.", name=name, roles=held),
            say("Enrol {name}", name=name),
            note=say("The new person has typed a password of their own; you do not know it."),
            other=True,
            sheet=True,
        )
        self._ask(asking, act, lambda person: self._enrolled(person, name))

    def _enrolled(self, person: str, name: str) -> None:
        self._chosen = person
        self._view.show_nothing()
        self._notice(self._words.say("{name} is enrolled.", name=name))
        self.reload()

    def list_maker(self) -> None:
        """List somebody who makes units and signs nothing."""
        say = self._words.say
        asking = Asking(
            say("List a maker"),
            say("Somebody who makes units and signs nothing, so that batches can name who made them."),
            say("List the maker"),
            (
                Question("name", say("Name"), hint=say("As its owner writes it")),
                Question("staff", say("Staff number"), optional=True),
            ),
            secret=False,
        )

        def act(answers: Answers, _hands: tuple[Hand, ...]) -> tuple[str, str]:
            fact = self._use.list_person(self._who().sitting, answers["name"], answers["staff"])
            return fact.person, fact.name

        def done(listed: tuple[str, str]) -> None:
            self._chosen = listed[0]
            self._notice(self._words.say("{name} is listed.", name=listed[1]))
            self.reload()

        self._ask(asking, act, done)

    def act(self, act: str, about: str) -> None:
        """Do what the card offers."""
        row = self._row(self._chosen)
        if row is None:
            return
        if act in KEY_ACTS:
            self._key_acts.act(row, act)
        else:
            self._granting.act(row, act, about)


def _twin(name: str, everyone: Sequence[Person]) -> Person | None:
    return next(iter(namesakes(name, tuple(everyone))), None)
