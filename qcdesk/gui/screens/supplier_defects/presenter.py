# SPDX-License-Identifier: Apache-2.0
"""Counts a supplier's defects the way one asks, and leads from each bar and point to what stands behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from qcdesk.domain.events import SupplierSaved
from qcdesk.gui.problems import Problem, Problems
from qcdesk.gui.screens.supplier_defects.rows import Behind, BehindLine, OtherLine, Pictured
from qcdesk.gui.signed_photos import Kept, photo_lines, photos_of
from qcdesk.gui.tasks import Tasks
from qcdesk.gui.widgets.bars import Bar
from qcdesk.i18n import Catalogue
from qcdesk.services.figure_rows import BehindRow, DefectFigures, LotRunRow
from qcdesk.services.supplier_defects import WAYS, DefectBar, DefectTrend, Way, bars, pairs, trend
from qcdesk.services.use_cases import UseCases
from qcdesk.wording import supplier_defects
from qcdesk.wording.spelling import fixed


class SupplierDefectsView(Protocol):
    """The page."""

    def show_head(self, name: str, note: str) -> None: ...
    def show_pictures(self, pictured: Pictured) -> None: ...
    def show_behind(self, behind: Behind) -> None: ...
    def show_problem(self, problem: Problem) -> None: ...


@dataclass(frozen=True)
class Read:
    """What was read of a supplier."""

    supplier: SupplierSaved
    figures: DefectFigures
    lots: tuple[LotRunRow, ...]


class SupplierDefectsPresenter:
    """A newer choice drops an older answer."""

    def __init__(
        self,
        view: SupplierDefectsView,
        use: UseCases,
        tasks: Tasks,
        words: Catalogue,
        problems: Problems,
        open_batch: Callable[[str], None],
    ) -> None:
        self._view, self._use, self._tasks, self._words = view, use, tasks, words
        self._problems, self._open_batch = problems, open_batch
        self._supplier = ""
        self._read: Read | None = None
        self._way: Way = "code"
        self._key: str | None = ""
        self._bars: tuple[DefectBar, ...] = ()
        self._others: tuple[DefectBar, ...] = ()
        self._trend = DefectTrend((), (), (), None)

    @property
    def supplier(self) -> str:
        """The id of the supplier that is shown."""
        return self._supplier

    def open(self, supplier: str = "", code: str = "") -> None:
        """Show the defects of a supplier, by id, at a code; none: of the last one, anew."""
        if supplier:
            self._supplier, self._way, self._key = supplier, "code", code
        asked, use = self._supplier, self._use

        def work() -> Read:
            one = use.read.supplier(asked).supplier
            figures, lots = use.read.defect_figures(one.supplier), use.read.lot_run(one.supplier)
            return Read(one, figures, lots)

        self._tasks.run(work, self._loaded, self._problems.show, latest="supplier_defects")

    def _loaded(self, read: Read) -> None:
        self._read = read
        say, count = self._words.say, self._words.count
        n = sum(row.amount for row in read.figures.rows)
        told = count("{code} · {n} defect", "{code} · {n} defects", n, code=read.supplier.code)
        self._view.show_head(say("Defects of {name}", name=read.supplier.name), told)
        self._show()

    def choose_way(self, way: str) -> None:
        """Count by code, class, product or month."""
        self._way = next((one for one in WAYS if one == way), self._way)
        self._key = ""
        self._show()

    def choose_bar(self, place: int) -> None:
        """Look at one bar, counted from 0; the one of the rarest shows what it is made of."""
        if 0 <= place < len(self._bars):
            self._key = self._bars[place].key
        elif place == len(self._bars) and self._others:
            self._key = None
        else:
            return
        self._show()

    def choose_other(self, key: str) -> None:
        """Look at one of the rarest."""
        self._key = key
        self._show()

    def choose_point(self, place: int) -> None:
        """Open the lot of a point of the trend; of reports, look at its month."""
        if 0 <= place < len(self._trend.batches):
            self._open_batch(self._trend.batches[place])
        elif 0 <= place < len(self._trend.names):
            self._way, self._key = "month", self._trend.names[place]
            self._show()

    def _called(self, key: str) -> str:
        assert self._read is not None
        figures = self._read.figures
        return supplier_defects.called(key, self._way, figures.names, figures.products, self._words)

    def _show(self) -> None:
        if (read := self._read) is None:
            return
        rows, way, words = read.figures.rows, self._way, self._words
        every = bars(rows, way)
        self._bars = supplier_defects.shown(every, way)
        self._others = every[len(self._bars) :] if way != "month" else ()
        known = [bar.key for bar in self._bars]
        of_others = [bar.key for bar in self._others]
        if self._key is not None and self._key not in [*known, *of_others]:
            self._key = (known[-1] if way == "month" else known[0]) if known else ""
        key = self._key
        place = known.index(key) if key in known else len(known)
        called = supplier_defects.others(len(of_others), way, words) if key is None else self._called(key)
        self._trend = trend(rows, read.lots, way, of_others if key is None else (key,))
        drawn = supplier_defects.trend_picture(self._trend, called, words) if known else None
        months = supplier_defects.months_picture(self._bars, words) if way == "month" else None
        self._view.show_pictures(Pictured(way, self._drawn(every), months, place, drawn))
        if key is None:
            self._view.show_behind(Behind(called, (), (), self._made_of(every)))
        elif known:
            self._look_behind(read, called, key)

    def _drawn(self, every: Sequence[DefectBar]) -> tuple[Bar, ...]:
        """Return the bars in words, with what they come to so far; the rarest together."""
        texts = [self._called(bar.key) for bar in self._bars]
        drawn = [
            (text if texts.count(text) == 1 else f"{text} ({bar.key})", bar.count)
            for text, bar in zip(texts, self._bars, strict=True)
        ]
        if self._others:
            rest = supplier_defects.others(len(self._others), self._way, self._words)
            drawn.append((rest, sum(bar.count for bar in self._others)))
        total, so_far, made = sum(bar.count for bar in every), 0, list[Bar]()
        for text, count in drawn:
            so_far += count
            made.append(Bar(text, count, self._share(so_far, total), rest=len(made) == len(self._bars)))
        return tuple(made)

    def _made_of(self, every: Sequence[DefectBar]) -> tuple[OtherLine, ...]:
        total = sum(bar.count for bar in every)
        return tuple(
            OtherLine(bar.key, self._called(bar.key), bar.count, self._share(bar.count, total))
            for bar in self._others
        )

    def _share(self, n: int, total: int) -> str:
        return self._words.say(
            "{n} %",
            n=fixed(100 * n / total, 0, self._words)
            if n * 100 >= total
            else fixed(100 * n / total, 1, self._words),
        )

    def _look_behind(self, read: Read, called: str, key: str) -> None:
        way, use = self._way, self._use
        asked = pairs(read.figures.rows, way, key)
        product, month = key if way == "product" else None, key if way == "month" else None

        def work() -> tuple[tuple[BehindRow, ...], Kept | None]:
            found = use.read.behind(read.supplier.supplier, asked, product, month)
            if way != "code":
                return found, None
            batches = [row.batch for row in found if row.batch and not row.reported]
            return found, photos_of(use, batches, key)

        self._tasks.run(
            work,
            lambda got: self._view.show_behind(self._behind(called, *got)),
            self._problems.show,
            latest="supplier_defects_behind",
        )

    def _behind(
        self,
        called: str,
        rows: tuple[BehindRow, ...],
        photos: Kept | None,
    ) -> Behind:
        words = self._words
        lines = tuple(
            BehindLine(row.batch, row.number, row.month, supplier_defects.signed(row, words), row.amount)
            for row in rows
        )
        shown = photo_lines(photos, self._use, words) if photos is not None else ()
        return Behind(called, lines, shown)
