# SPDX-License-Identifier: Apache-2.0
"""What the demonstration is made of: the bundled works and the readings of the NIST cover, as read from resources."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from qcdesk import config
from qcdesk.domain.codec import from_data
from qcdesk.domain.people import Role
from qcdesk.domain.procedures import Characteristic, DefectClass
from qcdesk.domain.sampling import ClassRule

FOLDER = "demonstration"
T = TypeVar("T")


@dataclass(frozen=True)
class Shop:
    """The invented shop; ``logo`` is a picture's name."""

    name: str
    address: str
    logo: str


@dataclass(frozen=True)
class PersonPlan:
    """Somebody who signs in; the secret is printed, because this is a demonstration."""

    login: str
    name: str
    staff: str
    secret: str
    roles: tuple[Role, ...]
    languages: tuple[str, ...]


@dataclass(frozen=True)
class MakerPlan:
    """Somebody who makes parts and has no key."""

    name: str
    staff: str


@dataclass(frozen=True)
class SupplierPlan:
    """A supplier."""

    code: str
    name: str
    name_latin: str = ""
    country: str = ""
    address: str = ""
    contact: str = ""
    note: str = ""


@dataclass(frozen=True)
class ProductPlan:
    """A product: bought from ``suppliers`` (codes) or made on an own ``line``."""

    code: str
    name: str
    revision: str
    family: str
    picture: str | None = None
    suppliers: tuple[str, ...] = ()
    line: str = ""
    note: str = ""


@dataclass(frozen=True)
class DefectPlan:
    """A code of the catalogue with its names in three more languages."""

    code: str
    name: str
    defect_class: DefectClass
    vi: str
    zh_CN: str  # noqa: N815 - the language's own tag
    th: str


@dataclass(frozen=True)
class InstrumentPlan:
    """An instrument; ``days`` from today until its calibration ends, negative when that is past."""

    number: str
    kind: str
    days: int
    blocked: bool = False
    note: str = ""


@dataclass(frozen=True)
class StepPlan:
    """A step of a work instruction; ``picture`` is a picture's name."""

    title: str
    text: str
    picture: str | None = None
    language: str = "en"


@dataclass(frozen=True)
class ProcedurePlan:
    """A procedure; ``cover``: its characteristics are those of the paired readings."""

    code: str
    title: str
    products: tuple[str, ...]
    review_days: int
    rules: tuple[ClassRule, ...]
    steps: tuple[StepPlan, ...]
    defects: tuple[str, ...] = ()
    characteristics: tuple[Characteristic, ...] = ()
    cover: bool = False
    qualification_required: bool = False
    tally: bool = False


@dataclass(frozen=True)
class WorksPlan:
    """The whole invented works."""

    format: str
    shop: Shop
    people: tuple[PersonPlan, ...]
    makers: tuple[MakerPlan, ...]
    suppliers: tuple[SupplierPlan, ...]
    products: tuple[ProductPlan, ...]
    defects: tuple[DefectPlan, ...]
    instruments: tuple[InstrumentPlan, ...]
    procedures: tuple[ProcedurePlan, ...]
    customers: tuple[str, ...]


@dataclass(frozen=True)
class Source:
    """Where published readings come from, on which terms, and what the two files were."""

    name: str
    by: str
    terms: str
    first: str
    second: str
    retold: str


@dataclass(frozen=True)
class PairedReadings:
    """One characteristic as both parties read it: part n stands at place n of both; digits as published."""

    code: str
    name: str
    first_name: str
    second_name: str
    first: tuple[str, ...]
    second: tuple[str, ...]
    nominal: Decimal | None = None
    lower: Decimal | None = None
    upper: Decimal | None = None

    def characteristic(self, unit: str) -> Characteristic:
        """Return it as a procedure asks for it; every nonconformity is a major one here."""
        return Characteristic(
            code=self.code,
            name=self.name,
            kind="variable",
            defect_class="major",
            unit=unit,
            nominal=self.nominal,
            lower=self.lower,
            upper=self.upper,
        )


@dataclass(frozen=True)
class Cover:
    """The paired readings of the NIST cover. ``pairing_note`` says on screen and paper what of it is our choice."""

    format: str
    title: str
    source: Source
    pairing_note: str
    pairing_grounds: str
    data_notes: tuple[str, ...]
    unit: str
    parts: int
    characteristics: tuple[PairedReadings, ...]

    def note(self) -> str:
        """Return source and choice in one text, for the batch, its procedure and its report."""
        source = self.source
        return f"{self.pairing_note}\nSource: {source.name}. {source.by}. {source.terms}"


def read_works() -> WorksPlan:
    """Return the invented works."""
    return _read(WorksPlan, "factory.json")


def read_cover() -> Cover:
    """Return the paired readings of the NIST cover."""
    return _read(Cover, "nist_cover.json")


def picture(name: str) -> bytes:
    """Return the bytes of a bundled picture."""
    return config.resource(f"{FOLDER}/{name}").read_bytes()


def _read(kind: type[T], name: str) -> T:
    return from_data(kind, json.loads(config.resource(f"{FOLDER}/{name}").read_text(encoding="utf-8")))
