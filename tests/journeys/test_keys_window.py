# SPDX-License-Identifier: Apache-2.0
"""Badge, PIN, locks and a new badge at the window itself, by the hands of three people."""

from __future__ import annotations

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from qcdesk.gui.widgets.buttons import ActionRow
from qcdesk.gui.widgets.keys import FloorKey
from qcdesk.gui.widgets.people import PersonTile
from tests.journeys.driving import Hands
from tests.workspace import House, secret

PIN, WRONG = "582931", "582932"


def badge(house: House, login: str, other: str) -> str:
    """Issue a badge; its code."""
    return house.use.issue_badge(house.hands[login], house.hands[other], PIN).code


def keys(hands: Hands, digits: str) -> None:
    """Press the keys of the pad, with gloves on."""
    for digit in digits:
        hands.click(next(key for key in hands.all(FloorKey) if key.text() == digit))


def scan(hands: Hands, code: str) -> None:
    """Hold a badge before the scanner: it types wherever the keyboard goes."""
    hands.type(code)
    hands.see("Badge read")


def failed(hands: Hands, login: str, tries: int, seconds: int = 400) -> None:
    """Wait until so many wrong tries in a row are on record, and on screen; then let a wait pass."""
    use, person = hands.house.use, hands.house.id(login)

    def counted() -> bool:
        return any(r.person == person and r.failed == tries for r in use.read.person_keys(use.moment()))

    hands.until(counted, f"{tries} failed tries of {login}")
    hands.see("Wrong PIN.")
    hands.settle()
    hands.house.clock.forward(seconds=seconds)


def tap(hands: Hands, name: str) -> None:
    """Tap a name on the wall."""
    hands.until(lambda: any(t.text() == name for t in hands.all(PersonTile)), f"the tile of {name}")
    hands.click(next(t for t in hands.all(PersonTile) if t.text() == name))


def choose(hands: Hands, login: str) -> None:
    """Open somebody's card on the page of people."""
    hands.program.running.open("people", hands.house.id(login))
    hands.settle()


def act(hands: Hands, words: str) -> None:
    """Choose an act on the card."""
    hands.until(lambda: any(a.text() == words for a in hands.all(ActionRow)), f"the act {words!r}")
    hands.click(next(a for a in hands.all(ActionRow) if a.text() == words))


def test_badge_and_pin_sign_in_and_the_pin_signs_until_three_wrong_tries(hands: Hands, house: House) -> None:
    code = badge(house, "linh", "som")
    number = house.batch("DA-2611-0418", 8)
    hands.settle()
    hands.see("Scan your badge")
    scan(hands, code)
    assert code not in hands.said()
    keys(hands, PIN)
    hands.until(lambda: hands.here == "board", "the board")
    hands.settle()
    who = hands.program.running.who
    assert who is not None
    assert who.has_pin

    hands.open_batch(number)
    hands.act("Make the first check")
    hands.inspect({})
    hands.click(hands.program.running.runner_view.main)
    hands.see("Your PIN")
    hands.settle()
    for left in (2, 1, 0):
        keys(hands, WRONG)
        hands.press("Sign: I inspected")
        failed(hands, "linh", 3 - left, 60)
        assert (who.pin is not None and who.pin.standing) is (left > 0)
    hands.until(lambda: hands.program.running.sign_sheet.isVisible(), "the sheet that stays open")
    hands.see("The PIN of this sitting is gone; use your password or badge.")
    assert hands.program.running.sign_sheet._secret.way == "password"
    assert house.state(number) == "first_check"
    hands.type(secret("linh"))
    hands.until(lambda: house.state(number) == "awaiting_second", "the signature")


def test_screen_lock_and_change_of_person_end_the_pin(hands: Hands, house: House) -> None:
    code = badge(house, "linh", "som")
    hands.settle()
    scan(hands, code)
    keys(hands, PIN)
    hands.until(lambda: hands.here == "board", "the board")
    who = hands.program.running.who
    assert who is not None
    hands.program.running.window.locked.emit()
    hands.until(lambda: hands.here == "sign_in", "the wall")
    assert not who.has_pin


def test_pin_alone_opens_no_session(hands: Hands, house: House) -> None:
    badge(house, "linh", "som")
    hands.settle()
    tap(hands, "Nguyễn Thị Linh")
    hands.settle()
    assert not any(key.text() == "5" for key in hands.all(FloorKey))
    hands.type(PIN)
    hands.see("Wrong password for linh.")
    assert hands.program.running.who is None


def test_ten_wrong_tries_lock_and_another_unlocks_from_the_line_above_the_board(
    hands: Hands, house: House
) -> None:
    code = badge(house, "som", "linh")
    hands.settle()
    scan(hands, code)
    for tries in range(10):
        keys(hands, WRONG)
        failed(hands, "som", tries + 1)
    hands.see("You are locked")
    keys(hands, PIN)
    hands.see("locked after too many wrong tries")
    hands.see("Nguyễn Thị Linh can unlock at once.")
    assert hands.program.running.who is None

    hands.sign_in("linh")
    hands.see("is locked after 10 wrong tries")
    hands.press("Look at สมชาย ศรีสุข")
    hands.until(lambda: hands.here == "people", "the page of people")
    act(hands, "Unlock")
    hands.see("Ask first whether the wrong tries were theirs.")
    hands.settle()
    hands.type(secret("linh"))
    hands.see("สมชาย ศรีสุข is unlocked.")
    hands.settle()
    assert not hands.reads("is locked after 10 wrong tries")

    hands.program.running.lock()
    hands.settle()
    scan(hands, code)
    keys(hands, PIN)
    hands.until(lambda: hands.here == "board", "the board")
    hands.see("10 tries failed in your name")
    hands.press("I have seen it")
    assert not hands.reads("10 tries failed")


def test_lost_badge_is_stopped_and_a_new_one_signs_in(hands: Hands, house: House) -> None:
    code = badge(house, "linh", "som")
    hands.settle()
    hands.sign_in("linh")
    choose(hands, "linh")
    act(hands, "Stop the badge")
    hands.see("it opens nothing any more")
    hands.settle()
    hands.type("lost at the loading bay")
    hands.type(secret("linh"))
    hands.see("The badge of Nguyễn Thị Linh is stopped.")
    hands.see("No badge")

    act(hands, "Issue a badge")
    hands.see("known to nobody else")
    hands.settle()
    sheet = hands.program.running.ask_sheet
    for field in (PIN, PIN, secret("linh")):
        hands.type(field)
    sheet.other.set_value("som")
    sheet.other_secret.setFocus()
    hands.type(secret("som"))
    hands.see("Here is the badge")
    hands.settle()
    hands.until(lambda: not hands.program.running.code_sheet.card.pixmap().isNull(), "the card")
    new = hands.program.running.code_sheet.card.accessibleName()
    hands.press("I have the badge")
    hands.settle()
    assert new not in hands.said()

    hands.program.running.lock()
    hands.settle()
    hands.type(code)
    hands.see("This badge opens nothing here.")
    scan(hands, new)
    keys(hands, PIN)
    hands.until(lambda: hands.here == "board", "the board")


def test_scan_while_a_password_is_half_typed_asks_for_the_pin_instead(hands: Hands, house: House) -> None:
    code = badge(house, "som", "linh")
    hands.settle()
    tap(hands, "Nguyễn Thị Linh")
    hands.type("half a pass", enter=False)
    target = QApplication.focusWidget() or hands.window.focusWidget()
    QTest.keyClicks(target, code)
    hands.type("")
    hands.see("Badge read")
    assert hands.reads("สมชาย ศรีสุข")
    keys(hands, PIN)
    hands.until(lambda: hands.here == "board", "the board")
    assert house.use.read.sign_in_notice(house.id("linh")).failed == ()
