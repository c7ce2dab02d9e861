# SPDX-License-Identifier: Apache-2.0
"""The tables written anew from the log: what a forged line or a changed program left in them is put right.

What they should hold is reckoned as the verification does, before anything is locked. The rows that differ are then
written in one transaction in which the rules on the tables are down, for no rule lets a row go back to what the log
says; they stand again, word for word, before anything else is written. A power cut undoes all of it or none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager

import sqlalchemy as sa

from qcdesk.checker.findings import not_voided
from qcdesk.checker.signatures import Verifier, verifier_for
from qcdesk.checker.walk import Standing, Walk
from qcdesk.domain.refusals import LogNotWhole
from qcdesk.services.ports import Progress
from qcdesk.services.trouble import Trouble
from qcdesk.store.database import Database
from qcdesk.store.statements import asked_of, run
from qcdesk.store.tables import COLUMNS
from qcdesk.store.verification import Ledger, Mend, Run

NOT_WHOLE = frozenset(("event_hash", "chain_broken", "chain_empty"))
"""What shows that the log lost something that the tables may still hold: they are then left as they are."""


class Reckoning:
    """What the tables should hold, as far as the log went when it was read."""

    def __init__(self, database: Database, progress: Progress | None) -> None:
        """Read the whole log, page by page, while others write.

        Raises: Trouble ``cancelled``.
        """
        with database.reading() as connection:
            total = connection.exec_driver_sql("SELECT count(*) FROM event").scalar_one()
        self._verifier: Verifier = verifier_for(total)
        self._mends: list[Mend] = []
        with ExitStack() as undo:
            undo.callback(self.close)
            bad, handed = frozenset[int](), 0
            while True:
                self._mends.clear()
                self._run = Run(database, Walk(Ledger(), Standing(), bad), progress, total, self._mends)
                self._run.begin(self._verifier, handed)
                if self._run.cancelled:
                    raise Trouble("cancelled")
                now = frozenset(self._verifier.finish())
                if now == bad:
                    break
                handed, bad = max(handed, self._run.read or 0), now
            undo.pop_all()

    def mends(self, connection: sa.Connection) -> tuple[Mend, ...] | None:
        """Return the rows to be put right, within the transaction that writes them.

        None: what came in meanwhile is not well signed, so it is to be reckoned anew.
        Raises: LogNotWhole: the log itself lacks something, or was changed.
        """
        if not self._run.finished_within(connection):
            return None
        rules = self._run.walk.rules
        for finding in not_voided(rules.findings, rules.voided):
            if finding.code in NOT_WHOLE:
                raise LogNotWhole(finding.event or 0)
        # a line that nobody signed is in the log all the same, so it stays in the index of the log: seeds follow from it
        return tuple(
            m for m in self._mends if not (m.table == "line" and m.there and m.key[0] in rules.failed)
        )

    def close(self) -> None:
        """Let go of the other cores."""
        self._verifier.close()


def rewrite(connection: sa.Connection, mends: Sequence[Mend]) -> None:
    """Put rows right. Raises: Trouble ``server_owner``: on a server the tables are another's."""
    with _rules_down(connection):
        for mend in mends:
            if mend.there:
                run(connection, *_gone(connection, mend))
        for mend in mends:
            if mend.row is not None:
                names = COLUMNS[mend.table][1]
                values = ", ".join(f":{name}" for name in names)
                statement = f"INSERT INTO {mend.table} ({', '.join(names)}) VALUES ({values})"  # noqa: S608
                run(connection, statement, mend.row)


def _gone(connection: sa.Connection, mend: Mend) -> tuple[str, dict[str, object]]:
    """Return what takes a row out, also one whose key is text that is none."""
    where, values = [], dict[str, object]()
    for name, value in zip(COLUMNS[mend.table][0], mend.key, strict=True):
        bytes_of_it = connection.dialect.name == "sqlite" and isinstance(value, str)
        where.append(f"{name} = CAST(:{name} AS TEXT)" if bytes_of_it else f"{name} = :{name}")
        values[name] = value.encode("utf-8", "surrogateescape") if bytes_of_it else value
    return f"DELETE FROM {mend.table} WHERE {' AND '.join(where)}", values  # noqa: S608


@contextmanager
def _rules_down(connection: sa.Connection) -> Iterator[None]:
    """Take the rules off the tables, and put them back as they stood; references are looked at when all is written."""
    down = _down_on_sqlite if connection.dialect.name == "sqlite" else _down_on_server
    again = down(connection)
    yield
    again()


def _down_on_sqlite(connection: sa.Connection) -> Callable[[], None]:
    run(connection, "PRAGMA defer_foreign_keys=ON")
    query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY rowid"
    rules = asked_of(connection, query)
    for rule in rules:
        quoted = str(rule["name"]).replace('"', '""')
        connection.exec_driver_sql(f'DROP TRIGGER "{quoted}"')

    def again() -> None:
        if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is None:
            # SQLite only counts: a row that referred to nothing before, and does to something now, puts it out
            connection.exec_driver_sql("PRAGMA defer_foreign_keys=OFF")
        _each(connection, (str(rule["sql"]) for rule in rules))

    return again


def _down_on_server(connection: sa.Connection) -> Callable[[], None]:
    """As the owner of the tables: the program's own role may not, so that no forged act of two opens them to anybody."""
    if not connection.exec_driver_sql(_IS_OWNER).scalar():
        raise Trouble("server_owner")
    connection.exec_driver_sql("SET ROLE qcdesk_owner")
    tables = "', '".join(COLUMNS)
    rules = connection.exec_driver_sql(_SERVER_RULES.format(tables=tables)).all()
    links = connection.exec_driver_sql(_SERVER_LINKS.format(tables=tables)).all()
    _each(connection, (f"ALTER TABLE {table} DISABLE TRIGGER {name}" for table, name, _ in rules))
    deferred = "ALTER TABLE {} ALTER CONSTRAINT {} DEFERRABLE INITIALLY DEFERRED"
    _each(connection, (deferred.format(table, name) for table, name in links))

    def again() -> None:
        connection.exec_driver_sql("SET CONSTRAINTS ALL IMMEDIATE")
        at_once = "ALTER TABLE {} ALTER CONSTRAINT {} NOT DEFERRABLE"
        _each(connection, (at_once.format(table, name) for table, name in links))
        _each(
            connection,
            (f"ALTER TABLE {table} ENABLE {_FIRES[how]}TRIGGER {name}" for table, name, how in rules),
        )
        connection.exec_driver_sql("SET ROLE qcdesk_program")

    return again


def _each(connection: sa.Connection, statements: Iterable[str]) -> None:
    for statement in statements:
        connection.exec_driver_sql(statement)


_IS_OWNER = "SELECT pg_has_role(session_user, 'qcdesk_owner', 'MEMBER')"
_SERVER_RULES = (
    "SELECT c.relname, quote_ident(t.tgname), t.tgenabled::text FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
    " WHERE NOT t.tgisinternal AND t.tgenabled <> 'D' AND c.relnamespace = 'public'::regnamespace"
    " AND c.relname IN ('{tables}')"
)
_SERVER_LINKS = (
    "SELECT c.relname, quote_ident(k.conname) FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid"
    " WHERE k.contype = 'f' AND NOT k.condeferrable AND c.relnamespace = 'public'::regnamespace"
    " AND c.relname IN ('{tables}')"
)
_FIRES = {"O": "", "A": "ALWAYS ", "R": "REPLICA "}
