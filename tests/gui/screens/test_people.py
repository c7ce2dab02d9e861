# SPDX-License-Identifier: Apache-2.0
"""People: two sign what one cannot give alone; a new person's password is looked at before anybody signs."""

from __future__ import annotations

import pytest

from qcdesk.domain.refusals import LastAdministrator
from qcdesk.gui.screens.people.presenter import PeoplePresenter
from tests.gui.screens.conftest import EN, Desk, Remembers

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
    page.presenter.enrol(FORM, SECRET, SECRET)
    assert page.desk.asked[-1].other
    assert page.desk.notices == ["王敏 is enrolled."]
    assert page.desk.house.use.open_hand("wangmin", SECRET).person
    assert page.view.last("show_person").roles[0].code == "inspector"


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
    page.presenter.enrol({**FORM, **change}, secret, again)
    assert [problem.field for problem in page.view.problems] == [field]
    assert not page.desk.asked


def test_like_name_is_put_to_a_person(page: Page) -> None:
    twin = {**FORM, "name": "Nguyễn Thị Linh", "login": "linh2"}
    page.presenter.enrol(twin, SECRET, SECRET)
    assert page.view.told["show_like_name"]
    assert not page.desk.asked
    page.presenter.enrol({**twin, "another": "yes"}, SECRET, SECRET)
    assert page.desk.notices == ["Nguyễn Thị Linh is enrolled."]


def test_login_that_is_taken_is_refused(page: Page) -> None:
    page.presenter.enrol({**FORM, "login": "som"}, SECRET, SECRET)
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
    page.desk.answers = {"name": "Đặng Quốc Bảo", "staff": ""}
    page.presenter.list_maker()
    assert not page.desk.asked[-1].secret
    assert page.view.last("show_person").status == "Listed"
