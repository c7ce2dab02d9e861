# SPDX-License-Identifier: Apache-2.0
"""Two checks side by side, counted anew from the log: units, marks, agreement, and what both probably missed.

The figures are of ``qcdesk.statistics``, which is held against outside sources; what they are asked is counted here.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import lru_cache
from typing import Any

from qcdesk.checker.rules import judging, sharing
from qcdesk.checker.rules.state import Check, Marks, Round
from qcdesk.statistics.agreement import Agreement, agreement_on_units
from qcdesk.statistics.capture import Method, estimate_escapes, estimate_missed

GRAVEST_FIRST = ("critical", "major", "minor")
ASKED_FROM = 10
"""Units found bad by either, from which on agreement is asked for: below, kappa says nothing."""
_PLACES = Decimal("0.000001")


class NoFigures(ValueError):
    """What two checks are said to have found cannot come from one sample of the batch, so that nothing is estimated."""


def below_floor(floor: int | None, comparison: dict[str, Any]) -> bool:
    """Tell whether agreement beyond chance is asked for and does not reach the floor (percent)."""
    total = comparison["total"]
    if floor is None or total["kappa"] is None:
        return False
    bad = sum(total[name] or 0 for name in ("both", "first_only", "second_only"))
    return bool(bad >= ASKED_FROM and Decimal(total["kappa"]) * 100 < floor)


def method_of(said: Any) -> Method:  # noqa: ANN401 - whatever JSON holds
    """Return by which method a line says that it estimated: one that names none was written by an earlier program."""
    total = said.get("total") if isinstance(said, dict) else None
    estimate = total.get("estimate") if isinstance(total, dict) else None
    return "posterior" if isinstance(estimate, dict) and "method" in estimate else "exact"


def compared(
    round_: Round, quantity: int, first: Check, second: Check, method: Method = "posterior"
) -> dict[str, Any]:
    """Return the comparison of two signed checks, as its line has to say it. Raises: NoFigures."""
    if round_.drawn > quantity:
        raise NoFigures("more was drawn than there is")
    through = judging.gone_through(round_, first, second)
    mine, others = (
        sharing.common(round_, judging.claims_of([check]), through=through) for check in (first, second)
    )
    named = {plan.defect_class for plan in round_.plans} | {c for c, _ in (*mine.values(), *others.values())}
    classes = [name for name in GRAVEST_FIRST if name in named]
    said = {
        "lot_size": quantity,
        "sample": len(round_.sample) + len(round_.fresh),
        "drawn": round_.drawn,
        "tally": round_.tally,
    }
    if round_.tally:
        return {
            **said,
            "total": _tallied(mine, others, None),
            "classes": [_tallied(mine, others, name) for name in classes],
            "units": [],
            "not_compared": [],
            "caught_by_one": _counted_more(mine, others),
        }
    left_out = {u for check in (first, second) for u, why in check.units.items() if why is not None}
    left_out |= _one_sided(round_, None)
    if through is not None:
        left_out |= set(range(1, len(round_.sample) + 1)) - through
    return {
        **said,
        "total": _counted(round_, quantity, mine, others, None, left_out, method),
        "classes": [
            _counted(round_, quantity, mine, others, name, left_out | _one_sided(round_, name), method)
            for name in classes
        ],
        "units": _units(mine, others, left_out),
        "not_compared": sorted(left_out),
        "caught_by_one": _caught_by_one(mine, others, left_out),
    }


def same(said: Any, own: Any) -> bool:  # noqa: ANN401 - whatever JSON holds
    """Tell whether two comparisons say the same; a fraction may differ in its last place, as machines round."""
    if type(said) is not type(own):
        return False
    if isinstance(own, dict):
        return said.keys() == own.keys() and all(same(said[name], value) for name, value in own.items())
    if isinstance(own, list):
        return len(said) == len(own) and all(same(a, b) for a, b in zip(said, own, strict=True))
    if said != own and isinstance(own, str):
        try:
            return abs(Decimal(said) - Decimal(own)) <= _PLACES
        except InvalidOperation:
            return False
    return bool(said == own)


def _one_sided(round_: Round, defect_class: str | None) -> set[int]:
    """Return the units that the two do not both look at for anything (of a class)."""
    if sharing.modes(round_) == {"blind"}:
        return set()
    codes = [code for code, name in round_.classes.items() if defect_class in (None, name)]
    if defect_class is not None and not codes:
        return set()
    last = len(round_.sample) + len(round_.fresh)
    return {u for u in range(1, last + 1) if not any(sharing.both_look(round_, (u, code)) for code in codes)}


def _tallied(mine: Marks, others: Marks, defect_class: str | None) -> dict[str, Any]:
    first, second = (
        sum(count for name, count in marks.values() if defect_class in (None, name))
        for marks in (mine, others)
    )
    return _figures(defect_class, first, second, kappa_reason="tally", estimate_reason="tally")


def _figures(defect_class: str | None, first: int, second: int, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    nothing = ("both", "first_only", "second_only", "neither", "both_marks", "first_only_marks",
               "second_only_marks", "agreement_percent", "agreement_low", "agreement_high", "kappa", "kappa_low",
               "kappa_high", "kappa_reason", "estimate", "estimate_reason")  # fmt: skip
    said = {"defect_class": defect_class, "first_count": first, "second_count": second}
    return {**said, **dict.fromkeys(nothing), **more}


def _counted(
    round_: Round,
    quantity: int,
    mine: Marks,
    others: Marks,
    defect_class: str | None,
    left_out: set[int],
    method: Method,
) -> dict[str, Any]:
    a, b = (
        {m: n for m, (name, n) in marks.items() if defect_class in (None, name) and m[0] not in left_out}
        for marks in (mine, others)
    )
    bad, also = {u for u, _ in a if u is not None}, {u for u, _ in b if u is not None}
    both, one, two = len(bad & also), len(bad - also), len(also - bad)
    neither = len(round_.sample) + len(round_.fresh) - len(left_out) - both - one - two
    drawn = round_.drawn - sum(1 for unit in left_out if unit <= round_.drawn)
    if min(neither, drawn) < 0:
        raise NoFigures("more was found than was looked at")
    agreed = _agreement(both, one, two, neither)
    drawn_bad, drawn_also = ({u for u in units if u <= round_.drawn} for units in (bad, also))
    found = (len(drawn_bad), len(drawn_also), len(drawn_bad & drawn_also))
    return _figures(
        defect_class,
        sum(a.values()),
        sum(b.values()),
        both=both,
        first_only=one,
        second_only=two,
        neither=neither,
        both_marks=len(a.keys() & b.keys()),
        first_only_marks=len(a.keys() - b.keys()),
        second_only_marks=len(b.keys() - a.keys()),
        agreement_percent=_text(agreed.share, 100),
        agreement_low=_text(agreed.share_low, 100),
        agreement_high=_text(agreed.share_high, 100),
        kappa=_text(agreed.kappa),
        kappa_low=_text(agreed.low),
        kappa_high=_text(agreed.high),
        kappa_reason=agreed.reason,
        estimate=dict(_estimate(*found, drawn, quantity, method)) if drawn else None,
        estimate_reason=None if drawn else "no_units",
    )


_agreement: Callable[[int, int, int, int], Agreement] = lru_cache(maxsize=4_096)(agreement_on_units)


@lru_cache(maxsize=4_096)
def _estimate(
    first: int, second: int, both: int, drawn: int, quantity: int, method: Method
) -> tuple[tuple[str, Any], ...]:
    missed = estimate_missed(first, second, both, drawn, method=method)
    batch = estimate_escapes(first, second, both, drawn, quantity, method=method)
    later = () if method == "exact" else (("at_least", missed.at_least), ("method", missed.method))
    return (
        ("sample", drawn),
        ("first", missed.first),
        ("second", missed.second),
        ("both", missed.both),
        ("missed", _text(missed.missed)),
        ("missed_low", missed.missed_low),
        ("missed_high", missed.missed_high),
        ("batch", _text(batch.escapes)),
        ("batch_low", batch.low),
        ("batch_high", batch.high),
        ("reliable", missed.reliable),
        ("reason", missed.reason),
        *later,
    )


def _text(value: Fraction | float | None, times: int = 1) -> str | None:
    if value is None:
        return None
    exact = Fraction(value * times)
    rounded = (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(_PLACES)
    return str(abs(rounded) if rounded.is_zero() else rounded)


def _units(mine: Marks, others: Marks, left_out: set[int]) -> list[dict[str, Any]]:
    found = []
    for unit in sorted({u for u, _ in (*mine, *others) if u is not None}):
        a, b = (
            {code: name for (u, code), (name, _) in marks.items() if u == unit} for marks in (mine, others)
        )
        state = "not_compared" if unit in left_out else "both" if a and b else "first" if a else "second"
        gravest = min((*a.values(), *b.values()), key=GRAVEST_FIRST.index)
        found.append({"unit": unit, "state": state, "defect_class": gravest,
                      "both_codes": sorted(a.keys() & b.keys()), "first_codes": sorted(a.keys() - b.keys()),
                      "second_codes": sorted(b.keys() - a.keys())})  # fmt: skip
    return found


def _caught_by_one(mine: Marks, others: Marks, left_out: set[int]) -> list[dict[str, Any]]:
    found = [
        _caught(unit, code, name, count, by)
        for by, own, other in (("first", mine, others), ("second", others, mine))
        for (unit, code), (name, count) in own.items()
        if (unit, code) not in other and unit not in left_out
    ]
    return sorted(found, key=_gravest_first)


def _counted_more(mine: Marks, others: Marks) -> list[dict[str, Any]]:
    found = []
    for mark in mine.keys() | others.keys():
        name = (mine.get(mark) or others[mark])[0]
        more = mine.get(mark, ("", 0))[1] - others.get(mark, ("", 0))[1]
        if more:
            found.append(_caught(None, mark[1], name, abs(more), "first" if more > 0 else "second"))
    return sorted(found, key=_gravest_first)


def _caught(unit: int | None, code: str, defect_class: str, count: int, by: str) -> dict[str, Any]:
    return {"unit": unit, "code": code, "defect_class": defect_class, "count": count, "by": by}


def _gravest_first(one: dict[str, Any]) -> tuple[int, int, str, str]:
    return GRAVEST_FIRST.index(one["defect_class"]), one["unit"] or 0, one["code"], one["by"]
