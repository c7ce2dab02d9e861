# SPDX-License-Identifier: Apache-2.0
"""Rows of the workspace, its people, keys, grants and sittings."""

from __future__ import annotations

from collections.abc import Iterator

from qcdesk.domain import events
from qcdesk.domain.log import Event
from qcdesk.domain.people import FOUNDER_ROLES
from qcdesk.store.projection.changes import Change, Drop, Put, Row, Set, json_text, project
from qcdesk.store.projection.revocations import key_row, key_vouched_for, namesakes, sheet_row


@project.register
def _(fact: events.WorkspaceOpened, event: Event) -> Iterator[Change]:
    yield Put(
        "workspace",
        {"vault": fact.vault, "opened": event.at, "recovery_key": fact.recovery_public_key.hex()},
    )
    yield Put("recovery_sheet", sheet_row(fact.recovery_public_key, event))
    yield Put(
        "shop",
        {
            "id": 1,
            "name": fact.shop,
            "address": "",
            "logo": None,
            "paper": "A4",
            "third_releases": 0,
            "footer": "",
            "accent": "",
            "seq": event.seq,
        },
    )
    names = [p.person for p in fact.people]
    for person in fact.people:
        yield Put(
            "person",
            {
                "id": person.person,
                "login": person.login,
                "name": person.name,
                "staff": person.staff,
                "status": "active",
                "languages": "[]",
                "enrolled_by": json_text(names),
                "since": event.at,
                "seq": event.seq,
            },
        )
        yield Put("person_key", key_row(person.key, person.person, person.public_key, event))
        for role in FOUNDER_ROLES:
            yield Put("role_grant", _grant(person.person, role, (), None, event))


@project.register
def _(fact: events.ShopChanged, event: Event) -> Iterator[Change]:
    yield Put(
        "shop",
        {
            "id": 1,
            "name": fact.name,
            "address": fact.address,
            "logo": fact.logo,
            "paper": fact.paper,
            "third_releases": int(fact.third_person_releases),
            "footer": fact.footer,
            "accent": fact.accent,
            "seq": event.seq,
        },
        over=True,
    )


@project.register
def _(fact: events.SessionOpened, event: Event) -> Iterator[Change]:
    yield Put(
        "session",
        {
            "id": fact.session,
            "person": event.by,
            "key": fact.key,
            "public_key": fact.public_key.hex(),
            "opened": event.seq,
            "closed": None,
        },
    )


@project.register
def _(fact: events.SessionClosed, event: Event) -> Iterator[Change]:
    yield Set("session", {"id": fact.session}, {"closed": event.seq})


@project.register
def _(fact: events.PersonEnrolled, event: Event) -> Iterator[Change]:
    yield Put(
        "person",
        {
            "id": fact.person,
            "login": fact.login,
            "name": fact.name,
            "staff": fact.staff,
            "status": "active",
            "languages": json_text(list(fact.languages)),
            "enrolled_by": json_text([event.by, *(c.person for c in event.co if c.person != fact.person)]),
            "since": event.at,
            "seq": event.seq,
        },
        over=True,  # a listed person may be enrolled
    )
    yield from namesakes(fact.person, fact.another_than, event)
    yield key_vouched_for(fact.key, fact.person, fact.public_key, event)
    for grant in fact.roles:
        until = grant.until.isoformat() if grant.until else None
        yield Put("role_grant", _grant(fact.person, grant.role, grant.families, until, event))


@project.register
def _(fact: events.LanguageChosen, event: Event) -> Iterator[Change]:
    yield Put("person_language", {"seq": event.seq, "person": event.by, "language": fact.language})


@project.register
def _(fact: events.PersonListed, event: Event) -> Iterator[Change]:
    yield Put(
        "person",
        {
            "id": fact.person,
            "login": None,
            "name": fact.name,
            "staff": fact.staff,
            "status": "listed",
            "languages": "[]",
            "enrolled_by": json_text([event.by]),
            "since": event.at,
            "seq": event.seq,
        },
    )


@project.register
def _(fact: events.PersonChanged, event: Event) -> Iterator[Change]:
    yield Set(
        "person", {"id": fact.person}, {"name": fact.name, "languages": json_text(list(fact.languages))}
    )


@project.register
def _(fact: events.PersonSuspended, event: Event) -> Iterator[Change]:
    yield Set("person", {"id": fact.person}, {"status": "suspended"})


@project.register
def _(fact: events.SuspensionLifted, event: Event) -> Iterator[Change]:
    yield Set("person", {"id": fact.person}, {"status": "active"})


@project.register
def _(fact: events.RoleGranted, event: Event) -> Iterator[Change]:
    until = fact.grant.until.isoformat() if fact.grant.until else None
    yield Put(
        "role_grant",
        _grant(fact.person, fact.grant.role, fact.grant.families, until, event),
        over=True,
    )


@project.register
def _(fact: events.RoleTaken, event: Event) -> Iterator[Change]:
    yield Drop("role_grant", {"person": fact.person, "role": fact.role})


@project.register
def _(fact: events.QualificationGranted, event: Event) -> Iterator[Change]:
    yield Put(
        "qualification",
        {
            "person": fact.person,
            "procedure": fact.procedure,
            "until": fact.until.isoformat() if fact.until else None,
            "seq": event.seq,
        },
        over=True,
    )


@project.register
def _(fact: events.QualificationTaken, event: Event) -> Iterator[Change]:
    yield Drop("qualification", {"person": fact.person, "procedure": fact.procedure})


def _grant(person: str, role: str, families: tuple[str, ...], until: str | None, event: Event) -> Row:
    return {
        "person": person,
        "role": role,
        "families": json_text(list(families)),
        "until": until,
        "seq": event.seq,
    }


@project.register
def _(_fact: events.ConcernExplained, _event: Event) -> Iterator[Change]:
    yield from ()  # its line in the index is enough: the list is drawn from the log
