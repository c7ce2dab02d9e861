# SPDX-License-Identifier: Apache-2.0
"""Plays the imagined batches beside the window, way by way, as soon as the fields make sense; the newest wish wins."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

from qcdesk.domain.inputs import BadInput
from qcdesk.domain.procedures import ProcedureContent
from qcdesk.domain.sampling import ClassRule
from qcdesk.domain.simulating import Imagined, SecondCheck, Simulated, simulate, ways_of
from qcdesk.gui.asking import WhoNow
from qcdesk.gui.collation import in_order
from qcdesk.gui.problems import Problem, Problems
from qcdesk.gui.screens.second_check import texts
from qcdesk.gui.screens.second_check.rows import Choice, Shown
from qcdesk.gui.screens.second_check.wishes import (
    START,
    Fields,
    Wish,
    at_share,
    own_fields,
    rule_fields,
    shares_of,
    wish_of,
)
from qcdesk.gui.tasks import Tasks
from qcdesk.i18n import Catalogue
from qcdesk.services.chart_sheets import ChartSheet
from qcdesk.services.detection_rows import SettledRow
from qcdesk.services.lot_rows import LotRow
from qcdesk.services.use_cases import UseCases
from qcdesk.wording import inputs
from qcdesk.wording.second_checks import NAMES

_ORDER: tuple[SecondCheck, ...] = ("none", "single", "blind", "primed", "split")
_ALONG: tuple[SecondCheck, ...] = ("single", "blind", "split", "primed")
_A_YEAR, _MOST_ROUNDS = 365 * 86_400_000_000, 500
HowFar = Callable[[], tuple[str, float | None]]


class SecondCheckView(Protocol):
    """The page."""

    def values(self) -> dict[str, str]: ...
    def fill(self, values: Mapping[str, str]) -> None: ...
    def show_choices(self, procedures: tuple[Choice, ...]) -> None: ...
    def show_head(self, back: str) -> None: ...
    def show_plan(self, line: str, sources: str) -> None: ...
    def show_running(self, how_far: HowFar) -> None: ...
    def show_answer(self, answer: Shown) -> None: ...
    def show_played(self) -> None: ...
    def show_stopped(self) -> None: ...
    def show_wrong(self, field: str, fact: str) -> None: ...
    def show_problem(self, problem: Problem) -> None: ...


@dataclass(frozen=True, slots=True)
class Origin:
    """Where one came from, with what stood there: fields of this page, a rule, and the words of the way back."""

    fields: Mapping[str, str] = field(default_factory=dict)
    rule: ClassRule | None = None
    words: str = ""
    back: Callable[[], None] | None = None


class Stopped(Exception):
    """Nobody waits for these batches any more."""


@dataclass
class _Run:
    """One wish being played. ``steps``: what is left; ``done``: batches behind it; ``here``: what is played now."""

    wish: Wish
    steps: list[Imagined]
    total: int
    done: int = 0
    now: int = 0
    stopped: bool = False
    here: SecondCheck = "single"
    played: dict[SecondCheck, Simulated] = field(default_factory=dict)
    points: dict[SecondCheck, list[Simulated]] = field(default_factory=dict)

    def tell(self, done: int) -> None:
        """Remember how far it is; on another thread. Raises: Stopped."""
        self.now = done
        if self.stopped:
            raise Stopped


class SecondCheckPresenter:
    """The page."""

    def __init__(
        self,
        view: SecondCheckView,
        use: UseCases,
        tasks: Tasks,
        words: Catalogue,
        problems: Problems,
        who: WhoNow,
        paper: Callable[[ChartSheet, str], None],
    ) -> None:
        self._view, self._use, self._tasks, self._words = view, use, tasks, words
        self._problems, self._who, self._paper = problems, who, paper
        self._origin = Origin()
        self._fields: dict[str, str] = dict(START)
        self._own: dict[str, str] = {}
        self._given: dict[str, str] = {}
        self._contents: dict[str, ProcedureContent] = {}
        self._lots = self._rounds = 0
        self._run: _Run | None = None
        self._answer: Shown | None = None

    # opening --------------------------------------------------------------------------------------------------------

    def open(self, origin: Origin | None = None) -> None:
        """Show the page with the workspace's own figures, and with what one came from."""
        self._origin = origin or Origin()
        self._view.show_head(self._origin.words)
        today = self._use.clock.today()

        def load() -> dict[str, ProcedureContent]:
            newest: dict[str, tuple[int, ProcedureContent]] = {}
            for row in self._use.read.procedures(today):
                version = row.version
                if version.state != "retired" and version.version > newest.get(version.code, (0, None))[0]:
                    newest[version.code] = version.version, version.content
            return {code: newest[code][1] for code in in_order(newest, str)}

        self._tasks.run(load, self._opened, self._problems.show, latest="second_check_procedures")

    def again(self) -> None:
        """Try again what failed."""
        self.open(self._origin)

    def back(self) -> None:
        """Go back to where one came from."""
        if self._origin.back is not None:
            self._origin.back()

    def _opened(self, contents: dict[str, ProcedureContent]) -> None:
        self._contents = contents
        none = self._words.say("none")
        self._view.show_choices((("", none), *((code, code) for code in contents)))
        rule = self._origin.rule
        given = {**(rule_fields(rule) if rule is not None else {}), **self._origin.fields}
        if rule is not None or "kind" in given:
            given = {"procedure": "", "severity": "normal", **given}
        if given.get("procedure") not in ("", *contents):
            given.pop("procedure", None)
        self._given = given
        fields = {**self._fields, **given}
        if "kind" not in given:
            fields |= self._rule_of(fields)
        self._fields = fields
        self._view.fill(fields)
        self._load_own()

    def _rule_of(self, fields: Fields) -> dict[str, str]:
        content = self._contents.get(fields.get("procedure", ""))
        for rule in content.rules if content else ():
            if rule.defect_class == fields.get("class"):
                return rule_fields(rule)
        return {}

    # own figures ----------------------------------------------------------------------------------------------------

    def _load_own(self) -> None:
        code = self._fields.get("procedure", "")
        content = self._contents.get(code)
        products = content.products if content else ()
        person, now = self._who().person, self._use.clock.now()

        def load() -> tuple[tuple[LotRow, ...], tuple[SettledRow, ...]]:
            page = self._use.read.detection(person, now - _A_YEAR, now + 1, most=_MOST_ROUNDS)
            rows = [row for row in page.rows if code in ("", row.procedure)]
            # Who may not see what others find, sees no pair whole, and goes by what is assumed.
            return self._use.read.lots(products=products), tuple(rows) if page.everybody else ()

        self._tasks.run(
            load, lambda found: self._loaded(*found), self._problems.show, latest="second_check_own"
        )

    def _loaded(self, lots: tuple[LotRow, ...], settled: tuple[SettledRow, ...]) -> None:
        before, self._own = self._own, own_fields(lots, settled, self._fields.get("class", "major"))
        self._lots, self._rounds = len(lots), len(settled)
        for code in {*before, *self._own} - {*self._given}:
            if self._fields.get(code) in (before.get(code), START[code]):  # nobody typed something else
                self._fields[code] = self._own.get(code, START[code])
        self._view.fill(self._fields)
        self._compute()

    def changed(self, fields: Mapping[str, str]) -> None:
        """Something was typed or chosen."""
        before, self._fields = self._fields, dict(fields)
        self._given = {}
        if any(before.get(key) != fields.get(key) for key in ("procedure", "class")):
            if rule := self._rule_of(self._fields):
                self._fields |= rule
                self._view.fill(self._fields)
            self._load_own()
        else:
            self._compute()

    # the play -------------------------------------------------------------------------------------------------------

    def _compute(self) -> None:
        self.stop_quietly()
        try:
            wish = wish_of(self._fields)
        except BadInput as bad:
            self._run = None
            self._view.show_wrong(str(bad.where.get("field", "")), str(inputs.tell(bad, self._words)))
            return
        ways = ways_of(wish.imagined.rule)
        steps = [replace(wish.imagined, mode=way) for way in _ORDER if way in ways]
        along = [
            way for way in _ALONG if way in ways and (way != "primed" or wish.imagined.primed_detect > 0)
        ]
        steps += [replace(at_share(wish, share), mode=way) for share in shares_of(wish) for way in along]
        self._run = _Run(wish, steps, sum(one.lots for one in steps if one.mode != "none"))
        sources = texts.sources(self._fields, self._own, self._lots, self._rounds, self._words)
        self._view.show_plan(texts.plan_line(wish.plan, self._words), sources)
        self._view.show_running(self._how_far)
        self._next(self._run)

    def _how_far(self) -> tuple[str, float | None]:
        run = self._run
        if run is None:
            return "", None
        words = self._words
        said = words.say(
            "Playing the batches: {way}",
            way=words.say("other shares of bad units")
            if len(run.played) == len(ways_of(run.wish.imagined.rule))
            else words.say(NAMES[run.here]),
        )
        return said, min(1.0, (run.done + run.now) / max(1, run.total))

    def _next(self, run: _Run) -> None:
        if not run.steps:
            self._view.show_played()
            return
        step = run.steps.pop(0)
        run.here, run.now = step.mode, 0
        self._tasks.render(
            lambda: simulate(step, run.tell),
            lambda found: self._came(run, found),
            lambda cause: self._failed(run, cause),
            latest="second_check",
        )

    def _came(self, run: _Run, found: Simulated) -> None:
        if run is not self._run:
            return
        if found.of.mode not in run.played:
            run.played[found.of.mode] = found
        else:
            run.points.setdefault(found.of.mode, []).append(found)
        run.done += found.of.lots if found.of.mode != "none" else 0
        run.now = 0
        along = bool(run.steps) and run.steps[0].bad_rate == found.of.bad_rate and bool(run.points)
        if not along or run.stopped:  # the ways of one share come together
            self._answer = texts.shown(run.wish, run.played, run.points, self._words)
            self._view.show_answer(self._answer)
        if run.stopped:
            self._view.show_stopped()
        else:
            self._next(run)

    def _failed(self, run: _Run, cause: Exception) -> None:
        if run is not self._run:
            return
        if isinstance(cause, Stopped):
            self._view.show_stopped()
        else:
            self._view.show_played()
            self._problems.show(cause)

    def stop_quietly(self) -> None:
        """Play on for nobody: another wish came, or the window closes."""
        if self._run is not None:
            self._run.stopped = True

    def stop(self) -> None:
        """Stop; what was played stays."""
        self.stop_quietly()

    def play_on(self) -> None:
        """Play what was left when it was stopped."""
        self._compute()

    # paper ----------------------------------------------------------------------------------------------------------

    def print_sheet(self) -> None:
        """Show what came of it as paper shows it."""
        run, answer = self._run, self._answer
        if run is None or answer is None or not answer.sentence:
            return
        sheet = texts.sheet_of(run.wish, answer, run.played, self._words)
        self._paper(sheet, self._words.say("Back to the second check"))
