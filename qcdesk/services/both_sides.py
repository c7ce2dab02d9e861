# SPDX-License-Identifier: Apache-2.0
"""What the two sides of a round claim, with what checks set aside in their places had found."""

from __future__ import annotations

from qcdesk.domain import judging
from qcdesk.domain.events import Place
from qcdesk.domain.judging import Sides
from qcdesk.domain.rounds import Round, Work
from qcdesk.services.ports import UnitOfWork


def sides_of(uow: UnitOfWork, standing: Round, first: Work, second: Work) -> Sides:
    """Return what each side claims, with what checks set aside in its place had found; each person is on one side."""
    extra: dict[Place, list[Work]] = {"first": [], "second": [], "third": []}
    changed: list[Work] = []
    seconds = {c.person for c in standing.checks if c.place == "second" and c.state != "retracted"}
    for check in standing.checks:
        if check.state == "set_aside":
            sides = changed if check.place == "first" and check.person in seconds else extra[check.place]
            sides.append(uow.work(check.id))
    return judging.sides_of(standing.opened, first, second, extra, changed)
