# SPDX-License-Identifier: Apache-2.0
"""The code of a printed certificate, checked without a network, a database or qcdesk: read, and held against who signed.

The code is ``QC1:`` and base45 (RFC 9285) of these bytes, numbers big-endian: version 1 (1 byte), verdict (1: 1 released,
2 released under concession), workspace (16), number (4), quantity (4), day since 2000-01-01 (2), SHA-256 of the record
(32), hash of the releasing event (32), id of the releaser's key (16); batch, product and revision, each a length byte and
UTF-8; then 64 bytes of Ed25519 signature of kind ``certificate`` on all before it.

The people sheet is the site's own events that brought and ended keys and gave and took roles, each signed by as many as
it takes of those who were there before; its first line gives the fingerprint that stands on every paper of the site. A
line that is not signed so counts for nothing, and its number is told. Who never was a releaser, or whose key had ended by
then, certifies nothing. The list names the certificates that the site's log holds, each with the SHA-256 of what its code
signs, and those that are void. Both are signed as kind ``head`` over where the log stood, by an administrator or a
releaser of the sheet who stood then.

A code by itself is one person's signature: whoever may release can make one up with the own key, of goods that nobody
inspected. That the site's log knows it, and with it two checks, is what the list says; so a certificate holds only with a
list that has it, signed by somebody else than the certificate.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any, Final, NamedTuple, TypeGuard

from qcdesk.checker import canonical, lines, signatures
from qcdesk.checker.findings import Finding
from qcdesk.checker.keys import PERSON, Keys
from qcdesk.checker.keys import SHEET as RECOVERY
from qcdesk.checker.lines import HASH, ID, BadLine, Row, fingerprint

PREFIX: Final = "QC1:"
ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
VERDICTS: Final = {1: "released", 2: "released_under_concession"}
SHEET: Final = "qcdesk-people-1"
WITHDRAWN: Final = "qcdesk-withdrawn-2"
ONLY_VOID: Final = "qcdesk-withdrawn-1"
"""A list of before, which names the void ones alone."""
LONGEST: Final = 50_000_000
_SIGNATURE: Final = 64
_FIXED: Final = 108


class Unreadable(ValueError):
    """A code or a file is not of its form. ``what``: ``code``, ``sheet``, ``withdrawn``; ``reason``: what is wrong."""

    def __init__(self, what: str, reason: str) -> None:
        super().__init__(reason)
        self.what, self.reason = what, reason


class Certificate(NamedTuple):
    """What a code says. ``signed``: the bytes under the signature."""

    vault: str
    number: int
    verdict: str
    quantity: int
    on: date
    record: str
    event: str
    key: str
    batch: str
    product: str
    revision: str
    signed: bytes
    sig: bytes


class Known(NamedTuple):
    """Somebody on the people sheet, by a key. Times are microseconds UTC of the log, None: not (yet).

    ``active``: whether the key still was when the sheet was made, else ``ended`` is when it no longer was.
    ``releaser``: from when on the person might release, and ``no_more`` until when; ``administrator``, ``administered``
    the same of an administrator.
    """

    name: str
    staff: str
    public_key: bytes
    active: bool
    ended: int | None = None
    releaser: int | None = None
    no_more: int | None = None
    administrator: int | None = None
    administered: int | None = None
    person: str = ""

    def vouches(self, at: int) -> bool:
        """Tell whether a sheet or a list that this person signed at that time is believed."""
        terms = ((self.releaser, self.no_more), (self.administrator, self.administered))
        stood = self.ended is None or at <= self.ended
        return stood and any(
            since is not None and since <= at and (until is None or at <= until) for since, until in terms
        )

    def certified(self, on: date) -> str | None:
        """Return why this person could not certify on a day; None: nothing speaks against it. A day more is given."""
        if self.releaser is None or on < _day(self.releaser, -1):
            return "certificate_role"
        if self.no_more is not None and on > _day(self.no_more, 1):
            return "certificate_role"
        if self.ended is not None and on > _day(self.ended, 1):
            return "certificate_ended"
        return None


class Sheet(NamedTuple):
    """A people sheet that holds: key id to whose it is. ``at``: when it was made, microseconds UTC.

    ``left_out``: the numbers of its lines that nobody who was there before has signed; 0: one without a number.
    """

    vault: str
    fingerprint: str
    at: int
    people: Mapping[str, Known]
    left_out: tuple[int, ...] = ()


def _day(at: int, more: int) -> date:
    return date(1970, 1, 1) + timedelta(days=at // 86_400_000_000 + more)


class Withdrawn(NamedTuple):
    """The list of certificates; its signature is verified against a sheet.

    ``numbers``: of those that are void; ``issued``: number to the SHA-256 of what the code signs.
    """

    vault: str
    at: int
    numbers: frozenset[int]
    key: str
    signed: bytes
    sig: bytes
    issued: Mapping[int, str] = MappingProxyType({})


# The code -----------------------------------------------------------------------------------------------------------


def read(text: str) -> Certificate:
    """Return what a scanned or typed code says; nothing is verified yet. Raises: Unreadable."""
    text = text.strip()
    if not text.startswith(PREFIX):
        raise Unreadable("code", "it does not begin as the code of a certificate does")
    return read_bytes(from_base45(text[len(PREFIX) :]))


def read_bytes(content: bytes) -> Certificate:
    """Return what the bytes of a code say, signature and all. Raises: Unreadable."""
    if len(content) < _FIXED + 3 + _SIGNATURE:
        raise Unreadable("code", "it is too short")
    signed, sig = content[:-_SIGNATURE], content[-_SIGNATURE:]
    if signed[0] != 1:
        raise Unreadable("code", "it is of another version")
    if signed[1] not in VERDICTS:
        raise Unreadable("code", "its verdict is none")
    texts, place = [], _FIXED
    for _ in range(3):
        if place >= len(signed):
            raise Unreadable("code", "it is cut off")
        end = place + 1 + signed[place]
        texts.append(_text(signed[place + 1 : end]))
        place = end
    if place != len(signed):
        raise Unreadable("code", "its lengths do not fit")
    return Certificate(
        vault=signed[2:18].hex(),
        number=int.from_bytes(signed[18:22], "big"),
        verdict=VERDICTS[signed[1]],
        quantity=int.from_bytes(signed[22:26], "big"),
        on=date(2000, 1, 1) + timedelta(days=int.from_bytes(signed[26:28], "big")),
        record=signed[28:60].hex(),
        event=signed[60:92].hex(),
        key=signed[92:108].hex(),
        batch=texts[0],
        product=texts[1],
        revision=texts[2],
        signed=signed,
        sig=sig,
    )


def _text(encoded: bytes) -> str:
    try:
        text = encoded.decode("utf-8")
    except UnicodeDecodeError:
        raise Unreadable("code", "a name in it is no text") from None
    if unicodedata.normalize("NFC", text) != text:
        raise Unreadable("code", "a name in it is not spelled as the program spells")
    return text


def from_base45(text: str) -> bytes:
    """Return the bytes that a scanned text stands for. Raises: Unreadable."""
    values = [ALPHABET.find(c) for c in text]
    if -1 in values or len(values) % 3 == 1:
        raise Unreadable("code", "it holds characters that no such code has, or lacks some")
    out = bytearray()
    for i in range(0, len(values), 3):
        part = values[i : i + 3]
        number = sum(value * 45**n for n, value in enumerate(part))
        length = len(part) - 1
        if number >= 256**length:
            raise Unreadable("code", "it holds characters that no such code has, or lacks some")
        out += number.to_bytes(length, "big")
    return bytes(out)


# The people sheet ---------------------------------------------------------------------------------------------------


def read_sheet(text: str | bytes) -> Sheet:
    """Return a people sheet; what those who were there before did not sign is left out. Raises: Unreadable.

    One line that nobody signed, which the site can declare void and never take out of its log, must not leave its
    customers without any sheet. A line that its own maker puts in or leaves out is the maker's word (``check``).
    """
    said = _json(text, "sheet", SHEET)
    rows = said.get("lines")
    if type(rows) is not list or not rows:
        raise Unreadable("sheet", "it holds no lines")
    keys, hashes = Keys(), list[str]()
    owners, names = dict[str, tuple[str, str]](), dict[str, tuple[str, str]]()
    last, vault = 0, None
    roles, ended = _Roles(), dict[str, int]()
    left_out = list[int]()
    for one in rows:
        row = _row(one)
        hashes.append(row.hash.hex())
        line, why = _read_line(row, keys)
        if line is None:
            if vault is None:
                raise Unreadable("sheet", why)  # without its first line it is nobody's
            left_out.append(row.seq)
            continue
        if line.seq <= last or (last == 0) != (line.seq == 1) or vault not in (None, line.vault):
            raise Unreadable("sheet", "its lines are not those of one log in their order")
        before = set(keys.active)
        keys.learn(line)
        ended |= dict.fromkeys(before - set(keys.active), line.at)
        roles.take(line)
        owners |= {
            k: (key.person, key.public) for k, key in keys.active.items() if key.kind == PERSON and key.person
        }
        for person, (name, staff) in _names(line).items():
            names[person] = (name, staff or names.get(person, ("", ""))[1])
        last, vault = line.seq, line.vault
    assert vault is not None
    people = {
        key: Known(
            *names.get(person, ("", "")),
            bytes.fromhex(public),
            key in keys.active,
            ended.get(key),
            *roles.of(person, "releaser"),
            *roles.of(person, "administrator"),
            person,
        )
        for key, (person, public) in owners.items()
    }
    body = {
        "vault": vault,
        "seq": said.get("seq"),
        "hash": said.get("hash"),
        "at": said.get("at"),
        "lines": hashes,
    }
    _require_signed(said, body, people, "sheet")
    return Sheet(vault, fingerprint(hashes[0]), int(said["at"]), people, tuple(left_out))


def _read_line(row: Row, keys: Keys) -> tuple[lines.Line | None, str]:
    """Return a line of a sheet that holds; else None, and why it does not."""
    try:
        line = lines.read(row)
    except BadLine as problem:
        return None, f"a line is not as the program writes it ({problem})"
    signed = keys.of(line)
    if signed is None or not _is_signed(row, line.bare, signed):
        return None, f"line {line.seq} is not signed by people who were there before"
    if not _enough(line, keys):
        return None, f"line {line.seq} is not signed by as many as it takes"
    return line, ""


def _row(one: Any) -> Row:  # noqa: ANN401 - whatever stands there
    try:
        body, sig = one["body"].encode("utf-8"), bytes.fromhex(one["sig"])
    except (TypeError, KeyError, ValueError, AttributeError):
        raise Unreadable("sheet", "a line is none") from None
    try:
        seq = json.loads(body)["seq"]
    except (TypeError, KeyError, ValueError, RecursionError):
        seq = 0
    return Row(seq if type(seq) is int else 0, body, sig, lines.hash_of(body, sig))


def _is_signed(row: Row, bare: bytes, signed: Iterable[tuple[str, bytes, bytes]]) -> bool:
    (_, main, _), *others = signed
    return signatures.verify(main, "event", row.body, row.sig) and all(
        signatures.verify(public, "cosign", bare, sig) for _, public, sig in others
    )


_TWO = ("person.enrolled", "person.renamed", "person.lifted", "role.granted", "key.enrolled")
"""Acts that take two others, or one and the recovery sheet where it stands in."""


def _enough(line: lines.Line, keys: Keys) -> bool:
    """Tell whether as many as it takes, who were there before, signed an act that makes people or gives them rights."""
    if line.type == "workspace.opened":
        return len(set(line.signers)) == 2
    known = _persons(keys)
    concerned = line.body.get("person")
    others = {s for s in line.signers if s in known and s != concerned}
    if line.type == "role.granted":
        return bool(others) and len(set(line.signers) & known) >= 2
    if line.type == "key.revoked":
        return concerned in line.signers or len(others) + (RECOVERY in line.signers) >= 2
    return line.type not in _TWO or (bool(others) and len(others) + (RECOVERY in line.signers) >= 2)


_RIGHTS: Final = ("releaser", "administrator")


class _Roles:
    """From when on, and until when, each person might release, or was an administrator."""

    def __init__(self) -> None:
        self._since: dict[tuple[str, str], int] = {}
        self._until: dict[tuple[str, str], int] = {}

    def take(self, line: lines.Line) -> None:
        """Follow a role that is given or taken."""
        for person, said in _roles(line):
            until, held = said.get("until"), (person, str(said.get("role")))
            if held[1] not in _RIGHTS:
                continue
            self._since.setdefault(held, line.at)
            self._until.pop(held, None)
            if until is not None:
                self._until[held] = _last_day(until)
        if line.type == "role.taken" and line.body.get("role") in _RIGHTS:
            self._until[str(line.body.get("person")), str(line.body.get("role"))] = line.at

    def of(self, person: str, role: str) -> tuple[int | None, int | None]:
        """Return from when on and until when a person held a role."""
        return self._since.get((person, role)), self._until.get((person, role))


def _last_day(until: object) -> int:
    """Return the last moment of a day."""
    try:
        return ((date.fromisoformat(str(until)) - date(1970, 1, 1)).days + 1) * 86_400_000_000 - 1
    except ValueError:
        return 0  # a role until no day at all is none


def _roles(line: lines.Line) -> list[tuple[str, dict[str, Any]]]:
    body = line.body
    if line.type == "workspace.opened":
        return [(str(p.get("person")), {"role": role}) for p in _founders(line) for role in _RIGHTS]
    if line.type == "role.granted" and type(body.get("grant")) is dict:
        return [(str(body.get("person")), body["grant"])]
    if line.type == "person.enrolled" and type(body.get("roles")) is list:
        return [(str(body.get("person")), said) for said in body["roles"] if type(said) is dict]
    return []


def _persons(keys: Keys) -> set[str]:
    return {key.person for key in keys.active.values() if key.kind == PERSON and key.person is not None}


def _names(line: lines.Line) -> dict[str, tuple[str, str]]:
    """Return the people whom a line names: id to name and staff number."""
    if line.type not in ("workspace.opened", "person.enrolled", "person.renamed"):
        return {}
    return {
        str(p.get("person")): (str(p["name"]), str(p.get("staff") or ""))
        for p in (*_founders(line), line.body)
        if type(p) is dict and type(p.get("name")) is str
    }


def _founders(line: lines.Line) -> list[Any]:
    people = line.body.get("people")
    return people if line.type == "workspace.opened" and type(people) is list else []


# The withdrawn list -------------------------------------------------------------------------------------------------


def read_withdrawn(text: str | bytes) -> Withdrawn:
    """Return a list of certificates, its signature not yet verified. Raises: Unreadable."""
    said = _json(text, "withdrawn", WITHDRAWN, ONLY_VOID)
    void, issued = said.get("withdrawn"), said.get("issued", [])
    names: tuple[str, ...] = ("vault", "seq", "hash", "at", "withdrawn")
    if said["format"] == WITHDRAWN:
        names = (*names, "issued")
    else:
        issued = []
    if not _numbered(void) or not _numbered(issued):
        raise Unreadable("withdrawn", "it is not a list of certificates")
    try:
        signed = canonical.write({name: said[name] for name in names})
        sig, at = bytes.fromhex(said["sig"]), int(said["at"])
    except (KeyError, ValueError, TypeError):
        raise Unreadable("withdrawn", "a field of it is missing or out of form") from None
    numbers = frozenset(int(one["number"]) for one in void)
    known = {int(one["number"]): str(one.get("code")) for one in issued}
    return Withdrawn(str(said["vault"]), at, numbers, str(said.get("key")), signed, sig, known)


def _numbered(found: Any) -> TypeGuard[list[dict[str, Any]]]:  # noqa: ANN401 - whatever stands there
    return type(found) is list and all(type(one) is dict and type(one.get("number")) is int for one in found)


def _json(text: str | bytes, what: str, *forms: str) -> dict[str, Any]:
    if len(text) > LONGEST:
        raise Unreadable(what, "it is too long")
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        raise Unreadable(what, "it is no JSON") from None
    if type(said) is not dict or said.get("format") not in forms:
        raise Unreadable(what, "it is of another form")
    return said


def _require_signed(
    said: dict[str, Any], body: dict[str, Any], people: Mapping[str, Known], what: str
) -> None:
    known = people.get(str(said.get("key")))
    try:
        sig = bytes.fromhex(said["sig"])
        signed = canonical.write(body)
        sound = ID.fullmatch(body["vault"]) and HASH.fullmatch(body["hash"]) and type(body["at"]) is int
    except (KeyError, TypeError, ValueError):
        raise Unreadable(what, "a field of it is missing or out of form") from None
    if not sound or known is None or not signatures.verify(known.public_key, "head", signed, sig):
        raise Unreadable(what, "it is not signed by anybody on it")
    if not known.vouches(int(body["at"])):
        raise Unreadable(what, "who signed it was no administrator and no releaser then")


# Held against each other ----------------------------------------------------------------------------------------------


def check(certificate: Certificate, sheet: Sheet, withdrawn: Withdrawn | None = None) -> list[Finding]:
    """Return what does not hold of a certificate; nothing: it is this site's, its log knows it, and it is not void.

    Without a list ``certificate_unlisted``: the code alone is one person's word.
    """
    facts = {"number": certificate.number, "site": sheet.fingerprint}
    if certificate.vault != sheet.vault:
        return [Finding.of(None, "certificate_site", None, **facts)]
    signer = sheet.people.get(certificate.key)
    if signer is None:
        return [Finding.of(None, "certificate_key", None, **facts)]
    if not signatures.verify(signer.public_key, "certificate", certificate.signed, certificate.sig):
        return [Finding.of(None, "certificate_signature", None, **facts)]
    why = signer.certified(certificate.on)
    if why is None:
        why = _unknown(certificate, signer, sheet, withdrawn)
    if why is None:
        return []
    day = "" if withdrawn is None else _day(withdrawn.at, 0).isoformat()
    return [Finding.of(None, why, None, **facts, name=signer.name, day=day)]


def _unknown(certificate: Certificate, signer: Known, sheet: Sheet, listed: Withdrawn | None) -> str | None:
    """Return why a list does not say that the site's log holds this certificate; None: it does."""
    if listed is None:
        return "certificate_unlisted"
    by = sheet.people.get(listed.key)
    if (
        listed.vault != sheet.vault
        or by is None
        or not signatures.verify(by.public_key, "head", listed.signed, listed.sig)
    ):
        return "withdrawn_signature"
    if not by.vouches(listed.at):
        return "withdrawn_right"
    if certificate.number in listed.numbers:
        return "certificate_void"  # taking back takes one
    if by.person == signer.person:
        return "certificate_own_list"
    if listed.issued.get(certificate.number) != hashlib.sha256(certificate.signed).hexdigest():
        return "certificate_unknown"
    return None
