# SPDX-License-Identifier: Apache-2.0
"""A defect that comes again tightens inspection also where the procedure does not switch, until its action is closed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from random import Random

import pytest

from qcdesk.domain.corrective import CorrectiveAction
from qcdesk.domain.events import BatchSaved, ProductSaved, RoundOpened, SupplierSaved
from qcdesk.domain.promises import PromiseTest
from qcdesk.domain.sampling import ClassRule
from qcdesk.domain.switching import Switching
from qcdesk.services.corrective_actions import NewAction
from qcdesk.services.repeated_defects import inspection_of
from qcdesk.services.start_check import plan_batch
from qcdesk.store.verification import verify
from tests.workspace import PRODUCT, House, content

RULES = (
    ClassRule("critical", "all"),
    ClassRule("major", "aql", Decimal("1.0")),
    ClassRule("minor", "aql", Decimal("2.5")),
)
NONE_ACCEPTED = (
    ClassRule("critical", "all"),
    ClassRule("major", "zero", n=5),
    ClassRule("minor", "zero", n=5),
)
DUE = date(2099, 1, 1)
UNITS = 100


@pytest.fixture
def shop(house: House) -> House:
    """Return a house whose procedure does not switch, with a second supplier and a second product."""
    linh = house.sittings["linh"]
    house.use.save_supplier(linh, SupplierSaved("", "S2", "Other Ltd"))
    house.use.save_product(linh, ProductSaved("", "LID", "Lid"))
    house.approve(rules=RULES, characteristics=(), products=(PRODUCT, "LID"))
    house.use.open_action(linh, NewAction("S1", "Dents", ("DEN",), PRODUCT))
    promise(house)
    return house


def action(house: House) -> CorrectiveAction:
    return house.use.corrective_action("CA-1")


def promise(house: House, *broken: int) -> None:
    """Have it promise that the next lot is good; in place of the first promise that is broken, where one is."""
    replaces = broken[0] if broken else None
    test = PromiseTest("accepted")
    house.use.make_promise(house.sittings["linh"], "CA-1", "No dents", DUE, test, replaces=replaces)


def id_of(house: House, code: str) -> str:
    with house.use.look() as uow:
        return uow.supplier(code).supplier


def lot(
    house: House, number: str, code: str = "S1", product: str = PRODUCT, *, bad: bool = False
) -> RoundOpened:
    """Register and inspect a lot to its verdict; returns how its round was opened."""
    with house.use.look() as uow:
        of = uow.product(product).product
    house.use.register_batch(
        house.sittings["linh"], BatchSaved("", number, of, UNITS, supplier=id_of(house, code))
    )
    found = dict.fromkeys(range(1, 13), "DEN") if bad else {}
    opened = house.start("linh", number)
    house.record("linh", opened, found)
    house.sign("linh", opened)
    house.check("som", number, found)
    return opened.opened


def severity(opened: RoundOpened) -> tuple[str, str]:
    return opened.plan.severity, opened.severity_reason


def fixed(house: House, number: str) -> None:
    """Keep the promise with a good lot, and close the action."""
    lot(house, number)
    house.use.close_action(house.hands["linh"], "CA-1", "as promised")


def inspected(house: House) -> str:
    with house.use.look() as uow:
        return inspection_of(uow, uow.action("CA-1").stops[-1]).state


def test_what_comes_again_tightens_each_round_until_its_action_is_closed_where_nothing_switches(
    shop: House,
) -> None:
    assert severity(lot(shop, "LOT-0")) == ("normal", "start")
    fixed(shop, "LOT-1")
    lot(shop, "LOT-2", bad=True)
    assert inspected(shop) == "rounds"
    shop.batch("LOT-3", UNITS)
    with shop.use.look() as uow:
        planned = plan_batch(uow, uow.batch("LOT-3"))
    major = planned.of("major")
    assert major is not None
    assert (planned.severity, major.n, major.ac) == (
        "tightened",
        20,
        0,
    )  # ISO 2859-1 table 2-B, letter F at AQL 1.0
    assert severity(lot(shop, "LOT-4")) == ("tightened", "repeated")
    assert severity(lot(shop, "LOT-5", "S2")) == ("normal", "start")
    assert severity(lot(shop, "LOT-6", product="LID")) == ("normal", "start")
    shop.use.decide_stop(shop.hands["linh"], shop.hands["som"], "CA-1", "sorted")
    assert severity(lot(shop, "LOT-7")) == ("tightened", "repeated")
    promise(shop)
    fixed(shop, "LOT-8")
    assert severity(lot(shop, "LOT-9")) == ("normal", "start")
    assert verify(shop.database).problems == ()


def test_a_procedure_that_begins_to_switch_loosens_nothing_that_came_again_before(shop: House) -> None:
    fixed(shop, "LOT-1")
    lot(shop, "LOT-2", bad=True)
    shop.approve(rules=RULES, characteristics=(), products=(PRODUCT, "LID"), switching=Switching())
    opened = lot(shop, "LOT-3")
    assert (severity(opened), len(opened.severities)) == (("tightened", "repeated"), 2)
    assert verify(shop.database).problems == ()


def test_a_procedure_that_switches_no_more_loosens_nothing_that_came_again_before(shop: House) -> None:
    shop.approve(rules=RULES, characteristics=(), products=(PRODUCT, "LID"), switching=Switching())
    fixed(shop, "LOT-1")
    lot(shop, "LOT-2", bad=True)
    assert inspected(shop) == "tightened"
    shop.approve(rules=RULES, characteristics=(), products=(PRODUCT, "LID"))
    assert inspected(shop) == "rounds"
    assert severity(lot(shop, "LOT-3")) == ("tightened", "repeated")
    assert verify(shop.database).problems == ()


def test_where_no_unit_is_accepted_there_is_nothing_to_tighten(shop: House) -> None:
    shop.approve(rules=NONE_ACCEPTED, characteristics=(), products=(PRODUCT, "LID"))
    fixed(shop, "LOT-1")
    lot(shop, "LOT-2", bad=True)
    assert inspected(shop) == "nothing"


def test_where_no_procedure_is_in_use_the_first_round_of_the_next_is_tightened(shop: House) -> None:
    fixed(shop, "LOT-1")
    lot(shop, "LOT-2", bad=True)
    shop.use.retire_procedure(shop.hands["som"], "IP-204", "rewritten")
    assert inspected(shop) == "first_round"
    linh = shop.sittings["linh"]
    shop.use.draft_procedure(linh, "IP-300", content(shop.id("linh"), rules=RULES, characteristics=()))
    shop.use.approve_procedure(shop.hands["som"], "IP-300")
    assert severity(lot(shop, "LOT-3")) == ("tightened", "repeated")


@pytest.mark.parametrize("seed", range(2))
def test_rounds_are_tightened_as_a_plain_model_says_whatever_comes_again_and_is_closed(
    shop: House, seed: int
) -> None:
    random = Random(seed)
    both = shop.hands["linh"], shop.hands["som"]
    tight = closed = one = False
    for no in range(9):
        act = random.choice(("good", "bad", "of another", "merge", "let go", "close"))
        if act == "merge":
            if one:
                shop.use.unmerge_suppliers(*both, "S2", "two firms after all")
            else:
                shop.use.merge_suppliers(*both, "S2", "S1", "one firm, two names")
            one = not one
        elif act in ("let go", "close") and any(s.decided is None for s in action(shop).stops):
            shop.use.decide_stop(*both, "CA-1", "sorted")
        if act == "close" and not closed:
            promise(shop, *(p.no for p in action(shop).open_promises() if p.decision.state == "broken"))
        if act in ("good", "bad", "of another") or (act == "close" and not closed):
            other = act == "of another" and not one
            opened = lot(shop, f"LOT-{no}", "S2" if other else "S1", bad=act in ("bad", "of another"))
            tightened = tight and not other
            assert severity(opened) == (("tightened", "repeated") if tightened else ("normal", "start"))
            tight = tight or (act in ("bad", "of another") and not other)
            closed = closed and not tight
        if act == "close" and not closed:
            shop.use.close_action(shop.hands["linh"], "CA-1", "as promised")
            tight, closed = False, True
    assert verify(shop.database).problems == ()
