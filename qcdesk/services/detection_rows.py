# SPDX-License-Identifier: Apache-2.0
"""What two people found of each defect in rounds that are settled, as rows from which misses are counted.

A defect stands or falls as it did for the batch's verdict: what both claim stands, what one claims alone stands unless a
third person looked at it and found it untrue. What both missed is in no row.
"""

from __future__ import annotations

from dataclasses import dataclass

from qcdesk.domain.sampling import DefectClass
from qcdesk.statistics.unseen import Learnt


@dataclass(frozen=True, slots=True)
class SettledMark:
    """One defect code on one unit that both looked at: who claimed it, and whether it is there.

    ``first``, ``second``: whether the person of that place claimed it; None: hidden from whoever reads. ``holds``: it
    stood for the verdict. ``looked_again``: a third person settled it.
    """

    unit: int
    code: str
    defect_class: DefectClass
    first: bool | None
    second: bool | None
    holds: bool
    looked_again: bool


@dataclass(frozen=True, slots=True)
class SettledRow:
    """One settled round. ``at``: when it was compared, microseconds UTC. ``product``, ``procedure``: codes.

    ``first``, ``second``: people by id, "": hidden. ``units``: how many both looked at; ``of_class``: the same for each
    class. ``marks``: only units with a claim have any.
    """

    batch: str
    number: str
    round_no: int
    at: int
    product: str
    procedure: str
    first: str
    second: str
    units: int
    of_class: tuple[tuple[DefectClass, int], ...]
    marks: tuple[SettledMark, ...]


@dataclass(frozen=True, slots=True)
class DetectionPage:
    """Settled rounds of a period, the newest first, as far as somebody may see them (trust.md §8.2).

    ``everybody``: all people's; else only those in which the reader signed, with the other person hidden. ``cut``: older
    ones were left out. ``people``: id and name, ``products`` and ``codes``: code and name, each in order of the name.
    """

    person: str
    everybody: bool
    rows: tuple[SettledRow, ...]
    cut: bool
    people: tuple[tuple[str, str], ...]
    products: tuple[tuple[str, str], ...]
    codes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class LearntRow:
    """How well the two people of a round find, from rounds settled before it; None: too few to tell.

    ``defect_class``: of units bad in it; None: in anything.
    """

    defect_class: DefectClass | None
    first: Learnt | None
    second: Learnt | None
