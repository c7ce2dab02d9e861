# SPDX-License-Identifier: Apache-2.0
"""``severity``: how strictly the next lots are inspected, how that came, and setting it by two."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from qcdesk.cli import given
from qcdesk.cli.call import Call, call_of
from qcdesk.cli.output import Data, table
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.sampling import BY_SERIOUSNESS
from qcdesk.domain.switching import SET_TO, Pinned
from qcdesk.i18n import Catalogue, mark
from qcdesk.services.severity_rows import SeverityChangeRow, SeverityPage, SeverityRow
from qcdesk.wording import severities as wording
from qcdesk.wording import states
from qcdesk.wording.spelling import moment, rfc3339

Supplier = Annotated[
    str | None, typer.Option(help=mark("Code of the supplier; without it the shop's own goods."))
]


def commands() -> typer.Typer:
    """Return the commands about severities."""
    app = typer.Typer(help=mark("How strictly the next lots are inspected, and why."))
    app.command("list", help=mark("List where each class stands, and the changes."))(list_severities)
    app.command("set", help=mark("Set another severity. Takes --as and --with."))(set_severity)
    return app


def list_severities(
    ctx: typer.Context,
    supplier: Annotated[str | None, typer.Option(help=mark("Only of this supplier."))] = None,
    product: Annotated[str | None, typer.Option(help=mark("Only of this product."))] = None,
) -> int:
    """List where the classes stand, and how that came."""
    call = call_of(ctx)
    key = given.supplier(call.use, supplier).supplier if supplier else None
    code = given.product(call.use, product).code if product else None
    page = call.use.read.severities(supplier=key, product=code)
    return call.answer(page_data(page, call.words), page_lines(page, call))


def set_severity(
    ctx: typer.Context,
    product: Annotated[str, typer.Argument(metavar="PRODUCT", help=mark("Code of the product."))],
    defect_class: Annotated[str, typer.Argument(metavar="CLASS", help=mark("critical, major or minor."))],
    to: Annotated[str, typer.Argument(metavar="SEVERITY", help=mark("normal, tightened or reduced."))],
    reason: Annotated[str, typer.Option(help=mark("Why, in words."))],
    supplier: Supplier = None,
) -> int:
    """Set how strictly the next lots are inspected; only leaving reduced inspection takes one."""
    call = call_of(ctx)
    words = call.words
    code = given.product(call.use, product).code
    which = next((one for one in BY_SERIOUSNESS if one == defect_class), None)
    if which is None:
        raise BadInput(
            "unknown_class", facts={"value": defect_class, "known": BY_SERIOUSNESS}, where={"field": "class"}
        )
    wanted = next((one for one in SET_TO if one == to), None)
    if wanted is None:
        raise BadInput("unknown_severity", facts={"value": to, "known": SET_TO}, where={"field": "severity"})
    key = given.supplier(call.use, supplier).supplier if supplier else None
    rows = call.use.read.severities(supplier=key or "", product=code).now
    row = next((one for one in rows if one.stands.defect_class == which), None)
    if call.at_terminal and row is not None:
        call.show_before_signing([_standing(row, words)])
    by, other = call.pair() if call.beside else (call.hand(), None)
    fact = call.use.set_severity(
        by, other, key, code, which, wanted, reason, seen=row.seq if row is not None else None
    )
    told = words.say("{class_word} of {product}: {state}.", class_word=states.defect_class(which, words), product=code,
                     state=wording.state(fact.severity, words))  # fmt: skip
    data: Data = {
        "supplier": supplier,
        "product": code,
        "procedure": fact.procedure,
        "class": which,
        "severity": fact.severity,
        "because": fact.because,
    }
    return call.answer(data, [told])


def pinned_data(pinned: Sequence[Pinned], words: Catalogue) -> list[Data]:
    """Return severities of a round for programs, with the sentence for people."""
    return [
        {
            "class": one.defect_class,
            "severity": one.severity,
            "because": one.reason.because,
            "lots": list(one.reason.lots),
            "since": one.since,
            "by": list(one.by),
            "message": wording.sentence(one.severity, one.reason, one.by, words),
        }
        for one in pinned
    ]


def pinned_lines(pinned: Sequence[Pinned], words: Catalogue) -> list[str]:
    """Return them for people, a line each."""
    return [wording.of_class(one, states.defect_class(one.defect_class, words), words) for one in pinned]


def page_data(page: SeverityPage, words: Catalogue) -> Data:
    """Return where the classes stand, and the changes, for programs."""
    return {
        "severities": [_now_data(row, words) for row in page.now],
        "changes": [_change_data(row, words) for row in page.changes],
    }


def page_lines(page: SeverityPage, call: Call) -> list[str]:
    """Return the same for people."""
    words = call.words
    if not page.now:
        return [words.say("No severity has switched yet.")]
    now = [
        (row.supplier_name or words.say("own goods"), row.product,
         states.defect_class(row.stands.defect_class, words), wording.state(row.stands.severity, words),
         wording.row_why(row, words))
        for row in page.now
    ]  # fmt: skip
    lines = table([words.say("Supplier"), words.say("Product"), words.say("Class"), words.say("Next lot"),
                   words.say("Why")], now)  # fmt: skip
    changes = [
        (moment(row.at), row.product, states.defect_class(row.change.defect_class, words),
         wording.state(row.change.severity, words), row.number, wording.why(row.change.reason, row.change.by, words))
        for row in page.changes
    ]  # fmt: skip
    if changes:
        lines += ["", *table([words.say("When"), words.say("Product"), words.say("Class"), words.say("To"),
                              words.say("Batch"), words.say("Why")], changes)]  # fmt: skip
    return lines


def _standing(row: SeverityRow, words: Catalogue) -> str:
    return words.say("{product}: {line}", product=row.product, line=wording.of_class(
        row.stands, states.defect_class(row.stands.defect_class, words), words))  # fmt: skip


def _now_data(row: SeverityRow, words: Catalogue) -> Data:
    [one] = pinned_data([row.stands], words)
    return {
        "supplier": row.supplier_code or None,
        "product": row.product,
        "procedure": row.procedure,
        **one,
        "score": row.score,
        "in_a_row": row.in_a_row,
        "lots_counted": row.lots,
        "may_be_reduced": row.due,
    }


def _change_data(row: SeverityChangeRow, words: Catalogue) -> Data:
    [one] = pinned_data([row.change], words)
    return {
        "event": row.seq,
        "at": rfc3339(row.at),
        "supplier": row.supplier_name or None,
        "product": row.product,
        "procedure": row.procedure,
        **one,
        "batch": row.number or None,
    }
