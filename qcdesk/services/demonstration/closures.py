# SPDX-License-Identifier: Apache-2.0
"""The story of a batch of spout caps that both accept, though neither sees everything: released, with a report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from qcdesk.domain.events import BatchSaved, RoundOpened
from qcdesk.services.demonstration.inspecting import Look, Looks, inspect, looks
from qcdesk.services.demonstration.works import Life, Works
from qcdesk.services.record_entries import NewFinding

NUMBER = "CAP-2611-0417"
QUANTITY = 240
FIRST, SECOND, RELEASER = "linh", "somchai", "anong"
REGISTERED_BY = "ha"
A_UNIT = 0.8  # minutes


@dataclass(frozen=True)
class ClosuresTold:
    """Where the story ended."""

    batch: str
    number: str
    outcome: str


def tell_closures(works: Works, told: list[ClosuresTold]) -> Life[None]:
    """Register the caps, check them twice, compare and release."""
    use = works.use
    batch = use.register_batch(
        works.sitting(REGISTERED_BY),
        BatchSaved(
            batch="",
            number=NUMBER,
            product=works.products["CAP-38"],
            quantity=QUANTITY,
            supplier=works.suppliers["VN-SAOBIEN"],
            order="PO-26-1183",
            made_on=works.day(-6),
            ship_by=works.today + timedelta(days=2),
            note="First delivery after the supplier changed the mould's vent.",
        ),
    ).batch
    yield 25
    found = _looks(works)
    yield from inspect(works, batch, FIRST, lambda opened: found(opened)[0], a_unit=A_UNIT, saves=8)
    yield 70
    _, signed = yield from inspect(
        works, batch, SECOND, lambda opened: found(opened)[1], a_unit=A_UNIT, saves=8
    )
    assert signed is not None and signed.compared is not None
    yield 20
    use.release_batch(works.hand(RELEASER), batch)
    told.append(ClosuresTold(batch, NUMBER, signed.state))


def _looks(works: Works) -> Looks:
    readings = looks("clean", 38)
    flash, scratch = works.pictures["cap_flash.png"], works.pictures["cap_scratch.png"]
    both = (
        NewFinding(3, "FLS", 1, "lower rim", "0.4 mm high, felt with the nail", flash),
        NewFinding(11, "SCR", 1, "shoulder", "", scratch),
        NewFinding(17, "SHS", 1, "thread start"),
        NewFinding(26, "SNK", 1, "between two ribs"),
    )
    only_first = (NewFinding(8, "COL", 1, "whole cap", "Lighter than the agreed sample"),)
    only_second = (NewFinding(21, "FLS", 1, "spout", "Mép vòi còn ba via"),)

    def found(opened: RoundOpened) -> tuple[Look, Look]:
        first, second = readings(opened)
        return (
            Look((*both, *only_first), first.readings, first.instruments),
            Look((*both, *only_second), second.readings, second.instruments),
        )

    return found
