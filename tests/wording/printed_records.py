# SPDX-License-Identifier: Apache-2.0
"""A house with a paper of every kind, and what stands on one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from qcdesk.bootstrap import GENERAL_TEMPLATE
from qcdesk.config import resource
from qcdesk.exchange.audit_files import read_template
from qcdesk.reports import pages
from tests.cli.shops import Shop
from tests.cli.test_nonconformities import OPEN, rejected
from tests.cli.test_supplier_audits import in_use


@dataclass(frozen=True)
class Records:
    """A house with a paper of every kind: of a released batch, of what was wrong with another one, and of the house."""

    shop: Shop
    papers: dict[str, bytes]


PRINTED = {
    "inspection": ("inspection", "B-2"),
    "found": ("inspection", "B-1"),
    "certificate": ("certificate", "B-2"),
    "analysis": ("analysis", "B-2"),
    "first_article": ("first-article", "B-2"),
    "instruction": ("instruction", "IP-204"),
    "nonconformity": ("nonconformity", "NC-1"),
    "corrective": ("8d", "CA-1"),
    "audit": ("audit", "A-1"),
    "figures": ("scorecard", "ACME"),
}
"""Document -> what the command that prints it is told."""


def made(folder: Path) -> Records:
    """Return a house that has printed a paper of every kind; ``folder`` is its own."""
    shop = Shop(folder).ready()
    rejected(shop)
    shop.good(*OPEN, "--code", "SCR", who="an")
    action = ("supplier", "corrective-action")
    shop.good(*action, "open", "ACME", "--title", "Scratches", "--code", "SCR", who="an")
    promise = ("promise", "CA-1", "New trays", "--due", "2099-01-01", "--test", "accepted")
    shop.good(*action, *promise, who="binh")
    shop.good("nonconformity", "link", "NC-1", "CA-1", who="an")
    returned = ("--disposition", "return", "--why", "back to the maker")
    shop.good("batch", "dispose", "B-1", *returned, who="an", beside=("binh",))
    shop.good("nonconformity", "close", "NC-1", who="binh")
    in_use(shop)
    audited(shop, folder)
    bore = {
        "code": "DIA",
        "name": "Bore",
        "kind": "variable",
        "unit": "mm",
        "lower": "9.95",
        "upper": "10.05",
    }
    shop.procedure(characteristics=[bore], steps=[{"title": "Wipe the face", "text": "With a dry cloth."}])
    gauge = ("instrument", "add", "C-07", "--kind", "caliper", "--until")
    shop.good(*gauge, "2099-01-01", who="an")
    shop.good("instrument", "calibrate", "C-07", "--until", "2099-06-30", who="an", beside=("binh",))
    shop.batch("B-2")
    for who, value in (("an", "10.01"), ("binh", "10.02")):
        started = shop.good("check", "start", "B-2", who=who)
        units = started["sample"]["units"]
        measured = (
            {"unit": unit, "characteristic": "DIA", "value": value, "instrument": "C-07"}
            for unit in range(1, len(units) + 1)
        )
        shop.record(who, started["check"], {"units": units}, *measured)
        shop.good("check", "sign", started["check"], who=who)
    shop.good("batch", "release", "B-2", who="binh")
    printed = {}
    for document, command in PRINTED.items():
        who = "binh" if document in ("inspection", "found", "certificate", "analysis") else ""
        shop.good("report", *command, "-o", str(folder / "paper.pdf"), who=who)
        printed[document] = (folder / "paper.pdf").read_bytes()
    return Records(shop, printed)


def audited(shop: Shop, folder: Path) -> None:
    """One answers every question, another one the sample; both say the same."""
    audit, taken = ("supplier", "audit"), str(folder / "taken.json")
    shop.good(*audit, "open", "ACME", "GENERAL", who="an")
    shop.good(*audit, "take", "A-1", taken, who="an")
    for question in read_template(str(resource(GENERAL_TEMPLATE))).questions:
        said = "7" if question.code == "PRO-5" else "yes"
        shop.good(*audit, "answer", taken, question.code, said, "--note", "seen")
    shop.good(*audit, "bring", taken, who="an")
    shop.good(*audit, "sign", "A-1", who="an")
    for code in shop.good(*audit, "show", "A-1", who="binh")["sample"]:
        shop.good(*audit, "answer", "A-1", code, "7" if code == "PRO-5" else "yes", who="binh")
    shop.good(*audit, "review", "A-1", who="binh")


def words_of(content: bytes) -> str:
    """Return the words of a paper; its codes take longer to read."""
    return "\n".join(pages.text(content))
