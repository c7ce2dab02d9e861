# SPDX-License-Identifier: Apache-2.0
"""A printed paper checked from its file alone, without a workspace, a network or qcdesk.

The evidence is one canonical JSON object: ``format``, ``lines`` (each ``body`` and ``sig`` as the log stores them),
``records`` (the signed records, as text), ``said`` (what the paper is: which batch, in which state, how many, the
SHA-256 of the print, of the lines, of the records, and where the log stood), and under ``seal`` the ``key`` and the
``sig`` of the workstation that printed it, of kind ``paper``, over ``said``.

The lines are those of what the paper is about (a batch, a nonconformity with its batch, a corrective action, an audit,
a procedure) and those of the house that its signatures rest on: who was let in by whom, with which keys, roles and
qualifications, the procedure, the product, the questions. They are verified and replayed by the checker's rules like a
log, but for what hangs on lines that are not there: suppliers, other lots, the count of certificates, from which event a
seed follows.

A sheet of figures is signed by nobody: it carries them as text, under the seal of the workstation alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any, Final, NamedTuple

from qcdesk.checker import canonical, company_seals, lines, sealing, signatures
from qcdesk.checker.anchors import Anchor
from qcdesk.checker.certificates import ALPHABET, PREFIX, Sheet
from qcdesk.checker.findings import Finding, not_voided
from qcdesk.checker.keys import SESSION, STATION
from qcdesk.checker.lines import BadLine, Line, Row, fingerprint, hash_of
from qcdesk.checker.rules.replay import Replay
from qcdesk.checker.walk import records_of

FORMAT: Final = "qcdesk-evidence-1"
EITHER: Final = "certificate"
"""A certificate of which the evidence does not say which of the two it is: qcdesk printed none such any more."""
CERTIFICATES: Final = (EITHER, "conformity", "analysis")
OF_BATCHES: Final = ("inspection", *CERTIFICATES, "first_article")
OF_OTHERS: Final = ("nonconformity", "corrective", "audit", "instruction")
FIGURES: Final = "figures"
DOCUMENTS: Final = (*OF_BATCHES, *OF_OTHERS, FIGURES)
SEEN_BY_ALL: Final = frozenset(
    (
        "registered",
        "accepted",
        "rejected",
        "disagreed",
        "released",
        "returned",
        "scrapped",
        "split",
        "released_under_concession",
        "withdrawn",
        "cancelled",
    )
)
"""States in which no check runs that somebody may not see."""
_NOT_IN_IT: Final = frozenset(
    (
        "rule_certificate_number",
        "rule_seed",
        "rule_concession_budget",
        "rule_nonconformity_number",
        "rule_action_number",
        "rule_audit_number",
        "rule_switching",
        "rule_reinspected",
        "rule_session_other",
    )
)
"""Rules that hang on lines of other batches, or on sittings in which nothing was done for this one."""
_OF_LOTS: Final = frozenset(("rule_severity", "rule_plan", "rule_discontinued"))
"""How strictly a lot is inspected, where that is switched from lot to lot: the lots before it are not in it."""
_COMMON: Final = {
    "at": int,
    "bytes": int,
    "copy": int,
    "document": str,
    "hash": str,
    "lines": str,
    "number": str,
    "records": list,
    "seq": int,
    "sha256": str,
    "state": str,
    "vault": str,
}
_WHOLE: Final = _COMMON | {"batch": str, "certificate": int, "quantity": int, "round": int}
_OTHER: Final = _COMMON | {"subject": str}
"""What ``said`` holds, and as what, of a batch and of anything else. ``certificate``: 0, the paper is none; ``copy``: 0
is the first print."""


class Signed(NamedTuple):
    """A signature that stands: in which place of which round, whose, when (microseconds UTC), in which line.

    ``round``: 0: of no batch. ``check``: the check that it ends; empty: none.
    """

    place: str
    person: str
    name: str
    staff: str
    at: int
    event: int
    round: int
    check: str


class Goods(NamedTuple):
    """How the batch stands that a paper is about; empty: it is about none."""

    quantity: int = 0
    state: str = ""
    held: bool = False


NO_GOODS: Final = Goods()


@dataclass(frozen=True)
class Answer:
    """What a paper's file says. ``said``: what the workstation sealed; empty where that cannot be read.

    ``signed``: the signatures of the lines, only where these hold. ``code``: as the certificate's square code says it;
    empty: the paper is none. ``anchors``: how many of those given the lines could be held against. ``lines``: those that
    were signed and stand, ``names`` what the people in them are called, and ``staff`` their numbers, by id; all of these
    only where everything holds.
    """

    findings: tuple[Finding, ...]
    said: Mapping[str, Any] = field(default_factory=dict)
    site: str = ""
    checked: int = 0
    signed: tuple[Signed, ...] = ()
    code: str = ""
    anchors: int = 0
    lines: tuple[Line, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    staff: Mapping[str, str] = field(default_factory=dict)
    goods: Goods = NO_GOODS
    company: bool = False
    """Whether a company signed the file as well, behind all that; that signature is not checked here."""

    @property
    def holds(self) -> bool:
        """Whether everything does."""
        return not self.findings


def check(content: bytes, anchors: Sequence[Anchor] = (), sheets: Sequence[Sheet] = ()) -> Answer:
    """Return what the file of a paper proves, and what of it does not hold."""
    company = company_seals.parted(content)
    if company is None:
        return _check(content, anchors, sheets)
    if not company.whole:
        return _wrong("paper_company")
    return replace(_check(company.content, anchors, sheets), company=True)


def _check(content: bytes, anchors: Sequence[Anchor], sheets: Sequence[Sheet]) -> Answer:
    found = sealing.unsealed(content)
    if found is None:
        return _wrong("paper_changed" if sealing.has_seal(content) else "paper_bare")
    if not found.whole:
        return _wrong("paper_changed")
    read = _read(found.evidence)
    if read is None:
        return _wrong("paper_evidence")
    said, rows, records, (key, sig) = read
    if touched := _as_sealed(said, found.pdf, rows, records):
        return Answer(tuple(touched), said)
    replay = _Lines(rows, said)
    findings = replay.findings
    public = replay.stations.get(key, b"")
    if not signatures.verify(public, "paper", canonical.write(said), sig):
        findings.append(Finding.of(None, "paper_seal"))
    findings += _as_the_lines_say(said, replay)
    findings += _against(said, rows, anchors, sheets, replay)
    holds = not findings
    return Answer(
        tuple(findings),
        said,
        fingerprint(rows[0].hash.hex()),
        len(rows),
        tuple(replay.signed) if holds else (),
        replay.codes.get(said.get("certificate", 0), ""),
        sum(a.vault == said["vault"] and a.seq in {*(r.seq for r in rows), said["seq"]} for a in anchors),
        tuple(line for line in replay.believed if line.seq not in replay.rules.voided) if holds else (),
        {person: replay.rules.name(person) for person in replay.rules.people},
        {person: one.staff or "" for person, one in replay.rules.people.items()},
        replay.goods(),
    )


_SAID: Final = {"number": "paper_number", "state": "paper_state", "quantity": "paper_quantity"}
_MEMBERS: Final = {"format", "lines", "records", "said", "seal"}


def _wrong(code: str) -> Answer:
    return Answer((Finding.of(None, code),))


def _read(
    evidence: bytes,
) -> tuple[dict[str, Any], list[Row], list[bytes], tuple[str, bytes]] | None:
    """Return what was sealed, the lines, the records and the seal; None: out of form."""
    try:
        found = canonical.read(evidence)
        rows = [_row(one) for one in found["lines"]]
        records = [text.encode() for text in found["records"]]
        said, seal = found["said"], found["seal"]
        key, sig = str(seal["key"]), _bytes(seal["sig"])
        good = found["format"] == FORMAT and found.keys() == _MEMBERS and seal.keys() == {"key", "sig"}
    except (canonical.NotCanonical, KeyError, TypeError, ValueError, AttributeError):
        return None
    return (said, rows, records, (key, sig)) if good and rows and _in_form(said) else None


def _row(one: Any) -> Row:  # noqa: ANN401 - whatever stands there
    body, sig = one["body"].encode("utf-8"), _bytes(one["sig"])
    end = lines.link(Row(0, body, sig, b""))
    if end is None or one.keys() != {"body", "sig"}:
        raise ValueError("no line")
    return Row(end[1], body, sig, hash_of(body, sig))


def _bytes(digits: str) -> bytes:
    """Return bytes from the one spelling that they have here: else a file could be changed and hold."""
    found = bytes.fromhex(digits)
    if found.hex() != digits:
        raise ValueError("not the spelling of these bytes")
    return found


def _in_form(said: Any) -> bool:  # noqa: ANN401
    return (
        type(said) is dict
        and said.get("document") in DOCUMENTS
        and said.keys() == (form := _WHOLE if said["document"] in OF_BATCHES else _OTHER).keys()
        and all(type(said[name]) is kind for name, kind in form.items())
    )


def digest(rows: Iterable[Row]) -> str:
    """Return what a seal says of the lines: the SHA-256 of their hashes, one after the other."""
    return sha256(b"".join(row.hash for row in rows)).hexdigest()


def _as_sealed(
    said: Mapping[str, Any], pdf: bytes, rows: Sequence[Row], records: Sequence[bytes]
) -> list[Finding]:
    """Hold the print, the lines and the records against what the workstation sealed."""
    found = []
    if (said["bytes"], said["sha256"]) != (len(pdf), sha256(pdf).hexdigest()):
        found.append(Finding.of(None, "paper_pages"))
    if said["lines"] != digest(rows) or said["records"] != [sha256(r).hexdigest() for r in records]:
        found.append(Finding.of(None, "paper_lines"))
    return found


def _as_the_lines_say(said: Mapping[str, Any], replay: _Lines) -> list[Finding]:
    """Hold what the paper says of what it is about against what the lines make of it."""
    if said["vault"] != replay.vault:
        return [Finding.of(None, "paper_batch", said=said["number"])]
    if said["document"] == FIGURES:
        return []
    if said["document"] in OF_OTHERS:
        return _of_others(said, replay)
    found = [Finding.of(None, "paper_lines")] if replay.records - set(said["records"]) else []
    rules = replay.rules
    batch = rules.batches.get(said["batch"])
    if batch is None:
        return [*found, Finding.of(None, "paper_batch", said=said["number"])]
    number = replay.numbers.get(said["round"], batch.number)
    state, quantity = batch.state, replay.quantities.get(said["round"], batch.quantity)
    wanted: dict[str, object] = {"number": number}
    if said["document"] in CERTIFICATES:
        wanted |= {"state": state, "quantity": batch.released}
        given = replay.last_copy(said["certificate"], said["document"])
        if given is None or said["copy"] > given or not replay.codes.get(said["certificate"]):
            found.append(Finding.of(None, "paper_certificate", said=f"{said['certificate']:06d}"))
    else:
        wanted |= {"quantity": quantity}
        if said["round"] == batch.round_no and not batch.holds and state != "registered":
            wanted["state"] = state
        elif said["round"] != batch.round_no or state == "registered":
            wanted["state"] = replay.outcomes.get(said["round"], "")
        else:
            wanted["state"] = "quarantined"
    for what, signed in wanted.items():
        if said[what] != signed:
            found.append(Finding.of(None, _SAID[what], said=said[what], signed=signed))
    firsts = {(s.round, s.person) for s in replay.signed if s.place == "first"}
    if any((s.round, s.person) in firsts for s in replay.signed if s.place == "second"):
        found.append(Finding.of(None, "paper_people"))
    return found


def _of_others(said: Mapping[str, Any], replay: _Lines) -> list[Finding]:
    """Hold what a paper that is not a batch's says against what the lines make of it."""
    number, state = _stands(said, replay.rules, replay.results)
    if not number:
        return [Finding.of(None, "paper_subject", said=said["number"])]
    wanted = {"number": number, "state": state}
    return [
        Finding.of(None, _SAID_OF_OTHERS[what], said=said[what], signed=signed)
        for what, signed in wanted.items()
        if said[what] != signed
    ]


def _stands(said: Mapping[str, Any], rules: Replay, results: Mapping[str, str]) -> tuple[str, str]:
    """Return number and state of what a paper is about, as the lines say them; empty: they do not hold it."""
    subject = said["subject"]
    if said["document"] == "instruction":
        code, version = version_of(subject)
        found = rules.versions.get(code, {}).get(version)
        return ("", "") if found is None else (code, found.state)
    if said["document"] == "audit":
        audit = rules.audits.get(subject)
        return ("", "") if audit is None else (f"A-{audit.no}", results.get(subject, ""))
    if said["document"] == "corrective":
        action = rules.actions.get(subject)
        return ("", "") if action is None else (f"CA-{action['number']}", _OPEN[action["closed"]])
    one = rules.nonconformities.get(int(subject)) if subject.isdecimal() else None
    return ("", "") if one is None else (f"NC-{int(subject)}", _OPEN[one["closed"]])


def version_of(subject: str) -> tuple[str, int]:
    """Return code and version of the procedure that an instruction is about; version 0: it names none."""
    code, _, version = subject.rpartition(" ")
    return code, int(version) if version.isascii() and version.isdecimal() else 0


_OPEN: Final = {False: "open", True: "closed"}
_SAID_OF_OTHERS: Final = {"number": "paper_subject", "state": "paper_state"}


def _against(
    said: Mapping[str, Any],
    rows: Sequence[Row],
    anchors: Sequence[Anchor],
    sheets: Sequence[Sheet],
    replay: _Lines,
) -> list[Finding]:
    """Hold heads and people sheets that came another way against the paper."""
    hashes = {row.seq: row.hash.hex() for row in rows} | {said["seq"]: said["hash"]}
    found = []
    for anchor in anchors:
        if anchor.vault != said["vault"]:
            found.append(Finding.of(None, "paper_anchor_other", file=anchor.name))
        elif hashes.get(anchor.seq, anchor.hash) != anchor.hash:
            found.append(Finding.of(anchor.seq, "anchor_differs", file=anchor.name, seq=anchor.seq))
    for sheet in sheets:
        signers = {s.person for s in replay.signed}
        known = {one.person for one in sheet.people.values()}
        if sheet.vault != said["vault"] or sheet.fingerprint != fingerprint(rows[0].hash.hex()):
            found.append(Finding.of(None, "paper_sheet_other", site=sheet.fingerprint))
        for person in sorted(signers - known):
            found.append(Finding.of(None, "paper_sheet_person", name=replay.rules.name(person)))
    return found


class _Lines:
    """The lines of a paper, verified and replayed; bad ones count as nothing, where two declared them void."""

    def __init__(self, rows: Sequence[Row], said: Mapping[str, Any]) -> None:
        self.rules = Replay()
        self.rules.believes = True
        self.findings: list[Finding] = []
        self.stations: dict[str, bytes] = {}
        self.vault = ""
        self.signed: list[Signed] = []
        self.believed: list[Line] = []
        self.records: set[str] = set()
        self.codes: dict[int, str] = {}
        self.certificates: dict[tuple[int, str], int] = {}
        """Certificate -> its last print."""
        self.numbers: dict[int, str] = {}
        self.quantities: dict[int, int] = {}
        self.outcomes: dict[int, str] = {}
        self.results: dict[str, str] = {}
        """Audit -> what it came to."""
        self._said = said
        self._no: dict[str, int] = {}
        self._switched: set[int] = set()
        last: Row | None = None
        for row in rows:
            if last is None and row.seq != 1:
                self.findings.append(Finding.of(row.seq, "rule_not_opened"))
            self._take(row, last)
            last = row
        found = (f for f in (*self.rules.findings, *self.rules.owing()) if not self._hangs_on_others(f))
        self.findings += not_voided(found, self.rules.voided)
        self.signed = [one for one in self.signed if one.event not in self.rules.voided]
        self.stations = {
            name: bytes.fromhex(key.public)
            for name, key in self.rules.keys.active.items()
            if key.kind == STATION
        }

    def _take(self, row: Row, last: Row | None) -> None:
        rules = self.rules
        try:
            line = lines.read(row)
        except BadLine as problem:
            self._bad(row, "event_form", reason=str(problem))
            return
        if last is not None and (row.seq <= last.seq or not self._follows(line, last)):
            self.findings.append(Finding.of(row.seq, "chain_broken", None, after=last.seq))
        self.vault = self.vault or line.vault
        rules.come_by(line)
        signed = rules.keys.of(line)
        if line.vault != self.vault:
            self._bad(row, "other_vault")
        elif signed is None:
            self._bad(row, "event_key")
        elif not self._is_signed(row, line, signed):
            self._bad(row, "event_signature")
        elif (line.session is not None) != (rules.keys.kind(line) == SESSION) or (line.by is None) != (
            rules.keys.kind(line) == STATION
        ):
            self._bad(row, "event_strength")
        else:
            self._believe(line)
            if rules.apply(line):
                self.believed.append(line)
                self._note(line)

    def _believe(self, line: Line) -> None:
        """Take the supplier from what a round pins of it: the lines about suppliers are not a paper's business."""
        body, known = line.body, self.rules.suppliers
        if line.type in _NAMES_SUPPLIER and body.get("supplier") is not None:
            known.setdefault(body["supplier"], ("", "", ""))
        if line.type == "nonconformity.linked":
            self.rules.actions.setdefault(body["action"], {})
        batch = self.rules.batches.get(str(body.get("batch")))
        header = body.get("header")
        if line.type == "round.opened" and _switches(body):
            self._switched.add(line.seq)
        if line.type == "round.opened" and batch is not None and batch.supplier and type(header) is dict:
            pinned = (header.get(f"supplier_{name}", "") for name in ("code", "name", "country"))
            code, name, country = map(str, pinned)
            known[batch.supplier] = (code, name, country)

    def _hangs_on_others(self, found: Finding) -> bool:
        """Tell whether a finding is of a rule that asks for lines which no paper brings."""
        return found.code in _NOT_IN_IT or (found.code in _OF_LOTS and found.event in self._switched)

    @staticmethod
    def _follows(line: Line, last: Row) -> bool:
        return line.seq != last.seq + 1 or line.prev == last.hash.hex()

    @staticmethod
    def _is_signed(row: Row, line: Line, signed: Iterable[tuple[str, bytes, bytes]]) -> bool:
        (_, main, _), *others = signed
        return signatures.verify(main, "event", row.body, row.sig) and all(
            signatures.verify(public, "cosign", line.bare, sig) for _, public, sig in others
        )

    def _bad(self, row: Row, code: str, **facts: object) -> None:
        """Note a line that nobody signed; two may have declared it void."""
        self.rules.findings.append(Finding.of(row.seq, code, None, **facts))
        self.rules.failed[row.seq] = row.hash.hex()
        batch = lines.said_by(row).get("batch")
        if type(batch) is str:
            self.rules.meant[row.seq] = batch

    def _note(self, line: Line) -> None:
        """Keep what a paper shows of a line of its batch."""
        body, said = line.body, self._said
        if line.type == "audit.closed":
            self.results[body["audit"]] = body["result"]
        if line.type in _SIGNS_OF_OTHERS and said["document"] in OF_OTHERS and self._is_about(line):
            if line.type == "procedure.drafted":
                self.signed = []
            self.signed += self._signed(line, _SIGNS_OF_OTHERS[line.type])
        if body.get("batch") != said.get("batch", ""):
            return
        self.records.update(records_of(line.type, body))
        if line.type == "round.opened":
            batch = self.rules.batches.get(body["batch"])
            no = batch.round_no if batch is not None else 0
            self._no[body["round"]] = no
            header = body.get("header", {})
            self.numbers[no], self.quantities[no] = header.get("number", ""), header.get("quantity", 0)
        place = _PLACES.get(line.type) or body.get("place", "")
        outcome = _OUTCOMES.get(line.type, body.get("outcome"))
        if type(outcome) is str and body.get("round") in self._no:
            self.outcomes[self._no[body["round"]]] = outcome
        if line.type == "certificate.issued":
            self.codes[body["certificate"]] = PREFIX + _base45(bytes.fromhex(body["code"] + body["sig"]))
        if line.type == "certificate.printed":
            printed = body["certificate"], "analysis" if body.get("results", False) else "conformity"
            self.certificates[printed] = max(self.certificates.get(printed, 0), body["copy"])
        if line.type == "check.retracted":
            self.signed = [one for one in self.signed if one.check != body["check"]]
        if line.type in _SIGNS:
            self.signed += self._signed(line, place)

    def last_copy(self, number: int, document: str) -> int | None:
        """Return which copy of a certificate was the last that was counted; None: none was."""
        forms = CERTIFICATES if document == EITHER else (document,)
        counted = (self.certificates.get((number, form)) for form in forms)
        return max((one for one in counted if one is not None), default=None)

    def goods(self) -> Goods:
        """Return how the batch stands that the paper is about."""
        said, rules = self._said, self.rules
        id_ = str(said.get("batch", ""))
        if said["document"] == "nonconformity" and said["subject"].isdecimal():
            id_ = str(rules.nonconformities.get(int(said["subject"]), {}).get("batch", ""))
        batch = rules.batches.get(id_)
        return NO_GOODS if batch is None else Goods(batch.quantity, batch.state, bool(batch.holds))

    def _is_about(self, line: Line) -> bool:
        """Tell whether a line is of what a paper is about that is no batch's."""
        body, said = line.body, self._said
        if said["document"] == "instruction":
            code, version = version_of(said["subject"])
            return bool(body.get("code") == code and body.get("version") == version)
        return bool(str(body.get(_OF[said["document"]])) == said["subject"])

    def _signed(self, line: Line, place: str) -> list[Signed]:
        people = self.rules.people
        return [
            Signed(
                place,
                person,
                self.rules.name(person),
                (people[person].staff or "") if person in people else "",
                line.at,
                line.seq,
                self._no.get(str(line.body.get("round")), 0),
                str(line.body.get("check") or ""),
            )
            for person in line.signers
        ]


_PLACES: Final = {
    "round.decided": "third",
    "round.rejected_after_all": "rejected",
    "batch.released": "release",
    "concession.requested": "asked",
    "concession.approved": "conceded",
    "certificate.issued": "certified",
}
_SIGNS: Final = frozenset(("check.signed", *_PLACES))
_OF: Final = {"nonconformity": "nonconformity", "corrective": "action", "audit": "audit"}
"""Document -> the field of lines that says what they are about."""
_NAMES_SUPPLIER: Final = ("batch.saved", "audit.opened", "action.opened")
_SIGNS_OF_OTHERS: Final = {
    "nonconformity.opened": "opened",
    "nonconformity.reopened": "reopened",
    "nonconformity.closed": "closed",
    "action.opened": "opened",
    "action.closed": "closed",
    "audit.signed": "audited",
    "audit.reviewed": "reviewed",
    "audit.closed": "settled",
    "procedure.drafted": "written",
    "procedure.approved": "approved",
}
_OUTCOMES: Final = {"round.rejected_after_all": "rejected"}


def _switches(body: Mapping[str, Any]) -> bool:
    """Tell whether the procedure that a round pins is switched from lot to lot."""
    procedure = body.get("procedure")
    content = procedure.get("content") if type(procedure) is dict else None
    return type(content) is dict and content.get("switching") is not None


def _base45(content: bytes) -> str:
    """Return bytes as the square code holds them (RFC 9285)."""
    out = []
    for at in range(0, len(content), 2):
        number = int.from_bytes(content[at : at + 2], "big")
        for _ in range(3 if at + 1 < len(content) else 2):
            number, digit = divmod(number, 45)
            out.append(ALPHABET[digit])
    return "".join(out)
