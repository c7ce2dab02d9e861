# SPDX-License-Identifier: Apache-2.0
"""What the pages of a procedure show: a version to be read, and the fields in which one is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from qcdesk.gui.shapes import Shape
from qcdesk.gui.theme import Role

Line = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class StepText:
    """A step of the work instruction; ``picture`` is the key of a kept picture."""

    title: str
    text: str
    picture: str


@dataclass(frozen=True, slots=True)
class LookedFor:
    """A defect or a characteristic in words: code, name, class, limits, and how the second person looks at it."""

    code: str
    name: str
    defect_class: str
    limits: str = ""
    second: str = ""


@dataclass(frozen=True, slots=True)
class ClassText:
    """What a rule becomes for the example lot: the class in words and its code, the rule, the plan in words."""

    defect_class: str
    rule: str
    plan: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class VersionText:
    """One version to be read whole."""

    heading: str
    about: str
    state: str
    shape: Shape
    role: Role
    facts: tuple[tuple[str, str], ...]
    steps: tuple[StepText, ...]
    defects: tuple[LookedFor, ...]
    characteristics: tuple[LookedFor, ...]
    options: tuple[str, ...]
    note: str
    may_approve: bool
    approved: bool
    draft: bool
    overdue: bool = False
    refused: str = ""
    who_can: str = ""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the fields offer: (code, words)."""

    products: tuple[tuple[str, str], ...]
    owners: tuple[tuple[str, str], ...]
    defects: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Written:
    """What stands in the fields of a version that is written."""

    values: Line
    rules: Mapping[str, Line] = field(default_factory=dict)
    products: tuple[Line, ...] = ()
    steps: tuple[Line, ...] = ()
    defects: tuple[Line, ...] = ()
    characteristics: tuple[Line, ...] = ()
