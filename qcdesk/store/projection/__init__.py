# SPDX-License-Identifier: Apache-2.0
"""From an event to the rows it writes: a pure function of the event, so that the log alone rebuilds every table."""

from __future__ import annotations

from qcdesk.store.projection import (
    audits,
    batches,
    care,
    concessions,
    corrective,
    goods,
    keeping,
    keys,
    logbook,
    masters,
    nonconformities,
    people,
    prints,
    revocations,
    rounds,
    severities,
    suppliers,
)
from qcdesk.store.projection.changes import (
    Add,
    Change,
    Drop,
    Inherit,
    Put,
    Row,
    Set,
    Value,
    changes,
    document,
)

__all__ = ["Add", "Change", "Drop", "Inherit", "Put", "Row", "Set", "Value", "changes", "document"]

REGISTERED = (
    people,
    keys,
    revocations,
    masters,
    batches,
    concessions,
    goods,
    rounds,
    severities,
    suppliers,
    logbook,
    keeping,
    audits,
    care,
    corrective,
    nonconformities,
    prints,
)
"""The modules whose rows are known: importing them is what registers."""
