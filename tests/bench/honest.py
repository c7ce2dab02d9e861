# SPDX-License-Identifier: Apache-2.0
"""How often honest people are asked about, and how soon people who are not: imagined shops, day by day for a year.

Honest people differ in what they find and in pace, vary from check to check, meet good and bad goods in stretches, tire
a little, share workstations, and now and then sign at another one. A dishonest one does the same but for one thing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from statistics import median
from typing import Literal

import numpy as np

from qcdesk.domain.concerns import (
    ComparedCheck,
    ComparedPair,
    Concern,
    Kind,
    all_pass,
    echoes,
    hastened,
    hurried,
    misses_all,
    never_differ,
    signed_together,
)
from qcdesk.domain.reading_habits import ReadingLine, reading_habits
from qcdesk.domain.tiredness import LATE_US, tired_first
from tests.bench.measuring import Size, Study, columns

Habit = Literal[
    "honest", "stamps", "copies", "hurries from mid-year", "signs for another", "rounds", "bends to the limit",
    "repeats a reading", "repeats an old list", "tires",
]  # fmt: skip
EXPECTED: dict[Habit, tuple[Kind, ...]] = {
    "stamps": ("hurried", "misses_all", "all_pass"),
    "copies": ("never_differ", "echoes"),
    "hurries from mid-year": ("hastened", "hurried"),
    "signs for another": ("signed_together",),
    "rounds": ("rounded",),
    "bends to the limit": ("bunched", "bent"),
    "repeats a reading": ("repeated",),
    "repeats an old list": ("repeated",),
    "tires": ("tired",),
}
KINDS: tuple[Kind, ...] = (
    "hurried", "hastened", "never_differ", "echoes", "misses_all", "all_pass", "signed_together", "repeated", "rounded",
    "bunched", "bent", "tired",
)  # fmt: skip
PEOPLE, STATIONS, UNITS, READINGS, CHECKS_A_DAY = 8, 12, 80, 10, 5
DAY, SECOND = 86_400 * 1_000_000, 1_000_000
FROM_DAY = 60
"""From when a dishonest habit is held: by then something is known of everybody."""


@dataclass(frozen=True)
class Shop:
    """What a year of a shop looks like to the owner's list."""

    checks: list[ComparedCheck]
    pairs: list[ComparedPair]
    readings: list[ReadingLine]

    def concerns(self) -> list[Concern]:
        """Return every question that would have been asked."""
        found = [
            *hurried(self.checks),
            *hastened(self.checks),
            *never_differ(self.pairs),
            *echoes(self.pairs),
            *misses_all(self.checks),
            *all_pass(self.checks),
            *signed_together(self.checks),
            *reading_habits(self.readings),
        ]
        return tired_first(found, self.checks)


class _Year:
    """Plays the days of a shop in which person 0 has a habit."""

    def __init__(self, seed: int, days: int, habit: Habit) -> None:
        self.random = np.random.default_rng([seed, days])
        self.habit, self.days = habit, days
        self.detect = self.random.uniform(0.6, 0.97, PEOPLE)
        self.pace = np.exp(self.random.normal(0, 0.25, PEOPLE)) * 25
        self.goods = self.random.gamma(2.0, 0.015, 12)
        self.coarse = self.random.random(12) < 0.3
        self.old_list: dict[str, list[Decimal]] = {}
        self.shop = Shop([], [], [])
        self.seq = 0

    def play(self) -> Shop:
        """Return the year."""
        for day in range(self.days):
            ready = {person: int(self.random.uniform(0, 3_600)) for person in range(PEOPLE)}
            began = dict(ready)
            free: dict[int, int] = defaultdict(int)
            for _ in range(PEOPLE * CHECKS_A_DAY // 2):
                least = sorted(ready, key=ready.__getitem__)[:4]
                first, second = (int(p) for p in self.random.choice(least, 2, replace=False))
                self._batch(day, first, second, ready, began, free)
        return self.shop

    def _bad_habit(self, person: int, day: int) -> Habit:
        late = day >= (
            self.days // 2 if self.habit == "hurries from mid-year" else min(FROM_DAY, self.days // 3)
        )
        return self.habit if person == 0 and late else "honest"

    def _batch(
        self,
        day: int,
        first: int,
        second: int,
        ready: dict[int, int],
        began: dict[int, int],
        free: dict[int, int],
    ) -> None:
        product = int(self.random.integers(len(self.goods)))
        stretch = np.exp(self.random.normal(0, 0.5) + 0.6 * np.sin(day / 11 + product))
        bad = int(self.random.binomial(UNITS, min(0.5, self.goods[product] * stretch)))
        visible = self.random.beta(12, 1.5, bad)  # some units are harder to see than others
        found: list[set[int]] = []
        signed: list[ComparedCheck] = []
        batch = f"{day}-{self.seq}"
        for place, person in enumerate((first, second)):
            habit = self._bad_habit(person, day)
            station = int(self.random.integers(STATIONS))
            pace = self.pace[person] * np.exp(self.random.normal(0, 0.3))
            if habit in ("stamps", "hurries from mid-year"):
                pace /= 8
            seconds = int(UNITS * pace)
            start = max(ready[person], free[station] + 20)
            bench = start - began[person]
            tiredness = 0.97 if bench * SECOND > LATE_US else 1.0
            if habit == "tires" and bench * SECOND > LATE_US:
                tiredness = 0.5
            mine = set(
                np.nonzero(self.random.random(bad) < visible * self.detect[person] * tiredness)[0].tolist()
            )
            if habit == "stamps":
                mine = set()
            if habit == "copies" and place == 1:
                mine = set(found[0])
            found.append(mine)
            end = start + seconds
            if habit == "signs for another" and place == 1:
                station, end = int(signed[0].station), signed[0].at // SECOND % 86_400 + 12
            elif self.random.random() < 0.005:
                station = int(self.random.integers(STATIONS))  # finished here, signed there
            free[station] = max(free[station], end)
            rest = int(self.random.uniform(60, 300)) if self.random.random() < 0.85 else 1_800
            ready[person] = end + rest
            if rest >= 900:
                began[person] = ready[person]
            self.seq += 1
            signed.append(
                ComparedCheck(self.seq, day * DAY + end * SECOND, f"person {person}", batch, f"IP-{product}", UNITS,
                              seconds, len(mine), 0, 0, str(station))
            )  # fmt: skip
        both = len(found[0] & found[1])
        for place, check in enumerate(signed):
            other = signed[1 - place]
            self.shop.checks.append(replace(check, other_found=other.found, both=both, other=other.person))
        one_only = len(found[0] ^ found[1])
        self.shop.pairs.append(
            ComparedPair(self.seq, signed[1].at, batch, signed[0].person, signed[1].person, both, one_only)
        )
        self._measure(day, product, signed, (first, second))

    def _measure(self, day: int, product: int, signed: list[ComparedCheck], people: tuple[int, int]) -> None:
        step = Decimal("0.05") if self.coarse[product] else Decimal("0.01")
        centre = 10 + self.random.normal(0, 0.06)
        true = self.random.normal(centre, 0.05, READINGS)
        lower, upper = Decimal("9.80"), Decimal("10.20")
        for place, person in enumerate(people):
            habit, check = self._bad_habit(person, day), signed[place]
            seen = true + self.random.normal(0, 0.01, READINGS)
            values = [(Decimal(repr(float(v))) / step).quantize(Decimal(1)) * step for v in seen]
            if habit == "rounds":
                values = [(v / Decimal("0.05")).quantize(Decimal(1)) * Decimal("0.05") for v in values]
            if habit == "bends to the limit":
                values = [min(max(v, lower), upper) for v in values]
            if habit == "repeats a reading":
                values = values[:5] + [values[4]] * (READINGS - 5)
            if habit == "repeats an old list":
                values = self.old_list.setdefault(f"{product}", values)
            values = [v.quantize(Decimal("0.01")) for v in values]
            other = f"{signed[1 - place].seq}"
            for unit, value in enumerate(values, start=1):
                self.shop.readings.append(
                    ReadingLine(check.seq, check.at, check.person, check.batch, f"{check.seq}", other,
                                f"IP-{product} DIA", unit, value, lower, upper)
                )  # fmt: skip


def study(size: Size) -> str:
    """Return the tables."""
    shops, several = max(1, size.runs // 200), max(1, size.runs // 500)
    days = 250 if size.runs >= 100 else 4
    asked: Counter[str] = Counter()
    years = 0.0
    for seed in range(shops):
        shop = _Year(seed, days, "honest").play()
        asked.update(one.kind for one in shop.concerns())
        years += PEOPLE * days / 250
    lines = [("question", "asked", "a year and person")]
    lines += [(kind, str(asked[kind]), f"{asked[kind] / years:.3f}") for kind in KINDS]
    caught: list[tuple[str, ...]] = [
        ("habit", "asked about as", "within working days, median", "checks", "not within the year")
    ]
    for habit, kinds in EXPECTED.items():
        caught.append(_caught(habit, kinds, days, several, lambda seed, h: _Year(seed, days, h).play()))
    return "\n\n".join(
        (
            f"Honest people: {shops} shops of {PEOPLE}, {days} working days, {CHECKS_A_DAY} checks a day and person."
            " Asked: each question below 1 a year and person.",
            columns(lines),
            f"One of the {PEOPLE} with a habit, {several} shops each; days from the first time.",
            columns(caught),
        )
    )


def _caught(
    habit: Habit, kinds: tuple[Kind, ...], days: int, shops: int, play: Callable[[int, Habit], Shop]
) -> tuple[str, ...]:
    begins = days // 2 if habit == "hurries from mid-year" else min(FROM_DAY, days // 3)
    late, checks, by = [], [], Counter[str]()
    for seed in range(1_000, 1_000 + shops):
        shop = play(seed, habit)
        about = [
            one
            for one in shop.concerns()
            if "person 0" in (one.person, one.other) and one.kind in kinds and one.at >= begins * DAY
        ]
        if about:
            first = min(about, key=lambda one: one.at)
            by[first.kind] += 1
            late.append(first.at // DAY - begins)
            own = [c for c in shop.checks if c.person == "person 0" and begins * DAY <= c.at <= first.at]
            checks.append(len(own))
    named = ", ".join(f"{kind} {n}" for kind, n in by.most_common())
    middle = (f"{median(late):g}", f"{median(checks):g}") if late else ("-", "-")
    return habit, named or "-", *middle, f"{shops - len(late)} of {shops}"


STUDY = Study("honest", "how often honest people are asked about, and how soon others", study)
