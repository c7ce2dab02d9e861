# SPDX-License-Identifier: Apache-2.0
"""The invented works at work: its people with their keys and sittings, its master data, and its time."""

from __future__ import annotations

import heapq
import random
from collections.abc import Generator, Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Final, TypeVar

from qcdesk.domain.events import (
    DefectCodeSaved,
    InstrumentSaved,
    LocalName,
    ProductSaved,
    ShopChanged,
    SupplierSaved,
)
from qcdesk.domain.procedures import ProcedureContent, ProcedureDefect, Step
from qcdesk.services.demonstration.content import (
    Cover,
    PersonPlan,
    ProcedurePlan,
    ProductPlan,
    WorksPlan,
    picture,
)
from qcdesk.services.demonstration.story_time import Calendar, SetTime
from qcdesk.services.enrol_people import Founder
from qcdesk.services.ports import Hand
from qcdesk.services.sittings import Sitting
from qcdesk.services.use_cases import UseCases

T = TypeVar("T")
Life = Generator[float, None, T]
"""A story: yields the working minutes until its next step, and may return something."""

SEED: Final = 20_261_122
WEEKS: Final = 3
AUTHOR, APPROVER = "lina", "anong"
OWNER, SECOND = "maria", "linh"


class Works:
    """Everything that the stories need; nothing here decides anything."""

    def __init__(
        self, use: UseCases, plan: WorksPlan, cover: Cover, set_time: SetTime | None, *, seed: int = SEED
    ) -> None:
        """Prepare; nothing is written before ``open``."""
        self.use, self.plan, self.cover = use, plan, cover
        self.chance = random.Random(seed)
        self.today = use.clock.today()  # the stories' own days come before it
        self.calendar = Calendar(use.clock.now(), 7 * WEEKS)
        self.minute = 0.0
        self.recovery = ""
        self.persons: dict[str, str] = {}
        self.makers: list[str] = []
        self.suppliers: dict[str, str] = {}
        self.products: dict[str, str] = {}
        self.pictures: dict[str, str] = {}
        self._set_time = set_time
        self._hands: dict[str, Hand] = {}
        self._sittings: dict[str, tuple[date, Sitting]] = {}
        self._busy_until: dict[str, float] = {}
        self.tell(0)

    # Time ---------------------------------------------------------------------------------------------------

    def tell(self, minute: float) -> None:
        """Go on to a working minute of the story."""
        self.minute = max(self.minute, min(minute, self.calendar.minutes))
        if self._set_time is not None:
            self._set_time(self.calendar.at(self.minute))

    def day(self, offset: int) -> date:
        """Return the day so many days after the story's present one."""
        return self.use.clock.today() + timedelta(days=offset)

    def run(self, lives: Iterable[tuple[float, Life[None]]]) -> Generator[int, None, None]:
        """Run stories side by side in the order of their time; yields how many have ended."""
        waiting = [(begin, number, life) for number, (begin, life) in enumerate(lives)]
        heapq.heapify(waiting)
        ended = 0
        while waiting:
            minute, number, life = heapq.heappop(waiting)
            self.tell(minute)
            try:
                wait = next(life)
            except StopIteration:
                ended += 1
                yield ended
            else:
                heapq.heappush(waiting, (self.minute + max(0.0, wait), number, life))

    def busy(self, login: str, minutes: float) -> Life[None]:
        """Wait until a person has time, and take that time: nobody is in two checks at once."""
        while self._busy_until.get(login, 0.0) > self.minute:
            yield self._busy_until[login] - self.minute
        self._busy_until[login] = self.minute + minutes

    # People -------------------------------------------------------------------------------------------------

    def hand(self, login: str) -> Hand:
        """Return a person's own key, opened once."""
        return self._hands[login]

    def sitting(self, login: str) -> Sitting:
        """Return a person's sitting of the day; yesterday's is closed first."""
        today = self.use.clock.today()
        held = self._sittings.get(login)
        if held is not None and held[0] == today:
            return held[1]
        if held is not None:
            self.use.close_sitting(held[1])
        opened = self.use.open_sitting(self._hands[login])
        self._sittings[login] = today, opened
        return opened

    def close(self) -> None:
        """Close every sitting that is open."""
        for _, sitting in self._sittings.values():
            self.use.close_sitting(sitting)
        self._sittings.clear()

    def person(self, login: str) -> PersonPlan:
        """Return what was planned of a person."""
        return next(p for p in self.plan.people if p.login == login)

    def open(self) -> Generator[int, None, None]:
        """Open the workspace and enrol everybody; yields how many people are there."""
        owner, second = self.person(OWNER), self.person(SECOND)
        self.recovery, hands = self.use.open_workspace(
            shop=self.plan.shop.name,
            owner=Founder(owner.login, owner.name, owner.secret, owner.staff),
            second=Founder(second.login, second.name, second.secret, second.staff),
        )
        for plan, hand in zip((owner, second), hands, strict=True):
            self._hands[plan.login], self.persons[plan.login] = hand, hand.person
            self.use.change_languages(hands[0], hand.person, plan.languages)
        yield 2
        for number, plan in enumerate((p for p in self.plan.people if p not in (owner, second)), start=3):
            enrolled = self.use.enrol(
                *hands,
                login=plan.login,
                name=plan.name,
                roles=plan.roles,
                secret=plan.secret,
                staff=plan.staff,
                languages=plan.languages,
            )
            self.persons[plan.login] = enrolled.person
            if plan.roles != ("auditor",):  # who only reads signs nothing here, so that key stays shut
                self._hands[plan.login] = self.use.open_hand(plan.login, plan.secret)
            yield number
        for maker in self.plan.makers:
            listed = self.use.list_person(self.sitting(SECOND), maker.name, maker.staff)
            self.makers.append(listed.person)

    # Master data --------------------------------------------------------------------------------------------

    def furnish(self) -> Generator[int, None, None]:
        """Put down shop, suppliers, products, catalogue, instruments and procedures; yields how many of them."""
        desk = self.sitting(AUTHOR)
        done = 0
        for name in self._picture_names():
            self.pictures[name] = self.use.files.keep_picture(picture(name))
            yield (done := done + 1)
        shop = self.plan.shop
        self.use.change_shop(
            self.hand(OWNER), ShopChanged(shop.name, shop.address, self.pictures[shop.logo], "A4")
        )
        for supplier in self.plan.suppliers:
            saved = self.use.save_supplier(
                desk,
                SupplierSaved(
                    supplier="",
                    code=supplier.code,
                    name=supplier.name,
                    name_latin=supplier.name_latin,
                    country=supplier.country,
                    address=supplier.address,
                    contact=supplier.contact,
                    note=supplier.note,
                ),
            )
            self.suppliers[supplier.code] = saved.supplier
        for product in self.plan.products:
            self.products[product.code] = self.use.save_product(desk, self._product(product)).product
        for defect in self.plan.defects:
            names = (
                LocalName("vi", defect.vi),
                LocalName("zh_CN", defect.zh_CN),
                LocalName("th", defect.th),
            )
            self.use.save_defect_code(
                desk, DefectCodeSaved(defect.code, defect.name, defect.defect_class, names)
            )
        for instrument in self.plan.instruments:
            until = self.today + timedelta(days=instrument.days)
            self.use.save_instrument(
                desk,
                InstrumentSaved(
                    "", instrument.number, instrument.kind, until, instrument.blocked, instrument.note
                ),
            )
        for procedure in self.plan.procedures:
            self.use.draft_procedure(desk, procedure.code, self._content(procedure))
            self.tell(self.minute + 9)
            self.use.approve_procedure(self.hand(APPROVER), procedure.code)
            yield (done := done + 1)

    def redraft(self, code: str, days: int, change: str) -> None:
        """Let the author write a next version, which waits for somebody else's approval."""
        plan = next(p for p in self.plan.procedures if p.code == code)
        content = replace(self._content(plan), review_by=self.today + timedelta(days=days), note=change)
        self.use.draft_procedure(self.sitting(AUTHOR), code, content)

    def qualify(self, login: str, procedure: str, until: date | None) -> None:
        """Let the two founders qualify a person."""
        self.use.grant_qualification(
            self.hand(OWNER), self.hand(SECOND), self.persons[login], procedure, until
        )

    def furnishing(self) -> int:
        """Return how many steps ``furnish`` has."""
        return len(self._picture_names()) + len(self.plan.procedures)

    def _picture_names(self) -> tuple[str, ...]:
        steps = (s.picture for p in self.plan.procedures for s in p.steps)
        named = (self.plan.shop.logo, *(p.picture for p in self.plan.products), *steps)
        return tuple(sorted({name for name in named if name}))

    def _product(self, plan: ProductPlan) -> ProductSaved:
        return ProductSaved(
            product="",
            code=plan.code,
            name=plan.name,
            revision=plan.revision,
            family=plan.family,
            picture=self.pictures[plan.picture] if plan.picture else None,
            note=plan.note,
        )

    def _content(self, plan: ProcedurePlan) -> ProcedureContent:
        catalogue = {d.code: d for d in self.plan.defects}
        measured = plan.characteristics
        if plan.cover:
            measured = tuple(c.characteristic(self.cover.unit) for c in self.cover.characteristics)
        return ProcedureContent(
            title=plan.title,
            products=plan.products,
            owner=self.person(AUTHOR).name,
            review_by=self.today + timedelta(days=plan.review_days),
            rules=plan.rules,
            steps=tuple(
                Step(s.title, s.text, self.pictures[s.picture] if s.picture else None, s.language)
                for s in plan.steps
            ),
            characteristics=measured,
            defects=tuple(
                ProcedureDefect(c, catalogue[c].name, catalogue[c].defect_class) for c in plan.defects
            ),
            qualification_required=plan.qualification_required,
            tally=plan.tally,
            note=self.cover.note() if plan.cover else "",
        )
