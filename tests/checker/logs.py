# SPDX-License-Identifier: Apache-2.0
"""Workspaces made once for the checker's tests, and hands to damage copies of them with."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from qcdesk.checker import canonical
from qcdesk.checker.checking import Report, check
from qcdesk.checker.lines import Row, framed, hash_of
from qcdesk.checker.sources import DATABASE, open_source


def checked(where: Path, *anchors: Any) -> Report:  # noqa: ANN401 - anchors or findings
    """Check what lies there."""
    source = open_source(where)
    try:
        return check(source, anchors)
    finally:
        source.close()


def codes(where: Path, *anchors: Any) -> set[str]:  # noqa: ANN401
    """Return the codes of everything that does not hold."""
    return {f.code for f in checked(where, *anchors).findings}


def copy_of(workspace: Path, target: Path) -> Path:
    """Return a copy of a workspace's folder."""
    shutil.copytree(workspace, target)
    return target


@contextmanager
def opened(workspace: Path) -> Iterator[sqlite3.Connection]:
    """Open a workspace's database as its owner would: no trigger stands in the way, and each is put back afterwards."""
    db = sqlite3.connect(workspace / DATABASE, isolation_level=None)
    db.execute("PRAGMA synchronous=OFF")
    db.execute("PRAGMA legacy_alter_table=ON")
    db.execute("BEGIN")  # all triggers at once: each by itself would be a commit
    try:
        rules = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in rules:
            db.execute(f"DROP TRIGGER {name}")
        yield db
        for _, sql in rules:
            with suppress(sqlite3.OperationalError):  # its table is gone
                db.execute(sql)
        db.execute("COMMIT")
    finally:
        db.close()


def rows(workspace: Path) -> list[Row]:
    """Return the whole log."""
    db = sqlite3.connect(workspace / DATABASE)
    try:
        return [Row(*row) for row in db.execute("SELECT seq, body, sig, hash FROM event ORDER BY seq")]
    finally:
        db.close()


def said(row: Row) -> dict[str, Any]:
    """Return what a row says, envelope and all."""
    found = json.loads(row.body)
    assert isinstance(found, dict)
    return found


def signed(data: dict[str, Any], key: Ed25519PrivateKey, *others: tuple[str, Ed25519PrivateKey]) -> Row:
    """Return a row that says this, signed by a key and co-signed by people's keys."""
    bare = {name: value for name, value in data.items() if name != "co"}
    if others:
        body = canonical.write(bare)
        bare["co"] = [
            {"person": person, "key": key_name(other), "sig": other.sign(framed("cosign", body)).hex()}
            for person, other in others
        ]
    body = canonical.write(bare)
    sig = key.sign(framed("event", body))
    return Row(data["seq"], body, sig, hash_of(body, sig))


def key_name(key: Ed25519PrivateKey) -> str:
    """Return the id of a key."""
    return sha256(key.public_key().public_bytes_raw()).hexdigest()[:32]


def first(workspace: Path, kind: str) -> int:
    """Return the number of the first event of a kind."""
    return next(row.seq for row in rows(workspace) if said(row)["type"] == kind)
