# SPDX-License-Identifier: Apache-2.0
"""What tables say otherwise than the log is seen with nothing but the checker."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checker.logs import checked, opened

CHANGES = (
    ("UPDATE batch SET state = 'released', released = quantity WHERE released = 0", "table_differs"),
    ("UPDATE batch SET held = 1 - held", "table_differs"),
    ("UPDATE batch SET quantity = quantity + 1", "table_differs"),
    ("UPDATE batch SET number = number || 'x'", "table_differs"),
    (
        "UPDATE sign_off SET person = (SELECT max(id) FROM person WHERE id NOT IN (SELECT person FROM sign_off))"
        " WHERE place = 'first'",
        "table_differs",
    ),
    ("UPDATE sign_off SET standing = 1 - standing WHERE place = 'second'", "table_differs"),
    ("DELETE FROM sign_off WHERE place = 'second'", "table_differs"),
    ("UPDATE person SET name = 'Somebody Else'", "table_differs"),
    ("UPDATE person SET status = 'suspended'", "table_differs"),
    ("DELETE FROM person WHERE login IS NOT NULL", "table_rows"),
    ("DELETE FROM batch", "table_rows"),
    ("DROP TABLE sign_off", "database_damaged"),
    ("ALTER TABLE person RENAME TO person_of_old", "database_damaged"),
)


@pytest.mark.parametrize(("change", "code"), CHANGES, ids=[change[:60] for change, _ in CHANGES])
def test_a_table_that_says_otherwise_than_the_log_is_found(damaged: Path, change: str, code: str) -> None:
    with opened(damaged) as db:
        db.execute(change)
    assert code in {finding.code for finding in checked(damaged).findings}


def test_a_view_in_place_of_a_table_is_no_table(damaged: Path) -> None:
    with opened(damaged) as db:
        db.execute("ALTER TABLE person RENAME TO away")
        db.execute("CREATE VIEW person AS SELECT * FROM away")
    assert "database_damaged" in {finding.code for finding in checked(damaged).findings}
