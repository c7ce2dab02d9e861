# SPDX-License-Identifier: Apache-2.0
"""Rules of a batch from registration to the lorry: holds, disposal, rework, release, shipping (trust.md §8)."""

from __future__ import annotations

from typing import Any

from qcdesk.checker.lines import Line
from qcdesk.checker.rules import corrective, records
from qcdesk.checker.rules.desk import Desk, Rule, day_on_earth
from qcdesk.checker.rules.state import Batch, Round
from qcdesk.checker.rules.suppliers import require_free

SMALLEST = 2
_DAY = 86_400_000_000
_PINNED = {"line": "", "order": "", "made_on": None, "ship_by": None}
"""What a round pins of a batch beside its number, product, quantity, supplier and makers."""
_OVER = ("cancelled", "returned", "scrapped", "split")
_ENDS = {"return": "returned", "scrap": "scrapped"}
_TOUCHED = ("rework", "repair", "sort", "regrade")
_CONCEDED = "released_under_concession"
_RELEASED = ("released", _CONCEDED)


def batch_saved(desk: Desk, line: Line) -> None:
    """A batch is registered, or changed before its first round opens; its number is its own."""
    body = line.body
    desk.require_worker(line)
    there = desk.batches.get(body["batch"])
    desk.says_seen = desk.says_seen or "seen" in body
    take_number(desk, line, there)
    if desk.says_seen:
        read = there.read if there else 0
        desk.require(body.get("seen") == read, line, "rule_changed_meanwhile", number=read)
    desk.require(body["product"] in desk.products, line, "rule_unknown", what="product", id=body["product"])
    desk.require(body["quantity"] >= SMALLEST, line, "rule_quantity", quantity=body["quantity"])
    supplier = body.get("supplier")
    if supplier is not None:
        desk.require(supplier in desk.suppliers, line, "rule_unknown", what="supplier", id=supplier)
        desk.supplied[supplier] = body["batch"]
        moved = there is None or there.supplier != supplier
        desk.require(not moved or supplier not in desk.same_as, line, "rule_merged_supplier")
    makers = [m["person"] for m in body.get("makers", [])]
    gone = there is not None and line.by in there.makers and line.by not in makers
    desk.require(not gone, line, "rule_own_work", person=desk.name(line.by or ""))
    for maker in makers:
        desk.require(maker in desk.people, line, "rule_unknown", what="person", id=maker)
    desk.settle_family(body["product"])
    _count_received(desk, there, -1)
    if there is None:
        there = Batch(body["batch"], body["number"], body["product"], body["quantity"])
        there.registered_at, there.registered = line.at, line.seq
        desk.batches[there.id] = there
    elif not desk.require(
        there.state == "registered" and there.round_no == 0 and not there.origins, line, "rule_pinned"
    ):
        _count_received(desk, there, 1)
        return
    there.number, there.product, there.quantity = body["number"], body["product"], body["quantity"]
    there.read = line.seq
    there.supplier, there.makers = supplier, makers
    there.saved = {name: body.get(name, empty) for name, empty in _PINNED.items()}
    _count_received(desk, there, 1)


def _count_received(desk: Desk, batch: Batch | None, sign: int) -> None:
    """Add the units of a batch to what was received of its supplier, or take them away again."""
    if batch is not None and batch.supplier is not None:
        count(desk.received, batch.supplier, batch.registered_at, sign * batch.quantity)
        if sign > 0:
            desk.coming_in.setdefault(batch.supplier, set()).add(batch.id)
        else:
            arrived(desk, batch)


def arrived(desk: Desk, batch: Batch) -> None:
    """Take a batch from those that may turn out never to have come."""
    if batch.supplier is not None:
        coming = desk.coming_in.get(batch.supplier, set())
        coming.discard(batch.id)
        if not coming:
            desk.coming_in.pop(batch.supplier, None)


def verdict_came(desk: Desk, batch: Batch, round_: Round) -> None:
    """Note that two came to a verdict on a batch: the lot that it is, or is a part of, was received."""
    if undone(round_):
        return
    lot = _as_received(desk, batch)
    if not lot.verdicts and lot.supplier is not None:
        count(desk.judged_units, lot.supplier, lot.registered_at, lot.quantity)
    lot.verdicts[round_.id] = batch.id


def verdict_gone(desk: Desk, batch: Batch, round_: Round | None = None) -> None:
    """Note that the verdict of a round stands no more; without one, that none of the batch does."""
    lot = _as_received(desk, batch)
    left = {
        name: of
        for name, of in lot.verdicts.items()
        if of != batch.id or (round_ is not None and name != round_.id)
    }
    if lot.verdicts and not left and lot.supplier is not None:
        count(desk.judged_units, lot.supplier, lot.registered_at, -lot.quantity)
    lot.verdicts = left


def _as_received(desk: Desk, batch: Batch) -> Batch:
    first = desk.batches.get(batch.origins[0]) if batch.origins else None
    return batch if first is None else first


def count(units: dict[str, dict[str, int]], supplier: str, at: int, quantity: int) -> None:
    """Add units of a supplier to their day; a negative quantity takes them away again."""
    days = units.setdefault(supplier, {})
    day = str(at // _DAY)
    days[day] = days.get(day, 0) + quantity
    if not days[day]:
        del days[day]


def take_number(desk: Desk, line: Line, there: Batch | None) -> None:
    """Note a number that another batch has, or ever had, and another number of a batch that is stopped.

    Before batches said which record was read, a number was free again once its batch had another one.
    """
    number, own = line.body["number"], line.body["batch"]
    whose = desk.taken["batch"].setdefault(number, own)
    if whose != own:
        holder = desk.batches.get(whose)
        if desk.says_seen or holder is None or holder.number == number:
            desk.find(line, "rule_name_again", kind="batch", name=number)
        else:
            desk.taken["batch"][number] = own
    stopped = desk.says_seen and there is not None and bool(there.holds) and there.number != number
    desk.require(not stopped, line, "rule_held")


def batch_cancelled(desk: Desk, line: Line) -> None:
    """Registered by mistake; no check was begun."""
    batch = desk.batch(line)
    desk.require_worker(line)
    if batch is not None:
        desk.require_state(line, batch, "registered")
        desk.require(not batch.begun and not batch.origins, line, "rule_begun")
        desk.require(not (batch.holds and desk.says_seen), line, "rule_held")
        batch.state = "cancelled"
        _count_received(desk, batch, -1)


def batch_held(desk: Desk, line: Line) -> None:
    """Stopping takes one."""
    batch = desk.batch(line)
    desk.require_worker(line)
    if batch is not None:
        desk.require(batch.state not in _OVER, line, "rule_state", state=batch.state)
        desk.fresh(line, line.body["hold"])
        batch.holds.append(line.body["hold"])


def batch_lifted(desk: Desk, line: Line) -> None:
    """Letting go takes two who may release."""
    batch = desk.batch(line)
    desk.require_signers(line, 2)
    if batch is not None:
        for signer in line.signers:
            good = desk.holds_role(line, signer, "releaser", desk.family(batch))
            desk.require(good, line, "rule_role", person=desk.name(signer), role="releaser")
        if desk.require(line.body["hold"] in batch.holds, line, "rule_hold"):
            let_go(batch, line.body["hold"])


def batch_disposed(desk: Desk, line: Line) -> None:
    """One says what becomes of a rejected or held batch, another confirms."""
    batch = desk.batch(line)
    desk.require_signers(line, 2)
    if batch is not None:
        last = batch.round.id if batch.round is not None else None
        if not desk.require(line.body["round"] == last, line, "rule_round"):
            return
        for signer in line.signers:
            desk.require(desk.may_act(line, signer), line, "rule_no_role", person=desk.name(signer))
        kind, quantity = line.body["disposition"], line.body["quantity"]
        batch.decided.append(line.seq)
        held = bool(batch.holds) or batch.state in ("disagreed", "withdrawn")
        held = held and batch.state not in _OVER and not batch.shipped
        if batch.state != _CONCEDED:
            require_no_certificate(desk, line, batch)
        regraded = bool(line.body.get("terms", "").strip())
        desk.require(regraded == (kind == "regrade"), line, "rule_disposed")
        if kind in ("rework", "repair"):
            desk.require(batch.round is not None, line, "rule_state", state=batch.state)
            desk.require(batch.state == "rejected" or held, line, "rule_state", state=batch.state)
            desk.require(quantity <= batch.quantity, line, "rule_quantity", quantity=quantity)
            require_whole(desk, line, batch)
            batch.rework_ordered = True
            return
        require_settled(desk, line, batch, again=kind not in _ENDS)
        here = batch.here - batch.shipped
        desk.require(quantity == here and quantity > 0, line, "rule_quantity", quantity=quantity)
        if kind not in _ENDS:
            require_whole(desk, line, batch)
            desk.require(not batch.shipped, line, "rule_state", state=batch.state)
            batch.rework_ordered = True
        else:
            batch.state, batch.rework_ordered = _ENDS[kind], False


def require_whole(desk: Desk, line: Line, batch: Batch) -> None:
    """Note a new round of what stayed of a batch that was split: its goods are elsewhere."""
    desk.require(not batch.split_off, line, "rule_split")


def batch_split(desk: Desk, line: Line) -> None:
    """One says which way each part of a rejected or held batch goes, another confirms; together they are all of it."""
    batch, body = desk.batch(line), line.body
    desk.require_signers(line, 2)
    for signer in line.signers:
        desk.require(desk.may_act(line, signer), line, "rule_no_role", person=desk.name(signer))
    if batch is None:
        return
    untouched = batch.state == "registered" and batch.round_no == 0
    held = bool(batch.holds) and (untouched or batch.state == "accepted")
    fit = held or batch.state in ("rejected", "disagreed", "withdrawn", _CONCEDED)
    desk.require(fit and not batch.rework_ordered, line, "rule_state", state=batch.state)
    running = [] if batch.round is None or batch.state == "rejected" else [
        c for c in batch.round.checks.values() if c.state == "open"
    ]  # fmt: skip
    desk.require(not running, line, "rule_running", person=desk.name(running[0].person) if running else "")
    if batch.state != _CONCEDED:  # what was certified of it is what was conceded, and that stays as it is
        require_no_certificate(desk, line, batch)
    parts, kept = body["parts"], body["kept"]
    given = kept + sum(part["quantity"] for part in parts)
    whole = bool(parts) and given == batch.here - batch.shipped
    whole = whole and all(part["quantity"] > 0 for part in parts)
    least = batch.released - batch.shipped if batch.state == _CONCEDED else 0
    stays = kept >= least and (not kept or batch.state in ("rejected", _CONCEDED))
    desk.require(whole and stays, line, "rule_quantity", quantity=given)
    _require_taken_over(desk, line, batch)
    named = [unit for part in parts for unit in part.get("units", [])]
    seen = len(set(named)) == len(named) and set(named) <= set(batch.critical)
    seen = seen and len(set(batch.critical) - set(named)) <= kept + batch.shipped
    seen = seen and all(len(part.get("units", [])) <= part["quantity"] for part in parts)
    desk.require(seen, line, "rule_critical_nowhere")
    for part in parts:
        ways = part["way"] != "inspect" or untouched
        desk.require(ways, line, "rule_state", state=batch.state)
        desk.require(part["way"] != "return" or batch.supplier is not None, line, "rule_disposed")
        _take_part(desk, line, batch, part)
    batch.critical = [unit for unit in batch.critical if unit not in named]
    batch.split_off += sum(part["quantity"] for part in parts)
    batch.decided.append(line.seq)
    if not kept:
        batch.state = "split"


def _require_taken_over(desk: Desk, line: Line, batch: Batch) -> None:
    """Note what the parts take over and the batch does not have, and a hold that they leave behind."""
    goods = line.body["goods"]
    own = {
        "product": batch.product,
        "supplier": batch.supplier,
        "makers": sorted(batch.makers),
        "reworkers": sorted(batch.reworkers),
        "round_no": batch.round_no,
        "again_used": batch.again_used,
        "origins": batch.origins,
        **batch.saved,
    }
    said = {name: sorted(value) if name in ("makers", "reworkers") else value for name, value in goods.items()
            if name not in ("hold_kind", "hold_reason")}  # fmt: skip
    desk.require(said == own, line, "rule_part")
    desk.require(bool(goods["hold_kind"]) == bool(batch.holds), line, "rule_hold")
    for part in line.body["parts"]:
        stays = bool(batch.holds) and part["way"] not in _ENDS
        desk.require((part.get("hold") is not None) == stays, line, "rule_hold")


def _take_part(desk: Desk, line: Line, batch: Batch, part: dict[str, Any]) -> None:
    """Put a part there as a batch of its own, with all that its goods went through."""
    way, units = part["way"], part.get("units", [])
    if not desk.require(desk.batches.get(part["batch"]) is None, line, "rule_id_again", id=part["batch"]):
        return
    whose = desk.taken["batch"].setdefault(part["number"], part["batch"])
    desk.require(whose == part["batch"], line, "rule_name_again", kind="batch", name=part["number"])
    own = Batch(part["batch"], part["number"], batch.product, part["quantity"], batch.supplier)
    own.read, own.registered, own.registered_at = line.seq, line.seq, line.at
    own.saved, own.makers, own.reworkers = dict(batch.saved), list(batch.makers), list(batch.reworkers)
    own.conceders, own.origins = list(batch.conceders), [*batch.origins, batch.id]
    own.round_no, own.again_used = batch.round_no, batch.again_used
    own.judged = batch.judged
    batch.parts.append(own.id)
    own.critical, own.critical_claimed = (
        list(range(1, len(units) + 1)),
        batch.critical_claimed or bool(batch.critical),
    )
    own.tightened, own.rework_ordered = way != "inspect", way in _TOUCHED
    own.state = _ENDS.get(way, "registered")
    own.decided.append(line.seq)
    if part.get("hold") is not None and desk.fresh(line, part["hold"]):
        own.holds.append(part["hold"])
    desk.batches[own.id] = own


def require_settled(desk: Desk, line: Line, batch: Batch, *, again: bool) -> None:
    """Note goods that get an end while they are neither rejected nor held, out of the house, or being inspected.

    ``again``: they are inspected anew after it, so they were before.
    """
    held = bool(batch.holds) or batch.state in ("disagreed", "withdrawn")
    fit = batch.state == "rejected" or (held and batch.state not in (*_OVER, *_RELEASED, "registered"))
    fit = fit or (batch.state == _CONCEDED and batch.shipped == batch.released)
    waits = bool(batch.holds) or batch.rework_ordered
    fit = fit or (batch.state == "registered" and waits and not again)
    desk.require(fit and not (batch.rework_ordered and again), line, "rule_state", state=batch.state)
    running = (
        []
        if batch.round is None or batch.state == "rejected"
        else [c for c in batch.round.checks.values() if c.state == "open"]
    )
    desk.require(not running, line, "rule_running", person=desk.name(running[0].person) if running else "")


def batch_placed(desk: Desk, line: Line) -> None:
    """Somebody who works here says where goods stand that are still here."""
    batch = desk.batch(line)
    desk.require_worker(line)
    if batch is not None:
        desk.require(batch.state not in _OVER, line, "rule_state", state=batch.state)


def batch_reworked(desk: Desk, line: Line) -> None:
    """Who reworked; the batch waits for a new round, tightened."""
    batch = desk.batch(line)
    for signer in line.signers:
        desk.require(desk.may_act(line, signer), line, "rule_no_role", person=desk.name(signer))
    if batch is not None:
        desk.require(batch.rework_ordered, line, "rule_no_rework")
        people = line.body["by"]
        desk.require(bool(people), line, "rule_nobody_named")
        for person in people:
            desk.require(person in desk.people, line, "rule_unknown", what="person", id=person)
        batch.reworkers += [p for p in people if p not in batch.reworkers]
        family = desk.family(batch)
        left = any(
            p not in batch.made_by and desk.holds_role(line, p, "inspector", family) for p in desk.people
        )
        if desk.says_seen and not left:
            desk.require_signers(line, 2)
        ended = line.body.get("ends_hold")
        if ended is not None and desk.require(ended == batch.kept and undone(batch.round), line, "rule_hold"):
            let_go(batch, ended)
        require_no_certificate(desk, line, batch)
        require_whole(desk, line, batch)
        batch.rework_ordered, batch.tightened = False, True
        back_to_start(batch)


def require_no_certificate(desk: Desk, line: Line, batch: Batch) -> None:
    """Note a new round of what is certified: the certificate would go on saying that it is released."""
    for number, one in desk.certificates.items():
        desk.require(one.batch != batch.id or one.void, line, "rule_certificate_stands", number=number)


def let_go(batch: Batch, hold: str) -> None:
    """End one of the holds of a batch."""
    batch.holds.remove(hold)
    if hold == batch.kept:
        batch.kept = None


def undone(round_: Round | None) -> bool:
    """Tell whether a round was compared and one of the checks that settled it was taken back since."""
    if round_ is None or not round_.compared:
        return False
    places = ("first", "second", "third") if round_.decided else ("first", "second")
    return any(round_.standing(place) is None for place in places)


def round_ordered(desk: Desk, line: Line) -> None:
    """A qualified arbiter who signed nothing in the round orders the next one, and the retraction's hold ends."""
    found = desk.round(line)
    desk.require_signers(line, 1)
    if found is None:
        return
    batch, round_ = found
    by = line.by or ""
    problem = desk.can_check(line, by, batch, round_, "arbiter")
    desk.require(problem is None, line, problem or "", person=desk.name(by), role="arbiter")
    signed = {c.person for c in round_.checks.values() if c.state in ("signed", "retracted")}
    desk.require(by not in signed and by not in batch.made_by, line, "rule_signer", person=desk.name(by))
    desk.require(batch.state not in _OVER, line, "rule_state", state=batch.state)
    if desk.require(undone(round_) and line.body["hold"] == batch.kept, line, "rule_hold"):
        let_go(batch, line.body["hold"])
    require_whole(desk, line, batch)
    batch.tightened = batch.tightened or (batch.state == "rejected" and desk.follows)
    back_to_start(batch)


def shipped_unreleased(desk: Desk, line: Line) -> None:
    """What left without a release is put down; never more than there is."""
    batch = desk.batch(line)
    desk.require_worker(line)
    if batch is not None:
        desk.fresh(line, line.body["shipment"])
        require_day(desk, line, batch.registered_at)
        batch.unreleased += line.body["quantity"]
        left = batch.shipped + batch.unreleased
        desk.require(left <= batch.quantity - batch.split_off, line, "rule_quantity", quantity=left)


def require_day(desk: Desk, line: Line, since: int) -> None:
    """Note goods that left before they could, or after tomorrow; the workstation's today is never too early."""
    on, first = line.body["on"], day_on_earth(min(since, line.clock))
    last = day_on_earth(max(line.at, line.clock) + _DAY, latest=True)
    desk.require(first <= on <= last or not desk.says_seen, line, "rule_ship_day", on=on)


def back_to_start(batch: Batch) -> None:
    """The present round is over; the next opens from the start."""
    over = batch.round
    if over is not None:
        corrective.lay_aside(batch, over)
        batch.earlier.append(
            {
                "round": over.id,
                "no": over.no,
                "opened_hash": over.hash,
                "compared": over.compared or None,
                "outcome": over.comparison.get("outcome"),
                "decided": over.decision.get("outcome"),
            }
        )
    batch.state = "registered"
    batch.round = None


def round_record(batch: Batch, round_: Round, decided: list[dict[str, Any]] | None = None) -> str:
    """Return the digest of a round's record as the log gives it; ``decided``: what is being decided just now."""
    settled = round_.decision.get("resolutions", []) if decided is None else decided
    document = records.of_round(
        round_.opened,
        round_.hash,
        round_.checks.values(),
        round_.comparison,
        round_.compared,
        settled,
        round_.decided or None,
        batch.earlier,
    )
    return records.digest(document)


def batch_released(desk: Desk, line: Line) -> None:
    """Over two checks by two people, their comparison and the decision there was; never by who found first."""
    found = desk.round(line)
    desk.require_signers(line, 1)
    if found is None:
        return
    batch, round_ = found
    releaser = line.by or ""
    desk.require_state(line, batch, "accepted")
    desk.require(not batch.holds, line, "rule_held")
    corrective.require_released_free(desk, line, batch)
    problem = desk.can_check(line, releaser, batch, round_, "releaser")
    problem = problem or desk.dependent(
        releaser, batch, round_, "first", *(("second",) if desk.third_releases else ())
    )
    desk.require(problem is None, line, problem or "", person=desk.name(releaser), role="releaser")
    first, second = round_.standing("first"), round_.standing("second")
    desk.require(not batch.rework_ordered, line, "rule_no_rework")
    two = first is not None and second is not None and first.person != second.person and not undone(round_)
    desk.require(two and round_.outcome == "accepted", line, "rule_two_checks")
    for check in round_.checks.values():
        desk.require(not desk.in_doubt(check), line, "rule_in_doubt", person=desk.name(check.person))
    version = desk.versions.get(round_.code, {}).get(round_.version)
    good = version is not None and not version.stopped
    desk.require(good, line, "rule_procedure_state", procedure=round_.code, version=round_.version)
    require_free(desk, line, batch.supplier)
    over = [c.hash for c in (first, second) if c is not None] + [
        h for h in (round_.compared, round_.decided) if h
    ]
    desk.require(set(line.body["over"]) == set(over), line, "rule_over")
    desk.require(line.body["record"] == round_record(batch, round_), line, "rule_record")
    desk.require(
        line.body["quantity"] <= batch.quantity, line, "rule_quantity", quantity=line.body["quantity"]
    )
    require_whole(desk, line, batch)
    if batch.state == "accepted":
        batch.state, batch.released = "released", line.body["quantity"]
        batch.release = (line.seq, line.hash, line.body["record"])
        batch.released_at = line.at
    batch.signers.append(releaser)
    batch.clear()


def batch_shipped(desk: Desk, line: Line) -> None:
    """What was released and is not held may leave, and never more than that."""
    batch = desk.batch(line)
    desk.require_worker(line)
    if batch is not None:
        desk.fresh(line, line.body["shipment"])
        desk.require_state(line, batch, *_RELEASED)
        desk.require(not batch.holds, line, "rule_held")
        require_day(desk, line, batch.released_at)
        if batch.state == "released_under_concession":
            last = max(line.body["on"], desk.day(line))
            desk.require(last <= batch.until, line, "rule_concession_over")
        batch.shipped += line.body["quantity"]
        most = min(batch.released, batch.here)
        desk.require(batch.shipped <= most, line, "rule_more_than_released", quantity=batch.shipped)


def batch_withdrawn(desk: Desk, line: Line) -> None:
    """Any signer, or anybody who may release, takes a release back alone."""
    batch = desk.batch(line)
    if batch is not None:
        desk.require_state(line, batch, *_RELEASED)
        by = line.by or ""
        good = by in batch.signers or desk.holds_role(line, by, "releaser", desk.family(batch))
        desk.require(good, line, "rule_role", person=desk.name(by), role="releaser")
        batch.state = "withdrawn"
        void = [n for n, one in desk.certificates.items() if one.batch == batch.id and not one.void]
        if void:
            desk.owe(line, "certificate.withdrawn", void[-1])


RULES: dict[str, Rule] = {
    "batch.saved": batch_saved,
    "batch.cancelled": batch_cancelled,
    "batch.held": batch_held,
    "batch.lifted": batch_lifted,
    "batch.disposed": batch_disposed,
    "batch.split": batch_split,
    "batch.placed": batch_placed,
    "batch.reworked": batch_reworked,
    "batch.released": batch_released,
    "batch.shipped": batch_shipped,
    "batch.withdrawn": batch_withdrawn,
    "batch.shipped_unreleased": shipped_unreleased,
    "round.ordered": round_ordered,
}
