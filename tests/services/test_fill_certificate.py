# SPDX-License-Identifier: Apache-2.0
"""A print is filled in only while its certificate stands, and only one that was put on record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC
from pathlib import Path

import pytest

from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import CertificateVoid, Held
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
