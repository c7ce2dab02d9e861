# SPDX-License-Identifier: Apache-2.0
"""Opens a person's key in the way that the person chose: password, badge with its PIN, or the PIN of the sitting."""

from __future__ import annotations

from qcdesk.domain.log import RECOVERY
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


def open_named(
    use: UseCases, login: str, person: str, name: str, secret: Secret, *, by_log: bool = False
) -> Hand:
    """Open the key of a named person by password or badge, or by its code the recovery sheet (login ``RECOVERY``).

    Args: by_log: by password, whatever the tables say of the person.
    Raises: as ``open_own``; WrongSheet.
    """
    if login == RECOVERY:
        return use.open_sheet(secret.text)
    if secret.way != "badge":
        return (use.open_hand_by_log if by_log else use.open_hand)(login, secret.text)
    require_badge_of(use, person, name, secret.code)  # else a wrong PIN would count for the badge's owner
    return use.open_badge(secret.code, secret.text)


def require_badge_of(use: UseCases, person: str, name: str, code: str) -> None:
    """Refuse a badge that is not this person's. Raises: BadgeOfAnother; BadgeUnknown; BadInput."""
    found = use.person_of_badge(code)
    if found.id != person:
        raise BadgeOfAnother(name, found.name)
