# SPDX-License-Identifier: Apache-2.0
"""Bringing a database to the schema that this program knows, with a backup before it."""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa

from qcdesk.services.ports import Progress
from qcdesk.services.trouble import Trouble
from qcdesk.store import figures
from qcdesk.store.database import TAKE_THE_LOG, Database, as_owner, translated
from qcdesk.store.long_runs import Steps

HEAD = "0008"
KNOWN: tuple[str, ...] = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008")


def revision_of(database: Database) -> str:
    """Return the revision a database is at; empty for a database without tables.

    A database that says several is held against the newest one: an older one would ask less of it.
    """
    return max(revisions_of(database), default="")


def revisions_of(database: Database) -> list[str]:
    """Return every revision that a database says it is at: one, where nobody has written into it by hand."""
    with database.reading() as connection:
        if not sa.inspect(connection).has_table("alembic_version"):
            return []
        found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalars().all()
    return [str(one or "") for one in found]


def require_known(database: Database) -> str:
    """Return the revision; a database of a newer program is refused.

    Raises: Trouble ``schema_newer``.
    """
    found = revision_of(database)
    if found and found not in KNOWN:
        raise Trouble("schema_newer", found=found, known=HEAD)
    return found


def upgrade(
    database: Database,
    backup: Callable[[Progress | None], object] | None = None,
    progress: Progress | None = None,
) -> str:
    """Bring the schema up to date in one transaction; nothing happens when it is.

    Args: backup: called first when there is anything to lose, with whom to tell how far it is. progress: is told how far
        the whole is, where there was anything before; only in the backup a "no" stops it.
    Returns: the revision reached.
    Raises: Trouble: it is of a newer program, or not what its revision makes.
    """
    found = require_known(database)
    if found == HEAD:
        return HEAD
    steps = Steps(progress if found else None)
    if found and backup is not None:
        backup(steps.part(0, 50).told)
    steps.part(50, 60).told(0, 1)
    bring(database)
    if found:
        # Those before the fourth counted otherwise, those before the eighth what was received or touched.
        figures.fill(database, anew=found < "0004", lists=found < "0008", step=steps.part(60, 100))
    steps.done()
    return HEAD


def bring(database: Database, to: str = HEAD) -> None:
    """Bring the schema from any known revision up to a later one, in one transaction, and nothing else.

    Raises: Trouble: it is not what its revision makes.
    """
    # Alembic takes half a second to import, and a database that is up to date never needs it.
    from alembic import command
    from alembic.config import Config
    from alembic.util.exc import CommandError

    config = Config()
    config.set_main_option("script_location", "qcdesk.store:migrations")
    try:
        with translated(), as_owner(database) as connection:
            if database.dialect == "sqlite":
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            else:
                connection.exec_driver_sql(TAKE_THE_LOG)
            config.attributes["connection"] = connection
            command.upgrade(config, to)
            connection.commit()
    except sa.exc.ProgrammingError as problem:  # it has what its revision has not
        raise Trouble("database", reason=str(problem.orig).splitlines()[0]) from problem
    except CommandError as problem:  # it says that it is at two revisions at once
        raise Trouble("database", reason=str(problem).splitlines()[0]) from problem
