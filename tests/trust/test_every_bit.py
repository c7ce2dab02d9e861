# SPDX-License-Identifier: Apache-2.0
"""Every bit of every stored value of one whole batch, and random bits of the file: nothing signed changes unseen.

*Content* is every value of every table that is not a cache, and every line and record: what a person can come to read.
A flipped bit counts as seen when the database cannot be read any more, or a check finds something; where neither is so,
the content has to be the same as before (the bit lay in free space, or in an index or a cache).
"""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from qcdesk.checker.lines import hash_of
from qcdesk.services.trouble import Trouble
from qcdesk.store.database import FILE_NAME
from qcdesk.store.tables import CACHES, COLUMNS
from qcdesk.store.verification import verify
from tests.checker.conftest import played as played
from tests.checker.logs import codes, copy_of, first, opened, rows, said
from tests.workspace import connect

BITS_IN_CI, BITS = 25, 8_000
BITS_OF_A_VALUE_IN_CI, BITS_OF_A_VALUE = (0, 7, 33), 512
"""Bit 7 of a text's byte makes it no text any more."""


def problems(folder: Path) -> list[tuple[str, str, str]]:
    """Return code, table and columns of what the verification finds."""
    database = connect(str(folder))
    try:
        return [
            (p.code, p.facts.get("table", ""), p.facts.get("columns", "")) for p in verify(database).problems
        ]
    finally:
        database.dispose()


def flips(value: bytes) -> Iterator[bytes]:
    """Yield a value with each of its bits flipped in turn."""
    for bit in range(len(value) * 8):
        changed = bytearray(value)
        changed[bit // 8] ^= 1 << bit % 8
        yield bytes(changed)


def test_every_bit_of_every_line_of_a_batch_breaks_its_hash(played: Path) -> None:
    """A line with any bit changed no longer fits its hash; one whose hash was put right, no longer the next line's."""
    log = rows(played)
    batch = said(log[first(played, "batch.released") - 1])["body"]["batch"]
    own = [row for row in log if said(row)["body"].get("batch") == batch]
    assert len(own) >= 8
    for row in own:
        for body in flips(row.body):
            assert hash_of(body, row.sig) != row.hash
        for sig in flips(row.sig):
            assert hash_of(row.body, sig) != row.hash
        for digest in flips(row.hash):
            assert hash_of(row.body, row.sig) != digest


def flipped(value: object, bit: int) -> object | None:
    """Return a stored value with this bit of it flipped, text as its bytes; None: it has not so many."""
    if isinstance(value, int):
        return value ^ (1 << bit) if bit < 40 else None
    if not isinstance(value, bytes) or bit >= len(value) * 8:
        return None
    changed = bytearray(value)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def test_bits_of_every_value_of_every_table_are_seen(played: Path, tmp_path: Path) -> None:
    each_value(played, tmp_path, BITS_OF_A_VALUE_IN_CI)


@pytest.mark.long
def test_every_bit_of_every_value_of_every_table_is_seen(played: Path, tmp_path: Path) -> None:
    """Only values of more than ``BITS_OF_A_VALUE`` bits (documents of comparisons) keep some unflipped."""
    each_value(played, tmp_path, range(BITS_OF_A_VALUE))


def each_value(played: Path, tmp_path: Path, bits: Iterable[int]) -> None:
    """Flip this bit of every value that is not a key's, everywhere at once; each has to be named by what is found.

    Then the same of one key of every table. Bits that the database itself refuses (a value that is another's, a text
    in a number's place) are not stored and so not counted.
    """
    for bit in bits:
        for keys in (False, True):
            folder = copy_of(played, tmp_path / f"{bit}{keys}")
            done = flip_all(folder, bit, keys=keys)
            found = problems(folder)
            if keys:
                assert done <= {(table, "") for code, table, _ in found if code == "row_missing"}
            else:
                assert done <= {(table, columns) for code, table, columns in found if code == "row_differs"}
            assert done or bit >= 40
            shutil.rmtree(folder)


def flip_all(folder: Path, bit: int, *, keys: bool) -> set[tuple[str, str]]:
    """Flip a bit of every value (of the first key column of one row of each table); table and columns of each row."""
    done = set()
    with opened(folder) as db:
        db.execute("PRAGMA ignore_check_constraints=ON")
        for table, (key, columns) in COLUMNS.items():
            texts = ", ".join(
                f"CASE typeof({c}) WHEN 'text' THEN CAST({c} AS BLOB) ELSE {c} END" for c in columns
            )
            every = db.execute(f"SELECT rowid, {texts} FROM {table}" + " LIMIT 1" * keys).fetchall()
            for rowid, *values in every:
                changed = set()
                for column, value in zip(columns, values, strict=True):
                    new = flipped(value, bit)
                    taken = column == key[0] if keys else column not in key and column != "checking"
                    if new is None or not taken:
                        continue
                    mark = "CAST(? AS TEXT)" if isinstance(new, bytes) else "?"
                    try:
                        db.execute(f"UPDATE {table} SET {column} = {mark} WHERE rowid = ?", (new, rowid))
                    except sqlite3.IntegrityError:
                        continue
                    changed.add(column)
                if changed:
                    done.add((table, "" if keys else ", ".join(sorted(changed))))
    return done


def content(folder: Path) -> dict[str, list[tuple[object, ...]]] | None:
    """Return every value that is no cache; None where it cannot be read."""
    db = sqlite3.connect(f"{(folder / FILE_NAME).as_uri()}?mode=ro", uri=True)
    db.text_factory = bytes
    try:
        return {
            table: sorted(db.execute(f"SELECT * FROM {table} NOT INDEXED").fetchall(), key=repr)
            for table in ("event", "record", "sealed_key", *COLUMNS)
            if table not in CACHES
        }
    except (sqlite3.Error, UnicodeDecodeError):  # the latter from a message that quotes damaged bytes
        return None
    finally:
        db.close()


def test_random_bits_of_the_file_change_nothing_unseen(played: Path, tmp_path: Path) -> None:
    random_bits(played, tmp_path, BITS_IN_CI, random.Random(3))


@pytest.mark.long
def test_thousands_of_random_bits_of_the_file_change_nothing_unseen(played: Path, tmp_path: Path) -> None:
    random_bits(played, tmp_path, BITS, random.Random(4))


def random_bits(played: Path, tmp_path: Path, bits: int, chance: random.Random) -> None:
    """Flip one bit of the file at a time."""
    folder = copy_of(played, tmp_path / "file")
    path = folder / FILE_NAME
    whole = path.read_bytes()
    before = content(folder)
    for _ in range(bits):
        bit = chance.randrange(len(whole) * 8)
        changed = bytearray(whole)
        changed[bit // 8] ^= 1 << bit % 8
        path.write_bytes(changed)
        try:
            after = content(folder)
            if after != before and after is not None and without_seals(after) != without_seals(before):
                assert codes(folder) or problems(folder), f"bit {bit}"
        except Trouble:
            pass  # it cannot be read, and says so
    path.write_bytes(whole)


def without_seals(
    found: dict[str, list[tuple[object, ...]]] | None,
) -> dict[str, list[tuple[object, ...]]]:
    """Leave out the sealed keys, which carry their own proof: a changed one does not open."""
    return {table: values for table, values in (found or {}).items() if table != "sealed_key"}
