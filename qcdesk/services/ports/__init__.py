# SPDX-License-Identifier: Apache-2.0
"""What the use cases need from outside: time, keys, a unit of work, files, a report.

Each subject has a module of its own; whoever uses a port takes it from here.
"""

from __future__ import annotations

from qcdesk.services.ports.batches import KnownBatch
from qcdesk.services.ports.care import TouchMade
from qcdesk.services.ports.clocks import Clock, Ids
from qcdesk.services.ports.concessions import ActSigned, GivenConcession
from qcdesk.services.ports.corrective import Delivery
from qcdesk.services.ports.files import Files, KeptPhoto
from qcdesk.services.ports.imports import ImportFile, ImportResult, RowProblem
from qcdesk.services.ports.inspections import RejectedByOne, SignedOff
from qcdesk.services.ports.keeping import (
    BackedUp,
    Dumped,
    Explained,
    Exported,
    Health,
    HeldAgainst,
    Keeping,
    LastVerified,
    Problem,
    Progress,
    Verified,
)
from qcdesk.services.ports.keys import Hand, Keys, NewBadge, NewKey, PinSeal, SealedBadge, SealedKey, Sheet
from qcdesk.services.ports.papers import Certificate
from qcdesk.services.ports.people import KnownKey
from qcdesk.services.ports.printing import CodeCard, PaperFacts, PaperKind, Printed, Printing, PrintJob
from qcdesk.services.ports.proofs import OthersEvent
from qcdesk.services.ports.unit_of_work import UnitOfWork
from qcdesk.services.ports.workspaces import BackupSeen, Workspaces
from qcdesk.services.ports.workstations import KeptTry, NothingTaken, StationHand, TakenAlong, Workstation

__all__ = [
    "ActSigned",
    "BackedUp",
    "BackupSeen",
    "Certificate",
    "Clock",
    "CodeCard",
    "Delivery",
    "Dumped",
    "Explained",
    "Exported",
    "Files",
    "GivenConcession",
    "Hand",
    "Health",
    "HeldAgainst",
    "Ids",
    "ImportFile",
    "ImportResult",
    "Keeping",
    "KeptPhoto",
    "KeptTry",
    "Keys",
    "KnownBatch",
    "KnownKey",
    "LastVerified",
    "NewBadge",
    "NewKey",
    "NothingTaken",
    "OthersEvent",
    "PaperFacts",
    "PaperKind",
    "PinSeal",
    "PrintJob",
    "Printed",
    "Printing",
    "Problem",
    "Progress",
    "RejectedByOne",
    "RowProblem",
    "SealedBadge",
    "SealedKey",
    "Sheet",
    "SignedOff",
    "StationHand",
    "TakenAlong",
    "TouchMade",
    "UnitOfWork",
    "Verified",
    "Workspaces",
    "Workstation",
]
