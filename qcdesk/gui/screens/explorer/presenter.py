# SPDX-License-Identifier: Apache-2.0
"""What a plan lets through, redrawn as it is chosen; the chosen one goes into a procedure as a rule of its class."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol

from qcdesk.domain.inputs import BadInput
from qcdesk.domain.procedures import ProcedureContent
from qcdesk.domain.sampling import BY_SERIOUSNESS, ClassRule, DefectClass, plans_for
from qcdesk.gui.collation import by_words, in_order
from qcdesk.gui.problems import Problem, Problems
from qcdesk.gui.screens.explorer import texts
from qcdesk.gui.screens.explorer.charting import chart_of
from qcdesk.gui.screens.explorer.figures import (
    Figures,
    Real,
    figures_of,
    passes,
    real_of,
    seconds_a_unit,
    units_at,
)
from qcdesk.gui.screens.explorer.plans import Fields, Looked, beside, looked_at
from qcdesk.gui.screens.explorer.printing import sheet_of
from qcdesk.gui.screens.explorer.rows import Choices, Explored, PlanRow, Use
from qcdesk.gui.tasks import Tasks
from qcdesk.i18n import Catalogue
from qcdesk.services.chart_sheets import ChartSheet
from qcdesk.services.lot_rows import LotRow
from qcdesk.services.use_cases import UseCases
from qcdesk.statistics.risk_models import BadPlan
from qcdesk.wording import inputs, states
from qcdesk.wording.spelling import fixed

MOST_PLANS: Final = 4
ALL_SUPPLIERS: Final = "all"
_OF_RULE: Final = ("kind", "aql", "level", "n", "standard", "plan_type")


class ExplorerView(Protocol):
    """The page."""

    def values(self) -> dict[str, str]: ...
    def fill(self, values: Mapping[str, str]) -> None: ...
    def show_choices(self, choices: Choices) -> None: ...
    def show_head(self, back: str, note: str, use: str) -> None: ...
    def show_working(self) -> None: ...
    def show_answer(self, answer: Explored) -> None: ...
    def show_wrong(self, field: str, fact: str) -> None: ...
    def show_refused(self, fact: str, way: str) -> None: ...
    def show_problem(self, problem: Problem) -> None: ...


@dataclass(frozen=True, slots=True)
class Origin:
    """Where one came from: a procedure, one of its classes, and (while it is written) its rules by class and the lot.

    ``writing``: its form is open and waits for the plan.
    """

    procedure: str = ""
    defect_class: str = "major"
    rules: Mapping[str, Mapping[str, str]] | None = None
    lot: str = ""
    writing: bool = False


@dataclass(frozen=True)
class ExplorerWays:
    """Where one goes from here: ``use`` with the plan, ``back`` to where one came from, ``paper`` with a sheet to print.

    ``paper`` takes the words of the way back, too. ``second``: what a second check buys, with fields of the plan.
    """

    use: Callable[[Use, Origin], None]
    back: Callable[[Origin], None]
    paper: Callable[[ChartSheet, str], None]
    second: Callable[[Mapping[str, str]], None] = lambda _fields: None


@dataclass(frozen=True, slots=True)
class _Asked:
    """All that an answer is computed from."""

    fields: Fields
    kept: tuple[Fields, ...]
    defect_class: DefectClass
    content: ProcedureContent | None
    lots: tuple[LotRow, ...]
    timed: tuple[LotRow, ...]
    who: str


class ExplorerPresenter:
    """Computes beside the window's thread; a newer question drops an older answer."""

    def __init__(
        self,
        view: ExplorerView,
        use: UseCases,
        tasks: Tasks,
        words: Catalogue,
        problems: Problems,
        ways: ExplorerWays,
    ) -> None:
        self._view = view
        self._use = use
        self._tasks = tasks
        self._words = words
        self._problems = problems
        self._ways = ways
        self._origin = Origin()
        self._fields: dict[str, str] = {}
        self._kept: list[Fields] = []
        self._contents: dict[str, ProcedureContent] = {}
        self._suppliers: dict[str, str] = {}
        self._lots: tuple[LotRow, ...] = ()
        self._timed: tuple[LotRow, ...] = ()
        self._looked: Looked | None = None
        self._sheet: ChartSheet | None = None
        self._about = ""
        self._asked: _Asked | None = None

    def open(self, origin: Origin | None = None) -> None:
        """Begin; with a procedure's class, from the rule that stands there."""
        self._origin = origin or Origin()
        self._kept = []
        today = self._use.clock.today()

        def load() -> tuple[dict[str, ProcedureContent], dict[str, str]]:
            newest: dict[str, tuple[int, ProcedureContent]] = {}
            for row in self._use.read.procedures(today):
                version = row.version
                if version.state != "retired" and version.version > newest.get(version.code, (0, None))[0]:
                    newest[version.code] = version.version, version.content
            suppliers = dict(by_words((one.supplier, one.name) for one in self._use.read.lot_suppliers()))
            return {code: newest[code][1] for code in in_order(newest, str)}, suppliers

        self._tasks.run(load, lambda found: self._opened(*found), self._problems.show, latest="explorer")

    def again(self) -> None:
        """Try again what failed."""
        self.open(self._origin)

    def _opened(self, contents: dict[str, ProcedureContent], suppliers: dict[str, str]) -> None:
        say, origin = self._words.say, self._origin
        self._contents, self._suppliers = contents, suppliers
        self._view.show_choices(
            Choices(
                (("", say("none")), *((code, code) for code in contents)),
                (("", say("nobody")), (ALL_SUPPLIERS, say("all suppliers")), *suppliers.items()),
            )
        )
        given = {"procedure": origin.procedure if origin.procedure in contents else ""}
        given["class"] = origin.defect_class
        if origin.lot:
            given["lot_size"] = origin.lot
        rule = self._rule_of(given["procedure"], origin.defect_class)
        self._view.fill({**given, **(_fields_of(rule) if rule else {})})
        self._fields = self._view.values()
        self._load_lots()

    def _rule_of(self, code: str, defect_class: str) -> Mapping[str, str] | None:
        """Return the rule of a class: as it stands in the form that waits, else as it is saved."""
        origin = self._origin
        if origin.rules is not None and code == (
            origin.procedure if origin.procedure in self._contents else ""
        ):
            return origin.rules.get(defect_class)
        content = self._contents.get(code)
        rules = content.rules if content else ()
        found = next((rule for rule in rules if rule.defect_class == defect_class), None)
        return rule_fields(found) if found is not None else None

    def changed(self, fields: Mapping[str, str]) -> None:
        """Something was typed or chosen."""
        before, self._fields = self._fields, dict(fields)
        new_rule = any(before.get(key) != fields.get(key) for key in ("procedure", "class"))
        if new_rule and (rule := self._rule_of(fields["procedure"], fields["class"])):
            self._view.fill(_fields_of(rule))
            self._fields = self._view.values()
        if any(before.get(key) != fields.get(key) for key in ("procedure", "supplier")):
            self._load_lots()
        else:
            self._compute()

    def take(self, fields: Fields) -> None:
        """Look at a plan of the table; the one before stays in view."""
        if self._looked is not None and self._looked.fields not in self._kept:
            self._kept = [each for each in (*self._kept, self._looked.fields) if each != fields][
                -(MOST_PLANS - 1) :
            ]
        self._view.fill({key: fields[key] for key in fields if key not in ("procedure", "class", "supplier")})
        self._fields = self._view.values()
        self._compute()

    def keep(self) -> None:
        """Keep the plan in view beside those that are looked at next."""
        if self._looked is not None and self._looked.fields not in self._kept:
            self._kept = [*self._kept, self._looked.fields][-(MOST_PLANS - 1) :]
            self._compute()

    def clear(self) -> None:
        """Compare with nothing that was kept."""
        self._kept = []
        self._compute()

    def back(self) -> None:
        """Go back to where one came from; nothing is changed there."""
        self._ways.back(self._origin)

    # the lots -------------------------------------------------------------------------------------------------------

    def _load_lots(self) -> None:
        supplier = self._fields.get("supplier", "")
        content = self._contents.get(self._fields.get("procedure", ""))
        products = content.products if content else ()
        of = supplier if supplier != ALL_SUPPLIERS else ""

        def load() -> tuple[tuple[LotRow, ...], tuple[LotRow, ...]]:
            timed = self._use.read.lots(products=products)
            if not supplier:
                return (), timed
            return self._use.read.lots(of, products) if of else timed, timed

        self._tasks.run(load, lambda found: self._loaded(*found), self._problems.show, latest="explorer_lots")

    def _loaded(self, lots: tuple[LotRow, ...], timed: tuple[LotRow, ...]) -> None:
        self._lots, self._timed = lots, timed
        self._compute()

    # the answer -----------------------------------------------------------------------------------------------------

    def _compute(self) -> None:
        fields, words = dict(self._fields), self._words
        defect_class: DefectClass = next(
            (each for each in BY_SERIOUSNESS if each == fields.get("class")), "major"
        )
        supplier = fields.get("supplier", "")
        asked = _Asked(
            fields,
            tuple(self._kept),
            defect_class,
            self._contents.get(fields.get("procedure", "")),
            self._lots,
            self._timed,
            self._suppliers.get(supplier, words.say("All suppliers")) if supplier else "",
        )
        self._head()
        self._asked = asked

        def work() -> tuple[Looked, Explored, ChartSheet] | None:
            return (
                answer_of(asked, words) if asked is self._asked else None
            )  # what nobody waits for is not computed

        self._view.show_working()
        self._tasks.render(work, self._answered, self._failed, latest="explorer")

    def _head(self) -> None:
        say, origin = self._words.say, self._origin
        code = self._fields.get("procedure", "")
        back = say("Procedure {code}", code=origin.procedure) if origin.procedure else say("Procedures")
        name = states.defect_class(self._fields.get("class", "major"), self._words)
        content = self._contents.get(code)
        note = say("{title} · {defect_class}", title=content.title, defect_class=name) if content else name
        self._about = note
        use = say("Use in {code}", code=code) if code else say("Use in procedure")
        if origin.writing:
            back = say("The procedure as you write it")
            use = say("Use in the procedure")
        self._view.show_head(back, note, use)

    def _answered(self, found: tuple[Looked, Explored, ChartSheet] | None) -> None:
        if found is None:
            return
        self._looked, answer, self._sheet = found
        self._view.show_answer(answer)

    def print_sheet(self) -> None:
        """Show the plan and those beside it as paper shows them."""
        say = self._words.say
        if self._looked is None or self._sheet is None:
            self._view.show_refused(say("There is no plan yet."), say("Fill in what is marked."))
            return
        self._ways.paper(replace(self._sheet, about=self._about), say("Back to the plan"))

    def _failed(self, cause: Exception) -> None:
        if isinstance(cause, BadInput):
            self._looked = None
            told = inputs.tell(cause, self._words)
            self._view.show_wrong(str(cause.where.get("field", "")), str(told))
        else:
            self._problems.show(cause)

    def second_check(self) -> None:
        """Ask what a second check buys by this plan."""
        say, looked = self._words.say, self._looked
        if looked is None:
            self._view.show_refused(say("There is no plan yet."), say("Fill in what is marked."))
        elif looked.rule is None or looked.lot is None:
            self._view.show_refused(*_why_not(looked, self._words))
        else:
            kept = {key: self._fields.get(key, "") for key in ("procedure", "class")}
            severity = self._fields.get("severity") or "normal" if looked.way == "aql" else "normal"
            rule = {key: value for key, value in looked.rule.items() if value or key == "n"}
            self._ways.second({**rule, **kept, "severity": severity, "lot_size": str(looked.lot)})

    # use ------------------------------------------------------------------------------------------------------------

    def use(self) -> None:
        """Bring the plan into the procedure, as the rule of its class."""
        say, origin = self._words.say, self._origin
        code, defect_class = self._fields.get("procedure", ""), self._fields.get("class", "major")
        if self._looked is None:
            self._view.show_refused(say("There is no plan yet."), say("Fill in what is marked."))
            return
        if self._looked.rule is None:
            self._view.show_refused(*_why_not(self._looked, self._words))
            return
        if not code and not origin.writing:
            self._view.show_wrong("procedure", say("Choose the procedure that takes it."))
            return
        target = origin.procedure if origin.writing else code
        self._ways.use(Use(target, defect_class, dict(self._looked.rule)), origin)


def rule_fields(rule: ClassRule) -> Mapping[str, str]:
    """Return a class rule as the fields of a procedure's form."""
    return {
        "kind": rule.kind,
        "aql": "" if rule.aql is None else str(rule.aql),
        "level": rule.level,
        "n": "" if rule.n is None else str(rule.n),
        "standard": rule.standard,
        "plan_type": rule.plan_type,
    }


def _fields_of(rule: Mapping[str, str]) -> dict[str, str]:
    """Return the fields of this page that ask for what a class rule asks for."""
    kind = rule.get("kind", "")
    if not kind:
        return {}
    way = "all" if kind == "zero" and not rule.get("n") and not rule.get("aql") else kind
    found = {"way": way, **{key: rule[key] for key in _OF_RULE if key != "kind" and rule.get(key)}}
    if kind == "zero":
        found["n"] = rule.get("n", "")
    return found


def _why_not(looked: Looked, words: Catalogue) -> tuple[str, str]:
    say = words.say
    if looked.way == "share":
        return (
            say(
                "A procedure takes no share of the lot: it would pass the same goods more often in a small lot."
            ),
            say("Choose an AQL, or a number of units with c = 0."),
        )
    return (
        say("A procedure asks for an AQL, for c = 0 or for 100 %, not for these numbers."),
        say("Choose one of those that comes near; the table helps to compare."),
    )


def answer_of(asked: _Asked, words: Catalogue) -> tuple[Looked, Explored, ChartSheet]:
    """Return the plan, all that is shown of it, and the sheet that is printed of it.

    Raises: BadInput: with the field.
    """
    looked = looked_at(asked.fields, asked.defect_class)
    try:
        figures = figures_of(looked.stages, looked.lot, looked.basis)
    except BadPlan as bad:
        raise BadInput(bad.code, facts=bad.facts, where={"field": "lot_size"}) from bad
    others = _beside(looked, asked)
    real = real_of(asked.lots, asked.defect_class, looked.basis)
    lines = _lines(looked, figures, real, asked, words)
    shown = [looked, *(other for other, _ in others)]
    seconds = seconds_a_unit(asked.timed)
    rows = [_row(looked, seconds, words, here=True)]
    rows += [_row(other, seconds, words, kept=kept) for other, kept in others]
    note = ""
    if seconds is not None:
        note = words.count("time from the last {n} lot", "time from the last {n} lots", len(asked.timed))
    warning = texts.share_warning(looked, figures.bad.p, words) if looked.way == "share" else ""
    answer = Explored(
        texts.sentence(looked, words),
        lines,
        warning,
        texts.source(looked, words),
        _other_classes(looked, asked, words),
        chart_of(looked, shown[1:], real, asked.who, lines, words),
        tuple(rows),
        note,
    )
    return looked, answer, sheet_of(looked, shown[1:], real, asked.who, answer, words)


def _beside(looked: Looked, asked: _Asked) -> list[tuple[Looked, bool]]:
    """Return the plans to compare with: those kept, then the natural neighbours; none twice."""
    found: list[tuple[Looked, bool]] = []
    seen = {(looked.stages, looked.lot)}
    kept = [(fields, True) for fields in reversed(asked.kept)]
    near = [(fields, False) for fields in beside(looked)]
    for fields, by_hand in (*kept, *near):
        try:
            other = looked_at({**fields, "lot_size": asked.fields.get("lot_size", "")}, asked.defect_class)
            figures_of(other.stages, other.lot, other.basis)
        except (BadInput, BadPlan):
            continue
        if (other.stages, other.lot) not in seen and len(found) < MOST_PLANS - 1:
            seen.add((other.stages, other.lot))
            found.append((other, by_hand))
    return found


def _lines(
    looked: Looked, figures: Figures, real: Real | None, asked: _Asked, words: Catalogue
) -> tuple[str, ...]:
    both = words.say(
        "{first} {second}",
        first=texts.batch_passes(figures.good, looked.basis, words),
        second=texts.batch_passes(figures.bad, looked.basis, words, still=True),
    )
    lines = [both]
    if looked.design is not None and not looked.design.meets:
        lines.append(
            words.say(
                "It cannot keep both points: goods as good as you named fail {often}.",
                often=texts.times(looked.design.producer_risk, words),
            )
        )
    staged = texts.stages_in_words(looked, words)
    if staged:
        lines.append(staged)
    if real is not None:
        lines.append(texts.real_sentence(real, asked.who, passes(looked, real.rate), words))
    elif asked.who:
        lines.append(words.say("{who}: no lot with a verdict in this class yet.", who=asked.who))
    return tuple(lines[:3])


def _row(
    looked: Looked, seconds: float | None, words: Catalogue, *, here: bool = False, kept: bool = False
) -> PlanRow:
    figures = figures_of(looked.stages, looked.lot, looked.basis)
    average = units_at(looked, figures.good.p)
    return PlanRow(
        looked.name,
        texts.how(looked, words),
        texts.short(figures.good.p, looked.basis, words),
        texts.short(figures.bad.p, looked.basis, words),
        texts.short(figures.outgoing.aoql, looked.basis, words),
        fixed(average, 0, words),
        texts.duration(seconds * average, words) if seconds is not None else words.say("not known"),
        looked.fields,
        here,
        kept,
    )


def _other_classes(looked: Looked, asked: _Asked, words: Catalogue) -> str:
    """Return what the other classes of the procedure would have in the same lot."""
    content = asked.content
    if content is None or looked.lot is None:
        return ""
    rules: Sequence[ClassRule] = [rule for rule in content.rules if rule.defect_class != asked.defect_class]
    if not rules:
        return ""
    try:
        plan = plans_for(rules, looked.lot, "normal")
    except BadInput:
        return ""
    parts = [
        words.say(
            "{defect_class} {n} units, {ac}/{re}",
            defect_class=states.defect_class(one.defect_class, words),
            n=one.n,
            ac=one.ac,
            re=one.re,
        )
        for one in plan.classes
    ]
    line = parts[0]
    for part in parts[1:]:
        line = words.say("{before} · {part}", before=line, part=part)
    return words.say("Other classes of the procedure: {line}", line=line)
