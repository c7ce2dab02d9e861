# SPDX-License-Identifier: Apache-2.0
"""Rules of rounds and checks: two independent people, their findings, the comparison, the decision (§8.2-8.3)."""

from __future__ import annotations

import re
from decimal import Decimal
from hashlib import sha256
from typing import Any

from qcdesk.checker import canonical
from qcdesk.checker.lines import Line
from qcdesk.checker.rules import (
    comparing,
    corrective,
    drawn,
    judging,
    plans,
    records,
    reviewing,
    sharing,
    switching,
)
from qcdesk.checker.rules.batches import (
    arrived,
    back_to_start,
    require_whole,
    round_record,
    verdict_came,
    verdict_gone,
)
from qcdesk.checker.rules.desk import Desk, Rule
from qcdesk.checker.rules.judging import Judged
from qcdesk.checker.rules.state import Batch, Check, Mark, Marks, Plan, Round

_BEFORE_COMPARED = ("awaiting_second", "second_check")
_NUMBER = re.compile(r"-?[0-9]{1,12}(?:[.,][0-9]{1,9})?")
_SEED = re.compile("[0-9a-f]{32}")
_MEANING = {"first": "I inspected", "second": "I inspected independently"}


def round_opened(desk: Desk, line: Line) -> None:
    """An inspector opens the next round on an approved procedure; batch, plan and sample are pinned."""
    body = line.body
    batch = desk.batch(line)
    if batch is None:
        return
    desk.require_role(line, "inspector", desk.family(batch))
    desk.require_state(line, batch, "registered")
    desk.require(body["no"] == batch.round_no + 1, line, "rule_round_number", no=body["no"])
    desk.fresh(line, body["round"])
    desk.require(not batch.rework_ordered, line, "rule_no_rework")
    desk.require(batch.supplier is not None or bool(batch.makers), line, "rule_nobody_named")
    _require_procedure(desk, line, batch)
    _require_header(desk, line, batch)
    _require_plan(desk, line, batch)
    content = body["procedure"]["content"]
    batch.round_no = body["no"]
    batch.round = Round(
        body["round"],
        body["no"],
        line.hash,
        body["procedure"]["code"],
        body["procedure"]["version"],
        body["procedure"]["hash"],
        body["sample"],
        [
            Plan(
                c["defect_class"],
                c["n"],
                c["ac"],
                c["re"],
                c["basis"],
                [(one["cumulative_n"], one["ac"], one["re"]) for one in c.get("stages", [])],
            )
            for c in body["plan"]["classes"]
        ],
        body["plan"]["n"],
        body,
        body["header"],
        {
            c["code"]: (
                c.get("defect_class", "major"),
                c.get("unit", ""),
                c.get("lower"),
                c.get("upper"),
                c.get("instrument_type", ""),
            )
            for c in content.get("characteristics", [])
            if c["kind"] == "variable"
        },
        content.get("tally", False),
        content.get("qualification_required", False),
        content.get("maker_may_check_first", False),
        content.get("not_done_allowed", False),
        content.get("agreement_floor_percent"),
        body.get("fresh", []),
        body.get("overlap", []),
        {c["code"]: c.get("mode", "blind") for c in content.get("characteristics", [])},
        content.get("defects_mode", "blind"),
        bool(content.get("defects")),
        {
            **{c["code"]: c.get("defect_class", "major") for c in content.get("characteristics", [])},
            **{d["code"]: d["defect_class"] for d in content.get("defects", [])},
        },
        content.get("photo_classes", []),
        content.get("curtail", False),
    )
    own_way = judging.by_findings(batch.round) or any(
        rule.get("plan_type", "single") != "single" for rule in content["rules"]
    )
    apart = batch.round.tally or sharing.modes(batch.round) != {"blind"}
    desk.require(not (own_way and apart), line, "rule_own_way")
    _require_second_sample(desk, line, batch, batch.round)
    batch.round.behind = line.behind
    batch.state = "first_check"
    carried, batch.carried = _carried(batch, content), None
    said = body.get("carries")
    desk.require(said == (carried.id if carried else None), line, "rule_reinspected")
    if carried is not None:
        batch.round.given_up = list(carried.given_up)
        batch.round.seen = [*carried.seen, *_knowing(carried, content)]
        batch.round.reviewers = {person: list(codes) for person, codes in carried.reviewers.items()}
        batch.round.only_second = _only_second(carried)
        batch.round.carries, batch.round.brought = carried.id, _own_readings(carried)


def _carried(batch: Batch, content: dict[str, Any]) -> Round | None:
    """Return the round whose values a new version judges anew; none where nobody could then be second.

    Once it was compared, everybody may know its first check but for who made the second; and that person does as well
    where the new version hides what was in review.
    """
    carried = batch.carried
    if carried is None or _only_second(carried) in _knowing(carried, content):
        return None
    return carried


def _only_second(round_: Round) -> str:
    """Return who alone can be second where a round's values are carried on; empty: it was never compared."""
    signers = [c.person for c in round_.checks.values() if c.place == "second" and c.hash]
    return signers[-1] if round_.compared and signers else round_.only_second


def _knowing(round_: Round, content: dict[str, Any]) -> list[str]:
    """Return who had open, in review, what a second person finds alone by this content."""
    alone = {c["code"] for c in content.get("characteristics", []) if c.get("mode", "blind") != "review"}
    alone |= {d["code"] for d in content.get("defects", [])}
    return [person for person, codes in round_.reviewers.items() if alone & set(codes)]


def _own_readings(round_: Round) -> dict[str, list[list[Any]]]:
    """Return what each person measured in a round, by unit of the batch, as it may be carried into the next."""
    units = [*round_.sample, *round_.fresh]
    found: dict[str, list[list[Any]]] = {}
    for check in round_.checks.values():
        for (unit, code), reading in check.current.items():
            if unit <= len(units):
                found.setdefault(check.person, []).append([units[unit - 1], code, *check.taken[reading]])
    return found


def _require_procedure(desk: Desk, line: Line, batch: Batch) -> None:
    pinned = line.body["procedure"]
    version = desk.versions.get(pinned["code"], {}).get(pinned["version"])
    facts = {"procedure": pinned["code"], "version": pinned["version"]}
    if version is None or version.state != "approved":
        desk.find(line, "rule_not_approved", **facts)
    elif (
        version.hash != pinned["hash"]
        or sha256(canonical.write(pinned["content"])).hexdigest() != pinned["hash"]
    ):
        desk.find(line, "rule_procedure_hash", procedure=pinned["code"])
    else:
        desk.require(
            max(version.review_by, version.grace_until) >= desk.day(line), line, "rule_overdue", **facts
        )
        product = desk.products.get(batch.product)
        desk.require(
            product is not None and product[0] in version.products, line, "rule_procedure_product", **facts
        )


def _require_header(desk: Desk, line: Line, batch: Batch) -> None:
    code, revision, _, name, unit = desk.products.get(batch.product, ("", "", "", "", ""))
    supplier = desk.suppliers.get(batch.supplier or "", ("", "", ""))
    own = {
        "number": batch.number,
        "product_code": code,
        "product_name": name,
        "revision": revision,
        "unit": unit,
        "quantity": batch.quantity,
        "supplier_code": supplier[0],
        "supplier_name": supplier[1],
        "makers": sorted(desk.name(maker) for maker in batch.makers),
        **batch.saved,
    }
    said = line.body["header"]
    country = said.get("supplier_country", "")  # two letters of what was kept, or nothing
    own |= {"supplier_country": country} if "supplier_country" in said else {}
    pinned = country == "" or (country == supplier[2] and len(country) == len(country.encode()) == 2)
    desk.require(pinned, line, "rule_header")
    said = {
        **said,
        "makers": sorted(said["makers"]),
    }  # no rule says in which order; the first programs had another
    desk.require(said == own, line, "rule_header")


def _require_plan(desk: Desk, line: Line, batch: Batch) -> None:
    """Hold the plan against the procedure's rules, the batch and the tables; and the sample against the plan."""
    body, plan = line.body, line.body["plan"]
    rules = {r["defect_class"]: r for r in body["procedure"]["content"]["rules"]}
    ordered = [rules[name] for name in comparing.GRAVEST_FIRST if name in rules]
    own_word = plan["severity"] if plan["severity"] != "reduced" else "normal"  # only switching reduces
    whole, each = switching.of_plan(desk, line, batch) or (own_word, {})
    severity = "normal" if each else whole
    own = [plans.of_class(rule, batch.quantity, each.get(rule["defect_class"], severity)) for rule in ordered]
    good = (
        plan["severity"] == whole
        and plan["lot_size"] == batch.quantity
        and plan["classes"] == own
        and bool(own)
    )
    good = good and plan["n"] == max((c["n"] for c in plan["classes"]), default=0)
    desk.require(good, line, "rule_plan")
    if batch.tightened:
        desk.require(plan["severity"] == "tightened", line, "rule_tightened")
    sample, extra = body["sample"], body.get("must_include", [])
    inside = len(set(sample)) == len(sample) and all(u <= batch.quantity for u in sample)
    joined = 0 if body["no"] == 1 else (len(extra) // 3 + 1) * 3  # later rounds: so many that none stands out
    fits = plan["n"] <= len(sample) <= plan["n"] + max(len(extra), joined) and set(extra) <= set(sample)
    desk.require(inside and fits, line, "rule_sample")
    if good and inside and fits:
        _require_drawn(desk, line, batch)
    missing = sorted(set(batch.critical) - set(sample))
    desk.require(not missing, line, "rule_critical_left_out", units=" ".join(map(str, missing)))


def _require_drawn(desk: Desk, line: Line, batch: Batch) -> None:
    """Draw the sample again from its seed, which is the one before where values are carried along."""
    body, n, quantity = line.body, line.body["plan"]["n"], batch.quantity
    content = body["procedure"]["content"]
    carried = _carried(batch, content)
    same_seed = carried is None or carried.opened.get("seed", body["seed"]) == body["seed"]
    if batch.carried is not None and carried is None:
        same_seed = batch.carried.opened.get("seed") != body["seed"]
    _require_seed(desk, line, carried is not None)
    good = same_seed and _SEED.fullmatch(body["seed"]) is not None
    if good:
        seed = bytes.fromhex(body["seed"])
        later = body["no"] > 1 and not content.get("tally", False)
        must = body.get("must_include", [])
        if body.get("after") is not None:
            ways = [drawn.sample_of(seed, quantity, n, must, hidden=later, earlier=batch.looked)]
        else:  # the first program let nobody join beyond those who must; either way nobody chooses a unit
            ways = [drawn.sample_of(seed, quantity, n, must, hidden=hidden) for hidden in {later, False}]
        good, own = body["sample"] in ways, body["sample"]
        if "split" in {
            content.get("defects_mode"),
            *(c.get("mode") for c in content.get("characteristics", [])),
        }:
            second = drawn.second_of(seed, quantity, n, own)
            good = good and (body.get("fresh", []), body.get("overlap", [])) == second
    desk.require(good, line, "rule_drawn")


def _require_seed(desk: Desk, line: Line, carried: bool) -> None:
    """Note a seed that the opener may have chosen; earlier programs took one of their own, until the first follows."""
    body, (after, seed) = line.body, desk.seed_of(line)
    if body.get("after") is None:
        desk.require(not desk.follows, line, "rule_seed")
        return
    desk.follows = True
    desk.require(body["after"] == after and (carried or body["seed"] == seed), line, "rule_seed")


def _require_second_sample(desk: Desk, line: Line, batch: Batch, round_: Round) -> None:
    """Where something is split, fresh units and overlap make one more sample of the same size; else there is none."""
    fresh, overlap, n = round_.fresh, round_.overlap, round_.drawn
    if "split" not in sharing.modes(round_):
        desk.require(not fresh and not overlap, line, "rule_second_sample")
        return
    of_the_batch = len(set(fresh)) == len(fresh) and all(u <= batch.quantity for u in fresh)
    of_the_first = len(set(overlap)) == len(overlap) and all(u <= n for u in overlap)
    good = of_the_batch and of_the_first and not set(fresh) & set(round_.sample)
    least = max(min(n, 5), -(-n // 3))
    good = good and len(fresh) + len(overlap) == n and len(overlap) >= least
    desk.require(good, line, "rule_second_sample")


def check_started(desk: Desk, line: Line) -> None:
    """A person takes a place: the first is an inspector's, the second another's, the third an arbiter's."""
    found = desk.round(line)
    if found is None:
        return
    batch, round_ = found
    place, person = line.body["place"], line.by or ""
    desk.fresh(line, line.body["check"])
    states = {"first": "first_check", "second": "awaiting_second", "third": "disagreed"}
    desk.require_state(line, batch, states[place])
    desk.require(round_.open(place) is None and round_.standing(place) is None, line, "rule_place_taken")
    _require_for_place(desk, line, batch, round_, place)
    batch.begun = True
    arrived(desk, batch)
    round_.checks[line.body["check"]] = Check(
        line.body["check"], place, person, begun_at=line.at, last_at=line.at
    )
    if place == "second":
        in_review = [code for code, mode in round_.modes.items() if mode == "review"]
        if in_review:
            known = round_.reviewers.get(person, [])
            round_.reviewers[person] = [*known, *(code for code in in_review if code not in known)]
        if batch.state == "awaiting_second":
            batch.state = "second_check"


def _require_for_place(desk: Desk, line: Line, batch: Batch, round_: Round, place: str) -> None:
    """Who may take, and sign, a place at this line."""
    person = line.by or ""
    role = "arbiter" if place == "third" else "inspector"
    problem = desk.can_check(line, person, batch, round_, role)
    if place == "first":
        if problem is None and person in batch.made_by and not round_.maker_may_check_first:
            problem = "rule_own_work"
    else:
        problem = problem or desk.dependent(person, batch, round_, "first")
        if place == "third" and any(c.person == person and c.place != place for c in round_.checks.values()):
            problem = problem or "rule_same_person"  # whatever became of that check
        if place == "second" and not desk.knows_nothing(person, round_):
            problem = problem or "rule_seen_first"
    desk.require(problem is None, line, problem or "", person=desk.name(person), role=role)


def _own_check(desk: Desk, line: Line) -> tuple[Batch, Round, Check] | None:
    """Return the open check of a line; note it where it is another person's, or is over."""
    found = desk.round(line)
    if found is None:
        return None
    check = found[1].checks.get(line.body["check"])
    if check is None:
        desk.find(line, "rule_unknown", what="check", id=line.body["check"])
        return None
    desk.require(check.person == line.by, line, "rule_not_your_check", person=desk.name(line.by or ""))
    if not desk.require(check.state == "open", line, "rule_check_over"):
        return None
    return *found, check


def check_recorded(desk: Desk, line: Line) -> None:
    """Results in one's own running check; what is corrected keeps its old value and a reason."""
    found = _own_check(desk, line)
    if found is None:
        return
    batch, round_, check = found
    body = line.body
    check.entries.append(records.entry(line))
    mine = sharing.may_have(round_, check.place)
    for result in body.get("results", ()):
        desk.require(result["unit"] in mine, line, "rule_unit", unit=result["unit"])
        why = result.get("not_done")
        desk.require(why is None or round_.not_done_allowed, line, "rule_not_done", unit=result["unit"])
        desk.require(why is None or bool(why.strip()), line, "rule_no_reason")
        check.units[result["unit"]] = why
    for finding in body.get("findings", ()):
        _take_finding(desk, line, batch, round_, check, finding)
    from_ = body.get("carried_from")
    desk.require(from_ is None or from_ == round_.carries, line, "rule_reinspected")
    for reading in body.get("measured", ()):
        _take_reading(desk, line, batch, round_, check, reading, carried=from_ is not None)
    reviewing.take_opened(desk, line, round_, check)
    for undone in body.get("withdrawn", ()):
        own = check.findings.pop(undone["finding"], None)
        desk.require(own is not None, line, "rule_unknown", what="finding", id=undone["finding"])
        desk.require(bool(undone["reason"].strip()), line, "rule_no_reason")
    if body.get("tallied") is not None:
        desk.require(
            round_.tally and body["tallied"] <= len(round_.sample), line, "rule_unit", unit=body["tallied"]
        )
        check.tallied = body["tallied"]
    check.last_at = line.at


def _take_finding(
    desk: Desk, line: Line, batch: Batch, round_: Round, check: Check, said: dict[str, Any]
) -> None:
    unit, code, count = said["unit"], said["code"], said.get("count", 1)
    desk.require(said["id"] not in check.findings, line, "rule_id_again", id=said["id"])
    inside = round_.tally if unit is None else unit in sharing.may_have(round_, check.place)
    desk.require(inside, line, "rule_unit", unit="" if unit is None else unit)
    known = round_.classes.get(code)
    if desk.require(known is not None, line, "rule_unknown", what="defect", id=code):
        desk.require(known == said["defect_class"], line, "rule_class", code=code)
    check.findings[said["id"]] = (unit, code, said["defect_class"], count)
    if said.get("photo") is None and said["defect_class"] in round_.photo_classes:
        check.bare.append(said["id"])
    _note_critical(batch, round_, unit, said["defect_class"])


def _note_critical(batch: Batch, round_: Round, unit: int | None, defect_class: str) -> None:
    """Remember the unit of the batch on which a critical was claimed; it joins every later sample."""
    units = [*round_.sample, *round_.fresh]
    batch.critical_claimed = batch.critical_claimed or defect_class == "critical"
    if defect_class == "critical" and unit is not None and unit <= len(units):
        drawn = units[unit - 1]
        if drawn not in batch.critical:
            batch.critical.append(drawn)


def _take_reading(
    desk: Desk,
    line: Line,
    batch: Batch,
    round_: Round,
    check: Check,
    said: dict[str, Any],
    *,
    carried: bool,
) -> None:
    unit, code = said["unit"], said["characteristic"]
    desk.require(said["id"] not in check.readings, line, "rule_id_again", id=said["id"])
    desk.require(unit in sharing.may_have(round_, check.place), line, "rule_unit", unit=unit)
    limits = round_.limits.get(code)
    if limits is None:
        desk.find(line, "rule_unknown", what="characteristic", id=code)
        return
    defect_class, measure, lower, upper, kind = limits
    value = Decimal(said["value"])
    inside = (lower is None or Decimal(lower) <= value) and (upper is None or value <= Decimal(upper))
    as_typed = _typed(said["typed"]) == value
    right = (said["inside"], said["defect_class"], said["measure"]) == (inside, defect_class, measure)
    desk.require(right and as_typed, line, "rule_reading", code=code, unit=unit)
    place = (unit, code)
    before, replaces = check.current.get(place), said.get("replaces")
    desk.require(before == replaces, line, "rule_correction", code=code, unit=unit)
    desk.require(replaces is None or bool(said.get("reason", "").strip()), line, "rule_no_reason")
    taken = [said[name] for name in ("typed", "value", "measure")]
    taken += [said.get(name) for name in ("instrument", "calibrated_until")]
    if carried:  # its instrument was good when it was taken
        drawn = [*round_.sample, *round_.fresh][unit - 1 : unit]
        there = [*drawn, code, *taken] in round_.brought.get(check.person, [])
        desk.require(there, line, "rule_carried", code=code, unit=unit)
    else:
        _require_instrument(desk, line, said)
    *_, own_kind = desk.instruments.get(said.get("instrument") or "", (None, True, ""))
    alike = [" ".join(name.split()).casefold() for name in (kind, own_kind)]
    desk.require(not alike[0] or alike[0] == alike[1], line, "rule_instrument_kind", code=code, unit=unit)
    if line.behind and said.get("instrument") is not None:
        check.behind[said["id"]] = said["instrument"]
    check.taken[said["id"]] = taken
    check.readings[said["id"]] = (unit, code, defect_class, inside)
    check.current[place] = said["id"]
    if not inside:
        _note_critical(batch, round_, unit, defect_class)


def _typed(text: str) -> Decimal | None:
    """Return what was typed as a number: ASCII digits, a minus, either decimal sign (trust.md §9); None: it is none."""
    text = text.strip()
    return Decimal(text.replace(",", ".")) if _NUMBER.fullmatch(text) else None


def _require_instrument(desk: Desk, line: Line, said: dict[str, Any]) -> None:
    instrument = said.get("instrument")
    if instrument is None:
        return
    until, blocked, _ = desk.instruments.get(instrument, (None, True, ""))
    good = (
        said.get("calibrated_until") == until
        and not blocked
        and until is not None
        and until >= desk.day(line)
    )
    desk.require(good, line, "rule_instrument")


def check_set_aside(desk: Desk, line: Line) -> None:
    """By its person, or by one who may release or administrates; what it found stays in the union."""
    found = desk.round(line)
    if found is None:
        return
    batch, round_ = found
    check = round_.checks.get(line.body["check"])
    if check is None or check.state != "open":
        desk.find(line, "rule_check_over")
        return
    by = line.by or ""
    others = desk.holds_role(line, by, "releaser", desk.family(batch)) or desk.holds_role(
        line, by, "administrator"
    )
    desk.require(by == check.person or others, line, "rule_not_your_check", person=desk.name(by))
    desk.require(check.place == line.body["place"], line, "rule_place")
    check.state = "aside"
    _close(round_, check)
    if check.place == "second" and batch.state == "second_check":
        batch.state = "awaiting_second"


def check_signed(desk: Desk, line: Line) -> None:
    """A person signs what that person found, whole: every unit is there, and the verdicts follow from the findings."""
    found = _own_check(desk, line)
    desk.require_signers(line, 1)
    if found is None:
        return
    batch, round_, check = found
    body, place = line.body, check.place
    states = {"first": "first_check", "second": "second_check", "third": ""}
    desk.require_state(line, batch, states[place])
    desk.require(body["place"] == place, line, "rule_place")
    _require_for_place(desk, line, batch, round_, place)
    desk.require(body["meaning"] == _MEANING.get(place), line, "rule_meaning")
    pinned = (round_.code, round_.version, round_.procedure_hash)
    desk.require((body["procedure"], body["version"], body["procedure_hash"]) == pinned, line, "rule_procedure_hash",
                 procedure=body["procedure"])  # fmt: skip
    desk.require(body["over"] == [round_.hash], line, "rule_over")
    desk.require(body.get("maker", False) == (check.person in batch.made_by), line, "rule_maker_marked")
    _require_complete(desk, line, round_, check)
    _require_in_time(desk, line, round_, check)
    reviewing.require_opened(desk, line, round_, check)
    _close(round_, check)
    desk.require(body["record"] == check.record, line, "rule_record")
    desk.require(body["mode"] == sharing.mode_of_whole(round_), line, "rule_mode")
    claims = judging.claims_of([check])
    judged = _judged_alone(round_, check, claims)
    _require_verdicts(desk, line, round_, judged)
    desk.require(body["verdict"] == judging.verdict(judged), line, "rule_verdict")
    check.state, check.hash, check.verdict = "signed", line.hash, body["verdict"]
    check.signed, check.signed_at, check.said = (line.seq, line.key), line.at, body
    round_.signed[place] = check.person
    batch.signers.append(check.person)
    if place == "first":
        batch.state = "awaiting_second"


def _require_in_time(desk: Desk, line: Line, round_: Round, check: Check) -> None:
    """Ask again, by the day of the signature, what was asked by a clock that stood behind (trust.md §8.7)."""
    if check.place == "first" and round_.behind:
        version = desk.versions.get(round_.code, {}).get(round_.version)
        good = version is not None and max(version.review_by, version.grace_until) >= desk.day(line)
        desk.require(good, line, "rule_overdue", procedure=round_.code, version=round_.version)
    for reading in check.current.values():
        until = desk.instruments.get(check.behind.get(reading, ""), ("9999-12-31", False, ""))[0]
        desk.require(until is not None and until >= desk.day(line), line, "rule_instrument")


def _close(round_: Round, check: Check) -> None:
    """Put down the record of a check that is over."""
    check.record = records.digest(records.of_check(round_.opened, round_.hash, check))
    check.entries = []


def _judged_alone(round_: Round, check: Check, claims: Marks) -> list[Judged]:
    """Judge one check by itself, as far as it went."""
    place, through = sharing.place_in(round_, check.place), judging.gone_through(round_, check)
    return judging.judge(round_.plans, claims, place, judging.left_out(check), through)


def _asked_of(round_: Round, check: Check) -> tuple[list[int], list[int]]:
    """Return the units that a check asks for by its own findings, and those of them that it cannot be signed without."""
    asked = sorted(sharing.asked_of(round_, check.place))
    if not judging.by_findings(round_):
        return asked, asked
    judged = _judged_alone(round_, check, judging.claims_of([check]))
    far = max(one.n for one in judged)
    asked = [unit for unit in asked if unit <= far or unit > round_.drawn]
    if not (round_.curtail and judging.verdict(judged) == "rejected"):
        return asked, asked
    begun = set(check.units) | {unit for unit, *_ in check.findings.values()} | {u for u, _ in check.current}
    return asked, [unit for unit in asked if unit in begun]


def _require_complete(desk: Desk, line: Line, round_: Round, check: Check) -> None:
    asked, needed = _asked_of(round_, check)
    size = len(asked)
    if round_.tally:
        desk.require(check.tallied == size, line, "rule_incomplete", unit=check.tallied or 0)
    else:
        missing = [u for u in needed if u not in check.units]
        missing += [
            u
            for u, why in check.units.items()
            if why is None
            and any((u, code) not in check.current for code in sharing.measured_on(round_, check.place, u))
        ]
        desk.require(not missing, line, "rule_incomplete", unit=missing[0] if missing else "")
    for bare in set(check.bare) & check.findings.keys():
        desk.require(False, line, "rule_photo", code=check.findings[bare][1])
    seen = line.body["seen"]
    left_out = sum(why is not None for why in check.units.values())
    done = check.tallied or 0 if round_.tally else len(check.units) - left_out
    # Two people may have set the log's time back meanwhile (trust.md §8.7): then no time is on record.
    seconds = max(0, (check.last_at - check.begun_at) // 1_000_000)
    said = (seen["units"], seen["of"], seen["not_done"], seen["readings"])
    own = (done, size, left_out, len(check.current))
    desk.require(said == own and abs(seen["seconds"] - seconds) <= 1, line, "rule_seen")


def _require_verdicts(
    desk: Desk, line: Line, round_: Round, judged: list[Judged], classes: list[dict[str, Any]] | None = None
) -> None:
    """Hold the verdicts of each class, as written, against those that the log gives."""
    said = [
        (
            c["defect_class"],
            c["n"],
            c["ac"],
            c["re"],
            c["basis"],
            c["counted"],
            c["beyond"],
            c["verdict"],
            c.get("stage", 0),
            tuple(c.get("found", ())),
        )
        for c in (line.body["classes"] if classes is None else classes)
    ]
    own = [
        (p.defect_class, j.n, j.ac, j.re, p.basis, j.counted, j.beyond, j.verdict, j.step, j.found)
        for p, j in zip(round_.plans, judged, strict=True)
    ]  # fmt: skip
    desk.require(said == own, line, "rule_classes")


def _sides(round_: Round) -> tuple[Marks, Marks]:
    """Return what each place claims; checks set aside there count with it.

    Nobody is on both sides: what the second had set aside as the first is said on the second's, where the second looks.
    """
    seconds = _of_place(round_, "second")
    people = {check.person for check in seconds}
    firsts = _of_place(round_, "first")
    own = judging.claims_of([c for c in firsts if c.state == "aside" and c.person in people])
    mine = judging.claims_of([c for c in firsts if c.state != "aside" or c.person not in people])
    moved = {mark: said for mark, said in own.items() if sharing.has_for(round_, "second", *mark)}
    judging.add_all(mine, {mark: said for mark, said in own.items() if mark not in moved})
    return mine, judging.union(judging.claims_of(seconds), moved)


def _of_place(round_: Round, place: str) -> list[Check]:
    return [c for c in round_.checks.values() if c.place == place and c.state in ("signed", "aside")]


def round_compared(desk: Desk, line: Line) -> None:
    """Computed from both checks with the second signature: disagreed is asked first, else the union is judged."""
    found = desk.round(line)
    if found is None:
        return
    batch, round_ = found
    body = line.body
    first, second = round_.standing("first"), round_.standing("second")
    at_once = (
        desk.last == (line.seq - 1, "check.signed", round_.id)
        and second is not None
        and second.person == line.by
    )
    desk.require(at_once and not round_.compared, line, "rule_compared_when")
    if first is None or second is None:
        desk.find(line, "rule_two_checks")
        return
    desk.require((body["first"], body["second"]) == (first.id, second.id), line, "rule_compared_what")
    mine, others = _sides(round_)
    through = judging.gone_through(round_, first, second)
    samples = _judged_samples(round_, mine, others, judging.left_out(first, second), through)
    _require_verdicts(desk, line, round_, _worse(samples))
    written = body.get("samples", [])
    desk.require(len(written) == (len(samples) if len(samples) > 1 else 0), line, "rule_classes")
    for said, judged in zip(written, samples, strict=False):
        _require_verdicts(desk, line, round_, judged, said)
    spoken = {mark for check in _of_place(round_, "second") for mark in reviewing.spoken_of(round_, check)}
    common = sharing.common(round_, mine, spoken, through), sharing.common(round_, others, spoken, through)
    disputed = judging.disputed(*common)
    critical, other_critical = ({u for (u, _), (c, _) in m.items() if c == "critical"} for m in common)
    own = judging.claims_of([first]), judging.claims_of([second])
    try:
        method = comparing.method_of(body["comparison"])
        counted = comparing.compared(round_, batch.quantity, first, second, method)
        below = comparing.below_floor(round_.floor, counted)
        desk.require(comparing.same(body["comparison"], counted), line, "rule_comparison")
    except comparing.NoFigures:
        below = False
        desk.find(line, "rule_comparison")
    left_out = judging.left_out(first), judging.left_out(second)
    if through is None:
        verdicts = _by_either_eye(round_, *own, reviewing.spoken_of(round_, second), left_out)
    else:
        alone = zip((first, second), own, strict=True)
        one, other = (judging.verdict(_judged_alone(round_, check, said)) for check, said in alone)
        verdicts = [(one, other)]
    why = {
        "verdicts_differ": any(a != b for a, b in verdicts),
        "critical_by_one": bool(critical ^ other_critical),
        "agreement_below_floor": below,
    }
    every = {v for pair in verdicts for v in pair}
    whole = {judging.verdict(judged) for judged in samples}
    why["sample_missing"] = not any(why.values()) and every == {"accepted"} and "undecided" in whole
    if critical & other_critical:
        outcome, reasons = "rejected", ["critical_both"]
    elif any(why.values()):
        outcome, reasons = "disagreed", [reason for reason, holds in why.items() if holds]
    else:
        outcome, reasons = "accepted" if every | whole == {"accepted"} else "rejected", ["union"]
    good = body["outcome"] == outcome and body["reasons"] == reasons
    desk.require(good, line, "rule_outcome", outcome=outcome)
    round_.compared, round_.outcome, round_.disputed = line.hash, body["outcome"], disputed
    round_.comparison = body
    round_.critical = any(name == "critical" for name, _ in judging.union(mine, others).values())
    batch.found = sorted({*batch.found, *_codes(first), *_codes(second)})
    if body["outcome"] != "disagreed":
        unknown = len(judging.left_out(first, second))
        switching.settled(desk, line, batch, round_, body["outcome"], unknown)
        marks = judging.union(mine, others)
        corrective.settled(desk, line, batch, round_, body["outcome"], marks, first, second)
        verdict_came(desk, batch, round_)
    else:
        desk.require(body.get("switched") is None, line, "rule_switching")
    if batch.state == "second_check":
        batch.state = body["outcome"]


def _codes(check: Check) -> set[str]:
    """Return the codes of what a check found, and of what it measured outside the limits."""
    found = {code for _, code, _, _ in check.findings.values()}
    return found | {code for _, code, _, inside in check.readings.values() if not inside}


def _judged_samples(
    round_: Round, mine: Marks, others: Marks, unknown: set[int], through: set[int] | None = None
) -> list[list[Judged]]:
    """Judge each person's sample by itself, what counts for both in both; one where both are the same."""
    if "split" not in sharing.modes(round_):
        return [judging.judge(round_.plans, judging.union(mine, others), unknown=unknown, done=through)]
    first = judging.union(mine, sharing.into_first(round_, others))
    second = judging.union(sharing.into_second(round_, mine), others)
    return [
        judging.judge(round_.plans, first, unknown=unknown),
        judging.judge(round_.plans, second, sharing.place_in(round_, "second"), unknown),
    ]


def _worse(samples: list[list[Judged]]) -> list[Judged]:
    """Return of each class the sample in which more stands against it."""
    return [max(each, key=lambda j: (j.verdict, j.counted)) for each in zip(*samples, strict=True)]


def _by_either_eye(
    round_: Round, first: Marks, second: Marks, spoken: set[Mark], left_out: tuple[set[int], set[int]]
) -> list[tuple[str, str]]:
    """Return the verdict on each sample with the first's claims where both say anything, and with the second's."""
    seen_first, seen_second = (sharing.common(round_, marks, spoken) for marks in (first, second))
    by_place = {
        "first": (first, {**sharing.alone(round_, first, spoken), **seen_second}),
        "second": ({**sharing.alone(round_, second, spoken), **seen_first}, second),
    }
    apart = "split" in sharing.modes(round_)
    found = []
    for own, (place, (one, other)) in zip(left_out, by_place.items(), strict=True):
        at = sharing.place_in(round_, place)
        by_first, by_second = (eye | own if apart else eye for eye in left_out)
        found.append(
            (
                judging.verdict(judging.judge(round_.plans, one, at, by_first)),
                judging.verdict(judging.judge(round_.plans, other, at, by_second)),
            )
        )
    return found


def check_resolved(desk: Desk, line: Line) -> None:
    """The third person puts down what is true of a disputed claim."""
    found = _own_check(desk, line)
    if found is None:
        return
    _, round_, check = found
    desk.require(check.place == "third", line, "rule_place")
    check.entries.append(records.entry(line))
    _take_resolutions(desk, line, round_, check)


def _take_resolutions(desk: Desk, line: Line, round_: Round, check: Check) -> None:
    for said in line.body["resolutions"]:
        mark: Mark = (said["unit"], said["code"])
        desk.require(mark in round_.disputed, line, "rule_not_disputed", code=said["code"])
        check.resolved[mark] = said["holds"]


def round_decided(desk: Desk, line: Line) -> None:
    """An arbiter who is neither settles every disputed claim; the union as settled is judged again."""
    found = _own_check(desk, line)
    desk.require_signers(line, 1)
    if found is None:
        return
    batch, round_, check = found
    body = line.body
    desk.require_state(line, batch, "disagreed")
    _require_for_place(desk, line, batch, round_, "third")
    desk.require(body["meaning"] == "I decide", line, "rule_meaning")
    said = {(r["unit"], r["code"]): r["holds"] for r in body["resolutions"]}
    desk.require(said == check.resolved and said.keys() == round_.disputed.keys(), line, "rule_unresolved")
    mine, others = _sides(round_)
    settled, first_settled, second_settled = (
        {mark: claim for mark, claim in marks.items() if mark not in round_.disputed or said.get(mark, True)}
        for marks in (judging.union(mine, others), mine, others)
    )
    for mark, (_, by_how_many) in round_.disputed.items():
        if mark in settled or mark[0] is not None or mark not in mine or mark not in others:
            continue
        defect_class, most = judging.union(mine, others)[mark]
        settled[mark] = (defect_class, most - by_how_many)
    first, second = round_.standing("first"), round_.standing("second")
    unknown = judging.left_out(*(c for c in (first, second) if c is not None))
    if "split" in sharing.modes(round_):
        samples = _judged_samples(round_, first_settled, second_settled, unknown)
    else:
        both = [c for c in (first, second) if c is not None]
        through = judging.gone_through(round_, *both) if both else None
        samples = [judging.judge(round_.plans, settled, unknown=unknown, done=through)]
    _require_verdicts(desk, line, round_, _worse(samples))
    good = all(judging.verdict(judged) == "accepted" for judged in samples)
    outcome = "accepted" if good else "rejected"
    desk.require(body["outcome"] == outcome, line, "rule_outcome", outcome=outcome)
    over = [c.hash for c in (first, second) if c is not None] + [round_.compared]
    desk.require(set(body["over"]) == set(over), line, "rule_over")
    desk.require(body["record"] == round_record(batch, round_, body["resolutions"]), line, "rule_record")
    check.state, check.hash, check.signed = "signed", line.hash, (line.seq, line.key)
    check.signed_at, check.entries = line.at, []
    round_.signed["third"] = check.person
    round_.decided, round_.decision, round_.outcome = line.hash, body, body["outcome"]
    round_.critical = any(name == "critical" for name, _ in settled.values())
    switching.settled(desk, line, batch, round_, body["outcome"], len(unknown))
    corrective.settled(desk, line, batch, round_, body["outcome"], settled, first, second)
    verdict_came(desk, batch, round_)
    batch.signers.append(check.person)
    if batch.state == "disagreed":
        batch.state = body["outcome"]


def rejected_after_all(desk: Desk, line: Line) -> None:
    """Rejecting takes one of the two who disagree."""
    found = desk.round(line)
    if found is not None:
        batch, round_ = found
        desk.require_state(line, batch, "disagreed")
        both = {round_.signed.get("first"), round_.signed.get("second")}
        desk.require(line.by in both, line, "rule_signer", person=desk.name(line.by or ""))
        if batch.state == "disagreed":
            switching.settled(desk, line, batch, round_, "rejected")
            both_checks = round_.standing("first"), round_.standing("second")
            marks = judging.union(*_sides(round_))
            corrective.settled(desk, line, batch, round_, "rejected", marks, *both_checks)
            verdict_came(desk, batch, round_)
            batch.state, round_.outcome = "rejected", "rejected"


def round_again(desk: Desk, line: Line) -> None:
    """Both who disagree, once per batch, and not while a critical is claimed."""
    found = desk.round(line)
    desk.require_signers(line, 2)
    if found is not None:
        batch, round_ = found
        desk.require_state(line, batch, "disagreed")
        both = {round_.signed.get("first"), round_.signed.get("second")}
        desk.require(set(line.signers) == both, line, "rule_signer", person=desk.name(line.by or ""))
        desk.require(not batch.again_used, line, "rule_again_once")
        desk.require(not round_.critical, line, "rule_critical")
        batch.again_used = True
        back_to_start(batch)
        stands = desk.marked(line, "stands")
        if batch.undecided and batch.undecided[-1]["round"] == round_.id and stands:
            batch.undecided[-1]["again"] = True


def check_retracted(desk: Desk, line: Line) -> None:
    """A signer takes a check back before release; once compared, it uses up the one *do again*, or the batch is held."""
    found = desk.round(line)
    desk.require_signers(line, 1)
    if found is None:
        return
    batch, round_ = found
    body = line.body
    check = round_.checks.get(body["check"])
    if check is None or check.state != "signed":
        desk.find(line, "rule_unknown", what="check", id=body["check"])
        return
    desk.require(check.person == line.by, line, "rule_not_your_check", person=desk.name(line.by or ""))
    desk.require_state(line, batch, *_BEFORE_COMPARED, "accepted", "rejected", "disagreed")
    compared = bool(round_.compared)
    if batch.state == "rejected" and desk.follows:
        stood = all(round_.signed.get(place) for place in ("first", "second"))
        desk.require(not (stood and round_.critical), line, "rule_critical")
        batch.tightened = True
    gone = compared and batch.again_used
    then = "held" if gone else "new_round"
    holds = gone and batch.kept is None
    right = (body["then"], body["used_again"], body.get("hold") is not None) == (then, compared, holds)
    desk.require(right, line, "rule_retracted")
    check.state = "retracted"
    if check.place != "third":
        verdict_gone(desk, batch, round_)
    round_.signed.pop(check.place, None)
    batch.again_used = batch.again_used or compared
    if body.get("hold") is not None:
        desk.fresh(line, body["hold"])
        batch.holds.append(body["hold"])
        batch.kept = body["hold"]
    elif not gone:
        require_whole(desk, line, batch)
        back_to_start(batch)


def place_given_up(desk: Desk, line: Line) -> None:
    """Who must know sooner gives up the second place; the last person who could be second may not."""
    found = desk.round(line)
    if found is None:
        return
    batch, round_ = found
    person = line.by or ""
    desk.require_worker(line)
    desk.require_state(line, batch, "registered", "first_check", *_BEFORE_COMPARED)
    others = (p for p in desk.people if p != person)
    left = (
        any(desk.could_be_second(line, p, batch, round_) for p in others) or round_.open("second") is not None
    )
    desk.require(left, line, "rule_last_second", person=desk.name(person))
    round_.given_up.append(person)


def first_seen(desk: Desk, line: Line) -> None:
    """Only who can no longer be second reads the first check before the second is signed."""
    found = desk.round(line)
    if found is None:
        return
    batch, round_ = found
    person = line.by or ""
    running = round_.open("second")
    if running is None:
        could = desk.could_be_second(line, person, batch, round_, surely=True)
    else:  # the place is taken; whoever has it sees nothing, and whoever looks now is shut out should it become free
        could = running.person == person
    desk.require(bool(round_.compared) or not could, line, "rule_blind", person=desk.name(person))
    round_.seen.append(person)


RULES: dict[str, Rule] = {
    "round.opened": round_opened,
    "check.started": check_started,
    "check.recorded": check_recorded,
    "check.resolved": check_resolved,
    "check.set_aside": check_set_aside,
    "check.signed": check_signed,
    "round.compared": round_compared,
    "round.decided": round_decided,
    "round.rejected_after_all": rejected_after_all,
    "round.again": round_again,
    "check.retracted": check_retracted,
    "place.given_up": place_given_up,
    "first.seen": first_seen,
}
