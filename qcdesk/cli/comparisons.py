# SPDX-License-Identifier: Apache-2.0
"""``compare``: the two checks side by side, once both are signed."""

from __future__ import annotations

from typing import Annotated

import typer

from qcdesk.cli.batches import Number
from qcdesk.cli.call import call_of
from qcdesk.cli.given import whole
from qcdesk.cli.output import Data, figure, plain, table
from qcdesk.cli.records import verdict_data
from qcdesk.cli.severities import pinned_data, pinned_lines
from qcdesk.domain.batches import is_held
from qcdesk.domain.comparison import Compared
from qcdesk.domain.modes import mode_of_whole
from qcdesk.i18n import Catalogue, mark
from qcdesk.services.rows import ComparisonPage
from qcdesk.wording import estimates, states


def compare(
    ctx: typer.Context,
    number: Number,
    round_no: Annotated[
        str | None, typer.Option("--round", help=mark("Number of the round; the last one."))
    ] = None,
) -> int:
    """Show both checks side by side; exit status 1 unless the batch is accepted."""
    call = call_of(ctx)
    no = None if round_no is None else whole(round_no, "number", least=1)
    batch = call.use.read.batch_by_number(number)
    # Before both have signed nobody compares, and afterwards everybody may: nobody has to say who asks.
    page = call.use.read.comparison(batch, call.anybody(), call.use.clock.now(), no)
    verdict = verdict_of(page)
    return call.answer(
        _data(page, verdict, call.words), _lines(page, verdict, call.words), holds=verdict == "accepted"
    )


def verdict_of(page: ComparisonPage) -> str:
    """Return what the comparison came to: ``accepted``, ``rejected`` or, while nobody settled it, ``disagreed``."""
    if page.outcome == "disagreed" and page.state in ("accepted", "released", "withdrawn"):
        return "accepted"
    if page.outcome == "disagreed" and page.state == "rejected":
        return "rejected"
    return page.outcome


def _data(page: ComparisonPage, verdict: str, words: Catalogue) -> Data:
    total = page.comparison.total
    return {
        "batch": page.header.number,
        "round": page.round_no,
        "state": page.state,
        "held": is_held(page.state, page.held),
        **_compared(total),
        "verdict": verdict,
        "outcome": page.outcome,
        "reasons": list(page.reasons),
        "decided_by": page.decided_by,
        "sample": page.n,
        "tally": page.tally,
        "classes": [
            {**verdict_data(one), "compared": _class(page, one.defect_class)} for one in page.classes
        ],
        "units": plain(page.comparison.units),
        "not_compared": list(page.comparison.not_compared),
        "caught_by_one": plain(page.comparison.caught_by_one),
        "mode": mode_of_whole(page.content),
        "first_sample_only": list(page.first_alone),
        "second_sample_only": list(page.second_alone),
        "found_where_one_looked": plain(page.unshared),
        "samples": [[verdict_data(one) for one in sample] for sample in page.samples],
        "disputes": plain(page.disputes),
        "first": page.first.person_name,
        "second": page.second.person_name,
        "first_seconds": page.first_seconds,
        "second_seconds": page.second_seconds,
        "note": page.note,
        "severities": pinned_data(page.severities, words),
    }  # fmt: skip


def _class(page: ComparisonPage, code: str) -> Data | None:
    found = next((one for one in page.comparison.classes if one.defect_class == code), None)
    return None if found is None else _compared(found)


def _compared(one: Compared) -> Data:
    estimate = one.estimate
    return {
        "both": one.both,
        "first_only": one.first_only,
        "second_only": one.second_only,
        "neither": one.neither,
        "first_count": one.first_count,
        "second_count": one.second_count,
        "agreement_percent": _figure(one.agreement_percent),
        "kappa": _figure(one.kappa),
        "kappa_low": _figure(one.kappa_low),
        "kappa_high": _figure(one.kappa_high),
        "kappa_reason": one.kappa_reason,
        "missed_estimate": _figure(estimate.missed if estimate else None),
        "missed_low": estimate.missed_low if estimate else None,
        "missed_high": estimate.missed_high if estimate else None,
        "missed_at_least": estimate.at_least if estimate else None,
        "batch_escape_estimate": _figure(estimate.batch if estimate else None),
        "batch_escape_low": estimate.batch_low if estimate else None,
        "batch_escape_high": estimate.batch_high if estimate else None,
        "reliable": estimate.reliable if estimate else None,
        "reason": estimate.reason if estimate else one.estimate_reason,
    }


def _figure(value: str | None) -> float | None:
    return None if value is None else figure(value)


def _lines(page: ComparisonPage, verdict: str, words: Catalogue) -> list[str]:
    lines = [
        words.say("Batch {number}, round {no}: {verdict}", number=page.header.number, no=page.round_no,
                  verdict=words.say(states.BATCH_STATES[verdict])),
        *(states.outcome_reason(one, words) for one in page.reasons if one in states.OUTCOME_REASONS),
        *estimates.verdicts(page.classes, words),
        *pinned_lines(page.severities, words),
        "",
        *estimates.compared(page.comparison.total, page.comparison.lot_size, words),
    ]  # fmt: skip
    caught = page.comparison.caught_by_one
    if caught:
        headings = [words.say("Unit"), words.say("Defect"), words.say("Class"), words.say("Count"),
                    words.say("Found by")]  # fmt: skip
        names = {"first": page.first.person_name, "second": page.second.person_name}
        rows = [
            (c.unit, c.code, states.defect_class(c.defect_class, words), c.count, names[c.by]) for c in caught
        ]
        lines += ["", words.say("Caught by one and missed by the other:"), *table(headings, rows)]
    if page.note:
        lines += ["", page.note]
    return lines
