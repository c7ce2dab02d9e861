# SPDX-License-Identifier: Apache-2.0
"""A certificate is asked for before anything is on record: signed the first time, counted every further time."""

from __future__ import annotations

import pytest

from qcdesk.domain.refusals import Refusal
from qcdesk.gui.certifying import Certifying
from qcdesk.gui.changes import Changes
from qcdesk.services.certify_batch import ToPrint
from tests.gui.screens.conftest import EN, Desk, Remembers, desk, workspace

__all__ = ["desk", "workspace"]


class Printer:
    def __init__(self, desk: Desk) -> None:
        self.view = Remembers()
        self.shown: list[tuple[str, ToPrint]] = []
        self._desk = desk
        self._certifying = Certifying(
            desk.house.use,
            desk.tasks,
            EN,
            desk.ask,
            desk.who,
            Changes(),
            lambda batch, printed: self.shown.append((batch, printed)),
        )

    def print(self, batch: str) -> None:
        self._certifying.print_certificate(batch, self._desk.problems(self.view))


def test_first_print_is_issued_with_the_secret_and_a_reprint_says_which_copy(desk: Desk) -> None:
    printer, batch = Printer(desk), desk.house.released()
    for _ in range(3):
        printer.print(batch)
    assert [asking.secret for asking in desk.asked] == [True, False, False]
    assert [asking.button for asking in desk.asked] == ["Issue and print", "Print it", "Print it"]
    assert printer.shown == [(batch, ToPrint(1, copy)) for copy in (0, 1, 2)]


def test_a_certificate_is_printed_with_each_result_where_that_is_asked_for(desk: Desk) -> None:
    printer, batch = Printer(desk), desk.house.released()
    desk.answers = {"form": "analysis"}
    for _ in range(2):
        printer.print(batch)
    desk.answers = {}
    printer.print(batch)
    assert "which copy it is" in desk.asked[-1].says
    assert [(what.copy, what.results) for _, what in printer.shown] == [(0, True), (1, True), (0, False)]


def test_certificate_issued_elsewhere_and_never_printed_is_no_copy(desk: Desk) -> None:
    printer, batch = Printer(desk), desk.house.released()
    desk.house.use.issue_certificate(desk.house.hands["som"], batch)
    printer.print(batch)
    assert (desk.asked[-1].secret, desk.asked[-1].button) == (False, "Print it")
    assert printer.shown == [(batch, ToPrint(1, 0))]


def test_nothing_is_certified_before_the_release(desk: Desk) -> None:
    printer, batch = Printer(desk), desk.house.accepted()
    with pytest.raises(Refusal) as refused:
        printer.print(batch)
    assert refused.value.code == "not-released"
    assert printer.shown == []


def test_void_certificate_is_not_printed_again(desk: Desk) -> None:
    house, printer = desk.house, Printer(desk)
    batch = house.released()
    printer.print(batch)
    house.use.withdraw_batch(house.hands["linh"], batch, "wrong label")
    with pytest.raises(Refusal) as refused:
        printer.print(batch)
    assert refused.value.code == "certificate-withdrawn"
    assert len(printer.shown) == 1
