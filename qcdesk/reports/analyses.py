# SPDX-License-Identifier: Apache-2.0
"""The certificate of analysis on paper: the certificate of a batch, and each result it stands on with its limits."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

from qcdesk.i18n import Catalogue
from qcdesk.reports.conformity import BODY, EDGE, HEAD, SMALL, CertificatePage, shown
from qcdesk.reports.paper import MM, SIZES, Box, Column, Flow, Pen, begin, gap, stacked, table_row, text_box
from qcdesk.reports.typesetting import Style, TextBlock, clean, compose
from qcdesk.services.fill_analysis import Analysis, LookedFor, MeasuredResult
from qcdesk.services.inspection_report import Paper
from qcdesk.wording import states
from qcdesk.wording.certificate_pages import few_values, figures, gauges
from qcdesk.wording.inspection_reports import flat
from qcdesk.wording.limits import number

FOOT = 6 * MM
NAME = Style(9, 600)
MEASURED = (0.21, 0.16, 0.2, 0.05, 0.09, 0.09, 0.09, 0.11)
LOOKED = (0.5, 0.16, 0.17, 0.17)


def render(analysis: Analysis, words: Catalogue, *, paper: Paper | None = None) -> bytes:
    """Return the certificate as a PDF; the same print gives the same bytes."""
    certificate = analysis.certificate
    size = SIZES[paper or certificate.report.paper]
    out = io.BytesIO()
    batch = " ".join(clean(certificate.report.batch.number).split())
    title = words.say(
        "Certificate of analysis {number}, batch {batch}", number=shown(certificate.number), batch=batch
    )
    canvas = begin(out, size, title, author=certificate.report.shop, language=certificate.report.language)
    canvas.setKeywords(certificate.report.record)
    sheet = _Pages(analysis, words, *size)
    pages = sheet.pages()
    for no, boxes in enumerate(pages, 1):
        pen = Pen(canvas, size[1])
        for box, x, top in boxes:
            box.paint(pen, x, top)
        sheet.foot(pen, no, len(pages))
        canvas.showPage()
    canvas.save()
    return out.getvalue()


class _Pages(CertificatePage):
    """What the certificate says stands first, the results follow, the people and the proof close it."""

    def __init__(self, analysis: Analysis, words: Catalogue, width: float, height: float) -> None:
        super().__init__(analysis.certificate, words, width, height)
        self.analysis = analysis
        self.kind = words.say("Certificate of analysis")

    def pages(self) -> list[list[tuple[Box, float, float]]]:
        """Return the boxes of each page with their places; the proof never stands on one alone."""
        for air in (4 * MM, 2.5 * MM, 1.5 * MM):
            pages = self._laid(air)
            if any(box.height > air for box, _, _ in pages[-1][:-1]):
                return pages
        return self._laid(4 * MM, together=True)

    def _laid(self, air: float, *, together: bool = False) -> list[list[tuple[Box, float, float]]]:
        """Lay it out with so much air between the parts. ``together``: the people stand on the page of the proof."""
        say = self.words.say
        flow = Flow(EDGE, EDGE, self.height - EDGE)
        for box in (self._head(), self._released(), *self._concession(3), self._facts(), self._statement()):
            flow.place(box)
            flow.place(gap(air))
        if self.analysis.measured:
            heading = stacked(
                [
                    self._title(say("What was measured")),
                    self._row(MEASURED, self._measured_heads(), HEAD, 3, ground=True),
                ]
            )
            flow.table(heading, (self._measured(one) for one in self.analysis.measured))
            flow.place(gap(air))
        if self.analysis.looked:
            heads = (
                say("Defect or attribute"),
                say("Class"),
                say("Units looked at"),
                say("Units found with it"),
            )
            heading = stacked(
                [self._title(say("What was looked for")), self._row(LOOKED, heads, HEAD, 2, ground=True)]
            )
            flow.table(heading, (self._looked(one) for one in self.analysis.looked))
            flow.place(gap(air))
        proof = self._proof()
        flow.place(self._classes())
        flow.place(gap(air))
        flow.place(self._people(), keep=air + proof.height if together else 0.0)
        flow.place(gap(air))
        flow.place(proof)
        box, x, _ = flow.pages[-1].pop()
        flow.pages[-1].append((box, x, self.height - EDGE - proof.height))
        return flow.pages

    def foot(self, pen: Pen, no: int, pages: int) -> None:
        """Draw whose page it is and which, below everything."""
        say, low = self.words.say, self.height - EDGE + 3 * MM
        whose = say(
            "Certificate {number} · batch {batch}",
            number=shown(self.c.number),
            batch=flat(self.r.batch.number),
        )
        which = compose(say("Page {page} of {pages}", page=no, pages=pages), SMALL, self.inner * 0.2)
        pen.text(compose(whose, SMALL, self.inner * 0.78, max_lines=1), EDGE, low)
        pen.text(which, EDGE, low, self.inner, "end")

    def _title(self, text: str) -> Box:
        return stacked([text_box(compose(text, Style(11.5, 700), self.inner, max_lines=1)), gap(2)])

    def _row(
        self, shares: Sequence[float], texts: Sequence[str], style: Style, right: int, *, ground: bool = False
    ) -> Box:
        """Return a row whose cells from ``right`` on are figures."""
        columns = [
            Column(self.inner * share, "end" if i >= right else "start") for i, share in enumerate(shares)
        ]
        cells = [
            compose(text, style, column.width - 8, max_lines=3)
            for text, column in zip(texts, columns, strict=True)
        ]
        return table_row(columns, cells, ground=ground)

    def _measured_heads(self) -> tuple[str, ...]:
        say = self.words.say
        return (
            say("Characteristic"), say("Method"), say("Limits"), say("n"), say("Smallest"), say("Mean"), say("Largest"),
            say("Result"),
        )  # fmt: skip

    def _measured(self, one: MeasuredResult) -> Box:
        texts = ("", "", *figures(one, self.words))
        columns = [
            Column(self.inner * share, "end" if i >= 3 else "start") for i, share in enumerate(MEASURED)
        ]
        cells: list[TextBlock | Box] = []
        for i, (text, column) in enumerate(zip(texts, columns, strict=True)):
            wide = column.width - 8
            if i == 0:
                cells.append(self._named(one.name, few_values(one, self.words), wide))
            elif i == 1:
                cells.append(self._named(one.method or "–", gauges(one.instruments, self.words), wide, BODY))
            else:
                cells.append(compose(text, NAME if i == 7 else BODY, wide, max_lines=3))
        return table_row(columns, cells)

    def _looked(self, one: LookedFor) -> Box:
        columns = [Column(self.inner * share, "end" if i >= 2 else "start") for i, share in enumerate(LOOKED)]
        cells: list[TextBlock | Box] = [self._named(one.name, one.code, columns[0].width - 8)]
        for text, column, style in (
            (self.words.say(states.CLASS_WORDS[one.defect_class]), columns[1], BODY),
            (number(one.n), columns[2], BODY),
            (number(one.found), columns[3], NAME),
        ):
            cells.append(compose(text, style, column.width - 8, max_lines=1))
        return table_row(columns, cells)

    def _named(self, name: str, under: str, wide: float, style: Style = NAME) -> Box:
        return stacked(self._lines(name, under, wide, style))

    @staticmethod
    def _lines(name: str, under: str, wide: float, style: Style) -> Iterator[Box]:
        yield text_box(compose(flat(name), style, wide, max_lines=3))
        if under:
            yield text_box(compose(flat(under), SMALL, wide, max_lines=3))
