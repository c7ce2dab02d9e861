# SPDX-License-Identifier: Apache-2.0
"""Nonconformities: of goods that are amiss, one owner always, closed by another over what was decided, never blind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from qcdesk.domain.attachments import Attachment
from qcdesk.domain.events import NonconformityOpened
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import (
    NonconformityBlind,
    NonconformityOwn,
    NonconformityRefused,
    NotActive,
    NothingNonconforming,
    ReadsOnly,
)
from qcdesk.domain.splitting import Piece
from qcdesk.i18n import Catalogue
from qcdesk.services.corrective_actions import NewAction
from qcdesk.services.nonconformities import NewNonconformity
from qcdesk.services.nonconformity_rows import NonconformityPage, NonconformityReader
from qcdesk.services.record_entries import Entries, NewFinding
from qcdesk.store.readers.all_readers import SqlReaders
from qcdesk.store.verification import verify
from qcdesk.wording import nonconformities as wording
from tests.workspace import House, refused

BAD = dict.fromkeys(range(1, 9), "SCR")


def said(house: House, batch: str, **changed: Any) -> NewNonconformity:  # noqa: ANN401 - any field
    due = house.clock.today() + timedelta(days=7)
    whole = {"batch": batch, "quantity": 12, "containment": "set apart in cage 2", "due": due,
             "codes": ("SCR",), **changed}  # fmt: skip
    return NewNonconformity(**whole)


def opened(house: House, batch: str, **changed: Any) -> NonconformityOpened:  # noqa: ANN401
    return house.use.nonconformities.open(house.sittings["linh"], said(house, batch, **changed))


def rejected(house: House, number: str) -> str:
    house.batch(number)
    house.check("linh", number, BAD)
    house.check("som", number, BAD)
    assert house.state(number) == "rejected"
    return number


def page(house: House, number: int = 1) -> NonconformityPage:
    return reads(house).page(number, house.id("linh"))


def reads(house: House) -> NonconformityReader:
    return SqlReaders(house.database.reading, house.use.look).nonconformities


def bad(code: str, field: str, call: Callable[[], object]) -> None:
    with pytest.raises(BadInput) as wrong:
        call()
    assert (wrong.value.code, wrong.value.where.get("field")) == (code, field)


def problem(call: Callable[[], object]) -> str:
    return refused(NonconformityRefused, call).problem


def test_one_goes_its_way_from_a_rejected_batch_to_what_was_decided(house: House) -> None:
    use, linh, som = house.use.nonconformities, house.sittings["linh"], house.sittings["som"]
    house.approve()
    rejected(house, "LOT-1")
    assert opened(house, "LOT-1").nonconformity == 1
    assert opened(house, "LOT-1", what="also dented boxes", quantity=8).nonconformity == 2
    [scratched] = page(house).defects
    assert (scratched.code, scratched.units, scratched.defect_class) == ("SCR", 8, "minor")
    use.contain(som, 1, "set apart in cage 3, stock looked through")
    use.note(som, 1, "the mould was changed on Monday")
    use.hand_over(linh, 1, house.id("som"), "knows the goods")
    assert problem(lambda: use.hand_over(linh, 1, house.id("som"), "why")) == "same_owner"
    later = house.clock.today() + timedelta(days=20)
    use.put_off(linh, 1, later, "the supplier answers next week")
    house.use.open_action(linh, NewAction("S1", "Scratches", ("SCR",)))
    use.link(linh, 1, "CA-1")
    assert problem(lambda: use.link(linh, 1, "CA-1")) == "linked"
    assert page(house).actions == (("CA-1", "Scratches"),)
    use.link(linh, 1, "CA-1", undone=True)
    assert problem(lambda: use.link(linh, 1, "CA-1", undone=True)) == "not_linked"
    bad("missing", "reason", lambda: use.close(house.hands["som"], 1))
    house.use.dispose_batch(house.hands["linh"], house.hands["som"], "LOT-1", "return", "back to the maker")
    closed = use.close(house.hands["som"], 1)
    found = page(house)
    [decided] = found.decided
    assert (decided.event, decided.counts, decided.kind) == (closed.over, True, "return")
    assert (found.row.owner_name, found.row.nonconformity.due, found.row.closed_by) == (
        "สมชาย ศรีสุข", later, "สมชาย ศรีสุข")  # fmt: skip
    assert problem(lambda: use.note(som, 1, "more")) == "closed"
    assert [row.number for row in reads(house).listed()] == [2]
    use.reopen(som, 1, later, "more came back")
    assert problem(lambda: use.reopen(som, 1, later, "again")) == "open"
    assert refused(NonconformityOwn, lambda: use.close(house.hands["som"], 1)).nonconformity == 1
    use.close(house.hands["linh"], 1)
    assert verify(house.database).problems == ()


def test_who_opened_one_does_not_close_it(house: House) -> None:
    house.approve()
    rejected(house, "LOT-1")
    opened(house, "LOT-1")
    use = house.use.nonconformities
    refused(NonconformityOwn, lambda: use.close(house.hands["linh"], 1, "sorted by hand"))
    assert use.close(house.hands["som"], 1, "sorted by hand").over is None
    assert verify(house.database).problems == ()


def test_a_split_is_decided_of_the_batch_and_of_each_part(house: House) -> None:
    house.approve()
    rejected(house, "LOT-1")
    opened(house, "LOT-1")
    use, two = house.use.nonconformities, (house.hands["linh"], house.hands["som"])
    bad("missing", "reason", lambda: use.close(house.hands["som"], 1))
    with house.use.look() as look:
        quantity = look.batch("LOT-1").saved.quantity
    house.use.split_batch(
        *two, "LOT-1", (Piece("", quantity - 4, "sort"), Piece("", 4, "scrap")), 0, "bent ones apart"
    )
    over = use.close(house.hands["som"], 1).over
    [decided] = page(house, 1).decided
    assert (decided.event, decided.kind, decided.quantity, decided.counts) == (over, "split", quantity, True)
    house.use.stop_batch(house.sittings["linh"], "LOT-1/1", "other", "bent")
    opened(house, "LOT-1/1", codes=(), what="bent at the end")
    assert use.close(house.hands["som"], 2).over == over
    [decided] = page(house, 2).decided
    assert (decided.kind, decided.quantity) == ("sort", quantity - 4)
    assert verify(house.database).problems == ()


def test_a_stopped_batch_can_have_one_and_a_good_one_only_over_what_was_found(house: House) -> None:
    house.approve()
    house.batch("HERE-1")
    refused(NothingNonconforming, lambda: opened(house, "HERE-1", codes=(), what="wet boxes"))
    house.use.stop_batch(house.sittings["som"], "HERE-1", "other", "wet")
    bad("missing", "what", lambda: opened(house, "HERE-1", codes=()))
    bad("code_not_claimed", "codes", lambda: opened(house, "HERE-1"))
    opened(house, "HERE-1", codes=(), what="wet boxes")
    house.batch("GOOD-1")
    house.check("linh", "GOOD-1", {3: "SCR"})
    house.check("som", "GOOD-1", {3: "SCR"})
    assert house.state("GOOD-1") == "accepted"
    refused(NothingNonconforming, lambda: opened(house, "GOOD-1", codes=(), what="dents"))
    opened(house, "GOOD-1", codes=("SCR",))
    assert reads(house).findable(page(house, 2).row.batch) == (("SCR", "Scratch"),)
    assert verify(house.database).problems == ()


def test_nothing_is_put_down_from_the_opening_of_a_round_to_its_comparison(house: House) -> None:
    use, linh = house.use.nonconformities, house.sittings["linh"]
    house.approve()
    house.batch("LOT-1")
    house.use.stop_batch(house.sittings["som"], "LOT-1", "other", "wet")
    opened(house, "LOT-1", codes=(), what="wet boxes")
    due = house.clock.today() + timedelta(days=9)
    steps: tuple[Callable[[], object], ...] = (
        lambda: opened(house, "LOT-1", codes=(), what="scratched"),
        lambda: opened(house, "LOT-1"),
        lambda: use.contain(linh, 1, "scratched ones apart"),
        lambda: use.note(linh, 1, "scratched"),
        lambda: use.hand_over(linh, 1, house.id("som"), "scratched"),
        lambda: use.put_off(linh, 1, due, "scratched"),
        lambda: use.close(house.hands["som"], 1, "scratched"),
    )
    begun = house.start("linh", "LOT-1")
    for step in steps:
        refused(NonconformityBlind, step)
    house.record("linh", begun, BAD)
    house.sign("linh", begun)
    for step in steps:
        refused(NonconformityBlind, step)
    begun = house.start("som", "LOT-1")
    for step in steps:
        refused(NonconformityBlind, step)
    house.record("som", begun, BAD)
    house.sign("som", begun)
    for step in steps:
        step()
    assert page(house, 3).defects[0].units == 8
    assert verify(house.database).problems == ()


def test_no_more_units_of_a_code_are_amiss_than_there_are_also_where_one_is_opened_again(
    house: House,
) -> None:
    use = house.use.nonconformities
    house.approve()
    rejected(house, "LOT-1")
    opened(house, "LOT-1", quantity=15, codes=("SCR",))
    bad("affected_together", "quantity", lambda: opened(house, "LOT-1", quantity=6, codes=("SCR",)))
    opened(house, "LOT-1", quantity=5, codes=("SCR",))
    use.close(house.hands["som"], 1, "sorted")
    opened(house, "LOT-1", quantity=1, codes=("SCR",))
    due = house.clock.today() + timedelta(days=9)
    bad("affected_together", "quantity", lambda: use.reopen(house.sittings["som"], 1, due, "more"))
    assert verify(house.database).problems == ()


def test_defects_are_counted_under_their_codes_and_the_units_of_a_nonconformity_once(house: House) -> None:
    """By hand: 8 units of 20, of which 5 have a scratch and a dent, 2 a scratch alone and 1 a dent alone."""
    house.approve()
    house.batch("LOT-1")
    for login in ("linh", "som"):
        check = house.start(login, "LOT-1")
        dents = tuple(NewFinding(unit, "DEN") for unit in (1, 2, 3, 4, 5))
        house.use.record(house.sittings[login], Entries(check.check, findings=dents))
        house.record(login, check, {**dict.fromkeys(range(1, 8), "SCR"), 8: "DEN"})
        house.sign(login, check)
    read = SqlReaders(house.database.reading, house.use.look)

    def figures() -> dict[tuple[str, str], int]:
        rows = read.figures(house.supplier.supplier).rows
        return {(row.name, row.code): row.amount for row in rows}

    counted = figures()
    assert (counted["found.minor", "SCR"], counted["found.major", "DEN"]) == (7, 6), "13 defects"
    assert counted["nonconforming", ""] == 8, "on 8 units"
    assert (counted["nonconforming.minor", ""], counted["nonconforming.major", ""]) == (7, 6)
    opened(house, "LOT-1", quantity=8, codes=("SCR", "DEN"))
    assert figures() == counted, "of what was found it adds nothing"
    shown = page(house)
    assert {one.code: one.units for one in shown.defects} == {"SCR": 7, "DEN": 6}
    assert wording.affected(shown.row, Catalogue(), 20) == "8 units of 20 affected"
    told = wording.counted(shown, Catalogue())
    assert told.endswith("counts under each; the nonconformity is about 8 units in all.")
    (row,) = reads(house).listed()
    assert row.nonconformity.opened.quantity == 8
    bad("affected_whole", "quantity", lambda: opened(house, "LOT-1", quantity=13, codes=("SCR",)))
    house.use.nonconformities.close(house.hands["som"], 1, "sorted")
    opened(house, "LOT-1", quantity=8, codes=("SCR",))
    assert wording.counted(page(house, 2), Catalogue()) == "", "of one code there is nothing to add up"


def test_quantities_days_and_owners_that_cannot_be_are_refused_and_nothing_is_saved(house: House) -> None:
    use, linh = house.use.nonconformities, house.sittings["linh"]
    house.approve()
    rejected(house, "LOT-1")
    with house.use.look() as uow:
        there = uow.batch("LOT-1").saved.quantity
    bad("affected_outside", "quantity", lambda: opened(house, "LOT-1", quantity=there + 1))
    bad("affected_outside", "quantity", lambda: opened(house, "LOT-1", quantity=0))
    past = house.clock.today() - timedelta(days=2)
    bad("day_past", "due", lambda: opened(house, "LOT-1", due=past))
    bad("missing", "containment", lambda: opened(house, "LOT-1", containment=" "))
    bad("unknown_batch", "batch", lambda: opened(house, "LOT-9"))
    with pytest.raises(BadInput, match="unknown_person"):
        opened(house, "LOT-1", owner="f" * 32)
    house.enrol("nga", "Đỗ Nga", "auditor")
    refused(ReadsOnly, lambda: opened(house, "LOT-1", owner=house.id("nga")))
    house.enrol("hoa", "Lê Thị Hoa", "inspector")
    house.use.suspend(house.hands["linh"], house.id("hoa"), "left")
    refused(NotActive, lambda: opened(house, "LOT-1", owner=house.id("hoa")))
    with house.use.look() as uow:
        assert uow.last_nonconformity() == 0
    opened(house, "LOT-1", quantity=there)
    bad("missing", "note", lambda: use.note(linh, 1, " "))
    bad("missing", "reason", lambda: use.hand_over(linh, 1, house.id("som"), " "))
    bad("day_past", "due", lambda: use.put_off(linh, 1, past, "why"))
    bad("unknown_nonconformity", "nonconformity", lambda: use.note(linh, 7, "x"))
    assert len(page(house).steps) == 0


def test_a_code_of_an_uncompared_round_is_told_to_nobody(house: House) -> None:
    house.approve()
    house.batch("LOT-1")
    house.check("linh", "LOT-1", BAD)
    house.use.stop_batch(house.sittings["linh"], "LOT-1", "other", "wet")
    with house.use.look() as uow:
        assert uow.found_in(uow.batch("LOT-1").id) == ()
    with pytest.raises(NonconformityBlind):
        opened(house, "LOT-1")


def test_who_only_reads_puts_nothing_down_and_files_that_are_not_kept_are_refused(house: House) -> None:
    use = house.use.nonconformities
    house.approve()
    rejected(house, "LOT-1")
    house.enrol("nga", "Đỗ Nga", "auditor")
    with pytest.raises(ReadsOnly):
        use.open(house.sittings["nga"], said(house, "LOT-1", owner=house.id("linh")))
    gone = (Attachment("cage.jpg", "0" * 64, 10),)
    with pytest.raises(BadInput, match="unknown_file"):
        opened(house, "LOT-1", attachments=gone)
    opened(house, "LOT-1")
    with pytest.raises(ReadsOnly):
        use.note(house.sittings["nga"], 1, "looked at")
    for put_down in (use.contain, use.note):
        with pytest.raises(BadInput, match="unknown_file"):
            put_down(house.sittings["linh"], 1, "as on the photo", gone)
