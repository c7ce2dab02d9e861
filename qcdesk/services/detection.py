# SPDX-License-Identifier: Apache-2.0
"""How well checks find, counted from settled rounds: misses and false alarms, pairs, and what was learnt of two people.

Misses are counted by defect (a code on a unit), false alarms by unit: a good unit on which somebody claimed what a third
person found untrue. What both missed is in no row, so that the share missed is at least what is counted; what nobody
looked at again counts as there, so that the share of false alarms is at least what is counted, too. How well one finds
among what the *other* found (``learnt``) knows no such bound: it is what estimates rest on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from qcdesk.services.detection_rows import SettledMark, SettledRow
from qcdesk.statistics.agreement import Agreement, agreement_on_units
from qcdesk.statistics.fleiss import SeveralAgreement, several_agreement
from qcdesk.statistics.misses import Look, Missing, Share, misses
from qcdesk.statistics.unseen import Learnt

By = Literal["person", "defect_class", "code"]
WIDEST: Final = 0.3
"""A 95 % interval wider than this says too little to act on."""
FEWEST_LEARNT: Final = 20
"""Settled bad units that the other found; of fewer nothing is learnt about a person."""


@dataclass(frozen=True, slots=True)
class About:
    """What is looked at: codes of product, procedure and defect, a class; "": all."""

    product: str = ""
    procedure: str = ""
    defect_class: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Headline:
    """Settled defects, and what of them one place missed: ``looked_again`` of the missed by a third person.

    ``refuted``: claims that a third person found untrue.
    """

    missed: Share
    looked_again: int
    refuted: int
    rounds: int


@dataclass(frozen=True, slots=True)
class Pair:
    """Two people over all units that both looked at. ``first`` and ``second``: by id, in the order of the ids.

    ``both``, ``apart``, ``neither``: units that both, one or neither called bad.
    """

    first: str
    second: str
    rounds: int
    both: int
    apart: int
    neither: int
    agreement: Agreement


@dataclass(frozen=True, slots=True)
class Behind:
    """A settled round behind a figure: how many defects were there, and how many of them were missed."""

    row: SettledRow
    there: int
    missed: int
    refuted: int


def narrowed(rows: Iterable[SettledRow], about: About) -> tuple[SettledRow, ...]:
    """Return the rounds of a product and procedure, with the marks and the units of a class or a code alone."""
    found = [
        row for row in rows if about.product in ("", row.product) and about.procedure in ("", row.procedure)
    ]
    if about.code:
        classes = _classes_of_codes(found)
        return tuple(
            _only(row, classes[row.procedure, about.code], lambda mark: mark.code == about.code)
            for row in found
            if (row.procedure, about.code) in classes
            and about.defect_class in ("", classes[row.procedure, about.code])
        )
    if about.defect_class:
        wanted = about.defect_class
        return tuple(
            _only(row, wanted, lambda mark: mark.defect_class == wanted)
            for row in found
            if wanted in dict(row.of_class)
        )
    return tuple(found)


def _only(row: SettledRow, defect_class: str, fits: Callable[[SettledMark], bool]) -> SettledRow:
    of_class = tuple(pair for pair in row.of_class if pair[0] == defect_class)
    units = sum(n for _, n in of_class)
    return replace(row, units=units, of_class=of_class, marks=tuple(filter(fits, row.marks)))


def _classes_of_codes(rows: Iterable[SettledRow]) -> dict[tuple[str, str], str]:
    """Return the class of every code that was ever claimed by a procedure, which is all that the rows know of it."""
    return {(row.procedure, mark.code): mark.defect_class for row in rows for mark in row.marks}


def headline(rows: Iterable[SettledRow], person: str = "") -> Headline:
    """Return what the first checks missed; of one person, what that one's checks missed."""
    there = missed = again = refuted = rounds = 0
    for row in rows:
        rounds += 1
        for mark in row.marks:
            called = _called(row, mark, person) if person else mark.first
            refuted += not mark.holds and (not person or bool(called))
            if mark.holds and called is not None:
                there += 1
                missed += not called
                again += not called and mark.looked_again
    return Headline(Share.of(missed, there), again, refuted, rounds)


def _called(row: SettledRow, mark: SettledMark, person: str) -> bool | None:
    return mark.first if row.first == person else mark.second if row.second == person else None


def rates(
    rows: Sequence[SettledRow], by: By, person: str = "", *, seconds: bool = True
) -> tuple[Missing, ...]:
    """Return misses and false alarms per person, class or code, of both checks or the first; of one person alone."""
    found = looks(rows, by, seconds=seconds)
    return misses((look for look in found if person in ("", look.person)), (by,))


def over_time(
    rows: Sequence[SettledRow], period: Callable[[int], str], person: str = ""
) -> tuple[Missing, ...]:
    """Return what the first checks missed (of one person: that one's checks) in each stretch of time."""
    if person:
        found = [look for look in looks(rows, "person") if look.person == person]
    else:
        found = list(looks(rows, "person", seconds=False))
    return misses(found, (), period)


def looks(rows: Sequence[SettledRow], by: By, *, seconds: bool = True) -> Iterator[Look]:
    """Yield what each person said of each settled defect, and of the units that were good in what is told apart.

    Args: by: what is told apart: good in everything, in a class, or in a code. seconds: the second checks, too.
    """
    codes: dict[str, list[tuple[str, str]]] = defaultdict(list)
    if by == "code":
        for (procedure, code), defect_class in _classes_of_codes(rows).items():
            codes[procedure].append((code, defect_class))
    for row in rows:
        sizes = dict(row.of_class)
        groups: list[tuple[str, str, int]] = [("", "", row.units)]
        if by == "defect_class":
            groups = [(name, "", n) for name, n in row.of_class]
        elif by == "code":
            groups = [(name, code, sizes.get(name, 0)) for code, name in codes[row.procedure]]  # type: ignore[call-overload]
        for defect_class, code, units in groups:
            marks = [m for m in row.marks if defect_class in ("", m.defect_class) and code in ("", m.code)]
            yield from _of_group(row, marks, units, (defect_class, code), seconds=seconds)


def _of_group(
    row: SettledRow, marks: Sequence[SettledMark], units: int, named: tuple[str, str], *, seconds: bool
) -> Iterator[Look]:
    bad = {mark.unit for mark in marks if mark.holds}
    for place, person in enumerate((row.first, row.second) if seconds else (row.first,)):
        if not person:
            continue
        alarms = set()
        for mark in marks:
            called = bool(mark.second if place else mark.first)
            if mark.holds:
                yield Look(
                    person,
                    row.at,
                    named[0] or mark.defect_class,
                    named[1] or mark.code,
                    true=True,
                    called=called,
                )
            elif called and mark.unit not in bad:
                alarms.add(mark.unit)
        good = units - len(bad) - len(alarms)
        if good > 0:
            yield Look(person, row.at, *named, true=False, called=False, count=good)
        if alarms:
            yield Look(person, row.at, *named, true=False, called=True, count=len(alarms))


def pairs(rows: Iterable[SettledRow]) -> tuple[Pair, ...]:
    """Return how far each two people agree on which units are bad, whichever of them was first."""
    tables: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0, 0, 0])
    for row in rows:
        if not (row.first and row.second):
            continue
        one, other = sorted((row.first, row.second))
        cell = tables[one, other]
        mine = {m.unit for m in row.marks if _called(row, m, one)}
        theirs = {m.unit for m in row.marks if _called(row, m, other)}
        counts = (
            len(mine & theirs),
            len(mine - theirs),
            len(theirs - mine),
            row.units - len(mine | theirs),
            1,
        )
        for place, count in enumerate(counts):
            cell[place] += count
    return tuple(
        Pair(
            one, other, rounds, both, mine + theirs, neither, agreement_on_units(both, mine, theirs, neither)
        )
        for (one, other), (both, mine, theirs, neither, rounds) in sorted(tables.items())
    )


def all_pairs(found: Iterable[Pair]) -> SeveralAgreement:
    """Return how far all pairs together agree: Fleiss' kappa, for which it is no matter who the two were.

    Source: as ``several_agreement``.
    """
    both = apart = neither = 0
    for pair in found:
        both, apart, neither = both + pair.both, apart + pair.apart, neither + pair.neither
    if not both + apart + neither:
        return several_agreement(())
    return several_agreement(((0, 2), (1, 1), (2, 0)), times=(both, apart, neither))


def behind(rows: Iterable[SettledRow], person: str = "", other: str = "") -> tuple[Behind, ...]:
    """Return the rounds in which a defect was settled, in the order given; of a person, or of two together.

    Of a person, ``missed`` is what that one missed; of two, what either did; else what the first check did.
    """
    found = []
    for row in rows:
        if not {person, other} - {""} <= {row.first, row.second}:
            continue
        there = missed = refuted = 0
        for mark in row.marks:
            called = (
                [mark.first, mark.second] if other else [_called(row, mark, person) if person else mark.first]
            )
            if mark.holds:
                there += 1
                missed += any(one is False for one in called)
            else:
                refuted += any(called)
        if there or refuted:
            found.append(Behind(row, there, missed, refuted))
    return tuple(found)


def tells(share: Share) -> bool:
    """Tell whether a share is known well enough to say anything."""
    return share.n > 0 and share.high - share.low <= WIDEST


def learnt(rows: Iterable[SettledRow], person: str, defect_class: str = "") -> Learnt | None:
    """Return how many of the bad units that the other person found this one found, too; None: too few to tell.

    Args: defect_class: only units bad in it; "" in anything.
    Source: what each finds of the other's finds tells how well that one finds (two lists, as ``statistics.capture``).
    """
    found = of = 0
    for row in rows:
        if person not in (row.first, row.second) or not (row.first and row.second):
            continue
        marks = [m for m in row.marks if m.holds and defect_class in ("", m.defect_class)]
        mine = {m.unit for m in marks if _called(row, m, person)}
        other = {m.unit for m in marks if _called(row, m, row.second if person == row.first else row.first)}
        of += len(other)
        found += len(other & mine)
    return Learnt(found, of) if of >= FEWEST_LEARNT else None
