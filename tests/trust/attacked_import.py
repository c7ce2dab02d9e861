# SPDX-License-Identifier: Apache-2.0
"""A process of its own that reads hostile files one after the other, within the limits, and imports what is taken."""

from __future__ import annotations

import hashlib
import resource
import signal
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from types import FrameType
from typing import Any

from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import Refusal
from qcdesk.exchange.apart import MEMORY_BYTES, SECONDS
from qcdesk.exchange.photos import decode_in_child
from qcdesk.exchange.reading import read_in_child
from qcdesk.exchange.rows import read_rows
from qcdesk.exchange.sheets import sheet_of
from qcdesk.reports.codes import read_in_child as read_paper_in_child
from qcdesk.services.import_rows import import_rows
from qcdesk.store.upgrading import upgrade
from qcdesk.store.verification import verify
from tests.trust.fuzzing import Hostile, hostile
from tests.workspace import HandClock, House, connect


class TooLong(BaseException):
    """One file took longer than any file may."""


@dataclass
class Tally:
    """What became of the files; ``broken`` holds what must not be: number, what happened."""

    taken: int = 0
    read: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    broken: list[tuple[int, str]] = field(default_factory=list)
    longest: float = 0.0
    most_bytes: int = 0
    verified: bool = False

    def told(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {**self.__dict__, "refused": dict(self.refused)}


def attack(pipe: Connection, folder: str, first: int, last: int) -> None:
    """Read and import the files of these numbers; hand back the tally."""
    resource.setrlimit(
        resource.RLIMIT_AS, (MEMORY_BYTES + 500_000_000, MEMORY_BYTES + 500_000_000)
    )  # and a workspace
    signal.signal(signal.SIGALRM, _too_long)
    database = connect(folder)
    upgrade(database)
    house = House.ready(database, HandClock())
    tally = Tally()
    for seed in range(first, last):
        before = _events(house)
        began = time.monotonic()
        signal.alarm(SECONDS)
        try:
            outcome = _one(house, hostile(seed))
        except BadInput as bad:
            outcome = bad.code
        except Refusal as refused:
            outcome = type(refused).__name__
        except MemoryError:
            outcome = "reading_too_big"
        except TooLong:
            outcome = ""
            tally.broken.append((seed, f"longer than {SECONDS} seconds"))
        except Exception:
            outcome = ""
            tally.broken.append((seed, traceback.format_exc()))
        finally:
            signal.alarm(0)
        tally.longest = max(tally.longest, time.monotonic() - began)
        written = _events(house) - before
        if outcome == "taken":
            tally.taken += 1
            if written < 2:
                tally.broken.append((seed, "taken, but nothing was written"))
        elif written:
            tally.broken.append((seed, f"{outcome}, but {written} events were written"))
        elif outcome == "read":
            tally.read += 1
        else:
            tally.refused[outcome] += 1
    tally.most_bytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    tally.verified = verify(database).ok
    database.dispose()
    pipe.send(tally.told())


def _one(house: House, file: Hostile) -> str:
    """Read one file as the child does, and import what it says; tell what became of it."""
    if file.form == "paper":
        is_pdf = file.payload.startswith(b"%PDF")
        paper = file.payload if is_pdf else decode_in_child({}, file.payload)[1]
        found, rest = read_paper_in_child({}, paper)
        assert found.keys() == {"codes", "text"} and rest == b""
        return "read"
    if file.form == "picture":
        how, copy = decode_in_child({}, file.payload)
        assert how["width"] > 0 and decode_in_child({}, copy)[0] == how
        return "read"
    how, rows = read_in_child({"suffix": file.suffix}, file.payload)
    sheet = sheet_of(how, rows, hashlib.sha256(file.payload).hexdigest())
    result = import_rows(
        house.use.begin(),
        house.use.ids,
        house.sittings["linh"].hand,
        read_rows(file.kind, sheet),
        kind=file.kind,
        file_name="hostile",
        sha256=sheet.sha256,
        mapping_sha256=None,
        on=house.clock.today(),
    )
    if result.errors:
        assert (result.created, result.updated) == (0, 0)
        return result.errors[0].problem
    return "taken" if result.created or result.updated else "read"


def _events(house: House) -> int:
    with house.database.reading() as connection:
        return int(connection.exec_driver_sql("SELECT max(seq) FROM event").scalar_one())


def _too_long(_: int, __: FrameType | None) -> None:
    raise TooLong
