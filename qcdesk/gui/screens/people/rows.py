# SPDX-License-Identifier: Apache-2.0
"""What the page of people shows of one person."""

from __future__ import annotations

from dataclasses import dataclass

from qcdesk.gui.shapes import Shape
from qcdesk.gui.theme import Role


@dataclass(frozen=True, slots=True)
class HeldRow:
    """A role or a qualification: its code, its words, a note (until when, for what), and whether it has run out."""

    code: str
    words: str
    note: str
    over: bool = False


@dataclass(frozen=True, slots=True)
class KeyLine:
    """One line about a person's key, badge or enrolment."""

    words: str
    shape: Shape = "tick"
    role: Role = "text2"


@dataclass(frozen=True, slots=True)
class OfferedAct:
    """Something that can be done about a key: its code, its words, what it takes, its icon."""

    act: str
    words: str
    note: str
    icon: str
    stops: bool = False


@dataclass(frozen=True, slots=True)
class PersonCard:
    """One person as shown beside the list."""

    person: str
    name: str
    about: str
    status: str
    shape: Shape
    status_role: Role
    enrolled: str
    languages: str
    roles: tuple[HeldRow, ...]
    qualifications: tuple[HeldRow, ...]
    can_sign: bool
    suspended: bool
    keys: tuple[KeyLine, ...] = ()
    acts: tuple[OfferedAct, ...] = ()
