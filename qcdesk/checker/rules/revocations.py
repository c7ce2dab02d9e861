# SPDX-License-Identifier: Apache-2.0
"""Rules of keys after their birth, of the recovery sheet, and of what a key in doubt has touched (trust.md §5)."""

from __future__ import annotations

from qcdesk.checker.findings import Finding
from qcdesk.checker.keys import SHEET
from qcdesk.checker.lines import Line
from qcdesk.checker.rules.batches import back_to_start, require_whole, verdict_gone
from qcdesk.checker.rules.desk import Desk, Rule

_UNRELEASED = (
    "registered",
    "first_check",
    "awaiting_second",
    "second_check",
    "accepted",
    "rejected",
    "disagreed",
)


def require_two_others(desk: Desk, line: Line, concerned: str, *, administrator: bool) -> None:
    """Note it unless two others signed, or one and the recovery sheet while fewer than two others could sign.

    Args: administrator: one of the two must be one; so the sheet also stands in where nobody left is one.
    """
    people = {s for s in line.signers if s not in (concerned, SHEET)}
    if SHEET not in line.signers:
        desk.require(len(people) == 2, line, "rule_signers", needed=2, signed=len(people))
        if administrator:
            desk.require_administrator(line, line.signers, concerned)
        return
    able = _able(desk, line, concerned)
    lacking = administrator and not any(desk.holds_role(line, p, "administrator", surely=True) for p in able)
    desk.require(len(people) == 1 and (len(able) < 2 or lacking), line, "rule_sheet")


def require_sheet_needed(desk: Desk, line: Line, concerned: str) -> None:
    """Note it where the recovery sheet signed while two others could."""
    desk.require(len(_able(desk, line, concerned)) < 2, line, "rule_sheet")


def _able(desk: Desk, line: Line, concerned: str) -> list[str]:
    """Return who else could surely sign, whatever day it was at the workstation: those make the sheet needless."""
    return [
        p for p in desk.people if p != concerned and desk.active(p) and desk.may_act(line, p, surely=True)
    ]


def key_revoked(desk: Desk, line: Line) -> None:
    """By its own person, or by two others; what a key that ended before did may still be put in doubt."""
    body = line.body
    person = desk.people.get(body["person"])
    for signer in line.signers:
        alone = signer == body["person"] or signer == SHEET
        desk.require(alone or desk.may_act(line, signer), line, "rule_no_role", person=desk.name(signer))
    desk.require((body["why"] == "suspect") == (body.get("suspect_from") is not None), line, "rule_suspect")
    if set(line.signers) != {body["person"]}:
        require_two_others(desk, line, body["person"], administrator=False)
    own = desk.require(desk.own_keys.get(body["key"]) == body["person"], line, "rule_own_key")
    _require_own_sittings(desk, line)
    since = body.get("suspect_from")
    if since is not None and own:
        desk.doubts[body["key"]] = min(since, desk.doubts.get(body["key"], since))
        _require_held(desk, line, since)
    if desk.require(person is not None, line, "rule_unknown", what="person", id=body["person"]) and person:
        person.keyless = desk.keys.person_key(person.id) is None


def _require_own_sittings(desk: Desk, line: Line) -> None:
    """Note sittings that end with a person's key, and are somebody else's."""
    for session in line.body.get("sessions", ()):
        desk.require(desk.sessions.get(session) == line.body["person"], line, "rule_session_other")


def _require_held(desk: Desk, line: Line, since: int) -> None:
    """Note batches that rest on a signature which this very line puts in doubt, are not released, and are not held."""
    for batch in desk.batches.values():
        if batch.state not in _UNRELEASED or batch.holds or batch.round is None:
            continue
        checks = [c for c in batch.round.checks.values() if c.state == "signed"]
        if any(c.signed[1] == line.body["key"] and c.signed[0] >= since for c in checks):
            desk.findings.append(Finding.of(line.seq, "rule_not_held", batch.number, number=batch.number))


def key_enrolled(desk: Desk, line: Line) -> None:
    """Two others and the new key sign; no second key stands beside the new one."""
    body = line.body
    person = desk.people.get(body["person"])
    desk.require(body["person"] in line.signers, line, "rule_possession")
    require_two_others(desk, line, body["person"], administrator=False)
    lost = body.get("lost")
    desk.require(lost is None or desk.own_keys.get(lost) == body["person"], line, "rule_own_key")
    _require_own_sittings(desk, line)
    desk.own_keys.setdefault(body["key"], body["person"])
    if desk.require(person is not None, line, "rule_unknown", what="person", id=body["person"]) and person:
        person.keyless = False


def recovery_used(desk: Desk, line: Line) -> None:
    """Straight after the act on which the sheet stood in."""
    after = desk.last[0] == line.seq - 1 and desk.last[1] == line.body["act"]
    desk.require(after and SHEET in line.signers and len(line.signers) == 2, line, "rule_sheet")


def batch_quarantined(desk: Desk, line: Line) -> None:
    """A hold that comes with a key in doubt; stopping takes one."""
    batch = desk.batch(line)
    if batch is not None:
        desk.require_state(line, batch, *_UNRELEASED)
        desk.fresh(line, line.body["hold"])
        batch.holds.append(line.body["hold"])


def round_reopened(desk: Desk, line: Line) -> None:
    """Two send a batch to a new round; the signatures in doubt no longer count."""
    found = desk.round(line)
    desk.require_signers(line, 2)
    if found is None:
        return
    batch, round_ = found
    desk.require_state(line, batch, *_UNRELEASED[2:])
    for signer in line.signers:
        desk.require(desk.may_act(line, signer), line, "rule_no_role", person=desk.name(signer))
    doubted = any(desk.in_doubt(check) for check in round_.checks.values())
    desk.require(doubted and bool(line.body["checks"]), line, "rule_no_doubt")
    for name in line.body["checks"]:
        check = round_.checks.get(name)
        if check is None or check.state != "signed":
            desk.find(line, "rule_unknown", what="check", id=name)
            continue
        desk.require(desk.in_doubt(check), line, "rule_no_doubt")
        check.state = "retracted"
        if check.place != "third":
            verdict_gone(desk, batch, round_)
        round_.signed.pop(check.place, None)
    require_whole(desk, line, batch)
    back_to_start(batch)


RULES: dict[str, Rule] = {
    "key.revoked": key_revoked,
    "key.enrolled": key_enrolled,
    "recovery.used": recovery_used,
    "batch.quarantined": batch_quarantined,
    "round.reopened": round_reopened,
}
