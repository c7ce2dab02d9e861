# SPDX-License-Identifier: Apache-2.0
"""Sealed keys held against the log: whether each is the newest of its key, and none is kept whose key has ended.

A changed password and a badge put the SHA-256 of the new seal's text on record, so an older seal that is put back (and
would open with a secret that somebody knows from before) is seen. The first seal of a key, made at enrolment, has no
hash in the log: there is none before it that could be put back, and another text in its place does not open, for whose
key it is stands inside the encryption. So of first seals the person and the public key are compared, no more.

What is left over of a key or badge that the log has ended opens nothing that signs, and a badge without its seal opens
nothing at all: both are told and stop nothing, or whoever ends the own key could stop the whole shop. The program drops
what is left over at the next sign-in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Final

import sqlalchemy as sa

from qcdesk.checker.lines import Line
from qcdesk.services.ports import Problem
from qcdesk.store.projection import Drop, Row

Rows = Mapping[tuple[object, ...], Row]


class Seals:
    """What the log says of the seals of people's keys: key -> SHA-256 of the newest seal's text."""

    def __init__(self) -> None:
        """Begin with none."""
        self.newest: dict[str, str] = {}

    def take(self, line: Line) -> None:
        """Take up what a good line says."""
        if line.type in ("secret.changed", "key.changed"):
            self.newest[line.body["key"]] = line.body["seal"]

    def against(self, connection: sa.Connection, keys: Rows, badges: Rows) -> Iterator[Problem]:
        """Hold what is kept against the log. ``keys``, ``badges``: the rows that the log makes of them."""
        wanted = {
            str(row["key"]): (row["person"], row["public_key"], self.newest.get(str(row["key"])))
            for row in keys.values()
            if row["until_seq"] is None
        }
        publics = {str(row["key"]): row["public_key"] for row in keys.values()}
        yield from _held(connection, "sealed_key", "key", wanted, frozenset(publics), "seal_missing")
        of_badges = {
            str(row["id"]): (row["person"], publics.get(str(row["key"])), row["seal"])
            for row in badges.values()
            if row["stopped"] is None
        }
        ever = frozenset(str(row["id"]) for row in badges.values())
        yield from _held(connection, "sealed_badge", "id", of_badges, ever, "badge_missing")


def left_over(connection: sa.Connection) -> list[Drop]:
    """Return what drops the seals of ended keys and of stopped badges."""
    return [
        Drop(table, {key: str(name)})
        for table, key, query in _LEFT_OVER
        for (name,) in connection.exec_driver_sql(query)
    ]


_LEFT_OVER: Final = (
    (
        "sealed_key",
        "key",
        "SELECT s.key FROM sealed_key s JOIN person_key k ON k.key = s.key WHERE k.until_seq IS NOT NULL",
    ),
    (
        "sealed_badge",
        "id",
        "SELECT s.id FROM sealed_badge s JOIN badge b ON b.id = s.id WHERE b.stopped IS NOT NULL",
    ),
)


def _held(
    connection: sa.Connection,
    table: str,
    key: str,
    wanted: Mapping[str, tuple[object, object, object]],
    ever: frozenset[str],
    without: str,
) -> Iterator[Problem]:
    """Hold a table against what is wanted. ``ever``: all that the log knows; ``without``: what is said where none is."""
    missing = dict(wanted)
    query = f"SELECT {key}, person, public_key, sealed FROM {table}"  # noqa: S608 - our own names
    for name, person, public_key, sealed in connection.exec_driver_sql(query):
        expected = missing.pop(name, None)
        shown = {"key": str(name).encode("utf-8", "backslashreplace").decode()}
        if expected is None:
            yield Problem(None, None, "seal_left" if name in ever else "seal_extra", shown)
            continue
        digest = sha256(str(sealed).encode("utf-8", "surrogateescape")).hexdigest()
        if (person, public_key) != expected[:2] or expected[2] not in (None, digest):
            yield Problem(None, None, "seal_differs", shown)
    for name in missing:
        yield Problem(None, None, without, {"key": name})
