# SPDX-License-Identifier: Apache-2.0
"""Rules of concessions: asked by one, approved by two others within a budget, never for a critical (trust.md §8.3)."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from fractions import Fraction

from qcdesk.checker.lines import Line
from qcdesk.checker.rules.batches import count, round_record, undone
from qcdesk.checker.rules.corrective import require_released_free
from qcdesk.checker.rules.desk import Desk, Rule
from qcdesk.checker.rules.state import Batch
from qcdesk.checker.rules.suppliers import require_free, same

_DAY = 86_400_000_000
_FIRST_DAY = date(1970, 1, 1)


def concession_requested(desk: Desk, line: Line) -> None:
    """Somebody asks that a rejected batch be used as it is: at most all of it, once at a time, never with a critical."""
    found = desk.round(line)
    desk.require_signers(line, 1)
    desk.require_worker(line)
    if found is None:
        return
    batch, round_ = found
    body = line.body
    desk.fresh(line, body["concession"])
    desk.require_state(line, batch, "rejected")
    desk.require(not batch.rework_ordered, line, "rule_no_rework")
    most = batch.quantity - batch.split_off
    desk.require(body["quantity"] <= most, line, "rule_quantity", quantity=body["quantity"])
    desk.require(not batch.critical_claimed and not batch.critical, line, "rule_critical")
    desk.require(not batch.asked or batch.asked["round"] != round_.id, line, "rule_concession_asked")
    batch.asked = {
        "concession": body["concession"],
        "round": round_.id,
        "by": line.by,
        "quantity": body["quantity"],
        "until": body["until"],
        "consent": body.get("consent"),
    }
    _take_part(batch, line.by or "")


def concession_approved(desk: Desk, line: Line) -> None:
    """Two who did not ask release the batch; one of them from outside, or the customer's consent for that one."""
    found = desk.round(line)
    desk.require_signers(line, 2)
    if found is None:
        return
    batch, round_ = found
    body, asked, family = line.body, batch.asked, desk.family(batch)
    if desk.require_state(line, batch, "rejected"):
        desk.require(not batch.holds, line, "rule_held")
    desk.require(not batch.rework_ordered, line, "rule_no_rework")
    same = bool(asked) and (asked["concession"], asked["round"], asked["quantity"]) == (
        *(body["concession"], round_.id, body["quantity"]),
    )
    desk.require(same, line, "rule_concession_asked")
    rest = batch.quantity - batch.split_off
    desk.require(body["quantity"] <= rest, line, "rule_quantity", quantity=body["quantity"])
    inside = {*batch.made_by, *(round_.signed.get(place, "") for place in ("first", "second"))}
    for signer in line.signers:
        may = desk.holds_role(line, signer, "concession", family)
        desk.require(may, line, "rule_role", person=desk.name(signer), role="concession")
        desk.require(signer != asked.get("by"), line, "rule_asked_concession", person=desk.name(signer))
    if inside >= set(line.signers):
        others = any(
            p not in inside
            and p != asked.get("by")
            and desk.holds_role(line, p, "concession", family, surely=True)
            for p in desk.people
        )
        desk.require(asked.get("consent") is not None and not others, line, "rule_concession_outsider")
    desk.require(not batch.critical_claimed and not batch.critical, line, "rule_critical")
    desk.require(asked.get("until", "") >= desk.day(line), line, "rule_concession_over")
    for check in round_.checks.values():
        desk.require(not desk.in_doubt(check), line, "rule_in_doubt", person=desk.name(check.person))
    first, second = round_.standing("first"), round_.standing("second")
    two = first is not None and second is not None and first.person != second.person and not undone(round_)
    desk.require(two, line, "rule_two_checks")
    over = [c.hash for c in (first, second) if c is not None]
    over += [c.hash for c in round_.checks.values() if c.place == "third" and c.state == "signed" and c.hash]
    over += [h for h in (round_.compared, round_.decided) if h]
    desk.require(set(body["over"]) == set(over), line, "rule_over")
    desk.require(body["record"] == round_record(batch, round_), line, "rule_record")
    require_free(desk, line, batch.supplier)
    require_released_free(desk, line, batch)
    desk.says_arrived, desk.says_judged = desk.marked(line, "arrived"), desk.marked(line, "judged")
    _require_within_budget(desk, line, batch, body["quantity"])
    batch.decided.append(line.seq)
    if batch.state == "rejected":
        batch.state, batch.released = "released_under_concession", body["quantity"]
        batch.release = (line.seq, line.hash, body["record"])
        batch.released_at, batch.until = line.at, asked.get("until", "")
    batch.asked = {}
    for signer in line.signers:
        _take_part(batch, signer)
    if batch.supplier is not None:
        count(desk.conceded, batch.supplier, line.at, body["quantity"])
    batch.clear()


def concession_refused(desk: Desk, line: Line) -> None:
    """One who may approve refuses, or who asked thinks better of it; the batch stays rejected."""
    batch = desk.batch(line)
    desk.require_signers(line, 1)
    if batch is None:
        return
    asked = batch.asked
    desk.require(
        asked.get("concession") == line.body["concession"] and asked.get("round") == line.body["round"],
        line,
        "rule_concession_asked",
    )
    if line.by != asked.get("by"):
        desk.require_role(line, "concession", desk.family(batch))
    desk.require_worker(line)
    batch.asked = {}


def concession_budget(desk: Desk, line: Line) -> None:
    """Two planners say how much of a supplier's goods may be conceded: percent of what was received in some months."""
    body = line.body
    desk.require_signers(line, 2)
    for signer in line.signers:
        may = desk.holds_role(line, signer, "planner")
        desk.require(may, line, "rule_role", person=desk.name(signer), role="planner")
    desk.require(
        body["supplier"] in desk.suppliers, line, "rule_unknown", what="supplier", id=body["supplier"]
    )
    percent, months = Fraction(body["percent"]), body["months"]
    good = 0 <= percent <= 100 and (percent * 100).denominator == 1 and months <= 120
    if desk.require(good, line, "rule_figures"):
        desk.budgets[body["supplier"]] = [int(percent * 100), months]


def _take_part(batch: Batch, person: str) -> None:
    if person not in batch.conceders:
        batch.conceders.append(person)


def _require_within_budget(desk: Desk, line: Line, batch: Batch, asked: int) -> None:
    """Note what goes beyond the budget, whichever of two days the workstation had."""
    suppliers = same(desk, batch.supplier)
    for budget in (desk.budgets[one] for one in suppliers if one in desk.budgets):
        share, months = budget
        first, last = (_begins(line.at // _DAY + shift, months) for shift in (-1, 1))
        received = _since(desk.judged_units if desk.says_judged else desk.received, suppliers, first)
        if desk.says_arrived and not desk.says_judged:
            received -= _not_arrived(desk, suppliers, first)
        conceded = _since(desk.conceded, suppliers, last)
        within = (conceded + asked) * 10_000 <= share * received
        desk.require(within, line, "rule_concession_budget", quantity=asked)


def _not_arrived(desk: Desk, suppliers: tuple[str, ...], first: int) -> int:
    """Add up what was registered of suppliers from a day on and may yet be called off as a mistake."""
    units = 0
    for one in suppliers:
        for id_ in desk.coming_in.get(one, ()):
            batch = desk.batches.get(id_)
            if batch is not None and batch.state == "registered" and batch.registered_at // _DAY >= first:
                units += batch.quantity
    return units


def _since(units: dict[str, dict[str, int]], suppliers: tuple[str, ...], first: int) -> int:
    """Add up the units of suppliers that are the same, from a day on."""
    return sum(n for one in suppliers for day, n in units.get(one, {}).items() if int(day) >= first)


def _begins(day: int, months: int) -> int:
    on = _FIRST_DAY + timedelta(days=day)
    year, month = divmod(on.year * 12 + on.month - 1 - months, 12)
    begun = date(year, month + 1, min(on.day, monthrange(year, month + 1)[1]))
    return (begun - _FIRST_DAY).days


RULES: dict[str, Rule] = {
    "concession.requested": concession_requested,
    "concession.approved": concession_approved,
    "concession.refused": concession_refused,
    "concession.budget": concession_budget,
}
