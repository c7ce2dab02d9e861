# SPDX-License-Identifier: Apache-2.0
"""Keys and badges: what is said of a person's, and the acts that lock, unlock, end and replace them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final, cast

from qcdesk.domain.events.revocations import WhyRevoked
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.people import Person
from qcdesk.gui.asking import Answers, Ask, Asking, Question, ShowOnce, WhoNow
from qcdesk.gui.badge_cards import badge_card
from qcdesk.gui.records import Notice
from qcdesk.gui.screens.people.rows import KeyLine, OfferedAct
from qcdesk.i18n import Catalogue, mark
from qcdesk.services.issue_badges import Issued
from qcdesk.services.ports import Hand
from qcdesk.services.revoke_keys import Revoked
from qcdesk.services.rows import PersonKeysRow, PersonRow
from qcdesk.services.use_cases import UseCases
from qcdesk.wording import ages, marks
from qcdesk.wording.secrets import of_new
from qcdesk.wording.spelling import day, in_a_row

KEY_ACTS: Final = frozenset(
    {"badge_issue", "badge_stop", "unlock", "password", "change_key", "new_key", "revoke"}
)
_SAID: Final = {
    "badge_stop": mark("The badge of {name} is stopped."),
    "unlock": mark("{name} is unlocked."),
    "password": mark("Your password is changed."),
    "change_key": mark("Your key is new."),
    "new_key": mark("{name} has a new key."),
}


def key_lines(
    row: PersonRow, keys: PersonKeysRow | None, today: date, words: Catalogue
) -> tuple[KeyLine, ...]:
    """Return what there is to say of a person's key, badge, locks, and how the person was enrolled."""
    say, one = words.say, row.person
    said: list[KeyLine] = []
    if one.revoked is not None:
        said.append(KeyLine(say("No key"), "dashed"))
    if keys is not None:
        since = day(ages.local(keys.key_since).date(), words, today)
        said.append(KeyLine(say("Key since {day}", day=since)))
        if keys.badge_since is not None:
            issued = day(ages.local(keys.badge_since).date(), words, today)
            said.append(KeyLine(say("Badge since {day}", day=issued)))
        else:
            said.append(KeyLine(say("No badge"), "dashed"))
        if keys.locked_seconds:
            left = ages.span(keys.locked_seconds, words)
            said.append(KeyLine(say("Locked for another {span}", span=left), "square", "hold"))
        elif keys.failed:
            tries = words.count("{n} wrong try in a row", "{n} wrong tries in a row", keys.failed)
            said.append(KeyLine(tries, "triangle", "attention"))
    said += (KeyLine(told, "triangle", "attention") for told in marks.of_person(row, words))
    return tuple(said)


class KeyActs:
    """Each act says beforehand who signs and what follows. Passwords pass through to the key and are kept nowhere."""

    def __init__(
        self,
        use: UseCases,
        words: Catalogue,
        ask: Ask,
        who: WhoNow,
        show_once: ShowOnce,
        notice: Notice,
        reload: Callable[[], None],
    ) -> None:
        self._use = use
        self._words = words
        self._ask = ask
        self._who = who
        self._show_once = show_once
        self._notice = notice
        self._reload = reload

    def offered(self, row: PersonRow, keys: PersonKeysRow | None) -> tuple[OfferedAct, ...]:
        """Return what can be done about somebody's key and badge by whoever is signed in."""
        say, one = self._words.say, row.person
        own = one.id == self._who().person
        made: list[OfferedAct] = []
        if one.status == "listed":
            return ()
        if keys is not None and keys.locked_seconds and not own:
            made.append(OfferedAct("unlock", say("Unlock"), say("You alone are enough."), "key-round"))
        if own and keys is not None:
            note = say("Your password and one other person.")
            word = say("Issue a new badge") if keys.badge else say("Issue a badge")
            made.append(OfferedAct("badge_issue", word, note, "id-card"))
        if keys is not None and keys.badge:
            note = say("One person is enough. Key and password stay.")
            made.append(OfferedAct("badge_stop", say("Stop the badge"), note, "badge-x", stops=True))
        if own:
            made.append(OfferedAct("password", say("Change my password"), say("Key and badge stay."), "lock"))
            made.append(
                OfferedAct(
                    "change_key",
                    say("Change my key"),
                    say("The old key signs the new one in. Badges end."),
                    "rotate-ccw",
                )
            )
        else:
            made.append(
                OfferedAct(
                    "new_key",
                    say("New key: secret forgotten"),
                    say("Two others sign, and {name} chooses a new password.", name=one.name),
                    "key-round",
                )
            )
        note = say("You alone are enough.") if own else say("Two others sign. Left, lost, or in doubt.")
        word = say("End my key") if own else say("End the key")
        made.append(OfferedAct("revoke", word, note, "ban", stops=True))
        return tuple(made)

    def act(self, row: PersonRow, act: str) -> None:
        """Do it."""
        asks: dict[str, Callable[[Person], None]] = {
            "badge_issue": self._issue_badge,
            "badge_stop": self._stop_badge,
            "unlock": self._unlock,
            "password": self._change_password,
            "change_key": self._change_key,
            "new_key": self._new_key,
            "revoke": self._revoke,
        }
        asks[act](row.person)

    def _done(self, act: str, one: Person) -> Callable[[object], None]:
        def done(_result: object) -> None:
            self._notice(self._words.say(_SAID[act], name=one.name))
            self._reload()

        return done

    # badges ---------------------------------------------------------------------------------------------------------

    def _issue_badge(self, one: Person) -> None:
        say = self._words.say
        asking = Asking(
            say("Issue a badge"),
            say("{name} gets a badge with a PIN of 6 digits, known to nobody else.", name=one.name),
            say("Issue the badge"),
            (
                Question("pin", say("PIN of the badge: 6 digits"), "secret"),
                Question("again", say("The same 6 digits once more"), "secret"),
            ),
            note=say("An earlier badge ends. The code is shown once: print it then."),
            other=True,
            but=(one.id,),
            password=True,
        )

        def act(answers: Answers, hands: tuple[Hand, ...]) -> Issued:
            if answers["pin"] != answers["again"]:
                raise BadInput("pin_differs", where={"field": "again"})
            return self._use.issue_badge(hands[0], hands[1], answers["pin"])

        self._ask(asking, act, lambda issued: self.hand_over(one, issued))

    def hand_over(self, one: Person, issued: Issued) -> None:
        """Show a badge that was just made, once, to be printed."""
        say = self._words.say
        once = badge_card(issued, one.name, one.staff or "", self._words)

        def go_on() -> None:
            self._notice(say("{name} has a new badge.", name=one.name))
            self._reload()

        self._show_once(once, go_on)

    def _stop_badge(self, one: Person) -> None:
        say = self._words.say
        asking = Asking(
            say("Stop the badge"),
            say("I stop the badge of {name}: it opens nothing any more.", name=one.name),
            say("Stop the badge"),
            (Question("reason", say("Reason"), hint=say("Lost, broken, given back …")),),
            stops=True,
        )
        self._ask(
            asking,
            lambda answers, hands: self._use.stop_badge(hands[0], one.id, answers["reason"]),
            self._done("badge_stop", one),
        )

    # locks ----------------------------------------------------------------------------------------------------------

    def _unlock(self, one: Person) -> None:
        say = self._words.say
        asking = Asking(
            say("Unlock {name}", name=one.name),
            say("I unlock {name}, who may try again at once.", name=one.name),
            say("Unlock {name}", name=one.name),
            note=say("Ask first whether the wrong tries were theirs."),
        )
        self._ask(asking, lambda _a, hands: self._use.unlock(hands[0], one.id), self._done("unlock", one))

    # secrets --------------------------------------------------------------------------------------------------------

    def _change_password(self, one: Person) -> None:
        say, login = self._words.say, self._who().login
        asking = Asking(
            say("Change my password"),
            say("I choose another password. My key and my badge stay as they are."),
            say("Change my password"),
            (
                Question("old", say("Your password until now"), "secret"),
                Question(
                    "secret",
                    say("Your new password"),
                    "secret",
                    hint=of_new(self._words),
                ),
                Question("again", say("The same once more"), "secret"),
            ),
            secret=False,
        )

        def act(answers: Answers, _hands: tuple[Hand, ...]) -> object:
            _require_same(answers)
            return self._use.change_password(login, answers["old"], answers["secret"])

        self._ask(asking, act, self._done("password", one))

    def _change_key(self, one: Person) -> None:
        say, login = self._words.say, self._who().login
        asking = Asking(
            say("Change my key"),
            say("I get a new key under the same password. Earlier signatures stay good."),
            say("Change my key"),
            (Question("secret", say("Your password"), "secret"),),
            note=say("Your badge ends with the old key. Sign in anew afterwards."),
            secret=False,
        )
        self._ask(
            asking,
            lambda answers, _h: self._use.change_key(login, answers["secret"]),
            self._done("change_key", one),
        )

    def _new_key(self, one: Person) -> None:
        say = self._words.say
        asking = Asking(
            say("A new key for {name}", name=one.name),
            say("We know {name}, who gets a new key. The old one ends as lost.", name=one.name),
            say("Give the new key"),
            (
                Question(
                    "secret",
                    say("{name} types a new password, unseen", name=one.name),
                    "secret",
                    hint=of_new(self._words),
                ),
                Question("again", say("The same once more"), "secret"),
            ),
            note=say("Earlier signatures stay good. Nobody can bring the old secret back."),
            other=True,
            but=(one.id,),
            sheet=True,
        )

        def act(answers: Answers, hands: tuple[Hand, ...]) -> object:
            _require_same(answers)
            return self._use.enrol_new_key(hands[0], hands[1], one.id, answers["secret"])

        self._ask(asking, act, self._done("new_key", one))

    def _revoke(self, one: Person) -> None:
        say = self._words.say
        own = one.id == self._who().person
        asking = Asking(
            say("End my key") if own else say("End the key of {name}", name=one.name),
            say("I end my key. It signs nothing any more.")
            if own
            else say("We end the key of {name}. It signs nothing any more.", name=one.name),
            say("End the key"),
            (
                Question(
                    "why",
                    say("Why"),
                    "choice",
                    (
                        ("left", say("Left the shop")),
                        ("lost", say("The secret or badge was lost")),
                        ("suspect", say("In doubt from an event on")),
                    ),
                ),
                Question(
                    "from",
                    say("In doubt from event number"),
                    hint=say("The log shows the numbers"),
                    only=("why", "suspect"),
                ),
            ),
            note=say(
                "Signatures before stay good. What a key in doubt touched is held, released goods go to the "
                "owner's list, and those checks are made afresh by somebody else."
            ),
            other=not own,
            but=(one.id,),
            sheet=True,
            stops=True,
        )

        def act(answers: Answers, hands: tuple[Hand, ...]) -> Revoked:
            number = answers["from"]
            if number and not (number.isascii() and number.isdigit()):
                raise BadInput("quantity", facts={"typed": number}, where={"field": "from"})
            other = hands[1] if len(hands) > 1 else None
            return self._use.revoke_key(
                hands[0],
                other,
                one.id,
                cast(WhyRevoked, answers["why"]),
                int(number) if number else None,
            )

        self._ask(asking, act, lambda revoked: self._revoked(one, revoked))

    def _revoked(self, one: Person, revoked: Revoked) -> None:
        say, words = self._words.say, self._words
        line = say("The key of {name} has ended.", name=one.name)
        if revoked.held or revoked.released:
            line = say(
                "The key of {name} is in doubt. Held: {held}. Released before: {released}.",
                name=one.name,
                held=in_a_row(revoked.held, words) or say("nothing"),
                released=in_a_row(revoked.released, words) or say("nothing"),
            )
        self._notice(line)
        self._reload()


def _require_same(answers: Answers) -> None:
    if answers["secret"] != answers["again"]:
        raise BadInput("secret_differs", where={"field": "again"})
