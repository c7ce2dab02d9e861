# SPDX-License-Identifier: Apache-2.0
"""What cannot be computed has words for every fact that comes with it."""

from __future__ import annotations

import ast

from messages import nodes

from qcdesk.i18n import Catalogue
from qcdesk.statistics.control_charts import CHARTS
from qcdesk.statistics.readings import BadReadings
from qcdesk.wording.inputs import known_codes, tell
from qcdesk.wording.processes import CHART_WORDS, as_input, rule_broken
from tests.architecture.sources import PACKAGE, files_with, tree


def test_every_code_of_readings_has_words() -> None:
    codes = {
        str(node.args[0].value)
        for path in files_with("BadReadings", folder=PACKAGE / "statistics")
        for node in nodes(tree(path))
        if isinstance(node, ast.Call)
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and ast.unparse(node.func).endswith("BadReadings")
    }
    assert {f"readings_{code}" for code in codes} - {"readings_not_finite"} <= known_codes()


def test_figures_and_things_stand_in_the_sentence() -> None:
    few = as_input(BadReadings("too_few", n=1, least=2, of="subgroups"), Catalogue())
    assert str(tell(few, Catalogue())).startswith("There are too few subgroups: 1. It takes 2 or more.")
    crossed = as_input(BadReadings("limits_crossed", lower=6.0, upper=5.5), Catalogue())
    assert "6 is not below the upper limit 5.5" in str(tell(crossed, Catalogue()))
    above = as_input(BadReadings("outside", what="sigma", value=-1.0, low=0, high=float("inf")), Catalogue())
    assert str(tell(above, Catalogue())) == "Standard deviation: -1 is not possible here. It lies above 0."


def test_a_broken_rule_is_said_with_its_point() -> None:
    assert rule_broken(7, "N2", Catalogue()) == "Point 7: nine in a row on one side of the centre line."
    assert CHART_WORDS.keys() == set(CHARTS)
