# SPDX-License-Identifier: Apache-2.0
"""Promises against a small model of the rule, over lots, parts and whatever else happens to them, in any order.

The model knows what people say of the rule: the next lots in their order; of a lot its first verdict, made worse by all
that is found later; nothing of goods that went away unjudged, or in which nobody looked, unless they show it.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from random import Random

import pytest

from qcdesk.domain.events import DefectReported
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.procedures import ProcedureDefect
from qcdesk.domain.promises import PromiseTest
from qcdesk.domain.refusals import NotFixed, Refusal
from qcdesk.domain.sampling import ClassRule
from qcdesk.domain.splitting import Piece
from qcdesk.services.corrective_actions import NewAction
from qcdesk.store.verification import verify
from tests.workspace import PRODUCT, House

RULES = (
    ClassRule("critical", "zero", Decimal("4.0")),
    ClassRule("major", "aql", Decimal("4.0")),
    ClassRule("minor", "aql", Decimal("6.5")),
)
OTHERS = (ProcedureDefect("BUR", "Burr", "major"), ProcedureDefect("CRK", "Crack", "critical"))


@dataclass
class Look:
    """An inspection of goods: who signed what, whether dents were looked for, and the verdict once there is one."""

    sought: bool
    signed: dict[str, str] = field(default_factory=dict)
    dents: dict[str, bool] = field(default_factory=dict)
    verdict: str = ""

    @property
    def shows(self) -> bool:
        return any(self.dents.values())


@dataclass
class Goods:
    """A lot, or a part of one."""

    number: str
    looks: list[Look] = field(default_factory=list)
    going: Look | None = None
    first: Look | None = None
    later: list[Look] = field(default_factory=list)
    taken_back: Look | None = None
    away: bool = False
    parts: list[Goods] = field(default_factory=list)
    told: bool = False

    def all(self) -> list[Goods]:
        return [self, *(each for part in self.parts for each in part.all())]

    @property
    def waits(self) -> bool:
        """Whether it may still be inspected under its own number, and has no verdict that stands."""
        return self.first is None and not self.parts and not self.away

    def deciding(self) -> list[Look]:
        """Return the verdicts by which it stands: its own, else those of its parts."""
        if self.first is not None:
            return [self.first]
        return [look for part in self.parts for look in part.deciding()]

    @property
    def open(self) -> bool:
        if self.first is not None:
            return False
        return self.waits or any(part.open for part in self.parts)

    @property
    def unjudged(self) -> bool:
        """Whether it never was judged and never can be."""
        return not self.open and not self.deciding() and self.lost is None

    @property
    def lost(self) -> Look | None:
        """A verdict that was taken back, and that none can follow."""
        return self.taken_back if self.first is None and not self.open and not self.deciding() else None

    def worse(self) -> list[Look]:
        """Return verdicts after the first ones: they make it no better."""
        found = [look for each in self.all() for look in each.later]
        for each in self.all():
            if each.first is not None:
                found += [look for part in each.parts for look in part.deciding()]
        return found

    @property
    def rejected(self) -> bool:
        return self.lost is not None or any(
            x.verdict == "rejected" for x in (*self.deciding(), *self.worse())
        )

    @property
    def shows(self) -> bool:
        if self.told or any(look.shows for look in (*self.deciding(), *self.worse())):
            return True
        for each in self.all():
            if (
                each.first is None and not each.waits
            ):  # nobody inspects these goods any more under this number
                if any(look.shows for look in each.looks if not look.verdict):
                    return True
                if each.taken_back is not None and each.taken_back.shows:
                    return True
        return False

    @property
    def sought(self) -> bool:
        said = [self.lost] if self.lost is not None else self.deciding()
        return all(look.sought for look in said)


@dataclass
class Promised:
    """A promise: how many lots were there before it, and whether it still counts."""

    since: int
    accepted: bool
    counts: bool = True


def promised(lots: list[Goods], needs: int, *, accepted: bool) -> tuple[str, list[str], list[str]]:
    """Return where a promise stands: that no unit of so many lots is dented, or that the next one is accepted."""
    counted: list[Goods] = []
    over = []
    for lot in lots:
        if len(counted) == needs:
            break
        blind = not lot.sought and not (accepted and lot.rejected)
        if lot.open or lot.shows or not (lot.unjudged or blind):
            counted.append(lot)
        else:
            over.append(lot.number)
    state = "kept"
    if len(counted) < needs or any(lot.open for lot in counted):
        state = "open"
    elif any(lot.shows or (accepted and lot.rejected) for lot in counted):
        state = "broken"
    return state, [lot.number for lot in counted], over


class Shop:
    """A house with an action about dents, what is done in it at random, and the model beside it."""

    def __init__(self, house: House, random: Random) -> None:
        self.house, self.random = house, random
        house.enrol("lan", "Lê Lan")
        self.sought = True
        house.approve(rules=RULES, characteristics=())
        linh = house.sittings["linh"]
        house.use.open_action(linh, NewAction(house.supplier.supplier, "Dents", ("DEN",), PRODUCT))
        self.lots: list[Goods] = []
        self.promises: list[Promised] = []
        self.promise(accepted=True)
        self.promise(accepted=False)
        self.acts: list[Callable[[Goods], None]] = [
            self.both, self.both, self.one, self.other, self.retract, self.send, self.leave, self.split,
            self.report, self.cancel, self.rework, self.withdraw,
        ]  # fmt: skip

    def promise(self, *, accepted: bool, instead_of: int | None = None) -> None:
        """Promise that the next lot is accepted, or that two show none; perhaps instead of a broken promise."""
        rate = PromiseTest("rate", "DEN", percent=Decimal(0), lots=2)
        test = PromiseTest("accepted") if accepted else rate
        linh = self.house.sittings["linh"]
        self.house.use.make_promise(linh, "CA-1", "None", date(2099, 1, 1), test, replaces=instead_of)
        if instead_of is not None:
            self.promises[instead_of - 1].counts = False
        self.promises.append(Promised(len(self.lots), accepted))

    def model(self) -> list[tuple[str, list[str], list[str]]]:
        """Return where the promises that count stand."""
        return [
            promised(self.lots[one.since :], 1 if one.accepted else 2, accepted=one.accepted)
            for one in self.promises
            if one.counts
        ]

    def go_on(self) -> str:
        """Promise anew what was broken, and let goods be released again."""
        for no, one in enumerate(tuple(self.promises), 1):
            with suppress(Refusal, BadInput):
                self.promise(accepted=one.accepted, instead_of=no)
        with suppress(Refusal, BadInput):
            self.house.use.decide_stop(
                self.house.hands["linh"], self.house.hands["som"], "CA-1", "a new tool"
            )
        return "go on"

    def step(self) -> str:
        """Do something to some goods; what is refused leaves everything as it was."""
        if len(self.lots) < 2 or self.random.random() < 0.1:
            lot = Goods(f"LOT-{len(self.lots) + 1}")
            self.house.batch(lot.number)
            self.lots.append(lot)
            return f"register {lot.number}"
        if self.random.random() < 0.06:
            self.sought = not self.sought
            more = {} if self.sought else {"defects": OTHERS}
            self.house.approve(rules=RULES, characteristics=(), **more)
            return f"look for dents: {self.sought}"
        if self.random.random() < 0.06:
            return self.go_on()
        act = self.random.choice(self.acts)
        goods = self.random.choice([each for lot in self.lots[-4:] for each in lot.all()])
        try:
            act(goods)
        except (Refusal, BadInput) as no:
            return f"{act.__name__} {goods.number}: {type(no).__name__}"
        return f"{act.__name__} {goods.number}"

    def check(self, goods: Goods, who: str) -> None:
        look = goods.going
        if look is None:
            look = Look(self.sought)
        bad = self.random.choice((0, 0, 0, 8)) if look.sought else 0
        signed = self.house.check(who, goods.number, dict.fromkeys(range(1, bad + 1), "DEN"))
        if goods.going is None:
            goods.going = look
            goods.looks.append(look)
        look.signed[who], look.dents[who] = signed.fact.check, bad > 0
        state = self.house.state(goods.number)
        if state in ("accepted", "rejected"):
            look.verdict = state
            if goods.first is None:
                goods.first = look
            else:
                goods.later.append(look)

    def both(self, goods: Goods) -> None:
        self.one(goods)
        self.other(goods)

    def one(self, goods: Goods) -> None:
        if goods.going is not None and "linh" in goods.going.signed:
            return
        self.check(goods, "linh")

    def other(self, goods: Goods) -> None:
        if goods.going is None or "linh" not in goods.going.signed or "som" in goods.going.signed:
            return
        self.check(goods, "som")

    def retract(self, goods: Goods) -> None:
        look = goods.going
        if look is None or "linh" not in look.signed:
            return
        self.house.use.retract_check(self.house.hands["linh"], look.signed["linh"], "wrong gauge")
        if look.verdict:
            if goods.first is look:
                goods.first, goods.taken_back = None, look
            goods.later = [each for each in goods.later if each is not look]
        else:
            del look.dents["linh"]
        if self.house.state(goods.number) == "registered":
            goods.going = None

    def send(self, goods: Goods) -> None:
        use, hands = self.house.use, self.house.hands
        if not goods.away and self.house.state(goods.number) in ("registered", "awaiting_second", "accepted"):
            with suppress(Refusal):
                use.stop_batch(self.house.sittings["linh"], goods.number, "other", "wet")
        use.dispose_batch(
            hands["linh"], hands["som"], goods.number, self.random.choice(("return", "scrap")), "x"
        )
        goods.away = True

    def leave(self, goods: Goods) -> None:
        if self.random.random() < 0.5 or goods.parts:
            return
        with self.house.use.look() as uow:
            here = uow.batch(goods.number).still_here
        self.house.use.ship_unreleased(self.house.sittings["linh"], goods.number, here, "Nova", "urgent")
        goods.away = True

    def split(self, goods: Goods) -> None:
        use, hands = self.house.use, self.house.hands
        with self.house.use.look() as uow:
            here = uow.batch(goods.number).still_here
        names = [f"{goods.number}.{n}" for n in (1, 2)]
        pieces = (Piece(names[0], here - here // 2, "sort"), Piece(names[1], here // 2, "return"))
        use.split_batch(hands["linh"], hands["som"], goods.number, pieces, 0, "dents apart")
        goods.parts = [Goods(names[0]), Goods(names[1], away=True)]
        self.reworked(goods.parts[0])

    def reworked(self, goods: Goods) -> None:
        house = self.house
        house.use.record_rework(house.sittings["linh"], goods.number, (house.id("lan"),), "sorted")
        goods.going = None

    def rework(self, goods: Goods) -> None:
        use, hands = self.house.use, self.house.hands
        use.dispose_batch(hands["linh"], hands["som"], goods.number, "sort", "x")
        self.reworked(goods)

    def report(self, goods: Goods) -> None:
        if self.random.random() < 0.7:
            return
        with self.house.use.look() as uow:
            batch = uow.batch(goods.number).id
        said = DefectReported("", "market", "DEN", "Dent", "major", batch=batch)
        self.house.use.report_defect(self.house.sittings["linh"], said)
        next(lot for lot in self.lots if goods in lot.all()).told = True

    def cancel(self, goods: Goods) -> None:
        self.house.use.cancel_batch(self.house.sittings["linh"], goods.number, "twice")
        goods.away = True

    def withdraw(self, goods: Goods) -> None:
        self.house.use.release_batch(self.house.hands["som"], goods.number)
        self.house.use.withdraw_batch(self.house.hands["som"], goods.number, "a customer saw dents")
        if goods.first is not None and goods.first.verdict == "accepted":
            goods.first, goods.taken_back = None, goods.first


def walk(house: House, seed: int, steps: int) -> None:
    """Take so many steps; after each the promises stand as the model says, and nothing is closed that it does not."""
    random = Random(seed)
    shop = Shop(house, random)
    done = []
    for _ in range(steps):
        was = house.use.corrective_action("CA-1").state
        before = {lot.number for lot in shop.lots if lot.shows}
        done.append(shop.step())
        action = house.use.corrective_action("CA-1")
        said = [
            (
                p.decision.state,
                [x.number for x in p.decision.counted],
                [x.number for x in p.decision.passed_over],
            )
            for p in action.promises
            if not p.replaced
        ]
        model = shop.model()
        assert said == model, (seed, done)
        kept = all(state == "kept" for state, _, _ in model)
        again = {lot.number for lot in shop.lots if lot.shows} - before
        if was == "closed":
            assert (action.state == "reopened") == (bool(again) or not kept), (seed, done)
        if action.state != "closed":
            try:
                house.use.close_action(house.hands["linh"], "CA-1", "as promised")
                assert kept, (seed, done)
                done.append("close")
            except NotFixed:
                pass
    assert verify(house.database).problems == (), (seed, done)


@pytest.mark.parametrize("seed", range(4))
def test_promises_stand_as_a_plain_model_says_whatever_happens_to_lots(house: House, seed: int) -> None:
    walk(house, seed, 60)
