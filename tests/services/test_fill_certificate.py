# SPDX-License-Identifier: Apache-2.0
"""A print is filled in only while its certificate stands, and only one that was put on record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, timedelta
from pathlib import Path

import pytest

from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import CertificateVoid, Held
from qcdesk.services.concessions import Wish
from qcdesk.services.fill_certificate import ConformityCertificate, fill_certificate
from tests.workspace import House, refused, standing


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = standing(tmp_path)
    yield made
    made.database.dispose()


def filled(house: House, number: int, copy: int = 0) -> ConformityCertificate:
    with house.use.look() as uow:
        return fill_certificate(
            uow,
            number,
            copy,
            on=house.clock.today(),
            now=house.clock.now(),
            zone=UTC,
            picture=lambda _: None,
            head=(1, "0" * 64),
            site="ABCD",
        )


def test_what_was_printed_is_not_printed_again_once_its_certificate_stands_no_more(house: House) -> None:
    batch = house.released()
    number = house.use.issue_certificate(house.hands["som"], batch).certificate
    house.use.print_certificate(house.sittings["linh"], number)
    assert filled(house, number).number == number
    with pytest.raises(BadInput) as unknown:
        filled(house, number, 1)
    assert unknown.value.code == "unknown_certificate"
    house.use.stop_batch(house.sittings["linh"], batch, "safety", "sharp edge")
    assert refused(Held, lambda: filled(house, number)).batch == batch
    house.use.withdraw_batch(house.hands["som"], batch, "recall")
    assert refused(CertificateVoid, lambda: filled(house, number)).number == number


def test_a_certificate_under_concession_names_deviation_last_day_who_asked_and_who_approved(
    house: House,
) -> None:
    for login, name in (("minh", "Trần Minh"), ("nga", "Phạm Nga"), ("lan", "Lê Lan")):
        house.enrol(login, name, "concession")
    batch = house.batch()
    for login in ("linh", "som"):
        house.check(login, batch, dict.fromkeys(range(1, 9), "SCR"))
    until = house.clock.today() + timedelta(days=30)
    wish = Wish(15, until, "scratches, hidden once mounted", "mail of 3 May", use="ACME Pumps")
    house.use.request_concession(house.hands["lan"], batch, wish)
    house.use.approve_concession(house.hands["minh"], house.hands["nga"], batch)
    number = house.use.issue_certificate(house.hands["som"], batch).certificate
    house.use.print_certificate(house.sittings["linh"], number)
    made = filled(house, number)
    facts = made.report.concession
    assert facts is not None and made.report.state == "released_under_concession"
    assert (facts.quantity, facts.until, facts.deviation) == (15, until, "scratches, hidden once mounted")
    assert (facts.use, facts.reference, facts.codes) == ("ACME Pumps", "mail of 3 May", (("SCR", "Scratch"),))
    assert [(s.meaning, s.name, s.role) for s in facts.signatures] == [
        ("concession_asked_by", "Lê Lan", "concession"),
        ("concession_approved_by", "Trần Minh", "concession"),
        ("concession_approved_by", "Phạm Nga", "concession"),
    ]
    assert all(s.at.endswith("+00:00") and s.event for s in facts.signatures)
    with house.use.look() as uow:
        assert made.report.record == uow.certificate(number).fact.record
    assert made.report.batch.quantity == 15


def test_an_ordinary_release_bears_no_concession(house: House) -> None:
    number = house.use.issue_certificate(house.hands["som"], house.released()).certificate
    house.use.print_certificate(house.sittings["linh"], number)
    assert filled(house, number).report.concession is None
