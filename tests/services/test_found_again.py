# SPDX-License-Identifier: Apache-2.0
"""What one audit found, and the next one finds again: the action about it was not fixed."""

from __future__ import annotations

from datetime import date

import pytest

from qcdesk.domain.attachments import Attachment
from qcdesk.domain.audits import Answer
from qcdesk.domain.corrective import CorrectiveAction
from qcdesk.domain.events import SupplierSaved
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.promises import PromiseTest
from qcdesk.domain.refusals import NotFixed
from qcdesk.exchange.stored_files import store_file
from qcdesk.services.corrective_actions import NewAction
from qcdesk.store.verification import verify
from tests.services.test_audit_suppliers import answer_all, approved, review_all, small_template
from tests.workspace import House

DUE = date(2099, 1, 1)


def audited(house: House, *missed: str, supplier: str = "") -> None:
    """Audit a supplier by two who both miss the same."""
    found = {
        code: Answer(code, "points", 9) if code == "A2" else Answer(code, "no", note="seen")
        for code in missed
    }
    audit = house.use.audits.open(house.sittings["linh"], supplier or house.supplier.code, "GEN").audit
    answer_all(house, audit, **found)
    house.use.audits.sign(house.hands["linh"], audit)
    review_all(house, audit, **found)
    assert house.use.audits.review(house.hands["som"], audit).closed


def asked(house: House, *codes: str) -> str:
    """Open an action about what an audit found, and take a paper for it."""
    use, linh = house.use, house.sittings["linh"]
    name = f"CA-{use.open_action(linh, NewAction(house.supplier.code, 'Exits', codes)).number}"
    promised(house, name)
    return name


def promised(house: House, name: str, replaces: int | None = None) -> None:
    """Promise a paper, and bring it."""
    use, linh = house.use, house.sittings["linh"]
    paper = PromiseTest("certificate", document="Photos")
    no = use.make_promise(linh, name, "They stay open", DUE, paper, replaces=replaces).no
    said = b"a photo"
    file = Attachment("exit.jpg", store_file(house.database.folder / "files", said), len(said))
    use.record_reply(linh, name, sender="", text="here", promise=no, attachments=(file,))


def now(house: House, name: str) -> tuple[str, bool, list[str]]:
    action = standing(house, name)
    return action.state, action.fixed, [p.decision.state for p in action.promises]


def standing(house: House, name: str) -> CorrectiveAction:
    return house.use.corrective_action(name)


def test_a_closed_action_is_open_again_once_two_find_it_again_by_a_later_version(house: House) -> None:
    use, close = house.use, "photos came"
    approved(house)
    audited(house, "A1", "B1")
    name, other = asked(house, "A-1/A1"), asked(house, "A-1/B1")
    use.close_action(house.hands["som"], name, close)
    use.close_action(house.hands["som"], other, close)
    approved(house, small_template(plain=7))
    audited(house, "A2")
    assert now(house, name) == now(house, other) == ("closed", True, ["kept"])
    audited(house, "A1")
    assert now(house, name) == ("reopened", False, ["broken"])
    assert now(house, other) == ("closed", True, ["kept"])
    [promise] = standing(house, name).promises
    assert (promise.again, promise.untrue) == ("A-3/A1", house.use.clock.today())
    with pytest.raises(NotFixed):
        use.close_action(house.hands["som"], name, close)
    promised(house, name, replaces=1)
    use.close_action(house.hands["som"], name, close)
    audited(house, "A1")
    assert now(house, name) == ("reopened", False, ["broken", "broken"])
    assert verify(house.database).problems == ()


def test_the_paper_of_an_open_action_is_untrue_where_it_is_found_again_before_that_is_closed(
    house: House,
) -> None:
    approved(house)
    audited(house, "A1")
    name = asked(house, "A-1/A1")
    with pytest.raises(BadInput, match="finding_asked"):
        asked(house, "A-1/A1")
    assert now(house, name) == ("open", True, ["kept"])
    audited(house, "A1")
    assert now(house, name) == ("reopened", False, ["broken"])
    audited(house, "A1")  # nothing more is untrue by that
    promised(house, name, replaces=1)
    assert now(house, name) == ("reopened", True, ["broken", "kept"])
    assert verify(house.database).problems == ()


def test_what_is_found_at_another_supplier_says_nothing_unless_they_are_the_same(house: House) -> None:
    use = house.use
    approved(house)
    audited(house, "A1")
    name = asked(house, "A-1/A1")
    use.close_action(house.hands["som"], name, "photos came")
    use.save_supplier(house.sittings["linh"], SupplierSaved("", "S7", "Tin Hill"))
    audited(house, "A1", supplier="S7")
    assert now(house, name) == ("closed", True, ["kept"])
    use.merge_suppliers(house.hands["linh"], house.hands["som"], "S7", house.supplier.code, "the same firm")
    assert now(house, name) == ("closed", True, ["kept"])
    audited(house, "A1", supplier="S7")
    assert now(house, name) == ("reopened", False, ["broken"])
    assert verify(house.database).problems == ()
