# SPDX-License-Identifier: Apache-2.0
"""What the rules of complaints refuse: whose they are, what comes twice, what comes too late, what says nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest

from qcdesk.domain.complaints import MOST_HAND_OVERS, Complaint, begun, require_figures, take
from qcdesk.domain.events import ComplaintTaken, OwnerFigures
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.people import Role
from qcdesk.domain.refusals import ComplaintNotYours, ComplaintRefused, NotActive
from tests.domain.cases import person

TODAY, NOW, HOUR = date(2026, 3, 2), 1_000_000_000, 3_600_000_000
AN, BO = person("an", "inspector"), person("bo", "inspector")
TAKEN = ComplaintTaken(4, "Nova", "a@b.example", "en", "spoken", "It rattles.", TODAY, AN.id, NOW + HOUR)
OPEN = begun(TAKEN)
BATCH = "b" * 32
LINKED = OPEN.after(OPEN.link(BATCH, "DA-1", TODAY), NOW)


def judged(one: Complaint, about: str = "SCR", reason: str = "seen", *, escape: bool = True) -> Complaint:
    return one.after(one.judge(escape, about, reason, (), out=True), NOW)


def acknowledged(one: Complaint) -> Complaint:
    return one.after(one.acknowledge("Ms Nova", "by phone", TODAY, TODAY), NOW)


def called(one: Complaint, at: int = NOW) -> Complaint:
    return one.after(one.calls_back(True, "explained", None, NOW), at)


CLOSED = called(acknowledged(judged(LINKED)))
CLOSED = CLOSED.after(CLOSED.close("a new part"), NOW)


def tries(one: Complaint) -> dict[str, Callable[[], object]]:
    """Return every act on an open one."""
    return {
        "acknowledge": lambda: one.acknowledge("Ms Nova", "by phone", TODAY, TODAY),
        "hand over": lambda: one.hand_over(BO, "knows the goods", TODAY),
        "call back": lambda: one.calls_back(True, "explained", None, NOW),
        "link": lambda: one.link("c" * 32, "DA-2", TODAY),
        "judge": lambda: one.judge(False, "as agreed", "looked at it", (), out=True),
        "answer or anything else of its owner": lambda: one.require_for(AN, "An", TODAY),
    }


def bad(code: str, field: str, call: Callable[[], object]) -> None:
    with pytest.raises(BadInput) as wrong:
        call()
    assert (wrong.value.code, wrong.value.where.get("field")) == (code, field)


def refused(problem: str, call: Callable[[], object]) -> None:
    with pytest.raises(ComplaintRefused) as no:
        call()
    assert (no.value.complaint, no.value.problem) == (4, problem)


@pytest.mark.parametrize("act", sorted(tries(OPEN)))
def test_nothing_comes_after_the_end(act: str) -> None:
    tries(OPEN)[act]()
    refused("closed", tries(CLOSED)[act])
    refused("closed", lambda: CLOSED.close("again"))


def test_whoever_takes_one_says_whose_it_is_from_whom_what_and_when() -> None:
    def taking(**changes: object) -> Callable[[], object]:
        return partial(take, replace(TAKEN, **changes), AN, TODAY, TODAY, NOW)  # type: ignore[arg-type]

    taking()()
    bad("missing", "customer", taking(customer=" "))
    bad("missing", "words", taking(words=" \n"))
    bad("complaint_ahead", "received", taking(received=TODAY + timedelta(days=1)))
    taking(received=date(2016, 3, 2))()
    bad("complaint_long_ago", "received", taking(received=date(2016, 3, 1)))
    bad("call_back_past", "call_back", taking(call_back=NOW))
    with pytest.raises(NotActive):
        take(TAKEN, replace(AN, status="suspended"), TODAY, TODAY, NOW)
    assert take(TAKEN, BO, TODAY, TODAY, NOW).owner == BO.id


@pytest.mark.parametrize("role", ["planner", "administrator"])
def test_only_its_owner_and_whoever_manages_complaints_go_on_with_it(role: Role) -> None:
    OPEN.require_for(AN, "An", TODAY)
    OPEN.require_for(person("chi", role), "An", TODAY)
    with pytest.raises(ComplaintNotYours):
        OPEN.require_for(person("chi", role, until=TODAY - timedelta(days=1)), "An", TODAY)
    with pytest.raises(ComplaintNotYours):
        OPEN.require_for(BO, "An", TODAY)
    handed = OPEN.after(OPEN.hand_over(BO, "knows the goods", TODAY), NOW)
    handed.require_for(BO, "Bo", TODAY)
    with pytest.raises(ComplaintNotYours):
        handed.require_for(AN, "Bo", TODAY)


def test_a_third_hand_over_is_one_too_many_and_none_goes_to_who_has_it_or_cannot_work() -> None:
    refused("same_owner", lambda: OPEN.hand_over(AN, "why", TODAY))
    bad("missing", "reason", lambda: OPEN.hand_over(BO, " ", TODAY))
    with pytest.raises(NotActive):
        OPEN.hand_over(replace(BO, status="suspended"), "why", TODAY)
    one, seen = OPEN, []
    for owner in (BO, AN, BO):
        one = one.after(one.hand_over(owner, "why", TODAY), NOW)
        seen.append((one.owner, one.too_often))
    assert (seen, MOST_HAND_OVERS) == ([(BO.id, False), (AN.id, False), (BO.id, True)], 2)


def test_a_promised_call_is_overdue_once_its_time_went_by_and_counted_as_missed_however_late_it_comes() -> (
    None
):
    assert not OPEN.overdue(NOW + HOUR) and OPEN.overdue(NOW + HOUR + 1)
    in_time, late = called(OPEN, NOW + HOUR), called(OPEN, NOW + HOUR + 1)
    assert (in_time.missed, late.missed, late.overdue(NOW + 9 * HOUR)) == (0, 1, False)
    put_off = OPEN.after(OPEN.calls_back(False, "ill", NOW + 9 * HOUR, NOW), NOW + 2 * HOUR)
    assert (put_off.missed, put_off.call_back, put_off.overdue(NOW + 2 * HOUR)) == (1, NOW + 9 * HOUR, False)
    bad("call_back_past", "call_back", lambda: OPEN.calls_back(False, "ill", NOW, NOW))
    bad("missing", "call_back", lambda: OPEN.calls_back(False, "ill", None, NOW))
    bad("missing", "said_or_why", lambda: OPEN.calls_back(True, " ", None, NOW))
    bad("missing", "reason", lambda: OPEN.calls_back(False, " ", NOW + 9 * HOUR, NOW))
    assert in_time.calls_back(False, "", NOW + HOUR, NOW).call_back == NOW + HOUR, "promised anew"


def test_a_call_that_reached_nobody_leaves_open_what_was_promised() -> None:
    tried = OPEN.calls_back(True, "", None, NOW, reached=False)
    after = OPEN.after(tried, NOW)
    assert (after.call_back, after.missed) == (OPEN.call_back, 0)
    refused("call_back_open", lambda: acknowledged(judged(after, escape=False)).close("a new part"))
    assert after.overdue(NOW + HOUR + 1) and called(after, NOW + HOUR + 1).missed == 1
    again = OPEN.after(OPEN.calls_back(True, "", NOW + 9 * HOUR, NOW, reached=False), NOW)
    assert (again.call_back, again.missed) == (NOW + 9 * HOUR, 0)
    bad("call_back_past", "call_back", lambda: OPEN.calls_back(True, "", NOW, NOW, reached=False))


def test_it_is_confirmed_once_by_somebody_and_not_before_it_came_or_ahead() -> None:
    refused("acknowledged", lambda: acknowledged(OPEN).acknowledge("Mr Nova", "by mail", TODAY, TODAY))
    bad("missing", "by_whom", lambda: OPEN.acknowledge(" ", "by phone", TODAY, TODAY))
    bad("missing", "how", lambda: OPEN.acknowledge("Ms Nova", " ", TODAY, TODAY))
    for days in (-1, 2):
        day = TODAY + timedelta(days=days)
        bad("acknowledged_when", "on", partial(OPEN.acknowledge, "Ms Nova", "by phone", day, TODAY))
    assert OPEN.acknowledge("Ms Nova", "by phone", TODAY + timedelta(days=1), TODAY).by_whom == "Ms Nova"


def test_a_batch_is_linked_once_and_was_there_when_the_complaint_came() -> None:
    refused("linked", lambda: LINKED.link(BATCH, "DA-1", TODAY))
    refused("not_linked", lambda: OPEN.link(BATCH, "DA-1", TODAY, undone=True))
    bad("complaint_before_batch", "batch", lambda: OPEN.link(BATCH, "DA-1", TODAY + timedelta(days=1)))
    undone = LINKED.after(LINKED.link(BATCH, "DA-1", TODAY, undone=True), NOW)
    assert (LINKED.batches, undone.batches) == ((BATCH,), ())


def test_an_escape_is_of_a_batch_that_went_out() -> None:
    refused("no_batch", lambda: OPEN.judge(True, "SCR", "seen", (), out=True))
    refused("never_out", lambda: LINKED.judge(True, "SCR", "seen", (), out=False))
    assert OPEN.judge(False, "SCR", "as agreed", (), out=False).escape is False
    bad("missing", "about", lambda: LINKED.judge(True, " ", "seen", (), out=True))
    bad("missing", "reason", lambda: LINKED.judge(True, "SCR", " ", (), out=True))


def test_what_was_judged_changes_only_to_something_else_and_for_another_reason() -> None:
    said = judged(LINKED)
    refused("judged", lambda: said.judge(True, " SCR ", "looked again", (), out=True))
    refused("same_reason", lambda: said.judge(False, "SCR", " seen ", (), out=True))
    assert said.judge(False, "SCR", "it was the carrier", (), out=True).escape is False
    assert said.judge(True, "DEN", "it is a dent", (), out=True).about == "DEN"


def test_it_ends_only_once_it_was_confirmed_judged_and_called_about() -> None:
    ready = called(acknowledged(judged(LINKED)))
    assert ready.close("a new part").outcome == "a new part"
    bad("missing", "outcome", lambda: ready.close(" "))
    refused("not_acknowledged", lambda: called(judged(LINKED)).close("a new part"))
    refused("not_judged", lambda: called(acknowledged(LINKED)).close("a new part"))
    refused("call_back_open", lambda: acknowledged(judged(LINKED)).close("a new part"))


def test_figures_are_of_a_month_that_has_begun_and_count_something() -> None:
    require_figures(OwnerFigures("2026-03", 0, 1_000_000), TODAY)
    require_figures(OwnerFigures("2026-04", 3, 1), date(2026, 3, 31))
    for month in ("2026-04", "2026-13", "2026-3", "March", ""):
        bad("month", "month", partial(require_figures, OwnerFigures(month, 1, 1), TODAY))
    for few, many, field in ((-1, 1, "repeat_orders"), (1, 1_000_001, "referrals")):
        bad("month_figure", field, partial(require_figures, OwnerFigures("2026-03", few, many), TODAY))
