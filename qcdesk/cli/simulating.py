# SPDX-License-Identifier: Apache-2.0
"""What a second check buys, from numbers: ``simulate``. No workspace is opened."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, cast

import typer

from qcdesk.cli.call import Call, call_of
from qcdesk.cli.given import decimal, whole
from qcdesk.cli.output import Data, figure, table
from qcdesk.domain.sampling import ClassRule, DefectClass, RuleKind
from qcdesk.domain.simulating import Imagined, SecondCheck, Simulated, simulate, ways_of
from qcdesk.i18n import Catalogue, mark
from qcdesk.statistics.sampling_stages import PlanType
from qcdesk.statistics.sampling_tables import Level, Severity, Standard
from qcdesk.wording import second_checks
from qcdesk.wording.spelling import fixed


def simulate_lots(
    ctx: typer.Context,
    bad_rate: Annotated[str, typer.Option(help=mark("Share of bad units in the batches, such as 0.04."))],
    lots: Annotated[str, typer.Option(help=mark("How many batches to play."))] = "20000",
    detect_first: Annotated[
        str, typer.Option(help=mark("Share of the bad units that the first person finds."))
    ] = "0.8",
    detect_second: Annotated[
        str | None, typer.Option(help=mark("The same of the second person; as the first unless given."))
    ] = None,
    mode: Annotated[
        str | None, typer.Option(help=mark("none, single, primed, blind or split; all of them unless given."))
    ] = None,
    primed_detect: Annotated[
        str,
        typer.Option(help=mark("Of what the first missed, the share found by a second who saw the result.")),
    ] = "0",
    false_alarm: Annotated[
        str, typer.Option(help=mark("Share of the good units that a person calls bad."))
    ] = "0",
    lot_size: Annotated[str, typer.Option(help=mark("Units in a batch."))] = "1000",
    level: Annotated[str, typer.Option(help=mark("Inspection level: S-1 to S-4, I, II or III."))] = "II",
    aql: Annotated[str, typer.Option(help=mark("AQL as in the tables, such as 1.0."))] = "1.0",
    kind: Annotated[
        str,
        typer.Option(
            help=mark(
                "aql; zero: no bad unit is accepted, in --n units or as many as the AQL says; all: every unit."
            )
        ),
    ] = "aql",
    n: Annotated[str | None, typer.Option(help=mark("Units to look at. Takes --kind zero."))] = None,
    standard: Annotated[str, typer.Option(help=mark("iso2859-1:1999 or z1.4."))] = "iso2859-1:1999",
    defect_class: Annotated[
        str, typer.Option("--class", help=mark("critical, major or minor: of a critical none is accepted."))
    ] = "major",
    severity: Annotated[str, typer.Option(help=mark("normal, tightened or reduced."))] = "normal",
    plan_type: Annotated[str, typer.Option("--type", help=mark("single, double or multiple."))] = "single",
    seconds: Annotated[str, typer.Option(help=mark("Seconds that one unit takes."))] = "30",
    seed: Annotated[str, typer.Option(help=mark("The same number gives the same batches."))] = "1",
) -> int:
    """Play batches of a known quality through the rules of the program, and say which share of them ships."""
    call = call_of(ctx)
    first = float(decimal(detect_first, "detect_first"))
    units = None if n is None else whole(n, "n", least=1)
    rule = ClassRule(
        cast("DefectClass", defect_class),
        cast("RuleKind", kind),
        None if kind == "all" or (kind == "zero" and units is not None) else decimal(aql, "aql"),
        cast("Level", level),
        units,
        cast("Standard", standard),
        cast("PlanType", plan_type),
    )
    settings = [
        Imagined(
            lots=whole(lots, "lots", least=1),
            bad_rate=float(decimal(bad_rate, "bad_rate")),
            detect_first=first,
            detect_second=first if detect_second is None else float(decimal(detect_second, "detect_second")),
            mode=cast("SecondCheck", each),
            rule=rule,
            lot_size=whole(lot_size, "lot_size", least=1),
            severity=cast("Severity", severity),
            primed_detect=float(decimal(primed_detect, "primed_detect")),
            false_alarm=float(decimal(false_alarm, "false_alarm")),
            seconds_per_unit=float(decimal(seconds, "seconds")),
            seed=whole(seed, "seed"),
        )
        for each in ((mode,) if mode is not None else ways_of(rule))
    ]
    for each in settings:
        each.require_sensible()
        each.require_playable()
    tell = _progress(call, sum(each.lots for each in settings if each.mode != "none"))
    played, done = [], 0
    for each in settings:
        played.append(simulate(each, None if tell is None else _after(done, tell)))
        done += each.lots if each.mode != "none" else 0
    if tell is not None:
        tell(done)
    data: Data = _data(played[0]) if mode is not None else {"modes": [_data(one) for one in played]}
    return call.answer(data, _lines(played, call.words))


def _data(one: Simulated) -> Data:
    return {
        "mode": one.of.mode,
        "lots": one.of.lots,
        "shipped_bad": figure(one.shipped.value or 0),
        "shipped_bad_low": figure(one.shipped.low),
        "shipped_bad_high": figure(one.shipped.high),
        "units_inspected": one.units,
        "units_per_lot": figure(one.units_per_lot),
        "minutes": figure(one.seconds / 60),
        "minutes_per_lot": figure(one.seconds / 60 / one.of.lots),
        "settled_by_third": one.settled,
        "bad_units_shipped_per_lot": figure(one.bad_shipped / one.of.lots),
        "seed": one.of.seed,
    }


def _lines(played: list[Simulated], words: Catalogue) -> list[str]:
    headings = [
        words.say("Second check"),
        words.say("Shipped in 100"),
        words.say("95 % interval"),
        words.say("Units a batch"),
        words.say("Minutes a batch"),
        words.say("Bad units shipped a batch"),
    ]
    rows = [
        (
            words.say(second_checks.NAMES[one.of.mode]),
            fixed(100 * (one.shipped.value or 0), 1, words),
            words.say(
                "{low} to {high}",
                low=fixed(100 * one.shipped.low, 1, words),
                high=fixed(100 * one.shipped.high, 1, words),
            ),
            fixed(one.units_per_lot, 1, words),
            fixed(one.seconds / 60 / one.of.lots, 1, words),
            fixed(one.bad_shipped / one.of.lots, 1, words),
        )
        for one in played
    ]
    by_way = {one.of.mode: one for one in played}
    bought = [second_checks.bought(by_way["single"], by_way["blind"], words)] if len(by_way) > 1 else []
    shared = (
        [words.say("Other units are no way here: samples one after the other cannot be shared.")]
        if len(by_way) > 1 and "split" not in by_way
        else []
    )
    return [*table(headings, rows), "", *bought, *shared, *second_checks.told(played, words)]


def _after(before: int, tell: Callable[[int], None]) -> Callable[[int], None]:
    return lambda done: tell(before + done)


def _progress(call: Call, total: int) -> Callable[[int], None] | None:
    """Return what tells, at a terminal, how far it has come."""
    if not call.err.isatty():
        return None
    told = -1

    def tell(done: int) -> None:
        nonlocal told
        percent = 100 if done >= total else done * 100 // total
        if percent != told:
            told = percent
            said = call.words.say("{percent} % played", percent=percent)
            call.err.write("\r" + said + ("\n" if percent == 100 else ""))
            call.err.flush()

    return tell
