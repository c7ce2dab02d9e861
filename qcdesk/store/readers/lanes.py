# SPDX-License-Identifier: Apache-2.0
"""In which lane a batch is: as its column says, but for what is left of goods that were conceded in part.

The column is told by the batch's own row alone, and calls conceded goods done once they left. What of the batch was not
conceded, became no batch of its own and is still here is rejected: it waits until two people say what becomes of it.
"""

from __future__ import annotations

from typing import Final

REST: Final = (
    "(b.lane = 'done' AND b.state = 'released_under_concession' AND b.quantity - b.shipped"
    " > (SELECT coalesce(sum(u.quantity), 0) FROM shipped_unreleased u WHERE u.batch = b.id)"
    " + (SELECT coalesce(sum(t.quantity), 0) FROM batch_part t WHERE t.parent = b.id))"
)
"""Whether of a batch (``b``) what was conceded has left and the rest is still here."""
RESTS_IN: Final = "quarantined"
LANE: Final = f"CASE WHEN {REST} THEN '{RESTS_IN}' ELSE b.lane END"
"""The lane of a batch."""
FROM_RESTS: Final = (
    "(SELECT DISTINCT batch FROM concession_answer WHERE answer = 'approved') a CROSS JOIN batch b"
)
"""Batches (``b``) among which such rests are, with ``OF_REST``: few of all have a concession."""
OF_REST: Final = f"b.id = a.batch AND {REST}"
SINCE: Final = "(SELECT max(l.at) FROM shipment s JOIN line l ON l.seq = s.seq WHERE s.batch = b.id)"
"""When the last conceded unit left, and the rest began to wait."""
