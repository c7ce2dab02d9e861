# SPDX-License-Identifier: Apache-2.0
"""The desk put away and taken out again, so that a check goes on from the last line that was checked.

A batch is taken out only when a line speaks of it; of a log of a million lines a start needs a handful.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from qcdesk.checker.keys import Key, Keys
from qcdesk.checker.rules import state

_CLASSES: dict[str, Callable[..., Any]] = {
    cls.__name__: cls
    for cls in (
        state.Person,
        state.Version,
        state.Check,
        state.Plan,
        state.Round,
        state.Batch,
        state.Certificate,
        state.Wrong,
        state.Owed,
        state.AuditTemplate,
        state.Audit,
    )
}


class Shelf:
    """Batches by id; those put away lie there as text."""

    def __init__(self, away: dict[str, bytes] | None = None) -> None:
        """Begin with what was put away."""
        self._out: dict[str, state.Batch] = {}
        self._away = away or {}

    def get(self, id_: str) -> state.Batch | None:
        """Return a batch; None: there is none."""
        found = self._out.get(id_)
        if found is None and id_ in self._away:
            found = self._out[id_] = thawed(json.loads(self._away.pop(id_)))
        return found

    def __setitem__(self, id_: str, batch: state.Batch) -> None:
        """Put a new batch there."""
        self._out[id_] = batch

    def values(self) -> Iterator[state.Batch]:
        """Yield every batch; those put away are all taken out for it."""
        for id_ in list(self._away):
            self.get(id_)
        yield from self._out.values()

    def lines(self) -> Iterator[bytes]:
        """Yield every batch as one line of text: its id, a blank, what it holds."""
        for id_, text in self._away.items():
            yield b"%s %s" % (id_.encode(), text)
        for id_, batch in self._out.items():
            yield b"%s %s" % (id_.encode(), _text(batch))


FORM = "qcdesk-shelf-standing-25"
_APART = ("findings", "keys", "batches")
_MARKS = ("=", "@", "&", "(")


def put_away(desk: Any) -> bytes:  # noqa: ANN401 - a desk; this module lies below it
    """Return everything that a desk knows, but for its findings, as lines of text."""
    said = {name: getattr(desk, name) for name in desk.KNOWS if name not in _APART}
    keys = desk.keys
    active = {name: list(key) for name, key in keys.active.items()}
    first = _text({"desk": said, "active": active, "ever": keys.ever})
    return b"\n".join((first, *desk.batches.lines()))


def take_out(text: bytes, desk: Any) -> None:  # noqa: ANN401
    """Set up a fresh desk as one was put away. Raises: ValueError, KeyError, TypeError: the text is damaged."""
    first, *lines = text.split(b"\n")
    said = json.loads(first)
    for name, value in said["desk"].items():
        if name not in desk.KNOWS:
            raise KeyError(name)
        setattr(desk, name, thawed(value))
    if said["desk"].keys() != set(desk.KNOWS) - set(_APART):
        raise ValueError("not all that a desk knows")
    desk.keys = Keys()
    desk.keys.active = {name: Key(*key) for name, key in said["active"].items()}
    desk.keys.ever = said["ever"]
    desk.batches = Shelf({line[:32].decode(): line[33:] for line in lines})


def _text(value: Any) -> bytes:  # noqa: ANN401
    return json.dumps(plain(value), ensure_ascii=False, separators=(",", ":")).encode()


def plain(value: Any) -> Any:  # noqa: ANN401
    """Return a value as JSON holds it; ``thawed`` takes it back."""
    if value is None or type(value) in (str, int, bool):
        return value
    if type(value) is dict:
        if all(type(key) is str and key not in _MARKS for key in value):  # somebody's code may be one of them
            return {key: plain(item) for key, item in value.items()}
        return {"@": [[list(key) if type(key) is tuple else key, plain(item)] for key, item in value.items()]}
    if type(value) is set:
        return {"&": sorted(value)}
    if type(value) is list:
        return [plain(item) for item in value]
    if type(value) is tuple:
        return {"(": [plain(item) for item in value]}
    if is_dataclass(value):
        said = {f.name: plain(getattr(value, f.name)) for f in fields(value)}
        return {"=": type(value).__name__, **said}
    raise TypeError(type(value).__name__)


def thawed(value: Any) -> Any:  # noqa: ANN401
    """Return the value that ``plain`` wrote."""
    if type(value) is list:
        return [thawed(item) for item in value]
    if type(value) is not dict:
        return value
    if "=" in value:
        return _CLASSES[value["="]](**{name: thawed(item) for name, item in value.items() if name != "="})
    if "@" in value:
        return {tuple(key) if type(key) is list else key: thawed(item) for key, item in value["@"]}
    if "&" in value:
        return set(value["&"])
    if "(" in value:
        return tuple(thawed(item) for item in value["("])
    return {key: thawed(item) for key, item in value.items()}
