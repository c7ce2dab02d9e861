# SPDX-License-Identifier: Apache-2.0
"""Only what was released is certified, once, with the next number; what does not stand is not printed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qcdesk.checker.certificates import read
from qcdesk.domain.anchors import Lost
from qcdesk.domain.certificates import printed_code
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import (
    AlreadyCertified,
    CertificateVoid,
    Held,
    MissingRole,
    NotReleased,
    ReadsOnly,
    SeenEventLost,
    Unverified,
)
from qcdesk.signing.verifying import verify
from tests.workspace import House, refused, standing


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = standing(tmp_path)
    yield made
    made.database.dispose()


def test_numbers_run_without_a_gap(house: House) -> None:
    numbers = [
        house.use.issue_certificate(house.hands["som"], house.released()).certificate for _ in range(3)
    ]
    assert numbers == [1, 2, 3]


def test_the_code_says_what_was_released_and_is_the_releasers_own_signature(house: House) -> None:
    batch = house.released(number="DA-0418")
    fact = house.use.issue_certificate(house.hands["som"], batch)
    said = read(printed_code(fact.code, fact.sig))
    assert (said.number, said.batch, said.product, said.revision, said.quantity, said.verdict) == (
        *(1, "DA-0418", "PH-204", "C", 20, "released"),
    )
    with house.use.look() as uow:
        release = next(s for s in uow.sign_offs(fact.round) if s.place == "release")
        key = uow.sealed("som")
        assert (said.vault, said.record, said.event) == (
            uow.vault,
            release.record,
            uow.event_hash(release.event),
        )
    assert said.key == key.key and said.on == house.clock.today()
    assert verify(key.public_key, "certificate", said.signed, said.sig)


@pytest.mark.parametrize("state", ["batch", "accepted", "rejected", "disagreed"])
def test_nothing_but_a_released_batch_is_certified(house: House, state: str) -> None:
    batch = getattr(house, state)()
    said = refused(NotReleased, lambda: house.use.issue_certificate(house.hands["som"], batch))
    assert (said.batch, said.state) == (batch, house.state(batch))


def test_a_stopped_batch_is_neither_certified_nor_printed(house: House) -> None:
    certified, plain = house.released(), house.released()
    number = house.use.issue_certificate(house.hands["som"], certified).certificate
    for batch in (certified, plain):
        house.use.stop_batch(house.sittings["linh"], batch, "safety", "sharp edge")
    said = refused(Held, lambda: house.use.issue_certificate(house.hands["som"], plain))
    assert (said.batch, said.by) == (plain, "Nguyễn Thị Linh")
    said = refused(Held, lambda: house.use.print_certificate(house.sittings["linh"], number))
    assert said.batch == certified


def test_only_a_releaser_certifies(house: House) -> None:
    house.enrol("minh", "Trần Văn Minh", "inspector")
    batch = house.released()
    said = refused(MissingRole, lambda: house.use.issue_certificate(house.hands["minh"], batch))
    assert (said.person, said.role) == ("Trần Văn Minh", "releaser")


def test_who_only_reads_prints_no_certificate(house: House) -> None:
    house.enrol("ai", "李娜", "auditor")
    number = house.use.issue_certificate(house.hands["som"], house.released()).certificate
    assert (
        refused(ReadsOnly, lambda: house.use.print_certificate(house.sittings["ai"], number)).person == "李娜"
    )


def test_where_a_seen_event_is_lost_nothing_is_certified_or_printed(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    certified, plain = house.released(), house.released()
    number = house.use.issue_certificate(house.hands["som"], certified).certificate
    lost = Lost("missing", 900, 1, last=80, since=80)
    monkeypatch.setattr(type(house.begin()), "lost", lambda _: lost)
    for act in (
        lambda: house.use.issue_certificate(house.hands["som"], plain),
        lambda: house.use.print_certificate(house.sittings["linh"], number),
    ):
        assert refused(SeenEventLost, act).event == 900


def test_a_release_has_one_certificate(house: House) -> None:
    batch = house.released()
    number = house.use.issue_certificate(house.hands["som"], batch).certificate
    with pytest.raises(AlreadyCertified) as refused:
        house.use.issue_certificate(house.hands["som"], batch)
    assert refused.value.number == number


def test_the_first_print_is_none_and_every_other_a_numbered_copy(house: House) -> None:
    number = house.use.issue_certificate(house.hands["som"], house.released()).certificate
    copies = [
        house.use.print_certificate(house.sittings[who], number).copy for who in ("linh", "som", "linh")
    ]
    assert copies == [0, 1, 2]


def test_a_certificate_is_void_with_its_release(house: House) -> None:
    batch = house.released()
    number = house.use.issue_certificate(house.hands["som"], batch).certificate
    house.use.print_certificate(house.sittings["linh"], number)
    house.use.withdraw_batch(house.hands["som"], batch, "recall")
    with house.use.look() as uow:
        assert uow.certificate(number).withdrawn is not None
    said = refused(CertificateVoid, lambda: house.use.print_certificate(house.sittings["linh"], number))
    assert (said.number, said.batch) == (number, batch)
    refused(NotReleased, lambda: house.use.issue_certificate(house.hands["som"], batch))


def test_what_does_not_verify_is_neither_certified_nor_printed(house: House) -> None:
    certified, plain = house.released(), house.released()
    number = house.use.issue_certificate(house.hands["som"], certified).certificate
    with house.database.engine.connect() as connection:
        for (name,) in connection.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).all():
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        connection.exec_driver_sql("UPDATE record SET document = X'7b7d'")
        connection.commit()
    with pytest.raises(Unverified):
        house.use.issue_certificate(house.hands["som"], plain)
    with pytest.raises(Unverified):
        house.use.print_certificate(house.sittings["linh"], number)


def test_a_certificate_that_there_is_not_is_not_printed(house: House) -> None:
    with pytest.raises(BadInput, match="unknown_certificate"):
        house.use.print_certificate(house.sittings["linh"], 1)
