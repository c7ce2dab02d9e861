# SPDX-License-Identifier: Apache-2.0
"""What a second check reviews of the first, for ``check show`` and ``check review``."""

from __future__ import annotations

from collections.abc import Sequence

from qcdesk.cli.call import Call
from qcdesk.cli.output import Data, table
from qcdesk.domain.modes import codes_in_review
from qcdesk.i18n import Catalogue
from qcdesk.services.rows import OwnCheckPage, ReviewClaimRow
from qcdesk.wording import modes, states


def of_check(call: Call, page: OwnCheckPage) -> tuple[ReviewClaimRow, ...]:
    """Return what a running second check is to open; nothing else is asked of the first."""
    running = page.place == "second" and page.state == "open"
    if not running or not codes_in_review(page.procedure.content):
        return ()
    return call.use.review.claims(page.check, page.person)


def claim_data(one: ReviewClaimRow) -> Data:
    """Return a claim to review for programs."""
    return {
        "claim": one.claim,
        "kind": one.kind,
        "unit": one.unit,
        "code": one.code,
        "class": one.defect_class,
        "count": one.count,
        "place": one.place,
        "note": one.note,
        "photo": one.photo,
        "value": one.value or None,
        "raw": one.typed or None,
        "measure": one.measure,
        "instrument": one.instrument,
        "agrees": one.agrees,
        "said": one.said,
        "own": one.own.typed if one.own else None,
    }


def claim_lines(claims: Sequence[ReviewClaimRow], words: Catalogue) -> list[str]:
    """Return claims to review as a table for people."""
    headings = [words.say("Unit"), words.say("Defect"), words.say("Class"), words.say("Found"), words.say("You say"),
                words.say("Claim")]  # fmt: skip
    rows = [
        (one.unit, f"{one.code} {one.name}", states.defect_class(one.defect_class, words),
         f"{one.typed} {one.measure}" if one.kind == "reading" else one.note, modes.opened(one.agrees, words),
         one.claim)
        for one in claims
    ]  # fmt: skip
    return [words.say("From the first check, to review:"), *table(headings, rows)]
