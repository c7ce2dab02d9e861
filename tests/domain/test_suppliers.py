# SPDX-License-Identifier: Apache-2.0
"""Stopping a supplier takes one person, letting it deliver again two who release."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from qcdesk.domain.events import Contact, SupplierSaved
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import MissingRole, ReadsOnly, StatusStands, TwoNeeded
from qcdesk.domain.suppliers import STATUSES, addressee, lets_go, require_status
from tests.domain.cases import LINH, SOM, TODAY, person

MINH = person("minh", "inspector")


@pytest.mark.parametrize(("now", "to"), [(a, b) for a, b in product(STATUSES, STATUSES) if a != b])
def test_only_a_status_that_lets_more_through_takes_two_releasers(now: str, to: str) -> None:
    looser = STATUSES.index(to) < STATUSES.index(now)
    assert lets_go(now, to) is looser  # type: ignore[arg-type]
    assert require_status(now, to, (LINH, SOM), TODAY) == to  # type: ignore[arg-type]
    if looser:
        with pytest.raises(TwoNeeded):
            require_status(now, to, (LINH,), TODAY)  # type: ignore[arg-type]
        with pytest.raises(TwoNeeded):
            require_status(now, to, (LINH, LINH), TODAY)  # type: ignore[arg-type]
        with pytest.raises(MissingRole):
            require_status(now, to, (LINH, MINH), TODAY)  # type: ignore[arg-type]
    else:
        assert require_status(now, to, (MINH,), TODAY) == to  # type: ignore[arg-type]


def test_who_reads_only_stops_nobody_and_what_stands_is_not_set_again() -> None:
    with pytest.raises(ReadsOnly):
        require_status("approved", "blocked", (person("lan", "auditor"),), TODAY)
    with pytest.raises(StatusStands):
        require_status("blocked", "blocked", (LINH, SOM), TODAY)
    with pytest.raises(BadInput, match="unknown_kind"):
        require_status("approved", "gold", (LINH, SOM), TODAY)


def test_a_mail_goes_to_whoever_has_the_address_else_to_the_first_with_one_else_to_the_first_named() -> None:
    office, hoa = Contact("Office", language="en"), Contact("Ms Hoa", language="vi", email="Hoa@acme.example")
    li = Contact("Mr Li", language="zh_CN", email="li@acme.example")
    acme = SupplierSaved("s" * 32, "S1", "Acme", contact="Sales", contacts=(office, hoa, li))
    assert (addressee(acme), addressee(acme, " hoa@ACME.example "), addressee(acme, li.email)) == (
        hoa,
        hoa,
        li,
    )
    stranger = addressee(acme, "x@acme.example")
    assert (stranger.name, stranger.language) == ("Sales", "vi"), "nobody is greeted by another one's name"
    assert addressee(replace(acme, contacts=(office,))) == office
    assert addressee(replace(acme, contacts=())) == Contact("Sales")
