# SPDX-License-Identifier: Apache-2.0
"""The way that a part of a split batch goes, in words."""

from __future__ import annotations

from qcdesk.i18n import Catalogue
from qcdesk.services.part_rows import PartRow
from qcdesk.wording.states import PART_WAYS


def way_of(part: PartRow, words: Catalogue) -> str:
    """Return which way a part went, and for what where that was said."""
    way = words.say(PART_WAYS[part.way])
    return words.say("{way}: {terms}", way=way, terms=part.terms) if part.terms else way
