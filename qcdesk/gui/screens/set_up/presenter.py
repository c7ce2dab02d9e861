# SPDX-License-Identifier: Apache-2.0
"""Opens an empty workspace with its first two people."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from qcdesk.domain.inputs import BadInput
from qcdesk.domain.names import clean_login, clean_name
from qcdesk.domain.refusals import Refusal
from qcdesk.gui.asking import Once, ShowOnce
from qcdesk.gui.badge_cards import badge_card
from qcdesk.gui.problems import Problem, Problems
from qcdesk.gui.tasks import Tasks
from qcdesk.i18n import Catalogue
from qcdesk.services.enrol_people import Founder
from qcdesk.services.trouble import Trouble
from qcdesk.services.use_cases import UseCases

PLACES = ("first", "second")


class SetUpView(Protocol):
    """The first start."""

    def open_form(self) -> None: ...
    def show_working(self, working: bool) -> None: ...
    def show_code(self, code: str, site: str) -> None: ...
    def show_problem(self, problem: Problem) -> None: ...


@dataclass(frozen=True)
class _Made:
    """The recovery code, the site's fingerprint, the badges that were made with it, and why one was not."""

    code: str = field(repr=False)
    site: str
    badges: tuple[Once, ...] = field(repr=False)
    failed: Exception | None = None


class SetUpPresenter:
    """The recovery code passes through here once and is not kept; badges only until each was put away."""

    def __init__(
        self,
        view: SetUpView,
        use: UseCases,
        tasks: Tasks,
        problems: Problems,
        words: Catalogue,
        show_once: ShowOnce,
        opened: Callable[[], None],
    ) -> None:
        self._view = view
        self._use = use
        self._tasks = tasks
        self._problems = problems
        self._words = words
        self._show_once = show_once
        self._opened = opened
        self._badges: list[Once] = []

    def open(self) -> None:
        """Show the empty fields."""
        self._view.open_form()

    def begin(self, values: Mapping[str, str], secrets: Mapping[str, str]) -> None:
        """Open the workspace; whatever is wrong is said beside its field."""

        def work() -> _Made:
            shop = clean_name(values["shop"], field="shop")
            owner, second = founders = tuple(_founder(place, values, secrets) for place in PLACES)
            pins = [self._pin(place, one, secrets) for place, one in zip(PLACES, founders, strict=True)]
            try:
                code, hands = self._use.open_workspace(shop=shop, owner=owner, second=second)
            except BadInput as bad:
                raise self._placed(bad, owner, second) from bad
            site = self._use.keeping.fingerprint()
            badges: list[Once] = []
            for founder, own, beside, pin in zip(founders, hands, hands[::-1], pins, strict=True):
                if not pin:
                    continue
                try:
                    issued = self._use.issue_badge(own, beside, pin)
                except (Refusal, Trouble) as cause:  # the shop is open all the same
                    return _Made(code, site, tuple(badges), cause)
                badges.append(badge_card(issued, founder.name, founder.staff, self._words))
            return _Made(code, site, tuple(badges))

        self._view.show_working(True)
        self._tasks.run(work, self._made, self._problems.show)

    def _made(self, made: _Made) -> None:
        self._badges = list(made.badges)
        self._view.show_code(made.code, made.site)
        if made.failed is not None:
            self._problems.show(made.failed)

    def _pin(self, place: str, founder: Founder, secrets: Mapping[str, str]) -> str:
        """Return the PIN of somebody's badge, empty for none; what is easy to guess is refused before anybody signs."""
        pin = secrets[f"{place}_pin"]
        if pin != secrets[f"{place}_pin_again"]:
            raise BadInput("pin_differs", where={"field": f"{place}_pin_again"})
        if not pin:
            return ""
        new, keys = self._use.ids.new, self._use.keys
        try:
            made = keys.make(new(), new(), founder.login, founder.secret)
        except BadInput as bad:
            raise BadInput(bad.code, facts=bad.facts, where={"field": f"{place}_secret"}) from bad
        try:
            keys.new_badge(new(), founder.name, made.hand, pin)
        except BadInput as bad:
            raise BadInput(bad.code, facts=bad.facts, where={"field": f"{place}_pin"}) from bad
        return pin

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
        """Show the badges one after the other, then go on to sign in."""
        if self._badges:
            self._show_once(self._badges.pop(0), self.put_away)
        else:
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
