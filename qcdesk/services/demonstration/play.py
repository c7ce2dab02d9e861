# SPDX-License-Identifier: Apache-2.0
"""Plays the demonstration into an empty workspace, through the use cases alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from qcdesk.domain.people import Role
from qcdesk.services.demonstration import factory
from qcdesk.services.demonstration.closures import ClosuresTold, tell_closures
from qcdesk.services.demonstration.content import read_cover, read_works
from qcdesk.services.demonstration.cover import CoverTold, tell_cover
from qcdesk.services.demonstration.story_time import SetTime
from qcdesk.services.demonstration.works import Life, Works
from qcdesk.services.use_cases import UseCases

Stage = Literal["people", "master_data", "batches"]
SayProgress = Callable[[Stage, int, int], None]
"""Told what is being done, how much of it is done, and how much there is."""

COVER_BEGINS = 2 * factory.DAY  # working minutes before now
CLOSURES_BEGIN = 280.0


@dataclass(frozen=True)
class PlayedPerson:
    """Somebody who can sign in, with the secret, which a demonstration prints."""

    login: str
    name: str
    secret: str
    roles: tuple[Role, ...]


@dataclass(frozen=True)
class Played:
    """What there is now: people, the two batches with a story, how many batches, and the recovery sheet's code."""

    people: tuple[PlayedPerson, ...]
    cover: CoverTold
    closures: ClosuresTold
    batches: int
    note: str
    recovery: str


def play(use: UseCases, say_progress: SayProgress, set_time: SetTime | None = None) -> Played:
    """Open the workspace and play the cover, the closures and the factory.

    Args: use: over an empty workspace. set_time: sets the clock that ``use`` goes by (``StoryClock.set_time``), so that
        the stories lie in the last weeks; None: everything happens now.
    Raises: whatever the use cases raise; a refusal here is a bug of the stories.
    """
    plan, cover = read_works(), read_cover()
    works = Works(use, plan, cover, set_time)
    for done in works.open():
        say_progress("people", done, len(plan.people))
    for done in works.furnish():
        say_progress("master_data", done, works.furnishing())
    _qualify(works)
    cover_told: list[CoverTold] = []
    closures_told: list[ClosuresTold] = []
    stories: list[tuple[float, Life[None]]] = [
        (works.calendar.minutes - COVER_BEGINS, tell_cover(works, cover_told)),
        (works.calendar.minutes - CLOSURES_BEGIN, tell_closures(works, closures_told)),
        *factory.lives(works),
    ]
    for done in works.run(stories):
        say_progress("batches", done, len(stories))
    works.redraft("IP-HSG", 360, "Pitch is measured on every way, not only over all.")
    works.close()
    return Played(
        people=tuple(PlayedPerson(p.login, p.name, p.secret, p.roles) for p in plan.people),
        cover=cover_told[0],
        closures=closures_told[0],
        batches=len(stories),
        note=cover.note(),
        recovery=works.recovery,
    )


def _qualify(works: Works) -> None:
    """Qualify for the cover: five for long, the one who decides too; one until last week, to meet the refusal."""
    for login in ("somchai", "wangmin", "chenwei", "linh", "anong"):
        works.qualify(login, "IP-COVER", works.today + timedelta(days=300))
    works.qualify("huy", "IP-COVER", works.today - timedelta(days=5))
