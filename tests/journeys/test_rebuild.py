# SPDX-License-Identifier: Apache-2.0
"""Whatever a forged line or a changed program left in the tables, two people put right without leaving the log."""

from __future__ import annotations

import pytest

from qcdesk.domain.events import PersonSuspended, Released, RoleTaken
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import LogNotWhole, NotActive, ReadsOnly, TwoNeeded
from qcdesk.services.ports import Hand
from qcdesk.services.trouble import Trouble
from qcdesk.store.schema_text import differences
from qcdesk.store.unit_of_work import SqlUnitOfWork
from qcdesk.store.verification import verify
from tests.forging import forged, write_past_every_rule
from tests.store.conftest import (
    Server,
    clock,
    database,
    house,
    location,
    made_house,
    postgresql_house,
    postgresql_server,
    sqlite_house,
    sqlite_template,
)
from tests.workspace import HandClock, House, connect, secret

__all__ = [
    "clock",
    "database",
    "house",
    "location",
    "made_house",
    "postgresql_house",
    "postgresql_server",
    "sqlite_house",
    "sqlite_template",
]
"""Both engines, as the tests of the store have them."""


def codes(house: House) -> set[str]:
    """Return the codes of what a verification finds."""
    return {problem.code for problem in verify(house.database).problems}


def rebuilt(house: House) -> int:
    """Let Linh and Som have the tables written anew; how many rows it was."""
    done = house.use.rebuild_tables(house.hands["linh"], house.hands["som"], "a forged line left them wrong")
    assert done.fact is not None
    return done.rows


def forged_release(house: House) -> int:
    """Put a release that nobody signed on an accepted batch; its number."""
    number = house.accepted()
    with house.use.look() as uow:
        batch = uow.batch(number)
        round_ = uow.round(batch.round or "")
        over = tuple(c.signed_hash for c in round_.checks if c.signed_hash)
        fact = Released(
            batch.id, round_.id, 20, uow.sign_offs(round_.id)[0].record, (*over, round_.compared_hash or "")
        )
    return forged(house, fact, "som")


def test_forged_release_is_void_and_the_tables_are_as_if_it_had_never_been(house: House) -> None:
    line = forged_release(house)
    linh, som = house.hands["linh"], house.hands["som"]
    house.use.void_event(linh, som, line, "nobody signed it")
    assert codes(house) == {"row_differs"}
    assert rebuilt(house) > 0
    assert codes(house) == set()
    number = "DA-1"
    with house.use.look() as uow:
        assert uow.batch(number).released == 0
    house.check("linh", number)
    house.check("som", number)
    house.use.release_batch(som, number)
    assert codes(house) == set()


def suspended(house: House) -> int:
    """Forge that Som is suspended; the number of the line."""
    return forged(house, PersonSuspended(house.id("som"), "gone"), "linh")


def by_log(house: House) -> tuple[Hand, Hand]:
    """Open Linh's key and Som's as for writing the tables anew, whatever the tables say of these people."""
    first, other = (house.use.open_hand_by_log(login, secret(login)) for login in ("linh", "som"))
    return first, other


def test_whom_only_a_forged_line_suspended_is_one_of_the_two(house: House) -> None:
    suspended(house)
    forged(house, RoleTaken(house.id("linh"), "inspector"), "linh")
    with pytest.raises(NotActive):
        house.use.open_hand("som", secret("som"))
    done = house.use.rebuild_tables(*by_log(house), "nobody suspended Som")
    assert done.rows
    assert codes(house) == {"event_signature", "row_extra"}  # the index of the log keeps what is in the log
    for problem in verify(house.database).problems:
        if problem.code == "event_signature":
            house.use.void_event(
                house.hands["linh"], house.hands["som"], problem.event or 0, "nobody signed it"
            )
    assert codes(house) == set()
    house.released()


def test_whom_only_a_forged_line_let_in_is_none_of_the_two(house: House) -> None:
    house.use.suspend(house.hands["linh"], house.id("som"), "away")
    with house.database.engine.connect() as connection:
        write_past_every_rule(connection, "UPDATE person SET status = 'active'")
    with pytest.raises(NotActive):
        house.use.rebuild_tables(*by_log(house), "I am here")
    assert codes(house) == {"row_differs"}


LEFT = (
    "UPDATE sign_off SET standing = 0",
    "UPDATE batch SET rework_ordered = 1, quantity = 70, supplier = NULL",
    "UPDATE product SET name = 'Something else'",
    "DELETE FROM sign_off",
    "DELETE FROM line WHERE type = 'check.signed'",
    "DELETE FROM role_grant",
    "UPDATE session SET closed = 3",
    "UPDATE person SET login = CASE login WHEN 'som' THEN 'linh2' ELSE 'som2' END",
    "UPDATE line_signer SET person = person || '0'",
)
"""What no line of the log ever did."""


def test_rows_that_no_line_wrote_are_put_right(house: House) -> None:
    number = house.released()
    hands = house.hands["linh"], house.hands["som"]
    for statement in LEFT:
        with house.database.engine.connect() as connection:
            write_past_every_rule(connection, statement)
    assert {"row_differs", "row_missing"} <= codes(house)
    assert house.use.rebuild_tables(*hands, "a changed program wrote them").rows
    assert codes(house) == set()
    assert list(differences(house.database)) == []
    assert house.state(number) == "released"
    house.use.ship_batch(house.sittings["som"], number, 10, "Customer")
    assert codes(house) == set()


def test_power_cut_leaves_all_of_it_or_nothing(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house.released()
    with house.database.engine.connect() as connection:
        write_past_every_rule(connection, "UPDATE batch SET rework_ordered = 1")
        write_past_every_rule(connection, "UPDATE product SET name = 'Something else'")
    before = [(p.code, p.facts) for p in verify(house.database).problems]
    assert len(before) == 2

    class Cut(Exception):
        """The power is gone."""

    def cut(*_: object, **__: object) -> None:
        raise Cut

    with monkeypatch.context() as late:
        late.setattr(SqlUnitOfWork, "commit", cut)
        with pytest.raises(Cut):
            rebuilt(house)
    assert [(p.code, p.facts) for p in verify(house.database).problems] == before
    assert list(differences(house.database)) == []
    asked: list[int] = []

    def stop(done: int, _total: int) -> bool:
        asked.append(done)
        return False

    with pytest.raises(Trouble) as stopped:
        house.use.rebuild_tables(house.hands["linh"], house.hands["som"], "wrong", stop)
    assert (stopped.value.code, bool(asked)) == ("cancelled", True)
    assert rebuilt(house) == 2


def test_it_takes_two_who_act_and_a_reason_and_something_to_mend(house: House) -> None:
    house.batch()
    linh, som = house.hands["linh"], house.hands["som"]
    assert house.use.rebuild_tables(linh, som, "is anything wrong").fact is None
    with house.database.engine.connect() as connection:
        write_past_every_rule(connection, "UPDATE batch SET rework_ordered = 1")
    reader = house.enrol("hoa", "Lê Thị Hoa", "auditor")
    for other, refusal in ((linh, TwoNeeded), (reader, ReadsOnly)):
        with pytest.raises(refusal):
            house.use.rebuild_tables(linh, other, "wrong")
    with pytest.raises(BadInput):
        house.use.rebuild_tables(linh, som, " ")
    assert codes(house) == {"row_differs"}
    fact = house.use.rebuild_tables(linh, som, "wrong").fact
    assert fact is not None
    with house.use.look() as uow:
        assert (fact.until, fact.head) == (uow.head_seq() - 1, uow.event_hash(uow.head_seq() - 1))


def test_log_that_lost_something_is_no_truth_to_write_the_tables_from(house: House) -> None:
    house.released()
    with house.database.engine.connect() as connection:
        write_past_every_rule(connection, "UPDATE batch SET rework_ordered = 1")
        write_past_every_rule(connection, "UPDATE event SET body = sig WHERE seq = 9")
    with pytest.raises(LogNotWhole) as refused:
        rebuilt(house)
    assert refused.value.number == 9


def test_on_a_server_the_tables_are_opened_to_their_owner_and_to_no_plain_login(
    postgresql_server: Server, postgresql_house: House
) -> None:
    _, address = postgresql_server.fresh(postgresql_house.database.engine.url.database or "")
    for login, roles in (("somebody", "qcdesk_program"), ("keeper", "qcdesk_program, qcdesk_owner")):
        made = f"CREATE ROLE {login} LOGIN IN ROLE {roles}; EXCEPTION WHEN duplicate_object THEN NULL"
        postgresql_server.run(f"DO $$ BEGIN {made}; END $$")
    owner = connect(address)
    with owner.engine.connect() as connection:
        write_past_every_rule(connection, "UPDATE product SET name = 'Something else'")
    owner.dispose()
    database = connect(address.replace("postgres@", "somebody@"))
    house = House.like(postgresql_house, database, HandClock())
    with pytest.raises(Trouble) as refused:
        rebuilt(house)
    assert refused.value.code == "server_owner"
    assert codes(house) == {"row_differs"}
    database.dispose()
    database = connect(address.replace("postgres@", "keeper@"))
    house = House.like(postgresql_house, database, HandClock())
    assert rebuilt(house) == 1
    assert codes(house) == set()
    database.dispose()
