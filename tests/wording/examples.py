# SPDX-License-Identifier: Apache-2.0
"""One made-up case of every refusal, for tests that go through all of them."""

from __future__ import annotations

from dataclasses import MISSING, fields
from datetime import date
from typing import Any, cast

from qcdesk.domain.refusals import Refusal

_BY_NAME: dict[str, object] = {"act": "release", "place": "second", "earlier_place": "first", "state": "registered",
                               "status": "suspended", "role": "releaser", "field": "login", "kind": "batch",
                               "stands": "signed", "was": "draft",
                               "problem": "not_due", "severity": "normal", "defect_class": "major"}  # fmt: skip


def every_refusal() -> list[type[Refusal]]:
    return sorted(Refusal.__subclasses__(), key=lambda c: c.__name__)


def example(cls: type[Refusal], **facts: object) -> Refusal:
    """Return a refusal whose required facts are plausible and whose optional ones are their defaults."""
    values: dict[str, object] = {}
    for field in fields(cast("Any", cls)):
        if field.default is not MISSING:
            continue
        hint = str(field.type)
        if field.name in _BY_NAME:
            values[field.name] = _BY_NAME[field.name]
        elif hint.startswith("tuple[int"):
            values[field.name] = (7, 9)
        elif hint.startswith("tuple"):
            values[field.name] = ()
        elif hint.startswith("date"):
            values[field.name] = date(2026, 11, 1)
        elif hint == "int":
            values[field.name] = 3
        elif hint == "bool":
            values[field.name] = False
        else:
            values[field.name] = f"some {field.name}"
    return cast("Refusal", cast("Any", cls)(**{**values, **facts}))
