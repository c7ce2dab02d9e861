# SPDX-License-Identifier: Apache-2.0
"""What can be relied on: records under their hash, events that verify, certificates as they were signed."""

from __future__ import annotations

import hashlib

from qcdesk.checker.walk import files_of, records_of
from qcdesk.domain.anchors import Lost
from qcdesk.domain.canonical import NotCanonical
from qcdesk.domain.events import CertificateIssued
from qcdesk.domain.explaining import Doubtful, begins_anew, concerned_by
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.log import BadEvent
from qcdesk.domain.refusals import AlreadyThere, EventHolds
from qcdesk.services.ports import Certificate
from qcdesk.services.trouble import Trouble
from qcdesk.store import kept_files, mapping
from qcdesk.store.anchors import StationAnchors, lost_by
from qcdesk.store.batch_proofs import BatchProofs
from qcdesk.store.broken_rules import breaks_rule
from qcdesk.store.chain import EventProblem, check_event
from qcdesk.store.inspections import BY_SHEET, JUMP_BEFORE
from qcdesk.store.last_verified import StationVerifications


class Proofs(BatchProofs):
    """The questions of the port ``UnitOfWork`` that look at the log itself, whatever the tables say."""

    _anchors: StationAnchors | None
    _verified: StationVerifications | None

    def record(self, sha256: str) -> bytes:
        """See the port."""
        found = self._scalar("SELECT document FROM record WHERE sha256 = :sha256", sha256=sha256)
        document = bytes(found) if found is not None else b""
        if hashlib.sha256(document).hexdigest() != sha256:
            raise Trouble("record_damaged", record=sha256)
        return document

    def event_hash(self, seq: int) -> str:
        """See the port."""
        return bytes(self._scalar("SELECT hash FROM event WHERE seq = :s", s=seq)).hex()

    def breaks_rule(self, number: int) -> bool:
        """See the port."""
        return breaks_rule(self._database, number)

    def lost_by_event(self, number: int) -> tuple[str, ...]:
        """See the port."""
        (stored,) = self._stored("seq = :n", n=number)
        event = stored.event()
        files = [n for n in files_of(event.type, event.body) if kept_files.digest(self._database, n) != n]
        records = []
        for name in records_of(event.type, event.body):
            document = self._scalar("SELECT document FROM record WHERE sha256 = :n", n=name)
            if document is None or hashlib.sha256(bytes(document)).hexdigest() != name:
                records.append(name)
        return tuple(dict.fromkeys((*records, *files)))

    def failed_event(self, number: int, *, breaks_rule: bool = False) -> Doubtful:
        """See the port."""
        found = self._stored("seq = :n", n=number)
        if not found:
            raise BadInput("unknown_event", facts={"value": number}, where={"field": "number"})
        if self._scalar("SELECT 1 FROM voided WHERE event_no = :n", n=number) is not None:
            raise AlreadyThere("void", str(number))
        signed = check_event(found[0], self._known_key, self._database.verify) is EventProblem.NONE
        if signed and not breaks_rule:
            raise EventHolds(number)
        try:
            event = found[0].event()
        except (NotCanonical, BadEvent):
            row = self._row("SELECT type, batch, round FROM line WHERE seq = :n", n=number) or {}
            named = str(row.get("type")), row.get("batch"), row.get("round")
            return Doubtful(found[0].hash.hex(), self._begun_anew(number, *named))
        batch = self._batch_there(event.body.get("batch"))
        if not signed:
            named = event.type, batch, event.body.get("round")
            return Doubtful(found[0].hash.hex(), self._begun_anew(number, *named))
        return Doubtful(
            found[0].hash.hex(),
            batch if begins_anew(event.type) else None,
            concerned_by(event),
            batch if event.type == "batch.withdrawn" else None,
        )

    def _begun_anew(self, number: int, kind: str, named: object, of_round: object) -> str | None:
        """Return the batch that goes to a new round for a line that nobody signed: what was released may rest on it.

        None: it says nothing that a release rests on, is of another round than the present one, or came after a release
        that stands by its own signature. A note that anybody could forge takes nobody's release away.
        """
        batch = self._batch_there(named)
        if batch is None or not begins_anew(kind):
            return None
        present = self._scalar("SELECT round FROM batch WHERE id = :b", b=batch)
        if of_round is not None and of_round != present:
            return None
        released = self._stored(_RELEASED_BEFORE, b=batch, r=present, n=number)
        good = (
            check_event(one, self._known_key, self._database.verify) is EventProblem.NONE for one in released
        )
        return None if any(good) else batch

    def _batch_there(self, named: object) -> str | None:
        return self._scalar("SELECT id FROM batch WHERE id = :b", b=str(named)) if named else None

    def certificate(self, number: int) -> Certificate:
        """See the port."""
        row = self._row(f"{_CERTIFICATE} WHERE c.number = :n", n=number)
        if row is None:
            raise BadInput("unknown_certificate", facts={"number": number}, where={"field": "number"})
        return self._certificate(row)

    def certificates(self, batch: str | None = None) -> tuple[Certificate, ...]:
        """See the port."""
        rows = (
            self._rows(f"{_CERTIFICATE} ORDER BY c.number")
            if batch is None
            else self._rows(f"{_CERTIFICATE} WHERE c.batch = :b ORDER BY c.number", b=batch)
        )
        return tuple(self._certificate(row) for row in rows)

    def _certificate(self, row: mapping.Row) -> Certificate:
        """Return what the event says: a row that somebody changed is not what is printed."""
        (stored,) = self._stored("seq = :s", s=row["seq"])
        event = stored.event()
        fact = mapping.fact_of(event)
        if not isinstance(fact, CertificateIssued) or fact.certificate != row["number"] or event.by is None:
            raise Trouble("record_damaged", record=str(row["number"]))
        return Certificate(
            fact.certificate,
            fact,
            event.by,
            event.key,
            event.at,
            event.seq,
            row["printed"],
            row["withdrawn"],
            row["analyses"],
            clock_suspect=(row["ahead"] or 0) > 0,
            by_sheet=row["by_sheet"],
            suspect_from=row["suspect_from"],
        )

    def last_certificate(self) -> int:
        """See the port."""
        return int(self._scalar("SELECT coalesce(max(number), 0) FROM certificate") or 0)

    @property
    def verification_failed(self) -> bool:
        """See the port."""
        return self._stopped is None

    @property
    def _stopped(self) -> frozenset[str] | None:
        """Return the batches that stop since the last verification at this station; None: all of them do."""
        lines = frozenset[int]() if self._verified is None else self._verified.stops(self.vault)
        if not lines:
            return None if lines is None else frozenset()
        found = [self._scalar("SELECT batch FROM line WHERE seq = :n", n=n) for n in sorted(lines)]
        return None if None in found else frozenset(map(str, found))

    def batch_verifies(self, batch: str, *, rules: bool = True) -> bool:
        """See the port."""
        stopped = self._stopped
        if stopped is None or batch in stopped:
            return False
        if not self._as_the_log_says(batch) or (rules and not self._by_the_rules(batch)):
            return False
        for row in self._rows(
            "SELECT record FROM sign_off WHERE round IN (SELECT id FROM round WHERE batch = :b)"
            " UNION SELECT record FROM concession_answer WHERE batch = :b AND answer = 'approved'",
            b=batch,
        ):
            try:
                self.record(row["record"])
            except Trouble as trouble:
                if trouble.code != "record_damaged":
                    raise  # a disk that does not answer says nothing about the record
                return False
        return True

    def lost(self) -> Lost | None:
        """See the port."""
        if self._anchors is None:
            return None
        return lost_by(self._connection, self._anchors, self._database.verify)


_RELEASED_BEFORE = (
    "seq IN (SELECT l.seq FROM line l WHERE l.batch = :b AND l.round = :r AND l.type = 'batch.released' AND l.seq < :n"
    " AND l.seq NOT IN (SELECT event_no FROM voided))"
)
_ANALYSES = (
    "SELECT a.copy FROM analysis_copy a WHERE a.number = c.number UNION ALL SELECT p.copy FROM paper_print p"
    " WHERE p.document = 'analysis' AND p.subject = CAST(c.number AS TEXT)"
)
"""Copies with each result: those counted by themselves, and those that left while both forms had one count."""
_CERTIFICATE = (
    "SELECT c.number, c.seq, (SELECT count(*) FROM certificate_copy p WHERE p.number = c.number) AS printed,"  # noqa: S608
    f" (SELECT coalesce(max(n.copy), -1) + 1 FROM ({_ANALYSES}) n) AS analyses,"
    " (SELECT w.at FROM certificate_withdrawn w WHERE w.number = c.number) AS withdrawn,"
    f" ({JUMP_BEFORE}) AS ahead,"
    f" ({BY_SHEET.format(person='c.person', seq='c.seq')}) AS by_sheet,"
    " CASE WHEN k.suspect_from <= c.seq THEN k.suspect_from END AS suspect_from"
    " FROM certificate c LEFT JOIN line l ON l.seq = c.seq LEFT JOIN person_key k ON k.key = c.key"
)
