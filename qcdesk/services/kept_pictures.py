# SPDX-License-Identifier: Apache-2.0
"""What is named by its hash, a picture or any other file, is kept in this workspace, before anybody signs its name."""

from __future__ import annotations

from collections.abc import Iterable

from qcdesk.domain.inputs import BadInput
from qcdesk.services.ports import UnitOfWork


def require_kept(uow: UnitOfWork, picture: str | None, field: str, before: str | None = None) -> None:
    """Refuse a picture that nobody ever kept here; ``before``: the one that stood there already may be gone by now.

    Raises: BadInput ``unknown_picture``, naming it.
    """
    if picture is not None and picture != before and not uow.keeps_file(picture):
        raise BadInput("unknown_picture", facts={"value": picture}, where={"field": field})


def require_kept_files(uow: UnitOfWork, files: Iterable[str], field: str = "attachments") -> None:
    """Refuse files that nobody ever kept here. Raises: BadInput ``unknown_file``, naming the first."""
    for sha256 in files:
        if not uow.keeps_file(sha256):
            raise BadInput("unknown_file", facts={"value": sha256}, where={"field": field})
