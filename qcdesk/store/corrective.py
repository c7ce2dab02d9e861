# SPDX-License-Identifier: Apache-2.0
"""Corrective actions with their promises, the first verdicts that decide these, and the stops of what came again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
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
from qcdesk.domain.promises import Decision, Happened, HappenedKind, PromiseTest
from qcdesk.domain.sampling import BY_SERIOUSNESS, DefectClass, Verdict
from qcdesk.domain.times import log_day
from qcdesk.services.ports import Delivery, UnitOfWork
from qcdesk.store.answers import Answers


class Corrective(Answers):
    """The questions of the port ``UnitOfWork`` about corrective actions."""

    def actions(
        self, supplier: str | None = None, number: int | None = None, *, unclosed: bool = False
    ) -> tuple[CorrectiveAction, ...]:
        """See the port."""
        if unclosed:
            rows = self._rows(f"{_ACTIONS} WHERE {_UNCLOSED} ORDER BY number")
        elif number is not None:
            rows = self._rows(f"{_ACTIONS} WHERE number = :n", n=number)
        elif supplier is not None:
            rows = self._rows(_ACTIONS_OF, s=supplier)
        else:
            rows = self._rows(f"{_ACTIONS} ORDER BY number")
        return tuple(self._action(row) for row in rows)

    def action(self, action: str) -> CorrectiveAction:
        """See the port."""
        rows = self._rows(f"{_ACTIONS} WHERE id = :a", a=action)
        if not rows:
            rows = self._rows(f"{_ACTIONS} WHERE number = :n", n=number_of(action))
        if not rows:
            raise BadInput("unknown_action", facts={"value": action}, where={"field": "action"})
        return self._action(rows[0])

    def last_action(self) -> int:
        """See the port."""
        return int(self._scalar("SELECT max(number) AS number FROM corrective_action") or 0)

    def deliveries(self, supplier: str, since: int, product: str) -> Iterator[Delivery]:
        """See the port."""
        kin = (
            self._deliveries(row["kin"], row["since"], since, product)
            for row in self._rows(_KIN_SINCE, s=supplier)
        )
        return merge(*kin, key=lambda one: one.seq)

    def _deliveries(self, supplier: str, merged: int, since: int, product: str) -> Iterator[Delivery]:
        """Yield the lots of one supplier; they are walked some at a time, so that it costs what is asked for.

        They lie by the time of their registration; where the clock was put right since, times do not tell what came
        after, and all are sorted.
        """
        key = {"k": supplier, "since": since, "p": product}
        if self._rows(_CORRECTED, since=since):
            yield from (_delivery(row, merged) for row in self._rows(_ALL_LATER_LOTS, **key))
            return
        at, last = int(self._scalar(_AT, seq=since) or 0), 0
        while True:
            rows = self._rows(_LATER_LOTS, **key, at=at, last=last, most=_WALKED)
            yield from (_delivery(row, merged) for row in rows)
            if len(rows) < _WALKED:
                return
            at, last = rows[-1]["at"], rows[-1]["seq"]

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
        )

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

    def _action(self, row: Any) -> CorrectiveAction:  # noqa: ANN401 - a row as the statement names it
        key = {"a": row["id"]}
        opened = from_data(ActionOpened, json.loads(row["body"]))
        said = self._rows(_SAID, **key)
        moved = [r for r in said if r["kind"] in ("closed", "reopened")]
        closed = moved[-1] if moved and moved[-1]["kind"] == "closed" else None
        reopened = [r for r in moved if r["kind"] == "reopened"]
        repeated = [r["seq"] for r in reopened if r["about"]]
        received = {
            r["about"]: from_data(ActionReplied, json.loads(r["body"])).on
            for r in reversed([r for r in said if r["kind"] == "replied" and r["about"]])
        }
        made = self._rows(_PROMISES, **key)
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
                )
                for r in made
            ),
            stops=tuple(_stop(r) for r in self._rows(f"{_STOPS} WHERE s.action = :a ORDER BY s.seq", **key)),
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
_ACTIONS_OF = f"{_ACTIONS} WHERE supplier IN ({_KIN}) ORDER BY number"
_SAID = "SELECT seq, kind, about, person, at, body FROM action_said WHERE action = :a ORDER BY seq"
_PROMISES = "SELECT id, no, due, test, words, replaces, at, seq FROM promise WHERE action = :a ORDER BY no"
_STOPS = (
    "SELECT s.seq, s.supplier, s.product, s.code, s.action, s.lot, s.decided, b.number, d.body"
    " FROM release_stop s JOIN batch b ON b.id = s.lot JOIN action_said d ON d.seq = s.seq"
)
_REPEATS_OPEN = (
    f"{_STOPS} WHERE s.supplier IN ({_KIN}) AND s.product = :p AND (SELECT a.kind FROM action_said a"  # noqa: S608
    " WHERE a.action = s.action AND a.kind IN ('closed', 'reopened') ORDER BY a.seq DESC LIMIT 1) = 'reopened'"
    " ORDER BY s.seq"
)
_WALKED = 50
_KIN_SINCE = "SELECT kin, since FROM supplier_kin WHERE supplier = :s"
_CORRECTED = "SELECT 1 AS one FROM clock_correction WHERE seq > :since LIMIT 1"
_AT = "SELECT at FROM line WHERE seq = :seq"
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
    " 'check.retracted', 'round.reopened', 'log.voided', 'batch.withdrawn')"
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
