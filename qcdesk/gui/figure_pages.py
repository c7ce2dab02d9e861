# SPDX-License-Identifier: Apache-2.0
"""Adds the pages of suppliers' figures to the window."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from qcdesk.gui.screens.scorecard.presenter import ScorecardPresenter, ScorecardWays
from qcdesk.gui.screens.scorecard.view import ScorecardView
from qcdesk.gui.screens.supplier_defects.presenter import SupplierDefectsPresenter
from qcdesk.gui.screens.supplier_defects.view import SupplierDefectsView
from qcdesk.gui.screens.suppliers_compare.presenter import SuppliersComparePresenter
from qcdesk.gui.screens.suppliers_compare.view import SuppliersCompareView
from qcdesk.gui.shell import Shell


def add_figure_pages(shell: Shell) -> None:
    """Add the scorecard of a supplier, its defects, and suppliers side by side."""
    shell.later(_scorecard, "scorecard")
    shell.later(_defects, "supplier_defects")
    shell.later(_compare, "suppliers_compare")


def _keep_weights(shell: Shell, weights: Mapping[str, int]) -> None:
    shell.change_settings(replace(shell.settings(), score_weights=dict(weights)))


def _scorecard(shell: Shell) -> None:
    view = ScorecardView(shell.words)
    presenter = ScorecardPresenter(
        view,
        shell.use,
        shell.tasks,
        shell.words,
        shell.problems(view),
        ScorecardWays(
            paper=shell.paper("scorecard_paper", "scorecard"),
            back=lambda supplier: shell.open("supplier", supplier),
            weights=lambda: shell.settings().score_weights,
            keep=lambda weights: _keep_weights(shell, weights),
        ),
    )
    view.cause_wanted.connect(lambda code: shell.open("supplier_defects", presenter.supplier, code))
    view.defects_wanted.connect(lambda: shell.open("supplier_defects", presenter.supplier))
    view.compare_wanted.connect(lambda: shell.open("suppliers_compare"))
    view.weight_wanted.connect(presenter.weigh)
    view.usual_wanted.connect(presenter.weigh_as_usual)
    view.print_wanted.connect(presenter.print_sheet)
    view.back_wanted.connect(presenter.back)
    view.retry_wanted.connect(presenter.open)
    shell.add("scorecard", view, presenter, place="suppliers")


def _defects(shell: Shell) -> None:
    view = SupplierDefectsView(shell.words)
    presenter = SupplierDefectsPresenter(
        view,
        shell.use,
        shell.tasks,
        shell.words,
        shell.problems(view),
        lambda batch: shell.open("batch", batch),
    )
    view.way_wanted.connect(presenter.choose_way)
    view.bar_wanted.connect(presenter.choose_bar)
    view.other_wanted.connect(presenter.choose_other)
    view.point_wanted.connect(presenter.choose_point)
    view.batch_wanted.connect(lambda batch: shell.open("batch", batch))
    view.back_wanted.connect(lambda: shell.open("scorecard", presenter.supplier))
    view.retry_wanted.connect(presenter.open)
    shell.add("supplier_defects", view, presenter, place="suppliers")


def _compare(shell: Shell) -> None:
    view = SuppliersCompareView(shell.words)
    presenter = SuppliersComparePresenter(
        view,
        shell.use,
        shell.tasks,
        shell.words,
        shell.problems(view),
        shell.paper("scorecard_paper", "suppliers_compare"),
        lambda: shell.settings().score_weights,
    )
    view.codes_wanted.connect(presenter.choose)
    view.supplier_wanted.connect(lambda supplier: shell.open("scorecard", supplier))
    view.print_wanted.connect(presenter.print_sheet)
    view.places.wanted.connect(lambda page: shell.open(page))
    view.retry_wanted.connect(presenter.open)
    shell.add("suppliers_compare", view, presenter, place="suppliers")
