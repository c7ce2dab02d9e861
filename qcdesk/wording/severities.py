# SPDX-License-Identifier: Apache-2.0
"""How strictly the next lots are inspected, and why, in words; what a procedure says of switching."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from qcdesk.domain.switching import Pinned, Reason, SetTo, Switching, SwitchState, because_of
from qcdesk.i18n import Catalogue, mark
from qcdesk.services.severity_rows import SeverityRow
from qcdesk.wording.spelling import in_a_row
from qcdesk.wording.states import defect_class

STATES: Final = {
    "normal": mark("Normal"),
    "tightened": mark("Tightened"),
    "reduced": mark("Reduced"),
    "discontinued": mark("Discontinued"),
}
# As part of a sentence about a class.
INSPECTIONS: Final = {
    "normal": mark("normal inspection"),
    "tightened": mark("tightened inspection"),
    "reduced": mark("reduced inspection"),
    "discontinued": mark("no inspection until corrective action was taken"),
}
# Whose rules.
EDITIONS: Final = {
    "iso2859-1:1999": mark("ISO 2859-1"),
    "z1.4": mark("ANSI/ASQ Z1.4"),
    "mil-std-105e": mark("MIL-STD-105E"),
}
OFF: Final = mark("It does not")
REDUCED: Final = {
    "never": mark("Never"),
    "by_two": mark("When two approve it"),
    "beforehand": mark("Approved with this"),
}
STEPS: Final = {
    "corrective_action": mark("corrective action was taken"),
    "approved": mark("production is steady, reduced inspection is approved"),
    "irregular": mark("production is irregular"),
    "decided": mark("for another reason"),
}
_WITH_LOTS: Final = {
    "five_not_accepted": mark("{of} lots were not accepted on tightened inspection ({lots})"),
    "ten_on_tightened": mark("{of} lots in a row went by on tightened inspection, up to {lots}"),
    "five_accepted": mark("the last {of} lots were accepted ({lots})"),
    "score": mark(
        "with {lots} the switching score reached {of}, and reduced inspection was approved beforehand"
    ),
    "ten_accepted": mark(
        "the last {of} lots up to {lots} were accepted, and reduced inspection was approved beforehand"
    ),
    "repeated": mark("a defect came again with {lots}, after its corrective action"),
    "not_accepted": mark("{lots} was not accepted on reduced inspection"),
    "between": mark("{lots} was accepted with more found than reduced inspection goes on with"),
}
_PLAIN: Final = {
    "start": mark("inspection begins so"),
    "repeated": mark("a defect was reported again after its corrective action"),
    "not_allowed": mark("the procedure does not allow reduced inspection any more"),
}
_SIGNED: Final = {
    "corrective_action": mark("corrective action was taken: {said}"),
    "approved": mark("reduced inspection was approved: {said}"),
    "irregular": mark("production is irregular: {said}"),
    "decided": mark("decided: {said}"),
}


def state(code: SwitchState, words: Catalogue) -> str:
    """Return where a class stands, in a word."""
    return words.say(STATES[code])


def why(reason: Reason, by: tuple[str, ...], words: Catalogue) -> str:
    """Return why a class stands where it does, without a full stop."""
    if reason.because == "two_of_five":
        lots = in_a_row(reason.lots, words)
        if reason.of == len(reason.lots):
            return words.say("2 lots in a row were not accepted ({lots})", lots=lots)
        return words.say("2 of the last {of} lots were not accepted ({lots})", of=reason.of, lots=lots)
    if reason.because in _SIGNED:
        said = words.say(_SIGNED[reason.because], said=reason.said.rstrip(" ."))
        return words.say("{said} (signed by {names})", said=said, names=in_a_row(by, words)) if by else said
    if reason.because in _WITH_LOTS and (reason.lots or reason.because not in _PLAIN):
        return words.say(_WITH_LOTS[reason.because], of=reason.of, lots=in_a_row(reason.lots, words))
    return words.say(_PLAIN[reason.because])


def sentence(severity: SwitchState, reason: Reason, by: tuple[str, ...], words: Catalogue) -> str:
    """Return state and reason: "Tightened: 2 of the last 5 lots were not accepted (LOT-9 and LOT-12)."."""
    return words.say("{state}: {why}.", state=state(severity, words), why=why(reason, by, words))


def of_class(one: Pinned, class_word: str, words: Catalogue) -> str:
    """Return the same with the class before it."""
    said = words.say(INSPECTIONS[one.severity])
    return words.say("{class_word}: {state}, {why}.", class_word=class_word, state=said,
                     why=why(one.reason, one.by, words))  # fmt: skip


def classes_tightened(rows: Iterable[SeverityRow], words: Catalogue) -> Iterator[str]:
    """Yield of which goods a class is inspected more strictly than normally, or not at all, and why."""
    for row in rows:
        if row.stands.severity in ("tightened", "discontinued"):
            said = of_class(row.stands, defect_class(row.stands.defect_class, words), words)
            yield words.say("{product}: {line}", product=row.product, line=said)


def row_why(row: SeverityRow, words: Catalogue) -> str:
    """Return why a class stands where it does, and how far it is on its way to another state."""
    told = why(row.stands.reason, row.stands.by, words)
    if row.due:
        return words.say("{why}; reduced inspection may be approved", why=told)
    if row.stands.severity == "normal" and row.score:
        return words.say("{why}; switching score {score}", why=told, score=row.score)
    if row.in_a_row > 1:
        return words.say("{why}; {n} accepted in a row since", why=told, n=row.in_a_row)
    return told


def may_set(row: SeverityRow, to: SetTo) -> bool:
    """Tell whether people can set this from where a class stands."""
    now = row.stands.severity
    if now == "discontinued":
        return to == "tightened"
    return to != now and (to != "reduced" or (now == "normal" and row.due))


def step(now: SwitchState, to: SetTo, words: Catalogue) -> str:
    """Return what people sign with a step."""
    return words.say("{state}: {why}", state=state(to, words), why=words.say(STEPS[because_of(now, to)]))


def of_procedure(switching: Switching | None, words: Catalogue) -> str:
    """Return what a procedure says of switching, in one line."""
    if switching is None:
        return words.say("Severity does not switch from lot to lot.")
    edition = words.say(EDITIONS[switching.edition])
    if switching.reduced == "never":
        return words.say("Severity switches by {edition}, never to reduced inspection.", edition=edition)
    if switching.reduced == "beforehand":
        return words.say(
            "Severity switches by {edition}; reduced inspection is approved beforehand.", edition=edition
        )
    return words.say("Severity switches by {edition}; two approve reduced inspection.", edition=edition)
