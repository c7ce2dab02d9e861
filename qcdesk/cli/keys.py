# SPDX-License-Identifier: Apache-2.0
"""``person unlock``, ``password``, ``change-key`` and ``badge``: what a person does with a secret, or for a colleague."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

import typer

from qcdesk.cli import given
from qcdesk.cli.call import Call, call_of
from qcdesk.cli.output import Data
from qcdesk.cli.records import person_data
from qcdesk.domain.inputs import BadInput
from qcdesk.i18n import mark

Login = Annotated[str, typer.Argument(help=mark("Login, staff number or name of the person."))]


class BadgeAct(Enum):
    """What is done with a badge."""

    ISSUE = "issue"
    STOP = "stop"


def add_to(app: typer.Typer) -> None:
    """Add the commands to those about people."""
    app.command("unlock", help=mark("Unlock somebody after too many wrong tries. Another person does it."))(
        unlock
    )
    app.command("password", help=mark("Choose another password: the old one, then the new one."))(password)
    app.command("change-key", help=mark("Get a new key, which the old one signs in; badges end."))(change_key)
    app.command(
        "badge",
        help=mark(
            "Issue a badge (--as and --with, then its PIN; the code is told once), or stop a lost one."
        ),
    )(badge)


def unlock(
    ctx: typer.Context,
    person: Login,
    recovery: Annotated[
        bool,
        typer.Option(
            "--recovery",
            help=mark(
                "The person acts, with the recovery sheet for the other one; its code is the next line."
            ),
        ),
    ] = False,
) -> int:
    """End somebody's lock."""
    call = call_of(ctx)
    words = call.words
    concerned = given.person(call.use, person)
    if not recovery:
        call.use.unlock(call.hand(), concerned.id)
        return _answer(call, concerned.id, words.say("{name} is unlocked.", name=concerned.name))
    hand, sheet = call.hand_with_sheet()
    call.use.unlock(hand, concerned.id, sheet)
    return call.answer(
        {"person": person_data(given.person(call.use, concerned.id)), "recovery": sheet.next_code},
        [
            words.say("{name} is unlocked.", name=concerned.name),
            words.say("The recovery sheet was used, and its code is dead."),
            words.say("The new sheet says, shown this once: {code}", code=sheet.next_code),
        ],
    )


def password(ctx: typer.Context, person: Login) -> int:
    """Choose another password for one's own key."""
    call = call_of(ctx)
    concerned = given.person(call.use, person)
    login = _login(concerned.login, person)
    old = call.secret_of(login)
    new = call.new_secret_of(login, prompt=call.words.say("New password of {login}: ", login=login))
    call.use.change_password(login, old, new)
    return _answer(
        call, concerned.id, call.words.say("The password of {name} is changed.", name=concerned.name)
    )


def change_key(ctx: typer.Context, person: Login) -> int:
    """Get a new key under the same password."""
    call = call_of(ctx)
    concerned = given.person(call.use, person)
    login = _login(concerned.login, person)
    call.use.change_key(login, call.secret_of(login))
    return _answer(call, concerned.id, call.words.say("{name} has a new key.", name=concerned.name))


def badge(
    ctx: typer.Context,
    person: Login,
    act: Annotated[BadgeAct, typer.Argument(help=mark("issue or stop."))],
    why: Annotated[str, typer.Option("--why", help=mark("Why a badge is stopped."))] = "",
) -> int:
    """Issue a badge, or stop one."""
    call = call_of(ctx)
    concerned = given.person(call.use, person)
    if act is BadgeAct.STOP:
        call.use.stop_badge(call.hand(), concerned.id, why)
        return _answer(
            call, concerned.id, call.words.say("The badge of {name} is stopped.", name=concerned.name)
        )
    hands = call.hands(2)
    own = [hand for hand in hands if hand.person == concerned.id]
    if not own:
        raise BadInput("badge_person", facts={"name": concerned.name})
    others = [hand for hand in hands if hand is not own[0]]
    login = _login(concerned.login, person)
    pin = call.new_secret_of(login, prompt=call.words.say("PIN for the badge of {login}: ", login=login))
    issued = call.use.issue_badge(own[0], others[0], pin)
    found = given.person(call.use, concerned.id)
    data: Data = {"person": person_data(found), "badge": {"code": issued.code}}
    lines = (
        call.words.say("The badge of {name}, told this once: {code}", name=concerned.name, code=issued.code),
        call.words.say("Print it and throw this away. With the PIN it opens the key."),
    )
    return call.answer(data, lines)


def _login(login: str | None, value: str) -> str:
    if login is None:
        raise BadInput("unknown_login", facts={"login": value}, where={"field": "login"})
    return login


def _answer(call: Call, person: str, told: str) -> int:
    return call.answer({"person": person_data(given.person(call.use, person))}, [told])
