# SPDX-License-Identifier: Apache-2.0
"""Reports as PDF, filled in from signed records: the adapter behind the port ``Printing``."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from copy import copy
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import TypeVar, overload

from qcdesk import config
from qcdesk.domain.anchors import Anchor
from qcdesk.domain.canonical import encode
from qcdesk.domain.events import Document, Place
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.modes import units_for
from qcdesk.domain.nonconformities import name_of
from qcdesk.domain.refusals import AuditState, Refusal, WrongState
from qcdesk.domain.rounds import Work
from qcdesk.domain.staging import to_gather
from qcdesk.domain.times import log_day, to_rfc3339
from qcdesk.i18n import Catalogue, load, side_by_side
from qcdesk.reports import (
    analyses,
    audits,
    cards,
    chart_sheets,
    conformity,
    eight_d,
    first_articles,
    inspection,
    instructions,
    labels,
    many,
    nonconformities,
    pages,
    queues,
    slips,
    stickers,
    zpl,
)
from qcdesk.reports.charts import in_main_language
from qcdesk.reports.many import Filled
from qcdesk.reports.paper import MM
from qcdesk.services.audit_suppliers import page_of
from qcdesk.services.chart_sheets import ChartSheet, figures_of
from qcdesk.services.corrective_actions import by_names, one_action
from qcdesk.services.fill_analysis import fill_analysis
from qcdesk.services.fill_certificate import ConformityCertificate, fill_certificate
from qcdesk.services.fill_first_article import fill_first_article
from qcdesk.services.fill_label import fill_label
from qcdesk.services.fill_report import Picture, fill_inspection_report, head_of
from qcdesk.services.inspection_report import InspectionReport, Paper, Unsealed
from qcdesk.services.labels import DENSITIES, Label, LabelWish
from qcdesk.services.nonconformity_rows import NonconformityPage, NonconformityRow
from qcdesk.services.ports import Clock, CodeCard, PaperFacts, PaperKind, Printed, PrintJob, UnitOfWork
from qcdesk.services.prints import Print, ToTell
from qcdesk.services.trouble import Trouble
from qcdesk.wording.checked_papers import UNSEALED
from qcdesk.wording.inspection_reports import moment

Found = TypeVar("Found")
_TRIES = 20


class PdfPrinting:
    """See the port ``Printing``."""

    def __init__(
        self,
        look: Callable[[], UnitOfWork],
        clock: Clock,
        words: Catalogue,
        picture: Picture,
        head: Callable[[], tuple[int, str]],
        site: Callable[[], str],
        signed_head: Callable[[], Anchor | None],
        station: Callable[[], str],
        sealed: Callable[[bytes, PaperFacts], bytes],
        unsealed: Callable[[PaperKind, str], Unsealed],
        leaving: Callable[[bytes], bytes] = bytes,
    ) -> None:
        """Remember the adapters. ``signed_head``: signed by the workstation; ``station``: what people call it.

        ``sealed``: gives a print its evidence; ``unsealed``: why it would get none.
        ``leaving``: makes of a PDF what is written, such as one that the company signed.
        """
        self._look, self._clock, self._words = look, clock, words
        self._picture, self._head, self._site = picture, head, site
        self._signed_head, self._station = signed_head, station
        self._sealed, self._unsealed, self._leaving = sealed, unsealed, leaving

    def in_language(self, language: str, second: str = "") -> PdfPrinting:
        """Return what prints the same in another language, or in two side by side."""
        if (language,) == self._words.languages and second in ("", language):
            return self
        folder = config.resource("translations")
        other = copy(self)
        other._words = load(language, folder)
        if second:
            other._words = side_by_side(other._words, load(second, folder))
        return other

    def many(
        self, jobs: Iterable[PrintJob]
    ) -> Generator[tuple[PrintJob, Print | Refusal | BadInput | Trouble], None, None]:
        """See the port."""
        facts: dict[PrintJob, PaperFacts] = {}
        told: dict[PrintJob, ToTell] = {}

        def filled() -> Iterator[tuple[PrintJob, many.Filled | Refusal | BadInput | Trouble]]:
            paper: many.Filled
            for job in jobs:
                try:
                    paper = self._filled(job, facts, told)
                except (Refusal, BadInput, Trouble) as wrong:
                    yield job, wrong
                else:
                    yield job, paper

        for job, made in many.drawn(filled(), self._words.languages):
            if not isinstance(made, bytes):
                yield job, made
                continue
            about = facts.pop(job, None)
            yield job, Print(made if about is None else self._sealed(made, about), told.pop(job))

    def _filled(
        self, job: PrintJob, facts: dict[PrintJob, PaperFacts], told: dict[PrintJob, ToTell]
    ) -> Filled:
        """Return one paper of many, filled in; what is to be proven of it, and told, is put into both."""
        if job.label is not None:
            job.label.require_possible()
            label, told[job] = self._label(job.batch, job.label)
            return many.Labels(label, job.label)
        if not job.certificate:
            report, facts[job], told[job] = self._inspection(job.batch, job.person, job.paper, None)
            return _bare(report, self._why(facts[job]))
        filled, facts[job] = self._certificate(job.certificate, job.copy, job.paper, results=job.results)
        told[job] = self._of_certificate("analysis" if job.results else "certificate", facts[job])
        bare = _bare(filled, self._why(facts[job]))
        if not job.results:
            return bare
        with self._look() as uow:
            return fill_analysis(uow, bare)

    def inspection(
        self, batch: str, person: str, paper: Paper | None = None, round_no: int | None = None
    ) -> Print:
        """Return the inspection report of a batch as this person may see it."""
        report, facts, told = self._inspection(batch, person, paper, round_no)
        return Print(
            self._proven(lambda why: inspection.render(_bare(report, why), self._words), facts), told
        )

    def _inspection(
        self, batch: str, person: str, paper: Paper | None, round_no: int | None
    ) -> tuple[InspectionReport, PaperFacts, ToTell]:
        now = self._clock.now()
        zone = self._zone(now)
        (head, anchor), site = self._both_heads(), self._site()
        with self._look() as uow:
            report = fill_inspection_report(
                uow,
                batch,
                person,
                on=self._clock.today(),
                now=now,
                zone=zone,
                picture=self._picture,
                head=head,
                site=site,
                page=paper,
                round_no=round_no,
                anchor=anchor,
            )
            seq, own = uow.head_seq(), uow.batch(batch).id
        signed = report.comparison is not None
        told = self._told(
            "inspection",
            f"{own}:{report.batch.round_no}",
            report.batch.number,
            own,
            report.state,
            marked=signed,
        )
        facts = PaperFacts(
            "inspection",
            batch,
            report.batch.number,
            report.batch.round_no,
            report.state,
            report.batch.quantity,
            now,
            copy=told.copy,
            seq=seq,
        )
        return replace(report, copy=told.copy), facts, replace(told, secret=not signed)

    def _both_heads(self) -> tuple[tuple[int, str], Anchor | None]:
        """Return the last event, and what the workstation signed of it; None: it could not sign."""
        anchor = self._signed_head()
        return (anchor.head.seq, anchor.head.hash) if anchor is not None else self._head(), anchor

    def _told(
        self,
        document: Document,
        subject: str,
        name: str,
        batch: str | None = None,
        state: str = "",
        *,
        marked: bool = False,
        secret: bool = False,
    ) -> ToTell:
        """Return what is put on record of a paper when it leaves; ``marked``: it says itself which copy it is."""
        copy = 0
        if marked:
            with self._look() as uow:
                copy = uow.next_print(document, subject, state)
        return ToTell(document, subject, name, batch, state, copy, self._words.languages, marked, secret)

    def first_article(
        self,
        batch: str,
        person: str,
        unit: int | None,
        known: Sequence[NonconformityRow],
        paper: Paper | None = None,
    ) -> Print:
        """Return the first-article report of a unit that both have inspected."""
        report, facts, of = self._inspection(batch, person, paper, None)
        with self._look() as uow:
            article = fill_first_article(uow, report, batch, unit, known)
        subject = f"{of.batch}:{article.unit}"
        told = self._told("first_article", subject, facts.number, of.batch, facts.state, marked=True)
        site, (head, anchor) = self._site(), self._both_heads()
        return Print(
            self._proven(
                lambda why: first_articles.render(
                    article, site, head, self._words, paper, why, copy=told.copy, anchor=anchor
                ),
                replace(facts, document="first_article", copy=told.copy),
            ),
            told,
        )

    def stickers(
        self, batch: str, person: str | None = None, paper: Paper | None = None, *, drawn: bool = False
    ) -> Print:
        """Return the stickers for the units of whoever inspects now, or is to inspect next, in the standing round.

        How far a check went tells what it found, so only its own person gets the stickers of a further sample.
        """
        with self._look() as uow:
            found = uow.batch(batch)
            if found.round is None or found.state == "registered":
                raise WrongState(found.number, found.state, "stickers")
            place: Place = "second" if found.state in ("awaiting_second", "second_check") else "first"
            standing, page = uow.round(found.round), paper or uow.shop().paper
            check = standing.standing(place)
            own = check is not None and check.state == "open" and check.person == person
            work = uow.work(check.id) if check is not None and own else Work()
        opened = standing.opened
        units = units_for(opened, place) if drawn else to_gather(opened, work, place)
        if any(one.stages for one in opened.plan.classes):
            # Neither the batch's history nor the bytes' digest may tell that somebody needs a further sample.
            told = self._told("stickers", found.id, "", secret=True)
        else:
            name = stickers.name(found.number, units)
            told = self._told("stickers", found.id, name, found.id)
        return Print(stickers.render(opened, self._words, page, units), told)

    def label(self, batch: str, wish: LabelWish) -> Print:
        """Return labels for a batch, as its state is now."""
        stock = wish.require_possible()
        filled, told = self._label(batch, wish)
        pdf = labels.render(filled, self._words, stock, copies=wish.copies, start=wish.start)
        return Print(pdf, told)

    def label_zpl(self, batch: str, wish: LabelWish, density: int) -> Print:
        """Return labels for a batch in the language of label printers."""
        stock = wish.require_possible()
        if stock.paper:
            raise BadInput("zpl_is_for_rolls", facts={"value": stock.code}, where={"field": "stock"})
        if density not in DENSITIES:
            facts = {"value": density, "known": DENSITIES}
            raise BadInput("unknown_kind", facts=facts, where={"field": "density"})
        filled, told = self._label(batch, wish)
        return Print(zpl.render(filled, self._words, stock, density=density, copies=wish.copies), told)

    def _label(self, batch: str, wish: LabelWish) -> tuple[Label, ToTell]:
        now = self._clock.now()
        with self._look() as uow:
            own = uow.batch(batch).id
            label = fill_label(uow, batch, wish.kind, on=self._clock.today(), now=now, zone=self._zone(now))
        return label, self._told("label", own, label.number, own, label.kind)

    def certificate(
        self, number: int, copy: int, paper: Paper | None = None, *, results: bool = False
    ) -> Print:
        """Return a print of a certificate, of conformity or with each result."""
        filled, facts = self._certificate(number, copy, paper, results=results)
        told = self._of_certificate("analysis" if results else "certificate", facts)
        if not results:
            return Print(
                self._proven(lambda why: conformity.render(_bare(filled, why), self._words), facts), told
            )
        with self._look() as uow:
            analysis = fill_analysis(uow, filled)
        return Print(
            self._proven(
                lambda why: analyses.render(replace(analysis, certificate=_bare(filled, why)), self._words),
                facts,
            ),
            told,
        )

    def _of_certificate(self, document: Document, facts: PaperFacts) -> ToTell:
        number = str(facts.certificate)
        told = self._told(document, number, f"{facts.certificate:06d}", facts.subject, facts.state)
        return replace(told, copy=facts.copy, marked=True)

    def _certificate(
        self, number: int, copy: int, paper: Paper | None, *, results: bool
    ) -> tuple[ConformityCertificate, PaperFacts]:
        now = self._clock.now()
        head, site = self._head(), self._site()
        with self._look() as uow:
            filled = fill_certificate(
                uow,
                number,
                copy,
                on=self._clock.today(),
                now=now,
                zone=self._zone(now),
                picture=self._picture,
                head=head,
                site=site,
                page=paper,
                results=results,
            )
            of, seq = uow.certificate(number).fact.batch, uow.head_seq()
        report = filled.report
        facts = PaperFacts(
            "analysis" if results else "conformity",
            of,
            report.batch.number,
            report.batch.round_no,
            report.state,
            report.batch.quantity,
            now,
            number,
            copy,
            seq,
        )
        return filled, facts

    def instruction(self, code: str, version: int | None = None, paper: Paper | None = None) -> Print:
        """Return a version of a procedure as a work instruction."""
        with self._look() as uow:
            shop, found, seq = uow.shop(), uow.procedure(code, version), uow.head_seq()
            names = {person.id: person.name for person in uow.people()}
        at = found.approved_at
        made = instructions.Instruction(
            found,
            names.get(found.author, ""),
            names.get(found.approved_by or "", ""),
            "" if at is None else moment(to_rfc3339(at, self._zone(at))),
            head_of(shop, self._picture),
        )
        site, (head, anchor), now = self._site(), self._both_heads(), self._clock.now()
        subject, chosen = f"{found.code} {found.version}", paper or shop.paper
        facts = PaperFacts("instruction", subject, found.code, 0, found.state, 0, now, seq=seq)
        told = self._told("instruction", subject, subject, state=found.state)
        return Print(
            self._proven(
                lambda why: instructions.render(
                    made, site, head, self._picture, self._words, chosen, why, anchor=anchor
                ),
                facts,
            ),
            told,
        )

    def slip(self, anchor: Anchor, person: str | None, paper: Paper | None = None) -> bytes:
        """Return the closing slip of an anchor; without a person, the workstation is who signed."""
        zone = self._zone(anchor.head.at)
        with self._look() as uow:
            shop = uow.shop()
            by = uow.person(person) if person is not None else None
        at = to_rfc3339(anchor.head.at, zone)
        name, staff = (by.name, by.staff or "") if by is not None else (self._station(), "")
        slip = slips.Slip(head_of(shop, self._picture), anchor, at, self._site(), name, staff)
        return slips.render(slip, self._words, paper or shop.paper)

    def audit(self, audit: str, person: str, paper: Paper | None = None) -> Print:
        """Return the report of an audit that is closed."""
        with self._look() as uow:
            shop, seq = uow.shop(), uow.head_seq()
            found = uow.audit(audit)
            page = page_of(uow, found, person)
        if page.state != "closed" or page.outcome is None:
            raise AuditState(page.name, page.state)
        site, (head, anchor), now = self._site(), self._both_heads(), self._clock.now()
        house = head_of(shop, self._picture)
        told = self._told("audit", found.id, page.name, state=page.outcome.result, marked=True)
        facts = PaperFacts(
            "audit", found.id, page.name, 0, page.outcome.result, 0, now, copy=told.copy, seq=seq
        )
        chosen = paper or shop.paper
        return Print(
            self._proven(
                lambda why: audits.render(
                    page,
                    house,
                    site,
                    head,
                    self._picture,
                    self._words,
                    chosen,
                    why,
                    copy=told.copy,
                    anchor=anchor,
                ),
                facts,
            ),
            told,
        )

    def nonconformity(self, read: Callable[[], NonconformityPage], paper: Paper | None = None) -> Print:
        """Return the report of a nonconformity as it stands."""
        with self._look() as uow:
            shop = uow.shop()
        page, seq = self._steadily(read)
        site, (head, anchor), now = self._site(), self._both_heads(), self._clock.now()
        chosen, today = paper or shop.paper, log_day(now)
        house = head_of(shop, self._picture)
        one, number = page.row.nonconformity, str(page.row.number)
        state = "open" if one.closed is None else "closed"
        name, closed = name_of(page.row.number), state == "closed"
        told = self._told("nonconformity", number, name, page.row.batch, state, marked=closed)
        facts = PaperFacts("nonconformity", number, name, 0, state, 0, now, copy=told.copy, seq=seq)
        return Print(
            self._proven(
                lambda why: nonconformities.render(
                    page,
                    today,
                    house,
                    site,
                    head,
                    self._picture,
                    self._words,
                    chosen,
                    why,
                    copy=told.copy,
                    anchor=anchor,
                ),
                facts,
            ),
            told,
        )

    def eight_d(self, action: str, paper: Paper | None = None) -> Print:
        """Return the report of a corrective action as it stands."""
        now = self._clock.now()
        found, seq = self._steadily(lambda: one_action(self._look(), action, log_day(now)))
        with self._look() as uow:
            shop, supplier = uow.shop(), uow.supplier(found.supplier).name
            names = {person.id: person.name for person in uow.people()}
            [named] = by_names(uow, [found])
        site, (head, anchor), chosen = self._site(), self._both_heads(), paper or shop.paper
        house = head_of(shop, self._picture)
        state = "closed" if found.state == "closed" else "open"
        told = self._told("corrective", found.id, found.name, state=state, marked=state == "closed")
        facts = PaperFacts("corrective", found.id, found.name, 0, state, 0, now, copy=told.copy, seq=seq)
        return Print(
            self._proven(
                lambda why: eight_d.render(
                    named,
                    supplier,
                    names,
                    house,
                    site,
                    head,
                    self._words,
                    chosen,
                    why,
                    fixed=found.fixed,
                    copy=told.copy,
                    anchor=anchor,
                ),
                facts,
            ),
            told,
        )

    def chart(self, sheet: ChartSheet, day: str, paper: Paper | None = None) -> Print:
        """Return a chart with its words and rows on a sheet."""
        with self._look() as uow:
            shop = uow.shop()
        house, chosen = head_of(shop, self._picture), paper or shop.paper
        main = in_main_language(sheet)
        record = encode(figures_of(main, shop.name, day)).decode()
        facts = PaperFacts("figures", "", main.title, 0, "", 0, self._clock.now(), record=record)

        def draw(why: Unsealed) -> bytes:
            foot = (*sheet.foot, self._words.say(UNSEALED[why])) if why else sheet.foot
            return chart_sheets.render(replace(sheet, foot=foot), house, day, self._words, chosen)

        return Print(self._proven(draw, facts), self._told("figures", sheet.of or main.title, main.title))

    def _proven(self, draw: Callable[[Unsealed], bytes], facts: PaperFacts) -> bytes:
        """Return a print with its evidence, or one that says why it carries none, also where that came in between."""
        why = self._why(facts)
        if not why:
            drawn = draw("")
            made = self._sealed(drawn, facts)
            if made != drawn:
                return made
            why = self._why(facts) or "blind"
        return draw(why)

    def _why(self, facts: PaperFacts) -> Unsealed:
        return self._unsealed(facts.document, facts.subject)

    def _steadily(self, read: Callable[[], Found]) -> tuple[Found, int]:
        """Return what was read, and the last event then; read anew where somebody wrote meanwhile.

        Raises: Trouble ``locked``: others write all the time.
        """
        for _ in range(_TRIES):
            before, _hash = self._head()
            found = read()
            if self._head()[0] == before:
                return found, before
        raise Trouble("locked")

    def card(self, card: CodeCard, paper: Paper | None = None) -> bytes:
        """Return a card with a code, by itself or on a sheet of paper."""
        return cards.render(card, self._words, paper)

    @staticmethod
    def _zone(at: int) -> tzinfo:
        return datetime.fromtimestamp(at / 1_000_000, UTC).astimezone().tzinfo or UTC

    def save(self, pdf: bytes, path: str) -> Printed:
        """Write a PDF aside, sync, rename."""
        pdf = self._leaving(pdf)
        inspection.write(pdf, Path(path))
        return Printed(path, pages.page_count(pdf), hashlib.sha256(pdf).hexdigest())

    def save_plain(self, content: bytes, path: str) -> None:
        """Write what is no PDF in the same way."""
        inspection.write(content, Path(path))

    def send(self, content: bytes, printer: str, title: str) -> None:
        """Send what a label printer reads to its queue."""
        queues.send(content, printer, title)

    def page_count(self, pdf: bytes) -> int:
        """Return how many pages a PDF has."""
        return pages.page_count(pdf)

    def sheet(self, pdf: bytes) -> tuple[float, float]:
        """Return width and height of the first page in mm."""
        width, height = pages.page_size(pdf, 0)
        return round(width / MM, 1), round(height / MM, 1)

    def page(self, pdf: bytes, index: int, dpi: int) -> tuple[int, int, bytes]:
        """Return width, height and pixels (blue, green, red, unused) of a page, 0-based."""
        image = pages.render_page(pdf, index, dpi)
        return image.width, image.height, image.pixels


@overload
def _bare(paper: InspectionReport, why: Unsealed) -> InspectionReport: ...
@overload
def _bare(paper: ConformityCertificate, why: Unsealed) -> ConformityCertificate: ...
def _bare(
    paper: InspectionReport | ConformityCertificate, why: Unsealed
) -> InspectionReport | ConformityCertificate:
    """Return a paper that says why it carries no evidence."""
    if isinstance(paper, InspectionReport):
        return replace(paper, unsealed=why)
    return replace(paper, report=replace(paper.report, unsealed=why))
