# SPDX-License-Identifier: Apache-2.0
"""What a second check loads of the first, by the same rows as the database's own view of it."""

from __future__ import annotations

from qcdesk.domain.modes import codes_in_review
from qcdesk.domain.reviewing import claims_to_review
from qcdesk.services.record_entries import Entries, NewFinding
from qcdesk.store.first_claims import claims_of_first, first_claims
from tests.store.readers.test_reviews import PULL, WELD
from tests.workspace import House


def test_program_domain_and_database_name_the_same_claims(house: House) -> None:
    house.approve(characteristics=(PULL, WELD))
    number = house.batch()
    house.check("linh", number, {1: "SCR", 2: "WLD"}, {3: "48", **dict.fromkeys(range(4, 99), "61")})
    second = house.start("som", number)
    house.use.record(house.sittings["som"], Entries(second.check, findings=(NewFinding(2, "WLD"),)))
    with house.use.look() as uow:
        first = uow.round(uow.check(second.check).round).standing("first")
        assert first is not None
        expected = claims_to_review(second.opened, uow.work(first.id))
        assert uow.to_review(second.check, codes_in_review(second.opened.procedure.content)) == expected
        assert uow.to_review(first.id, frozenset({"PUL", "WLD"})) == ()
    with house.database.reading() as connection:
        view = connection.exec_driver_sql(
            "SELECT checking, claim, unit, code, defect_class, count FROM claim_to_review ORDER BY unit, code"
        ).all()
        assert first_claims(connection, second.check, ()) == ([], [])
        assert claims_of_first(connection, second.check, ()) == ()
    assert expected
    assert [tuple(row) for row in view] == [
        (second.check, c.claim, c.unit, c.code, c.defect_class, c.count) for c in expected
    ]
