# SPDX-License-Identifier: Apache-2.0
"""The report of a nonconformity on paper: what is wrong, with photos, what was done, by whom, and what was decided."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from qcdesk.domain.anchors import Anchor
from qcdesk.domain.attachments import Attachment
from qcdesk.domain.events import NonconformityClosed, NonconformityContained, NonconformityNoted
from qcdesk.i18n import Catalogue
from qcdesk.reports.footed import bound, headed
from qcdesk.reports.paper import MM, Box, Column, Flow, Pen, gap, table_row, text_box
from qcdesk.reports.typesetting import Style, compose
from qcdesk.services.drawing_primitives import Rect
from qcdesk.services.inspection_report import Paper, Picture, Shop, Unsealed
from qcdesk.services.nonconformity_rows import NonconformityPage
from qcdesk.wording import nonconformities as wording
from qcdesk.wording.ages import minute, on_day
from qcdesk.wording.spelling import day, in_a_row, moment

PHOTO = 32 * MM
MOST_PHOTOS = 4
"""Of each code; how many there are beyond is said."""
PICTURES = (".jpg", ".jpeg", ".png")
SMALL = Style(8.5, 400, "text2")
LABEL = Style(8, 600, "text3")
HEAD = Style(11, 700)
BODY = Style(9.5, 400)
STRONG = Style(9.5, 600)


def render(
    page: NonconformityPage,
    today: date,
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
    """Return the report of a nonconformity as it stands; the same state gives the same bytes."""
    title = words.say("Nonconformity {number}", number=wording.number(page.row))

    def lay(flow: Flow, inner: float) -> None:
        for box, keep in _Sheet(page, today, words, inner, picture).boxes(shop, title):
            flow.place(box, keep=keep)

    return bound(lay, shop, title, paper, words, site, head, unsealed, copy=copy, anchor=anchor)


class _Sheet:
    def __init__(
        self,
        page: NonconformityPage,
        today: date,
        words: Catalogue,
        inner: float,
        picture: Callable[[str], Picture | None],
    ) -> None:
        self.page, self.today, self.words = page, today, words
        self.inner, self.picture = inner, picture

    def line(self, text: str, style: Style = BODY, lines: int = 40) -> Box:
        return text_box(compose(text, style, self.inner, max_lines=lines))

    def boxes(self, shop: Shop | str, title: str) -> Iterator[tuple[Box, float]]:
        """Yield the boxes in order, and how much room after each keeps it where it stands."""
        row, say = self.page.row, self.words.say
        yield headed(shop, title, self.inner), 0.0
        yield self.line(wording.title(self.page, self.words), Style(17, 700), 3), 0.0
        yield self.line(wording.of_batch(row, self.words), SMALL, 2), 0.0
        yield gap(3 * MM), 0.0
        yield self.line(self._stands(), Style(12, 600), 3), 0.0
        yield gap(3 * MM), 0.0
        for label, text in self._facts():
            yield self._fact(label, text), 0.0
        yield self._heading(say("What was decided of the goods")), 16 * MM
        for one in self.page.decided:
            yield self.line(wording.decided(one, self.words)), 0.0
            yield self.line(self._when(one.at, one.event), SMALL, 1), 0.0
        if not self.page.decided:
            yield self.line(say("Nothing was decided of the goods yet."), SMALL, 1), 0.0
        if self.page.actions:
            yield self._heading(say("Corrective action")), 14 * MM
        for number, name in self.page.actions:
            yield self.line(say("{action}: {title}", action=number, title=name), BODY, 2), 0.0
        if self.page.defects:
            yield self._heading(say("What was found")), 20 * MM
        for defect in self.page.defects:
            yield self.line(wording.defect(defect, self.words), STRONG, 2), (PHOTO if defect.photos else 0.0)
            if defect.photos:
                yield self._photos(defect.photos), 0.0
                more = len(defect.photos) - MOST_PHOTOS
                if more > 0:
                    told = self.words.count(
                        "{n} more photo is on record.", "{n} more photos are on record.", more
                    )
                    yield self.line(told, SMALL, 1), 0.0
        if counted := wording.counted(self.page, self.words):
            yield self.line(counted, SMALL, 3), 0.0
        files = [a for a in self._files() if a.name.lower().endswith(PICTURES)]
        if files:
            yield self._heading(say("Photos that were added")), 20 * MM + PHOTO
            yield self._photos(tuple(a.sha256 for a in files)), 0.0
        yield self._heading(say("What was done, and by whom")), 20 * MM
        for at, who, what, event in self._steps():
            yield self._step(self._when(at, event), who, what), 0.0

    def _stands(self) -> str:
        row = self.page.row
        closed = row.nonconformity.closed
        if closed is None or row.closed_at is None:
            return wording.stands(row, self.today, self.words)
        return wording.closed_by(closed, row.closed_by, minute(row.closed_at, self.words), self.words)

    def _facts(self) -> Iterator[tuple[str, str]]:
        row, say = self.page.row, self.words.say
        one = row.nonconformity
        yield say("Affected"), wording.affected(row, self.words, self.page.quantity)
        yield say("The goods"), wording.where(self.page, self.words)
        yield say("Containment"), one.containment
        yield say("Owner"), say("{name}, due {day}", name=row.owner_name, day=day(one.due, self.words))
        when = on_day(row.opened_at, self.words)
        yield say("Opened"), say("{when} by {name}", when=when, name=row.opened_by)
        files = self._files()
        if files:
            yield say("Files"), in_a_row([file.name for file in files], self.words)

    def _files(self) -> tuple[Attachment, ...]:
        added = [
            file
            for one in self.page.steps
            if isinstance(one.step, NonconformityContained | NonconformityNoted)
            for file in one.step.attachments
        ]
        return (*self.page.row.nonconformity.opened.attachments, *added)

    def _fact(self, label: str, text: str) -> Box:
        own = 30 * MM
        columns = [Column(own), Column(self.inner - own)]
        cells = [
            compose(label, LABEL, own - 8, max_lines=2),
            compose(text, BODY, self.inner - own - 8, max_lines=30),
        ]
        return table_row(columns, cells)

    def _heading(self, text: str) -> Box:
        block = compose(text, HEAD, self.inner, max_lines=1)
        above = 5 * MM

        def paint(pen: Pen, x: float, top: float) -> None:
            pen.text(block, x, top + above)

        return Box(above + block.height + 1.5 * MM, paint)

    def _when(self, at: int, event: int | None) -> str:
        if event is None:
            return moment(at)
        return self.words.say("{at} (event {event})", at=moment(at), event=event)

    def _steps(self) -> Iterator[tuple[int, str, str, int | None]]:
        row = self.page.row
        begun = self.words.say("Opened, contained at once: {text}", text=row.nonconformity.opened.containment)
        yield row.opened_at, row.opened_by, begun, self.page.opened_event
        for one in self.page.steps:
            what = wording.step(one, self.words)
            if isinstance(one.step, NonconformityClosed):
                what = self.words.say("Signed: {what}", what=what)
            yield one.at, one.person, what, one.event

    def _step(self, when: str, who: str, what: str) -> Box:
        unit = self.inner / 10
        columns = [Column(unit * 2.6), Column(unit * 2.2), Column(unit * 5.2)]
        texts = ((when, SMALL), (who, STRONG), (what, BODY))
        cells = [
            compose(text, style, column.width - 8, max_lines=30)
            for (text, style), column in zip(texts, columns, strict=True)
        ]
        return table_row(columns, cells)

    def _photos(self, files: tuple[str, ...]) -> Box:
        pictures = [self.picture(name) for name in files[:MOST_PHOTOS]]
        wide = self.inner / MOST_PHOTOS
        gone = compose(self.words.say("This photo is missing or damaged."), SMALL, wide - 6, max_lines=3)

        def paint(pen: Pen, x: float, top: float) -> None:
            for place, one in enumerate(pictures):
                box = Rect(x + place * wide, top, wide - 6, PHOTO)
                if one is None or not pen.picture(one, box, align="start"):
                    pen.text(gone, box.x, top)

        return Box(PHOTO + 2 * MM, paint)
