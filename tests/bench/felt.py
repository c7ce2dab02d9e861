# SPDX-License-Identifier: Apache-2.0
"""P2: a sign-off as it is felt: from the secret's last key to "signed" on screen, the key opened at its full cost."""

from __future__ import annotations

import time
from pathlib import Path
from statistics import quantiles
from time import perf_counter

from PySide6.QtCore import QElapsedTimer, QTimer
from PySide6.QtWidgets import QApplication

from qcdesk import bootstrap
from qcdesk.gui import theme
from qcdesk.signing.keyring import Ed25519Keys
from qcdesk.store.upgrading import upgrade
from tests.bench.measuring import Bench, Line, Size, Spread, against
from tests.journeys.driving import Hands
from tests.workspace import HandClock, House, cheap_keys, connect, secret

BEAT_MS = 5


class Heart:
    """Beats on the thread of the window; the longest time between two beats is how long it stood still."""

    def __init__(self) -> None:
        """Begin to beat."""
        self._since, self.longest_ms = QElapsedTimer(), 0
        self._timer = QTimer()
        self._timer.timeout.connect(self._beat)
        self._since.start()
        self._timer.start(BEAT_MS)

    def _beat(self) -> None:
        self.longest_ms = max(self.longest_ms, self._since.restart() - BEAT_MS)

    def anew(self) -> None:
        """Forget what was."""
        self._since.restart()
        self.longest_ms = 0


def run(folder: Path, size: Size) -> list[Line]:
    """Sign first checks through the window, and open the same key by itself in between."""
    application = QApplication.instance() or QApplication(["qcdesk"])
    assert isinstance(application, QApplication)
    theme.install(application, "light", 1.0)
    location = str(folder / "workspace")
    database = connect(location, durable=True)
    upgrade(database)
    keys = cheap_keys() if size == Size.tiny() else Ed25519Keys()  # what a secret costs shows nothing there
    clock = HandClock()
    built = bootstrap.open_workspace(location, keys=keys, clock=clock, station="bench")
    ports = ("keys", "read", "own", "files", "keeping", "printing", "importing")
    house = House.ready(database, clock, **{name: getattr(built.use, name) for name in ports})
    hands = Hands.on(house)
    hands.sign_in("linh")
    heart = Heart()
    felt, opening, still = [], [], []
    for number in range(max(3, size.rounds // 5) + 1):
        batch = house.batch(f"F-{number}", 5)
        started = house.start("linh", batch)
        house.record("linh", started)
        hands.open_batch(batch)
        hands.program.running.open("runner", started.check)
        hands.until(lambda: hands.here == "runner", "the runner")
        hands.settle()
        while not hands.reads("Read and sign"):  # the last unit comes first
            hands.click(hands.program.running.runner_view.main)
            hands.settle()
        hands.press("Read and sign")
        hands.see("Signing as")
        hands.settle()
        heart.anew()
        hands.type(secret("linh"), enter=False)
        begun = perf_counter()
        hands.type("")
        while house.state(batch) != "awaiting_second":
            application.processEvents()
            time.sleep(0.001)
        hands.until(lambda: hands.here != "runner", "the page after it")
        felt.append(perf_counter() - begun)
        still.append(heart.longest_ms / 1000)
        begun = perf_counter()
        house.use.open_hand("linh", secret("linh"))
        opening.append(perf_counter() - begun)
    hands.close()
    built.close()
    database.dispose()
    felt, opening, still = felt[1:], opening[1:], still[1:]
    late = quantiles(felt, n=20, method="inclusive")[-1] if len(felt) > 1 else felt[0]
    told = f"secret to signed, p95 {late * 1000:.0f} ms"
    longest = f"window still, longest {max(still) * 1000:.0f} ms"
    return [
        against(told, "p95 under 1 s; +5 ms, then +2", Spread.of(felt), Spread.of(opening), None),
        against(longest, "under 100 ms", Spread.of(still), Spread.of([0.016]), None),
    ]


BENCH = Bench("felt", "a sign-off as felt, against opening its key", run)
