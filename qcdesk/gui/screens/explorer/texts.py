# SPDX-License-Identifier: Apache-2.0
"""What the plan explorer says: the plan, its risks, what the real lots mean under it, and where it comes from."""

from __future__ import annotations

from collections.abc import Sequence

from qcdesk.gui.screens.explorer.figures import Figures, Real
from qcdesk.gui.screens.explorer.plans import Looked
from qcdesk.i18n import Catalogue
from qcdesk.statistics.risk_designs import share_compared
from qcdesk.statistics.risk_points import RiskPoint
from qcdesk.statistics.sampling import Basis
from qcdesk.wording import plans
from qcdesk.wording.spelling import figure, fixed

_HUNDRED = 100


def percent(share: float, words: Catalogue) -> str:
    """Return a share in percent with two digits that count: ``2.1``, ``0.34``, ``12``."""
    value = share * _HUNDRED
    if value >= 19.95:
        return fixed(value, 0, words)
    if value >= 0.995:
        return fixed(value, 1, words)
    return figure(f"{value:.2g}", words) if value >= 0.0001 else "0"


def quality(share: float, basis: Basis, words: Catalogue) -> str:
    """Return how bad goods are: ``2.1 % bad``, ``14 defects per 100 units``."""
    if basis == "percent":
        return words.say("{percent} % bad", percent=percent(share, words))
    return words.say("{n} defects per 100 units", n=percent(share, words))


def short(share: float, basis: Basis, words: Catalogue) -> str:
    """Return a quality for a table: ``2.1 %``, ``14 per 100``."""
    if basis == "percent":
        return words.say("{percent} %", percent=percent(share, words))
    return words.say("{n} per 100", n=percent(share, words))


def times(chance: float, words: Catalogue) -> str:
    """Return how often, in whole times of a hundred, never rounded to always or never."""
    if chance >= 1:
        return words.say("always")
    if chance <= 0:
        return words.say("never")
    return plans.times(chance, words)


def batch_passes(point: RiskPoint, basis: Basis, words: Catalogue, *, still: bool = False) -> str:
    """Return a point of the curve as a sentence."""
    bad, often = quality(point.p, basis, words), times(point.pa, words)
    if point.p <= 0:
        return words.say("Only a batch without a bad unit is sure to pass.")
    if basis == "percent":
        bad = words.say("{percent} % bad units", percent=percent(point.p, words))
    if still:
        if point.pa <= 0:
            return words.say("A batch with {bad} never passes.", bad=bad)
        if point.pa >= 1:
            return words.say("Even a batch with {bad} always passes.", bad=bad)
        return words.say("A batch with {bad} still passes {often}.", bad=bad, often=often)
    if point.pa >= 1:
        return words.say("A batch with {bad} always passes.", bad=bad)
    return words.say("A batch with {bad} passes {often}.", bad=bad, often=often)


def sentence(looked: Looked, words: Catalogue) -> str:
    """Return the plan as one says it to an inspector."""
    stages, lot = looked.stages, looked.lot
    n, last = stages.n, stages.accepts_to(len(stages.n) - 1)
    if looked.all_units and lot is not None:
        said = words.count("Look at the one unit.", "Look at all {n} units.", lot)
    elif lot is None:
        said = words.count("Look at {n} unit.", "Look at {n} units.", n[0])
    else:
        said = words.count("Look at {n} unit of {lot}.", "Look at {n} units of {lot}.", n[0], lot=lot)
    if len(n) == 1:
        return words.say("{plan} {verdict}", plan=said, verdict=_verdict(last, looked.basis, words))
    first = stages.ac[0]
    if len(n) == 2 and first is not None:
        going = words.say(
            "Accept with up to {ac}, reject with {re}; between them look at {more} more, and accept with up to {last}.",
            ac=first,
            re=stages.re[0],
            more=n[1],
            last=last,
        )
        return words.say("{plan} {verdict}", plan=said, verdict=going)
    going = words.say(
        "While it is undecided look at {more} more, up to {samples} samples; in all accept with up to {last}.",
        more=n[1],
        samples=len(n),
        last=last,
    )
    return words.say("{plan} {verdict}", plan=said, verdict=going)


def _verdict(ac: int, basis: Basis, words: Catalogue) -> str:
    if ac == 0:
        return (
            words.say("Accept only when none is bad.")
            if basis == "percent"
            else words.say("Accept only without a defect.")
        )
    if basis == "percent":
        return words.count("Accept with up to {n} bad unit.", "Accept with up to {n} bad units.", ac)
    return words.count("Accept with up to {n} defect.", "Accept with up to {n} defects.", ac)


def stages_in_words(looked: Looked, words: Catalogue) -> str:
    """Return the numbers after each sample; empty for a single plan."""
    stages = looked.stages
    if len(stages.n) < 3:
        return ""
    said = [
        words.say("{n}: {ac}/{re}", n=reached, ac="–" if ac is None else ac, re=re)
        for reached, ac, re in zip(stages.cumulative, stages.ac, stages.re, strict=True)
    ]
    line = said[0]
    for one in said[1:]:
        line = words.say("{before} · {part}", before=line, part=one)
    return words.say("Accept/reject after so many units: {line}", line=line)


def how(looked: Looked, words: Catalogue) -> str:
    """Return how a plan was asked for, short."""
    say, fields = words.say, looked.fields
    if looked.way == "aql" and looked.table is not None:
        return say("AQL {aql}, level {level}", aql=looked.table.aql, level=looked.table.level)
    if looked.way == "zero":
        if looked.table is not None:
            return say("c = 0, AQL {aql}, level {level}", aql=looked.table.aql, level=looked.table.level)
        return say("c = 0")
    if looked.way == "share":
        return say("{percent} % of the lot", percent=fields.get("share", ""))
    if looked.way == "all":
        return say("100 %")
    if looked.way == "limit":
        return say("limiting quality {percent} %", percent=fields.get("limit", ""))
    if looked.way == "points":
        kinds = {"single": say("single"), "double": say("double")}
        return kinds.get(fields.get("samples") or "single", say("c = 0"))
    return say("given")


def real_sentence(real: Real, who: str, chance: float, words: Catalogue) -> str:
    """Return what the real lots were like and how often such a batch passes."""
    span = words.say("{low} to {high}", low=percent(real.low, words), high=percent(real.high, words))
    if real.basis == "percent":
        ran = words.count(
            "{who}: the last {n} lot ran at {rate} % bad ({span} %).",
            "{who}: the last {n} lots ran at {rate} % bad ({span} %).",
            real.lots,
            who=who,
            rate=percent(real.rate, words),
            span=span,
        )
    else:
        ran = words.count(
            "{who}: the last {n} lot ran at {rate} defects per 100 units ({span}).",
            "{who}: the last {n} lots ran at {rate} defects per 100 units ({span}).",
            real.lots,
            who=who,
            rate=percent(real.rate, words),
            span=span,
        )
    return words.say("{ran} Such a batch passes {often}.", ran=ran, often=times(chance, words))


def real_mark(real: Real, who: str, words: Catalogue) -> str:
    """Return what stands beside the diamond."""
    rate = quality(real.rate, real.basis, words)
    return words.count(
        "{who}, last {n} lot: {rate}", "{who}, last {n} lots: {rate}", real.lots, who=who, rate=rate
    )


def share_warning(looked: Looked, p: float, words: Catalogue) -> str:
    """Return why a share of the lot is a bad plan, with the numbers."""
    share = float(looked.fields.get("share", "10").replace(",", "."))
    ac = looked.stages.ac[0] or 0
    said = [
        words.say("{lot} units: {often}", lot=one.lot_size, often=times(one.pa, words))
        for one in share_compared(share, p, ac=ac)
    ]
    line = said[0]
    for part in said[1:]:
        line = words.say("{before} · {part}", before=line, part=part)
    return words.say(
        "A share of the lot is a bad plan: it lets the same goods through in one lot and stops them in another. "
        "With {percent} % bad, a batch passes in {line}.",
        percent=percent(p, words),
        line=line,
    )


def source(looked: Looked, words: Catalogue) -> str:
    """Return where a plan stands, by which letter and arrow, and on what the table rests."""
    say, plan = words.say, looked.table
    if plan is None:
        if looked.way == "limit":
            return say(
                "Computed from the definition of limiting quality; the tables of ISO 2859-2 are not claimed."
            )
        if looked.way in ("points", "share"):
            return say("Computed from its definition; it stands in no table.")
        if looked.way == "given":
            return say("As given; its risks are computed.")
        return say("By no table; its risks are computed.")
    where = say("{edition}, table {table}", edition=plan.edition, table=plan.table)
    if plan.arrow:
        letter = say(
            "letter {letter}, whose arrow leads to the plan of {other}",
            letter=plan.code_letter,
            other=plan.plan_letter,
        )
    else:
        letter = say("letter {letter}, no arrow", letter=plan.code_letter)
    rests = {
        "several": say("several transcriptions agree"),
        "two": say("two transcriptions agree"),
        "one": say("one transcription, checked by its risks"),
        "disputed": say("transcriptions differ here"),
    }[plan.rests_on]
    line = say("{where} · {letter} · {rests}", where=where, letter=letter, rests=rests)
    if plan.used_type != plan.plan_type:
        kinds = {"single": say("single"), "double": say("double"), "multiple": say("multiple")}
        line = say("{line} · the table sends to a {kind} plan here", line=line, kind=kinds[plan.used_type])
    return line


def duration(seconds: float, words: Catalogue) -> str:
    """Return how long a check takes: ``2 h 40 min``, ``25 min``."""
    minutes = max(1, round(seconds / 60))
    if minutes < 60:
        return words.say("{n} min", n=minutes)
    return words.say("{hours} h {minutes} min", hours=minutes // 60, minutes=f"{minutes % 60:02}")


def aloud(looked: Looked, figures: Figures, lines: Sequence[str], words: Catalogue) -> str:
    """Return the chart in words."""
    return words.run_on((sentence(looked, words), *lines))
