# SPDX-License-Identifier: Apache-2.0
"""Rules of birth, roles, qualifications and sittings (trust.md §5.1, §5.5, §8.1)."""

from __future__ import annotations

import unicodedata

from qcdesk.checker.lines import Line
from qcdesk.checker.rules.desk import Desk, Rule
from qcdesk.checker.rules.revocations import require_two_others
from qcdesk.checker.rules.state import ALL_ROLES, Person


def workspace_opened(desk: Desk, line: Line) -> None:
    """The first line of all: two people, who both sign and hold every role but auditor."""
    body = line.body
    desk.require(line.seq == 1 and not desk.opened, line, "rule_opened_once")
    desk.require(body["vault"] == line.vault, line, "other_vault")
    people = body["people"]
    different = all(len({p[name] for p in people}) == 2 for name in ("person", "login", "staff", "key"))
    desk.require(len(people) == 2 and different, line, "rule_two_founders")
    desk.require(sorted(line.signers) == sorted(p["person"] for p in people), line, "rule_signers", needed=2,
                 signed=len(set(line.signers)))  # fmt: skip
    desk.opened = True
    desk.kept["shop"] = line.seq
    for said in people:
        person = _born(desk, line, said)
        person.roles = {role: ([], None) for role in ALL_ROLES}


def _born(desk: Desk, line: Line, said: dict[str, str]) -> Person:
    """Enter an enrolled person; ids, logins, staff numbers and keys are each one person's."""
    known = desk.people.get(said["person"])
    new = known is None or not (known.enrolled or line.seq < 2)
    desk.require(line.seq < 2 or new, line, "rule_id_again", id=said["person"])
    desk.claim(line, "login", said["login"], said["person"])
    # Whoever was listed under another staff number leaves that one free, as a person stands under one at a time.
    desk.claim(line, "staff", said["staff"], said["person"], known.staff if known else None)
    person = Person(said["person"], said["name"], said["staff"], said["login"], enrolled=True, active=True)
    desk.people[person.id] = person
    desk.own_keys[said["key"]] = person.id
    return person


def person_enrolled(desk: Desk, line: Line) -> None:
    """Two enrolled people and the new one sign; roles given at once need an administrator among the two."""
    body = line.body
    desk.require(body["person"] in line.signers, line, "rule_possession")
    desk.require(len(line.signers) == 3, line, "rule_signers", needed=3, signed=len(set(line.signers)))
    require_two_others(desk, line, body["person"], administrator=True)
    _require_another(desk, line)
    person = _born(desk, line, body)
    for grant in body["roles"] if desk.sound(line) else ():
        person.roles[grant["role"]] = (grant.get("families", []), grant.get("until"))


def _require_another(desk: Desk, line: Line) -> None:
    """Note a name that reads like an enrolled person's, unless who signed said that it is another."""
    body = line.body
    name = skeleton(body["name"])
    alike = {
        p.id
        for p in desk.people.values()
        if p.enrolled and p.id != body["person"] and skeleton(p.name) == name
    }
    desk.require(alike <= set(body.get("another_than", ())), line, "rule_name_alike", name=body["name"])


def person_renamed(desk: Desk, line: Line) -> None:
    """Another spelling of a name: two sign, as at a grant."""
    desk.require_signers(line, 2)
    desk.require_vouched(line, line.body["person"])
    desk.require_administrator(line, line.signers, line.body["person"])
    _require_another(desk, line)
    person = _known(desk, line)
    if person is not None:
        person.name = line.body["name"]


def skeleton(name: str) -> str:
    """Return a name as it reads at a glance: compatibility forms, capitals, blanks and invisible letters aside."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(c for c in folded if not c.isspace() and unicodedata.category(c) != "Cf")


def person_listed(desk: Desk, line: Line) -> None:
    """Somebody without a key is named: a maker, or a person from an import."""
    body = line.body
    desk.require_worker(line)
    desk.require(body["person"] not in desk.people, line, "rule_id_again", id=body["person"])
    staff = body.get("staff")
    if staff is not None:
        desk.claim(line, "staff", staff, body["person"])
    desk.people.setdefault(body["person"], Person(body["person"], body["name"], staff))


def person_changed(desk: Desk, line: Line) -> None:
    """Other languages, by one administrator. The name stays: another one takes two."""
    desk.require_signers(line, 1)
    desk.require_role(line, "administrator")
    person = _known(desk, line)
    if person is not None:
        desk.require(line.body["name"] == person.name, line, "rule_name_stays", person=person.name)


def language_chosen(desk: Desk, line: Line) -> None:
    """Whoever sits there chooses, for nobody else; who only reads may, too."""
    person = desk.people.get(line.by or "")
    desk.require(
        person is not None and person.active, line, "rule_person_state", person=desk.name(line.by or "")
    )


def _known(desk: Desk, line: Line) -> Person | None:
    found = desk.people.get(line.body["person"])
    desk.require(found is not None, line, "rule_unknown", what="person", id=line.body["person"])
    return found


def person_suspended(desk: Desk, line: Line) -> None:
    """One administrator alone may suspend."""
    desk.require_signers(line, 1)
    desk.require_role(line, "administrator")
    person = _known(desk, line)
    if person is not None:
        desk.require(person.enrolled and person.active, line, "rule_person_state", person=person.name)
        person.active = False


def person_lifted(desk: Desk, line: Line) -> None:
    """Two others lift a suspension."""
    desk.require(len(line.signers) == 2, line, "rule_signers", needed=2, signed=len(set(line.signers)))
    require_two_others(desk, line, line.body["person"], administrator=True)
    person = _known(desk, line)
    if person is not None:
        desk.require(person.enrolled and not person.active, line, "rule_person_state", person=person.name)
        person.active = person.enrolled


def role_granted(desk: Desk, line: Line) -> None:
    """Two sign: one an administrator other than the person concerned."""
    desk.require_signers(line, 2)
    desk.require_vouched(line, line.body["person"])
    desk.require_administrator(line, line.signers, line.body["person"])
    person = _known(desk, line)
    if person is not None:
        grant = line.body["grant"]
        desk.require(person.enrolled, line, "rule_person_state", person=person.name)
        if desk.sound(line):
            person.roles[grant["role"]] = (grant.get("families", []), grant.get("until"))


def role_taken(desk: Desk, line: Line) -> None:
    """One administrator takes a role away."""
    desk.require_role(line, "administrator")
    person = _known(desk, line)
    if person is not None:
        person.roles.pop(line.body["role"], None)  # a second click takes nothing


def qualification_granted(desk: Desk, line: Line) -> None:
    """As a role is granted."""
    desk.require_signers(line, 2)
    desk.require_vouched(line, line.body["person"])
    desk.require_administrator(line, line.signers, line.body["person"])
    person = _known(desk, line)
    if person is not None:
        desk.require(person.enrolled, line, "rule_person_state", person=person.name)
        if desk.sound(line):
            person.qualifications[line.body["procedure"]] = line.body["until"]


def qualification_taken(desk: Desk, line: Line) -> None:
    """One administrator takes a qualification away."""
    desk.require_role(line, "administrator")
    person = _known(desk, line)
    if person is not None:
        person.qualifications.pop(line.body["procedure"], None)


def session_opened(desk: Desk, line: Line) -> None:
    """A sitting begins; its key is new, and so is its name."""
    desk.require_signers(line, 1)
    desk.require(line.body["session"] not in desk.sessions, line, "rule_id_again", id=line.body["session"])
    known = desk.keys.active.get(line.body["key"])
    desk.require(known is not None and known.session == line.body["session"], line, "rule_session_key")
    desk.sessions[line.body["session"]] = line.by or ""


def session_closed(desk: Desk, line: Line) -> None:
    """A sitting ends, by its own key."""
    desk.require(line.body["session"] == line.session, line, "rule_session_other")


def shop_changed(desk: Desk, line: Line) -> None:
    """How the shop calls itself, by an administrator; that no third person need release any more takes a second."""
    desk.require_over(line, "shop")
    third = line.body.get("third_person_releases", False)
    if len(line.signers) == 1 and (third or not desk.third_releases):
        desk.require_role(line, "administrator")
    elif desk.require_signers(line, 2):
        desk.require_administrator(line, line.signers, "")
        for signer in line.signers:
            desk.require(desk.may_act(line, signer), line, "rule_no_role", person=desk.name(signer))
    desk.third_releases = third or (desk.third_releases and not desk.sound(line))


RULES: dict[str, Rule] = {
    "workspace.opened": workspace_opened,
    "shop.changed": shop_changed,
    "session.opened": session_opened,
    "session.closed": session_closed,
    "person.enrolled": person_enrolled,
    "person.listed": person_listed,
    "language.chosen": language_chosen,
    "person.changed": person_changed,
    "person.renamed": person_renamed,
    "person.suspended": person_suspended,
    "person.lifted": person_lifted,
    "role.granted": role_granted,
    "role.taken": role_taken,
    "qualification.granted": qualification_granted,
    "qualification.taken": qualification_taken,
}
