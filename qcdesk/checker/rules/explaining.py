# SPDX-License-Identifier: Apache-2.0
"""What a line that breaks a rule brings, and who explains it: two whom it is not about (trust.md §8.3).

It gives nobody anything, also once it is explained: whoever came in by it signs nothing until two others see to it by an
act that breaks no rule; a role, a qualification or a version of a procedure that it gave is not there. So nothing that
was built on it goes unseen.
"""

from __future__ import annotations

from qcdesk.checker.lines import Line
from qcdesk.checker.rules.state import Wrong

OF_A_ROUND = frozenset(
    (
        "round.opened",
        "check.started",
        "check.recorded",
        "check.resolved",
        "check.set_aside",
        "check.signed",
        "check.retracted",
        "round.compared",
        "round.decided",
        "round.rejected_after_all",
        "round.again",
        "round.ordered",
        "place.given_up",
        "first.seen",
        "batch.released",
    )
)
"""What a new round undoes: where one of these breaks a rule, whoever it names may be one of the two."""
BEGINS_ANEW = OF_A_ROUND | {
    "batch.saved",
    "batch.lifted",
    "batch.disposed",
    "batch.reworked",
    "round.reopened",
    "certificate.issued",
    "concession.requested",
    "concession.approved",
}
"""What a release rests on, or certifies: the batch goes to a new round. All else stays as it is, explained by two."""
GIVES = frozenset(
    (
        "person.enrolled",
        "person.lifted",
        "person.renamed",
        "person.unlocked",
        "role.granted",
        "qualification.granted",
        "key.enrolled",
        "key.changed",
        "concern.explained",
    )
)
"""What is of use to whom it names, who is then none of the two."""
LETS_IN = ("person.enrolled", "person.lifted", "key.enrolled", "key.changed")


def wrong_in(line: Line) -> Wrong:
    """Return what is kept of a line that breaks a rule."""
    batch = line.body.get("batch") if line.type in BEGINS_ANEW else None
    concerned = set[str]() if line.type in OF_A_ROUND else set(line.signers)
    person = line.body.get("person")
    person = person if type(person) is str else ""
    if line.type in GIVES:
        concerned.add(person)
    return Wrong(
        line.hash,
        batch if type(batch) is str else "",
        sorted(concerned),
        person if line.type in LETS_IN else "",
    )
