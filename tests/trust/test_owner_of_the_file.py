# SPDX-License-Identifier: Apache-2.0
"""What the owner of the file can do with a hex editor and the shell: all of it seen, three things only with an anchor.

Each case plays on a copy of a workspace in which much has happened, with no rule of the database in the way. Seen means
that the stand-alone checker or the program's own verification finds something; what only the verification can see
(tables, schema) and what only an anchor shows is said with the case.
"""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from qcdesk.checker.anchors import Anchor
from qcdesk.checker.lines import hash_of
from qcdesk.services.trouble import Trouble
from qcdesk.store.database import FILE_NAME
from qcdesk.store.verification import verify
from tests.checker.book import Book
from tests.checker.conftest import played as played
from tests.checker.logs import codes, copy_of, first, opened, rows, said, signed
from tests.workspace import connect

Deed = Callable[[Path], None]


def seen(folder: Path, *anchors: Anchor) -> set[str]:
    """Return the codes of everything that is found, by either."""
    found = codes(folder, *anchors)
    database = connect(str(folder))
    try:
        return found | {p.code for p in verify(database).problems}
    finally:
        database.dispose()


def run(folder: Path, *statements: str) -> None:
    """Run statements as the owner: no foreign keys, no checks, the schema itself writable."""
    db = sqlite3.connect(folder / FILE_NAME, isolation_level=None)
    db.execute("PRAGMA ignore_check_constraints=ON")
    db.execute("PRAGMA legacy_alter_table=ON")
    for statement in statements:
        db.execute(statement)
    db.close()


def with_rules_restored(*statements: str) -> Deed:
    """Drop every trigger, change something, put every trigger back word for word."""

    def deed(folder: Path) -> None:
        db = sqlite3.connect(folder / FILE_NAME, isolation_level=None)
        db.execute("BEGIN")
        rules = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in rules:
            db.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            db.execute(statement)
        for _, sql in rules:
            db.execute(sql)
        db.execute("COMMIT")
        db.close()

    return deed


def line(folder: Path, kind: str, old: str, new: str, *, hashed: bool = True) -> None:
    """Change the text of a line, and its hash with it."""
    row = rows(folder)[first(folder, kind) - 1]
    body = row.body.replace(old.encode(), new.encode(), 1)
    assert body != row.body
    digest = hash_of(body, row.sig) if hashed else row.hash
    with opened(folder) as db:
        db.execute("UPDATE event SET body = ?, hash = ? WHERE seq = ?", (body, digest, row.seq))


def hex_edit(folder: Path) -> None:
    path = folder / FILE_NAME
    content = path.read_bytes()
    place = content.index(b'"I inspected"')
    path.write_bytes(content[:place] + b'"I inspectee"' + content[place + 13 :])


def resigned_with_a_new_key(folder: Path) -> None:
    row = rows(folder)[first(folder, "batch.released") - 1]
    data = said(row)
    data["body"]["quantity"] = 3
    replaced(folder, signed(data, Ed25519PrivateKey.generate()))


def replaced(folder: Path, row: object) -> None:
    assert isinstance(row, tuple)
    with opened(folder) as db:
        db.execute(
            "UPDATE event SET body = ?, sig = ?, hash = ? WHERE seq = ?", (row[1], row[2], row[3], row[0])
        )


def another_signature(folder: Path) -> None:
    log = rows(folder)
    one, two = (log[first(folder, kind) - 1] for kind in ("check.signed", "batch.released"))
    replaced(folder, (one.seq, one.body, two.sig, hash_of(one.body, two.sig)))


def swapped_key(folder: Path) -> None:
    key = "ab" * 32
    with_rules_restored(
        f"UPDATE person_key SET public_key = '{key}' WHERE rowid = (SELECT min(rowid) FROM person_key)"
    )(folder)


def spliced_from_another_vault(folder: Path) -> None:
    other = Book(vault="12" * 16).opened().rows[-1]
    last = rows(folder)[-1]
    with opened(folder) as db:
        db.execute("INSERT INTO event VALUES (?, ?, ?, ?)", (last.seq + 1, *other[1:]))


def the_same_line_again(folder: Path) -> None:
    log = rows(folder)
    again = log[first(folder, "batch.shipped") - 1]
    with opened(folder) as db:
        db.execute("CREATE TABLE plain AS SELECT * FROM event")
        db.execute("INSERT INTO plain VALUES (?, ?, ?, ?)", (log[-1].seq + 1, *again[1:]))
        db.execute("DROP TABLE event")
        db.execute("ALTER TABLE plain RENAME TO event")


def another_record(folder: Path) -> None:
    with opened(folder) as db:
        a, b = (n for (n,) in db.execute("SELECT sha256 FROM record ORDER BY sha256 LIMIT 2"))
        db.execute(
            "UPDATE record SET document = (SELECT document FROM record WHERE sha256 = ?) WHERE sha256 = ?",
            (a, b),
        )


def two_lines_changed_places(folder: Path) -> None:
    seq = first(folder, "check.recorded")
    with opened(folder) as db:
        db.execute("UPDATE event SET seq = 900000 WHERE seq = ?", (seq,))
        db.execute("UPDATE event SET seq = ? WHERE seq = ?", (seq, seq + 1))
        db.execute("UPDATE event SET seq = ? WHERE seq = 900000", (seq + 1,))


def line_taken_out(folder: Path) -> None:
    with opened(folder) as db:
        db.execute("DELETE FROM event WHERE seq = ?", (first(folder, "batch.held"),))


def log_without_keys(folder: Path) -> None:
    run(folder, "CREATE TABLE kept (seq INTEGER PRIMARY KEY, body, sig, hash) WITHOUT ROWID",
        "INSERT INTO kept SELECT * FROM event", "DROP TABLE event", "ALTER TABLE kept RENAME TO event")  # fmt: skip


CASES: dict[str, Deed] = {
    "triggers dropped": lambda f: run(f, "DROP TRIGGER event_verified"),
    "a trigger replaced by an empty one": lambda f: run(
        f,
        "DROP TRIGGER event_verified",
        "CREATE TRIGGER event_verified BEFORE INSERT ON event WHEN 0 BEGIN SELECT 1; END",
    ),
    "a trigger of one's own": lambda f: run(
        f, "CREATE TRIGGER more AFTER INSERT ON line BEGIN UPDATE batch SET state = 'released'; END"
    ),
    "a view over a table": lambda f: run(
        f, "ALTER TABLE instrument RENAME TO real", "CREATE VIEW instrument AS SELECT * FROM real"
    ),
    "a column with a default of one's own": lambda f: run(
        f, "ALTER TABLE batch ADD COLUMN more TEXT DEFAULT 'x'"
    ),
    "a computed column in the log": lambda f: run(
        f, "ALTER TABLE event ADD COLUMN more INTEGER GENERATED ALWAYS AS (1) VIRTUAL"
    ),
    "a poisoned schema": lambda f: run(
        f,
        "PRAGMA writable_schema=ON",
        "UPDATE sqlite_master SET sql = replace(sql, 'shipped <= released', '1') WHERE name = 'batch'",
    ),
    "a log without rowids and constraints": log_without_keys,
    "a released state, rules restored": with_rules_restored(
        "UPDATE batch SET state = 'released' WHERE state = 'rejected'"
    ),
    "a role added, rules restored": with_rules_restored(
        "INSERT INTO role_grant SELECT person, 'auditor', families, until, seq FROM role_grant LIMIT 1"
    ),
    "a finding withdrawn in the table": with_rules_restored(
        "UPDATE finding SET withdrawn = 'x' WHERE id = (SELECT min(id) FROM finding)"
    ),
    "a reading changed in the table": with_rules_restored(
        "UPDATE reading SET value = '12.00' WHERE id = (SELECT min(id) FROM reading)"
    ),
    "a hold lifted in the table": with_rules_restored(
        "UPDATE batch SET held = 0, hold = NULL WHERE held = 1"
    ),
    "a sign-off added": with_rules_restored(
        "UPDATE sign_off SET person = (SELECT min(p.id) FROM person p WHERE p.id <> sign_off.person)"
        " WHERE seq = (SELECT max(seq) FROM sign_off)"
    ),
    "a public key swapped": swapped_key,
    "a line changed by a hex editor": hex_edit,
    "a quantity changed, hash put right": lambda f: line(
        f, "batch.released", '"quantity":20', '"quantity":10'
    ),
    "a number changed, hash left": lambda f: line(f, "batch.saved", '"DA-1"', '"DA-2"', hashed=False),
    "a key written twice": lambda f: line(f, "batch.saved", '"note":""', '"note":"","note":"x"'),
    "blanks put in": lambda f: line(f, "batch.saved", '"note":""', '"note": ""'),
    "a line signed with a new key": resigned_with_a_new_key,
    "a line with another line's signature": another_signature,
    "a line of another workspace": spliced_from_another_vault,
    "a line repeated at the end": the_same_line_again,
    "a line taken out": line_taken_out,
    "two lines changed places": two_lines_changed_places,
    "a signed record exchanged": another_record,
    "a signed record taken out": with_rules_restored(
        "DELETE FROM record WHERE sha256 = (SELECT min(sha256) FROM record)"
    ),
}


@pytest.mark.parametrize("deed", CASES.values(), ids=CASES.keys())
def test_what_the_owner_of_the_file_does_is_seen(played: Path, tmp_path: Path, deed: Deed) -> None:
    folder = copy_of(played, tmp_path / "copy")
    deed(folder)
    require_seen(folder)


def anchor_of(folder: Path) -> Anchor:
    last = rows(folder)[-1]
    return Anchor("slip", said(last)["vault"], last.seq, last.hash.hex(), 0, "0" * 32, bytes(64))


ONLY_WITH_AN_ANCHOR = (
    "the last events cut off",
    "an older copy put in its place",
    "a new log made with new keys",
)


OF_TABLES = {"table_differs", "table_rows"}
"""What is found where only the log was changed; its owner can change the tables along."""


def test_a_cut_end_or_an_old_copy_is_seen_only_with_an_anchor(played: Path, tmp_path: Path) -> None:
    """An old copy is a log whose end is missing everywhere; so is a cut one, once its tables are cut as well."""
    folder = copy_of(played, tmp_path / "copy")
    anchor = anchor_of(folder)
    with opened(folder) as db:
        db.execute("DELETE FROM event WHERE seq = ?", (anchor.seq,))
    assert codes(folder) <= OF_TABLES, "the log alone cannot tell"
    assert "anchor_missing" in codes(folder, anchor)


def test_a_new_log_is_seen_only_with_an_anchor(played: Path, tmp_path: Path) -> None:
    """Its fingerprint is another too, for whoever looks at the set-up sheet."""
    folder = copy_of(played, tmp_path / "copy")
    anchor = anchor_of(folder)
    book = Book(vault=anchor.vault).opened()
    with opened(folder) as db:
        db.execute("DELETE FROM event")
        db.executemany("INSERT INTO event VALUES (?, ?, ?, ?)", book.rows)
    assert codes(folder) <= OF_TABLES
    assert codes(folder, anchor) & {"anchor_missing", "anchor_differs"}


def test_the_manual_names_what_only_an_anchor_shows() -> None:
    manual = Path(__file__).parents[2] / "resources" / "help" / "what_we_promise.md"
    section = manual.read_text("utf-8").split("## What only an anchor shows")[1]
    assert [name for name in ONLY_WITH_AN_ANCHOR if f"| {name} |" not in section] == []


@pytest.mark.long
def test_two_deeds_at_once_hide_nothing(played: Path, tmp_path: Path) -> None:
    for number, one in enumerate(CASES.values()):
        for two in list(CASES.values())[number + 1 :]:
            folder = copy_of(played, tmp_path / "copy")
            try:
                one(folder)
                two(folder)
            except (AssertionError, ValueError, IndexError, sqlite3.Error, StopIteration):
                pass  # the second cannot be done after the first
            require_seen(folder)
            shutil.rmtree(folder)


def require_seen(folder: Path) -> None:
    """Fail unless something is found, or the program cannot even read the file and says so."""
    with contextlib.suppress(Trouble):
        assert seen(folder)
