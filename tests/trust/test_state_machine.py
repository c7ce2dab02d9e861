# SPDX-License-Identifier: Apache-2.0
"""The sign-off machine against a small model of its own, written from trust.md §8 and knowing no rule of the program.

Whatever anybody tries is allowed by both or refused by both, and what must never be is looked for after each step.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from qcdesk.domain.events import Resolution
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import Refusal
from qcdesk.domain.sampling import ClassRule
from qcdesk.exchange.stored_files import store_file
from qcdesk.services.concessions import Wish
from qcdesk.services.record_entries import Entries, NewFinding, NewResult
from qcdesk.store.database import FILE_NAME
from qcdesk.store.statements import asked_of
from qcdesk.store.upgrading import upgrade
from qcdesk.store.verification import verify
from tests.workspace import HandClock, House, connect, use_of

STORY = 400
"""Steps of a story; the library ends longer ones by itself at some point."""
STORIES = 10
"""Stories from one seed; the library's first of them is always the same and very short."""
QUANTITY = 2
CONCEDED = "released_under_concession"
CODES = {"": "", "DEN": "major", "CRK": "critical"}
ROLES: dict[str, set[str]] = {
    "linh": {"inspector", "arbiter", "releaser", "concession"},
    "som": {"inspector", "arbiter", "releaser", "concession"},
    "huy": {"inspector", "arbiter"},
    "minh": {"inspector", "releaser", "concession"},
    "ai": set(),
}
"""Who holds what; Ai only reads."""
PEOPLE = st.sampled_from(sorted(ROLES))
BATCHES = 3


@dataclass
class Place:
    """One person's check: open, or signed with what it found."""

    person: str
    signed: bool = False
    found: frozenset[str] = frozenset()


@dataclass
class Asked:
    """A concession that was asked for and not answered yet."""

    person: str
    quantity: int
    until: date
    consent: bool


@dataclass
class Model:
    """One batch as trust.md §8 has it."""

    maker: str | None = None
    state: str = "registered"
    stopped: bool = False
    kept: bool = False
    """By a retraction, for which there was no new round any more."""
    reworkers: set[str] = field(default_factory=set)
    first: Place | None = None
    second: Place | None = None
    third: Place | None = None
    compared: bool = False
    retracted: set[str] = field(default_factory=set)
    aside: set[str] = field(default_factory=set)
    critical: bool = False
    """Both claimed one, or a third person found one to be true."""
    tightened: bool = False
    rounds: int = 0
    again_used: bool = False
    rework: bool = False
    released: int = 0
    shipped: int = 0
    signers: set[str] = field(default_factory=set)
    ever_critical: bool = False
    """Somebody claimed one, in whichever round: never conceded."""
    asked: Asked | None = None
    conceders: set[str] = field(default_factory=set)
    """Who asked for a concession or approved one: independent of these goods no more."""
    until: date | None = None
    """Last day on which the goods leave, where they were conceded."""

    @property
    def made(self) -> set[str]:
        return {*self.reworkers, *([self.maker] if self.maker else [])}

    @property
    def held(self) -> bool:
        return self.stopped or self.kept

    @property
    def undone(self) -> bool:
        """Compared, and one of the two took a check back."""
        standing = self.first is not None and self.second is not None
        return self.compared and self.state != "registered" and not standing

    def new_round(self) -> None:
        self.state, self.compared = "registered", False
        self.first = self.second = self.third = None
        self.retracted, self.aside, self.critical = set(), set(), False
        self.asked = self.until = None

    def approvable(self, who: str, other: str, today: date) -> bool:
        """Two who may and did not ask, one from outside; the customer's consent where nobody else is left for that."""
        asked, may = self.asked, {p for p, roles in ROLES.items() if "concession" in roles}
        if asked is None or self.state != "rejected" or self.held or self.rework or today > asked.until:
            return False
        inside = {*self.made, *(p.person for p in (self.first, self.second) if p is not None)}
        outside = may - inside - {asked.person}
        two = {who, other}
        good = len(two) == 2 and two <= may and asked.person not in two
        return good and (bool(two & outside) or (asked.consent and not outside))

    def disposable(self) -> bool:
        held = self.held or self.state in ("disagreed", "withdrawn")
        ways = (
            "first_check",
            "awaiting_second",
            "second_check",
            "accepted",
            "disagreed",
            "released",
            "withdrawn",
        )
        return self.state == "rejected" or (held and self.state in ways)

    @property
    def conceded_here(self) -> bool:
        """Whether some of it is conceded and waits to be shipped."""
        return self.state == CONCEDED and self.shipped < self.released


@cache
def prepared() -> tuple[Path, House]:
    """Return a workspace with its people at their desks, to copy from."""
    base = Path("/dev/shm") if Path("/dev/shm").is_dir() else None
    folder = Path(tempfile.mkdtemp(prefix="qcdesk-machine-", dir=base))
    database = connect(str(folder))
    upgrade(database)
    house = House.ready(database, HandClock())
    house.approve(
        rules=(ClassRule("critical", "all"), ClassRule("major", "all"), ClassRule("minor", "all")),
        characteristics=(),
    )
    house.enrol("huy", "Trần Văn Huy", "inspector", "arbiter")
    house.enrol("minh", "Phạm Minh", "inspector", "releaser", "concession")
    house.enrol("ai", "李娜", "auditor")
    database.dispose()
    return folder, house


class SignOff(RuleBasedStateMachine):
    """Everybody tries everything on a few batches."""

    steps = acts = done = conceded = late = 0

    def __init__(self) -> None:
        """Begin with a copy of the prepared workspace."""
        super().__init__()
        template, house = prepared()
        self.folder = Path(tempfile.mkdtemp(prefix="qcdesk-steps-", dir=template.parent))
        shutil.copy(template / FILE_NAME, self.folder / FILE_NAME)
        self.database = connect(str(self.folder))
        clock = HandClock(house.clock.at)
        use = use_of(self.database, clock, salt=self.folder.name)
        self.house = replace(house, use=use, clock=clock, database=self.database)
        self.consent = store_file(self.folder / "files", b"%PDF-1.7 we take them")
        self.models: dict[str, Model] = {}
        self.checks: dict[tuple[str, str], str] = {}  # batch and place -> its open or signed check
        self.time = 0
        self.numbers = [self.new_batch(i) for i in range(BATCHES)]

    def new_batch(self, i: int) -> str:
        maker = "huy" if i == 1 else None
        number = self.house.batch(f"B-{len(self.models)}", QUANTITY, makers=(maker,) if maker else ())
        self.models[number] = Model(maker)
        return number

    def teardown(self) -> None:
        """Verify the whole log and throw the copy away."""
        found = verify(self.database)
        self.database.dispose()
        shutil.rmtree(self.folder)
        assert found.ok, found.problems

    # One step ---------------------------------------------------------------------------------------------------

    def tried(self, number: str, act: Callable[[], object], allowed: bool) -> bool:
        """Try an act: the program must do as the model says; then look for what must never be."""
        SignOff.acts += 1
        model = self.models[number]
        before = (model.state, model.held)
        why: Exception | None = None
        try:
            act()
        except (Refusal, BadInput) as refusal:
            why = refusal
        done = why is None
        SignOff.done += done
        assert done == allowed, f"{before}: the model says {allowed}, the program {why!r}"
        return done

    def last_time(self) -> int:
        """Return the time of the last event."""
        with self.database.reading() as connection:
            found = asked_of(connection, "SELECT at FROM line ORDER BY seq DESC LIMIT 1")
        return int(found[0]["at"])

    def holds(self, number: str) -> None:
        """Hold the batch against the model, and look for what must never be."""
        model = self.models[number]
        with self.house.use.look() as uow:
            batch = uow.batch(number)
            signed = uow.sign_offs(batch.round) if batch.round else ()
            at = self.last_time()
        assert (batch.state, batch.held, batch.shipped) == (model.state, model.held, model.shipped)
        assert (batch.next_severity == "tightened") == model.tightened
        assert at >= self.time
        self.time = at
        persons = [s.person for s in signed if s.place in ("first", "second", "third")]
        assert len(persons) == len(set(persons)), "one person in two places"
        if batch.state == "released":
            standing = {s.place: s.person for s in signed if s.standing}
            assert standing["first"] != standing["second"]
            assert standing["release"] != standing["first"]
            made = {self.house.id(m) for m in model.made if m in ROLES}
            assert standing["second"] not in made and standing["release"] not in made
        if batch.state == "released_under_concession":
            with self.house.use.look() as uow:
                given = uow.given_concession(batch.round or "")
            assert given is not None and not model.ever_critical
            approved = {one.person for one in given.approved}
            assert len(approved) == 2 and given.requested.person not in approved
            assert batch.shipped <= batch.released == given.asked.quantity <= QUANTITY

    # What people try --------------------------------------------------------------------------------------------

    batches = st.integers(0, BATCHES - 1)

    def pick(self, i: int) -> tuple[str, Model]:
        """Return a batch of the story; one that has reached its end gives way to a new one."""
        SignOff.steps += 1
        model = self.models[self.numbers[i]]
        gone = model.released and model.shipped >= model.released
        if model.state in ("cancelled", "returned", "scrapped") or gone:
            self.numbers[i] = self.new_batch(i)
        return self.numbers[i], self.models[self.numbers[i]]

    @rule(i=batches, who=PEOPLE)
    def start(self, i: int, who: str) -> None:
        number, m = self.pick(i)
        sitting = self.house.sittings[who]
        place = {
            "registered": "first",
            "first_check": "first",
            "awaiting_second": "second",
            "second_check": "second",
            "disagreed": "third",
        }.get(m.state)
        running: Place | None = getattr(m, place) if place else None  # a third check ends with the dispute
        resumes = running is not None and not running.signed and running.person == who
        role = "arbiter" if place == "third" else "inspector"
        free = place is not None and getattr(m, place) is None
        others = {p.person for p in (m.first, m.second, m.third) if p is not None}
        if place == "third":  # whoever ever had a check of the two
            others |= m.aside | m.retracted
        if place != "first":
            others |= m.conceders
        allowed = resumes or (free and role in ROLES[who] and who not in m.made and who not in others)
        if m.state == "registered" and m.rework:  # who reworked is named first
            allowed = False
        started: list[str] = []
        if (
            self.tried(
                number,
                lambda: started.append(self.house.use.start_check(sitting, number, knowing=True).check),
                allowed,
            )
            and not resumes
            and place
        ):
            setattr(m, place, Place(who))
            self.checks[number, place] = started[0]
            m.rounds += m.state == "registered"
            m.state = {"first": "first_check", "second": "second_check", "third": "disagreed"}[place]
        self.holds(number)

    @rule(
        i=batches,
        who=PEOPLE,
        place=st.sampled_from(("first", "second", "third")),
        found=st.sampled_from(sorted(CODES)),
        agrees=st.booleans(),
    )
    def finish(self, i: int, who: str, place: str, found: str, agrees: bool) -> None:
        number, m = self.pick(i)
        check = self.checks.get((number, place))
        if check is None:
            return
        mine: Place | None = getattr(m, place)
        stands = {"first": "first_check", "second": "second_check", "third": "disagreed"}[place] == m.state
        allowed = mine is not None and mine.person == who and not mine.signed and stands
        if place == "third":
            allowed = allowed and not m.undone
            self.decide(number, m, who, check, agrees, allowed)
            return
        sitting, use = self.house.sittings[who], self.house.use

        def act() -> None:
            findings = (NewFinding(1, found),) if found else ()
            use.record(sitting, Entries(check, tuple(NewResult(u) for u in (1, 2)), findings))
            use.sign_check(self.house.hands[who], sitting, check)

        if self.tried(number, act, allowed) and mine is not None:
            mine.signed, mine.found = True, frozenset({found} if found else ())
            m.ever_critical = m.ever_critical or found == "CRK"
            m.signers.add(who)
            m.state = "awaiting_second"
            if place == "second":
                assert m.first is not None
                self.compare(m, m.first.found, mine.found)
        self.holds(number)

    def compare(self, m: Model, a: frozenset[str], b: frozenset[str]) -> None:
        m.compared, m.critical = True, "CRK" in a | b
        if "CRK" in a & b:
            m.state = "rejected"
        elif bool(a) != bool(b) or "CRK" in a ^ b:
            m.state = "disagreed"
        else:
            m.state = "rejected" if a | b else "accepted"

    def decide(self, number: str, m: Model, who: str, check: str, agrees: bool, allowed: bool) -> None:
        a = m.first.found if m.first else frozenset()
        b = m.second.found if m.second else frozenset()
        disputed = sorted(a ^ b)

        def act() -> None:
            said = tuple(Resolution(1, c, "major", 1, agrees) for c in disputed)
            self.house.use.resolve(self.house.sittings[who], check, said)
            self.house.use.decide(self.house.hands[who], check)

        if self.tried(number, act, allowed):
            assert m.third is not None
            m.third.signed = True
            m.signers.add(who)
            m.state = "rejected" if (a & b) or agrees else "accepted"
            m.critical = "CRK" in (a | b if agrees else a & b)
        self.holds(number)

    @rule(i=batches, who=PEOPLE, place=st.sampled_from(("first", "second")))
    def set_aside(self, i: int, who: str, place: str) -> None:
        number, m = self.pick(i)
        check = self.checks.get((number, place))
        mine: Place | None = getattr(m, place)
        if check is None or mine is None:
            return
        allowed = not mine.signed and (who == mine.person or "releaser" in ROLES[who])
        if self.tried(
            number, lambda: self.house.use.set_aside(self.house.sittings[who], check, "ill"), allowed
        ):
            setattr(m, place, None)
            m.aside.add(mine.person)
            if place == "second":
                m.state = "awaiting_second"
        self.holds(number)

    @rule(i=batches, who=PEOPLE)
    def stop(self, i: int, who: str) -> None:
        number, m = self.pick(i)
        allowed = bool(ROLES[who]) and not m.held and m.state not in ("withdrawn", "cancelled")
        if self.tried(
            number,
            lambda: self.house.use.stop_batch(self.house.sittings[who], number, "other", "label"),
            allowed,
        ):
            m.stopped = True
        self.holds(number)

    @rule(i=batches, who=PEOPLE, other=PEOPLE)
    def lift(self, i: int, who: str, other: str) -> None:
        number, m = self.pick(i)
        allowed = (
            m.held
            and who != other
            and "releaser" in ROLES[who]
            and "releaser" in ROLES[other]
            and not m.undone
        )
        hands = self.house.hands
        if self.tried(
            number, lambda: self.house.use.lift_hold(hands[who], hands[other], number, "right"), allowed
        ):
            m.stopped = False
        self.holds(number)

    @rule(i=batches, who=PEOPLE)
    def reject(self, i: int, who: str) -> None:
        number, m = self.pick(i)
        two = {p.person for p in (m.first, m.second) if p}
        allowed = m.state == "disagreed" and who in two
        if self.tried(
            number, lambda: self.house.use.reject_after_all(self.house.hands[who], number, "real"), allowed
        ):
            m.state = "rejected"
        self.holds(number)

    @rule(i=batches, who=PEOPLE, other=PEOPLE)
    def again(self, i: int, who: str, other: str) -> None:
        number, m = self.pick(i)
        a = m.first.found if m.first else frozenset()
        b = m.second.found if m.second else frozenset()
        two = {p.person for p in (m.first, m.second) if p}
        allowed = (
            m.state == "disagreed" and {who, other} == two and who != other and not m.again_used
            and "CRK" not in a | b and not m.undone
        )  # fmt: skip
        hands = self.house.hands
        if self.tried(
            number, lambda: self.house.use.do_again(hands[who], hands[other], number, "light"), allowed
        ):
            m.again_used = True
            m.new_round()
        self.holds(number)

    @rule(i=batches, who=PEOPLE)
    def release(self, i: int, who: str) -> None:
        number, m = self.pick(i)
        first = m.first.person if m.first else None
        allowed = (
            m.state == "accepted" and not m.held and "releaser" in ROLES[who] and who != first
            and who not in m.made and who not in m.conceders and not m.undone and not m.rework
        )  # fmt: skip
        if self.tried(number, lambda: self.house.use.release_batch(self.house.hands[who], number), allowed):
            m.state, m.released = "released", QUANTITY
        self.holds(number)

    @rule(i=batches, who=PEOPLE, quantity=st.integers(1, QUANTITY + 1))
    def ship(self, i: int, who: str, quantity: int) -> None:
        number, m = self.pick(i)
        late = m.state == "released_under_concession" and (
            m.until is None or self.house.clock.today() > m.until
        )
        SignOff.late += late
        allowed = (
            m.state in ("released", "released_under_concession") and not m.held and bool(ROLES[who])
            and quantity <= m.released - m.shipped and not late
        )  # fmt: skip
        if self.tried(
            number,
            lambda: self.house.use.ship_batch(self.house.sittings[who], number, quantity, "ACME"),
            allowed,
        ):
            assert not m.held
            m.shipped += quantity
        self.holds(number)

    @rule(i=batches, who=PEOPLE)
    def withdraw(self, i: int, who: str) -> None:
        number, m = self.pick(i)
        released = m.state in ("released", "released_under_concession")
        allowed = released and (who in m.signers or "releaser" in ROLES[who])
        if self.tried(
            number, lambda: self.house.use.withdraw_batch(self.house.hands[who], number, "crack"), allowed
        ):
            m.state = "withdrawn"
        self.holds(number)

    @rule(i=batches, who=PEOPLE, place=st.sampled_from(("first", "second")))
    def retract(self, i: int, who: str, place: str) -> None:
        number, m = self.pick(i)
        check = self.checks.get((number, place))
        mine: Place | None = getattr(m, place)
        if check is None or mine is None:
            return
        allowed = (
            mine.signed and who == mine.person
            and m.state in ("awaiting_second", "second_check", "accepted", "rejected", "disagreed")
            and not (m.state == "rejected" and m.critical and not m.undone)
        )  # fmt: skip
        if self.tried(
            number, lambda: self.house.use.retract_check(self.house.hands[who], check, "gauge"), allowed
        ):
            setattr(m, place, None)
            m.retracted.add(who)
            m.tightened = m.tightened or m.state == "rejected"
            gone = m.compared and m.again_used
            m.again_used = m.again_used or m.compared
            if gone:
                m.kept = True
            else:
                m.new_round()
        self.holds(number)

    @rule(i=batches, who=PEOPLE, other=PEOPLE, kind=st.sampled_from(("rework", "repair")))
    def dispose(self, i: int, who: str, other: str, kind: str) -> None:
        number, m = self.pick(i)
        allowed = bool(ROLES[who] and ROLES[other]) and who != other and m.disposable() and not m.rework
        allowed = allowed and not m.shipped
        hands = self.house.hands
        if self.tried(
            number,
            lambda: self.house.use.dispose_batch(hands[who], hands[other], number, kind, "weld"),
            allowed,
        ):
            m.rework = True
        self.holds(number)

    @rule(i=batches, who=PEOPLE, other=PEOPLE, kind=st.sampled_from(("sort", "return", "scrap")))
    def dispose_goods(self, i: int, who: str, other: str, kind: str) -> None:
        number, m = self.pick(i)
        allowed = (
            bool(ROLES[who] and ROLES[other])
            and who != other
            and (
                (m.disposable() and m.state != "released")
                or (m.state == CONCEDED and not m.conceded_here)
                or (m.state == "registered" and (m.held or m.rework) and kind != "sort")
            )
            and not (m.rework and kind == "sort")
            and m.shipped < (QUANTITY if kind != "sort" else 1)
            and (
                m.state == "rejected"
                or not any(p is not None and not p.signed for p in (m.first, m.second, m.third))
            )
        )
        hands = self.house.hands
        if self.tried(
            number,
            lambda: self.house.use.dispose_batch(hands[who], hands[other], number, kind, "bad"),
            allowed,
        ):
            m.rework = kind == "sort"
            m.state = {"return": "returned", "scrap": "scrapped"}.get(kind, m.state)
        self.holds(number)

    @rule(i=batches, who=PEOPLE, by=st.sampled_from(("huy", "ai")))
    def reworked(self, i: int, who: str, by: str) -> None:
        number, m = self.pick(i)
        allowed = bool(ROLES[who]) and m.rework and not m.shipped
        if self.tried(
            number,
            lambda: self.house.use.record_rework(
                self.house.sittings[who],
                number,
                (self.house.id(by),),
                knowing=True,
                other=self.house.hands[next(p for p, roles in ROLES.items() if roles and p != who)],
            ),
            allowed,
        ):
            if m.undone:
                m.kept = False
            m.rework = False
            m.reworkers.add(by)
            m.tightened = True
            m.new_round()
        self.holds(number)

    @rule(i=batches, who=PEOPLE)
    def order_round(self, i: int, who: str) -> None:
        number, m = self.pick(i)
        signed = {p.person for p in (m.first, m.second, m.third) if p and p.signed} | m.retracted
        allowed = m.held and m.undone and "arbiter" in ROLES[who] and who not in signed | m.made | m.conceders
        if self.tried(
            number, lambda: self.house.use.order_round(self.house.hands[who], number, "again"), allowed
        ):
            m.kept = False
            m.tightened = m.tightened or m.state == "rejected"
            m.new_round()
        self.holds(number)

    @rule(i=batches, who=PEOPLE)
    def cancel(self, i: int, who: str) -> None:
        number, m = self.pick(i)
        allowed = m.state == "registered" and not m.held and not m.rounds and bool(ROLES[who])
        if self.tried(
            number, lambda: self.house.use.cancel_batch(self.house.sittings[who], number, "twice"), allowed
        ):
            m.state = "cancelled"
        self.holds(number)

    @rule(
        i=batches,
        who=PEOPLE,
        quantity=st.integers(1, QUANTITY + 1),
        days=st.integers(-1, 2),
        consent=st.booleans(),
    )
    def ask_concession(self, i: int, who: str, quantity: int, days: int, consent: bool) -> None:
        number, m = self.pick(i)
        until = self.house.clock.today() + timedelta(days=days)
        allowed = (
            m.state == "rejected" and bool(ROLES[who]) and not m.rework and not m.ever_critical
            and m.asked is None and quantity <= QUANTITY and days >= 0
        )  # fmt: skip
        wish = Wish(quantity, until, "hidden once mounted", "mail", consent=self.consent if consent else None)
        if self.tried(
            number,
            lambda: self.house.use.request_concession(self.house.hands[who], number, wish),
            allowed,
        ):
            m.asked = Asked(who, quantity, until, consent)
            m.conceders.add(who)
        self.holds(number)

    @rule(i=batches, who=PEOPLE, other=PEOPLE)
    def approve_concession(self, i: int, who: str, other: str) -> None:
        number, m = self.pick(i)
        hands, asked = self.house.hands, m.asked
        allowed = m.approvable(who, other, self.house.clock.today())
        if (
            self.tried(
                number,
                lambda: self.house.use.approve_concession(hands[who], hands[other], number),
                allowed,
            )
            and asked is not None
        ):
            m.state, m.released, m.until, m.asked = (
                "released_under_concession",
                asked.quantity,
                asked.until,
                None,
            )
            m.conceders |= {who, other}
            SignOff.conceded += 1
        self.holds(number)

    @rule(i=batches, who=PEOPLE)
    def refuse_concession(self, i: int, who: str) -> None:
        number, m = self.pick(i)
        allowed = m.asked is not None and (who == m.asked.person or "concession" in ROLES[who])
        if self.tried(
            number,
            lambda: self.house.use.refuse_concession(self.house.hands[who], number, "it shows"),
            allowed,
        ):
            m.asked = None
        self.holds(number)

    @rule(
        i=batches,
        checkers=st.permutations(sorted(ROLES)),
        people=st.permutations(sorted(ROLES)),
        quantity=st.integers(1, QUANTITY),
        days=st.integers(0, 1),
        consent=st.booleans(),
    )
    def bad_lot(
        self, i: int, checkers: list[str], people: list[str], quantity: int, days: int, consent: bool
    ) -> None:
        """A new lot is found bad and conceded as far as that goes, since chance alone hardly ever gets there."""
        self.numbers[i] = self.new_batch(i)
        for place, one in (("first", checkers[0]), ("second", checkers[1])):
            self.start(i, one)
            self.finish(i, one, place, "DEN", True)
        self.ask_concession(i, people[0], quantity, days, consent)
        self.approve_concession(i, people[1], people[2])

    @rule(night=st.integers(0, 3))
    def sleep(self, night: int) -> None:
        """Now and then a night goes by: what was conceded ends with its last day."""
        self.house.clock.forward(days=1 if night == 0 else 0)

    @rule(seconds=st.integers(-90, 90))
    def clock(self, seconds: int) -> None:
        """A clock that is set a little, never two minutes behind the log; what more does has a proof of its own."""
        self.house.clock.forward(seconds=seconds if self.house.clock.at > self.last_time() else 0)


def run(steps: int) -> str:
    """Play stories until so many steps are done, some from each seed; the figures."""
    SignOff.steps = SignOff.acts = SignOff.done = SignOff.conceded = SignOff.late = 0
    lots = 0
    while SignOff.steps < steps:
        lots += 1
        run_state_machine_as_test(
            seed(lots)(SignOff),
            settings=settings(
                max_examples=STORIES,
                stateful_step_count=STORY,
                deadline=None,
                database=None,
                phases=(Phase.generate,),  # a story is told by its last step; making it shorter costs minutes
                suppress_health_check=list(HealthCheck),
            ),
        )
    return (
        f"state machine: {SignOff.steps} steps, {SignOff.acts} acts tried of which {SignOff.done} were allowed;"
        f" {SignOff.conceded} released under a concession, {SignOff.late} shipments after its last day tried;"
        " the program and the model agree on each"
    )


def test_program_and_model_allow_the_same(figures: Callable[[str], None]) -> None:
    figures(run(12_000))


@pytest.mark.long
def test_program_and_model_allow_the_same_at_length(figures: Callable[[str], None]) -> None:
    figures(run(1_000_000))
