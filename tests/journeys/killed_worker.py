# SPDX-License-Identifier: Apache-2.0
"""What the kill test runs in a process of its own: entries and sign-offs, each acknowledged on standard output."""

from __future__ import annotations

import secrets
import sys

from qcdesk.domain.events import BatchSaved
from qcdesk.services.record_entries import Entries, NewFinding, NewReading, NewResult
from qcdesk.services.use_cases import UseCases
from qcdesk.store.unit_of_work import SqlUnitOfWork
from tests.workspace import PRODUCT, STATION, HandClock, cheap_keys, connect, secret


class FreshIds:
    """Ids that no earlier process has used."""

    def new(self) -> str:
        return secrets.token_hex(16)

    def seed(self) -> str:
        return secrets.token_hex(16)


def work(location: str, at: int) -> None:
    """Go on where the last process was stopped: record unit by unit, sign, begin the next batch; until killed."""
    database = connect(location, durable=True)
    clock, ids = HandClock(at), FreshIds()
    use = UseCases(
        begin=lambda: SqlUnitOfWork(database, clock, ids, STATION, write=True),
        look=lambda: SqlUnitOfWork(database, clock, ids, STATION, write=False),
        clock=clock,
        ids=ids,
        keys=cheap_keys(),
        **dict.fromkeys(("read", "own", "files", "keeping", "printing", "importing")),  # type: ignore[arg-type]
    )
    hands = {login: use.open_hand(login, secret(login)) for login in ("linh", "som")}
    sittings = {login: use.open_sitting(hand) for login, hand in hands.items()}
    say("ready")
    while True:
        with use.look() as uow:
            waiting = [
                b for b in map(uow.batch, uow.batch_numbers()) if b.state not in ("accepted", "rejected")
            ]
            product = uow.product(PRODUCT).product
            supplier = uow.supplier("S1").supplier
        if not waiting:
            number = f"K-{secrets.token_hex(4)}"
            use.register_batch(sittings["linh"], BatchSaved("", number, product, 20, supplier=supplier))
            say(f"batch {number}")
            continue
        batch = waiting[0]
        login = "linh" if batch.state in ("registered", "first_check") else "som"
        started = use.start_check(sittings[login], batch.number, knowing=True)
        say(f"check {started.check}")
        with use.look() as uow:
            done = uow.work(started.check).done_units()
        for unit in range(1, len(started.opened.sample) + 1):
            if unit in done:
                continue
            findings = (NewFinding(unit, "SCR"),) if unit == 3 else ()
            use.record(
                sittings[login],
                Entries(
                    started.check,
                    results=(NewResult(unit),),
                    readings=(NewReading(unit, "DIA", "12.03"),),
                    findings=findings,
                ),
            )
            say(f"unit {started.check} {unit}")
        use.sign_check(hands[login], sittings[login], started.check)
        say(f"signed {started.check}")


def say(line: str) -> None:
    """Acknowledge: whoever reads this line has been told that it is saved."""
    print(line, flush=True)


if __name__ == "__main__":
    work(sys.argv[1], int(sys.argv[2]))
