# SPDX-License-Identifier: Apache-2.0
"""Codes as words: states, lanes, roles, classes, acts, meanings; the same word on screen, paper and command line."""

from __future__ import annotations

from typing import Final

from qcdesk.i18n import Catalogue, mark

BATCH_STATES: Final = {
    "registered": mark("To inspect"),
    "first_check": mark("First check"),
    "awaiting_second": mark("Waiting for second check"),
    "second_check": mark("Second check"),
    "accepted": mark("Accepted"),
    "rejected": mark("Rejected"),
    "disagreed": mark("Disagreement"),
    "released": mark("Released"),
    "returned": mark("Returned to the supplier"),
    "scrapped": mark("Scrapped"),
    "split": mark("Split into parts"),
    "released_under_concession": mark("Released under concession"),
    "withdrawn": mark("Withdrawn"),
    "cancelled": mark("Cancelled"),
}
BOARD_LANES: Final = {
    "to_inspect": mark("To inspect"),
    "waiting_second": mark("Waiting for second check"),
    "disagreement": mark("Disagreement"),
    "quarantined": mark("Quarantined"),
    "to_release": mark("To release"),
    "ready_to_ship": mark("Ready to ship"),
    "done": mark("Done"),
}
ROLE_WORDS: Final = {
    "inspector": mark("inspector"),
    "arbiter": mark("arbiter"),
    "releaser": mark("releaser"),
    "concession": mark("concession approver"),
    "planner": mark("planner"),
    "administrator": mark("administrator"),
    "auditor": mark("auditor"),
}
ROLE_TITLES: Final = {
    "inspector": mark("Inspector"),
    "arbiter": mark("Arbiter"),
    "releaser": mark("Releaser"),
    "concession": mark("Concession approver"),
    "planner": mark("Planner"),
    "administrator": mark("Administrator"),
    "auditor": mark("Auditor"),
}
ROLE_SET_WORDS: Final = {
    "inspector": mark("Inspector"),
    "quality_manager": mark("Quality manager"),
    "owner": mark("Owner", context="role"),
    "read_only_auditor": mark("Read-only auditor"),
}
PERSON_STATES: Final = {
    "active": mark("Active"),
    "suspended": mark("Suspended"),
    "revoked": mark("Without a key"),
    "listed": mark("Listed"),
}
KEY_ENDS: Final = {
    "left": mark("Left"),
    "lost": mark("Key lost"),
    "suspect": mark("Key in doubt"),
}
CLASS_WORDS: Final = {"critical": mark("Critical"), "major": mark("Major"), "minor": mark("Minor")}
SEVERITY_WORDS: Final = {
    "normal": mark("Normal inspection"),
    "tightened": mark("Tightened inspection"),
    "reduced": mark("Reduced inspection"),
}
SEVERITY_REASONS: Final = {
    "start": mark("no reason to inspect otherwise"),
    "after_rework": mark("tightened after rework"),
    "switching": mark("as the lots before ask for"),
    "after_void": mark("tightened, as a round that rejected does not count"),
    "repeated": mark("tightened, as a defect came again after its corrective action"),
}
TOUCH_WORDS: Final = {
    "call": mark("call"),
    "message": mark("message"),
    "chase": mark("chase"),
    "hand_off": mark("hand-off"),
    "rework": mark("rework loop"),
}
PROCEDURE_STATES: Final = {
    "draft": mark("Draft"),
    "approved": mark("Approved"),
    "retired": mark("Retired"),
}
CHECK_STATES: Final = {
    "open": mark("Running"),
    "signed": mark("Signed"),
    "set_aside": mark("Set aside"),
    "retracted": mark("Retracted"),
}
PLACES: Final = {
    "first": mark("First check"),
    "second": mark("Second check"),
    "third": mark("Decision"),
    "release": mark("Release"),
}
HOLD_KIND_WORDS: Final = {
    "safety": mark("Safety"),
    "paperwork": mark("Papers"),
    "wrong_goods": mark("Wrong goods"),
    "procedure": mark("Procedure"),
    "signature": mark("A signature in doubt"),
    "other": mark("Another reason"),
}
# What the signature says, and what is printed beside the name.
MEANINGS: Final = {
    "I inspected": mark("I inspected"),
    "I inspected independently": mark("I inspected independently"),
    "I decide": mark("I decide"),
    "I release": mark("I release"),
    "inspected_by": mark("Inspected by"),
    "inspected_independently_by": mark("Inspected independently by"),
    "decided_by": mark("Decided by"),
    "rejected_after_all_by": mark("Rejected after all by"),
    "released_by": mark("Released by"),
    "concession_asked_by": mark("Concession asked for by"),
    "concession_approved_by": mark("Concession approved by"),
}
DISPOSITIONS: Final = {
    "rework": mark("Rework it"),
    "repair": mark("Repair it"),
    "sort": mark("Sort it"),
    "regrade": mark("Take it for another grade or use"),
    "return": mark("Return it to the supplier"),
    "scrap": mark("Scrap it"),
}
# The way that a part of a split batch goes.
PART_WAYS: Final = {
    "inspect": mark("To be inspected"),
    "rework": mark("To be reworked"),
    "repair": mark("To be repaired"),
    "sort": mark("To be sorted"),
    "regrade": mark("For another grade or use"),
    "return": mark("Back to the supplier"),
    "scrap": mark("To scrap"),
}
REPAIRED: Final = mark("Sent to repair, to be fit for use, and possibly not what was asked for.")
"""What is told of goods that were repaired, wherever they are shown."""
REGRADED: Final = mark("Taken for another grade or use: {terms}.")
"""What is told of goods that were regraded, wherever they are shown."""
# What can be done with a batch, as on its page and in ``may[]``.
ACTS: Final = {
    "start": mark("Start a check"),
    "first": mark("Make the first check"),
    "start_first": mark("Make the first check"),
    "continue_check": mark("Go on with your check"),
    "second": mark("Make the second check"),
    "start_second": mark("Make the second check"),
    "third": mark("Decide"),
    "decide": mark("Decide"),
    "record": mark("Record findings"),
    "sign": mark("Sign the check"),
    "order_round": mark("Order a new round"),
    "release": mark("Release"),
    "certificate": mark("Print certificate"),
    "ship_unreleased": mark("Put down goods that left unreleased"),
    "ship": mark("Record a shipment"),
    "stop": mark("Stop the batch"),
    "hold": mark("Stop the batch"),
    "lift": mark("Lift the hold"),
    "dispose": mark("Send to rework or repair"),
    "dispose_goods": mark("Sort, regrade, return or scrap"),
    "split": mark("Split into parts"),
    "place": mark("Say where it stands"),
    "rework": mark("Send to rework or repair"),
    "reworked": mark("Record rework"),
    "ask_concession": mark("Ask for a concession"),
    "approve_concession": mark("Release under the concession"),
    "refuse_concession": mark("Refuse the concession"),
    "retract": mark("Take a signed check back"),
    "withdraw": mark("Withdraw the release"),
    "cancel": mark("Cancel the batch"),
    "change": mark("Change the batch"),
    "set_aside": mark("Set a check aside"),
    "give_up": mark("Give up the second place"),
    "reject_after_all": mark("Reject after all"),
    "again": mark("Do it again on a fresh sample"),
    "compare": mark("See the comparison"),
    "see_first": mark("See the first check"),
    "report": mark("Print the report"),
    "approve_procedure": mark("Approve a procedure"),
    "confirm_rework": mark("Confirm rework"),
    "lift_suspension": mark("Lift the suspension"),
    "reopen": mark("Do it afresh in a new round"),
    "reopen_round": mark("Do it afresh in a new round"),
}
# Why a round came out as it did.
OUTCOME_REASONS: Final = {
    "union": mark("What both found together was judged against the plan."),
    "verdicts_differ": mark("One check accepts, the other rejects."),
    "critical_by_one": mark("One of the two claims a critical defect that the other did not see."),
    "critical_both": mark("Two people found a critical defect on the same unit."),
    "agreement_below_floor": mark("The two agree less than the procedure asks for."),
    "sample_missing": mark(
        "What both found together is undecided, and not both took the sample that would decide it."
    ),
}
# What stays on the owner's page until it is explained.
UNEXPLAINED: Final = {
    "withdrawn": mark("Release withdrawn"),
    "left_unreleased": mark("Left without a release"),
}
FOUND_BY: Final = {
    "both": mark("Found by both"),
    "first": mark("Only in the first check"),
    "second": mark("Only in the second check"),
    "neither": mark("No finding"),
    "not_compared": mark("Not compared"),
    "first_sample": mark("First sample only"),
    "second_sample": mark("Second sample only"),
    "first_sample_found": mark("First sample only, nonconforming"),
    "second_sample_found": mark("Second sample only, nonconforming"),
    "one_looked": mark("Found where one of the two looked"),
}
OTHER_WORDS: Final = {
    "quarantined": mark("Quarantined"),
    "shipped": mark("Shipped"),
    "rework": mark("Rework"),
    "overdue": mark("Due for review"),
    "not_done": mark("Not done"),
    "inside": mark("Inside the limits"),
    "outside": mark("Out of limits"),
}


def state(code: str, words: Catalogue, *, held: bool = False) -> str:
    """Return the word for where a batch stands; a hold beside it is named too, unless the state implies it."""
    word = words.say(BATCH_STATES[code])
    if not held or code in ("rejected", "disagreed", "withdrawn"):
        return word
    return words.say("{state}, quarantined", state=word)


def lane(code: str, words: Catalogue) -> str:
    """Return the heading of a lane of the board."""
    return words.say(BOARD_LANES[code])


def role(code: str, words: Catalogue) -> str:
    """Return a role as it stands inside a sentence."""
    return words.say(ROLE_WORDS[code])


def defect_class(code: str, words: Catalogue) -> str:
    """Return the word for a class of defects."""
    return words.say(CLASS_WORDS[code])


def place(code: str, words: Catalogue) -> str:
    """Return the heading of a place in a round: first check, second check, decision, release."""
    return words.say(PLACES[code])


def act(code: str, words: Catalogue, ordered: str = "") -> str:
    """Return what can be done, as on the button that does it; ``ordered``: which way the goods were sent last."""
    if code == "reworked" and ordered == "repair":
        return words.say("Record the repair")
    return words.say(ACTS[code])


def severity(code: str, words: Catalogue) -> str:
    """Return normal, tightened or reduced inspection in words."""
    return words.say(SEVERITY_WORDS[code])


def meaning(code: str, words: Catalogue) -> str:
    """Return what a signature means."""
    return words.say(MEANINGS[code])


def outcome_reason(code: str, words: Catalogue) -> str:
    """Return why a comparison came out as it did, a whole sentence."""
    return words.say(OUTCOME_REASONS[code])


def word(table: dict[str, str], code: str, words: Catalogue) -> str:
    """Return the word of one of this module's tables."""
    return words.say(table[code])
