# SPDX-License-Identifier: Apache-2.0
"""A paper that was checked from its file alone, in words: who signed what, what is proven, and what it cannot tell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from qcdesk import config
from qcdesk.checker.certificates import PREFIX, Certificate
from qcdesk.checker.findings import Finding
from qcdesk.checker.papers import EITHER, FIGURES, Answer, Signed
from qcdesk.i18n import Catalogue, available, load, mark
from qcdesk.services.checked_papers import Issued, Since
from qcdesk.services.inspection_report import Unsealed
from qcdesk.wording import audits, health, prints, states
from qcdesk.wording.signed_pages import OutOfForm, differing
from qcdesk.wording.spelling import moment, whole

_PLACES: Final = {
    "first": states.MEANINGS["inspected_by"],
    "second": states.MEANINGS["inspected_independently_by"],
    "third": states.MEANINGS["decided_by"],
    "rejected": states.MEANINGS["rejected_after_all_by"],
    "release": states.MEANINGS["released_by"],
    "asked": states.MEANINGS["concession_asked_by"],
    "conceded": states.MEANINGS["concession_approved_by"],
    "certified": mark("Certified by"),
    "opened": mark("Opened by"),
    "reopened": mark("Opened again by"),
    "closed": mark("Closed by"),
    "audited": mark("Audited by"),
    "reviewed": mark("Evidence reviewed by"),
    "settled": mark("Result settled by"),
    "written": mark("Written by"),
    "approved": mark("Approved by"),
}
UNSEALED: Final[dict[Unsealed, str]] = {
    "blind": mark(
        "This print carries no evidence of its own: a check of the batch is not signed or not compared yet. Print it "
        "again afterwards."
    ),
    "station": mark(
        "This print carries no evidence of its own: nobody has signed in at this workstation yet, so the log does not "
        "know it."
    ),
}
"""Why a print carries no evidence, as it says itself."""
DOCUMENTS: Final = {
    "inspection": mark("Inspection report"),
    **dict.fromkeys((EITHER, "conformity"), mark("Certificate of conformity")),
    "analysis": mark("Certificate of analysis"),
    "nonconformity": mark("Nonconformity report"),
    "corrective": mark("8D report"),
    "audit": mark("Supplier audit"),
    "first_article": mark("First-article report"),
    "instruction": mark("Work instruction"),
    "figures": mark("Sheet of figures"),
}
_ON_PAPER: Final = {
    "released": mark("Accepted and released"),
    "released_under_concession": mark("RELEASED UNDER CONCESSION"),
    "quarantined": states.OTHER_WORDS["quarantined"],
}
_STATES: Final[dict[str, str]] = {
    **states.BATCH_STATES,
    **dict(audits.RESULTS.items()),
    **states.PROCEDURE_STATES,
    "open": mark("Open"),
    "closed": mark("Closed"),
    "quarantined": mark("Quarantined"),
}
_TITLED: Final = ("conformity", "analysis")
"""Papers of one number and one verdict, which are told apart by what they call themselves."""
_SHOWN: Final = 24
"""Letters of a name that the pages must show: a longer one may be cut there."""
_NOT_SHOWN: Final = {
    ("corrective", "closed"),
    *(("first_article", place) for place in ("certified", "asked", "conceded")),
}
"""Signatures that the pages of a document tell by their day alone."""


def shown(answer: Answer, codes: Sequence[str], text: str) -> list[Finding]:
    """Return what was signed and the pages do not show."""
    said, flat = answer.said, "".join(text.split())
    wanted = [
        said["number"],
        *dict.fromkeys(one.name for one in _of_paper(answer) if _is_shown(answer, one.place)),
    ]
    lost = [value for value in wanted if "".join(value.split())[:_SHOWN] not in flat]
    try:
        runs = differing(answer, text)
    except OutOfForm:
        return [Finding.of(None, "paper_evidence")]
    lost = [value for value in lost if not any(value in run for run in runs)]
    found = [Finding.of(None, "paper_text", value=value) for value in (*lost, *runs)]
    if "batch" not in said or said["document"] == "first_article":
        return found
    quantity = r"[^\d\w]?".join(str(said["quantity"]))
    if not re.search(rf"(?<!\d){quantity}(?!\d)", " ".join(text.split())) and not re.search(quantity, flat):
        found.append(Finding.of(None, "paper_text", value=said["quantity"]))
    words = _verdicts(said["state"])
    titles = _in_each_language(DOCUMENTS[said["document"]])
    if said["document"] in _TITLED and not _is_headed(flat, titles, words):
        found.append(Finding.of(None, "paper_text", value=titles[0]))
    told = any("".join(word.split()) in flat for word in words)
    if not told and not any(word in run for run in runs for word in words):
        found.append(Finding.of(None, "paper_text", value=words[0]))
    code = [one for one in codes if one.startswith(PREFIX)]
    if answer.code and code != [answer.code]:
        found.append(Finding.of(None, "paper_code"))
    return found


def _is_shown(answer: Answer, place: str) -> bool:
    """Tell whether pages name whoever signed in a place: not who approved what is retired, or asked in vain."""
    said = answer.said
    retired = said["document"] == "instruction" and said["state"] == "retired" and place == "approved"
    asked = place in ("asked", "conceded") and said["state"] != "released_under_concession"
    return (said["document"], place) not in _NOT_SHOWN and not retired and not asked


def _of_paper(answer: Answer) -> list[Signed]:
    return [one for one in answer.signed if one.round == answer.said.get("round", 0)]


def _is_headed(flat: str, titles: Sequence[str], verdicts: Sequence[str]) -> bool:
    """Tell whether pages have one of these titles above the verdict: further down it may stand in somebody's words."""
    begins = [at for at in (flat.find("".join(word.split())) for word in verdicts) if at >= 0]
    head = flat[: min(begins, default=len(flat))]
    return any("".join(title.split()) in head for title in titles)


def _verdicts(state_: str) -> list[str]:
    return _in_each_language(_ON_PAPER.get(state_) or states.BATCH_STATES[state_])


def _in_each_language(mine: str) -> list[str]:
    """Return how papers write something, in each language that there is: which one a paper is in it does not say."""
    folder = config.resource("translations")
    return [load(language, folder).say(mine) for language in available(folder)]


def state(code: str, words: Catalogue) -> str:
    """Return the state of what a paper is about."""
    return words.say(_STATES[code]) if code in _STATES else words.say("not there")


ISSUED: Final[dict[Issued, tuple[str, str]]] = {
    "elsewhere": (
        mark("The code can be read, and is of another site"),
        mark("Who signed it is told by that site's people sheet, or by the file of the certificate."),
    ),
    "never": (
        mark("This site has issued no such certificate"),
        mark("Do not rely on it: the code names this site, and its log does not hold it."),
    ),
    "void": (
        mark("This certificate is void"),
        mark("Its release was taken back. Do not use the goods on its word."),
    ),
    "stands": (mark("This site has issued it, and it stands"), mark("The code is the one in the log.")),
}
"""What a workspace says of the code of a certificate, in a line and in a sentence."""
UNLISTED: Final = "certificate_unlisted"
"""Where nothing speaks against a code and the site's list is not there: what is not known, and nothing that is wrong."""
BY_CODE_ALONE: Final = mark("Whether this holds cannot be told from the code alone.")


def not_proven(stands: Issued, words: Catalogue) -> str:
    """Return why a code is not relied on of which a workspace says this, or which stands there without one."""
    _, line = ISSUED[stands]
    if stands == "elsewhere":
        return words.say("{fact} {way}", fact=words.say(BY_CODE_ALONE), way=words.say(line))
    return words.say(line)


def signed_by(name: str, words: Catalogue, *, listed: bool) -> str:
    """Return that a code holds against a people sheet, and the site's list where one was given."""
    if listed:
        return words.say("The code is signed by {name}, and the site's list holds it.", name=name)
    return words.say("The signature of {name} in the code holds: nothing in it was changed.", name=name)


def ask_for_list(words: Catalogue) -> str:
    """Return how to learn what no code and no people sheet tell."""
    return words.say(
        "Ask the site for its list, made after this day by somebody else than who signed: "
        "qcdesk certificate withdrawn-list."
    )


def code_says(said: Certificate, words: Catalogue) -> list[tuple[str, str]]:
    """Return what the code of a certificate says, each with its label."""
    return [
        (words.say("Paper"), words.say(DOCUMENTS["certificate"])),
        (words.say("Number"), f"{said.number:06d}"),
        (words.say("Batch"), said.batch),
        (words.say("Product"), " ".join(filter(None, (said.product, said.revision)))),
        (words.say("Quantity"), whole(said.quantity, words)),
        (words.say("Verdict"), state(said.verdict, words)),
        (words.say("Day"), said.on.isoformat()),
    ]


def compare(words: Catalogue) -> str:
    """Return what no code tells."""
    return words.say("Compare what stands here with the paper and with the goods.")


def sentence(found: Finding, words: Catalogue) -> str:
    """Return what does not hold, in a sentence or two."""
    facts = dict(found.facts)
    if found.code == "paper_state":
        facts = {name: state(fact, words) for name, fact in facts.items()}
    return health.problem(found.code, facts, words)


def remarks(came: Since, words: Catalogue) -> list[str]:
    """Return what a workspace says of the paper today, where nothing speaks against it, and of its very file."""
    said = []
    if not came.found and came.then is not None and came.now is not None:
        older = words.say(
            "This paper is of an older state: {then} then, {now} today.",
            then=state(came.then, words),
            now=state(came.now, words),
        )
        said.append(words.say("The workspace says the same of it today.") if came.same else older)
    if came.left is not None:
        said.append(
            words.say(
                "This file is byte for byte the one that is in the print log: {paper}, event {event}.",
                paper=prints.paper(came.left, words),
                event=came.left.seq,
            )
        )
    elif came.looked:
        said.append(
            words.say(
                "The print log has no file of these very bytes: it left before prints were logged, or was written anew "
                "since."
            )
        )
    return said


def said_of(answer: Answer, words: Catalogue) -> list[tuple[str, object]]:
    """Return what the paper says that it is, each with its label."""
    said = answer.said
    document = words.say(DOCUMENTS[said["document"]])
    if said.get("certificate"):
        document += f" {said['certificate']:06d}"
    rows: list[tuple[str, object]] = [(words.say("Paper"), document)]
    if said["copy"]:
        rows.append((words.say("Copy"), said["copy"]))
    if "batch" in said:
        rows += [(words.say("Batch"), said["number"]), (words.say("Quantity"), said["quantity"])]
    else:
        rows.append((words.say("About"), said["number"]))
    if said["state"]:
        named = words.say("Verdict") if "batch" in said else words.say("State")
        rows.append((named, state(said["state"], words)))
    return [*rows, (words.say("Printed"), moment(said["at"])), (words.say("Site"), answer.site)]


def signatures(answer: Answer, words: Catalogue) -> list[tuple[str, str, str, str, int]]:
    """Return who signed what the paper is about: as what, name, staff number, when, and in which event."""
    return [
        (words.say(_PLACES[one.place]), one.name, one.staff, moment(one.at), one.event)
        for one in _of_paper(answer)
    ]


def proven(answer: Answer, words: Catalogue, *, read: bool) -> list[str]:
    """Return what the file proves. ``read``: its pages were held against what was signed."""
    lines = [words.say("Nothing in this file was changed since a workstation of the site printed it.")]
    if answer.said["document"] == FIGURES:
        lines.append(
            words.say(
                "These are figures, counted by the program from the log: no person has signed them, and nothing in this "
                "file shows that they were counted right. The same figures are in it for a program to read."
            )
        )
        return lines
    lines += two_people(answer, words)
    if "batch" in answer.said:
        lines.append(
            words.say(
                "Every signature was checked, and the rules that hang on this batch alone; those that hang on other "
                "batches are checked where the log is: how strictly it was inspected, its sample's seed, and budgets."
            )
        )
        if read:
            lines.append(
                words.say(
                    "The pages show what was signed, word for word: goods, limits, figures, what was found, decisions, "
                    "people and times. Charts, pictures, numbers of other records, remarks on a key or a clock and what "
                    "follows from other lots are the workstation's word alone."
                )
            )
        return lines
    lines.append(
        words.say(
            "Every signature was checked, and the rules that hang on this record alone; what hangs on other records is "
            "checked where the log is."
        )
    )
    if answer.said["document"] == "corrective":
        lines.append(words.say("Whether its promises were kept follows from lots that are not in this file."))
    if read:
        lines.append(
            words.say(
                "The pages show what was signed, word for word: people, days, quantities, codes, answers and decisions. "
                "Names of suppliers, numbers of other records, how promises stand, pictures and what follows from other "
                "lots are the workstation's word alone."
            )
        )
    return lines


def two_people(answer: Answer, words: Catalogue) -> list[str]:
    """Return who of those that signed were two different people."""
    who: dict[str, set[str]] = {}
    for one in _of_paper(answer):
        who.setdefault(one.place, set()).add(one.person)
    lines = []
    if {"first", "second"} <= who.keys():
        lines.append(
            words.say("The two checks were signed by two different people, each with a key of their own.")
        )
    if {"audited", "reviewed"} <= who.keys():
        lines.append(
            words.say(
                "One person audited and another one reviewed the evidence, each with a key of their own."
            )
        )
    if "approved" in who and not who["written"] & who["approved"]:
        lines.append(
            words.say("It was written by one person and approved by another, each with a key of their own.")
        )
    if "opened" in who and "closed" in who and not who["opened"] & who["closed"]:
        lines.append(
            words.say("It was opened by one person and closed by another, each with a key of their own.")
        )
    return lines


def unknown(
    answer: Answer, words: Catalogue, *, sheet: bool, workspace: bool, window: bool = False
) -> list[str]:
    """Return what no file can tell by itself, and what would. ``window``: nobody can give options there."""
    lines = _unknown_here(answer, words) if window and not workspace else []
    if not window:
        lines = _unknown_there(answer, words, known=sheet or bool(answer.anchors), workspace=workspace)
    lines.append(
        words.say(
            "Whether the program that printed it was an honest one. People sign records; the pages are sealed by the "
            "workstation, whose key is worth what the machine is worth."
        )
    )
    if "batch" in answer.said:
        lines.append(
            words.say(
                "Who these people are outside the log, and whether the goods at hand are those of the batch."
            )
        )
    elif answer.signed:
        lines.append(words.say("Who these people are outside the log."))
    return lines


def _unknown_here(answer: Answer, words: Catalogue) -> list[str]:
    return [
        words.say(
            "Whether the whole log was made anew, by other people under these names. Compare {site} with another "
            "paper of the site.",
            site=answer.site,
        ),
        words.say("What came after {time}. Ask the site.", time=moment(answer.said["at"])),
    ]


def _unknown_there(answer: Answer, words: Catalogue, *, known: bool, workspace: bool) -> list[str]:
    lines = []
    if not known:
        lines.append(
            words.say(
                "Whether the whole log was made anew, by other people under these names. Compare {site} with another "
                "paper of the site, or give its people sheet with --anchor.",
                site=answer.site,
            )
        )
    time = moment(answer.said["at"])
    if not workspace and "batch" in answer.said:
        lines.append(
            words.say(
                "Whether a check was retracted or the release withdrawn after {time}. Ask the site, or give its "
                "workspace with --workspace.",
                time=time,
            )
        )
    elif not workspace:
        lines.append(
            words.say(
                "What came after {time}. Ask the site, or give its workspace with --workspace.", time=time
            )
        )
    return lines
