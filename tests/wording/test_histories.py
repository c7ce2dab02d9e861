# SPDX-License-Identifier: Apache-2.0
"""Every reason of the switching rules is a sentence, and every state has its word."""

from __future__ import annotations

from typing import get_args

import pytest

from qcdesk.i18n import Catalogue
from qcdesk.statistics.switching import Because, Reason, State, Wanted
from qcdesk.wording import histories

EN = Catalogue()


def test_every_code_has_words() -> None:
    assert set(histories.STATES) == set(get_args(State))
    assert set(histories.REASONS) == set(get_args(Because))
    assert set(histories.WAITS) == set(get_args(Wanted))


@pytest.mark.parametrize("because", get_args(Because))
def test_a_change_is_one_whole_sentence(because: Because) -> None:
    told = histories.change("normal", Reason(because, ("7",), (("of", 3), ("lots", 10), ("score", 33))), EN)
    assert told.startswith("Inspection is normal: ") and told.endswith(".") and "{" not in told


def test_what_is_waited_for_is_said() -> None:
    assert histories.waiting("steady", EN).endswith("it waits for steady production.")
