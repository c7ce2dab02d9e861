# SPDX-License-Identifier: Apache-2.0
"""Which sheet is read: never a guess."""

from __future__ import annotations

import pytest

from qcdesk.domain.inputs import BadInput
from qcdesk.exchange.sheet_choice import chosen_sheet


def test_the_only_visible_sheet_is_taken_unasked() -> None:
    assert chosen_sheet(["A", "B"], ["A"], None) == "B"


def test_a_hidden_sheet_is_taken_only_by_its_name() -> None:
    assert chosen_sheet(["A", "B"], ["A"], "A") == "A"


@pytest.mark.parametrize(
    ("names", "hidden", "said", "code"),
    [(["A", "B"], [], None, "sheet_unclear"), (["A"], ["A"], None, "sheet_unclear"),
     (["A"], [], "a", "sheet_unknown"), (["A", "A"], [], "A", "sheet_unclear")],
)  # fmt: skip
def test_anything_else_is_asked(names: list[str], hidden: list[str], said: str | None, code: str) -> None:
    with pytest.raises(BadInput, match=code):
        chosen_sheet(names, hidden, said)
