# SPDX-License-Identifier: Apache-2.0
"""``person``: who is here, what they may do, and the two signatures that every grant takes."""

from __future__ import annotations

from typing import Annotated

import typer

from qcdesk.cli import given, keys
from qcdesk.cli.call import Call, call_of
from qcdesk.cli.output import Data, table
from qcdesk.cli.records import person_data
from qcdesk.domain.events.revocations import WHY_REVOKED
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.people import Person, RoleGrant
from qcdesk.i18n import Catalogue, mark
from qcdesk.services.ports import Hand, Sheet
from qcdesk.services.rows import PersonRow
from qcdesk.wording import marks, states
from qcdesk.wording.spelling import day, rfc3339

Login = Annotated[str, typer.Argument(help=mark("Login, staff number or name of the person."))]
Recovery = Annotated[
    bool,
    typer.Option(
        "--recovery",
        help=mark("The recovery sheet stands in for the second person; its code is the next line."),
    ),
]
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
    app.command("read-in", help=mark("Choose in which language the window speaks to you everywhere."))(
        read_in
    )
    app.command("grant", help=mark("Grant a role. Takes --as and --with."))(grant)
    app.command("take", help=mark("Take a role away."))(take)
    app.command("qualify", help=mark("Qualify somebody for a procedure. Takes --as and --with."))(qualify)
    app.command("disqualify", help=mark("Take a qualification back."))(disqualify)
    app.command("disable", help=mark("Suspend somebody at once."))(disable)
    app.command("revoke", help=mark("End a key: one's own, or another's with --as and --with."))(revoke)
    app.command(
        "new-key",
        help=mark("Give somebody a new key. Takes --as, --with and three secrets, the new one last."),
    )(new_key)
    app.command("lift", help=mark("Lift a suspension. Takes --as and --with."))(lift)
    keys.add_to(app)
    return app


def list_people(ctx: typer.Context) -> int:
    """List everybody."""
    call = call_of(ctx)
    found = call.use.read.people()
    locked = {k.person for k in call.use.read.person_keys(call.use.moment()) if k.locked_seconds}
    words = call.words
    headings = [words.say("Login"), words.say("Name"), words.say("Staff no."), words.say("State"), words.say("Roles"),
                words.say("Qualified for"), words.say("Remarks")]  # fmt: skip
    rows = [
        (
            p.login or "–",
            p.name,
            p.staff or "–",
            words.say("locked") if p.id in locked else words.say(states.PERSON_STATES[p.status]),
            ", ".join(states.role(g.role, words) for g in p.roles),
            ", ".join(q.procedure for q in p.qualifications),
            "; ".join(marks.of_person(row, words)),
        )
        for row in found
        for p in (row.person,)
    ]
    data: Data = {"people": [{**_listed(row), "locked": row.person.id in locked} for row in found]}
    return call.answer(data, table(headings, rows))


def _listed(row: PersonRow) -> Data:
    return {
        **person_data(row.person),
        "since": rfc3339(row.since),
        "enrolled_by": list(row.enrolled_by),
        "recovery_sheet": rfc3339(row.by_sheet) if row.by_sheet is not None else None,
        "another_than": list(row.another_than),
    }


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
    listed: Annotated[
        str, typer.Option(help=mark("Name or staff number of the listed person who is enrolled now."))
    ] = "",
    recovery: Recovery = False,
) -> int:
    """Enrol a person: two enrolled people and the new one sign."""
    call = call_of(ctx)
    roles = given.roles(role)
    already = given.person(call.use, listed).id if listed else ""
    by, other = call.pair(recovery=recovery)
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
        listed=already,
    )
    return _answer(call, fact.person, call.words.say("{name} is enrolled.", name=fact.name), other)


def maker(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(help=mark("Name as its owner writes it."))],
    staff: Annotated[str, typer.Option(help=mark("Staff number."))] = "",
    another_person: Annotated[
        bool, typer.Option("--another-person", help=mark("A similar name is another person's."))
    ] = False,
) -> int:
    """List somebody without a key."""
    call = call_of(ctx)
    with call.sitting() as sitting:
        fact = call.use.list_person(sitting, name, staff, another_person=another_person)
    return _answer(call, fact.person, call.words.say("{name} is listed, without a key.", name=fact.name))


def change(
    ctx: typer.Context,
    person: Login,
    name: Annotated[str | None, typer.Option(help=mark("The new spelling."))] = None,
    language: Annotated[list[str] | None, typer.Option(help=mark("A language the person works in."))] = None,
    another_person: Annotated[
        bool, typer.Option("--another-person", help=mark("Both state that a similar name is another person."))
    ] = False,
) -> int:
    """Change a name's spelling (two sign) or the languages (one administrator)."""
    call = call_of(ctx)
    concerned = given.person(call.use, person)
    if name is None and language is None:
        raise BadInput("missing", where={"field": "name"})
    if name is None:
        by = call.hand()
    else:
        by, other = call.pair()
        call.use.rename_person(by, other, concerned.id, name, another_person=another_person)
    if language is not None:
        call.use.change_languages(by, concerned.id, tuple(language))
    return _answer(call, concerned.id, call.words.say("Changed."))


def read_in(
    ctx: typer.Context,
    language: Annotated[str, typer.Argument(metavar="LANGUAGE", help=mark("en, vi, zh_CN, th, or station."))],
) -> int:
    """Choose one's own language, at every workstation."""
    call = call_of(ctx)
    with call.sitting() as sitting:
        call.use.choose_language(sitting, "" if language == "station" else language)
        return _answer(call, sitting.person, call.words.say("Changed."))


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


def lift(ctx: typer.Context, person: Login, recovery: Recovery = False) -> int:
    """Lift a suspension: two sign."""
    call = call_of(ctx)
    concerned = given.person(call.use, person)
    by, other = call.pair(recovery=recovery)
    call.use.lift_suspension(by, other, concerned.id)
    return _answer(call, concerned.id, call.words.say("{name} is active again.", name=concerned.name), other)


def revoke(
    ctx: typer.Context,
    person: Login,
    why: Annotated[str, typer.Option(help=mark("left, lost or suspect."))],
    since: Annotated[
        int | None,
        typer.Option("--from", help=mark("With suspect: the event from which on the key is in doubt.")),
    ] = None,
    recovery: Recovery = False,
) -> int:
    """End a key: the person alone, or two others."""
    call = call_of(ctx)
    words = call.words
    concerned = given.person(call.use, person)
    reason = next((known for known in WHY_REVOKED if known == why), None)
    if reason is None:
        raise BadInput("why_revoked", facts={"why": why, "known": WHY_REVOKED}, where={"field": "why"})
    other: Hand | None = None
    if call.login == concerned.login and not recovery:
        by = call.hand()
    else:
        by, other = call.pair(recovery=recovery)
    done = call.use.revoke_key(by, other, concerned.id, reason, since)
    lines = [words.say("The key of {name} has ended.", name=concerned.name)]
    if since is not None:
        lines = [
            words.say(
                "The key of {name} is in doubt from event {event} on.", name=concerned.name, event=since
            )
        ]
    if done.held:
        lines.append(words.say("Held: {batches}", batches=", ".join(done.held)))
    if done.released:
        lines.append(
            words.say("Released before, to be looked at: {batches}", batches=", ".join(done.released))
        )
    return _answer(
        call, concerned.id, "\n".join(lines), other, held=list(done.held), released=list(done.released)
    )


def new_key(ctx: typer.Context, person: Login, recovery: Recovery = False) -> int:
    """Give an enrolled person a new key: two others and the new key sign."""
    call = call_of(ctx)
    concerned = given.person(call.use, person)
    by, other = call.pair(recovery=recovery)
    secret = call.new_secret_of(concerned.login or concerned.name)
    call.use.enrol_new_key(by, other, concerned.id, secret)
    return _answer(call, concerned.id, call.words.say("{name} has a new key.", name=concerned.name), other)


def described(person: Person, words: Catalogue) -> str:
    """Return one line about a person."""
    roles = ", ".join(states.role(g.role, words) for g in person.roles) or words.say("no role")
    return words.say("{name} ({login}, staff no. {staff}): {roles}", name=person.name, login=person.login or "–",
                     staff=person.staff or "–", roles=roles)  # fmt: skip


def _answer(call: Call, person: str, told: str, other: Hand | None = None, **more: object) -> int:
    found = given.person(call.use, person)
    data: Data = {"person": person_data(found), **more}
    lines = [told, described(found, call.words)]
    if isinstance(other, Sheet):
        data["recovery"] = other.next_code
        lines += [
            call.words.say("The recovery sheet was used, and its code is dead."),
            call.words.say("The new sheet says, shown this once: {code}", code=other.next_code),
        ]
    return call.answer(data, lines)
