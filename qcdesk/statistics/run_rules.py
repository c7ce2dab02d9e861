# SPDX-License-Identifier: Apache-2.0
"""Rules that tell a chart's points out of control: Shewhart, Western Electric, Nelson; each names its points."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

from qcdesk.statistics.readings import BadReadings

Kind = Literal["beyond_limit", "one_side", "trend", "alternating", "zone", "inside", "outside"]
Index: TypeAlias = "array[int]"


@dataclass(frozen=True)
class Rule:
    """One rule: ``needed`` of ``span`` points in a row, where it counts beyond ``sigmas`` from the centre line.

    ``kind``: beyond_limit; one_side of the centre; trend, strictly rising or falling; alternating up and down; zone,
    beyond ``sigmas`` on the same side; inside, all within ``sigmas``; outside, all beyond ``sigmas`` and on both sides.
    """

    code: str
    kind: Kind
    span: int
    needed: int
    sigmas: float = 0.0


SHEWHART: Final = (Rule("S1", "beyond_limit", 1, 1),)
WESTERN_ELECTRIC: Final = (
    Rule("WE1", "beyond_limit", 1, 1),
    Rule("WE2", "zone", 3, 2, 2.0),
    Rule("WE3", "zone", 5, 4, 1.0),
    Rule("WE4", "one_side", 8, 8),
)
NELSON: Final = (
    Rule("N1", "beyond_limit", 1, 1),
    Rule("N2", "one_side", 9, 9),
    Rule("N3", "trend", 6, 6),
    Rule("N4", "alternating", 14, 14),
    Rule("N5", "zone", 3, 2, 2.0),
    Rule("N6", "zone", 5, 4, 1.0),
    Rule("N7", "inside", 15, 15, 1.0),
    Rule("N8", "outside", 8, 8, 1.0),
)
RULE_SETS: Final[dict[str, tuple[Rule, ...]]] = {
    "shewhart": SHEWHART,
    "we": WESTERN_ELECTRIC,
    "nelson": NELSON,
}
RULES: Final = {rule.code: rule for rules in RULE_SETS.values() for rule in rules}
ZONES: Final = frozenset({"zone", "inside", "outside"})


@dataclass(frozen=True)
class Signals:
    """The points, 1-based, that complete a rule's pattern."""

    rule: Rule
    points: Index


@dataclass(frozen=True)
class Violation:
    """A rule broken at the point ``index``, which completes the pattern; ``members`` are all its points, 1-based."""

    index: int
    rule: str
    members: tuple[int, ...]


def rule_set(name: str, *, zones: bool = True, runs: bool = True) -> tuple[Rule, ...]:
    """Return the rules of a name, without those that a chart cannot take.

    Args: name: shewhart, we or nelson. zones: whether standard deviations count off equal shares to both sides, which
        they do not for ranges and standard deviations. runs: whether neighbouring points are independent, which
        moving ranges are not.
    Raises: BadReadings: ``unknown``.
    """
    if name not in RULE_SETS:
        raise BadReadings("unknown", what="rules", value=name, known=tuple(RULE_SETS))
    return tuple(
        rule
        for rule in RULE_SETS[name]
        if (zones or rule.kind not in ZONES) and (runs or rule.kind == "beyond_limit")
    )


def signals(
    rules: tuple[Rule, ...],
    points: Any,  # noqa: ANN401 - NumPy stays inside
    center: Any,  # noqa: ANN401
    ucl: Any,  # noqa: ANN401
    lcl: Any,  # noqa: ANN401
    sigma: Any,  # noqa: ANN401
) -> tuple[Signals, ...]:
    """Return the completing points of every rule, also of those that nothing breaks.

    Args: points, center, ucl, lcl, sigma: NumPy arrays of one length, or numbers for what is the same everywhere;
        sigma: standard deviation of a plotted point. A point on a limit is not beyond it; one on the centre line is on
        neither side; the same value twice neither rises nor falls.
    Source: Western Electric, Statistical Quality Control Handbook (1956), pp. 25-28; Nelson, Journal of Quality
        Technology 16 (1984) 237-239.
    """
    import numpy as np

    away = points - center
    up, down = away > 0, away < 0
    rising = falling = np.zeros(0, dtype=bool)
    if any(rule.kind in ("trend", "alternating") for rule in rules):
        rising, falling = points[1:] > points[:-1], points[1:] < points[:-1]
    beyond: dict[float, tuple[Any, Any]] = {}
    for sigmas in {rule.sigmas for rule in rules if rule.kind in ZONES}:
        reach = sigmas * sigma
        beyond[sigmas] = away > reach, away < -reach
    found = []
    for rule in rules:
        first = rule.span
        if rule.kind == "beyond_limit":
            at = (points > ucl) | (points < lcl)
        elif rule.kind == "one_side":
            at = _all(up, rule.span) | _all(down, rule.span)
        elif rule.kind == "trend":
            at = _all(rising, rule.span - 1) | _all(falling, rule.span - 1)
        elif rule.kind == "alternating":
            turns = (rising[1:] & falling[:-1]) | (falling[1:] & rising[:-1])
            at = _all(turns, rule.span - 2)
        elif rule.kind == "zone":
            high, low = beyond[rule.sigmas]
            at, first = _some(high, rule) | _some(low, rule), 1
        elif rule.kind == "inside":
            high, low = beyond[rule.sigmas]
            at = _all(~(high | low), rule.span)
        else:
            high, low = beyond[rule.sigmas]
            # All out there, but neither all above nor all below: on both sides.
            at = _all(high | low, rule.span) & ~_all(high, rule.span) & ~_all(low, rule.span)
        index = array("q")
        index.frombytes((np.flatnonzero(at) + first).astype(np.int64).tobytes())
        found.append(Signals(rule, index))
    return tuple(found)


def violations(
    found: tuple[Signals, ...],
    points: Any,  # noqa: ANN401 - NumPy stays inside
    center: Any,  # noqa: ANN401
    sigma: Any,  # noqa: ANN401
) -> Iterator[Violation]:
    """Yield every violation with its members, rule by rule.

    Args: as for ``signals``, arrays of one length.
    """
    for one in found:
        for index in one.points:
            yield Violation(index, one.rule.code, members(one.rule, index, points, center, sigma))


def members(rule: Rule, index: int, points: Any, center: Any, sigma: Any) -> tuple[int, ...]:  # noqa: ANN401
    """Return the points, 1-based, that make up the pattern which the point ``index`` completes."""
    window = range(max(1, index - rule.span + 1), index + 1)
    if rule.kind != "zone":
        return tuple(window)
    side = 1 if points[index - 1] > center[index - 1] else -1
    return tuple(i for i in window if side * (points[i - 1] - center[i - 1]) > rule.sigmas * sigma[i - 1])


def _all(true: Any, span: int) -> Any:  # noqa: ANN401 - NumPy stays inside
    """Tell for each stretch of ``span`` whether it is all true; doubled up, so that nine take four steps, not eight."""
    reach = 1
    while reach < span:
        step = min(reach, span - reach)
        true = true[step:] & true[:-step]
        reach += step
    return true


def _some(true: Any, rule: Rule) -> Any:  # noqa: ANN401 - NumPy stays inside
    """Tell for each point whether it is true and with those before makes ``needed`` of ``span``."""
    import numpy as np

    at = np.flatnonzero(true)  # few points lie out there
    out = np.zeros(true.size, dtype=bool)
    if at.size >= rule.needed:
        last = at[rule.needed - 1 :]
        out[last[last - at[: at.size - rule.needed + 1] < rule.span]] = True
    return out
