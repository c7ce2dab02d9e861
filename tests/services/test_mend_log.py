# SPDX-License-Identifier: Apache-2.0
"""What two people sign about the log itself, and who may not (trust.md §6, §8.3, §8.7)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from qcdesk.domain.events import Finding, Imported, Recorded
from qcdesk.domain.log import StoredEvent
from qcdesk.domain.people import RoleGrant
from qcdesk.domain.refusals import (
    CertificateStands,
    EventHolds,
    MissingRole,
    NotActive,
    OwnEvent,
    ReadsOnly,
    StillReleased,
    TimeFar,
    TwoNeeded,
)
from qcdesk.store.proofs import Proofs
from tests.forging import write_past_every_rule
from tests.workspace import House, refused, standing

LINH, MINH = "Nguyễn Thị Linh", "Trần Minh"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """Linh and Som, Minh and Eva, who inspect, and Ai, who reads."""
    made = standing(tmp_path)
    for login, name in (("minh", MINH), ("eva", "Eva Ek")):
        made.enrol(login, name)
    made.enrol("ai", "李娜", "auditor")
    yield made
    made.database.dispose()


def broken_by(house: House, login: str) -> tuple[str, int]:
    """Let somebody's finding of a code that the procedure does not know get in; the batch, and the entry's number."""
    batch = house.batch()
    started = house.start(login, batch)
    house.record(login, started)
    with house.begin() as uow:
        found, unknown = uow.batch(batch), Finding("a" * 32, 1, "ZZZ", "minor")
        fact = Recorded(started.check, found.id, found.round or "", findings=(unknown,))
        uow.append(fact, house.sittings[login].hand)
        uow.commit()
        return batch, uow.head_seq()


def test_two_who_do_more_than_read_sign_about_the_log(house: House) -> None:
    hands, true_time = house.hands, house.clock.now()
    acts: tuple[tuple[str, Callable[[str, str], object]], ...] = (
        ("void", lambda one, two: house.use.void_event(hands[one], hands[two], 3, "why")),
        ("restore", lambda one, two: house.use.sign_restore(hands[one], hands[two], 900, None, "a disk")),
        ("clock", lambda one, two: house.use.correct_clock(hands[one], hands[two], true_time, "ahead")),
    )
    for name, act in acts:
        assert refused(TwoNeeded, lambda act=act: act("linh", "linh")).act == name  # type: ignore[misc]
        for one, two in (("linh", "ai"), ("ai", "linh")):
            said = refused(ReadsOnly, lambda act=act, one=one, two=two: act(one, two))  # type: ignore[misc]
            assert said.person == "李娜"


def test_two_who_do_more_than_read_have_the_tables_written_anew(house: House) -> None:
    house.batch()
    with house.database.engine.connect() as connection:
        write_past_every_rule(connection, "UPDATE batch SET rework_ordered = 1")
    hands = house.hands
    said = refused(TwoNeeded, lambda: house.use.rebuild_tables(hands["linh"], hands["linh"], "wrong"))
    assert said.act == "rebuild"
    refused(ReadsOnly, lambda: house.use.rebuild_tables(hands["linh"], hands["ai"], "wrong"))


def test_who_lost_the_right_while_the_rules_were_read_explains_nothing(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    linh, som = house.hands["linh"], house.hands["som"]

    def meanwhile(_uow: Proofs, _number: int) -> bool:
        house.use.suspend(linh, house.id("som"), "left")
        return False

    monkeypatch.setattr(Proofs, "breaks_rule", meanwhile)
    refused(NotActive, lambda: house.use.void_event(linh, som, 3, "its picture is gone"))


def test_a_loss_takes_an_administrator(house: House) -> None:
    minh, eva = house.hands["minh"], house.hands["eva"]
    said = refused(MissingRole, lambda: house.use.sign_restore(minh, eva, 900, None, "a disk"))
    assert (said.person, said.role) == (MINH, "administrator")


def test_what_holds_is_not_void_and_nobody_voids_what_is_their_own(house: House) -> None:
    linh, som = house.hands["linh"], house.hands["som"]
    refused(EventHolds, lambda: house.use.void_event(linh, som, 3, "I do not like it"))
    with house.begin() as uow:  # what no auditor may, and belongs to no batch
        uow.append(Imported("batches", "made up.csv", "0" * 64, 3), house.sittings["ai"].hand)
        uow.commit()
        number = uow.head_seq()
    house.use.grant_role(linh, som, "ai", RoleGrant("inspector"))
    for one, two in ((house.hands["ai"], linh), (linh, house.hands["ai"])):
        said = refused(OwnEvent, lambda one=one, two=two: house.use.void_event(one, two, number, "why"))  # type: ignore[misc]
        assert (said.person, said.number) == ("李娜", number)


def forged(house: House, batch: str, of_round: str) -> int:
    """Let an owner of the file put a release of a batch in the log that nobody signed; its number."""
    with house.database.engine.connect() as connection:
        found = connection.exec_driver_sql(
            "SELECT body, sig, (SELECT max(seq) FROM event), (SELECT hash FROM event ORDER BY seq DESC LIMIT 1)"
            " FROM event WHERE seq = (SELECT max(seq) FROM line WHERE type = 'batch.released')"
        ).one()
        body, sig, last, prev = found
        event = replace(StoredEvent(1, body, sig, b"\0" * 32).event(), seq=last + 1, prev=bytes(prev))
        made = StoredEvent.of(replace(event, body={**event.body, "batch": batch, "round": of_round}), sig)
        rule = connection.exec_driver_sql(
            "SELECT sql FROM sqlite_master WHERE name = 'event_verified'"
        ).scalar_one()
        connection.exec_driver_sql("DROP TRIGGER event_verified")
        connection.execute(
            sa.text("INSERT INTO event (seq, body, sig, hash) VALUES (:s, :b, :g, :h)"),
            {"s": made.seq, "b": made.body, "g": made.sig, "h": made.hash},
        )
        connection.exec_driver_sql(rule)
        connection.commit()
    return made.seq


def test_no_certified_batch_goes_to_a_new_round_for_a_forged_line(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.released()
    batch, linh, som = house.accepted(), house.hands["linh"], house.hands["som"]
    with house.use.look() as uow:
        found = uow.batch(batch)
    number = forged(house, found.id, found.round or "")
    monkeypatch.setattr(
        Proofs, "batch_verifies", lambda *_, **__: True
    )  # what a changed program does not ask
    house.use.release_batch(som, batch)
    certificate = house.use.issue_certificate(som, batch).certificate
    said = refused(CertificateStands, lambda: house.use.void_event(linh, som, number, "nobody signed it"))
    assert (said.batch, said.number) == (batch, certificate)


def test_a_release_that_rests_on_it_is_taken_back_first(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch, number = broken_by(house, "minh")
    linh, som = house.hands["linh"], house.hands["som"]
    monkeypatch.setattr(
        type(house.begin()), "batch_verifies", lambda *_, **__: True
    )  # the release was before it
    with house.use.look() as uow:
        check = next(c.id for c in uow.round(uow.batch(batch).round or "").checks)
    house.use.sign_check(house.hands["minh"], house.sittings["minh"], check)
    house.check("linh", batch)
    house.use.release_batch(som, batch)
    assert refused(StillReleased, lambda: house.use.void_event(linh, som, number, "why")).batch == batch


def test_a_true_time_years_off_is_refused_until_two_say_that_they_mean_it(house: House) -> None:
    linh, som = house.hands["linh"], house.hands["som"]
    named = house.clock.now() + 10 * 365 * 86_400 * 1_000_000
    with house.use.look() as uow:
        before = uow.head_seq()
    said = refused(TimeFar, lambda: house.use.correct_clock(linh, som, named, "battery"))
    assert (said.named, named - said.reads > 9 * 365 * 86_400 * 1_000_000) == (named, True)
    with house.use.look() as uow:
        assert uow.head_seq() == before
    assert house.use.correct_clock(linh, som, named, "battery", knowing=True).true_time == named
