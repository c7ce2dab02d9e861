# SPDX-License-Identifier: Apache-2.0
"""What a SQLite file's rules are: names and digests of the tables, indices, triggers and views of each revision.

In the one file that stands alone they lie beside this module, written down when it was packed. Beside the program they
are asked of the revisions' own scripts, so there is one place that says them.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from functools import cache
from hashlib import sha256
from importlib import resources
from typing import Final

from qcdesk.checker.findings import Finding
from qcdesk.checker.sources import Source, Thing

WRITTEN = "schema.json"
"""Name of what is packed."""
VERSION = "alembic_version"
"""The table that says which revision a file is at."""
SCRIPTS: Final[Mapping[str, tuple[str, ...]]] = {
    "0001": ("0001_first",),
    "0002": (
        "0002_trust_people",
        "0002_trust_rounds",
        "0002_trust_keeping",
        "0002_trust_acting",
        "0002_trust_switching",
        "0002_trust_guarding",
    ),
    "0003": (
        "0003_supply_goods",
        "0003_supply_suppliers",
        "0003_supply_corrective",
        "0003_supply_audits",
        "0003_supply_care",
        "0003_supply_figures",
        "0003_supply_guarding",
    ),
    "0004": (
        "0004_onward_goods",
        "0004_onward_nonconformities",
        "0004_onward_suppliers",
        "0004_onward_care",
        "0004_onward_guarding",
    ),
    "0005": (
        "0005_ways_goods",
        "0005_ways_care",
        "0005_ways_promises",
        "0005_ways_certificates",
        "0005_ways_guarding",
    ),
    "0006": (
        "0006_proof_goods",
        "0006_proof_care",
        "0006_proof_promises",
        "0006_proof_figures",
        "0006_proof_guarding",
    ),
    "0007": (
        "0007_papers_people",
        "0007_papers_prints",
        "0007_papers_goods",
        "0007_papers_repeats",
        "0007_papers_findings",
        "0007_papers_guarding",
    ),
    "0008": (
        "0008_stops_repeats",
        "0008_stops_goods",
        "0008_stops_marks",
        "0008_stops_prints",
        "0008_stops_guarding",
    ),
}
"""What each revision runs, in order."""
STATISTICS: Final[Mapping[tuple[str, str], str]] = {
    ("table", "sqlite_stat1"): "CREATE TABLE sqlite_stat1(tbl,idx,stat)",
    ("table", "sqlite_stat4"): "CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)",
}
"""What the database makes by itself for its planner; anything else of such a name is somebody's."""
Digests = dict[str, dict[str, str]]
"""Revision -> kind and name, as in ``trigger event_no_update`` -> digest of what it belongs to and of its text."""


def differing(source: Source) -> Iterator[Finding]:
    """Yield what a file lacks, holds beyond, or holds otherwise than its revision makes it; nothing for a dump.

    A file of a revision that is not known here was made by a newer program: that is told, and nothing is compared.
    Raises: Damaged.
    """
    there = source.schema()
    if there is None:
        return
    every = known()
    newest = max(every)
    said = source.revisions()
    revision = max(said, default=newest)  # what claims several is held against the strictest
    if revision > newest:
        yield Finding.of(None, "schema_newer", found=revision, known=newest)
        return
    if len(said) != 1 or revision not in every:
        yield Finding.of(None, "schema_differs", kind="table", name=VERSION)
    elif revision != newest:
        yield Finding.of(None, "schema_older", found=revision, known=newest)
    wanted = every.get(revision, every[newest])
    found = _digests([thing for thing in there if STATISTICS.get(thing[:2], "") != thing[3]])
    for name in sorted(wanted.keys() | found.keys()):
        kind, _, called = name.partition(" ")
        if name not in found:
            yield Finding.of(None, "schema_missing", kind=kind, name=called)
        elif name not in wanted:
            yield Finding.of(None, "schema_extra", kind=kind, name=called)
        elif wanted[name] != found[name]:
            yield Finding.of(None, "schema_differs", kind=kind, name=called)


@cache
def known() -> Digests:
    """Return what every revision makes, as it was packed, or else as the scripts make it now."""
    packed = resources.files("qcdesk.checker") / WRITTEN
    if packed.is_file():
        found: Digests = json.loads(packed.read_text("utf-8"))
        return found
    return made()


def made() -> Digests:
    """Run the revisions' scripts in an empty database, and return what there is after each."""
    folder = resources.files("qcdesk") / "store" / "migrations" / "versions"
    found: Digests = {}
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        db.execute(f"CREATE TABLE {VERSION} (version_num PRIMARY KEY)")  # its text is not compared
        for revision, scripts in SCRIPTS.items():
            for script in scripts:
                for statement in (folder / f"{script}_sqlite.sql").read_text("utf-8").split("--;\n"):
                    db.execute(statement)
            found[revision] = _digests(
                db.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall()
            )
    return found


def written() -> bytes:
    """Return what is packed: the same scripts give the same bytes."""
    return json.dumps(made(), indent=1, sort_keys=True).encode() + b"\n"


def _digests(things: list[Thing]) -> dict[str, str]:
    found: dict[str, str] = {}
    for kind, name, table, sql in things:
        text = "" if name == VERSION else f"{table}\n{sql}"
        twice = f"{kind} {name}" in found
        digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        found[f"{kind} {name}"] = "twice" if twice else digest
    return found
