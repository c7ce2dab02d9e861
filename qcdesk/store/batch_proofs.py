# SPDX-License-Identifier: Apache-2.0
"""What a release or a paper reads of one batch, rebuilt from the batch's own events and compared with the tables.

It costs what the batch has, however long the log is, so that it is asked each time. Whatever else a table holds is the
business of the whole verification.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from heapq import merge
from operator import attrgetter

from qcdesk.domain.canonical import NotCanonical
from qcdesk.domain.codec import BadData, from_data
from qcdesk.domain.events import PinnedProcedure
from qcdesk.domain.log import RECOVERY, BadEvent, Event, StoredEvent
from qcdesk.store import mapping
from qcdesk.store.answers import Answers, parts
from qcdesk.store.batch_rules import keeps_the_rules
from qcdesk.store.chain import EventProblem, check_event
from qcdesk.store.keys_of import KEY_ROWS, Known, Signer, sheet_key
from qcdesk.store.projection import changes
from qcdesk.store.rebuilding import Replay, same_rows
from qcdesk.store.tables import COLUMNS


class BatchProofs(Answers):
    """One batch against its own events; its people, keys, roles, procedures and the shop against theirs."""

    def _as_the_log_says(self, batch: str) -> bool:
        """Tell whether every event of a batch verifies or is void, and the tables say what the events do."""
        own = self._stored(_OF_BATCH, b=batch)
        origins = [str(r["origin"]) for r in self._rows(_ORIGINS, b=batch)]
        bad = {stored.seq for stored in own if not self._good(stored)}
        made, people, sittings = Replay(), set[str](), set[str]()
        pinned: dict[tuple[str, int], str] = {}
        for event in _apply(made, (stored for stored in own if stored.seq not in bad)):
            people |= _signers(event)
            sittings |= {event.session} if event.session else set()
            if event.type == "round.opened":
                by = from_data(PinnedProcedure, event.body["procedure"])
                pinned[by.code, by.version] = by.hash
        void = {int(str(row["event_no"])) for row in made.tables["voided"].values() if row["hash"]}
        return (
            bad <= void
            and all(self._rows_hold(made, table, batch, origins, bad) for table in _COMPARED)
            and self._procedures_hold(pinned, people)
            and self._sittings_hold(sittings)
            and self._people_hold(people)
        )

    def _good(self, stored: StoredEvent) -> bool:
        """Tell whether an event verifies and says something that is known; asked once for each in a unit of work."""
        named = stored.seq, stored.body, stored.sig, stored.hash
        if named not in self._good_events:
            self._good_events[named] = self._verifies(stored)
        return self._good_events[named]

    def _verifies(self, stored: StoredEvent) -> bool:
        if check_event(stored, self._known_key, self._database.verify) is not EventProblem.NONE:
            return False
        try:
            mapping.fact_in(stored.body)
        except (KeyError, BadData):
            return False
        return True

    def _by_the_rules(self, batch: str) -> bool:
        """Tell whether what a batch's own events do is by the rules, replayed as the checker does."""
        own, house = self._stored(_OWN, b=batch), self._stored(_OF_NO_BATCH)
        bad = {stored.seq for stored in own if not self._good(stored)}
        void = {row["event_no"] for row in self._rows("SELECT event_no FROM voided WHERE batch IS NULL")}
        bad |= {stored.seq for stored in house if stored.seq in void and not self._good(stored)}
        lots = self._lots_before([stored for stored in own if stored.seq not in bad])
        every = merge(house, own, lots, key=attrgetter("seq"))
        return keeps_the_rules(every, {one.seq for one in own}, bad, {one.seq for one in lots})

    def _lots_before(self, own: Iterable[StoredEvent]) -> tuple[StoredEvent, ...]:
        """Return what lots of the same supplier and product said last before lines of a batch that rest on it."""
        found: set[int] = set()
        codes: set[str] = set()
        given = tuple(own)
        for stored in given:
            event = stored.event()
            if event.type == "round.opened":
                by = from_data(PinnedProcedure, event.body["procedure"])
                codes |= {by.code} if by.content.switching is not None else set()
            if event.type not in _RESTS_ON_LOTS:
                continue
            for code in codes:
                rows = self._rows(_LOTS_BEFORE, b=event.body["batch"], c=code, s=stored.seq)
                found |= {row[name] for row in rows for name in ("said", "changed") if row[name] is not None}
        names = parts(sorted(found - {stored.seq for stored in given}))
        said = (one for part in names for one in self._stored(f"seq IN ({part.names})", **part.values))
        return tuple(sorted((one for one in said if self._good(one)), key=attrgetter("seq")))

    def _rows_hold(self, made: Replay, table: str, batch: str, origins: Sequence[str], bad: set[int]) -> bool:
        """Tell whether the rows of a table are those of the batch; what nobody signed and left behind counts for nothing.

        What somebody signed against a rule has its rows like any other, also once it is void.
        """
        key, columns = COLUMNS[table]
        names: dict[str, list[object]] = {
            "id": [batch],
            "batch": [batch, *origins],
            "round": [str(row["id"]) for row in made.tables["round"].values()],
            "checking": [str(row["id"]) for row in made.tables["checking"].values()],
            "parent": [batch],
            "event_no": [row["seq"] for row in made.tables["line"].values()],
            "number": [row["number"] for row in made.tables["certificate"].values()],
        }
        for by in _COMPARED[table]:
            wanted = [row for row in made.tables[table].values() if row[by] in names[by]]
            found = [
                row
                for part in parts(names[by])
                for row in self._rows(
                    f"SELECT {', '.join(columns)} FROM {table} WHERE {by} IN ({part.names})",  # noqa: S608
                    **part.values,
                )
                if "seq" not in columns or row["seq"] not in bad
            ]
            if not same_rows(wanted, found, key, columns):
                return False
        return True

    def _procedures_hold(self, pinned: dict[tuple[str, int], str], people: set[str]) -> bool:
        """Tell whether the versions that a batch is inspected by are drafted, approved and stopped as events say.

        Args: pinned: hash by code and version. people: whoever signed that is put among them.
        """
        made, codes = Replay(), {code for code, _ in pinned}
        drafts = [
            stored for code, version in sorted(pinned) for stored in self._stored(_DRAFT, c=code, v=version)
        ]
        later = [
            stored
            for stored in (self._stored(_OF_PROCEDURES) if pinned else ())
            if self._says(stored, "code", codes)
        ]
        known = sorted((*drafts, *later), key=lambda stored: stored.seq)
        good = [stored for stored in known if self._good(stored)]
        if not self._are_void({stored.seq for stored in known} - {stored.seq for stored in good}):
            return False
        for event in _apply(made, good):
            people |= _signers(event)
        versions = [row for key, row in made.tables["procedure_version"].items() if key in pinned]
        if {(row["code"], row["version"]): row["hash"] for row in versions} != pinned:
            return False
        for table in ("procedure_version", "procedure_stopped"):
            key, columns = COLUMNS[table]
            wanted = [row for row in made.tables[table].values() if (row["code"], row["version"]) in pinned]
            there = [
                row
                for code, version in sorted(pinned)
                for row in self._rows(
                    f"SELECT {', '.join(columns)} FROM {table} WHERE code = :c AND version = :v",  # noqa: S608
                    c=code,
                    v=version,
                )
            ]
            if not same_rows(wanted, there, key, columns):
                return False
        return True

    def _sittings_hold(self, sittings: set[str]) -> bool:
        """Tell whether the keys of sittings are those that their people signed."""
        made = Replay()
        for part in parts(sorted(sittings)):
            opened = self._stored(
                f"seq IN (SELECT opened FROM session WHERE id IN ({part.names}))",  # noqa: S608
                **part.values,
            )
            if not all(self._good(stored) for stored in opened):
                return False
            for _ in _apply(made, opened):
                pass
            there = self._rows(f"{_SITTINGS} WHERE id IN ({part.names})", **part.values)
            wanted = [made.tables["session"].get((row["id"],), {}) for row in there]
            if not all(row.keys() >= set(_OF_SITTING) for row in wanted):
                return False
            if not same_rows(wanted, there, ("id",), _OF_SITTING):
                return False
        return len(made.tables["session"]) >= len(sittings)

    def _people_hold(self, people: set[str]) -> bool:
        """Tell whether the shop, and whoever signed, are in the tables what signed events say: names, keys and roles.

        Those who vouched for them are looked at as well, up to the two who opened the workspace.
        """
        named = self._stored(_NAMING)
        chosen: dict[int, StoredEvent] = {}
        bad: set[int] = set()
        known = -1
        while known < len(people):  # whoever signed for one of them is one of them
            known = len(people)
            for stored in named:
                if stored.seq in chosen or stored.seq in bad or not self._names(stored, people):
                    continue
                if self._good(stored):
                    chosen[stored.seq] = stored
                    people |= _signers(stored.event())
                else:
                    bad.add(stored.seq)
        if not self._are_void(bad):
            return False
        made = Replay()
        for _ in _apply(made, (chosen[seq] for seq in sorted(chosen))):
            pass
        whose = parts(sorted(people))
        for table, by in _OF_PEOPLE.items():
            key, columns = COLUMNS[table]
            there = [
                row
                for part in whose
                for row in self._rows(
                    f"SELECT {', '.join(columns)} FROM {table} WHERE {by} IN ({part.names})",  # noqa: S608
                    **part.values,
                )
            ]
            wanted = [row for row in made.tables[table].values() if row[by] in people]
            if not same_rows(wanted, there, key, columns):
                return False
        for table in ("shop", "recovery_sheet"):
            key, columns = COLUMNS[table]
            whole = self._rows(f"SELECT {', '.join(columns)} FROM {table}")  # noqa: S608
            if not same_rows(made.tables[table].values(), whole, key, columns):
                return False
        return True

    def _are_void(self, bad: set[int]) -> bool:
        """Tell whether two people have signed of each of these events that it is void."""
        for number in bad:
            seq = self._scalar("SELECT seq FROM voided WHERE event_no = :n AND hash <> ''", n=number)
            said = self._stored("seq = :n", n=seq) if seq is not None else ()
            if (
                not all(self._good(one) and one.event().body.get("number") == number for one in said)
                or not said
            ):
                return False
        return True

    def _names(self, stored: StoredEvent, people: set[str]) -> bool:
        """Tell whether an event is about the workspace or one of these people."""
        return stored.seq == 1 or self._says(stored, "person", people, _OF_ALL)

    def _says(self, stored: StoredEvent, name: str, wanted: set[str], types: tuple[str, ...] = ()) -> bool:
        """Tell whether an event is one of these types or names one that is wanted; what cannot be read does too."""
        try:
            event = stored.event()
        except (NotCanonical, BadEvent):
            return True
        return event.type in types or event.body.get(name) in wanted

    def _known_key(self, key: str, seq: int) -> Known | None:
        row = self._row(_ACTIVE_THEN, k=key, s=seq)
        if row is not None:
            return Signer(row["person"], row["session"], row["station"]), bytes.fromhex(row["public_key"])
        sheets = self._rows(
            "SELECT public_key FROM recovery_sheet WHERE from_seq < :s AND (until_seq IS NULL OR until_seq >= :s)",
            s=seq,
        )
        found = (sheet_key(bytes.fromhex(row["public_key"])).get(key) for row in sheets)
        return next((known for known in found if known is not None), None)


def _signers(event: Event) -> set[str]:
    return {
        person for person in (event.by, *(co.person for co in event.co)) if person not in (None, RECOVERY)
    }


def _apply(made: Replay, events: Iterable[StoredEvent]) -> Iterator[Event]:
    """Let events make their rows; yield each when it has."""
    for stored in events:
        event = stored.event()
        for change in changes(event, mapping.fact_in(stored.body)):
            made.apply(change)
        yield event


_ACTIVE_THEN = KEY_ROWS.format(  # a key's own last act is the one that ends it
    k=":k",
    person_key="from_seq <= :s AND (until_seq IS NULL OR until_seq >= :s)",
    session="opened < :s AND (closed IS NULL OR closed >= :s)",
    station_key="from_seq < :s AND (until_seq IS NULL OR until_seq >= :s)",
)
_THOSE = "(SELECT :b UNION ALL SELECT origin FROM batch_origin WHERE batch = :b)"
"""A batch and those that it was split from: a part stands on what they went through."""
_ORIGINS = "SELECT origin FROM batch_origin WHERE batch = :b"
_OF_BATCH = (
    f"seq IN (SELECT seq FROM line WHERE batch IN {_THOSE}) OR seq IN"  # noqa: S608 - an approval may begin rounds of many
    f" (SELECT i.seq FROM reinspection i JOIN round r ON r.id = i.round WHERE r.batch IN {_THOSE}) OR seq IN"
    f" (SELECT v.seq FROM voided v JOIN line l ON l.seq = v.event_no WHERE l.batch IN {_THOSE})"
)
_OWN = (  # what nobody signed may have no line in the index, and is void all the same
    f"seq IN (SELECT seq FROM line WHERE batch IN {_THOSE})"  # noqa: S608 - our own text
    f" OR seq IN (SELECT event_no FROM voided WHERE batch IN {_THOSE})"
)
_RESTS_ON_LOTS = ("round.opened", "round.compared", "round.decided", "round.rejected_after_all")
_OF_SUPPLY = (
    "SELECT max(s.seq) FROM severity s WHERE s.supplier = n.kin AND s.product = p.code"
    " AND s.procedure = :c AND s.defect_class = d.name AND s.seq < :s AND s.batch <> b.id"
)
_OWNER = "SELECT supplier FROM batch WHERE id = :b"
_EVER_SAME = (  # also those that were taken apart since: a round pinned what stood then
    "SELECT coalesce(supplier, '') AS kin FROM batch WHERE id = :b"  # noqa: S608 - our own words
    f" UNION SELECT root FROM supplier_merge WHERE supplier = ({_OWNER})"
    f" UNION SELECT supplier FROM supplier_merge WHERE root = ({_OWNER})"
    " UNION SELECT o.supplier FROM supplier_merge m JOIN supplier_merge o ON o.root = m.root"
    f" WHERE m.supplier = ({_OWNER})"
)
_LOTS_BEFORE = (
    f"SELECT ({_OF_SUPPLY}) AS said, ({_OF_SUPPLY} AND s.changed = 1) AS changed"  # noqa: S608 - our own words
    f" FROM batch b JOIN product p ON p.id = b.product, ({_EVER_SAME}) AS n, (SELECT 'critical' AS name UNION ALL"
    " SELECT 'major' UNION ALL SELECT 'minor') AS d WHERE b.id = :b"
)
_OF_NO_BATCH = "seq IN (SELECT seq FROM line WHERE batch IS NULL)"
_OF_ALL = ("workspace.opened", "shop.changed", "recovery.used")
_NAMING = (
    "seq IN (SELECT seq FROM line WHERE batch IS NULL AND type IN ('workspace.opened', 'shop.changed', 'person.enrolled',"
    " 'person.listed', 'person.changed', 'person.renamed', 'person.suspended', 'person.lifted', 'key.changed',"
    " 'key.enrolled', 'key.revoked', 'recovery.used', 'role.granted', 'role.taken', 'qualification.granted',"
    " 'qualification.taken'))"
)
_OF_PROCEDURES = (
    "seq IN (SELECT seq FROM line WHERE batch IS NULL"
    " AND type IN ('procedure.approved', 'procedure.retired'))"
)
_DRAFT = "seq IN (SELECT seq FROM procedure_version WHERE code = :c AND version = :v)"
_OF_PEOPLE = {"person": "id", "person_key": "person", "role_grant": "person", "qualification": "person"}
"""Table -> the column that names the person."""
_OF_SITTING = ("id", "person", "key", "public_key", "opened")
_SITTINGS = f"SELECT {', '.join(_OF_SITTING)} FROM session"  # noqa: S608 - our own names
_COMPARED: dict[str, tuple[str, ...]] = {
    "line": ("batch",),
    "batch": ("id",),
    "batch_number": ("batch",),
    "batch_part": ("batch", "parent"),
    "batch_origin": ("batch",),
    "batch_maker": ("batch",),
    "batch_reworker": ("batch",),
    "hold": ("batch",),
    "round": ("batch",),
    "reinspection": ("round",),
    "place_given_up": ("round",),
    "first_seen": ("round",),
    "checking": ("round",),
    "unit_result": ("checking",),
    "finding": ("checking", "batch"),
    "reading": ("checking", "batch"),
    "reviewed": ("checking",),
    "sign_off": ("round",),
    "comparison": ("round",),
    "decision": ("round",),
    "severity": ("batch",),
    "disposition": ("batch",),
    "concession": ("batch",),
    "concession_answer": ("batch",),
    "batch_place": ("batch",),
    "shipment": ("batch",),
    "shipped_unreleased": ("batch",),
    "certificate": ("batch",),
    "certificate_copy": ("number",),
    "analysis_copy": ("number",),
    "certificate_withdrawn": ("batch",),
    "voided": ("event_no",),
}
"""Table -> the columns that pick the batch's rows; each leads an index, or the table stays small."""
