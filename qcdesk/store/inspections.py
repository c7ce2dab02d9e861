# SPDX-License-Identifier: Apache-2.0
"""Batches with their rounds and checks, and what people put on record in them."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

from qcdesk.domain.batches import Batch
from qcdesk.domain.codec import from_data
from qcdesk.domain.concessions import AskedConcession, Budget
from qcdesk.domain.events import (
    CheckSigned,
    ConcessionRequested,
    Recorded,
    Resolved,
    Reviewed,
)
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.log import GENESIS, StoredEvent, read_event
from qcdesk.domain.modes import codes_in_review
from qcdesk.domain.rounds import Check, Round, Work
from qcdesk.domain.sampling import BY_SERIOUSNESS, DefectClass
from qcdesk.domain.severity_runs import LONGEST, SeverityStep
from qcdesk.domain.switching import Standing
from qcdesk.domain.times import from_datetime
from qcdesk.services.part_rows import PartRow
from qcdesk.services.ports import (
    ActSigned,
    GivenConcession,
    KnownBatch,
    OthersEvent,
    RejectedByOne,
    SignedOff,
)
from qcdesk.store import kept_files, mapping
from qcdesk.store.answers import Answers, parts
from qcdesk.store.database import translated
from qcdesk.store.first_claims import claims_of_first

_SHA256 = re.compile("[0-9a-f]{64}")


class Inspections(Answers):
    """The questions of the port ``UnitOfWork`` about batches under inspection."""

    def batch(self, batch: str) -> Batch:
        """See the port."""
        row = self._row(f"{_BATCH} WHERE id = :b OR number = :b", b=batch)
        if row is None:
            raise BadInput("unknown_batch", facts={"batch": batch}, where={"field": "batch"})
        holder = None
        if row["hold"] is not None:
            holder = self._scalar(
                "SELECT p.name FROM hold h JOIN person p ON p.id = h.person WHERE h.id = :h", h=row["hold"]
            )
        hands = self._rows(_HANDS, b=row["id"])
        return mapping.batch(
            row,
            [h for h in hands if h["part"] == "maker"],
            [h for h in hands if h["part"] == "reworker"],
            holder,
            tuple(h["person"] for h in hands if h["part"] == "origin"),
        )

    def batch_numbers(self, but: str = "") -> tuple[str, ...]:
        """See the port."""
        query = "SELECT number FROM batch_number WHERE batch <> :b GROUP BY number ORDER BY min(seq)"
        return tuple(r["number"] for r in self._rows(query, b=but))

    def numbers_had(self, numbers: Sequence[str], but: str = "") -> dict[str, str]:
        """See the port."""
        found: dict[str, str] = {}
        for part in parts(numbers):
            query = (
                "SELECT h.number AS had, b.number AS number FROM batch_number h JOIN batch b ON b.id = h.batch"  # noqa: S608
                f" WHERE h.number IN ({part.names}) AND h.batch <> :but ORDER BY h.seq"
            )
            found.update((row["had"], row["number"]) for row in self._rows(query, but=but, **part.values))
        return found

    def batches_by_number(self, numbers: Sequence[str]) -> dict[str, KnownBatch]:
        """See the port."""
        found: dict[str, KnownBatch] = {}
        for part in parts(numbers):
            rows = self._rows(f"{_BATCH} WHERE number IN ({part.names})", **part.values)
            makers: dict[str, list[mapping.Row]] = {}
            ids = parts([row["id"] for row in rows])
            for of in ids:
                query = f"SELECT batch, person, units FROM batch_maker WHERE batch IN ({of.names}) ORDER BY person"  # noqa: S608
                for maker in self._rows(query, **of.values):
                    makers.setdefault(maker["batch"], []).append(maker)
            for row in rows:
                batch = mapping.batch(row, makers.get(row["id"], ()), (), None)
                fresh = batch.state == "registered" and not batch.round_no
                found[batch.number] = KnownBatch(batch.saved, batch.state, fresh)
        return found

    def last_of_others(self, person: str) -> OthersEvent:
        """See the port."""
        row = self._row(
            "SELECT l.seq, e.hash FROM line l JOIN event e ON e.seq = l.seq"
            " WHERE l.person IS NOT NULL AND l.person <> :p ORDER BY l.seq DESC LIMIT 1",
            p=person,
        )
        seq, digest = (row["seq"], bytes(row["hash"])) if row is not None else (0, GENESIS)
        opened = self._scalar("SELECT count(*) FROM line WHERE seq > :s AND type = 'round.opened'", s=seq)
        return OthersEvent(seq, digest, int(opened or 0))

    def critical_units(self, batch: str) -> tuple[int, ...]:
        """See the port."""
        brought = self._scalar("SELECT units FROM batch_part WHERE batch = :b", b=batch)
        found = self._rows(
            "SELECT DISTINCT r.opened, f.unit FROM finding f JOIN round r ON r.id = f.round"
            " WHERE f.batch = :b AND f.defect_class = 'critical' AND f.unit IS NOT NULL"
            " UNION SELECT DISTINCT r.opened, m.unit FROM reading m JOIN round r ON r.id = m.round"
            " WHERE m.batch = :b AND m.defect_class = 'critical' AND m.inside = 0",
            b=batch,
        )
        claimed = {mapping.opened(row).units[row["unit"] - 1] for row in found}
        gone = {
            unit
            for row in self._rows("SELECT units FROM batch_part WHERE parent = :b", b=batch)
            for unit in json.loads(row["units"])
        }
        return tuple(sorted({*claimed, *range(1, len(json.loads(brought or "[]")) + 1)} - gone))

    def claimed(self, batch: str) -> dict[str, str]:
        """See the port."""
        found = self._rows(
            f"SELECT code, defect_class FROM finding WHERE batch IN ({_WITH_ORIGINS}) UNION"  # noqa: S608 - our own text
            " SELECT characteristic, defect_class FROM reading"
            f" WHERE batch IN ({_WITH_ORIGINS}) AND inside = 0 ORDER BY 1, 2",
            b=batch,
        )
        gravest: dict[str, str] = {}
        for row in found:
            gravest.setdefault(row["code"], row["defect_class"])  # critical comes before major and minor
        return gravest

    def concession(self, batch: str) -> AskedConcession | None:
        """See the port."""
        row = self._row(
            "SELECT c.body, c.person FROM concession c JOIN batch b ON b.id = c.batch AND b.round = c.round"
            " WHERE c.batch = :b AND NOT EXISTS (SELECT 1 FROM concession_answer a WHERE a.concession = c.id)",
            b=batch,
        )
        if row is None:
            return None
        return AskedConcession(from_data(ConcessionRequested, json.loads(row["body"])), row["person"])

    def given_concession(self, round_id: str) -> GivenConcession | None:
        """See the port."""
        row = self._row(
            "SELECT c.body, c.seq AS asked, a.seq, a.record FROM concession_answer a"
            " JOIN concession c ON c.id = a.concession WHERE a.round = :r AND a.answer = 'approved'",
            r=round_id,
        )
        if row is None:
            return None
        (requested,) = self._act_signed(row["asked"])
        asked = from_data(ConcessionRequested, json.loads(row["body"]))
        return GivenConcession(asked, requested, self._act_signed(row["seq"]), row["record"])

    def _act_signed(self, seq: int) -> tuple[ActSigned, ...]:
        """Return who signed an act, who signed first at the head."""
        (stored,) = self._stored("seq = :s", s=seq)
        event = stored.event()
        found: list[ActSigned] = []
        for person, key in ((event.by, event.key), *((one.person, one.key) for one in event.co)):
            found += [
                ActSigned(
                    event=seq,
                    person=str(person),
                    at=event.at,
                    clock_suspect=(row["ahead"] or 0) > 0,
                    by_sheet=row["by_sheet"],
                    suspect_from=row["suspect_from"],
                )
                for row in self._rows(_ACT_SIGNED, s=seq, p=person, k=key)
            ]
        return tuple(found)

    def part_of(self, batch: str) -> PartRow | None:
        """See the port."""
        row = self._row(PART_OF, batch=batch)
        return None if row is None else part_row(row)

    def parts_of(self, batch: str) -> tuple[PartRow, ...]:
        """See the port."""
        return tuple(part_row(row) for row in self._rows(PARTS_OF, batch=batch))

    def hold_of(self, batch: str) -> tuple[str, str]:
        """See the port."""
        row = self._row(
            "SELECT h.kind, h.reason FROM batch b JOIN hold h ON h.id = b.hold WHERE b.id = :b", b=batch
        )
        return ("", "") if row is None else (str(row["kind"]), str(row["reason"]))

    def askers(self, batch: str) -> tuple[str, ...]:
        """See the port."""
        found = self._rows(
            "SELECT DISTINCT person FROM concession WHERE batch = :b"
            " OR batch IN (SELECT origin FROM batch_origin WHERE batch = :b) ORDER BY person",
            b=batch,
        )
        return tuple(str(row["person"]) for row in found)

    def conceders(self, batch: str) -> tuple[str, ...]:
        """See the port."""
        found = self._rows("SELECT person FROM conceder WHERE batch = :b ORDER BY person", b=batch)
        return tuple(str(row["person"]) for row in found)

    def concession_budget(self, supplier: str) -> Budget | None:
        """See the port."""
        row = self._row(
            "SELECT per_10000, months FROM concession_budget WHERE supplier = :s ORDER BY seq DESC LIMIT 1",
            s=supplier,
        )
        return None if row is None else Budget(supplier, Decimal(row["per_10000"]) / 100, row["months"])

    def received_and_conceded(self, supplier: str, begins: date, ends: date) -> tuple[int, int]:
        """See the port."""
        since, until = (from_datetime(datetime(d.year, d.month, d.day, tzinfo=UTC)) for d in (begins, ends))
        received = self._scalar(
            "SELECT coalesce(sum(quantity), 0) FROM received_lot"
            " WHERE supplier IN (SELECT kin FROM supplier_kin WHERE supplier = :s)"
            " AND registered_at >= :since AND registered_at < :until",
            s=supplier,
            since=since,
            until=until,
        )
        conceded = self._scalar(
            "SELECT coalesce(sum(a.quantity), 0) FROM concession_answer a JOIN batch b ON b.id = a.batch"
            " WHERE b.supplier IN (SELECT kin FROM supplier_kin WHERE supplier = :s)"
            " AND a.answer = 'approved' AND a.at >= :since AND a.at < :until",
            s=supplier,
            since=since,
            until=until,
        )
        return int(received or 0), int(conceded or 0)

    def being_checked(self) -> tuple[str, ...]:
        """See the port."""
        found = self._rows(
            "SELECT id FROM batch WHERE state IN ('first_check', 'awaiting_second', 'second_check') ORDER BY seq, id"
        )
        return tuple(str(row["id"]) for row in found)

    def severities(self, supplier: str | None, product: str, procedure: str) -> dict[DefectClass, Standing]:
        """See the port."""
        key = {"s": supplier or "", "p": product, "c": procedure}
        changed = {
            row["defect_class"]: row
            for row in self._rows(f"{_SEVERITY} AND s.changed = 1 {_LAST_CHANGED}", **key)
        }
        found = {}
        for row in self._rows(f"{_SEVERITY} {_LAST_SAID}", **key):
            found[row["defect_class"]] = mapping.standing(row, changed.get(row["defect_class"]))
        return found

    def severity_steps(
        self, round_id: str, supplier: str | None, product: str, procedure: str
    ) -> tuple[SeverityStep, ...]:
        """See the port."""
        newest: list[SeverityStep] = []
        for defect_class in BY_SERIOUSNESS:
            found = self._rows(
                _STEPS, r=round_id, s=supplier or "", p=product, c=procedure, d=defect_class, most=LONGEST + 1
            )
            newest += (SeverityStep(defect_class, row["severity"], row["number"] or "") for row in found)
        return tuple(reversed(newest))

    def had_verdict(self, batch: str) -> bool:
        """See the port."""
        return bool(self._scalar(_HAD_VERDICT, b=batch))

    def open_under(self, procedure: str) -> tuple[tuple[str, str], ...]:
        """See the port."""
        found = self._rows(
            "SELECT b.id, b.round, r.opened FROM batch b JOIN round r ON r.id = b.round WHERE b.state IN"
            " ('first_check', 'awaiting_second', 'second_check', 'accepted', 'disagreed') ORDER BY b.seq, b.id"
        )
        return tuple(
            (row["id"], row["round"]) for row in found if mapping.opened(row).procedure.code == procedure
        )

    def reinspected(self, round_id: str) -> bool:
        """See the port."""
        return self._scalar("SELECT 1 FROM reinspection WHERE round = :r", r=round_id) is not None

    def round(self, round_id: str) -> Round:
        """See the port."""
        row = self._row(f"{_ROUND} WHERE r.id = :r", r=round_id)
        if row is None:
            raise BadInput("unknown_round", facts={"round": round_id})
        return self._round(row)

    def rounds(self, batch: str) -> tuple[Round, ...]:
        """See the port."""
        return tuple(
            self._round(row) for row in self._rows(f"{_ROUND} WHERE r.batch = :b ORDER BY r.no", b=batch)
        )

    def _round(self, row: mapping.Row) -> Round:
        checks = tuple(_check(c) for c in self._rows(_CHECKS, r=row["id"]))
        opened = mapping.opened(row)
        content = opened.procedure.content
        before = self.round(opened.carries) if opened.carries else None
        parts: dict[str, list[mapping.Row]] = {}
        for part in self._rows(_PARTS, r=row["id"]):
            parts.setdefault(part["part"], []).append(part)
        given_up = [p["person"] for p in parts.get("given_up", ())]
        seen_first = [p["person"] for p in parts.get("seen_first", ())]
        reviewed = codes_in_review(content)
        reviewers = [(c.person, reviewed) for c in checks if c.place == "second" and reviewed]
        only_second = None
        if before is not None:
            given_up += before.given_up
            seen_first += [*before.seen_first, *sorted(before.knowing(content))]
            reviewers += before.reviewers
            only_second = self._scalar(_ONLY_SECOND, c=before.id) or before.only_second
        compared = next(iter(parts.get("compared", ())), None)
        decided = next(iter(parts.get("decided", ())), None)
        return mapping.round_(
            row,
            bytes(row["hash"]).hex(),
            checks,
            given_up=tuple(dict.fromkeys(given_up)),
            seen_first=tuple(dict.fromkeys(seen_first)),
            only_second=only_second,
            reviewers=tuple(dict.fromkeys(reviewers)),
            compared=(compared["body"], bytes(compared["hash"]).hex()) if compared else None,
            decided=(decided["body"], bytes(decided["hash"]).hex(), decided["person"]) if decided else None,
        )

    def check(self, check: str) -> Check:
        """See the port."""
        found = self._rows(_CHECKS_WITH, c=check)
        row = next((r for r in found if r["id"] == check), None)
        if row is not None:  # its round is asked for next
            self._known.put(_CHECKS, (("r", row["round"]),), found)
        if row is None:
            raise BadInput("unknown_check", facts={"check": check}, where={"field": "check"})
        return _check(row)

    def signed(self, check: str) -> CheckSigned:
        """See the port."""
        found = self._stored("seq = (SELECT signed FROM checking WHERE id = :c)", c=check)
        fact = mapping.fact_in(found[0].body) if found else None
        if not isinstance(fact, CheckSigned):
            raise BadInput("unknown_check", facts={"check": check}, where={"field": "check"})
        return fact

    def sign_offs(self, round_id: str) -> tuple[SignedOff, ...]:
        """See the port."""
        return self._signed_off(_SIGN_OFFS, round_id)

    def rejected_by_one(self, round_id: str) -> RejectedByOne | None:
        """See the port."""
        row = self._row(_REJECTED, r=round_id)
        if row is None:
            return None
        event = read_event(bytes(row["body"]))
        doubted = self._scalar("SELECT suspect_from FROM person_key WHERE key = :k", k=event.key)
        return RejectedByOne(
            event=event.seq,
            person=row["person"],
            at=event.at,
            reason=str(event.body["reason"]),
            clock_suspect=(row["ahead"] or 0) > 0,
            by_sheet=row["by_sheet"],
            suspect_from=doubted if doubted is not None and doubted <= event.seq else None,
        )

    def retraction_hold(self, batch: str) -> str | None:
        """See the port."""
        found = self._scalar(
            "SELECT h.id FROM hold h JOIN line l ON l.seq = h.seq"
            " WHERE h.batch = :b AND h.lifted IS NULL AND l.type = 'check.retracted'",
            b=batch,
        )
        return None if found is None else str(found)

    def suspect_checks(self, round_id: str) -> tuple[SignedOff, ...]:
        """See the port."""
        return self._signed_off(_IN_DOUBT, round_id)

    def _signed_off(self, query: str, round_id: str) -> tuple[SignedOff, ...]:
        return tuple(
            SignedOff(
                event=row["seq"],
                place=row["place"],
                person=row["person"],
                check=row["checking"],
                meaning=row["meaning"],
                record=row["record"],
                at=row["at"],
                maker=bool(row["maker"]),
                standing=bool(row["standing"]),
                clock_suspect=(row["ahead"] or 0) > 0,
                clock_behind=bool(row["behind"]),
                by_sheet=row["by_sheet"],
                suspect_from=row["suspect_from"],
            )
            for row in self._rows(query, r=round_id)
        )

    def work(self, check: str) -> Work:
        """See the port."""
        work = Work()
        for stored in self.entries(check):
            fact = mapping.fact_in(stored.body)
            if isinstance(fact, Recorded | Resolved):
                work = work.with_(fact)
        return work

    def entries(self, check: str) -> tuple[StoredEvent, ...]:
        """See the port."""
        return self._stored(
            "seq IN (SELECT l.seq FROM checking k JOIN line l ON l.batch = k.batch AND l.checking = k.id WHERE k.id = :c"
            " AND l.type IN ('check.recorded', 'check.resolved'))",
            c=check,
        )

    def measured_behind(self, check: str) -> dict[str, tuple[int, ...]]:
        """See the port."""
        found: dict[str, tuple[int, ...]] = {}
        for row in self._rows(_MEASURED_BEHIND, c=check) if self._ever_behind() else ():
            found[row["instrument"]] = (*found.get(row["instrument"], ()), row["unit"])
        return found

    def opened_behind(self, round_id: str) -> bool:
        """See the port."""
        query = "SELECT b.seq FROM clock_behind b JOIN round r ON r.seq = b.seq WHERE r.id = :r"
        return self._ever_behind() and self._scalar(query, r=round_id) is not None

    def _ever_behind(self) -> bool:
        """Return whether anything was ever entered under a clock that stood behind; known until the next such entry."""
        return self._scalar("SELECT seq FROM clock_behind LIMIT 1") is not None

    def standing_readings(self, check: str) -> dict[tuple[int, str], str]:
        """See the port."""
        rows = self._rows(
            "SELECT unit, characteristic, id FROM reading WHERE checking = :c AND replaced = 0", c=check
        )
        return {(r["unit"], r["characteristic"]): r["id"] for r in rows}

    def went_on(self, check: str, unit: int, reading: str) -> bool:
        """See the port."""
        since = "checking = :c AND unit <> :u AND seq > (SELECT seq FROM reading WHERE id = :r)"
        parts = (f"SELECT 1 FROM {table} WHERE {since}" for table in ("unit_result", "reading", "finding"))  # noqa: S608
        return self._scalar(" UNION ALL ".join(parts) + " LIMIT 1", c=check, u=unit, r=reading) is not None

    def keeps_file(self, sha256: str) -> bool:
        """See the port."""
        named = _SHA256.fullmatch(sha256) is not None
        return named and kept_files.is_kept(self._database, sha256)

    def standing_findings(self, check: str) -> frozenset[str]:
        """See the port."""
        rows = self._rows("SELECT id FROM finding WHERE checking = :c AND withdrawn IS NULL", c=check)
        return frozenset(r["id"] for r in rows)

    def to_review(self, check: str, codes: frozenset[str]) -> tuple[Reviewed, ...]:
        """See the port."""
        with translated():
            return claims_of_first(self._connection, check, codes)


def part_row(row: mapping.Row) -> PartRow:
    """Return a part of a batch, or what a part was split from."""
    return PartRow(
        row["id"],
        row["number"],
        row["quantity"],
        row["of_all"],
        row["way"],
        row["terms"],
        row["state"],
        tuple(json.loads(row["units"])),
    )


def _check(row: mapping.Row) -> Check:
    return mapping.check(row, bytes(row["hash"]).hex() if row["hash"] is not None else None, row["at"])


BY_SHEET = (
    "SELECT max(born.by_sheet) FROM person_key born WHERE born.person = {person} AND born.from_seq <= {seq}"
)
"""When the sheet by which any key of a person came was last used: a key that the person changed to says no more."""
JUMP_BEFORE = (
    "SELECT j.ahead FROM clock_jump j WHERE j.station = l.station AND j.seq < l.seq AND j.seq >"
    " coalesce((SELECT max(c.seq) FROM clock_correction c WHERE c.seq < l.seq), 0) ORDER BY j.seq DESC LIMIT 1"
)
"""By how much the clock of a line's station was known to be ahead when the line came; above 0 it is suspect."""
STOOD_ON = (
    "(x.checking = g.checking OR (g.place = 'first' AND x.round = g.round AND x.type = 'round.opened'))"
)
"""Of a line x and a signature g of the same batch: g stands on x."""
BEHIND = (
    "SELECT count(*) FROM clock_behind b JOIN line x ON x.seq = b.seq"  # noqa: S608 - our own text
    f" WHERE x.batch = g.batch AND {STOOD_ON}"
)
"""How much of what a signature stands on was entered while the workstation's clock stood behind the log."""
_MEASURED_BEHIND = (
    "SELECT DISTINCT r.instrument, r.unit FROM reading r JOIN clock_behind b ON b.seq = r.seq"
    " WHERE r.checking = :c AND r.replaced = 0 AND r.instrument IS NOT NULL ORDER BY r.instrument, r.unit"
)
_SIGN_OFFS = (
    "SELECT g.seq, g.place, g.person, g.checking, g.meaning, g.record, g.at, g.maker, g.standing,"  # noqa: S608
    f" ({JUMP_BEFORE}) AS ahead, ({BEHIND}) AS behind,"
    f" ({BY_SHEET.format(person='g.person', seq='g.seq')}) AS by_sheet,"
    " CASE WHEN k.suspect_from <= g.seq THEN k.suspect_from END AS suspect_from"
    " FROM sign_off g JOIN person p ON p.id = g.person JOIN line l ON l.seq = g.seq JOIN person_key k ON k.key = g.key"
    " WHERE g.round = :r ORDER BY g.seq"
)
_ACT_SIGNED = (
    f"SELECT ({JUMP_BEFORE}) AS ahead, ({BY_SHEET.format(person=':p', seq='l.seq')}) AS by_sheet,"  # noqa: S608
    " (SELECT k.suspect_from FROM person_key k WHERE k.key = :k AND k.suspect_from <= l.seq) AS suspect_from"
    " FROM line l WHERE l.seq = :s"
)
_IN_DOUBT = _SIGN_OFFS.replace("g.record", "'' AS record").replace(
    "WHERE g.round = :r", "WHERE g.round = :r AND g.standing = 1 AND k.suspect_from <= g.seq"
)
"""Asked while a check runs, so it brings nothing of the other one: no row but of a key in doubt, and no record's hash."""
_REJECTED = (
    f"SELECT l.person, e.body, ({JUMP_BEFORE}) AS ahead,"  # noqa: S608
    f" ({BY_SHEET.format(person='l.person', seq='l.seq')}) AS by_sheet"
    " FROM round r JOIN line l ON l.batch = r.batch AND l.round = r.id JOIN event e ON e.seq = l.seq"
    " WHERE r.id = :r AND l.type = 'round.rejected_after_all'"
    " AND NOT EXISTS (SELECT 1 FROM voided v WHERE v.event_no = l.seq) ORDER BY l.seq DESC LIMIT 1"
)
PART_OF = (
    "SELECT o.id, o.number, o.quantity AS of_all, o.state, p.quantity, p.way, p.terms, p.units FROM batch_part p"
    " JOIN batch o ON o.id = p.parent WHERE p.batch = :batch"
)
PARTS_OF = (
    "SELECT b.id, b.number, b.state, p.quantity, o.quantity AS of_all, p.way, p.terms, p.units FROM batch_part p"
    " JOIN batch b ON b.id = p.batch JOIN batch o ON o.id = p.parent WHERE p.parent = :batch ORDER BY p.seq, b.number"
)
_WITH_ORIGINS = "SELECT :b UNION ALL SELECT origin FROM batch_origin WHERE batch = :b"
"""A batch, and those that it was split from."""
_BATCH = (
    "SELECT id, number, product, supplier, line, quantity, order_no, made_on, ship_by, note, source, seq, state,"
    " held, hold, round, round_no, next_severity, again_used, rework_ordered, released, shipped,"
    " (SELECT coalesce(sum(u.quantity), 0) FROM shipped_unreleased u WHERE u.batch = batch.id) AS left_unreleased,"
    " (SELECT coalesce(sum(s.quantity), 0) FROM batch_part s WHERE s.parent = batch.id) AS split_off,"
    " registered_at, coalesce((SELECT g.at FROM sign_off g WHERE g.round = batch.round AND g.place = 'release'),"
    " (SELECT a.at FROM concession_answer a WHERE a.batch = batch.id AND a.round = batch.round"
    " AND a.answer = 'approved'))"
    " AS released_at,"
    " (SELECT max(c.until_day) FROM concession_answer a JOIN concession c ON c.id = a.concession"
    " WHERE a.round = batch.round AND a.batch = batch.id AND a.answer = 'approved') AS conceded_until,"
    " (EXISTS (SELECT 1 FROM disposition d WHERE d.kind = 'repair'"
    " AND d.batch IN (SELECT batch.id UNION ALL SELECT o.origin FROM batch_origin o WHERE o.batch = batch.id))"
    " OR EXISTS (SELECT 1 FROM batch_part p WHERE p.way = 'repair'"
    " AND p.batch IN (SELECT batch.id UNION ALL SELECT o.origin FROM batch_origin o WHERE o.batch = batch.id)))"
    " AS repaired,"
    " (SELECT g.terms FROM (SELECT d.seq, d.terms FROM disposition d WHERE d.kind = 'regrade'"
    " AND d.batch IN (SELECT batch.id UNION ALL SELECT o.origin FROM batch_origin o WHERE o.batch = batch.id)"
    " UNION ALL SELECT p.seq, p.terms FROM batch_part p WHERE p.way = 'regrade'"
    " AND p.batch IN (SELECT batch.id UNION ALL SELECT o.origin FROM batch_origin o WHERE o.batch = batch.id)) g"
    " ORDER BY g.seq DESC LIMIT 1) AS regraded"
    " FROM batch"
)
_SEVERITY = (
    "SELECT s.defect_class, s.seq, s.state, p.name AS person, o.name AS other FROM severity s"
    " JOIN person p ON p.id = s.person LEFT JOIN person o ON o.id = s.other"
    " WHERE s.supplier = :s AND s.product = :p AND s.procedure = :c"
)
_LAST_OF_CLASS = (
    "AND s.seq = (SELECT max(t.seq) FROM severity t WHERE t.supplier = s.supplier AND t.product = s.product"
    " AND t.procedure = s.procedure AND t.defect_class = s.defect_class{changed})"
)
_LAST_SAID, _LAST_CHANGED = (_LAST_OF_CLASS.format(changed=c) for c in ("", " AND t.changed = 1"))
_STEPS = (
    "SELECT s.severity, b.number FROM severity s LEFT JOIN batch b ON b.id = s.batch"
    " WHERE s.supplier = :s AND s.product = :p AND s.procedure = :c AND s.defect_class = :d"
    " AND s.seq < (SELECT r.seq FROM round r WHERE r.id = :r) ORDER BY s.seq DESC LIMIT :most"
)
_HAD_VERDICT = (
    f"SELECT EXISTS (SELECT 1 FROM comparison WHERE batch IN ({_WITH_ORIGINS}) AND outcome <> 'disagreed')"  # noqa: S608
    f" OR EXISTS (SELECT 1 FROM decision WHERE batch IN ({_WITH_ORIGINS}))"
    f" OR EXISTS (SELECT 1 FROM line WHERE batch IN ({_WITH_ORIGINS}) AND type = 'round.rejected_after_all') AS had"
)
_HANDS = (
    "SELECT 'maker' AS part, person, units, 0 AS seq FROM batch_maker WHERE batch = :b"
    " UNION ALL SELECT 'reworker', person, '', seq FROM batch_reworker WHERE batch = :b"
    " UNION ALL SELECT 'origin', o.origin, '', b.seq FROM batch_origin o JOIN batch b ON b.id = o.origin"
    " WHERE o.batch = :b ORDER BY seq, person"
)
_ROUND = "SELECT r.id, r.batch, r.no, r.opened, e.hash FROM round r JOIN event e ON e.seq = r.seq"
_ONLY_SECOND = (
    "SELECT s.person FROM sign_off s JOIN comparison k ON k.round = s.round"
    " WHERE s.round = :c AND s.place = 'second'"
)
_PARTS = (
    "SELECT 'compared' AS part, c.body AS body, e.hash AS hash, CAST(NULL AS TEXT) AS person"
    " FROM comparison c JOIN event e ON e.seq = c.seq WHERE c.round = :r"
    " UNION ALL SELECT 'decided', d.body, e.hash, d.person"
    " FROM decision d JOIN event e ON e.seq = d.seq WHERE d.round = :r"
    " UNION ALL SELECT 'given_up', NULL, NULL, person FROM place_given_up WHERE round = :r"
    " UNION ALL SELECT 'seen_first', NULL, NULL, person FROM first_seen WHERE round = :r"
)
_CHECK = (
    "SELECT c.id, c.round, c.batch, c.place, c.person, c.state, c.started_at, c.reason, e.hash, l.at FROM checking c"
    " LEFT JOIN event e ON e.seq = c.signed LEFT JOIN line l ON l.seq = c.signed"
)
_CHECKS = f"{_CHECK} WHERE c.round = :r ORDER BY c.seq"
_CHECKS_WITH = f"{_CHECK} WHERE c.round = (SELECT round FROM checking WHERE id = :c) ORDER BY c.seq"  # noqa: S608
