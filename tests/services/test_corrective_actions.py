# SPDX-License-Identifier: Apache-2.0
"""Corrective actions: lots decide promises, nothing closes before they passed, and what comes again holds goods back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from qcdesk.domain.attachments import Attachment
from qcdesk.domain.corrective import CorrectiveAction
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.promises import PromiseTest
from qcdesk.domain.refusals import (
    ActionIsClosed,
    MissingRole,
    NotFixed,
    OwnPaper,
    ReadsOnly,
    ReleaseStopped,
    TwoNeeded,
)
from qcdesk.domain.sampling import ClassRule
from qcdesk.domain.switching import Switching
from qcdesk.exchange.stored_files import store_file
from qcdesk.services.corrective_actions import NewAction
from qcdesk.store.verification import verify
from tests.workspace import PROCEDURE, PRODUCT, House, refused

RULES = (
    ClassRule("critical", "zero", Decimal("4.0")),
    ClassRule("major", "aql", Decimal("4.0")),
    ClassRule("minor", "aql", Decimal("6.5")),
)
DUE = date(2099, 1, 1)


@pytest.fixture
def shop(house: House) -> House:
    """Return a house whose procedure switches, with a corrective action about dents of its supplier."""
    house.approve(switching=Switching(), rules=RULES, characteristics=())
    new = NewAction(house.supplier.supplier, "Dents on covers", ("DEN",), PRODUCT)
    assert house.use.open_action(house.sittings["linh"], new).number == 1
    return house


def rate(percent: str = "0.5", lots: int = 3) -> PromiseTest:
    return PromiseTest("rate", "DEN", percent=Decimal(percent), lots=lots)


def promise(house: House, test: PromiseTest, due: date = DUE, replaces: int | None = None) -> None:
    house.use.make_promise(house.sittings["linh"], "CA-1", "No more dents", due, test, replaces=replaces)


def lot(house: House, number: str, bad: int = 0) -> None:
    """Check a lot to its verdict, with dents on so many units."""
    house.batch(number)
    found = dict.fromkeys(range(1, bad + 1), "DEN")
    house.check("linh", number, found)
    house.check("som", number, found)


def action(house: House) -> CorrectiveAction:
    return house.use.corrective_action("CA-1")


def stands(house: House) -> list[str]:
    return [p.decision.state for p in action(house).promises]


def release(house: House, number: str) -> None:
    house.use.release_batch(house.hands["som"], number)


def test_the_third_bad_lot_breaks_a_promise_and_stops_releases_until_two_decide(shop: House) -> None:
    promise(shop, rate())
    lot(shop, "LOT-1")
    lot(shop, "LOT-2")
    assert stands(shop) == ["open"]
    assert not action(shop).stops
    lot(shop, "LOT-3", bad=8)
    now = action(shop)
    assert (now.state, now.promises[0].decision.state, now.promises[0].decision.lots) == (
        "reopened", "broken", ("LOT-1", "LOT-2", "LOT-3"))  # fmt: skip
    assert [(s.code, s.number, s.decided) for s in now.stops] == [("DEN", "LOT-3", None)]
    with shop.use.look() as uow:
        standing = uow.severities(shop.supplier.supplier, PRODUCT, PROCEDURE)["major"].state
    assert (standing.severity, standing.reason.because) == ("tightened", "repeated")
    said = refused(ReleaseStopped, lambda: release(shop, "LOT-1"))
    assert (said.action, said.defect, said.product) == ("CA-1", "DEN", PRODUCT)
    hands = shop.hands
    refused(TwoNeeded, lambda: shop.use.decide_stop(hands["linh"], hands["linh"], "CA-1", "sorted out"))
    shop.enrol("lan", "Lan", "inspector")
    refused(MissingRole, lambda: shop.use.decide_stop(hands["linh"], hands["lan"], "CA-1", "sorted out"))
    assert verify(shop.database).problems == ()
    shop.use.decide_stop(hands["linh"], hands["som"], "CA-1", "the first two lots were sorted")
    release(shop, "LOT-1")
    assert verify(shop.database).problems == ()


def test_what_comes_again_after_closing_opens_the_action_again(shop: House) -> None:
    promise(shop, rate(lots=1))
    refused(NotFixed, lambda: shop.use.close_action(shop.hands["linh"], "CA-1", "looks good"))
    lot(shop, "LOT-1")
    assert stands(shop) == ["kept"]
    shop.use.close_action(shop.hands["linh"], "CA-1", "one lot without dents")
    refused(ActionIsClosed, lambda: promise(shop, rate()))
    lot(shop, "LOT-2", bad=1)
    assert (action(shop).state, stands(shop)) == ("reopened", ["kept"])
    shop.use.decide_stop(shop.hands["linh"], shop.hands["som"], "CA-1", "sorted")
    refused(NotFixed, lambda: shop.use.close_action(shop.hands["linh"], "CA-1", "again"))
    promise(shop, rate(lots=1))
    lot(shop, "LOT-3")
    shop.use.close_action(shop.hands["linh"], "CA-1", "again good")
    assert verify(shop.database).problems == ()


def test_a_first_check_that_waits_decides_nothing_and_older_lots_do_not_count(shop: House) -> None:
    shop.batch("OLD")
    promise(shop, rate(lots=1))
    shop.check("linh", "OLD", {1: "DEN"})
    shop.check("som", "OLD", {1: "DEN"})
    shop.batch("LOT-1")
    shop.check("linh", "LOT-1", {1: "DEN"})
    assert action(shop).promises[0].decision.lots == ()
    shop.check("som", "LOT-1", {1: "DEN"})
    assert stands(shop) == ["broken"]


def test_a_broken_promise_is_replaced_and_stays_in_the_ledger(shop: House) -> None:
    promise(shop, PromiseTest("accepted"))
    with pytest.raises(BadInput, match="not_broken"):
        promise(shop, PromiseTest("accepted"), replaces=1)
    lot(shop, "LOT-1", bad=8)
    assert stands(shop) == ["broken"]
    promise(shop, PromiseTest("accepted", product=PRODUCT), replaces=1)
    lot(shop, "LOT-2")
    shop.use.decide_stop(shop.hands["linh"], shop.hands["som"], "CA-1", "sorted")
    shop.use.close_action(shop.hands["linh"], "CA-1", "second try")
    assert stands(shop) == ["broken", "kept"]
    assert verify(shop.database).problems == ()


def test_a_paper_alone_fixes_no_goods_and_who_brought_it_does_not_close_on_it(shop: House) -> None:
    hands, today = shop.hands, shop.clock.today()
    promise(shop, PromiseTest("certificate", document="Tool report"), due=today)
    content = b"%PDF-1.7 tool"
    paper = Attachment("tool.pdf", store_file(shop.database.folder / "files", content), len(content))
    shop.use.record_reply(
        shop.sittings["linh"], "CA-1", sender="", text="Here", promise=1, attachments=(paper,)
    )
    assert stands(shop) == ["kept"] and not action(shop).fixed
    refused(NotFixed, lambda: shop.use.close_action(hands["som"], "CA-1", "the tool is new"))
    promise(shop, rate(lots=1))
    lot(shop, "LOT-1")
    assert action(shop).fixed
    refused(OwnPaper, lambda: shop.use.close_action(hands["linh"], "CA-1", "the tool is new"))
    shop.use.close_action(hands["som"], "CA-1", "the tool is new, and a lot shows it")
    assert verify(shop.database).problems == ()


def test_a_document_that_comes_late_is_late(shop: House) -> None:
    today = shop.clock.today()
    promise(shop, PromiseTest("certificate", document="Material certificate"), due=today)
    assert stands(shop) == ["open"]
    shop.clock.forward(days=2)
    shop.sit("linh")
    assert stands(shop) == ["broken"]
    with pytest.raises(BadInput, match="document_not_there"):
        shop.use.record_reply(shop.sittings["linh"], "CA-1", sender="", text="here it is", promise=1)
    kept = Attachment("cert.pdf", "0" * 64, 3)
    with pytest.raises(BadInput, match="unknown_file"):
        shop.use.record_reply(
            shop.sittings["linh"], "CA-1", sender="", text="here", promise=1, attachments=(kept,)
        )
    assert stands(shop) == ["broken"]


def test_only_what_is_overdue_and_not_closed_is_told_as_overdue(shop: House) -> None:
    today = shop.clock.today()
    promise(shop, PromiseTest("certificate", document="Material certificate"), due=today)
    shop.use.say_step(shop.sittings["linh"], "CA-1", "D3", text="sorted", due=today, done=True)
    assert shop.use.overdue_actions() == ()
    shop.clock.forward(days=2)
    shop.sit("linh")
    [late] = shop.use.overdue_actions()
    now = shop.clock.today()
    assert [p.no for p in late.overdue_promises(now)] == [1]
    assert late.overdue_steps(now) == ()
    promise(shop, rate(lots=1), replaces=1)
    assert shop.use.overdue_actions() == ()
    shop.use.say_step(shop.sittings["linh"], "CA-1", "D4", text="the mould", due=today)
    [late] = shop.use.overdue_actions()
    assert [step.step for step in late.overdue_steps(now)] == ["D4"]
    lot(shop, "LOT-1")
    shop.use.close_action(shop.hands["linh"], "CA-1", "no dents")
    assert shop.use.overdue_actions() == ()


@pytest.mark.parametrize(
    "test",
    [
        PromiseTest("rate", lots=3, percent=Decimal(1)),
        PromiseTest("rate", "DEN", "major", Decimal(1), 3),
        PromiseTest("rate", "DEN", percent=Decimal(1)),
        PromiseTest("rate", "DEN", lots=3),
        PromiseTest("rate", "DEN", percent=Decimal(100), lots=3),
        PromiseTest("certificate"),
        PromiseTest("certificate", document=" "),
        PromiseTest("accepted", code="DEN"),
    ],
)
def test_a_promise_without_a_decidable_test_is_refused(shop: House, test: PromiseTest) -> None:
    with pytest.raises(BadInput, match="promise_test"):
        promise(shop, test)
    assert not action(shop).promises


def test_a_rate_on_a_code_or_class_that_the_action_is_not_about_is_refused(shop: House) -> None:
    with pytest.raises(BadInput, match="code_not_listed") as typo:
        promise(shop, PromiseTest("rate", "DNE", percent=Decimal("0.5"), lots=1))
    assert (typo.value.facts, typo.value.where) == ({"value": "DNE"}, {"field": "code"})
    with pytest.raises(BadInput, match="code_of_another") as other:
        promise(shop, PromiseTest("rate", "SCR", percent=Decimal("0.5"), lots=1))
    assert other.value.facts == {"value": "SCR", "action": "CA-1", "known": ("DEN",)}
    with pytest.raises(BadInput, match="class_of_another") as unlike:
        promise(shop, PromiseTest("rate", defect_class="minor", percent=Decimal("0.5"), lots=1))
    assert unlike.value.facts == {"defect_class": "minor", "action": "CA-1", "classes": ("major",)}
    assert not action(shop).promises
    promise(shop, PromiseTest("rate", defect_class="major", percent=Decimal("0.5"), lots=3))
    promise(shop, rate())
    lot(shop, "LOT-1", bad=8)
    assert stands(shop) == ["open", "open"]


def test_an_action_is_about_codes_that_the_catalogue_lists(shop: House) -> None:
    for code in ("NOPE", "A-1/Q1", "DEN/Q1"):
        with pytest.raises(BadInput, match="code_not_listed") as said:
            shop.use.open_action(
                shop.sittings["linh"], NewAction(shop.supplier.supplier, "Odd", ("DEN", code))
            )
        assert (said.value.facts, said.value.where) == ({"value": code}, {"field": "codes"})
    assert len(shop.use.corrective_actions()) == 1


def test_what_is_typed_wrong_changes_nothing(shop: House) -> None:
    use, sitting = shop.use, shop.sittings["linh"]
    with pytest.raises(BadInput, match="promise_day"):
        promise(shop, rate(), due=date(2020, 1, 1))
    with pytest.raises(BadInput, match="unknown_action"):
        use.say_step(sitting, "CA-9", "D3", text="hold")
    with pytest.raises(BadInput, match="step_day"):
        shop.use.say_step(shop.sittings["linh"], "CA-1", "D3", text="sorted", due=date(2020, 1, 1))
    with pytest.raises(BadInput, match="reply_day"):
        use.record_reply(sitting, "CA-1", sender="", text="yes", received=date(2020, 1, 1))
    with pytest.raises(BadInput, match="missing"):
        use.open_action(sitting, NewAction(shop.supplier.supplier, "Dents", ()))
    with pytest.raises(BadInput, match="no_stop"):
        use.decide_stop(shop.hands["linh"], shop.hands["som"], "CA-1", "why")
    use.say_step(sitting, "CA-1", "D3", text="All stock is sorted", due=DUE)
    use.say_step(sitting, "CA-1", "D3", done=True)
    [step] = action(shop).steps
    assert (step.text, step.due, step.done) == ("All stock is sorted", DUE, True)
    with pytest.raises(BadInput, match="missing"):
        use.say_step(sitting, "CA-1", "D4", done=True)


def test_who_only_reads_neither_opens_nor_carries_on_nor_closes_an_action(shop: House) -> None:
    use, nga = shop.use, shop.enrol("nga", "Đỗ Nga", "auditor")
    promise(shop, rate(lots=1))
    lot(shop, "LOT-1")
    before, sitting = action(shop), shop.sittings["nga"]
    for act in (
        lambda: use.open_action(sitting, NewAction(shop.supplier.supplier, "Dents", ("DEN",))),
        lambda: use.say_step(sitting, "CA-1", "D3", text="sorted"),
        lambda: use.record_sent(
            sitting, "CA-1", to="a@b.example", language="en", subject="Dents", text="Look", attachments=()
        ),
        lambda: use.record_reply(sitting, "CA-1", sender="", text="sorted"),
        lambda: use.make_promise(sitting, "CA-1", "No more dents", DUE, rate()),
        lambda: use.close_action(nga, "CA-1", "one lot without dents"),
    ):
        refused(ReadsOnly, act)
    assert shop.use.corrective_actions() == (before,)


def test_of_a_closed_action_nothing_is_said_documented_or_closed_again(shop: House) -> None:
    use, linh = shop.use, shop.sittings["linh"]
    paper = PromiseTest("certificate", document="Material certificate")
    promise(shop, paper)
    came = b"%PDF-1.7 as it came"
    kept = (Attachment("cert.pdf", store_file(shop.database.folder / "files", came), len(came)),)
    use.record_reply(linh, "CA-1", sender="", text="here", promise=1, attachments=kept)
    promise(shop, rate(lots=1))
    lot(shop, "LOT-1")
    use.close_action(shop.hands["som"], "CA-1", "it came, and a lot is good")
    before = action(shop)
    for act in (
        lambda: use.say_step(linh, "CA-1", "D3", text="sorted"),
        lambda: use.record_reply(linh, "CA-1", sender="", text="again", promise=1, attachments=kept),
        lambda: use.close_action(shop.hands["linh"], "CA-1", "again"),
    ):
        refused(ActionIsClosed, act)
    assert action(shop) == before


def test_only_files_that_are_kept_stand_beside_an_action(shop: House) -> None:
    use, linh, gone = shop.use, shop.sittings["linh"], (Attachment("dent.jpg", "0" * 64, 10),)
    before = action(shop)
    for act in (
        lambda: use.open_action(linh, NewAction(shop.supplier.supplier, "Dents", ("DEN",), attachments=gone)),
        lambda: use.say_step(linh, "CA-1", "D3", text="sorted", attachments=gone),
        lambda: use.record_sent(
            linh, "CA-1", to="a@b.example", language="en", subject="Dents", text="Look", attachments=gone
        ),
    ):
        with pytest.raises(BadInput, match="unknown_file"):
            act()
    assert use.corrective_actions() == (before,)
