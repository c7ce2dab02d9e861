# SPDX-License-Identifier: Apache-2.0
"""A check is its person's own, and a closed one takes nothing more."""

from __future__ import annotations

import pytest

from qcdesk.domain.refusals import CheckClosed, NotYourCheck
from tests.domain.cases import LINH, SOM, check


def test_only_its_person_works_at_a_check_and_only_while_it_is_open() -> None:
    own = check("first", LINH, "open")
    own.require_own(LINH.id, LINH.name, LINH.name)
    own.require_open()
    with pytest.raises(NotYourCheck) as refused:
        own.require_own(SOM.id, SOM.name, LINH.name)
    assert (refused.value.person, refused.value.owner) == (SOM.name, LINH.name)
    for state in ("signed", "set_aside", "retracted"):
        with pytest.raises(CheckClosed) as closed:
            check("first", LINH, state).require_open()
        assert closed.value.state == state
