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
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, cast

import pytest

from qcdesk.checker.checking import check_chain
from qcdesk.checker.lines import Row
from qcdesk.checker.sources import Source
from qcdesk.services.trouble import Trouble
from qcdesk.store.database import FILE_NAME
from qcdesk.store.tables import CACHES, COLUMNS
from qcdesk.store.verification import verify
from tests.checker.conftest import played as played
from tests.checker.logs import codes, copy_of, opened, rows
from tests.workspace import connect

BITS_IN_CI, BITS = 25, 8_000
BITS_OF_A_VALUE_IN_CI, BITS_OF_A_VALUE = (0, 7, 33), 512
"""Bit 7 of a text's byte makes it no text any more."""
FAR = 211
"""How far apart the bits of long values are that are stored and verified; prime, so that each place of a byte comes."""


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


@dataclass(frozen=True)
class Given:
    """A log in memory, for the checker to read: what it asks for is the lines and the records."""

    lines: list[Row]

    def count(self) -> int:
        """Return how many lines there are."""
        return len(self.lines)

    def pages(self, after: int) -> Iterator[list[Row]]:
        """Yield all lines."""
        yield self.lines[after:]


def flip_lines(log: list[Row], bits: Iterable[int], part: str) -> int:
    """Flip this bit of this part of every line, everywhere at once; each is named. Return how many were flipped."""
    done = 0
    for bit in bits:
        long = {row.seq for row in log if bit < len(getattr(row, part)) * 8}
        given = [
            Row(*(_other(row, name, bit if name == part else None) for name in Row._fields)) for row in log
        ]
        found = check_chain(cast("Source", Given(given))).findings
        assert long <= {one.event for one in found}, f"bit {bit} of {part}"
        done += len(long)
    return done


def _other(row: Row, part: str, bit: int | None) -> Any:  # noqa: ANN401 - a number, or bytes
    """Return a part of a line, with this bit flipped where it has one."""
    value = getattr(row, part)
    return value if bit is None else flipped(value, bit) or value


PARTS = ("body", "sig", "hash")


def test_bits_of_every_line_are_seen(played: Path) -> None:
    """A line with a bit changed no longer fits its hash; one whose hash was put right, no longer the next line's."""
    log = rows(played)
    for part in PARTS:
        assert flip_lines(log, BITS_OF_A_VALUE_IN_CI, part) == len(log) * len(BITS_OF_A_VALUE_IN_CI)


@pytest.mark.long
def test_every_bit_of_every_line_is_seen(played: Path, figures: Callable[[str], None]) -> None:
    log = rows(played)
    done = sum(flip_lines(log, range(max(len(getattr(r, part)) for r in log) * 8), part) for part in PARTS)
    assert done == sum(len(row.body) + len(row.sig) + len(row.hash) for row in log) * 8
    figures(f"every bit: {done:,} of {len(log)} lines, each seen")


def flip_records(played: Path, tmp_path: Path, bits: Iterable[int]) -> int:
    """Flip this bit of every signed record, everywhere at once; each is named. Return how many were flipped."""
    done = 0
    for bit in bits:
        folder = copy_of(played, tmp_path / f"record{bit}")
        changed = set()
        with opened(folder) as db:
            for name, document in db.execute("SELECT sha256, CAST(document AS BLOB) FROM record").fetchall():
                new = flipped(document, bit)
                if new is not None:
                    db.execute("UPDATE record SET document = ? WHERE sha256 = ?", (new, name))
                    changed.add(name)
        database = connect(str(folder))
        try:
            found = {p.facts.get("record") for p in verify(database).problems if p.code == "record_damaged"}
        finally:
            database.dispose()
        assert changed <= found, f"bit {bit}"
        assert changed or bit > BITS_OF_A_VALUE
        done += len(changed)
        shutil.rmtree(folder)
    return done


def test_bits_of_every_record_are_seen(played: Path, tmp_path: Path) -> None:
    assert flip_records(played, tmp_path, BITS_OF_A_VALUE_IN_CI[:1])


@pytest.mark.long
def test_bits_all_along_every_record_are_seen(played: Path, tmp_path: Path) -> None:
    flip_records(played, tmp_path, range(0, longest(played, "record", "document"), FAR))


def longest(played: Path, table: str, column: str) -> int:
    """Return of how many bits the longest value of a column is."""
    with opened(played) as db:
        found = db.execute(f"SELECT max(length(CAST({column} AS BLOB))) FROM {table}").fetchone()[0]
    return int(found or 0) * 8


@pytest.mark.long
def test_every_bit_of_every_record_and_long_value_reads_otherwise(played: Path) -> None:
    """What is compared is the whole: a record by its hash, a row's text as it reads. No flipped bit reads the same."""
    with opened(played) as db:
        for name, document in db.execute("SELECT sha256, CAST(document AS BLOB) FROM record").fetchall():
            assert sha256(document).hexdigest() == name
            assert all(sha256(one).hexdigest() != name for one in flips(document))
        for table, (_, columns) in COLUMNS.items():
            for column in columns:
                query = f"SELECT CAST({column} AS BLOB) FROM {table} WHERE typeof({column}) = 'text'"
                for (value,) in db.execute(query).fetchall():
                    if len(value) * 8 > BITS_OF_A_VALUE:
                        read = value.decode("utf-8", "surrogateescape")
                        assert all(one.decode("utf-8", "surrogateescape") != read for one in flips(value))


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
    """Every bit up to ``BITS_OF_A_VALUE``; of longer values (what was pinned, comparisons) one of ``FAR`` from there on.

    That no other bit of those reads the same is a test of its own, above.
    """
    far = max(longest(played, table, column) for table, (_, columns) in COLUMNS.items() for column in columns)
    each_value(played, tmp_path, (*range(BITS_OF_A_VALUE), *range(BITS_OF_A_VALUE, far, FAR)))


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
