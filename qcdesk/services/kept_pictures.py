# SPDX-License-Identifier: Apache-2.0
"""A picture that is named by its hash is kept in this workspace, before anybody signs its name."""

from __future__ import annotations

from qcdesk.domain.inputs import BadInput
from qcdesk.services.ports import UnitOfWork


def require_kept(uow: UnitOfWork, picture: str | None, field: str, before: str | None = None) -> None:
    """Refuse a picture that nobody ever kept here; ``before``: the one that stood there already may be gone by now.

    Raises: BadInput ``unknown_picture``, naming it.
    """
    if picture is not None and picture != before and not uow.keeps_file(picture):
        raise BadInput("unknown_picture", facts={"value": picture}, where={"field": field})
