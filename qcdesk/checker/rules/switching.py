# SPDX-License-Identifier: Apache-2.0
"""Switching, folded anew from the log: how strictly each class of a supplier and product is inspected next, and why.

Counted here lot by lot from what the lines say; the program's own machine is not asked.
"""

from __future__ import annotations

from typing import Any

from qcdesk.checker.lines import Line
from qcdesk.checker.rules import plans
from qcdesk.checker.rules.comparing import GRAVEST_FIRST
from qcdesk.checker.rules.desk import Desk, Rule
from qcdesk.checker.rules.state import Batch, Round
from qcdesk.checker.rules.suppliers import same

_STRICTER_FIRST = ("tightened", "normal", "reduced")
_SIGNED = {"corrective_action", "approved", "irregular", "decided"}
Standing = dict[str, Any]
"""What stands of a class: ``state`` as the lines spell it, ``since`` which line, by ``by``."""


def _fresh(defect_class: str, severity: str = "normal", because: str = "start", **why: Any) -> dict[str, Any]:  # noqa: ANN401
    reason = {"because": because, "lots": [], "of": 0, "said": "", **why}
    return {"defect_class": defect_class, "severity": severity, "reason": reason, "changed": because != "start",
            "recent": [], "in_a_row": 0, "failed": [], "lots": 0, "score": 0, "due": False}  # fmt: skip


def classes_of(content: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the rules of the classes that switch, the gravest first; none where the procedure does not switch."""
    if content.get("switching") is None:
        return []
    rules = {rule["defect_class"]: rule for rule in content["rules"] if rule["kind"] == "aql"}
    return [rules[name] for name in GRAVEST_FIRST if name in rules]


def _of_batch(
    desk: Desk, batch: Batch, procedure: str, rule: dict[str, Any], switching: dict[str, Any]
) -> Standing:
    key = (batch.supplier or "", _code(desk, batch), procedure, rule["defect_class"])
    return _standing(desk, key, switching)


def _strictest(
    desk: Desk, batch: Batch, procedure: str, rule: dict[str, Any], switching: dict[str, Any]
) -> Standing:
    """Return where a class stands for whoever is the same as the batch's supplier: where the strictest has it."""
    found = _of_batch(desk, batch, procedure, rule, switching)
    for one in same(desk, batch.supplier)[1:]:
        key = (one, _code(desk, batch), procedure, rule["defect_class"])
        if key in desk.severities:
            theirs = _standing(desk, key, switching)
            found = min(found, theirs, key=_rank)  # the first of equals
    return found


def _rank(standing: Standing) -> int:
    return ("discontinued", *_STRICTER_FIRST).index(standing["state"]["severity"])


def _standing(desk: Desk, key: tuple[str, str, str, str], switching: dict[str, Any]) -> Standing:
    name = key[3]
    found = desk.severities.get(key)
    if found is None:
        return {"state": _fresh(name), "since": 0, "by": [], "said": 0}
    if found["state"]["severity"] == "reduced" and switching.get("reduced", "by_two") == "never":
        return {**found, "state": {**_fresh(name, because="not_allowed"), "changed": False}, "by": []}
    return found


def _code(desk: Desk, batch: Batch) -> str:
    return desk.products.get(batch.product, ("",))[0]


def of_plan(desk: Desk, line: Line, batch: Batch) -> tuple[str, dict[str, str]] | None:
    """Note a round that pins another severity than what stands; return that of the plan and of its classes.

    None: the procedure does not switch, and the plan says its own.
    """
    body = line.body
    content = body["procedure"]["content"]
    said, own, severities = body.get("severities", []), [], {}
    for rule in classes_of(content):
        standing = _strictest(desk, batch, body["procedure"]["code"], rule, content["switching"])
        state = standing["state"]
        by = [desk.name(person) for person in standing["by"]]
        own.append({"defect_class": rule["defect_class"], "severity": state["severity"], "reason": state["reason"],
                    "since": standing["since"], "by": by})  # fmt: skip
        severities[rule["defect_class"]] = state["severity"]
        going = state["severity"] != "discontinued"
        desk.require(going, line, "rule_discontinued", defect_class=rule["defect_class"])
    desk.require(said == own, line, "rule_severity")
    repeated = _came_again(desk, line, batch)
    right = (body["severity_reason"] == "repeated") == (repeated and not batch.tightened)
    desk.require(right, line, "rule_repeat_tightens")
    if repeated or batch.tightened:
        return "tightened", {}
    if content.get("switching") is None:
        return None
    tabled = [r["defect_class"] for r in content["rules"] if r.get("aql") is not None]
    each = {severities.get(name, "normal") for name in tabled}
    whole = next((name for name in _STRICTER_FIRST if name in each), "normal")
    return (whole if severities else "normal"), severities


def _came_again(desk: Desk, line: Line, batch: Batch) -> bool:
    """Tell whether a round is tightened for a defect that came again, while its action is not closed."""
    if desk.believes:
        return bool(line.body["severity_reason"] == "repeated")
    switches = line.body["procedure"]["content"].get("switching") is not None
    suppliers, product = same(desk, batch.supplier), _code(desk, batch)
    return any(
        stop["tightens"] == "rounds" or (stop["tightens"] == "class" and not switches)
        for stop in desk.stops.values()
        if stop["supplier"] in suppliers
        and stop["product"] == product
        and not desk.actions.get(stop["action"], {"closed": True})["closed"]
    )


def settled(desk: Desk, line: Line, batch: Batch, round_: Round, outcome: str, left_out: int = 0) -> None:
    """Count the first verdict on a batch as it came, and hold what the line makes of the severities against it."""
    said, first = line.body.get("switched"), not batch.judged
    batch.judged = True
    content = round_.opened.get("procedure", {}).get("content", {})
    rules = classes_of(content) if content else []
    if not rules or not first or batch.reworkers or batch.quantity < plans.SMALLEST:
        desk.require(said is None, line, "rule_switching")
        return
    verdicts = {c["defect_class"]: c for c in (line.body.get("classes") or round_.comparison["classes"])}
    none_rejects = all(c["verdict"] != "rejected" for c in verdicts.values())
    tables = {c["defect_class"]: c for c in round_.opened["plan"]["classes"]}
    own, after = [], {}
    for rule in rules:
        name = rule["defect_class"]
        standing = _of_batch(desk, batch, round_.code, rule, content["switching"])
        verdict = "rejected" if outcome == "rejected" and none_rejects else verdicts[name]["verdict"]
        counted, stage = verdicts[name]["counted"] + left_out, verdicts[name].get("stage", 0)
        new = _after(standing["state"], content["switching"], tables[name], batch, verdict, counted, stage)
        own.append(new)
        after[name] = standing if not new["changed"] else {"since": line.seq, "by": []}
    key = (batch.supplier or "", _code(desk, batch), round_.code)
    expected = {"supplier": batch.supplier, "product": key[1], "procedure": round_.code, "classes": own}
    desk.require(said == expected, line, "rule_switching")
    for new in own:
        kept = after[new["defect_class"]]
        desk.severities[(*key, new["defect_class"])] = {**kept, "state": new, "said": line.seq}


def _after(
    state: dict[str, Any],
    switching: dict[str, Any],
    plan: dict[str, Any],
    batch: Batch,
    verdict: str,
    counted: int,
    stage: int,
) -> dict[str, Any]:
    """Return where a class stands after one more lot."""
    name, now, number = state["defect_class"], state["severity"], batch.number
    good, table = verdict == "accepted", plan.get("table")
    same = type(table) is dict and table.get("severity") == now
    if now == "discontinued" or verdict == "undecided" or (good and not same):
        return {**state, "changed": False}
    iso = switching.get("edition", "iso2859-1:1999") == "iso2859-1:1999"
    recent = [*state["recent"], {"number": number, "accepted": good}][-5:]
    row = state["in_a_row"] + 1 if good else 0
    new = {**state, "changed": False, "recent": recent, "in_a_row": row, "lots": state["lots"] + 1}
    if now == "reduced":
        if not good:
            return _fresh(name, "normal", "not_accepted", lots=[number])
        last = stage in (0, len(plan.get("stages", [])))
        between = last and plan["re"] > plan["ac"] + 1 and counted > plan["ac"]
        return _fresh(name, "normal", "between", lots=[number]) if between else new
    if now == "tightened":
        failed = state["failed"] if good else [*state["failed"], number]
        if row == 5:
            return _fresh(name, "normal", "five_accepted", lots=[lot["number"] for lot in recent], of=5)
        if switching.get("edition") == "mil-std-105e" and new["lots"] == 10:
            return _fresh(name, "discontinued", "ten_on_tightened", lots=[number], of=10)
        if switching.get("edition") != "mil-std-105e" and len(failed) == 5:
            return _fresh(name, "discontinued", "five_not_accepted", lots=failed, of=5)
        return {**new, "failed": failed}
    bad = [place for place, lot in enumerate(recent) if not lot["accepted"]]
    if len(bad) == 2:
        lots = [recent[place]["number"] for place in bad]
        return _fresh(name, "tightened", "two_of_five", lots=lots, of=len(recent) - bad[0])
    points = _points(plan, good, counted, stage) if iso else 0
    new["score"] = state["score"] + points if points else 0
    allowed = switching.get("reduced", "by_two")
    new["due"] = allowed != "never" and (new["score"] >= 30 if iso else row >= 10)
    if new["due"] and allowed == "beforehand":
        because, of = ("score", new["score"]) if iso else ("ten_accepted", row)
        return _fresh(name, "reduced", because, lots=[number], of=of)
    return new


def _points(plan: dict[str, Any], good: bool, counted: int, stage: int) -> int:
    """Return what a lot on normal inspection adds to the switching score; 0: it begins anew."""
    if not good:
        return 0
    samples = len(plan.get("stages", []))
    if samples:
        return 3 if stage <= (1 if samples == 2 else 3) else 0
    if plan["ac"] < 2:
        return 2
    tighter = plans.one_step_tighter(plan["table"])
    return 3 if counted <= tighter else 0


def believe(desk: Desk, line: Line) -> None:
    """Take what another lot's line says of the severities: for a batch that is replayed without the other lots."""
    said = line.body.get("switched")
    if said is None:
        return
    for new in said["classes"]:
        key = (said["supplier"] or "", said["product"], said["procedure"], new["defect_class"])
        before = desk.severities.get(key, {"since": 0, "by": []})
        kept = {"since": line.seq, "by": []} if new["changed"] else before
        desk.severities[key] = {**kept, "state": new, "said": line.seq}


def severity_set(desk: Desk, line: Line) -> None:
    """Two planners set what no lot brings; back from reduced inspection takes one."""
    body = line.body
    name, to = body["defect_class"], body["severity"]
    key = (body["supplier"] or "", body["product"], body["procedure"], name)
    version = next(
        (v for v in desk.versions.get(body["procedure"], {}).values() if v.state == "approved"), None
    )
    switching = version.switching if version is not None else {}
    standing = _standing(desk, key, switching)
    was, due = standing["state"]["severity"], standing["state"]["due"]
    families = {p[2] for p in desk.products.values() if p[0] == body["product"]}
    for signer in line.signers:
        may = desk.holds_role(line, signer, "planner") and all(
            desk.holds_role(line, signer, "planner", family) for family in families
        )
        desk.require(may, line, "rule_role", person=desk.name(signer), role="planner")
    leaves = was == "reduced" and to == "normal"
    if not leaves or len(line.signers) > 1:
        desk.require_signers(line, 2)
    known = body["supplier"] is None or body["supplier"] in desk.suppliers
    desk.require(known, line, "rule_unknown", what="supplier", id=body["supplier"])
    because = {("discontinued", "tightened"): "corrective_action", ("normal", "reduced"): "approved",
               ("reduced", "normal"): "irregular"}.get((was, to), "decided")  # fmt: skip
    moves = was != to and (was != "discontinued" or to == "tightened")
    moves = moves and (to != "reduced" or (due and switching.get("reduced", "by_two") != "never"))
    switches = version is not None and name in version.switched and body["product"] in version.products
    said = body["because"] == because and body["over"] == standing["said"]
    desk.require(moves and said and switches, line, "rule_severity_set")
    new = {**desk.severities.get(key, standing), "said": line.seq}
    if desk.sound(line) or desk.believes:
        state = _fresh(name, to, because, said=body["reason"])
        new = {"state": state, "since": line.seq, "by": list(line.signers), "said": line.seq}
    desk.severities[key] = new


def tightened_again(desk: Desk, line: Line, lots: list[str]) -> None:
    """Hold what a defect that came again makes of its class against the procedure in use, and keep it."""
    body, said = line.body, line.body.get("switched")
    supplier, product, name = body["supplier"], body["product"], body["defect_class"]
    found = next(
        (
            (code, v)
            for code, versions in desk.versions.items()
            for v in versions.values()
            if v.state == "approved" and product in v.products
        ),
        None,
    )
    expected = None
    if found is not None and found[1].switching and name in found[1].switched:
        key = (supplier, product, found[0], name)
        standing = _standing(desk, key, found[1].switching)
        if standing["state"]["severity"] not in ("tightened", "discontinued"):
            state = _fresh(name, "tightened", "repeated", lots=lots)
            expected = {"supplier": supplier, "product": product, "procedure": found[0], "classes": [state]}
            desk.severities[key] = {"since": line.seq, "by": [], "state": state, "said": line.seq}
    desk.require(said == expected, line, "rule_switching")
    tightens = "class" if found is not None and found[1].switching else "rounds"
    desk.require(body.get("tightens", tightens) == tightens, line, "rule_switching")
    desk.marked(line, "tightens", said="tightens" in body)


RULES: dict[str, Rule] = {"severity.set": severity_set}
