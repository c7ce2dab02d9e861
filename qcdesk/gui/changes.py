# SPDX-License-Identifier: Apache-2.0
"""What happened, told to the screens that show it, so that they load again."""

from __future__ import annotations

from collections.abc import Callable

Listener = Callable[[object], None]


class Changes:
    """Events of one window. Publish and listen on the thread of the window only."""

    def __init__(self) -> None:
        self._listeners: list[tuple[type[object], Listener]] = []

    def listen(self, kind: type[object], listener: Listener) -> Callable[[], None]:
        """Call ``listener`` with every event of ``kind`` (``object``: all). Returns what ends it."""
        entry = (kind, listener)
        self._listeners.append(entry)

        def stop() -> None:
            if entry in self._listeners:
                self._listeners.remove(entry)

        return stop

    def tell(self, event: object) -> None:
        """Tell everyone who listens for an event of this kind; whoever stops meanwhile is not called."""
        for entry in tuple(self._listeners):
            if entry in self._listeners and isinstance(event, entry[0]):
                entry[1](event)
