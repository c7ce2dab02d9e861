# SPDX-License-Identifier: Apache-2.0
"""A disk as a power cut finds it: what was synced stays, what was not may be there, in part, or not at all."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.trust.recording import Op

SECTOR = 512


@dataclass
class File:
    """A file: bytes on the platter, and writes and truncations that no sync has followed yet."""

    platter: bytearray = field(default_factory=bytearray)
    waiting: list[Op] = field(default_factory=list)

    def sync(self) -> None:
        """Bring everything to the platter."""
        for op in self.waiting:
            put(self.platter, op)
        self.waiting.clear()

    def after_cut(self, luck: Luck) -> bytes:
        """Return what is found after a power cut."""
        found = bytearray(self.platter)
        for op in self.waiting:
            if op.kind == "write":
                for at, data in luck.torn(op):
                    put(found, Op("write", at=at, data=data))
            elif luck.stays():
                put(found, op)
        return bytes(found)


def put(content: bytearray, op: Op) -> None:
    """Apply a write or a truncation; a gap is filled with zeros."""
    if op.kind == "write":
        if len(content) < op.at:
            content.extend(bytes(op.at - len(content)))
        content[op.at : op.at + len(op.data)] = op.data
    else:
        del content[op.at :]
        content.extend(bytes(op.at - len(content)))


@dataclass
class Folder:
    """A folder: names on the platter, and changes of names that no sync of the folder has followed yet."""

    platter: dict[str, File | Folder] = field(default_factory=dict)
    now: dict[str, File | Folder] = field(default_factory=dict)
    waiting: list[Change] = field(default_factory=list)

    def change(self, change: Change) -> None:
        """Change names as a running program sees them."""
        change.apply(self.now)
        self.waiting.append(change)

    def sync(self) -> None:
        """Bring the names to the platter."""
        for change in self.waiting:
            change.apply(self.platter)
        self.waiting.clear()

    def after_cut(self, luck: Luck) -> dict[str, File | Folder]:
        """Return the names found after a power cut."""
        found = dict(self.platter)
        for change in self.waiting:
            if luck.stays():
                change.apply(found)
        return found


@dataclass(frozen=True)
class Change:
    """A name that comes (``node``), goes, or becomes another one; a rename is one step."""

    name: str
    node: File | Folder
    goes: bool = False
    to: str = ""

    def apply(self, names: dict[str, File | Folder]) -> None:
        """Make the change in a folder, whatever else was lost there."""
        if not self.goes:
            names[self.name] = self.node
            return
        if names.get(self.name) is self.node:
            del names[self.name]
        if self.to:
            names[self.to] = self.node


class Luck:
    """What one power cut spares: nothing, everything, what came first, or each thing by chance."""

    def __init__(self, chance: random.Random) -> None:
        """Draw a temper."""
        self._chance = chance
        self._share = chance.choice((0.0, 1.0, 0.1, 0.5, 0.5, 0.9))
        self._torn = chance.choice((0.0, 0.3, 1.0))

    def stays(self) -> bool:
        """Tell whether one thing that was not synced is there."""
        return self._chance.random() < self._share

    def torn(self, op: Op) -> Iterator[tuple[int, bytes]]:
        """Give the parts of a write that are there: whole, none, or some of its sectors."""
        if self._chance.random() >= self._torn:
            if self.stays():
                yield op.at, op.data
            return
        first = op.at // SECTOR * SECTOR
        for start in range(first, op.at + len(op.data), SECTOR):
            if self.stays():
                low, high = max(start, op.at), min(start + SECTOR, op.at + len(op.data))
                yield low, op.data[low - op.at : high - op.at]


class Disk:
    """A folder on a disk that is asked one thing after the other, and may lose its power after any."""

    def __init__(self, root: str) -> None:
        """Begin with an empty folder that is there for good."""
        self._root, self._top = root, Folder()
        self._files: dict[int, File] = {}

    def ask(self, op: Op) -> None:
        """Do one thing."""
        match op.kind:
            case "create":
                made = self._files[op.file] = File()
                self._parent(op.path).change(Change(_name(op.path), made))
            case "folder":
                self._parent(op.path).change(Change(_name(op.path), Folder()))
            case "write" | "cut":
                self._files[op.file].waiting.append(op)
            case "sync":
                self._files[op.file].sync()
            case "sync_folder":
                self._folder(op.path).sync()
            case "unlink":
                parent = self._parent(op.path)
                parent.change(Change(_name(op.path), parent.now[_name(op.path)], goes=True))
            case "rename":
                parent = self._parent(op.path)
                assert parent is self._parent(op.to), "a rename from one folder to another has no place here"
                node = parent.now[_name(op.path)]
                parent.change(Change(_name(op.path), node, goes=True, to=_name(op.to)))

    def write_out(self, target: Path, luck: Luck) -> None:
        """Write what a power cut now would leave."""
        _write_out(self._top, target, luck)

    def _folder(self, path: str) -> Folder:
        node: File | Folder = self._top
        for name in Path(path).relative_to(self._root).parts:
            assert isinstance(node, Folder)
            node = node.now[name]
        assert isinstance(node, Folder)
        return node

    def _parent(self, path: str) -> Folder:
        return self._folder(str(Path(path).parent))


def _name(path: str) -> str:
    return path.rpartition("/")[2]


def _write_out(folder: Folder, target: Path, luck: Luck) -> None:
    target.mkdir()
    for name, node in folder.after_cut(luck).items():
        if isinstance(node, Folder):
            _write_out(node, target / name, luck)
        else:
            (target / name).write_bytes(node.after_cut(luck))
