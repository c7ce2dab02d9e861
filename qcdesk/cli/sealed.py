# SPDX-License-Identifier: Apache-2.0
"""``verify FILE.pdf``: a paper that carries its evidence, checked without a workspace; with one, what came since."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from qcdesk.checker import certificates as offline
from qcdesk.checker import papers
from qcdesk.checker.anchors import CODE, Anchor, read_text
from qcdesk.checker.certificates import (
    LONGEST,
    PREFIX,
    SHEET,
    Sheet,
    Unreadable,
    Withdrawn,
    read_sheet,
    read_withdrawn,
)
from qcdesk.checker.company_seals import CHANGED
from qcdesk.checker.findings import Finding
from qcdesk.checker.papers import Answer
from qcdesk.cli.call import Call
from qcdesk.cli.certificates import LONGEST_PAPER
from qcdesk.cli.leaving import company_data
from qcdesk.cli.output import Data, table
from qcdesk.cli.terminal import read_file
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import NotYet
from qcdesk.i18n import Catalogue
from qcdesk.services.checked_papers import Issued, Since, issued, since
from qcdesk.wording import checked_papers as wording
from qcdesk.wording.leaving import signed_lines
from qcdesk.wording.spelling import rfc3339

BARE = "paper_bare"
_DOCUMENTS = {"conformity": "certificate"}
"""What answers have called it since before its evidence told it from one of analysis."""
ENDINGS = (".pdf", ".png", ".jpg", ".jpeg")
"""Of the files that are papers; whatever else is named is a workspace."""


def verify(call: Call, what: str, given: Sequence[str]) -> int:
    """Say what a paper's file proves, and what it cannot tell; exit status 1 when anything does not hold."""
    words = call.words
    content = read_file(Path(what), LONGEST_PAPER)
    if not content.startswith(b"%PDF"):
        return verify_code(call, _code_on(call, content, what), given)
    answer = papers.check(content)
    if [one.code for one in answer.findings] == [BARE] and (code := _scanned_to_pdf(call, content)):
        return verify_code(call, code, given, beside=answer.findings)
    anchors, sheets, wrong = _brought(given)
    answer = papers.check(content, anchors, sheets)
    found = [*wrong, *answer.findings]
    if answer.holds and call.doors.read_paper is not None:
        found += wording.shown(answer, *call.doors.read_paper(content))
    company = call.doors.read_company(content) if call.doors.read_company is not None else None
    if company is not None and company.found == "changed":
        found.append(Finding.of(None, CHANGED))
    came = Since(())
    if answer.holds and call.workspace is not None:
        with call.use.look() as uow:
            came = since(uow, answer, sha256(content).hexdigest())
    remarks = wording.remarks(came, words)
    problems = [
        {"record": f.event, "code": f.code, "problem": wording.sentence(f, words)}
        for f in (*found, *came.found)
    ]
    home = call.workspace is not None
    unknown = wording.unknown(answer, words, sheet=bool(sheets), workspace=home) if answer.holds else []
    data: Data = {
        "ok": not problems,
        "checked": answer.checked,
        "anchors": answer.anchors,
        "problems": problems,
        **_said(answer),
        "company": None if company is None else company_data(company),
        "remarks": remarks,
        "print": None if came.left is None else came.left.seq,
        "unknown": unknown,
    }
    lines = [words.say("THIS DOES NOT HOLD: {problem}", problem=str(p["problem"])) for p in problems]
    if answer.holds:
        lines += _told(answer, words)
        if not found:
            lines += ["", *wording.proven(answer, words, read=call.doors.read_paper is not None)]
    if company is not None:
        lines += ["", *signed_lines(company, words)]
    lines += remarks
    if unknown:
        lines += ["", words.say("What this file cannot tell:"), *(f"- {one}" for one in unknown)]
    return call.answer(data, lines, holds=not problems)


def verify_code(call: Call, text: str, given: Sequence[str], beside: Sequence[Finding] = ()) -> int:
    """Say what the code of a certificate says, and whether this workspace, or what was given of its site, stands for it.

    It proves nothing where neither is there, and with the people sheet alone no more than who signed: whoever may release
    can make up a code, so without the site's list the exit status is 1.

    Args: beside: what has to be said of the file that the code stands on.
    """
    words = call.words
    try:
        said = offline.read(text)
    except Unreadable as bad:
        raise BadInput("certificate_code", facts={"file": text[:40]}, where={"field": "code"}) from bad
    stands: Issued = "elsewhere"
    if call.workspace is not None:
        with call.use.look() as uow:
            stands = issued(uow, said)
    headline, line = wording.ISSUED[stands]
    if call.workspace is None:
        headline = ""
    found, signed, unlisted = list[Finding](), "", False
    sheet, listed = _of_site(given)
    if stands == "elsewhere" and sheet is not None:
        found = offline.check(said, sheet, listed)
        unlisted = [one.code for one in found] == [wording.UNLISTED]
        if unlisted or not found:
            signed = wording.signed_by(sheet.people[said.key].name, words, listed=not unlisted)
    proves = stands == "stands" or (bool(signed) and not unlisted)
    problems: list[Data] = [
        {"record": f.event, "code": f.code, "problem": wording.sentence(f, words)} for f in found
    ]
    if not proves and not found:
        why = wording.not_proven(stands, words)
        problems.append({"record": None, "code": f"certificate_{stands}", "problem": why})
    data: Data = {
        "ok": proves,
        "document": "certificate",
        "certificate": said.number,
        "batch": said.batch,
        "product": said.product,
        "revision": said.revision,
        "quantity": said.quantity,
        "verdict": said.verdict,
        "on": said.on.isoformat(),
        "issued": stands if call.workspace is not None else None,
        "fingerprint": None if sheet is None else sheet.fingerprint,
        "checked": 1,
        "problems": problems,
        "remarks": [wording.sentence(f, words) for f in beside],
    }
    if unlisted:
        told = [signed, *(str(one["problem"]) for one in problems), wording.ask_for_list(words)]
        lines = [words.say(wording.BY_CODE_ALONE), *told]
    elif found:
        lines = [words.say("THIS DOES NOT HOLD: {problem}", problem=str(one["problem"])) for one in problems]
    elif signed:
        lines = [signed]
    elif stands == "elsewhere":
        lines = [*([words.say(headline)] if headline else []), wording.not_proven(stands, words)]
        lines.append(
            words.say("The site writes its people sheet with qcdesk people-sheet; give it with --anchor.")
        )
    else:
        lines = [words.say(headline), words.say(line)]
    lines += [wording.sentence(f, words) for f in beside]
    lines += ["", *table(["", ""], wording.code_says(said, words))[1:], ""]
    return call.answer(data, [*lines, wording.compare(words)], holds=proves)


def _scanned_to_pdf(call: Call, content: bytes) -> str:
    """Return the code of a certificate on a PDF whose pages are pictures alone; empty: it is no such scan."""
    if call.doors.read_paper is None:
        return ""
    codes, text = call.doors.read_paper(content)
    return "" if text.strip() else next((one for one in codes if one.startswith(PREFIX)), "")


def _code_on(call: Call, content: bytes, what: str) -> str:
    """Return the code of a certificate on a picture. Raises: BadInput: there is none on it."""
    if call.doors.read_paper is None:
        raise NotYet("read-paper")
    codes, _ = call.doors.read_paper(content)
    found = next((one for one in codes if one.startswith(PREFIX)), "")
    if not found:
        kind = "code_of_log" if any(one.startswith(CODE) for one in codes) else "certificate_code"
        raise BadInput(kind, facts={"file": what}, where={"file": what})
    return found


def _of_site(given: Sequence[str]) -> tuple[Sheet | None, Withdrawn | None]:
    """Read what was given of the site that a code names: its people sheet, and its list of certificates."""
    sheet, listed = None, None
    for one in given:
        text = read_file(Path(one), LONGEST)
        try:
            if SHEET.encode() in text[:200]:
                sheet = read_sheet(text)
            else:
                listed = read_withdrawn(text)
        except Unreadable as bad:
            raise BadInput(f"certificate_{bad.what}", facts={"file": one}, where={"file": one}) from bad
    return sheet, listed


def _brought(given: Sequence[str]) -> tuple[list[Anchor], list[Sheet], list[Finding]]:
    """Read what came another way: heads, and people sheets."""
    anchors, sheets, wrong = list[Anchor](), list[Sheet](), list[Finding]()
    for one in given:
        path = Path(one)
        text = one.encode() if one.startswith(CODE) else read_file(path, LONGEST)
        if SHEET.encode() in text[:200]:
            try:
                sheets.append(read_sheet(text))
            except Unreadable as bad:
                raise BadInput("certificate_sheet", facts={"file": one}, where={"file": one}) from bad
            continue
        anchor = read_text(path.name, text)
        if isinstance(anchor, Anchor):
            anchors.append(anchor)
        else:
            wrong.append(anchor)
    return anchors, sheets, wrong


def _said(answer: Answer) -> Data:
    """Return what the paper says, where its evidence holds."""
    if not answer.holds:
        return {}
    said = answer.said
    return {
        "fingerprint": answer.site,
        "document": _DOCUMENTS.get(said["document"], said["document"]),
        **_about(answer),
        "state": said["state"],
        "copy": said["copy"],
        "printed_at": rfc3339(said["at"]),
        "head": {"event": said["seq"], "hash": said["hash"]},
        "signatures": [
            {
                "place": one.place,
                "round": one.round,
                "name": one.name,
                "staff": one.staff,
                "at": rfc3339(one.at),
                "event": one.event,
            }
            for one in answer.signed
        ],
    }


def _about(answer: Answer) -> Data:
    said = answer.said
    if "batch" not in said:
        return {"about": said["number"], "records": len(said["records"])}
    return {
        "batch": said["number"],
        "round": said["round"],
        "quantity": said["quantity"],
        "certificate": said["certificate"] or None,
    }


def _told(answer: Answer, words: Catalogue) -> list[str]:
    lines = table(["", ""], wording.said_of(answer, words))[1:]
    signed = wording.signatures(answer, words)
    if not signed:
        return lines
    heads = [
        words.say("What"),
        words.say("Who"),
        words.say("Staff no."),
        words.say("When"),
        words.say("Event"),
    ]
    return [*lines, "", *table(heads, signed)]
