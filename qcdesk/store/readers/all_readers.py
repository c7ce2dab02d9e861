# SPDX-License-Identifier: Apache-2.0
"""The port ``Readers`` on SQLite and PostgreSQL: each method stands with its subject in a module of its own."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from qcdesk.domain.events import (
    DefectCodeSaved,
    FirstSeen,
    InstrumentSaved,
    ProductSaved,
    ShopChanged,
    SupplierSaved,
)
from qcdesk.domain.guessing import Moment
from qcdesk.domain.sampling import DefectClass
from qcdesk.domain.severity_runs import SeverityRun
from qcdesk.services.analysis_rows import AnalysisChoices, AnalysisWish, LotCounts, ReadingColumns
from qcdesk.services.audit_rows import AuditListRow, TemplateRow
from qcdesk.services.concession_rows import ConcededRow, ConcessionRow
from qcdesk.services.detection_rows import DetectionPage, LearntRow
from qcdesk.services.figure_rows import (
    BehindRow,
    DefectFigures,
    DefectPhotoRow,
    FigureRow,
    LotRunRow,
    SupplierFigures,
)
from qcdesk.services.lapsing_papers import SOON_DAYS, LapsingPaper
from qcdesk.services.lot_rows import LotRow, LotSupplierRow
from qcdesk.services.rows import (
    AuditPage,
    AuditRow,
    BatchListRow,
    BatchPage,
    ComparisonPage,
    ConcernRow,
    Lane,
    LanePage,
    LockRow,
    PersonKeysRow,
    PersonRow,
    ProcedureListRow,
    RecoveryUseRow,
    SignInNotice,
    SupplierListRow,
    SupplierPage,
    SuspectReleaseRow,
    TimelineRow,
    TriedRow,
    UnexplainedRow,
    WaitingRow,
    WallRow,
)
from qcdesk.services.severity_rows import SeverityPage
from qcdesk.store.readers import (
    analysis,
    audit,
    audits,
    batch_pages,
    board,
    comparisons,
    concerns,
    concessions,
    detection,
    doubts,
    figures,
    lots,
    masters,
    numbers,
    severities,
    signing_in,
)
from qcdesk.store.readers.asking import Connect, Look
from qcdesk.store.readers.care import SqlCareReader
from qcdesk.store.readers.nonconformities import SqlNonconformityReader
from qcdesk.store.readers.unexplained import unexplained


class SqlReaders:
    """See the port ``Readers``. ``connect`` gives connections for looking only; ``look`` is for the rules."""

    def __init__(self, connect: Connect, look: Look) -> None:
        """Remember how to look; nothing is opened before a question is asked."""
        self._connect, self._look = connect, look

    def concessions(
        self, today: date, *, supplier: str | None = None, standing: str | None = None
    ) -> tuple[ConcessionRow, ...]:
        """See the port."""
        return concessions.concessions(self._connect, today, supplier, standing)

    def conceded(self, today: date) -> tuple[ConcededRow, ...]:
        """See the port."""
        return concessions.conceded(self._connect, today)

    def wall(self) -> tuple[WallRow, ...]:
        """See the port."""
        return masters.wall(self._connect)

    def reading_language(self, person: str) -> str:
        """See the port."""
        return signing_in.reading_language(self._connect, person)

    def people(self) -> tuple[PersonRow, ...]:
        """See the port."""
        return masters.people(self._connect, self._look)

    def recovery_uses(self, now: int) -> tuple[RecoveryUseRow, ...]:
        """See the port."""
        return doubts.recovery_uses(self._connect, now)

    def suspect_releases(self) -> tuple[SuspectReleaseRow, ...]:
        """See the port."""
        return doubts.suspect_releases(self._connect)

    def waiting(self, person: str, today: date) -> tuple[WaitingRow, ...]:
        """See the port."""
        return board.waiting(self._connect, self._look, person, today)

    def lane(self, lane: Lane, person: str, after: str | None = None, limit: int = 50) -> LanePage:
        """See the port."""
        return board.lane(self._connect, lane, person, after, limit)

    def search(self, text: str, limit: int = 20) -> tuple[BatchListRow, ...]:
        """See the port."""
        return board.search(self._connect, text, limit)

    def batches(self, state: str | None, after: str | None, limit: int) -> tuple[BatchListRow, ...]:
        """See the port; ``after`` is the id of the last batch that was shown."""
        return board.batches(self._connect, state, after, limit)

    def released(self, since: int, until: int, limit: int = 500) -> tuple[BatchListRow, ...]:
        """See the port."""
        return board.released(self._connect, since, until, limit)

    def audits(self, supplier: str | None = None) -> tuple[AuditListRow, ...]:
        """See the port."""
        return audits.audits(self._connect, supplier)

    def audit_templates(self) -> tuple[TemplateRow, ...]:
        """See the port."""
        return audits.audit_templates(self._connect)

    def severities(self, *, supplier: str | None = None, product: str | None = None) -> SeverityPage:
        """See the port."""
        return severities.severities(self._connect, supplier=supplier, product=product)

    def severity_run(
        self, supplier: str | None, product: str, procedure: str, defect_class: DefectClass
    ) -> SeverityRun:
        """See the port."""
        return severities.severity_run(self._connect, supplier, product, procedure, defect_class)

    def batch_by_number(self, number: str) -> str:
        """See the port."""
        return board.by_number(self._connect, number)

    def batch(self, batch: str, person: str, now: int) -> BatchPage:
        """See the port."""
        return batch_pages.batch_page(self._connect, self._look, batch, person, now)

    def unexplained(self) -> tuple[UnexplainedRow, ...]:
        """See the port."""
        return unexplained(self._connect)

    def timeline(self, batch: str, person: str) -> tuple[TimelineRow, ...]:
        """See the port."""
        return batch_pages.timeline(self._connect, self._look, batch, person)

    def comparison(self, batch: str, person: str, now: int, round_no: int | None = None) -> ComparisonPage:
        """See the port."""
        return comparisons.comparison_page(self._connect, self._look, batch, person, now, round_no)

    def suppliers(self) -> tuple[SupplierListRow, ...]:
        """See the port."""
        return masters.suppliers(self._connect)

    def supplier(self, supplier: str) -> SupplierPage:
        """See the port."""
        return masters.supplier(self._connect, supplier)

    def lapsing_papers(self, today: date, days: int = SOON_DAYS) -> tuple[LapsingPaper, ...]:
        """See the port."""
        return masters.lapsing_papers(self._connect, today, days)

    def alike_suppliers(self, supplier: str) -> tuple[SupplierSaved, ...]:
        """See the port."""
        return masters.alike_suppliers(self._connect, supplier)

    def lots(self, supplier: str = "", products: Sequence[str] = (), last: int = 20) -> tuple[LotRow, ...]:
        """See the port."""
        return lots.lots(self._connect, supplier, products, last)

    def detection(
        self, person: str, since: int, until: int, of: str = "", most: int = 5_000
    ) -> DetectionPage:
        """See the port."""
        return detection.detection(self._connect, self._look, person, since, until, of, most)

    def learnt(self, round_id: str, person: str) -> tuple[LearntRow, ...]:
        """See the port."""
        return detection.learnt_before(self._connect, self._look, round_id, person)

    def lot_suppliers(self) -> tuple[LotSupplierRow, ...]:
        """See the port."""
        return lots.suppliers(self._connect)

    def analysis_choices(self) -> AnalysisChoices:
        """See the port."""
        return analysis.choices(self._connect)

    def readings(self, wish: AnalysisWish) -> ReadingColumns:
        """See the port."""
        return analysis.readings(self._connect, wish)

    def lot_counts(self, wish: AnalysisWish) -> LotCounts:
        """See the port."""
        return analysis.lot_counts(self._connect, wish)

    def figures(self, supplier: str = "*", product: str = "*", today: date | None = None) -> SupplierFigures:
        """See the port."""
        return figures.figures(self._connect, supplier, product, today)

    def figures_of_each(self, since: str = "", today: date | None = None) -> dict[str, tuple[FigureRow, ...]]:
        """See the port."""
        return figures.figures_of_each(self._connect, since, today)

    def defect_figures(self, supplier: str) -> DefectFigures:
        """See the port."""
        return figures.defect_figures(self._connect, supplier)

    def behind(
        self,
        supplier: str,
        pairs: Collection[tuple[str, str]],
        product: str | None = None,
        month: str | None = None,
    ) -> tuple[BehindRow, ...]:
        """See the port."""
        return figures.behind(self._connect, supplier, pairs, product, month)

    def lot_run(self, supplier: str) -> tuple[LotRunRow, ...]:
        """See the port."""
        return figures.lot_run(self._connect, supplier)

    def defect_photos(self, batches: Sequence[str], code: str) -> tuple[DefectPhotoRow, ...]:
        """See the port."""
        return figures.defect_photos(self._connect, batches, code)

    def products(self) -> tuple[ProductSaved, ...]:
        """See the port."""
        return masters.products(self._connect)

    def procedures(self, today: date) -> tuple[ProcedureListRow, ...]:
        """See the port."""
        return masters.procedures(self._connect, today)

    def defect_codes(self) -> tuple[DefectCodeSaved, ...]:
        """See the port."""
        return masters.defect_codes(self._connect)

    def instruments(self) -> tuple[InstrumentSaved, ...]:
        """See the port."""
        return masters.instruments(self._connect)

    def shop(self) -> ShopChanged:
        """See the port."""
        return masters.shop(self._connect)

    def audit(
        self, person: str, *, batch: str | None = None, of: str | None = None, since: int | None = None
    ) -> tuple[AuditRow, ...]:
        """See the port."""
        return audit.audit(self._connect, self._look, person, batch=batch, of=of, since=since)

    def audit_page(
        self,
        person: str,
        *,
        batch: str | None = None,
        of: str | None = None,
        since: int | None = None,
        until: int | None = None,
        before: int | None = None,
        limit: int = 200,
    ) -> AuditPage:
        """See the port."""
        return audit.audit_page(
            self._connect,
            self._look,
            person,
            batch=batch,
            of=of,
            limit=limit,
            since=since,
            until=until,
            before=before,
        )

    def closed_from(self, person: str) -> int | None:
        """See the port."""
        return numbers.first_closed(self._connect, self._look, person)

    def concerns(self, person: str, since: int) -> tuple[ConcernRow, ...]:
        """See the port."""
        return concerns.concerns(self._connect, self._look, person, since)

    def sign_in_notice(self, person: str, after: int = 0, since: int = 0) -> SignInNotice:
        """See the port."""
        return signing_in.sign_in_notice(self._connect, person, after, since)

    def tried(self, after: int = 0, since: int = 0) -> tuple[TriedRow, ...]:
        """See the port."""
        with self._connect() as connection:
            return signing_in.tried(connection, after, since)

    def locks(self, now: Moment, since: int = 0) -> tuple[LockRow, ...]:
        """See the port."""
        return signing_in.locks(self._connect, self._look, now, since)

    def person_keys(self, now: Moment) -> tuple[PersonKeysRow, ...]:
        """See the port."""
        return signing_in.person_keys(self._connect, self._look, now)

    @property
    def care(self) -> SqlCareReader:
        """See the port."""
        return SqlCareReader(self._connect, self._look)

    @property
    def nonconformities(self) -> SqlNonconformityReader:
        """See the port."""
        return SqlNonconformityReader(self._connect, self._look)

    def first_seen(self, round_id: str) -> Sequence[FirstSeen]:
        """See the port."""
        return masters.first_seen(self._connect, round_id)
