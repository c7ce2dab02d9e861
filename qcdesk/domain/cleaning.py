# SPDX-License-Identifier: Apache-2.0
"""What is typed into a record, as it is kept: every name, code and note of it, wherever it comes from.

``cleaned`` is the one door of the log: whatever people typed goes through it before it is signed. Facts that only
repeat what the log holds (an opened round with its procedure, a decision with its findings) are not in its table: they
are signed as they stand there.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from qcdesk.domain.attachments import cleaned_attachments, cleaned_file_name
from qcdesk.domain.audit_templates import cleaned_template
from qcdesk.domain.audits import Answer
from qcdesk.domain.canonical import Json
from qcdesk.domain.certificates import LONGEST_TEXT_BYTES
from qcdesk.domain.codec import from_data, to_data
from qcdesk.domain.countries import country_code
from qcdesk.domain.events import (
    ActionClosed,
    ActionOpened,
    ActionReplied,
    ActionSent,
    ActionStep,
    AuditAnswered,
    AuditClosed,
    AuditReviewed,
    AuditSigned,
    AuditTemplateSaved,
    BadgeStopped,
    BatchCancelled,
    BatchDisposed,
    BatchHeld,
    BatchPlaced,
    BatchReworked,
    BatchSaved,
    BatchSplit,
    CertificateWithdrawn,
    CheckRetracted,
    CheckSetAside,
    ClockCorrected,
    ComplaintAcknowledged,
    ComplaintAnswered,
    ComplaintCalledBack,
    ComplaintClosed,
    ComplaintHandedOver,
    ComplaintJudged,
    ComplaintTaken,
    ConcernExplained,
    ConcessionBudget,
    ConcessionRefused,
    ConcessionRequested,
    Contact,
    DefectCodeSaved,
    DefectReported,
    DefectsReported,
    EventVoided,
    Fact,
    FirstPerson,
    GraceGranted,
    HoldLifted,
    Imported,
    InstrumentSaved,
    LocalName,
    NonconformityClosed,
    NonconformityContained,
    NonconformityDue,
    NonconformityHandedOver,
    NonconformityNoted,
    NonconformityOpened,
    NonconformityReopened,
    PersonChanged,
    PersonEnrolled,
    PersonListed,
    PersonRenamed,
    PersonSuspended,
    PlaceGivenUp,
    ProcedureDrafted,
    ProcedureRetired,
    ProductSaved,
    PromiseMade,
    Recorded,
    RejectedAfterAll,
    Resolved,
    RoleGranted,
    RoundAgain,
    RoundOrdered,
    RoundReopened,
    SeveritySet,
    Shipped,
    ShippedUnreleased,
    ShopChanged,
    StationIntroduced,
    StopDecided,
    SupplierMerged,
    SupplierPaper,
    SupplierSaved,
    SupplierStatusSet,
    SupplierUnmerged,
    TablesRebuilt,
    TouchLogged,
    Withdrawn,
    WorkspaceOpened,
    WorkspaceRestored,
)
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.names import NAME_LENGTH, clean_code, clean_login, clean_name, clean_text
from qcdesk.domain.people import RoleGrant
from qcdesk.domain.procedures import Characteristic, ProcedureContent, ProcedureDefect, Step

Whole = TypeVar("Whole")
Said = TypeVar("Said", bound=Fact)
RequirePrintable = Callable[[str, str], None]
"""require_printable(text, field): refuses (BadInput ``glyph``) what no font of the program can draw on paper."""
_UNSIGNED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""What no signed text holds (trust.md §4); a line may end."""


def composed(said: Whole) -> Whole:
    """Return facts (a frozen dataclass) with every text as it can be signed: letters and their marks put together.

    Raises: BadInput: ``character``, at the field that holds one no signed text has.
    """
    data = to_data(said)
    whole = _composed(data, "")
    return said if whole == data else from_data(type(said), whole)


def _composed(value: object, field: str) -> object:
    if isinstance(value, dict):
        return {name: _composed(item, str(name)) for name, item in value.items()}
    if isinstance(value, list):
        return [_composed(item, field) for item in value]
    if not isinstance(value, str):
        return value
    text = unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    found = _UNSIGNED.search(text)
    if found is not None:
        character = found[0]
        raise BadInput(
            "character",
            facts={"character": f"U+{ord(character):04X}", "name": "", "position": found.start() + 1},
            where={"field": field},
        )
    return text


def _kept(fact: Whole, /, **texts: object) -> Whole:
    """Return facts with these fields; the very same where nothing had to be mended, as of most rows of a long list."""
    mended = {name: text for name, text in texts.items() if getattr(fact, name) != text}
    return replace(fact, **mended) if mended else fact  # type: ignore[type-var]


def cleaned_supplier(saved: SupplierSaved) -> SupplierSaved:
    """Return a supplier as it is kept. Raises: BadInput: as ``clean_code``, ``clean_name``, ``clean_text``."""
    return _kept(
        saved,
        code=clean_code(saved.code, "supplier"),
        name=clean_name(saved.name),
        name_latin=_name(saved.name_latin, "name_latin"),
        country=country_code(_name(saved.country, "country")),
        address=clean_text(saved.address, field="address"),
        contact=clean_text(saved.contact, field="contact"),
        note=clean_text(saved.note),
        contacts=tuple(_contact(one) for one in saved.contacts),
        tax_number=_name(saved.tax_number, "tax_number"),
        gln=_name(saved.gln, "gln").replace(" ", ""),
        products=tuple(clean_code(one, "product") for one in saved.products),
        papers=tuple(_paper(one) for one in saved.papers),
    )


def _contact(one: Contact) -> Contact:
    return _kept(
        one,
        name=clean_name(one.name),
        role=_name(one.role, "role"),
        language=_name(one.language, "language"),
        email=_name(one.email, "email"),
        phone=_name(one.phone, "phone"),
    )


def _paper(one: SupplierPaper) -> SupplierPaper:
    """Raises: BadInput: it does not say what it is."""
    kind = _name(one.kind, "paper")
    if not kind:
        raise BadInput("missing", where={"field": "paper"})
    return _kept(one, kind=kind, number=_name(one.number, "paper_number"), issuer=_name(one.issuer, "issuer"))


def cleaned_product(saved: ProductSaved) -> ProductSaved:
    """Return a product as it is kept. Raises: BadInput, as for a supplier."""
    return _kept(
        saved,
        code=_in_certificate(clean_code(saved.code, "product"), "product"),
        name=clean_name(saved.name),
        revision=_in_certificate(_name(saved.revision, "revision"), "revision"),
        family=_name(saved.family, "family"),
        unit=_name(saved.unit, "unit"),
        note=clean_text(saved.note),
    )


def cleaned_defect_code(saved: DefectCodeSaved) -> DefectCodeSaved:
    """Return a code of the catalogue as it is kept. Raises: BadInput, as for a supplier."""
    return _kept(
        saved,
        code=clean_code(saved.code, "defect"),
        name=clean_name(saved.name),
        names=tuple(
            LocalName(clean_name(each.language, field="language", longest=35), clean_name(each.name))
            for each in saved.names
        ),
        note=clean_text(saved.note),
    )


def cleaned_instrument(saved: InstrumentSaved) -> InstrumentSaved:
    """Return an instrument as it is kept. Raises: BadInput, as for a supplier."""
    return _kept(
        saved,
        number=clean_code(saved.number, "reference"),
        kind=clean_name(saved.kind, field="kind"),
        note=clean_text(saved.note),
    )


def cleaned_batch(saved: BatchSaved) -> BatchSaved:
    """Return a batch as it is kept. Raises: BadInput, as for a supplier."""
    return _kept(
        saved,
        number=_in_certificate(clean_code(saved.number, "batch"), "batch"),
        line=_name(saved.line, "line"),
        order=clean_code(saved.order, "order") if saved.order.strip() else "",
        note=clean_text(saved.note),
    )


def _split(said: BatchSplit) -> BatchSplit:
    """Return a split with its parts' numbers and words as those of a batch are kept; its goods are the batch's own."""
    goods = said.goods
    return _kept(
        said,
        reason=_reason(said.reason),
        parts=tuple(
            _kept(
                part,
                number=_in_certificate(clean_code(part.number, "batch"), "batch"),
                terms=clean_text(part.terms, field="terms"),
            )
            for part in said.parts
        ),
        goods=_kept(
            goods,
            line=_name(goods.line, "line"),
            order=clean_code(goods.order, "order") if goods.order.strip() else "",
            hold_reason=clean_text(goods.hold_reason, field="reason"),
        ),
    )


def cleaned_report(report: DefectReported) -> DefectReported:
    """Return a defect reported from outside as it is kept. Raises: BadInput, as for a supplier."""
    return _kept(
        report,
        source=clean_name(report.source, field="source"),
        code=clean_code(report.code, "defect"),
        name=_name(report.name, "name"),
        reference=_name(report.reference, "reference"),
        note=clean_text(report.note),
    )


def _in_certificate(text: str, field: str) -> str:
    """Refuse what the code of a certificate could not hold: it is asked here, for later it may stay as it is."""
    if len(text.encode()) > LONGEST_TEXT_BYTES:
        raise BadInput("long_for_certificate", where={"field": field})
    return text


FOOTER_LENGTH = 120


def _name(typed: str, field: str, longest: int = NAME_LENGTH) -> str:
    return clean_name(typed, field=field, longest=longest) if typed.strip() else ""


def cleaned_content(content: ProcedureContent) -> ProcedureContent:
    """Return a version of a procedure as it is kept, and as it is hashed. Raises: BadInput, as for a supplier."""
    return replace(
        composed(content),
        title=_name(content.title, "title"),
        owner=_name(content.owner, "owner"),
        steps=tuple(_step(one) for one in content.steps),
        characteristics=tuple(_characteristic(one) for one in content.characteristics),
        defects=tuple(_defect(one) for one in content.defects),
        note=clean_text(content.note),
    )


def _step(step: Step) -> Step:
    return replace(
        step,
        title=_name(step.title, "step"),
        text=clean_text(step.text, field="step"),
        language=_name(step.language, "language", 35),
    )


def _characteristic(one: Characteristic) -> Characteristic:
    return replace(
        one,
        code=clean_code(one.code, "characteristic"),
        name=_name(one.name, "characteristic"),
        unit=_name(one.unit, "unit"),
        instrument_type=_name(one.instrument_type, "instrument"),
    )


def _defect(one: ProcedureDefect) -> ProcedureDefect:
    return replace(one, code=clean_code(one.code, "defect"), name=_name(one.name, "defect"))


def _opened(opened: WorkspaceOpened) -> WorkspaceOpened:
    def founder(one: FirstPerson) -> FirstPerson:
        return replace(one, login=clean_login(one.login), name=clean_name(one.name), staff=_staff(one.staff))

    people = tuple(founder(one) for one in opened.people)
    return replace(opened, shop=_name(opened.shop, "shop"), people=people)


def cleaned_shop(said: ShopChanged) -> ShopChanged:
    """Return how the shop calls itself as it is kept. Raises: BadInput, as for a supplier; ``accent``."""
    return replace(
        said,
        name=clean_name(said.name),
        address=clean_text(said.address, field="address"),
        footer=_name(said.footer, "footer", FOOTER_LENGTH),
        accent=_accent(said.accent),
    )


def _accent(typed: str) -> str:
    """Return a colour that is read on white: at least 4.5 to 1, as WCAG measures it."""
    code = _name(typed, "accent", len("#14403A")).upper()
    if not code:
        return ""
    if re.fullmatch("#[0-9A-F]{6}", code) is None:
        raise BadInput("accent", facts={"typed": code}, where={"field": "accent"})
    parts = (int(code[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    if 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05) < 4.5:
        raise BadInput("accent_pale", facts={"typed": code}, where={"field": "accent"})
    return code


def _enrolled(said: PersonEnrolled) -> PersonEnrolled:
    return replace(
        said,
        login=clean_login(said.login),
        name=clean_name(said.name),
        staff=_staff(said.staff),
        roles=tuple(_grant(one) for one in said.roles),
        languages=_languages(said.languages),
    )


def _listed(said: PersonListed) -> PersonListed:
    staff = said.staff if said.staff is None else _staff(said.staff)
    return replace(said, name=clean_name(said.name), staff=staff)


def _changed(said: PersonChanged) -> PersonChanged:
    return replace(said, name=clean_name(said.name), languages=_languages(said.languages))


def _granted(said: RoleGranted) -> RoleGranted:
    return replace(said, grant=_grant(said.grant))


def _grant(grant: RoleGrant) -> RoleGrant:
    return replace(grant, families=tuple(clean_name(one, field="family") for one in grant.families))


def _languages(languages: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(clean_name(one, field="language", longest=35) for one in languages)


def _staff(staff: str) -> str:
    return clean_code(staff, "staff")


def _drafted(said: ProcedureDrafted) -> ProcedureDrafted:
    return replace(said, code=clean_code(said.code, "reference"), content=cleaned_content(said.content))


def _imported(said: Imported) -> Imported:
    another = tuple(clean_text(one, field="name") for one in said.another)
    return replace(said, file=clean_text(said.file, field="file", longest=FILE_NAME_LENGTH), another=another)


def _reported(said: DefectsReported) -> DefectsReported:
    return _kept(said, rows=tuple(cleaned_report(one) for one in said.rows))


def _recorded(said: Recorded) -> Recorded:
    """Return one save as it is kept; what was carried from an earlier round stands in the log already."""
    if said.carried_from is not None:
        return said
    return replace(
        said,
        results=tuple(
            one if one.not_done is None else replace(one, not_done=clean_text(one.not_done, field="not_done"))
            for one in said.results
        ),
        findings=tuple(
            replace(one, place=_name(one.place, "place"), note=clean_text(one.note))
            if one.place or one.note
            else one
            for one in said.findings
        ),
        measured=tuple(
            replace(one, reason=_reason(one.reason)) if one.reason else one for one in said.measured
        ),
        withdrawn=tuple(replace(one, reason=_reason(one.reason)) for one in said.withdrawn),
        reviewed=tuple(replace(one, note=clean_text(one.note)) if one.note else one for one in said.reviewed),
    )


def _resolved(said: Resolved) -> Resolved:
    resolutions = tuple(
        replace(one, note=clean_text(one.note)) if one.note else one for one in said.resolutions
    )
    return replace(said, resolutions=resolutions)


def _shipped(said: Shipped | ShippedUnreleased) -> Fact:
    to, document = _name(said.to, "to"), _name(said.document, "document")
    if isinstance(said, ShippedUnreleased):
        return replace(said, to=to, document=document, reason=_reason(said.reason))
    return replace(said, to=to, document=document)


def _station(said: StationIntroduced) -> StationIntroduced:
    """Return a workstation with the name that its system gives it; one that cannot be kept keeps nobody from work."""
    try:
        return replace(said, name=_name(said.name, "name"))
    except BadInput:
        return replace(said, name="")


def _answer(answer: Answer) -> Answer:
    names = (
        tuple(cleaned_file_name(name, "attachments") for _, name in answer.called())
        if any(answer.names)
        else ()
    )
    return replace(answer, note=clean_text(answer.note) if answer.note else answer.note, names=names)


def _answered(said: AuditAnswered) -> AuditAnswered:
    return replace(said, answers=tuple(map(_answer, said.answers)))


def _closed(said: AuditClosed) -> AuditClosed:
    return replace(said, settled=tuple(map(_answer, said.settled)))


def _opened_action(said: ActionOpened) -> ActionOpened:
    return _kept(
        said,
        product=clean_code(said.product, "product") if said.product else "",
        codes=tuple(clean_code(code, "defect") for code in said.codes),
        title=clean_name(said.title, field="title"),
        finding=clean_text(said.finding, field="finding"),
        attachments=cleaned_attachments(said.attachments),
    )


def _step_said(said: ActionStep) -> ActionStep:
    text = clean_text(said.text, field="text")
    return _kept(said, text=text, attachments=cleaned_attachments(said.attachments))


def _sent(said: ActionSent) -> ActionSent:
    return _kept(
        said,
        to=_name(said.to, "to"),
        language=_name(said.language, "language"),
        subject=_name(said.subject, "subject"),
        text=clean_text(said.text, field="text"),
        attachments=cleaned_attachments(said.attachments),
    )


def _replied(said: ActionReplied) -> ActionReplied:
    return _kept(
        said,
        sender=_name(said.sender, "sender"),
        text=clean_text(said.text, field="text"),
        attachments=cleaned_attachments(said.attachments),
    )


def _promised(said: PromiseMade) -> PromiseMade:
    test = said.test
    return _kept(
        said,
        words=clean_text(said.words, field="promise"),
        test=replace(
            test,
            code=clean_code(test.code, "defect") if test.code else "",
            product=clean_code(test.product, "product") if test.product else "",
            document=_name(test.document, "document"),
        ),
    )


def _only(field: str) -> Callable[[Any], Fact]:
    """Return what cleans a fact of which one text is typed."""

    def clean(said: Any) -> Fact:  # noqa: ANN401 - any fact that has the field
        whole: Fact = _kept(said, **{field: clean_text(getattr(said, field), field=field)})
        return whole

    return clean


def _nonconforming(said: NonconformityOpened) -> NonconformityOpened:
    return _kept(
        said,
        codes=tuple(clean_code(code, "defect") for code in said.codes),
        what=clean_text(said.what, field="what"),
        containment=clean_text(said.containment, field="containment"),
        attachments=cleaned_attachments(said.attachments),
    )


def _kept_with_files(field: str) -> Callable[[Any], Fact]:
    """Return what cleans a fact of which one text is typed and files are added."""

    def clean(said: Any) -> Fact:  # noqa: ANN401 - any fact that has the fields
        text = clean_text(getattr(said, field), field=field)
        whole: Fact = _kept(said, **{field: text, "attachments": cleaned_attachments(said.attachments)})
        return whole

    return clean


def _conceded(said: ConcessionRequested) -> ConcessionRequested:
    return _kept(
        said,
        codes=tuple(clean_code(code, "defect") for code in said.codes),
        deviation=clean_text(said.deviation, field="deviation"),
        reference=_name(said.reference, "reference"),
        use=_name(said.use, "use"),
        consent_name=cleaned_file_name(said.consent_name, "consent"),
    )


def _reason(typed: str) -> str:
    return clean_text(typed, field="reason")


def _texts(names: tuple[str, ...] = (), texts: tuple[str, ...] = ()) -> Callable[[Any], Fact]:
    """Return what cleans a fact of which these are typed: names on one line, and texts of several."""

    def clean(said: Any) -> Fact:  # noqa: ANN401 - any fact that has the fields
        kept = {field: _name(getattr(said, field), field) for field in names}
        kept |= {field: clean_text(getattr(said, field), field=field) for field in texts}
        whole: Fact = _kept(said, **kept)
        return whole

    return clean


def _touch(said: TouchLogged) -> TouchLogged:
    return _kept(said, order=clean_code(said.order, "order") if said.order.strip() else "")


FILE_NAME_LENGTH = 255
PLACE_LENGTH = 60
TYPED: Mapping[type[Fact], Callable[[Any], Fact]] = {
    AuditAnswered: _answered,
    AuditClosed: _closed,
    AuditReviewed: _only("meaning"),
    AuditSigned: _only("meaning"),
    AuditTemplateSaved: lambda said: replace(
        said, code=clean_code(said.code, "reference"), content=cleaned_template(said.content)
    ),
    BatchSaved: cleaned_batch,
    BatchSplit: _split,
    DefectCodeSaved: cleaned_defect_code,
    DefectReported: cleaned_report,
    DefectsReported: _reported,
    Imported: _imported,
    InstrumentSaved: cleaned_instrument,
    PersonChanged: _changed,
    PersonEnrolled: _enrolled,
    PersonListed: _listed,
    ProcedureDrafted: _drafted,
    ProductSaved: cleaned_product,
    Recorded: _recorded,
    Resolved: _resolved,
    RoleGranted: _granted,
    Shipped: _shipped,
    ShippedUnreleased: _shipped,
    ShopChanged: cleaned_shop,
    StationIntroduced: _station,
    SupplierSaved: cleaned_supplier,
    WorkspaceOpened: _opened,
    PersonRenamed: lambda said: replace(said, name=clean_name(said.name)),
    BatchPlaced: lambda said: _kept(said, stands=_name(said.stands, "stands", PLACE_LENGTH)),
    ActionOpened: _opened_action,
    ActionStep: _step_said,
    ActionSent: _sent,
    ActionReplied: _replied,
    PromiseMade: _promised,
    BatchDisposed: _texts(("terms",), ("reason",)),
    BatchReworked: _only("note"),
    ConcessionRequested: _conceded,
    ConcernExplained: _only("note"),
    TouchLogged: _touch,
    NonconformityOpened: _nonconforming,
    NonconformityContained: _kept_with_files("containment"),
    NonconformityNoted: _kept_with_files("note"),
    NonconformityHandedOver: _only("reason"),
    NonconformityDue: _only("reason"),
    NonconformityClosed: _only("reason"),
    NonconformityReopened: _only("reason"),
    ComplaintTaken: _texts(("customer", "contact", "language"), ("words",)),
    ComplaintAcknowledged: _texts(("by_whom", "how")),
    ComplaintHandedOver: _only("reason"),
    ComplaintCalledBack: _only("note"),
    ComplaintJudged: _texts(("about",), ("reason",)),
    ComplaintAnswered: _texts(("to", "subject"), ("text",)),
    ComplaintClosed: _only("outcome"),
    ClockCorrected: _only("said"),
    WorkspaceRestored: _only("said"),
    **dict.fromkeys(
        (
            BadgeStopped,
            BatchCancelled,
            BatchHeld,
            CertificateWithdrawn,
            CheckRetracted,
            CheckSetAside,
            ConcessionBudget,
            ConcessionRefused,
            EventVoided,
            GraceGranted,
            HoldLifted,
            PersonSuspended,
            PlaceGivenUp,
            ProcedureRetired,
            TablesRebuilt,
            RejectedAfterAll,
            RoundAgain,
            RoundOrdered,
            RoundReopened,
            SeveritySet,
            SupplierMerged,
            SupplierStatusSet,
            SupplierUnmerged,
            ActionClosed,
            StopDecided,
            Withdrawn,
        ),
        _only("reason"),
    ),
}
"""What cleans the texts of each fact that somebody typed something of."""
_UNPRINTED = frozenset({"file", "source", "another"})
"""Names of files, and answers about names that stand beside them: no paper shows them."""


def cleaned(fact: Said) -> Said:
    """Return a fact with every typed text as it is kept. Raises: BadInput, at the field, as ``clean_name``."""
    clean = TYPED.get(type(fact))
    if clean is None:
        return fact
    return clean(fact)  # type: ignore[return-value]  # each cleans its own class


def require_body_printable(fact: Fact, body: Mapping[str, Json], require: RequirePrintable) -> None:
    """Refuse typed text that no font of the program can draw, before it is signed (trust.md §9).

    Args: fact: what is going to be signed; what only repeats the log prints as it did. body: the same as plain data.
    Raises: BadInput: ``glyph``, at the field.
    """
    carried = isinstance(fact, Recorded) and fact.carried_from is not None
    if type(fact) in TYPED and not carried and not isinstance(fact, StationIntroduced):
        _printable(body, "", require)


def _printable(value: object, field: str, require: RequirePrintable) -> None:
    if isinstance(value, str):
        if not value.isascii():
            require(value, field)
    elif isinstance(value, Mapping):
        for name, item in value.items():
            if name not in _UNPRINTED:
                _printable(item, _FIELDS_WITHIN.get((field, str(name)), str(name)), require)
    elif isinstance(value, list):
        for item in value:
            _printable(item, field, require)


_FIELDS_WITHIN = {
    ("steps", "title"): "step",
    ("steps", "text"): "step",
    ("characteristics", "name"): "characteristic",
    ("characteristics", "code"): "characteristic",
    ("defects", "name"): "defect",
    ("defects", "code"): "defect",
}
