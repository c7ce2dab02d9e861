# SPDX-License-Identifier: Apache-2.0
"""A rule that says no, bad input, trouble and a bug are told apart; screens load again when something happened."""

from __future__ import annotations

import logging

import pytest

from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import Refusal
from qcdesk.gui.changes import Changes
from qcdesk.gui.problems import Problem, Problems, Told, bug_report, sort
from qcdesk.i18n import Catalogue
from qcdesk.services.trouble import Trouble


def tell(cause: Exception) -> Told:
    return Told(type(cause).__name__)


@pytest.mark.parametrize(
    ("cause", "kind"),
    [
        (Refusal(), "refusal"),
        (BadInput("number", where={"field": "quantity"}), "input"),
        (Trouble("disk_full"), "trouble"),
        (KeyError("x"), "bug"),
    ],
)
def test_each_problem_is_sorted_by_its_kind(cause: Exception, kind: str) -> None:
    assert sort(cause, tell, Catalogue()).kind == kind


def test_bad_input_names_its_field() -> None:
    assert sort(BadInput("number", where={"field": "quantity"}), tell, Catalogue()).field == "quantity"


def test_bug_report_holds_calls_and_no_values() -> None:
    try:
        raise ValueError("correct horse battery staple")
    except ValueError as cause:
        report = bug_report(cause)
    assert "ValueError" in report
    assert "test_bug_report" in report
    assert report.count("staple") == 1  # the source line of this test, not the message


class Shown:
    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def show_problem(self, problem: Problem) -> None:
        self.problems.append(problem)


def test_refusal_leaves_no_noise_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    place = Shown()
    with caplog.at_level(logging.DEBUG):
        Problems(tell, Catalogue(), place).show(Refusal())
    assert place.problems[0].kind == "refusal"
    assert not caplog.records


def test_listener_hears_only_its_kind_and_can_stop() -> None:
    changes = Changes()
    heard: list[object] = []
    stop = changes.listen(int, heard.append)
    changes.tell(3)
    changes.tell("three")
    stop()
    changes.tell(4)
    assert heard == [3]
