# SPDX-License-Identifier: Apache-2.0
"""What any honest calendar can have shown is held against nobody, wherever on earth the workstation stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from qcdesk.checker.lines import Line
from qcdesk.checker.rules.desk import Desk, day_on_earth
from qcdesk.checker.rules.state import Person
from qcdesk.domain.people import Person as Someone
from qcdesk.domain.people import Qualification, RoleGrant

NOW = int(datetime(2026, 3, 2, tzinfo=UTC).timestamp()) * 1_000_000
MOMENTS = st.integers(NOW, NOW + 3 * 86_400_000_000)
ZONES = st.integers(-12 * 4, 14 * 4)
"""Quarters of an hour from UTC, as time zones have them."""
OFF = st.integers(-120_000_000, 120_000_000)
LINE = Line(9, "e", "p", "v", NOW, NOW, "bench", "x", "som", "key", None, {}, (), b"", "")


def shown(moment: int, quarters: int) -> date:
    """Return what a calendar there shows."""
    zone = timezone(timedelta(minutes=15 * quarters))
    return datetime.fromtimestamp(moment // 1_000_000, UTC).astimezone(zone).date()


@given(MOMENTS, ZONES, OFF)
def test_every_calendar_lies_between_the_earliest_day_and_the_latest(
    moment: int, quarters: int, off: int
) -> None:
    day = shown(moment + off, quarters).isoformat()
    assert day_on_earth(moment) <= day <= day_on_earth(moment, latest=True)


@given(MOMENTS, ZONES, OFF, st.integers(-3, 3), st.booleans())
def test_replay_never_contradicts_the_program_about_a_last_day(
    moment: int, quarters: int, off: int, days: int, entry: bool
) -> None:
    """Whether a role or a qualification stands, as the program asks it of its own calendar."""
    clock = moment + off
    on, until = shown(clock, quarters), shown(moment, 0) + timedelta(days=days)
    program = Someone("som", "Som", roles=(RoleGrant("inspector", until=until),),
                      qualifications=(Qualification("IP-1", until),))  # fmt: skip
    stands = program.has_role("inspector", on)
    desk = Desk()
    desk.people["som"] = Person("som", "Som", enrolled=True, active=True, roles={"inspector": ([], until.isoformat())},
                                qualifications={"IP-1": until.isoformat()})  # fmt: skip
    line = replace(LINE, at=moment, clock=clock, session="s" if entry else None)
    asked = (
        (desk.holds_role(line, "som", "inspector"), desk.holds_role(line, "som", "inspector", surely=True)),
        (desk.may_act(line, "som"), desk.may_act(line, "som", surely=True)),
        (desk.qualified(line, "som", "IP-1"), desk.qualified(line, "som", "IP-1", surely=True)),
    )
    for may, surely in asked:
        assert may or not stands, "who holds it by that calendar is taken to hold it"
        assert stands or not surely, "who does not hold it by that calendar is not counted on"
