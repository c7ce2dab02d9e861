# SPDX-License-Identifier: Apache-2.0
"""What the two stories of a batch's life share: a refusal that says the way on, and short looks at where a batch is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pypdfium2 as pdfium
import pytest

from qcdesk.domain.events import InstrumentSaved, Recorded
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.modes import units_for
from qcdesk.domain.procedures import Characteristic
from qcdesk.domain.refusals import (
    EventHolds,
    InstrumentOverdue,
    NotDoneNotAllowed,
    NotReviewed,
    NotYourCheck,
    PhotosMissing,
    Refusal,
    TwoNeeded,
    Unverified,
)
from qcdesk.i18n import Catalogue
from qcdesk.services.ports import Sheet
from qcdesk.services.record_entries import Entries, NewFinding, NewReading, NewResult, Withdraw
from qcdesk.services.start_check import Started
from qcdesk.store.verification import verify
from qcdesk.wording.inputs import tell as tell_input
from qcdesk.wording.refusals import tell
from tests.forging import forged
from tests.workspace import House, content

LINH, SOM, HUY, MINH = "Nguyễn Thị Linh", "สมชาย ศรีสุข", "Trần Văn Huy", "Phạm Minh"
PIN = "583920"
PULL = Characteristic(
    "PUL", "Pull force", "variable", "major", "N", lower=Decimal(10), mode="review", destructive=True
)
"""Destroys the unit, so nobody pulls it twice; what is read where nothing else is said holds."""
WORDS = Catalogue("en")


@contextmanager
def refused(
    rule: type[Refusal] | tuple[type[Refusal], ...], *way_on: str, reader: str = ""
) -> Iterator[None]:
    """Expect a refusal whose second line names who can, or what to do.

    Args: way_on: pieces that must stand in that line. reader: the name of who reads, where it is not the one meant.
    """
    with pytest.raises(rule) as caught:
        yield
    told = tell(caught.value, WORDS, you=reader or None)
    assert told.fact and told.way, caught.value
    for piece in way_on:
        assert piece in told.way, told


@contextmanager
def turned_back(code: str, *way_on: str) -> Iterator[None]:
    """Expect that what was typed is turned back, and that the second line says what to do."""
    with pytest.raises(BadInput, match=code) as caught:
        yield
    assert caught.value.code == code
    told = tell_input(caught.value, WORDS)
    assert told.fact and told.way, caught.value
    for piece in way_on:
        assert piece in told.way, told


def verifies(house: House) -> None:
    """Hold everything against the log: signatures, rules and every row."""
    found = verify(house.database)
    assert found.ok, found.problems


def held(house: House, batch: str) -> bool:
    """Tell whether a batch is quarantined."""
    with house.use.look() as uow:
        return uow.batch(batch).held


def round_no(house: House, batch: str) -> int:
    """Return the number of the round that stands."""
    with house.use.look() as uow:
        return uow.batch(batch).round_no


def check_of(house: House, batch: str, place: str) -> str:
    """Return the id of the standing check in a place."""
    with house.use.look() as uow:
        return next(
            c.id
            for c in reversed(uow.round(uow.batch(batch).round or "").checks)
            if c.place == place and c.state in ("open", "signed")
        )


def sheet_of(house: House) -> Sheet:
    """Open the recovery sheet that is good now."""
    return house.use.open_sheet(house.recovery_code)


def used(house: House, sheet: Sheet) -> None:
    """Close the new sheet away in place of the one that was used."""
    house.recovery_code = sheet.next_code


def all_but_the_last(house: House, login: str, started: Started) -> None:
    """Put every unit on record but the last."""
    units = range(1, len(started.opened.sample))
    house.use.record(
        house.sittings[login],
        Entries(
            started.check,
            results=tuple(NewResult(u) for u in units),
            readings=tuple(NewReading(u, "DIA", "12.03") for u in units),
        ),
    )


def the_last(house: House, login: str, started: Started, *findings: NewFinding) -> None:
    """Put the last unit on record."""
    unit = len(started.opened.sample)
    house.use.record(
        house.sittings[login],
        Entries(started.check, (NewResult(unit),), findings, (NewReading(unit, "DIA", "12.03"),)),
    )


def mended(house: House, login: str, started: Started, other: str) -> None:
    """Correct a reading and withdraw a crack in one's own open check, which nobody else does in it."""
    own, theirs = house.sittings[login], house.sittings[other]
    right = NewReading(1, "DIA", "12.04")
    house.use.record(own, Entries(started.check, findings=(NewFinding(2, "CRK"),)))
    with turned_back("correction_reason", "Say why it is corrected."):
        house.use.record(own, Entries(started.check, readings=(right,)))
    for_a_reason = replace(right, reason="the jaws were dirty")
    with house.use.look() as uow:
        (crack,) = (f.id for f in uow.work(started.check).findings)
    for entries in (
        Entries(started.check, readings=(for_a_reason,)),
        Entries(started.check, withdraw=(Withdraw(crack, "I see none"),)),
    ):
        with refused(NotYourCheck, "Only the person who makes a check"):
            house.use.record(theirs, entries)
    with turned_back("missing"):
        house.use.record(own, Entries(started.check, withdraw=(Withdraw(crack, ""),)))
    house.use.record(
        own, Entries(started.check, readings=(for_a_reason,), withdraw=(Withdraw(crack, "a hair on it"),))
    )
    with house.use.look() as uow:
        work = uow.work(started.check)
    assert [m.typed for m in work.measured if m.unit == 1] == ["12.03", "12.04"], "the old value is kept"
    assert [w.reason for w in work.withdrawn] == ["a hair on it"]


def signed_with_all_it_needs(house: House, login: str) -> None:
    """Sign a first check that lacked a good instrument, a unit and a photo before."""
    own = house.sittings[login]
    for number, until in (("C-1", date(2027, 1, 1)), ("C-2", date(2026, 3, 1))):
        house.use.save_instrument(own, InstrumentSaved("", number, "caliper", until))
    bore = replace(content("x").characteristics[0], instrument_type="Caliper")
    house.approve(photo_classes=("major",), characteristics=(bore,))
    started = house.start(login, house.batch())
    units = range(1, len(started.opened.sample) + 1)

    def readings(instrument: str) -> tuple[NewReading, ...]:
        return tuple(NewReading(u, "DIA", "12.03", instrument) for u in units)

    with refused(InstrumentOverdue, "C-1"):
        house.use.record(own, Entries(started.check, readings=readings("C-2")))
    with refused(NotDoneNotAllowed, "Inspect what is missing"):
        house.use.record(own, Entries(started.check, (NewResult(1, "fell off the tray"),)))
    all_units = tuple(NewResult(u) for u in units)
    house.use.record(own, Entries(started.check, all_units, (NewFinding(1, "DEN"),), readings("C-1")))
    with refused(PhotosMissing, "enter it again with its photo"):
        house.sign(login, started)
    with house.use.look() as uow:
        (dent,) = (f.id for f in uow.work(started.check).findings)
    house.use.record(own, Entries(started.check, withdraw=(Withdraw(dent, "it was dirt"),)))
    house.sign(login, started)


def voided_by_two(house: House, number: str, named: str, by: str, other: str) -> None:
    """Put a line in the log that ``named`` never signed; it stops the batch until two declare it void."""
    before = round_no(house, number)
    with house.use.look() as uow:
        batch = uow.batch(number)
    line = forged(house, Recorded("c" * 32, batch.id, batch.round or ""), named)
    one, two = house.hands[by], house.hands[other]
    with refused(Unverified):
        house.use.printing.inspection(batch.id, house.id(by))
    with refused(TwoNeeded, "Ask another person to sign with you."):
        house.use.void_event(one, one, line, "nobody signed it")
    with refused(EventHolds, "Only an event that fails verification"):
        house.use.void_event(one, two, line - 1, "it stands before it")
    house.use.void_event(one, two, line, "nobody signed it")
    assert (house.state(number), round_no(house, number)) == ("registered", before)
    assert not house.start(by, number).resumed
    assert round_no(house, number) == before + 1


def split_checked(house: House, number: str, first: str, second: str, found: dict[int, str]) -> None:
    """Let two check a batch of which the procedure splits everything.

    Args: found: what the second person finds, by place in the own sample: 0 is the first unit that both have.
    """
    house.check(first, number)
    after = house.start(second, number)
    units = units_for(after.opened, "second")
    alone = next(u for u in units_for(after.opened, "first") if u not in units)
    with turned_back("unit_of_other", "the list of this check"):
        house.use.record(house.sittings[second], Entries(after.check, (NewResult(alone),)))
    house.record(second, after, {units[place]: code for place, code in found.items()})
    assert units[0] in after.opened.overlap and units[-1] > len(after.opened.sample)
    assert house.sign(second, after).fact.mode == "split"


def reviewed_by(house: House, number: str, first: str, second: str, contested: dict[int, str]) -> None:
    """Let one pull a batch apart, and another review each pull that was too weak."""
    house.check(first, number, readings={3: "9"})
    after = house.start(second, number)
    with refused(NotReviewed, "sign"):
        house.sign(second, after)
    with refused(NotYourCheck, "Only the person who makes a check"):
        house.review(first, after)
    house.review(second, after, contested)
    assert house.sign(second, after).fact.mode == "review"


def report_of(house: House, number: str) -> str:
    """Return what the inspection report says."""
    with house.use.look() as uow:
        batch = uow.batch(number)
    return pdf_text(house.use.printing.inspection(batch.id, house.id("linh")))


def wrong_tries(house: House, login: str, times: int) -> None:
    """Try wrong secrets, waiting long enough before each."""
    for _ in range(times):
        house.clock.forward(seconds=301)
        with pytest.raises(Refusal):
            house.use.open_hand(login, "not the secret at all")


def pdf_text(pdf: bytes) -> str:
    """Return what stands on a paper, in one line."""
    document = pdfium.PdfDocument(pdf)
    return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in document)
