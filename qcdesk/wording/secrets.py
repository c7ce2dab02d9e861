# SPDX-License-Identifier: Apache-2.0
"""What is said where a new password is typed."""

from __future__ import annotations

from qcdesk.i18n import Catalogue


def of_new(words: Catalogue) -> str:
    """Return what is asked of a new password, and what it stands against (trust.md §2)."""
    return words.say("10 characters or more, or four words. Length alone guards a stolen file.")
