# SPDX-License-Identifier: Apache-2.0
"""The two checks side by side: refused before the second signature, whole after it."""

from __future__ import annotations

import pytest

from qcdesk.domain.events import Resolution
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import Blind, WrongState
from qcdesk.exchange.stored_files import store_file
from qcdesk.services.record_entries import Entries, NewFinding
from qcdesk.services.rows import ComparisonPage
from tests.store.readers.conftest import Collected
from tests.workspace import House


def compared(house: House, batch: str, login: str = "linh", no: int | None = None) -> ComparisonPage:
    return house.use.read.comparison(batch, house.id(login), house.clock.at, no)


def test_comparison_is_refused_to_whoever_may_be_second(house: House, statements: Collected) -> None:
    batch = house.batch()
    house.check("linh", batch, {1: "CRK"})
    with statements() as asked, pytest.raises(Blind):
        compared(house, batch, "som")
    words = " ".join(text for text, _ in asked)
    assert "finding" not in words
    assert "reading" not in words


def test_comparison_is_refused_to_the_second_person_while_checking(house: House) -> None:
    batch = house.batch()
    house.check("linh", batch, {1: "CRK"})
    house.record("som", house.start("som", batch))
    with pytest.raises(Blind):
        compared(house, batch, "som")


def test_there_is_no_comparison_before_the_second_signature_for_anybody(house: House) -> None:
    batch = house.batch()
    with pytest.raises(WrongState):
        compared(house, batch)
    house.check("linh", batch)
    with pytest.raises(WrongState):
        compared(house, batch, "linh")


def test_both_checks_stand_side_by_side(house: House) -> None:
    batch = house.batch()
    house.check("linh", batch, {1: "SCR", 2: "SCR"})
    house.check("som", batch, {1: "SCR", 3: "DEN"}, {4: "12.50"})
    page = compared(house, batch, "som")
    assert (page.first.person_name, page.second.person_name) == ("Nguyễn Thị Linh", "สมชาย ศรีสุข")
    assert [(f.unit, f.code, f.name) for f in page.first_findings] == [
        (1, "SCR", "Scratch"),
        (2, "SCR", "Scratch"),
    ]
    assert [(f.unit, f.code) for f in page.second_findings] == [(1, "SCR"), (3, "DEN")]
    assert [m.unit for m in page.second_measured if not m.inside] == [4]
    assert (page.comparison.total.both, page.comparison.total.first_only) == (1, 1)
    assert page.comparison.total.second_only == 2
    assert (page.round_no, page.n, page.tally) == (1, page.comparison.sample, False)
    assert {s.meaning for s in page.signatures} == {"I inspected", "I inspected independently"}
    assert page.first_seconds >= 0


def test_disagreement_lists_what_a_third_has_to_settle(house: House) -> None:
    batch = house.batch()
    house.check("linh", batch, {2: "SCR"})
    started = house.start("som", batch)
    house.record("som", started)
    photo = store_file(house.database.folder / "files", b"a picture")
    house.use.record(
        house.sittings["som"],
        Entries(started.check, findings=(NewFinding(1, "CRK", note="hairline", photo=photo),)),
    )
    house.sign("som", started)
    page = compared(house, batch)
    assert (page.outcome, page.decided_by) == ("disagreed", None)
    assert [(d.unit, d.code, d.name, d.by, d.note, d.photo) for d in page.disputes] == [
        (1, "CRK", "Crack", "second", "hairline", photo),
        (2, "SCR", "Scratch", "first", "", None),
    ]


def test_agreed_comparison_has_no_disputes(house: House) -> None:
    batch = house.batch()
    house.check("linh", batch, {1: "SCR"})
    house.check("som", batch, {1: "SCR"})
    page = compared(house, batch)
    assert (page.outcome, page.disputes) == ("accepted", ())


def test_decision_names_who_decided_and_judges_again(house: House) -> None:
    house.enrol("tu", "Trần Tú", "inspector", "arbiter")
    batch = house.disagreed()
    started = house.start("tu", batch)
    settled = (Resolution(1, "CRK", "critical", 1, holds=False),)
    house.use.resolve(house.sittings["tu"], started.check, settled)
    house.use.decide(house.hands["tu"], started.check)
    page = compared(house, batch)
    assert (page.decided_by, page.state) == ("Trần Tú", "accepted")
    assert all(one.verdict == "accepted" for one in page.classes)
    assert page.signatures[-1].meaning == "I decide"


def test_what_a_check_set_aside_had_found_is_shown(house: House) -> None:
    batch = house.batch()
    started = house.start("linh", batch)
    house.use.record(house.sittings["linh"], Entries(started.check, findings=(NewFinding(1, "SCR"),)))
    house.use.set_aside(house.sittings["linh"], started.check, "ill")
    house.check("linh", batch)
    house.check("som", batch)
    page = compared(house, batch)
    assert [(f.unit, f.code) for f in page.set_aside_findings] == [(1, "SCR")]
    assert page.first_findings == ()


def test_earlier_round_stays_readable_while_a_new_one_is_blind(house: House) -> None:
    batch = house.rejected()
    house.use.dispose_batch(house.hands["linh"], house.hands["som"], batch, "rework", "weld it")
    house.use.record_rework(house.sittings["linh"], batch, (house.maker("Tư"),), knowing=True)
    house.check("linh", batch, {1: "SCR"})
    with pytest.raises(Blind):
        compared(house, batch, "som")
    assert compared(house, batch, "som", 1).round_no == 1


def test_unknown_round_is_refused(house: House) -> None:
    with pytest.raises(BadInput, match="unknown_round"):
        compared(house, house.accepted(), no=7)
