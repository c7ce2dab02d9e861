# SPDX-License-Identifier: Apache-2.0
"""A save that the disk refuses: the person is told, the window stays, and the next try saves."""

from __future__ import annotations

from typing import Any

import pysqlite3.dbapi2 as sqlite
import pytest

from tests.journeys.driving import Hands
from tests.workspace import House, secret


class Disk:
    """Refuses every new line of the log while it is full."""

    def __init__(self, house: House) -> None:
        """Stand between the program and its driver."""
        self.full = False
        dialect = house.database.engine.dialect
        plain = dialect.do_execute

        def execute(cursor: Any, statement: str, *rest: Any, **named: Any) -> None:  # noqa: ANN401 - the driver's
            if self.full and statement.startswith("INSERT INTO event"):
                raise sqlite.OperationalError("database or disk is full")
            plain(cursor, statement, *rest, **named)

        dialect.do_execute = execute  # type: ignore[method-assign]


@pytest.mark.logs
def test_failing_save_is_told_and_the_window_stays_usable(hands: Hands, house: House) -> None:
    disk, number = Disk(house), house.batch()
    hands.sign_in("linh")
    hands.open_batch(number)
    hands.act("Make the first check")
    hands.until(lambda: hands.here == "runner", "the runner")
    hands.settle()
    disk.full = True
    hands.measure("12.03")
    hands.click(hands.program.running.runner_view.main)
    hands.settle()
    hands.see("The disk is full.")
    assert hands.here == "runner"
    with house.use.look() as uow:
        assert not uow.work(uow.round(uow.batch(number).round or "").checks[0].id).done_units()
    disk.full = False
    hands.press("Try again")
    hands.settle()
    hands.inspect({})
    hands.sign("linh")
    hands.until(lambda: hands.here == "board", "the board after signing")
    assert house.state(number) == "awaiting_second"


@pytest.mark.logs
def test_failing_signature_signs_nothing_and_the_next_one_counts(hands: Hands, house: House) -> None:
    disk, number = Disk(house), house.batch()
    hands.sign_in("linh")
    hands.open_batch(number)
    hands.act("Make the first check")
    hands.inspect({})
    disk.full = True
    hands.sign("linh")
    hands.see("The disk is full.")
    assert house.state(number) == "first_check"
    disk.full = False
    hands.settle()
    hands.type(secret("linh"))
    hands.until(lambda: hands.here == "board", "the board after signing")
    assert house.state(number) == "awaiting_second"
