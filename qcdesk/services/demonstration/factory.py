# SPDX-License-Identifier: Apache-2.0
"""Some hundred invented batches, spread over every state that a batch can be in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from qcdesk.domain.events import BatchSaved, Maker, Resolution
from qcdesk.services.demonstration.content import ProductPlan
from qcdesk.services.demonstration.inspecting import Goods, Looks, inspect, looks
from qcdesk.services.demonstration.works import Life, Works

Goal = Literal[
    "registered",
    "cancelled",
    "stopped_early",
    "first_running",
    "awaiting",
    "awaiting_stopped",
    "second_running",
    "disagreed",
    "third_running",
    "rejected",
    "rework_ordered",
    "reworked",
    "accepted",
    "accepted_stopped",
    "ready",
    "part_shipped",
    "withdrawn",
    "shipped",
    "shipped_after_third",
    "shipped_after_rework",
    "set_aside",
    "retracted",
]

INSPECTORS = ("somchai", "wangmin", "ha", "huy", "chenwei", "linh", "anong", "maria")
CHECKERS = INSPECTORS[:5]  # who inspects all day; the others step in
RELEASERS = ("anong", "linh", "maria", "ha")
ARBITERS = ("chenwei", "anong", "linh")
RECEIVERS = ("ha", "huy", "linh")
OUR_MAKER = "huy"  # inspects, but also makes parts of line 2: never a batch of his own

SMALL_LOTS = (40, 48, 60, 72, 84, 90)
LOTS = (120, 200, 240, 300, 480, 500, 600, 800, 1200, 1800, 2400, 3000)
DAY = 540.0  # minutes at work


@dataclass(frozen=True)
class Share:
    """How many batches end so, and how many working minutes before now they may have been begun."""

    goal: Goal
    count: int
    soonest: float
    latest: float
    goods: tuple[Goods, ...] = ("clean", "few", "few")


SHARES = (
    Share("registered", 120, 5, 6 * DAY),
    Share("cancelled", 6, 2 * DAY, 15 * DAY),
    Share("stopped_early", 2, 300, 2 * DAY),
    Share("first_running", 6, 40, 150),
    Share("awaiting", 10, 90, 2 * DAY),
    Share("awaiting_stopped", 1, 300, DAY),
    Share("second_running", 4, 150, 280),
    Share("disagreed", 5, 300, 2 * DAY, ("split", "split", "critical")),
    Share("third_running", 1, 400, DAY, ("split",)),
    Share("rejected", 3, 400, 3 * DAY, ("bad",)),
    Share("rework_ordered", 2, DAY, 4 * DAY, ("bad",)),
    Share("reworked", 2, 2 * DAY, 4 * DAY, ("bad",)),
    Share("accepted", 7, 250, 2 * DAY),
    Share("accepted_stopped", 1, 400, DAY),
    Share("ready", 8, 400, 3 * DAY),
    Share("part_shipped", 3, DAY, 4 * DAY),
    Share("withdrawn", 1, 2 * DAY, 4 * DAY),
    Share("shipped", 48, 2 * DAY, 15 * DAY),
    Share("shipped_after_third", 2, 4 * DAY, 12 * DAY, ("split",)),
    Share("shipped_after_rework", 2, 6 * DAY, 12 * DAY, ("bad",)),
    Share("set_aside", 2, DAY, 3 * DAY),
    Share("retracted", 1, 2 * DAY, 4 * DAY),
)

STOPS = (
    ("paperwork", "The delivery note names revision B, the parts bear revision C."),
    ("wrong_goods", "Two trays hold another article."),
    ("safety", "Broken glass was found on the pallet."),
    ("other", "The customer asked us to wait for a changed drawing."),
)


def batches() -> int:
    """Return how many batches the factory has."""
    return sum(share.count for share in SHARES)


def lives(works: Works) -> list[tuple[float, Life[None]]]:
    """Return every batch's story with the working minute at which it begins."""
    chance = works.chance
    products = [p for p in works.plan.products if p.code != "NIST-COVER"]
    begun: list[tuple[float, Goal, Goods]] = []
    for share in SHARES:
        for number in range(share.count):
            back = share.soonest + (share.latest - share.soonest) * (number + chance.random()) / share.count
            begin = max(60.0, works.calendar.minutes - back)
            begun.append((begin, share.goal, share.goods[number % len(share.goods)]))
    begun.sort(key=lambda b: b[0])
    stories: list[tuple[float, Life[None]]] = []
    counters: dict[str, int] = {}
    for order, (begin, goal, goods) in enumerate(begun, start=1):
        product = products[order % len(products)]
        if goods == "critical" and product.code == "CTN-07":
            product = products[0]
        stem = product.code.replace("-", "")
        counters[stem] = counters.get(stem, 100) + chance.randint(1, 7)
        story = _Story(works, goal, goods, product, f"{stem}-{counters[stem]:04d}", order)
        stories.append((begin, story.live()))
    return stories


class _Story:
    """One batch from its registration to where it shall stand now."""

    def __init__(
        self, works: Works, goal: Goal, goods: Goods, product: ProductPlan, number: str, order: int
    ) -> None:
        self.works, self.goal, self.goods, self.product = works, goal, goods, product
        self.number, self.order = number, order
        self.batch = ""
        pool = [p for p in CHECKERS if p != OUR_MAKER or not product.line]
        first = pool[order % len(pool)]
        others = [p for p in pool if p != first]
        self.first, self.second = first, others[(order // len(pool)) % len(others)]
        self.third = next(p for p in ARBITERS if p not in (self.first, self.second))
        releasers = [p for p in RELEASERS if p != self.first]
        self.releaser = releasers[order % len(releasers)]
        self.quantity = works.chance.choice(LOTS if goal in ("registered", "cancelled") else SMALL_LOTS)
        self.made_before, self.ship_after = works.chance.randint(3, 12), works.chance.randint(1, 16)

    def live(self) -> Life[None]:
        """Live up to the goal."""
        use, works, goal = self.works.use, self.works, self.goal
        self._register()
        yield 20
        if goal == "registered":
            return
        if goal == "cancelled":
            use.cancel_batch(
                works.sitting(RECEIVERS[0]), self.batch, "Registered twice from the same delivery note."
            )
            return
        if goal == "stopped_early":
            self._stop(self.first)
            return
        found = looks(self.goods, self.order)
        if (yield from self._to_comparison(found)):
            return
        yield from self._after_comparison(found)

    def _to_comparison(self, found: Looks) -> Life[bool]:
        """Check twice; tell whether the story ends before the comparison."""
        use, works, goal, batch = self.works.use, self.works, self.goal, self.batch
        if goal == "first_running":
            units = 1 + self.order % 4
            yield from inspect(works, batch, self.first, lambda o: found(o)[0], units=units, saves=8)
            return True
        if goal == "set_aside":
            started, _ = yield from inspect(works, batch, self.second, lambda o: found(o)[0], units=3)
            yield 60
            reason = "Went home ill; somebody else begins again."
            use.set_aside(works.sitting(self.releaser), started.check, reason)
            yield 30
        first, _ = yield from inspect(works, batch, self.first, lambda o: found(o)[0])
        yield 45 + self.order % 30
        if goal == "retracted":
            reason = "I had the drawing of revision A beside me."
            use.retract_check(works.hand(self.first), first.check, reason)
            return True
        if goal == "awaiting_stopped":
            self._stop(self.releaser)
        if goal in ("awaiting", "awaiting_stopped"):
            return True
        if goal == "second_running":
            yield from inspect(works, batch, self.second, lambda o: found(o)[1], units=2, saves=8)
            return True
        yield from inspect(works, batch, self.second, lambda o: found(o)[1])
        yield 30 + self.order % 20
        return False

    def _after_comparison(self, found: Looks) -> Life[None]:
        use, works, goal, batch = self.works.use, self.works, self.goal, self.batch
        if goal in ("disagreed", "rejected", "accepted"):
            return
        if goal in ("third_running", "shipped_after_third"):
            check = use.start_check(works.sitting(self.third), batch).check
            if goal == "third_running":
                return
            yield 15
            self._clear(check)
        if goal in ("rework_ordered", "reworked", "shipped_after_rework"):
            use.dispose_batch(
                works.hand(self.first), works.hand(self.releaser), batch, "rework", "Sort and rework by hand."
            )
            if goal == "rework_ordered":
                return
            yield 400
            reworkers = (works.makers[self.order % len(works.makers)],)
            use.record_rework(works.sitting(self.first), batch, reworkers, "All reworked and cleaned.")
            if goal == "reworked":
                return
            again = looks("clean", self.order + 1)
            yield 60
            yield from inspect(works, batch, self.second, lambda o: again(o)[0])
            yield 60
            yield from inspect(works, batch, self.first, lambda o: again(o)[1])
            yield 30
            self.releaser = next(p for p in RELEASERS if p not in (self.first, self.second))
        if goal == "accepted_stopped":
            self._stop(self.first)
            return
        use.release_batch(works.hand(self.releaser), batch)
        yield 90
        if goal == "withdrawn":
            use.withdraw_batch(works.hand(self.releaser), batch, "The customer reports a crack in this tool.")
        elif goal not in ("ready", "set_aside"):
            part = self.quantity // 2 if goal == "part_shipped" else self.quantity
            customers = works.plan.customers
            to = customers[self.order % len(customers)]
            use.ship_batch(works.sitting(RECEIVERS[1]), batch, part, to, document=f"DN-{self.order:05d}")

    def _register(self) -> None:
        works, product = self.works, self.product
        supplier = product.suppliers[self.order % len(product.suppliers)] if product.suppliers else None
        makers: tuple[Maker, ...] = ()
        if product.line:
            makers = (Maker(works.makers[self.order % len(works.makers)]),)
            if self.order % 2:
                makers = (*makers, Maker(works.persons[OUR_MAKER], (1, 2, 3)))
        by = RECEIVERS[self.order % len(RECEIVERS)]
        saved = BatchSaved(
            batch="",
            number=self.number,
            product=works.products[product.code],
            quantity=self.quantity,
            supplier=works.suppliers[supplier] if supplier else None,
            line=product.line,
            order=f"PO-26-{1000 + self.order % 400}" if supplier else "",
            makers=makers,
            made_on=works.day(-self.made_before),
            ship_by=works.day(self.ship_after) if self.order % 9 else None,
        )
        self.batch = works.use.register_batch(works.sitting(by), saved).batch

    def _stop(self, by: str) -> None:
        kind, reason = STOPS[self.order % len(STOPS)]
        self.works.use.stop_batch(self.works.sitting(by), self.batch, kind, reason)

    def _clear(self, check: str) -> None:
        """Let the third person find that no disputed claim holds, so that the batch is accepted."""
        use, works = self.works.use, self.works
        page = use.read.comparison(self.batch, works.persons[self.third], use.clock.now())
        note = "Looked at under the lamp beside the agreed sample: within it."
        settled = tuple(
            Resolution(d.unit, d.code, d.defect_class, d.count, holds=False, note=note) for d in page.disputes
        )
        use.resolve(works.sitting(self.third), check, settled)
        use.decide(works.hand(self.third), check)
