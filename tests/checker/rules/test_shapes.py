# SPDX-License-Identifier: Apache-2.0
"""The checker's own description of every event, held against the program's: the same kinds, fields and strengths."""

from __future__ import annotations

from dataclasses import MISSING, fields

import pytest

from qcdesk.checker.rules.replay import RULES
from qcdesk.checker.rules.shapes import SHAPES
from qcdesk.domain.events import Fact, all_facts

SHIPPED = {"batch": "0" * 32, "shipment": "1" * 32, "to": ""}


def test_every_kind_of_event_has_a_shape_and_a_rule() -> None:
    assert set(all_facts()) == set(SHAPES) == set(RULES)


@pytest.mark.parametrize("cls", all_facts().values(), ids=all_facts())
def test_shape_has_the_fields_and_the_key_that_the_program_writes(cls: type[Fact]) -> None:
    strength, out_of_form = SHAPES[cls.TYPE]
    assert strength == cls.STRENGTH
    named = {f.name: f.default is MISSING and f.default_factory is MISSING for f in fields(cls)}  # type: ignore[arg-type]
    missing = {name for name in named if named[name]}
    assert out_of_form({}) == min(missing, default=None), "a field that every event has"
    assert out_of_form(dict.fromkeys([*named, "one_more"])) == "one_more"
    assert out_of_form(dict.fromkeys(named)) in {*named, None}


@pytest.mark.parametrize(
    ("kind", "body", "where"),
    [
        ("session.closed", {"session": 1}, "session"),
        ("session.closed", {"session": "F" * 32}, "session"),
        ("batch.shipped", {**SHIPPED, "quantity": 0, "on": "2026-01-01"}, "quantity"),
        ("batch.shipped", {**SHIPPED, "quantity": True, "on": "2026-01-01"}, "quantity"),
        ("batch.shipped", {**SHIPPED, "quantity": 1, "on": "2026-02-30"}, "on"),
        ("batch.shipped", {**SHIPPED, "quantity": 1, "on": "20260201"}, "on"),
        ("batch.reworked", {"batch": "0" * 32, "by": ["x"]}, "by[0]"),
        ("role.granted", {"person": "0" * 32, "grant": {"role": "owner"}}, "grant.role"),
        ("role.granted", {"person": "0" * 32, "grant": {}}, "grant.role"),
        (
            "role.granted",
            {"person": "0" * 32, "grant": {"role": "auditor", "families": [1]}},
            "grant.families[0]",
        ),
    ],
)
def test_a_value_out_of_form_is_named(kind: str, body: dict[str, object], where: str) -> None:
    assert SHAPES[kind][1](body) == where
