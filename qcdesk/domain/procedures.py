# SPDX-License-Identifier: Apache-2.0
"""Procedures: the versioned inspection plan with its work instruction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Literal

from qcdesk.domain.codec import LATER
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.people import Person
from qcdesk.domain.promises import require_no_finding
from qcdesk.domain.refusals import (
    AuthorCannotApprove,
    ProcedureChanged,
    ProcedureNotApproved,
    ProcedureOverdue,
    ProcedureState,
    TwoNeeded,
)
from qcdesk.domain.sampling import BY_SERIOUSNESS, ClassRule
from qcdesk.domain.sampling import DefectClass as DefectClass
from qcdesk.domain.switching import Switching

DEFECT_CLASSES = BY_SERIOUSNESS
LONGEST_GRACE = timedelta(days=90)
VersionState = Literal["draft", "approved", "retired"]
Mode = Literal["blind", "split", "review"]


@dataclass(frozen=True)
class Step:
    """One step of the work instruction; the picture is a stored file's SHA-256."""

    title: str
    text: str = ""
    picture: str | None = None
    language: str = "en"


@dataclass(frozen=True)
class Characteristic:
    """What is looked at or measured on each unit.

    A variable has a unit and at least one limit; out of limits counts as a nonconformity of ``defect_class``.
    ``mode``: how the second person looks at it (``qcdesk.domain.modes``); ``review`` only where inspecting it destroys
    the unit.
    """

    code: str
    name: str
    kind: Literal["attribute", "variable"]
    defect_class: DefectClass = "major"
    unit: str = ""
    nominal: Decimal | None = None
    lower: Decimal | None = None
    upper: Decimal | None = None
    instrument_type: str = ""
    mode: Mode = field(default="blind", metadata=LATER)
    destructive: bool = field(default=False, metadata=LATER)

    def inside(self, value: Decimal) -> bool:
        """Tell whether a reading is good: only when ``low <= v <= high`` is true (trust.md §9)."""
        above = self.lower is None or self.lower <= value
        below = self.upper is None or value <= self.upper
        return above and below

    def measured_with(self, kind: str) -> bool:
        """Tell whether an instrument of this kind may measure it: the kind named, or any where none is."""
        return not self.instrument_type.strip() or _folded(kind) == _folded(self.instrument_type)


@dataclass(frozen=True)
class ProcedureDefect:
    """A defect code on the keypad of this procedure, with the class it has here."""

    code: str
    name: str
    defect_class: DefectClass


@dataclass(frozen=True)
class ProcedureContent:
    """Everything a version says; immutable once approved, pinned by hash when a round opens.

    ``defects_mode``: how the second person looks for the whole list of defects. It is looked for on each unit in one
    go, so it has one mode; and looking harms no unit, so it is never a review. ``photo_classes``: of each defect of these
    classes a photo is planned, without which the check is not signed (trust.md §8.3). ``switching``: by whose rules the
    severity of each class that goes by an AQL switches from lot to lot; None: it does not.
    """

    title: str
    products: tuple[str, ...]
    owner: str
    review_by: date
    rules: tuple[ClassRule, ...]
    steps: tuple[Step, ...] = ()
    characteristics: tuple[Characteristic, ...] = ()
    defects: tuple[ProcedureDefect, ...] = ()
    qualification_required: bool = False
    tally: bool = False
    maker_may_check_first: bool = False
    not_done_allowed: bool = False
    agreement_floor_percent: int | None = None
    note: str = ""
    defects_mode: Literal["blind", "split"] = field(default="blind", metadata=LATER)
    photo_classes: tuple[DefectClass, ...] = field(default=(), metadata=LATER)
    curtail: bool = field(default=False, metadata=LATER)
    switching: Switching | None = field(default=None, metadata=LATER)

    def require_complete(self) -> None:
        """Refuse content that could not be inspected by: no rule, no product, limits the wrong way round."""
        if not self.title.strip():
            raise BadInput("missing", where={"field": "title"})
        if not self.products:
            raise BadInput("missing", where={"field": "products"})
        if not self.rules:
            raise BadInput("missing", where={"field": "rules"})
        if not self.defects and not self.characteristics:
            raise BadInput("nothing_to_inspect", where={"field": "defects"})
        for rule in self.rules:
            rule.require_complete()
        if self.switching is not None:
            self.switching.require_complete()
        _once((r.defect_class for r in self.rules), "rules")
        _once(self.photo_classes, "photo_classes")
        _once((d.code for d in self.defects), "defects")
        _once((*(c.code for c in self.characteristics), *(d.code for d in self.defects)), "characteristics")
        for c in self.characteristics:
            require_no_finding(c.code, "characteristics")
        for d in self.defects:
            require_no_finding(d.code, "defects")
        classes = {r.defect_class for r in self.rules}
        for code, defect_class in self.classes_by_code().items():
            if defect_class not in classes:
                raise BadInput(
                    "class_without_rule",
                    facts={"code": code, "defect_class": defect_class},
                    where={"field": "rules"},
                )
        if self.tally and self.modes() != {"blind"}:
            raise BadInput("tally_is_blind", where={"field": "characteristics"})
        self._require_whole_samples()
        for c in self.characteristics:
            if c.mode == "review" and not c.destructive:
                raise BadInput(
                    "review_needs_destructive", facts={"code": c.code}, where={"field": "characteristics"}
                )
            if c.kind == "variable":
                _check_limits(c)
                if self.tally:
                    raise BadInput(
                        "tally_cannot_measure", facts={"code": c.code}, where={"field": "characteristics"}
                    )

    def _require_whole_samples(self) -> None:
        """Refuse checks of which each ends by its own findings where the two must go through the same sample.

        Of a tally nobody can say which units were the first; and what the second person reviews, or has a sample of the
        own for, would tell how far the first one had to go.
        """
        staged = any(rule.plan_type != "single" for rule in self.rules)
        if (staged or self.curtail) and (self.tally or self.modes() != {"blind"}):
            field_ = "plan_type" if staged else "curtail"
            raise BadInput("samples_are_blind", facts={"tally": self.tally}, where={"field": field_})

    def modes(self) -> frozenset[Mode]:
        """Return the modes that occur among what is looked at or measured."""
        return self._modes

    @cached_property
    def _modes(self) -> frozenset[Mode]:
        found: set[Mode] = {c.mode for c in self.characteristics}
        if self.defects:
            found.add(self.defects_mode)
        return frozenset(found)

    def mode_of(self, code: str) -> Mode:
        """Return how the second person looks for a code; whatever is no characteristic stands in the list of defects."""
        return self._mode_by_code.get(code, self.defects_mode)

    @cached_property
    def _mode_by_code(self) -> dict[str, Mode]:
        return {c.code: c.mode for c in reversed(self.characteristics)}

    def variables(self) -> tuple[Characteristic, ...]:
        """Return the measured characteristics."""
        return self._variables

    @cached_property
    def _variables(self) -> tuple[Characteristic, ...]:
        return tuple(c for c in self.characteristics if c.kind == "variable")

    def keypad(self) -> tuple[ProcedureDefect, ...]:
        """Return what the defect keypad shows: defects, then attribute characteristics as their own failure."""
        attributes = (
            ProcedureDefect(c.code, c.name, c.defect_class)
            for c in self.characteristics
            if c.kind == "attribute"
        )
        return (*self.defects, *attributes)

    def keypad_codes(self) -> frozenset[str]:
        """Return what each unit is looked at for: a unit was not, for a code that its version did not have."""
        return frozenset(one.code for one in self.keypad())

    def class_of(self, code: str) -> DefectClass:
        """Return the class of a defect or characteristic code in this procedure.

        Raises: BadInput: the procedure does not know the code.
        """
        found = self.classes_by_code().get(code)
        if found is None:
            raise BadInput("unknown_defect", facts={"code": code}, where={"field": "defect"})
        return found

    def names_by_code(self) -> dict[str, str]:
        """Return the name of every defect and characteristic code."""
        return {
            **{c.code: c.name for c in self.characteristics},
            **{d.code: d.name for d in self.defects},
        }

    def classes_by_code(self) -> dict[str, DefectClass]:
        """Return the class of every defect and characteristic code."""
        return {
            **{c.code: c.defect_class for c in self.characteristics},
            **{d.code: d.defect_class for d in self.defects},
        }

    def characteristic(self, code: str) -> Characteristic:
        """Return a measured characteristic by its code.

        Raises: BadInput: the procedure measures nothing of that code.
        """
        for c in self.variables():
            if c.code == code:
                return c
        raise BadInput("unknown_characteristic", facts={"code": code}, where={"field": "characteristic"})


@dataclass(frozen=True)
class ProcedureVersion:
    """One version of a procedure and where it stands.

    ``grace_until``: the day (inclusive) until which two planners let rounds open though its review is overdue.
    ``stopped``: taken out of use by name, not merely followed by a newer version. ``by_sheet``: when the recovery sheet
    was used by which the approver, or who vouched for the approver, had come before the approval.
    """

    code: str
    version: int
    state: VersionState
    author: str
    content: ProcedureContent
    hash: str
    approved_by: str | None = None
    approved_at: int | None = None
    grace_until: date | None = None
    stopped: bool = False
    by_sheet: int | None = None

    def require_approvable(self, by: Person, seen_hash: str, on: date) -> None:
        """Refuse approval by the author, without the role, of another state, or of a text changed meanwhile."""
        by.require_role("planner", on)
        if self.state != "draft":
            raise ProcedureState(self.code, self.version, self.state)
        if by.id == self.author:
            raise AuthorCannotApprove(by.name, self.code, self.version)
        if seen_hash != self.hash:
            raise ProcedureChanged(self.code, self.version)
        self.content.require_complete()

    def require_usable(self, on: date) -> None:
        """Refuse a version that is not approved, or overdue for review."""
        self.require_approved()
        self.require_in_review(on)

    def require_approved(self) -> None:
        """Refuse a version that is not approved."""
        if self.state != "approved":
            raise ProcedureNotApproved(self.code, self.version, self.state)

    def require_in_review(self, on: date) -> None:
        """Refuse a version whose review is overdue, unless two planners granted a grace."""
        graced = self.grace_until is not None and on <= self.grace_until
        if self.content.review_by < on and not graced:
            raise ProcedureOverdue(self.code, self.version, self.content.review_by, self.content.owner)


def require_grace(
    version: ProcedureVersion, by: Person, other: Person, until: date, reason: str, on: date
) -> None:
    """Refuse a grace that two do not grant (planners for its families), of an approved version, for some days."""
    if by.id == other.id:
        raise TwoNeeded("grace")
    if version.state != "approved":
        raise ProcedureState(version.code, version.version, version.state)
    if not reason.strip():
        raise BadInput("missing", where={"field": "reason"})
    if not on <= until <= on + LONGEST_GRACE:
        raise BadInput(
            "grace_days",
            facts={"value": until, "latest": on + LONGEST_GRACE},
            where={"field": "until"},
        )


def _once(values: Iterable[str], field: str) -> None:
    seen: set[str] = set()
    for value in values:
        if value in seen:
            raise BadInput("twice", facts={"value": value}, where={"field": field})
        seen.add(value)


def _folded(kind: str) -> str:
    return " ".join(kind.split()).casefold()


def _check_limits(c: Characteristic) -> None:
    if c.lower is None and c.upper is None:
        raise BadInput("no_limit", facts={"code": c.code}, where={"field": "characteristics"})
    if c.lower is not None and c.upper is not None and c.lower > c.upper:
        raise BadInput("limits_crossed", facts={"code": c.code}, where={"field": "characteristics"})
    if not c.unit:
        raise BadInput("no_unit", facts={"code": c.code}, where={"field": "characteristics"})
