# SPDX-License-Identifier: Apache-2.0
"""The plan explorer and every kind of chart in the gallery. Names and figures are invented and agree."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from types import SimpleNamespace
from typing import cast

from PySide6.QtWidgets import QGridLayout, QWidget

from qcdesk.gui.asking import WhoNow
from qcdesk.gui.main_window import MainWindow
from qcdesk.gui.problems import Problems, Told
from qcdesk.gui.screens.explorer.presenter import ExplorerPresenter, ExplorerWays
from qcdesk.gui.screens.explorer.view import ExplorerView
from qcdesk.gui.screens.second_check.presenter import Origin as SecondCheckOrigin
from qcdesk.gui.screens.second_check.presenter import SecondCheckPresenter
from qcdesk.gui.screens.second_check.view import SecondCheckView
from qcdesk.gui.tasks import ImmediateTasks
from qcdesk.gui.widgets.cards import Card
from qcdesk.gui.widgets.chart_view import ChartView
from qcdesk.i18n import STRETCHED, Catalogue
from qcdesk.services.chart_pictures import ChartPicture, Marker
from qcdesk.services.detection_rows import DetectionPage
from qcdesk.services.lot_rows import LotClassRow, LotRow, LotSupplierRow
from qcdesk.services.use_cases import UseCases
from qcdesk.statistics.capability import Limits, capability
from qcdesk.statistics.histograms import pareto
from qcdesk.statistics.subgroups import even_subgroups
from qcdesk.statistics.variables_charts import i_mr, xbar_r
from qcdesk.wording.chart_pictures import (
    OperatingCurve,
    capability_picture,
    control_picture,
    oc_picture,
    pareto_picture,
    severity_picture,
)
from tests.gui.gallery_screens import PLACES
from tests.workspace import HandClock

EN = Catalogue()
DESK, NARROW = (1440, 900), (1280, 720)
LOTS = tuple(
    LotRow(f"b{i}", f"DA-{i}", 0, 1800, (LotClassRow("major", 3 + i % 3, 125, "percent"),), 125 * 76 * 2, 250)
    for i in range(20)
)


class Shop:
    """Stands for the use cases: a supplier with twenty lots, and no procedure yet."""

    def __init__(self) -> None:
        self.clock, self.read = HandClock(), self

    def procedures(self, _today: object) -> tuple[object, ...]:
        return ()

    def lot_suppliers(self) -> tuple[LotSupplierRow, ...]:
        return (LotSupplierRow("s1", "Đông Á"),)

    def detection(self, person: str, *_period: object, **_named: object) -> DetectionPage:
        return DetectionPage(person, True, (), False, (), (), ())

    def lots(self, *_of: object, **_named: object) -> tuple[LotRow, ...]:
        return LOTS


def explorer(*, words: Catalogue = EN, **fields: str) -> QWidget:
    view = ExplorerView(words)
    held = MainWindow(PLACES, words)
    held.add_page("explorer", view, place="procedures")
    presenter = ExplorerPresenter(
        view,
        cast("UseCases", Shop()),
        ImmediateTasks(),
        words,
        Problems(lambda cause: Told(str(cause)), words, view),
        ExplorerWays(use=lambda *_: None, back=lambda _: None, paper=lambda *_: None),
    )
    held.keep(presenter)
    presenter.open()
    view.fill({"supplier": "s1", **fields})
    presenter.changed(view.values())
    held.show_page("explorer")
    return held


def second_check(*, words: Catalogue = EN, which: str = "ways", **fields: str) -> QWidget:
    view = SecondCheckView(words)
    held = MainWindow(PLACES, words)
    held.add_page("second_check", view, place="analysis")
    presenter = SecondCheckPresenter(
        view,
        cast("UseCases", Shop()),
        ImmediateTasks(),
        words,
        Problems(lambda cause: Told(str(cause)), words, view),
        cast("WhoNow", lambda: SimpleNamespace(person="linh")),
        lambda *_: None,
    )
    held.keep(presenter)
    presenter.open(SecondCheckOrigin({"lots": "400", "bad": "5", **fields}))
    view.turn(which)
    held.show_page("second_check")
    return held


def charts() -> QWidget:
    readings = [12.0 + ((i * 37) % 17 - 8) * 0.004 + (0.05 if i in (23, 60) else 0) for i in range(120)]
    many = [12.0 + ((i * 7919) % 101 - 50) * 0.0006 + (0.09 if i == 54_321 else 0) for i in range(100_000)]
    curves = [
        OperatingCurve("125 / 5", [i / 1000 for i in range(121)], [(1 - i / 121) ** 2 for i in range(121)]),
        OperatingCurve("50 / 2", [i / 1000 for i in range(121)], [1 - i / 121 for i in range(121)]),
    ]
    pictures: tuple[ChartPicture, ...] = (
        control_picture(xbar_r(even_subgroups(readings, 4)), EN, title="Bore, mm"),
        control_picture(i_mr(many), EN, title="100,000 readings"),
        capability_picture(capability(readings, Limits(11.9, 12.1, 12.0)), EN, quantity="Bore, mm"),
        pareto_picture(
            pareto({"Burr on latch": 61, "Short shot": 34, "Scratch": 22, "Colour off": 13, "Wrong label": 9}), EN
        ),
        oc_picture(curves, EN, markers=(Marker(0.03, 0.57, "Đông Á: 3 % bad", "diamond"),)),
        severity_picture(["normal"] * 6 + ["tightened"] * 5 + ["normal"] * 9 + ["reduced"] * 4, EN),
    )  # fmt: skip
    ground = MainWindow(PLACES, EN)
    page = QWidget()
    grid = QGridLayout(page)
    grid.setContentsMargins(20, 20, 20, 20)
    grid.setSpacing(14)
    for place, picture in enumerate(pictures):
        card, view = Card(), ChartView()
        view.show_picture(picture)
        card.body.addWidget(view, 1)
        grid.addWidget(card, place // 2, place % 2)
    ground.add_page("charts", page, place="procedures")
    ground.show_page("charts")
    return ground


PICTURES: dict[str, tuple[Callable[[], QWidget], tuple[int, int]]] = {
    "explorer": (explorer, DESK),
    "explorer-narrow": (explorer, NARROW),
    "explorer-double": (partial(explorer, plan_type="double"), DESK),
    "explorer-multiple": (partial(explorer, plan_type="multiple"), DESK),
    "explorer-share": (partial(explorer, way="share"), DESK),
    "explorer-points": (partial(explorer, way="points"), DESK),
    "explorer-limit": (partial(explorer, way="limit"), DESK),
    "explorer-given": (partial(explorer, way="given", n="80 80", ac="1 4", re="4 5"), DESK),
    "explorer-zero": (partial(explorer, way="zero", n="50"), DESK),
    "explorer-all": (partial(explorer, way="all"), DESK),
    "explorer-wrong": (partial(explorer, lot_size="1,800"), DESK),
    "explorer-stretched": (partial(explorer, words=Catalogue(STRETCHED)), NARROW),
    "second-check": (second_check, DESK),
    "second-check-shares": (partial(second_check, which="shares", primed="10"), DESK),
    "second-check-narrow": (partial(second_check, wage="25"), NARROW),
    "second-check-wrong": (partial(second_check, bad="1,000.5"), NARROW),
    "second-check-stretched": (partial(second_check, words=Catalogue(STRETCHED)), NARROW),
    "charts": (charts, (1440, 1300)),
}
