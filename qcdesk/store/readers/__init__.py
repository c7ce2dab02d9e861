# SPDX-License-Identifier: Apache-2.0
"""Readers: lists and pages from the tables, past the domain; what breaks the blind is refused or left out."""

from qcdesk.store.readers.all_readers import SqlReaders
from qcdesk.store.readers.own_checks import SqlBlindReader
from qcdesk.store.readers.reviews import SqlReviewReader

__all__ = ["SqlBlindReader", "SqlReaders", "SqlReviewReader"]
