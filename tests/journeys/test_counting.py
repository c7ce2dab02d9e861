# SPDX-License-Identifier: Apache-2.0
"""Whoever may be the second cannot count how often the first person saved: 3 steps read like 30 (trust.md §8.2)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from qcdesk.gui.screens.log.presenter import LogPresenter
from qcdesk.gui.screens.verification.presenter import VerificationPresenter
from qcdesk.services.export_rows import EXPORT_KINDS
from qcdesk.services.record_entries import Entries, NewFinding, NewReading, NewResult
from qcdesk.services.rows import LANES, AuditRow
from qcdesk.store.export_reader import SqlExportReader
from tests.gui.screens.conftest import EN, Desk, Remembers
from tests.journeys.conftest import standing_house
from tests.workspace import HandClock, House

MINUTE = 60
Make = Callable[[str], House]


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    """Build workspaces whose clock stands still between the moments that a test names."""
    with ExitStack() as opened:
        yield lambda name: opened.enter_context(standing_house(tmp_path / name, HandClock(tick=0)))


def lived(house: House, steps: int, *, signed: bool) -> House:
    """A released batch, then a first check saved in so many steps within an hour, then the work of an afternoon."""
    clock, began = house.clock, house.clock.at
    house.released(number="OLD-1")
    house.enrol("tu", "Trần Tú")
    clock.at = began + 30 * MINUTE * 1_000_000
    number, other = house.batch("DA-7", 2000), house.batch("DA-9", by="tu")
    drawn = house.start("tu", other)  # samples are drawn at random: both before the first check
    started = house.start("linh", number)
    units = range(1, len(started.opened.sample) + 1)
    entries = [
        Entries(started.check, results=(NewResult(u),), readings=(NewReading(u, "DIA", "12.03"),))
        for u in units
    ]
    entries.append(Entries(started.check, findings=(NewFinding(2, "SCR"),)))
    for turn in range(steps):
        lot = entries[turn::steps]
        clock.at = began + (31 * MINUTE + turn) * 1_000_000
        house.use.record(
            house.sittings["linh"],
            Entries(
                started.check,
                results=tuple(r for one in lot for r in one.results),
                readings=tuple(r for one in lot for r in one.readings),
                findings=tuple(f for one in lot for f in one.findings),
            ),
        )
    clock.at = began + 90 * MINUTE * 1_000_000
    if signed:
        house.sign("linh", started)
    # What comes after carries the numbers that would count.
    house.batch("DA-8", by="som")
    house.record("tu", drawn)
    house.sign("tu", drawn)
    house.check("som", other)
    house.use.release_batch(house.hands["som"], other)
    house.sit("som")
    clock.at += MINUTE * 1_000_000
    house.sit("som")
    return house


def plain(value: object) -> str:
    """Return what can be read, without ids, hashes and the units that follow from them, which are drawn at random."""
    read = re.sub(r"[0-9a-f]{32,}|\b([A-Z0-9]{4}-){3}[A-Z0-9]{4}\b", "…", repr(value))
    return re.sub(r'"sample":\[[\d,]+\]', '"sample":…', read)


def readable(house: House, login: str) -> dict[str, str]:
    """Return everything that the program tells this person about everything."""
    read, person, now = house.use.read, house.id(login), house.clock.at
    today = house.clock.today()
    batches = [row.batch for row in read.batches(None, None, 100)]
    found: dict[str, object] = {
        "trail": read.audit(person),
        "trail of one": [read.audit(person, of=house.id(who)) for who in ("linh", "som", "tu")],
        "trail of batches": [read.audit(person, batch=batch) for batch in batches],
        "trail pages": list(_pages(house, person)),
        "pages": [read.batch(batch, person, now) for batch in batches],
        "timelines": [read.timeline(batch, person) for batch in batches],
        "comparisons": read.comparison("DA-9", person, now),
        "lanes": [read.lane(lane, person) for lane in LANES],
        "done": read.lane("done", person),
        "waiting": read.waiting(person, today),
        "batches": read.batches(None, None, 100),
        "found": read.search("DA", 20),
        "notice": read.sign_in_notice(person),
        "locks": read.locks(house.use.moment()),
        "keys": read.person_keys(house.use.moment()),
        "people": read.people(),
        "wall": read.wall(),
        "suppliers": [read.supplier(s.supplier.supplier) for s in read.suppliers()],
        "codes": read.defect_codes(),
        "unexplained": read.unexplained(),
        "procedures": read.procedures(today),
        "log page": _log_page(house, login),
        "check page": _check_page(house, login),
    }
    for kind in (*EXPORT_KINDS, "left_out"):
        table = SqlExportReader(house.database).table(kind, person)
        found[f"export of {kind}"] = sorted(plain(list(row)) for row in table.rows)
    return {name: plain(value) for name, value in found.items()}


def _pages(house: House, person: str) -> Iterator[tuple[AuditRow, ...]]:
    before: int | None = None
    while True:
        page = house.use.read.audit_page(person, before=before, limit=4)
        yield page.rows
        before = page.before
        if before is None:
            return


def _log_page(house: House, login: str) -> object:
    view, desk = Remembers(), Desk(house, login)
    LogPresenter(view, house.use, desk.tasks, EN, desk.problems(view), desk.who).open()
    return view.told


def _check_page(house: House, login: str) -> object:
    view, desk = Remembers(), Desk(house, login)
    page = VerificationPresenter(
        view, house.use, desk.tasks, EN, desk.problems(view), desk.ask, desk.who, lambda: None
    )
    page.check()
    assert view.last("show_answer").how == "holds"
    told: object = view.told["show_answer"]
    return told


@pytest.mark.parametrize("signed", [False, True], ids=["open", "signed"])
def test_first_check_saved_in_3_steps_reads_like_one_saved_in_30(make: Make, signed: bool) -> None:
    few, many = lived(make("few"), 3, signed=signed), lived(make("many"), 30, signed=signed)
    assert lines(many) == lines(few) + 27
    assert told_apart(few, many) == []


def test_whoever_is_at_the_second_check_counts_nothing(make: Make) -> None:
    few, many = (lived(make(name), n, signed=True) for name, n in (("few", 3), ("many", 30)))
    for house in (few, many):
        house.record("som", house.start("som", "DA-7"))
    assert told_apart(few, many) == []


def test_the_watch_counts_what_is_told_after_the_comparison(make: Make) -> None:
    few, many = (lived(make(name), n, signed=True) for name, n in (("few", 3), ("many", 30)))
    for house in (few, many):
        house.check("som", "DA-7")
    differ = set(told_apart(few, many))
    assert {
        "trail",
        "trail pages",
        "timelines",
        "pages",
        "log page",
        "check page",
        "export of events",
    } <= differ
    assert None not in [row.seq for row in many.use.read.audit(many.id("som"))]


def test_numbers_before_the_first_hidden_entry_are_told(make: Make) -> None:
    house = lived(make("one"), 3, signed=True)
    rows = house.use.read.audit(house.id("som"))
    started = next(i for i, row in enumerate(rows) if row.kind == "check.started" and row.number == "DA-7")
    assert [row.seq for row in rows[: started + 1]] == list(range(1, started + 2))
    assert {row.seq for row in rows[started + 1 :]} == {None}
    assert None not in [row.seq for row in house.use.read.audit(house.id("linh"))]


def test_whoever_gave_up_the_second_place_is_told_all_numbers(make: Make) -> None:
    house = lived(make("one"), 3, signed=True)
    assert house.use.read.closed_from(house.id("tu")) is not None
    house.use.give_up_place(house.sittings["tu"], "DA-7", "I decide later")
    assert house.use.read.closed_from(house.id("tu")) is None
    assert house.use.read.closed_from(house.id("linh")) is None


def lines(house: House) -> int:
    """Return how many lines the log has."""
    return house.use.keeping.head()[0]


def told_apart(few: House, many: House) -> list[str]:
    """Return what Som could read that is not the same in both."""
    one, other = readable(few, "som"), readable(many, "som")
    return [name for name, text in one.items() if text != other[name]]
