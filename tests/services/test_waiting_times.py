# SPDX-License-Identifier: Apache-2.0
"""Forecasts: the queue before a batch counts, people's days off count, and a day too near is called so."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from qcdesk.i18n import Catalogue
from qcdesk.services.care_rows import QueueRow
from qcdesk.services.waiting_times import Outlook, waited_for, waiting
from qcdesk.wording import waits

WORDS = Catalogue("en")
NOW = datetime(2026, 3, 16, 12, tzinfo=UTC)  # a Monday
US = 1_000_000


def at(moment: datetime) -> int:
    return int(moment.timestamp()) * US


def row(number: str, state: str = "registered", ship_by: date | None = None, *people: str, held: bool = False,
        since: int = 0) -> QueueRow:  # fmt: skip
    return QueueRow(number, number, "p", "s", state, held, since, "A", ship_by, "first", people)


def signed(weeks: int = 6, a_day: int = 6, days: tuple[int, ...] = (0, 1, 2, 3, 4)) -> list[int]:
    """Return signatures of past weeks, so many on each of these weekdays."""
    start = NOW - timedelta(days=7 * weeks, hours=3)
    return [
        at(start + timedelta(days=day, minutes=10 * n))
        for day in range(7 * weeks)
        if (start + timedelta(days=day)).weekday() in days
        for n in range(a_day)
    ]


def outlook(ship_by: date | None, state: str = "registered", before: int = 0) -> Outlook:
    queue = [row(f"B-{n}") for n in range(before)] + [row("X", state, ship_by)]
    return waiting(queue, signed(), at(NOW)).forecasts[-1].outlook


def test_a_batch_with_a_long_queue_before_it_will_miss_a_near_day() -> None:
    assert outlook(date(2026, 3, 20)) == "in_time"
    assert outlook(date(2026, 3, 20), before=30) == "likely_late"  # 93 signatures at 6 a day
    assert outlook(date(2026, 6, 20), before=30) == "in_time"
    assert outlook(date(2026, 3, 15)) == "late"
    assert outlook(None) == "no_day"
    assert outlook(date(2026, 3, 16), state="released", before=30) == "in_time"


def test_what_is_further_on_needs_fewer_signatures() -> None:
    states = ("registered", "first_check", "awaiting_second", "second_check", "disagreed", "accepted")
    found = [waiting([row("X", state)], signed(), at(NOW)).forecasts[0].ahead for state in states]
    assert found == [3, 3, 2, 2, 2, 1]


def test_of_what_is_stopped_or_rejected_nothing_is_foreseen_and_it_holds_up_nobody() -> None:
    queue = [
        row("A", held=True),
        row("B", "rejected"),
        row("C"),
        row("D", ship_by=date(2026, 1, 1), held=True),
    ]
    found = waiting(queue, signed(), at(NOW)).forecasts
    assert [one.outlook for one in found] == ["stopped", "stopped", "no_day", "late"]
    assert (found[2].ahead, found[0].low) == (3, None)


def test_days_on_which_nobody_ever_signs_are_left_out() -> None:
    queue = [row(f"B-{n}") for n in range(20)]  # 60 signatures at 6 a day: ten days of work
    found = waiting(queue, signed(), at(NOW))
    last = found.forecasts[-1]
    assert found.pace is not None and found.pace.days == 30
    assert last.middle is not None and last.middle.weekday() < 5
    assert date(2026, 3, 26) <= last.middle <= date(2026, 3, 31)
    assert all(one.high is not None and one.high.weekday() < 5 for one in found.forecasts)


def test_with_too_few_signatures_nothing_is_foreseen() -> None:
    found = waiting([row("A", ship_by=date(2026, 3, 17))], [at(NOW - timedelta(days=2))] * 3, at(NOW))
    assert (found.pace, found.forecasts[0].outlook, found.in_danger) == (None, "unknown", ())


def test_whom_others_wait_for_alone_comes_first() -> None:
    queue = [
        row("A", "registered", None, "Linh", "Som", since=5),
        row("B", "registered", None, "Som", since=9),
    ]
    found = waited_for(queue)
    assert [(one.name, one.batches, one.alone, one.since) for one in found] == [
        ("Som", 2, 1, 5),
        ("Linh", 1, 0, 5),
    ]


def test_in_a_simulated_shop_batches_leave_between_the_days_that_were_foreseen() -> None:
    rng, covered, told = random.Random(11), 0, 0
    for _ in range(250):
        rate, moment, past = 5.0, NOW - timedelta(days=30), []
        while moment < NOW:
            moment += timedelta(days=rng.expovariate(rate))
            past.append(moment)
        queue = [row(f"B-{n}", rng.choice(("registered", "awaiting_second", "accepted"))) for n in range(8)]
        found = waiting(queue, [at(each) for each in past[:-1]], at(NOW)).forecasts
        leaves, moment, ahead = [], NOW, 0
        for one in found:
            while ahead < one.ahead:
                moment, ahead = moment + timedelta(days=rng.expovariate(rate)), ahead + 1
            leaves.append(moment.date())
        one, left = found[-1], leaves[-1]
        assert one.low is not None and one.high is not None
        told += 1
        covered += one.low <= left <= one.high
    assert covered / told >= 0.88


def test_what_two_must_decide_first_waits_for_nobody_alone_and_is_not_foreseen() -> None:
    stopped = replace(row("A", "accepted", date(2026, 6, 20), "Som"), wants="decide_stop")
    found = waiting([stopped, row("B", "accepted", None, "Som")], signed(), at(NOW))
    assert [one.outlook for one in found.forecasts] == ["stopped", "no_day"]
    assert [(one.name, one.batches, one.alone) for one in found.people] == [("Som", 2, 1)]
    assert waits.people(stopped, WORDS) == "Som, and a second releaser, who is missing"
    rest = replace(stopped, wants="dispose")
    assert waits.people(rest, WORDS) == "Som, and a second person, who is missing"
    assert waits.people(replace(stopped, people=("Som", "Linh")), WORDS) == "Som and Linh"
    assert waits.people(replace(stopped, people=("A", "B", "C")), WORDS) == "two of A, B and C"
    assert waits.people(replace(stopped, people=()), WORDS) == "nobody could now"


def test_all_that_wait_are_counted_and_what_was_not_looked_at_is_no_promise() -> None:
    queue = [row("A", ship_by=date(2026, 6, 20)), row("B")]
    assert waits.headline(waiting([], [], at(NOW)), WORDS) == "No batch waits."
    assert waits.headline(waiting(queue, [], at(NOW)), WORDS) == "2 batches wait."
    calm = "2 batches wait. None is foreseen to miss its ship-by day."
    assert waits.headline(waiting(queue, signed(), at(NOW), 2), WORDS) == calm
    cut = waits.headline(waiting(queue, signed(), at(NOW), 1_349), WORDS)
    assert cut == (
        "1,349 batches wait. Here are the first 2, the earliest ship-by first."
        " None of these is foreseen to miss its ship-by day."
    )
