# SPDX-License-Identifier: Apache-2.0
"""Lots that a report from outside names, such as a recall: where a batch is called so, people are told, no more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from qcdesk.domain.sampling import DefectClass

LOTS: Final = "Lots: "
"""With this the note of a report begins that names lots, with commas between, on a line of their own."""


@dataclass(frozen=True, slots=True)
class NamedLot:
    """A batch whose number a report about its supplier names as a lot; whether it is that lot, people say."""

    batch: str
    number: str
    code: str
    defect_class: DefectClass
    source: str
    reference: str
    found_on: date | None


def lots_in(note: str) -> tuple[str, ...]:
    """Return the lots that the note of a report names."""
    line = note.partition("\n")[0]
    return tuple(line.removeprefix(LOTS).split(", ")) if line.startswith(LOTS) else ()
