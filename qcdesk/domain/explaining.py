# SPDX-License-Identifier: Apache-2.0
"""Who explains an event that breaks a rule, and what then begins anew (trust.md §8.3)."""

from __future__ import annotations

from dataclasses import dataclass

from qcdesk.domain.log import Event

OF_A_ROUND = frozenset(
    (
        "round.opened", "check.started", "check.recorded", "check.resolved", "check.set_aside", "check.signed",
        "check.retracted", "round.compared", "round.decided", "round.rejected_after_all", "round.again",
        "round.ordered", "place.given_up", "first.seen", "batch.released",
    )
)  # fmt: skip
UNDER_A_RELEASE = frozenset(
    (
        "batch.saved",
        "batch.lifted",
        "batch.disposed",
        "batch.reworked",
        "round.reopened",
        "certificate.issued",
        "concession.requested",
        "concession.approved",
    )
)
FOR_WHOM_IT_NAMES = frozenset(
    (
        "person.enrolled", "person.lifted", "person.renamed", "person.unlocked", "role.granted",
        "qualification.granted", "key.enrolled", "key.changed", "concern.explained",
    )
)  # fmt: skip


@dataclass(frozen=True)
class Doubtful:
    """An event that fails verification: its hash (hex), and the batch that goes to a new round, where one does.

    ``concerned``: who is none of the two that explain it. ``withdrawn``: the batch whose release it took back.
    """

    hash: str
    batch: str | None
    concerned: frozenset[str] = frozenset()
    withdrawn: str | None = None


def begins_anew(kind: str) -> bool:
    """Tell whether the batch of an event of this kind that fails goes to a new round: a release could rest on it."""
    return kind in OF_A_ROUND or kind in UNDER_A_RELEASE


def concerned_by(event: Event) -> frozenset[str]:
    """Return who does not explain an event that breaks a rule: who signed it, and whoever it is of use to.

    What a new round undoes is explained by any two: nobody has anything of it.
    """
    if event.type in OF_A_ROUND:
        return frozenset()
    signers = {person for person in (event.by, *(co.person for co in event.co)) if person is not None}
    named = event.body.get("person") if event.type in FOR_WHOM_IT_NAMES else None
    return frozenset({*signers, named} if isinstance(named, str) else signers)
