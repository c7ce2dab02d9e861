# SPDX-License-Identifier: Apache-2.0
"""A version of a procedure as a work instruction on paper: what to do, to look for and to measure, and how many."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from qcdesk.domain.anchors import Anchor
from qcdesk.domain.procedures import ProcedureVersion, Step
from qcdesk.domain.sampling import BY_SERIOUSNESS
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
from qcdesk.reports.typesetting import Style, TextBlock, compose
from qcdesk.services.drawing_primitives import Rect, Role, Shape, status_shape
from qcdesk.services.inspection_report import Paper, Picture, Shop, Unsealed
from qcdesk.wording import modes, states
from qcdesk.wording.inspection_reports import day, flat
from qcdesk.wording.limits import decimal, limits, number
from qcdesk.wording.sampling_rules import lot_rows, rule_words

PICTURE = 62 * MM
PICTURE_HIGH = 44 * MM
TITLE = Style(19, 700)
HEAD = Style(12, 700)
LABEL = Style(8, 600, "text3")
SMALL = Style(8.5, 400, "text2")
BODY = Style(10, 400)
STRONG = Style(10, 600)
COLUMN = Style(8, 600, "text2")
LOOKS: dict[str, tuple[Shape, Role]] = {
    "draft": ("dashed", "attention"),
    "approved": ("tick", "text2"),
    "retired": ("barred", "reject"),
}


@dataclass(frozen=True)
class Instruction:
    """A version with the names of who wrote and approved it, and when that was (RFC 3339; empty: not yet)."""

    version: ProcedureVersion
    author: str
    approver: str
    approved: str
    shop: Shop | str


def render(
    instruction: Instruction,
    site: str,
    head: tuple[int, str],
    picture: Callable[[str], Picture | None],
    words: Catalogue,
    paper: Paper,
    unsealed: Unsealed = "",
    *,
    anchor: Anchor | None = None,
) -> bytes:
    """Return the work instruction; the same version gives the same bytes, but for the foot and the code.

    Args: unsealed: why it carries no evidence. anchor: what the square code holds; None: there is none.
    """
    version = instruction.version
    name = words.say("{code} version {version}", code=version.code, version=version.version)
    title = words.say("Work instruction {procedure}", procedure=name)
    return bound(
        lambda flow, inner: _Sheet(instruction, name, words, inner, picture).lay(flow),
        instruction.shop,
        title,
        paper,
        words,
        site,
        head,
        unsealed,
        anchor=anchor,
    )


class _Sheet:
    def __init__(
        self,
        instruction: Instruction,
        name: str,
        words: Catalogue,
        inner: float,
        picture: Callable[[str], Picture | None],
    ) -> None:
        self.of, self.name, self.words = instruction, name, words
        self.version, self.content = instruction.version, instruction.version.content
        self.inner, self.picture = inner, picture

    def lay(self, flow: Flow) -> None:
        """Put everything onto pages, in the order in which it is done."""
        say, content = self.words.say, self.content
        flow.place(headed(self.of.shop, say("Work instruction"), self.inner))
        flow.place(self._line(content.title, TITLE, 3))
        flow.place(self._state())
        flow.place(gap(3 * MM))
        flow.place(self._facts())
        if content.note:
            flow.place(gap(3 * MM))
            flow.place(self._line(content.note, BODY, 60))
        if content.steps:
            flow.place(self._heading(say("What to do")), keep=20 * MM)
        for place, step in enumerate(content.steps, 1):
            flow.place(self._step(place, step))
        measured = content.variables()
        if measured:
            names = (say("Measure"), say("Class"), say("Limits"), say("Nominal"), say("Instrument"))
            shares, ends = (0.32, 0.13, 0.22, 0.13, 0.2), (2, 3)
            rows = (
                self._row(
                    shares,
                    ends,
                    (c.name, self._class(c.defect_class), limits(c.lower, c.upper, None, c.unit, self.words),
                     decimal(c.nominal), c.instrument_type or "–"),
                    under=c.code,
                )
                for c in measured
            )  # fmt: skip
            self._table(flow, say("What to measure"), shares, ends, names, rows)
        keypad = sorted(content.keypad(), key=lambda one: BY_SERIOUSNESS.index(one.defect_class))
        if keypad:
            heads, parts = (say("Code"), say("Defect"), say("Class")), (0.2, 0.6, 0.2)
            keys = (
                self._row(parts, (), (one.code, one.name, self._class(one.defect_class)), strong=1)
                for one in keypad
            )
            self._table(flow, say("What to look for"), parts, (), heads, keys)
        self._sampling(flow)

    # Head -------------------------------------------------------------------------------------------------------

    def _state(self) -> Box:
        """Return where the version stands: whoever holds the paper must not inspect by a draft."""
        say, version = self.words.say, self.version
        shape, role = LOOKS[version.state]
        told = say(states.PROCEDURE_STATES[version.state])
        if version.state == "draft":
            told = say("Draft: nobody inspects by it before a second person has approved it.")
        elif version.state == "retired":
            told = say("Retired: nobody inspects by it any more.")
        elif self.of.approver:
            told = say("Approved by {name}, {time}", name=flat(self.of.approver), time=self.of.approved)
        block = compose(told, Style(11, 600, role), self.inner - 20, max_lines=2)
        sign = status_shape(shape, role)

        def paint(pen: Pen, x: float, top: float) -> None:
            pen.drawing(sign, x, top + 2, 13 / 24)
            pen.text(block, x + 18, top)

        return Box(block.height, paint)

    def _facts(self) -> Box:
        say, content = self.words.say, self.content
        cells = (
            (say("Procedure"), self.name),
            (say("Products"), ", ".join(map(flat, content.products))),
            (say("Written by"), self.of.author),
            (say("Owner"), content.owner),
            (say("Review by"), day(content.review_by)),
            (say("Second check"), modes.second_check(content, self.words)),
        )
        options = [
            (content.qualification_required, say("Whoever inspects by it has to be qualified for it.")),
            (content.not_done_allowed, say("Units may be left out for a reason.")),
            (content.curtail, say("A check may end as soon as it must reject.")),
        ]
        wide = self.inner / 3
        boxes = []
        for label, fact in cells:
            parts = [
                text_box(compose(label, LABEL, wide - 10, max_lines=2)),
                text_box(compose(flat(fact), STRONG, wide - 10, max_lines=4)),
            ]
            boxes.append(stacked(parts))
        rows = [
            beside((i * wide, box) for i, box in enumerate(boxes[first : first + 3]))
            for first in range(0, len(boxes), 3)
        ]
        told = self.words.run_on(sentence for holds, sentence in options if holds)
        last = [gap(2 * MM), self._line(told, SMALL, 4)] if told else []
        return stacked([rows[0], gap(2 * MM), rows[1], *last])

    # Steps ------------------------------------------------------------------------------------------------------

    def _step(self, place: int, step: Step) -> Box:
        """Return a step with its picture beside it, kept together."""
        mark = 9 * MM
        picture = self.picture(step.picture) if step.picture else None
        room = self.inner - mark - (PICTURE + 5 * MM if step.picture else 0)
        title = compose(flat(step.title), Style(11.5, 600), room, max_lines=4)
        text = compose(step.text.strip(), BODY, room, max_lines=45) if step.text.strip() else None
        no = compose(str(place), Style(14, 700, "action"), mark, max_lines=1)
        gone = compose(self.words.say("This picture is missing or damaged."), SMALL, PICTURE, max_lines=3)
        tall = title.height + (text.height if text else 0)
        height = max(tall, PICTURE_HIGH if step.picture else 0) + 5 * MM

        def paint(pen: Pen, x: float, top: float) -> None:
            pen.line((x, top), (x + self.inner, top), "line", 0.6)
            top += 2.5 * MM
            pen.text(no, x, top - 2)
            pen.text(title, x + mark, top)
            if text:
                pen.text(text, x + mark, top + title.height)
            if step.picture:
                box = Rect(x + self.inner - PICTURE, top, PICTURE, PICTURE_HIGH)
                if picture is None or not pen.picture(picture, box, align="start"):
                    pen.text(gone, box.x, top)

        return Box(height, paint)

    # Sampling ---------------------------------------------------------------------------------------------------

    def _sampling(self, flow: Flow) -> None:
        say, content = self.words.say, self.content
        names = (say("Class"), say("Rule"))
        shares = (0.3, 0.7)
        rules = sorted(content.rules, key=lambda one: BY_SERIOUSNESS.index(one.defect_class))
        rows = (
            self._row(shares, (), (self._class(one.defect_class), rule_words(one, self.words)), strong=0)
            for one in rules
        )
        self._table(flow, say("How many to look at"), shares, (), names, rows)
        classes = [one.defect_class for one in rules]
        if not any(one.kind == "aql" or one.aql is not None for one in rules):
            return
        heads = (say("Units in the batch"), *map(self._class, classes))
        lots = (0.25, *(0.75 / len(classes) for _ in classes))
        flow.place(gap(3 * MM))
        told = say(
            "Normal inspection: how many units, how many of them may be nonconforming (Ac), and from which number on "
            "the batch is rejected (Re). A batch with fewer units than asked for is looked at whole."
        )
        flow.place(self._line(told, SMALL, 3), keep=30 * MM)
        heading = self._row(lots, (), heads, style=COLUMN, ground=True)
        flow.table(
            heading, (self._row(lots, (), row, strong=0) for row in lot_rows(content, number, self.words))
        )

    # Pieces -----------------------------------------------------------------------------------------------------

    def _table(
        self,
        flow: Flow,
        title: str,
        shares: Sequence[float],
        ends: Sequence[int],
        names: Sequence[str],
        rows: Iterator[Box],
    ) -> None:
        heading = self._row(shares, ends, names, style=COLUMN, ground=True)
        flow.table(stacked([self._heading(title), heading]), rows)

    def _row(
        self,
        shares: Sequence[float],
        ends: Sequence[int],
        texts: Sequence[str],
        *,
        style: Style = BODY,
        ground: bool = False,
        under: str = "",
        strong: int | None = None,
    ) -> Box:
        columns = [
            Column(self.inner * share, "end" if i in ends else "start") for i, share in enumerate(shares)
        ]
        cells: list[TextBlock | Box] = []
        for i, (text, column) in enumerate(zip(texts, columns, strict=True)):
            block = compose(flat(text), STRONG if i == strong else style, column.width - 8, max_lines=6)
            if i == 0 and under:
                code = compose(flat(under), SMALL, column.width - 8, max_lines=1)
                cells.append(stacked([text_box(block), text_box(code)]))
            else:
                cells.append(block)
        return table_row(columns, cells, ground=ground)

    def _heading(self, text: str) -> Box:
        return stacked([gap(5 * MM), self._line(text, HEAD, 2), gap(1.5 * MM)])

    def _line(self, text: str, style: Style, lines: int) -> Box:
        return text_box(compose(text, style, self.inner, max_lines=lines))

    def _class(self, code: str) -> str:
        return states.defect_class(code, self.words)
