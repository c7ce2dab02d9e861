# SPDX-License-Identifier: Apache-2.0
"""Files that stand beside a record, named by their hashes: a supplier's answer, a certificate, a photo, a drawing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from qcdesk.domain.inputs import BadInput
from qcdesk.domain.names import clean_name

MOST = 50
"""How many files one record takes."""


@dataclass(frozen=True)
class Attachment:
    """A file as it came. ``name``: what it was called; ``sha256``: under which it is kept; ``bytes``: how long it is."""

    name: str
    sha256: str
    bytes: int


def cleaned_attachments(attachments: Iterable[Attachment]) -> tuple[Attachment, ...]:
    """Return files with names as they are kept: no folders.

    Raises: BadInput: ``too_many_files``; as ``clean_name``.
    """
    found = tuple(attachments)
    if len(found) > MOST:
        raise BadInput(
            "too_many_files", facts={"n": len(found), "most": MOST}, where={"field": "attachments"}
        )
    return tuple(replace(one, name=clean_name(_bare(one.name), field="attachments")) for one in found)


def cleaned_file_name(name: str, field: str) -> str:
    """Return what a file was called as it is kept: no folders; empty: nobody said. Raises: as ``clean_name``."""
    return clean_name(_bare(name), field=field) if name else ""


def _bare(name: str) -> str:
    return name.replace("\\", "/").rpartition("/")[2]
