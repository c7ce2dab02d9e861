# SPDX-License-Identifier: Apache-2.0
"""A whole second check in the window, up to the signature, never loads what the first one found.

Every statement is recorded with its parameters, and every row that it brings is read along. The first check holds
canaries: values that occur nowhere else. The same watch must cry out over a reader with one field too many.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from qcdesk.domain.procedures import Characteristic
from qcdesk.domain.reviewing import Opened
from qcdesk.domain.sampling import ClassRule
from qcdesk.services.record_entries import Entries, NewFinding, NewReading, NewResult, Withdraw
from qcdesk.services.rows import BlindReader, OwnCheckPage
from tests.journeys.driving import Hands
from tests.overhearing import overheard
from tests.workspace import House, content

NOTE = "canary: a deep dent beside the second bore"
PLACE = "canary place"
WITHDRAWN = "canary: only oil, wiped off"
NOT_DONE = "canary: fell off the tray"
READING = "12.0419375"
FINDINGS = ("finding", "reading", "unit_result", "reviewed", "claim_to_review")
"""Tables that hold what a check found, and the view of what is to review."""


@dataclass
class Watch:
    """Records statements and rows, and says which of them touch the first check."""

    first: str
    person: str
    canaries: tuple[str, ...]
    own: str = ""
    statements: int = 0
    rows: int = 0
    breaches: list[str] = field(default_factory=list)

    def saw(self, cursor: Any, statement: str, parameters: Any) -> None:  # noqa: ANN401 - whatever the driver takes
        """Look at a statement before it runs, and at all that it will bring."""
        self.statements += 1
        self._judge_statement(statement, parameters)
        if not re.match(r"\s*(SELECT|WITH)\b", statement, re.IGNORECASE):
            return
        raw = cursor.connection.cursor()
        try:
            raw.execute(statement, parameters)
            names = [column[0] for column in raw.description or ()]
            for row in raw.fetchall():
                self.rows += 1
                self._judge_row(statement, names, row)
        finally:
            raw.close()

    def _judge_statement(self, statement: str, parameters: Any) -> None:  # noqa: ANN401
        given = {str(value) for value in _values(parameters)}
        if not statement.lstrip().upper().startswith(("SELECT", "WITH")):
            return
        for table in FINDINGS:
            if not re.search(rf"\b(FROM|JOIN)\s+{table}\b", statement, re.IGNORECASE):
                continue
            if self.first in given:
                self.breaches.append(f"asks {table} of the first check: {statement}")
            elif self.person in given and re.search(r"\bperson = ", statement):
                continue  # the board counts how far one's own open checks are
            elif not self.own or self.own not in given:
                self.breaches.append(f"asks {table} of more than one's own check: {statement}")

    def _judge_row(self, statement: str, names: list[str], row: tuple[object, ...]) -> None:
        for name, value in zip(names, row, strict=True):
            text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
            found = [canary for canary in self.canaries if canary in text]
            if name == "verdict" or '"verdict":' in text:
                found.append("a verdict")
            self.breaches.extend(f"brings {canary!r} in {name}: {statement}" for canary in found)

    @contextmanager
    def on(self) -> Iterator[Watch]:
        """Watch every engine of this process."""
        with overheard(self.saw):
            yield self


def _values(parameters: Any) -> list[object]:  # noqa: ANN401
    if isinstance(parameters, dict):
        return list(parameters.values())
    if isinstance(parameters, (list, tuple)):
        return [
            v
            for each in parameters
            for v in (_values(each) if isinstance(each, (dict, list, tuple)) else [each])
        ]
    return []


@pytest.fixture
def watch(house: House, tmp_path: Path) -> Watch:
    """A first check full of canaries, signed and rejecting, on the batch DA-1."""
    house.approve(not_done_allowed=True)
    number = house.batch("DA-1")
    picture = QImage(32, 24, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.darkGray)
    assert picture.save(str(tmp_path / "canary.png"))
    photo = house.use.files.keep_picture((tmp_path / "canary.png").read_bytes())
    started = house.start("linh", number)
    units = range(1, len(started.opened.sample) + 1)
    check, sitting = started.check, house.sittings["linh"]
    recorded = house.use.record(
        sitting,
        Entries(
            check,
            results=tuple(NewResult(u, NOT_DONE if u == 4 else None) for u in units),
            readings=tuple(NewReading(u, "DIA", READING) for u in units if u != 4),
            findings=(
                NewFinding(2, "CRK", note=NOTE, place=PLACE, photo=photo),
                NewFinding(3, "DEN", note=NOTE),
            ),
        ),
    )
    house.use.record(sitting, Entries(check, withdraw=(Withdraw(recorded.findings[1].id, WITHDRAWN),)))
    signed = house.sign("linh", started)
    assert signed.fact.verdict == "rejected"
    ids = tuple(f.id for f in recorded.findings) + tuple(m.id for m in recorded.measured)
    return Watch(
        check, house.id("som"), (NOTE, PLACE, WITHDRAWN, NOT_DONE, READING, photo, signed.fact.record, *ids)
    )


def second_check_up_to_the_signature(hands: Hands, watch: Watch) -> None:
    """Sign in, look at everything on the way, inspect every unit, read the sheet; sign nothing."""
    hands.sign_in("som")
    hands.open_batch("DA-1")
    hands.act("Make the second check")
    hands.until(lambda: hands.here == "runner", "the runner")
    hands.settle()
    hands.inspect({1: "Scratch"}, {3: "12,07"})
    hands.click(hands.program.running.runner_view.main)
    hands.see("I inspected independently")
    hands.settle()


def own_check_first(use_own: BlindReader, watch: Watch) -> BlindReader:
    """Return the reader, told which check is one's own as soon as the window asks for it."""

    class Told:
        def own_check(self, check: str, person: str) -> OwnCheckPage:
            watch.own = check
            return use_own.own_check(check, person)

    return Told()


def test_blind_session_touches_nothing_of_the_first_check(house: House, look: None, watch: Watch) -> None:
    house.use = replace(house.use, own=own_check_first(house.use.own, watch))
    hands = Hands.on(house)
    hands.program.running.checking.stop()  # it reads all of the log, and shows nothing of it
    try:
        with watch.on():
            second_check_up_to_the_signature(hands, watch)
    finally:
        hands.close()
    assert watch.statements > 200
    assert watch.rows > 200
    assert watch.breaches == []


def test_second_session_of_a_double_plan_touches_nothing_of_how_far_the_first_went(
    house: House, look: None
) -> None:
    """The first needed its second sample; the second, who finds one too, is led to it by the own finding alone."""
    major = ClassRule(
        "major", "aql", Decimal("6.5"), plan_type="double"
    )  # 8 and 8 of 60; accepts 0, rejects 3
    rules = (ClassRule("critical", "zero", n=5), major, ClassRule("minor", "zero", n=5))
    house.approve(rules=rules, characteristics=())
    started = house.start("linh", house.batch("DA-1", 60))
    house.use.record(
        house.sittings["linh"],
        Entries(
            started.check,
            results=tuple(NewResult(u) for u in range(1, 17)),
            findings=(NewFinding(7, "DEN", note=NOTE), NewFinding(12, "DEN", place=PLACE)),
        ),
    )
    signed = house.sign("linh", started)
    assert (signed.fact.seen.units, signed.fact.verdict) == (16, "accepted")
    watch = Watch(started.check, house.id("som"), (NOTE, PLACE, signed.fact.record))
    house.use = replace(house.use, own=own_check_first(house.use.own, watch))
    hands = Hands.on(house)
    hands.program.running.checking.stop()
    try:
        with watch.on():
            hands.sign_in("som")
            hands.open_batch("DA-1")
            hands.see("8, up to 16 units")
            hands.act("Make the second check")
            hands.until(lambda: hands.here == "runner", "the runner")
            hands.see("of 8")
            hands.inspect({3: "Dent"})
            hands.see("take the second sample, 8 more units.")
            hands.click(hands.program.running.runner_view.main)
            hands.settle()
            hands.inspect({})
            hands.click(hands.program.running.runner_view.main)
            hands.see("I inspected independently")
            hands.settle()
    finally:
        hands.close()
    assert watch.statements > 200
    assert watch.breaches == []


def test_watch_sees_everything_once_the_second_check_is_signed(house: House, watch: Watch) -> None:
    number = "DA-1"
    house.check("som", number)
    with watch.on():
        house.use.read.comparison(number, house.id("som"), house.clock.now())
    for canary in (NOTE, PLACE, READING, WITHDRAWN):
        assert any(canary in breach for breach in watch.breaches)


LEAKS = {
    "finding": "SELECT f.note FROM checking c JOIN finding f ON f.checking = c.id WHERE c.round = :round",
    "reading": "SELECT r.typed FROM checking c JOIN reading r ON r.checking = c.id WHERE c.round = :round",
    "photo": "SELECT f.photo FROM finding f WHERE f.checking <> :own",
    "result": "SELECT u.not_done FROM unit_result u, checking c WHERE c.round = :round AND u.checking = c.id",
    "verdict": "SELECT verdict FROM sign_off WHERE round = :round",
    "event": "SELECT e.body FROM event e JOIN line l ON l.seq = e.seq WHERE l.round = :round",
    "record": "SELECT document FROM record",
}


@pytest.mark.parametrize("leak", LEAKS)
def test_reader_with_one_field_too_many_is_caught(house: House, watch: Watch, leak: str) -> None:
    own: Callable[[str, str], OwnCheckPage] = house.use.own.own_check

    class OneFieldTooMany:
        """The blind reader, which joins one field of the first check."""

        def own_check(self, check: str, person: str) -> OwnCheckPage:
            watch.own = check
            page = own(check, person)
            with house.database.reading() as connection:
                connection.execute(sa.text(LEAKS[leak]), {"round": page.round, "own": check}).all()
            return page

    started = house.start("som", "DA-1")
    with watch.on():
        own(started.check, house.id("som"))
        watch.own = started.check
        honest = list(watch.breaches)
        OneFieldTooMany().own_check(started.check, house.id("som"))
    assert not [breach for breach in honest if "brings" in breach]
    assert watch.breaches[len(honest) :]


def test_window_with_a_leaking_reader_is_caught(house: House, look: None, watch: Watch) -> None:
    own = house.use.own

    class OneFieldTooMany:
        def own_check(self, check: str, person: str) -> OwnCheckPage:
            watch.own = check
            page = own.own_check(check, person)
            with house.database.reading() as connection:
                connection.execute(sa.text(LEAKS["finding"]), {"round": page.round}).all()
            return page

    house.use = replace(house.use, own=OneFieldTooMany())
    hands = Hands.on(house)
    try:
        with watch.on():
            hands.sign_in("som")
            hands.open_batch("DA-1")
            hands.act("Make the second check")
            hands.until(lambda: hands.here == "runner", "the runner")
            hands.settle()
    finally:
        hands.close()
    assert any("asks finding" in breach for breach in watch.breaches)
    assert any(NOTE in breach for breach in watch.breaches)


# Review ----------------------------------------------------------------------------------------------------------

REVIEWED = ("canary: pore in the seam", "38.4719205")
"""What the first found of what is in review: that may come, through the reader of reviews."""
HIDDEN = ("canary: no pore, a water mark", "61.2938475", "canary of the blind part")
"""A withdrawn finding and good readings of what is in review, and a finding of the rest: never."""


@pytest.fixture
def reviewed(house: House) -> Watch:
    """A first check with a destructive test, canaries in all its parts, signed; the watch on all that must not come."""
    pull = Characteristic(
        "PUL", "Pull", "variable", "major", "N", lower=Decimal(50), mode="review", destructive=True
    )
    weld = Characteristic("WLD", "Weld", "attribute", "major", mode="review", destructive=True)
    house.approve(characteristics=(*content("x").characteristics, pull, weld))
    started = house.start("linh", house.batch("DA-1"))
    sitting = house.sittings["linh"]
    units = range(1, len(started.opened.sample) + 1)
    recorded = house.use.record(
        sitting,
        Entries(
            started.check,
            results=tuple(NewResult(u) for u in units),
            readings=(
                *(NewReading(u, "DIA", READING) for u in units),
                *(NewReading(u, "PUL", REVIEWED[1] if u == 6 else HIDDEN[1]) for u in units),
            ),
            findings=(
                NewFinding(2, "WLD", note=REVIEWED[0]),
                NewFinding(3, "WLD", note="only a shadow"),
                NewFinding(5, "SCR", note=HIDDEN[2]),
            ),
        ),
    )
    house.use.record(
        sitting, Entries(started.check, withdraw=(Withdraw(recorded.findings[1].id, HIDDEN[0]),))
    )
    signed = house.sign("linh", started)
    may_come = {recorded.findings[0].id, *(m.id for m in recorded.measured if m.value == REVIEWED[1])}
    ids = {f.id for f in recorded.findings} | {m.id for m in recorded.measured}
    return Watch(
        started.check,
        house.id("som"),
        (READING, *HIDDEN, "only a shadow", signed.fact.record, *sorted(ids - may_come)),
    )


def opened_and_read(house: House, check: str) -> None:
    """Review all of it, as window and command do, up to the sheet before the signature."""
    house.use.own.own_check(check, house.id("som"))
    claims = house.use.review.claims(check, house.id("som"))
    assert [(c.unit, c.code, c.note or c.typed) for c in claims] == [
        (2, "WLD", REVIEWED[0]),
        (6, "PUL", REVIEWED[1]),
    ]
    opened = tuple(Opened(c.claim, c.unit == 2, "" if c.unit == 2 else "clamp") for c in claims)
    house.use.open_reviewed(house.sittings["som"], check, opened, (NewReading(6, "PUL", "52"),))
    house.use.review.claims(check, house.id("som"))
    house.use.own.own_check(check, house.id("som"))
    house.use.signing_page(house.sittings["som"], check)


def test_a_review_brings_what_is_to_review_and_nothing_else_of_the_first_check(
    house: House, reviewed: Watch
) -> None:
    second = house.start("som", "DA-1")
    reviewed.own = second.check
    with reviewed.on():
        opened_and_read(house, second.check)
    assert reviewed.statements > 40
    assert reviewed.breaches == []


def test_the_first_part_of_a_second_check_brings_nothing_to_review(house: House, reviewed: Watch) -> None:
    """Whoever does not ask for the review sees nothing of it, either: not by the page, the board or the batch."""
    second = house.start("som", "DA-1")
    everything = replace(reviewed, canaries=(*reviewed.canaries, *REVIEWED), own=second.check)
    with everything.on():
        house.use.own.own_check(second.check, house.id("som"))
        house.use.read.lane("waiting_second", house.id("som"))
        house.use.read.batch(house.use.read.batch_by_number("DA-1"), house.id("som"), house.clock.now())
    assert everything.rows > 20
    assert not [breach for breach in everything.breaches if "brings" in breach]


_OTHERS = (
    "FROM checking own JOIN checking other ON other.round = own.round AND other.place = 'first'"
    " JOIN {table} x ON x.checking = other.id WHERE own.id = :own AND {where}"
)
REVIEW_LEAKS = {
    "a finding of the blind part": ("x.note", "finding", "x.withdrawn IS NULL"),
    "a withdrawn finding": ("x.withdrawn", "finding", "x.code = 'WLD'"),
    "a good reading": ("x.typed", "reading", "x.characteristic = 'PUL'"),
    "a reading of the blind part": ("x.value", "reading", "x.inside = 1"),
    "how many good readings there are": ("x.id", "reading", "x.characteristic = 'PUL'"),
}


@pytest.mark.parametrize("leak", REVIEW_LEAKS)
def test_a_review_with_one_condition_too_few_is_caught(house: House, reviewed: Watch, leak: str) -> None:
    column, table, where = REVIEW_LEAKS[leak]
    statement = f"SELECT {column} {_OTHERS.format(table=table, where=where)}"
    second = house.start("som", "DA-1")
    reviewed.own = second.check
    with reviewed.on(), house.database.reading() as connection:
        connection.execute(sa.text(statement), {"own": second.check}).all()
    assert any("brings" in breach for breach in reviewed.breaches)
