# SPDX-License-Identifier: Apache-2.0
"""Corrective actions with their promises, defects that came again, and what is decided about the stops they lay."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from qcdesk.domain.attachments import Attachment
from qcdesk.domain.codec import LATER
from qcdesk.domain.events.fact import Fact
from qcdesk.domain.promises import PromiseState, PromiseTest
from qcdesk.domain.sampling import DefectClass
from qcdesk.domain.switching import Switched, Tightens

Step = Literal["D0", "D1", "D2", "D3", "D4", "D5", "D6", "D7", "D8"]


@dataclass(frozen=True)
class ActionOpened(Fact):
    """A corrective action is asked of a supplier. ``product``: a code; empty: all of it. ``finding``: what led to it."""

    TYPE = "action.opened"
    action: str
    number: int
    supplier: str
    product: str
    codes: tuple[str, ...]
    title: str
    finding: str = ""
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True)
class ActionStep(Fact):
    """One of the eight disciplines (and D0, the emergency response) as it is now; the last one said counts."""

    TYPE = "action.step"
    action: str
    step: Step
    text: str
    due: date | None = None
    person: str | None = None
    done: bool = False
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True)
class ActionSent(Fact):
    """A mail about it was written for the supplier, in its language; the file itself is among the attachments."""

    TYPE = "action.sent"
    action: str
    to: str
    language: str
    subject: str
    text: str
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True)
class ActionReplied(Fact):
    """What the supplier answered. ``promise``: the promised document is what came, on this day."""

    TYPE = "action.replied"
    action: str
    sender: str
    text: str
    on: date
    promise: str | None = None
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True)
class PromiseMade(Fact):
    """What the supplier promised, until when, and how it is decided. ``replaces``: a broken one that it stands for."""

    TYPE = "promise.made"
    promise: str
    action: str
    no: int
    words: str
    due: date
    test: PromiseTest
    replaces: str | None = None


@dataclass(frozen=True)
class PromisePassed:
    """A promise as its test found it when the action was closed; ``lots`` are the numbers that decided it."""

    promise: str
    state: PromiseState
    lots: tuple[str, ...] = ()


@dataclass(frozen=True)
class ActionClosed(Fact):
    """The corrective action is over: every test passed, as computed."""

    TYPE = "action.closed"
    STRENGTH = "act"
    action: str
    reason: str
    promises: tuple[PromisePassed, ...]


@dataclass(frozen=True)
class DefectRepeated(Fact):
    """A defect that an action was about came again, in this lot: it is open again, and a stop is laid.

    ``lot``: none, where a report from outside (``report``) says so of goods whose batch is not known here. The program
    says so right after what showed it. ``switched``: inspection of what it is switched for is tightened. ``tightens``:
    what else is, until the action is closed: *rounds*, as the procedure in use then switches nothing (or there is
    none); *class*, as it switches: rounds by one that does not. Empty: nothing, as an earlier program said it.
    """

    TYPE = "defect.repeated"
    STRENGTH = "either"
    action: str
    lot: str | None
    supplier: str
    product: str
    code: str
    defect_class: DefectClass
    switched: Switched | None = None
    tightens: Tightens = field(default="", metadata=LATER)
    report: str | None = field(default=None, metadata=LATER)


@dataclass(frozen=True)
class ActionUnproved(Fact):
    """What proved a closed action does so no more, and it is open again: these promises have not passed as it is now.

    The program says so right after the event that took the proof away; it is no repeat, and lays no stop. ``report``:
    a defect reported from outside on no batch and no product that is known here, found after the action was closed, says
    otherwise (an earlier program said this of known products too).
    ``finding``: an audit found it again, under this code; the papers of ``promises`` were untrue, also of an open one.
    """

    TYPE = "action.unproved"
    STRENGTH = "either"
    action: str
    promises: tuple[str, ...]
    report: str | None = None
    finding: str = field(default="", metadata=LATER)


@dataclass(frozen=True)
class StopDecided(Fact):
    """Two who release decide that goods may be released again. ``stop``: the event that laid the stop."""

    TYPE = "stop.decided"
    STRENGTH = "act"
    stop: int
    reason: str
