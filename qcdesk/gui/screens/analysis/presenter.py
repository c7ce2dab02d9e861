# SPDX-License-Identifier: Apache-2.0
"""Reads what is chosen, has it computed beside the window's thread, and leads from a point to its batch."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from qcdesk.gui.collation import by_words
from qcdesk.gui.problems import Problem, Problems
from qcdesk.gui.screens.analysis import texts
from qcdesk.gui.screens.analysis.answering import Answer, Asked, Data, answer_of, chosen_of
from qcdesk.gui.screens.analysis.periods import base_of, crossed, period_of
from qcdesk.gui.screens.analysis.printing import sheet_of
from qcdesk.gui.screens.analysis.rows import (
    Analysed,
    Choice,
    Choices,
    Chosen,
    Fields,
    Listed,
    Listing,
    Nothing,
    Origin,
    Spot,
)
from qcdesk.gui.tasks import Tasks
from qcdesk.i18n import Catalogue, mark
from qcdesk.services.analysis_charts import COUNT_KINDS, READING_KINDS
from qcdesk.services.analysis_rows import (
    OWN_GOODS,
    AnalysisChoices,
    AnalysisWish,
    CharacteristicChoice,
    LotCounts,
    ProductChoice,
    ReadingColumns,
    Whose,
)
from qcdesk.services.chart_sheets import ChartSheet
from qcdesk.services.use_cases import UseCases

FOUND = "found"
"""What is charted where it is not a characteristic: what was found, lot by lot."""
WHEN_IT_COUNTS: Final = mark(
    "A batch counts once both people have checked it and what they found is settled."
)
ALL: Final = "*"
"""All products together, of which only what was found can be charted."""
_MEASURED = "m:"
_OF_DATA = (
    "product",
    "what",
    "supplier",
    "period",
    "since",
    "until",
    "place",
    "limits",
    "base_since",
    "base_until",
)
_NAME = "analysis"
"""Of the question that the page asks: of all that was asked only the newest is answered."""


class AnalysisView(Protocol):
    """The page."""

    def values(self) -> dict[str, str]: ...
    def fill(self, values: Mapping[str, str]) -> None: ...
    def show_back(self, words: str) -> None: ...
    def show_choices(self, choices: Choices) -> None: ...
    def show_kinds(
        self, kinds: Sequence[Choice], looks: Sequence[Choice], look: str, *, readings: bool
    ) -> None: ...
    def show_working(self) -> None: ...
    def show_answer(self, answer: Analysed) -> None: ...
    def show_nothing(self, nothing: Nothing) -> None: ...
    def show_wrong(self, field: str, fact: str) -> None: ...
    def show_chosen(self, chosen: Chosen | None) -> None: ...
    def show_lists(self, lists: Sequence[Listed], which: Listing | None = None) -> None: ...
    def show_problem(self, problem: Problem) -> None: ...


@dataclass(frozen=True)
class AnalysisWays:
    """Where one goes from here: to a batch, back to where one came from, to a sheet to print (with its way back).

    ``kept``: when the points began and ended whose limits this station keeps, by what they are of; ``keep`` keeps others.
    ``notice`` says what was done, and takes an act that undoes it.
    """

    batch: Callable[[str], None]
    back: Callable[[tuple[str, ...]], None]
    paper: Callable[[ChartSheet, str], None]
    kept: Callable[[], KeptLimits]
    keep: Callable[[KeptLimits], None]
    notice: Callable[[str, Callable[[], None]], None]


KeptLimits = Mapping[str, Sequence[int]]
Span = tuple[int | None, int | None]


class AnalysisPresenter:
    """What was chosen stays chosen when one comes back; a newer question drops an older answer."""

    def __init__(
        self,
        view: AnalysisView,
        use: UseCases,
        tasks: Tasks,
        words: Catalogue,
        problems: Problems,
        ways: AnalysisWays,
    ) -> None:
        self._view = view
        self._use = use
        self._tasks = tasks
        self._words = words
        self._problems = problems
        self._ways = ways
        self._origin = Origin()
        self._choices = AnalysisChoices((), (), None, None)
        self._fields: dict[str, str] = {}
        self._asked: Asked | None = None
        self._answer: Answer | None = None

    # choosing -------------------------------------------------------------------------------------------------------

    def open(self, origin: Origin | None = None) -> None:
        """Show what was chosen last; from a product or a supplier, what is known of it."""
        self._origin = origin or Origin()
        self._view.show_back(self._origin.back_words)
        self._view.show_working()
        self._tasks.run(self._use.read.analysis_choices, self._opened, self._problems.show, latest=_NAME)

    def again(self) -> None:
        """Try again what failed."""
        self.open(self._origin)

    def _opened(self, choices: AnalysisChoices) -> None:
        self._choices = choices
        if not choices.products:
            say = self._words.say
            self._view.show_nothing(
                Nothing(
                    say("Nothing to chart yet"),
                    say(WHEN_IT_COUNTS),
                )
            )
            return
        fields = self._fields or self._view.values()
        origin = self._origin
        if origin.product or origin.supplier:
            fields = {
                **fields,
                **_FROM_ELSEWHERE,
                "product": origin.product or ALL,
                "supplier": origin.supplier,
            }
            self._origin = Origin(back=origin.back, back_words=origin.back_words)
        if not _has(choices, origin):
            say = self._words.say
            self._settle({**fields, "product": "", "supplier": ""})
            fact = say("Nothing of {name} to chart yet", name=origin.name)
            self._view.show_nothing(Nothing(fact, say(WHEN_IT_COUNTS)))
            return
        self._settle(fields)
        self._load()

    def changed(self, fields: Fields) -> None:
        """Something was chosen."""
        before = self._fields
        same = all(before.get(key) == fields.get(key) for key in _OF_DATA)
        self._settle(fields)
        if wrong := crossed(self._fields):
            self._view.show_wrong(wrong, self._words.say("This day lies before the first one."))
        elif same and self._asked is not None:
            self._compute(self._asked.data, self._asked.base)
        else:
            self._load()

    def all_there_is(self) -> None:
        """Look at everything of the product: all suppliers, all time, limits from the points themselves."""
        self.changed({**self._fields, "period": "all", "supplier": "", "limits": "own", "place": "first"})

    def _settle(self, fields: Fields) -> None:
        """Offer what goes with what is chosen, and choose what is still there."""
        say, choices = self._words.say, self._choices
        product = self._product(fields.get("product", ""))
        measured = product.characteristics if product is not None else ()
        whats = [(_MEASURED + one.code, one.name) for one in measured]
        whats.append((FOUND, say("Defects found")))
        what = fields.get("what", "")
        if what not in dict(whats):
            what = whats[0][0]
        everybody = say("all suppliers and own goods") if choices.own else say("all suppliers")
        suppliers = [("", everybody), *by_words((one.supplier, one.name) for one in choices.suppliers)]
        if choices.own:
            suppliers.append((OWN_GOODS, say("own goods")))
        supplier = fields.get("supplier", "")
        readings = what != FOUND
        kinds = READING_KINDS if readings else COUNT_KINDS
        kind = fields.get("kind", "")
        looks = [("time", say("Over time"))]
        looks.append(("limits", say("Against the limits")) if readings else ("causes", say("Which defects")))
        look = fields.get("look", "")
        if look not in dict(looks):
            look = "time"
        settled = {
            **fields,
            "product": ALL if product is None else product.code,
            "what": what,
            "supplier": supplier if supplier in dict(suppliers) else "",
            "kind": kind if kind in kinds else "",
            "look": look,
        }
        if settled.get("limits") not in ("own", "period", "kept"):
            settled["limits"] = "own"
        kept = self._kept_for(settled)
        if settled["limits"] == "kept" and kept is None:
            settled["limits"] = "own"
        products = by_words(
            (one.code, say("{name} · {code}", name=one.name, code=one.code)) for one in choices.products
        )
        products.append((ALL, say("all products")))
        self._view.show_choices(
            Choices(tuple(products), tuple(whats), tuple(suppliers), self._kept_words(kept))
        )
        of_kind = (("", say("Chosen for you")), *((one, texts.chart_name(one, self._words)) for one in kinds))
        self._view.show_kinds(of_kind, looks, look, readings=readings)
        self._view.fill(settled)
        self._fields = settled

    def _product(self, code: str) -> ProductChoice | None:
        """Return the product that is chosen, else the one with the most batches; None: all of them."""
        products = self._choices.products
        if code == ALL:
            return None
        return next((one for one in products if one.code == code), max(products, key=lambda one: one.lots))

    def _of(self) -> CharacteristicChoice | None:
        product = self._product(self._fields["product"])
        of = () if product is None else product.characteristics
        return next((one for one in of if _MEASURED + one.code == self._fields["what"]), None)

    # reading --------------------------------------------------------------------------------------------------------

    def _load(self) -> None:
        fields, today = self._fields, self._use.clock.today()
        since, until = period_of(fields, today)
        base = base_of(fields)
        if fields.get("limits") == "kept":
            base = self._kept_for(fields)
            after = (base and base[1]) or 0
            since = after if since is None else max(since, after)
        read = self._reader(since, until)
        read_base = None if base is None else self._reader(*base)
        named = "" if base is None else self._span(base)

        def load() -> tuple[Data, tuple[Data, str] | None]:
            return read(), None if read_base is None else (read_base(), named)

        self._view.show_working()
        self._tasks.run(load, lambda found: self._compute(*found), self._problems.show, latest=_NAME)

    def _reader(self, since: int | None, until: int | None) -> Callable[[], Data]:
        fields, of = self._fields, self._of()
        place: Whose = next((one for one in _CHECKS if one == fields.get("place")), "first")
        product = "" if fields["product"] == ALL else fields["product"]
        code, unit = ("", "") if of is None else (of.code, of.unit)
        wish = AnalysisWish(fields["supplier"], product, code, since, until, place, unit)

        def readings() -> ReadingColumns:
            return self._use.read.readings(wish)

        def counts() -> LotCounts:
            return self._use.read.lot_counts(wish)

        return counts if of is None else readings

    def _compute(self, data: Data, base: tuple[Data, str] | None) -> None:
        own = self._words.say("own goods")
        suppliers = {one.supplier: one.name for one in self._choices.suppliers} | {"": own, OWN_GOODS: own}
        asked = Asked(dict(self._fields), data, base, self._of(), suppliers)
        self._asked = asked
        words = self._words
        self._view.show_working()
        self._tasks.render(lambda: answer_of(asked, words), self._answered, self._problems.show, latest=_NAME)

    def _answered(self, answer: Answer) -> None:
        self._answer = answer
        if isinstance(answer.shown, Analysed):
            self._view.show_answer(answer.shown)
        else:
            self._view.show_nothing(self._nothing(answer.shown))

    def _nothing(self, nothing: Nothing) -> Nothing:
        """Say what is not there, and how to come to what is."""
        say, fields = self._words.say, self._fields
        narrowed = fields["period"] != "all" or fields["supplier"] or fields["limits"] != "own"
        narrowed = bool(narrowed) or fields["place"] != "first"
        act = say("Show all there is") if narrowed else ""
        if nothing.fact:
            return Nothing(nothing.fact, nothing.way, act)
        if fields.get("limits") == "kept":
            fact = say("No batch since the limits were kept")
            return Nothing(fact, say("The next one is held against them."), act, forgetting=True)
        span = self._span((self._choices.first_at, self._choices.last_at))
        fact = say("Nothing here in this period") if narrowed else say("Nothing to chart yet")
        return Nothing(fact, say("There are batches of {span}.", span=span), act)

    # points ---------------------------------------------------------------------------------------------------------

    def spotted(self, spot: Spot) -> None:
        """Say what a point is, or show the batches behind a bar."""
        answer = self._answer
        if answer is None or not isinstance(answer.shown, Analysed):
            return
        found = chosen_of(answer, spot, self._words)
        if found is None:
            return
        chosen, lots = found
        if lots is not None:
            self._view.show_lists((*answer.shown.lists, lots), lots.listing)
        self._view.show_chosen(chosen)

    def batch(self, batch: str) -> None:
        """Open a batch."""
        self._ways.batch(batch)

    def back(self) -> None:
        """Go back to where one came from."""
        self._ways.back(self._origin.back)

    # limits that are kept -------------------------------------------------------------------------------------------

    def freeze(self) -> None:
        """Hold every later point against the limits of those that are shown."""
        answer = self._answer
        if answer is None or answer.drawn is None:
            return
        data = answer.asked.data
        rows = data.subgroups if isinstance(data, ReadingColumns) else data.lots
        fields = self._fields
        self._put((rows[0].at, rows[-1].at + 1), fields, self._words.say("These limits are kept."))
        self._show({**fields, "limits": "kept", "kind": answer.drawn.chart.kind, "period": "all"})

    def forget(self) -> None:
        """Keep these limits no longer."""
        fields = self._fields
        self._put(None, fields, self._words.say("These limits are kept no longer."))
        self._show({**fields, "limits": "own"})

    def _put(self, span: tuple[int, int] | None, fields: Fields, said: str) -> None:
        """Keep these limits, or none, of what is chosen; the notice takes it back."""
        name, before = self._kept_by(fields), dict(self._ways.kept())
        now: dict[str, Sequence[int]] = {key: value for key, value in before.items() if key != name}
        if span is not None:
            now[name] = list(span)
        self._ways.keep(now)

        def undo() -> None:
            self._ways.keep(before)
            self._show(dict(fields))

        self._ways.notice(said, undo)

    def _show(self, fields: dict[str, str]) -> None:
        self._view.fill(fields)
        self.changed(fields)

    def _kept_by(self, fields: Fields) -> str:
        """Return what limits are kept of, and in which workspace."""
        return "|".join((self._choices.workspace, *(fields[key] for key in _KEPT_BY)))

    def _kept_for(self, fields: Fields) -> Span | None:
        kept = self._ways.kept().get(self._kept_by(fields))
        return None if kept is None else (kept[0], kept[1])

    def _kept_words(self, kept: Span | None) -> str:
        if kept is None:
            return ""
        return self._words.say("Kept, up to {day}", day=texts.day_of((kept[1] or 1) - 1))

    def _span(self, span: Span) -> str:
        """Return a period in words."""
        say = self._words.say
        since, until = (None if at is None else texts.day_of(at) for at in _inclusive(span))
        if since is None and until is None:
            return say("all time")
        if since is None:
            return say("up to {until}", until=until)
        if until is None:
            return say("from {since} on", since=since)
        return since if since == until else say("{since} to {until}", since=since, until=until)

    # paper ----------------------------------------------------------------------------------------------------------

    def print_sheet(self, listing: str = "") -> None:
        """Show the chart as paper shows it."""
        answer, say = self._answer, self._words.say
        if answer is None or not isinstance(answer.shown, Analysed):
            return
        product = self._product(answer.asked.fields["product"])
        of = answer.asked.of
        name = say("All products") if product is None else product.name
        title = say("{product}: {what}", product=name, what=of.name if of else say("Defects found"))
        which = next(
            (one.listing for one in answer.shown.lists if one.listing == listing),
            answer.shown.lists[0].listing,
        )
        sheet = sheet_of(answer.shown, title, self._about(answer.asked), self._words, which)
        self._ways.paper(sheet, say("Back to the chart"))

    def _about(self, asked: Asked) -> str:
        """Return supplier, period and whose readings."""
        say, fields = self._words.say, asked.fields
        everybody = say("All suppliers and own goods") if self._choices.own else say("All suppliers")
        who = asked.suppliers[fields["supplier"]] if fields["supplier"] else everybody
        span = self._span(period_of(fields, self._use.clock.today()))
        if asked.of is None:
            return say("{who} · {span}", who=who, span=span)
        checks = {"first": say("first checks"), "second": say("second checks"), "both": say("both checks")}
        return say("{who} · {span} · {checks}", who=who, span=span, checks=checks[fields["place"]])


_FROM_ELSEWHERE: Final = {"period": "all", "limits": "own", "look": "time", "kind": "", "what": ""}
_KEPT_BY: Final = ("product", "what", "supplier", "place")
_CHECKS: tuple[Whose, ...] = ("first", "second", "both")


def _has(choices: AnalysisChoices, origin: Origin) -> bool:
    """Tell whether there is anything of what one comes from."""
    products, suppliers = choices.products, choices.suppliers
    return (not origin.product or any(one.code == origin.product for one in products)) and (
        not origin.supplier or any(one.supplier == origin.supplier for one in suppliers)
    )


def _inclusive(span: Span) -> Span:
    """Return a span whose end is part of it."""
    return span[0], None if span[1] is None else span[1] - 1
