# SPDX-License-Identifier: Apache-2.0
"""A real workspace under presenters whose views only remember what they were told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QBuffer, Qt
from PySide6.QtGui import QImage

from qcdesk import bootstrap
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import Refusal
from qcdesk.gui.asking import Asking, Once, Who
from qcdesk.gui.problems import Problem, Problems, Told
from qcdesk.gui.tasks import ImmediateTasks
from qcdesk.i18n import Catalogue
from qcdesk.services.pin_sittings import PinSitting
from qcdesk.services.trouble import Trouble
from qcdesk.wording import problems as wording
from tests.workspace import STATION, HandClock, House, cheap_keys, connect, laid, move_in

EN = Catalogue()


def picture() -> bytes:
    """Return a small picture."""
    image, buffer = QImage(64, 48, QImage.Format.Format_RGB32), QBuffer()
    image.fill(Qt.GlobalColor.darkGray)
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


class Remembers:
    """Stands for a view: every call is kept under its name, the newest last."""

    def __init__(self, **answers: object) -> None:
        self.told: dict[str, list[Any]] = {}
        self.problems: list[Problem] = []
        self._answers = answers

    def show_problem(self, problem: Problem) -> None:
        self.problems.append(problem)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the view would have
        def call(*args: object, **named: object) -> object:
            self.told.setdefault(name, []).append(args[0] if len(args) == 1 and not named else (*args, named))
            answer = self._answers.get(name)
            return answer(*args, **named) if callable(answer) else answer

        return call

    def last(self, name: str) -> Any:  # noqa: ANN401 - whatever the view was told
        return self.told[name][-1]


def tell(cause: Exception) -> Told:
    """Return a problem in words."""
    assert isinstance(cause, Refusal | BadInput | Trouble)
    said = wording.tell(cause, EN)
    return Told(said.fact, said.way)


@dataclass
class Desk:
    """What a presenter is given, with Linh signed in; sheets are answered by ``answers`` and both people's hands."""

    house: House
    login: str = "linh"
    notices: list[str] = field(default_factory=list)
    asked: list[Asking] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    tasks: ImmediateTasks = field(default_factory=ImmediateTasks)
    pin: PinSitting | None = None
    shown: list[Once] = field(default_factory=list)

    def who(self) -> Who:
        sitting = self.house.sittings[self.login]
        return Who(sitting, self.login, "Nguyễn Thị Linh", "Owner", pin=self.pin)

    def problems(self, view: Remembers) -> Problems:
        return Problems(tell, EN, view)

    def hands(self, other: bool) -> tuple[Any, ...]:
        first = self.house.hands[self.login]
        second = self.house.hands["som" if self.login == "linh" else "linh"]
        return (first, second) if other else (first,)

    def show_once(self, once: Once, go_on: Callable[[], None] = lambda: None) -> None:
        self.shown.append(once)
        go_on()

    def ask(self, asking: Asking, work: Any, done: Any) -> None:  # noqa: ANN401 - whatever is asked for
        self.asked.append(asking)
        hands = self.hands(asking.other) if asking.secret else ()
        done(work({question.code: question.value for question in asking.questions} | self.answers, hands))

    def ask_secret(
        self,
        meaning: str,
        work: Callable[[tuple[Any, ...]], Any],
        done: Callable[[Any], None],
        *,
        other: bool = False,
        button: str = "",
    ) -> None:
        self.asked.append(Asking(button, meaning, button, other=other))
        done(work(self.hands(other)))


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[bootstrap.Workspace]:
    """An empty workspace, as the program builds it."""
    folder = tmp_path / "workspace"
    laid(folder).dispose()
    built = bootstrap.open_workspace(
        str(folder), create=True, keys=cheap_keys(), clock=HandClock(), station=STATION
    )
    yield built
    built.close()


@pytest.fixture
def desk(workspace: bootstrap.Workspace) -> Iterator[Desk]:
    """A workspace with Linh and Som, a supplier, a product and an approved procedure."""
    database, use = connect(workspace.location), workspace.use
    clock = use.clock
    assert isinstance(clock, HandClock)
    ports = ("read", "own", "review", "files", "keeping", "printing", "importing")
    yield Desk(move_in(database, clock, **{name: getattr(use, name) for name in ports}))
    database.dispose()
