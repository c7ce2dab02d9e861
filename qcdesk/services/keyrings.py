# SPDX-License-Identifier: Apache-2.0
"""The port to the keyring of the computer's own system, where secrets lie that no file of ours may hold."""

from __future__ import annotations

from typing import Protocol


class Keyring(Protocol):
    """Keeps secrets by name, for the person who is at work on this computer."""

    def get(self, name: str) -> str | None:
        """Return a secret; None: there is none, or this computer keeps none."""

    def put(self, name: str, secret: str) -> None:
        """Keep a secret. Raises: Trouble ``keyring``: this computer keeps none."""

    def drop(self, name: str) -> None:
        """Forget a secret, where there is one."""
