# SPDX-License-Identifier: Apache-2.0
"""Corrective actions, folded anew from the log: whether promises were kept, what came again, what holds goods back.

Counted here unit by unit from what the lines say; the program's own counting is not asked. Where only one batch's lines
are replayed, the other lots are not there to count: what the lines say of actions is believed then.
"""

from __future__ import annotations

import re
from bisect import bisect_right, insort
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from heapq import merge
from typing import Any

from qcdesk.checker.lines import Line
from qcdesk.checker.rules import judging
from qcdesk.checker.rules.desk import Desk, Rule, day_on_earth
from qcdesk.checker.rules.state import Audit, Batch, Check, Marks, Round
from qcdesk.checker.rules.suppliers import same, same_since
from qcdesk.checker.rules.switching import believe, tightened_again

_OF_FINDING = re.compile(r"A-[0-9]+/")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_OVER = ("cancelled", "returned", "scrapped", "split")
_BETWEEN = ("certificate.withdrawn", "recovery.used")
"""What follows at once of its own, before what is said of actions."""
_CHANGES = {
    "round.compared", "round.decided", "round.rejected_after_all", "check.retracted", "round.reopened", "log.voided",
    "procedure.approved", "batch.withdrawn", "batch.saved", "batch.cancelled", "batch.disposed", "batch.split",
    "batch.shipped_unreleased", "supplier.merged", "supplier.unmerged", "complaint.linked", "complaint.judged",
    "defect.reported", "defects.reported",
}  # fmt: skip
"""Kinds of lines after which lots may stand otherwise."""
_TELLS = ("complaint.linked", "complaint.judged", "defect.reported", "defects.reported")
_WIDE = ("batch.saved", "procedure.approved", "supplier.merged", "supplier.unmerged", *_TELLS)
"""Those that may be about more suppliers than those of their lots."""
_WORST = ("critical", "major", "minor")
Action = dict[str, Any]


def settled(
    desk: Desk, line: Line, batch: Batch, round_: Round, outcome: str, marks: Marks, *checks: Check | None
) -> None:
    """Keep the first verdict on a batch, with what was found; while it stands, what comes after it is kept beside it."""
    if desk.believes:
        return
    said = {"round": round_.id, "seq": line.seq, "at": line.at, "outcome": outcome}
    found = said | _found(round_, marks, *checks)
    if batch.first is None:
        batch.first = found
    else:
        batch.later.append(found)


def lay_aside(batch: Batch, round_: Round) -> None:
    """Keep what the signed checks of a round found that is over and came to no verdict."""
    found = _signed_alone(round_)
    if found is not None:
        batch.undecided.append({"round": round_.id, **found})


def _signed_alone(round_: Round | None) -> dict[str, Any] | None:
    """Return what stands signed in a round that came to no verdict; None: it came to one, or nothing is signed."""
    if round_ is None or round_.outcome in ("accepted", "rejected"):
        return None
    signed = [c for c in round_.checks.values() if c.state == "signed" and c.place in ("first", "second")]
    if not signed:
        return None
    marks: Marks = {}
    for check in signed:
        marks = judging.union(marks, judging.claims_of([check]))
    return _found(round_, marks, *signed)


def _found(round_: Round, marks: Marks, *checks: Check | None) -> dict[str, Any]:
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
    return {
        "by": [round_.code, round_.version],
        "units": units,
        "codes": {code: _units(said) for code, said in codes.items()},
        "classes": {name: _units(said) for name, said in classes.items()},
        "class_of": class_of,
    }


def _units(said: list[tuple[int | None, int]]) -> int:
    return len({unit for unit, _ in said if unit is not None}) + sum(n for unit, n in said if unit is None)


def _needs(test: dict[str, Any]) -> int:
    return int({"rate": test.get("lots", 0), "accepted": 1}.get(test["kind"], 0))


def _day(at: int) -> date:
    return (_EPOCH + timedelta(microseconds=at)).date()


def _take_back(batch: Batch | None, round_: str | None, *, withdrawn: bool = False) -> None:
    if batch is not None and not withdrawn:
        batch.later = [verdict for verdict in batch.later if verdict["round"] != round_]
    if batch is not None and batch.first is not None and batch.first["round"] == round_:
        batch.first, batch.lost = None, batch.first


def _verdicts(desk: Desk, batch: Batch) -> list[dict[str, Any]] | None:
    """Return what says how a batch stands: its own verdict, else those of its parts; None: not decided, []: never."""
    if batch.first is not None:
        return [batch.first]
    parts = [desk.batches.get(id_) for id_ in batch.parts]
    below = [_verdicts(desk, part) for part in parts if part is not None]
    if _may_go_on(batch) or None in below:
        return None
    found = [verdict for each in below if each is not None for verdict in each]
    return found or ([{**batch.lost, "outcome": "rejected"}] if batch.lost is not None else [])


def _may_go_on(batch: Batch) -> bool:
    """Tell whether goods that no verdict stands of can still be inspected under their own number."""
    return not batch.parts and batch.state not in _OVER and batch.here > batch.shipped


def _undecided(desk: Desk, batch: Batch) -> list[list[dict[str, Any]]]:
    """Return what signed checks found of goods on which they came to nothing, and can no more: batch by batch.

    Of goods that all left while a check was running the first one's findings stay hidden: the second may yet be signed.
    """
    found = []
    if batch.first is None and (batch.parts or batch.state in _OVER):
        last = _signed_alone(batch.round)
        said = [*batch.undecided, *([last] if last is not None else [])]
        found += [said] if said else []
    for part in filter(None, map(desk.batches.get, batch.parts)):
        found += _undecided(desk, part)
    return found


def _again(desk: Desk, batch: Batch) -> list[dict[str, Any]]:
    """Return what was found in rounds that both did again before a verdict that stands: nobody called it untrue."""
    own = [said for said in batch.undecided if said.get("again")] if batch.first is not None else []
    return own + [
        said for part in filter(None, map(desk.batches.get, batch.parts)) for said in _again(desk, part)
    ]


def _taken_back(desk: Desk, batch: Batch) -> list[dict[str, Any]]:
    """Return the verdicts that were taken back on goods that went on as parts."""
    found = [batch.lost] if batch.parts and batch.first is None and batch.lost is not None else []
    return found + [
        lost for part in filter(None, map(desk.batches.get, batch.parts)) for lost in _taken_back(desk, part)
    ]


def _later(desk: Desk, batch: Batch) -> list[dict[str, Any]]:
    """Return the verdicts on a batch and its parts that came after those that say how it stands."""
    found = list(batch.later)
    for part in filter(None, map(desk.batches.get, batch.parts)):
        if batch.first is not None:
            found += _verdicts(desk, part) or []
        found += _later(desk, part)
    return found


def _lot(desk: Desk, batch: Batch) -> dict[str, Any]:
    """Return how a lot stands, added up over its parts. ``outcome``: empty: not decided yet; None: it went unjudged.

    ``sought``, ``sought_classes``: what everybody looked for who inspected it.
    """
    verdicts = _verdicts(desk, batch)
    lot: dict[str, Any] = {
        "id": batch.id, "seq": batch.registered, "number": batch.number, "supplier": batch.supplier,
        "product": desk.products.get(batch.product, ("",))[0], "outcome": "", "at": 0, "said": 0, "units": 0, "codes": {},
        "classes": {}, "class_of": {}, "rounds": [verdict["round"] for verdict in verdicts or []],
    }  # fmt: skip
    saying = verdicts or []
    if verdicts == []:
        lot["at"], saying = batch.registered_at, [each[-1] for each in _undecided(desk, batch)]
    for verdict in saying:
        lot["units"] += verdict["units"]
        lot["at"] = max(lot["at"], verdict.get("at", 0))
        lot["said"] = max(lot["said"], verdict.get("seq", 0))
        for name in ("codes", "classes"):
            for key, units in verdict[name].items():
                lot[name][key] = lot[name].get(key, 0) + units
        lot["class_of"].update(verdict["class_of"])
    looked = [_looks_for(desk, verdict) for verdict in saying]
    lot["sought"] = set.intersection(*map(set, looked)) if looked else set()
    lot["sought_classes"] = set.intersection(*(set(one.values()) for one in looked)) if looked else set()
    if verdicts is not None:
        bad = any(verdict["outcome"] == "rejected" for verdict in [*verdicts, *_later(desk, batch)])
        lot["outcome"] = None if not verdicts else "rejected" if bad else "accepted"
    for code, name in _told(desk, batch).items():
        if not lot["codes"].get(code):
            lot["codes"][code] = 1
            lot["classes"][name] = lot["classes"].get(name, 0) + 1
            lot["class_of"].setdefault(code, name)
    return lot


def _looks_for(desk: Desk, said: dict[str, Any]) -> dict[str, str]:
    code, number = said["by"]
    version = desk.versions.get(code, {}).get(number)
    return version.looks_for if version is not None else {}


def _told(desk: Desk, batch: Batch) -> dict[str, str]:
    """Return the codes found in a lot otherwise than by its first verdict, each with the worst class said of it."""
    found: dict[str, str] = {}
    passing = [said for each in _undecided(desk, batch) for said in each]
    for verdict in [*_later(desk, batch), *_taken_back(desk, batch), *passing, *_again(desk, batch)]:
        for code, name in verdict["class_of"].items():
            if verdict["codes"].get(code):
                found[code] = min(name, found.get(code, name), key=_WORST.index)
    for code, name in batch.told.values():
        for one in [name] if name else desk.codes.get(code, ()):
            found[code] = min(one, found.get(code, one), key=_WORST.index)
    return found


def _tell(desk: Desk, line: Line) -> list[tuple[Batch, set[str]]]:
    """Keep what a report, or a complaint, tells of lots; returns these, each with the codes that it showed before."""
    body = line.body
    said: list[tuple[str, str, list[str]]] = []
    if line.type.startswith("complaint."):
        number = body["complaint"]
        linked = desk.complained.get(number, set())
        if line.type == "complaint.judged":
            desk.escaped[number] = body["about"] if body["escape"] else ""
        about = desk.escaped.get(number, "")
        for id_ in sorted(linked) if line.type == "complaint.judged" else [body["batch"]]:
            said.append((id_, f"{number}/{id_}", [about, ""] if id_ in linked and about else []))
    else:
        rows = [body] if line.type == "defect.reported" else body["rows"]
        said = [(row.get("batch") or "", row["report"], [row["code"], row["defect_class"]]) for row in rows]
    found: dict[str, tuple[Batch, set[str]]] = {}
    for id_, source, one in said:
        root = _root(desk, id_)
        if root is not None:
            found.setdefault(root.id, (root, set(_told(desk, root))))
            root.told.pop(source, None)
            if one:
                root.told[source] = one
    return list(found.values())


def _against(desk: Desk, line: Line, action: Action) -> list[tuple[dict[str, Any], str]]:
    """Return the reports of what a closed action was about, on no batch, found after the day on which it closed.

    Each with the code of the product that it names; empty: it names none that is known.
    """
    found = []
    rows = {"defect.reported": [line.body], "defects.reported": line.body.get("rows", [])}.get(line.type, [])
    for row in rows:
        product = desk.products.get(row.get("product") or "", ("",))[0]
        later = (
            row.get("batch") is None and (row.get("found_on") or "") > _day(action["closed_at"]).isoformat()
        )
        own = action["product"] == "" or product in ("", action["product"])
        whose = action["supplier"] in same(desk, row.get("supplier"))
        if later and own and whose and row["code"] in action["codes"]:
            found.append((row, product))
    return found


def _root(desk: Desk, id_: str) -> Batch | None:
    batch = desk.batches.get(id_)
    return desk.batches.get(batch.origins[0]) if batch is not None and batch.origins else batch


def _deciding(
    desk: Desk, action: Action, promise: dict[str, Any], passed_over: list[dict[str, Any]] | None = None
) -> list[dict[str, Any]]:
    """Return the first lots registered after a promise, as many as it needs: without those that decide nothing.

    Args: passed_over: takes those up.
    """
    needed, test = _needs(promise["test"]), promise["test"]
    later = []
    for supplier, since in same_since(desk, action["supplier"]).items():
        lots = desk.lots.get(supplier, [])
        first = bisect_right(lots, promise["seq"], key=lambda lot: lot[0])
        later.append([(*lot, since) for lot in lots[first:]])
    found: list[dict[str, Any]] = []
    for _, id_, since in merge(*later):
        if len(found) == needed:
            break
        batch = desk.batches.get(id_)
        product = desk.products.get(batch.product, ("",))[0] if batch is not None else None
        fits = action["product"] in ("", product) and test.get("product", "") in ("", product)
        if batch is None or not fits:
            continue
        lot = _lot(desk, batch)
        if lot["rounds"] and lot["said"] < since:
            continue
        if _tells(action, test, lot):
            found.append(lot)
        elif passed_over is not None:
            passed_over.append(lot)
    return found


def _bad(test: dict[str, Any], lot: dict[str, Any]) -> int:
    name = test.get("defect_class")
    return int(lot["classes"].get(name, 0) if name else lot["codes"].get(test["code"], 0))


def _was_sought(action: Action, test: dict[str, Any], lot: dict[str, Any]) -> bool:
    if test["kind"] == "accepted":
        return all(code in lot["sought"] for code in action["codes"] if not _OF_FINDING.match(code))
    name = test.get("defect_class")
    return (name in lot["sought_classes"]) if name else (test["code"] in lot["sought"])


def _tells(action: Action, test: dict[str, Any], lot: dict[str, Any]) -> bool:
    """Tell whether a lot decides a promise, or will: it shows what was promised away, or two looked for it and judged."""
    if lot["outcome"] == "":
        return True
    next_ = test["kind"] == "accepted"
    if any(lot["codes"].get(code) for code in action["codes"]) if next_ else _bad(test, lot):
        return True
    if lot["outcome"] is None:
        return False
    return _was_sought(action, test, lot) or (next_ and lot["outcome"] == "rejected")


def _stands(
    desk: Desk,
    action: Action,
    promise: dict[str, Any],
    at: int,
    passed_over: list[dict[str, Any]] | None = None,
) -> tuple[str, list[dict[str, Any]]]:
    """Return where a promise stands at a time, and the lots that say so."""
    test, due = promise["test"], date.fromisoformat(promise["due"])
    if promise.get("untrue", False):
        return "broken", []
    if test["kind"] == "certificate":
        if promise["received"]:
            return ("kept" if date.fromisoformat(promise["received"]) <= due else "late"), []
        return ("broken" if _day(at) > due else "open"), []
    lots = _deciding(desk, action, promise, passed_over)
    if len(lots) < _needs(test) or any(lot["outcome"] == "" for lot in lots):
        return "open", lots
    if test["kind"] == "accepted":
        passed = lots[-1]["outcome"] == "accepted"
        passed = passed and not any(lots[-1]["codes"].get(code) for code in action["codes"])
    else:
        units = sum(lot["units"] for lot in lots if _was_sought(action, test, lot))
        bad = sum(_bad(test, lot) for lot in lots)
        passed = units > 0 and Fraction(bad * 100, units) <= Fraction(test["percent"])
    if not passed:
        return "broken", lots
    return ("kept" if max(_day(lot["at"]) for lot in lots) <= due else "late"), lots


def follow(desk: Desk, line: Line) -> None:
    """Keep how lots stand after a line, and what must be said of corrective actions at once, right after it."""
    if line.type not in _CHANGES or desk.believes:
        return
    body = line.body
    batch = desk.batches.get(body.get("batch") or "")
    if line.type in ("check.retracted", "round.reopened"):
        _take_back(batch, body["round"])
    elif line.type == "log.voided" and batch is not None and batch.earlier:
        over = batch.earlier[-1]["round"]
        _take_back(batch, over)
        batch.undecided = [
            said for said in batch.undecided if said["round"] != over
        ]  # a line of it does not hold
    elif line.type == "procedure.approved":
        for one in body.get("reinspected", []):
            _take_back(desk.batches.get(one["batch"]), one["round"])
    elif line.type == "batch.withdrawn" and batch is not None and batch.first is not None:
        if batch.first["outcome"] == "accepted":
            _take_back(batch, batch.first["round"], withdrawn=True)
    elif (
        line.type == "batch.saved"
        and batch is not None
        and batch.read == line.seq
        and not _enter(desk, batch)
    ):
        return  # a new lot is the last one, and decides nothing yet
    desk.repeats_due, desk.unproved_due = [], []
    told = _tell(desk, line) if line.type in _TELLS else []
    named = [] if told or batch is None or line.type in _TELLS else [batch.id]
    named += [one["batch"] for one in body.get("reinspected", [])]
    roots = {root.id: (root, set(root.showed)) for root in (_root(desk, id_) for id_ in named) if root}
    shown = []
    for root, before in (*told, *roots.values()):
        lot = _lot(desk, root)
        anew = set()
        if lot["rounds"] != root.shown and lot["outcome"]:
            anew = {
                code for verdict in _verdicts(desk, root) or [] for code, n in verdict["codes"].items() if n
            }
        now = set(_told(desk, root))
        root.shown, root.showed = lot["rounds"], sorted(now)
        shown.append((lot, anew, now - before))
    shown.sort(key=lambda one: one[0]["seq"])
    few = {supplier for lot, _, _ in shown for supplier in same(desk, lot["supplier"])}
    for id_, action in desk.actions.items():
        if line.type in _WIDE or action["supplier"] in few:
            _say(desk, line, id_, action, shown)


def _enter(desk: Desk, batch: Batch) -> bool:
    """Put a lot among those of its supplier; tells whether it was there before, perhaps another's."""
    mine = [batch.registered, batch.id]
    was = batch.registered != batch.read
    for lots in desk.lots.values() if was else ():
        if mine in lots:
            lots.remove(mine)
    if batch.supplier is not None:
        insort(desk.lots.setdefault(batch.supplier, []), mine)
    return was


def _say(
    desk: Desk, line: Line, id_: str, action: Action, shown: list[tuple[dict[str, Any], set[str], set[str]]]
) -> None:
    """Put down what must be said of an action now, and where its promises stand.

    ``shown``: the lots that the line is about, each with the codes that it shows by another verdict than before, and
    those that it was told of.
    """
    fixed = _fixed_before(desk, id_, action)
    over: dict[str, list[dict[str, Any]]] = {name: [] for name in action["promises"]}
    stands = {
        name: _stands(desk, action, promise, line.at, over[name])
        for name, promise in action["promises"].items()
    }
    broke: list[dict[str, Any]] = []
    for name, promise in action["promises"].items():
        state, lots = stands[name]
        if not action["closed"] and state == "broken" and promise["was"] != "broken":
            broke += lots
        promise["was"] = state
    broke.sort(key=lambda lot: int(lot["seq"]))
    again = {code: one for one in broke for code in action["codes"] if one["codes"].get(code)}
    action["beside"] = _beside(action, stands, over) or _ends_rejected(action, stands)
    for lot, anew, told in shown:
        again_bad = action["reopened"] and lot["outcome"] == "rejected"
        own = lot["supplier"] in same(desk, action["supplier"]) and action["product"] in ("", lot["product"])
        if own and (action["closed"] or fixed or again_bad):
            codes = anew | told if lot["seq"] > action["seq"] else anew
            again.update(dict.fromkeys(codes & set(action["codes"]), lot))
    stopped = {(s["code"], s["product"]) for s in desk.stops.values() if s["action"] == id_ and s["stands"]}
    for code, one in again.items():
        if (code, one["product"]) not in stopped:
            due = [id_, one["id"], one["supplier"], one["product"], code, one["class_of"][code], None]
            desk.repeats_due.append(due)
    against = _against(desk, line, action) if action["closed"] else []
    stopped |= {(code, one["product"]) for code, one in again.items()}
    for row, product in against if line.body.get("stops", False) else ():
        if product and (row["code"], product) not in stopped:
            stopped.add((row["code"], product))
            due = [id_, None, row["supplier"], product, row["code"], row["defect_class"], row["report"]]
            desk.repeats_due.append(due)
    failing = [
        name for name, (state, _) in stands.items()
        if state not in ("kept", "late") and not action["promises"][name]["replaced"]
    ]  # fmt: skip
    if action["closed"] and not any(due[0] == id_ for due in desk.repeats_due):
        report = None if failing or not against else str(against[0][0]["report"])
        if failing or report is not None:
            desk.unproved_due.append([id_, failing, report, ""])


def _seen(action: Action) -> bool:
    """Tell whether lots have shown of goods what a promise since it was opened last says; a paper shows nothing."""
    counting = (p for p in action["promises"].values() if not p["replaced"] and p["seq"] > action["since"])
    wide = (p["test"] for p in counting if p["test"].get("product", "") in ("", action["product"]))
    return any(map(_needs, wide)) or all(map(_OF_FINDING.match, action["codes"]))


def _beside(
    action: Action,
    stands: dict[str, tuple[str, list[dict[str, Any]]]],
    over: dict[str, list[dict[str, Any]]],
) -> bool:
    """Tell whether lots held against a rate show a code of the action for which no rate is promised."""
    rates = {
        name: p["test"]
        for name, p in action["promises"].items()
        if p["test"]["kind"] == "rate" and not p["replaced"]
    }
    codes, classes = {t.get("code") for t in rates.values()}, {t.get("defect_class") for t in rates.values()}
    return any(
        lot["codes"].get(code) and code not in codes and lot["class_of"][code] not in classes
        for name in rates
        for lot in [*stands.get(name, ("", []))[1], *over.get(name, [])]
        for code in action["codes"]
    )


def _ends_rejected(action: Action, stands: dict[str, tuple[str, list[dict[str, Any]]]]) -> bool:
    """Tell whether the last of the lots that decide was rejected and shows a code of the action."""
    promises = action["promises"]
    lots = [lot for name, (_, lots) in stands.items() if not promises[name]["replaced"] for lot in lots]
    last = max(lots, key=lambda lot: int(lot["seq"]), default=None)
    shows = last is not None and any(last["codes"].get(code) for code in action["codes"])
    return last is not None and last["outcome"] == "rejected" and shows


def _fixed_before(desk: Desk, id_: str, action: Action) -> bool:
    """Tell whether an open action stood as fixed when the last line was taken: nobody had closed it yet."""
    counting = [p for p in action["promises"].values() if not p["replaced"]]
    passed = all(
        bool(p["received"]) and not p.get("untrue", False)
        if p["test"]["kind"] == "certificate"
        else p["was"] in ("kept", "late")
        for p in counting
    )
    since = any(p["seq"] > action["since"] for p in action["promises"].values())
    free = not any(s["action"] == id_ and s["stands"] for s in desk.stops.values())
    return passed and since and free and _seen(action) and not action.get("beside", False)


def found_again(desk: Desk, audit: Audit, short: list[str]) -> None:
    """Put down what must be said of actions right after an audit is closed that found again what they were about."""
    if desk.believes:
        return
    asked = {f"A-{one.no}": one.asks for one in desk.audits.values() if one is not audit}
    for id_, action in desk.actions.items():
        named = [code.partition("/") for code in action["codes"] if _OF_FINDING.match(code)]
        again = [question for of, _, question in named if asked.get(of) == audit.asks and question in short]
        papers = [
            name for name, p in action["promises"].items()
            if 0 < p.get("came", 0) < audit.signed and not p["replaced"] and not p.get("untrue", False)
        ]  # fmt: skip
        own = audit.supplier in same(desk, action["supplier"]) and action["seq"] < audit.signed
        if own and again and (action["closed"] or papers):
            desk.unproved_due.append([id_, papers, None, f"A-{audit.no}/{again[0]}"])


def require_none_due(desk: Desk, line: Line) -> None:
    """Note what came again, or is proved no more, and was not said right after what showed it."""
    if line.type in ("defect.repeated", "action.unproved", *_BETWEEN):
        return
    if desk.repeats_due:
        desk.find(line, "rule_repeat_missing")
    if desk.unproved_due:
        desk.find(line, "rule_unproved_missing")
    desk.repeats_due, desk.unproved_due = [], []


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
        "codes": list(body["codes"]), "seq": line.seq, "closed": False, "since": line.seq, "promises": {}, "at": line.at,
        "reopened": False,
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
        promise["received"], promise["brought"], promise["came"] = line.body["on"], line.by, line.seq


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
        broken = old is not None and (desk.believes or _stands(desk, action, old, line.at)[0] == "broken")
        if desk.require(broken, line, "rule_promise"):
            old["replaced"] = True
    action["promises"][body["promise"]] = {
        "test": test, "due": body["due"], "seq": line.seq, "was": "open", "received": "", "replaced": False,
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
        over: dict[str, list[dict[str, Any]]] = {id_: [] for id_ in counting}
        found = {id_: _stands(desk, action, p, line.at, over[id_]) for id_, p in counting.items()}
        stands = {id_: (state, [lot["number"] for lot in lots]) for id_, (state, lots) in found.items()}
        said = {p["promise"]: (p["state"], list(p.get("lots", []))) for p in line.body["promises"]}
        passed = all(state in ("kept", "late") for state, _ in stands.values())
        since = any(p["seq"] > action["since"] for p in action["promises"].values())
        id_ = line.body["action"]
        free = not any(s["action"] == id_ and s["stands"] for s in desk.stops.values())
        proved = _seen(action) and not _beside(action, found, over) and not _ends_rejected(action, found)
        desk.require(passed and since and free and proved and said == stands, line, "rule_not_fixed")
    brought = {p.get("brought") for p in counting.values()} - {None}
    desk.require(line.by not in brought, line, "rule_own_paper")
    action["closed"], action["closed_at"], action["reopened"] = True, line.at, False


def defect_repeated(desk: Desk, line: Line) -> None:
    """What came again, said right after the verdict: the action is open again, inspection tightened, goods held back."""
    body = line.body
    said = [body[name] for name in ("action", "lot", "supplier", "product", "code", "defect_class")]
    said.append(body.get("report"))
    if desk.believes:
        believe(desk, line)
    else:
        if desk.require(said in desk.repeats_due, line, "rule_repeated"):
            desk.repeats_due.remove(said)
        batch = desk.batches.get(body["lot"] or "")
        lots = [batch.number if batch is not None else ""] if body["lot"] is not None else []
        tightened_again(desk, line, lots)
    action = _action(desk, line)
    if action is not None:
        action["closed"], action["since"], action["reopened"] = False, line.seq, True
    desk.stops[line.seq] = {"supplier": body["supplier"], "product": body["product"], "code": body["code"],
                            "action": body["action"], "stands": True, "tightens": body.get("tightens", "")}  # fmt: skip


def action_unproved(desk: Desk, line: Line) -> None:
    """What had proved a closed action does so no more, said right after what took the proof away: it is open again."""
    body = line.body
    said = [body["action"], list(body["promises"]), body.get("report"), body.get("finding", "")]
    if not desk.believes and desk.require(said in desk.unproved_due, line, "rule_unproved"):
        desk.unproved_due.remove(said)
    action = _action(desk, line)
    if action is not None:
        action["closed"], action["reopened"] = False, True
        if body.get("report") is not None or body.get("finding"):
            action["since"] = line.seq  # what was promised before did not hold
        if body.get("finding"):
            for id_ in action["promises"].keys() & set(body["promises"]):
                action["promises"][id_]["untrue"] = True


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
    "action.unproved": action_unproved,
    "stop.decided": stop_decided,
}
