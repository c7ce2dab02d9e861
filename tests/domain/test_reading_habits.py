# SPDX-License-Identifier: Apache-2.0
"""Readings that are repeated, rounded or bent are asked about against what the other person read off the same units."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from random import Random

from qcdesk.domain.concerns import Concern
from qcdesk.domain.reading_habits import ReadingLine, reading_habits

LOW, HIGH = Decimal("9.80"), Decimal("10.20")
Habit = Callable[[list[Decimal]], list[Decimal]]


def lines(habit: Habit, checks: int, *, spread: float = 0.05, centre: float = 10.0) -> list[ReadingLine]:
    """Checks of 12 units: Som measures honestly, Linh by habit; both with a gauge that errs by a hundredth."""
    random, found = Random(7), []
    for number in range(checks):
        true = [random.gauss(centre, spread) for _ in range(12)]
        read = [[Decimal(f"{t + random.gauss(0, 0.01):.2f}") for t in true] for _ in range(2)]
        for place, (person, values) in enumerate((("som", read[0]), ("linh", habit(read[1])))):
            for unit, value in enumerate(values, start=1):
                seq = 1_000 * number + 100 * place + unit
                found.append(
                    ReadingLine(seq, seq, person, f"b{number}", f"{number} {place}", f"{number} {1 - place}",
                                "IP DIA", unit, value, LOW, HIGH)
                )  # fmt: skip
    return found


def asked(habit: Habit, checks: int, **changes: float) -> list[Concern]:
    return reading_habits(lines(habit, checks, **changes))


def honest(values: list[Decimal]) -> list[Decimal]:
    return values


def test_honest_readings_are_not_asked_about_fine_or_coarse_or_near_a_limit() -> None:
    assert asked(honest, 60) == []
    assert asked(honest, 60, spread=0.002) == []
    assert asked(honest, 60, centre=10.15) == []


def test_rounded_readings_are_asked_about_with_both_numbers() -> None:
    def rounded(values: list[Decimal]) -> list[Decimal]:
        return [(v * 20).quantize(Decimal(1)) / 20 + Decimal("0.00") for v in values]

    found = [one for one in asked(rounded, 8) if one.kind == "rounded"]
    assert {one.person for one in found} == {"linh"}
    assert found[0].facts["readings"] == found[0].facts["of"]
    assert int(found[0].facts["other"]) < int(found[0].facts["other_of"]) / 2


def test_one_reading_written_down_again_and_again_is_asked_about() -> None:
    found = asked(lambda values: values[:3] + [values[2]] * 9, 8)
    assert {(one.kind, one.person) for one in found} == {("repeated", "linh")}
    assert found[0].facts["before"] == ""


def test_the_list_of_an_earlier_check_is_asked_about_by_its_batch() -> None:
    first: list[Decimal] = []

    def old(values: list[Decimal]) -> list[Decimal]:
        first.extend(values if not first else [])
        return list(first)

    found = asked(old, 2)
    assert [(one.kind, one.facts["before"]) for one in found] == [("repeated", "b0")]


def test_readings_pulled_inside_the_limit_are_asked_about() -> None:
    found = asked(lambda values: [min(v, HIGH) for v in values], 40, centre=10.15)
    assert "bent" in {one.kind for one in found}
    assert {one.person for one in found} == {"linh"}


def test_readings_of_one_person_alone_are_held_against_nobody() -> None:
    alone = [line for line in lines(lambda values: [values[0]] * 12, 10) if line.person == "linh"]
    assert reading_habits(alone) == []
