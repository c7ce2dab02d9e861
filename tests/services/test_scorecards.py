# SPDX-License-Identifier: Apache-2.0
"""A scorecard says what was recorded with its interval, against its own past, and nothing more."""

from __future__ import annotations

from datetime import UTC, date, datetime
from random import Random

import pytest

from qcdesk import config
from qcdesk.domain.corrective import CorrectiveAction, Promise, Told
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.promises import Decision, PromiseState, PromiseTest
from qcdesk.i18n import Catalogue, load
from qcdesk.services.figure_rows import FigureRow
from qcdesk.services.scorecards import CODES, Code, alike, causes, scorecard
from qcdesk.wording.scorecards import counted, name, sheet_of, total


def months(*bad: int, of: int = 200, codes: tuple[str, ...] = ("SCR",)) -> list[FigureRow]:
    """Return a month for each number of bad units, every second one idle."""
    rows = []
    for number, n in enumerate(bad):
        month = f"{2024 + number * 2 // 12}-{number * 2 % 12 + 1:02}"
        rows += [
            FigureRow(month, "decided", "", 4),
            FigureRow(month, "accepted", "", 4 - (n > 10)),
            FigureRow(month, "inspected", "", of),
            FigureRow(month, "nonconforming", "", n),
            FigureRow(month, "nonconforming.major", "", n),
            *(FigureRow(month, "found.major", code, n) for code in codes if n),
            *(FigureRow(month, "shown", code, 1) for code in codes if n),
        ]
    return rows


def test_a_figure_stands_with_its_exact_interval() -> None:
    card = scorecard(months(81, of=263))
    one = card.of("major")
    assert (one.count, one.of) == (81, 263)
    assert (round(one.low, 4), round(one.high, 4)) == (0.2527, 0.3676)  # Newcombe 1998, table I


def test_idle_months_are_skipped_and_the_last_is_held_against_those_before() -> None:
    steady = scorecard(months(4, 5, 3, 6, 4, 5, 4))
    assert len(steady.months) == 7 and steady.of("major").word == "as_before"
    assert scorecard(months(4, 5, 3, 6, 4, 5, 30)).of("major").word == "above"
    assert scorecard(months(40, 41, 39, 42, 40, 41, 5)).of("major").word == "below"
    assert scorecard(months(4, 5, 30)).of("major").word == "too_few"


def test_a_first_bad_month_after_none_is_above_its_usual_range() -> None:
    assert scorecard(months(0, 0, 0, 0, 0, 0, 9)).of("major").word == "above"
    assert scorecard(months(0, 0, 0, 0, 0, 0, 0)).of("major").word == "as_before"


def test_what_was_never_recorded_has_no_share_and_no_weight_in_the_mean() -> None:
    card = scorecard(months(4))
    assert card.of("promises").word == "nothing" and card.of("promises").of == 0
    only = scorecard([FigureRow("2026-01", "lots", "", 1)])
    assert only.total is None and only.months == ("2026-01",)
    assert scorecard([]).months == ()


def test_goods_that_nobody_inspected_have_no_mean() -> None:
    card = scorecard([FigureRow("2026-01", "lots", "", 3), FigureRow("2026-01", "received", "", 666)])
    assert card.of("concessions").of == 666 and card.total is None
    assert total(card, Catalogue()) == "No lot was decided yet, so there is no mean."
    assert scorecard(months(4), dict.fromkeys(CODES, 0)).total is None


def test_the_mean_is_of_the_weights_given() -> None:
    weights: dict[Code, int] = dict.fromkeys(("acceptance", "critical", "major", "minor", "recurrence"), 0)
    alone = scorecard(months(4), {**weights, "acceptance": 1})
    assert alone.total is not None and alone.total.share == 1.0
    assert alone.total.low == alone.of("acceptance").low
    both = scorecard(months(100), {**weights, "acceptance": 1, "major": 1})
    assert both.total is not None and both.total.share == pytest.approx((0.75 + 0.5) / 2)


@pytest.mark.parametrize("weights", [{"acceptance": 101}, {"acceptance": -1}, {"looks": 1}])
def test_other_weights_are_refused(weights: dict[str, int]) -> None:
    with pytest.raises(BadInput, match="weight"):
        scorecard(months(4), weights)  # type: ignore[arg-type]


def test_a_code_recurs_when_an_earlier_lot_of_the_year_before_showed_it() -> None:
    rows = months(4, 4) + months(0, 0, 4, codes=("CRK",))
    card = scorecard(rows)
    assert (card.of("recurrence").count, card.of("recurrence").of) == (1, 3)
    late = [FigureRow(month, "shown", "SCR", 1) for month in ("2024-01", "2025-02")]
    late += [FigureRow(month, "lots", "", 1) for month in ("2024-01", "2025-02")]
    assert scorecard(late).of("recurrence").count == 0


def test_a_code_in_six_lots_of_one_month_recurs_in_five_of_them() -> None:
    lots = [FigureRow("2024-01", "lots", "", 6), FigureRow("2024-01", "shown", "SCR", 6)]
    lots.append(FigureRow("2024-01", "found.major", "SCR", 60))
    one = scorecard(lots).of("recurrence")
    assert (one.count, one.of) == (5, 6)
    assert name("recurrence", Catalogue()) == "Codes of a lot that an earlier lot showed"
    assert counted(one, Catalogue()) == "5 of 6 codes, lot by lot"


def test_what_a_figure_is_made_of_is_grouped_as_the_figure_is() -> None:
    rows = [
        FigureRow("2024-01", "inspected", "", 27_005),
        FigureRow("2024-01", "nonconforming.major", "", 905),
    ]
    rows += [FigureRow("2024-01", "lots", "", 5), FigureRow("2024-01", "nonconforming", "", 905)]
    one = scorecard(rows).of("major")
    assert counted(one, Catalogue()) == "905 of 27,005 units"
    assert counted(one, load("vi", config.resource("translations"))).startswith("905 trên 27.005 ")
    sheet = sheet_of(scorecard(rows), (), {}, "S1", "Cơ khí Đông Á", Catalogue())
    assert sheet is not None and "905 of 27,005" in {row[2] for row in sheet.rows}


def test_recurrence_by_months_is_that_of_a_walk_from_lot_to_lot() -> None:
    chance = Random(4)
    lots = [
        (f"{2022 + n // 12}-{n % 12 + 1:02}", [code for code in "ABCDE" if chance.random() < 0.06])
        for n in range(40)
        for _ in range(chance.randrange(4))
    ]
    rows = [FigureRow(month, "lots", "", 1) for month, _ in lots]
    rows += [FigureRow(month, "shown", code, 1) for month, codes in lots for code in codes]
    walked: dict[str, tuple[int, int]] = {}
    for place, (month, codes) in enumerate(lots):
        year = f"{int(month[:4]) - 1}{month[4:]}"
        before = {code for earlier, shown in lots[:place] if earlier >= year for code in shown}
        count, of = walked.get(month, (0, 0))
        walked[month] = count + len(before & set(codes)), of + len(codes)
    found = scorecard(rows).of("recurrence").months
    assert {one.month: (one.count, one.of) for one in found} == {
        month: of for month, of in walked.items() if of[1] and month >= found[0].month
    }
    assert len({one.count > 0 for one in found}) == 2, "some recur, some do not"


def test_causes_keep_apart_what_was_reported_from_outside() -> None:
    rows = [*months(4, 2), FigureRow("2024-01", "reported.major", "SCR", 9)]
    assert [(one.code, one.count, one.reported) for one in causes(rows)] == [("SCR", 6, 9)]
    assert [(one.count, one.reported) for one in causes(rows, {"2024-03"})] == [(2, 0)]


def test_those_whose_intervals_overlap_are_not_told_apart() -> None:
    assert alike({"A": (0.0, 0.2), "B": (0.1, 0.3), "C": (0.25, 0.5)}) == (("A", "B"), ("B", "C"))
    assert alike({"A": (0.0, 0.1), "B": (0.2, 0.3)}) == (("A",), ("B",))
    assert alike({"A": (0.0, 0.5), "B": (0.1, 0.2), "C": (0.2, 0.9)}) == (("A", "B", "C"),)


def test_touches_are_a_rate_with_its_own_interval_and_no_part_of_the_mean() -> None:
    rows = [*months(4), FigureRow("2024-01", "lots", "", 4), FigureRow("2024-01", "touches", "", 10)]
    one = scorecard(rows, {"touches": 100}).of("touches")
    assert (one.share, round(one.low, 4), round(one.high, 4)) == (2.5, 1.1988, 4.5976)
    assert scorecard(rows, {"touches": 100}).total == scorecard(rows).total
    assert scorecard(months(4)).of("touches").word == "nothing"


def action(
    *stands: tuple[PromiseState, date | None], sent: date | None = None, came: date | None = None
) -> CorrectiveAction:
    """Return an action opened on 1 March 2024, with promises that stand so, and a mail and an answer on these days."""
    at = int(datetime(2024, 3, 1, 9, tzinfo=UTC).timestamp() * 1e6)
    told = [Told("sent", at, "p", "a@b.example", "ask", sent)] if sent else []
    told += [Told("replied", at, "p", "a@b.example", "answer", came)] if came else []
    test = PromiseTest("accepted")
    made = tuple(
        Promise(f"p{no}", no, "words", date(2024, 6, 1), test, no, at, Decision(state, on))
        for no, (state, on) in enumerate(stands, 1)
    )
    return CorrectiveAction("a", 1, "s", "", ("SCR",), "t", "p", at, 1, told=tuple(told), promises=made)


def test_promises_are_kept_of_those_that_were_decided_and_late_is_not_kept() -> None:
    late, kept, broken = date(2024, 5, 9), date(2024, 4, 2), date(2024, 4, 30)
    card = scorecard(
        [], actions=[action(("kept", kept), ("broken", broken)), action(("late", late), ("open", None))]
    )
    one = card.of("promises")
    assert (one.count, one.of, card.months) == (1, 3, ("2024-04", "2024-05"))
    assert [(each.month, each.count, each.of) for each in one.months] == [
        ("2024-04", 1, 2),
        ("2024-05", 0, 1),
    ]
    assert (round(one.low, 4), round(one.high, 4)) == (0.0084, 0.9057)  # Clopper and Pearson, 1 of 3


def test_a_reply_is_counted_from_the_mail_and_what_was_never_sent_neither_counts_nor_is_due() -> None:
    first = date(2024, 3, 1)
    answers = [action(sent=first, came=date(2024, 3, day)) for day in (2, 3, 5, 8, 9)]
    answers.append(action(came=date(2024, 3, 20)))
    few = scorecard([], actions=[*answers, action(), action(sent=date(2024, 3, 4))]).of("reply")
    assert (few.share, few.of, few.waiting, few.word) == (4.0, 5, 1, "too_few"), "one was never sent"
    assert scorecard([], actions=[action()]).of("reply").waiting == 0
    assert few.high == float("inf"), "five replies have no interval"
    enough = scorecard([], actions=[*answers, action(sent=date(2024, 3, 4), came=date(2024, 3, 31))]).of(
        "reply"
    )
    assert (enough.share, enough.low, enough.high) == (5.5, 1, 27)
    assert scorecard([], {"reply": 100}, actions=answers).total is None


def test_a_month_of_slow_replies_is_above_its_usual_range() -> None:
    months = (*(f"2024-{n:02}" for n in range(4, 13)), "2025-01")
    days = (3, 4, 3, 5, 4, 3, 4, 5, 4, 29)
    answers = []
    for month, n in zip(months, days, strict=True):
        first = date.fromisoformat(f"{month}-01")
        answers.append(action(sent=first, came=first.replace(day=1 + n)))
    assert scorecard([], actions=answers).of("reply").word == "above"
    assert scorecard([], actions=answers[:-1]).of("reply").word == "as_before"


def test_escapes_are_lots_of_those_that_went_out() -> None:
    rows = [FigureRow("2024-01", "out", "", 9), FigureRow("2024-01", "lots", "", 9)]
    assert (scorecard(rows).of("escapes").count, scorecard(rows).of("escapes").of) == (0, 9)
    rows.append(FigureRow("2024-01", "escaped", "", 2))
    assert scorecard(rows).of("escapes").count == 2


def test_what_is_reported_from_outside_is_a_rate_for_each_month_that_is_not_idle() -> None:
    rows = [*months(4, 2), FigureRow("2024-01", "reported.major", "SCR", 9)]
    one = scorecard(rows).of("reported")
    assert (one.count, one.of, one.share) == (9, 2, 4.5)
    assert (round(one.low, 4), round(one.high, 4)) == (
        2.0577,
        8.5424,
    )  # Garwood: 9 counted give 4.1154 ... 17.0848
    assert scorecard(rows, {"reported": 100}).total == scorecard(rows).total
    assert scorecard(months(4)).of("reported").word == "nothing"
