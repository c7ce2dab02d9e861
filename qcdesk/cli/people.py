# SPDX-License-Identifier: Apache-2.0
"""``person``: who is here, what they may do, and the two signatures that every grant takes."""

from __future__ import annotations

from typing import Annotated

import typer

from qcdesk.cli import given, keys
from qcdesk.cli.call import Call, call_of
from qcdesk.cli.output import Data, person_data, table
from qcdesk.domain.people import Person, RoleGrant
from qcdesk.i18n import Catalogue, mark
from qcdesk.wording import states
from qcdesk.wording.spelling import day

Login = Annotated[str, typer.Argument(help=mark("Login, staff number or name of the person."))]
Why = Annotated[str, typer.Option("--why", help=mark("The reason, kept for ever."))]


def commands() -> typer.Typer:
    """Return the commands about people."""
    app = typer.Typer(help=mark("People: enrol, grant, qualify, suspend."))
    app.command("list", help=mark("List everybody, also those without a key."))(list_people)
    app.command("add", help=mark("Enrol a person. Takes --as, --with and three secrets, the new one last."))(
        add
    )
    app.command("maker", help=mark("List somebody without a key, such as a maker."))(maker)
    app.command("change", help=mark("Change how a name is written, or the languages."))(change)
    app.command("grant", help=mark("Grant a role. Takes --as and --with."))(grant)
    app.command("take", help=mark("Take a role away."))(take)
    app.command("qualify", help=mark("Qualify somebody for a procedure. Takes --as and --with."))(qualify)
    app.command("disqualify", help=mark("Take a qualification back."))(disqualify)
    app.command("disable", help=mark("Suspend somebody at once."))(disable)
    app.command("lift", help=mark("Lift a suspension. Takes --as and --with."))(lift)
    keys.add_to(app)
    return app


def list_people(ctx: typer.Context) -> int:
    """List everybody."""
    call = call_of(ctx)
    people = [row.person for row in call.use.read.people()]
    locked = {k.person for k in call.use.read.person_keys(call.use.moment()) if k.locked_seconds}
    words = call.words
    headings = [words.say("Login"), words.say("Name"), words.say("Staff no."), words.say("State"), words.say("Roles"),
                words.say("Qualified for")]  # fmt: skip
    rows = [
        (
            p.login or "–",
            p.name,
            p.staff or "–",
            words.say("locked") if p.id in locked else words.say(states.PERSON_STATES[p.status]),
            ", ".join(states.role(g.role, words) for g in p.roles),
            ", ".join(q.procedure for q in p.qualifications),
        )
        for p in people
    ]
    data: Data = {"people": [{**person_data(p), "locked": p.id in locked} for p in people]}
    return call.answer(data, table(headings, rows))


def add(
    ctx: typer.Context,
    login: Annotated[str, typer.Argument(help=mark("The new person's login."))],
    name: Annotated[str, typer.Option(help=mark("Name as its owner writes it."))],
    role: Annotated[list[str], typer.Option(help=mark("A role, or a set such as quality_manager."))],
    staff: Annotated[str, typer.Option(help=mark("Staff number; without it one is given."))] = "",
    language: Annotated[list[str] | None, typer.Option(help=mark("A language the person works in."))] = None,
    another_person: Annotated[
        bool, typer.Option("--another-person", help=mark("Both state that a similar name is another person."))
    ] = False,
) -> int:
    """Enrol a person: two enrolled people and the new one sign."""
    call = call_of(ctx)
    roles = given.roles(role)
    by, other = call.hands(2)
    fact = call.use.enrol(
        by,
        other,
        login=login,
        name=name,
        roles=roles,
        secret=call.new_secret_of(login),
        staff=staff,
        languages=tuple(language or ()),
        another_person=another_person,
    )
    return _answer(call, fact.person, call.words.say("{name} is enrolled.", name=fact.name))


def maker(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(help=mark("Name as its owner writes it."))],
    staff: Annotated[str, typer.Option(help=mark("Staff number."))] = "",
) -> int:
    """List somebody without a key."""
    call = call_of(ctx)
    with call.sitting() as sitting:
        fact = call.use.list_person(sitting, name, staff)
    return _answer(call, fact.person, call.words.say("{name} is listed, without a key.", name=fact.name))


def change(
    ctx: typer.Context,
    person: Login,
    name: Annotated[str | None, typer.Option(help=mark("The new spelling."))] = None,
    language: Annotated[list[str] | None, typer.Option(help=mark("A language the person works in."))] = None,
) -> int:
    """Change a name's spelling or the languages."""
    call = call_of(ctx)
    concerned = given.person(call.use, person)
    languages = concerned.languages if language is None else tuple(language)
    call.use.change_person(call.hand(), concerned.id, name or concerned.name, languages)
    return _answer(call, concerned.id, call.words.say("Changed."))


def grant(
    ctx: typer.Context,
    person: Login,
    role: Annotated[list[str], typer.Option(help=mark("A role, or a set such as quality_manager."))],
    family: Annotated[list[str] | None, typer.Option(help=mark("Only for this family of products."))] = None,
    until: Annotated[str | None, typer.Option(help=mark("Last day, such as 2027-01-31."))] = None,
) -> int:
    """Grant roles: two sign."""
    call = call_of(ctx)
    roles, last = given.roles(role), given.day(until, "until")
    concerned = given.person(call.use, person)
    by, other = call.hands(2)
    for one in roles:
        call.use.grant_role(by, other, concerned.id, RoleGrant(one, tuple(family or ()), last))
    return _answer(call, concerned.id, call.words.say("Granted to {name}.", name=concerned.name))


def take(
    ctx: typer.Context,
    person: Login,
    role: Annotated[str, typer.Option(help=mark("The role to take away."))],
) -> int:
    """Take a role away: one administrator."""
    call = call_of(ctx)
    roles = given.roles([role])
    concerned = given.person(call.use, person)
    act = call.hand()
    for one in roles:
        call.use.take_role(act, concerned.id, one)
    return _answer(call, concerned.id, call.words.say("Taken from {name}.", name=concerned.name))


def qualify(
    ctx: typer.Context,
    person: Login,
    procedure: Annotated[str, typer.Option(help=mark("Code of the procedure."))],
    until: Annotated[str | None, typer.Option(help=mark("Last day, such as 2027-01-31."))] = None,
) -> int:
    """Qualify somebody: two sign."""
    call = call_of(ctx)
    last = given.day(until, "until")
    concerned = given.person(call.use, person)
    by, other = call.hands(2)
    call.use.grant_qualification(by, other, concerned.id, procedure, last)
    told = call.words.say("{name} is qualified for {procedure}.", name=concerned.name, procedure=procedure)
    if last is not None:
        told = call.words.say("{name} is qualified for {procedure} until {day}.", name=concerned.name,
                              procedure=procedure, day=day(last, call.words))  # fmt: skip
    return _answer(call, concerned.id, told)


def disqualify(
    ctx: typer.Context,
    person: Login,
    procedure: Annotated[str, typer.Option(help=mark("Code of the procedure."))],
) -> int:
    """Take a qualification back: one administrator."""
    call = call_of(ctx)
    concerned = given.person(call.use, person)
    call.use.take_qualification(call.hand(), concerned.id, procedure)
    return _answer(call, concerned.id, call.words.say("Taken from {name}.", name=concerned.name))


def disable(ctx: typer.Context, person: Login, why: Why) -> int:
    """Suspend somebody: one administrator."""
    call = call_of(ctx)
    concerned = given.person(call.use, person)
    call.use.suspend(call.hand(), concerned.id, why)
    return _answer(call, concerned.id, call.words.say("{name} is suspended.", name=concerned.name))


def lift(ctx: typer.Context, person: Login) -> int:
    """Lift a suspension: two sign."""
    call = call_of(ctx)
    concerned = given.person(call.use, person)
    by, other = call.hands(2)
    call.use.lift_suspension(by, other, concerned.id)
    return _answer(call, concerned.id, call.words.say("{name} is active again.", name=concerned.name))


def described(person: Person, words: Catalogue) -> str:
    """Return one line about a person."""
    roles = ", ".join(states.role(g.role, words) for g in person.roles) or words.say("no role")
    return words.say("{name} ({login}, staff no. {staff}): {roles}", name=person.name, login=person.login or "–",
                     staff=person.staff or "–", roles=roles)  # fmt: skip


def _answer(call: Call, person: str, told: str) -> int:
    found = given.person(call.use, person)
    data: Data = {"person": person_data(found)}
    return call.answer(data, [told, described(found, call.words)])
