# SPDX-License-Identifier: Apache-2.0
"""Corrective actions with their promises, the first verdicts that decide these, and the stops of what came again."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

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
from qcdesk.domain.promises import Decision, PromiseTest
from qcdesk.domain.times import log_day
from qcdesk.services.ports import FirstVerdict
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

    def first_verdicts(self, supplier: str, since: int, product: str, most: int) -> tuple[FirstVerdict, ...]:
        """See the port."""
        found: list[tuple[int, str]] = []
        for row in self._rows(_KIN_SINCE, s=supplier):
            found += self._later_verdicts(row["kin"], row["since"], since, product, most)
        return tuple(self._verdict(batch, seq) for seq, batch in sorted(found)[:most])

    def _later_verdicts(
        self, supplier: str, after: int, since: int, product: str, most: int
    ) -> list[tuple[int, str]]:
        """Return the first ``most`` first verdicts, later than ``after``, on lots registered after ``since``.

        Lots are walked in the order in which they came, some at a time, until those that are left came after the last of
        these verdicts: what it costs does not grow with what came since. Where the clock was put right, times do not
        tell what came after, and all are walked.
        """
        found: list[tuple[int, str]] = []
        corrected = bool(self._rows(_CORRECTED, since=since))
        at, batch = 0 if corrected else int(self._scalar(_AT, seq=since) or 0), ""
        while True:
            key = {"k": supplier, "since": since, "p": product, "at": at, "b": batch, "most": _WALKED}
            rows = self._rows(_LATER_LOTS, **key)
            found += [(r["verdict"], r["id"]) for r in rows if (r["verdict"] or 0) > after]
            found = sorted(found)[:most]
            if len(rows) < _WALKED:
                return found
            at, batch = rows[-1]["registered_at"], rows[-1]["id"]
            if len(found) == most and not corrected and self._scalar(_AT, seq=found[-1][0]) < at:
                return found

    def _verdict(self, batch: str, seq: int) -> FirstVerdict:
        [r] = self._rows(_VERDICT, b=batch, seq=seq)
        return FirstVerdict(
            r["batch"],
            r["number"],
            r["product"],
            r["round"],
            "accepted" if r["outcome"] == "accepted" else "rejected",
            r["seq"],
            r["at"],
        )

    def standing_stops(self, supplier: str | None = None, product: str | None = None) -> tuple[Stop, ...]:
        """See the port."""
        rows = self._rows(f"{_STOPS} WHERE s.decided IS NULL ORDER BY s.seq")
        same = {row["kin"] for row in self._rows(_KIN, s=supplier)}
        found = (_stop(row) for row in rows if supplier is None or row["supplier"] in same)
        return tuple(s for s in found if product in (None, s.product))

    def _action(self, row: Any) -> CorrectiveAction:  # noqa: ANN401 - a row as the statement names it
        key = {"a": row["id"]}
        opened = from_data(ActionOpened, json.loads(row["body"]))
        said = self._rows(_SAID, **key)
        moved = [r for r in said if r["kind"] in ("closed", "reopened")]
        closed = moved[-1] if moved and moved[-1]["kind"] == "closed" else None
        reopened = [r["seq"] for r in moved if r["kind"] == "reopened"]
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
            since=reopened[-1] if reopened else row["seq"],
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
    return Stop(
        row["seq"],
        row["supplier"],
        row["product"],
        row["code"],
        row["action"],
        row["lot"],
        row["number"],
        row["decided"],
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
    "SELECT s.seq, s.supplier, s.product, s.code, s.action, s.lot, s.decided, b.number FROM release_stop s"
    " JOIN batch b ON b.id = s.lot"
)
_WALKED = 50
_KIN_SINCE = "SELECT kin, since FROM supplier_kin WHERE supplier = :s"
_CORRECTED = "SELECT 1 AS one FROM clock_correction WHERE seq > :since LIMIT 1"
_AT = "SELECT at FROM line WHERE seq = :seq"
_LATER_LOTS = (
    "SELECT b.id, b.registered_at, (SELECT min(v.seq) FROM ("
    " SELECT k.seq FROM round r JOIN comparison k ON k.round = r.id WHERE r.batch = b.id AND k.outcome <> 'disagreed'"
    " UNION ALL SELECT d.seq FROM round r JOIN decision d ON d.round = r.id WHERE r.batch = b.id"
    " UNION ALL SELECT x.seq FROM line x WHERE x.batch = b.id AND x.type = 'round.rejected_after_all'"
    ") v) AS verdict FROM batch b JOIN product p ON p.id = b.product"
    " WHERE b.supplier = :k AND b.registered_at >= :at AND (b.registered_at > :at OR b.id > :b)"
    " AND (:p = '' OR p.code = :p) AND (SELECT min(n.seq) FROM batch_number n WHERE n.batch = b.id) > :since"
    " ORDER BY b.registered_at, b.id LIMIT :most"
)
_VERDICT = (
    "SELECT b.id AS batch, b.number, p.code AS product, v.round, v.outcome, v.seq, l.at FROM ("
    " SELECT r.batch, k.round, k.seq, k.outcome FROM round r JOIN comparison k ON k.round = r.id WHERE r.batch = :b"
    " UNION ALL SELECT r.batch, d.round, d.seq, d.outcome FROM round r JOIN decision d ON d.round = r.id"
    " WHERE r.batch = :b"
    " UNION ALL SELECT batch, round, seq, 'rejected' FROM line WHERE batch = :b AND type = 'round.rejected_after_all'"
    ") v JOIN line l ON l.seq = v.seq JOIN batch b ON b.id = v.batch JOIN product p ON p.id = b.product"
    " WHERE v.seq = :seq"
)
