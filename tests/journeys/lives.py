# SPDX-License-Identifier: Apache-2.0
"""What the two stories of a batch's life share: a refusal that says the way on, and short looks at where a batch is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2 as pdfium
import pytest

from qcdesk.domain.refusals import Refusal
from qcdesk.i18n import Catalogue
from qcdesk.services.ports import Sheet
from qcdesk.services.record_entries import Entries, NewFinding, NewReading, NewResult
from qcdesk.services.start_check import Started
from qcdesk.store.verification import verify
from qcdesk.wording.refusals import tell
from tests.workspace import House

LINH, SOM, HUY, MINH = "Nguyễn Thị Linh", "สมชาย ศรีสุข", "Trần Văn Huy", "Phạm Minh"
PIN = "583920"
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
