# SPDX-License-Identifier: Apache-2.0
"""P6: pages of the inspection report, against bare ReportLab platypus with the same table.

The report is one long table of defects, no photos; the bare side draws the same seven texts of every defect in as many
pages, one table a page, in a font of ours, with a grid. It shapes, wraps and measures nothing, and has neither the
report's first page nor its heads and feet.
"""

from __future__ import annotations

import io
from functools import partial
from pathlib import Path
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import PageBreak, SimpleDocTemplate, Table

from qcdesk import config
from qcdesk.i18n import Catalogue
from qcdesk.reports import inspection, pages
from qcdesk.services.inspection_report import DefectLine, InspectionReport
from tests.bench.measuring import Bench, Line, Size, against, compare
from tests.reports.reports_example import example

TARGET = "1.25x (0.8x of its pages/s), then 1.0x"
A_PAGE = 18  # defects that fill about a page
FONT = "BenchSans"


def long_report(many_pages: int) -> InspectionReport:
    """Return a report with so many defects that it has about as many pages, no photos."""
    classes = ("major", "minor")
    defects = tuple(
        DefectLine(
            classes[n % 2],  # type: ignore[arg-type]
            f"D-{n % 40:02}",
            ("Dent", "Vết xước", "凹痕", "รอยบุบ")[n % 4],
            "both",
            n % 125 + 1,
            place="Left of bore 1",
            note="Seen under the lamp.",
        )
        for n in range(many_pages * A_PAGE)
    )
    return example(photos=False, defects=defects)


def cells(report: InspectionReport, count: int) -> list[list[list[str]]]:
    """Return the rows of the report's table of defects, dealt to as many pages."""
    rows = [
        [str(d.sample_no), d.defect_class, d.code, d.name, d.found_by, d.place, d.note]
        for d in report.defects
    ]
    return [rows[len(rows) * n // count : len(rows) * (n + 1) // count] for n in range(count)]


def by_platypus(tables: list[list[list[str]]]) -> bytes:
    """Return a PDF with one table a page."""
    out = io.BytesIO()
    story: list[object] = []
    for rows in tables:
        height = 780 / max(len(rows), 1)
        style: list[tuple[Any, ...]] = [
            ("FONT", (0, 0), (-1, -1), FONT, min(7, height * 0.7)),
            ("GRID", (0, 0), (-1, -1), 0.3, "black"),
            ("PADDING", (0, 0), (-1, -1), 0),
        ]
        story += [
            Table(rows, colWidths=[75] * 7, rowHeights=[height * 0.99] * len(rows), style=style),
            PageBreak(),
        ]
    margins = dict.fromkeys(("leftMargin", "rightMargin", "topMargin", "bottomMargin"), 20)
    SimpleDocTemplate(out, pagesize=A4, **margins).build(story)  # type: ignore[arg-type]
    return out.getvalue()


def run(folder: Path, size: Size) -> list[Line]:
    """Draw a short and a long report, and set the long one's pages against the short one's."""
    pdfmetrics.registerFont(TTFont(FONT, str(config.resource("fonts") / "NotoSans-Regular.ttf")))
    words = Catalogue("en")
    lines = []
    for many in (max(1, size.pages // 8), size.pages):
        report = long_report(many)
        pdf = inspection.render(report, words)
        count = pages.page_count(pdf)
        tables = cells(report, count)
        bare = by_platypus(tables)
        assert pages.page_count(bare) == count, "both sides have as many pages"
        lines.append(
            compare(
                f"P6 report page of {count}, µs a page",
                TARGET,
                ours=partial(inspection.render, report, words),
                base=partial(by_platypus, tables),
                rounds=min(size.rounds, 7),
                per=count,
            )
        )
    few, large = lines
    lines.append(
        against("P6 a page of the long one over the short one's", "1.1x", large.ours, few.ours, None)
    )
    return lines


BENCH = Bench("report", "pages of the inspection report", run)
