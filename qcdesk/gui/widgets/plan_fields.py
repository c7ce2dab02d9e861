# SPDX-License-Identifier: Apache-2.0
"""Which fields of a form a sampling plan of a kind asks for: those are shown, and no others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from qcdesk.gui.widgets.forms import Field
from qcdesk.gui.widgets.narrow_forms import NarrowForm

Kind = TypeVar("Kind", bound=str)


def show_plan_fields(form: NarrowForm, fields_of: Mapping[Kind, tuple[str, ...]], kind: Kind) -> None:
    """Show the fields of a kind of plan: without the AQL where n is said, and no type of plan for a critical."""
    values = form.values()
    shown = set(fields_of[kind])
    if kind == "zero" and values["n"]:
        shown -= {"aql", "level", "standard"}
    if values["class"] == "critical":
        shown.discard("plan_type")
    for code in {each for fields in fields_of.values() for each in fields}:
        control = form.field(code)
        assert isinstance(control, Field)
        control.setVisible(code in shown)
