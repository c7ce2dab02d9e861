# SPDX-License-Identifier: Apache-2.0
"""The first-article report: the data fields of AS9102 in a layout of our own.

What the workspace knows is printed. What it does not know is a line to be filled in by hand, and never a guess.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qcdesk.domain.anchors import Anchor
from qcdesk.i18n import Catalogue
from qcdesk.reports.footed import bound, headed
from qcdesk.reports.paper import (
    MM,
    Box,
    Column,
    Flow,
    Pen,
    beside,
    gap,
    stacked,
    table_row,
    text_box,
)
from qcdesk.reports.typesetting import Style, TextBlock, clean, compose
from qcdesk.services.drawing_primitives import Rect
from qcdesk.services.fill_first_article import ArticleCharacteristic, FirstArticle
from qcdesk.services.inspection_report import Paper, Signature, Unsealed
from qcdesk.wording import states
from qcdesk.wording.inspection_reports import flat, moment
from qcdesk.wording.limits import decimal, limits, number

TITLE = Style(17, 700)
HEAD = Style(12, 700)
LABEL = Style(7.5, 500, "text3")
SMALL = Style(8.5, 400, "text2")
BODY = Style(9.5, 400)
STRONG = Style(9.5, 600)
COLUMN = Style(7.5, 600, "text2")
LINE_HIGH = 13.0
CHARACTERISTICS = (0.05, 0.1, 0.25, 0.11, 0.2, 0.15, 0.14)
FREE_ROWS = 3


def render(
    article: FirstArticle,
    site: str,
    head: tuple[int, str],
    words: Catalogue,
    paper: Paper | None = None,
    unsealed: Unsealed = "",
    *,
    copy: int = 0,
    anchor: Anchor | None = None,
) -> bytes:
    """Return the report; the same records give the same bytes, but for the foot and the code.

    Args: unsealed: why it carries no evidence. anchor: what the square code holds; None: there is none.
    """
    report = article.report
    title = words.say("First-article report, batch {batch}", batch=flat(clean(report.batch.number)))
    return bound(
        lambda flow, inner: _Sheet(article, words, inner).lay(flow),
        report.shop,
        title,
        paper or report.paper,
        words,
        site,
        head,
        unsealed,
        copy=copy,
        anchor=anchor,
        record=report.record,
    )


class _Sheet:
    def __init__(self, article: FirstArticle, words: Catalogue, inner: float) -> None:
        self.of, self.r, self.words, self.inner = article, article.report, words, inner

    def lay(self, flow: Flow) -> None:
        """Put the three parts and the signatures onto pages."""
        say = self.words.say
        flow.place(headed(self.r.shop, say("First-article report"), self.inner))
        flow.place(self._line(flat(self.r.batch.product_name), TITLE, 3))
        told = say(
            "Unit {unit} of batch {batch}, {sample} in the sample of round {round}. Lines are to be filled in by hand.",
            unit=number(self.of.of_batch),
            batch=flat(self.r.batch.number),
            sample=self.of.unit,
            round=self.r.batch.round_no,
        )
        flow.place(self._line(told, SMALL, 3))
        flow.place(self._heading(say("1. Part number accountability")), keep=30 * MM)
        for row in self._part():
            flow.place(row)
        flow.place(self._line(say("Parts of an assembly"), SMALL, 1), keep=26 * MM)
        names = (say("Part number"), say("Part name"), say("Serial number"), say("Report number"))
        self._free(flow, (0.25, 0.35, 0.2, 0.2), names)
        flow.place(self._heading(say("2. Product accountability")), keep=30 * MM)
        processes = (say("Material or special process"), say("Specification"), say("Code"), say("Supplier"),
                 say("Customer approved"), say("Certificate number"))  # fmt: skip
        self._free(flow, (0.26, 0.18, 0.1, 0.18, 0.13, 0.15), processes)
        flow.place(gap(3 * MM))
        tests = (say("Functional test"), say("Procedure number"), say("Acceptance report number"))
        self._free(flow, (0.4, 0.3, 0.3), tests)
        self._characteristics(flow)
        flow.place(gap(4 * MM))
        flow.place(self._signatures())

    # Part -------------------------------------------------------------------------------------------------------

    def _part(self) -> Iterator[Box]:
        """Yield rows of fields; what is empty is a line."""
        say, b, p = self.words.say, self.r.batch, self.r.procedure
        cells = (
            (say("Part number"), b.product_code),
            (say("Part name"), b.product_name),
            (say("Serial number"), ""),
            (say("Part revision"), b.product_revision),
            (say("Drawing number"), ""),
            (say("Drawing revision"), ""),
            (say("Additional changes"), ""),
            (say("Manufacturing process"), ""),
            (say("First-article report number"), ""),
            (say("Maker"), b.supplier),
            (say("Supplier code"), ""),
            (say("Order"), b.order),
            (say("Inspected by procedure"),
             say("{code} version {version}", code=flat(p.code), version=p.version)),
            (say("Certificate of the batch"), "" if self.of.certificate is None else f"{self.of.certificate:06d}"),
            (say("Reason"), ""),
        )  # fmt: skip
        wide = self.inner / 3
        for first in range(0, len(cells), 3):
            yield beside(
                (i * wide, self._field(*cell, wide - 10)) for i, cell in enumerate(cells[first : first + 3])
            )
            yield gap(2.2 * MM)
        ticks = (say("Detail"), say("Assembly"), say("Full"), say("Partial"))
        yield beside((i * self.inner / 4, self._tick(one)) for i, one in enumerate(ticks))
        yield gap(2.5 * MM)

    def _field(self, label: str, value: str, wide: float) -> Box:
        name = text_box(compose(label, LABEL, wide, max_lines=2))
        if not value.strip():
            return stacked([name, self._rule(wide)])
        return stacked([name, text_box(compose(flat(value), STRONG, wide, max_lines=3))])

    @staticmethod
    def _rule(wide: float) -> Box:
        return Box(
            LINE_HIGH + 2,
            lambda pen, x, top: pen.line((x, top + LINE_HIGH), (x + wide, top + LINE_HIGH), "edge", 0.7),
        )

    def _tick(self, label: str) -> Box:
        block = compose(label, BODY, self.inner / 4 - 22, max_lines=2)

        def paint(pen: Pen, x: float, top: float) -> None:
            pen.rect(Rect(x, top + 2, 10, 10, stroke="edge", stroke_width=0.9, radius=2))
            pen.text(block, x + 16, top)

        return Box(block.height, paint)

    # Tables -----------------------------------------------------------------------------------------------------

    def _free(self, flow: Flow, shares: Sequence[float], names: Sequence[str]) -> None:
        """Put a table that has only rows to be filled in."""
        empty = [Box(LINE_HIGH, lambda pen, x, top: None)] * len(shares)
        rows = (self._row(shares, empty) for _ in range(FREE_ROWS))
        flow.table(self._heads(shares, names), rows)

    def _characteristics(self, flow: Flow) -> None:
        say = self.words.say
        names = (say("No."), say("Reference"), say("Requirement"), say("Designator"), say("Results"), say("Tooling"),
                 say("Nonconformity"))  # fmt: skip
        title = self._heading(say("3. Characteristic accountability"))
        heading = stacked([title, self._heads(CHARACTERISTICS, names)])
        rows = [self._characteristic(no, one) for no, one in enumerate(self.of.characteristics, 1)]
        if not rows:
            rows = [self._row(CHARACTERISTICS, [Box(LINE_HIGH, lambda pen, x, top: None)] * 7)] * FREE_ROWS
        flow.table(heading, rows)
        for defect in self.of.defects:
            told = say(
                "Found on it: {name} ({code}), {class_}.",
                name=flat(defect.name),
                code=flat(defect.code),
                class_=states.defect_class(defect.defect_class, self.words),
            )
            flow.place(self._line(told, STRONG, 3))
        if self.of.looked and not self.of.defects:
            flow.place(gap(2 * MM))
            flow.place(self._line(say("No defect of the list was found on it."), SMALL, 2))

    def _characteristic(self, no: int, one: ArticleCharacteristic) -> Box:
        say = self.words.say
        requirement = flat(one.name)
        asked = limits(one.lower, one.upper, one.nominal, one.unit, self.words)
        result = " · ".join(map(decimal, one.results))
        verdict = ""
        if one.conforms is not None:
            verdict = say("Conforms") if one.conforms else say("Does not conform")
        texts = (
            (str(no), STRONG, ""),
            ("", BODY, ""),
            (requirement, STRONG, "" if asked == "–" else asked),
            (states.defect_class(one.defect_class, self.words), BODY, ""),
            (result or verdict, STRONG, verdict if result else ""),
            (", ".join(map(flat, one.tools)), BODY, ""),
            (", ".join(f"NC-{n}" for n in one.nonconformities), BODY, ""),
        )
        cells: list[TextBlock | Box] = []
        for (text, style, under), share in zip(texts, CHARACTERISTICS, strict=True):
            wide = self.inner * share - 8
            parts = [text_box(compose(text, style, wide, max_lines=4))]
            if under:
                parts.append(text_box(compose(under, SMALL, wide, max_lines=3)))
            cells.append(stacked(parts))
        return self._row(CHARACTERISTICS, cells)

    def _heads(self, shares: Sequence[float], names: Sequence[str]) -> Box:
        cells = [
            compose(name, COLUMN, self.inner * share - 8, max_lines=4)
            for name, share in zip(names, shares, strict=True)
        ]
        return table_row(self._columns(shares), cells, ground=True)

    def _row(self, shares: Sequence[float], cells: Sequence[TextBlock | Box]) -> Box:
        return table_row(self._columns(shares), cells)

    def _columns(self, shares: Sequence[float]) -> list[Column]:
        return [Column(self.inner * share) for share in shares]

    # Signatures -------------------------------------------------------------------------------------------------

    def _signatures(self) -> Box:
        """Return who signed the two checks, and the lines of who is to sign by hand."""
        say = self.words.say
        parts = [self._heading(say("Signatures"))]
        for one in self.r.signatures:
            parts += [self._signed(one), gap(1.5 * MM)]
        wide = self.inner / 3
        by_hand = (say("Reviewed by"), say("Approved by the customer"), say("Date"))
        parts += [
            gap(3 * MM),
            beside((i * wide, self._field(one, "", wide - 10)) for i, one in enumerate(by_hand)),
        ]
        return stacked(parts)

    def _signed(self, one: Signature) -> Box:
        meaning = self.words.say(states.MEANINGS[one.meaning])
        when = self.words.say("{time} · event {event}", time=moment(one.at), event=number(one.event))
        shares = (0.34, 0.33, 0.33)
        cells = [
            compose(text, style, self.inner * share - 8, max_lines=3)
            for (text, style), share in zip(
                ((meaning, SMALL), (flat(one.name), STRONG), (when, SMALL)), shares, strict=True
            )
        ]
        return self._row(shares, cells)

    def _heading(self, text: str) -> Box:
        return stacked([gap(4 * MM), self._line(text, HEAD, 2), gap(1.5 * MM)])

    def _line(self, text: str, style: Style, lines: int) -> Box:
        return text_box(compose(text, style, self.inner, max_lines=lines))
