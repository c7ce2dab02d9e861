# SPDX-License-Identifier: Apache-2.0
"""Charts on paper are vectors with readable words, the same bytes each time."""

from __future__ import annotations

from qcdesk.i18n import Catalogue
from qcdesk.reports import charts, pages
from qcdesk.reports.paper import Flow
from qcdesk.statistics.variables_charts import i_mr
from qcdesk.wording.chart_pictures import control_picture

READINGS = [10.0, 10.1, 9.9, 10.05, 9.95, 10.0, 10.1, 9.9, 14.0]
PICTURE = control_picture(i_mr(READINGS), Catalogue(), title="Đường kính เส้น 直径")


def test_a_page_holds_the_chart_as_vectors_with_its_words() -> None:
    pdf = charts.chart_page(PICTURE)
    (said,) = pages.text(pdf)
    for words in ("Đường kính", "upper limit", "Moving range", "Point"):
        assert words in said
    assert b"/Subtype /Image" not in pdf and pdf == charts.chart_page(PICTURE)


def test_something_is_drawn_and_the_broken_point_is_coloured() -> None:
    image = pages.render_page(charts.chart_page(PICTURE), 0, 60)
    seen = {bytes(image.pixels[i : i + 3]) for i in range(0, len(image.pixels), 4)}
    assert any(max(c) - min(c) > 90 for c in seen)  # only what broke a rule has a colour


def test_a_chart_is_a_box_of_a_reports_flow() -> None:
    box = charts.chart_box(PICTURE, 400, 200)
    flow = Flow(40, 40, 800)
    flow.place(box)
    assert box.height == 200 and flow.page_count == 1
