# SPDX-License-Identifier: Apache-2.0
"""Shows exactly what will be signed, and signs that and nothing else: the record's hash is what the screen drew."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from qcdesk.domain.events import Way
from qcdesk.domain.modes import codes_in_review, reviewed_alone
from qcdesk.domain.refusals import ChangedMeanwhile, Incomplete, NotReviewed, PhotosMissing
from qcdesk.gui.asking import Secret, WhoNow
from qcdesk.gui.changes import Changes
from qcdesk.gui.hands import open_own, require_badge_of
from qcdesk.gui.problems import Problem, Problems, Teller, Told
from qcdesk.gui.screens.sign.rows import CountRow, SigningRow
from qcdesk.gui.tasks import Tasks
from qcdesk.gui.waiting import Waiting
from qcdesk.i18n import Catalogue
from qcdesk.services.rows import OwnCheckPage, SigningPage
from qcdesk.services.sign_check import Signed
from qcdesk.services.use_cases import UseCases
from qcdesk.wording import ages, modes, samples, severities, states
from qcdesk.wording.spelling import in_a_row, numbers, whole


class SignView(Protocol):
    """The sheet."""

    def show_signing(self, signing: SigningRow) -> None: ...
    def open(self) -> None: ...
    def close_sheet(self) -> None: ...
    def offer_ways(self, pin: bool) -> None: ...
    def show_badge(self, code: str) -> None: ...
    def show_working(self, working: bool) -> None: ...
    def show_problem(self, problem: Problem) -> None: ...
    def count(self, told: Told | None, counting: bool) -> None: ...


@dataclass(frozen=True)
class SignWays:
    """Where a signature leads."""

    signed: Callable[[Signed], None]


class SignPresenter:
    """Signs one's own first or second check."""

    def __init__(
        self,
        view: SignView,
        use: UseCases,
        tasks: Tasks,
        words: Catalogue,
        problems: Problems,
        page_problems: Callable[[], Problems],
        tell: Teller,
        changes: Changes,
        who: WhoNow,
        ways: SignWays,
    ) -> None:
        self._view = view
        self._use = use
        self._tasks = tasks
        self._words = words
        self._problems = problems
        self._page_problems = page_problems
        self._tell = tell
        self._changes = changes
        self._who = who
        self._ways = ways
        self._waiting = Waiting(problems, view.count)
        self._page: SigningPage | None = None
        self._go_to: Callable[[int], None] | None = None

    def open(self, check: str, go_to: Callable[[int], None]) -> None:
        """Load what would be signed and show it; ``go_to`` leads to a unit that is missing."""
        self._go_to = go_to
        self._load(check, self._first_shown, self._page_problems().show)

    def _load(
        self,
        check: str,
        show: Callable[[tuple[SigningPage, OwnCheckPage]], None],
        failed: Callable[[Exception], None],
    ) -> None:
        who = self._who()
        self._tasks.run(
            lambda: (
                self._use.signing_page(who.sitting, check),
                self._use.own.own_check(check, who.person),
            ),
            show,
            failed,
            latest="sign",
        )

    def _first_shown(self, both: tuple[SigningPage, OwnCheckPage]) -> None:
        self._shown(both)
        self._waiting.end()
        self._view.offer_ways(self._who().has_pin)
        self._view.open()

    def _shown(self, both: tuple[SigningPage, OwnCheckPage]) -> None:
        self._page = both[0]
        self._view.show_signing(self._row(*both))

    def go_to_missing(self, unit: int) -> None:
        """Leave the sheet for the unit that is missing."""
        self._view.close_sheet()
        if self._go_to is not None:
            self._go_to(unit)

    def badge(self, code: str) -> None:
        """Ask for the PIN of the badge that was scanned, where it is the badge of who signs."""
        who = self._who()
        self._tasks.run(
            lambda: require_badge_of(self._use, who.person, who.name, code),
            lambda _: self._view.show_badge(code),
            self._problems.show,
            latest="badge",
        )

    def second(self) -> None:
        """One more second of a wait is over."""
        self._waiting.second()

    def sign(self, secret: Secret) -> None:
        """Open the key and sign what the screen showed."""
        page, who = self._page, self._who()
        if page is None:
            return
        self._waiting.end()
        self._view.show_working(True)

        def act() -> Signed:
            hand = open_own(self._use, who, secret)
            return self._use.sign_check(
                hand, who.sitting, page.check, seen_record=page.record, meaning=page.meaning
            )

        self._tasks.run(act, self._signed, lambda cause: self._failed(cause, secret.way))

    def _signed(self, signed: Signed) -> None:
        self._page = None
        self._view.show_working(False)
        self._view.close_sheet()
        self._changes.tell(signed)
        self._ways.signed(signed)

    def _failed(self, cause: Exception, way: Way) -> None:
        page = self._page
        if way == "pin" and not self._who().has_pin:
            self._view.offer_ways(False)
        if isinstance(cause, ChangedMeanwhile) and page is not None:
            # what is there now is shown first, so that the next try signs what was read

            def again(both: tuple[SigningPage, OwnCheckPage]) -> None:
                self._shown(both)
                self._problems.show(cause)

            self._load(page.check, again, self._problems.show)
            return
        self._waiting.show(cause)

    # words ------------------------------------------------------------------------------------------------------

    def _severities(self, own: OwnCheckPage) -> tuple[tuple[str, str], ...]:
        """Return how strictly the classes are inspected that are not on normal inspection, and why."""
        return tuple(
            (
                self._words.say(
                    "{class_word}, severity", class_word=states.defect_class(one.defect_class, self._words)
                ),
                severities.sentence(one.severity, one.reason, one.by, self._words),
            )
            for one in own.severities
            if one.severity != "normal" and own.severity_reason == "switching"
        )

    def _row(self, page: SigningPage, own: OwnCheckPage) -> SigningRow:
        say, who, header = self._words.say, self._who(), own.header
        first = page.place == "first"
        now = self._use.clock.now()
        product = f"{header.product_name} {header.product_code} {header.revision}".strip()
        batch = say(
            "{number} · {n} {unit}",
            number=page.number,
            n=whole(header.quantity, self._words),
            unit=header.unit,
        )
        taken = ages.span(((own.saved_at or now) - own.started_at) // 1_000_000, self._words)
        looked = say("{n} of {total} units in {span}", n=page.units, total=page.of, span=taken)
        if page.readings:
            readings = self._words.count("{n} reading", "{n} readings", page.readings)
            outside = say("{n} out of limits", n=page.outside) if page.outside else say("all inside")
            looked = say(
                "{looked} · {readings}, {outside}", looked=looked, readings=readings, outside=outside
            )
        withdrawn = self._words.count(
            "{n} defect, with your reason", "{n} defects, with your reasons", page.withdrawn
        )
        rejected = page.verdict == "rejected"
        meaning = states.meaning(page.meaning, self._words)
        code = page.record.upper()
        return SigningRow(
            title=say("Sign your check"),
            note=say("Read it; it cannot be edited afterwards."),
            meaning=say("“{meaning}”", meaning=meaning),
            statement=self._statement(page, own),
            facts=(
                (say("Batch"), batch),
                (say("Product"), product),
                (
                    say("Supplier") if header.supplier_name else say("Line"),
                    header.supplier_name or header.line,
                ),
                *(((say("Looked at"), looked),) if page.of else ()),
                *(((say("Ends early"), say(samples.NO_AVERAGE)),) if self._early(page) else ()),
                *self._reviewed(page),
                *self._severities(own),
                (say("Second check"), modes.second_check(own.procedure.content, self._words)),
                (say("Not done"), self._not_done(page.not_done)),
                (say("Withdrawn"), withdrawn if page.withdrawn else say("nothing")),
            ),
            found_title=say("What you found"),
            verdict=(
                say("By your check alone: rejected") if rejected else say("By your check alone: acceptable")
            ),
            rejected=rejected,
            counts=tuple(
                CountRow(
                    states.defect_class(one.defect_class, self._words),
                    str(one.counted),
                    samples.live(one, 0, self._words)
                    if one.stage
                    else say("{ac} allowed, {re} reject", ac=one.ac, re=one.re),
                    one.verdict == "rejected",
                )
                for one in page.classes
            ),
            remark=(
                say("Your signature decides nothing alone. A second person inspects without seeing it.")
                if first
                else say("Your signature decides nothing alone. Both checks are then compared.")
            ),
            record=say(
                "Record {code} · {day}, {time}",
                code=f"{code[:4]} {code[4:8]} {code[8:12]}",
                day=ages.weekday(ages.local(now).date(), self._words),
                time=ages.clock(now),
            ),
            act=say("Sign: {meaning}", meaning=meaning) if first else say("Sign my check"),
            back=say("Back to my check"),
            person=who.name,
            person_note=say("{role} · staff no. {number}", role=who.role, number=who.staff)
            if who.staff
            else who.role,
            refused=self._refused(page),
        )

    def _early(self, page: SigningPage) -> bool:
        """Tell whether the check is whole though not all that it asked for was looked at: it rejects for certain."""
        return page.missing is None and page.units + len(page.not_done) < page.of

    def _not_done(self, units: tuple[int, ...]) -> str:
        if not units:
            return self._words.say("nothing")
        return self._words.say(
            "{units}; each weighs like a nonconforming unit", units=numbers(units, self._words)
        )

    def _reviewed(self, page: SigningPage) -> tuple[tuple[str, str], ...]:
        """Return how much of the first check was opened, where some of it is in review."""
        say = self._words.say
        if not page.to_review and page.of:
            return ()
        opened = say("{n} of {total}", n=page.reviewed, total=page.to_review)
        if not page.to_review:
            opened = say("there was nothing to open")
        elif page.readings and not page.of:
            opened = self._words.count(
                "{opened} · {n} measured again", "{opened} · {n} measured again", page.readings, opened=opened
            )
        return ((say("Opened", context="how many claims were"), opened),)

    def _statement(self, page: SigningPage, own: OwnCheckPage) -> str:
        """Return what the signature says, in the words of whoever signs."""
        say, n = self._words.say, page.units
        number, code, version = page.number, own.procedure.code, own.procedure.version
        if page.place == "first":
            return say(
                "I inspected {n} units of batch {number} myself, against procedure {code} v{version}.",
                n=n,
                number=number,
                code=code,
                version=version,
            )
        if reviewed_alone(own.procedure.content):
            return say(
                "I opened everything that the first check of batch {number} found, against procedure {code} v{version}, "
                "and inspected nothing of it again but what I measured anew.",
                number=number,
                code=code,
                version=version,
            )
        if codes_in_review(own.procedure.content):
            return say(
                "I inspected {n} units of batch {number} myself, against procedure {code} v{version}, "
                "without seeing the first check, and then reviewed of it: {what}.",
                n=n,
                number=number,
                code=code,
                version=version,
                what=in_a_row(modes.looked_at_by(own.procedure.content, "review", self._words), self._words),
            )
        return say(
            "I inspected {n} units of batch {number} myself, against procedure {code} v{version}, "
            "without seeing the first check.",
            n=n,
            number=number,
            code=code,
            version=version,
        )

    def _refused(self, page: SigningPage) -> tuple[str, str, int] | None:
        missing = page.missing
        if missing is None:
            return None
        told = self._tell(missing)
        if isinstance(missing, Incomplete):
            units = [*missing.units, *(unit for unit, _ in missing.readings)]
            return told.fact, told.way, min(units, default=0)
        if isinstance(missing, PhotosMissing):
            units = [unit for unit, _ in missing.findings if unit is not None]
            if units:
                way = self._words.say("Go to {unit}.", unit=min(units))
                return self._words.run_on((told.fact, told.way)), way, min(units)
        if isinstance(missing, NotReviewed) and missing.claims:
            way = self._words.count("Open it", "Open them", len(missing.claims))
            return told.fact, way, min(unit for unit, _ in missing.claims)
        return told.fact, told.way, 0
