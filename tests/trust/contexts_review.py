# SPDX-License-Identifier: Apache-2.0
"""What the second person must open of the first check: each claim in review that stands, of this round, and no other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tests.store.scenes import World
from tests.trust.rule_cases import OTHER, Case, quoted


@dataclass(frozen=True)
class Claim:
    """A claim that the first check may hold."""

    table: str
    code: str
    row: str
    taken_back: str


FOUND = Claim(
    "finding",
    "WLD",
    "INSERT INTO finding (id, checking, round, batch, unit, code, defect_class, count, place, note, at, seq, withdrawn)"
    f" VALUES ('{OTHER}', '{{check}}', '', '', 1, '{{code}}', 'minor', {{count}}, '', '', 1, 1, NULL)",
    "withdrawn = 'slip'",
)
MEASURED = Claim(
    "reading",
    "PUL",
    "INSERT INTO reading (id, checking, round, batch, unit, characteristic, typed, value, measure, inside, defect_class,"
    f" at, reason, replaced, seq) VALUES ('{OTHER}', '{{check}}', '', '', 1, '{{code}}', '11', '11', 'N', 0,"
    " 'minor', 1, '', 0, 1)",
    "replaced = 1",
)


@dataclass(frozen=True)
class Around:
    """A claim where it stands, and what is otherwise about it; ``counts``: it is to be opened all the same."""

    what: str
    counts: bool
    check: str = ""
    code: str = ""
    after: tuple[str, ...] = ()


def cases(world: World) -> Iterator[Case]:
    """Yield them all."""
    for claim in (FOUND, MEASURED):
        for around in _around(world, claim):
            yield from _tried(world, claim, around)


def _around(world: World, claim: Claim) -> Iterator[Around]:
    scene = world.review
    first, second = f"id = '{scene.first}'", f"id = '{scene.second}'"
    blind = 'UPDATE round SET opened = replace(opened, \'"mode":"review"\', \'"mode":"blind"\') WHERE id'
    yield Around("it stands", True)
    yield Around(
        "it was taken back",
        False,
        after=(f"UPDATE {claim.table} SET {claim.taken_back} WHERE id = '{OTHER}'",),
    )
    yield Around("it is of a code that both look at", False, code="SCR" if claim == FOUND else "DIA")
    yield Around("it is of the other code in review", True, code="PUL" if claim == FOUND else "WLD")
    yield Around("the second's own", False, check=scene.second)
    yield Around("of another round's first check", False, check=world.review_done.first)
    for state in ("open", "retracted", "set_aside"):
        yield Around(
            f"the first check is {state}",
            False,
            after=(f"UPDATE checking SET state = '{state}' WHERE {first}",),
        )
    yield Around("a third's", False, after=(f"UPDATE checking SET place = 'third' WHERE {first}",))
    yield Around("a third opens it", False, after=(f"UPDATE checking SET place = 'third' WHERE {second}",))
    yield Around("this procedure has nothing in review", False, after=(f"{blind} = '{scene.round}'",))
    yield Around("other procedures have nothing in review", True, after=(f"{blind} <> '{scene.round}'",))
    if claim == MEASURED:
        yield Around("within limits", False, after=(f"UPDATE reading SET inside = 1 WHERE id = '{OTHER}'",))


def _tried(world: World, claim: Claim, around: Around) -> Iterator[Case]:
    """Sign without opening it, with, and open it as what it is and as what it is not."""
    scene, seq = world.review, world.head + 1
    code = around.code or claim.code
    count = 3 if claim == FOUND else 1
    row = claim.row.format(check=around.check or scene.first, code=code, count=count)
    ready = (
        *(
            f"UPDATE {one.table} SET {one.taken_back} WHERE checking IN ('{scene.first}', '{scene.second}',"
            f" '{world.review_done.first}')"
            for one in (FOUND, MEASURED)
        ),
        f"DELETE FROM sign_off WHERE round = '{scene.round}' AND place = 'second'",
        row,
        *around.after,
    )

    def opening(check: str = scene.second, of: str = OTHER, number: int = seq, **changed: object) -> str:
        values = {"unit": 1, "code": code, "defect_class": "minor", "count": count, **changed}
        return (
            f"INSERT INTO reviewed (checking, claim, {', '.join(values)}, agrees, note, seq) VALUES ('{check}', '{of}',"
            f" {', '.join(quoted(v) for v in values.values())}, 1, '', {number})"
        )

    sign = (
        "INSERT INTO sign_off (seq, batch, round, place, person, key, checking, meaning, verdict, record, at, maker,"
        f" standing) VALUES ({seq}, '{scene.batch}', '{scene.round}', 'second', '{world.van}', 'k', '{{check}}', '',"
        " 'accepted', 'r', 1, 0, 1)"
    )
    its = sign.format(check=scene.second)
    for what, opened, opens in (
        ("not opened", (), False),
        ("opened", (opening(),), True),
        ("opened in another check", (opening(check=world.review_done.second),), False),
        ("another one opened", (opening(of="e" * 32),), False),
    ):
        refused = around.counts and not opens
        yield Case("sign_off_reviewed", f"{around.what}, {what}", refused, (*ready, *opened), its)
    other = sign.format(check=world.registered.batch)
    yield Case("sign_off_reviewed", f"{around.what}, another check is signed", False, ready, other)
    wrong: tuple[dict[str, object], ...] = (
        {"unit": 2},
        {"code": "X"},
        {"defect_class": "major"},
        {"count": 2},
    )
    for changed in ({}, *wrong):
        refused = not around.counts or bool(changed)
        yield Case("reviewed_of_first", f"{around.what}: {changed}", refused, ready, opening(**changed))  # type: ignore[arg-type]
    for another in (opening(of="e" * 32), opening(check=scene.first)):
        yield Case("reviewed_of_first", f"{around.what}: another's", True, ready, another)
