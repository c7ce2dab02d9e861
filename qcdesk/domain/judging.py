# SPDX-License-Identifier: Apache-2.0
"""From what people put on record to verdicts: one check, both together, and after a third has looked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from qcdesk.domain.comparison import Comparison, compare
from qcdesk.domain.events import Outcome, Place, Resolution, Reviewed, RoundOpened, Seen
from qcdesk.domain.modes import both_saw, is_split, looks_for, measures_on, not_seen_by_both
from qcdesk.domain.refusals import Incomplete, NotDoneNotAllowed, PhotosMissing, UnresolvedUnits
from qcdesk.domain.reviewing import Mark, require_reviewed, spoken_of
from qcdesk.domain.rounds import Work
from qcdesk.domain.sampling import (
    BY_SERIOUSNESS,
    Claimed,
    ClassVerdict,
    DefectClass,
    Verdict,
    overall,
    union_of,
)
from qcdesk.domain.staging import asked_of, claims_of, judge_claims, left_out_of, looked_at, must_have

KAPPA_NEEDS = 10  # units found bad by either; below, kappa says nothing (trust.md §8)


def require_complete(
    opened: RoundOpened, work: Work, place: Place = "first", to_review: tuple[Reviewed, ...] = ()
) -> None:
    """Refuse a signature on a check in which anything is missing: missing is not good.

    Args: to_review: what the second person must have opened.
    Raises: Incomplete: units without a result, or readings not taken. PhotosMissing; NotDoneNotAllowed; NotReviewed.
    """
    content = opened.procedure.content
    bare = tuple(
        (f.unit, f.code)
        for f in work.standing_findings()
        if f.photo is None and f.defect_class in content.photo_classes
    )
    if content.tally:
        n = len(opened.sample)
        if work.tallied != n:
            raise Incomplete(tuple(range(work.tallied + 1, n + 1)))
        _require_photos(bare)
        return
    results = {r.unit: r for r in work.results}
    asked = must_have(opened, work, place)
    missing = tuple(u for u in asked if u not in results)
    skipped = left_out_of(work)
    if skipped and not content.not_done_allowed:
        raise NotDoneNotAllowed(tuple(sorted(skipped)))
    taken = {(m.unit, m.characteristic) for m in work.standing_readings()}
    untaken = tuple(
        (u, code)
        for u in (asked if content.variables() else ())
        if u not in skipped
        for code in measures_on(opened, place, u)
        if (u, code) not in taken
    )
    if missing or untaken:
        raise Incomplete(missing, untaken)
    _require_photos(bare)
    require_reviewed(to_review, work)


def _require_photos(bare: tuple[tuple[int | None, str], ...]) -> None:
    if bare:
        raise PhotosMissing(bare)


def seen_of(opened: RoundOpened, work: Work, started_at: int, last_at: int, place: Place = "first") -> Seen:
    """Return how much was looked at, for the signed act; times in microseconds."""
    skipped = len(left_out_of(work))
    looked = work.tallied if opened.procedure.content.tally else len(work.results) - skipped
    return Seen(
        units=looked,
        of=len(asked_of(opened, work, place)),
        not_done=skipped,
        readings=len(work.standing_readings()),
        seconds=max(0, (last_at - started_at) // 1_000_000),
    )


@dataclass(frozen=True)
class Sides:
    """What the two checks claim, each with what an earlier check in its place, set aside, had found already.

    ``opened``: the round, which says what each looks at; None: both look at the same units for everything.
    ``spoken``: marks in review on which the second person said anything: there, too, the two can disagree.
    ``left_out``: sample numbers that the first left out, and the second. What two are to have looked at counts as
    looked at once both have. ``looked``: what each went through; None: all of it, as where no check may end sooner.
    """

    first: tuple[Claimed, ...]
    second: tuple[Claimed, ...]
    opened: RoundOpened | None = None
    spoken: frozenset[Mark] = frozenset()
    left_out: tuple[frozenset[int], frozenset[int]] = (frozenset(), frozenset())
    looked: tuple[frozenset[int], frozenset[int]] | None = None

    @property
    def looked_by_both(self) -> frozenset[int] | None:
        """The sample numbers that both went through; None: all of them."""
        return None if self.looked is None else self.looked[0] & self.looked[1]

    def union(self) -> tuple[Claimed, ...]:
        """Return each nonconformity once, with the larger count and the graver class."""
        return union_of(self.first, self.second)

    def disputed(self) -> tuple[Claimed, ...]:
        """Return claims (unit and code) of one side that the other, who looked there too, did not make.

        Of tallied goods nobody can say which unit was meant: there it is by how many one counted more.
        """
        first, second = self.counts("first"), self.counts("second")
        found = []
        for claim in self.union():
            mark = claim.unit, claim.code
            more = abs(first.get(mark, 0) - second.get(mark, 0))
            both = mark in first and mark in second
            if self._common(claim) and (not both or (claim.unit is None and more)):
                found.append(replace(claim, count=more) if both else claim)
        return tuple(found)

    def counts(self, side: Literal["first", "second"]) -> dict[Mark, int]:
        """Return how often one side claims each code on each unit."""
        found: dict[Mark, int] = {}
        for claim in self.first if side == "first" else self.second:
            found[claim.unit, claim.code] = found.get((claim.unit, claim.code), 0) + claim.count
        return found

    def common(self) -> Sides:
        """Return the claims where both looked."""
        return Sides(
            tuple(c for c in self.first if self._common(c)), tuple(c for c in self.second if self._common(c))
        )

    def samples(self) -> tuple[tuple[Claimed, ...], ...]:
        """Return what counts in each person's sample, the overlap's findings in both; one where both are the same.

        Of the second's findings every one on a unit of the first's sample counts there, also where it was not asked
        for; of the first's in the second's sample what both looked for, and what was reviewed.
        """
        if self.opened is None or not is_split(self.opened.procedure.content):
            return (self.union(),)
        m, mode_of = len(self.opened.sample), self.opened.procedure.content.mode_of
        return (
            union_of(self.first, (c for c in self.second if c.unit is None or c.unit <= m)),
            union_of((c for c in self.first if self._common(c) or mode_of(c.code) == "review"), self.second),
        )

    def by_either_eye(self) -> tuple[tuple[tuple[Claimed, ...], tuple[Claimed, ...]], ...]:
        """Return each person's sample twice: with the first's claims where both looked, and with the second's."""
        first: list[Claimed] = []
        second: list[Claimed] = []
        both: tuple[list[Claimed], list[Claimed]] = ([], [])
        for claim in self.first:
            (both[0] if self._common(claim) else first).append(claim)
        for claim in self.second:
            (both[1] if self._common(claim) else second).append(claim)
        return (self.first, (*first, *both[1])), ((*second, *both[0]), self.second)

    def left_out_by(self, place: int, eye: int) -> frozenset[int]:
        """Return what is unknown in a person's sample by the first's eyes (0) or the second's (1).

        Where the samples differ, what only its own person looks at stays as that one left it.
        """
        apart = self.opened is not None and is_split(self.opened.procedure.content)
        return self.left_out[eye] | (self.left_out[place] if apart else frozenset())

    def _common(self, claim: Claimed) -> bool:
        reached = self.looked_by_both
        if reached is not None and claim.unit not in reached:
            return False  # only one of the two went that far
        if self.opened is None or both_saw(self.opened, claim.unit, claim.code):
            return True
        return (claim.unit, claim.code) in self.spoken and looks_for(
            self.opened, "first", claim.unit, claim.code
        )


def sides_of(
    opened: RoundOpened,
    first: Work,
    second: Work,
    aside: Mapping[Place, Sequence[Work]] | None = None,
    changed: Sequence[Work] = (),
) -> Sides:
    """Return what two checks claim, and beside them what checks set aside in their places had found.

    What a check set aside only opened in review it did not find: whoever follows opens it again. ``changed``: what was
    set aside in the first place by somebody who has a check in the second: wherever the second looks it is said on that
    side, or one person would claim the same on both and be two.
    """
    more = aside or {}
    firsts = (first, *more.get("first", ()))
    seconds = (second, *(replace(w, reviewed=()) for w in more.get("second", ())))
    mine = [c for w in changed for c in claims_of(opened, w)]
    moved = [c for c in mine if looks_for(opened, "second", c.unit, c.code)]
    said = tuple(c for w in seconds for c in claims_of(opened, w))
    return Sides(
        (*(c for w in firsts for c in claims_of(opened, w)), *(c for c in mine if c not in moved)),
        union_of(said, moved) if moved else said,
        opened,
        frozenset(mark for w in seconds for mark in spoken_of(opened, w)),
        (left_out_of(first), left_out_of(second)),
        _looked(opened, first, second),
    )


def _looked(opened: RoundOpened, first: Work, second: Work) -> tuple[frozenset[int], frozenset[int]] | None:
    one, other = looked_at(opened, first), looked_at(opened, second)
    return None if one is None or other is None else (one, other)


def compare_sides(opened: RoundOpened, first: Work, second: Work) -> Comparison:
    """Return the comparison of two signed checks over what both looked at independently: nothing that was reviewed."""
    content = opened.procedure.content
    own = Sides(
        claims_of(opened, first), claims_of(opened, second), opened, looked=_looked(opened, first, second)
    )
    reached, own = own.looked_by_both, own.common()
    skipped = left_out_of(first) | left_out_of(second)
    if (
        reached is not None
    ):  # where one of the two stopped sooner, nothing is known of what the other found alone
        skipped |= frozenset(range(1, len(opened.units) + 1)) - reached
    by_class: dict[DefectClass, set[str]] = {}
    for code, defect_class in content.classes_by_code().items():
        by_class.setdefault(defect_class, set()).add(code)
    apart = content.modes() != {"blind"}
    return compare(
        own.first,
        own.second,
        opened.plan,
        len(opened.units),
        not_compared=skipped | not_seen_by_both(opened, frozenset(content.classes_by_code()))
        if apart
        else skipped,
        not_compared_in={c: not_seen_by_both(opened, frozenset(codes)) for c, codes in by_class.items()}
        if apart
        else {},
        tally=content.tally,
    )


def outcome_of(
    opened: RoundOpened,
    sides: Sides,
    own: Sides,
    comparison: Comparison,
) -> tuple[Outcome, tuple[str, ...], tuple[ClassVerdict, ...]]:
    """Return accepted, rejected or disagreed, with the reasons, and the union's verdict per class.

    Asked first: the two verdicts differ, or a critical is claimed by one only (unless another is claimed by both,
    which rejects), or agreement is below the procedure's floor; of all this, only where both looked, or where the second
    said anything of what was reviewed. Else the union
    against Ac/Re, where something is split once per sample: each must accept, and each person's own verdict too.
    Both may have accepted on samples on which what they found together decides nothing yet: then they disagree too.

    Args: own: what the two signed checks claim by themselves.
    """
    classes, accepted = _worse(judge_samples(opened, sides))
    reasons: list[str] = []
    both = sides.common()
    first, second = _critical(both.first), _critical(both.second)
    if first & second:
        return "rejected", ("critical_both",), classes
    verdicts = _by_own_findings(opened, own)
    if any(one != other for one, other in verdicts):
        reasons.append("verdicts_differ")
    if first ^ second:
        reasons.append("critical_by_one")
    if _below_floor(opened, comparison):
        reasons.append("agreement_below_floor")
    good = all(verdict == "accepted" for pair in verdicts for verdict in pair)
    if not reasons and good and overall(classes) == "undecided":
        reasons.append("sample_missing")
    if reasons:
        return "disagreed", tuple(reasons), classes
    return "accepted" if good and accepted else "rejected", ("union",), classes


def _by_own_findings(opened: RoundOpened, own: Sides) -> list[tuple[str, ...]]:
    """Return the verdicts that must be alike: of one sample by the first's eyes and by the second's, or of each check."""
    if own.looked is not None:
        each = zip((own.first, own.second), own.left_out, own.looked, strict=True)
        return [tuple(overall(judge_claims(opened, *mine)) for mine in each)]
    return [
        tuple(
            overall(judge_claims(opened, claims, own.left_out_by(place, eye), second=place == 1))
            for eye, claims in enumerate(eyes)
        )
        for place, eyes in enumerate(own.by_either_eye())
    ]


def judge_samples(opened: RoundOpened, sides: Sides) -> tuple[tuple[ClassVerdict, ...], ...]:
    """Return the verdict per class of the first person's sample and of the second's; of one where they are the same."""
    left_out = sides.left_out[0] | sides.left_out[1]
    return tuple(
        judge_claims(opened, claims, left_out, sides.looked_by_both, second=place == 1)
        for place, claims in enumerate(sides.samples())
    )


def _worse(samples: tuple[tuple[ClassVerdict, ...], ...]) -> tuple[tuple[ClassVerdict, ...], bool]:
    """Return of each class the sample that it looks worse in, and whether every sample accepts."""
    worst: dict[DefectClass, ClassVerdict] = {}
    for sample in samples:
        for one in sample:
            known = worst.get(one.defect_class)
            if known is None or (one.verdict, one.counted) > (known.verdict, known.counted):
                worst[one.defect_class] = one
    ordered = tuple(worst[c] for c in BY_SERIOUSNESS if c in worst)
    return ordered, all(overall(sample) == "accepted" for sample in samples)


def settle(
    opened: RoundOpened, sides: Sides, resolutions: Iterable[Resolution]
) -> tuple[Verdict, tuple[ClassVerdict, ...]]:
    """Judge the union again after a third person has looked at every disputed claim.

    What it leaves undecided, because not both took the sample that would decide it, is not accepted.

    Raises: UnresolvedUnits: a disputed claim has no resolution.
    """
    settled = {(r.unit, r.code): r for r in resolutions}
    disputed = {(c.unit, c.code) for c in sides.disputed()}
    open_units = sorted({unit or 0 for unit, code in disputed if (unit, code) not in settled})
    if open_units:
        raise UnresolvedUnits(tuple(open_units))

    first, second = sides.counts("first"), sides.counts("second")

    def standing(claims: Iterable[Claimed]) -> tuple[Claimed, ...]:
        kept: dict[Mark, Claimed] = {}
        for claim in union_of(claims):
            mark = claim.unit, claim.code
            if mark not in disputed or settled[mark].holds:
                kept[mark] = claim
            elif mark in first and mark in second:  # counted by both: what neither counted alone stands
                kept[mark] = replace(claim, count=min(first[mark], second[mark]))
        return tuple(kept.values())

    as_settled = replace(sides, first=standing(sides.first), second=standing(sides.second))
    classes, accepted = _worse(judge_samples(opened, as_settled))
    return "accepted" if accepted else "rejected", classes


def criticals_left(sides: Sides, resolutions: Iterable[Resolution]) -> tuple[int, ...]:
    """Return the units (0: of tallied goods) on which a critical is claimed that no third person found untrue."""
    first, second = sides.counts("first"), sides.counts("second")
    untrue = {(r.unit, r.code) for r in resolutions if not r.holds}
    untrue -= {mark for mark in untrue if mark in first and mark in second}  # what both counted stands
    claimed = [c for c in sides.union() if (c.unit, c.code) not in untrue]
    return tuple(sorted(unit or 0 for unit in _critical(claimed)))


def _critical(claims: Iterable[Claimed]) -> set[int | None]:
    critical: DefectClass = "critical"
    return {c.unit for c in claims if c.defect_class == critical}


def _below_floor(opened: RoundOpened, comparison: Comparison) -> bool:
    floor = opened.procedure.content.agreement_floor_percent
    total = comparison.total
    bad = sum(n or 0 for n in (total.both, total.first_only, total.second_only))
    if floor is None or total.kappa is None or bad < KAPPA_NEEDS:
        return False
    return Decimal(total.kappa) * 100 < floor
