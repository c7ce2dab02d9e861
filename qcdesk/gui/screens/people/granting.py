# SPDX-License-Identifier: Apache-2.0
"""What a person may do, is called and works in: given by two, taken by one, and suspended at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final, cast

from qcdesk.domain.people import ROLES, Person, Role, RoleGrant
from qcdesk.gui.asking import Answers, Ask, Asking, Question
from qcdesk.gui.collation import in_order
from qcdesk.gui.problems import Problems
from qcdesk.gui.records import Notice
from qcdesk.gui.tasks import Tasks
from qcdesk.i18n import Catalogue, mark
from qcdesk.services.ports import Hand
from qcdesk.services.rows import PersonRow
from qcdesk.services.use_cases import UseCases
from qcdesk.wording import states

LANGUAGES: Final = {"en": "English", "vi": "Tiếng Việt", "zh_CN": "中文", "th": "ไทย"}
_SAID: Final = {
    "grant": mark("{name} has the role."),
    "take_role": mark("{name} no longer has the role."),
    "qualify": mark("{name} is qualified."),
    "disqualify": mark("{name} is no longer qualified."),
    "change": mark("{name} is saved."),
    "rename": mark("{name} has the new name."),
    "suspend": mark("{name} is suspended."),
    "lift": mark("{name} may work again."),
}


class Granting:
    """The acts of the card that change what somebody may do."""

    def __init__(
        self,
        use: UseCases,
        tasks: Tasks,
        words: Catalogue,
        problems: Problems,
        ask: Ask,
        notice: Notice,
        reload: Callable[[], None],
    ) -> None:
        self._use = use
        self._tasks = tasks
        self._words = words
        self._problems = problems
        self._ask = ask
        self._notice = notice
        self._reload = reload

    def act(self, row: PersonRow, act: str, about: str) -> None:
        """Do what the card offers of a person."""
        if act == "qualify":
            today = self._use.clock.today()
            self._tasks.run(
                lambda: tuple(in_order({p.version.code for p in self._use.read.procedures(today)}, str)),
                lambda codes: self._qualify(row.person, codes),
                self._problems.show,
            )
            return
        asks: dict[str, Callable[[], None]] = {
            "grant": lambda: self._grant(row.person),
            "take_role": lambda: self._take_role(row.person, about),
            "disqualify": lambda: self._disqualify(row.person, about),
            "change": lambda: self._change(row.person),
            "rename": lambda: self._rename(row.person),
            "suspend": lambda: self._suspend(row.person),
            "lift": lambda: self._lift(row.person),
        }
        asks[act]()

    def _done(self, act: str, name: str) -> Callable[[object], None]:
        def done(_result: object) -> None:
            self._notice(self._words.say(_SAID[act], name=name))
            self._reload()

        return done

    def _until(self) -> Question:
        return Question("until", self._words.say("Good until"), "day", optional=True)

    def _grant(self, one: Person) -> None:
        say = self._words.say
        held = {grant.role for grant in one.roles}
        free = tuple((role, states.role(role, self._words)) for role in ROLES if role not in held)
        asking = Asking(
            say("Give {name} a role", name=one.name),
            say("We give {name} the role chosen here.", name=one.name),
            say("Give the role"),
            (
                Question("role", say("Role"), "choice", free),
                Question(
                    "families",
                    say("Only for these product families"),
                    optional=True,
                    hint=say("Parted by commas; empty: for all"),
                ),
                self._until(),
            ),
            other=True,
        )

        def act(answers: Answers, hands: tuple[Hand, ...]) -> None:
            families = tuple(part.strip() for part in answers["families"].split(",") if part.strip())
            grant = RoleGrant(cast(Role, answers["role"]), families, _day(answers["until"]))
            self._use.grant_role(hands[0], hands[1], one.id, grant)

        self._ask(asking, act, self._done("grant", one.name))

    def _take_role(self, one: Person, role: str) -> None:
        say = self._words.say
        word = states.role(role, self._words)
        asking = Asking(
            say("Take a role away"),
            say("I take the role {role} from {name}.", role=word, name=one.name),
            say("Take it away"),
            stops=True,
        )
        self._ask(
            asking,
            lambda _a, hands: self._use.take_role(hands[0], one.id, cast(Role, role)),
            self._done("take_role", one.name),
        )

    def _qualify(self, one: Person, codes: Sequence[str]) -> None:
        say = self._words.say
        if not codes:
            self._notice(say("There is no procedure yet to qualify for."))
            return
        asking = Asking(
            say("Qualify {name}", name=one.name),
            say("We have seen that {name} can inspect by this procedure.", name=one.name),
            say("Qualify {name}", name=one.name),
            (
                Question("procedure", say("Procedure"), "choice", tuple((code, code) for code in codes)),
                self._until(),
            ),
            other=True,
        )

        def act(answers: Answers, hands: tuple[Hand, ...]) -> None:
            self._use.grant_qualification(
                hands[0], hands[1], one.id, answers["procedure"], _day(answers["until"])
            )

        self._ask(asking, act, self._done("qualify", one.name))

    def _disqualify(self, one: Person, procedure: str) -> None:
        say = self._words.say
        asking = Asking(
            say("Take a qualification away"),
            say("{name} may no longer inspect by {procedure}.", name=one.name, procedure=procedure),
            say("Take it away"),
            stops=True,
        )
        self._ask(
            asking,
            lambda _a, hands: self._use.take_qualification(hands[0], one.id, procedure),
            self._done("disqualify", one.name),
        )

    def _change(self, one: Person) -> None:
        say = self._words.say
        asking = Asking(
            say("Change {name}", name=one.name),
            say("I change the languages in which {name} works.", name=one.name),
            say("Save {name}", name=one.name),
            (
                Question(
                    "languages",
                    say("Works in"),
                    "people",
                    tuple(LANGUAGES.items()),
                    ",".join(one.languages),
                    optional=True,
                ),
            ),
        )

        def act(answers: Answers, hands: tuple[Hand, ...]) -> None:
            languages = tuple(code for code in answers["languages"].split(",") if code)
            self._use.change_languages(hands[0], one.id, languages)

        self._ask(asking, act, self._done("change", one.name))

    def _rename(self, one: Person) -> None:
        say = self._words.say
        asking = Asking(
            say("Change the name of {name}", name=one.name),
            say("We change how the name is written. It stays the same person."),
            say("Save the name"),
            (
                Question("name", say("Name"), value=one.name),
                Question(
                    "another",
                    say("Where the new name reads like somebody's"),
                    "choice",
                    (("no", say("Ask us again")), ("yes", say("We know that it is another person"))),
                    "no",
                ),
            ),
            other=True,
        )

        def act(answers: Answers, hands: tuple[Hand, ...]) -> None:
            self._use.rename_person(
                hands[0],
                hands[1],
                one.id,
                answers["name"],
                another_person=answers["another"] == "yes",
            )

        self._ask(asking, act, self._done("rename", one.name))

    def _suspend(self, one: Person) -> None:
        say = self._words.say
        asking = Asking(
            say("Suspend {name}", name=one.name),
            say("From now on {name} can do nothing here, until two people lift it.", name=one.name),
            say("Suspend {name}", name=one.name),
            (Question("reason", say("Reason"), "text"),),
            stops=True,
        )
        self._ask(
            asking,
            lambda answers, hands: self._use.suspend(hands[0], one.id, answers["reason"]),
            self._done("suspend", one.name),
        )

    def _lift(self, one: Person) -> None:
        say = self._words.say
        asking = Asking(
            say("Lift the suspension"),
            say("{name} may work here again, as before.", name=one.name),
            say("Lift the suspension"),
            other=True,
            but=(one.id,),
            sheet=True,
        )
        self._ask(
            asking,
            lambda _a, hands: self._use.lift_suspension(hands[0], hands[1], one.id),
            self._done("lift", one.name),
        )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
