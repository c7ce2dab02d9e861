# SPDX-License-Identifier: Apache-2.0
"""Promises: what a supplier said will be so, and the test by which later lots, or a document, decide whether it was.

Nobody types in whether a promise was kept. Counted are lots registered after the promise, each once, by their first
verdict and in the order of the verdicts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from qcdesk.domain.inputs import BadInput
from qcdesk.domain.sampling import DefectClass, Verdict

TestKind = Literal["rate", "certificate", "accepted"]
TEST_KINDS: tuple[TestKind, ...] = ("rate", "certificate", "accepted")
PromiseState = Literal["kept", "late", "broken", "open"]
"""``late``: passed, but after its date. ``open``: not yet testable."""
PASSED: tuple[PromiseState, ...] = ("kept", "late")
MOST_LOTS = 100


@dataclass(frozen=True)
class PromiseTest:
    """How a promise is decided.

    ``rate``: units with the defect ``code``, or with any defect of ``defect_class``, are at most ``percent`` of the units
    inspected in the next ``lots`` lots together. ``certificate``: the document ``document`` is there by the date.
    ``accepted``: the next lot of ``product`` (a code; empty: whatever the action is about) is accepted.
    """

    kind: TestKind
    code: str = ""
    defect_class: DefectClass | None = None
    percent: Decimal | None = None
    lots: int = 0
    product: str = ""
    document: str = ""

    @property
    def needs(self) -> int:
        """How many lots decide it."""
        return {"rate": self.lots, "certificate": 0, "accepted": 1}[self.kind]


@dataclass(frozen=True)
class LotFound:
    """What the first verdict on a lot says: how many units were inspected, and how many had each code and class."""

    batch: str
    number: str
    product: str
    on: date
    verdict: Verdict
    units: int
    codes: Mapping[str, int] = field(default_factory=dict)
    classes: Mapping[str, int] = field(default_factory=dict)
    class_of: Mapping[str, DefectClass] = field(default_factory=dict)


@dataclass(frozen=True)
class Decision:
    """Where a promise stands: since which day (None: not yet testable), by which lots, and the figures of a rate."""

    state: PromiseState
    on: date | None = None
    lots: tuple[str, ...] = ()
    bad: int = 0
    units: int = 0


def require_decidable(test: PromiseTest) -> None:
    """Refuse a test that the lots, or a document, could not decide.

    Raises: BadInput: ``promise_test`` (``kind`` and what is missing or beside the point).
    """

    def refuse(what: str, where: str) -> BadInput:
        return BadInput("promise_test", facts={"what": what}, where={"field": where})

    if test.kind not in TEST_KINDS:
        raise refuse("kind", "test")
    if test.kind == "rate":
        if bool(test.code) == (test.defect_class is not None):
            raise refuse("code_or_class", "code")
        if test.percent is None or not 0 <= test.percent < 100:
            raise refuse("percent", "percent")
        if not 1 <= test.lots <= MOST_LOTS:
            raise refuse("lots", "lots")
        if test.document or test.product:
            raise refuse("too_much", "test")
        return
    if test.code or test.defect_class is not None or test.percent is not None or test.lots:
        raise refuse("too_much", "test")
    if test.kind == "certificate" and (not test.document.strip() or test.product):
        raise refuse("document", "document")
    if test.kind == "accepted" and test.document:
        raise refuse("too_much", "test")


def decide(
    test: PromiseTest, due: date, lots: Iterable[LotFound], received: date | None, today: date
) -> Decision:
    """Return where a promise stands.

    Args: lots: of its supplier and product, registered after it, in the order of their first verdicts; more than it needs
        do no harm. received: when the document came. today: by which a document that is not there breaks the promise.
    """
    if test.kind == "certificate":
        if received is not None:
            return Decision("kept" if received <= due else "late", received)
        return Decision("broken", due) if today > due else Decision("open")
    counted = tuple(one for one in lots if test.product in ("", one.product))[: test.needs]
    numbers = tuple(one.number for one in counted)
    bad = sum(bad_units(test, one) for one in counted)
    units = sum(one.units for one in counted)
    if len(counted) < test.needs:
        return Decision("open", None, numbers, bad, units)
    last = counted[-1].on
    if test.kind == "accepted":
        passed = counted[-1].verdict == "accepted"
    else:
        assert test.percent is not None, "a rate has its limit"
        passed = units > 0 and Fraction(bad, units) <= Fraction(test.percent) / 100
    state: PromiseState = ("kept" if last <= due else "late") if passed else "broken"
    return Decision(state, last, numbers, bad, units)


def bad_units(test: PromiseTest, lot: LotFound) -> int:
    """Return how many units of a lot count against a rate."""
    if test.defect_class is not None:
        return lot.classes.get(test.defect_class, 0)
    return lot.codes.get(test.code, 0)
