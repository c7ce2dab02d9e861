# SPDX-License-Identifier: Apache-2.0
"""Corrective actions, folded anew from the log: whether promises were kept, what came again, what holds goods back.

Counted here unit by unit from what the lines say; the program's own counting is not asked. Where only one batch's lines
are replayed, the other lots are not there to count: what the lines say of actions is believed then.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any

from qcdesk.checker.lines import Line
from qcdesk.checker.rules.desk import Desk, Rule, day_on_earth
from qcdesk.checker.rules.state import Batch, Check, Marks, Round
from qcdesk.checker.rules.suppliers import same
from qcdesk.checker.rules.switching import believe, tightened_again

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
Action = dict[str, Any]


def settled(
    desk: Desk, line: Line, batch: Batch, round_: Round, outcome: str, marks: Marks, *checks: Check | None
) -> None:
    """Count the first verdict on a lot for the promises of its supplier, and say what must follow at once."""
    desk.repeats_due = []
    if batch.counted or desk.believes:
        batch.counted = True
        return
    batch.counted = True
    product = desk.products.get(batch.product, ("",))[0]
    suppliers = same(desk, batch.supplier)
    for id_, action in desk.actions.items():
        if action["supplier"] not in suppliers or action["product"] not in ("", product):
            continue
        lot = _lot(line, batch, product, round_, outcome, marks, *checks)
        broke = False
        for promise in action["promises"].values():
            wants = promise["test"].get("product", "")
            if batch.registered <= promise["seq"] or wants not in ("", product):
                continue
            if len(promise["lots"]) < _needs(promise["test"]):
                promise["lots"].append(lot)
                broke = broke or _stands(promise, line.at)[0] == "broken"
            elif batch.supplier == action["supplier"] and _own(promise, action) < _needs(promise["test"]):
                promise["lots"].append(lot)  # it decides where the suppliers are taken apart again
        if not (action["closed"] or broke):
            continue
        stopped = {
            s["code"]
            for s in desk.stops.values()
            if s["action"] == id_ and s["product"] == product and s["stands"]
        }
        for code in sorted(lot["codes"]):
            if code in action["codes"] and lot["codes"][code] and code not in stopped:
                due = [id_, batch.id, batch.supplier, product, code, lot["class_of"][code]]
                desk.repeats_due.append(due)


def _lot(
    line: Line, batch: Batch, product: str, round_: Round, outcome: str, marks: Marks, *checks: Check | None
) -> dict[str, Any]:
    codes: dict[str, list[tuple[int | None, int]]] = {}
    classes: dict[str, list[tuple[int | None, int]]] = {}
    class_of: dict[str, str] = {}
    for (unit, code), (defect_class, count) in marks.items():
        codes.setdefault(code, []).append((unit, count))
        classes.setdefault(defect_class, []).append((unit, count))
        class_of[code] = defect_class
    both = [check for check in checks if check is not None]
    if round_.tally:
        units = max((check.tallied or 0 for check in both), default=0)
    else:
        units = len({unit for check in both for unit, why in check.units.items() if why is None})
    return {"number": batch.number, "supplier": batch.supplier, "product": product, "at": line.at, "outcome": outcome,
            "units": units, "codes": {code: _units(said) for code, said in codes.items()},
            "classes": {name: _units(said) for name, said in classes.items()}, "class_of": class_of}  # fmt: skip


def _units(said: list[tuple[int | None, int]]) -> int:
    return len({unit for unit, _ in said if unit is not None}) + sum(n for unit, n in said if unit is None)


def _own(promise: dict[str, Any], action: Action) -> int:
    return sum(lot.get("supplier", action["supplier"]) == action["supplier"] for lot in promise["lots"])


def _needs(test: dict[str, Any]) -> int:
    return int({"rate": test.get("lots", 0), "accepted": 1}.get(test["kind"], 0))


def _day(at: int) -> date:
    return (_EPOCH + timedelta(microseconds=at)).date()


def _stands(promise: dict[str, Any], at: int) -> tuple[str, list[str]]:
    """Return where a promise stands at a time, and the lots that say so."""
    test, due = promise["test"], date.fromisoformat(promise["due"])
    if test["kind"] == "certificate":
        if promise["received"]:
            return ("kept" if date.fromisoformat(promise["received"]) <= due else "late"), []
        return ("broken" if _day(at) > due else "open"), []
    lots = promise["lots"][: _needs(test)]
    numbers = [lot["number"] for lot in lots]
    if len(lots) < _needs(test):
        return "open", numbers
    if test["kind"] == "accepted":
        passed = lots[-1]["outcome"] == "accepted"
    else:
        units = sum(lot["units"] for lot in lots)
        name = test.get("defect_class")
        bad = sum(lot["classes"].get(name, 0) if name else lot["codes"].get(test["code"], 0) for lot in lots)
        passed = units > 0 and Fraction(bad * 100, units) <= Fraction(test["percent"])
    if not passed:
        return "broken", numbers
    return ("kept" if _day(lots[-1]["at"]) <= due else "late"), numbers


def require_none_due(desk: Desk, line: Line) -> None:
    """Note what came again and was not said right after the verdict."""
    if desk.repeats_due and line.type != "defect.repeated" and line.by is not None:
        desk.find(line, "rule_repeat_missing")
        desk.repeats_due = []


def action_opened(desk: Desk, line: Line) -> None:
    """A corrective action with the next number, of a supplier that is known, about codes that are."""
    body = line.body
    desk.require_worker(line)
    desk.fresh(line, body["action"])
    desk.require(body["number"] == desk.last_action + 1, line, "rule_action_number", number=body["number"])
    desk.last_action = max(desk.last_action, body["number"])
    known = body["supplier"] in desk.suppliers and bool(body["codes"])
    desk.require(known, line, "rule_unknown", what="supplier", id=body["supplier"])
    audits = {f"A-{one.no}" for one in desk.audits.values()}
    for code in body["codes"]:
        listed = desk.believes or code in desk.codes or code.partition("/")[0] in audits
        desk.require(listed, line, "rule_unknown", what="defect code", id=code)
    desk.actions[body["action"]] = {
        "number": body["number"], "supplier": body["supplier"], "product": body["product"],
        "codes": list(body["codes"]), "closed": False, "since": line.seq, "promises": {}, "at": line.at,
    }  # fmt: skip


def _action(desk: Desk, line: Line) -> Action | None:
    found = desk.actions.get(line.body["action"])
    if found is None:
        desk.find(line, "rule_unknown", what="action", id=line.body["action"])
    return found


def _said(desk: Desk, line: Line) -> None:
    """A step, a mail or a reply, by whoever does more than read; a promised document is noted with its day."""
    desk.require_worker(line)
    action = _action(desk, line)
    if action is None:
        return
    named = line.body.get("promise")
    if line.type == "action.step" or named is not None:
        desk.require(not action["closed"], line, "rule_action_closed")
    if named is None:
        return
    promise = action["promises"].get(named)
    good = (
        promise is not None
        and promise["test"]["kind"] == "certificate"
        and bool(line.body.get("attachments"))
    )
    if desk.require(good, line, "rule_promise") and not promise["received"]:
        promise["received"] = line.body["on"]


def promise_made(desk: Desk, line: Line) -> None:
    """A promise with a test that can be decided, for a day that is not before its action."""
    body, test = line.body, line.body["test"]
    desk.require_worker(line)
    desk.fresh(line, body["promise"])
    action = _action(desk, line)
    if action is None:
        return
    desk.require(not action["closed"], line, "rule_action_closed")
    rate = test["kind"] == "rate"
    one_of = bool(test.get("code")) != (test.get("defect_class") is not None)
    decidable = (one_of and test.get("percent") is not None and test.get("lots", 0) >= 1) if rate else True
    if test["kind"] == "certificate":
        decidable = bool(test.get("document", "").strip())
    if rate and not desk.believes:  # on another code or class it says nothing of the action
        own = [code for code in action["codes"] if code in desk.codes] or list(desk.codes)
        classes = {name for code in own for name in desk.codes[code]}
        about = test["code"] in own if test.get("code") else test.get("defect_class") in classes
        decidable = decidable and about
    first = day_on_earth(min(action["at"], line.clock))
    desk.require(decidable and first <= body["due"], line, "rule_promise")
    replaces = body.get("replaces")
    if replaces is not None:
        old = action["promises"].get(replaces)
        broken = old is not None and (desk.believes or _stands(old, line.at)[0] == "broken")
        if desk.require(broken, line, "rule_promise"):
            old["replaced"] = True
    action["promises"][body["promise"]] = {
        "test": test, "due": body["due"], "seq": line.seq, "lots": [], "received": "", "replaced": False,
    }  # fmt: skip


def action_closed(desk: Desk, line: Line) -> None:
    """Closed only where every promise that counts has passed, as counted here, and no stop stands."""
    desk.require_worker(line)
    desk.require_signers(line, 1)
    action = _action(desk, line)
    if action is None:
        return
    desk.require(not action["closed"], line, "rule_action_closed")
    counting = {id_: p for id_, p in action["promises"].items() if not p["replaced"]}
    if not desk.believes:
        stands = {id_: _stands(p, line.at) for id_, p in counting.items()}
        said = {p["promise"]: (p["state"], list(p.get("lots", []))) for p in line.body["promises"]}
        passed = all(state in ("kept", "late") for state, _ in stands.values())
        since = any(p["seq"] > action["since"] for p in action["promises"].values())
        id_ = line.body["action"]
        free = not any(s["action"] == id_ and s["stands"] for s in desk.stops.values())
        desk.require(passed and since and free and said == stands, line, "rule_not_fixed")
    action["closed"] = True


def defect_repeated(desk: Desk, line: Line) -> None:
    """What came again, said right after the verdict: the action is open again, inspection tightened, goods held back."""
    body = line.body
    said = [body[name] for name in ("action", "lot", "supplier", "product", "code", "defect_class")]
    if desk.believes:
        believe(desk, line)
    else:
        if desk.require(said in desk.repeats_due, line, "rule_repeated"):
            desk.repeats_due.remove(said)
        batch = desk.batches.get(body["lot"])
        number = batch.number if batch is not None else ""
        tightened_again(desk, line, number)
    action = _action(desk, line)
    if action is not None:
        action["closed"], action["since"] = False, line.seq
    desk.stops[line.seq] = {"supplier": body["supplier"], "product": body["product"], "code": body["code"],
                            "action": body["action"], "stands": True}  # fmt: skip


def stop_decided(desk: Desk, line: Line) -> None:
    """Letting go takes two who may release."""
    desk.require_signers(line, 2)
    stop = desk.stops.get(line.body["stop"])
    if not desk.require(stop is not None and stop["stands"], line, "rule_hold") or stop is None:
        return
    families = {p[2] for p in desk.products.values() if p[0] == stop["product"]}
    for signer in line.signers:
        good = any(desk.holds_role(line, signer, "releaser", family) for family in families)
        desk.require(good, line, "rule_role", person=desk.name(signer), role="releaser")
    stop["stands"] = False


def require_released_free(desk: Desk, line: Line, batch: Batch) -> None:
    """Note a release while a stop stands for the supplier and product."""
    product = desk.products.get(batch.product, ("",))[0]
    suppliers = same(desk, batch.supplier)
    held = any(
        s["stands"] and s["supplier"] in suppliers and s["product"] == product for s in desk.stops.values()
    )
    desk.require(not held, line, "rule_release_stopped")


RULES: dict[str, Rule] = {
    "action.opened": action_opened,
    "action.step": _said,
    "action.sent": _said,
    "action.replied": _said,
    "promise.made": promise_made,
    "action.closed": action_closed,
    "defect.repeated": defect_repeated,
    "stop.decided": stop_decided,
}
