# SPDX-License-Identifier: Apache-2.0
"""Corrective actions with their promises, the first verdicts that decide these, and the stops of what came again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from heapq import merge
from typing import Any, cast

from qcdesk.domain.codec import from_data
from qcdesk.domain.corrective import (
    STEPS,
    CorrectiveAction,
    Promise,
    StepSaid,
    Stop,
    Told,
    number_of,
)
from qcdesk.domain.events import (
    ActionOpened,
    ActionReplied,
    ActionSent,
    ActionStep,
)
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.promises import Decision, Happened, HappenedKind, PromiseTest, of_finding
from qcdesk.domain.sampling import BY_SERIOUSNESS, DefectClass, Verdict
from qcdesk.domain.times import log_day
from qcdesk.services.ports import Delivery, UnitOfWork
from qcdesk.store import mapping
from qcdesk.store.answers import Answers


class Corrective(Answers):
    """The questions of the port ``UnitOfWork`` about corrective actions."""

    def actions(
        self, supplier: str | None = None, number: int | None = None, *, unclosed: bool = False
    ) -> tuple[CorrectiveAction, ...]:
        """See the port."""
        if unclosed:
            return self._actions(_UNCLOSED)
        if number is not None:
            return self._actions("number = :n", n=number)
        if supplier is not None:
            return self._actions(f"supplier IN ({_KIN})", s=supplier)
        return self._actions("0 = 0")

    def action(self, action: str) -> CorrectiveAction:
        """See the port."""
        found = self._actions("id = :a", a=action) or self._actions("number = :n", n=number_of(action))
        if not found:
            raise BadInput("unknown_action", facts={"value": action}, where={"field": "action"})
        return found[0]

    def last_action(self) -> int:
        """See the port."""
        return int(self._scalar("SELECT max(number) AS number FROM corrective_action") or 0)

    def deliveries(self, supplier: str, since: int, product: str) -> Iterator[Delivery]:
        """See the port."""
        own = self._rows(_KIN_SINCE, s=supplier, since=since)
        each = (self._deliveries(row, self._same_since(supplier, row["kin"]), since, product) for row in own)
        return merge(*each, key=lambda one: one.seq)

    def _same_since(self, supplier: str, kin: str) -> int:
        """Return the event since which lots of one supplier count for the other as its own; 0: they are its own."""
        if supplier == kin:
            return 0
        return max(
            int(json.loads(bytes(row["body"]))["body"].get("since") or row["seq"])
            for row in self._rows(_MERGED, a=supplier, b=kin)
        )

    def first_merged(self, one: str, other: str) -> int:
        """See the port."""
        return int(self._scalar(_FIRST_MERGED, a=one, b=other) or 0)

    def _deliveries(self, own: mapping.Row, merged: int, since: int, product: str) -> Iterator[Delivery]:
        """Yield the lots of one supplier; they are walked some at a time, so that it costs what is asked for.

        They lie by the time of their registration; where the clock was put right since, times do not tell what came
        after, and all are sorted.
        """
        key = {"k": own["kin"], "since": since, "p": product}
        if own["corrected"]:
            yield from (_delivery(row, merged) for row in self._rows(_ALL_LATER_LOTS, **key))
            return
        at, last, most = own["at"] or 0, 0, _WALKED
        while True:
            rows = self._rows(_LATER_LOTS, **key, at=at, last=last, most=most)
            yield from (_delivery(row, merged) for row in rows)
            if len(rows) < most:
                return
            at, last, most = rows[-1]["at"], rows[-1]["seq"], 2 * most

    def delivery_of(self, batch: str) -> Delivery:
        """See the port."""
        [row] = self._rows(_ROOT, b=batch)
        return _delivery(row)

    def judged_since(self, supplier: str, since: int) -> tuple[str, ...]:
        """See the port."""
        return tuple(str(row["id"]) for row in self._rows(_JUDGED_SINCE, s=supplier, since=since))

    def happened(self, batch: str) -> tuple[Happened, ...]:
        """See the port."""
        return tuple(
            Happened(row["seq"], row["at"], _HAPPENED[row["type"]], row["round"] or "", _verdict(row))
            for row in self._rows(_HAPPENINGS, b=batch)
            if row["type"] != "round.again" or self._stands(row["seq"])
        )

    def _stands(self, seq: int) -> bool:
        """Tell whether what was found in a round that both did again stands; earlier programs did not say so."""
        body = bytes(self._scalar("SELECT body FROM event WHERE seq = :seq", seq=seq))
        return bool(json.loads(body)["body"].get("stands"))

    def told_of(self, lot: str) -> Mapping[str, DefectClass]:
        """See the port."""
        found: dict[str, DefectClass] = {}
        for row in self._rows(_REPORTED, b=lot):
            found[row["code"]] = _worse(found.get(row["code"]), row["defect_class"])
        listed = None
        for row in self._rows(_ESCAPED, b=lot):
            said = json.loads(row["body"])
            if not said["escape"] or json.loads(row["link"]).get("undone"):
                continue
            listed = cast("UnitOfWork", self).listed_codes() if listed is None else listed
            for name in listed.get(said["about"], ()):
                found[said["about"]] = _worse(found.get(said["about"]), cast("DefectClass", name))
        return found

    def standing_stops(self, supplier: str | None = None, product: str | None = None) -> tuple[Stop, ...]:
        """See the port."""
        rows = self._rows(f"{_STOPS} WHERE s.decided IS NULL ORDER BY s.seq")
        same = {row["kin"] for row in self._rows(_KIN, s=supplier)}
        found = (_stop(row) for row in rows if supplier is None or row["supplier"] in same)
        return tuple(s for s in found if product in (None, s.product))

    def repeats_open(self, supplier: str, product: str) -> tuple[Stop, ...]:
        """See the port."""
        return tuple(map(_stop, self._rows(_REPEATS_OPEN, s=supplier, p=product)))

    def _actions(self, which: str, **key: object) -> tuple[CorrectiveAction, ...]:
        """Return actions by their number; what was said of all of them is read at once."""
        ids = f"SELECT id FROM corrective_action WHERE {which}"  # noqa: S608
        rows = self._rows(f"{_ACTIONS} WHERE {which} ORDER BY number", **key)
        said, made, stops = (
            _by_action(self._rows(of.format(ids), **key)) if rows else {}
            for of in (_SAID, _PROMISES, _STOPS_OF)
        )
        return tuple(_action(row, *(of.get(row["id"], ()) for of in (said, made, stops))) for row in rows)


def _by_action(rows: Iterable[mapping.Row]) -> dict[str, list[mapping.Row]]:
    found: dict[str, list[mapping.Row]] = {}
    for row in rows:
        found.setdefault(row["action"], []).append(row)
    return found


def _action(
    row: mapping.Row, said: Sequence[mapping.Row], made: Sequence[mapping.Row], stops: Sequence[mapping.Row]
) -> CorrectiveAction:
    opened = from_data(ActionOpened, json.loads(row["body"]))
    moved = [r for r in said if r["kind"] in ("closed", "reopened")]
    closed = moved[-1] if moved and moved[-1]["kind"] == "closed" else None
    reopened = [r for r in moved if r["kind"] == "reopened"]
    repeated = [r["seq"] for r in reopened if r["about"]]
    papers = {r["about"]: r for r in reversed([r for r in said if r["kind"] == "replied" and r["about"]])}
    received = {about: from_data(ActionReplied, json.loads(r["body"])).on for about, r in papers.items()}
    untrue = {p: r for r in reopened if of_finding(r["about"]) for p in json.loads(r["body"])["promises"]}
    replaced = {r["replaces"] for r in made if r["replaces"]}
    steps = {r["about"]: r for r in said if r["kind"] == "step"}
    return CorrectiveAction(
        id=row["id"],
        number=row["number"],
        supplier=row["supplier"],
        product=row["product"],
        codes=opened.codes,
        title=opened.title,
        person=row["person"],
        at=row["at"],
        seq=row["seq"],
        state="closed" if closed is not None else "reopened" if reopened else "open",
        since=repeated[-1] if repeated else row["seq"],
        attachments=opened.attachments,
        steps=tuple(_step(steps[step]) for step in STEPS if step in steps),
        told=tuple(_told(r) for r in said if r["kind"] in ("sent", "replied")),
        promises=tuple(
            Promise(
                id=r["id"],
                no=r["no"],
                words=r["words"],
                due=date.fromisoformat(r["due"]),
                test=from_data(PromiseTest, json.loads(r["test"])),
                seq=r["seq"],
                at=r["at"],
                decision=Decision("open"),
                replaces=r["replaces"],
                replaced=r["id"] in replaced,
                received=received.get(r["id"]),
                brought=papers[r["id"]]["seq"] if r["id"] in papers else 0,
                untrue=log_day(untrue[r["id"]]["at"]) if r["id"] in untrue else None,
                again=untrue[r["id"]]["about"] if r["id"] in untrue else "",
            )
            for r in made
        ),
        stops=tuple(map(_stop, stops)),
        closed_at=closed["at"] if closed is not None else None,
        finding=opened.finding,
    )


def _worse(one: DefectClass | None, other: DefectClass) -> DefectClass:
    return other if one is None else min(one, other, key=BY_SERIOUSNESS.index)


def _delivery(row: Any, merged: int = 0) -> Delivery:  # noqa: ANN401
    return Delivery(
        row["id"],
        row["number"],
        row["supplier"],
        row["product"],
        row["state"],
        row["seq"],
        row["at"],
        merged,
    )


def _verdict(row: Any) -> Verdict | None:  # noqa: ANN401
    outcome = {"round.compared": row["compared"], "round.decided": row["decided"]}.get(
        row["type"], "rejected"
    )
    return None if outcome == "disagreed" else cast("Verdict", outcome)


def _step(row: Any) -> StepSaid:  # noqa: ANN401
    said = from_data(ActionStep, json.loads(row["body"]))
    return StepSaid(said.step, said.text, said.due, said.person, said.done, said.attachments, row["at"])


def _told(row: Any) -> Told:  # noqa: ANN401
    data = json.loads(row["body"])
    if row["kind"] == "sent":
        sent = from_data(ActionSent, data)
        return Told(
            "sent", row["at"], row["person"], sent.to, sent.text, log_day(row["at"]), sent.attachments
        )
    reply = from_data(ActionReplied, data)
    return Told(
        "replied",
        row["at"],
        row["person"],
        reply.sender,
        reply.text,
        reply.on,
        reply.attachments,
        reply.promise,
    )


def _stop(row: Any) -> Stop:  # noqa: ANN401
    said = json.loads(row["body"])
    return Stop(
        row["seq"],
        row["supplier"],
        row["product"],
        row["code"],
        row["action"],
        row["lot"],
        row["number"],
        row["decided"],
        said["defect_class"],
        said.get("tightens", ""),
    )


_ACTIONS = "SELECT id, number, supplier, product, person, at, body, seq FROM corrective_action"
_UNCLOSED = (
    "coalesce((SELECT s.kind FROM action_said s WHERE s.action = corrective_action.id"
    " AND s.kind IN ('closed', 'reopened') ORDER BY s.seq DESC LIMIT 1), '') <> 'closed'"
)
_KIN = "SELECT kin FROM supplier_kin WHERE supplier = :s"
_SAID = "SELECT action, seq, kind, about, person, at, body FROM action_said WHERE action IN ({}) ORDER BY seq"
_PROMISES = (
    "SELECT action, id, no, due, test, words, replaces, at, seq FROM promise WHERE action IN ({}) ORDER BY no"
)
_STOPS = (
    "SELECT s.seq, s.supplier, s.product, s.code, s.action, s.lot, s.decided, coalesce(b.number, '') AS number, d.body"
    " FROM release_stop s LEFT JOIN batch b ON b.id = s.lot JOIN action_said d ON d.seq = s.seq"
)
_STOPS_OF = f"{_STOPS} WHERE s.action IN ({{}}) ORDER BY s.seq"
_REPEATS_OPEN = (
    f"{_STOPS} WHERE s.supplier IN ({_KIN}) AND s.product = :p AND (SELECT a.kind FROM action_said a"  # noqa: S608
    " WHERE a.action = s.action AND a.kind IN ('closed', 'reopened') ORDER BY a.seq DESC LIMIT 1) = 'reopened'"
    " ORDER BY s.seq"
)
_WALKED = 8
"""So many lots are read first, and twice as many each time after: a promise needs few of them."""
_MERGED = (
    "SELECT m.seq, e.body FROM supplier_merge m JOIN event e ON e.seq = m.seq"
    " WHERE m.undone IS NULL AND m.supplier IN (:a, :b)"
)
_FIRST_MERGED = "SELECT min(seq) AS seq FROM supplier_merge WHERE supplier IN (:a, :b) AND root IN (:a, :b)"
_KIN_SINCE = (
    "SELECT kin, since, (SELECT l.at FROM line l WHERE l.seq = :since) AS at,"
    " EXISTS (SELECT 1 FROM clock_correction c WHERE c.seq > :since) AS corrected"
    " FROM supplier_kin WHERE supplier = :s"
)
_LOT = (
    "SELECT b.id, b.number, b.supplier, p.code AS product, b.state, b.registered_at AS at,"
    " (SELECT min(n.seq) FROM batch_number n WHERE n.batch = b.id) AS seq FROM batch b JOIN product p ON p.id = b.product"
)
_LOTS_OF = (
    f"SELECT * FROM ({_LOT} WHERE b.supplier = :k AND (:p = '' OR p.code = :p)"  # noqa: S608
    " AND NOT EXISTS (SELECT 1 FROM batch_part t WHERE t.batch = b.id)"
)
_ALL_LATER_LOTS = f"{_LOTS_OF}) q WHERE q.seq > :since ORDER BY q.seq"
_LATER_LOTS = (
    f"{_LOTS_OF} AND b.registered_at >= :at) q WHERE q.seq > :since AND (q.at > :at OR q.seq > :last)"
    " ORDER BY q.at, q.seq LIMIT :most"
)
_ROOT = (
    f"{_LOT} WHERE b.id = coalesce((SELECT o.origin FROM batch_origin o WHERE o.batch = :b"  # noqa: S608
    " AND NOT EXISTS (SELECT 1 FROM batch_part t WHERE t.batch = o.origin)), :b)"
)
_HAPPENED: dict[str, HappenedKind] = {
    "round.opened": "opened",
    "round.compared": "judged",
    "round.decided": "judged",
    "round.rejected_after_all": "judged",
    "round.again": "again",
    "check.retracted": "taken_back",
    "round.reopened": "taken_back",
    "log.voided": "taken_back",
    "reinspected": "taken_back",
    "batch.withdrawn": "withdrawn",
}
_HAPPENINGS = (
    "SELECT l.seq, l.at, l.type, l.round, k.outcome AS compared, d.outcome AS decided FROM line l"
    " LEFT JOIN comparison k ON k.round = l.round LEFT JOIN decision d ON d.round = l.round"
    " WHERE l.batch = :b AND l.type IN ('round.opened', 'round.compared', 'round.decided', 'round.rejected_after_all',"
    " 'round.again', 'check.retracted', 'round.reopened', 'log.voided', 'batch.withdrawn')"
    " UNION ALL SELECT i.seq, l.at, 'reinspected', i.round, '', '' FROM reinspection i JOIN line l ON l.seq = i.seq"
    " WHERE i.batch = :b ORDER BY 1"
)
_JUDGED_SINCE = (
    "SELECT b.id FROM batch b WHERE b.supplier IN (SELECT kin FROM supplier_kin WHERE supplier = :s)"
    " AND EXISTS (SELECT 1 FROM line l WHERE l.batch = b.id AND l.seq > :since"
    " AND l.type IN ('round.compared', 'round.decided', 'round.rejected_after_all'))"
    " AND EXISTS (SELECT 1 FROM line l WHERE l.batch = b.id AND l.seq <= :since) ORDER BY b.id"
)
_WHOLE = "SELECT :b UNION ALL SELECT batch FROM batch_origin WHERE origin = :b"
_REPORTED = f"SELECT code, defect_class FROM reported_defect WHERE batch IN ({_WHOLE})"  # noqa: S608
_ESCAPED = (
    "SELECT s.body AS link, j.body FROM complaint_step s JOIN complaint_step j ON j.complaint = s.complaint"  # noqa: S608
    f" WHERE s.type = 'complaint.linked' AND s.batch IN ({_WHOLE})"
    " AND s.seq = (SELECT max(l.seq) FROM complaint_step l WHERE l.complaint = s.complaint AND l.batch = s.batch"
    " AND l.type = 'complaint.linked') AND j.seq = (SELECT max(m.seq) FROM complaint_step m"
    " WHERE m.complaint = s.complaint AND m.type = 'complaint.judged')"
)
