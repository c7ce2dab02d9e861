# SPDX-License-Identifier: Apache-2.0
"""Filling in the inspection report of a round from its signed records, for one person who may see it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, tzinfo
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from typing import Literal, cast

from qcdesk.domain import canonical
from qcdesk.domain.anchors import Anchor
from qcdesk.domain.batches import Batch
from qcdesk.domain.codec import from_data
from qcdesk.domain.comparison import Comparison
from qcdesk.domain.countries import country_name
from qcdesk.domain.events import Finding, Measured, Recorded, Resolved, ShopChanged
from qcdesk.domain.independence import require_sight_of_first
from qcdesk.domain.modes import mode_of_whole, reviewed_alone
from qcdesk.domain.procedures import Characteristic, Mode
from qcdesk.domain.refusals import Unverified, WrongState
from qcdesk.domain.rounds import Check, Round, Work
from qcdesk.domain.sampling import ClassPlan, ClassVerdict
from qcdesk.domain.severity_runs import SeverityRun, run_of
from qcdesk.domain.staging import asked_of, goes_by_findings, judge_check
from qcdesk.domain.times import local_date, to_rfc3339
from qcdesk.services import inspection_report as paper
from qcdesk.services.foresight import case_of
from qcdesk.services.part_rows import PartRow
from qcdesk.services.ports import ActSigned, UnitOfWork
from qcdesk.services.report_sources import ReportSource
from qcdesk.statistics.summary import summarise

Picture = Callable[[str], paper.Picture | None]
"""Gives the picture of a hash, checked before it is shown."""


def head_of(shop: ShopChanged, picture: Picture) -> paper.Shop:
    """Return how the shop stands on its papers."""
    logo = picture(shop.logo) if shop.logo else None
    return paper.Shop(shop.name, shop.address, logo, shop.footer, shop.accent)


def fill_inspection_report(
    uow: UnitOfWork,
    batch_id: str,
    person: str,
    *,
    on: date,
    now: int,
    zone: tzinfo,
    picture: Picture,
    head: tuple[int, str],
    site: str,
    page: paper.Paper | None = None,
    round_no: int | None = None,
    anchor: Anchor | None = None,
) -> paper.InspectionReport:
    """Return the report of a round (the standing one, or ``round_no``), filled in from what was signed.

    Args: head: number and hash of the log's last event. anchor: the same, signed by the workstation where the log knows
        it; else the code on the paper bears no signature.
    Raises: Blind: the second check is not signed and this person may still make it. Unverified: what was signed no
    longer verifies. WrongState: nothing of this round is signed yet.
    """
    batch = uow.batch(batch_id)
    standing = _chosen(uow, batch, round_no)
    if standing.compared is None and standing.id == batch.round and batch.state != "registered":
        case = case_of(uow, batch, on)
        require_sight_of_first(case, uow.person(person))
    elif standing.compared is None:
        raise WrongState(batch.number, batch.state, "report")
    if not uow.batch_verifies(batch.id):
        raise Unverified(batch.number, uow.verification_failed)
    signed = [c for c in standing.checks if c.state == "signed"]
    if not signed:
        raise WrongState(batch.number, batch.state, "report")
    filling = Filling(uow, batch, standing, zone, picture, partial(_from_record, uow))
    return filling.report(now=now, head=head, site=site, page=page or uow.shop().paper, anchor=anchor)


def _chosen(uow: UnitOfWork, batch: Batch, round_no: int | None) -> Round:
    rounds = uow.rounds(batch.id)
    wanted = round_no if round_no is not None else batch.round_no
    for one in rounds:
        if one.no == wanted:
            return one
    raise WrongState(batch.number, batch.state, "report")


_Place = Literal["first", "second"]


class Filling:
    """The pieces of one report; what they share is loaded once. ``signed``: gives what a signed check holds."""

    def __init__(
        self,
        uow: ReportSource,
        batch: Batch,
        standing: Round,
        zone: tzinfo,
        picture: Picture,
        signed: Callable[[Check], Work],
    ) -> None:
        self.uow, self.batch, self.round, self.zone, self.picture = uow, batch, standing, zone, picture
        self.opened = standing.opened
        self.content = standing.opened.procedure.content
        self.people = {p.id: p for p in uow.people()}
        self.names = self.content.names_by_code()
        self.given = uow.given_concession(standing.id)
        self.works: dict[_Place, Work] = {
            c.place: signed(c) for c in standing.checks if c.state == "signed" and c.place != "third"
        }

    def report(
        self, *, now: int, head: tuple[int, str], site: str, page: paper.Paper, anchor: Anchor | None
    ) -> paper.InspectionReport:
        """Return the report as it stands at a time; the arguments are those of ``fill_inspection_report``."""
        shop = self.uow.shop()
        records = self._records()
        code = ""
        if records and anchor is not None:
            code = anchor.code(records[-1])
        elif records:
            code = f"QCDESK:1:{self.uow.vault}:{self.batch.number}:{records[-1]}:{head[0]}:{head[1]}"
        return paper.InspectionReport(
            shop=head_of(shop, self.picture),
            state=self._state(),
            batch=self._batch(),
            procedure=self._procedure(),
            plan=self._plan(),
            classes=tuple(self._class_line(v) for v in self._verdicts()),
            signatures=(*self._signatures(), *self._rejection()),
            printed_at=to_rfc3339(now, self.zone),
            record=records[-1] if records else "",
            head_seq=head[0],
            head_hash=head[1],
            site=site,
            qr=code,
            tally=self.content.tally,
            measured=tuple(self._measured(c) for c in self.content.variables()),
            defects=tuple(self._defects()),
            comparison=self._comparison(self.round.compared.comparison) if self.round.compared else None,
            decision=self._decision(),
            earlier=tuple(self._earlier()),
            set_aside=tuple(self._set_aside()),
            not_done=tuple(
                sorted({r.unit for w in self.works.values() for r in w.results if r.not_done is not None})
            ),
            concession=self._concession(),
            part_of=tuple(self._part_of()),
            parts=tuple(_part_line(one) for one in self.uow.parts_of(self.batch.id)),
            stays=self.batch.still_here if self.batch.split_off else 0,
            repaired=self.batch.repaired,
            regraded=self.batch.regraded,
            reviews=tuple(self._reviews()),
            # Once a third person has decided, what the two disagreed about is told by the decision.
            reasons=self.round.compared.reasons if self.round.compared and not self.round.decided else (),
            notes=(self.content.note,) if self.content.note else (),
            paper=page,
        )

    # What stands large ---------------------------------------------------------------------------------------

    def _state(self) -> paper.VerdictState:
        if self.round.id != self.batch.round or self.batch.state == "registered":
            return self._outcome()
        if self.batch.held:
            return "quarantined"
        state = self.batch.state
        return cast("paper.VerdictState", state)

    def _outcome(self) -> paper.VerdictState:
        if self.round.decided is not None:
            return self.round.decided.outcome
        assert self.round.compared is not None
        return self.round.compared.outcome

    def _batch(self) -> paper.BatchFacts:
        header = self.opened.header
        return paper.BatchFacts(
            number=header.number,
            product_code=header.product_code,
            product_name=header.product_name,
            quantity=header.quantity,
            unit_word=header.unit,
            round_no=self.round.no,
            product_revision=header.revision,
            supplier=header.supplier_name or header.line,
            supplier_place=country_name(header.supplier_country),
            order=header.order,
            makers=header.makers,
            made_on=header.made_on,
            ship_by=header.ship_by,
            held=self.batch.held,
        )

    def _procedure(self) -> paper.ProcedureFacts:
        pinned = self.opened.procedure
        version = self.uow.procedure(pinned.code, pinned.version)
        approver = self.people.get(version.approved_by or "")
        return paper.ProcedureFacts(
            code=pinned.code,
            version=pinned.version,
            title=pinned.content.title,
            approved_by=approver.name if approver else "",
            approved_on=local_date(version.approved_at, self.zone) if version.approved_at else None,
            mode=mode_of_whole(pinned.content),
            split=self._looked_at("split"),
            reviewed=self._looked_at("review"),
            by_sheet=None if version.by_sheet is None else local_date(version.by_sheet, self.zone),
        )

    def _looked_at(self, mode: Mode) -> tuple[str, ...]:
        """Return the names of what the second person looked at in one way; the list of defects has no name here."""
        return tuple(c.name for c in self.content.characteristics if c.mode == mode)

    def _plan(self) -> paper.PlanFacts:
        plan = self.opened.plan
        leading = max(plan.classes, key=lambda c: (c.n, c.table is not None))
        tabled = leading.table or next((c.table for c in plan.classes if c.table), None)
        most = max(len(c.samples()) for c in plan.classes)
        went = tuple(self.works.values()) if goes_by_findings(self.opened) else ()
        return paper.PlanFacts(
            standard=_EDITIONS.get(tabled.standard, tabled.standard) if tabled else "",
            level=tabled.level if tabled else "",
            letter=tabled.code_letter if tabled else "",
            plan_letter=tabled.plan_letter if tabled else "",
            severity=plan.severity,
            n=max((len(work.done_units()) for work in went), default=len(self.opened.sample)),
            lot=plan.lot_size,
            severity_reason="" if self.opened.severity_reason in _USUAL else self.opened.severity_reason,
            severities=self.opened.severities if self.opened.severity_reason == "switching" else (),
            runs=self._runs(),
            seed=self.opened.seed,
            fresh=len(self.opened.fresh),
            overlap=len(self.opened.overlap),
            plan_type="single" if most == 1 else "double" if most == 2 else "multiple",
            looked=tuple(len(work.done_units()) for work in went),
            early=tuple(
                place
                for place, work in self.works.items()
                if set(asked_of(self.opened, work, place)) - work.done_units()
            )
            if went
            else (),
        )

    def _runs(self) -> tuple[SeverityRun, ...]:
        """Return the severities of the lots before this one, of each class where they changed.

        Only what was said before the round opened, so that whoever reads it learns of no other batch than its plan tells.
        """
        pinned, header = self.opened.severities, self.opened.header
        if not pinned:
            return ()
        steps = self.uow.severity_steps(
            self.round.id, self.batch.saved.supplier, header.product_code, self.opened.procedure.code
        )
        runs = (run_of(steps, one.defect_class, one.severity, header.number) for one in pinned)
        return tuple(run for run in runs if run.switched)

    # Results -------------------------------------------------------------------------------------------------

    def _verdicts(self) -> tuple[ClassVerdict, ...]:
        if self.round.decided is not None:
            return self.round.decided.classes
        if self.round.compared is not None:
            return self.round.compared.classes
        return judge_check(self.opened, self.works["first"])[0]

    def _class_line(self, verdict: ClassVerdict) -> paper.ClassLine:
        plan = self.opened.plan.of(verdict.defect_class)
        disputed = self.round.decided is None and self._outcome_or_open() == "disagreed"
        result: paper.ClassResult = "acceptable" if verdict.verdict == "accepted" else "not_acceptable"
        if verdict.verdict == "undecided":
            result = "undecided"
        if self.round.compared is None:
            result = "open"
        elif disputed and self._disputed(verdict):
            result = "disputed"
        return paper.ClassLine(
            defect_class=verdict.defect_class,
            basis=_basis(plan),
            n=verdict.n,
            found=verdict.counted,
            ac=verdict.ac,
            re=verdict.re,
            result=result,
            aql=plan.rule.aql if plan and plan.rule.kind == "aql" else None,
            counts="nonconformities" if verdict.basis == "per_100" else "units",
            samples=self._by_sample(verdict),
            stages=_stages(plan, verdict),
        )

    def _by_sample(self, verdict: ClassVerdict) -> tuple[int, ...]:
        """Return what each of the two samples had of a class, as compared; a decision settles both together."""
        if self.round.compared is None or self.round.decided is not None:
            return ()
        return tuple(
            v.counted
            for sample in self.round.compared.samples
            for v in sample
            if v.defect_class == verdict.defect_class
        )

    def _outcome_or_open(self) -> str:
        return self.round.compared.outcome if self.round.compared else ""

    def _disputed(self, verdict: ClassVerdict) -> bool:
        """Tell whether the two checks, each by itself, come to different verdicts on this class."""
        each = {
            v.verdict
            for place, work in self.works.items()
            for v in judge_check(self.opened, work, place)[0]
            if v.defect_class == verdict.defect_class
        }
        return len(each) > 1 or (verdict.defect_class == "critical" and verdict.counted > 0)

    def _measured(self, c: Characteristic) -> paper.MeasuredLine:
        readings: list[paper.Reading] = []
        used: list[tuple[_Place, Measured]] = []
        for place, work in self.works.items():
            for m in work.standing_readings():
                if m.characteristic == c.code:
                    readings.append(paper.Reading(m.unit, Decimal(m.value), place, m.inside, m.typed))
                    used.append((place, m))
        values = [r.value for r in readings]
        summary = summarise(values) if values else None
        return paper.MeasuredLine(
            name=c.name,
            unit=c.unit,
            nominal=c.nominal,
            lower=c.lower,
            upper=c.upper,
            count=len(values),
            mean=summary.mean if summary else None,
            range=summary.range if summary else None,
            readings=tuple(readings),
            outside=sum(1 for r in readings if not r.inside),
            instruments=_gauges(used),
            code=c.code,
            reviewed=c.mode == "review",
        )

    def _reviews(self) -> Iterable[paper.ReviewedClaim]:
        """Yield what the second person opened of the first check, in the order of the units."""
        second = self.works.get("second")
        typed = {m.id: f"{m.typed} {m.measure}" for m in self.works["first"].measured} if second else {}
        for r in sorted(second.reviewed if second else (), key=lambda r: (r.unit, r.code, r.claim)):
            yield paper.ReviewedClaim(
                sample_no=r.unit,
                code=r.code,
                name=self.names[r.code],
                defect_class=r.defect_class,
                agrees=r.agrees,
                note=r.note,
                typed=typed.get(r.claim, ""),
            )

    def _defects(self) -> Iterable[paper.DefectLine]:
        """Yield every finding; one that both made stands once, unless each of them said something of its own."""
        settled = {
            (r.unit, r.code): r.holds for r in (self.round.decided.resolutions if self.round.decided else ())
        }
        told: dict[tuple[int | None, str], list[Finding]] = {}
        made = {
            place: {(f.unit, f.code) for f in work.standing_findings()} for place, work in self.works.items()
        }
        for place, work in self.works.items():
            gone = {w.finding: w.reason for w in work.withdrawn}
            others = {key for other, keys in made.items() if other != place for key in keys}
            before = {key: list(found) for key, found in told.items()}
            for f in work.findings:
                key = (f.unit, f.code)
                if f.id in gone:
                    yield self._defect(f, place, gone[f.id], None)
                    continue
                if before.get(key) and not self.content.tally:
                    same = before[key].pop(0)
                    if (
                        f.note in ("", same.note)
                        and f.place in ("", same.place)
                        and f.photo in (None, same.photo)
                    ):
                        continue
                told.setdefault(key, []).append(f)
                by: paper.FoundBy = "both" if key in others and not self.content.tally else place
                yield self._defect(f, by, None, settled.get(key))

    def _defect(
        self, f: Finding, by: paper.FoundBy, gone: str | None, holds: bool | None
    ) -> paper.DefectLine:
        return paper.DefectLine(
            defect_class=f.defect_class,
            code=f.code,
            name=self.names.get(f.code, f.code),
            found_by=by,
            sample_no=f.unit,
            count=f.count,
            place=f.place,
            note=f.note,
            withdrawn=gone is not None,
            withdrawn_reason=gone or "",
            settled="" if holds is None else "holds" if holds else "does_not_hold",
            photo=self.picture(f.photo) if f.photo else None,
            reviewed=self.content.mode_of(f.code) == "review",
        )

    def _comparison(self, c: Comparison) -> paper.ComparisonFacts:
        total, estimate = c.total, c.total.estimate
        states = {u.unit: u.state for u in c.units}
        skipped = set(c.not_compared)
        left_out = {r.unit for w in self.works.values() for r in w.results if r.not_done is not None}
        units = (
            ()
            if c.tally
            else tuple(
                paper.GridUnit(
                    n,
                    "not_done"
                    if n in skipped
                    else cast("paper.UnitState", _STATES.get(states.get(n, ""), "neither")),
                )
                for n in range(1, c.sample + 1)
                if n not in skipped or n in left_out  # a unit that only one of them had says nothing of both
            )
        )
        return paper.ComparisonFacts(
            units=units,
            both=total.both or 0,
            first=total.first_only or 0,
            second=total.second_only or 0,
            neither=total.neither or 0,
            percent=_decimal(total.agreement_percent, "0.1"),
            kappa=_decimal(total.kappa, "0.01"),
            kappa_low=_decimal(total.kappa_low, "0.01"),
            kappa_high=_decimal(total.kappa_high, "0.01"),
            kappa_why=total.kappa_reason or "",
            missed=_rounded(estimate.missed) if estimate else None,
            missed_low=estimate.missed_low if estimate else 0,
            missed_high=estimate.missed_high if estimate else None,
            missed_at_least=estimate.at_least if estimate else None,
            reliable=estimate.reliable if estimate else False,
            unreliable_why=(estimate.reason or "") if estimate else (total.estimate_reason or ""),
            batch_estimate=_rounded(estimate.batch) if estimate else None,
            batch_low=estimate.batch_low if estimate else None,
            batch_high=estimate.batch_high if estimate else None,
            first_total=total.first_count,
            second_total=total.second_count,
        )

    def _decision(self) -> paper.Decision | None:
        decided = self.round.decided
        if decided is None:
            return None
        first = {(f.unit, f.code) for f in self.works["first"].standing_findings()}
        outside = {
            (m.unit, m.characteristic) for m in self.works["first"].standing_readings() if not m.inside
        }
        return paper.Decision(
            outcome=decided.outcome,
            claims=tuple(
                paper.DecidedClaim(
                    r.unit,
                    r.code,
                    self.names.get(r.code, r.code),
                    r.defect_class,
                    "first"
                    if (r.unit, r.code) in first | cast("set[tuple[int | None, str]]", outside)
                    else "second",
                    r.holds,
                    r.note,
                )
                for r in decided.resolutions
            ),
            by=self.people[self.round.decided_by or ""].name,
        )

    # History and signatures -----------------------------------------------------------------------------------

    def _part_of(self) -> Iterable[paper.PartLine]:
        """Yield what this batch was split from, the nearest first."""
        for batch in (self.batch.id, *reversed(self.batch.origins)):
            if (whole := self.uow.part_of(batch)) is not None:
                yield _part_line(whole)

    def _earlier(self) -> Iterable[paper.EarlierRound]:
        came_from = (r for batch in self.batch.origins for r in self.uow.rounds(batch))
        for r in (*came_from, *self.uow.rounds(self.batch.id)):
            if r.no >= self.round.no:
                continue
            last = max((c.signed_at or c.started_at for c in r.checks), default=0)
            outcome = r.decided.outcome if r.decided else r.compared.outcome if r.compared else "withdrawn"
            rejected = self.uow.rejected_by_one(r.id)
            if rejected is not None:
                outcome = "rejected"
            yield paper.EarlierRound(
                no=r.no,
                outcome=outcome,
                on=local_date(last, self.zone),
                by=tuple(dict.fromkeys(self.people[c.person].name for c in r.checks)),
                reason=rejected.reason if rejected else "",
                rejected_by=self.people[rejected.person].name if rejected else "",
                taken_back=tuple(self._taken_back(r)),
            )

    def _taken_back(self, earlier: Round) -> Iterable[paper.TakenBack]:
        """Yield what the checks had come to that their signers took back: sampling until it passes stays seen."""
        if self.round.compared is None:
            return  # whoever may still be the second reads nothing of it
        for c in earlier.checks:
            if c.state != "retracted" or c.signed_at is None or c.place == "third":
                continue
            classes, verdict = judge_check(earlier.opened, self.uow.work(c.id), c.place)
            yield paper.TakenBack(
                place=c.place,
                person=self.people[c.person].name,
                verdict=verdict,
                counted=tuple((v.defect_class, v.counted) for v in classes if v.counted),
            )

    def _set_aside(self) -> Iterable[paper.SetAsideCheck]:
        for c in self.round.checks:
            if c.state not in ("set_aside", "retracted"):
                continue
            if self.round.compared is None:
                continue  # hidden until compared
            work = self.uow.work(c.id)
            yield paper.SetAsideCheck(
                place=c.place,
                person=self.people[c.person].name,
                at=to_rfc3339(c.started_at, self.zone),
                reason=c.reason,
                units_done=len(work.results),
                findings=sum(f.count for f in work.standing_findings()),
                kind="retracted" if c.state == "retracted" else "set_aside",
            )

    def _signatures(self) -> Iterable[paper.Signature]:
        alone = reviewed_alone(self.content)
        for s in self.uow.sign_offs(self.round.id):
            person = self.people[s.person]
            yield paper.Signature(
                meaning=_MEANINGS[s.meaning],
                name=person.name,
                staff=person.staff or "",
                role=s.role,
                at=to_rfc3339(s.at, self.zone),
                event=s.event,
                marks=(
                    *(("makers_own_check",) if s.maker else ()),
                    *(("by_review",) if s.place == "second" and alone else ()),
                    *(("clock_suspect",) if s.clock_suspect else ()),
                    *(("clock_behind",) if s.clock_behind else ()),
                ),
                by_sheet=local_date(s.by_sheet, self.zone) if s.by_sheet is not None else None,
                suspect_from=s.suspect_from,
            )

    def _rejection(self) -> Iterable[paper.Signature]:
        """Yield the signature by which one of two who disagree has rejected."""
        rejected = self.uow.rejected_by_one(self.round.id)
        if rejected is None:
            return
        person = self.people[rejected.person]
        yield paper.Signature(
            meaning="rejected_after_all_by",
            name=person.name,
            staff=person.staff or "",
            role="inspector",
            at=to_rfc3339(rejected.at, self.zone),
            event=rejected.event,
            marks=("clock_suspect",) if rejected.clock_suspect else (),
            by_sheet=local_date(rejected.by_sheet, self.zone) if rejected.by_sheet is not None else None,
            suspect_from=rejected.suspect_from,
            reason=rejected.reason,
        )

    def _concession(self) -> paper.ConcessionFacts | None:
        if self.given is None:
            return None
        asked, requested = self.given.asked, self.given.requested
        on = local_date(requested.at, self.zone)
        held = (grant.role for grant in self.people[requested.person].roles if grant.holds(grant.role, on))
        return paper.ConcessionFacts(
            quantity=asked.quantity,
            until=asked.until,
            deviation=asked.deviation,
            codes=tuple((code, self.names.get(code, "")) for code in asked.codes),
            reference=asked.reference,
            signatures=(
                self._act("concession_asked_by", next(held, ""), requested),
                *(self._act("concession_approved_by", "concession", one) for one in self.given.approved),
            ),
            use=asked.use,
            consent=asked.consent or "",
        )

    def _act(self, meaning: paper.Meaning, role: str, signed: ActSigned) -> paper.Signature:
        person = self.people[signed.person]
        return paper.Signature(
            meaning=meaning,
            name=person.name,
            staff=person.staff or "",
            role=role,
            at=to_rfc3339(signed.at, self.zone),
            event=signed.event,
            marks=("clock_suspect",) if signed.clock_suspect else (),
            by_sheet=local_date(signed.by_sheet, self.zone) if signed.by_sheet is not None else None,
            suspect_from=signed.suspect_from,
        )

    def _records(self) -> tuple[str, ...]:
        """Return what was signed in the round, what its release stands on at the end."""
        signed = tuple(s.record for s in self.uow.sign_offs(self.round.id))
        return signed if self.given is None else (*signed, self.given.record)


def _from_record(uow: UnitOfWork, check: Check) -> Work:
    """Return what a signed check holds, read from the record that the signature stands on."""
    record = next(s.record for s in uow.sign_offs(check.round) if s.check == check.id)
    document = canonical.decode_object(uow.record(record))
    work = Work()
    for entry in cast("list[dict[str, object]]", document["entries"]):
        data = cast("dict[str, object]", entry["entry"])
        work = work.with_(from_data(Resolved, data) if "resolutions" in data else from_data(Recorded, data))
    return work


_STATES = {
    "both": "both",
    "first_only": "first",
    "second_only": "second",
    "first": "first",
    "second": "second",
}
_MEANINGS: dict[str, paper.Meaning] = {
    "I inspected": "inspected_by",
    "I inspected independently": "inspected_independently_by",
    "I decide": "decided_by",
    "I release": "released_by",
}


def _gauges(used: Sequence[tuple[_Place, Measured]]) -> tuple[paper.Gauge, ...]:
    """Return every instrument that was used, by check, each with its date as recorded; alike in both, it stands once."""
    each: dict[tuple[str, date | None], set[_Place]] = {}
    for place, m in used:
        if m.instrument:
            each.setdefault((m.instrument, m.calibrated_until), set()).add(place)
    return tuple(
        paper.Gauge(number, until, None if len(places) > 1 else next(iter(places)))
        for (number, until), places in each.items()
    )


def _stages(plan: ClassPlan | None, verdict: ClassVerdict) -> tuple[paper.StageLine, ...]:
    """Return how each sample of a double or multiple plan ended, up to the one that decided."""
    samples = zip(plan.samples(), verdict.found, strict=False) if plan else ()
    return tuple(
        paper.StageLine(
            one.cumulative_n,
            found,
            one.ac,
            one.re,
            verdict.verdict if number == verdict.stage else "undecided",
            number < verdict.stage or verdict.verdict != "undecided",
        )
        for number, (one, found) in enumerate(samples, 1)
    )


def _basis(plan: ClassPlan | None) -> paper.Basis:
    if plan is None or plan.rule.kind == "all":
        return "all"
    if plan.rule.kind == "zero":
        return "fixed" if plan.rule.n is not None else "c0"
    return "aql"


_USUAL = ("start", "switching")
"""Reasons of a severity that stand on no paper by themselves: there is none, or each class says its own."""
_EDITIONS = {"iso2859-1:1999": "ISO 2859-1:1999 (Amd 1:2011)", "z1.4": "ANSI/ASQ Z1.4"}


def _decimal(text: str | None, step: str) -> Decimal | None:
    return Decimal(text).quantize(Decimal(step)) if text is not None else None


def _rounded(text: str) -> int:
    return int(Decimal(text).to_integral_value(ROUND_HALF_UP))


def _part_line(part: PartRow) -> paper.PartLine:
    return paper.PartLine(part.number, part.quantity, part.of, part.way, part.terms)
