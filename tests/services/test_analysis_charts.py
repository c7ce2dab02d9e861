# SPDX-License-Identifier: Apache-2.0
"""The chart that fits is chosen from the data, each point leads to its batch, and what cannot be drawn is refused."""

from __future__ import annotations

from array import array
from dataclasses import replace
from itertools import accumulate
from random import Random
from typing import get_args

import pytest

from qcdesk.domain.inputs import BadInput
from qcdesk.i18n import Catalogue
from qcdesk.services.analysis_charts import (
    COUNT_KINDS,
    READING_KINDS,
    CountKind,
    ReadingKind,
    Why,
    capability_of,
    causes_of,
    chart_lots,
    chart_readings,
    fitting_counts,
    fitting_readings,
    frozen_by,
    limits_changed,
    limits_of,
)
from qcdesk.services.analysis_rows import LotCountRow, LotCounts, ReadingColumns, SubgroupRow
from qcdesk.statistics.capability import Limits
from qcdesk.statistics.control_charts import Frozen
from qcdesk.statistics.readings import BadReadings
from qcdesk.wording.inputs import tell
from qcdesk.wording.processes import WHY_WORDS, as_input

EN = Catalogue()


def columns(*sizes: int, seed: int = 4, shift: float = 0.0) -> ReadingColumns:
    draw = Random(seed)
    return ReadingColumns(
        array("d", (draw.gauss(12.0 + shift, 0.01) for _ in range(sum(sizes)))),
        sizes,
        tuple(
            SubgroupRow(f"b{n}", f"B-{n}", "s", n, "first", 11.95, 12.05) for n in range(1, len(sizes) + 1)
        ),
    )


def lot(number: int, units: int, bad: int | None, defects: int | None = None, **codes: int) -> LotCountRow:
    found = (bad or 0) if defects is None else defects
    return LotCountRow(f"b{number}", f"B-{number}", "s", number, units, bad, found, (), tuple(codes.items()))


def lots(*bad: int, units: int = 50) -> tuple[LotCountRow, ...]:
    return tuple(lot(n, units, one) for n, one in enumerate(bad, start=1))


STEADY = lots(2, 3, 0, 2, 4, 0, 0, 3, 2, 2)


@pytest.mark.parametrize(
    ("sizes", "fits"),
    [
        ((5, 5, 5), ("xbar-r", "small")),
        ((10, 10), ("xbar-r", "small")),
        ((11, 11), ("xbar-s", "large")),
        ((5, 8, 5), ("xbar-s", "uneven")),
        ((1, 1, 1, 1), ("i-mr", "single")),
        ((1, 1, 5, 1), ("i-mr", "single")),
        ((5, 1, 5), ("xbar-r", "small")),
        ((), ("i-mr", "single")),
    ],
)
def test_readings_choose_their_chart_by_their_subgroups(
    sizes: tuple[int, ...], fits: tuple[str, str]
) -> None:
    assert fitting_readings(columns(*sizes)) == fits


def test_counts_choose_their_chart_by_what_is_known_and_how_far_they_spread() -> None:
    assert fitting_counts(STEADY) == ("p", "share")
    assert fitting_counts(lots(20, 300, 30, 280, 10, 310, units=1_000)) == ("laney-p", "wandering_share")
    assert fitting_counts([lot(n, 50, None, 3 + n % 2) for n in range(9)]) == ("u", "rate")
    assert fitting_counts([lot(n, 50, None, n % 2 * 90) for n in range(9)]) == ("laney-u", "wandering_rate")
    unseen = tuple(lot(90 + n, 0, None) for n in range(30))
    assert fitting_counts((*STEADY, *unseen)) == (
        "p",
        "share",
    )  # what nobody looked at says nothing of the others


@pytest.mark.parametrize("kind", READING_KINDS)
def test_every_kind_draws_readings_and_leads_each_point_to_its_batch(kind: ReadingKind) -> None:
    drawn = chart_readings(columns(4, 1, 4, 4), kind)
    assert (drawn.chart.kind, drawn.why) == (kind, "asked")
    if kind == "i-mr":
        assert [drawn.behind(p).batch for p in (1, 4, 5, 6, 13)] == ["b1", "b1", "b2", "b3", "b4"]
        assert (drawn.left_out, drawn.names) == (0, ())
    else:
        assert [drawn.behind(p).batch for p in (1, 2, 3)] == ["b1", "b3", "b4"]
        assert (drawn.left_out, drawn.names) == (1, ("B-1", "B-3", "B-4"))


def test_means_are_those_of_the_checks_drawn() -> None:
    given = columns(4, 1, 3)
    ends = list(accumulate(given.sizes))
    means = chart_readings(given, "xbar-s").chart.main.points
    assert means.tolist() == pytest.approx([sum(given.values[:4]) / 4, sum(given.values[5:]) / 3])
    assert ends[-1] == 8
    assert chart_readings(columns(1, 1, 1)).names == ("B-1", "B-2", "B-3")


@pytest.mark.parametrize("kind", COUNT_KINDS)
def test_every_kind_draws_counts_and_leads_each_point_to_its_lot(kind: CountKind) -> None:
    drawn = chart_lots((*STEADY, lot(11, 0, 0)), kind)
    assert drawn.chart.kind == kind
    first = "b2" if kind == "g" else "b1"
    assert (drawn.behind(1).batch, drawn.left_out) == (first, 0)
    assert len(drawn.names) == len(drawn.chart.main.points)


def test_good_lots_between_two_bad_ones_are_counted() -> None:
    drawn = chart_lots(lots(0, 1, 0, 0, 2, 1, 0, 3), "g")
    assert drawn.chart.main.points.tolist() == [2, 0, 1]
    assert [one.number for one in drawn.lots] == ["B-5", "B-6", "B-8"]


def test_tallied_lots_are_left_out_where_bad_units_are_asked_for() -> None:
    mixed = (*STEADY, lot(11, 50, None, 4))
    assert chart_lots(mixed, "p").left_out == 1
    assert chart_lots(mixed, "u").left_out == 0


def test_a_later_period_is_held_against_the_limits_of_an_earlier_one() -> None:
    earlier = chart_readings(columns(*[5] * 20)).chart
    later = chart_readings(columns(*[5] * 3, seed=5, shift=0.05), frozen=frozen_by(earlier)).chart
    assert (later.phase, later.center, later.estimated_from) == (2, earlier.center, 0)
    assert not later.in_control
    for kind in COUNT_KINDS:
        chart = chart_lots(STEADY, kind).chart
        again = chart_lots(STEADY, kind, frozen=frozen_by(chart)).chart
        assert again.phase == 2
        assert again.main.ucl.tolist() == pytest.approx(chart.main.ucl.tolist())


def test_capability_is_held_against_the_limits_last_in_force() -> None:
    given = columns(*[5] * 20)
    assert not limits_changed(given)
    last = given.subgroups[-1]._replace(upper=12.04)
    changed = replace(given, subgroups=(*given.subgroups[:-1], last))
    assert limits_changed(changed) and limits_of(changed) == Limits(11.95, 12.04)
    assert capability_of(changed).limits.upper == 12.04
    assert capability_of(given).within.sigma != capability_of(columns(*[1] * 100)).within.sigma
    assert capability_of(given, Limits(11.9, 12.1)).limits.lower == 11.9


def test_causes_come_from_the_most_frequent_and_lead_to_their_code() -> None:
    counts = LotCounts(
        (lot(1, 50, 3, SCR=2, DEN=1), lot(2, 50, 5, SCR=3, GRV=2)),
        {"SCR": "Scratch", "DEN": "Dent", "GRV": "Scratch"},
    )
    assert [(c.code, c.bar.name, c.bar.count) for c in causes_of(counts)] == [
        ("SCR", "Scratch (SCR)", 5),
        ("GRV", "Scratch (GRV)", 2),
        ("DEN", "Dent", 1),
    ]
    assert [c.code for c in causes_of(counts, counts.lots[:1])] == ["SCR", "DEN"]


def refused(code: str, act: object) -> None:
    assert callable(act)
    with pytest.raises(BadReadings) as bad:
        act()
    assert bad.value.code == code
    assert tell(as_input(bad.value, EN), EN).fact != tell(BadInput("no such code"), EN).fact


def test_what_cannot_be_drawn_is_refused_in_words() -> None:
    flat = replace(columns(5, 5, 5), values=array("d", [12.0] * 15))
    refused("too_few", lambda: chart_readings(columns()))
    refused("too_few", lambda: chart_readings(columns(1)))
    refused("too_few", lambda: chart_readings(columns(5), "xbar-r"))
    refused("too_few", lambda: chart_readings(columns(1, 1, 1), "xbar-s"))
    refused("constant", lambda: chart_readings(flat))
    refused("constant", lambda: capability_of(replace(flat, values=array("d", [12.0] * 15))))
    refused("too_few", lambda: capability_of(columns(5)))
    refused("no_limit", lambda: capability_of(columns(5, 5, 5), Limits()))
    refused("too_few", lambda: chart_lots(()))
    refused("too_few", lambda: chart_lots(STEADY[:1]))
    refused("too_few", lambda: chart_lots([lot(n, 50, None, 1) for n in range(9)], "p"))
    refused("constant", lambda: chart_lots(lots(0, 0, 0, 0)))
    refused("too_few", lambda: chart_lots(lots(0, 1, 0, 0), "g"))
    refused("sizes_differ", lambda: chart_lots((*STEADY, lot(11, 80, 1)), "c"))
    refused("constant", lambda: causes_of(LotCounts(lots(0), {})))
    refused("too_few", lambda: chart_lots((), frozen=Frozen(0.1)))


def test_every_reason_for_a_kind_has_its_words() -> None:
    assert set(WHY_WORDS) == set(get_args(Why)) - {"asked"}
