# SPDX-License-Identifier: Apache-2.0
"""Misses, false alarms and pairs are counted from what settled rounds say, and nothing else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qcdesk.services import detection
from qcdesk.services.detection import About
from qcdesk.services.detection_rows import SettledMark, SettledRow
from qcdesk.statistics.misses import Missing
from qcdesk.statistics.unseen import Learnt

MONTH = 30 * 86_400_000_000
CLASSES = {"CRK": "critical", "DEN": "major", "SCR": "minor"}


def mark(unit: int, code: str, who: str, *, holds: bool = True, again: bool = False) -> SettledMark:
    """Return a mark that the ``first``, the ``second`` or ``both`` made."""
    defect_class = CLASSES[code]
    return SettledMark(unit, code, defect_class, who != "second", who != "first", holds, again)  # type: ignore[arg-type]


def settled(
    *marks: SettledMark,
    at: int = 0,
    first: str = "an",
    second: str = "bo",
    units: int = 20,
    procedure: str = "P",
) -> SettledRow:
    """Return a round of which 20 units were looked at."""
    of_class = (("critical", units), ("major", units), ("minor", units - 8))
    return SettledRow("b", "B-1", 1, at, "PR", procedure, first, second, units, of_class, marks)  # type: ignore[arg-type]


ROW = settled(
    mark(1, "DEN", "both"), mark(2, "DEN", "second"), mark(2, "SCR", "both"),
    mark(3, "SCR", "first", holds=False, again=True), mark(4, "CRK", "second", again=True),
)  # fmt: skip


def counts(found: tuple[Missing, ...]) -> dict[str, tuple[int, int, int, int]]:
    return {one.key[0]: (one.missed.hits, one.missed.n, one.alarms.hits, one.alarms.n) for one in found}


def test_first_checks_missed_what_stands_and_they_did_not_claim() -> None:
    told = detection.headline([ROW])
    assert (told.missed.hits, told.missed.n, told.looked_again, told.refuted) == (2, 4, 1, 1)


def test_each_person_misses_defects_and_cries_wolf_on_good_units() -> None:
    assert counts(detection.rates([ROW], "person")) == {"an": (2, 4, 1, 17), "bo": (0, 4, 0, 17)}


def test_class_counts_the_units_that_were_looked_at_for_it() -> None:
    assert counts(detection.rates([ROW], "defect_class")) == {
        "critical": (1, 2, 0, 38),
        "major": (1, 4, 0, 36),
        "minor": (0, 2, 1, 22),
    }


def test_code_counts_the_rounds_of_procedures_that_look_for_it() -> None:
    other = settled(mark(1, "DEN", "first"), procedure="Q")
    assert counts(detection.rates([ROW, other], "code"))["SCR"] == (0, 2, 1, 22)
    assert counts(detection.rates([ROW, other], "code"))["DEN"] == (2, 6, 0, 74)


def test_misses_of_all_codes_are_the_misses_of_all_people() -> None:
    people, codes = counts(detection.rates([ROW], "person")), counts(detection.rates([ROW], "code"))
    assert [sum(one[i] for one in people.values()) for i in (0, 1)] == [
        sum(one[i] for one in codes.values()) for i in (0, 1)
    ]


def test_over_time_tells_stretches_apart() -> None:
    rows = [settled(mark(1, "DEN", "second"), at=MONTH), settled(mark(1, "DEN", "both"), at=2 * MONTH)]
    found = detection.over_time(rows, lambda at: str(at // MONTH))
    assert [(one.period, one.missed.hits, one.missed.n) for one in found] == [("1", 1, 1), ("2", 0, 1)]
    mine = detection.over_time(rows, lambda _: "", "bo")
    assert [(one.missed.hits, one.missed.n) for one in mine] == [(0, 2)]


def test_what_is_narrowed_is_counted_alone() -> None:
    assert [row.marks for row in detection.narrowed([ROW], About(code="CRK"))] == [(ROW.marks[4],)]
    assert [row.units for row in detection.narrowed([ROW], About(defect_class="minor"))] == [12]
    assert detection.narrowed([ROW], About(product="other")) == ()
    assert detection.narrowed([ROW], About(procedure="Q")) == ()
    assert detection.narrowed([ROW], About(defect_class="major", code="CRK")) == ()


def test_hidden_person_is_not_counted() -> None:
    own = SettledRow(
        "b", "B-1", 1, 0, "PR", "P", "an", "", 20, (("major", 20),),
        (SettledMark(1, "DEN", "major", False, None, holds=True, looked_again=False),),
    )  # fmt: skip
    assert counts(detection.rates([own], "person")) == {"an": (1, 1, 0, 19)}
    assert detection.pairs([own]) == ()
    assert detection.learnt([own] * 30, "an") is None


def test_pair_is_the_same_whoever_was_first() -> None:
    turned = settled(mark(1, "DEN", "first"), first="bo", second="an")
    (pair,) = detection.pairs([ROW, turned])
    assert (pair.first, pair.second, pair.rounds, pair.agreement.n) == ("an", "bo", 2, 40)
    assert pair.agreement.agreed == 40 - 3


def test_all_pairs_together_count_every_unit_once() -> None:
    pairs = detection.pairs([ROW, settled(mark(1, "DEN", "first"), first="bo", second="cy")])
    together = detection.all_pairs(pairs)
    assert (len(pairs), together.n, together.all_agreed) == (2, 40, 40 - 3)
    assert detection.all_pairs(()).reason == "no_units"


def test_batches_behind_a_figure_are_those_with_a_settled_defect() -> None:
    empty, other = settled(), settled(mark(1, "DEN", "first"), first="bo", second="cy")
    assert [(one.there, one.missed) for one in detection.behind([ROW, empty, other])] == [(4, 2), (1, 0)]
    assert [(one.there, one.missed) for one in detection.behind([ROW, empty, other], "an")] == [(4, 2)]
    assert [(one.there, one.missed) for one in detection.behind([ROW, other], "bo")] == [(4, 0), (1, 0)]
    assert [one.row for one in detection.behind([ROW, other], "bo", "cy")] == [other]


def test_wide_interval_tells_nothing() -> None:
    few, many = detection.rates([ROW], "person"), detection.rates([ROW] * 40, "person")
    assert not any(detection.tells(one.missed) for one in few)
    assert all(detection.tells(one.missed) for one in many)


def test_learnt_is_what_one_found_of_what_the_other_found() -> None:
    assert detection.learnt([ROW], "an") is None
    # Bo found units 1, 2 and 4 that stand; An called 1 and 2 of them.
    assert detection.learnt([ROW] * 10, "an") == Learnt(20, 30)
    assert detection.learnt([ROW] * 10, "bo") == Learnt(20, 20)
    assert detection.learnt([ROW] * 20, "an", "major") == Learnt(20, 40)


@given(
    st.lists(
        st.tuples(
            st.integers(1, 20),
            st.sampled_from(sorted(CLASSES)),
            st.sampled_from(["first", "second", "both"]),
            st.booleans(),
        ),
        max_size=12,
    )
)
def test_no_share_counts_more_than_there_is(drawn: list[tuple[int, str, str, bool]]) -> None:
    marks = {(unit, code): mark(unit, code, who, holds=holds) for unit, code, who, holds in drawn}
    row = settled(*marks.values())
    for by in ("person", "defect_class", "code"):
        for one in detection.rates([row], by):
            assert 0 <= one.missed.hits <= one.missed.n
            assert 0 <= one.alarms.hits <= one.alarms.n <= 40
    for person in ("an", "bo"):
        known = detection.learnt([row] * 20, person)
        assert known is None or 0 <= known.found <= known.of
