# SPDX-License-Identifier: Apache-2.0
"""Numbers, codes and names that a reader would take for one another: never taken before a person has said so."""

from __future__ import annotations

from collections.abc import Iterable

from qcdesk.domain.names import skeleton
from qcdesk.domain.refusals import ReadsLike


def require_unlike(kind: str, value: str, there: Iterable[str], *, another: bool) -> None:
    """Refuse what reads like something that is there and is not the same.

    Args: kind: ``batch``, ``supplier``, ``supplier_name``, ``product``, ``defect`` or ``instrument``. there: what there
        is, without what is changed itself. another: a person has said that it is another one.
    Raises: ReadsLike.
    """
    if another:
        return
    seen = skeleton(value)
    for other in there:
        if other != value and skeleton(other) == seen:
            raise ReadsLike(kind, value, other)
