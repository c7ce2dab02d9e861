# SPDX-License-Identifier: Apache-2.0
"""What can happen: the body of every event in the log, one frozen dataclass each.

``TYPE`` is the name in the log and never changes; ``STRENGTH`` says which key signs (trust.md §4): an *act* is signed
by the person's own key and asks for the secret, an *entry* by the key of the session, and a *station* event, which has
no person, by the key of the workstation.
"""

from __future__ import annotations

from qcdesk.domain.events.audits import (
    AuditAnswered,
    AuditClosed,
    AuditOpened,
    AuditReviewed,
    AuditSigned,
    AuditTemplateApproved,
    AuditTemplateSaved,
)
from qcdesk.domain.events.batches import (
    BatchCancelled,
    BatchDisposed,
    BatchHeld,
    BatchReworked,
    BatchSaved,
    HoldLifted,
    Maker,
    Released,
    Shipped,
    ShippedUnreleased,
    Withdrawn,
)
from qcdesk.domain.events.concessions import (
    ConcessionApproved,
    ConcessionBudget,
    ConcessionRefused,
    ConcessionRequested,
)
from qcdesk.domain.events.fact import (
    Fact,
    Outcome,
    Place,
    Strength,
    Verdict,
)
from qcdesk.domain.events.keeping import (
    CertificateIssued,
    CertificatePrinted,
    CertificateWithdrawn,
)
from qcdesk.domain.events.keys import (
    AuthFailed,
    AuthLocked,
    BadgeIssued,
    BadgeStopped,
    ClockJumped,
    KeyChanged,
    PersonUnlocked,
    SecretChanged,
    StationIntroduced,
    Way,
)
from qcdesk.domain.events.logbook import (
    ClockCorrected,
    EventVoided,
    TablesRebuilt,
    WorkspaceRestored,
)
from qcdesk.domain.events.masters import (
    DefectCodeSaved,
    DefectReported,
    DefectsReported,
    GraceGranted,
    Imported,
    InstrumentSaved,
    LocalName,
    ProcedureApproved,
    ProcedureDrafted,
    ProcedureRetired,
    ProductSaved,
    Reinspected,
    SupplierSaved,
)
from qcdesk.domain.events.owner import ConcernExplained
from qcdesk.domain.events.people import (
    FirstPerson,
    PersonChanged,
    PersonEnrolled,
    PersonListed,
    PersonSuspended,
    QualificationGranted,
    QualificationTaken,
    RoleGranted,
    RoleTaken,
    SessionClosed,
    SessionOpened,
    ShopChanged,
    SuspensionLifted,
    WorkspaceOpened,
)
from qcdesk.domain.events.revocations import (
    BatchQuarantined,
    KeyEnrolled,
    KeyRevoked,
    PersonRenamed,
    RecoveryUsed,
    RoundReopened,
)
from qcdesk.domain.events.rounds import (
    BatchHeader,
    CheckRetracted,
    CheckSetAside,
    CheckSigned,
    CheckStarted,
    Finding,
    FindingWithdrawn,
    FirstSeen,
    Measured,
    PinnedProcedure,
    PlaceGivenUp,
    Recorded,
    RejectedAfterAll,
    Resolution,
    Resolved,
    Reviewed,
    RoundAgain,
    RoundCompared,
    RoundDecided,
    RoundOpened,
    RoundOrdered,
    Seen,
    UnitResult,
)
from qcdesk.domain.events.severities import SeveritySet
from qcdesk.domain.events.suppliers import SupplierStatusSet

__all__ = [
    "ACT_TYPES",
    "ENTRY_TYPES",
    "STATION_TYPES",
    "AuditAnswered",
    "AuditClosed",
    "AuditOpened",
    "AuditReviewed",
    "AuditSigned",
    "AuditTemplateApproved",
    "AuditTemplateSaved",
    "AuthFailed",
    "AuthLocked",
    "BadgeIssued",
    "BadgeStopped",
    "BatchCancelled",
    "BatchDisposed",
    "BatchHeader",
    "BatchHeld",
    "BatchQuarantined",
    "BatchReworked",
    "BatchSaved",
    "CertificateIssued",
    "CertificatePrinted",
    "CertificateWithdrawn",
    "CheckRetracted",
    "CheckSetAside",
    "CheckSigned",
    "CheckStarted",
    "ClockCorrected",
    "ClockJumped",
    "ConcernExplained",
    "ConcessionApproved",
    "ConcessionBudget",
    "ConcessionRefused",
    "ConcessionRequested",
    "DefectCodeSaved",
    "DefectReported",
    "DefectsReported",
    "EventVoided",
    "Fact",
    "Finding",
    "FindingWithdrawn",
    "FirstPerson",
    "FirstSeen",
    "GraceGranted",
    "HoldLifted",
    "Imported",
    "InstrumentSaved",
    "KeyChanged",
    "KeyEnrolled",
    "KeyRevoked",
    "LocalName",
    "Maker",
    "Measured",
    "Outcome",
    "PersonChanged",
    "PersonEnrolled",
    "PersonListed",
    "PersonRenamed",
    "PersonSuspended",
    "PersonUnlocked",
    "PinnedProcedure",
    "Place",
    "PlaceGivenUp",
    "ProcedureApproved",
    "ProcedureDrafted",
    "ProcedureRetired",
    "ProductSaved",
    "QualificationGranted",
    "QualificationTaken",
    "Recorded",
    "RecoveryUsed",
    "Reinspected",
    "RejectedAfterAll",
    "Released",
    "Resolution",
    "Resolved",
    "Reviewed",
    "RoleGranted",
    "RoleTaken",
    "RoundAgain",
    "RoundCompared",
    "RoundDecided",
    "RoundOpened",
    "RoundOrdered",
    "RoundReopened",
    "SecretChanged",
    "Seen",
    "SessionClosed",
    "SessionOpened",
    "SeveritySet",
    "Shipped",
    "ShippedUnreleased",
    "ShopChanged",
    "StationIntroduced",
    "Strength",
    "SupplierSaved",
    "SupplierStatusSet",
    "SuspensionLifted",
    "TablesRebuilt",
    "UnitResult",
    "Verdict",
    "Way",
    "Withdrawn",
    "WorkspaceOpened",
    "WorkspaceRestored",
    "all_facts",
]


def all_facts() -> dict[str, type[Fact]]:
    """Return every event class by its name in the log."""
    return {cls.TYPE: cls for cls in Fact.__subclasses__()}


STATION_TYPES = frozenset(name for name, cls in all_facts().items() if cls.STRENGTH == "station")
"""All that a workstation's own key signs in the log."""

ACT_TYPES = frozenset(name for name, cls in all_facts().items() if cls.STRENGTH == "act")
"""What takes the secret each time: a person's own key signs it, never a session's."""

ENTRY_TYPES = frozenset(name for name, cls in all_facts().items() if cls.STRENGTH == "entry")
"""What a session's key signs."""
