# SPDX-License-Identifier: Apache-2.0
"""The owner's scoreboard: whole months only, idle ones left out, and a sentence only where a figure moved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest

from qcdesk.domain.complaints import begun
from qcdesk.domain.events import ComplaintJudged, ComplaintTaken
from qcdesk.domain.inputs import BadInput
from qcdesk.i18n import Catalogue
from qcdesk.services.care_rows import ComplaintRow, FiguresRow, HouseKind, HouseRow
from qcdesk.services.scoreboards import HouseCode, Scoreboard, day_after, scoreboard
from qcdesk.wording import scoreboards as wording

EN = Catalogue()
TODAY = date(2026, 12, 10)
MONTHS = [f"2026-{n:02}" for n in range(1, 12)]


def at(month: str, day: int = 5) -> int:
    return int(datetime(int(month[:4]), int(month[5:]), day, 9, tzinfo=UTC).timestamp()) * 1_000_000


def rows(
    kind: HouseKind, amounts: Sequence[tuple[int, int]], months: Sequence[str] = MONTHS
) -> list[HouseRow]:
    return [HouseRow(kind, month, count, of) for month, (count, of) in zip(months, amounts, strict=True)]


def complaint(
    month: str, number: int = 1, *, written: bool = True, escape: bool | None = None
) -> ComplaintRow:
    day = date(int(month[:4]), int(month[5:]), 3)
    taken = ComplaintTaken(number, "Nova", "", "en", "written" if written else "spoken", "x", day, "p", None)
    one = begun(taken)
    if escape is not None:
        one = one.after(ComplaintJudged(number, escape, "x", "y", ()), at(month))
    return ComplaintRow(one, "Linh", (), at(month), "Linh", (), None)


def busy(months: Sequence[str] = MONTHS) -> list[HouseRow]:
    """Return months in each of which ten rounds were settled."""
    return [row for month in months for row in [HouseRow("settled", month)] * 10]


def board(happened: Sequence[HouseRow], complaints: Sequence[ComplaintRow] = (), said: Sequence[FiguresRow] = (),
          today: date = TODAY) -> Scoreboard:  # fmt: skip
    return scoreboard(happened, complaints, said, (), today)


def word(code: HouseCode, found: Scoreboard) -> str:
    return found.of(code).word


def test_complaints_that_come_as_often_as_ever_have_no_sentence_and_a_wave_has_one() -> None:
    usual = [complaint(month) for month in MONTHS for _ in range(3)]
    found = board(busy(), usual)
    assert (word("written", found), wording.sentences(found, EN)) == ("as_before", ())
    assert wording.headline(found, EN) == "In 2026-11, nothing left its usual range."
    wave = [*usual, *(complaint("2026-11") for _ in range(12))]
    found = board(busy(), wave)
    assert word("written", found) == "above" and found.of("written").worse
    assert wording.sentences(found, EN) == (
        "Written complaints: 15 a month in 2026-11, above the usual range around 3.",
    )
    assert (found.of("spoken").months[-1].count, word("spoken", found)) == (0, "as_before")


def test_what_never_happened_before_and_comes_at_once_is_above() -> None:
    found = board(busy(), [complaint("2026-11", written=False, escape=True) for _ in range(4)])
    assert (word("spoken", found), word("escapes", found), word("written", found)) == (
        "above",
        "above",
        "as_before",
    )
    assert word("spoken", board(busy(), [complaint("2026-11", written=False)])) == "as_before"


def test_what_was_judged_no_escape_is_none() -> None:
    found = board(busy(), [complaint("2026-11", escape=False), complaint("2026-11", escape=True)])
    assert found.of("escapes").months[-1].count == 1


def test_idle_months_are_skipped_and_the_running_one_is_not_judged() -> None:
    worked = [month for month in MONTHS if month not in ("2026-04", "2026-05")]
    running = [HouseRow("settled", "2026-12")] * 2
    found = board([*busy(worked), *running], [complaint("2026-12") for _ in range(9)])
    assert found.month == "2026-11"
    assert [one.month for one in found.of("written").months] == worked
    assert word("written", found) == "as_before"
    so_far = found.of("written").so_far
    assert so_far is not None and so_far.count == 9
    assert wording.so_far(found.of("written"), EN) == "so far 9"


def test_days_until_release_and_units_an_hour_are_held_against_their_own_past() -> None:
    days = [2_880, 3_100, 2_700, 2_900, 3_000, 2_800, 2_950, 2_850, 3_050, 2_750, 14_400]
    found = board(
        [*rows("turnaround", [(minutes, 1) for minutes in days]), *rows("work", [(60, 30)] * 10 + [(60, 31)])]
    )
    slow = found.of("turnaround")
    assert (slow.word, slow.worse, slow.low) == ("above", True, None)
    assert wording.value(slow, EN) == "10.0"
    assert wording.note(slow, EN) == "mean of 1 batch"
    work = found.of("units_per_hour")
    assert work.months[0].share == 120
    assert work.word == "below" and work.worse  # it never varied before


def test_a_figure_of_fewer_than_six_months_is_not_judged() -> None:
    found = board(busy(MONTHS[:5]), [complaint(MONTHS[4]) for _ in range(20)], today=date(2026, 6, 2))
    assert word("written", found) == "too_few"
    assert wording.headline(found, EN) == "Too few months have passed to tell one from another."
    assert wording.headline(board(()), EN) == "The first whole month is not over yet."
    assert wording.note(board(()).of("promises"), EN) == "nothing recorded"


def test_what_the_owner_counts_stands_only_in_months_of_which_it_was_said() -> None:
    said = [FiguresRow(month, 20, 4) for month in MONTHS[:-1]] + [FiguresRow(MONTHS[-1], 2, 4)]
    found = board(busy(), said=said)
    assert (word("repeat_orders", found), found.of("repeat_orders").worse) == ("below", True)
    assert word("referrals", found) == "as_before"
    assert len(board(busy(), said=said[:3]).of("referrals").months) == 3
    assert word("referrals", board(busy())) == "nothing"


def test_rework_is_told_for_each_settled_round_with_its_interval() -> None:
    loops = [HouseRow("rework", month) for month in MONTHS for _ in range(2)]
    found = board([*busy(), *loops]).of("rework")
    assert (found.last and found.last.share, found.word) == (0.2, "as_before")
    assert found.low is not None and found.high is not None
    assert 0.02 < found.low < 0.2 < found.high < 0.73  # 2 in 10 by Garwood: 0.0242 ... 0.7225


def test_a_period_ends_with_a_month_that_is_over() -> None:
    assert day_after("2026-11", TODAY) == date(2026, 12, 1)
    assert day_after("2025-12", TODAY) == date(2026, 1, 1)
    for month in ("2026-12", "2027-01", "2026-13", "x"):
        with pytest.raises(BadInput, match="month_not_over"):
            day_after(month, TODAY)
