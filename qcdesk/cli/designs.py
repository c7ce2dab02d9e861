# SPDX-License-Identifier: Apache-2.0
"""The plan designer: from a good and a bad quality to the cheapest plans that tell them apart. No workspace is opened."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from qcdesk.cli.call import call_of
from qcdesk.cli.given import whole
from qcdesk.cli.output import Data
from qcdesk.cli.quantities import fraction, one_of, refused_as_input, rounded
from qcdesk.cli.risks import BASES, Basis, LotSize, stage_data
from qcdesk.domain.inputs import BadInput
from qcdesk.i18n import mark
from qcdesk.statistics import risk_designs
from qcdesk.statistics.risk_models import model_for
from qcdesk.statistics.variables_risk import VariablesDesign, design_by_variables
from qcdesk.statistics.variables_tables import METHODS
from qcdesk.wording import plans, plans_by_variables


def design(
    ctx: typer.Context,
    p1: Annotated[str, typer.Option(help=mark("Good quality, as a fraction such as 0.01."))],
    p2: Annotated[str, typer.Option(help=mark("Bad quality, as a fraction such as 0.05."))],
    alpha: Annotated[str, typer.Option(help=mark("How often good goods may be rejected."))] = "0.05",
    beta: Annotated[str, typer.Option(help=mark("How often bad goods may pass."))] = "0.1",
    lot_size: LotSize = None,
    basis: Basis = "percent",
    measured: Annotated[bool, typer.Option("--measured", help=mark("Also plans by variables."))] = False,
) -> int:
    """Find the cheapest single, double and zero-acceptance plan; also by variables."""
    call = call_of(ctx)
    lot = None if lot_size is None else whole(lot_size, "lot_size")
    per_item = one_of(basis, BASES, "basis") == "per-100"
    good, bad = fraction(p1, "p1"), fraction(p2, "p2")
    risk_1, risk_2 = fraction(alpha, "alpha"), fraction(beta, "beta")
    found = refused_as_input(lambda: risk_designs.design(good, risk_1, bad, risk_2, lot, per_item=per_item))
    if measured and per_item:
        raise BadInput("option_without", facts={"option": "--measured", "other": "--basis per-100"})
    by_variables = [
        refused_as_input(partial(design_by_variables, good, risk_1, bad, risk_2, method))
        for method in (METHODS if measured else ())
    ]
    model = model_for(lot, per_item=per_item)
    words = call.words
    data: Data = {
        "single": _design_data(found.single),
        "double": None if found.double is None else _design_data(found.double),
        "double_searched": words.say(plans.DOUBLE_SEARCHED[found.double_of_all]),
        "double_of_all": found.double_of_all,
        "zero": _design_data(found.zero),
        "variables": {one.method: _variables_data(one) for one in by_variables} or None,
        "p1_used": found.p1, "p2_used": found.p2, "p1": good, "alpha": risk_1, "p2": bad, "beta": risk_2,
        "lot_size": lot,
        "basis": "per_100" if per_item else "percent",
        "distribution": model.name,
    }  # fmt: skip
    kinds = [
        (words.say("Cheapest single plan:"), found.single),
        (words.say(plans.CHEAPEST_DOUBLE[found.double_of_all]), found.double),
        (words.say("Cheapest plan that accepts nothing bad:"), found.zero),
    ]
    lines: list[str] = []
    for heading, one in kinds:
        if one is not None:
            lines += [heading, *plans.described(one.plan, words)]
            if one is found.double:
                lines.append(words.say(plans.DOUBLE_SEARCHED[found.double_of_all]))
            lines += [
                plans.passes(p, pa, words, per_item=per_item)
                for p, pa in ((found.p1, 1 - one.producer_risk), (found.p2, one.consumer_risk))
            ]
            lines.append(
                words.say(
                    "Average sample at the good quality: {units}.", units=plans.figures(one.average, words)
                )
            )
    lines += plans_by_variables.designed(by_variables, words)
    lines.append(words.say(plans.COMPUTED_BY[model.name]))
    return call.answer(data, lines)


def _design_data(found: risk_designs.Design) -> Data:
    return {
        "stages": stage_data(found.plan),
        "producer_risk": rounded(found.producer_risk),
        "consumer_risk": rounded(found.consumer_risk),
        "asn": rounded(found.average),
        "meets": found.meets,
    }


def _variables_data(found: VariablesDesign) -> Data:
    return {
        "n": found.n,
        "k": rounded(found.k),
        "producer_risk": rounded(found.producer_risk),
        "consumer_risk": rounded(found.consumer_risk),
    }
