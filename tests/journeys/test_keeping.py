# SPDX-License-Identifier: Apache-2.0
"""What leaves the window to be kept elsewhere, and what the window says of a log that lacks what was seen."""

from __future__ import annotations

from dataclasses import replace

from qcdesk.domain.anchors import Lost
from qcdesk.services.ports import Keeping
from tests.journeys.driving import Hands
from tests.workspace import House, secret


class Shortened:
    """A workspace whose log ends before what this station saw."""

    def __init__(self, keeping: Keeping, at: int) -> None:
        self._keeping, self._at = keeping, at

    def lost(self) -> Lost | None:
        last, _ = self._keeping.head()
        return Lost("missing", last + 9, self._at, last, last)

    def __getattr__(self, name: str) -> object:
        return getattr(self._keeping, name)


def test_certificate_is_issued_printed_and_printed_again(hands: Hands, house: House) -> None:
    number = house.released()
    hands.sign_in("linh")
    hands.open_batch(number)
    hands.act("Print certificate")
    hands.see("I certify")
    hands.type(secret("linh"))
    hands.until(lambda: hands.here == "certificate", "the certificate")
    hands.see("Certificate 000001")
    hands.see("The first print")
    hands.press("Back to the batch")
    hands.settle()
    hands.act("Print certificate")
    hands.press("Print it")
    hands.see("Copy 1")
    with house.use.look() as uow:
        assert [c.printed for c in uow.certificates(house.use.read.batch_by_number(number))] == [2]


def test_log_that_lacks_what_was_seen_is_said_on_the_wall_and_after_it(house: House, look: None) -> None:
    short = Shortened(house.use.keeping, house.clock.now())
    hands = Hands.on(replace(house, use=replace(house.use, keeping=short)))  # type: ignore[arg-type]
    try:
        hands.until(lambda: hands.here == "sign_in", "the wall")
        hands.see("This station saw event")
        assert not hands.reads("Look at the log")
        hands.sign_in("linh")
        hands.see("This station saw event")
        hands.press("Look at the log")
        assert hands.here == "verification"
        hands.see("This station saw event")
    finally:
        hands.close()
