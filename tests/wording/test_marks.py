# SPDX-License-Identifier: Apache-2.0
"""Every doubt about whoever certified is said in words."""

from __future__ import annotations

from typing import Any, cast

from qcdesk.i18n import Catalogue
from qcdesk.services.ports import Certificate
from qcdesk.wording.marks import of_certificate

MAY_2 = 1_777_716_000_000_000


def test_a_certificate_says_every_doubt_about_who_certified_it_and_nothing_where_there_is_none() -> None:
    plain = Certificate(1, cast("Any", None), "p", "k", 0, 9, 1)
    doubted = Certificate(
        1, cast("Any", None), "p", "k", 0, 9, 1, clock_suspect=True, by_sheet=MAY_2, suspect_from=7
    )
    assert of_certificate(plain, Catalogue()) == ()
    assert of_certificate(doubted, Catalogue()) == (
        "Clock suspect",
        "Enrolled by way of the recovery sheet of 2 May 2026",
        "The key is in doubt from event 7 on",
    )
