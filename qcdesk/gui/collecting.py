# SPDX-License-Identifier: Apache-2.0
"""Python's garbage collector runs on the window's thread alone.

The collector runs by itself on whichever thread happens to make the next object. Pages, sheets and timers of the
window hold each other in circles, so it is the collector that ends them; ended on the thread of the database, Qt takes
the process down with it. So while there are threads beside the window the collector is off, and a timer of the window
asks it instead, by the collector's own thresholds.
"""

from __future__ import annotations

import gc
from typing import ClassVar

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 500


class CollectingHere(QObject):
    """Keeps the collector on this thread from its making to ``end``. Build and end it on the window's thread."""

    _beside_each_other: ClassVar[int] = 0
    _by_itself: ClassVar[bool] = True

    def __init__(self) -> None:
        super().__init__()
        if not CollectingHere._beside_each_other:
            CollectingHere._by_itself = gc.isenabled()
        CollectingHere._beside_each_other += 1
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._collect)
        self._timer.start(EVERY_MS)

    def _collect(self) -> None:
        for generation, (count, threshold) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True)):
            if threshold and count > threshold:
                gc.collect(generation)

    def end(self) -> None:
        """Leave the collector as it was, once no thread is left beside the window."""
        self._timer.stop()
        CollectingHere._beside_each_other -= 1
        if not CollectingHere._beside_each_other and CollectingHere._by_itself:
            gc.enable()
