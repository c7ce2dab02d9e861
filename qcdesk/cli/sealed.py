# SPDX-License-Identifier: Apache-2.0
"""``verify FILE.pdf``: a paper that carries its evidence, checked without a workspace; with one, what came since."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from qcdesk import config
from qcdesk.checker import papers
from qcdesk.checker.anchors import CODE, Anchor, read_text
from qcdesk.checker.certificates import LONGEST, PREFIX, SHEET, Sheet, Unreadable, read_sheet
from qcdesk.checker.findings import Finding
from qcdesk.checker.papers import Answer
from qcdesk.cli.call import Call
from qcdesk.cli.certificates import LONGEST_PAPER
from qcdesk.cli.output import Data, table
from qcdesk.cli.terminal import read_file
from qcdesk.domain.inputs import BadInput
from qcdesk.i18n import Catalogue, available, load, mark
from qcdesk.wording import health, states
from qcdesk.wording.spelling import moment, rfc3339

_PLACES = {
    "first": states.MEANINGS["inspected_by"],
    "second": states.MEANINGS["inspected_independently_by"],
    "third": states.MEANINGS["decided_by"],
    "rejected": states.MEANINGS["rejected_after_all_by"],
    "release": states.MEANINGS["released_by"],
    "asked": states.MEANINGS["concession_asked_by"],
    "conceded": states.MEANINGS["concession_approved_by"],
    "certified": mark("Certified by"),
}
_DOCUMENTS = {"inspection": mark("Inspection report"), "certificate": mark("Certificate of conformity")}
_ON_PAPER = {
    "released": mark("Accepted and released"),
    "released_under_concession": mark("RELEASED UNDER CONCESSION"),
    "quarantined": states.OTHER_WORDS["quarantined"],
}
_SHOWN = 24
"""Letters of a name that the pages must show: a longer one may be cut there."""


def verify(call: Call, what: str, given: Sequence[str]) -> int:
    """Say what a paper's file proves, and what it cannot tell; exit status 1 when anything does not hold."""
    words = call.words
    content = read_file(Path(what), LONGEST_PAPER)
    anchors, sheets, wrong = _brought(given)
    answer = papers.check(content, anchors, sheets)
    found = [*wrong, *answer.findings]
    if answer.holds and call.doors.read_paper is not None:
        found += _shown(answer, *call.doors.read_paper(content))
    since, remarks = _since(call, answer) if answer.holds and call.workspace is not None else ([], [])
    problems = [{"record": f.event, "code": f.code, "problem": _sentence(f, words)} for f in (*found, *since)]
    unknown = _unknown(call, answer, bool(sheets), words) if answer.holds else []
    data: Data = {
        "ok": not problems,
        "checked": answer.checked,
        "anchors": answer.anchors,
        "problems": problems,
        **_said(answer),
        "remarks": remarks,
        "unknown": unknown,
    }
    lines = [words.say("THIS DOES NOT HOLD: {problem}", problem=str(p["problem"])) for p in problems]
    if answer.holds:
        lines += _told(answer, words)
        if not found:
            lines += ["", *_proven(answer, words, read=call.doors.read_paper is not None)]
    lines += remarks
    if unknown:
        lines += ["", words.say("What this file cannot tell:"), *(f"- {one}" for one in unknown)]
    return call.answer(data, lines, holds=not problems)


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


def _shown(answer: Answer, codes: Sequence[str], text: str) -> list[Finding]:
    """Return what was signed and the pages do not show."""
    said, flat = answer.said, "".join(text.split())
    of_round = [one for one in answer.signed if one.round == said["round"]]
    wanted = [said["number"], *dict.fromkeys(one.name for one in of_round)]
    found = [
        Finding.of(None, "paper_text", value=value)
        for value in wanted
        if "".join(value.split())[:_SHOWN] not in flat
    ]
    quantity = r"[^\d\w]?".join(str(said["quantity"]))
    if not re.search(rf"(?<!\d){quantity}(?!\d)", " ".join(text.split())) and not re.search(quantity, flat):
        found.append(Finding.of(None, "paper_text", value=said["quantity"]))
    words = _verdicts(said["state"])
    if not any("".join(word.split()) in flat for word in words):
        found.append(Finding.of(None, "paper_text", value=words[0]))
    code = [one for one in codes if one.startswith(PREFIX)]
    if answer.code and code != [answer.code]:
        found.append(Finding.of(None, "paper_code"))
    return found


def _verdicts(state: str) -> list[str]:
    """Return how papers write a state, in each language that there is: which one a paper is in it does not say."""
    folder = config.resource("translations")
    mine = _ON_PAPER.get(state) or states.BATCH_STATES[state]
    return [load(language, folder).say(mine) for language in available(folder)]


def _since(call: Call, answer: Answer) -> tuple[list[Finding], list[str]]:
    """Return what the workspace says against the paper now, and what else came since."""
    said, words = answer.said, call.words
    with call.use.look() as uow:
        if uow.vault != said["vault"]:
            return [Finding.of(None, "paper_workspace")], []
        if uow.head_seq() < said["seq"] or uow.event_hash(said["seq"]) != said["hash"]:
            return [Finding.of(said["seq"], "paper_not_of_log")], []
        batch = uow.batch(said["batch"])
        found = []
        checks = {c.id: c for one in uow.rounds(batch.id) for c in one.checks}
        for one in answer.signed:
            check = checks.get(one.check)
            if check is not None and check.state != "signed":
                found.append(Finding.of(one.event, "paper_retracted", name=one.name))
        if said["state"] in ("released", "released_under_concession") and batch.state == "withdrawn":
            found.append(Finding.of(None, "paper_withdrawn"))
        if said["certificate"] and uow.certificate(said["certificate"]).withdrawn is not None:
            found.append(Finding.of(None, "certificate_void", number=f"{said['certificate']:06d}"))
        if found:
            return found, []
        now = "quarantined" if batch.held else batch.state
        if (now, batch.round_no) == (said["state"], said["round"]):
            return [], [words.say("The workspace says the same of the batch today.")]
        return [], [
            words.say(
                "This paper is of an older state: {then} then, {now} today.",
                then=_state(said["state"], words),
                now=_state(now, words),
            )
        ]


def _state(code: str, words: Catalogue) -> str:
    return words.say(states.BATCH_STATES[code] if code in states.BATCH_STATES else mark("Quarantined"))


def _sentence(found: Finding, words: Catalogue) -> str:
    facts = dict(found.facts)
    if found.code == "paper_state":
        facts = {name: _state(fact, words) for name, fact in facts.items()}
    return health.problem(found.code, facts, words)


def _said(answer: Answer) -> Data:
    """Return what the paper says, where its evidence holds."""
    if not answer.holds:
        return {}
    said = answer.said
    return {
        "fingerprint": answer.site,
        "document": said["document"],
        "batch": said["number"],
        "round": said["round"],
        "state": said["state"],
        "quantity": said["quantity"],
        "certificate": said["certificate"] or None,
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


def _told(answer: Answer, words: Catalogue) -> list[str]:
    said = answer.said
    document = words.say(_DOCUMENTS[said["document"]])
    if said["certificate"]:
        document += f" {said['certificate']:06d}"
    rows = [
        (words.say("Paper"), document),
        (words.say("Batch"), said["number"]),
        (words.say("Quantity"), said["quantity"]),
        (words.say("Verdict"), _state(said["state"], words)),
        (words.say("Printed"), moment(said["at"])),
        (words.say("Site"), answer.site),
    ]
    if said["copy"]:
        rows.insert(1, (words.say("Copy"), said["copy"]))
    signed = [
        (words.say(_PLACES[one.place]), one.name, one.staff, moment(one.at), one.event)
        for one in answer.signed
        if one.round == said["round"]
    ]
    heads = [
        words.say("What"),
        words.say("Who"),
        words.say("Staff no."),
        words.say("When"),
        words.say("Event"),
    ]
    return [*table(["", ""], rows)[1:], "", *table(heads, signed)]


def _proven(answer: Answer, words: Catalogue, *, read: bool) -> list[str]:
    places = {one.place for one in answer.signed if one.round == answer.said["round"]}
    lines = [words.say("Nothing in this file was changed since a workstation of the site printed it.")]
    if {"first", "second"} <= places:
        lines.append(
            words.say("The two checks were signed by two different people, each with a key of their own.")
        )
    lines.append(
        words.say(
            "Every signature was checked, and the rules that hang on this batch alone; those that hang on other batches"
            " are checked where the log is: how strictly it was inspected, its sample's seed, and budgets."
        )
    )
    if read:
        lines.append(words.say("The pages show batch, quantity, verdict and people as they were signed."))
    return lines


def _unknown(call: Call, answer: Answer, sheet: bool, words: Catalogue) -> list[str]:
    """Return what no file can tell by itself, and what would."""
    lines = []
    if not sheet and not answer.anchors:
        lines.append(
            words.say(
                "Whether the whole log was made anew, by other people under these names. Compare {site} with another "
                "paper of the site, or give its people sheet with --anchor.",
                site=answer.site,
            )
        )
    if call.workspace is None:
        lines.append(
            words.say(
                "Whether a check was retracted or the release withdrawn after {time}. Ask the site, or give its "
                "workspace with --workspace.",
                time=moment(answer.said["at"]),
            )
        )
    lines.append(
        words.say(
            "Whether the program that printed it was an honest one. People sign records; the pages are sealed by the "
            "workstation, whose key is worth what the machine is worth."
        )
    )
    lines.append(
        words.say(
            "Who these people are outside the log, and whether the goods at hand are those of the batch."
        )
    )
    return lines
