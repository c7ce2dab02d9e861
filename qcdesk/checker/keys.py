# SPDX-License-Identifier: Apache-2.0
"""Which keys are active at each line of the log, from the log alone (trust.md §4 and §5)."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from qcdesk.checker.lines import ID, Line, key_id

PERSON, SESSION, STATION, SHEET = "person", "session", "station", "recovery"
STANDS_IN = frozenset(
    ("person.enrolled", "key.enrolled", "key.revoked", "person.unlocked", "person.lifted", "recovery.used")
)
"""Where the recovery sheet may stand in for a second signature (trust.md §5.1)."""


class Key(NamedTuple):
    """A key: whose it is (None: a workstation's), its public half in hexadecimal digits, what it may sign."""

    person: str | None
    public: str
    kind: str
    session: str | None = None
    station: str | None = None


NOTED = ("auth.failed", "auth.locked", "clock.jumped", "paper.noted")
"""All that a workstation's key signs in the log."""


class Keys:
    """The keys that are active now, and the ids of all that ever were, so that none comes twice."""

    def __init__(self) -> None:
        """Begin with none. ``ever``: key id to public half, left out for keys that sign no heads and no certificates."""
        self.active: dict[str, Key] = {}
        self.ever: dict[str, str] = {}

    def of(self, line: Line) -> list[tuple[str, bytes, bytes]] | None:
        """Return kind, public key and signature for everything that must verify on a line.

        None: a key is not active then, is not that person's, or is no person's own where one is asked for.
        """
        own = brought_by(line)
        main = own.get(line.key) or self.active.get(line.key)
        if main is None or main.person != line.by or main.kind == SHEET:
            return None
        if main.session != line.session:
            return None
        if (main.kind == STATION) != (line.type in NOTED):
            return None
        if main.kind == STATION and (main.station != line.station or line.co):
            return None
        found = [("event", bytes.fromhex(main.public), b"")]
        for signer in line.co:
            key = own.get(signer.key) or self.active.get(signer.key)
            if key is None or key.person != signer.person or key.kind not in (PERSON, SHEET):
                return None
            if key.kind == SHEET and line.type not in STANDS_IN:
                return None
            found.append(("cosign", bytes.fromhex(key.public), signer.sig))
        return found

    def person_key(self, person: str) -> str | None:
        """Return the id of a person's own key that is active now."""
        return next(
            (name for name, k in self.active.items() if k.person == person and k.kind == PERSON), None
        )

    def kind(self, line: Line) -> str:
        """Return what kind of key signed a line whose keys are known."""
        own = brought_by(line)
        return (own.get(line.key) or self.active[line.key]).kind

    def learn(self, line: Line) -> list[str]:
        """Take up the keys that a line brings and drop those that it ends; return ids that came a second time."""
        again = []
        self._end(line)
        brought = self._brought(line)
        for station in (key.station for key in brought.values() if key.station is not None):
            for old in [name for name, key in self.active.items() if key.station == station]:
                del self.active[old]  # a workstation has one key: the newest that somebody introduced there
        for name, key in brought.items():
            if name in self.ever:
                again.append(name)
                continue
            self.active[name] = key
            self.ever[name] = key.public if key.kind in (PERSON, STATION) else ""
        if line.type in ("session.closed", "key.changed"):
            self.active.pop(line.key, None)
        return again

    def _end(self, line: Line) -> None:
        """Drop a person's key that a line ends, with the sittings it certified, and a recovery sheet that was used."""
        if line.type == "recovery.used":
            self.active = {name: key for name, key in self.active.items() if key.kind != SHEET}
        ended = line.body.get({"key.revoked": "key", "key.enrolled": "lost"}.get(line.type, ""))
        key = self.active.get(ended) if type(ended) is str else None
        if key is not None and key.kind == PERSON and key.person == line.body.get("person"):
            gone = {name for name, k in self.active.items() if k.person == key.person}
            self.active = {name: k for name, k in self.active.items() if name not in gone}

    @staticmethod
    def _brought(line: Line) -> dict[str, Key]:
        found = brought_by(line)
        sheet = {"workspace.opened": "recovery_public_key", "recovery.used": "public_key"}.get(line.type)
        public = line.body.get(sheet) if sheet else None
        if type(public) is str and re.fullmatch("[0-9a-f]{64}", public):
            found[key_id(bytes.fromhex(public))] = Key(SHEET, public, SHEET)
        if line.type == "session.opened" and line.by is not None:
            body = line.body
            if _is_key(body.get("key"), body.get("public_key")) and type(body.get("session")) is str:
                found[body["key"]] = Key(line.by, body["public_key"], SESSION, body["session"])
        if line.type == "station.introduced":
            body = line.body
            if _is_key(body.get("key"), body.get("public_key")) and type(body.get("station")) is str:
                found[body["key"]] = Key(None, body["public_key"], STATION, station=body["station"])
        return found


def brought_by(line: Line) -> dict[str, Key]:
    """Return the keys that a line brings and that sign it themselves (proof of possession)."""
    if line.type == "workspace.opened":
        people = line.body.get("people")
        return {p["key"]: Key(p["person"], p["public_key"], PERSON) for p in _people(people)}
    own = line.type == "key.changed" and line.body.get("person") == line.by
    if own or line.type in ("person.enrolled", "key.enrolled"):
        return {p["key"]: Key(p["person"], p["public_key"], PERSON) for p in _people([line.body])}
    return {}


def _people(found: Any) -> list[dict[str, str]]:  # noqa: ANN401 - whatever stands there
    if type(found) is not list:
        return []
    return [
        p
        for p in found
        if type(p) is dict and type(p.get("person")) is str and _is_key(p.get("key"), p.get("public_key"))
    ]


def _is_key(name: Any, public: Any) -> bool:  # noqa: ANN401
    """Tell whether a key's name is that of its public half; a swapped half has another name."""
    if type(name) is not str or type(public) is not str or not ID.fullmatch(name) or len(public) != 64:
        return False
    try:
        return key_id(bytes.fromhex(public)) == name and public == public.lower()
    except ValueError:
        return False
