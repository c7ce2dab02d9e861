# SPDX-License-Identifier: Apache-2.0
"""The acts of the page of a batch: which are shown when, in which order, with which icon and note."""

from __future__ import annotations

from typing import Final

from qcdesk.i18n import mark

AS_SPLIT_OFF: Final = ("registered", "returned", "scrapped")
"""Where a part stands by the way alone that it went."""
CONCEDING: Final = ("rejected", "released_under_concession", "withdrawn")
"""Where a batch stands while its page shows the concession of its round."""
STARTS: Final = (
    "start",
    "first",
    "start_first",
    "second",
    "start_second",
    "third",
    "decide",
    "continue_check",
)
ICONS: Final = {
    "first": "play",
    "start_first": "play",
    "second": "play",
    "start_second": "play",
    "third": "scale",
    "decide": "scale",
    "start": "play",
    "continue_check": "play",
    "release": "badge-check",
    "certificate": "stamp",
    "ship": "truck",
    "stop": "octagon-pause",
    "hold": "octagon-pause",
    "lift": "hand",
    "dispose": "rotate-ccw",
    "rework": "rotate-ccw",
    "dispose_goods": "trash-2",
    "split": "scissors-line-dashed",
    "place": "map-pin",
    "reworked": "check",
    "ask_concession": "pen-line",
    "approve_concession": "badge-check",
    "refuse_concession": "x",
    "retract": "undo-2",
    "withdraw": "undo-2",
    "cancel": "x",
    "change": "pencil",
    "set_aside": "circle-slash",
    "give_up": "log-out",
    "reject_after_all": "ban",
    "again": "dices",
    "compare": "columns-2",
    "see_first": "eye",
    "order_round": "dices",
    "reopen_round": "dices",
    "ship_unreleased": "truck",
    "report": "printer",
    "charts": "chart-column",
    "amiss": "clipboard-list",
    "stickers": "sticky-note",
    "labels": "tag",
    "first_article": "clipboard-list",
}
NOTES: Final = {
    "first": mark("The sample is drawn, and you inspect it first."),
    "start_first": mark("The sample is drawn, and you inspect it first."),
    "third": mark("You look at everything they disagree on."),
    "decide": mark("You look at everything they disagree on."),
    "continue_check": mark("It reopens where you were."),
    "release": mark("Signed with your password."),
    "certificate": mark("Numbered, with a code that is checked offline."),
    "ship": mark("Never more than was released."),
    "stop": mark("Anyone may. Two people lift it."),
    "hold": mark("Anyone may. Two people lift it."),
    "lift": mark("Two releasers sign together."),
    "dispose": mark("You ask, another person confirms."),
    "rework": mark("You ask, another person confirms."),
    "dispose_goods": mark("All of it goes one way. Two people sign."),
    "split": mark("Parts go different ways. Two people sign."),
    "place": mark("Such as the shelf for held goods."),
    "reworked": mark("Who did it; the next round is tightened."),
    "ask_concession": mark("One asks, two others approve. Never for a critical."),
    "approve_concession": mark("Two sign who did not ask."),
    "refuse_concession": mark("The batch stays rejected."),
    "retract": mark("Says why, signed. The check is then done again."),
    "withdraw": mark("One person is enough; it says why."),
    "cancel": mark("Only while no check was begun."),
    "change": mark("Until the first check begins."),
    "set_aside": mark("Says why. It is then made again from the start."),
    "give_up": mark("To see the first check sooner. It cannot be taken back."),
    "reject_after_all": mark("One of the two is enough."),
    "again": mark("Both sign, once per batch."),
    "compare": mark("Two checks, side by side."),
    "see_first": mark("That you saw it is put on record."),
    "order_round": mark("Both are made anew; you signed neither."),
    "reopen_round": mark("A check was signed with a key in doubt. Two people sign."),
    "ship_unreleased": mark("It allows nothing; it stays on the owner's page."),
    "report": mark("As PDF, to read, print or save."),
    "amiss": mark("What is wrong, contained at once, with an owner."),
}
STICKERS_WHILE: Final = ("first_check", "awaiting_second", "second_check", "disagreed", "accepted")
"""While a round is open its drawn units are looked for again: by both people, and by whoever compares."""
NEXT: Final = ("release", "ship", "reworked", "record_rework")
OVER_A_HOLD: Final = ("rejected", "disagreed", "returned", "scrapped")
"""States that say more than that the batch is stopped, which its page says beside them."""
NEXT_OF_REJECTED: Final = ("dispose", "dispose_rework")
"""Beside what starts a check: acts that are the next step where they are allowed."""
LAST: Final = ("ship_unreleased",)
"""Acts that no batch should need; before the stop, which stands at the far side."""
HIDDEN: Final = ("record", "sign", "decide")  # done within the check itself
LEFT_FROM: Final = ("awaiting_second", "second_check", "disagreed", "accepted", "rejected", "withdrawn")
"""Where goods are inspected and not released: from here they leave by mistake."""
SAID_WHEN_REFUSED: Final = (
    "start",
    "release",
    "certificate",
    "ship",
    "lift",
    "dispose_rework",
    "ask_concession",
    "approve_concession",
    "record_rework",
    "reject_after_all",
    "reopen_round",
)
"""Acts whose refusal belongs on the page; of the others it is no news that they have no turn now."""
START_WORDS: Final = {
    "registered": "start_first",
    "first_check": "continue_check",
    "awaiting_second": "start_second",
    "second_check": "continue_check",
    "disagreed": "decide",
}
ALIASES: Final = {"dispose_rework": "dispose", "record_rework": "reworked"}
TIMELINE_ICONS: Final = {
    "batch.saved": "scan-line",
    "batch.cancelled": "x",
    "batch.held": "octagon-pause",
    "batch.lifted": "hand",
    "batch.disposed": "rotate-ccw",
    "batch.placed": "map-pin",
    "batch.split": "scissors-line-dashed",
    "batch.reworked": "rotate-ccw",
    "batch.shipped": "truck",
    "batch.released": "badge-check",
    "concession.requested": "pen-line",
    "concession.approved": "badge-check",
    "concession.refused": "x",
    "batch.withdrawn": "undo-2",
    "round.opened": "dices",
    "check.started": "play",
    "check.recorded": "clipboard-list",
    "check.resolved": "scale",
    "check.set_aside": "circle-slash",
    "check.signed": "pen-line",
    "round.compared": "columns-2",
    "round.decided": "scale",
    "round.rejected_after_all": "ban",
    "round.again": "dices",
    "check.retracted": "undo-2",
    "place.given_up": "log-out",
    "first.seen": "eye",
    **dict.fromkeys(
        (
            "nonconformity.opened",
            "nonconformity.contained",
            "nonconformity.noted",
            "nonconformity.handed_over",
            "nonconformity.due",
            "nonconformity.linked",
            "nonconformity.closed",
            "nonconformity.reopened",
        ),
        "clipboard-list",
    ),
    "defect.reported": "megaphone",
    "defects.reported": "megaphone",
}
LISTED: Final = ("paper.printed", "paper.noted")
"""What has a list of its own below what happened."""
STEP_OF: Final = {
    "registered": 1,
    "first_check": 1,
    "awaiting_second": 2,
    "second_check": 2,
    "disagreed": 3,
    "rejected": 3,
    "returned": 3,
    "scrapped": 3,
    "accepted": 4,
    "released": 5,
    "released_under_concession": 5,
    "withdrawn": 4,
}
