# SPDX-License-Identifier: Apache-2.0
"""Many papers in one go: they are filled in here, one after the other, and drawn on the other cores meanwhile."""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Generator, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from qcdesk import config
from qcdesk.domain.inputs import BadInput
from qcdesk.domain.refusals import Refusal
from qcdesk.i18n import Catalogue, load, side_by_side
from qcdesk.reports import analyses, conformity, inspection, labels
from qcdesk.services.fill_analysis import Analysis
from qcdesk.services.fill_certificate import ConformityCertificate
from qcdesk.services.inspection_report import InspectionReport
from qcdesk.services.labels import Label, LabelWish
from qcdesk.services.trouble import Trouble


@dataclass(frozen=True)
class Labels:
    """A label that is filled in, and how it is to be printed."""

    label: Label
    wish: LabelWish


Filled = InspectionReport | ConformityCertificate | Analysis | Labels
Job = TypeVar("Job")
Wrong = Refusal | BadInput | Trouble
ALONE = 4  # papers; for fewer, another process is not worth its start
AHEAD = 6  # papers filled in and not yet drawn, for each process


@lru_cache(maxsize=8)
def words_in(languages: tuple[str, ...]) -> Catalogue:
    """Return the sentences of one language, or of two side by side."""
    first, *second = (load(language, config.resource("translations")) for language in languages)
    return side_by_side(first, second[0]) if second else first


def draw(filled: Filled, languages: tuple[str, ...]) -> bytes:
    """Return a paper as PDF."""
    words = words_in(languages)
    if isinstance(filled, ConformityCertificate):
        return conformity.render(filled, words)
    if isinstance(filled, Analysis):
        return analyses.render(filled, words)
    if isinstance(filled, Labels):
        wish = filled.wish
        return labels.render(
            filled.label, words, wish.require_possible(), copies=wish.copies, start=wish.start
        )
    return inspection.render(filled, words)


def drawn(
    jobs: Iterator[tuple[Job, Filled | Wrong]], languages: tuple[str, ...]
) -> Generator[tuple[Job, bytes | Wrong], None, None]:
    """Yield each paper drawn, in the order of the jobs; what is wrong with one goes by.

    Where another process cannot live (memory that ran out), this one draws. Whoever stops early leaves nothing behind.
    """
    first = []
    for job in jobs:
        first.append(job)
        if len(first) > ALONE:
            break
    if len(first) <= ALONE:
        for key, filled in first:
            yield key, filled if isinstance(filled, Wrong) else draw(filled, languages)
        return
    processes = os.cpu_count() or 1  # filling in waits for the disk as often as not
    pool = ProcessPoolExecutor(processes, mp_context=multiprocessing.get_context("spawn"))
    waiting: deque[tuple[Job, Filled | Wrong, Future[bytes] | None]] = deque()

    def take(key: Job, filled: Filled | Wrong) -> None:
        try:
            future = None if isinstance(filled, Wrong) else pool.submit(draw, filled, languages)
        except BrokenProcessPool:
            future = None
        waiting.append((key, filled, future))

    def give() -> tuple[Job, bytes | Wrong]:
        key, filled, future = waiting.popleft()
        if isinstance(filled, Wrong):
            return key, filled
        try:
            return key, draw(filled, languages) if future is None else future.result()
        except BrokenProcessPool:
            return key, draw(filled, languages)

    try:
        for key, filled in first:
            take(key, filled)
        for key, filled in jobs:
            take(key, filled)
            while len(waiting) > AHEAD * processes:
                yield give()
        while waiting:
            yield give()
    finally:
        pool.shutdown(cancel_futures=True)
