# SPDX-License-Identifier: Apache-2.0
"""Rows of rounds and checks: results, findings, readings, signatures, comparisons."""

from __future__ import annotations

from collections.abc import Iterator

from qcdesk.domain import events
from qcdesk.domain.log import Event
from qcdesk.store.projection.batches import end_hold, move, put_hold, put_sign_off
from qcdesk.store.projection.changes import Change, Put, Set, project
from qcdesk.store.projection.severities import put_switched


@project.register
def _(fact: events.RoundOpened, event: Event) -> Iterator[Change]:
    yield Put(
        "round",
        {
            "id": fact.round,
            "batch": fact.batch,
            "no": fact.no,
            "opened": event.spelled_body.decode(),
            "seq": event.seq,
        },
    )
    yield Set("batch", {"id": fact.batch}, {"round": fact.round, "round_no": fact.no})
    yield from move(fact.batch, "first_check", event.at)


@project.register
def _(fact: events.CheckStarted, event: Event) -> Iterator[Change]:
    yield Put(
        "checking",
        {
            "id": fact.check,
            "round": fact.round,
            "batch": fact.batch,
            "place": fact.place,
            "person": event.by,
            "state": "open",
            "started_at": event.at,
            "seq": event.seq,
            "reason": "",
            "signed": None,
        },
    )
    if fact.place == "second":
        yield from move(fact.batch, "second_check", event.at)


@project.register
def _(fact: events.Recorded, event: Event) -> Iterator[Change]:
    for result in fact.results:
        yield Put(
            "unit_result",
            {
                "checking": fact.check,
                "unit": result.unit,
                "not_done": result.not_done,
                "seq": event.seq,
            },
            over=True,
        )
    for finding in fact.findings:
        yield Put(
            "finding",
            {
                "id": finding.id,
                "checking": fact.check,
                "round": fact.round,
                "batch": fact.batch,
                "unit": finding.unit,
                "code": finding.code,
                "defect_class": finding.defect_class,
                "count": finding.count,
                "place": finding.place,
                "note": finding.note,
                "photo": finding.photo,
                "at": event.at,
                "seq": event.seq,
                "withdrawn": None,
            },
        )
    for reading in fact.measured:
        until = reading.calibrated_until
        if reading.replaces is not None:
            yield Set("reading", {"id": reading.replaces, "checking": fact.check}, {"replaced": 1})
        yield Put(
            "reading",
            {
                "id": reading.id,
                "checking": fact.check,
                "round": fact.round,
                "batch": fact.batch,
                "unit": reading.unit,
                "characteristic": reading.characteristic,
                "typed": reading.typed,
                "value": reading.value,
                "measure": reading.measure,
                "inside": int(reading.inside),
                "defect_class": reading.defect_class,
                "instrument": reading.instrument,
                "calibrated_until": until.isoformat() if until else None,
                "at": event.at,
                "reason": reading.reason,
                "replaced": 0,
                "seq": event.seq,
            },
        )
    for one in fact.reviewed:
        yield Put(
            "reviewed",
            {
                "checking": fact.check,
                "claim": one.claim,
                "unit": one.unit,
                "code": one.code,
                "defect_class": one.defect_class,
                "count": one.count,
                "agrees": int(one.agrees),
                "note": one.note,
                "seq": event.seq,
            },
        )
    for gone in fact.withdrawn:
        yield Set("finding", {"id": gone.finding, "checking": fact.check}, {"withdrawn": gone.reason})


@project.register
def _(fact: events.Resolved, event: Event) -> Iterator[Change]:
    yield from ()  # lives in the third person's own entries until the decision


@project.register
def _(fact: events.CheckSetAside, event: Event) -> Iterator[Change]:
    yield Set("checking", {"id": fact.check}, {"state": "set_aside", "reason": fact.reason})
    if fact.place == "second":
        yield from move(fact.batch, "awaiting_second", event.at)


@project.register
def _(fact: events.CheckSigned, event: Event) -> Iterator[Change]:
    yield put_sign_off(
        event,
        fact.batch,
        fact.round,
        fact.place,
        fact.check,
        fact.meaning,
        fact.verdict,
        fact.record,
        maker=fact.maker,
    )
    yield Set("checking", {"id": fact.check}, {"state": "signed", "signed": event.seq})
    if fact.place == "first":
        yield from move(fact.batch, "awaiting_second", event.at)


@project.register
def _(fact: events.RoundCompared, event: Event) -> Iterator[Change]:
    yield Put(
        "comparison",
        {
            "round": fact.round,
            "batch": fact.batch,
            "seq": event.seq,
            "outcome": fact.outcome,
            "body": event.spelled_body.decode(),
        },
    )
    yield from put_switched(fact.switched, event, fact.batch)
    yield from move(fact.batch, fact.outcome, event.at)


@project.register
def _(fact: events.RoundDecided, event: Event) -> Iterator[Change]:
    yield put_sign_off(
        event,
        fact.batch,
        fact.round,
        "third",
        fact.check,
        fact.meaning,
        fact.outcome,
        fact.record,
        maker=False,
    )
    yield Set("checking", {"id": fact.check}, {"state": "signed", "signed": event.seq})
    yield Put(
        "decision",
        {
            "round": fact.round,
            "batch": fact.batch,
            "seq": event.seq,
            "person": event.by,
            "outcome": fact.outcome,
            "body": event.spelled_body.decode(),
        },
    )
    yield from put_switched(fact.switched, event, fact.batch)
    yield from move(fact.batch, fact.outcome, event.at)


@project.register
def _(fact: events.RejectedAfterAll, event: Event) -> Iterator[Change]:
    yield from put_switched(fact.switched, event, fact.batch)
    yield from move(fact.batch, "rejected", event.at)


@project.register
def _(fact: events.RoundAgain, event: Event) -> Iterator[Change]:
    yield Set("batch", {"id": fact.batch}, {"again_used": 1})
    yield from move(fact.batch, "registered", event.at)


@project.register
def _(fact: events.CheckRetracted, event: Event) -> Iterator[Change]:
    yield Set("checking", {"id": fact.check}, {"state": "retracted", "reason": fact.reason})
    yield Set("sign_off", {"checking": fact.check}, {"standing": 0})
    if fact.used_again:
        yield Set("batch", {"id": fact.batch}, {"again_used": 1})
    if fact.tightened:
        yield Set("batch", {"id": fact.batch}, {"next_severity": "tightened"})
    if fact.hold is not None:
        yield from put_hold(fact.batch, fact.hold, "procedure", fact.reason, event)
    elif fact.then == "new_round":
        yield from move(fact.batch, "registered", event.at)


@project.register
def _(fact: events.RoundOrdered, event: Event) -> Iterator[Change]:
    if fact.tightened:
        yield Set("batch", {"id": fact.batch}, {"next_severity": "tightened"})
    yield from end_hold(fact.batch, fact.hold, event)
    yield from move(fact.batch, "registered", event.at)


@project.register
def _(fact: events.PlaceGivenUp, event: Event) -> Iterator[Change]:
    yield Put("place_given_up", {"round": fact.round, "person": event.by, "seq": event.seq}, over=True)


@project.register
def _(fact: events.FirstSeen, event: Event) -> Iterator[Change]:
    yield Put(
        "first_seen",
        {"round": fact.round, "person": event.by, "what": fact.what, "seq": event.seq},
        over=True,
    )
