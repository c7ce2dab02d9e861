# SPDX-License-Identifier: Apache-2.0
"""Cases of the rules that ask for whom a role is: which product families, until when, and of somebody active."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import product

from tests.store.attacks import certificate, filled
from tests.store.scenes import World
from tests.trust.rule_cases import Case, day, event, now, quoted

FAMILIES: tuple[tuple[str, ...], ...] = ((), ("Cables",), ("Bolts",), ("Bolts", "Cables"), ("",))


def cases(world: World) -> Iterator[Case]:
    """Yield every case: Tâm, who plans and releases for some families, on cables and on plugs."""
    at = now(world)
    untils = (None, day(at, 1), day(at, -1), day(at, -2))
    for families, until, status in product(FAMILIES, untils, ("active", "suspended")):
        held = until is None or until >= day(at, -1)
        for role in ("planner", "releaser", "inspector"):
            ready = (
                f"DELETE FROM role_grant WHERE person = '{world.tam}'",
                "INSERT INTO role_grant (person, role, families, until, seq) VALUES"
                f" ('{world.tam}', '{role}', '{json.dumps(families)}', {quoted(until and until.isoformat())}, 1)",
                f"UPDATE person SET status = '{status}' WHERE id = '{world.tam}'",
            )
            what = f"{role} for {families} until {until}, {status}"
            yield from _plans(
                world, what, ready, families, good=held and status == "active" and role == "planner"
            )
            yield from _lifts(
                world, what, ready, families, good=held and status == "active" and role == "releaser"
            )
            yield from _certifies(
                world, what, ready, families, good=held and status == "active" and role == "releaser"
            )


def _plans(
    world: World, what: str, ready: tuple[str, ...], families: tuple[str, ...], *, good: bool
) -> Iterator[Case]:
    for plug in ("", "Cables", "Bolts"):
        other = f"UPDATE product SET family = '{plug}' WHERE code = 'PLUG'"
        may = good and (not families or {"Cables", plug} <= set(families))
        yield Case(
            "procedure_stopped_planner",
            f"{what} stops what is for cables and plugs of family {plug!r}",
            not may,
            (*ready, other),
            "INSERT INTO procedure_stopped (code, version, reason, person, seq)"
            f" VALUES ('IP-904', 1, 'why', '{world.tam}', {world.head})",
        )


def _lifts(
    world: World, what: str, ready: tuple[str, ...], families: tuple[str, ...], *, good: bool
) -> Iterator[Case]:
    seq = world.head + 1
    act = event(seq, "batch.lifted", world.linh, now(world), beside=(world.tam,), batch=world.held.batch)
    for family in ("", "Cables", "Bolts"):
        of = f"UPDATE product SET family = '{family}' WHERE code = 'PH-204'"
        yield Case(
            "hold_lifted_by_releasers",
            f"{what} lifts beside a releaser a hold of family {family!r}",
            not (good and (not families or family in families)),
            (*ready, of, *act),
            f"UPDATE hold SET lifted = {seq} WHERE id = '{world.hold_standing}'",
        )


def _certifies(
    world: World, what: str, ready: tuple[str, ...], families: tuple[str, ...], *, good: bool
) -> Iterator[Case]:
    release = f"FROM sign_off WHERE round = '{world.released.round}' AND place = 'release')"
    issued = certificate(
        "released", seq=f"{world.head}", release=f"(SELECT seq {release}", record=f"(SELECT record {release}"
    )
    statement = filled(issued, world).replace(f"'{world.som}'", f"'{world.tam}'")
    for family in ("", "Cables"):
        yield Case(
            "certificate_role",
            f"{what} certifies goods of family {family!r}",
            not (good and (not families or family in families)),
            (*ready, f"UPDATE product SET family = '{family}' WHERE code = 'PH-204'"),
            statement,
        )
