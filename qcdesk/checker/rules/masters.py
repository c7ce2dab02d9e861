# SPDX-License-Identifier: Apache-2.0
"""Rules of master data and procedures: written by one person, approved by another (trust.md §8.1, §8.6)."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from qcdesk.checker import canonical
from qcdesk.checker.lines import Line
from qcdesk.checker.rules.batches import back_to_start, verdict_gone
from qcdesk.checker.rules.desk import Desk, Rule
from qcdesk.checker.rules.state import Version


def supplier_saved(desk: Desk, line: Line) -> None:
    """A supplier; its code is its own."""
    desk.require_worker(line)
    desk.require_over(line, f"supplier {line.body['supplier']}")
    body = line.body
    desk.claim(
        line, "supplier", body["code"], body["supplier"], desk.suppliers.get(body["supplier"], (None,))[0]
    )
    known = desk.suppliers.get(body["supplier"])
    if known is not None and body["supplier"] in desk.supplied:
        elsewhere = known[2] != body.get("country", "") and desk.says_over  # which older logs let one say
        _require_two(desk, line, known[1] != body["name"] or elsewhere)
    desk.suppliers[body["supplier"]] = (body["code"], body["name"], body.get("country", ""))


def _require_two(desk: Desk, line: Line, asked: bool) -> None:
    """Note it where one person alone changes what takes two, once something rests on it.

    Where it takes one, whoever signs beside adds nothing, and no role is asked of them.
    """
    if not asked:
        return
    desk.require_signers(line, 2)
    for signer in line.signers:
        desk.require(desk.may_act(line, signer), line, "rule_no_role", person=desk.name(signer))


def product_saved(desk: Desk, line: Line) -> None:
    """A product; code and revision are its own."""
    desk.require_worker(line)
    desk.require_over(line, f"product {line.body['product']}")
    body = line.body
    code, revision = body["code"], body.get("revision", "")
    before = desk.products.get(body["product"])
    desk.claim(
        line, "product", f"{code} {revision}", body["product"], f"{before[0]} {before[1]}" if before else None
    )
    if before is not None and body["product"] in desk.families:
        desk.require(before[:2] == (code, revision), line, "rule_code", code=before[0])
        _require_two(desk, line, before[3:] != (body["name"], body.get("unit", "pcs")))
    family = body.get("family", "")
    for name in (body["product"], f"code {code}"):
        desk.require(desk.families.get(name, family) == family, line, "rule_family", code=code)
    desk.products[body["product"]] = (
        code, revision, family, body["name"], body.get("unit", "pcs"),
    )  # fmt: skip


def defect_code_saved(desk: Desk, line: Line) -> None:
    """A code of the catalogue."""
    desk.require_worker(line)
    desk.codes.setdefault(line.body["code"], set()).add(line.body["defect_class"])


def instrument_saved(desk: Desk, line: Line) -> None:
    """An instrument, and how long its calibration is good: once it had one, longer or again takes two."""
    desk.require_worker(line)
    body = line.body
    desk.require_over(line, f"instrument {body['instrument']}")
    id_, number, until = body["instrument"], body["number"], body["calibrated_until"]
    was, blocked = desk.gauges.get(id_), body.get("blocked", False)
    if was is not None:
        until_then, blocked_then, kind = desk.instruments.pop(was, (None, False, ""))
        later = until is not None and (until_then is None or until > until_then)
        loosened = later or (blocked_then and not blocked) or (was, kind) != (number, body["kind"])
        _require_two(desk, line, loosened and id_ in desk.relied_on and desk.says_over)
    if blocked or until is not None:
        desk.relied_on.add(id_)
    desk.gauges[id_] = number
    desk.instruments[number] = (until, blocked, body["kind"])


def _require_planner(desk: Desk, line: Line, person: str | None, products: Iterable[str]) -> None:
    """Note it unless somebody is a planner for the family of each of these products, whatever its revision."""
    if person is None:
        return
    named = set(products)
    families = {product[2] for product in desk.products.values() if product[0] in named}
    good = desk.holds_role(line, person, "planner") and all(
        desk.holds_role(line, person, "planner", family) for family in families
    )
    desk.require(good, line, "rule_role", person=desk.name(person), role="planner")


def procedure_drafted(desk: Desk, line: Line) -> None:
    """A draft by a planner; what is approved or retired is never written again."""
    body = line.body
    _require_planner(desk, line, line.by, body["content"]["products"])
    digest = sha256(canonical.write(body["content"])).hexdigest()
    desk.require(digest == body["hash"], line, "rule_procedure_hash", procedure=body["code"])
    versions = desk.versions.setdefault(body["code"], {})
    there = versions.get(body["version"])
    next_ = there is None and body["version"] == max(versions, default=0) + 1
    good = next_ or (there is not None and there.state == "draft")
    desk.require(good, line, "rule_procedure_state", procedure=body["code"], version=body["version"])
    if there is None or there.state == "draft":
        content = body["content"]
        for listed in (*content.get("defects", []), *content.get("characteristics", [])):
            desk.codes.setdefault(listed["code"], set()).add(listed.get("defect_class", "major"))
        versions[body["version"]] = Version(
            line.by or "", body["hash"], "draft", content["products"], content["review_by"]
        )
        versions[body["version"]].looks_for = {
            listed["code"]: listed.get("defect_class", "major")
            for listed in (*content.get("characteristics", []), *content.get("defects", []))
        }
        if content.get("switching") is not None:
            versions[body["version"]].switching = content["switching"]
            versions[body["version"]].switched = [
                r["defect_class"] for r in content["rules"] if r["kind"] == "aql"
            ]


def procedure_approved(desk: Desk, line: Line) -> None:
    """A planner other than the author approves exactly what was drafted; earlier versions retire."""
    body = line.body
    versions = desk.versions.get(body["code"], {})
    version = versions.get(body["version"])
    _require_planner(desk, line, line.by, version.products if version else ())
    if version is None:
        desk.find(line, "rule_unknown", what="procedure", id=body["code"])
        return
    desk.require(
        version.state == "draft",
        line,
        "rule_procedure_state",
        procedure=body["code"],
        version=body["version"],
    )
    desk.require(version.author != line.by, line, "rule_author_approves", person=desk.name(line.by or ""))
    desk.require(version.hash == body["hash"], line, "rule_procedure_hash", procedure=body["code"])
    for other in versions.values():
        if other.state == "approved":
            other.state = "retired"
    version.state = "approved" if desk.sound(line) else "not approved"
    _inspect_anew(desk, line)


def _inspect_anew(desk: Desk, line: Line) -> None:
    """Where the approval says so, every open batch of this procedure goes back to the start, values in hand."""
    said = {(r["batch"], r["round"]) for r in line.body.get("reinspected", [])}
    states = ("first_check", "awaiting_second", "second_check", "accepted", "disagreed")
    open_ = {
        (batch.id, batch.round.id): batch
        for batch in desk.batches.values()
        if batch.round is not None and batch.round.code == line.body["code"] and batch.state in states
    }
    anew = line.body.get("open_batches", "continue") == "re_inspect"
    desk.require(said == (open_.keys() if anew else set()), line, "rule_reinspected")
    for key in said & open_.keys():
        batch = open_[key]
        batch.carried = batch.round
        verdict_gone(desk, batch, batch.round)
        back_to_start(batch)


def procedure_grace(desk: Desk, line: Line) -> None:
    """Two planners let an approved version be used though its review is overdue."""
    body = line.body
    desk.require_signers(line, 2)
    version = desk.versions.get(body["code"], {}).get(body["version"])
    for signer in line.signers:
        _require_planner(desk, line, signer, version.products if version else ())
    if version is None or version.state != "approved":
        desk.find(line, "rule_procedure_state", procedure=body["code"], version=body["version"])
        return
    if desk.sound(line):
        version.grace_until = max(version.grace_until, body["until"])


def procedure_retired(desk: Desk, line: Line) -> None:
    """A version is taken out of use, also one that another followed."""
    body = line.body
    version = desk.versions.get(body["code"], {}).get(body["version"])
    _require_planner(desk, line, line.by, version.products if version else ())
    good = version is not None and not version.stopped
    desk.require(good, line, "rule_procedure_state", procedure=body["code"], version=body["version"])
    if version is not None:
        version.state, version.stopped = "retired", True


def noted(desk: Desk, line: Line) -> None:
    """Something that anybody with a role may put down."""
    desk.require_worker(line)


def reported(desk: Desk, line: Line) -> None:
    """The same, and what it says of goods stops them, unless an older program put it down."""
    noted(desk, line)
    desk.marked(line, "stops")


def concern_explained(desk: Desk, line: Line) -> None:
    """An administrator explains what wants explaining, and never what is about that person."""
    desk.require_role(line, "administrator")
    desk.require(line.by != line.body["person"], line, "rule_own_concern", person=desk.name(line.by or ""))


RULES: dict[str, Rule] = {
    "supplier.saved": supplier_saved,
    "product.saved": product_saved,
    "defect_code.saved": defect_code_saved,
    "instrument.saved": instrument_saved,
    "procedure.drafted": procedure_drafted,
    "procedure.approved": procedure_approved,
    "procedure.grace": procedure_grace,
    "procedure.retired": procedure_retired,
    "import.done": noted,
    "defect.reported": reported,
    "defects.reported": reported,
    "concern.explained": concern_explained,
}
