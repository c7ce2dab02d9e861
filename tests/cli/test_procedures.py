# SPDX-License-Identifier: Apache-2.0
"""The procedure file: what it may leave out, and what is refused with the field it stands in."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from qcdesk.cli.given import json_object
from qcdesk.cli.procedures import content_of
from qcdesk.domain.inputs import BadInput

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
