# SPDX-License-Identifier: Apache-2.0
"""Asking for the secret: what a presenter needs to have something signed, without knowing the sheet that asks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from qcdesk.services.ports import Hand, Sitting

T = TypeVar("T")

SittingNow = Callable[[], Sitting | None]
"""Who is signed in, or None."""


class AskSecret(Protocol):
    """Opens the sheet that asks for the secret of the person signed in, and of a second person where two sign."""

    def __call__(
        self,
        meaning: str,
        work: Callable[[tuple[Hand, ...]], T],
        done: Callable[[T], None],
        *,
        other: bool = False,
        button: str = "",
    ) -> None:
        """Ask, open the keys, do ``work`` with the hands on the thread of the database, then call ``done``.

        Args: meaning: one or two sentences: what the signature says, ready to show. work: the use case; gets
            (own hand,) or (own hand, the other's). A refusal is shown in the sheet, which stays open.
            other: two different people sign. button: the act's words ("Approve IP-204 v8").
        """
