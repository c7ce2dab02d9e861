# SPDX-License-Identifier: Apache-2.0
"""Who signed what about whom: every act about people, by every kind of signers, against each row that it may write.

Three sentences decide. Whatever lets somebody do more is granted by two people, of whom one is an administrator other
than the person concerned and the other may be that person. Enrolling, and lifting a suspension, take two others, one of
them an administrator; the recovery sheet stands in for one of the two. What is taken away is taken by one administrator.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from tests.store.scenes import World
from tests.trust.rule_cases import RECOVERY, Case, day, event, now, quoted


@dataclass(frozen=True)
class Signed:
    """Who signed an act: one (or a workstation, which is nobody), others beside, and the recovery sheet or not."""

    by: str | None
    beside: tuple[str, ...] = ()
    sheet: bool = False

    @property
    def people(self) -> set[str]:
        """Return who they are."""
        return {*((self.by,) if self.by else ()), *self.beside}

    @property
    def all_beside(self) -> tuple[str, ...]:
        """Return who stands beside the first, the recovery sheet among them."""
        return (*self.beside, *((RECOVERY,) if self.sheet else ()))


Suffices = Callable[[Signed, str, set[str]], bool]
"""Whether signers suffice, for whom it concerns, where these are the able administrators."""


def by_two(signed: Signed, concerned: str, administrators: set[str]) -> bool:
    """Two people, one of them an administrator other than the person concerned."""
    return len(signed.people) >= 2 and bool(signed.people & administrators - {concerned})


def by_two_others(signed: Signed, concerned: str, administrators: set[str]) -> bool:
    """Two others, one an administrator; or one other and the recovery sheet."""
    others = signed.people - {concerned}
    return (len(others) >= 2 and bool(others & administrators)) or (signed.sheet and len(others) >= 1)


def by_one_administrator(signed: Signed, _concerned: str, administrators: set[str]) -> bool:
    """One administrator."""
    return signed.by in administrators


@dataclass(frozen=True)
class Change:
    """A row that an act about a person writes; ``{seq}`` is the act's number, ``by`` says which acts may, by whom."""

    trigger: str
    what: str
    person: str
    statement: str
    by: Mapping[str, Suffices] = field(default_factory=dict)


ONLY_READS = "she is no administrator any more"
KINDS = (
    "role.granted",
    "role.taken",
    "qualification.granted",
    "qualification.taken",
    "person.renamed",
    "person.enrolled",
    "person.suspended",
    "person.lifted",
    "key.enrolled",
)


def changes(world: World) -> Iterator[Change]:
    """Yield every row that an act about a person writes, and those that none may."""
    grants: Mapping[str, Suffices] = {"role.granted": by_two, "person.enrolled": by_two_others}
    lan, som, anh, hoa = world.lan, world.som, world.anh, world.hoa
    for person in (lan, som):
        yield Change(
            "role_grant_by_two",
            "a role",
            person,
            "INSERT INTO role_grant (person, role, families, until, seq)"
            f" VALUES ('{person}', 'auditor', '[]', NULL, {{seq}})",
            grants,
        )
        yield Change(
            "role_grant_by_two_again",
            "a role for longer",
            person,
            f"UPDATE role_grant SET until = '2099-01-01', seq = {{seq}} WHERE person = '{person}' AND role = 'inspector'",
            {"role.granted": by_two},
        )
        yield Change(
            "role_grant_taken_by_administrator",
            "a role less",
            person,
            f"DELETE FROM role_grant WHERE person = '{person}' AND role = 'inspector'",
            {"role.taken": by_one_administrator},
        )
        yield Change(
            "qualification_by_two",
            "a qualification",
            person,
            "INSERT INTO qualification (person, procedure, until, seq)"
            f" VALUES ('{person}', 'IP-1', NULL, {{seq}})",
            {"qualification.granted": by_two},
        )
    yield Change(
        "qualification_by_two_again",
        "a qualification for longer",
        lan,
        f"UPDATE qualification SET until = '2099-01-01', seq = {{seq}} WHERE person = '{lan}'",
        {"qualification.granted": by_two},
    )
    yield Change(
        "qualification_taken_by_administrator",
        "a qualification less",
        lan,
        f"DELETE FROM qualification WHERE person = '{lan}'",
        {"qualification.taken": by_one_administrator},
    )
    enrols: Mapping[str, Suffices] = {"person.enrolled": by_two_others}
    renames: Mapping[str, Suffices] = {"person.renamed": by_two}
    for person, status, name, rest in (
        (lan, "an active person's", renames, {}),
        (hoa, "a suspended person's", renames, {}),
        (anh, "a listed person's", {**renames, **enrols}, enrols),
    ):
        for column, by in (("name", name), ("login", rest), ("staff", rest)):
            yield Change(
                "person_name_by_two",
                f"{status} {column}",
                person,
                f"UPDATE person SET {column} = 'N 7' WHERE id = '{person}'",
                by,
            )
        yield Change(
            "person_name_by_two",
            f"{status} name and login",
            person,
            f"UPDATE person SET name = 'N 7', login = 'n7' WHERE id = '{person}'",
            rest,
        )
        yield Change(
            "person_name_by_two",
            f"{status} name and staff number",
            person,
            f"UPDATE person SET name = 'N 7', staff = '7' WHERE id = '{person}'",
            rest,
        )
    for person, old, new, by in (
        (lan, "active", "suspended", {"person.suspended": by_one_administrator}),
        (lan, "active", "listed", {}),
        (hoa, "suspended", "active", {"person.lifted": by_two_others}),
        (hoa, "suspended", "listed", {}),
        (anh, "listed", "active", enrols),
        (anh, "listed", "suspended", {}),
    ):
        yield Change(
            "person_status_by_event",
            f"{old} to {new}",
            person,
            f"UPDATE person SET status = '{new}' WHERE id = '{person}'",
            by,
        )


def signers(world: World, concerned: str) -> Iterator[Signed]:
    """Yield every kind of signers: administrators or not, one or two, the person concerned, the recovery sheet."""
    linh, som, minh, quy = world.linh, world.som, world.minh, world.quy
    yield from few_signers(world)
    for by, *beside in (
        (som,),
        (minh,),
        (linh, som),
        (linh, minh),
        (minh, linh),
        (minh, quy),
        (linh, linh),
        (concerned,),
        (concerned, linh),
        (linh, concerned),
        (concerned, minh),
        (minh, concerned),
        (concerned, linh, som),
        (concerned, linh, minh),
        (concerned, minh, quy),
    ):
        for sheet in (False, True):
            yield Signed(by, tuple(beside), sheet)


def few_signers(world: World) -> Iterator[Signed]:
    """Yield the signers that suffice for most: one administrator, the recovery sheet beside, two."""
    yield Signed(world.linh)
    yield Signed(world.linh, sheet=True)
    yield Signed(world.linh, (world.minh,))


def unable(world: World, at: int) -> Iterator[tuple[str, tuple[str, ...], set[str]]]:
    """Yield what may be wrong with an administrator, or nothing; with those who then are able administrators."""
    linh, som, both = world.linh, world.som, {world.linh, world.som}
    administrator = f"person = '{linh}' AND role = 'administrator'"
    yield "she is suspended", (f"UPDATE person SET status = 'suspended' WHERE id = '{linh}'",), {som}
    yield "her key has ended", (f"UPDATE person_key SET until_seq = 3 WHERE person = '{linh}'",), {som}
    yield "her role ran out", (f"UPDATE role_grant SET until = '{day(at, -2)}' WHERE {administrator}",), {som}
    yield (
        "her role lasts till today",
        (f"UPDATE role_grant SET until = '{day(at, 0)}' WHERE {administrator}",),
        both,
    )
    yield (
        ONLY_READS,
        (f"DELETE FROM role_grant WHERE {administrator}",),
        {som},
    )


def cases(world: World) -> Iterator[Case]:
    """Yield every act against every row."""
    at, seq = now(world), world.head + 1
    administrators = {world.linh, world.som}
    after = event(seq + 1, "supplier.saved", world.linh, at)
    nobody = Signed(None, (world.linh,))

    def said(kind: str, signed: Signed, concerned: str) -> tuple[str, ...]:
        return event(seq, kind, signed.by, at, beside=signed.all_beside, person=concerned)

    for change in changes(world):
        statement, person = change.statement.replace("{seq}", str(seq)), change.person
        for kind in KINDS:
            suffices = change.by.get(kind)
            tried = (*signers(world, person), nobody) if suffices else few_signers(world)
            for signed in tried:
                right = suffices is not None and suffices(signed, person, administrators)
                what = f"{change.what} by {kind} of {signed}"
                yield Case(change.trigger, what, not right, said(kind, signed, person), statement)
            if suffices is None:
                continue
            two = Signed(world.linh, (world.som if person != world.som else world.minh,))
            about = said(kind, two, world.van)
            yield Case(change.trigger, f"{change.what}: {kind} about another", True, about, statement)
            late = (*said(kind, two, person), *after)
            yield Case(change.trigger, f"{change.what}: {kind} is not the last", True, late, statement)
            for what, ready, able in unable(world, at):
                for signed in few_signers(world):
                    right = suffices(signed, person, able)
                    full = (*ready, *said(kind, signed, person))
                    yield Case(change.trigger, f"{change.what}: {what}, {signed}", not right, full, statement)
    yield from last_administrator(world, at)


def last_administrator(world: World, at: int) -> Iterator[Case]:
    """Yield what is taken from an administrator: never the role itself where nobody else able has it."""
    for what, ready, able in (("both are able", (), {world.linh, world.som}), *unable(world, at)):
        for person in (world.linh, world.som):
            for role in ("administrator", "inspector"):
                if (person, role, what) == (world.linh, "administrator", ONLY_READS):
                    continue  # it is gone already
                yield Case(
                    "role_grant_last_administrator",
                    f"{role} taken, {what}",
                    role == "administrator" and not able - {person},
                    ready,
                    f"DELETE FROM role_grant WHERE person = {quoted(person)} AND role = {quoted(role)}",
                )
