# SPDX-License-Identifier: Apache-2.0
"""Rows of corrective actions, promises, and stops of what came again; the last row that says something counts."""

from __future__ import annotations

from collections.abc import Iterator

from qcdesk.domain import events
from qcdesk.domain.log import Event
from qcdesk.store.projection.changes import Change, Put, Set, document, project
from qcdesk.store.projection.severities import put_repeated


@project.register
def _(fact: events.ActionOpened, event: Event) -> Iterator[Change]:
    yield Put(
        "corrective_action",
        {
            "id": fact.action,
            "number": fact.number,
            "supplier": fact.supplier,
            "product": fact.product,
            "person": event.by,
            "at": event.at,
            "body": event.spelled_body.decode(),
            "seq": event.seq,
        },
    )


@project.register
def _(fact: events.ActionStep, event: Event) -> Iterator[Change]:
    yield _said(fact.action, "step", fact.step, event)


@project.register
def _(fact: events.ActionSent, event: Event) -> Iterator[Change]:
    yield _said(fact.action, "sent", "", event)


@project.register
def _(fact: events.ActionReplied, event: Event) -> Iterator[Change]:
    yield _said(fact.action, "replied", fact.promise or "", event)


@project.register
def _(fact: events.ActionClosed, event: Event) -> Iterator[Change]:
    yield _said(fact.action, "closed", "", event)


@project.register
def _(fact: events.PromiseMade, event: Event) -> Iterator[Change]:
    yield Put(
        "promise",
        {
            "id": fact.promise,
            "action": fact.action,
            "no": fact.no,
            "due": fact.due.isoformat(),
            "test": document(fact.test),
            "words": fact.words,
            "replaces": fact.replaces,
            "at": event.at,
            "seq": event.seq,
        },
    )


@project.register
def _(fact: events.DefectRepeated, event: Event) -> Iterator[Change]:
    yield _said(fact.action, "reopened", fact.code, event)
    yield Put(
        "release_stop",
        {
            "seq": event.seq,
            "supplier": fact.supplier,
            "product": fact.product,
            "code": fact.code,
            "action": fact.action,
            "lot": fact.lot,
            "decided": None,
        },
    )
    yield from put_repeated(fact.switched, event)


@project.register
def _(fact: events.ActionUnproved, event: Event) -> Iterator[Change]:
    yield _said(
        fact.action, "reopened", fact.report or fact.finding, event
    )  # about nothing: promises of before still count


@project.register
def _(fact: events.StopDecided, event: Event) -> Iterator[Change]:
    yield Set("release_stop", {"seq": fact.stop}, {"decided": event.seq})


def _said(action: str, kind: str, about: str, event: Event) -> Put:
    return Put(
        "action_said",
        {
            "seq": event.seq,
            "action": action,
            "kind": kind,
            "about": about,
            "person": event.by,
            "at": event.at,
            "body": event.spelled_body.decode(),
        },
    )
