# SPDX-License-Identifier: Apache-2.0
"""People who tire: what they find, and how fast, against the time at the bench and the checks in a row.

A good inspector who falls off is told as tired before anything else. Where that is the likelier reading of somebody's
haste or misses, it stands in their place on the owner's list, and a pause or another pair is proposed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from qcdesk.domain.concerns import ComparedCheck, Concern
from qcdesk.statistics.proportions import at_most

PAUSE_US = 15 * 60 * 1_000_000
"""Between two checks: whoever rests that long begins a new row."""
LATE_US = 2 * 3_600 * 1_000_000
LATE_CHECKS = 5
"""A check is late after so long at the bench, or after so many checks in a row."""
FEWEST = 20
"""Units that the other person found, in late checks and in fresh ones, before the two are compared."""
CHANCE = 1e-3
SLOPE = 2
"""Times as fast in late checks as in fresh ones, by the median of ``PACES`` each."""
PACES = 15
WINDOW_US = 180 * 86_400 * 1_000_000
_EXPLAINED_BY_IT = ("hurried", "hastened", "misses_all", "all_pass")


@dataclass(frozen=True)
class InRow:
    """A check with what came before it: microseconds at the bench since the last pause, and checks in a row."""

    check: ComparedCheck
    bench_us: int
    before: int

    @property
    def late(self) -> bool:
        """Whether its person had been at it for long."""
        return self.bench_us >= LATE_US or self.before >= LATE_CHECKS


def in_rows(checks: Iterable[ComparedCheck]) -> dict[str, list[InRow]]:
    """Return each person's checks in order, each with how long the row had been when it was signed."""
    found: dict[str, list[InRow]] = defaultdict(list)
    begun: dict[str, int] = {}
    for check in sorted(checks, key=lambda each: (each.at, each.seq)):
        began = check.at - check.seconds * 1_000_000
        rows = found[check.person]
        rests = not rows or began - rows[-1].check.at >= PAUSE_US
        if rests:
            begun[check.person] = began
        bench = max(0, began - begun[check.person])
        rows.append(InRow(check, bench, 0 if rests else rows[-1].before + 1))
    return dict(found)


def tired(checks: Sequence[ComparedCheck]) -> list[Concern]:
    """Return people who find less, or hurry, the longer they have been at the bench.

    Source: the hypergeometric tail (Fisher's exact test) of what was found late among what was found in all.
    """
    found: list[Concern] = []
    for rows in in_rows(checks).values():
        since = 0
        for place, row in enumerate(rows):
            while row.check.at - rows[since].check.at > WINDOW_US:
                since += 1
            if row.late and (told := _falling_off(rows[since : place + 1])):
                found.append(told)
                since = place + 1
            if since > place:
                since = min(place + 1, len(rows) - 1)
    return found


def _falling_off(rows: Sequence[InRow]) -> Concern | None:
    late, fresh = [r.check for r in rows if r.late], [r.check for r in rows if not r.late]
    seen, seen_of = sum(c.both for c in late), sum(c.other_found for c in late)
    usual, usual_of = sum(c.both for c in fresh), sum(c.other_found for c in fresh)
    less = (
        min(seen_of, usual_of) >= FEWEST
        and seen * usual_of < usual * seen_of
        and at_most(seen, seen_of + usual_of, seen + usual, seen_of) < CHANCE
    )
    paced, fresh_paced = [c.pace for c in late if c.units], [c.pace for c in fresh if c.units]
    enough = min(len(paced), len(fresh_paced)) >= PACES
    if not less and not (enough and median(paced) * SLOPE < median(fresh_paced)):
        return None
    last = rows[-1].check
    facts = {
        "late": str(seen), "late_of": str(seen_of), "fresh": str(usual), "fresh_of": str(usual_of),
        "late_pace": f"{median(paced):.1f}" if paced else "", "fresh_pace": f"{median(fresh_paced):.1f}" if fresh_paced
        else "", "hours": f"{LATE_US / 3_600_000_000:g}", "checks": str(LATE_CHECKS),
    }  # fmt: skip
    return Concern(f"tired:{last.seq}", "tired", last.seq, last.at, last.person, "", last.batch, facts)


def tired_first(found: Iterable[Concern], checks: Sequence[ComparedCheck]) -> list[Concern]:
    """Return the questions with those left out that are likelier a matter of tiredness, and with the tired in front.

    Left out is the haste or miss of a late check of somebody who is told as tired within half a year.
    """
    tiring = tired(checks)
    late = {row.check.seq for rows in in_rows(checks).values() for row in rows if row.late}
    when: dict[str, list[int]] = defaultdict(list)
    for one in tiring:
        when[one.person].append(one.at)
    kept = [
        one
        for one in found
        if not (
            one.kind in _EXPLAINED_BY_IT
            and one.seq in late
            and any(abs(one.at - at) <= WINDOW_US for at in when[one.person])
        )
    ]
    return [*tiring, *kept]
