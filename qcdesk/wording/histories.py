# SPDX-License-Identifier: Apache-2.0
"""What the switching rules make of a history, in sentences: where inspection stands now, and why."""

from __future__ import annotations

from typing import Final

from qcdesk.i18n import Catalogue, mark
from qcdesk.statistics.switching import Because, Reason, State, Wanted

STATES: Final[dict[State, str]] = {
    "normal": mark("Inspection is normal"),
    "tightened": mark("Inspection is tightened"),
    "reduced": mark("Inspection is reduced"),
    "discontinued": mark("Inspection is discontinued"),
}
REASONS: Final[dict[Because, str]] = {
    "start": mark("it starts so."),
    "two_of_five": mark("of {of} lots in a row, two were not accepted: {lots}."),
    "five_accepted": mark("five lots in a row were accepted: {lots}."),
    "five_not_accepted": mark("five lots were not accepted on tightened inspection: {lots}."),
    "ten_on_tightened": mark("{count} lots in a row remained on tightened inspection."),
    "score": mark("the switching score reached {score}."),
    "ten_accepted": mark("{count} lots in a row were accepted."),
    "not_accepted": mark("lot {lots} was not accepted on reduced inspection."),
    "between": mark("lot {lots} was accepted with a count between Ac and Re."),
    "irregular": mark("production is irregular."),
    "not_approved": mark("reduced inspection is not approved."),
    "corrective_action": mark("corrective action was taken."),
    "decided": mark("it was decided so."),
}
WAITS: Final[dict[Wanted, str]] = {
    "steady": mark("The lots have earned reduced inspection; it waits for steady production."),
    "approved": mark("The lots have earned reduced inspection; it waits for approval."),
}


def change(state: State, reason: Reason, words: Catalogue) -> str:
    """Return where inspection stands and why, in one sentence."""
    figures = dict(reason.figures)
    values: dict[str, object] = {
        "lots": ", ".join(reason.lots),
        "count": figures.get("lots", 0),
        "of": figures.get("of", 0),
        "score": figures.get("score", 0),
    }
    text = REASONS[reason.because]
    why = words.say(text, **{key: value for key, value in values.items() if f"{{{key}}}" in text})
    return words.say("{state}: {why}", state=words.say(STATES[state]), why=why)


def waiting(wanted: Wanted, words: Catalogue) -> str:
    """Return what reduced inspection still waits for."""
    return words.say(WAITS[wanted])
