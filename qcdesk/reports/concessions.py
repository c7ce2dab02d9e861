# SPDX-License-Identifier: Apache-2.0
"""Under what rejected goods were released, in one frame: how many, until when, how they deviate, for whom."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from qcdesk.i18n import Catalogue
from qcdesk.reports.paper import Box, Pen, beside, gap, stacked, text_box
from qcdesk.reports.typesetting import Style, TextBlock, compose
from qcdesk.services.drawing_primitives import Rect
from qcdesk.services.inspection_report import ConcessionFacts
from qcdesk.wording.inspection_reports import flat
from qcdesk.wording.limits import number
from qcdesk.wording.spelling import digest

Fit = Callable[[str, str, Style, float, int], TextBlock]
"""Sets a text (label, text, style, width, lines) into its place; a report keeps what is cut for its last page."""
LABEL = Style(7.5, 500, "text3")
FACT = Style(10, 600)
BODY = Style(9, 400)
INSIDE = 10.0
DEVIATION_LINES = 4


def concession_box(
    facts: ConcessionFacts,
    units: str,
    words: Catalogue,
    width: float,
    fit: Fit,
    lines: int = DEVIATION_LINES,
) -> Box:
    """Return the frame.

    Args: units: the owner's word for a unit. lines: how many the deviation may take.
    """
    say, inner = words.say, width - 2 * INSIDE
    short: Sequence[tuple[str, str]] = (
        (say("Under concession"), say("{n} {unit}", n=number(facts.quantity), unit=units)),
        (say("Last day on which they leave"), facts.until.isoformat()),
        (say("Customer or use"), facts.use or "–"),
        (say("The customer's reference"), facts.reference),
    )  # fmt: skip
    step = inner / len(short)
    labels = [compose(label, LABEL, step - 12, max_lines=2) for label, _ in short]
    high = max(label.height for label in labels)
    cells = [
        (
            i * step,
            stacked(
                [
                    gap(high - labels[i].height),
                    text_box(labels[i]),
                    text_box(fit(label, flat(text), FACT, step - 12, 2)),
                ]
            ),
        )
        for i, (label, text) in enumerate(short)
    ]
    codes = ", ".join(" ".join(filter(None, map(flat, one))) for one in facts.codes)
    deviation = say("Deviation: {text}", text=flat(facts.deviation))
    rows = [
        beside(cells),
        gap(4),
        text_box(fit(say("Deviation"), deviation, BODY, inner, lines)),
        text_box(fit(say("Defects"), say("Defects: {codes}", codes=codes or "–"), BODY, inner, 2)),
    ]
    if facts.consent:
        kept = digest(facts.consent)
        consent = say("The customer has consented in writing; the file is kept, SHA-256 {code}.", code=kept)
        rows.append(text_box(compose(consent, BODY, inner, max_lines=2)))
    block = stacked(rows)

    def paint(pen: Pen, x: float, top: float) -> None:
        frame = Rect(x + 1, top, width - 2, block.height + 12, "attention_soft", "attention", 1.2, 6)
        pen.rect(frame)
        block.paint(pen, x + INSIDE, top + 6)

    return Box(block.height + 12, paint)
