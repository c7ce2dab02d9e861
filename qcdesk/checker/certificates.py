# SPDX-License-Identifier: Apache-2.0
"""The code of a printed certificate, checked without a network, a database or qcdesk: read, and held against who signed.

The code is ``QC1:`` and base45 (RFC 9285) of these bytes, numbers big-endian: version 1 (1 byte), verdict (1: 1 released,
2 released under concession), workspace (16), number (4), quantity (4), day since 2000-01-01 (2), SHA-256 of the record
(32), hash of the releasing event (32), id of the releaser's key (16); batch, product and revision, each a length byte and
UTF-8; then 64 bytes of Ed25519 signature of kind ``certificate`` on all before it.

The people sheet is the site's own events that brought and ended keys and gave and took roles, each signed by as many as
it takes of those who were there before; its first line gives the fingerprint that stands on every paper of the site. Who
never was a releaser, or whose key had ended by then, certifies nothing. The withdrawn list names certificates that are
void. Both are signed as kind ``head`` over where the log stood, by somebody on the sheet.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from qcdesk.checker import canonical, lines, signatures
from qcdesk.checker.findings import Finding
from qcdesk.checker.keys import PERSON, Keys
from qcdesk.checker.keys import SHEET as RECOVERY
from qcdesk.checker.lines import HASH, ID, BadLine, Row, fingerprint

PREFIX: Final = "QC1:"
ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
VERDICTS: Final = {1: "released", 2: "released_under_concession"}
SHEET: Final = "qcdesk-people-1"
WITHDRAWN: Final = "qcdesk-withdrawn-1"
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
    ``releaser``: from when on the person might release, and ``no_more`` until when.
    """

    name: str
    staff: str
    public_key: bytes
    active: bool
    ended: int | None = None
    releaser: int | None = None
    no_more: int | None = None

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
    """A people sheet that holds: key id to whose it is. ``at``: when it was made, microseconds UTC."""

    vault: str
    fingerprint: str
    at: int
    people: Mapping[str, Known]


def _day(at: int, more: int) -> date:
    return date(1970, 1, 1) + timedelta(days=at // 86_400_000_000 + more)


class Withdrawn(NamedTuple):
    """A list of void certificates; its signature is verified against a sheet."""

    vault: str
    at: int
    numbers: frozenset[int]
    key: str
    signed: bytes
    sig: bytes


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
    """Return a people sheet whose every line is signed by who was there before. Raises: Unreadable."""
    said = _json(text, "sheet", SHEET)
    rows = said.get("lines")
    if type(rows) is not list or not rows:
        raise Unreadable("sheet", "it holds no lines")
    keys, hashes = Keys(), list[str]()
    owners, names = dict[str, tuple[str, str]](), dict[str, tuple[str, str]]()
    last, vault = 0, None
    roles, ended = _Releasers(), dict[str, int]()
    for one in rows:
        row = _row(one)
        try:
            line = lines.read(row)
        except BadLine as problem:
            raise Unreadable("sheet", f"a line is not as the program writes it ({problem})") from None
        if line.seq <= last or (last == 0) != (line.seq == 1) or vault not in (None, line.vault):
            raise Unreadable("sheet", "its lines are not those of one log in their order")
        signed = keys.of(line)
        if signed is None or not _is_signed(row, line.bare, signed):
            raise Unreadable("sheet", f"line {line.seq} is not signed by people who were there before")
        if not _enough(line, keys):
            raise Unreadable("sheet", f"line {line.seq} is not signed by as many as it takes")
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
        hashes.append(row.hash.hex())
    assert vault is not None
    people = {
        key: Known(
            *names.get(person, ("", "")),
            bytes.fromhex(public),
            key in keys.active,
            ended.get(key),
            *roles.of(person),
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
    return Sheet(vault, fingerprint(hashes[0]), int(said["at"]), people)


def _row(one: Any) -> Row:  # noqa: ANN401 - whatever stands there
    try:
        body, sig = one["body"].encode("utf-8"), bytes.fromhex(one["sig"])
        seq = json.loads(body)["seq"]
    except (TypeError, KeyError, ValueError, AttributeError, RecursionError):
        raise Unreadable("sheet", "a line is none") from None
    if type(seq) is not int:
        raise Unreadable("sheet", "a line is none")
    return Row(seq, body, sig, lines.hash_of(body, sig))


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


class _Releasers:
    """From when on, and until when, each person might release."""

    def __init__(self) -> None:
        self._since: dict[str, int] = {}
        self._until: dict[str, int] = {}

    def take(self, line: lines.Line) -> None:
        """Follow a role that is given or taken."""
        for person, said in _roles(line):
            until = said.get("until")
            if said.get("role") != "releaser":
                continue
            self._since.setdefault(person, line.at)
            self._until.pop(person, None)
            if until is not None:
                self._until[person] = _last_day(until)
        if line.type == "role.taken" and line.body.get("role") == "releaser":
            self._until[str(line.body.get("person"))] = line.at

    def of(self, person: str) -> tuple[int | None, int | None]:
        """Return from when on and until when a person might."""
        return self._since.get(person), self._until.get(person)


def _last_day(until: object) -> int:
    try:
        return (date.fromisoformat(str(until)) - date(1970, 1, 1)).days * 86_400_000_000
    except ValueError:
        return 0  # a role until no day at all is none


def _roles(line: lines.Line) -> list[tuple[str, dict[str, Any]]]:
    body = line.body
    if line.type == "workspace.opened":
        return [(str(p.get("person")), {"role": "releaser"}) for p in _founders(line)]
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
    """Return a list of void certificates, its signature not yet verified. Raises: Unreadable."""
    said = _json(text, "withdrawn", WITHDRAWN)
    found = said.get("withdrawn")
    if type(found) is not list or any(
        type(one) is not dict or type(one.get("number")) is not int for one in found
    ):
        raise Unreadable("withdrawn", "it is not a list of certificates")
    names = ("vault", "seq", "hash", "at", "withdrawn")
    try:
        signed = canonical.write({name: said[name] for name in names})
        sig, at = bytes.fromhex(said["sig"]), int(said["at"])
    except (KeyError, ValueError, TypeError):
        raise Unreadable("withdrawn", "a field of it is missing or out of form") from None
    numbers = frozenset(int(one["number"]) for one in found)
    return Withdrawn(str(said["vault"]), at, numbers, str(said.get("key")), signed, sig)


def _json(text: str | bytes, what: str, form: str) -> dict[str, Any]:
    if len(text) > LONGEST:
        raise Unreadable(what, "it is too long")
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        raise Unreadable(what, "it is no JSON") from None
    if type(said) is not dict or said.get("format") != form:
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


# Held against each other ----------------------------------------------------------------------------------------------


def check(certificate: Certificate, sheet: Sheet, withdrawn: Withdrawn | None = None) -> list[Finding]:
    """Return what does not hold of a certificate; nothing: it is this site's, signed, and not void as far as known."""
    facts = {"number": certificate.number, "site": sheet.fingerprint}
    if certificate.vault != sheet.vault:
        return [Finding.of(None, "certificate_site", None, **facts)]
    signer = sheet.people.get(certificate.key)
    if signer is None:
        return [Finding.of(None, "certificate_key", None, **facts)]
    if not signatures.verify(signer.public_key, "certificate", certificate.signed, certificate.sig):
        return [Finding.of(None, "certificate_signature", None, **facts)]
    why = signer.certified(certificate.on)
    if why is not None:
        return [Finding.of(None, why, None, **facts)]
    if withdrawn is None:
        return []
    by = sheet.people.get(withdrawn.key)
    if (
        withdrawn.vault != sheet.vault
        or by is None
        or not signatures.verify(by.public_key, "head", withdrawn.signed, withdrawn.sig)
    ):
        return [Finding.of(None, "withdrawn_signature", None, **facts)]
    if certificate.number in withdrawn.numbers:
        return [Finding.of(None, "certificate_void", None, **facts)]
    return []
