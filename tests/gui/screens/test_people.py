# SPDX-License-Identifier: Apache-2.0
"""People: two sign what one cannot give alone; a new person's password is looked at before anybody signs."""

from __future__ import annotations

import contextlib

import pytest

from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import LastAdministrator, LookAlike, Refusal, WrongSecret
from qcdesk.gui.screens.people.presenter import PeoplePresenter
from qcdesk.gui.screens.people.rows import PersonCard
from qcdesk.services.issue_badges import Issued
from qcdesk.services.ports import Hand
from qcdesk.services.trouble import Trouble
from qcdesk.services.use_cases import UseCases
from tests.gui.screens.conftest import EN, Desk, Remembers
from tests.workspace import secret

PIN = "582931"
SECRET = "seven green bottles stand"
FORM = {"name": "王敏", "login": "wangmin", "staff": "", "role_inspector": "yes", "language_zh_CN": "yes"}


class Page:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.view = Remembers()
        self.presenter = PeoplePresenter(
            self.view,
            desk.house.use,
            desk.tasks,
            EN,
            desk.problems(self.view),
            desk.who,
            desk.ask,
            desk.notices.append,
            desk.show_once,
        )
        self.presenter.open()

    def choose(self, login: str) -> None:
        row = next(r for r in self.desk.house.use.read.people() if r.person.login == login)
        self.presenter.choose(row)

    def roles(self, login: str) -> set[str]:
        person = next(r.person for r in self.desk.house.use.read.people() if r.person.login == login)
        return {grant.role for grant in person.roles}


@pytest.fixture
def page(desk: Desk) -> Page:
    return Page(desk)


def test_two_enrol_a_person_who_can_then_sign_in(page: Page) -> None:
    page.presenter.enrol(FORM, (SECRET, SECRET))
    assert page.desk.asked[-1].other
    assert page.desk.notices == ["王敏 is enrolled."]
    assert page.desk.house.use.open_hand("wangmin", SECRET).person
    assert page.view.last("show_person").roles[0].code == "inspector"


def test_person_takes_the_first_badge_while_being_enrolled(page: Page) -> None:
    page.presenter.enrol(FORM, (SECRET, SECRET), (PIN, PIN))
    assert page.desk.asked[-1].other and "badge" in page.desk.asked[-1].says
    assert page.desk.notices == ["王敏 is enrolled.", "王敏 has a new badge."]
    use, (once,) = page.desk.house.use, page.desk.shown
    assert once.card.heading == "Badge" and once.card.name == "王敏"
    opened = use.open_badge(once.card.code, PIN)
    (row,) = (r for r in use.read.people() if r.person.login == "wangmin")
    assert opened.person == row.person.id
    with pytest.raises(WrongSecret):
        use.open_badge(once.card.code, "582932")


def test_badge_is_left_out_where_no_pin_was_typed(page: Page) -> None:
    page.presenter.enrol(FORM, (SECRET, SECRET), ("", ""))
    use = page.desk.house.use
    assert page.desk.shown == []
    assert [k.badge for k in use.read.person_keys(use.moment()) if k.login == "wangmin"] == [None]


@pytest.mark.parametrize(
    ("pin", "again", "field"),
    [(PIN, "582932", "pin_again"), ("123456", "123456", "pin"), ("58", "58", "pin")],
)
def test_pin_that_will_not_do_is_said_beside_its_field_before_anybody_signs(
    page: Page, pin: str, again: str, field: str
) -> None:
    page.presenter.enrol(FORM, (SECRET, SECRET), (pin, again))
    assert [problem.field for problem in page.view.problems] == [field]
    assert not page.desk.asked


@pytest.mark.logs
def test_person_stays_enrolled_where_the_badge_could_not_be_made(desk: Desk) -> None:
    class Falls(UseCases):
        def issue_badge(self, act: Hand, other: Hand, pin: str) -> Issued:
            raise Trouble("disk_full")

    use = desk.house.use
    desk.house.use = Falls(**{name: getattr(use, name) for name in use.__dataclass_fields__})
    page = Page(desk)
    page.presenter.enrol(FORM, (SECRET, SECRET), (PIN, PIN))
    assert desk.notices == ["王敏 is enrolled."] and desk.shown == []
    assert page.view.problems[-1].kind == "trouble"
    assert desk.house.use.open_hand("wangmin", SECRET).person


@pytest.mark.parametrize(
    ("change", "secret", "again", "field"),
    [
        ({}, SECRET, "another one, typed", "again"),
        ({}, "", "", "secret"),
        ({}, "short", "short", "secret"),
        ({"name": ""}, SECRET, SECRET, "name"),
        ({"login": "Wang Min!"}, SECRET, SECRET, "login"),
        ({"role_inspector": ""}, SECRET, SECRET, "set"),
    ],
)
def test_nobody_signs_what_is_not_right_yet(
    page: Page, change: dict[str, str], secret: str, again: str, field: str
) -> None:
    page.presenter.enrol({**FORM, **change}, (secret, again))
    assert [problem.field for problem in page.view.problems] == [field]
    assert not page.desk.asked


def test_like_name_is_put_to_a_person(page: Page) -> None:
    twin = {**FORM, "name": "Nguyễn Thị Linh", "login": "linh2"}
    page.presenter.enrol(twin, (SECRET, SECRET))
    assert page.view.told["show_like_name"]
    assert not page.desk.asked
    page.presenter.enrol({**twin, "another": "yes"}, (SECRET, SECRET))
    assert page.desk.notices == ["Nguyễn Thị Linh is enrolled."]


def test_login_that_is_taken_is_refused(page: Page) -> None:
    page.presenter.enrol({**FORM, "login": "som"}, (SECRET, SECRET))
    assert [problem.kind for problem in page.view.problems] == ["refusal"]


def test_roles_are_given_by_two_and_taken_by_one(page: Page) -> None:
    page.desk.house.enrol("huy", "Trần Văn Huy")
    page.presenter.reload()
    page.choose("huy")
    page.desk.answers = {"role": "planner", "families": "Housings", "until": ""}
    page.presenter.act("grant", "")
    assert page.roles("huy") == {"inspector", "planner"}
    page.presenter.act("take_role", "planner")
    assert page.roles("huy") == {"inspector"}
    assert [asking.other for asking in page.desk.asked] == [True, False]


def test_qualification_with_its_end_is_shown(page: Page) -> None:
    page.desk.house.enrol("huy", "Trần Văn Huy")
    page.presenter.reload()
    page.choose("huy")
    page.desk.answers = {"procedure": "IP-204", "until": "2026-03-01"}
    page.presenter.act("qualify", "")
    (held,) = page.view.last("show_person").qualifications
    assert held.over
    page.presenter.act("disqualify", "IP-204")
    assert not page.view.last("show_person").qualifications


def test_suspension_takes_one_and_its_end_two(page: Page) -> None:
    page.desk.house.enrol("huy", "Trần Văn Huy")
    page.presenter.reload()
    page.choose("huy")
    page.desk.answers = {"reason": "left the shop"}
    page.presenter.act("suspend", "")
    assert page.view.last("show_person").suspended
    page.presenter.act("lift", "")
    assert page.desk.asked[-1].other
    assert page.view.last("show_person").can_sign


def test_last_administrator_is_not_taken_away(page: Page) -> None:
    page.choose("som")
    page.presenter.act("take_role", "administrator")
    page.choose("linh")
    with pytest.raises(LastAdministrator):
        page.presenter.act("take_role", "administrator")


def test_maker_is_listed_without_a_password(page: Page) -> None:
    page.desk.answers = {"name": "Đặng Quốc Bảo", "staff": "", "another": "no"}
    page.presenter.list_maker()
    assert not page.desk.asked[-1].secret
    assert page.view.last("show_person").status == "Listed"


def test_a_maker_whose_name_is_somebodys_is_listed_only_as_another_person(page: Page) -> None:
    twin = page.desk.house.id("linh")
    page.desk.answers = {"name": "Nguyễn Thị Linh", "staff": "", "another": "no"}
    with pytest.raises(LookAlike):
        page.presenter.list_maker()
    page.desk.answers["another"] = "yes"
    page.presenter.list_maker()
    shown = page.view.last("show_person")
    assert shown.status == "Listed" and shown.person != twin


# keys and badges


def card(page: Page, login: str) -> PersonCard:
    page.choose(login)
    shown: PersonCard = page.view.last("show_person")
    return shown


def offered(page: Page, login: str) -> set[str]:
    return {each.act for each in card(page, login).acts}


def said(page: Page, login: str) -> list[str]:
    return [line.words for line in card(page, login).keys]


def test_badge_takes_the_password_and_another_and_its_code_is_shown_once(page: Page) -> None:
    page.choose("linh")
    page.desk.answers = {"pin": PIN, "again": PIN}
    page.presenter.act("badge_issue", "")
    asked = page.desk.asked[-1]
    assert (asked.other, asked.password) == (True, True)
    assert {q.kind for q in asked.questions} == {"secret"}
    (once,) = page.desk.shown
    assert page.desk.house.use.open_badge(once.card.code, PIN).person == page.desk.house.id("linh")
    assert once.card.code not in repr(once)
    assert said(page, "linh")[1].startswith("Badge since")


def test_pins_that_differ_make_no_badge(page: Page) -> None:
    page.choose("linh")
    page.desk.answers = {"pin": PIN, "again": "582932"}
    with pytest.raises(BadInput):
        page.presenter.act("badge_issue", "")
    assert page.desk.shown == []


def test_badge_is_issued_by_its_owner_only_and_stopped_by_anybody(page: Page) -> None:
    house = page.desk.house
    house.use.issue_badge(house.hands["som"], house.hands["linh"], PIN)
    page.presenter.reload()
    assert "badge_issue" not in offered(page, "som")
    assert "badge_issue" in offered(page, "linh")
    assert "badge_stop" in offered(page, "som")
    page.desk.answers = {"reason": "lost"}
    page.presenter.act("badge_stop", "")
    assert not page.desk.asked[-1].other
    assert page.desk.notices == ["The badge of สมชาย ศรีสุข is stopped."]
    assert "No badge" in said(page, "som")
    assert "badge_stop" not in offered(page, "som")


def locked(page: Page, login: str) -> None:
    house = page.desk.house
    for _ in range(10):
        with contextlib.suppress(Refusal):
            house.use.open_hand(login, "not this one")
        house.clock.forward(seconds=400)
    page.presenter.reload()


def test_locked_person_is_unlocked_by_another_alone(page: Page) -> None:
    locked(page, "som")
    assert any(line.startswith("Locked for another 11 h") for line in said(page, "som"))
    assert "unlock" in offered(page, "som")
    page.presenter.act("unlock", "")
    assert not page.desk.asked[-1].other
    assert page.desk.house.use.open_hand("som", secret("som")).person
    assert "unlock" not in offered(page, "som")


def test_nobody_is_offered_to_unlock_themselves(page: Page) -> None:
    locked(page, "linh")
    assert "unlock" not in offered(page, "linh")


def test_password_is_changed_by_its_owner_only(page: Page) -> None:
    assert "password" not in offered(page, "som")
    assert "password" in offered(page, "linh")
    page.desk.answers = {"old": secret("linh"), "secret": SECRET, "again": SECRET}
    page.presenter.act("password", "")
    assert page.desk.notices == ["Your password is changed."]
    assert page.desk.house.use.open_hand("linh", SECRET).person


def test_new_passwords_that_differ_change_nothing(page: Page) -> None:
    page.choose("linh")
    page.desk.answers = {"old": secret("linh"), "secret": SECRET, "again": SECRET + " not"}
    with pytest.raises(BadInput):
        page.presenter.act("password", "")
    assert page.desk.house.use.open_hand("linh", secret("linh")).person


def test_forgotten_secret_takes_two_others_or_the_recovery_sheet(page: Page) -> None:
    house = page.desk.house
    house.enrol("hoa", "Lê Thị Hoa")
    page.presenter.reload()
    assert "new_key" not in offered(page, "linh")
    assert "new_key" in offered(page, "hoa")
    page.desk.answers = {"secret": SECRET, "again": SECRET}
    page.presenter.act("new_key", "")
    asked = page.desk.asked[-1]
    assert (asked.other, asked.sheet, asked.but) == (True, True, (house.id("hoa"),))
    assert house.use.open_hand("hoa", SECRET).person == house.id("hoa")


def test_own_key_is_ended_alone_and_anothers_by_two(page: Page) -> None:
    house = page.desk.house
    house.enrol("hoa", "Lê Thị Hoa")
    page.presenter.reload()
    page.desk.answers = {"why": "lost", "from": ""}
    page.choose("hoa")
    page.presenter.act("revoke", "")
    assert page.desk.asked[-1].other
    assert {"No key", "Key lost"} <= set(said(page, "hoa"))
    assert "revoke" in offered(page, "hoa")
    page.choose("linh")
    page.presenter.act("revoke", "")
    assert not page.desk.asked[-1].other


def test_what_a_key_in_doubt_touched_is_told(page: Page) -> None:
    house = page.desk.house
    hand = house.enrol("hoa", "Lê Thị Hoa")
    number = house.batch()
    house.check("hoa", number)
    page.presenter.reload()
    page.choose("hoa")
    with house.use.look() as uow:
        (key,) = uow.keys_of(hand.person)
    page.desk.answers = {"why": "suspect", "from": str(key.from_seq)}
    page.presenter.act("revoke", "")
    assert page.desk.notices[-1] == (
        f"The key of Lê Thị Hoa is in doubt. Held: {number}. Released before: nothing."
    )


def test_event_number_that_is_none_is_said_in_its_place(page: Page) -> None:
    page.choose("som")
    page.desk.answers = {"why": "suspect", "from": "twelve"}
    with pytest.raises(BadInput) as caught:
        page.presenter.act("revoke", "")
    assert caught.value.where == {"field": "from"}


def test_maker_has_no_key_to_speak_of(page: Page) -> None:
    maker = page.desk.house.maker("Đặng Quốc Bảo")
    page.presenter.reload()
    page.presenter.open(maker)
    shown = page.view.last("show_person")
    assert (shown.keys, shown.acts) == ((), ())
