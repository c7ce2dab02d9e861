# SPDX-License-Identifier: Apache-2.0
"""The command about the risk of a plan: its operating characteristic. No workspace is opened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import typer

from qcdesk.cli import sampling
from qcdesk.cli.call import call_of
from qcdesk.cli.given import whole
from qcdesk.cli.output import Data, table
from qcdesk.cli.quantities import fraction, fractions, one_of, refused_as_input, rounded, split
from qcdesk.domain.inputs import BadInput
from qcdesk.i18n import Catalogue, mark
from qcdesk.statistics import risk_designs
from qcdesk.statistics.risk import Stages, acceptance
from qcdesk.statistics.risk_averages import (
    CURTAILMENTS,
    Curtailment,
    average_sample,
    outgoing_limit,
    outgoing_quality,
    total_inspected,
)
from qcdesk.statistics.risk_models import BadPlan, Lot, Model, PerItem, Stream, model_for
from qcdesk.statistics.risk_plans import stages_of
from qcdesk.statistics.risk_points import (
    RiskPoint,
    consumers_point,
    curve,
    producers_point,
    quality_at,
)
from qcdesk.wording import plans
from qcdesk.wording.spelling import fixed

BASES = ("percent", "per-100")
MOST_POINTS = 10_000
_TABLED = (0.99, 0.95, 0.9, 0.75, 0.5, 0.25, 0.1, 0.05, 0.01)  # as the standards table their curves
_NOT_YET = {"-", "#", "*"}

Basis = Annotated[
    str,
    typer.Option(help=mark("percent (bad units) or per-100 (defects, of which a unit can have several).")),
]
LotSize = Annotated[
    str | None, typer.Option(help=mark("Units in the batch; without it, a long series of batches."))
]


@dataclass(frozen=True)
class _Asked:
    """The plan that was asked for, with what it rests on."""

    plan: Stages
    lot_size: int | None
    per_item: bool
    source: Data | None = None
    note: str = ""
    share: float | None = None

    @property
    def model(self) -> Model:
        """The model that fits batch and unit."""
        return model_for(self.lot_size, per_item=self.per_item)


def oc(
    ctx: typer.Context,
    n: Annotated[list[str] | None, typer.Option(help=mark("Units of each sample: 80, or 50,50."))] = None,
    ac: Annotated[
        list[str] | None, typer.Option(help=mark("Acceptance number after each sample; - where none yet."))
    ] = None,
    re: Annotated[list[str] | None, typer.Option(help=mark("Rejection number after each sample."))] = None,
    lot_size: LotSize = None,
    at: Annotated[
        list[str] | None, typer.Option(help=mark("Qualities, as fractions: 0.01 is 1 percent or 1 per 100."))
    ] = None,
    more: Annotated[list[str] | None, typer.Argument(help=mark("More qualities, after --at."))] = None,
    basis: Basis = "percent",
    curtail: Annotated[
        str, typer.Option(help=mark("When a sample ends early: none, later, rejection or both."))
    ] = "none",
    points: Annotated[str | None, typer.Option(help=mark("Points of the whole curve, such as 200."))] = None,
    level: Annotated[str, typer.Option(help=mark("Inspection level: S-1 to S-4, I, II or III."))] = "II",
    aql: Annotated[str | None, typer.Option(help=mark("AQL as in the tables, such as 1.0."))] = None,
    severity: Annotated[str, typer.Option(help=mark("normal, tightened or reduced."))] = "normal",
    plan_type: Annotated[str, typer.Option("--type", help=mark("single, double or multiple."))] = "single",
    standard: Annotated[str, typer.Option(help=mark("iso2859-1:1999 or z1.4."))] = "iso2859-1:1999",
    lq: Annotated[
        str | None, typer.Option(help=mark("Limiting quality of an isolated batch, as a fraction."))
    ] = None,
    beta: Annotated[str, typer.Option(help=mark("How often that may pass."))] = "0.1",
    share: Annotated[str | None, typer.Option(help=mark("Percent of the batch that is inspected."))] = None,
) -> int:
    """Say how often goods of a quality pass a plan, and what it lets through and costs on average."""
    call = call_of(ctx)
    lot = None if lot_size is None else whole(lot_size, "lot_size")
    per_item = one_of(basis, BASES, "basis") == "per-100"
    curtailment = one_of(curtail, CURTAILMENTS, "curtail")
    ways = [
        name for name, given in (("n", n), ("aql", aql), ("lq", lq), ("share", share)) if given is not None
    ]
    if len(ways) != 1:
        raise BadInput("plan_unclear")
    qualities = fractions([*(at or []), *(more or [])], "at")
    drawn = None if points is None else whole(points, "points")
    if drawn is not None and drawn > MOST_POINTS:
        raise BadInput(
            "too_many_points", facts={"value": drawn, "most": MOST_POINTS}, where={"field": "points"}
        )
    if aql is not None:
        given = {"lot_size": lot_size, "level": level, "aql": aql, "severity": severity, "type": plan_type,
                 "standard": standard}  # fmt: skip
        asked = _tabled(given, ac, re, ctx.get_parameter_source("basis"), per_item, call.words)
    else:
        asked = refused_as_input(lambda: _own(n, ac, re, lot, per_item, lq, beta, share, call.words))
    return refused_as_input(lambda: _answered(ctx, asked, qualities, drawn, curtailment))


def _own(
    n: list[str] | None,
    ac: list[str] | None,
    re: list[str] | None,
    lot: int | None,
    per_item: bool,
    lq: str | None,
    beta: str,
    share: str | None,
    words: Catalogue,
) -> _Asked:
    """Return a plan of the person's own, by limiting quality, or by a share of the batch."""
    if n is not None:
        plan = _stages(n, ac, re)
        last = plan.accepts_to(len(plan.n) - 1)
        if not per_item and last > plan.total:
            raise BadPlan("ac_above_sample", ac=last, n=plan.total)
        return _Asked(plan, lot, per_item)
    if re is not None:
        raise BadInput("option_without", facts={"option": "--re", "other": "--lq" if lq else "--share"})
    acs = split(ac or [])
    accepted = whole(acs[0], "ac") if len(acs) == 1 else 0
    if len(acs) > 1:
        raise BadInput("stages_differ", facts={"n": 1, "ac": len(acs), "re": 1}, where={"field": "ac"})
    if lq is not None:
        quality, risk = fraction(lq, "lq"), fraction(beta, "beta")
        plan = risk_designs.limiting_quality_plan(quality, risk, accepted, lot, per_item=per_item)
        return _Asked(plan, lot, per_item, note=words.say(plans.LIMITING_QUALITY))
    if lot is None:
        raise BadInput("lot_size_needed", where={"field": "lot_size"})
    percent = fraction(str(share), "share")
    plan = risk_designs.share_of_lot(lot, percent, accepted)
    if plan.total == lot:
        return _Asked(
            plan, lot, per_item, note=words.say("Every unit is inspected: nothing is left to chance.")
        )
    return _Asked(plan, lot, per_item, share=percent)


def _tabled(
    given: dict[str, str | None],
    ac: list[str] | None,
    re: list[str] | None,
    said: object,
    per_item: bool,
    words: Catalogue,
) -> _Asked:
    """Return a plan of the tables; above AQL 10 it counts defects, whether that was said or not."""
    for option, value in (("--ac", ac), ("--re", re)):
        if value is not None:
            raise BadInput("option_without", facts={"option": option, "other": "--aql"})
    plan = sampling.plan_of(given, {})
    source: Data = {"standard": plan.standard, "edition": plan.edition, "table": plan.table, "rests_on": plan.rests_on,
                    "code_letter": plan.code_letter, "plan_letter": plan.plan_letter,
                    "used_type": plan.used_type}  # fmt: skip
    note = words.say("Code letter {letter}, plan of {plan}; {standard}, table {table}.", letter=plan.code_letter,
                     plan=plan.plan_letter, standard=plan.edition, table=plan.table)  # fmt: skip
    counts_defects = plan.basis == "per_100" or per_item
    if plan.basis == "per_100" and not per_item and getattr(said, "name", "") == "COMMANDLINE":
        raise BadInput("option_without", facts={"option": "--basis percent", "other": f"--aql {plan.aql}"})
    return _Asked(stages_of(plan), plan.lot_size, counts_defects, source, note)


def _answered(
    ctx: typer.Context, asked: _Asked, qualities: list[float], drawn: int | None, curtailment: Curtailment
) -> int:
    call = call_of(ctx)
    words, plan, model, lot = call.words, asked.plan, asked.model, asked.lot_size
    limit = outgoing_limit(plan, lot, per_item=asked.per_item)
    good, bad = producers_point(plan, model), consumers_point(plan, model)
    if not qualities:
        qualities = _usual(asked) if drawn is None else [one.p for one in curve(plan, model, drawn)]
    shown = [_point(asked, p, curtailment) for p in qualities]
    sentences = [plans.passes(p, acceptance(plan, model, p), words, per_item=asked.per_item)
                 for p in dict.fromkeys((good.p, bad.p) if len(qualities) > 3 else qualities)]  # fmt: skip
    warning: tuple[str, ...] = ()
    compared: list[Data] = []
    if asked.share is not None:
        p = qualities[0] if len(qualities) == 1 else 0.04
        sizes = sorted({*risk_designs.LOTS_TO_COMPARE, lot or 2})
        rows = risk_designs.share_compared(asked.share, p, tuple(sizes), plan.accepts_to(0))
        warning = plans.share_warning(asked.share, p, rows, words)
        compared = [{"lot_size": row.lot_size, "n": row.n, "p": p, "pa": rounded(row.pa)} for row in rows]
    data: Data = {
        "plan": {"stages": stage_data(plan), "source": asked.source},
        "lot_size": lot,
        "basis": "per_100" if asked.per_item else "percent",
        "distribution": model.name,
        "averages_distribution": "poisson" if asked.per_item else "binomial",
        "curtailment": curtailment,
        "points": shown,
        "aoql": rounded(limit.aoql),
        "aoql_p": rounded(limit.p),
        "producers_point": _risk_point(good),
        "indifference_quality": rounded(quality_at(plan, model, 0.5)),
        "consumers_point": _risk_point(bad),
        "sentences": sentences,
        "warning": words.run_on(warning) or None,
        "compared": compared,
    }
    lines = [*plans.described(plan, words), *([asked.note] if asked.note else []), *warning, *sentences]
    lines += _table(shown, asked, words)
    lines.append(plans.outgoing(limit.aoql, limit.p, words, per_item=asked.per_item))
    averages = plans.AVERAGES_OF_BATCH if isinstance(model, Lot) else plans.AVERAGES
    lines += [words.say(plans.COMPUTED_BY[model.name]), words.say(averages)]
    return call.answer(data, lines)


def _usual(asked: _Asked) -> list[float]:
    """Return the qualities that pass as often as the standards table them; in a batch those of whole units."""
    found = [quality_at(asked.plan, asked.model, pa) for pa in _TABLED]
    if isinstance(asked.model, Lot):
        found = [round(p * asked.model.size) / asked.model.size for p in found]
    return sorted({p for p in found if p > 0}) or [1.0]


def _point(asked: _Asked, p: float, curtailment: Curtailment) -> Data:
    plan, lot, per_item = asked.plan, asked.lot_size, asked.per_item
    process: Model = PerItem() if per_item else Stream()
    pa = acceptance(plan, asked.model, p)
    of_lot = lot is not None and not per_item
    return {
        "p": p,
        "pa": rounded(pa),
        "aoq": rounded(outgoing_quality(plan, p, lot, per_item=per_item)),
        "ati": None if lot is None else rounded(total_inspected(plan, p, lot, per_item=per_item)),
        "asn": rounded(average_sample(plan, process, p, curtailment)),
        "asn_of_batch": rounded(average_sample(plan, asked.model, p, curtailment)) if of_lot else None,
        "bad": rounded(p * lot) if of_lot and lot is not None else None,
        "pa_hypergeometric": rounded(pa) if of_lot else None,
        "pa_binomial": None if per_item else rounded(acceptance(plan, Stream(), p)),
        "pa_poisson": rounded(acceptance(plan, PerItem(), p)),
    }


def _table(shown: Sequence[Data], asked: _Asked, words: Catalogue) -> list[str]:
    first = words.say("Defects per 100") if asked.per_item else words.say("Bad units %")
    outgoing = words.say("Outgoing per 100") if asked.per_item else words.say("Outgoing %")
    headings = [first, words.say("Passes %"), outgoing, words.say("Sample")]
    if asked.lot_size is not None:
        headings.append(words.say("Inspected"))
    rows = []
    for one in shown:
        cells = [float(str(one[key])) * 100 for key in ("p", "pa", "aoq")]
        asn = "asn" if one["asn_of_batch"] is None else "asn_of_batch"
        units = [float(str(one[key])) for key in ((asn, "ati") if asked.lot_size is not None else (asn,))]
        rows.append(
            [
                plans.figures(cells[0], words),
                fixed(cells[1], 2, words),
                plans.figures(cells[2], words),
                *(fixed(u, 1, words) for u in units),
            ]
        )
    return table(headings, rows)


def _stages(n: list[str], ac: list[str] | None, re: list[str] | None) -> Stages:
    """Return the plan that was typed; without Re, each sample but the last rejects where the last does."""
    sizes = tuple(whole(text, "n") for text in split(n))
    accepts = tuple(None if text in _NOT_YET else whole(text, "ac") for text in split(ac or ["0"]))
    if re is not None:
        return Stages(sizes, accepts, tuple(whole(text, "re") for text in split(re)))
    last = accepts[-1] if accepts else None
    if last is None:
        raise BadPlan("ac_missing", stage=len(accepts))
    if any(one is not None and one > last for one in accepts):
        raise BadPlan("ac_falls", ac=last, stage=len(accepts))
    return Stages(sizes, accepts, (last + 1,) * len(accepts))


def stage_data(plan: Stages) -> list[Data]:
    """Return the samples of a plan for programs."""
    return [
        {"n": n, "ac": ac, "re": re, "cumulative_n": total}
        for n, ac, re, total in zip(plan.n, plan.ac, plan.re, plan.cumulative, strict=True)
    ]


def _risk_point(point: RiskPoint) -> Data:
    return {"p": rounded(point.p), "pa": rounded(point.pa), "bad": point.bad}
