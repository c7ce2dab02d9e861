# SPDX-License-Identifier: Apache-2.0
"""The story of the NIST cover: what the first inspection passed and the second, blind, did not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from qcdesk.domain.events import BatchSaved, Resolution, RoundOpened
from qcdesk.services.demonstration.content import PairedReadings
from qcdesk.services.demonstration.inspecting import Look, inspect
from qcdesk.services.demonstration.works import Life, Works

NUMBER = "NIST-COVER-20"
FIRST, SECOND, THIRD = "somchai", "wangmin", "chenwei"
REGISTERED_BY = "ha"
A_UNIT = 2.5  # minutes


@dataclass(frozen=True)
class CoverTold:
    """Where the story ended; ``part`` is the part (unit of the batch), ``sample_no`` its number on the goods."""

    batch: str
    number: str
    part: int
    sample_no: int
    characteristic: str
    first_reading: str
    second_reading: str
    limit: str
    outcome: str


def tell_cover(works: Works, told: list[CoverTold]) -> Life[None]:
    """Register the 20 covers, let both measure them, and let a third person settle what they disagree about."""
    use, cover = works.use, works.cover
    batch = use.register_batch(
        works.sitting(REGISTERED_BY),
        BatchSaved(
            batch="",
            number=NUMBER,
            product=works.products["NIST-COVER"],
            quantity=cover.parts,
            supplier=works.suppliers["NIST-SMS"],
            order="usnistgov/smstestbed",
            ship_by=works.today + timedelta(days=4),
            note=cover.note(),
        ),
    ).batch
    yield 40
    yield from inspect(
        works, batch, FIRST, lambda opened: _as_read(works, opened, 1), a_unit=A_UNIT, saves=20
    )
    yield 55
    started, signed = yield from inspect(
        works, batch, SECOND, lambda opened: _as_read(works, opened, 2), a_unit=A_UNIT, saves=20
    )
    assert signed is not None and signed.compared is not None and signed.state == "disagreed"
    yield 35
    third = use.start_check(works.sitting(THIRD), batch)
    disputed = _outside(works, 1) ^ _outside(works, 2)
    assert len(disputed) == 1, "the published files differ in one verdict"
    part, code = next(iter(disputed))
    sample_no = started.opened.sample.index(part) + 1
    readings = _of(works, code)
    first, second = readings.first[part - 1], readings.second[part - 1]
    note = (
        f"Part {part}: {first} {cover.unit} in the first file, {second} {cover.unit} in the second, limit "
        f"{readings.upper} {cover.unit}. No third reading was published, so the one that fails stands."
    )
    yield 12
    use.resolve(works.sitting(THIRD), third.check, (Resolution(sample_no, code, "major", 1, True, note),))
    yield 4
    decided = use.decide(works.hand(THIRD), third.check)
    told.append(
        CoverTold(
            batch, NUMBER, part, sample_no, code, first, second, str(readings.upper), decided.fact.outcome
        )
    )


def _as_read(works: Works, opened: RoundOpened, place: int) -> Look:
    """Return what one party read, by sample number: the sample is all 20, in the order in which they were drawn."""
    readings = {
        (number, c.code): (c.first if place == 1 else c.second)[part - 1]
        for number, part in enumerate(opened.sample, start=1)
        for c in works.cover.characteristics
    }
    return Look(readings=readings)


def _outside(works: Works, place: int) -> set[tuple[int, str]]:
    cover = works.cover
    return {
        (part, c.code)
        for c in cover.characteristics
        for part, typed in enumerate(c.first if place == 1 else c.second, start=1)
        if not c.characteristic(cover.unit).inside(Decimal(typed))
    }


def _of(works: Works, code: str) -> PairedReadings:
    return next(c for c in works.cover.characteristics if c.code == code)
