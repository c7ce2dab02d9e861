# SPDX-License-Identifier: Apache-2.0
"""A print carries its evidence, or says why it carries none: one of the two, whatever comes in between."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import count
from typing import NoReturn

import pytest

from qcdesk.i18n import Catalogue
from qcdesk.reports.printing import PdfPrinting
from qcdesk.services.inspection_report import Unsealed
from qcdesk.services.ports import PaperFacts, PaperKind
from qcdesk.services.trouble import Trouble
from tests.workspace import HandClock

FACTS = PaperFacts("inspection", "b", "B-1", 1, "accepted", 20, 1)


def never(*_: object) -> NoReturn:
    raise AssertionError


def a_printing(
    *,
    head: Callable[[], tuple[int, str]] = never,
    sealed: Callable[[bytes, PaperFacts], bytes] = never,
    unsealed: Callable[[PaperKind, str], Unsealed] = never,
) -> PdfPrinting:
    """Return what prints, without a workspace."""
    return PdfPrinting(never, HandClock(), Catalogue(), never, head, never, never, never, sealed, unsealed)


@pytest.mark.parametrize(
    ("answers", "seals", "made"),
    [
        (("",), True, b"drawn with evidence"),
        (("blind",), False, b"drawn blind"),
        (("station",), False, b"drawn station"),
        (("", "blind"), False, b"drawn blind"),  # a check was begun while the pages were drawn
        (("", ""), False, b"drawn blind"),  # begun and over again
    ],
)
def test_a_print_without_evidence_says_why(answers: Sequence[Unsealed], seals: bool, made: bytes) -> None:
    asked = iter(answers)
    printing = a_printing(
        sealed=lambda pdf, _: pdf + b"with evidence" if seals else pdf,
        unsealed=lambda document, subject: (
            next(asked) if (document, subject) == ("inspection", "b") else never()
        ),
    )
    assert printing._proven(lambda why: f"drawn {why}".encode(), FACTS) == made


def test_what_somebody_wrote_while_a_paper_was_read_is_read_again() -> None:
    heads = iter((1, 2, 2, 2))
    read = iter(("before", "after"))
    printing = a_printing(head=lambda: (next(heads), ""))
    assert printing._steadily(lambda: next(read)) == ("after", 2)


def test_a_paper_that_others_write_on_all_the_time_is_tried_again_later() -> None:
    heads = count()
    with pytest.raises(Trouble, match="locked"):
        a_printing(head=lambda: (next(heads), ""))._steadily(lambda: "read")
