# SPDX-License-Identifier: Apache-2.0
"""Rules of workstations, failed tries and locks, changed secrets and keys, and badges (trust.md §4, §5.2, §5.3, §5.6).

Not decidable from the log alone: whether a wait was kept, and whether a lock was over by a clock that nobody can set. A
row that begins anew after a lock is therefore taken as it stands.
"""

from __future__ import annotations

from collections.abc import Iterable

from qcdesk.checker.keys import SHEET
from qcdesk.checker.lines import Line
from qcdesk.checker.rules.desk import Desk, Rule
from qcdesk.checker.rules.revocations import require_sheet_needed

LOCKS_AT = 10
LOCK_SECONDS = 12 * 60 * 60
LONGEST_WAIT = 300


def station_introduced(desk: Desk, line: Line) -> None:
    """Somebody who signs in at a workstation brings its key; the id of another is worth a remark."""
    desk.require_signers(line, 1)
    known = desk.keys.active.get(line.body["key"])
    fits = known is not None and known.station == line.body["station"] == line.station
    desk.require(fits, line, "rule_station_key")
    station = line.body["station"]
    if (
        station in desk.stations
    ):  # programs of before let a newer key take the id over; the older one ended then
        desk.find(line, "station_taken", station=line.body.get("name") or station)
    desk.stations.add(station)


def auth_failed(desk: Desk, line: Line) -> None:
    """One more failure in the row, with the wait that it brings: 0, 1, 2, 4 … 300 seconds; ten lock."""
    body = line.body
    if not _enrolled(desk, line):
        return
    row, said = desk.tries.get(body["person"], 0), body["in_a_row"]
    desk.require(
        said == row + 1 or (row >= LOCKS_AT and said == 1), line, "rule_tries", found=said, row=row + 1
    )
    wait = 0 if said == 1 else min(2 ** min(said - 2, 9), LONGEST_WAIT)
    if said >= LOCKS_AT:
        wait = LOCK_SECONDS
    desk.require(body["wait"] == wait, line, "rule_wait", found=body["wait"], wait=wait)
    desk.tries[body["person"]] = said


def auth_locked(desk: Desk, line: Line) -> None:
    """Follows at once on the tenth failure."""
    body = line.body
    follows = desk.last[:2] == (line.seq - 1, "auth.failed") and desk.tries.get(body["person"]) == LOCKS_AT
    desk.require(
        follows and body["in_a_row"] == LOCKS_AT and body["seconds"] == LOCK_SECONDS, line, "rule_lock"
    )
    desk.locks[body["person"]] = line.seq


def clock_jumped(_desk: Desk, _line: Line) -> None:
    """A workstation says what its clocks read; there is nothing to hold it against."""


def person_unlocked(desk: Desk, line: Line) -> None:
    """Another person ends the lock that stands, or its own with the sheet while fewer than two others could sign."""
    body = line.body
    if SHEET in line.signers:
        require_sheet_needed(desk, line, body["person"])
        desk.require(set(line.signers) == {body["person"], SHEET}, line, "rule_sheet")
    else:
        desk.require(body["person"] not in line.signers, line, "rule_unlocks_self")
    desk.require(desk.locks.pop(body["person"], None) == body["lock"], line, "rule_no_lock")
    desk.tries.pop(body["person"], None)


def secret_changed(desk: Desk, line: Line) -> None:
    """One's own key is sealed anew."""
    desk.require_signers(line, 1)
    desk.require(line.body["person"] == line.by and line.body["key"] == line.key, line, "rule_own_key")


def key_changed(desk: Desk, line: Line) -> None:
    """The old key signs, and the new one beside it; badges of the old one end."""
    body = line.body
    new = [signer for signer in line.co if signer.key == body["key"] and signer.person == line.by]
    own = body["person"] == line.by and body["old_key"] == line.key
    desk.require(own and len(line.co) == len(new) == 1, line, "rule_own_key")
    desk.own_keys.setdefault(body["key"], line.by or "")
    _stop(desk, line, body.get("stops", ()))
    left = [badge for badge, person in desk.badges.items() if person == body["person"]]
    desk.require(not left, line, "rule_badge")


def badge_issued(desk: Desk, line: Line) -> None:
    """The person and one other sign; earlier badges of the person end."""
    body = line.body
    desk.require_signers(line, 2)
    desk.require_vouched(line, body["person"])
    desk.require(body["person"] == line.by and body["key"] == line.key, line, "rule_own_key")
    _stop(desk, line, body.get("stops", ()))
    left = [badge for badge, person in desk.badges.items() if person == body["person"]]
    desk.require(not left, line, "rule_badge")
    desk.fresh(line, body["badge"])
    desk.badges[body["badge"]] = body["person"]


def badge_stopped(desk: Desk, line: Line) -> None:
    """Anybody stops a badge."""
    desk.require_signers(line, 1)
    _stop(desk, line, [line.body["badge"]])


def _stop(desk: Desk, line: Line, badges: Iterable[str]) -> None:
    for badge in badges:
        desk.require(desk.badges.pop(badge, None) == line.body["person"], line, "rule_badge")


def _enrolled(desk: Desk, line: Line) -> bool:
    found = desk.people.get(line.body["person"])
    return desk.require(
        found is not None and found.enrolled, line, "rule_unknown", what="person", id=line.body["person"]
    )


RULES: dict[str, Rule] = {
    "station.introduced": station_introduced,
    "auth.failed": auth_failed,
    "auth.locked": auth_locked,
    "clock.jumped": clock_jumped,
    "person.unlocked": person_unlocked,
    "secret.changed": secret_changed,
    "key.changed": key_changed,
    "badge.issued": badge_issued,
    "badge.stopped": badge_stopped,
}
