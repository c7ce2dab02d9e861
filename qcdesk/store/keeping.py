# SPDX-License-Identifier: Apache-2.0
"""Looking after a workspace as a whole: verifying, schema, where it lies and what its root of trust is."""

from __future__ import annotations

from qcdesk.domain.log import fingerprint
from qcdesk.services.ports import Clock, Progress, Verified
from qcdesk.services.trouble import Trouble
from qcdesk.store.database import Database
from qcdesk.store.upgrading import HEAD, revision_of, upgrade
from qcdesk.store.verification import verify


class SqlKeeping:
    """See the port ``Keeping``."""

    def __init__(self, database: Database, clock: Clock) -> None:
        """Remember the adapters."""
        self._database, self._clock = database, clock

    def verify(self, progress: Progress | None = None) -> Verified:
        """See the port."""
        return verify(self._database, progress)

    def schema(self) -> tuple[str, str]:
        """See the port."""
        return revision_of(self._database), HEAD

    def upgrade(self) -> str:
        """See the port."""
        return upgrade(self._database, self.backup_before_upgrade)

    def head(self) -> tuple[int, str]:
        """See the port."""
        with self._database.reading() as connection:
            row = connection.exec_driver_sql("SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1").first()
        return (row[0], bytes(row[1]).hex()) if row else (0, "")

    def fingerprint(self) -> str:
        """See the port."""
        with self._database.reading() as connection:
            found = connection.exec_driver_sql("SELECT hash FROM event WHERE seq = 1").scalar()
        if found is None:
            raise Trouble("no_events")
        return fingerprint(bytes(found))

    def location(self) -> str:
        """See the port."""
        if self._database.dialect == "sqlite":
            return str(self._database.folder)
        return self._database.engine.url.render_as_string(hide_password=True)
