# SPDX-License-Identifier: Apache-2.0
"""What was seen and is gone, and a verification that failed, are said above every page until they are settled."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from qcdesk.domain.anchors import Lost
from qcdesk.gui.problems import Told
from qcdesk.gui.watching import Watching
from qcdesk.services.ports import Keeping, LastVerified, Problem
from tests.gui.screens.conftest import EN, Desk, Remembers, desk, tell, workspace

__all__ = ["desk", "workspace"]


@dataclass
class Said:
    told: dict[str, tuple[Told, bool]] = field(default_factory=dict)
    ways: list[Callable[[], None]] = field(default_factory=list)

    def tell(self, name: str, told: Told, act: str, go: Callable[[], None], *, loud: bool = False) -> None:
        assert act
        self.told[name] = (told, loud)
        self.ways.append(go)

    def take_back(self, name: str) -> None:
        self.told.pop(name, None)


class Kept:
    """A workspace of which this station knows something."""

    def __init__(self, keeping: Keeping) -> None:
        self._keeping = keeping
        self.gone: Lost | None = None
        self.ended: LastVerified | None = None

    def lost(self) -> Lost | None:
        return self.gone

    def last_verified(self) -> LastVerified | None:
        return self.ended

    def __getattr__(self, name: str) -> object:
        return getattr(self._keeping, name)


def watching(desk: Desk) -> tuple[Watching, Kept, Said, list[str]]:
    kept, said, went = Kept(desk.house.use.keeping), Said(), list[str]()
    use = replace(desk.house.use, keeping=kept)  # type: ignore[arg-type]
    failed = desk.problems(Remembers()).show
    return (
        Watching(said, use, desk.tasks, EN, tell, lambda: went.append("verification"), failed),
        kept,
        said,
        went,
    )


def test_workspace_in_order_says_nothing(desk: Desk) -> None:
    one, _kept, said, _went = watching(desk)
    one.look()
    assert said.told == {}


def test_lost_events_are_said_loudly_with_the_way_until_they_are_settled(desk: Desk) -> None:
    one, kept, said, went = watching(desk)
    kept.gone = Lost("missing", 1204, desk.house.use.clock.now(), 1190, 1189)
    one.look()
    told, loud = said.told["lost"]
    assert loud
    assert "1204" in told.fact and "1190" in told.fact
    assert "two people sign" in told.way
    said.ways[-1]()
    assert went == ["verification"]
    kept.gone = None
    one.look()
    assert said.told == {}


def test_failed_verification_is_remembered_until_one_holds(desk: Desk) -> None:
    one, kept, said, _went = watching(desk)
    now = desk.house.use.clock.now()
    kept.ended = LastVerified(now, 90, 2, Problem(7, None, "event_hash", {}))
    one.look()
    told, loud = said.told["broken"]
    assert loud
    assert "2 things did not hold" in told.fact
    assert told.way
    kept.ended = LastVerified(now, 95, 0, None)
    one.look()
    assert said.told == {}


def test_what_is_lost_is_not_said_twice(desk: Desk) -> None:
    one, kept, said, _went = watching(desk)
    now = desk.house.use.clock.now()
    kept.gone = Lost("missing", 1204, now, 1190, 1189)
    kept.ended = LastVerified(now, 90, 1, Problem(None, None, "seen_missing", {"seq": "1204"}))
    one.look()
    assert set(said.told) == {"lost"}
