# SPDX-License-Identifier: Apache-2.0
"""Rules of papers that left: each is told with which copy it was, and no two have one number."""

from __future__ import annotations

from qcdesk.checker.lines import Line
from qcdesk.checker.rules.desk import Desk, Rule

CERTIFICATES = ("certificate", "analysis")
"""Two forms of one paper under one number, whose prints are counted before they are made; at first both together."""


def paper_left(desk: Desk, line: Line) -> None:
    """Copies of a paper are counted from 0 without a gap; of a certificate, each print that was counted leaves once."""
    body = line.body
    document, subject, copy = body["document"], body["subject_id"], body["copy"]
    if body["of_batch"] is not None and desk.batches.get(body["of_batch"]) is None:
        desk.find(line, "rule_unknown", what="batch", id=body["of_batch"])
    if document in CERTIFICATES:
        found = desk.certificates.get(int(subject)) if subject.isdecimal() else None
        apart = document == "analysis" and found is not None and found.apart
        paper = f"{'analysis' if apart else 'certificate'} {copy} {subject}"
        counted = 0 if found is None else found.analyses if apart else found.printed
        good = copy < counted and paper not in desk.prints
        if found is not None and document == "analysis" and not apart:
            found.analyses = max(found.analyses, copy + 1)
    else:
        paper = f"{document} {body['state']} {subject}"
        good = copy == desk.prints.get(paper, 0)
    desk.require(good, line, "rule_print_copy", name=body["name"])
    desk.prints[paper] = copy + 1


RULES: dict[str, Rule] = {"paper.printed": paper_left, "paper.noted": paper_left}
