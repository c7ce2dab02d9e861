# SPDX-License-Identifier: Apache-2.0
"""What a second person opens of the first check, where a test leaves nothing to inspect again (trust.md §8.3)."""

from __future__ import annotations

from typing import Any

from qcdesk.checker.lines import Line
from qcdesk.checker.rules import sharing
from qcdesk.checker.rules.desk import Desk
from qcdesk.checker.rules.state import Check, Mark, Round

Said = tuple[int | None, str, str, int]
"""Unit, code, class and count."""


def to_open(round_: Round) -> dict[str, Said]:
    """Return the standing claims of the signed first check that are to be opened: id -> what it claims."""
    first = round_.standing("first")
    if first is None:
        return {}
    found = dict(first.findings)
    for id_ in first.current.values():
        unit, code, defect_class, inside = first.readings[id_]
        if not inside:
            found[id_] = (unit, code, defect_class, 1)
    return {id_: said for id_, said in found.items() if sharing.mode_of(round_, said[1]) == "review"}


def take_opened(desk: Desk, line: Line, round_: Round, check: Check) -> None:
    """Hold what a save opens against what the first check claims."""
    claims = to_open(round_) if check.place == "second" else {}
    for said in line.body.get("reviewed", ()):
        own = (said["unit"], said["code"], said["defect_class"], said.get("count", 1))
        desk.require(claims.get(said["claim"]) == own, line, "rule_review", code=own[1], unit=own[0])
        agrees = said.get("agrees", True)
        desk.require(agrees or bool(said.get("note")), line, "rule_no_reason")
        check.opened[said["claim"]] = (*own, agrees)


def require_opened(desk: Desk, line: Line, round_: Round, check: Check) -> None:
    """A second check is signed only when all that is to be reviewed was opened."""
    if check.place != "second":
        return
    left = [said for id_, said in to_open(round_).items() if id_ not in check.opened]
    facts: dict[str, Any] = {"code": left[0][1], "unit": left[0][0]} if left else {}
    desk.require(not left, line, "rule_not_reviewed", **facts)


def spoken_of(round_: Round, check: Check) -> set[Mark]:
    """Return the marks in review on which a second check says something: found, measured, or opened.

    What a check that was set aside had only opened says nothing: it is opened again.
    """
    marks: set[Mark] = {(unit, code) for unit, code, _, _ in check.findings.values()}
    marks |= set(check.current)
    if check.state != "aside":
        marks |= {(unit, code) for unit, code, _, _, _ in check.opened.values()}
    return {mark for mark in marks if sharing.mode_of(round_, mark[1]) == "review"}
