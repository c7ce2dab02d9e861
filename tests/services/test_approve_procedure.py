# SPDX-License-Identifier: Apache-2.0
"""A planner writes, approves, retires and graces procedures for the families of the role, and for no others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from qcdesk.domain.events import ProductSaved
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.people import RoleGrant
from qcdesk.domain.procedures import Step
from qcdesk.domain.refusals import AuthorCannotApprove, MissingRole, ProcedureState, TwoNeeded
from qcdesk.i18n import Catalogue
from qcdesk.store.verification import verify
from qcdesk.wording import problems
from tests.workspace import PROCEDURE, House, content, refused

Act = Callable[[House, str], object]
WHY = "being rewritten"


ACTS: dict[str, Act] = {
    "write": lambda h, who: h.use.draft_procedure(h.sittings[who], PROCEDURE, content(h.id(who))),
    "approve": lambda h, who: h.use.approve_procedure(h.hands[who], PROCEDURE),
    "retire": lambda h, who: h.use.retire_procedure(h.hands[who], PROCEDURE, "replaced", 1),
    "grace": lambda h, who: h.use.grant_grace(
        h.hands["linh"], h.hands[who], PROCEDURE, h.clock.today() + timedelta(days=9), WHY, 1
    ),
    "ask for a grace": lambda h, who: h.use.grant_grace(
        h.hands[who], h.hands["linh"], PROCEDURE, h.clock.today() + timedelta(days=9), WHY, 1
    ),
}


def ready(house: House, family: str) -> None:
    """Let the product be of a family, version 1 be approved, and a draft of version 2 by Linh wait."""
    house.product = house.use.save_product(house.sittings["linh"], replace(house.product, family=family))
    house.approve()
    house.use.draft_procedure(house.sittings["linh"], PROCEDURE, content(house.id("linh"), title="New"))


def planner(house: House, *families: str) -> str:
    """Enrol a planner for some families."""
    hands = house.hands["linh"], house.hands["som"]
    house.enrol("binh", "Hoàng Bình", "inspector")
    house.use.grant_role(*hands, "binh", RoleGrant("planner", families=families))
    return "binh"


def test_a_step_shows_no_picture_that_was_never_kept(house: House) -> None:
    gone = content(house.id("linh"), steps=(Step("Look", picture="ab" * 32),))
    with pytest.raises(BadInput) as told:
        house.use.draft_procedure(house.sittings["linh"], "IP-7", gone)
    assert (told.value.code, told.value.where["field"]) == ("unknown_picture", "picture")


@pytest.mark.parametrize("act", ACTS)
def test_planner_of_the_family_may(house: House, act: str) -> None:
    ready(house, "Housings")
    ACTS[act](house, planner(house, "Cables", "Housings"))
    assert verify(house.database).problems == ()


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("family", ["Housings", ""])
def test_planner_of_other_families_is_refused(house: House, act: str, family: str) -> None:
    ready(house, family)
    who = planner(house, "Cables")
    with pytest.raises(MissingRole) as refused:
        ACTS[act](house, who)
    assert (refused.value.role, refused.value.family) == ("planner", family)
    told = problems.tell(refused.value, Catalogue(), you="Nguyễn Thị Linh").fact
    assert told == (
        "Hoàng Bình holds the role of planner for other product families than Housings."
        if family
        else "Hoàng Bình holds the role of planner for some product families only, and this product has none."
    )


def test_every_product_and_every_revision_counts(house: House) -> None:
    ready(house, "Housings")
    who = planner(house, "Housings")
    house.use.save_product(house.sittings["linh"], ProductSaved("", "LID", "Lid", family="Lids"))
    both = content(house.id(who), products=("PH-204", "LID"))
    with pytest.raises(MissingRole):
        house.use.draft_procedure(house.sittings[who], PROCEDURE, both)
    house.use.save_product(
        house.sittings["linh"], ProductSaved("", "PH-204", "Housing cover", "D", family="Covers")
    )
    with pytest.raises(MissingRole):
        house.use.draft_procedure(house.sittings[who], PROCEDURE, content(house.id(who)))


def test_role_that_has_run_out_is_none(house: House) -> None:
    ready(house, "Housings")
    hands = house.hands["linh"], house.hands["som"]
    house.enrol("binh", "Hoàng Bình", "inspector")
    last = house.clock.today()
    house.use.grant_role(*hands, "binh", RoleGrant("planner", until=last))
    house.clock.forward(days=1)
    with pytest.raises(MissingRole) as refused:
        house.use.approve_procedure(house.hands["binh"], PROCEDURE)
    assert refused.value.family is None


def test_what_could_not_be_inspected_by_is_not_even_drafted(house: House) -> None:
    with pytest.raises(BadInput):
        house.use.draft_procedure(house.sittings["linh"], PROCEDURE, content(house.id("linh"), rules=()))


def test_what_is_out_of_use_is_not_taken_out_again_and_a_grace_takes_two(house: House) -> None:
    house.approve()
    linh, until = house.hands["linh"], house.clock.today() + timedelta(days=9)
    said = refused(TwoNeeded, lambda: house.use.grant_grace(linh, linh, PROCEDURE, until, WHY))
    assert said.act == "grace"
    house.use.retire_procedure(linh, PROCEDURE, "replaced")
    gone = refused(ProcedureState, lambda: house.use.retire_procedure(linh, PROCEDURE, "replaced"))
    assert (gone.procedure, gone.version) == (PROCEDURE, 1)


def test_the_author_does_not_approve_and_is_named(house: House) -> None:
    house.use.draft_procedure(house.sittings["linh"], PROCEDURE, content(house.id("linh")))
    said = refused(AuthorCannotApprove, lambda: house.use.approve_procedure(house.hands["linh"], PROCEDURE))
    assert (said.person, said.procedure, said.version) == ("Nguyễn Thị Linh", PROCEDURE, 1)


def test_who_is_no_planner_is_told_so_whatever_products_the_text_names(house: House) -> None:
    house.enrol("minh", "Trần Minh")
    strange = content(house.id("minh"), products=("NOT-THERE",))
    said = refused(MissingRole, lambda: house.use.draft_procedure(house.sittings["minh"], PROCEDURE, strange))
    assert (said.person, said.role) == ("Trần Minh", "planner")
    with pytest.raises(BadInput) as unknown:
        house.use.draft_procedure(house.sittings["linh"], PROCEDURE, strange)
    assert unknown.value.code == "unknown_product"
