# SPDX-License-Identifier: Apache-2.0
"""What a person brings along into a round on a new version (trust.md §8.6): only what may stand there, never unblind."""

from __future__ import annotations

import itertools
from dataclasses import replace
from decimal import Decimal

import pytest

from qcdesk.domain.carrying import carry
from qcdesk.domain.events import Finding, Measured, RoundOpened, UnitResult
from qcdesk.domain.procedures import Characteristic, Mode
from qcdesk.domain.reviewing import claims_to_review
from qcdesk.domain.rounds import Round, Work
from tests.domain.cases import SOM, check, content, opened

PULL = Characteristic("PUL", "Pull", "variable", "major", "N", lower=Decimal(50), destructive=True)


def version(mode: Mode = "blind", defects_mode: Mode = "blind", lower: int = 50) -> RoundOpened:
    """A round in which the pull test is made in a mode."""
    pull = replace(PULL, mode=mode, lower=Decimal(lower))
    base = opened(content(characteristics=(pull,), defects_mode=defects_mode))
    n = base.plan.n
    if "split" not in (mode, defects_mode):
        return base
    return replace(base, fresh=tuple(range(401, 401 + n - n // 3)), overlap=tuple(range(1, n // 3 + 1)))


def of(round_: RoundOpened) -> Round:
    return Round("r" * 32, "b" * 32, 1, round_, "0" * 64)


def ids() -> itertools.count[int]:
    return itertools.count()


def carried(
    before: RoundOpened, now: RoundOpened, place: str, work: Work, kinds: dict[str, str] | None = None
) -> Work:
    """The work with which a person goes on in the round on the new version."""
    names = ids()
    said = carry(lambda: f"new-{next(names)}", of(before), now, check(place, SOM, "open"), work, kinds or {})
    return Work() if said is None else Work().with_(said)


def pull(unit: int, value: int = 48) -> Measured:
    return Measured(f"m{unit}", unit, "PUL", str(value), str(value), "N", value >= 50, "major")


OWN = Work(
    results=(UnitResult(1), UnitResult(2)),
    findings=(Finding("f1", 1, "SCR", "minor"),),
    measured=(pull(1), pull(2, 61)),
)


def test_the_own_values_are_judged_by_the_limits_of_the_new_version() -> None:
    now = carried(version(), version(lower=45), "first", OWN)
    assert [(m.unit, m.inside) for m in now.measured] == [(1, True), (2, True)]
    assert now.done_units() == {1, 2}


@pytest.mark.parametrize("place", ["first", "second"])
def test_from_review_to_review_the_own_values_come_along_and_claims_are_opened_again(place: str) -> None:
    before = version("review")
    opened_claims = claims_to_review(before, OWN)
    now = carried(before, before, place, replace(OWN, reviewed=opened_claims))
    assert [m.value for m in now.measured] == ["48", "61"]
    assert now.reviewed == ()


@pytest.mark.parametrize("mode", ["blind", "split"])
def test_what_the_second_measured_knowing_the_first_is_not_carried_where_it_is_looked_at_blindly(
    mode: Mode,
) -> None:
    before, now = version("review"), version(mode)
    assert carried(before, now, "second", OWN).measured == ()
    assert [f.code for f in carried(before, now, "second", OWN).findings] == ["SCR"]
    assert carried(before, now, "second", OWN).done_units() == set()  # the reading is missing there
    assert len(carried(before, now, "first", OWN).measured) == 2


def test_from_blind_to_split_only_units_of_the_own_sample_come_along() -> None:
    before, now = version(), version("split", "split")
    last = now.overlap[-1]
    work = replace(OWN, results=(UnitResult(1), UnitResult(last + 1)), measured=(pull(1), pull(last + 1)))
    assert {m.unit for m in carried(before, now, "second", work).measured} == {1}
    assert {m.unit for m in carried(before, now, "first", work).measured} == {1, last + 1}


def test_from_split_to_blind_the_fresh_units_are_left_behind() -> None:
    before, now = version("split", "split"), version()
    fresh = before.plan.n + 1
    work = replace(OWN, results=(UnitResult(1), UnitResult(fresh)), measured=(pull(1), pull(fresh)))
    back = carried(before, now, "second", work)
    assert {m.unit for m in back.measured} == {1} and back.done_units() == {1}


def test_counted_goods_are_counted_anew() -> None:
    tallied = opened(content(tally=True, characteristics=()))
    assert carried(tallied, tallied, "first", Work(tallied=5)) == Work()


def test_a_reading_stays_behind_where_the_new_version_names_another_kind_of_instrument() -> None:
    measured = (replace(pull(1), instrument="T-1"), replace(pull(2, 61), instrument="G-1"), pull(3))
    pinned = version()
    content_ = pinned.procedure.content
    asks = replace(content_, characteristics=(replace(PULL, instrument_type="Force gauge"),))
    now = replace(pinned, procedure=replace(pinned.procedure, content=asks))
    kept = carried(
        version(), now, "first", replace(OWN, measured=measured), {"T-1": "tape", "G-1": "force gauge"}
    )
    assert [m.unit for m in kept.measured] == [2]
    assert [r.unit for r in kept.results] == [2]
