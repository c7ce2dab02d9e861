# SPDX-License-Identifier: Apache-2.0
"""Opens an empty workspace with its first two people."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from qcdesk.domain.inputs import BadInput
from qcdesk.domain.names import clean_login, clean_name
from qcdesk.gui.problems import Problem, Problems
from qcdesk.gui.tasks import Tasks
from qcdesk.services.enrol_people import Founder
from qcdesk.services.use_cases import UseCases

PLACES = ("first", "second")


class SetUpView(Protocol):
    """The first start."""

    def open_form(self) -> None: ...
    def show_working(self, working: bool) -> None: ...
    def show_code(self, code: str) -> None: ...
    def show_problem(self, problem: Problem) -> None: ...


class SetUpPresenter:
    """The recovery code passes through here once and is not kept."""

    def __init__(
        self,
        view: SetUpView,
        use: UseCases,
        tasks: Tasks,
        problems: Problems,
        opened: Callable[[], None],
    ) -> None:
        self._view = view
        self._use = use
        self._tasks = tasks
        self._problems = problems
        self._opened = opened

    def open(self) -> None:
        """Show the empty fields."""
        self._view.open_form()

    def begin(self, values: Mapping[str, str], secrets: Mapping[str, str]) -> None:
        """Open the workspace; whatever is wrong is said beside its field."""

        def work() -> str:
            shop = clean_name(values["shop"], field="shop")
            owner, second = (_founder(place, values, secrets) for place in PLACES)
            try:
                code, _ = self._use.open_workspace(shop=shop, owner=owner, second=second)
            except BadInput as bad:
                raise self._placed(bad, owner, second) from bad
            return code

        self._view.show_working(True)
        self._tasks.run(work, self._view.show_code, self._problems.show)

    def _placed(self, bad: BadInput, owner: Founder, second: Founder) -> BadInput:
        """Return the problem with the place of whose password it is: what was refused does not say."""
        field = str(bad.where.get("field", ""))
        if field == "secret":
            field = "second_secret"
            try:
                self._use.keys.make(self._use.ids.new(), self._use.ids.new(), owner.login, owner.secret)
            except BadInput:
                field = "first_secret"
        return BadInput(bad.code, facts=bad.facts, where={**bad.where, "field": field})

    def put_away(self) -> None:
        """Go on to sign in."""
        self._opened()


def _founder(place: str, values: Mapping[str, str], secrets: Mapping[str, str]) -> Founder:
    name = clean_name(values[f"{place}_name"], field=f"{place}_name")
    try:
        login = clean_login(values[f"{place}_login"])
    except BadInput as bad:
        raise BadInput(bad.code, facts=bad.facts, where={"field": f"{place}_login"}) from bad
    secret = secrets[f"{place}_secret"]
    if not secret:
        raise BadInput("missing", where={"field": f"{place}_secret"})
    if secret != secrets[f"{place}_again"]:
        raise BadInput("secret_differs", where={"field": f"{place}_again"})
    return Founder(login=login, name=name, secret=secret)
