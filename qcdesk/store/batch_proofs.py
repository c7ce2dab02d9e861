# SPDX-License-Identifier: Apache-2.0
"""What a release or a paper reads of one batch, rebuilt from the batch's own events and compared with the tables.

It costs what the batch has, however long the log is, so that it is asked each time. Whatever else a table holds is the
business of the whole verification.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from heapq import merge
from operator import attrgetter

from qcdesk.domain.canonical import NotCanonical
from qcdesk.domain.codec import BadData
from qcdesk.domain.log import BadEvent, Event, StoredEvent
from qcdesk.store import mapping
from qcdesk.store.answers import Answers, parts
from qcdesk.store.batch_rules import keeps_the_rules
from qcdesk.store.chain import EventProblem, check_event
from qcdesk.store.keys_of import KEY_ROWS, Known, Signer, sheet_key
from qcdesk.store.projection import changes
from qcdesk.store.rebuilding import Replay, same_rows
from qcdesk.store.tables import COLUMNS


class BatchProofs(Answers):
    """One batch against its own events, and its people and the shop against theirs."""

    def _as_the_log_says(self, batch: str) -> bool:
        """Tell whether every event of a batch verifies or is void, and the tables say what the events do."""
        own = self._stored(_OF_BATCH, b=batch)
        bad = {stored.seq for stored in own if not self._good(stored)}
        made, signers = Replay(), set[str]()
        for event in _apply(made, (stored for stored in own if stored.seq not in bad)):
            signers |= {event.by or "", *(co.person for co in event.co)}
        void = {int(str(row["event_no"])) for row in made.tables["voided"].values()}
        return (
            bad <= void
            and all(self._rows_hold(made, table, batch, bad) for table in _COMPARED)
            and self._names_hold(signers)
        )

    def _good(self, stored: StoredEvent) -> bool:
        if check_event(stored, self._known_key, self._database.verify) is not EventProblem.NONE:
            return False
        try:
            mapping.fact_in(stored.body)
        except (KeyError, BadData):
            return False
        return True

    def _by_the_rules(self, batch: str) -> bool:
        """Tell whether what a batch's own events do is by the rules, replayed as the checker does."""
        own = self._stored(_OWN, b=batch)
        bad = {stored.seq for stored in own if not self._good(stored)}
        return keeps_the_rules(
            merge(self._stored(_OF_NO_BATCH), own, key=attrgetter("seq")), {stored.seq for stored in own}, bad
        )

    def _rows_hold(self, made: Replay, table: str, batch: str, bad: set[int]) -> bool:
        """Tell whether the rows of a table are those of the batch; what nobody signed and left behind counts for nothing.

        What somebody signed against a rule has its rows like any other, also once it is void.
        """
        key, columns = COLUMNS[table]
        names: dict[str, list[object]] = {
            "id": [batch],
            "batch": [batch],
            "round": [str(row["id"]) for row in made.tables["round"].values()],
            "checking": [str(row["id"]) for row in made.tables["checking"].values()],
            "event_no": [row["seq"] for row in made.tables["line"].values()],
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

    def _names_hold(self, people: set[str]) -> bool:
        """Tell whether the shop, and who signed, are called in the tables what signed events call them."""
        named = [stored for stored in self._stored(_NAMING) if self._names(stored, people)]
        if not all(self._good(stored) for stored in named):
            return False
        made = Replay()
        for _ in _apply(made, named):
            pass
        known = [row for row in made.tables["person"].values() if row["id"] in people]
        there = [
            row
            for part in parts(sorted(people))
            for row in self._rows(f"{_PEOPLE} WHERE id IN ({part.names})", **part.values)
        ]
        key, columns = COLUMNS["shop"]
        shop = self._rows(f"SELECT {', '.join(columns)} FROM shop")  # noqa: S608
        return same_rows(known, there, ("id",), _NAMES) and same_rows(
            made.tables["shop"].values(), shop, key, columns
        )

    def _names(self, stored: StoredEvent, people: set[str]) -> bool:
        """Tell whether an event names the shop or one of these people; what cannot be read does, and fails there."""
        try:
            event = stored.event()
        except (NotCanonical, BadEvent):
            return True
        return event.type in ("workspace.opened", "shop.changed") or event.body.get("person") in people

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
_OF_BATCH = (
    "seq IN (SELECT seq FROM line WHERE batch = :b) OR seq IN"  # an approval may begin rounds of many batches anew
    " (SELECT i.seq FROM reinspection i JOIN round r ON r.id = i.round WHERE r.batch = :b)"
)
_OWN = "seq IN (SELECT seq FROM line WHERE batch = :b)"
_OF_NO_BATCH = "seq IN (SELECT seq FROM line WHERE batch IS NULL)"
_NAMING = (
    "seq IN (SELECT seq FROM line WHERE type IN ('workspace.opened', 'shop.changed', 'person.enrolled',"
    " 'person.listed', 'person.changed', 'person.renamed'))"
)
_NAMES = ("id", "login", "name", "staff", "enrolled_by", "since", "seq")
_PEOPLE = f"SELECT {', '.join(_NAMES)} FROM person"  # noqa: S608 - our own names
_COMPARED: dict[str, tuple[str, ...]] = {
    "line": ("batch",),
    "batch": ("id",),
    "batch_maker": ("batch",),
    "batch_reworker": ("batch",),
    "hold": ("batch",),
    "round": ("batch",),
    "reinspection": ("round",),
    "place_given_up": ("round",),
    "checking": ("round",),
    "unit_result": ("checking",),
    "finding": ("checking", "batch"),
    "reading": ("checking", "batch"),
    "reviewed": ("checking",),
    "sign_off": ("round",),
    "comparison": ("round",),
    "decision": ("round",),
    "disposition": ("batch",),
    "voided": ("event_no",),
}
"""Table -> the columns that pick the batch's rows; each leads an index, or the table stays small."""
