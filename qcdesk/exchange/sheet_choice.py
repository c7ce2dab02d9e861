# SPDX-License-Identifier: Apache-2.0
"""Which sheet of a spreadsheet is read: the one that is named, else the only one that is seen."""

from __future__ import annotations

from collections.abc import Sequence

from qcdesk.domain.inputs import BadInput


def chosen_sheet(names: Sequence[str], hidden: Sequence[str], said: str | None) -> str:
    """Return the name of the sheet to read.

    Raises: BadInput: ``sheet_unknown`` (facts ``value``, ``sheets``) or ``sheet_unclear`` (``sheets``: the visible).
    """
    if len(set(names)) != len(names):
        raise BadInput("sheet_unclear", facts={"sheets": list(names)})
    if said is not None:
        if said not in names:
            raise BadInput("sheet_unknown", facts={"value": said, "sheets": list(names)})
        return said
    seen = [name for name in names if name not in hidden]
    if len(seen) != 1:
        raise BadInput("sheet_unclear", facts={"sheets": seen or list(names)})
    return seen[0]
