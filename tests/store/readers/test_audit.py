# SPDX-License-Identifier: Apache-2.0
"""The audit trail tells who did what, and keeps the blind for whoever asks."""

from __future__ import annotations

import pytest

from qcdesk.domain.inputs import BadInput
from qcdesk.services.rows import AuditRow
from tests.workspace import House


def trail(
    house: House, login: str, *, batch: str | None = None, of: str | None = None, since: int | None = None
) -> tuple[AuditRow, ...]:
    return house.use.read.audit(house.id(login), batch=batch, of=of, since=since)


def test_trail_tells_everything_from_the_first_event_on(house: House) -> None:
    house.released()
    rows = trail(house, "linh")
    assert rows[0].kind == "workspace.opened"
    assert [row.seq for row in rows] == list(range(1, len(rows) + 1))
    assert {row.station for row in rows} == {"bench 1"}


def test_first_entries_are_closed_to_whoever_may_be_second(house: House) -> None:
    batch = house.batch()
    house.check("linh", batch, {1: "CRK"})
    assert "check.recorded" not in [row.kind for row in trail(house, "som")]
    assert "check.recorded" in [row.kind for row in trail(house, "linh")]
    assert "rejected" not in repr(trail(house, "som"))
    house.check("som", batch, {1: "CRK"})
    assert [row.kind for row in trail(house, "som", batch=batch)].count("check.recorded") == 2


def test_words_of_a_hold_are_closed_to_whoever_may_be_second(house: House) -> None:
    batch = house.batch()
    house.check("linh", batch)
    house.use.stop_batch(house.sittings["linh"], batch, "safety", "crack on unit 3")
    for about, of in ((None, None), (batch, None), (None, "linh"), (batch, "linh")):
        assert "crack" not in repr(trail(house, "som", batch=about, of=of))
        assert "crack" in repr(trail(house, "linh", batch=about, of=of))
        assert "batch.held" in [row.kind for row in trail(house, "som", batch=about, of=of)]


def test_trail_is_cut_by_batch_person_and_time(house: House) -> None:
    house.batch("A-1")
    late = house.clock.at
    house.batch("A-2", by="som")
    assert [row.kind for row in trail(house, "linh", batch="A-1")] == ["batch.saved"]
    assert {row.person for row in trail(house, "linh", of="som")} == {house.id("som")}
    assert [row.facts["number"] for row in trail(house, "linh", since=late + 1)] == ["A-2"]
    assert trail(house, "linh", batch="A-1", of="som") == ()


def test_trail_names_the_people_it_is_about(house: House) -> None:
    house.enrol("tu", "Trần Tú")
    house.use.suspend(house.hands["linh"], house.id("tu"), "left")
    row = trail(house, "som")[-1]
    assert (row.kind, row.act, row.person) == ("person.suspended", True, house.id("linh"))
    assert (row.facts["person_name"], row.facts["reason"]) == ("Trần Tú", "left")


def test_trail_holds_no_keys(house: House) -> None:
    for row in trail(house, "linh"):
        assert not {"key", "public_key", "record", "seed", "hash"} & set(row.facts)


def test_unknown_batch_or_person_is_refused(house: House) -> None:
    with pytest.raises(BadInput, match="unknown_batch"):
        trail(house, "linh", batch="nowhere")
    with pytest.raises(BadInput, match="unknown_person"):
        trail(house, "linh", of="nobody")


def test_pages_together_are_the_trail_backwards(house: House) -> None:
    house.released()
    whole = trail(house, "linh")[::-1]
    found: list[AuditRow] = []
    before = None
    while True:
        page = house.use.read.audit_page(house.id("linh"), before=before, limit=7)
        found += page.rows
        before = page.before
        if before is None:
            break
        assert len(page.rows) == 7
    assert tuple(found) == whole


def test_page_is_full_whatever_is_left_out_of_it(house: House) -> None:
    batch = house.batch()
    house.check("linh", batch, {1: "CRK"})
    seen = trail(house, "som")
    assert len(seen) < len(trail(house, "linh"))
    page = house.use.read.audit_page(house.id("som"), limit=len(seen) - 1)
    assert page.rows == seen[:0:-1]
    assert page.before is not None
    assert house.use.read.audit_page(house.id("som"), limit=len(seen)).before is None


def test_page_is_cut_by_batch_person_and_time(house: House) -> None:
    house.batch("A-1")
    late = house.clock.at
    house.batch("A-2", by="som")
    page = house.use.read.audit_page
    linh = house.id("linh")
    assert [row.facts["number"] for row in page(linh, since=late + 1).rows] == ["A-2"]
    assert "A-2" not in repr(page(linh, until=late + 1).rows)
    assert {row.person for row in page(linh, of="som").rows} == {house.id("som")}
    assert [row.kind for row in page(linh, batch="A-1").rows] == ["batch.saved"]


def test_number_after_a_hidden_entry_is_not_told_to_whoever_may_be_second(house: House) -> None:
    batch = house.batch()
    house.check("linh", batch)
    later = house.batch(by="som")
    assert [row.seq for row in trail(house, "som", batch=later)] == [None]
    assert [row.seq for row in trail(house, "linh", batch=later)] != [None]
    house.check("som", batch)
    assert None not in [row.seq for row in trail(house, "som")]


def test_retracted_first_check_keeps_its_numbers_until_another_is_compared(house: House) -> None:
    house.enrol("tu", "Trần Tú")
    batch = house.batch()
    signed = house.check("linh", batch)
    house.use.retract_check(house.hands["linh"], signed.fact.check, "wrong goods")
    assert trail(house, "tu")[-1].seq is None
    house.check("linh", batch)
    house.check("som", batch)
    assert None not in [row.seq for row in trail(house, "tu")]


def test_whoever_signed_beside_is_named_on_the_same_line(house: House) -> None:
    house.enrol("tu", "Trần Tú", "inspector")
    house.batch()
    rows = trail(house, "som")
    enrolled = [row for row in rows if "beside" in row.facts][-1]
    assert (enrolled.name, enrolled.facts["beside"]) == ("Nguyễn Thị Linh", "สมชาย ศรีสุข\nTrần Tú")
    assert "beside" not in rows[-1].facts
