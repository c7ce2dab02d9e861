# SPDX-License-Identifier: Apache-2.0
"""Acceptance sampling by attributes: from lot size, level and AQL to the plan of the tables."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Literal, TypeVar

from qcdesk.statistics.sampling_stages import (
    DISPUTED_CELLS,
    PLAN_TYPES,
    RESTS_ON,
    STAGE_SIZES,
    STAGE_TABLE_NAMES,
    STAGES,
    PlanType,
    RestsOn,
)
from qcdesk.statistics.sampling_tables import (
    AQLS,
    CODE_LETTERS,
    DISPUTED,
    EDITIONS,
    LARGEST_PERCENT_AQL,
    LEVELS,
    LOT_BAND_ENDS,
    SAMPLE_SIZES,
    SEVERITIES,
    SINGLE_PLANS,
    STANDARDS,
    TABLE_NAMES,
    Level,
    Severity,
    Standard,
)

_Code = TypeVar("_Code", bound=str)
Basis = Literal["percent", "per_100"]
SMALLEST_LOT = 2


class NoPlan(ValueError):
    """The tables have no plan for what was asked.

    Args:
        code: ``lot_too_small``, ``unknown_level``, ``unknown_aql``, ``unknown_severity``,
            ``unknown_type`` or ``unknown_standard``.
        facts: ``value`` as it was given; ``smallest`` or ``known`` (what there is); for an AQL also
            ``below`` and ``above``, its tabled neighbours (None past the ends).
    """

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts: dict[str, object] = facts

    def __str__(self) -> str:
        return f"{self.code} {self.facts}"


@dataclass(frozen=True, slots=True)
class Stage:
    """One sample of a plan: ``n`` more units, ``cumulative_n`` in all so far, both within the lot.

    ``ac`` and ``re`` stand against what was found in all samples so far: accept at ``ac`` or fewer (None: not yet),
    reject at ``re`` or more, else take the next sample. After the last sample a count between the two, which only
    reduced inspection of Z1.4 knows, accepts the lot and ends reduced inspection. ``table_n``: the table's own figure.
    """

    n: int
    cumulative_n: int
    ac: int | None
    re: int
    table_n: int


@dataclass(frozen=True, slots=True)
class Plan:
    """A sampling plan of the tables, and where it stands.

    ``plan_type`` was asked for; ``used_type`` is what the cell gives: where a table has no double or multiple plan it
    sends the reader to the double or single one. ``table`` is the standard's own name of the table in which the plan
    stands, ``edition`` the edition's. ``code_letter`` belongs to lot size and level, ``plan_letter`` to the plan that the
    arrow (``arrow``) leads to; they are equal without an arrow. ``aql`` is in percent nonconforming or nonconformities
    per 100 items, ``basis`` says what a stage's numbers count. ``rests_on``: how many transcriptions of the table agree.

    Where the samples reach the lot, no more is taken than the lot has: the sample that does so takes what is left, those
    after it take none, and their numbers decide on the whole lot. ``inspect_all``: the first sample is the whole lot
    already. ``whole_lot_stage`` is the sample, 1-based, with which every unit has been inspected; None where none does.
    """

    standard: Standard
    table: str
    plan_type: PlanType
    used_type: PlanType
    level: Level
    severity: Severity
    aql: Decimal
    basis: Basis
    lot_size: int
    code_letter: str
    plan_letter: str
    arrow: bool
    stages: tuple[Stage, ...]
    inspect_all: bool
    rests_on: RestsOn

    @property
    def edition(self) -> str:
        """Return the edition of the standard, as plans and reports name it."""
        return EDITIONS[self.standard]

    @property
    def whole_lot_stage(self) -> int | None:
        """Return the sample, 1-based, with which the whole lot has been inspected, or None."""
        return next((i for i, one in enumerate(self.stages, 1) if one.cumulative_n == self.lot_size), None)

    @property
    def gap(self) -> bool:
        """Whether a count after the last sample can lie between Ac and Re, and then accepts (reduced, Z1.4)."""
        last = self.stages[-1]
        return last.ac is not None and last.re > last.ac + 1


def code_letter(lot_size: int, level: str) -> str:
    """Return the sample size code letter.

    Args: lot_size: units in the lot, 2 or more. level: S-1 … S-4, I, II or III.
    Returns: A … R without I and O.
    Raises: NoPlan: ``lot_too_small``, ``unknown_level``.
    Source: ISO 2859-1:1999 table 1 (= MIL-STD-105E table I); lot 1000, level II gives J.
    """
    if lot_size < SMALLEST_LOT:
        raise NoPlan("lot_too_small", value=lot_size, smallest=SMALLEST_LOT)
    return CODE_LETTERS[_known_level(level)][bisect_left(LOT_BAND_ENDS, lot_size)]


def tabled_aql(aql: Decimal) -> Decimal:
    """Return the AQL with the digits of the table (1 becomes 1.0).

    Raises: NoPlan: ``unknown_aql``; a value between two tabled ones is never interpolated.
    Source: preferred AQLs of ISO 2859-1:1999, 0.010 to 1000.
    """
    return AQLS[_aql_index(aql)]


def basis_of(aql: Decimal) -> Basis:
    """Tell what an AQL counts: percent nonconforming up to 10, nonconformities per 100 items above."""
    return "percent" if aql <= LARGEST_PERCENT_AQL else "per_100"


def plan_for(
    lot_size: int,
    level: str,
    aql: Decimal,
    severity: str = "normal",
    plan_type: str = "single",
    standard: str = "iso2859-1:1999",
) -> Plan:
    """Return the sampling plan of the tables, arrows followed.

    An arrow changes letter, n, Ac and Re together. Where the table's sample reaches the lot, all units are inspected and
    the table's Ac and Re stay.

    Args: lot_size: units, 2 or more. level: S-1 … S-4, I, II, III. aql: one of ``AQLS``. severity: normal, tightened or
        reduced. plan_type: single, double or multiple. standard: iso2859-1:1999 or z1.4.
    Returns: the plan; its stages in the order in which the samples are taken.
    Raises: NoPlan: lot below 2, or level, AQL, severity, type or standard not in the tables.
    Source: ISO 2859-1:1999 tables 1, 2-A to 4-C; ANSI/ASQ Z1.4 (= MIL-STD-105E) tables I, II-A to IV-C; what they rest on
        and what is disputed stands in ``sampling_tables`` and ``sampling_stages``. Z1.4, letter K, AQL 1.0, normal,
        double: 80 and 80 units, accept at 1 and 4, reject at 4 and 5.
    """
    rows = _cells(standard, plan_type, severity)
    letter = code_letter(lot_size, level)
    cell = rows[letter][_aql_index(aql)]
    stages = cell.stages
    if stages[-1].cumulative_n > lot_size:
        stages = _within(stages, lot_size)
    return Plan(
        cell.standard,
        cell.table,
        cell.plan_type,
        cell.used_type,
        _LEVELS[level],
        cell.severity,
        cell.aql,
        cell.basis,
        lot_size,
        letter,
        cell.letter,
        cell.letter != letter,
        stages,
        stages[0].n >= lot_size,
        cell.rests_on,
    )


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell with its arrow followed: all of a plan that does not hang on the lot."""

    standard: Standard
    plan_type: PlanType
    used_type: PlanType
    severity: Severity
    table: str
    aql: Decimal
    basis: Basis
    letter: str
    stages: tuple[Stage, ...]
    rests_on: RestsOn


def _within(stages: tuple[Stage, ...], lot_size: int) -> tuple[Stage, ...]:
    """Return the stages with no more units than the lot has."""
    found = []
    before = 0
    for one in stages:
        reached = min(one.cumulative_n, lot_size)
        found.append(Stage(reached - before, reached, one.ac, one.re, one.table_n))
        before = reached
    return tuple(found)


def _stages(n: int, numbers: str) -> tuple[Stage, ...]:
    found = []
    for i, pair in enumerate(numbers.split(), 1):
        ac, _, re = pair.partition("/")
        found.append(Stage(n, i * n, None if ac == "#" else int(ac), int(re), n))
    return tuple(found)


@cache
def _cells(standard: str, plan_type: str, severity: str) -> dict[str, tuple[_Cell, ...]]:
    """Return a whole table, by row letter, in the order of the AQLs; read when it is first asked for."""
    which = (
        _known(standard, STANDARDS, "unknown_standard"),
        _known(plan_type, PLAN_TYPES, "unknown_type"),
        _known(severity, SEVERITIES, "unknown_severity"),
    )
    return {
        row: tuple(_cell(*which, row, aql, text) for aql, text in zip(AQLS, cells.split(), strict=True))
        for row, cells in SINGLE_PLANS[which[0], which[2]].items()
    }


def _cell(
    standard: Standard, plan_type: PlanType, severity: Severity, row: str, aql: Decimal, text: str
) -> _Cell:
    """Return one cell; where the table has no such plan, what it sends the reader to."""
    letter, numbers = text[0], text[1:]
    used = _used_type(plan_type, severity, letter, numbers)
    if used == "single":
        re = "" if "/" in numbers else f"/{int(numbers) + 1}"
        stages = _stages(SAMPLE_SIZES[severity][letter], numbers + re)
        table = TABLE_NAMES[standard, severity]
        disputed = (row, aql) in DISPUTED.get((standard, severity), ())
    else:
        which = standard, used, severity
        stages = _stages(STAGE_SIZES[used, severity][letter], STAGES[which][numbers])
        table = STAGE_TABLE_NAMES[which]
        disputed = (row, aql) in DISPUTED_CELLS.get(which, ())
    rests_on = "disputed" if disputed else RESTS_ON[standard, used]
    return _Cell(standard, plan_type, used, severity, table, aql, basis_of(aql), letter, stages, rests_on)


def _used_type(plan_type: PlanType, severity: Severity, letter: str, numbers: str) -> PlanType:
    """Return the type that the cell has a plan of: the one asked for, or the nearest that the table points to."""
    if numbers == "0":
        return "single"
    if plan_type == "multiple" and letter in STAGE_SIZES["multiple", severity]:
        return "multiple"
    if plan_type != "single" and letter in STAGE_SIZES["double", severity]:
        return "double"
    return "single"


# Keyed once: a plan is then a look-up, fast enough for whole tables of lots.
_AQL_INDEX = {aql: index for index, aql in enumerate(AQLS)}
_LEVELS: dict[str, Level] = {level: level for level in LEVELS}


def _aql_index(aql: Decimal) -> int:
    index = _AQL_INDEX.get(aql) if aql.is_finite() else None
    if index is None:
        below = [known for known in AQLS if aql.is_finite() and known < aql]
        above = [known for known in AQLS if aql.is_finite() and known > aql]
        raise NoPlan(
            "unknown_aql",
            value=aql,
            known=AQLS,
            below=below[-1] if below else None,
            above=above[0] if above else None,
        )
    return index


def _known(value: str, known: tuple[_Code, ...], code: str) -> _Code:
    for one in known:
        if one == value:
            return one
    raise NoPlan(code, value=value, known=known)


def _known_level(level: str) -> Level:
    return _LEVELS.get(level) or _known(level, LEVELS, "unknown_level")
