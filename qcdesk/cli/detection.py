# SPDX-License-Identifier: Apache-2.0
"""``detection``: what each check finds, from settled rounds; everybody's for who looks after the shop, else one's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated

import typer

from qcdesk.cli import given
from qcdesk.cli.call import Call, call_of
from qcdesk.cli.output import Data, figure, table
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.sampling import BY_SERIOUSNESS
from qcdesk.i18n import mark
from qcdesk.services import detection
from qcdesk.services.detection import About, Pair
from qcdesk.services.detection_rows import DetectionPage, SettledRow
from qcdesk.services.escape_rates import EscapeBy, EscapeRate, all_rates
from qcdesk.statistics.agreement import Agreement
from qcdesk.statistics.fleiss import SeveralAgreement
from qcdesk.statistics.misses import Missing, Share
from qcdesk.statistics.unseen import Learnt
from qcdesk.wording import detection as wording
from qcdesk.wording import escapes, states

FOREVER = 1 << 62


def detect(
    ctx: typer.Context,
    person: Annotated[str | None, typer.Option(help=mark("Only the checks of this person."))] = None,
    product: Annotated[str | None, typer.Option(help=mark("Only of this product."))] = None,
    procedure: Annotated[str | None, typer.Option(help=mark("Only by this procedure."))] = None,
    defect_class: Annotated[
        str | None, typer.Option("--class", help=mark("critical, major or minor; all of them."))
    ] = None,
    code: Annotated[str | None, typer.Option(help=mark("Only this defect or characteristic."))] = None,
    since: Annotated[str | None, typer.Option(help=mark("Only from this day or time on."))] = None,
) -> int:
    """Say how often checks miss what is there, by person, class, defect, pair and month."""
    call = call_of(ctx)
    if defect_class is not None and defect_class not in BY_SERIOUSNESS:
        facts: dict[str, object] = {"value": defect_class, "known": BY_SERIOUSNESS}
        raise BadInput("unknown_class", facts=facts, where={"field": "class"})
    of = given.person(call.use, person).id if person else ""
    sold = given.product(call.use, product).code if product else ""
    about = About(sold, procedure or "", defect_class or "", code or "")
    with call.sitting() as sitting:
        page = call.use.read.detection(sitting.person, given.since(since) or 0, FOREVER, of)
        went_out = call.use.read.care.went_out(given.since(since) or 0) if page.everybody else ()
    rates = all_rates(row for row in went_out if procedure in (None, row.procedure))
    whose = of if page.everybody else page.person
    rows = detection.narrowed(page.rows, about)
    told = _lines(page, rows, whose, call) + _escape_lines(rates, call)
    return call.answer(_data(page, rows, whose) | {"escapes": _escapes(rates)}, told)


def _data(page: DetectionPage, rows: tuple[SettledRow, ...], person: str) -> Data:
    told = detection.headline(rows, person)
    names = dict(page.people)
    seconds = bool(person)  # of everybody, classes, defects and months are those of the first checks
    return {
        "everybody": page.everybody,
        "person": names.get(person) if person else None,
        "rounds": told.rounds,
        "older_left_out": page.cut,
        **_share("missed", told.missed),
        "missed_settled_by_third": told.looked_again,
        "found_untrue": told.refuted,
        "lower_bound": True,
        "people": [
            {"person": names.get(one.key[0]), **_missing(one), "learnt": _learnt(page.rows, one.key[0])}
            for one in sorted(detection.rates(rows, "person", person), key=lambda one: _name(names, one))
        ],
        "classes": [
            {"class": one.key[0], **_missing(one)}
            for one in detection.rates(rows, "defect_class", person, seconds=seconds)
        ],
        "codes": [
            {"code": one.key[0], **_missing(one)}
            for one in detection.rates(rows, "code", person, seconds=seconds)
        ],
        "months": [
            {"month": one.period, **_missing(one)}
            for one in wording.told_months(detection.over_time(rows, wording.month_of, person))
        ],
        "pairs": [_pair(one, names) for one in detection.pairs(rows)],
        "all_pairs": _agreed(detection.all_pairs(detection.pairs(rows))),
    }


def _escapes(rates: Mapping[EscapeBy, Sequence[EscapeRate]]) -> Data:
    return {
        by: [
            {
                "of": list(one.key),
                "went_out": one.share.n,
                "escaped": one.share.hits,
                "share": None if one.share.value is None else figure(one.share.value),
                "low": figure(one.share.low),
                "high": figure(one.share.high),
                "tells": detection.tells(one.share),
            }
            for one in found
        ]
        for by, found in rates.items()
    }


def _escape_lines(rates: Mapping[EscapeBy, Sequence[EscapeRate]], call: Call) -> list[str]:
    words = call.words
    rows = [
        (escapes.name(one, words), one.share.n, one.share.hits, escapes.share(one, words))
        for found in rates.values()
        for one in found
    ]
    if not rows:
        return []
    headings = [words.say("Escapes of"), words.say("Batches that went out"), words.say("With an escape"),
                words.say("Share, 95 % interval")]  # fmt: skip
    return ["", *table(headings, rows)]


def _name(names: dict[str, str], one: Missing) -> str:
    return names.get(one.key[0], one.key[0]).casefold()


def _share(name: str, share: Share) -> Data:
    return {
        "settled": share.n,
        name: share.hits,
        f"{name}_share": None if share.value is None else figure(share.value),
        f"{name}_low": figure(share.low),
        f"{name}_high": figure(share.high),
        "tells": detection.tells(share),
    }


def _missing(one: Missing) -> Data:
    alarms = one.alarms
    return {
        **_share("missed", one.missed),
        "good_units": alarms.n,
        "called_bad": alarms.hits,
        "called_bad_share": None if alarms.value is None else figure(alarms.value),
        "called_bad_low": figure(alarms.low),
        "called_bad_high": figure(alarms.high),
    }


def _learnt(rows: tuple[SettledRow, ...], person: str) -> Data:
    """Return what ``estimate --known-first`` takes: found of how many that the other person found."""
    return {
        name or "all": _known(detection.learnt(rows, person, name))
        for name in ("", *BY_SERIOUSNESS)
    }  # fmt: skip


def _known(known: Learnt | None) -> str | None:
    return None if known is None else f"{known.found}/{known.of}"


def _pair(pair: Pair, names: dict[str, str]) -> Data:
    found = pair.agreement
    return {
        "people": sorted(names.get(one, one) for one in (pair.first, pair.second)),
        "rounds": pair.rounds,
        "agreed": found.agreed,
        **_agreed(found),
    }


def _agreed(found: Agreement | SeveralAgreement) -> Data:
    return {
        "units": found.n,
        "agreement": None if found.share is None else figure(found.share),
        "agreement_low": None if found.share_low is None else figure(found.share_low),
        "agreement_high": None if found.share_high is None else figure(found.share_high),
        "kappa": None if found.kappa is None else figure(found.kappa),
        "kappa_low": None if found.low is None else figure(found.low),
        "kappa_high": None if found.high is None else figure(found.high),
        "kappa_reason": found.reason,
    }


def _lines(page: DetectionPage, rows: tuple[SettledRow, ...], person: str, call: Call) -> list[str]:
    words, names, seconds = call.words, dict(page.people), bool(person)
    told = detection.headline(rows, person)
    whose = "you" if not page.everybody else names.get(person, "")
    lines = [wording.sentence(told, whose, words), *wording.beside(told, words)]
    by_person = sorted(detection.rates(rows, "person", person), key=lambda one: _name(names, one))
    classes: dict[str, str] = {one: states.defect_class(one, words) for one in BY_SERIOUSNESS}
    by_class = sorted(
        detection.rates(rows, "defect_class", person, seconds=seconds),
        key=lambda one: list(classes).index(one.key[0]),
    )
    parts: tuple[tuple[str, Sequence[Missing], Mapping[str, str]], ...] = (
        (words.say("Who"), by_person, names),
        (words.say("Class"), by_class, classes),
        (words.say("Defect"), detection.rates(rows, "code", person, seconds=seconds), {}),
    )
    for heading, found, called in parts:
        lines += _table(heading, [(called.get(one.key[0], one.key[0]), one) for one in found], call)
    pairs = [
        (sorted(names.get(each, each) for each in (one.first, one.second)), one)
        for one in detection.pairs(rows)
    ]
    if pairs:
        lines.append("")
        lines += [
            wording.of_pair((two[0], two[1]), one, words) for two, one in sorted(pairs, key=lambda p: p[0])
        ]
    if len(pairs) > 1:
        lines.append(wording.of_all(detection.all_pairs(one for _, one in pairs), words))
    return lines


def _table(heading: str, found: list[tuple[str, Missing]], call: Call) -> list[str]:
    words = call.words
    cells = [
        (name, one.missed.n, one.missed.hits, wording.share_cell(one.missed, words),
         wording.alarms_cell(one.alarms, words))
        for name, one in found
    ]  # fmt: skip
    if not cells:
        return []
    headings = [heading, words.say("Settled defects"), words.say("Missed"), words.say("Share missed, 95 % interval"),
                words.say("Good units called bad")]  # fmt: skip
    return ["", *table(headings, cells)]
