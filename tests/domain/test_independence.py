# SPDX-License-Identifier: Apache-2.0
"""Independence (trust.md §8.2): every rule with the case that must be refused, and who could do it instead."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product
from typing import cast

import pytest

from qcdesk.domain.events import Maker, Place, RoundCompared
from qcdesk.domain.independence import (
    could,
    could_be_second,
    foresee,
    require_first,
    require_give_up,
    require_order,
    require_release,
    require_second,
    require_sight_of_first,
    require_third,
    with_others,
)
from qcdesk.domain.refusals import (
    AskedForConcession,
    Blind,
    GaveUpPlace,
    HasSeenFirst,
    LastSecond,
    MadeUnits,
    MakerFirstNotAllowed,
    MissingRole,
    NobodyLeft,
    NotActive,
    NotQualified,
    PlaceTaken,
    Reworked,
    SamePerson,
    ThirdNeeded,
)
from qcdesk.domain.rounds import CheckState
from tests.domain.cases import (
    ANONG,
    HUY,
    LINH,
    SOM,
    TODAY,
    batch,
    case,
    check,
    content,
    person,
    qualified,
    round_,
)

FIRST_SIGNED = round_(check("first", LINH))
BOTH_SIGNED = round_(check("first", LINH), check("second", SOM))
COMPARED = cast("RoundCompared", object())


def test_first_signer_cannot_make_the_second_check() -> None:
    with pytest.raises(SamePerson) as refused:
        require_second(case(standing=FIRST_SIGNED), LINH)
    assert (refused.value.person, refused.value.place, refused.value.earlier_place) == (
        "Linh",
        "second",
        "first",
    )


def test_another_qualified_person_can_make_the_second_check() -> None:
    require_second(case(standing=FIRST_SIGNED), SOM)


def test_same_person_under_two_logins_is_one_person() -> None:
    again = replace(LINH, login="linh.two")
    with pytest.raises(SamePerson):
        require_second(case(again, SOM, standing=FIRST_SIGNED), again)


def test_maker_cannot_make_the_second_check_and_is_told_the_units() -> None:
    of = batch(makers=(Maker("som", (7,)),))
    with pytest.raises(MadeUnits) as refused:
        require_second(case(LINH, SOM, HUY, of=of, standing=FIRST_SIGNED), SOM)
    assert refused.value.units == (7,)
    told = with_others(refused.value, case(LINH, SOM, HUY, of=of, standing=FIRST_SIGNED), SOM, "second")
    assert isinstance(told, MadeUnits) and told.who_can == ("Huy",)


def test_reworker_cannot_make_the_second_check() -> None:
    with pytest.raises(Reworked):
        require_second(case(of=batch(reworkers=("som",)), standing=FIRST_SIGNED), SOM)


@pytest.mark.parametrize("rule", [require_second, require_third, require_release])
def test_maker_can_take_no_independent_place(rule: object) -> None:
    of = batch(makers=(Maker("huy"),))
    with pytest.raises(MadeUnits):
        rule(case(LINH, SOM, HUY, of=of, standing=BOTH_SIGNED), HUY)  # type: ignore[operator]


def test_second_person_cannot_take_a_first_place_that_is_free_again() -> None:
    standing = round_(check("second", SOM, "open"))
    with pytest.raises(SamePerson) as refused:
        require_first(case(standing=standing), SOM)
    assert (refused.value.person, refused.value.place, refused.value.earlier_place) == (
        SOM.name,
        "first",
        "second",
    )


def test_makers_own_first_check_is_refused_unless_the_procedure_allows_it() -> None:
    of = batch(makers=(Maker("linh"),))
    with pytest.raises(MakerFirstNotAllowed):
        require_first(case(of=of), LINH)
    require_first(case(of=of, what=content(maker_may_check_first=True)), LINH)


def test_reworkers_own_first_check_is_a_makers() -> None:
    with pytest.raises(MakerFirstNotAllowed):
        require_first(case(of=batch(reworkers=("linh",))), LINH)


def test_whoever_saw_the_first_check_cannot_make_the_second() -> None:
    with pytest.raises(HasSeenFirst):
        require_second(case(standing=replace(FIRST_SIGNED, seen_first=("som",))), SOM)


def test_whoever_gave_up_the_second_place_cannot_take_it() -> None:
    with pytest.raises(GaveUpPlace):
        require_second(case(standing=replace(FIRST_SIGNED, given_up=("som",))), SOM)


def test_a_taken_place_is_not_taken_twice() -> None:
    with pytest.raises(PlaceTaken) as refused:
        require_second(case(LINH, SOM, HUY, standing=BOTH_SIGNED), HUY)
    assert (refused.value.by, refused.value.signed) == ("Som", True)


def test_unqualified_person_is_refused_with_who_can_and_who_renews() -> None:
    what = content(qualification_required=True)
    ended = qualified(LINH, date(2026, 11, 1))
    able = qualified(HUY, None)
    with pytest.raises(NotQualified) as refused:
        require_first(case(ended, able, ANONG, what=what), ended)
    assert refused.value.ended == date(2026, 11, 1)
    assert refused.value.who_can == ("Huy",)
    assert "Anong" in refused.value.who_renews


def test_qualification_counts_on_its_last_day_and_not_after() -> None:
    what = content(qualification_required=True)
    require_first(case(qualified(LINH, TODAY), SOM, what=what), qualified(LINH, TODAY))
    with pytest.raises(NotQualified):
        require_first(
            case(qualified(LINH, date(2026, 11, 17)), SOM, what=what), qualified(LINH, date(2026, 11, 17))
        )


def test_the_inspectors_role_is_needed_where_no_qualification_is() -> None:
    planner = person("minh", "planner")
    with pytest.raises(MissingRole):
        require_first(case(planner, SOM), planner)


def test_a_suspended_person_takes_no_place() -> None:
    gone = replace(SOM, status="suspended")
    with pytest.raises(NotActive):
        require_second(case(LINH, gone, standing=FIRST_SIGNED), gone)


@pytest.mark.parametrize("one", [LINH, SOM])
def test_neither_of_the_two_can_be_the_third(one: object) -> None:
    with pytest.raises(SamePerson):
        require_third(case(LINH, SOM, HUY, standing=BOTH_SIGNED), one)  # type: ignore[arg-type]


@pytest.mark.parametrize("state", ["open", "set_aside", "retracted"])
@pytest.mark.parametrize("place", ["first", "second"])
def test_whoever_had_a_check_in_the_round_is_no_third_whatever_became_of_it(
    place: Place, state: CheckState
) -> None:
    standing = round_(check(place, HUY, state), *BOTH_SIGNED.checks)
    with pytest.raises(SamePerson) as refused:
        require_third(case(LINH, SOM, HUY, standing=standing), HUY)
    assert refused.value.earlier_place == place


def test_a_decision_set_aside_is_gone_on_with_by_its_own_person() -> None:
    standing = round_(check("third", HUY, "set_aside"), *BOTH_SIGNED.checks)
    require_third(case(LINH, SOM, HUY, standing=standing), HUY)


def test_the_third_is_an_arbiter() -> None:
    inspector = person("minh", "inspector")
    with pytest.raises(MissingRole):
        require_third(case(LINH, SOM, inspector, standing=BOTH_SIGNED), inspector)
    require_third(case(LINH, SOM, HUY, standing=BOTH_SIGNED), HUY)


def test_the_third_holds_the_qualification_that_the_procedure_asks_for() -> None:
    what = content(qualification_required=True)
    able = qualified(ANONG, None)
    people = (qualified(LINH, None), qualified(SOM, None), HUY, able)
    with pytest.raises(NotQualified) as refused:
        require_third(case(*people, standing=BOTH_SIGNED, what=what), HUY)
    assert refused.value.who_can == (("Anong",) if able.has_role("arbiter", TODAY) else ())
    require_third(case(*people, standing=BOTH_SIGNED, what=what), qualified(HUY, TODAY))


def test_ordering_a_new_round_takes_a_qualified_arbiter() -> None:
    what = content(qualification_required=True)
    with pytest.raises(NotQualified):
        require_order(case(LINH, SOM, HUY, what=what), HUY)
    require_order(case(LINH, SOM, HUY, what=what), qualified(HUY, TODAY))


def test_a_releaser_needs_the_role_and_no_qualification() -> None:
    what = content(qualification_required=True)
    require_release(case(LINH, SOM, standing=BOTH_SIGNED, what=what), SOM)


def test_first_signer_cannot_release_but_the_second_can() -> None:
    with pytest.raises(SamePerson):
        require_release(case(standing=BOTH_SIGNED), LINH)
    require_release(case(standing=BOTH_SIGNED), SOM)


def test_a_setting_can_ask_for_a_third_person_at_the_release() -> None:
    with pytest.raises(ThirdNeeded):
        require_release(case(LINH, SOM, HUY, standing=BOTH_SIGNED, third=True), SOM)
    require_release(case(LINH, SOM, HUY, standing=BOTH_SIGNED, third=True), HUY)


def test_release_needs_the_releasers_role() -> None:
    inspector = person("minh", "inspector")
    with pytest.raises(MissingRole):
        require_release(case(LINH, SOM, inspector, standing=BOTH_SIGNED), inspector)


def test_the_first_check_is_closed_to_whoever_may_be_second() -> None:
    with pytest.raises(Blind):
        require_sight_of_first(case(standing=FIRST_SIGNED), SOM)


def test_the_first_check_is_closed_to_the_second_person_while_checking() -> None:
    standing = round_(check("first", LINH), check("second", SOM, "open"))
    with pytest.raises(Blind):
        require_sight_of_first(case(standing=standing), SOM)


def test_the_first_check_is_open_to_its_maker_to_a_maker_of_the_batch_and_after_the_comparison() -> None:
    require_sight_of_first(case(standing=FIRST_SIGNED), LINH)
    of = batch(makers=(Maker("huy"),))
    require_sight_of_first(case(LINH, SOM, HUY, of=of, standing=FIRST_SIGNED), HUY)
    require_sight_of_first(case(standing=replace(BOTH_SIGNED, compared=COMPARED)), SOM)


def test_an_auditor_who_can_never_inspect_may_see_it() -> None:
    auditor = person("audit", "auditor")
    require_sight_of_first(case(LINH, SOM, auditor, standing=FIRST_SIGNED), auditor)


def test_the_last_possible_second_cannot_give_the_place_up() -> None:
    with pytest.raises(LastSecond):
        require_give_up(case(standing=FIRST_SIGNED), SOM)
    require_give_up(case(LINH, SOM, HUY, standing=FIRST_SIGNED), SOM)


def test_who_could_take_a_place_is_whoever_may() -> None:
    minh = person("minh", "inspector")
    begun = case(LINH, SOM, HUY, minh, standing=round_(check("first", LINH, "open")))
    assert could(begun, "first") == (LINH,)
    signed = case(LINH, SOM, HUY, minh, standing=BOTH_SIGNED)
    assert could(signed, "third") == (HUY,)
    assert could(signed, "release") == (SOM, HUY)


def test_whoever_had_part_in_a_concession_takes_no_independent_place() -> None:
    conceded = replace(case(LINH, SOM, HUY, standing=FIRST_SIGNED), conceders=("som",))
    for asked, rule in product(((), ("som",)), (require_second, require_third, require_release)):
        with pytest.raises(AskedForConcession) as refused:
            rule(replace(conceded, askers=asked), SOM)
        assert (refused.value.person, refused.value.part) == (SOM.name, "asked" if asked else "approved")


def test_a_first_check_that_somebody_is_at_is_not_taken_and_says_whose_it_is() -> None:
    with pytest.raises(PlaceTaken) as refused:
        require_first(case(standing=round_(check("first", LINH, "open"))), SOM)
    assert (refused.value.place, refused.value.by, refused.value.signed) == ("first", LINH.name, False)


def test_whoever_gave_the_second_place_up_does_not_do_so_again() -> None:
    standing = replace(FIRST_SIGNED, given_up=("som",))
    with pytest.raises(GaveUpPlace):
        require_give_up(case(LINH, SOM, HUY, standing=standing), SOM)


def test_neither_signer_of_a_round_nor_a_maker_orders_the_next_one() -> None:
    for state in ("signed", "retracted"):
        taken_back = round_(check("first", LINH, state), check("second", SOM))
        with pytest.raises(SamePerson) as refused:
            require_order(case(LINH, SOM, HUY, standing=taken_back), LINH)
        assert (refused.value.place, refused.value.earlier_place) == ("third", "first")
    with pytest.raises(MadeUnits):
        require_order(case(LINH, SOM, HUY, of=batch(makers=(Maker("huy"),))), HUY)


def test_taking_the_first_place_that_leaves_nobody_is_pointed_out_with_the_order_that_works() -> None:
    of = batch(makers=(Maker("som"),))
    allowed = content(maker_may_check_first=True)
    with pytest.raises(NobodyLeft) as refused:
        foresee(case(of=of, what=allowed), LINH, "first")
    assert refused.value.place == "second"
    assert refused.value.who_first == ("Som",)  # the maker first, then the other second
    foresee(case(of=of, what=allowed), SOM, "first")


def test_taking_the_first_place_that_leaves_no_releaser_is_pointed_out() -> None:
    inspector = person("minh", "inspector")
    with pytest.raises(NobodyLeft) as refused:
        foresee(case(LINH, inspector), LINH, "first")
    assert refused.value.place == "release"
    assert refused.value.who_first == ("Minh",)


def test_what_both_made_is_foreseen_to_need_a_third() -> None:
    of = batch(makers=(Maker("linh"), Maker("som")))
    with pytest.raises(NobodyLeft) as refused:
        foresee(case(of=of, what=content(maker_may_check_first=True)), LINH, "first")
    assert refused.value.who_first == ()
    assert could(case(LINH, SOM, HUY, of=of), "second") == (HUY,)


def test_nobody_can_still_be_second_after_the_comparison() -> None:
    assert could_be_second(case(standing=FIRST_SIGNED), SOM)
    assert not could_be_second(case(standing=replace(BOTH_SIGNED, compared=COMPARED)), SOM)
