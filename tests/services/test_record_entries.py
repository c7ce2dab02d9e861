# SPDX-License-Identifier: Apache-2.0
"""Entries go into one's own open check, with instruments that are good (trust.md §8.2, §8.3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from qcdesk.domain.events import InstrumentSaved
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import (
    CheckClosed,
    InstrumentBlocked,
    InstrumentOfOtherKind,
    InstrumentOverdue,
    NotActive,
    NotDoneNotAllowed,
    NotYourCheck,
)
from qcdesk.services.record_entries import Entries, NewReading, NewResult
from tests.workspace import House, content, refused, standing

GOOD = date(2027, 1, 1)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """Linh and Som, who may do all."""
    made = standing(tmp_path)
    yield made
    made.database.dispose()


def test_entries_go_into_ones_own_open_check_of_whoever_may_work(house: House) -> None:
    house.enrol("minh", "Trần Minh")
    started = house.start("minh", house.batch())
    entries = Entries(started.check, results=(NewResult(1),))
    said = refused(NotYourCheck, lambda: house.use.record(house.sittings["linh"], entries))
    assert (said.person, said.owner) == ("Nguyễn Thị Linh", "Trần Minh")
    left_out = Entries(started.check, results=(NewResult(1, "fell off the tray"),))
    assert refused(NotDoneNotAllowed, lambda: house.use.record(house.sittings["minh"], left_out)).units == (
        1,
    )
    house.use.suspend(house.hands["linh"], "minh", "on leave")
    assert refused(NotActive, lambda: house.use.record(house.sittings["minh"], entries)).person == "Trần Minh"
    house.use.set_aside(house.sittings["linh"], started.check, "on leave")
    assert (
        refused(CheckClosed, lambda: house.use.record(house.sittings["minh"], entries)).state == "set_aside"
    )


def test_only_a_good_instrument_of_the_kind_asked_for_gives_a_reading(house: House) -> None:
    linh = house.sittings["linh"]
    for number, kind, until, blocked in (
        ("C-1", "caliper", GOOD, False),
        ("C-2", "caliper", date(2026, 3, 1), False),
        ("C-3", "caliper", GOOD, True),
        ("T-1", "tape", GOOD, False),
    ):
        house.use.save_instrument(linh, InstrumentSaved("", number, kind, until, blocked=blocked))
    house.approve(characteristics=(replace(content("x").characteristics[0], instrument_type="Caliper"),))
    started = house.start("linh", house.batch())
    kinds: dict[str, type[InstrumentOverdue | InstrumentBlocked | InstrumentOfOtherKind]] = {
        "C-2": InstrumentOverdue,
        "C-3": InstrumentBlocked,
        "T-1": InstrumentOfOtherKind,
    }
    for number, refusal in kinds.items():
        entries = Entries(started.check, readings=(NewReading(1, "DIA", "12.03", number),))
        said = refused(refusal, lambda entries=entries: house.use.record(linh, entries))  # type: ignore[misc]
        assert (said.instrument, said.use_instead) == (number, (("C-1", GOOD),))


def test_reading_that_is_good_only_a_thousandfold_is_asked_again(house: House) -> None:
    wide = replace(
        content("x").characteristics[0], nominal=None, lower=Decimal("1200"), upper=Decimal("1300")
    )
    house.approve(characteristics=(wide,))
    started = house.start("linh", house.batch())

    def record(typed: str) -> None:
        entries = Entries(started.check, readings=(NewReading(1, "DIA", typed),))
        house.use.record(house.sittings["linh"], entries)

    for doubtful in ("1.234", "1,234"):
        with pytest.raises(BadInput) as refused:
            record(doubtful)
        assert refused.value.code == "number_in_doubt"
    for plain in ("1234", "1.100", "1.2340"):
        record(plain)
