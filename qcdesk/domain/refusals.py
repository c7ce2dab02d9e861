# SPDX-License-Identifier: Apache-2.0
"""Every way in which a rule says no: a class for each rule, with the facts of the case."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Refusal(Exception):
    """A rule refused an act; nothing was changed. Subclasses carry facts, never sentences."""

    @property
    def code(self) -> str:
        """The rule's id, shared with the database triggers and the wording."""
        raise NotImplementedError
