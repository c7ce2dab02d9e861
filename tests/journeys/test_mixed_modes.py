# SPDX-License-Identifier: Apache-2.0
"""Blind, split and reviewed in one procedure, findings at random: what the program makes of it the replay makes, too."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest

from qcdesk.domain.events import Resolution
from qcdesk.domain.modes import codes_in_review, measures_on, units_for
from qcdesk.domain.procedures import Characteristic, Mode
from qcdesk.domain.reviewing import Opened
from qcdesk.services.record_entries import Entries, NewFinding, NewReading, NewResult
from qcdesk.services.sign_check import Signed
from qcdesk.services.start_check import Started
from qcdesk.store.verification import verify
from tests.workspace import House, content

GOOD = {"DIA": "12.03", "PUL": "61"}
BAD = {"DIA": "12.50", "PUL": "48"}


def procedure(house: House, chance: Random) -> None:
    """Approve a procedure with a mode for each part, drawn at random."""
    modes: tuple[Mode, ...] = ("blind", "split", "review")
    pull = Characteristic("PUL", "Pull", "variable", "major", "N", lower=Decimal(50), destructive=True)
    weld = Characteristic("WLD", "Weld", "attribute", "minor", destructive=True)
    house.approve(
        defects_mode=chance.choice(("blind", "split")),
        characteristics=(
            replace(content("x").characteristics[0], mode=chance.choice(modes[:2])),
            replace(pull, mode=chance.choice(modes)),
            replace(weld, mode=chance.choice(modes)),
        ),
    )


def inspect(house: House, chance: Random, login: str, started: Started) -> None:
    """Record a whole check, with a few defects and readings out of limits; review what there is to review."""
    units = units_for(started.opened, started.place)
    said = house.use.own.own_check(started.check, house.id(login))
    again = [u.unit for u in said.again]
    readings = [
        NewReading(u, code, (BAD if chance.random() < 0.04 else GOOD)[code])
        for u in units
        for code in measures_on(started.opened, started.place, u)
    ]
    claims = []
    if started.place == "second":
        with house.use.look() as uow:
            claims = list(uow.to_review(started.check, codes_in_review(started.opened.procedure.content)))
        for unit in {c.unit for c in claims if c.code == "PUL" and chance.random() < 0.3}:
            if (unit, "PUL") not in {(r.unit, r.characteristic) for r in readings}:
                readings.append(NewReading(unit, "PUL", chance.choice((GOOD, BAD))["PUL"]))
    findings = [
        NewFinding(unit, chance.choice(("SCR", "DEN", "WLD", "SCR", "CRK")), chance.choice((1, 1, 2)))
        for unit in (*units, *again)
        if chance.random() < 0.03
    ]
    house.use.record(
        house.sittings[login],
        Entries(
            started.check,
            results=tuple(NewResult(u) for u in units),
            readings=tuple(readings),
            findings=tuple({(f.unit, f.code): f for f in findings}.values()),
            reviewed=tuple(
                Opened(c.claim, agrees, "" if agrees else "not so")
                for c in claims
                for agrees in (chance.random() < 0.7,)
            ),
        ),
    )


def checked(house: House, chance: Random, login: str, number: str) -> Signed:
    """Make and sign the check that is due."""
    started = house.start(login, number)
    inspect(house, chance, login, started)
    return house.sign(login, started)


@pytest.mark.parametrize("seed", range(10))
def test_program_and_replay_judge_mixed_modes_alike(house: House, seed: int) -> None:
    chance = Random(seed)
    procedure(house, chance)
    house.enrol("huy", "Trần Huy", "arbiter", "inspector")
    outcomes = []
    for _ in range(3):
        number = house.batch(quantity=200)
        signed = [checked(house, chance, login, number) for login in ("linh", "som")][-1]
        assert signed.compared is not None
        outcomes.append(signed.compared.outcome)
        if signed.compared.outcome == "disagreed":
            third = house.start("huy", number)
            page = house.use.read.comparison(number, house.id("huy"), house.clock.now())
            settled = tuple(
                Resolution(d.unit, d.code, d.defect_class, d.count, chance.random() < 0.5)
                for d in page.disputes
            )
            if settled:
                house.use.resolve(house.sittings["huy"], third.check, settled)
            house.use.decide(house.hands["huy"], third.check)
        assert house.use.printing.inspection(number, house.id("linh")).startswith(b"%PDF")
    found = verify(house.database)
    assert found.ok, (outcomes, found.problems)
