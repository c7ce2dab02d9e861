# SPDX-License-Identifier: Apache-2.0
"""The rules that every table has by what it is, as they must stand in the schema.

Run as a program it prints those that the schema lacks, to be added to the last part of the newest revision:
``python -m tests.store.guards``. A table is *append-only* (nothing in a row ever changes), *written anew* (an event may
write its list as a whole), *loose* (a cache), or a row of it changes by rules of its own. No key ever changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from qcdesk.store.tables import BESIDE, CACHES, COLUMNS, OWN
from tests.store import schema_texts

APPEND_ONLY = (
    "event",
    "line",
    "workspace",
    "round",
    "batch_number",
    "batch_part",
    "batch_origin",
    "batch_reworker",
    "comparison",
    "decision",
    "place_given_up",
    "first_seen",
    "line_signer",
    "disposition",
    "batch_place",
    "person_language",
    "shipment",
    "shipped_unreleased",
    "voided",
    "restored",
    "procedure_grace",
    "procedure_stopped",
    "reinspection",
    "severity",
    "supplier_status",
    "audit_template",
    "audit_template_approved",
    "audit",
    "audit_answer",
    "audit_step",
    "concession",
    "concession_answer",
    "concession_budget",
    "corrective_action",
    "action_said",
    "promise",
    "clock_correction",
    "clock_behind",
    "certificate",
    "certificate_copy",
    "analysis_copy",
    "certificate_withdrawn",
    "paper_print",
    "touch",
    "complaint",
    "complaint_step",
    "nonconformity",
    "nonconformity_step",
    "owner_figure",
    "reviewed",
    "reported_defect",
    "imported",
    "record",
    "failed_try",
    "clock_jump",
    "sealed_badge",
)
WRITTEN_ANEW = (
    "role_grant",
    "qualification",
    "procedure_product",
    "batch_maker",
    "sealed_key",
    "sealed_badge",
)
"""Lists that an event may write anew as a whole, and seals, which have rules of their own for when they go."""
ALL_COLUMNS: dict[str, tuple[str, ...]] = {
    **{table: columns for table, (_, columns) in (COLUMNS | BESIDE).items()},
    "event": ("seq", "body", "sig", "hash"),
    "record": ("sha256", "document"),
    "alembic_version": ("version_num",),
}
KEYS: dict[str, tuple[str, ...]] = {
    **{table: key for table, (key, _) in (COLUMNS | BESIDE).items()},
    "event": ("seq",),
    "record": ("sha256",),
    "alembic_version": ("version_num",),
}
MAY_HAVE_NO_ROUND = {"disposition": "NEW.round IS NOT NULL OR NEW.kind NOT IN ('return', 'scrap')"}
"""Tables of which a row may be of no round -> where it is asked for one all the same."""
LOOSE = (*CACHES, *OWN)
"""Tables that hold nothing signed: only the program writes them, and that is all."""


@cache
def uniques(table: str) -> tuple[tuple[str, ...], ...]:
    """Return what must be unique beyond the key, as the script of SQLite spells it."""
    text = schema_texts.text("sqlite")
    made = re.search(rf"CREATE TABLE {table} \(\n(.*?)\n\) STRICT", text, re.S)
    found: list[tuple[str, ...]] = []
    if made:
        found += [tuple(re.split(r",\s*", m)) for m in re.findall(r"^    UNIQUE \(([^)]*)\)", made[1], re.M)]
        found += [(m,) for m in re.findall(r"^    (\w+) [^,\n]*\bUNIQUE\b(?! \()", made[1], re.M)]
    found += [
        tuple(re.split(r",\s*", columns))
        for columns in re.findall(rf"CREATE UNIQUE INDEX \w+ ON {table} \(([^)]*)\)(?! WHERE)", text)
    ]
    return tuple(u for u in found if u != KEYS[table])


@cache
def has_own_rowid(table: str) -> bool:
    """Return whether SQLite numbers the rows of a table by a hidden number that is not its key."""
    text = schema_texts.text("sqlite")
    made = re.search(rf"CREATE TABLE {table} \(\n(.*?)\n\) STRICT", text, re.S)
    key = KEYS[table]
    return made is None or len(key) > 1 or re.search(rf"^    {key[0]} INTEGER", made[1], re.M) is None


def sqlite_guards(table: str) -> Iterator[tuple[str, str]]:
    """Yield name and statement of every rule that a table must have on SQLite."""
    if table != "event":
        for act in ("insert", "update", "delete"):
            yield _sqlite(table, f"program_{act}", act, "qc_writing() IS NOT 1", "program-only")
    if table in LOOSE:
        return
    same = [_same(table, u) for u in (KEYS[table], *uniques(table))]
    yield _sqlite(table, "no_replace", "insert", " OR ".join(same), "append-only")
    if table not in WRITTEN_ANEW:
        yield _sqlite(table, "no_delete", "delete", "1", "append-only")
    if table in APPEND_ONLY:
        yield _sqlite(table, "no_update", "update", "1", "append-only")
    else:
        changed = " OR ".join(f"NEW.{k} IS NOT OLD.{k}" for k in KEYS[table])
        yield _sqlite(table, "key_stays", "update", changed, "append-only")
        others = [_same(table, u, but=KEYS[table]) for u in uniques(table)]
        if others:
            yield _sqlite(table, "unique_stays", "update", " OR ".join(others), "append-only")
    if has_own_rowid(table):
        free = f"EXISTS (SELECT 1 FROM {table} WHERE rowid IS NEW.rowid)"
        yield _sqlite(table, "rowid_free", "insert", free, "append-only")
        if table not in APPEND_ONLY:
            yield _sqlite(table, "rowid_stays", "update", "NEW.rowid IS NOT OLD.rowid", "append-only")
    if _of_event(table):
        last = "NEW.seq IS NOT (SELECT max(seq) FROM event)"
        yield _sqlite(table, "of_last_event", "insert", last, "unverified")
    if _of_round(table):
        of = "NOT EXISTS (SELECT 1 FROM round WHERE id IS NEW.round AND batch IS NEW.batch)"
        also = f" AND ({MAY_HAVE_NO_ROUND[table]})" if table in MAY_HAVE_NO_ROUND else ""
        yield _sqlite(table, "round_of_batch", "insert", of + also, "unverified")


def postgresql_guards(table: str) -> Iterator[tuple[str, str]]:
    """Yield name and statement of every rule that a table must have on PostgreSQL."""
    yield _postgresql(table, "no_truncate", "truncate", "append-only")
    if table in LOOSE:
        return
    if table not in WRITTEN_ANEW:
        yield _postgresql(table, "no_delete", "delete", "append-only")
    if table in APPEND_ONLY:
        yield _postgresql(table, "no_update", "update", "append-only")
    else:
        changed = " OR ".join(f"NEW.{k} IS DISTINCT FROM OLD.{k}" for k in KEYS[table])
        yield _postgresql(table, "key_stays", "update", "append-only", changed)
    if _of_event(table):
        yield _postgresql(table, "of_last_event", "insert", "unverified", function="qc_of_last_event")
    if _of_round(table):
        when = MAY_HAVE_NO_ROUND.get(table, "")
        yield _postgresql(table, "round_of_batch", "insert", "unverified", when, "qc_round_of_batch")


def guards(dialect: str, table: str) -> dict[str, str]:
    """Return name and statement of every rule that a table must have."""
    return dict((sqlite_guards if dialect == "sqlite" else postgresql_guards)(table))


def _of_event(table: str) -> bool:
    return table in COLUMNS and "seq" in ALL_COLUMNS[table]


def _of_round(table: str) -> bool:
    return table in COLUMNS and table != "line" and {"round", "batch"} <= {*ALL_COLUMNS[table]}


def _same(table: str, columns: tuple[str, ...], but: tuple[str, ...] = ()) -> str:
    """Return the question whether another row has the same values; those that may be absent do not count so."""
    made = re.search(rf"CREATE TABLE {table} \(\n(.*?)\n\) STRICT", schema_texts.text("sqlite"), re.S)
    terms = [f"{c} IS NEW.{c}" for c in columns]
    for column in columns:
        if made and not re.search(rf"^    {column} [^,\n]*NOT NULL", made[1], re.M):
            terms.append(f"NEW.{column} IS NOT NULL")
    terms += [f"{c} IS NOT NEW.{c}" for c in but[:1]]
    return f"EXISTS (SELECT 1 FROM {table} WHERE {' AND '.join(terms)})"


def _sqlite(table: str, name: str, act: str, when: str, rule: str) -> tuple[str, str]:
    full = f"{table}_{name}"
    return full, (
        f"CREATE TRIGGER {full} BEFORE {act.upper()} ON {table}\nWHEN {when}\n"
        f"BEGIN SELECT RAISE(ABORT, 'rule:{rule}'); END"
    )


def _postgresql(
    table: str, name: str, act: str, rule: str, when: str = "", function: str = "qc_refuse"
) -> tuple[str, str]:
    full = f"{table}_{name}"
    each = "STATEMENT" if act == "truncate" else "ROW"
    asked = f" WHEN ({when})\n" if when else " "
    return full, (
        f"CREATE TRIGGER {full} BEFORE {act.upper()} ON {table}\n"
        f"FOR EACH {each}{asked}EXECUTE FUNCTION {function}('{rule}')"
    )


def lacking(dialect: str) -> list[str]:
    """Return the statements that the schema of a dialect lacks or has otherwise."""
    there = {_plain(s) for s in schema_texts.statements(dialect)}
    return [
        statement
        for table in ALL_COLUMNS
        for statement in guards(dialect, table).values()
        if _plain(statement) not in there
    ]


def _plain(statement: str) -> str:
    """Return a statement with its white space evened out."""
    return " ".join(statement.split())


if __name__ == "__main__":
    for dialect in ("sqlite", "postgresql"):
        print(f"\n-- {dialect}")
        for statement in lacking(dialect):
            print(f"{statement}\n--;")
