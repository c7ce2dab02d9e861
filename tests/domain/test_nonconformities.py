# SPDX-License-Identifier: Apache-2.0
"""What the rules of nonconformities refuse: each act after the end, each word that is missing, each day gone by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from qcdesk.domain.batches import Batch, State
from qcdesk.domain.events import BatchSaved, NonconformityOpened
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.nonconformities import (
    BEING_CHECKED,
    Nonconformity,
    begun,
    name_of,
    number_of,
    open_on,
    require_not_being_checked,
    require_together,
)
from qcdesk.domain.people import Person, RoleGrant
from qcdesk.domain.refusals import (
    NonconformityBlind,
    NonconformityOwn,
    NonconformityRefused,
    NotActive,
    NothingNonconforming,
)

TODAY, LATER, PAST = date(2026, 3, 2), date(2026, 3, 20), date(2026, 3, 1)
AN, BO = (Person(x * 32, x, x.upper(), roles=(RoleGrant("inspector"),)) for x in "ab")
SAID = NonconformityOpened(3, "", 5, ("SCR",), "", "set apart", AN.id, LATER)
BATCH = Batch("c" * 32, BatchSaved("c" * 32, "B-1", "p", 20), state="rejected")
OPEN = begun(replace(SAID, batch=BATCH.id), AN.id)
CLOSED = OPEN.after(OPEN.close(BO, None, "sorted"), BO.id)


def tries(one: Nonconformity) -> dict[str, Callable[[], object]]:
    """Return every act on an open one."""
    return {
        "contain": lambda: one.contain("apart"),
        "note": lambda: one.note("worn"),
        "hand_over": lambda: one.hand_over(BO, "why", TODAY),
        "put_off": lambda: one.put_off(LATER, "why", TODAY),
        "link": lambda: one.link("x", "CA-1"),
        "close": lambda: one.close(BO, None, "why"),
    }


def bad(code: str, field: str, call: Callable[[], object]) -> None:
    with pytest.raises(BadInput) as wrong:
        call()
    assert (wrong.value.code, wrong.value.where.get("field")) == (code, field)


def refused(problem: str, call: Callable[[], object]) -> None:
    with pytest.raises(NonconformityRefused) as no:
        call()
    assert (no.value.nonconformity, no.value.problem) == (3, problem)


@pytest.mark.parametrize("act", sorted(tries(OPEN)))
def test_nothing_comes_after_the_end_but_opening_it_again(act: str) -> None:
    tries(OPEN)[act]()
    refused("closed", tries(CLOSED)[act])
    again = CLOSED.after(CLOSED.reopen(LATER, "more", TODAY), AN.id)
    tries(again)[act]()
    refused("open", lambda: OPEN.reopen(LATER, "more", TODAY))


def test_who_opened_it_last_does_not_close_it() -> None:
    with pytest.raises(NonconformityOwn):
        OPEN.close(AN, 7, "")
    again = CLOSED.after(CLOSED.reopen(LATER, "more", TODAY), BO.id)
    with pytest.raises(NonconformityOwn):
        again.close(BO, 7, "")
    assert again.close(AN, 7, "").over == 7


def test_words_and_days_that_say_nothing_are_refused() -> None:
    bad("missing", "containment", lambda: OPEN.contain(" "))
    bad("missing", "note", lambda: OPEN.note(" "))
    bad("missing", "reason", lambda: OPEN.hand_over(BO, " ", TODAY))
    bad("missing", "reason", lambda: OPEN.put_off(LATER, " ", TODAY))
    bad("day_past", "due", lambda: OPEN.put_off(PAST, "why", TODAY))
    bad("missing", "reason", lambda: OPEN.close(BO, None, " "))
    bad("missing", "reason", lambda: CLOSED.reopen(LATER, " ", TODAY))
    bad("day_past", "due", lambda: CLOSED.reopen(PAST, "why", TODAY))
    for name in ("", "NC-0", "NC", "CA-1", "NC-1234567890"):
        bad("nonconformity_number", "nonconformity", partial(number_of, name))
    assert (number_of(" nc-12 "), number_of("12"), name_of(12)) == (12, 12, "NC-12")


def test_an_owner_can_work_and_is_another_one() -> None:
    refused("same_owner", lambda: OPEN.hand_over(AN, "why", TODAY))
    gone = replace(BO, status="suspended")
    with pytest.raises(NotActive):
        OPEN.hand_over(gone, "why", TODAY)
    with pytest.raises(NotActive):
        open_on(SAID, BATCH, ("SCR",), gone, TODAY)


def test_those_that_are_open_name_together_no_more_units_of_a_code_than_there_are() -> None:
    fits, over = replace(SAID, nonconformity=4, quantity=15), replace(SAID, nonconformity=4, quantity=16)
    assert open_on(fits, BATCH, ("SCR",), AN, TODAY, (OPEN,)).together
    bad("affected_together", "quantity", lambda: open_on(over, BATCH, ("SCR",), AN, TODAY, (OPEN,)))
    assert open_on(over, BATCH, ("SCR",), AN, TODAY, (CLOSED,)).quantity == 16
    of_another = replace(over, codes=("DEN",))
    assert open_on(of_another, BATCH, ("SCR", "DEN"), AN, TODAY, (OPEN,)).quantity == 16
    bad("affected_together", "quantity", lambda: require_together(OPEN.opened, BATCH, (begun(over, AN.id),)))


def test_one_of_several_codes_counts_whole_for_each_and_the_refusal_says_so() -> None:
    both = replace(SAID, nonconformity=4, quantity=16, codes=("DEN", "SCR"))
    bad("affected_whole", "quantity", lambda: open_on(both, BATCH, ("SCR", "DEN"), AN, TODAY, (OPEN,)))
    one = replace(OPEN.opened, quantity=5)
    bad("affected_whole", "quantity", lambda: require_together(one, BATCH, (begun(both, AN.id),)))
    of_each = replace(both, quantity=4, codes=("SCR",)), replace(both, nonconformity=5, codes=("DEN",))
    require_together(of_each[0], BATCH, (OPEN, begun(of_each[1], AN.id)))


def test_a_corrective_action_is_linked_once_and_undone_once() -> None:
    linked = OPEN.after(OPEN.link("x", "CA-1"), AN.id)
    refused("linked", lambda: linked.link("x", "CA-1"))
    undone = linked.after(linked.link("x", "CA-1", undone=True), AN.id)
    refused("not_linked", lambda: undone.link("x", "CA-1", undone=True))
    assert (linked.actions, undone.actions) == (("x",), ())


def test_it_is_of_goods_that_are_amiss_and_of_no_more_than_there_are() -> None:
    assert open_on(SAID, BATCH, ("SCR",), AN, TODAY).batch == BATCH.id
    bad("code_not_claimed", "codes", lambda: open_on(SAID, BATCH, ("DEN",), AN, TODAY))
    words = replace(SAID, codes=(), what="wet")
    bad("missing", "what", lambda: open_on(replace(words, what=" "), BATCH, (), AN, TODAY))
    waits = replace(BATCH, state="registered")
    with pytest.raises(NothingNonconforming):
        open_on(words, waits, (), AN, TODAY)
    assert open_on(words, replace(waits, held=True), (), AN, TODAY).what == "wet"
    assert open_on(SAID, replace(waits, state="released"), ("SCR",), AN, TODAY).codes == ("SCR",)
    for over in (replace(SAID, quantity=0), replace(SAID, quantity=21)):
        bad("affected_outside", "quantity", partial(open_on, over, BATCH, ("SCR",), AN, TODAY))
    assert open_on(replace(SAID, quantity=20), BATCH, ("SCR",), AN, TODAY).quantity == 20
    bad("missing", "containment", lambda: open_on(replace(SAID, containment=" "), BATCH, ("SCR",), AN, TODAY))
    bad("day_past", "due", lambda: open_on(replace(SAID, due=PAST), BATCH, ("SCR",), AN, TODAY))


@pytest.mark.parametrize("state", BEING_CHECKED)
def test_nothing_is_put_down_while_the_batch_is_being_checked(state: State) -> None:
    checked = replace(BATCH, state=state, held=True)
    with pytest.raises(NonconformityBlind):
        require_not_being_checked(checked)
    with pytest.raises(NonconformityBlind):
        open_on(SAID, checked, ("SCR",), AN, TODAY)


def test_it_is_overdue_from_the_day_after_until_it_is_closed() -> None:
    assert (
        not OPEN.overdue(LATER) and OPEN.overdue(date(2026, 3, 21)) and not CLOSED.overdue(date(2027, 1, 1))
    )
