# SPDX-License-Identifier: Apache-2.0
"""One question for all kinds of problems."""

from __future__ import annotations

from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import NotHeld
from qcdesk.i18n import Catalogue
from qcdesk.services.trouble import Trouble
from qcdesk.wording.problems import tell

EN = Catalogue()


def test_refusal_input_and_trouble_are_all_told() -> None:
    assert tell(NotHeld("B-1"), EN).fact == "Nobody stopped batch B-1."
    assert tell(BadInput("missing", where={"field": "name"}), EN).fact == "Name is missing."
    assert tell(Trouble("disk_full"), EN).fact == "The disk is full."
