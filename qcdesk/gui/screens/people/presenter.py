# SPDX-License-Identifier: Apache-2.0
"""People: who may do what, and the acts that change it; most of them take two."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from qcdesk.domain.events import PersonEnrolled
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.names import clean_login, clean_name
from qcdesk.domain.people import ROLES, Person, Role, namesakes, require_enrollable
from qcdesk.domain.refusals import LookAlike, Refusal
from qcdesk.gui.asking import Answers, Ask, Asking, Question, ShowOnce, WhoNow
from qcdesk.gui.collation import in_order
from qcdesk.gui.finding import Finding
from qcdesk.gui.problems import Problem, Problems
from qcdesk.gui.records import Notice, Values
from qcdesk.gui.screens.people.granting import LANGUAGES, Granting
from qcdesk.gui.screens.people.key_acts import KEY_ACTS, KeyActs, key_lines
from qcdesk.gui.screens.people.model import STATUS_LOOK
from qcdesk.gui.screens.people.rows import HeldRow, PersonCard
from qcdesk.gui.tasks import Tasks
from qcdesk.i18n import Catalogue
from qcdesk.services.issue_badges import Issued
from qcdesk.services.ports import Hand
from qcdesk.services.rows import PersonKeysRow, PersonRow
from qcdesk.services.trouble import Trouble
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


Twice = tuple[str, str]
"""A secret as it was typed, and once more."""


@dataclass(frozen=True)
class _Enrolled:
    """Who was enrolled, and the first badge or why there is none."""

    one: Person
    issued: Issued | None = None
    failed: Exception | None = None


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
            lambda: (
                Finding(in_order(self._use.read.people(), lambda row: row.person.name), texts),
                self._use.read.person_keys(moment),
            ),
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

    def enrol(self, values: Values, password: Twice, badge_pin: Twice = ("", "")) -> None:
        """Look at what was typed, then have two people sign; with a PIN, the person gets the first badge at once."""
        (secret, again), (pin, pin_again) = password, badge_pin
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
            if pin != pin_again:
                raise BadInput("pin_differs", where={"field": "pin_again"})
            # Made and thrown away: what is easy to guess is refused here, beside its field, before anybody signs.
            made = self._use.keys.make(self._use.ids.new(), self._use.ids.new(), login, secret)
            if pin:
                self._use.keys.new_badge(self._use.ids.new(), name, made.hand, pin)
            return name, login, roles

        def failed(cause: Exception) -> None:
            if isinstance(cause, LookAlike):
                say = self._words.say
                self._view.show_like_name(
                    say("Another person than {name}; we both know that", name=cause.other)
                )
            self._problems.show(cause)

        self._view.show_working(True)
        self._tasks.run(look, lambda taken: self._have_signed(*taken, values, secret, pin), failed)

    def _have_signed(
        self, name: str, login: str, roles: tuple[Role, ...], values: Values, secret: str, pin: str
    ) -> None:
        say = self._words.say
        self._view.show_working(False)
        languages = tuple(code for code in LANGUAGES if values.get(f"language_{code}"))

        def act(_answers: Answers, hands: tuple[Hand, ...]) -> _Enrolled:
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
            return self._with_badge(fact, login, secret, pin, hands[0])

        held = in_a_row((states.role(role, self._words) for role in roles), self._words)
        knows = say("We know {name}, who works here as {roles}.", name=name, roles=held)
        asking = Asking(
            say("Enrol {name}", name=name),
            say("{meaning} The badge is signed with it.", meaning=knows) if pin else knows,
            say("Enrol {name}", name=name),
            note=say("The new person has typed a password of their own; you do not know it."),
            other=True,
            sheet=True,
        )
        self._ask(asking, act, self._enrolled)

    def _with_badge(self, fact: PersonEnrolled, login: str, secret: str, pin: str, beside: Hand) -> _Enrolled:
        """Make the first badge of who was just enrolled; where that fails, the person is enrolled all the same."""
        one = Person(fact.person, fact.name, login, fact.staff)
        if not pin:
            return _Enrolled(one)
        try:
            issued = self._use.issue_badge(self._use.open_hand(login, secret), beside, pin)
        except (Refusal, BadInput, Trouble) as cause:
            return _Enrolled(one, failed=cause)
        return _Enrolled(one, issued)

    def _enrolled(self, made: _Enrolled) -> None:
        self._chosen = made.one.id
        self._view.show_nothing()
        self._notice(self._words.say("{name} is enrolled.", name=made.one.name))
        self.reload()
        if made.issued is not None:
            self._key_acts.hand_over(made.one, made.issued)
        if made.failed is not None:
            self._problems.show(made.failed)

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
                Question(
                    "another",
                    say("Where the name reads like somebody's"),
                    "choice",
                    (("no", say("Ask me again")), ("yes", say("I know that it is another person"))),
                    "no",
                ),
            ),
            secret=False,
        )

        def act(answers: Answers, _hands: tuple[Hand, ...]) -> tuple[str, str]:
            fact = self._use.list_person(
                self._who().sitting,
                answers["name"],
                answers["staff"],
                another_person=answers["another"] == "yes",
            )
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
