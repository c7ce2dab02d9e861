# SPDX-License-Identifier: Apache-2.0
"""Looking after a workspace as a whole: verifying, backups, schema, export, what is in order and what is not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC
from pathlib import Path

import sqlalchemy as sa

from qcdesk import durable
from qcdesk.checker.rules.desk import Desk
from qcdesk.checker.walk import Standing
from qcdesk.domain.anchors import Anchor, Head, Lacking, Lost
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.log import fingerprint
from qcdesk.domain.times import local_date, to_datetime
from qcdesk.services.export_rows import ExportRows
from qcdesk.services.inspection_report import Unsealed
from qcdesk.services.ports import (
    BackedUp,
    Clock,
    Dumped,
    Exported,
    Hand,
    Health,
    HeldAgainst,
    LastVerified,
    PaperFacts,
    PaperKind,
    Problem,
    Progress,
    StationHand,
    Verified,
    Workstation,
)
from qcdesk.services.trouble import Trouble, unwritten
from qcdesk.store.anchors import StationAnchors, against, keep_file, lost_by, read_given
from qcdesk.store.backups import back_up
from qcdesk.store.database import Database
from qcdesk.store.doctor import examine
from qcdesk.store.dumping import write_log
from qcdesk.store.evidence import is_open_to_all, sealed_paper
from qcdesk.store.export_reader import SqlExportReader
from qcdesk.store.last_verified import StationVerifications
from qcdesk.store.replaced import lacking_from
from qcdesk.store.scheduling import back_up_if_due, is_due
from qcdesk.store.schema_text import digest_of
from qcdesk.store.sheets import people_sheet, withdrawn_list
from qcdesk.store.tail import verify_tail
from qcdesk.store.upgrading import HEAD, revision_of, upgrade
from qcdesk.store.verification import verify
from qcdesk.store.verified_heads import VerifiedHeads

FAR = 2_000
"""So many new lines, and what was verified is put away anew."""
AUDITED = ("all", "events")
"""What an audit is given: the log goes out with it."""
WriteTables = Callable[[ExportRows, str, str, str | None, str], tuple[tuple[str, int], ...]]
"""write_tables(reader, kind, folder, person, form)"""


_STATION = sa.text("SELECT 1 FROM station_key WHERE key = :k AND active = 1")


def _signed(head: Head, signer: Hand | StationHand) -> Anchor:
    return Anchor(head, signer.key, signer.sign("head", head.body()))


def _write(path: Path, content: bytes) -> int:
    try:
        with durable.written_whole(path) as file:
            return file.write(content)
    except OSError as failed:
        raise unwritten(failed, path) from failed


class SqlKeeping:
    """See the port ``Keeping``."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        write_tables: WriteTables | None = None,
        anchors: StationAnchors | None = None,
        verified: StationVerifications | None = None,
        heads: VerifiedHeads | None = None,
        workstation: Workstation | None = None,
    ) -> None:
        """Remember the adapters.

        ``write_tables`` writes the files of an export, ``anchors`` are what was seen here, ``verified`` remembers how
        verifications ended here, ``heads`` up to where everything held, ``workstation`` signs heads.
        """
        self._workstation = workstation
        self._database, self._clock, self._write_tables = database, clock, write_tables
        self._anchors, self._verified, self._heads = anchors, verified, heads

    def verify(self, progress: Progress | None = None) -> Verified:
        """See the port."""
        found = self._with_lost(verify(self._database, progress, self._keep_head if self._heads else None))
        self._remember(found)
        return found

    def verify_tail(self, progress: Progress | None = None) -> Verified:
        """See the port."""
        vault = self._vault()
        head = self._heads.head(vault) if self._heads is not None else None
        if (
            self._heads is None
            or head is None
            or (self._verified is not None and self._verified.failed(vault))
        ):
            return self.verify(progress)
        far = self.head()[0] - head.seq > FAR
        found = verify_tail(self._database, head, progress, self._keep_head if far else None)
        if found is None:
            return self.verify(progress)
        found = self._with_lost(found)
        if not found.ok:  # that everything holds is for a whole verification to say
            self._remember(found)
        return found

    def _keep_head(self, standing: Standing, rules: Desk) -> None:
        if self._heads is not None:
            self._heads.keep(standing, rules, digest_of(self._database))

    def _remember(self, found: Verified) -> None:
        vault = self._vault()
        if self._verified is not None:
            self._verified.keep(vault, found, self._clock.now())
        if self._heads is not None and not found.ok:
            self._heads.forget(vault)

    def verify_if_due(self, hour: int, progress: Progress | None = None) -> Verified | None:
        """See the port."""
        last = self.last_verified()
        if not is_due(last.at if last else None, self._clock.now(), hour):
            return None
        return self.verify(progress)

    def last_verified(self) -> LastVerified | None:
        """See the port."""
        return self._verified.last(self._vault()) if self._verified is not None else None

    def _with_lost(self, found: Verified) -> Verified:
        lost = self.lost()
        if lost is None:
            return found
        seen = local_date(lost.at, to_datetime(lost.at, UTC).astimezone().tzinfo or UTC)
        facts = {
            "seq": str(lost.seq),
            "seen": seen.isoformat(),
            "last": str(lost.last),
            "since": str(lost.since),
            "first": str(lost.since + 1),
        }
        loudest = Problem(None, None, f"seen_{lost.kind}", facts)
        return replace(found, problems=(loudest, *found.problems))

    def lost(self) -> Lost | None:
        """See the port."""
        if self._anchors is None:
            return None
        with self._database.reading() as connection:
            return lost_by(connection, self._anchors, self._database.verify)

    def lacking(self, old: str) -> Lacking:
        """See the port."""
        return lacking_from(self._database, old, self._database.verify)

    def against(self, given: Sequence[str]) -> HeldAgainst:
        """See the port."""
        anchors = read_given(given)
        with self._database.reading() as connection:
            found = against(connection, anchors, self._database.verify, self._clock.now())
        if self._anchors is not None:
            self._anchors.keep_brought(found.proven)
        return found

    def anchor(self, hand: Hand | None = None) -> Anchor:
        """See the port."""
        if hand is not None:
            return _signed(self._head_now(), hand)
        made = self.signed_head()
        if made is None:
            raise BadInput("station_unknown")
        return made

    def signed_head(self) -> Anchor | None:
        """See the port."""
        return self._sign(self._head_now())

    def _head_now(self) -> Head:
        seq, digest = self.head()
        if not seq:
            raise Trouble("no_events")
        return Head(self._vault(), seq, digest, self._clock.now())

    def _sign(self, head: Head) -> Anchor | None:
        """Sign a head as this workstation; None: the log does not know its key."""
        if self._workstation is None:
            return None
        station = self._workstation.hand(head.vault)
        with self._database.reading() as connection:
            known = connection.execute(_STATION, {"k": station.key}).first() is not None
        return _signed(head, station) if known else None

    def keep_anchor(self, anchor: Anchor, folder: str) -> str:
        """See the port."""
        return str(keep_file(anchor, Path(folder).expanduser().absolute()))

    def newest_anchor(self) -> Anchor | None:
        """See the port."""
        return self._anchors.newest(self._vault()) if self._anchors is not None else None

    def sealed(self, pdf: bytes, facts: PaperFacts) -> bytes:
        """See the port."""
        if self._workstation is None:
            return pdf
        station = self._workstation.hand(self._vault())
        with self._database.reading() as connection:
            known = connection.execute(_STATION, {"k": station.key}).first() is not None
            made = sealed_paper(connection, pdf, facts, station) if known else None
        return pdf if made is None else made

    def unsealed(self, document: PaperKind, subject: str) -> Unsealed:
        """See the port."""
        if self._workstation is None:
            return "station"
        key = self._workstation.hand(self._vault()).key
        with self._database.reading() as connection:
            if connection.execute(_STATION, {"k": key}).first() is None:
                return "station"
            return "" if is_open_to_all(connection, document, subject) else "blind"

    def people_sheet(self, hand: Hand, path: str) -> int:
        """See the port."""
        with self._database.reading() as connection:
            content = people_sheet(connection, hand, self._clock.now())
        return _write(Path(path), content)

    def withdrawn_list(self, hand: Hand, path: str) -> int:
        """See the port."""
        with self._database.reading() as connection:
            content, count = withdrawn_list(connection, hand, self._clock.now())
        _write(Path(path), content)
        return count

    def _vault(self) -> str:
        with self._database.reading() as connection:
            return str(connection.exec_driver_sql("SELECT vault FROM workspace").scalar() or "")

    def backup(self, folder: str, progress: Progress | None = None) -> BackedUp:
        """See the port."""
        where = Path(folder).expanduser().absolute()
        return back_up(self._database, where, self._clock.now(), progress, self._sign)

    def backup_if_due(
        self, folder: str, hour: int, keep: int, progress: Progress | None = None
    ) -> BackedUp | None:
        """See the port."""
        where = Path(folder).expanduser().absolute()
        return back_up_if_due(self._database, where, hour, keep, self._clock.now(), progress, self._sign)

    def dump(self, path: str, progress: Progress | None = None) -> Dumped:
        """See the port."""
        where = Path(path).expanduser().absolute()
        return write_log(self._database, where, self._clock.now(), self._sign, progress)

    def backup_before_upgrade(self, progress: Progress | None = None) -> BackedUp:
        """Back up beside the database before the schema changes."""
        return back_up(self._database, self._database.folder / "backups", self._clock.now(), progress)

    def doctor(self) -> tuple[Health, ...]:
        """See the port."""
        return examine(self._database, self._clock)

    def export(self, kind: str, folder: str, person: str | None, form: str) -> Exported:
        """See the port."""
        if self._write_tables is None:
            raise LookupError("opened without what writes files")
        reader = SqlExportReader(self._database)
        verified = self.verify() if kind in AUDITED else None
        return Exported(self._write_tables(reader, kind, folder, person, form), verified)

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
