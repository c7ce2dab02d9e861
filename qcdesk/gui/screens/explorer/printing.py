# SPDX-License-Identifier: Apache-2.0
"""What the plan explorer prints: the sentence, the curves as paper draws them, and what the plans cost."""

from __future__ import annotations

from collections.abc import Sequence

from qcdesk.gui.screens.explorer import texts
from qcdesk.gui.screens.explorer.figures import Real, curve_of, figures_of, passes
from qcdesk.gui.screens.explorer.plans import Looked
from qcdesk.gui.screens.explorer.rows import Explored
from qcdesk.i18n import Catalogue
from qcdesk.services.chart_pictures import Marker
from qcdesk.services.chart_sheets import ChartSheet
from qcdesk.wording.chart_pictures import OperatingCurve, oc_picture


def sheet_of(
    looked: Looked, others: Sequence[Looked], real: Real | None, who: str, answer: Explored, words: Catalogue
) -> ChartSheet:
    """Return the sheet of a plan and those beside it; its head stays open.

    Args: who: whose lots the real ones are.
    """
    say, per_100 = words.say, looked.basis == "per_100"
    end = answer.chart.x.high / 100
    curves = []
    for one in (looked, *(other for other in others if other.basis == looked.basis)):
        found = curve_of(one.stages, one.lot, one.basis, end)
        curves.append(OperatingCurve(one.name, [p.p for p in found], [p.pa for p in found]))
    scale = 100.0 if per_100 else 1.0
    figures = figures_of(looked.stages, looked.lot, looked.basis)
    markers = [
        Marker(
            point.p * scale,
            point.pa,
            say(
                "{quality}: passes {often}",
                quality=texts.quality(point.p, looked.basis, words),
                often=texts.times(point.pa, words),
            ),
        )
        for point in (figures.good, figures.bad)
        if point.p <= end
    ]
    if real is not None:
        markers.append(
            Marker(real.rate * scale, passes(looked, real.rate), texts.real_mark(real, who, words), "diamond")
        )
    timed = say("Time per check: {note}.", note=answer.time_note) if answer.time_note else ""
    warned = (answer.warning,) if answer.warning else ()
    return ChartSheet(
        title=say("What does this plan let through?"),
        about="",
        lines=(answer.sentence, *answer.more, *warned),
        picture=oc_picture(curves, words, markers=markers, per_100=per_100),
        headings=(
            say("Plan"),
            say("Passes 95 in 100"),
            say("Passes 10 in 100"),
            say("Worst after sorting"),
            say("Units on average"),
            say("Time per check"),
        ),
        rows=tuple(
            (
                say("{plan} · {how}", plan=row.name, how=row.how),
                row.good,
                row.bad,
                row.worst,
                row.units,
                row.time,
            )
            for row in answer.rows
        ),
        foot=tuple(line for line in (answer.source, answer.others, timed) if line),
        file=say("Plan {plan}", plan=looked.name),
    )
