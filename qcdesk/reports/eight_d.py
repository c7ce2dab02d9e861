# SPDX-License-Identifier: Apache-2.0
"""A corrective action on paper: its eight steps, its promises and what the lots made of them.

It says "fixed" only once every promise that counts has passed its test: fix first, announce after.
"""

from __future__ import annotations

from collections.abc import Mapping

from qcdesk.domain.anchors import Anchor
from qcdesk.domain.corrective import STEPS, CorrectiveAction
from qcdesk.i18n import Catalogue
from qcdesk.reports.footed import bound, headed
from qcdesk.reports.paper import MM, Box, Column, Flow, gap, table_row, text_box
from qcdesk.reports.typesetting import Style, compose
from qcdesk.services.inspection_report import Paper, Shop, Unsealed
from qcdesk.wording import corrective as wording
from qcdesk.wording.ages import on_day
from qcdesk.wording.spelling import day

SMALL = Style(8.5, 400, "text2")
HEAD = Style(8, 600, "text3")
BODY = Style(9, 400)
STRONG = Style(9, 600)


def render(
    action: CorrectiveAction,
    supplier: str,
    names: Mapping[str, str],
    shop: Shop | str,
    site: str,
    head: tuple[int, str],
    words: Catalogue,
    paper: Paper,
    unsealed: Unsealed = "",
    *,
    fixed: bool,
    copy: int = 0,
    anchor: Anchor | None = None,
) -> bytes:
    """Return the report of a corrective action as a PDF; the same action gives the same bytes.

    Args: action: with the names of defects and goods, not their codes. names: of people, by id. head: number and hash of
        the last event that it was made from. fixed: every promise has passed its test.
    """
    title = words.say("Corrective action {name}", name=action.name)

    def lay(flow: Flow, inner: float) -> None:
        sheet = _Sheet(action, supplier, names, words, inner, fixed=fixed)
        for box, keep in sheet.boxes(shop, title):
            flow.place(box, keep=keep)
        if action.promises:
            flow.table(*sheet.promises())

    return bound(lay, shop, title, paper, words, site, head, unsealed, copy=copy, anchor=anchor)


class _Sheet:
    def __init__(
        self,
        action: CorrectiveAction,
        supplier: str,
        names: Mapping[str, str],
        words: Catalogue,
        inner: float,
        *,
        fixed: bool,
    ) -> None:
        self.action, self.supplier, self.names = action, supplier, names
        self.words, self.inner, self.fixed = words, inner, fixed

    def line(self, text: str, style: Style = BODY, lines: int = 40) -> Box:
        return text_box(compose(text, style, self.inner, max_lines=lines))

    def boxes(self, shop: Shop | str, title: str) -> list[tuple[Box, float]]:
        action, say = self.action, self.words.say
        state = say("Fixed: every promise has passed its test.") if self.fixed else say("Not fixed yet.")
        if action.state == "closed" and action.closed_at is not None:
            state = say(
                "Fixed and closed {at}: every promise had passed its test.",
                at=on_day(action.closed_at, self.words),
            )
        lines = [
            (headed(shop, title, self.inner), 0.0),
            (self.line(action.title, Style(17, 700), 3), 0.0),
            (self.line(say("{supplier}: {about}", supplier=self.supplier, about=wording.about(action, self.words)),
                       SMALL, 3), 0.0),
            (self.line(say("Opened {at} by {name}", at=on_day(action.at, self.words),
                           name=self.names.get(action.person, "")),
                       SMALL, 1), 0.0),
            (gap(3 * MM), 0.0),
            (self.line(state, Style(12, 600), 3), 0.0),
        ]  # fmt: skip
        for stop in action.stops:
            if stop.decided is None:
                held = wording.stopped(stop, self.supplier, action.name, self.words)
                lines.append((self.line(held, STRONG, 3), 0.0))
        if action.finding:
            lines.append((self.line(say("What was found: {finding}", finding=action.finding)), 0.0))
        said = {one.step: one for one in action.steps}
        for step in STEPS:
            one = said.get(step)
            lines.append((gap(3 * MM), 24 * MM))
            lines.append(
                (
                    self.line(say("{step} {title}", step=step, title=say(wording.STEPS[step])), STRONG, 2),
                    12 * MM,
                )
            )
            if one is None:
                lines.append((self.line(say("Nothing was said yet."), SMALL, 1), 0.0))
                continue
            if one.text:
                lines.append((self.line(one.text), 0.0))
            facts = [self.names.get(one.person or "", "")]
            facts.append(say("due {day}", day=day(one.due, self.words)) if one.due else "")
            facts.append(say("done") if one.done else say("not done yet"))
            facts += [attached.name for attached in one.attachments]
            lines.append((self.line(", ".join(fact for fact in facts if fact), SMALL, 2), 0.0))
        lines.append((gap(5 * MM), 30 * MM))
        told = (
            say("Promises, and what the lots made of them")
            if action.promises
            else say("Nothing was promised yet.")
        )
        lines.append((self.line(told, Style(12, 700), 1), 20 * MM))
        return lines

    def promises(self) -> tuple[Box, list[Box]]:
        """Return the table of promises."""
        say, words = self.words.say, self.words
        unit = self.inner / 10
        columns = [
            Column(unit * 0.6),
            Column(unit * 3.4),
            Column(unit * 1.4),
            Column(unit * 2.4),
            Column(unit * 2.2),
        ]

        def row(texts: tuple[str, ...], style: Style) -> Box:
            pairs = zip(texts, columns, strict=True)
            return table_row(
                columns, [compose(t, style, column.width - 8, max_lines=6) for t, column in pairs]
            )

        headings = (say("No."), say("Promise"), say("Due"), say("Test"), say("State"))
        rows = [
            (str(p.no), p.words, day(p.due, words), wording.test_words(p.test, words, self.action.codes),
             say("{state}. {why}", state=wording.promise_state(p, words), why=wording.why(p, words)))
            for p in self.action.promises
        ]  # fmt: skip
        return row(headings, HEAD), [row(one, BODY) for one in rows]
