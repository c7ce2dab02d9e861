# SPDX-License-Identifier: Apache-2.0
"""The procedure file: what it may leave out, and what is refused with the field it stands in."""

from __future__ import annotations

import json
from decimal import Decimal
from types import SimpleNamespace
from typing import Any, cast

import pytest
import typer

from qcdesk.cli.given import json_object
from qcdesk.cli.procedures import approve, content_of
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import ProcedureChanged
from tests.cli.shops import CONTENT, Shop, problem, rule
from tests.workspace import secret

FILE = """{"procedure": "IP-204", "content": {
  "title": "Cover", "products": ["P-1"], "owner": "李娜", "review_by": "2027-05-01",
  "rules": [{"class": "major", "kind": "aql", "aql": 1.0}],
  "defects": [{"code": "SCR", "name": "Scratch", "class": "major"}],
  "characteristics": [{"code": "DIA", "name": "Diameter", "kind": "variable", "unit": "mm",
                       "nominal": 12, "lower": 11.90, "upper": "12.10"}],
  "steps": [{"title": "Look", "picture": "a.png"}]}}"""


def content(**changes: Any) -> dict[str, Any]:  # noqa: ANN401
    said = json_object(FILE, {})
    said["content"].update(changes)
    return said


def test_decimals_keep_their_digits_and_class_is_our_word() -> None:
    code, found = content_of(content(), {}, lambda picture: "a" * 64)
    assert code == "IP-204"
    assert found.rules[0].aql == Decimal("1.0") and str(found.characteristics[0].lower) == "11.90"
    assert found.characteristics[0].nominal == Decimal(12)
    assert found.defects[0].defect_class == "major"
    assert found.steps[0].picture == "a" * 64


def test_the_content_may_stand_beside_its_code() -> None:
    said = json.loads(FILE)
    flat = {"code": said["procedure"], **content()["content"]}
    assert content_of(flat, {}, lambda picture: "a" * 64)[0] == "IP-204"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"tally": "no"}, "tally"),
        ({"rules": [{"class": "major"}]}, "rules[0].kind"),
        ({"rules": [{"class": "huge", "kind": "aql"}]}, "rules[0].defect_class"),
        ({"colour": "red"}, "content"),
        ({"review_by": "soon"}, "review_by"),
        ({"owner": None}, "owner"),
    ],
)
def test_a_field_that_does_not_fit_is_named(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(BadInput) as bad:
        content_of(content(**changes), {"file": "p.json"}, lambda picture: "a" * 64)
    assert bad.value.code == "json_field" and bad.value.facts["key"] == field
    assert bad.value.where == {"file": "p.json"}


def test_a_file_without_a_code_is_refused() -> None:
    with pytest.raises(BadInput, match="missing"):
        content_of({"content": {}}, {}, lambda picture: "")


# Approval: what is seen is what is signed ------------------------------------------------------------------------


def drafted(shop: Shop, title: str) -> str:
    said = {"procedure": "IP-9", "content": {**CONTENT, "title": title, "products": ["PH-9"]}}
    return str(shop.good("procedure", "add", "-", who="an", given=json.dumps(said))["hash"])


@pytest.fixture
def two_drafts(shop: Shop) -> tuple[Shop, str, str]:
    shop.good("product", "add", "PH-9", "--name", "Valve", who="an")
    return shop, drafted(shop, "Valve"), drafted(shop, "Valve, limits off")


def test_a_script_approves_nothing_that_nobody_was_shown(two_drafts: tuple[Shop, str, str]) -> None:
    shop, _, _ = two_drafts
    ran = shop("procedure", "approve", "IP-9", who="binh")
    assert problem(ran) == "approved_unseen"
    assert "IP-9 v1" in ran.err and "procedure show" in ran.err and "--hash" in ran.err
    assert shop.good("procedure", "show", "IP-9")["state"] == "draft"


def test_the_text_that_was_read_is_approved_and_no_later_one(two_drafts: tuple[Shop, str, str]) -> None:
    shop, first, last = two_drafts
    assert first != last
    assert rule(shop("procedure", "approve", "IP-9", "--hash", first, who="binh")) == "procedure-changed"
    assert shop.good("procedure", "approve", "IP-9", "--hash", last, who="binh")["hash"] == last


def test_at_a_terminal_the_text_is_shown_before_the_password_that_signs_it(
    two_drafts: tuple[Shop, str, str],
) -> None:
    shop, _, last = two_drafts
    shown: list[str] = []

    def typed(prompt: str) -> str:
        shown.extend((call.err.getvalue(), prompt))  # type: ignore[attr-defined]
        return secret("binh")

    call = shop.at_terminal("binh", typed)
    approve(cast(typer.Context, SimpleNamespace(find_object=lambda _kind: call)), "IP-9")
    call.close()
    assert "Valve, limits off" in shown[0] and last in shown[0] and "Scratch" in shown[0]
    assert shown[1] == "Password of binh, to approve what stands above: "
    found = shop.good("procedure", "show", "IP-9")
    assert found["state"] == "approved" and found["by_sheet"] is None


def test_what_is_rewritten_while_the_password_is_typed_is_not_approved(
    two_drafts: tuple[Shop, str, str],
) -> None:
    shop, _, _ = two_drafts

    def typed(_prompt: str) -> str:
        drafted(shop, "Valve, any limits")
        return secret("binh")

    call = shop.at_terminal("binh", typed)
    with pytest.raises(ProcedureChanged):
        approve(cast(typer.Context, SimpleNamespace(find_object=lambda _kind: call)), "IP-9")
    call.close()


def test_whoever_writes_is_its_owner_by_name_where_the_file_names_none(shop: Shop) -> None:
    shop.good("product", "add", "PH-9", "--name", "Valve", who="an")
    content = {name: value for name, value in CONTENT.items() if name != "owner"}
    said = {"procedure": "IP-9", "content": {**content, "products": ["PH-9"]}}
    shop.good("procedure", "add", "-", who="an", given=json.dumps(said))
    assert shop.good("procedure", "show", "IP-9")["content"]["owner"] == "An Nguyễn"
