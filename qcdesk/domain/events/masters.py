# SPDX-License-Identifier: Apache-2.0
"""What a shop keeps: suppliers, products, codes, instruments, procedures, and what came in by file."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from qcdesk.domain.codec import LATER
from qcdesk.domain.events.fact import Fact
from qcdesk.domain.procedures import ProcedureContent
from qcdesk.domain.sampling import DefectClass


@dataclass(frozen=True)
class Contact:
    """Somebody to write to at a supplier; ``language`` is the code of the one they read."""

    name: str
    role: str = ""
    language: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True)
class SupplierPaper:
    """A certificate that a supplier holds (ISO 9001, a material's), and until when; ``sha256`` of a kept copy of it."""

    kind: str
    number: str = ""
    issuer: str = ""
    until: date | None = None
    sha256: str | None = None


@dataclass(frozen=True)
class SupplierSaved(Fact):
    """A supplier is added or changed; the whole record as it is now. ``products`` are codes.

    ``over``, here and below: the number of the event that wrote what was changed, as the person saw it. None: it is new,
    or of a log from before that was put down.
    """

    TYPE = "supplier.saved"
    supplier: str
    code: str
    name: str
    name_latin: str = ""
    country: str = ""
    address: str = ""
    contact: str = ""
    note: str = ""
    source: str | None = None
    over: int | None = field(default=None, metadata=LATER)
    contacts: tuple[Contact, ...] = field(default=(), metadata=LATER)
    tax_number: str = field(default="", metadata=LATER)
    gln: str = field(default="", metadata=LATER)
    products: tuple[str, ...] = field(default=(), metadata=LATER)
    papers: tuple[SupplierPaper, ...] = field(default=(), metadata=LATER)


@dataclass(frozen=True)
class ProductSaved(Fact):
    """A product (one revision) is added or changed; ``unit`` is the word for one piece."""

    TYPE = "product.saved"
    product: str
    code: str
    name: str
    revision: str = ""
    family: str = ""
    unit: str = "pcs"
    picture: str | None = None
    note: str = ""
    source: str | None = None
    over: int | None = field(default=None, metadata=LATER)


@dataclass(frozen=True)
class LocalName:
    """A name in one language."""

    language: str
    name: str


@dataclass(frozen=True)
class DefectCodeSaved(Fact):
    """A code of the defect catalogue is added or changed."""

    TYPE = "defect_code.saved"
    code: str
    name: str
    defect_class: DefectClass
    names: tuple[LocalName, ...] = ()
    note: str = ""
    retired: bool = False
    source: str | None = None


@dataclass(frozen=True)
class InstrumentSaved(Fact):
    """An instrument with the day until which its calibration is good (inclusive)."""

    TYPE = "instrument.saved"
    instrument: str
    number: str
    kind: str
    calibrated_until: date | None
    blocked: bool = False
    note: str = ""
    over: int | None = field(default=None, metadata=LATER)


@dataclass(frozen=True)
class ProcedureDrafted(Fact):
    """A draft is written or rewritten; ``hash`` is the SHA-256 of the content's canonical form."""

    TYPE = "procedure.drafted"
    code: str
    version: int
    content: ProcedureContent
    hash: str


@dataclass(frozen=True)
class Reinspected:
    """A batch in whose round the signatures no longer count, because a new version judges it anew."""

    batch: str
    round: str


@dataclass(frozen=True)
class ProcedureApproved(Fact):
    """Signed by someone other than the author; earlier versions retire.

    ``open_batches``: what becomes of batches that are being inspected by an earlier version. With ``re_inspect``
    the signatures of those in ``reinspected`` no longer count: each opens its next round on this version.
    """

    TYPE = "procedure.approved"
    STRENGTH = "act"
    code: str
    version: int
    hash: str
    open_batches: Literal["continue", "re_inspect"] = "continue"
    reinspected: tuple[Reinspected, ...] = ()


@dataclass(frozen=True)
class ProcedureRetired(Fact):
    """No round is opened under it any more."""

    TYPE = "procedure.retired"
    STRENGTH = "act"
    code: str
    version: int
    reason: str


@dataclass(frozen=True)
class GraceGranted(Fact):
    """Two planners let rounds open under a version whose review is overdue, until a day (inclusive)."""

    TYPE = "procedure.grace"
    STRENGTH = "act"
    code: str
    version: int
    until: date
    reason: str


@dataclass(frozen=True)
class Imported(Fact):
    """A file came in whole; its rows follow as events of the same transaction.

    ``another``: numbers, codes and names of which the person said that they read like others and are not the same.
    """

    TYPE = "import.done"
    kind: str
    file: str
    sha256: str
    rows: int
    mapping_sha256: str | None = None
    another: tuple[str, ...] = ()


@dataclass(frozen=True)
class DefectReported(Fact):
    """A defect reported from outside; never part of a check.

    ``stops``: where it names no batch and opens an action again, goods are stopped; not so said by an earlier program.
    """

    TYPE = "defect.reported"
    report: str
    source: str
    code: str
    name: str
    defect_class: DefectClass
    count: int = 1
    batch: str | None = None
    supplier: str | None = None
    product: str | None = None
    found_on: date | None = None
    reference: str = ""
    note: str = ""
    stops: bool = field(default=False, metadata=LATER)


@dataclass(frozen=True)
class DefectsReported(Fact):
    """Many defects reported from outside, of one import; one signature holds them all. ``stops``: as of a single one."""

    TYPE = "defects.reported"
    rows: tuple[DefectReported, ...]
    stops: bool = field(default=False, metadata=LATER)
