# SPDX-License-Identifier: Apache-2.0
"""Days in which honest people do anything in any order, click twice, and are refused: nothing is held against the log.

The refusals are the program's business. Here whatever it lets through is gone through as the checker does.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest

from qcdesk.checker.checking import check
from qcdesk.checker.sources import open_source
from qcdesk.domain.guessing import LONGEST_WAIT_SECONDS, TRIES_TO_LOCK
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.people import RoleGrant
from qcdesk.domain.refusals import DatabaseRefused, Refusal, WrongSecret
from qcdesk.domain.reviewing import Opened
from qcdesk.services.ports import Hand
from qcdesk.store.verification import verify
from tests.workspace import PROCEDURE, content, secret, standing

PEOPLE = {
    "eva": ("inspector", "releaser"),
    "dan": ("inspector", "arbiter"),
    "pia": ("planner", "administrator", "inspector"),
}
ROLES = ("inspector", "releaser", "arbiter", "planner", "administrator", "auditor")


class Shop:
    """Five people, and all that one of them may try."""

    def __init__(self, folder: Path, seed: int) -> None:
        """Open the workspace, and enrol them."""
        self.any = random.Random(seed)
        self.house = standing(folder)
        self.database = self.house.database
        for login, roles in PEOPLE.items():
            self.house.enrol(login, f"{login.title()} of the shop", *roles)  # type: ignore[arg-type]
        self.people = ["linh", "som", *PEOPLE]
        self.batches = [self.house.batch()]
        self.code = self.house.recovery_code
        self.done: Counter[str] = Counter()

    # Who and what ----------------------------------------------------------------------------------------------

    def who(self) -> str:
        return self.any.choice(self.people)

    def hand(self) -> Hand:
        return self.house.hands[self.who()]

    def two(self) -> tuple[Hand, Hand]:
        one, other = self.any.sample(self.people, 2)
        return self.house.hands[one], self.house.hands[other]

    def batch(self) -> str:
        return self.any.choice(self.batches[-3:])

    def sheet(self, act: Callable[[Hand], object]) -> None:
        sheet = self.house.use.open_sheet(self.code)
        act(sheet)
        self.code = sheet.next_code

    # Goods -----------------------------------------------------------------------------------------------------

    def register(self) -> None:
        makers = (self.who(),) if self.any.random() < 0.3 else ()
        number = self.house.batch(quantity=self.any.choice((2, 5, 20)), by=self.who(), makers=makers)
        self.batches.append(number)

    def check(self) -> None:
        login, batch = self.who(), self.batch()
        started = self.house.start(login, batch)
        if started.place == "third":
            return
        with self.house.use.look() as look:
            claims = look.to_review(started.check, frozenset(("DIA", "SCR", "DEN", "CRK")))
        code = self.any.choice(("SCR", "SCR", "DEN", "CRK"))
        self.house.record(login, started, {1: code} if self.any.random() < 0.3 else None)
        if started.place == "second" and claims:
            with suppress(Refusal, BadInput):
                opened = tuple(Opened(c.claim, True, "") for c in claims)
                self.house.use.open_reviewed(self.house.sittings[login], started.check, opened)
        if self.any.random() < 0.8:
            self.house.sign(login, started)

    def own(self, state: str) -> str:
        """Return a check of the present round, by state; refused where there is none."""
        with self.house.use.look() as look:
            batch = look.batch(self.batch())
            checks = look.round(batch.round).checks if batch.round else ()
        found = [check.id for check in checks if check.state == state]
        if not found:
            raise BadInput("missing")
        return self.any.choice(found)

    def set_aside(self) -> None:
        self.house.use.set_aside(self.house.sittings[self.who()], self.own("open"), "ill")

    def retract(self) -> None:
        self.house.use.retract_check(self.hand(), self.own("signed"), "a slip")

    def give_up(self) -> None:
        self.house.use.give_up_place(self.house.sittings[self.who()], self.batch(), "has to know")

    def look(self) -> None:
        self.house.use.look_at_first(self.house.sittings[self.who()], self.batch(), "batch page")

    def release(self) -> None:
        self.house.use.release_batch(self.hand(), self.batch())

    def certify(self) -> None:
        number = self.house.use.issue_certificate(self.hand(), self.batch()).certificate
        self.house.use.print_certificate(self.house.sittings[self.who()], number)

    def stop(self) -> None:
        self.house.use.stop_batch(self.house.sittings[self.who()], self.batch(), "other", "a call")

    def lift(self) -> None:
        self.house.use.lift_hold(*self.two(), self.batch(), "settled")

    def dispose(self) -> None:
        self.house.use.dispose_batch(*self.two(), self.batch(), "rework", "filed off")

    def rework(self) -> None:
        by = (self.house.id(self.who()),)
        self.house.use.record_rework(self.house.sittings[self.who()], self.batch(), by, knowing=True)

    def again(self) -> None:
        self.house.use.do_again(*self.two(), self.batch(), "both unsure")

    def order(self) -> None:
        self.house.use.order_round(self.hand(), self.batch(), "a new round")

    def withdraw(self) -> None:
        self.house.use.withdraw_batch(self.hand(), self.batch(), "a call")

    def ship(self) -> None:
        self.house.use.ship_batch(self.house.sittings[self.who()], self.batch(), 1, "Sông Hồng")

    def reopen(self) -> None:
        self.house.use.reopen_round(*self.two(), self.batch(), "a key in doubt")

    def version(self) -> None:
        one, other = self.any.sample(self.people, 2)
        changes = {
            "title": f"Housing cover {self.any.random()}",
            "defects_mode": self.any.choice(("blind", "blind", "split")),
            "qualification_required": self.any.random() < 0.2,
            "review_by": self.house.clock.today() + timedelta(days=self.any.choice((0, 1, 300))),
        }
        sitting = self.house.sittings[one]
        self.house.use.draft_procedure(sitting, PROCEDURE, content(self.house.id(one), **changes))
        open_batches = self.any.choice(("continue", "re_inspect"))
        self.house.use.approve_procedure(self.house.hands[other], PROCEDURE, open_batches=open_batches)  # type: ignore[arg-type]

    # People ----------------------------------------------------------------------------------------------------

    def suspend(self) -> None:
        self.house.use.suspend(self.hand(), self.house.id(self.who()), "away")

    def let_back(self) -> None:
        self.house.use.lift_suspension(*self.two(), self.house.id(self.who()))

    def let_back_by_the_sheet(self) -> None:
        by, person = self.hand(), self.house.id(self.who())
        self.sheet(lambda sheet: self.house.use.lift_suspension(by, sheet, person))

    def new_key(self) -> None:
        login = self.who()
        self.house.use.enrol_new_key(*self.two(), self.house.id(login), secret(login))
        self.house.sit(login)

    def new_key_by_the_sheet(self) -> None:
        login, by = self.who(), self.hand()
        self.sheet(lambda sheet: self.house.use.enrol_new_key(by, sheet, self.house.id(login), secret(login)))
        self.house.sit(login)

    def revoke(self) -> None:
        login = self.who()
        with self.house.use.look() as look:
            since = self.any.randint(1, look.head_seq())
        why, from_ = self.any.choice((("lost", None), ("suspect", since)))
        by, other = self.any.choice(((self.house.hands[login], None), self.two()))
        self.house.use.revoke_key(by, other, self.house.id(login), why, from_)  # type: ignore[arg-type]

    def grant(self) -> None:
        until = self.any.choice(
            (None, self.house.clock.today(), self.house.clock.today() + timedelta(days=1))
        )
        grant = RoleGrant(self.any.choice(ROLES), until=until)  # type: ignore[arg-type]
        self.house.use.grant_role(*self.two(), self.house.id(self.who()), grant)

    def take(self) -> None:
        self.house.use.take_role(self.hand(), self.house.id(self.who()), self.any.choice(ROLES))  # type: ignore[arg-type]

    def qualify(self) -> None:
        until = self.any.choice((None, self.house.clock.today()))
        self.house.use.grant_qualification(*self.two(), self.house.id(self.who()), PROCEDURE, until)

    def disqualify(self) -> None:
        self.house.use.take_qualification(self.hand(), self.house.id(self.who()), PROCEDURE)

    def time_passes(self) -> None:
        self.house.clock.forward(seconds=self.any.choice((60, 3_600, 5 * 3_600, 11 * 3_600)))
        for login in self.people:
            with suppress(Refusal, BadInput):
                self.house.sit(login)

    # A day ------------------------------------------------------------------------------------------------------

    def play(self, steps: int) -> None:
        """Let somebody do something, so many times; now and then twice."""
        acts = list(OFTEN)
        for act in self.any.choices(acts, list(OFTEN.values()), k=steps):
            for _ in range(self.any.choice((1, 1, 1, 2))):
                try:
                    act(self)
                except DatabaseRefused as refused:
                    raise AssertionError(f"{act.__name__}: only the database refused this") from refused
                except (Refusal, BadInput):
                    break
                self.done[act.__name__] += 1


OFTEN: dict[Callable[[Shop], None], float] = {
    Shop.register: 5, Shop.check: 60, Shop.set_aside: 4, Shop.retract: 4, Shop.give_up: 3, Shop.look: 5,
    Shop.release: 25, Shop.certify: 8, Shop.stop: 3, Shop.lift: 6, Shop.dispose: 5, Shop.rework: 6, Shop.again: 4,
    Shop.order: 4, Shop.withdraw: 5, Shop.ship: 3, Shop.reopen: 3, Shop.version: 4, Shop.suspend: 1, Shop.let_back: 5,
    Shop.let_back_by_the_sheet: 1, Shop.new_key: 3, Shop.new_key_by_the_sheet: 1, Shop.revoke: 1, Shop.grant: 6,
    Shop.take: 2, Shop.qualify: 3, Shop.disqualify: 1, Shop.time_passes: 4,
}  # fmt: skip
"""What is tried, and how often beside the rest."""


def played(folder: Path, seed: int, steps: int) -> Counter[str]:
    """Let a shop work, and hold the log against the rules; return what was done."""
    shop = Shop(folder, seed)
    try:
        shop.play(steps)
        found = [(p.event, p.batch, p.code, dict(p.facts)) for p in verify(shop.database).problems]
        assert found == [], f"seed {seed}"
    finally:
        shop.database.dispose()
    source = open_source(folder)
    assert check(source).findings == (), f"the stand-alone checker, seed {seed}"
    source.close()
    return shop.done


def test_second_click_on_any_act_about_people_and_keys_is_refused_and_holds(tmp_path: Path) -> None:
    shop = Shop(tmp_path / "shop", 0)
    house, use = shop.house, shop.house.use
    linh, som, eva = (house.hands[name] for name in ("linh", "som", "eva"))
    use.grant_qualification(linh, som, "eva", PROCEDURE, None)
    use.issue_badge(eva, som, "583920")
    for _ in range(TRIES_TO_LOCK):
        house.clock.forward(seconds=LONGEST_WAIT_SECONDS)
        with suppress(WrongSecret):
            use.open_hand("dan", "not this one")
    for act in (
        lambda: use.unlock(linh, "dan"),
        lambda: use.stop_badge(linh, "eva", "left in a coat"),
        lambda: use.take_qualification(linh, "eva", PROCEDURE),
        lambda: use.take_role(linh, "eva", "inspector"),
        lambda: use.suspend(linh, "eva", "away"),
        lambda: use.lift_suspension(linh, som, "eva"),
        lambda: use.revoke_key(linh, som, "eva", "lost"),
        lambda: use.retire_procedure(linh, PROCEDURE, "another one comes"),
    ):
        act()
        with pytest.raises(Refusal):
            act()
    assert verify(shop.database).problems == ()
    shop.database.dispose()


@pytest.mark.parametrize("seed", [1, 2])
def test_whatever_honest_people_do_holds(tmp_path: Path, seed: int) -> None:
    done = played(tmp_path / "shop", seed, 150)
    assert done["check"] > 5 and len(done) > 10  # else they did too little to prove anything


@pytest.mark.long
def test_whatever_honest_people_do_for_long_holds(tmp_path: Path) -> None:
    done: Counter[str] = Counter()
    for seed in range(100, 300):
        done += played(tmp_path / f"shop {seed}", seed, 600)
    assert set(done) == {act.__name__ for act in OFTEN}
