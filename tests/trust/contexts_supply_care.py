# SPDX-License-Identifier: Apache-2.0
"""Cases of the rules about complaints: their numbers run without a gap, and nothing comes after the end."""

from __future__ import annotations

from collections.abc import Iterator

from tests.store.scenes import World
from tests.trust.rule_cases import Case


def cases(world: World) -> Iterator[Case]:
    """Yield every case. The world has two complaints; the first is closed."""
    for number in (3, 4, 9):
        yield Case(
            "complaint_in_a_row",
            f"complaint {number} after two",
            number != 3,
            (),
            "INSERT INTO complaint (number, seq, said_as, received, person, at, body)"
            f" VALUES ({number}, {world.head}, 'spoken', '2026-03-01', '{world.linh}', 1, '{{}}')",
        )
    yield Case(
        "complaint_in_a_row",
        "the first of all",
        False,
        ("DELETE FROM complaint_step", "DELETE FROM complaint"),
        "INSERT INTO complaint (number, seq, said_as, received, person, at, body)"
        f" VALUES (1, {world.head}, 'spoken', '2026-03-01', '{world.linh}', 1, '{{}}')",
    )
    for number in (1, 2):
        for kind in ("complaint.closed", "complaint.linked"):
            yield Case(
                "complaint_step_before_the_end",
                f"{kind} of complaint {number}",
                number == 1,
                (),
                "INSERT INTO complaint_step (seq, complaint, type, batch, person, at, body)"
                f" VALUES ({world.head}, {number}, '{kind}', NULL, '{world.linh}', 1, '{{}}')",
            )
