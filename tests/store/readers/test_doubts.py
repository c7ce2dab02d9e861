# SPDX-License-Identifier: Apache-2.0
"""What wants explaining about keys: uses of the recovery sheet for 90 days, releases that a key in doubt touched."""

from __future__ import annotations

from datetime import UTC

from qcdesk.domain.people import Role
from qcdesk.services.fill_certificate import ConformityCertificate, fill_certificate
from qcdesk.store.readers.doubts import SHOWN_US
from tests.workspace import House, secret


def with_the_sheet(house: House, login: str, name: str) -> None:
    """Enrol somebody by Linh and the recovery sheet, which stands in while Som is suspended."""
    house.use.suspend(house.hands["linh"], house.id("som"), "away")
    sheet = house.use.open_sheet(house.recovery_code)
    roles: tuple[Role, ...] = ("inspector", "releaser")
    linh = house.hands["linh"]
    house.use.enrol(linh, sheet, login=login, name=name, roles=roles, secret=secret(login))
    house.recovery_code = sheet.next_code
    house.sit(login)
    house.use.lift_suspension(house.hands["linh"], house.hands[login], house.id("som"))


def doubted(house: House, login: str, since: int) -> None:
    """Put a person's key in doubt from an event on, by Linh and Huy."""
    house.use.revoke_key(house.hands["linh"], house.hands["huy"], house.id(login), "suspect", since)


def head(house: House) -> int:
    with house.use.look() as uow:
        return uow.head_seq()


def test_nothing_wants_explaining_at_first(house: House) -> None:
    house.released()
    assert house.use.read.recovery_uses(house.clock.now()) == ()
    assert house.use.read.suspect_releases() == ()


def test_each_use_of_the_sheet_says_what_by_whom_and_about_whom_newest_first(house: House) -> None:
    with_the_sheet(house, "huy", "Trần Văn Huy")
    first = head(house)
    house.use.suspend(house.hands["linh"], house.id("huy"), "away")
    sheet = house.use.open_sheet(house.recovery_code)
    house.use.revoke_key(house.hands["linh"], sheet, house.id("som"), "left")
    found = house.use.read.recovery_uses(house.clock.now())
    assert [(u.act, u.by, u.person) for u in found] == [
        ("key.revoked", "Nguyễn Thị Linh", "สมชาย ศรีสุข"),
        ("person.enrolled", "Nguyễn Thị Linh", "Trần Văn Huy"),
    ]
    assert found[0].seq > found[1].seq and found[1].seq <= first and found[0].at > found[1].at


def test_a_use_is_shown_for_90_days_and_not_a_moment_longer(house: House) -> None:
    with_the_sheet(house, "huy", "Trần Văn Huy")
    (use,) = house.use.read.recovery_uses(house.clock.now())
    assert SHOWN_US == 90 * 86_400 * 1_000_000
    assert house.use.read.recovery_uses(use.at + SHOWN_US) == (use,)
    assert house.use.read.recovery_uses(use.at + SHOWN_US + 1) == ()


def test_a_release_that_a_key_in_doubt_touched_is_listed_with_the_places_that_it_signed(house: House) -> None:
    house.enrol("huy", "Trần Văn Huy", "inspector", "releaser")
    untouched = house.batch()
    house.check("linh", untouched)
    house.check("huy", untouched)
    house.use.release_batch(house.hands["huy"], untouched)
    since = head(house) + 1
    batch = house.released()
    house.use.ship_batch(house.sittings["linh"], batch, 5, to="ACME", on=house.clock.today())
    doubted(house, "som", since)
    (row,) = house.use.read.suspect_releases()
    assert (row.number, row.person, row.suspect_from) == (batch, "สมชาย ศรีสุข", since)
    assert row.places == ("second", "release") and (row.released, row.shipped) == (20, 5)


def test_what_was_signed_before_the_doubt_is_not_listed(house: House) -> None:
    house.enrol("huy", "Trần Văn Huy", "inspector", "releaser")
    house.released()
    house.sit("som")
    doubted(house, "som", head(house))
    assert house.use.read.suspect_releases() == ()


def test_what_is_not_released_is_held_and_not_listed(house: House) -> None:
    house.enrol("huy", "Trần Văn Huy", "inspector", "releaser")
    since = head(house) + 1
    batch = house.accepted()
    doubted(house, "som", since)
    assert house.use.read.suspect_releases() == ()
    with house.use.look() as uow:
        assert uow.batch(batch).held


def test_a_release_that_was_taken_back_is_no_longer_listed(house: House) -> None:
    house.enrol("huy", "Trần Văn Huy", "inspector", "releaser")
    since = head(house) + 1
    batch = house.released()
    doubted(house, "som", since)
    house.use.withdraw_batch(house.hands["huy"], batch, "the key is in doubt")
    assert house.use.read.suspect_releases() == ()


# Paper ------------------------------------------------------------------------------------------------------------


def filled(house: House, number: int) -> ConformityCertificate:
    now = house.clock.now()
    with house.use.look() as uow:
        return fill_certificate(
            uow,
            number,
            0,
            on=house.clock.today(),
            now=now,
            zone=UTC,
            picture=lambda _: None,
            head=(1, "0" * 64),
            site="",
        )


def test_whoever_certifies_is_marked_as_at_any_signature(house: House) -> None:
    with_the_sheet(house, "huy", "Trần Văn Huy")
    fact = house.use.issue_certificate(house.hands["huy"], house.released())
    house.use.print_certificate(house.sittings["linh"], fact.certificate)
    issued = filled(house, fact.certificate).issued
    assert issued.name == "Trần Văn Huy" and issued.by_sheet == house.clock.today()
    assert issued.suspect_from is None and issued.marks == ()
    house.use.revoke_key(house.hands["linh"], house.hands["som"], house.id("huy"), "suspect", issued.event)
    assert filled(house, fact.certificate).issued.suspect_from == issued.event


def test_a_certificate_from_before_the_doubt_bears_no_mark(house: House) -> None:
    house.enrol("huy", "Trần Văn Huy", "inspector", "releaser")
    fact = house.use.issue_certificate(house.hands["huy"], house.released())
    house.use.print_certificate(house.sittings["linh"], fact.certificate)
    issued = filled(house, fact.certificate).issued
    house.sit("huy")
    house.use.revoke_key(
        house.hands["linh"], house.hands["som"], house.id("huy"), "suspect", issued.event + 1
    )
    assert filled(house, fact.certificate).issued.suspect_from is None and issued.by_sheet is None
