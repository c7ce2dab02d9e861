# SPDX-License-Identifier: Apache-2.0
"""Acceptance sampling by attributes: from lot size, level and AQL to the plan of the tables."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from qcdesk.statistics.sampling_tables import (
    AQLS,
    CODE_LETTERS,
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

Basis = Literal["percent", "per_100"]
SMALLEST_LOT = 2


class NoPlan(ValueError):
    """The tables have no plan for what was asked.

    Args:
        code: ``lot_too_small``, ``unknown_level``, ``unknown_aql``, ``unknown_severity`` or
            ``unknown_standard``.
        facts: ``value`` as it was given; ``smallest`` or ``known`` (what there is); for an AQL also
            ``below`` and ``above``, its tabled neighbours (None past the ends).
    """

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts: dict[str, object] = facts

    def __str__(self) -> str:
        return f"{self.code} {self.facts}"


@dataclass(frozen=True)
class SinglePlan:
    """A single sampling plan and where it stands.

    ``code_letter`` belongs to lot size and level, ``plan_letter`` to the plan that the arrow (``arrow``)
    leads to; they are equal without an arrow. ``n`` is in units and never above ``lot_size``; ``table_n``
    is the table's figure; ``inspect_all`` says that the table asks for the whole lot or more, so that ``n``
    is the lot. ``ac`` and ``re`` count nonconforming units (``basis`` percent) or nonconformities
    (per_100). ``aql`` is in percent nonconforming or nonconformities per 100 items. ``table`` is the
    standard's own name of the table.
    """

    standard: Standard
    table: str
    level: Level
    severity: Severity
    aql: Decimal
    basis: Basis
    lot_size: int
    code_letter: str
    plan_letter: str
    arrow: bool
    table_n: int
    n: int
    ac: int
    re: int
    inspect_all: bool


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
    return AQLS[index]


def basis_of(aql: Decimal) -> Basis:
    """Tell what an AQL counts: percent nonconforming up to 10, nonconformities per 100 items above."""
    return "percent" if aql <= LARGEST_PERCENT_AQL else "per_100"


def single_plan(
    lot_size: int,
    level: str,
    aql: Decimal,
    severity: str = "normal",
    standard: str = "iso2859-1:1999",
) -> SinglePlan:
    """Return the single sampling plan, arrows followed.

    An arrow changes letter, n, Ac and Re together. Where the table's n reaches the lot, all units are
    inspected and Ac stays the table's.

    Args: lot_size: units, 2 or more. level: S-1 … S-4, I, II, III. aql: one of ``AQLS``. severity: normal or
        tightened. standard: iso2859-1:1999 or z1.4.
    Returns: the plan; reject at ``re`` or more, accept at ``ac`` or fewer.
    Raises: NoPlan: lot below 2, or level, AQL, severity or standard not in the tables.
    Source: ISO 2859-1:1999 tables 1, 2-A, 2-B; ANSI/ASQ Z1.4 (= MIL-STD-105E) tables I, II-A, II-B; what is
        disputed stands in ``sampling_tables``. Lot 1000, level II, AQL 1.0, normal: J, n = 80, Ac 2, Re 3.
    """
    letter = code_letter(lot_size, level)
    tabled = tabled_aql(aql)
    key = _known_standard(standard), _known_severity(severity)
    plan_letter, ac, re = _CELLS[key][letter][_AQL_INDEX[tabled]]
    table_n = SAMPLE_SIZES[plan_letter]
    return SinglePlan(
        standard=key[0],
        table=TABLE_NAMES[key],
        level=_known_level(level),
        severity=key[1],
        aql=tabled,
        basis=basis_of(tabled),
        lot_size=lot_size,
        code_letter=letter,
        plan_letter=plan_letter,
        arrow=plan_letter != letter,
        table_n=table_n,
        n=min(table_n, lot_size),
        ac=ac,
        re=re,
        inspect_all=table_n >= lot_size,
    )


def _cell(text: str) -> tuple[str, int, int]:
    ac, _, re = text[1:].partition("/")
    return text[0], int(ac), int(re) if re else int(ac) + 1


# Parsed once: a plan is then a look-up, fast enough for whole tables of lots.
_CELLS = {
    key: {letter: tuple(map(_cell, row.split())) for letter, row in rows.items()}
    for key, rows in SINGLE_PLANS.items()
}
_AQL_INDEX = {aql: index for index, aql in enumerate(AQLS)}
_LEVELS: dict[str, Level] = {level: level for level in LEVELS}
_SEVERITIES: dict[str, Severity] = {severity: severity for severity in SEVERITIES}
_STANDARDS: dict[str, Standard] = {standard: standard for standard in STANDARDS}


def _known_level(level: str) -> Level:
    try:
        return _LEVELS[level]
    except KeyError:
        raise NoPlan("unknown_level", value=level, known=LEVELS) from None


def _known_severity(severity: str) -> Severity:
    try:
        return _SEVERITIES[severity]
    except KeyError:
        raise NoPlan("unknown_severity", value=severity, known=SEVERITIES) from None


def _known_standard(standard: str) -> Standard:
    try:
        return _STANDARDS[standard]
    except KeyError:
        raise NoPlan("unknown_standard", value=standard, known=STANDARDS) from None
