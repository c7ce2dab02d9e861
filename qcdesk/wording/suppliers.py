# SPDX-License-Identifier: Apache-2.0
"""How suppliers stand, in words."""

from __future__ import annotations

from typing import Final

from qcdesk.i18n import mark

SUPPLIER_STATUSES: Final = {
    "approved": mark("approved"),
    "conditional": mark("conditional"),
    "blocked": mark("blocked"),
}
