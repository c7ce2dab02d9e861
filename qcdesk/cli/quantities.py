# SPDX-License-Identifier: Apache-2.0
"""Qualities and choices on the command line: fractions, lists, one of what there is, and figures as they are answered."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TypeVar

from qcdesk.domain.inputs import BadInput
from qcdesk.statistics.risk_models import BadPlan

_FRACTION = re.compile(r"[0-9]{1,9}(?:[.,][0-9]{1,40})?(?:[eE]-?[0-9]{1,2})?")
_COMMA_BETWEEN = re.compile("([0-9]+),([0-9]+)")
_FIELDS = {"lot_too_small": "lot_size", "lot_too_large": "lot_size", "sample_above_lot": "lot_size"}
_PLACES = 12
_Answer = TypeVar("_Answer")


def split(texts: Sequence[str]) -> list[str]:
    """Return values that were given one by one or with commas between."""
    return [piece.strip() for text in texts for piece in re.split("[,;]", text) if piece.strip()]


def fractions(texts: Sequence[str], field: str) -> list[float]:
    """Take fractions one by one or with commas between: ``0.01,0.05``, where a point is the decimal sign.

    Raises: BadInput: ``comma_unclear`` (a comma between digits and no point: one fraction or two), as ``fraction``.
    """
    for text in texts:
        if "." not in text and (between := _COMMA_BETWEEN.search(text)) is not None:
            before, after = between[1], between[2]
            several = f"{before} {after}" if between[0] == text.strip() else "0.01 0.05"
            facts: dict[str, object] = {"typed": text[:40], "one": f"{before}.{after}", "list": several}
            raise BadInput("comma_unclear", facts=facts, where={"field": field})
    return [fraction(text, field) for text in split(texts)]


def fraction(text: str, field: str) -> float:
    """Take a fraction; more digits than a reading has are no mistake in it, programs write them.

    Raises: BadInput: ``number_below_zero``, ``number``.
    """
    bare = text.strip()
    if bare.startswith("-") and is_fraction(bare[1:]):
        raise BadInput("number_below_zero", facts={"typed": bare[:40]}, where={"field": field})
    if not is_fraction(text):
        raise BadInput("number", facts={"typed": text[:40]}, where={"field": field})
    return float(text.strip().replace(",", "."))


def is_fraction(text: str) -> bool:
    """Tell whether a text is spelled like a fraction."""
    return _FRACTION.fullmatch(text.strip()) is not None


def one_of(text: str, known: tuple[_Answer, ...], field: str) -> _Answer:
    """Take one of what there is.

    Raises: BadInput: ``unknown_kind``.
    """
    for one in known:
        if text == one:
            return one
    raise BadInput("unknown_kind", facts={"value": text, "known": known}, where={"field": field})


def rounded(value: float) -> float:
    """Return a computed figure as a JSON number of twelve figures: small chances keep theirs."""
    return float(f"{value:.{_PLACES}g}")


def refused_as_input(compute: Callable[[], _Answer]) -> _Answer:
    """Return what is computed; what cannot be computed is bad input."""
    try:
        return compute()
    except BadPlan as bad:
        field = _FIELDS.get(bad.code)
        # A figure is said again as it was typed: 8, not 8.0.
        facts = {
            key: int(value) if isinstance(value, float) and value.is_integer() else value
            for key, value in bad.facts.items()
        }
        raise BadInput(bad.code, facts=facts, where={} if field is None else {"field": field}) from bad
