# SPDX-License-Identifier: Apache-2.0
"""Two checks in words: the verdict with its reason and the next step, what each missed, what both probably missed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from qcdesk.domain.comparison import CaughtByOne, Compared
from qcdesk.domain.sampling import ClassRule, ClassVerdict, overall
from qcdesk.gui.asking import Ask, Asking, WhoNow
from qcdesk.gui.changes import Changes
from qcdesk.gui.measured_pairs import measured_pairs
from qcdesk.gui.problems import Problem, Problems, Teller
from qcdesk.gui.screens.comparison.rows import (
    AgreementRow,
    AloneRow,
    CheckerRow,
    EstimateRow,
    LegendRow,
    MissedRow,
    PageRow,
    SampleRow,
    VerdictRow,
)
from qcdesk.gui.tasks import Tasks
from qcdesk.gui.widgets.pictures import FoundBy, GridUnit
from qcdesk.i18n import Catalogue
from qcdesk.services.rows import CheckHeadRow, ComparisonPage, FindingRow, MayRow, UnsharedRow
from qcdesk.services.use_cases import UseCases
from qcdesk.wording import ages, detection, estimates, marks, modes, severities, states
from qcdesk.wording.spelling import in_a_row, whole

MOST_MISSED: Final = 60
_FOUND: Final[dict[str, FoundBy]] = {
    "both": "both",
    "first": "first",
    "second": "second",
    "neither": "neither",
    "not_compared": "not_done",
}


class ComparisonView(Protocol):
    """The page."""

    def show_page(self, page: PageRow) -> None: ...
    def show_learnt(self, lines: Sequence[str]) -> None: ...
    def show_photo(self, content: bytes) -> None: ...
    def show_problem(self, problem: Problem) -> None: ...


@dataclass(frozen=True)
class ComparisonWays:
    """Where the page leads. ``second``: what a second check buys, for lots of a size that are inspected by a rule."""

    batch: Callable[[str], None]
    report: Callable[[str], None]
    start: Callable[[str], None]
    told: Callable[[str], None]
    second: Callable[[ClassRule, int], None] = lambda _rule, _lot: None


class ComparisonPresenter:
    """The comparison of one round."""

    def __init__(
        self,
        view: ComparisonView,
        use: UseCases,
        tasks: Tasks,
        words: Catalogue,
        problems: Problems,
        tell: Teller,
        ask: Ask,
        changes: Changes,
        who: WhoNow,
        ways: ComparisonWays,
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
        self._batch = ""
        self._round: int | None = None
        self._page: ComparisonPage | None = None

    def open(self, batch: str, round_no: int | None = None) -> None:
        """Load and show the comparison of a round (None: the newest)."""
        self._batch, self._round, self._page = batch, round_no, None
        self.reload()

    def reload(self) -> None:
        """Load it again."""
        batch, person, round_no = self._batch, self._who().person, self._round
        self._tasks.run(
            lambda: self._use.read.comparison(batch, person, self._use.clock.now(), round_no),
            self._show,
            self._problems.show,
            latest="comparison",
        )

    def _show(self, page: ComparisonPage) -> None:
        self._page = page
        self._view.show_page(self._row(page))
        person, names = self._who().person, (page.first.person_name, page.second.person_name)

        def learnt() -> tuple[str, ...]:
            rows = self._use.read.learnt(page.round, person)
            return detection.with_learnt(page.comparison, rows, names, self._words)

        self._tasks.run(learnt, self._view.show_learnt, self._problems.show, latest="learnt")

    def back(self) -> None:
        """Go to the batch."""
        self._ways.batch(self._batch)

    def report(self) -> None:
        """Open the report."""
        self._ways.report(self._batch)

    def second_check(self) -> None:
        """Ask what a second check buys for such batches: by the rule of the majors, or else the most serious one."""
        page = self._page
        if page is None:
            return
        rules = {rule.defect_class: rule for rule in page.content.rules}
        self._ways.second(rules.get("major") or next(iter(rules.values())), page.header.quantity)

    def photo(self, sha256: str) -> None:
        """Show the photo of a defect."""
        self._tasks.run(
            lambda: self._use.files.read(sha256), self._view.show_photo, self._problems.show, latest="photo"
        )

    def act(self, act: str) -> None:
        """Do the next step."""
        page = self._page
        if page is None:
            return
        if act == "release":
            self._release(page)
        elif act == "decide":
            self._ways.start(self._batch)
        else:
            self._ways.batch(self._batch)

    def _release(self, page: ComparisonPage) -> None:
        say, header, batch = self._words.say, page.header, self._batch
        amount = say("Release {n} {unit}", n=whole(header.quantity, self._words), unit=header.unit)
        asking = Asking(
            say("Release batch {number}", number=header.number),
            say(
                "I release {n} {unit} of batch {number}. Both checks and their comparison are under my signature.",
                n=whole(header.quantity, self._words),
                unit=header.unit,
                number=header.number,
            ),
            amount,
            note=self._words.run_on(estimates.verdicts(page.classes, self._words)),
        )

        def released(fact: object) -> None:
            self._changes.tell(fact)
            self._ways.told(say("Batch {number} is released.", number=header.number))
            self.reload()

        seen = page.round, header.quantity
        self._ask(asking, lambda _a, hands: self._use.release_batch(hands[0], batch, seen=seen), released)

    # words ------------------------------------------------------------------------------------------------------

    def _row(self, page: ComparisonPage) -> PageRow:
        say, header, compared = self._words.say, page.header, page.comparison
        caught = compared.caught_by_one
        product = f"{header.product_name} {header.product_code} {header.revision}".strip()
        return PageRow(
            back=header.number,
            subject=say(
                "{number}  ·  {product}  ·  round {no}  ·  {units}",
                number=header.number,
                product=product,
                no=page.round_no,
                units=self._how_many(page),
            ),
            verdict=self._verdict(page),
            legend=self._legend(page),
            units=() if page.tally else self._units(page),
            missed=tuple(self._missed(page, one) for one in caught[:MOST_MISSED]),
            missed_note=self._words.count("{n} defect", "{n} defects", len(caught)) if caught else "",
            estimate=self._estimate(page, compared.total),
            agreement=self._agreement(page, compared.total),
            people=(self._checker(page, page.first, "first"), self._checker(page, page.second, "second")),
            tally=say(estimates.NO_ESTIMATE["tally"]) if page.tally else "",
            nothing_missed=self._nothing_missed(page),
            heading=modes.not_twice(page.content, self._words),
            samples=self._samples(page),
            alone=tuple(self._alone(page, one) for one in page.unshared[:MOST_MISSED]),
            units_hint=say("Point at a unit, or go to it by the arrow keys."),
            alone_title=(
                say("What was reviewed")
                if all(one.mode == "review" for one in page.unshared)
                else say("Found where the other did not look")
            ),
            alone_note=self._words.count("{n} defect", "{n} defects", len(page.unshared)),
            measured=measured_pairs(page, self._words),
            severities=self._words.run_on(
                severities.of_class(one, states.defect_class(one.defect_class, self._words), self._words)
                for one in page.severities
            ),
        )

    def _how_many(self, page: ComparisonPage) -> str:
        """Return how many units there are, and whether both had the same ones."""
        count, n = self._words.count, page.n
        if page.tally:
            return count("{n} unit, counted by both", "{n} units, counted by both", n)
        if not page.first_alone and not page.second_alone:
            return count("{n} unit, the same for both", "{n} units, the same for both", n)
        if not page.second_alone and len(page.first_alone) == n:
            return count("{n} unit, inspected once", "{n} units, inspected once", n)
        first, second = n - len(page.second_alone), n - len(page.first_alone)
        both = n - len(page.first_alone) - len(page.second_alone)
        if first == second:
            return count(
                "{n} unit each, {both} in common", "{n} units each, {both} in common", first, both=both
            )
        return self._words.say(
            "{first} units in the first sample, {second} in the second, {both} in both",
            first=first,
            second=second,
            both=both,
        )

    def _nothing_missed(self, page: ComparisonPage) -> str:
        say, total = self._words.say, page.comparison.total
        if self._nothing_common(page):
            return say("No unit was looked at by both, so what one missed cannot show.")
        if total.first_count:
            return say("Both found the same defects on the same units.")
        if page.first_alone or page.second_alone or page.unshared:
            return say("Where both looked, neither found a defect.")
        return say("Neither found a defect.")

    def _found_by_one(self, page: ComparisonPage) -> dict[int, FoundBy]:
        """Return units that both had, on which one found what the other did not look for, and neither anything else."""
        known = {unit.unit for unit in page.comparison.units} | set(page.comparison.not_compared)
        return {
            one.unit: "first_sample_found" if one.by == "first" else "second_sample_found"
            for one in reversed(page.unshared)
            if one.unit not in known
        }

    def _nothing_common(self, page: ComparisonPage) -> bool:
        """Tell whether no unit was looked at by both."""
        return len(page.first_alone) + len(page.second_alone) == page.n

    def _samples(self, page: ComparisonPage) -> tuple[SampleRow, ...]:
        """Return the two samples of a round in which something is split, each judged by itself."""
        if len(page.samples) < 2:
            return ()
        say = self._words.say
        sizes = page.n - len(page.second_alone), page.n - len(page.first_alone)
        titles = (
            say("First sample · {name}", name=page.first.person_name),
            say("Second sample · {name}", name=page.second.person_name),
        )
        return tuple(
            SampleRow(
                title,
                self._words.count("{n} unit", "{n} units", size),
                say("Rejected") if overall(classes) == "rejected" else say("Accepted"),
                overall(classes) == "rejected",
                tuple((estimates.verdict(one, self._words), one.verdict == "rejected") for one in classes),
            )
            for title, size, classes in zip(titles, sizes, page.samples, strict=True)
        )

    def _alone(self, page: ComparisonPage, one: UnsharedRow) -> AloneRow:
        say, first = self._words.say, one.by == "first"
        if one.mode == "review" and one.agrees is False:
            why = say("{name}: not so", name=page.second.person_name)
        elif one.mode == "review":
            why = modes.reviewed(self._words)
        elif first:
            why = say("only {name} had it", name=page.first.person_name)
        else:
            why = say("only {name} had it", name=page.second.person_name)
        return AloneRow(
            "first_sample_found" if first else "second_sample_found",
            say("Unit {unit}", unit=one.unit),
            states.defect_class(one.defect_class, self._words),
            one.name,
            one.note,
            why,
            one.photo or "",
            doubted=one.agrees is False,
        )

    def _verdict(self, page: ComparisonPage) -> VerdictRow:
        say = self._words.say
        reason = self._words.run_on(self._reasons(page))
        may = {row.act: row for row in page.may}
        if page.state in ("released", "released_under_concession"):
            return VerdictRow(
                "released",
                say("Released"),
                reason,
                say("Next: ship"),
                "",
                "batch",
                say("To the batch"),
                "package",
            )
        outcome = self._outcome(page)
        if outcome == "accepted":
            return self._accepted(page, reason, may.get("release"))
        if outcome == "rejected":
            return VerdictRow(
                "rejected",
                say("Rejected"),
                reason,
                say("Next: rework, then a new round"),
                say("Nothing of it is released."),
                "batch",
                say("To the batch"),
                "package",
            )
        decide = next((may[act] for act in ("decide", "third", "start_third") if act in may), None)
        can = decide is not None and decide.allowed
        note = say("You can: you made neither check.")
        if decide is not None and decide.why_not is not None:
            note = self._tell(decide.why_not).fact
        return VerdictRow(
            "disagreed",
            say("The two checks disagree"),
            reason,
            say("Next: a third person decides"),
            note,
            "decide" if can else "batch",
            say("Look and decide") if can else say("To the batch"),
            "scale" if can else "package",
        )

    def _outcome(self, page: ComparisonPage) -> str:
        """Return what the round came to: as settled by a third person, or rejected after all by one of the two."""
        if page.decided_by:
            return "rejected" if any(one.verdict == "rejected" for one in page.classes) else "accepted"
        if page.outcome == "disagreed" and page.state == "rejected":
            return "rejected"
        return page.outcome

    def _accepted(self, page: ComparisonPage, reason: str, release: MayRow | None) -> VerdictRow:
        say, header = self._words.say, page.header
        title = (
            say("Accepted by a third person's decision")
            if page.decided_by
            else say("Accepted by both checks together")
        )
        if release is not None and release.allowed:
            amount = say("Release {n} {unit}", n=whole(header.quantity, self._words), unit=header.unit)
            note = say("You can: you did not make the first check.")
            return VerdictRow(
                "accepted", title, reason, say("Next: release"), note, "release", amount, "badge-check"
            )
        note = self._tell(release.why_not).fact if release is not None and release.why_not else ""
        return VerdictRow(
            "accepted", title, reason, say("Next: release"), note, "batch", say("To the batch"), "package"
        )

    def _reasons(self, page: ComparisonPage) -> Sequence[str]:
        """Return why: what brought it about, and the class nearest to rejection."""
        said = [
            states.outcome_reason(code, self._words)
            for code in page.reasons
            if code in states.OUTCOME_REASONS and code != "union"
        ]
        worst = self._nearest(page.classes)
        if worst is not None:
            said.append(estimates.verdict(worst, self._words))
        return said

    def _nearest(self, classes: Sequence[ClassVerdict]) -> ClassVerdict | None:
        with_findings = [one for one in classes if one.counted]
        return min(with_findings or classes, key=lambda one: one.left, default=None)

    def _legend(self, page: ComparisonPage) -> tuple[LegendRow, ...]:
        say, total = self._words.say, page.comparison.total
        if total.both is None:
            return ()
        first, second = page.first.person_name, page.second.person_name
        rows = (
            []
            if self._nothing_common(page)
            else [
                LegendRow("both", str(total.both), say("both found")),
                LegendRow("first", str(total.first_only), say("only {name}", name=first)),
                LegendRow("second", str(total.second_only), say("only {name}", name=second)),
                LegendRow(
                    "neither", str((total.neither or 0) - len(self._found_by_one(page))), say("neither")
                ),
            ]
        )
        alone = {*page.first_alone, *page.second_alone}
        left_out = len(alone.symmetric_difference(set(page.comparison.not_compared).intersection(page.units)))
        if page.first_alone:
            split = "split" in page.content.modes()
            word = say("first sample only") if split else say("looked at by {name} only", name=first)
            rows.append(LegendRow("first_sample", str(len(page.first_alone)), word))
        if page.second_alone:
            own_way = say("looked at by {name} only", name=second)
            word = own_way if page.gone_through else say("second sample only")
            rows.append(LegendRow("second_sample", str(len(page.second_alone)), word))
        one_looked = len(self._found_by_one(page))
        if one_looked:
            word = say("found where one looked")
            rows.append(LegendRow("first_sample_found", str(one_looked), word))
        if left_out:
            rows.append(LegendRow("not_done", str(left_out), say("left out")))
        return tuple(rows)

    def _units(self, page: ComparisonPage) -> tuple[GridUnit, ...]:
        found: dict[int, FoundBy] = {unit.unit: _FOUND[unit.state] for unit in page.comparison.units}
        found.update(dict.fromkeys(page.comparison.not_compared, "not_done"))
        bad = {one.unit for one in page.unshared}
        by_one, what = self._found_by_one(page), self._found_on(page)
        found.update(by_one)
        for unit in page.first_alone:
            found[unit] = "first_sample_found" if unit in bad else "first_sample"
        for unit in page.second_alone:
            found[unit] = "second_sample_found" if unit in bad else "second_sample"

        def words(unit: int, state: FoundBy) -> str:
            code = "not_compared" if state == "not_done" else "one_looked" if unit in by_one else state
            word = states.word(states.FOUND_BY, code, self._words)
            if unit not in what:
                return self._words.say("Unit {unit}: {found}", unit=unit, found=word)
            named = in_a_row(what[unit], self._words)
            return self._words.say("Unit {unit}: {found} · {what}", unit=unit, found=word, what=named)

        states_by_unit = ((unit, found.get(unit, "neither")) for unit in page.units)
        return tuple(GridUnit(unit, state, words(unit, state)) for unit, state in states_by_unit)

    def _found_on(self, page: ComparisonPage) -> dict[int, tuple[str, ...]]:
        """Return what anybody found on a unit, by name."""
        codes: dict[int, dict[str, None]] = {}
        for one in page.comparison.units:
            codes[one.unit] = dict.fromkeys((*one.both_codes, *one.first_codes, *one.second_codes))
        for alone in page.unshared:
            codes.setdefault(alone.unit, {})[alone.code] = None
        names = page.content.names_by_code()
        return {unit: tuple(names.get(code, code) for code in found) for unit, found in codes.items()}

    def _missed(self, page: ComparisonPage, one: CaughtByOne) -> MissedRow:
        say = self._words.say
        by_first = one.by == "first"
        findings = page.first_findings if by_first else page.second_findings
        finding = next(
            (f for f in findings if f.unit == one.unit and f.code == one.code and not f.withdrawn), None
        )
        other = page.second.person_name if by_first else page.first.person_name
        return MissedRow(
            "first" if by_first else "second",
            say("Unit {unit}", unit=one.unit)
            if one.unit
            else self._words.count("{n} more unit", "{n} more units", one.count),
            one.unit or 0,
            states.defect_class(one.defect_class, self._words),
            self._name(page, finding, one.code),
            finding.place if finding else "",
            say("{name} missed it", name=other),
            finding.photo or "" if finding else "",
        )

    def _name(self, page: ComparisonPage, finding: FindingRow | None, code: str) -> str:
        if finding is not None:
            return finding.name
        name = page.content.names_by_code().get(code, code)
        return self._words.say("{name} out of limits", name=name)

    def _estimate(self, page: ComparisonPage, total: Compared) -> EstimateRow:
        say = self._words.say
        names = (say("First"), say("Second"))
        if total.both is None or total.first_only is None or total.second_only is None:
            notes = tuple(
                self._words.count("{n} defect", "{n} defects", n)
                for n in (total.first_count, total.second_count)
            )
            return EstimateRow(
                names, (notes[0], notes[1]), (0, 0, 0), say(estimates.NO_ESTIMATE["tally"]), None, "", ""
            )
        found = (total.both + total.first_only, total.both + total.second_only)
        notes2 = (
            self._words.count("{n} unit", "{n} units", found[0]),
            self._words.count("{n} unit", "{n} units", found[1]),
        )
        counts = (total.first_only, total.both, total.second_only)
        estimate = total.estimate
        if estimate is None:
            why = say(estimates.NO_ESTIMATE[total.estimate_reason or "no_units"])
            return EstimateRow(names, notes2, counts, why, None, "", "", not self._nothing_common(page))
        how = say(
            "Estimated from how much of each other's finds they also saw (Chapman, 95 %). "
            "It assumes that both looked on their own, and that every bad unit is as easy to see as any other."
        )
        if bound := estimates.at_least(estimate.at_least, self._words):
            how = self._words.run_on((how, bound))
        if estimate.reliable and estimate.reason is not None:
            how = self._words.run_on((how, estimates.reliance(estimate, self._words)))
        line = (float(estimate.missed), float(estimate.missed_low), float(estimate.missed_high))
        if not estimate.reliable:
            # A figure that cannot be leaned on is no headline: only how much it could be at most.
            told = say(
                "What both missed cannot be told; up to {high} is possible.", high=estimate.missed_high
            )
            why = estimates.reliance(estimate, self._words)
            return EstimateRow(names, notes2, counts, told, line, why, "")
        return EstimateRow(
            names,
            notes2,
            counts,
            estimates.missed(estimate, estimate.missed, self._words),
            line,
            how,
            estimates.escapes(
                estimate.batch,
                estimate.batch_low,
                estimate.batch_high,
                whole(page.comparison.lot_size, self._words),
                self._words,
            ),
        )

    def _agreement(self, page: ComparisonPage, total: Compared) -> AgreementRow:
        say = self._words.say
        if total.both is None or total.neither is None:
            return AgreementRow(
                say("{first} : {second}", first=total.first_count, second=total.second_count),
                say(estimates.NO_KAPPA["tally"]),
                None,
            )
        if self._nothing_common(page):
            return AgreementRow("–", say(estimates.NO_KAPPA["no_units"]), None)
        alike = total.both + total.neither
        looked = page.n - len(set(page.comparison.not_compared).intersection(page.units))
        words = say("of {n} units judged alike", n=looked)
        if total.kappa is not None:
            kappa = estimates.two_places(total.kappa, self._words)
            if total.kappa_low is not None and total.kappa_high is not None:
                low, high = (
                    estimates.two_places(total.kappa_low, self._words),
                    estimates.two_places(total.kappa_high, self._words),
                )
                kappa = say("{kappa} ({low} to {high})", kappa=kappa, low=low, high=high)
            words = say("of {n} units judged alike · kappa {kappa}", n=looked, kappa=kappa)
        elif total.kappa_reason is not None:
            words = say("{alike}. {why}", alike=words, why=say(estimates.NO_KAPPA[total.kappa_reason]))
        return AgreementRow(str(alike), words, alike / looked if looked else None)

    def _checker(self, page: ComparisonPage, head: CheckHeadRow, place: str) -> CheckerRow:
        say, total = self._words.say, page.comparison.total
        first = place == "first"
        seconds = page.first_seconds if first else page.second_seconds
        at = ages.near(head.signed_at, self._use.clock.today(), self._words) if head.signed_at else ""
        kind = say("first") if first else modes.second_was(page.content, self._words)
        note = say("{kind} · {span} · {time}", kind=kind, span=ages.span(seconds, self._words), time=at)
        signed = [s for s in page.signatures if s.person == head.person and s.at == head.signed_at]
        beside = tuple(told for s in signed for told in marks.of_signature(s, self._words))
        if total.both is None or total.first_only is None or total.second_only is None:
            n = total.first_count if first else total.second_count
            return CheckerRow(head.person_name, note, say("{n} found", n=n), "", beside)
        if self._nothing_common(page):
            return CheckerRow(head.person_name, note, "", "", beside)
        n = total.both + (total.first_only if first else total.second_only)
        either = total.both + total.first_only + total.second_only
        of = say("of {n} found by either", n=either)
        if page.first_alone or page.second_alone or page.unshared:
            of = say("of {n} found where both looked", n=either)
        return CheckerRow(head.person_name, note, say("{n} found", n=n), of, beside)
