# SPDX-License-Identifier: Apache-2.0
"""What stands under a name, the set of roles a person holds in a word or two; and who can own what is open."""

from __future__ import annotations

from collections.abc import Iterable

from qcdesk.domain.people import ROLE_SETS, Person
from qcdesk.i18n import Catalogue
from qcdesk.services.rows import PersonRow
from qcdesk.wording.states import ROLE_SET_WORDS, role


def role_of(person: Person, words: Catalogue) -> str:
    """Return the word for the roles: the ready-made set where it is one, else the roles themselves."""
    held = {grant.role for grant in person.roles}
    for code, roles in ROLE_SETS.items():
        if held == set(roles):
            return words.say(ROLE_SET_WORDS[code])
    if "administrator" in held:
        return words.say(ROLE_SET_WORDS["owner"])
    named = [role(grant.role, words) for grant in person.roles]
    said = (
        words.say("{first}, {second}", first=named[0], second=named[1]) if len(named) > 1 else "".join(named)
    )
    return said[:1].upper() + said[1:]  # it stands alone under a name


def roles_by_person(people: Iterable[PersonRow], words: Catalogue) -> dict[str, str]:
    """Return the words for everybody's roles, by person."""
    return {row.person.id: role_of(row.person, words) for row in people}


def workers(people: Iterable[PersonRow], but: str = "") -> tuple[tuple[str, str], ...]:
    """Return who can own a complaint or a nonconformity, by id and name; ``but``: whoever has it already."""
    return tuple(
        (row.person.id, row.person.name)
        for row in people
        if row.person.status == "active"
        and row.person.id != but
        and any(grant.role != "auditor" for grant in row.person.roles)
    )
