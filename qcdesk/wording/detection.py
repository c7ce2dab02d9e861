# SPDX-License-Identifier: Apache-2.0
"""How well checks find, in words and as a picture: always with its interval, never as a reproach."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from datetime import date

from qcdesk.domain.comparison import Comparison
from qcdesk.i18n import Catalogue, mark
from qcdesk.services.chart_pictures import Axis, ChartPicture, Level, Panel, Points
from qcdesk.services.detection import FEWEST_LEARNT, Behind, Headline, Pair, tells
from qcdesk.services.detection_rows import LearntRow
from qcdesk.statistics.agreement import Agreement
from qcdesk.statistics.capture import estimate_with_rates
from qcdesk.statistics.fleiss import SeveralAgreement
from qcdesk.statistics.misses import Missing, Share
from qcdesk.statistics.unseen import Learnt, Unseen
from qcdesk.wording.ages import local
from qcdesk.wording.estimates import NO_KAPPA
from qcdesk.wording.spelling import fixed
from qcdesk.wording.states import defect_class

_MONTHS = (
    mark("Jan {year}"), mark("Feb {year}"), mark("Mar {year}"), mark("Apr {year}"), mark("May {year}"),
    mark("Jun {year}"), mark("Jul {year}"), mark("Aug {year}"), mark("Sep {year}"), mark("Oct {year}"),
    mark("Nov {year}"), mark("Dec {year}"),
)  # fmt: skip


def percent(value: float, words: Catalogue) -> str:
    """Return a share as percent, without its sign: whole, below ten with one place."""
    shown = 100 * value
    return (
        fixed(shown, 0, words) if shown >= 9.95 or round(shown, 1) == round(shown) else fixed(shown, 1, words)
    )


def interval(share: Share, words: Catalogue) -> str:
    """Return the interval: ``10 to 20 %``."""
    return words.say("{low} to {high} %", low=percent(share.low, words), high=percent(share.high, words))


def share_cell(share: Share, words: Catalogue) -> str:
    """Return a share for a table: ``14 % (10 to 20 %)``; where the interval is wide, that it does not tell."""
    if share.value is None:
        return words.say("nothing to count")
    if not tells(share):
        return words.say("not enough to tell ({interval})", interval=interval(share, words))
    return words.say(
        "{share} % ({interval})", share=percent(share.value, words), interval=interval(share, words)
    )


def alarms_cell(share: Share, words: Catalogue) -> str:
    """Return false alarms for a table: ``2 of 810 (0 to 0.9 %)``."""
    if share.value is None:
        return words.say("nothing to count")
    return words.say(
        "{hits} of {n} ({interval})", hits=share.hits, n=share.n, interval=interval(share, words)
    )


def sentence(told: Headline, whose: str, words: Catalogue) -> str:
    """Return the one sentence: what was missed of what is settled.

    Args: whose: "" the first checks; ``you``; else a name.
    """
    share = told.missed
    if share.value is None:
        return words.say("No defect is settled in what you chose.")
    facts = {"missed": share.hits, "interval": interval(share, words), "share": percent(share.value, words)}
    count = words.count
    if whose == "you":
        if not tells(share):
            return count(
                "You missed {missed} of {n} settled defect: not enough to tell how often ({interval}).",
                "You missed {missed} of {n} settled defects: not enough to tell how often ({interval}).",
                share.n, **facts,
            )  # fmt: skip
        return count(
            "You missed {missed} of {n} settled defect ({share} %, {interval}).",
            "You missed {missed} of {n} settled defects ({share} %, {interval}).",
            share.n, **facts,
        )  # fmt: skip
    if whose:
        if not tells(share):
            return count(
                "{name} missed {missed} of {n} settled defect: not enough to tell how often ({interval}).",
                "{name} missed {missed} of {n} settled defects: not enough to tell how often ({interval}).",
                share.n, name=whose, **facts,
            )  # fmt: skip
        return count(
            "{name} missed {missed} of {n} settled defect ({share} %, {interval}).",
            "{name} missed {missed} of {n} settled defects ({share} %, {interval}).",
            share.n, name=whose, **facts,
        )  # fmt: skip
    if not tells(share):
        return count(
            "Of {n} settled defect the first checks missed {missed}: not enough to tell how often ({interval}).",
            "Of {n} settled defects the first checks missed {missed}: not enough to tell how often ({interval}).",
            share.n, **facts,
        )  # fmt: skip
    return count(
        "Of {n} settled defect the first checks missed {missed} ({share} %, {interval}).",
        "Of {n} settled defects the first checks missed {missed} ({share} %, {interval}).",
        share.n, **facts,
    )  # fmt: skip


def beside(told: Headline, words: Catalogue) -> tuple[str, ...]:
    """Return what has to be said with it: where the truth comes from, and why it is a bound."""
    say, count = words.say, words.count
    lines = []
    if told.missed.hits:
        lines.append(
            count(
                "The other check found it; a third person settled {again}, else it counts as for the verdict.",
                "The other checks found these {n}; a third person settled {again}, the rest count as for the verdict.",
                told.missed.hits,
                again=told.looked_again,
            )
        )
    if told.refuted:
        lines.append(
            count(
                "{n} claim was found untrue by a third person.",
                "{n} claims were found untrue by a third person.",
                told.refuted,
            )
        )
    if told.missed.n:
        lines.append(say("What both missed is in no count: the true share is this or more."))
    return tuple(lines)


def of_row(name: str, found: Missing, words: Catalogue) -> str:
    """Return a row of a table as a sentence."""
    share = found.missed
    if share.value is None:
        return words.say("{name}: no defect is settled.", name=name)
    said = words.count(
        "{name}: {missed} of {n} settled defect missed, {cell}.",
        "{name}: {missed} of {n} settled defects missed, {cell}.",
        share.n,
        name=name,
        missed=share.hits,
        cell=share_cell(share, words),
    )
    if not found.alarms.hits:
        return said
    alarms = words.count(
        "{n} good unit called bad of {of}.", "{n} good units called bad of {of}.", found.alarms.hits, of=found.alarms.n
    )  # fmt: skip
    return words.say("{first} {second}", first=said, second=alarms)


def agreed(found: Agreement | SeveralAgreement, words: Catalogue) -> str:
    """Return how many units two people agree on, for a table: ``97.2 % (95.8 to 98.3 %)``."""
    if found.share is None or found.share_low is None or found.share_high is None:
        return words.say("nothing to count")
    return words.say(
        "{share} % ({low} to {high} %)",
        share=fixed(100 * float(found.share), 1, words),
        low=fixed(100 * found.share_low, 1, words),
        high=fixed(100 * found.share_high, 1, words),
    )


def kappa(found: Agreement | SeveralAgreement, words: Catalogue) -> str:
    """Return kappa for a table: ``0.72 (0.60 to 0.83)``, or a dash where there is none.

    Where one person used one class only there is nothing to tell either, whatever 0 the formula gives.
    """
    if found.kappa is None or found.low is None or found.high is None:
        return "–"
    if isinstance(found, Agreement) and found.constant:
        return words.say("cannot be told")
    return words.say(
        "{kappa} ({low} to {high})",
        kappa=fixed(float(found.kappa), 2, words),
        low=fixed(found.low, 2, words),
        high=fixed(found.high, 2, words),
    )


def of_pair(names: tuple[str, str], pair: Pair, words: Catalogue) -> str:
    """Return how two agree as a sentence; what kappa says, in words."""
    found = pair.agreement
    said = words.count(
        "{first} and {second} agree on {cell} of {n} unit that both looked at.",
        "{first} and {second} agree on {cell} of {n} units that both looked at.",
        found.n,
        first=names[0],
        second=names[1],
        cell=agreed(found, words),
    )
    if found.kappa is None:
        why = words.say(NO_KAPPA[found.reason or "no_units"])
    elif found.constant:
        why = words.say("One of the two put every unit into the same class, so kappa cannot be told.")
    elif found.low is not None and found.high is not None and found.high - found.low > 0.6:
        why = words.say("How much of that is more than chance, there is not enough to tell (kappa {kappa}).",
                        kappa=kappa(found, words))  # fmt: skip
    else:
        why = words.say(
            "Of the agreement that chance does not bring they reach {share} % (kappa {kappa}).",
            share=fixed(max(0.0, 100 * float(found.kappa)), 0, words),
            kappa=kappa(found, words),
        )
    return words.say("{first} {second}", first=said, second=why)


def of_all(found: SeveralAgreement, words: Catalogue) -> str:
    """Return how far all pairs agree as a sentence; Fleiss' kappa, in words."""
    said = words.count(
        "All pairs agree on {cell} of {n} unit that two looked at.",
        "All pairs agree on {cell} of {n} units that two looked at.",
        found.n,
        cell=agreed(found, words),
    )
    if found.kappa is None:
        why = words.say(NO_KAPPA[found.reason or "no_units"])
    else:
        why = words.say(
            "Of the agreement that chance does not bring they reach {share} % (Fleiss' kappa {kappa}).",
            share=fixed(max(0.0, 100 * float(found.kappa)), 0, words),
            kappa=kappa(found, words),
        )
    return words.say("{first} {second}", first=said, second=why)


def of_batch(one: Behind, words: Catalogue) -> str:
    """Return a batch behind a figure as a sentence."""
    return words.count(
        "Batch {number}, round {no}: {missed} of {n} settled defect missed.",
        "Batch {number}, round {no}: {missed} of {n} settled defects missed.",
        one.there,
        number=one.row.number,
        no=one.row.round_no,
        missed=one.missed,
    )


def month_of(at: int) -> str:
    """Return the month of a time of the log, for sorting: ``2026-11``."""
    return local(at).strftime("%Y-%m")


def month(name: str, words: Catalogue) -> str:
    """Return such a month in words: ``Nov 2026``."""
    on = date.fromisoformat(f"{name}-01")
    return words.say(_MONTHS[on.month - 1], year=on.year)


def told_months(found: Sequence[Missing]) -> tuple[Missing, ...]:
    """Return the months in which a defect was settled: of the others there is no share."""
    return tuple(one for one in found if one.missed.n)


def picture(found: Sequence[Missing], title: str, words: Catalogue) -> ChartPicture | None:
    """Describe the share missed month by month with its interval; None where nothing was settled."""
    months = told_months(found)
    if not months:
        return None
    low, high = array("d"), array("d")
    values = array("d", [one.missed.value or 0.0 for one in months])
    for one in months:
        low.append(round(one.missed.low, 3))
        high.append(round(one.missed.high, 3))
    panel = Panel(
        x=Axis(words.say("Month"), 0.5, len(months) + 0.5, tuple(month(one.period, words) for one in months), whole=True),
        y=Axis(words.say("Share missed"), 0.0, min(1.0, max(high) * 1.06), percent=True, comma=words.comma),
        levels=(
            Level(words.say("interval up to"), high, "limit", words.say("{share} %", share=percent(high[-1], words))),
            Level(words.say("interval from"), low, "limit", words.say("{share} %", share=percent(low[-1], words))),
        ),
        points=Points(array("d", [place + 1.0 for place in range(len(months))]), values),
        band=True,
    )  # fmt: skip
    note = words.say("Of settled defects, with the 95 % interval: a month with few of them tells little.")
    return ChartPicture(title, (panel,), note)


def with_learnt(
    compared: Comparison, learnt: Sequence[LearntRow], names: tuple[str, str], words: Catalogue
) -> tuple[str, ...]:
    """Return what both missed by what earlier rounds told of these two, in all and per class; the signed figure stays.

    Nothing where nothing may be said (no ``learnt``), or where there is nothing to estimate.
    """
    lines = []
    for row in learnt:
        one = compared.of(row.defect_class) if row.defect_class else compared.total
        if one is None or one.estimate is None or row.first is None or row.second is None:
            continue
        now = one.estimate
        found = estimate_with_rates(now.first, now.second, now.both, now.sample, row.first, row.second)
        told = words.say(
            "{one}, {other}",
            one=_found(names[0], row.first, words),
            other=_found(names[1], row.second, words),
        )
        about = _missed(found, words)
        if row.defect_class:
            name = defect_class(row.defect_class, words)
            lines.append(
                words.say("{class_word}: {about} ({told}).", class_word=name, about=about, told=told)
            )
        else:
            lines.append(
                words.say("By what earlier rounds tell of the two: {about} ({told}).", about=about, told=told)
            )
    if lines:
        lines.append(
            words.say("Counted are bad units that the other had found. The signed figure stays as it is.")
        )
    elif learnt and compared.total.estimate is not None:
        lines.append(
            words.say("Too little is settled before to learn how well these two find: it takes {n} bad units of each.",
                      n=FEWEST_LEARNT)
        )  # fmt: skip
    return tuple(lines)


def _missed(found: Unseen, words: Catalogue) -> str:
    if found.middle == 0:
        return words.say("probably nothing missed by both, 0 to {high}", high=found.high)
    return words.count(
        "about {n} unit missed by both, {low} to {high}",
        "about {n} units missed by both, {low} to {high}",
        found.middle,
        low=found.low,
        high=found.high,
    )


def _found(name: str, known: Learnt, words: Catalogue) -> str:
    return words.say("{name} found {found} of {n}", name=name, found=known.found, n=known.of)
