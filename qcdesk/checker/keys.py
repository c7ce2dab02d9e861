# SPDX-License-Identifier: Apache-2.0
"""Which keys are active at each line of the log, from the log alone (trust.md §4 and §5)."""

from __future__ import annotations

from typing import Any, NamedTuple

from qcdesk.checker.lines import ID, Line, key_id

PERSON, SESSION, STATION = "person", "session", "station"


class Key(NamedTuple):
    """A key: whose it is (None: a workstation's), its public half in hexadecimal digits, what it may sign."""

    person: str | None
    public: str
    kind: str
    session: str | None = None
    station: str | None = None


NOTED = ("auth.failed", "auth.locked", "clock.jumped")
"""All that a workstation's key signs in the log."""


class Keys:
    """The keys that are active now, and the ids of all that ever were, so that none comes twice."""

    def __init__(self) -> None:
        """Begin with none. ``ever``: key id to public half, which is left out for keys of sessions."""
        self.active: dict[str, Key] = {}
        self.ever: dict[str, str] = {}

    def of(self, line: Line) -> list[tuple[str, bytes, bytes]] | None:
        """Return kind, public key and signature for everything that must verify on a line.

        None: a key is not active then, is not that person's, or is no person's own where one is asked for.
        """
        own = brought_by(line)
        main = own.get(line.key) or self.active.get(line.key)
        if main is None or main.person != line.by:
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
            if key is None or key.person != signer.person or key.kind != PERSON:
                return None
            found.append(("cosign", bytes.fromhex(key.public), signer.sig))
        return found

    def kind(self, line: Line) -> str:
        """Return what kind of key signed a line whose keys are known."""
        own = brought_by(line)
        return (own.get(line.key) or self.active[line.key]).kind

    def learn(self, line: Line) -> list[str]:
        """Take up the keys that a line brings and drop those that it ends; return ids that came a second time."""
        again = []
        brought = self._brought(line)
        for station in (key.station for key in brought.values() if key.station is not None):
            for old in [name for name, key in self.active.items() if key.station == station]:
                del self.active[old]  # a workstation has one key: the newest that somebody introduced there
        for name, key in brought.items():
            if name in self.ever:
                again.append(name)
                continue
            self.active[name] = key
            self.ever[name] = "" if key.kind == SESSION else key.public
        if line.type in ("session.closed", "key.changed"):
            self.active.pop(line.key, None)
        return again

    @staticmethod
    def _brought(line: Line) -> dict[str, Key]:
        found = brought_by(line)
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
    if line.type == "person.enrolled" or (line.type == "key.changed" and line.body.get("person") == line.by):
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
