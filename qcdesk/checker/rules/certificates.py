# SPDX-License-Identifier: Apache-2.0
"""Rules of certificates: of a released batch alone, numbered without a gap, void with the release (trust.md §6)."""

from __future__ import annotations

from datetime import date

from qcdesk.checker import certificates, signatures
from qcdesk.checker.certificates import Unreadable
from qcdesk.checker.lines import Line
from qcdesk.checker.rules.desk import Desk, Rule
from qcdesk.checker.rules.state import Batch, Certificate

_ABROAD = 2
"""Days between the earliest day anywhere on earth and the workstation's, and one for the clock."""


def certificate_issued(desk: Desk, line: Line) -> None:
    """A releaser certifies what was released; the code says the same, under that person's own signature."""
    body, number = line.body, line.body["certificate"]
    desk.require_signers(line, 1)
    desk.require(number == len(desk.certificates) + 1, line, "rule_certificate_number", number=number)
    batch = desk.batch(line)
    if batch is None:
        return
    if desk.require_state(line, batch, "released", "released_under_concession"):
        desk.require(not batch.holds, line, "rule_held")
    desk.require_role(line, "releaser", desk.family(batch))
    desk.require(not _standing(desk, batch.id), line, "rule_certificate_number", number=number)
    release, digest, record = batch.release
    same = (body["verdict"], body["release"], body["record"], body["quantity"]) == (
        *(batch.state, release, record, batch.released),
    )
    desk.require(same, line, "rule_certificate", number=number)
    try:
        said = certificates.read_bytes(bytes.fromhex(body["code"]) + bytes.fromhex(body["sig"]))
        public = bytes.fromhex(desk.keys.ever.get(line.key) or "")
        good = (
            signatures.verify(public, "certificate", said.signed, said.sig)
            and (said.vault, said.number, said.verdict, said.quantity)
            == (line.vault, number, body["verdict"], body["quantity"])
            and (said.on.isoformat(), said.record, said.event, said.key)
            == (body["on"], body["record"], digest, line.key)
            and (said.batch, said.product, said.revision) == _pinned(batch)
        )
    except (Unreadable, ValueError):
        good = False
    desk.require(good, line, "rule_certificate_code", number=number)
    days = abs((date.fromisoformat(body["on"]) - date.fromisoformat(desk.day(line))).days)
    desk.require(days <= _ABROAD, line, "rule_day")
    if batch.state == "released_under_concession":
        over = max(body["on"], desk.day(line)) > batch.until
        desk.require(not over, line, "rule_concession_over")
    desk.certificates[number] = Certificate(batch.id)


def certificate_printed(desk: Desk, line: Line) -> None:
    """A print is numbered: 0, then copy 1 and so on; nothing void or stopped is printed."""
    found = desk.certificates.get(line.body["certificate"])
    batch = desk.batch(line)
    number = line.body["certificate"]
    desk.require_worker(line)
    if desk.require(found is not None, line, "rule_certificate_number", number=number) and found is not None:
        good = not found.void and batch is not None and batch.id == found.batch
        desk.require(good, line, "rule_certificate_void", number=number)
        desk.require(batch is None or not batch.holds, line, "rule_held")
        results = line.body.get("results", False)
        expected = found.analyses if results else found.printed
        desk.require(line.body["copy"] == expected, line, "rule_certificate_copy", number=number)
        if results:
            found.analyses, found.apart = expected + 1, True
        else:
            found.printed += 1


def certificate_withdrawn(desk: Desk, line: Line) -> None:
    """A certificate is void when its release was taken back."""
    found = desk.certificates.get(line.body["certificate"])
    batch = desk.batch(line)
    good = found is not None and not found.void and batch is not None and batch.id == found.batch
    good = good and batch is not None and batch.state == "withdrawn"
    if (
        desk.require(good, line, "rule_certificate_void", number=line.body["certificate"])
        and found is not None
    ):
        found.void = True


def _pinned(batch: Batch) -> tuple[str, str, str]:
    """Return number, product and revision as the round of the release pinned them."""
    header = batch.round.header if batch.round is not None else {}
    return header.get("number", ""), header.get("product_code", ""), header.get("revision", "")


def _standing(desk: Desk, batch: str) -> bool:
    return any(one.batch == batch and not one.void for one in desk.certificates.values())


RULES: dict[str, Rule] = {
    "certificate.issued": certificate_issued,
    "certificate.printed": certificate_printed,
    "certificate.withdrawn": certificate_withdrawn,
}
