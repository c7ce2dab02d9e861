# SPDX-License-Identifier: Apache-2.0
"""What of a supplier's corrective actions needs somebody most, in the sentence above its figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from qcdesk.domain.corrective import CorrectiveAction, Promise, Stop
from qcdesk.domain.promises import Decision, Judged, LotFound, PromiseState, PromiseTest
from qcdesk.domain.sampling import Verdict
from qcdesk.i18n import Catalogue
from qcdesk.services.repeated_defects import StopInspection, Tightened
from qcdesk.services.scorecards import scorecard
from qcdesk.wording import corrective as wording
from qcdesk.wording.corrective import needs_someone
from qcdesk.wording.scorecards import headline

TODAY = date(2026, 3, 2)
WORDS = Catalogue()


def promise(state: PromiseState, due: date = TODAY) -> Promise:
    """Return a promise that stands so."""
    lots = () if state == "open" else ("LOT-1",)
    return Promise("p", 1, "No dents", due, PromiseTest("accepted"), 2, 0, Decision(state, None, lots))


def action(*promises: Promise, number: int = 1) -> CorrectiveAction:
    """Return an open action with these promises."""
    return CorrectiveAction(f"a{number}", number, "s", "", ("DEN",), "Dents", "p", 0, 1, promises=promises)


def said(*actions: CorrectiveAction) -> str:
    return needs_someone(actions, "ACME", TODAY, WORDS)


def test_a_stop_comes_before_a_broken_promise_before_an_overdue_one_before_an_action_open_again() -> None:
    reopened = replace(action(number=4), state="reopened")
    overdue = action(promise("open", date(2026, 2, 28)), number=3)
    broken = action(promise("broken"), number=2)
    stopped = replace(action(), stops=(Stop(9, "s", "PH-204", "DEN", "a1", "b", "LOT-2"),))
    assert said(action(), reopened) == "CA-4 is open again: Dents."
    assert said(reopened, overdue) == "CA-3: ACME promised “No dents”, 2 days overdue."
    assert said(reopened, overdue, broken) == "CA-2: the promise “No dents” is broken. LOT-1 was rejected."
    assert said(reopened, overdue, broken, stopped).startswith("DEN came again with LOT-2: no PH-204 of ACME")


def test_what_was_kept_replaced_closed_or_decided_needs_nobody() -> None:
    replaced = replace(promise("broken"), replaced=True)
    closed = replace(action(promise("broken")), state="closed")
    decided = replace(action(), stops=(Stop(9, "s", "PH-204", "DEN", "a1", "b", "LOT-2", 12),))
    assert said(action(promise("kept"), replaced), closed, decided, action(promise("open"))) == ""


def test_what_needs_somebody_stands_above_what_the_figures_say() -> None:
    card = scorecard([])
    assert headline(card, WORDS, "CA-4 is open again: Dents.") == "CA-4 is open again: Dents."
    assert headline(card, WORDS) == "Nothing was recorded yet."


def lot(number: str, verdict: Verdict | None, over: str = "") -> LotFound:
    by = () if over else (Judged(number, "round", verdict, 1, 1),) if verdict is not None else ()
    return LotFound(number, number, "PH-204", TODAY, verdict, 20, over=over, rounds=by)


def decided(state: PromiseState, *counted: LotFound, over: tuple[LotFound, ...] = ()) -> str:
    """Return why a promise about the next lot stands so."""
    lots = tuple(one.number for one in counted if one.verdict is not None)
    found = Decision(state, None, lots, counted=counted, passed_over=over)
    return wording.why(replace(promise(state), decision=found), WORDS)


def test_it_is_said_which_lot_a_promise_waits_for_and_which_were_passed_over() -> None:
    assert decided("open") == "Waits for the next lot."
    waits = "LOT-1, registered after the promise, is not decided yet."
    assert decided("open", lot("LOT-1", None)) == waits
    gone = "LOT-0 was passed over: nothing of it was ever judged."
    assert decided("open", lot("LOT-1", None), over=(lot("LOT-0", None, "returned"),)) == f"{waits} {gone}"
    unsought = "LOT-2 was passed over: nobody looked in it for what was promised."
    over = (lot("LOT-0", None, "returned"), lot("LOT-2", "accepted", "unsought"))
    assert decided("open", lot("LOT-1", None), over=over) == f"{waits} {gone} {unsought}"


def test_goods_that_went_away_unjudged_are_not_called_rejected() -> None:
    shows = LotFound("LOT-1", "LOT-1", "PH-204", TODAY, "rejected", 20)
    said = "LOT-1 went away before two had judged it, and shows again what the action is about."
    assert decided("broken", shows) == said


def test_a_lot_says_how_it_stands_why_and_what_it_showed() -> None:
    waits = replace(lot("LOT-1", None), state="awaiting_second")
    away = LotFound(
        "LOT-1", "LOT-1", "PH-204", TODAY, "rejected", 20, {"DEN": 2}, told={"DEN": "major", "SCR": "minor"}
    )
    said = [
        (
            wording.lot_stands(one, WORDS),
            wording.lot_why(one, TODAY, WORDS),
            wording.lot_shows(one, ("DEN", "SCR"), WORDS),
        )
        for one in (waits, away, lot("LOT-2", "accepted"), lot("LOT-3", "accepted", "unsought"))
    ]
    assert said == [
        ("Not decided yet", "Waiting for second check", ""),
        ("Went away unjudged", "", "DEN on 2 units and SCR, found otherwise"),
        ("Accepted", said[2][1], "none of its codes"),
        ("Passed over", "Nobody looked in it for what was promised.", ""),
    ]


@pytest.mark.parametrize(
    ("state", "says"),
    [
        ("tightened", "Inspection of PH-204 from this supplier is tightened by IP-204."),
        (
            "rounds",
            "Each new round of PH-204 from this supplier is tightened until this corrective action is closed.",
        ),
        ("nothing", "IP-204 accepts no such unit at all, so there is nothing to tighten."),
        (
            "unswitched",
            "IP-204 does not switch its inspection, so nothing is tightened; a new version of it can switch.",
        ),
    ],
)
def test_a_stop_says_whether_inspection_is_tightened(state: Tightened, says: str) -> None:
    stop = Stop(7, "s", "PH-204", "DEN", "a", "b", "LOT-1")
    assert wording.inspected(stop, StopInspection(state, "IP-204"), WORDS) == says


def test_an_accepted_lot_that_shows_the_code_again_is_not_called_rejected() -> None:
    assert decided("broken", lot("LOT-1", "rejected")) == "LOT-1 was rejected."
    assert (
        decided("broken", lot("LOT-1", "accepted"))
        == "LOT-1 was accepted, and shows again what the action is about."
    )


@pytest.mark.parametrize(
    ("product", "codes", "said"),
    [
        ("", ("DEN", "SCR"), "the next lot is accepted and shows none of: DEN, SCR"),
        ("PH-204", ("DEN",), "the next lot of PH-204 is accepted and shows none of: DEN"),
        ("", ("A-7/Q1",), "the next lot is accepted"),
    ],
)
def test_a_lot_that_proves_an_action_shows_none_of_its_defects(
    product: str, codes: tuple[str, ...], said: str
) -> None:
    assert wording.test_words(PromiseTest("accepted", product=product), WORDS, codes) == said
