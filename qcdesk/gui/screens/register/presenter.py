# SPDX-License-Identifier: Apache-2.0
"""Registers a batch, or changes one on which no check was begun."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from qcdesk.domain.events import BatchSaved, Maker, ProductSaved
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.numbers import parse_quantity
from qcdesk.gui.another import save_or_ask
from qcdesk.gui.asking import Ask, WhoNow
from qcdesk.gui.collation import by_words, in_order
from qcdesk.gui.problems import Problem, Problems
from qcdesk.gui.records import Notice, Values
from qcdesk.gui.tasks import Tasks
from qcdesk.gui.unit_lists import parse_units, written_units
from qcdesk.i18n import Catalogue
from qcdesk.services.ports import Hand
from qcdesk.services.supplier_status import blocked_names
from qcdesk.services.use_cases import UseCases
from qcdesk.wording import ages
from qcdesk.wording.suppliers import registered_blocked

OWN = "own"
Choices = Sequence[tuple[str, str]]


class RegisterView(Protocol):
    """The fields of a batch."""

    def show_choices(self, products: Choices, suppliers: Choices, people: Choices) -> None: ...
    def show_remarks(self, remarks: Mapping[str, str]) -> None: ...
    def edit(
        self, title: str, button: str, values: Mapping[str, str], makers: Sequence[Mapping[str, str]]
    ) -> None: ...
    def show_working(self, working: bool) -> None: ...
    def show_problem(self, problem: Problem) -> None: ...


@dataclass(frozen=True)
class _Offered:
    products: tuple[ProductSaved, ...]
    suppliers: tuple[tuple[str, str], ...]
    people: tuple[tuple[str, str], ...]
    before: BatchSaved | None
    blocked: Mapping[str, str]
    """Suppliers whose goods are held back, and the names of those that are blocked."""


class RegisterPresenter:
    """Every wrong field is said beside it; nothing is lost."""

    def __init__(
        self,
        view: RegisterView,
        use: UseCases,
        tasks: Tasks,
        words: Catalogue,
        problems: Problems,
        who: WhoNow,
        notice: Notice,
        open_batch: Callable[[str], None],
        back: Callable[[str], None],
        ask: Ask,
    ) -> None:
        self._view = view
        self._use = use
        self._tasks = tasks
        self._words = words
        self._problems = problems
        self._who = who
        self._notice = notice
        self._open_batch = open_batch
        self._back = back
        self._ask = ask
        self._before: BatchSaved | None = None

    def open(self, batch: str = "") -> None:
        """Show empty fields, or those of a batch by id."""

        def load() -> _Offered:
            read, before = self._use.read, None
            if batch:
                uow = self._use.look()
                with uow:
                    before = uow.batch(batch).saved
            say = self._words.say
            listed = in_order(read.suppliers(), lambda row: row.supplier.name)
            suppliers = tuple(
                (
                    row.supplier.supplier,
                    say("{name} · {code}", name=row.supplier.name, code=row.supplier.code),
                )
                for row in listed
            )
            blocked: dict[str, str] = {}
            if any(row.status == "blocked" for row in listed):
                with self._use.look() as uow:
                    for one, _ in suppliers:
                        blocked.update((one, name) for name in blocked_names(uow, one)[:1])
            people = tuple(by_words((row.person.id, row.person.name) for row in read.people()))
            products = tuple(in_order(read.products(), self._product))
            return _Offered(products, suppliers, people, before, blocked)

        self._tasks.run(load, self._show, self._problems.show, latest="register")

    def _show(self, offered: _Offered) -> None:
        say = self._words.say
        before = self._before = offered.before
        products = [(row.product, self._product(row)) for row in offered.products]
        self._view.show_choices(products, offered.suppliers, offered.people)
        self._view.show_remarks(
            {one: registered_blocked(name, self._words) for one, name in offered.blocked.items()}
        )
        if before is None:
            only = products[0][0] if len(products) == 1 else ""
            values = {"supplier": "" if offered.suppliers else OWN, "product": only}
            self._view.edit(say("Register a batch"), say("Register the batch"), values, ())
            return
        self._view.edit(
            say("Change batch {number}", number=before.number),
            say("Save the batch"),
            {
                "number": before.number,
                "quantity": str(before.quantity),
                "product": before.product,
                "supplier": before.supplier or OWN,
                "line": before.line,
                "order": before.order,
                "made_on": before.made_on.isoformat() if before.made_on else "",
                "ship_by": before.ship_by.isoformat() if before.ship_by else "",
                "note": before.note,
            },
            [{"person": maker.person, "units": written_units(maker.units)} for maker in before.makers],
        )

    def _product(self, row: ProductSaved) -> str:
        say = self._words.say
        if row.revision:
            return say("{code} {revision} · {name}", code=row.code, revision=row.revision, name=row.name)
        return say("{code} · {name}", code=row.code, name=row.name)

    def save(self, values: Values, makers: Sequence[Values]) -> None:
        """Register the batch, or save the change."""
        before = self._before
        self._view.show_working(True)

        def work(another: bool, _other: Hand | None) -> BatchSaved:
            saved = self._saved_by(values, makers, before)
            return self._use.register_batch(self._who().sitting, saved, another=another)

        save_or_ask(
            self._tasks,
            self._words,
            self._ask,
            self._problems,
            work,
            self._done,
            lambda: self._view.show_working(False),
        )

    @staticmethod
    def _saved_by(values: Values, makers: Sequence[Values], before: BatchSaved | None) -> BatchSaved:
        for field in ("number", "product", "supplier"):
            if not values[field]:
                raise BadInput("missing", where={"field": field})
        own = values["supplier"] == OWN
        if own and not values["line"]:
            raise BadInput("missing", where={"field": "line"})
        named: dict[str, Maker] = {}
        for line in makers:
            if not line["person"]:
                raise BadInput("missing", where={"field": "makers"})
            if line["person"] in named:
                raise BadInput("twice", facts={"value": line["person"]}, where={"field": "makers"})
            named[line["person"]] = Maker(line["person"], parse_units(line["units"], "makers"))
        return BatchSaved(
            batch=before.batch if before else "",
            number=values["number"],
            product=values["product"],
            quantity=parse_quantity(values["quantity"], least=2, where={"field": "quantity"}),
            supplier=None if own else values["supplier"],
            line=values["line"] if own else "",
            order=values["order"],
            makers=tuple(named.values()),
            made_on=date.fromisoformat(values["made_on"]) if values["made_on"] else None,
            ship_by=date.fromisoformat(values["ship_by"]) if values["ship_by"] else None,
            note=values["note"],
            source=before.source if before else None,
            seen=before.seen if before else None,
        )

    def _done(self, saved: BatchSaved) -> None:
        self._view.show_working(False)
        said = (
            self._words.say("Batch {number} is saved.", number=saved.number)
            if self._before
            else self._words.say("Batch {number} is registered.", number=saved.number)
        )
        today = self._use.clock.today()
        odd = ages.gone_by(saved.ship_by, today, self._words) if saved.ship_by else ""
        self._open_batch(saved.batch)
        self._notice(self._words.say("{fact} {way}", fact=said, way=odd) if odd else said)

    def leave(self) -> None:
        """Change nothing: back to the batch, or to where batches are."""
        self._back(self._before.batch if self._before else "")
