# SPDX-License-Identifier: Apache-2.0
"""Opens a person's key in the way that the person chose: password, badge with its PIN, or the PIN of the sitting."""

from __future__ import annotations

from qcdesk.domain.refusals import BadgeOfAnother, PinOver
from qcdesk.gui.asking import Secret, Who
from qcdesk.services.ports import Hand
from qcdesk.services.use_cases import UseCases


def open_own(use: UseCases, who: Who, secret: Secret) -> Hand:
    """Open the key of the person signed in. Slow on purpose: for the thread of the database.

    Raises: as ``UseCases.open_hand``; PinOver: no PIN stands; BadgeOfAnother: the badge is somebody else's.
    """
    if secret.way == "pin":
        if who.pin is None:
            raise PinOver(who.name)
        return who.pin.open(secret.text)
    return open_named(use, who.login, who.person, who.name, secret)


def open_named(use: UseCases, login: str, person: str, name: str, secret: Secret) -> Hand:
    """Open the key of a named person by password or badge. Raises: as ``open_own``."""
    if secret.way != "badge":
        return use.open_hand(login, secret.text)
    found = use.person_of_badge(
        secret.code
    )  # before the PIN is tried: else the try would count for its owner
    if found.id != person:
        raise BadgeOfAnother(name, found.name)
    return use.open_badge(secret.code, secret.text)
