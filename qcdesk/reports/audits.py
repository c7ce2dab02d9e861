# SPDX-License-Identifier: Apache-2.0
"""The report of an audit on paper: the result with its make-up, who signed what, each answer with its evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from qcdesk.domain.anchors import Anchor
from qcdesk.domain.audit_templates import Question, said
from qcdesk.i18n import Catalogue
from qcdesk.reports.footed import bound, headed
from qcdesk.reports.paper import MM, Box, Column, Flow, Pen, gap, table_row, text_box
from qcdesk.reports.typesetting import Style, compose
from qcdesk.services.audit_rows import AuditPage
from qcdesk.services.drawing_primitives import Rect
from qcdesk.services.inspection_report import Paper, Picture, Shop, Unsealed
from qcdesk.wording import audits as wording
from qcdesk.wording.spelling import moment

PHOTO = 34 * MM
PICTURES = (b"\x89PNG", b"\xff\xd8")
"""How photos begin; any other evidence is named."""
SMALL = Style(8.5, 400, "text2")
HEAD = Style(8, 600, "text3")
BODY = Style(9, 400)
STRONG = Style(9, 600)


def render(
    page: AuditPage,
    shop: Shop | str,
    site: str,
    head: tuple[int, str],
    picture: Callable[[str], Picture | None],
    words: Catalogue,
    paper: Paper,
    unsealed: Unsealed = "",
    *,
    copy: int = 0,
    anchor: Anchor | None = None,
) -> bytes:
    """Return the report of a closed audit as a PDF; the same audit gives the same bytes."""
    title = words.say("Supplier audit {audit}", audit=page.name)

    def lay(flow: Flow, inner: float) -> None:
        sheet = _Sheet(page, words, inner, picture)
        for box in (*sheet.head(shop, title), *sheet.result()):
            flow.place(box)
        flow.table(*sheet.make_up())
        for box in sheet.signatures():
            flow.place(box)
        for index in range(len(page.content.sections)):
            for box, keep in sheet.section(index):
                flow.place(box, keep=keep)

    return bound(lay, shop, title, paper, words, site, head, unsealed, copy=copy, anchor=anchor)


class _Sheet:
    def __init__(
        self, page: AuditPage, words: Catalogue, inner: float, picture: Callable[[str], Picture | None]
    ) -> None:
        self.page, self.words, self.inner, self.picture = page, words, inner, picture

    def line(self, text: str, style: Style = BODY, lines: int = 6) -> Box:
        return text_box(compose(text, style, self.inner, max_lines=lines))

    def head(self, shop: Shop | str, title: str) -> list[Box]:
        page, say = self.page, self.words.say
        supplier = page.supplier
        named = say("{code} · {name}", code=supplier.code, name=supplier.name)
        asked = say(
            "{title} ({template} v{version}), begun {at}",
            title=said(page.content.title, "en"),
            template=page.template,
            version=page.version,
            at=moment(page.opened_at),
        )
        return [
            headed(shop, title, self.inner),
            self.line(named, Style(17, 700), 2),
            *([self.line(supplier.name_latin, SMALL, 1)] if supplier.name_latin else []),
            self.line(asked, SMALL, 2),
            gap(3 * MM),
        ]

    def result(self) -> list[Box]:
        page = self.page
        assert page.outcome is not None, "a closed audit came to something"
        content = page.content
        told = wording.sentence(page.outcome, content.pass_percent, content.conditional_percent, self.words)
        return [self.line(told, Style(13, 600), 4), gap(3 * MM)]

    def make_up(self) -> tuple[Box, list[Box]]:
        """Return the table of the score: each section with its weight, what applies and what it comes to."""
        say, page = self.words.say, self.page
        unit = self.inner / 6.4
        columns = [Column(unit * 3.4), Column(unit, "end"), Column(unit, "end"), Column(unit, "end")]
        assert page.outcome is not None, "a closed audit came to something"
        titles = {section.code: said(section.title, "en") for section in page.content.sections}
        rows = [
            (
                say("{code} {title}", code=one.code, title=titles[one.code]),
                say("{n} of {all}", n=one.applies, all=one.of),
                str(one.weight),
                wording.percent(one.part, self.words),
            )
            for one in page.outcome.sections
        ]
        whole = (say("Score"), "", "", wording.percent(page.outcome.score, self.words))
        headings = (say("Section"), say("Questions that apply"), say("Weight"), say("Comes to"))

        def row(texts: tuple[str, ...], style: Style) -> Box:
            pairs = zip(texts, columns, strict=True)
            return table_row(
                columns, [compose(text, style, column.width - 8, max_lines=2) for text, column in pairs]
            )

        return row(headings, HEAD), [*(row(one, BODY) for one in rows), row(whole, STRONG)]

    def signatures(self) -> list[Box]:
        say, page = self.words.say, self.page
        signed, reviewed, closed = page.signed_by_log
        lines = [
            say("“I audited”: {name}, {at} (event {event}).", name=page.auditor_name,
                at=moment(page.signed_at or 0), event=signed or 0),
            say("“I reviewed the evidence”: {name}, {at} (event {event}).", name=page.reviewer_name,
                at=moment(page.reviewed_at or 0), event=reviewed or 0),
            say("Closed {at} (event {event}).", at=moment(page.closed_at or 0), event=closed or 0),
            self.words.count(
                "{n} of {all} questions was drawn or critical and answered by the second person too, from the "
                "evidence and without the auditor's answer.",
                "{n} of {all} questions were drawn or critical and answered by the second person too, from the "
                "evidence and without the auditor's answers.",
                len(page.sample), all=len(page.content.questions)),
            self.words.count("{n} was answered otherwise and settled by both.",
                             "{n} were answered otherwise and settled by both.", len(page.differences)),
        ]  # fmt: skip
        return [gap(4 * MM), *(self.line(text, SMALL, 3) for text in lines), gap(2 * MM)]

    def section(self, index: int) -> Iterator[tuple[Box, float]]:
        """Yield the boxes of a section, and how much room after each keeps it where it stands."""
        section = self.page.content.sections[index]
        yield gap(4 * MM), 40 * MM
        title = self.words.say("{code} {title}", code=section.code, title=said(section.title, "en"))
        yield self.line(title, Style(12, 700), 2), 24 * MM
        for question in section.questions:
            yield from self._question(question)

    def _question(self, question: Question) -> Iterator[tuple[Box, float]]:
        say, page = self.words.say, self.page
        counting = page.counting[question.code]
        text = said(question.text, "en")
        named = say("{code} {text}", code=question.code, text=text)
        if question.critical:
            named = say("{code} (critical) {text}", code=question.code, text=text)
        own, shown = self.inner * 0.8, wording.answer(counting, question, self.words)
        columns = [Column(own), Column(self.inner - own, "end")]
        cells = [
            compose(named, BODY, own - 8, max_lines=6),
            compose(shown, STRONG, self.inner - own - 8, max_lines=2),
        ]
        yield table_row(columns, cells), 0.0
        if question.code in page.differences:
            told = say(
                "{auditor}: {first}; {reviewer}: {second}; settled by both.",
                auditor=page.auditor_name,
                first=wording.answer(page.first[question.code], question, self.words),
                reviewer=page.reviewer_name,
                second=wording.answer(page.second[question.code], question, self.words),
            )
            yield self.line(told, SMALL, 3), 0.0
        notes = dict.fromkeys(one.note for one in (page.first[question.code], counting) if one.note.strip())
        for note in notes:
            yield self.line(note, SMALL, 12), 0.0
        files = page.first[question.code].files
        if files:
            yield self._photos(files), 0.0

    def _other_file(self, kept: Picture, name: str) -> str:
        say = self.words.say
        return say("A file of {kb} kB, kept as {name}…", kb=-(-len(kept.data) // 1000), name=name[:16])

    def _photos(self, files: tuple[str, ...]) -> Box:
        pictures = [self.picture(name) for name in files[:4]]
        wide = self.inner / 4
        gone = compose(self.words.say("This photo is missing or damaged."), SMALL, wide - 6, max_lines=3)
        other = {
            place: compose(self._other_file(one, files[place]), SMALL, wide - 6, max_lines=4)
            for place, one in enumerate(pictures)
            if one is not None and not one.data.startswith(PICTURES)
        }

        def paint(pen: Pen, x: float, top: float) -> None:
            for place, one in enumerate(pictures):
                box = Rect(x + place * wide, top, wide - 6, PHOTO)
                if place in other:
                    pen.text(other[place], box.x, top)
                elif one is None or not pen.picture(one, box, align="start"):
                    pen.text(gone, box.x, top)

        return Box(PHOTO + 2 * MM, paint)
