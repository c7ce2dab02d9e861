# SPDX-License-Identifier: Apache-2.0
"""One batch for one person: its facts in words, and every act that is allowed now, done from here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from qcdesk.domain.batches import ENDED, is_held
from qcdesk.domain.events import Place, RoundOpened
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.modes import codes_in_review
from qcdesk.domain.nonconformities import BEING_CHECKED
from qcdesk.domain.procedures import ProcedureContent
from qcdesk.domain.refusals import (
    CertificateVoid,
    NotAccepted,
    NotHeld,
    NothingSuspect,
    NotReleased,
    NotYourCheck,
    Refusal,
    WrongState,
)
from qcdesk.domain.sampling import ClassPlan, SamplingPlan
from qcdesk.gui.asking import Ask, WhoNow
from qcdesk.gui.changes import Changes
from qcdesk.gui.collation import in_order
from qcdesk.gui.printed import printed
from qcdesk.gui.problems import Problem, Problems, Teller
from qcdesk.gui.screens.batch.acts import (
    ALIASES,
    AS_SPLIT_OFF,
    CONCEDING,
    HIDDEN,
    ICONS,
    LAST,
    LEFT_FROM,
    LISTED,
    NEXT,
    NEXT_OF_REJECTED,
    NOTES,
    OVER_A_HOLD,
    SAID_WHEN_REFUSED,
    START_WORDS,
    STARTS,
    STEP_OF,
    STICKERS_WHILE,
    TIMELINE_ICONS,
)
from qcdesk.gui.screens.batch.rows import AllowedRow, FactRow, LimitRow, PageRow, RefusedRow, WhoRow
from qcdesk.gui.screens.batch.sheets import Act, BatchSheets, Foreseen
from qcdesk.gui.tasks import Tasks
from qcdesk.gui.widgets.timeline import Happening
from qcdesk.i18n import Catalogue
from qcdesk.services.care_rows import StayRow
from qcdesk.services.foresight import next_procedure
from qcdesk.services.nonconformity_rows import NonconformityRow
from qcdesk.services.prints import PrintsOf
from qcdesk.services.rows import BatchPage, MayRow, PersonRow, RoundHeadRow, TimelineRow
from qcdesk.services.start_check import plan_batch
from qcdesk.services.use_cases import UseCases
from qcdesk.wording import (
    ages,
    concessions,
    events,
    marks,
    modes,
    nonconformities,
    severities,
    spelling,
    states,
    waits,
)
from qcdesk.wording.named_lots import named
from qcdesk.wording.parts import way_of
from qcdesk.wording.spelling import day, in_a_row, is_name, whole


class BatchView(Protocol):
    """The page."""

    def show_page(self, page: PageRow) -> None: ...
    def show_problem(self, problem: Problem) -> None: ...


@dataclass(frozen=True)
class BatchWays:
    """Where the page leads. ``told`` shows one line at the foot of the window, ``charts`` those of the product.

    ``amiss`` opens a nonconformity, ``nonconformity`` shows one.
    """

    start: Callable[[str], None]
    comparison: Callable[[str, int | None], None]
    report: Callable[[str], None]
    stickers: Callable[[str], None]
    certificate: Callable[[str], None]
    change: Callable[[str], None]
    told: Callable[[str], None]
    labels: Callable[[str], None] = lambda _: None
    first_article: Callable[[str], None] = lambda _: None
    charts: Callable[[BatchPage], None] = lambda _: None
    amiss: Callable[[str], None] = lambda _: None
    nonconformity: Callable[[int], None] = lambda _: None


@dataclass(frozen=True)
class Planned:
    """By what is inspected: of the round that stands, else of the one to come, which has drawn no units yet."""

    plan: SamplingPlan
    content: ProcedureContent
    overlap: int = 0
    fresh: int = 0


@dataclass(frozen=True)
class Loaded:
    """What one load brings."""

    page: BatchPage
    timeline: tuple[TimelineRow, ...]
    plan: Planned | None
    people: tuple[PersonRow, ...]
    stays: tuple[StayRow, ...]
    amiss: tuple[NonconformityRow, ...]
    complained: frozenset[tuple[str, str]] = frozenset()
    """Who says what in the complaints about it, where a report names it as a lot."""
    printed: tuple[Happening, ...] = ()


class BatchPresenter:
    """The page of one batch."""

    def __init__(
        self,
        view: BatchView,
        use: UseCases,
        tasks: Tasks,
        words: Catalogue,
        problems: Problems,
        tell: Teller,
        ask: Ask,
        changes: Changes,
        who: WhoNow,
        ways: BatchWays,
    ) -> None:
        self._view = view
        self._use = use
        self._tasks = tasks
        self._words = words
        self._problems = problems
        self._tell = tell
        self._ask = ask
        self._changes = changes
        self._who = who
        self._ways = ways
        self._sheets = BatchSheets(use, words, who)
        self._batch = ""
        self._loaded: Loaded | None = None

    def open(self, batch: str) -> None:
        """Load and show a batch."""
        self._batch = batch
        self._loaded = None
        self.reload()

    @property
    def in_view(self) -> str:
        """The batch in view, by its id; empty before one was opened."""
        return self._batch

    def reload(self) -> None:
        """Load the page again."""
        if not self._batch:
            return
        batch, person, use = self._batch, self._who().person, self._use

        def load() -> Loaded:
            page = use.read.batch(batch, person, use.clock.now())
            timeline, stays = use.read.timeline(batch, person), use.read.care.stays(batch)
            amiss = use.read.nonconformities.listed(closed=True, batch=batch)
            said = use.read.care.complaints(closed=True) if page.named else ()
            about = frozenset(
                (row.complaint.taken.customer, row.complaint.taken.words)
                for row in said
                if batch in row.complaint.batches
            )
            people = tuple(in_order(use.read.people(), lambda row: row.person.name))
            papers = printed(use, PrintsOf(batch=page.batch), self._words)
            return Loaded(page, timeline, self._plan(page), people, stays, amiss, about, papers)

        self._tasks.run(load, self._show, self._problems.show, latest="batch")

    def _plan(self, page: BatchPage) -> Planned | None:
        """Return what is allowed in the sample, and how the second person looks."""
        uow = self._use.look()
        with uow:
            if page.state == "registered":
                try:
                    batch = uow.batch(page.batch)
                    return Planned(plan_batch(uow, batch), next_procedure(uow, batch).content)
                except (Refusal, BadInput):
                    return None  # no procedure yet: the page says so where the check would start
            if not page.rounds:
                return None
            opened: RoundOpened = uow.round(page.rounds[-1].round).opened
        return Planned(opened.plan, opened.procedure.content, len(opened.overlap), len(opened.fresh))

    # acts -------------------------------------------------------------------------------------------------------

    def act(self, act: str) -> None:
        """Do what was chosen among the allowed acts."""
        loaded = self._loaded
        if loaded is None:
            return
        name, _, no = act.partition(":")
        name = ALIASES.get(name, name)
        if name in STARTS:
            self._ways.start(self._batch)
        elif name == "part":
            self.open(no)
        elif name == "compare":
            self._ways.comparison(self._batch, int(no) if no else None)
        elif name == "report":
            self._ways.report(self._batch)
        elif name == "stickers":
            self._ways.stickers(self._batch)
        elif name == "first_article":
            self._ways.first_article(self._batch)
        elif name == "labels":
            self._ways.labels(self._batch)
        elif name == "certificate":
            self._ways.certificate(self._batch)
        elif name == "change":
            self._ways.change(self._batch)
        elif name == "charts":
            self._ways.charts(loaded.page)
        elif name == "amiss":
            self._ways.amiss(self._batch)
        elif name == "nonconformity":
            self._ways.nonconformity(int(no))
        elif name == "recalled":
            self._do(self._sheets.recalled(loaded.page, int(no)))
        elif name == "see_first":
            self._see_first()
        else:
            made = self._sheets.of(name, loaded.page, loaded.people)
            if made is not None:
                self._do(made)

    def _do(self, act: Act) -> None:
        def done(result: object) -> None:
            if isinstance(result, Foreseen):
                self._do(self._sheets.knowing(result, self._tell(result.cause), act.told))
            else:
                self._happened(act.told, result)

        self._ask(act.asking, act.work, done)

    def _see_first(self) -> None:
        sitting, batch = self._who().sitting, self._batch
        self._tasks.run(
            lambda: self._use.look_at_first(sitting, batch, "report"),
            lambda _: self._ways.report(batch),
            self._problems.show,
        )

    def _happened(self, told: str, fact: object) -> None:
        self._changes.tell(fact)
        self._ways.told(told)
        self.reload()

    # words ------------------------------------------------------------------------------------------------------

    def _show(self, loaded: Loaded) -> None:
        self._loaded = loaded
        self._view.show_page(self._page(loaded))

    def _page(self, loaded: Loaded) -> PageRow:
        say, page, header = self._words.say, loaded.page, loaded.page.header
        today = self._use.clock.today()
        names = {row.person.id: row.person.name for row in loaded.people}
        product = f"{header.product_name} {header.product_code} {header.revision}".strip()
        source = header.supplier_name or header.line
        stopped = page.held and page.hold_by and page.hold_kind
        return PageRow(
            back=say("Board"),
            number=header.number,
            state="quarantined" if stopped and page.state not in OVER_A_HOLD else page.state,
            about=say("{product}  ·  {source}", product=product, source=source),
            ship_by=ages.near_day(header.ship_by, today, self._words) if header.ship_by else "",
            ship_in=ages.until(header.ship_by, today, self._words) if header.ship_by else "",
            late=header.ship_by is not None
            and header.ship_by <= today
            and page.state not in ("released", "released_under_concession"),
            steps=self._steps(page),
            step=STEP_OF.get(page.state, 0),
            step_mark=str(min(5, STEP_OF.get(page.state, 0) + 1)),
            facts=self._facts(loaded),
            limits=tuple(self._limit(one) for one in loaded.plan.plan.classes) if loaded.plan else (),
            happened=tuple(
                self._happening(row, names) for row in reversed(loaded.timeline) if row.kind not in LISTED
            ),
            round=say("Round {no}", no=page.rounds[-1].no) if page.rounds else "",
            blind_note=self._blind_note(loaded) if page.blind else "",
            allowed=self._allowed(loaded),
            refused=tuple(self._refused(may, names, page) for may in page.may if self._worth_saying(may)),
            hold=self._hold(page) if stopped else "",
            hold_note=self._hold_note(page) if stopped else "",
            heading=self._heading(loaded),
            conceded=page.state == "released_under_concession",
            printed=loaded.printed,
        )

    def _heading(self, loaded: Loaded) -> str:
        """Return what stands under the number: released under concession, nothing inspected twice; most often nothing."""
        page = loaded.page
        told = [modes.not_twice(loaded.plan.content, self._words)] if loaded.plan else []
        if page.state == "released_under_concession" and page.concession is not None:
            row, unit = page.concession.row, page.header.unit
            told.insert(0, concessions.heading(row, page.header.quantity, unit, self._words))
        return " · ".join(filter(None, told))

    def _blind_note(self, loaded: Loaded) -> str:
        if loaded.plan is not None and codes_in_review(loaded.plan.content):
            return self._words.say(
                "What a first check found stays closed until the second, but for its review."
            )
        return self._words.say("What a first check found stays closed until the second person has signed.")

    def _hold(self, page: BatchPage) -> str:
        kind = self._words.say(states.HOLD_KIND_WORDS.get(page.hold_kind, states.HOLD_KIND_WORDS["other"]))
        return self._words.say("Stopped by {name}: {kind}", name=page.hold_by, kind=kind)

    def _hold_note(self, page: BatchPage) -> str:
        if page.hold_reason:
            return page.hold_reason
        return self._words.say("Checks go on. The reason opens when both checks are signed.")

    def _steps(self, page: BatchPage) -> tuple[tuple[str, str], ...]:
        say, today = self._words.say, self._use.clock.today()
        checks = (
            {c.place: c for c in page.rounds[-1].checks if c.state in ("open", "signed")}
            if page.rounds and page.state != "registered"  # after rework the way begins anew
            else {}
        )

        def who(place: Place) -> str:
            check = checks.get(place)
            if check is None:
                return ""
            return check.person_name

        compared = say("Compared")
        note = self._words.say(states.BATCH_STATES[page.state]) if STEP_OF.get(page.state, 0) >= 3 else ""
        if page.state in ("released", "released_under_concession"):
            note = say("Accepted") if page.state == "released" else say("Rejected")
        return (
            (say("Registered"), ages.near(page.registered_at, today, self._words)),
            (say("First check"), who("first")),
            (say("Second check"), who("second")),
            (compared, note),
            (say("Released"), self._words.say("{n} {unit}", n=page.released, unit=page.header.unit)
             if page.released else ""),
        )  # fmt: skip

    def _severities(self, page: BatchPage) -> Iterable[FactRow]:
        """Yield where each class stands whose severity switches, and why."""
        last = page.rounds[-1] if page.rounds and page.state != "registered" else None
        pinned = page.next_severities if last is None else last.severities
        if (page.next_severity if last is None else last.severity_reason) in (
            "tightened",
            "after_rework",
            "after_void",
        ):
            return  # the whole batch is, whatever its supplier's lots before ask for
        for one in pinned:
            name = states.defect_class(one.defect_class, self._words)
            why = severities.sentence(one.severity, one.reason, one.by, self._words)
            yield FactRow(self._words.say("{class_word}, severity", class_word=name), why)

    def _facts(self, loaded: Loaded) -> tuple[FactRow, ...]:
        say, page, header = self._words.say, loaded.page, loaded.page.header
        today = self._use.clock.today()
        facts = [
            FactRow(
                say("Quantity"), say("{n} {unit}", n=whole(header.quantity, self._words), unit=header.unit)
            )
        ]
        if header.order:
            facts.append(FactRow(say("Order"), header.order))
        facts.extend(self._concession(page, today))
        if loaded.plan is not None:
            units = self._sample_words(loaded.plan.plan)
            planned = loaded.plan.plan.severity
            severity = planned if page.state == "registered" else page.rounds[-1].severity
            facts.append(FactRow(say("Sample"), units, states.severity(severity, self._words)))
            facts.extend(self._severities(page))
            facts.append(self._second_check(loaded.plan))
        if page.rounds:
            last = page.rounds[-1]
            facts.append(
                FactRow(say("Procedure"), say("{code} v{version}", code=last.procedure, version=last.version))
            )
        if header.made_on:
            facts.append(FactRow(say("Made on"), day(header.made_on, self._words, today)))
        if page.maker_names:
            facts.append(FactRow(say("Made by"), in_a_row(page.maker_names, self._words)))
        if page.reworkers:
            who = say("Reworked or repaired by") if page.repaired else say("Reworked by")
            facts.append(FactRow(who, in_a_row(page.reworkers, self._words)))
        if page.repaired:
            facts.append(FactRow(say("Repair"), say(states.REPAIRED), wide=True))
        if page.regraded:
            facts.append(FactRow(say("Grade or use"), page.regraded, wide=True))
        facts.append(
            FactRow(
                say("Registered"),
                ages.near(page.registered_at, today, self._words),
                page.registered_by if is_name(page.registered_by) else "",
            )
        )
        for check in (c for one in page.rounds for c in one.checks if c.had is not None):
            had = say("Had rejected") if check.had == "rejected" else say("Had accepted")
            place = states.place(check.place, self._words)
            facts.append(
                FactRow(say("Taken back"), say("{name}, {place}", name=check.person_name, place=place), had)
            )
        if page.shipped:
            facts.append(FactRow(say("Shipped"), say("{n} {unit}", n=page.shipped, unit=header.unit)))
        facts.extend(self._parts(page))
        for one in page.named:
            may_be = say("Whether it is that lot, somebody who knows the supplier says.")
            facts.append(FactRow(say("Named in a report"), named(one, self._words), may_be, wide=True))
        if page.stands:
            facts.append(FactRow(say("Stands at"), page.stands))
        if loaded.stays:
            spent = waits.in_states(loaded.stays, self._use.clock.now(), self._words)
            facts.append(FactRow(say("Time in each state"), spent, wide=True))
        if page.note:
            facts.append(FactRow(say("Note"), page.note))
        return tuple(facts)

    def _concession(self, page: BatchPage, today: date) -> Iterable[FactRow]:
        """Yield what was asked for of the standing round, how it stands, and who signed."""
        if page.concession is None or page.state not in CONCEDING:
            return
        say, row = self._words.say, page.concession.row
        units = say("{n} {unit}", n=whole(row.quantity, self._words), unit=page.header.unit)
        until = say("{standing}, until {day}", standing=concessions.standing(row, self._words),
                    day=day(row.until, self._words, today))  # fmt: skip
        yield FactRow(say("Concession"), units, until, wide=True)
        if page.not_conceded:
            here = say(
                "{n} {unit}, still here", n=whole(page.not_conceded, self._words), unit=page.header.unit
            )
            yield FactRow(say("Not conceded"), here, say(concessions.REST_WAITS), wide=True)
        yield FactRow(say("Deviation"), row.deviation, ", ".join(row.called), wide=True)
        yield FactRow(say("The customer's reference"), row.reference, row.use, wide=True)
        if row.consent is not None:
            kept = say("kept as {digest}", digest=spelling.digest(row.consent))
            yield FactRow(say("The customer's signed consent"), row.consent_name or kept,
                          kept if row.consent_name else "", wide=True)  # fmt: skip
        for signed in page.concession.signatures:
            at = say(
                "{time} · event {event}",
                time=ages.minute(signed.at, self._words, today),
                event=signed.event or "–",
            )
            note = " · ".join((at, *marks.of_signature(signed, self._words)))
            yield FactRow(say(states.MEANINGS[signed.meaning]), signed.name, note, wide=True)

    def _parts(self, page: BatchPage) -> Iterable[FactRow]:
        """Yield what it was split from, into which parts it was split, and how many units stayed."""
        say, unit = self._words.say, page.header.unit
        if page.part_of is not None:
            whole = page.part_of
            told = say(
                "{number}, {n} of its {all} {unit}",
                number=whole.number,
                n=whole.quantity,
                all=whole.of,
                unit=unit,
            )
            yield FactRow(say("Part of"), told, way_of(whole, self._words), wide=True)
            if whole.units:
                claimed = say("The first units here; a critical was claimed on them.")
                yield FactRow(
                    say("Units {units} of it", units=", ".join(map(str, whole.units))), claimed, wide=True
                )
        for part in page.parts:
            told = say("{number}, {n} {unit}", number=part.number, n=part.quantity, unit=unit)
            way = way_of(part, self._words)
            if part.state not in AS_SPLIT_OFF:  # it has gone on since
                state = states.state(part.state, self._words, held=False)
                way = say("{way} · {state}", way=way, state=state)
            yield FactRow(say("Split into"), told, way, wide=True)
        if page.parts and page.here:
            yield FactRow(say("Stays"), say("{n} {unit}", n=page.here, unit=unit))

    def _sample_words(self, plan: SamplingPlan) -> str:
        """Return how many units the sample has; where classes take several, how many it begins with."""
        first = max(one.samples()[0].cumulative_n for one in plan.classes)
        if first == plan.n:
            return self._words.count("{n} unit", "{n} units", plan.n)
        return self._words.count("{first}, up to {n} unit", "{first}, up to {n} units", plan.n, first=first)

    def _second_check(self, planned: Planned) -> FactRow:
        """Return how the second person looks; of a split sample, how many units both have."""
        note = ""
        if planned.fresh:
            note = self._words.say(
                "{both} units in common, {fresh} fresh ones", both=planned.overlap, fresh=planned.fresh
            )
        how = modes.second_check(planned.content, self._words)
        return FactRow(self._words.say("Second check"), how, note)

    def _limit(self, plan: ClassPlan) -> LimitRow:
        say = self._words.say
        if len(plan.stages) == 2:
            basis = say("AQL {aql}, double", aql=plan.rule.aql)
        elif plan.stages:
            basis = say("AQL {aql}, multiple", aql=plan.rule.aql)
        elif plan.rule.kind == "aql":
            basis = say("AQL {aql}", aql=plan.rule.aql)
        elif plan.rule.kind == "zero":
            basis = say("c = 0")
        else:
            basis = self._words.count("{n} unit", "{n} units", plan.n)
        return LimitRow(
            states.defect_class(plan.defect_class, self._words),
            say("{ac} allowed · {re} reject", ac=plan.ac, re=plan.re),
            basis,
        )

    def _happening(self, row: TimelineRow, names: Mapping[str, str]) -> Happening:
        today = self._use.clock.today()
        at = ages.local(row.at).date()
        facts = {key: names.get(value, value) for key, value in row.facts.items()}
        told = events.line(row.kind, facts, self._words, count=row.count, today=today)
        name = names.get(row.person, row.person)
        who = (events.hands(name, row.facts, self._words),) if is_name(name) else ()
        beside = who + marks.of_line(row, self._words)
        return Happening(
            ages.near_day(at, today, self._words),
            ages.clock(row.at),
            told,
            " · ".join(beside),
            TIMELINE_ICONS.get(row.kind, "info"),
            row.act,
        )

    def _worth_saying(self, may: MayRow) -> bool:
        """Tell whether a refused act belongs on the page: what has no turn here now is not a refusal."""
        if may.allowed or may.why_not is None or may.act not in SAID_WHEN_REFUSED:
            return False
        if may.act == "release" and isinstance(may.why_not, NotAccepted):
            return may.why_not.state in ("first_check", "awaiting_second", "second_check", "disagreed")
        if isinstance(may.why_not, (NotReleased, CertificateVoid)):
            return False  # a certificate has its turn once the batch is released
        nothing_to_do = (WrongState, NotHeld, NotAccepted, NotYourCheck, NothingSuspect)
        return not isinstance(may.why_not, nothing_to_do)

    def _allowed(self, loaded: Loaded) -> tuple[AllowedRow, ...]:
        page = loaded.page
        rows = [self._allowed_row(may.act, page) for may in page.may if self._offered(may, page)]
        if page.state == "registered" and not page.rounds and page.part_of is None:
            rows.append(self._allowed_row("change", page))
        if any(c.state == "open" for c in (page.rounds[-1].checks if page.rounds else ())):
            rows.append(self._allowed_row("set_aside", page))
        known = {row.act for row in rows}
        say = self._words.say
        if page.state in STICKERS_WHILE:
            rows.append(
                AllowedRow(
                    "stickers",
                    say("Print the stickers"),
                    say("They carry the sample numbers."),
                    ICONS["stickers"],
                )
            )
        if page.state not in ENDED:
            rows.append(
                AllowedRow(
                    "labels",
                    say("Print labels"),
                    say("They say on the goods how the batch stands."),
                    ICONS["labels"],
                )
            )
        compared: list[RoundHeadRow] = [r for r in page.rounds if r.outcome is not None]
        for place, round_ in enumerate(reversed(compared)):
            if place == 0 and "compare" in known:
                continue
            rows.append(
                AllowedRow(
                    f"compare:{round_.no}",
                    say("See the comparison of round {no}", no=round_.no)
                    if len(page.rounds) > 1
                    else say("See the comparison"),
                    say(NOTES["compare"]),
                    "columns-2",
                )
            )
        if compared and compared[-1] is page.rounds[-1] and not _tallied(loaded):
            rows.append(
                AllowedRow(
                    "first_article",
                    say("Print the first-article report"),
                    say("One unit with each characteristic, by the fields of AS9102."),
                    ICONS["first_article"],
                )
            )
        if compared and page.state != "disagreed":
            rows.append(
                AllowedRow(
                    "charts",
                    say("See the charts of this product"),
                    say("What was measured and found, batch by batch."),
                    ICONS["charts"],
                )
            )
        rows.extend(self._amiss(loaded))
        rows.extend(self._other_parts(page))
        rows.sort(key=lambda row: (row.kind == "hold", row.act in LAST))
        following = (*STARTS, *NEXT, *(NEXT_OF_REJECTED if page.state == "rejected" else ()))
        main = next((row for row in rows if row.act in following), None)
        if main is None:
            return tuple(rows)
        first = AllowedRow(main.act, main.words, main.note, main.icon, "filled")
        return (first, *(row for row in rows if row is not main))

    def _amiss(self, loaded: Loaded) -> Iterable[AllowedRow]:
        """Yield the nonconformities of the batch, and the way to open one where it can be amiss."""
        say, page, today = self._words.say, loaded.page, self._use.clock.today()
        for row in loaded.amiss:
            yield AllowedRow(
                f"nonconformity:{row.number}",
                say("See nonconformity {number}", number=nonconformities.number(row)),
                nonconformities.stands(row, today, self._words),
                ICONS["amiss"],
            )
        me = self._who().person
        works = any(
            row.person.id == me and any(grant.role != "auditor" for grant in row.person.roles)
            for row in loaded.people
        )
        if works and page.state not in BEING_CHECKED:
            for lot, one in enumerate(page.named):
                report = named(one, self._words)
                known = any(
                    who == one.source and (one.reference or report) in words
                    for who, words in loaded.complained
                )
                if not known:
                    yield AllowedRow(
                        f"recalled:{lot}", say("It is the lot of the report"), report, ICONS["amiss"]
                    )
        found = any(one.outcome is not None for one in page.rounds)
        if works and page.state not in BEING_CHECKED and (found or is_held(page.state, page.held)):
            yield AllowedRow("amiss", say("Open a nonconformity"), say(NOTES["amiss"]), ICONS["amiss"])

    def _other_parts(self, page: BatchPage) -> Iterable[AllowedRow]:
        """Yield the ways to the batch that this one is a part of, and to its own parts."""
        say, unit = self._words.say, page.header.unit
        whole = () if page.part_of is None else ((page.part_of, say("This batch is a part of it.")),)
        parts = tuple(
            (part, say("{n} {unit}. {way}.", n=part.quantity, unit=unit, way=way_of(part, self._words)))
            for part in page.parts
        )
        for part, note in (*whole, *parts):
            see = say("See batch {number}", number=part.number)
            yield AllowedRow(f"part:{part.batch}", see, note, ICONS["split"])

    def _offered(self, may: MayRow, page: BatchPage) -> bool:
        """Tell whether an allowed act is worth offering to this person now."""
        if not may.allowed or may.act in HIDDEN:
            return False
        if may.act == "give_up":  # only who may be second has a place to give up
            return page.blind
        if may.act == "ship_unreleased":
            return self._could_have_left(page)
        last = page.rounds[-1] if page.rounds else None
        compared = last is not None and last.outcome is not None
        mine = last is not None and any(
            c.person == self._who().person and c.place == "first" for c in last.checks
        )
        if may.act == "see_first":
            return not compared and not mine
        return may.act != "report" or compared or mine

    def _could_have_left(self, page: BatchPage) -> bool:
        """Tell whether goods may be gone without a release: they wait for it, it was refused, or they were due to go.

        What is released is shipped. A batch that is still to be inspected has every unit here; where one is found
        missing all the same, whoever stops the batch can put that down.
        """
        if page.held:
            return True
        due = page.header.ship_by is not None and page.header.ship_by <= self._use.clock.today()
        return page.state in LEFT_FROM or (due and page.state in ("registered", "first_check"))

    def _allowed_row(self, act: str, page: BatchPage) -> AllowedRow:
        code = self._named(act, page)
        return AllowedRow(
            act,
            states.act(code, self._words, page.ordered),
            self._note_of(code),
            ICONS.get(code, "arrow-right"),
            "hold" if act in ("stop", "hold") else "framed",
        )

    def _note_of(self, code: str) -> str:
        planned = self._loaded.plan if self._loaded else None
        if code in ("second", "start_second") and planned is not None:
            return modes.before_second(planned.content, self._words)
        return self._words.say(NOTES[code]) if code in NOTES else ""

    def _named(self, act: str, page: BatchPage) -> str:
        """Return the code under which an act is said: to start says which place, or that one goes on."""
        act = ALIASES.get(act, act)
        if act != "start":
            return act
        last = page.rounds[-1].checks if page.rounds else ()
        mine = any(c.person == self._who().person and c.state == "open" and c.place != "third" for c in last)
        return "continue_check" if mine else START_WORDS.get(page.state, "start")

    def _refused(self, may: MayRow, names: Mapping[str, str], page: BatchPage) -> RefusedRow:
        say = self._words.say
        assert may.why_not is not None
        told = self._tell(may.why_not)
        code = self._named(may.act, page)
        if code == "continue_check":  # somebody else's check: what one would have made is the point
            code = "start_first" if page.state == "first_check" else "start_second"
        word = states.act(code, self._words, page.ordered)
        fact = say("{act}: not now", act=word)
        why = say("{fact} {way}", fact=told.fact, way=told.way).strip()
        who = tuple(WhoRow(p, names.get(p, p), "") for p in may.who_can[:3] if is_name(names.get(p, p)))
        return RefusedRow(may.act, fact, why, who)


def _tallied(loaded: Loaded) -> bool:
    return loaded.plan is not None and loaded.plan.content.tally
