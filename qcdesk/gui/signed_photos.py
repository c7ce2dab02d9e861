# SPDX-License-Identifier: Apache-2.0
"""Photos of a defect as they were signed: read, and only shown while they are what was signed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC

from qcdesk.domain.times import to_datetime
from qcdesk.gui.widgets.side_by_side import PhotoLine
from qcdesk.i18n import Catalogue
from qcdesk.services.figure_rows import DefectPhotoRow
from qcdesk.services.trouble import Trouble
from qcdesk.services.use_cases import UseCases
from qcdesk.wording import supplier_defects
from qcdesk.wording.spelling import day

Kept = tuple[tuple[DefectPhotoRow, bytes], ...]


def photos_of(use: UseCases, batches: Sequence[str], code: str) -> Kept:
    """Return the photos of a defect in batches, each with its content; runs on the thread of the database."""
    return tuple((one, _content(use, one)) for one in use.read.defect_photos(batches, code))


def _content(use: UseCases, one: DefectPhotoRow) -> bytes:
    """Return a photo that is still what was signed; empty where it is not."""
    try:
        return use.files.read(one.photo)
    except Trouble as problem:
        if problem.code in ("stored_file_changed", "stored_file_missing"):
            return b""
        raise


def photo_lines(photos: Kept, use: UseCases, words: Catalogue) -> tuple[PhotoLine, ...]:
    """Return the photos with what each is of."""
    today = use.clock.today()
    missing = words.say("This photo is not what was signed, so it is not shown.")
    return tuple(
        PhotoLine(
            content,
            supplier_defects.taken_on(
                one, day(to_datetime(one.at, UTC).astimezone().date(), words, today), words
            ),
            "" if content else missing,
        )
        for one, content in photos
    )
